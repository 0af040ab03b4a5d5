"""What a document says of its time in force and does to others, for `htx docs show`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

from bot import texts
from bot.saying import in_force
from knowledge.model import Document, Effect
from knowledge.standing import Change, Notice, Standing


def lines(document: Document, standing: Standing, today: date) -> Iterator[str]:
    """Yield one line for each thing that is known, with the sentence that says so.

    Args:
        document: what its own text and `documents.csv` say.
        standing: what follows for it from all documents.
        today: the day for which it is told.
    """
    short = in_force.in_short(standing, today, texts.VI)
    if short:
        yield _said(f"{short[0].upper()}{short[1:]}", standing.sentence)
    for effect in document.effects:
        yield _said(_effect(effect), effect.sentence)
    for _, notices in groupby(standing.notices, key=lambda one: replace(one, where="")):
        yield _noticed(list(notices))
    others = (one for one in document.changes if one.by == document.metadata.number)
    for _, changes in groupby(others, key=lambda one: (one.deed, one.number, one.sentence)):
        yield _changed(list(changes))


def as_json(document: Document, standing: Standing, today: date) -> dict[str, object]:
    """Return how a document stands on a day, and what it does to others, as JSON."""
    return {
        "standing": {
            "state": standing.on(today).value,
            "from": in_force.iso_day(standing.starts),
            "to": in_force.iso_day(standing.ends),
            "by": standing.ended_by or None,
            "replaced": standing.replaced,
            "successor": standing.successor or None,
            "exception": standing.exception or None,
            "sentence": standing.sentence or None,
            "notices": [_notice_json(one) for one in standing.notices],
        },
        "changes": [_change_json(one) for one in document.changes],
    }


def _effect(effect: Effect) -> str:
    parts = [
        texts.EFFECT_FROM.format(day=in_force.day_words(effect.starts)) if effect.starts else "",
        texts.EFFECT_TO.format(day=in_force.day_words(effect.ends)) if effect.ends else "",
        texts.EFFECT_REPLACED.format(number=effect.replaced_by) if effect.replaced_by else "",
    ]
    return texts.EFFECT.format(
        where=_where(effect.article, effect.clause),
        what=", ".join(part for part in parts if part),
        source=texts.EFFECT_CORRECTED if effect.corrected else "",
    )


def _noticed(notices: Sequence[Notice]) -> str:
    """Return what one sentence did to parts of the document."""
    first = notices[0]
    told = texts.PARTS_DONE[first.deed].format(
        where="; ".join(one.where for one in notices),
        by=in_force.document_name(first.by, first.by_kind, texts.VI, first.locator),
        since=in_force.since_words(first.starts, texts.VI),
    )
    return _said(told, first.sentence)


def _changed(changes: Sequence[Change]) -> str:
    """Return what one sentence does to another document."""
    first = changes[0]
    number = in_force.document_name(first.number, "", texts.VI)
    parts = [f"{one.part}{_where(one.article, one.clause)}".strip() for one in changes]
    told = texts.CHANGE[first.deed].format(
        what=" ".join(one for one in ("; ".join(filter(None, parts)), number) if one),
        since=in_force.since_words(first.starts, texts.VI),
        locator=f" ({first.locator})" if first.locator else "",
    )
    return _said(told, first.sentence)


def _where(article: str, clause: str) -> str:
    return (f" khoản {clause}" if clause else "") + (f" Điều {article}" if article else "")


def _said(what: str, sentence: str) -> str:
    return f"{what}: “{sentence}”" if sentence else what


def effect_json(effect: Effect) -> dict[str, object]:
    """Return what a document, or an admin, says of the time in force, as JSON."""
    return {
        "article": effect.article or None,
        "clause": effect.clause or None,
        "from": in_force.iso_day(effect.starts),
        "to": in_force.iso_day(effect.ends),
        "replaced_by": effect.replaced_by or None,
        "sentence": effect.sentence,
        "corrected": effect.corrected,
    }


def _change_json(change: Change) -> dict[str, object]:
    return {
        "deed": change.deed.value,
        "by": change.by,
        "number": change.number,
        "article": change.article or None,
        "clause": change.clause or None,
        "part": change.part or None,
        "from": in_force.iso_day(change.starts),
        "exception": change.exception or None,
        "locator": change.locator or None,
        "sentence": change.sentence,
    }


def _notice_json(notice: Notice) -> dict[str, object]:
    return {
        "deed": notice.deed.value,
        "by": notice.by,
        "where": notice.where or None,
        "from": in_force.iso_day(notice.starts),
        "locator": notice.locator or None,
        "sentence": notice.sentence,
    }
