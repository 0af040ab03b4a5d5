"""Ingestion on a real catalogue and real vectors: outcomes, overrides, and the way back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.pipeline import Ingestion, Outcome, Progress, Report, Step
from ingest.sources import find_sources, read_rows
from knowledge.errors import DocumentFault, LibraryLockedError, UnreadableDocumentError
from knowledge.model import Audience, Kind, Reason, Status
from knowledge.search.vectors import BATCH, vector_id
from tests.builders import (
    DIGEST,
    DIGEST_FILE,
    LAW,
    LAW_FILE,
    LOAN_QUESTION,
    LONGER_LOAN,
    REPORT,
    REPORT_FILE,
    SAMPLES,
    Stand,
    long_report,
    write_all,
)

ADDED, UPDATED, UNCHANGED = Outcome.ADDED, Outcome.UPDATED, Outcome.UNCHANGED
REMOVED, FAILED = Outcome.REMOVED, Outcome.FAILED


@pytest.fixture
def ingestion(stand: Stand) -> Ingestion:
    return stand.ingestion()


def outcomes(report: Report) -> dict[str, Outcome]:
    assert len({result.source for result in report.results}) == len(report.results)
    return {result.source: result.outcome for result in report.results}


def live_passages(ingestion: Ingestion) -> dict[str, tuple[str, ...]]:
    """Return {path: texts of its passages} of the live generation."""
    catalogue = ingestion.catalogue
    versions = catalogue.versions(generation=catalogue.live_generation())
    paths = {version.document.id: version.document.location for version in versions}
    found: dict[str, tuple[str, ...]] = dict.fromkeys(paths.values(), ())
    for passage in catalogue.passages([version.id for version in versions]):
        found[paths[passage.document]] += (passage.text,)
    return found


def live_names(ingestion: Ingestion) -> set[str]:
    return {location.rsplit("/", 1)[1] for location in live_passages(ingestion)}


def stored_vectors(ingestion: Ingestion, audience: Audience = Audience.EVERYONE) -> set[str]:
    return set(ingestion.vectors._store(audience).get(include=[])["ids"])


def wanted_vectors(ingestion: Ingestion) -> set[str]:
    catalogue = ingestion.catalogue
    live = catalogue.contents(catalogue.live_generation())
    return {vector_id(one.meaning_text) for one in catalogue.passages(list(live.values()))}


def fault_of(report: Report, source: str) -> tuple[DocumentFault | None, str]:
    (found,) = [result for result in report.results if result.source == source]
    assert found.outcome is FAILED
    assert found.document is None
    return found.fault, found.detail


class TestOutcomes:
    def test_new_documents_are_added(
        self, ingestion: Ingestion, stand: Stand, samples: Path
    ) -> None:
        report = ingestion.ingest([samples])
        assert outcomes(report) == dict.fromkeys(SAMPLES, ADDED)
        assert not report.failed
        assert report.generation == ingestion.catalogue.live_generation() > 0
        assert report.passages == sum(result.passages for result in report.results) > 0
        assert report.embedded == len(stand.embedded) == len(wanted_vectors(ingestion))
        assert stored_vectors(ingestion) == wanted_vectors(ingestion)

    def test_the_second_run_changes_nothing_and_embeds_nothing(
        self, ingestion: Ingestion, stand: Stand, samples: Path
    ) -> None:
        first = ingestion.ingest([samples])
        before = len(stand.embedded)
        second = ingestion.ingest([samples])
        assert outcomes(second) == dict.fromkeys(SAMPLES, UNCHANGED)
        assert (second.generation, second.passages) == (first.generation, first.passages)
        assert (second.embedded, len(stand.embedded)) == (0, before)
        assert len(ingestion.catalogue.generations()) == 1
        assert len(ingestion.catalogue.versions()) == 3

    def test_a_changed_document_embeds_only_its_changed_passages(
        self, ingestion: Ingestion, stand: Stand, samples: Path
    ) -> None:
        ingestion.ingest([samples])
        stand.embedded.clear()
        write_all(samples, {LAW_FILE: LONGER_LOAN})
        report = ingestion.ingest([samples])
        assert outcomes(report)[LAW_FILE] is UPDATED
        assert outcomes(report)[REPORT_FILE] is UNCHANGED
        (text,) = stand.embedded
        assert "không quá sáu năm" in text
        assert report.embedded == 1
        assert stored_vectors(ingestion) == wanted_vectors(ingestion), "old vectors are collected"
        (law,) = [one for one in report.results if one.source == LAW_FILE]
        assert law.document is not None
        assert law.document.version == 2

    def test_the_same_text_in_two_places_is_two_documents_and_one_vector_each_passage(
        self, ingestion: Ingestion, stand: Stand, samples: Path
    ) -> None:
        write_all(samples, {"bản sao.txt": LAW})
        report = ingestion.ingest([samples])
        assert outcomes(report)["bản sao.txt"] is ADDED
        assert len(stand.embedded) == len(set(stand.embedded))
        copied = [texts for path, texts in live_passages(ingestion).items() if "sao" in path]
        assert copied == [
            texts for path, texts in live_passages(ingestion).items() if LAW_FILE in path
        ]

    def test_a_file_named_twice_is_read_once(self, ingestion: Ingestion, samples: Path) -> None:
        report = ingestion.ingest([samples, samples / LAW_FILE, samples / "." / REPORT_FILE])
        assert outcomes(report) == dict.fromkeys(SAMPLES, ADDED)

    def test_a_missing_file_stays_live_without_prune(
        self, ingestion: Ingestion, samples: Path
    ) -> None:
        ingestion.ingest([samples])
        (samples / LAW_FILE).unlink()
        report = ingestion.ingest([samples])
        assert LAW_FILE not in outcomes(report)
        assert live_names(ingestion) == set(SAMPLES)

    def test_prune_removes_what_is_gone(self, ingestion: Ingestion, samples: Path) -> None:
        ingestion.ingest([samples])
        (samples / LAW_FILE).unlink()
        report = ingestion.ingest([samples], prune=True)
        assert outcomes(report) == {
            REPORT_FILE: UNCHANGED,
            DIGEST_FILE: UNCHANGED,
            LAW_FILE: REMOVED,
        }
        assert live_names(ingestion) == {REPORT_FILE, DIGEST_FILE}
        assert stored_vectors(ingestion) == wanted_vectors(ingestion)
        assert ingestion.ingest([samples], prune=True).generation == report.generation

    def test_prune_removes_from_the_same_folder_only(
        self, ingestion: Ingestion, tmp_path: Path
    ) -> None:
        one = write_all(tmp_path / "kho", {"luật.txt": LAW, "sâu/tin.txt": REPORT})
        beside = write_all(tmp_path / "kho 2", {"tóm tắt.txt": DIGEST})
        ingestion.ingest([one, beside])
        for file in (one / "luật.txt", one / "sâu/tin.txt", beside / "tóm tắt.txt"):
            file.unlink()
        assert outcomes(ingestion.ingest([one / "sâu"], prune=True)) == {"tin.txt": REMOVED}
        assert outcomes(ingestion.ingest([one], prune=True)) == {"luật.txt": REMOVED}
        assert live_names(ingestion) == {"tóm tắt.txt"}

    def test_prune_of_a_single_file_removes_nothing(
        self, ingestion: Ingestion, samples: Path
    ) -> None:
        ingestion.ingest([samples])
        (samples / REPORT_FILE).unlink()
        ingestion.ingest([samples / LAW_FILE], prune=True)
        assert live_names(ingestion) == set(SAMPLES)

    def test_prune_keeps_a_document_whose_new_file_cannot_be_read(
        self, ingestion: Ingestion, samples: Path
    ) -> None:
        ingestion.ingest([samples])
        (samples / LAW_FILE).write_bytes(b"")
        report = ingestion.ingest([samples], prune=True)
        assert fault_of(report, LAW_FILE)[0] is DocumentFault.EMPTY
        assert live_names(ingestion) == set(SAMPLES)

    def test_an_earlier_content_takes_its_earlier_version_again(
        self, ingestion: Ingestion, stand: Stand, samples: Path
    ) -> None:
        for text in (LAW, LONGER_LOAN, LAW):
            write_all(samples, {LAW_FILE: text})
            report = ingestion.ingest([samples / LAW_FILE])
        assert outcomes(report) == {LAW_FILE: UPDATED}
        assert len(ingestion.catalogue.versions()) == 2
        assert any("không quá bốn năm" in text for text in live_passages(ingestion).popitem()[1])

    def test_a_document_that_was_removed_can_be_added_again(
        self, ingestion: Ingestion, samples: Path
    ) -> None:
        ingestion.ingest([samples])
        (samples / LAW_FILE).unlink()
        ingestion.ingest([samples], prune=True)
        write_all(samples, {LAW_FILE: LAW})
        assert outcomes(ingestion.ingest([samples]))[LAW_FILE] is ADDED
        assert live_names(ingestion) == set(SAMPLES)

    def test_all_documents_may_go_and_the_library_says_that_it_is_empty(
        self, ingestion: Ingestion, stand: Stand, samples: Path
    ) -> None:
        ingestion.ingest([samples])
        for name in SAMPLES:
            (samples / name).unlink()
        report = ingestion.ingest([samples], prune=True)
        assert (report.passages, stored_vectors(ingestion)) == (0, set())
        answer = stand.assistant().answer(LOAN_QUESTION)
        assert (answer.status, answer.reason) == (Status.NOT_FOUND, Reason.EMPTY_LIBRARY)

    def test_an_empty_folder_publishes_nothing(self, ingestion: Ingestion, tmp_path: Path) -> None:
        (tmp_path / "trống").mkdir()
        report = ingestion.ingest([tmp_path / "trống"])
        assert (report.results, report.generation, report.passages) == ((), 0, 0)
        assert ingestion.catalogue.generations() == []

    def test_another_writer_is_refused_before_anything_is_read(
        self, ingestion: Ingestion, stand: Stand, samples: Path
    ) -> None:
        with stand.catalogue().writing(), pytest.raises(LibraryLockedError):
            ingestion.ingest([samples])
        assert ingestion.catalogue.versions() == []
        assert stand.embedded == []


class TestFailures:
    def test_a_failing_file_does_not_keep_the_others_out(
        self, ingestion: Ingestion, samples: Path
    ) -> None:
        (samples / "a hỏng.pdf").write_bytes(b"%PDF-1.4 hong")
        (samples / "rỗng.txt").write_bytes(b"")
        (samples / "lạ.exe").write_bytes(b"MZ\x00\x01" * 50)
        report = ingestion.ingest([samples, samples / "không có.txt"])
        assert report.failed
        assert outcomes(report) == {
            **dict.fromkeys(SAMPLES, ADDED),
            **dict.fromkeys(["a hỏng.pdf", "rỗng.txt", "lạ.exe", "không có.txt"], FAILED),
        }
        assert fault_of(report, "rỗng.txt")[0] is DocumentFault.EMPTY
        assert fault_of(report, "lạ.exe")[0] is DocumentFault.UNSUPPORTED
        assert fault_of(report, "a hỏng.pdf")[0] is DocumentFault.DAMAGED
        assert fault_of(report, "không có.txt")[0] is DocumentFault.NOT_FOUND
        assert live_names(ingestion) == set(SAMPLES)

    def test_a_document_whose_new_file_fails_keeps_its_last_version(
        self, ingestion: Ingestion, stand: Stand, samples: Path
    ) -> None:
        first = ingestion.ingest([samples])
        (samples / LAW_FILE).write_bytes(b"")
        second = ingestion.ingest([samples])
        assert outcomes(second)[LAW_FILE] is FAILED
        assert second.generation == first.generation
        assert stand.assistant().answer(LOAN_QUESTION).citations[0].source == LAW_FILE


class TestDocumentsCsv:
    def test_it_overrides_what_a_file_says_of_itself(
        self, ingestion: Ingestion, samples: Path
    ) -> None:
        row = (
            f"{REPORT_FILE},HTX Bến Tre,Trà Vinh,2022-08,2023-02-01,Báo Trà Vinh,Liên minh HTX,"
            "12/BC,Digest,OFFICERS"
        )
        header = "file,title,place,period,published,publisher,issuer,number,kind,audience"
        write_all(samples, {"documents.csv": f"{header}\n{row}\n"})
        report = ingestion.ingest([samples])
        assert outcomes(report) == dict.fromkeys(SAMPLES, ADDED), "it is no document itself"
        (result,) = [one for one in report.results if one.source == REPORT_FILE]
        assert result.document is not None
        found = result.document.metadata
        assert (found.title, found.place, found.period) == ("HTX Bến Tre", "Trà Vinh", "2022-08")
        assert (found.issued, found.publisher) == (date(2023, 2, 1), "Báo Trà Vinh")
        assert (found.issuer, found.number) == ("Liên minh HTX", "12/BC")
        assert (found.kind, found.audience) == (Kind.DIGEST, Audience.OFFICERS)

    def test_an_empty_cell_and_an_unknown_column_change_nothing(
        self, ingestion: Ingestion, samples: Path
    ) -> None:
        table = f"\ufefffile,title,place,ghi chú\n{REPORT_FILE},, ,xem lại\nkhác.txt,Khác,,\n"
        write_all(samples, {"documents.csv": table})
        (result,) = ingestion.ingest([samples / REPORT_FILE]).results
        assert result.document is not None
        assert result.document.metadata.place == "Bến Tre"
        assert result.document.metadata.title == "Kinh tế tập thể tỉnh Bến Tre năm 2023"

    def test_it_is_about_the_files_beside_it_only(
        self, ingestion: Ingestion, samples: Path
    ) -> None:
        write_all(
            samples,
            {
                "documents.csv": f"file,place\n{REPORT_FILE},Trà Vinh\n",
                f"sâu/{REPORT_FILE}": REPORT,
            },
        )
        ingestion.ingest([samples])
        places = {
            version.document.location.removeprefix(
                samples.as_posix()
            ): version.document.metadata.place
            for version in ingestion.catalogue.versions()
        }
        assert (places[f"/{REPORT_FILE}"], places[f"/sâu/{REPORT_FILE}"]) == ("Trà Vinh", "Bến Tre")

    def test_a_changed_row_is_a_new_version(
        self, ingestion: Ingestion, stand: Stand, samples: Path
    ) -> None:
        ingestion.ingest([samples])
        write_all(samples, {"documents.csv": f"file,audience\n{REPORT_FILE},admins\n"})
        report = ingestion.ingest([samples])
        assert outcomes(report)[REPORT_FILE] is UPDATED
        assert outcomes(report)[LAW_FILE] is UNCHANGED
        texts = {vector_id(text) for text in stand.embedded if "187 hợp tác xã" in text}
        assert texts <= stored_vectors(ingestion, Audience.ADMINS)
        assert not texts & stored_vectors(ingestion), "what is secret now is found no more"

    @pytest.mark.parametrize(
        ("column", "value", "example"),
        [
            ("period", "tháng 8/2023", "2023-08"),
            ("period", "2023-13", "2023-08"),
            ("published", "05/04/2024", "2024-04-05"),
            ("issued", "2024-02-30", "2024-04-05"),
            ("kind", "luật", "law|report"),
            ("audience", "mọi người", "everyone|officers|admins"),
        ],
    )
    def test_a_malformed_value_fails_its_file_and_names_the_cell(
        self, ingestion: Ingestion, samples: Path, column: str, value: str, example: str
    ) -> None:
        write_all(samples, {"documents.csv": f"file,{column}\n{REPORT_FILE},{value}\n"})
        report = ingestion.ingest([samples])
        fault, detail = fault_of(report, REPORT_FILE)
        assert fault is DocumentFault.METADATA
        assert detail.startswith(f"documents.csv: {column}={value!r}, {example}")
        assert outcomes(report)[LAW_FILE] is ADDED

    def test_it_says_when_a_law_and_its_parts_are_in_force(
        self, ingestion: Ingestion, samples: Path
    ) -> None:
        rows = (
            "file,article,effective,expires,replaced_by,place",
            f"{LAW_FILE},,2024-06-01,2026-01-01,99/2025/NĐ-CP,Cà Mau",
            f"{LAW_FILE},3,,2025-01-01,,",
            f"{LAW_FILE},3.2,,,45/2025/NĐ-CP,",
        )
        write_all(samples, {"documents.csv": "\n".join(rows) + "\n"})
        report = ingestion.ingest([samples])
        (result,) = [one for one in report.results if one.source == LAW_FILE]
        assert result.document is not None
        assert result.document.metadata.place == "Cà Mau", (
            "a row about an article is not in its way"
        )
        read, *said = result.document.effects
        assert (read.starts, read.corrected) == (date(2024, 5, 1), False)
        assert all(one.corrected for one in said)
        assert [(one.article, one.clause, one.ends, one.replaced_by) for one in said] == [
            ("", "", date(2026, 1, 1), "99/2025/NĐ-CP"),
            ("3", "", date(2025, 1, 1), ""),
            ("3", "2", None, "45/2025/NĐ-CP"),
        ]

    def test_a_changed_correction_is_a_new_version(
        self, ingestion: Ingestion, samples: Path
    ) -> None:
        ingestion.ingest([samples])
        table = f"file,article,expires\n{LAW_FILE},3,2025-01-01\n"
        write_all(samples, {"documents.csv": table})
        report = ingestion.ingest([samples])
        assert outcomes(report)[LAW_FILE] is UPDATED
        assert outcomes(report)[REPORT_FILE] is UNCHANGED

    @pytest.mark.parametrize(
        ("row", "detail"),
        [
            (",01/01/2025,,", "effective='01/01/2025', 2024-04-05"),
            (",,2025-02-30,", "expires='2025-02-30', 2024-04-05"),
            (",2025-06-01,2025-01-01,", "expires='2025-01-01', >= 2025-06-01"),
            (",,,Nghị định mới", "replaced_by='Nghị định mới', 45/2021/NĐ-CP"),
            ("Điều 3,,2025-01-01,", "article='Điều 3', 5, 5.2"),
            ("3,,,", "article='3', effective | expires | replaced_by"),
            ("99,,2025-01-01,", "article='99', không có trong tài liệu"),
            ("3.7,,2025-01-01,", "article='3.7', không có trong tài liệu"),
        ],
    )
    def test_a_malformed_correction_fails_its_file_and_names_the_cell(
        self, ingestion: Ingestion, samples: Path, row: str, detail: str
    ) -> None:
        table = f"file,article,effective,expires,replaced_by\n{LAW_FILE},{row}\n"
        write_all(samples, {"documents.csv": table})
        report = ingestion.ingest([samples])
        fault, told = fault_of(report, LAW_FILE)
        assert fault is DocumentFault.METADATA
        assert told.startswith(f"documents.csv: {detail}")
        assert outcomes(report)[REPORT_FILE] is ADDED

    @pytest.mark.parametrize(
        "table",
        [b"ten,dia phuong\na,b\n", b"", "file,place\nb\xe0o.txt,B".encode("latin-1"), b"\x00\xff"],
        ids=["no column file", "empty", "not UTF-8", "no text"],
    )
    def test_a_table_that_cannot_be_read_is_a_failure_that_names_it(
        self, ingestion: Ingestion, samples: Path, tmp_path: Path, table: bytes
    ) -> None:
        other = write_all(tmp_path / "khác", {"luật.txt": LAW})
        (samples / "documents.csv").write_bytes(table)
        report = ingestion.ingest([samples, other])
        failed = [result for result in report.results if result.outcome is FAILED]
        assert {result.fault for result in failed} == {DocumentFault.METADATA}
        assert all(result.detail.startswith("documents.csv: ") for result in failed)
        assert outcomes(report)["luật.txt"] is ADDED

    def test_a_table_that_cannot_be_read_prunes_nothing(
        self, ingestion: Ingestion, samples: Path
    ) -> None:
        ingestion.ingest([samples])
        write_all(samples, {"documents.csv": "tệp,nơi\n"})
        report = ingestion.ingest([samples], prune=True)
        assert report.failed
        assert live_names(ingestion) == set(SAMPLES)

    def test_a_table_that_cannot_be_read_keeps_the_other_folders_in(
        self, ingestion: Ingestion, samples: Path
    ) -> None:
        write_all(samples, {"b/documents.csv": "tệp,nơi\n", "b/x.txt": REPORT, "z/luật.txt": LAW})
        report = ingestion.ingest([samples])
        assert report.failed
        assert live_names(ingestion) >= {*SAMPLES, "luật.txt"}

    def test_a_table_without_its_column_is_refused(self, tmp_path: Path) -> None:
        write_all(tmp_path, {"documents.csv": "tệp,nơi\na.txt,Cà Mau\n"})
        with pytest.raises(UnreadableDocumentError, match="no column 'file'"):
            read_rows(tmp_path / "documents.csv")

    def test_no_table_is_an_empty_one(self, tmp_path: Path) -> None:
        assert read_rows(tmp_path / "documents.csv") == {}

    def test_a_name_in_decomposed_letters_is_the_same_name(self, tmp_path: Path) -> None:
        decomposed = "Ba\u0301o ca\u0301o.txt"
        write_all(tmp_path, {"documents.csv": f"file,place\n{decomposed},Cà Mau\n"})
        assert read_rows(tmp_path / "documents.csv") == {"Báo cáo.txt": [{"place": "Cà Mau"}]}

    def test_a_row_without_a_file_or_with_too_many_cells_is_no_row(self, tmp_path: Path) -> None:
        write_all(tmp_path, {"documents.csv": "file,place\n,Cà Mau\na.txt,Bến Tre,thừa\nb.txt\n"})
        assert read_rows(tmp_path / "documents.csv") == {
            "a.txt": [{"place": "Bến Tre"}],
            "b.txt": [{}],
        }


class TestSources:
    def test_hidden_and_half_written_files_are_no_documents(self, tmp_path: Path) -> None:
        names = [
            "a.txt", ".ẩn.txt", ".git/b.txt", "~$c.docx", "d.pdf.crdownload", "e.part", "f.TMP",
            "g/h.txt", "g/documents.csv", "documents.csv",
        ]  # fmt: skip
        write_all(tmp_path, dict.fromkeys(names, "file\n"))
        assert [source.path for source in find_sources([tmp_path])] == ["a.txt", "g/h.txt"]

    def test_a_file_is_the_same_source_by_itself_as_in_its_folder(self, samples: Path) -> None:
        whole = {source.name: source.id for source in find_sources([samples])}
        (alone,) = find_sources([samples / "." / LAW_FILE])
        assert alone.id == whole[LAW_FILE]

    def test_the_library_s_own_folder_is_no_source(
        self, ingestion: Ingestion, stand: Stand, samples: Path
    ) -> None:
        """`htx ingest .` beside the default HTX_HOME, `./var`."""
        ingestion.ingest([samples / LAW_FILE])
        report = ingestion.ingest([stand.home.parent])
        assert not report.failed
        assert live_names(ingestion) == set(SAMPLES)

    def test_two_folders_hold_different_sources(self, tmp_path: Path) -> None:
        write_all(tmp_path, {"một/a.txt": "", "hai/a.txt": ""})
        ids = [source.id for source in find_sources([tmp_path / "một", tmp_path / "hai"])]
        assert len(set(ids)) == 2

    def test_a_missing_path_is_yielded_so_that_it_can_fail(self, tmp_path: Path) -> None:
        (source,) = find_sources([tmp_path / "không có.txt"])
        assert source.name == "không có.txt"


class TestKeptFilesAndTheWayBack:
    def test_originals_are_kept_by_content(self, ingestion: Ingestion, samples: Path) -> None:
        write_all(samples, {"bản sao.txt": LAW})
        ingestion.ingest([samples])
        write_all(samples, {LAW_FILE: LONGER_LOAN})
        ingestion.ingest([samples])
        kept = {file.name: file.read_bytes() for file in ingestion.originals.iterdir()}
        texts = [LAW, LONGER_LOAN, REPORT, DIGEST]
        assert kept == {hashlib.sha256(text.encode()).hexdigest(): text.encode() for text in texts}
        assert {version.document.sha256 for version in ingestion.catalogue.versions()} == set(kept)

    def test_a_removed_document_answers_no_more_and_comes_back_without_its_file(
        self, ingestion: Ingestion, stand: Stand, samples: Path
    ) -> None:
        ingestion.ingest([samples])
        assistant = stand.assistant()
        before = assistant.answer(LOAN_QUESTION)
        assert before.citations[0].source == LAW_FILE
        contents = ingestion.catalogue.contents(ingestion.catalogue.live_generation())
        document = before.citations[0].document
        (samples / LAW_FILE).unlink()

        def without(live: dict[str, int]) -> dict[str, int]:
            return {key: version for key, version in live.items() if key != document}

        ingestion.replace(without, "gỡ")
        assert LAW_FILE not in {one.source for one in assistant.answer(LOAN_QUESTION).citations}
        assert stored_vectors(ingestion) == wanted_vectors(ingestion)

        ingestion.replace(lambda _live: contents, "khôi phục")
        assert assistant.answer(LOAN_QUESTION) == before
        assert ingestion.missing_vectors() == 0

    def test_an_earlier_version_comes_back(
        self, ingestion: Ingestion, stand: Stand, samples: Path
    ) -> None:
        first = ingestion.ingest([samples])
        assistant = stand.assistant()
        before = assistant.answer(LOAN_QUESTION)
        write_all(samples, {LAW_FILE: LONGER_LOAN})
        ingestion.ingest([samples])
        assert "sáu năm" in assistant.answer(LOAN_QUESTION).citations[0].quote
        old = ingestion.catalogue.contents(first.generation)
        generation = ingestion.replace(lambda _live: old, "quay lại bản 1")
        assert assistant.answer(LOAN_QUESTION) == before
        newest = ingestion.catalogue.generations()[0]
        assert (newest.id, newest.state, newest.note) == (generation, "live", "quay lại bản 1")

    def test_a_lost_store_of_vectors_is_made_again_from_the_catalogue(
        self, ingestion: Ingestion, stand: Stand, samples: Path
    ) -> None:
        ingestion.ingest([samples])
        ingestion.vectors.collect(Audience.EVERYONE, set())
        total = len(wanted_vectors(ingestion))
        assert ingestion.missing_vectors() == total
        assert ingestion.rebuild() == total
        assert (ingestion.missing_vectors(), ingestion.rebuild()) == (0, 0)
        assert stand.assistant().answer(LOAN_QUESTION).citations[0].source == LAW_FILE

    def test_a_run_without_changes_mends_lost_vectors(
        self, ingestion: Ingestion, samples: Path
    ) -> None:
        ingestion.ingest([samples])
        ingestion.vectors.collect(Audience.EVERYONE, set())
        assert ingestion.ingest([samples]).embedded == len(wanted_vectors(ingestion))
        assert ingestion.missing_vectors() == 0


class _StoppedError(Exception):
    """Stands for whatever may end a run in the middle."""


class TestProgress:
    def test_the_steps_come_in_order_and_counts_reach_their_totals(
        self, home: Path, tmp_path: Path
    ) -> None:
        folder = write_all(tmp_path / "d", {"dài.txt": long_report(), LAW_FILE: LAW})
        steps: list[Step] = []
        read: list[tuple[str, int, int]] = []
        embedded: list[tuple[int, int]] = []
        progress = Progress(
            step=steps.append,
            read=lambda *values: read.append(values),
            embed=lambda *values: embedded.append(values),
        )
        report = Stand(home, progress=progress).ingestion().ingest([folder])
        assert steps == list(Step)
        assert read == [("dài.txt", 0, 2), (LAW_FILE, 1, 2)]
        assert embedded == [(BATCH, report.embedded), (report.embedded, report.embedded)]

    def test_a_run_without_changes_stages_nothing(
        self, stand: Stand, home: Path, samples: Path
    ) -> None:
        stand.ingestion().ingest([samples])
        steps: list[Step] = []
        Stand(home, progress=Progress(step=steps.append)).ingestion().ingest([samples])
        assert steps == [Step.READ]

    @pytest.mark.parametrize("at", [step for step in Step if step is not Step.COLLECT])
    def test_an_error_at_any_step_leaves_the_old_library_and_gives_the_lock_back(
        self, stand: Stand, home: Path, samples: Path, at: Step
    ) -> None:
        stand.ingestion().ingest([samples])
        assistant = stand.assistant()
        before = assistant.answer(LOAN_QUESTION)

        def stop(step: Step) -> None:
            if step is at:
                raise _StoppedError

        write_all(samples, {LAW_FILE: LONGER_LOAN})
        with pytest.raises(_StoppedError):
            Stand(home, progress=Progress(step=stop)).ingestion().ingest([samples])
        assert assistant.answer(LOAN_QUESTION) == before
        assert outcomes(stand.ingestion().ingest([samples]))[LAW_FILE] is UPDATED
        assert "sáu năm" in assistant.answer(LOAN_QUESTION).citations[0].quote
        states = {one.state for one in stand.catalogue().generations()}
        assert states == {"live", "retired"}


TEXTS = [LAW, LONGER_LOAN, REPORT, DIGEST, ""]  # the last one cannot become a document
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["a.txt", "b.txt", "sâu/c.txt"]),
        st.sampled_from([*range(len(TEXTS)), None]),  # None: the file goes
    ),
    min_size=1,
    max_size=3,
)


@pytest.fixture(scope="module")
def passages_of(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, ...]]:
    """Each text, cut in a library of its own: what a library of many must agree with."""
    found: dict[str, tuple[str, ...]] = {}
    for number, text in enumerate(filter(None, TEXTS)):
        base = tmp_path_factory.mktemp(f"text-{number}")
        ingestion = Stand(base / "var").ingestion()
        ingestion.ingest([write_all(base / "d", {"a.txt": text})])
        ((_, found[text]),) = live_passages(ingestion).items()
    return found


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(runs=st.lists(CHANGES, min_size=1, max_size=4))
def test_live_passages_are_what_the_folder_holds_whatever_came_before(
    runs: Sequence[Sequence[tuple[str, int | None]]],
    passages_of: dict[str, tuple[str, ...]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    base = tmp_path_factory.mktemp("runs")
    folder, ingestion = base / "d", Stand(base / "var").ingestion()
    folder.mkdir()
    last_good: dict[str, str] = {}
    for changes in runs:
        for name, number in changes:
            if number is None:
                (folder / name).unlink(missing_ok=True)
            else:
                write_all(folder, {name: TEXTS[number]})
        held = {
            file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
            for file in folder.rglob("*.txt")
        }
        last_good = {
            name: text or last_good[name]
            for name, text in held.items()
            if text or name in last_good
        }
        ingestion.ingest([folder], prune=True)

        expected = {
            f"{folder.as_posix()}/{name}": passages_of[text] for name, text in last_good.items()
        }
        assert live_passages(ingestion) == expected
        assert stored_vectors(ingestion) == wanted_vectors(ingestion)
        assert ingestion.missing_vectors() == 0
        assert all(one.state != "staged" for one in ingestion.catalogue.generations())
