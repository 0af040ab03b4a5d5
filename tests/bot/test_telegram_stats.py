"""/stats and /export on Telegram: what was counted, the chart, the workbook without names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from PIL import Image

from bot.taking.exporting import COLUMNS
from bot.taking.taking_stock import FEEDBACK_COLUMNS, QUESTION_COLUMNS, stock
from bot.taking.usage import Used, by_day, used
from bot.telegram.screens import VIETNAM
from knowledge.catalogue import Asked, Turn, Verdict
from knowledge.model import Answer, Ask, Citation, Kind, Question, Status
from tests.bot.conftest import starting
from tests.bot.running import BotHere
from tests.bot.waiting import asked, deeds, in_database, pressed, refusals, seen
from tests.builders import LOAN_QUESTION, Stand, a_figure
from tests.telegram_server import FakeTelegram, Message, Person

HOA, BINH = 801, 802
NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def a_question(
    number: int,
    person: int = 1,
    status: Status | None = Status.ANSWERED,
    *,
    ago: timedelta = timedelta(),
    **more: object,
) -> Asked:
    text = str(more.get("text", "HTX là gì?"))
    question = Question(
        text=text,
        understood=text,
        query=text,
        asks=more.get("asks", (Ask.OPEN,)),  # type: ignore[arg-type]
        places=more.get("places", ()),  # type: ignore[arg-type]
    )
    citation = Citation(
        document="d", source="luat.md", title="Luật Hợp tác xã", number="", article="4",
        locator="Điều 4", page=None, quote="Hợp tác xã là …", kind=Kind.LAW,
    )  # fmt: skip
    answer = None
    if status is not None:
        cited = (citation,) if status is Status.ANSWERED else ()
        answer = Answer(question=question, status=status, citations=cited)
    return Asked(
        turn=Turn(
            id=number,
            chat=person,
            person=person,
            message=number,
            pressed=False,
            text=text,
            asked_at=NOW - ago,
            answer=answer,
        ),
        status=status.value if status else "",
        latency_ms=more.get("latency_ms"),  # type: ignore[arg-type]
    )


class TestCounting:
    def test_people_questions_shares_and_latencies(self) -> None:
        found = used(
            [
                a_question(1, 1, Status.ANSWERED, latency_ms=40),
                a_question(2, 1, Status.ANSWERED, latency_ms=60),
                a_question(3, 2, Status.NOT_FOUND, latency_ms=50),
                a_question(4, 3, Status.REFUSED, latency_ms=2_000),
                a_question(5, 3, None),
            ],
            [
                Verdict(turn=1, person=1, helpful=True, given_at=NOW),
                Verdict(turn=2, person=1, helpful=False, given_at=NOW),
                Verdict(turn=3, person=2, helpful=False, given_at=NOW - timedelta(days=9)),
            ],
            7,
            NOW,
        )
        assert (found.people, found.questions) == (3, 5)
        assert found.share(Status.ANSWERED) == 0.5
        assert found.share(Status.NOT_FOUND) == found.share(Status.REFUSED) == 0.25
        assert (found.p50_s, found.p95_s) == (0.05, 2.0)
        assert (found.helpful, found.unhelpful) == (1, 1)

    def test_topics_are_what_the_questions_name(self) -> None:
        found = used(
            [
                a_question(1, asks=(Ask.DOSSIER, Ask.DEADLINE)),
                a_question(2, asks=(Ask.DOSSIER,), places=("Cà Mau",)),
                a_question(3, asks=(Ask.STATISTIC,), status=Status.NOT_FOUND, places=("Cà Mau",)),
            ],
            [],
            7,
            NOW,
        )
        assert found.sorts == {Ask.DOSSIER: 2, Ask.DEADLINE: 1, Ask.STATISTIC: 1}
        assert found.places == {"Cà Mau": 2}
        assert found.documents == {"Luật Hợp tác xã": 2}

    def test_older_questions_are_not_of_these_days(self) -> None:
        questions = [a_question(1, ago=timedelta(days=8)), a_question(2)]
        assert used(questions, [], 7, NOW).questions == 1
        assert used(questions, [], 30, NOW).questions == 2

    def test_nothing_asked_is_nothing_counted(self) -> None:
        found = used([], [], 7, NOW)
        assert (found.questions, found.p50_s, found.share(Status.ANSWERED)) == (0, None, 0.0)
        assert isinstance(found, Used)

    def test_a_day_is_a_day_in_vietnam(self) -> None:
        late = datetime(2026, 11, 21, 16, 59, tzinfo=UTC)  # 23:59 in Vietnam
        questions = [
            a_question(1, ago=NOW - late),
            a_question(2, ago=NOW - late - timedelta(0, 60)),
        ]
        days = by_day(questions, 3, NOW, VIETNAM)
        assert [f"{day:%d/%m}" for day in days] == ["20/11", "21/11", "22/11"]
        assert [sum(one.values()) for one in days.values()] == [0, 1, 1]


class TestWorkbook:
    def book(self, *texts: str) -> Workbook:
        questions = [
            a_question(number, person=900 + number, text=text)
            for number, text in enumerate(texts, start=1)
        ]
        verdicts = [Verdict(turn=1, person=901, helpful=False, given_at=NOW)]
        data = stock(questions, verdicts, [a_figure(quote="=1+1")], VIETNAM)
        return load_workbook(BytesIO(data))

    @pytest.mark.parametrize(
        "text",
        [
            '=HYPERLINK("http://x.vn","bấm")', "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1",
            "=cmd|' /C calc'!A0", "＝1+1", "bình thường", "dòng\x00một", "a" * 40_000,
        ],
    )  # fmt: skip
    def test_whatever_was_typed_is_text(self, text: str) -> None:
        book = self.book(text)
        for sheet in book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type in {"s", "n", "inlineStr"}, (sheet.title, cell.coordinate)
        column = QUESTION_COLUMNS.index("question") + 1
        cell = book["questions"].cell(row=2, column=column)
        assert cell.data_type == "s"
        assert str(cell.value)[:30].strip() == text.replace("\x00", "")[:30].strip()

    def test_three_sheets_with_their_columns_and_a_number_for_each_person(self) -> None:
        book = self.book("một", "hai")
        assert book.sheetnames == ["questions", "feedback", "figures"]
        heads = [tuple(cell.value for cell in sheet[1]) for sheet in book.worksheets]
        assert heads == [QUESTION_COLUMNS, FEEDBACK_COLUMNS, COLUMNS]
        rows = list(book["questions"].iter_rows(min_row=2, values_only=True))
        assert [row[1] for row in rows] == [1, 2]
        assert rows[0][2] == "2026-11-22 15:00:00"
        (said,) = book["feedback"].iter_rows(min_row=2, values_only=True)
        assert said[:2] == (1, 1)
        assert said[3:5] == (0, "một")
        written = [str(cell) for sheet in book for row in sheet.values for cell in row]
        assert not any(number in cell for number in ("901", "902") for cell in written)


@pytest.fixture(scope="module")
def stand(library: Stand, tmp_path_factory: pytest.TempPathFactory) -> Stand:
    return library.copied(tmp_path_factory.mktemp("stats") / "var")


@pytest.fixture(scope="module")
def bot(telegram: FakeTelegram, stand: Stand) -> Iterator[BotHere]:
    with starting(telegram, stand, ADMIN_IDS=HOA, OFFICER_IDS=BINH) as running:
        yield running


@pytest.fixture(scope="module")
def hoa(telegram: FakeTelegram) -> Person:
    return telegram.person("Hoa", person_id=HOA)


def after(telegram: FakeTelegram, person: Person, mine: Message) -> Message:
    """Return the file that is sent after a message."""

    def sent() -> Message | None:
        found = [one for one in telegram.shown(person) if one.message_id > mine.message_id]
        return next((one for one in found if one.document is not None), None)

    message = telegram.wait_for(sent, 30)
    assert message is not None
    return message


class TestInTheChat:
    def test_what_was_asked_is_counted_and_drawn(
        self, bot: BotHere, telegram: FakeTelegram, stand: Stand, hoa: Person
    ) -> None:
        lan, minh = telegram.person("Lan"), telegram.person("Minh")
        answer = asked(telegram, lan, LOAN_QUESTION)
        pressed(telegram, lan, answer, "👍")
        asked(telegram, lan, "giá lúa hôm nay bao nhiêu")
        asked(telegram, minh, "mật khẩu của bot là gì")
        asked(telegram, minh, LOAN_QUESTION)
        in_database(
            stand.home,
            "update turns set asked_at = '2026-01-01 00:00:00' where text like 'mật khẩu%'",
        )
        mine = hoa.says("/stats")
        told = seen(telegram, hoa, "Bot được dùng thế nào")
        week, month = told.text.split("30 ngày qua")
        for part in (week, month):
            assert "2 người hỏi 3 câu" in part
            assert "Trả lời được 67%" in part
            assert "không có trong tài liệu 33%" in part
            assert "từ chối 0%" in part
            assert "👍 1 · 👎 0" in part
            assert "giây" in part
        assert "Lan" not in told.text
        picture = after(telegram, hoa, mine).document
        assert picture is not None
        assert picture.kind == "photo"
        with Image.open(BytesIO(picture.data)) as opened:
            assert opened.size[0] == 1080

    def test_officers_see_it_too_and_nobody_else(
        self, bot: BotHere, telegram: FakeTelegram, stand: Stand
    ) -> None:
        binh, lan = telegram.person("Bình", person_id=BINH), telegram.person("Lan")
        assert "Bot được dùng thế nào" in asked(telegram, binh, "/stats").text
        assert "quản trị viên" in asked(telegram, lan, "/stats").text
        assert refusals(stand, lan) == ["/stats"]

    def test_an_admin_takes_questions_feedback_and_figures_away(
        self, bot: BotHere, telegram: FakeTelegram, stand: Stand, hoa: Person
    ) -> None:
        lan = telegram.person("Lan Anh", username="lananh")
        evil = '=HYPERLINK("http://x.vn","bấm vào đây")'
        answer = asked(telegram, lan, evil)
        pressed(telegram, lan, answer, "👎")
        sent = after(telegram, hoa, hoa.says("/export"))
        assert sent.document is not None
        assert sent.document.name.endswith(".xlsx")
        assert "góp ý" in sent.text
        book = load_workbook(BytesIO(sent.document.data))
        assert book.sheetnames == ["questions", "feedback", "figures"]
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not any(cell.data_type == "f" for cell in cells)
        written = [str(cell.value) for cell in cells]
        assert evil in written
        assert not any(word in cell for word in ("Lan", str(lan.id)) for cell in written)
        assert len(list(book["figures"].values)) > 1
        assert any(one.deed == "export" and one.person == HOA for one in deeds(stand))

    def test_the_workbook_is_for_admins_alone(
        self, bot: BotHere, telegram: FakeTelegram, stand: Stand
    ) -> None:
        for person in (telegram.person("Bình hai", person_id=BINH), telegram.person("Lan")):
            before = refusals(stand, person)
            assert "quản trị viên" in asked(telegram, person, "/export").text
            assert refusals(stand, person) == ["/export", *before]
            assert not any(one.document for one in telegram.shown(person))
