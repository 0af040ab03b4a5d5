"""Screens of /docs: what was found, a document's card, its versions, what was removed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from bot.saying.figure_words import period_words
from bot.telegram.buttons import Act, Press
from bot.telegram.inert import inert
from bot.telegram.lengths import cut
from bot.telegram.screens import (
    VIETNAM,
    Button,
    Listed,
    Page,
    Screen,
    document_line,
    opening_rows,
    pager,
)
from bot.texts import in_chat
from bot.texts import publishing as words
from knowledge.catalogue import StoredVersion
from knowledge.model import Audience, Document, Language

_LONGEST = 200  # characters of a title
_VERSIONS = 10  # that are listed, newest first
REMOVED_ON_A_PAGE = 6


class Do(IntEnum):
    """What a button of a document does; the numbers stand in buttons that people still have."""

    OPEN = 1
    FILE = 2
    AUDIENCE = 3
    SET_AUDIENCE = 4
    VERSIONS = 5
    ROLLBACK_ASK = 6
    ROLLBACK = 7
    REMOVE_ASK = 8
    REMOVE = 9
    REMOVED = 10
    RESTORE = 11


def _press(do: Do, document: str = "", page: int = 0) -> Press:
    return Press(act=Act.SHELF, item=do, page=page, word=document)


def _titled(document: Document) -> str:
    return inert(cut(document.metadata.title or document.source, _LONGEST))


def found_screen(listed: Sequence[Listed], count: int, searched: str, language: Language) -> Screen:
    """Return the documents that a search found, the first ones with a button each."""
    shown = inert(cut(searched, _LONGEST))
    if not listed:
        return Screen(html=words.FOUND_NONE[language].format(words=shown))
    lines = [words.FOUND[language].format(count=count, words=shown)]
    lines += [document_line(one, language, place) for place, one in enumerate(listed, start=1)]
    if count > len(listed):
        lines.append(words.FOUND_MORE[language].format(count=count - len(listed)))
    return Screen(html="\n\n".join(lines), rows=opening_rows(listed))


def removed_row(count: int, language: Language) -> tuple[tuple[Button, ...], ...]:
    """Return the row that leads to removed documents; none when there are none."""
    if not count:
        return ()
    label = words.BUTTON_REMOVED[language].format(count=count)
    return ((Button(label=label, press=_press(Do.REMOVED, page=1)),),)


def document_screen(
    version: StoredVersion, note: str, language: Language, *, admin: bool, head: str = ""
) -> Screen:
    """Return the card of a document.

    Args:
        version: the live one.
        note: how it stands today; "" for one plainly in force.
        language: of the interface.
        admin: whether it can be changed from here.
        head: HTML in front, such as what was just done.
    """
    document, metadata = version.document, version.document.metadata
    issued = f"{metadata.issued:%d/%m/%Y}" if metadata.issued else ""
    period = period_words(metadata.period, language) if metadata.period else ""
    facts = (
        (words.KIND, in_chat.KINDS[metadata.kind][language]),
        (words.NUMBER, metadata.number),
        (words.ISSUED, issued),
        (words.PLACE, metadata.place),
        (words.PERIOD, period),
        (words.AUDIENCE, words.AUDIENCES[metadata.audience][language] if admin else ""),
    )
    lines = [
        *([head, ""] if head else []),
        f"<b>{_titled(document)}</b>",
        *(form[language].format(value=inert(cut(told, _LONGEST))) for form, told in facts if told),
        *([f"⚠️ <i>{inert(cut(note, 2 * _LONGEST))}</i>"] if note else []),
        words.FILE[language].format(name=inert(document.source)),
        _line(version, language),
    ]
    file = Button(label=words.BUTTON_FILE[language], press=_press(Do.FILE, document.id))
    rows: list[tuple[Button, ...]] = [(file,)]
    if admin:
        rows += [
            (
                Button(
                    label=words.BUTTON_AUDIENCE[language], press=_press(Do.AUDIENCE, document.id)
                ),
                Button(
                    label=words.BUTTON_VERSIONS[language], press=_press(Do.VERSIONS, document.id)
                ),
            ),
            (
                Button(
                    label=words.BUTTON_REMOVE[language], press=_press(Do.REMOVE_ASK, document.id)
                ),
            ),
        ]
    first = Press(act=Act.DOCUMENTS, page=1)
    rows.append((Button(label=words.BUTTON_LIST[language], press=first),))
    return Screen(html="\n".join(lines), rows=tuple(rows))


def _line(version: StoredVersion, language: Language) -> str:
    day = version.created_at.astimezone(VIETNAM)
    return words.VERSION_LINE[language].format(
        number=version.document.version, day=f"{day:%d/%m/%Y %H:%M}", passages=version.passages
    )


def versions_screen(versions: Sequence[StoredVersion], live: int, language: Language) -> Screen:
    """Return the versions of a document, newest first, each but the live one with a button.

    Args:
        versions: oldest first.
        live: number of the one that is live.
        language: of the interface.
    """
    shown = list(reversed(versions))[:_VERSIONS]
    document = shown[0].document
    lines = [words.VERSIONS[language].format(title=_titled(document))]
    rows: list[tuple[Button, ...]] = []
    for one in shown:
        line, number = _line(one, language), one.document.version
        if number == live:
            line = words.VERSION_LIVE[language].format(line=line)
        else:
            label = words.BUTTON_ROLLBACK[language].format(number=number)
            press = _press(Do.ROLLBACK_ASK, document.id, number)
            rows.append((Button(label=label, press=press),))
        lines.append(line)
    return Screen(html="\n".join(lines), rows=(*rows, _back(document.id, language)))


def _back(document: str, language: Language) -> tuple[Button, ...]:
    return (Button(label=words.BUTTON_BACK[language], press=_press(Do.OPEN, document)),)


def rollback_screen(version: StoredVersion, language: Language) -> Screen:
    """Return the question whether to use an earlier version again."""
    document, number = version.document, version.document.version
    html = words.ROLL_BACK_THIS[language].format(title=_titled(document), number=number)
    label = words.BUTTON_ROLLBACK[language].format(number=number)
    yes = Button(label=label, press=_press(Do.ROLLBACK, document.id, number))
    return Screen(html=html, rows=((yes, *_back(document.id, language)),))


def remove_screen(document: Document, language: Language) -> Screen:
    """Return the question whether to remove a document."""
    html = words.REMOVE_THIS[language].format(title=_titled(document))
    press = _press(Do.REMOVE, document.id)
    yes = Button(label=words.BUTTON_REMOVE_YES[language], press=press)
    return Screen(html=html, rows=((yes, *_back(document.id, language)),))


def audience_screen(document: Document, language: Language) -> Screen:
    """Return the choice who may see a document."""
    rows = [
        (
            Button(
                label=words.AUDIENCES[one][language],
                press=_press(Do.SET_AUDIENCE, document.id, number),
            ),
        )
        for number, one in enumerate(Audience, start=1)
        if one is not document.metadata.audience
    ]
    html = f"<b>{_titled(document)}</b>\n{words.ASK['audience'][language]}"
    return Screen(html=html, rows=(*rows, _back(document.id, language)))


def removed_screen(
    removed: Sequence[StoredVersion], page: int, language: Language, head: str = ""
) -> Screen:
    """Return a page of the documents that were removed, each with a button that restores it."""
    first = Press(act=Act.DOCUMENTS, page=1)
    back = (Button(label=words.BUTTON_LIST[language], press=first),)
    top = [head] if head else []
    if not removed:
        html = "\n\n".join([*top, words.REMOVED_NONE[language]])
        return Screen(html=html, rows=(back,))
    count = -(-len(removed) // REMOVED_ON_A_PAGE)
    number = min(max(page, 1), count)
    start = (number - 1) * REMOVED_ON_A_PAGE
    shown = removed[start : start + REMOVED_ON_A_PAGE]
    lines = [words.REMOVED_LIST[language].format(count=len(removed))]
    lines += [
        document_line(Listed(document=one.document), language, place)
        for place, one in enumerate(shown, start=1)
    ]
    rows = [
        (
            Button(
                label=words.BUTTON_RESTORE[language].format(number=place),
                press=_press(Do.RESTORE, one.document.id),
            ),
        )
        for place, one in enumerate(shown, start=1)
    ]
    turn = _press(Do.REMOVED)
    html = "\n\n".join([*top, *lines])
    return Screen(html=html, rows=(*rows, *pager(turn, Page(number=number, count=count)), back))


def done_html(
    form: dict[Language, str], document: Document, language: Language, **more: object
) -> str:
    """Return what was just done with a document."""
    return form[language].format(title=_titled(document), **more)
