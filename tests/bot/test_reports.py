"""What a change did, as one message: failures first, short enough, and every name escaped."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.telegram.library.reports import report_html
from ingest.pipeline import Outcome, Report, Result
from knowledge.errors import DocumentFault
from knowledge.model import Language
from tests.telegram_server import TEXT_UNITS, parse_html, units

VI, EN = Language.VIETNAMESE, Language.ENGLISH


def a_report(*results: Result, passages: int = 812) -> Report:
    return Report(results=results, passages=passages, embedded=0, generation=3, elapsed_s=12.345)


def ended(source: str, outcome: Outcome, **more: object) -> Result:
    return Result(source=source, outcome=outcome, **more)  # type: ignore[arg-type]


def failed(source: str, fault: DocumentFault, detail: str = "") -> Result:
    return ended(source, Outcome.FAILED, fault=fault, detail=detail)


ALL = a_report(
    ended("giữ.txt", Outcome.UNCHANGED),
    ended("luật.md", Outcome.ADDED, passages=40, doubts=("number", "issued")),
    ended("cũ.docx", Outcome.REMOVED),
    ended("báo cáo.xlsx", Outcome.UPDATED, passages=9),
    failed("quét.pdf", DocumentFault.NO_TEXT, "pdf"),
    failed("khóa.pdf", DocumentFault.PASSWORD),
)


def test_failures_come_first_with_their_reasons_and_what_is_unchanged_is_counted():
    assert parse_html(report_html(ALL, 5, VI))[0] == (
        "✅ Thư viện đã cập nhật: 5 tài liệu, 812 đoạn, 12.3 giây.\n\n"
        "⚠️ Lỗi 2:\n"
        "- quét.pdf · không có chữ đọc được (có thể là bản chụp) (pdf)\n"
        "- khóa.pdf · tệp có mật khẩu, cần bỏ mật khẩu trước\n\n"
        "➕ Thêm 1:\n"
        "- luật.md · 40 đoạn · chưa rõ số hiệu · chưa rõ ngày ban hành\n\n"
        "🔄 Cập nhật 1:\n"
        "- báo cáo.xlsx · 9 đoạn\n\n"
        "➖ Gỡ 1:\n"
        "- cũ.docx\n\n"
        "Không đổi: 1"
    )


def test_a_change_that_only_failed_says_that_nothing_changed():
    report = a_report(
        ended("giữ.txt", Outcome.UNCHANGED), failed("hỏng.pdf", DocumentFault.DAMAGED)
    )
    assert parse_html(report_html(report, 5, VI))[0].startswith("⚠️ Thư viện không đổi: 5 tài liệu")


def test_figures_that_do_not_fit_are_counted_under_the_first_line():
    report = replace(a_report(ended("báo cáo.docx", Outcome.ADDED, passages=9)), problems=3)
    assert parse_html(report_html(report, 5, VI))[0].split("\n")[1] == (
        "Tài liệu vừa đổi có 3 chỗ số liệu cần xem lại; htx check liệt kê từng chỗ."
    )


def test_an_english_report_has_the_same_lines():
    assert parse_html(report_html(ALL, 5, EN))[0] == (
        "✅ The library is up to date: 5 documents, 812 passages, 12.3 seconds.\n\n"
        "⚠️ Failed 2:\n"
        "- quét.pdf · no text that can be read (perhaps a scan) (pdf)\n"
        "- khóa.pdf · the file has a password, which must be removed first\n\n"
        "➕ Added 1:\n"
        "- luật.md · 40 passages · number unclear · date unclear\n\n"
        "🔄 Updated 1:\n"
        "- báo cáo.xlsx · 9 passages\n\n"
        "➖ Removed 1:\n"
        "- cũ.docx\n\n"
        "Unchanged: 1"
    )


@pytest.mark.parametrize(
    "name", ["<b>&</b>.txt", "a & b.txt", "1 < 2 > 0.md", "&lt;.txt", '"trích".pdf']
)
def test_a_name_is_shown_as_it_is(name: str):
    shown, entities = parse_html(report_html(a_report(ended(name, Outcome.ADDED)), 1, VI))
    assert f"- {name} · 0 đoạn" in shown
    marked = [one["type"] for one in entities if one["type"] != "code"]  # 0.md is an address
    assert marked == ["bold", "bold"], "the head and the name"


def test_a_reason_is_shown_as_it_is():
    result = failed("documents.csv", DocumentFault.METADATA, "kind='<i>&'")
    assert "(kind='<i>&')" in parse_html(report_html(a_report(result), 1, VI))[0]


def test_a_report_of_hundreds_names_some_of_each_and_counts_the_rest():
    results = [
        ended(f"{outcome.value} {number} {'dài ' * 20}.pdf", outcome, passages=7)
        for outcome in (Outcome.ADDED, Outcome.UPDATED, Outcome.REMOVED)
        for number in range(300)
    ] + [failed(f"hỏng {number}.pdf", DocumentFault.DAMAGED, "pdf") for number in range(300)]
    shown = parse_html(report_html(a_report(*results), 900, VI))[0]
    assert units(shown) <= TEXT_UNITS
    for head in ("⚠️ Lỗi 300:", "➕ Thêm 300:", "🔄 Cập nhật 300:", "➖ Gỡ 300:"):
        assert head in shown
    named = shown.count("\n- hỏng ")
    assert named >= 3
    assert shown.count(f"… và {300 - named} tệp khác") == 4


def test_a_long_name_keeps_its_suffix_and_a_long_reason_its_beginning():
    result = failed(f"{'rất ' * 100}dài.pdf", DocumentFault.METADATA, "cột " * 2_000)
    [_, line] = parse_html(report_html(a_report(result), 1, VI))[0].split("\n- ")
    assert line.startswith("rất rất ")
    assert "dài.pdf · documents.csv có ô sai (cột cột" in line
    assert len(line) < 320


names = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
results = st.builds(
    Result,
    source=names,
    outcome=st.sampled_from(Outcome),
    passages=st.integers(0, 10**6),
    doubts=st.lists(
        st.sampled_from(["title", "number", "issued", "place", "period"]), unique=True
    ).map(tuple),
    fault=st.none() | st.sampled_from(DocumentFault),
    detail=st.text(st.characters(exclude_categories=["Cs"]), max_size=500),
)
WORST = [
    Result(source="&😀" * 150, outcome=one, fault=DocumentFault.METADATA, detail="&😀" * 5_000)
    for one in Outcome
    for _ in range(40)
]

WIDE = [Result(source="😀" * 150, outcome=one) for one in Outcome for _ in range(40)]


@given(st.lists(results, max_size=60), st.sampled_from(Language))
@example(WORST, VI)
@example(WORST, EN)
@example(WIDE, VI)
def test_every_report_is_one_message_that_telegram_takes(found: list[Result], language: Language):
    shown, _ = parse_html(report_html(a_report(*found), 10**5, language))
    assert 0 < units(shown) <= TEXT_UNITS
    for outcome in Outcome:
        count = sum(one.outcome is outcome for one in found)
        assert count == 0 or str(count) in shown
