"""A yes or a no, only where a sentence of the clause says it in so many words.

"HTX có được vay tiền của thành viên không?" is answered "Không" by a sentence that says "hợp tác xã
không được vay tiền của thành viên", and by nothing less: every word of the question that carries a
meaning stands in that sentence or in the words that open its list, those of what may be done behind
the word that allows or forbids it. A condition or an exception makes it neither a yes nor a no.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.answering.excerpts import pieces
from knowledge.model import Citation, Language, Question
from knowledge.vietnamese import lexicon
from knowledge.vietnamese.text import search_key, tokens

# (asked, said yes, said no): may it be done, must it be done. Longer words go first.
_MAY = (
    r"có được phép|có được quyền|có được|có quyền|có thể|được phép|được quyền|được",
    r"được phép|được quyền|có quyền|có thể|được",
    r"không được phép|không được|không có quyền|không thể|nghiêm cấm|bị cấm|cấm",
)
_MUST = (
    r"có bắt buộc phải|có bắt buộc|có nhất thiết phải|có phải|có cần phải|có cần|bắt buộc phải"
    r"|phải",
    r"bắt buộc phải|bắt buộc|có trách nhiệm|có nghĩa vụ|phải",
    r"không bắt buộc phải|không bắt buộc|không phải|không cần|không có trách nhiệm|miễn",
)
_END = r"(?: hay)? (?:không|ko|chưa)(?: (?:vậy|ạ|nhỉ|thế|anh|chị|em|bạn|nào))*$"
_CONDITION = re.compile(
    r"\b(?:trừ|nếu|khi|trường hợp|ngoại trừ|với điều kiện|chỉ|tối đa|tối thiểu|không quá|ít nhất"
    r")\b"
)
_NEGATION = frozenset(("không", "chưa", "chẳng", "đừng"))


def said(question: Question, citations: Sequence[Citation]) -> bool | None:
    """Return what the first source says to a yes/no question; None unless in so many words.

    Args:
        question: as understood; only one in Vietnamese can be matched word by word.
        citations: of the answer, the first is what it rests on.
    """
    if question.language is not Language.VIETNAMESE or not citations:
        return None
    key = " ".join(tokens(question.query))
    for asked, yes, no in (_MAY, _MUST):
        match = re.search(rf"^(?P<who>.*?)\b(?:{asked}) (?P<what>.+?){_END}", key)
        if match is not None:
            who, what = (_meant(match[part]) for part in ("who", "what"))
            first = citations[0]
            return _stated(_sentences(first), who, what, yes, no) if what else None
    return None


def _meant(words: str) -> frozenset[str]:
    return frozenset(tokens(words)) - lexicon.stop_words()


def _sentences(citation: Citation) -> list[str]:
    """Return the sentences of a quotation as search keys, each point behind its opening words."""
    found: list[str] = []
    opening = ""
    for start, end in pieces(citation.quote):
        key = " ".join(tokens(search_key(citation.quote[start:end])))
        point = re.match(r"[^\W\d_]{1,2}\)", citation.quote[start:end]) is not None
        found.append(f"{opening} {key}" if point and opening else key)
        if citation.quote[start:end].rstrip().endswith(":"):
            opening = key
        elif not point:
            opening = ""
    return found


def _stated(
    sentences: Sequence[str], who: frozenset[str], what: frozenset[str], yes: str, no: str
) -> bool | None:
    answers = {_in(key, who, what, yes, no) for key in sentences} - {None}
    return answers.pop() if len(answers) == 1 else None


def _in(key: str, who: frozenset[str], what: frozenset[str], yes: str, no: str) -> bool | None:
    """Return what one sentence says; None when it says nothing, or with a condition."""
    match = re.search(rf"\b(?P<no>{no})\b|\b(?P<yes>{yes})\b", key)
    if match is None or _CONDITION.search(key):
        return None
    before, behind = frozenset(key[: match.start()].split()), key[match.end() :].split()
    if not what <= frozenset(behind) or not who <= before | frozenset(behind):
        return None
    if _NEGATION & (frozenset(behind) | before):
        return None
    return match["no"] is None
