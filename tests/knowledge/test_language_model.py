"""A language model over real HTTP: streaming, stopping, refusals, silence, and what is not said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from langchain_core.messages import AIMessageChunk

from knowledge.answering.language_model import ChatModel, open_language_model
from knowledge.errors import ModelUnavailableError, SettingsError
from tests.language_server import KEY, LanguageServer, Reply
from tests.servers import free_port

PRIVATE = "câu hỏi riêng của bà Lan"


def model_of(url: str, key: str = KEY, patience_s: float = 20) -> ChatModel:
    return open_language_model("openai:thử", url=url, key=key, patience_s=patience_s)


def said(model: ChatModel, request: str = "Chào") -> str:
    return "".join(model.stream("Bạn là máy.", request))


def failure(model: ChatModel) -> str:
    with pytest.raises(ModelUnavailableError) as caught:
        said(model, PRIVATE)
    return str(caught.value)


def test_a_reply_comes_in_chunks_and_joins_to_what_was_said(language_server: LanguageServer):
    text = "Hợp tác xã cần ít nhất 05 thành viên [1]."
    language_server.says(text)
    chunks = list(model_of(language_server.url).stream("Bạn là máy.", "Chào"))
    assert len(chunks) > 5
    assert "".join(chunks) == text


def test_system_and_request_are_two_messages(language_server: LanguageServer):
    said(model_of(language_server.url), "Một câu")
    assert [(one["role"], one["content"]) for one in language_server.requests[0]["messages"]] == [
        ("system", "Bạn là máy."),
        ("user", "Một câu"),
    ]


@pytest.mark.parametrize("path", ["", "/", "/v1", "/v1/"])
def test_the_address_of_a_server_may_stand_without_v1(language_server: LanguageServer, path: str):
    language_server.says("được")
    assert said(model_of(language_server.url + path)) == "được"


def test_a_second_call_follows_a_stream_at_once(language_server: LanguageServer):
    language_server.says("một", "hai", "ba")
    model = model_of(language_server.url)
    assert [said(model), said(model), said(model)] == ["một", "hai", "ba"]


def test_who_stops_listening_stops_the_server(language_server: LanguageServer):
    language_server.says(Reply(text="a" * 4_000_000, letters=2_000))
    with closing(model_of(language_server.url).stream("", "Chào")) as chunks:
        assert next(chunks).startswith("a")
    assert language_server.hung_up.wait(10)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("<think>Người ta hỏi 99 điều.</think>\n\nĐủ 05 thành viên.", "Đủ 05 thành viên."),
        ("\n<think>\n</think>Đủ.", "Đủ."),
        ("Đủ <think> rồi.", "Đủ <think> rồi."),
        ("<thử>", "<thử>"),
        ("<think>không bao giờ xong", ""),
        ("", ""),
    ],
    ids=["thought", "empty thought", "tag inside", "another tag", "endless", "nothing"],
)
def test_thoughts_in_front_are_left_out(language_server: LanguageServer, text: str, answer: str):
    language_server.says(Reply(text=text, letters=3))
    assert said(model_of(language_server.url)).strip() == answer


@pytest.mark.parametrize(
    ("reply", "key", "why"),
    [
        (Reply(), "sai-khoa", "401"),
        (Reply(status=400), KEY, "400"),
        (Reply(status=404), KEY, "404"),
        (Reply(status=429), KEY, "429"),
        (Reply(status=500), KEY, "500"),
        (Reply(text="Hợp tác xã cần", dies_at=4), KEY, ""),
        (Reply(text="Hợp tác xã cần", ends=False), KEY, "breaks off"),
    ],
    ids=["wrong key", "too long", "no such model", "too many", "crash", "dies", "stops short"],
)
def test_a_failure_is_one_line_without_question_and_key(
    language_server: LanguageServer, reply: Reply, key: str, why: str
):
    language_server.says(reply)
    line = failure(model_of(language_server.url, key))
    assert why in line
    assert line.startswith("openai:thử: ")
    assert "\n" not in line
    for secret in (PRIVATE, KEY, "sai-khoa", "refused"):
        assert secret not in line


def test_nobody_at_the_address():
    assert "Error" in failure(model_of(f"http://127.0.0.1:{free_port()}"))


def test_a_server_that_says_nothing_is_waited_for_only_so_long(language_server: LanguageServer):
    language_server.says(Reply(text="quá muộn", holds_at=0))
    assert "Timeout" in failure(model_of(language_server.url, patience_s=0.3))


def test_a_reply_that_never_ends_is_left(language_server: LanguageServer):
    """Each chunk comes in time, the whole does not."""
    language_server.says(Reply(text="chậm " * 200_000, letters=5))
    assert "time-out" in failure(model_of(language_server.url, patience_s=0.3))


@pytest.mark.parametrize("name", ["không có ai", "nobody:gpt", "openai", "anthropic:claude"])
def test_a_model_that_cannot_be_opened_is_a_setting(name: str):
    with pytest.raises(SettingsError) as caught:
        open_language_model(name, url="http://127.0.0.1:9", key=KEY)
    line = str(caught.value)
    assert line.startswith("LLM_MODEL: ")
    assert "e.g. LLM_MODEL=ollama:qwen3:8b" in line
    assert KEY not in line
    assert "\n" not in line


def test_ollama_is_opened_with_the_same_words():
    model = open_language_model("ollama:qwen3:8b", url=f"http://127.0.0.1:{free_port()}")
    assert model.model.model == "qwen3:8b"
    assert "ConnectError" in failure(model) or "Connection" in failure(model)


def test_what_a_provider_raises_beside_chunks_is_one_of_ours():
    class Broken:
        def stream(self, messages: object) -> Iterator[AIMessageChunk]:
            yield AIMessageChunk(content="Hợp")
            raise ZeroDivisionError(PRIVATE)

    assert failure(ChatModel("thử", Broken(), 5)) == "thử: ZeroDivisionError"
