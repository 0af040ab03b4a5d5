"""The charts and workbooks of `docs/examples/`, made by the commands that its README tells.

They come from the documents of `samples/` with the real model; `pytest --rewrite` makes them anew,
and the pictures are looked at in review.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import numpy as np
import pytest
from openpyxl import load_workbook
from PIL import Image

from bot.settings import Settings
from tests.bot.conftest import Htx
from tests.builders import ROOT

pytestmark = pytest.mark.slow

FOLDER = ROOT / "docs" / "examples"
COMMANDS = re.findall(r"(?m)^    htx (ask .+)$", (FOLDER / "README.md").read_text("utf-8"))
_MOST_CHANGED = 0.001  # of the pixels; letters differ a little between versions of FreeType


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: Path(shlex.split(one)[-1]).stem)
def test_an_example_is_what_its_command_makes(
    command: str,
    htx: Htx,
    sample_library: Settings,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
):
    monkeypatch.setenv("HTX_HOME", str(sample_library.home))
    monkeypatch.setenv("LIBRARY", sample_library.library)
    arguments = shlex.split(command)
    picture, table = Path(arguments[3]), Path(arguments[5])
    ended = htx(*arguments)
    assert ended.code == 0, ended.err
    if request.config.getoption("--rewrite"):
        for file in (picture, table):
            if not (FOLDER / file).exists() or not _alike(file, FOLDER / file):
                (FOLDER / file).write_bytes(file.read_bytes())
    for file in (picture, table):
        told = f"see {FOLDER / file}; pytest --rewrite makes it anew"
        assert _alike(file, FOLDER / file), told


def test_every_example_has_its_command():
    made = {name for one in COMMANDS for name in (shlex.split(one)[3], shlex.split(one)[5])}
    assert made == {file.name for file in FOLDER.iterdir()} - {"README.md"}


def _alike(made: Path, kept: Path) -> bool:
    """Tell whether two files show the same; a picture may differ in a few pixels."""
    if made.suffix == ".xlsx":
        return _cells(made) == _cells(kept)
    with Image.open(made) as one, Image.open(kept) as other:
        if one.size != other.size:
            return False
        first, second = (np.asarray(image.convert("L"), dtype=int) for image in (one, other))
        return bool((abs(first - second) > 64).mean() < _MOST_CHANGED)


def _cells(file: Path) -> list[list[object]]:
    """Return the cells of all sheets without the ids of documents, which are each library's own."""
    found: list[list[object]] = []
    for sheet in load_workbook(file):
        [heading, *rows] = sheet.iter_rows(values_only=True)
        kept = [place for place, name in enumerate(heading) if name != "document"]
        found += [[row[place] for place in kept] for row in (heading, *rows)]
    return found
