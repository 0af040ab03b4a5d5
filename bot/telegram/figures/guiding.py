"""/solieu: an indicator, a place, a period by buttons, in one message that becomes the answer."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from telegram import Update

from bot.figures import figure_menu, figure_taps
from bot.figures.figure_menu import ALL, LATEST, MARK, Path
from bot.figures.figure_taps import Tap
from bot.saying.figure_words import period_words
from bot.telegram.answered import shown_again
from bot.telegram.buttons import Act, Press
from bot.telegram.commands import answer_with
from bot.telegram.context import Context
from bot.telegram.figures.choosing import choices_screen, page_count
from bot.telegram.figures.tabling import table_screen
from bot.telegram.figures.taking import figures_of
from bot.telegram.inert import inert
from bot.telegram.pressed import Pressed
from bot.telegram.pressed_questions import ask_pressed
from bot.telegram.refusing import refuse_press
from bot.telegram.screens import Button, Screen
from bot.texts import figures as words
from bot.texts import in_chat
from knowledge.answering import Assistant
from knowledge.catalogue import Turn
from knowledge.model import Audience, Figure, Language


async def on_figures(update: Update, context: Context) -> None:
    """Offer what there are figures of."""
    message, user = update.effective_message, update.effective_user
    if message is None or user is None:
        return
    services = context.services
    language = await services.language(user)
    audience = services.audience(user, message.chat)
    first = Press(act=Act.FIGURES, page=1)
    screen = await asyncio.to_thread(_indicators, services.assistant, audience, first, language)
    await answer_with(message, context, screen)


async def on_press(pressed: Pressed) -> None:
    """Go a step on or back; under an answer, do what its button says."""
    if pressed.press.turn:
        await _on_answer(pressed)
        return
    word, assistant = pressed.press.word, pressed.context.services.assistant
    if len(word) % MARK:
        await refuse_press(pressed)
        return
    if not word:
        await pressed.replace_with(await asyncio.to_thread(_list, pressed))
        return
    path = await asyncio.to_thread(figure_menu.followed, assistant, pressed.audience, word)
    if path is None:
        await _gone(pressed)
    elif path.period is not None:
        await ask_pressed(pressed, path.question, None, into=pressed.message)
    else:
        await pressed.replace_with(await asyncio.to_thread(_step, pressed, path))


async def _gone(pressed: Pressed) -> None:
    """Tell that a choice is not there; one that is there for others only was not offered here."""
    assistant, word = pressed.context.services.assistant, pressed.press.word
    hidden = await asyncio.to_thread(figure_menu.followed, assistant, Audience.ADMINS, word)
    if hidden is not None:
        await refuse_press(pressed)
        return
    await pressed.tell(in_chat.OLD_BUTTON)


# --- the steps ---------------------------------------------------------------------------------


def _list(pressed: Pressed) -> Screen:
    assistant = pressed.context.services.assistant
    return _indicators(assistant, pressed.audience, pressed.press, pressed.language)


def _indicators(
    assistant: Assistant, audience: Audience, press: Press, language: Language
) -> Screen:
    """Return the first step; its page is kept in what is chosen, for the way back."""
    found = figure_menu.indicators(assistant, audience)
    if not found:
        return Screen(html=words.NO_FIGURES[language])
    here = min(max(press.page, 1), page_count(len(found)))
    choices = [
        (one.name, Press(act=Act.FIGURES, item=here, page=1, word=one.mark)) for one in found
    ]
    return choices_screen(words.CHOOSE_INDICATOR[language], choices, replace(press, page=here))


def _step(pressed: Pressed, path: Path) -> Screen:
    """Return the places of an indicator, or the periods of a place."""
    library = pressed.context.services.assistant.library().seen_by(pressed.audience)
    language, press = pressed.language, pressed.press
    name = inert(path.indicator.name)
    if path.place is None:
        html = words.CHOOSE_PLACE[language].format(name=name)
        paths = [replace(path, place=one) for one in figure_menu.places(library, path.indicator)]
        labels = [_place_label(str(one.place), language) for one in paths]
        back = Press(act=Act.FIGURES, page=max(press.item, 1))
    else:
        place = inert(_place_label(path.place, language))
        html = words.CHOOSE_PERIOD[language].format(name=name, place=place)
        found = figure_menu.periods(library, path.indicator, path.place)
        paths = [replace(path, period=one) for one in found]
        labels = [_period_label(one, language) for one in found]
        back = replace(press, page=1, word=path.indicator.mark)
    choices = [
        (label, replace(press, page=1, word=one.word))
        for label, one in zip(labels, paths, strict=True)
    ]
    return choices_screen(html, choices, press, back_button(back, language))


def _place_label(place: str, language: Language) -> str:
    return words.ALL_PROVINCES[language] if place == ALL else place


def _period_label(period: str, language: Language) -> str:
    named = {LATEST: words.LATEST, ALL: words.OVER_YEARS}
    return named[period][language] if period in named else period_words(period, language)


def back_button(press: Press, language: Language) -> Button:
    """Return the button that goes a step back."""
    return Button(label=words.BACK[language], press=press)


# --- under an answer ---------------------------------------------------------------------------


async def _on_answer(pressed: Pressed) -> None:
    """Do what a button under an answer says, while its figures may be seen."""
    answer = await figures_of(pressed)
    if answer is None or pressed.turn is None:
        return
    word = pressed.press.word
    if word == "table":
        await pressed.replace_with(table_screen(answer, pressed.shown))
        return
    if word == "again":
        await pressed.replace_with(await asyncio.to_thread(_again, pressed, pressed.turn.text))
        return
    figure = figure_taps.lone_figure(answer)
    if figure is None:
        await refuse_press(pressed)
    elif word == Tap.OTHER_PLACE:
        await pressed.replace_with(await asyncio.to_thread(_others, pressed, figure))
    else:
        await _on_tap(pressed, replace(pressed.turn, answer=answer), figure)


async def _on_tap(pressed: Pressed, turn: Turn, figure: Figure) -> None:
    """Ask what a button says of a figure, if that still has an answer."""
    question = await asyncio.to_thread(_tapped, pressed, figure)
    offered = pressed.press.word in set(Tap)
    if not question:  # offered once, before the library changed; or forged
        await (pressed.tell(in_chat.OLD_BUTTON) if offered else refuse_press(pressed))
        return
    if not offered:  # a place was chosen where the answer stood
        await _restore(pressed, turn)
    await ask_pressed(pressed, question, None)  # whole: what came before is in it


async def _restore(pressed: Pressed, turn: Turn) -> None:
    """Put the answer back in the place of what was chosen under it."""
    screen = await shown_again(pressed, turn)
    if screen is not None:
        await pressed.put(screen)


def _again(pressed: Pressed, question: str) -> Screen:
    """Return the step from which a question came: its periods, else the first step."""
    assistant = pressed.context.services.assistant
    path = figure_menu.trail(assistant, pressed.audience, question)
    start = Press(act=Act.FIGURES, page=1)
    if path is None:
        return _indicators(assistant, pressed.audience, start, pressed.language)
    return _step(replace(pressed, press=replace(start, word=path.word)), path)


def _others(pressed: Pressed, figure: Figure) -> Screen:
    library = pressed.context.services.assistant.library().seen_by(pressed.audience)
    press, language = pressed.press, pressed.language
    choices = [
        (place, replace(press, page=0, word=figure_menu.mark_of(place)))
        for place in figure_taps.other_places(library, figure)
    ]
    html = words.CHOOSE_OTHER[language].format(
        name=inert(figure.indicator), place=inert(figure.place)
    )
    back = Press(act=Act.ANSWER, turn=press.turn)
    return choices_screen(html, choices, press, back_button(back, language))


def _tapped(pressed: Pressed, figure: Figure) -> str:
    """Return the question that a button asks; "" when it has no answer any more."""
    library = pressed.context.services.assistant.library().seen_by(pressed.audience)
    word = pressed.press.word
    if word == Tap.YEAR_BEFORE:
        return figure_taps.year_before(library, figure)
    if word == Tap.RANKING:
        return figure_taps.ranking(library, figure)
    others = figure_taps.other_places(library, figure)
    return next((one for place, one in others.items() if figure_menu.mark_of(place) == word), "")
