"""What admins decide about people, and how it comes into force: in the store, then in memory."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial

from telegram import User

from bot.settings import Settings
from bot.telegram.access import Access
from bot.telegram.context import Services
from bot.texts import people as words
from knowledge.catalogue import Did, Member, Membership, Role
from knowledge.model import Language
from knowledge.vietnamese.text import printed_line

_ACCESS, _OPEN, _CLOSED = "access", "open", "closed"
_LONGEST_NAME = 64  # characters; Telegram's are up to 128
_ORDER = tuple(Role)


class Decision(StrEnum):
    """What an admin may decide about a person; the words stand in buttons that are out there."""

    MANAGER = "manager"
    OFFICER = "officer"
    ADMIN = "admin"
    DECLINE = "no"
    BLOCK = "block"
    UNBLOCK = "unblock"

    @property
    def role(self) -> Role | None:
        """The role that is given, if one is."""
        return Role(self.value) if self.value in set(Role) else None


_DEEDS = {
    Decision.DECLINE: Did.DECLINE,
    Decision.BLOCK: Did.BLOCK,
    Decision.UNBLOCK: Did.UNBLOCK,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What came of a decision.

    Attributes:
        refusal: why nothing was changed; None when it was.
        member: the person, as known from now on.
        settled: a request was decided by it.
    """

    refusal: dict[Language, str] | None = None
    member: Member
    settled: bool = False


def recall(services: Services, settings: Settings) -> None:
    """Load what was decided before; what admins chose in the chat wins over the settings."""
    services.access.remember(*services.people.all())
    chosen = services.people.option(_ACCESS) or settings.bot_access
    services.access.is_open = chosen == _OPEN


async def switch(services: Services, by: int, *, is_open: bool) -> None:
    """Open the bot to everybody, or close it to those who were not let in."""
    chosen = _OPEN if is_open else _CLOSED
    await asyncio.to_thread(services.people.choose, _ACCESS, chosen)
    services.access.is_open = is_open
    await services.note(by, Did.ACCESS, chosen)


def refusal(access: Access, person: int, decision: Decision) -> dict[Language, str] | None:
    """Return why something cannot be decided about a person; None when it can."""
    named = access.named_role(person)
    if named is not None:
        given = decision.role
        if given is None or _ORDER.index(given) < _ORDER.index(named):
            return words.FIXED
    if access.admins == {person} and decision is not Decision.ADMIN:
        return words.LAST_ADMIN
    return None


def outcome(known: Member, decision: Decision) -> tuple[Role | None, Membership]:
    """Return role and membership after a decision; who was blocked comes back as a manager."""
    match decision:
        case Decision.DECLINE:
            return None, Membership.UNKNOWN
        case Decision.BLOCK:
            return Role.MANAGER if known.role else None, Membership.BLOCKED
        case Decision.UNBLOCK:
            return known.role, Membership.MEMBER if known.role else Membership.UNKNOWN
        case _:
            return decision.role, Membership.MEMBER


async def decide(services: Services, by: int, person: int, decision: Decision) -> Decided:
    """Bring a decision into force, unless there is a reason not to.

    The caller holds `services.deciding`: two admins could take each other's role at once.
    """
    access, people = services.access, services.people
    known = access.member(person)
    why = refusal(access, person, decision)
    if why is not None:
        return Decided(refusal=why, member=known)
    role, membership = outcome(known, decision)
    settled = known.membership is Membership.ASKED
    if settled:
        settle = partial(people.settle, role=role, membership=membership, by=by)
        if not await asyncio.to_thread(settle, person):
            return Decided(refusal=words.ALREADY_DECIDED, member=known)
    else:
        keep = partial(people.decide, role=role, membership=membership, by=by)
        await asyncio.to_thread(keep, person)
    member = replace(
        known, role=role, membership=membership, decided_by=by, changed_at=datetime.now(UTC)
    )
    access.remember(member)
    detail = decision.role.value if decision.role else ""
    await services.note(by, _DEEDS.get(decision, Did.ROLE), name_of(member), detail)
    return Decided(member=member, settled=settled)


async def keep_name(services: Services, user: User) -> None:
    """Keep the name that Telegram shows for a person, when it is another than before."""
    name = shown_name(user)
    known = services.access.member(user.id)
    if known.name != name:
        await asyncio.to_thread(services.people.rename, user.id, name)
        services.access.remember(replace(services.access.member(user.id), name=name))


def shown_name(user: User) -> str:
    """Return a person's name on one line; half an emoji has no UTF-8."""
    whole = user.full_name.encode(errors="ignore").decode()
    return printed_line(whole)[:_LONGEST_NAME].strip() or str(user.id)


def name_of(member: Member) -> str:
    """Return the name of a person, or the number of one who never wrote."""
    return member.name or str(member.id)
