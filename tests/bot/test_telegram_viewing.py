"""Buttons: sources, whole articles, files, suggestions, thumbs; after a restart and a change too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.telegram.buttons import Act, Press, decode, encode
from bot.texts import in_chat
from knowledge.model import Language
from tests.bot.conftest import answers, labels, starting, stumbles
from tests.bot.running import BotHere
from tests.builders import (
    LAW,
    LAW_FILE,
    LOAN_QUESTION,
    REPORT,
    REPORT_FILE,
    SAMPLES,
    Stand,
    long_report,
    write_all,
)
from tests.telegram_server import Chat, FakeTelegram, Message, Person, Query

VI, EN = Language.VIETNAMESE, Language.ENGLISH

CLAUSES = [
    "1. Hợp tác xã lập sổ theo dõi quỹ đổi mới, ghi từng khoản vay của thành viên.",
    *(
        f"{number}. {line}"
        for number, line in enumerate(long_report(40).strip().split("\n\n")[1:], start=2)
    ),
]
REGISTER = "Điều 9. Sổ theo dõi quỹ"
REGISTER_QUESTION = "Sổ theo dõi quỹ đổi mới ghi những gì?"
LONG_LAW = f"{LAW}\n{REGISTER}\n\n" + "\n\n".join(CLAUSES) + "\n"
LONG_LAW_FILE = "Nghị định 901 (bản chính).txt"
FIGURE_QUESTION = "Tỉnh Bến Tre năm 2023 có bao nhiêu hợp tác xã?"
PLACES = ("Bến Tre", "Cà Mau")
NOT_THERE = "Ngân hàng cho vay mua máy móc lãi suất bao nhiêu?"  # two articles stand near


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Stand:
    """A law with an article of several pages, and a report."""
    base = tmp_path_factory.mktemp("viewing")
    stand = Stand(base / "var")
    files = {LONG_LAW_FILE: LONG_LAW, REPORT_FILE: REPORT}
    assert not stand.ingestion().ingest([write_all(base / "documents", files)]).failed
    return stand


@pytest.fixture
def sampled(stand: Stand, samples: Path) -> Stand:
    """The sample documents: with their fewer articles one is found by its number."""
    stand.ingestion().ingest([samples])
    return stand


@pytest.fixture
def lan(telegram: FakeTelegram, bot: BotHere) -> Person:
    return telegram.person("Lan")


def asked(telegram: FakeTelegram, person: Person, question: str = LOAN_QUESTION) -> Message:
    """Return the answer to a question."""
    before = len(telegram.shown(person))
    person.says(question)
    return answers(telegram, person, before + 1)[-1]


def now(telegram: FakeTelegram, message: Message) -> Message:
    """Return a message as it is displayed now."""
    return next(
        one for one in telegram.messages(message.chat) if one.message_id == message.message_id
    )


def pressed(telegram: FakeTelegram, person: Person, message: Message, label: str) -> Message:
    """Press a button that changes its message; return the message as changed."""
    before = now(telegram, message)
    query = person.presses(message, label)
    telegram.wait_for(lambda: query.answer is not None)
    assert query.toast == ""
    telegram.wait_for(lambda: now(telegram, message) != before)
    return now(telegram, message)


def told(telegram: FakeTelegram, query: Query) -> str:
    """Return what a press was told in a window over the chat."""
    answer = telegram.wait_for(lambda: query.answer)
    assert answer is not None
    return query.toast if answer.get("show_alert") == "true" else f"not an alert: {query.toast}"


def turn_of(message: Message) -> int:
    """Return the turn that the buttons of an answer name."""
    press = decode(next(iter(message.buttons[0].values())))
    assert press is not None
    return press.turn


def marked(message: Message, kind: str) -> str:
    """Return the part of a message that an entity marks."""
    [entity] = [one for one in message.entities if one["type"] == kind][-1:]
    units = message.text.encode("utf-16-le")
    return units[2 * entity["offset"] :][: 2 * entity["length"]].decode("utf-16-le")


class TestSource:
    def test_each_source_opens_its_quotation_in_its_surroundings(
        self, telegram: FakeTelegram, lan: Person
    ):
        answer = asked(telegram, lan, "Tổ số 20 trồng được bao nhiêu lượt lúa?")
        quote = "21. Tổ số 20 của xã cam trồng được 23 lượt lúa trong vụ 1 của năm 2023."
        opened = pressed(telegram, lan, answer, "[1] Điều 9")
        head, where, *_ = opened.text.splitlines()
        assert head == "[1] Nghị định về quỹ đổi mới của hợp tác xã 901/2024/NĐ-CP"
        assert where.startswith("Điều 9 khoản")
        assert quote in marked(opened, "bold")
        around = marked(opened, "expandable_blockquote")
        assert marked(opened, "bold") in around
        assert "19. Tổ số 18" in around
        assert "23. Tổ số 22" in around
        assert around.startswith("… ")
        assert around.endswith(" …")
        assert opened.text.splitlines()[-1] == f"Tệp: {LONG_LAW_FILE}"

    def test_every_numbered_button_opens_its_own_source(self, telegram: FakeTelegram, lan: Person):
        answer = asked(telegram, lan)
        numbered = [label for label in labels(answer) if label.startswith("[")]
        assert len(numbered) == 3
        for label in numbered:
            opened = pressed(telegram, lan, answer, label)
            number, article = label.split(maxsplit=1)
            assert opened.text.startswith(number)
            assert opened.text.splitlines()[1].startswith(article)
            pressed(telegram, lan, answer, in_chat.BACK[VI])

    def test_back_shows_the_answer_as_it_was(self, telegram: FakeTelegram, lan: Person):
        answer = asked(telegram, lan)
        for way in (["[2]"], ["[1]", in_chat.READ_IN_FULL[VI]], [in_chat.READ_IN_FULL[VI]]):
            for label in way:
                pressed(telegram, lan, answer, label)
            back = pressed(telegram, lan, answer, in_chat.BACK[VI])
            assert (back.html, back.buttons) == (answer.html, answer.buttons)

    def test_what_stands_nearest_opens_too_when_nothing_was_found(
        self, telegram: FakeTelegram, lan: Person
    ):
        answer = asked(telegram, lan, NOT_THERE)
        assert "Không có trong tài liệu" in answer.text
        assert "[1] khoản 2 Điều 5" in answer.text
        opened = pressed(telegram, lan, answer, "[1] Điều 5")
        assert "không quá bốn năm" in marked(opened, "bold")

    def test_the_file_comes_as_it_was_added_under_its_own_name(
        self, telegram: FakeTelegram, lan: Person
    ):
        answer = asked(telegram, lan)
        pressed(telegram, lan, answer, "[1]")
        query = lan.presses(answer, in_chat.ORIGINAL[VI])
        sent = telegram.wait_for(
            lambda: next((one for one in telegram.shown(lan) if one.document), None)
        )
        assert sent is not None
        assert sent.document is not None
        assert (sent.document.name, sent.document.data) == (LONG_LAW_FILE, LONG_LAW.encode())
        assert sent.text == "Nghị định về quỹ đổi mới của hợp tác xã 901/2024/NĐ-CP"
        assert query.toast == "Đang gửi tệp…"
        assert "[1]" in now(telegram, answer).text, "the source stays open"

    def test_in_a_topic_the_file_goes_into_the_topic(self, telegram: FakeTelegram, lan: Person):
        group = telegram.group("HTX Bến Tre", [lan])
        lan.says(f"@{{bot}} {LOAN_QUESTION}", group, thread=7)
        [answer] = answers(telegram, group)
        pressed(telegram, lan, answer, "[1]")
        lan.presses(answer, in_chat.ORIGINAL[VI])
        sent = telegram.wait_for(lambda: telegram.shown(group)[1:])
        assert [(one.document is not None, one.thread) for one in sent] == [(True, 7)]

    def test_a_file_that_is_no_longer_kept_is_told_kindly(
        self, own_telegram: FakeTelegram, filled: Stand
    ):
        lan = own_telegram.person("Lan")
        with starting(own_telegram, filled):
            answer = asked(own_telegram, lan)
            pressed(own_telegram, lan, answer, "[1]")
            for file in (filled.home / "originals").iterdir():
                file.unlink()
            assert (
                told(own_telegram, lan.presses(answer, in_chat.ORIGINAL[VI]))
                == in_chat.FILE_GONE[VI]
            )


class TestWholeArticle:
    def read(self, telegram: FakeTelegram, lan: Person, answer: Message) -> list[Message]:
        """Return all pages, turned from the first to the last."""
        found = [pressed(telegram, lan, answer, in_chat.READ_IN_FULL[VI])]
        while in_chat.NEXT in labels(found[-1]):
            found.append(pressed(telegram, lan, answer, in_chat.NEXT))
        return found

    def test_its_pages_make_up_the_article(self, telegram: FakeTelegram, lan: Person):
        pages = self.read(telegram, lan, asked(telegram, lan, REGISTER_QUESTION))
        count = len(pages)
        assert count > 2
        head = f"Nghị định về quỹ đổi mới của hợp tác xã 901/2024/NĐ-CP\n{REGISTER}\n\n"
        bodies = [page.text.removeprefix(head) for page in pages]
        assert bodies != [page.text for page in pages]
        assert "\n".join(bodies).split() == "\n".join(CLAUSES).split()
        turning = [[one for one in labels(page) if one != in_chat.BACK[VI]] for page in pages]
        amid = [["◀", f"{number}/{count}", "▶"] for number in range(2, count)]
        assert turning == [[f"1/{count}", "▶"], *amid, ["◀", f"{count}/{count}"]]

    def test_one_turns_back_to_the_page_before(self, telegram: FakeTelegram, lan: Person):
        answer = asked(telegram, lan, REGISTER_QUESTION)
        pages = self.read(telegram, lan, answer)
        before = pressed(telegram, lan, answer, "◀")
        assert before.text == pages[-2].text

    def test_a_page_fits_two_screens_of_a_phone_at_most(self, telegram: FakeTelegram, lan: Person):
        pages = self.read(telegram, lan, asked(telegram, lan, REGISTER_QUESTION))
        assert max(len(page.text) for page in pages) < 1_600

    def test_a_short_article_has_no_pager(self, telegram: FakeTelegram, lan: Person):
        page = pressed(telegram, lan, asked(telegram, lan), in_chat.READ_IN_FULL[VI])
        assert labels(page) == [in_chat.BACK[VI]]
        assert page.text.splitlines()[1] == "Điều 5. Thời hạn vay"
        assert "mua giống có thời hạn không quá chín tháng" in page.text

    def test_of_a_report_the_page_with_the_quotation_is_opened(
        self, own_telegram: FakeTelegram, stand: Stand, samples: Path
    ):
        last = "Tổ Cồn Phụng đạt giải nhất hội thi chèo ghe."
        write_all(samples, {REPORT_FILE: f"{REPORT}\n{long_report(40)}\n{last}\n"})
        stand.ingestion().ingest([samples])
        lan = own_telegram.person("Lan")
        with starting(own_telegram, stand):
            answer = asked(own_telegram, lan, "Tổ Cồn Phụng đạt giải gì ở hội thi chèo ghe?")
            page = pressed(own_telegram, lan, answer, in_chat.READ_IN_FULL[VI])
        assert last in page.text
        assert "◀" in labels(page)
        assert "▶" not in labels(page)

    def test_the_number_of_the_page_does_nothing(self, telegram: FakeTelegram, lan: Person):
        answer = asked(telegram, lan, REGISTER_QUESTION)
        page = pressed(telegram, lan, answer, in_chat.READ_IN_FULL[VI])
        query = lan.presses(answer, "1/")
        telegram.wait_for(lambda: query.answer is not None)
        assert query.toast == ""
        pressed(telegram, lan, answer, "▶")
        assert pressed(telegram, lan, answer, "◀").html == page.html


class TestSuggestions:
    def test_each_of_them_has_an_answer_when_it_is_pressed(
        self, own_telegram: FakeTelegram, sampled: Stand
    ):
        lan = own_telegram.person("Lan")
        with starting(own_telegram, sampled):
            answer = asked(own_telegram, lan, NOT_THERE)
            suggestions = [label for label in labels(answer) if label.endswith("?")]
            assert len(suggestions) == 2
            for count, suggestion in enumerate(suggestions, start=2):
                query = lan.presses(answer, suggestion)
                found = answers(own_telegram, lan, count)[-1]
                assert query.toast == ""
                assert found.text.startswith(f"Câu hỏi: {suggestion}")
                assert "Không có trong tài liệu" not in found.text
        assert now(own_telegram, answer).html == answer.html, "the answer stays where it is"

    def test_a_choice_of_places_is_pressed_and_not_typed(
        self, own_telegram: FakeTelegram, stand: Stand, samples: Path
    ):
        elsewhere = REPORT.replace("Bến Tre", "Cà Mau").replace("187", "212")
        write_all(samples, {"ca-mau.txt": elsewhere})
        stand.ingestion().ingest([samples])
        lan = own_telegram.person("Lan")
        with starting(own_telegram, stand):
            which = asked(own_telegram, lan, "Năm 2023 có bao nhiêu hợp tác xã?")
            assert which.text.startswith(
                "Bạn hỏi số liệu của nơi nào? Tài liệu có: Bến Tre, Cà Mau."
            )
            for told in (
                "Bến Tre, năm 2023",
                "187 hợp tác xã",
                "Cà Mau, năm 2023",
                "212 hợp tác xã",
            ):
                assert told in which.text
            choices = [label for label in labels(which) if label.endswith("?")]
            assert choices == [f"Năm 2023 có bao nhiêu hợp tác xã {name}?" for name in PLACES]
            lan.presses(which, choices[1])
            answer = answers(own_telegram, lan, 2)[1]
            assert "212 hợp tác xã" in answer.text
            assert "187" not in answer.text
            lan.says("thế còn tổ hợp tác?")
            followed = answers(own_telegram, lan, 3)[2]
        assert "tổ hợp tác cà mau" in followed.text.splitlines()[0].lower()

    def test_in_a_group_all_see_what_was_asked(self, own_telegram: FakeTelegram, sampled: Stand):
        lan = own_telegram.person("Lan")
        group = own_telegram.group("HTX Bến Tre", [lan])
        with starting(own_telegram, sampled):
            lan.says(f"@{{bot}} {NOT_THERE}", group, thread=4)
            [answer] = answers(own_telegram, group)
            suggestion = next(label for label in labels(answer) if label.endswith("?"))
            lan.presses(answer, suggestion)
            second = answers(own_telegram, group, 2)[1]
        assert second.text.startswith(f"Câu hỏi: {suggestion}")
        assert second.thread == 4


class TestThumbs:
    @pytest.fixture
    def conversations(self, filled: Stand):
        return filled.catalogue().conversations()

    @pytest.mark.parametrize(("thumb", "helpful"), [("👍", True), ("👎", False)])
    def test_one_is_kept_with_the_question_and_marked(
        self, own_telegram: FakeTelegram, filled: Stand, conversations, thumb: str, helpful: bool
    ):
        lan = own_telegram.person("Lan")
        with starting(own_telegram, filled):
            answer = asked(own_telegram, lan)
            query = lan.presses(answer, thumb)
            own_telegram.wait_for(lambda: f"{thumb} ✓" in labels(now(own_telegram, answer)))
        assert query.toast == "Cảm ơn bạn đã góp ý."
        assert now(own_telegram, answer).html == answer.html
        assert sum("✓" in label for label in labels(now(own_telegram, answer))) == 1
        assert conversations.verdict(turn_of(answer), lan.id) is helpful
        assert conversations.turn(turn_of(answer)).text == LOAN_QUESTION

    def test_a_second_thought_replaces_the_first(
        self, own_telegram: FakeTelegram, filled: Stand, conversations
    ):
        lan = own_telegram.person("Lan")
        with starting(own_telegram, filled):
            answer = asked(own_telegram, lan)
            lan.presses(answer, "👍")
            own_telegram.wait_for(lambda: "👍 ✓" in labels(now(own_telegram, answer)))
            lan.presses(answer, "👎")
            own_telegram.wait_for(lambda: "👎 ✓" in labels(now(own_telegram, answer)))
            assert "👍 ✓" not in labels(now(own_telegram, answer))
        assert conversations.verdict(turn_of(answer), lan.id) is False

    def test_the_same_again_changes_nothing(self, telegram: FakeTelegram, lan: Person):
        answer = asked(telegram, lan)
        pressed_first = lan.presses(answer, "👍")
        telegram.wait_for(lambda: "👍 ✓" in labels(now(telegram, answer)))
        again = lan.presses(answer, "👍 ✓")
        telegram.wait_for(lambda: again.answer)
        assert (pressed_first.toast, again.toast) == (in_chat.THANKS[VI], in_chat.THANKS[VI])
        assert "👍 ✓" in labels(now(telegram, answer))

    def test_the_mark_is_there_again_when_one_comes_back(self, telegram: FakeTelegram, lan: Person):
        answer = asked(telegram, lan)
        lan.presses(answer, "👎")
        telegram.wait_for(lambda: "👎 ✓" in labels(now(telegram, answer)))
        pressed(telegram, lan, answer, "[1]")
        assert "👎 ✓" in labels(pressed(telegram, lan, answer, in_chat.BACK[VI]))

    def test_in_a_group_each_has_a_verdict_and_none_is_marked(
        self, own_telegram: FakeTelegram, filled: Stand, conversations
    ):
        lan, minh = own_telegram.person("Lan"), own_telegram.person("Minh")
        group = own_telegram.group("HTX Bến Tre", [lan, minh])
        with starting(own_telegram, filled):
            lan.says(f"@{{bot}} {LOAN_QUESTION}", group)
            [answer] = answers(own_telegram, group)
            toasts = [lan.presses(answer, "👍"), minh.presses(answer, "👎")]
            own_telegram.wait_for(lambda: all(one.answer for one in toasts))
            pressed(own_telegram, lan, answer, "[1]")
            back = pressed(own_telegram, lan, answer, in_chat.BACK[VI])
        assert [one.toast for one in toasts] == [in_chat.THANKS[VI]] * 2
        assert labels(back) == labels(answer)
        assert [conversations.verdict(turn_of(answer), one.id) for one in (lan, minh)] == [
            True,
            False,
        ]


class TestAfterRestart:
    def test_every_button_of_an_older_answer_still_works(
        self, own_telegram: FakeTelegram, sampled: Stand
    ):
        lan = own_telegram.person("Lan")
        with starting(own_telegram, sampled):
            answer = asked(own_telegram, lan, NOT_THERE)
            found = asked(own_telegram, lan)
        with starting(own_telegram, sampled):
            opened = pressed(own_telegram, lan, found, "[1]")
            assert "không quá bốn năm" in marked(opened, "bold")
            page = pressed(own_telegram, lan, found, in_chat.READ_IN_FULL[VI])
            assert "Điều 5. Thời hạn vay" in page.text
            back = pressed(own_telegram, lan, found, in_chat.BACK[VI])
            assert (back.html, back.buttons) == (found.html, found.buttons)
            lan.presses(found, "👍")
            own_telegram.wait_for(lambda: "👍 ✓" in labels(now(own_telegram, found)))
            pressed(own_telegram, lan, found, "[1]")
            lan.presses(found, in_chat.ORIGINAL[VI])
            own_telegram.wait_for(lambda: any(one.document for one in own_telegram.shown(lan)))
            lan.presses(answer, "Điều 5 Nghị định 901/2024/NĐ-CP quy định gì?")
            assert "không quá bốn năm" in answers(own_telegram, lan, 4)[3].text


FORGED = {
    "no data": "",
    "words": "xin chào",
    "an unknown act": "z:{turn}:1:0:",
    "an unknown turn": "s:999999999:1:0:",
    "a turn beyond numbers": "s:999999999999:1:0:",
    "no turn": "a:0:0:0:",
    "a thumb without a turn": "y:0:0:0:",
    "a thumb of an unknown turn": "n:99999:0:0:",
    "a page of no turn": "p:0:1:1:",
    "a source beyond the last": "s:{turn}:9:0:",
    "source zero": "s:{turn}:0:0:",
    "the page of a source beyond the last": "p:{turn}:9:1:",
    "the file of a source beyond the last": "f:{turn}:9:0:",
    "a chart of no turn": "c:0:0:0:",
    "a table of an unknown turn": "t:999999999:0:0:",
    "a suggestion beyond the last": "q:{turn}:9:0:",
    "suggestion zero": "q:{turn}:0:0:",
    "an unknown starter": "e:0:0:0:deadbeef",
    "an unknown language": "l:0:0:0:fr",
    "a negative turn": "s:-1:1:0:",
    "Arabic digits": "s:١:1:0:",
    "another bot's": '{{"a":1}}',
    "SQL": "s:1;DROP TABLE turns",
    "emoji": "🌾" * 16,
}


class TestOldAndForged:
    @pytest.mark.parametrize("data", FORGED.values(), ids=FORGED)
    def test_what_cannot_be_done_is_told_kindly_and_nothing_changes(
        self, telegram: FakeTelegram, lan: Person, data: str
    ):
        answer = asked(telegram, lan)
        query = lan.presses(answer, data=data.format(turn=turn_of(answer)))
        assert told(telegram, query) == in_chat.OLD_BUTTON[VI]
        assert telegram.shown(lan) == [answer]

    def test_a_page_beyond_the_last_is_the_last(self, telegram: FakeTelegram, lan: Person):
        answer = asked(telegram, lan, REGISTER_QUESTION)
        far = Press(act=Act.PAGE, turn=turn_of(answer), item=1, page=99_999)
        lan.presses(answer, data=encode(far))
        telegram.wait_for(lambda: CLAUSES[-1] in now(telegram, answer).text)

    @pytest.mark.parametrize(
        "act",
        [
            Act.ANSWER,
            Act.SOURCE,
            Act.PAGE,
            Act.FILE,
            Act.CHART,
            Act.TABLE,
            Act.SUGGESTION,
            Act.HELPFUL,
        ],
    )
    def test_the_turn_of_another_chat_is_closed(
        self, telegram: FakeTelegram, lan: Person, act: Act
    ):
        theirs = turn_of(asked(telegram, lan, NOT_THERE))
        minh = telegram.person("Minh")
        answer = asked(telegram, minh, FIGURE_QUESTION)
        query = minh.presses(answer, data=encode(Press(act=act, turn=theirs, item=1)))
        assert told(telegram, query) == in_chat.OLD_BUTTON[VI]
        assert telegram.shown(minh) == [answer]

    def test_a_turn_that_was_asked_in_private_is_closed_in_a_group(
        self, telegram: FakeTelegram, lan: Person
    ):
        private = asked(telegram, lan)
        group = telegram.group("HTX Bến Tre", [lan])
        lan.says(f"@{{bot}} {FIGURE_QUESTION}", group)
        [answer] = answers(telegram, group)
        query = lan.presses(answer, data=next(iter(private.buttons[0].values())))
        assert told(telegram, query) == in_chat.OLD_BUTTON[VI]

    def test_a_button_under_a_deleted_message_opens_in_a_new_one(
        self, telegram: FakeTelegram, lan: Person
    ):
        answer = asked(telegram, lan)
        lan.deletes(answer)
        lan.presses(answer, "[1]")
        [opened] = telegram.wait_for(lambda: telegram.shown(lan))
        assert "không quá bốn năm" in marked(opened, "bold")

    def test_a_press_that_waited_too_long_still_opens(self, filled: Stand):
        """Telegram forgets a press after a while; the message can still be changed."""
        with FakeTelegram() as telegram, starting(telegram, filled):
            lan = telegram.person("Lan")
            answer = asked(telegram, lan)
            telegram.fault("answerCallbackQuery", "slow_before", delay=0.3)
            lan.presses(answer, "[1]").expires()
            telegram.wait_for(lambda: "Tệp:" in now(telegram, answer).text)
            [told_late] = [one for one in telegram.calls if one.method == "answerCallbackQuery"]
            assert told_late.outcome == "400"
            assert stumbles(telegram) == []

    def test_english_people_are_told_in_english(self, telegram: FakeTelegram, bot: BotHere):
        ann = telegram.person("Ann", language="en")
        answer = asked(telegram, ann)
        assert told(telegram, ann.presses(answer, data="s:0:1:0:")) == in_chat.OLD_BUTTON[EN]


class TestChangedLibrary:
    @pytest.fixture
    def documents(self, tmp_path: Path) -> Path:
        return write_all(tmp_path / "own", SAMPLES)

    @pytest.fixture
    def running(
        self, own_telegram: FakeTelegram, stand: Stand, documents: Path
    ) -> Iterator[Person]:
        """Lan, and an officer, with a bot for a library that a test changes."""
        stand.ingestion().ingest([documents])
        officer = own_telegram.person("Cán bộ", person_id=77)
        with starting(own_telegram, stand, officer_ids=officer.id):
            yield own_telegram.person("Lan")

    def buttons(self, telegram: FakeTelegram, person: Person, answer: Message) -> list[str]:
        """Return what the buttons for source, article and file of the first source are told."""
        turn = turn_of(answer)
        presses = (Press(act=act, turn=turn, item=1) for act in (Act.SOURCE, Act.PAGE, Act.FILE))
        return [told(telegram, person.presses(answer, data=encode(one))) for one in presses]

    def test_a_document_that_was_removed_is_told_kindly(
        self, own_telegram: FakeTelegram, running: Person, stand: Stand, documents: Path
    ):
        answer = asked(own_telegram, running)
        (documents / LAW_FILE).unlink()
        stand.ingestion().ingest([documents], prune=True)
        assert self.buttons(own_telegram, running, answer) == [in_chat.SOURCE_GONE[VI]] * 3
        assert own_telegram.shown(running) == [answer]

    def test_a_quotation_that_was_replaced_is_told_kindly(
        self, own_telegram: FakeTelegram, running: Person, stand: Stand, documents: Path
    ):
        answer = asked(own_telegram, running)
        write_all(documents, {LAW_FILE: LAW.replace("không quá bốn năm", "không quá sáu năm")})
        stand.ingestion().ingest([documents])
        source, page, _file = self.buttons(own_telegram, running, answer)
        sent = own_telegram.wait_for(lambda: own_telegram.shown(running)[1:])
        assert sent[0].document is not None, "the file, in its new version"
        assert (source, page) == (in_chat.SOURCE_CHANGED[VI], in_chat.SOURCE_CHANGED[VI])
        running.says(LOAN_QUESTION)
        assert "không quá sáu năm" in answers(own_telegram, running, 3)[2].text

    def test_a_quotation_that_only_moved_is_found(
        self, own_telegram: FakeTelegram, running: Person, stand: Stand, documents: Path
    ):
        answer = asked(own_telegram, running)
        longer = LAW.replace("Ban kiểm soát kiểm tra", "Kiểm soát viên kiểm tra").replace(
            "trên cả nước.", "trên cả nước, kể cả hải đảo, vùng sâu, vùng xa và biên giới."
        )
        write_all(documents, {LAW_FILE: longer})
        stand.ingestion().ingest([documents])
        opened = pressed(own_telegram, running, answer, "[1]")
        assert "không quá bốn năm" in marked(opened, "bold")
        assert "hải đảo" not in marked(opened, "bold")

    def test_a_document_that_is_for_officers_now_is_closed_to_others(
        self, own_telegram: FakeTelegram, running: Person, stand: Stand, documents: Path
    ):
        officer = own_telegram.people[77]
        answer, theirs = asked(own_telegram, running), asked(own_telegram, officer)
        write_all(documents, {"documents.csv": f"file,audience\n{LAW_FILE},officers\n"})
        stand.ingestion().ingest([documents])
        assert self.buttons(own_telegram, running, answer) == [in_chat.SOURCE_GONE[VI]] * 3
        assert "không quá bốn năm" in marked(pressed(own_telegram, officer, theirs, "[1]"), "bold")

    def test_nor_is_it_opened_in_a_group_by_an_officer(
        self, own_telegram: FakeTelegram, running: Person, stand: Stand, documents: Path
    ):
        officer = own_telegram.people[77]
        group: Chat = own_telegram.group("HTX Bến Tre", [running, officer])
        officer.says(f"@{{bot}} {LOAN_QUESTION}", group)
        [answer] = answers(own_telegram, group)
        write_all(documents, {"documents.csv": f"file,audience\n{LAW_FILE},officers\n"})
        stand.ingestion().ingest([documents])
        assert self.buttons(own_telegram, officer, answer) == [in_chat.SOURCE_GONE[VI]] * 3
