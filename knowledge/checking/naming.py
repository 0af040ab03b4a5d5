"""By what a part is told apart from the others: its sector, its rating, whether it is at work."""

from __future__ import annotations

import re

from knowledge.checking.statements import Item

_CLASSES = {
    "state": re.compile(
        r"\b(?:(?:dang|con|hien|van) (?:con )?hoat dong|(?:ngung|dung|khong con|khong|chua) "
        r"(?:con )?hoat dong|giai the)\b(?! (?:hieu qua|co hieu qua|tot|kha|on dinh|trung binh))"
    ),
    "rating": re.compile(r"\b(?:gioi|tot|kha|trung binh|yeu|kem)\b"),
    "labour": re.compile(r"\b(?:thuong xuyen|thoi vu)\b"),
    "schooling": re.compile(
        r"\b(?:dai hoc|cao dang|trung cap|so cap|thac si|chua qua dao tao|pho thong)\b"
    ),
    "sector": re.compile(
        r"\b(?:(?:nong|lam|ngu|diem|cong|tieu thu cong) ?nghiep|nong, lam|thuy san|trong trot|"
        r"chan nuoi|thuong mai|dich vu|van tai|xay dung|tin dung|moi truong|tong hop|du lich|"
        r"khai thac|(?:nganh|linh vuc|loai hinh) khac)\b"
    ),
}
_STOPPED = re.compile(r"\b(?:(?:ngung|dung|khong con|khong) (?:con )?hoat dong|giai the)\b")
_AT_WORK = re.compile(r"(?<!khong )(?<!ngung )\b(?:dang|con|hien|van) (?:con )?hoat dong\W*$")
_ENDS = re.compile(r"[,;.()]|\b(?:va|voi|trong do|gom|bao gom|thu hut)\b")
_JOINED = re.compile(r"\W*(?:(?:voi|co|gom|thu hut|cung)\W*)+")
_BEGINS = re.compile(r"[;(.]")
_LINK = re.compile(r"\b(?:trong do|trong so|bao gom|gom|cu the|chia theo|phan theo|co cau)\b")


def words_of(item: Item) -> str:
    """Return the words that name a part: behind it ("12 HTX nông nghiệp"), else in front of it."""
    behind = _ENDS.split(item.behind)[0]
    return behind if class_in(behind) else name_in_front(item)


def name_in_front(item: Item) -> str:
    """Return what may name a figure in front of it: "chăn nuôi" of ", chăn nuôi 18 HTX"."""
    own = _BEGINS.split(item.gap.rstrip(" :"))[-1]
    return _LINK.split(own)[-1]


def class_in(words: str) -> str:
    """Return by what words tell a part apart; "" when it is none that is known."""
    return next((name for name, form in _CLASSES.items() if form.search(words)), "")


def classes_of(items: tuple[Item, ...]) -> dict[int, str]:
    """Return {start of an item: its class}; the members of a part are told apart as the part is."""
    found: dict[int, str] = {}
    before: Item | None = None
    for item in items:
        own = class_in(words_of(item)) or ("sector" if item.unit == "quỹ" else "")
        if not own and before is not None and _JOINED.fullmatch(item.gap):
            own = found[before.start]
        found[item.start] = own
        before = item
    return found


def is_stopped(item: Item) -> bool:
    """Tell whether those that are no longer at work are counted."""
    return _STOPPED.search(words_of(item)) is not None


def is_at_work(item: Item) -> bool:
    """Tell whether just those that are at work are counted, and not those that work well."""
    return _AT_WORK.search(words_of(item)) is not None and not is_stopped(item)


def is_pair(names: list[str]) -> bool:
    """Tell whether two names leave nothing between them: "nông nghiệp" and "phi nông nghiệp"."""
    one, other = names
    for this, that in ((one, other), (other, one)):
        if _AT_WORK.search(this) and _STOPPED.search(that) and not _STOPPED.search(this):
            return True
        if "phi nong nghiep" in this and "nong nghiep" in that.replace("phi nong nghiep", ""):
            return True
        if "thuong xuyen" in this and "thoi vu" in that:
            return True
    return False
