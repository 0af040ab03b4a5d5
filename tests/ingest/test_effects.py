"""When a law is in force, and what it does to others, by its own words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ingest.effects import changes_of, effects_of
from ingest.effects.provisions import Part, parts_in
from ingest.metadata import describe
from ingest.reading import Block, BlockKind
from ingest.structure.lines import Line, lay_out
from knowledge.model import Effect, Kind, Metadata
from knowledge.standing import Change, Deed

DECREE = (
    "CHÍNH PHỦ",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Số: 901/2024/NĐ-CP",
    "Hà Nội, ngày 05 tháng 3 năm 2024",
    "NGHỊ ĐỊNH",
    "VỀ VIỆC DÙNG CHUNG MÁY CÀY",
    "Điều 1. Máy cày",
    "1. Máy cày dùng chung là máy của hợp tác xã.",
    "2. Hợp tác xã giữ sổ mượn máy.",
    "Điều 2. Điều khoản thi hành",
)


def lines(*texts: str) -> tuple[Line, ...]:
    return lay_out(Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts)[1]


def decree(*closing: str) -> tuple[tuple[Line, ...], Metadata]:
    found = lines(*DECREE, *closing)
    return found, describe(found)


def effects(*closing: str) -> list[tuple[str, str, date | None, date | None]]:
    return [
        (one.article, one.clause, one.starts, one.ends) for one in effects_of(*decree(*closing))
    ]


def changes(*closing: str) -> list[tuple[str, str, str]]:
    """Return (deed, number, part in short) of what a decree's last article does."""
    return [(one.deed.value, one.number, _short(one)) for one in changes_of(*decree(*closing))]


def _short(one: Change) -> str:
    place = f"{one.article}.{one.clause}" if one.clause else one.article
    return " ".join(part for part in (place, one.part) if part)


class TestItsOwnDays:
    @pytest.mark.parametrize(
        ("sentence", "starts"),
        [
            ("Nghị định này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2024.", date(2024, 7, 1)),
            ("Nghị định này có hiệu lực thi hành kể từ ngày 15/8/2024.", date(2024, 8, 15)),
            ("Nghị định này có hiệu lực thi hành từ 01-5-2024.", date(2024, 5, 1)),
            ("Nghị định có hiệu lực từ ngày 01.6.2024.", date(2024, 6, 1)),
            ("Nghị định này có hiệu lực kể từ ngày ký.", date(2024, 3, 5)),
            ("Nghị định này có hiệu lực thi hành kể từ ngày ký ban hành.", date(2024, 3, 5)),
            (
                "Nghị định này có hiệu lực thi hành sau 45 ngày, kể từ ngày ký ban hành.",
                date(2024, 4, 19),
            ),
            (
                "Nghị định này có hiệu lực sau 15 (mười lăm) ngày kể từ ngày ký.",
                date(2024, 3, 20),
            ),
            (
                "Nghị định này thay thế Nghị định số 12/2012/NĐ-CP và có hiệu lực thi hành từ ngày 20 tháng 4 năm 2024.",
                date(2024, 4, 20),
            ),
        ],
    )
    def test_the_first_day_in_force(self, sentence, starts):
        found = effects_of(*decree(f"1. {sentence}"))
        assert [one.starts for one in found] == [starts]
        assert [one.sentence for one in found] == [sentence]

    @pytest.mark.parametrize(
        ("sentence", "starts", "ends"),
        [
            (
                "Nghị định này có hiệu lực từ ngày 01/01/2021 đến hết ngày 31/12/2025.",
                date(2021, 1, 1),
                date(2026, 1, 1),
            ),
            (
                "Nghị định này có hiệu lực kể từ ngày ký và được thực hiện đến hết năm 2025.",
                date(2024, 3, 5),
                date(2026, 1, 1),
            ),
            ("Nghị định này có hiệu lực đến ngày 30/6/2027.", None, date(2027, 7, 1)),
            ("Nghị định này hết hiệu lực kể từ ngày 01/7/2025.", None, date(2025, 7, 1)),
            ("Nghị định này hết hiệu lực sau ngày 31/12/2025.", None, date(2026, 1, 1)),
        ],
    )
    def test_the_first_day_no_longer_in_force(self, sentence, starts, ends):
        assert effects(sentence) == [("", "", starts, ends)]

    @pytest.mark.parametrize(
        ("closing", "parts"),
        [
            (
                "Nghị định này có hiệu lực từ ngày 01/7/2024, trừ quy định tại khoản 2 Điều 1 có hiệu lực từ ngày 01/01/2026.",
                [("1", "2", date(2026, 1, 1), None)],
            ),
            (
                "Nghị định này có hiệu lực từ ngày 01/7/2024. Quy định tại khoản 1 và khoản 2 Điều 1 Nghị định này có hiệu lực kể từ ngày 01 tháng 9 năm 2024.",
                [("1", "1", date(2024, 9, 1), None), ("1", "2", date(2024, 9, 1), None)],
            ),
            (
                "Nghị định này có hiệu lực từ ngày 01/7/2024; riêng Điều 1 được áp dụng đến hết ngày 31/12/2026.",
                [("1", "", None, date(2027, 1, 1))],
            ),
        ],
    )
    def test_single_articles_and_clauses_have_their_own_days(self, closing, parts):
        assert effects(closing) == [("", "", date(2024, 7, 1), None), *parts]

    def test_a_chapter_with_its_own_day_is_its_articles(self):
        head, last = DECREE[:6], "Điều 3. Hiệu lực thi hành"
        closing = "Nghị định này có hiệu lực từ ngày 01/7/2024. Quy định tại Chương II của Nghị định này có hiệu lực từ ngày 01/01/2025."
        body = (
            "Chương I", "CHUNG", "Điều 1. Máy cày", "Máy của hợp tác xã.",
            "Chương II", "MƯỢN MÁY", "Điều 2. Sổ mượn", "Hợp tác xã giữ sổ.",
            "Chương III", "THI HÀNH", last, closing,
        )  # fmt: skip
        found = lines(*head, *body)
        told = effects_of(found, describe(found))
        assert [(one.article, one.starts) for one in told] == [
            ("", date(2024, 7, 1)),
            ("2", date(2025, 1, 1)),
        ]

    @pytest.mark.parametrize(
        "sentence",
        [
            "Nghị định này có hiệu lực kể từ ngày đăng Công báo.",
            "Nghị định số 45/2013/NĐ-CP có hiệu lực từ ngày 01/5/2024.",
            "Nghị định số 45/2013/NĐ-CP hết hiệu lực kể từ ngày 01/5/2024.",
            "Hợp đồng mượn máy có hiệu lực từ ngày 01/5/2024.",
            "Hợp đồng ký trước ngày Nghị định này có hiệu lực được thực hiện đến hết ngày 31/12/2025.",
            "Chương trình hỗ trợ được thực hiện đến hết ngày 31/12/2025.",
            "Bản án có hiệu lực từ ngày tuyên được gửi trước ngày 01/5/2024.",
            "Giấy phép theo quy định tại khoản 2 Điều 1 có hiệu lực đến hết ngày 31/12/2025.",
        ],
    )
    def test_what_is_said_of_something_else_is_not_its_own(self, sentence):
        assert effects(sentence) == []

    def test_the_last_word_counts(self):
        found = effects(
            "1. Quy định cũ có hiệu lực từ ngày 01/01/2020 nay bỏ.",
            "2. Nghị định này có hiệu lực từ ngày 01/5/2024.",
        )
        assert found == [("", "", date(2024, 5, 1), None)]

    def test_a_head_may_say_it_where_the_text_does_not(self):
        head = (
            "Văn bản này có hiệu lực từ ngày 01/01/2013.",
            "Văn bản này hết hiệu lực kể từ ngày 01/7/2024.",
        )
        found = lines(*DECREE[:6], *head, *DECREE[6:])
        effect = effects_of(found, describe(found))[0]
        assert (effect.starts, effect.ends) == (date(2013, 1, 1), date(2024, 7, 1))

    def test_a_head_in_short(self):
        found = lines(*DECREE[:6], "Hiệu lực từ ngày 18/07/2024", *DECREE[6:])
        assert effects_of(found, describe(found))[0].starts == date(2024, 7, 18)

    def test_a_digest_says_it_of_what_it_retells(self):
        line = "Hiệu lực của văn bản gốc: từ ngày 01/6/2024"
        found = lines(
            "Tóm tắt: máy cày", "Tóm tắt Luật (không thay văn bản gốc)", line, "Máy ở kho."
        )
        assert effects_of(found, Metadata(kind=Kind.DIGEST)) == (
            Effect(starts=date(2024, 6, 1), sentence=line),
        )

    @pytest.mark.parametrize("kind", [Kind.REPORT, Kind.TABLE, Kind.OTHER])
    def test_a_report_has_no_effect(self, kind):
        found, metadata = decree("Nghị định này có hiệu lực từ ngày 01/5/2024.")
        assert effects_of(found, replace(metadata, kind=kind)) == ()

    def test_what_is_not_said_has_no_effect(self):
        assert effects("Các Bộ trưởng chịu trách nhiệm thi hành Nghị định này.") == []


class TestPartsOfDocuments:
    @pytest.mark.parametrize(
        ("text", "parts"),
        [
            ("Điều 5", [("5", "", "")]),
            ("khoản 3 Điều 4", [("4", "3", "")]),
            ("các điều 5, 6 và 7", [("5", "", ""), ("6", "", ""), ("7", "", "")]),
            ("khoản 1, khoản 3 Điều 3; Điều 6", [("3", "1", ""), ("3", "3", ""), ("6", "", "")]),
            ("các khoản 1, 2 và 4 Điều 10", [("10", "1", ""), ("10", "2", ""), ("10", "4", "")]),
            ("từ Điều 5 đến Điều 8", [(str(number), "", "") for number in (5, 6, 7, 8)]),
            ("khoản 1 đến khoản 3 Điều 9", [("9", "1", ""), ("9", "2", ""), ("9", "3", "")]),
            ("Điểm a và b khoản 4 Điều 24", [("24", "4", "điểm a, b")]),
            ("điểm c Điều 7", [("7", "", "điểm c")]),
            ("điểm a khoản 1, điểm b khoản 2 Điều 5", [("5", "1", "điểm a"), ("5", "2", "điểm b")]),
            ("Điều 5a và khoản 2a Điều 6", [("5a", "", ""), ("6", "2a", "")]),
            ("Chương II", [("", "", "Chương II")]),
            ("khoản 2 Điều 5 Chương II", [("5", "2", "")]),
            ("Phụ lục III", [("", "", "Phụ lục III")]),
            ("danh mục 2 và phần việc còn lại", []),
            ("khoản 2 và khoản 3", []),
        ],
    )
    def test_lists_share_what_follows_them(self, text, parts):
        wanted = [Part(article=one, clause=two, words=three) for one, two, three in parts]
        assert parts_in(text) == wanted


OLD, OLDER = "193/2013/NĐ-CP", "107/2017/NĐ-CP"


class TestWhatItDoesToOthers:
    @pytest.mark.parametrize(
        ("closing", "found"),
        [
            (
                ["Nghị định này có hiệu lực từ ngày 01/5/2024 và thay thế Nghị định số 193/2013/NĐ-CP ngày 21 tháng 11 năm 2013 của Chính phủ."],
                [("replaces", OLD, "")],
            ),
            (
                ["2. Nghị định này thay thế Nghị định số 193/2013/NĐ-CP ngày 21/11/2013 và Nghị định số 107/2017/NĐ-CP ngày 15/9/2017 sửa đổi, bổ sung một số điều của Nghị định số 55/2010/NĐ-CP."],
                [("replaces", OLD, ""), ("replaces", OLDER, "")],
            ),
            (
                ["2. Luật Hợp tác xã số 23/2012/QH13 hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành."],
                [("repeals", "23/2012/QH13", "")],
            ),
            (
                ["2. Luật Đất đai số 45/2013/QH13 đã được sửa đổi, bổ sung một số điều theo Luật số 35/2018/QH14, Luật số 61/2020/QH14 hết hiệu lực kể từ ngày Luật này có hiệu lực."],
                [("repeals", "45/2013/QH13", "")],
            ),
            (
                ["2. Kể từ ngày Nghị định này có hiệu lực thi hành, Nghị định số 193/2013/NĐ-CP và Thông tư số 03/2014/TT-BKHĐT hết hiệu lực thi hành."],
                [("repeals", OLD, ""), ("repeals", "03/2014/TT-BKHĐT", "")],
            ),
            (
                ["2. Các văn bản sau đây hết hiệu lực kể từ ngày Nghị định này có hiệu lực thi hành:",
                 "a) Nghị định số 193/2013/NĐ-CP ngày 21 tháng 11 năm 2013 của Chính phủ quy định chi tiết một số điều của Luật Hợp tác xã;",
                 "b) Quyết định số 12/2015/QĐ-UBND của Ủy ban nhân dân tỉnh."],
                [("repeals", OLD, ""), ("repeals", "12/2015/QĐ-UBND", "")],
            ),
            (
                ["2. Bãi bỏ khoản 2 Điều 5, Điều 7 Nghị định số 193/2013/NĐ-CP."],
                [("repeals", OLD, "5.2"), ("repeals", OLD, "7")],
            ),
            (
                ["2. Bãi bỏ các quy định sau:",
                 "a) Điều 2; khoản 1, khoản 3 Điều 3 Nghị định số 193/2013/NĐ-CP ngày 21 tháng 11 năm 2013;",
                 "b) Khoản 2 Điều 1, Điều 2 Nghị định số 107/2017/NĐ-CP về sửa đổi, bổ sung một số điều của Nghị định số 193/2013/NĐ-CP;",
                 "c) Điểm a khoản 4 Điều 24 Nghị định số 55/2010/NĐ-CP."],
                [("repeals", OLD, "2"), ("repeals", OLD, "3.1"), ("repeals", OLD, "3.3"),
                 ("repeals", OLDER, "1.2"), ("repeals", OLDER, "2"),
                 ("repeals", "55/2010/NĐ-CP", "24.4 điểm a")],
            ),
            (
                ["2. Bãi bỏ toàn bộ Quyết định số 12/2015/QĐ-UBND ngày 02 tháng 3 năm 2015."],
                [("repeals", "12/2015/QĐ-UBND", "")],
            ),
            (
                ["2. Bãi bỏ một số điều của Nghị định số 193/2013/NĐ-CP như sau: Điều 4 và khoản 1 Điều 6."],
                [("repeals", OLD, "một số điều")],
            ),
            (
                ["2. Bãi bỏ Chương II và Phụ lục I ban hành kèm theo Nghị định số 193/2013/NĐ-CP."],
                [("repeals", OLD, "Chương II"), ("repeals", OLD, "Phụ lục I")],
            ),
            (
                ["2. Sửa đổi, bổ sung khoản 3 Điều 4 của Nghị định số 193/2013/NĐ-CP như sau:",
                 "“3. Hợp tác xã giữ sổ. Bãi bỏ Nghị định số 1/2001/NĐ-CP.”"],
                [("amends", OLD, "4.3")],
            ),
            (
                ["2. Bãi bỏ cụm từ “cấp huyện” tại khoản 2 Điều 5 Nghị định số 193/2013/NĐ-CP."],
                [("amends", OLD, "5.2")],
            ),
            (
                ["2. Bãi bỏ khoản 2 Điều 5 và thay thế Phụ lục I Nghị định số 193/2013/NĐ-CP."],
                [("repeals", OLD, "5.2"), ("amends", OLD, "Phụ lục I")],
            ),
            (
                ["2. Quyết định này thay thế các Quyết định: số 12/2015/QĐ-UBND ngày 05/3/2015; số 30/2018/QĐ-UBND ngày 06/7/2018."],
                [("replaces", "12/2015/QĐ-UBND", ""), ("replaces", "30/2018/QĐ-UBND", "")],
            ),
            (
                ["2. Nghị định này có hiệu lực từ ngày 01/5/2024 thay thế Nghị định số 193/2013/NĐ-CP."],
                [("replaces", OLD, "")],
            ),
            (
                ["2. Nghị định này có hiệu lực từ ngày 01/5/2024, thay cho Nghị định số 193/2013/NĐ-CP."],
                [("replaces", OLD, "")],
            ),
            (
                ["2. Thay thế cụm từ “huyện” bằng cụm từ “xã” tại khoản 2 Điều 5 Nghị định số 193/2013/NĐ-CP."],
                [("amends", OLD, "5.2")],
            ),
        ],
    )  # fmt: skip
    def test_replaced_repealed_and_amended(self, closing, found):
        assert changes(*closing) == found

    @pytest.mark.parametrize(
        "sentence",
        [
            "Trường hợp các văn bản dẫn chiếu được sửa đổi, bổ sung hoặc thay thế thì áp dụng văn bản mới.",
            "Hồ sơ nhận trước ngày Nghị định số 193/2013/NĐ-CP có hiệu lực được giải quyết theo quy định cũ.",
            "Cơ quan có thẩm quyền bãi bỏ Quyết định số 12/2015/QĐ-UBND trong 30 ngày.",
            "Thực hiện theo Nghị định số 193/2013/NĐ-CP và các văn bản sửa đổi, bổ sung, thay thế Nghị định số 193/2013/NĐ-CP.",
            "Trường hợp Nghị định số 193/2013/NĐ-CP hết hiệu lực thì thực hiện theo văn bản thay thế.",
            "Sử dụng giấy tờ có giá trị thay thế hộ chiếu.",
            "Trích lập dự phòng theo Thông tư số 228/2009/TT-BTC ngày 07 tháng 12 năm 2009 sửa đổi, bổ sung Thông tư số 13/2006/TT-BTC.",
            "Các quy định trước đây trái với Nghị định này đều bãi bỏ.",
            "Bãi bỏ khoản 2 Điều 1.",
            "Nghị định này thay thế Nghị định số 901/2024/NĐ-CP.",
        ],
    )
    def test_what_is_only_spoken_of_changes_nothing(self, sentence):
        assert changes(sentence) == []

    def test_an_amending_decree_speaks_of_the_one_in_its_title(self):
        text = (
            *DECREE[:5],
            "SỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA NGHỊ ĐỊNH SỐ 193/2013/NĐ-CP NGÀY 21 THÁNG 11 NĂM 2013",
            "Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 193/2013/NĐ-CP",
            "1. Sửa đổi, bổ sung khoản 2 Điều 5 như sau:",
            "“2. Hợp tác xã có ít nhất 05 thành viên.",
            "3. Bãi bỏ Điều 9.”",
            "2. Bổ sung khoản 4a vào sau khoản 4 Điều 6 như sau:",
            "“4a. Hợp tác xã giữ sổ.”",
            "3. Bãi bỏ khoản 3 Điều 7 và Điều 8.",
            "Điều 2. Hiệu lực thi hành",
            "Nghị định này có hiệu lực từ ngày 01/5/2024.",
        )
        found = lines(*text)
        told = changes_of(found, describe(found))
        assert [(one.deed.value, one.number, _short(one)) for one in told] == [
            ("amends", OLD, "một số điều"),
            ("amends", OLD, "5.2"),
            ("amends", OLD, "6.4a"),
            ("amends", OLD, "6.4"),
            ("repeals", OLD, "7.3"),
            ("repeals", OLD, "8"),
        ]

    def test_the_sentence_and_its_place(self):
        found = changes_of(*decree("2. Nghị định này thay thế Nghị định số 193/2013/NĐ-CP."))[0]
        assert (found.by, found.locator) == ("901/2024/NĐ-CP", "Điều 2 khoản 2")
        assert found.sentence == "Nghị định này thay thế Nghị định số 193/2013/NĐ-CP."

    def test_an_item_is_told_with_its_opening(self):
        found = changes_of(*decree("2. Bãi bỏ các văn bản sau:", "a) Nghị định số 193/2013/NĐ-CP."))
        assert found[0].sentence == "Bãi bỏ các văn bản sau: … Nghị định số 193/2013/NĐ-CP."

    @pytest.mark.parametrize(
        ("sentence", "starts"),
        [
            (
                "Nghị định số 193/2013/NĐ-CP hết hiệu lực kể từ ngày 01 tháng 01 năm 2025.",
                date(2025, 1, 1),
            ),
            ("Bãi bỏ Điều 4 Nghị định số 193/2013/NĐ-CP kể từ ngày 01/01/2025.", date(2025, 1, 1)),
            (
                "Kể từ ngày 01/01/2025, Điều 5 Nghị định số 193/2013/NĐ-CP hết hiệu lực.",
                date(2025, 1, 1),
            ),
            (
                "Nghị định này có hiệu lực từ ngày 01/5/2024 và thay thế Nghị định số 193/2013/NĐ-CP.",
                None,
            ),
        ],
    )
    def test_a_day_of_its_own(self, sentence, starts):
        assert changes_of(*decree(sentence))[0].starts == starts

    @pytest.mark.parametrize(
        ("sentence", "excepted", "exception"),
        [
            (
                "Nghị định số 193/2013/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực, trừ Điều 5 và khoản 2 Điều 7.",
                ("5", "7.2"),
                "trừ Điều 5 và khoản 2 Điều 7",
            ),
            (
                "Nghị định số 193/2013/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực, trừ trường hợp quy định tại khoản 3 Điều 1 Nghị định này.",
                (),
                "trừ trường hợp quy định tại khoản 3 Điều 1 Nghị định này",
            ),
        ],
    )
    def test_exceptions(self, sentence, excepted, exception):
        found = changes_of(*decree(sentence))[0]
        assert (found.excepted, found.exception) == (excepted, exception)

    def test_a_publishers_note_tells_the_end_of_the_clause_it_stands_in(self):
        note = "(Khoản này được bãi bỏ theo quy định tại Điều 13 Nghị định số 104/2026/NĐ-CP, có hiệu lực kể từ ngày 01/01/2027)"
        found = changes_of(*decree("1. Hợp tác xã giữ sổ.", note))
        assert found == (
            Change(
                deed=Deed.REPEALS,
                by="104/2026/NĐ-CP",
                number="901/2024/NĐ-CP",
                article="2",
                clause="1",
                starts=date(2027, 1, 1),
                locator="Điều 13",
                sentence=note,
            ),
        )

    @pytest.mark.parametrize(
        "change",
        [{"kind": Kind.DIGEST}, {"number": ""}, {"title": "Dự thảo Nghị định về máy cày"}],
        ids=["digest", "without number", "draft"],
    )
    def test_drafts_and_digests_do_nothing_to_others(self, change):
        found, metadata = decree("Nghị định này thay thế Nghị định số 193/2013/NĐ-CP.")
        assert changes_of(found, metadata)
        assert changes_of(found, replace(metadata, **change)) == ()
