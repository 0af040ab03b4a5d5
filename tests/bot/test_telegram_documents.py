"""/docs: everybody searches, opens and takes away; an admin changes document by document."""

from __future__ import annotations

import pytest

from tests.bot.conftest import labels
from tests.bot.desk import HOA, NEW, OLD, PATIENCE_S, Desk, names
from tests.bot.holding import killed
from tests.builders import (
    DIGEST_FILE,
    LAW,
    LAW_FILE,
    LOAN_QUESTION,
    LONGER_LOAN,
    REPORT_FILE,
    SAMPLES,
)
from tests.telegram_server import Message, Person

pytestmark = pytest.mark.slow

TITLE = "Nghị định về quỹ đổi mới của hợp tác xã"


def listed(desk: Desk, person: Person, command: str = "/docs") -> Message:
    asked = person.says(command)
    desk.told(person, asked)
    return next(one for one in desk.telegram.shown(person) if one.message_id > asked.message_id)


def opened(desk: Desk, person: Person, words: str = "901/2024") -> Message:
    """Search for a document and open it."""
    return desk.press(person, listed(desk, person, f"/docs {words}"), "1", f"Tệp: {LAW_FILE}")


def test_everybody_searches_opens_and_takes_away_what_they_may_see(desk: Desk):
    with desk.bot():
        lan = desk.telegram.person("Lan")
        everything = listed(desk, lan)
        assert "3 tài liệu" in everything.text
        assert labels(everything) == ["1", "2", "3"]
        found = listed(desk, lan, "/docs nghi dinh quy doi moi")
        assert "1 tài liệu có “nghi dinh quy doi moi”" in found.text
        card = desk.press(lan, found, "1", f"Tệp: {LAW_FILE}")
        assert "Số: 901/2024/NĐ-CP\nNgày: 05/03/2024" in card.text
        assert "Bản 1, ngày " in card.text
        assert "Ai xem được" not in card.text
        assert labels(card) == ["📎 Tệp gốc", "◀ Danh sách"]
        lan.presses(card, "Tệp gốc")
        file = desk.telegram.wait_for(
            lambda: next((one.document for one in desk.telegram.shown(lan) if one.document), None)
        )
        assert file is not None
        assert (file.name, file.data) == (LAW_FILE, LAW.encode())
        desk.press(lan, card, "Danh sách", "3 tài liệu")
        assert "Không có tài liệu nào có “&lt;b&gt;xyz”" in listed(desk, lan, "/docs <b>xyz").html


def test_an_admin_rolls_back_and_the_folder_follows(desk: Desk):
    with desk.bot():
        hoa, lan = desk.admin(), desk.telegram.person("Lan")
        desk.publishes(hoa, LAW_FILE, LONGER_LOAN)
        assert NEW in desk.answer(lan)
        card = opened(desk, hoa)
        assert "Bản 2" in card.text
        versions = desk.press(hoa, card, "Các bản", "Bản 2", "(đang dùng)", "Bản 1")
        assert labels(versions) == ["↩️ Dùng bản 1", "◀ Quay lại"]
        sure = desk.press(hoa, versions, "Dùng bản 1", "Dùng lại bản 1 của")
        desk.press(hoa, sure, "Dùng bản 1", "đang dùng bản 1")
        assert OLD in desk.answer(lan)
        assert (desk.documents / LAW_FILE).read_text("utf-8") == LAW
        hoa.says("/reload")
        assert "Không đổi: 3" in desk.says(hoa, "Thư viện đã cập nhật").text
        assert OLD in desk.answer(lan), "a reload does not undo it"
    assert [one[:2] for one in desk.deeds()] == [
        (HOA, "publish"),
        (HOA, "rollback"),
        (HOA, "reload"),
    ]
    assert desk.deeds()[1][2] == TITLE


def test_an_admin_removes_a_document_after_a_question_and_restores_it(desk: Desk):
    with desk.bot():
        hoa, lan = desk.admin(), desk.telegram.person("Lan")
        sure = desk.press(hoa, opened(desk, hoa), "🗑 Gỡ", "Gỡ", "khỏi thư viện?")
        back = desk.press(hoa, sure, "Quay lại", "Bản 1")
        assert OLD in desk.answer(lan), "asked, not done"
        sure = desk.press(hoa, back, "🗑 Gỡ", "khỏi thư viện?")
        gone = desk.press(hoa, sure, "Gỡ tài liệu", "Đã gỡ", "1 tài liệu đã gỡ")
        assert "bốn năm" not in desk.answer(lan)
        assert names(desk.documents) == {*SAMPLES} - {LAW_FILE}
        everything = listed(desk, hoa)
        assert "2 tài liệu" in everything.text
        removed = desk.press(hoa, everything, "Tài liệu đã gỡ (1)", "1 tài liệu đã gỡ", TITLE)
        desk.press(hoa, removed, "Khôi phục 1", "Đã khôi phục", f"Tệp: {LAW_FILE}")
        assert OLD in desk.answer(lan)
        assert (desk.documents / LAW_FILE).read_text("utf-8") == LAW
        assert gone.message_id != removed.message_id
    assert [one[1] for one in desk.deeds()] == ["remove", "restore"]


def test_an_admin_changes_who_may_see_a_document(desk: Desk):
    with desk.bot():
        hoa, lan = desk.admin(), desk.telegram.person("Lan")
        theirs = opened(desk, lan)
        card = opened(desk, hoa)
        choice = desk.press(hoa, card, "Ai xem", "Ai được xem tài liệu này?")
        assert labels(choice) == ["cán bộ và quản trị viên", "chỉ quản trị viên", "◀ Quay lại"]
        desk.press(hoa, choice, "cán bộ", "ai xem được: cán bộ và quản trị viên")
        assert "bốn năm" not in desk.answer(lan)
        assert OLD in desk.answer(hoa)
        assert "Không có tài liệu nào" in listed(desk, lan, "/docs 901/2024").text
        query = lan.presses(theirs, "Tệp gốc")
        desk.telegram.wait_for(lambda: query.answer is not None)
        assert "không còn trong thư viện" in str(query.toast)
        hoa.says("/reload")
        assert "Không đổi: 3" in desk.says(hoa, "Thư viện đã cập nhật").text
    assert "officers" in (desk.documents / "documents.csv").read_text("utf-8")
    assert [one[1] for one in desk.deeds()] == ["audience", "reload"]


def test_a_change_whose_process_dies_puts_the_folder_back(desk: Desk):
    with desk.bot():
        hoa = desk.admin()
        sure = desk.press(hoa, opened(desk, hoa), "🗑 Gỡ", "khỏi thư viện?")
        hoa.presses(sure, "Gỡ tài liệu")
        killed()
        desk.becomes(hoa, sure, "Không đổi được, thư viện vẫn như cũ", f"Tệp: {LAW_FILE}")
        assert OLD in desk.answer(hoa)
    assert names(desk.documents) == set(SAMPLES)
    assert desk.deeds() == []


def test_forged_presses_and_versions_that_are_not_there_change_nothing(desk: Desk):
    with desk.bot():
        hoa, lan = desk.admin(), desk.telegram.person("Lan")
        group = desk.telegram.group("Xã viên", [hoa, lan])
        document = desk.live()[LAW_FILE].document.id
        theirs = opened(desk, lan)
        for item in (3, 4, 5, 6, 7, 8, 9, 10, 11):
            told = desk.toast(lan, theirs, f"k:0:{item}:1:{document}")
            assert "chỉ quản trị viên làm được" in told, item
        mine = opened(desk, hoa)
        for data in (
            f"k:0:7:9:{document}",
            f"k:0:4:7:{document}",
            "k:0:9:0:00",
            "k:0:99:0:",
            "k:0:11:0:00",
        ):
            assert desk.toast(hoa, mine, data), data
        hoa.says("/docs@{bot}", group)
        shown = desk.telegram.wait_for(lambda: desk.telegram.shown(group), PATIENCE_S)[0]
        query = hoa.presses(shown, data=f"k:0:9:0:{document}")
        desk.telegram.wait_for(lambda: query.answer is not None)
        assert "trò chuyện riêng" in str(query.toast)
        assert OLD in desk.answer(lan, LOAN_QUESTION)
    assert [one.state for one in desk.catalogue().generations()] == ["live"]
    assert {one[:2] for one in desk.deeds()} == {(lan.id, "refused")}
    assert len(desk.deeds()) == 9
    assert names(desk.documents) == {LAW_FILE, REPORT_FILE, DIGEST_FILE}
