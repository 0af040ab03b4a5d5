"""The truth of the library: documents, versions, passages, generations, conversations, in SQL."""

from knowledge.catalogue.audit import Audit, Deed
from knowledge.catalogue.conversations import Conversations, Turn
from knowledge.catalogue.people import Card, Member, Membership, People, Role
from knowledge.catalogue.store import Catalogue, Generation, StoredDocument, StoredVersion

__all__ = [
    "Audit",
    "Card",
    "Catalogue",
    "Conversations",
    "Deed",
    "Generation",
    "Member",
    "Membership",
    "People",
    "Role",
    "StoredDocument",
    "StoredVersion",
    "Turn",
]
