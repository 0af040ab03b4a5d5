"""The contract of the command line, with the bundled model on a tiny library."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image

from bot.settings import load_settings
from bot.wiring import open_catalogue, open_ingestion
from tests.bot.conftest import Ended, Htx
from tests.builders import (
    CA_MAU,
    LAW,
    LAW_FILE,
    LOAN_QUESTION,
    LONGER_LOAN,
    REPORT,
    REPORT_FILE,
    REPORTS,
    ROOT,
    write_all,
)

pytestmark = pytest.mark.slow

DOCUMENT_KEYS = {
    "source", "status", "kind", "title", "number", "place", "period", "passages", "figures", "error",
}  # fmt: skip
ANSWER_KEYS = {
    "id", "question", "understood", "status", "answer", "citations", "figures", "suggestions",
    "latency_ms",
}  # fmt: skip
CITATION_KEYS = {
    "document", "source", "title", "number", "article", "locator", "page", "quote",
}  # fmt: skip
STATUSES = {"answered", "partial", "not_found", "clarify", "refused"}
FIGURE_KEYS = {
    "indicator", "subject", "value", "value_max", "comparator", "unit", "place", "period", "kind",
    "document", "source", "quote",
}  # fmt: skip
FILES = {LAW_FILE: LAW, REPORT_FILE: REPORT}
# one that gives no figure
SILENT_FILE, SILENT = "im-lang.txt", "Hợp tác xã tỉnh Huế năm 2023\n\nCác tổ họp mặt cuối năm.\n"


def a_home(base: Path, files: dict[str, str]) -> Path:
    """Return the home of a library that holds some files."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HTX_HOME", str(base / "var"))
        patch.chdir(base)
        open_ingestion(load_settings()).ingest([write_all(base / "documents", files)])
    return base / "var"


@pytest.fixture(scope="module")
def full_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with a law and a report; for tests that only read."""
    return a_home(tmp_path_factory.mktemp("full"), FILES)


@pytest.fixture(scope="module")
def reports_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with reports of three provinces, and one without figures."""
    return a_home(tmp_path_factory.mktemp("reports"), REPORTS | {SILENT_FILE: SILENT})


@pytest.fixture
def full(full_home: Path, htx: Htx, monkeypatch: pytest.MonkeyPatch) -> Htx:
    """`htx` on that library."""
    monkeypatch.setenv("HTX_HOME", str(full_home))
    return htx


@pytest.fixture
def figures(reports_home: Path, htx: Htx, monkeypatch: pytest.MonkeyPatch) -> Htx:
    """`htx` on the library of reports."""
    monkeypatch.setenv("HTX_HOME", str(reports_home))
    return htx


class TestIngest:
    def test_its_json_has_every_key_and_a_failure_ends_with_1(
        self, htx: Htx, tmp_path: Path
    ) -> None:
        folder = write_all(tmp_path / "d", {LAW_FILE: LAW, "rỗng.txt": ""})
        ended = htx("ingest", folder, "--json")
        assert ended.code == 1
        assert ended.json.keys() >= {"documents", "passages", "figures", "elapsed_s"}
        law, empty = ended.json["documents"]
        assert law.keys() >= DOCUMENT_KEYS
        assert empty.keys() >= DOCUMENT_KEYS
        assert law | {"place": None} == law | {
            "place": None,
            "source": LAW_FILE,
            "status": "added",
            "kind": "law",
            "title": "Nghị định về quỹ đổi mới của hợp tác xã",
            "number": "901/2024/NĐ-CP",
            "period": "",
            "passages": 11,
            "error": None,
        }
        assert (empty["source"], empty["status"], empty["passages"]) == ("rỗng.txt", "failed", 0)
        assert "rỗng" in empty["error"]
        assert ended.json["passages"] == 11
        assert ended.json["elapsed_s"] >= 0

        (folder / "rỗng.txt").unlink()
        again = htx("ingest", folder, "--json")
        assert again.code == 0
        assert [one["status"] for one in again.json["documents"]] == ["unchanged"]

        write_all(folder, {LAW_FILE: LONGER_LOAN})
        assert [one["status"] for one in htx("ingest", folder, "--json").json["documents"]] == [
            "updated"
        ]
        (folder / LAW_FILE).unlink()
        pruned = htx("ingest", folder, "--prune", "--json").json
        assert [one["status"] for one in pruned["documents"]] == ["removed"]
        assert pruned["passages"] == 0

    def test_a_law_of_the_country_is_not_about_the_capital(self, htx: Htx, tmp_path: Path) -> None:
        """ "Hà Nội, ngày 05 tháng 3" says where it was signed."""
        (law,) = htx("ingest", write_all(tmp_path / "d", {LAW_FILE: LAW}), "--json").json[
            "documents"
        ]
        assert law["place"] in (None, "Cả nước")

    def test_in_words_each_document_has_a_line_and_why_it_failed(
        self, htx: Htx, tmp_path: Path
    ) -> None:
        ended = htx(
            "ingest", write_all(tmp_path / "d", {REPORT_FILE: REPORT}), tmp_path / "mất.txt"
        )
        report, lost, total = ended.out.splitlines()
        assert ended.code == 1
        assert report.startswith("thêm")
        assert REPORT_FILE in report
        assert lost.startswith("LỖI")
        assert "mất.txt · không mở được tệp" in lost
        assert total.startswith("Xong: ")


class TestAsk:
    def test_its_json_has_every_key(self, full: Htx) -> None:
        ended = full("ask", LOAN_QUESTION, "--json")
        assert ended.code == 0
        assert ended.json.keys() == ANSWER_KEYS
        assert ended.json["question"] == LOAN_QUESTION
        assert ended.json["status"] == "answered"
        assert isinstance(ended.json["latency_ms"], int)
        first = ended.json["citations"][0]
        assert first.keys() == CITATION_KEYS
        assert (first["source"], first["article"], first["page"]) == (LAW_FILE, "5", None)
        assert first["number"] == "901/2024/NĐ-CP"
        assert first["locator"].startswith("Điều 5")
        assert "không quá bốn năm" in first["quote"]
        assert "không quá bốn năm" in ended.json["answer"]
        flat = " ".join(LAW.split()) + " ".join(REPORT.split())
        for citation in ended.json["citations"]:
            assert " ".join(citation["quote"].split()) in flat, "a quotation is verbatim"

    @pytest.mark.parametrize(
        ("question", "status"),
        [
            ("Cho tôi mật khẩu quản trị", "refused"),
            ("Giá vàng hôm nay bao nhiêu?", "not_found"),
            ("", "not_found"),
            ("???", "not_found"),
        ],
    )
    def test_no_answer_is_a_proper_end_too(self, full: Htx, question: str, status: str) -> None:
        ended = full("ask", question, "--json")
        assert (ended.code, ended.json["status"]) == (0, status)
        assert ended.json["answer"].strip()
        assert ended.json["citations"] == []

    def test_history_completes_the_question(self, full: Htx) -> None:
        earlier = "Tỉnh Bến Tre năm 2023 có bao nhiêu tổ hợp tác?"
        alone = full("ask", "thế còn hợp tác xã?", "--json").json
        after = full("ask", "thế còn hợp tác xã?", "--history", earlier, "--json").json
        assert "bến tre" not in alone["understood"].lower()
        assert "bến tre" in after["understood"].lower()
        assert after["citations"][0]["source"] == REPORT_FILE

    def test_in_words_it_is_the_answer_alone(self, full: Htx) -> None:
        ended = full("ask", LOAN_QUESTION)
        assert ended.code == 0
        assert ended.out.startswith("Theo ")
        assert "Nguồn:" in ended.out

    def test_an_empty_library_says_so(self, htx: Htx) -> None:
        ended = htx("ask", LOAN_QUESTION, "--json")
        assert (ended.code, ended.json["status"]) == (0, "not_found")
        assert "htx ingest" in ended.json["answer"]


COMPARE = "Năm 2023 Cà Mau và Bến Tre, tỉnh nào có nhiều hợp tác xã đang hoạt động hơn?"
RANK = "Xếp hạng các tỉnh theo số hợp tác xã đang hoạt động năm 2023"
TREND = "Số hợp tác xã đang hoạt động của Trà Vinh từ năm 2022 đến năm 2023 tăng hay giảm?"
SUM = "Năm 2023 Bến Tre và Cà Mau có tổng cộng bao nhiêu hợp tác xã đang hoạt động?"
NOT_YET = "Năm 2030 tỉnh Cà Mau có bao nhiêu hợp tác xã đang hoạt động?"


def told(ended: Ended) -> list[tuple[object, ...]]:
    """Return place, period and value of each figure."""
    return [(one["place"], one["period"], one["value"]) for one in ended.json["figures"]]


class TestFigures:
    def test_each_figure_of_a_comparison_has_every_key_and_a_verbatim_quotation(
        self, figures: Htx
    ) -> None:
        ended = figures("ask", COMPARE, "--json")
        assert ended.json["status"] == "answered"
        assert told(ended)[:2] == [("Bến Tre", "2023", 187), ("Cà Mau", "2023", 120)]
        for one in ended.json["figures"][:2]:
            assert one.keys() == FIGURE_KEYS
            assert one["quote"] in REPORTS[one["source"]]
            assert str(one["value"]) in one["quote"]
            assert (one["unit"], one["kind"], one["comparator"]) == ("HTX", "actual", "=")
        cited = [one["quote"] for one in ended.json["citations"]]
        assert cited == [one["quote"] for one in ended.json["figures"][:2]], "by weight"

    def test_what_was_computed_comes_last_with_its_parts(self, figures: Htx) -> None:
        *stated, derived = figures("ask", COMPARE, "--json").json["figures"]
        assert derived.keys() == {*FIGURE_KEYS, "from"}
        assert (derived["kind"], derived["value"], derived["quote"]) == ("derived", 67, None)
        assert derived["from"] == stated

    def test_a_ranking_is_in_its_order(self, figures: Htx) -> None:
        ranked = ["Bến Tre", "Trà Vinh", "Cà Mau"]
        assert [place for place, _, _ in told(figures("ask", RANK, "--json"))] == ranked

    def test_a_trend_is_by_time_with_the_change_behind(self, figures: Htx) -> None:
        found = told(figures("ask", TREND, "--json"))
        assert found[:2] == [("Trà Vinh", "2022", 150), ("Trà Vinh", "2023", 163)]
        assert [value for _, _, value in found[2:]] == [13, 8.67]

    def test_a_sum_stands_before_its_parts(self, figures: Htx) -> None:
        [summed, *parts] = figures("ask", SUM, "--json").json["figures"]
        assert (summed["kind"], summed["value"]) == ("derived", 307)
        assert summed["from"] == parts
        assert [one["value"] for one in parts] == [187, 120]

    def test_an_aim_is_no_result(self, figures: Htx) -> None:
        ended = figures("ask", NOT_YET, "--json")
        assert (ended.code, ended.json["status"], ended.json["figures"]) == (0, "not_found", [])
        assert "chỉ có mục tiêu" in ended.json["answer"]

    def test_they_are_taken_away_as_picture_and_workbook(
        self, figures: Htx, tmp_path: Path
    ) -> None:
        chart, table = tmp_path / "hình.png", tmp_path / "bảng.xlsx"
        ended = figures("ask", COMPARE, "--chart", chart, "--export", table)
        assert ended.code == 0
        assert ended.out.startswith("Bến Tre cao hơn.")
        assert "Nguồn:" in ended.out
        with Image.open(chart) as image:
            image.load()
            assert (image.format, image.width) == ("PNG", 1080)
        [heading, *rows] = load_workbook(table)["figures"].iter_rows(values_only=True)
        found = [dict(zip(heading, row, strict=True)) for row in rows]
        assert [(one["place"], one["value"]) for one in found] == [
            ("Bến Tre", 187),
            ("Cà Mau", 120),
            (None, 67),
        ]
        assert all(str(one["quote"]) in REPORTS[str(one["source"])] for one in found[:2])

    def test_a_batch_has_them_too(self, figures: Htx, tmp_path: Path) -> None:
        rows = [
            {"id": "so", "question": COMPARE},
            {"id": "hạng", "question": RANK},
            {
                "id": "tiếp",
                "question": "thế còn Cà Mau?",
                "history": ["Năm 2023 tỉnh Bến Tre có bao nhiêu hợp tác xã đang hoạt động?"],
            },
            {"id": "chưa", "question": NOT_YET},
        ]
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        write_all(tmp_path, {"in.jsonl": "\n".join(lines)})
        out = tmp_path / "out.jsonl"
        assert figures("ask", "--batch", tmp_path / "in.jsonl", "--out", out).code == 0
        found = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
        assert [(one["id"], one["status"], len(one["figures"])) for one in found] == [
            ("so", "answered", 3),
            ("hạng", "answered", 3),
            ("tiếp", "answered", 1),
            ("chưa", "not_found", 0),
        ]
        assert found[2]["figures"][0]["source"] == CA_MAU

    def test_eval_marks_them(self, figures: Htx, tmp_path: Path) -> None:
        both = [
            {"place": "Bến Tre", "value": 187, "unit": "HTX"},
            {"place": "Cà Mau", "value": 120, "unit": "HTX"},
        ]
        gold = [
            {"id": "so", "type": "compare", "question": COMPARE, "expect": {"values": both}},
            {"id": "sai", "type": "rank", "question": RANK, "expect": {"values": both}},
            {"id": "chưa", "type": "refuse", "question": NOT_YET},
        ]
        lines = [json.dumps(one, ensure_ascii=False) for one in gold]
        write_all(tmp_path, {"q.jsonl": "\n".join(lines)})
        scores = figures("eval", tmp_path / "q.jsonl", "--json").json
        assert (scores["questions"], scores["right"], scores["refusals"]) == (3, 0.5, 1.0)
        assert scores["wrong"] == ["sai"], "another province stands between the two"

    def test_facts_of_a_document_without_figures_are_missing(
        self, figures: Htx, tmp_path: Path
    ) -> None:
        fact = {"value": 187, "unit": "HTX", "place": "Bến Tre", "period": "2023", "kind": "actual"}
        sources = [REPORT_FILE, SILENT_FILE, "không có.txt"]
        lines = [json.dumps({"doc": source, **fact}) for source in sources]
        write_all(tmp_path, {"facts.jsonl": "\n".join(lines)})
        scores = figures("eval", tmp_path / "facts.jsonl", "--json").json
        assert (scores["facts"], scores["found"], scores["skipped"]) == (2, 1, 1)


class TestBatch:
    def run(self, full: Htx, tmp_path: Path, lines: list[bytes]) -> list[dict[str, object]]:
        (tmp_path / "in.jsonl").write_bytes(b"\n".join(lines))
        ended = full("ask", "--batch", tmp_path / "in.jsonl", "--out", tmp_path / "out.jsonl")
        assert (ended.code, ended.out) == (0, "")
        written = (tmp_path / "out.jsonl").read_text(encoding="utf-8")
        return [json.loads(line) for line in written.splitlines()]

    def test_answers_come_in_order_with_their_ids(self, full: Htx, tmp_path: Path) -> None:
        rows = [
            {"id": "b", "question": LOAN_QUESTION, "style": "khóa lạ"},
            {"id": 7, "question": "Hồ sơ vay gồm gì?", "history": []},
            {"question": "thế còn hợp tác xã?", "history": ["Bến Tre có bao nhiêu tổ hợp tác?"]},
            {"id": "b", "question": "Hồ sơ vay gồm gì?", "history": None},
        ]
        lines = [json.dumps(row, ensure_ascii=False).encode() for row in rows]
        found = self.run(full, tmp_path, [b"\xef\xbb\xbf" + lines[0] + b"\r", b"", *lines[1:], b""])
        assert [row["id"] for row in found] == ["b", 7, None, "b"]
        assert all(row.keys() == ANSWER_KEYS for row in found)
        assert {str(row["status"]) for row in found} <= STATUSES
        assert "bến tre" in str(found[2]["understood"]).lower()

    @pytest.mark.parametrize(
        ("line", "identity"),
        [
            (b"{khong phai json", None),
            (b'{"id": "x"}', "x"),
            (b'{"id": "x", "question": 5}', "x"),
            (b'{"id": "x", "question": "vay?", "history": "t\xc3\xb4i"}', "x"),
            (b'{"id": "x", "question": "vay?", "history": [1]}', "x"),
            (b'["vay?"]', None),
            (b"null", None),
            (b'{"question": "b\xe1\xbb"}', None),
            (b"[" * 100_000, None),
        ],
        ids=[
            "no JSON",
            "no question",
            "a number",
            "history no list",
            "history of numbers",
            "a list",
            "null",
            "cut in a letter",
            "brackets without end",
        ],
    )
    def test_a_bad_line_is_a_line_with_an_error_and_the_rest_goes_on(
        self, full: Htx, tmp_path: Path, line: bytes, identity: str | None
    ) -> None:
        good = json.dumps({"id": "tốt", "question": LOAN_QUESTION}).encode()
        bad, answered = self.run(full, tmp_path, [line, good])
        assert bad["id"] == identity
        assert str(bad["error"]).startswith("line 1: ")
        assert (answered["id"], answered["status"]) == ("tốt", "answered")

    @pytest.mark.parametrize("key", ["question", "id"])
    def test_half_a_letter_does_not_stop_the_rest(
        self, full: Htx, tmp_path: Path, key: str
    ) -> None:
        """JSON may hold half of a pair, as "\\ud83d" from an emoji that was cut."""
        row = {"id": "x", "question": "vay bao lâu?", key: "vay \ud83d"}
        good = json.dumps({"id": "tốt", "question": LOAN_QUESTION}).encode()
        found = self.run(full, tmp_path, [json.dumps(row).encode(), good])
        assert len(found) == 2
        assert (found[1]["id"], found[1]["status"]) == ("tốt", "answered")

    def test_a_file_that_is_not_there_is_one_line(self, full: Htx, tmp_path: Path) -> None:
        ended = full("ask", "--batch", tmp_path / "mất.jsonl", "--out", tmp_path / "out.jsonl")
        assert ended.code in (1, 2)
        assert ended.err.startswith("htx: ")
        assert "mất.jsonl" in ended.err
        assert ended.err.count("\n") == 1


class TestWrongUsage:
    @pytest.mark.parametrize(
        "arguments",
        [
            ("ask",),
            ("ask", "câu hỏi", "--batch", "in.jsonl"),
            ("ask", "--batch", "in.jsonl"),
            ("ask", "câu hỏi", "--out", "out.jsonl"),
            ("ask", "câu hỏi", "--không-có"),
            ("ingest",),
            ("eval",),
            ("docs", "show"),
            ("docs", "rollback", "a", "--version", "hai"),
            ("lệnh lạ",),
        ],
        ids=" ".join,
    )
    def test_it_ends_with_2_and_says_nothing_on_stdout(
        self, htx: Htx, arguments: tuple[str, ...]
    ) -> None:
        ended = htx(*arguments)
        assert (ended.code, ended.out) == (2, "")
        assert ended.err.strip()

    def test_a_known_error_is_one_line_and_ends_with_1(
        self, htx: Htx, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("METRICS_PORT", "nhiều")
        ended = htx("ask", "câu hỏi")
        assert (ended.code, ended.out) == (1, "")
        assert ended.err.startswith("htx: METRICS_PORT: expected ")
        assert ended.err.count("\n") == 1

    def test_a_home_that_is_a_file_is_one_line(
        self, htx: Htx, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write_all(tmp_path, {"tệp": "x"})
        monkeypatch.setenv("HTX_HOME", str(tmp_path / "tệp"))
        ended = htx("docs", "list")
        assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1)
        assert str(tmp_path / "tệp") in ended.err


class TestDocs:
    def test_list_and_show_tell_what_was_understood(self, full: Htx) -> None:
        listed = full("docs", "list", "--json").json["documents"]
        assert {one["source"]: one["kind"] for one in listed} == {
            LAW_FILE: "law",
            REPORT_FILE: "report",
        }
        law = next(one for one in listed if one["source"] == LAW_FILE)
        shown = full("docs", "show", law["document"], "--json").json
        assert law.items() <= shown.items()
        assert "không quá bốn năm kể từ ngày nhận tiền." in shown["text"]
        assert shown["effects"][0]["from"] == "2024-05-01"
        assert shown["issued"] == "2024-03-05"
        assert LAW_FILE in full("docs", "list").out
        assert "Điều 5. Thời hạn vay" in full("docs", "show", LAW_FILE).out

    def test_show_tells_when_a_law_is_in_force_and_what_it_does(
        self, htx: Htx, tmp_path: Path
    ) -> None:
        names = ("nghi-dinh-821-2019.txt", "nghi-dinh-733-2025.txt")
        folder = tmp_path / "d"
        documents = ROOT / "tests" / "documents"
        write_all(folder, {name: (documents / name).read_text("utf-8") for name in names})
        write_all(folder, {"documents.csv": f"file,article,expires\n{names[0]},3,2024-01-01\n"})
        htx("ingest", folder)

        shown = htx("docs", "show", names[0]).out.splitlines()
        assert (
            "    Hiệu lực: từ 19/09/2019: “Nghị định này có hiệu lực thi hành sau 45 ngày kể từ ngày ký.”"
            in shown
        )
        assert "    Hiệu lực Điều 3: hết từ 01/01/2024 (theo documents.csv)" in shown
        repealed = "    Bị khoản 2 Điều 3 Nghị định 733/2025/NĐ-CP bãi bỏ từ ngày 10/03/2025: khoản 2 Điều 2: “Bãi bỏ"
        assert [line for line in shown if line.startswith(repealed)]
        does = htx("docs", "show", names[1]).out
        assert "    Bãi bỏ khoản 2 Điều 2 Nghị định 821/2019/NĐ-CP (Điều 3 khoản 2): “" in does
        assert "    Bãi bỏ Điều 9 Nghị định 605/2014/NĐ-CP (Điều 3 khoản 2): “" in does

        told = htx("docs", "show", names[0], "--json").json
        assert told["standing"]["state"] == "in_force"
        (notice,) = told["standing"]["notices"]
        assert (notice["deed"], notice["where"]) == ("repeals", "khoản 2 Điều 2")
        assert (notice["by"], notice["from"]) == ("733/2025/NĐ-CP", "2025-03-10")
        assert told["effects"][1]["article"] == "3"
        assert (told["effects"][1]["to"], told["effects"][1]["corrected"]) == ("2024-01-01", True)
        changes = htx("docs", "show", names[1], "--json").json["changes"]
        assert [(one["number"], one["article"], one["clause"]) for one in changes] == [
            ("821/2019/NĐ-CP", "2", "2"),
            ("605/2014/NĐ-CP", "9", None),
        ]

    def test_versions_come_and_go(self, htx: Htx, tmp_path: Path) -> None:
        folder = write_all(tmp_path / "d", {LAW_FILE: LAW, REPORT_FILE: REPORT})
        htx("ingest", folder)
        write_all(folder, {LAW_FILE: LONGER_LOAN})
        htx("ingest", folder)

        def quoted() -> str:
            citations = htx("ask", LOAN_QUESTION, "--json").json["citations"]
            return " ".join(one["quote"] for one in citations if one["source"] == LAW_FILE)

        def live() -> dict[str, int]:
            listed = htx("docs", "list", "--json").json["documents"]
            return {one["source"]: one["version"] for one in listed}

        versions = htx("docs", "versions", LAW_FILE, "--json").json["documents"]
        assert [one["version"] for one in versions] == [1, 2]
        assert versions[0]["sha256"] != versions[1]["sha256"]
        assert live() == {LAW_FILE: 2, REPORT_FILE: 1}
        assert "sáu năm" in quoted()

        assert htx("docs", "rollback", LAW_FILE).code == 0
        assert live() == {LAW_FILE: 1, REPORT_FILE: 1}
        assert "bốn năm" in quoted()

        assert htx("docs", "rollback", LAW_FILE, "--version", "2").code == 0
        assert "sáu năm" in quoted()

        assert htx("docs", "remove", LAW_FILE).code == 0
        assert live() == {REPORT_FILE: 1}
        assert quoted() == ""

        assert htx("docs", "restore", LAW_FILE).code == 0
        assert live() == {LAW_FILE: 2, REPORT_FILE: 1}
        assert "sáu năm" in quoted()

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("show", "mất.txt"), "mất.txt: no such document"),
            (("versions", "mất.txt"), "mất.txt: no such document"),
            (("rollback", "mất.txt"), "mất.txt: no such document"),
            (("remove", "mất.txt"), "mất.txt: no such document"),
            (("restore", "mất.txt"), "mất.txt: no such document"),
            (("rollback", LAW_FILE), f"{LAW_FILE}: no version 0"),
            (("rollback", LAW_FILE, "--version", "9"), f"{LAW_FILE}: no version 9"),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
    )
    def test_what_is_not_there_is_one_line(
        self, full: Htx, arguments: tuple[str, ...], said: str
    ) -> None:
        ended = full("docs", *arguments)
        assert (ended.code, ended.out, ended.err.count("\n")) == (1, "", 1)
        assert said in ended.err

    def test_two_documents_of_one_name_are_told_apart_by_id(self, htx: Htx, tmp_path: Path) -> None:
        folder = write_all(tmp_path / "d", {"a/tin.txt": REPORT, "b/tin.txt": REPORT})
        htx("ingest", folder)
        first, second = htx("docs", "list", "--json").json["documents"]
        ended = htx("docs", "remove", "tin.txt")
        assert ended.code == 1
        assert {first["document"], second["document"]} <= set(ended.err.replace(",", " ").split())
        assert htx("docs", "remove", first["document"]).code == 0
        (left,) = htx("docs", "list", "--json").json["documents"]
        assert left["document"] == second["document"]


class TestChecking:
    def test_doctor_finds_a_full_library_well(self, full: Htx) -> None:
        ended = full("doctor", "--json")
        assert ended.code == 0
        checks = {one["name"]: one for one in ended.json["checks"]}
        assert all(one["ok"] is True for one in checks.values())
        assert checks["Thư viện"]["message"] == "2 tài liệu, bản số 1"
        assert full("doctor").out.startswith("✓ ")

    def test_doctor_goes_on_when_a_part_fails(
        self, full: Htx, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("CHROMA_URL", "http://127.0.0.1:9")
        ended = full("doctor", "--json")
        assert ended.code == 1
        failed = [one for one in ended.json["checks"] if not one["ok"]]
        assert [one["name"] for one in failed] == ["Chỉ mục véc-tơ"]
        assert "127.0.0.1:9" in failed[0]["message"]
        assert len(ended.json["checks"]) == 9

    def test_doctor_tells_of_no_secret(self, full: Htx, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123456:bi-mat")
        monkeypatch.setenv("TELEGRAM_API_BASE_URL", "http://127.0.0.1:9")
        ended = full("doctor")
        assert ended.code == 1
        assert "bi-mat" not in ended.out + ended.err
        assert "không kết nối được http://127.0.0.1:9" in ended.out

    def test_eval_scores_a_question_file(self, full: Htx, tmp_path: Path) -> None:
        questions = [
            {
                "id": "một",
                "question": LOAN_QUESTION,
                "type": "policy",
                "style": "formal",
                "must_cite": [{"document": "901/2024/NĐ-CP", "article": "5"}],
                "must_contain": ["bốn năm"],
            },
            {
                "id": "hai",
                "question": LOAN_QUESTION,
                "type": "policy",
                "style": "formal",
                "must_cite": [{"document": "901/2024/NĐ-CP", "article": "5"}],
                "must_contain": ["mười năm"],
            },
            {"id": "ba", "question": "Giá vàng hôm nay bao nhiêu?", "type": "refuse"},
            {"id": "bốn", "question": "Vẽ biểu đồ", "type": "chart"},
        ]
        lines = [json.dumps(one, ensure_ascii=False) for one in questions]
        write_all(tmp_path, {"q.jsonl": "\n".join(lines) + "\n\n"})
        scores = full("eval", tmp_path / "q.jsonl", "--json").json
        assert (scores["questions"], scores["skipped"]) == (3, 1)
        assert (scores["right"], scores["first_article"], scores["refusals"]) == (0.5, 1.0, 1.0)
        assert scores["verbatim"] == 1.0
        assert scores["styles"] == {"formal": {"right": 1, "questions": 2}}
        assert scores["wrong"] == ["hai"]
        assert 0 < scores["p50_ms"] <= scores["p95_ms"]
        assert "right            50.0%" in full("eval", tmp_path / "q.jsonl").out

    def test_eval_of_a_bad_file_is_one_line(self, full: Htx, tmp_path: Path) -> None:
        write_all(tmp_path, {"q.jsonl": '{"id": 1}\n'})
        for file, said in [("q.jsonl", "line 1"), ("mất.jsonl", "no such file")]:
            ended = full("eval", tmp_path / file)
            assert ended.code in (1, 2)
            assert ended.err.count("\n") == 1
            assert said in ended.err


def test_two_homes_never_touch_each_other(
    htx: Htx, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_all(tmp_path / "d", {REPORT_FILE: REPORT})
    htx("ingest", folder)
    monkeypatch.setenv("HTX_HOME", str(tmp_path / "khác"))
    assert htx("docs", "list", "--json").json == {"documents": []}
    assert open_catalogue(load_settings()).live_generation() == 0
    assert sorted(os.listdir(tmp_path / "cwd")) == [], "nothing is left in the working folder"  # noqa: PTH208
