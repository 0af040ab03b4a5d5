"""What a language model writes, cut into sentences while it is still being written.

A sentence ends where its citations do: "… năm thành viên. [1][2]". Chunks of a stream split words
and figures anywhere, so nothing is looked at before the sentence behind it has begun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.vietnamese.text import fold_white_space

LONGEST_SENTENCE = 600  # characters; a longer one is no answer for a phone, and noise is long
_LONGEST_HELD = LONGEST_SENTENCE + 100  # with its citations

_MARK = r"\[\s*\d{1,3}(?:\s*[,;]\s*\d{1,3})*\s*\]"
_MARKS = re.compile(rf"\s*(?:{_MARK}\s*)+")
# Behind it the next sentence has begun: what follows is neither white space nor a citation.
_BREAK = re.compile(
    rf"(?:[.!?…][\"”’)*_]*(?:\s*{_MARK})*[ \t]+|(?:\s*{_MARK})*[ \t]*\n\s*)(?=[^\s\[])"
)
# "TP. Cần Thơ", "Ông A. Bình"; "1. Hồ sơ" only where a sentence begins.
_NO_END = re.compile(
    r"(?:^|[\s(\"“])(?:TP|Tp|TX|Tx|TT|Ths|ThS|TS|PGS|GS|KS|BS|[A-ZĐ])\.\s*$|^\W*\d{1,2}\.\s*$"
)
_BULLET = re.compile(r"^\s*(?:[-*+•–—]|\d{1,2}[.)]|#{1,6})\s+")
_EMPHASIS = re.compile(r"\*{1,3}|(?<![^\W_])_{1,3}|_{1,3}(?![^\W_])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A stretch of a sentence and the sources that it cites; none when it cites nothing."""

    text: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A sentence as a model wrote it, unchecked: one claim for each group of citations."""

    claims: tuple[Claim, ...]

    @property
    def text(self) -> str:
        """The sentence without its citations."""
        return re.sub(r"\s+([.,;:!?…])", r"\1", " ".join(one.text for one in self.claims))

    @property
    def sources(self) -> tuple[int, ...]:
        """The sources of all its claims, each once."""
        return tuple(dict.fromkeys(number for one in self.claims for number in one.sources))


def drafted(written: str) -> Draft:
    """Return one written sentence with its citations told apart; list marks and stars fall."""
    text = _EMPHASIS.sub("", _BULLET.sub("", fold_white_space(written)))
    claims: list[Claim] = []
    place = 0
    for marks in _MARKS.finditer(text):
        numbers = tuple(dict.fromkeys(int(one) for one in re.findall(r"\d+", marks[0])))
        claims.append(Claim(text=text[place : marks.start()].strip(), sources=numbers))
        place = marks.end()
    rest = text[place:].strip()
    if rest and any(letter.isalnum() for letter in rest):
        claims.append(Claim(text=rest, sources=()))
    elif rest and claims:  # "… thành viên [1]."
        last = claims[-1]
        claims[-1] = Claim(text=f"{last.text}{rest}", sources=last.sources)
    return Draft(claims=tuple(claims))


def sentences(chunks: Iterator[str]) -> Iterator[str]:
    """Yield the written sentences of a stream, each as soon as the next one has begun.

    One that is too long is the last: noise ends somewhere, and what is behind it is no sentence.
    """
    held = ""
    for chunk in chunks:
        held += chunk
        while cut := _end(held):
            yield held[:cut].strip()
            held = held[cut:]
        if len(held) > _LONGEST_HELD:
            break
    if held.strip():
        yield held.strip()


def _end(held: str) -> int:
    """Return where the first sentence of a text ends; 0 while that is not known."""
    for match in _BREAK.finditer(held):
        if held[: match.end()].strip() and _NO_END.search(held[: match.end()]) is None:
            return match.end()
    return 0
