"""A zip as the files in it. Nothing is believed of what it says about itself but the names."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from knowledge.errors import DocumentFault, UnreadableDocumentError

MOST_FILES = 100
MOST_BYTES = 100 * 1024 * 1024
"""Of all files of an archive together, unpacked: they are held in memory."""

_PACKED = b"PK\x03\x04"
_ARCHIVES = (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz")
_ENCRYPTED = 0x1  # of the flags of an entry (APPNOTE 4.4.4)
# what systems put beside the files of people
_JUNK = ("__MACOSX", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """One file of an archive; its name is as it stands there, without its folders."""

    name: str
    data: bytes


def is_archive(data: bytes) -> bool:
    """Tell whether a file is a zip of files; docx, xlsx and their like are documents."""
    if not data.startswith(_PACKED):
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        return False
    return not {"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"} & set(names)


def unpacked(data: bytes) -> list[Packed]:
    """Return the files of a zip, in its order; hidden ones and those of systems are left out.

    Raises:
        UnreadableDocumentError: it is damaged, encrypted, too large, or holds another archive or a
            path that leads out of it; then none of its files is taken.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return list(_files(archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise UnreadableDocumentError(DocumentFault.DAMAGED, "zip") from error


def _files(archive: zipfile.ZipFile) -> Iterator[Packed]:
    entries = [one for one in archive.infolist() if not one.is_dir()]
    for entry in entries:
        _check(entry)
    wanted = [one for one in entries if not _is_junk(one.filename)]
    if len(wanted) > MOST_FILES:
        raise UnreadableDocumentError(DocumentFault.ARCHIVE_SIZE, f"{len(wanted)}")
    if not wanted:
        raise UnreadableDocumentError(DocumentFault.EMPTY, "zip")
    room, taken = MOST_BYTES, set[str]()
    for entry in wanted:
        with archive.open(entry) as file:
            data = file.read(room + 1)  # an entry may be larger than it says
        room -= len(data)
        if room < 0:
            raise UnreadableDocumentError(DocumentFault.ARCHIVE_SIZE)
        if is_archive(data):
            raise UnreadableDocumentError(DocumentFault.ARCHIVE_NESTED, entry.filename)
        name = _name(entry.filename, taken)
        taken.add(name)
        yield Packed(name=name, data=data)


def _check(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    parts = name.replace("\\", "/").split("/")
    is_link = stat.S_ISLNK(entry.external_attr >> 16)
    if is_link or ".." in parts or parts[0] == "" or parts[0].endswith(":"):
        raise UnreadableDocumentError(DocumentFault.ARCHIVE_PATH, name)
    if entry.flag_bits & _ENCRYPTED:
        raise UnreadableDocumentError(DocumentFault.PASSWORD, name)
    if name.lower().endswith(_ARCHIVES):
        raise UnreadableDocumentError(DocumentFault.ARCHIVE_NESTED, name)


def _is_junk(name: str) -> bool:
    parts = name.split("/")
    return any(part.startswith((".", "~$")) or part in _JUNK for part in parts)


def _name(path: str, taken: set[str]) -> str:
    """Return the name of a file; with its folders where another file has the name already."""
    last = PurePosixPath(path).name
    return last if last not in taken else path.replace("/", " - ")
