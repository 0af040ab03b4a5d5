"""Figures of tables: every cell that holds a number, with what its row and its column say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.figures.context import Setting, end_of
from ingest.figures.kinds import speaks_of_aims
from ingest.figures.nouns import NOUN, ORGANISATIONS, PEOPLE, SPOKEN, nouns_in
from ingest.figures.prose import PASSED_OVER, Stated
from ingest.figures.sentences import Sentence
from ingest.reading import Table
from ingest.structure.lines import CELL_MARK, Line
from knowledge.model import Comparator, FigureKind
from knowledge.vietnamese.periods import find_periods, is_base
from knowledge.vietnamese.places import COUNTRY, find_places
from knowledge.vietnamese.quantities import Quantity, find_quantities, read_number
from knowledge.vietnamese.text import search_key, tokens, without_marks

_ORDINAL = re.compile(r"^(?:stt|tt|so tt|so thu tu|no\.?|#)$")
_UNIT_COLUMN = re.compile(r"^(?:don vi(?: tinh)?|dvt|unit)$")
_WHOLE = re.compile(r"^(?:tong(?: cong| so)?|toan (?:tinh|thanh pho|quoc|huyen)|cong|ca nuoc)\b")
_YEAR = re.compile(r"^(?:nam )?((?:19|20)\d\d)$")
_CHANGE = re.compile(r"\b(?:tang|giam|so voi|tang truong)\b")
_UNITS = re.compile(r"\s*\([^()]*\)|\s*…")
_ALL_ROWS = re.compile(
    r"tong cong|cong|tong|toan (?:tinh|thanh pho|quoc|huyen|thi xa)|ca nuoc|tong (?:so )?toan tinh"
)
_TOTAL = re.compile(r"tong|tong so|tong cong|so luong")
_KIND_OF_PLACE = re.compile(r"^(?:tinh|huyen|thanh pho|tp\.?|thi xa|quan|tx\.?)\s+")
_GENERIC = re.compile(
    r"gia tri|chi tieu|so luong|ket qua|thuc hien|so lieu|ke hoach|muc tieu|nam|uoc thuc hien|"
    r"so sanh"
)
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
    key = _bare(header)
    if _ORDINAL.match(key) or _UNIT_COLUMN.match(key) or cell.strip().lower() in _EMPTY:
        return False
    if key == "nam" or (_YEAR.match(_bare(cell)) and not nouns_in(key)):
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
    about = _bare(f"{table.caption} {header} {label}")
    aimed = speaks_of_aims(_bare(f"{table.caption} {header}"))
    return Stated(
        value=quantity.value,
        quantity=quantity,
        unit=unit,
        place=_place(label, header, table, setting),
        period=_period(label, header, table, setting),
        kind=FigureKind.TARGET
        if aimed
        else FigureKind.CHANGE
        if _CHANGE.search(_bare(header))
        else FigureKind.ACTUAL,
        offset=sentence.start + offset + quantity.number_start,
        sentence=sentence,
        before=about,
        behind="",
        label=_words(header, label, table, unit),
    )


def _quantity(cell: str, header: str, label: str, table: Table) -> Quantity | None:
    """Return the number of a cell in the scale that the cell, row, header or caption names."""
    scaled = next(iter(find_quantities(f"{cell} {_unit_words(header, label, table)}")), None)
    if scaled is not None:
        return scaled
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


def _unit_words(header: str, label: str, table: Table) -> str:
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
    rows, columns = nouns_in(_bare(label)), nouns_in(_bare(header))
    if quantity.unit == "người":
        return next((noun for noun in (*columns, *rows) if noun in PEOPLE), "người")
    if quantity.unit and quantity.unit not in {"HTX", "đơn vị"}:
        return quantity.unit
    if columns and columns[0] != "HTX":
        return columns[0]
    others = [noun for noun in rows if noun in {"THT", "liên hiệp", "quỹ"}]
    if others and (columns or quantity.unit):  # "số HTX" of a row of credit funds counts funds
        return others[0]
    found = [*columns, quantity.unit, *rows, *nouns_in(_bare(table.caption))]
    return next(filter(None, found), "")


def _label(cells: Sequence[str], table: Table) -> str:
    """Return the words of a row, and behind a tab what its unit column says."""
    words, unit = [], ""
    for index, cell in enumerate(cells):
        header = _bare(table.headers[index]) if index < len(table.headers) else ""
        if _UNIT_COLUMN.match(header):
            unit = cell
        elif cell.strip().lower() not in _EMPTY and (
            not any(c.isdigit() for c in cell) or header == "nam" or _YEAR.match(_bare(cell))
        ):
            words.append(cell)
    return " ".join(words) + (f"\t{unit}" if unit else "")


def _words(header: str, label: str, table: Table, unit: str) -> str:
    """Return what header and row say as the name of a figure; place and period stand elsewhere."""
    row = _clean(label.partition("\t")[0])
    parts = [part for part in (*map(_clean, header.split(" > ")), row) if part]
    parts = [part for part in parts if not _tells_scope(part)]
    if unit in ORGANISATIONS and unit != "HTX" and nouns_in(_bare(row))[:1] == [unit]:
        parts = [part for part in parts if nouns_in(_bare(part)) != ["HTX"]]
    parts = [part for part in parts if not _GENERIC.fullmatch(_bare(part))] or parts
    if any(nouns_in(_bare(part)) for part in parts):
        parts = [part for part in parts if not _TOTAL.fullmatch(_bare(part))]
    name = " ".join(_small(part) for part in parts) or _small(_clean(table.caption))
    return _counted(name, unit) if unit in SPOKEN else name


def _clean(part: str) -> str:
    """Return a label without units, "trong đó" and marks; cooperatives are "HTX" as in texts."""
    plain = re.sub(r"^trong đó\s*:?\s*", "", _UNITS.sub("", part).strip(), flags=re.IGNORECASE)
    return re.sub(r"\bhợp tác xã\b", "HTX", plain, flags=re.IGNORECASE).strip(" :")


def _counted(name: str, unit: str) -> str:
    """Return the name of a count: "số …", with what is counted."""
    nouns = nouns_in(_bare(name))
    if not nouns:
        return f"{name} {unit}" if _TOTAL.fullmatch(_bare(name)) else f"số {unit} {name}".strip()
    opens = NOUN.match(_bare(name)) is not None
    return f"số {name}" if opens and nouns[0] == unit else name


def _tells_scope(part: str) -> bool:
    """Tell whether a header or a row label is only a place, a year, or the word for all rows."""
    key = _bare(part)
    if _YEAR.match(key) or (_WHOLE.match(key) and _ALL_ROWS.fullmatch(key)):
        return True
    words = _KIND_OF_PLACE.sub("", key)
    named = [one.place.name for one in find_places(tokens(search_key(part)))]
    if any(words in {_bare(name), _bare(name.partition(" (")[0])} for name in named):
        return True
    mentions = find_periods(key)
    return len(mentions) == 1 and len(key) - (mentions[0].end - mentions[0].start) < len(
        "den het  "
    )


def _small(part: str) -> str:
    """Return a label with a small first letter, unless it is an abbreviation or a lone letter."""
    return part if part[:2].isupper() or len(part) < 2 else part[0].lower() + part[1:]  # noqa: PLR2004


def _place(label: str, header: str, table: Table, setting: Setting) -> str:
    key = _bare(label)
    for text in (label, header):
        found = [mention.place.name for mention in find_places(tokens(search_key(text)))]
        if found and not (_WHOLE.match(key) and found[0] == COUNTRY):
            return found[0]
    captioned = [one.place.name for one in find_places(tokens(search_key(table.caption)))]
    return setting.place or (captioned[0] if captioned else "")


def _period(label: str, header: str, table: Table, setting: Setting) -> str:
    for text in (label, header):
        match = _YEAR.match(_bare(text)) or re.search(r"\b((?:19|20)\d\d)\b", _bare(text))
        stated = _stated(text)
        if stated:
            return stated
        if match is not None:
            return match[1]
    flow = re.search(r"\b(?:thanh lap moi|lap moi|giai the)\b", _bare(f"{header} {label}"))
    found = _stated(table.caption) or _stated(table.sheet or "") or setting.period or setting.now
    return found if flow else end_of(found, to_month=True)


def _stated(text: str) -> str:
    key = _bare(text)
    found = [one.iso for one in find_periods(key) if not is_base(key, one)]
    return found[-1] if found else ""


def _bare(text: str) -> str:
    return without_marks(search_key(text)).strip()
