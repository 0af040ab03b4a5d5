"""An admin sends documents: a card shows what was understood, and nothing is live before Publish."""

from __future__ import annotations

import copy
import io
import json
import os
import shutil
import signal
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.library.links import Road
from knowledge.model import Audience
from tests.bot.conftest import labels
from tests.bot.desk import (
    CORN,
    CORN_QUESTION,
    DAMAGED,
    EMMA,
    HOA,
    KHOA,
    NEW,
    OLD,
    PATIENCE_S,
    Desk,
    names,
)
from tests.bot.holding import held, killed
from tests.bot.running import BotProcess
from tests.builders import (
    LAW,
    LAW_FILE,
    LOAN_QUESTION,
    LONGER_LOAN,
    REPORT,
    REPORT_FILE,
    SAMPLES,
)
from tests.https_server import HttpsServer
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


def questions(desk: Desk, *rows: Mapping[str, object]) -> None:
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
    return next(str(key["callback_data"]) for key in keys if label in key["text"])


def test_a_library_that_another_process_changes_is_not_waited_for(desk: Desk):
    with desk.bot():
        hoa = desk.admin()
        card = sent(desk, hoa, "ngô.txt", CORN)
        with desk.catalogue().writing():
            card = desk.press(hoa, card, "Công bố", "một chương trình khác đang thay đổi")
        desk.press(hoa, card, "Công bố", PUBLISHED)


def test_a_file_that_is_too_large_for_telegram_is_told_the_way_through_the_folder(desk: Desk):
    with desk.bot():
        hoa = desk.admin()
        hoa.sends_document("lớn.pdf", b"...", size_bytes=30_000_000)
        told = desk.says(hoa, "lớn hơn 20 MB", f"{desk.documents} rồi gửi /reload")
        assert not [call for call in desk.telegram.calls if call.method == "getFile"]
        silent = copy.deepcopy(desk.telegram.updates[-1])  # the API may keep the size to itself
        silent["update_id"] += 1
        del silent["message"]["document"]["file_size"]
        desk.telegram.replay(silent)
        again = desk.telegram.wait_for(lambda: desk.telegram.shown(hoa)[1:], 20)[0]
        again = desk.becomes(hoa, again, "lớn hơn 20 MB", "Không còn tệp nào để công bố")
        assert told.message_id != again.message_id
    assert names(desk.documents) == set(SAMPLES)


def test_files_without_a_name_and_with_a_path_are_kept_under_harmless_names(desk: Desk):
    desk.telegram.fault("file download", "drop_before")
    desk.telegram.fault("getFile", "502")  # a download that breaks off is tried again
    with desk.bot():
        hoa, lan = desk.admin(), desk.telegram.person("Lan")
        hoa.sends_document("", REPORT.replace("Bến Tre", "Huế").encode())
        hoa.sends_document("..", REPORT.replace("Bến Tre", "Trà Vinh").encode())
        hoa.sends_document("../../Quy chế ngô.txt", CORN.encode())
        card = desk.says(hoa, READY, "tệp 1/3")
        desk.press(hoa, card, "Công bố", PUBLISHED)
        asked = lan.says(CORN_QUESTION)
        assert "ba tạ" in desk.told(lan, asked)
        [answer] = desk.telegram.shown(lan)
        desk.press(lan, answer, "[1]", "Tệp: Quy chế ngô.txt")
        lan.presses(answer, "Tệp gốc")
        file = desk.telegram.wait_for(lambda: desk.telegram.shown(lan)[1:])[0].document
        assert file is not None
        assert (file.name, file.data) == ("Quy chế ngô.txt", CORN.encode())
    assert len(list(desk.documents.glob("tai-lieu-*"))) == 2
    assert len(names(desk.documents)) == len(SAMPLES) + 3


def test_a_file_that_brings_its_reader_down_is_told_and_kept_out(desk: Desk):
    with desk.bot():
        hoa = desk.admin()
        hoa.sends_document("ngô.txt", CORN.encode())
        killed()
        card = desk.says(hoa, READY, "Không đọc được")
        assert labels(card) == ["Hủy"]
    assert names(desk.documents) == set(SAMPLES)


def test_files_that_cannot_be_put_into_the_folder_are_told_and_put_there_later(desk: Desk):
    with desk.bot():
        hoa = desk.admin()
        card = sent(desk, hoa, "ngô.txt", CORN)
        shutil.rmtree(desk.documents)
        desk.documents.write_text("một tệp ở chỗ của thư mục")
        desk.press(
            hoa, card, "Công bố", "Đã công bố, nhưng chưa chép được tệp", str(desk.documents)
        )
        assert "ba tạ" in desk.answer(hoa, CORN_QUESTION)
    desk.documents.unlink()
    with desk.bot():
        desk.becomes(hoa, card, "Đã công bố. Bot khởi động lại giữa chừng")
    assert names(desk.documents) == {"ngô.txt"}


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
    "must_cite": [{"document": "ngô.txt"}],
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


def process(desk: Desk, log: Path) -> BotProcess:
    return BotProcess(desk.telegram, desk.home, log, **desk.settings)


def test_a_bot_that_dies_before_the_flip_says_so_at_the_next_start(desk: Desk, tmp_path: Path):
    hoa, log = desk.admin(), tmp_path / "log"
    with process(desk, log).until_ready() as bot:
        card = sent(desk, hoa, LAW_FILE, LONGER_LOAN)
        hoa.presses(card, "Công bố")
        with held(bot.process.pid) as change:
            desk.telegram.wait_for(lambda: not desk.telegram.pending)
            bot.kill()
            os.kill(change, signal.SIGKILL)
    assert (desk.documents / LAW_FILE).read_text("utf-8") == LAW
    with desk.bot():
        card = desk.becomes(hoa, card, "thư viện vẫn như cũ: bot bị dừng giữa chừng", READY)
        assert OLD in desk.answer(hoa)
        desk.press(hoa, card, "Công bố", PUBLISHED)
        assert NEW in desk.answer(hoa)


def test_a_bot_that_dies_after_the_flip_finishes_at_the_next_start(desk: Desk, tmp_path: Path):
    hoa, log = desk.admin(), tmp_path / "log"
    before = desk.catalogue().live_generation()
    catalogue = desk.catalogue()
    with process(desk, log).until_ready() as bot:
        card = sent(desk, hoa, LAW_FILE, LONGER_LOAN)
        card = desk.press(hoa, desk.press(hoa, card, "Ai xem", "Ai được"), "chỉ quản", "chỉ quản")
        hoa.presses(card, "Công bố")
        flipped = lambda: catalogue.live_generation() > before  # noqa: E731
        with held(bot.process.pid, until=flipped) as change:
            bot.kill()
            os.kill(change, signal.SIGKILL)
    assert (desk.documents / LAW_FILE).read_text("utf-8") == LAW, "not put there yet"
    with desk.bot():
        end = desk.becomes(hoa, card, "Đã công bố. Bot khởi động lại giữa chừng")
        assert end.buttons == []
        assert (desk.documents / LAW_FILE).read_text("utf-8") == LONGER_LOAN
        assert NEW in desk.answer(hoa)
        hoa.says("/reload")
        assert "Không đổi: 3" in desk.says(hoa, "Thư viện đã cập nhật").text, "as it was published"
    assert desk.live()[LAW_FILE].document.metadata.audience is Audience.ADMINS


def test_a_publication_waits_for_the_one_before_it(desk: Desk):
    with desk.bot():
        hoa, khoa = desk.admin(HOA), desk.admin(KHOA)
        first = sent(desk, hoa, "ngô.txt", CORN)
        second = sent(desk, khoa, "lúa.txt", CORN.replace("ngô", "lúa"))
        hoa.presses(first, "Công bố")
        with held():
            desk.press(khoa, second, "Công bố", "Đang chờ lần cập nhật trước xong")
            again = hoa.presses(first, data=_data(first, "Công bố"))
            desk.telegram.wait_for(lambda: again.answer is not None)
            assert OLD in desk.answer(hoa), "and its admin goes on asking"
        desk.becomes(hoa, first, PUBLISHED)
        desk.becomes(khoa, second, PUBLISHED)
    assert set(desk.live()) == {*SAMPLES, "ngô.txt", "lúa.txt"}


# --- links ---------------------------------------------------------------------------------------


def test_a_link_is_fetched_when_its_admin_says_so_and_is_then_a_draft(desk: Desk, tmp_path: Path):
    body = "".join(f"<p>{line}</p>" for line in CORN.splitlines() if line)
    with HttpsServer(tmp_path) as server, reaching(desk, server.road()):
        hoa, lan = desk.admin(), desk.telegram.person("Lan")
        link = server.page("/quy-che.html", f"<html><body>{body}</body></html>")
        hoa.says(link)
        asked = desk.says(hoa, "Tải trang này về làm tài liệu?", link)
        assert server.asked == [], "nothing is fetched before he says so"
        card = desk.press(hoa, asked, "Tải về", READY, "quy-che.html", f"Nguồn: {link}")
        desk.press(hoa, card, "Công bố", PUBLISHED)
        assert "ba tạ" in desk.answer(lan, CORN_QUESTION)
        document = desk.live()["quy-che.html"].document
        assert document.location == f"{link}/quy-che.html", "its origin is the link"
        assert names(desk.documents) == set(SAMPLES)
        hoa.says("/reload")
        assert "Không đổi: 3" in desk.says(hoa, "Thư viện đã cập nhật").text

        server.page("/quy-che.html", f"<html><body>{body.replace('ba tạ', 'bảy tạ')}</body></html>")
        hoa.says(f"/add {link}")
        again = desk.telegram.wait_for(lambda: _ready(desk, hoa), PATIENCE_S)
        assert again is not None
        desk.press(hoa, again, "Công bố", PUBLISHED)
        assert "bảy tạ" in desk.answer(lan, CORN_QUESTION)
        assert desk.live()["quy-che.html"].document.version == 2

        hoa.says(f"/add https://trong-nha.example:{server.port}/")
        assert "không tìm thấy máy chủ này" in desk.says(hoa, "Không tải được").text
        hoa.says("/add")
        desk.says(hoa, "Gửi /add kèm một liên kết https")
        refused = lan.says(f"/add {link}")
        assert "chỉ quản trị viên làm được" in desk.told(lan, refused)
        asked = lan.says(link)
        assert "Tải trang này" not in desk.told(lan, asked), "from others it is a question"
    assert (lan.id, "refused", "/add") in desk.deeds()


def _ready(desk: Desk, admin: Person) -> Message | None:
    cards = [one for one in desk.telegram.shown(admin) if READY in one.text and one.buttons]
    return cards[-1] if cards else None


@contextmanager
def reaching(desk: Desk, road: Road) -> Iterator[None]:
    bot = desk.bot()
    bot.road = road
    with bot:
        yield


# --- who may not ---------------------------------------------------------------------------------


def test_who_is_no_admin_publishes_nothing_whatever_is_forged(desk: Desk):
    with desk.bot():
        hoa, khoa, lan = desk.admin(HOA), desk.admin(KHOA), desk.telegram.person("Lan")
        card = sent(desk, hoa, "ngô.txt", CORN)
        document = lan.sends_document("mới.txt", CORN.encode())
        refusal = desk.told(lan, document)
        assert "chỉ quản trị viên làm được" in refusal
        theirs = desk.telegram.shown(lan)[-1]
        for data in (_data(card, "Công bố"), "b:1:1:0:anyway", "b:1:1:0:drop", "k:0:10:1:"):
            assert "chỉ quản trị viên làm được" in desk.toast(lan, theirs, data)
        mine = sent(desk, khoa, "khác.txt", REPORT.replace("Bến Tre", "Huế"))
        for data in (
            _data(card, "Công bố"),
            "b:99:1:0:publish",
            "b:2:9:2023:setperiod",
            "b:2:1:0:lạ",
        ):
            assert desk.toast(khoa, mine, data), data
    assert [one.state for one in desk.catalogue().generations()] == ["live"]
    refused = [one for one in desk.deeds() if one[1] == "refused"]
    assert [one[0] for one in refused if one[0] == lan.id] == [lan.id] * 5
    assert refused[0][2] == "document"


def test_an_update_that_comes_twice_publishes_once(desk: Desk):
    with desk.bot():
        hoa = desk.admin()
        card = sent(desk, hoa, "ngô.txt", CORN)
        desk.press(hoa, card, "Công bố", PUBLISHED)
        for update in list(desk.telegram.updates):
            desk.telegram.replay(update)
        desk.telegram.wait_for(lambda: not desk.telegram.pending)
        desk.answer(hoa)
        assert len([one for one in desk.telegram.shown(hoa) if "📄" in one.text]) == 0
    assert [one[1] for one in desk.deeds()] == ["publish"]
    assert [one.state for one in desk.catalogue().generations()] == ["live", "retired"]


def test_drafts_that_nobody_touched_for_a_month_are_thrown_away(desk: Desk):
    with desk.bot():
        hoa = desk.admin()
        card = sent(desk, hoa, "ngô.txt", CORN)
    with desk.catalogue()._engine.begin() as connection:
        connection.execute(text("update drafts set changed_at = '2020-01-01 00:00:00.000000'"))
    with desk.bot():
        desk.telegram.wait_for(lambda: not list((desk.home / "drafts").glob("*")))
        query = hoa.presses(card, "Công bố")
        desk.telegram.wait_for(lambda: query.answer is not None)
        assert "đã xong hoặc đã hủy" in str(query.toast)


def test_a_card_in_english_is_all_english(desk: Desk):
    with desk.bot():
        emma = desk.admin(EMMA)
        emma.sends_document("corn.txt", CORN.encode())
        card = desk.says(emma, "Preview, not published yet", "Who may see it: everyone")
        for words in ("Kind: ", "Who may see it: everyone", "passages", "self-test questions"):
            assert words in card.text
        choice = desk.press(emma, card, "Place", "Which place is it about?")
        desk.press(emma, choice, "Back", "Preview")
        desk.press(emma, card, "Publish", "Published", "There are no self-test questions")
