"""Quantities in running text: value in base units, comparator, unit, "per what" and place.

A number that names something (an article, a month, a house) and one whose reading is unsure are
left out. A quantity stands on one line. Durations ("5 năm") are quantities; years, dates and the
first months of a year are not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge.model import Comparator
from knowledge.vietnamese.numerals import (
    GAP,
    Word,
    Words,
    number_of,
    read_number,
    without_point,
    without_signs,
    words_for,
)
from knowledge.vietnamese.spelling import is_syllable
from knowledge.vietnamese.text import INVISIBLE, search_key, without_marks

__all__ = ["Quantity", "find_quantities", "read_number"]

_CLUSTER = re.compile(rf".(?:[\u0300-\u036f]|{INVISIBLE.pattern})*", re.DOTALL)
_TIE = re.compile(
    rf"{GAP}*[-~÷]{GAP}*|{GAP}+(?:đến|tới|den|toi){GAP}+(?:(?:dưới|gần|khoảng|duoi|gan|khoang){GAP}+)?"
)
_STROKE = re.compile(rf"{GAP}?/{GAP}?")
_MINUS = re.compile(r"(?:[^\W\d_][:,]?[^\S\n]|\()-\Z")  # not a list's dash, nor one of a range
_INSIDE_A_SIGN = re.compile(r"[\w@#&=]\Z|[^\W_][+]\Z|[^\W\d_]-\Z")
_GOES_ON = re.compile(r"\w|[-:/][^\W_]")
_VERSION = re.compile(r"[0-9]+\.[0-9]{1,2}")
_YEAR = re.compile("(?:19[4-9]|20[0-9])[0-9]|2100")
_WORD_BEFORE = re.compile(rf"([^\W\d_]+){GAP}+\Z")
_WITHIN_A_LINE = re.compile(rf"[\w,]{GAP}+\Z")
# Number words that are no other word without their marks; "sau" is after, "bay" flies.
_CLEAR = frozenset({"hai", "ba", "bốn", "chín", "mười", "bon", "muoi"})
_MAY_BE_NEGATIVE = frozenset({"money", "share", "measure"})
_MILLION, _MONTHS = 1_000_000, 12
_LARGEST_IN_A_NAME = 20
_LEAST_WHOLE = 5  # "2/3 thành viên" is a fraction, "3/5 HTX" a share


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A quantity at [start, end) of the text as given.

    Attributes:
        value: in base units: đồng, %, ha, a count ("2,3 tỷ đồng" is 2300000000).
        value_max: the upper end of a range, else None.
        unit: the meaning of the unit words in `units.csv`; "" when none follows.
        per: "HTX", "người/tháng", or "".
        start: of the comparator's words if there are any, else of the number.
        end: behind the unit words, and behind "trở lên" when it follows them.
        number_start: where the number itself begins.
    """

    value: Decimal
    value_max: Decimal | None
    comparator: Comparator
    unit: str
    per: str
    start: int
    end: int
    number_start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """A text, its search key, and for each place in the key the place in the text."""

    text: str
    key: str
    places: Sequence[int]
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class _Amount:
    """A written number with its unit, at [start, end) of the key.

    Attributes:
        value: None when the number can be read in two ways.
        scale: what the first number of a range borrows: 10⁶ in "10 đến 15 triệu".
    """

    value: Decimal | None
    scale: Decimal
    written: str
    unit: Word | None
    per: str
    start: int
    number_end: int
    end: int

    @property
    def kind(self) -> str:
        return self.unit.kind if self.unit else ""

    @property
    def plain(self) -> bool:
        return self.unit is None and self.scale == 1


def find_quantities(text: str) -> list[Quantity]:
    """Return the quantities of a text in order of place; they never overlap.

    Of a share ("52/457 HTX") both numbers are returned, each with the unit behind the second.
    """
    page = _page(text)
    amounts = list(_amounts(page))
    found: list[Quantity] = []
    place = 0
    while place < len(amounts):
        first, *others = amounts[place : place + 2]
        pair = _pair(page, first, others[0]) if others else None
        found += [_quantity(page, first)] if pair is None and not _refused(page, first) else []
        found += pair or []
        place += 1 if pair is None else 2
    return found


def _page(text: str) -> _Page:
    """Return the text with its search key, one letter for each letter with its marks."""
    words, key = words_for(text), search_key(text)
    places: Sequence[int] = range(len(text) + 1)
    if len(key) != len(text) or not unicodedata.is_normalized("NFC", text):
        clusters = list(_CLUSTER.finditer(text))
        letters = "".join(search_key(cluster[0])[:1] or " " for cluster in clusters)
        places = [*(cluster.start() for cluster in clusters), len(text)]
        key = search_key(letters)
        key = key if len(key) == len(letters) else letters
    return _Page(text=text, key=without_signs(key), places=places, words=words)


def _amounts(page: _Page) -> Iterator[_Amount]:
    """Yield every written number of a page with the unit behind it, in order of place."""
    place = 0
    while match := page.words.patterns["number"].search(page.key, place):
        number = number_of(match[0], page.words)
        unit, end = _unit(page, match.end())
        if unit is None and number and number.largest >= _MILLION:
            unit = page.words.units.get("đ") or page.words.units["d"]  # "2,3 tỷ" is money
        per, end = _per(page, end) if unit else ("", end)
        before = page.key[max(0, match.start() - 5) : match.start()]
        negative = unit is not None and unit.kind in _MAY_BE_NEGATIVE and _MINUS.search(before)
        factor = unit.factor if unit else Decimal(1)
        yield _Amount(
            value=number.value * (-factor if negative else factor) if number else None,
            scale=number.scale * factor if number else Decimal(1),
            written=match[0],
            unit=unit,
            per=per,
            start=match.start() - (1 if negative else 0),
            number_end=match.end(),
            end=end,
        )
        place = end


def _unit(page: _Page, place: int) -> tuple[Word | None, int]:
    """Return the unit at a place and where it ends; "lượt" joins the noun behind it."""
    match = page.words.patterns["unit"].match(page.key, place)
    if match is None:
        return None, place
    unit = page.words.units[" ".join(match["unit"].split())]
    if unit.meaning == "lượt":
        noun, end = _unit(page, match.end())
        if noun and noun.kind == "count":
            return replace(noun, meaning=f"lượt {noun.meaning}"), end
    if unit.kind == "short" and not page.words.patterns["groups"].search(page.key):
        unit = replace(unit, meaning="tổ")  # of another kind, where no THT is spoken of
    return unit, match.end()


def _per(page: _Page, place: int) -> tuple[str, int]:
    match = page.words.patterns["per"].match(page.key, place)
    if match is None:
        return "", place
    known = page.words.patterns["known"].finditer(page.key, place, match.end())
    return "/".join(
        page.words.units[" ".join(one[0].split())].meaning for one in known
    ), match.end()


def _pair(page: _Page, first: _Amount, second: _Amount) -> list[Quantity] | None:
    """Return what two numbers with a dash, "đến" or a stroke between them are; None: no pair."""
    between = page.key[first.end : second.start]
    if _STROKE.fullmatch(between) and first.unit is None:
        return _shares(page, _lent(first, second), second)
    if not _TIE.fullmatch(between):
        return None
    low, dash = _lent(first, second), "-" in between
    if _refused(page, low) or _refused(page, second, tied=True):
        alone = [] if dash else [low, second]
        return [_quantity(page, one) for one in alone if not _refused(page, one)]
    if low.unit != second.unit or not _rises(low, second):
        return None
    return [] if low.plain and dash else [_quantity(page, low, second)]


def _rises(first: _Amount, second: _Amount) -> bool:
    return first.value is not None and second.value is not None and first.value < second.value


def _lent(first: _Amount, second: _Amount) -> _Amount:
    """Return the first amount with the unit and the scale of the second where it has none."""
    if first.unit or first.value is None:
        return first
    named = replace(first, unit=second.unit)
    if first.scale != 1:
        return named
    scaled = replace(named, value=first.value * second.scale, scale=second.scale)
    # "500 đến 1 nghìn hộ": the scale is the second's alone
    return scaled if _rises(scaled, second) or second.kind == "money" else named


def _shares(page: _Page, first: _Amount, second: _Amount) -> list[Quantity]:
    """Return both numbers of "52/457 HTX"; nothing of a date ("16/3") or a fraction ("2/3")."""
    if first.value is None or second.value is None or second.unit is None:
        return []
    is_date = first.value > second.value and second.value <= _MONTHS
    if is_date or second.value < _LEAST_WHOLE or _refused(page, first):
        return []
    return [_quantity(page, one) for one in (first, second)]


def _quantity(page: _Page, first: _Amount, second: _Amount | None = None) -> Quantity:
    last = second or first
    behind = page.words.patterns["behind"].match(page.key, last.end) if second is None else None
    bound = page.words.behind[" ".join(behind["behind"].split())] if behind else ""
    comparator, start = _comparator(page, first, bound="range" if second else bound)
    return Quantity(
        value=without_point(first.value or Decimal(0)),
        value_max=without_point(second.value) if second and second.value else None,
        comparator=comparator,
        unit=last.unit.meaning if last.unit else "",
        per=last.per,
        start=page.places[start],
        end=page.places[behind.end() if behind and not behind["between"] else last.end],
        number_start=page.places[first.start],
    )


def _comparator(page: _Page, amount: _Amount, *, bound: str) -> tuple[Comparator, int]:
    """Return how a number is qualified, and where the words begin that do so before it.

    `bound` is what stands behind the number; only with it does "từ" belong to the number.
    """
    match = page.words.patterns["before"].search(page.key, max(0, amount.start - 60), amount.start)
    place = match.start() if match else amount.start
    found: list[tuple[str, int]] = []
    for one in page.words.patterns["comparator"].finditer(page.key, place, amount.start):
        phrase = " ".join(one[0].split())
        # "vượt 12%" is an excess of exactly so much
        excess = amount.kind == "share" and without_marks(phrase) == "vuot"
        meaning = "=" if excess else page.words.before[phrase]
        if meaning != "=" and (meaning != "from" or bound):
            found.append((meaning, one.start()))
    meanings = [bound, *(meaning for meaning, _place in found if meaning != "from"), "="]
    strict = [meaning for meaning in meanings if meaning not in {"", "~", "="}]
    said = strict or [meaning for meaning in meanings if meaning]
    return Comparator(said[0]), found[0][1] if found else amount.start


def _refused(page: _Page, amount: _Amount, *, tied: bool = False) -> bool:
    """Tell whether a written number is no quantity; `tied` to one before it that is."""
    before = page.key[max(0, amount.start - 2) : amount.start]
    return (
        amount.value is None
        or amount.kind == "refused"
        or _INSIDE_A_SIGN.search(before) is not None
        or (amount.plain and before.endswith(("/", ".")))
        or (amount.plain and _GOES_ON.match(page.key, amount.number_end) is not None)
        or (amount.plain and _VERSION.fullmatch(amount.written) is not None)
        or _is_another_word(amount)
        or (not tied and amount.scale == 1 and _names(page, amount))
    )


def _is_another_word(amount: _Amount) -> bool:
    """Tell whether a number in words is rather another word: "một HTX", "năm", "ba lô"."""
    written = amount.written
    if written[0].isdigit() or any(letter.isspace() for letter in written):
        return False
    has_other_marks = written == without_marks(written) and written not in _CLEAR
    return amount.unit is None or has_other_marks or written in {"một", "năm"}


def _names(page: _Page, amount: _Amount) -> bool:
    """Tell whether a number names what stands before it, or a year, or the first months of one."""
    if amount.kind in {"money", "share"}:
        return False
    patterns, start = page.words.patterns, amount.start

    def follows(name: str) -> bool:
        return patterns[name].search(page.key, max(0, start - 80), start) is not None

    if follows("name") or (amount.unit is None and follows("list")):
        return True
    if amount.kind in {"", "time"} and follows("label"):
        return True
    if amount.unit and amount.unit.meaning == "tháng":
        return patterns["first months"].match(page.key, amount.end) is not None
    if _YEAR.fullmatch(amount.written):
        return amount.unit is None or (amount.kind in {"count", "time"} and follows("year"))
    return amount.unit is None and _ends_a_name(page, amount)


def _ends_a_name(page: _Page, amount: _Amount) -> bool:
    """Tell whether a number follows a foreign word, or a small one a name: "Formosa 2"."""
    word = _WORD_BEFORE.search(page.key, max(0, amount.start - 30), amount.start)
    if word is None or "(" in word[0] or page.words.patterns["known"].fullmatch(word[1]):
        return False
    as_given = page.text[page.places[word.start()] : page.places[word.end(1)]]
    printed = unicodedata.normalize("NFC", as_given)  # split letters have no case of their own
    if not is_syllable(word[1]):
        return not printed.isupper()
    inside = _WITHIN_A_LINE.search(page.key, max(0, word.start() - 5), word.start())
    return printed.istitle() and inside is not None and (amount.value or 0) <= _LARGEST_IN_A_NAME
