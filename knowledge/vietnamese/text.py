"""Text as printed and text as searched: two strings, never one.

What is quoted keeps the letters of the page (`printed`); what is searched is folded so that one
word has one spelling (`search_key`): lower case, look-alike letters, one placing of tone marks
(hoà = hòa, thuý = thúy) and one of the letters i and y at the end of a syllable (kí = ký), as the
Ministry of Education's spelling rules allow both. `without_marks` is the form of those who type
without tone marks.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# What no eye sees on a page, and what a page or a terminal would obey instead of showing it: soft
# hyphens, joiners, marks that turn the direction of writing, tags and selectors in which whole
# messages can be hidden, control characters (the bytes of terminal commands among them), halves of
# surrogate pairs. White space is none of it.
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e0fff\ud800-\udfff"
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]"
)
_SPACES = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile(r"[^\S\n]*(?:\r\n|[\r\n\v\f\u2028\u2029])[^\S\n]*")

# Letters that look like Vietnamese ones: Icelandic eth, African d, Cyrillic capitals of old fonts.
_LOOK_ALIKES = str.maketrans(
    {
        "ð": "đ",
        "ɖ": "đ",
        "ƌ": "đ",
        "а": "a",
        "е": "e",
        "о": "o",
        "р": "p",
        "с": "c",
        "х": "x",
        "і": "i",
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "−": "-",
        "‐": "-",
        "‑": "-",
    }
)

_TONES = "\u0300\u0301\u0303\u0309\u0323"
# "hoà", "thuý", "cuả", "nghiã": the tone belongs on the first vowel of an open syllable.
_LATE_TONE = re.compile(
    rf"((?<!q)u\u031b?|(?<!g)i|o)([aey])([{_TONES}])(?![^\W\d_]|[\u0300-\u036f])"
)
_OPEN_PAIRS = {"uy", "ua", "ia", "oa", "oe"}
_SHORT_I = re.compile(rf"(?<![^\W\d_])([hklmst]|qu)i([{_TONES}]?)(?![^\W_]|[{_TONES}])")
_VOWELS = re.compile(
    r"^(?P<onset>qu(?=[aeoiyơăâê])|gi(?=[aeouơôâă])|[bcdđghklmnpqrstvx]*)"
    r"(?P<vowels>[aăâeêioôơuưy]{1,3})(?P<coda>ch|ng|nh|[cmnpt])?$"
)
_MARKS = re.compile("[\u0300-\u036f]")
# Document numbers and written numbers stay whole; words and numbers are told apart ("50triệu").
_LEADING_ZEROS = re.compile(r"^0+(?=\d)")
TOKEN = re.compile(r"\d+(?:[.,/]\d+)*|[^\W\d_]+")


def printed(text: str) -> str:
    """Return text as printed: composed letters, one space for any run of spaces, no invisible ones.

    Line ends stay. Look-alike letters stay: a quotation shows what stands on the page.
    """
    composed = unicodedata.normalize("NFC", INVISIBLE.sub("", text))
    return _SPACES.sub(" ", _LINE_ENDS.sub("\n", composed)).strip()


def printed_line(text: str) -> str:
    """Return text as printed, on one line: what a name or a title is shown as."""
    return fold_white_space(printed(text))


@lru_cache(maxsize=8_192)  # the same passages are looked at for one question after another
def search_key(text: str) -> str:
    """Return the form in which text is searched; applying it twice changes nothing."""
    lowered = unicodedata.normalize("NFC", INVISIBLE.sub("", text)).lower().translate(_LOOK_ALIKES)
    split = unicodedata.normalize("NFD", lowered)
    split = _LATE_TONE.sub(_early_tone, split)
    split = _SHORT_I.sub(r"\1y\2", split)
    return unicodedata.normalize("NFC", split)


def _early_tone(match: re.Match[str]) -> str:
    first, second, tone = match.groups()
    pair = f"{first[0]}{second}"
    return f"{first}{tone}{second}" if pair in _OPEN_PAIRS else match[0]


def bare_key(text: str) -> str:
    """Return the search key of a text without its tone marks, as those type who leave them out."""
    return without_marks(search_key(text))


def well_placed(word: str) -> str:
    """Return a search-key token with its tone mark on the vowel where it belongs.

    The rule of the schools: on the vowel that bears another mark (the second of ươ, iê, uô); else
    on the last vowel before a consonant, on the middle one of three, on the first of two.
    """
    split = unicodedata.normalize("NFD", word)
    tones = [mark for mark in split if mark in _TONES]
    letters = unicodedata.normalize("NFC", "".join(mark for mark in split if mark not in _TONES))
    match = _VOWELS.search(letters)
    if len(tones) != 1 or match is None:
        return word
    vowels = match["vowels"].replace("ưo", "ươ")
    marked = [place for place, vowel in enumerate(vowels) if vowel in "ăâêôơư"]
    if marked:
        place = marked[-1]
    elif match["coda"]:
        place = len(vowels) - 1
    else:
        place = (len(vowels) - 1) // 2
    carried = f"{vowels[: place + 1]}{tones[0]}{vowels[place + 1 :]}"
    return unicodedata.normalize("NFC", f"{match['onset']}{carried}{match['coda'] or ''}")


def without_marks(text: str) -> str:
    """Return the text without tone and vowel marks, đ as d; length in letters is kept."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text)).replace("đ", "d").replace("Đ", "D")
    return unicodedata.normalize("NFC", bare)


def has_marks(text: str) -> bool:
    """Tell whether any letter carries a Vietnamese mark (đ included)."""
    return without_marks(text) != unicodedata.normalize("NFC", text)


def tokens(key: str) -> list[str]:
    """Return the syllables and numbers of a search key, in order.

    Leading zeros fall: "03 ngày" is "3 ngày". A number with strokes is one token ("92/2024").
    """
    return [whole_number(token) for token in TOKEN.findall(key)]


def whole_number(token: str) -> str:
    """Return a number without leading zeros, part by part; anything else as it is."""
    if not token[0].isdigit():
        return token
    return "/".join(_LEADING_ZEROS.sub("", part) for part in token.split("/"))


def folded(text: str) -> str:
    """Return the text with every run of white space as one space: for comparing quotations."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold_white_space(text: str) -> str:
    """Return one line: runs of white space and line ends become one space."""
    return " ".join(text.split())
