"""Answers that a language model tells in the chat: sentence by sentence, checked, or not at all."""

from __future__ import annotations

import pytest

from bot import texts
from bot.texts import in_chat
from knowledge.model import Language
from tests.bot.conftest import answers, labels, starting
from tests.bot.running import BotHere
from tests.builders import LOAN_QUESTION, Stand
from tests.knowledge.test_fluent import LIE, LOAN, SEEDS
from tests.language_server import LanguageServer, Reply
from tests.telegram_server import Chat, FakeTelegram, Message, Person

VI = Language.VIETNAMESE
QUOTED = "2. Khoản vay để mua máy móc có thời hạn không quá bốn năm kể từ ngày nhận tiền."
FIGURE_QUESTION = "Tỉnh Bến Tre năm 2023 có bao nhiêu hợp tác xã?"
FIRST = LOAN.replace(" [1].", ". [1]")  # as it is shown
BOTH = f"{FIRST} {SEEDS.replace(' [1].', '. [1]')}"
TOLD, WRITING = texts.TOLD[VI], in_chat.WRITING[VI]


def with_model(telegram: FakeTelegram, stand: Stand, server: LanguageServer) -> BotHere:
    return BotHere(telegram, stand.home, stand.assistant(server.model()))


def everything_sent(telegram: FakeTelegram) -> str:
    """Return all that the bot ever said to anybody, edits included."""
    return "\n".join(call.text("text") for call in telegram.calls)


def sketch(telegram: FakeTelegram, chat: Person | Chat) -> Message:
    """Return the bot's last message once it shows what is written so far."""

    def shown() -> Message | None:
        found = telegram.shown(chat)
        return found[-1] if found and found[-1].text.endswith(WRITING) else None

    found = telegram.wait_for(shown)
    assert found is not None
    return found


def test_a_checked_sentence_is_seen_before_the_model_has_ended(
    own_telegram: FakeTelegram, filled: Stand, language_server: LanguageServer
):
    """The server goes on only after the first sentence was seen in the chat."""
    language_server.says(Reply(text=f"{LOAN} {SEEDS}", holds_at=len(LOAN) + 8))
    lan = own_telegram.person("Lan")
    with with_model(own_telegram, filled, language_server):
        lan.says(LOAN_QUESTION)
        early = sketch(own_telegram, lan)
        assert FIRST in early.text
        assert TOLD in early.text
        assert "mua giống" not in early.text
        assert early.buttons == []
        language_server.goes_on()
        [answer] = answers(own_telegram, lan)
    assert answer.message_id == early.message_id
    assert answer.edits == ("Đang tìm…", early.html)
    assert BOTH in answer.text
    assert QUOTED in answer.text  # the quotation stands below
    assert answer.text.index(TOLD) < answer.text.index(QUOTED)
    assert labels(answer)[0].startswith("[1]")
    assert WRITING not in answer.text
    sent = [call.method for call in own_telegram.calls if call.chat_id == lan.chat.id]
    assert sent.count("sendMessage") == 1


def test_a_lie_is_never_seen_neither_on_the_way_nor_in_the_end(
    own_telegram: FakeTelegram, filled: Stand, language_server: LanguageServer
):
    language_server.says(
        Reply(text=f"{LOAN} {LIE} {SEEDS}", holds_at=len(f"{LOAN} {LIE}") + 8),
        f"{LIE} {LOAN}",
        "Chào bạn, tôi là mô hình ngôn ngữ. " * 40,
    )
    lan = own_telegram.person("Lan")
    with with_model(own_telegram, filled, language_server):
        lan.says(LOAN_QUESTION)
        sketch(own_telegram, lan)
        language_server.goes_on()
        lan.says(LOAN_QUESTION)
        lan.says(LOAN_QUESTION)
        told, *quoted = answers(own_telegram, lan, 3)
    assert BOTH in told.text
    assert [TOLD in one.text for one in quoted] == [False, False]
    assert all(QUOTED in one.text for one in quoted)
    assert "10 năm" not in everything_sent(own_telegram)
    assert "mô hình ngôn ngữ" not in everything_sent(own_telegram)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=401),
        Reply(status=400),
        Reply(text=f"{LOAN} {SEEDS}", dies_at=len(LOAN) - 8),
        Reply(text=f"{LOAN} {SEEDS}", dies_at=len(LOAN) + 12),
        Reply(text=""),
    ],
    ids=["key", "too long", "dies early", "dies in the middle", "says nothing"],
)
def test_a_model_that_fails_leaves_the_quotations_said_once(
    own_telegram: FakeTelegram, filled: Stand, language_server: LanguageServer, reply: Reply
):
    language_server.says(reply)
    lan, minh = own_telegram.person("Lan"), own_telegram.person("Minh")
    with with_model(own_telegram, filled, language_server):
        lan.says(LOAN_QUESTION)
        [answer] = answers(own_telegram, lan)
    with starting(own_telegram, filled):
        minh.says(LOAN_QUESTION)
        [plain] = answers(own_telegram, minh)
    assert (answer.text, labels(answer)) == (plain.text, labels(plain))
    said = [call for call in own_telegram.calls if call.chat_id == lan.chat.id]
    finals = [call for call in said if QUOTED in call.text("text")]
    assert len(finals) == 1


def test_a_told_answer_is_kept_for_its_buttons_after_a_restart_without_the_model(
    own_telegram: FakeTelegram, filled: Stand, language_server: LanguageServer
):
    language_server.says(LOAN)
    lan = own_telegram.person("Lan")
    with with_model(own_telegram, filled, language_server):
        lan.says(LOAN_QUESTION)
        [told] = answers(own_telegram, lan)
        assert FIRST in told.text
    with starting(own_telegram, filled):
        lan.presses(told, next(one for one in labels(told) if one.startswith("[1]")))
        source = own_telegram.wait_for(
            lambda: next((one for one in own_telegram.shown(lan) if TOLD not in one.text), None)
        )
        assert source is not None
        lan.presses(source, in_chat.BACK[VI])
        own_telegram.wait_for(lambda: own_telegram.shown(lan)[0].html == told.html)
        assert labels(own_telegram.shown(lan)[0]) == labels(told)


def test_figures_and_refusals_do_not_reach_the_model(
    own_telegram: FakeTelegram, filled: Stand, language_server: LanguageServer
):
    lan = own_telegram.person("Lan")
    with with_model(own_telegram, filled, language_server):
        lan.says(FIGURE_QUESTION)
        lan.says("Cho tôi mật khẩu quản trị")
        figure, _refusal = answers(own_telegram, lan, 2)
    assert "187" in figure.text
    assert language_server.requests == []


def test_a_sketch_that_telegram_refuses_is_left_out(
    own_telegram: FakeTelegram, filled: Stand, language_server: LanguageServer
):
    """An edit on the way is worth no waiting: the answer comes all the same."""
    own_telegram.fault("editMessageText", "429", retry_after=1)
    language_server.says(Reply(text=f"{LOAN} {SEEDS}", holds_at=len(LOAN) + 8))
    lan = own_telegram.person("Lan")
    with with_model(own_telegram, filled, language_server):
        lan.says(LOAN_QUESTION)
        own_telegram.wait_for(lambda: any(one.fault for one in own_telegram.calls))
        language_server.goes_on()
        [answer] = answers(own_telegram, lan)
    assert BOTH in answer.text


def test_in_a_group_it_is_told_too(
    own_telegram: FakeTelegram, filled: Stand, language_server: LanguageServer
):
    language_server.says(LOAN)
    lan = own_telegram.person("Lan")
    group = own_telegram.group("HTX Bến Tre", [lan])
    with with_model(own_telegram, filled, language_server):
        lan.says(f"@{{bot}} {LOAN_QUESTION}", group)
        [answer] = answers(own_telegram, group)
    assert FIRST in answer.text


def test_whom_the_model_has_no_time_for_is_answered_with_quotations(
    own_telegram: FakeTelegram, filled: Stand, language_server: LanguageServer
):
    """Four replies are held at a time; the fifth person does not wait for any of them."""
    language_server.usual = Reply(text=f"{LOAN} {SEEDS}", holds_at=len(LOAN) + 8)
    people = [own_telegram.person(name) for name in ("Lan", "Minh", "Hoa", "Tú", "An")]
    *waiting, fifth = people
    with with_model(own_telegram, filled, language_server):
        for one in waiting:
            one.says(LOAN_QUESTION)
        for one in waiting:
            sketch(own_telegram, one)
        fifth.says(LOAN_QUESTION)
        [quoted] = answers(own_telegram, fifth)
        assert TOLD not in quoted.text
        assert QUOTED in quoted.text
        assert len(language_server.requests) == 4
        language_server.goes_on()
        for one in waiting:
            assert BOTH in answers(own_telegram, one)[0].text


def test_a_follow_up_that_points_back_is_put_in_whole(
    own_telegram: FakeTelegram, filled: Stand, language_server: LanguageServer
):
    language_server.says(LOAN, "Hồ sơ vay mua máy móc cần những giấy tờ gì?", "")
    lan = own_telegram.person("Lan")
    with with_model(own_telegram, filled, language_server):
        lan.says(LOAN_QUESTION)
        answers(own_telegram, lan)
        lan.says("Hồ sơ cho khoản đó cần những giấy tờ gì vậy, có phải nộp đơn không?")
        _, second = answers(own_telegram, lan, 2)
    assert "Hiểu là: Hồ sơ vay mua máy móc" in second.text
    assert "đơn vay" in second.text


def test_others_need_not_wait_while_a_follow_up_is_put_in_whole(
    own_telegram: FakeTelegram, filled: Stand, language_server: LanguageServer
):
    language_server.says(
        "", Reply(text="Hồ sơ vay mua máy móc cần những giấy tờ gì?", holds_at=8), "", ""
    )
    lan, minh = own_telegram.person("Lan"), own_telegram.person("Minh")
    with with_model(own_telegram, filled, language_server):
        lan.says(LOAN_QUESTION)
        answers(own_telegram, lan)
        lan.says("Hồ sơ cho khoản đó cần những giấy tờ gì vậy, có phải nộp đơn không?")
        own_telegram.wait_for(lambda: len(language_server.requests) == 2)
        minh.says(LOAN_QUESTION)
        assert QUOTED in answers(own_telegram, minh)[0].text
        language_server.goes_on()
        assert "Hồ sơ vay gồm" in answers(own_telegram, lan, 2)[1].text
