"""Whether an old answer may be shown once more: documents are closed, people lose roles."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.telegram.staying import still_shown
from knowledge.answering import Assistant
from knowledge.catalogue import Turn
from knowledge.model import Audience, Status
from tests.bot.test_telegram_in_force import SUCCESSOR
from tests.builders import LAW_FILE, LOAN_QUESTION, Stand, write_all

EVERYONE, OFFICERS, ADMINS = Audience


def answered(assistant: Assistant, audience: Audience, question: str = LOAN_QUESTION) -> Turn:
    return Turn(
        chat=1,
        person=1,
        message=1,
        pressed=False,
        text=question,
        asked_at=datetime.now(UTC),
        answer=assistant.answer(question, (), audience),
        audience=audience,
        generation=assistant.library().generation,
    )


def closed(stand: Stand, samples: Path, name: str) -> None:
    table = f"file,audience\n{name},officers\n"
    assert not stand.ingestion().ingest([write_all(samples, {"documents.csv": table})]).failed


def test_nothing_changed_so_it_is_shown_as_it_was(stand: Stand, samples: Path):
    stand.ingestion().ingest([samples])
    assistant = stand.assistant()
    turn = answered(assistant, EVERYONE)
    assert still_shown(turn, EVERYONE, assistant.library()) == turn.answer


@pytest.mark.parametrize(
    ("then", "now", "shown"),
    [
        (OFFICERS, EVERYONE, False),
        (ADMINS, OFFICERS, False),
        (OFFICERS, OFFICERS, True),
        (EVERYONE, ADMINS, True),
    ],
)
def test_who_lost_a_role_asks_again(
    stand: Stand, samples: Path, then: Audience, now: Audience, shown: bool
):
    stand.ingestion().ingest([samples])
    assistant = stand.assistant()
    turn = answered(assistant, then)
    assert (still_shown(turn, now, assistant.library()) is not None) is shown


def test_an_answer_from_a_document_that_was_closed_is_asked_again(stand: Stand, samples: Path):
    stand.ingestion().ingest([samples])
    assistant = stand.assistant()
    turn = answered(assistant, EVERYONE)
    closed(stand, samples, LAW_FILE)
    assert still_shown(turn, EVERYONE, assistant.library()) is None
    assert still_shown(turn, OFFICERS, assistant.library()) is not None


def test_so_is_one_that_only_names_it_as_a_successor(stand: Stand, samples: Path):
    stand.ingestion().ingest([write_all(samples, {"moi.txt": SUCCESSOR})])
    assistant = stand.assistant()
    turn = answered(assistant, EVERYONE, "Điều 5 Nghị định 901/2024/NĐ-CP quy định gì?")
    assert turn.answer is not None
    assert turn.answer.status is Status.ANSWERED
    quoted = tuple(one for one in turn.answer.citations if one.source == LAW_FILE)
    turn = replace(turn, answer=replace(turn.answer, citations=quoted))
    assert "955/2025/NĐ-CP" in repr(turn.answer), "the successor is named and not quoted"
    closed(stand, samples, "moi.txt")
    assert still_shown(turn, EVERYONE, assistant.library()) is None
    assert still_shown(turn, OFFICERS, assistant.library()) is not None


def test_what_leads_on_is_left_out_once_the_library_changed(stand: Stand, samples: Path):
    stand.ingestion().ingest([samples])
    assistant = stand.assistant()
    turn = answered(assistant, EVERYONE, "Tỉnh Bến Tre năm 2021 có bao nhiêu hợp tác xã?")
    assert turn.answer is not None
    write_all(samples, {"them.txt": SUCCESSOR})
    stand.ingestion().ingest([samples])
    after = still_shown(turn, EVERYONE, assistant.library())
    assert after is None or after.suggestions == ()
