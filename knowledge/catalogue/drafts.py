"""Documents that an admin sent and nobody published yet, with what was understood of them.

The files themselves lie in a folder of the draft; nothing of a draft is part of a generation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Engine, Row, delete, insert, select, update

from knowledge.catalogue import schema
from knowledge.catalogue.database import utc
from knowledge.errors import DocumentFault
from knowledge.model import Metadata


class DraftState(StrEnum):
    """How far a draft has come."""

    LINK = "link"  # nobody said yet whether it shall be fetched
    OPEN = "open"
    PUBLISHING = "publishing"
    HELD = "held"  # by the self-test; it waits for a word of its admin
    PUBLISHED = "published"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What reading a file gave, before anything is corrected.

    Attributes:
        starts: first day in force of the document as a whole, None when it does not say.
        ends: first day no longer in force.
        sha256: of the bytes of the file.
    """

    metadata: Metadata
    starts: date | None = None
    ends: date | None = None
    passages: int = 0
    figures: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFile:
    """One file of a draft.

    Attributes:
        name: in the draft's folder, a safe one.
        link: where it was fetched; "" for one that was sent.
        fields: corrections, by column of a `documents.csv`.
        parts: rows of a `documents.csv` that are about one article or clause.
        likeness: the live document of which this looks like a new version; "" for none.
        beside: it stands beside that one and does not replace it.
        understood: None before it was read, and when it could not be.
        fault: why it cannot be read, else None.
        target: once it is being published, its path within the documents folder; "" for a link.
        displaced: the path there of the file that goes with the document it replaces, or "".
    """

    name: str
    link: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[Mapping[str, str], ...] = ()
    likeness: str = ""
    beside: bool = False
    understood: Understood | None = None
    fault: DocumentFault | None = None
    detail: str = ""
    target: str = ""
    displaced: str = ""

    @property
    def unread(self) -> bool:
        """Whether nobody tried to read it yet."""
        return self.understood is None and self.fault is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Files that are published together, and their card.

    Attributes:
        message: the card; None before it was sent.
        link: what may be fetched, "" for files that were sent.
        page: 1-based file that the card shows.
        asks: the column that a reply to the card corrects; "" for none.
        changed_at: when it was last kept; None before it was.
    """

    id: int = 0
    person: int
    chat: int
    message: int | None = None
    state: DraftState = DraftState.OPEN
    files: tuple[DraftFile, ...] = ()
    link: str = ""
    page: int = 1
    asks: str = ""
    changed_at: datetime | None = None

    @property
    def shown(self) -> DraftFile | None:
        """The file that the card shows."""
        return self.files[min(self.page, len(self.files)) - 1] if self.files else None

    @property
    def readable(self) -> tuple[DraftFile, ...]:
        """The files that can be published."""
        return tuple(one for one in self.files if one.understood is not None)

    def with_file(self, file: DraftFile) -> Draft:
        """Return the draft with a file, in the place of the one of its name if there is one."""
        names = [one.name for one in self.files]
        if file.name not in names:
            return replace(self, files=(*self.files, file))
        place = names.index(file.name)
        return replace(self, files=(*self.files[:place], file, *self.files[place + 1 :]))


_FILES: TypeAdapter[tuple[DraftFile, ...]] = TypeAdapter(tuple[DraftFile, ...])


class Drafts:
    """The drafts of one library. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, draft: Draft) -> Draft:
        """Keep a new draft; return it with its number."""
        with self._engine.begin() as connection:
            number = connection.execute(
                insert(schema.drafts).values(**_row(draft)).returning(schema.drafts.c.id)
            ).scalar_one()
        return replace(draft, id=int(number))

    def keep(self, draft: Draft) -> None:
        """Keep a draft as it is now."""
        table = schema.drafts
        with self._engine.begin() as connection:
            connection.execute(update(table).where(table.c.id == draft.id).values(**_row(draft)))

    def find(self, number: int) -> Draft | None:
        """Return a draft."""
        found = self._select(schema.drafts.c.id == number)
        return found[0] if found else None

    def open_of(self, person: int, chat: int) -> Draft | None:
        """Return the newest open draft of a person in a chat that further files go into."""
        table = schema.drafts.c
        found = self._select(
            table.person == person, table.chat == chat, table.state == DraftState.OPEN
        )
        return found[-1] if found else None

    def shown_at(self, chat: int, message: int) -> Draft | None:
        """Return the draft whose card a message is."""
        found = self._select(schema.drafts.c.chat == chat, schema.drafts.c.message == message)
        return found[-1] if found else None

    def in_state(self, state: DraftState) -> Sequence[Draft]:
        """Return the drafts in a state, oldest first."""
        return self._select(schema.drafts.c.state == state)

    def forget(self, age: timedelta) -> Sequence[int]:
        """Remove drafts that nobody touched for so long; return their numbers."""
        table = schema.drafts
        old = table.c.changed_at < datetime.now(UTC) - age
        with self._engine.begin() as connection:
            numbers = [row.id for row in connection.execute(select(table.c.id).where(old))]
            connection.execute(delete(table).where(table.c.id.in_(numbers)))
        return numbers

    def _select(self, *conditions: Any) -> list[Draft]:
        query = select(schema.drafts).where(*conditions).order_by(schema.drafts.c.id)
        with self._engine.connect() as connection:
            return [_draft(row) for row in connection.execute(query)]


def _row(draft: Draft) -> dict[str, object]:
    return {
        "person": draft.person,
        "chat": draft.chat,
        "message": draft.message,
        "state": draft.state.value,
        "files": _FILES.dump_json(draft.files).decode(),
        "link": draft.link,
        "page": draft.page,
        "asks": draft.asks,
        "changed_at": datetime.now(UTC),
    }


def _draft(row: Row[Any]) -> Draft:
    return Draft(
        id=row.id,
        person=row.person,
        chat=row.chat,
        message=row.message,
        state=DraftState(row.state),
        files=_FILES.validate_json(row.files),
        link=row.link,
        page=row.page,
        asks=row.asks,
        changed_at=utc(row.changed_at),
    )
