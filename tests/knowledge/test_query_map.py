"""The learnt map of questions: what it keeps, and that it brings everyday words nearer to the law."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.embeddings import BUNDLED, load_embedder
from knowledge.search.query_map import QueryMap, bundled_map
from tests.builders import fake_embedder

ZERO = QueryMap(np.zeros((4, 2), np.float32), np.zeros((2, 4), np.float32))
# everyday question, the clause that answers it, a clause on something near
PAIRS = [
    (
        "làm ăn thua lỗ quá muốn dẹp tiệm thì tính sao",
        "Hợp tác xã giải thể tự nguyện theo nghị quyết của đại hội thành viên.",
        "Hợp tác xã công bố tình hình kinh doanh trong báo cáo hằng năm.",
    ),
    (
        "xã viên nghỉ chơi có lấy lại tiền hùn không",
        "Trả lại phần vốn góp cho thành viên chấm dứt tư cách thành viên.",
        "Thành viên góp vốn theo thỏa thuận và theo quy định của điều lệ.",
    ),
    (
        "mấy ông trong ban quản trị làm được bao lâu",
        "Nhiệm kỳ của hội đồng quản trị do điều lệ quy định nhưng không quá 05 năm.",
        "Hội đồng quản trị họp ít nhất mỗi quý một lần do chủ tịch triệu tập.",
    ),
    (
        "đem sổ đỏ đi cầm lấy tiền mần ăn",
        "Tài sản bảo đảm khi vay vốn là quyền sử dụng đất theo quy định của pháp luật.",
        "Hợp tác xã được giao đất, cho thuê đất để sản xuất.",
    ),
]


@given(st.lists(st.integers(-100, 100), min_size=4, max_size=4).filter(any))
def test_a_mapped_vector_has_length_1(vector):
    assert np.linalg.norm(ZERO(vector)) == pytest.approx(1.0, abs=1e-4)


def test_a_map_of_nothing_keeps_the_direction():
    assert ZERO([3.0, 0.0, 4.0, 0.0]) == pytest.approx([0.6, 0.0, 0.8, 0.0])
    assert ZERO([0.0] * 4) == [0.0] * 4


def test_the_bundled_map_is_of_the_bundled_model():
    found = bundled_map()
    assert found.down.shape[0] == found.up.shape[1] == 384
    assert found.down.shape[1] == found.up.shape[0]
    assert load_embedder(BUNDLED).query_map is found


def test_another_model_has_no_map():
    vector = [0.5, 0.5]
    assert fake_embedder().mapped(vector) is vector


def test_everyday_words_come_nearer_to_the_law():
    embedder = load_embedder(BUNDLED)
    gained = []
    for question, right, other in PAIRS:
        clauses = np.array(embedder.model.embed_documents([right, other]))
        plain = embedder.model.embed_query(question)
        before, after = (clauses @ np.array(one) for one in (plain, embedder.mapped(plain)))
        gained.append((after[0] - after[1]) - (before[0] - before[1]))
    assert np.mean(gained) > 0
