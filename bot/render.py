"""An answer in words and in JSON. Pure: what is not in the answer is not said."""

from __future__ import annotations

from bot import texts
from knowledge.model import Answer, Citation, Figure, Kind, Language, Reason, Status
from knowledge.vietnamese.text import fold_white_space, search_key

_LONGEST_NEAREST = 220  # characters of each nearest passage


def answer_text(answer: Answer) -> str:
    """Return the answer as a person reads it, without markup."""
    language = answer.question.language
    if answer.status in (Status.ANSWERED, Status.PARTIAL):
        return _answered(answer, language)
    reason = texts.REASONS[answer.reason or Reason.NOT_COVERED][language]
    parts = [*_understood(answer, language), reason.format(detail=answer.detail)]
    if answer.nearest:
        parts.append(texts.NEAREST[language])
        parts += [f"- {name_of(one, language)}: “{_short(one.quote)}”" for one in answer.nearest]
    if answer.status is Status.NOT_FOUND and answer.reason is not Reason.EMPTY_QUESTION:
        parts.append(texts.WHOM_TO_ASK[language])
    return "\n".join(parts)


def _answered(answer: Answer, language: Language) -> str:
    parts = _understood(answer, language)
    for number, citation in enumerate(answer.citations, start=1):
        lead = texts.ACCORDING_TO if number == 1 else texts.SEE_ALSO
        what = name_of(citation, language)
        quote = f" {texts.CUT} ".join(citation.excerpt or (citation.quote,))
        parts.append(f"{lead[language].format(what=what)}\n“{quote}” [{number}]")
        if citation.expired:
            day = f"{citation.expired:%d/%m/%Y}"
            parts.append(texts.EXPIRED[language].format(day=day))
    if answer.status is Status.PARTIAL:
        parts.append(texts.REASONS[answer.reason][language].format(detail=answer.detail))
    listed = [
        f"[{number}] {source_line(citation, language)}"
        for number, citation in enumerate(answer.citations, start=1)
    ]
    return "\n\n".join([*parts, "\n".join([texts.SOURCES[language], *listed])])


def _understood(answer: Answer, language: Language) -> list[str]:
    """Return the question as it was read, where that is not how it was typed."""
    question = answer.question
    if search_key(question.understood) == search_key(question.text):
        return []
    return [texts.UNDERSTOOD[language].format(text=question.understood)]


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

    return {
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
