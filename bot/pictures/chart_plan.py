"""What a chart of an answer's figures shows, before anything is drawn. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import takewhile

from bot import texts
from bot.saying.figure_words import amount_words, comparator_words, period_words, value_words
from knowledge.model import Answer, Figure, FigureKind, Language, Operation
from knowledge.vietnamese.text import printed

_DRAWN = {Operation.COMPARE, Operation.RANK, Operation.TREND, Operation.LIST}
# A phone shows a picture of this many rows at a size that can be read: 1,080 x 1,850 pixels.
MOST_MARKS = 25
MOST_SERIES = 4  # lines that are told apart by their colours
_SOURCES_NAMED = 2
_LONGEST_NAME = 70  # letters of a source


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One bar, or one point of a line.

    Attributes:
        label: what sets it apart; of a point, its period.
        value: in units of the chart's scale, as is `value_max`, the upper end of a range.
        words: the value to read.
        soft: not counted but aimed at.
    """

    label: str
    value: float
    value_max: float | None
    words: str
    soft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line: its name, "" for the only one, and its points with their places on the axis."""

    name: str
    marks: tuple[Mark, ...]
    places: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All that a chart says; exactly one of `bars` and `lines` is filled.

    Attributes:
        unit: of the axis, with its scale: "tỷ đồng".
        note: how many figures were left out; "" for none.
        bars: from the top.
        first: the first bar is what was asked for.
    """

    title: str
    subtitle: str
    unit: str
    source: str
    note: str
    language: Language
    bars: tuple[Mark, ...] = ()
    lines: tuple[Series, ...] = ()
    first: bool = False


def drawable(answer: Answer) -> bool:
    """Tell whether an answer has at least two stated figures of one measure to set side by side."""
    figures = stated(answer)
    changes = {one.kind is FigureKind.CHANGE for one in figures}
    units = {one.unit for one in figures}
    return answer.operation in _DRAWN and len(figures) > 1 and len(units) == len(changes) == 1


def stated(answer: Answer) -> tuple[Figure, ...]:
    """Return the figures that stand in a document, in order; what was computed is no bar."""
    return tuple(one for one in answer.figures if one.kind is not FigureKind.DERIVED)


def plan(answer: Answer) -> Plan:
    """Return what the chart of a drawable answer shows."""
    language, figures = answer.question.language, stated(answer)
    by_time = answer.operation is Operation.TREND
    trend = by_time and bool(_series(figures, language))
    shown = figures[-MOST_MARKS:] if by_time else figures[:MOST_MARKS]
    size, unit = _scale(shown, language)
    frame = Plan(
        title=_title(answer, figures),
        subtitle=_subtitle(answer, figures),
        unit=unit,
        source=_source(answer, figures),
        note=_note(len(figures) - len(shown), language),
        language=language,
        first=answer.operation is Operation.COMPARE,
    )
    if trend:
        return replace(frame, lines=_lines(shown, size, language))
    labels = _labels(shown, figures, language)
    words = [_bar_words(one, language) for one in shown]
    bars = (_mark(*parts, size) for parts in zip(shown, labels, words, strict=True))
    return replace(frame, bars=tuple(bars))


def caption(answer: Answer) -> str:
    """Return what stands under the picture of a drawable answer: its title and its sources."""
    figures = stated(answer)
    return f"{_title(answer, figures)}\n{_source(answer, figures)}"


# --- the head and the foot ---------------------------------------------------------------------


def _title(answer: Answer, figures: Sequence[Figure]) -> str:
    """Return the indicator; of several the words that they begin with, else the question."""
    indicators = [printed(one.indicator).split() for one in figures]
    columns = zip(*indicators, strict=False)
    shared = [column[0] for column in takewhile(lambda words: len(set(words)) == 1, columns)]
    same = all(words == shared for words in indicators)
    return _capital(" ".join(shared) if same or len(shared) > 1 else answer.question.understood)


def _subtitle(answer: Answer, figures: Sequence[Figure]) -> str:
    """Return what all figures share, then the difference if the answer tells one."""
    language = answer.question.language
    fields = ["place", "period", "kind"] + ([] if _names_subject(figures) else ["subject"])
    told = [{_FIELDS[field](one, language) for one in figures} for field in fields]
    told = [
        words for words in told if words != {texts.KINDS_OF_FIGURE[FigureKind.ACTUAL][language]}
    ]
    common = " · ".join(word for words in told if len(words) == 1 for word in words if word)
    return "\n".join(line for line in (common, _derived(answer, figures)) if line)


def _names_subject(figures: Iterable[Figure]) -> bool:
    """Tell whether each indicator names its subject already."""
    return all(printed(one.subject).lower() in printed(one.indicator).lower() for one in figures)


def _derived(answer: Answer, figures: Sequence[Figure]) -> str:
    """Return what was computed: a difference, or a figure under a name of its own."""
    language = answer.question.language
    derived = [one for one in answer.figures if one.kind is FigureKind.DERIVED]
    own = next((one for one in derived if not _is_named_after(one, figures)), None)
    if own is not None:
        return f"{_capital(own.indicator)}: {amount_words(own, language)}"
    by_unit = {one.unit: one for one in reversed(derived)}
    found = by_unit.get(figures[0].unit)
    if found is None or answer.operation not in {Operation.COMPARE, Operation.TREND}:
        return ""
    words = texts.DIFFERENCE
    if answer.operation is Operation.TREND and found.value:
        words = texts.INCREASE if found.value > 0 else texts.DECREASE
    told = [found, *([by_unit["%"]] if "%" in by_unit and found.unit != "%" else [])]
    amounts = [amount_words(replace(one, value=abs(one.value)), language) for one in told]
    return words[language].format(amount=amounts[0]) + "".join(f" ({one})" for one in amounts[1:])


def _is_named_after(derived: Figure, figures: Iterable[Figure]) -> bool:
    """Tell whether a computed figure is named by what it is of: "chênh lệch số HTX"."""
    return any(one.indicator.lower() in derived.indicator.lower() for one in figures)


def _source(answer: Answer, figures: Sequence[Figure]) -> str:
    language = answer.question.language
    titles = {one.document: one.title for one in answer.citations}
    found = dict.fromkeys(printed(titles.get(one.document) or one.source) for one in figures)
    names = "; ".join(_short(name) for name in list(found)[:_SOURCES_NAMED])
    more = len(found) - _SOURCES_NAMED
    if more > 0:
        names = texts.CHART_MORE_SOURCES[language].format(names=names, count=more)
    return texts.CHART_SOURCE[language].format(names=names)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"


def _note(left_out: int, language: Language) -> str:
    return texts.CHART_LEFT_OUT[language].format(count=left_out) if left_out else ""


def _scale(figures: Sequence[Figure], language: Language) -> tuple[Decimal, str]:
    """Return what values are divided by, and the unit that the axis has then."""
    unit = figures[0].unit
    largest = max(max(abs(one.value), abs(one.value_max or one.value)) for one in figures)
    for size, name in texts.SCALES if unit == "đồng" else ():
        if largest >= size:
            return size, f"{texts.SCALES_EN[name] if language is Language.ENGLISH else name} {unit}"
    return Decimal(1), unit


# --- bars and points ---------------------------------------------------------------------------


def _indicator(figure: Figure, _language: Language) -> str:
    return _capital(figure.indicator)


# What may set figures apart, in the order in which a label tells it.
_FIELDS: dict[str, Callable[[Figure, Language], str]] = {
    "place": lambda one, _: printed(one.place),
    "indicator": _indicator,
    "subject": lambda one, _: _capital(one.subject),
    "period": lambda one, language: period_words(one.period, language),
    "kind": lambda one, language: texts.KINDS_OF_FIGURE[one.kind][language],
    "source": lambda one, _: _short(printed(one.source)),
}


def _labels(
    shown: Sequence[Figure], figures: Sequence[Figure], language: Language, *leave: str
) -> list[str]:
    """Return what sets each figure apart; subject and file only where nothing else does."""
    found = [""] * len(shown)
    for field, words in _FIELDS.items():
        settled = len(set(found)) == len(found) and field in {"subject", "source"}
        alike = len({words(one, language) for one in figures}) == 1
        if not (alike or settled or field in leave):
            told = [words(one, language) for one in shown]
            found = [" · ".join(filter(None, two)) for two in zip(found, told, strict=True)]
    return [_capital(label) for label in found]


def _mark(figure: Figure, label: str, words: str, size: Decimal) -> Mark:
    upper = figure.value_max
    return Mark(
        label=label,
        value=float(figure.value / size),
        value_max=float(upper / size) if upper is not None else None,
        words=words,
        soft=figure.kind is FigureKind.TARGET,
    )


def _bar_words(figure: Figure, language: Language) -> str:
    """Return the value beside a bar; a count goes without its unit, which the axis has."""
    if figure.unit in {"đồng", "%"}:
        return amount_words(figure, language)
    return comparator_words(figure, language) + value_words(figure, Decimal(1), language)


def _series(figures: Sequence[Figure], language: Language) -> dict[str, list[Figure]]:
    """Return the lines of a trend by their names; none when it is no set of lines."""
    names = _labels(figures, figures, language, "period", "kind", "source")
    found: dict[str, list[Figure]] = {}
    for name, one in zip(names, figures, strict=True):
        found.setdefault(name, []).append(one)
    periods = [[one.period for one in line] for line in found.values()]
    told_once = all(len(set(line)) == len(line) for line in periods)
    lines = len(found) <= MOST_SERIES and max(map(len, periods)) > 1
    return found if lines and told_once and all(map(all, periods)) else {}


def _lines(shown: Sequence[Figure], size: Decimal, language: Language) -> tuple[Series, ...]:
    places = _places({one.period for one in shown})
    return tuple(
        Series(
            name=name,
            marks=tuple(_point(one, size, language) for one in line),
            places=tuple(places[one.period] for one in line),
        )
        for name, line in _series(shown, language).items()
    )


def _point(figure: Figure, size: Decimal, language: Language) -> Mark:
    words = f"{comparator_words(figure, language).strip()}\n{value_words(figure, size, language)}"
    return _mark(figure, period_words(figure.period, language), words.strip(), size)


def _places(periods: Iterable[str]) -> dict[str, float]:
    """Return where periods stand: years at their distance, others one after the other."""
    order = sorted(periods, key=lambda iso: (_last_day(iso), iso))
    if all(iso.isdigit() for iso in order) and int(order[-1]) - int(order[0]) < 2 * len(order):
        return {iso: float(iso) for iso in order}
    return {iso: float(place) for place, iso in enumerate(order)}


def _last_day(iso: str) -> str:
    last = iso.rpartition("/")[2]
    return last + "-12-31"[len(last) - len("2023") :]


def _capital(text: str) -> str:
    told = " ".join(printed(text).split())
    return told[:1].upper() + told[1:]
