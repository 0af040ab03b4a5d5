"""What a change of the library did, as a message to an admin. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot import texts
from bot.telegram.inert import inert
from bot.telegram.lengths import units
from bot.texts import in_chat
from ingest.pipeline import Outcome, Report, Result
from knowledge.model import Language

_NAMED = 12  # results of one outcome that are named; a message holds about forty
_LONGEST = 3_900  # UTF-16 units, markup included; Telegram's limit is 4,096 without it
_LONGEST_NAME, _LONGEST_REASON = 100, 200  # characters: one line of each group fits, whatever it is
_ORDER = (Outcome.FAILED, Outcome.ADDED, Outcome.UPDATED, Outcome.REMOVED, Outcome.UNCHANGED)


def report_html(report: Report, documents: int, language: Language) -> str:
    """Return what was added, updated, removed, what failed and why; failures first."""
    head = _head(report, documents, language)
    if report.problems:
        head += "\n" + texts.PROBLEMS_IN_CHANGED[language].format(count=report.problems)
    named = _NAMED
    while True:
        groups = [_group(report.results, outcome, named, language) for outcome in _ORDER]
        html = "\n\n".join([head, *filter(None, groups)])
        if units(html) <= _LONGEST or named == 1:
            return html
        named -= 1


def _head(report: Report, documents: int, language: Language) -> str:
    """Return the first line; a change that only failed has changed nothing."""
    outcomes = {result.outcome for result in report.results}
    if report.failed and outcomes <= {Outcome.FAILED, Outcome.UNCHANGED}:
        return in_chat.NOT_UPDATED[language].format(documents=documents, passages=report.passages)
    seconds = round(report.elapsed_s, 1)
    return in_chat.UPDATED[language].format(
        documents=documents, passages=report.passages, seconds=seconds
    )


def _group(results: Sequence[Result], outcome: Outcome, named: int, language: Language) -> str:
    found = [result for result in results if result.outcome is outcome]
    if not found:
        return ""
    head = in_chat.OUTCOME_LINES[outcome.value][language].format(count=len(found))
    if outcome is Outcome.UNCHANGED:
        return head
    lines = [_line(result, language) for result in found[:named]]
    if len(found) > named:
        lines.append(in_chat.AND_MORE[language].format(count=len(found) - named))
    return "\n".join([head, *lines])


def _line(result: Result, language: Language) -> str:
    parts = []
    if result.fault is not None:
        why = texts.fault(result.fault, result.detail, language)
        parts.append(_shortened(why, _LONGEST_REASON))
    elif result.outcome is not Outcome.REMOVED:
        parts.append(texts.PASSAGES[language].format(count=result.passages))
        if result.figures:
            parts.append(texts.FIGURES[language].format(count=result.figures))
        parts += [texts.DOUBTS[doubt][language] for doubt in result.doubts]
    told = "".join(f" · {part}" for part in parts)
    name = _shortened(result.source, _LONGEST_NAME)
    return f"- <b>{inert(name)}</b>{inert(told)}"


def _shortened(text: str, most: int) -> str:
    """Return a text on one line, without its middle if it is too long; a suffix stays."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    last = most // 3
    return f"{line[: most - last - 1]}…{line[-last:]}"
