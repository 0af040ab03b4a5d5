"""Figures of tables: every cell that holds a number, with what its row and its column say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.figures.context import Setting, end_of
from ingest.figures.kinds import speaks_of_aims
from ingest.figures.labels import ALL, CHANGE, YEAR, name_of_cell
from ingest.figures.nouns import PEOPLE, nouns_in
from ingest.figures.phrases import bare
from ingest.figures.prose import PASSED_OVER, Stated
from ingest.figures.sentences import Sentence
from ingest.reading import Table
from ingest.structure.lines import CELL_MARK, Line
from knowledge.model import Comparator, FigureKind
from knowledge.vietnamese.periods import find_periods, is_base
from knowledge.vietnamese.places import COUNTRY, find_places
from knowledge.vietnamese.quantities import Quantity, find_quantities, read_number
from knowledge.vietnamese.text import search_key, tokens

_ORDINAL = re.compile(r"^(?:stt|tt|so tt|so thu tu|no\.?|#)$")
_UNIT_COLUMN = re.compile(r"^(?:don vi(?: tinh)?|dvt|unit)$")
_MINUS = re.compile(r"\s*[-−–]\d")  # of a cell that holds a number below nought
_EMPTY = {"", "-", "–", "—", "…", "...", "x", "n/a"}


def stated_in_tables(lines: Sequence[Line], setting: Setting) -> Iterator[Stated]:
    """Yield the figures of a document's tables, row by row; totals are figures like others."""
    heading = ""
    for number, line in enumerate(lines):
        if line.level:
            heading = line.text
        if line.table is not None and line.row is not None:
            yield from _of_row(line, number, line.table, setting, heading)


def _of_row(
    line: Line, number: int, table: Table, setting: Setting, heading: str
) -> Iterator[Stated]:
    if line.row is None:
        return
    cells = line.row.cells
    label = _label(cells, table)
    sentence = Sentence(
        text=line.text,
        start=line.start,
        paragraph=number,
        bullet=True,
        heading=heading,
        intro=table.caption,
        page=line.page,
    )
    offset = 0
    for index, cell in enumerate(cells):
        if not cell:
            continue
        place, offset = offset, offset + len(cell) + len(CELL_MARK)
        header = table.headers[index] if index < len(table.headers) else ""
        if _is_figure(cell, header):
            stated = _of_cell(cell, header, label, table, setting, sentence, place)
            if stated is not None:
                yield stated


def _is_figure(cell: str, header: str) -> bool:
    key = bare(header)
    if _ORDINAL.match(key) or _UNIT_COLUMN.match(key) or cell.strip().lower() in _EMPTY:
        return False
    if key == "nam" or (YEAR.match(bare(cell)) and not nouns_in(key)):
        return False
    return any(letter.isdigit() for letter in cell)


def _of_cell(  # noqa: PLR0913, PLR0917  (a cell and all that speaks of it)
    cell: str,
    header: str,
    label: str,
    table: Table,
    setting: Setting,
    sentence: Sentence,
    offset: int,
) -> Stated | None:
    quantity = _quantity(cell, header, label, table)
    if quantity is None:
        return None
    unit = _unit(quantity, header, label, table)
    if not unit or unit in PASSED_OVER:
        return None
    about = bare(f"{table.caption} {header} {label}")
    aimed = speaks_of_aims(bare(f"{table.caption} {header}"))
    changed = CHANGE.findall(bare(header))
    falls = "giam" in changed and not {"tang", "tang truong"} & set(changed)
    return Stated(
        value=-abs(quantity.value) if falls else quantity.value,
        quantity=quantity,
        unit=unit,
        place=_place(label, header, table, setting),
        period=_period(label, header, table, setting),
        kind=FigureKind.TARGET if aimed else FigureKind.CHANGE if changed else FigureKind.ACTUAL,
        offset=sentence.start + offset + quantity.number_start,
        sentence=sentence,
        before=about,
        behind="",
        label=name_of_cell(header, "" if _district(label, setting) else label, table, unit),
    )


def _quantity(cell: str, header: str, label: str, table: Table) -> Quantity | None:
    """Return the number of a cell in the scale that the cell, row, header or caption names."""
    scaled = next(iter(find_quantities(f"{cell} {_unitname_of_cell(header, label, table)}")), None)
    if scaled is not None:
        below = _MINUS.match(cell) is not None
        return replace(scaled, value=-abs(scaled.value)) if below else scaled
    value = read_number(cell)
    if value is None:
        return None
    return Quantity(
        value=value,
        value_max=None,
        comparator=Comparator.EQUAL,
        unit="",
        per="",
        start=0,
        end=len(cell),
        number_start=0,
    )


def _unitname_of_cell(header: str, label: str, table: Table) -> str:
    """Return the words of the unit as written: "triệu đồng" of "Vốn (triệu đồng)"."""
    row_unit = label.rpartition("\t")[2] if "\t" in label else ""
    if row_unit:
        return row_unit
    for text in (header, table.caption):
        match = re.search(r"\(([^()]*)\)[^()]*$", text) or re.search(
            r"(?:ĐVT|Đơn vị(?: tính)?|đvt|đơn vị(?: tính)?)\s*:?\s*(.+)$", text
        )
        if match is not None:
            return re.sub(r"^(?:ĐVT|Đơn vị(?: tính)?|đvt|đơn vị(?: tính)?)\s*:?\s*", "", match[1])
    return ""


def _unit(quantity: Quantity, header: str, label: str, table: Table) -> str:
    """Return the unit: of the number, else what the column counts, else what the row does."""
    rows, columns = nouns_in(bare(label)), nouns_in(bare(header))
    if quantity.unit == "người":
        return next((noun for noun in (*columns, *rows) if noun in PEOPLE), "người")
    if quantity.unit and quantity.unit not in {"HTX", "đơn vị"}:
        return quantity.unit
    if columns and columns[0] != "HTX":
        return columns[0]
    others = [noun for noun in rows if noun in {"THT", "liên hiệp", "quỹ"}]
    if others and (columns or quantity.unit):  # "số HTX" of a row of credit funds counts funds
        return others[0]
    found = [*columns, quantity.unit, *rows, *nouns_in(bare(table.caption))]
    return next(filter(None, found), "")


def _label(cells: Sequence[str], table: Table) -> str:
    """Return the words of a row, and behind a tab what its unit column says."""
    words, unit = [], ""
    for index, cell in enumerate(cells):
        header = bare(table.headers[index]) if index < len(table.headers) else ""
        if _UNIT_COLUMN.match(header):
            unit = cell
        elif cell.strip().lower() not in _EMPTY and (
            not any(c.isdigit() for c in cell) or header == "nam" or YEAR.match(bare(cell))
        ):
            words.append(cell)
    return " ".join(words) + (f"\t{unit}" if unit else "")


def _district(label: str, setting: Setting) -> str:
    """Return the district that a row of a province's table names without its kind; "" for none."""
    name = label.partition("\t")[0]
    for kind in ("huyện", "thành phố", "thị xã", "quận"):
        for mention in find_places(tokens(search_key(f"{kind} {name}"))):
            district, _, province = mention.place.name.rstrip(")").partition(" (")
            if bare(district) == bare(name) and province and province == setting.place:
                return mention.place.name
    return ""


def _place(label: str, header: str, table: Table, setting: Setting) -> str:
    key = bare(label)
    district = _district(label, setting)
    if district:
        return district
    for text in (label, header):
        found = [mention.place.name for mention in find_places(tokens(search_key(text)))]
        if found and not (ALL.match(key) and found[0] == COUNTRY):
            return found[0]
    captioned = [one.place.name for one in find_places(tokens(search_key(table.caption)))]
    return setting.place or (captioned[0] if captioned else "")


def _period(label: str, header: str, table: Table, setting: Setting) -> str:
    for text in (label, header):
        stated = _stated(text)
        if stated:
            return stated
        year = re.search(r"\b((?:19|20)\d\d)\b", bare(text))
        if year is not None and not find_periods(bare(text)):  # none that it is compared with
            return year[1]
    flow = re.search(r"\b(?:thanh lap moi|lap moi|giai the)\b", bare(f"{header} {label}"))
    found = _stated(table.caption) or _stated(table.sheet or "") or setting.period or setting.now
    return found if flow else end_of(found, to_month=True)


def _stated(text: str) -> str:
    key = bare(text)
    found = [one.iso for one in find_periods(key) if not is_base(key, one)]
    return found[-1] if found else ""
