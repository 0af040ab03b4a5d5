"""Which place and which period a quantity is of: from its sentence, else from what stands above.

DESIGN: periods are ISO 8601; "hiện có" and "đến nay" take the period of the title or the lead, else
the dateline; a text of January to March that looks back on a year means the end of that year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ingest.figures.sentences import Sentence
from knowledge.model import Metadata
from knowledge.vietnamese.periods import ROMAN, PeriodMention, find_periods, is_base, years
from knowledge.vietnamese.places import COUNTRY, districts_of, find_places
from knowledge.vietnamese.text import TOKEN, bare_key, search_key, without_marks

_LOOKING_BACK_UNTIL = 3  # month; a text of later months speaks of its own time
_THIS_YEAR = r"(?:trong nam|nam qua|ca nam|nam nay|tu dau nam|trong ca nam)"
_NOW = (
    r"(?:hien nay|hien co|(?<!thuc |bieu |phat )(?<!the )hien|den nay|tinh den nay|luy ke|"
    r"cong don|toi nay|den thoi diem nay)"
)
_QUARTER = r"quy (?P<quarter>iv|i{1,3}|[1-4])\b(?! ?/| nam \d|-\d)"
_AIMED = re.compile(r"\b(?:muc tieu|ke hoach|phuong huong|nhiem vu|chi tieu)\b")
# What a meeting that looks back on one year plans for the next is not what its text goes on about.
_AHEAD = re.compile(
    r"\b(?:nhiem vu|phuong huong|ke hoach|muc tieu|chi tieu|du kien|phan dau|huong toi)"
    r"(?: (?!nam)[^\s,;.]+){0,4}(?: nam)?\s*$"
)
_MONTH = re.compile(r"\d{4}-\d{2}")
_YEARS_PLAN = re.compile(r"\b(?:ke hoach|chi tieu)(?: ca)? nam(?: (?:la|giao|de ra))?\s*\(?\s*$")
_RESULTS = re.compile(r"\b(?:hien trang|ket qua|tinh hinh|thuc hien)\b")
_LAST_YEAR = re.compile(r"\b(?:cung ky )?nam (?:truoc|ngoai)\b[^(),;.]*\((?:[^()]*?)$")
_WHOLE = re.compile(
    r"\b(?:toan tinh|toan thanh pho|toan huyen|toan thi xa|toan vung|ca vung|tren dia ban tinh|"
    r"tinh co|vung (?:cung |hien |da )?co|khu vuc nay)\b"
)
_RELATIVE = (
    (re.compile(r"\b(?:den |tinh den )?(?:cuoi|het) nam\b(?! \d)"), "end"),
    (re.compile(r"\b(?P<months>\d{1,2}|sau|chin) thang dau nam\b(?! \d)"), "first months"),
    (
        re.compile(
            r"\b(?:tinh chung|luy ke|cong don|sau|qua|trong|het|cua) (?P<months>\d{1,2}|sau|chin) "
            r"thang\b(?! (?:dau|cuoi)|[/ ]\d)"
        ),
        "first months",
    ),
    (re.compile(r"\btu dau nam (?:den|toi) (?:nay|gio)\b|\bke tu dau nam\b"), "so far"),
    (re.compile(rf"\b(?:den |tinh den )?(?:het|cuoi) {_QUARTER}"), "quarter's end"),
    (re.compile(rf"\b{_QUARTER}"), "quarter"),
    (re.compile(r"\b(?:qua|sau|trong) (?:\d+|hai|ba|bon|nam) nam\b(?! \d)"), "span"),
    (re.compile(rf"\b{_NOW}\b"), "now"),
    (re.compile(rf"\b{_THIS_YEAR}\b(?! \d)"), "year"),
)

_FROM = re.compile(r"\btu\s*(?:dau\s*)?(?:nam\s*)?$")
_TO = re.compile(r"\s*(?:den|toi)\s*(?:het\s*)?(?:nam\s*)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Where and when figures are, as far as it is known."""

    place: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a document says of itself as a whole.

    Attributes:
        place: "" when it is not known.
        period: that the figures are about; "" when it is not known.
        published: day of publication, None when it is not known.
        given: the period was given by a person (`documents.csv`), and means what it says.
    """

    place: str
    period: str
    published: date | None
    given: bool = False

    @classmethod
    def of(cls, metadata: Metadata, *, given: bool = False) -> Setting:
        """Return the setting of a document."""
        titled = [name for _, name in _placed(metadata.title) if "(" in name]
        place = titled[0] if len(titled) == 1 else metadata.place
        return cls(place=place, period=metadata.period, published=metadata.issued, given=given)

    @property
    def year(self) -> str:
        """The year the document is about, or the one it was published in; "" for none."""
        if self.period:
            return str(max(years(self.period)))
        return str(self.published.year) if self.published else ""

    @property
    def now(self) -> str:
        """What "hiện nay" means: the document's period, or the end of a year looked back on."""
        if len(self.period) == 4 and not self.given:  # noqa: PLR2004  (a year)
            looks_back = (
                self.published is not None
                and self.published.year == int(self.period) + 1
                and self.published.month <= _LOOKING_BACK_UNTIL
            )
            return f"{self.period}-12-31" if looks_back else self.period
        if self.period:
            return end_of(self.period)
        return f"{self.published:%Y-%m}" if self.published else ""


@dataclass(slots=True)
class Context:
    """Follows a document sentence by sentence."""

    setting: Setting
    _here: Scope = Scope()
    _paragraph: int = -1
    _heading: str = ""

    def enter(self, sentence: Sentence) -> Surroundings:
        """Return what is known around a sentence, and remember what it tells the next ones."""
        if sentence.heading != self._heading:
            self._heading = sentence.heading
            planned = _AIMED.search(_bare(sentence.heading))
            topic = _topic(sentence.heading, self.setting, Scope())
            self._here = Scope(period=_year_in(sentence.heading)) if planned else topic
        if sentence.intro:
            self._here = _topic(sentence.intro, self.setting, self._here)
        new_paragraph = sentence.paragraph != self._paragraph and not sentence.bullet
        if new_paragraph:  # a district or a region is spoken of for a paragraph at most
            self._here = Scope(period=self._here.period)
        self._paragraph = sentence.paragraph
        found = Surroundings(sentence.text, self.setting, self._here)
        if not sentence.bullet or not sentence.intro:  # what one item says is not of the next
            self._here = _topic(sentence.text, self.setting, self._here)
        return found


class Surroundings:
    """The places and periods of one sentence."""

    def __init__(self, text: str, setting: Setting, before: Scope) -> None:
        self._key = _bare(text)
        self._setting = setting
        self._before = before
        self._periods = _stated(self._key, setting, before.period)
        self._places = _placed(text, setting.place)

    def scope(self, offset: int, *, stock: bool) -> Scope:
        """Return place and period of the quantity at an offset of the sentence.

        Args:
            offset: of the quantity.
            stock: it counts what is there at a time, and not what happens during one.
        """
        said = _nearest(self._periods, offset, self._key)
        carried = said or self._before.period
        period = carried or self._setting.period or self._setting.now
        if stock:
            period = end_of(period)
        elif not said:
            period = _during(period, self._setting)
        if period and _YEARS_PLAN.search(self._key[:offset]):
            period = period[:4]
        if period and _LAST_YEAR.search(self._key[:offset]):
            period = earlier(period)
        return Scope(place=self._place(offset), period=period)

    def _place(self, offset: int) -> str:
        near = _nearest(self._places, offset, self._key, reach=0)
        if not near and _WHOLE.search(self._key):
            return self._setting.place or self._before.place
        if near and "(" not in near and self._setting.place.startswith(f"{near} ("):
            return self._setting.place  # the province of the district that the text is about
        return near or self._before.place or self._setting.place


def end_of(period: str, *, to_month: bool = False) -> str:
    """Return the end of a span, at which what is counted stands; another period is its own end.

    Args:
        period: ISO 8601.
        to_month: the end of a half or a quarter is its last month, as tables have it, and no day.
    """
    if "/" not in period:
        return period
    first, last = period.split("/")
    closed = {"03": "31", "06": "30", "09": "30", "12": "31"}
    if not to_month and len(last) == 7 and first.endswith("-01") and last[5:] in closed:  # noqa: PLR2004
        return f"{last}-{closed[last[5:]]}"
    return last


def earlier(period: str) -> str:
    """Return the same time a year before."""
    return re.sub(r"\b(\d{4})(?=-|/|$)", lambda one: str(int(one[1]) - 1), period)


def _year_in(text: str) -> str:
    """Return the year that a heading of plans alone names: "CHỈ TIÊU NĂM 2020"; "" for none."""
    if _RESULTS.search(_bare(text)):  # "HIỆN TRẠNG … VÀ MỤC TIÊU NĂM 2018"
        return ""
    found = [one.iso for one in find_periods(_bare(text)) if len(one.iso) == len("2020")]
    return found[-1] if found else ""


def _bare(text: str) -> str:
    """Return a text as its periods are looked for; offsets stay as they are."""
    key = bare_key(text)
    return key if len(key) == len(text) else without_marks(text.lower())


def _topic(text: str, setting: Setting, before: Scope) -> Scope:
    """Return the scope that a sentence leaves for the next ones; an aside leaves none."""
    key = _bare(text)
    periods = _stated(key, setting, before.period)
    periods = [one for one in periods if _bracket(key, one[0]) < 0] or periods
    periods = [one for one in periods if not _AHEAD.search(key[: one[0]])] or periods
    places = _placed(text)
    named = dict.fromkeys(name for _, name in places if name != COUNTRY)
    place = next(iter(named), before.place) if len(named) < 2 else ""  # noqa: PLR2004
    return Scope(
        place=place,  # a list of several places is about none of them in what follows
        period=periods[-1][1] if periods else before.period,
    )


def _stated(key: str, setting: Setting, spoken: str) -> list[tuple[int, str]]:
    """Return (offset, ISO) of the periods that figures are about, in order."""
    found = _spanned(key)
    stated = bool(found)
    for form, meaning in _RELATIVE:
        for match in form.finditer(key):
            iso = (
                ""
                if stated and meaning in ("now", "year") and match[0] != "ca nam"
                else _meant(meaning, setting, spoken, match.groupdict())
            )
            if iso and not any(abs(match.start() - offset) < 12 for offset, _ in found):  # noqa: PLR2004
                found.append((match.start(), iso))
    return sorted(found)


def _spanned(key: str) -> list[tuple[int, str]]:
    """Return (offset, ISO) of periods; "từ năm 2022 đến tháng 12/2023" is one of a span."""
    found: list[tuple[int, str]] = []
    last: PeriodMention | None = None
    for mention in find_periods(key):
        if last and _goes_to(key, last, mention):
            found = [one for one in found if one[0] != last.start]
            found.append((last.start, f"{last.iso}/{mention.iso}"))
        elif not is_base(key, mention) and not _is_event(key, mention):
            found.append((mention.start, mention.iso))
        last = mention
    return found


def _goes_to(key: str, first: PeriodMention, last: PeriodMention) -> bool:
    return (
        _FROM.search(key[: first.start]) is not None
        and _TO.fullmatch(key[first.end : last.start]) is not None
        and "/" not in f"{first.iso}{last.iso}"
    )


def _is_event(key: str, mention: PeriodMention) -> bool:
    """Tell whether a day is that of a meeting or of the news: figures are told "đến ngày …"."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", mention.iso):
        return False
    written = re.search(r"\d{1,2}[/.-]\d|\bngay\b", key[mention.start : mention.end])
    told = re.search(r"\b(?:den|toi|het|thoi diem|cuoi)(?: ngay| het)? ?$", key[: mention.start])
    return bool(written) and not told


def _meant(meaning: str, setting: Setting, spoken: str, named: dict[str, str]) -> str:
    if meaning == "span":
        return setting.period if "/" in setting.period else ""
    if meaning == "now":
        recent = (
            "/" in spoken and setting.published and spoken[-7:-3] == str(setting.published.year)
        )
        month = _MONTH.fullmatch(spoken) and spoken[:4] == setting.year
        return end_of(spoken, to_month=True) if recent or month else setting.now
    year = spoken[:4] or setting.year
    if not year:
        return ""
    months = named.get("months", "")
    last = {"sau": 6, "chin": 9}.get(months) or int(months or 12)
    closing = 3 * ROMAN[named.get("quarter") or "iv"]
    now = setting.now[:7]
    return {
        "end": f"{year}-12-31",
        "first months": f"{year}-01/{year}-{last:02}",
        "quarter": f"{year}-{closing - 2:02}/{year}-{closing:02}",
        "quarter's end": end_of(f"{year}-01/{year}-{closing:02}"),
        "so far": f"{now[:4]}-01/{now}" if len(now) == len("2023-08") else year,
        "year": year,
    }[meaning]


def _placed(text: str, province: str = "") -> list[tuple[int, str]]:
    """Return (offset, name) of the places in a text.

    Args:
        text: as printed.
        province: whose districts are known without their kind, as its own reports name them.
    """
    key = search_key(text)
    found = list(TOKEN.finditer(key))
    words = [match[0] for match in found]
    placed = {
        mention.start: (mention.end, mention.place.name)
        for mention in find_places(words)
        if mention.place.name != COUNTRY or "ca nuoc" in without_marks(key)
    }
    taken = {place for start, (end, _) in placed.items() for place in range(start, end)}
    if len(key) == len(text):  # else nobody knows what is printed with a capital
        for start, end, name in _districts_in(words, province):
            printed = [text[match.start()] for match in found[start:end]]
            if not taken & set(range(start, end)) and all(one.isupper() for one in printed):
                placed[start] = (end, name)
    return [(found[start].start(), placed[start][1]) for start in sorted(placed)]


def _districts_in(words: list[str], province: str) -> Iterator[tuple[int, int, str]]:
    known = districts_of(province)
    longest = max(map(len, known), default=0)
    for start in range(len(words)):
        for length in range(longest, 1, -1):
            name = known.get(tuple(words[start : start + length]))
            if name is not None:
                yield start, start + length, name
                break


def _nearest(found: list[tuple[int, str]], offset: int, key: str, *, reach: int = 25) -> str:
    """Return the last one in front of an offset, else the first one behind it in its clause.

    What stands in brackets is said of what stands in them.

    Args:
        found: (offset, value) in order.
        offset: of the quantity.
        key: the sentence.
        reach: characters within which a comma does not end the clause.
    """
    bracket = _bracket(key, offset)
    fitting = [one for one in found if _bracket(key, one[0]) in (-1, bracket)]
    before = [value for place, value in fitting if place <= offset]
    if before:
        return before[-1]
    for place, value in fitting:
        if not re.search(r"[,;]", key[offset:place]) or place - offset < reach:
            return value
    return ""


def _bracket(key: str, offset: int) -> int:
    """Return where the bracket begins that an offset stands in; -1 outside of one."""
    opened = key.rfind("(", 0, offset)
    return opened if opened > key.rfind(")", 0, offset) else -1


def _during(period: str, setting: Setting) -> str:
    """Return the time during which something happened whose count was told at its end."""
    ends = end_of(setting.period)
    if "/" in setting.period and ends.startswith(period[: len(ends)]) and len(period) <= len(ends):
        return setting.period
    given = setting.given and period == setting.period
    if period.endswith("-12-31") and len(period) == 10 and not given:  # noqa: PLR2004
        return period[:4]
    return period
