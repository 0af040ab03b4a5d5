"""The words of inline mode: "@bot câu hỏi" in any chat."""

from __future__ import annotations

from bot.texts import EN, VI

TYPE_MORE = {VI: "Gõ câu hỏi, ít nhất 3 từ", EN: "Type a question of 3 words or more"}
ANSWER = {VI: "Trả lời: {text}", EN: "Answer: {text}"}
NOT_FOUND = {VI: "Không có trong tài liệu", EN: "Not in the documents"}
WHICH = {VI: "Cần hỏi rõ hơn", EN: "Please ask more precisely"}
REFUSED = {VI: "Không trả lời được câu này", EN: "This cannot be answered"}
NEARBY = {VI: "Hỏi câu này?", EN: "Ask this instead?"}
