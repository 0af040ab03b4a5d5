"""Questions that no clause answers: who holds an office, what was counted somewhere or some time.

A law says who appoints the chairman and how many members are needed; a register of persons says who
the chairman is, a report how many members there were. What asks for a rule ("cần", "phải", "tối
thiểu") is none of these.
"""

from __future__ import annotations

import re

from knowledge.model import Question

_OFFICE = (
    r"(?:chủ tịch|bộ trưởng|thứ trưởng|giám đốc|bí thư|trưởng phòng|trưởng ban|lãnh đạo|chủ nhiệm"
    r"|kế toán trưởng|kiểm soát viên|người đứng đầu)"
)
_BODY = r"(?:liên minh|tỉnh|thành phố|sở|bộ|ủy ban|huyện|quận|phường|xã|việt nam)"
_NOW = r"(?:đương nhiệm|hiện nay|hiện tại|bây giờ|năm nay)"
# "là ai" asks for a name, "là ai bổ nhiệm" for a rule
_NAME = (
    r"(?:là ai(?! (?:bổ nhiệm|quyết định|bầu|cử|chọn|ký|phê duyệt))|tên (?:là )?gì|tên họ"
    r"|họ (?:và )?tên|số điện thoại|bao nhiêu tuổi)"
)
_PERSON = re.compile(
    rf"\b{_OFFICE}\b.*\b{_BODY}\b.*\b{_NAME}\b"
    rf"|\b{_NAME}(?: \S+){{0,3}}? {_OFFICE}\b.*\b{_BODY}\b.*\b{_NOW}\b"
    rf"|\b{_OFFICE}\b.*\bđương nhiệm\b"
    rf"|\bai (?:hiện |hiện nay )?đang (?:là|làm|giữ|đứng đầu|phụ trách)\b(?: \S+){{0,8}}"
    rf"|\bai (?:là|làm|giữ chức) {_OFFICE}\b.*\b{_NOW}\b"
)
_COUNTED = (
    r"(?:hợp tác xã|liên hiệp|tổ|hộ|người|phụ nữ|nam giới|thành viên|xã viên|quỹ|làng|nghệ nhân"
    r"|women|men|people|members|cooperatives|unions|farmers)"
)
_QUANTITY = re.compile(
    r"\b(?:bao nhiêu|mấy|tỷ lệ|tổng (?:số|cộng)|số lượng|how many|how much|number of)\b"
)
_COUNT = re.compile(rf"\b(?:bao nhiêu|mấy|how many) {_COUNTED}\b")
_PAST = re.compile(
    r"\b(?:năm|quý|tháng|vụ|tuần|kỳ)(?: \S+)? (?:ngoái|vừa qua|vừa rồi|qua)\b"
    r"|\bhiện (?:nay |giờ |đang )?(?:có|còn)\b|\btính đến\b|\blast (?:year|month|quarter)\b"
)
_RULE = re.compile(
    r"\b(?:cần|phải|tối thiểu|tối đa|ít nhất|nhiều nhất|không quá|chậm nhất|quy định|luật"
    r"|nghị định|thông tư|quyết định|mức|hỗ trợ|thời hạn|lệ phí|chi phí|hồ sơ|điều kiện|điều"
    r"|khoản|must|can|may|should|minimum|maximum|least|most|deadline|law|decree|circular|allowed"
    r"|required)\b"
)
_ALLOWED = re.compile(r"\bđược\b")  # "được vay" is a rule, "được xếp loại" in a year a count
_LIST = re.compile(
    r"\b(?:danh sách|liệt kê|kể tên)\b|\b(?:đã|đang|hiện)\b.*\b(?:những|các)\b.*\bnào\b"
)


def person_in(question: Question) -> str:
    """Return the words of a question that ask who holds an office; "" when none do."""
    match = _PERSON.search(question.query)
    return match[0] if match else ""


def asks_report(question: Question) -> bool:
    """Tell whether only a report answers: a count or a list of a place, a count of some time."""
    asked = f"{question.query} ; {question.text.lower()}"
    if question.places and _LIST.search(question.query):
        return True
    if not _QUANTITY.search(asked) or _RULE.search(asked):
        return False
    past = bool(question.periods) or _PAST.search(asked) is not None
    if question.places:
        return past or not _ALLOWED.search(asked)
    return past and _COUNT.search(asked) is not None
