"""Questions for figures on Telegram, with real answers: text, chart, workbook, follow-up, target."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import load_workbook
from PIL import Image

from bot.taking.exporting import COLUMNS, SOURCE_COLUMNS
from bot.texts import in_chat
from knowledge.model import Language
from tests.bot.conftest import answers, labels
from tests.bot.running import BotHere
from tests.builders import CA_MAU, REPORT_FILE, REPORTS, TRA_VINH, Stand, write_all
from tests.telegram_server import FakeTelegram, Message, Person

VI, EN = Language.VIETNAMESE, Language.ENGLISH
COMPARE = "Năm 2023 Bến Tre và Cà Mau, tỉnh nào có nhiều hợp tác xã đang hoạt động hơn?"
RANK = "Xếp hạng các tỉnh theo số hợp tác xã đang hoạt động năm 2023"
TREND = "Số hợp tác xã đang hoạt động của Trà Vinh từ năm 2022 đến năm 2023 tăng hay giảm?"
LOOK_UP = "Năm 2023 tỉnh Bến Tre có bao nhiêu hợp tác xã đang hoạt động?"
NOT_YET = "Năm 2030 tỉnh Cà Mau có bao nhiêu hợp tác xã đang hoạt động?"
AIM = "Mục tiêu đến năm 2030 tỉnh Cà Mau có bao nhiêu hợp tác xã đang hoạt động?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Stand:
    """Reports of three provinces."""
    base = tmp_path_factory.mktemp("figures")
    stand = Stand(base / "var")
    assert not stand.ingestion().ingest([write_all(base / "documents", REPORTS)]).failed
    return stand


@pytest.fixture
def lan(telegram: FakeTelegram, bot: BotHere) -> Person:
    return telegram.person("Lan")


def asked(telegram: FakeTelegram, person: Person, question: str) -> Message:
    before = len(telegram.shown(person))
    person.says(question)
    return answers(telegram, person, before + 1)[-1]


def sent(telegram: FakeTelegram, person: Person, kind: str) -> bytes:
    """Return the file of a kind that the bot sent to a person."""

    def arrived() -> list[bytes]:
        return [
            one.document.data
            for one in telegram.shown(person)
            if one.document and one.document.kind == kind
        ]

    [data] = telegram.wait_for(arrived) or []
    return data


def rows(workbook: bytes, sheet: str) -> list[dict[str, object]]:
    [heading, *found] = load_workbook(BytesIO(workbook))[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, heading), row, strict=True)) for row in found]


def offered(message: Message) -> set[str]:
    """Return which of the two buttons of figures stand under a message."""
    return {in_chat.CHART[VI], in_chat.TABLE[VI]} & set(labels(message))


class TestCompare:
    def test_the_winner_both_figures_and_the_difference_are_said(
        self, telegram: FakeTelegram, lan: Person
    ):
        answer = asked(telegram, lan, COMPARE)
        assert answer.text.splitlines()[:4] == [
            "Bến Tre cao hơn.",
            "- Bến Tre, năm 2023: số HTX đang hoạt động là 187 hợp tác xã. [1]",
            "- Cà Mau, năm 2023: số HTX đang hoạt động là 120 hợp tác xã. [2]",
            "Tính ra: chênh lệch số HTX đang hoạt động = 187 HTX - 120 HTX = 67 HTX.",
        ]
        assert {"[1] Bến Tre", "[2] Cà Mau"} <= set(labels(answer))
        assert offered(answer) == {in_chat.CHART[VI], in_chat.TABLE[VI]}

    def test_the_chart_is_a_picture_with_its_sources(self, telegram: FakeTelegram, lan: Person):
        answer = asked(telegram, lan, COMPARE)
        lan.presses(answer, in_chat.CHART[VI])
        with Image.open(BytesIO(sent(telegram, lan, "photo"))) as image:
            image.load()
            assert (image.format, image.width) == ("PNG", 1080)
        caption = telegram.shown(lan)[-1].text
        assert caption == (
            "Số HTX đang hoạt động\nNguồn: Kinh tế tập thể tỉnh Bến Tre năm 2023; "
            "Kinh tế tập thể tỉnh Cà Mau năm 2023"
        )

    def test_the_workbook_holds_the_figures_with_their_quotations(
        self, telegram: FakeTelegram, lan: Person, library: Stand
    ):
        answer = asked(telegram, lan, COMPARE)
        lan.presses(answer, in_chat.TABLE[VI])
        data = sent(telegram, lan, "document")
        figures = rows(data, "figures")
        assert tuple(figures[0]) == COLUMNS
        told = [(one["place"], one["value"], one["kind"], one["source"]) for one in figures]
        assert told == [
            ("Bến Tre", 187, "actual", REPORT_FILE),
            ("Cà Mau", 120, "actual", CA_MAU),
            (None, 67, "derived", None),
        ]
        for one in figures[:2]:
            assert str(one["value"]) in str(one["quote"])
            assert str(one["quote"]) in REPORTS[str(one["source"])]
        sources = rows(data, "sources")
        assert tuple(sources[0]) == SOURCE_COLUMNS
        assert [one["quote"] for one in sources] == [one["quote"] for one in figures[:2]]

    def test_in_english(self, telegram: FakeTelegram, bot: BotHere):
        ann = telegram.person("Ann", language="en")
        answer = asked(
            telegram, ann, "In 2023, which has more active cooperatives, Ben Tre or Ca Mau?"
        )
        first, bigger, smaller, *_ = answer.text.splitlines()
        assert first == "Bến Tre is higher."
        assert (bigger[-12:], smaller[-12:]) == ("187 HTX. [1]", "120 HTX. [2]")
        assert {in_chat.CHART[EN], in_chat.TABLE[EN]} <= set(labels(answer))

    def test_each_source_opens_with_its_figure(self, telegram: FakeTelegram, lan: Person):
        answer = asked(telegram, lan, COMPARE)
        lan.presses(answer, "[2]")

        def opened() -> Message | None:
            found = telegram.shown(lan)[0]
            return found if CA_MAU in found.text else None

        source = telegram.wait_for(opened)
        assert source is not None
        assert "120 hợp tác xã đang hoạt động" in source.text


def test_a_ranking_is_numbered_and_drawn(telegram: FakeTelegram, lan: Person):
    answer = asked(telegram, lan, RANK)
    first = [line.split(",")[0] for line in answer.text.splitlines()[:3]]
    assert first == ["1. Bến Tre", "2. Trà Vinh", "3. Cà Mau"]
    assert offered(answer) == {in_chat.CHART[VI], in_chat.TABLE[VI]}
    lan.presses(answer, in_chat.TABLE[VI])
    found = [
        (one["place"], one["value"]) for one in rows(sent(telegram, lan, "document"), "figures")
    ]
    assert found == [("Bến Tre", 187), ("Trà Vinh", 163), ("Cà Mau", 120)]


def test_a_trend_says_where_it_goes_and_is_drawn(telegram: FakeTelegram, lan: Person):
    answer = asked(telegram, lan, TREND)
    assert answer.text.startswith(
        "Tăng 13 HTX (8,67%): từ 150 HTX (năm 2022) đến 163 HTX (năm 2023)"
    )
    lan.presses(answer, in_chat.CHART[VI])
    with Image.open(BytesIO(sent(telegram, lan, "photo"))) as image:
        image.load()
    assert TRA_VINH not in answer.text, "a source is named by its title"


def test_a_follow_up_asks_the_same_of_another_province(telegram: FakeTelegram, lan: Person):
    first = asked(telegram, lan, LOOK_UP)
    assert "187 hợp tác xã. [1]" in first.text
    second = asked(telegram, lan, "thế còn Cà Mau?")
    assert "Cà Mau, năm 2023: số HTX đang hoạt động là 120 hợp tác xã. [1]" in second.text
    assert "187" not in second.text
    assert offered(second) == set(), "one figure is neither a chart nor a table"


def test_a_target_is_not_told_as_a_result(telegram: FakeTelegram, lan: Person):
    refused = asked(telegram, lan, NOT_YET)
    [first, *_] = refused.text.splitlines()
    assert (
        first == "Không có trong tài liệu: chưa có kết quả của Cà Mau, năm 2030, chỉ có mục tiêu."
    )
    assert "Mục tiêu đến năm 2030" in refused.text, "what there is instead is shown as it stands"
    assert offered(refused) == set()
    aimed = asked(telegram, lan, AIM)
    assert "160 hợp tác xã (mục tiêu, không phải kết quả). [1]" in aimed.text


@pytest.mark.parametrize("language", Language)
def test_help_names_the_two_buttons(telegram: FakeTelegram, bot: BotHere, language: Language):
    person = telegram.person("Lan", language=language.value)
    help_text = asked(telegram, person, "/help").text
    assert in_chat.CHART[language] in help_text
    assert in_chat.TABLE[language] in help_text
