"""Messages that somebody is owed, questions handed over, gaps: what the tables keep of them."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from knowledge.catalogue import Catalogue, GapState, Turn
from knowledge.model import Answer, Question, Status
from tests.builders import Stand

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
LAN, MINH, BINH, CUC = 1, 2, 11, 12


@pytest.fixture
def catalogue(stand: Stand) -> Catalogue:
    return stand.catalogue()


def a_turn(catalogue: Catalogue, person: int, text: str, status: Status = Status.NOT_FOUND) -> int:
    """Keep a question with an answer; return the turn's number."""
    asked = Turn(
        chat=person,
        person=person,
        message=1,
        pressed=False,
        text=text,
        asked_at=NOW,
    )
    store = catalogue.conversations()
    turn = store.begin(f"{person} {text}"[:32], asked=asked)
    question = Question(text=text, understood=text, query=text)
    store.answer(turn.id, Answer(question=question, status=status), latency_ms=7)
    return turn.id


class TestNotices:
    def test_one_key_is_owed_once(self, catalogue: Catalogue) -> None:
        notices = catalogue.notices()
        assert notices.owe("a", LAN, "một", NOW)
        assert not notices.owe("a", LAN, "hai", NOW)
        assert [one.payload for one in notices.due(NOW)] == ["một"]

    def test_nothing_is_told_before_its_time(self, catalogue: Catalogue) -> None:
        notices = catalogue.notices()
        notices.owe("a", LAN, "một", NOW + timedelta(hours=1))
        assert notices.due(NOW) == []
        assert notices.next_due() == NOW + timedelta(hours=1)
        assert len(notices.due(NOW + timedelta(hours=1))) == 1

    def test_what_was_told_is_not_told_again_and_its_words_are_forgotten(
        self, catalogue: Catalogue
    ) -> None:
        notices = catalogue.notices()
        notices.owe("a", LAN, "một", NOW)
        (notice,) = notices.due(NOW)
        notices.show(notice.id, 77)
        notices.finish(notice.id)
        assert notices.due(NOW) == []
        assert not notices.owe("a", LAN, "một", NOW)
        (told,) = notices.told("a")
        assert (told.shown, told.payload) == (77, "")
        assert notices.at(LAN, 77) == told
        assert notices.at(MINH, 77) is None

    def test_what_is_owed_can_be_cancelled_by_what_it_is_about(self, catalogue: Catalogue) -> None:
        notices = catalogue.notices()
        for key in ("wait:1:11", "wait:1:12", "wait:12:11", "wait_1:11"):
            notices.owe(key, LAN, "một", NOW)
        notices.cancel("wait:1:")
        assert sorted(one.key for one in notices.due(NOW)) == ["wait:12:11", "wait_1:11"]

    def test_a_person_who_does_not_want_it_is_not_tried_again(self, catalogue: Catalogue) -> None:
        notices = catalogue.notices()
        notices.owe("a", LAN, "một", NOW)
        notices.close(notices.due(NOW)[0].id)
        assert notices.due(NOW) == []
        assert notices.next_due() is None


class TestHandovers:
    def test_of_many_who_take_it_at_once_one_wins(self, catalogue: Catalogue) -> None:
        handovers = catalogue.handovers()
        turn = a_turn(catalogue, LAN, "giá lúa")
        assert handovers.ask(turn, "Lan")
        assert not handovers.ask(turn, "Lan")
        start, won = threading.Barrier(8), []

        def take(officer: int) -> None:
            start.wait()
            if handovers.take(turn, officer):
                won.append(officer)

        threads = [threading.Thread(target=take, args=(one,)) for one in range(20, 28)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found = handovers.find(turn)
        assert found is not None
        assert won == [found.officer]

    def test_only_who_took_it_gives_back_and_answers(self, catalogue: Catalogue) -> None:
        handovers = catalogue.handovers()
        turn = a_turn(catalogue, LAN, "giá lúa")
        handovers.ask(turn, "Lan")
        assert not handovers.answer(turn, BINH, "chưa nhận")
        assert handovers.take(turn, BINH)
        assert not handovers.give_back(turn, CUC)
        assert not handovers.answer(turn, CUC, "không phải tôi")
        assert handovers.give_back(turn, BINH)
        assert handovers.take(turn, CUC)
        assert handovers.answer(turn, CUC, "Xem ở Sở.")
        assert not handovers.give_back(turn, CUC)


class TestGaps:
    def test_not_found_and_displeased_turns_are_taken_and_no_others(
        self, catalogue: Catalogue
    ) -> None:
        wanted = {a_turn(catalogue, LAN, "giá lúa")}
        for status in Status:
            turn = a_turn(catalogue, MINH, f"câu {status}", status)
            catalogue.conversations().rate(turn, MINH, helpful=False)
            if status not in (Status.REFUSED, Status.CLARIFY):
                wanted.add(turn)
        pleased = a_turn(catalogue, LAN, "câu hay", Status.ANSWERED)
        catalogue.conversations().rate(pleased, LAN, helpful=True)
        a_turn(catalogue, LAN, "câu thường", Status.ANSWERED)
        assert {one.id for one in catalogue.gaps().ungrouped()} == wanted

    def test_most_asked_comes_first_with_how_many_people(self, catalogue: Catalogue) -> None:
        gaps = catalogue.gaps()
        first = gaps.add(a_turn(catalogue, LAN, "giá ngô"), "giá ngô", None)
        second = gaps.add(a_turn(catalogue, LAN, "giá lúa"), "giá lúa", None)
        gaps.add(a_turn(catalogue, LAN, "giá lúa?"), "giá lúa?", second)
        gaps.add(a_turn(catalogue, MINH, "gia lua"), "gia lua", second)
        found = gaps.all(GapState.OPEN)
        assert [(one.id, one.times, one.people) for one in found] == [(second, 3, 2), (first, 1, 1)]
        assert found[0].last == NOW
        assert gaps.ungrouped() == []

    def test_a_gap_is_settled_once(self, catalogue: Catalogue) -> None:
        gaps = catalogue.gaps()
        gap = gaps.add(a_turn(catalogue, LAN, "giá ngô"), "giá ngô", None)
        assert gaps.settle(gap, GapState.ANSWERED, BINH, "Xem ở Sở.")
        assert not gaps.settle(gap, GapState.CLOSED, CUC)
        found = gaps.find(gap)
        assert found is not None
        assert (found.state, found.answer, found.person) == (GapState.ANSWERED, "Xem ở Sở.", BINH)


def test_answers_brought_later_are_no_questions(catalogue: Catalogue) -> None:
    a_turn(catalogue, LAN, "giá lúa")
    asked = Turn(chat=LAN, person=LAN, message=1, pressed=True, text="giá lúa", asked_at=NOW)
    catalogue.conversations().begin(f"gap:1:{LAN}", asked=asked)
    (one,) = catalogue.usage().asked()
    assert (one.turn.text, one.status, one.latency_ms) == ("giá lúa", "not_found", 7)
    assert catalogue.usage().asked(NOW + timedelta(seconds=1)) == []
