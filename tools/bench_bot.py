"""The bot as a process, on a library that is there: memory, start, times, a hundred people.

    HTX_HOME=FOLDER python -m tools.bench_bot QUESTIONS.jsonl

It talks to the tests' Bot API server, which shares the machine with it.
"""

from __future__ import annotations

import json
import re
import socket
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles

import httpx

from bot.settings import Settings, load_settings
from bot.texts import in_chat
from tests.bot.running import BotProcess
from tests.telegram_server import FakeTelegram, Person

PEOPLE, ALONE = 100, 60
FAULTS = ("429", "500", "502", "drop_before", "drop_after")


def asked(file: Path) -> list[str]:
    """Return the questions of a gold file."""
    rows = file.read_text("utf-8").splitlines()
    return [json.loads(row)["question"] for row in rows if row.strip()]


def memory_mb(process: int) -> int:
    """Return the peak of the resident memory of a process (Linux)."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) // 1024 if found else -1


def answered(telegram: FakeTelegram, person: Person) -> int:
    """Return how many messages of the bot a person has that are no longer being searched for."""
    waiting = set(in_chat.SEARCHING.values())
    return sum(message.text not in waiting for message in telegram.shown(person))


def one_by_one(telegram: FakeTelegram, questions: Sequence[str]) -> list[float]:
    """Return the seconds from each update to its final edit, one after another, at leisure."""
    found = []
    for number, question in enumerate(questions[:ALONE]):
        person = telegram.person(f"Một mình {number}")
        started = time.monotonic()
        person.says(question)
        telegram.wait_for(lambda who=person: answered(telegram, who), timeout=30)
        found.append(time.monotonic() - started)
        time.sleep(0.05)
    return found


def all_at_once(telegram: FakeTelegram, questions: Sequence[str], faults: float) -> list[float]:
    """Return the seconds until each of many people has an answer, all asking in one moment."""
    telegram.clear_faults()
    if faults:
        telegram.fault_at_random(faults, FAULTS, seed=7)
    people = [telegram.person(f"Người {number}") for number in range(PEOPLE)]
    started = time.monotonic()
    for number, person in enumerate(people):
        person.says(questions[number % len(questions)])
    ends: dict[int, float] = {}

    def look() -> bool:
        for person in people:
            if person.id not in ends and answered(telegram, person):
                ends[person.id] = time.monotonic() - started
        return len(ends) == PEOPLE

    telegram.wait_for(look, timeout=300)
    time.sleep(1)
    counts = [answered(telegram, person) for person in people]
    rate = PEOPLE / max(ends.values())
    print(f"answered once each: {counts.count(1)} of {PEOPLE}, {rate:.1f} a second")
    return list(ends.values())


def told(name: str, seconds: Sequence[float]) -> None:
    """Print a row of times."""
    p95 = quantiles(seconds, n=20)[-1]
    print(f"{name}: p50 {median(seconds) * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms")


def blocked_ms(port: int) -> float:
    """Return for how long the event loop was blocked at most, in milliseconds."""
    page = httpx.get(f"http://127.0.0.1:{port}/metrics").text
    found = re.search(r"^htx_loop_blocked_seconds_max (\S+)", page, re.MULTILINE)
    return float(found[1]) * 1000 if found else -1.0


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def measure(settings: Settings, questions_file: Path) -> None:
    """Run all measurements of the bot on a library."""
    questions, port = asked(questions_file), free_port()
    with FakeTelegram() as telegram, tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        started = time.monotonic()
        more = {"METRICS_PORT": port, "LIBRARY": settings.library_name}
        with BotProcess(telegram, settings.home, log, **more) as bot:
            bot.until_ready()
            print(f"htx bot: ready after {time.monotonic() - started:.1f} s")
            told("one by one, update to final edit", one_by_one(telegram, questions))
            told("a hundred at once", all_at_once(telegram, questions, 0))
            told("the same, a fifth of the calls failing", all_at_once(telegram, questions, 0.2))
            print(f"event loop blocked at most {blocked_ms(port):.0f} ms")
            print(f"htx bot: {memory_mb(bot.process.pid)} MB at its peak")
            bot.terminate()


def main() -> None:
    """Measure the bot on the library of HTX_HOME."""
    measure(load_settings(), Path(sys.argv[1]))


if __name__ == "__main__":
    main()
