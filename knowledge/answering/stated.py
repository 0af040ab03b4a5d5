"""What a text states that can be compared with another text: numbers, times, references, names.

Nothing is passed over in silence: a number that is neither a quantity nor a time nor a reference is
"loose", and is compared with the words beside it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from knowledge.model import Comparator
from knowledge.vietnamese.numerals import words_for
from knowledge.vietnamese.periods import find_periods, is_base
from knowledge.vietnamese.quantities import Quantity, find_quantities
from knowledge.vietnamese.text import (
    TOKEN,
    bare_key,
    fold_white_space,
    search_key,
    tokens,
    whole_number,
)

# "khoản 1 Điều 5", "Điều 5 khoản 1 điểm a", "điểm a khoản 1", on the key without tone marks.
_ARTICLE, _CLAUSE = r"dieu (\d{1,3}[a-z]?)\b(?![.,/]\d)", r"khoan (\d{1,2})\b(?![.,/]\d)"
_POINT = r"diem ([a-z])\b"
_REFERENCE = re.compile(
    rf"\b{_ARTICLE}(?:[ ,]+{_CLAUSE}(?:[ ,]+{_POINT})?)?(?! *[-–] *\d)"
    rf"|(?:\b{_POINT}[ ,]+)?\b{_CLAUSE}[ ,]+(?:cua )?{_ARTICLE}"
    rf"|(?:\b{_POINT}[ ,]+)?\b{_CLAUSE}(?! *[-–] *\d)"
    rf"|\b{_POINT}(?= |[,;.]|$)"
)
_GROUPS = ((1, 2, 3), (6, 5, 4), (0, 8, 7), (0, 0, 9))  # article, clause, point of each form
DOCUMENT_NUMBER = re.compile(r"\b\d{1,4}(?:/\d{4})?/[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
# Words that are numbers whatever stands around them, besides what the grammar of quantities took.
_IN_WORDS = (
    "hai ba bốn sáu bảy bẩy tám chín mười mươi trăm nghìn ngàn vạn triệu tỷ tỉ chục rưỡi nửa "
    "vài dăm"
)
_NUMBER_WORDS = frozenset(_IN_WORDS.split())
# "một HTX" is any, "năm" a year, unless they are counted with or a unit follows.
_MAYBE_NUMBERS = frozenset({"một", "năm"})
_BEFORE = "cần có là chỉ đủ gồm với bằng nhất thiểu đa quá trên dưới hơn gần khoảng đạt đúng thêm"
_BEHIND = "năm tháng ngày tuần quý lần phần trăm nghìn triệu tỷ đồng phiếu người hộ thành"
_COUNTS, _COUNTED = frozenset(_BEFORE.split()), frozenset(_BEHIND.split())
_WITHIN_NUMBERS = (
    _NUMBER_WORDS | _MAYBE_NUMBERS | {"mốt", "tư", "lăm", "nhăm", "linh", "lẻ", "không"}
)
_LOOSE_BOUND = frozenset({"trên", "hơn", "vượt", "quá", "dưới", "gần", "kém", "chưa"})
_NOT = re.compile(r"\bkhông\b")
_SIDES = ("before", "after", "from")
_SIDE = re.compile(  # on the key without tone marks
    r"(?:\b(?P<before>(?<!nhu )truoc|cham nhat|muon nhat|khong qua)|\b(?P<after>sau)"
    r"|\b(?P<from>tu))(?: (?:ngay|thang|nam|khi))?\s*$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A quantity as it is compared, at `start` of its text.

    Attributes:
        outside: the bound itself is left out: "trên 5", not "từ 5 trở lên".
        working: working days are counted.
    """

    value: Decimal
    value_max: Decimal | None
    comparator: Comparator
    outside: bool
    unit: str
    working: bool
    per: str
    start: int


@dataclass(frozen=True, slots=True)
class Reference:
    """An article, a clause, a point: "" where it is not named."""

    article: str
    clause: str
    point: str

    def covers(self, other: Reference) -> bool:
        """Tell whether another one names nothing that this one does not."""
        pairs = zip(
            (self.article, self.clause, self.point),
            (other.article, other.clause, other.point),
            strict=True,
        )
        return all(theirs in ("", ours) for ours, theirs in pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A period.

    Attributes:
        base: others are compared with it, or it belongs to a name.
        side: "before", "after" or "from" when that is meant; "" when it is meant itself.
    """

    iso: str
    base: bool
    side: str
    start: int


@dataclass(frozen=True, slots=True)
class Loose:
    """A number that nothing explains, with the words beside it as search keys; "" for none."""

    before: str
    number: str
    behind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """All that a text states in numbers.

    Attributes:
        plain: the text without its amounts and their bounds.
    """

    amounts: tuple[Amount, ...]
    times: tuple[Time, ...]
    references: tuple[Reference, ...]
    documents: tuple[str, ...]
    loose: tuple[Loose, ...]
    plain: str


def stated(text: str) -> Stated:
    """Return what one line of text states.

    Args:
        text: composed letters (NFC) without invisible ones, white space folded.
    """
    bare = bare_key(text)
    taken = [False] * (max(len(text), len(bare)) + 1)
    references: list[Reference] = []
    for match in _REFERENCE.finditer(bare):
        _take(taken, match.start(), match.end())
        references.append(_reference(match))
    documents = [match[0] for match in _taken(taken, DOCUMENT_NUMBER, bare)]
    times = _times(bare, taken)
    quantities = _quantities(text, taken)
    return Stated(
        amounts=tuple(_amount(text, quantity) for quantity in quantities),
        times=tuple(times),
        references=tuple(references),
        documents=tuple(documents),
        loose=tuple(_loose(text, taken)),
        plain=_without(text, quantities),
    )


def _take(taken: list[bool], start: int, end: int) -> None:
    taken[start:end] = [True] * (end - start)


def _taken(taken: list[bool], pattern: re.Pattern[str], key: str) -> list[re.Match[str]]:
    found = [match for match in pattern.finditer(key) if not taken[match.start()]]
    for match in found:
        _take(taken, match.start(), match.end())
    return found


def _reference(match: re.Match[str]) -> Reference:
    groups = next(form for form in _GROUPS if any(group and match[group] for group in form))
    article, clause, point = (match[group] or "" if group else "" for group in groups)
    article, clause = (whole_number(one) if one else "" for one in (article, clause))
    return Reference(article, clause, point)


def _times(bare: str, taken: list[bool]) -> list[Time]:
    found: list[Time] = []
    for mention in find_periods(bare):
        if not taken[mention.start] and mention.iso:
            _take(taken, mention.start, mention.end)
            base, side = is_base(bare, mention), _side(bare[: mention.start])
            found.append(Time(iso=mention.iso, base=base, side=side, start=mention.start))
    return found


def _side(before: str) -> str:
    """Return on which side of a period something is, by the words in front of it."""
    match = _SIDE.search(before)
    return next((side for side in _SIDES if match and match[side]), "")


def _quantities(text: str, taken: list[bool]) -> list[Quantity]:
    found: list[Quantity] = []
    for quantity in find_quantities(text):
        if not any(taken[quantity.number_start : quantity.end]):
            _take(taken, quantity.number_start, quantity.end)
            found.append(quantity)
    return found


def _without(text: str, quantities: list[Quantity]) -> str:
    """Return a text without numbers and their bounds; what is counted stays."""
    for quantity in reversed(quantities):
        text = f"{text[: quantity.start]} {text[_number_end(text, quantity) :]}"
    return fold_white_space(text)


def _number_end(text: str, quantity: Quantity) -> int:
    """Return where the number ends: in front of a noun that is counted, behind any other unit."""
    within = _WITHIN_NUMBERS | _measures().get(quantity.unit, frozenset())
    end = quantity.number_start
    for match in TOKEN.finditer(search_key(text[quantity.number_start : quantity.end])):
        if not match[0][0].isdigit() and match[0] not in within:
            break
        end = quantity.number_start + match.end()
    return end


@cache
def _measures() -> dict[str, frozenset[str]]:
    """Return the words of units that are no nouns of the field: money, time, shares, measures."""
    found: dict[str, set[str]] = defaultdict(set)
    for phrase, unit in words_for("hợp tác xã").units.items():
        if unit.kind not in ("count", "short"):
            found[unit.meaning] |= set(tokens(phrase))
    return {meaning: frozenset(words) for meaning, words in found.items()}


def _amount(text: str, quantity: Quantity) -> Amount:
    bound = search_key(text[quantity.start : quantity.number_start])
    behind = tokens(search_key(text[quantity.end : quantity.end + 12]))
    own = search_key(text[quantity.number_start : quantity.end])
    return Amount(
        value=quantity.value,
        value_max=quantity.value_max,
        comparator=quantity.comparator,
        outside=bool(set(tokens(bound)) & _LOOSE_BOUND) and _NOT.search(bound) is None,
        unit=quantity.unit,
        working="làm việc" in own or behind[:2] == ["làm", "việc"],
        per=quantity.per,
        start=quantity.number_start,
    )


def _loose(text: str, taken: list[bool]) -> list[Loose]:
    found: list[Loose] = []
    matches = list(TOKEN.finditer(search_key(text)))
    keys = [whole_number(match[0]) for match in matches]
    for place, match in enumerate(matches):
        before = keys[place - 1] if place else ""
        behind = keys[place + 1] if place + 1 < len(keys) else ""
        if not taken[match.start()] and _is_number(keys[place], before, behind):
            found.append(Loose(before, keys[place], behind))
    return found


def _is_number(word: str, before: str, behind: str) -> bool:
    if word[0].isdigit() or word in _NUMBER_WORDS:
        return True
    if word not in _MAYBE_NUMBERS or (behind and behind[0].isdigit()):
        return False
    return before in _COUNTS or (behind in _COUNTED and behind != word)
