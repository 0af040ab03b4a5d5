"""Which held document a new one looks like a version of."""

from __future__ import annotations

import pytest

from ingest.likeness import held_version
from knowledge.model import Document, Kind, Metadata

LAW = Metadata(title="Nghị định về quỹ", kind=Kind.LAW, number="901/2024/NĐ-CP")
REPORT = Metadata(title="Kinh tế tập thể", kind=Kind.REPORT, place="Bến Tre", period="2023")


def held(name: str, metadata: Metadata) -> Document:
    return Document(
        id=name,
        source=name,
        location=f"/kho/{name}",
        version=1,
        sha256=name,
        reader="txt",
        pages=None,
        metadata=metadata,
    )


HELD = [held("nghi-dinh.txt", LAW), held("ben-tre.txt", REPORT)]


@pytest.mark.parametrize(
    ("name", "metadata", "found"),
    [
        pytest.param("moi.pdf", LAW, "nghi-dinh.txt", id="same number"),
        pytest.param(
            "moi.pdf",
            Metadata(kind=Kind.LAW, number="901/2024/nđ-cp"),
            "nghi-dinh.txt",
            id="same number in small letters",
        ),
        pytest.param("ben-tre.txt", Metadata(), "ben-tre.txt", id="same file name"),
        pytest.param("ben-tre.txt", LAW, "nghi-dinh.txt", id="a number goes before a name"),
        pytest.param("moi.txt", REPORT, "ben-tre.txt", id="same title, place and kind"),
        pytest.param(
            "moi.txt",
            Metadata(title="KINH TẾ TẬP THỂ", kind=Kind.REPORT, place="Bến Tre"),
            "ben-tre.txt",
            id="same title in capitals, period unknown",
        ),
        pytest.param(
            "moi.txt",
            Metadata(title="Kinh tế tập thể", kind=Kind.REPORT, place="Bến Tre", period="2024"),
            None,
            id="the report of another year",
        ),
        pytest.param(
            "moi.txt",
            Metadata(title="Kinh tế tập thể", kind=Kind.REPORT, place="Huế", period="2023"),
            None,
            id="another place",
        ),
        pytest.param(
            "moi.txt",
            Metadata(title="Nghị định về quỹ", kind=Kind.LAW, number="5/2025/NĐ-CP"),
            None,
            id="same title, another number",
        ),
        pytest.param("moi.txt", Metadata(), None, id="nothing known"),
    ],
)
def test_a_document_looks_like_a_version_of(name: str, metadata: Metadata, found: str | None):
    like = held_version(name, metadata, HELD)
    assert (like.source if like else None) == found
