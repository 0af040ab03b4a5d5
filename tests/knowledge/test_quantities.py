"""Quantities in running text, and the numbers that are none."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.model import Comparator
from knowledge.vietnamese.quantities import Quantity, find_quantities, read_number
from knowledge.vietnamese.text import without_marks


def told(quantity: Quantity) -> str:
    """A quantity as the tables below write it: "> 2000000000 đồng/HTX", "4..6 HTX"."""
    sign = (
        "" if quantity.comparator in {Comparator.EQUAL, Comparator.RANGE} else quantity.comparator
    )
    value = f"{quantity.value:f}"
    if quantity.comparator == Comparator.RANGE:
        value += f"..{quantity.value_max:f}"
    per = f"/{quantity.per}" if quantity.per else ""
    return " ".join(part for part in (sign, value, f"{quantity.unit}{per}") if part)


def found(text: str) -> list[str]:
    return [told(quantity) for quantity in find_quantities(text)]


def row(words: str, text: str, *quantities: str):
    return pytest.param(text, list(quantities), id=words)


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        # written numbers
        row("a small count", "Cuối năm, huyện Thới Bình còn 37 HTX.", "37 HTX"),
        row("thousands", "Toàn vùng có 1.234 HTX hoạt động", "1234 HTX"),
        row("thousands and decimals", "sản lượng 1.234,5 tấn cá tra", "1234.5 tấn"),
        row("millions in figures", "chi 12.345.678 đồng tiền điện", "12345678 đồng"),
        row("a decimal comma", "bình quân 12,5 lao động", "12.5 lao động"),
        row("three decimals behind a comma", "hệ số 1,234", "1.234"),
        row("a decimal dot before a scale", "vay 1.5 tỷ đồng", "1500000000 đồng"),
        row("a decimal dot before a unit", "đạt 7.25% kế hoạch", "7.25 %"),
        row("a part of one with a dot", "góp 0.125 tỷ đồng", "125000000 đồng"),
        row("a no-break space between thousands", "có 1\u00a0234 hộ vào tổ", "1234 hộ"),
        row("a thin space between thousands", "có 12\u2009500 thành viên", "12500 thành viên"),
        row("a narrow no-break space", "có 12\u202f500 thành viên", "12500 thành viên"),
        row("a leading zero", "và 04 quỹ tín dụng", "4 quỹ"),
        row("a unit without a space", "canh tác 20.000ha lúa", "20000 ha"),
        row("a scale without a space", "mượn 50triệu", "50000000 đồng"),
        row("two spaces", "còn 12  HTX yếu", "12 HTX"),
        # scales
        row("tỷ", "Doanh thu 2,3 tỷ đồng", "2300000000 đồng"),
        row("tỉ with i", "Doanh thu 2,3 tỉ đồng", "2300000000 đồng"),
        row("triệu", "vốn góp 84.215 triệu đồng", "84215000000 đồng"),
        row("nghìn of a count", "thu hút 4.120 nghìn thành viên", "4120000 thành viên"),
        row("ngàn", "khoảng 15 ngàn nông dân", "~ 15000 nông dân"),
        row("nghìn tỷ", "dư nợ 1,2 nghìn tỷ đồng", "1200000000000 đồng"),
        row("vạn", "trồng 3 vạn cây dừa", "30000 cây"),
        row("trăm behind a figure", "mấy xã góp 3 trăm triệu đồng", "300000000 đồng"),
        row("tỷ and triệu", "vay 1 tỷ 456 triệu đồng", "1456000000 đồng"),
        row("tỷ, triệu and nghìn", "chi 1 tỷ 456 triệu 200 nghìn đồng", "1456200000 đồng"),
        row("tỷ and triệu with a zero", "vốn góp 21 tỷ 085 triệu đồng", "21085000000 đồng"),
        row("tỷ and triệu, no noun", "quỹ chung 1 tỷ 200 triệu", "1200000000 đồng"),
        row("down to nghìn, no noun", "thu 3 triệu 250 nghìn", "3250000 đồng"),
        row("half a triệu more", "lương 2 triệu rưỡi", "2500000 đồng"),
        row("half a tỷ more", "xưởng 3 tỷ rưỡi", "3500000000 đồng"),
        row("money without a noun", "vốn 2,3 tỷ, nợ 400 triệu", "2300000000 đồng", "400000000 đồng"),
        row("tỷ is money in an accounting list", "doanh thu: 15 tỷ; lãi: 2 tỷ",
            "15000000000 đồng", "2000000000 đồng"),
        row("triệu of a count", "cả nước có 1,2 triệu thành viên", "1200000 thành viên"),
        row("triệu of visits", "đón 2,5 triệu lượt khách", "2500000 lượt khách"),
        row("nghìn alone", "phát 15 ngàn tờ rơi", "15000"),
        # numbers in words
        row("a word before a count noun", "xã lập thêm hai HTX", "2 HTX"),
        row("ba before a count noun", "giải thể ba tổ hợp tác", "3 THT"),
        row("chín before a count noun", "cử chín cán bộ đi học", "9 cán bộ"),
        row("mười", "mười hộ cùng góp đất", "10 hộ"),
        row("mười lăm", "mười lăm lớp tập huấn", "15 lớp"),
        row("mốt", "hai mươi mốt HTX vận tải", "21 HTX"),
        row("tư", "hai mươi tư thành viên", "24 thành viên"),
        row("lăm", "ba mươi lăm lao động", "35 lao động"),
        row("năm within tens", "năm mươi hai trang trại", "52 trang trại"),
        row("tens and ones", "tám mươi hai HTX", "82 HTX"),
        row("tens at the start of a sentence", "Tám mươi hai HTX đã nộp báo cáo.", "82 HTX"),
        row("linh", "một trăm linh năm hộ nghèo", "105 hộ"),
        row("lẻ", "hai trăm lẻ bảy xã viên", "207 thành viên"),
        row("hundreds, tens and ones", "ba trăm bốn mươi sáu hộ", "346 hộ"),
        row("không trăm", "hai nghìn không trăm linh tám hộ", "2008 hộ"),
        row("thousands in words", "một nghìn hai trăm linh năm hộ", "1205 hộ"),
        row("money in words", "hai nghìn ba trăm tỷ đồng", "2300000000000 đồng"),
        row("rưỡi in words", "vay ba tỷ rưỡi", "3500000000 đồng"),
        row("năm with a scale", "đóng năm triệu đồng", "5000000 đồng"),
        row("một with a scale", "góp một triệu đồng", "1000000 đồng"),
        row("percent in words", "chín mươi phần trăm đồng ý", "90 %"),
        row("a word without a noun, of two syllables", "tăng thêm hai mươi mốt", "21"),
        row("figures said again in words", "ít nhất 05 (năm) thành viên", "> 5 thành viên"),
        row("words between figures and scale", "cấp 20 (hai mươi) tỷ đồng", "20000000000 đồng"),
        # percentages
        row("percent", "chiếm 29,5% số đơn vị", "29.5 %"),
        row("percent behind a space", "chiếm 29,5 % tổng số", "29.5 %"),
        row("phần trăm", "đạt 30 phần trăm", "30 %"),
        row("percent before HTX is a share", "Đạt 100% HTX có trụ sở", "100 %"),
        row("percentage points", "tăng 5 điểm phần trăm", "5 điểm %"),
        row("percentage points with the sign", "giảm 1,5 điểm %", "1.5 điểm %"),
        row("a rise", "tăng 12% so với cùng kỳ", "12 %"),
        row("a rate per year", "lãi suất 6,5%/năm", "6.5 %/năm"),
        row("a negative rate", "tăng trưởng -5,2%", "-5.2 %"),
        row("a negative rate in brackets", "lợi nhuận (-3,4%)", "-3.4 %"),
        row("a negative amount with a true minus", "chênh lệch \u22122,5 tỷ đồng", "-2500000000 đồng"),
        row("a dash of a list is no minus", "- 12 HTX\n-5 THT\n– 3% hộ", "12 HTX", "5 THT", "3 %"),
        # comparators
        row("hơn", "hơn 915 hộ tham gia", "> 915 hộ"),
        row("trên", "vốn trên 118 tỷ đồng", "> 118000000000 đồng"),
        row("đạt trên", "doanh thu đạt trên 2 tỷ đồng", "> 2000000000 đồng"),
        row("đạt hơn", "đạt hơn 60% chỉ tiêu", "> 60 %"),
        row("ít nhất", "có ít nhất 60% HTX khá", "> 60 %"),
        row("tối thiểu là", "tối thiểu là 7 thành viên", "> 7 thành viên"),
        row("không dưới", "không dưới 30% vốn", "> 30 %"),
        row("vượt an amount", "doanh thu vượt 100 tỷ đồng", "> 100000000000 đồng"),
        row("vượt by a percentage", "vượt 12% kế hoạch", "12 %"),
        row("vượt mức", "vượt mức 12%", "> 12 %"),
        row("gần", "gần 9 nghìn lao động", "< 9000 lao động"),
        row("dưới", "dưới 5% nợ xấu", "< 5 %"),
        row("tối đa", "tối đa 20 triệu đồng", "< 20000000 đồng"),
        row("không quá", "không quá 50 hộ", "< 50 hộ"),
        row("chưa đến", "chưa đến 10 HTX", "< 10 HTX"),
        row("two words that agree", "tối đa không quá 30%", "< 30 %"),
        row("khoảng", "khoảng 13,4 nghìn thành viên", "~ 13400 thành viên"),
        row("ước đạt", "ước đạt 4,72 tỷ đồng", "~ 4720000000 đồng"),
        row("ước đạt trên", "ước đạt trên 2 tỷ đồng", "> 2000000000 đồng"),
        row("chừng", "chừng 40 hộ", "~ 40 hộ"),
        row("xấp xỉ", "xấp xỉ 1.000 người", "~ 1000 người"),
        row("gần như", "gần như 100% hộ", "~ 100 %"),
        row("trên dưới", "trên dưới 200 ha", "~ 200 ha"),
        row("lên tới", "lên tới 5 tỷ đồng", "5000000000 đồng"),
        row("more by exactly so much", "nhiều hơn 18% so với vụ trước", "18 %"),
        row("higher by exactly so much", "cao hơn 5 triệu đồng", "5000000 đồng"),
        row("từ … trở lên", "từ 3 HTX trở lên", "> 3 HTX"),
        row("trở lên behind other words", "từ 80 điểm đánh giá trở lên", "> 80 điểm"),
        row("trở xuống", "từ 20 triệu đồng trở xuống", "< 20000000 đồng"),
        row("a comparator holds for one number", "hơn 5 HTX và 3 THT", "> 5 HTX", "3 THT"),
        # ranges and shares
        row("a range with a dash", "mỗi huyện 4 - 6 HTX", "4..6 HTX"),
        row("a range with từ and đến", "từ 4 đến 6 HTX", "4..6 HTX"),
        row("a range with an en dash", "tăng 5–10%", "5..10 %"),
        row("a range with the sign twice", "tăng 5% - 10%", "5..10 %"),
        row("a range sharing the scale", "10 đến 15 triệu đồng", "10000000..15000000 đồng"),
        row("a range of two scales", "500 triệu - 1 tỷ đồng", "500000000..1000000000 đồng"),
        row("a range up to below", "từ 10 tỷ đồng đến dưới 20 tỷ đồng", "10000000000..20000000000 đồng"),
        row("a range where one has a scale", "từ 500 đến 1 nghìn hộ", "500..1000 hộ"),
        row("a range in words", "hai đến ba HTX", "2..3 HTX"),
        row("a range per area", "5-7 tấn/ha/vụ", "5..7 tấn/ha/vụ"),
        row("an approximate range", "khoảng 4 - 6 lớp", "4..6 lớp"),
        row("a rise from … to is no range", "nâng từ 20% lên 30%", "20 %", "30 %"),
        row("a fall is no range", "từ 30% đến 25%", "30 %", "25 %"),
        row("units that differ are no range", "12 HTX - 15 THT", "12 HTX", "15 THT"),
        row("a share", "đạt 52/457 HTX", "52 HTX", "457 HTX"),
        row("a share above the plan", "lập 17/15 THT", "17 THT", "15 THT"),
        row("a share of money", "giải ngân 1,5/2 tỷ đồng", "1500000000 đồng", "2000000000 đồng"),
        # per what
        row("per cooperative", "2 tỷ đồng/HTX", "2000000000 đồng/HTX"),
        row("per person and month", "thu nhập 3,2 triệu đồng/người/tháng", "3200000 đồng/người/tháng"),
        row("per one cooperative and year", "2 tỷ đồng/1 HTX/năm", "2000000000 đồng/HTX/năm"),
        row("mỗi tháng", "trả 5 triệu đồng mỗi tháng", "5000000 đồng/tháng"),
        row("một HTX behind money", "bình quân 2 tỷ đồng một HTX", "2000000000 đồng/HTX"),
        row("per, without đồng", "lãi 300 triệu/HTX/năm", "300000000 đồng/HTX/năm"),
        row("per person, each month", "4 triệu đồng/lao động mỗi tháng", "4000000 đồng/lao động/tháng"),
        row("price per kilogram", "giá 25.000đ/kg", "25000 đồng/kg"),
        row("members per cooperative", "bình quân 35 thành viên/HTX", "35 thành viên/HTX"),
        # units and their spellings
        row("hợp tác xã", "273 hợp tác xã trồng nấm", "273 HTX"),
        row("capitals", "SÁP NHẬP 12 HỢP TÁC XÃ", "12 HTX"),
        row("a lost mark", "12 hợp tác xa đã lập", "12 HTX"),
        row("tổ hợp tác and its members", "640 tổ hợp tác, 9.180 tổ viên", "640 THT", "9180 tổ viên"),
        row("tổ where THT are spoken of", "73 tổ hợp tác, riêng 51 tổ nuôi tôm", "73 THT", "51 THT"),
        row("tổ of another kind", "lập 6 tổ công nghệ số", "6 tổ"),
        row("unions", "2 Liên hiệp HTX, 1 liên hiệp hợp tác xã, 3 LHHTX, 1 liên hiệp",
            "2 liên hiệp", "1 liên hiệp", "3 liên hiệp", "1 liên hiệp"),
        row("credit funds", "14 quỹ tín dụng nhân dân, 3 QTDND và 1 quỹ", "14 quỹ", "3 quỹ", "1 quỹ"),
        row("xã viên", "1.200 xã viên cũ", "1200 thành viên"),
        row("workers", "59 người lao động, 8 nhân công, 12 NLĐ", "59 lao động", "8 lao động", "12 lao động"),
        row("people", "500 người dân và 3 đồng chí", "500 người", "3 người"),
        row("turns of people", "dạy nghề gần 650 lượt người", "< 650 lượt người"),
        row("turns of cooperatives", "hỗ trợ 7 lượt hợp tác xã", "7 lượt HTX"),
        row("classes and pupils", "27 lớp tập huấn cho 1.340 học viên", "27 lớp", "1340 học viên"),
        row("awards", "khen 8 tập thể, 11 cá nhân", "8 tập thể", "11 cá nhân"),
        row("OCOP products, not their stars", "41 sản phẩm OCOP 3 sao và 4 sao", "41 sản phẩm"),
        row("areas", "12 ha, 5 héc-ta, 300 m2, 40 m²", "12 ha", "5 ha", "300 m2", "40 m2"),
        row("lengths and weights", "8,5 km kênh, 3 tấn, 200 kg", "8.5 km", "3 tấn", "200 kg"),
        row("đ and VNĐ", "500.000đ; 300.000 VNĐ", "500000 đồng", "300000 đồng"),
        row("trđ and tr.đ", "145 trđ và 12,5 tr.đ", "145000000 đồng", "12500000 đồng"),
        row("tr as people type", "vay 50tr", "50000000 đồng"),
        row("times as much", "gấp 2,5 lần", "2.5 lần"),
        row("a duration", "vay trong 36 tháng hoặc 5 năm", "36 tháng", "5 năm"),
        row("a noun of no table", "cắm 250 biển báo", "250"),
        row("a label before its number", "- Hợp tác xã: 485, còn 405 đơn vị;", "485", "405 đơn vị"),
        # among things that are none
        row("behind a year", "Năm 2023 có 12 HTX", "12 HTX"),
        row("after a date", "Đến 31/12/2023, có 226 HTX", "226 HTX"),
        row("after a month", "tháng 8/2023, 194 HTX", "194 HTX"),
        row("each month is no month", "mỗi tháng 10 HTX nộp báo cáo", "10 HTX"),
        row("money behind khoản", "các khoản 2 triệu đồng", "2000000 đồng"),
        row("a plan's number is a count", "kế hoạch 120 HTX", "120 HTX"),
        row("an amount like a year", "có 2022 thành viên, vốn 2000 tỷ đồng",
            "2022 thành viên", "2000000000000 đồng"),
        row("an amount in brackets", "34 HTX tốt (đạt 25%)", "34 HTX", "25 %"),
        row("the row of a table", "3 | Cái Nước | 35 | 1.230", "35", "1230"),
        row("several in one sentence",
            "Nhờ 9 HTX mới, tỉnh lên 140 HTX, 1.750 thành viên, vốn gần 96 tỷ đồng, tăng 3,1%.",
            "9 HTX", "140 HTX", "1750 thành viên", "< 96000000000 đồng", "3.1 %"),
        # typed without tone marks
        row("without marks", "co 12 htx va 5 thanh vien", "12 HTX", "5 thành viên"),
        row("a comparator without marks", "hon 3 ty dong/htx/nam", "> 3000000000 đồng/HTX/năm"),
        row("words without marks", "tam muoi hai htx", "82 HTX"),
        row("a range without marks", "tu 4 den 6 trieu dong", "4000000..6000000 đồng"),
        row("in capitals", "CO TREN 20 HTX NONG NGHIEP", "> 20 HTX"),
    ],
)  # fmt: skip
def test_quantities_in_words_and_figures(text, quantities):
    assert found(text) == quantities


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("năm 2023", id="a year"),
        pytest.param("2021 - 2025", id="years with a dash"),
        pytest.param("giai đoạn 2021-2025", id="a span of years"),
        pytest.param("so với 2022", id="a year behind so với"),
        pytest.param("so với 2022 HTX tăng", id="a year before a noun"),
        pytest.param("năm 2022 và 2023", id="two years"),
        pytest.param("từ năm 2015 đến năm 2020", id="from a year to a year"),
        pytest.param("nhiệm kỳ 2020 - 2025", id="a term"),
        pytest.param("vụ đông xuân 2023-24", id="a season"),
        pytest.param("hội nghị ngày 16/3", id="day and month"),
        pytest.param("ngày 12/01/2024", id="a date"),
        pytest.param("12.05.2023", id="a date with dots"),
        pytest.param("ngày 5 tháng 3 năm 2024", id="a date in words"),
        pytest.param("ngày 05", id="a day"),
        pytest.param("tháng 8/2023", id="month and year"),
        pytest.param("tháng 12-2023", id="month and year with a dash"),
        pytest.param("tháng 10", id="a month"),
        pytest.param("trong tháng 10 HTX chưa họp", id="a month before a noun"),
        pytest.param("6 tháng đầu năm 2022", id="the first months"),
        pytest.param("chín tháng đầu năm", id="the first months in words"),
        pytest.param("quý II", id="a quarter in Roman figures"),
        pytest.param("quý 3", id="a quarter"),
        pytest.param("Điều 23", id="an article"),
        pytest.param("khoản 1, điểm a", id="a clause and a point"),
        pytest.param("các khoản 1, 2, 3 và 4 Điều này", id="a list of clauses"),
        pytest.param("Chương 2", id="a chapter"),
        pytest.param("Luật số 17/2023/QH15", id="the number of a law"),
        pytest.param("Nghị định 92", id="a decree"),
        pytest.param("Nghị định 151/2007", id="a decree and its year"),
        pytest.param("Quyết định số 1804", id="a decision"),
        pytest.param("Quyết định số 1804/QĐ-TTg", id="a decision with its tail"),
        pytest.param("Nghị quyết số 12-NQ/TW", id="a resolution of the party"),
        pytest.param("Phụ lục số 02, 03; Mẫu I.02", id="annexes and forms"),
        pytest.param("gọi 0912 345 678", id="a mobile number"),
        pytest.param("0912345678", id="a mobile number in one piece"),
        pytest.param("+84 912 345 678", id="an international number"),
        pytest.param("ĐT: 0291.3831.234", id="a telephone number"),
        pytest.param("hotline 1900 1234", id="a hotline"),
        pytest.param("mã số thuế 1700123456", id="a tax code"),
        pytest.param("OCOP 3 sao", id="stars"),
        pytest.param("hạng 4 sao", id="a class of stars"),
        pytest.param("từ 3 sao trở lên", id="stars and more"),
        pytest.param("từ 3 đến 4 sao", id="a range of stars"),
        pytest.param("họp lúc 8 giờ", id="an hour"),
        pytest.param("8h30 sáng", id="hour and minutes"),
        pytest.param("14:05", id="a clock"),
        pytest.param("1. Kết quả", id="an enumerator with a dot"),
        pytest.param("2) Tồn tại", id="an enumerator with a bracket"),
        pytest.param("3/ Giải pháp", id="an enumerator with a stroke"),
        pytest.param("1.2. Nguyên nhân", id="an enumerator of two levels"),
        pytest.param("Bước 2: họp", id="a step"),
        pytest.param("lần thứ 3", id="an ordinal"),
        pytest.param("thứ ba HTX báo cáo", id="an ordinal in words"),
        pytest.param("khóa 12", id="a course"),
        pytest.param("sáng thứ 5", id="a weekday"),
        pytest.param("theo tài liệu [1]", id="a mark in square brackets"),
        pytest.param("số liệu ước tính (2)", id="a mark in brackets"),
        pytest.param("Covid-19", id="a disease"),
        pytest.param("dịch covid 19", id="a disease in small letters"),
        pytest.param("nhà máy Formosa 2", id="a factory"),
        pytest.param("thăm HTX Tân Tiến 2", id="a cooperative with a number"),
        pytest.param("thăm HTX số 1", id="a cooperative by its number"),
        pytest.param("QL 1A", id="a road"),
        pytest.param("phường 5", id="a ward"),
        pytest.param("tổ 3, ấp 4", id="a group and a hamlet"),
        pytest.param("số nhà 12", id="a house"),
        pytest.param("cúm H5N1", id="a virus"),
        pytest.param("công nghiệp 4.0", id="a version"),
        pytest.param("VietGAP 1.0", id="a standard"),
        pytest.param("ISO 9001, TCVN 11892", id="numbers of standards"),
        pytest.param("một số HTX", id="some"),
        pytest.param("một HTX", id="a cooperative"),
        pytest.param("bình quân một HTX", id="per cooperative without a number"),
        pytest.param("vài ba HTX", id="two or three"),
        pytest.param("hàng trăm hộ", id="hundreds"),
        pytest.param("năm HTX", id="năm before a noun is a year"),
        pytest.param("đeo ba lô, hai bên", id="ba and hai in other words"),
        pytest.param("đôi khi mười mươi", id="more than sure"),
        pytest.param("trái chín", id="ripe fruit"),
        pytest.param("hai phần ba", id="a fraction in words"),
        pytest.param("ít nhất 2/3 thành viên", id="a fraction"),
        pytest.param("Lượt xem: 138", id="page views"),
        pytest.param("trực 24/7", id="round the clock"),
        pytest.param("sau lớp tập huấn", id="after the class"),
        pytest.param("sau lop tap huan, nam htx", id="other words without marks"),
        pytest.param("htx2020@gmail.com, www.htx12.vn", id="addresses"),
        pytest.param("phiên bản 3.2.1", id="a section number"),
        pytest.param("1,234.5 tấn", id="both marks the wrong way round"),
        pytest.param("1.23.456 đồng", id="groups of two and three"),
        pytest.param("12 500 HTX", id="a plain space: two numbers or one"),
        pytest.param("", id="nothing"),
    ],
)
def test_numbers_that_are_no_quantity(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("Có trên 30 HTX nông nghiệp", [("trên 30 HTX", "30 HTX")]),
        ("đạt từ 4 đến 6 triệu đồng/HTX/năm.", [("từ 4 đến 6 triệu đồng/HTX/năm", "4 đến 6 triệu đồng/HTX/năm")]),
        ("từ 3 HTX trở lên thì lập", [("từ 3 HTX trở lên", "3 HTX trở lên")]),
        ("ước đạt 2,3 tỷ; lên tới 5 tỷ", [("ước đạt 2,3 tỷ", "2,3 tỷ"), ("5 tỷ", "5 tỷ")]),
        ("52/457 HTX", [("52", "52"), ("457 HTX", "457 HTX")]),
        ("nâng từ 20% lên 30%", [("20%", "20%"), ("30%", "30%")]),
        ("tăng trưởng -5,2% một năm", [("-5,2% một năm", "-5,2% một năm")]),
    ],
    ids=["a comparator", "a range", "and more", "estimated", "a share", "no range", "a minus"],
)  # fmt: skip
def test_spans_go_from_the_comparator_to_the_unit(text, spans):
    places = [(one.start, one.number_start, one.end) for one in find_quantities(text)]
    assert [(text[start:end], text[number:end]) for start, number, end in places] == spans


def test_spans_hold_in_a_text_of_split_letters():
    text = unicodedata.normalize("NFD", "Cả tỉnh có trên 1.250 tổ hợp tác với 3\u00ad2 lớp")
    first, second = find_quantities(text)
    assert unicodedata.normalize("NFC", text[first.start : first.end]) == "trên 1.250 tổ hợp tác"
    assert told(second) == "32 lớp"
    assert text[second.number_start :].startswith("3\u00ad2")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_are_known_in_either_form_of_letters(form):
    text = unicodedata.normalize(form, "thăm HTX Mỹ Điền 2 rồi về Điều Hòa 3")
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"),
        ("12\u00a0500", "12500"),
        ("1,234", "1.234"),
        ("1.5", "1.5"),
        ("0.125", "0.125"),
        ("-5,2", "-5.2"),
        ("\u22120,3", "-0.3"),
        ("+12", "12"),
        ("(1.234)", "-1234"),
        ("2,3 tỷ", "2300000000"),
        ("1 tỷ 456 triệu", "1456000000"),
        ("2 triệu rưỡi", "2500000"),
        ("tám mươi hai", "82"),
        ("hai mươi mốt", "21"),
        ("muoi lam", "15"),
        ("một trăm linh năm", "105"),
        (" 04 ", "4"),
        ("2023", "2023"),
        ("0", "0"),
    ],
)
def test_one_number_alone(text, value):
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", "-", "…", "năm", "HTX", "12 HTX", "1,234.5", "1.23.456", "3.2.1", "1234.567", "12 500",
     "0912345678", "(5", "(-5)", "12/457", "4 - 6", "mươi", "tỷ", "5%"],
)  # fmt: skip
def test_what_is_not_one_number(text):
    assert read_number(text) is None


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


@given(st.integers(0, 10**13))
def test_a_written_number_is_read_back(number):
    assert read_number(grouped(number)) == number
    assert read_number(f"-{grouped(number)}") == -number
    assert found(f"Vốn {grouped(number)} đồng.") == [f"{number} đồng"]


@given(st.integers(0, 10**7), st.integers(1, 99))
def test_written_decimals_are_read_back(whole, hundredths):
    value = Decimal(f"{whole}.{hundredths:02}")
    (quantity,) = find_quantities(f"chiếm {grouped(whole)},{hundredths:02}% tổng số")
    assert quantity.value == value


ONES = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


SCALES = {1: "", 1000: "nghìn", 10**6: "triệu"}


def in_words(number: int) -> str:
    """A number from 1 to 999 as it is said."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    said = [f"{ONES[hundreds]} trăm"] if hundreds else []
    if tens:
        said.append("mười" if tens == 1 else f"{ONES[tens]} mươi")
    elif hundreds and ones:
        said.append("linh")
    if ones:
        last = "lăm" if ones == 5 and tens else "mốt" if ones == 1 and tens > 1 else ONES[ones]
        said.append(last)
    return " ".join(said)


@given(st.integers(1, 999).filter(lambda number: number != 5), st.sampled_from(sorted(SCALES)))
def test_a_number_said_in_words_is_read_back(number, scale):
    said = f"{in_words(number)} {SCALES[scale]}"
    assert read_number(said) == number * scale
    assert read_number(without_marks(said)) == number * scale


NOISE = """
12 04 1.234 2,3 1.5 2023 16/3 52/457 4-6 8h30 (2) [1] -5,2 một hai mươi mốt năm trăm linh rưỡi
nghìn triệu tỷ đồng tr.đ đ % HTX hợp tác xã THT tổ lượt người thành viên ha m² / - – , . ; : | ( )
từ đến trên hơn gần khoảng ước đạt không quá trở lên mỗi tháng quý Điều khoản số Covid- sao
"""
PIECES = st.sampled_from(NOISE.split())
GAPS = st.sampled_from(["", " ", "  ", "\n", "\u00a0", "\u200b", "\u00ad"])
TEXTS = st.lists(st.tuples(PIECES, GAPS), max_size=25).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
)


@settings(deadline=None)
@given(st.one_of(TEXTS, st.text(max_size=80)))
def test_spans_lie_in_the_text_in_order_and_apart(text):
    end = 0
    for one in find_quantities(text):
        assert end <= one.start <= one.number_start < one.end <= len(text)
        end = one.end


@settings(deadline=None)
@given(TEXTS)
def test_reading_twice_gives_the_same(text):
    assert find_quantities(text) == find_quantities(text)


@settings(deadline=None)
@given(TEXTS)
def test_composed_and_split_letters_agree(text):
    composed, split = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert found(composed) == found(split)


@settings(deadline=None)
@given(TEXTS, st.integers(1000, 10**9))
def test_the_span_contains_the_figures(noise, number):
    text = f"{noise}\nHuyện có {grouped(number)} hộ\n{noise}"
    spans = [text[one.start : one.end] for one in find_quantities(text) if one.value == number]
    assert any(grouped(number) in span for span in spans)


@settings(deadline=None)
@given(TEXTS)
def test_a_range_rises_and_only_a_range_has_an_upper_end(text):
    for one in find_quantities(text):
        assert (one.comparator == Comparator.RANGE) == (one.value_max is not None)
        assert one.value_max is None or one.value < one.value_max
