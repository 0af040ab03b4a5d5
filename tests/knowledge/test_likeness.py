"""Which questions ask the same: measured on pairs as people type them."""

from __future__ import annotations

import pytest

from bot.settings import Settings
from bot.wiring import open_assistant
from knowledge.answering.likeness import Likeness
from knowledge.vietnamese.text import without_marks

pytestmark = pytest.mark.slow

# The same in other words. Chosen while the bounds were set.
SAME = (
    ("HTX có được vay vốn để mua xe tải không?", "hợp tác xã vay tiền mua ô tô tải được không"),
    ("HTX có được vay vốn để mua xe tải không?", "htx co duoc vay von mua xe tai khong"),
    ("Thuê kho lạnh có được hỗ trợ không?", "HTX thuê kho lạnh thì nhà nước hỗ trợ bao nhiêu?"),
    ("Thuê kho lạnh có được hỗ trợ không?", "thue kho lanh duoc ho tro k"),
    (
        "Làm sao để bán hàng lên sàn thương mại điện tử?",
        "HTX đưa sản phẩm lên sàn thương mại điện tử thế nào",
    ),
    (
        "Có được trả lương cho thành viên bằng nông sản không?",
        "trả lương thành viên bằng nông sản có được không ạ",
    ),
    ("Thủ tục xin cấp mã số vùng trồng?", "xin mã số vùng trồng cần giấy tờ gì"),
    ("Thủ tục xin cấp mã số vùng trồng?", "thu tuc xin cap ma so vung trong"),
    (
        "Chi phí làm chứng nhận VietGAP ai trả?",
        "HTX làm VietGAP thì được hỗ trợ chi phí chứng nhận không",
    ),
    (
        "Máy bay không người lái phun thuốc có phải xin phép không?",
        "dùng drone phun thuốc trừ sâu có cần xin phép",
    ),
    ("Phí thuê đất công ích 5% tính thế nào?", "giá thuê đất công ích của xã là bao nhiêu"),
    ("Giám đốc HTX có phải đóng bảo hiểm xã hội không?", "giam doc htx co phai dong bhxh khong"),
    ("Năm 2025 Bến Tre có bao nhiêu HTX?", "ben tre nam 2025 co may hop tac xa"),
    ("Làng nghề dệt chiếu được hỗ trợ gì?", "nghề dệt chiếu có chính sách hỗ trợ nào"),
    (
        "Can a cooperative rent a cold store with support?",
        "Is there support for a cooperative renting a cold store?",
    ),
    ("Hỗ trợ mua máy sấy lúa mức bao nhiêu?", "mua máy sấy lúa được hỗ trợ mấy phần trăm"),
    (
        "Tem truy xuất nguồn gốc xin ở đâu?",
        "muốn làm tem truy xuất nguồn gốc thì liên hệ cơ quan nào",
    ),
    ("Nuôi yến trong khu dân cư có được không?", "có được nuôi chim yến trong khu dân cư không"),
    ("Quy định về nuôi tôm công nghệ cao", "nuôi tôm công nghệ cao quy định thế nào"),
    ("Con dấu của HTX khắc ở đâu?", "khắc con dấu HTX chỗ nào"),
    (
        "Xuất khẩu sầu riêng sang Trung Quốc cần giấy tờ gì?",
        "giấy tờ xuất khẩu sầu riêng đi Trung Quốc",
    ),
    (
        "Thành viên chết thì vốn góp chia cho ai?",
        "thành viên qua đời, vốn góp của họ ai được hưởng",
    ),
)
# Near in words, and another question. None of them may be taken for the same.
OTHER = (
    ("HTX có được vay vốn để mua xe tải không?", "HTX có được vay vốn để mua máy cày không?"),
    ("HTX có được vay vốn để mua xe tải không?", "HTX có được vay vốn để xây kho lạnh không?"),
    ("Thuê kho lạnh có được hỗ trợ không?", "Thuê văn phòng có được hỗ trợ không?"),
    ("Thuê kho lạnh có được hỗ trợ không?", "Xây kho lạnh có phải xin giấy phép không?"),
    ("Thủ tục xin cấp mã số vùng trồng?", "Thủ tục xin cấp giấy chứng nhận VietGAP?"),
    ("Thủ tục xin cấp mã số vùng trồng?", "Mã số vùng trồng có thời hạn bao lâu?"),
    ("Năm 2025 Bến Tre có bao nhiêu HTX?", "Năm 2024 Bến Tre có bao nhiêu HTX?"),
    ("Năm 2025 Bến Tre có bao nhiêu HTX?", "Năm 2025 Trà Vinh có bao nhiêu HTX?"),
    ("Năm 2025 Bến Tre có bao nhiêu HTX?", "Năm 2025 Bến Tre có bao nhiêu tổ hợp tác?"),
    (
        "Giám đốc HTX có phải đóng bảo hiểm xã hội không?",
        "Thành viên HTX có phải đóng bảo hiểm xã hội không?",
    ),
    (
        "Giám đốc HTX có phải đóng bảo hiểm xã hội không?",
        "Giám đốc HTX có phải đóng thuế thu nhập cá nhân không?",
    ),
    ("Hỗ trợ mua máy sấy lúa mức bao nhiêu?", "Hỗ trợ mua máy gặt lúa mức bao nhiêu?"),
    ("Hỗ trợ mua máy sấy lúa mức bao nhiêu?", "Hỗ trợ lãi suất mức bao nhiêu?"),
    ("Tem truy xuất nguồn gốc xin ở đâu?", "Con dấu của HTX khắc ở đâu?"),
    ("Nuôi yến trong khu dân cư có được không?", "Nuôi heo trong khu dân cư có được không?"),
    ("Quy định về nuôi tôm công nghệ cao", "Quy định về nuôi cá tra công nghệ cao"),
    (
        "Xuất khẩu sầu riêng sang Trung Quốc cần giấy tờ gì?",
        "Xuất khẩu chuối sang Trung Quốc cần giấy tờ gì?",
    ),
    ("Thành viên chết thì vốn góp chia cho ai?", "Thành viên ra khỏi HTX thì vốn góp trả khi nào?"),
    ("Điều 12 Nghị định 92/2024 nói gì?", "Điều 13 Nghị định 92/2024 nói gì?"),
    ("Mức phạt khi chậm nộp báo cáo?", "Mức phạt khi chậm đóng bảo hiểm?"),
    ("Làng nghề dệt chiếu được hỗ trợ gì?", "Làng nghề gốm được hỗ trợ gì?"),
    (
        "Làm sao để bán hàng lên sàn thương mại điện tử?",
        "Làm sao để mở tài khoản ngân hàng cho HTX?",
    ),
    ("HTX vay 300 triệu thế chấp gì?", "HTX vay 500 triệu thế chấp gì?"),
    ("Hỗ trợ thành lập mới HTX bao nhiêu?", "Hỗ trợ giải thể HTX bao nhiêu?"),
    ("Dự án nước sạch do ai quản lý?", "Dự án điện mặt trời do ai quản lý?"),
    ("Chi phí làm chứng nhận VietGAP ai trả?", "Chi phí làm chứng nhận hữu cơ ai trả?"),
)
# Written after the bounds were set: 8 of 10 and 1 of 12. The one, "bao nhiêu thành viên HTX" for
# "bao nhiêu HTX", is why figures of a place must be asked for in the same words.
SAME_UNSEEN = (
    ("HTX có phải nộp thuế môn bài không?", "hop tac xa co phai nop thue mon bai khong"),
    (
        "Mở cửa hàng vật tư nông nghiệp cần giấy phép gì?",
        "giấy phép mở cửa hàng vật tư nông nghiệp",
    ),
    ("Được hỗ trợ bao nhiêu tiền khi mua máy cấy?", "mua máy cấy được hỗ trợ bao nhiêu tiền"),
    (
        "Kết nạp thành viên là người nước ngoài được không?",
        "người nước ngoài làm thành viên HTX được không",
    ),
    ("Đăng ký nhãn hiệu tập thể ở đâu?", "muốn đăng ký nhãn hiệu tập thể thì đến đâu"),
    (
        "Bảo hiểm cây lúa được Nhà nước hỗ trợ không?",
        "bao hiem cay lua co duoc nha nuoc ho tro khong",
    ),
    ("Kế toán HTX cần bằng cấp gì?", "làm kế toán cho HTX phải có bằng gì"),
    ("Cho thuê lại đất của HTX có được không?", "HTX có được cho người khác thuê lại đất không"),
    ("Vĩnh Long năm 2025 có bao nhiêu thành viên HTX?", "vinh long 2025 bao nhieu thanh vien htx"),
    ("Thời hạn nộp báo cáo tài chính của HTX?", "HTX nộp báo cáo tài chính khi nào"),
)
OTHER_UNSEEN = (
    ("HTX có phải nộp thuế môn bài không?", "HTX có phải nộp thuế giá trị gia tăng không?"),
    ("Mở cửa hàng vật tư nông nghiệp cần giấy phép gì?", "Mở cửa hàng xăng dầu cần giấy phép gì?"),
    ("Được hỗ trợ bao nhiêu tiền khi mua máy cấy?", "Được hỗ trợ bao nhiêu tiền khi mua máy bơm?"),
    ("Đăng ký nhãn hiệu tập thể ở đâu?", "Đăng ký mã số thuế ở đâu?"),
    (
        "Bảo hiểm cây lúa được Nhà nước hỗ trợ không?",
        "Bảo hiểm tôm nuôi được Nhà nước hỗ trợ không?",
    ),
    ("Kế toán HTX cần bằng cấp gì?", "Giám đốc HTX cần bằng cấp gì?"),
    ("Cho thuê lại đất của HTX có được không?", "Thế chấp đất của HTX có được không?"),
    ("Vĩnh Long năm 2025 có bao nhiêu thành viên HTX?", "Vĩnh Long năm 2025 có bao nhiêu HTX?"),
    (
        "Vĩnh Long năm 2025 có bao nhiêu thành viên HTX?",
        "An Giang năm 2025 có bao nhiêu thành viên HTX?",
    ),
    ("Thời hạn nộp báo cáo tài chính của HTX?", "Thời hạn nộp tờ khai thuế của HTX?"),
    ("Quyết định 167 còn hiệu lực không?", "Quyết định 1804 còn hiệu lực không?"),
    ("Vay vốn", "HTX có được vay vốn để mua xe tải không?"),
)


@pytest.fixture(scope="module")
def likeness(sample_library: Settings) -> Likeness:
    return open_assistant(sample_library).likeness()


def found(likeness: Likeness, pairs: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """Return the pairs that are taken for the same, either way round."""
    told = []
    for one, other in pairs:
        first, second = likeness.read(one), likeness.read(other)
        assert likeness.alike(first, second) == likeness.alike(second, first)
        if likeness.alike(first, second):
            told.append((one, other))
    return told


def test_most_paraphrases_are_put_together(likeness: Likeness) -> None:
    assert len(found(likeness, SAME)) >= 17
    assert len(found(likeness, SAME_UNSEEN)) >= 9


def test_other_questions_are_kept_apart(likeness: Likeness) -> None:
    assert found(likeness, OTHER) == []
    assert found(likeness, OTHER_UNSEEN) == []


def test_without_marks_a_question_stays_the_same(likeness: Likeness) -> None:
    for one, _ in (*SAME, *OTHER):
        if one.isascii():
            continue
        assert likeness.alike(likeness.read(one), likeness.read(without_marks(one))), one


def test_an_answer_is_for_the_same_sort_of_question(likeness: Likeness) -> None:
    told = likeness.read("Giám đốc HTX có phải đóng bảo hiểm xã hội không?")
    asked = likeness.read("Giám đốc HTX đóng bảo hiểm xã hội bao nhiêu?")
    assert likeness.answers(likeness.read("giam doc htx co phai dong bhxh khong"), told)
    assert not likeness.answers(asked, told)
