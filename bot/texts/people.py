"""Words about people: roles, requests to be let in, /users, /audit, /privacy, /forget."""

from __future__ import annotations

from knowledge.catalogue import Did, Role
from knowledge.model import Language

VI, EN = Language.VIETNAMESE, Language.ENGLISH

ROLES = {
    Role.MANAGER: {VI: "Quản lý HTX", EN: "Cooperative manager"},
    Role.OFFICER: {VI: "Cán bộ", EN: "Officer"},
    Role.ADMIN: {VI: "Quản trị", EN: "Admin"},
}
REFUSE = {VI: "Từ chối", EN: "Decline"}
BLOCK = {VI: "🚫 Chặn", EN: "🚫 Block"}
UNBLOCK = {VI: "Bỏ chặn", EN: "Unblock"}
NUMBER = {VI: "số {number}", EN: "number {number}"}

# --- at the gate; each also fits the window over a chat, which holds 200 letters -------------------

CLOSED = {
    VI: "Bot này chỉ trả lời người đã được quản trị viên cho vào. Bạn gửi /start trong khung trò chuyện riêng với tôi "
    "để xin vào nhé.",
    EN: "This bot answers only people whom its admins let in. Please send /start in our private chat to ask for access.",
}
BLOCKED = {
    VI: "Xin lỗi, tôi không trả lời bạn được. Nếu có nhầm lẫn, bạn liên hệ văn phòng quản lý bot giúp nhé.",
    EN: "Sorry, I cannot answer you. If this is a mistake, please contact the office that runs this bot.",
}
ASK_ACCESS = {VI: "Xin được dùng bot", EN: "Ask for access"}  # a button over the inline results

# --- requests --------------------------------------------------------------------------------------

REQUEST_SENT = {
    VI: "Chào {name}, tôi là <b>Trợ lý HTX</b>. Bot này chỉ trả lời người được quản trị viên cho vào. Tôi đã gửi yêu cầu "
    "của bạn; khi có quyết định, tôi báo bạn ngay tại đây.\n\n/privacy: tôi giữ những gì · /language: đổi ngôn ngữ",
    EN: "Hello {name}, I am <b>Trợ lý HTX</b>. I answer only people whom the admins let in. Your request is on its way; "
    "I will tell you here as soon as it is decided.\n\n/privacy: what I keep · /language: change the language",
}
REQUEST_WAITS = {
    VI: "Yêu cầu của bạn đang chờ quản trị viên duyệt. Có quyết định tôi báo ngay, bạn không cần gửi lại.",
    EN: "Your request is waiting for an admin. I will tell you at once; there is no need to send it again.",
}
REQUEST = {
    VI: "🙋 <b>{name}</b> xin được dùng bot.\n{facts}\n\nCho vào với vai trò nào?",
    EN: "🙋 <b>{name}</b> asks to use the bot.\n{facts}\n\nLet in as what?",
}
LET_IN = {
    VI: "✅ <b>{name}</b>: {admin} đã cho vào, vai trò {role}.",
    EN: "✅ <b>{name}</b>: let in by {admin} as {role}.",
}
DECLINED = {
    VI: "✖️ <b>{name}</b>: {admin} đã từ chối.",
    EN: "✖️ <b>{name}</b>: declined by {admin}.",
}
SHUT_OUT = {
    VI: "🚫 <b>{name}</b>: {admin} đã chặn.",
    EN: "🚫 <b>{name}</b>: blocked by {admin}.",
}
ALREADY_DECIDED = {
    VI: "Yêu cầu này đã có người quyết định rồi.",
    EN: "Somebody has decided this request already.",
}
AN_ADMIN = {VI: "quản trị viên khác", EN: "another admin"}
WELCOME_IN = {
    VI: "✅ Bạn đã được cho vào, vai trò <b>{role}</b>.",
    EN: "✅ You were let in as <b>{role}</b>.",
}
TURNED_DOWN = {
    VI: "Quản trị viên chưa nhận yêu cầu của bạn. Nếu cần, bạn liên hệ văn phòng quản lý bot rồi gửi lại /start nhé.",
    EN: "The admins did not accept your request. If you need access, please contact the office and send /start again.",
}
ROLE_CHANGED = {
    VI: "Vai trò của bạn bây giờ là <b>{role}</b>. /help cho biết bạn làm được gì.",
    EN: "You are now <b>{role}</b>. /help says what you can do.",
}

# --- /users ----------------------------------------------------------------------------------------

USERS = {VI: "👥 <b>Người dùng</b>: {count}", EN: "👥 <b>People</b>: {count}"}
FOUND = {VI: "👥 Tìm “{words}”: {count} người", EN: "👥 “{words}”: {count} people"}
NOBODY_FOUND = {
    VI: "Không thấy ai tên hay số “{words}”.",
    EN: "Nobody has the name or number “{words}”.",
}
MORE_FOUND = {
    VI: "… còn {count} người, bạn gõ tên rõ hơn nhé",
    EN: "… and {count} more; please type more of the name",
}
SEARCH_HINT = {
    VI: "Chạm vào một người để đổi vai trò hay chặn. Tìm: <code>/users lan</code>",
    EN: "Tap a person to change the role or to block. Search: <code>/users lan</code>",
}
IS_OPEN = {VI: "🔓 Đang mở: ai cũng hỏi được.", EN: "🔓 Open: everybody may ask."}
IS_CLOSED = {
    VI: "🔒 Đang đóng: chỉ người được cho vào mới hỏi được.",
    EN: "🔒 Closed: only people who were let in may ask.",
}
TO_OPEN = {VI: "🔓 Mở cho mọi người", EN: "🔓 Open to everybody"}
TO_CLOSED = {VI: "🔒 Chỉ người được cho vào", EN: "🔒 Only people let in"}
BY_SETTINGS = {VI: "theo cài đặt", EN: "by the settings"}
WAITS = {VI: "⏳ chờ duyệt", EN: "⏳ waiting"}
IS_BLOCKED = {VI: "🚫 đã chặn", EN: "🚫 blocked"}
NO_ROLE = {VI: "chưa có vai trò", EN: "no role"}
SINCE = {VI: "{admin} quyết định lúc {time}", EN: "decided by {admin}, {time}"}
FIXED = {
    VI: "Vai trò này ghi trong cài đặt (ADMIN_IDS, OFFICER_IDS), không đổi được từ đây.",
    EN: "This role stands in the settings (ADMIN_IDS, OFFICER_IDS) and cannot be changed here.",
}
LAST_ADMIN = {
    VI: "Đây là quản trị viên duy nhất. Bạn trao quyền quản trị cho người khác trước nhé.",
    EN: "This is the only admin. Please make somebody else an admin first.",
}
NOT_KNOWN = {VI: "Tôi không biết người này.", EN: "I do not know this person."}
ALL_USERS = {VI: "◀ Danh sách", EN: "◀ All people"}

# --- /audit ----------------------------------------------------------------------------------------

AUDIT = {VI: "📋 <b>Ai đã làm gì</b> (giờ Việt Nam)", EN: "📋 <b>Who did what</b> (Vietnam time)"}
NO_DEEDS = {VI: "Chưa có việc nào được ghi lại.", EN: "Nothing is on record yet."}
THE_BOT = {VI: "Bot", EN: "The bot"}
# What a line of the audit says; a deed of an older version is shown by its own word.
DEEDS = {
    Did.ASKED: {VI: "xin được dùng bot", EN: "asked to be let in"},
    Did.ROLE: {VI: "cho {what} vai trò {detail}", EN: "made {what} {detail}"},
    Did.DECLINE: {VI: "từ chối {what}", EN: "declined {what}"},
    Did.BLOCK: {VI: "chặn {what}", EN: "blocked {what}"},
    Did.UNBLOCK: {VI: "bỏ chặn {what}", EN: "unblocked {what}"},
    Did.ACCESS: {VI: "chuyển bot sang {what}", EN: "switched the bot to {what}"},
    Did.REFUSED: {VI: "bị từ chối: {what}", EN: "was refused: {what}"},
    Did.FORGET: {VI: "xóa lịch sử của mình", EN: "erased their own history"},
    Did.RELOAD: {VI: "cập nhật thư viện từ thư mục", EN: "synchronised the documents folder"},
    Did.PUBLISH: {VI: "công bố {what}", EN: "published {what}"},
    Did.PUBLISH_ANYWAY: {
        VI: "vẫn công bố {what} dù tự kiểm tra kém đi",
        EN: "published {what} although the self-test got worse",
    },
    Did.HELD: {
        VI: "bị giữ lại khi công bố {what}: tự kiểm tra kém đi ({detail})",
        EN: "was held back publishing {what}: the self-test got worse ({detail})",
    },
    Did.CANCEL: {VI: "bỏ bản nháp {what}", EN: "cancelled the draft of {what}"},
    Did.AUDIENCE: {
        VI: "đổi người được xem {what}: {detail}",
        EN: "changed who sees {what}: {detail}",
    },
    Did.ROLLBACK: {VI: "đưa {what} về bản {detail}", EN: "rolled {what} back to {detail}"},
    Did.REMOVE: {VI: "gỡ {what}", EN: "removed {what}"},
    Did.RESTORE: {VI: "khôi phục {what}", EN: "restored {what}"},
    Did.GAP_ANSWERED: {
        VI: "trả lời câu hỏi chưa có {what}",
        EN: "answered the open question {what}",
    },
    Did.GAP_SKIPPED: {VI: "bỏ qua câu hỏi chưa có {what}", EN: "left out the open question {what}"},
    Did.HANDED: {VI: "hỏi cán bộ, câu {what}", EN: "asked an officer, question {what}"},
    Did.TOOK: {VI: "nhận trả lời câu {what}", EN: "took question {what}"},
    Did.GAVE_BACK: {VI: "trả lại câu {what}", EN: "gave question {what} back"},
    Did.ANSWERED: {VI: "trả lời câu {what}", EN: "answered question {what}"},
    Did.CORRECTED: {VI: "sửa {what}: {detail}", EN: "corrected {what}: {detail}"},
    Did.PROBLEM_KNOWN: {VI: "đánh dấu đã biết: {what}", EN: "marked as known: {what}"},
    Did.EXPORT: {VI: "tải về {what}", EN: "took away {what}"},
}
ACCESS_STATES = {
    "open": {VI: "mở cho mọi người", EN: "open to everybody"},
    "closed": {VI: "chỉ người được cho vào", EN: "only people let in"},
}

# --- /privacy and /forget --------------------------------------------------------------------------

PRIVACY = {
    VI: "<b>Tôi giữ gì về bạn</b>\n"
    "• Số và tên Telegram, ngôn ngữ, giờ yên lặng, vai trò: đến khi bạn /forget; ai có vai trò, đang chờ duyệt hay bị "
    "chặn thì tên và vai trò ở lại.\n"
    "• Câu hỏi, câu trả lời, 👍 👎, câu gửi cán bộ (kèm tên bạn), mục theo dõi và tin hẹn gửi: đến khi bạn /forget, để "
    "hỏi tiếp được và để văn phòng bổ sung tài liệu. Câu hỏi gõ sau tên bot ở nơi khác thì không giữ.\n"
    "• Tin nhắn vừa nhận: đến khi xử lý xong thì bỏ; chỉ còn dấu mã hóa, không đọc lại được, trong khoảng 2 ngày.\n"
    "• Nhật ký việc làm (xin vào, hỏi cán bộ, /forget, việc quản trị, việc bị từ chối): ai, việc gì, lúc nào; giữ lâu "
    "dài, không có câu hỏi của bạn.\n"
    "• Cán bộ, quản trị viên: câu trả lời gửi người khác ở lại với người hỏi, kèm tên bạn; tệp và liên kết đã gửi mà chưa "
    "công bố giữ khoảng {days} ngày.\n\n"
    "<b>Ai xem được</b>: quản trị viên xem câu hỏi không kèm tên. Nếu bạn bấm “Hỏi cán bộ”, cán bộ và quản trị viên thấy "
    "tên và câu hỏi đó.{model}\n\n"
    "<b>Nhật ký máy chủ</b> chỉ có giờ, lỗi và mã lỗi: không có chữ bạn gõ, tên hay số của bạn.\n\n"
    "<b>/forget</b> xóa câu hỏi, câu trả lời, 👍 👎, ngôn ngữ, giờ yên lặng, tin hẹn gửi, mục theo dõi, câu gửi cán bộ. "
    "Không xóa được: tin nhắn đã nằm trong Telegram, câu mà văn phòng đã trả lời cho mọi người hoặc đưa vào bài tự kiểm "
    "tra (không kèm tên người hỏi), bản sao lưu của văn phòng.",
    EN: "<b>What I keep about you</b>\n"
    "• Your Telegram number and name, language, quiet hours, role: until you /forget; of who has a role, waits for one or "
    "is blocked, name and role stay.\n"
    "• Questions, answers, 👍 👎, questions to officers (with your name), what you follow and messages you are owed: until "
    "you /forget, so that you can follow up and the office can add documents. What is typed behind the bot's name in "
    "other chats is not kept.\n"
    "• A message that just came: until it is worked on; then only a hash that cannot be read, for about 2 days.\n"
    "• A record of deeds (asking for access, asking officers, /forget, deeds of admins, what was refused): who, what, "
    "when; kept for long, without your questions.\n"
    "• Officers and admins: answers to others stay with who asked, with your name; files and links that were sent and not "
    "published are kept for about {days} days.\n\n"
    "<b>Who sees it</b>: admins see questions without names. If you press “Ask an officer”, officers and admins see your "
    "name and that question.{model}\n\n"
    "<b>The log of the machine</b> has times, errors and their codes: nothing that you type, no name, no number.\n\n"
    "<b>/forget</b> erases questions, answers, 👍 👎, language, quiet hours, messages you are owed, what you follow, "
    "questions to officers. It cannot erase messages that stand in Telegram, a question that the office answered for "
    "everybody or took into its self-test (without who asked), or the office's backups.",
}
PRIVACY_MODEL = {
    VI: " Câu hỏi và đoạn tài liệu được gửi tới mô hình ngôn ngữ mà văn phòng cài đặt để viết câu trả lời.",
    EN: " Questions and passages are sent to the language model that the office set up, which words the answer.",
}
FORGET = {
    VI: "Xóa hết câu hỏi, câu trả lời, 👍 👎 và lựa chọn của bạn? Xóa rồi không lấy lại được.",
    EN: "Erase all your questions, answers, 👍 👎 and choices? This cannot be undone.",
}
FORGET_YES = {VI: "🗑 Xóa hết", EN: "🗑 Erase all"}
FORGET_NO = {VI: "Giữ lại", EN: "Keep"}
KEPT = {VI: "Tôi giữ nguyên, không xóa gì.", EN: "Nothing was erased."}
FORGOTTEN = {
    VI: "Đã xóa. Tôi không còn giữ câu hỏi nào của bạn. Tin nhắn trong khung này thì bạn tự xóa trong Telegram.",
    EN: "Done. I hold none of your questions any more. Messages in this chat you can delete in Telegram.",
}
FORGOTTEN_BUT = {
    VI: " Ở lại: tên và vai trò của bạn, nhật ký việc quản trị.",
    EN: " What stays: your name and role, and the record of deeds.",
}
ASK_AGAIN = {
    VI: "Tài liệu hoặc quyền xem đã đổi từ lúc trả lời. Bạn gõ lại câu hỏi để có câu trả lời mới nhất nhé.",
    EN: "The documents, or what you may see, have changed since. Please ask again for the latest answer.",
}
