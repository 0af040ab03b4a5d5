"""Let a lying model tell answers about `samples/`; print the share of its sentences dropped.

    python -m tools.lying_model [PROMPTS] [SENTENCES.jsonl]

Needs the packages that `tests/lying.py` names. Some minutes on one core; replies are not the same
twice, so the README's figure is one run's.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from bot.logs import configure_logging
from bot.settings import Settings
from bot.wiring import open_assistant, open_ingestion
from knowledge.answering.fluent import sources_of
from knowledge.answering.guard import Fault
from knowledge.model import Answer, Sentence
from tests.builders import ROOT
from tests.lying import INSTALL, Judged, is_installed, liar, lies, server, tellable, unsupported

_CACHE = ROOT / ".cache"
_USUAL = 45  # prompts

Told = list[tuple[Answer, list[Judged]]]


def main() -> None:
    """Ask, judge, count."""
    if not is_installed():
        sys.exit(f"no lying model: {INSTALL}; the server is a test dependency")
    configure_logging("WARNING")
    told = _told(int(sys.argv[1]) if len(sys.argv) > 1 else _USUAL)
    everything = [(answer, one) for answer, judged in told for one in judged]
    print(f"prompts {len(told)}, sentences {len(everything)}")
    _count("as written", [(answer, one.outcome) for answer, one in everything])
    _count("with a citation put behind", [(answer, one.cited) for answer, one in everything])
    if len(sys.argv) > 2:  # noqa: PLR2004  (arguments)
        _write(Path(sys.argv[2]), told)


def _told(most: int) -> Told:
    settings = Settings(htx_home=_CACHE / "eval-samples")
    open_ingestion(settings).ingest([ROOT / "samples"], prune=True)
    answers = tellable(open_assistant(settings), most)
    found: Told = []
    with server(_CACHE) as running:
        for answer in answers:
            found.append((answer, list(lies(answer, liar(running)))))
            print(f"{len(found)} of {len(answers)}", file=sys.stderr)
    return found


def _count(name: str, outcomes: list[tuple[Answer, Sentence | Fault]]) -> None:
    kept = [(answer, one) for answer, one in outcomes if isinstance(one, Sentence)]
    faults = Counter(one.value for _, one in outcomes if isinstance(one, Fault))
    share = 100 * faults.total() / max(1, len(outcomes))
    print(f"{name}: dropped {faults.total()}, {share:.0f} %")
    print(f"  {', '.join(f'{fault} {count}' for fault, count in faults.most_common())}")
    wrong = [(one, found) for answer, one in kept if (found := unsupported(one, answer.citations))]
    print(f"  kept with a number or an article that the passage lacks: {len(wrong)}")
    for sentence, numbers in wrong:
        print(f"    {sorted(numbers)}: {sentence.text} {list(sentence.sources)}")


def _write(file: Path, told: Told) -> None:
    """Write each sentence with its outcome and its sources, to be read by people."""
    rows = [
        {
            "question": answer.question.understood,
            "written": one.written,
            "outcome": _word(one.outcome),
            "cited": _word(one.cited),
            "sources": {number: source.quote for number, source in sources_of(answer).items()},
        }
        for answer, judged in told
        for one in judged
    ]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _word(outcome: Sentence | Fault) -> str:
    return outcome.value if isinstance(outcome, Fault) else "kept"


if __name__ == "__main__":
    main()
