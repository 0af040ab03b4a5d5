"""Questions that no clause answers: persons in office, counts and lists of a place or a time."""

from __future__ import annotations

import pytest

from knowledge.understanding import understand
from knowledge.understanding.particulars import asks_report, person_in
from knowledge.vietnamese import lexicon
from knowledge.vietnamese.places import place_names
from knowledge.vietnamese.spelling import SpellingModel

SPELLING = SpellingModel.learn([], [*lexicon.everyday_texts(), *place_names()])


def asked(text: str):
    return understand(text, (), SPELLING)


@pytest.mark.parametrize(
    "text",
    [
        "Chủ tịch Liên minh Hợp tác xã tỉnh Bạc Liêu là ai?",
        "Ai đang làm giám đốc hợp tác xã Hồng Phong?",
        "Cho biết họ tên giám đốc Sở Nông nghiệp hiện nay",
        "Ai là chủ nhiệm hợp tác xã xã Tân Lộc bây giờ?",
        "Xin tên trưởng phòng kinh tế huyện đương nhiệm",
        "chu tich lien minh hop tac xa tinh hau giang ten gi",
    ],
)
def test_who_holds_an_office_is_a_person(text):
    assert person_in(asked(text))


@pytest.mark.parametrize(
    "text",
    [
        "Người đại diện theo pháp luật của hợp tác xã là ai?",
        "Ai bầu chủ tịch hội đồng quản trị?",
        "Giám đốc quỹ của tỉnh là ai bổ nhiệm?",
        "Ai được làm giám đốc hợp tác xã?",
        "Hồ sơ có phải ghi họ tên giám đốc không?",
        "Chủ tịch Ủy ban nhân dân tỉnh hay ai quyết định?",
    ],
)
def test_who_may_hold_or_give_an_office_is_a_rule(text):
    assert not person_in(asked(text))


@pytest.mark.parametrize(
    "text",
    [
        "Năm ngoái Hậu Giang có bao nhiêu hợp tác xã giải thể?",
        "Tỷ lệ hợp tác xã hoạt động tốt của tỉnh Gia Lai năm vừa qua là bao nhiêu?",
        "Năm 2021 bao nhiêu phần trăm hợp tác xã tỉnh Yên Bái được xếp loại khá?",
        "Tính đến cuối năm 2022 cả nước có bao nhiêu thành viên hợp tác xã?",
        "Liệt kê các hợp tác xã chè ở Thái Nguyên",
        "Tỉnh Phú Thọ đã công nhận những làng nghề nào?",
        "How many women joined cooperatives in 2021?",
    ],
)
def test_counts_and_lists_of_a_place_or_a_time_are_of_a_report(text):
    assert asks_report(asked(text))


@pytest.mark.parametrize(
    "text",
    [
        "Ở Hậu Giang muốn lập hợp tác xã cần bao nhiêu người?",
        "Hợp tác xã ở Gia Lai được vay tối đa bao nhiêu?",
        "Năm 2023 phải có ít nhất mấy thành viên?",
        "Năm nay được hỗ trợ bao nhiêu phần trăm phí bảo hiểm?",
        "Nghị định 92/2024 có bao nhiêu điều?",
        "Báo cáo gồm những nội dung nào?",
        "Hội đồng quản trị có mấy người?",
    ],
)
def test_what_asks_for_a_rule_is_not_of_a_report(text):
    assert not asks_report(asked(text))
