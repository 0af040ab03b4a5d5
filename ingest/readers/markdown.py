"""Markdown, as people write it: headings, lists, pipe tables; anything else is plain text.

A file without any mark of Markdown reads exactly like plain text: laws are full of "1." and "-",
which are theirs and no list of ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.pages import paragraphs
from ingest.readers import decode
from ingest.reading import Block, BlockKind, Format, Reading
from ingest.tables import make_grid, place_table
from knowledge.vietnamese.text import printed

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*")
_UNDERLINE = re.compile(r" {0,3}=+\s*")
_ITEM = re.compile(r"\s*([-*+•]|\d{1,4}[.)]|[a-zđ]\))\s+(\S.*)")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_TABLE_RULE = re.compile(r"[\s|:-]*-[\s|:-]*")
_CELL_END = re.compile(r"(?<!\\)\|")
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n((?:[\w-]+:.*\n|[ \t]+.*\n|- .*\n|\n)+?)---[ \t]*\n")
_TITLE = re.compile(r"^title:\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE)
_SIGNS = re.compile(
    r"^ {0,3}#{1,6}[ \t]+\S|^ {0,3}={3,}\s*$|^\s*(?:```|~~~)|\*\*\S|!?\[[^\]\n]*\]\([^)\n]*\)"
    r"|^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*\|[ \t:|-]*$",
    re.MULTILINE,
)

_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[\w\"“(])([^*_]+?)(?<=[\w\"”).,;:!?%])\1(?![\w*])")
_CODE = re.compile(r"(`+)(.+?)\1")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:b|i|u|em|strong|sup|sub|span|p|div|center|font|mark)(?:\s[^<>]*)?>", re.IGNORECASE
)
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|noscript)\b[^>]*>.*?(?:</\1\s*>|\Z)"
    r"|<(\w+)\b[^>]*(?:display\s*:\s*none|visibility\s*:\s*hidden|\shidden\b)[^>]*>.*?(?:</\2\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
"""What a page made of the file would not show."""
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")


def read(data: bytes) -> Reading:
    """The headings, paragraphs, list items and tables of a Markdown file.

    Raises:
        UnreadableDocumentError: DAMAGED when the bytes are no text.
    """
    decoded = decode(data)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT_MATTER.match(text)
    title = _TITLE.search(front[1]) if front else None
    body, unseen = _UNSEEN.subn("", text[front.end() :] if front else text)
    notes = (
        *decoded.notes,
        *(("bỏ phần khai báo đầu tệp (front matter)",) if front else ()),
        *((f"bỏ {unseen} đoạn ẩn",) if unseen else ()),
    )
    return Reading(
        format=Format.MD,
        blocks=_blocks(body) if _SIGNS.search(body) else _plain(body),
        title=printed(title[1]) if title else "",
        notes=notes,
    )


def plain_inline(text: str) -> str:
    """A line without the marks of emphasis, code, links and images; their words stay."""
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _STRONG.sub(r"\2", text)
    text = _EMPHASIS.sub(r"\2", text)
    text = _TAG.sub("", _BREAK.sub(" ", _CODE.sub(r"\2", text)))
    return printed(_ESCAPED.sub(r"\1", text))


def _plain(text: str) -> tuple[Block, ...]:
    return tuple(
        Block(kind=BlockKind.PARAGRAPH, text=line) for line in paragraphs(text.splitlines())
    )


@dataclass(slots=True)
class _Page:
    """The blocks so far, and the lines of plain text since the last of them."""

    blocks: list[Block] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def add(self, block: Block) -> None:
        """Close the plain text, then add a block; one without words is none."""
        self.close()
        if block.text:
            self.blocks.append(block)

    def close(self) -> None:
        """Turn the plain lines into paragraphs."""
        for text in paragraphs(self.lines):
            if clean := plain_inline(text):
                self.blocks.append(Block(kind=BlockKind.PARAGRAPH, text=clean))
        self.lines.clear()


def _blocks(text: str) -> tuple[Block, ...]:
    lines = text.split("\n")
    page = _Page()
    at = 0
    while at < len(lines):
        at = _take(lines, at, page)
    page.close()
    return tuple(page.blocks)


def _take(lines: list[str], at: int, page: _Page) -> int:
    """Put what begins at a line on the page; the number of the next line."""
    line = lines[at]
    if heading := _HEADING.fullmatch(line):
        page.add(_heading(heading[2], len(heading[1])))
        return at + 1
    if _FENCE.match(line):
        return _take_fenced(lines, at, page)
    if _starts_table(lines, at):
        return _take_table(lines, at, page)
    if _is_underlined(lines, at):
        page.add(_heading(line, 1))
        return at + 2
    if item := _ITEM.fullmatch(line):
        return _take_item(lines, at, item, page)
    page.lines.append(re.sub(r"^\s*>\s?", "", line))
    return at + 1


def _heading(text: str, level: int) -> Block:
    return Block(kind=BlockKind.HEADING, text=plain_inline(text), level=level)


def _is_underlined(lines: list[str], at: int) -> bool:
    below = lines[at + 1] if at + 1 < len(lines) else ""
    return bool(lines[at].strip()) and _UNDERLINE.fullmatch(below) is not None


def _take_fenced(lines: list[str], at: int, page: _Page) -> int:
    page.close()
    end = next((n for n in range(at + 1, len(lines)) if _FENCE.match(lines[n])), len(lines))
    for line in lines[at + 1 : end]:
        page.add(Block(kind=BlockKind.PARAGRAPH, text=printed(line)))
    return end + 1


def _take_item(lines: list[str], at: int, item: re.Match[str], page: _Page) -> int:
    """A list item with the indented lines under it; a star is a bullet, printed as "-"."""
    mark = "-" if item[1] == "*" else item[1]
    texts = [item[2]]
    end = at + 1
    while end < len(lines) and lines[end][:2].isspace() and _continues_item(lines[end]):
        texts.append(lines[end])
        end += 1
    text = plain_inline(" ".join(texts))
    page.add(Block(kind=BlockKind.LIST_ITEM, text=f"{mark} {text}" if text else ""))
    return end


def _continues_item(line: str) -> bool:
    return bool(line.strip()) and _ITEM.fullmatch(line) is None


def _starts_table(lines: list[str], at: int) -> bool:
    if at + 1 >= len(lines) or "|" not in lines[at]:
        return False
    rule = lines[at + 1]
    return "|" in rule and _TABLE_RULE.fullmatch(rule) is not None


def _take_table(lines: list[str], at: int, page: _Page) -> int:
    page.close()
    end = at + 2
    while end < len(lines) and "|" in lines[end]:
        end += 1
    rows = [_cells(line) for line in (lines[at], *lines[at + 2 : end])]
    page.blocks[:] = place_table(page.blocks, make_grid(rows, header_rows=1))
    return end


def _cells(line: str) -> list[str]:
    cells = _CELL_END.split(line.strip())
    if cells and not cells[0].strip():
        cells = cells[1:]
    if cells and not cells[-1].strip():
        cells = cells[:-1]
    return [plain_inline(cell) for cell in cells]
