"""Charts and tables of an answer in the terminal: `htx ask --chart --export`, `htx chat`."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook
from PIL import Image

from bot import texts
from knowledge.model import Answer, Operation
from tests.bot.conftest import Ended, Htx
from tests.builders import a_derived_figure, a_figure, a_figure_answer

COUNTS = (a_figure("Bến Tre", 187), a_figure("Cà Mau", 120))
COMPARED = a_figure_answer(Operation.COMPARE, *COUNTS, a_derived_figure(67, *COUNTS))
LOOKED_UP = a_figure_answer(Operation.LOOK_UP, COUNTS[0])
WITHOUT = a_figure_answer(None)


class Knowing:
    """An assistant that gives one answer to everything."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def warm_up(self) -> None:
        """Nothing is slow here."""

    def library(self) -> SimpleNamespace:
        return SimpleNamespace(documents={}, passages=0)

    def whole(self, text: str, history: Sequence[str]) -> str:
        return ""

    def answer_whole(self, text: str, whole: str, history: Sequence[str]) -> Answer:
        return self._answer

    def tell(self, answer: Answer, listener: object = None) -> Answer:
        return answer


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "đây"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def knowing(monkeypatch: pytest.MonkeyPatch):
    """Let the commands have an assistant with one answer; opening the real one takes seconds."""

    def known(answer: Answer) -> None:
        monkeypatch.setattr("bot.wiring.open_assistant", lambda *_: Knowing(answer))

    return known


def is_picture(file: Path) -> bool:
    with Image.open(file) as image:
        return (image.format, image.width) == ("PNG", 1080)


def places(file: Path) -> list[object]:
    book = load_workbook(file)
    [heading, *found] = book["figures"].iter_rows(values_only=True)
    return [row[heading.index("place")] for row in found]


class TestAsk:
    def test_the_answer_is_said_and_the_files_are_written(self, htx: Htx, here: Path, knowing):
        knowing(COMPARED)
        ended = htx("ask", "?", "--chart", "hình.png", "--export", "bảng.xlsx")
        assert ended.code == 0
        assert ended.out.strip()
        assert ended.err.splitlines() == [
            "Đã vẽ biểu đồ vào hình.png",
            "Đã ghi 3 số liệu vào bảng.xlsx",
        ]
        assert is_picture(here / "hình.png")
        assert places(here / "bảng.xlsx") == ["Bến Tre", "Cà Mau", None]

    def test_a_table_of_text_and_json_beside_it(self, htx: Htx, here: Path, knowing):
        knowing(COMPARED)
        ended = htx("ask", "?", "--export", "bảng.csv", "--json")
        assert len(ended.json["figures"]) == 3
        with (here / "bảng.csv").open(encoding="utf-8-sig", newline="") as stream:
            assert [row["value"] for row in csv.DictReader(stream)] == ["187", "120", "67"]

    @pytest.mark.parametrize(
        ("answer", "option", "why"),
        [
            (LOOKED_UP, "--chart=hình.png", texts.NO_CHART),
            (WITHOUT, "--chart=hình.png", texts.NO_CHART),
            (WITHOUT, "--export=bảng.xlsx", texts.NO_FIGURES),
        ],
        ids=["one figure is no chart", "nothing to draw", "nothing to write"],
    )
    def test_where_there_is_nothing_the_answer_is_said_and_why(
        self, htx: Htx, here: Path, knowing, answer: Answer, option: str, why: str
    ):
        knowing(answer)
        ended = htx("ask", "?", option)
        assert (ended.code, ended.err) == (1, f"htx: {why}\n")
        assert ended.out.strip()
        assert list(here.iterdir()) == []

    def test_one_figure_can_be_written(self, htx: Htx, here: Path, knowing):
        knowing(LOOKED_UP)
        assert htx("ask", "?", "--export", "bảng.xlsx").code == 0
        assert places(here / "bảng.xlsx") == ["Bến Tre"]

    def test_the_table_is_written_also_when_there_is_no_chart(self, htx: Htx, here: Path, knowing):
        knowing(LOOKED_UP)
        ended = htx("ask", "?", "--chart", "hình.png", "--export", "bảng.xlsx")
        assert ended.code == 1
        assert [file.name for file in here.iterdir()] == ["bảng.xlsx"]

    @pytest.mark.parametrize("option", ["--chart=không/hình.png", "--export=không/bảng.xlsx"])
    def test_a_folder_that_is_not_there_is_one_line(
        self, htx: Htx, here: Path, knowing, option: str
    ):
        knowing(COMPARED)
        ended = htx("ask", "?", option)
        assert ended.code == 1
        assert ended.out.strip()
        assert ended.err.startswith("htx: cannot write không")
        assert ended.err.count("\n") == 1

    @pytest.mark.parametrize(
        "options",
        [
            ("?", "--chart", "hình.jpg"),
            ("?", "--chart", "bảng.xlsx"),
            ("?", "--export", "bảng.xls"),
            ("?", "--export", "bảng"),
            ("--batch", "in.jsonl", "--out", "out.jsonl", "--chart", "hình.png"),
            ("--batch", "in.jsonl", "--out", "out.jsonl", "--export", "bảng.csv"),
        ],
        ids=" ".join,
    )
    def test_another_ending_is_wrong_usage_before_anything_is_opened(
        self, htx: Htx, here: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
    ):
        opened: list[object] = []
        monkeypatch.setattr("bot.wiring.open_assistant", lambda *given: opened.append(given))
        ended = htx("ask", *options)
        assert (ended.code, ended.out, opened) == (2, "", [])
        assert ended.err.strip()
        assert list(here.iterdir()) == []


class TestChat:
    @pytest.fixture
    def chat(self, htx: Htx, monkeypatch: pytest.MonkeyPatch):
        def run(*lines: str) -> Ended:
            monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + "\n"))
            return htx("chat")

        return run

    def test_the_welcome_names_the_words(self, chat, here: Path, knowing):
        knowing(COMPARED)
        welcome = chat("/thoat").out
        assert texts.CHAT_CHART in welcome
        assert texts.CHAT_TABLE in welcome

    def test_an_answer_is_taken_away_under_names_that_no_file_has_yet(
        self, chat, here: Path, knowing
    ):
        knowing(COMPARED)
        words = ["?", "/bieudo", "/excel", "/excel", "/Excel của tôi.csv", "/bieudo hình.png"]
        ended = chat(*words)
        assert ended.code == 0
        names = {"bieu-do.png", "hình.png", "so-lieu.xlsx", "so-lieu-2.xlsx", "của tôi.csv"}
        assert {file.name for file in here.iterdir()} == names
        assert all(f"vào {name}" in ended.out for name in names)
        assert is_picture(here / "bieu-do.png")
        assert places(here / "so-lieu-2.xlsx") == ["Bến Tre", "Cà Mau", None]

    @pytest.mark.parametrize(
        ("answer", "words", "why"),
        [
            (COMPARED, ["/bieudo"], texts.NO_ANSWER_YET),
            (COMPARED, ["/excel"], texts.NO_ANSWER_YET),
            (LOOKED_UP, ["?", "/bieudo"], texts.NO_CHART),
            (WITHOUT, ["?", "/excel"], texts.NO_FIGURES),
            (COMPARED, ["?", "/bieudo hình.jpg"], "hình.jpg: tên tệp phải kết thúc bằng .png"),
            (COMPARED, ["?", "/excel bảng.txt"], "bảng.txt: tên tệp phải kết thúc bằng .xlsx"),
        ],
    )
    def test_what_cannot_be_taken_away_is_told_and_the_talk_goes_on(
        self, chat, here: Path, knowing, answer, words, why
    ):
        knowing(answer)
        ended = chat(*words, "câu nữa")
        assert ended.code == 0
        assert why in ended.out
        assert "câu nữa" in ended.out
        assert list(here.iterdir()) == []
