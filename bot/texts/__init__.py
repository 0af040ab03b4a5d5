"""Every word that a person reads, in Vietnamese and in English; nothing else says anything."""

from __future__ import annotations

from decimal import Decimal

from knowledge.checking import Case, ProblemKind
from knowledge.errors import DocumentFault
from knowledge.model import Comparator, FigureKind, Language, Reason
from knowledge.standing import Deed, State

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
        VI: "Thư viện chưa có tài liệu nào. Quản trị viên thêm bằng lệnh htx ingest THƯ_MỤC, hoặc bằng "
        "/reload và gửi tệp cho bot.",
        EN: "The library is empty. An admin adds documents with htx ingest FOLDER, or with /reload and "
        "by sending files to the bot.",
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
    Reason.NO_SUCH_PERIOD: {
        VI: "Không có trong tài liệu: chưa có số liệu này của {detail}; tài liệu có thời điểm khác.",
        EN: "Not in the documents: no such figure for {detail}; there are other times.",
    },
    Reason.ONLY_TARGET: {
        VI: "Không có trong tài liệu: chưa có kết quả của {detail}, chỉ có mục tiêu.",
        EN: "Not in the documents: no result for {detail}, only a target.",
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

ANY_PLACE = {VI: "nơi nào", EN: "any place"}  # where a question names neither place nor period
REASONS[Reason.WHICH_PLACE] = {
    VI: "Bạn hỏi số liệu của nơi nào? Tài liệu có: {detail}.",
    EN: "Which place do you mean? The documents cover: {detail}.",
}

# What the first source says to a yes/no question, in front of it.
SAID = {True: {VI: "Có. ", EN: "Yes. "}, False: {VI: "Không. ", EN: "No. "}}
ACCORDING_TO = {VI: "Theo {what}:", EN: "According to {what} (quoted in Vietnamese):"}
SEE_ALSO = {VI: "Xem thêm {what}:", EN: "See also {what}:"}
NEAREST = {VI: "Gần nhất trong tài liệu:", EN: "Nearest in the documents:"}
SOURCES = {VI: "Nguồn:", EN: "Sources:"}
# When a rule is in force; {by} is the document that says so.
AS_OF = {
    VI: "Theo quy định có hiệu lực vào ngày {day}:",
    EN: "By the rules in force on {day}:",
}
EXPIRED = {
    VI: "Lưu ý: quy định này đã hết hiệu lực{since}{why}.",
    EN: "Note: this rule is no longer in force{since}{why}.",
}
GONE = {
    VI: "Văn bản này đã hết hiệu lực{since}{why}.",
    EN: "That document is no longer in force{since}{why}.",
}
NOT_YET = {
    VI: "Lưu ý: quy định này chưa có hiệu lực{day}; có hiệu lực từ ngày {starts}.",
    EN: "Note: this rule is not in force yet{day}; it takes effect on {starts}.",
}
DRAFT = {
    VI: "Lưu ý: đây là dự thảo, không có hiệu lực.",
    EN: "Note: this is a draft and not in force.",
}
ENDING = {
    VI: "Lưu ý: quy định này chỉ còn hiệu lực đến hết ngày {last}{why}.",
    EN: "Note: this rule is in force until {last} only{why}.",
}
# Behind a rule's name.
STATES = {
    State.EXPIRED: {VI: " (đã hết hiệu lực)", EN: " (no longer in force)"},
    State.NOT_YET: {VI: " (chưa có hiệu lực)", EN: " (not in force yet)"},
    State.DRAFT: {VI: " (dự thảo)", EN: " (a draft)"},
    State.IN_FORCE: {VI: "", EN: ""},
}
# The same in a few words, in lists of documents.
SHORT_EXPIRED = {VI: "hết hiệu lực{since}{why}", EN: "no longer in force{since}{why}"}
SHORT_NOT_YET = {VI: "có hiệu lực từ {starts}", EN: "in force from {starts}"}
SHORT_DRAFT = {VI: "dự thảo, không có hiệu lực", EN: "a draft, not in force"}
SHORT_ENDING = {VI: "còn hiệu lực đến hết {last}", EN: "in force until {last}"}
# `htx docs show`
EFFECT = "Hiệu lực{where}: {what}{source}"
EFFECT_FROM, EFFECT_TO, EFFECT_REPLACED = "từ {day}", "hết từ {day}", "thay bởi {number}"
EFFECT_CORRECTED = " (theo documents.csv)"
PARTS_DONE = {
    Deed.REPLACES: "Bị {by} thay thế{since}: {where}",
    Deed.REPEALS: "Bị {by} bãi bỏ{since}: {where}",
    Deed.AMENDS: "Được {by} sửa đổi, bổ sung{since}: {where}",
}
CHANGE = {
    Deed.REPLACES: "Thay thế {what}{since}{locator}",
    Deed.REPEALS: "Bãi bỏ {what}{since}{locator}",
    Deed.AMENDS: "Sửa đổi, bổ sung {what}{since}{locator}",
}
PART_DONE = {
    Deed.REPLACES: {
        VI: "Lưu ý: {where} đã được {by} thay thế{since}.",
        EN: "Note: {where} was replaced by {by}{since}.",
    },
    Deed.REPEALS: {
        VI: "Lưu ý: {where} đã bị {by} bãi bỏ{since}.",
        EN: "Note: {where} was repealed by {by}{since}.",
    },
    Deed.AMENDS: {
        VI: "Lưu ý: {where} đã được {by} sửa đổi, bổ sung{since}.",
        EN: "Note: {where} was amended by {by}{since}.",
    },
}
THIS_RULE = {VI: "quy định này", EN: "this rule"}
SINCE = {VI: " từ ngày {day}", EN: " since {day}"}
ON_DAY = {VI: " vào ngày {day}", EN: " on {day}"}
REPLACED_BY = {VI: ", được thay thế bởi {by}", EN: ", replaced by {by}"}
ENDED_BY = {VI: ", theo {by}", EN: ", by {by}"}
SUCCESSOR = {VI: " (nay là {by})", EN: " (now {by})"}
EXCEPTION = {VI: "; ngoại lệ: “{words}”", EN: "; with an exception: “{words}”"}
NUMBERED = {VI: "văn bản số {number}", EN: "document {number}"}
KINDS_BY_NUMBER = {
    "NĐ": "Nghị định",
    "QĐ": "Quyết định",
    "TTLT": "Thông tư liên tịch",
    "TT": "Thông tư",
    "NQ": "Nghị quyết",
    "CT": "Chỉ thị",
}
DIFFERING = {
    VI: "Các văn bản đang có hiệu lực quy định khác nhau (văn bản có hiệu lực pháp lý cao hơn đứng trước):",
    EN: "Documents in force differ (the one of higher legal rank first):",
}
STATED = "[{source}] {name}{since}: “{sentence}”"
IN_FORCE_SINCE = {VI: ", có hiệu lực từ {day}", EN: ", in force since {day}"}
DIGEST = {
    VI: "Tài liệu mẫu, tóm tắt {what} (không thay văn bản gốc)",
    EN: "sample digest of {what} (does not replace the original)",
}
TOLD = {
    VI: "Tóm tắt (máy viết, đã đối chiếu với nguồn bên dưới):",
    EN: "In short (written by a model, checked against the sources below):",
}
UNDERSTOOD = {VI: "Hiểu là: {text}", EN: "Understood as: {text}"}
PAGE = {VI: "trang {page}", EN: "page {page}"}
CUT = "[…]"

FAULTS = {
    DocumentFault.EMPTY: {VI: "tệp rỗng", EN: "the file is empty"},
    DocumentFault.NO_TEXT: {
        VI: "không có chữ đọc được (có thể là bản chụp)",
        EN: "no text that can be read (perhaps a scan)",
    },
    DocumentFault.DAMAGED: {
        VI: "tệp hỏng hoặc không đúng định dạng",
        EN: "the file is damaged or not of its format",
    },
    DocumentFault.PASSWORD: {
        VI: "tệp có mật khẩu, cần bỏ mật khẩu trước",
        EN: "the file has a password, which must be removed first",
    },
    DocumentFault.UNSUPPORTED: {
        VI: "định dạng chưa đọc được; dùng txt, md, html, pdf, docx hoặc xlsx",
        EN: "this format cannot be read; use txt, md, html, pdf, docx or xlsx",
    },
    DocumentFault.TOO_LARGE: {
        VI: "tệp quá lớn (tối đa 50 MB)",
        EN: "the file is too large (50 MB at most)",
    },
    DocumentFault.NOT_FOUND: {VI: "không mở được tệp", EN: "the file cannot be opened"},
    DocumentFault.METADATA: {VI: "documents.csv có ô sai", EN: "documents.csv has a wrong cell"},
    DocumentFault.ARCHIVE_SIZE: {
        VI: "tệp nén bung ra quá lớn hoặc có quá nhiều tệp (tối đa 100 tệp, 100 MB)",
        EN: "the archive unpacks to too much (100 files and 100 MB at most)",
    },
    DocumentFault.ARCHIVE_PATH: {
        VI: "tệp nén có đường dẫn ra ngoài thư mục của nó",
        EN: "the archive holds a path that leads out of it",
    },
    DocumentFault.ARCHIVE_NESTED: {
        VI: "trong tệp nén còn có tệp nén khác; hãy giải nén trước",
        EN: "there is an archive within the archive; please unpack it first",
    },
}
DOUBTS = {
    "title": {VI: "chưa rõ tiêu đề", EN: "title unclear"},
    "number": {VI: "chưa rõ số hiệu", EN: "number unclear"},
    "issued": {VI: "chưa rõ ngày ban hành", EN: "date unclear"},
    "place": {VI: "chưa rõ địa phương", EN: "place unclear"},
    "period": {VI: "chưa rõ kỳ số liệu", EN: "period unclear"},
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
PASSAGES = {VI: "{count} đoạn", EN: "{count} passages"}
FIGURES = {VI: "{count} số liệu", EN: "{count} figures"}
# what does not fit in the documents, with the numbers and the place where it stands
PROBLEMS = {
    Case.SUM: {
        VI: "{where}: tổng ghi {stated}, nhưng các phần {parts} cộng lại là {expected}",
        EN: "{where}: the total is given as {stated}, but its parts {parts} add up to {expected}",
    },
    Case.PART: {
        VI: "{where}: một phần là {parts}, nhiều hơn tổng {stated}",
        EN: "{where}: one part is {parts}, more than its total of {stated}",
    },
    Case.TABLE: {
        VI: "{where}: dòng tổng của bảng ghi {stated}, nhưng các dòng cộng lại là {expected}",
        EN: "{where}: the total row of the table says {stated}, but its rows add up to {expected}",
    },
    Case.RISE: {
        VI: "{where}: ghi thay đổi {stated}, nhưng từ {first} đến {second} là {expected}",
        EN: "{where}: the change is given as {stated}, but from {first} to {second} it is {expected}",
    },
    Case.SHARE: {
        VI: "{where}: ghi {stated}, nhưng {first} trên {second} là {expected}",
        EN: "{where}: the share is given as {stated}, but {first} of {second} is {expected}",
    },
    Case.STATES: {
        VI: "{where}: ghi {stated} hoạt động, nhưng có {first} trên {second} ngừng hoạt động, còn lại nhiều nhất {expected}",
        EN: "{where}: {stated} are said to be at work, but {first} of {second} are not, which leaves {expected} at most",
    },
    Case.GROWTH: {
        VI: "{where}: ghi mức thay đổi {stated}, nhưng theo {first} và {second} thì là {expected}",
        EN: "{where}: the change is given as {stated}, but {first} and {second} make it {expected}",
    },
    Case.SOURCES: {
        VI: "{where}: hai tài liệu ghi khác nhau về {indicator}: {stated} ({source}) và {first} ({other})",
        EN: "{where}: two documents differ on {indicator}: {stated} ({source}) and {first} ({other})",
    },
    Case.DOCUMENT_UNPLACED: {
        VI: "{source}: chưa rõ tài liệu nói về địa phương nào; ghi vào cột place của documents.csv",
        EN: "{source}: it is not clear which place this is about; add it to the column place of documents.csv",
    },
    Case.DOCUMENT_UNDATED: {
        VI: "{source}: chưa rõ số liệu của kỳ nào; ghi vào cột period của documents.csv",
        EN: "{source}: it is not clear which period this is about; add it to the column period of documents.csv",
    },
    Case.FIGURE_UNPLACED: {
        VI: "{source}: chưa rõ {stated} ({indicator}) là của địa phương nào",
        EN: "{source}: it is not clear which place {stated} ({indicator}) is of",
    },
    Case.FIGURE_UNDATED: {
        VI: "{where}: chưa rõ {stated} ({indicator}) là của kỳ nào",
        EN: "{where}: it is not clear which period {stated} ({indicator}) is of",
    },
}
PROBLEM_KINDS = {
    ProblemKind.PARTS: {VI: "Tổng và các phần", EN: "Totals and parts"},
    ProblemKind.PERCENTAGE: {VI: "Tỷ lệ", EN: "Percentages"},
    ProblemKind.SOURCES: {VI: "Tài liệu khác nhau", EN: "Documents that differ"},
    ProblemKind.UNDATED: {VI: "Thiếu kỳ số liệu", EN: "Without a period"},
    ProblemKind.UNPLACED: {VI: "Thiếu địa phương", EN: "Without a place"},
}
NO_PROBLEMS = {
    VI: "Không thấy chỗ nào mâu thuẫn trong {documents} tài liệu.",
    EN: "Nothing inconsistent was found in {documents} documents.",
}
PROBLEMS_FOUND = {
    VI: "{count} chỗ cần xem lại trong {documents} tài liệu.",
    EN: "{count} points to look at in {documents} documents.",
}
PROBLEMS_IN_CHANGED = {
    VI: "Tài liệu vừa đổi có {count} chỗ số liệu cần xem lại; htx check liệt kê từng chỗ.",
    EN: "The changed documents have {count} figures to look at; htx check lists them.",
}
FACT_SCORES = (
    "{facts} số liệu mẫu, {found} số đúng cả giá trị, đơn vị, nơi, kỳ và loại ({recall}); "
    "trong {extracted} số đã đọc, {precision} đúng; {skipped} số của tài liệu không có trong thư viện"
)
EXPORTED = "Đã ghi {count} số liệu vào {file}"
FIGURE_KINDS = {
    FigureKind.ACTUAL: "",
    FigureKind.TARGET: " · mục tiêu",
    FigureKind.CHANGE: " · mức thay đổi",
    FigureKind.DERIVED: " · tính ra",
}
COMPARATORS = {
    Comparator.EQUAL: "",
    Comparator.ABOUT: "khoảng ",
    Comparator.MORE: "trên ",
    Comparator.LESS: "dưới ",
    Comparator.RANGE: "",
}
FIGURE_TOLD = {
    FigureKind.ACTUAL: {VI: "{what} là {amount}.", EN: "{what}: {amount}."},
    FigureKind.TARGET: {
        VI: "mục tiêu {what} là {amount} (mục tiêu, không phải kết quả).",
        EN: "target for {what}: {amount} (a target, not a result).",
    },
    FigureKind.CHANGE: {VI: "{what} là {amount}.", EN: "{what}: {amount}."},
    FigureKind.DERIVED: {VI: "{what} tính ra là {amount}.", EN: "{what}, computed: {amount}."},
}
COUNTRY = {VI: "Cả nước", EN: "The whole country"}
YEAR = {VI: "năm {year}", EN: "{year}"}
# of two, and of more
HIGHER = (
    {VI: "{what} cao hơn.", EN: "{what} is higher."},
    {VI: "{what} cao nhất.", EN: "{what} is the highest."},
)
LOWER = (
    {VI: "{what} thấp hơn.", EN: "{what} is lower."},
    {VI: "{what} thấp nhất.", EN: "{what} is the lowest."},
)
EQUAL = {VI: "Bằng nhau: {amount}.", EN: "They are equal: {amount}."}
ROSE = {VI: "Tăng {amount}", EN: "Up (tăng) {amount}"}
FELL = {VI: "Giảm {amount}", EN: "Down (giảm) {amount}"}
UNCHANGED = {VI: "Không đổi", EN: "No change"}
CHANGE_STATED = {VI: "{said} (theo tài liệu).", EN: "{said} (as the document states)."}
CHANGE_BETWEEN = {
    VI: ": từ {earlier} ({then}) đến {later} ({now}) (tính từ các số dưới đây).",
    EN: ": from {earlier} ({then}) to {later} ({now}) (computed from the figures below).",
}
SIGNS = {"sum": "+", "difference": "-"}
DERIVED = {
    VI: "Tính ra: {what} = {parts} = {amount}.",
    EN: "Computed: {what} = {parts} = {amount}.",
}
DERIVED_SHARE = {
    VI: "Tính ra: {what} ({parts}) là {amount}.",
    EN: "Computed: {what} ({parts}) is {amount}.",
}
OF = {VI: " trên ", EN: " of "}
OLD_PROVINCES = {
    VI: "Lưu ý: số liệu của tỉnh cũ, trước khi sáp nhập ngày 1/7/2025: {places}.",
    EN: "Note: of the provinces as they were before the mergers of 1 July 2025: {places}.",
}
NOW_PART_OF = {
    VI: "{place} (nay thuộc {successor})",
    EN: "{place} (now part of {successor})",
}
NOW_WITH = {
    VI: "{place} (nay gồm cả {others})",
    EN: "{place} (which now includes {others})",
}
TIMES_DIFFER = {
    VI: "Lưu ý: các số liệu không cùng thời điểm.",
    EN: "Note: the figures are not of the same time.",
}
SOURCES_DISAGREE = {
    VI: "Lưu ý: các tài liệu nêu số khác nhau; hãy xem nguồn của từng số.",
    EN: "Note: the documents state different values; see the source of each.",
}
SCALES = ((Decimal(10**9), "tỷ"), (Decimal(10**6), "triệu"))
COMPARATORS_EN = {
    Comparator.EQUAL: "",
    Comparator.ABOUT: "about ",
    Comparator.MORE: "over ",
    Comparator.LESS: "under ",
    Comparator.RANGE: "",
}
SCALES_EN = {"tỷ": "billion", "triệu": "million"}
MONTH = {VI: "tháng {month}/{year}", EN: "{month}/{year}"}
QUARTER = {VI: "quý {number}/{year}", EN: "quarter {number} of {year}"}
FIRST_MONTHS = {VI: "{count} tháng đầu năm {year}", EN: "first {count} months of {year}"}
LAST_MONTHS = {VI: "{count} tháng cuối năm {year}", EN: "last {count} months of {year}"}
QUARTERS = ("I", "II", "III", "IV")
KINDS_OF_FIGURE = {
    FigureKind.ACTUAL: {VI: "thực hiện", EN: "actual"},
    FigureKind.TARGET: {VI: "mục tiêu", EN: "target"},
    FigureKind.CHANGE: {VI: "mức thay đổi", EN: "change"},
    FigureKind.DERIVED: {VI: "tính ra", EN: "computed"},
}
DIFFERENCE = {VI: "Chênh lệch: {amount}", EN: "Difference: {amount}"}
INCREASE = {VI: "Tăng {amount}", EN: "Up by {amount}"}
DECREASE = {VI: "Giảm {amount}", EN: "Down by {amount}"}
CHART_SOURCE = {VI: "Nguồn: {names}", EN: "Source: {names}"}
CHART_MORE_SOURCES = {VI: "{names} và {count} tài liệu khác", EN: "{names} and {count} more"}
CHART_LEFT_OUT = {
    VI: "Còn {count} số liệu nữa, có đủ trong tệp Excel.",
    EN: "{count} more figures are in the Excel file.",
}
CHART_DRAWN = "Đã vẽ biểu đồ vào {file}"
NO_CHART = "câu trả lời này không vẽ được biểu đồ: cần ít nhất hai số liệu cùng đơn vị để so sánh, xếp hạng, liệt kê hoặc xem xu hướng"
NO_FIGURES = "câu trả lời này không có số liệu để ghi ra tệp"
WITHDRAWN = "(Phần tóm tắt trên chưa trọn, xin đọc nguyên văn dưới đây.)"
NO_ANSWER_YET = "bạn hỏi một câu trước đã"
INGESTED = "Xong: thư viện có {passages} đoạn, {embedded} đoạn mới, {seconds} giây."
REBUILDING = "Mô hình nhúng đã đổi: lập lại chỉ mục cho {count} đoạn."
REPLACED = "Xong: thư viện đang dùng bản số {generation}."
ASK_USAGE = "cần một câu hỏi, hoặc cả --batch và --out"
ASK_FILES_USAGE = "--chart và --export chỉ dùng với một câu hỏi, không dùng với --batch"
WRONG_ENDING = "{name}: tên tệp phải kết thúc bằng {endings}"

DOCTOR_HOME = "Thư mục dữ liệu (HTX_HOME)"
DOCTOR_LIBRARY = "Thư viện"
DOCTOR_MODEL = "Mô hình nhúng"
DOCTOR_RERANKER = "Mô hình xếp lại (RERANKER_MODEL)"
DOCTOR_VECTORS = "Chỉ mục véc-tơ"
DOCTOR_TELEGRAM = "Telegram"
DOCTOR_LLM = "Mô hình ngôn ngữ"
DOCTOR_LLM_ANSWERS = "{name} trả lời sau {seconds} giây"
DOCTOR_LLM_SILENT = "{name} có nhận câu hỏi nhưng không viết gì (sau {seconds} giây)"
DOCTOR_LLM_FAILED = "{why}; kiểm tra máy chủ mô hình, LLM_MODEL, LLM_BASE_URL và LLM_API_KEY. Trong lúc này câu trả lời là trích nguyên văn"
DOCTOR_FOLDER = "Thư mục tài liệu (DOCUMENTS_DIR)"
DOCTOR_FILES = "{folder}, {count} tệp"
DOCTOR_NO_FOLDER = "chưa có thư mục {folder}; tạo thư mục, chép tài liệu vào rồi gửi /reload"
DOCTOR_NO_BOT = "chưa có mã bot (TELEGRAM_BOT_TOKEN); chỉ cần khi chạy htx bot"
DOCTOR_REFUSED = "{server} không nhận mã bot này; lấy lại mã từ @BotFather (TELEGRAM_BOT_TOKEN)"
DOCTOR_UNREACHED = "không kết nối được {server} ({why}); kiểm tra mạng và TELEGRAM_API_BASE_URL"
DOCTOR_BOT = "@{name} qua {server}, nhận tin bằng {way}"
DOCTOR_POLLING = "long polling"
DOCTOR_ADMINS = "Quản trị viên (ADMIN_IDS)"
DOCTOR_PEOPLE = "{admins} quản trị viên, {officers} cán bộ; không có quản trị viên thì không ai gửi /reload được"
DOCTOR_UNSET = "chưa đặt (không bắt buộc)"
DOCTOR_DOCUMENTS = "{count} tài liệu, bản số {generation}"
DOCTOR_MISSING = "{where}, thiếu {count} đoạn"

CHAT_WELCOME = (
    "Trợ lý HTX: thư viện có {documents} tài liệu, {passages} đoạn. Gõ câu hỏi, hoặc /thoat để dừng.\n"
    "Sau một câu trả lời có số liệu: /bieudo [tệp.png] vẽ biểu đồ, /excel [tệp.xlsx] ghi ra bảng tính."
)
CHAT_PROMPT = "Bạn hỏi: "
CHAT_BYE = "Chào bạn."
CHAT_CHART, CHAT_TABLE = "/bieudo", "/excel"
CHART_FILE, TABLE_FILE = "bieu-do.png", "so-lieu.xlsx"
CHAT_EXIT = ("/thoat", "/exit", "/quit", "thoát")
EXAMPLES = (
    "Thành lập hợp tác xã cần ít nhất mấy thành viên?",
    "ca mau thang 8/2023 co bao nhieu htx",
    "How long can an internal loan to a member be?",
)


def fault(reason: DocumentFault, detail: str, language: Language = VI) -> str:
    """Return why a document failed, in words."""
    said = FAULTS[reason][language]
    return f"{said} ({detail})" if detail else said
