"""Word documents (.docx): the body in order, with the numbers that Word prints."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

import docx
from docx.exceptions import PythonDocxError
from lxml import etree

from ingest.pages import begins_part
from ingest.readers import translated
from ingest.reading import Block, BlockKind, Format, Reading
from ingest.tables import Merge, make_grid, place_table
from knowledge.errors import DocumentFault, UnreadableDocumentError
from knowledge.vietnamese.text import printed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document

    from ingest.tables import Grid

Element = Any  # an lxml element: lxml has no types

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_P, _TBL, _TR, _TC = (f"{_W}{tag}" for tag in ("p", "tbl", "tr", "tc"))
_VAL = f"{_W}val"
_HOLDERS = {f"{_W}{tag}" for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
_TEXT_BOX = f"{_W}txbxContent"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = {_TEXT_BOX, _FALLBACK, f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr"}
_SIGNS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_HEADING_STYLE = re.compile(r"heading (\d)", re.IGNORECASE)
_MAX_LEVELS = 9
_MAX_SPAN = 1000


def read(data: bytes) -> Reading:
    """The headings, paragraphs, list items and tables of a Word document.

    Deleted text of tracked changes, text boxes, footnotes and page headers are left out, and what
    Word does not show: hidden text, white text on nothing, letters of a point.

    Raises:
        UnreadableDocumentError: DAMAGED, or UNSUPPORTED for a Word file of another kind.
    """
    with translated("docx", PythonDocxError, etree.LxmlError):
        document = docx.Document(BytesIO(data))
        title = printed(document.core_properties.title or "")
        styles, numbering = _styles(document), _numbering(document)
        body = document.element.body
        unseen = 0 if body is None else _without_unseen(body, _hiding_styles(document))
    if body is None:
        raise UnreadableDocumentError(DocumentFault.DAMAGED, "docx")
    blocks = _Body(styles=styles, numbering=numbering).blocks(body)
    notes = (*_notes(body), *((f"bỏ {unseen} đoạn chữ ẩn",) if unseen else ()))
    return Reading(format=Format.DOCX, blocks=tuple(blocks), title=title, notes=notes)


def _notes(body: Element) -> Iterator[str]:
    boxes = sum(1 for box in body.iter(_TEXT_BOX) if not _within(box, _FALLBACK))
    if boxes:
        yield f"bỏ {boxes} hộp chữ"
    footnotes = sum(1 for _ in body.iter(f"{_W}footnoteReference"))
    if footnotes:
        yield f"bỏ {footnotes} chú thích cuối trang"


def _within(element: Element, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


# --- what Word does not show --------------------------------------------------------------------

_OFF = {"0", "false", "off", "none"}
_TINY = 2  # half points
_PAPER = {"", "auto", "FFFFFF", "ffffff"}


def _without_unseen(body: Element, hiding: frozenset[str]) -> int:
    """Take the runs that Word does not show out of a body; how many there were with words."""
    unseen = [run for run in body.iter(f"{_W}r") if _is_unseen(run, hiding)]
    with_words = sum(any(text.text for text in run.iter(f"{_W}t")) for run in unseen)
    for run in unseen:
        if run.getparent() is not None:
            run.getparent().remove(run)
    return with_words


def _is_unseen(run: Element, hiding: frozenset[str]) -> bool:
    own = run.find(f"{_W}rPr")
    above = next(run.iterancestors(_P), None)
    styles = {
        _child_val(own, "rStyle"),
        _child_val(None if above is None else above.find(f"{_W}pPr"), "pStyle"),
    }
    if _hides(own) or (styles & hiding and (own is None or own.find(f"{_W}vanish") is None)):
        return True
    white = _child_val(own, "color").upper() == "FFFFFF"
    return white and not _is_on_colour(run, own)


def _hides(properties: Element) -> bool:
    vanish = None if properties is None else properties.find(f"{_W}vanish")
    if vanish is not None and (vanish.get(_VAL) or "1").lower() not in _OFF:
        return True
    return 0 < _whole(_child_val(properties, "sz")) <= _TINY


def _is_on_colour(run: Element, properties: Element) -> bool:
    """Whether white letters may be seen: on a shade or a marker, in a table, by a style."""
    if _child_val(properties, "highlight") or next(run.iterancestors(_TBL), None) is not None:
        return True
    above = next(run.iterancestors(_P), None)
    shades = [properties, None if above is None else above.find(f"{_W}pPr")]
    fills = [
        shade.get(f"{_W}fill") or ""
        for one in shades
        if one is not None and (shade := one.find(f"{_W}shd")) is not None
    ]
    styled = above is not None and bool(_child_val(above.find(f"{_W}pPr"), "pStyle"))
    return styled or any(fill not in _PAPER for fill in fills)


def _hiding_styles(document: Document) -> frozenset[str]:
    """The styles that hide letters, by themselves or by the style they are based on."""
    elements = {
        item.get(f"{_W}styleId"): item for item in document.styles.element.iter(f"{_W}style")
    }

    def hides(style_id: str, depth: int = 0) -> bool:
        element = elements.get(style_id)
        if element is None or depth > _MAX_LEVELS:
            return False
        return _hides(element.find(f"{_W}rPr")) or hides(_child_val(element, "basedOn"), depth + 1)

    return frozenset(style_id for style_id in elements if style_id and hides(style_id))


# --- styles and numbering ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Style:
    level: int = 0
    list_id: str = ""
    list_level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    """How one level of a list prints its number: `pattern` holds "%1" for the first level's."""

    start: int = 1
    form: str = "decimal"
    pattern: str = ""
    legal: bool = False


@dataclass(slots=True)
class _Numbering:
    """The lists of a document, and how far each has been counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    begun: set[tuple[str, int]] = field(default_factory=set)

    def next_mark(self, list_id: str, at: int) -> str:
        """Count one more item of a level; its number or bullet as printed, "" when it has none."""
        levels = self.levels.get(list_id, {})
        level = levels.get(at)
        if level is None:
            return ""
        counts = self.counts[self.abstract[list_id]]
        restart = self.restarts.get(list_id, {}).get(at)
        if restart is not None and (list_id, at) not in self.begun:
            counts[at] = restart - 1
        self.begun.add((list_id, at))
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in [other for other in counts if other > at]:
            del counts[deeper]
        return _mark(levels, counts, at)


def _mark(levels: dict[int, _Level], counts: dict[int, int], at: int) -> str:
    level = levels[at]
    if level.form == "none":
        return ""
    if level.form == "bullet":
        return level.pattern if level.pattern in {"-", "+", "*", "•", "–"} else "-"

    def number(match: re.Match[str]) -> str:
        other = int(match[1]) - 1
        shown = levels.get(other, _Level())
        form = "decimal" if level.legal else shown.form
        return _numeral(counts.get(other, shown.start), form)

    return printed(re.sub(r"%([1-9])", number, level.pattern))


def _numeral(value: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"} and value > 0:
        letters = chr(ord("a") + (value - 1) % 26) * min(1 + (value - 1) // 26, 9)
        return letters.upper() if form == "upperLetter" else letters
    if form in {"lowerRoman", "upperRoman"} and 0 < value < 400:  # noqa: PLR2004  (no list is longer)
        roman = _roman(value)
        return roman if form == "upperRoman" else roman.lower()
    return f"{value:02d}" if form == "decimalZero" else str(value)


def _roman(value: int) -> str:
    signs = zip(
        (100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    )
    found = ""
    for worth, sign in signs:
        found += sign * (value // worth)
        value %= worth
    return found


def _numbering(document: Document) -> _Numbering:
    part = next(
        (
            rel.target_part
            for rel in document.part.rels.values()
            if rel.reltype.endswith("/numbering")
        ),
        None,
    )
    root: Element = getattr(part, "element", None)
    numbering = _Numbering()
    if root is None:
        return numbering
    abstracts = {
        item.get(f"{_W}abstractNumId"): _levels(item) for item in root.iter(f"{_W}abstractNum")
    }
    for item in root.iter(f"{_W}num"):
        list_id, abstract = item.get(f"{_W}numId"), _child_val(item, "abstractNumId")
        overrides = list(item.iter(f"{_W}lvlOverride"))
        numbering.abstract[list_id] = abstract
        numbering.levels[list_id] = abstracts.get(abstract, {}) | _levels(item)
        numbering.restarts[list_id] = {
            _whole(override.get(f"{_W}ilvl")): _whole(value)
            for override in overrides
            if (value := _child_val(override, "startOverride"))
        }
    return numbering


def _levels(item: Element) -> dict[int, _Level]:
    return {
        _whole(level.get(f"{_W}ilvl")): _Level(
            start=_whole(_child_val(level, "start"), 1),
            form=_child_val(level, "numFmt") or "decimal",
            pattern=_child_val(level, "lvlText"),
            legal=level.find(f"{_W}isLgl") is not None,
        )
        for level in item.iter(f"{_W}lvl")
    }


def _whole(value: str | None, otherwise: int = 0) -> int:
    """A number of the XML; a broken file may hold anything."""
    return int(value) if value and re.fullmatch("[0-9]{1,6}", value) else otherwise


def _child_val(element: Element, tag: str) -> str:
    child = None if element is None else element.find(f"{_W}{tag}")
    return "" if child is None else child.get(_VAL) or ""


def _styles(document: Document) -> dict[str, _Style]:
    elements = {
        item.get(f"{_W}styleId"): item
        for item in document.styles.element.iter(f"{_W}style")
        if item.get(f"{_W}type", "paragraph") == "paragraph"
    }
    return {style_id: _style(style_id, elements) for style_id in elements}


def _style(style_id: str, elements: dict[str, Element]) -> _Style:
    """A style with what it takes over from those it is based on."""
    level, list_id, list_level, seen = 0, "", "", set[str]()
    while style_id in elements and style_id not in seen:
        seen.add(style_id)
        element = elements[style_id]
        level = level or _style_level(element)
        number = element.find(f"{_W}pPr/{_W}numPr")
        list_level = list_level or _child_val(number, "ilvl")
        list_id = list_id or _child_val(number, "numId")
        style_id = _child_val(element, "basedOn")
    return _Style(level=level, list_id=list_id, list_level=_whole(list_level))


def _style_level(element: Element) -> int:
    name = _child_val(element, "name")
    if named := _HEADING_STYLE.match(name):
        return int(named[1])
    if name.lower() == "title":
        return 1
    return _outline(element.find(f"{_W}pPr"))


def _outline(properties: Element) -> int:
    value = _child_val(properties, "outlineLvl")
    level = _whole(value, _MAX_LEVELS)
    return level + 1 if level < _MAX_LEVELS else 0


# --- the body ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    styles: dict[str, _Style]
    numbering: _Numbering

    def blocks(self, body: Element) -> list[Block]:
        """The body's blocks, in order."""
        found: list[Block] = []
        for item in _items(body):
            if item.tag == _TBL:
                found = place_table(found, self.grid(item))
            else:
                found.extend(self.paragraph(item))
        return found

    def paragraph(self, item: Element) -> list[Block]:
        """A paragraph; lines that the writer parted and numbered by hand come apart."""
        properties = item.find(f"{_W}pPr")
        style = self.styles.get(_child_val(properties, "pStyle") or "Normal", _Style())
        lines = [line for line in map(printed, _text(item).split("\n")) if line]
        if not lines:
            return []
        level = _outline(properties) or style.level
        mark = self.mark(properties, style)
        kind = BlockKind.LIST_ITEM if mark else BlockKind.PARAGRAPH
        texts = _parted(lines)
        first = Block(
            kind=BlockKind.HEADING if level else kind,
            text=f"{mark} {texts[0]}" if mark else texts[0],
            level=level,
        )
        return [first, *(Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts[1:])]

    def mark(self, properties: Element, style: _Style) -> str:
        """The number or bullet that Word prints before a paragraph."""
        own = None if properties is None else properties.find(f"{_W}numPr")
        list_id = _child_val(own, "numId") or style.list_id
        at = _child_val(own, "ilvl")
        return self.numbering.next_mark(list_id, _whole(at, style.list_level))

    def grid(self, table: Element) -> Grid:
        """A table with its merged areas."""
        rows: list[list[str]] = []
        merges: list[Merge] = []
        open_above: dict[int, int] = {}  # column -> place in `merges` of the cell that reaches down
        marked = 0
        for row in _items(table, _TR):
            cells, spans = self.row(row, len(rows))
            merges, open_above = _with_row(merges, open_above, spans)
            marked += row.find(f"{_W}trPr/{_W}tblHeader") is not None and marked == len(rows)
            rows.append(cells)
        return make_grid(rows, merges, header_rows=marked or None)

    def row(self, row: Element, number: int) -> tuple[list[str], list[tuple[Merge, str]]]:
        """A row's cells, a wide one followed by empty ones; and each cell's area and vMerge."""
        cells = [""] * _span(_child_val(row.find(f"{_W}trPr"), "gridBefore"), least=0)
        spans: list[tuple[Merge, str]] = []
        for cell in _items(row, _TC):
            properties = cell.find(f"{_W}tcPr")
            width = _span(_child_val(properties, "gridSpan"))
            merge = Merge(top=number, left=len(cells), bottom=number, right=len(cells) + width - 1)
            spans.append((merge, _vertical(properties)))
            text = "" if spans[-1][1] == "continue" else self.cell_text(cell)
            cells += [text] + [""] * (width - 1)
        return cells, spans

    def cell_text(self, cell: Element) -> str:
        """A cell's paragraphs, one a line; those of a table inside it too."""
        return "\n".join(
            block.text
            for item in cell.iter(_P)
            if not _boxed(item)
            for block in self.paragraph(item)
        )


def _with_row(
    merges: list[Merge], above: dict[int, int], spans: list[tuple[Merge, str]]
) -> tuple[list[Merge], dict[int, int]]:
    """The merged areas with one more row: a continued cell makes the area above it longer."""
    found = list(merges)
    below: dict[int, int] = {}
    for merge, vertical in spans:
        place = above.get(merge.left) if vertical == "continue" else None
        if place is None:
            place = len(found)
            found.append(merge)
        else:
            first = found[place]
            found[place] = Merge(
                top=first.top, left=first.left, bottom=merge.bottom, right=first.right
            )
        if vertical:
            below[merge.left] = place
    return found, below


def _vertical(properties: Element) -> str:
    """Whether a cell begins ("restart") or continues an area of several rows; "" for neither."""
    element = None if properties is None else properties.find(f"{_W}vMerge")
    return "" if element is None else element.get(_VAL) or "continue"


def _span(value: str, *, least: int = 1) -> int:
    return min(max(least, _whole(value, least)), _MAX_SPAN)


def _boxed(paragraph: Element) -> bool:
    return _within(paragraph, _TEXT_BOX) or _within(paragraph, f"{_W}del")


def _items(parent: Element, *wanted: str) -> Iterator[Element]:
    """The paragraphs and tables (or rows, or cells) of an element, content controls opened."""
    for child in parent:
        if child.tag in (wanted or (_P, _TBL)):
            yield child
        elif child.tag in _HOLDERS:
            yield from _items(child, *wanted)


def _text(element: Element) -> str:
    """The words of a paragraph, tracked changes accepted, text boxes left out."""
    parts: list[str] = []
    for child in element:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == f"{_W}t":
            parts.append(child.text or "")
        else:
            parts.append(_SIGNS.get(child.tag) or _text(child))
    return "".join(parts)


def _parted(lines: list[str]) -> list[str]:
    found = lines[:1]
    for line in lines[1:]:
        if begins_part(line):
            found.append(line)
        else:
            found[-1] += f" {line}"
    return found
