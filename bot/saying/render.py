"""An answer in words and in JSON. Pure: what is not in the answer is not said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot import texts
from bot.saying import in_force, telling
from knowledge.model import Answer, Citation, Figure, Kind, Language, Reason, Status
from knowledge.vietnamese import lexicon
from knowledge.vietnamese.text import fold_white_space, search_key, tokens

# Reasons whose detail may hold periods.
_OF_FIGURES = (Reason.NO_SUCH_FIGURE, Reason.NO_SUCH_PERIOD, Reason.ONLY_TARGET)
_LONGEST_NEAREST = 220  # characters of each nearest passage
_LINE = re.compile(r"(?:\d{1,3}\.|[^\W\d_]{1,2}\)|[-+•]) ")  # a clause or a point starts so


class Role(StrEnum):
    """What a piece of an answer is, so that each way of showing it sets it off in its own way."""

    UNDERSTOOD = "understood"
    TOLD_LEAD = "told_lead"
    TOLD = "told"  # what a language model wrote, checked
    OUTCOME = "outcome"  # the first line about figures, set off from what stands above
    FIGURE = "figure"
    LEAD = "lead"
    QUOTE = "quote"
    NOTE = "note"
    REASON = "reason"
    NEAREST = "nearest"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of an answer in words, without markup.

    Attributes:
        source: 1-based number of the source it belongs to; 0 for none.
    """

    role: Role
    text: str
    source: int = 0


def pieces(answer: Answer) -> list[Piece]:
    """Return an answer in words, piece by piece, in reading order."""
    language = answer.question.language
    return [*_understood(answer, language), *_told(answer, language), *_said(answer, language)]


def sources(answer: Answer) -> tuple[Citation, ...]:
    """Return the sources that an answer shows, in the order of their numbers."""
    return answer.citations or answer.nearest


def answer_text(answer: Answer) -> str:
    """Return the answer as a person reads it, without markup."""
    language = answer.question.language
    blocks = [_plain(piece) for piece in pieces(answer)]
    if answer.citations:
        listed = [
            f"\n[{number}] {source_line(citation, language)}"
            f"{in_force.state(citation, answer.today, language)}"
            for number, citation in enumerate(answer.citations, start=1)
        ]
        blocks += [f"\n\n{texts.SOURCES[language]}", *listed]
    return "".join(blocks).lstrip("\n")


def told_so_far(answer: Answer) -> list[Piece]:
    """Return the pieces that stand above the quotations, to be shown while more is written."""
    language = answer.question.language
    return [*_understood(answer, language), *_told(answer, language)]


def told_text(answer: Answer) -> str:
    """Return what `answer_text` begins with while the answer is still being written."""
    return "".join(_plain(piece) for piece in told_so_far(answer)).lstrip("\n")


def _plain(piece: Piece) -> str:
    match piece.role:
        case Role.QUOTE:
            return f"\n“{piece.text}” [{piece.source}]"
        case Role.NEAREST if piece.source:
            return f"\n- {piece.text}"
        case Role.FIGURE | Role.TOLD:
            return f"\n{piece.text}"
        case _:
            return f"\n\n{piece.text}"


def _understood(answer: Answer, language: Language) -> Iterator[Piece]:
    """Yield the question as it was read, where that is more than its abbreviations spelt out."""
    question = answer.question
    typed, read = (tokens(search_key(one)) for one in (question.text, question.understood))
    if read not in (typed, lexicon.spelt_out(typed)):
        text = texts.UNDERSTOOD[language].format(text=question.understood)
        yield Piece(role=Role.UNDERSTOOD, text=text)


def _told(answer: Answer, language: Language) -> Iterator[Piece]:
    """Yield the sentences of a language model, each with the numbers of its sources."""
    if not answer.fluent:
        return
    yield Piece(role=Role.TOLD_LEAD, text=texts.TOLD[language])
    told = [one.text + "".join(f" [{number}]" for number in one.sources) for one in answer.fluent]
    yield Piece(role=Role.TOLD, text=" ".join(told))


def _said(answer: Answer, language: Language) -> Iterator[Piece]:
    asks_back = answer.status is Status.CLARIFY
    if asks_back:
        yield _reason(answer, language)
    for place, line in enumerate(telling.lines(answer) if answer.operation else ()):
        yield Piece(role=Role.FIGURE if place else Role.OUTCOME, text=line)
    yield from _all_cited(answer, language)
    if not asks_back and (not answer.citations or answer.status is Status.PARTIAL):
        yield _reason(answer, language)
    if answer.gone is not None:
        yield Piece(role=Role.NOTE, text=in_force.gone(answer.gone, language))
    yield from _nearest(answer, language)
    if answer.status is Status.NOT_FOUND and answer.reason is not Reason.EMPTY_QUESTION:
        yield Piece(role=Role.ADVICE, text=texts.WHOM_TO_ASK[language])


def _all_cited(answer: Answer, language: Language) -> Iterator[Piece]:
    if answer.as_of is not None and answer.citations:
        text = texts.AS_OF[language].format(day=in_force.day_words(answer.as_of))
        yield Piece(role=Role.NOTE, text=text)
    for number, citation in enumerate(answer.citations, start=1):
        yield from _cited(answer, citation, number)
    yield from _differing(answer, language)


def _nearest(answer: Answer, language: Language) -> Iterator[Piece]:
    if answer.nearest:
        yield Piece(role=Role.NEAREST, text=texts.NEAREST[language])
    for number, one in enumerate(answer.nearest, start=1):
        told = " ".join(["", *in_force.notes(one, answer.today, answer.as_of, language)])
        text = f"{name_of(one, language)}: “{_short(one.quote)}”{told}"
        yield Piece(role=Role.NEAREST, text=text, source=number)


def _reason(answer: Answer, language: Language) -> Piece:
    """Return why there is no answer, or not all of it; of a choice, what is asked back."""
    named = Reason.NO_SUCH_FIGURE if answer.operation and answer.detail else Reason.NOT_COVERED
    reason, detail = answer.reason or named, answer.detail
    if reason in _OF_FIGURES:
        detail = telling.periods_in(detail, language) or texts.ANY_PLACE[language]
    return Piece(role=Role.REASON, text=texts.REASONS[reason][language].format(detail=detail))


def _cited(answer: Answer, citation: Citation, number: int) -> Iterator[Piece]:
    language = answer.question.language
    lead = texts.ACCORDING_TO if number == 1 else texts.SEE_ALSO
    what = name_of(citation, language) + in_force.state(citation, answer.today, language)
    said = texts.SAID[answer.said][language] if number == 1 and answer.said is not None else ""
    text = said + lead[language].format(what=what)
    yield Piece(role=Role.LEAD, text=text, source=number)
    quote = _joined(citation.excerpt or (citation.quote,))
    yield Piece(role=Role.QUOTE, text=quote, source=number)
    for note in in_force.notes(citation, answer.today, answer.as_of, language):
        yield Piece(role=Role.NOTE, text=note, source=number)


def _differing(answer: Answer, language: Language) -> Iterator[Piece]:
    """Yield what sources in force say differently, side by side."""
    if answer.differing:
        yield Piece(role=Role.OUTCOME, text=texts.DIFFERING[language])
    for one in answer.differing:
        citation = answer.citations[one.source - 1]
        since = in_force.day_words(one.since) if one.since else ""
        text = texts.STATED.format(
            source=one.source,
            name=titled(citation),
            since=texts.IN_FORCE_SINCE[language].format(day=since) if since else "",
            sentence=fold_white_space(one.sentence),
        )
        yield Piece(role=Role.FIGURE, text=text)


def _joined(parts: Sequence[str]) -> str:
    """Return the parts of an excerpt with marks where something is left out; lists stay lists."""
    text = parts[0]
    for part in parts[1:]:
        end = "\n" if _LINE.match(part) else " "
        text = f"{text}{end}{texts.CUT}{end}{part}"
    return text


def name_of(citation: Citation, language: Language) -> str:
    """Return what a citation is called in a sentence: "khoản 1 Điều 23 Luật Hợp tác xã …"."""
    if citation.kind is Kind.DIGEST:
        return texts.DIGEST[language].format(what=citation.locator)
    if citation.kind is Kind.LAW:
        return f"{_clause_first(citation.locator)} {titled(citation)}"
    scope = ", ".join(part for part in (citation.place, citation.period) if part)
    return f"“{citation.title or citation.source}”" + (f" ({scope})" if scope else "")


def source_line(citation: Citation, language: Language) -> str:
    """Return one line that lets a reader find the place: document, locator, page, file."""
    parts = [f"{titled(citation)}, {citation.locator}" if citation.kind is not Kind.DIGEST else ""]
    if citation.kind is Kind.DIGEST:
        parts = [texts.DIGEST[language].format(what=citation.locator)]
    if citation.page and "trang" not in citation.locator:
        parts.append(texts.PAGE[language].format(page=citation.page))
    return f"{', '.join(parts)} ({citation.source})"


def titled(citation: Citation) -> str:
    """Return title and number; a long title of a decree is left to its number."""
    title = citation.title or citation.source
    words = title.split()
    if citation.number and len(words) > 10:  # noqa: PLR2004  (words that fit a line)
        title = " ".join(words[:10]) + "…"
    return f"{title} {citation.number}".strip()


def _clause_first(locator: str) -> str:
    article, mark, clause = locator.partition(" khoản ")
    if not mark:
        return article
    clause, mark, point = clause.partition(" điểm ")
    return (f"điểm {point} " if mark else "") + f"khoản {clause} {article}"


def _short(text: str) -> str:
    line = fold_white_space(text)
    return line if len(line) <= _LONGEST_NEAREST else f"{line[:_LONGEST_NEAREST]}…"


def answer_json(answer: Answer, *, latency_ms: int, identity: object = None) -> dict[str, object]:
    """Return an answer as the contract of the command line has it."""
    return {
        "id": identity,
        "question": answer.question.text,
        "understood": answer.question.understood,
        "status": answer.status.value,
        "answer": answer_text(answer),
        "citations": [citation_json(citation) for citation in answer.citations],
        "figures": [figure_json(figure) for figure in answer.figures],
        "suggestions": list(answer.suggestions),
        "latency_ms": latency_ms,
    }


def citation_json(citation: Citation) -> dict[str, object]:
    """Return a citation as the contract has it."""
    return {
        "document": citation.document,
        "source": citation.source,
        "title": citation.title,
        "number": citation.number or None,
        "article": citation.article or None,
        "locator": citation.locator,
        "page": citation.page,
        "quote": citation.quote,
    }


def figure_json(figure: Figure) -> dict[str, object]:
    """Return a figure as the contract has it; values are numbers without a needless point."""

    def number(value: object) -> object:
        if value is None:
            return None
        plain = float(str(value))
        return int(plain) if plain.is_integer() else plain

    told: dict[str, object] = {
        "indicator": figure.indicator,
        "subject": figure.subject,
        "value": number(figure.value),
        "value_max": number(figure.value_max),
        "comparator": figure.comparator.value,
        "unit": figure.unit,
        "place": figure.place,
        "period": figure.period,
        "kind": figure.kind.value,
        "document": figure.document,
        "source": figure.source,
        "quote": figure.quote,
    }
    if figure.parts:
        told["from"] = [figure_json(part) for part in figure.parts]
    return told
