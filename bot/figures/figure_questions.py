"""Questions put together from what was chosen, as a person would type them. Pure.

They are Vietnamese whatever the language of the buttons: the names of figures are.
"""

from __future__ import annotations

from bot.saying.figure_words import period_words
from knowledge.model import Figure, Language
from knowledge.vietnamese.places import COUNTRY

_KINDS = {4: "năm ", 7: "", 10: "ngày "}  # what stands in front of a year, a month, a day


def look_up(name: str, place: str, period: str) -> str:
    """Return what asks for one figure; without a period for the latest."""
    return f"{_begun(name)} của {_place(place)}{_at(period)} là bao nhiêu?"


def over_years(name: str, place: str) -> str:
    """Return what asks how a figure went from year to year."""
    return f"{_begun(name)} của {_place(place)} thay đổi thế nào qua các năm?"


def ranked(name: str, period: str) -> str:
    """Return what asks for the order of the provinces."""
    return f"Xếp hạng các tỉnh theo {name}{_at(period)}"


def set_beside(name: str, places: tuple[str, str], period: str) -> str:
    """Return what compares two places."""
    return f"So sánh {name} của {_place(places[0])} và {_place(places[1])}{_at(period)}"


def since(figure: Figure, earlier: str) -> str:
    """Return what asks how a figure changed from an earlier period to its own."""
    begin, end = _at(earlier), _at(figure.period)
    place = _place(figure.place)
    return f"{_begun(figure.indicator)} của {place} từ{begin} đến{end} tăng hay giảm?"


def _begun(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"


def _place(name: str) -> str:
    return "cả nước" if name == COUNTRY else name


def _at(period: str) -> str:
    """Return " năm 2022", " tháng 8/2023", " từ năm 2022 đến tháng 12/2023"; "" for no period."""
    if not period:
        return ""
    said = period_words(period, Language.VIETNAMESE)
    first, _, last = period.partition("/")
    if not last:
        return f" {_KINDS.get(len(first), '')}{said}"
    return f" từ{_at(first)} đến{_at(last)}" if "–" in said else f" {said}"
