"""The language data of the field, read once: thesaurus, abbreviations, glossary, word lists.

The files under `data/` are tables that anybody can extend without touching code; the README's
section "Words of the field" says what each column means.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from knowledge.vietnamese.spelling import is_syllable
from knowledge.vietnamese.text import search_key, tokens, without_marks

_ALSO_WORDS = frozenset(("vay", "von", "lai", "to", "ban", "mo", "lam", "hop", "cap", "no"))
_DATA = files("knowledge.vietnamese") / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviation:
    """A short form: `needs` are words of which one must stand in the question, or none needed."""

    short: str
    expansion: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhraseTable:
    """Phrases as runs of search-key tokens; the longest match at a position wins."""

    entries: dict[tuple[str, ...], tuple[str, ...]]
    longest: int

    @classmethod
    def of(cls, rows: list[tuple[str, tuple[str, ...]]]) -> PhraseTable:
        """Build from (phrase, values) rows; rows of one phrase are joined in order."""
        entries: dict[tuple[str, ...], tuple[str, ...]] = {}
        for phrase, values in rows:
            key = tuple(tokens(search_key(phrase)))
            if key:
                entries[key] = (*entries.get(key, ()), *values)
        return cls(entries, max((len(key) for key in entries), default=0))

    def matches(
        self, words: list[str], *, overlapping: bool = False
    ) -> list[tuple[int, int, tuple[str, ...]]]:
        """Return (start, end, values) of the phrases in a token list, longest first at a place.

        Args:
            words: search-key tokens.
            overlapping: a phrase may begin within another one, when it ends behind it.
        """
        found: list[tuple[int, int, tuple[str, ...]]] = []
        taken = 0
        for start in range(len(words)):
            if start < taken and not overlapping:
                continue
            for length in range(min(self.longest, len(words) - start), 0, -1):
                values = self.entries.get(tuple(words[start : start + length]))
                if values is not None and start + length > taken:
                    found.append((start, start + length, values))
                    taken = start + length
                    break
        return found


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _lines(name: str) -> list[str]:
    text = (_DATA / name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip()]


def _split(cell: str, mark: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(mark) if part.strip())


@cache
def abbreviations() -> dict[str, tuple[Abbreviation, ...]]:
    """Return the short forms by their search key, the preferred expansion first."""
    table: dict[str, tuple[Abbreviation, ...]] = {}
    for row in _rows("abbreviations.csv"):
        item = Abbreviation(
            short=row["abbreviation"],
            expansion=row["expansion"],
            needs=tuple(search_key(word) for word in _split(row["needs"], "|")),
        )
        key = search_key(item.short)
        table[key] = (*table.get(key, ()), item)
    return table


@cache
def _written_short() -> dict[str, list[str]]:
    """Return the short forms that mean one thing wherever they stand, with the words for them."""
    return {
        short: tokens(search_key(found[0].expansion))
        for short, found in abbreviations().items()
        if len(found) == 1 and not found[0].needs and len(short) > 2 and not is_syllable(short)  # noqa: PLR2004
    }


def spelt_out(words: list[str]) -> list[str]:
    """Return the words of a document with the field's abbreviations (HTX, UBND) spelt out."""
    short = _written_short()
    return [one for word in words for one in short.get(word, (word,))]


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared: search keys, abbreviations spelt out."""
    return spelt_out(tokens(search_key(text)))


@cache
def thesaurus() -> PhraseTable:
    """Return everyday words of the field with the words of the law that they stand for.

    Regional words and abbreviations in a term are spelt out, as they are in a question before it is
    looked up here.
    """
    return PhraseTable.of(
        [
            (_spelt_out(term), _split(row["legal"], ";"))
            for row in _rows("thesaurus.csv")
            for term in _split(row["term"], "|")
        ]
    )


@cache
def _matters() -> tuple[tuple[tuple[tuple[tuple[str, ...], ...], ...], tuple[str, ...]], ...]:
    """Return the rows of `matters.csv`: groups of alternatives, each in tokens, and the terms."""
    return tuple(
        (
            tuple(
                tuple(tuple(tokens(search_key(one))) for one in _split(group, "|"))
                for group in _split(row["words"], "+")
            ),
            _split(row["legal"], ";"),
        )
        for row in _rows("matters.csv")
    )


LegalTerms = tuple[tuple[frozenset[int], tuple[str, ...]], ...]


def legal_terms(words: list[str]) -> LegalTerms:
    """Return what the law calls the phrases and the matters of a question.

    A phrase stands in one piece, the words of a matter anywhere: "mấy hộ chung lại thì lập được".

    Args:
        words: search-key tokens of the question.

    Returns:
        The places of the words, and the terms that the law has for them.
    """
    return _legal_terms(tuple(words))


@lru_cache(maxsize=256)
def _legal_terms(words: tuple[str, ...]) -> LegalTerms:
    found = [
        (frozenset(range(start, end)), terms)
        for start, end, terms in thesaurus().matches(list(words), overlapping=True)
    ]
    for groups, terms in _matters():
        places = [_places_of(group, words) for group in groups]
        if all(places):
            found.append((frozenset().union(*places), terms))
    return tuple(found)


def _places_of(alternatives: tuple[tuple[str, ...], ...], words: tuple[str, ...]) -> frozenset[int]:
    return frozenset(
        place
        for phrase in alternatives
        for start, word in enumerate(words)
        if word == phrase[0] and words[start : start + len(phrase)] == phrase
        for place in range(start, start + len(phrase))
    )


def _spelt_out(term: str) -> str:
    table = abbreviations()
    return " ".join(
        table[word][0].expansion if word in table and not table[word][0].needs else word
        for word in tokens(search_key(term))
    )


@cache
def glossary() -> PhraseTable:
    """Return English terms of the field with the Vietnamese words of the law."""
    return PhraseTable.of(
        [
            (term, (row["vietnamese"],))
            for row in _rows("english.csv")
            for term in _split(row["english"], "|")
        ]
    )


@cache
def question_phrases() -> PhraseTable:
    """Return phrases that tell what kind of answer is asked for (values of `model.Ask`)."""
    return PhraseTable.of(
        [
            (phrase, (row["kind"],))
            for row in _rows("question_words.csv")
            for phrase in _split(row["phrase"], "|")
        ]
    )


@cache
def figure_words() -> PhraseTable:
    """Return the words for what figures are of, with and without marks, each as "family=labels"."""
    return PhraseTable.of(
        [
            (form, (f"{row['family']}={row['label']}",))
            for row in _rows("figure_words.csv")
            for phrase in _split(row["phrases"], "|")
            for form in ((phrase, without_marks(phrase)) if " " in phrase else (phrase,))
        ]
    )


@cache
def figure_questions(kind: str) -> dict[str, re.Pattern[str]]:
    """Return the patterns of one kind of words of questions for figures, by what they mean.

    Kinds are "operation", "over", "asks", "least" and "aimed"; the earlier meaning goes first.
    """
    rows = [row for row in _rows("figure_questions.csv") if row["asks"] == kind]
    values = dict.fromkeys(row["value"] for row in rows)
    return {
        value: re.compile("|".join(row["pattern"] for row in rows if row["value"] == value))
        for value in values
    }


def figure_phrases(family: str) -> tuple[str, ...]:
    """Return the phrases of a family of the words for what figures are of."""
    return tuple(
        phrase
        for row in _rows("figure_words.csv")
        if row["family"] == family
        for phrase in _split(row["phrases"], "|")
    )


@cache
def figure_stop_words() -> frozenset[str]:
    """Return the search keys of words that say nothing about what a figure is of.

    They stand in it without their marks too, for questions that are typed so, unless another word
    of the field is typed alike ("vậy" and "vay").
    """
    listed = search_key(" ".join(_lines("figure_stopwords.txt"))).split()
    words = frozenset((*stop_words(), *listed))
    bare = {without_marks(word) for word in words} - _ALSO_WORDS
    return words | bare


@cache
def out_of_field() -> PhraseTable:
    """Return phrases of other fields, with the field ("price", "weather", "secret" …)."""
    return PhraseTable.of(
        [
            (phrase, (row["field"],))
            for row in _rows("out_of_field.csv")
            for phrase in _split(row["phrase"], "|")
        ]
    )


@cache
def secrets(*, bare: bool) -> PhraseTable:
    """Return the phrases that ask for how the assistant is set up, or for what others asked it.

    Args:
        bare: without tone marks, for questions that are typed so.
    """
    rows = (row["phrase"] for row in _rows("out_of_field.csv") if row["field"] == "secret")
    return PhraseTable.of(
        [(without_marks(phrase) if bare else phrase, ("secret",)) for phrase in rows]
    )


@cache
def orders(part: str, *, bare: bool) -> PhraseTable:
    """Return the phrases of orders to the assistant, each with its kinds ("drop", "send" …).

    Args:
        part: "verb", or "thing" for what a verb of the same kind is about.
        bare: without tone marks, for questions that are typed so.
    """
    return PhraseTable.of(
        [
            (without_marks(phrase) if bare else phrase, (row["kind"],))
            for row in _rows("orders.csv")
            if row["part"] == part
            for phrase in _split(row["phrases"], "|")
        ]
    )


@cache
def countries() -> PhraseTable:
    """Return names of other countries, with the Vietnamese name."""
    return PhraseTable.of(
        [
            (name, (_split(line, "|")[0],))
            for line in _lines("countries.txt")
            for name in _split(line, "|")
        ]
    )


@cache
def laws() -> PhraseTable:
    """Return names of Vietnamese laws and codes, with the name as it is written."""
    return PhraseTable.of([(name, (name,)) for name in _lines("laws.txt")])


@cache
def rivals() -> PhraseTable:
    """Return words that exclude each other, each with "family:meaning"; synonyms have one meaning.

    Who says one of a family where the source says another says something else: "tổ hợp tác" for
    "hợp tác xã", "có thể" for "phải", "tăng" for "giảm".
    """
    return PhraseTable.of(
        [
            (phrase, (f"{family}:{meaning}",))
            for family, line in enumerate(_lines("rivals.txt"))
            for meaning, one in enumerate(_split(line, "|"))
            for phrase in _split(one, "/")
        ]
    )


@cache
def stop_words() -> frozenset[str]:
    """Return the search keys of words that carry no meaning in a search."""
    return frozenset(search_key(line) for line in _lines("stopwords.txt"))


def everyday_texts() -> list[str]:
    """Return everyday sentences and the phrases of all tables, for the tone-mark model."""
    texts = [term for row in _rows("thesaurus.csv") for term in _split(row["term"], "|")]
    texts += [term for row in _rows("thesaurus.csv") for term in _split(row["legal"], ";")]
    texts += [row["vietnamese"] for row in _rows("english.csv")]
    texts += [item for row in _rows("question_words.csv") for item in _split(row["phrase"], "|")]
    texts += [row["expansion"] for row in _rows("abbreviations.csv")]
    texts += [item for row in _rows("figure_words.csv") for item in _split(row["phrases"], "|")]
    texts += [item for row in _rows("out_of_field.csv") for item in _split(row["phrase"], "|")]
    texts += [name for line in _lines("countries.txt") for name in _split(line, "|")]
    return texts + _lines("stopwords.txt") + _lines("everyday.txt") + _lines("laws.txt")
