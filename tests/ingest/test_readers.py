"""Readers on real files of every format, made here: what comes out, and every fault."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
import zipfile
from datetime import date, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import msoffcrypto.format.ooxml  # type: ignore[import-untyped]
import openpyxl
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from fpdf import FPDF
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ingest.readers import MAX_BYTES, SUPPORTED_SUFFIXES, decode, read, sniff
from ingest.readers.xlsx import cell_text
from ingest.reading import BlockKind, Format, Reading, Table
from knowledge.errors import DocumentFault, UnreadableDocumentError

if TYPE_CHECKING:
    from collections.abc import Callable

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
needs_font = pytest.mark.skipif(
    not FONT.exists(), reason="DejaVuSans.ttf is missing: apt-get install fonts-dejavu-core"
)

LONG = (
    "Hợp tác xã là tổ chức kinh tế tập thể do các thành viên tự nguyện thành lập, hợp tác tương "
    "trợ lẫn nhau trong sản xuất, kinh doanh và tạo việc làm cho người dân trong vùng."
)


OTHER = (
    "Doanh thu bình quân của một hợp tác xã nông nghiệp trong năm tăng so với năm trước, thu nhập "
    "của người lao động thường xuyên cũng cao hơn, nhất là ở các xã vùng cao."
)


def texts(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks if block.table is None]


def tables(reading: Reading) -> list[Table]:
    return [block.table for block in reading.blocks if block.table is not None]


def rows(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


def kinds(reading: Reading) -> list[tuple[str, int, str]]:
    return [(block.kind.value, block.level, block.text) for block in reading.blocks]


def fault(data: bytes, name: str) -> tuple[DocumentFault, str]:
    with pytest.raises(UnreadableDocumentError) as raised:
        read(data, name)
    return raised.value.fault, raised.value.detail


# --- files ------------------------------------------------------------------------------------


def saved(document: Any) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@cache
def word_file() -> bytes:
    document = docx.Document()
    document.core_properties.title = "Báo cáo quý"
    document.add_heading("Kết quả", level=1)
    document.add_paragraph("Toàn tỉnh có 45 hợp tác xã.")
    document.add_paragraph("Bảng 1. Số hợp tác xã")
    table = document.add_table(rows=4, cols=3)
    for at, row in enumerate(
        [("Vùng", "Số HTX", ""), ("", "Năm 2021", "Năm 2022"), ("Bắc", "12", "14"), ("", "3", "4")]
    ):
        for column, text in enumerate(row):
            table.cell(at, column).text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(2, 0).merge(table.cell(3, 0))
    document.add_paragraph("Hết.")
    return saved(document)


@cache
def workbook_file() -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Biểu 1"
    for row in (
        ["BIỂU 1. SỐ HỢP TÁC XÃ THEO HUYỆN"],
        [None, None, None, "ĐVT: HTX"],
        ["STT", "Huyện", "Số HTX", None],
        [None, None, "Tổng số", "Nông nghiệp"],
        [1, "Lạc Hồng", 1200, 0.125],
        [2, "Phú Thành", 9.0, 0.5],
        [],
        ["Ghi chú: số ước tính."],
    ):
        sheet.append(row)
    for area in ("A1:D1", "A3:A4", "B3:B4", "C3:D3"):
        sheet.merge_cells(area)
    sheet["C5"].number_format = "#,##0"
    sheet["D5"].number_format = "0.0%"
    sheet["D6"].number_format = "0%"
    return saved(workbook)


def pdf_file(pages: list[list[str]], *, furniture: bool = False, user_password: str = "") -> bytes:
    class Document(FPDF):
        def footer(self) -> None:
            if furniture:
                self.set_y(-15)
                self.cell(0, 5, f"Báo cáo năm 2023 - Trang {self.page_no()}")

    document = Document()
    document.set_title("Báo cáo năm")
    document.add_font("DejaVu", fname=str(FONT))
    document.set_font("DejaVu", size=11)
    for lines in pages:
        document.add_page()
        for line in lines:
            document.multi_cell(0, 6, line, new_x="LMARGIN", new_y="NEXT", align="L")
    if user_password:
        document.set_encryption(owner_password=user_password, user_password=user_password)
    return bytes(document.output())


def pdf_table_file(pages: int = 1) -> bytes:
    document = FPDF()
    for style in ("", "B"):
        document.add_font("DejaVu", style=style, fname=str(FONT))
    document.set_font("DejaVu", size=11)
    document.add_page()
    document.cell(0, 8, "Bảng 1. Số hợp tác xã theo huyện", new_x="LMARGIN", new_y="NEXT")
    with document.table(num_heading_rows=2) as table:
        head = table.row()
        head.cell("Huyện", rowspan=2)
        head.cell("Số HTX", colspan=2)
        below = table.row()
        below.cell("Tổng số")
        below.cell("Nông nghiệp")
        for number in range(3 if pages == 1 else 60):
            row = table.row()
            for text in (f"Huyện số {number}", f"{10 + number}", "7"):
                row.cell(text)
    document.cell(0, 8, "Nguồn: báo cáo của các huyện.")
    return bytes(document.output())


PAGE = f"""<!DOCTYPE html><html><head><title>Tin hợp tác xã</title></head><body>
<nav><ul><li><a href="/">Trang chủ</a></li><li><a href="/tin">Tin tức sự kiện</a></li></ul></nav>
<article><h1>Hợp tác xã vượt khó</h1><p>{LONG}</p><h2>Kết quả</h2>
<ol start="2"><li>Doanh thu tăng.</li><li>Thành viên tăng.</li></ol><ul><li>Vốn góp đủ.</li></ul>
<table><caption>Bảng 1. Số HTX</caption>
<tr><th rowspan="2">Vùng</th><th colspan="2">Số HTX</th></tr><tr><th>2021</th><th>2022</th></tr>
<tr><td rowspan="2">Bắc</td><td>12</td><td>14</td></tr><tr><td>3</td><td>4</td></tr></table>
<p>{LONG} Đoạn cuối của bài viết nói về kế hoạch năm sau.</p></article>
<footer>Bản quyền của cổng thông tin</footer></body></html>"""


# --- formats ----------------------------------------------------------------------------------


class TestSniff:
    def test_every_supported_suffix_has_a_reader(self) -> None:
        assert {".txt", ".md", ".html", ".htm", ".pdf", ".docx", ".xlsx"} <= SUPPORTED_SUFFIXES

    def test_importing_the_package_loads_no_library(self) -> None:
        code = (
            "import sys, ingest.readers; "
            "heavy = {'openpyxl', 'docx', 'pdfplumber', 'trafilatura', 'lxml'}; "
            "sys.exit(str(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
        )
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

    @pytest.mark.parametrize(
        ("data", "name", "found"),
        [
            (b"Tin", "a.txt", Format.TXT),
            (b"Tin", "a", Format.TXT),
            (b"Tin", "A.MD", Format.MD),
            (b"Tin", "a.html", Format.TXT),
            (b"<p>Tin</p>", "a.html", Format.HTML),
            (b"<p>Tin</p>", "a.md", Format.MD),
            (b"<!DOCTYPE html><p>Tin", "a.txt", Format.HTML),
            (b"\xef\xbb\xbf<html><p>Tin", "a.doc", Format.HTML),
            (b"5 < 7 > 3", "a.txt", Format.TXT),
            (b"\n%PDF-1.7\n", "a.txt", Format.PDF),
            ("Nói về dấu %PDF- trong tệp".encode(), "a.txt", Format.TXT),
        ],
        ids=lambda value: str(value)[:24],
    )
    def test_text_formats_by_content_then_name(self, data: bytes, name: str, found: Format) -> None:
        assert sniff(data, name) is found

    def test_office_files_by_their_members(self) -> None:
        assert sniff(word_file(), "a.pdf") is Format.DOCX
        assert sniff(workbook_file(), "a") is Format.XLSX

    def test_a_wrong_name_is_a_note(self) -> None:
        assert "docx" in read(word_file(), "báo cáo.pdf").notes[0]
        assert "html" in read(PAGE.encode(), "tin.txt").notes[0]
        assert read(b"Tin", "tin").notes == ()

    @needs_font
    def test_a_pdf_called_txt_is_read_as_pdf(self) -> None:
        reading = read(pdf_file([["Toàn tỉnh có 45 hợp tác xã."]]), "tin.txt")
        assert reading.format is Format.PDF
        assert "pdf" in reading.notes[0]


class TestFaults:
    @pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf", "\u200b\n".encode()])
    def test_nothing_inside(self, data: bytes) -> None:
        assert fault(data, "a.txt")[0] is DocumentFault.EMPTY

    def test_too_large(self) -> None:
        assert fault(b"a" * (MAX_BYTES + 1), "a.txt")[0] is DocumentFault.TOO_LARGE

    def test_a_packed_file_that_unpacks_to_too_much(self) -> None:
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(9):
                archive.writestr(f"word/{number}.xml", bytes(MAX_BYTES))
        assert fault(buffer.getvalue(), "a.docx")[0] is DocumentFault.TOO_LARGE

    @pytest.mark.parametrize(
        ("data", "kind"),
        [
            (b"\x89PNG\r\n\x1a\n\x00", "png"),
            (b"\xff\xd8\xff\xe0\x00", "jpg"),
            (b"MZ\x90\x00\x03", "exe"),
            (b"{\\rtf1 Tin}", "rtf"),
            (b"Rar!\x1a\x07\x00", "rar"),
            (b"<?xml version='1.0'?><w:wordDocument/>", "xml"),
            (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "mht"),
            (b"\xd0\xcf\x11\xe0" + "WordDocument\0".encode("utf-16-le"), "doc"),
            (b"\xd0\xcf\x11\xe0" + "Workbook\0".encode("utf-16-le"), "xls"),
            (b"\xd0\xcf\x11\xe0" + bytes(100), "ole"),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_other_formats_are_named(self, data: bytes, kind: str) -> None:
        assert fault(data, "a.docx") == (DocumentFault.UNSUPPORTED, kind)

    @pytest.mark.parametrize(
        ("member", "kind"),
        [("a.txt", "zip"), ("ppt/presentation.xml", "pptx"), ("META-INF/manifest.xml", "odf")],
    )
    def test_other_packed_files_are_named(self, member: str, kind: str) -> None:
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr(member, "x")
        assert fault(buffer.getvalue(), "a.docx") == (DocumentFault.UNSUPPORTED, kind)

    @pytest.mark.parametrize("make", [word_file, workbook_file])
    def test_an_office_file_with_a_password(self, make: Callable[[], bytes]) -> None:
        locked = BytesIO()
        msoffcrypto.format.ooxml.OOXMLFile(BytesIO(make())).encrypt("mật khẩu", locked)
        assert fault(locked.getvalue(), "a.docx")[0] is DocumentFault.PASSWORD

    @needs_font
    def test_a_pdf_with_a_password(self) -> None:
        locked = pdf_file([["Tin"]], user_password="khoa")  # noqa: S106  (a password made up here)
        assert fault(locked, "a.pdf")[0] is DocumentFault.PASSWORD

    @pytest.mark.parametrize("make", [word_file, workbook_file])
    def test_half_an_office_file_is_damaged(self, make: Callable[[], bytes]) -> None:
        assert fault(make()[: len(make()) // 2], "a.docx")[0] is DocumentFault.DAMAGED

    def test_an_office_file_without_its_main_part_is_damaged(self) -> None:
        for folder in ("word", "xl"):
            buffer = BytesIO()
            with zipfile.ZipFile(buffer, "w") as archive:
                archive.writestr("[Content_Types].xml", "<Types/>")
                archive.writestr(f"{folder}/other.xml", "<a/>")
            assert fault(buffer.getvalue(), "a")[0] is DocumentFault.DAMAGED

    def test_half_a_pdf_is_damaged(self) -> None:
        assert fault(b"%PDF-1.7\n1 0 obj\n<<", "a.pdf")[0] is DocumentFault.DAMAGED

    @pytest.mark.parametrize(
        "data", [bytes(range(256)) * 8, b"\x00\x01\x02\xff" * 50, b"\x81\x8d" * 90]
    )
    def test_bytes_that_are_no_text(self, data: bytes) -> None:
        assert fault(data, "a.txt")[0] is DocumentFault.DAMAGED

    def test_a_pdf_of_pictures_has_no_text(self) -> None:
        document = FPDF()
        document.add_page()
        document.rect(10, 10, 50, 50)
        assert fault(bytes(document.output()), "quét.pdf")[0] is DocumentFault.NO_TEXT

    def test_empty_office_files_have_no_text(self) -> None:
        assert fault(saved(docx.Document()), "a.docx")[0] is DocumentFault.NO_TEXT
        assert fault(saved(openpyxl.Workbook()), "a.xlsx")[0] is DocumentFault.NO_TEXT

    def test_a_page_without_words_has_no_text(self) -> None:
        assert fault(b"<html><body><script>x</script></body>", "a.html")[0] is DocumentFault.NO_TEXT


# --- text and markdown ------------------------------------------------------------------------

SENTENCE = "Hợp tác xã được hỗ trợ vốn từ ngân sách địa phương để mở rộng sản xuất."
TCVN3 = "Hîp t¸c x· ®\xadîc hç trî vèn tõ ng©n s¸ch ®Þa ph\xad¬ng ®Ó më réng s¶n xuÊt."


class TestText:
    @pytest.mark.parametrize(
        "data",
        [
            SENTENCE.encode(),
            SENTENCE.encode("utf-8-sig"),
            SENTENCE.encode("utf-16"),
            SENTENCE.encode("utf-16-le"),
            SENTENCE.encode("utf-16-be"),
            SENTENCE.encode("utf-32"),
            unicodedata.normalize("NFD", SENTENCE).encode(),
            TCVN3.encode("cp1252"),
        ],
        ids=["utf-8", "bom", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "nfd", "tcvn3"],
    )
    def test_every_encoding_gives_the_same_sentence(self, data: bytes) -> None:
        assert texts(read(data, "a.txt")) == [SENTENCE]

    def test_windows_1258_is_read_and_noted(self) -> None:
        fixed = _tones_last(SENTENCE)
        reading = read(fixed.encode("cp1258"), "a.txt")
        assert texts(reading) == [SENTENCE]
        assert "1258" in reading.notes[0]

    def test_latin_text_of_another_language_is_read(self) -> None:
        french = "Le comité de la coopérative, réuni à Lyon, a adopté un plan de trois ans. " * 3
        assert decode(french.encode("cp1252")).text == french

    def test_vietnamese_in_an_encoding_that_is_not_known_is_refused(self) -> None:
        vni = "Hôïp taùc xaõ ñöôïc hoã trôï voán töø ngaân saùch ñòa phöông. " * 3
        assert fault(vni.encode("cp1252"), "a.txt")[0] is DocumentFault.DAMAGED

    def test_one_broken_letter_in_a_long_text_is_noted(self) -> None:
        data = (SENTENCE + "\n").encode() * 60
        reading = read(data[:-3] + b"\xe1\xbb", "a.txt")
        assert "UTF-8" in reading.notes[0]

    def test_lines_are_paragraphs_without_kind(self) -> None:
        reading = read("Tin tức\n1. Một\n\n- Hai\n".encode(), "a.txt")
        assert kinds(reading) == [
            ("paragraph", 0, "Tin tức"),
            ("paragraph", 0, "1. Một"),
            ("paragraph", 0, "- Hai"),
        ]


def _tones_last(text: str) -> str:
    """The letters of Windows-1258: vowels with their shape, and the tone as a mark after them."""
    letters = ""
    for char in text:
        split = unicodedata.normalize("NFD", char)
        tones = "".join(mark for mark in split if mark in "\u0300\u0301\u0303\u0309\u0323")
        shaped = "".join(mark for mark in split if mark not in tones)
        letters += unicodedata.normalize("NFC", shaped) + tones
    return letters


class TestMarkdown:
    def test_a_law_without_markdown_reads_like_text(self) -> None:
        law = "QUỐC HỘI\n-------\n\nĐiều 1. Phạm vi\n\n1. Một khoản * chú ý *.\n\na) Điểm a;\n- gạch\n"
        assert read(law.encode(), "luat.md").blocks == read(law.encode(), "luat.txt").blocks

    def test_headings_lists_tables_and_emphasis(self) -> None:
        text = (
            "# Báo **cáo**\n\nXem [Luật](https://a.vn/b) và *điều lệ* 2*3*4.\n\n* Một\n  hai\n"
            "1. Ba\n\n## Số liệu ##\nBảng 1. Số HTX\n\n| Huyện | Số |\n|---|--:|\n| Lạc Hồng | 12 |\n"
            "| Phú \\| Thành | |\n\nHết\\."
        )
        reading = read(text.encode(), "a.md")
        assert kinds(reading) == [
            ("heading", 1, "Báo cáo"),
            ("paragraph", 0, "Xem Luật và điều lệ 2*3*4."),
            ("list_item", 0, "- Một hai"),
            ("list_item", 0, "1. Ba"),
            ("heading", 2, "Số liệu"),
            ("table", 0, ""),
            ("paragraph", 0, "Hết."),
        ]
        (table,) = tables(reading)
        assert (table.caption, table.headers) == ("Bảng 1. Số HTX", ("Huyện", "Số"))
        assert rows(table) == [("Lạc Hồng", "12"), ("Phú | Thành", "")]

    def test_front_matter_gives_the_title_and_is_noted(self) -> None:
        reading = read('---\ntitle: "Kế hoạch"\nnăm: 2023\n---\nNội dung\n'.encode(), "a.md")
        assert reading.title == "Kế hoạch"
        assert texts(reading) == ["Nội dung"]
        assert len(reading.notes) == 1

    def test_underlined_heading_and_fenced_text(self) -> None:
        reading = read("Kết quả\n=====\n\n```\n1. *a*\n```\n".encode(), "a.md")
        assert kinds(reading) == [("heading", 1, "Kết quả"), ("paragraph", 0, "1. *a*")]


# --- html -------------------------------------------------------------------------------------


class TestHtml:
    def test_main_text_with_headings_lists_and_table(self) -> None:
        reading = read(PAGE.encode(), "tin.html")
        assert reading.title == "Tin hợp tác xã"
        assert kinds(reading) == [
            ("heading", 1, "Hợp tác xã vượt khó"),
            ("paragraph", 0, LONG),
            ("heading", 2, "Kết quả"),
            ("list_item", 0, "2. Doanh thu tăng."),
            ("list_item", 0, "3. Thành viên tăng."),
            ("list_item", 0, "- Vốn góp đủ."),
            ("table", 0, ""),
            ("paragraph", 0, f"{LONG} Đoạn cuối của bài viết nói về kế hoạch năm sau."),
        ]
        assert "bỏ 3 đoạn" in reading.notes[0]

    def test_merged_cells_of_a_table(self) -> None:
        (table,) = tables(read(PAGE.encode(), "tin.html"))
        assert table.caption == "Bảng 1. Số HTX"
        assert table.headers == ("Vùng", "Số HTX > 2021", "Số HTX > 2022")
        assert rows(table) == [("Bắc", "12", "14"), ("Bắc", "3", "4")]

    def test_a_short_page_is_read_whole(self) -> None:
        reading = read(
            "<html><body><p>Toàn tỉnh có 45 HTX.</p><p>Hết.</p></body></html>".encode(), "a"
        )
        assert texts(reading) == ["Toàn tỉnh có 45 HTX.", "Hết."]

    def test_paragraphs_said_twice_stay_twice(self) -> None:
        page = (
            f"<html><body><article><p>{LONG}</p><p>{LONG}</p><p>{LONG}</p></article></body></html>"
        )
        assert texts(read(page.encode(), "a.html")) == [LONG] * 3

    def test_line_breaks_part_clauses_and_source_lines_do_not(self) -> None:
        page = "<html><body><p>Điều 1. Phạm\n vi<br>1. Khoản một<br/>2. Khoản hai</p></body></html>"
        assert texts(read(page.encode(), "a.html")) == [
            "Điều 1. Phạm vi",
            "1. Khoản một",
            "2. Khoản hai",
        ]

    def test_tables_that_set_the_page_are_walked(self) -> None:
        page = (
            "<html><body><table><tr><td><h2>Tin</h2><p>Một.</p></td><td><table><tr><td>Huyện</td>"
            "<td>Số</td></tr><tr><td>A</td><td>3</td></tr></table></td></tr></table></body></html>"
        )
        reading = read(page.encode(), "a.html")
        assert texts(reading) == ["Tin", "Một."]
        assert rows(tables(reading)[0]) == [("A", "3")]

    def test_the_encoding_that_a_page_names(self) -> None:
        page = "<html><head><meta charset=iso-8859-1></head><body><p>Café déjà vu</p></body></html>"
        assert texts(read(page.encode("latin-1"), "a.html")) == ["Café déjà vu"]

    def test_a_page_of_a_thousand_nested_boxes_is_read_or_refused(self) -> None:
        page = "<html><body>" + "<div>" * 5000 + "Tin" + "</div>" * 5000
        assert read_or_fault(page.encode(), "a.html")

    def test_letters_come_out_composed(self) -> None:
        page = unicodedata.normalize("NFD", "<html><body><p>Hợp&nbsp;tác  xã</p></body></html>")
        assert texts(read(page.encode(), "a.html")) == ["Hợp tác xã"]


# --- docx -------------------------------------------------------------------------------------


class TestDocx:
    def test_body_in_order_with_headings_and_title(self) -> None:
        reading = read(word_file(), "a.docx")
        assert reading.title == "Báo cáo quý"
        assert kinds(reading) == [
            ("heading", 1, "Kết quả"),
            ("paragraph", 0, "Toàn tỉnh có 45 hợp tác xã."),
            ("table", 0, ""),
            ("paragraph", 0, "Hết."),
        ]

    def test_merged_cells(self) -> None:
        (table,) = tables(read(word_file(), "a.docx"))
        assert table.caption == "Bảng 1. Số hợp tác xã"
        assert table.headers == ("Vùng", "Số HTX > Năm 2021", "Số HTX > Năm 2022")
        assert rows(table) == [("Bắc", "12", "14"), ("Bắc", "3", "4")]

    def test_numbers_that_word_prints(self) -> None:
        document = docx.Document()
        levels = [
            ("decimal", "%1."),
            ("lowerLetter", "%2)"),
            ("upperRoman", "%1.%3"),
            ("bullet", "\uf0b7"),
        ]
        add_list(document, levels)
        for level in (0, 0, 1, 1, 0, 1, 2, 3):
            numbered(document, f"mức {level}", level)
        assert kinds(read(saved(document), "a.docx")) == [
            ("list_item", 0, text)
            for text in (
                *("1. mức 0", "2. mức 0", "a) mức 1", "b) mức 1", "3. mức 0", "a) mức 1"),
                *("3.I mức 2", "- mức 3"),
            )
        ]

    def test_lists_by_style(self) -> None:
        document = docx.Document()
        for text in ("một", "hai"):
            document.add_paragraph(text, style="List Number")
        document.add_paragraph("ba", style="List Bullet")
        assert texts(read(saved(document), "a.docx")) == ["1. một", "2. hai", "- ba"]

    def test_a_numbered_column_of_a_table(self) -> None:
        document = docx.Document()
        add_list(document, [("decimal", "%1")])
        table = document.add_table(rows=3, cols=2)
        for at, text in enumerate(("Huyện", "Lạc Hồng", "Phú Thành")):
            table.cell(at, 1).text = text
        table.cell(0, 0).text = "STT"
        for at in (1, 2):
            set_number(table.cell(at, 0).paragraphs[0], 0)
            table.cell(at, 0).paragraphs[0].add_run("\u200b.")
        assert rows(tables(read(saved(document), "a.docx"))[0]) == [
            ("1 .", "Lạc Hồng"),
            ("2 .", "Phú Thành"),
        ]

    def test_tracked_changes_are_accepted_and_text_boxes_noted(self) -> None:
        document = docx.Document()
        paragraph = document.add_paragraph("Có ")
        for xml in (
            "<w:ins {ns}><w:r><w:t>45</w:t></w:r></w:ins>",
            "<w:del {ns}><w:r><w:delText>44</w:delText></w:r></w:del>",
            "<w:sdt {ns}><w:sdtContent><w:r><w:t> HTX</w:t></w:r></w:sdtContent></w:sdt>",
            "<w:r {ns}><w:pict><w:txbxContent><w:p><w:r><w:t>hộp</w:t></w:r></w:p></w:txbxContent>"
            "</w:pict></w:r>",
        ):
            paragraph._p.append(parse_xml(xml.format(ns=nsdecls("w"))))
        reading = read(saved(document), "a.docx")
        assert texts(reading) == ["Có 45 HTX"]
        assert reading.notes == ("bỏ 1 hộp chữ",)

    def test_lines_parted_by_hand(self) -> None:
        document = docx.Document()
        document.add_paragraph("LUẬT\nHỢP TÁC XÃ")
        document.add_paragraph("Điều 1. Phạm vi\n1. Khoản một")
        assert texts(read(saved(document), "a.docx")) == [
            "LUẬT HỢP TÁC XÃ",
            "Điều 1. Phạm vi",
            "1. Khoản một",
        ]

    def test_content_controls_are_opened(self) -> None:
        document = docx.Document()
        box = parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>"
        )
        document.element.body.insert(0, box)
        assert texts(read(saved(document), "a.docx")) == ["Trong khung"]


def add_list(document: Any, levels: list[tuple[str, str]]) -> None:
    """A list of its own with number 99."""
    numbering = document.part.numbering_part.element
    body = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{pattern}"/></w:lvl>'
        for at, (form, pattern) in enumerate(levels)
    )
    abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="99">{body}</w:abstractNum>'
    numbering.insert(0, parse_xml(abstract))
    number = f'<w:num {nsdecls("w")} w:numId="99"><w:abstractNumId w:val="99"/></w:num>'
    numbering.append(parse_xml(number))


def numbered(document: Any, text: str, level: int) -> None:
    set_number(document.add_paragraph(text), level)


def set_number(paragraph: Any, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    number = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", level), ("w:numId", 99)):
        child = OxmlElement(tag)
        child.set(qn("w:val"), str(value))
        number.append(child)
    properties.append(number)


# --- xlsx -------------------------------------------------------------------------------------


class TestXlsx:
    def test_a_sheet_with_titles_merged_header_and_notes(self) -> None:
        reading = read(workbook_file(), "a.xlsx")
        (table,) = tables(reading)
        assert table.sheet == "Biểu 1"
        assert table.caption == "BIỂU 1. SỐ HỢP TÁC XÃ THEO HUYỆN\nĐVT: HTX"
        assert table.headers == ("STT", "Huyện", "Số HTX > Tổng số", "Số HTX > Nông nghiệp")
        assert [(row.number, row.cells) for row in table.rows] == [
            (5, ("1", "Lạc Hồng", "1.200", "12,5%")),
            (6, ("2", "Phú Thành", "9", "50%")),
        ]
        assert texts(reading) == ["Ghi chú: số ước tính."]

    def test_two_tables_on_a_sheet(self) -> None:
        reading = read(
            sheet_file(
                ["Bảng 1"], ["Huyện", "Số"], ["A", 1], [], ["Bảng 2"], ["Xã", "Số"], ["B", 2]
            ),
            "a.xlsx",
        )
        assert [table.caption for table in tables(reading)] == ["Bảng 1", "Bảng 2"]
        assert [rows(table) for table in tables(reading)] == [[("A", "1")], [("B", "2")]]

    def test_an_empty_row_inside_a_table_does_not_end_it(self) -> None:
        reading = read(sheet_file(["Huyện", "Số"], ["A", 1], [], ["B", 2]), "a.xlsx")
        assert [[row.number for row in table.rows] for table in tables(reading)] == [[2, 4]]

    def test_letterhead_and_long_text_are_paragraphs(self) -> None:
        reading = read(
            sheet_file(
                ["UBND TỈNH", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
                ["SỞ KẾ HOẠCH", None, "Độc lập - Tự do - Hạnh phúc"],
                [],
                ["Số liệu do các huyện gửi về."],
                [],
                ["BIỂU TỔNG HỢP"],
                ["STT", "Huyện", "Số"],
                [1, "A", 1],
            ),
            "a.xlsx",
        )
        assert texts(reading)[0] == "UBND TỈNH"
        assert texts(reading)[-1] == "Số liệu do các huyện gửi về."
        assert tables(reading)[0].caption == "BIỂU TỔNG HỢP"

    def test_hidden_sheets_are_left_out_with_a_note(self) -> None:
        workbook = openpyxl.load_workbook(BytesIO(workbook_file()))
        hidden = workbook.create_sheet("Nháp")
        hidden.append(["bí mật"])
        hidden.sheet_state = "hidden"
        reading = read(saved(workbook), "a.xlsx")
        assert "bí mật" not in texts(reading)
        assert reading.notes == ("bỏ trang tính ẩn: Nháp",)

    def test_formulas_without_a_saved_value_are_counted(self) -> None:
        reading = read(sheet_file(["Huyện", "Số"], ["A", 1], ["Cộng", "=B2"]), "a.xlsx")
        assert reading.notes == ("1 ô công thức không có giá trị đã lưu",)

    def test_a_lone_format_in_the_last_row_costs_nothing(self) -> None:
        workbook = openpyxl.load_workbook(BytesIO(workbook_file()))
        workbook.worksheets[0]["XFD1048576"].number_format = "0.00"
        assert tables(read(saved(workbook), "a.xlsx")) == tables(read(workbook_file(), "a.xlsx"))

    def test_merged_areas_beyond_reason_are_refused(self) -> None:
        source = zipfile.ZipFile(BytesIO(workbook_file()))
        vast = remade(
            source, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"A1:D1", b"A1:XFD1048576")
        )
        assert fault(vast, "a.xlsx")[0] is DocumentFault.TOO_LARGE

    @pytest.mark.parametrize(
        ("value", "code", "printed"),
        [
            (12, "General", "12"),
            (12.0, "General", "12"),
            (12.5, "General", "12,5"),
            (0.1 + 0.2, "General", "0,3"),
            (1234567, "#,##0", "1.234.567"),
            (1234.5, "#,##0.00", "1.234,50"),
            (1234.5, "#,##0.##", "1.234,5"),
            (1234, "#,##0.##", "1.234"),
            (-1234, "#,##0;(#,##0)", "-1.234"),
            (2.5, "0", "3"),
            (0.125, "0.0%", "12,5%"),
            (0.125, "0%", "13%"),
            (5, "00", "05"),
            (7, "000", "007"),
            (3.25, "0.0", "3,3"),
            (2500000, "#,##0,", "2.500"),
            (12.5, '0.0" tỷ đồng"', "12,5 tỷ đồng"),
            (12, '"khoảng "0', "khoảng 12"),
            (12, "#,##0_);[Red]\\(#,##0\\)", "12"),
            (1234, "_-* #,##0 _₫_-;-* #,##0 _₫_-", "1.234"),
            (0, "#,##0", "0"),
            (True, "General", "TRUE"),
            (None, "General", ""),
            ("Hợp tác xã", "@", "Hợp tác xã"),
            (date(2023, 6, 5), "dd/mm/yyyy", "05/06/2023"),
            (datetime(2023, 6, 5), "mm-dd-yy", "05/06/2023"),  # noqa: DTZ001
            (datetime(2023, 6, 5, 8, 30), "d/m/yy h:mm", "05/06/2023 08:30"),  # noqa: DTZ001
            (datetime(2023, 6, 1), "mm/yyyy", "06/2023"),  # noqa: DTZ001
            (time(8, 5), "h:mm", "08:05"),
        ],
    )
    def test_cells_as_printed(self, value: object, code: str, printed: str) -> None:
        assert cell_text(value, code).strip() == printed


def sheet_file(*lines: list[Any]) -> bytes:
    workbook = openpyxl.Workbook()
    assert workbook.active is not None
    for line in lines:
        workbook.active.append(line)
    return saved(workbook)


def remade(source: zipfile.ZipFile, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same packed file with one member changed."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            content = source.read(name)
            archive.writestr(name, change(content) if name == member else content)
    return buffer.getvalue()


# --- pdf --------------------------------------------------------------------------------------


@needs_font
class TestPdf:
    def test_paragraphs_with_their_pages(self) -> None:
        reading = read(pdf_file([["Phần một", LONG], [OTHER]]), "a.pdf")
        assert reading.pages == 2
        assert reading.title == "Báo cáo năm"
        assert [(block.page, block.text) for block in reading.blocks] == [
            (1, "Phần một"),
            (1, LONG),
            (2, OTHER),
        ]

    def test_a_paragraph_over_a_page_end_is_one(self) -> None:
        items = [f"{n}. Hợp tác xã thứ {n} của huyện" for n in range(1, 43)]
        reading = read(pdf_file([[*items, f"{LONG} {OTHER}"]]), "a.pdf")
        assert reading.pages == 2
        assert texts(reading) == [*items, f"{LONG} {OTHER}"]

    def test_footers_go_with_a_note(self) -> None:
        pages = [["Điều 1. Vốn góp", LONG], ["Điều 2. Thành viên", OTHER], ["Điều 3. Kết quả"]]
        reading = read(pdf_file(pages, furniture=True), "a.pdf")
        assert not any("Trang" in text for text in texts(reading))
        assert reading.notes == ("bỏ dòng lặp lại trên các trang: Báo cáo năm 2023 - Trang 1",)

    def test_a_page_without_words_is_noted(self) -> None:
        reading = read(pdf_file([["Trang đầu"], [], ["Trang cuối"]]), "a.pdf")
        assert reading.notes == ("trang 2 không có chữ",)

    def test_a_table_with_a_merged_header_is_not_said_twice(self) -> None:
        reading = read(pdf_table_file(), "a.pdf")
        (table,) = tables(reading)
        assert table.caption == "Bảng 1. Số hợp tác xã theo huyện"
        assert table.headers == ("Huyện", "Số HTX > Tổng số", "Số HTX > Nông nghiệp")
        assert rows(table)[0] == ("Huyện số 0", "10", "7")
        assert texts(reading) == ["Nguồn: báo cáo của các huyện."]

    def test_a_table_over_pages_is_one(self) -> None:
        (table,) = tables(read(pdf_table_file(pages=2), "a.pdf"))
        assert [cells[1] for cells in rows(table)] == [str(10 + number) for number in range(60)]


# --- any bytes --------------------------------------------------------------------------------


def read_or_fault(data: bytes, name: str) -> bool:
    """Whether a file is read or refused in the one way that is allowed."""
    try:
        reading = read(data, name)
    except UnreadableDocumentError:
        return True
    return bool(reading.blocks) and all(
        block.text or block.kind is BlockKind.TABLE for block in reading.blocks
    )


@cache
def sample_pdf() -> bytes:
    document = FPDF()
    document.set_compression(False)
    document.add_page()
    document.set_font("Helvetica", size=11)
    document.cell(0, 8, "Hop tac xa 45", new_x="LMARGIN", new_y="NEXT")
    with document.table() as table:
        for line in (("Huyen", "So"), ("A", "3")):
            row = table.row()
            for text in line:
                row.cell(text)
    return bytes(document.output())


SAMPLES: dict[str, Callable[[], bytes]] = {
    "a.docx": word_file,
    "a.xlsx": workbook_file,
    "a.pdf": sample_pdf,
    "a.html": PAGE.encode,
    "a.md": lambda: b"# A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n* **x**\n",
}
MEMBERS = {
    "a.docx": ("word/document.xml", "word/styles.xml", "word/numbering.xml", "[Content_Types].xml"),
    "a.xlsx": ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"),
}
NAMES = st.sampled_from(["a.txt", "a.md", "a.html", "a.pdf", "a.docx", "a.xlsx", "a"])
EDITS = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(max_size=6)), min_size=1, max_size=6
)
slowly = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


def edited(data: bytes, edits: list[tuple[float, bytes]]) -> bytes:
    """Bytes overwritten, or where the edit is empty cut off."""
    for share, change in edits:
        at = int(share * len(data))
        data = data[:at] + change + data[at + len(change) :] if change else data[: at + 1]
    return data


@pytest.mark.filterwarnings("error")
class TestAnyBytes:
    @given(st.binary(max_size=400), NAMES)
    @example(b"%PDF-1.4\n%%EOF", "a.pdf")
    @example(b"PK\x03\x04", "a.docx")
    @example(b"<html>\x00", "a.html")
    @example(b"<html>", "a.html")
    @settings(deadline=None, derandomize=True)
    def test_arbitrary_bytes(self, data: bytes, name: str) -> None:
        assert read_or_fault(data, name)

    @given(st.text(max_size=300), NAMES)
    @settings(deadline=None, derandomize=True)
    def test_arbitrary_text(self, text: str, name: str) -> None:
        assert read_or_fault(text.encode(), name)
        assert read_or_fault(f"<html><body>{text}".encode(), name)

    @pytest.mark.parametrize("name", SAMPLES)
    @given(EDITS)
    @slowly
    def test_files_with_wrong_bytes(self, name: str, edits: list[tuple[float, bytes]]) -> None:
        assert read_or_fault(edited(SAMPLES[name](), edits), name)

    @pytest.mark.parametrize(("name", "member"), [(n, m) for n, ms in MEMBERS.items() for m in ms])
    @given(EDITS)
    @slowly
    def test_packed_files_with_wrong_bytes_inside(
        self, name: str, member: str, edits: list[tuple[float, bytes]]
    ) -> None:
        source = zipfile.ZipFile(BytesIO(SAMPLES[name]()))
        assert read_or_fault(remade(source, member, lambda xml: edited(xml, edits)), name)
