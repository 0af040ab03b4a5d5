"""Write `knowledge/vietnamese/data/places.csv` from the data of vietnamadminunits.

Run it when that package publishes new boundaries: `python tools/make_places.py`.
"""

from __future__ import annotations

import csv
import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

TARGET = Path(__file__).parent.parent / "knowledge" / "vietnamese" / "data" / "places.csv"


def main() -> None:
    """Write one row a province (before and after 1 July 2025) and a district (before)."""
    legacy = _load("parser_legacy.json")
    current = _load("parser_from_2025.json")
    merged: dict[str, list[str]] = _load("converter_2025.json")["DICT_PROVINCE"]
    new_names = {key: item["provinceShort"] for key, item in current["DICT_PROVINCE"].items()}
    successor = {old: new_names[new] for new, olds in merged.items() for old in olds}
    rows: list[tuple[str, str, str, str]] = []
    for key, item in legacy["DICT_PROVINCE"].items():
        kind = item["province"].removesuffix(item["provinceShort"]).strip().lower()
        rows.append((item["provinceShort"], kind, "", successor[key]))
    for province_key, districts in legacy["DICT_PROVINCE_DISTRICT"].items():
        province = legacy["DICT_PROVINCE"][province_key]["provinceShort"]
        for district in districts.values():
            kind = district["districtType"]
            name = district["district"].removeprefix(kind).strip()
            rows.append((name, kind.lower(), province, ""))
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("name", "kind", "province", "successor"))
        writer.writerows(rows)


def _load(name: str) -> Any:  # foreign JSON
    spec = find_spec("vietnamadminunits")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("vietnamadminunits is not installed")
    path = Path(spec.submodule_search_locations[0]) / "data" / name
    return json.loads(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
