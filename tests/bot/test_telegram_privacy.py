"""/privacy says what is kept; /forget leaves nothing of what somebody typed, anywhere."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table

from bot.figures.figure_menu import mark_of
from bot.texts import in_chat
from bot.texts import people as words
from knowledge.catalogue import Conversations, Turn, schema
from knowledge.catalogue.database import open_engine
from knowledge.catalogue.forgetting import forget
from knowledge.model import Language
from tests.bot.conftest import answers, labels, telegram_without_stumbles
from tests.bot.office import Office, an_office
from tests.bot.running import BotProcess
from tests.builders import LOAN_QUESTION
from tests.telegram_server import FakeTelegram, Message, Person

VI = Language.VIETNAMESE
FIGURE_QUESTION = "Tỉnh Bến Tre năm 2023 có bao nhiêu hợp tác xã?"


@pytest.fixture
def own(own_telegram: FakeTelegram, tmp_path: Path) -> Office:
    return an_office(own_telegram, tmp_path)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with telegram_without_stumbles() as server:
        found = an_office(server, tmp_path_factory.mktemp("office"))
        with found.running("open"):
            yield found


def forgets(office: Office, person: Person) -> str:
    asked = office.said(person, "/forget")
    assert labels(asked) == ["🗑 Xóa hết", "Giữ lại"]
    office.pressed(person, asked, "Xóa hết")
    return office.now(asked).text


def found_on_disk(home: Path, typed: list[str]) -> list[str]:
    """Return which of some words stand anywhere under a folder, as plain or as JSON letters."""
    held = b"\n".join(one.read_bytes() for one in home.rglob("*") if one.is_file())
    forms = {
        word: {word.encode(), word.encode("utf-16-le"), word.encode("unicode_escape")}
        for word in typed
    }
    return [word for word, some in forms.items() if any(form in held for form in some)]


def tables_with(database: sqlite3.Connection, person: Person) -> list[str]:
    """Return the tables in which a person has a row."""
    columns = {"people": "id", "prompts": "chat"}
    tables = ("turns", "feedback", "notices", "subscriptions", "news", "prompts", "people")
    return [
        table
        for table in tables
        if database.execute(
            f"select 1 from {table} where {columns.get(table, 'person')} = ?",  # noqa: S608
            (person.id,),
        ).fetchall()
    ]


def settle(office: Office, words: str, how: str) -> None:
    """An admin answers a question without an answer for everybody, or leaves it out."""
    listed = office.said(office.hoa, "/gaps")
    for data in [one for row in listed.buttons for one in row.values() if one.endswith(":open")]:
        office.pressed(office.hoa, listed, data=data)
        card = office.now(listed)
        if words in card.text.split("\n")[0]:
            office.pressed(office.hoa, card, data=data.replace(":open", f":{how}"))
            break
    if how == "write":
        office.hoa.says("Bà con xem giá ở bảng tin của chợ huyện nhé.", reply_to=listed)
    office.until_done()


def number_of(card: Message) -> str:
    """Return the turn that a card is about."""
    return next(iter(card.buttons[0].values())).split(":")[1]


def nonsense(chance: random.Random) -> str:
    return "".join(chance.choice("bcdghklmnpqrstvx") + chance.choice("aeiouy") for _ in range(5))


class TestForget:
    @pytest.mark.parametrize("seed", range(3))
    def test_nothing_that_was_typed_is_left_on_disk_or_in_the_log(
        self, own: Office, tmp_path: Path, seed: int, capfd: pytest.CaptureFixture[str]
    ):
        chance = random.Random(seed)  # noqa: S311
        marks = [nonsense(chance) for _ in range(12)]
        lan, minh = own.newcomer(nonsense(chance)), own.newcomer("Minh")
        group = own.telegram.group("HTX")
        kept = nonsense(chance)
        with own.running("open"):
            for mark in marks[:8]:
                form = chance.choice(
                    ["{mark} là gì?", f"{LOAN_QUESTION} {{mark}}", "còn {mark} thì sao?"]
                )
                answer = own.said(lan, form.format(mark=mark))
                if chance.random() < 0.5:
                    own.pressed(lan, answer, "👎")
            lan.says(f"@{{bot}} {marks[8]} trong nhóm là gì?", group)
            lan.says(f"nói chuyện riêng {marks[9]}", group)
            own.said(lan, f"/vayvon {marks[10]}")
            own.said(lan, f"/users {marks[11]}")
            own.said(minh, f"{kept} là gì?")
            own.until_done()
            told = forgets(own, lan)
            assert told == words.FORGOTTEN[VI]
            assert found_on_disk(own.stand.home, marks) == []
            assert found_on_disk(own.stand.home, [kept]) == [kept]  # others' is still there
            with sqlite3.connect(own.stand.home / "catalogue.db") as database:
                known = database.execute("select id from people").fetchall()
            assert known == [(minh.id,)]
        assert found_on_disk(own.stand.home, marks) == []
        out = "".join(capfd.readouterr())
        assert [mark for mark in (*marks, kept, lan.name, str(lan.id)) if mark in out] == []

    def test_whoever_used_all_there_is_leaves_only_what_the_office_made_public(
        self, own: Office, capfd: pytest.CaptureFixture[str]
    ):
        """Asked, displeased, handed over, followed, typed elsewhere, chose figures, was answered."""
        lan, minh = own.newcomer("Quynhnhu"), own.newcomer("Minh")
        group = own.telegram.group("HTX")
        typed = {
            name: f"{start}{end}"
            for name, start, end in zip(
                ("public", "open", "handed", "inline", "group", "follow", "skipped"),
                ("zuvaq", "hobux", "kipow", "wudaf", "foqer", "juxap", "vezuw"),
                ("epot", "itek", "udan", "ylim", "ojex", "awoz", "ibuk"),
                strict=True,
            )
        }
        with own.running("open"):
            for name in ("public", "open", "skipped"):
                own.said(lan, f"giá {typed[name]} ở chợ hôm nay bao nhiêu?")
            own.pressed(lan, own.said(lan, LOAN_QUESTION), "👎")
            answer = own.said(lan, f"giá {typed['handed']} ở chợ hôm nay bao nhiêu?")
            own.pressed(lan, answer, "Hỏi cán bộ")
            own.pressed(lan, own.now(answer), "Gửi")
            card = own.telegram.wait_for(
                lambda: [one for one in own.telegram.shown(own.hoa) if typed["handed"] in one.text]
            )[-1]
            own.pressed(own.hoa, card, "Tôi nhận")
            follows = own.said(lan, "/theodoi")
            for data in (f"w:0:0:1:k{mark_of('')}0", "w:0:0:1:quiet1"):
                own.pressed(lan, follows, data=data)
            lan.types_inline(f"{typed['inline']} là gì vậy?")
            figures = own.said(lan, "/solieu")
            for _ in range(3):
                first = next(iter(own.now(figures).buttons[0].values()))
                own.pressed(lan, own.now(figures), data=first)
            own.said(lan, f"/docs {typed['follow']}")
            lan.says(f"@{{bot}} giá {typed['group']} ở chợ Bến Tre?", group)
            [told] = answers(own.telegram, group)
            minh.says("@{bot} năm 2023 thì sao?", group, reply_to=told)
            answers(own.telegram, group, 2)
            settle(own, typed["public"], "write")
            settle(own, typed["skipped"], "skip")
            own.until_done()
            stored = [
                one for one in typed.values() if one not in (typed["inline"], typed["follow"])
            ]
            assert found_on_disk(own.stand.home, [*stored, lan.name]) == [*stored, lan.name]

            forgets(own, lan)
            left = found_on_disk(own.stand.home, list(typed.values()))
            assert left == [typed["public"]]  # the office answered it for everybody
            assert not any(one in own.said(own.hoa, "/gaps").text for one in typed.values())
            own.pressed(own.hoa, own.now(card), data=f"h:{number_of(card)}:0:0:back")
        with sqlite3.connect(own.stand.home / "catalogue.db") as database:
            database.execute("pragma wal_checkpoint(truncate)")  # as the last bot to stop does
            left = found_on_disk(own.stand.home, [*typed.values(), lan.name])
            assert left == [typed["public"]]
            assert tables_with(database, lan) == []
        out = "".join(capfd.readouterr())
        assert [one for one in (*typed.values(), lan.name, str(lan.id)) if one in out] == []

    def test_buttons_of_what_is_erased_say_kindly_that_it_is_gone(self, office: Office):
        lan = office.newcomer("Lan")
        answer = office.said(lan, LOAN_QUESTION)
        figures = office.said(lan, FIGURE_QUESTION)
        keys = [value for row in answer.buttons for value in row.values()]
        forgets(office, lan)
        office.said(lan, "một câu hỏi mới")  # whose number must not be that of an erased one
        for data in keys:
            assert office.pressed(lan, answer, data=data).toast == in_chat.OLD_BUTTON[VI]
        assert office.pressed(lan, figures, "👍").toast == in_chat.OLD_BUTTON[VI]
        assert office.now(answer) == answer

    def test_the_last_number_is_not_given_to_somebody_elses_question(self, office: Office):
        lan = office.newcomer("Lan")
        answer = office.said(lan, LOAN_QUESTION)
        number = next(iter(answer.buttons[0].values())).split(":")[1]
        forgets(office, lan)
        other = office.said(lan, LOAN_QUESTION)
        assert next(iter(other.buttons[0].values())).split(":")[1] != number

    def test_a_follow_up_does_not_lean_on_what_is_erased(self, office: Office):
        lan = office.newcomer("Lan")
        office.said(lan, "Bến Tre có bao nhiêu HTX?")
        office.said(lan, "năm 2023 thì sao?")
        assert self.carried(office, lan) == ["bến", "tre", "hợp", "tác", "xã"]
        forgets(office, lan)
        office.said(lan, "năm 2023 thì sao?")
        assert self.carried(office, lan) == []

    def carried(self, office: Office, person: Person) -> list[str]:
        """Return the words that the person's last question took from earlier ones."""
        query = "select answer from turns where person = ? order by id desc limit 1"
        with sqlite3.connect(office.stand.home / "catalogue.db") as database:
            [answer] = database.execute(query, (person.id,)).fetchone()
        found: list[str] = json.loads(answer)["question"]["carried"]
        return found

    def test_who_thinks_better_of_it_keeps_everything(self, office: Office):
        lan = office.newcomer("Lan")
        answer = office.said(lan, LOAN_QUESTION)
        asked = office.said(lan, "/forget")
        office.pressed(lan, asked, "Giữ lại")
        assert office.now(asked).text == words.KEPT[VI]
        assert not office.pressed(lan, answer, "[1]").toast

    def test_nobody_erases_anothers(self, office: Office):
        lan, minh = office.newcomer("Lan"), office.newcomer("Minh")
        answer = office.said(lan, LOAN_QUESTION)
        message = office.said(minh, "/language")
        query = office.pressed(minh, message, data=f"u:{lan.id}:0:0:forget")
        assert query.toast == in_chat.OLD_BUTTON[VI]
        assert office.deeds()[-1] == (minh.id, "refused", "[people forget]", "")
        assert not office.pressed(lan, answer, "[1]").toast

    def test_the_role_stays_and_the_audit_too(self, own: Office):
        lan = own.newcomer("Lan")
        with own.running():
            own.let_in(lan, "Cán bộ")
            own.said(lan, LOAN_QUESTION)
            assert words.FORGOTTEN_BUT[VI] in forgets(own, lan)
            assert "• Lan · Cán bộ" in own.said(own.hoa, "/users").text
        with own.running():
            assert "• Lan · Cán bộ" in own.said(own.hoa, "/users").text
            audit = own.said(own.hoa, "/audit").text
            assert "Hoa cho Lan vai trò Cán bộ" in audit
            assert "Lan xóa lịch sử của mình" in audit

    def test_the_language_is_forgotten(self, office: Office):
        ann = office.newcomer("Ann")
        office.pressed(ann, office.said(ann, "/language"), "English")
        asked = office.said(ann, "/forget")
        office.pressed(ann, asked, "Erase all")
        assert "Tôi không có lệnh" in office.said(ann, "/vayvon").text

    def test_in_a_group_the_person_is_sent_to_the_private_chat(self, office: Office):
        lan, group = office.newcomer("Lan"), office.telegram.group("HTX")
        lan.says("/forget@{bot}", group)
        [told] = answers(office.telegram, group)
        assert told.text == in_chat.PRIVATE_ONLY[VI]

    def test_a_stranger_of_a_closed_bot_may_have_the_request_erased_but_not_the_wait(
        self, own: Office
    ):
        lan = own.newcomer("Lan")
        with own.running():
            own.said(lan, "/start")
            assert words.FORGOTTEN_BUT[VI] in forgets(own, lan)
            own.pressed(own.hoa, own.card(own.hoa, "Lan"), "Quản lý HTX")
            assert "Bạn đã được cho vào" in own.last(lan).text


def test_what_hangs_on_a_persons_questions_is_erased_with_them(tmp_path: Path):
    """Gaps, handovers, notices, subscriptions: the tables of other parts of the office."""
    engine = open_engine(f"sqlite:///{tmp_path / 'catalogue.db'}", "htx-thu", tmp_path)
    talks = Conversations(engine)
    now = datetime.now(UTC)

    def asked(person: int, text: str) -> int:
        turn = Turn(chat=person, person=person, message=1, pressed=False, text=text, asked_at=now)
        return talks.begin(f"{person}-{text}", asked=turn).id

    lan, minh = 1, 2
    answered = asked(lan, "văn phòng đã trả lời")
    mine, shared, theirs = asked(lan, "chỉ Lan"), asked(lan, "Lan trước"), asked(minh, "Minh sau")
    gap = {"state": "open", "answer": "", "changed_at": now}
    handed = {"state": "waiting", "answer": "", "asked_at": now, "changed_at": now}
    owed = {"due_at": now, "state": "owed"}
    rows: list[tuple[Table, dict[str, Any]]] = [
        (schema.gaps, {"id": 1, "question": "chỉ Lan", **gap}),
        (schema.gaps, {"id": 2, "question": "Lan trước", **gap}),
        (schema.gap_turns, {"gap_id": 1, "turn_id": mine}),
        (schema.gap_turns, {"gap_id": 2, "turn_id": shared}),
        (schema.gap_turns, {"gap_id": 2, "turn_id": theirs}),
        (schema.gaps, {"id": 3, "question": "văn phòng đã trả lời", **gap, "state": "answered"}),
        (schema.gap_turns, {"gap_id": 3, "turn_id": answered}),
        (schema.news, {"person": lan, "version_id": 1, "bundle": "", "owed": False}),
        (schema.news, {"person": minh, "version_id": 1, "bundle": "", "owed": False}),
        (schema.prompts, {"chat": lan, "message": 4, "what": "gap:1"}),
        (schema.handovers, {"turn_id": mine, "name": "Lan", **handed}),
        (schema.handovers, {"turn_id": theirs, "name": "Minh", **handed}),
        (schema.notices, {"key": "a", "person": lan, "payload": "chỉ Lan"} | owed),
        (schema.notices, {"key": "b", "person": minh, "payload": "Minh sau"} | owed),
        (schema.subscriptions, {"person": lan, "place": "Lan ở", "kind": "", "since": now}),
        (
            schema.inbox,
            {"key": "k", "payload": '{"message": {"from": {"id": 1}, "text": "chờ"}}'}
            | {"done": False, "taken_at": now},
        ),
    ]
    with engine.begin() as connection:
        for table, values in rows:
            connection.execute(table.insert().values(**values))
    assert forget(engine, lan) is False
    with sqlite3.connect(tmp_path / "catalogue.db") as database:

        def all_of(query: str) -> list[tuple[object, ...]]:
            return list(database.execute(query))

        assert all_of("select id, question from gaps") == [
            (2, "Minh sau"),
            (3, "văn phòng đã trả lời"),  # it stands in the library, and its number in a file
        ]
        assert all_of("select person from news") == [(minh,)]
        assert all_of("select * from prompts") == []
        assert all_of("select gap_id, turn_id from gap_turns") == [(2, theirs)]
        assert all_of("select turn_id from handovers") == [(theirs,)]
        assert all_of("select person from notices") == [(minh,)]
        assert all_of("select person from subscriptions") == []
        assert all_of("select payload, done from inbox") == [("", 1)]
        assert all_of("select id, person from turns") == [(theirs, minh)]
    engine.dispose()
    assert found_on_disk(tmp_path, ["chỉ Lan", "Lan trước", "Lan ở", "chờ"]) == []


class TestPrivacy:
    def test_it_tells_what_is_kept_and_names_the_way_out(self, office: Office):
        told = office.said(office.newcomer("Lan"), "/privacy").text
        for promised in (
            "Câu hỏi, câu trả lời",
            "giờ yên lặng",
            "mục theo dõi",
            "2 ngày",
            "30 ngày",
            "Nhật ký máy chủ",
            "/forget",
        ):
            assert promised in told
        assert "mô hình ngôn ngữ" not in told  # there is none here

    def test_done_updates_leave_a_hash_only(self, office: Office):
        office.said(office.newcomer("Lan"), LOAN_QUESTION)
        with sqlite3.connect(office.stand.home / "catalogue.db") as database:
            kept = database.execute("select distinct payload from inbox where done").fetchall()
        assert kept == [("",)]

    @pytest.mark.slow
    def test_the_log_of_a_real_process_has_no_words_names_or_numbers(
        self, own: Office, tmp_path: Path
    ):
        lan = own.newcomer("Quynhnhu")
        log = tmp_path / "log.txt"
        with BotProcess(own.telegram, own.stand.home, log, LOG_LEVEL="DEBUG") as process:
            process.until_ready()
            own.said(lan, "zuvaqepo là gì?")
            own.telegram.fault("editMessageText", "502", times=2)
            own.said(lan, "hobuxite có được vay không?")
            lan.blocks()
            lan.says("kipowuda")
            own.until_done()
            process.terminate()
            found = process.log
        assert "bot ready" in found
        for word in ("zuvaqepo", "hobuxite", "kipowuda", "Quynhnhu", str(lan.id)):
            assert word not in found
