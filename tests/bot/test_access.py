"""Who may do what: admins by number, and in a group everybody sees what everybody may."""

from __future__ import annotations

import pytest

from bot.telegram.access import Access
from knowledge.model import Audience

ADMIN, OFFICER, BOTH, VISITOR = 7_000_000_001, 2, 3, 4
GROUP = -1_001_234_567_890

ACCESS = Access(admins=frozenset({ADMIN, BOTH}), officers=frozenset({OFFICER, BOTH}))


@pytest.mark.parametrize(
    ("person", "alone"),
    [
        (ADMIN, Audience.ADMINS),
        (OFFICER, Audience.OFFICERS),
        (BOTH, Audience.ADMINS),
        (VISITOR, Audience.EVERYONE),
        (0, Audience.EVERYONE),
        (GROUP, Audience.EVERYONE),
    ],
    ids=["admin", "officer", "admin and officer", "visitor", "nobody known", "number of a group"],
)
def test_a_person_sees_alone_what_is_meant_for_them_and_in_a_group_what_all_may_see(
    person: int, alone: Audience
):
    assert ACCESS.audience(person, private=True) is alone
    assert ACCESS.audience(person, private=False) is Audience.EVERYONE


@pytest.mark.parametrize("person", [OFFICER, VISITOR, 0, -ADMIN, GROUP])
def test_only_who_is_named_is_an_admin(person: int):
    assert not ACCESS.is_admin(person)
    assert ACCESS.is_admin(ADMIN)
    assert ACCESS.is_admin(BOTH)


def test_a_bot_without_admins_has_none():
    nobody = Access(admins=frozenset(), officers=frozenset())
    assert not nobody.is_admin(0)
    assert nobody.audience(ADMIN, private=True) is Audience.EVERYONE
