"""What a quantity is a figure of: its indicator and its subject, in the words of the document.

A count is named by what is counted ("số HTX nông nghiệp đang hoạt động"), an amount by the measure
next to it ("doanh thu bình quân HTX"), a share by what it is a share of. Measures are rows of
`data/indicators.csv`; what fits none of them keeps the words of the document.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

from ingest.figures.nouns import ORGANISATIONS, SPOKEN, nouns_in
from ingest.figures.phrases import cut, modifier, state
from ingest.figures.prose import Stated
from knowledge.model import FigureKind
from knowledge.vietnamese.text import bare_key, search_key

_MEAN = re.compile(r"\b(?:binh quan|trung binh|(?:moi|mot) (?:hop tac xa|htx|tht|thanh vien))\b")
_AMOUNTS = frozenset(("đồng", "ha"))
_UNNAMED = {"đồng": "số tiền", "ha": "diện tích"}
_PLAN = re.compile(r"\s*(?:so với )?(?:kế hoạch|chỉ tiêu|mục tiêu)\b", re.IGNORECASE)
_SHARE = re.compile(r"\bt[ỷỉ] lệ\s+(?P<what>[^;:()\d%]{3,})", re.IGNORECASE)
_VERB = re.compile(
    r"\s+(?:(?:chiếm|đạt|là|ước|còn|tăng|giảm)\b.*|(?:khoảng|trên|bằng|gần|hơn))\s*$", re.IGNORECASE
)
_PART = re.compile(
    r"(?:^|[;:.]|[-+•]\s)\s*(?:số )?"
    r"(?P<what>(?:HTX|THT|hợp tác xã|tổ hợp tác|liên hiệp)\b[^;:()\d]*?)"
    r"\s+chiếm\b[^,;:()]*$",
    re.IGNORECASE,
)
_HAVING = re.compile(r"\b(?:với|có|gồm|thu hút|voi|co|gom|thu hut)\b", re.IGNORECASE)
_PER_PERSON = re.compile(r"người|tháng")  # money that a person or a month is told of is earned
_TOTAL = re.compile(r"\b(?:tong|von)\b")
_YEARLY = re.compile(r"\b(?:moi|hang|binh quan) nam\b")
_AND = re.compile(r"\s*(?:,|và|cùng|,? và|cùng với)\s*", re.IGNORECASE)
_COUNTED = re.compile(r"^(?:tổng )?số\s+", re.IGNORECASE)


def indicator_of(stated: Stated) -> tuple[str, str]:
    """Return (indicator, subject) of a quantity."""
    subject = _subject(stated)
    direction = "mức giảm" if stated.value < 0 else "mức tăng"
    if stated.label:
        changed = stated.kind is FigureKind.CHANGE
        return (f"{direction} {stated.label}" if changed else stated.label), subject
    if stated.kind is FigureKind.CHANGE:
        return _joined(direction, _changed(stated, subject)), subject
    if stated.unit == "%":
        return _share(stated, subject)
    if stated.unit in _AMOUNTS:
        return _amount(stated, subject), subject
    return _count(stated, subject), subject


def _amount(stated: Stated, subject: str) -> str:
    measure = _measure(stated, _lead(stated)) or _measure(stated, _tail(stated))
    if not measure and _PER_PERSON.search(stated.quantity.per):
        measure = "thu nhập"
    mean = "bình quân" if _is_mean(stated) else ""
    return _joined(measure or _UNNAMED[stated.unit], mean, subject)


def _count(stated: Stated, subject: str) -> str:
    name = _joined("số", stated.unit, modifier(stated))
    if stated.unit in ORGANISATIONS:
        yearly = "bình quân mỗi năm" if _YEARLY.search(stated.before) else ""
        return _joined(name, state(stated), yearly)
    of = _organisation(stated)
    if of is not None and stated.unit in SPOKEN:  # the members of new groups are told as such
        between = stated.sentence.text[of.quantity.end : stated.quantity.start]
        new = state(of) if _HAVING.search(between) and state(of) != "đang hoạt động" else ""
        return _joined(name, "của", ", ".join(_together(of)), new)
    return _joined(name, "của", subject) if subject not in ("", stated.unit) else name


def _share(stated: Stated, subject: str) -> tuple[str, str]:
    """Return the name of a share and whom it is about, be it the count in front of it."""
    text = stated.sentence.text
    if _PLAN.match(text[stated.quantity.end :]):
        return "tỷ lệ thực hiện kế hoạch", subject
    own = _between(stated)
    said = _SHARE.search(own) or _PART.search(own)
    what = _VERB.sub("", said["what"]).strip() if said else ""
    what = what or _COUNTED.sub("", cut(text[stated.quantity.end :]))
    if what:
        return _joined("tỷ lệ", what), subject
    measure = _measure(stated, own)
    counted = _counted_before(stated)
    if measure or counted is None:
        return _joined("tỷ lệ", measure or subject), subject
    name = _joined(counted.unit, modifier(counted), state(counted))
    return _joined("tỷ lệ", name), _subject(counted)


def _changed(stated: Stated, subject: str) -> str:
    """Return what rose or fell: named in its own clause, else what was told before."""
    own = _between(stated)
    measure = _measure(stated, own)
    if measure:
        return measure
    if stated.unit in _AMOUNTS:
        return _measure(stated, _lead(stated)) or _UNNAMED[stated.unit]
    if stated.unit != "%":
        return f"số {stated.unit}"
    nouns = nouns_in(bare_key(re.split(r"[,;:(]", own)[-1]))
    if nouns:
        return f"số {nouns[0]}"
    if stated.previous is not None:
        name = indicator_of(stated.previous)[0]
        return re.sub(r"^(?:mức tăng|mức giảm) ", "", name)
    return f"số {subject}" if subject else ""


def _subject(stated: Stated) -> str:
    """Return whom a figure is about: what is counted, or the organisation spoken of before."""
    if stated.unit in ORGANISATIONS:
        return _joined(stated.unit, modifier(stated))
    key = bare_key(_lead(stated))
    named = [noun for noun in nouns_in(key) if noun in ORGANISATIONS]
    if named:
        return named[-1]
    return "" if stated.unit in {"%", *_AMOUNTS} else stated.unit


def _organisation(stated: Stated) -> Stated | None:
    """Return the count of organisations that members are told of: "82 THT với 1.387 thành viên"."""
    before = stated.previous
    while before is not None and (
        before.unit not in ORGANISATIONS or before.before.strip() == "/"  # "16/50 THT": of the 16
    ):
        before = before.previous
    if before is None:
        return None
    between = stated.sentence.text[before.quantity.end : stated.quantity.start]
    named = [noun for noun in nouns_in(bare_key(between)) if noun in ORGANISATIONS]
    return None if (named and named[-1] != before.unit) or ";" in between else before


def _together(stated: Stated) -> list[str]:
    """Return the organisations counted in one breath: "310 HTX, 2 liên hiệp HTX với … lao động"."""
    before = stated.previous
    if before is None or before.unit not in ORGANISATIONS or before.unit == stated.unit:
        return [stated.unit]
    between = stated.sentence.text[before.quantity.end : stated.quantity.start]
    joined = _AND.fullmatch(between) or _AND.fullmatch(
        between.strip().removeprefix(modifier(before))
    )
    return [*_together(before), stated.unit] if joined else [stated.unit]


def _counted_before(stated: Stated) -> Stated | None:
    """Return the count in front of a share; what another sentence part told is none of it."""
    before = stated.previous
    return before if before is not None and before.unit not in {"%", *_AMOUNTS} else None


def _measure(stated: Stated, text: str) -> str:
    """Return the measure that stands last in a text and is told in the unit; "" for none."""
    key = search_key(text)
    marked = key != bare_key(text)
    best, label = -1, ""
    for form, plain, unit, words in _measures():
        if stated.unit not in {unit, "%"}:
            continue
        places = [match.start() for match in (form if marked else plain).finditer(key)]
        if places and places[-1] > best:
            best, label = places[-1], words
    return label


def _lead(stated: Stated) -> str:
    """Return what stands in front of a quantity in its sentence; of a table its words' key."""
    return stated.before if stated.in_table else stated.sentence.text[: stated.quantity.start]


def _tail(stated: Stated) -> str:
    """Return the words right behind a quantity: "vốn góp" of "145 triệu đồng vốn góp"."""
    return re.split(r"[,;:.()\d]", stated.sentence.text[stated.quantity.end :])[0]


def _is_mean(stated: Stated) -> bool:
    """Tell whether a sum is one of a single organisation, person or month.

    What is told of each goes on from sum to sum, "doanh thu bình quân 2 tỷ đồng, lãi 90 triệu
    đồng", until a total is told.
    """
    own = bare_key(_own(stated))
    if stated.quantity.per or _MEAN.search(own):
        return True
    before = stated.previous
    goes_on = before is not None and before.unit == stated.unit and not _TOTAL.search(own)
    return goes_on and before is not None and _is_mean(before)


def _own(stated: Stated) -> str:
    """Return of the words in front of a quantity those behind the last comma; of a table all."""
    return _lead(stated) if stated.in_table else re.split(r"[,;.]\s", _lead(stated))[-1]


def _between(stated: Stated) -> str:
    """Return the words between the quantity before and this one."""
    start = stated.previous.quantity.end if stated.previous else 0
    return stated.sentence.text[start : stated.quantity.start]


@cache
def _measures() -> tuple[tuple[re.Pattern[str], re.Pattern[str], str, str], ...]:
    """Return (form, form without marks, unit, label) of every phrase of every measure."""
    path = files("knowledge.vietnamese") / "data" / "indicators.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return tuple(
        (
            re.compile(rf"\b{re.escape(search_key(phrase))}\b"),
            re.compile(rf"\b{re.escape(bare_key(phrase))}\b"),
            row["unit"],
            row["label"],
        )
        for row in rows
        for phrase in row["phrases"].split("|")
    )


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
