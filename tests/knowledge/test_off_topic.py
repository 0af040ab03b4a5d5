"""How little a question is like those that documents answer: learnt, bounded, a sign among others."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.embeddings import BUNDLED, load_embedder
from knowledge.search.off_topic import BOUND, OffTopic, bundled_off_topic
from tests.builders import Stand, fake_embedder, write_all

# of no document; of some document, in the same words as far as it goes
PAIRS = [
    (
        "chiều nay khoai lang bán được mấy đồng một ký",
        "giá khoai lang để tính bồi thường là bao nhiêu",
    ),
    ("mai có mưa không để phơi lúa", "thiệt hại do mưa lũ thì được bảo hiểm những gì"),
    ("theo bạn hợp tác xã nào làm ăn giỏi nhất", "hợp tác xã được xếp loại tốt phải đạt những gì"),
    ("chỉ tôi cách sửa máy bơm bị kẹt", "hợp tác xã mua máy bơm được hỗ trợ bao nhiêu"),
    ("số điện thoại của cô kế toán hợp tác xã", "ai được làm kế toán hợp tác xã"),
]
MARRIAGE = """Luật Hôn nhân và gia đình

Điều 1. Thuận tình ly hôn

Hai vợ chồng cùng yêu cầu ly hôn thì nộp đơn đến tòa án nhân dân nơi một bên cư trú.

Điều 2. Giấy tờ ly hôn

Hồ sơ ly hôn gồm đơn yêu cầu ly hôn, giấy chứng nhận kết hôn và giấy khai sinh của con.
"""


@given(st.lists(st.floats(-1e3, 1e3), min_size=4, max_size=4))
def test_it_is_bounded(vector):
    assert abs(OffTopic(np.ones(4, np.float32), 0.5)(vector)) <= BOUND


@pytest.mark.parametrize(("of_none", "of_some"), PAIRS)
def test_what_no_document_answers_is_stranger(of_none, of_some):
    embedder = load_embedder(BUNDLED)
    none, some = (
        embedder.off_topic(embedder.model.embed_query(text)) for text in (of_none, of_some)
    )
    assert none > some


def test_the_bundled_weights_are_of_the_bundled_model():
    assert bundled_off_topic().weights.shape == (384,)
    assert load_embedder(BUNDLED).off_topic_model is bundled_off_topic()


def test_another_model_tells_nothing():
    assert fake_embedder().off_topic([0.5, 0.5]) == 0.0


def test_what_the_library_holds_is_answered_however_strange(tmp_path):
    """The sign is learnt on other documents: it must not refuse what an office adds later."""
    stand = Stand(tmp_path / "var", load_embedder(BUNDLED))
    stand.ingestion().ingest([write_all(tmp_path / "documents", {"hon-nhan.txt": MARRIAGE})])
    answer = stand.assistant().answer("Thuận tình ly hôn thì nộp đơn ở đâu?")
    assert answer.citations[0].article == "1"
    answer = stand.assistant().answer("Hồ sơ ly hôn gồm những giấy tờ gì?")
    assert answer.citations[0].article == "2"
