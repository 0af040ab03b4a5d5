"""A file that an admin sent, put into the documents folder, and out again if nobody can read it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from ingest.pipeline import Outcome, Report
from ingest.sources import TABLE
from knowledge.vietnamese.text import printed

_UNSAFE = re.compile(r"[\x00-\x1f<>:\"/\\|?*]+")  # what some file system or shell trips over
_LONGEST_NAME = 80  # characters; file systems take 255 bytes, a Vietnamese letter up to 3
_NAMELESS = "tai-lieu"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file in its place, with what stood there before.

    Attributes:
        before: the bytes of the file that it replaced, else None.
    """

    file: Path
    before: bytes | None

    @property
    def paths(self) -> list[Path]:
        """What to ingest: the file, or all that a `documents.csv` speaks about."""
        return [self.file.parent if self.file.name == TABLE else self.file]

    @classmethod
    def place(cls, folder: Path, name: str, data: bytes) -> Upload:
        """Write a file into a folder, made when it is missing; no half of it is ever there."""
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / safe_name(name)
        before = file.read_bytes() if file.is_file() else None
        _write(file, data)
        return cls(file=file, before=before)

    def kept_if_read(self, report: Report) -> Report:
        """Put back what stood there before if the file could not become a document."""
        if any(result.outcome is Outcome.FAILED for result in report.results):
            if self.before is None:
                self.file.unlink(missing_ok=True)
            else:
                _write(self.file, self.before)
        return report


def safe_name(name: str) -> str:
    """Return the name under which a file is kept: never a path, never hidden, never too long."""
    last = printed(name).replace("\\", "/").rsplit("/", 1)[-1]
    clean = _UNSAFE.sub(" ", last).strip(" .~$")
    stem, dot, suffix = clean.rpartition(".")
    if not dot:
        stem, suffix = clean, ""
    stem = stem[: _LONGEST_NAME - len(suffix)].strip() or _NAMELESS
    return f"{stem}{dot}{suffix}" if suffix else stem


def _write(file: Path, data: bytes) -> None:
    aside = file.with_name(f".{os.getpid()}.part")
    aside.write_bytes(data)
    aside.replace(file)
