"""What a person sees: HTML and buttons. Pure; every text from outside is made inert here, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from html import escape

from bot import texts
from bot.figures.figure_taps import Tap
from bot.pictures.chart_plan import drawable
from bot.saying.render import Piece, Role, pieces, sources, titled, told_so_far
from bot.telegram.buttons import Act, Press
from bot.telegram.inert import inert
from bot.telegram.lengths import cut, units
from bot.telegram.paging import around
from bot.texts import figures as words
from bot.texts import handing, in_chat
from knowledge.model import Answer, Citation, Document, Kind, Language

VIETNAM = timezone(timedelta(hours=7))  # one zone, no summer time
# Texts are measured as Telegram does, which takes 4,096 units a message.
_MOST_SHOWN = 3_600  # of an answer; the rest is for what is added to it
_LONGEST_PIECE = 1_600
_LONGEST_ECHO = 300  # of a question that is shown again
_LONGEST_TITLE = 160
_LONGEST_NOTES = 600
_LONGEST_LABEL = 48  # longer ones are cut by phones
_LABEL_OF_SOURCE = 20
_LONGEST_OF_TWO = 21  # of labels that stand two in a row on a phone
_SOURCES_IN_A_ROW = 3
_NUMBERS_IN_A_ROW = 6
_OPEN = 1  # what a button of a document does, `documents_screens.Do`
_SURROUNDINGS = 450  # shown on each side of a quotation
_LONGEST_QUOTE = 2_400


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """One button under a message."""

    label: str
    press: Press


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One message: HTML as the Bot API takes it, and rows of buttons."""

    html: str
    rows: tuple[tuple[Button, ...], ...] = ()


class Hand(StrEnum):
    """Whether a question may be handed to the officers, or was."""

    NO = "no"
    OFFERED = "offered"
    SENT = "sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is known of an answer besides itself.

    Attributes:
        turn: its turn, which the buttons name.
        language: of the interface; the answer is in the language of its question.
        echo: the question is shown too, for it was pressed and not typed.
        late_since: when it was asked, if that is so long ago that it wants a word.
        verdict: what the person said of it, else None.
        hand: whether the officers may be asked instead, or were.
        taps: what can be asked with a tap from its one figure.
        guided: it was asked by choosing and not by typing, in the message that shows it.
    """

    turn: int
    language: Language
    echo: bool = False
    late_since: datetime | None = None
    verdict: bool | None = None
    hand: Hand = Hand.NO
    taps: tuple[Tap, ...] = ()
    guided: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A source that a person opened.

    Attributes:
        item: its 1-based number under the answer.
        notes: how it stands today, in words.
    """

    citation: Citation
    item: int
    shown: Shown
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A document of the library with a note on how it stands; "" for one plainly in force."""

    document: Document
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Which of how many pages; both count from 1."""

    number: int
    count: int


# --- an answer ---------------------------------------------------------------------------------


def answer_screen(answer: Answer, shown: Shown) -> Screen:
    """Return an answer with its sources, suggestions and the two thumbs."""
    lines = [_italic(line) for line in _above(answer, shown)]
    room = _MOST_SHOWN - sum(map(units, lines))
    for piece in pieces(answer):
        most = _LONGEST_ECHO if piece.role is Role.UNDERSTOOD else _LONGEST_PIECE
        text = cut(piece.text, most)
        if units(text) > room:
            break
        room -= units(text)
        lines.append(_marked(Piece(role=piece.role, text=text, source=piece.source)))
    return Screen(html="".join(lines).strip(), rows=_answer_rows(answer, shown))


def told_screen(answer: Answer, shown: Shown) -> Screen:
    """Return an answer while a language model is still writing it."""
    lines = [_italic(line) for line in _above(answer, shown)]
    lines += [_marked(piece) for piece in told_so_far(answer)]
    lines.append(_italic(in_chat.WRITING[shown.language]))
    return Screen(html="".join(lines).strip())


def _above(answer: Answer, shown: Shown) -> list[str]:
    found: list[str] = []
    if shown.late_since is not None:
        time = shown.late_since.astimezone(VIETNAM).strftime("%H:%M %d/%m")
        found.append(in_chat.LATE[shown.language].format(time=time))
    if shown.echo:
        text = cut(answer.question.text, _LONGEST_ECHO)
        found.append(in_chat.ASKED[shown.language].format(text=text))
    return found


def _italic(text: str) -> str:
    return f"\n\n<i>{inert(text)}</i>"


def _marked(piece: Piece) -> str:
    text = escape(piece.text, quote=False) if piece.role in _OUR_OWN else inert(piece.text)
    if piece.role is Role.QUOTE:  # the further sources are folded, so that the answer fits a screen
        return f"\n<blockquote{' expandable' if piece.source > 1 else ''}>{text}</blockquote>"
    form = _FORMS_OF_SOURCES if piece.source else _FORMS
    return form.get(piece.role, "\n\n{text}").format(text=text, source=piece.source)


_OUR_OWN = {Role.ADVICE, Role.NOTE}  # words of `texts` into which nothing is put but a day
_FORMS = {
    Role.UNDERSTOOD: "\n\n<i>{text}</i>",
    Role.ADVICE: "\n\n<i>{text}</i>",
    Role.FIGURE: "\n{text}",
    Role.TOLD_LEAD: "\n\n<i>{text}</i>",
    Role.TOLD: "\n{text}",
}
_FORMS_OF_SOURCES = {
    Role.LEAD: "\n\n<b>{text}</b> [{source}]",
    Role.NOTE: "\n⚠️ <i>{text}</i>",
    Role.NEAREST: "\n[{source}] {text}",
}


def _answer_rows(answer: Answer, shown: Shown) -> tuple[tuple[Button, ...], ...]:
    cited = sources(answer)
    numbered = [
        Button(
            label=f"[{number}] {_short_place(one, shown.language)}",
            press=Press(act=Act.SOURCE, turn=shown.turn, item=number),
        )
        for number, one in enumerate(cited, start=1)
    ]
    rows = [
        tuple(numbered[start : start + _SOURCES_IN_A_ROW])
        for start in range(0, len(numbered), _SOURCES_IN_A_ROW)
    ]
    if answer.citations:
        full = Press(act=Act.PAGE, turn=shown.turn, item=1)
        rows.append((Button(label=in_chat.READ_IN_FULL[shown.language], press=full),))
    rows += _to_take_away(answer, shown)
    rows += _to_go_on(shown)
    rows += [
        (
            Button(
                label=label_of(one), press=Press(act=Act.SUGGESTION, turn=shown.turn, item=number)
            ),
        )
        for number, one in enumerate(answer.suggestions, start=1)
    ]
    return (*rows, *_to_officers(shown), _thumbs(shown))


def _to_officers(shown: Shown) -> list[tuple[Button, ...]]:
    """Return the row that hands a question over; none where that is not offered."""
    if shown.hand is Hand.NO:
        return []
    label = handing.HANDED if shown.hand is Hand.SENT else handing.ASK_OFFICER
    press = Press(act=Act.HAND, turn=shown.turn, word="ask")
    return [(Button(label=label[shown.language], press=press),)]


def _to_take_away(answer: Answer, shown: Shown) -> list[tuple[Button, ...]]:
    """Return the row for table, chart and workbook; none for one figure that was not looked up."""
    row = []
    several = len(answer.figures) > (0 if shown.guided else 1)
    if several:
        press = Press(act=Act.FIGURES, turn=shown.turn, word="table")
        row.append(Button(label=words.TABLE_HERE[shown.language], press=press))
    if drawable(answer):
        press = Press(act=Act.CHART, turn=shown.turn)
        row.append(Button(label=in_chat.CHART[shown.language], press=press))
    if several:
        press = Press(act=Act.TABLE, turn=shown.turn)
        row.append(Button(label=in_chat.TABLE[shown.language], press=press))
    return [tuple(row)] if row else []


def _to_go_on(shown: Shown) -> list[tuple[Button, ...]]:
    """Return what leads on from one figure, and back to the choice that led to it."""
    taps = [
        Button(
            label=words.TAPS[tap][shown.language],
            press=Press(act=Act.FIGURES, turn=shown.turn, word=tap.value),
        )
        for tap in shown.taps
    ]
    rows = in_columns(taps)
    if shown.guided:
        press = Press(act=Act.FIGURES, turn=shown.turn, word="again")
        rows.append((Button(label=words.AGAIN[shown.language], press=press),))
    return rows


def in_columns(buttons: Sequence[Button]) -> list[tuple[Button, ...]]:
    """Return buttons two in a row where their labels are short, else one."""
    columns = 2 if all(units(one.label) <= _LONGEST_OF_TWO for one in buttons) else 1
    return [tuple(buttons[at : at + columns]) for at in range(0, len(buttons), columns)]


def _thumbs(shown: Shown) -> tuple[Button, ...]:
    def label(thumb: str, *, chosen: bool) -> str:
        return f"{thumb} {in_chat.CHOSEN}" if chosen else thumb

    return (
        Button(
            label=label(in_chat.HELPFUL, chosen=shown.verdict is True),
            press=Press(act=Act.HELPFUL, turn=shown.turn),
        ),
        Button(
            label=label(in_chat.NOT_HELPFUL, chosen=shown.verdict is False),
            press=Press(act=Act.NOT_HELPFUL, turn=shown.turn),
        ),
    )


def label_of(text: str, most: int = _LONGEST_LABEL) -> str:
    """Return a text as the label of a button: one line that phones show whole."""
    return cut(" ".join(text.split()), most)


def _short_place(citation: Citation, language: Language) -> str:
    """Return what fits a small button: "Điều 23", "Cà Mau", else the first words of the title."""
    if citation.article:
        return in_chat.ARTICLE[language].format(number=citation.article)
    return label_of(citation.place or citation.title or citation.source, _LABEL_OF_SOURCE)


# --- a source ----------------------------------------------------------------------------------


def source_screen(opened: Opened, text: str, span: tuple[int, int]) -> Screen:
    """Return a quotation in its surroundings.

    Args:
        opened: the source.
        text: the article, or the whole document, in which the quotation stands.
        span: [start, end) of the quotation in `text`.
    """
    citation, item, shown = opened.citation, opened.item, opened.shown
    start, end = span[0], min(span[1], span[0] + _LONGEST_QUOTE)
    first, last = around(text, start, end, _SURROUNDINGS)
    parts = (text[first:start], text[start:end], text[end:last])
    before, quote, after = (
        inert(cut(part, most))
        for part, most in zip(parts, (_SURROUNDINGS, _LONGEST_QUOTE, _SURROUNDINGS), strict=True)
    )
    opening, closing = ("… " if first else ""), (" …" if last < len(text) else "")
    head = f"<b>[{item}] {_title(citation)}</b>\n{_where(citation, shown)}{_notes(opened)}"
    file = in_chat.FILE_LINE[shown.language].format(file=inert(citation.source))
    body = f"{opening}{before}<b>{quote}</b>{after}{closing}"
    return Screen(
        html=f"{head}\n<blockquote expandable>{body}</blockquote>\n{file}",
        rows=(
            (
                Button(
                    label=in_chat.READ_IN_FULL[shown.language],
                    press=Press(act=Act.PAGE, turn=shown.turn, item=item),
                ),
                Button(
                    label=in_chat.ORIGINAL[shown.language],
                    press=Press(act=Act.FILE, turn=shown.turn, item=item),
                ),
            ),
            (_back(shown),),
        ),
    )


def page_screen(opened: Opened, heading: str, body: str, page: Page) -> Screen:
    """Return one page of a whole article or document.

    Args:
        opened: the source.
        heading: of the article; "" when the text is a whole document.
        body: the text of the page.
        page: which page it is.
    """
    shown = opened.shown
    head = f"<b>{_title(opened.citation)}</b>"
    if heading:
        head += f"\n<b>{inert(cut(heading, _LONGEST_TITLE))}</b>"
    head += _notes(opened)
    turn = Press(act=Act.PAGE, turn=shown.turn, item=opened.item)
    return Screen(
        html=f"{head}\n\n{inert(body.strip())}",
        rows=(*pager(turn, page), (_back(shown),)),
    )


def _where(citation: Citation, shown: Shown) -> str:
    parts = [citation.locator, citation.place, citation.period]
    if citation.page and "trang" not in citation.locator:
        parts.append(texts.PAGE[shown.language].format(page=citation.page))
    told = " · ".join(part for part in parts if part)
    return inert(cut(told, _LONGEST_TITLE))


def _notes(opened: Opened) -> str:
    told = cut(" ".join(opened.notes), _LONGEST_NOTES)
    return f"\n⚠️ <i>{inert(told)}</i>" if told else ""


def _title(citation: Citation) -> str:
    return inert(label_of(titled(citation), _LONGEST_TITLE))


def _back(shown: Shown) -> Button:
    return Button(label=in_chat.BACK[shown.language], press=Press(act=Act.ANSWER, turn=shown.turn))


def pager(turn: Press, page: Page) -> tuple[tuple[Button, ...], ...]:
    """Return the row that turns pages; none for a single page."""
    if page.count == 1:
        return ()

    def to(number: int, label: str) -> Button:
        press = replace(turn, page=number)
        return Button(label=label, press=press)

    here = in_chat.PAGE_OF.format(page=page.number, pages=page.count)
    row = [Button(label=here, press=Press(act=Act.NOTHING))]
    if page.number > 1:
        row.insert(0, to(page.number - 1, in_chat.PREVIOUS))
    if page.number < page.count:
        row.append(to(page.number + 1, in_chat.NEXT))
    return (tuple(row),)


# --- the library -------------------------------------------------------------------------------


def documents_screen(
    documents: Sequence[Listed], total: int, page: Page, language: Language
) -> Screen:
    """Return one page of the list of documents.

    Args:
        documents: those of this page.
        total: how many there are on all pages.
        page: which page it is.
        language: of the interface.
    """
    head = in_chat.DOCUMENTS[language].format(count=total)
    lines = [document_line(one, language, place) for place, one in enumerate(documents, start=1)]
    turns = pager(Press(act=Act.DOCUMENTS), page)
    return Screen(html="\n\n".join([head, *lines]), rows=(*opening_rows(documents), *turns))


def opening_rows(listed: Sequence[Listed]) -> tuple[tuple[Button, ...], ...]:
    """Return a button for each document of a list, by its number there."""
    buttons = [
        Button(label=str(place), press=Press(act=Act.SHELF, item=_OPEN, word=one.document.id))
        for place, one in enumerate(listed, start=1)
    ]
    return tuple(
        tuple(buttons[start : start + _NUMBERS_IN_A_ROW])
        for start in range(0, len(buttons), _NUMBERS_IN_A_ROW)
    )


def document_line(listed: Listed, language: Language, place: int) -> str:
    """Return one document of a list.

    Args:
        listed: the document.
        language: of the interface.
        place: its number in the list.
    """
    document, metadata = listed.document, listed.document.metadata
    title = label_of(metadata.title or document.source, _LONGEST_TITLE)
    facts = [
        in_chat.KINDS[metadata.kind][language],
        metadata.number,
        f"{metadata.issued:%d/%m/%Y}" if metadata.issued and metadata.kind is Kind.LAW else "",
        metadata.place,
        metadata.period,
        document.source,
    ]
    told = inert(cut(" · ".join(fact for fact in facts if fact), 2 * _LONGEST_TITLE))
    note = inert(cut(listed.note, 2 * _LONGEST_TITLE))
    marked = f"\n⚠️ <i>{note}</i>" if note else ""
    return f"<b>{place}. {inert(title)}</b>\n{told}{marked}"


# --- choices -----------------------------------------------------------------------------------


def starters_screen(html: str, starters: Sequence[tuple[str, str]]) -> Screen:
    """Return a text with questions to press.

    Args:
        html: the text.
        starters: (mark, question) pairs.
    """
    rows = tuple(
        (Button(label=label_of(question), press=Press(act=Act.STARTER, word=mark)),)
        for mark, question in starters
    )
    return Screen(html=html, rows=rows)


def languages_screen(language: Language) -> Screen:
    """Return the choice of the language."""
    row = tuple(
        Button(label=name, press=Press(act=Act.LANGUAGE, word=one.value))
        for one, name in in_chat.LANGUAGES.items()
    )
    return Screen(html=in_chat.CHOOSE_LANGUAGE[language], rows=(row,))
