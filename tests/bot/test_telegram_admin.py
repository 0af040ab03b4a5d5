"""What admins do on Telegram: /reload and documents sent, while everybody goes on asking."""

from __future__ import annotations

import copy
import hashlib
import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from knowledge.catalogue import Catalogue
from knowledge.search.embeddings import Embedder, load_embedder
from tests.bot.holding import held, killed
from tests.bot.running import BotHere, BotProcess
from tests.builders import (
    DIGEST_FILE,
    LAW,
    LAW_FILE,
    LOAN_QUESTION,
    LONGER_LOAN,
    REPORT,
    REPORT_FILE,
    SAMPLES,
    Stand,
    write_all,
)
from tests.telegram_server import Chat, FakeTelegram, Message, Person, parse_html

pytestmark = pytest.mark.slow

HOA, KHOA, EMMA = 101, 102, 103  # the admins; Emma's Telegram speaks English
ADMINS = f"{HOA},{KHOA},{EMMA}"
OLD, NEW = "không quá bốn năm", "không quá sáu năm"  # the answer to LOAN_QUESTION
ENDS = ("✅", "⚠️", "Bot đang tắt", "The bot is shutting down")  # how the end of a change begins
PATIENCE_S = 90  # two cores and a model in each process
DAMAGED = b"%PDF-1.4 h\xc3\xb4ng"

CORN = """Quy chế tổ trồng ngô

Điều 1. Mức góp

Mỗi hộ trồng ngô góp ba tạ hạt giống cho kho chung trước vụ xuân.
"""
CORN_QUESTION = "Mỗi hộ trồng ngô góp bao nhiêu hạt giống cho kho chung?"


# --- a bot with a library, and what stands in its chats ------------------------------------------


@dataclass(frozen=True)
class Desk:
    """A documents folder, the library made of it, and a Telegram for its bot."""

    telegram: FakeTelegram
    documents: Path
    home: Path
    embedder: Embedder

    @property
    def settings(self) -> dict[str, Any]:
        return {"DOCUMENTS_DIR": self.documents, "ADMIN_IDS": ADMINS}

    def bot(self) -> BotHere:
        assistant = Stand(self.home, self.embedder).assistant()
        return BotHere(self.telegram, self.home, assistant, **self.settings)

    def catalogue(self) -> Catalogue:
        return Stand(self.home, self.embedder).catalogue()

    def admin(self, number: int = HOA) -> Person:
        name = {HOA: "Hoa", KHOA: "Khoa", EMMA: "Emma"}[number]
        language = "en" if number == EMMA else "vi"
        return self.telegram.person(name, person_id=number, language=language)

    def end(self, admin: Person, count: int = 1) -> Message:
        """Return the n-th message that tells how a change ended."""

        def ended() -> Message | None:
            found = [one for one in self.telegram.shown(admin) if one.text.startswith(ENDS)]
            return found[count - 1] if len(found) >= count else None

        message = self.telegram.wait_for(ended, PATIENCE_S)
        assert message is not None
        return message

    def answer(self, person: Person, question: str = LOAN_QUESTION) -> str:
        """Ask and return the answer."""
        asked = person.says(question)
        return self.told(person, asked)

    def told(self, person: Person | Chat, asked: Message) -> str:
        """Return the first message after another one, once it is no longer searched for."""

        def arrived() -> str:
            after = (
                one for one in self.telegram.shown(person) if one.message_id > asked.message_id
            )
            found = next(after, None)
            return "" if found is None or found.text in {"Đang tìm…", "Searching…"} else found.text

        return self.telegram.wait_for(arrived, 20)


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder("bundled")


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """The sample documents and the library made of them, once."""
    base = tmp_path_factory.mktemp("desk")
    folder = write_all(base / "documents", SAMPLES)
    Stand(base / "var", embedder).ingestion().ingest([folder])
    return base


@pytest.fixture
def desk(ingested: Path, embedder: Embedder, tmp_path: Path) -> Iterator[Desk]:
    """The documents as they were, in their place, which is their identity; a copy of the library."""
    documents = ingested / "documents"
    shutil.rmtree(documents, ignore_errors=True)
    write_all(documents, SAMPLES)
    home = Path(shutil.copytree(ingested / "var", tmp_path / "var"))
    with FakeTelegram() as telegram:
        yield Desk(telegram, documents, home, embedder)


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def edit_times(telegram: FakeTelegram, message: Message) -> list[float]:
    return [
        call.time
        for call in telegram.calls
        if call.method == "editMessageText"
        and call.chat_id == message.chat.id
        and call.number("message_id") == message.message_id
    ]


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
            hoa.sends_document("ngô.txt", CORN.encode())
            assert "một chương trình khác" in desk.end(hoa, 2).text
        assert not (desk.documents / "ngô.txt").exists(), "sent again, it is added then"
        hoa.says("/reload")
        assert "Cập nhật 1" in desk.end(hoa, 3).text


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


# --- documents that an admin sends ---------------------------------------------------------------


def test_a_document_sent_is_added_then_unchanged_then_updated_then_refused(desk: Desk):
    file = desk.documents / "ngô.txt"
    with desk.bot():
        hoa = desk.admin()
        hoa.sends_document("ngô.txt", CORN.encode(), caption="Hạt giống góp bao nhiêu?")
        assert "➕ Thêm 1:\n- ngô.txt" in desk.end(hoa).text
        [card] = desk.telegram.shown(hoa)
        assert "Đã nhận ngô.txt." in card.edits[0]
        assert card == desk.end(hoa), "the caption is no question"
        assert "ba tạ" in desk.answer(hoa, CORN_QUESTION)

        hoa.sends_document("ngô.txt", CORN.encode())
        assert "Không đổi: 1" in desk.end(hoa, 2).text

        hoa.sends_document("ngô.txt", CORN.replace("ba tạ", "bảy tạ").encode())
        assert "🔄 Cập nhật 1:\n- ngô.txt" in desk.end(hoa, 3).text
        assert "bảy tạ" in desk.answer(hoa, CORN_QUESTION)

        hoa.sends_document("ngô.txt", DAMAGED)
        assert "⚠️ Lỗi 1:\n- ngô.txt · tệp hỏng" in desk.end(hoa, 4).text
        assert "bảy tạ" in file.read_text("utf-8"), "the earlier file came back"
        assert "bảy tạ" in desk.answer(hoa, CORN_QUESTION)

        hoa.sends_document("mới.pdf", DAMAGED)
        assert "Lỗi 1:\n- mới.pdf" in desk.end(hoa, 5).text
    assert names(desk.documents) == {*SAMPLES, "ngô.txt"}


def test_files_in_a_row_are_all_added_one_after_another(desk: Desk):
    with desk.bot():
        hoa = desk.admin()
        hoa.sends_document("ngô.txt", CORN.encode())
        with held():
            hoa.sends_document("hỏng.pdf", DAMAGED)
            hoa.sends_document("ngô.txt", CORN.replace("ba tạ", "năm tạ").encode())
            hoa.sends_document("báo-cáo.txt", REPORT.replace("Bến Tre", "Trà Vinh").encode())
            shown = desk.telegram.wait_for(
                lambda: desk.telegram.shown(hoa) if len(desk.telegram.shown(hoa)) == 4 else None
            )
            assert shown is not None
            assert ["Đang chờ lần cập nhật trước xong" in one.text for one in shown] == [
                *(False, True, True, True)
            ]
            again = hoa.says("/reload")
            assert "đang được cập nhật rồi" in desk.told(hoa, again)
        desk.end(hoa, 4)
        ends = [one.text for one in desk.telegram.shown(hoa)[:4]]
        assert "năm tạ" in desk.answer(hoa, CORN_QUESTION), "the one sent last counts"
    assert ["Thêm 1" in end for end in ends] == [True, False, False, True]
    assert "Lỗi 1" in ends[1]
    assert "Cập nhật 1" in ends[2]


def test_the_original_of_a_document_sent_is_had_back_by_the_button_under_its_source(desk: Desk):
    with desk.bot():
        hoa, lan = desk.admin(), desk.telegram.person("Lan")
        hoa.sends_document("../Quy chế ngô.txt", CORN.encode())
        assert "Thêm 1" in desk.end(hoa).text
        asked = lan.says(CORN_QUESTION)
        assert "ba tạ" in desk.told(lan, asked)
        [answer] = desk.telegram.shown(lan)
        lan.presses(answer, "[1]")
        desk.telegram.wait_for(lambda: "Tệp: Quy chế ngô.txt" in desk.telegram.shown(lan)[0].text)
        lan.presses(answer, "Tệp gốc")
        sent = desk.telegram.wait_for(lambda: desk.telegram.shown(lan)[1:])[0]
    assert sent.document is not None
    assert (sent.document.name, sent.document.data) == ("Quy chế ngô.txt", CORN.encode())


def test_files_without_a_name_do_not_replace_one_another(desk: Desk):
    with desk.bot():
        hoa = desk.admin()
        hoa.sends_document("", CORN.encode())
        hoa.sends_document("..", REPORT.replace("Bến Tre", "Trà Vinh").encode())
        assert "Thêm 1" in desk.end(hoa, 1).text
        assert "Thêm 1" in desk.end(hoa, 2).text
    kept = [one.read_text("utf-8") for one in desk.documents.glob("tai-lieu-*")]
    assert len(kept) == 2
    assert CORN in kept


def test_a_file_that_is_too_large_for_telegram_is_told_the_way_through_the_folder(desk: Desk):
    with desk.bot():
        hoa = desk.admin()
        hoa.sends_document("lớn.pdf", b"...", size_bytes=30_000_000)
        [told] = desk.telegram.wait_for(lambda: desk.telegram.shown(hoa))
        assert "lớn hơn 20 MB" in told.text
        assert f"{desk.documents} rồi gửi /reload" in told.text
        assert not [call for call in desk.telegram.calls if call.method == "getFile"]

        silent = copy.deepcopy(desk.telegram.updates[-1])  # the API may keep the size to itself
        silent["update_id"] += 1
        del silent["message"]["document"]["file_size"]
        desk.telegram.replay(silent)
        again = desk.telegram.wait_for(lambda: desk.telegram.shown(hoa)[1:])[0].message_id
        desk.telegram.wait_for(lambda: desk.telegram.shown(hoa)[1].text == told.text, timeout=20)
        assert desk.telegram.shown(hoa)[1].message_id == again
    assert names(desk.documents) == set(SAMPLES)


def test_a_download_that_breaks_off_is_tried_again(desk: Desk):
    desk.telegram.fault("file download", "drop_before")
    desk.telegram.fault("getFile", "502")
    with desk.bot():
        hoa = desk.admin()
        hoa.sends_document("ngô.txt", CORN.encode())
        assert "Thêm 1" in desk.end(hoa).text
        assert len(desk.telegram.shown(hoa)) == 1, "the admin is not bothered with it"
    assert (desk.documents / "ngô.txt").read_text("utf-8") == CORN


TABLE = "file,title,audience\nbao-cao.txt,Báo cáo của tỉnh,{audience}\n"


def test_a_table_of_documents_is_taken_up_or_put_back(desk: Desk):
    (desk.documents / "hỏng.pdf").write_bytes(DAMAGED)  # beside the table, and not its doing
    table = desk.documents / "documents.csv"
    with desk.bot():
        hoa = desk.admin()
        hoa.sends_document("documents.csv", TABLE.format(audience="officers").encode())
        told = desk.end(hoa).text
        assert f"🔄 Cập nhật 1:\n- {REPORT_FILE}" in told
        assert "Lỗi 1:\n- hỏng.pdf" in told
        assert "officers" in table.read_text("utf-8")

        hoa.sends_document("documents.csv", TABLE.format(audience="mọi người").encode())
        told = desk.end(hoa, 2).text
        assert "thư viện vẫn như cũ: documents.csv có ô sai" in told
        assert "audience='mọi người'" in told
        assert "officers" in table.read_text("utf-8"), "the earlier table came back"
    live = desk.catalogue().versions(generation=desk.catalogue().live_generation())
    assert "Báo cáo của tỉnh" in {one.document.metadata.title for one in live}


def test_a_file_that_brings_the_ingestion_down_is_not_left_in_the_folder(desk: Desk):
    with desk.bot():
        hoa = desk.admin()
        for name in ("ngô.txt", LAW_FILE):
            hoa.sends_document(name, CORN.encode())
            killed()
            desk.end(hoa, 1 + (name == LAW_FILE))
        assert "thư viện vẫn như cũ" in desk.end(hoa, 2).text
    assert names(desk.documents) == set(SAMPLES)
    assert (desk.documents / LAW_FILE).read_text("utf-8") == LAW


def test_a_folder_that_cannot_be_written_to_is_told(desk: Desk):
    shutil.rmtree(desk.documents)
    desk.documents.write_text("một tệp ở chỗ của thư mục")
    with desk.bot():
        hoa = desk.admin()
        hoa.sends_document("ngô.txt", CORN.encode())
        assert "Không cập nhật được, thư viện vẫn như cũ" in desk.end(hoa).text
    desk.documents.unlink()


def test_a_file_sent_to_a_bot_that_stops_waits_in_the_folder(desk: Desk):
    with desk.bot() as bot:
        hoa = desk.admin()
        hoa.sends_document("ngô.txt", CORN.encode())
        with held():
            hoa.sends_document("báo-cáo.txt", REPORT.replace("Bến Tre", "Trà Vinh").encode())
            desk.telegram.wait_for(lambda: len(desk.telegram.shown(hoa)) == 2)
            bot.stop()
    assert ["chạy lại /reload" in one.text for one in desk.telegram.shown(hoa)] == [True, True]
    with desk.bot():
        hoa.says("/reload")
        assert "Thêm 2" in desk.end(hoa, 3).text
        assert "ba tạ" in desk.answer(hoa, CORN_QUESTION)


def test_a_file_sent_to_a_bot_that_is_killed_is_added_by_the_next_one(desk: Desk, tmp_path: Path):
    hoa, log = desk.admin(), tmp_path / "log"
    with BotProcess(desk.telegram, desk.home, log, **desk.settings).until_ready() as bot:
        hoa.sends_document("ngô.txt", CORN.encode())
        with held(bot.process.pid) as change:
            desk.telegram.wait_for(lambda: not desk.telegram.pending)
            bot.kill()
            os.kill(change, signal.SIGKILL)
    with desk.bot():
        assert "ngô.txt" in desk.end(hoa).text
        assert "ba tạ" in desk.answer(hoa, CORN_QUESTION)
    assert desk.catalogue().conversations().unfinished() == [], "done once"


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
            emma.sends_document("scan.pdf", DAMAGED)
            emma.sends_document("large.pdf", b"...", size_bytes=30_000_000)
        desk.end(emma, 2)
        with desk.catalogue().writing():
            emma.says("/reload")
            desk.end(emma, 3)
        shutil.rmtree(desk.documents)
        emma.says("/reload")
        desk.end(emma, 4)
        desk.documents.mkdir()
        emma.says("/reload")
        desk.end(emma, 5)
        emma.sends_document("corn.txt", CORN.encode())
        killed()
        desk.end(emma, 6)
    told = [words for one in desk.telegram.shown(emma) for words in (*one.edits, one.html)]
    everything = parse_html("\n".join(told))[0]
    for words in (
        *("Updating the library…", "answered from the old library meanwhile", "Added 1:"),
        *("Updated 1:", "Removed 1:", "Unchanged: 1", "Failed 1:", "the file is damaged"),
        *("Waiting for the update before this one", "larger than 20 MB", "another program is"),
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
        assert "dành cho quản trị viên" in desk.told(lan, lan.says("/reload"))
        assert "Only the bot's admins can do this" in desk.told(tom, tom.says("/reload"))
        document = lan.sends_document("mới.txt", REPORT.encode())
        assert "nhờ quản trị viên giúp nhé" in desk.told(lan, document)
        large = lan.sends_document("mới.txt", b"...", size_bytes=30_000_000)
        assert "nhờ quản trị viên giúp nhé" in desk.told(lan, large), "nothing of a folder"
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
            words = "khung trò chuyện riêng" if person is hoa else "dành cho quản trị viên"
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
