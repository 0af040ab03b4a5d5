"""Documents and figures of which it is not known where or when they are from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.checking.model import Case, Checked, Problem, ProblemKind, problem
from knowledge.model import Figure, Kind

_TELL_FIGURES = frozenset((Kind.REPORT, Kind.TABLE))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lack:
    """One thing that may be missing, with its cases."""

    kind: ProblemKind
    of_document: Case
    of_figure: Case
    field: str


_LACKS = (
    _Lack(
        kind=ProblemKind.UNPLACED,
        of_document=Case.DOCUMENT_UNPLACED,
        of_figure=Case.FIGURE_UNPLACED,
        field="place",
    ),
    _Lack(
        kind=ProblemKind.UNDATED,
        of_document=Case.DOCUMENT_UNDATED,
        of_figure=Case.FIGURE_UNDATED,
        field="period",
    ),
)


def scope_problems(checked: Checked) -> Iterator[Problem]:
    """Yield what lacks place or period: the whole document once, or single figures.

    A document whose figures have places or periods of their own lacks none, nor does one that
    states no figures.
    """
    document, metadata = checked.document, checked.document.metadata
    if metadata.kind not in _TELL_FIGURES or not checked.figures:
        return
    for lack in _LACKS:
        lacking = [one for one in checked.figures if not _has(one, lack.field)]
        known = bool(metadata.place if lack.field == "place" else metadata.period)
        if not known and len(lacking) == len(checked.figures):
            yield Problem(
                kind=lack.kind,
                case=lack.of_document,
                document=document.id,
                source=document.source,
                place=metadata.place,
                period=metadata.period,
            )
            continue
        for quote in dict.fromkeys(one.quote for one in lacking):
            first = next(one for one in lacking if one.quote == quote)
            others = tuple(one for one in lacking if one.quote == quote and one is not first)
            yield problem(lack.of_figure, first, others, kind=lack.kind)


def _has(figure: Figure, field: str) -> bool:
    return bool(figure.place if field == "place" else figure.period)
