"""Screens about people: requests, the list, one person, the audit. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.telegram.access import Access
from bot.telegram.buttons import Act, Press
from bot.telegram.inert import inert
from bot.telegram.people.membership import Decision, name_of, outcome, refusal
from bot.telegram.screens import VIETNAM, Button, Page, Screen
from bot.texts import in_chat
from bot.texts import people as words
from knowledge.catalogue import Deed, Did, Member, Membership, Role
from knowledge.model import Language
from knowledge.vietnamese.text import search_key, without_marks

ON_A_PAGE = 8  # people; a row of buttons each
DEEDS_ON_A_PAGE = 12
_SPLIT = 10**12  # numbers of people have up to 16 digits, a field of a button 12
_LONGEST_LABEL = 40
_LONGEST_OBJECT = 120

# What buttons say beside the decisions.
LIST, OPEN, AUDIT, FORGET, KEEP = "list", "open", "audit", "forget", "keep"
TO_OPEN, TO_CLOSED = "toopen", "toclosed"


def about(word: str, person: int, page: int = 0) -> Press:
    """Return a press about a person; `page` of the list that it came from, 0 for a request."""
    high, low = divmod(person, _SPLIT)
    return Press(act=Act.PEOPLE, turn=low, page=high, item=page, word=word)


def person_of(press: Press) -> int:
    """Return whom a press is about."""
    return press.page * _SPLIT + press.turn


def when(moment: datetime) -> str:
    """Return a moment as people in Vietnam write it."""
    return moment.astimezone(VIETNAM).strftime("%H:%M %d/%m/%Y")


# --- requests ----------------------------------------------------------------------------------


def request_screen(member: Member, username: str, language: Language) -> Screen:
    """Return the card that asks an admin to let somebody in."""
    number = words.NUMBER[language].format(number=member.id)
    facts = " · ".join(filter(None, [f"@{username}" if username else "", number]))
    html = words.REQUEST[language].format(name=inert(name_of(member)), facts=inert(facts))
    roles = tuple(
        Button(label=words.ROLES[role][language], press=about(role.value, member.id))
        for role in Role
    )
    others = (
        Button(label=words.REFUSE[language], press=about(Decision.DECLINE, member.id)),
        Button(label=words.BLOCK[language], press=about(Decision.BLOCK, member.id)),
    )
    return Screen(html=html, rows=(roles, others))


def decided_screen(member: Member, admin: str, language: Language) -> Screen:
    """Return what a card says once its request is decided."""
    form = {
        Membership.MEMBER: words.LET_IN,
        Membership.BLOCKED: words.SHUT_OUT,
    }.get(member.membership, words.DECLINED)
    role = words.ROLES[member.role][language] if member.role else ""
    who = inert(admin or words.AN_ADMIN[language])
    return Screen(html=form[language].format(name=inert(name_of(member)), admin=who, role=role))


# --- /users ------------------------------------------------------------------------------------


def in_order(access: Access) -> list[Member]:
    """Return everybody: those who wait first, then by role and name, those shut out last."""

    def place(member: Member) -> tuple[int, str, int]:
        role = access.role(member.id)
        rank = {Role.ADMIN: 1, Role.OFFICER: 2, Role.MANAGER: 3, None: 4}[role]
        if member.membership is Membership.ASKED and role is None:
            rank = 0
        if access.is_blocked(member.id):
            rank = 5
        return rank, search_key(member.name), member.id

    return sorted(access.everybody(), key=place)


def matching(members: Sequence[Member], text: str) -> list[Member]:
    """Return those whose name holds a text, with tone marks or without, or whose number it is."""
    wanted = without_marks(search_key(text))
    return [
        one
        for one in members
        if wanted in without_marks(search_key(one.name)) or text.strip() == str(one.id)
    ]


def users_screen(access: Access, page: int, language: Language) -> Screen:
    """Return a page of all people, with the switch between open and closed."""
    members = in_order(access)
    count = max(1, -(-len(members) // ON_A_PAGE))
    number = min(max(page, 1), count)
    shown = members[(number - 1) * ON_A_PAGE :][:ON_A_PAGE]
    state = words.IS_OPEN if access.is_open else words.IS_CLOSED
    head = [words.USERS[language].format(count=len(members)), state[language], ""]
    lines = [_line(one, access, language) for one in shown]
    label, word = (words.TO_CLOSED, TO_CLOSED) if access.is_open else (words.TO_OPEN, TO_OPEN)
    switch = (Button(label=label[language], press=Press(act=Act.PEOPLE, word=word)),)
    rows = [*_people(shown, number), *_pager(LIST, Page(number=number, count=count)), switch]
    html = "\n".join([*head, *lines, "", words.SEARCH_HINT[language]])
    return Screen(html=html, rows=tuple(rows))


def found_screen(access: Access, text: str, language: Language) -> Screen:
    """Return the people whose name or number was searched for."""
    found = matching(in_order(access), text)
    if not found:
        return Screen(html=words.NOBODY_FOUND[language].format(words=inert(text)))
    shown, more = found[:ON_A_PAGE], len(found) - ON_A_PAGE
    lines = [words.FOUND[language].format(words=inert(text), count=len(found)), ""]
    lines += [_line(one, access, language) for one in shown]
    lines += [words.MORE_FOUND[language].format(count=more)] if more > 0 else []
    return Screen(html="\n".join(lines), rows=_people(shown, 1))


def person_screen(access: Access, person: int, page: int, language: Language) -> Screen:
    """Return one person with what may be decided."""
    member = access.member(person)
    lines = [_line(member, access, language), words.NUMBER[language].format(number=person)]
    if member.changed_at is not None and member.decided_by:
        admin = inert(name_of(access.member(member.decided_by)))
        time = when(member.changed_at)
        lines.append(words.SINCE[language].format(admin=admin, time=time))
    if access.named_role(person) is not None:
        lines.append(f"<i>{words.FIXED[language]}</i>")
    rows = [
        tuple(
            Button(label=label[language], press=about(decision, person, page))
            for decision, label in row
            if refusal(access, person, decision) is None and _changes(access, member, decision)
        )
        for row in _choices(member)
    ]
    back = Press(act=Act.PEOPLE, page=page, word=LIST)
    rows.append((Button(label=words.ALL_USERS[language], press=back),))
    return Screen(html="\n".join(lines), rows=tuple(filter(None, rows)))


_Choice = tuple[Decision, dict[Language, str]]


def _choices(member: Member) -> tuple[tuple[_Choice, ...], ...]:
    if member.membership is Membership.BLOCKED:
        return (((Decision.UNBLOCK, words.UNBLOCK),),)
    roles = tuple((Decision(role.value), words.ROLES[role]) for role in Role)
    if member.membership is Membership.ASKED:
        return roles, ((Decision.DECLINE, words.REFUSE), (Decision.BLOCK, words.BLOCK))
    return roles, ((Decision.BLOCK, words.BLOCK),)


def _changes(access: Access, member: Member, decision: Decision) -> bool:
    role, membership = outcome(member, decision)
    if role is not None and membership is Membership.MEMBER:
        return access.role(member.id) is not role
    return membership is not member.membership


def _line(member: Member, access: Access, language: Language) -> str:
    return f"• <b>{inert(name_of(member))}</b> · {_standing(member, access, language)}"


def _standing(member: Member, access: Access, language: Language) -> str:
    """Return role and state in a few words."""
    if access.is_blocked(member.id):
        return words.IS_BLOCKED[language]
    role = access.role(member.id)
    if role is None:
        waits = member.membership is Membership.ASKED
        return (words.WAITS if waits else words.NO_ROLE)[language]
    named = words.ROLES[role][language]
    fixed = access.named_role(member.id) is role
    return f"{named} ({words.BY_SETTINGS[language]})" if fixed else named


def _people(members: Sequence[Member], page: int) -> tuple[tuple[Button, ...], ...]:
    """Return a button a person, two in a row."""
    buttons = [
        Button(label=name_of(one)[:_LONGEST_LABEL], press=about(OPEN, one.id, page))
        for one in members
    ]
    return tuple(tuple(buttons[start : start + 2]) for start in range(0, len(buttons), 2))


def _pager(word: str, page: Page) -> tuple[tuple[Button, ...], ...]:
    if page.count == 1:
        return ()
    here = in_chat.PAGE_OF.format(page=page.number, pages=page.count)
    row = [Button(label=here, press=Press(act=Act.NOTHING))]
    if page.number > 1:
        press = Press(act=Act.PEOPLE, page=page.number - 1, word=word)
        row.insert(0, Button(label=in_chat.PREVIOUS, press=press))
    if page.number < page.count:
        press = Press(act=Act.PEOPLE, page=page.number + 1, word=word)
        row.append(Button(label=in_chat.NEXT, press=press))
    return (tuple(row),)


# --- /audit ------------------------------------------------------------------------------------


def audit_screen(
    deeds: Sequence[Deed], page: Page, name: Callable[[int], str], language: Language
) -> Screen:
    """Return a page of who did what, the newest first."""
    if not deeds:
        return Screen(html=words.NO_DEEDS[language])
    lines = [_deed_line(one, name, language) for one in deeds]
    html = "\n".join([words.AUDIT[language], "", *lines])
    return Screen(html=html, rows=_pager(AUDIT, page))


def _deed_line(deed: Deed, name: Callable[[int], str], language: Language) -> str:
    who = inert(name(deed.person)) if deed.person else words.THE_BOT[language]
    return f"{when(deed.at)} · <b>{who}</b> {_phrase(deed, language)}"


def _phrase(deed: Deed, language: Language) -> str:
    what = deed.object[:_LONGEST_OBJECT]
    detail = deed.detail[:_LONGEST_OBJECT]
    if deed.deed == "role" and detail in set(Role):
        detail = words.ROLES[Role(detail)][language]
    if deed.deed == "access" and what in words.ACCESS_STATES:
        what = words.ACCESS_STATES[what][language]
    if deed.deed not in set(Did):
        return inert(" · ".join(filter(None, [deed.deed, what, detail])))
    return words.DEEDS[Did(deed.deed)][language].format(what=inert(what), detail=inert(detail))
