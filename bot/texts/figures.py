"""The words about choosing figures with buttons, and about what can be asked with a tap."""

from __future__ import annotations

from bot.figures.figure_taps import Tap
from bot.texts import EN, VI

CHOOSE_INDICATOR = {
    VI: "🔎 <b>Tra số liệu</b>\nChọn chỉ tiêu (nhiều số liệu đứng trước), hoặc cứ gõ câu hỏi như bình thường.",
    EN: "🔎 <b>Look up figures</b>\nChoose what to look up (most figures first), or just type a question. Names are those of the documents.",
}
CHOOSE_PLACE = {VI: "🔎 <b>{name}</b>\nChọn nơi:", EN: "🔎 <b>{name}</b>\nChoose a place:"}
CHOOSE_PERIOD = {
    VI: "🔎 <b>{name}</b> · {place}\nChọn thời gian:",
    EN: "🔎 <b>{name}</b> · {place}\nChoose a time:",
}
CHOOSE_OTHER = {
    VI: "<b>{name}</b> của {place}: so với tỉnh nào?",
    EN: "<b>{name}</b> of {place}: compare with which province?",
}
NO_FIGURES = {
    VI: "Thư viện chưa có số liệu nào xem được ở đây.",
    EN: "There are no figures in the library that may be shown here.",
}
ALL_PROVINCES = {VI: "Tất cả các tỉnh", EN: "All provinces"}
LATEST = {VI: "Mới nhất", EN: "The latest"}
OVER_YEARS = {VI: "Qua các năm", EN: "Over the years"}
BACK = {VI: "◀ Quay lại", EN: "◀ Back"}
AGAIN = {VI: "◀ Chọn số liệu khác", EN: "◀ Choose another figure"}

TABLE_HERE = {VI: "🔢 Bảng", EN: "🔢 Table"}
TABLE_HEAD = {VI: "Nơi · Thời gian · Giá trị", EN: "Place · Time · Value"}
COMPUTED = {VI: "(tính ra)", EN: "(computed)"}
AND_MORE_ROWS = {
    VI: "… và {count} dòng nữa trong tệp Excel.",
    EN: "… and {count} more rows in the Excel file.",
}
TAPS = {
    Tap.YEAR_BEFORE: {VI: "So với năm trước", EN: "Against last year"},
    Tap.OTHER_PLACE: {VI: "So với tỉnh khác…", EN: "Another province…"},
    Tap.RANKING: {VI: "Xếp hạng các tỉnh", EN: "Rank the provinces"},
}
