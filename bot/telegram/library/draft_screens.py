"""The card of a draft, its choices, and what publishing it gave. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from bot import texts
from bot.library.drafting import Planned
from bot.marking.selftest import Trial
from bot.saying.figure_words import period_words
from bot.telegram.buttons import Act, Press
from bot.telegram.inert import inert
from bot.telegram.lengths import cut
from bot.telegram.screens import Button, Page, Screen, pager
from bot.texts import in_chat
from bot.texts import publishing as words
from ingest.document import doubts
from knowledge.catalogue import Draft
from knowledge.model import Audience, Kind, Language, Metadata
from knowledge.vietnamese.places import COUNTRY, provinces

_LONGEST_VALUE, _LONGEST_WHY = 200, 300  # characters
_NAMED = 5  # questions, and names of files, that are told one by one
_YEARS = 5
_PLACES = 5  # those of the library's documents, most frequent first
_IN_A_ROW = 3
ASKED = ("place", "period", "audience", "title")  # columns that the card corrects

Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A draft with all that its card tells.

    Attributes:
        plan: what publishing each file would do, in the order of the files.
        unmatched: names in its `documents.csv` that are no file of it.
        no_questions: where the questions of the self-test would lie; "" when there are some.
    """

    draft: Draft
    plan: Sequence[Planned]
    unmatched: Sequence[str] = ()
    no_questions: str = ""


def _button(label: str, draft: Draft, word: str, page: int = 0) -> Button:
    item = min(draft.page, max(len(draft.files), 1))
    return Button(
        label=label, press=Press(act=Act.DRAFT, turn=draft.id, item=item, page=page, word=word)
    )


# --- the card ----------------------------------------------------------------------------------


def card_screen(shown: Shown, language: Language, head: str = "") -> Screen:
    """Return the card: the file that it shows, and what can be done.

    Args:
        shown: the draft.
        language: of the interface.
        head: HTML in front, such as why it was not published.
    """
    draft = shown.draft
    if not draft.files:
        html = "\n\n".join(filter(None, [head, words.NOTHING_LEFT[language]]))
        return Screen(html=html, rows=(_ends(draft, language),))
    number = min(draft.page, len(draft.files))
    planned, count = shown.plan[number - 1], len(draft.files)
    form = words.CARD if count == 1 else words.CARD_OF
    lines = [
        *([head, ""] if head else []),
        form[language].format(page=number, pages=count),
        *_about(planned, language),
        *_below(shown, language),
    ]
    turn = Press(act=Act.DRAFT, turn=draft.id, item=number, word="page")
    rows = (
        *_corrections(planned, draft, language),
        *pager(turn, Page(number=number, count=count)),
        *(((_button(words.BUTTON_DROP[language], draft, "drop"),),) if count > 1 else ()),
        _ends(draft, language),
    )
    return Screen(html="\n".join(lines), rows=rows)


def _ends(draft: Draft, language: Language) -> tuple[Button, ...]:
    cancel = _button(words.BUTTON_CANCEL[language], draft, "cancel")
    if not draft.readable:
        return (cancel,)
    return (_button(words.BUTTON_PUBLISH[language], draft, "publish"), cancel)


def _corrections(planned: Planned, draft: Draft, language: Language) -> Rows:
    if planned.file.understood is None:
        return ()
    rows: Rows = (
        (
            _button(words.BUTTON_PLACE[language], draft, "place"),
            _button(words.BUTTON_PERIOD[language], draft, "period"),
        ),
        (
            _button(words.BUTTON_AUDIENCE[language], draft, "audience"),
            _button(words.BUTTON_TITLE[language], draft, "title"),
        ),
    )
    if planned.held is None or (planned.held.id == planned.source.id and planned.file.link):
        return rows
    beside = planned.file.beside
    label, word = (words.BUTTON_REPLACE, "replace") if beside else (words.BUTTON_BESIDE, "beside")
    return (*rows, (_button(label[language], draft, word),))


def _about(planned: Planned, language: Language) -> list[str]:
    """Return what is told of one file, line by line."""
    file = planned.file
    name = words.FILE[language].format(name=inert(cut(file.name, _LONGEST_VALUE)))
    link = [words.LINK[language].format(link=inert(cut(file.link, _LONGEST_VALUE)))]
    lines = [name, *(link if file.link else [])]
    if file.understood is None:
        why = texts.fault(file.fault, file.detail, language) if file.fault else ""
        told = words.UNREADABLE[language].format(why=inert(cut(why, _LONGEST_WHY)))
        return [*lines, told]
    metadata = planned.metadata
    title = inert(cut(metadata.title or file.name, _LONGEST_VALUE))
    read = words.READ[language].format(
        passages=file.understood.passages, figures=file.understood.figures
    )
    lines = [f"<b>{title}</b>", *lines, *_facts(planned, metadata, language), read]
    doubtful = [texts.DOUBTS[one][language] for one in doubts(metadata)]
    if doubtful:
        lines.append(words.DOUBTS[language].format(doubts=", ".join(doubtful)))
    return [*lines, *_versions(planned, language)]


def _facts(planned: Planned, metadata: Metadata, language: Language) -> list[str]:
    counted = metadata.kind in (Kind.REPORT, Kind.TABLE)
    unknown = words.UNKNOWN[language] if counted else ""
    period = period_words(metadata.period, language) if metadata.period else unknown
    facts = (
        (words.KIND, in_chat.KINDS[metadata.kind][language]),
        (words.NUMBER, metadata.number),
        (words.PLACE, metadata.place or unknown),
        (words.PERIOD, period),
        (words.EFFECT, _effect(planned, language)),
        (words.AUDIENCE, words.AUDIENCES[metadata.audience][language]),
    )
    return [
        form[language].format(value=inert(cut(value, _LONGEST_VALUE)))
        for form, value in facts
        if value
    ]


def _effect(planned: Planned, language: Language) -> str:
    read = planned.file.understood
    if read is None:
        return ""
    days: tuple[tuple[dict[Language, str], date | None], ...] = (
        (words.EFFECT_FROM, read.starts),
        (words.EFFECT_TO, read.ends),
    )
    return ", ".join(form[language].format(day=f"{day:%d/%m/%Y}") for form, day in days if day)


def _versions(planned: Planned, language: Language) -> list[str]:
    held, file = planned.held, planned.file
    if held is None or file.understood is None:
        return []
    unchanged = held.sha256 == file.understood.sha256 and held.metadata == planned.metadata
    if unchanged and not file.beside:
        return [words.SAME[language]]
    form = words.STANDS_BESIDE if file.beside else words.REPLACES
    title = inert(cut(held.metadata.title or held.source, _LONGEST_VALUE))
    return [form[language].format(title=title, file=inert(held.source))]


def _below(shown: Shown, language: Language) -> list[str]:
    lines = []
    if shown.unmatched:
        names = ", ".join(inert(one) for one in shown.unmatched[:_NAMED])
        lines.append(words.UNMATCHED[language].format(names=names))
    if shown.no_questions:
        lines.append(words.NO_QUESTIONS[language].format(file=escape(shown.no_questions)))
    return ["", *lines] if lines else []


# --- choices -----------------------------------------------------------------------------------


def choice_screen(
    draft: Draft, column: str, places: Sequence[str], today: date, language: Language
) -> Screen:
    """Return what may be chosen for a column; a reply to it says anything else.

    Args:
        draft: whose card it is.
        column: one of `ASKED`.
        places: of the library's documents, most frequent first.
        today: the last years are offered.
        language: of the interface.
    """
    choices: list[Button] = []
    if column == "place":
        choices = _places(draft, places, language)
    elif column == "period":
        years = range(today.year, today.year - _YEARS, -1)
        choices = [_button(str(year), draft, "setperiod", year) for year in years]
    elif column == "audience":
        choices = [
            _button(words.AUDIENCES[one][language], draft, "setaudience", number)
            for number, one in enumerate(Audience, start=1)
        ]
    wide = 1 if column == "audience" else _IN_A_ROW
    rows = [tuple(choices[start : start + wide]) for start in range(0, len(choices), wide)]
    back = (_button(words.BUTTON_BACK[language], draft, "card"),)
    return Screen(html=words.ASK[column][language], rows=(*rows, back))


def _places(draft: Draft, places: Sequence[str], language: Language) -> list[Button]:
    named = listed_places()
    known = [one for one in places if one in named][:_PLACES]
    return [
        _button(
            texts.COUNTRY[language] if one == COUNTRY else one,
            draft,
            "setplace",
            named.index(one) + 1,
        )
        for one in dict.fromkeys([*known, COUNTRY])
    ]


def listed_places() -> list[str]:
    """Return the places that a button can name by their number, the same in every process."""
    return [COUNTRY, *sorted(provinces())]


def link_screen(draft: Draft, language: Language) -> Screen:
    """Return the question whether to fetch a link."""
    html = words.FETCH_THIS[language].format(link=inert(cut(draft.link, _LONGEST_WHY)))
    row = (
        _button(words.BUTTON_FETCH[language], draft, "fetch"),
        _button(words.BUTTON_CANCEL[language], draft, "cancel"),
    )
    return Screen(html=html, rows=(row,))


# --- how it ended ------------------------------------------------------------------------------


def held_screen(draft: Draft, trial: Trial, language: Language) -> Screen:
    """Return that the self-test held a publication back, why, and the choice that is left."""
    head = words.HELD[language].format(
        before=trial.before, after=trial.after, questions=trial.questions
    )
    rows = (
        (
            _button(words.BUTTON_BACK[language], draft, "card"),
            _button(words.BUTTON_CANCEL[language], draft, "cancel"),
        ),
        (_button(words.BUTTON_ANYWAY[language], draft, "anyway"),),
    )
    return Screen(html="\n\n".join([head, *_changes(trial, language)]), rows=rows)


def published_html(
    titles: Sequence[str], documents: int, passages: int, trial: Trial, language: Language
) -> str:
    """Return what was published, and what the self-test said."""
    head = words.PUBLISHED[language].format(documents=documents, passages=passages)
    named = [f"- {inert(cut(title, _LONGEST_VALUE))}" for title in titles[: 2 * _NAMED]]
    if len(titles) > len(named):
        named.append(in_chat.AND_MORE[language].format(count=len(titles) - len(named)))
    return "\n\n".join(["\n".join([head, *named]), *trial_lines(trial, language)])


def trial_lines(trial: Trial, language: Language) -> list[str]:
    """Return what the self-test said, in paragraphs."""
    if not trial.questions:
        return [words.NOT_TRIED[language]]
    told = words.TRIED[language].format(
        before=trial.before, after=trial.after, questions=trial.questions
    )
    return [told, *_changes(trial, language)]


def _changes(trial: Trial, language: Language) -> list[str]:
    return [
        "\n".join([form[language].format(count=len(questions)), *_listed(questions, language)])
        for form, questions in ((words.WORSE, trial.worse), (words.BETTER, trial.better))
        if questions
    ]


def _listed(questions: Sequence[str], language: Language) -> list[str]:
    lines = [f"- {inert(cut(one, _LONGEST_VALUE))}" for one in questions[:_NAMED]]
    if len(questions) > _NAMED:
        more = len(questions) - _NAMED
        lines.append(words.AND_MORE_QUESTIONS[language].format(count=more))
    return lines
