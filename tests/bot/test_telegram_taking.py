"""Charts and workbooks of an answer on Telegram: photo and file really arrive, and open."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image

from bot.taking.exporting import COLUMNS
from bot.telegram.buttons import Act, Press, encode
from bot.texts import in_chat
from knowledge.answering import Assistant
from knowledge.catalogue import Turn
from knowledge.model import Answer, Audience, Figure, Language, Operation
from tests.bot.conftest import answers, labels
from tests.bot.running import BotHere
from tests.builders import (
    LOAN_QUESTION,
    REPORT_FILE,
    SAMPLES,
    Stand,
    a_derived_figure,
    a_figure,
    a_figure_answer,
    write_all,
)
from tests.telegram_server import Chat, FakeTelegram, Message, Person, Query

VI, EN = Language.VIETNAMESE, Language.ENGLISH
QUESTION = "Bến Tre và Cà Mau, nơi nào nhiều HTX hơn?"


class Knowing(Assistant):
    """Knows the answers to some questions; the others are looked up."""

    def __init__(self, stand: Stand, known: Sequence[Answer]) -> None:
        super().__init__(stand.catalogue(), stand.vectors, stand.embedder)
        self._known = {one.question.text: one for one in known}

    def answer(
        self,
        text: str,
        history: Sequence[str] = (),
        audience: Audience = Audience.ADMINS,
        *,
        today: date | None = None,
    ) -> Answer:
        return self._known.get(text) or super().answer(text, history, audience, today=today)


def report_of(stand: Stand) -> str:
    """Return the id of the report in the library."""
    documents = stand.assistant().library().seen_by(Audience.ADMINS).documents
    return next(one.id for one in documents.values() if one.source == REPORT_FILE)


def compared(document: str, operation: Operation = Operation.COMPARE) -> Answer:
    more, less = (
        a_figure(place, value, document=document, source=REPORT_FILE)
        for place, value in (("Bến Tre", 187), ("Cà Mau", 120))
    )
    return a_figure_answer(operation, more, less, a_derived_figure(67, more, less), text=QUESTION)


def running(telegram: FakeTelegram, stand: Stand, *known: Answer, **settings: object) -> BotHere:
    return BotHere(telegram, stand.home, Knowing(stand, known), **settings)


@pytest.fixture
def document(filled: Stand) -> str:
    return report_of(filled)


@pytest.fixture
def lan(own_telegram: FakeTelegram) -> Person:
    return own_telegram.person("Lan")


def asked(telegram: FakeTelegram, person: Person, question: str = QUESTION) -> Message:
    before = len(telegram.shown(person))
    person.says(question)
    return answers(telegram, person, before + 1)[-1]


def sent(telegram: FakeTelegram, chat: Person | Chat, kind: str) -> Message:
    """Return the file of a kind that the bot sent into a chat."""
    found = telegram.wait_for(lambda: sent_all(telegram, chat, kind))
    assert len(found) == 1
    return found[0]


def sent_all(telegram: FakeTelegram, chat: Person | Chat, kind: str) -> list[Message]:
    return [one for one in telegram.shown(chat) if one.document and one.document.kind == kind]


def data_of(message: Message) -> bytes:
    assert message.document is not None
    return message.document.data


def told(telegram: FakeTelegram, query: Query) -> str:
    """Return what a press was told in a window over the chat."""
    answer = telegram.wait_for(lambda: query.answer)
    assert answer is not None
    return query.toast if answer.get("show_alert") == "true" else f"not an alert: {query.toast}"


def actions(telegram: FakeTelegram) -> list[str]:
    return [one.text("action") for one in telegram.calls if one.method == "sendChatAction"]


def places_in(workbook: bytes) -> list[tuple[object, ...]]:
    rows = load_workbook(BytesIO(workbook))["figures"].iter_rows(values_only=True)
    assert next(rows) == COLUMNS
    named = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    return [(one["place"], one["value"], one["kind"]) for one in named]


ROWS = [("Bến Tre", 187, "actual"), ("Cà Mau", 120, "actual"), (None, 67, "derived")]


def test_the_chart_arrives_as_a_photo_under_the_answer(
    own_telegram: FakeTelegram, filled: Stand, document: str, lan: Person
):
    with running(own_telegram, filled, compared(document)):
        answer = asked(own_telegram, lan)
        query = lan.presses(answer, in_chat.CHART[VI])
        photo = sent(own_telegram, lan, "photo")
    with Image.open(BytesIO(data_of(photo))) as image:
        assert (image.format, image.width) == ("PNG", 1080)
    assert photo.text == "Tổng số HTX\nNguồn: Báo cáo của Bến Tre"
    assert photo.reply_to == answer.message_id
    assert query.toast == in_chat.DRAWING[VI]
    assert "upload_photo" in actions(own_telegram)
    assert answer in own_telegram.shown(lan), "the answer stays as it is"


def test_the_workbook_arrives_as_a_file_with_every_figure(
    own_telegram: FakeTelegram, filled: Stand, document: str, lan: Person
):
    with running(own_telegram, filled, compared(document)):
        answer = asked(own_telegram, lan)
        query = lan.presses(answer, in_chat.TABLE[VI])
        file = sent(own_telegram, lan, "document")
    assert file.document is not None
    assert file.document.name == "so-lieu-tong-so-htx.xlsx"
    assert places_in(file.document.data) == ROWS
    assert load_workbook(BytesIO(file.document.data)).sheetnames == ["figures", "sources"]
    assert file.reply_to == answer.message_id
    assert query.toast == in_chat.SENDING_FILE[VI]
    assert "upload_document" in actions(own_telegram)


def test_both_work_after_a_restart_for_a_turn_that_an_earlier_process_kept(
    own_telegram: FakeTelegram, filled: Stand, document: str, lan: Person
):
    conversations = filled.catalogue().conversations()
    turn = Turn(
        chat=lan.id,
        person=lan.id,
        message=1,
        pressed=False,
        text=QUESTION,
        asked_at=datetime.now(UTC),
    )
    kept = conversations.begin("trước", asked=turn)
    conversations.answer(kept.id, compared(document))
    with running(own_telegram, filled):  # it would not know this answer
        other = asked(own_telegram, lan, LOAN_QUESTION)
        lan.presses(other, data=encode(Press(act=Act.CHART, turn=kept.id)))
        lan.presses(other, data=encode(Press(act=Act.TABLE, turn=kept.id)))
        file = sent(own_telegram, lan, "document")
        photo = sent(own_telegram, lan, "photo")
    assert places_in(data_of(file)) == ROWS
    with Image.open(BytesIO(data_of(photo))) as image:
        image.load()


def test_in_a_topic_of_a_group_both_go_into_the_topic(
    own_telegram: FakeTelegram, filled: Stand, document: str, lan: Person
):
    group = own_telegram.group("HTX Bến Tre", [lan])
    with running(own_telegram, filled, compared(document)):
        lan.says(f"@{{bot}} {QUESTION}", group, thread=7)
        [answer] = answers(own_telegram, group)
        lan.presses(answer, in_chat.CHART[VI])
        lan.presses(answer, in_chat.TABLE[VI])
        found = [sent(own_telegram, group, kind) for kind in ("photo", "document")]
    assert [one.thread for one in found] == [7, 7]


def test_buttons_are_english_for_english_people(
    own_telegram: FakeTelegram, filled: Stand, document: str
):
    ann = own_telegram.person("Ann", language="en")
    known = compared(document)
    english = replace(known, question=replace(known.question, language=EN))
    with running(own_telegram, filled, english):
        answer = asked(own_telegram, ann)
        assert {in_chat.CHART[EN], in_chat.TABLE[EN]} <= set(labels(answer))
        query = ann.presses(answer, in_chat.CHART[EN])
        photo = sent(own_telegram, ann, "photo")
    assert query.toast == in_chat.DRAWING[EN]
    assert "Source: " in photo.text


@pytest.mark.parametrize("act", [Act.CHART, Act.TABLE])
def test_an_answer_without_figures_has_no_such_buttons_and_a_press_is_told_kindly(
    own_telegram: FakeTelegram, filled: Stand, lan: Person, act: Act
):
    with running(own_telegram, filled):
        answer = asked(own_telegram, lan, LOAN_QUESTION)
        assert not {in_chat.CHART[VI], in_chat.TABLE[VI]} & set(labels(answer))
        turn = filled.catalogue().conversations().turn_at(lan.id, answer.message_id)
        assert turn is not None
        query = lan.presses(answer, data=encode(Press(act=act, turn=turn.id)))
        assert told(own_telegram, query) == in_chat.NO_FIGURES_HERE[VI]
    assert own_telegram.shown(lan) == [answer]


def test_figures_that_cannot_be_drawn_have_a_workbook_and_no_chart(
    own_telegram: FakeTelegram, filled: Stand, document: str, lan: Person
):
    with running(own_telegram, filled, compared(document, Operation.DIFFERENCE)):
        answer = asked(own_telegram, lan)
        assert in_chat.CHART[VI] not in labels(answer)
        turn = filled.catalogue().conversations().turn_at(lan.id, answer.message_id)
        assert turn is not None
        query = lan.presses(answer, data=encode(Press(act=Act.CHART, turn=turn.id)))
        assert told(own_telegram, query) == in_chat.NO_FIGURES_HERE[VI]
        lan.presses(answer, in_chat.TABLE[VI])
        assert places_in(data_of(sent(own_telegram, lan, "document"))) == ROWS


class TestChangedLibrary:
    @pytest.fixture
    def documents(self, tmp_path: Path) -> Path:
        return write_all(tmp_path / "own", SAMPLES)

    def both(self, telegram: FakeTelegram, person: Person, answer: Message) -> list[str]:
        presses = (person.presses(answer, words[VI]) for words in (in_chat.CHART, in_chat.TABLE))
        return [told(telegram, one) for one in presses]

    @pytest.mark.parametrize("only_in_parts", [False, True])
    def test_figures_of_a_report_that_is_for_officers_now_are_closed_to_others(
        self,
        own_telegram: FakeTelegram,
        stand: Stand,
        documents: Path,
        lan: Person,
        only_in_parts: bool,
    ):
        stand.ingestion().ingest([documents])
        shutil.copy(documents / REPORT_FILE, documents / "khac.txt")
        stand.ingestion().ingest([documents])
        known = compared(report_of(stand))
        if only_in_parts:
            known = replace(known, figures=moved(known.figures, other_of(stand)))
        officer = own_telegram.person("Cán bộ", person_id=77)
        with running(own_telegram, stand, known, officer_ids=officer.id):
            answer, theirs = asked(own_telegram, lan), asked(own_telegram, officer)
            closed = f"file,audience\n{REPORT_FILE},officers\n"
            write_all(documents, {"documents.csv": closed})
            stand.ingestion().ingest([documents])
            assert self.both(own_telegram, lan, answer) == [in_chat.SOURCE_GONE[VI]] * 2
            assert own_telegram.shown(lan) == [answer]
            officer.presses(theirs, in_chat.TABLE[VI])
            sent(own_telegram, officer, "document")

    def test_figures_of_a_report_that_was_removed_are_told_kindly(
        self, own_telegram: FakeTelegram, stand: Stand, documents: Path, lan: Person
    ):
        stand.ingestion().ingest([documents])
        with running(own_telegram, stand, compared(report_of(stand))):
            answer = asked(own_telegram, lan)
            (documents / REPORT_FILE).unlink()
            stand.ingestion().ingest([documents], prune=True)
            assert self.both(own_telegram, lan, answer) == [in_chat.SOURCE_GONE[VI]] * 2


def other_of(stand: Stand) -> str:
    documents = stand.assistant().library().seen_by(Audience.ADMINS).documents
    return next(one.id for one in documents.values() if one.source == "khac.txt")


def moved(figures: Sequence[Figure], document: str) -> tuple[Figure, ...]:
    """Return figures that another document states; what was computed keeps its parts."""
    return tuple(replace(one, document=document) if one.document else one for one in figures)
