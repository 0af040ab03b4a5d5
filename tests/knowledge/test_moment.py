"""The day whose rules a question asks for."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.understanding.moment import moment_of

TODAY = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Năm 2023 quy định mức hỗ trợ thế nào?", date(2023, 12, 31)),
        ("nam 2020 HTX mua may say duoc ho tro bao nhieu", date(2020, 12, 31)),
        ("Hồi năm 2019 HTX vay tối đa bao nhiêu?", date(2019, 12, 31)),
        ("Trước ngày 1/7/2024 thành lập HTX cần mấy người?", date(2024, 6, 30)),
        ("trước 01/07/2024 thì cần mấy thành viên?", date(2024, 6, 30)),
        ("Trước năm 2020 mức vốn góp tối đa là bao nhiêu?", date(2019, 12, 31)),
        ("Vào ngày 15/3/2022 lệ phí là bao nhiêu?", date(2022, 3, 15)),
        ("Tháng 8/2023 nộp hồ sơ ở đâu?", date(2023, 8, 31)),
        ("Từ ngày 1/7/2026 thủ tục đăng ký thay đổi ra sao?", date(2026, 7, 1)),
        ("Sau ngày 1/7/2026 còn được hỗ trợ không?", date(2026, 7, 2)),
        ("Năm ngoái mức hỗ trợ là bao nhiêu?", date(2025, 12, 31)),
        ("Sang năm mức hỗ trợ là bao nhiêu?", date(2027, 12, 31)),
        ("What was the minimum number of members in 2022?", date(2022, 12, 31)),
        ("How many members were required before 1/7/2024?", date(2024, 6, 30)),
    ],
)
def test_another_day_than_today(text, day):
    moment = moment_of(text, TODAY)
    assert (moment.day, moment.named) == (day, True)


@pytest.mark.parametrize(
    "text",
    [
        "Thành lập HTX cần mấy người?",
        "Năm 2026 thành lập HTX cần mấy người?",
        "Từ ngày 1/7/2024 thành lập HTX cần mấy người?",
        # an event, and what holds for it today
        "HTX thành lập trước ngày 1/7/2024 có phải đăng ký lại không?",
        "htx dang ky nam 2019 co phai doi giay khong",
        "Khoản vay ký với ngân hàng năm 2023 còn được hỗ trợ lãi suất không?",
        "Hồ sơ nộp trước ngày 1/2/2025 được giải quyết theo quy định nào?",
        "Our co-op was set up before July 2024; do we have to register again?",
        # the name of a document, a plan, a term
        "Luật Hợp tác xã năm 2012 quy định gì?",
        "Theo Luật Hợp tác xã 2023 thì cần mấy thành viên?",
        "Kế hoạch phát triển HTX giai đoạn 2021-2025 hỗ trợ gì?",
        "Mục tiêu đến năm 2030 là gì?",
        "Báo cáo năm 2023 phải nộp trước ngày nào?",
        "Nhiệm kỳ hội đồng quản trị là mấy năm?",
    ],
)
def test_today(text):
    moment = moment_of(text, TODAY)
    assert (moment.day, moment.named) == (TODAY, False)


@pytest.mark.parametrize(
    "text",
    [
        "Theo luật cũ thì cần mấy thành viên?",
        "Quy định cũ hỗ trợ bao nhiêu phần trăm?",
        "Trước đây HTX mua máy sấy được hỗ trợ bao nhiêu?",
        "theo nghi dinh cu thi nop may bo ho so",
        "What did the old law say about members?",
    ],
)
def test_the_former_rule(text):
    moment = moment_of(text, TODAY)
    assert (moment.day, moment.named, moment.former) == (TODAY, False, True)


@pytest.mark.parametrize(
    "text",
    [
        "HTX cũ có phải đăng ký lại không?",
        "HTX thành lập theo luật cũ có phải chuyển đổi không?",
        "Điều lệ cũ của HTX còn dùng được không?",
        "Máy cũ có được hỗ trợ không?",
        "Thành viên cũ được trả lại vốn khi nào?",
        "quy dinh cu the ve von gop",
        "Luật mới quy định thế nào?",
    ],
)
def test_what_is_old_is_not_the_rule(text):
    assert not moment_of(text, TODAY).former
