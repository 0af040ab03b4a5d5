"""Files put into folders under names that every system takes, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from knowledge.errors import ExternalError
from knowledge.vietnamese.text import printed_line

# what some file system, shell or terminal trips over: control characters, halves of pairs, marks
# that turn the direction of writing, and what Windows forbids
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2066-\u2069\ud800-\udfff<>:\"/\\|?*]+")
_EDGES = " .~$"  # of a name: a dot hides a file, "~$" is what Word puts beside an open one
_LONGEST_STEM, _LONGEST_STEM_BYTES = 80, 200  # characters; file systems take 255 bytes of a name
_DIGITS_OF_MARK = 6
_LONGEST_SUFFIX = 10  # what is longer is no suffix but the rest of a title: "Số 55.NĐ-CP về vốn"
_NAMELESS = "tai-lieu"


def safe_name(name: str, otherwise: str = _NAMELESS) -> str:
    """Return the name under which a file is kept: never a path, never hidden, never too long.

    Args:
        name: as it came; may be anything.
        otherwise: the name of a file whose own has nothing that can be kept.
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    clean = printed_line(_UNSAFE.sub(" ", last)).strip(_EDGES)
    stem, dot, suffix = clean.rpartition(".")
    if not dot or len(suffix) > _LONGEST_SUFFIX:
        stem, dot, suffix = clean, "", ""
    return f"{_shortened(stem.strip(_EDGES)) or otherwise}{dot}{suffix}"


def _shortened(stem: str) -> str:
    """Return a name without its suffix; of two long ones with the same beginning two are made."""
    if len(stem) <= _LONGEST_STEM and len(stem.encode()) <= _LONGEST_STEM_BYTES:
        return stem
    mark = f"-{hashlib.sha256(stem.encode()).hexdigest()[:_DIGITS_OF_MARK]}"
    room = _LONGEST_STEM_BYTES - len(mark)
    cut = stem[: _LONGEST_STEM - len(mark)].encode()[:room].decode(errors="ignore")
    return f"{cut.strip(_EDGES)}{mark}"


def write_whole(file: Path, data: bytes) -> None:
    """Write a file, its folder made when it is missing; no half of it is ever there.

    Raises:
        ExternalError: the folder cannot be written to.
    """
    aside = file.with_name(f".{os.getpid()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            aside.write_bytes(data)
            aside.replace(file)
        except OSError:
            aside.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ExternalError(f"cannot write {file}: {error.strerror}") from error
