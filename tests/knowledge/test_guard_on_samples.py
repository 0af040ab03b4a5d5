"""How many honest sentences the guard lets pass: as a good model may retell `samples/`, written by hand.

The guard is strict on purpose; this keeps it from becoming so strict that a model is of no use.
"""

from __future__ import annotations

import pytest

from bot.settings import Settings
from bot.wiring import open_assistant
from knowledge.answering.evidence import cite
from knowledge.answering.fluent import judge
from knowledge.answering.grounds import ground_of
from knowledge.model import Audience, Sentence

FLOOR = 11  # of 22; the README tells it

HONEST = (
    "HTX có 60 ngày kể từ ngày ra thông báo để nộp bản sửa.",
    "Nếu quá 60 ngày không nộp thì hồ sơ mất giá trị và bị hủy.",
    "Hồ sơ đăng ký bị trả lại được sửa trong 60 ngày kể từ thông báo, theo Điều 19 Nghị định 92/2024/NĐ-CP.",
    "HTX có trên 1.000 thành viên thì phải có ít nhất 200 đại biểu.",
    "Với HTX từ trên 300 đến 1.000 thành viên, số đại biểu ít nhất bằng 20%.",
    "Nợ thuế được trả ở hàng thứ ba.",
    "Trước đó phải trả chi phí giải thể, rồi đến nợ lương, trợ cấp thôi việc, bảo hiểm xã hội và các quyền lợi khác của người lao động.",
    "Thứ nhất là chi phí giải thể, thứ hai là nợ lương, trợ cấp thôi việc, bảo hiểm xã hội, thứ ba là nợ thuế.",
    "Khi trả chậm, lãi suất quá hạn tối đa bằng 150% lãi trong hạn.",
    "Mức lãi suất cụ thể theo điều lệ và quy định nội bộ của từng Quỹ.",
    "Người góp đất, góp tài sản vào HTX không phải nộp lệ phí trước bạ.",
    "Thành viên góp quyền sử dụng đất vào HTX không phải nộp lệ phí trước bạ.",
    "Chỉ những khoản vay ký hợp đồng với ngân hàng trước ngày 31/12/2020 mới được hỗ trợ lãi.",
    "Khoản vay ký sau ngày 31/12/2020 không được hưởng hỗ trợ lãi.",
    "Mỗi năm thành viên dùng ít nhất 2 loại dịch vụ của HTX Sông Xanh, tổng giá trị từ 1 triệu đồng.",
    "Thành viên chính thức của HTX Sông Xanh được vay tối đa 30 triệu đồng một người, không quá 12 tháng.",
    "Chỉ thành viên chính thức được vay, tối đa 30 triệu đồng một người và không quá 12 tháng.",
    "Đại hội thành viên thường niên họp trong 4 tháng sau khi hết năm tài chính, theo Điều 59 Luật 17/2023/QH15.",
    "Nghị quyết giải thể phải được gửi trong 7 ngày làm việc.",
    "Giấy mời họp đại hội gửi ít nhất 3 ngày trước đại hội.",
    "Lập hợp tác xã cần ít nhất 5 thành viên chính thức.",
    "Cần tối thiểu 5 thành viên chính thức để thành lập hợp tác xã.",
)


@pytest.mark.slow
def test_enough_honest_sentences_pass(sample_library: Settings):
    """Each cites one passage of the library, whichever it is from."""
    library = open_assistant(sample_library).library().seen_by(Audience.ADMINS)
    passages = [one for members in library.units.values() for one in members]
    grounds = [ground_of(cite(library, one)) for one in passages]
    passed = {
        written
        for written in HONEST
        if any(isinstance(judge(f"{written} [1]", {1: ground}), Sentence) for ground in grounds)
    }
    assert len(passed) >= FLOOR, sorted(set(HONEST) - passed)
