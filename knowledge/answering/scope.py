"""What may be answered: the checks before the search, and those on what the search found.

A question is not answered when its place, its period, the document it names or the amount it takes
for granted is not what the evidence is about, or when the confidence is below the working point.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.model import Ask, Citation, Document, Kind, LegalReference, Question, Reason
from knowledge.search.library import Library
from knowledge.search.ranking import Found, Hit
from knowledge.understanding.orders import order_in
from knowledge.understanding.particulars import asks_report, person_in
from knowledge.understanding.private import secret_in
from knowledge.understanding.references import amounts_key, titled_law
from knowledge.vietnamese import lexicon
from knowledge.vietnamese.periods import find_periods, overlap
from knowledge.vietnamese.places import find_places
from knowledge.vietnamese.text import bare_key, search_key, tokens

_FIELDS = {
    "secret": Reason.SECRET,
    "opinion": Reason.OPINION,
    "personal": Reason.PERSONAL,
}


_FREE = r"\b(?:miễn|không (?:thu|mất|phải nộp)) (?:lệ )?phí\b"
# What only a clause with such a number answers, by the question: the sum of a fine, a fee, an age.
_MUST_STATE = tuple(
    (re.compile(asked), re.compile(stated))
    for asked, stated in (
        (
            r"(?<!lãi )\bphạt\b.*\b(?:bao nhiêu|mấy)\b|\bmức (?:xử )?phạt\b|\bmức tiền phạt\b",
            r"\bphạt\b.{0,80}?\d[\d.,]* ?(?:đồng|triệu|nghìn|%)",
        ),
        (
            r"\bphí\b.*\b(?:bao nhiêu|mấy) (?:tiền|đồng|nghìn|ngàn|trăm|triệu)\b",
            rf"\d[\d.,]* ?(?:đồng|triệu|nghìn|%)|{_FREE}",
        ),
        (r"\b(?:bao nhiêu|mấy|giới hạn|độ) tuổi\b", r"\btuổi\b"),
    )
)
# What some source must state: another one than the first may hold the number.
_MUST_STATE_SOMEWHERE = tuple(
    (re.compile(asked), re.compile(stated))
    for asked, stated in (
        (r"\b(?:bao nhiêu|mấy) ?(?:phần trăm|%)", r"\d ?%|\bphần trăm\b"),
        (r"\blãi suất\b.*\b(?:bao nhiêu|mấy)\b", r"\blãi suất\b"),
        (
            r"\b(?:bao nhiêu|mấy) (?:tiền|đồng|nghìn|ngàn|trăm|triệu|tỷ)\b",
            rf"\b\d[\d.,]* ?(?:đồng|triệu|tỷ|nghìn|%)|\blần mức lương\b|{_FREE}",
        ),
    )
)
_BRANCH = re.compile(r"\b(?:chi nhánh|văn phòng|địa điểm kinh doanh|xuất khẩu)\b")
# Share of the words that say what is counted that the sentence with the figure must hold.
LEAST_OF_FIGURE = 0.5


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a question is not answered, and what about."""

    reason: Reason
    detail: str = ""


def before_search(library: Library, question: Question) -> Verdict | None:
    """Return why a question is not even searched for; None when it is."""
    if not any(character.isalnum() for character in question.text):
        return Verdict(Reason.EMPTY_QUESTION)
    words = tokens(search_key(question.text))
    understood = tokens(question.query)
    return (
        _order(question)
        or _out_of_field(library, words, understood)
        or _personal(question)
        or _other_country(words, understood)
        or _other_law(library, understood)
        or _missing_reference(library, question)
    )


def after_search(
    library: Library, question: Question, citations: Sequence[Citation], *, sure: bool
) -> Verdict | None:
    """Return why what was found is no answer; None when it is one."""
    if not citations:
        return Verdict(Reason.NOT_COVERED)
    return (
        _unanswered_statistic(library, question, citations)
        or _unstated(question, citations)
        or _false_premise(library, question, citations)
        or (None if sure else Verdict(Reason.NOT_COVERED))
    )


def _order(question: Question) -> Verdict | None:
    found = order_in(question.text) or secret_in(question.text)
    return Verdict(Reason.SECRET, found) if found else None


def _out_of_field(library: Library, words: list[str], understood: list[str]) -> Verdict | None:
    """Secrets, opinions and persons are refused; another field only when no document is on it."""
    table = lexicon.out_of_field()
    for tried in (words, understood):
        for start, end, values in table.matches(tried):
            phrase = " ".join(tried[start:end])
            reason = _FIELDS.get(values[0], Reason.OTHER_FIELD)
            if reason is not Reason.OTHER_FIELD or not library.holds(phrase):
                return Verdict(reason, phrase)
    return None


def _personal(question: Question) -> Verdict | None:
    asked = person_in(question)
    return Verdict(Reason.PERSONAL, asked) if asked else None


def _other_law(library: Library, words: list[str]) -> Verdict | None:
    """Return a verdict when a question rests on a law that the library does not hold.

    A law named in passing ("lập theo Luật 2012") is not what the question rests on.
    """
    for start, end, values in lexicon.laws().matches(words):
        if start > 1:
            continue
        name, key = values[0], search_key(values[0])
        same = [item for item in library.documents.values() if _tells(library, item, key)]
        if not same:
            return Verdict(Reason.NO_SUCH_DOCUMENT, name)
        year = _year_behind(words, end)
        if year and not any(_is_of_year(library, item, year) for item in same):
            return Verdict(Reason.NO_SUCH_DOCUMENT, f"{name} {year}")
    return _other_year(library, titled_law(" ".join(words)))


def _other_year(library: Library, named: tuple[str, str] | None) -> Verdict | None:
    """Return a verdict when only a law of another year has the title that is named."""
    if named is None:
        return None
    title, year = named
    same = [item for item in library.documents.values() if _tells(library, item, title)]
    if not same or any(_is_of_year(library, item, year) for item in same):
        return None
    return Verdict(Reason.NO_SUCH_DOCUMENT, f"{title[:1].upper()}{title[1:]} {year}")


def _tells(library: Library, document: Document, key: str) -> bool:
    """Tell whether a document is the law of a name, by its search key, or a digest of it."""
    if document.metadata.kind is Kind.DIGEST:
        return library.retells(document.id, key)
    return search_key(document.metadata.title) == key


def _year_behind(words: list[str], end: int) -> str:
    rest = [word for word in words[end : end + 2] if word != "năm"]
    return rest[0] if rest and re.fullmatch(r"(?:19|20)\d\d", rest[0]) else ""


def _is_of_year(library: Library, document: Document, year: str) -> bool:
    metadata = document.metadata
    known = f"{metadata.number} {metadata.retells} {metadata.issued or ''} {document.effects}"
    return year in known or library.retells(document.id, f"/{year}/")


def _other_country(words: list[str], understood: list[str]) -> Verdict | None:
    if _BRANCH.search(" ".join(understood)):  # of a Vietnamese cooperative
        return None
    for tried in (words, understood):
        here = {word for one in find_places(tried) for word in range(one.start, one.end)}
        for start, end, values in lexicon.countries().matches(tried):
            if not here.intersection(range(start, end)):  # "ở Đức Hòa" is in Tây Ninh
                return Verdict(Reason.OTHER_COUNTRY, values[0])
    return None


def _missing_reference(library: Library, question: Question) -> Verdict | None:
    """Return a verdict when a named document or article is not in the library."""
    documents = [reference for reference in question.references if not reference.article]
    articles = [reference for reference in question.references if reference.article]
    named = [found for reference in documents for found in matching(library, reference)]
    if documents and not named:
        first = documents[0]
        return Verdict(Reason.NO_SUCH_DOCUMENT, f"{first.kind} {first.number}".strip())
    for reference in articles:
        among = named or [
            item.id
            for item in library.documents.values()
            if item.metadata.kind in (Kind.LAW, Kind.DIGEST)
        ]
        laws = [one for one in among if library.documents[one].metadata.kind is Kind.LAW]
        if laws and not any(reference.article in library.articles(one) for one in among):
            return Verdict(Reason.NO_SUCH_ARTICLE, f"Điều {reference.article}")
        if reference.clause and not _has_clause(library, among, reference):
            missing = f"khoản {reference.clause} Điều {reference.article}"
            return Verdict(Reason.NO_SUCH_ARTICLE, missing)
    return None


def _has_clause(library: Library, among: Sequence[str], reference: LegalReference) -> bool:
    """Tell whether a document may have a clause; without any clauses that is unknown."""
    units = [library.article(document, reference.article) or () for document in among]
    clauses = [{one for passage in unit for one in passage.clauses} for unit in units if unit]
    return any(not known or reference.clause in known for known in clauses)


def matching(library: Library, reference: LegalReference) -> list[str]:
    """Return the ids of the documents that a reference may mean, digests of them included."""
    found: list[str] = []
    for document in library.documents.values():
        metadata = document.metadata
        if not reference.number:
            same = search_key(metadata.title).startswith(reference.kind)
        elif metadata.kind is Kind.DIGEST:
            same = library.retells(document.id, f" {reference.number.removesuffix('/')}/")
        else:
            key = bare_key(metadata.number)
            numbered = key == reference.number or key.startswith(f"{reference.number}/")
            of_year = len(reference.number) == 4 and f"/{reference.number}/" in key  # noqa: PLR2004
            same = (numbered or of_year) and _kind_of(key, reference.kind)
        if same:
            found.append(document.id)
    return found


def _kind_of(number: str, kind: str) -> bool:
    marks = {
        "luật": ("qh",),
        "bộ luật": ("qh",),
        "nghị định": ("nd-cp", "nd"),
        "thông tư": ("tt",),
        "quyết định": ("qd",),
        "nghị quyết": ("nq",),
    }
    tail = number.rsplit("/", 1)[-1]
    return tail.startswith(marks.get(kind, ("",)))


def in_scope(library: Library, question: Question, found: Found) -> list[Hit]:
    """Return the hits without the reports of another place, time or subject than is asked.

    A figure of a place is told from reports alone, when there are any.
    """
    within = [hit for hit in found.hits if not _elsewhere(library, question, hit)]
    if not _asks_figure(question):
        return within
    within = [hit for hit in within if not _is_report(library, hit) or _about(library, found, hit)]
    return [hit for hit in within if _is_report(library, hit)] or within


def _asks_figure(question: Question) -> bool:
    counted = Ask.STATISTIC in question.asks and bool(question.places)
    return counted or asks_report(question)


def _about(library: Library, found: Found, hit: Hit) -> bool:
    """Tell whether a report's passage is about the organisation and the measure that are asked."""
    asked = found.asked.subjects
    named = library.subjects[hit.passage.id]
    if asked and not asked & named:
        return False
    counts = any(character.isdigit() for character in hit.passage.text)
    return counts and found.asked.measured(library.words[hit.passage.id]) >= LEAST_OF_FIGURE


def _is_report(library: Library, hit: Hit) -> bool:
    kind = library.documents[hit.passage.document].metadata.kind
    return kind in (Kind.REPORT, Kind.TABLE)


def _elsewhere(library: Library, question: Question, hit: Hit) -> bool:
    """Tell whether a report is about another place or period; a law is bound to neither."""
    if not _is_report(library, hit):
        return False
    metadata = library.documents[hit.passage.document].metadata
    text = hit.passage.search_text
    if question.places:
        stated = {mention.place.name for mention in find_places(tokens(search_key(text)))}
        if not ({metadata.place} | stated) & set(question.places):
            return True
    own = text.removeprefix(metadata.title)
    periods = [mention.iso for mention in find_periods(own)] or [
        metadata.period,
        *(mention.iso for mention in find_periods(metadata.title)),
    ]
    return bool(question.periods) and not any(
        overlap(asked, one) for asked in question.periods for one in periods
    )


def _unanswered_statistic(
    library: Library, question: Question, citations: Sequence[Citation]
) -> Verdict | None:
    """A question for a figure of a place is never answered from a law."""
    if not _asks_figure(question):
        return None
    if citations[0].kind in (Kind.REPORT, Kind.TABLE):
        return None
    known = {document.metadata.place for document in library.documents.values()}
    missing = [name for name in question.places if name not in known]
    if missing:
        return Verdict(Reason.NO_SUCH_PLACE, missing[0])
    return Verdict(Reason.NO_SUCH_FIGURE, ", ".join((*question.places, *question.periods)))


def _unstated(question: Question, citations: Sequence[Citation]) -> Verdict | None:
    """A question for a sum, a share or an age is answered only when a source states one."""
    first = search_key(citations[0].quote)
    told = " ; ".join(search_key(one.quote) for one in citations)
    missing = (
        asked.search(question.query) and not stated.search(text)
        for table, text in ((_MUST_STATE, first), (_MUST_STATE_SOMEWHERE, told))
        for asked, stated in table
    )
    return Verdict(Reason.NOT_COVERED) if any(missing) else None


def places_to_choose(
    library: Library, question: Question, citations: Sequence[Citation]
) -> tuple[str, ...]:
    """Return the places of which one must be chosen: a figure was asked for without a place."""
    if Ask.STATISTIC not in question.asks or question.places or not citations[0].place:
        return ()
    known = {
        document.metadata.place
        for document in library.documents.values()
        if document.metadata.kind in (Kind.REPORT, Kind.TABLE) and document.metadata.place
    }
    return tuple(sorted(known)) if len(known) > 1 else ()


def missing_places(question: Question, citations: Sequence[Citation]) -> tuple[str, ...]:
    """Return the places that a question for figures names and no citation is about."""
    if Ask.STATISTIC not in question.asks:
        return ()
    told = " ".join(f"{one.place}. {one.title}. {one.quote}" for one in citations)
    stated = {mention.place.name for mention in find_places(tokens(search_key(told)))}
    return tuple(name for name in question.places if name not in stated)


def _false_premise(
    library: Library, question: Question, citations: Sequence[Citation]
) -> Verdict | None:
    """An amount that the question says is given or demanded must stand in what answers it."""
    first = citations[0]
    article = library.article(first.document, first.article) or ()
    present = f" {amounts_key(' '.join((first.quote, *(one.text for one in article))))} "
    for amount in question.premises:
        if f" {amounts_key(amount)} " not in present:
            return Verdict(Reason.FALSE_PREMISE, amount)
    return None
