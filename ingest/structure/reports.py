"""Reports by paragraph, digests by the article that they retell, tables by row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.reading import Table, TableRow
from ingest.structure.cutting import Draft, split_long
from ingest.structure.lines import Line, row_text

# "Điều 42 Luật Hợp tác xã 17/2023/QH15: cấp giấy chứng nhận", also "Điều 97, 98 Luật …".
_RETOLD = re.compile(
    r"^Điều\s+(?P<article>\d+[a-zđ]?)(?P<more>(?:\s*[,-]\s*\d+|\s+và\s+\d+)*)\s+"
    r"(?P<document>(?:Luật|Bộ luật|Nghị định|Thông tư|Quyết định|Nghị quyết|Kế hoạch)\b[^:]{0,120})"
    r"(?::\s*(?P<topic>.+))?$"
)
_DIGEST_LINE = re.compile(r"tóm tắt .*không thay (?:thế )?văn bản gốc", re.IGNORECASE)
_FEWEST_WORDS = 6  # a shorter line without a figure is a caption, a signature or a label
_JOINED_WORDS = 60


@dataclass(slots=True)
class _Section:
    heading: str = ""
    breadcrumb: str = ""
    lines: list[Line] = field(default_factory=list)


def is_digest(lines: Sequence[Line]) -> bool:
    """Tell whether a text says of itself that it retells a law."""
    return any(_DIGEST_LINE.search(line.text) for line in lines[:12])


def cut_report(lines: Sequence[Line], text: str) -> list[Draft]:
    """Return the passages of a report: paragraphs under their headings, rows of its tables."""
    drafts: list[Draft] = []
    for section in _sections(lines):
        drafts += _cut_section(section, text)
    return drafts


def cut_digest(lines: Sequence[Line], text: str) -> list[Draft]:
    """Return the passages of a digest: one a retold article, split when it is long."""
    drafts: list[Draft] = []
    for section in _sections(lines):
        match = _RETOLD.match(section.heading)
        if match is None:
            drafts += _cut_section(section, text)
        else:
            drafts += _cut_retold(section, match, text)
    return drafts


def _cut_retold(section: _Section, match: re.Match[str], text: str) -> list[Draft]:
    articles = f"{match['article']}{match['more']}"
    locator = f"Điều {articles} {match['document'].strip()}"
    if not section.lines:
        return []
    return [
        Draft(
            text=text[piece.start : piece.end],
            start=piece.start,
            page=piece.page,
            breadcrumb=section.breadcrumb,
            heading=section.heading,
            article=match["article"],
            locator=locator,
        )
        for piece in split_long(text, section.lines)
    ]


def _sections(lines: Sequence[Line]) -> Iterator[_Section]:
    """Yield runs of lines under one heading; the first may have none."""
    section = _Section()
    crumbs: dict[int, str] = {}
    for line in lines:
        level = line.level or (7 if _RETOLD.match(line.text) else 0)
        if not level:
            section.lines.append(line)
            continue
        if section.lines or section.heading:
            yield section
        crumbs = {rank: name for rank, name in crumbs.items() if rank < level}
        crumbs[level] = line.text
        section = _Section(line.text, " > ".join(crumbs.values()))
    if section.lines or section.heading:
        yield section


def _cut_section(section: _Section, text: str) -> list[Draft]:
    drafts: list[Draft] = []
    run: list[Line] = []
    for line in section.lines:
        if line.row is not None and line.table is not None:
            drafts += _cut_run(section, run, text)
            run = []
            drafts.append(_row_draft(section, line, line.table, line.row))
        elif line.table is None:
            run.append(line)
    return drafts + _cut_run(section, run, text)


def _cut_run(section: _Section, run: list[Line], text: str) -> list[Draft]:
    """Cut lines of prose: one passage a paragraph, list items joined to the line before them."""
    drafts: list[Draft] = []
    for lines in _paragraphs(run):
        for piece in split_long(text, lines):
            quoted = text[piece.start : piece.end]
            if len(quoted.split()) < _FEWEST_WORDS and not re.search(r"\d", quoted):
                continue
            place = f"trang {piece.page}" if piece.page else ""
            drafts.append(
                Draft(
                    text=quoted,
                    start=piece.start,
                    page=piece.page,
                    breadcrumb=section.breadcrumb,
                    heading=section.heading,
                    locator=", ".join(part for part in (section.heading, place) if part),
                )
            )
    return drafts


def _paragraphs(run: Sequence[Line]) -> Iterator[list[Line]]:
    lines: list[Line] = []
    for line in run:
        opened = bool(lines) and (
            lines[-1].text.endswith(":")
            or (_is_item(line.text) and (_is_item(lines[-1].text) or lines[0].text.endswith(":")))
        )
        if opened and sum(len(one.text.split()) for one in lines) < _JOINED_WORDS:
            lines.append(line)
            continue
        if lines:
            yield lines
        lines = [line]
    if lines:
        yield lines


def _is_item(text: str) -> bool:
    return bool(re.match(r"^(?:[-+•*–]|\d{1,2}[.)]|[a-zđ]\))\s", text))


def _row_draft(section: _Section, line: Line, table: Table, row: TableRow) -> Draft:
    named = "; ".join(
        f"{header}: {cell}" if header else cell
        for header, cell in zip(table.headers, row.cells, strict=False)
        if cell
    )
    place = f"{table.sheet}, dòng {row.number}" if table.sheet else f"bảng, dòng {row.number}"
    if line.page:
        place = f"trang {line.page}, {place}"
    return Draft(
        text=row_text(row),
        start=line.start,
        page=line.page,
        breadcrumb=" > ".join(part for part in (section.breadcrumb, table.caption) if part),
        heading=table.caption or section.heading,
        locator=place,
        lead=table.caption,
        searched=named,
    )
