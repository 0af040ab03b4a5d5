"""A zip as its files, and every trap refused with its reason before anything is taken."""

from __future__ import annotations

import io
import stat
import struct
import zipfile

import pytest

from ingest import archives
from ingest.archives import is_archive, unpacked
from knowledge.errors import DocumentFault, UnreadableDocumentError


def zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def linked() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        entry = zipfile.ZipInfo("luật.txt")
        entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    return packed.getvalue()


def encrypted() -> bytes:
    """Return a zip whose entry says that it is encrypted, in both of its headers."""
    data = bytearray(zipped({"luật.txt": b"x" * 20}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + place
        struct.pack_into("<H", data, at, struct.unpack_from("<H", data, at)[0] | 1)
    return bytes(data)


def lying() -> bytes:
    """Return a bomb whose headers say that it is small."""
    data = bytearray(zipped({"bom.txt": b"0" * 300_000}))
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<L", data, data.index(mark) + place, 10)
    return bytes(data)


def test_files_come_by_their_names_without_folders_and_without_what_systems_add():
    files = {
        "báo cáo/2023/bến tre.txt": b"mot",
        "báo cáo/2024/bến tre.txt": b"hai",
        "__MACOSX/._bến tre.txt": b"x",
        "báo cáo/.DS_Store": b"x",
        "báo cáo/~$luật.docx": b"x",
        "documents.csv": b"file\n",
    }
    assert [(one.name, one.data) for one in unpacked(zipped(files))] == [
        ("bến tre.txt", b"mot"),
        ("báo cáo - 2024 - bến tre.txt", b"hai"),
        ("documents.csv", b"file\n"),
    ]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        pytest.param(zipped({"../luật.txt": b"x"}), "ARCHIVE_PATH", id="upwards"),
        pytest.param(zipped({"a/../../luật.txt": b"x"}), "ARCHIVE_PATH", id="upwards within"),
        pytest.param(zipped({"/etc/luật.txt": b"x"}), "ARCHIVE_PATH", id="absolute"),
        pytest.param(zipped({"..\\luật.txt": b"x"}), "ARCHIVE_PATH", id="upwards, as Windows does"),
        pytest.param(zipped({"C:/luật.txt": b"x"}), "ARCHIVE_PATH", id="a drive"),
        pytest.param(linked(), "ARCHIVE_PATH", id="a link out of it"),
        pytest.param(encrypted(), "PASSWORD", id="encrypted"),
        pytest.param(zipped({"a.zip": b"x"}), "ARCHIVE_NESTED", id="a zip by name"),
        pytest.param(zipped({"a.RAR": b"x"}), "ARCHIVE_NESTED", id="another archive"),
        pytest.param(
            zipped({"a.txt": zipped({"b": b"x"})}), "ARCHIVE_NESTED", id="a zip by content"
        ),
        pytest.param(zipped({}), "EMPTY", id="nothing in it"),
        pytest.param(zipped({".ẩn": b"x"}), "EMPTY", id="nothing but what is hidden"),
        pytest.param(zipped({"a.txt": b"x"})[:-30], "DAMAGED", id="cut off"),
        pytest.param(b"PK\x03\x04 ...", "DAMAGED", id="no zip at all"),
    ],
)
def test_a_trap_is_refused_with_its_reason(data: bytes, fault: str):
    with pytest.raises(UnreadableDocumentError) as raised:
        unpacked(data)
    assert raised.value.fault is DocumentFault[fault]


def test_a_bomb_is_not_unpacked_whatever_it_says_of_its_size(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archives, "MOST_BYTES", 100_000)
    for bomb in (zipped({"bom.txt": b"0" * 300_000}), zipped(dict.fromkeys("abc", b"0" * 50_000))):
        with pytest.raises(UnreadableDocumentError) as raised:
            unpacked(bomb)
        assert raised.value.fault is DocumentFault.ARCHIVE_SIZE
    with pytest.raises(UnreadableDocumentError):
        unpacked(lying())


def test_more_files_than_anybody_looks_at_are_refused():
    with pytest.raises(UnreadableDocumentError) as raised:
        unpacked(zipped({f"{number}.txt": b"x" for number in range(archives.MOST_FILES + 1)}))
    assert raised.value.fault is DocumentFault.ARCHIVE_SIZE


@pytest.mark.parametrize(
    ("data", "is_one"),
    [
        (zipped({"a.txt": b"x"}), True),
        (zipped({"[Content_Types].xml": b"x", "word/document.xml": b"x"}), False),
        (zipped({"mimetype": b"x", "content.xml": b"x"}), False),
        (b"%PDF-1.7", False),
        (b"", False),
        (b"PK\x03\x04 no more", False),
    ],
    ids=["a zip", "a docx", "an odt", "a pdf", "nothing", "half a zip"],
)
def test_an_office_document_is_no_archive(data: bytes, is_one: bool):
    assert is_archive(data) is is_one
