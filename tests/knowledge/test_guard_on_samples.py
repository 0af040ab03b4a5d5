"""How many honest sentences the guard lets pass: as a good model may retell `samples/`, written by hand.

The guard is strict on purpose; this keeps it from becoming so strict that a model is of no use.
"""

from __future__ import annotations

import pytest

from bot.settings import Settings
from bot.wiring import open_assistant
from knowledge.answering import Assistant
from knowledge.answering.fluent import judge, sources_of
from knowledge.answering.grounds import ground_of
from knowledge.model import Sentence

FLOOR = 10  # of 22, one below what passes: what is found for a question may change

HONEST = (
    (
        "Giấy tờ xin đăng ký bị trả về thì hợp tác xã có bao nhiêu ngày để sửa?",
        "HTX có 60 ngày kể từ ngày ra thông báo để nộp bản sửa.",
    ),
    (
        "Giấy tờ xin đăng ký bị trả về thì hợp tác xã có bao nhiêu ngày để sửa?",
        "Nếu quá 60 ngày không nộp thì hồ sơ mất giá trị và bị hủy.",
    ),
    (
        "Giấy tờ xin đăng ký bị trả về thì hợp tác xã có bao nhiêu ngày để sửa?",
        "Hồ sơ đăng ký bị trả lại được sửa trong 60 ngày kể từ thông báo, theo Điều 19 Nghị định 92/2024/NĐ-CP.",
    ),
    (
        "Hợp tác xã mà đông trên ngàn người thì đi họp đại biểu ít nhất bao nhiêu người?",
        "HTX có trên 1.000 thành viên thì phải có ít nhất 200 đại biểu.",
    ),
    (
        "Hợp tác xã mà đông trên ngàn người thì đi họp đại biểu ít nhất bao nhiêu người?",
        "Với HTX từ trên 300 đến 1.000 thành viên, số đại biểu ít nhất bằng 20%.",
    ),
    (
        "Khi hợp tác xã giải thể thì nợ thuế được trả ở hàng thứ mấy?",
        "Nợ thuế được trả ở hàng thứ ba.",
    ),
    (
        "Khi hợp tác xã giải thể thì nợ thuế được trả ở hàng thứ mấy?",
        "Trước đó phải trả chi phí giải thể, rồi đến nợ lương, trợ cấp thôi việc, bảo hiểm xã hội và các quyền lợi khác của người lao động.",
    ),
    (
        "Khi hợp tác xã giải thể thì nợ thuế được trả ở hàng thứ mấy?",
        "Thứ nhất là chi phí giải thể, thứ hai là nợ lương, trợ cấp thôi việc, bảo hiểm xã hội, thứ ba là nợ thuế.",
    ),
    (
        "Vay Quỹ hỗ trợ hợp tác xã mà trả trễ thì lãi phạt cao nhất bao nhiêu?",
        "Khi trả chậm, lãi suất quá hạn tối đa bằng 150% lãi trong hạn.",
    ),
    (
        "Vay Quỹ hỗ trợ hợp tác xã mà trả trễ thì lãi phạt cao nhất bao nhiêu?",
        "Mức lãi suất cụ thể theo điều lệ và quy định nội bộ của từng Quỹ.",
    ),
    (
        "Góp miếng đất vào hợp tác xã có bị thu trước bạ không?",
        "Người góp đất, góp tài sản vào HTX không phải nộp lệ phí trước bạ.",
    ),
    (
        "Góp miếng đất vào hợp tác xã có bị thu trước bạ không?",
        "Thành viên góp quyền sử dụng đất vào HTX không phải nộp lệ phí trước bạ.",
    ),
    (
        "Khoản vay mua máy gặt ký với ngân hàng năm 2023 còn được trợ giúp tiền lãi theo Quyết định 68 không?",
        "Chỉ những khoản vay ký hợp đồng với ngân hàng trước ngày 31/12/2020 mới được hỗ trợ lãi.",
    ),
    (
        "Khoản vay mua máy gặt ký với ngân hàng năm 2023 còn được trợ giúp tiền lãi theo Quyết định 68 không?",
        "Khoản vay ký sau ngày 31/12/2020 không được hưởng hỗ trợ lãi.",
    ),
    (
        "Ở Sông Xanh mỗi năm phải dùng mấy loại dịch vụ, ít nhất bao nhiêu tiền?",
        "Mỗi năm thành viên dùng ít nhất 2 loại dịch vụ của HTX Sông Xanh, tổng giá trị từ 1 triệu đồng.",
    ),
    (
        "thành viên Sông Xanh được vay nội bộ tối đa bao nhiêu",
        "Thành viên chính thức của HTX Sông Xanh được vay tối đa 30 triệu đồng một người, không quá 12 tháng.",
    ),
    (
        "thành viên Sông Xanh được vay nội bộ tối đa bao nhiêu",
        "Chỉ thành viên chính thức được vay, tối đa 30 triệu đồng một người và không quá 12 tháng.",
    ),
    (
        "các mốc thời hạn hợp tác xã cần nhớ được quy định thế nào?",
        "Đại hội thành viên thường niên họp trong 4 tháng sau khi hết năm tài chính, theo Điều 59 Luật 17/2023/QH15.",
    ),
    (
        "các mốc thời hạn hợp tác xã cần nhớ được quy định thế nào?",
        "Nghị quyết giải thể phải được gửi trong 7 ngày làm việc.",
    ),
    (
        "các mốc thời hạn hợp tác xã cần nhớ được quy định thế nào?",
        "Giấy mời họp đại hội gửi ít nhất 3 ngày trước đại hội.",
    ),
    (
        "Bao nhiêu người thì lập được hợp tác xã?",
        "Lập hợp tác xã cần ít nhất 5 thành viên chính thức.",
    ),
    (
        "Bao nhiêu người thì lập được hợp tác xã?",
        "Cần tối thiểu 5 thành viên chính thức để thành lập hợp tác xã.",
    ),
)


@pytest.mark.slow
def test_enough_honest_sentences_pass(sample_library: Settings):
    assistant = open_assistant(sample_library)
    passed = [written for question, written in HONEST if _passes(assistant, question, written)]
    assert len(passed) >= FLOOR, sorted({row[1] for row in HONEST} - set(passed))


def _passes(assistant: Assistant, question: str, written: str) -> bool:
    """Tell whether a sentence passes when it cites the source it is from."""
    grounds = {
        number: ground_of(one) for number, one in sources_of(assistant.answer(question)).items()
    }
    return any(isinstance(judge(f"{written} [{number}]", grounds), Sentence) for number in grounds)
