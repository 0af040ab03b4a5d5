"""What the tests share: small documents of our own, a model computed by hand, and a library."""

from __future__ import annotations

import os
import re
import shutil
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from langchain_core.embeddings import Embeddings

from bot.settings import Settings
from ingest.pipeline import Ingestion, Progress
from knowledge.answering import Assistant
from knowledge.answering.language_model import LanguageModel
from knowledge.catalogue import Catalogue, StoredDocument
from knowledge.figures.register import Register
from knowledge.model import (
    Answer,
    Audience,
    Citation,
    Comparator,
    Document,
    Figure,
    FigureKind,
    Kind,
    Language,
    Metadata,
    Operation,
    Passage,
    Question,
    Status,
)
from knowledge.search.embeddings import Embedder
from knowledge.search.vectors import VectorShelves

ROOT = Path(__file__).resolve().parents[1]
LIBRARY = "htx-thu"

LAW_FILE, REPORT_FILE, DIGEST_FILE = "nghi-dinh.txt", "bao-cao.txt", "tom-tat.txt"

LAW = """CHÍNH PHỦ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

Số: 901/2024/NĐ-CP

Hà Nội, ngày 05 tháng 3 năm 2024

NGHỊ ĐỊNH

VỀ QUỸ ĐỔI MỚI CỦA HỢP TÁC XÃ

CHƯƠNG I

QUY ĐỊNH CHUNG

Điều 1. Phạm vi điều chỉnh

Nghị định này quy định việc lập, sử dụng và giám sát quỹ đổi mới của hợp tác xã, liên hiệp hợp tác xã trên cả nước.

Điều 2. Giải thích từ ngữ

1. Quỹ đổi mới là phần lợi nhuận sau thuế mà hợp tác xã để riêng cho việc mua máy móc, thay giống và học nghề.

2. Máy cày dùng chung là máy do hợp tác xã mua bằng quỹ đổi mới và cho thành viên mượn theo lịch của tổ phục vụ.

CHƯƠNG II

LẬP VÀ SỬ DỤNG QUỸ

Điều 3. Mức trích quỹ

1. Mỗi năm hợp tác xã trích ít nhất 7% lợi nhuận sau thuế vào quỹ đổi mới; mức cao hơn do đại hội thành viên quyết định.

2. Hợp tác xã lỗ trong năm được tạm dừng trích quỹ, nhưng không quá hai năm liền.

Điều 4. Điều kiện vay từ quỹ

Thành viên được vay từ quỹ đổi mới khi có đủ các điều kiện sau đây:

a) Đã góp đủ vốn và là thành viên từ mười tám tháng trở lên;

b) Có phương án dùng tiền vay được hội đồng quản trị chấp thuận bằng văn bản;

c) Không còn nợ quá hạn tại hợp tác xã.

Điều 5. Thời hạn vay

1. Khoản vay để mua giống có thời hạn không quá chín tháng kể từ ngày nhận tiền.

2. Khoản vay để mua máy móc có thời hạn không quá bốn năm kể từ ngày nhận tiền.

Điều 6. Hồ sơ vay

Hồ sơ vay gồm đơn vay, phương án dùng tiền vay và bản sao giấy chứng nhận góp vốn của thành viên.

CHƯƠNG III

ĐIỀU KHOẢN THI HÀNH

Điều 7. Giám sát

Ban kiểm soát kiểm tra quỹ đổi mới mỗi quý một lần và báo cáo kết quả trước đại hội thành viên.

Điều 8. Hiệu lực thi hành

Nghị định này có hiệu lực thi hành kể từ ngày 01 tháng 5 năm 2024.
"""

REPORT = """Kinh tế tập thể tỉnh Bến Tre năm 2023

Ngày 12/01/2024

Năm 2023, tỉnh Bến Tre có 187 hợp tác xã đang hoạt động với 42.350 thành viên, tăng 14 hợp tác xã so với năm 2022.

Doanh thu bình quân của một hợp tác xã đạt 2,4 tỷ đồng, thu nhập của người lao động thường xuyên đạt 61 triệu đồng một năm.

Toàn tỉnh có 1.105 tổ hợp tác với 21.300 thành viên, phần lớn trồng dừa và nuôi tôm nước lợ.
"""

DIGEST = """Tóm tắt: nghĩa vụ của thành viên

Tài liệu mẫu, tóm tắt Nghị định 902/2024/NĐ-CP (không thay văn bản gốc)

Hiệu lực của văn bản gốc: từ ngày 01/6/2024

Điều 11 Nghị định 902/2024/NĐ-CP: nghĩa vụ góp vốn

Thành viên góp vốn đúng hạn đã ghi trong điều lệ; góp chậm quá sáu mươi ngày thì hội đồng quản trị nhắc bằng văn bản.

Điều 12 Nghị định 902/2024/NĐ-CP: nghĩa vụ dùng dịch vụ

Thành viên dùng dịch vụ tưới tiêu của hợp tác xã theo hợp đồng đã ký và trả phí trước ngày hai mươi lăm hằng tháng.
"""

SAMPLES = {LAW_FILE: LAW, REPORT_FILE: REPORT, DIGEST_FILE: DIGEST}

# Reports of three provinces, to compare: another file each.
CA_MAU, TRA_VINH = "ca-mau.txt", "tra-vinh.txt"
REPORTS = {
    REPORT_FILE: REPORT,
    CA_MAU: """Kinh tế tập thể tỉnh Cà Mau năm 2023

Ngày 15/01/2024

Năm 2023, tỉnh Cà Mau có 120 hợp tác xã đang hoạt động với 9.800 thành viên.

Doanh thu bình quân của một hợp tác xã đạt gần 1,9 tỷ đồng.

Mục tiêu đến năm 2030, tỉnh Cà Mau có 160 hợp tác xã đang hoạt động.
""",
    TRA_VINH: """Kinh tế tập thể tỉnh Trà Vinh năm 2023

Ngày 18/01/2024

Năm 2023, tỉnh Trà Vinh có 163 hợp tác xã đang hoạt động với 30.100 thành viên.

Năm 2022, tỉnh Trà Vinh có 150 hợp tác xã đang hoạt động.
""",
}

LOAN_QUESTION = "Khoản vay để mua máy móc có thời hạn bao lâu?"  # Điều 5
LONGER_LOAN = LAW.replace("không quá bốn năm", "không quá sáu năm")

THINGS = (
    "ruộng vườn ao chuồng trâu bò lợn gà vịt cá tôm cua lúa ngô khoai sắn đậu mía chè dừa cam bưởi"
)
DEEDS = (
    "mua bán vay góp trả nộp xây sửa trồng nuôi tưới gặt phơi cất chở đổi chia giữ đếm ghi đọc học"
)


def long_report(paragraphs: int = 48, verb: str = "được") -> str:
    """Return a report of many short paragraphs, each unlike every other."""
    things, deeds = THINGS.split(), DEEDS.split()
    lines = [
        f"Tổ số {number} của xã {things[number % 22]} {deeds[(number * 7) % 22]} {verb} "
        f"{number + 3} lượt {things[(number * 5) % 22]} trong vụ {number // 22 + 1} của năm 2023."
        for number in range(1, paragraphs + 1)
    ]
    return "\n\n".join(["Kết quả các tổ sản xuất tỉnh Bến Tre năm 2023", *lines]) + "\n"


def write_all(folder: Path, files: Mapping[str, str]) -> Path:
    """Write texts into a folder, made when it is missing; return the folder."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


DIMENSIONS = 16


def hand_vector(text: str) -> list[float]:
    """Return the unit vector that counts a text's syllables by their checksum modulo 16."""
    counts = [0.0] * DIMENSIONS
    for syllable in re.findall(r"\w+", text.lower()):
        counts[zlib.crc32(syllable.encode()) % DIMENSIONS] += 1
    length = sum(count * count for count in counts) ** 0.5
    return [count / length for count in counts] if length else [1.0, *counts[1:]]


@dataclass
class FakeEmbeddings(Embeddings):
    """A model without a model; remembers every passage that it embedded."""

    embedded: list[str] = field(default_factory=list)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += texts
        return [hand_vector(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return hand_vector(text)


def fake_embedder(name: str = "tay") -> Embedder:
    """Return a fake model; two names are two models whose vectors must not be mixed."""
    return Embedder(name=name, identity=f"fake/{name}", model=FakeEmbeddings())


@dataclass(frozen=True)
class Stand:
    """A library at a folder, opened the way the program opens it, but with a fake model."""

    home: Path
    embedder: Embedder = field(default_factory=fake_embedder)
    progress: Progress = field(default_factory=Progress)

    def copied(self, folder: Path) -> Stand:
        """Return the same library in another folder, to be changed or talked to."""
        return replace(self, home=Path(shutil.copytree(self.home, folder)))

    def catalogue(self) -> Catalogue:
        self.home.mkdir(parents=True, exist_ok=True)
        return Catalogue.open(f"sqlite:///{self.home / 'catalogue.db'}", LIBRARY, self.home)

    def vectors(self) -> VectorShelves:
        return VectorShelves.open(home=self.home, url="", library=LIBRARY, embedder=self.embedder)

    def ingestion(self) -> Ingestion:
        catalogue = self.catalogue()
        return Ingestion(catalogue, self.vectors(), self.home / "originals", self.progress)

    def assistant(self, model: LanguageModel | None = None) -> Assistant:
        return Assistant(self.catalogue(), self.vectors, self.embedder, model=model)

    @property
    def embedded(self) -> list[str]:
        """The passages that the fake model embedded so far."""
        assert isinstance(self.embedder.model, FakeEmbeddings)
        return self.embedder.model.embedded


def a_passage(document: str = "d1", ordinal: int = 0, text: str = "Hợp tác xã có vốn.") -> Passage:
    """Return a passage as ingestion makes them; what a test does not name is plain."""
    return Passage(
        id=f"{document}-{ordinal}",
        document=document,
        ordinal=ordinal,
        breadcrumb="Chương I > Điều 1. Vốn",
        heading="Điều 1. Vốn",
        article="1",
        clause="2",
        locator="Điều 1 khoản 2",
        page=3,
        text=text,
        start=0,
        search_text=f"Luật Vốn. {text}",
        meaning_text=text,
    )


def a_document(
    document: str = "d1",
    *,
    content: str = "một",
    texts: tuple[str, ...] = ("Hợp tác xã có vốn.",),
    audience: Audience = Audience.EVERYONE,
) -> StoredDocument:
    """Return a version as ingestion hands it to the catalogue."""
    return StoredDocument(
        document_id=document,
        origin="/kho",
        path=f"{document}.txt",
        fingerprint=f"dấu {content}",
        sha256=f"băm {content}",
        reader="txt",
        pages=4,
        metadata=Metadata(title="Luật Vốn", kind=Kind.LAW, audience=audience),
        effects=(),
        notes=("ghi chú",),
        text="\n".join(texts),
        passages=tuple(a_passage(document, number, text) for number, text in enumerate(texts)),
    )


def a_figure(place: str = "Bến Tre", value: int | str = 187, **more: Any) -> Figure:
    """Return a stated figure; what a test does not name is plain."""
    if "value_max" in more:
        more["value_max"] = Decimal(more["value_max"])
    fields: dict[str, Any] = {
        "indicator": "tổng số HTX",
        "subject": "HTX",
        "unit": "HTX",
        "period": "2023",
        "kind": FigureKind.ACTUAL,
        "comparator": Comparator.EQUAL,
        "document": "d1",
        "source": "bao-cao.txt",
        "quote": f"Tỉnh {place} có {value} HTX.",
    }
    return Figure(place=place, value=Decimal(value), **{**fields, **more})


def a_register(*figures: Figure, issued: Mapping[str, date] | None = None) -> Register:
    """Return a register of figures; each document's text is what its figures quote.

    Args:
        figures: of which documents, they say themselves.
        issued: the day of publication of each document; 1 January 2024 for the others.
    """
    names = dict.fromkeys(one.document for one in figures)
    documents = {
        name: Document(
            id=name,
            source=f"{name}.txt",
            location=f"/kho/{name}.txt",
            version=1,
            sha256=name,
            reader="txt",
            pages=None,
            metadata=Metadata(
                title="Kinh tế tập thể",
                kind=Kind.REPORT,
                issued=(issued or {}).get(name, date(2024, 1, 1)),
            ),
        )
        for name in names
    }
    quoted = {
        name: "\n".join(dict.fromkeys(one.quote or "" for one in figures if one.document == name))
        for name in names
    }
    return Register(figures, documents, quoted)


def a_derived_figure(value: int | str, *parts: Figure, **more: Any) -> Figure:
    """Return a figure that was computed from others."""
    own = {"kind": FigureKind.DERIVED, "document": "", "source": "", "quote": None}
    return a_figure("", value, **{**own, "parts": parts, **more})


def a_figure_answer(
    operation: Operation | None,
    *figures: Figure,
    language: Language = Language.VIETNAMESE,
    text: str = "Bến Tre và Cà Mau, nơi nào nhiều HTX hơn?",
) -> Answer:
    """Return an answer with figures, and a report for each document that states one."""
    stated = {one.document: one for one in reversed(figures) if one.document}
    return Answer(
        question=Question(text=text, understood=text, query=text, language=language),
        status=Status.ANSWERED,
        citations=tuple(
            Citation(
                document=one.document,
                source=one.source,
                title=f"Báo cáo của {one.place}",
                number="",
                article="",
                locator="đoạn 2",
                page=None,
                quote=one.quote or "",
                kind=Kind.REPORT,
            )
            for one in reversed(stated.values())
        ),
        figures=figures,
        operation=operation,
    )


def clean_environment(home: Path, **values: str) -> dict[str, str]:
    """Return this process's environment for `htx`: no setting of the person who runs the tests."""
    known = {name.upper() for name in Settings.model_fields}
    kept = {name: value for name, value in os.environ.items() if name.upper() not in known}
    return {
        **kept,
        "HTX_HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
        "HF_HUB_OFFLINE": "1",
        **values,
    }
