"""Inline mode: "@bot câu hỏi" in any chat, answered from what everyone may see."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from bot.telegram.inline import is_question
from bot.texts import inline as words
from knowledge.answering import Assistant
from knowledge.model import Answer, Audience, Language
from tests.bot.conftest import answers, starting
from tests.bot.running import BotHere
from tests.builders import LOAN_QUESTION, REPORTS, SAMPLES, Stand, write_all
from tests.telegram_server import FakeTelegram, Person
from tests.telegram_server.markup import units
from tests.telegram_server.model import InlineQuery

VI, EN = Language.VIETNAMESE, Language.ENGLISH
ADMIN = 7703
INNER = """Kinh tế tập thể tỉnh Sóc Trăng năm 2023

Ngày 20/01/2024

Năm 2023, tỉnh Sóc Trăng có 211 hợp tác xã đang hoạt động.
"""
INNER_QUESTION = "Năm 2023 tỉnh Sóc Trăng có bao nhiêu hợp tác xã đang hoạt động?"
ARTICLE = "Năm 2023 tỉnh Bến Tre có bao nhiêu hợp tác xã đang hoạt động?"
ODD = "Thời hạn <b>vay</b> & trả &lt;máy móc> là bao lâu?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Stand:
    base = tmp_path_factory.mktemp("inline")
    table = "file,audience\nnoi-bo.txt,officers\n"
    files = {**SAMPLES, **REPORTS, "noi-bo.txt": INNER, "documents.csv": table}
    stand = Stand(base / "var")
    assert not stand.ingestion().ingest([write_all(base / "documents", files)]).failed
    return stand


@pytest.fixture(scope="module")
def bot(telegram: FakeTelegram, library: Stand) -> Iterator[BotHere]:
    with starting(telegram, library, admin_ids=ADMIN) as running:
        yield running


@pytest.fixture
def lan(telegram: FakeTelegram, bot: BotHere) -> Person:
    return telegram.person("Lan")


def offered(telegram: FakeTelegram, query: InlineQuery) -> list[dict[str, str]]:
    """Return title, description and message of each result, once the bot answered."""
    telegram.wait_for(lambda: query.results is not None)
    return [
        {
            "title": one["title"],
            "description": one.get("description", ""),
            "html": one["input_message_content"]["message_text"],
        }
        for one in query.results or []
    ]


def test_a_question_is_offered_its_answer_with_quotation_and_source(
    telegram: FakeTelegram, lan: Person
):
    [one] = offered(telegram, lan.types_inline(ARTICLE))
    assert one["title"].startswith("Trả lời: Bến Tre, năm 2023: số HTX đang hoạt động là 187")
    assert "“Kinh tế tập thể tỉnh Bến Tre năm 2023”" in one["description"]
    assert "Năm 2023, tỉnh Bến Tre có 187 hợp tác xã" in one["description"]
    assert f"Câu hỏi: {ARTICLE}" in one["html"]
    assert "<blockquote>Năm 2023, tỉnh Bến Tre có 187 hợp tác xã" in one["html"]


def test_what_is_picked_stands_in_the_other_chat_and_the_bot_says_nothing_to_it(
    telegram: FakeTelegram, lan: Person
):
    group = telegram.group("HTX Sông Xanh", [lan])
    query = lan.types_inline(ARTICLE)
    offered(telegram, query)
    sent = lan.picks(query, 0, group)
    assert "187 hợp tác xã" in sent.text
    lan.picks(query, 0)  # in the private chat with the bot: no question either
    lan.says("/help")
    [said] = answers(telegram, lan)
    assert said.text.startswith("Hỏi gì?")
    assert telegram.shown(group) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", False),
        ("htx", False),
        ("htx là", False),
        ("htx là gì", True),
        ("vốn?", True),
        ("  vay   vốn ", False),
    ],
)
def test_only_what_is_far_enough_is_answered(text: str, expected: bool):
    assert is_question(text.strip()) is expected


def test_while_somebody_types_nothing_is_offered_but_a_hint(telegram: FakeTelegram, lan: Person):
    query = lan.types_inline("thời hạn")
    assert offered(telegram, query) == []
    assert query.answer is not None
    assert json.loads(query.answer["button"])["text"] == words.TYPE_MORE[VI]


def test_what_is_not_in_the_documents_says_so_and_offers_what_is_near(
    telegram: FakeTelegram, lan: Person
):
    first, *others = offered(
        telegram, lan.types_inline("Năm 2022 tỉnh Bến Tre có bao nhiêu hợp tác xã đang hoạt động?")
    )
    assert first["title"] == words.NOT_FOUND[VI]
    assert "Không có trong tài liệu" in first["html"]
    assert others, "what there is instead"
    assert {one["description"] for one in others} == {words.NEARBY[VI]}
    for one in others:
        assert f"Câu hỏi: {one['title']}" in one["html"]
        assert "Không có trong tài liệu" not in one["html"]


def test_an_officers_document_is_not_told_inline_even_to_an_admin(
    telegram: FakeTelegram, bot: BotHere
):
    admin = telegram.person("Hoa", person_id=ADMIN)
    admin.says(INNER_QUESTION)
    assert "211" in answers(telegram, admin)[0].text, "in the private chat it is"
    for chat_type in ("sender", "private", "group", "supergroup", "channel"):
        found = offered(telegram, admin.types_inline(INNER_QUESTION, chat_type))
        assert found
        assert not [one for one in found if "211" in str(one)]


def test_the_answer_is_personal_and_cached_for_a_moment_only(telegram: FakeTelegram, lan: Person):
    query = lan.types_inline(ARTICLE)
    offered(telegram, query)
    assert query.answer is not None
    assert query.answer["is_personal"] == "true"
    assert int(query.answer["cache_time"]) <= 30


def test_what_somebody_types_is_shown_letter_for_letter(telegram: FakeTelegram, lan: Person):
    [one, *_] = offered(telegram, lan.types_inline(f"{ODD} /reload @ai"))
    assert "&lt;b&gt;vay&lt;/b&gt; &amp; trả &amp;lt;máy móc&gt;" in one["html"]
    assert "<code>/reload</code>" in one["html"]


def test_english_people_are_spoken_to_in_english(telegram: FakeTelegram, bot: BotHere):
    ann = telegram.person("Ann", language="en")
    asked = "In 2023, how many active cooperatives did Ben Tre have?"
    [one] = offered(telegram, ann.types_inline(asked))
    assert one["title"].startswith("Answer: ")
    query = ann.types_inline("how")
    offered(telegram, query)
    assert query.answer is not None
    assert json.loads(query.answer["button"])["text"] == words.TYPE_MORE[EN]


def test_nothing_of_it_is_kept(telegram: FakeTelegram, lan: Person, bot: BotHere):
    home = Path(bot._settings.home)
    with sqlite3.connect(home / "catalogue.db") as database:
        [before] = database.execute("select count(*) from inbox").fetchone()
        offered(telegram, lan.types_inline("Ai nuôi cá lóc bông trong ao nhà ông Bảy?"))
        [after] = database.execute("select count(*) from inbox").fetchone()
    assert after == before
    for file in home.glob("catalogue.db*"):
        assert "cá lóc bông" not in file.read_bytes().decode(errors="ignore")


def test_a_query_that_is_too_old_by_now_is_nobodys_loss(telegram: FakeTelegram, lan: Person):
    query = lan.types_inline(ARTICLE)
    query.expires()
    [one] = offered(telegram, lan.types_inline(ARTICLE))
    assert "187" in one["html"]
    assert query.results is None


def test_inline_does_not_wait_for_the_persons_other_questions(
    own_telegram: FakeTelegram, filled: Stand
):
    lan = own_telegram.person("Lan")
    with starting(own_telegram, filled):
        own_telegram.fault("sendMessage", "slow", delay=3)
        lan.says(LOAN_QUESTION)
        query = lan.types_inline(LOAN_QUESTION)
        own_telegram.wait_for(lambda: query.results is not None, 2)


class Failing(Assistant):
    """Stumbles over one question."""

    def answer(
        self,
        text: str,
        history: Sequence[str] = (),
        audience: Audience = Audience.ADMINS,
        *,
        today: date | None = None,
    ) -> Answer:
        if "hỏng" in text:
            raise ZeroDivisionError
        return super().answer(text, history, audience, today=today)


def test_an_error_leaves_nobody_waiting(own_telegram: FakeTelegram, filled: Stand):
    lan = own_telegram.person("Lan")
    assistant = Failing(filled.catalogue(), filled.vectors, filled.embedder)
    with BotHere(own_telegram, filled.home, assistant):
        assert offered(own_telegram, lan.types_inline("máy cày hỏng thì sao?")) == []
        [one] = offered(own_telegram, lan.types_inline(LOAN_QUESTION))
        assert "bốn năm" in one["html"]
    assert own_telegram.shown(lan) == [], "no apology in a chat that did not ask"


def test_a_long_answer_fits_a_message(own_telegram: FakeTelegram, stand: Stand, tmp_path: Path):
    long = SAMPLES["nghi-dinh.txt"].replace(
        "Hồ sơ vay gồm đơn vay", "Hồ sơ vay gồm đơn vay, " + "giấy tờ & <bản sao> kèm theo, " * 400
    )
    lan = own_telegram.person("Lan")
    stand.ingestion().ingest([write_all(tmp_path / "long", {"nghi-dinh.txt": long})])
    with starting(own_telegram, stand):
        found = offered(own_telegram, lan.types_inline("Hồ sơ vay từ quỹ đổi mới gồm những gì?"))
    assert len(found) == 1
    assert units(found[0]["html"]) > 1_000
