"""The files of drafts on disk: taken in, planned, and put into the documents folder when published.

A draft's files lie in a folder of their own under `HTX_HOME/drafts`; the documents folder sees
nothing of them before they are live. What was live already when a process died is finished by the
next one: every step of `finish` may be done twice.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from ingest.archives import is_archive, unpacked
from ingest.likeness import held_version
from ingest.noting import Noted, check_fields, note, rows_of
from ingest.placing import safe_name, write_whole
from ingest.sources import TABLE, Source, overridden, read_rows
from knowledge.catalogue import Draft, DraftFile
from knowledge.errors import UnreadableDocumentError
from knowledge.model import Document, Metadata

MOST_FILES = 200  # of a draft: a card has a page for each


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One file of a draft with what publishing it would do.

    Attributes:
        source: the file with the identity that its document will have.
        target: path within the documents folder; "" for a link, which lies in no folder.
        held: the live document that it replaces or would, if it looks like a version of one.
        gone: the id of the document that is taken out for it; "" for none.
        displaced: the path within the documents folder of the file that goes with that, or "".
    """

    file: DraftFile
    source: Source
    target: str
    held: Document | None = None
    gone: str = ""
    displaced: str = ""

    @property
    def metadata(self) -> Metadata:
        """What will be known of the document, corrections included."""
        read = self.file.understood.metadata if self.file.understood else Metadata()
        return overridden(read, self.source.overrides)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawer:
    """The folders of the drafts of one library.

    Attributes:
        home: in which each draft has a folder.
        documents: the folder that a reload watches.
    """

    home: Path
    documents: Path

    def folder(self, draft: int) -> Path:
        """Return the folder of a draft."""
        return self.home / str(draft)

    # --- taking in -----------------------------------------------------------------------------

    def take(self, draft: Draft, name: str, data: bytes, link: str = "") -> Draft:
        """Return the draft with a file, or with all files of a zip, written into its folder.

        What a `documents.csv` says goes to the files that it names; those that lie in the
        documents folder come into the draft with it.

        Args:
            draft: that is open.
            name: a safe name.
            data: the whole file.
            link: where it was fetched; "" when it was sent.

        Raises:
            ExternalError: the draft's folder cannot be written to.
        """
        try:
            if name == TABLE:
                return self._with_table(draft, data)
            if not is_archive(data):
                return self._with_file(draft, name, data, link)
            packed = unpacked(data)
        except UnreadableDocumentError as error:
            return draft.with_file(DraftFile(name=name, fault=error.fault, detail=error.detail))
        for one in sorted(packed, key=lambda one: one.name == TABLE):
            draft = self.take(draft, safe_name(one.name), one.data)
        return draft

    def _with_file(self, draft: Draft, name: str, data: bytes, link: str = "") -> Draft:
        write_whole(self.folder(draft.id) / name, data)
        earlier = next((one for one in draft.files if one.name == name), None)
        file = DraftFile(name=name, link=link)
        if earlier is not None:
            file = replace(file, fields=earlier.fields, parts=earlier.parts)
        table = self.folder(draft.id) / TABLE
        return draft.with_file(_told(file, rows_of(read_rows(table), name)))

    def _with_table(self, draft: Draft, data: bytes) -> Draft:
        table = self.folder(draft.id) / TABLE
        write_whole(table, data)
        try:
            rows = read_rows(table)
            for row in (one for listed in rows.values() for one in listed):
                check_fields(row)
        except UnreadableDocumentError:
            table.unlink()
            raise
        kept = tuple(one for one in draft.files if one.name != TABLE)  # an earlier one was wrong
        draft = replace(draft, files=kept)
        for name in rows:
            known = next((one for one in draft.files if one.name == name), None)
            if known is None and (held := self.documents / safe_name(name)).is_file():
                draft = self._with_file(draft, held.name, held.read_bytes())
            elif known is not None:
                draft = draft.with_file(_told(known, rows_of(rows, name)))
        return draft

    def unmatched(self, draft: Draft) -> tuple[str, ...]:
        """Return the names in the draft's `documents.csv` that are no file of the draft."""
        try:
            rows = read_rows(self.folder(draft.id) / TABLE)
        except UnreadableDocumentError:
            return ()
        return tuple(name for name in rows if name not in {one.name for one in draft.files})

    # --- planning ------------------------------------------------------------------------------

    def unread(self, draft: Draft) -> list[Source]:
        """Return the files that nobody read yet, as they are read for a look."""
        folder = self.folder(draft.id)
        return [
            Source(file=folder / one.name, origin=folder.as_posix(), path=one.name)
            for one in draft.files
            if one.unread
        ]

    def likened(self, file: DraftFile, live: Mapping[str, Document]) -> DraftFile:
        """Return a file that was read with the live document of which it looks like a version."""
        if file.understood is None:
            return file
        again = live.get(self._of_link(file).id) if file.link else None
        metadata = overridden(file.understood.metadata, _filled(file.fields))
        found = again or held_version(file.name, metadata, live.values())
        return replace(file, likeness=found.id if found else "")

    def planned(self, draft: Draft, live: Mapping[str, Document]) -> list[Planned]:
        """Return what publishing each file would do; those that cannot be read stand there too.

        Args:
            draft: whose files were read.
            live: the documents of the live library, by id.
        """
        taken, found = set[str](), list[Planned]()
        for file in draft.files:
            one = self._plan(draft, file, live.get(file.likeness), taken)
            taken |= {one.target, one.gone} - {""}
            found.append(one)
        return found

    def _plan(
        self, draft: Draft, file: DraftFile, held: Document | None, taken: set[str]
    ) -> Planned:
        place = self._place_of(held) if held and not file.beside else ""
        if file.link:
            source, target = self._of_link(file), ""
        else:
            same = PurePosixPath(place).suffix.lower() == PurePosixPath(file.name).suffix.lower()
            target = place if place and same and place not in taken else ""
            target = target or self._free(file.name, taken)
            source = Source(file=Path(), origin=self.documents.as_posix(), path=target)
        source = replace(source, file=self.folder(draft.id) / file.name)
        source = self._with_rows(source, file, target)
        replaced = held is not None and not file.beside and held.id != source.id
        gone = held.id if held and replaced and held.id not in taken else ""
        return Planned(
            file=file,
            source=source,
            target=target,
            held=held,
            gone=gone,
            displaced=place if gone else "",
        )

    def _of_link(self, file: DraftFile) -> Source:
        return Source(file=Path(file.name), origin=file.link, path=file.name)

    def _with_rows(self, source: Source, file: DraftFile, target: str) -> Source:
        """Return a source with what the table beside its place and the admin say of it."""
        place = self.documents / (target or file.name)
        try:
            held = rows_of(read_rows(place.parent / TABLE), place.name)
            check_fields(held.fields)
        except UnreadableDocumentError as error:
            return replace(source, overrides=_filled(file.fields), fault=error)
        return replace(
            source,
            overrides=_filled({**held.fields, **file.fields}),
            corrections=tuple(dict(row) for row in file.parts or held.parts),
        )

    def _place_of(self, document: Document) -> str:
        """Return a document's path within the documents folder; "" for one that lies elsewhere."""
        return place_in(self.documents, document)

    def _free(self, name: str, taken: Iterable[str]) -> str:
        """Return a name that no file of the documents folder has: "báo cáo (2).txt"."""
        stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
        number, free = 1, name
        while free in taken or (self.documents / free).exists():
            number += 1
            free = f"{stem} ({number}){suffix}"
        return free

    # --- publishing ----------------------------------------------------------------------------

    def finish(self, draft: Draft) -> None:
        """Put the files of a draft that is live into the documents folder; may be done twice.

        Raises:
            ExternalError: the folder cannot be written to.
            UnreadableDocumentError: its `documents.csv` cannot be read.
        """
        folder = self.folder(draft.id)
        notes: dict[Path, dict[str, Noted]] = {}
        for one in draft.readable:
            place = self.documents / (one.target or one.name)
            if one.target and (folder / one.name).is_file():
                write_whole(place, (folder / one.name).read_bytes())
            notes.setdefault(place.parent, {})[place.name] = Noted(
                fields=one.fields, parts=tuple(one.parts)
            )
            if one.displaced and one.displaced != one.target:
                (self.documents / one.displaced).unlink(missing_ok=True)
        for beside, said in notes.items():
            note(beside, said)
        self.discard(draft.id)

    def discard(self, draft: int) -> None:
        """Remove the folder of a draft."""
        shutil.rmtree(self.folder(draft), ignore_errors=True)


def place_in(documents: Path, document: Document) -> str:
    """Return a document's path within the documents folder; "" for one that lies elsewhere."""
    folder = f"{documents.as_posix()}/"
    return document.location.removeprefix(folder) if document.location.startswith(folder) else ""


def as_published(draft: Draft, plan: Sequence[Planned]) -> Draft:
    """Return a draft whose files know where they go, so that another process can finish it."""
    places = {one.file.name: one for one in plan}
    return replace(
        draft,
        files=tuple(
            replace(one, target=places[one.name].target, displaced=places[one.name].displaced)
            for one in draft.files
        ),
    )


def _told(file: DraftFile, said: Noted) -> DraftFile:
    return replace(file, fields={**file.fields, **said.fields}, parts=said.parts or file.parts)


def _filled(fields: Mapping[str, str]) -> dict[str, str]:
    return {column: value for column, value in fields.items() if value}
