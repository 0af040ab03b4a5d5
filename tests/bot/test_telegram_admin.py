"""What admins do on Telegram: /reload, and the nightly one, while everybody goes on asking."""

from __future__ import annotations

import copy
import hashlib
import shutil
import time
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from bot.telegram.app import Timing
from bot.telegram.library.updating import next_time
from tests.bot.desk import (
    CORN,
    DAMAGED,
    EMMA,
    HOA,
    KHOA,
    NEW,
    OLD,
    Desk,
    edit_times,
    names,
)
from tests.bot.holding import held, killed
from tests.bot.running import BotHere, BotProcess
from tests.builders import (
    DIGEST_FILE,
    LAW,
    LAW_FILE,
    LOAN_QUESTION,
    LONGER_LOAN,
    REPORT,
    SAMPLES,
    Stand,
    write_all,
)
from tests.telegram_server import parse_html

pytestmark = pytest.mark.slow

# --- /reload -------------------------------------------------------------------------------------


def test_one_message_shows_the_progress_and_then_what_was_done(desk: Desk):
    new = f"{REPORT}\nTrong năm có 9 hợp tác xã mới."
    write_all(desk.documents, {LAW_FILE: LONGER_LOAN, "văn & <b>bản.txt": new})
    (desk.documents / DIGEST_FILE).unlink()
    (desk.documents / "quét.pdf").write_bytes(DAMAGED)
    original = desk.home / "originals" / hashlib.sha256(new.encode()).hexdigest()
    with desk.bot():
        hoa = desk.admin()
        hoa.says("/reload")
        with held(until=original.exists):
            [card] = desk.telegram.wait_for(
                lambda: [one for one in desk.telegram.shown(hoa) if "Đang đọc 4/4" in one.text]
            )
            assert "văn & <b>bản.txt" in card.text
            assert "Trong lúc này mọi người vẫn hỏi được" in card.text
        end = desk.end(hoa)
        answer = desk.answer(desk.telegram.person("Lan"))
    assert desk.telegram.shown(hoa) == [end], "one message"
    assert end.message_id == card.message_id
    assert "Đang cập nhật thư viện" in end.edits[0]
    paragraphs = end.text.split("\n\n")
    assert "3 tài liệu" in paragraphs[0]
    assert paragraphs[1].startswith("⚠️ Lỗi 1:\n- quét.pdf · tệp hỏng")
    assert paragraphs[2].startswith("➕ Thêm 1:\n- văn & <b>bản.txt · ")
    assert paragraphs[3].startswith(f"🔄 Cập nhật 1:\n- {LAW_FILE} · ")
    assert paragraphs[4:] == [f"➖ Gỡ 1:\n- {DIGEST_FILE}", "Không đổi: 1"]
    times = edit_times(desk.telegram, end)
    assert len(times) >= 2
    assert all(later - earlier > 1.15 for earlier, later in pairwise(times)), times
    assert NEW in answer


def test_questions_are_answered_from_the_old_library_meanwhile_and_from_the_new_one_after(
    desk: Desk,
):
    write_all(desk.documents, {LAW_FILE: LONGER_LOAN})
    with desk.bot():
        hoa, khoa, lan = desk.admin(HOA), desk.admin(KHOA), desk.telegram.person("Lan")
        hoa.says("/reload")
        with held():
            assert OLD in desk.answer(lan)
            assert OLD in desk.answer(hoa), "the admin's own questions do not wait either"
            for admin in (hoa, khoa):
                again = admin.says("/reload")
                assert "đang được cập nhật rồi" in desk.told(admin, again)
            searching = desk.telegram.calls[-1].time
        assert "Cập nhật 1" in desk.end(hoa).text
        assert NEW in desk.answer(lan)
        assert NEW in desk.answer(hoa)
    began = [call.time for call in desk.telegram.calls if "Đang cập nhật" in call.text("text")]
    assert len(began) == 1, "the second /reload started nothing"
    assert began[0] < searching


def test_a_killed_reload_leaves_the_library_and_a_later_one_works(desk: Desk):
    write_all(desk.documents, {LAW_FILE: LONGER_LOAN})
    with desk.bot():
        hoa = desk.admin()
        hoa.says("/reload")
        killed()
        assert "Không cập nhật được, thư viện vẫn như cũ" in desk.end(hoa).text
        assert OLD in desk.answer(hoa)
        hoa.says("/reload")
        assert "Cập nhật 1" in desk.end(hoa, 2).text
        assert NEW in desk.answer(hoa)


def test_a_library_that_another_process_changes_is_not_waited_for(desk: Desk):
    write_all(desk.documents, {LAW_FILE: LONGER_LOAN})
    with desk.bot():
        hoa = desk.admin()
        with desk.catalogue().writing():
            hoa.says("/reload")
            told = desk.end(hoa).text
            assert "một chương trình khác đang thay đổi thư viện" in told
            assert OLD in desk.answer(hoa)
        hoa.says("/reload")
        assert "Cập nhật 1" in desk.end(hoa, 2).text


def _without(folder: Path) -> None:
    shutil.rmtree(folder)


def _emptied(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()


def _emptied_but_for_what_is_no_document(folder: Path) -> None:
    _emptied(folder)
    write_all(folder, {".DS_Store": "x", "documents.csv": "file,title\n", "dở.part": "x"})


@pytest.mark.parametrize(
    ("lose", "words"),
    [
        (_without, "không thấy thư mục tài liệu"),
        (_emptied, "không còn tệp nào, nên tôi chưa gỡ gì"),
        (_emptied_but_for_what_is_no_document, "không còn tệp nào, nên tôi chưa gỡ gì"),
    ],
    ids=["missing", "empty", "only a hidden file, a table and half a download"],
)
def test_a_folder_that_is_gone_or_empty_empties_no_library(desk: Desk, lose: Any, words: str):
    lose(desk.documents)
    with desk.bot():
        hoa = desk.admin()
        hoa.says("/reload")
        told = desk.end(hoa).text
        assert words in told
        assert str(desk.documents) in told
        assert OLD in desk.answer(hoa)
        assert not any("/reload" in one for one in desk.telegram.shown(hoa)[0].edits)


def test_a_folder_that_came_back_is_reloaded(desk: Desk):
    aside = desk.documents.rename(desk.home.parent / "aside")
    with desk.bot():
        hoa = desk.admin()
        hoa.says("/reload")
        assert "không thấy thư mục" in desk.end(hoa).text
        aside.rename(desk.documents)
        write_all(desk.documents, {LAW_FILE: LONGER_LOAN})
        hoa.says("/reload")
        assert "Cập nhật 1" in desk.end(hoa, 2).text
        assert NEW in desk.answer(hoa)


def test_a_report_whose_message_was_deleted_comes_in_a_new_one(desk: Desk):
    with desk.bot():
        hoa = desk.admin()
        hoa.says("/reload")
        with held():
            [card] = desk.telegram.wait_for(lambda: desk.telegram.shown(hoa))
            hoa.deletes(card)
        assert "Không đổi: 3" in desk.end(hoa).text


def test_sigterm_during_a_reload_ends_the_bot_and_the_reload(desk: Desk, tmp_path: Path):
    write_all(desk.documents, {LAW_FILE: LONGER_LOAN})
    hoa, lan = desk.admin(), desk.telegram.person("Lan")
    log = tmp_path / "log"
    with BotProcess(desk.telegram, desk.home, log, **desk.settings).until_ready() as bot:
        hoa.says("/reload")
        with held(bot.process.pid):
            desk.telegram.wait_for(lambda: desk.telegram.shown(hoa))
            assert bot.terminate() == 0, bot.log
        told = desk.end(hoa).text
        assert "Bot đang tắt nên việc cập nhật dừng lại" in told
    with BotProcess(desk.telegram, desk.home, log, **desk.settings).until_ready(times=2) as bot:
        assert OLD in desk.answer(lan)
        assert len(desk.telegram.shown(hoa)) == 1, "nothing is begun again by itself"
        assert bot.terminate() == 0, bot.log


# --- in English ----------------------------------------------------------------------------------


def test_an_english_admin_is_told_everything_in_english(desk: Desk):
    write_all(desk.documents, {LAW_FILE: LONGER_LOAN, "new.txt": REPORT + "\n9 tổ mới."})
    (desk.documents / DIGEST_FILE).unlink()
    with desk.bot():
        emma = desk.admin(EMMA)
        emma.says("/reload")
        with held():
            again = emma.says("/reload")
            assert "being updated already" in desk.told(emma, again)
        desk.end(emma)
        (desk.documents / "scan.pdf").write_bytes(DAMAGED)
        with desk.catalogue().writing():
            emma.says("/reload")
            desk.end(emma, 2)
        emma.says("/reload")
        desk.end(emma, 3)
        shutil.rmtree(desk.documents)
        emma.says("/reload")
        desk.end(emma, 4)
        desk.documents.mkdir()
        emma.says("/reload")
        desk.end(emma, 5)
        write_all(desk.documents, {LAW_FILE: LAW})
        emma.says("/reload")
        killed()
        desk.end(emma, 6)
    told = [words for one in desk.telegram.shown(emma) for words in (*one.edits, one.html)]
    everything = parse_html("\n".join(told))[0]
    for words in (
        *("Updating the library…", "answered from the old library meanwhile", "Added 1:"),
        *("Updated 1:", "Removed 1:", "Unchanged: 1", "Failed 1:", "the file is damaged"),
        "another program is",
        *("there is no documents folder", "holds no file any more", "does not answer"),
    ):
        assert words in everything, words
    for words in ("Đang", "Thư viện", "Lỗi", "Thêm", "đoạn", "tệp", "thư mục"):
        assert words not in everything, words


# --- everybody else ------------------------------------------------------------------------------

ANONYMOUS, CHANNEL = 1087968824, 136817688  # Telegram's numbers for who hides behind a chat


def unchanged(desk: Desk) -> bool:
    """Tell whether the library is as it was, the folder too, and no file was fetched."""
    fetched = [call for call in desk.telegram.calls if call.method == "getFile"]
    generations = [one.state for one in desk.catalogue().generations()]
    return (
        not fetched
        and generations == ["live"]
        and names(desk.documents)
        == {
            *SAMPLES,
            "ngô.txt",
        }
    )


@pytest.fixture
def changed_folder(desk: Desk) -> Desk:
    """A folder that a reload would add a document from."""
    write_all(desk.documents, {"ngô.txt": CORN})
    return desk


def test_who_is_no_admin_is_refused_politely_in_private(changed_folder: Desk):
    desk = changed_folder
    with desk.bot():
        lan, tom = desk.telegram.person("Lan"), desk.telegram.person("Tom", language="en")
        assert "chỉ quản trị viên làm được" in desk.told(lan, lan.says("/reload"))
        assert "Only admins can do this" in desk.told(tom, tom.says("/reload"))
        document = lan.sends_document("mới.txt", REPORT.encode())
        assert "chỉ quản trị viên làm được" in desk.told(lan, document)
        large = lan.sends_document("mới.txt", b"...", size_bytes=30_000_000)
        assert "chỉ quản trị viên làm được" in desk.told(lan, large), "nothing of a folder"
        asked = lan.sends_document("mới.txt", REPORT.encode(), caption=LOAN_QUESTION)
        assert OLD in desk.told(lan, asked), "a caption is a question"
    assert unchanged(desk)


def test_nobody_changes_the_library_from_a_group(changed_folder: Desk):
    desk = changed_folder
    with desk.bot():
        hoa, lan = desk.admin(), desk.telegram.person("Lan")
        hidden = desk.telegram.person("Group", person_id=ANONYMOUS)
        channel = desk.telegram.person("Channel", person_id=CHANNEL)
        group = desk.telegram.group("Xã viên", [hoa, lan])
        for person in (hoa, lan, hidden, channel):
            words = "khung trò chuyện riêng" if person is hoa else "chỉ quản trị viên làm được"
            assert words in desk.told(group, person.says("/reload@{bot}", group))
        refusal = desk.telegram.shown(group)[-1]
        for person in (hoa, lan):
            person.sends_document("mới.txt", REPORT.encode(), chat=group)
            person.sends_document("mới.txt", REPORT.encode(), chat=group, caption=LOAN_QUESTION)
        addressed = hoa.sends_document("mới.txt", REPORT.encode(), chat=group, reply_to=refusal)
        assert "khung trò chuyện riêng" in desk.told(group, addressed)
        question = f"@{desk.telegram.username} {LOAN_QUESTION}"
        asked = hoa.sends_document("mới.txt", b"...", chat=group, caption=question)
        assert OLD in desk.told(group, asked)
        assert len(desk.telegram.shown(group)) == 6, "to what is not meant for the bot, nothing"
    assert unchanged(desk)


def test_a_post_in_a_channel_changes_nothing(changed_folder: Desk):
    desk = changed_folder
    with desk.bot():
        hoa = desk.admin()
        seen = desk.answer(hoa)
        post = copy.deepcopy(desk.telegram.updates[-1])
        post["update_id"] += 1
        post["channel_post"] = post.pop("message")
        del post["channel_post"]["from"]
        post["channel_post"]["chat"] = {"id": -1_001_999, "type": "channel", "title": "Tin"}
        post["channel_post"]["text"] = "/reload"
        desk.telegram.replay(post)
        desk.telegram.wait_for(lambda: not desk.telegram.pending)
        assert desk.answer(hoa) == seen
        assert not [call for call in desk.telegram.calls if call.chat_id == -1_001_999]
    assert unchanged(desk)


def test_one_who_hides_behind_a_channel_is_no_admin_even_if_his_number_is_that_of_one(
    desk: Desk,
):
    """An operator may copy the number that a bot shows him for a group's hidden admin."""
    with BotHere(
        desk.telegram,
        desk.home,
        Stand(desk.home, desk.embedder).assistant(),
        DOCUMENTS_DIR=desk.documents,
        ADMIN_IDS=f"{ANONYMOUS},{CHANNEL}",
    ):
        for number in (ANONYMOUS, CHANNEL):
            hidden = desk.telegram.person("Ẩn danh", person_id=number)
            group = desk.telegram.group("Xã viên", [hidden])
            told = desk.told(group, hidden.says("/reload@{bot}", group))
            assert "khung trò chuyện riêng" in told
    assert [one.state for one in desk.catalogue().generations()] == ["live"]


# --- every night ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "now", "due"),
    [
        ("02:30", "2026-05-01T01:00+07:00", "2026-05-01T02:30+07:00"),
        ("02:30", "2026-05-01T02:30+07:00", "2026-05-02T02:30+07:00"),
        ("02:30", "2026-05-01T03:00+07:00", "2026-05-02T02:30+07:00"),
        ("02:30", "2026-04-30T19:00+00:00", "2026-05-01T02:30+07:00"),
        ("00:00", "2026-12-31T23:59+07:00", "2027-01-01T00:00+07:00"),
    ],
    ids=["tonight", "just then", "tomorrow", "a machine in another zone", "at midnight"],
)
def test_when_it_is_next_night_in_vietnam(at: str, now: str, due: str):
    found = next_time(at, datetime.fromisoformat(now))
    assert found == datetime.fromisoformat(due)


def at_night(desk: Desk, **settings: Any) -> BotHere:
    """Return a bot whose clock stands a second before half past two when it first looks at it."""
    assistant = Stand(desk.home, desk.embedder).assistant()
    bot = BotHere(desk.telegram, desk.home, assistant, **{**desk.settings, **settings})
    night = datetime.fromisoformat("2026-05-01T02:29:59+07:00")
    began: list[float] = []  # a bot that starts slowly must not miss the night

    def clock() -> datetime:
        began.append(time.monotonic())
        return night + timedelta(seconds=began[-1] - began[0])

    bot.timing = Timing(clock=clock)
    return bot


def test_the_folder_is_taken_up_at_night_and_admins_are_told_what_changed(desk: Desk):
    write_all(desk.documents, {LAW_FILE: LONGER_LOAN})
    hoa, _, emma = (desk.admin(number) for number in (HOA, KHOA, EMMA))
    lan = desk.telegram.person("Lan")
    with at_night(desk):
        told = desk.says(hoa, "Cập nhật ban đêm")
        assert "Cập nhật 1" in told.text
        assert NEW in desk.answer(lan)
        desk.says(emma, "Cập nhật ban đêm")
    assert desk.telegram.shown(lan)[1:] == [], "nobody else is told"


def test_a_night_without_news_is_silent_and_one_that_failed_is_not(desk: Desk, capfd: Any):
    hoa, *_ = [desk.admin(number) for number in (HOA, KHOA, EMMA)]
    with at_night(desk):
        desk.telegram.wait_for(lambda: "nightly update" in "".join(capfd.readouterr()), 60)
        assert desk.telegram.shown(hoa) == []
    (desk.documents / "hỏng.pdf").write_bytes(DAMAGED)
    with at_night(desk):
        assert "Lỗi 1:\n- hỏng.pdf" in desk.says(hoa, "Cập nhật ban đêm").text
    shutil.rmtree(desk.documents)
    with at_night(desk):
        desk.says(hoa, "Cập nhật ban đêm", "không thấy thư mục tài liệu")
    desk.documents.mkdir()


def test_there_may_be_no_nightly_update_at_all(desk: Desk):
    write_all(desk.documents, {LAW_FILE: LONGER_LOAN})
    with at_night(desk, NIGHTLY_AT="never"):
        time.sleep(2.5)
        assert OLD in desk.answer(desk.admin())
