"""What is counted: organisations and people of the field, found where a number has no unit."""

from __future__ import annotations

import re

from knowledge.vietnamese.quantities import Quantity

ORGANISATIONS = ("HTX", "THT", "liên hiệp", "quỹ", "trang trại")
PEOPLE = ("thành viên", "tổ viên", "lao động")
SPOKEN = frozenset((*ORGANISATIONS, *PEOPLE))
_AGAIN = frozenset(("đơn vị", "tổ", "cái", "tổ chức", "mô hình", ""))  # mean what was named before
NOUN = re.compile(
    r"\b(?P<lienhiep>lien hiep(?: hop tac xa| htx)?|lhhtx)\b|\b(?P<tht>to hop tac|tht)\b|"
    r"\b(?P<quy>quy tin dung(?: nhan dan)?|qtdnd|qtd)\b|\b(?P<htx>hop tac xa|htx)\b|"
    r"\b(?P<tv>thanh vien|xa vien)\b|\b(?P<to>to vien)\b|\b(?P<ld>lao dong)\b"
)
_MEANING = {
    "lienhiep": "liên hiệp",
    "tht": "THT",
    "quy": "quỹ",
    "htx": "HTX",
    "tv": "thành viên",
    "to": "tổ viên",
    "ld": "lao động",
}
_COUNT_OF = re.compile(r"\b(?:tong so|so luong|so)\b")
_WORK = re.compile(r"\bviec lam\b")


def nouns_in(key: str) -> list[str]:
    """Return what is counted in a search key without tone marks, in order: "HTX", "thành viên"."""
    return [_MEANING[str(match.lastgroup)] for match in NOUN.finditer(key)]


def unit_of(quantity: Quantity, lead: str, before: str, spoken: str) -> str:
    """Return the unit of a quantity; a bare number and "đơn vị" take the noun they speak of.

    Args:
        quantity: as read.
        lead: the search key of its sentence in front of it.
        before: the part of `lead` behind the quantity before it.
        spoken: what was counted last.
    """
    unit = quantity.unit
    if unit == "người":
        return _people(before, spoken)
    if unit not in _AGAIN:
        return unit
    counts = list(_COUNT_OF.finditer(lead))
    counted = nouns_in(lead[counts[-1].end() :]) if counts else []
    if counted and not unit:
        return counted[0]
    nouns = [noun for noun in nouns_in(lead) if noun in ORGANISATIONS or not unit]
    if nouns:
        return nouns[-1]
    if unit and spoken in ORGANISATIONS:
        return spoken
    return unit if unit == "mô hình" else ""  # the others say nothing alone


def _people(before: str, spoken: str) -> str:
    nouns = nouns_in(before)
    people = [noun for noun in nouns if noun in PEOPLE]
    if people:
        return people[0]
    if _WORK.search(before):
        return "lao động"
    return spoken if not nouns and spoken in PEOPLE else "người"
