"""The database behind the catalogue: reached, and its tables brought up to date."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import filelock
from sqlalchemy import Engine, Table, create_engine, event, inspect, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError

from knowledge.catalogue import schema
from knowledge.errors import ExternalError, LibraryError, SettingsError

_BUSY_TIMEOUT_S = 30
_MIGRATION = 4_856_301_177  # any number: the PostgreSQL lock of whoever makes the tables


def open_engine(url: str, library: str, home: Path) -> Engine:
    """Return a database whose tables are as this code expects them.

    Args:
        url: an SQLAlchemy URL of SQLite or PostgreSQL.
        library: the PostgreSQL schema that holds the tables.
        home: where the lock files of an SQLite catalogue lie.

    Raises:
        SettingsError: the URL cannot be understood or its driver is missing.
        ExternalError: the database cannot be reached.
    """
    engine = _engine(url, library)
    try:
        if _revision(engine) != schema.HEAD:
            _migrate(engine, home, library)
    except DatabaseError as error:
        reason = str(error.orig).strip().splitlines()[0]
        raise ExternalError(f"cannot reach the catalogue: {reason}") from error
    return engine


def utc(stamp: datetime) -> datetime:
    """Return a stored time with its zone: SQLite gives back the digits alone."""
    return stamp.replace(tzinfo=UTC) if stamp.tzinfo is None else stamp.astimezone(UTC)


def putting(engine: Engine, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an insert that can say what happens when the row is there already."""
    return sqlite.insert(table) if engine.name == "sqlite" else postgresql.insert(table)


def _revision(engine: Engine) -> str:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        return str(connection.execute(text("select version_num from alembic_version")).scalar())


def _migrate(engine: Engine, home: Path, library: str) -> None:
    from alembic import command  # noqa: PLC0415  (0.2 s, needed once)
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with (
        filelock.FileLock(home / "migration.lock", timeout=_BUSY_TIMEOUT_S),
        engine.begin() as connection,
    ):
        if engine.name == "postgresql":
            connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _MIGRATION})
            connection.execute(text(f'create schema if not exists "{library}"'))
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise LibraryError(f"the catalogue is of another version: {error}") from error


def _engine(url: str, library: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "postgresql" and parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        engine = create_engine(
            parsed,
            pool_pre_ping=parsed.get_backend_name() == "postgresql",
            hide_parameters=True,  # what people typed does not reach a log with an error
        )
    except (ArgumentError, ImportError, ValueError) as error:
        raise SettingsError(
            "DATABASE_URL cannot be used: expected sqlite:///file or postgresql://host/name "
            "(for PostgreSQL install the extra: pip install 'tro-ly-htx[postgresql]')"
        ) from error
    statements = (
        [
            "pragma journal_mode=wal",
            "pragma synchronous=normal",  # safe with WAL; a commit does not wait for the disk
            "pragma foreign_keys=on",
            "pragma secure_delete=on",  # what somebody had erased is not left in the file
            f"pragma busy_timeout={_BUSY_TIMEOUT_S * 1000}",
        ]
        if engine.name == "sqlite"
        else [f'set search_path to "{library}"']
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement)
        cursor.close()
        if engine.name == "postgresql":
            connection.commit()

    return engine
