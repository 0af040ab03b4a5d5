"""Whether a quantity was reached, is aimed at, or is a change; whether it sums up a time.

All patterns match the search key without tone marks.
"""

from __future__ import annotations

import re
from decimal import Decimal

from knowledge.vietnamese.quantities import Quantity

# Words for what is aimed at; "đạt 32% kế hoạch" tells a result.
_AIM = re.compile(
    r"\b(?:phan dau|muc tieu|chi tieu|du kien|se|dat ra|de ra|nhiem vu|huong (?:toi|den)|nham toi|"
    r"ky cam ket|ke hoach (?:nam|ca nam|de ra|dat ra|la|thanh lap|phat trien)|giao chi tieu)\b"
)
_REACHED = re.compile(
    r"\b(?:da|dat duoc|thuc hien duoc|ket qua|hien co|hien nay|"
    r"(?<!thuc |bieu |phat )(?<!the )hien|den nay|uoc dat|thuc te|van dong duoc|trong khi|vuot)\b"
)
_PLAN_TOLD = re.compile(
    r"\b(?:ke hoach|chi tieu|muc tieu)(?: (?:giao|de ra|dat ra|nam|ca nam|la|co))*\s*\(?\s*$"
    r"|\((?:ke hoach|chi tieu|muc tieu)[^()]{0,20}$"
)
# A plan told with its number only to measure what was reached: none of what a semicolon parts off.
_TOLD = re.compile(
    r"(?:chi tieu|ke hoach)(?: (?:duoc|giao|de|dat|ra|ca|nam|cua|la|chi|co|con))*:? ?(?!20\d\d)\d"
)
_PLANNED = re.compile(r"^.{0,80}\bke hoach\b")
# What a sum over a time is told of; other counts are of the end of that time.
_FLOW = re.compile(
    r"\b(?:thanh lap moi|lap moi|moi thanh lap|duoc thanh lap|duoc cap giay|phat trien moi|"
    r"dang ky moi|dang ky thanh lap|ra doi|"
    r"ra mat|co them|giai the|xoa ten|thu hoi|doanh thu|loi nhuan|tien lai|phan lai|lai binh quan|"
    r"co lai|thu ve|thu nhap|nhan binh quan|"
    r"duoc tra|tra binh quan|thu binh quan|"
    r"tien cong|tien luong|cho vay|duoc vay|vay von|vay duoc|giai ngan|"
    r"to chuc duoc|da to chuc|tap huan|boi duong|dao tao|ho tro|trao|khen|tham gia hoi cho|"
    r"ket nap|van dong|lap duoc)\b"
)
_FLOW_UNITS = frozenset(("lớp", "học viên", "lượt người", "lượt HTX", "lượt", "tập thể", "cá nhân"))
_PARTS = re.compile(
    r"^\W*(?:trong (?:do|so (?:nay|do))|chia theo|phan theo|cu the|bao gom|gom|rieng)\b"
)
_CHANGE = re.compile(
    r"\b(?:(?P<rise>(?<!ha )(?<!nen )(?<!trao )tang(?! (?:co|bang|giay|ky|thuong)\b)|"
    r"nhieu hon|cao hon|nhich|lon hon|"
    r"(?<!nhieu )(?<!cao )(?<!it )(?<!thap )(?<!lon )hon|vuot|them|tang them|bang)"
    r"|(?P<fall>giam(?! doc| sat| dinh)|it hon|thap hon|bot|sut|thap))\b(?P<rest>[^;.]{0,60})$"
)
_ABBREVIATED = re.compile(r"^\s*\([^()]{2,8}\)")  # "hợp tác xã (HTX)"
_CLAUSE = 60  # characters behind a quantity in which its own verb stands
_WEAK = frozenset(("hon", "them", "vuot"))  # a change only beside what it is compared with
_TOTAL = re.compile(r"\b(?:len|dat|con|xuong|tong so)\b")
_COMPARED = re.compile(r"\b(?:so voi|cung ky|nam truoc|nam ngoai|hon nam|doi chieu|dat canh)\b")
_GAINED = re.compile(r"\b(?:co|duoc|moi nam|da) them\b[^;.]{0,40}$|\bthem trung binh\b[^;.]{0,20}$")
_BEFORE_THAT = re.compile(r"\b(?:cung ky|nam (?:truoc|ngoai)|nam \d{4})\s*\([^()]*$")
_AND_SO = re.compile(r"[\s,(]*(?:(?:va|tuong ung|tuc|hay|khoang|tuong duong|bang)\s*)*")
_MORE = re.compile(
    r"[\s,(]*(?:tuc|tuc la|nghia la)?\s*(?:tang )?them\s*(?:duoc|khoang|hon|gan)?\s*"
)
_OF_A_PLAN = re.compile(r"\s*(?:so voi )?(?:ke hoach|muc tieu|chi tieu)\b")
_JOINED = re.compile(
    r"[\W]*(?:(?:va|cung|gom|bao gom|co|la|voi|tuc|nhu vay|tuong duong|moi nam|them|trung binh|"
    r"binh quan|chung|khoang|trong (?:do|so (?:do|nay)))\b[\W]*)+"
)
_COMMA = re.compile(r"\s*,\s*")
_TAIL = re.compile(r"[,;)]|\bva\b|\b(?:nang|dua) (?:tong|so|len)\b")
_OWN_TIME = re.compile(r"\s*(?:thoi diem|tai thoi diem|hien|nam truoc|cuoi nam|(?:thang|nam) \d)")
_CONTINUED = re.compile(r"\W*tiep tuc\b")
_LENT = re.compile(r"\bvay\b")  # beside a sum of money; elsewhere it may be "vậy"
_FOUNDED = re.compile(r"\bthanh lap\s*(?:duoc|them)?\s*$")


def is_flow(quantity: Quantity, before: str, behind: str) -> bool:
    """Tell whether a quantity sums up what happened during its period."""
    lent = quantity.unit == "đồng" and _LENT.search(before)
    if quantity.unit in _FLOW_UNITS or _FOUNDED.search(before) or lent:
        return True
    clause = re.split(r"[,;.(]", _ABBREVIATED.sub("", behind))[0][:_CLAUSE]
    return bool(_FLOW.search(" ".join(f"{before} {clause}".split())))


def own_words(before: str, *, first: bool) -> str:
    """Return of the words between two quantities those that belong to the second.

    Args:
        before: the words.
        first: no quantity stands in front of them, and all are its own.
    """
    return before if first else _TAIL.split(before, maxsplit=1)[-1]


def is_joined(before: str, previous: str) -> bool:
    """Tell whether a quantity shares the verb of the one in front of it.

    Args:
        before: the words between the two; "và", "gồm", "tức mỗi năm" join.
        previous: the words in front of the first; a comma joins only what a verb there governs.
    """
    tail = _TAIL.search(before)
    between = before[tail.start() :] if tail else before
    listed = _COMMA.fullmatch(before) and _FLOW.search(previous)
    return bool(_JOINED.fullmatch(between) or listed)


def tells_parts(key: str) -> bool:
    """Tell whether a sentence divides up what the one before it told."""
    return bool(_PARTS.search(key))


def speaks_of_aims(key: str) -> bool:
    """Tell whether a title or a header speaks of what is aimed at."""
    return bool(_AIM.search(key))


def speaks_of_results(key: str) -> bool:
    """Tell whether a sentence speaks of what was reached."""
    return bool(_REACHED.search(key))


def is_aimed(lead: str, behind: str, *, share: bool) -> bool:
    """Tell whether a quantity is aimed at by what its sentence says.

    Args:
        lead: the sentence in front of it.
        behind: what follows it.
        share: it is the second of "16/50", of which 50 may be the plan.
    """
    if (share and _PLANNED.search(behind)) or _PLAN_TOLD.search(lead):
        return True
    aims = [
        one.start()
        for one in _AIM.finditer(lead)
        if not (_TOLD.match(lead, one.start()) and ";" in lead[one.start() :])
    ]
    reached = [match.start() for match in _REACHED.finditer(lead)]
    return bool(aims) and (not reached or reached[-1] < aims[-1])


def change(key: str, before: str, behind: str, unit: str) -> int:
    """Return 1 for a rise, -1 for a fall, 0 for a state.

    Args:
        key: the whole sentence.
        before: what leads to the quantity.
        behind: what follows it.
        unit: of the quantity.
    """
    matches = list(_overlapping(before))
    if not matches or _GAINED.search(before) or _BEFORE_THAT.search(before):
        return 0
    match = matches[-1]
    if unit != "%" and _TOTAL.search(match["rest"]):
        return 0
    if match["rise"] == "bang":
        return 1 if unit == "%" and _COMPARED.match(behind.strip()) else 0
    if match["rise"] in _WEAK and not _COMPARED.search(key):
        return 0
    return -1 if match["fall"] else 1


def goes_on(before: str, behind: str, unit: str, last: Decimal) -> int:
    """Return the sign of the change before, when a share only says it again ("tức 7%")."""
    if unit != "%" or not _AND_SO.fullmatch(before) or _OF_A_PLAN.match(behind):
        return 0
    return -1 if last < 0 else 1


def is_of_last_year(before: str) -> bool:
    """Tell whether what is in brackets is of a year before: "cùng kỳ năm trước (62 HTX)"."""
    return _BEFORE_THAT.search(before) is not None


def is_more(before: str) -> bool:
    """Tell whether only "thêm" leads to a count from one of the same: "106 HTX, thêm 8 HTX"."""
    return _MORE.fullmatch(before) is not None


def lead_of(key: str, offset: int) -> str:
    """Return what stands in front of an offset, in its bracket if that has its own time."""
    opened = key.rfind("(", 0, offset)
    aside = opened > key.rfind(")", 0, offset) and _OWN_TIME.match(key[opened + 1 :])
    return key[opened + 1 : offset] if aside else key[:offset]


def continues_plan(key: str) -> bool:
    """Tell whether a paragraph goes on with the aims of the one above: "Tiếp tục hỗ trợ …"."""
    return _CONTINUED.match(key) is not None


def _overlapping(text: str) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    start = 0
    while (match := _CHANGE.search(text, start)) is not None:
        found.append(match)
        start = match.start() + 1
    return found
