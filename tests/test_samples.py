"""The sample library: its formats, the form of its digests and the figures of its reports."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pdfplumber
import pytest

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
DOCUMENTS = sorted(path for path in SAMPLES.iterdir() if path.name != "documents.csv")
DIGESTS = [path for path in DOCUMENTS if path.name.startswith("tom-tat-")]
PDFS = [path for path in DOCUMENTS if path.suffix == ".pdf"]
LAW = r"(Luật Hợp tác xã|Nghị định|Thông tư|Quyết định) \d+/\d{4}/(QH15|NĐ-CP|TT-\w+|QĐ-TTg)"

# a web page has its title twice, a pdf begins with its running header
FIRST_LINE = {".html": 1, ".pdf": 1}

# each figure with enough of its unit or hedge to be found once, where it should be
FIGURES = {
    "bao-cao-ninh-thuan-2022.txt": [
        "12 HTX",
        "107 HTX",
        "18.916 thành viên",
        "trên 143 tỷ đồng",
        "ước đạt 2,3 tỷ đồng",
        "2,2%",
        "29 sản phẩm",
        "13 HTX",
    ],
    "tin-quang-tri-2023.html": [
        "310 HTX nông nghiệp",
        "2 liên hiệp HTX",
        "12.971 lao động",
        "1,3 tỷ đồng",
        "125 triệu đồng",
        "106.598 triệu đồng",
        "21 HTX",
        "33 sản phẩm OCOP",
        "100% HTX nông nghiệp",
        "ít nhất 60%",
        "hỗ trợ 5 HTX",
        "trên 22%",
        "4 - 6 HTX nông nghiệp",
        "Cờ thi đua cho 4 tập thể",
        "Bằng khen cho 1 tập thể",
        "Bằng khen cho 3 cá nhân",
        "Bằng khen cho 5 tập thể",
        "Bằng khen cho 4 cá nhân",
        "15 cá nhân",
    ],
    "bao-cao-tra-vinh-2022.docx": [
        "82 tổ hợp tác",
        "1.387 thành viên",
        "49 THT",
        "1.695 THT",
        "28.751 thành viên",
        "1.825 tổ",
        "33.698 thành viên",
        "95 tổ",
        "1.679 thành viên",
        "23 hợp tác xã (HTX) thành lập mới",
        "1 liên hiệp HTX",
        "176 HTX",
        "145 HTX nông nghiệp",
        "31 HTX",
        "16 quỹ tín dụng nhân dân",
        "trên 163,8 tỷ đồng",
        "29.450 thành viên",
        "136 HTX",
        "17 HTX",
        "23 HTX mới lập",
        "34 HTX hoạt động tốt, bằng 25%",
        "55 HTX hoạt động khá, bằng 40%",
        "40 HTX hoạt động trung bình, bằng 29,5%",
        "7 HTX hoạt động yếu, bằng 5,5%",
    ],
    "bao-cao-ca-mau-8-2023.pdf": [
        "281 hợp tác xã",
        "4.292 thành viên",
        "247 HTX đang hoạt động",
        "34 HTX",
        "1 liên hiệp HTX",
        "6 HTX thành viên",
        "59 lao động",
        "987 tổ hợp tác",
        "14.560 tổ viên",
    ],
    "so-ket-binh-phuoc-2022-2023.md": [
        "60 HTX thành lập mới",
        "323 HTX",
        "248 HTX đang hoạt động",
        "38 lớp",
        "1.915 học viên",
        "9 lớp",
        "gần 500 lượt người",
        "26 HTX",
        "7 lượt HTX",
        "1 tỷ 456 triệu đồng",
        "15 HTX",
        "gần 29 tỷ đồng",
        "35 lớp",
        "1.712 học viên",
        "44 HTX",
        "hỗ trợ thêm 5 HTX",
        "5 lớp tập huấn thương mại điện tử",
    ],
}


def lines_of(path: Path) -> list[str]:
    """The lines, paragraphs or cells of a sample, without its marks."""
    readers = {".pdf": pdf_lines, ".docx": docx_lines, ".xlsx": xlsx_lines}
    return list(readers.get(path.suffix, text_lines)(path))


def pdf_lines(path: Path) -> Iterator[str]:
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            yield from page.extract_text().splitlines()


def docx_lines(path: Path) -> Iterator[str]:
    document = docx.Document(str(path))
    yield from (paragraph.text for paragraph in document.paragraphs)
    for table in document.tables:
        yield from (cell.text for row in table.rows for cell in row.cells)


def xlsx_lines(path: Path) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(path):
        for row in sheet.iter_rows(values_only=True):
            yield from (str(value) for value in row if value is not None)


def text_lines(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield re.sub(r"<[^>]+>", "", line).lstrip("# ")


def text_of(path: Path) -> str:
    return re.sub(r"\s+", " ", " ".join(lines_of(path)))


def test_there_are_enough_documents():
    assert len(DOCUMENTS) >= 14
    assert len(DIGESTS) >= 7


def test_every_format_is_present():
    found = {path.suffix for path in DOCUMENTS}
    assert found == {".txt", ".md", ".html", ".pdf", ".docx", ".xlsx"}


def test_names_are_plain_ascii():
    assert [path.name for path in DOCUMENTS if not re.fullmatch(r"[a-z0-9.-]+", path.name)] == []


def test_documents_csv_names_files_that_exist():
    with (SAMPLES / "documents.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["file", "title", "place", "period", "published", "publisher"]
    assert [row["file"] for row in rows if not (SAMPLES / row["file"]).is_file()] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_text_is_composed_unicode(path):
    text = "\n".join(lines_of(path))
    assert text.strip()
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("path", DIGESTS, ids=lambda path: path.name)
def test_a_digest_says_what_it_retells(path):
    lines = [line for line in lines_of(path) if line.strip()]
    title, note, effect, *rest = lines[FIRST_LINE.get(path.suffix, 0) :]
    assert title.startswith("Tóm tắt: ")
    assert re.fullmatch(r"Tài liệu mẫu, tóm tắt .+ \(không thay văn bản gốc\)", note)
    assert effect.startswith("Hiệu lực của văn bản gốc: từ ngày ")
    headings = [line for line in rest if re.match(rf"Điều \d+ {LAW}: \S", line)]
    assert len(headings) >= 5


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_a_pdf_has_numbered_pages(path):
    with pdfplumber.open(path) as pdf:
        last_lines = [page.extract_text().splitlines()[-1] for page in pdf.pages]
    assert len(last_lines) >= 2
    assert last_lines == [
        f"Trang {number}/{len(last_lines)}" for number in range(1, len(last_lines) + 1)
    ]


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_is_in_its_report(name):
    text = text_of(SAMPLES / name)
    missing = [
        figure
        for figure in FIGURES[name]
        if not re.search(rf"(?<![\d.,]){re.escape(figure)}(?!\w|[.,]\d)", text)
    ]
    assert missing == []
