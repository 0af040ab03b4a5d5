"""/check: what does not fit, set right by a reply, looked at, or hidden as known."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.telegram.buttons import Act, Press, encode
from ingest.reviewing import find_problems
from knowledge.search.embeddings import load_embedder
from tests.bot.conftest import labels, telegram_without_stumbles
from tests.bot.running import BotHere
from tests.bot.waiting import asked, deeds, forged, pressed, refusals, seen
from tests.builders import Stand, write_all
from tests.telegram_server import FakeTelegram, Message, Person

HOA, BINH = 901, 902
PATIENCE_S = 60
DOCUMENTS = {
    "khong-noi.txt": "Kinh tế tập thể năm 2023\n\nToàn tỉnh có 210 hợp tác xã với 9.100 thành viên.\n",
    "con/khong-ky.txt": "Kinh tế tập thể tỉnh Cà Mau\n\nTỉnh Cà Mau có 245 hợp tác xã đang hoạt động.\n",
    "tong.txt": (
        "Kinh tế tập thể tỉnh Trà Vinh năm 2023\n\nNăm 2023, tỉnh Trà Vinh có 150 hợp tác xã, trong đó "
        "có 100 hợp tác xã nông nghiệp và 60 hợp tác xã phi nông nghiệp.\n"
    ),
}


@dataclass(frozen=True)
class Desk:
    telegram: FakeTelegram
    stand: Stand
    documents: Path
    hoa: Person

    def check(self) -> Message:
        return asked(self.telegram, self.hoa, "/check")

    def opened(self, words: str) -> Message:
        """Open the point in whose line some words stand."""
        listed = self.check()
        line = next(one for one in listed.text.split("\n") if words in one)
        pressed(self.telegram, self.hoa, listed, line.split(".")[0])
        return self.now(listed, "Đã biết")

    def now(self, message: Message, label: str) -> Message:
        def changed() -> Message | None:
            found = self.hoa.chat.messages[message.message_id]
            return found if any(label in one for one in labels(found)) else None

        found = self.telegram.wait_for(changed)
        assert found is not None
        return found

    def rows(self, folder: str = "") -> list[dict[str, str]]:
        text = (self.documents / folder / "documents.csv").read_text("utf-8")
        return list(csv.DictReader(text.splitlines()))

    def problems(self) -> list[str]:
        catalogue = self.stand.catalogue()
        try:
            return [f"{one.case.value} {one.source}" for one in find_problems(catalogue)]
        finally:
            catalogue.close()


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("check")
    folder = write_all(base / "documents", DOCUMENTS)
    Stand(base / "var", load_embedder("bundled")).ingestion().ingest([folder])
    return base


@pytest.fixture
def desk(ingested: Path, tmp_path: Path) -> Iterator[Desk]:
    """The documents as they were, in their place, which is their identity; a copy of the library."""
    documents = ingested / "documents"
    shutil.rmtree(documents)
    write_all(documents, DOCUMENTS)
    home = Path(shutil.copytree(ingested / "var", tmp_path / "var"))
    stand = Stand(home, load_embedder("bundled"))
    more = {"ADMIN_IDS": HOA, "OFFICER_IDS": BINH, "DOCUMENTS_DIR": documents}
    with (
        telegram_without_stumbles() as telegram,
        BotHere(telegram, home, stand.assistant(), **more),
    ):
        yield Desk(telegram, stand, documents, telegram.person("Hoa", person_id=HOA))


@pytest.mark.slow
class TestSettingRight:
    def test_a_place_is_set_by_a_reply_and_the_document_read_again(self, desk: Desk) -> None:
        point = desk.opened("khong-noi.txt")
        pressed(desk.telegram, desk.hoa, point, "Đặt địa phương")
        how = seen(desk.telegram, desk.hoa, "tên địa phương")
        desk.hoa.says("một câu rất dài không phải là tên địa phương nào cả đâu nhé", reply_to=how)
        seen(desk.telegram, desk.hoa, "chưa hiểu địa phương")
        assert not (desk.documents / "documents.csv").exists()
        desk.hoa.says("Bến Tre", reply_to=how)
        seen(desk.telegram, desk.hoa, "✅ Đã ghi “Bến Tre”", PATIENCE_S)
        assert desk.rows() == [{"file": "khong-noi.txt", "place": "Bến Tre"}]
        assert not any("unplaced khong-noi" in one for one in desk.problems())
        assert "khong-noi.txt: chưa rõ tài liệu" not in desk.check().text
        answer = asked(desk.telegram, desk.telegram.person("Lan"), "Bến Tre 2023 có bao nhiêu HTX?")
        assert "210" in answer.text
        assert ("corrected", "khong-noi.txt", "place=Bến Tre") in [
            (one.deed, one.object, one.detail) for one in deeds(desk.stand)
        ]

    def test_a_period_in_a_folder_below_is_set_for_the_same_document(self, desk: Desk) -> None:
        table = desk.documents / "con" / "documents.csv"
        table.write_text("file,title,note\nkhac.txt,Tên khác,giữ nguyên\n", encoding="utf-8")
        before = len(desk.stand.assistant().library().documents)
        point = desk.opened("khong-ky.txt")
        pressed(desk.telegram, desk.hoa, point, "Đặt kỳ số liệu")
        how = seen(desk.telegram, desk.hoa, "kỳ của số liệu")
        desk.hoa.says("năm ngoái", reply_to=how)
        seen(desk.telegram, desk.hoa, "chưa hiểu kỳ")
        desk.hoa.says("2023", reply_to=how)
        seen(desk.telegram, desk.hoa, "✅ Đã ghi “2023”", PATIENCE_S)
        assert desk.rows("con") == [
            {"file": "khac.txt", "title": "Tên khác", "note": "giữ nguyên", "period": ""},
            {"file": "khong-ky.txt", "title": "", "note": "", "period": "2023"},
        ]
        assert len(desk.stand.assistant().library().documents) == before
        answer = asked(desk.telegram, desk.telegram.person("Lan"), "Cà Mau 2023 có bao nhiêu HTX?")
        assert "245" in answer.text

    def test_a_file_that_is_gone_is_told(self, desk: Desk) -> None:
        point = desk.opened("khong-noi.txt")
        pressed(desk.telegram, desk.hoa, point, "Đặt địa phương")
        how = seen(desk.telegram, desk.hoa, "tên địa phương")
        (desk.documents / "khong-noi.txt").unlink()
        desk.hoa.says("Bến Tre", reply_to=how)
        seen(desk.telegram, desk.hoa, "không còn thấy tệp này")
        assert not (desk.documents / "documents.csv").exists()


@pytest.mark.slow
class TestLooking:
    def test_a_sum_that_does_not_add_up_is_shown_in_its_document(self, desk: Desk) -> None:
        point = desk.opened("Trà Vinh")
        assert "cộng lại là 160" in point.text
        assert not any("Đặt" in one for one in labels(point))
        pressed(desk.telegram, desk.hoa, point, "Xem trong tài liệu")
        shown = desk.now(point, "Quay lại")
        assert "<b>Năm 2023, tỉnh Trà Vinh có 150 hợp tác xã" in shown.html
        pressed(desk.telegram, desk.hoa, shown, "Quay lại")
        desk.now(shown, "Đã biết")

    def test_what_is_known_is_hidden_next_time_and_noted(self, desk: Desk) -> None:
        before = desk.check().text
        point = desk.opened("Trà Vinh")
        pressed(desk.telegram, desk.hoa, point, "Đã biết")
        desk.telegram.wait_for(
            lambda: "Trà Vinh" not in desk.hoa.chat.messages[point.message_id].text
        )
        now = desk.check().text
        assert "Trà Vinh" in before
        assert "Trà Vinh" not in now
        assert ("problem_known", "tong.txt") in [(o.deed, o.object) for o in deeds(desk.stand)]

    def test_it_is_for_admins_alone(self, desk: Desk) -> None:
        point = desk.opened("khong-noi.txt")
        (data,) = [
            value for row in point.buttons for label, value in row.items() if "Đã biết" in label
        ]
        for person in (desk.telegram.person("Lan"), desk.telegram.person("Bình", person_id=BINH)):
            told = asked(desk.telegram, person, "/check")
            assert "quản trị viên" in told.text
            for item in (data, encode(Press(act=Act.PROBLEM)), data.replace(":4:", ":2:")):
                toast = forged(desk.telegram, person, told, item).toast
                assert "chỉ quản trị viên" in toast
            *pressed_three, typed = refusals(desk.stand, person)
            assert [one.startswith("[problem") for one in pressed_three] == [True] * 3
            assert typed == "/check"
        assert desk.stand.catalogue().desk().known() == set()
        query = forged(desk.telegram, desk.hoa, point, "m:0:1:1:00000000")
        assert "không còn nữa" in query.toast
