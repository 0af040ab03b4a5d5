"""Under an answer with one figure: against the year before, against another province, the order."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.figures.figure_menu import mark_of
from bot.figures.figure_taps import Tap
from bot.telegram.buttons import Act, Press, decode, encode
from bot.texts import figures as words
from bot.texts import in_chat
from knowledge.model import Language
from tests.bot.conftest import answers, labels, starting
from tests.bot.running import BotHere
from tests.builders import CA_MAU, REPORT_FILE, REPORTS, Stand, write_all
from tests.telegram_server import FakeTelegram, Message, Person, Query

VI = Language.VIETNAMESE
YEAR, OTHERS, RANK = (words.TAPS[one][VI] for one in Tap)
OFFICER = 7702
INNER_FILE = "noi-bo.txt"
INNER = """Kinh tế tập thể tỉnh Sóc Trăng năm 2023

Ngày 20/01/2024

Năm 2023, tỉnh Sóc Trăng có 211 hợp tác xã đang hoạt động.
"""
OF_2023 = "Năm 2023 tỉnh {} có bao nhiêu hợp tác xã đang hoạt động?"
ONLY_HERE = "Năm 2023 tỉnh Bến Tre có bao nhiêu tổ hợp tác?"


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    table = f"file,audience\n{INNER_FILE},officers\n"
    files = {**REPORTS, INNER_FILE: INNER, "documents.csv": table}
    return write_all(tmp_path_factory.mktemp("taps") / "documents", files)


@pytest.fixture(scope="module")
def library(documents: Path) -> Stand:
    stand = Stand(documents.parent / "var")
    assert not stand.ingestion().ingest([documents]).failed
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


def asked(telegram: FakeTelegram, person: Person, question: str) -> Message:
    before = len(telegram.shown(person))
    person.says(question)
    return answers(telegram, person, before + 1)[-1]


def tapped(telegram: FakeTelegram, person: Person, message: Message, label: str) -> Message:
    """Press a button that asks, and return the new answer."""
    before = len(telegram.shown(person))
    person.presses(message, label)
    return answers(telegram, person, before + 1)[-1]


def choosing(telegram: FakeTelegram, person: Person, message: Message) -> Message:
    """Press "another province", and return the message with the provinces."""
    person.presses(message, OTHERS)

    def changed() -> Message | None:
        now = message.chat.messages[message.message_id]
        return now if now.html != message.html else None

    found = telegram.wait_for(changed)
    assert found is not None
    return found


def toast(telegram: FakeTelegram, query: Query) -> str:
    telegram.wait_for(lambda: query.answer)
    return query.toast


def taps(message: Message) -> list[str]:
    return [one for one in labels(message) if one in (YEAR, OTHERS, RANK)]


class TestWhatIsOffered:
    def test_all_three_where_all_have_an_answer(self, telegram: FakeTelegram, lan: Person):
        assert taps(asked(telegram, lan, OF_2023.format("Trà Vinh"))) == [YEAR, OTHERS, RANK]

    def test_no_year_before_where_the_documents_do_not_have_it(
        self, telegram: FakeTelegram, lan: Person
    ):
        assert taps(asked(telegram, lan, OF_2023.format("Cà Mau"))) == [OTHERS, RANK]

    def test_nothing_where_no_other_place_or_year_has_the_figure(
        self, telegram: FakeTelegram, lan: Person
    ):
        answer = asked(telegram, lan, ONLY_HERE)
        assert "1.105" in answer.text
        assert taps(answer) == []

    @pytest.mark.parametrize(
        "question",
        [
            "Xếp hạng các tỉnh theo số hợp tác xã đang hoạt động năm 2023",
            "Mục tiêu đến năm 2030 tỉnh Cà Mau có bao nhiêu hợp tác xã đang hoạt động?",
            "Năm 2030 tỉnh Cà Mau có bao nhiêu hợp tác xã đang hoạt động?",
        ],
        ids=["several figures", "an aim", "no answer"],
    )
    def test_nothing_under_what_is_no_single_result(
        self, telegram: FakeTelegram, lan: Person, question: str
    ):
        assert taps(asked(telegram, lan, question)) == []


class TestTheQuestions:
    """A tap asks what could have been typed, as a turn of the chat: the same answer, word by word."""

    def same_as_typed(self, telegram: FakeTelegram, person: Person, answer: Message) -> str:
        question, *told = answer.text.split("\n\n")
        typed = asked(telegram, person, question.removeprefix("Câu hỏi: "))
        assert told == typed.text.split("\n\n")
        return question

    def test_the_year_before(self, telegram: FakeTelegram, lan: Person):
        first = asked(telegram, lan, OF_2023.format("Trà Vinh"))
        answer = tapped(telegram, lan, first, YEAR)
        assert "Tăng 13 HTX (8,67%): từ 150 HTX (năm 2022) đến 163 HTX (năm 2023)" in answer.text
        question = self.same_as_typed(telegram, lan, answer)
        assert "từ năm 2022 đến năm 2023" in question

    def test_the_order_of_the_provinces(self, telegram: FakeTelegram, lan: Person):
        first = asked(telegram, lan, OF_2023.format("Cà Mau"))
        answer = tapped(telegram, lan, first, RANK)
        assert "1. Bến Tre" in answer.text
        assert "3. Cà Mau" in answer.text
        assert {in_chat.CHART[VI], in_chat.TABLE[VI]} <= set(labels(answer))
        self.same_as_typed(telegram, lan, answer)

    def test_another_province_is_chosen_first(self, telegram: FakeTelegram, lan: Person):
        first = asked(telegram, lan, OF_2023.format("Cà Mau"))
        choice = choosing(telegram, lan, first)
        assert choice.message_id == first.message_id, "in the place of the answer"
        assert labels(choice) == ["Bến Tre", "Trà Vinh", words.BACK[VI]]
        answer = tapped(telegram, lan, choice, "Bến Tre")
        assert "Bến Tre cao hơn." in answer.text
        assert "67 HTX" in answer.text
        assert telegram.shown(lan)[0].html == first.html, "the first answer is back in its place"
        self.same_as_typed(telegram, lan, answer)

    def test_the_choice_of_a_province_goes_back_to_the_answer(
        self, telegram: FakeTelegram, lan: Person
    ):
        first = asked(telegram, lan, OF_2023.format("Cà Mau"))
        lan.presses(choosing(telegram, lan, first), words.BACK[VI])
        telegram.wait_for(lambda: telegram.shown(lan)[0].html == first.html)
        assert taps(telegram.shown(lan)[0]) == [OTHERS, RANK]

    def test_in_a_group_too(self, telegram: FakeTelegram, lan: Person):
        group = telegram.group("HTX", [lan])
        lan.says("@{bot} " + OF_2023.format("Cà Mau"), group)
        [first] = answers(telegram, group)
        lan.presses(first, RANK)
        assert "1. Bến Tre" in answers(telegram, group, 2)[-1].text


class TestAudience:
    def test_the_province_of_an_officers_report_is_for_officers(
        self, telegram: FakeTelegram, lan: Person, officer: Person
    ):
        hers, theirs = (asked(telegram, one, OF_2023.format("Cà Mau")) for one in (lan, officer))
        assert "Sóc Trăng" in tapped(telegram, officer, theirs, RANK).text
        assert "Sóc Trăng" not in tapped(telegram, lan, hers, RANK).text
        assert "Sóc Trăng" in labels(choosing(telegram, officer, theirs))
        assert "Sóc Trăng" not in labels(choosing(telegram, lan, hers))

    def test_a_forged_press_for_it_is_told_that_it_cannot_be_done_and_audited(
        self, telegram: FakeTelegram, lan: Person, library: Stand
    ):
        answer = asked(telegram, lan, OF_2023.format("Cà Mau"))
        known = decode(next(data for row in answer.buttons for data in row.values()))
        assert known is not None
        forged = Press(act=Act.FIGURES, turn=known.turn, word=mark_of("Sóc Trăng"))
        query = lan.presses(answer, data=encode(forged))
        telegram.wait_for(lambda: query.answer)
        assert query.toast == in_chat.OLD_BUTTON[VI]
        assert len(telegram.shown(lan)) == 1
        [deed] = [one for one in library.catalogue().audit().latest(50) if one.person == lan.id]
        assert deed.deed == "refused"
        assert deed.object.startswith("[figures ")

    def test_the_buttons_under_another_persons_answer_do_nothing(
        self, telegram: FakeTelegram, lan: Person, officer: Person
    ):
        theirs = asked(telegram, officer, OF_2023.format("Sóc Trăng"))
        hers = asked(telegram, lan, OF_2023.format("Cà Mau"))
        for tap in (RANK, OTHERS, words.TABLE_HERE[VI]):
            known = {label: data for row in theirs.buttons for label, data in row.items()}
            press = decode(known.get(tap) or next(iter(known.values())))
            assert press is not None
            forged = Press(act=Act.FIGURES, turn=press.turn, word="table")
            query = lan.presses(hers, data=encode(forged))
            assert toast(telegram, query) == in_chat.OLD_BUTTON[VI]
        assert telegram.shown(lan) == [hers]


def test_a_tap_after_the_document_changed_asks_of_what_there_is_now(
    own_telegram: FakeTelegram, stand: Stand, tmp_path: Path, documents: Path
):
    folder = Path(shutil.copytree(documents, tmp_path / "own"))
    stand.ingestion().ingest([folder])
    lan = own_telegram.person("Lan")
    with starting(own_telegram, stand):
        answer = asked(own_telegram, lan, OF_2023.format("Cà Mau"))
        (folder / REPORT_FILE).unlink()
        (folder / "tra-vinh.txt").unlink()
        stand.ingestion().ingest([folder], prune=True)
        query = lan.presses(answer, RANK)
        own_telegram.wait_for(lambda: query.answer)
        assert query.toast == in_chat.OLD_BUTTON[VI]
        (folder / CA_MAU).unlink()
        stand.ingestion().ingest([folder], prune=True)
        query = lan.presses(answer, RANK)
        own_telegram.wait_for(lambda: query.answer)
        assert query.toast == in_chat.SOURCE_GONE[VI]
