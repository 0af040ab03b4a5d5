"""Who may do what. Pure: numbers of people and chats in, a yes or an audience out."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.model import Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """The people that the settings name."""

    admins: frozenset[int]
    officers: frozenset[int]

    def is_admin(self, person: int) -> bool:
        """Tell whether a person may change the library."""
        return person in self.admins

    def audience(self, person: int, *, private: bool) -> Audience:
        """Return whose documents may be shown; what is said in a group everybody reads."""
        if not private:
            return Audience.EVERYONE
        if person in self.admins:
            return Audience.ADMINS
        return Audience.OFFICERS if person in self.officers else Audience.EVERYONE
