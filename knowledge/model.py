"""The words of the domain, as frozen values. Nothing here touches disk, network or clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from knowledge.standing import Change, Standing


class Kind(StrEnum):
    """What a document is: the way it is cut and cited follows from it."""

    LAW = "law"
    REPORT = "report"
    TABLE = "table"
    DIGEST = "digest"
    OTHER = "other"


class Audience(StrEnum):
    """Who may see a document; each of them sees what those before it see."""

    EVERYONE = "everyone"
    OFFICERS = "officers"
    ADMINS = "admins"

    def sees(self) -> tuple[Audience, ...]:
        """Return the audiences whose documents this one may see."""
        order = list(Audience)
        return tuple(order[: order.index(self) + 1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """When a document, an article or a clause is in force, and the sentence that says so.

    Attributes:
        article: number of the article ("23"); "" when the whole document is meant.
        clause: number of the clause ("1"); "" when the whole article is meant.
        starts: first day in force; None when the document does not say.
        ends: first day no longer in force; None while it is in force.
        replaced_by: number of the document that replaces it; "" when there is none.
        sentence: the sentence that says so, as printed.
        corrected: an admin says so, against whatever was read; then there may be no sentence.
    """

    article: str = ""
    clause: str = ""
    starts: date | None = None
    ends: date | None = None
    replaced_by: str = ""
    sentence: str = ""
    corrected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known of a document besides its text; "" and None mean "could not be determined".

    Attributes:
        number: official number ("17/2023/QH15"); a digest has none of its own.
        retells: official number of the document that a digest retells.
        issued: day of issue of a law, day of publication of a report.
        place: name without its kind ("Cà Mau"); "Cả nước" for the country.
        period: ISO 8601 period the figures are about: "2023", "2023-08", "2022/2023-12".
    """

    title: str = ""
    kind: Kind = Kind.OTHER
    number: str = ""
    retells: str = ""
    issuer: str = ""
    issued: date | None = None
    place: str = ""
    period: str = ""
    publisher: str = ""
    audience: Audience = Audience.EVERYONE


OFFICE = "Văn phòng trả lời"  # publisher of the answers that an office wrote itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One version of a source that an admin added.

    Attributes:
        id: stable id of the source, whatever its content.
        source: name of the file ("luat-17-2023-qh15.md").
        location: the folder it came from, or another root, with its path within.
        version: 1-based count of the versions of this source.
        sha256: of the bytes of the file.
        reader: format the file was read as.
        pages: number of pages; None where the format has none.
        effects: when it, or a part of it, is in force by its own words or an admin's.
        changes: what it says is done to other documents.
    """

    id: str
    source: str
    location: str
    version: int
    sha256: str
    reader: str
    pages: int | None
    metadata: Metadata
    effects: tuple[Effect, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def of_office(self) -> bool:
        """Whether it is an answer that the office wrote: it answers its own question alone."""
        return self.metadata.kind is Kind.OTHER and self.metadata.publisher == OFFICE


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The unit that is searched and quoted.

    Attributes:
        id: hash of document, place in it and text.
        ordinal: 0-based order within the document.
        breadcrumb: the headings above it, "Chương II > Điều 23. Chính sách tiếp cận vốn".
        heading: the nearest heading ("Điều 23. Chính sách tiếp cận vốn"); "" when there is none.
        article: "23", or "" outside a law.
        clause: "1", "1-3" for joined short ones, or "".
        locator: the exact place in words ("Điều 23 khoản 1", "trang 3, đoạn 2", "Sheet1, dòng 4").
        page: 1-based page, None where the format has none.
        text: as printed, one verbatim stretch of the document's text.
        start: offset of `text` in the document's text, in characters.
        search_text: what is indexed by words: document, heading and text.
        meaning_text: what is embedded: heading and text; a report's title stands for a heading.
    """

    id: str
    document: str
    ordinal: int
    breadcrumb: str
    heading: str
    article: str
    clause: str
    locator: str
    page: int | None
    text: str
    start: int
    search_text: str
    meaning_text: str

    @property
    def end(self) -> int:
        """Offset behind the last character, in the document's text."""
        return self.start + len(self.text)

    @property
    def clauses(self) -> tuple[str, ...]:
        """The numbers of its clauses, one by one; () outside of clauses."""
        first, mark, last = self.clause.partition("-")
        if mark and first.isdigit() and last.isdigit():
            return tuple(str(number) for number in range(int(first), int(last) + 1))
        return (self.clause,) if self.clause else ()

    @property
    def unit(self) -> str:
        """The article in a law, the passage itself elsewhere: what an answer is found by."""
        return f"{self.document}#{self.heading}" if self.article else self.id


class Comparator(StrEnum):
    """How a stated value relates to the true one."""

    EQUAL = "="
    ABOUT = "~"
    MORE = ">"
    LESS = "<"
    RANGE = "range"


class FigureKind(StrEnum):
    """Whether a figure was reached, is aimed at, is a change, or was computed here."""

    ACTUAL = "actual"
    TARGET = "target"
    CHANGE = "change"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One quantity, stated or derived. Values are in base units: đồng, %, count.

    Attributes:
        value: negative for a decrease.
        document: id of the one that states it; "" when derived, as is `source`.
        quote: the sentence or row that states it; None when derived.
        parts: of a derived figure, what it was computed from, in order.
    """

    indicator: str
    subject: str
    value: Decimal
    unit: str
    place: str
    period: str
    kind: FigureKind
    comparator: Comparator
    document: str
    source: str
    quote: str | None
    value_max: Decimal | None = None
    parts: tuple[Figure, ...] = ()


class Operation(StrEnum):
    """What is done with figures to answer a question."""

    LOOK_UP = "look_up"
    COMPARE = "compare"
    RANK = "rank"
    TREND = "trend"
    SUM = "sum"
    DIFFERENCE = "difference"
    RATIO = "ratio"
    LIST = "list"


class Language(StrEnum):
    """Language a question is asked in, and the lead of its answer is written in."""

    VIETNAMESE = "vi"
    ENGLISH = "en"


class Ask(StrEnum):
    """What kind of answer a question wants."""

    NUMBER = "number"
    DEADLINE = "deadline"
    CONDITION = "condition"
    DOSSIER = "dossier"
    PROCEDURE = "procedure"
    PLACE = "place"
    WHO = "who"
    DEFINITION = "definition"
    YESNO = "yesno"
    DIFFERENCE = "difference"
    PENALTY = "penalty"
    STATISTIC = "statistic"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalReference:
    """A document or an article that a question names ("Điều 23 Nghị định 92/2024").

    Attributes:
        article: "23", or "" when only a document is named.
        number: as far as it was typed ("92/2024", "92"), or "".
        kind: "luật", "nghị định" …, or "".
    """

    article: str = ""
    clause: str = ""
    number: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as typed and as understood.

    Attributes:
        text: as typed.
        understood: spelt out, with tone marks, completed from earlier turns; shown to the person.
        query: search keys of what is searched: the understood question in Vietnamese.
        added: legal terms that the thesaurus or the glossary adds to the search.
        content: the words that carry meaning, as search keys, without question words.
        places: names of places ("Cà Mau"), in order.
        periods: ISO periods, in order.
        references: documents and articles named.
        premises: amounts said to be given ("cho mỗi HTX 300 triệu"), as search keys.
        carried: what was taken over from earlier turns.
    """

    text: str
    understood: str
    query: str
    language: Language = Language.VIETNAMESE
    asks: tuple[Ask, ...] = (Ask.OPEN,)
    added: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    references: tuple[LegalReference, ...] = ()
    premises: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()


class Status(StrEnum):
    """How a question ended; all of them are proper answers."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_FOUND = "not_found"
    CLARIFY = "clarify"
    REFUSED = "refused"


class Reason(StrEnum):
    """Why a question was not answered; the words for people are in `bot.texts`."""

    NONE = ""
    EMPTY_QUESTION = "empty_question"
    EMPTY_LIBRARY = "empty_library"
    SECRET = "secret"  # noqa: S105  (a reason, not a secret)
    OPINION = "opinion"
    PERSONAL = "personal"
    OTHER_COUNTRY = "other_country"
    OTHER_FIELD = "other_field"
    NO_SUCH_ARTICLE = "no_such_article"
    NO_SUCH_DOCUMENT = "no_such_document"
    NO_SUCH_PLACE = "no_such_place"
    NO_SUCH_FIGURE = "no_such_figure"
    NO_SUCH_PERIOD = "no_such_period"
    ONLY_TARGET = "only_target"
    NOT_COVERED = "not_covered"
    FALSE_PREMISE = "false_premise"
    WHICH_PLACE = "which_place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """What an answer rests on: one verbatim stretch of one document.

    Attributes:
        number: official number of the document; "" for a report and for a digest.
        quote: the stretch, as printed.
        excerpt: the parts of the quote that fit a phone screen, in reading order, each verbatim.
        kind: what the document is.
        standing: when it is in force.
    """

    document: str
    source: str
    title: str
    number: str
    article: str
    locator: str
    page: int | None
    quote: str
    kind: Kind
    excerpt: tuple[str, ...] = ()
    place: str = ""
    period: str = ""
    standing: Standing = Standing()  # noqa: RUF009  (frozen)


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferingRule:
    """What one of several sources in force says, where they differ.

    Attributes:
        source: 1-based number of its citation.
        rank: "luật", "nghị định" …; "" where it is not known.
        since: the day on which it came into force, else None.
        sentence: what it says, a stretch of the citation's quote.
    """

    source: int
    rank: str
    since: date | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence that a language model wrote and the guard let pass.

    Attributes:
        text: as it is read, without markup and without its marks.
        sources: 1-based numbers of the citations that it rests on, in order; at least one.
    """

    text: str
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is known, before it is put into words.

    Attributes:
        citations: by weight, the first is what the answer rests on; empty unless answered.
        figures: by weight; of a comparison the winner first, of a ranking by rank, of a trend by
            time; a sum or a difference in front of its parts.
        operation: what was done with the figures; None when none were asked for.
        nearest: what stands nearest when nothing was found.
        detail: what the reason is about ("Điều 130", "Thái Lan").
        today: the day of the answer; None where the time in force was not looked at.
        as_of: the day whose rules were asked for, where that is another one than `today`.
        gone: how a document stands that was asked for and is not held.
        differing: what sources in force say differently, the highest in rank first.
        said: the yes or no that the first source says in so many words; None when it does not.
        fluent: the answer in sentences of a language model, each checked; empty without one. The
            citations stand beside it whole, and are what the answer rests on.
    """

    question: Question
    status: Status
    reason: Reason = Reason.NONE
    detail: str = ""
    citations: tuple[Citation, ...] = ()
    figures: tuple[Figure, ...] = ()
    nearest: tuple[Citation, ...] = ()
    suggestions: tuple[str, ...] = field(default=())
    operation: Operation | None = None
    today: date | None = None
    as_of: date | None = None
    gone: Standing | None = None
    differing: tuple[DifferingRule, ...] = ()
    said: bool | None = None
    fluent: tuple[Sentence, ...] = ()
