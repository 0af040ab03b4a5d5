"""The truth of the library: documents, versions, passages, generations, conversations, in SQL."""

from knowledge.catalogue.conversations import Conversations, Turn
from knowledge.catalogue.store import Catalogue, Generation, StoredDocument, StoredVersion

__all__ = [
    "Catalogue",
    "Conversations",
    "Generation",
    "StoredDocument",
    "StoredVersion",
    "Turn",
]
