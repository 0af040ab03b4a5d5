"""A question is handed to the officers, one takes it, and the asker gets the answer by name."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from bot.telegram.buttons import Act, Press, encode
from bot.telegram.office import notices
from tests.bot.conftest import labels, starting, telegram_without_stumbles
from tests.bot.running import BotHere
from tests.bot.waiting import (
    NOT_FOUND,
    asked,
    deeds,
    forged,
    let_pass,
    number_in,
    pressed,
    refusals,
    said_to,
    seen,
)
from tests.builders import LOAN_QUESTION, Stand
from tests.telegram_server import FakeTelegram, Message, Person

HOA, BINH, CUC = 501, 502, 503  # an admin and two officers
OFFER, SENT, TAKE, BACK = "Hỏi cán bộ", "Đã gửi cán bộ", "Tôi nhận", "Trả lại"
OFFICERS = {"ADMIN_IDS": HOA, "OFFICER_IDS": f"{BINH},{CUC}"}


@pytest.fixture(scope="module")
def stand(library: Stand, tmp_path_factory: pytest.TempPathFactory) -> Stand:
    return library.copied(tmp_path_factory.mktemp("officers") / "var")


@pytest.fixture(scope="module")
def bot(telegram: FakeTelegram, stand: Stand) -> Iterator[BotHere]:
    with starting(telegram, stand, **OFFICERS) as running:
        yield running


class Office:
    """An asker of a test with a question of its own, and the officers."""

    def __init__(self, telegram: FakeTelegram, stand: Stand, name: str) -> None:
        self.telegram, self.stand, self.name = telegram, stand, name
        self.asker = telegram.person(name)
        self.hoa = self._officer("Hoa", HOA)
        self.binh = self._officer("Bình", BINH)
        self.cuc = self._officer("Cúc", CUC)

    def _officer(self, name: str, number: int) -> Person:
        known = self.telegram.chats.get(number)
        if known is not None and known.owner is not None:
            return known.owner
        return self.telegram.person(name, person_id=number)

    def ask(self) -> Message:
        question = f"giá lúa ở chợ {self.name} hôm nay bao nhiêu"
        answer = asked(self.telegram, self.asker, question)
        assert NOT_FOUND in answer.text
        return answer

    def hand_over(self) -> Message:
        """Ask, hand over, and return the answer's message with its button changed."""
        answer = self.ask()
        pressed(self.telegram, self.asker, answer, OFFER)
        confirm = seen(self.telegram, self.asker, "Gửi câu này cho cán bộ?")
        pressed(self.telegram, self.asker, confirm, "Gửi")
        return seen(self.telegram, self.asker, NOT_FOUND)

    def card(self, officer: Person, words: str = "") -> Message:
        """Return the card about this question in an officer's chat, once it says something."""

        def found() -> Message | None:
            cards = [
                one
                for one in self.telegram.shown(officer)
                if f"chợ {self.name} " in one.text and words in one.text
            ]
            return cards[-1] if cards else None

        card = self.telegram.wait_for(found, 15)
        assert card is not None
        return card


@pytest.fixture
def office(
    bot: BotHere, telegram: FakeTelegram, stand: Stand, request: pytest.FixtureRequest
) -> Office:
    return Office(telegram, stand, f"Lan{abs(hash(request.node.name)) % 10**6}")


class TestHanding:
    def test_the_asker_sees_what_officers_will_see_and_agrees(self, office: Office) -> None:
        answer = office.ask()
        pressed(office.telegram, office.asker, answer, OFFER)
        confirm = seen(office.telegram, office.asker, "Gửi câu này cho cán bộ?")
        assert office.name in confirm.text
        assert "giá lúa" in confirm.text
        pressed(office.telegram, office.asker, confirm, "Câu trả lời")
        back = seen(office.telegram, office.asker, NOT_FOUND)
        assert OFFER in " ".join(labels(back))
        for officer in (office.hoa, office.binh, office.cuc):
            assert said_to(office.telegram, officer, office.name) == []

    def test_officers_and_admins_get_a_card_with_name_and_question(self, office: Office) -> None:
        after = office.hand_over()
        assert SENT in " ".join(labels(after))
        for officer in (office.hoa, office.binh, office.cuc):
            card = office.card(officer, "hỏi lúc")
            assert office.name in card.text
            assert TAKE in labels(card)[0]

    def test_pressing_twice_makes_one(self, office: Office) -> None:
        after = office.hand_over()
        office.card(office.binh)
        turn = number_in(r"h:(\d+):", after)
        again = encode(Press(act=Act.HAND, turn=turn, word="send"))
        query = forged(office.telegram, office.asker, after, again)
        assert "đã gửi cán bộ rồi" in query.toast
        query = pressed(office.telegram, office.asker, after, SENT)
        assert "đã gửi cán bộ rồi" in query.toast
        assert len(said_to(office.telegram, office.binh, f"chợ {office.name} ")) == 1

    def test_an_answered_question_offers_it_only_after_a_thumb_down(self, office: Office) -> None:
        answer = asked(office.telegram, office.asker, LOAN_QUESTION)
        assert OFFER not in " ".join(labels(answer))
        pressed(office.telegram, office.asker, answer, "👎")
        office.telegram.wait_for(
            lambda: OFFER in " ".join(labels(seen(office.telegram, office.asker, "bốn năm")))
        )

    def test_a_group_is_offered_nothing(self, office: Office) -> None:
        group = office.telegram.group("Nhóm", [office.asker])
        office.asker.says("@{bot} giá lúa hôm nay bao nhiêu", group)
        answer = office.telegram.wait_for(
            lambda: next(
                (one for one in office.telegram.shown(group) if NOT_FOUND in one.text), None
            )
        )
        assert answer is not None
        assert OFFER not in " ".join(labels(answer))

    def test_nobody_hands_over_the_question_of_another(self, office: Office) -> None:
        answer = office.ask()
        turn = number_in(r"h:(\d+):", answer)
        minh = office.telegram.person("Minh")
        his = asked(office.telegram, minh, "/help")
        for word in ("ask", "send"):
            query = forged(
                office.telegram, minh, his, encode(Press(act=Act.HAND, turn=turn, word=word))
            )
            assert "không dùng được nữa" in query.toast
        assert refusals(office.stand, minh) == ["[hand send]", "[hand ask]"]
        assert office.stand.catalogue().handovers().find(turn) is None


class TestTaking:
    def test_one_takes_it_and_all_other_cards_say_who(self, office: Office) -> None:
        office.hand_over()
        cards = {one.id: office.card(one) for one in (office.hoa, office.binh, office.cuc)}
        pressed(office.telegram, office.binh, cards[BINH], TAKE)
        mine = office.card(office.binh, "Bạn đã nhận")
        assert labels(mine) == ["↩️ Trả lại"]
        for other in (office.hoa, office.cuc):
            card = office.card(other, "Đã có Bình nhận")
            assert card.message_id == cards[other.id].message_id
            assert labels(card) == []

    def test_of_two_who_take_it_at_once_one_wins(self, office: Office) -> None:
        office.hand_over()
        binh, cuc = office.card(office.binh), office.card(office.cuc)
        both = threading.Barrier(2)
        queries = []

        def take(officer: Person, card: Message) -> None:
            both.wait()
            queries.append(officer.presses(card, TAKE))

        threads = [
            threading.Thread(target=take, args=pair)
            for pair in ((office.binh, binh), (office.cuc, cuc))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        office.telegram.wait_for(lambda: all(one.answer is not None for one in queries))
        assert sorted(bool(one.toast) for one in queries) == [False, True]
        lost = next(one for one in queries if one.toast)
        assert "người khác nhận" in lost.toast
        winner = office.cuc if lost.person is office.binh else office.binh
        office.card(winner, "Bạn đã nhận")
        office.card(lost.person, f"Đã có {winner.name} nhận")

    def test_who_took_it_gives_it_back_and_another_takes_it(self, office: Office) -> None:
        office.hand_over()
        pressed(office.telegram, office.binh, office.card(office.binh), TAKE)
        pressed(office.telegram, office.binh, office.card(office.binh, "Bạn đã nhận"), BACK)
        office.telegram.wait_for(lambda: labels(office.card(office.cuc)) == ["✋ Tôi nhận trả lời"])
        pressed(office.telegram, office.cuc, office.card(office.cuc), TAKE)
        office.card(office.binh, "Đã có Cúc nhận")

    def test_who_is_no_officer_takes_nothing(self, office: Office) -> None:
        after = office.hand_over()
        turn = number_in(r"h:(\d+):", after)
        minh = office.telegram.person("Minh")
        his = asked(office.telegram, minh, "/help")
        for word in ("take", "back"):
            data = encode(Press(act=Act.HAND, turn=turn, word=word))
            assert "không dùng được nữa" in forged(office.telegram, minh, his, data).toast
        assert refusals(office.stand, minh) == ["[hand back]", "[hand take]"]
        handed = office.stand.catalogue().handovers().find(turn)
        assert handed is not None
        assert handed.officer is None


class TestAnswering:
    def test_the_asker_gets_the_answer_with_the_officers_name(self, office: Office) -> None:
        after = office.hand_over()
        turn = number_in(r"h:(\d+):", after)
        pressed(office.telegram, office.cuc, office.card(office.cuc), TAKE)
        card = office.card(office.cuc, "Bạn đã nhận")
        office.cuc.says("Giá lúa xem ở <b>Sở</b> Công Thương, mỗi sáng 8 giờ.", reply_to=card)
        got = seen(office.telegram, office.asker, "Cán bộ Cúc trả lời")
        assert "xem ở <b>Sở</b> Công Thương" in got.text
        assert "giá lúa ở chợ" in got.text
        assert labels(got) == ["👍", "👎"]
        seen(office.telegram, office.cuc, "Đã gửi câu trả lời cho")
        office.card(office.hoa, "Cúc đã trả lời")
        pressed(office.telegram, office.asker, got, "👎")
        office.telegram.wait_for(
            lambda: (
                labels(seen(office.telegram, office.asker, "Cán bộ Cúc trả lời")) == ["👍", "👎 ✓"]
            )
        )
        handed = office.stand.catalogue().handovers().find(turn)
        assert handed is not None
        assert handed.helpful is False
        mine = {(one.person, one.deed) for one in deeds(office.stand) if one.object == f"#{turn}"}
        assert mine == {(office.asker.id, "handed"), (CUC, "took"), (CUC, "answered")}

    def test_a_reply_to_a_waiting_card_takes_and_answers(self, office: Office) -> None:
        office.hand_over()
        office.binh.says("Bạn hỏi phòng Kinh tế của huyện.", reply_to=office.card(office.binh))
        seen(office.telegram, office.asker, "Cán bộ Bình trả lời")
        office.card(office.cuc, "Bình đã trả lời")

    def test_who_did_not_take_it_cannot_answer(self, office: Office) -> None:
        office.hand_over()
        pressed(office.telegram, office.binh, office.card(office.binh), TAKE)
        card = office.card(office.cuc, "Đã có Bình nhận")
        office.cuc.says("Tôi trả lời đây.", reply_to=card)
        seen(office.telegram, office.cuc, "đang do người khác trả lời")
        assert said_to(office.telegram, office.asker, "Cúc") == []

    def test_a_second_answer_is_not_sent(self, office: Office) -> None:
        office.hand_over()
        card = office.card(office.hoa)
        office.hoa.says("Xem bảng giá của Sở.", reply_to=card)
        seen(office.telegram, office.asker, "Cán bộ Hoa trả lời")
        office.hoa.says("Và hỏi thêm nữa.", reply_to=card)
        seen(office.telegram, office.hoa, "đã có người khác nhận hoặc đã trả lời")
        assert len(said_to(office.telegram, office.asker, "Cán bộ Hoa")) == 1

    def test_only_the_asker_rates_the_answer(self, office: Office) -> None:
        after = office.hand_over()
        turn = number_in(r"h:(\d+):", after)
        office.hoa.says("Xem bảng giá của Sở.", reply_to=office.card(office.hoa))
        seen(office.telegram, office.asker, "Cán bộ Hoa trả lời")
        minh = office.telegram.person("Minh")
        his = asked(office.telegram, minh, "/help")
        data = encode(Press(act=Act.HAND, turn=turn, word="good"))
        assert "không dùng được nữa" in forged(office.telegram, minh, his, data).toast
        assert refusals(office.stand, minh) == ["[hand good]"]
        handed = office.stand.catalogue().handovers().find(turn)
        assert handed is not None
        assert handed.helpful is None


class TestWaiting:
    def test_officers_are_reminded_once_after_a_day(
        self, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(notices, "_LOOK_S", 0.2)
        after = office.hand_over()
        turn = number_in(r"h:(\d+):", after)
        office.card(office.cuc)
        assert said_to(office.telegram, office.cuc, "chờ hơn một ngày") == []
        let_pass(office.stand.home, f"wait:{turn}:")
        office.asker.says("/help")  # nothing that is said hurries the reminder
        late = office.card(office.cuc, "chờ hơn một ngày")
        pressed(office.telegram, office.cuc, late, TAKE)
        taken = office.card(office.cuc, "Bạn đã nhận")
        for officer in (office.binh, office.cuc, office.hoa):  # the reminders are cards too
            reminded = partial(said_to, office.telegram, officer, "chờ hơn một ngày")
            office.telegram.wait_for(lambda told=reminded: not told())  # type: ignore[misc]
        office.cuc.says("Chợ đóng cửa hôm nay rồi.", reply_to=taken)
        seen(office.telegram, office.asker, "Cán bộ Cúc trả lời")

    def test_what_was_taken_reminds_nobody(self, office: Office) -> None:
        after = office.hand_over()
        turn = number_in(r"h:(\d+):", after)
        pressed(office.telegram, office.binh, office.card(office.binh), TAKE)
        office.card(office.binh, "Bạn đã nhận")
        store = office.stand.catalogue().notices()
        assert store.told(f"wait:{turn}:") == []
        due = store.next_due()
        let_pass(office.stand.home, f"wait:{turn}:")
        assert store.next_due() == due


def test_it_goes_on_after_a_restart(library: Stand, tmp_path: Path) -> None:
    stand = library.copied(tmp_path / "var")
    with telegram_without_stumbles() as telegram:
        office = Office(telegram, stand, "Mai")
        with starting(telegram, stand, **OFFICERS):
            office.hand_over()
            card = office.card(office.binh)
        with starting(telegram, stand, **OFFICERS):
            pressed(telegram, office.binh, card, TAKE)
            office.card(office.cuc, "Đã có Bình nhận")
        with starting(telegram, stand, **OFFICERS):
            office.binh.says("Sáng mai chợ báo giá.", reply_to=office.card(office.binh))
            seen(telegram, office.asker, "Cán bộ Bình trả lời")


def test_without_officers_nothing_is_offered(library: Stand, tmp_path: Path) -> None:
    stand = library.copied(tmp_path / "var")
    with telegram_without_stumbles() as telegram, starting(telegram, stand):
        answer = asked(telegram, telegram.person("Lan"), "giá lúa hôm nay bao nhiêu")
        assert OFFER not in " ".join(labels(answer))
