"""An answer told in sentences of a language model, each checked before anybody sees it.

What is not a plain answer from passages in force is not told anew: figures are told by code, and
what is missing, refused or expired by the texts. A model that fails, is slow, or says what its
sources do not, changes nothing: the answer stays as it was found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice, takewhile

import structlog

from knowledge.answering import prompts
from knowledge.answering.drafts import drafted, sentences
from knowledge.answering.grounds import Ground, ground_of, head_of
from knowledge.answering.guard import Fault, fault_of, speaks_to_reader
from knowledge.answering.language_model import LanguageModel
from knowledge.errors import ModelUnavailableError
from knowledge.model import Answer, Citation, Language, Sentence, Status
from knowledge.standing import State

log = structlog.get_logger(__name__)

_MOST_SENTENCES = 6  # what fits a phone above the quotations
_ENOUGH = 900  # characters, after which no further sentence is begun
_MOST_WRITTEN = 12  # sentences that are read at all; noise has no end
_LONGEST_REWRITE = 600  # characters; a question has under 300


def _ignore(_sentence: Sentence) -> None:
    """Nobody listens."""


def _goes_on() -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Who waits for an answer.

    Attributes:
        sentence: is told each sentence as soon as it passed.
        stopped: tells whether nobody waits any more; then the model is stopped too.
    """

    sentence: Callable[[Sentence], None] = _ignore
    stopped: Callable[[], bool] = _goes_on


NOBODY = Listener()


def tell(answer: Answer, model: LanguageModel, listener: Listener = NOBODY) -> Answer:
    """Return the answer with the sentences that passed; as it was when they do not carry it.

    The first sentence must pass, for it holds the point, and at least half of all must.

    Args:
        answer: as it was found.
        model: what writes.
        listener: is told each sentence as it passes, also when the answer falls back later.
    """
    sources = sources_of(answer)
    if not sources:
        return answer
    kept: list[Sentence] = []
    dropped: list[str] = []
    try:
        for judged in _judged(answer, sources, model, listener.stopped):
            if isinstance(judged, Sentence):
                kept.append(judged)
                listener.sentence(judged)
            else:
                dropped.append(judged.value)
            if not kept:
                break
    except ModelUnavailableError as error:
        log.warning("the language model failed", why=str(error), kept=len(kept))
        return answer
    whole = bool(kept) and len(kept) >= len(dropped)
    log.info("the language model wrote", used=whole, kept=len(kept), dropped=dropped)
    return replace(answer, fluent=tuple(kept)) if whole else answer


def sources_of(answer: Answer) -> dict[int, Citation]:
    """Return what a model may tell from, by number; nothing when it may not tell the answer.

    Code can only check Vietnamese sentences. A passage that speaks to its reader or to an assistant
    is quoted, for it stands in a document, but not put into the answer's own words.
    """
    plain = answer.status in (Status.ANSWERED, Status.PARTIAL) and answer.operation is None
    if answer.as_of is not None or answer.differing:
        return {}
    if not plain or answer.figures or answer.question.language is not Language.VIETNAMESE:
        return {}
    fit = {
        number: citation
        for number, citation in enumerate(answer.citations, start=1)
        if _is_in_force(answer, citation)
        and not speaks_to_reader(f"{head_of(citation)}\n{citation.quote}")
    }
    return fit if 1 in fit else {}


def _is_in_force(answer: Answer, citation: Citation) -> bool:
    """Tell whether a rule is told as it stands: in force and changed in no part."""
    standing = citation.standing
    if standing.notices or standing.draft:
        return False
    if answer.today is None:
        return standing.ends is None
    return standing.on(answer.today) is State.IN_FORCE


def _judged(
    answer: Answer,
    sources: Mapping[int, Citation],
    model: LanguageModel,
    stopped: Callable[[], bool],
) -> Iterator[Sentence | Fault]:
    """Yield each sentence that the model writes, or why it is not shown."""
    grounds = {number: ground_of(citation) for number, citation in sources.items()}
    request = prompts.to_write(answer.question.understood, sources)
    said: set[str] = set()
    with closing(model.stream(prompts.WRITE_SYSTEM, request)) as chunks:
        written = sentences(takewhile(lambda _chunk: not stopped(), chunks))
        for one in islice(written, _MOST_WRITTEN):
            judged = judge(one, grounds)
            if isinstance(judged, Sentence):
                if judged.text in said:
                    return  # it goes round in circles
                said.add(judged.text)
            yield judged
            if len(said) >= _MOST_SENTENCES or sum(map(len, said)) >= _ENOUGH:
                return


def judge(written: str, grounds: Mapping[int, Ground]) -> Sentence | Fault:
    """Return a written sentence as it may be shown, or why it may not.

    Args:
        written: with its citations.
        grounds: the passages by number.
    """
    draft = drafted(written)
    fault = fault_of(draft, grounds)
    return fault or Sentence(text=draft.text, sources=draft.sources)


def rewritten(model: LanguageModel, question: str, history: Sequence[str]) -> str:
    """Return what a model makes of a follow-up, unchecked; "" when it fails or does not end."""
    request = prompts.to_rewrite(question, history)
    written = ""
    try:
        with closing(model.stream(prompts.REWRITE_SYSTEM, request)) as chunks:
            for chunk in chunks:
                written += chunk
                if len(written) > _LONGEST_REWRITE:
                    return ""
    except ModelUnavailableError as error:
        log.warning("the language model failed", why=str(error))
        return ""
    return written.strip()
