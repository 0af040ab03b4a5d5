"""Fixtures of all tests: an empty home, the sample documents, a library that was ingested once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog

from bot.settings import Settings
from bot.wiring import open_ingestion
from tests.builders import LIBRARY, ROOT, SAMPLES, Stand, write_all
from tests.language_server import LanguageServer

os.environ["HF_HUB_OFFLINE"] = "1"  # a model that is not here is not looked for elsewhere


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite", action="store_true", help="write golden files anew")


@pytest.fixture(autouse=True)
def fresh_logging() -> Iterator[None]:
    """A command sends log lines to the stderr of its test, which is closed afterwards."""
    yield
    structlog.reset_defaults()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for a library, set as HTX_HOME; no other setting and no `.env` is in reach."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTX_HOME", str(tmp_path / "var"))
    (tmp_path / "cwd").mkdir()
    monkeypatch.chdir(tmp_path / "cwd")
    return tmp_path / "var"


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    """A folder with the sample law, report and digest; a test may change it."""
    return write_all(tmp_path / "documents", SAMPLES)


@pytest.fixture
def stand(home: Path) -> Stand:
    """An empty library with a fake model."""
    return Stand(home)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    """The sample documents, ingested once; for tests that only read."""
    base = tmp_path_factory.mktemp("library")
    found = Stand(base / "var")
    found.ingestion().ingest([write_all(base / "documents", SAMPLES)])
    yield found
    catalogue = found.catalogue()
    assert not catalogue.usage().asked(), "a bot ran on it: let it have a copy of its own"
    catalogue.close()


@pytest.fixture
def language_server() -> Iterator[LanguageServer]:
    """A language-model server that says what the test wants."""
    with LanguageServer() as running:
        yield running


@pytest.fixture(scope="session")
def sample_library(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The documents of `samples/` with the real model, ingested once; for slow tests that read."""
    settings = Settings(htx_home=tmp_path_factory.mktemp("samples"), library=LIBRARY)
    report = open_ingestion(settings).ingest([ROOT / "samples"])
    assert not report.failed
    return settings
