"""What is not told: how the assistant is set up, and what others asked it."""

from __future__ import annotations

import re

from knowledge.vietnamese import lexicon
from knowledge.vietnamese.text import has_marks, search_key, tokens, without_marks

# "LLM_API_KEY" names a setting; "/etc/…", "../.env" and "sudo" are words of a machine.
_OF_MACHINE = re.compile(
    r"\b[A-Z]{3,}(?:_[A-Z0-9]{2,})+\b|(?<![\w./])/(?:etc|var|root|home|usr|proc|opt|bin)\b"
    r"|\bsudo \w|\.\./|~/\.|(?<!\w)\.env\b"
)
# What stands behind the assistant, and what others asked it; without marks "ban" may be a board.
_YOU = r"(?:bạn(?! (?:quản|kiểm|giám|chấp|tổ chức|chỉ đạo|hành|đại|thanh))|bot|mày|trợ lý)\b"
_BEHIND_IT = (
    r"\b(?:prompt|mật khẩu|bí mật|vai trò|chỉ dẫn|chỉ thị|quy tắc|nguyên tắc|lời nhắc|cấu hình|"
    r"hạn chế|giới hạn|ràng buộc|"
    rf"mã nguồn)\b(?: \w+){{0,4}}? (?:của {_YOU}|(?:mà|cho) {_YOU} (?:phải|được|nhận|đang|đã|theo)|"
    rf"tạo ra {_YOU})"
    r"|\b(?:câu hỏi|tin nhắn|hội thoại|trò chuyện|lịch sử)"
    r"(?: (?:của|gần|nhất|đây|mới|trước|các|những|mà|mấy|hôm nay))* "
    r"(?:mọi người|người (?:khác|dùng|ta))\b"
    r"|\bngười khác (?:(?:hay|thường|đã|đang|có) )*hỏi (?:gì|những gì|bot)\b"
    r"|\bai (?:đang |đã |cũng |còn )*(?:dùng|hỏi|nhắn|chat)(?: cho| với)? bot\b"
    r"|\b(?:admin|administrator|quản trị viên|owner|developers?|creators?) (?:of|của) "
    r"(?:this |the )?bot\b|\bid của (?:admin|quản trị)\b"
    r"|\b(?:what|which) (?:ai |language )?(?:model|llm) (?:powers|are|runs)\b"
    r"|\bngười(?: \w+){0,2} (?:nhắn|hỏi|chat|dùng|nói chuyện)(?: cho| với)? (?:bot|chatbot)\b"
    r"|\bdanh sách người dùng\b|\bprompt\b"
    r"|\b(?<!ký số )(?<!usb )token\b(?!(?: \w+){0,4} (?:chữ ký|ký số|usb|thuế))"
)
_BEHIND = {
    bare: re.compile(without_marks(_BEHIND_IT) if bare else _BEHIND_IT) for bare in (False, True)
}


def secret_in(text: str) -> str:
    """Return the words of a question as typed that ask for what is behind the assistant; or ""."""
    named = _OF_MACHINE.search(text)
    if named is not None:
        return named[0]
    bare = not has_marks(text)
    words = tokens(search_key(text))
    behind = _BEHIND[bare].search(" ".join(words))
    if behind is not None:
        return behind[0]
    table = lexicon.secrets(bare=bare)
    return next((" ".join(words[start:end]) for start, end, _ in table.matches(words)), "")
