"""What a law does to other documents: replaces, repeals and amends them, whole or in part.

Only statements in the grammar of final provisions count (Decree 78/2025/NĐ-CP, on drafting): a verb
at the head of its clause with the documents or parts behind it ("bãi bỏ khoản 2 Điều 5, Điều 7 Nghị
định số …"), or the documents in front of their end ("Luật … số … hết hiệu lực kể từ ngày …"). A
document that only stands in another one's title or history is not meant. What is doubtful is left
out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.effects.days import DATE, day_in
from ingest.effects.provisions import (
    Mention,
    Part,
    first_part,
    last_parts,
    mentions_in,
    parts_in,
)
from ingest.effects.statements import Statement, statements
from ingest.structure.lines import Line
from knowledge.model import Kind, Metadata
from knowledge.standing import Change, Deed

_VERB = re.compile(
    r"(?P<replaces>thay thế(?:\s+cho)?|thay cho)\b|(?P<repeals>bãi bỏ|huỷ bỏ|hủy bỏ)\b"
    r"|(?P<amends>sửa đổi(?:\s*,\s*bổ sung|\s+và\s+bổ sung)?|bổ sung)\b",
    re.IGNORECASE,
)
_LED = re.compile(
    r"(?:^|[.:;,]|\bvà|\bđồng thời|\bnày"
    rf"|hiệu lực(?:\s+thi hành)?\s+(?:kể\s+)?từ\s+(?:{DATE}|ngày ký(?: ban hành)?))\s*$",
    re.IGNORECASE,
)
# "các văn bản sửa đổi, bổ sung, thay thế Nghị định số …" speaks of others' deeds.
_SPOKEN = re.compile(
    r"\bvăn bản\s+(?:(?:sửa đổi|bổ sung|thay thế|bãi bỏ|hoặc|và)[\s,]+)*$", re.IGNORECASE
)
_STOP = re.compile(
    r"[.]\s+(?=[A-ZĐÀ-Ỹ])|\.\s*$|\btrừ\b|\b(?:kể )?từ ngày\b|\bnhư sau\b|\b(?:hết|có) hiệu lực\b",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"(?P<ends>(?:hết|chấm dứt|không còn)\s+hiệu lực|(?:bị|được)\s+bãi bỏ)"
    r"|(?P<replaced>(?:bị|được)\s+thay thế\s+(?:bởi|bằng)\s+\S+(?: \S+)?\s+này)",
    re.IGNORECASE,
)
# "(Điều này bị bãi bỏ bởi Điều 13 Nghị định số …, có hiệu lực kể từ ngày …)", a publisher's note.
_NOTE = re.compile(
    r"^[\s(\[\d\])]*(?P<what>Điểm|Khoản|Điều|Nghị định|Thông tư|Quyết định|Luật)\s+này\s+"
    r"(?P<partly>có nội dung\s+)?(?:đã\s+)?(?:bị|được)\s+(?:(?P<repeals>bãi bỏ)|thay thế)"
    r"\s+(?:bởi|theo|bằng)",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"(?:[\s:,;-]|\b(?:toàn bộ|các|những|một số|một phần|nội dung|quy định|tại|văn bản|quy phạm"
    r"|pháp luật|sau đây|sau|dưới đây|cho|của|cụm từ|từ|bằng|tên|tiêu đề|đoạn|câu|gồm|bao gồm|là"
    r"|điều khoản|điều|khoản|điểm|hiệu lực|thi hành|vào|một|luật|nghị quyết|nghị định|quyết định"
    r"|thông tư|chỉ thị)\b)*",
    re.IGNORECASE,
)
_PARTLY = re.compile(
    r"\b(?:một số|một phần|nội dung|cụm từ|điều|khoản|điểm|tên|tiêu đề|đoạn|câu)\b", re.IGNORECASE
)
# Words, a sentence or a heading taken out of a clause: the clause goes on.
_WORDING = re.compile(
    r"\b(?:cụm từ|từ ngữ|các từ|từ|đoạn|câu|tên|tiêu đề|một phần)\b", re.IGNORECASE
)
_SINCE = re.compile(rf"(?:kể )?từ {DATE}", re.IGNORECASE)
_EXCEPT = re.compile(r"\btrừ\s+(?P<what>[^.;]+)", re.IGNORECASE)
_TIME_CLAUSE = re.compile(r"^\W*(?:kể )?từ ngày[^,]*,\s*", re.IGNORECASE)
_SEPARATED = re.compile(r"(?:[,;]|\bvà|\bhoặc)\s*(?:các\s+)?$", re.IGNORECASE)
_SOME_ARTICLES = Part(words="một số điều")
_DEEDS = {"replaces": Deed.REPLACES, "repeals": Deed.REPEALS, "amends": Deed.AMENDS}


@dataclass(frozen=True, slots=True)
class _Target:
    number: str
    part: Part


def changes_of(lines: Sequence[Line], metadata: Metadata) -> tuple[Change, ...]:
    """Return what a law says is done to other documents, and what a note in it says of itself.

    Drafts, digests, and documents without a number do nothing to others.
    """
    if metadata.kind is not Kind.LAW or not metadata.number or is_draft(metadata):
        return ()
    titled = list(_of_title(metadata))
    amended = titled[0].number if len({one.number for one in titled}) == 1 else ""
    found: list[Change] = list(titled)
    article, context = "", amended
    for one in statements(lines):
        if one.article != article:
            article, context = one.article, amended
        if note := _note(one, metadata):
            found.append(note)
            continue
        said = [*_active(one, context), *_passive(one)]
        if said and one.is_heading and len({change.number for change in said}) == 1:
            context = said[0].number
        found += said
    own = metadata.number
    told = (replace(one, by=one.by or own) for one in found)
    return tuple(dict.fromkeys(one for one in told if one.by != one.number))


def is_draft(metadata: Metadata) -> bool:
    """Tell whether a document says of itself that it is a draft."""
    return metadata.title.lower().startswith("dự thảo")


def _of_title(metadata: Metadata) -> Iterator[Change]:
    """Yield the amendments that a title announces."""
    match = _VERB.search(metadata.title)
    if match is None or match.lastgroup is None:
        return
    deed = _DEEDS[match.lastgroup]
    for target in _targets(metadata.title[match.end() :]):
        whole = target.part == Part() and deed is not Deed.AMENDS
        part = Part() if whole else target.part if target.part != Part() else _SOME_ARTICLES
        yield _change(deed, _Target(target.number, part), "", metadata.title)


def _active(one: Statement, context: str) -> Iterator[Change]:
    """Yield what a statement does by verbs with their objects behind them."""
    verbs = [
        match
        for match in _VERB.finditer(one.plain)
        if _LED.search(before := one.plain[: match.start()]) and not _SPOKEN.search(before)
    ]
    ends = [*(match.start() for match in verbs[1:]), len(one.plain)]
    for match, end in zip(verbs, ends, strict=False):
        behind = mentions_in(one.plain[end:])
        shared = behind[0].number if behind else context
        yield from _done(one, match, one.plain[match.end() : end], shared)
    opened = _opened(one.opening)
    if opened is not None and not verbs:
        deed, words = opened
        for target in _targets(one.plain, context, words):
            yield _change(deed, target, one.opening + one.plain, one.sentence, one.locator)


def _done(one: Statement, verb: re.Match[str], rest: str, context: str) -> Iterator[Change]:
    stop = _STOP.search(rest)
    object_ = rest[: stop.start()] if stop else rest
    deed = _DEEDS[verb.lastgroup or "amends"]
    part = first_part(object_)
    if part is not None and _WORDING.search(object_[: part.start()]):
        deed = Deed.AMENDS
    for target in _targets(object_, context):
        done = target
        if deed is Deed.AMENDS and target.part == Part():
            done = _Target(target.number, _SOME_ARTICLES)
        yield _change(_deed_to(deed, target.part), done, rest, one.sentence, one.locator)


def _deed_to(deed: Deed, part: Part) -> Deed:
    """Return the deed; other words or another annex in the place of the old ones are amendments."""
    return Deed.AMENDS if deed is Deed.REPLACES and part != Part() else deed


def _opened(opening: str) -> tuple[Deed, str] | None:
    """Return what an opening line does to the items below it, with its words behind the verb."""
    if ended := _ENDED.search(opening):
        subject = _TIME_CLAUSE.sub("", opening[: ended.start()])
        if _FILLER.fullmatch(subject) and subject.strip():
            return (Deed.REPLACES if ended["replaced"] else Deed.REPEALS), ""
    for match in _VERB.finditer(opening):
        words = opening[match.end() :]
        if _LED.search(opening[: match.start()]) and _FILLER.fullmatch(words) and match.lastgroup:
            return _DEEDS[match.lastgroup], words
    return None


def _passive(one: Statement) -> Iterator[Change]:
    """Yield the ends of the documents that stand in front of "hết hiệu lực"."""
    for match in _ENDED.finditer(one.plain):
        told = re.split(r"[.;]\s+(?=[A-ZĐ])", one.plain[: match.start()])[-1]
        deed = Deed.REPLACES if match["replaced"] else Deed.REPEALS
        said = told + one.plain[match.end() :]
        for target in _targets(_EXCEPT.sub("", _TIME_CLAUSE.sub("", told))):
            yield _change(deed, target, said, one.sentence, one.locator)


def _note(one: Statement, metadata: Metadata) -> Change | None:
    """Return the end of a part of the document itself that a note in its text tells."""
    match = _NOTE.match(one.text)
    named = mentions_in(one.text)
    if match is None or not named:
        return None
    what = match["what"].lower()
    parts = parts_in(one.text[match.end() : named[0].start])
    told = f"Điều {parts[0].article}" if parts and parts[0].article else ""
    words = "điểm" if what == "điểm" else "một phần nội dung" if match["partly"] else ""
    return Change(
        deed=Deed.REPEALS if match["repeals"] else Deed.REPLACES,
        by=named[0].number,
        number=metadata.number,
        article=one.article if what in ("điểm", "khoản", "điều") else "",
        clause=one.clause if what in ("điểm", "khoản") else "",
        part=words,
        starts=day_in(re.search(DATE, one.text[named[0].end :].split("hiệu lực")[-1])),
        locator=told,
        sentence=one.text,
    )


def _change(deed: Deed, target: _Target, said: str, sentence: str, locator: str = "") -> Change:
    """Return a change; its day and its exception are looked for in what is said of it."""
    except_ = _EXCEPT.search(said)
    exception = " ".join(except_[0].split()) if except_ else ""
    own = re.search(r"\bnày\b", exception)
    kept = () if own else tuple(_short(part) for part in parts_in(exception) if part.article)
    return Change(
        deed=deed,
        by="",
        number=target.number,
        article=target.part.article,
        clause=target.part.clause,
        part=target.part.words,
        starts=day_in(_SINCE.search(said)),
        excepted=kept,
        exception=exception if deed is not Deed.AMENDS else "",
        locator=locator,
        sentence=" ".join(sentence.split()),
    )


def _short(part: Part) -> str:
    return f"{part.article}.{part.clause}" if part.clause else part.article


# --- the documents and parts that a verb is about ----------------------------------------------


def _targets(text: str, context: str = "", words: str = "") -> Iterator[_Target]:
    """Yield the documents and parts of an object or a subject; none when it is not one.

    Args:
        text: what stands behind a verb, in front of one, or as an item under one.
        context: the document that parts belong to where the text names none.
        words: of the opening line, which may say that only parts are meant.
    """
    named = _heads(text)
    first = min(
        [len(text), *(one.start for one, _ in named[:1]), *(_start_of_part(text))],
    )
    if not _FILLER.fullmatch(text[:first]):
        return
    partly = bool(_PARTLY.search(words + text[:first]))
    if not named:
        if context and not mentions_in(text):
            yield from (_Target(context, part) for part in parts_in(text))
        return
    for index, (mention, before) in enumerate(named):
        parts = parts_in(last_parts(before))
        if not parts and partly:
            after = named[index + 1][0].start if index + 1 < len(named) else len(text)
            listed = re.split(r":|\btại\b|\bgồm\b", text[mention.end : after], maxsplit=1)
            parts = parts_in(listed[1]) if len(listed) > 1 else []
            parts = parts or [_SOME_ARTICLES]
        yield from (_Target(mention.number, part) for part in parts or [Part()])


def _start_of_part(text: str) -> list[int]:
    match = first_part(text)
    return [match.start()] if match else []


def _heads(text: str) -> list[tuple[Mention, str]]:
    """Return the documents that are meant themselves, each with the text in front of it.

    A document in another one's title or history is not: "Quyết định số 2 sửa đổi Quyết định số 1"
    means the second only. Behind such a one a document counts again when a semicolon stands
    between, or when it is of the first one's kind and not of the other's.
    """
    found: list[tuple[Mention, str]] = []
    inner: Mention | None = None
    place = 0
    for mention in mentions_in(text):
        gap = text[place : mention.start]
        place = mention.end
        parts = last_parts(gap)
        lead = gap[: len(gap) - len(parts)]
        if not found:
            found.append((mention, gap))
            continue
        joined = _SEPARATED.search(lead) is not None
        if inner is not None and joined and ";" not in lead:
            kind = found[-1][0].kind
            joined = mention.kind == kind and inner.kind != kind
        if joined:
            found.append((mention, gap))
            inner = None
        else:
            inner = mention
    return found
