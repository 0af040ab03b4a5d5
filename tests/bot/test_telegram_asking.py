"""How the bot converses: questions in private and in groups, follow-ups, and all that is no question."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import texts
from bot.telegram.pace import QUESTIONS
from bot.texts import in_chat
from knowledge.model import Language, Reason
from tests.bot.conftest import answers, labels, starting, stumbles
from tests.bot.running import BotHere
from tests.builders import DIGEST_FILE, LOAN_QUESTION, REPORT, REPORT_FILE, Stand, write_all
from tests.telegram_server import Chat, FakeTelegram, Message, Person, units

VI, EN = Language.VIETNAMESE, Language.ENGLISH

LOAN = "không quá bốn năm"  # what Điều 5 answers
FIGURE_QUESTION = "Tỉnh Bến Tre năm 2023 có bao nhiêu hợp tác xã?"
FIGURE, NEXT_FIGURE = "187 hợp tác xã", "1.105 tổ hợp tác"
FOLLOW_UP = "thế còn tổ hợp tác?"
FOLLOWED = "Hiểu là: tỉnh bến tre năm 2023 có bao nhiêu tổ hợp tác"
DIGEST_QUESTION = "Thành viên góp vốn chậm bao nhiêu ngày thì bị nhắc bằng văn bản?"


def raw(
    telegram: FakeTelegram, person: Person, text: str = "", chat: Chat | None = None, **more: Any
) -> Message:
    """Let a message come that the Telegram of our people would not send, or not send so."""
    with telegram.changing():
        message = telegram.keep(chat or person.chat, person, text=text, html="", **more)
        telegram.add_update("message", telegram.message_json(message))
    return message


def methods(telegram: FakeTelegram, chat: Person | Chat) -> list[str]:
    """Return what the bot called for a chat, in order."""
    return [call.method for call in telegram.calls if call.chat_id == chat.chat.id]


@pytest.fixture
def lan(telegram: FakeTelegram, bot: BotHere) -> Person:
    return telegram.person("Lan")


@pytest.fixture
def minh(telegram: FakeTelegram, bot: BotHere) -> Person:
    return telegram.person("Minh")


@pytest.fixture
def group(telegram: FakeTelegram, lan: Person, minh: Person) -> Chat:
    return telegram.group("HTX Bến Tre", [lan, minh])


class TestAnswer:
    def test_it_is_an_edit_of_a_short_first_message(self, telegram: FakeTelegram, lan: Person):
        lan.says(LOAN_QUESTION)
        [answer] = answers(telegram, lan)
        assert LOAN in answer.text
        assert answer.edits == ("Đang tìm…",)
        assert methods(telegram, lan).count("sendMessage") == 1

    def test_typing_is_shown_before_anything_is_said(self, telegram: FakeTelegram, lan: Person):
        asked = lan.says(LOAN_QUESTION)
        answers(telegram, lan)
        first = next(call for call in telegram.calls if call.chat_id == asked.chat.id)
        assert (first.method, first.text("action")) == ("sendChatAction", "typing")

    def test_typing_is_shown_until_the_answer_is_there(self, telegram: FakeTelegram, lan: Person):
        """A slow first message does not keep "typing…" waiting, and it stops with the answer."""
        telegram.fault("sendMessage", "slow_before", delay=0.5)
        lan.says(LOAN_QUESTION)
        telegram.wait_for(lambda: "sendChatAction" in methods(telegram, lan))
        assert telegram.shown(lan) == []
        answers(telegram, lan)
        assert methods(telegram, lan).count("sendChatAction") == 1

    def test_quotations_are_numbered_and_further_sources_are_folded(
        self, telegram: FakeTelegram, lan: Person
    ):
        lan.says(LOAN_QUESTION)
        [answer] = answers(telegram, lan)
        numbers = [f"[{number}]" for number in (1, 2, 3)]
        assert [one for one in numbers if one in answer.text] == numbers
        quoted = [one for one in answer.entities if "blockquote" in one["type"]]
        assert [one["type"] for one in quoted] == [
            "blockquote",
            "expandable_blockquote",
            "expandable_blockquote",
        ]
        first = answer.text[quoted[0]["offset"] :][: quoted[0]["length"]]
        assert LOAN in first
        assert [label.split()[0] for label in labels(answer)[:3]] == numbers

    def test_what_is_seen_without_unfolding_fits_a_phone(self, telegram: FakeTelegram, lan: Person):
        lan.says(LOAN_QUESTION)
        [answer] = answers(telegram, lan)
        folded = [one for one in answer.entities if one["type"] == "expandable_blockquote"]
        seen = units(answer.text) - sum(one["length"] for one in folded)
        assert seen < 700  # letters on a phone's screen of twenty lines

    def test_a_late_answer_says_when_it_was_asked_and_shows_the_question(
        self, telegram: FakeTelegram, lan: Person
    ):
        noon = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2)
        asked = lan.says(LOAN_QUESTION, date=noon)
        [answer] = answers(telegram, lan)
        in_vietnam = noon + timedelta(hours=7)
        assert answer.text.startswith(f"Bạn gửi câu này lúc {in_vietnam:%H:%M %d/%m}")
        assert LOAN in answer.text
        assert answer.reply_to == asked.message_id

    def test_an_answer_at_once_is_not_called_late(self, telegram: FakeTelegram, lan: Person):
        lan.says(LOAN_QUESTION)
        [answer] = answers(telegram, lan)
        assert "Bạn gửi câu này lúc" not in answer.text
        assert answer.reply_to is None

    def test_a_first_message_that_was_deleted_is_sent_anew(
        self, telegram: FakeTelegram, lan: Person
    ):
        telegram.fault("editMessageText", "slow_before", delay=0.5)
        lan.says(LOAN_QUESTION)
        telegram.wait_for(lambda: "editMessageText" in methods(telegram, lan))
        lan.deletes(telegram.shown(lan)[0])
        [answer] = answers(telegram, lan)
        assert LOAN in answer.text
        assert answer.edits == ("Đang tìm…",)

    def test_an_empty_library_says_so(self, own_telegram: FakeTelegram, stand: Stand):
        lan = own_telegram.person("Lan")
        with starting(own_telegram, stand):
            lan.says(LOAN_QUESTION)
            [answer] = answers(own_telegram, lan)
        assert answer.text.startswith(texts.REASONS[Reason.EMPTY_LIBRARY][VI])


class TestFollowUp:
    def test_it_carries_on_in_the_chat(self, telegram: FakeTelegram, lan: Person):
        lan.says(FIGURE_QUESTION)
        lan.says(FOLLOW_UP)
        first, second = answers(telegram, lan, 2)
        assert FIGURE in first.text
        assert second.text.startswith(FOLLOWED)
        assert NEXT_FIGURE in second.text

    def test_it_carries_on_over_several_questions(self, telegram: FakeTelegram, lan: Person):
        lan.says(FIGURE_QUESTION)
        lan.says(FOLLOW_UP)
        lan.says("thế còn hợp tác xã?")
        assert "bến tre năm 2023 có bao nhiêu hợp tác xã" in answers(telegram, lan, 3)[2].text

    def test_the_question_of_another_is_not_carried_on(
        self, telegram: FakeTelegram, lan: Person, minh: Person
    ):
        lan.says(FIGURE_QUESTION)
        answers(telegram, lan)
        minh.says(FOLLOW_UP)
        [answer] = answers(telegram, minh)
        assert "bến tre năm 2023 có" not in answer.text

    def test_a_private_chat_does_not_lead_on_in_a_group(
        self, telegram: FakeTelegram, lan: Person, group: Chat
    ):
        lan.says(FIGURE_QUESTION)
        answers(telegram, lan)
        lan.says(f"@{{bot}} {FOLLOW_UP}", group)
        [answer] = answers(telegram, group)
        assert "bến tre năm 2023 có" not in answer.text

    @pytest.mark.parametrize("to", ["answer", "question"])
    def test_a_reply_carries_on_an_older_question(
        self, telegram: FakeTelegram, lan: Person, to: str
    ):
        older = lan.says(FIGURE_QUESTION)
        [answer] = answers(telegram, lan)
        lan.says(LOAN_QUESTION)
        answers(telegram, lan, 2)
        lan.says(FOLLOW_UP, reply_to=answer if to == "answer" else older)
        assert answers(telegram, lan, 3)[2].text.startswith(FOLLOWED)

    def test_without_a_reply_the_older_question_is_over(self, telegram: FakeTelegram, lan: Person):
        lan.says(FIGURE_QUESTION)
        lan.says(LOAN_QUESTION)
        lan.says(FOLLOW_UP)
        assert FOLLOWED not in answers(telegram, lan, 3)[2].text

    def test_in_a_group_anybody_may_reply_to_an_answer(
        self, telegram: FakeTelegram, lan: Person, minh: Person, group: Chat
    ):
        lan.says(f"@{{bot}} {FIGURE_QUESTION}", group)
        [answer] = answers(telegram, group)
        minh.says(FOLLOW_UP, group, reply_to=answer)
        assert answers(telegram, group, 2)[1].text.startswith(FOLLOWED)

    @pytest.mark.parametrize("replies", [False, True], ids=["by chat", "by reply"])
    def test_it_survives_a_restart(self, own_telegram: FakeTelegram, filled: Stand, replies: bool):
        lan = own_telegram.person("Lan")
        with starting(own_telegram, filled):
            lan.says(FIGURE_QUESTION)
            [answer] = answers(own_telegram, lan)
            if replies:
                lan.says(LOAN_QUESTION)
                answers(own_telegram, lan, 2)
        with starting(own_telegram, filled):
            place = {"reply_to": answer} if replies else {}
            lan.says(FOLLOW_UP, **place)  # type: ignore[arg-type]
            assert answers(own_telegram, lan, 2 + replies)[-1].text.startswith(FOLLOWED)

    @pytest.mark.parametrize(
        ("hours", "follows"),
        [(1, True), (7, True), (9, False), (24, False)],
        ids=["an hour later", "in the afternoon", "the next morning", "the next day"],
    )
    def test_the_next_days_question_is_no_follow_up(
        self, telegram: FakeTelegram, lan: Person, hours: int, follows: bool
    ):
        lan.says(FIGURE_QUESTION, date=datetime.now(UTC) - timedelta(hours=hours))
        lan.says(FOLLOW_UP)
        assert (FOLLOWED in answers(telegram, lan, 2)[1].text) is follows

    def test_a_reply_carries_on_even_the_next_day(self, telegram: FakeTelegram, lan: Person):
        older = lan.says(FIGURE_QUESTION, date=datetime.now(UTC) - timedelta(days=2))
        answers(telegram, lan)
        lan.says(FOLLOW_UP, reply_to=older)
        assert FOLLOWED in answers(telegram, lan, 2)[1].text

    def test_a_suggestion_does_not_take_the_place_of_the_answer_it_hangs_under(
        self, telegram: FakeTelegram, lan: Person
    ):
        """Whoever replies to an answer means that one, even after pressing a button of it."""
        lan.says("Ngân hàng cho vay mua máy móc lãi suất bao nhiêu?")
        [none] = answers(telegram, lan)
        lan.presses(none, "Điều 5 Nghị định 901/2024/NĐ-CP quy định gì?")
        answers(telegram, lan, 2)
        lan.says("thế còn thành viên?", reply_to=none)
        followed = answers(telegram, lan, 3)[2].text.splitlines()[0]
        assert followed == "Hiểu là: thế còn thành viên ngân hàng vay mua máy móc lãi suất"


class TestGroup:
    def said(self, telegram: FakeTelegram, group: Chat, person: Person) -> str:
        """Return what the bot said in a group before it answers one more question."""
        person.says("@{bot} Hồ sơ vay gồm gì?", group)
        telegram.wait_for(lambda: any("đơn vay" in one.text for one in telegram.shown(group)))
        return "\n".join(one.text for one in telegram.shown(group)[:-1])

    @pytest.mark.parametrize(
        "text",
        [
            LOAN_QUESTION,
            f"{LOAN_QUESTION} @htx_khac_bot",
            f"@{{bot}}x {LOAN_QUESTION}",
            "Chào cả nhà 👋",
            "/start@htx_khac_bot",
            "/vay@htx_khac_bot",
            "/vay",
        ],
    )
    def test_what_is_not_for_the_bot_is_not_answered(
        self, telegram: FakeTelegram, group: Chat, minh: Person, text: str
    ):
        minh.says(text, group)
        assert self.said(telegram, group, minh) == ""

    @pytest.mark.parametrize(
        "text",
        [
            f"@{{bot}} {LOAN_QUESTION}",
            f"{LOAN_QUESTION} @{{bot}}",
            "Khoản vay để mua máy móc, @{bot} ơi, có thời hạn bao lâu?",
            f"@TRO_LY_HTX_BOT: {LOAN_QUESTION}",
            f"🌾🌾 @{{bot}}\n{LOAN_QUESTION}",
            f"@htx_khac_bot và @{{bot}}: {LOAN_QUESTION}",
        ],
        ids=["first", "last", "amid", "upper case", "after emoji", "after another"],
    )
    def test_a_mention_is_answered_with_a_reply(
        self, telegram: FakeTelegram, group: Chat, lan: Person, text: str
    ):
        asked = lan.says(text, group)
        [answer] = answers(telegram, group)
        assert LOAN in answer.text
        assert answer.reply_to == asked.message_id
        assert "tro_ly_htx_bot" not in answer.text.lower()

    def test_a_mention_by_name_is_one_too(self, telegram: FakeTelegram, group: Chat, lan: Person):
        """People without usernames are mentioned so, and so is a bot whose name was picked."""
        name = "Trợ lý HTX"
        entity = {"type": "text_mention", "offset": 3, "length": len(name)}
        asked = raw(
            telegram,
            lan,
            f"🌾 {name} {LOAN_QUESTION}",
            group,
            entities=({**entity, "user": telegram.bot_json()},),
        )
        [answer] = answers(telegram, group)
        assert LOAN in answer.text
        assert answer.reply_to == asked.message_id

    def test_a_person_mentioned_by_name_is_not_the_bot(
        self, telegram: FakeTelegram, group: Chat, lan: Person, minh: Person
    ):
        entity = {"type": "text_mention", "offset": 0, "length": 4, "user": lan.as_json()}
        raw(telegram, minh, f"Lan, {LOAN_QUESTION}", group, entities=(entity,))
        assert self.said(telegram, group, minh) == ""

    def test_the_mention_is_no_part_of_the_question(
        self, telegram: FakeTelegram, group: Chat, lan: Person
    ):
        """A name in another spelling (NFD) is cut out too, by its place and not by its letters."""
        name = "Trợ lý Cà Mau"
        entity = {"type": "text_mention", "offset": 0, "length": len(name)}
        raw(
            telegram,
            lan,
            f"{name} có bao nhiêu hợp tác xã ở Bến Tre?",
            group,
            entities=({**entity, "user": telegram.bot_json()},),
        )
        [answer] = answers(telegram, group)
        assert FIGURE in answer.text
        assert "Cà Mau" not in answer.text

    def test_a_caption_may_mention_it(self, telegram: FakeTelegram, group: Chat, lan: Person):
        lan.sends_photo(
            caption=f"@{{bot}} {LOAN_QUESTION}".format(bot=telegram.username), chat=group
        )
        assert LOAN in answers(telegram, group)[0].text

    def test_a_reply_to_the_bot_is_answered(
        self, telegram: FakeTelegram, group: Chat, lan: Person, minh: Person
    ):
        lan.says(f"@{{bot}} {FIGURE_QUESTION}", group)
        [first] = answers(telegram, group)
        asked = minh.says(LOAN_QUESTION, group, reply_to=first)
        second = answers(telegram, group, 2)[1]
        assert LOAN in second.text
        assert second.reply_to == asked.message_id

    def test_a_reply_to_a_person_is_not(
        self, telegram: FakeTelegram, group: Chat, lan: Person, minh: Person
    ):
        said = lan.says("Ai biết không?", group)
        minh.says(LOAN_QUESTION, group, reply_to=said)
        assert self.said(telegram, group, minh) == ""

    @pytest.mark.parametrize("text", ["@{bot}", "@{bot} ?", "👆 @{bot}"])
    def test_a_bare_mention_asks_the_message_it_replies_to(
        self, telegram: FakeTelegram, group: Chat, lan: Person, minh: Person, text: str
    ):
        question = lan.says(LOAN_QUESTION, group)
        called = minh.says(text, group, reply_to=question)
        [answer] = answers(telegram, group)
        assert LOAN in answer.text
        assert answer.reply_to == called.message_id

    def test_a_bare_mention_may_ask_a_caption(
        self, telegram: FakeTelegram, group: Chat, lan: Person, minh: Person
    ):
        photo = lan.sends_photo(caption=LOAN_QUESTION, chat=group)
        minh.says("@{bot}", group, reply_to=photo)
        assert LOAN in answers(telegram, group)[0].text

    def test_a_bare_mention_alone_gets_an_example(
        self, telegram: FakeTelegram, group: Chat, lan: Person
    ):
        lan.says("@{bot}", group)
        assert answers(telegram, group)[0].text.startswith("Tôi chưa thấy câu hỏi.")

    def test_a_bare_mention_under_an_answer_does_not_ask_the_answer(
        self, telegram: FakeTelegram, group: Chat, lan: Person
    ):
        lan.says(f"@{{bot}} {LOAN_QUESTION}", group)
        [answer] = answers(telegram, group)
        lan.says("@{bot}", group, reply_to=answer)
        assert answers(telegram, group, 2)[1].text.startswith("Tôi chưa thấy câu hỏi.")

    def test_the_answer_goes_into_the_topic(self, telegram: FakeTelegram, group: Chat, lan: Person):
        lan.says(f"@{{bot}} {LOAN_QUESTION}", group, thread=5)
        [answer] = answers(telegram, group)
        assert answer.thread == 5
        called = [call for call in telegram.calls if call.chat_id == group.id]
        assert {call.method: call.text("message_thread_id") for call in called} == {
            "sendChatAction": "5",
            "sendMessage": "5",
            "editMessageText": "",
        }

    def test_several_at_once_each_get_their_own_answer(
        self, telegram: FakeTelegram, group: Chat, lan: Person, minh: Person
    ):
        expected = {
            lan.says(f"@{{bot}} {LOAN_QUESTION}", group).message_id: LOAN,
            minh.says(f"@{{bot}} {FIGURE_QUESTION}", group).message_id: FIGURE,
            lan.says("@{bot} Hồ sơ vay gồm gì?", group).message_id: "đơn vay",
        }
        found = {one.reply_to: one.text for one in answers(telegram, group, 3)}
        assert found.keys() == expected.keys()
        assert [asked for asked, words in expected.items() if words not in found[asked]] == []


FOR_OFFICERS = "Quỹ dự phòng của tỉnh Bến Tre năm 2023 là 999 tỷ đồng, chỉ lưu hành nội bộ."
OFFICERS_QUESTION = "Quỹ dự phòng của tỉnh Bến Tre năm 2023 là bao nhiêu?"
TABLE = "file,audience\nnoi-bo.txt,officers\nquan-tri.txt,admins\n"
FOR_ADMINS = "Mã dự án Cồn Phụng của tỉnh Bến Tre năm 2023 là số bảy mươi bảy."
ADMINS_QUESTION = "Mã dự án Cồn Phụng của tỉnh Bến Tre năm 2023 là gì?"


@pytest.fixture(scope="module")
def restricted(tmp_path_factory: pytest.TempPathFactory) -> Stand:
    base = tmp_path_factory.mktemp("restricted")
    files = {
        REPORT_FILE: REPORT,
        "noi-bo.txt": f"Báo cáo nội bộ\n\n{FOR_OFFICERS}\n",
        "quan-tri.txt": f"Ghi chú quản trị\n\n{FOR_ADMINS}\n",
        "documents.csv": TABLE,
    }
    stand = Stand(base / "var")
    assert not stand.ingestion().ingest([write_all(base / "d", files)]).failed
    return stand


class TestAudience:
    @pytest.fixture
    def people(self, own_telegram: FakeTelegram, restricted: Stand) -> Iterator[dict[str, Person]]:
        people = {name: own_telegram.person(name) for name in ("manager", "officer", "admin")}
        ids = {"officer_ids": people["officer"].id, "admin_ids": people["admin"].id}
        with starting(own_telegram, restricted, **ids):
            yield people

    @pytest.mark.parametrize(
        ("who", "question", "secret", "sees"),
        [
            ("manager", OFFICERS_QUESTION, "999 tỷ", False),
            ("officer", OFFICERS_QUESTION, "999 tỷ", True),
            ("admin", OFFICERS_QUESTION, "999 tỷ", True),
            ("manager", ADMINS_QUESTION, "bảy mươi bảy", False),
            ("officer", ADMINS_QUESTION, "bảy mươi bảy", False),
            ("admin", ADMINS_QUESTION, "bảy mươi bảy", True),
        ],
    )
    def test_in_private_everybody_is_shown_what_is_for_them(
        self,
        own_telegram: FakeTelegram,
        people: dict[str, Person],
        who: str,
        question: str,
        secret: str,
        sees: bool,
    ):
        people[who].says(question)
        assert (secret in answers(own_telegram, people[who])[0].text) is sees

    @pytest.mark.parametrize("who", ["manager", "officer", "admin"])
    def test_in_a_group_nobody_is_shown_more_than_all_may_see(
        self, own_telegram: FakeTelegram, people: dict[str, Person], who: str
    ):
        group = own_telegram.group("HTX Bến Tre", people.values())
        people[who].says(f"@{{bot}} {OFFICERS_QUESTION}", group)
        people[who].says(f"@{{bot}} {ADMINS_QUESTION}", group)
        found = answers(own_telegram, group, 2)
        assert [one.text for one in found if "999 tỷ" in one.text or "bảy mươi" in one.text] == []
        assert [label for one in found for label in labels(one) if "nội bộ" in label] == []


class TestKindsOfMessages:
    def test_a_forwarded_message_is_a_question(self, telegram: FakeTelegram, lan: Person):
        lan.says(LOAN_QUESTION, forwarded_from="Phòng Nông nghiệp")
        assert LOAN in answers(telegram, lan)[0].text

    @pytest.mark.parametrize("kind", ["photo", "video", "voice", "audio", "animation", "document"])
    def test_a_caption_is_a_question(self, telegram: FakeTelegram, lan: Person, kind: str):
        lan.sends(kind, caption=LOAN_QUESTION)
        assert LOAN in answers(telegram, lan)[0].text

    @pytest.mark.parametrize(
        ("kind", "fields"),
        [
            ("voice", {}),
            ("photo", {}),
            ("sticker", {}),
            ("video", {}),
            ("video_note", {}),
            ("location", {"latitude": 10.24, "longitude": 106.37}),
            ("contact", {"phone_number": "0912", "first_name": "Minh"}),
            ("dice", {"emoji": "🎲", "value": 3}),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_what_has_no_words_gets_a_kind_one(
        self, telegram: FakeTelegram, lan: Person, kind: str, fields: dict[str, Any]
    ):
        lan.sends(kind, **fields)
        assert answers(telegram, lan)[0].text == in_chat.ONLY_TEXT[VI]

    def test_in_a_group_only_what_is_meant_for_the_bot_gets_it(
        self, telegram: FakeTelegram, group: Chat, lan: Person
    ):
        lan.sends("voice", group)
        lan.sends_photo(chat=group)
        lan.says(f"@{{bot}} {LOAN_QUESTION}", group)
        [answer] = answers(telegram, group)
        voice = lan.sends("voice", group, reply_to=answer)
        kind = answers(telegram, group, 2)[1]
        assert (kind.text, kind.reply_to) == (in_chat.ONLY_TEXT[VI], voice.message_id)

    def test_an_album_gets_one_word(self, telegram: FakeTelegram, lan: Person):
        for _ in range(3):
            photo = telegram.keep_file("photo", "anh.jpg", b"...")
            raw(telegram, lan, document=photo, extra={"media_group_id": "77"})
        lan.says(LOAN_QUESTION)
        word, answer = answers(telegram, lan, 2)
        assert word.text == in_chat.ONLY_TEXT[VI]
        assert LOAN in answer.text

    def test_the_pictures_of_an_album_with_a_caption_get_none(
        self, telegram: FakeTelegram, lan: Person
    ):
        for caption in (LOAN_QUESTION, "", ""):
            photo = telegram.keep_file("photo", "anh.jpg", b"...")
            raw(telegram, lan, caption, document=photo, extra={"media_group_id": "78"})
        lan.says(FIGURE_QUESTION)
        first, second = answers(telegram, lan, 2)
        assert LOAN in first.text
        assert FIGURE in second.text

    @pytest.mark.parametrize(
        "service",
        [
            {"new_chat_members": [{"id": 5, "is_bot": False, "first_name": "Tư"}]},
            {"left_chat_member": {"id": 5, "is_bot": False, "first_name": "Tư"}},
            {"new_chat_title": "HTX Mỏ Cày"},
            {"group_chat_created": True},
            {"pinned_message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}}},
            {"forum_topic_created": {"name": "Hỏi đáp", "icon_color": 7322096}},
            {"video_chat_started": {}},
            {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}},
        ],
        ids=lambda service: next(iter(service)),
    )
    def test_a_service_message_gets_nothing(
        self, telegram: FakeTelegram, lan: Person, service: dict[str, Any]
    ):
        raw(telegram, lan, extra=service)
        lan.says(LOAN_QUESTION)
        assert LOAN in answers(telegram, lan)[0].text

    def test_an_edited_message_gets_no_second_answer(self, telegram: FakeTelegram, lan: Person):
        asked = lan.says(LOAN_QUESTION)
        answers(telegram, lan)
        telegram.allowed = ["message", "edited_message", "callback_query"]  # left by another bot
        lan.edits(asked, FIGURE_QUESTION)
        lan.says("Hồ sơ vay gồm gì?")
        assert "đơn vay" in answers(telegram, lan, 2)[1].text


class TestManyPeople:
    def test_nobody_waits_for_a_chat_that_is_slow(
        self, telegram: FakeTelegram, lan: Person, minh: Person
    ):
        telegram.fault("*", "slow_before", times=None, chat=lan, delay=1.0)
        lan.says(LOAN_QUESTION)
        telegram.wait_for(lambda: methods(telegram, lan))
        minh.says(FIGURE_QUESTION)
        assert FIGURE in answers(telegram, minh)[0].text
        assert telegram.shown(lan) == []
        telegram.clear_faults()
        assert LOAN in answers(telegram, lan)[0].text

    def test_nobody_waits_for_one_who_asks_thirty_things(
        self, telegram: FakeTelegram, lan: Person, minh: Person
    ):
        for number in range(QUESTIONS):
            lan.says(f"{LOAN_QUESTION} ({number})")
        minh.says(FIGURE_QUESTION)
        answers(telegram, minh)
        answers(telegram, lan, QUESTIONS)
        edited = [call.chat_id for call in telegram.calls if call.method == "editMessageText"]
        mine = edited.index(minh.id)
        assert edited[mine:].count(lan.id) > QUESTIONS / 2

    def test_the_answers_of_one_person_come_in_order(self, telegram: FakeTelegram, lan: Person):
        for question in (LOAN_QUESTION, FIGURE_QUESTION, "Hồ sơ vay gồm gì?"):
            lan.says(question)
        found = answers(telegram, lan, 3)
        for answer, words in zip(found, (LOAN, FIGURE, "đơn vay"), strict=True):
            assert words in answer.text


class TestPace:
    def test_who_asks_too_fast_is_told_so_once_and_answered_again_later(
        self, telegram: FakeTelegram, lan: Person
    ):
        start = datetime.now(UTC) - timedelta(minutes=3)
        for _ in range(QUESTIONS + 3):
            lan.says("Hồ sơ vay gồm gì?", date=start)
        lan.says(LOAN_QUESTION, date=start + timedelta(minutes=1))
        found = answers(telegram, lan, QUESTIONS + 2)
        told = [one for one in found if one.text.startswith("Bạn gửi nhanh quá")]
        assert [one.text for one in told] == [
            in_chat.SLOW_DOWN[VI].format(count=QUESTIONS, seconds=60)
        ]
        assert LOAN in found[-1].text

    def test_a_backlog_of_a_day_is_no_haste(self, telegram: FakeTelegram, lan: Person):
        start = datetime.now(UTC) - timedelta(hours=20)
        for number in range(QUESTIONS + 3):
            lan.says("Hồ sơ vay gồm gì?", date=start + timedelta(minutes=number))
        found = answers(telegram, lan, QUESTIONS + 3)
        assert [one.text for one in found if "đơn vay" not in one.text] == []

    def test_others_may_still_ask(self, telegram: FakeTelegram, lan: Person, minh: Person):
        for _ in range(QUESTIONS + 1):
            lan.says("Hồ sơ vay gồm gì?")
        answers(telegram, lan, QUESTIONS + 1)
        minh.says(LOAN_QUESTION)
        assert LOAN in answers(telegram, minh)[0].text


STRANGE = {
    "100,000 letters": ("vay " * 25_000, "Tin nhắn dài quá (99.999 ký tự)"),
    "100,000 emoji": ("🌾" * 100_000, "Tin nhắn dài quá (100.000 ký tự)"),
    "one word of 2,000 letters": ("a" * 2_000, "Không có trong tài liệu"),
    "2,000 letters that need escaping": ("<&>" * 666, "Tôi chưa thấy câu hỏi"),
    "only emoji": ("🌾🚜😀👨‍👩‍👧", "Tôi chưa thấy câu hỏi"),
    "2,000 emoji": ("🌾" * 2_000, "Tôi chưa thấy câu hỏi"),
    "a question among 1,900 emoji": (LOAN_QUESTION + "🌾" * 1_900, LOAN),
    "only marks of direction": ("\u200e\u200f\u202a\u202e\u2066\u2069", "Tôi chưa thấy câu hỏi"),
    "only zero-width letters": ("\u200b\u200c\u200d\u2060\ufeff", "Tôi chưa thấy câu hỏi"),
    "only spaces": ("   \u00a0\u3000\n\t ", "Tôi chưa thấy câu hỏi"),
    "nothing": ("", "Tôi mới đọc được chữ"),
    "right to left": (f"\u202e{LOAN_QUESTION}\u202c", LOAN),
    "zero-width within words": (LOAN_QUESTION.replace(" ", "\u200b "), LOAN),
    "a NUL": (LOAN_QUESTION.replace(" ", "\x00 "), LOAN),
    "control letters": (f"\x01\x02{LOAN_QUESTION}\x7f", LOAN),
    "half an emoji": (f"{LOAN_QUESTION} \ud83d", LOAN),
    "halves in the wrong order": (f"\udf3e\ud83c {LOAN_QUESTION}", LOAN),
    "HTML": (f"<b>{LOAN_QUESTION}</b>", LOAN),
    "unclosed HTML": (f"<b><i>{LOAN_QUESTION}<a href='", LOAN),
    "entities": ("Thời hạn vay &lt;b&gt; &amp; &nbsp; máy móc & giống?", "không quá"),
    "the end of a quotation": (f"</blockquote></b>{LOAN_QUESTION}", LOAN),
    "Markdown": (f"**{LOAN_QUESTION}** `vay` _[x](tg://user?id=1)_", LOAN),
    "format fields": ("{text} {0} %s thời hạn vay mua máy móc", LOAN),
    "marks upon marks": ("v\u0301\u0301\u0301" * 300, "Không có trong tài liệu"),
    "other scripts": ("合作社是什么？ ¿Qué es una cooperativa?", ""),
    "question marks": ("?????", "Tôi chưa thấy câu hỏi"),
    "an SQL injection": ("'; DROP TABLE turns; -- thời hạn vay mua máy móc", ""),
}


class TestStrangeInput:
    @pytest.mark.parametrize(("text", "words"), STRANGE.values(), ids=STRANGE)
    def test_it_is_answered_calmly_and_so_is_the_next_question(
        self, telegram: FakeTelegram, lan: Person, text: str, words: str
    ):
        raw(telegram, lan, text)
        assert words in answers(telegram, lan)[0].text
        lan.says(FIGURE_QUESTION)
        assert FIGURE in answers(telegram, lan, 2)[1].text
        assert stumbles(telegram) == []

    def test_half_an_emoji_beside_a_mention(self, telegram: FakeTelegram, group: Chat, lan: Person):
        name = f"@{telegram.username}"
        entity = {"type": "mention", "offset": 2, "length": len(name)}
        raw(telegram, lan, f"\ud83d {name} {LOAN_QUESTION}", group, entities=(entity,))
        assert LOAN in answers(telegram, group)[0].text

    def test_a_person_of_a_strange_name_is_greeted(self, telegram: FakeTelegram, bot: BotHere):
        one = telegram.person("<b>Tư & \ud83d</i>")
        one.says("/start")
        assert answers(telegram, one)[0].text.startswith("Chào <b>Tư & </i>")


class TestEnglish:
    @pytest.fixture
    def ann(self, telegram: FakeTelegram, bot: BotHere) -> Person:
        return telegram.person("Ann", language="en-GB")

    def test_a_question_in_english_is_answered_in_english(
        self, telegram: FakeTelegram, ann: Person
    ):
        ann.says("What are the obligations of members?")
        [answer] = answers(telegram, ann)
        assert answer.edits == ("Searching…",)
        assert "According to" in answer.text
        assert "📖 Read in full" in labels(answer)

    def test_a_question_in_vietnamese_is_answered_in_vietnamese_with_english_buttons(
        self, telegram: FakeTelegram, ann: Person
    ):
        ann.says(LOAN_QUESTION)
        [answer] = answers(telegram, ann)
        assert answer.text.startswith("Theo khoản")
        assert LOAN in answer.text
        assert "📖 Read in full" in labels(answer)

    def test_kind_words_are_english_too(self, telegram: FakeTelegram, ann: Person):
        ann.sends("voice")
        assert answers(telegram, ann)[0].text == in_chat.ONLY_TEXT[EN]

    def test_an_english_question_of_a_vietnamese_phone_is_answered_in_english(
        self, telegram: FakeTelegram, lan: Person
    ):
        lan.says("What are the obligations of members?")
        [answer] = answers(telegram, lan)
        assert "According to" in answer.text
        assert "📖 Xem đầy đủ" in labels(answer)

    def test_an_officer_may_ask_in_both_languages(
        self, own_telegram: FakeTelegram, stand: Stand, samples: Path
    ):
        write_all(samples, {"documents.csv": f"file,audience\n{DIGEST_FILE},officers\n"})
        stand.ingestion().ingest([samples])
        ann = own_telegram.person("Ann", language="en")
        with starting(own_telegram, stand, officer_ids=ann.id):
            ann.says("What are the obligations of members?")
            ann.says(DIGEST_QUESTION)
            english, vietnamese = answers(own_telegram, ann, 2)
        assert "According to" in english.text
        assert vietnamese.text.startswith("Theo ")
        assert "quá sáu mươi ngày" in vietnamese.text
        for answer in (english, vietnamese):
            assert answer.edits == ("Searching…",)
            assert "📖 Read in full" in labels(answer)
