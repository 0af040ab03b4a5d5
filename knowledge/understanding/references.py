"""Documents and articles that a question names, and amounts that it takes for granted."""

from __future__ import annotations

import re

from knowledge.model import LegalReference
from knowledge.vietnamese.text import bare_key, tokens

_KINDS = {
    "bo luat": "bộ luật",
    "luat": "luật",
    "nghi dinh": "nghị định",
    "thong tu": "thông tư",
    "quyet dinh": "quyết định",
    "nghi quyet": "nghị quyết",
    "law": "luật",
    "decree": "nghị định",
    "circular": "thông tư",
    "decision": "quyết định",
}
_NUMBER = (
    r"(?P<number>\d{1,4}(?:/(?:19|20)\d\d)?)"
    r"(?:[/ ](?:qh\d*|nd|qd|tt|nq)(?:-[a-z0-9]+)*\b|/[a-z]{2,}(?:-[a-z0-9]+)*)?"
)
_DOCUMENT = re.compile(
    rf"\b(?P<kind>{'|'.join(_KINDS)})(?: (?:so|no\.?|number))? {_NUMBER}"
    r"(?!\d|[.,/]\d|\s*%|\s*(?:nguoi|ngay|thang|nam|trieu|ty|dong|thanh vien))"
)
# Without its kind in front a number needs its tail, else "8/2023" would be one.
_BARE_NUMBER = re.compile(
    r"\b(?P<number>\d{1,4}/(?:19|20)\d\d)/[a-z]{2,6}\d*(?:-[a-z0-9]+)*\b"
    r"|\b(?P<local>\d{1,4}/[a-z]{2,4}-[a-z]{2,6})\b"
)
# "Điều 50 điều lệ": a document of the library without a number of its own in the question.
_KIND_BEHIND = re.compile(r"^ (?:cua |trong )?(?P<kind>dieu le|quy che|ke hoach|de an)\b")
_LOCAL_KINDS = {
    "dieu le": "điều lệ",
    "quy che": "quy chế",
    "ke hoach": "kế hoạch",
    "de an": "đề án",
}
_ARTICLE = re.compile(
    r"(?:\b(?:khoan|clause) (?P<clause>\d{1,2})(?: |, ?)(?:cua )?)?"
    r"\b(?:(?:dieu|article) (?:so )?|d\.? ?(?=\d))(?P<article>\d{1,3}[a-z]?)\b"
    r"(?! (?:kien|le|khoan))"
)
_TITLED = re.compile(
    r"(?:(?:theo|trong|tại) )?(?P<title>(?:bộ luật|luật|pháp lệnh) \D+?) (?:năm )?"
    r"(?P<year>(?:19|20)\d\d)\b"
)
# An amount that somebody is said to give; one that the person tells of itself is no premise.
_GIVEN = re.compile(
    r"\b(?:cho|cho vay|ho tro|tang|cap|thuong|tro cap|phat|gives?|grants?|pays?)"
    r"(?: [^\s\d]+){0,7}? "
    r"(?P<amount>\d[\d.,]*\s?(?:(?:ty|trieu|nghin|ngan|tr|k)(?:\s(?:dong|vnd))?\b|dong\b|vnd\b|%"
    r"|(?:percent|million|billion)\b))"
)
# "Nghe đồn luật bắt …", "Theo Nghị định 92/2024, … phải …": what a source is said to demand.
_SAID = re.compile(
    r"\b(?:nghe (?:noi|don|bao)|theo|promises?|requires?|says?|"
    rf"(?:{'|'.join(_KINDS)})(?: [^\s,;.?]+){{0,4}}? (?:bat|buoc|yeu cau|quy dinh|must))\b"
)
_IN_WORDS = dict(
    zip(
        ["mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi"],
        map(str, range(1, 11)),
        strict=True,
    )
)
_DEMANDED = re.compile(
    r"\b(?:bat|buoc|phai|yeu cau|quy dinh|nop|promises?|requires?|must)"
    r"(?: [^\s\d,;.?]+){0,9}? "
    rf"(?P<amount>(?:\d[\d.,]*|{'|'.join(_IN_WORDS)})"
    r"(?:\s?%| (?:phan tram|percent|trieu|ty|lan|nam|thang|ngay)\b)(?! (?:nao|gi)\b))"
)


def titled_law(query: str) -> tuple[str, str] | None:
    """Return title and year of the law that a question rests on: ("luật hợp tác xã", "2012").

    One that is named in passing ("lập theo Luật Hợp tác xã 2012") is not what it rests on.

    Args:
        query: the understood question, as a search key.
    """
    match = _TITLED.match(query)
    return (match["title"], match["year"]) if match else None


def find_references(text: str) -> tuple[LegalReference, ...]:
    """Return the documents and articles that a question names, documents first."""
    key = bare_key(text)
    documents = [
        LegalReference(number=match["number"], kind=_KINDS[match["kind"]])
        for match in _DOCUMENT.finditer(key)
    ]
    known = {reference.number for reference in documents}
    documents += [
        LegalReference(number=match["number"] or match["local"])
        for match in _BARE_NUMBER.finditer(key)
        if match["number"] not in known
    ]
    articles = [
        LegalReference(article=match["article"], clause=match["clause"] or "")
        for match in _ARTICLE.finditer(key)
    ]
    kinds = [_KIND_BEHIND.match(key[match.end() :]) for match in _ARTICLE.finditer(key)]
    if not documents:
        documents = [
            LegalReference(kind=_LOCAL_KINDS[match["kind"]]) for match in kinds if match is not None
        ]
    return (*documents, *articles)


def find_premises(text: str) -> tuple[str, ...]:
    """Return the amounts that a question says are given or demanded, as bare search keys.

    What somebody gives is a premise by itself, what is demanded only where a source is said to.
    """
    key = bare_key(text)
    found = list(_GIVEN.finditer(key))
    said = _SAID.search(key)
    if said is not None:
        found += _DEMANDED.finditer(key, said.start())
    return tuple(dict.fromkeys(" ".join(match["amount"].split()) for match in found))


def amounts_key(text: str) -> str:
    """Return the words of a text without tone marks, for finding amounts in it.

    Numbers in words and leading zeros are as plain digits: "ba lần" and "03 lần" are "3 lan".
    """
    words = (_IN_WORDS.get(word, word.lstrip("0") or word) for word in tokens(bare_key(text)))
    return " ".join(words)
