"""The fake Telegram does what the Bot API documents, refusals and accidents included."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
import telegram as client_library
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from tests.telegram_server import (
    JSON,
    FakeTelegram,
    Message,
    Person,
    Refusal,
    found_entities,
    parse_html,
    units,
)

QUESTION = "Hợp tác xã là gì?"
KEYS = json.dumps(
    {
        "inline_keyboard": [
            [
                {"text": "👍 Hữu ích", "callback_data": "vote:up"},
                {"text": "👎 Chưa đúng", "callback_data": "vote:down"},
            ],
            [{"text": "Văn bản gốc", "url": "https://vanban.example.vn/luat"}],
        ]
    }
)


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


@pytest.fixture
def lan(telegram: FakeTelegram) -> Person:
    return telegram.person("Lan")


@pytest.fixture(scope="module")
def http() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False, timeout=5) as client:
        yield client


class Caller:
    """A bot reduced to plain HTTP."""

    def __init__(self, telegram: FakeTelegram, http: httpx.Client) -> None:
        self.telegram, self.http = telegram, http

    def post(self, method: str, **parameters: Any) -> httpx.Response:
        url = f"{self.telegram.url}/bot{self.telegram.token}/{method}"
        return self.http.post(url, data=parameters)

    def __call__(self, method: str, **parameters: Any) -> Any:
        """Return the result of a call that is not refused."""
        answer = self.post(method, **parameters).json()
        assert answer["ok"], answer
        return answer["result"]

    def refused(self, method: str, **parameters: Any) -> tuple[int, str]:
        """Return the code and the words of a refusal; the status is the code."""
        answer = self.post(method, **parameters)
        body = answer.json()
        assert (body["ok"], body["error_code"]) == (False, answer.status_code)
        return answer.status_code, body["description"]


@pytest.fixture
def call(telegram: FakeTelegram, http: httpx.Client) -> Caller:
    return Caller(telegram, http)


# -- texts


@pytest.mark.parametrize(
    ("html", "plain", "entities"),
    [
        ("<b>Điều 4</b>", "Điều 4", [("bold", 0, 6)]),
        ("🌾🌾 <i>lúa</i>", "🌾🌾 lúa", [("italic", 5, 3)]),
        ("<B>to</B>", "to", [("bold", 0, 2)]),
        ("<b>đậm <i>nghiêng</i></b>", "đậm nghiêng", [("bold", 0, 11), ("italic", 4, 7)]),
        ("vốn &lt; 5 &amp; nợ &gt; 3 &#272;&#x111;", "vốn < 5 & nợ > 3 Đđ", []),
        ("R&D của HTX", "R&D của HTX", []),
        ("<b></b>trống", "trống", []),
        ("<code>vay <b>x</b></code>", "vay x", [("code", 0, 5), ("bold", 4, 1)]),
        ("<u>a</u><ins>b</ins>", "ab", [("underline", 0, 1), ("underline", 1, 1)]),
        ("<del>a</del><strike>b</strike>", "ab", [("strikethrough", i, 1) for i in (0, 1)]),
        ("<blockquote>trích</blockquote>", "trích", [("blockquote", 0, 5)]),
        (
            "<blockquote expandable>trích <b>x</b></blockquote>",
            "trích x",
            [("expandable_blockquote", 0, 7), ("bold", 6, 1)],
        ),
    ],
)
def test_html_becomes_text_and_entities(
    html: str, plain: str, entities: list[tuple[str, int, int]]
) -> None:
    text, found = parse_html(html)
    assert text == plain
    assert [(e["type"], e["offset"], e["length"]) for e in found] == entities


def test_a_link_keeps_where_it_leads() -> None:
    html = 'xem <a href="https://vanban.example.vn/?a=1&amp;b=2">luật</a>, <a href="">trống</a>'
    assert parse_html(html)[1] == [
        {
            "type": "text_link",
            "url": "https://vanban.example.vn/?a=1&b=2",
            "offset": 4,
            "length": 4,
        }
    ]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<b>đậm", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("đ</b>", "Unexpected end tag at byte offset 2"),
        ("<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("vốn < 5 tỷ", "at byte offset 6"),
        ("vốn <5 tỷ", "at byte offset 6"),
        ("a <", "at byte offset 2"),
        ("<b", "at byte offset 0"),
        ("a&nbsp;b", 'Unsupported entity "&nbsp;" at byte offset 1'),
        ("<span>x</span>", 'Unsupported start tag "span" at byte offset 0'),
        (
            "<blockquote>a<blockquote>b</blockquote></blockquote>",
            "Nested blockquote at byte offset 13",
        ),
    ],
)
def test_other_markup_is_refused(html: str, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_html(html)
    assert refused.value.description.startswith("Bad Request: can't parse entities: ")
    assert refused.value.description.endswith(words)


def test_a_persons_text_has_its_commands_mentions_and_addresses_counted_in_utf16() -> None:
    text = "🌾 /hoi@tro_ly_htx_bot @minh_bt xem https://a.vn/b, km/h"
    assert [
        (
            entity["type"],
            text.encode("utf-16-le")[entity["offset"] * 2 :][: entity["length"] * 2].decode(
                "utf-16-le"
            ),
        )
        for entity in found_entities(text)
    ] == [
        ("bot_command", "/hoi@tro_ly_htx_bot"),
        ("mention", "@minh_bt"),
        ("url", "https://a.vn/b"),
    ]


# -- refusals


@pytest.fixture
def scene(telegram: FakeTelegram, lan: Person, call: Caller) -> JSON:
    """Lan's chat: 1 her question, 2 an answer with buttons, 3 a document, 4 deleted; a group."""
    lan.says(QUESTION)
    call("sendMessage", chat_id=lan.id, text="Là tổ chức kinh tế.", reply_markup=KEYS)
    url = f"{telegram.url}/bot{telegram.token}/sendDocument"
    files = {"document": ("bao-cao.docx", b"PK...")}
    call.http.post(url, data={"chat_id": lan.id, "caption": "Báo cáo"}, files=files)
    call("sendMessage", chat_id=lan.id, text="Thừa")
    lan.deletes(telegram.shown(lan)[-1])
    minh = telegram.person("Minh")
    group = telegram.group("Tổ hợp tác", [lan, minh])
    minh.says("Chào cả nhà", chat=group)
    blocker, stranger = telegram.person("Hoa"), telegram.person("Tư", started=False)
    blocker.says("Thôi nhé")
    blocker.blocks()
    big = lan.sends_document("phim.zip", b"PK", size_bytes=21 * 2**20)
    assert big.document
    return {
        "group": group.id,
        "blocker": blocker.id,
        "stranger": stranger.id,
        "lan": lan.id,
        "big": big.document.file_id,
    }


def button(**fields: str) -> str:
    return json.dumps({"inline_keyboard": [[{"text": "Nút", **fields}]]})


def commands(*pairs: tuple[str, str]) -> str:
    return json.dumps([{"command": name, "description": words} for name, words in pairs])


LETTERS = "Ư" * 4097
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
OLD = "query is too old and response timeout expired or query ID is invalid"
EMPTY_LABEL = "inline keyboard button text must be non-empty"
REFUSALS: list[tuple[str, JSON, str]] = [
    ("sendMessage", {"chat_id": "", "text": "a"}, "chat not found"),
    ("sendMessage", {"chat_id": 99, "text": "a"}, "chat not found"),
    ("sendMessage", {"chat_id": "@ai_do", "text": "a"}, "chat not found"),
    ("sendMessage", {}, "message text is empty"),
    ("sendMessage", {"text": " \n "}, "message text is empty"),
    ("sendMessage", {"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
    ("sendMessage", {"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
    ("sendMessage", {"text": LETTERS}, "message is too long"),
    ("sendMessage", {"text": "🌾" * 2049}, "message is too long"),
    ("sendMessage", {"text": "a", "parse_mode": "Kiểu"}, "unsupported parse_mode"),
    (
        "sendMessage",
        {"text": "vốn <5 tỷ", "parse_mode": "HTML"},
        "can't parse entities: Unclosed or empty start tag at byte offset 6",
    ),
    (
        "sendMessage",
        {"text": "a", "reply_markup": button()},
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        "sendMessage",
        {"text": "a", "reply_markup": button(callback_data="đ" * 33)},
        "BUTTON_DATA_INVALID",
    ),
    ("sendMessage", {"text": "a", "reply_markup": button(callback_data="")}, "BUTTON_DATA_INVALID"),
    (
        "sendMessage",
        {"text": "a", "reply_markup": button(text=" ", callback_data="x")},
        EMPTY_LABEL,
    ),
    (
        "sendMessage",
        {"text": "a", "reply_markup": button(url="khong phai")},
        "inline keyboard button URL 'khong phai' is invalid: Wrong HTTP URL",
    ),
    (
        "sendMessage",
        {"text": "a", "reply_parameters": '{"message_id": 77}'},
        "message to be replied not found",
    ),
    (
        "sendMessage",
        {"text": "a", "reply_parameters": '{"message_id": 4}'},
        "message to be replied not found",
    ),
    ("editMessageText", {"message_id": 2}, "message text is empty"),
    (
        "editMessageText",
        {"message_id": 2, "text": "Là tổ chức kinh tế.", "reply_markup": KEYS},
        NOT_MODIFIED,
    ),
    ("editMessageText", {"message_id": 2, "text": LETTERS}, "MESSAGE_TOO_LONG"),
    ("editMessageText", {"message_id": 77, "text": "a"}, "message to edit not found"),
    ("editMessageText", {"message_id": 4, "text": "a"}, "message to edit not found"),
    ("editMessageText", {"message_id": 1, "text": "a"}, "message can't be edited"),
    ("editMessageText", {"text": "a"}, "message to edit not found"),
    (
        "editMessageText",
        {"message_id": 3, "text": "a"},
        "there is no text in the message to edit",
    ),
    ("answerCallbackQuery", {"callback_query_id": "404"}, OLD),
    ("answerCallbackQuery", {}, OLD),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "ơ" * 201}, "MESSAGE_TOO_LONG"),
    ("sendDocument", {}, "there is no document in the request"),
    ("sendDocument", {"document": "không-có"}, "wrong file identifier/HTTP URL specified"),
    ("sendPhoto", {}, "there is no photo in the request"),
    ("sendPhoto", {"photo": "không-có"}, "wrong file identifier/HTTP URL specified"),
    ("getFile", {"file_id": "không-có"}, "invalid file_id"),
    ("getFile", {"file_id": "{big}"}, "file is too big"),
    ("sendChatAction", {"action": "ngủ"}, "wrong parameter action in request"),
    ("sendChatAction", {}, "wrong parameter action in request"),
    ("setMyCommands", {"commands": commands(("Hỏi", "Đặt câu hỏi"))}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": commands(("a" * 33, "Dài"))}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": commands(("hoi", ""))}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    (
        "setMyCommands",
        {"commands": commands(("hoi", "ờ" * 257))},
        "BOT_COMMAND_DESCRIPTION_INVALID",
    ),
    (
        "setWebhook",
        {"url": "http://bot.example.vn"},
        "bad webhook: An HTTPS URL must be provided for webhook",
    ),
    (
        "setWebhook",
        {"url": "https://bot.example.vn", "secret_token": "bí mật"},
        "secret token contains unallowed characters",
    ),
    (
        "setWebhook",
        {"url": "https://bot.example.vn", "secret_token": "a" * 257},
        "secret token contains unallowed characters",
    ),
]


@pytest.mark.parametrize(("method", "parameters", "words"), REFUSALS)
def test_what_telegram_refuses(
    scene: JSON, telegram: FakeTelegram, call: Caller, method: str, parameters: JSON, words: str
) -> None:
    parameters = {"chat_id": scene["lan"], **parameters}
    for name, value in scene.items():
        parameters = {
            key: value if given == f"{{{name}}}" else given for key, given in parameters.items()
        }
    before = [telegram.messages(chat) for chat in telegram.chats.values()]
    assert call.refused(method, **parameters) == (400, f"Bad Request: {words}")
    assert [telegram.messages(chat) for chat in telegram.chats.values()] == before
    last = telegram.calls[-1]
    assert (last.outcome, last.description) == ("400", f"Bad Request: {words}")


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("blocker", "Forbidden: bot was blocked by the user"),
        ("stranger", "Forbidden: bot can't initiate conversation with a user"),
    ],
)
@pytest.mark.parametrize("method", ["sendMessage", "sendChatAction"])
def test_people_who_do_not_want_to_be_written_to(
    scene: JSON, call: Caller, method: str, who: str, words: str
) -> None:
    parameters = {"text": "Chào", "action": "typing"}
    assert call.refused(method, chat_id=scene[who], **parameters) == (403, words)


def test_who_starts_the_bot_may_be_written_to(telegram: FakeTelegram, call: Caller) -> None:
    tu = telegram.person("Tư", started=False)
    tu.says("Chào nhóm", chat=telegram.group("Tổ hợp tác", [tu]))
    assert call.refused("sendMessage", chat_id=tu.id, text="Chào")[0] == 403
    tu.says("/start")
    assert call("sendMessage", chat_id=tu.id, text="Chào")["chat"]["id"] == tu.id


def test_a_wrong_token_and_an_unknown_method(telegram: FakeTelegram, http: httpx.Client) -> None:
    answer = http.get(f"{telegram.url}/bot1:sai/getMe")
    assert (answer.status_code, answer.json()["description"]) == (401, "Unauthorized")
    answer = http.get(f"{telegram.url}/bot{telegram.token}/getEverything")
    assert (answer.status_code, answer.json()["description"]) == (404, "Not Found")
    assert [call.outcome for call in telegram.calls] == ["401", "404"]


def test_what_is_just_within_the_limits_is_taken(lan: Person, call: Caller) -> None:
    call("sendMessage", chat_id=lan.id, text="🌾" * 2048)
    call("sendMessage", chat_id=lan.id, text=f"<b>{'Ư' * 4096}</b>", parse_mode="HTML")
    call("sendMessage", chat_id=lan.id, text="a", reply_markup=button(callback_data="đ" * 32))
    press = lan.presses(lan.telegram.shown(lan)[-1], "Nút")
    call("answerCallbackQuery", callback_query_id=press.id, text="ơ" * 200)
    call("setMyCommands", commands=commands(("a" * 32, "ờ" * 256)))


# -- messages


def test_bodies_may_be_forms_multipart_or_a_query(
    telegram: FakeTelegram, lan: Person, http: httpx.Client
) -> None:
    url = f"{telegram.url}/bot{telegram.token}/sendMessage"
    fields: JSON = {"chat_id": lan.id, "text": "Chào"}
    http.post(url, data=fields)
    http.post(url, data=fields, files={"x": ("x.txt", b"x")})
    http.get(url.lower().replace(telegram.token.lower(), telegram.token), params=fields)
    assert [message.text for message in telegram.shown(lan)] == ["Chào"] * 3
    assert {call.method for call in telegram.calls} == {"sendMessage"}


def test_a_message_is_as_the_api_documents(
    telegram: FakeTelegram, lan: Person, call: Caller
) -> None:
    asked = lan.says(QUESTION, thread=5)
    sent = call(
        "sendMessage",
        chat_id=lan.id,
        text="  Theo <b>Điều 4</b>\n ",
        parse_mode="HTML",
        reply_parameters=json.dumps({"message_id": asked.message_id}),
        message_thread_id=5,
        reply_markup=KEYS,
    )
    assert abs(sent.pop("date") - time.time()) < 5
    replied = sent.pop("reply_to_message")
    assert (replied["message_id"], replied["text"], replied["from"]["first_name"]) == (
        1,
        QUESTION,
        "Lan",
    )
    assert sent == {
        "message_id": 2,
        "from": {
            "id": telegram.bot["id"],
            "is_bot": True,
            "first_name": "Trợ lý HTX",
            "username": telegram.username,
        },
        "chat": {"id": lan.id, "type": "private", "first_name": "Lan"},
        "text": "Theo Điều 4",
        "entities": [{"type": "bold", "offset": 5, "length": 6}],
        "message_thread_id": 5,
        "is_topic_message": True,
        "reply_markup": json.loads(KEYS),
    }


def test_an_edit_is_shown_and_remembered(telegram: FakeTelegram, lan: Person, call: Caller) -> None:
    first = call("sendMessage", chat_id=lan.id, text="Đang tìm…", reply_markup=KEYS)
    edited = call(
        "editMessageText", chat_id=lan.id, message_id=1, text="<i>Xong</i> 1", parse_mode="HTML"
    )
    assert (edited["text"], edited["date"]) == ("Xong 1", first["date"])
    assert isinstance(edited["edit_date"], int)
    assert "reply_markup" not in edited
    call("editMessageText", chat_id=lan.id, message_id=1, text="Xong 2")
    call("editMessageText", chat_id=lan.id, message_id=1, text="Xong 2", reply_markup=KEYS)
    [shown] = telegram.shown(lan)
    assert (shown.html, shown.edits) == ("Xong 2", ("Đang tìm…", "<i>Xong</i> 1"))
    assert shown.buttons[0] == {"👍 Hữu ích": "vote:up", "👎 Chưa đúng": "vote:down"}
    assert shown.buttons[1] == {"Văn bản gốc": "https://vanban.example.vn/luat"}


def test_a_reply_to_nothing_is_sent_when_that_is_allowed(
    telegram: FakeTelegram, lan: Person, call: Caller
) -> None:
    allowed = json.dumps({"message_id": 77, "allow_sending_without_reply": True})
    assert "reply_to_message" not in call(
        "sendMessage", chat_id=lan.id, text="a", reply_parameters=allowed
    )
    assert telegram.shown(lan)[0].reply_to is None


def test_a_keyboard_without_keys_is_none(telegram: FakeTelegram, lan: Person, call: Caller) -> None:
    call("sendMessage", chat_id=lan.id, text="a", reply_markup='{"inline_keyboard": [[]]}')
    assert (telegram.shown(lan)[0].markup, telegram.shown(lan)[0].buttons) == (None, [])


def test_deleted_messages_are_no_longer_shown(
    telegram: FakeTelegram, lan: Person, call: Caller
) -> None:
    call("sendMessage", chat_id=lan.id, text="Một")
    call("sendMessage", chat_id=lan.id, text="Hai")
    for message in telegram.shown(lan):
        lan.deletes(message)
    assert telegram.shown(lan) == []
    assert [message.deleted for message in telegram.messages(lan)] == [True, True]
    assert call.refused("editMessageText", chat_id=lan.id, message_id=2, text="x")[0] == 400


def test_a_group_is_a_supergroup(telegram: FakeTelegram, call: Caller) -> None:
    lan, minh = (telegram.person(name) for name in ("Lan", "Minh"))
    group = telegram.group("Tổ hợp tác", [lan, minh])
    asked = lan.says("@{bot} HTX là gì?", chat=group)
    minh.says("Đúng đó", chat=group, reply_to=asked)
    first, second = (update["message"] for update in call("getUpdates"))
    assert first["chat"] == {"id": group.id, "type": "supergroup", "title": "Tổ hợp tác"}
    assert group.id < -(10**12)
    assert first["entities"] == [{"type": "mention", "offset": 0, "length": 15}]
    assert second["reply_to_message"]["message_id"] == first["message_id"] == 1


def test_a_message_can_be_forwarded_and_old(
    telegram: FakeTelegram, lan: Person, call: Caller
) -> None:
    lan.says("Tin cũ", forwarded_from="Báo Nhân Dân", date=datetime(2024, 7, 1, tzinfo=UTC))
    [update] = call("getUpdates")
    assert update["message"]["date"] == 1719792000
    assert update["message"]["forward_origin"]["sender_user_name"] == "Báo Nhân Dân"


def test_an_edit_by_a_person_is_an_update(
    telegram: FakeTelegram, lan: Person, call: Caller
) -> None:
    asked = lan.says("HTX la gi")
    lan.edits(asked, QUESTION)
    first, second = call("getUpdates")
    assert first["message"]["text"] == "HTX la gi"
    assert second["edited_message"]["text"] == QUESTION
    assert second["edited_message"]["edit_date"] >= second["edited_message"]["date"]


@pytest.mark.parametrize(
    ("kind", "fields", "found"),
    [
        ("voice", {}, {"duration": 3}),
        ("sticker", {}, {"type": "regular"}),
        ("video", {"caption": "Hội thảo"}, {"mime_type": "application/octet-stream"}),
        ("location", {"latitude": 10.2, "longitude": 106.4}, {"latitude": 10.2}),
        ("contact", {"phone_number": "+84900000000", "first_name": "Tư"}, {"first_name": "Tư"}),
    ],
)
def test_people_send_more_than_texts(
    telegram: FakeTelegram, lan: Person, call: Caller, kind: str, fields: JSON, found: JSON
) -> None:
    lan.sends(kind, **fields)
    [update] = call("getUpdates")
    assert found.items() <= update["message"][kind].items()
    assert update["message"].get("caption") == fields.get("caption")
    assert client_library.Update.de_json(update, None).message


def test_a_text_that_telegram_would_split_is_not_said(lan: Person) -> None:
    with pytest.raises(ValueError, match="4097"):
        lan.says(LETTERS)


# -- presses


def test_a_press_is_answered_once(telegram: FakeTelegram, lan: Person, call: Caller) -> None:
    call("sendMessage", chat_id=lan.id, text="Đúng không?", reply_markup=KEYS)
    press = lan.presses(telegram.shown(lan)[0], "👍")
    [update] = call("getUpdates")
    query = update["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("vote:up", 1)
    assert press.answer is None
    call("answerCallbackQuery", callback_query_id=query["id"], text="Cảm ơn")
    assert press.toast == "Cảm ơn"
    assert call.refused("answerCallbackQuery", callback_query_id=query["id"]) == (
        400,
        f"Bad Request: {OLD}",
    )
    assert telegram.calls[-1].chat_id == lan.id


def test_an_expired_press_cannot_be_answered(
    telegram: FakeTelegram, lan: Person, call: Caller
) -> None:
    call("sendMessage", chat_id=lan.id, text="Đúng không?", reply_markup=KEYS)
    press = lan.presses(telegram.shown(lan)[0], data="vote:down")
    press.expires()
    assert call.refused("answerCallbackQuery", callback_query_id=press.id) == (
        400,
        f"Bad Request: {OLD}",
    )
    assert (press.label, press.answer) == ("👎 Chưa đúng", None)


def test_data_can_be_forged_but_a_label_must_be_there(
    telegram: FakeTelegram, lan: Person, call: Caller
) -> None:
    call("sendMessage", chat_id=lan.id, text="Đúng không?", reply_markup=KEYS)
    [shown] = telegram.shown(lan)
    lan.presses(shown, data="vote:up'; DROP TABLE")
    assert call("getUpdates")[0]["callback_query"]["data"] == "vote:up'; DROP TABLE"
    with pytest.raises(AssertionError, match="no button 'Không có'"):
        lan.presses(shown, "Không có")
    with pytest.raises(AssertionError, match="tells the bot nothing"):
        lan.presses(shown, "Văn bản gốc")


def test_a_button_of_a_deleted_message_is_pressed_on_an_inaccessible_message(
    telegram: FakeTelegram, lan: Person, call: Caller
) -> None:
    call("sendMessage", chat_id=lan.id, text="Đúng không?", reply_markup=KEYS)
    [shown] = telegram.shown(lan)
    lan.deletes(shown)
    lan.presses(shown, "👍")
    [update] = call("getUpdates")
    assert (
        update["callback_query"]["message"]["date"],
        "text" in update["callback_query"]["message"],
    ) == (0, False)


# -- long polling


@contextmanager
def polling(call: Caller, **parameters: Any) -> Iterator[Future[httpx.Response]]:
    """A poll that is held by the server, from a thread of its own."""
    with ThreadPoolExecutor(1) as pool:
        held = len(call.telegram.calls)
        poll = pool.submit(call.post, "getUpdates", **parameters)
        call.telegram.wait_for(lambda: len(call.telegram.calls) > held)
        yield poll


def test_a_poll_is_held_until_its_timeout(call: Caller) -> None:
    begun = time.monotonic()
    assert call("getUpdates", timeout=1) == []
    assert 0.9 < time.monotonic() - begun < 2


def test_a_poll_is_woken_by_a_message(lan: Person, call: Caller) -> None:
    begun = time.monotonic()
    with polling(call, timeout=4) as poll:
        time.sleep(0.1)
        assert not poll.done()
        lan.says(QUESTION)
        [update] = poll.result(2).json()["result"]
    assert update["message"]["text"] == QUESTION
    assert time.monotonic() - begun < 1


def test_updates_stay_until_an_offset_confirms_them(
    telegram: FakeTelegram, lan: Person, call: Caller
) -> None:
    for text in ("một", "hai", "ba"):
        lan.says(text)
    first, second, third = (update["update_id"] for update in call("getUpdates"))
    assert [update["update_id"] for update in call("getUpdates", limit=2)] == [first, second]
    assert [update["update_id"] for update in call("getUpdates", offset=third)] == [third]
    assert [update["update_id"] for update in call("getUpdates", offset=0)] == [third]
    assert [update["update_id"] for update in telegram.pending] == [third]
    assert call("getUpdates", offset=third + 1) == telegram.pending == []
    assert len(telegram.updates) == 3


def test_a_second_poll_ends_the_first(lan: Person, call: Caller) -> None:
    with polling(call, timeout=4) as first, polling(call, timeout=4) as second:
        answer = first.result(2)
        assert answer.status_code == 409
        assert answer.json()["description"] == (
            "Conflict: terminated by other getUpdates request; "
            "make sure that only one bot instance is running"
        )
        lan.says(QUESTION)
        assert len(second.result(2).json()["result"]) == 1


def test_a_poller_that_hung_up_is_no_conflict(
    telegram: FakeTelegram, lan: Person, call: Caller
) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(
            f"{telegram.url}/bot{telegram.token}/getUpdates", data={"timeout": 4}, timeout=0.1
        )
    telegram.wait_for(lambda: telegram.calls[0].outcome == "gone", timeout=2)
    lan.says(QUESTION)
    assert len(call("getUpdates", timeout=4)) == 1


def test_only_wanted_kinds_of_updates_come(lan: Person, call: Caller) -> None:
    call("getUpdates", allowed_updates='["edited_message"]')
    lan.edits(lan.says("HTX la gi"), QUESTION)
    assert [set(update) - {"update_id"} for update in call("getUpdates")] == [{"edited_message"}]
    call("getUpdates", allowed_updates="[]")
    lan.says("Nữa")
    assert "message" in call("getUpdates")[-1]


def test_a_replayed_update_comes_again_although_confirmed(
    telegram: FakeTelegram, lan: Person, call: Caller
) -> None:
    lan.says(QUESTION)
    [update] = call("getUpdates")
    after = update["update_id"] + 1
    assert call("getUpdates", offset=after) == []
    telegram.replay(update)
    assert call("getUpdates", offset=after) == [update]
    assert call("getUpdates", offset=after) == []


# -- webhook

HEADER_VALUE = "Bi-mat_1"


class Hook:
    """A bot's webhook: answers with the statuses in turn, then with 200."""

    def __init__(self, *statuses: int) -> None:
        self.statuses, self.bodies, self.secrets = list(statuses), list[JSON](), list[str | None]()
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                hook.secrets.append(self.headers["X-Telegram-Bot-Api-Secret-Token"])
                hook.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(hook.statuses.pop(0) if hook.statuses else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/htx"

    def __enter__(self) -> Hook:
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def texts(self) -> list[str]:
        return [body["message"]["text"] for body in self.bodies]


def test_a_webhook_gets_updates_in_order_with_its_secret(
    telegram: FakeTelegram, lan: Person, call: Caller
) -> None:
    lan.says("một")
    with Hook() as hook:
        call("setWebhook", url=hook.url, secret_token=HEADER_VALUE)
        lan.says("hai")
        telegram.wait_for(lambda: not telegram.pending)
        assert hook.texts() == ["một", "hai"]
        assert hook.secrets == [HEADER_VALUE] * 2
        assert hook.bodies == telegram.updates
        words = "Conflict: can't use getUpdates method while webhook is active"
        refusal = call.refused("getUpdates")
        assert (refusal[0], refusal[1].split(";")[0]) == (409, words)
        telegram.replay(hook.bodies[0])
        telegram.wait_for(lambda: len(hook.bodies) == 3)
        assert hook.bodies[2] == hook.bodies[0]


def test_an_update_is_repeated_until_the_webhook_takes_it(
    telegram: FakeTelegram, lan: Person, call: Caller
) -> None:
    with Hook(500, 403) as hook:
        call("setWebhook", url=hook.url)
        lan.says("một")
        lan.says("hai")
        telegram.wait_for(lambda: not telegram.pending)
        assert hook.texts() == ["một", "một", "một", "hai"]


def test_updates_wait_for_a_webhook_that_is_down(
    telegram: FakeTelegram, lan: Person, call: Caller
) -> None:
    hook = Hook()
    hook.server.server_close()
    call("setWebhook", url=hook.url)
    lan.says("một")
    time.sleep(0.2)
    assert len(telegram.pending) == 1
    call("deleteWebhook")
    assert len(call("getUpdates")) == 1


def test_a_webhook_ends_a_poll(call: Caller) -> None:
    with polling(call, timeout=4) as poll, Hook() as hook:
        call("setWebhook", url=hook.url)
        assert poll.result(2).status_code == 409


# -- faults


def test_429_tells_when_to_come_back(telegram: FakeTelegram, lan: Person, call: Caller) -> None:
    telegram.fault("sendMessage", "429", retry_after=7)
    answer = call.post("sendMessage", chat_id=lan.id, text="Chào")
    assert answer.status_code == 429
    assert answer.json()["parameters"] == {"retry_after": 7}
    assert answer.json()["description"] == "Too Many Requests: retry after 7"
    call("sendMessage", chat_id=lan.id, text="Chào")
    assert [(c.outcome, c.fault) for c in telegram.calls] == [("429", "429"), ("ok", "")]
    assert len(telegram.shown(lan)) == 1


@pytest.mark.parametrize(("kind", "is_json"), [("500", True), ("502", False), ("503", True)])
def test_a_broken_server_does_no_work(
    telegram: FakeTelegram, lan: Person, call: Caller, kind: str, is_json: bool
) -> None:
    telegram.fault("*", kind)
    answer = call.post("sendMessage", chat_id=lan.id, text="Chào")
    assert answer.status_code == int(kind)
    assert answer.headers["content-type"].startswith("application/json") is is_json
    assert telegram.shown(lan) == []


def test_403_is_a_block(telegram: FakeTelegram, lan: Person, call: Caller) -> None:
    telegram.fault("sendMessage", "403", times=2)
    for _ in range(2):
        refusal = call.refused("sendMessage", chat_id=lan.id, text="Chào")
        assert refusal == (403, "Forbidden: bot was blocked by the user")
    call("sendMessage", chat_id=lan.id, text="Chào")


@pytest.mark.parametrize(("kind", "shown"), [("drop_before", 0), ("drop_after", 1)])
def test_a_dropped_connection(
    telegram: FakeTelegram, lan: Person, call: Caller, kind: str, shown: int
) -> None:
    telegram.fault("sendMessage", kind)
    with pytest.raises((httpx.RemoteProtocolError, httpx.ReadError)):
        call.post("sendMessage", chat_id=lan.id, text="Chào")
    assert len(telegram.shown(lan)) == shown
    [logged] = telegram.calls
    assert (logged.outcome, logged.fault) == ("dropped", kind)


@pytest.mark.parametrize(("kind", "at_once"), [("slow_before", 0), ("slow", 1)])
def test_a_slow_answer(
    telegram: FakeTelegram, lan: Person, call: Caller, kind: str, at_once: int
) -> None:
    telegram.fault("sendMessage", kind, delay=0.3)
    begun = time.monotonic()
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(call.post, "sendMessage", chat_id=lan.id, text="Chào")
        telegram.wait_for(lambda: telegram.calls)
        time.sleep(0.1)
        assert (len(telegram.shown(lan)), answer.done()) == (at_once, False)
        assert answer.result(2).json()["ok"]
    [logged] = telegram.calls
    assert (logged.outcome, logged.fault) == ("ok", kind)
    assert time.monotonic() - begun >= 0.3


def test_a_fault_can_be_meant_for_one_chat_or_picked_by_a_function(
    telegram: FakeTelegram, lan: Person, call: Caller
) -> None:
    minh = telegram.person("Minh")
    telegram.fault("*", "500", chat=minh)
    telegram.fault(lambda made: "vốn" in made.text("text"), "503", times=None)
    outcomes = [
        call.post("sendMessage", chat_id=person.id, text=text).status_code
        for person, text in [(lan, "a"), (minh, "a"), (minh, "a"), (lan, "góp vốn"), (lan, "vốn")]
    ]
    assert outcomes == [200, 500, 200, 503, 503]
    telegram.clear_faults()
    call("sendMessage", chat_id=lan.id, text="vốn")
    with pytest.raises(ValueError, match="nổ"):
        telegram.fault("*", "nổ")


def test_a_star_spares_polling_and_a_name_does_not(telegram: FakeTelegram, call: Caller) -> None:
    telegram.fault("*", "500")
    call("getUpdates")
    telegram.fault("getUpdates", "502")
    assert call.post("getUpdates").status_code == 502
    assert call.post("getMe").status_code == 500


def test_random_faults_are_the_same_for_the_same_seed(http: httpx.Client) -> None:
    def outcomes(seed: int) -> list[str]:
        with FakeTelegram() as telegram:
            lan, call = telegram.person("Lan"), Caller(telegram, http)
            telegram.fault_at_random(0.5, ["429", "500"], seed=seed)
            for _ in range(30):
                call.post("sendChatAction", chat_id=lan.id, action="typing")
            return [made.outcome for made in telegram.calls]

    assert outcomes(1) == outcomes(1) != outcomes(2)
    assert set(outcomes(1)) == {"ok", "429", "500"}


# -- what a test sees


def test_waiting_in_vain_shows_the_last_calls(
    telegram: FakeTelegram, lan: Person, call: Caller
) -> None:
    call("sendMessage", chat_id=lan.id, text="Chào bà con")
    call.refused("sendMessage", chat_id=lan.id)
    with pytest.raises(AssertionError, match=r"Chào bà con(.|\n)*400 Bad Request: message text is"):
        telegram.wait_for(lambda: len(telegram.shown(lan)) == 2, timeout=0.1)
    assert telegram.wait_for(lambda: telegram.shown(lan))[0].text == "Chào bà con"


def test_a_hundred_people_ask_at_once(telegram: FakeTelegram, call: Caller) -> None:
    people = [telegram.person(f"Người {number}") for number in range(100)]
    begun = time.monotonic()
    for person in people:
        person.says(QUESTION)
    assert time.monotonic() - begun < 0.5
    assert len({person.id for person in people}) == len(call("getUpdates")) == 100


def test_a_transcript_shows_the_chat_as_it_is_now(
    telegram: FakeTelegram, lan: Person, call: Caller
) -> None:
    lan.says("/hoi <b> & *sao*")
    call("sendMessage", chat_id=lan.id, text="Đang tìm…")
    call("sendMessage", chat_id=lan.id, text="Thừa")
    text = "<b>Điều 4</b>\n<blockquote>góp_vốn</blockquote>\n\n[1] &lt;Luật&gt;"
    call(
        "editMessageText",
        chat_id=lan.id,
        message_id=2,
        text=text,
        parse_mode="HTML",
        reply_markup=KEYS,
    )
    lan.deletes(telegram.shown(lan)[1])
    press = lan.presses(telegram.shown(lan)[0], "👍")
    call("answerCallbackQuery", callback_query_id=press.id, text="Cảm ơn")
    lan.presses(telegram.shown(lan)[0], "👎")
    lan.sends_document("bao-cao.docx", b"PK", caption="Của tôi", forwarded_from="Báo Nhân Dân")
    lan.sends("location", latitude=10.2, longitude=106.4)
    assert telegram.transcript(lan) == (
        "**Lan:**\n"
        "\n"
        "> /hoi &lt;b&gt; &amp; \\*sao\\*\n"
        "\n"
        "**Trợ lý HTX:**\n"
        "\n"
        "> <b>Điều 4</b>\\\n"
        "> góp\\_vốn\n"
        ">\n"
        "> \\[1\\] &lt;Luật&gt;\n"
        ">\n"
        "> `[ 👍 Hữu ích ]` `[ 👎 Chưa đúng ]`\\\n"
        "> `[ Văn bản gốc ]`\n"
        "\n"
        "*Lan bấm [👍 Hữu ích]* → *Cảm ơn*\n"
        "\n"
        "*Lan bấm [👎 Chưa đúng]*\n"
        "\n"
        "**Lan:**\n"
        "\n"
        "> 📎 bao-cao.docx\\\n"
        "> Của tôi\n"
        "\n"
        "**Lan:**\n"
        "\n"
        "> (location)\n"
    )


# -- python-telegram-bot as the client


def bot_of(telegram: FakeTelegram) -> Bot:
    return Bot(
        telegram.token, base_url=telegram.url + "/bot", base_file_url=telegram.url + "/file/bot"
    )


async def test_the_library_sends_edits_and_answers(telegram: FakeTelegram, lan: Person) -> None:
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("👍", callback_data="up")]])
    async with bot_of(telegram) as bot:
        assert (await bot.get_me()).username == telegram.username
        sent = await bot.send_message(lan.id, "<b>Chào</b>", parse_mode="HTML", reply_markup=keys)
        assert sent.date.tzinfo
        assert (sent.text_html, sent.reply_markup) == ("<b>Chào</b>", keys)
        lan.presses(telegram.shown(lan)[0], "👍")
        [update] = await bot.get_updates(timeout=2)
        assert update.callback_query
        assert await update.callback_query.answer("Cảm ơn")
        edited = await update.callback_query.edit_message_text("Đã ghi")
        assert isinstance(edited, client_library.Message)
        assert (edited.text, edited.reply_markup) == ("Đã ghi", None)
        with pytest.raises(BadRequest, match="not modified"):
            await edited.edit_text("Đã ghi")
        with pytest.raises(BadRequest, match="too old"):
            await update.callback_query.answer()
        assert await bot.send_chat_action(lan.id, "typing")
    assert [message.text for message in telegram.shown(lan)] == ["Đã ghi"]


PNG = b"\x89PNG\r\n\x1a\n..."


async def test_the_library_uploads_and_downloads(telegram: FakeTelegram, lan: Person) -> None:
    lan.sends_document("số liệu.xlsx", "Bến Tre".encode(), caption="Xem giúp")
    async with bot_of(telegram) as bot:
        [update] = await bot.get_updates()
        assert update.message
        assert update.message.document
        document = update.message.document
        assert (document.file_name, document.file_size) == ("số liệu.xlsx", 9)
        file = await document.get_file()
        assert (await file.download_as_bytearray()).decode() == "Bến Tre"
        sent = await bot.send_document(lan.id, b"PK\x03", filename="trả lời.docx", caption="Đây")
        assert sent.document
        with pytest.raises(BadRequest, match="non-empty"):
            await bot.send_document(lan.id, b"", filename="rỗng.txt")
        picture = await bot.send_photo(lan.id, PNG, filename="biểu đồ.png", caption="Vẽ")
        assert picture.photo
        with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
            await bot.send_photo(lan.id, b"PK", filename="giả.png")
    shown: list[Message] = telegram.shown(lan)
    files = [
        (m.document.kind, m.document.name, m.document.data, m.text) for m in shown if m.document
    ]
    assert files == [
        ("document", "trả lời.docx", b"PK\x03", "Đây"),
        ("photo", "biểu đồ.png", PNG, "Vẽ"),
    ]


async def test_the_library_sets_commands_and_a_webhook(telegram: FakeTelegram, lan: Person) -> None:
    scope = client_library.BotCommandScopeChat(lan.id)
    async with bot_of(telegram) as bot:
        await bot.set_my_commands([("start", "Bắt đầu")])
        await bot.set_my_commands([("start", "Start")], scope=scope, language_code="en")
        assert telegram.commands == {
            '[{"type": "default"}, ""]': [{"command": "start", "description": "Bắt đầu"}],
            f'[{{"chat_id": {lan.id}, "type": "chat"}}, "en"]': [
                {"command": "start", "description": "Start"}
            ],
        }
        await bot.set_webhook("https://bot.example.vn", allowed_updates=["message"])
        assert telegram.webhook == {"url": "https://bot.example.vn", "secret_token": ""}
        assert telegram.allowed == ["message"]
        await bot.delete_webhook()
        assert telegram.webhook == {}


async def test_the_library_names_the_accidents(
    telegram: FakeTelegram, lan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # without it `RetryAfter` itself is a warning
    async with bot_of(telegram) as bot:
        for kind, error in [
            ("429", RetryAfter),
            ("403", Forbidden),
            ("502", NetworkError),
            ("drop_after", NetworkError),
        ]:
            telegram.fault("sendMessage", kind)
            with pytest.raises(error):
                await bot.send_message(lan.id, "Chào")
        lan.blocks()
        with pytest.raises(Forbidden):
            await bot.send_message(lan.id, "Chào")
    assert len(telegram.shown(lan)) == 1


async def test_the_library_polls_in_the_tests_own_loop(telegram: FakeTelegram, lan: Person) -> None:
    async with bot_of(telegram) as bot:
        poll = asyncio.create_task(bot.get_updates(timeout=4))
        await asyncio.to_thread(telegram.wait_for, lambda: telegram.calls[1:])
        lan.says(f"/hoi {QUESTION}")
        [update] = await asyncio.wait_for(poll, 2)
        assert update.message
        assert list(update.message.parse_entities(["bot_command"]).values()) == ["/hoi"]


def test_lengths_are_counted_in_utf16() -> None:
    assert [units("Ư"), units("🌾"), units("")] == [1, 2, 0]
