"""/theodoi: who wants to hear of which new documents, chosen with buttons in one message."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable

from telegram import Chat, Update

from bot.figures.figure_menu import mark_of
from bot.telegram.buttons import Act, Press
from bot.telegram.commands import answer_with
from bot.telegram.context import Context, Services
from bot.telegram.figures.choosing import Choice, choices_screen
from bot.telegram.inert import inert
from bot.telegram.office import quiet
from bot.telegram.pressed import Pressed
from bot.telegram.refusing import refuse_press
from bot.telegram.screens import Button, Screen, in_columns, label_of
from bot.texts import following as words
from bot.texts import in_chat
from knowledge.catalogue import Subscription
from knowledge.model import Audience, Kind, Language
from knowledge.vietnamese.places import provinces

MOST = 20  # subscriptions of one person; more would not fit a message
_MARK = 8
_KINDS = ("", *Kind)
# what buttons carry: a place to choose a kind for, both chosen, one to stop, hours to keep
_ADD, _PLACE, _BOTH, _STOP, _HOURS = "add", "p", "k", "del", "quiet"
_FORM = re.compile(rf"({_ADD}|{_PLACE}|{_BOTH}|{_STOP}|{_HOURS}|)([0-9a-f]*)")
_ALL = f"{_BOTH}{mark_of('')}0"


async def on_follow(update: Update, context: Context) -> None:
    """Show what a person follows, and what can be followed."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    services = context.services
    language = await services.language(user)
    if message.chat.type != Chat.PRIVATE:
        await answer_with(message, context, Screen(html=in_chat.PRIVATE_ONLY[language]))
        return
    await answer_with(message, context, await asyncio.to_thread(_mine, services, user.id, language))


async def on_press(pressed: Pressed) -> None:
    """Choose, stop, be quiet: always one's own, in one's own chat."""
    screen = await asyncio.to_thread(_pressed, pressed) if pressed.private else None
    if screen is None:
        await refuse_press(pressed)
        return
    await pressed.replace_with(screen)


def _pressed(pressed: Pressed) -> Screen | None:
    """Do what a button says and return what is shown then; None for what no button says."""
    form = _FORM.fullmatch(pressed.press.word)
    return _DEEDS[form[1]](pressed, form[2]) if form else None


def _home(pressed: Pressed, rest: str) -> Screen | None:
    if rest:
        return None
    return _mine(pressed.context.services, pressed.query.from_user.id, pressed.language)


def _stopped(pressed: Pressed, number: str) -> Screen | None:
    """Stop one of a person's own subscriptions; None for what is another person's."""
    if not number.isdigit():
        return None
    subscriptions = pressed.context.services.subscriptions
    removed = subscriptions.remove(pressed.query.from_user.id, int(number))
    if not removed and subscriptions.owner(int(number)) is not None:
        return None
    return _home(pressed, "")  # also for one that was pressed twice


def _quiet(pressed: Pressed, number: str) -> Screen | None:
    """Offer quiet hours; with a number keep them."""
    if not number:
        return _hours(pressed.language)
    if not number.isdigit() or int(number) >= len(quiet.CHOICES):
        return None
    hours = quiet.CHOICES[int(number)]
    pressed.context.services.people.be_quiet(pressed.query.from_user.id, hours)
    return _home(pressed, "")


# --- what is shown -----------------------------------------------------------------------------


def _mine(services: Services, person: int, language: Language) -> Screen:
    found = services.subscriptions.of(person)
    member = services.people.find(person)
    hours = words.HOURS.get(member.quiet if member else "", words.HOURS[""])
    lines = [
        words.FOLLOWING[language],
        "",
        words.MINE[language] if found else words.NOTHING_YET[language],
        words.QUIET_NOW[language].format(hours=hours[language]),
    ]
    stops = [
        Button(
            label=label_of(words.STOP.format(what=told(one, language))),
            press=Press(act=Act.SUBSCRIPTION, word=f"{_STOP}{one.id}"),
        )
        for one in found
    ]
    everything = any(not one.place and not one.kind for one in found)
    deeds = [] if everything else [_button(words.ADD_ALL[language], _ALL)]
    deeds += [_button(words.ADD[language], _ADD), _button(words.QUIET[language], _HOURS)]
    rows = (*in_columns(stops), *((one,) for one in deeds))
    return Screen(html="\n".join(lines), rows=rows)


def _button(label: str, word: str) -> Button:
    return Button(label=label, press=Press(act=Act.SUBSCRIPTION, page=1, word=word))


def told(one: Subscription, language: Language) -> str:
    """Return what a subscription is about: "Cà Mau · báo cáo"."""
    if not one.place and not one.kind:
        return words.EVERYTHING[language]
    kind = in_chat.KINDS[Kind(one.kind)][language] if one.kind else words.EVERY_KIND[language]
    return f"{one.place or words.EVERY_PLACE[language]} · {kind}"


def _places(pressed: Pressed, rest: str) -> Screen | None:
    """Return the places: those of documents first, most documents first, then every province."""
    if rest:
        return None
    choices: list[Choice] = [
        (
            place or words.EVERY_PLACE[pressed.language],
            Press(act=Act.SUBSCRIPTION, word=f"{_PLACE}{mark_of(place)}"),
        )
        for place in _known_places(pressed.context.services, pressed.audience)
    ]
    back = _button(words.BACK[pressed.language], "")
    return choices_screen(words.CHOOSE_PLACE[pressed.language], choices, pressed.press, back)


def _known_places(services: Services, audience: Audience) -> list[str]:
    documents = services.assistant.library().seen_by(audience).documents.values()
    counted = Counter(one.metadata.place for one in documents if one.metadata.place)
    order = sorted(counted, key=lambda one: (-counted[one], one))
    return list(dict.fromkeys(("", *order, *sorted(provinces()))))


def _place(pressed: Pressed, mark: str) -> str | None:
    known = _known_places(pressed.context.services, pressed.audience)
    return next((one for one in known if mark_of(one) == mark), None)


def _kinds(pressed: Pressed, mark: str) -> Screen | None:
    place, language = _place(pressed, mark), pressed.language
    if place is None:
        return None
    labels = [
        in_chat.KINDS[Kind(one)][language] if one else words.EVERY_KIND[language] for one in _KINDS
    ]
    choices: list[Choice] = [
        (label, Press(act=Act.SUBSCRIPTION, word=f"{_BOTH}{mark}{number}"))
        for number, label in enumerate(labels)
    ]
    shown = inert(place or words.EVERY_PLACE[language])
    html = words.CHOOSE_KIND[language].format(place=shown)
    return choices_screen(html, choices, pressed.press, _button(words.BACK[language], _ADD))


def _followed(pressed: Pressed, chosen: str) -> Screen | None:
    """Keep a subscription and return all of them; None when no button offers it."""
    place, number = _place(pressed, chosen[:_MARK]), chosen[_MARK:]
    if place is None or not number.isdigit() or int(number) >= len(_KINDS):
        return None
    services, person = pressed.context.services, pressed.query.from_user.id
    subscriptions = services.subscriptions
    if len(subscriptions.of(person)) >= MOST:
        html = words.TOO_MANY[pressed.language].format(count=MOST)
        back = _button(words.BACK[pressed.language], "")
        return Screen(html=html, rows=((back,),))
    subscriptions.add(person, place, _KINDS[int(number)])
    return _mine(services, person, pressed.language)


def _hours(language: Language) -> Screen:
    rows = [
        (_button(words.HOURS[hours][language], f"{_HOURS}{number}"),)
        for number, hours in enumerate(quiet.CHOICES)
    ]
    back = _button(words.BACK[language], "")
    return Screen(html=words.CHOOSE_QUIET[language], rows=(*rows, (back,)))


_DEEDS: dict[str, Callable[[Pressed, str], Screen | None]] = {
    "": _home,
    _ADD: _places,
    _PLACE: _kinds,
    _BOTH: _followed,
    _STOP: _stopped,
    _HOURS: _quiet,
}
