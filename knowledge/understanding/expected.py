"""What an answer must hold by the form of its question: a number of days, a share, an office.

"Ít nhất bao nhiêu người" is answered by "ít nhất 05 thành viên": the same bound with a number of
the same sort in place of the question word. The patterns are matched on search keys.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.model import Ask, Question

_NUMBER = r"(?:\d[\d.,/]*|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|nửa)"
_TIME = r"(?:ngày|tháng|năm|quý|tuần|giờ|lần|nhiệm kỳ)"
_PEOPLE = (
    r"(?:thành viên|người|cá nhân|hộ|hợp tác xã|pháp nhân|tổ chức|sáng lập viên|đại biểu|phó|tổ)"
)
_MONEY = r"(?:đồng|triệu|tỷ|nghìn|lần mức lương|mức lương)"
_BOUNDS = (
    (
        r"ít nhất|tối thiểu|thấp nhất|trở lên|bét nhất|at least|minimum",
        r"ít nhất|tối thiểu|trở lên|không ít hơn|không thấp hơn|không dưới|từ đủ|đủ",
    ),
    (
        r"nhiều nhất|tối đa|cao nhất|đông nhất|dài nhất|không quá|lâu nhất|maximum|at most|longest",
        r"tối đa|không quá|không vượt quá|không được vượt quá|không lớn hơn|nhiều nhất|nhưng không",
    ),
    (
        r"chậm nhất|trễ nhất|muộn nhất|hạn chót|trước ngày|deadline|latest",
        r"chậm nhất|trước ngày|trong thời hạn|không quá|kể từ",
    ),
)
# What is asked, by the words behind the question word; the first that matches decides.
_SORTS = (
    (
        r"(?:bao nhiêu|mấy) ?(?:%|phần trăm|phần)|tỷ lệ|percent|share|what part",
        rf"{_NUMBER} ?%|phần trăm",
    ),
    (
        r"(?:bao nhiêu|mấy) (?:ngày|tháng|năm|tuần|giờ|hôm)|bao lâu|khi nào|thời hạn|hạn chót"
        r"|lúc nào|bao giờ|ngày nào|tháng nào|how long|how many (?:days|months|years)|when",
        rf"{_NUMBER} (?:{_TIME}|ngày làm việc)|ngày {_NUMBER} tháng",
    ),
    (
        r"(?:bao nhiêu|mấy) (?:tiền|đồng|triệu|tỷ)|mức (?:hỗ trợ|vay|tiền|vốn|phí)|how much"
        r"|cho bao nhiêu|được bao nhiêu|đỡ bao nhiêu",
        rf"{_NUMBER} ?{_MONEY}|{_NUMBER} ?%",
    ),
    (
        r"(?:bao nhiêu|mấy) (?:lần|bận|lượt)|how often",
        rf"{_NUMBER} lần|mỗi (?:năm|quý|tháng)|hằng năm|hàng năm",
    ),
    (r"(?:bao nhiêu|mấy) điểm|points", rf"{_NUMBER} điểm"),
    (r"(?:bao nhiêu|mấy) tuổi|how old|what age", rf"{_NUMBER} tuổi"),
    (
        r"(?:bao nhiêu|mấy) (?:người|ông|bà|thành viên|xã viên|hộ|đứa|vị|cá nhân|tổ|hợp tác xã)"
        r"|how many (?:members|people|persons|founders)",
        rf"{_NUMBER} {_PEOPLE}",
    ),
    (
        r"bao nhiêu|mấy|how many",
        rf"{_NUMBER} (?:{_TIME}|{_PEOPLE}|{_MONEY}|%|điểm|bộ|bản)|{_NUMBER} ?%",
    ),
)
_OFFICE = r"cơ quan|ủy ban nhân dân|phòng |sở |bộ |hội đồng|đại hội thành viên|giám đốc|chủ tịch"
_ASKED = {
    Ask.DOSSIER: r"hồ sơ|giấy |bản sao|văn bản|danh sách|đơn ",
    Ask.PLACE: _OFFICE,
    Ask.WHO: _OFFICE,
    Ask.CONDITION: r"điều kiện|tiêu chí|đáp ứng|được hỗ trợ|đối tượng",
    Ask.DEFINITION: r" là (?:việc|tổ chức|cá nhân|tài sản|phần|số|hình thức|quỹ|khoản|giá trị)",
    Ask.PENALTY: r"phạt|thu hồi|xử lý|vi phạm",
}


@dataclass(frozen=True, slots=True)
class Expected:
    """Patterns for search keys; None where the form of the question says nothing."""

    sort: re.Pattern[str] | None
    bound: re.Pattern[str] | None
    asked: tuple[re.Pattern[str], ...]


def expected(question: Question) -> Expected:
    """Return what an answer to the question must hold by its form."""
    text = question.query if question.query else question.text.lower()
    spoken = f"{text} {question.text.lower()}"
    sort = next((answer for asked, answer in _SORTS if re.search(rf"\b(?:{asked})", spoken)), None)
    bound = next(
        (answer for asked, answer in _BOUNDS if re.search(rf"\b(?:{asked})", spoken)), None
    )
    near = rf"(?:{bound})(?: \S+){{0,6}}? {_NUMBER}\b|{_NUMBER}(?: \S+){{0,4}}? (?:{bound})"
    asked = tuple(re.compile(_ASKED[kind]) for kind in question.asks if kind in _ASKED)
    return Expected(
        re.compile(rf"\b(?:{sort})") if sort else None,
        re.compile(near) if bound else None,
        asked,
    )


def fits(wanted: Expected, key: str) -> float:
    """Return the share, 0 to 1, of what is expected that a passage (as a search key) holds."""
    patterns = [one for one in (wanted.sort, wanted.bound, *wanted.asked) if one is not None]
    if not patterns:
        return 0.0
    return sum(pattern.search(key) is not None for pattern in patterns) / len(patterns)
