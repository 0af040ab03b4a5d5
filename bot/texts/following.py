"""The words about following new documents."""

from __future__ import annotations

from bot.texts import EN, VI

FOLLOWING = {
    VI: "🔔 <b>Theo dõi tài liệu mới</b>\nTôi nhắn bạn khi có tài liệu mới hoặc bản cập nhật.",
    EN: "🔔 <b>Follow new documents</b>\nI tell you when a document is new or updated.",
}
MINE = {VI: "Đang theo dõi (bấm để bỏ):", EN: "You follow (press to stop):"}
NOTHING_YET = {VI: "Bạn chưa theo dõi gì.", EN: "You follow nothing yet."}
QUIET_NOW = {VI: "Giờ yên lặng: {hours}.", EN: "Quiet hours: {hours}."}
STOP = "✖ {what}"
ADD = {VI: "➕ Theo nơi, theo loại", EN: "➕ By place, by kind"}
ADD_ALL = {VI: "➕ Mọi tài liệu", EN: "➕ All documents"}
QUIET = {VI: "🌙 Giờ yên lặng", EN: "🌙 Quiet hours"}
CHOOSE_PLACE = {VI: "🔔 Tài liệu của nơi nào?", EN: "🔔 Documents of which place?"}
CHOOSE_KIND = {VI: "🔔 {place}: loại tài liệu nào?", EN: "🔔 {place}: which kind of document?"}
CHOOSE_QUIET = {
    VI: "🌙 Lúc nào thì không nhắn? Tin trong giờ yên lặng được gộp lại, gửi khi hết giờ.",
    EN: "🌙 When shall I not write? What comes in quiet hours is told together at their end.",
}
EVERY_PLACE = {VI: "Mọi nơi", EN: "Every place"}
EVERY_KIND = {VI: "Mọi loại", EN: "Every kind"}
EVERYTHING = {VI: "Mọi tài liệu", EN: "All documents"}
HOURS = {
    "": {VI: "không", EN: "none"},
    "21-6": {VI: "21 giờ – 6 giờ", EN: "9 pm – 6 am"},
    "18-7": {VI: "18 giờ – 7 giờ", EN: "6 pm – 7 am"},
    "21-6,we": {VI: "21 giờ – 6 giờ và cuối tuần", EN: "9 pm – 6 am and weekends"},
}
TOO_MANY = {
    VI: "Bạn đang theo dõi {count} mục, nhiều nhất có thể. Bỏ bớt một mục trước nhé.",
    EN: "You follow {count} things, the most there can be. Stop one of them first.",
}
BACK = {VI: "◀ Quay lại", EN: "◀ Back"}

NEWS = {
    VI: "📬 <b>Tài liệu bạn theo dõi</b>",
    EN: "📬 <b>Documents that you follow</b>",
}
UPDATED = {VI: "bản cập nhật", EN: "updated"}
AND_MORE = {VI: "… và {count} tài liệu nữa, xem ở /docs.", EN: "… and {count} more, see /docs."}
SET = {VI: "🔔 Chỉnh theo dõi", EN: "🔔 What you follow"}
