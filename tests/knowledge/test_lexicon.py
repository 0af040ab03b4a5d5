"""The tables of words: they parse, they hold together, the longest phrase wins."""

from __future__ import annotations

import csv
import unicodedata
from importlib.resources import files

import pytest

from knowledge.model import Ask
from knowledge.vietnamese import lexicon
from knowledge.vietnamese.lexicon import PhraseTable
from knowledge.vietnamese.text import search_key, tokens, without_marks

DATA = files("knowledge.vietnamese") / "data"
TABLES = {
    "abbreviations.csv": ("abbreviation", "expansion", "needs"),
    "english.csv": ("english", "vietnamese"),
    "matters.csv": ("words", "legal"),
    "out_of_field.csv": ("phrase", "field"),
    "places.csv": ("name", "kind", "province", "successor"),
    "question_words.csv": ("phrase", "kind"),
    "thesaurus.csv": ("term", "legal"),
}
LISTS = ("countries.txt", "everyday.txt", "stopwords.txt")


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, strict=True))


def lines_of(name: str) -> list[str]:
    return (DATA / name).read_text(encoding="utf-8").splitlines()


def repeated(found: list[str]) -> list[str]:
    keys = [search_key(" ".join(one.split())) for one in found]
    return sorted({key for key in keys if keys.count(key) > 1})


@pytest.mark.parametrize("name", TABLES)
def test_every_row_of_a_table_has_its_columns(name):
    rows = rows_of(name)
    assert rows
    assert set(TABLES[name]) <= set(rows[0])
    broken = [row for row in rows if None in row or None in row.values()]
    assert broken == []


@pytest.mark.parametrize("name", [*TABLES, *LISTS])
def test_the_data_are_composed_and_tidy(name):
    text = (DATA / name).read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "\ufeff" not in text
    assert [line for line in lines_of(name) if line != line.strip()] == []


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("abbreviations.csv", "expansion"),
        ("english.csv", "vietnamese"),
        ("thesaurus.csv", "legal"),
        ("matters.csv", "legal"),
        ("out_of_field.csv", "field"),
        ("question_words.csv", "kind"),
    ],
)
def test_no_term_stands_for_nothing(name, column):
    empty = [row for row in rows_of(name) if not row[column].strip(" ;|")]
    assert empty == []


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("english.csv", "english"),
        ("thesaurus.csv", "term"),
        ("out_of_field.csv", "phrase"),
        ("question_words.csv", "phrase"),
    ],
)
def test_no_cell_has_an_empty_or_repeated_term(name, column):
    for row in rows_of(name):
        terms = row[column].split("|")
        assert all(term.strip() for term in terms), row
        assert repeated(terms) == [], row


def test_no_term_of_the_tables_stands_in_two_rows():
    for name, column in [("thesaurus.csv", "term"), ("english.csv", "english")]:
        terms = [term for row in rows_of(name) for term in row[column].split("|")]
        assert repeated(terms) == [], name
    assert repeated(lines_of("stopwords.txt")) == []


def test_no_short_form_is_written_down_twice_with_the_same_words():
    found = [f"{row['abbreviation']} {row['expansion']}" for row in rows_of("abbreviations.csv")]
    assert repeated(found) == []


def test_a_short_form_of_several_meanings_ends_with_one_that_needs_nothing_or_is_told_apart():
    for short, meanings in lexicon.abbreviations().items():
        free = [index for index, item in enumerate(meanings) if not item.needs]
        assert free in ([], [len(meanings) - 1]), short


def test_every_kind_of_question_is_one_of_the_model():
    assert {row["kind"] for row in rows_of("question_words.csv")} <= {kind.value for kind in Ask}


def test_stop_words_are_single_words():
    assert [word for word in lexicon.stop_words() if len(tokens(word)) != 1] == []


@pytest.mark.parametrize(
    "word", ["vốn", "thành", "hợp", "hồ", "vay", "đăng", "góp", "giải", "hộ", "lãi"]
)
def test_words_that_carry_meaning_are_no_stop_words(word):
    assert search_key(word) not in lexicon.stop_words()


@pytest.mark.parametrize(
    ("short", "expansion"),
    [
        ("htx", "hợp tác xã"),
        ("tht", "tổ hợp tác"),
        ("ubnd", "ủy ban nhân dân"),
        ("đhtv", "đại hội thành viên"),
        ("vđl", "vốn điều lệ"),
    ],
)
def test_common_short_forms_are_known(short, expansion):
    assert expansion in [search_key(item.expansion) for item in lexicon.abbreviations()[short]]


TABLE = PhraseTable.of(
    [
        ("hợp tác xã", ("một",)),
        ("liên hiệp hợp tác xã", ("hai",)),
        ("xã viên", ("ba",)),
        ("liên hiệp", ("năm",)),
        ("Hợp tác xã", ("bốn",)),
        ("  ", ("không",)),
    ]
)


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        pytest.param("hợp tác xã mới", [(0, 3, ("một", "bốn"))], id="rows of one phrase join"),
        pytest.param("liên hiệp hợp tác xã", [(0, 5, ("hai",))], id="the longest wins"),
        pytest.param("hợp tác xã viên", [(0, 3, ("một", "bốn"))], id="no overlap"),
        pytest.param(
            "xã viên hợp tác xã", [(0, 2, ("ba",)), (2, 5, ("một", "bốn"))], id="one behind another"
        ),
        pytest.param("liên hiệp hợp tác", [(0, 2, ("năm",))], id="a phrase that breaks off"),
        pytest.param("hợp tác", [], id="the beginning of a phrase"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_the_longest_phrase_at_a_place_wins(text, matches):
    assert TABLE.matches(tokens(text)) == matches


def test_a_table_of_nothing_finds_nothing():
    assert PhraseTable.of([]).matches(["hợp", "tác"]) == []


@pytest.mark.parametrize(
    ("text", "legal"),
    [("sổ đỏ", "giấy chứng nhận quyền sử dụng đất"), ("xã viên", "thành viên")],
)
def test_everyday_words_stand_for_the_words_of_the_law(text, legal):
    found = lexicon.thesaurus().matches(tokens(search_key(text)))
    assert legal in " ; ".join(value for _, _, values in found for value in values)


@pytest.mark.parametrize(
    ("text", "legal"),
    [
        ("mấy hộ chung nhau thì mở được hợp tác xã", "05 thành viên"),
        ("mở hợp tác xã phải gom được bao nhiêu người", "05 thành viên"),
        ("hợp tác xã lỗ thì bà con có phải trả nợ không", "trong phạm vi phần vốn góp"),
        ("làm giấy hợp tác xã thì tới chỗ nào", "phòng tài chính - kế hoạch"),
    ],
)
def test_words_of_a_matter_stand_anywhere(text, legal):
    found = lexicon.legal_terms(tokens(search_key(text)))
    assert legal in " ; ".join(term for _, terms in found for term in terms)


def test_a_matter_needs_a_word_of_each_group():
    found = lexicon.legal_terms(tokens("mấy hộ chung nhau thì được hợp tác xã"))
    assert "05 thành viên" not in " ; ".join(term for _, terms in found for term in terms)


def test_the_places_are_those_of_the_words():
    words = tokens("nhà tôi có mấy hộ muốn lập hợp tác xã")
    places = [places for places, terms in lexicon.legal_terms(words) if "05" in terms[0]]
    assert [sorted(one) for one in places] == [[3, 4, 6, 7, 8, 9]]


@pytest.mark.parametrize(
    ("text", "country"), [("thailand", "Thái Lan"), ("thái lan", "Thái Lan"), ("japan", "Nhật Bản")]
)
def test_countries_are_named_in_vietnamese(text, country):
    assert [values for _, _, values in lexicon.countries().matches(tokens(text))] == [(country,)]


def test_vietnam_is_no_other_country():
    assert lexicon.countries().matches(tokens(search_key("Việt Nam viet nam vietnam"))) == []


def test_everyday_texts_are_written_with_marks():
    words = [word for text in lexicon.everyday_texts() for word in tokens(search_key(text))]
    marked = sum(without_marks(word) != word for word in words)
    assert marked > len(words) / 2
