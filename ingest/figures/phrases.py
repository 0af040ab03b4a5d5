"""The words that narrow what is counted: behind its unit, or between its noun and the number.

"34 HTX hoạt động tốt" counts "HTX hoạt động tốt", and so does "HTX hoạt động tốt: 34".
"""

from __future__ import annotations

import re

from ingest.figures.kinds import is_joined, own_words
from ingest.figures.nouns import NOUN, ORGANISATIONS, PEOPLE, nouns_in
from ingest.figures.prose import Stated
from knowledge.vietnamese.text import bare_key

_WORDS = 9  # of a modifier; what is longer is a clause, not a name
_ENDS = (
    "và với trong gồm bao được so đạt lên nhưng thì là của tại ở trên cho để nhằm tăng giảm vì do "
    "nhiều tham chiếm mỗi tức còn chỉ đã từ này tương nâng đưa qua khi đều hiện cùng như"
)
_STOP = re.compile(
    rf"[,;:.()|\d…]| [-–] |\b(?:{'|'.join(_ENDS.split())})\b"
    r"|(?<!hoạt động )\bcó\b|(?<!đi )\bvào\b|(?<!hoạt động )(?<!đúng )\btheo\b",
    re.IGNORECASE,
)
# Verbs that say nothing once their object or their preposition is cut off.
_HANGING = re.compile(
    r"(?:^|\s)(?:liên kết|gắn|(?<!vào )hoạt động|tham|đi|thực hiện|làm|đặt|nằm|phối hợp|hợp tác|"
    r"vay|có|theo|cần|đang|không|chưa|(?<!kiểu )mới|phải|đăng ký|xây dựng|vừa|thuộc diện|thuộc|"
    r"đúng|tiếp tục|duy trì|sẽ|đủ|ký|bị|cung cấp|sử dụng|ứng dụng|đến|được|nay|khác nhau)$",
    re.IGNORECASE,
)
# A verb with its object that narrows a count: "21 HTX tham gia Chương trình OCOP". What leads to
# another number tells something of all of them: "281 HTX thu hút 4.292 thành viên".
_DOING = re.compile(
    r"\s*(?P<what>(?:tham gia|ứng dụng|áp dụng|đưa|sử dụng|liên kết|được công nhận|được cấp|"
    r"được vay|được hỗ trợ|đạt chứng nhận|đạt loại|đạt chuẩn|xếp loại|ký hợp đồng|có hợp đồng|"
    r"có sản phẩm|có liên kết|xuất khẩu|mở|chế biến)\b"
    r"(?:(?!\b(?:với|và|nhằm|để|góp phần|giúp|cho|trong đó|thu hút|tạo)\b)[^,;:.()\d…])*)"
    r"(?=[,;:.…]|$|\b(?:với|và|nhằm|để|góp phần|giúp|trong đó)\b)",
    re.IGNORECASE,
)
_OF_ALL = re.compile(r"\b(?:tong so|nang|tong cong|toan tinh (?:hien )?co|hien co)\b[^,;]*$")
_STATES = (
    (
        "thành lập mới",
        "thanh lap moi|lap moi|moi (?:duoc )?thanh lap|duoc thanh lap|"
        "dang ky (?:thanh lap|moi)|cap dang ky|duoc cap giay|cap giay chung nhan dang ky|"
        "phat trien moi|ra doi|ra mat|lap duoc|thanh lap (?:duoc|them)",
    ),
    ("giải thể", "(?<!cho )(?<!chua )(?<!dien )giai the|(?<!chua )xoa ten|thu hoi giay"),
    (
        "ngừng hoạt động",
        "ngung|tam dung|dung hoat dong|khong hoat dong|khong con hoat dong|cho giai the",
    ),
    ("đang hoạt động", "dang hoat dong|con hoat dong"),
)
_STATE_FORMS = tuple((words, re.compile(rf"\b(?:{form})\b")) for words, form in _STATES)
_NEW = re.compile(r"\s*moi(?:\s*$|\s+(?:va|voi|o|tai|duoc)\b)")  # "2.486 HTX mới"
_FOUNDS = re.compile(r"\b(?:thanh lap|co them)\s*$")
_TOTAL = re.compile(r"\b(?:nang|dua) (?:tong|so|len)\b.*$|\btong so\b.*$")
_CLAUSE = re.compile(r"[,;:.()]")
_ABBREVIATED = re.compile(r"^\s*\([^()]{2,8}\)")  # "hợp tác xã (HTX)"
_WHOLE = re.compile(r"\s*/\s*[\d.,]+\s*")  # of "16/50 THT nông nghiệp"
_LINK = re.compile(r"(?:\s|,|:|\b(?:là|có|chỉ|còn|đạt|đã|lên|ước|tới|dự kiến|cũng)\b)*$")
# What leads from a count to its plan, "38 HTX (kế hoạch 30 HTX)", or to the same of last year.
_PLAN_OF_IT = re.compile(r"\b(?:ke hoach|chi tieu|muc tieu|cung ky|nam (?:truoc|ngoai))\b")
# An item of a list, as in "+ Nông nghiệp: 853 HTX", and how a list in a sentence begins.
_ITEM = re.compile(r"\s*[-+•*]\s*(?P<what>[^\W\d_][^:;()\d]{2,48}?)\s*:\s*(?:có |là )?$")
_OPENING = re.compile(
    r"^[\s,]*(?:trong (?:đó|số (?:đó|này))|bao gồm|gồm|còn lại(?: là)?|riêng|chia ra|và|với)\b"
    r"[\s:,]*",
    re.IGNORECASE,
)
_WHERE = re.compile(r"\s+(?:của|ở|tại|trên địa bàn|năm|tháng|tính đến|đến)\s+(?=[A-ZĐ\d])")
_OF_THEM = re.compile(r"\b(?:trong (?:do|so (?:do|nay))|chi co|rieng)\b[^,;]*$")
_FOR = re.compile(
    r"\b(?:cho|giúp|hỗ trợ|trợ giúp|tư vấn|hướng dẫn)(?: cho)?\s*(?:\w+ )?$", re.IGNORECASE
)
_LENDS = re.compile(r"\b(?:vay von|giai ngan|cho vay|vay)\b")
_NO_NAME = re.compile(r"(?:trên|của|tại|ở|toàn|cả|trong|đã|theo|tỉnh|huyện|thành phố|được|cho)\b")
_COMPARED = re.compile(r"\b(?:tăng|giảm|nhất|với|hơn)\b")
_SECTOR = (
    "phi|nong|lam|ngu|diem|nghiep|thuy san|thuy loi|trong trot|chan nuoi|nuoi|trong|cong|tieu|thu|"
    "thuong mai|dich vu|giao thong|van tai|xay dung|tin dung|moi truong|dien|nuoc|tong hop|khac|"
    "du lich|y te|nha o|khai thac|che bien|linh vuc|va|nganh nghe|nong thon|san xuat|kinh doanh"
)
_SECTORS = re.compile(rf"(?:(?:{_SECTOR})(?:\s*[,–-]\s*|\s+|$))+")
# "233 HTX nông, lâm nghiệp; 31 …": commas within one name, which a number or a mark ends.
_SECTOR_LIST = re.compile(
    rf"(?P<what>(?:{_SECTOR})(?:(?:\s*[,–-]\s*|\s+)(?:{_SECTOR})\b)*)"
    r"(?=\s*(?:[;.)(]|$|,\s*(?:va\s+)?\d|va\s+\d))"
)


def modifier(stated: Stated) -> str:
    """Return the words behind the unit, or in front of the number, that narrow what is counted."""
    if stated.in_table:
        return ""
    found = _behind(stated) or _in_front(stated)
    if not found and stated.unit in ORGANISATIONS:
        found = _narrowed(stated) or _served(stated)
    if stated.unit in ORGANISATIONS and not _OF_ALL.search(stated.before):
        doing = _DOING.match(stated.sentence.text, stated.quantity.end)
        words = doing["what"].split() if doing else []
        if len(words) > len(found.split()) and len(words) <= _WORDS + 2:
            return " ".join(words)
    of_people = stated.unit in PEOPLE and set(nouns_in(bare_key(found))) & set(ORGANISATIONS)
    return "" if of_people else found


def state(stated: Stated) -> str:
    """Return whether organisations are new, closed, idle or at work; "" when it is not said."""
    clause = _CLAUSE.split(_ABBREVIATED.sub("", stated.behind))[0]
    if _NEW.match(clause):
        return "thành lập mới"
    found = state_in(re.split(r"\b(?:nang|va)\b", clause)[0]) or _governing(stated)
    before = stated.previous
    while before is not None and before.unit == "%":
        before = before.previous
    if not found and before is not None and before.unit == stated.unit:
        between = stated.sentence.text[before.quantity.end : stated.quantity.start]
        if _PLAN_OF_IT.search(bare_key(between)):
            return state(before)
    if found or stated.divides is None or stated.divides.unit != stated.unit:
        return found
    return state(stated.divides)


def state_in(key: str) -> str:
    """Return the state that a search key without marks speaks of first; "" for none."""
    found = [(match.start(), words) for words, form in _STATE_FORMS if (match := form.search(key))]
    return min(found)[1] if found else ""


def cut(text: str) -> str:
    """Return the first words of a text that are a name: no clause, no state, no hanging verb."""
    stop = _STOP.search(text)
    words = text[: stop.start() if stop else len(text)].split()[:_WORDS]
    phrase = " ".join(words).strip(" -–")
    for _, form in _STATE_FORMS:
        match = form.search(bare_key(phrase))
        if match is not None:
            phrase = phrase[: match.start()].strip()
    while (match := _HANGING.search(phrase)) is not None and not _is_sector(phrase):
        phrase = phrase[: match.start()].strip()
    return phrase


def _narrowed(stated: Stated) -> str:
    """Return the clause behind a part of a count: "trong đó 88 tổ có hợp đồng được chứng thực"."""
    before = stated.previous
    if before is None or before.unit != stated.unit or not _OF_THEM.search(stated.before):
        return ""
    tail = re.split(r"[,;:.()]|\bvà\b", stated.sentence.text[stated.quantity.end :])[0]
    words = tail.split()
    named = 0 < len(words) <= _WORDS + 4 and not any(letter.isdigit() for letter in tail)
    return " ".join(words) if named and not state_in(bare_key(tail)) else ""


def _served(stated: Stated) -> str:
    """Return what was done for a count: "giải ngân 13,8 tỷ đồng cho 22 HTX" tells of no total."""
    start = stated.previous.quantity.end if stated.previous else 0
    if _FOR.search(stated.sentence.text[start : stated.quantity.start]) is None:
        return ""
    sentence = bare_key(stated.sentence.text[: stated.quantity.end + 40])
    return "vay vốn" if _LENDS.search(sentence) else "được hỗ trợ"


def _behind(stated: Stated) -> str:
    text = stated.sentence.text[stated.quantity.end :][:120]
    whole = _WHOLE.match(text)
    if whole is not None:
        noun = NOUN.match(bare_key(text), whole.end())
        text = text[noun.end() if noun else whole.end() :]
    plain = _ABBREVIATED.sub("", text).lstrip()
    sectors = _SECTOR_LIST.match(bare_key(plain)) if len(bare_key(plain)) == len(plain) else None
    return plain[: sectors.end("what")].strip(" -–,") if sectors else cut(plain)


def _in_front(stated: Stated) -> str:
    """Return "nông nghiệp" of "HTX nông nghiệp: 405" and of "nông nghiệp 405 HTX"."""
    start = stated.previous.quantity.end if stated.previous else 0
    text = stated.sentence.text[start : stated.quantity.start]
    key = bare_key(text)
    if len(key) != len(text):
        return ""
    said = [
        one
        for one in NOUN.finditer(key)
        if nouns_in(one[0]) == [stated.unit] and not key[: one.start()].endswith("lien minh ")
    ]
    link = _LINK.search(text)
    if said and link is not None and link.start() > said[-1].end():
        name = _named(text[said[-1].end() : link.start()], listed=":" in link[0])
        if name:
            return name
    opened = stated.previous is None or text.lstrip().startswith(",")
    listed = _ITEM.match(text) if stated.previous is None else None
    if listed is not None and not state_in(bare_key(listed["what"])) and not nouns_in(key):
        words = listed["what"].strip()
        return words if words[:2].isupper() else words[0].lower() + words[1:]
    for part in (re.split(r"[;:(.]", text)[-1], re.split(r"[,;:(.]", text)[-1]):
        clause = _OPENING.sub("", part)
        its_own = opened or clause != text  # else it belongs to the count in front of it
        if (its_own or part != clause) and _is_sector(clause) and not clause.rstrip().endswith(","):
            return clause.strip(" -–,")
    return ""


def _named(text: str, *, listed: bool) -> str:
    """Return the words between a noun and its number when they are one name.

    Args:
        text: the words.
        listed: a colon follows, and a name with commas is one name: "HTX loại tốt, khá: 40".
    """
    name = _WHERE.split(_ABBREVIATED.sub("", text).strip())[0]
    marks = r"[;:()]" if listed else r"[,;:()]"
    if re.search(marks, name) or _NO_NAME.match(name) or _COMPARED.search(name):
        return ""
    if len(name.split()) > _WORDS + 2 or state_in(bare_key(name)):
        return cut(name)
    return name


def _is_sector(text: str) -> bool:
    key = bare_key(text).strip(" -–,")
    return _SECTORS.fullmatch(key) is not None and not re.search(r"^va\b|\bva$", key)


def _governing(stated: Stated) -> str:
    """Return the state that a verb in front of a count says of it, and of those joined to it."""
    first = stated.previous is None
    own = own_words(stated.before, first=first)
    clause = _CLAUSE.split(_TOTAL.sub("", own) if first else own)[-1]
    found = "thành lập mới" if _FOUNDS.search(clause) else state_in(clause)
    before = stated.previous
    if found or before is None:
        return found
    if stated.flow and before.flow and is_joined(stated.before, before.before):
        return state(before)
    return ""
