"""Servers that tests start for themselves: on a free port of this machine, in a folder of their own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_UP_WITHIN_S = 60


def free_port() -> int:
    """Return a port of 127.0.0.1 on which nothing listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def chroma_server(folder: Path) -> Iterator[str]:
    """Yield the URL of a Chroma server that keeps its data in a folder."""
    port = free_port()
    code = "from chromadb.cli.cli import app; app()"
    arguments = ["run", "--path", str(folder / "data"), "--host", "127.0.0.1", "--port", str(port)]
    with (
        (folder / "chroma.log").open("wb") as log,
        _running(
            [sys.executable, "-c", code, *arguments],
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**os.environ, "ANONYMIZED_TELEMETRY": "False"},
        ) as process,
    ):
        _wait_for(process, lambda: _listens(port), folder / "chroma.log")
        yield f"http://127.0.0.1:{port}"


@contextmanager
def postgresql_server() -> Iterator[str]:
    """Yield the URL of an empty PostgreSQL database; skips the test where that cannot be had."""
    pytest.importorskip(
        "psycopg", reason="psycopg is missing: pip install 'tro-ly-htx[postgresql]'"
    )
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not binaries:
        pytest.skip("PostgreSQL's programs are missing: apt-get install postgresql")
    programs = binaries[-1].parent
    user: dict[str, Any] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        user = {"user": "postgres", "group": "postgres", "extra_groups": []}
    folder = Path(tempfile.mkdtemp(prefix="htx-pg-"))
    try:
        if user:
            shutil.chown(folder, "postgres", "postgres")
        yield from _postgresql(programs, folder, user)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _postgresql(programs: Path, folder: Path, user: dict[str, Any]) -> Iterator[str]:
    data, port = folder / "data", free_port()
    subprocess.run(
        [programs / "initdb", "-D", data, "-U", "htx", "-A", "trust", "-E", "UTF8", "--no-sync"],
        check=True,
        capture_output=True,
        cwd=folder,
        **user,
    )
    options = ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]
    with (
        (folder / "postgresql.log").open("wb") as log,
        _running(
            [programs / "postgres", "-D", data, "-p", str(port), "-k", folder, *options],
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
            **user,
        ) as process,
    ):
        ready = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
        _wait_for(
            process,
            lambda: subprocess.run(ready, check=False).returncode == 0,
            folder / "postgresql.log",
        )
        yield f"postgresql://htx@127.0.0.1:{port}/postgres"


@contextmanager
def _running(command: list[Any], **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, **options)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(process: subprocess.Popen[bytes], up: Callable[[], bool], log: Path) -> None:
    ends = time.monotonic() + _UP_WITHIN_S
    while not up():
        if process.poll() is not None or time.monotonic() > ends:
            pytest.fail(f"the server did not start:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.1)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
