"""Figures of running text: each quantity with its place, period, kind, unit and sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ingest.figures import kinds
from ingest.figures.context import Context, Setting, Surroundings
from ingest.figures.nouns import ORGANISATIONS, SPOKEN, unit_of
from ingest.figures.sentences import Sentence, sentences
from ingest.structure.lines import Line
from knowledge.model import FigureKind
from knowledge.understanding.orders import order_in
from knowledge.vietnamese.periods import years
from knowledge.vietnamese.places import find_places
from knowledge.vietnamese.quantities import Quantity, find_quantities
from knowledge.vietnamese.text import TOKEN, bare_key, search_key, tokens, without_marks

# durations, distances and what a report counts of its own making
PASSED_OVER = frozenset(
    ("năm", "tháng", "ngày", "giờ", "tuần", "phút", "lần", "tuổi", "km", "điểm", "đề án")
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_WHOLE_DISTRICT = re.compile(r"\btoan (?:huyen|thi xa|quan|thanh pho)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One quantity of a document, understood.

    Attributes:
        value: in base units; negative for a decrease.
        quantity: as read; its places are those in the sentence.
        unit: of the quantity, or of the noun that it speaks of.
        offset: of the number in the document's text.
        sentence: in which it stands; of a table the row.
        before: the search key, without marks, of what leads to it.
        behind: of what follows it.
        flow: it sums up what happened during the period; else it counts what is there at its end.
        in_table: it is a cell, and `before` holds caption, header and row.
        label: of a cell, what header and row say, as printed.
        previous: the quantity in front of it in its sentence, None for the first one.
        divides: the quantity of an earlier sentence of which it tells a part, else None.
    """

    value: Decimal
    quantity: Quantity
    unit: str
    place: str
    period: str
    kind: FigureKind
    offset: int
    sentence: Sentence
    before: str
    behind: str
    flow: bool = False
    in_table: bool = False
    label: str = ""
    previous: Stated | None = field(default=None, repr=False, compare=False)
    divides: Stated | None = field(default=None, repr=False, compare=False)


@dataclass(slots=True)
class _Told:
    """What the sentences so far leave for the next: what is counted, what is aimed at."""

    counted: str = ""
    aims_in: int = -1  # paragraph
    flow: Stated | None = None  # that what follows may divide up


def stated_in(lines: Sequence[Line], setting: Setting) -> Iterator[Stated]:
    """Yield the quantities of a document's running text, in order."""
    setting = replace(setting, place=_district(lines) or setting.place)
    context, told = Context(setting), _Told()
    for sentence in sentences(lines):
        around = context.enter(sentence)
        key = bare_key(sentence.text)
        told.flow = told.flow if kinds.tells_parts(key) else None
        found = list(_of_sentence(sentence, key, around, setting, told))
        aims = all(one.kind is FigureKind.TARGET for one in found)
        if kinds.continues_plan(key) and told.aims_in == sentence.paragraph - 1:
            told.aims_in = sentence.paragraph
        if told.aims_in == sentence.paragraph and not kinds.speaks_of_results(key):
            found = [replace(one, kind=FigureKind.TARGET) for one in found]
        elif found and aims and not sentence.bullet:
            told.aims_in = sentence.paragraph
        counts = [one for one in found if one.unit in ORGANISATIONS]
        if counts and all(one.flow for one in (found[0], counts[-1])):
            told.flow = told.flow or found[0]
        elif counts:
            told.flow = None
        elif found and found[0].flow:
            told.flow = told.flow or found[0]
        yield from (one for one in found if one.unit)


def _of_sentence(
    sentence: Sentence, key: str, around: Surroundings, setting: Setting, told: _Told
) -> Iterator[Stated]:
    quantities = _quantities(sentence)
    starts = [*(one.start for one in quantities[1:]), len(key)]
    previous: Stated | None = None
    verbs = _without_places(sentence.text, key)
    for quantity, finish in zip(quantities, starts, strict=False):
        before = key[previous.quantity.end if previous else 0 : quantity.start]
        behind = _behind(key, quantities, quantity, finish)
        sign = _sign(
            quantity, verbs, verbs[quantity.start - len(before) : quantity.start], behind, previous
        )
        own = kinds.own_words(before, first=previous is None)
        follows = _shares_verb(before, previous)
        flow = told.flow is not None or follows or kinds.is_flow(quantity, own, behind)
        scope = around.scope(quantity.start, stock=not (flow or sign))
        unit = unit_of(quantity, key[: quantity.start], before, told.counted)
        if unit in SPOKEN and (previous is None or told.counted not in ORGANISATIONS):
            told.counted = unit  # what a sentence counts first is what "đơn vị" means in the next
        previous = Stated(
            value=quantity.value * (sign or 1),
            quantity=quantity,
            unit=unit,
            place=scope.place,
            period=scope.period,
            kind=_kind(sign, key, quantity, sentence, scope.period, setting),
            offset=sentence.start + quantity.number_start,
            sentence=sentence,
            before=before,
            behind=behind,
            flow=flow,
            previous=previous,
            divides=told.flow,
        )
        yield previous


def _quantities(sentence: Sentence) -> list[Quantity]:
    """Return what a sentence counts; "say that everyone gets 500 million" tells no result."""
    if order_in(sentence.text):
        return []
    return [one for one in find_quantities(sentence.text) if _counts(one, sentence)]


def _without_places(text: str, key: str) -> str:
    """Return a key in which names of places are blotted out: "Đồng Tháp" is no fall ("thấp")."""
    spans = [match.span() for match in TOKEN.finditer(search_key(text))]
    for mention in find_places(tokens(search_key(text))):
        start, end = spans[mention.start][0], spans[mention.end - 1][1]
        key = f"{key[:start]}{'_' * (end - start)}{key[end:]}"
    return key


def _behind(key: str, quantities: Sequence[Quantity], quantity: Quantity, finish: int) -> str:
    """Return what follows a quantity; of those joined by "và" what follows the last of them."""
    behind = key[quantity.end : finish]
    later = [one for one in quantities if one.start > quantity.start]
    while later and _IN_BRACKETS.sub("", behind).strip() == "va":
        end = later[1].start if len(later) > 1 else len(key)
        behind, later = key[later[0].end : end], later[1:]
    return behind


def _shares_verb(before: str, previous: Stated | None) -> bool:
    if previous is None or not previous.flow:
        return False
    return kinds.is_joined(before, previous.before) or kinds.is_of_last_year(before)


def _sign(quantity: Quantity, key: str, before: str, behind: str, previous: Stated | None) -> int:
    """Return 1 for a rise, -1 for a fall, 0 for a state; a change may go on from the one before."""
    sign = kinds.change(key, before, behind, quantity.unit)
    if sign or previous is None:
        return sign
    if previous.kind is FigureKind.CHANGE:
        return kinds.goes_on(before, behind, quantity.unit, previous.value)
    return 1 if previous.unit == quantity.unit and kinds.is_more(before) else 0


def _kind(
    sign: int, key: str, quantity: Quantity, sentence: Sentence, period: str, setting: Setting
) -> FigureKind:
    if sign:
        return FigureKind.CHANGE
    lead, behind = kinds.lead_of(key, quantity.start), key[quantity.end :]
    share = lead.rstrip().endswith("/")
    if kinds.is_aimed(lead, behind, share=share) or _is_future(period, setting):
        return FigureKind.TARGET
    above = bare_key(f"{sentence.heading} {sentence.intro}")
    listed = sentence.bullet and kinds.speaks_of_aims(above)
    if listed and not kinds.speaks_of_results(lead):
        return FigureKind.TARGET
    return FigureKind.ACTUAL


def _counts(quantity: Quantity, sentence: Sentence) -> bool:
    """Tell whether a quantity is one that somebody would look up: page views are not."""
    viewed = sentence.text[quantity.end :].startswith(" xem")
    return quantity.unit not in PASSED_OVER and not viewed


def _is_future(period: str, setting: Setting) -> bool:
    if not period or setting.published is None:
        return False
    return min(years(period)) > setting.published.year


def _district(lines: Sequence[Line]) -> str:
    """Return the one district that a text is about as a whole; "" for a province's text."""
    key = search_key("\n".join(line.text for line in lines))
    if not _WHOLE_DISTRICT.search(without_marks(key)):
        return ""
    named = {mention.place.name for mention in find_places(tokens(key))}
    districts = [name for name in named if "(" in name]
    return districts[0] if len(districts) == 1 else ""
