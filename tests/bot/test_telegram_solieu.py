"""/solieu on Telegram: indicator, place and period by buttons, to an answer with its files."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image

from bot.telegram.buttons import Act, Press, decode, encode
from bot.texts import figures as words
from bot.texts import in_chat
from knowledge.model import Language
from tests.bot.conftest import answers, labels, starting
from tests.bot.running import BotHere
from tests.builders import REPORTS, Stand, write_all
from tests.telegram_server import Chat, FakeTelegram, Message, Person

VI, EN = Language.VIETNAMESE, Language.ENGLISH
OFFICER = 7701
INNER_FILE = "noi-bo.txt"
INNER = """Kinh tế tập thể tỉnh Sóc Trăng năm 2023

Ngày 20/01/2024

Năm 2023, tỉnh Sóc Trăng có 211 hợp tác xã đang hoạt động.

Năm 2023, tỉnh Sóc Trăng có 17 liên hiệp hợp tác xã.
"""
ACTIVE = "số HTX đang hoạt động"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Stand:
    """Reports of three provinces for everybody, and one that is for officers."""
    base = tmp_path_factory.mktemp("solieu")
    stand = Stand(base / "var")
    table = f"file,audience\n{INNER_FILE},officers\n"
    folder = write_all(base / "documents", {**REPORTS, INNER_FILE: INNER, "documents.csv": table})
    assert not stand.ingestion().ingest([folder]).failed
    return stand


@pytest.fixture(scope="module")
def bot(telegram: FakeTelegram, library: Stand) -> Iterator[BotHere]:
    with starting(telegram, library, officer_ids=OFFICER) as running:
        yield running


@pytest.fixture(scope="module")
def officer(telegram: FakeTelegram, bot: BotHere) -> Person:
    return telegram.person("Cán bộ Hà", person_id=OFFICER)


@pytest.fixture
def lan(telegram: FakeTelegram, bot: BotHere) -> Person:
    return telegram.person("Lan")


def opened(telegram: FakeTelegram, person: Person, chat: Chat | None = None) -> Message:
    """Write /solieu and return the message with the choices."""
    where = chat or person
    before = len(telegram.shown(where))
    person.says("/solieu@{bot}" if chat else "/solieu", chat)
    found = telegram.wait_for(lambda: telegram.shown(where)[before:])
    assert len(found) == 1
    return found[0]


def pressed(telegram: FakeTelegram, person: Person, message: Message, label: str) -> Message:
    """Press a button and return the same message as it looks then."""
    query = person.presses(message, label)
    telegram.wait_for(lambda: query.answer is not None)

    def changed() -> Message | None:
        now = message.chat.messages[message.message_id]
        same = (now.html, now.buttons) == (message.html, message.buttons)
        return None if same else now

    found = telegram.wait_for(changed)
    assert found is not None
    return found


def led(telegram: FakeTelegram, person: Person, message: Message, *path: str) -> Message:
    for label in path:
        message = pressed(telegram, person, message, label)
    return message


def choices(message: Message) -> list[str]:
    return [one for one in labels(message) if one != words.BACK[VI]]


class TestTheWay:
    def test_three_presses_lead_to_the_answer_of_the_typed_question_in_one_message(
        self, telegram: FakeTelegram, lan: Person
    ):
        first = opened(telegram, lan)
        assert first.text.startswith("🔎 Tra số liệu")
        assert choices(first)[0] == ACTIVE, "the indicator with most figures comes first"
        second = pressed(telegram, lan, first, ACTIVE)
        assert choices(second) == [words.ALL_PROVINCES[VI], "Trà Vinh", "Bến Tre", "Cà Mau"]
        third = pressed(telegram, lan, second, "Trà Vinh")
        assert choices(third) == [words.LATEST[VI], words.OVER_YEARS[VI], "2023", "2022"]
        result = pressed(telegram, lan, third, "2022")
        question = "Số HTX đang hoạt động của Trà Vinh năm 2022 là bao nhiêu?"
        asked, *told = result.text.split("\n\n")
        assert asked == f"Câu hỏi: {question}"
        assert len(telegram.shown(lan)) == 1, "one message from the first press to the answer"
        lan.says(question)
        typed = answers(telegram, lan, 2)[-1]
        assert told == typed.text.split("\n\n")
        assert "150 hợp tác xã" in typed.text

    def test_a_follow_up_that_is_typed_goes_on_from_the_answer(
        self, telegram: FakeTelegram, lan: Person
    ):
        led(telegram, lan, opened(telegram, lan), ACTIVE, "Trà Vinh", "2023")
        lan.says("thế còn Cà Mau?")
        assert (
            "Cà Mau, năm 2023: số HTX đang hoạt động là 120" in answers(telegram, lan, 2)[-1].text
        )

    def test_a_series_is_offered_only_where_there_are_several_years(
        self, telegram: FakeTelegram, lan: Person
    ):
        third = led(telegram, lan, opened(telegram, lan), ACTIVE, "Cà Mau")
        assert choices(third) == [words.LATEST[VI], "2023"]

    def test_the_latest_needs_no_period(self, telegram: FakeTelegram, lan: Person):
        result = led(telegram, lan, opened(telegram, lan), ACTIVE, "Trà Vinh", words.LATEST[VI])
        assert "163 hợp tác xã" in result.text
        assert "150" not in result.text

    def test_all_provinces_are_ranked(self, telegram: FakeTelegram, lan: Person):
        second = led(telegram, lan, opened(telegram, lan), ACTIVE, words.ALL_PROVINCES[VI])
        assert choices(second) == [words.LATEST[VI], "2023"], "2022 is known of one province only"
        result = pressed(telegram, lan, second, "2023")
        told = [
            line.split(",")[0] for line in result.text.splitlines() if line[:2].strip(".").isdigit()
        ]
        assert told == ["1. Bến Tre", "2. Trà Vinh", "3. Cà Mau"]

    def test_each_step_goes_back_and_the_answer_too(self, telegram: FakeTelegram, lan: Person):
        first = opened(telegram, lan)
        second = pressed(telegram, lan, first, ACTIVE)
        third = pressed(telegram, lan, second, "Trà Vinh")
        result = pressed(telegram, lan, third, "2022")
        again = pressed(telegram, lan, result, words.AGAIN[VI])
        assert (again.html, labels(again)) == (third.html, labels(third))
        again = pressed(telegram, lan, again, words.BACK[VI])
        assert (again.html, labels(again)) == (second.html, labels(second))
        again = pressed(telegram, lan, again, words.BACK[VI])
        assert (again.html, labels(again)) == (first.html, labels(first))

    def test_a_source_and_back_keeps_the_way_to_another_figure(
        self, telegram: FakeTelegram, lan: Person
    ):
        result = led(telegram, lan, opened(telegram, lan), ACTIVE, "Trà Vinh", "2022")
        source = pressed(telegram, lan, result, "[1]")
        back = pressed(telegram, lan, source, in_chat.BACK[VI])
        assert words.AGAIN[VI] in labels(back)
        assert back.text == result.text

    def test_an_answer_that_was_typed_has_no_way_back(self, telegram: FakeTelegram, lan: Person):
        lan.says("Số HTX đang hoạt động của Trà Vinh năm 2022 là bao nhiêu?")
        [answer] = answers(telegram, lan)
        assert words.AGAIN[VI] not in labels(answer)

    def test_short_choices_stand_two_in_a_row(self, telegram: FakeTelegram, lan: Person):
        second = pressed(telegram, lan, opened(telegram, lan), ACTIVE)
        assert [len(row) for row in second.buttons] == [2, 2, 1]

    def test_in_english_the_words_are_english_and_the_names_those_of_the_documents(
        self, telegram: FakeTelegram, bot: BotHere
    ):
        ann = telegram.person("Ann", language="en")
        first = opened(telegram, ann)
        assert first.text.startswith("🔎 Look up figures")
        third = led(telegram, ann, first, ACTIVE, "Trà Vinh")
        assert labels(third)[:2] == [words.LATEST[EN], words.OVER_YEARS[EN]]
        assert labels(third)[-1] == words.BACK[EN]

    def test_it_stands_in_everybodys_menu_and_in_the_help(
        self, telegram: FakeTelegram, lan: Person
    ):
        telegram.wait_for(lambda: telegram.commands)
        menus = [[one["command"] for one in menu] for menu in telegram.commands.values()]
        assert all("solieu" in menu for menu in menus)
        assert all("/solieu" in in_chat.HELP[language] for language in Language)


class TestTakingAway:
    def test_a_series_is_a_table_in_the_chat_a_chart_and_a_workbook(
        self, telegram: FakeTelegram, lan: Person
    ):
        path = (ACTIVE, "Trà Vinh", words.OVER_YEARS[VI])
        result = led(telegram, lan, opened(telegram, lan), *path)
        assert {words.TABLE_HERE[VI], in_chat.CHART[VI], in_chat.TABLE[VI]} <= set(labels(result))
        table = pressed(telegram, lan, result, words.TABLE_HERE[VI])
        assert table.text.splitlines() == [
            "số HTX đang hoạt động",
            "Nơi       Thời gian   Giá trị",
            "Trà Vinh  2022        150 HTX",
            "Trà Vinh  2023        163 HTX",
            "(tính ra) 2022 – 2023 13 HTX",
            "(tính ra) 2022 – 2023 8,67%",
        ]
        lan.presses(table, in_chat.TABLE[VI])
        file = telegram.wait_for(
            lambda: [one for one in telegram.shown(lan) if one.document is not None]
        )[0].document
        assert file is not None
        rows = list(load_workbook(BytesIO(file.data))["figures"].iter_rows(values_only=True))
        assert [row[2] for row in rows[1:]] == [150, 163, 13, 8.67]
        back = pressed(telegram, lan, table, in_chat.BACK[VI])
        assert back.text == result.text
        lan.presses(back, in_chat.CHART[VI])
        photo = telegram.wait_for(
            lambda: [
                one for one in telegram.shown(lan) if one.document and one.document.kind == "photo"
            ]
        )[0].document
        assert photo is not None
        with Image.open(BytesIO(photo.data)) as image:
            assert image.width == 1080

    def test_one_figure_is_a_table_and_a_workbook_and_no_chart(
        self, telegram: FakeTelegram, lan: Person
    ):
        result = led(telegram, lan, opened(telegram, lan), ACTIVE, "Trà Vinh", "2022")
        assert {words.TABLE_HERE[VI], in_chat.TABLE[VI]} <= set(labels(result))
        assert in_chat.CHART[VI] not in labels(result)
        table = pressed(telegram, lan, result, words.TABLE_HERE[VI])
        assert table.text.splitlines()[-1].split() == ["Trà", "Vinh", "2022", "150", "HTX"]


class TestAudience:
    """The report of Sóc Trăng is for officers: nobody else is offered, or counted, any of it."""

    def test_an_officer_is_offered_what_a_manager_is_not(
        self, telegram: FakeTelegram, lan: Person, officer: Person
    ):
        theirs, hers = opened(telegram, officer), opened(telegram, lan)
        assert "số liên hiệp HTX" in choices(theirs) or "số liên hiệp" in choices(theirs)
        assert not [one for one in choices(hers) if "liên hiệp" in one]
        theirs, hers = (
            pressed(telegram, who, one, ACTIVE) for who, one in ((officer, theirs), (lan, hers))
        )
        assert "Sóc Trăng" in choices(theirs)
        assert "Sóc Trăng" not in choices(hers)
        ranked = led(telegram, officer, theirs, words.ALL_PROVINCES[VI], "2023")
        assert "1. Sóc Trăng" in ranked.text
        ranked = led(telegram, lan, hers, words.ALL_PROVINCES[VI], "2023")
        assert "Sóc Trăng" not in ranked.text

    def test_in_a_group_an_officer_is_offered_what_everyone_may_see(
        self, telegram: FakeTelegram, lan: Person, officer: Person
    ):
        group = telegram.group("Liên minh", [lan, officer])
        first = opened(telegram, officer, group)
        assert not [one for one in choices(first) if "liên hiệp" in one]
        assert "Sóc Trăng" not in choices(pressed(telegram, officer, first, ACTIVE))

    def test_the_press_of_an_officers_button_by_a_manager_is_refused_and_audited(
        self, telegram: FakeTelegram, lan: Person, officer: Person, library: Stand
    ):
        places = pressed(telegram, officer, opened(telegram, officer), ACTIVE)
        data = {label: data for row in places.buttons for label, data in row.items()}
        hers = opened(telegram, lan)
        query = lan.presses(hers, data=data["Sóc Trăng"])
        telegram.wait_for(lambda: query.answer)
        assert query.toast == in_chat.OLD_BUTTON[VI]
        assert telegram.shown(lan) == [hers]
        [deed] = [one for one in library.catalogue().audit().latest(50) if one.person == lan.id]
        assert deed.deed == "refused"
        assert deed.object.startswith("[figures ")


class TestForgedAndOld:
    @pytest.mark.parametrize("word", ["a", "abc", "0123456789", "deadbee"])
    def test_marks_that_no_button_has_are_refused_and_audited(
        self, telegram: FakeTelegram, lan: Person, library: Stand, word: str
    ):
        first = opened(telegram, lan)
        query = lan.presses(first, data=encode(Press(act=Act.FIGURES, word=word)))
        telegram.wait_for(lambda: query.answer)
        assert query.toast == in_chat.OLD_BUTTON[VI]
        assert telegram.shown(lan) == [first]
        deeds = [one for one in library.catalogue().audit().latest(50) if one.person == lan.id]
        assert [one.deed for one in deeds] == ["refused"]

    @pytest.mark.parametrize("count", [1, 2, 3])
    def test_a_choice_that_is_no_longer_there_is_told_kindly(
        self, telegram: FakeTelegram, lan: Person, count: int
    ):
        first = opened(telegram, lan)
        known = decode(first.buttons[0].get(ACTIVE, ""))
        word = (known.word if known and count > 1 else "") + "00000000" * count
        query = lan.presses(first, data=encode(Press(act=Act.FIGURES, word=word[: 8 * count])))
        telegram.wait_for(lambda: query.answer)
        assert query.toast == in_chat.OLD_BUTTON[VI]
        assert telegram.shown(lan) == [first]

    def test_a_page_beyond_the_last_shows_the_last(self, telegram: FakeTelegram, lan: Person):
        first = opened(telegram, lan)
        lan.presses(first, data=encode(Press(act=Act.FIGURES, page=99_999)))
        lan.presses(first, data=encode(Press(act=Act.FIGURES, page=0)))
        lan.says("/help")
        answers(telegram, lan, 2)
        assert telegram.shown(lan)[0].text == first.text


def test_the_buttons_work_after_a_restart(own_telegram: FakeTelegram, library: Stand):
    lan = own_telegram.person("Lan")
    with starting(own_telegram, library):
        places = pressed(own_telegram, lan, opened(own_telegram, lan), ACTIVE)
    with starting(own_telegram, library):
        result = led(own_telegram, lan, places, "Trà Vinh", "2022")
    with starting(own_telegram, library):
        again = pressed(own_telegram, lan, result, words.AGAIN[VI])
    assert "Chọn thời gian" in again.text


class TestLongLists:
    @pytest.fixture
    def many(self, tmp_path: Path) -> Stand:
        """The figures of eleven provinces."""
        base = tmp_path
        places = "An Giang, Bạc Liêu, Bến Tre, Cà Mau, Đồng Tháp, Hậu Giang, Kiên Giang, Long An, Sóc Trăng, Tiền Giang, Trà Vinh"
        files = {
            f"{number}.txt": f"Kinh tế tập thể tỉnh {place} năm 2023\n\nNgày 12/01/2024\n\n"
            f"Năm 2023, tỉnh {place} có {100 + number} hợp tác xã đang hoạt động với "
            f"{900 + number} thành viên.\n\nToàn tỉnh có {40 + number} tổ hợp tác.\n"
            for number, place in enumerate(places.split(", "))
        }
        stand = Stand(base / "var")
        assert not stand.ingestion().ingest([write_all(base / "documents", files)]).failed
        return stand

    def test_eight_choices_a_page_and_the_pages_are_turned(
        self, own_telegram: FakeTelegram, many: Stand
    ):
        lan = own_telegram.person("Lan")
        with starting(own_telegram, many):
            first = pressed(own_telegram, lan, opened(own_telegram, lan), ACTIVE)
            named = [one for one in choices(first) if one not in ("1/2", in_chat.NEXT)]
            assert len(named) == 8
            second = pressed(own_telegram, lan, first, in_chat.NEXT)
            more = [one for one in choices(second) if one not in ("2/2", in_chat.PREVIOUS)]
            assert len(more) == 4
            assert not set(named) & set(more)
            result = led(own_telegram, lan, second, more[-1], words.LATEST[VI])
            assert more[-1] in result.text


def test_an_empty_library_says_so(own_telegram: FakeTelegram, stand: Stand):
    lan = own_telegram.person("Lan")
    with starting(own_telegram, stand):
        lan.says("/solieu")
        [said] = answers(own_telegram, lan)
    assert said.text == words.NO_FIGURES[VI]
    assert not said.buttons
