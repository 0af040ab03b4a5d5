"""The truth of the library: documents, versions, passages, generations, conversations, in SQL."""

from knowledge.catalogue.audit import Audit, Deed
from knowledge.catalogue.conversations import Conversations, Turn
from knowledge.catalogue.drafts import Draft, DraftFile, Drafts, DraftState, Understood
from knowledge.catalogue.people import Member, Membership, People, Role
from knowledge.catalogue.store import Catalogue, Generation, StoredDocument, StoredVersion

__all__ = [
    "Audit",
    "Catalogue",
    "Conversations",
    "Deed",
    "Draft",
    "DraftFile",
    "DraftState",
    "Drafts",
    "Generation",
    "Member",
    "Membership",
    "People",
    "Role",
    "StoredDocument",
    "StoredVersion",
    "Turn",
    "Understood",
]
