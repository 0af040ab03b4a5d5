"""What a button carries can be read back, and whatever else comes is no button of ours."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.buttons import Act, Press, decode, encode

PRESSES = st.builds(
    Press,
    act=st.sampled_from(Act),
    turn=st.integers(0, 10**12 - 1),
    item=st.integers(0, 9_999),
    page=st.integers(0, 99_999),
    word=st.text("abcdefghijklmnopqrstuvwxyz0123456789", max_size=24),
)


@given(PRESSES)
def test_what_was_written_is_read_back(press: Press):
    assert decode(encode(press)) == press


@given(PRESSES)
def test_it_fits_what_telegram_takes(press: Press):
    assert 1 <= len(encode(press).encode()) <= 64


@given(st.text())
def test_what_comes_from_elsewhere_is_none_or_reads_the_same_again(data: str):
    press = decode(data)
    assert press is None or decode(encode(press)) == press


@given(PRESSES, st.data())
def test_a_letter_changed_is_refused_or_means_something_that_can_be_written(
    press: Press, data: st.DataObject
):
    text = encode(press)
    place = data.draw(st.integers(0, len(text) - 1))
    changed = text[:place] + data.draw(st.characters()) + text[place + 1 :]
    read = decode(changed)
    assert read is None or decode(encode(read)) == read


@pytest.mark.parametrize(
    "data",
    [
        "",
        "s",
        "s:1:2:3",
        "s:1:2:3:vi:",
        "S:1:2:3:",
        "z:1:2:3:",
        "s:-1:2:3:",
        "s:1.5:2:3:",
        "s:١:2:3:",
        "s:1:2:3:VI",
        "s:1:2:3:tiếng",
        " s:1:2:3:",
        "s:1:2:3:\n",
        "s:1234567890123:1:1:",
    ],
)
def test_another_form_is_refused(data: str):
    assert decode(data) is None


def test_buttons_that_people_still_have_mean_what_they_meant():
    old = "a answer s source p page f file q suggestion y helpful n not_helpful e starter"
    old += " d documents l language x nothing"
    words = old.split()
    for letter, name in zip(words[::2], words[1::2], strict=True):
        press = decode(f"{letter}:7:1:2:vi")
        assert press is not None
        assert press.act is Act[name.upper()]


def test_the_letters_of_acts_are_each_their_own():
    assert len({act.value for act in Act}) == len(Act)
    assert {len(act.value) for act in Act} == {1}
