"""The truth of the library: documents, versions, passages, generations, conversations, in SQL."""

from knowledge.catalogue.audit import Audit, Deed, Did
from knowledge.catalogue.conversations import Conversations, Turn
from knowledge.catalogue.desk import Desk
from knowledge.catalogue.drafts import Draft, DraftFile, Drafts, DraftState, Understood
from knowledge.catalogue.gaps import Gap, Gaps, GapState
from knowledge.catalogue.handovers import Handover, Handovers, HandoverState
from knowledge.catalogue.notices import Notice, Notices
from knowledge.catalogue.people import Card, Member, Membership, People, Role
from knowledge.catalogue.rows import StoredDocument
from knowledge.catalogue.store import Catalogue, Generation, StoredVersion
from knowledge.catalogue.subscriptions import Appeared, Bundle, Subscription, Subscriptions
from knowledge.catalogue.usage import Asked, Usage, Verdict

__all__ = [
    "Appeared",
    "Asked",
    "Audit",
    "Bundle",
    "Card",
    "Catalogue",
    "Conversations",
    "Deed",
    "Desk",
    "Did",
    "Draft",
    "DraftFile",
    "DraftState",
    "Drafts",
    "Gap",
    "GapState",
    "Gaps",
    "Generation",
    "Handover",
    "HandoverState",
    "Handovers",
    "Member",
    "Membership",
    "Notice",
    "Notices",
    "People",
    "Role",
    "StoredDocument",
    "StoredVersion",
    "Subscription",
    "Subscriptions",
    "Turn",
    "Understood",
    "Usage",
    "Verdict",
]
