"""References followed: the articles that an article points to instead of answering itself.

"Hồ sơ đăng ký thực hiện theo quy định tại Điều 42 Luật Hợp tác xã" answers nobody; Article 42 does.
Only a short source is followed, for a long one says something itself, and only to articles that the
library holds.
"""

from __future__ import annotations

import re

from knowledge.in_force import number_key
from knowledge.model import Citation, Kind, Passage
from knowledge.search.library import Library
from knowledge.vietnamese.text import fold_white_space, search_key

_SHORT = 600  # characters; a longer quotation says something itself
_POINTER = re.compile(
    r"(?:theo|tại) (?:(?:quy định|hướng dẫn) (?:tại|của) )?"
    r"(?:(?:các )?(?:điểm|khoản) (?:(?:\d{1,2}|[a-zđ]|và)\b[, ]*){1,9})*"
    r"(?P<articles>Điều \d{1,3}(?:(?:, | và )(?:Điều )?\d{1,3}\b)*)"
    r"(?: của)? (?P<document>(?:Luật|Bộ luật|Nghị định|Thông tư|Quyết định|Điều lệ) [^.;:()]{0,80})"
)


def pointed_at(library: Library, citation: Citation) -> list[tuple[Passage, ...]]:
    """Return the articles that a short quotation of a law points to, in its order."""
    if citation.kind is not Kind.LAW or len(citation.quote) > _SHORT:
        return []
    found: dict[str, tuple[Passage, ...]] = {}
    for match in _POINTER.finditer(fold_white_space(citation.quote)):
        document = _document(library, citation, match["document"])
        for article in re.findall(r"\d+", match["articles"]) if document else ():
            for unit in library.units.values():
                if unit[0].document == document and unit[0].article == article:
                    found[unit[0].unit] = unit
    return [
        unit
        for unit in found.values()
        if (unit[0].document, unit[0].article) != (citation.document, citation.article)
    ]


def _document(library: Library, citation: Citation, named: str) -> str:
    """Return the document that is meant: this one, or one by its number or title; "" for none."""
    key = search_key(named)
    if key.split()[1:2] == ["này"]:
        return citation.document
    laws = [one for one in library.documents.values() if one.metadata.kind is Kind.LAW]
    numbered = [
        one
        for one in laws
        if one.metadata.number and number_key(one.metadata.number) in number_key(named)
    ]
    titled = [one for one in laws if f"{key} ".startswith(f"{search_key(one.metadata.title)} ")]
    meant = numbered or (titled if not re.search(r"\d+/", named) else [])
    return meant[0].id if len({one.id for one in meant}) == 1 else ""
