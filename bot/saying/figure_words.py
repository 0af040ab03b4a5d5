"""Amounts and periods as people write them, in Vietnamese and in English. Pure."""

from __future__ import annotations

import re
from decimal import Decimal

from bot import texts
from knowledge.model import Figure, Language

_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
_MONTHS_OF_QUARTER, _MONTHS_OF_YEAR = 3, 12


def amount(figure: Figure) -> str:
    """Return a value as it is written in Vietnamese: "hơn 163,8 tỷ đồng", "4 - 6 HTX"."""
    size, name = scale(figure)
    written = value_words(figure, size, Language.VIETNAMESE)
    space = "" if figure.unit == "%" else " "
    return f"{texts.COMPARATORS[figure.comparator]}{written}{name}{space}{figure.unit}".rstrip()


def scale(figure: Figure) -> tuple[Decimal, str]:
    """Return what a sum of money is divided by, and the word for that."""
    if figure.unit == "đồng":
        for size, name in texts.SCALES:
            if abs(figure.value) >= size:
                return size, f" {name}"
    return Decimal(1), ""


def number_words(value: Decimal, language: Language) -> str:
    """Return a number as the language writes it: "1.234,5" or "1,234.5"."""
    plain = f"{value.normalize() + 0:,f}"  # + 0: a zero has no sign
    return plain if language is Language.ENGLISH else plain.translate(_VIETNAMESE_MARKS)


_VIETNAMESE_MARKS = str.maketrans(",.", ".,")


def amount_words(figure: Figure, language: Language) -> str:
    """Return a value with comparator and unit: "khoảng 2,3 tỷ đồng", "about 2.3 billion đồng"."""
    if language is Language.VIETNAMESE:
        return amount(figure)
    size, name = scale(figure)
    word = f" {texts.SCALES_EN[name.strip()]}" if name else ""
    space = "" if figure.unit == "%" else " "
    written = f"{value_words(figure, size, language)}{word}{space}{figure.unit}"
    return f"{comparator_words(figure, language)}{written}"


def value_words(figure: Figure, size: Decimal, language: Language) -> str:
    """Return the value of a figure, or both ends of its range, in units of a size."""
    ends = [figure.value, *([figure.value_max] if figure.value_max is not None else [])]
    return " - ".join(number_words(end / size, language) for end in ends)


def comparator_words(figure: Figure, language: Language) -> str:
    """Return "khoảng " or "about ", with its space; "" for an exact value."""
    english = language is Language.ENGLISH
    return (texts.COMPARATORS_EN if english else texts.COMPARATORS)[figure.comparator]


def period_words(iso: str, language: Language) -> str:
    """Return a period to read: "2021", "tháng 8/2023", "6 tháng đầu năm 2022", "quý I/2024".

    What is no ISO period is returned as it is.
    """
    first, _, last = iso.partition("/")
    begin, end = _DATE.fullmatch(first), _DATE.fullmatch(last or first)
    if begin is None or end is None:
        return iso
    if not last:
        return _date_words(begin, language)
    months = _months_words(begin, end, language)
    return months or f"{_date_words(begin, language)} – {_date_words(end, language)}"


def _date_words(date: re.Match[str], language: Language) -> str:
    year, month, day = date.groups()
    if day:
        return f"{int(day)}/{int(month)}/{year}"
    return texts.MONTH[language].format(month=int(month), year=year) if month else year


def _months_words(begin: re.Match[str], end: re.Match[str], language: Language) -> str:
    """Return the name of a span of months within a year; "" when it has none."""
    if begin[1] != end[1] or not begin[2] or not end[2] or begin[3] or end[3]:
        return ""
    year, first, last = begin[1], int(begin[2]), int(end[2])
    count = last - first + 1
    if count == _MONTHS_OF_QUARTER and last % _MONTHS_OF_QUARTER == 0:
        quarter = texts.QUARTERS[last // _MONTHS_OF_QUARTER - 1]
        return texts.QUARTER[language].format(number=quarter, year=year)
    if first == 1:
        return texts.FIRST_MONTHS[language].format(count=count, year=year)
    if last == _MONTHS_OF_YEAR:
        return texts.LAST_MONTHS[language].format(count=count, year=year)
    return ""
