"""Conversations on SQLite and on PostgreSQL: the inbox, turns, answers, verdicts, languages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from itertools import count
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, insert, update

from knowledge.catalogue import Catalogue, Conversations, Turn, schema
from knowledge.model import (
    Answer,
    Ask,
    Citation,
    Comparator,
    Figure,
    FigureKind,
    Kind,
    Language,
    LegalReference,
    Operation,
    Question,
    Reason,
    Status,
)
from knowledge.standing import Standing
from tests.servers import postgresql_server

_NAMES = (f"htx-noi-{number}" for number in count())
LAN, MINH = 7_000_000_001, 7_000_000_002  # beyond 32 bits
GROUP = -1_002_000_000_009
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    with postgresql_server() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def catalogue(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Catalogue]:
    url = (
        f"sqlite:///{tmp_path / 'catalogue.db'}"
        if request.param == "sqlite"
        else request.getfixturevalue("postgresql")
    )
    found = Catalogue.open(url, next(_NAMES), tmp_path)
    yield found
    found.close()


@pytest.fixture
def talks(catalogue: Catalogue) -> Conversations:
    return catalogue.conversations()


def a_turn(message: int = 1, **fields: Any) -> Turn:
    fields = {"chat": LAN, "person": LAN, "text": f"câu {message}", "asked_at": NOON, **fields}
    return Turn(**{"pressed": False, "message": message, **fields})


def together(work: Callable[[int], Any], threads: int = 8) -> list[Any]:
    """Return what work gives in several threads that begin at one moment."""
    start = Barrier(threads)

    def one(number: int) -> Any:
        start.wait()
        return work(number)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, range(threads)))


class TestInbox:
    def test_an_update_is_fresh_once(self, talks: Conversations) -> None:
        assert talks.take([("a", "1"), ("b", "2")]) == {"a", "b"}
        assert talks.take([("b", "2"), ("c", "3"), ("c", "3")]) == {"c"}
        assert talks.take([]) == set()

    def test_what_is_unfinished_comes_in_order_of_arrival(self, talks: Conversations) -> None:
        for number in (3, 1, 2):
            talks.take([(f"khóa {number}", f"nội dung {number}")])
        talks.finish("khóa 1")
        assert talks.unfinished() == [("khóa 3", "nội dung 3"), ("khóa 2", "nội dung 2")]

    def test_what_is_finished_is_forgotten_and_still_known(
        self, talks: Conversations, catalogue: Catalogue
    ) -> None:
        talks.take([("a", "riêng tư")])
        talks.finish("a")
        assert talks.unfinished() == []
        assert talks.take([("a", "riêng tư")]) == set()
        with catalogue._engine.connect() as connection:
            [row] = connection.execute(schema.inbox.select())
        assert (row.done, row.payload) == (True, "")

    def test_finishing_what_was_never_taken_is_nothing(self, talks: Conversations) -> None:
        talks.finish("lạ")
        assert talks.unfinished() == []

    def test_after_two_days_what_is_done_is_dropped_and_what_is_not_stays(
        self, talks: Conversations, catalogue: Catalogue
    ) -> None:
        old, young = (datetime.now(UTC) - timedelta(hours=hours) for hours in (49, 47))
        rows = [("cũ, xong", True, old), ("cũ, chưa xong", False, old), ("mới, xong", True, young)]
        with catalogue._engine.begin() as connection:
            for key, done, taken_at in rows:
                connection.execute(
                    insert(schema.inbox).values(key=key, payload="", done=done, taken_at=taken_at)
                )
        keys = [(key, "") for key, _, _ in rows]
        talks.take([("nay", "")])
        assert talks.take(keys) == {"cũ, xong"}
        assert ("cũ, chưa xong", "") in talks.unfinished()

    def test_an_update_that_comes_to_several_threads_is_fresh_to_one(
        self, talks: Conversations
    ) -> None:
        for number in range(20):
            found = together(lambda _, key=f"khóa {number}": talks.take([(key, "")]))  # type: ignore[misc]
            assert sorted(map(len, found)) == [0] * 7 + [1]
        assert len(talks.unfinished()) == 20


class TestTurns:
    def test_a_turn_comes_back_as_it_was_asked(self, talks: Conversations) -> None:
        asked = a_turn(2**40, chat=GROUP, pressed=True, text="Điều 5 nói gì? 😀 <b>")
        kept = talks.begin("k", asked=asked)
        assert kept.id
        assert replace(kept, id=0) == asked
        assert talks.turn(kept.id) == kept
        assert talks.turn(kept.id + 1) is None

    def test_a_time_is_kept_whatever_zone_it_was_told_in(self, talks: Conversations) -> None:
        vietnam = timezone(timedelta(hours=7))
        kept = talks.begin("k", asked=a_turn(asked_at=NOON.astimezone(vietnam)))
        assert kept.asked_at == NOON
        assert talks.last_turn(LAN, LAN, NOON.astimezone(vietnam)) == kept
        assert talks.last_turn(LAN, LAN, NOON + timedelta(seconds=1)) is None

    def test_the_same_update_begins_one_turn(self, talks: Conversations) -> None:
        first = talks.begin("k", asked=a_turn(1))
        talks.show(first.id, 55)
        again = talks.begin("k", asked=a_turn(9, text="khác"))
        assert again == replace(first, shown=55)
        assert talks.begin("k2", asked=a_turn(1)).id != first.id

    def test_the_same_update_in_several_threads_begins_one_turn(self, talks: Conversations) -> None:
        found = together(lambda number: talks.begin("k", asked=a_turn(number)))
        assert len({turn.id for turn in found}) == 1

    def test_an_answer_is_kept_with_its_time(self, talks: Conversations) -> None:
        kept = talks.begin("k", asked=a_turn())
        talks.answer(kept.id, an_answer())
        found = talks.turn(kept.id)
        assert found is not None
        assert found.answer == an_answer()
        assert found.answered_at is not None
        assert abs(found.answered_at - datetime.now(UTC)) < timedelta(minutes=1)

    def test_a_history_is_the_questions_that_led_here_oldest_first(
        self, talks: Conversations
    ) -> None:
        parent = None
        for number in range(1, 4):
            parent = talks.begin(f"k{number}", asked=a_turn(number, parent=parent)).id
        talks.begin("khác", asked=a_turn(9, text="không liên quan"))
        assert talks.history(parent) == ("câu 1", "câu 2", "câu 3")
        assert talks.history(None) == ()
        assert talks.history(4711) == ()

    def test_a_long_history_is_its_last_five_questions(self, talks: Conversations) -> None:
        parent = None
        for number in range(1, 9):
            parent = talks.begin(f"k{number}", asked=a_turn(number, parent=parent)).id
        assert talks.history(parent) == tuple(f"câu {number}" for number in range(4, 9))

    def test_the_last_turn_is_a_persons_latest_in_a_chat_since_a_moment(
        self, talks: Conversations
    ) -> None:
        talks.begin("k1", asked=a_turn(1, asked_at=NOON))
        last = talks.begin("k2", asked=a_turn(2, asked_at=NOON + timedelta(minutes=1)))
        talks.begin("k3", asked=a_turn(3, chat=GROUP, asked_at=NOON + timedelta(minutes=2)))
        talks.begin("k4", asked=a_turn(4, person=MINH, asked_at=NOON + timedelta(minutes=3)))
        assert talks.last_turn(LAN, LAN, NOON) == last
        assert talks.last_turn(LAN, LAN, last.asked_at) == last, "the moment itself counts"
        assert talks.last_turn(LAN, LAN, last.asked_at + timedelta(seconds=1)) is None
        assert talks.last_turn(MINH, LAN, NOON) is None

    def test_a_turn_is_found_by_its_question_and_by_its_answer(self, talks: Conversations) -> None:
        first = talks.begin("k1", asked=a_turn(10))
        talks.show(first.id, 11)
        other = talks.begin("k2", asked=a_turn(10, chat=GROUP))
        for message in (10, 11):
            found = talks.turn_at(LAN, message)
            assert found is not None
            assert found.id == first.id
        assert talks.turn_at(GROUP, 10) == other
        assert talks.turn_at(LAN, 12) is None

    def test_an_answer_under_which_a_button_asked_is_still_its_own(
        self, talks: Conversations
    ) -> None:
        """The message of a pressed turn is the answer whose button it was."""
        first = talks.begin("k1", asked=a_turn(10))
        talks.show(first.id, 11)
        pressed = talks.begin("k2", asked=a_turn(11, pressed=True, parent=first.id))
        talks.show(pressed.id, 12)
        assert [turn.id for turn in map(talks.turn_at, (LAN, LAN), (11, 12)) if turn] == [
            first.id,
            pressed.id,
        ]

    def test_an_answer_sent_anew_is_found_where_it_stands_now(self, talks: Conversations) -> None:
        kept = talks.begin("k", asked=a_turn(10))
        talks.show(kept.id, 11)
        talks.show(kept.id, 15)
        assert talks.turn_at(LAN, 11) is None
        found = talks.turn_at(LAN, 15)
        assert found is not None
        assert found.id == kept.id


class TestPeople:
    def test_a_verdict_replaces_the_one_before_and_is_one_persons(
        self, talks: Conversations, catalogue: Catalogue
    ) -> None:
        turn = talks.begin("k", asked=a_turn()).id
        other = talks.begin("k2", asked=a_turn(2)).id
        assert talks.verdict(turn, LAN) is None
        talks.rate(turn, LAN, helpful=True)
        talks.rate(turn, MINH, helpful=True)
        talks.rate(turn, LAN, helpful=False)
        assert talks.verdict(turn, LAN) is False
        assert talks.verdict(turn, MINH) is True
        assert talks.verdict(other, LAN) is None
        with catalogue._engine.connect() as connection:
            assert len(connection.execute(schema.feedback.select()).all()) == 2

    def test_a_language_replaces_the_one_before(self, talks: Conversations) -> None:
        assert talks.language(LAN) is None
        talks.choose_language(LAN, Language.ENGLISH)
        assert talks.language(LAN) is Language.ENGLISH
        talks.choose_language(LAN, Language.VIETNAMESE)
        assert talks.language(LAN) is Language.VIETNAMESE
        assert talks.language(MINH) is None

    def test_choices_of_one_person_in_several_threads_are_all_taken(
        self, talks: Conversations
    ) -> None:
        turn = talks.begin("k", asked=a_turn()).id
        for person in range(LAN, LAN + 10):

            def choose(number: int, person: int = person) -> None:
                talks.choose_language(person, list(Language)[number % 2])
                talks.rate(turn, person, helpful=bool(number % 2))

            together(choose, 4)
            assert talks.language(person) is not None
            assert talks.verdict(turn, person) is not None


def test_another_connection_sees_everything(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'catalogue.db'}"
    first, second = (Catalogue.open(url, "htx", tmp_path) for _ in range(2))
    kept = first.conversations().begin("k", asked=a_turn())
    first.conversations().take([("u", "...")])
    assert second.conversations().turn(kept.id) == kept
    assert second.conversations().unfinished() == [("u", "...")]
    for catalogue in (first, second):
        catalogue.close()


def test_what_people_asked_does_not_stand_in_the_errors_of_the_database(tmp_path: Path) -> None:
    catalogue = Catalogue.open(f"sqlite:///{tmp_path / 'catalogue.db'}", "htx", tmp_path)
    with catalogue._engine.begin() as connection:
        connection.exec_driver_sql("drop table turns")
    with pytest.raises(Exception, match="no such table") as caught:
        catalogue.conversations().begin("k", asked=a_turn(text="Bà Bí Mật nợ bao nhiêu?"))
    assert "Bí Mật" not in f"{caught.value!r} {caught.value}"
    catalogue.close()


# --- a change at the same moment, without luck -----------------------------------------------


@pytest.mark.parametrize(
    ("before", "change", "look", "after"),
    [
        (
            "DELETE FROM inbox",
            lambda talks: talks.take([("k", "")]),
            lambda talks: talks.unfinished(),
            [("k", "")],
        ),
        (
            "INSERT INTO people",
            lambda talks: talks.choose_language(LAN, Language.ENGLISH),
            lambda talks: talks.language(LAN),
            Language.ENGLISH,
        ),
        (
            "INSERT INTO feedback",
            lambda talks: talks.rate(1, LAN, helpful=True),
            lambda talks: talks.verdict(1, LAN),
            True,
        ),
    ],
    ids=["an update", "a language", "a verdict"],
)
def test_a_row_that_another_put_in_a_moment_before_is_no_error(
    before: str,
    change: Callable[[Conversations], Any],
    look: Callable[[Conversations], Any],
    after: object,
    catalogue: Catalogue,
) -> None:
    """The other comes right before this one's insert, once."""
    talks = catalogue.conversations()
    talks.begin("lượt", asked=a_turn())
    came: list[str] = []

    @event.listens_for(catalogue._engine, "before_cursor_execute")
    def other(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith(before) and not came:
            came.append(statement)
            change(talks)

    found = change(talks)
    event.remove(catalogue._engine, "before_cursor_execute", other)
    assert came
    assert not found, "and the other one had it"
    assert look(talks) == after


# --- answers ---------------------------------------------------------------------------------


def a_citation(**fields: Any) -> Citation:
    plain = {
        "document": "d1",
        "source": "luật.docx",
        "title": "Luật “Hợp tác xã”",
        "number": "17/2023/QH15",
        "article": "5",
        "locator": "Điều 5 khoản 2",
        "page": 12,
        "quote": "Khoản vay … không quá bốn năm;\n\tkể từ ngày nhận tiền.",
        "kind": Kind.LAW,
    }
    return Citation(**{**plain, **fields})


def an_answer(**fields: Any) -> Answer:
    question = Question(
        text="thời hạn vay?",
        understood="Thời hạn vay?",
        query="thời hạn vay",
        asks=(Ask.DEADLINE, Ask.NUMBER),
        added=("khoản vay",),
        content=("thời hạn",),
        places=("Cà Mau",),
        periods=("2023-08",),
        references=(LegalReference(article="5", number="92/2024"),),
        premises=("300 triệu",),
        carried=("Cà Mau",),
    )
    return Answer(**{"question": question, "status": Status.ANSWERED, **fields})


FIGURE = Figure(
    indicator="số hợp tác xã",
    subject="",
    value=Decimal("187.50"),
    unit="%",
    place="Bến Tre",
    period="2022/2023-12",
    kind=FigureKind.DERIVED,
    comparator=Comparator.RANGE,
    document="d1",
    source="báo cáo.xlsx",
    quote=None,
    value_max=Decimal("1E+3"),
)

ANSWERS = {
    "with all that there is": an_answer(
        citations=(
            a_citation(excerpt=("không quá", "bốn năm"), standing=Standing(ends=date(2025, 7, 1))),
            a_citation(page=None, kind=Kind.TABLE, place="Cà Mau", period="2023"),
        ),
        figures=(FIGURE, replace(FIGURE, value=Decimal(-3), value_max=None, quote="giảm 3")),
        suggestions=("Hồ sơ vay?", "Ai cho vay?"),
    ),
    "with figures and what they were computed from": an_answer(
        figures=(replace(FIGURE, parts=(replace(FIGURE, parts=(FIGURE,)), FIGURE)), FIGURE),
        operation=Operation.DIFFERENCE,
    ),
    "in English": an_answer(
        question=replace(an_answer().question, language=Language.ENGLISH, text="How long? 😀")
    ),
    **{
        f"{status} because of {reason or 'nothing'}": an_answer(
            status=status, reason=reason, detail="Thái Lan", nearest=(a_citation(),)
        )
        for status in Status
        for reason in (Reason.NONE, Reason.NOT_COVERED, Reason.WHICH_PLACE)
    },
}


def test_an_answer_comes_back_as_the_same_value(talks: Conversations) -> None:
    for name, answer in ANSWERS.items():
        kept = talks.begin(name[:32], asked=a_turn())
        talks.answer(kept.id, answer)
        found = talks.turn(kept.id)
        assert found is not None
        assert found.answer == answer, name
        assert repr(found.answer) == repr(answer), "types too: Decimal, date, enums, tuples"


@given(answer=st.builds(Answer))
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_answer_comes_back_as_the_same_value(answer: Answer, any_talks: Conversations) -> None:
    kept = any_talks.begin("k", asked=a_turn())
    any_talks.answer(kept.id, answer)
    found = any_talks.turn(kept.id)
    assert found is not None
    assert repr(found.answer) == repr(answer)


@pytest.fixture
def any_talks(tmp_path: Path) -> Iterator[Conversations]:
    catalogue = Catalogue.open(f"sqlite:///{tmp_path / 'catalogue.db'}", "htx", tmp_path)
    yield catalogue.conversations()
    catalogue.close()


def _changed(change: Callable[[dict[str, Any]], Any]) -> Callable[[str], str]:
    def changed(kept: str) -> str:
        answer = json.loads(kept)
        change(answer)
        return json.dumps(answer)

    return changed


@pytest.mark.parametrize(
    "kept_by",
    [
        _changed(lambda answer: answer.pop("question")),
        _changed(lambda answer: answer.update(status="trạng thái của ngày mai")),
        _changed(lambda answer: answer.update(citations=[{"document": "d1"}])),
        lambda kept: kept[:-5],
        lambda _kept: "null",
    ],
    ids=["a field is missing", "an unknown status", "another citation", "cut off", "nothing"],
)
def test_an_answer_kept_by_another_version_reads_as_none(
    kept_by: Callable[[str], str], talks: Conversations, catalogue: Catalogue
) -> None:
    kept = talks.begin("k", asked=a_turn())
    talks.answer(kept.id, ANSWERS["with all that there is"])
    with catalogue._engine.begin() as connection:
        [row] = connection.execute(schema.turns.select())
        connection.execute(update(schema.turns).values(answer=kept_by(row.answer)))
    found = talks.turn(kept.id)
    assert found is not None
    assert found.answer is None
    assert found.text == "câu 1"
