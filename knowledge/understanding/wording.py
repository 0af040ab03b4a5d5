"""The words of one question: language told, abbreviations spelt out, tone marks restored.

Words are search-key tokens; what was spelt out of an abbreviation stays as the table has it, what
was typed keeps its marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.model import Language
from knowledge.vietnamese import lexicon
from knowledge.vietnamese.places import find_places
from knowledge.vietnamese.spelling import SpellingModel, is_syllable
from knowledge.vietnamese.text import (
    TOKEN,
    fold_white_space,
    has_marks,
    search_key,
    tokens,
    well_placed,
    whole_number,
    without_marks,
)

LONGEST = 1_000  # characters of a question that are read; the rest is never searched
_ENGLISH_WORDS = """
the a an of is are was were do does did how many much what which who when where why can may must
should have has had i we our you your my their there in on for to from and or not with by been
if it its this that than need get under per after before into at as any all could would will about
please tell me give show long required allowed
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_MOSTLY_ENGLISH = 0.75  # of the words, when one of them cannot be Vietnamese
_ENGLISH_SHARE = 0.35  # of the words; "HTX cần logo to" has one of four
_BEFORE_PLACES = frozenset(
    ("tinh", "o", "tai", "pho", "tp", "cua", "va", "voi", "con", "ben", "dat")
)
# What is pasted along with a question and is no word of it: markup, addresses, names on Telegram.
_PASTED = re.compile(
    r"</?[a-z][^<>]*>|&(?:[a-z]{2,8}|\#\d{1,5});|(?:[a-z]{2,8}://|www\.|t\.me/)[^\s()<>\"']+|(?<!\w)@\w+",
    re.IGNORECASE,
)
_OFFICIAL_NUMBER = re.compile(r"\b\d{1,5}/(?:(?:19|20)\d\d/)?[^\W\d_]{2,}\d*(?:-[^\W\d_]+)*")
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A question's words, spelt out.

    Attributes:
        words: search-key tokens in Vietnamese; the typed English words for an English question.
        readable: the question with the same changes, its case and punctuation kept.
        translated: the Vietnamese terms found in an English question, in order.
    """

    language: Language
    words: tuple[str, ...]
    readable: str
    translated: tuple[str, ...] = ()


def word(text: str, spelling: SpellingModel) -> Wording:
    """Return the words of a question."""
    plain = fold_white_space(_PASTED.sub(" ", text[:LONGEST]))
    whole = _DOTTED.sub(lambda match: match[0].replace(".", ""), plain)
    found = list(TOKEN.finditer(whole))
    typed = [_key(match[0]) for match in found]
    if language_of(typed) is Language.ENGLISH:
        terms = lexicon.glossary().matches(typed)
        return Wording(
            language=Language.ENGLISH,
            words=tuple(typed),
            readable=whole,
            translated=tuple(term for _, _, values in terms for term in values),
        )
    spelt = _spelt_out(typed, _in_numbers(whole, found))
    words = [one for group in spelt for one in group.words]
    fixed = frozenset(
        index
        for index, kept in enumerate(group.kept for group in spelt for _ in group.words)
        if kept
    )
    restored = spelling.restore(*_with_places(words, fixed))
    return Wording(
        language=Language.VIETNAMESE,
        words=tuple(restored),
        readable=_readable(whole, found, spelt, restored),
    )


@dataclass(frozen=True, slots=True)
class _Spelt:
    """What one typed word stands for; `kept` when it must stay as it is."""

    words: tuple[str, ...]
    text: str
    kept: bool


def language_of(words: list[str]) -> Language:
    """Tell English from Vietnamese, typed with marks or without; names of places tell nothing."""
    named = {at for one in find_places(words) for at in range(one.start, one.end)}
    letters = [one for at, one in enumerate(words) if one[0].isalpha() and at not in named]
    if any(has_marks(one) for one in letters) or not letters:
        return Language.VIETNAMESE
    # "can", "it", "may", "to", "a" are words of both; those that cannot be Vietnamese tell most.
    known = [one for one in letters if one in _ENGLISH]
    telling = sum(not _reads_vietnamese(one) for one in known)
    foreign = sum(not _reads_vietnamese(one) for one in letters if one not in _ENGLISH)
    if telling >= 2 and (telling + foreign) / len(letters) >= _ENGLISH_SHARE:  # noqa: PLR2004
        return Language.ENGLISH
    if telling and (len(known) + foreign) / len(letters) >= _MOSTLY_ENGLISH:
        return Language.ENGLISH
    return Language.VIETNAMESE


def _key(typed: str) -> str:
    return well_placed(whole_number(search_key(typed)))


def _reads_vietnamese(word: str) -> bool:
    """Tell whether a word typed without marks may be Vietnamese, whatever its tone."""
    return is_syllable(word) or is_syllable(f"{word}\u0301")


def _in_numbers(whole: str, found: list[re.Match[str]]) -> frozenset[int]:
    """Return which words stand in official numbers: "NĐ" and "CP" of "614/2015/NĐ-CP"."""
    numbers = [match.span() for match in _OFFICIAL_NUMBER.finditer(whole)]
    return frozenset(
        index
        for index, match in enumerate(found)
        if any(start <= match.start() < end for start, end in numbers)
    )


def _spelt_out(typed: list[str], official: frozenset[int]) -> list[_Spelt]:
    """Return each word, abbreviations spelt out; those of official numbers stay as they are."""
    table = lexicon.abbreviations()
    around = " ".join([*typed, *(without_marks(one) for one in typed)])
    named = {place for one in find_places(typed) for place in range(one.start, one.end)}
    spelt: list[_Spelt] = []
    for index, one in enumerate(typed):
        if index in official:
            spelt.append(_Spelt((one,), "", kept=False))
            continue
        found = next(
            (
                item
                for item in (table.get(one, ()) if index not in named else ())
                if not item.needs or any(_stands_in(need, around) for need in item.needs)
            ),
            None,
        )
        if found is None:
            spelt.append(_Spelt((one,), "", kept=False))
        else:
            words = tuple(tokens(search_key(found.expansion)))
            spelt.append(_Spelt(words, found.expansion, kept=True))
    return spelt


def _with_places(words: list[str], fixed: frozenset[int]) -> tuple[list[str], frozenset[int]]:
    """Return the words with the names of places as they are written, and fixed."""
    named, kept = list(words), set(fixed)
    bare = all(not has_marks(one) for one in words)
    for mention in find_places(words):
        before = words[mention.start - 1] if mention.start else ""
        may_follow = not before or before[0].isdigit() or before in _BEFORE_PLACES
        if bare and not may_follow:
            continue  # "bao cao bang van ban" names no Cao Bằng; the spelling model decides
        if "(" in mention.place.name:
            continue  # a district is told with its province, and typed with its kind
        name = tokens(search_key(mention.place.name))
        if len(name) == mention.end - mention.start:
            named[mention.start : mention.end] = name
            kept.update(range(mention.start, mention.end))
    return named, frozenset(kept)


def _readable(
    whole: str, found: list[re.Match[str]], spelt: list[_Spelt], restored: list[str]
) -> str:
    """Return the typed text with each changed word in its place."""
    parts: list[str] = []
    place = index = 0
    for match, group in zip(found, spelt, strict=True):
        new = restored[index : index + len(group.words)]
        index += len(group.words)
        shown = group.text if group.kept else " ".join(new)
        same = not group.kept and new == [_key(match[0])]
        parts += [whole[place : match.start()], match[0] if same else _cased(match[0], shown)]
        place = match.end()
    return "".join([*parts, whole[place:]])


def _cased(typed: str, shown: str) -> str:
    capital = typed[:1].isupper() and not typed.isupper()
    return shown[:1].upper() + shown[1:] if capital else shown


def _stands_in(need: str, around: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(need)}(?!\w)", around) is not None or (
        re.search(rf"(?<!\w){re.escape(without_marks(need))}(?!\w)", around) is not None
    )
