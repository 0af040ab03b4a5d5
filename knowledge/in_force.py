"""What documents say of each other, put together: how each rule of a library stands.

Worked out when a library is loaded, whatever the order in which its documents came. An admin's word
goes before the documents' own, a clause's before its article's, an article's before the whole's. A
digest stands as the law that it retells; a draft does nothing and was never in force.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from knowledge.model import Document, Effect, Kind
from knowledge.parts import NO_DAY, Rule, covers, ends, last_word, merged, touches, where
from knowledge.standing import Change, Deed, Notice, Standing
from knowledge.vietnamese.text import bare_key, search_key

_LONGEST_CHAIN = 8  # documents that take each other's place, one after the other
_NUMBERED = re.compile(r"\d{1,5}/(?:(?:19|20)\d\d/)?[A-ZĐ]+\d*(?:-[\wĐđ]+)*")
_KIND = re.compile(
    r"(?:Bộ luật|Luật|Pháp lệnh|Ngh\w+ \w+|Quyết định|Thông tư(?: liên tịch)?|Chỉ thị)\b"
)
_LOCAL = re.compile(r"-(?:ubnd|hdnd|ub)$")


def number_key(number: str) -> str:
    """Return the form in which official numbers are compared ("9/2017/tt-btc")."""
    return bare_key(number).replace(" ", "").lstrip("0")


@dataclass(frozen=True, slots=True)
class _Aimed:
    """A change and the place of the document that says so: each province counts from 1."""

    change: Change
    place: str


@dataclass(frozen=True, slots=True)
class Standings:
    """How the rules of a library stand.

    Attributes:
        documents: by id.
        changes: what is done to a document, by the key of its number.
        by_number: the library's own documents, by the key of their number.
    """

    documents: dict[str, Document]
    changes: dict[str, tuple[_Aimed, ...]]
    by_number: dict[str, tuple[Document, ...]]

    @classmethod
    def of(cls, documents: Iterable[Document]) -> Standings:
        """Put together what documents say of themselves and of each other."""
        known = {one.id: one for one in documents}
        changes: defaultdict[str, list[_Aimed]] = defaultdict(list)
        by_number: defaultdict[str, list[Document]] = defaultdict(list)
        for document in known.values():
            if document.metadata.number and document.metadata.kind is Kind.LAW:
                by_number[number_key(document.metadata.number)].append(document)
            for change in document.changes:
                aimed = _Aimed(change, document.metadata.place)
                changes[number_key(change.number)].append(aimed)
        return cls(
            known,
            {key: tuple(found) for key, found in changes.items()},
            {key: tuple(found) for key, found in by_number.items()},
        )

    def standing(self, rule: Rule) -> Standing:
        """Return how a rule stands; one that no document says anything of is in force."""
        document = self.documents[rule.document]
        if document.metadata.kind not in (Kind.LAW, Kind.DIGEST):
            return Standing()
        if document.metadata.title.lower().startswith("dự thảo"):
            return Standing(draft=True)
        clauses = [one for one in rule.clauses if one] or [""]
        return merged({one: self._single(document, rule, one) for one in clauses}, rule.article)

    def whole(self, document: str) -> Standing:
        """Return how a document as a whole stands; its notices are those of all its parts."""
        found = self.standing(Rule(document=document))
        item = self.documents[document]
        if item.metadata.kind is not Kind.LAW:
            return found
        notices = [
            self._notice(one.change, where(one.change))
            for one in self._aimed_at(item.metadata.number, item.metadata.place)
            if one.change.article or one.change.part
        ]
        return replace(found, notices=tuple(notices))

    def gone(self, number: str) -> Standing | None:
        """Return how a document stands that the library does not hold; None when nothing is said.

        Args:
            number: official, or the beginning of one as far as a person typed it ("193/2013");
                without its year it may be any document's.
        """
        key = number_key(number)
        if "/" not in key:
            return None
        return self._gone(
            change
            for known, change in self._told_of_others()
            if known == key or known.startswith(f"{key}/")
        )

    def gone_by_title(self, title: str, year: str) -> Standing | None:
        """Return the same of a law by its title, as a search key, and the year of its number."""
        return self._gone(
            change
            for known, change in self._told_of_others()
            if f"/{year}/" in known and f"{title} số " in search_key(change.sentence)
        )

    def _told_of_others(self) -> Iterator[tuple[str, Change]]:
        """Yield what ends documents that the library does not hold, with the key of each."""
        for known, aimed in self.changes.items():
            for one in aimed if known not in self.by_number else ():
                whole = not (one.change.article or one.change.part)
                if whole and one.change.deed is not Deed.AMENDS:
                    yield known, one.change

    def _gone(self, changes: Iterable[Change]) -> Standing | None:
        return next((self._ended(Standing(), self._day(one), one) for one in changes), None)

    # --- one clause ----------------------------------------------------------------------------

    def _single(self, document: Document, rule: Rule, clause: str) -> Standing:
        number, place = _told(document, rule), document.metadata.place
        laws = [one for one in self.by_number.get(number_key(number), ()) if one.id != document.id]
        retold = laws[0].effects if document.metadata.kind is Kind.DIGEST and laws else ()
        own = [one for one in (*document.effects, *retold) if covers(one, rule.article, clause)]
        found = self._begun(document, own)
        corrected = last_word([one for one in own if one.corrected])
        if corrected is not None and (corrected.ends or corrected.replaced_by):
            return self._corrected(found, corrected, number)
        aimed = [one.change for one in self._aimed_at(number, place)]
        told: list[tuple[date, Change | None]] = [(one.ends, None) for one in own if one.ends]
        done = [(self._day(one), one) for one in aimed if ends(one, rule, clause)]
        if told or done:
            day, change = min([*told, *done], key=lambda one: one[0])
            said = next((one.sentence for one in own if one.ends), "")
            return (
                self._ended(found, day, change)
                if change is not None
                else replace(found, ends=day, sentence=said)
            )
        touching = [one for one in aimed if touches(one, rule.article, clause)]
        return replace(found, notices=tuple(self._notice(one, where(one)) for one in touching))

    def _begun(self, document: Document, own: list[Effect]) -> Standing:
        begins = last_word([one for one in own if one.starts])
        if begins is not None:
            return Standing(starts=begins.starts, sentence=begins.sentence)
        is_law = document.metadata.kind is Kind.LAW
        return Standing(starts=document.metadata.issued if is_law else None)

    def _corrected(self, found: Standing, effect: Effect, number: str) -> Standing:
        if effect.ends == date.max:  # an admin says that it never ended
            return found
        by = effect.replaced_by
        return replace(
            found,
            ends=effect.ends or self._start_of(by) or NO_DAY,
            ended_by=by,
            ended_by_kind=self._kind(by),
            replaced=bool(by),
            successor=self._successor(number, by),
            sentence="",
        )

    def _ended(self, found: Standing, day: date, change: Change) -> Standing:
        return replace(
            found,
            ends=day,
            ended_by=change.by,
            ended_by_kind=self._kind(change.by),
            replaced=change.deed is Deed.REPLACES,
            successor=self._successor(change.number, change.by),
            exception=change.exception,
            locator=change.locator,
            sentence=change.sentence,
        )

    def _notice(self, change: Change, where: str) -> Notice:
        return Notice(
            deed=change.deed,
            by=change.by,
            by_kind=self._kind(change.by),
            where=where,
            starts=self._day(change),
            locator=change.locator,
            sentence=change.sentence,
        )

    # --- other documents -----------------------------------------------------------------------

    def _aimed_at(self, number: str, place: str) -> list[_Aimed]:
        if not number:
            return []
        key = number_key(number)
        found = self.changes.get(key, ())
        if not _LOCAL.search(key):
            return list(found)
        return [one for one in found if not one.place or not place or one.place == place]

    def _day(self, change: Change) -> date:
        return change.starts or self._start_of(change.by) or NO_DAY

    def _start_of(self, number: str) -> date | None:
        """Return the first day in force of a document of the library."""
        for document in self.by_number.get(number_key(number), ()) if number else ():
            whole = [one for one in document.effects if not one.article and one.starts]
            said = last_word(whole)
            return said.starts if said is not None else document.metadata.issued
        return None

    def _kind(self, number: str) -> str:
        """Return what a document of the library calls itself, "" for one that it does not hold."""
        for document in self.by_number.get(number_key(number), ()) if number else ():
            if match := _KIND.match(document.metadata.title):
                return match[0]
        return ""

    def _successor(self, ended: str, by: str) -> str:
        """Return the document that has taken the place of one that ended another, if there is one.

        It is the last of a chain; two that say it of each other are none.
        """
        found, seen = "", {number_key(ended), number_key(by)}
        for _ in range(_LONGEST_CHAIN):
            following = [
                one.change.by
                for one in self.changes.get(number_key(found or by), ())
                if one.change.deed is Deed.REPLACES
                and not (one.change.article or one.change.part)
                and number_key(one.change.by) not in seen
            ]
            if not following:
                break
            found = following[0]
            seen.add(number_key(found))
        return found


def _told(document: Document, rule: Rule) -> str:
    """Return the number of the law that a rule is of; a digest tells it in its headings."""
    if document.metadata.kind is Kind.LAW:
        return document.metadata.number
    named = _NUMBERED.search(rule.heading)
    return named[0] if named else document.metadata.retells
