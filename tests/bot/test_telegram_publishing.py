"""An admin sends documents: a card shows what was understood, and nothing is live before Publish."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from knowledge.model import Audience
from tests.bot.conftest import labels
from tests.bot.desk import (
    CORN,
    CORN_QUESTION,
    DAMAGED,
    HOA,
    NEW,
    OLD,
    PATIENCE_S,
    Desk,
    names,
)
from tests.bot.holding import killed
from tests.builders import (
    LAW,
    LAW_FILE,
    LOAN_QUESTION,
    LONGER_LOAN,
    REPORT,
    REPORT_FILE,
    SAMPLES,
)
from tests.telegram_server import Message, Person

pytestmark = pytest.mark.slow

READY = "Xem trước, chưa công bố"
PUBLISHED = "Đã công bố"


def sent(desk: Desk, admin: Person, name: str, data: bytes | str) -> Message:
    """Send a file and return its card once it was read."""
    before = {one.message_id for one in desk.telegram.shown(admin)}
    admin.sends_document(name, data.encode() if isinstance(data, str) else data)

    def ready() -> Message | None:
        new = [one for one in desk.telegram.shown(admin) if one.message_id not in before]
        return next((one for one in new if one.buttons), None)

    card = desk.telegram.wait_for(ready, PATIENCE_S)
    assert card is not None
    return card


def zipped(files: dict[str, bytes | str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return packed.getvalue()


def questions(desk: Desk, *rows: dict[str, object]) -> None:
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    (desk.home / "questions.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


# --- one document --------------------------------------------------------------------------------


def test_a_card_shows_what_was_understood_and_nothing_is_live_before_publish(desk: Desk):
    with desk.bot():
        hoa, lan = desk.admin(), desk.telegram.person("Lan")
        card = sent(desk, hoa, LAW_FILE, LONGER_LOAN.replace("VỀ QUỸ", "VỀ CÁC QUỸ"))
        for words in (
            *(READY, "Loại: văn bản", "Số: 901/2024/NĐ-CP", "Hiệu lực: từ 01/05/2024"),
            *("Ai xem được: mọi người", "đoạn", "Thay bản cũ?", LAW_FILE),
            *("Chưa có câu hỏi tự kiểm tra", "questions.jsonl"),
        ):
            assert words in card.text, words
        assert labels(card) == [
            *("📍 Nơi", "🗓 Kỳ", "👥 Ai xem", "✏️ Tên", "Để riêng", "✅ Công bố", "Hủy"),
        ]
        assert (desk.documents / LAW_FILE).read_text("utf-8") == LAW
        assert [one.state for one in desk.catalogue().generations()] == ["live"]
        assert OLD in desk.answer(lan)

        end = desk.press(hoa, card, "Công bố", PUBLISHED)
        assert "3 tài liệu" in end.text
        assert "Chưa có câu hỏi tự kiểm tra nên chưa thử" in end.text
        assert end.buttons == []
        assert NEW in desk.answer(lan)
        assert NEW in (desk.documents / LAW_FILE).read_text("utf-8")
        assert [one.message_id for one in desk.telegram.shown(hoa)] == [card.message_id]
        assert [one[:2] for one in desk.deeds()] == [(HOA, "publish")]

        hoa.says("/reload")
        assert "Không đổi: 3" in desk.says(hoa, "Thư viện đã cập nhật").text
        assert not list((desk.home / "drafts").glob("*/*")), "nothing is left of the draft"


def test_place_period_and_audience_are_corrected_and_kept_in_the_table(desk: Desk):
    table = desk.documents / "documents.csv"
    table.write_text("file,issuer,ghi chú\nkhác.txt,Sở A,xem lại\n", encoding="utf-8")
    report = "Kết quả phát triển hợp tác xã\n\nToàn tỉnh có 321 hợp tác xã đang hoạt động.\n"
    with desk.bot():
        hoa, lan = desk.admin(), desk.telegram.person("Lan")
        card = sent(desk, hoa, "kết quả.txt", report)
        assert "Cần xem lại: chưa rõ địa phương, chưa rõ kỳ số liệu" in card.text
        choice = desk.press(hoa, card, "Nơi", "Tài liệu nói về nơi nào?")
        assert "Bến Tre" in labels(choice), "the places of the library are offered"
        hoa.says("tra vinh", reply_to=choice)
        card = desk.becomes(hoa, card, "Nơi: Trà Vinh")
        choice = desk.press(hoa, card, "Kỳ", "Số liệu của kỳ nào?")
        hoa.says("năm nào đó", reply_to=choice)
        wrong = desk.becomes(hoa, card, "Tôi chưa hiểu “năm nào đó”")
        hoa.says("6 tháng đầu năm 2023", reply_to=wrong)
        card = desk.becomes(hoa, card, "Kỳ: 6 tháng đầu năm 2023")
        assert "Cần xem lại" not in card.text
        choice = desk.press(hoa, card, "Ai xem", "Ai được xem")
        card = desk.press(hoa, choice, "cán bộ", "Ai xem được: cán bộ và quản trị viên")
        desk.press(hoa, card, "Công bố", PUBLISHED)
        asked = "Sáu tháng đầu năm 2023 Trà Vinh có bao nhiêu hợp tác xã?"
        assert "321" in desk.answer(hoa, asked)
        assert "321" not in desk.answer(lan, asked)
    lines = table.read_text("utf-8").splitlines()
    assert lines[0].startswith("file,issuer,ghi chú,")
    assert lines[1].startswith("khác.txt,Sở A,xem lại"), "other rows stay"
    live = desk.live()["kết quả.txt"].document.metadata
    assert (live.place, live.period, live.audience) == (
        "Trà Vinh",
        "2023-01/2023-06",
        Audience.OFFICERS,
    )


def test_a_document_may_stand_beside_the_one_it_looks_like(desk: Desk):
    with desk.bot():
        hoa = desk.admin()
        card = sent(desk, hoa, REPORT_FILE, REPORT.replace("187", "188"))
        card = desk.press(hoa, card, "Để riêng", "để riêng, giữ cả hai")
        assert "Thay bản cũ" in labels(card)
        desk.press(hoa, card, "Công bố", PUBLISHED)
    assert names(desk.documents) == {*SAMPLES, "bao-cao (2).txt"}
    assert (desk.documents / REPORT_FILE).read_text("utf-8") == REPORT
    assert set(desk.live()) == {*SAMPLES, "bao-cao (2).txt"}


def test_a_new_version_under_another_name_and_form_takes_the_place_of_the_old_one(desk: Desk):
    page = f"<html><body>{''.join(f'<p>{line}</p>' for line in LONGER_LOAN.split(chr(10)) if line)}</body></html>"
    with desk.bot():
        hoa = desk.admin()
        renamed = sent(desk, hoa, "ND 901 moi.txt", LONGER_LOAN)
        assert "Giống “" in renamed.text
        assert LAW_FILE in renamed.text
        desk.press(hoa, renamed, "Công bố", PUBLISHED)
        assert names(desk.documents) == set(SAMPLES), "a version of the same document"
        assert desk.live()[LAW_FILE].document.version == 2
        other = sent(desk, hoa, "nd901.html", page)
        desk.press(hoa, other, "Công bố", PUBLISHED)
    assert names(desk.documents) == {*SAMPLES, "nd901.html"} - {LAW_FILE}
    assert set(desk.live()) == {*SAMPLES, "nd901.html"} - {LAW_FILE}


def test_cancel_leaves_nothing(desk: Desk):
    with desk.bot():
        hoa = desk.admin()
        card = sent(desk, hoa, "ngô.txt", CORN)
        over = desk.press(hoa, card, "Hủy", "Đã hủy, thư viện không đổi")
        query = hoa.presses(over, data=_data(card, "Công bố"))
        desk.telegram.wait_for(lambda: query.answer is not None)
        assert query.toast
        assert "đã xong hoặc đã hủy" in query.toast
    assert names(desk.documents) == set(SAMPLES)
    assert not list((desk.home / "drafts").glob("*/*"))
    assert [one.state for one in desk.catalogue().generations()] == ["live"]


def _data(message: Message, label: str) -> str:
    keys = [key for row in (message.markup or {})["inline_keyboard"] for key in row]
    return next(key["callback_data"] for key in keys if label in key["text"])


# --- several -------------------------------------------------------------------------------------


def test_several_files_share_one_card_with_a_page_each(desk: Desk):
    with desk.bot():
        hoa = desk.admin()
        hoa.sends_document("ngô.txt", CORN.encode())
        hoa.sends_document("hỏng.pdf", DAMAGED)
        hoa.sends_document("trà-vinh.txt", REPORT.replace("Bến Tre", "Trà Vinh").encode())
        card = desk.says(hoa, READY, "tệp 1/3", "Quy chế tổ trồng ngô")
        assert len(desk.telegram.shown(hoa)) == 1
        card = desk.press(hoa, card, "▶", "tệp 2/3")
        assert "Không đọc được, sẽ không công bố tệp này: tệp hỏng" in card.text
        card = desk.press(hoa, card, "▶", "tệp 3/3", "Trà Vinh")
        card = desk.press(hoa, card, "Bỏ tệp này", "tệp 2/2")
        end = desk.press(hoa, card, "Công bố", PUBLISHED)
        assert "Quy chế tổ trồng ngô" in end.text
        assert "ba tạ" in desk.answer(hoa, CORN_QUESTION)
    assert names(desk.documents) == {*SAMPLES, "ngô.txt"}


def test_a_zip_is_its_files_and_its_table_says_what_they_do_not(desk: Desk):
    files: dict[str, bytes | str] = {
        "báo cáo/documents.csv": f"file,place,audience\nhat.txt,Cà Mau,admins\n{REPORT_FILE},,officers\nlạ.txt,Huế,\n",
        "báo cáo/hat.txt": CORN,
        "__MACOSX/._hat.txt": "x",
    }
    with desk.bot():
        hoa = desk.admin()
        card = sent(desk, hoa, "gói.zip", zipped(files))
        assert "tệp 1/2" in card.text
        assert "Nơi: Cà Mau" in card.text
        assert "Ai xem được: chỉ quản trị viên" in card.text
        assert "documents.csv còn nói về tệp chưa gửi: lạ.txt" in card.text
        card = desk.press(hoa, card, "▶", "tệp 2/2", REPORT_FILE)
        assert "Ai xem được: cán bộ" in card.text
        desk.press(hoa, card, "Công bố", PUBLISHED)
    live = desk.live()
    assert live["hat.txt"].document.metadata.audience is Audience.ADMINS
    assert live[REPORT_FILE].document.metadata.audience is Audience.OFFICERS


def test_an_archive_that_is_a_trap_is_told_and_the_rest_goes_on(desk: Desk):
    with desk.bot():
        hoa = desk.admin()
        card = sent(desk, hoa, "bẫy.zip", zipped({"../../ngoài.txt": CORN}))
        assert "đường dẫn ra ngoài" in card.text
        assert labels(card) == ["Hủy"]
        hoa.sends_document("lồng.zip", zipped({"trong.zip": zipped({"a": "b"})}))
        desk.becomes(hoa, card, "tệp 2/2", "còn có tệp nén khác")
        hoa.sends_document("documents.csv", b"file,period\nngo.txt,mai\n")
        desk.becomes(hoa, card, "tệp 3/3", "documents.csv có ô sai", "period='mai'")
        hoa.sends_document("documents.csv", b"file,period\nngo.txt,2023\n")
        desk.becomes(hoa, card, "tệp 2/2", "chưa gửi: ngo.txt")
    assert names(desk.documents) == set(SAMPLES)
    assert not list(desk.home.parent.glob("**/ngoài.txt"))


# --- the self-test -------------------------------------------------------------------------------

LOAN = {
    "id": "vay",
    "question": LOAN_QUESTION,
    "type": "policy",
    "must_cite": [{"document": "901/2024/NĐ-CP", "article": "5"}],
    "must_contain": ["bốn năm"],
}
FUND = {
    "id": "quỹ",
    "question": "Mỗi năm hợp tác xã trích bao nhiêu phần trăm vào quỹ đổi mới?",
    "type": "policy",
    "must_cite": [{"document": "901/2024/NĐ-CP", "article": "3"}],
    "must_contain": ["7%"],
}
PAPERS = {
    "id": "hồ sơ",
    "question": "Hồ sơ vay quỹ đổi mới gồm những gì?",
    "type": "policy",
    "must_cite": [{"document": "901/2024/NĐ-CP", "article": "6"}],
    "must_contain": ["đơn vay"],
}
SEEDS = {
    "id": "ngô",
    "question": CORN_QUESTION,
    "type": "policy",
    "must_cite": [{"document": "ngô.txt", "article": "1"}],
    "must_contain": ["ba tạ"],
}
RUINED = LAW.replace("7%", "9%").replace("bốn năm", "ba năm").replace("đơn vay", "giấy xin")


def test_a_document_that_ruins_answers_is_held_back_with_the_reason(desk: Desk):
    questions(desk, LOAN, FUND, PAPERS, SEEDS)
    with desk.bot():
        hoa, lan = desk.admin(), desk.telegram.person("Lan")
        card = sent(desk, hoa, LAW_FILE, RUINED)
        assert "Chưa có câu hỏi tự kiểm tra" not in card.text
        stopped = desk.press(hoa, card, "Công bố", "Chưa công bố: câu trả lời kém đi")
        assert "đúng 3/4" in stopped.text
        assert "chỉ đúng 0" in stopped.text
        assert "Kém đi 3 câu" in stopped.text
        assert LOAN_QUESTION in stopped.text
        assert labels(stopped) == ["◀ Quay lại", "Hủy", "Vẫn công bố"]
        assert OLD in desk.answer(lan), "the library is as it was"
        assert (desk.documents / LAW_FILE).read_text("utf-8") == LAW
        assert [one.state for one in desk.catalogue().generations()] == ["live"]

        desk.press(hoa, stopped, "Vẫn công bố", PUBLISHED)
        assert "ba năm" in desk.answer(lan)
        assert [one[1] for one in desk.deeds()] == ["held", "publish_anyway"]


def test_what_got_better_and_the_one_that_got_worse_are_told(desk: Desk):
    questions(desk, LOAN, FUND, PAPERS, SEEDS)
    with desk.bot():
        hoa = desk.admin()
        hoa.sends_document("ngô.txt", CORN.encode())
        card = desk.says(hoa, READY, "Quy chế tổ trồng ngô")
        hoa.sends_document(LAW_FILE, LONGER_LOAN.encode())
        card = desk.becomes(hoa, card, "tệp 1/2")
        end = desk.press(hoa, card, "Công bố", PUBLISHED)
        assert "Tự kiểm tra: đúng 3/4 câu (trước đó 3)" in end.text
        assert f"Kém đi 1 câu:\n- {LOAN_QUESTION}" in end.text
        assert f"Tốt hơn 1 câu:\n- {CORN_QUESTION}" in end.text


def test_a_question_file_that_cannot_be_read_stops_the_publication(desk: Desk):
    (desk.home / "questions.jsonl").write_text("không phải JSON\n", encoding="utf-8")
    with desk.bot():
        hoa = desk.admin()
        card = sent(desk, hoa, "ngô.txt", CORN)
        told = desk.press(hoa, card, "Công bố", "Chưa công bố, thư viện vẫn như cũ")
        assert "questions.jsonl, line 1" in told.text
        assert "✅ Công bố" in labels(told)
    assert set(desk.live()) == set(SAMPLES)


# --- deaths --------------------------------------------------------------------------------------


def test_a_publication_whose_process_is_killed_leaves_the_library_and_works_again(desk: Desk):
    with desk.bot():
        hoa = desk.admin()
        card = sent(desk, hoa, LAW_FILE, LONGER_LOAN)
        hoa.presses(card, "Công bố")
        killed()
        card = desk.becomes(hoa, card, "Chưa công bố, thư viện vẫn như cũ", READY)
        assert OLD in desk.answer(hoa)
        assert (desk.documents / LAW_FILE).read_text("utf-8") == LAW
        desk.press(hoa, card, "Công bố", PUBLISHED)
        assert NEW in desk.answer(hoa)


def test_a_draft_survives_a_restart(desk: Desk):
    with desk.bot():
        hoa = desk.admin()
        card = sent(desk, hoa, "ngô.txt", CORN)
        desk.press(hoa, card, "Nơi", "nơi nào")
    with desk.bot():
        hoa.says("Cà Mau", reply_to=card)
        card = desk.becomes(hoa, card, "Nơi: Cà Mau")
        desk.press(hoa, card, "Công bố", PUBLISHED)
    assert desk.live()["ngô.txt"].document.metadata.place == "Cà Mau"
