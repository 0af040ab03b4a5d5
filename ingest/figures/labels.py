"""What a cell of a table is called: the words of its header and of its row.

A place, a year and the word for all rows name no figure, since they stand in its other fields.
"""

from __future__ import annotations

import re

from ingest.figures.nouns import NOUN, ORGANISATIONS, SPOKEN, nouns_in
from ingest.reading import Table
from knowledge.vietnamese.periods import find_periods
from knowledge.vietnamese.places import find_places
from knowledge.vietnamese.text import bare_key, search_key, tokens

ALL = re.compile(r"^(?:tong(?: cong| so)?|toan (?:tinh|thanh pho|quoc|huyen)|cong|ca nuoc)\b")
YEAR = re.compile(r"^(?:nam )?((?:19|20)\d\d)$")
CHANGE = re.compile(r"\b(?:tang|giam|so voi|tang truong)\b")
_UNITS = re.compile(r"\s*\([^()]*\)|\s*…")
_ALL_ROWS = re.compile(
    r"tong cong|cong|tong|toan (?:tinh|thanh pho|quoc|huyen|thi xa)|ca nuoc|tong (?:so )?toan tinh"
)
_KIND_OF_PLACE = re.compile(r"^(?:tinh|huyen|thanh pho|tp\.?|thi xa|quan|tx\.?)\s+")
_NUMBERED = re.compile(r"^(?:[IVX]{1,4}|\d{1,2}|[a-zđ])(?:[.)]\d{0,2}|\s(?=[A-ZĐ]))\s*")
_DATED = re.compile(r"\s+(?:trong )?năm (?:19|20)\d\d$", re.IGNORECASE)
_GENERIC = re.compile(
    r"gia tri|chi tieu|so luong|ket qua|thuc hien|so lieu|ke hoach|muc tieu|nam|uoc thuc hien|"
    r"(?:thuc hien |ket qua |so lieu )?(?:qua )?cac nam|noi dung|tieu chi|"
    r"tinh trang(?: hoat dong)?|phan loai|trong do|chia ra|theo linh vuc|ket qua trong nam|"
    r"linh vuc|"
    r"so sanh"
)
_COUNT_OF = re.compile(
    r"\b(?:tong|so|luong|hop tac xa|htx|to hop tac|tht|lien hiep|ca nuoc|toan (?:quoc|tinh)|cua)\b"
)
_TOTAL = re.compile(r"tong|tong so|tong cong|so luong")


def name_of_cell(header: str, label: str, table: Table, unit: str) -> str:
    """Return what header and row say as the name of a figure; place and period stand elsewhere."""
    row = _clean(_NUMBERED.sub("", label))
    parts = [part for part in (*map(_clean, header.split(" > ")), row) if part]
    parts = [part for part in parts if not _tells_scope(part)]
    if unit in ORGANISATIONS and unit != "HTX" and nouns_in(bare_key(row))[:1] == [unit]:
        parts = [part for part in parts if nouns_in(bare_key(part)) != ["HTX"]]
    parts = [part for part in parts if not _GENERIC.fullmatch(bare_key(part))] or parts
    parts = [part for part in parts if not CHANGE.search(bare_key(part))]
    if any(nouns_in(bare_key(part)) for part in parts):
        parts = [part for part in parts if not _TOTAL.fullmatch(bare_key(part))]
    if len(parts) > 1:
        parts = [part for part in parts[:-1] if not _only_counts(part, parts[-1])] + parts[-1:]
    name = " ".join(_small(part) for part in parts)
    if unit in SPOKEN:
        return _counted(name, unit)
    return name or _small(_clean(table.caption))


def _clean(part: str) -> str:
    """Return a label without units, "trong đó" and marks; cooperatives are "HTX" as in texts."""
    plain = re.sub(r"^trong đó\s*:?\s*", "", _UNITS.sub("", part).strip(), flags=re.IGNORECASE)
    dated = _DATED.sub("", plain) or plain
    return re.sub(r"\bhợp tác xã\b", "HTX", dated, flags=re.IGNORECASE).strip(" :")


def _only_counts(part: str, last: str) -> bool:
    """Tell whether a header says no more than what the last one counts: "Số HTX cả nước"."""
    key = bare_key(part)
    return nouns_in(key)[:1] == nouns_in(bare_key(last))[:1] and not _COUNT_OF.sub("", key).strip()


def _counted(name: str, unit: str) -> str:
    """Return the name of a count: "số …", with what is counted."""
    nouns = nouns_in(bare_key(name))
    if not nouns:
        return f"{name} {unit}" if _TOTAL.fullmatch(bare_key(name)) else f"số {unit} {name}".strip()
    opens = NOUN.match(bare_key(name)) is not None
    return f"số {name}" if opens and nouns[0] == unit else name


def _tells_scope(part: str) -> bool:
    """Tell whether a header or a row label is only a place, a year, or the word for all rows."""
    key = bare_key(part)
    if YEAR.match(key) or (ALL.match(key) and _ALL_ROWS.fullmatch(key)):
        return True
    words = _KIND_OF_PLACE.sub("", key)
    named = [one.place.name for one in find_places(tokens(search_key(part)))]
    if any(words in {bare_key(name), bare_key(name.partition(" (")[0])} for name in named):
        return True
    mentions = find_periods(key)
    return len(mentions) == 1 and len(key) - (mentions[0].end - mentions[0].start) < len(
        "den het  "
    )


def _small(part: str) -> str:
    """Return a label with a small first letter, unless it is an abbreviation or a lone letter."""
    return part if part[:2].isupper() or len(part) < 2 else part[0].lower() + part[1:]  # noqa: PLR2004
