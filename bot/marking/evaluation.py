"""Scores of the assistant on a question file: right answers, right refusals, verbatim quotes.

A question about rules is right when a gold article is among the first three citations (all of them
with `all_required`) and every gold string stands in the answer or its quotes; one about figures as
`bot.figure_marking` says. A question that must be refused is right when it ends as `not_found` or
`refused`.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any

from bot.marking import figure_marking
from bot.saying.figure_words import amount
from bot.saying.render import answer_text
from knowledge.answering import Assistant
from knowledge.errors import UsageError
from knowledge.model import Answer, Citation, Figure, Status
from knowledge.search.library import Library
from knowledge.vietnamese.text import folded, search_key, without_marks

FIRST = 3  # citations among which a gold article must be
POLICY, REFUSE = "policy", "refuse"
SCORED = frozenset((POLICY, REFUSE, *figure_marking.TYPES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One question with what its answer must hold; the keys are those of the question file."""

    id: str
    question: str
    type: str
    style: str
    history: tuple[str, ...]
    articles: tuple[tuple[str, str], ...]
    all_required: bool
    strings: tuple[tuple[str, ...], ...]
    forbidden: tuple[str, ...]
    expected: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """One question's outcome.

    Attributes:
        rank: 1-based rank of the first gold article among the citations; 0 when it is not there.
    """

    gold: Gold
    answer: Answer
    right: bool
    rank: int
    verbatim: int
    latency_ms: float
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What a question file gave; shares are from 0 to 1.

    Attributes:
        first_article: share of the questions about rules whose first citation is a gold article.
    """

    questions: int
    right: float
    first_article: float
    refusals: float
    verbatim: float
    p50_ms: float
    p95_ms: float
    skipped: int
    styles: dict[str, tuple[int, int]] = field(default_factory=dict)
    wrong: tuple[Marked, ...] = ()


def read_gold(path: Path) -> list[Gold]:
    """Return the questions of a file.

    Raises:
        UsageError: a line is not a question.
    """
    found: list[Gold] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                found.append(_gold(json.loads(line)))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise UsageError(f"{path.name}, line {number}: not a question ({error})") from error
    return found


def _gold(row: dict[str, object]) -> Gold:
    alternatives = dict(row.get("alt_contain") or {})  # type: ignore[call-overload]
    strings = [str(text) for text in row.get("must_contain") or ()]  # type: ignore[attr-defined]
    return Gold(
        id=str(row.get("id", "")),
        question=str(row["question"]),
        type=str(row.get("type", "policy")),
        style=str(row.get("style", "")),
        history=tuple(str(text) for text in row.get("history") or ()),  # type: ignore[attr-defined]
        articles=tuple(
            (str(item.get("document") or item["source"]), str(item.get("article") or ""))
            for item in row.get("must_cite") or ()  # type: ignore[attr-defined]
        ),
        all_required=bool(row.get("all_required")),
        strings=tuple((text, *alternatives.get(text, ())) for text in strings),
        forbidden=tuple(str(text) for text in row.get("must_not_contain") or ()),  # type: ignore[attr-defined]
        expected=dict(row.get("expect") or {}),  # type: ignore[call-overload]
    )


def evaluate(
    assistant: Assistant,
    questions: Sequence[Gold],
    *,
    unmarked: bool = False,
    progress: Callable[[int], None] = lambda _done: None,
) -> Scores:
    """Ask every question and score the answers.

    Args:
        assistant: the one that is asked.
        questions: of any type; those that cannot be scored are counted.
        progress: called with the number of questions done.
        unmarked: ask every question without its tone marks.
    """
    marked = ask_all(assistant, questions, unmarked=unmarked, progress=progress)
    return _scores(marked, len(questions) - len(marked))


def ask_all(
    assistant: Assistant,
    questions: Sequence[Gold],
    *,
    unmarked: bool = False,
    progress: Callable[[int], None] = lambda _done: None,
) -> list[Marked]:
    """Ask every question that can be scored; return the outcomes in the order of the questions."""
    library = assistant.library()
    marked: list[Marked] = []
    for done, gold in enumerate(questions, start=1):
        if gold.type in SCORED:
            text = without_marks(gold.question) if unmarked else gold.question
            started = time.perf_counter()
            answer = assistant.answer(text, gold.history)
            latency = (time.perf_counter() - started) * 1000
            marked.append(mark(library, gold, answer, latency))
        progress(done)
    return marked


def mark(library: Library, gold: Gold, answer: Answer, latency_ms: float) -> Marked:
    """Return one question's outcome."""
    quotes = [citation.quote for citation in answer.citations]
    verbatim = sum(
        folded(one.quote) in folded(library.texts[one.document]) for one in answer.citations
    )
    rank = _rank(gold, answer.citations)
    said = "\n".join([answer_text(answer), *quotes])
    missing = tuple(
        options[0] for options in gold.strings if not any(holds(said, one) for one in options)
    )
    if gold.type in figure_marking.TYPES:
        right = figure_marking.is_right(gold.type, gold.expected, answer, said)
    elif gold.type == REFUSE:
        right = answer.status in (Status.NOT_FOUND, Status.REFUSED)
    else:
        cited = _all_cited(gold, answer.citations) if gold.all_required else 0 < rank <= FIRST
        right = answer.status in (Status.ANSWERED, Status.PARTIAL) and cited and not missing
    return Marked(
        gold=gold,
        answer=answer,
        right=right,
        rank=rank,
        verbatim=verbatim,
        latency_ms=latency_ms,
        missing=missing,
    )


def holds(text: str, wanted: str) -> bool:
    """Tell whether a text holds a string, white space and case aside, numbers as wholes.

    "5%" is not in "25%"; "5 thành viên" is in "05 thành viên".
    """
    body, sought = search_key(folded(text)), search_key(folded(wanted))
    before = r"(?<![\d.,])0*" if sought[:1].isdigit() else ""
    behind = r"(?!\d|[.,]\d)" if sought[-1:].isdigit() else ""
    return re.search(f"{before}{re.escape(sought)}{behind}", body) is not None


def _rank(gold: Gold, citations: Sequence[Citation]) -> int:
    for rank, citation in enumerate(citations, start=1):
        if any(_cites(citation, *wanted) for wanted in gold.articles):
            return rank
    return 0


def _cites(citation: Citation, document: str, article: str) -> bool:
    """Tell whether a citation is of a document, by number or file name, and of its article."""
    same = document in (citation.number, citation.source)
    return same and article in ("", citation.article)


def _all_cited(gold: Gold, citations: Sequence[Citation]) -> bool:
    return all(
        any(_cites(citation, *wanted) for citation in citations[:FIRST]) for wanted in gold.articles
    )


def _scores(marked: Sequence[Marked], skipped: int) -> Scores:
    answerable = [one for one in marked if one.gold.type != REFUSE]
    refusable = [one for one in marked if one.gold.type == REFUSE]
    rules = [one for one in answerable if one.gold.type == POLICY]
    quotes = [len(one.answer.citations) for one in marked]
    times = sorted(one.latency_ms for one in marked)
    styles: dict[str, tuple[int, int]] = {}
    for one in answerable:
        right, total = styles.get(one.gold.style, (0, 0))
        styles[one.gold.style] = (right + one.right, total + 1)
    return Scores(
        questions=len(marked),
        right=_share(one.right for one in answerable),
        first_article=_share(one.rank == 1 for one in rules),
        refusals=_share(one.right for one in refusable),
        verbatim=sum(one.verbatim for one in marked) / sum(quotes) if sum(quotes) else 1.0,
        p50_ms=_percentile(times, 50),
        p95_ms=_percentile(times, 95),
        skipped=skipped,
        styles=styles,
        wrong=tuple(one for one in marked if not one.right),
    )


def scores_json(scores: Scores) -> dict[str, object]:
    """Return the scores as plain values."""
    return {
        "questions": scores.questions,
        "right": round(scores.right, 4),
        "first_article": round(scores.first_article, 4),
        "refusals": round(scores.refusals, 4),
        "verbatim": round(scores.verbatim, 4),
        "p50_ms": scores.p50_ms,
        "p95_ms": scores.p95_ms,
        "skipped": scores.skipped,
        "styles": {
            style: {"right": right, "questions": total}
            for style, (right, total) in scores.styles.items()
        },
        "wrong": [one.gold.id for one in scores.wrong],
    }


def scores_text(scores: Scores, *, wrong: bool = False) -> str:
    """Return the scores as lines for a person; `wrong` lists what went wrong and how."""
    lines = [
        f"questions        {scores.questions} ({scores.skipped} of other types left out)",
        f"right            {scores.right:.1%}",
        f"gold first       {scores.first_article:.1%}",
        f"refusals         {scores.refusals:.1%}",
        f"verbatim quotes  {scores.verbatim:.1%}",
        f"latency          p50 {scores.p50_ms} ms, p95 {scores.p95_ms} ms",
        *(f"  {style:<15}{right}/{total}" for style, (right, total) in scores.styles.items()),
    ]
    for one in scores.wrong if wrong else ():
        cited = ", ".join(f"{c.number or c.source} {c.locator}" for c in one.answer.citations)
        lines += [
            f"{one.gold.id}  {one.gold.question}",
            f"    {one.answer.question.understood}",
            f"    {one.answer.status.value} {one.answer.reason.value} {one.answer.detail}"
            f" rank={one.rank} missing={list(one.missing)} [{cited}]",
            *(f"    = {_told(figure)}" for figure in one.answer.figures),
        ]
    return "\n".join(lines)


def _told(figure: Figure) -> str:
    where = " · ".join(part for part in (figure.place, figure.period, figure.kind.value) if part)
    return f"{figure.indicator}: {amount(figure)} · {where} · {figure.source}"


def _share(values: Iterable[bool]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 1.0


def _percentile(times: Sequence[float], percent: int) -> float:
    if len(times) < 2:  # noqa: PLR2004
        return round(times[0], 1) if times else 0.0
    return round(quantiles(times, n=100, method="inclusive")[percent - 1], 1)
