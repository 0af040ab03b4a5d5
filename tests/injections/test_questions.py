"""Attacks in questions: none has an effect, in words, in JSON, in the terminal, on Telegram."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import texts
from bot.saying.render import Role, answer_text, pieces
from bot.telegram.screens import Shown, answer_screen
from knowledge.answering import Assistant
from knowledge.model import Answer, Language, Reason, Status
from knowledge.vietnamese.text import INVISIBLE, folded
from tests.bot.conftest import answers, starting, telegram_without_stumbles
from tests.builders import SAMPLES, Stand
from tests.injections.cases import Case, parameters
from tests.injections.pressing import pressable, pressable_in
from tests.telegram_server import FakeTelegram

QUESTIONS = parameters(of=lambda case: case.where == "question")
REFUSED = parameters(of=lambda case: case.where == "question" and case.expect == "refused")
OTHERS = parameters(of=lambda case: case.where == "question" and case.expect != "refused")
# pieces in which the question's own words may come back: as it was read, and what is not so
_ECHO = {Role.UNDERSTOOD, Role.REASON}
SECRETS = {
    "LLM_API_KEY": "sk-zq-khoa-cua-mo-hinh",
    "WEBHOOK_SECRET": "zq-chu-bi-mat-cua-webhook",
    "ADMIN_IDS": "7123456789",
    "OFFICER_IDS": "7987654321",
}


@pytest.fixture(scope="module")
def assistant(library: Stand) -> Assistant:
    return library.assistant()


@pytest.mark.parametrize("case", REFUSED)
def test_an_order_or_a_wish_for_secrets_is_refused_in_words_that_help(
    assistant: Assistant, case: Case
):
    answer = assistant.answer(case.text)
    assert (answer.status, answer.reason) == (Status.REFUSED, Reason.SECRET)
    assert (answer.citations, answer.figures, answer.nearest, answer.suggestions) == ((),) * 4
    said = [piece.text for piece in pieces(answer) if piece.role is not Role.UNDERSTOOD]
    assert said == [texts.REASONS[Reason.SECRET][answer.question.language]]
    check_harmless(answer, case)


@pytest.mark.parametrize("case", OTHERS)
def test_what_is_no_order_is_answered_as_if_the_attack_were_not_there(
    assistant: Assistant, case: Case
):
    answer = assistant.answer(case.text)
    assert answer.reason is not Reason.SECRET
    if case.expect != "harmless":
        assert answer.status is Status(case.expect)
    check_harmless(answer, case)


def check_harmless(answer: Answer, case: Case) -> None:
    """Every word is the library's, the question's own or the assistant's; none is a command."""
    for cited in (*answer.citations, *answer.nearest):
        assert folded(cited.quote) in folded(SAMPLES[cited.source])
    for figure in answer.figures:
        assert figure.quote is not None
        assert folded(figure.quote) in folded(SAMPLES[figure.source])
    own = [piece.text for piece in pieces(answer) if piece.role not in _ECHO]
    for words in case.told:
        assert all(words not in text for text in own)
    assert not INVISIBLE.search(answer_text(answer))
    screen = answer_screen(answer, Shown(turn=1, language=Language.VIETNAMESE, echo=True))
    assert pressable(screen.html) == []


# --- on Telegram -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def telegram() -> Iterator[FakeTelegram]:
    with telegram_without_stumbles() as server:
        yield server


@pytest.fixture(scope="module")
def home(
    telegram: FakeTelegram, library: Stand, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The home of a bot that runs, with secrets of its own."""
    stand = library.copied(tmp_path_factory.mktemp("injections") / "var")
    with starting(telegram, stand, **SECRETS):
        yield stand.home


@pytest.mark.parametrize("case", QUESTIONS)
def test_on_telegram_one_inert_answer_comes_and_nothing_else_happens(
    telegram: FakeTelegram, home: Path, case: Case
):
    generation = Stand(home).catalogue().live_generation()
    person = telegram.person(f"Người {case.id}")
    person.says(case.text)
    [message] = answers(telegram, person)
    assert pressable_in(message.text, message.entities) == []
    for secret in (telegram.token, str(home), *SECRETS.values()):
        assert secret not in message.text
    assert Stand(home).catalogue().live_generation() == generation
