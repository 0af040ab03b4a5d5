"""A file that an admin sent, put into the documents folder, and out again if nobody can read it."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.corrections import check
from ingest.pipeline import Outcome, Report
from ingest.sources import TABLE, overridden, read_rows
from knowledge.errors import ChangeStoppedError, ExternalError
from knowledge.model import Metadata
from knowledge.vietnamese.text import printed_line

# what some file system, shell or terminal trips over: control characters, halves of pairs, marks
# that turn the direction of writing, and what Windows forbids
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2066-\u2069\ud800-\udfff<>:\"/\\|?*]+")
_EDGES = " .~$"  # of a name: a dot hides a file, "~$" is what Word puts beside an open one
_LONGEST_STEM, _LONGEST_STEM_BYTES = 80, 200  # characters; file systems take 255 bytes of a name
_DIGITS_OF_MARK = 6
_LONGEST_SUFFIX = 10  # what is longer is no suffix but the rest of a title: "Số 55.NĐ-CP về vốn"
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
        """Write a file into a folder, made when it is missing; no half of it is ever there.

        Args:
            folder: the documents folder.
            name: a safe name.
            data: the whole file.

        Raises:
            ExternalError: the folder cannot be written to.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            file = _called(folder, name)
            before = file.read_bytes() if file.is_file() else None
            _write(file, data)
        except OSError as error:
            raise ExternalError(f"cannot write into {folder}: {error.strerror}") from error
        return cls(file=file, before=before)

    def ingested_by(self, ingest: Callable[[Sequence[Path]], Report]) -> Report:
        """Return what the ingestion of the file reports; put back what stood there if it failed.

        A change that was stopped is none that failed: the file waits for the next one.

        Raises:
            UnreadableDocumentError: a `documents.csv` is malformed; nothing was ingested.
            AssistantError: what the ingestion raised.
        """
        try:
            if self.file.name == TABLE:
                _check_table(self.file)
            report = ingest(self.paths)
        except ChangeStoppedError:
            raise
        except BaseException:
            self._put_back()
            raise
        failed = any(result.outcome is Outcome.FAILED for result in report.results)
        if failed and self.file.name != TABLE:  # what fails beside a table is not the table's doing
            self._put_back()
        return report

    def _put_back(self) -> None:
        if self.before is None:
            self.file.unlink(missing_ok=True)
        else:
            _write(self.file, self.before)


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


def _called(folder: Path, name: str) -> Path:
    """Return where the file of a safe name lies in a folder.

    One that came there by hand may be called otherwise to the letter: too long a name, or the
    decomposed accents of a Mac.
    """
    file = folder / name
    if file.exists():
        return file
    there = (one for one in sorted(folder.iterdir()) if not one.name.startswith((".", "~$")))
    return next((one for one in there if one.is_file() and safe_name(one.name) == name), file)


def _check_table(file: Path) -> None:
    """Raise when a cell of a `documents.csv` is malformed; half a table is not applied."""
    for row in (one for rows in read_rows(file).values() for one in rows):
        overridden(Metadata(), row)
        check(row)


def _write(file: Path, data: bytes) -> None:
    aside = file.with_name(f".{os.getpid()}.part")
    try:
        aside.write_bytes(data)
        aside.replace(file)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
