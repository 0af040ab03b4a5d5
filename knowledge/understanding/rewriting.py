"""Follow-ups that point back and that the rules could not complete, put in whole by a model.

"Cái đó nộp ở đâu?" names nothing to put in the place of anything. What a model makes of it is only
taken when it is one short line made of words that the person typed, now or before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from knowledge.model import Question
from knowledge.understanding.question import understand
from knowledge.vietnamese.lexicon import PhraseTable, stop_words, words_of
from knowledge.vietnamese.spelling import SpellingModel
from knowledge.vietnamese.text import printed, search_key, tokens

LONGEST = 300  # characters of a question put in whole
_POINTING = PhraseTable.of(
    [
        (phrase, ("pointing",))
        for phrase in (
            *("đó", "này", "kia", "ấy", "nó", "họ", "vậy", "thế", "trên", "như thế", "như vậy"),
            *("cái đó", "việc đó", "khoản đó", "mức đó", "loại đó", "ở trên", "vừa rồi", "lúc nãy"),
        )
    ]
)


def points_back(question: Question, history: Sequence[str]) -> bool:
    """Tell whether a question points to an earlier one and was not completed from it."""
    if not history or question.carried:
        return False
    words = tokens(search_key(question.understood))
    return next(iter(_POINTING.matches(words)), None) is not None


def completed(
    question: Question,
    history: Sequence[str],
    spelling: SpellingModel,
    rewrite: Callable[[str, Sequence[str]], str],
) -> str:
    """Return a follow-up as a whole question; "" when the model gives none that may be used.

    Args:
        question: as the rules understood it.
        history: the person's earlier questions, oldest first.
        spelling: the tone-mark model of the library.
        rewrite: asks the model, with the question and the history.
    """
    earlier = [understand(one, (), spelling).understood for one in history]
    written = printed(rewrite(question.understood, earlier)).strip(" \"“”'")
    if not written or "\n" in written or len(written) > LONGEST:
        return ""
    typed = [question.text, question.understood, *history, *earlier]
    known = {word for one in typed for word in words_of(one)}
    new = [word for word in words_of(written) if word not in known and word not in stop_words()]
    same = words_of(written) == words_of(question.understood)
    return "" if new or same else written
