"""Questions that /start and /help offer: only those that the library at hand answers."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from bot.texts import in_chat
from knowledge.answering import Assistant
from knowledge.model import Audience, Kind, Language, Status
from knowledge.search.library import Library
from knowledge.vietnamese.text import without_marks

_OFFERED = 4  # buttons that fit a phone under the words
_TRIED = 14  # candidates asked at most, some 30 ms each
_OF_REPORTS = 2  # of the offered ones that ask for figures
_ARTICLE = re.compile(r"^Điều \d+\w*(?:\.|[^:]*:)\s*")
_FORMAL = re.compile(  # articles that every law has, about the law itself
    "phạm vi điều chỉnh|đối tượng áp dụng|giải thích từ ngữ"
    "|hiệu lực|thi hành|chuyển tiếp|tổ chức thực hiện",
    re.IGNORECASE,
)


def offered(assistant: Assistant, language: Language) -> tuple[tuple[str, str], ...]:
    """Return (mark, question) pairs; found once for each generation of the library."""
    return _offered(assistant, language, assistant.library().generation)


def starter(assistant: Assistant, mark: str) -> str | None:
    """Return the question that a button of any earlier day meant, if it can still be asked."""
    library = assistant.library().seen_by(Audience.EVERYONE)
    for language in Language:
        for question in _candidates(library, language):
            if mark_of(question) == mark:
                return question
    return None


def mark_of(question: str) -> str:
    """Return what a button carries for a question."""
    return f"{zlib.crc32(question.encode()):08x}"


@lru_cache(maxsize=4)
def _offered(
    assistant: Assistant, language: Language, _generation: int
) -> tuple[tuple[str, str], ...]:
    library = assistant.library().seen_by(Audience.EVERYONE)
    tried = islice(_candidates(library, language), _TRIED)
    answered = (one for one in tried if _is_answered(assistant, one))
    return tuple((mark_of(one), one) for one in islice(answered, _OFFERED))


def _is_answered(assistant: Assistant, question: str) -> bool:
    return assistant.answer(question, (), Audience.EVERYONE).status is Status.ANSWERED


def _candidates(library: Library, language: Language) -> Iterator[str]:
    """Yield questions, best first: of each sort some, so that /start shows what can be asked."""
    figures = list(dict.fromkeys(_of_reports(library, language)))
    rules = in_chat.STARTERS[language]
    yield from rules[:2]
    yield from figures[:_OF_REPORTS]
    yield from rules[2:]
    yield from figures[_OF_REPORTS:]
    yield from dict.fromkeys(_of_headings(library))


def _of_reports(library: Library, language: Language) -> Iterator[str]:
    for document in library.documents.values():
        about = document.metadata
        if about.kind in (Kind.REPORT, Kind.TABLE) and about.place and about.period:
            english = language is Language.ENGLISH  # marks would make it a Vietnamese question
            place = without_marks(about.place) if english else about.place
            yield in_chat.STARTER_OF_REPORT[language].format(place=place, year=about.period[:4])


def _of_headings(library: Library) -> Iterator[str]:
    for members in library.units.values():
        first = members[0]
        about = _ARTICLE.sub("", first.heading).strip(" .:;")
        is_seen = first.article and first.document in library.documents
        if is_seen and about and not _FORMAL.search(about):
            yield in_chat.STARTER_OF_ARTICLE.format(about=f"{about[0].upper()}{about[1:]}")
