"""Web pages: the main text with its headings, lists and tables.

The page is walked in its own order, so that the words, numbers and merged cells are those of the
page; trafilatura only tells which stretch of it is the main text. Where it finds too little, the
whole body is read but for menus and forms.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import trafilatura
from lxml import etree
from lxml import html as lxml_html

from ingest.pages import paragraphs
from ingest.readers import decode, translated
from ingest.reading import Block, BlockKind, Format, Reading
from ingest.tables import Merge, is_layout, make_grid, place_table
from knowledge.vietnamese.text import printed

if TYPE_CHECKING:
    from ingest.tables import Grid

Element = Any  # an lxml element: lxml has no types

MIN_MAIN_CHARS = 200
"""Letters of main text: where fewer were found, the page is short or its text was missed."""
MAX_LINK_SHARE = 0.5
"""A block with a greater share of its letters in links is a menu."""
_MIN_LINKED_CHARS = 15
_MAX_SPAN = 200
_MAX_COLUMNS = 1000
_MAX_CELL_CHARS = 3000
_LETTERS = 26
_PROBE_CHARS = 60  # the beginning of a block by which it is found again in the main text
_MIN_PROBE_CHARS = 12

_SPACES = re.compile(r"\s+")

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_XML_MARK = re.compile(r"^\s*<\?xml[^>]*\?>")
_SKIPPED = {
    *("script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object"),
    *("select", "button", "textarea", "canvas", "video", "audio", "input"),
}
_FRAME = {"nav", "aside", "footer"}
_BLOCK_TAGS = {
    *("address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog"),
    *("div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hr"),
    *("html", "legend", "main", "nav", "p", "pre", "section", "summary", "table", "tbody", "td"),
    *("tfoot", "th", "thead", "tr", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "menu"),
    *("caption", "colgroup", "col"),
}
_HEADING = re.compile(r"h([1-6])")
_UNSEEN = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|(?:opacity|font-size):0(?:\.0*)?(?:[a-z%]+)?(?:[;!]|$)"
    r"|(?:left|top|right|text-indent|margin-left|margin-top):-\d{4,}|color:transparent)"
)
"""Styles, without their spaces, of what a page does not show."""
_WHITE = re.compile(r"(?:^|;)color:(?:white|#fff(?:fff)?|rgba?\(255,255,255)(?![\w])")


def read(data: bytes) -> Reading:
    """The main text of a page as blocks; menus, footers and forms are left out and counted.

    Raises:
        UnreadableDocumentError: DAMAGED when the page cannot be parsed.
    """
    charset = _CHARSET.search(data[:4096])
    decoded = decode(data, charset[1].decode("ascii") if charset else "")
    text = _XML_MARK.sub("", decoded.text)
    with translated("html", etree.LxmlError):
        root = lxml_html.document_fromstring(text, parser=_parser())
        title = " ".join(printed(root.findtext(".//title") or "").split())
    walk = _Walk()
    walk.inside(root)
    walk.close()
    with translated("html", etree.LxmlError):
        main = trafilatura.extract(
            text, include_comments=False, favor_recall=True, deduplicate=False
        )
    kept = _main_items(walk.items, main or "")
    left_out = len(walk.items) - len(kept)
    notes = (f"bỏ {left_out} đoạn ngoài bài chính",) if left_out else ()
    return Reading(
        format=Format.HTML,
        blocks=tuple(_blocks(kept)),
        title=title,
        notes=(*decoded.notes, *notes),
    )


def _parser() -> lxml_html.HTMLParser:
    return lxml_html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True)


# --- the page in its own order ----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """A block of the page, or the grid that becomes one, with what tells menus from text."""

    text: str
    block: Block | None = None
    grid: Grid | None = None
    caption: str = ""
    framed: bool = False
    link_share: float = 0.0


@dataclass(slots=True)
class _Walk:
    """The items so far, the words since the last of them, and where in the page we are."""

    items: list[_Item] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    linked: int = 0
    level: int = 0
    mark: str = ""
    frames: int = 0
    links: int = 0

    def inside(self, element: Element) -> None:
        """Walk what an element holds."""
        self.put(element.text)
        for child in element:
            self.child(child)
            self.put(child.tail)

    def child(self, element: Element) -> None:
        """Walk an element: a line end, a part of a line, or something that stands by itself."""
        tag = element.tag
        if tag in _SKIPPED or not isinstance(tag, str) or _is_hidden(element):
            return
        if tag == "br":
            self.words.append("\n")
        elif tag in _BLOCK_TAGS:
            self.close()
            self.frames += tag in _FRAME
            self.block(element)
            self.close()
            self.frames -= tag in _FRAME
        else:
            self.links += tag == "a"
            self.inside(element)
            self.links -= tag == "a"

    def block(self, element: Element) -> None:
        """Walk an element that stands by itself."""
        heading = _HEADING.fullmatch(element.tag)
        if element.tag == "table" and _is_data(element):
            self.table(element)
        elif element.tag in {"ul", "ol"}:
            self.list_items(element)
        elif heading:
            self.level = int(heading[1])
            self.inside(element)
            self.close()
            self.level = 0
        else:
            self.inside(element)

    def list_items(self, element: Element) -> None:
        """Walk a list; the first block of an item carries the mark that a browser prints."""
        number = _whole(element.get("start"), 1)
        for child in element:
            if child.tag != "li":
                self.child(child)
                continue
            number = _whole(child.get("value"), number)
            self.mark = "-" if element.tag == "ul" else _ordinal(number, element.get("type"))
            self.child(child)
            self.mark = ""
            number += 1

    def table(self, element: Element) -> None:
        """Keep a table; one that only sets text side by side is walked like any text."""
        grid = _grid(element)
        if is_layout(grid):
            self.inside(element)
            return
        text = " ".join(cell for row in grid.rows for cell in row if cell)
        linked = sum(len(_words(link)) for link in element.iter("a"))
        self.items.append(
            _Item(
                text=text,
                grid=grid,
                caption=" ".join(
                    _words(caption)
                    for caption in element.iterchildren("caption")
                    if not _is_hidden(caption)
                ),
                framed=self.frames > 0,
                link_share=linked / max(1, len(text)),
            )
        )

    def put(self, text: str | None) -> None:
        """Add words to the line; line ends of the source are spaces."""
        if text:
            self.words.append(_SPACES.sub(" ", text))
            self.linked += len(text.strip()) if self.links else 0

    def close(self) -> None:
        """Turn the words into blocks: a heading into one, anything else like plain text."""
        joined = "".join(self.words)
        share = self.linked / max(1, len(joined.strip()))
        self.words, self.linked = [], 0
        texts = paragraphs(joined.split("\n"))
        if self.level and texts:
            texts = [" ".join(texts)]
        for text in texts:
            self.items.append(
                _Item(
                    text=text, block=self.text_block(text), framed=self.frames > 0, link_share=share
                )
            )

    def text_block(self, text: str) -> Block:
        """A heading, a list item or a paragraph; a mark is used once."""
        mark, self.mark = self.mark, ""
        if self.level:
            return Block(kind=BlockKind.HEADING, text=text, level=self.level)
        if mark:
            return Block(kind=BlockKind.LIST_ITEM, text=f"{mark} {text}")
        return Block(kind=BlockKind.PARAGRAPH, text=text)


def _is_hidden(element: Element) -> bool:
    """Whether a page does not show an element: by its attribute, its style, white on nothing."""
    style = _style(element)
    if element.get("hidden") is not None or _UNSEEN.search(style):
        return True
    if not _WHITE.search(style) or element.get("class") is not None:
        return False
    around = (element, *element.iterancestors())
    return not any(one.get("bgcolor") or "background" in _style(one) for one in around)


def _style(element: Element) -> str:
    return "".join((element.get("style") or "").split()).lower()


def _whole(value: str | None, otherwise: int) -> int:
    return int(value) if value and re.fullmatch("[0-9]{1,6}", value) else otherwise


def _ordinal(number: int, form: str | None) -> str:
    if form in {"a", "A"} and 1 <= number <= _LETTERS:
        return f"{chr(ord(form) + number - 1)}."
    return f"{number}."


def _words(element: Element) -> str:
    """The words of an element, lines parted where the page parts them."""
    walk = _Walk()
    walk.inside(element)
    walk.close()
    return "\n".join(item.block.text for item in walk.items if item.block)


# --- tables -----------------------------------------------------------------------------------


def _is_data(table: Element) -> bool:
    """Whether a table holds data: no table, heading or long text is set inside its cells."""
    if any(True for _ in table.iterdescendants("table", "h1", "h2", "h3", "article", "form")):
        return False
    return all(len(cell.text_content()) <= _MAX_CELL_CHARS for cell in table.iter("td", "th"))


def _grid(table: Element) -> Grid:
    """The cells of a table with `colspan` and `rowspan` as merged areas."""
    rows = [row for row in table.iter("tr") if not _is_hidden(row)]
    taken: set[tuple[int, int]] = set()
    texts: dict[tuple[int, int], str] = {}
    merges: list[Merge] = []
    for at, row in enumerate(rows):
        column = 0
        for cell in row.iterchildren("td", "th"):
            while (at, column) in taken:
                column += 1
            merge = _merge(cell, at, column, len(rows))
            merges.append(merge)
            taken.update(
                (r, c) for r in range(at, merge.bottom + 1) for c in range(column, merge.right + 1)
            )
            texts[at, column] = "" if _is_hidden(cell) else _words(cell)
    width = min(max((column for _, column in taken), default=-1) + 1, _MAX_COLUMNS)
    cells = [[texts.get((at, column), "") for column in range(width)] for at in range(len(rows))]
    return make_grid(cells, merges, header_rows=_marked_rows(rows))


def _merge(cell: Element, row: int, column: int, rows: int) -> Merge:
    wide = min(max(1, _whole(cell.get("colspan"), 1)), _MAX_SPAN)
    tall = _whole(cell.get("rowspan"), 1) or rows  # 0 reaches to the end
    return Merge(
        top=row, left=column, bottom=min(row + max(1, tall), rows) - 1, right=column + wide - 1
    )


def _marked_rows(rows: list[Element]) -> int | None:
    """How many of the first rows are in `<thead>` or hold nothing but `<th>`."""
    count = 0
    for row in rows:
        cells = [cell.tag for cell in row.iterchildren("td", "th")]
        if row.getparent().tag != "thead" and (not cells or "td" in cells):
            break
        count += 1
    return count if 0 < count < len(rows) else None


# --- the main text ----------------------------------------------------------------------------


def _main_items(items: list[_Item], main: str) -> list[_Item]:
    """The items from the first to the last of the main text, without menus in between."""
    readable = [item for item in items if not item.framed and not _is_menu(item)]
    if not readable:
        return items
    key, lines = _key(main), {_key(line) for line in main.splitlines()}
    inside = [at for at, item in enumerate(readable) if _is_inside(item, key, lines)]
    if not inside or len(key) < MIN_MAIN_CHARS:
        return readable
    end = inside[-1] + 1
    while end < len(readable) and readable[end].grid is not None:
        end += 1
    return readable[_with_heading(readable, inside[0]) : end]


def _with_heading(items: list[_Item], start: int) -> int:
    """The first item, or the page's highest heading over it, which trafilatura may drop."""
    highest = [at for at in range(start) if (block := items[at].block) and block.level == 1]
    return highest[-1] if highest else start


def _is_menu(item: _Item) -> bool:
    return item.link_share > MAX_LINK_SHARE and len(item.text) >= _MIN_LINKED_CHARS


def _is_inside(item: _Item, key: str, lines: set[str]) -> bool:
    """Whether the main text has the item: as a line, or by its beginning if that is long enough."""
    own = _key(item.text)
    probe = own[:_PROBE_CHARS]
    return own in lines - {""} or (len(probe) >= _MIN_PROBE_CHARS and probe in key)


def _key(text: str) -> str:
    return "".join(char for char in printed(text).lower() if char.isalnum())


def _blocks(items: list[_Item]) -> list[Block]:
    blocks: list[Block] = []
    for item in items:
        if item.grid is not None:
            blocks = place_table(blocks, item.grid, caption=item.caption)
        elif item.block is not None:
            blocks.append(item.block)
    return blocks
