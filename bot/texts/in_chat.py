"""What people read in Telegram only: commands, buttons, notices of its messages."""

from __future__ import annotations

from bot.texts import EN, VI
from knowledge.model import Kind, Language

COMMANDS = {
    "start": {VI: "Bắt đầu và xem ví dụ", EN: "Start, with examples"},
    "help": {VI: "Hỏi được những gì, hỏi thế nào", EN: "What you can ask, and how"},
    "docs": {VI: "Tài liệu trong thư viện", EN: "Documents in the library"},
    "solieu": {VI: "Tra số liệu bằng nút bấm", EN: "Look up figures with buttons"},
    "theodoi": {VI: "Báo khi có tài liệu mới", EN: "Be told of new documents"},
    "language": {VI: "Đổi ngôn ngữ", EN: "Change the language"},
    "privacy": {VI: "Tôi giữ gì về bạn", EN: "What I keep about you"},
    "forget": {VI: "Xóa câu hỏi của bạn", EN: "Erase your questions"},
}
ADMIN_COMMANDS = {
    "reload": {VI: "Cập nhật thư viện từ thư mục tài liệu", EN: "Synchronise the documents folder"},
    "users": {VI: "Người dùng: cho vào, vai trò, chặn", EN: "People: let in, roles, block"},
    "audit": {VI: "Ai đã làm gì, lúc nào", EN: "Who did what, when"},
    "gaps": {VI: "Câu hỏi chưa trả lời được", EN: "Questions without an answer"},
    "check": {VI: "Chỗ cần xem lại trong tài liệu", EN: "What to look at in the documents"},
    "stats": {VI: "Bot được dùng thế nào", EN: "How the bot is used"},
    "export": {VI: "Tải câu hỏi và số liệu (Excel)", EN: "Questions and figures as a workbook"},
    "add": {VI: "Thêm tài liệu từ một liên kết https", EN: "Add a document from an https link"},
}
OFFICER_COMMANDS = {"stats": ADMIN_COMMANDS["stats"]}

WELCOME = {
    VI: "Chào {name}, tôi là <b>Trợ lý HTX</b>. Tôi trả lời câu hỏi về hợp tác xã, tổ hợp tác từ văn bản chính "
    "sách và báo cáo số liệu, kèm nguyên văn để bạn đối chiếu. Điều gì không có trong tài liệu, tôi sẽ nói là không có.\n\n"
    "Bạn cứ gõ câu hỏi như nói chuyện: có dấu hay không dấu, viết tắt cũng được.",
    EN: "Hello {name}, I am <b>Trợ lý HTX</b>. I answer questions about Vietnamese cooperatives from policy documents "
    "and statistical reports, with the passage quoted so that you can check it. What is not in the documents, I say so.\n\n"
    "Just type your question in Vietnamese or English.",
}
HELP = {
    VI: "<b>Hỏi gì?</b> Chính sách: điều kiện, hồ sơ, thủ tục, mức hỗ trợ, thời hạn. Số liệu: bao nhiêu HTX, thành viên, doanh thu của tỉnh nào, năm nào; so sánh, xếp hạng, tăng giảm qua các năm.\n\n"
    "<b>Hỏi thế nào?</b> Gõ như bình thường, không dấu và viết tắt (HTX, THT, VĐL) cũng được. Hỏi tiếp được: “thế còn Cà Mau?”. "
    "Trả lời vào một tin nhắn cũ của tôi để hỏi tiếp đúng câu đó. Trong nhóm, nhắc @{username} hoặc trả lời tin của tôi.\n\n"
    "<b>Dưới câu trả lời</b>: nút có số mở nguồn và tệp gốc, “Xem đầy đủ” mở cả điều, 👍 👎 cho biết câu trả lời có ích không; khi tôi không trả lời được, 🙋 Hỏi cán bộ gửi câu hỏi đến người trả lời được. "
    "Dưới câu trả lời có nhiều số liệu: 📊 Biểu đồ gửi hình để xem, 📥 Tải Excel gửi bảng số kèm nguồn, 🔢 Bảng xem ngay tại đây. Gõ @{username} và câu hỏi trong khung trò chuyện khác để gửi câu trả lời vào đó.\n\n"
    "/solieu: tra số liệu bằng nút · /docs: tài liệu đang có · /theodoi: báo khi có tài liệu mới · /language: đổi ngôn ngữ · /privacy: tôi giữ gì về bạn · /forget: xóa câu hỏi của bạn",
    EN: "<b>What can I ask?</b> Policy: conditions, papers, procedures, amounts of support, deadlines. Statistics: how many cooperatives, members, how much revenue, by province and year; comparisons, rankings, trends.\n\n"
    "<b>How?</b> As you would say it, in Vietnamese or English. You can follow up: “what about Ca Mau?”. Reply to one of my older messages "
    "to go on from there. In a group, mention @{username} or reply to me.\n\n"
    "<b>Under an answer</b>: a numbered button opens the source and the original file, “Read in full” the whole article, 👍 👎 tell whether it helped; where I have no answer, 🙋 Ask an officer hands the question on. "
    "Under an answer with several figures: 📊 Chart sends a picture, 📥 Excel file a table of the figures with their sources, 🔢 Table shows them here. Type @{username} and a question in another chat to send the answer there.\n\n"
    "/solieu: look up figures with buttons · /docs: the documents · /theodoi: be told of new ones · /language: change the language · /privacy: what I keep about you · /forget: erase your questions",
}
ADMIN_HELP = {
    VI: "<b>Quản trị viên</b>: gửi tệp (txt, md, html, pdf, docx, xlsx, zip) hoặc liên kết https (/add) vào đây để xem trước rồi công bố; /docs mở, đổi, gỡ, khôi phục tài liệu; /reload cập nhật thư viện từ thư mục tài liệu. "
    "/users: cho vào, đổi vai trò, chặn, mở hay đóng bot (tìm: /users tên). /audit: ai đã làm gì. "
    "/gaps câu hỏi chưa trả lời được · /check chỗ cần xem lại · /stats bot được dùng thế nào · /export tải Excel.",
    EN: "<b>Admins</b>: send a file (txt, md, html, pdf, docx, xlsx, zip) or an https link (/add) here, look at the preview and publish it; /docs opens, changes, removes and restores documents; /reload synchronises the documents folder. "
    "/users: let people in, give roles, block, open or close the bot (search: /users name). /audit: who did what. "
    "/gaps questions without an answer · /check what to look at · /stats how the bot is used · /export a workbook.",
}
# Questions that /start and /help may show; those without an answer in the library are left out.
STARTERS = {
    VI: (
        "Thành lập hợp tác xã cần ít nhất mấy thành viên?",
        "Hồ sơ đăng ký thành lập HTX gồm những gì?",
        "HTX vay quỹ hỗ trợ cần điều kiện gì?",
        "Thành viên được góp vốn tối đa bao nhiêu?",
        "HTX được hỗ trợ đào tạo những gì?",
        "Khi nào HTX bị giải thể?",
    ),
    EN: (
        "How many members does a cooperative need?",
        "What papers are needed to register a cooperative?",
        "What are the rights of members?",
        "How is the profit of a cooperative distributed?",
        "When must a cooperative be dissolved?",
    ),
}
FOR_EXAMPLE = {VI: "Ví dụ:", EN: "For example:"}
STARTER_OF_REPORT = {
    VI: "{place} năm {year} có bao nhiêu hợp tác xã?",
    EN: "How many cooperatives did {place} have in {year}?",
}
STARTER_OF_ARTICLE = "{about} được quy định thế nào?"  # headings are Vietnamese

SEARCHING = {VI: "Đang tìm…", EN: "Searching…"}
WRITING = {VI: "Đang viết…", EN: "Writing…"}
ASKED = {VI: "Câu hỏi: {text}", EN: "Question: {text}"}
LATE = {
    VI: "Bạn gửi câu này lúc {time}, khi tôi đang tạm nghỉ. Xin lỗi vì trả lời muộn.",
    EN: "You sent this at {time}, while I was away. Sorry for the late answer.",
}
TOO_LONG = {
    VI: "Tin nhắn dài quá ({count} ký tự), tôi chưa hiểu ý chính. Bạn tách thành câu hỏi ngắn, dưới {most} ký tự, rồi gửi lại giúp nhé.",
    EN: "This message is too long for me ({count} characters). Please ask in a shorter message, under {most} characters.",
}
SLOW_DOWN = {
    VI: "Bạn gửi nhanh quá: tối đa {count} câu mỗi phút. Sau {seconds} giây nữa tôi trả lời tiếp; câu vừa rồi bạn gửi lại giúp nhé.",
    EN: "That is too fast: I answer {count} questions a minute. Please send this one again in {seconds} seconds.",
}
ONLY_TEXT = {
    VI: "Tôi mới đọc được chữ, chưa xem được ảnh hay nghe được giọng nói. Bạn gõ câu hỏi về hợp tác xã giúp nhé, ví dụ: “HTX cần ít nhất mấy thành viên?”",
    EN: "I can only read text so far, no pictures and no voices. Please type your question about cooperatives, for example: “How many members does a cooperative need?”",
}
UNKNOWN_COMMAND = {
    VI: "Tôi không có lệnh này. Bạn gõ câu hỏi, hoặc /help để xem tôi làm được gì.",
    EN: "I do not have this command. Type a question, or /help to see what I can do.",
}
ADMINS_ONLY = {
    VI: "Việc này chỉ quản trị viên làm được, nên tôi không làm và có ghi lại. Câu hỏi thì bạn cứ gõ nhé.",
    EN: "Only admins can do this, so nothing was done, and that is on record. Questions you may type as always.",
}
PRIVATE_ONLY = {
    VI: "Bạn dùng lệnh này trong khung trò chuyện riêng với tôi nhé.",
    EN: "Please use this command in our private chat.",
}
CHOOSE_LANGUAGE = {
    VI: "Bạn muốn tôi nói tiếng gì? Câu hỏi thì hỏi tiếng nào cũng được.",
    EN: "Which language shall I speak? You may ask in either.",
}
LANGUAGE_CHOSEN = {VI: "Từ giờ tôi nói tiếng Việt.", EN: "I speak English from now on."}
LANGUAGES = {VI: "Tiếng Việt", EN: "English"}
ERROR = {
    VI: "Xin lỗi, tôi gặp trục trặc khi xử lý (mã {code}). Bạn thử lại sau ít phút; nếu vẫn vậy, báo quản trị viên mã này giúp nhé.",
    EN: "Sorry, something went wrong here (code {code}). Please try again in a few minutes, or give an admin this code.",
}

ARTICLE = {VI: "Điều {number}", EN: "Article {number}"}
READ_IN_FULL = {VI: "📖 Xem đầy đủ", EN: "📖 Read in full"}
CHART = {VI: "📊 Biểu đồ", EN: "📊 Chart"}
TABLE = {VI: "📥 Tải Excel", EN: "📥 Excel file"}
DRAWING = {VI: "Đang vẽ biểu đồ…", EN: "Drawing the chart…"}
NO_FIGURES_HERE = {
    VI: "Câu trả lời này không có số liệu để vẽ hay tải về. Bạn hỏi lại giúp nhé.",
    EN: "This answer has no figures to draw or to take away. Please ask again.",
}
ORIGINAL = {VI: "📎 Tệp gốc", EN: "📎 Original file"}
BACK = {VI: "◀ Câu trả lời", EN: "◀ The answer"}
HELPFUL, NOT_HELPFUL, CHOSEN = "👍", "👎", "✓"
PREVIOUS, NEXT = "◀", "▶"
PAGE_OF = "{page}/{pages}"
FILE_LINE = {VI: "Tệp: {file}", EN: "File: {file}"}
THANKS = {VI: "Cảm ơn bạn đã góp ý.", EN: "Thank you for telling me."}
SENDING_FILE = {VI: "Đang gửi tệp…", EN: "Sending the file…"}
OLD_BUTTON = {
    VI: "Nút này không dùng được nữa: câu trả lời đã xóa hoặc quá cũ. Bạn gõ lại câu hỏi giúp nhé.",
    EN: "This button does not work any more: the answer was erased or is too old. Please type your question again.",
}
SOURCE_GONE = {
    VI: "Tài liệu này không còn trong thư viện. Bạn hỏi lại để có câu trả lời mới nhất nhé.",
    EN: "This document is no longer in the library. Please ask again for the latest answer.",
}
SOURCE_CHANGED = {
    VI: "Tài liệu này đã được thay bằng bản mới, đoạn trích không còn nguyên như cũ. Bạn hỏi lại để có câu trả lời mới nhất nhé.",
    EN: "This document was replaced by a newer version, and the passage has changed. Please ask again for the latest answer.",
}
FILE_GONE = {
    VI: "Tôi không còn giữ tệp gốc này.",
    EN: "I no longer hold this file.",
}

DOCUMENTS = {
    VI: "<b>Thư viện có {count} tài liệu</b>",
    EN: "<b>The library holds {count} documents</b>",
}
NO_DOCUMENTS = {
    VI: "Thư viện chưa có tài liệu nào.",
    EN: "The library holds no documents yet.",
}
KINDS = {
    Kind.LAW: {VI: "văn bản", EN: "legal text"},
    Kind.REPORT: {VI: "báo cáo", EN: "report"},
    Kind.TABLE: {VI: "bảng số liệu", EN: "table"},
    Kind.DIGEST: {VI: "bản tóm tắt", EN: "digest"},
    Kind.OTHER: {VI: "tài liệu khác", EN: "other"},
}

UPDATING = {VI: "Đang cập nhật thư viện…", EN: "Updating the library…"}
UPDATING_READ = {VI: "Đang đọc {done}/{count}: {name}", EN: "Reading {done}/{count}: {name}"}
UPDATING_EMBED = {
    VI: "Đang lập chỉ mục {done}/{count} đoạn",
    EN: "Indexing {done}/{count} passages",
}
STILL_ANSWERING = {
    VI: "Trong lúc này mọi người vẫn hỏi được, từ thư viện cũ.",
    EN: "Questions are answered from the old library meanwhile.",
}
ALREADY_UPDATING = {
    VI: "Thư viện đang được cập nhật rồi, bạn đợi lần này xong nhé.",
    EN: "The library is being updated already; please wait until that is done.",
}
UPDATED = {
    VI: "✅ <b>Thư viện đã cập nhật</b>: {documents} tài liệu, {passages} đoạn, {seconds} giây.",
    EN: "✅ <b>The library is up to date</b>: {documents} documents, {passages} passages, {seconds} seconds.",
}
NOT_UPDATED = {
    VI: "⚠️ <b>Thư viện không đổi</b>: {documents} tài liệu, {passages} đoạn.",
    EN: "⚠️ <b>The library is as it was</b>: {documents} documents, {passages} passages.",
}
UPDATE_FAILED = {
    VI: "⚠️ Không cập nhật được, thư viện vẫn như cũ: {why}",
    EN: "⚠️ The update failed, the library is as it was: {why}",
}
UPDATE_STOPPED = {
    VI: "Bot đang tắt nên việc cập nhật dừng lại, thư viện vẫn như cũ. Bạn chạy lại /reload sau nhé.",
    EN: "The bot is shutting down, so the update was stopped; the library is as it was. Please run /reload later.",
}
OUTCOME_LINES = {
    "added": {VI: "➕ Thêm {count}:", EN: "➕ Added {count}:"},
    "updated": {VI: "🔄 Cập nhật {count}:", EN: "🔄 Updated {count}:"},
    "removed": {VI: "➖ Gỡ {count}:", EN: "➖ Removed {count}:"},
    "failed": {VI: "⚠️ Lỗi {count}:", EN: "⚠️ Failed {count}:"},
    "unchanged": {VI: "Không đổi: {count}", EN: "Unchanged: {count}"},
}
AND_MORE = {VI: "… và {count} tệp khác", EN: "… and {count} more"}
LIBRARY_LOCKED = {
    VI: "một chương trình khác đang thay đổi thư viện, bạn thử lại sau nhé",
    EN: "another program is changing the library, please try again later",
}
OUTSIDE_FAILED = {
    VI: "một phần mà bot dựa vào không trả lời; người vận hành xem nhật ký giúp",
    EN: "something that the bot relies on does not answer; the log says more",
}
FOLDER_MISSING = {
    VI: "không thấy thư mục tài liệu <code>{folder}</code> (DOCUMENTS_DIR)",
    EN: "there is no documents folder <code>{folder}</code> (DOCUMENTS_DIR)",
}
FOLDER_EMPTY = {
    VI: "thư mục <code>{folder}</code> không còn tệp nào, nên tôi chưa gỡ gì. Nếu muốn gỡ hết, dùng htx docs remove",
    EN: "the folder <code>{folder}</code> holds no file any more, so nothing was removed. To remove all, use htx docs remove",
}
FILE_TOO_LARGE = {
    VI: "Tệp lớn hơn {most} MB, Telegram không cho bot tải. Bạn chép tệp vào thư mục tài liệu <code>{folder}</code> rồi gửi /reload nhé.",
    EN: "The file is larger than {most} MB, which Telegram does not let bots fetch. Please put it into <code>{folder}</code> and send /reload.",
}


def too_long(count: int, most: int, language: Language) -> str:
    """Return that a message is too long, numbers written as the language writes them."""
    point = "." if language is VI else ","
    told = {
        name: f"{number:,}".replace(",", point)
        for name, number in (("count", count), ("most", most))
    }
    return TOO_LONG[language].format(**told)
