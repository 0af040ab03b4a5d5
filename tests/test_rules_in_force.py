"""Which rule is told as the one in force: real documents, the real model, the words people read.

The documents in `tests/documents/` are our own, written as laws and decrees are.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.saying.render import answer_text
from bot.settings import Settings
from bot.wiring import open_assistant, open_ingestion
from knowledge.answering import Assistant
from knowledge.model import Answer, Status
from tests.builders import LIBRARY, write_all

pytestmark = pytest.mark.slow

DOCUMENTS = Path(__file__).parent / "documents"
TODAY = date(2026, 1, 15)
OLD, NEW = "614/2015/NĐ-CP", "715/2025/NĐ-CP"
OLD_FILE, NEW_FILE = "nghi-dinh-614-2015.txt", "nghi-dinh-715-2025.txt"
DRYER = "HTX mua máy sấy nông sản được hỗ trợ bao nhiêu?"
LABEL = "đã hết hiệu lực từ ngày 01/02/2025, được thay thế bởi Nghị định 715/2025/NĐ-CP"

Ask = Callable[[str], Answer]


def a_library(home: Path, *steps: list[Path]) -> Assistant:
    """Return an assistant on documents that came step by step."""
    settings = Settings(htx_home=home, library=LIBRARY)
    ingestion = open_ingestion(settings)
    for step in steps:
        assert not ingestion.ingest(step).failed
    return open_assistant(settings)


def asking(assistant: Assistant) -> Ask:
    return lambda text: assistant.answer(text, today=TODAY)


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    return asking(a_library(tmp_path_factory.mktemp("in-force"), [DOCUMENTS]))


def first(answer: Answer) -> tuple[str, str]:
    return answer.citations[0].number, answer.citations[0].article


class TestAReplacedDecreeAndItsSuccessor:
    @pytest.mark.parametrize("order", [(OLD_FILE, NEW_FILE), (NEW_FILE, OLD_FILE)])
    def test_in_either_order_of_ingestion(self, tmp_path: Path, order):
        steps = [[DOCUMENTS / name] for name in order]
        asked = asking(a_library(tmp_path, *steps))
        answer = asked(DRYER)
        assert first(answer) == (NEW, "3")
        assert "70% giá mua máy sấy" in answer_text(answer)
        assert "40% giá máy" not in answer_text(answer), "the old rate is not shown at all"

    @pytest.mark.parametrize(
        "question",
        [
            DRYER,
            "htx mua may say duoc nha nuoc ho tro may phan tram",
            "Mua máy sấy nông sản thì HTX được hỗ trợ tối đa bao nhiêu tiền?",
            "How much support does a cooperative get to buy a dryer?",
        ],
    )
    def test_however_it_is_asked(self, ask: Ask, question):
        assert first(ask(question)) == (NEW, "3")

    @pytest.mark.parametrize(
        "question",
        [
            "Theo Nghị định 614/2015/NĐ-CP thì HTX mua máy sấy được hỗ trợ bao nhiêu?",
            "Nghị định 614/2015 hỗ trợ mua máy sấy bao nhiêu phần trăm giá máy?",
            "Theo quy định cũ HTX mua máy sấy được hỗ trợ bao nhiêu?",
        ],
    )
    def test_the_old_one_is_told_when_it_is_asked_for_with_its_end(self, ask: Ask, question):
        answer = ask(question)
        assert answer.status is Status.ANSWERED
        assert first(answer) == (OLD, "3")
        assert f"{OLD} (đã hết hiệu lực):" in answer_text(answer)
        assert LABEL in answer_text(answer)

    def test_whatever_of_it_is_shown_carries_its_end(self, ask: Ask):
        text = answer_text(ask("Hồ sơ đề nghị hỗ trợ mua máy sấy gồm những gì, nộp ở đâu?"))
        named = [line for line in text.splitlines() if OLD in line and "“" not in line]
        assert named
        assert all("(đã hết hiệu lực)" in line for line in named)

    def test_its_digest_is_out_of_date_too(self, ask: Ask):
        answer = ask("HTX giữ trái cây trong kho lạnh có được cấp bù tiền điện không?")
        assert answer.citations[0].source == "tom-tat-nghi-dinh-614.txt"
        assert LABEL in answer_text(answer)

    def test_one_that_the_library_does_not_hold(self, tmp_path: Path):
        asked = asking(a_library(tmp_path, [DOCUMENTS / NEW_FILE]))
        text = answer_text(asked(f"Theo Nghị định {OLD} thì HTX được hỗ trợ gì?"))
        assert text.startswith("Không có trong tài liệu")
        assert f"Văn bản này {LABEL}" in text


class TestALawNamedByTitleAndYear:
    LAWS = ("luat-905-2008.txt", "luat-910-2020.txt")

    def test_the_one_of_that_year_is_told_with_its_end(self, tmp_path: Path):
        asked = asking(a_library(tmp_path, [DOCUMENTS / name for name in self.LAWS]))
        answer = asked("Luật Quỹ tương trợ thành viên năm 2008 quy định trích quỹ bao nhiêu?")
        assert first(answer) == ("905/2008/QH12", "2")
        assert "đã hết hiệu lực từ ngày 01/07/2021" in answer_text(answer)
        now = asked("Luật Quỹ tương trợ thành viên năm 2020 quy định trích quỹ bao nhiêu?")
        assert first(now) == ("910/2020/QH14", "2")

    def test_one_that_the_library_does_not_hold(self, tmp_path: Path):
        asked = asking(a_library(tmp_path, [DOCUMENTS / self.LAWS[1]]))
        answer = asked("Theo Luật Quỹ tương trợ thành viên 2008 thì trích quỹ bao nhiêu?")
        assert answer.status is Status.NOT_FOUND
        assert "Văn bản này đã hết hiệu lực từ ngày 01/07/2021, theo" in answer_text(answer)


class TestASingleRepealedClause:
    PLACE = "Mở cửa hàng giới thiệu sản phẩm có phải xin giấy xác nhận vị trí không?"
    TOLD = "khoản 2 Điều 2 đã bị khoản 2 Điều 3 Nghị định 733/2025/NĐ-CP bãi bỏ từ ngày 10/03/2025"

    def test_it_is_told_as_repealed_and_its_article_is_not(self, ask: Ask):
        answer = ask(self.PLACE)
        assert first(answer) == ("821/2019/NĐ-CP", "2")
        assert self.TOLD in answer_text(answer)
        assert "821/2019/NĐ-CP (đã hết hiệu lực)" not in answer_text(answer)

    def test_another_article_of_the_same_decree_is_plainly_in_force(self, ask: Ask):
        answer = ask("HTX thuê mặt bằng làm cửa hàng giới thiệu sản phẩm được hỗ trợ bao nhiêu?")
        assert first(answer) == ("821/2019/NĐ-CP", "3")
        assert answer.citations[0].standing.ends is None
        assert answer.citations[0].standing.notices == ()


class TestAnArticleNamedWithItsDocument:
    @pytest.mark.parametrize(
        ("question", "found"),
        [
            ("Điều 3 Nghị định 614/2015/NĐ-CP quy định gì?", (OLD, "3")),
            ("dieu 5 nghi dinh 715/2025 noi gi", (NEW, "5")),
            ("Khoản 2 Điều 2 Nghị định 821/2019 còn hiệu lực không?", ("821/2019/NĐ-CP", "2")),
            ("What does Article 4 of Decree 715/2025 say?", (NEW, "4")),
        ],
    )
    def test_it_is_what_is_answered(self, ask: Ask, question, found):
        answer = ask(question)
        assert answer.status is Status.ANSWERED
        assert first(answer) == found

    def test_what_does_not_stand_in_it_is_still_not_found(self, ask: Ask):
        answer = ask("Điều 2 Nghị định 715/2025 cho giám đốc nghỉ phép mấy ngày một năm?")
        assert answer.status is Status.NOT_FOUND


class TestSourcesThatDiffer:
    DIFFERING = "Các văn bản đang có hiệu lực quy định khác nhau"

    @pytest.mark.parametrize(
        "question",
        [
            "Mỗi năm HTX phải trích bao nhiêu phần trăm lợi nhuận vào quỹ tương trợ thành viên?",
            "htx trich bao nhieu phan tram loi nhuan vao quy tuong tro thanh vien",
        ],
    )
    def test_a_law_and_a_circular_stand_side_by_side_the_law_first(self, ask: Ask, question):
        answer = ask(question)
        assert [(one.rank, one.since) for one in answer.differing] == [
            ("luật", date(2021, 7, 1)),
            ("thông tư", date(2022, 6, 1)),
        ]
        told = answer_text(answer).split(self.DIFFERING)[1]
        assert told.index("ít nhất 5%") < told.index("tối thiểu 8%")
        assert "có hiệu lực từ 01/07/2021" in told

    def test_of_two_decisions_of_one_province_the_later_stands_first(self, ask: Ask):
        answer = ask("Mức hỗ trợ lương cán bộ trẻ về làm việc ở HTX Trà Vinh?")
        assert [one.rank for one in answer.differing] == ["quyết định UBND"] * 2
        told = answer_text(answer).split(self.DIFFERING)[1]
        assert told.index("3 triệu đồng") < told.index("2 triệu đồng")

    @pytest.mark.parametrize(
        "question", [DRYER, "Quỹ tương trợ thành viên có được đem chia không?"]
    )
    def test_where_they_agree_or_are_not_asked_nothing_is_said(self, ask: Ask, question):
        assert self.DIFFERING not in answer_text(ask(question))

    def test_the_expired_one_of_two_is_no_difference(self, ask: Ask):
        """The old and the new decree name other rates of the same support."""
        assert ask(f"Theo Nghị định {OLD} mua máy sấy được hỗ trợ bao nhiêu?").differing == ()


class TestAnotherDay:
    @pytest.mark.parametrize(
        ("question", "day"),
        [
            ("Năm 2020 hợp tác xã mua máy sấy nông sản được hỗ trợ bao nhiêu?", "31/12/2020"),
            ("truoc ngay 1/2/2025 htx mua may say nong san duoc ho tro bao nhieu", "31/01/2025"),
        ],
    )
    def test_the_rules_of_that_day_count_and_the_answer_says_so(self, ask: Ask, question, day):
        answer = ask(question)
        assert first(answer) == (OLD, "3")
        text = answer_text(answer)
        assert f"Theo quy định có hiệu lực vào ngày {day}:" in text
        assert LABEL in text

    def test_the_clock_is_given(self, ask: Ask, tmp_path: Path):
        assistant = a_library(tmp_path, [DOCUMENTS / OLD_FILE, DOCUMENTS / NEW_FILE])
        before = assistant.answer(DRYER, today=date(2025, 1, 31))
        after = assistant.answer(DRYER, today=date(2025, 2, 1))
        assert (first(before), first(after)) == ((OLD, "3"), (NEW, "3"))
        assert "chỉ còn hiệu lực đến hết ngày 31/01/2025" in answer_text(before)

    def test_an_event_of_the_past_asks_for_todays_rules(self, ask: Ask):
        answer = ask("Máy sấy mua năm 2020 thì nay HTX mua máy sấy mới được hỗ trợ bao nhiêu?")
        assert first(answer) == (NEW, "3")
        assert answer.as_of is None


class TestARuleAlone:
    def test_an_expired_one_is_answered_and_told_as_expired(self, ask: Ask):
        answer = ask("HTX vùng cao được hỗ trợ cước vận chuyển nông sản bao nhiêu phần trăm?")
        assert (answer.status, first(answer)) == (Status.ANSWERED, ("966/2018/QĐ-TTg", "1"))
        text = answer_text(answer)
        assert "966/2018/QĐ-TTg (đã hết hiệu lực):" in text
        assert "đã hết hiệu lực từ ngày 01/01/2023" in text

    def test_one_that_is_not_in_force_yet(self, ask: Ask):
        answer = ask("Thành viên bị thiên tai có được chi từ quỹ tương trợ thành viên không?")
        assert first(answer) == ("910/2020/QH14", "3")
        assert "chưa có hiệu lực; có hiệu lực từ ngày 01/01/2027" in answer_text(answer)


class TestAnAdminsWord:
    def test_it_goes_before_what_the_documents_say(self, tmp_path: Path):
        folder = tmp_path / "d"
        folder.mkdir()
        for name in (OLD_FILE, "nghi-dinh-821-2019.txt"):
            shutil.copy(DOCUMENTS / name, folder)
        rows = (
            "file,article,effective,expires,replaced_by",
            f"{OLD_FILE},,,2020-01-01,88/2019/NĐ-CP",
            "nghi-dinh-821-2019.txt,3,,2022-01-01,",
        )
        write_all(folder, {"documents.csv": "\n".join(rows) + "\n"})
        asked = asking(a_library(tmp_path / "var", [folder]))
        dryer = answer_text(asked(DRYER))
        assert "hết hiệu lực từ ngày 01/01/2020, được thay thế bởi Nghị định 88/2019/NĐ-CP" in dryer
        rent = asked("HTX thuê mặt bằng làm cửa hàng giới thiệu sản phẩm được hỗ trợ bao nhiêu?")
        assert first(rent) == ("821/2019/NĐ-CP", "3")
        assert "đã hết hiệu lực từ ngày 01/01/2022" in answer_text(rent)
        shop = asked("Cửa hàng giới thiệu sản phẩm phải rộng bao nhiêu mét vuông?")
        assert shop.citations[0].standing.ends is None
