"""The catalogue on SQLite and on PostgreSQL: versions, generations, the writer's lock, the schema."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

import knowledge.catalogue
from knowledge.catalogue import Catalogue, StoredDocument, schema
from knowledge.errors import AssistantError, ExternalError, LibraryLockedError, SettingsError
from knowledge.model import Audience, Effect, Kind, Metadata
from knowledge.standing import Change, Deed
from tests.builders import a_document, a_passage, clean_environment
from tests.servers import free_port, postgresql_server

_NAMES = (f"htx-thu-{number}" for number in count())


@dataclass
class Database:
    """A catalogue's place: opened more than once it is the same catalogue."""

    url: str
    library: str
    home: Path
    opened: list[Catalogue] = field(default_factory=list)

    def open(self, library: str = "") -> Catalogue:
        self.opened.append(Catalogue.open(self.url, library or self.library, self.home))
        return self.opened[-1]


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    with postgresql_server() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    url = (
        f"sqlite:///{tmp_path / 'catalogue.db'}"
        if request.param == "sqlite"
        else request.getfixturevalue("postgresql")
    )
    found = Database(url, next(_NAMES), tmp_path)
    yield found
    for catalogue in found.opened:
        catalogue.close()


@pytest.fixture
def catalogue(database: Database) -> Catalogue:
    return database.open()


def publish(catalogue: Catalogue, *documents: StoredDocument) -> int:
    """Add versions and publish a generation of exactly these; return its number."""
    contents = {one.document_id: catalogue.add_version(one) for one in documents}
    generation = catalogue.stage(contents, "thử")
    catalogue.publish(generation)
    return generation


HOLD_THE_LOCK = """
import sys
from pathlib import Path
from knowledge.catalogue import Catalogue

with Catalogue.open(sys.argv[1], sys.argv[2], Path(sys.argv[3])).writing():
    print("held", flush=True)
    sys.stdin.readline()
"""


OPEN_AT_ONCE = """
import sys
from pathlib import Path
import alembic.command, psycopg
from knowledge.catalogue import Catalogue

print("ready", flush=True)
sys.stdin.readline()
print(Catalogue.open(sys.argv[1], sys.argv[2], Path(sys.argv[3])).live_generation())
"""


def another_process(database: Database, code: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, database.url, database.library, str(database.home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=clean_environment(database.home),
    )


class TestCatalogue:
    """One contract for both databases."""

    def test_the_migrations_make_exactly_the_tables_of_the_schema(
        self, catalogue: Catalogue
    ) -> None:
        with catalogue._engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, schema.metadata) == []
            tables = set(inspect(connection).get_table_names(schema=_schema_of(connection)))
        assert tables == {*schema.metadata.tables, "alembic_version"}

    def test_opening_again_migrates_nothing_and_keeps_what_is_there(
        self, catalogue: Catalogue, database: Database
    ) -> None:
        generation = publish(catalogue, a_document())
        assert database.open().live_generation() == generation

    def test_a_new_catalogue_is_empty(self, catalogue: Catalogue) -> None:
        assert catalogue.live_generation() == 0
        assert catalogue.contents(0) == {}
        assert catalogue.generations() == []
        assert catalogue.versions() == []
        assert catalogue.passages([]) == []

    def test_a_version_comes_back_as_it_was_written(self, catalogue: Catalogue) -> None:
        effect = Effect(
            article="23",
            clause="1",
            starts=date(2024, 7, 1),
            ends=date(2026, 1, 1),
            replaced_by="99/2025/NĐ-CP",
            sentence="Khoản 1 Điều 23 hết hiệu lực.",
        )
        change = Change(
            deed=Deed.REPLACES,
            by="901/2024/NĐ-CP",
            number="193/2013/NĐ-CP",
            article="5",
            clause="2",
            part="điểm a",
            starts=date(2025, 7, 1),
            excepted=("7", "8.1"),
            exception="trừ Điều 7 và khoản 1 Điều 8",
            locator="Điều 66 khoản 2",
            sentence="Nghị định này thay thế …",
        )
        metadata = Metadata(
            title="Nghị định về vốn",
            kind=Kind.LAW,
            number="901/2024/NĐ-CP",
            retells="",
            issuer="Chính phủ",
            issued=date(2024, 3, 5),
            place="Cả nước",
            period="2023/2024",
            publisher="Công báo",
            audience=Audience.OFFICERS,
        )
        passages = (
            a_passage("d1", 0, "Điều 1"),
            replace(a_passage("d1", 1, "khoản 2, ‘đồng’ ₫"), page=None),
        )
        stored = replace(
            a_document("d1"),
            metadata=metadata,
            effects=(effect, Effect(ends=date(2026, 1, 1), corrected=True)),
            changes=(change, Change(deed=Deed.REPEALS, by="1/2024/TT-BTC", number="")),
            passages=passages,
            text="Toàn văn",
        )
        version = catalogue.add_version(stored)

        (found,) = catalogue.versions(document="d1")
        assert found.id == version
        assert found.fingerprint == stored.fingerprint
        assert found.passages == 2
        assert found.document.metadata == metadata
        assert found.document.effects == (effect, Effect(ends=date(2026, 1, 1), corrected=True))
        assert found.document.changes[0] == change
        assert len(found.document.changes) == 2
        assert found.document.source == "d1.txt"
        assert found.document.location == "/kho/d1.txt"
        assert (found.document.sha256, found.document.reader) == (stored.sha256, "txt")
        assert found.document.pages == 4
        assert catalogue.passages([version]) == list(passages)
        assert catalogue.texts([version]) == {"d1": "Toàn văn"}

    def test_a_time_says_its_zone(self, catalogue: Catalogue) -> None:
        publish(catalogue, a_document())
        (version,) = catalogue.versions()
        (generation,) = catalogue.generations()
        for stamp in (version.created_at, generation.created_at, generation.published_at):
            assert stamp is not None
            assert stamp.utcoffset() is not None, "a reader would take it for local time"
            assert abs(datetime.now(UTC) - stamp) < timedelta(minutes=5)

    def test_versions_count_up_within_their_document(self, catalogue: Catalogue) -> None:
        for document, content in [("d1", "một"), ("d1", "hai"), ("d2", "một"), ("d1", "ba")]:
            catalogue.add_version(a_document(document, content=content))
        assert [
            (version.document.id, version.document.version, version.fingerprint)
            for version in catalogue.versions()
        ] == [("d1", 1, "dấu một"), ("d1", 2, "dấu hai"), ("d1", 3, "dấu ba"), ("d2", 1, "dấu một")]

    def test_a_version_is_found_again_by_document_and_fingerprint(
        self, catalogue: Catalogue
    ) -> None:
        version = catalogue.add_version(a_document("d1", content="một"))
        assert catalogue.version_with("d1", "dấu một") == version
        assert catalogue.version_with("d1", "dấu hai") is None
        assert catalogue.version_with("d2", "dấu một") is None

    def test_a_staged_generation_is_invisible(self, catalogue: Catalogue) -> None:
        live = publish(catalogue, a_document("d1", content="cũ"))
        new = catalogue.add_version(a_document("d1", content="mới"))
        staged = catalogue.stage({"d1": new}, "thử")
        assert catalogue.live_generation() == live
        states = {one.id: one.state for one in catalogue.generations()}
        assert states == {live: "live", staged: "staged"}
        shown = catalogue.versions(generation=catalogue.live_generation())
        assert [version.fingerprint for version in shown] == ["dấu cũ"]

    def test_publishing_changes_the_one_live_generation(self, catalogue: Catalogue) -> None:
        old = publish(catalogue, a_document("d1", content="cũ"))
        new = publish(catalogue, a_document("d1", content="mới"), a_document("d2"))
        assert catalogue.live_generation() == new
        assert [
            (one.id, one.state, one.documents, one.note) for one in catalogue.generations()
        ] == [(new, "live", 2, "thử"), (old, "retired", 1, "thử")]
        shown = catalogue.versions(generation=new)
        assert [version.fingerprint for version in shown] == ["dấu mới", "dấu một"]

    def test_an_older_version_can_be_published_again(self, catalogue: Catalogue) -> None:
        first = publish(catalogue, a_document("d1", content="cũ"))
        publish(catalogue, a_document("d1", content="mới"))
        again = catalogue.stage(catalogue.contents(first), "quay lại")
        catalogue.publish(again)
        (version,) = catalogue.versions(generation=catalogue.live_generation())
        assert (version.fingerprint, version.document.version) == ("dấu cũ", 1)

    def test_an_empty_generation_can_be_published(self, catalogue: Catalogue) -> None:
        publish(catalogue, a_document("d1"))
        empty = catalogue.stage({}, "gỡ hết")
        catalogue.publish(empty)
        assert catalogue.live_generation() == empty
        assert catalogue.versions(generation=empty) == []

    def test_what_was_staged_can_be_discarded(self, catalogue: Catalogue) -> None:
        live = publish(catalogue, a_document("d1", content="cũ"))
        kept = catalogue.contents(live)
        effect = Effect(sentence="Hiệu lực từ ngày 1/1/2030.", starts=date(2030, 1, 1))
        lost = catalogue.add_version(
            replace(
                a_document("d1", content="mới"),
                effects=(effect,),
                changes=(Change(deed=Deed.REPEALS, by="1", number="2"),),
            )
        )
        catalogue.stage({"d1": lost}, "dở dang")
        catalogue.stage({**kept, "d2": catalogue.add_version(a_document("d2"))}, "dở dang")

        assert catalogue.discard_staged() == 2
        assert catalogue.discard_staged() == 0
        assert [one.state for one in catalogue.generations()] == ["live"]
        assert [version.fingerprint for version in catalogue.versions()] == ["dấu cũ"]
        assert catalogue.passages([lost]) == []
        assert catalogue.contents(live) == kept

    def test_a_version_read_but_never_staged_is_discarded_too(self, catalogue: Catalogue) -> None:
        publish(catalogue, a_document("d1", content="cũ"))
        catalogue.add_version(a_document("d1", content="dở dang"))
        assert catalogue.discard_staged() == 0
        assert [version.fingerprint for version in catalogue.versions()] == ["dấu cũ"]

    def test_versions_of_retired_generations_are_kept(self, catalogue: Catalogue) -> None:
        publish(catalogue, a_document("d1", content="cũ"))
        publish(catalogue, a_document("d2"))
        catalogue.discard_staged()
        assert {version.document.id for version in catalogue.versions()} == {"d1", "d2"}

    def test_a_second_writer_is_refused(self, catalogue: Catalogue, database: Database) -> None:
        second = database.open()
        with (
            catalogue.writing(),
            pytest.raises(LibraryLockedError, match="another process"),
            second.writing(),
        ):
            pass  # pragma: no cover
        with second.writing():
            assert second.live_generation() == 0

    def test_the_lock_is_given_back_after_an_error(
        self, catalogue: Catalogue, database: Database
    ) -> None:
        with pytest.raises(KeyError, match="hỏng"), catalogue.writing():
            raise KeyError("hỏng")
        with database.open().writing():
            assert catalogue.live_generation() == 0

    def test_reading_goes_on_while_another_writes(
        self, catalogue: Catalogue, database: Database
    ) -> None:
        live = publish(catalogue, a_document("d1"))
        reader = database.open()
        with catalogue.writing():
            catalogue.stage({"d1": catalogue.add_version(a_document("d1", content="hai"))}, "")
            assert reader.live_generation() == live
            assert [one.fingerprint for one in reader.versions(generation=live)] == ["dấu một"]

    @pytest.mark.slow
    def test_a_writer_in_another_process_is_refused_until_the_first_has_ended(
        self, catalogue: Catalogue, database: Database
    ) -> None:
        process = another_process(database, HOLD_THE_LOCK)
        with process:
            assert process.stdout is not None
            assert process.stdin is not None
            assert process.stdout.readline() == "held\n"
            with pytest.raises(LibraryLockedError), catalogue.writing():
                pass  # pragma: no cover
            process.kill()  # a killed process keeps no lock
        with catalogue.writing():
            assert catalogue.live_generation() == 0


def _schema_of(connection: object) -> str | None:
    dialect = connection.dialect.name  # type: ignore[attr-defined]
    if dialect != "postgresql":
        return None
    return str(connection.execute(text("select current_schema()")).scalar())  # type: ignore[attr-defined]


@pytest.mark.slow
def test_two_libraries_on_one_postgresql_do_not_touch_each_other(
    postgresql: str, tmp_path: Path
) -> None:
    # one name begins with the other
    ours = Catalogue.open(postgresql, "htx", tmp_path)
    theirs = Catalogue.open(postgresql, "htx-ca-mau", tmp_path)
    publish(ours, a_document("d1", content="của ta"))
    publish(theirs, a_document("d1", content="của họ"), a_document("d2"))
    with ours.writing(), theirs.writing():
        theirs.add_version(a_document("d3"))
        ours.discard_staged()
    assert [one.fingerprint for one in ours.versions()] == ["dấu của ta"]
    assert {one.document.id for one in theirs.versions()} == {"d1", "d2", "d3"}
    assert (len(ours.generations()), len(theirs.generations())) == (1, 1)
    for catalogue in (ours, theirs):
        catalogue.close()


@pytest.mark.slow
def test_a_library_on_postgresql_may_be_made_by_several_machines_at_once(
    postgresql: str, tmp_path: Path
) -> None:
    """Several machines of one library have no folder, and so no lock file, in common."""
    homes = [tmp_path / name for name in ("máy một", "máy hai", "máy ba")]
    for home in homes:
        home.mkdir()
    library = next(_NAMES)
    started = [another_process(Database(postgresql, library, home), OPEN_AT_ONCE) for home in homes]
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.communicate(timeout=60)[0] for process in started] == ["0\n"] * 3


def test_there_is_one_head_and_the_code_expects_it() -> None:
    folder = Path(knowledge.catalogue.__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_heads() == [schema.HEAD]


@pytest.mark.parametrize(
    "url",
    [
        "mysql://user:mat-khau@localhost/htx",
        "không phải địa chỉ",
        "postgresql+no_such_driver://user:mat-khau@localhost/htx",
        "postgresql://user:mat-khau@localhost:cổng/htx",
    ],
    ids=["another database", "no URL", "an unknown driver", "a malformed port"],
)
def test_a_url_that_cannot_be_used_is_a_setting_to_mend(url: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"DATABASE_URL.*postgresql://host/name") as caught:
        Catalogue.open(url, "htx", tmp_path)
    assert "mat-khau" not in str(caught.value)
    assert "\n" not in str(caught.value)


def _unreachable() -> str:
    return f"postgresql+psycopg://htx:mat-khau@127.0.0.1:{free_port()}/htx"


@pytest.mark.parametrize(
    "url_of",
    [lambda folder: f"sqlite:///{folder}/no/such/folder/a.db", lambda _folder: _unreachable()],
    ids=["no folder", "no server"],
)
def test_a_database_out_of_reach_is_one_line_without_the_password(
    url_of: Callable[[Path], str], tmp_path: Path
) -> None:
    url = url_of(tmp_path)
    if "psycopg" in url:
        pytest.importorskip("psycopg")
    with pytest.raises(ExternalError, match="cannot reach the catalogue") as caught:
        Catalogue.open(url, "htx", tmp_path)
    assert "\n" not in str(caught.value)
    assert "mat-khau" not in str(caught.value)


def test_a_file_that_is_no_database_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "catalogue.db").write_bytes(b"PK\x03\x04 khong phai SQLite" * 100)
    with pytest.raises(AssistantError, match="catalogue") as caught:
        Catalogue.open(f"sqlite:///{tmp_path / 'catalogue.db'}", "htx", tmp_path)
    assert "\n" not in str(caught.value)


def test_a_catalogue_of_a_newer_program_is_refused_in_one_line(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'catalogue.db'}"
    catalogue = Catalogue.open(url, "htx", tmp_path)
    with catalogue._engine.begin() as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    catalogue.close()
    with pytest.raises(AssistantError, match="9999") as caught:
        Catalogue.open(url, "htx", tmp_path)
    assert "\n" not in str(caught.value)
