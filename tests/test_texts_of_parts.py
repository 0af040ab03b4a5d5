"""The words of each part of the interface: in both languages, taking the same values, all used."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping

import pytest

from bot.texts import publishing
from knowledge.model import Language
from tests.builders import ROOT

PARTS = (publishing,)


def pairs() -> Iterator[tuple[str, Mapping[Language, str]]]:
    """Yield (name, {language: text}) of every text, those in tables too."""
    for part in PARTS:
        for name, value in vars(part).items():
            if not name.isupper() or not isinstance(value, Mapping):
                continue
            if set(value) & set(Language):
                yield name, value
            else:
                yield from ((f"{name}[{key}]", one) for key, one in value.items())


def fields_of(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


@pytest.mark.parametrize(("name", "both"), list(pairs()), ids=[one for one, _ in pairs()])
def test_a_text_in_two_languages_has_both_and_takes_the_same_values(
    name: str, both: Mapping[Language, str]
):
    assert set(both) == set(Language)
    first, second = both.values()
    assert fields_of(first) == fields_of(second)
    assert "" not in fields_of(first), "fields have names"
    assert first != second
    for text in both.values():
        assert text.format(**dict.fromkeys(fields_of(text), "điền")).strip()


def test_every_text_is_used():
    code = "\n".join(
        file.read_text("utf-8")
        for package in ("bot", "ingest")
        for file in (ROOT / package).rglob("*.py")
    )
    names = {name.split("[")[0] for name, _ in pairs()}
    assert [name for name in names if len(re.findall(rf"\b{name}\b", code)) < 2] == []
