"""References of a rule to other articles: "theo quy định tại Điều 42 Luật Hợp tác xã".

An article that answers by pointing to others answers nobody; those are quoted with it. Only a short
source is followed so, for a long one says something itself, and only to articles that the library
holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.in_force import number_key
from knowledge.model import Citation, Kind, Passage
from knowledge.search.library import Library
from knowledge.vietnamese.text import fold_white_space, search_key

_SHORT = 600  # characters; a longer quotation says something itself
_REFERENCE = re.compile(
    r"(?P<by>(?:theo|tại) (?:(?:quy định|hướng dẫn) (?:tại|của) )?"
    r"(?:(?:các )?(?:điểm|khoản) (?:(?:\d{1,2}|[a-zđ]|và)\b[, ]*){1,9})*)?"
    r"(?P<articles>Điều \d{1,3}[a-zđ]?(?:(?:, | và | hoặc )(?:Điều )?\d{1,3}\b)*)"
    r"(?: của)? (?P<document>(?:Luật|Bộ luật|Nghị định|Thông tư|Quyết định|Điều lệ) [^.;:()]{0,80})"
)

Unit = tuple[Passage, ...]


def pointed_at(library: Library, citation: Citation) -> list[Unit]:
    """Return the articles that a short quotation of a law points to, in its order."""
    short = len(citation.quote) <= _SHORT
    found = [unit for unit, by in _named(library, citation) if by] if short else []
    return list(dict.fromkeys(found))


def named_in(library: Library, citation: Citation) -> list[Unit]:
    """Return the other articles that a quotation of a law names, in its order."""
    return list(dict.fromkeys(unit for unit, _ in _named(library, citation)))


def _named(library: Library, citation: Citation) -> Iterator[tuple[Unit, bool]]:
    """Yield the articles that a quotation names, and whether it rests on them."""
    if citation.kind is not Kind.LAW:
        return
    for match in _REFERENCE.finditer(fold_white_space(citation.quote)):
        document = _document(library, citation, match["document"])
        for article in re.findall(r"\d+[a-zđ]?", match["articles"]) if document else ():
            same = (document, article) == (citation.document, citation.article)
            unit = None if same else library.article(document, article)
            if unit is not None:
                yield unit, match["by"] is not None


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
