"""The words about what does not fit in the documents, and setting it right."""

from __future__ import annotations

from bot.texts import EN, VI

POINTS = {
    VI: "<b>{count} chỗ cần xem lại</b> trong {documents} tài liệu. Bấm số để mở.",
    EN: "<b>{count} points to look at</b> in {documents} documents. Press a number.",
}
ALL_KNOWN = {
    VI: "Không có chỗ nào cần xem lại trong {documents} tài liệu. Đã biết trước: {known}.",
    EN: "Nothing to look at in {documents} documents. Known before: {known}.",
}
POINT_LINE = "{number}. {message}"
POINT = {
    VI: "<b>{kind}</b>\n{message}\n\n<i>Tệp: {source}</i>",
    EN: "<b>{kind}</b>\n{message}\n\n<i>File: {source}</i>",
}
SET_PLACE = {VI: "📍 Đặt địa phương", EN: "📍 Set the place"}
SET_PERIOD = {VI: "🗓 Đặt kỳ số liệu", EN: "🗓 Set the period"}
SHOW_QUOTE = {VI: "📖 Xem trong tài liệu", EN: "📖 See it in the document"}
KNOWN = {VI: "☑️ Đã biết, ẩn đi", EN: "☑️ Known, hide it"}
LIST = {VI: "◀ Danh sách", EN: "◀ The list"}
BACK_TO_POINT = {VI: "◀ Quay lại", EN: "◀ Back"}
MARKED_KNOWN = {VI: "Đã ẩn chỗ này.", EN: "This point is hidden."}
GONE = {
    VI: "Chỗ này không còn nữa: tài liệu đã đổi.",
    EN: "This point is no longer there: the document has changed.",
}
TYPE_PLACE = {
    VI: "<b>{source}</b>\n\nTrả lời chính tin nhắn này bằng tên địa phương mà tài liệu nói đến, ví dụ: <code>Cà Mau</code> hoặc <code>Cả nước</code>.",
    EN: "<b>{source}</b>\n\nReply to this very message with the place that the document is about, e.g. <code>Cà Mau</code> or <code>Cả nước</code>.",
}
TYPE_PERIOD = {
    VI: "<b>{source}</b>\n\nTrả lời chính tin nhắn này bằng kỳ của số liệu, ví dụ: <code>2023</code>, <code>2023-08</code> (tháng), <code>2022-01/2022-06</code> (từ tháng đến tháng).",
    EN: "<b>{source}</b>\n\nReply to this very message with the period of the figures, e.g. <code>2023</code>, <code>2023-08</code> (a month), <code>2022-01/2022-06</code> (a span).",
}
BAD_PLACE = {
    VI: "Tôi chưa hiểu địa phương này. Ví dụ: <code>Cà Mau</code>. Bạn trả lời tin nhắn kia lần nữa nhé.",
    EN: "I do not understand this place. For example: <code>Cà Mau</code>. Please reply to the message above once more.",
}
BAD_PERIOD = {
    VI: "Tôi chưa hiểu kỳ này. Ví dụ: <code>2023</code> hoặc <code>2023-08</code>. Bạn trả lời tin nhắn kia lần nữa nhé.",
    EN: "I do not understand this period. For example: <code>2023</code> or <code>2023-08</code>. Please reply to the message above once more.",
}
SETTING = {
    VI: "Đang ghi vào documents.csv và đọc lại tài liệu…",
    EN: "Writing it into documents.csv and reading the document again…",
}
SET = {
    VI: "✅ Đã ghi “{value}” cho {source}. Còn {left} chỗ cần xem lại.",
    EN: "✅ “{value}” is noted for {source}. {left} points are left.",
}
NOT_SET = {
    VI: "⚠️ Chưa ghi được, thư viện vẫn như cũ: {why}",
    EN: "⚠️ It was not noted, the library is as it was: {why}",
}
FILE_MISSING = {
    VI: "không còn thấy tệp này trong thư mục tài liệu",
    EN: "the file is no longer in its folder",
}
