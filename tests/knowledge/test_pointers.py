"""References followed: an article that only points to others is quoted with them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.answering.evidence import choose
from knowledge.answering.pointers import pointed_at
from knowledge.model import Citation
from knowledge.search.ranking import Hit
from tests.builders import Stand, write_all
from tests.knowledge.test_evidence import Shelf, question


def law(number: str, title: str, *articles: str) -> str:
    kind = "LUẬT" if "QH" in number else "NGHỊ ĐỊNH"
    head = ["QUỐC HỘI" if "QH" in number else "CHÍNH PHỦ", f"Số: {number}", kind, title]
    return "\n\n".join([*head, *articles])


MILLS = law(
    "31/2031/QH16",
    "CỐI XAY",
    "Điều 1. Phạm vi\n\nLuật này quy định về cối xay dùng chung của tổ.",
    "Điều 2. Giấy tờ\n\n1. Người mượn cối nộp đơn mượn và thẻ tổ viên.\n\n"
    "2. Đơn mượn ghi ngày trả.",
    "Điều 3. Mượn lại\n\nGiấy tờ mượn lại theo quy định tại khoản 1 Điều 2 của Luật này.",
)
FLOUR = law(
    "32/2032/NĐ-CP",
    "VỀ BỘT",
    "Điều 1. Xay bột\n\nGiấy tờ xay bột thực hiện theo quy định tại các khoản 1 và 2 Điều 2 và "
    "Điều 3 Luật Cối xay.",
    "Điều 2. Sàng bột\n\nViệc sàng bột theo quy định tại Điều 9 Luật Cối xay và Điều 1 Luật Kho.",
    "Điều 3. Đóng bao\n\nViệc đóng bao theo quy định tại Điều 1 Luật số 31/2031/QH16.",
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    base = tmp_path_factory.mktemp("pointers")
    stand = Stand(base / "var")
    files = {"coi-xay.txt": MILLS, "bot.txt": FLOUR}
    stand.ingestion().ingest([write_all(base / "documents", files)])
    return Shelf(stand.assistant().library())


def first(shelf: Shelf, name: str, article: str, asked: str = "giấy tờ") -> list[Citation]:
    passages = shelf.passages(name, article)
    hits = [Hit(passage=one, score=3.0, own=1.0) for one in passages]
    return choose(shelf.library, question(asked), hits)


@pytest.mark.parametrize(
    ("name", "article", "wanted"),
    [
        pytest.param("coi-xay.txt", "3", [("coi-xay.txt", "2")], id="of the same law"),
        pytest.param(
            "bot.txt",
            "1",
            [("coi-xay.txt", "2"), ("coi-xay.txt", "3")],
            id="two articles of a law by its title",
        ),
        pytest.param("bot.txt", "2", [], id="an article or a law that is not held"),
        pytest.param("bot.txt", "3", [("coi-xay.txt", "1")], id="a law by its number"),
        pytest.param("coi-xay.txt", "1", [], id="it points to nothing"),
    ],
)
def test_the_articles_pointed_at_stand_behind_the_first(shelf, name, article, wanted):
    citations = first(shelf, name, article)
    assert [(one.source, one.article) for one in citations] == [(name, article), *wanted]
    for one in citations:
        assert one.quote in shelf.library.texts[one.document]
        assert one.excerpt


def test_a_long_source_says_something_itself(shelf):
    [short, *_] = first(shelf, "coi-xay.txt", "3")
    assert pointed_at(shelf.library, short)
    long = replace(short, quote=short.quote + " Người mượn giữ cối sạch." * 40)
    assert pointed_at(shelf.library, long) == []
