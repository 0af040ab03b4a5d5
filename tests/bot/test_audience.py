"""No road leads to a document that a person may not see.

Random documents for random audiences, people with random roles in private chats and groups, who ask
for what they must not see in its own words, press every button, and press the old ones again after
documents were closed and roles were taken away. Each document has words, numbers and names of its
own; none of them may stand in any call that the bot made for a chat where it may not be seen.

A new way for words to leave the bot is one more function among ROADS.
"""

from __future__ import annotations

import io
import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from knowledge.catalogue import Turn
from knowledge.model import Audience
from knowledge.vietnamese.text import without_marks
from tests.bot.conftest import starting, telegram_without_stumbles
from tests.bot.office import Office
from tests.bot.restricted import Writer, Written, write_folder
from tests.builders import Stand
from tests.telegram_server import Call, Chat, FakeTelegram, Message, Person
from tests.telegram_server.model import File

ROLES = ("", "manager", "officer", "admin")
AUDIENCE_OF = {
    "": Audience.EVERYONE,
    "manager": Audience.EVERYONE,
    "officer": Audience.OFFICERS,
    "admin": Audience.ADMINS,
}


@dataclass
class Visitor:
    """Somebody in a chat, and whose documents may be shown there at this moment."""

    person: Person
    role: str
    chat: Chat
    typed: list[str] = field(default_factory=list)

    @property
    def audience(self) -> Audience:
        private = self.chat.owner is self.person
        return AUDIENCE_OF[self.role] if private else Audience.EVERYONE


@dataclass
class Scene:
    """A bot, its documents, its visitors."""

    office: Office
    folder: Path
    documents: list[Written]
    visitors: list[Visitor]
    chance: random.Random
    reached: set[Audience] = field(default_factory=set)  # whose documents reached who may see them

    @property
    def telegram(self) -> FakeTelegram:
        return self.office.telegram

    def says(self, visitor: Visitor, text: str) -> None:
        words = text if visitor.chat.owner else f"@{{bot}} {text}"
        visitor.typed.append(text)
        visitor.person.says(words, visitor.chat)

    def presses(self, visitor: Visitor, message: Message, data: str) -> None:
        visitor.person.presses(message, data=data)

    def all_buttons(self, chat: Chat) -> Iterator[tuple[Message, str]]:
        """Yield every button that a chat ever showed, also those that were edited away."""
        for call in self.telegram.calls:
            rows = (call.nested("reply_markup") or {}).get("inline_keyboard", [])
            if call.chat_id != chat.id or not rows:
                continue
            number = call.number("message_id") or call.result["message_id"]
            for row in rows:
                for key in row:
                    yield chat.messages[number], key["callback_data"]

    def restricted(self) -> list[Written]:
        return [one for one in self.documents if one.audience is not Audience.EVERYONE]


# --- the roads out -----------------------------------------------------------------------------


def by_quoting(scene: Scene, visitor: Visitor) -> None:
    """Ask with a sentence of a document that is not for everyone, word for word."""
    document = scene.chance.choice(scene.restricted() or scene.documents)
    scene.says(visitor, scene.chance.choice(document.quotable))


def by_its_first_words(scene: Scene, visitor: Visitor) -> None:
    """Ask with the words that stand in front of what must not be seen."""
    document = scene.chance.choice(scene.restricted() or scene.documents)
    sentence = scene.chance.choice(document.quotable)
    scene.says(visitor, " ".join(sentence.split()[:8]) + "?")


def without_tone_marks(scene: Scene, visitor: Visitor) -> None:
    """Ask without marks: they are restored from what may be read, and from nothing else."""
    document = scene.chance.choice(scene.restricted() or scene.documents)
    scene.says(visitor, without_marks(scene.chance.choice(document.quotable)))


def by_figures_and_articles(scene: Scene, visitor: Visitor) -> None:
    """Ask for the figures of a report, alone and among others, and for an article by its number."""
    document = scene.chance.choice(scene.restricted() or scene.documents)
    scene.says(visitor, scene.chance.choice(document.questions))


def by_following_up(scene: Scene, visitor: Visitor) -> None:
    """Lean on the question before."""
    scene.says(visitor, scene.chance.choice(["còn Cà Mau thì sao?", "thế năm 2022?", "Điều 2?"]))


def by_commands(scene: Scene, visitor: Visitor) -> None:
    """Look at lists and at the questions that are offered."""
    for command in ("/docs", "/start", "/help"):
        at_bot = command if visitor.chat.owner else f"{command}@{{bot}}"
        visitor.person.says(at_bot, visitor.chat)
    scene.office.until_done()
    for page in (2, 1, 3):
        shown = [one for one in scene.telegram.shown(visitor.chat) if not one.document]
        scene.presses(visitor, shown[-1], f"d:0:0:{page}:")


def by_buttons(scene: Scene, visitor: Visitor) -> None:
    """Press all that is there: sources, pages, files, charts, workbooks, suggestions, lists."""
    scene.office.until_done()
    found = {(one.message_id, data): one for one, data in scene.all_buttons(visitor.chat)}
    for (_, data), message in scene.chance.sample(sorted(found.items()), min(len(found), 14)):
        scene.presses(visitor, message, data)


def by_forged_buttons(scene: Scene, visitor: Visitor) -> None:
    """Press what no screen offered: turns of others, sources that are not there."""
    scene.office.until_done()
    shown = scene.telegram.shown(visitor.chat)
    if not shown:
        return
    for _ in range(4):
        act, turn = scene.chance.choice("aspfctqyn"), scene.chance.randint(1, 40)
        data = f"{act}:{turn}:{scene.chance.randint(0, 4)}:{scene.chance.randint(0, 3)}:"
        scene.presses(visitor, shown[-1], data)


ROADS: tuple[Callable[[Scene, Visitor], None], ...] = (
    by_quoting,
    by_its_first_words,
    without_tone_marks,
    by_figures_and_articles,
    by_following_up,
    by_commands,
    by_buttons,
    by_forged_buttons,
)


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


def forms(mark: str) -> set[str]:
    """Return how a mark may be written; a number also as English and as a cell have it."""
    if re.fullmatch(r"\d\d\.\d{3}", mark):
        return {mark, mark.replace(".", ","), mark.replace(".", "")}
    return {mark, mark.capitalize(), mark.title()}


def has(text: str, mark: str) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text) for one in forms(mark))


def check(scene: Scene, calls: Iterable[Call]) -> None:
    """Fail on every mark in a call for a chat in which its document may not be seen."""
    by_chat: dict[int, list[Visitor]] = {}
    for visitor in scene.visitors:
        by_chat.setdefault(visitor.chat.id, []).append(visitor)
    for call in calls:
        visitors = by_chat.get(call.chat_id or 0)
        if visitors is None:
            continue
        text, sees = said_in(call), visitors[0].audience.sees()
        typed = unicodedata.normalize("NFC", "\n".join("\n".join(one.typed) for one in visitors))
        open_ = "\n".join(one.everything() for one in scene.documents if one.audience in sees)
        for document in scene.documents:
            found = [one for one in document.marks if has(text, one) and not has(typed, one)]
            if document.audience in sees:
                scene.reached.update([document.audience] if found else [])
                continue
            leaks = [one for one in found if not has(open_, one)]
            who = [(one.role, one.chat.title) for one in visitors]
            assert not leaks, (leaks, document.audience, who, call.method, text)


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


def walk(scene: Scene, roads: Iterable[Callable[[Scene, Visitor], None]]) -> None:
    """Everybody takes all roads, several people at once; what left is checked afterwards."""
    before = len(scene.telegram.calls)
    for road in roads:
        for visitor in scene.visitors:
            road(scene, visitor)
        scene.office.until_done()
    check(scene, scene.telegram.calls[before:])


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(n, marks=pytest.mark.slow) for n in range(1, 12))]
)
def test_nothing_of_a_document_leaves_where_it_may_not_be_seen(tmp_path: Path, seed: int):
    chance = random.Random(seed)  # noqa: S311
    with telegram_without_stumbles() as telegram:
        scene = a_scene(telegram, tmp_path, chance)
        admins = f"{scene.office.hoa.id},{scene.office.binh.id}"
        with starting(telegram, scene.office.stand, admin_ids=admins):
            for visitor in scene.visitors:  # so that the admin finds them
                if visitor.chat.owner:
                    scene.office.said(visitor.person, "/language")
            give_roles(scene)
            walk(scene, ROADS)
            assert scene.reached == set(Audience), "what reached nobody proves nothing"

            for document in scene.documents:  # documents are closed and opened, roles change
                document.audience = chance.choice(list(Audience))
            given = {one.person.id: chance.choice(ROLES[1:]) for one in scene.visitors}
            for visitor in scene.visitors:
                visitor.role = given[visitor.person.id]
            write_folder(scene.folder, scene.documents)
            assert not scene.office.stand.ingestion().ingest([scene.folder]).failed
            give_roles(scene)
            walk(scene, (by_buttons, by_following_up, *ROADS))


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
