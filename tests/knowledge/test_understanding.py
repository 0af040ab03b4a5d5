"""A question as typed becomes a question as understood."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.model import Ask, Language, LegalReference, Question
from knowledge.understanding import understand
from knowledge.understanding.expected import expected, fits
from knowledge.understanding.followup import complete, leans
from knowledge.understanding.references import find_premises, find_references, titled_law
from knowledge.understanding.subjects import subjects
from knowledge.understanding.wording import LONGEST, language_of, word
from knowledge.vietnamese.lexicon import Abbreviation, abbreviations, everyday_texts
from knowledge.vietnamese.places import place_names, provinces
from knowledge.vietnamese.spelling import SpellingModel
from knowledge.vietnamese.text import search_key, tokens, without_marks

TEXTS = (
    "Tỉnh Trà Vinh năm 2022 có 145 hợp tác xã nông nghiệp và 31 hợp tác xã phi nông nghiệp",
    "Tỉnh Cà Mau tháng 8 năm 2023 có bao nhiêu hợp tác xã đang hoạt động",
    "Hợp tác xã có ít nhất 05 thành viên chính thức",
    "Thành viên góp vốn không quá 30% vốn điều lệ",
    "Hợp tác xã được miễn lệ phí năm đầu",
    "Hồ sơ đăng ký thành lập gồm giấy đề nghị và điều lệ",
    "Hội đồng quản trị báo cáo bằng văn bản",
    "Kiểm toán hằng năm định kỳ theo điều lệ",
    "Tài sản góp vốn được định giá lại khi thành viên đồng ý",
    "Đánh giá lại tài sản mỗi năm một lần",
    "Thế còn tổ hợp tác thì sao",
)


@cache
def learnt() -> SpellingModel:
    return SpellingModel.learn(TEXTS, [*everyday_texts(), *place_names()])


def words_of(text: str) -> list[str]:
    return tokens(search_key(text))


class TestWording:
    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            pytest.param("HTX", "hợp tác xã", id="cooperative"),
            pytest.param("H.T.X.", "hợp tác xã", id="with points"),
            pytest.param("T.H.T là gì", "tổ hợp tác là gì", id="with points, the last without"),
            pytest.param("vđl tối thiểu", "vốn điều lệ tối thiểu", id="charter capital"),
            pytest.param("UBND xã", "ủy ban nhân dân xã", id="people's committee"),
            pytest.param("ĐHTV họp khi nào", "đại hội thành viên họp khi nào", id="assembly"),
            pytest.param("htx nn", "hợp tác xã nông nghiệp", id="two short forms"),
        ],
    )
    def test_short_forms_are_spelt_out(self, typed, words):
        assert " ".join(word(typed, learnt()).words) == words

    def test_a_short_form_is_read_by_the_words_around_it(self):
        assert needy()
        for item in needy():
            words = word(f"{item.needs[0]} {item.short}", learnt()).words
            assert " ".join(words_of(item.expansion)) in " ".join(words), item
            alone = word(item.short, learnt()).words
            assert " ".join(words_of(item.expansion)) != " ".join(alone), item

    @pytest.mark.parametrize(
        ("typed", "shown"),
        [
            pytest.param("HTX cần gì?", "hợp tác xã cần gì?", id="the question mark stays"),
            pytest.param("Htx cần gì", "Hợp tác xã cần gì", id="the capital at the front stays"),
            pytest.param(
                "Thành viên (chính thức), góp vốn!", "Thành viên (chính thức), góp vốn!", id="as is"
            ),
            pytest.param(
                "Thanh vien gop von, roi sao?", "Thành viên góp vốn, rồi sao?", id="marks are added"
            ),
            pytest.param("Hoà hợp, 05 người", "Hoà hợp, 05 người", id="old spelling, leading zero"),
            pytest.param(
                "Theo Nghị định 92/2024/NĐ-CP?", "Theo Nghị định 92/2024/NĐ-CP?", id="a number"
            ),
        ],
    )
    def test_what_is_shown_keeps_case_and_punctuation(self, typed, shown):
        assert word(typed, learnt()).readable == shown

    @pytest.mark.parametrize(
        "text",
        [
            "How many cooperatives did Cà Mau have in 2023?",
            "What is a cooperative?",
            "How many members does a HTX need?",
            "Who can join",
            "do we have to pay",
        ],
    )
    def test_english_is_told(self, text):
        assert language_of(words_of(text)) is Language.ENGLISH

    @pytest.mark.parametrize(
        "text",
        [
            "Hợp tác xã cần logo to",
            "htx can it nhat may thanh vien",
            "can it von",
            "co can me ky khong",
            "do la gi",
            "to hop tac can may nguoi",
            "htx can logo to",
            "an hai long",
            "2023",
            "",
        ],
    )
    def test_vietnamese_is_told_also_without_marks(self, text):
        assert language_of(words_of(text)) is Language.VIETNAMESE

    def test_an_english_question_is_searched_in_vietnamese(self):
        found = word("What is the charter capital of a cooperative?", learnt())
        assert found.words[:2] == ("what", "is")
        assert any("vốn điều lệ" in term for term in found.translated)
        assert found.readable == "What is the charter capital of a cooperative?"

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("htx can it nhat may thanh vien", "hợp tác xã cần ít nhất mấy thành viên"),
            ("htx co duoc mien nam dau khong", "hợp tác xã có được miễn năm đầu không"),
            (
                "ca mau thang 8/2023 co bao nhieu htx",
                "cà mau tháng 8/2023 có bao nhiêu hợp tác xã",
            ),
            ("bao cao bang van ban", "báo cáo bằng văn bản"),
            ("kiem toan hang nam dinh ky", "kiểm toán hằng năm định kỳ"),
        ],
    )
    def test_a_question_typed_bare_is_understood(self, typed, meant):
        assert understand(typed, (), learnt()).understood == meant


def needy() -> list[Abbreviation]:
    """Short forms with one meaning, which needs a word beside it."""
    return [
        found[0]
        for short, found in abbreviations().items()
        if found[0].needs and len(found) == 1 and short.isalpha()
    ]


class TestPlaces:
    @pytest.mark.parametrize(
        ("text", "places"),
        [
            ("Trà Vinh và Cà Mau năm 2022 có bao nhiêu HTX?", ("Trà Vinh", "Cà Mau")),
            ("ca mau co bao nhieu htx", ("Cà Mau",)),
            ("htx o tphcm", ("Hồ Chí Minh",)),
            ("How many cooperatives are there in Ca Mau?", ("Cà Mau",)),
            ("htx o gia lai co bao nhieu", ("Gia Lai",)),
            ("bao cao bang van ban", ()),
            ("kiem toan hang nam dinh ky", ()),
            ("dinh gia lai tai san gop von", ()),
            ("danh gia lai tai san", ()),
        ],
    )
    def test_places_that_a_question_names(self, text, places):
        assert understand(text, (), learnt()).places == places

    @pytest.mark.parametrize(
        "form",
        [
            "{} co bao nhieu htx nam 2023",
            "so thanh vien htx o {} la bao nhieu",
            "nam 2022 {} co may to hop tac",
        ],
    )
    def test_every_province_is_understood_bare(self, form):
        asked = {name: form.format(without_marks(name).lower()) for name in provinces()}
        found = {name: understand(text, (), learnt()).places for name, text in asked.items()}
        assert {name: places for name, places in found.items() if places != (name,)} == {}


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("theo luật hợp tác xã 2012 thì cần mấy người", ("luật hợp tác xã", "2012")),
        ("luật hợp tác xã năm 2012 quy định gì", ("luật hợp tác xã", "2012")),
        ("bộ luật lao động 2019 nói gì", ("bộ luật lao động", "2019")),
        ("luật hợp tác xã quy định gì", None),
        ("hợp tác xã lập theo luật hợp tác xã 2012 có phải đăng ký lại không", None),
        ("nghị định 92 2024 quy định gì", None),
    ],
)
def test_a_law_that_a_question_rests_on_by_title_and_year(query, named):
    assert titled_law(query) == named


class TestReferences:
    @pytest.mark.parametrize(
        ("text", "references"),
        [
            ("Nghị định 92/2024/NĐ-CP", [("nghị định", "92/2024", "", "")]),
            ("nghi dinh 92 noi gi", [("nghị định", "92", "", "")]),
            ("theo Nghị định 92/2024, HTX được gì", [("nghị định", "92/2024", "", "")]),
            ("Luật 17/2023.", [("luật", "17/2023", "", "")]),
            ("Thông tư số 71/2024/TT-BTC", [("thông tư", "71/2024", "", "")]),
            ("theo 17/2023/QH15", [("", "17/2023", "", "")]),
            ("Điều 23", [("", "", "23", "")]),
            ("khoản 2 Điều 23", [("", "", "23", "2")]),
            ("dieu 12a", [("", "", "12a", "")]),
            ("Article 107 of Law 17/2023", [("luật", "17/2023", "", ""), ("", "", "107", "")]),
            (
                "Điều 23 Nghị định 92/2024",
                [("nghị định", "92/2024", "", ""), ("", "", "23", "")],
            ),
            (
                "Nghị định 77/2019/NĐ-CP và Nghị định 92/2024/NĐ-CP",
                [("nghị định", "77/2019", "", ""), ("nghị định", "92/2024", "", "")],
            ),
        ],
        ids=str,
    )
    def test_documents_and_articles_are_found(self, text, references):
        wanted = tuple(
            LegalReference(kind=kind, number=number, article=article, clause=clause)
            for kind, number, article, clause in references
        )
        assert find_references(text) == wanted

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("tháng 8/2023", id="a month"),
            pytest.param("8/2023 có mấy HTX", id="a month without its word"),
            pytest.param("điều kiện vay vốn", id="a condition"),
            pytest.param("điều lệ HTX", id="the charter"),
            pytest.param("Luật 5 thành viên là sao", id="a number of members"),
            pytest.param("quyết định 12 tháng một lần", id="a number of months"),
            pytest.param("HĐQT quyết định 3 năm", id="a number of years"),
            pytest.param("đại hội quyết định 50% vốn", id="a share"),
            pytest.param("quyết định 5 tỷ đồng", id="an amount"),
            pytest.param("trong 15 ngày", id="a number of days"),
            pytest.param("", id="nothing"),
        ],
    )
    def test_what_names_no_document(self, text):
        assert find_references(text) == ()


class TestPremises:
    @pytest.mark.parametrize(
        ("text", "amounts"),
        [
            ("Nhà nước cho mỗi HTX 300 triệu phải không?", ("300 trieu",)),
            ("Được hỗ trợ 50% phí tập huấn đúng không", ("50%",)),
            ("Nghị định cấp 1,5 tỷ đồng cho tổ hợp tác à", ("1,5 ty dong",)),
            ("htx duoc thuong 10tr ha", ("10tr",)),
            ("The decree gives each cooperative 300 million VND", ("300 million",)),
            ("HTX của tôi có 300 triệu đồng", ()),
            ("hỗ trợ cho 5 người", ()),
            ("Nghe đồn luật bắt ai vắng họp ba lần thì bị trừ lương, đúng không", ("ba lan",)),
            ("Theo Nghị định 12/2024, HTX phải kiểm toán hai năm một lần, nộp ở đâu", ("hai nam",)),
            ("The law promises every member 100% of the harvest price", ("100%",)),
            ("Theo luật, HTX phải nộp báo cáo trong mấy ngày", ()),
            ("Theo luật, HTX có 7 thành viên thì bầu ban kiểm soát không", ()),
            ("HTX phải nộp 15 ngày trước hay sau", ()),
            ("vay tối đa bao nhiêu", ()),
            ("", ()),
        ],
    )
    def test_amounts_that_are_taken_for_granted(self, text, amounts):
        assert find_premises(text) == amounts


class TestFollowUps:
    EARLIER = "Trà Vinh năm 2022 có bao nhiêu hợp tác xã nông nghiệp?"

    @pytest.mark.parametrize(
        ("text", "query"),
        [
            pytest.param(
                "phi nông nghiệp thì sao?",
                "trà vinh năm 2022 có bao nhiêu hợp tác xã phi nông nghiệp",
                id="another sort",
            ),
            pytest.param(
                "thế còn Cà Mau?",
                "cà mau năm 2022 có bao nhiêu hợp tác xã nông nghiệp",
                id="another place",
            ),
            pytest.param(
                "the con ca mau",
                "cà mau năm 2022 có bao nhiêu hợp tác xã nông nghiệp",
                id="another place, typed bare",
            ),
            pytest.param(
                "Còn năm 2023?",
                "trà vinh năm 2023 có bao nhiêu hợp tác xã nông nghiệp",
                id="another year",
            ),
            pytest.param(
                "Còn Cà Mau năm 2023?",
                "cà mau năm 2023 có bao nhiêu hợp tác xã nông nghiệp",
                id="another place and year",
            ),
        ],
    )
    def test_what_is_new_takes_the_place_of_what_was(self, text, query):
        question = understand(text, [self.EARLIER], learnt())
        assert question.query == query
        assert question.carried

    def test_a_follow_up_of_a_follow_up_is_put_into_the_first_question(self):
        question = understand("còn Cà Mau?", [self.EARLIER, "còn năm 2023?"], learnt())
        assert question.query == "cà mau năm 2023 có bao nhiêu hợp tác xã nông nghiệp"
        assert question.places == ("Cà Mau",)

    def test_the_period_of_the_earlier_question_is_carried(self):
        assert understand("thế còn Cà Mau?", [self.EARLIER], learnt()).periods == ("2022",)

    def test_a_follow_up_of_another_kind_brings_the_earlier_words_along(self):
        earlier = "Thành lập hợp tác xã cần mấy thành viên?"
        question = understand("ở đâu?", [earlier], learnt())
        assert {"thành", "lập", "hợp", "tác", "xã"} <= set(question.query.split())
        assert question.query.startswith("ở đâu")

    @pytest.mark.parametrize(
        "text",
        [
            "Thành viên rút khỏi hợp tác xã thì được trả lại vốn góp trong thời hạn bao nhiêu ngày?",
            "Hồ sơ đăng ký thành lập gồm giấy tờ nào",
            "Vậy nếu thành viên không góp đủ số vốn đã cam kết đúng thời hạn thì hội đồng quản trị "
            "phải xử lý ra sao và báo cáo với ai",
        ],
    )
    def test_a_question_with_its_own_content_stands_alone(self, text):
        question = understand(text, [self.EARLIER], learnt())
        assert question.carried == ()
        assert question.places == ()

    def test_without_an_earlier_question_nothing_is_carried(self):
        question = understand("thế còn Cà Mau?", [], learnt())
        assert question.carried == ()
        assert question.understood == "thế còn Cà Mau?"

    @pytest.mark.parametrize(
        "text",
        ["thế còn cà mau", "phi nông nghiệp thì sao", "còn", "ở đâu", "vậy còn hồ sơ gồm giấy gì"],
    )
    def test_questions_that_lean(self, text):
        assert leans(text.split())

    @pytest.mark.parametrize(
        "text", ["hợp tác xã là gì", "tổ hợp tác nghĩa là gì", "thế nào là thành viên"]
    )
    def test_asking_what_a_subject_of_the_field_is_does_not_lean(self, text):
        assert not leans(text.split())

    def test_nothing_leans_on_nothing(self):
        assert not leans([])

    def test_only_what_is_missing_is_added(self):
        whole = complete(
            ["thế", "hồ", "sơ", "gồm", "gì"], ["thành", "lập", "tổ", "hợp", "tác", "gồm", "gì"]
        )
        assert whole[:5] == ["thế", "hồ", "sơ", "gồm", "gì"]
        assert whole.count("gồm") == 1
        assert {"thành", "lập", "tổ", "hợp", "tác"} <= set(whole)


def asking(text: str, *asks: Ask) -> Question:
    return Question(
        text=text, understood=text, query=" ".join(words_of(text)), asks=asks or (Ask.OPEN,)
    )


class TestExpected:
    @pytest.mark.parametrize(
        ("question", "good", "poor"),
        [
            pytest.param(
                asking("cần ít nhất bao nhiêu thành viên"),
                "hợp tác xã có ít nhất 05 thành viên",
                "thành viên có quyền biểu quyết",
                id="a least number of members",
            ),
            pytest.param(
                asking("góp tối đa bao nhiêu phần trăm"),
                "vốn góp không quá 30% vốn điều lệ",
                "vốn góp ghi trong sổ",
                id="a largest share",
            ),
            pytest.param(
                asking("trả lại vốn trong bao lâu"),
                "trả lại trong thời hạn 45 ngày",
                "trả lại vốn góp cho thành viên",
                id="a span of time",
            ),
            pytest.param(
                asking("nộp báo cáo chậm nhất khi nào"),
                "chậm nhất ngày 15 tháng 01",
                "nộp báo cáo cho ủy ban",
                id="a deadline",
            ),
            pytest.param(
                asking("hỗ trợ bao nhiêu tiền"),
                "hỗ trợ 20 triệu đồng",
                "hỗ trợ theo quyết định",
                id="an amount",
            ),
            pytest.param(
                asking("họp mấy lần"), "họp mỗi năm một lần", "họp khi cần", id="how often"
            ),
            pytest.param(
                asking("hồ sơ gồm những gì", Ask.DOSSIER),
                "hồ sơ gồm: giấy đề nghị",
                "nộp trong thời gian quy định",
                id="papers",
            ),
            pytest.param(
                asking("nộp ở đâu", Ask.PLACE),
                "nộp tại cơ quan đăng ký",
                "nộp trong giờ làm việc",
                id="an office",
            ),
        ],
    )
    def test_an_answer_has_the_form_that_was_asked_for(self, question, good, poor):
        wanted = expected(question)
        assert fits(wanted, good) == 1.0
        assert fits(wanted, poor) == 0.0

    def test_a_bound_of_another_direction_fits_in_part_only(self):
        wanted = expected(asking("cần ít nhất bao nhiêu thành viên"))
        assert 0 < fits(wanted, "mỗi tổ có 05 thành viên") < 1

    def test_a_question_without_a_form_expects_nothing(self):
        assert fits(expected(asking("quyền của thành viên")), "ít nhất 05 thành viên") == 0.0


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("hợp tác xã cần mấy người", {"cooperative"}),
        ("liên hiệp hợp tác xã cần mấy người", {"union"}),
        ("liên minh hợp tác xã tỉnh", {"alliance"}),
        ("quỹ hỗ trợ phát triển hợp tác xã", {"fund"}),
        ("quỹ tín dụng nhân dân", {"credit"}),
        ("tổ hợp tác lên hợp tác xã", {"group", "cooperative"}),
        ("công ty mua máy", {"company"}),
        ("thành viên góp vốn", set()),
    ],
)
def test_the_longest_name_of_an_organisation_counts(text, kinds):
    assert subjects(text) == kinds


class TestAsked:
    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("Cà Mau có bao nhiêu HTX?", Ask.STATISTIC),
            ("tổng số thành viên của Trà Vinh", Ask.STATISTIC),
            ("Điều kiện để được vay vốn", Ask.CONDITION),
            ("Hồ sơ gồm những giấy tờ gì", Ask.DOSSIER),
            ("Nộp hồ sơ ở đâu", Ask.PLACE),
            ("Vốn điều lệ là gì", Ask.DEFINITION),
        ],
    )
    def test_what_kind_of_answer_is_wanted(self, text, kind):
        assert kind in understand(text, (), learnt()).asks

    def test_a_question_that_tells_nothing_is_open(self):
        assert understand("máy cày", (), learnt()).asks == (Ask.OPEN,)

    def test_the_words_of_the_law_are_added_once(self):
        added = understand("sổ đỏ góp vốn, sổ đỏ", (), learnt()).added
        assert any("quyền sử dụng đất" in term for term in added)
        assert len(set(added)) == len(added)

    def test_words_that_carry_no_meaning_are_left_out(self):
        assert understand("vốn điều lệ là gì ạ", (), learnt()).content == ("vốn", "điều", "lệ")

    def test_a_decimal_is_searched_as_it_was_typed(self):
        assert "0,5" in understand("mức trích 0,5% vốn", (), learnt()).query.split()


class TestStrangeInput:
    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("", id="nothing"),
            pytest.param(" \n\t", id="white space"),
            pytest.param("😀🌾🌾", id="only emoji"),
            pytest.param("\u202e\u200f\u2066", id="only right-to-left marks"),
            pytest.param("\u202ehợp tác xã\u202c", id="words between them"),
            pytest.param("?!…", id="only marks"),
            pytest.param("a" * 100_000, id="one word of 100,000 letters"),
            pytest.param("hợp tác xã " * 10_000, id="100,000 characters of words"),
            pytest.param("1/" * 50_000, id="100,000 characters of numbers"),
            pytest.param("H." * 50_000, id="100,000 characters of points"),
            pytest.param("İSTANBUL vốn", id="a letter that falls into pieces in lower case"),
            pytest.param("٣٤ ² ½ ⅳ", id="digits of other scripts"),
            pytest.param("ไทย 한국 中文", id="other scripts"),
            pytest.param("\x00\ud7ff", id="control characters"),
            pytest.param("'; DROP TABLE --", id="another language altogether"),
        ],
    )
    def test_anything_may_be_asked(self, text):
        for history in ([], ["HTX là gì?"], [text]):
            question = understand(text, history, learnt())
            assert len(question.text) <= LONGEST
            assert len(question.query.split()) <= 2 * LONGEST

    @settings(deadline=None)
    @given(text=st.text(max_size=60), history=st.lists(st.text(max_size=30), max_size=2))
    @example(text="thì sao", history=["İ"])
    @example(text="İ", history=["", "còn"])
    def test_anything_may_follow_anything(self, text, history):
        question = understand(text, history, learnt())
        assert isinstance(question, Question)
        assert question.query == " ".join(question.query.split())


class TestEnglishFollowUps:
    def test_another_place_and_year_are_asked_for_the_same_measure(self) -> None:
        asked = understand(
            "What about Tra Vinh in 2022?",
            ["How many cooperatives did Ca Mau have in August 2023?"],
            learnt(),
        )
        assert asked.places == ("Trà Vinh",)
        assert asked.periods == ("2022",)
        assert "hợp tác xã" in asked.query
        assert Ask.STATISTIC in asked.asks

    def test_a_whole_question_carries_nothing_over(self) -> None:
        asked = understand(
            "How long may the internal loan to a member of the cooperative be?",
            ["How many cooperatives did Ca Mau have in August 2023?"],
            learnt(),
        )
        assert asked.places == ()
        assert asked.carried == ()
