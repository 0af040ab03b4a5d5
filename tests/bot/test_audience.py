"""No road leads to a document that a person may not see.

Random documents for random audiences, people with random roles in private chats and groups, who ask
for what they must not see in its own words, press every button, and press the old ones again after
documents were closed and roles were taken away. Each document has words, numbers and names of its
own; none of them may stand in any call that the bot made for a chat where it may not be seen.

A new way for words to leave the bot is one more function among ROADS, in `roads.py`.
"""

from __future__ import annotations

import io
import random
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from bot.texts.usage import STATS
from knowledge.catalogue import Turn
from knowledge.model import Audience
from knowledge.vietnamese.text import without_marks
from tests.bot.conftest import starting, telegram_without_stumbles
from tests.bot.office import Office
from tests.bot.restricted import DISTRICTS, Writer, write_folder
from tests.bot.roads import ROADS, by_buttons, by_following_up
from tests.bot.visiting import ROLES, Scene, Visitor
from tests.builders import Stand
from tests.telegram_server import Call, Chat, FakeTelegram
from tests.telegram_server.model import File

STRANGERS = Chat(-1, "where a result of inline mode is sent to")
_HANDED = ("🙋", "⏰")  # cards of officers

# --- what left the bot -------------------------------------------------------------------------


def said_in(call: Call) -> str:
    """Return all that a call brings to a person: words, labels of buttons, files with their names."""
    parts = [call.text("text"), call.text("caption"), call.text("reply_markup")]
    parts[2] = parts[2].encode().decode("unicode_escape") if parts[2] else ""
    for value in call.parameters.values():
        if isinstance(value, File):
            parts += [value.name, content_of(value)]
    whole = re.sub(r"<[^>]+>", "", "\n".join(parts))
    return unicodedata.normalize("NFC", whole)


def content_of(file: File) -> str:
    if file.name.endswith(".xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(file.data))
        cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
        return "\n".join(str(cell.value) for cell in cells if cell.value is not None)
    return file.data.decode("utf-8", "ignore")


@cache
def forms(mark: str) -> set[str]:
    """Return how a mark may be written; a number also as English and as a cell have it."""
    if re.fullmatch(r"\d\d\.\d{3}", mark):
        return {mark, mark.replace(".", ","), mark.replace(".", "")}
    return {mark, mark.capitalize(), mark.title()}


def has(text: str, mark: str) -> bool:
    return any(
        one in text and re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text) for one in forms(mark)
    )


def whose(scene: Scene, call: Call) -> list[Visitor]:
    """Return who sees what a call brings."""
    if call.method == "answerInlineQuery":
        query = scene.telegram.inline_queries[call.text("inline_query_id")]
        return [
            replace(one, chat=STRANGERS) for one in scene.visitors if one.person is query.person
        ]
    return [one for one in scene.visitors if one.chat.id == call.chat_id]


def typed_for(scene: Scene, visitors: list[Visitor], text: str) -> str:
    """Return what stands in a call because somebody typed it: there, or to be read by the office."""
    who = visitors
    if text.startswith(_HANDED):
        who = scene.visitors
    elif text.startswith(
        tuple(one[3:-4] for one in STATS.values())
    ):  # who might read it could have typed it
        sees = visitors[0].audience.sees()
        who = [one for one in scene.visitors if one.audience in sees]
    words = [*scene.made_public, *(typed for one in who for typed in one.typed)]
    return unicodedata.normalize("NFC", "\n".join(words))


def was_typed(mark: str, typed: str) -> bool:
    """Tell whether a mark was typed; what districts are called with tone marks everybody knows."""
    plain = mark in DISTRICTS and has(without_marks(typed), without_marks(mark))
    return plain or has(typed, mark)


def check(scene: Scene, calls: Iterable[Call]) -> None:
    """Fail on every mark in a call for a chat in which its document may not be seen."""
    for call in calls:
        visitors, text = whose(scene, call), said_in(call)
        if not visitors or not text.strip():
            continue
        who = [(one.role, one.chat.title) for one in visitors]
        drafted = [one for one in scene.unpublished if has(text, one)]
        assert not drafted, (drafted, who, call.method, text)
        found = [
            (document, mark)
            for document in scene.documents
            for mark in document.marks
            if has(text, mark)
        ]
        if not found:
            continue
        typed, sees = typed_for(scene, visitors, text), visitors[0].audience.sees()
        found = [(document, mark) for document, mark in found if not was_typed(mark, typed)]
        scene.reached |= {document.audience for document, _ in found} & set(sees)
        open_ = "\n".join(one.everything() for one in scene.documents if one.audience in sees)
        leaks = [
            (mark, document.audience)
            for document, mark in found
            if document.audience not in sees and not has(open_, mark)
        ]
        assert not leaks, (leaks, who, call.method, text)


# --- the property ------------------------------------------------------------------------------


def a_scene(telegram: FakeTelegram, base: Path, chance: random.Random) -> Scene:
    audiences = [*Audience, *(chance.choice(list(Audience)) for _ in range(5))]
    documents = Writer(chance).library(audiences)
    stand, folder = Stand(base / "var"), write_folder(base / "d", documents)
    assert not stand.ingestion().ingest([folder]).failed
    office = Office(telegram, stand, telegram.person("Hoa"), telegram.person("Bình"))
    group = telegram.group("HTX")
    visitors = []
    for number, role in enumerate(ROLES):
        person = telegram.person(f"Người {number}")
        visitors.append(Visitor(person, role, person.chat))
        if role in ("officer", "admin"):  # who might show a group what only they may see
            visitors.append(Visitor(person, role, group))
    return Scene(office, folder, documents, visitors, chance)


def give_roles(scene: Scene) -> None:
    """An admin gives everybody their role, in the chat."""
    listed = scene.office.said(scene.office.hoa, "/users")
    for visitor in scene.visitors:
        if visitor.chat.owner and visitor.role:
            data = f"u:{visitor.person.id}:1:0:{visitor.role}"
            scene.office.pressed(scene.office.hoa, listed, data=data)


def nothing_new(scene: Scene) -> None:
    """Change nothing before a walk."""


def walk(
    scene: Scene,
    roads: Iterable[Callable[[Scene, Visitor], None]],
    change: Callable[[Scene], None] = nothing_new,
) -> None:
    """Everybody takes all roads, several people at once; what left is checked afterwards."""
    before = len(scene.telegram.calls)
    change(scene)
    for road in roads:
        for visitor in scene.visitors:
            road(scene, visitor)
        scene.office.until_done()
    until_all_is_told(scene)
    check(scene, scene.telegram.calls[before:])


def until_all_is_told(scene: Scene) -> None:
    """Wait until nobody is owed anything by now."""
    catalogue = scene.office.stand.catalogue()
    subscriptions, notices = catalogue.subscriptions(), catalogue.notices()

    def done() -> bool:
        seen = subscriptions.announced() == catalogue.live_generation()
        return seen and not subscriptions.bundles() and not notices.due(datetime.now(UTC))

    scene.telegram.wait_for(done)


def documents_change(scene: Scene) -> None:
    """Documents are closed and opened."""
    for document in scene.documents:
        document.audience = scene.chance.choice(list(Audience))
    write_folder(scene.folder, scene.documents)
    assert not scene.office.stand.ingestion().ingest([scene.folder]).failed
    until_all_is_told(scene)  # and so the bot answers from them


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, 6))]
)
def test_nothing_of_a_document_leaves_where_it_may_not_be_seen(tmp_path: Path, seed: int):
    chance = random.Random(seed)  # noqa: S311
    with telegram_without_stumbles() as telegram:
        scene = a_scene(telegram, tmp_path, chance)
        scene.thorough = seed > 0
        admins = f"{scene.office.hoa.id},{scene.office.binh.id}"
        running = starting(telegram, scene.office.stand, admin_ids=admins)
        running.timing = replace(running.timing, watch_s=0.2)
        with running:
            for visitor in scene.visitors:  # so that the admin finds them
                if visitor.chat.owner:
                    scene.office.said(visitor.person, "/language")
            give_roles(scene)
            walk(scene, ROADS)
            assert scene.reached == set(Audience), "what reached nobody proves nothing"

            given = {one.person.id: chance.choice(ROLES[1:]) for one in scene.visitors}
            for visitor in scene.visitors:  # some rise, some fall
                visitor.role = given[visitor.person.id]
            give_roles(scene)
            walk(scene, (by_buttons, by_following_up, *ROADS), documents_change)


def test_a_follow_up_does_not_bring_back_the_words_of_a_button_pressed_in_another_role(
    tmp_path: Path,
):
    """A suggestion is worded from documents; who lost a role leans on it no more."""
    with telegram_without_stumbles() as telegram:
        scene = a_scene(telegram, tmp_path, random.Random(0))  # noqa: S311
        stand = scene.office.stand
        was, still = telegram.person("Đã là cán bộ"), telegram.person("Vẫn là cán bộ")
        talks = stand.catalogue().conversations()
        suggestion = "Quỹ khuẫng ngoẽm của Cà Mau năm 2022 là bao nhiêu?"
        for person in (was, still):
            asked = Turn(
                chat=person.id,
                person=person.id,
                message=1,
                pressed=True,
                text=suggestion,
                asked_at=datetime.now(UTC),
            )
            turn = talks.begin(str(person.id), asked=asked)
            answer = stand.assistant().answer(suggestion)
            talks.answer(turn.id, answer, Audience.OFFICERS, stand.catalogue().live_generation())
        with starting(telegram, stand, officer_ids=still.id, admin_ids=scene.office.hoa.id):
            assert "khuẫng ngoẽm" in scene.office.said(still, "còn Bến Tre thì sao?").text
            assert "khuẫng" not in scene.office.said(was, "còn Bến Tre thì sao?").text
