"""Who may do what: one rule for the whole bot. Held in memory; numbers in, a yes or a role out.

Who is named in the settings has that role whatever is decided in the chat, so that nobody can lock
the office out of its bot.
"""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.catalogue import Member, Membership, Role
from knowledge.model import Audience

_ORDER = tuple(Role)  # each may do what those before it may


class Access:
    """The people that the settings name and those that admins decided about."""

    def __init__(
        self, *, admins: Iterable[int], officers: Iterable[int], is_open: bool = True
    ) -> None:
        self._named = dict.fromkeys(officers, Role.OFFICER) | dict.fromkeys(admins, Role.ADMIN)
        self._members: dict[int, Member] = {}
        self.is_open = is_open

    def remember(self, *members: Member) -> None:
        """Take what was decided about people, in place of what was known of them."""
        self._members |= {one.id: one for one in members}

    def forget(self, person: int) -> None:
        """Know nothing of a person any more but what the settings say."""
        self._members.pop(person, None)

    def member(self, person: int) -> Member:
        """Return what is known of a person."""
        return self._members.get(person) or Member(id=person)

    def named_role(self, person: int) -> Role | None:
        """Return the role that the settings give; nobody can take it away in the chat."""
        return self._named.get(person)

    def role(self, person: int) -> Role | None:
        """Return what a person is to the office; None for nobody, and for who is blocked."""
        known = self.member(person)
        given = known.role if known.membership is Membership.MEMBER else None
        roles = [one for one in (self._named.get(person), given) if one is not None]
        return max(roles, key=_ORDER.index, default=None)

    def is_admin(self, person: int) -> bool:
        """Tell whether a person may change the library and decide about people."""
        return self.role(person) is Role.ADMIN

    def is_blocked(self, person: int) -> bool:
        """Tell whether an admin shut a person out."""
        blocked = self.member(person).membership is Membership.BLOCKED
        return blocked and person not in self._named

    def may_ask(self, person: int) -> bool:
        """Tell whether a person is answered at all."""
        if self.is_blocked(person):
            return False
        return self.is_open or self.role(person) is not None

    def audience(self, person: int, *, private: bool) -> Audience:
        """Return whose documents may be shown; what is said in a group everybody reads."""
        role = self.role(person)
        return role.audience if private and role is not None else Audience.EVERYONE

    @property
    def admins(self) -> frozenset[int]:
        """All admins at this moment."""
        return self._with(Role.ADMIN)

    @property
    def officers(self) -> frozenset[int]:
        """All officers at this moment; admins are not among them."""
        return self._with(Role.OFFICER)

    def everybody(self) -> list[Member]:
        """Return all who are known, those whom only the settings name included."""
        unmet = [Member(id=one) for one in self._named if one not in self._members]
        return [*self._members.values(), *unmet]

    def _with(self, role: Role) -> frozenset[int]:
        people = self._named.keys() | self._members.keys()
        return frozenset(one for one in people if self.role(one) is role)
