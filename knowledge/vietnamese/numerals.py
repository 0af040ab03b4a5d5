"""Numbers as Vietnamese writes them, and the words around them, from the table `data/units.csv`.

A dot stands between thousands and a comma before decimals; scales stand in words ("1 tỷ 456
triệu"). Words match with their tone marks, or all without any in a text that carries none.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files

from knowledge.vietnamese.text import has_marks, search_key, without_marks

GAP = r"[^\S\n]"
_EDGE, _END = r"(?<![^\W_])", r"(?![^\W_])"
# "12 500": two numbers or one, so it is taken whole and not read.
_UNSURE = r"(?<![0-9.,])[1-9][0-9]{0,2}(?: [0-9]{3}(?![0-9.]))+"
_FIGURES = rf"(?:{_UNSURE}|[0-9]+(?:[.,][0-9]+|[\u00a0\u2009\u202f][0-9]{{3}}(?![0-9]))*)"
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:[.\u00a0\u2009\u202f][0-9]{3})+(?:,[0-9]+)?")
_DECIMAL = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?")
_TOKEN = re.compile(rf"{_FIGURES}|[^\W\d_]+")
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_ONES = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BEHIND_TENS = (*(one for one in _ONES if one != "năm"), "mốt", "tư", "lăm", "nhăm", "bẩy")
_OTHERS = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5, "bẩy": 7, "không": 0, "linh": 0, "lẻ": 0}
# Numbers that are signs whatever stands around them; the key's letters are small.
_SIGNS = re.compile(
    r"""(?mx)
      ^[^\S\n]*[0-9]{1,2}(?:\.[0-9]{1,2})*[.)/](?=[^\S\n]+\S)              # 1. 2) 3/ 1.1.
    | ^[^\S\n]*[0-9]{1,3}[^\S\n]*\|(?=[^\S\n]*[^\W\d_])                    # a table's row number
    | (?<=[;:][ ])[0-9]{1,2}\)(?=[ ])
    | \[[0-9]{1,3}\] | \([0-9]{1,2}\)                                      # footnote marks
    | [0-9]+(?:/(?:19|20)?[0-9]{2})?/[^\W\d_]{2,}(?:-[^\W\d_]+|[0-9]+)+    # 17/2023/qh15
    | [0-9]+-[^\W\d_]{2,}/[^\W\d_]+ | [0-9]+/(?:19|20)[0-9]{2}/[^\W\d_]+   # 12-nq/tw
    | (?<![0-9.,])[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{2,4}(?![0-9])         # 12/01/2024
    | (?<![0-9.,])(?:[0-9]{1,2}[ ]?[/.-]|[0-9]{3,4}/)[ ]?(?:19|20)[0-9]{2}(?![.,]?[0-9])
    | (?<![0-9.,])(?:19|20)[0-9]{2}[ ]?[-/][ ]?(?:19|20)?[0-9]{2}(?![.,]?[0-9])  # 2021 - 2025
    | (?<![0-9.,])[0-9]{1,2}(?:[:h][0-9]{2}|h)(?![^\W_])                   # 14:05 8h30 8h
    | (?<![0-9.,])[0-9](?:(?:[ ]?[-,/][ ]?|[ ](?:v[àa]|ho[ặa]c|[đd][ếe]n)[ ])[0-9])*
      [ ]?sao(?![^\W_])                                                    # 3 đến 4 sao
    | (?<![^\W_])(?:s?[đd]t|[đd]i[ệe]n\ tho[ạa]i|di\ [đd][ộo]ng|hotline|zalo|tel|fax)
      [ .:]*\+?\(?[0-9][0-9 .()-]{5,}[0-9]
    | (?<![0-9.,])(?:\+84|\(?0[1-9][0-9]{1,3}\)?)(?:[ .-]?[0-9]{3,4}){2,3}(?![0-9])
    | (?<![0-9.,])1[89]00[ .-]?[0-9]{4,6}(?![.,]?[0-9])
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A unit of `units.csv`: its name, its kind ("count", "money" …), its size in base units."""

    meaning: str
    kind: str
    factor: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The table, and patterns by name for a search key; all with tone marks or all without."""

    units: dict[str, Word]
    before: dict[str, str]
    behind: dict[str, str]
    scales: dict[str, Decimal]
    digits: dict[str, int]
    patterns: dict[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A written number: its value, the scale it ends on ("2,3 tỷ": 10⁹), the largest one in it."""

    value: Decimal
    scale: Decimal
    largest: Decimal


def read_number(text: str) -> Decimal | None:
    """Return the value of one number written alone, as in a table's cell; None when it is none.

    "(1.234)" is negative, as in accounts. A unit behind the number is not read.
    """
    words = words_for(text)
    match = re.fullmatch(r"(\()?([+-]?)(.*?)(\))?", search_key(text).strip(), re.DOTALL)
    if match is None or bool(match[1]) != bool(match[4]) or (match[1] and match[2]):
        return None
    if not words.patterns["number"].fullmatch(match[3]) or match[3] in {"năm", "nam"}:
        return None
    number = number_of(match[3], words)
    if number is None:
        return None
    return -number.value if match[1] or match[2] == "-" else number.value


def number_of(written: str, words: Words) -> Number | None:
    """Return what the grammar found as a number; None when it can be read in two ways."""
    parts: list[tuple[Decimal, Decimal]] = []  # (amount, its scale), the scales falling
    group: Decimal | None = None
    tokens = _TOKEN.findall(_IN_BRACKETS.sub("", written))
    for token in tokens:
        is_ten = without_marks(token) == "muoi"
        scale = words.scales.get(token) or (Decimal(10) if is_ten and group else None)
        if scale:
            parts = _scaled(parts, group, scale)
            group = None
        elif without_marks(token).startswith("ruo"):
            parts.append((parts[-1][1] / 2, Decimal(1)))
        elif (digit := Decimal(10) if is_ten else _digit(token, words)) is None:
            return None
        else:
            group = (group or Decimal(0)) + digit
    value = sum((amount for amount, _scale in parts), group or Decimal(0))
    scales = [words.scales.get(token, Decimal(1)) for token in tokens]
    return Number(value=without_point(value), scale=_ending(scales), largest=max(scales))


def without_point(value: Decimal) -> Decimal:
    """Return 5 for 5.0, so that a whole number is written as one; any other as it is."""
    whole = value.to_integral_value()
    return whole if whole == value else value


def _scaled(
    parts: list[tuple[Decimal, Decimal]], group: Decimal | None, scale: Decimal
) -> list[tuple[Decimal, Decimal]]:
    """Return the parts with the last group at a scale, and smaller parts before it ("nghìn tỷ")."""
    kept = [part for part in parts if part[1] >= scale]
    below = sum((amount for amount, _scale in parts[len(kept) :]), group or Decimal(0))
    return [*kept, (below * scale, scale)]


def _ending(scales: list[Decimal]) -> Decimal:
    product = Decimal(1)
    for scale in reversed(scales):
        if scale == 1:
            break
        product *= scale
    return product


def _digit(token: str, words: Words) -> Decimal | None:
    if not token[0].isdigit():
        return Decimal(words.digits[token])
    if _THOUSANDS.fullmatch(token):
        return Decimal(re.sub(r"[.\s]", "", token).replace(",", "."))
    match = _DECIMAL.fullmatch(token)
    if match is None or (match[1][0] == "0" and len(match[1]) > 3):  # noqa: PLR2004  (a code)
        return None
    if "." in token and len(match[2]) == 3 and match[1] != "0":  # noqa: PLR2004  ("1234.567")
        return None
    return Decimal(f"{match[1]}.{match[2] or 0}")


def without_signs(key: str) -> str:
    """Return a search key with enumerators, dates, document and phone numbers blanked out."""
    return _SIGNS.sub(lambda match: "\0" * len(match[0]), key)


def words_for(text: str) -> Words:
    """Return the words to look for in a text, by whether it carries any marks."""
    return _words(bare=not has_marks(text))


@cache
def _words(*, bare: bool) -> Words:
    fold = without_marks if bare else str
    table: dict[str, dict[str, Word]] = {}
    with (files("knowledge.vietnamese") / "data" / "units.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            factor = Decimal(row["factor"] or 1)
            word = Word(meaning=row["meaning"], kind=row["kind"], factor=factor)
            group = "unit" if row["factor"] and word.kind != "scale" else word.kind
            for phrase in row["phrase"].split("|"):
                table.setdefault(group, {}).setdefault(fold(search_key(phrase)), word)
    digits = {word: place for place, word in enumerate(_ONES, 1)} | _OTHERS
    before = table["before"] | table["tight"]
    groups = {group: _any(found) for group, found in table.items()}
    groups["said"] = _any(map(fold, [*digits, *table["scale"], "mười", "mươi"]))
    return Words(
        units=table["unit"],
        before={phrase: word.meaning for phrase, word in before.items()},
        behind={phrase: word.meaning for phrase, word in table["behind"].items()},
        scales={phrase: word.factor for phrase, word in table["scale"].items()},
        digits={fold(word): value for word, value in digits.items()},
        patterns=_patterns(groups, fold),
    )


def _any(phrases: Iterable[str]) -> str:
    """Return a pattern of phrases, the longest first; words may stand several spaces apart."""
    ordered = sorted(phrases, key=len, reverse=True)
    ends = [(re.escape(one).replace(r"\ ", f"{GAP}+"), one[-1].isalnum()) for one in ordered]
    return f"(?:{'|'.join(one + _END * is_word for one, is_word in ends)})"


def _number_word(fold: Callable[[str], str]) -> tuple[str, str]:
    """Return patterns of a number below a thousand in words, and of what may end a longer one."""
    one, last = _any(map(fold, _ONES)), _any(map(fold, _BEHIND_TENS))
    pair = rf"(?:{fold('mười')}{_END}|{one}{GAP}+{fold('mươi')}{_END})(?:{GAP}+{last})?"
    odd = rf"{fold('(?:linh|lẻ)')}{GAP}+{one}"
    hundreds = rf"(?:{one}|{fold('không')}){GAP}+{fold('trăm')}{_END}(?:{GAP}+(?:{odd}|{pair}))?"
    half = rf"{fold('rư(?:ỡ|ở)i')}{_END}"
    return rf"{_EDGE}(?:{hundreds}|{pair}|{one})", rf"{GAP}+(?:{hundreds}|{odd}|{pair}|{half})"


# In front of these the words that number things are other words: "mỗi bước", "dứt điểm 04 HTX".
_NO_NAMES = ("mỗi", "một", "hàng", "dứt", "thời", "địa", "đặc", "giao", "cao", "trọng", "quan")


def _patterns(some: dict[str, str], fold: Callable[[str], str]) -> dict[str, re.Pattern[str]]:
    """Return the patterns by name, made from those of the table's groups."""
    word, tail = _number_word(fold)
    said = rf"(?:{GAP}*\((?:{GAP}*{some['said']})+\))?"  # "20 (hai mươi) tỷ đồng"
    atom = f"(?:{_FIGURES}{said}|{word})"
    # "tỷ lệ" is a ratio, and "tr.đ" a unit.
    rate = rf"(?!\.?[đd]{_END}|{GAP}+{fold('(?:lệ|trọng|suất|giá)')}{_END})"
    scale = rf"{GAP}*{some['scale']}{rate}"
    unit, lone = some["unit"], "".join(f"(?<!{fold(each)} )" for each in _NO_NAMES)
    one = fold("(?:một|mỗi|1)")
    number = fold("(?:số|thứ)")
    sources = {
        "number": rf"{atom}(?:{scale})+(?:{GAP}+{atom}(?:{scale})+)*(?:{tail})?|{atom}",
        "unit": rf"{GAP}*(?P<unit>{unit})",
        "known": rf"{_EDGE}{unit}",
        "per": rf"(?:{GAP}*/{GAP}*(?:{one}{GAP}+)?{unit})*(?:{GAP}+{some['each']}{GAP}+{unit})?",
        "groups": rf"{_EDGE}{fold('(?:tổ hợp tác|tht)')}{_END}",
        "before": rf"{_EDGE}(?:{some['before']}{GAP}+(?:{some['filler']}{GAP}+)*)*"
        rf"(?:{some['tight']}{GAP}+)?\Z",
        "comparator": rf"{_EDGE}(?:{some['before']}|{some['tight']})",
        "behind": rf"(?P<between>(?:{GAP}+[^\W\d_]+){{0,3}}?){GAP}+(?P<behind>{some['behind']})",
        "name": rf"{lone}{_EDGE}{some['name']}(?:{GAP}+{number})?(?:{GAP}*[:.]?{GAP}*|-)\Z",
        "label": rf"{lone}{_EDGE}{some['label']}(?:{GAP}+{number})?{GAP}+\Z",
        "list": rf"{lone}{_EDGE}(?:{some['name']}|{some['label']})(?:{GAP}+{number})?"
        rf"(?:{GAP}+[0-9]{{1,3}}[a-zđ]?(?:,|{GAP}+{fold('(?:và|hoặc|đến)')}))+{GAP}+\Z",
        "year": rf"{_EDGE}{some['year']}{GAP}+\Z",
        "first months": rf"{GAP}+{fold('(?:đầu|cuối|năm)')}{_END}",
    }
    return {name: re.compile(source) for name, source in sources.items()}
