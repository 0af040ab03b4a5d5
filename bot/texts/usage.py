"""The words about how the bot is used, and of what is taken away about it."""

from __future__ import annotations

from bot.texts import EN, VI
from knowledge.model import Ask, Status

STATS = {VI: "<b>Bot được dùng thế nào</b>", EN: "<b>How the bot is used</b>"}
STATS_DAYS = {VI: "<b>{days} ngày qua</b>", EN: "<b>The last {days} days</b>"}
NONE_ASKED = {VI: "chưa có câu hỏi nào", EN: "no questions"}
PEOPLE_LINE = {
    VI: "{people} người hỏi {questions} câu",
    EN: "{people} people asked {questions} questions",
}
ENDED_LINE = {
    VI: "Trả lời được {answered} · một phần {partial} · không có trong tài liệu {not_found} · hỏi lại {clarify} · từ chối {refused}",
    EN: "Answered {answered} · in part {partial} · not in the documents {not_found} · asked back {clarify} · refused {refused}",
}
SPEED_LINE = {
    VI: "Một nửa câu trả lời trong {p50} giây, 95% trong {p95} giây",
    EN: "Half of the answers within {p50} s, 95% within {p95} s",
}
THUMBS_LINE = {
    VI: "👍 {helpful} · 👎 {unhelpful}",
    EN: "👍 {helpful} · 👎 {unhelpful} of the answers",
}
SORTS_LINE = {VI: "Hỏi về: {found}", EN: "Asked for: {found}"}
INDICATORS_LINE = {VI: "Số liệu: {found}", EN: "Figures: {found}"}
PLACES_LINE = {VI: "Địa phương: {found}", EN: "Places: {found}"}
DOCUMENTS_LINE = {
    VI: "Tài liệu trả lời nhiều nhất:\n{found}",
    EN: "Documents that answer most:\n{found}",
}
COUNTED = "{name} ({count})"
COUNTED_LINE = "- {name} ({count})"
SORTS = {
    Ask.NUMBER: {VI: "con số", EN: "a number"},
    Ask.DEADLINE: {VI: "thời hạn", EN: "a deadline"},
    Ask.CONDITION: {VI: "điều kiện", EN: "conditions"},
    Ask.DOSSIER: {VI: "hồ sơ", EN: "papers"},
    Ask.PROCEDURE: {VI: "thủ tục", EN: "a procedure"},
    Ask.PLACE: {VI: "nơi làm", EN: "where to go"},
    Ask.WHO: {VI: "ai, cơ quan nào", EN: "who"},
    Ask.DEFINITION: {VI: "khái niệm", EN: "a definition"},
    Ask.YESNO: {VI: "được hay không", EN: "yes or no"},
    Ask.DIFFERENCE: {VI: "khác nhau", EN: "a difference"},
    Ask.PENALTY: {VI: "xử phạt", EN: "penalties"},
    Ask.STATISTIC: {VI: "số liệu", EN: "statistics"},
    Ask.OPEN: {VI: "nội dung chung", EN: "anything else"},
}
STATUSES = {
    Status.ANSWERED: {VI: "trả lời được", EN: "answered"},
    Status.PARTIAL: {VI: "một phần", EN: "in part"},
    Status.NOT_FOUND: {VI: "không có trong tài liệu", EN: "not in the documents"},
    Status.CLARIFY: {VI: "hỏi lại", EN: "asked back"},
    Status.REFUSED: {VI: "từ chối", EN: "refused"},
}
CHART_TITLE = {VI: "Câu hỏi mỗi ngày", EN: "Questions a day"}
CHART_SUBTITLE = {VI: "{first} – {last}, {count} câu", EN: "{first} – {last}, {count} questions"}
CHART_UNIT = {VI: "câu hỏi", EN: "questions"}
CHART_FILE = "su-dung.png"
EXPORTED = {
    VI: "{questions} câu hỏi, {feedback} góp ý, {figures} số liệu. Không có tên: mỗi người là một số.",
    EN: "{questions} questions, {feedback} verdicts, {figures} figures. No names: each person is a number.",
}
EXPORT_FILE = "tro-ly-htx-{day}.xlsx"
QUESTIONS_SHEET, FEEDBACK_SHEET, FIGURES_SHEET = "questions", "feedback", "figures"
