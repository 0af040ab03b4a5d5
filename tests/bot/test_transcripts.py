"""Conversations as they look on a phone, kept in `docs/transcripts/`.

They are played with the real model on the documents of `samples/`; `pytest --rewrite` writes the
files anew, and the change is read in review.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from bot import texts
from bot.settings import Settings
from bot.texts import gaps, handing, in_chat
from tests.bot.running import BotHere
from tests.bot.waiting import seen
from tests.builders import ROOT
from tests.telegram_server import FakeTelegram, Message, Person
from tests.telegram_server.transcript import message_shown

pytestmark = pytest.mark.slow

FOLDER = ROOT / "docs" / "transcripts"
ADMIN, OFFICER = 7001, 7002
BOT = "Trợ lý HTX"
REPORT = """Kinh tế tập thể tỉnh Bến Tre năm 2024

Ngày 10/01/2025

Năm 2024, tỉnh Bến Tre có {count} hợp tác xã đang hoạt động với 45.120 thành viên.
"""


class Scene:
    """People in a chat with the bot; each line waits until the one before was answered."""

    def __init__(self, telegram: FakeTelegram) -> None:
        self.telegram = telegram

    def answer_to(self, person: Person, act: Callable[[], object], chat: object = None) -> Message:
        """Do something and return the message that the bot answers it with, once it is whole."""
        where = chat or person
        before = len(self.telegram.shown(where))  # type: ignore[arg-type]
        act()

        def whole() -> Message | None:
            found = self.telegram.shown(where)[before:]  # type: ignore[arg-type]
            waiting = {*in_chat.SEARCHING.values()}
            return found[-1] if found and found[-1].text not in waiting else None

        return self.telegram.wait_for(whole)  # type: ignore[return-value]

    def press(self, person: Person, message: Message, label: str, chat: object = None) -> Message:
        """Press a button and return the message as it looks then."""
        where = chat or person
        query = person.presses(message, label)
        self.telegram.wait_for(lambda: query.answer is not None)

        def changed() -> Message | None:
            found = self.telegram.shown(where)  # type: ignore[arg-type]
            now = next(one for one in found if one.message_id == message.message_id)
            same = (now.html, now.buttons) == (message.html, message.buttons)
            return None if same else now

        return self.telegram.wait_for(changed)  # type: ignore[return-value]


@pytest.fixture
def settings(sample_library: Settings, tmp_path: Path) -> Settings:
    home = shutil.copytree(sample_library.home, tmp_path / "var")
    return sample_library.model_copy(update={"htx_home": Path(home)})


def keep(name: str, title: str, parts: list[str], request: pytest.FixtureRequest) -> None:
    """Compare a transcript with the one in docs, or write that anew."""
    text = "\n\n".join([f"# {title}", *(part.strip() for part in parts)]) + "\n"
    text = re.sub(r"\d+(?:\.\d+)? (giây|seconds)", r"… \1", text)  # what differs from run to run
    text = re.sub(r"\d\d/\d\d/\d{4} \d\d:\d\d", "…", text)
    file = FOLDER / f"{name}.md"
    if request.config.getoption("--rewrite"):
        FOLDER.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text("utf-8"), f"see {file}; pytest --rewrite writes it anew"


def test_a_manager_asks_in_vietnamese(settings: Settings, request: pytest.FixtureRequest):
    with FakeTelegram() as telegram, BotHere(telegram, settings.home, None):
        scene, lan = Scene(telegram), telegram.person("Lan", language="vi")
        scene.answer_to(lan, lambda: lan.says("/start"))
        first = scene.answer_to(lan, lambda: lan.says("thanh lap htx can may thanh vien"))
        assert "ít nhất 5 thành viên chính thức" in first.text
        first = scene.press(lan, first, "👍")
        second = scene.answer_to(lan, lambda: lan.says("thế còn tổ hợp tác?"))
        assert "tổ hợp tác" in second.text.lower()
        third = scene.answer_to(lan, lambda: lan.says("hs dang ky thanh lap gom giay to gi"))
        assert "điều lệ" in third.text
        third = scene.press(lan, third, "[1]")
        assert "<blockquote expandable>" in third.html
        scene.answer_to(lan, lambda: lan.presses(third, in_chat.ORIGINAL[texts.VI]))
        refused = scene.answer_to(lan, lambda: lan.says("giá lúa hôm nay bao nhiêu một ký"))
        assert "Không có trong tài liệu" in refused.text
        scene.answer_to(lan, lambda: lan.sends("voice"))
        title = "Một giám đốc HTX hỏi bằng tiếng Việt"
        keep("manager", title, [telegram.transcript(lan)], request)


def test_an_officer_asks_in_english(settings: Settings, request: pytest.FixtureRequest):
    with FakeTelegram() as telegram, BotHere(telegram, settings.home, None):
        scene, anna = Scene(telegram), telegram.person("Anna", language="en")
        scene.answer_to(anna, lambda: anna.says("/help"))
        asked = "How many members does a cooperative need?"
        first = scene.answer_to(anna, lambda: anna.says(asked))
        assert first.text.startswith("According to")
        scene.press(anna, first, in_chat.READ_IN_FULL[texts.EN])
        second = scene.answer_to(
            anna, lambda: anna.says("How many cooperatives did Ca Mau have in 2023?")
        )
        assert "281" in second.text
        third = scene.answer_to(anna, lambda: anna.says("What about Thai Binh?"))
        assert "Not in the documents" in third.text
        compare = "Which has more cooperatives, Ca Mau or Binh Phuoc?"
        compared = scene.answer_to(anna, lambda: anna.says(compare))
        assert compared.text.startswith("Bình Phước is higher.")
        for button in (in_chat.CHART[texts.EN], in_chat.TABLE[texts.EN]):
            sent = scene.answer_to(anna, partial(anna.presses, compared, button))
            assert sent.document is not None
        ranked = scene.answer_to(anna, lambda: anna.says("xep hang cac tinh theo so HTX"))
        assert "1. Bình Phước" in ranked.text
        assert "4. Ninh Thuận" in ranked.text
        scene.answer_to(anna, lambda: anna.says("/docs"))
        title = "An officer asks in English"
        keep("officer", title, [telegram.transcript(anna)], request)


def test_an_officer_takes_a_workbook_away(settings: Settings, request: pytest.FixtureRequest):
    with FakeTelegram() as telegram, BotHere(telegram, settings.home, None, OFFICER_IDS=OFFICER):
        scene, ha = Scene(telegram), telegram.person("Hà", person_id=OFFICER)
        card = scene.answer_to(ha, lambda: ha.says("/solieu"))
        steps = ["## Từng bước, trong một tin nhắn", message_shown(card, BOT)]
        for label in ("tổng số HTX", "Tất cả các tỉnh", "Mới nhất"):
            card = scene.press(ha, card, label)
            steps += [f"*Hà bấm [{label}]*", message_shown(card, BOT)]
        assert "1. Bình Phước" in card.text
        table = scene.press(ha, card, "Bảng")
        steps += ["*Hà bấm [🔢 Bảng]*", message_shown(table, BOT)]
        card = scene.press(ha, table, in_chat.BACK[texts.VI])
        for button in (in_chat.CHART[texts.VI], in_chat.TABLE[texts.VI]):
            sent = scene.answer_to(ha, partial(ha.presses, card, button))
            assert sent.document is not None
        asked = "Cà Mau tháng 8/2023 có bao nhiêu HTX?"
        one = scene.answer_to(ha, lambda: ha.says(asked))
        choice = scene.press(ha, one, "So với tỉnh khác")
        compared = scene.answer_to(ha, lambda: ha.presses(choice, "Bình Phước"))
        assert "Bình Phước cao hơn." in compared.text
        title = "Một cán bộ chọn số liệu bằng nút bấm và tải tệp Excel"
        keep("workbook", title, [*steps, "## Cả cuộc trò chuyện", telegram.transcript(ha)], request)


def test_a_group_asks(settings: Settings, request: pytest.FixtureRequest):
    with FakeTelegram() as telegram, BotHere(telegram, settings.home, None):
        scene = Scene(telegram)
        lan, minh = telegram.person("Lan"), telegram.person("Minh")
        group = telegram.group("HTX Sông Xanh", [lan, minh])
        lan.says("Mai họp lúc mấy giờ cả nhà?", group)
        minh.says("8 giờ nhé. Mà thành viên xin ra thì trả vốn góp trong bao lâu?", group)
        first = scene.answer_to(
            lan,
            lambda: lan.says("@{bot} HTX phải họp đại hội thường niên khi nào?", group),
            group,
        )
        assert "đại hội" in first.text.lower()
        scene.answer_to(
            minh, lambda: minh.says("thế còn đại hội bất thường?", group, reply_to=first), group
        )
        assert len(telegram.shown(group)) == 2
        title = "Một nhóm của HTX: bot chỉ trả lời khi được gọi"
        keep("group", title, [telegram.transcript(group)], request)


def test_an_admin_reloads_while_somebody_asks(
    settings: Settings, tmp_path: Path, request: pytest.FixtureRequest
):
    folder = tmp_path / "documents"
    folder.mkdir()
    report = folder / "bao-cao-ben-tre.txt"
    report.write_text(REPORT.format(count=203), encoding="utf-8")
    more = {"ADMIN_IDS": ADMIN, "DOCUMENTS_DIR": folder}
    with FakeTelegram() as telegram, BotHere(telegram, settings.home, None, **more):
        scene = Scene(telegram)
        hoa, lan = telegram.person("Hoa", person_id=ADMIN), telegram.person("Lan")

        def reload() -> Message:
            card = scene.answer_to(hoa, lambda: hoa.says("/reload"))

            def done() -> Message | None:
                found = telegram.shown(hoa)
                now = next(one for one in found if one.message_id == card.message_id)
                return now if now.text.startswith("✅") else None

            scene.answer_to(hoa, lambda: hoa.says("/reload"))  # is told that one is running
            asked = "Năm 2024 Bến Tre có bao nhiêu hợp tác xã?"
            meanwhile.append(scene.answer_to(lan, lambda: lan.says(asked)).text)
            last = telegram.wait_for(done, timeout=60)
            meanwhile.append(scene.answer_to(lan, lambda: lan.says(asked)).text)
            return last  # type: ignore[return-value]

        meanwhile: list[str] = []
        assert "bao-cao-ben-tre.txt" in reload().text
        assert "Không có trong tài liệu" in meanwhile[0]
        assert "203 hợp tác xã" in meanwhile[1]
        report.write_text(REPORT.format(count=207), encoding="utf-8")
        (folder / "hong.pdf").write_bytes(b"%PDF-1.7 nothing else")
        assert "hong.pdf" in reload().text
        assert "203 hợp tác xã" in meanwhile[2]
        assert "207 hợp tác xã" in meanwhile[3]
        title = "Quản trị viên cập nhật thư viện trong lúc có người hỏi"
        parts = ["## Hoa, quản trị viên", telegram.transcript(hoa)]
        parts += ["## Cùng lúc đó, Lan", telegram.transcript(lan)]
        keep("admin", title, parts, request)


def test_a_gap_is_closed(settings: Settings, request: pytest.FixtureRequest):
    more = {"ADMIN_IDS": ADMIN, "OFFICER_IDS": OFFICER}
    with FakeTelegram() as telegram, BotHere(telegram, settings.home, None, **more):
        scene = Scene(telegram)
        hoa = telegram.person("Hoa", person_id=ADMIN)
        binh = telegram.person("Bình", person_id=OFFICER)
        lan, minh = telegram.person("Lan"), telegram.person("Minh")
        scene.answer_to(lan, lambda: lan.says("Giá lúa hôm nay bao nhiêu một ký?"))
        missing = scene.answer_to(minh, lambda: minh.says("gia lua hom nay bao nhieu mot ky"))
        confirm = scene.press(minh, missing, handing.ASK_OFFICER[texts.VI])
        scene.press(minh, confirm, handing.SEND[texts.VI])
        card = seen(telegram, binh, "Minh")
        taken = scene.press(binh, card, handing.TAKE[texts.VI])
        said = "Giá lúa được cập nhật mỗi sáng trên trang của Sở Công Thương."
        scene.answer_to(binh, lambda: binh.says(said, reply_to=taken))
        scene.press(minh, seen(telegram, minh, "Cán bộ Bình trả lời"), "👍")
        listed = scene.answer_to(hoa, lambda: hoa.says("/gaps"))
        opened = scene.press(hoa, listed, "1")
        scene.press(hoa, opened, gaps.USE[texts.VI])
        seen(telegram, hoa, "✅", timeout=60)
        seen(telegram, lan, "nay đã có câu trả lời")
        again = scene.answer_to(lan, lambda: lan.says("giá lúa hôm nay thế nào vậy?"))
        assert "Trả lời của Bình" in again.text
        parts = []
        for who, chat in (("Lan", lan), ("Minh", minh), ("Bình, cán bộ", binh), ("Hoa", hoa)):
            parts += [f"## {who}", telegram.transcript(chat)]
        text = [re.sub(r"\d\d/\d\d(?:/\d{4})?", "…", one) for one in parts]
        text = [re.sub(r"\d\d:\d\d …", "…", one) for one in text]
        title = "Một câu hỏi chưa có trong tài liệu, từ lúc hỏi đến lúc mọi người được báo"
        keep("gap", title, text, request)


QUESTIONS = """
{"question": "Năm 2024 Bến Tre có bao nhiêu thành viên hợp tác xã?", "must_cite": [{"source": "bao-cao-ben-tre.txt"}], "must_contain": ["45.120"]}
{"question": "Thành lập hợp tác xã cần ít nhất mấy thành viên?", "must_contain": ["5 thành viên"], "must_cite": [{"source": "tom-tat-thanh-lap-hop-tac-xa.md"}]}
{"question": "Giá lúa hôm nay bao nhiêu một ký?", "type": "refuse"}
"""


class Office:
    """An admin whose cards are kept as they looked, step by step."""

    def __init__(self, telegram: FakeTelegram) -> None:
        self.scene, self.telegram = Scene(telegram), telegram
        self.hoa = telegram.person("Hoa", person_id=ADMIN)
        self.parts: list[str] = []

    def sends(self, name: str, data: bytes, *words: str) -> Message:
        self.parts.append(f"**Hoa:**\n\n> 📎 {name}")
        card = self.scene.answer_to(self.hoa, lambda: self.hoa.sends_document(name, data))
        return self.looks(card, *words)

    def says(self, text: str) -> Message:
        self.parts.append(f"**Hoa:**\n\n> {text}")
        found = self.scene.answer_to(self.hoa, lambda: self.hoa.says(text))
        self.parts.append(message_shown(found, "Trợ lý HTX"))
        return found

    def press(self, card: Message, label: str, *words: str) -> Message:
        self.parts.append(f"*Hoa bấm [{label}]*")
        self.hoa.presses(card, label)
        return self.looks(card, *words)

    def looks(self, card: Message, *words: str) -> Message:
        """Return a message once it holds some words, and keep how it looks."""

        def is_so() -> Message | None:
            found = self.telegram.shown(self.hoa)
            now = next(one for one in found if one.message_id == card.message_id)
            return now if all(word in now.text for word in words) else None

        now = self.telegram.wait_for(is_so, timeout=60)
        assert now is not None
        self.parts.append(message_shown(now, "Trợ lý HTX"))
        return now


def test_an_admin_publishes_and_rolls_back(
    settings: Settings, tmp_path: Path, request: pytest.FixtureRequest
):
    (settings.home / "questions.jsonl").write_text(QUESTIONS, encoding="utf-8")
    more = {"ADMIN_IDS": ADMIN, "DOCUMENTS_DIR": tmp_path / "documents"}
    file, asked = "bao-cao-ben-tre.txt", "Năm 2024 Bến Tre có bao nhiêu hợp tác xã?"
    with FakeTelegram() as telegram, BotHere(telegram, settings.home, None, **more):
        office, lan = Office(telegram), telegram.person("Lan")

        def ask() -> str:
            before = len(telegram.shown(lan))
            told = office.scene.answer_to(lan, lambda: lan.says(asked))
            office.parts.append(f"**Lan:**\n\n> {asked}")
            office.parts.append(message_shown(telegram.shown(lan)[before], "Trợ lý HTX"))
            return told.text

        card = office.sends(file, REPORT.format(count=203).encode(), "Ai xem được")
        card = office.press(card, "👥 Ai xem", "Ai được xem")
        card = office.press(card, "mọi người", "Ai xem được: mọi người")
        office.press(card, "✅ Công bố", "Đã công bố", "Tốt hơn 1 câu")
        assert "203 hợp tác xã" in ask()
        card = office.sends(file, REPORT.format(count=302).encode(), "Thay bản cũ?")
        office.press(card, "✅ Công bố", "Đã công bố")
        assert "302 hợp tác xã" in ask()
        card = office.press(office.says("/docs ben tre 2024"), "1", "Bản 2")
        card = office.press(card, "🕘 Các bản", "(đang dùng)")
        card = office.press(card, "↩️ Dùng bản 1", "Dùng lại bản 1")
        office.press(card, "↩️ Dùng bản 1", "đang dùng bản 1")
        assert "203 hợp tác xã" in ask()
        title = "Quản trị viên công bố một tài liệu, rồi dùng lại bản cũ"
        keep("publishing", title, office.parts, request)
