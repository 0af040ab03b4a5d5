"""Plain text."""

from __future__ import annotations

from ingest.pages import paragraphs
from ingest.readers import decode
from ingest.reading import Block, BlockKind, Format, Reading


def read(data: bytes) -> Reading:
    """The paragraphs of a text file; it has no headings, lists or tables that the eye is sure of.

    Raises:
        UnreadableDocumentError: DAMAGED when the bytes are no text.
    """
    decoded = decode(data)
    texts = paragraphs(decoded.text.splitlines())
    blocks = tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts)
    return Reading(format=Format.TXT, blocks=blocks, notes=decoded.notes)
