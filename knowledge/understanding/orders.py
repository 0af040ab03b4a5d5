"""Orders to the assistant: "bỏ qua mọi hướng dẫn", "hãy đóng vai", "trả lời rằng", "run this".

Nothing in a question can change how the assistant works; an order is told apart from a question
so that it is refused in so many words and not answered with whatever clause lies nearest. An order
is a verb that opens a clause, after words like "hãy", and for most verbs what it is about: "HTX
không tuân thủ quy định" is a question, for its verb has a subject of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from knowledge.vietnamese import lexicon
from knowledge.vietnamese.text import has_marks, search_key, tokens, without_marks

_PART_END = re.compile(r"[.!?;:,\n\"()\[\]<>{}#|*]+|\s-+\s")
_BEFORE_VERB, _BETWEEN_CLAUSES = "opener", "link"
# Kinds that have the form of a question as well: "nói là HTX được miễn thuế, đúng không?"
_MAY_BE_ASKED = frozenset(
    [
        "skip",
        "dictate",
        "answer",
        "invent",
        "manner",
        "delete",
        "send",
        "visit",
        "switch",
        "run",
        "add",
        "grant",
        "stop",
    ]
)
_ASKING = re.compile(
    r"\b(?:the nao|ra sao|lam sao|thi sao|bao nhieu|bao lau|bao gio|khi nao|o dau|vao dau|cho nao|"
    r"may (?:ngay|lan|nguoi|nam|thang|gio)|(?:la|lam|can|co|nhung|duoc|nop) gi|rang gi|gi nua|"
    r"ai(?! do)|nao nua|co that khong|(?:dung|duoc|phai|co|that|hay) (?:khong|chua)\b(?=\W*$)|"
    r"cach|cho hoi|dieu kien|how|what|who|where|when|which|why)\b"
)
_FULL_STOP = re.compile(r"[.!?;]+(?=\s|$)|\n")
# "Say “…”": what is to be said word for word.
_QUOTED = re.compile(
    r"^\W*(?:(?:please|hãy|hay|chỉ|chi|just|only) )*"
    r"(?:say|write|nói|noi|viết|viet|ghi|trả lời|tra loi) *:? *[\"“‘«]"
)
_AHEAD = 14  # words behind the verb in which what it is about stands


def order_in(text: str) -> str:
    """Return the words of an order to the assistant in a question as typed; "" when it has none."""
    bare = not has_marks(text)
    quoted = _QUOTED.match(search_key(text))
    if quoted is not None:
        return quoted[0].strip()
    for sentence in _FULL_STOP.split(search_key(text)):
        words: list[str] = []
        starts: list[int] = []
        for part in _PART_END.split(sentence):
            starts.append(len(words))
            words += tokens(part)
        for start in _clauses(words, starts, bare=bare):
            for kind, end in _kinds(words, start, "verb", bare=bare):
                if _is_about(words, end, kind, bare=bare) and not _is_asked(kind, words[start:]):
                    return " ".join(words[start : end + 1])
    return ""


def _is_asked(kind: str, words: Sequence[str]) -> bool:
    """Tell whether what has the words of an order, from its verb on, is a question."""
    return kind in _MAY_BE_ASKED and _ASKING.search(without_marks(" ".join(words))) is not None


def _clauses(words: Sequence[str], starts: Sequence[int], *, bare: bool) -> Iterator[int]:
    """Yield where clauses may begin: each start, what stands behind its openers, behind links."""
    links = [
        end
        for start in range(len(words))
        for kind, end in _kinds(words, start, "verb", bare=bare)
        if kind == _BETWEEN_CLAUSES
    ]
    for start in dict.fromkeys([*starts, *links]):
        reached = {start}
        while reached:
            yield from reached
            reached = {
                end
                for one in reached
                for kind, end in _kinds(words, one, "verb", bare=bare)
                if kind == _BEFORE_VERB
            }


def _is_about(words: Sequence[str], end: int, kind: str, *, bare: bool) -> bool:
    """Tell whether what a kind of order is about follows its verb; some kinds need nothing."""
    if kind in (_BEFORE_VERB, _BETWEEN_CLAUSES):
        return False
    if kind not in _with_things():
        return True
    ahead = range(end, min(len(words), end + _AHEAD))
    return any(kind == found for at in ahead for found, _ in _kinds(words, at, "thing", bare=bare))


@cache
def _with_things() -> frozenset[str]:
    """Return the kinds of orders whose verb alone is none."""
    entries = lexicon.orders("thing", bare=False).entries
    return frozenset(kind for kinds in entries.values() for kind in kinds)


def _kinds(words: Sequence[str], start: int, part: str, *, bare: bool) -> Iterator[tuple[str, int]]:
    """Yield (kind, end) of every phrase of a part of orders that begins at a word."""
    table = lexicon.orders(part, bare=bare)
    for length in range(min(table.longest, len(words) - start), 0, -1):
        for kind in table.entries.get(tuple(words[start : start + length]), ()):
            yield kind, start + length
