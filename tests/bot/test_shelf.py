"""The folder that a reload watches: it follows the library, or stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from bot.library.shelf import Folder, undoing
from knowledge.catalogue import StoredVersion
from knowledge.errors import AssistantError, ExternalError, UnreadableDocumentError
from knowledge.model import Audience
from tests.builders import Stand, write_all

FIRST = "Luật Kho\n\nĐiều 1. Chìa khóa\n\nChìa khóa kho do thủ kho giữ cả ngày lẫn đêm.\n"
SECOND = FIRST.replace("thủ kho", "giám đốc")


class Shelf:
    """A document of two versions, of which the second lies in the folder."""

    def __init__(self, home: Path) -> None:
        self.stand = Stand(home / "kho")
        self.documents = home / "tai-lieu"
        ingestion = self.stand.ingestion()
        for text in (FIRST, SECOND):
            write_all(self.documents, {"luat.txt": text})
            ingestion.ingest([self.documents], prune=True)
        self.file, self.table = self.documents / "luat.txt", self.documents / "documents.csv"
        self.folder = Folder(
            documents=self.documents, originals=ingestion.originals, scratch=home / "xem"
        )

    @property
    def first(self) -> StoredVersion:
        return min(self.stand.catalogue().versions(), key=lambda one: one.document.version)

    def changes(self) -> dict[str, Callable[[], AbstractContextManager[object]]]:
        """Return each change that the folder can be asked for."""
        first = self.first
        return {
            "without": lambda: self.folder.without(first.document),
            "with_version": lambda: self.folder.with_version(first),
            "shown_to": lambda: self.folder.shown_to(first.document, Audience.ADMINS),
        }

    def content(self) -> dict[str, bytes]:
        return {one.name: one.read_bytes() for one in self.documents.iterdir()}


CHANGES = ["without", "with_version", "shown_to"]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("error", [ExternalError("đĩa"), KeyboardInterrupt()])
def test_a_change_that_the_library_did_not_take_is_undone(shelf, change, error):
    before, meanwhile = shelf.content(), []

    def work() -> None:
        with shelf.changes()[change]():
            meanwhile.append(shelf.content())
            raise error

    with pytest.raises(type(error)):
        work()
    assert meanwhile != [before]
    assert shelf.content() == before


@pytest.mark.parametrize("change", ["with_version", "shown_to"])
def test_a_table_that_cannot_be_read_leaves_the_folder_as_it_was(shelf, change):
    shelf.table.write_bytes(b"\xff\xfe\x00file")
    before = shelf.content()
    with pytest.raises(UnreadableDocumentError), shelf.changes()[change]():
        raise AssertionError("not reached")
    assert shelf.content() == before


@pytest.mark.parametrize("change", ["with_version", "shown_to"])
def test_an_original_that_is_gone_leaves_the_folder_as_it_was(shelf, change):
    (shelf.folder.originals / shelf.first.document.sha256).unlink()
    before = shelf.content()
    with pytest.raises(AssistantError), shelf.changes()[change]():
        raise AssertionError("not reached")
    assert shelf.content() == before


def test_what_the_library_took_stays(shelf):
    with shelf.folder.with_version(shelf.first):
        pass
    assert shelf.file.read_text(encoding="utf-8") == FIRST
    with shelf.folder.without(shelf.first.document):
        pass
    assert not shelf.file.exists()


def test_a_file_that_was_not_there_is_gone_again(tmp_path: Path):
    new, old = tmp_path / "mới", tmp_path / "cũ"
    old.write_bytes(b"mot")

    def work() -> None:
        with undoing(new, old):
            new.write_bytes(b"hai")
            old.unlink()
            raise ExternalError("hỏng")

    with pytest.raises(ExternalError, match="hỏng"):
        work()
    assert not new.exists()
    assert old.read_bytes() == b"mot"
