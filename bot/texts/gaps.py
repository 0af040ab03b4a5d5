"""The words about questions without an answer: the list of them, what is told to whom asked."""

from __future__ import annotations

from bot.texts import EN, VI

NEWS = {VI: "📬 Bạn có tin mới từ Trợ lý HTX…", EN: "📬 News for you from Trợ lý HTX…"}
NO_NEWS = {
    VI: "📭 Tin này không còn nữa: tài liệu hoặc quyền xem đã đổi.",
    EN: "📭 There is no news any more: the documents, or what you may see, have changed.",
}

GAPS = {
    VI: "<b>Chưa trả lời được: {count} nhóm câu hỏi</b>, hỏi nhiều đứng trước. Bấm số để mở.",
    EN: "<b>Without an answer: {count} groups of questions</b>, most asked first. Press a number.",
}
NO_GAPS = {
    VI: "Không có câu hỏi nào đang chờ: mọi câu đều đã có câu trả lời hoặc đã được xem. 👍",
    EN: "Nothing is waiting: every question has an answer or was looked at. 👍",
}
GAP_LINE = {
    VI: "{number}. {question}\n<i>{times} lần · {people} người · gần nhất {last}</i>",
    EN: "{number}. {question}\n<i>asked {times}× · {people} people · last {last}</i>",
}
GAP = {
    VI: "<b>{question}</b>\n<i>{times} lần · {people} người · gần nhất {last}</i>",
    EN: "<b>{question}</b>\n<i>asked {times}× · {people} people · last {last}</i>",
}
PHRASINGS = {VI: "Cách hỏi:", EN: "As it was asked:"}
NEVER = "–"
BY_OFFICER = {
    VI: "Cán bộ {name} đã trả lời riêng:\n<blockquote>{text}</blockquote>",
    EN: "Officer {name} answered one of them:\n<blockquote>{text}</blockquote>",
}
WRITE = {VI: "✍️ Trả lời", EN: "✍️ Answer"}
ADDED = {VI: "📄 Đã thêm tài liệu", EN: "📄 A document was added"}
SKIP = {VI: "🙈 Bỏ qua", EN: "🙈 Leave out"}
USE = {VI: "📌 Dùng câu trả lời của cán bộ", EN: "📌 Use the officer's answer"}
LIST = {VI: "◀ Danh sách", EN: "◀ The list"}
BACK_TO_GAP = {VI: "◀ Câu hỏi", EN: "◀ The question"}
HOW_TO_WRITE = {
    VI: "<b>{question}</b>\n\nTrả lời chính tin nhắn này (giữ tin nhắn rồi chọn “Trả lời”) bằng nội dung bạn muốn mọi người nhận được. "
    "Viết trọn câu, từ {fewest} chữ đến {most} ký tự. Câu trả lời ghi tên bạn và ngày hôm nay, ai cũng xem được.",
    EN: "<b>{question}</b>\n\nReply to this very message with what everybody shall be told. Write whole sentences, from {fewest} words to {most} characters. "
    "The answer carries your name and today's date, and everybody may see it.",
}
WRITTEN_BADLY = {
    VI: "Câu trả lời cần trọn câu, từ {fewest} chữ đến {most} ký tự. Bạn viết lại rồi trả lời tin nhắn kia lần nữa nhé.",
    EN: "An answer needs whole sentences, from {fewest} words to {most} characters. Please reply to the message above once more.",
}
SAVING = {
    VI: "Đang đưa câu trả lời vào thư viện…",
    EN: "Putting the answer into the library…",
}
SAVED = {
    VI: "✅ Đã trả lời câu này, ghi là “{title}”. {told}",
    EN: "✅ This question is answered now, cited as “{title}”. {told}",
}
NOT_SAVED = {
    VI: "⚠️ Chưa lưu được câu trả lời, thư viện vẫn như cũ: {why}",
    EN: "⚠️ The answer was not saved, the library is as it was: {why}",
}
TOLD = {VI: "Đang báo cho {count} người đã hỏi.", EN: "{count} people who asked are being told."}
CURATED_TITLE = "Trả lời của {name}, ngày {day}"
NOW_ANSWERED = {
    VI: "Hỏi lại thì nay tôi trả lời thế này:",
    EN: "Asked again, this is what I answer now:",
}
STILL_NOT = {
    VI: "Tôi hỏi lại rồi, vẫn chưa trả lời được câu này. Bạn xem tài liệu đã vào thư viện chưa (/docs), hoặc tự trả lời.",
    EN: "I asked again and still have no answer. Please see whether the document is in the library (/docs), or write the answer.",
}
RIGHT_NOW = {VI: "✅ Đúng rồi, báo người hỏi", EN: "✅ That is right, tell them"}
CLOSED_BY_DOCUMENT = {
    VI: "✅ Câu này đã có câu trả lời trong tài liệu. {told}",
    EN: "✅ The documents answer this question now. {told}",
}
SKIPPED = {VI: "Đã bỏ qua câu này.", EN: "This question is left out."}
SETTLED = {
    VI: "Câu này đã được xử lý rồi.",
    EN: "This question was dealt with already.",
}
FOR_ASKER = {
    VI: "📬 Câu bạn từng hỏi nay đã có câu trả lời.",
    EN: "📬 What you asked before has an answer now.",
}
