"""Log lines: no secret at any level, and nothing of what a person wrote."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator
from contextlib import redirect_stderr
from io import StringIO

import pytest
import structlog

from bot.logs import Blotting, blot, chain, configure_logging

TOKEN, PASSWORD = "123456:ma-bi-mat", "mat%40khau"
PRIVATE = "Bà Lê Thị Bí Mật nợ bao nhiêu?"


def raised(error: Exception) -> Exception:
    try:
        raise error
    except type(error) as caught:
        return caught


@pytest.mark.parametrize(
    ("line", "blotted"),
    [
        (f"POST /bot{TOKEN}/getMe", "POST /bot[secret]/getMe"),
        (f"{TOKEN} và {PASSWORD} và {TOKEN}", "[secret] và [secret] và [secret]"),
        ("không có gì", "không có gì"),
        ("", ""),
    ],
    ids=["in an address", "several", "none", "an empty line"],
)
def test_every_secret_is_blotted_out(line: str, blotted: str):
    assert blot(line, [TOKEN, PASSWORD]) == blotted


def test_a_secret_that_is_empty_blots_nothing():
    assert blot("dòng chữ", ["", TOKEN]) == "dòng chữ"


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING", "ERROR"])
def test_no_level_shows_a_secret_wherever_it_stands(level: str):
    written = StringIO()
    with redirect_stderr(written):
        configure_logging(level, [TOKEN])
    log = structlog.get_logger("bot")
    error = raised(ValueError(f"không gọi được /bot{TOKEN}/getMe"))
    for tell in (log.debug, log.info, log.warning, log.error):
        tell(f"mã {TOKEN}", mã=TOKEN, địa_chỉ={"url": [f"/bot{TOKEN}"]}, lỗi=error)
    log.error("hỏng", exc_info=error)
    lines = written.getvalue().splitlines()
    levels = ["DEBUG", "INFO", "WARNING", "ERROR"]
    assert len(lines) == len(levels) - levels.index(level) + 1
    assert TOKEN not in written.getvalue()
    assert "ValueError: không gọi được /bot[secret]/getMe" in lines[-1]


@pytest.fixture
def library() -> Iterator[StringIO]:
    """What libraries write."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Blotting([TOKEN]))
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize("name", ["telegram.ext.Updater", "telegram.ext.Application", "asyncio"])
def test_a_library_that_quotes_people_writes_what_happened_and_not_what_they_said(
    name: str, library: StringIO
):
    error = raised(KeyError(PRIVATE))
    logging.getLogger(name).error("Không xử lý được: %r", {"text": PRIVATE}, exc_info=error)
    written = library.getvalue()
    assert written.startswith(f"{name}: Không xử lý được: %r\n")
    assert 'File "' in written
    assert written.rstrip().endswith("KeyError")
    assert PRIVATE not in written


def test_other_libraries_write_their_whole_lines_without_secrets(library: StringIO):
    error = raised(ValueError(f"hỏng ở {TOKEN}"))
    logging.getLogger("chromadb").warning("đọc %s", TOKEN, exc_info=error)
    written = library.getvalue()
    assert written.startswith("chromadb: đọc [secret]\n")
    assert "ValueError: hỏng ở [secret]" in written
    assert TOKEN not in written


async def test_the_error_of_a_task_that_nobody_waits_for_is_not_quoted(library: StringIO):
    async def fails() -> None:
        raise KeyError(PRIVATE)

    task = asyncio.get_running_loop().create_task(fails())
    await asyncio.wait({task})
    del task
    assert library.getvalue().startswith("asyncio: Task exception was never retrieved\n")
    assert "KeyError" in library.getvalue()
    assert PRIVATE not in library.getvalue()


def test_a_chain_names_every_cause_once():
    cause, error = raised(KeyError("gốc")), raised(ValueError("ngọn"))
    error.__cause__, cause.__cause__ = cause, error  # a circle
    told = chain(error, lambda one: type(one).__name__)
    assert told.count('File "') == 2
    assert [line for line in told.splitlines() if not line.startswith(" ")] == [
        "ValueError",
        "caused by:",
        "KeyError",
    ]
