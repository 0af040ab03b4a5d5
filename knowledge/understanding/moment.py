"""The day whose rules a question asks for: "năm 2023 quy định thế nào", "trước ngày 1/7/2024".

A time that belongs to something else is none: to an event ("HTX thành lập trước ngày 1/7/2024 có
phải đăng ký lại không" asks today's rules), to a document's name ("Luật Hợp tác xã năm 2012"), to a
plan ("giai đoạn 2021-2025", "đến năm 2030").
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.vietnamese.periods import PeriodMention, bounds, find_periods
from knowledge.vietnamese.text import bare_key, has_marks, search_key

_SUBJECT = (
    r"(?:hop tac xa|htx|tht|to hop tac|lien hiep|thanh vien|hop dong|du an|co so|khoan vay|ho so"
    r"|giay|don|may|cong trinh|von|co-?op(?:erative)?s?|loans?|contracts?)"
)
_EVENT = (
    r"(?:thanh lap|lap|dang ky|ra doi|ky|ky ket|cap|duoc cap|hoat dong|ton tai|chuyen doi|ket nap"
    r"|gia nhap|giai the|sap nhap|nop|nhan|vay|gop|mua|xay|thue|giai ngan"
    r"|established|founded|registered|set up|signed|submitted|granted|bought)"
)
_HAPPENED = re.compile(
    rf"\b{_SUBJECT}(?: (?!quy |ap )[^\s,;?]+){{0,5}}? {_EVENT}(?: (?!quy |ap )[^\s,;?]+){{0,3}}? ?$"
)
_NAMED = re.compile(
    r"\b(?:luat|nghi dinh|nghi quyet|thong tu|quyet dinh|chi thi|ke hoach|chuong trinh|de an|"
    r"chien luoc|giai doan|nhiem ky|bao cao|muc tieu|du toan|quyet toan|law|decree|plan"
    r"|program(?:me)?)"
    r"(?: (?!quy |ap |thi |vao |tai )[^\s,;?]+){0,6}? ?$"
)
_PLANNED = re.compile(r"\b(?:den|toi|until|by|giai doan|tam nhin)(?: het)?(?: nam| thang| ngay)? $")
_BEFORE = re.compile(r"\b(?:truoc|before|prior to)(?: thoi diem)?(?: ngay| thang| nam| \d{1,2})? $")
_SINCE = re.compile(r"\b(?:tu|ke tu|since|from)(?: ngay| thang| nam)? $")
_AFTER = re.compile(r"\b(?:sau|after)(?: khi)?(?: ngay| thang| nam)? $")
_LEAD = re.compile(
    r"(?:\b(?:vao|tai|hoi|trong|o|tinh den|thoi diem|truoc|sau|ke tu|tu|in|as of|on|at|before|after"
    r"|since|from|prior to|ngay|thang|nam|cuoi|dau) )*$"
)
_LAST_YEAR = re.compile(r"\b(?:nam ngoai|nam truoc|last year)\b")
_NEXT_YEAR = re.compile(r"\b(?:sang nam|nam toi|nam sau|next year)\b")
_FORMER = re.compile(
    r"\b(?:luật|quy định|nghị định|thông tư|quyết định|văn bản|chính sách|mức) cũ\b"
    r"|\b(?:trước đây|trước kia|hồi trước|ngày trước)\b"
    r"|\b(?:old|former|previous) (?:\w+ )?(?:law|rules?|decree|regulations?)\b|\bformerly\b"
)
_FORMER_BARE = re.compile(
    r"\b(?:luat|quy dinh|nghi dinh|thong tu|van ban|chinh sach) cu\b(?! (?:the|tru|dan|ly))"
    r"|\b(?:truoc day|truoc kia|hoi truoc)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The time whose rules are asked for.

    Attributes:
        day: the day; today's where the question names none.
        named: the question names another day than today.
        former: it asks for what was in force before the present rule.
    """

    day: date
    named: bool = False
    former: bool = False


def moment_of(text: str, today: date) -> Moment:
    """Return the time whose rules a question asks for.

    Args:
        text: the question, with what was carried over from earlier ones.
        today: the day on which it is asked.
    """
    key = bare_key(text)
    day = next((day for one in find_periods(text) if (day := _day(key, one, today))), None)
    day = day or _relative(key, today)
    if day is not None and day != today:
        return Moment(day=day, named=True)
    return Moment(day=today, former=_asks_former(text, key))


def _asks_former(text: str, key: str) -> bool:
    marked = search_key(text)
    found = _FORMER.search(marked) or (None if has_marks(text) else _FORMER_BARE.search(key))
    if found is None:
        return False
    before = re.sub(r"\btheo $", "", bare_key(marked[: found.start()]))
    return _HAPPENED.search(before) is None


def _day(key: str, mention: PeriodMention, today: date) -> date | None:
    """Return the day that a period stands for; None when it belongs to something else."""
    before = key[: mention.start]
    if "/" in mention.iso or _is_elsewhere(before):
        return None
    first, last = _bounds(mention.iso)
    if _BEFORE.search(before):
        return first - timedelta(days=1)
    if _SINCE.search(before):
        return max(first, today) if first <= today else first
    if _AFTER.search(before):
        return max(last + timedelta(days=1), today)
    return today if first <= today <= last else last


def _is_elsewhere(before: str) -> bool:
    """Tell whether the time behind a text belongs to an event, a document's name or a plan."""
    lead = _LEAD.sub("", before)
    return any(
        pattern.search(text)
        for pattern, text in ((_PLANNED, before), (_HAPPENED, lead), (_NAMED, lead))
    )


def _relative(key: str, today: date) -> date | None:
    if _LAST_YEAR.search(key):
        return date(today.year - 1, 12, 31)
    return date(today.year + 1, 12, 31) if _NEXT_YEAR.search(key) else None


def _bounds(iso: str) -> tuple[date, date]:
    first, last = (_as_day(one) for one in bounds(iso))
    return first, last


def _as_day(iso: str) -> date:
    """Return a day; the last of its month for one that the month does not have."""
    year, month, day = (int(part) for part in iso.split("-"))
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))
