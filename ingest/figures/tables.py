"""Figures of tables: every cell that holds a number, with what its row and its column say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.figures.context import Setting, end_of
from ingest.figures.kinds import speaks_of_aims
from ingest.figures.labels import ALL, CHANGE, YEAR, name_of_cell
from ingest.figures.nouns import PEOPLE, nouns_in
from ingest.figures.prose import PASSED_OVER, Stated
from ingest.figures.sentences import Sentence
from ingest.reading import Table
from ingest.structure.lines import CELL_MARK, Line
from knowledge.model import Comparator, FigureKind
from knowledge.understanding.orders import order_in
from knowledge.vietnamese.periods import find_periods, is_base
from knowledge.vietnamese.places import COUNTRY, find_places
from knowledge.vietnamese.quantities import Quantity, find_quantities, read_number
from knowledge.vietnamese.text import bare_key, search_key, tokens

_ORDINAL = re.compile(r"^(?:stt|tt|so tt|so thu tu|no\.?|#)$")
_UNIT_COLUMN = re.compile(r"^(?:don vi(?: tinh)?|dvt|unit)$")
_NOTES = re.compile(r"(?:ghi chu|nhan xet|dien giai|nguon(?: so lieu)?|can cu|notes?|remarks?)\b.*")
_PROVINCES = re.compile(r"(?:ten )?tinh\b(?! trang)")
_MINUS = re.compile(r"\s*[-−–]\d")  # of a cell that holds a number below nought
_IN_BRACKETS = re.compile(r"\(([^()]*)\)[^()]*$")
_BEHIND_UNIT = re.compile(r"(?:đvt|đơn vị(?: tính)?)\s*:?\s*(.+)$", re.IGNORECASE)
_UNIT_MARK = re.compile(r"^(?:đvt|đơn vị(?: tính)?)\s*:?\s*", re.IGNORECASE)
# "Chỉ tiêu" heads a column of indicators, and "một số chỉ tiêu" a table of them: no aims.
_LISTED = re.compile(r"\b(?:(?:mot so|cac|he thong|nhung) )?chi tieu\b(?! (?:giao|ke hoach|nam))")
_FLOW = re.compile(
    r"\b(?:thanh lap moi|lap moi|giai the|luot|kinh phi|ho tro|tap huan|boi duong|cho vay|"
    r"giai ngan)\b"
)
_PLAN = re.compile(r"\b(?:ke hoach|kh|muc tieu|phan dau|du kien|chi tieu)\b")
_PLANNED_YEAR = re.compile(
    r"\b(?:muc tieu|chi tieu|ke hoach|phuong huong|nhiem vu)(?: den)? nam (\d{4})\b"
)
_PLAN_COLUMN = re.compile(r"muc tieu|chi tieu ke hoach|noi dung muc tieu")  # heads what is aimed at
_NOT_YET = re.compile(r"\(?\bchua phai[^()]*\)?")  # "(chưa phải kết quả thực hiện)"
_REACHED = re.compile(r"\b(?:thuc hien|uoc|ket qua|th|thuc te|so voi|so sanh|dat|hien trang)\b")
_YEARS = re.compile(r"(?:cac |tung )?nam|thoi (?:diem|gian|ky)|giai doan|chi tieu|noi dung")
_EMPTY = {"", "-", "–", "—", "…", "...", "x", "n/a"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A row of a table with what holds for all of its cells.

    Attributes:
        sentence: the row as it is quoted.
        label: its words.
        unit: what its unit column says; "" without one.
        district: that it is about, named without its kind; "" for none.
    """

    sentence: Sentence
    table: Table
    setting: Setting
    label: str
    unit: str
    district: str


def stated_in_tables(lines: Sequence[Line], setting: Setting) -> Iterator[Stated]:
    """Yield the figures of a document's tables, row by row; totals are figures like others."""
    heading = ""
    for number, line in enumerate(lines):
        if line.level:
            heading = line.text
        if line.table is not None and line.row is not None:
            sentence = Sentence(
                text=line.text,
                start=line.start,
                paragraph=number,
                bullet=True,
                heading=heading,
                intro=line.table.caption,
                page=line.page,
            )
            label, unit = _label(line.row.cells, line.table)
            if order_in(label):  # it names nothing
                continue
            row = _Row(
                sentence=sentence,
                table=line.table,
                setting=setting,
                label=label,
                unit=unit,
                district="" if _lists_provinces(line.table) else _district(label, setting),
            )
            yield from _of_row(row, line.row.cells)


def _of_row(row: _Row, cells: Sequence[str]) -> Iterator[Stated]:
    offset = 0
    for index, cell in enumerate(cells):
        if not cell:
            continue
        place, offset = offset, offset + len(cell) + len(CELL_MARK)
        header = row.table.headers[index] if index < len(row.table.headers) else ""
        if _is_figure(cell, header):
            stated = _of_cell(cell, header, row, place)
            if stated is not None:
                yield stated


def _is_figure(cell: str, header: str) -> bool:
    key = bare_key(header)
    if _ORDINAL.match(key) or _names_unit(key, cell) or cell.strip().lower() in _EMPTY:
        return False
    if YEAR.match(bare_key(cell)) and _heads_years(key):
        return False
    return any(letter.isdigit() for letter in cell)


def _names_unit(header: str, cell: str) -> bool:
    """Tell whether a cell says in what its row is told; "Đơn vị" may head districts as well."""
    if _UNIT_COLUMN.match(header) is None:
        return False
    return header != "don vi" or any(
        one.end == len(cell) + 2 for one in find_quantities(f"1 {cell}")
    )


def _is_aimed(header: str, caption: str, period: str) -> bool:
    """Tell whether a column holds aims: its header says so, or the caption of a table of aims."""
    caption = _NOT_YET.sub("", caption)
    planned = _PLANNED_YEAR.search(caption)
    if _REACHED.search(header):
        return False
    if _PLAN.search(_LISTED.sub("", header)):
        return True
    if _REACHED.search(caption):  # "hiện trạng … và mục tiêu năm 2018"
        return planned is not None and period.startswith(planned[1])
    return speaks_of_aims(_LISTED.sub("", caption))


def _is_worded(cell: str) -> bool:
    """Tell whether a cell is words, perhaps with their number: "1. Số HTX", but not "12 HTX"."""
    return sum(map(str.isalpha, cell)) > 3 * sum(map(str.isdigit, cell))


def _is_quantity(cell: str) -> bool:
    """Tell whether a cell is nothing but a quantity: "khoảng 4%"."""
    return any(one.start == 0 and one.end == len(cell) for one in find_quantities(cell))


def _heads_years(header: str) -> bool:
    """Tell whether a header, without marks, is that of a column of years, or says nothing."""
    return header == "" or _YEARS.fullmatch(header) is not None


def _of_cell(cell: str, header: str, row: _Row, offset: int) -> Stated | None:
    quantity = _quantity(cell, header, row)
    if quantity is None:
        return None
    unit = _unit(quantity, header, row)
    if not unit or unit in PASSED_OVER:
        return None
    caption = row.table.caption
    period = _period(header, row)
    plan = any(_PLAN_COLUMN.fullmatch(bare_key(one)) for one in row.table.headers)
    aimed = plan or _is_aimed(bare_key(header), bare_key(caption), period)
    changed = CHANGE.findall(bare_key(header))
    falls = "giam" in changed and not {"tang", "tang truong"} & set(changed)
    return Stated(
        value=-abs(quantity.value) if falls else quantity.value,
        quantity=quantity,
        unit=unit,
        place=_place(header, row),
        period=period,
        kind=FigureKind.TARGET if aimed else FigureKind.CHANGE if changed else FigureKind.ACTUAL,
        offset=row.sentence.start + offset + quantity.number_start,
        sentence=row.sentence,
        before=bare_key(f"{caption} {header} {row.label}"),
        behind="",
        in_table=True,
        label=name_of_cell(header, "" if row.district else row.label, row.table, unit),
    )


def _quantity(cell: str, header: str, row: _Row) -> Quantity | None:
    """Return the number of a cell in the scale that the cell, row, header or caption names."""
    scaled = next(iter(find_quantities(f"{cell} {_unit_words(header, row)}")), None)
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


def _unit_words(header: str, row: _Row) -> str:
    """Return the words of the unit as written: "triệu đồng" of "Vốn (triệu đồng)"."""
    if row.unit:
        return row.unit
    for text in (header, row.label, row.table.caption):
        match = _IN_BRACKETS.search(text) or _BEHIND_UNIT.search(text)
        if match is None:
            continue
        column, colon, unit = _UNIT_MARK.sub("", match[1]).rpartition(":")
        if not colon or bare_key(column).strip() in bare_key(header):  # "(kinh phí: triệu đồng)"
            return unit.strip()
    return ""


def _unit(quantity: Quantity, header: str, row: _Row) -> str:
    """Return the unit: of the number, else what the column counts, else what the row does."""
    rows, columns = nouns_in(bare_key(f"{row.label} {row.unit}")), nouns_in(bare_key(header))
    if quantity.unit == "người":
        return next((noun for noun in (*columns, *rows) if noun in PEOPLE), "người")
    told = quantity.unit == "HTX" and row.unit != ""  # a column of units says so in so many words
    if told or (quantity.unit and quantity.unit not in {"HTX", "đơn vị", "tổ"}):
        return quantity.unit
    if columns and columns[0] != "HTX":
        return columns[0]
    others = [noun for noun in rows if noun in {"THT", "liên hiệp", "quỹ"}]
    if others and (columns or quantity.unit):  # "số HTX" of a row of credit funds counts funds
        return others[0]
    found = [*columns, quantity.unit, *rows, *nouns_in(bare_key(row.table.caption))]
    return next(filter(None, found), "")


def _label(cells: Sequence[str], table: Table) -> tuple[str, str]:
    """Return the words of a row, and what its unit column says."""
    words, unit = [], ""
    for index, cell in enumerate(cells):
        header = bare_key(table.headers[index]) if index < len(table.headers) else ""
        if _ORDINAL.match(header) or _NOTES.fullmatch(header):
            continue
        if _names_unit(header, cell):
            unit = cell
        elif cell.strip().lower() not in _EMPTY and (
            (_is_worded(cell) and not _is_quantity(cell))
            or header == "nam"
            or (YEAR.match(bare_key(cell)) and _heads_years(header))
        ):
            words.append(cell)
    return " ".join(words), unit


def _lists_provinces(table: Table) -> bool:
    """Tell whether rows are provinces: "Cà Mau" is the province there, else its city."""
    return any(_PROVINCES.match(bare_key(header)) for header in table.headers)


def _district(label: str, setting: Setting) -> str:
    """Return the district that a row of a province's table names without its kind; "" for none."""
    for kind in ("huyện", "thành phố", "thị xã", "quận"):
        for mention in find_places(tokens(search_key(f"{kind} {label}"))):
            district, _, province = mention.place.name.rstrip(")").partition(" (")
            if bare_key(district) == bare_key(label) and province and province == setting.place:
                return mention.place.name
    return ""


def _place(header: str, row: _Row) -> str:
    if row.district:
        return row.district
    for text in (row.label, header):
        found = _places(text)
        if found and not (ALL.match(bare_key(row.label)) and found[0] == COUNTRY):
            return found[0]
    return row.setting.place or next(iter(_places(row.table.caption)), "")


def _places(text: str) -> list[str]:
    return [mention.place.name for mention in find_places(tokens(search_key(text)))]


def _period(header: str, row: _Row) -> str:
    for text in (row.label, header):
        stated = _stated(text)
        if stated:
            return stated
        year = re.search(r"\b((?:19|20)\d\d)\b", bare_key(text))
        if year is not None and not find_periods(bare_key(text)):  # none that it is compared with
            return year[1]
    flow = _FLOW.search(bare_key(f"{header} {row.label}"))
    captioned = _stated(row.table.caption) or _stated(row.table.sheet or "")
    found = captioned or row.setting.period or row.setting.now
    return found if flow else end_of(found, to_month=True)


def _stated(text: str) -> str:
    key = bare_key(text)
    found = [one.iso for one in find_periods(key) if not is_base(key, one)]
    return found[-1] if found else ""
