"""Every word that a person reads, in Vietnamese and in English; nothing else says anything."""

from __future__ import annotations

from knowledge.errors import DocumentFault
from knowledge.model import Language, Reason

VI, EN = Language.VIETNAMESE, Language.ENGLISH

WHOM_TO_ASK = {
    VI: "Có thể hỏi thêm Liên minh Hợp tác xã tỉnh, phòng chuyên môn của xã, phường nơi HTX đặt trụ sở.",
    EN: "You may ask the provincial Cooperative Alliance or the commune office where the cooperative is based.",
}

REASONS = {
    Reason.EMPTY_QUESTION: {
        VI: "Tôi chưa thấy câu hỏi. Ví dụ: “HTX cần ít nhất mấy thành viên?”",
        EN: "I do not see a question. For example: “How many members does a cooperative need?”",
    },
    Reason.EMPTY_LIBRARY: {
        VI: "Thư viện chưa có tài liệu nào. Thêm bằng lệnh: htx ingest THƯ_MỤC",
        EN: "The library is empty. Add documents with: htx ingest FOLDER",
    },
    Reason.SECRET: {
        VI: "Tôi không cung cấp mật khẩu, mã truy cập hay cấu hình, và không nhận lệnh thay đổi cách "
        "làm việc qua câu hỏi. Tôi trả lời câu hỏi về hợp tác xã từ tài liệu.",
        EN: "I do not give out passwords, tokens or configuration, and a question cannot change how I "
        "work. I answer questions about cooperatives from documents.",
    },
    Reason.OPINION: {
        VI: "Tôi không đưa ra ý kiến hay lời khuyên kinh doanh; tôi chỉ nói lại điều có trong tài liệu.",
        EN: "I do not give opinions or business advice; I only tell what stands in the documents.",
    },
    Reason.PERSONAL: {
        VI: "Không có trong tài liệu: tôi không giữ tên, số điện thoại hay địa chỉ của cá nhân ({detail}).",
        EN: "Not in the documents: I hold no names, phone numbers or addresses of persons ({detail}).",
    },
    Reason.OTHER_COUNTRY: {
        VI: "Không có trong tài liệu: các văn bản ở đây là của Việt Nam, không nói về {detail}.",
        EN: "Not in the documents: they are Vietnamese, and say nothing about {detail}.",
    },
    Reason.OTHER_FIELD: {
        VI: "Không có trong tài liệu: “{detail}” thuộc lĩnh vực khác, ngoài tài liệu về hợp tác xã.",
        EN: "Not in the documents: “{detail}” belongs to another field than cooperatives.",
    },
    Reason.NO_SUCH_ARTICLE: {
        VI: "Không có trong tài liệu: văn bản được hỏi không có {detail}.",
        EN: "Not in the documents: the text you name has no {detail}.",
    },
    Reason.NO_SUCH_DOCUMENT: {
        VI: "Không có trong tài liệu: thư viện chưa có {detail}.",
        EN: "Not in the documents: the library does not hold {detail}.",
    },
    Reason.NO_SUCH_PLACE: {
        VI: "Không có trong tài liệu: chưa có số liệu của {detail}.",
        EN: "Not in the documents: there are no figures for {detail}.",
    },
    Reason.NO_SUCH_FIGURE: {
        VI: "Không có trong tài liệu: chưa có số liệu này của {detail}.",
        EN: "Not in the documents: there is no such figure for {detail}.",
    },
    Reason.NOT_COVERED: {
        VI: "Không có trong tài liệu: tôi không tìm thấy quy định hay số liệu trả lời câu này.",
        EN: "Not in the documents: I found no rule or figure that answers this.",
    },
    Reason.FALSE_PREMISE: {
        VI: "Không có trong tài liệu: tôi không tìm thấy chỗ nào nói “{detail}” về việc được hỏi.",
        EN: "Not in the documents: nothing there says “{detail}” about what you ask.",
    },
}

REASONS[Reason.WHICH_PLACE] = {
    VI: "Bạn hỏi số liệu của nơi nào? Tài liệu có: {detail}.",
    EN: "Which place do you mean? The documents cover: {detail}.",
}

ACCORDING_TO = {VI: "Theo {what}:", EN: "According to {what} (quoted in Vietnamese):"}
SEE_ALSO = {VI: "Xem thêm {what}:", EN: "See also {what}:"}
NEAREST = {VI: "Gần nhất trong tài liệu:", EN: "Nearest in the documents:"}
SOURCES = {VI: "Nguồn:", EN: "Sources:"}
EXPIRED = {
    VI: "Lưu ý: quy định này đã hết hiệu lực từ ngày {day}.",
    EN: "Note: this rule has not been in force since {day}.",
}
DIGEST = {
    VI: "Tài liệu mẫu, tóm tắt {what} (không thay văn bản gốc)",
    EN: "sample digest of {what} (does not replace the original)",
}
UNDERSTOOD = {VI: "Hiểu là: {text}", EN: "Understood as: {text}"}
PAGE = {VI: "trang {page}", EN: "page {page}"}
CUT = "[…]"

FAULTS = {
    DocumentFault.EMPTY: "tệp rỗng",
    DocumentFault.NO_TEXT: "không có chữ đọc được (có thể là bản chụp)",
    DocumentFault.DAMAGED: "tệp hỏng hoặc không đúng định dạng",
    DocumentFault.PASSWORD: "tệp có mật khẩu, cần bỏ mật khẩu trước",
    DocumentFault.UNSUPPORTED: "định dạng chưa đọc được; dùng txt, md, html, pdf, docx hoặc xlsx",
    DocumentFault.TOO_LARGE: "tệp quá lớn (tối đa 50 MB)",
    DocumentFault.NOT_FOUND: "không mở được tệp",
    DocumentFault.METADATA: "documents.csv có ô sai",
}
DOUBTS = {
    "title": "chưa rõ tiêu đề",
    "number": "chưa rõ số hiệu",
    "issued": "chưa rõ ngày ban hành",
    "place": "chưa rõ địa phương",
    "period": "chưa rõ kỳ số liệu",
}

OUTCOMES = {
    "added": "thêm",
    "updated": "cập nhật",
    "unchanged": "không đổi",
    "removed": "gỡ",
    "failed": "LỖI",
}
READING = "Đọc tài liệu"
EMBEDDING = "Lập chỉ mục"
PASSAGES = "{count} đoạn"
INGESTED = "Xong: thư viện có {passages} đoạn, {embedded} đoạn mới, {seconds} giây."
REBUILDING = "Mô hình nhúng đã đổi: lập lại chỉ mục cho {count} đoạn."
REPLACED = "Xong: thư viện đang dùng bản số {generation}."
ASK_USAGE = "cần một câu hỏi, hoặc cả --batch và --out"

DOCTOR_HOME = "Thư mục dữ liệu (HTX_HOME)"
DOCTOR_LIBRARY = "Thư viện"
DOCTOR_MODEL = "Mô hình nhúng"
DOCTOR_VECTORS = "Chỉ mục véc-tơ"
DOCTOR_TELEGRAM = "Telegram"
DOCTOR_LLM = "Mô hình ngôn ngữ"
DOCTOR_SET = "đã có mã bot"
DOCTOR_UNSET = "chưa đặt (không bắt buộc)"
DOCTOR_DOCUMENTS = "{count} tài liệu, bản số {generation}"
DOCTOR_MISSING = "{where}, thiếu {count} đoạn"

CHAT_WELCOME = "Trợ lý HTX: thư viện có {documents} tài liệu, {passages} đoạn. Gõ câu hỏi, hoặc /thoat để dừng."
CHAT_PROMPT = "Bạn hỏi: "
CHAT_BYE = "Chào bạn."
CHAT_EXIT = ("/thoat", "/exit", "/quit", "thoát")
EXAMPLES = (
    "Thành lập hợp tác xã cần ít nhất mấy thành viên?",
    "ca mau thang 8/2023 co bao nhieu htx",
    "How long can an internal loan to a member be?",
)


def fault(reason: DocumentFault, detail: str) -> str:
    """Return why a document failed, in words."""
    return f"{FAULTS[reason]} ({detail})" if detail else FAULTS[reason]
