"""What admins read while they publish documents, fetch links and look after the library."""

from __future__ import annotations

from bot.library.links import Refusal
from knowledge.model import Audience, Language

VI, EN = Language.VIETNAMESE, Language.ENGLISH

# --- the card of a draft ---------------------------------------------------------------------------

RECEIVED = {VI: "Đã nhận {name}, đang đọc…", EN: "Received {name}, reading…"}
FETCHING = {VI: "Đang tải {link}…", EN: "Fetching {link}…"}
WAITING = {
    VI: "Đang chờ lần cập nhật trước xong…",
    EN: "Waiting for the update before this one…",
}
CARD = {
    VI: "📄 <b>Xem trước, chưa công bố</b>",
    EN: "📄 <b>Preview, not published yet</b>",
}
CARD_OF = {
    VI: "📄 <b>Xem trước, chưa công bố</b> · tệp {page}/{pages}",
    EN: "📄 <b>Preview, not published yet</b> · file {page} of {pages}",
}
FILE = {VI: "Tệp: {name}", EN: "File: {name}"}
LINK = {VI: "Nguồn: {link}", EN: "Source: {link}"}
KIND = {VI: "Loại: {value}", EN: "Kind: {value}"}
NUMBER = {VI: "Số: {value}", EN: "Number: {value}"}
ISSUED = {VI: "Ngày: {value}", EN: "Dated: {value}"}
PLACE = {VI: "Nơi: {value}", EN: "Place: {value}"}
PERIOD = {VI: "Kỳ: {value}", EN: "Period: {value}"}
EFFECT = {VI: "Hiệu lực: {value}", EN: "In force: {value}"}
EFFECT_FROM = {VI: "từ {day}", EN: "from {day}"}
EFFECT_TO = {VI: "hết từ {day}", EN: "until {day}"}
AUDIENCE = {VI: "Ai xem được: {value}", EN: "Who may see it: {value}"}
UNKNOWN = {VI: "chưa rõ", EN: "unknown"}
READ = {
    VI: "Đọc được {passages} đoạn, {figures} số liệu",
    EN: "{passages} passages, {figures} figures",
}
DOUBTS = {VI: "⚠️ Cần xem lại: {doubts}", EN: "⚠️ Please look at: {doubts}"}
UNREADABLE = {
    VI: "⚠️ Không đọc được, sẽ không công bố tệp này: {why}",
    EN: "⚠️ Cannot be read and will not be published: {why}",
}
SAME = {
    VI: "Giống hệt bản đang dùng, công bố không đổi gì.",
    EN: "Just what the library holds already; publishing changes nothing.",
}
REPLACES = {
    VI: "🔄 <b>Thay bản cũ?</b> Giống “{title}” ({file}). Đang chọn: thay bản cũ.",
    EN: "🔄 <b>Replace the old one?</b> It looks like “{title}” ({file}). Chosen: replace it.",
}
STANDS_BESIDE = {
    VI: "🔄 <b>Thay bản cũ?</b> Giống “{title}” ({file}). Đang chọn: để riêng, giữ cả hai.",
    EN: "🔄 <b>Replace the old one?</b> It looks like “{title}” ({file}). Chosen: keep both.",
}
UNMATCHED = {
    VI: "⚠️ documents.csv còn nói về tệp chưa gửi: {names}",
    EN: "⚠️ documents.csv also speaks of files that are not here: {names}",
}
NO_QUESTIONS = {
    VI: "ℹ️ Chưa có câu hỏi tự kiểm tra. Ghi câu hỏi mẫu vào <code>{file}</code> (như htx eval) để mỗi lần công bố được thử trước.",
    EN: "ℹ️ There are no self-test questions yet. Put some into <code>{file}</code> (as for htx eval), and every publication is tried first.",
}
NOTHING_LEFT = {
    VI: "Không còn tệp nào để công bố.",
    EN: "There is nothing left to publish.",
}
TOO_MANY = {
    VI: "Một lần công bố tối đa {most} tệp. Bạn công bố hoặc hủy lần này trước nhé.",
    EN: "One publication takes {most} files at most. Please publish or cancel this one first.",
}
CARD_MOVED = {VI: "Thẻ xem trước nằm ở tin bên dưới.", EN: "The preview is further down."}

BUTTON_PLACE = {VI: "📍 Nơi", EN: "📍 Place"}
BUTTON_PERIOD = {VI: "🗓 Kỳ", EN: "🗓 Period"}
BUTTON_AUDIENCE = {VI: "👥 Ai xem", EN: "👥 Audience"}
BUTTON_TITLE = {VI: "✏️ Tên", EN: "✏️ Title"}
BUTTON_REPLACE = {VI: "Thay bản cũ", EN: "Replace"}
BUTTON_BESIDE = {VI: "Để riêng", EN: "Keep both"}
BUTTON_DROP = {VI: "Bỏ tệp này", EN: "Leave this file out"}
BUTTON_PUBLISH = {VI: "✅ Công bố", EN: "✅ Publish"}
BUTTON_ANYWAY = {VI: "Vẫn công bố", EN: "Publish anyway"}
BUTTON_CANCEL = {VI: "Hủy", EN: "Cancel"}
BUTTON_BACK = {VI: "◀ Quay lại", EN: "◀ Back"}
BUTTON_FETCH = {VI: "⬇️ Tải về xem trước", EN: "⬇️ Fetch for a preview"}

ASK = {
    "place": {
        VI: "<b>Tài liệu nói về nơi nào?</b>\nBấm để chọn, hoặc trả lời tin này bằng tên nơi khác, ví dụ: Cà Mau.",
        EN: "<b>Which place is it about?</b>\nPress one, or reply to this message with another, such as Cà Mau.",
    },
    "period": {
        VI: "<b>Số liệu của kỳ nào?</b>\nBấm để chọn, hoặc trả lời tin này, ví dụ: 2023, 2023-08, tháng 8/2023, 6 tháng đầu năm 2023.",
        EN: "<b>Which period is it about?</b>\nPress one, or reply to this message, such as 2023 or 2023-08.",
    },
    "audience": {VI: "<b>Ai được xem tài liệu này?</b>", EN: "<b>Who may see this document?</b>"},
    "title": {
        VI: "<b>Tên tài liệu là gì?</b>\nTrả lời tin này bằng tên đúng.",
        EN: "<b>What is its title?</b>\nReply to this message with it.",
    },
}
NOT_UNDERSTOOD = {
    VI: "Tôi chưa hiểu “{text}”. {example}",
    EN: "I did not understand “{text}”. {example}",
}
EXAMPLES = {
    "place": {VI: "Ví dụ: Cà Mau, Cả nước.", EN: "For example: Cà Mau, Cả nước."},
    "period": {
        VI: "Ví dụ: 2023, 2023-08, 2022/2023-12.",
        EN: "For example: 2023, 2023-08 or 2022/2023-12.",
    },
    "title": {VI: "Tên dài tối đa 400 chữ cái.", EN: "A title has 400 letters at most."},
}
AUDIENCES = {
    Audience.EVERYONE: {VI: "mọi người", EN: "everyone"},
    Audience.OFFICERS: {VI: "cán bộ và quản trị viên", EN: "officers and admins"},
    Audience.ADMINS: {VI: "chỉ quản trị viên", EN: "admins only"},
}

# --- publishing ------------------------------------------------------------------------------------

PUBLISHING = {VI: "Đang công bố…", EN: "Publishing…"}
TESTING = {
    VI: "Đang tự kiểm tra {done}/{count} câu",
    EN: "Self-test: {done} of {count} questions",
}
PUBLISHED = {
    VI: "✅ <b>Đã công bố</b>: thư viện có {documents} tài liệu, {passages} đoạn.",
    EN: "✅ <b>Published</b>: the library holds {documents} documents, {passages} passages.",
}
PUBLISHED_LATE = {
    VI: "✅ <b>Đã công bố.</b> Bot khởi động lại giữa chừng nhưng việc công bố đã xong.",
    EN: "✅ <b>Published.</b> The bot was restarted in between, but the documents are live.",
}
PUBLISHED_UNKEPT = {
    VI: "⚠️ Đã công bố, nhưng chưa chép được tệp vào thư mục tài liệu <code>{folder}</code>. Bot thử lại ở lần khởi động sau; trước đó đừng gửi /reload.",
    EN: "⚠️ Published, but the files could not be put into <code>{folder}</code>. The bot tries again when it is next started; please do not send /reload before.",
}
NOT_PUBLISHED = {
    VI: "⚠️ <b>Chưa công bố, thư viện vẫn như cũ</b>: {why}",
    EN: "⚠️ <b>Not published, the library is as it was</b>: {why}",
}
INTERRUPTED = {
    VI: "bot bị dừng giữa chừng; bạn bấm Công bố lần nữa nhé",
    EN: "the bot was stopped in between; please press Publish again",
}
STOPPED = {
    VI: "Bot đang tắt nên việc công bố dừng lại, thư viện vẫn như cũ. Khi bot chạy lại, thẻ này dùng tiếp được.",
    EN: "The bot is shutting down, so publishing was stopped; the library is as it was. This card works again when the bot is back.",
}
HELD = {
    VI: "⛔ <b>Chưa công bố: câu trả lời kém đi</b>\nTrước đây đúng {before}/{questions} câu tự kiểm tra, với tài liệu mới chỉ đúng {after}. Thư viện vẫn như cũ.",
    EN: "⛔ <b>Not published: answers get worse</b>\nThe library answers {before} of {questions} self-test questions rightly, with the new documents only {after}. The library is as it was.",
}
TRIED = {
    VI: "Tự kiểm tra: đúng {after}/{questions} câu (trước đó {before}).",
    EN: "Self-test: {after} of {questions} right (before: {before}).",
}
NOT_TRIED = {
    VI: "Chưa có câu hỏi tự kiểm tra nên chưa thử câu nào.",
    EN: "There are no self-test questions, so nothing was tried.",
}
BETTER = {VI: "👍 Tốt hơn {count} câu:", EN: "👍 Better, {count}:"}
WORSE = {VI: "👎 Kém đi {count} câu:", EN: "👎 Worse, {count}:"}
AND_MORE_QUESTIONS = {VI: "… và {count} câu khác", EN: "… and {count} more"}
CANCELLED = {VI: "Đã hủy, thư viện không đổi.", EN: "Cancelled; the library is as it was."}
DRAFT_OVER = {
    VI: "Lần gửi này đã xong hoặc đã hủy, nút không dùng được nữa.",
    EN: "This is done or cancelled already; its buttons work no more.",
}
STILL_READING = {
    VI: "Tôi còn đang đọc tệp, bạn đợi chút nhé.",
    EN: "I am still reading; one moment.",
}

# --- links -----------------------------------------------------------------------------------------

FETCH_THIS = {
    VI: "Tải trang này về làm tài liệu?\n{link}\nTôi cho bạn xem trước, chưa công bố ngay.",
    EN: "Fetch this as a document?\n{link}\nYou see a preview first; nothing is published yet.",
}
ADD_USAGE = {
    VI: "Gửi /add kèm một liên kết https, hoặc gửi thẳng tệp vào đây.",
    EN: "Send /add with an https link, or send a file here.",
}
NOT_FETCHED = {
    VI: "⚠️ Không tải được liên kết này: {why}",
    EN: "⚠️ This link was not fetched: {why}",
}
REFUSALS = {
    Refusal.FORM: {VI: "đây không phải liên kết https hợp lệ", EN: "this is no proper https link"},
    Refusal.HTTP: {
        VI: "chỉ tải được liên kết https, không tải http",
        EN: "only https links are fetched, not http",
    },
    Refusal.PRIVATE: {
        VI: "liên kết trỏ vào mạng nội bộ hoặc cổng lạ",
        EN: "it leads into a private network or to an unusual port",
    },
    Refusal.UNKNOWN: {VI: "không tìm thấy máy chủ này", EN: "there is no such server"},
    Refusal.UNREACHED: {
        VI: "không kết nối an toàn được tới máy chủ",
        EN: "the server cannot be reached safely",
    },
    Refusal.REDIRECTS: {VI: "bị chuyển hướng quá nhiều lần", EN: "it is redirected too often"},
    Refusal.STATUS: {VI: "máy chủ trả lời lỗi", EN: "the server answers with an error"},
    Refusal.TYPE: {
        VI: "chỉ tải được trang web, pdf, docx, xlsx",
        EN: "only web pages, pdf, docx and xlsx are fetched",
    },
    Refusal.SIZE: {VI: "lớn hơn 20 MB", EN: "it is larger than 20 MB"},
    Refusal.TIME: {VI: "máy chủ trả lời quá lâu", EN: "the server takes too long"},
}

# --- /docs -----------------------------------------------------------------------------------------

FOUND = {
    VI: "<b>{count} tài liệu có “{words}”</b>",
    EN: "<b>{count} documents with “{words}”</b>",
}
FOUND_NONE = {
    VI: "Không có tài liệu nào có “{words}”. /docs xem tất cả.",
    EN: "No document has “{words}”. /docs shows all.",
}
FOUND_MORE = {
    VI: "… và {count} tài liệu nữa. Thêm chữ vào sau /docs để tìm hẹp hơn.",
    EN: "… and {count} more. Add words behind /docs to narrow it down.",
}
VERSION_LINE = {
    VI: "Bản {number}, ngày {day}, {passages} đoạn",
    EN: "Version {number} of {day}, {passages} passages",
}
VERSION_LIVE = {VI: "{line} (đang dùng)", EN: "{line} (live)"}
VERSIONS = {VI: "<b>Các bản của</b> {title}", EN: "<b>Versions of</b> {title}"}
BUTTON_FILE = {VI: "📎 Tệp gốc", EN: "📎 Original file"}
BUTTON_VERSIONS = {VI: "🕘 Các bản", EN: "🕘 Versions"}
BUTTON_REMOVE = {VI: "🗑 Gỡ", EN: "🗑 Remove"}
BUTTON_REMOVE_YES = {VI: "Gỡ tài liệu", EN: "Remove it"}
BUTTON_LIST = {VI: "◀ Danh sách", EN: "◀ The list"}
BUTTON_ROLLBACK = {VI: "↩️ Dùng bản {number}", EN: "↩️ Use version {number}"}
BUTTON_REMOVED = {VI: "🗑 Tài liệu đã gỡ ({count})", EN: "🗑 Removed documents ({count})"}
BUTTON_RESTORE = {VI: "↩️ Khôi phục {number}", EN: "↩️ Restore {number}"}
REMOVE_THIS = {
    VI: "Gỡ <b>{title}</b> khỏi thư viện? Sau này vẫn khôi phục được.",
    EN: "Remove <b>{title}</b> from the library? It can be restored later.",
}
ROLL_BACK_THIS = {
    VI: "Dùng lại bản {number} của <b>{title}</b>?",
    EN: "Use version {number} of <b>{title}</b> again?",
}
REMOVED_LIST = {VI: "<b>{count} tài liệu đã gỡ</b>", EN: "<b>{count} removed documents</b>"}
REMOVED_NONE = {VI: "Không có tài liệu nào đã gỡ.", EN: "No document was removed."}
CHANGING = {VI: "Đang thay đổi thư viện…", EN: "Changing the library…"}
REMOVED = {VI: "✅ Đã gỡ <b>{title}</b>.", EN: "✅ <b>{title}</b> is removed."}
RESTORED = {VI: "✅ Đã khôi phục <b>{title}</b>.", EN: "✅ <b>{title}</b> is back."}
ROLLED_BACK = {
    VI: "✅ <b>{title}</b> đang dùng bản {number}.",
    EN: "✅ Version {number} of <b>{title}</b> is live.",
}
AUDIENCE_CHANGED = {
    VI: "✅ <b>{title}</b>: ai xem được: {audience}.",
    EN: "✅ <b>{title}</b>: who may see it: {audience}.",
}
NOT_CHANGED = {
    VI: "⚠️ Không đổi được, thư viện vẫn như cũ: {why}",
    EN: "⚠️ Nothing was changed: {why}",
}
DOCUMENT_GONE = {
    VI: "Tài liệu này không còn trong thư viện.",
    EN: "This document is no longer in the library.",
}
NIGHTLY = {VI: "🌙 Cập nhật ban đêm", EN: "🌙 Nightly update"}
