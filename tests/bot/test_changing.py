"""Changes in a process of their own: what is seen of them, how they fail, how they are stopped."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.library import changing
from bot.library.changing import Changes, Done
from bot.library.jobs import Seen
from bot.settings import Settings
from ingest.pipeline import Outcome, Report, Result
from knowledge import errors
from knowledge.errors import (
    AssistantError,
    ChangeStoppedError,
    DocumentFault,
    ExternalError,
    LibraryLockedError,
    UnreadableDocumentError,
)
from knowledge.model import Document, Kind, Metadata
from tests.bot.holding import held, killed
from tests.builders import LAW_FILE, LIBRARY, LONGER_LOAN, SAMPLES, Stand, write_all

PATIENCE_S = 90


@pytest.fixture
def changes(home: Path) -> Changes:
    return Changes(Settings(htx_home=home, library=LIBRARY))


@contextmanager
def running(changes: Changes, *paths: Path) -> Iterator[Future[Report]]:
    """Ingest in a thread, as the bot does."""
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(changes.ingest, paths, lambda _seen: None, prune=True)


def generations(home: Path) -> list[str]:
    return [one.state for one in Stand(home).catalogue().generations()]


# --- what passes between the two processes -------------------------------------------------------


def passed(event: object) -> object:
    """Return what arrives of an event that the other process sends before a report."""
    mine, its = multiprocessing.Pipe(duplex=False)
    seen: list[Seen] = []
    its.send(event)
    its.send(Done(REPORT))
    its.close()
    report = changing._followed(mine, seen.append)
    return [*seen, report]


METADATA = Metadata(title="Nghị định", kind=Kind.LAW)
REPORT = Report(
    results=(
        Result(
            source="quét.pdf", outcome=Outcome.FAILED, fault=DocumentFault.NO_TEXT, detail="pdf"
        ),
        Result(
            source="luật.md",
            outcome=Outcome.ADDED,
            document=Document(
                id="d1",
                source="luật.md",
                location="/kho/luật.md",
                version=2,
                sha256="băm",
                reader="md",
                pages=None,
                metadata=METADATA,
            ),
            passages=9,
            doubts=("number",),
        ),
    ),
    passages=9,
    embedded=9,
    generation=4,
    elapsed_s=1.5,
)
SEEN = Seen(name="luật <b>.md", done=3, count=12)


def test_what_was_seen_and_the_report_arrive_as_they_were():
    assert passed(SEEN) == [SEEN, REPORT]


ERRORS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type)
    and issubclass(kind, AssistantError)
    and kind is not UnreadableDocumentError  # it has a test of its own
]


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_an_error_is_raised_on_the_other_side_with_its_words(kind: type[AssistantError]):
    with pytest.raises(kind, match="thư viện đang bận") as raised:
        passed(kind("thư viện đang bận"))
    assert type(raised.value) is kind


def test_what_is_wrong_with_a_file_arrives_with_its_detail():
    with pytest.raises(UnreadableDocumentError) as raised:
        passed(UnreadableDocumentError(DocumentFault.METADATA, "period='x'"))
    assert (raised.value.fault, raised.value.detail) == (DocumentFault.METADATA, "period='x'")


def test_a_process_that_says_nothing_more_is_noticed():
    mine, its = multiprocessing.Pipe(duplex=False)
    its.send(SEEN)
    its.close()
    with pytest.raises(EOFError):
        changing._followed(mine, lambda _seen: None)


# --- a change ------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_change_shows_each_file_and_the_passages_and_ends_with_the_report(
    changes: Changes, home: Path, samples: Path
):
    (samples / "hỏng.pdf").write_bytes(b"%PDF-1.4 ...")
    seen: list[Seen] = []
    report = changes.ingest([samples], seen.append, prune=True)
    names = sorted([*SAMPLES, "hỏng.pdf"])
    read = [one for one in seen if one.name]
    assert read == [Seen(name=name, done=n, count=4) for n, name in enumerate(names, start=1)]
    embedded = seen[len(read) :]
    assert embedded[-1] == Seen(name="", done=report.embedded, count=report.embedded)
    assert {one.source: one.outcome for one in report.results} == {
        **dict.fromkeys(SAMPLES, Outcome.ADDED),
        "hỏng.pdf": Outcome.FAILED,
    }
    assert report.generation == Stand(home).catalogue().live_generation()

    (samples / LAW_FILE).unlink()
    rest = changes.ingest([samples], lambda _seen: None, prune=False)
    assert Outcome.REMOVED not in {one.outcome for one in rest.results}
    pruned = changes.ingest([samples], lambda _seen: None, prune=True)
    assert Outcome.REMOVED in {one.outcome for one in pruned.results}


@pytest.mark.slow
def test_a_locked_library_is_that_error_and_no_other(changes: Changes, home: Path, samples: Path):
    with Stand(home).catalogue().writing(), pytest.raises(LibraryLockedError):
        changes.ingest([samples], lambda _seen: None, prune=True)
    assert changes.ingest([samples], lambda _seen: None, prune=True).generation == 1


@pytest.mark.slow
def test_a_process_that_dies_is_told_with_its_exit_code(changes: Changes, samples: Path):
    with running(changes, samples) as change:
        killed()
        with pytest.raises(ExternalError, match="exit code -9") as raised:
            change.result(PATIENCE_S)
    assert type(raised.value) is ExternalError


@pytest.mark.slow
def test_a_watcher_that_fails_ends_the_change(changes: Changes, home: Path, samples: Path):
    def fail(_: Seen) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        changes.ingest([samples], fail, prune=True)
    assert Stand(home).catalogue().live_generation() == 0
    assert multiprocessing.active_children() == []


# --- stopping ------------------------------------------------------------------------------------


def test_nothing_is_begun_after_a_stop(changes: Changes, home: Path, samples: Path):
    changes.stop()
    with pytest.raises(ChangeStoppedError):
        changes.ingest([samples], lambda _seen: None, prune=True)
    assert not home.exists()


@pytest.mark.slow
def test_a_stop_ends_a_running_change_and_leaves_the_library(
    changes: Changes, home: Path, samples: Path
):
    Stand(home).ingestion().ingest([samples])
    write_all(samples, {LAW_FILE: LONGER_LOAN})
    with running(changes, samples) as change:
        with held() as number:
            changes.stop()
            with pytest.raises(ChangeStoppedError):
                change.result(PATIENCE_S)
        with pytest.raises(ProcessLookupError):
            os.kill(number, 0)
    assert generations(home) == ["live"]
    changes.stop()


@pytest.mark.slow
def test_a_signal_that_reaches_the_process_first_is_a_stop_too(changes: Changes, samples: Path):
    """As systemd does with all processes of a service; ours is told a moment later."""
    with running(changes, samples) as change:
        with held() as number:
            os.kill(number, signal.SIGTERM)
        threading.Timer(0.2, changes.stop).start()
        with pytest.raises(ChangeStoppedError):
            change.result(PATIENCE_S)


@pytest.mark.slow
def test_ctrl_c_is_for_the_bot_to_decide(changes: Changes, samples: Path):
    def interrupt(_: Seen) -> None:
        with held() as number:
            os.kill(number, signal.SIGINT)

    report = changes.ingest([samples], interrupt, prune=True)
    assert {one.outcome for one in report.results} == {Outcome.ADDED}
