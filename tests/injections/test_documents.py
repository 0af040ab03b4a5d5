"""Attacks in documents: what no reader sees is not read, what is seen is quoted and never obeyed."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.saying.render import Role, pieces, sources
from bot.taking.exporting import csv_table, workbook
from bot.telegram.paging import pages
from bot.telegram.screens import (
    Listed,
    Opened,
    Page,
    Shown,
    answer_screen,
    documents_screen,
    page_screen,
    source_screen,
)
from ingest.pipeline import Outcome
from knowledge.answering import Assistant
from knowledge.errors import DocumentFault
from knowledge.model import Answer, Document, Language, Status
from knowledge.search.library import Library
from knowledge.vietnamese.text import INVISIBLE
from tests.bot.conftest import answers, labels, starting, telegram_without_stumbles
from tests.builders import Stand
from tests.injections.cases import Case, cases, parameters
from tests.injections.documents import Report, csv_row, file_of, report_of
from tests.injections.pressing import pressable, pressable_in
from tests.telegram_server import FakeTelegram

FORMATS = {"txt", "md", "html", "docx", "xlsx", "pdf", "csv"}
VI = Language.VIETNAMESE
# pieces that quote or name a document; all others are the assistant's own words
_QUOTING = {Role.UNDERSTOOD, Role.LEAD, Role.QUOTE, Role.NEAREST}


# where the attack stands in the place of what names or dates the figure, which is then not told
_UNNAMED = {"xlsx caption", "xlsx header above figures"}


def is_of_document(case: Case) -> bool:
    return case.where.partition(" ")[0] in FORMATS and case.expect != "failed"


READ = parameters(of=is_of_document)
UNSEEN = parameters(of=lambda case: is_of_document(case) and case.expect == "unseen")
QUOTED = parameters(of=lambda case: is_of_document(case) and case.expect == "quoted")
FAILED = parameters(of=lambda case: case.where.startswith("csv ") and case.expect == "failed")
NUMBERS = {case.id: number for number, case in enumerate(filter(is_of_document, cases()))}


@dataclass(frozen=True)
class Poisoned:
    """A library of documents that all carry an attack."""

    stand: Stand
    assistant: Assistant

    @property
    def library(self) -> Library:
        return self.assistant.library()

    def document(self, case: Case) -> Document:
        [found] = [
            one for one in self.library.documents.values() if one.source.startswith(f"{case.id}.")
        ]
        return found

    def ask(self, text: str) -> Answer:
        return self.assistant.answer(text)


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Poisoned:
    base = tmp_path_factory.mktemp("poisoned")
    for case in filter(is_of_document, cases()):
        write(base / "documents" / case.where.replace(" ", "-"), case)
    stand = Stand(base / "var")
    report = stand.ingestion().ingest([base / "documents"])
    assert [one.source for one in report.results if one.outcome is not Outcome.ADDED] == []
    return Poisoned(stand, stand.assistant())


def write(folder: Path, case: Case) -> Path:
    """Write the document of a case into a folder of its own, with its table if that is attacked."""
    folder.mkdir(parents=True)
    suffix, data = file_of(case, report(case))
    (folder / f"{case.id}.{suffix}").write_bytes(data)
    if case.where.startswith("csv "):
        (folder / "documents.csv").write_text(csv_row(case, f"{case.id}.{suffix}"), "utf-8")
    return folder


def report(case: Case) -> Report:
    return report_of(NUMBERS.get(case.id, len(NUMBERS)))


def shelved(library: Library) -> str:
    """Return all that a library holds, as one text."""
    passages = [one for unit in library.units.values() for one in unit]
    return repr((library.documents, library.texts, passages, library.register.figures))


# --- what is read ------------------------------------------------------------------------------


@pytest.mark.parametrize("case", UNSEEN)
def test_what_a_reader_of_the_page_does_not_see_is_nowhere_in_the_library(
    poisoned: Poisoned, case: Case
):
    assert case.mark not in shelved(poisoned.library)
    assert case.mark not in "".join(poisoned.stand.embedded)


@pytest.mark.parametrize("case", QUOTED)
def test_what_a_reader_sees_is_kept_letter_for_letter(poisoned: Poisoned, case: Case):
    document = poisoned.document(case)
    units = poisoned.library.units.values()
    told = (one for unit in units for one in unit if one.document == document.id)
    assert case.mark in repr((document.metadata, list(told)))


@pytest.mark.parametrize("case", READ)
def test_the_rest_of_the_page_is_read_and_no_letter_is_a_command(poisoned: Poisoned, case: Case):
    document = poisoned.document(case)
    text = poisoned.library.texts[document.id]
    assert str(report(case).count) in text
    assert not INVISIBLE.search(text)
    assert not INVISIBLE.search(repr(document.metadata))


@pytest.mark.parametrize("case", FAILED)
def test_a_table_with_an_order_in_a_cell_is_refused_and_says_which(tmp_path: Path, case: Case):
    stand = Stand(tmp_path / "var")
    done = stand.ingestion().ingest([write(tmp_path / "documents", case)])
    [result] = done.results
    assert (result.outcome, result.fault) == (Outcome.FAILED, DocumentFault.METADATA)
    assert result.detail.startswith(f"documents.csv: {case.where.removeprefix('csv ')}=")
    assert stand.assistant().library().documents == {}


# --- what is answered --------------------------------------------------------------------------


@pytest.mark.parametrize("case", READ)
def test_a_question_about_the_document_is_answered_with_its_figure(poisoned: Poisoned, case: Case):
    asked = report(case)
    answer = poisoned.ask(asked.question)
    check_only_quoted(poisoned, answer, case)
    if case.where in _UNNAMED:
        assert (answer.status, answer.figures) == (Status.NOT_FOUND, ())
        return
    assert answer.status is Status.ANSWERED
    assert [int(one.value) for one in answer.figures] == [asked.count]
    assert answer.citations[0].document == poisoned.document(case).id


@pytest.mark.parametrize("case", READ)
def test_the_attack_itself_can_be_asked_for_and_is_only_ever_a_quotation(
    poisoned: Poisoned, case: Case
):
    for question in (f"Tài liệu nói gì về {case.mark}?", f"{case.mark} {report(case).title}"):
        check_only_quoted(poisoned, poisoned.ask(question), case)


def check_only_quoted(poisoned: Poisoned, answer: Answer, case: Case) -> None:
    """The attack stands in quotations and titles; these are verbatim, and nothing can be pressed."""
    for piece in pieces(answer):
        assert piece.role in _QUOTING or case.mark not in piece.text
    library = poisoned.library
    for item, cited in enumerate(sources(answer), start=1):
        text = library.texts[cited.document]
        assert cited.quote in text
        shown = Shown(turn=1, language=VI, echo=True)
        opened = Opened(citation=cited, item=item, shown=shown)
        start = text.index(cited.quote)
        screens = [
            answer_screen(answer, shown),
            source_screen(opened, text, (start, start + len(cited.quote))),
            *(
                page_screen(opened, "", text[first:last], Page(number=1, count=1))
                for first, last in pages(text)
            ),
        ]
        for screen in screens:
            assert pressable(screen.html) == []


# --- what is listed and taken away -------------------------------------------------------------


def test_the_list_of_documents_has_nothing_to_press(poisoned: Poisoned):
    documents = list(poisoned.library.documents.values())
    for document in documents:
        screen = documents_screen(
            [Listed(document=document)], len(documents), Page(number=1, count=1), VI
        )
        assert pressable(screen.html) == []


def test_a_table_to_take_away_holds_no_formula_and_no_link(stand: Stand, tmp_path: Path):
    folder = tmp_path / "documents"
    folder.mkdir()
    attacks = [f'{sign}HYPERLINK("https://evil.example")' for sign in "=+@＝"]
    lines = [f"{one} năm 2023 toàn tỉnh có {at + 11} HTX" for at, one in enumerate(attacks)]
    text = "\n\n".join([report_of(0).title, *lines])
    (folder / "=HYPERLINK(1).txt").write_text(text, "utf-8")
    assert not stand.ingestion().ingest([folder]).failed
    assistant = stand.assistant()
    figures = assistant.library().register.figures
    assert [one.quote for one in figures] == lines
    cited = assistant.answer(f"Năm 2023 {report_of(0).place} có bao nhiêu HTX?").citations
    book = load_workbook(BytesIO(workbook(figures, cited)))
    assert len(book.worksheets) == 1 + bool(cited)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [one.value for one in cells if one.data_type == "f" or one.hyperlink] == []
    table = StringIO(csv_table(figures).decode("utf-8-sig"))
    shown = [cell for row in csv.reader(table) for cell in row if len(cell) > 1]
    assert [one for one in shown if one[0] in "=+-@＝" and not is_number(one)] == []


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


# --- on Telegram -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def telegram(poisoned: Poisoned) -> Iterator[FakeTelegram]:
    with telegram_without_stumbles() as server, starting(server, poisoned.stand):
        yield server


@pytest.mark.parametrize("case", QUOTED)
def test_on_telegram_neither_the_answer_nor_its_source_can_be_pressed(
    telegram: FakeTelegram, poisoned: Poisoned, case: Case
):
    person = telegram.person(f"Người {case.id}")
    person.says(report(case).question)
    [message] = answers(telegram, person)
    assert str(report(case).count) in message.text or case.where in _UNNAMED
    assert pressable_in(message.text, message.entities) == []
    query = person.presses(message, labels(message)[0])
    telegram.wait_for(lambda: query.answer is not None)
    for one in telegram.shown(person):
        assert pressable_in(one.text, one.entities) == []
