"""What a language model may say: each of its sentences, held against the passages it cites.

A sentence passes when all that code can compare agrees: numbers, times, references and names stand
in what it cites, beside what they stand beside there; nothing is denied that is said there, nor
said that is denied; no word stands for its rival; and what it is about is told there at all. A
model that lies within all this is still wrong: who does what to whom is not compared. So the
quotations always stand below, and what does not pass is not seen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from knowledge.answering.drafts import LONGEST_SENTENCE, Claim, Draft
from knowledge.answering.grounds import (
    Clause,
    Ground,
    Piece,
    clauses_of,
    content_of,
    families_in,
    polarity_of,
)
from knowledge.answering.stated import Amount, Loose, Reference, Time, stated
from knowledge.model import Kind
from knowledge.vietnamese.lexicon import out_of_field, words_of
from knowledge.vietnamese.places import find_places
from knowledge.vietnamese.text import INVISIBLE, fold_white_space, search_key, tokens

# Syllables of meaning that a sentence must share with its sources; fewer say nothing. Chosen on the
# table of `tests/knowledge/test_guard.py`: run it after a change.
_LEAST_SHARED = 3
# Words that frame an answer and say nothing themselves; periods and references are compared apart.
_FRAME_WORDS = (
    "quy định nêu gồm bao cụ thể ngoài ra đồng thời trường hợp điều kiện yêu cầu mức số lượng đối "
    "việc cần thiết đáp ứng sau đây dưới thuộc liên quan đến phải việt nam thời gian "
    "năm tháng ngày quý khoản điểm"
)
_FRAME = frozenset(_FRAME_WORDS.split())


class Fault(StrEnum):
    """Why a sentence is not shown; for the log and for tests."""

    NO_CITATION = "no_citation"
    NO_SUCH_SOURCE = "no_such_source"
    TOO_LONG = "too_long"
    MARKUP = "markup"
    ADDRESS = "address"
    BARE_YES_NO = "bare_yes_no"
    NUMBER = "number"
    TIME = "time"
    REFERENCE = "reference"
    NAME = "name"
    UNTOLD = "untold"
    RIVAL = "rival"
    DENIAL = "denial"
    LIMIT = "limit"


# --- the sentence by itself ---------------------------------------------------------------------

_PUNCTUATION = frozenset(" .,;:!…()\"'“”‘’-–—−/%&+°")
_ADDRESS = re.compile(r"[^\W\d_]\.[^\W\d_]{2,}|\bwww\b|\bhttps?\b", re.IGNORECASE)
# Words by which a text speaks to its reader, asks for secrets, or speaks of itself.
_SPEAKS = re.compile(
    r"\b(?:tôi|chúng tôi|hãy|vui lòng|làm ơn|xin (?:hãy|mời|gửi)|nhấp|bấm|nhấn|truy cập|tải về|"
    r"đăng nhập|mật khẩu|mã (?:otp|pin|xác nhận|xác thực|bảo mật|truy cập)|otp|cvv|số thẻ|"
    r"số tài khoản|chuyển khoản|chuyển tiền|khóa bí mật|token|api|prompt|system|assistant|"
    r"mô hình ngôn ngữ|trợ lý|trí tuệ nhân tạo|chatbot|hướng dẫn (?:trước|trên|này)|"
    r"chỉ dẫn|please|ignore|password|telegram|zalo|facebook)\b"
)
_YES_NO = re.compile(
    r"^(?:có|không|đúng|sai|vâng|dạ|được|chưa|phải|đúng vậy|đúng rồi|không phải|không đúng|"
    r"có thể|không thể|tất nhiên|chắc chắn)\s*(?:[,.:;!…]|-|$)|\b(?:câu trả lời|đáp án) là\b"
)


def speaks_to_reader(text: str) -> bool:
    """Tell whether a text gives orders, asks for secrets or speaks of assistants and models."""
    key = search_key(fold_white_space(text))
    secrets = any(values[0] == "secret" for _, _, values in out_of_field().matches(tokens(key)))
    return secrets or _SPEAKS.search(key) is not None


def _by_itself(draft: Draft) -> Fault | None:
    text = draft.text
    if len(text) > LONGEST_SENTENCE:
        return Fault.TOO_LONG
    if INVISIBLE.search(text) or not all(map(_is_plain, text)) or _ADDRESS.search(text):
        return Fault.MARKUP
    if speaks_to_reader(text):
        return Fault.ADDRESS
    if _YES_NO.search(search_key(text)):
        return Fault.BARE_YES_NO
    return None


def _is_plain(letter: str) -> bool:
    """Tell whether a character may stand in an answer: Latin letters, digits, a few signs."""
    if letter.isascii() and letter.isalnum():
        return True
    if letter in _PUNCTUATION:
        return True
    return letter.isalpha() and unicodedata.name(letter, "").startswith("LATIN")


# --- the sentence and its sources ---------------------------------------------------------------


def fault_of(draft: Draft, grounds: Mapping[int, Ground]) -> Fault | None:
    """Return why a sentence may not be shown; None when it may.

    Args:
        draft: the sentence, its citations told apart.
        grounds: the passages by the numbers that they are cited by.
    """
    if not draft.claims or any(not claim.sources for claim in draft.claims):
        return Fault.NO_CITATION
    if not set(draft.sources) <= set(grounds):
        return Fault.NO_SUCH_SOURCE
    alone = _by_itself(draft)
    if alone is not None:
        return alone
    if _says_nothing(draft.text, [grounds[number] for number in draft.sources]):
        return Fault.UNTOLD
    return _first(
        _fault_of_claim(claim, [grounds[number] for number in claim.sources], first=not place)
        for place, claim in enumerate(draft.claims)
    )


def _first(faults: Iterable[Fault | None]) -> Fault | None:
    return next((fault for fault in faults if fault is not None), None)


def _says_nothing(text: str, cited: Sequence[Ground]) -> bool:
    """Tell whether a sentence has too little in common with its sources, or goes in circles."""
    clauses = [clause.words for clause in clauses_of(text)]
    quoted = frozenset(word for ground in cited for word in ground.quoted)
    shared = {word for words in clauses for word in _telling(words)} & quoted
    return len(shared) < _LEAST_SHARED or len(set(clauses)) < len(clauses)


def _telling(words: Iterable[str]) -> list[str]:
    return [word for word in content_of(words) if word not in _FRAME]


def _fault_of_claim(claim: Claim, cited: Sequence[Ground], *, first: bool) -> Fault | None:
    text = fold_white_space(claim.text)
    told = stated(text)
    holds = {
        Fault.REFERENCE: all(_refers(one, cited) for one in told.references)
        and all(any(number in ground.bare for ground in cited) for number in told.documents),
        Fault.NUMBER: all(_stands(loose, cited) for loose in told.loose),
        Fault.TIME: all(_is_time(time, cited) for time in told.times),
        Fault.NAME: _named(text, cited, first=first),
    }
    broken = (fault for fault, fine in holds.items() if not fine)
    return next(broken, None) or _first(_faults_of_clauses(text, cited))


def _faults_of_clauses(text: str, cited: Sequence[Ground]) -> Iterator[Fault | None]:
    context: dict[str, float] = {}
    for clause in clauses_of(text):
        told = _told_by(clause, context, cited)
        if not told:
            yield Fault.UNTOLD
            return
        if clause.stated.amounts and not _is_stated(clause, context, cited):
            yield Fault.NUMBER
        yield _fault_of_clause(clause, told, cited)
        yield _limit(text, told)
        context |= clause.marks


def _refers(reference: Reference, cited: Sequence[Ground]) -> bool:
    """Tell whether a source is what a sentence refers to, or refers to it itself."""
    return any(
        reference in ground.own or any(named.covers(reference) for named in ground.named)
        for ground in cited
    )


def _is_time(time: Time, cited: Sequence[Ground]) -> bool:
    """Tell whether a source has a period, and not only as one that others are compared with."""
    holding = [ground for ground in cited if (time.iso, time.side) in ground.periods]
    return any(time.base or time.iso not in ground.bases for ground in holding)


def _stands(loose: Loose, cited: Sequence[Ground]) -> bool:
    """Tell whether a number stands in a source beside the same word.

    A number in words counts what stands behind it; one in digits belongs to what stands before.
    """
    in_digits = loose.number[0].isdigit() or loose.before == "thứ"
    before, behind = (loose.before, loose.number), (loose.number, loose.behind)
    pair = before if loose.before and (in_digits or not loose.behind) else behind
    return any(pair in ground.pairs for ground in cited)


_WORD = re.compile(r"[^\W\d_]+")


def _named(text: str, cited: Sequence[Ground], *, first: bool) -> bool:
    """Tell whether every name of a claim, by its capitals, stands in a source as it stands here."""
    words = list(_WORD.finditer(text))
    keys = [search_key(word[0]) for word in words]
    place_ends = {mention.end - 1 for mention in find_places(keys)}
    for place, word in enumerate(words):
        if not word[0][0].isupper() or (first and place == 0):
            continue
        behind = text[word.end() : words[place + 1].start()] if place + 1 < len(words) else ""
        follower = words[place + 1][0] if behind == " " and place not in place_ends else ""
        if not any(_is_name_of(ground, word[0], follower) for ground in cited):
            return False
    return True


def _is_name_of(ground: Ground, name: str, follower: str) -> bool:
    """Tell whether a source has a capitalised word with the word behind it, "Tài chính"."""
    own = words_of(name)
    if set(own) <= _FRAME:
        return True
    if not set(own) <= ground.words:
        return False
    if not follower or (len(own) > 1 and not follower[0].isupper()):  # "HTX nào"
        return True
    pairs = {(own[-1], words_of(follower)[0]), (search_key(name), search_key(follower))}
    return bool(pairs & ground.pairs)


# --- a clause and where it is told --------------------------------------------------------------

_Place = tuple[Piece, Clause]
_T = TypeVar("_T")


def _fault_of_clause(
    clause: Clause, told: Sequence[_Place], cited: Sequence[Ground]
) -> Fault | None:
    if _is_rival(clause, told, cited):
        return Fault.RIVAL
    return Fault.DENIAL if _is_denied(clause, told) else None


def _told_by(clause: Clause, context: dict[str, float], cited: Sequence[Ground]) -> list[_Place]:
    """Return the clauses of the sources that tell best what a clause is about."""
    return _best(
        (other.worth_of(clause.marks, context), (piece, other))
        for _, piece in _tellers(clause, cited)
        for other in piece.clauses
    )


def _tellers(clause: Clause, cited: Sequence[Ground]) -> list[tuple[Ground, Piece]]:
    """Return the lines of the sources that tell a clause.

    They have all its words of meaning, themselves or in what names the passage.
    """
    telling = frozenset(_telling(clause.words))
    return [
        (ground, piece)
        for ground in cited
        for piece in ground.pieces
        if telling <= ground.naming.union(piece.words)
    ]


def _best(rated: Iterable[tuple[float, _T]]) -> list[_T]:
    places = list(rated)
    best = max((worth for worth, _ in places), default=0.0)
    return [place for worth, place in places if worth == best]


def _is_stated(clause: Clause, context: dict[str, float], cited: Sequence[Ground]) -> bool:
    """Tell whether one line about the same periods has all the amounts of a clause.

    A single one must stand where the line tells of the same thing, for its neighbours do too;
    several must stand there in their order.
    """
    times = {time.iso for time in clause.stated.times if not time.base}
    tellers = [one for one in _tellers(clause, cited) if times <= one[1].times]
    amounts = clause.stated.amounts
    if len(amounts) > 1:
        return any(_in_order(clause, ground, piece) for ground, piece in tellers)
    places = _best(
        (other.worth_of(clause.marks, {}), (ground, other))
        for ground, piece in tellers
        for other in piece.clauses
        if other.stated.amounts
    )
    return any(
        _is_same(amounts[0], amount, clause, ground)
        for ground, other in places
        if _is_about(other, {*clause.words, *context})
        for amount in other.stated.amounts
    )


def _in_order(clause: Clause, ground: Ground, piece: Piece) -> bool:
    there = iter(amount for other in piece.clauses for amount in other.stated.amounts)
    return all(
        any(_is_same(amount, other, clause, ground) for other in there)
        for amount in clause.stated.amounts
    )


def _is_about(other: Clause, said: set[str]) -> bool:
    """Tell whether half of the words that stand with an amount in its source are said."""
    beside = set(_telling(other.words))
    return 2 * len(beside & said) >= len(beside)


def _is_same(amount: Amount, other: Amount, clause: Clause, ground: Ground) -> bool:
    """Tell whether two amounts are one: value, bound, unit, and what they are counted by."""
    if (amount.value, amount.value_max) != (other.value, other.value_max):
        return False
    if (amount.comparator, amount.outside) != (other.comparator, other.outside):
        return False
    if amount.working != other.working or amount.per not in ("", other.per):
        return False
    if amount.unit == other.unit:
        return True
    if ground.kind is Kind.TABLE and not other.unit:
        return True  # the unit stands in the head of the column
    counted = " ".join(words_of(other.unit))
    return not amount.unit and bool(counted) and counted in " ".join(words_of(clause.text))


def _is_rival(clause: Clause, told: Sequence[_Place], cited: Sequence[Ground]) -> bool:
    """Tell whether a clause has a word where its source has one that excludes it."""
    said = families_in(list(clause.words))
    return any(not meanings <= _meanings(family, told, cited) for family, meanings in said.items())


def _meanings(family: str, told: Sequence[_Place], cited: Sequence[Ground]) -> set[str]:
    """Return what the nearest text says of a family: the clause, else its piece, else all."""
    near: Sequence[Callable[[], set[str]]] = (
        lambda: _union(family, (families_in(list(one.words)) for _, one in told)),
        lambda: _union(family, (families_in(list(piece.words)) for piece, _ in told)),
        lambda: _union(family, (ground.families for ground in cited)),
    )
    return next((found for look in near if (found := look())), set())


def _union(family: str, found: Iterable[Mapping[str, set[str]]]) -> set[str]:
    return {meaning for one in found for meaning in one.get(family, ())}


def _is_denied(clause: Clause, told: Sequence[_Place]) -> bool:
    """Tell whether a clause denies what its source says, or says what it denies."""
    own = polarity_of(clause.stated.plain)
    denied = frozenset(word for piece, _ in told for word in piece.polarity.denied)
    said = frozenset(word for piece, _ in told for word in piece.polarity.said)
    maybe = frozenset(word for piece, _ in told for word in piece.polarity.maybe)
    if own.denied & (said - denied - maybe) or own.said & (denied - said - maybe):
        return True
    # a "không" whose words the source does not deny at all
    return bool(own.denied) and not own.denied & (denied | maybe)


# What must stand in a sentence when it stands in what the sentence retells, and the other way.
_LIMITS = (
    re.compile(
        r"(?<!địa )(?<!chứng )(?<!tôn )\bchỉ\b(?! (?:tiêu|thị|định|đạo|số|dẫn)\b)|\bduy nhất\b"
    ),
    re.compile(r"(?<!khấu )(?<!bù )(?<!phòng )(?<!loại )\btrừ\b|\bngoại trừ\b"),
    re.compile(r"\bkhông được\b|\bcấm\b|\bkhông có quyền\b"),
    re.compile(r"\bbình quân\b|\btrung bình\b"),
)


def _limit(text: str, told: Sequence[_Place]) -> Fault | None:
    said = " ".join(words_of(text))
    for limit in _LIMITS:
        here = limit.search(said) is not None
        there = [limit.search(" ".join(piece.words)) is not None for piece, _ in told]
        if here not in there:
            return Fault.LIMIT
    return None
