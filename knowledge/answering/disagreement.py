"""Sources in force that say different figures on one matter, side by side.

Two sentences differ when they are about the same matter, count the same unit with the same bound
and name another value: "ít nhất 5%" against "ít nhất 7%". Rather a difference too few than one too
many: a sentence with several values of a unit, rules of other provinces, of other organisations, or
of one document are left alone. The order is that of legal rank (Law 64/2025/QH15 on promulgation of
legal documents, article 4), then the rule for one province before the general one of the same rank,
then the later one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.model import Citation, DifferingRule, Kind, Question
from knowledge.search.library import Library
from knowledge.standing import State
from knowledge.understanding.subjects import subjects
from knowledge.vietnamese import lexicon
from knowledge.vietnamese.quantities import find_quantities
from knowledge.vietnamese.text import search_key, tokens

# Shares of the words' worth by rarity, calibrated on all pairs of sentences with figures of 19 laws
# (none of whose pairs above 0.70 is a true difference) and on pairs of our own (0.78 and more).
_ALIKE = 0.74  # that two sentences have in common
_OWN = 0.08  # of the shorter one, that each may have for itself: "cá nhân" against "pháp nhân"
_SAME_SUBJECT = 0.5  # of the shorter title and heading that the other's holds
_ASKED = 0.4  # of the question's that the first of them holds
_NEARLY = 0.9  # of what the sentence holds that holds most of the question's
# A day of every year: "trước ngày 31 tháng 3".
_DAY_OF_YEAR = re.compile(
    r"\bngày\s+(?P<day>\d{1,2})(?:\s+tháng\s+|/)(?P<month>\d{1,2})(?!\d|/|\s+năm\s+\d)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^\n;]+?(?:[.;](?=\s|$)|\n|$)")
# Words around a figure that another drafter leaves out or has others for.
_SAYING_LITTLE = frozenset(search_key("mức tiền khoản số mỗi một hằng từng kể").split())
_YEARLY = "ngày trong năm"
_WORKING = re.compile(r"ngày\s+làm việc", re.IGNORECASE)
_RANKS = (
    (re.compile(r"/QH\d+$"), ("luật",)),
    (re.compile(r"UBTVQH"), ("pháp lệnh", "nghị quyết UBTVQH")),
    (re.compile(r"/NĐ-CP$"), ("nghị định",)),
    (re.compile(r"/NQ-CP$"), ("nghị quyết Chính phủ",)),
    (re.compile(r"/QĐ-TTg$"), ("quyết định Thủ tướng",)),
    (re.compile(r"/TT(?:LT)?-"), ("thông tư",)),
    (re.compile(r"/NQ-HĐND$"), ("nghị quyết HĐND",)),
    (re.compile(r"/QĐ-UBND$"), ("quyết định UBND",)),
)
_RESOLUTION = "nghị quyết Quốc hội"
_LAST = len(_RANKS)


_Unit = tuple[str, str]  # unit and bound


@dataclass(frozen=True, slots=True)
class _Claim:
    """A sentence with the one value that it names of a unit.

    Attributes:
        subject: words of the title and the heading it stands under.
        about: the kinds of organisations that it names.
        values: by unit and bound.
    """

    source: int
    sentence: str
    subject: frozenset[str]
    words: frozenset[str]
    about: frozenset[str]
    values: dict[_Unit, Decimal]


def differing(
    library: Library, question: Question, citations: Sequence[Citation], day: date
) -> tuple[DifferingRule, ...]:
    """Return what the first source and others in force say differently; () when they agree.

    Args:
        library: the citations' own.
        question: only what it asks for is compared.
        citations: by weight; those that an answer does not quote may stand behind.
        day: whose rules count.
    """
    if not citations or not _is_live(citations[0], day):
        return ()
    first = citations[0]
    others = [
        (number, one)
        for number, one in enumerate(citations[1:], start=2)
        if one.document != first.document and _is_live(one, day) and _same_place(first, one)
    ]
    for claim in _asked(library, question, first) if others else ():
        against = [
            other
            for number, one in others
            for other in _claims(library, number, one)
            if _differ(library, claim, other)
        ]
        if against:
            return _side_by_side(citations, [claim, *_one_each(against)])
    return ()


def _is_live(citation: Citation, day: date) -> bool:
    is_rule = citation.kind in (Kind.LAW, Kind.DIGEST)
    return is_rule and citation.standing.on(day) is State.IN_FORCE


def rank_of(citation: Citation) -> tuple[int, str]:
    """Return the legal rank of a source, 0 for the highest, and its name; a digest has none."""
    number = citation.number
    for place, (pattern, names) in enumerate(_RANKS):
        if pattern.search(number):
            if not place and citation.title.lower().startswith("nghị quyết"):
                return 0, _RESOLUTION
            return place, names[0]
    return _LAST, ""


def _side_by_side(
    citations: Sequence[Citation], claims: Sequence[_Claim]
) -> tuple[DifferingRule, ...]:
    def order(claim: _Claim) -> tuple[int, bool, int]:
        citation = citations[claim.source - 1]
        since = citation.standing.starts or date.min
        return rank_of(citation)[0], not citation.place, -since.toordinal()

    return tuple(
        DifferingRule(
            source=claim.source,
            rank=rank_of(citations[claim.source - 1])[1],
            since=citations[claim.source - 1].standing.starts,
            sentence=claim.sentence,
        )
        for claim in sorted(claims, key=order)
    )


def _one_each(claims: Sequence[_Claim]) -> list[_Claim]:
    return list({claim.source: claim for claim in reversed(claims)}.values())


def _same_place(one: Citation, other: Citation) -> bool:
    """Tell whether two rules hold in one place; one without a place holds in the whole country."""
    return not one.place or not other.place or one.place == other.place


def _claims(library: Library, source: int, citation: Citation) -> list[_Claim]:
    passage = library.passage_of(citation.document, citation.quote)
    subject = _words(f"{citation.title} {passage.heading if passage else ''}")
    return [
        claim
        for match in _SENTENCE.finditer(citation.quote)
        if (claim := _claim(source, subject, match[0].strip())) is not None
    ]


def _claim(source: int, subject: frozenset[str], sentence: str) -> _Claim | None:
    """Return what a sentence claims; None without a figure that can be told from the others."""
    left, values = _values(sentence)
    single = {unit: found.pop() for unit, found in values.items() if len(found) == 1}
    if not single:
        return None
    named = lexicon.words_of(sentence)
    return _Claim(source, sentence, subject, _words(left), subjects(" ".join(named)), single)


def _values(sentence: str) -> tuple[str, dict[_Unit, set[Decimal]]]:
    """Return a sentence without its figures, and the values that it names of each unit."""
    values: dict[_Unit, set[Decimal]] = {}
    left = sentence
    for one in find_quantities(sentence):
        left = f"{left[: one.start]}{' ' * (one.end - one.start)}{left[one.end :]}"
        if one.unit and one.value_max is None:
            working = _WORKING.search(sentence, one.start, one.end + len(" làm việc"))
            unit = f"{one.unit} làm việc" if working else one.unit
            values.setdefault((unit, one.comparator.value), set()).add(one.value)
    for match in _DAY_OF_YEAR.finditer(sentence):
        day = Decimal(100 * int(match["month"]) + int(match["day"]))
        values.setdefault((_YEARLY, ""), set()).add(day)
    return _DAY_OF_YEAR.sub(" ", left), values


def _words(text: str) -> frozenset[str]:
    words = lexicon.words_of(text)
    empty = lexicon.stop_words() | _SAYING_LITTLE
    return frozenset(one for one in words if one.isalpha() and one not in empty)


def _differ(library: Library, one: _Claim, other: _Claim) -> bool:
    both = one.values.keys() & other.values.keys()
    if not any(one.values[key] != other.values[key] for key in both):
        return False
    if one.about and other.about and one.about != other.about:
        return False
    return (
        _alike(library, one.words, other.words) >= _ALIKE
        and _own_of_both(library, one.words, other.words) <= _OWN
        and library.rarity.shared(one.subject, other.subject) >= _SAME_SUBJECT
    )


def _alike(library: Library, one: frozenset[str], other: frozenset[str]) -> float:
    """Return what two sets of words share of both, by worth; 1 when both are empty."""
    weight = library.rarity.weight
    both = weight(one) + weight(other)
    return 2 * weight(one & other) / both if both else 1.0


def _own_of_both(library: Library, one: frozenset[str], other: frozenset[str]) -> float:
    """Return the lesser of what each has for itself, as a share of the lesser one, by worth."""
    weight = library.rarity.weight
    least = min(weight(one), weight(other))
    return min(weight(one - other), weight(other - one)) / least if least else 0.0


def _asked(library: Library, question: Question, citation: Citation) -> list[_Claim]:
    """Return what the first source claims on what is asked, in the question's words or the law's.

    A figure beside the sentence that answers is not asked for.
    """
    places = {word for name in question.places for word in tokens(search_key(name))}
    own = frozenset(question.content) - places
    terms = frozenset(word for term in question.added for word in tokens(search_key(term)))
    share = library.rarity.share
    sentences = [_words(match[0]) for match in _SENTENCE.finditer(citation.quote)]
    best = max((share(words, of=own) for words in sentences), default=0.0)

    def is_asked(claim: _Claim) -> bool:
        words = _words(claim.sentence)
        enough = any(share(words, of=asked) >= _ASKED for asked in (own, own | terms))
        return enough and share(words, of=own) >= _NEARLY * best

    return [claim for claim in _claims(library, 1, citation) if is_asked(claim)]
