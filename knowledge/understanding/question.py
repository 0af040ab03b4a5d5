"""A question, understood: the one function that puts the parts together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.model import Ask, Language, Question
from knowledge.understanding.followup import complete, leans
from knowledge.understanding.references import find_premises, find_references
from knowledge.understanding.wording import LONGEST, Wording, word
from knowledge.vietnamese import lexicon
from knowledge.vietnamese.periods import find_periods
from knowledge.vietnamese.places import find_places
from knowledge.vietnamese.spelling import SpellingModel
from knowledge.vietnamese.text import fold_white_space, printed, search_key, tokens

_STATISTIC = re.compile(
    r"(?:có|còn|được|là) (?:\w+ ){0,2}(?:bao nhiêu|mấy)|tổng số|bình quân|số lượng|xếp hạng|so với"
    r"|how many|total number|average"
)
_ABROAD = "nước ngoài"  # what a law calls any other country


def understand(text: str, history: Sequence[str], spelling: SpellingModel) -> Question:
    """Return the question as understood.

    Args:
        text: the question as typed, of any length and content.
        history: the person's earlier questions, oldest first.
        spelling: the tone-mark model of the library that is asked.
    """
    typed = fold_white_space(printed(text))[:LONGEST]
    wording = word(typed, spelling)
    carried: tuple[str, ...] = ()
    if history and leans(list(wording.words)):
        wording, carried = _with_earlier(wording, history, spelling)
    searched = wording.translated if wording.language is Language.ENGLISH else wording.words
    query = " ".join(searched)
    words = tokens(query)
    found = [mention.place.name for mention in find_places(words)]
    if wording.language is Language.ENGLISH:
        found += [mention.place.name for mention in find_places(list(wording.words))]
    return Question(
        text=typed,
        understood=wording.readable,
        query=query,
        language=wording.language,
        asks=_asks(wording),
        added=_added(words),
        content=tuple(one for one in words if one not in lexicon.stop_words()),
        places=tuple(dict.fromkeys(found)),
        periods=_periods(typed, carried),
        references=find_references(" ".join(wording.words) if carried else _spelt(typed, wording)),
        premises=find_premises(typed),
        carried=carried,
    )


def _with_earlier(
    wording: Wording, history: Sequence[str], spelling: SpellingModel
) -> tuple[Wording, tuple[str, ...]]:
    """Complete a follow-up from the nearest earlier question that stands alone."""
    earlier: list[str] = []
    for asked in history:
        words = list(word(asked, spelling).words)
        earlier = complete(words, earlier) if earlier and leans(words) else words
    whole = complete(list(wording.words), earlier)
    carried = tuple(one for one in whole if one not in set(wording.words))
    if wording.language is Language.ENGLISH:
        return word(" ".join(whole), spelling), carried
    completed = Wording(language=wording.language, words=tuple(whole), readable=" ".join(whole))
    return completed, carried


def _spelt(typed: str, wording: Wording) -> str:
    """Return what references are looked for in: the typed text when it holds document numbers."""
    return f"{' '.join(wording.words)} ; {typed}" if "/" in typed else " ".join(wording.words)


def _periods(typed: str, carried: Sequence[str]) -> tuple[str, ...]:
    found = [mention.iso for mention in find_periods(typed)]
    if not found:
        found = [mention.iso for mention in find_periods(" ".join(carried))]
    return tuple(dict.fromkeys(found))


def _asks(wording: Wording) -> tuple[Ask, ...]:
    words = list(wording.words)
    kinds = [
        Ask(kind) for _, _, values in lexicon.question_phrases().matches(words) for kind in values
    ]
    if _STATISTIC.search(" ".join(words)):
        kinds.append(Ask.STATISTIC)
    return tuple(dict.fromkeys(kinds)) or (Ask.OPEN,)


def _added(words: list[str]) -> tuple[str, ...]:
    """Return the legal terms for the everyday words of a question, without those it has."""
    query = " ".join(words)
    terms = [term for _, values in lexicon.legal_terms(words) for term in values]
    if lexicon.countries().matches(words):
        terms.append(_ABROAD)
    return tuple(dict.fromkeys(term for term in terms if search_key(term) not in query))
