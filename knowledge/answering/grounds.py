"""A cited passage, taken apart so that a sentence can be held against it.

A passage is read in pieces: its lines and sentences, an item of a list with the words that open the
list. A piece is read in clauses, so that a number belongs to what stands beside it: "Bến Tre có 187
HTX, Trà Vinh có 163 HTX" says nothing about 163 in Bến Tre.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.answering.stated import Reference, Stated, stated
from knowledge.model import Citation, Kind
from knowledge.vietnamese.lexicon import rivals, stop_words, words_of
from knowledge.vietnamese.places import find_places
from knowledge.vietnamese.text import bare_key, printed, search_key, tokens

_LINE = re.compile(r"\n+|(?<=[.;!?…])\s+(?=[^\W\d_]|[\"“])")
_ENUMERATOR = re.compile(r"(?:^|\n)\s*(?:\d{1,2}|[A-ZĐ])\.$")
# Not the "còn" of "không còn nợ".
_CUT = re.compile(
    r"[,;:()]+\s+(?:(?:và|còn|hoặc|nhưng)\s+)?|\s+\(|\s+[-–]\s+"
    r"|\s+(?P<and>và|hoặc|nhưng|(?<!không )(?<!vẫn )(?<!chỉ )(?<!hiện )còn)\s+"
)
_SHORT_FORM = re.compile(r" \([A-ZĐ]{2,8}\)")  # "hợp tác xã (HTX)"
_LEAST_OF_CLAUSE = 2  # words of meaning; a shorter stretch belongs to its neighbour
_CONTEXT = 0.5  # what a word of the clauses before counts, against one of the clause itself
_TIME = 2.0  # what a period counts: two of them differ more than two words do

# "tạm dừng trích quỹ", "từ chối cấp", "chấm dứt cho vay": what follows does not happen either
_NEGATION = frozenset(
    ["không", "chưa", "chẳng", "chả", "dừng", "ngừng", "ngưng", "cấm", "miễn", "hủy", "chối", "dứt"]
)
_BOUND = frozenset(
    ["quá", "dưới", "vượt", "ít", "nhiều", "thấp", "cao", "lớn", "nhỏ", "kém", "hơn", "trên"]
)
_REACH = 4  # words behind a "không" that it denies
_HALT = re.compile(r"([,;:.()]|\b(?:nhưng|mà|thì)\b)")

_POINTS = re.compile(r"(?m)^\s*([a-zđ])\)")
_CLAUSES = re.compile(r"(?m)^\s*(\d{1,2})\.\s")
_LOCATOR_CLAUSE = re.compile(r"khoản (\d{1,2})(?:-(\d{1,2}))?")
_KIND = re.compile(r"^(?:Bộ luật|Luật|Nghị định|Thông tư|Quyết định|Nghị quyết|Chỉ thị)\b")


def content_of(words: Iterable[str]) -> list[str]:
    """Return the words that carry meaning, numbers left out."""
    return [word for word in words if word not in stop_words() and not word[0].isdigit()]


def families_in(words: list[str]) -> dict[str, set[str]]:
    """Return what a text says of each family of words that exclude each other; places are one."""
    found: dict[str, set[str]] = defaultdict(set)
    for _, _, values in rivals().matches(words):
        for value in values:
            family, _, meaning = value.partition(":")
            found[family].add(meaning)
    for mention in find_places(words):
        found["place"].add(mention.place.name)
    return dict(found)


@dataclass(frozen=True, slots=True)
class Polarity:
    """The words of meaning of a text that are denied, that are not, and that may be.

    "Không được chuyển nhượng, cho thuê": what follows the comma may be denied too.
    """

    denied: frozenset[str]
    said: frozenset[str]
    maybe: frozenset[str]


def polarity_of(text: str) -> Polarity:
    """Return which words a text denies: those close behind a "không" that is no bound."""
    denied: list[str] = []
    said: list[str] = []
    maybe: list[str] = []
    goes_on = False
    parts = [*_HALT.split(search_key(text)), ""]
    for stretch, halt in zip(parts[::2], parts[1::2], strict=True):
        no, yes = _denied(words_of(stretch))
        denied += no
        said += yes
        maybe += yes if goes_on else []
        goes_on = (goes_on or bool(no)) and halt == ","
    return Polarity(*(frozenset(content_of(words)) for words in (denied, said, maybe)))


def _denied(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the words that one stretch denies, and the others."""
    denied: list[str] = []
    said: list[str] = []
    reach = 0
    for word, behind in zip(words, [*words[1:], ""], strict=False):
        if word in _NEGATION and behind not in _BOUND:
            reach = _REACH
        else:
            (denied if reach > 0 else said).append(word)
            reach -= 1
    return denied, said


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A stretch of a text with its numbers.

    Attributes:
        marks: what it is known by, with the weight of each: words, pairs of words, periods.
        context: the same of the words before it in its piece, which it may rest on.
    """

    text: str
    words: tuple[str, ...]
    stated: Stated
    marks: Mapping[str, float]
    context: Mapping[str, float]

    def worth_of(self, asked: Mapping[str, float], context: Mapping[str, float]) -> float:
        """Return how well this clause tells what another one is about, itself first."""
        own = sum(weight for mark, weight in asked.items() if mark in self.marks)
        near = sum(
            weight
            for mark, weight in asked.items()
            if mark in self.context and mark not in self.marks
        )
        around = sum(
            weight
            for mark, weight in context.items()
            if mark not in asked and (mark in self.marks or mark in self.context)
        )
        return own + _CONTEXT * near + _CONTEXT * around


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A line or a sentence of a passage, with the words that open its list in front.

    Attributes:
        times: the periods that it is about: its own, else those that the text named last.
    """

    text: str
    words: tuple[str, ...]
    polarity: Polarity
    clauses: tuple[Clause, ...]
    times: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A cited passage as sentences are held against it.

    Attributes:
        head: title, number and place of the passage, as it is named to readers.
        words: all words of head and quotation; `quoted` those of the quotation alone.
        naming: the words of the head, and of the line that is the quotation's heading.
        pairs: neighbours among them.
        own: the references that the passage itself is.
        named: the references that its text names.
        periods: those in it, each with the side of it that is meant.
        bases: those that others are only compared with.
    """

    head: str
    kind: Kind
    pieces: tuple[Piece, ...]
    words: frozenset[str]
    quoted: frozenset[str]
    naming: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    families: Mapping[str, set[str]]
    periods: frozenset[tuple[str, str]]
    bases: frozenset[str]
    own: tuple[Reference, ...]
    named: tuple[Reference, ...]
    bare: str


def pieces_of(text: str, *, whole_lines: bool = False) -> tuple[Piece, ...]:
    """Return the lines and sentences of a passage, an item of a list behind its opening words.

    Args:
        text: the quotation.
        whole_lines: it is of a table, where a line is one row.
    """
    found: list[Piece] = []
    opening = ""
    for line in text.split("\n") if whole_lines else _lines(text):
        found.append(_piece(line, "" if line.endswith(":") else opening))
        if line.endswith(":"):
            opening = line
    return tuple(found)


def clauses_of(text: str, before: Mapping[str, float] | None = None) -> tuple[Clause, ...]:
    """Return the clauses of one line.

    Args:
        text: one line.
        before: the marks of what opens it.
    """
    found: list[Clause] = []
    context = dict(before or {})
    for part in _parts(text):
        told = stated(part)
        words = tuple(words_of(told.plain))
        marks = _marks(words, [time.iso for time in told.times])
        found.append(
            Clause(text=part, words=words, stated=told, marks=marks, context=dict(context))
        )
        context |= marks
    return tuple(found)


def ground_of(citation: Citation) -> Ground:
    """Return a citation ready to hold sentences against."""
    head, quote = head_of(citation), _SHORT_FORM.sub("", printed(citation.quote))
    pieces = pieces_of(quote, whole_lines=citation.kind is Kind.TABLE)
    lines = [words_of(line) for line in (*head.split("\n"), *quote.split("\n"))]
    raw = [tokens(search_key(line)) for line in (*head.split("\n"), *quote.split("\n"))]
    everything = [word for words in lines for word in words]
    told = [stated(line) for line in (head.replace("\n", " ; "), *_lines(quote))]
    times = [time for one in told for time in one.times]
    return Ground(
        head=head,
        kind=citation.kind,
        pieces=tuple(_dated(pieces, _periods_of_head(head, citation))),
        words=frozenset(everything),
        quoted=frozenset(word for piece in pieces for word in piece.words),
        naming=frozenset(words_of(head)) | frozenset(words_of(_heading(quote))),
        pairs=frozenset(pair for words in (*lines, *raw) for pair in pairwise(words)),
        families=families_in(everything),
        periods=frozenset((time.iso, time.side) for time in times)
        | frozenset((iso, "") for iso in _periods(citation)),
        bases=frozenset(time.iso for time in times if time.base)
        - frozenset(time.iso for time in times if not time.base)
        - frozenset(_periods(citation)),
        own=_own(citation, quote),
        named=tuple(reference for one in told for reference in one.references),
        bare=bare_key(f"{head}\n{quote}"),
    )


def head_of(citation: Citation) -> str:
    """Return the lines that name a passage: title, number in full, locator, place, period."""
    kind = _KIND.match(citation.title)
    names = (
        [f"{kind[0]} {citation.number}", f"{kind[0]} số {citation.number}"]
        if kind and citation.number
        else [citation.number]
    )
    lines = [citation.title, *names, citation.locator, citation.place, citation.period]
    return "\n".join(printed(line) for line in lines if line)


def _periods(citation: Citation) -> list[str]:
    """Return the period of a report, and the year in the number of a law."""
    year = re.search(r"/((?:19|20)\d\d)/", citation.number)
    return [one for one in (citation.period, year[1] if year else "") if one]


def _own(citation: Citation, quote: str) -> tuple[Reference, ...]:
    """Return what the passage itself is: its article, its clauses, the points in it."""
    match = _LOCATOR_CLAUSE.search(citation.locator)
    span = range(int(match[1]), int(match[2] or match[1]) + 1) if match else range(0)
    clauses = {"", *map(str, span), *_CLAUSES.findall(quote)}
    points = {"", *(bare_key(point) for point in _POINTS.findall(quote))}
    told = re.search(r"điểm ([a-zđ])\b", citation.locator)
    points |= {bare_key(told[1])} if told else set()
    return tuple(
        Reference(article, clause, point)
        for article in {citation.article, ""}
        for clause in clauses
        for point in points
    )


def _lines(text: str) -> list[str]:
    """Return the lines and sentences of a text; the number of a clause is no sentence."""
    found: list[str] = []
    held = ""
    place = 0
    for match in (*_LINE.finditer(text), None):
        part = text[place : match.start() if match else len(text)]
        held = f"{held} {part}".strip()
        place = match.end() if match else len(text)
        if match is not None and _ENUMERATOR.search(held):
            continue
        found += [held] if held else []
        held = ""
    return found


def _piece(line: str, opening: str) -> Piece:
    text = f"{opening} {line}".strip()
    before = clauses_of(opening)[-1] if opening else None
    context = {**before.marks, **before.context} if before else {}
    # the opening words say themselves what they state; an item states what stands in it
    clauses = clauses_of(line, context)
    return Piece(
        text=text,
        words=tuple(words_of(stated(text).plain)),
        polarity=_joined([polarity_of(stated(one).plain) for one in (opening, line)]),
        clauses=clauses,
        times=frozenset(time.iso for time in stated(text).times if not time.base),
    )


def _dated(pieces: Iterable[Piece], named: frozenset[str]) -> Iterator[Piece]:
    """Yield pieces with their periods; one without any takes those before it and of the head."""
    last: frozenset[str] = frozenset()
    for piece in pieces:
        last = piece.times or last
        yield replace(piece, times=piece.times or last | named)


def _periods_of_head(head: str, citation: Citation) -> frozenset[str]:
    told = stated(head.replace("\n", " ; "))
    return frozenset(time.iso for time in told.times) | frozenset(_periods(citation))


def _heading(quote: str) -> str:
    """Return the line that heads a quotation; "" when the first one is already text."""
    first, _, rest = quote.partition("\n")
    return first if rest.strip() and first[-1:] not in ".,;:" else ""


def _joined(parts: Sequence[Polarity]) -> Polarity:
    return Polarity(
        frozenset(word for one in parts for word in one.denied),
        frozenset(word for one in parts for word in one.said),
        frozenset(word for one in parts for word in one.maybe),
    )


def _parts(text: str) -> list[str]:
    """Return the stretches between commas, and between "và" where both sides hold a number."""
    cuts = [(*match.span(), match["and"] is not None) for match in _CUT.finditer(text)]
    spans: list[tuple[int, int]] = []
    joined_by_and, start = False, 0
    for cut_start, cut_end, is_and in (*cuts, (len(text), len(text), False)):
        part = text[start:cut_start]
        if spans and not _stands_alone(text[slice(*spans[-1])], part, numbers=joined_by_and):
            spans[-1] = (spans[-1][0], cut_start)
        elif part.strip():
            spans.append((start, cut_start))
        start, joined_by_and = cut_end, is_and
    return [text[begin:end].strip() for begin, end in spans]


def _stands_alone(before: str, part: str, *, numbers: bool) -> bool:
    """Tell whether two neighbouring stretches are two clauses."""
    if numbers and not (_has_number(before) and _has_number(part)):
        return False
    return min(_size(before), _size(part)) >= _LEAST_OF_CLAUSE


def _has_number(text: str) -> bool:
    told = stated(text)
    return bool(told.amounts or told.loose)


def _size(text: str) -> int:
    return len(content_of(words_of(stated(text).plain)))


def _marks(words: Sequence[str], periods: Iterable[str]) -> dict[str, float]:
    marks = dict.fromkeys(content_of(words), 1.0)
    pairs = pairwise(words)
    marks |= {
        f"{one} {other}": 1.0
        for one, other in pairs
        if len(content_of((one, other))) == 2  # noqa: PLR2004  (both carry meaning)
    }
    return marks | dict.fromkeys(periods, _TIME)
