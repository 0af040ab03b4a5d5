"""The words about questions that are handed to the officers."""

from __future__ import annotations

from bot.texts import EN, VI

ASK_OFFICER = {VI: "🙋 Hỏi cán bộ", EN: "🙋 Ask an officer"}
HANDED = {VI: "🙋 Đã gửi cán bộ ✓", EN: "🙋 Sent to the officers ✓"}
CONFIRM = {
    VI: "Gửi câu này cho cán bộ?\n<blockquote>{question}</blockquote>\nCán bộ sẽ thấy câu hỏi và tên của bạn (<b>{name}</b>). Ai nhận sẽ trả lời bạn ngay tại đây, kèm tên người trả lời.",
    EN: "Send this to the officers?\n<blockquote>{question}</blockquote>\nThey will see the question and your name (<b>{name}</b>). Whoever takes it answers you right here, by name.",
}
SEND = {VI: "✅ Gửi", EN: "✅ Send"}
SENT = {
    VI: "Đã gửi cán bộ. Có câu trả lời tôi báo bạn ngay tại đây.",
    EN: "Sent to the officers. Their answer will come right here.",
}
SENT_BEFORE = {
    VI: "Câu này bạn đã gửi cán bộ rồi, bạn đợi câu trả lời nhé.",
    EN: "You have sent this to the officers already; please wait for their answer.",
}
CARD = {
    VI: "🙋 <b>{name}</b> hỏi lúc {time}:\n<blockquote>{question}</blockquote>",
    EN: "🙋 <b>{name}</b> asked at {time}:\n<blockquote>{question}</blockquote>",
}
WAITS = {
    VI: "⏰ Câu hỏi này đã chờ hơn một ngày, chưa ai nhận.",
    EN: "⏰ This question has waited for more than a day.",
}
TAKE = {VI: "✋ Tôi nhận trả lời", EN: "✋ I take it"}
TAKEN_BY_YOU = {
    VI: "Bạn đã nhận. Trả lời chính tin nhắn này (giữ tin nhắn rồi chọn “Trả lời”) để gửi câu trả lời, có ghi tên bạn.",
    EN: "You have taken it. Reply to this very message to send your answer; it carries your name.",
}
GIVE_BACK = {VI: "↩️ Trả lại", EN: "↩️ Give it back"}
TAKEN = {VI: "✋ Đã có <b>{officer}</b> nhận.", EN: "✋ <b>{officer}</b> has taken it."}
ANSWERED = {
    VI: "✅ <b>{officer}</b> đã trả lời:\n<blockquote expandable>{text}</blockquote>",
    EN: "✅ <b>{officer}</b> answered:\n<blockquote expandable>{text}</blockquote>",
}
TOO_LATE = {
    VI: "Câu này đã có người khác nhận hoặc đã trả lời.",
    EN: "Somebody else has taken or answered this one.",
}
NOT_YOURS = {
    VI: "Câu này đang do người khác trả lời, nên tôi không gửi tin của bạn.",
    EN: "Somebody else is answering this one, so your message was not sent.",
}
PASSED_ON = {VI: "Đã gửi câu trả lời cho {name}.", EN: "Your answer is on its way to {name}."}
REPLY = {
    VI: "📬 Cán bộ <b>{officer}</b> trả lời câu của bạn:\n<i>{question}</i>\n\n{text}",
    EN: "📬 Officer <b>{officer}</b> answers your question:\n<i>{question}</i>\n\n{text}",
}
ANOTHER_TIME = {VI: "(câu hỏi trước đây)", EN: "(an earlier question)"}
SOMEBODY = {VI: "Cán bộ", EN: "An officer"}
GONE = {
    VI: "Câu hỏi này không còn nữa: người hỏi đã xoá, hoặc tin nhắn quá cũ.",
    EN: "This question is no longer there: the asker has erased it, or the message is too old.",
}
