"""Random documents for random audiences, each with words and numbers that stand nowhere else."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.model import Audience
from tests.builders import write_all

_ONSETS = [
    "kh",
    "ngh",
    "th",
    "tr",
    "ph",
    "nh",
    "gh",
    "qu",
    "ch",
    "x",
    "v",
    "s",
    "r",
    "m",
    "l",
    "h",
    "g",
    "d",
    "b",
]
_RIMES = [
    "uẫng",
    "oẽm",
    "uỡng",
    "iễng",
    "uẩy",
    "ưỡm",
    "oẳng",
    "uệch",
    "ưởm",
    "oẹo",
    "uỗm",
    "iểng",
    "oẵc",
    "uỹnh",
    "uậy",
    "oảnh",
]
_PLACES = [
    "Bến Tre",
    "Cà Mau",
    "Trà Vinh",
    "Sóc Trăng",
    "An Giang",
    "Kiên Giang",
    "Đồng Tháp",
    "Long An",
]
_DISTRICTS = [  # that no document of another audience names
    "Ba Tri (Bến Tre)",
    "Thới Bình (Cà Mau)",
    "Càng Long (Trà Vinh)",
    "Kế Sách (Sóc Trăng)",
    "Tịnh Biên (An Giang)",
    "Giồng Riềng (Kiên Giang)",
    "Lấp Vò (Đồng Tháp)",
    "Cần Giuộc (Long An)",
]
DISTRICTS = frozenset(one.split(" (")[0] for one in _DISTRICTS)
_TOPICS = (
    "mức trích quỹ đổi mới của hợp tác xã",
    "thời hạn khoản vay để mua máy móc",
    "điều kiện thành viên được hỗ trợ giống",
    "hồ sơ đăng ký dịch vụ tưới tiêu",
    "trách nhiệm của ban kiểm soát",
    "chế độ bồi dưỡng cho giám đốc hợp tác xã",
)


@dataclass
class Written:
    """A document as a test wrote it.

    Attributes:
        audience: now; a test may change it and write the folder anew.
        marks: words, numbers and names that stand in no other document.
        quotable: sentences of it, as printed.
        questions: that its figures answer.
    """

    name: str
    text: str
    audience: Audience
    marks: set[str]
    quotable: list[str]
    questions: list[str] = field(default_factory=list)

    def everything(self) -> str:
        """Return all that may be shown to who may see it."""
        return f"{self.name}\n{self.text}"


class Writer:
    """Writes documents; the same for the same seed."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._used: set[str] = set()
        self._numbers: list[str] = []

    def library(self, audiences: list[Audience]) -> list[Written]:
        """Return a document for each audience, laws and reports mixed."""
        return [
            self._law(number, audience) if self._chance.random() < 0.5 else self._report(audience)
            for number, audience in enumerate(audiences)
        ]

    def _word(self) -> str:
        """Return two nonsense syllables with tone marks that were not used before."""
        while True:
            syllables = (
                self._chance.choice(_ONSETS) + self._chance.choice(_RIMES) for _ in range(2)
            )
            word = " ".join(syllables)
            if word not in self._used:
                self._used.add(word)
                return word

    def _number(self) -> str:
        while True:
            value = self._chance.randint(11_000, 98_999)
            written = f"{value:,}".replace(",", ".")
            if written not in self._used:
                self._used.add(written)
                return written

    def _month(self) -> str:
        """Return a month that no other document is about."""
        free = [f"{month}/{year}" for year in (2019, 2020, 2021) for month in range(1, 13)]
        month = self._chance.choice([one for one in free if one not in self._used])
        self._used.add(month)
        return month

    def _district(self) -> str:
        district = self._chance.choice(sorted(DISTRICTS - self._used))
        self._used.add(district)
        return district

    def _law(self, number: int, audience: Audience) -> Written:
        official = f"{7000 + number * 13}/2024/NĐ-CP"
        title, heading, *inner = (self._word() for _ in range(5))
        topics = self._chance.sample(_TOPICS, 3)
        sentences = [
            f"Quy định về {topic} áp dụng theo mức {mark} do đại hội thành viên quyết định."
            for topic, mark in zip(topics, inner, strict=True)
        ]
        earlier = self._chance.choice(self._numbers) if self._numbers else ""
        replaces = f"Nghị định này thay thế Nghị định số {earlier}.\n" if earlier else ""
        self._numbers.append(official)
        text = (
            f"CHÍNH PHỦ\n\nSố: {official}\n\nHà Nội, ngày 05 tháng 3 năm 2024\n\nNGHỊ ĐỊNH\n\n"
            f"VỀ {title.upper()} CỦA HỢP TÁC XÃ\n\n"
            f"Điều 1. Phạm vi điều chỉnh\n\nNghị định này quy định về {title}.\n\n"
            f"Điều 2. Quy định {heading}\n\n1. {sentences[0]}\n\n2. {sentences[1]}\n\n"
            f"Điều 3. Tổ chức\n\n{sentences[2]} Thực hiện theo Điều 2 Nghị định này.\n\n"
            "Điều 4. Hiệu lực\n\nNghị định này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2024.\n"
            f"{replaces}"
        )
        name = f"{self._file_name(title)}.txt"
        marks = {title, title.upper(), heading, *inner, official, name}
        questions = [f"Điều 2 Nghị định {official} quy định gì?"]
        return Written(name, text, audience, marks, sentences, questions)

    def _report(self, audience: Audience) -> Written:
        place, title, mark = self._chance.choice(_PLACES), self._word(), self._word()
        members, groups, total, of_kind = (self._number() for _ in range(4))
        sort, month = self._word(), self._month()
        district = self._district()
        sentences = [
            f"Năm 2023, tỉnh {place} có {total} hợp tác xã đang hoạt động với {members} thành viên.",
            f"Toàn tỉnh có {groups} tổ hợp tác, phần lớn trồng {mark} và nuôi tôm nước lợ.",
            f"Đến tháng {month}, huyện {district} có {of_kind} hợp tác xã {sort}.",
        ]
        text = (
            f"Kinh tế tập thể tỉnh {place} năm 2023: {title}\n\nNgày 12/01/2024\n\n"
            + "\n\n".join(sentences)
            + "\n"
        )
        name = f"{self._file_name(title)}.txt"
        marks = {title, mark, name, members, groups, total, of_kind, sort, month, district}
        questions = [
            f"Tỉnh {place} năm 2023 có bao nhiêu hợp tác xã?",
            f"Tỉnh {place} năm 2023 có bao nhiêu tổ hợp tác?",
            f"So sánh số hợp tác xã của {place} và {self._chance.choice(_PLACES)} năm 2023",
            "Tỉnh nào có nhiều hợp tác xã nhất năm 2023?",
            "Liệt kê số thành viên hợp tác xã các tỉnh năm 2023",
            f"Huyện {district} có bao nhiêu hợp tác xã?",
        ]
        return Written(name, text, audience, marks, sentences, questions)

    def _file_name(self, title: str) -> str:
        plain = f"tep{self._chance.randint(10**6, 10**7)}"
        return plain if self._chance.random() < 0.5 else f"{plain}-{len(title)}"


def write_folder(folder: Path, documents: list[Written]) -> Path:
    """Write the documents with a table that says whose each one is."""
    rows = [f"{one.name},{one.audience.value}" for one in documents]
    table = "\n".join(["file,audience", *rows]) + "\n"
    return write_all(folder, {one.name: one.text for one in documents} | {"documents.csv": table})
