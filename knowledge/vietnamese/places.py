"""Names of places in running text: provinces before and after 1 July 2025, regions, the country.

The gazetteer is made from the data of vietnamadminunits by `tools/make_places.py`. Districts are
found only behind their kind ("huyện Nho Quan"), for many of their names are also common words.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from knowledge.vietnamese.text import has_marks, search_key, tokens, without_marks

COUNTRY = "Cả nước"
UNITED = "2025-07-01"  # 63 provinces became 34 (Resolution 202/2025/QH15)
_COUNTRY_NAMES = ("cả nước", "toàn quốc", "nationwide", "the whole country")
# The six socio-economic regions of Resolution 81/2023/QH15, with the names people use for them.
_REGIONS = {
    "Đồng bằng sông Cửu Long": ("đồng bằng sông cửu long", "đbscl", "mekong delta", "miền tây"),
    "Đồng bằng sông Hồng": ("đồng bằng sông hồng", "đbsh", "red river delta"),
    "Đông Nam Bộ": ("đông nam bộ", "southeast region"),
    "Tây Nguyên": ("tây nguyên", "central highlands"),
    "Bắc Trung Bộ": ("bắc trung bộ",),
    "Duyên hải Nam Trung Bộ": ("duyên hải nam trung bộ", "nam trung bộ"),
    "Trung du và miền núi phía Bắc": (
        "trung du và miền núi phía bắc",
        "trung du miền núi phía bắc",
        "miền núi phía bắc",
        "northern midlands and mountains",
    ),
    "Tây Bắc": ("tây bắc",),
    "Đông Bắc": ("đông bắc",),
    "Miền Bắc": ("miền bắc",),
    "Miền Trung": ("miền trung",),
    "Miền Nam": ("miền nam",),
}
_NICKNAMES = {
    "Hồ Chí Minh": ("tphcm", "tp hcm", "sài gòn", "saigon", "hcm", "tp.hcm"),
    "Hà Nội": ("hn",),
    "Bà Rịa - Vũng Tàu": ("vũng tàu", "br-vt", "brvt", "bà rịa"),
    "Thừa Thiên Huế": ("huế",),
    "Đắk Lắk": ("đắc lắc", "daklak", "đăk lăk"),
    "Đắk Nông": ("đắc nông", "daknong", "đăk nông"),
}
# Districts whose name the gazetteer spells in another way than most documents do.
_SPELLINGS = {"Mù Căng Chải": ("Mù Cang Chải",)}
_EARLIER_KINDS = {"thành phố": ("thị xã", "huyện"), "thị xã": ("huyện",), "quận": ("huyện",)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place by its name without its kind.

    Attributes:
        name: "Cà Mau"; a district with its province, "Nho Quan (Ninh Bình)".
        successor: the province it belongs to since 1 July 2025; "" for regions and districts.
    """

    name: str
    successor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place found in a list of tokens, at [start, end)."""

    place: Place
    start: int
    end: int


@cache
def provinces() -> dict[str, Place]:
    """Return the provinces of before and after July 2025 by name."""
    rows = _read()
    return {
        row["name"]: Place(name=row["name"], successor=row["successor"])
        for row in rows
        if not row["province"]
    }


def joined_in(name: str) -> tuple[str, ...]:
    """Return the other provinces that went into one of today's in July 2025; none for others."""
    return tuple(
        one.name for one in provinces().values() if one.successor == name and one.name != name
    )


@cache
def _names() -> dict[tuple[str, ...], Place]:
    """Return the names that stand for themselves, as tokens with their tone marks."""
    table: dict[tuple[str, ...], Place] = {}
    for name, place in provinces().items():
        table[_key(name)] = place
        for nickname in _NICKNAMES.get(name, ()):
            table[_key(nickname)] = place
    for region, names in _REGIONS.items():
        for name in names:
            table[_key(name)] = Place(name=region)
    for name in _COUNTRY_NAMES:
        table[_key(name)] = Place(name=COUNTRY)
    return table


@cache
def _bare_names() -> dict[tuple[str, ...], Place]:
    """Return names of two syllables and more without tone marks: for questions typed bare."""
    return {
        tuple(without_marks(word) for word in key): place
        for key, place in _names().items()
        if len(key) > 1 or len(key[0]) > 4  # noqa: PLR2004  (daklak, but not "hue" or "hn")
    }


@cache
def _districts() -> dict[tuple[str, ...], Place]:
    """Return districts behind a kind, also an earlier one; what two provinces share is left out.

    A huyện became a thị xã, a thị xã a thành phố: reports of the years before use the old kind.
    """
    table: dict[tuple[str, ...], set[str]] = {}
    for row in _read():
        if row["province"]:
            for kind in (row["kind"], *_EARLIER_KINDS.get(row["kind"], ())):
                for name in (row["name"], *_SPELLINGS.get(row["name"], ())):
                    key = _key(f"{kind} {name}")
                    table.setdefault(key, set()).add(f"{row['name']} ({row['province']})")
    return {key: Place(name=next(iter(names))) for key, names in table.items() if len(names) == 1}


@cache
def districts_of(province: str) -> dict[tuple[str, ...], str]:
    """Return the districts of a province by the words of their names of two syllables or more.

    What is named like a province is left out.
    """
    rows = [row for row in _read() if row["province"] == province]
    named = {
        _key(name): row for row in rows for name in (row["name"], *_SPELLINGS.get(row["name"], ()))
    }
    return {
        key: f"{row['name']} ({province})"
        for key, row in named.items()
        if len(key) > 1 and row["name"] not in provinces()
    }


def find_places(words: list[str]) -> list[Mention]:
    """Return the places in a list of search-key tokens, in order, longest names first.

    Names typed without tone marks are found when the words around them have none either.
    """
    marked = any(has_marks(word) for word in words)
    tables = [_districts(), _names()] if marked else [_districts(), _names(), _bare_names()]
    found: list[Mention] = []
    start = 0
    while start < len(words):
        mention = _longest(words, start, tables)
        if mention is not None:
            found.append(mention)
            start = mention.end
        else:
            start += 1
    return found


def _longest(
    words: list[str], start: int, tables: list[dict[tuple[str, ...], Place]]
) -> Mention | None:
    for length in range(min(8, len(words) - start), 0, -1):
        run = tuple(words[start : start + length])
        for table in tables:
            if run in table:
                return Mention(place=table[run], start=start, end=start + length)
    return None


def place_names() -> list[str]:
    """Return the names of all provinces and districts, for the tone-mark model."""
    asked = [f"ở {name} có bao nhiêu" for name in provinces()]
    return [*(row["name"] for row in _read()), *asked]


def _key(name: str) -> tuple[str, ...]:
    return tuple(tokens(search_key(name)))


@cache
def _read() -> tuple[dict[str, str], ...]:
    path = files("knowledge.vietnamese") / "data" / "places.csv"
    with path.open(encoding="utf-8") as file:
        return tuple(csv.DictReader(file))
