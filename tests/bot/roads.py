"""The roads by which words may leave the bot; a new one is one more function among ROADS."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.figures import figure_menu
from bot.figures.figure_menu import Path
from bot.library.pointing import mark_of
from ingest.reviewing import find_problems
from knowledge.model import Audience
from knowledge.vietnamese.text import without_marks
from tests.bot.visiting import Scene, Visitor


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


def by_the_list_of_documents(scene: Scene, visitor: Visitor) -> None:
    """Search /docs, open what is found, and ask for what was not offered by its number."""
    for words in ("", scene.chance.choice(["2023", "nghị định", "báo cáo"])):
        found = scene.commands(visitor, "/docs", words)
        for _ in range(2):
            scene.goes_on(visitor, found)
    catalogue = scene.office.stand.catalogue()
    documents = sorted(catalogue.contents(catalogue.live_generation()))
    own = visitor.role == "admin" and visitor.chat.owner is not None
    for document in scene.some(documents, 5):
        for do in scene.some([1, 2, 3, 5, 6, 8] if own else list(range(1, 12)), 4):
            scene.presses(visitor, found, f"k:0:{do}:1:{document}")


def by_choosing_figures(scene: Scene, visitor: Visitor) -> None:
    """Choose figures step by step with what each list offers, to the answer and beyond it."""
    message = scene.commands(visitor, "/solieu")
    for _ in range(5):
        scene.goes_on(visitor, message)
    scene.presses(visitor, message, "o:0:0:2:")


def by_choices_of_others(scene: Scene, visitor: Visitor) -> None:
    """Choose what only admins are offered: indicators, their places, their periods."""
    if visitor is scene.visitors[0]:
        scene.paths = list(all_paths(scene))
    message = scene.commands(visitor, "/solieu")
    for word in scene.some(scene.paths, 9):
        scene.presses(visitor, message, f"o:0:0:1:{word}")


def all_paths(scene: Scene) -> Iterator[str]:
    """Yield what the buttons of /solieu carry for an admin."""
    assistant = scene.office.stand.assistant()
    library = assistant.library()
    for indicator in figure_menu.indicators(assistant, Audience.ADMINS):
        yield Path(indicator=indicator).word
        for place in figure_menu.places(library, indicator):
            path = Path(indicator=indicator, place=place)
            yield path.word
            period = scene.chance.choice(figure_menu.periods(library, indicator, place))
            yield replace(path, period=period).word


def by_taps(scene: Scene, visitor: Visitor) -> None:
    """Tap under figures, offered or not, and under answers of others."""
    scene.says(visitor, scene.chance.choice(scene.chance.choice(scene.documents).questions))
    scene.office.until_done()
    shown = scene.telegram.shown(visitor.chat)[-1]
    turns = [data.split(":")[1] for _, data in scene.all_buttons(visitor.chat) if data[0] == "y"]
    for turn in scene.some(turns, 3):
        for word in scene.some(["others", "rank", "year", "table", "again"], 5):
            scene.presses(visitor, shown, f"o:{turn}:0:1:{word}")
        scene.office.until_done()
        scene.goes_on(visitor, shown)


def by_typing_elsewhere(scene: Scene, visitor: Visitor) -> None:
    """Type behind the bot's name: what is offered goes to a chat of strangers."""
    document = scene.chance.choice(scene.restricted() or scene.documents)
    words = (*document.questions, *document.quotable, document.quotable[0].split(" mức ")[0])
    for text in words:
        visitor.typed.append(text[:200])
        visitor.person.types_inline(text[:200])
        scene.office.until_done()


def by_following(scene: Scene, visitor: Visitor) -> None:
    """Follow all documents, some people with quiet hours; what is new comes by itself."""
    message = scene.commands(visitor, "/theodoi")
    for data in ("w:0:0:1:add", f"w:0:0:1:k{figure_menu.mark_of('')}0", "w:0:0:1:quiet"):
        scene.presses(visitor, message, data)
    scene.presses(visitor, message, f"w:0:0:1:quiet{scene.chance.choice('000123')}")
    scene.presses(visitor, message, "w:0:0:1:add")


def by_asking_officers(scene: Scene, visitor: Visitor) -> None:
    """Hand questions over, one's own and others', typed or pressed; take and answer them."""
    scene.office.until_done()
    shown = scene.telegram.shown(visitor.chat)
    pressed = [data for _, data in scene.all_buttons(visitor.chat) if data[0] in "qn"]
    for data in scene.some(pressed, 2):
        scene.presses(visitor, shown[-1], data)
    scene.office.until_done()
    turns = [data.split(":")[1] for _, data in scene.all_buttons(visitor.chat) if data[0] == "n"]
    turns = [*scene.some(turns, 3), str(scene.chance.randint(1, 60))]
    for turn in turns:
        for data in (f"n:{turn}:0:0:", f"h:{turn}:0:0:ask", f"h:{turn}:0:0:send"):
            scene.presses(visitor, shown[-1], data)
    scene.office.until_done()
    for turn in {str(scene.chance.randint(1, 60)) for _ in range(4)}:
        for word in ("take", "good"):
            scene.presses(visitor, shown[-1], f"h:{turn}:0:0:{word}")
    if visitor.chat.owner is not None:
        cards = [one for one in scene.telegram.shown(visitor.chat) if "🙋" in one.text]
        for card in cards[-3:]:
            visitor.person.says("Bạn gọi phòng kinh tế của huyện nhé.", reply_to=card)


def by_commands_of_the_office(scene: Scene, visitor: Visitor) -> None:
    """Count, check, list and take away, be it one's work or not; press what comes of it."""
    message = scene.commands(visitor, "/stats")
    for command in scene.some(["/check", "/gaps", "/export", "/audit"], 4):
        message = scene.commands(visitor, command)
        scene.goes_on(visitor, message)
    marks = [mark_of(one) for one in find_problems(scene.office.stand.catalogue())]
    for data in [*(f"m:0:{step}:1:{mark}" for mark in marks[:3] for step in (1, 3)), "m:0:0:1:"]:
        scene.presses(visitor, message, data)
    for gap in range(1, 5):
        scene.presses(visitor, message, f"g:{gap}:0:1:open")


def by_what_the_office_answers(scene: Scene, visitor: Visitor) -> None:
    """An admin answers a question that was not answered, for everyone; the askers are told."""
    if visitor is not scene.visitors[0]:
        return
    office = scene.office
    scene.says(visitor, f"Giá phân bón {scene.chance.randint(10, 99)} hôm nay ở chợ là bao nhiêu?")
    office.until_done()
    message = office.said(office.hoa, "/gaps")
    for data in [one for row in message.buttons for one in row.values() if ":open" in one][:3]:
        gap = data.split(":")[1]
        office.pressed(office.hoa, message, data=data)
        scene.made_public.append(office.now(message).text)
        if data.endswith("open"):
            office.pressed(office.hoa, office.now(message), data=f"g:{gap}:0:1:added")
            office.pressed(office.hoa, office.now(message), data=f"g:{gap}:0:1:right")
    office.pressed(office.hoa, office.now(message), data=f"g:{gap}:0:1:write")
    office.hoa.says("Việc này bà con hỏi thẳng văn phòng của huyện nhé.", reply_to=message)
    office.until_done()


def by_drafts_of_others(scene: Scene, visitor: Visitor) -> None:
    """Press what is under the card of a file that another admin sent and did not publish."""
    if not scene.unpublished:
        scene.unpublished = {"ngoảng khuyếch", "98.989"}
        text = (
            "Báo cáo ngoảng khuyếch\n\nTỉnh Cà Mau năm 2023 có 98.989 hợp tác xã ngoảng khuyếch.\n"
        )
        scene.office.hoa.sends_document("nhap.txt", text.encode())
        scene.telegram.wait_for(
            lambda: any("khuyếch" in one.text for one in scene.telegram.shown(scene.office.hoa))
        )
    shown = scene.telegram.shown(visitor.chat)[-1]
    for word in scene.some(["card", "page", "place", "text", "publish", "anyway", "cancel"], 6):
        scene.presses(visitor, shown, f"b:1:1:1:{word}")


ROADS: tuple[Callable[[Scene, Visitor], None], ...] = (
    by_quoting,
    by_its_first_words,
    without_tone_marks,
    by_figures_and_articles,
    by_following_up,
    by_commands,
    by_buttons,
    by_forged_buttons,
    by_the_list_of_documents,
    by_choosing_figures,
    by_choices_of_others,
    by_taps,
    by_typing_elsewhere,
    by_following,
    by_asking_officers,
    by_commands_of_the_office,
    by_what_the_office_answers,
    by_drafts_of_others,
)
