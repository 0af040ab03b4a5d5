"""How a rule stands, in words: expired, replaced, not yet in force, amended. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot import texts
from knowledge.model import Citation, Language
from knowledge.parts import NO_DAY
from knowledge.standing import Notice, Standing, State

_MARK = re.compile(r"/([A-ZĐ]+)(?:-|$)")
_MOST_NOTICES = 3  # that a phone shows without pushing the answer away


def notes(
    citation: Citation, today: date | None, as_of: date | None, language: Language
) -> Iterator[str]:
    """Yield what must be known of a rule before it is relied on; nothing of one plainly in force.

    Args:
        citation: the rule.
        today: the day of the answer; None where the time in force was not looked at: an end is
            told then whenever it is.
        as_of: the day whose rules were asked for, if that is another one.
        language: of the answer.
    """
    standing = citation.standing
    now = standing.on(today or date.max)
    yield from _state(standing, now, language)
    not_then = as_of is not None and standing.on(as_of) is State.NOT_YET
    if not_then and now is not State.NOT_YET:
        yield _not_yet(standing, as_of, language)
    for notice in standing.notices[:_MOST_NOTICES]:
        if today is None or notice.starts is None or notice.starts <= today:
            yield _part_done(notice, language)


def _state(standing: Standing, now: State, language: Language) -> Iterator[str]:
    match now:
        case State.DRAFT:
            yield texts.DRAFT[language]
        case State.EXPIRED:
            yield texts.EXPIRED[language].format(**_end(standing, language))
        case State.NOT_YET:
            yield _not_yet(standing, None, language)
        case State.IN_FORCE if standing.ends is not None:
            yield _ending(standing, language)
        case _:
            return


def state(citation: Citation, today: date | None, language: Language) -> str:
    """Return the words that go behind a rule's name: " (đã hết hiệu lực)"; "" for one in force."""
    return texts.STATES[citation.standing.on(today or date.max)][language]


def in_short(standing: Standing, today: date, language: Language) -> str:
    """Return in a few words how a document stands; "" for one plainly in force."""
    match standing.on(today):
        case State.DRAFT:
            return texts.SHORT_DRAFT[language]
        case State.EXPIRED:
            return texts.SHORT_EXPIRED[language].format(**_end(standing, language))
        case State.NOT_YET:
            starts = day_words(standing.starts) if standing.starts else ""
            return texts.SHORT_NOT_YET[language].format(starts=starts)
        case State.IN_FORCE if standing.ends is not None:
            return texts.SHORT_ENDING[language].format(last=_last_day(standing.ends))
        case _:
            return ""


def iso_day(day: date | None) -> str | None:
    """Return a day as JSON has it; None where no document names one."""
    return day.isoformat() if day and day != NO_DAY else None


def gone(standing: Standing, language: Language) -> str:
    """Return how a document stands that was asked for and is not held."""
    return texts.GONE[language].format(**_end(standing, language))


def document_name(number: str, kind: str, language: Language, locator: str = "") -> str:
    """Return what a document is called: "khoản 3 Điều 114 Luật 17/2023/QH15".

    Args:
        number: official.
        kind: what it calls itself, or "": then its number tells, where it can.
        language: of the sentence.
        locator: the place in it that is meant, or "".
    """
    mark = _MARK.search(number)
    kind = kind or texts.KINDS_BY_NUMBER.get(mark[1] if mark else "", "")
    name = f"{kind} {number}" if kind else texts.NUMBERED[language].format(number=number)
    article, clause, numbered = locator.partition(" khoản ")
    place = f"khoản {numbered} {article}" if clause else article
    return f"{place} {name}".strip()


def day_words(day: date) -> str:
    """Return a day as people write it: "01/07/2024"."""
    return f"{day:%d/%m/%Y}"


def _end(standing: Standing, language: Language) -> dict[str, str]:
    return {"since": since_words(standing.ends, language), "why": _why(standing, language)}


def _why(standing: Standing, language: Language) -> str:
    """Return by which document a rule ends, what has come after that, and what stays."""
    said = ""
    if standing.ended_by:
        form = texts.REPLACED_BY if standing.replaced else texts.ENDED_BY
        locator = "" if standing.replaced else standing.locator
        kind = standing.ended_by_kind
        said = form[language].format(by=document_name(standing.ended_by, kind, language, locator))
    if standing.successor:
        by = document_name(standing.successor, "", language)
        said += texts.SUCCESSOR[language].format(by=by)
    if standing.exception:
        said += texts.EXCEPTION[language].format(words=standing.exception)
    return said


def since_words(day: date | None, language: Language) -> str:
    """Return " từ ngày 01/07/2024"; "" when no document names the day."""
    return texts.SINCE[language].format(day=day_words(day)) if day and day != NO_DAY else ""


def _not_yet(standing: Standing, day: date | None, language: Language) -> str:
    told = texts.ON_DAY[language].format(day=day_words(day)) if day else ""
    starts = day_words(standing.starts) if standing.starts else ""
    return texts.NOT_YET[language].format(day=told, starts=starts)


def _ending(standing: Standing, language: Language) -> str:
    last = _last_day(standing.ends or date.max)
    return texts.ENDING[language].format(last=last, why=_why(standing, language))


def _last_day(ends: date) -> str:
    return day_words(ends - timedelta(days=1))


def _part_done(notice: Notice, language: Language) -> str:
    return texts.PART_DONE[notice.deed][language].format(
        where=notice.where or texts.THIS_RULE[language],
        by=document_name(notice.by, notice.by_kind, language, notice.locator),
        since=since_words(notice.starts, language),
    )
