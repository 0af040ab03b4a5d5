"""The part of a quotation that a phone shows: the clause that answers first, lists whole.

A quotation may be longer than a screen. What is shown of it is whole lines and sentences: the
clause that answers, as much of it as fits, then what else of the quotation answers as well as it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.understanding.expected import Expected, fits
from knowledge.vietnamese.text import search_key, tokens

_PIECE_END = re.compile(r"\n|(?<=[.;!?…])\s+(?=[^\W\d_]|[\"“])")
_CLAUSE = re.compile(r"\d{1,3}\. ")
_GOOD_ELSEWHERE = 0.75  # of the worth of the clause's best piece: shown from other clauses too
_GRADES = 3  # pieces of a clause too long for the screen go by thirds of the best one's worth

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What makes a piece of text worth quoting.

    Attributes:
        words: the question's words and their legal terms, by rarity.
        form: what an answer must hold by the form of the question.
    """

    words: dict[str, float]
    form: Expected

    def worth(self, text: str) -> float:
        """Return the worth of a piece: its rare words, more when it holds what is asked for."""
        key = search_key(text)
        found = sum(self.words.get(word, 0.0) for word in set(tokens(key)))
        return found * (1.0 + fits(self.form, key))

    def states(self, text: str) -> bool:
        """Tell whether a number is asked for and a text holds one of that sort."""
        return self.form.sort is not None and self.is_stated(text)

    def is_stated(self, text: str) -> bool:
        """Tell whether a text holds a number of the sort that is asked for."""
        return self.form.sort is None or self.form.sort.search(search_key(text)) is not None


def excerpt(quote: str, best: str, wanted: Wanted, limit: int) -> tuple[str, ...]:
    """Return what is shown of a quotation, in its order; the whole when it fits.

    Args:
        quote: the quotation.
        best: text of the passage of it that answers best.
        wanted: what makes a piece worth showing.
        limit: characters; one piece alone may be longer.
    """
    if len(quote) <= limit:
        return (quote,)
    spans = pieces(quote)
    worth = [wanted.worth(quote[start:end]) for start, end in spans]
    clauses = _clauses(quote, spans)
    home = _home(quote, spans, clauses, worth, best, wanted)
    taken: set[int] = set()
    room = limit + 1
    for together in _by_worth(home, clauses, worth):
        length = sum(spans[index][1] - spans[index][0] + 1 for index in together)  # with a break
        if length <= room or not taken:
            taken.update(together)
            room -= length
    return _runs(quote, spans, sorted(taken))


def pieces(text: str) -> list[Span]:
    """Return the lines and sentences of a text, as (start, end)."""
    found: list[Span] = []
    start = 0
    for match in _PIECE_END.finditer(text):
        if re.search(r"(?:^|\n)\d{1,2}\.$", text[start : match.start()]):
            continue  # "1. Thành viên": the number of a clause is no sentence
        if match[0] != "\n" and text[match.end()].islower():
            continue
        found.append((start, match.start()))
        start = match.end()
    found.append((start, len(text)))
    return [(begin, end) for begin, end in found if text[begin:end].strip()]


def _clauses(quote: str, spans: Sequence[Span]) -> list[int]:
    """Return for each piece the number of its clause within the quotation."""
    found: list[int] = []
    for start, end in spans:
        begins = _CLAUSE.match(quote[start:end]) is not None
        found.append((found[-1] if found else 0) + begins)
    return found


def _home(
    quote: str,
    spans: Sequence[Span],
    clauses: Sequence[int],
    worth: Sequence[float],
    best: str,
    wanted: Wanted,
) -> int:
    """Return the clause that answers: of the best passage, unless only another states a number."""
    place = quote.find(best)
    if place >= 0:
        home = next(clause for (_, end), clause in zip(spans, clauses, strict=True) if place < end)
        inside = [span for span, clause in zip(spans, clauses, strict=True) if clause == home]
        if wanted.is_stated(quote[inside[0][0] : inside[-1][1]]):
            return home
    return clauses[max(range(len(spans)), key=lambda index: worth[index])]


def _by_worth(home: int, clauses: Sequence[int], worth: Sequence[float]) -> list[list[int]]:
    """Return pieces that are shown together, in the order in which they are as there is room.

    First the words that open the clause, for its points say nothing without them; then the points,
    by worth in grades and in their order, so that a list of equals stays a list; then other
    clauses that answer as well, each whole.
    """
    inside = [index for index, clause in enumerate(clauses) if clause == home]
    most = max(worth[index] for index in inside) or 1.0
    points = sorted(inside[1:], key=lambda index: (-int(_GRADES * worth[index] / most), index))
    others: dict[int, list[int]] = {}
    for index, clause in enumerate(clauses):
        if clause != home:
            others.setdefault(clause, []).append(index)
    best = {clause: max(worth[index] for index in members) for clause, members in others.items()}
    good = [clause for clause in others if best[clause] >= _GOOD_ELSEWHERE * most]
    good.sort(key=lambda clause: (-best[clause], clause))
    return [inside[:1], *([index] for index in points), *(others[clause] for clause in good)]


def _runs(quote: str, spans: Sequence[Span], taken: Sequence[int]) -> tuple[str, ...]:
    """Return the taken pieces, neighbours as one stretch."""
    runs: list[Span] = []
    for index in taken:
        start, end = spans[index]
        if runs and index and runs[-1][1] == spans[index - 1][1]:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return tuple(quote[start:end] for start, end in runs)
