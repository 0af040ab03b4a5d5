"""Screens of whatever answer: Telegram takes each of them, and nothing from outside is markup."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.buttons import Act, Press, decode, encode
from bot.telegram.paging import PAGE, pages
from bot.telegram.screens import (
    Listed,
    Opened,
    Page,
    Screen,
    Shown,
    answer_screen,
    documents_screen,
    languages_screen,
    page_screen,
    source_screen,
    starters_screen,
)
from bot.texts import in_chat
from bot.texts.figures import TABLE_HERE
from knowledge.model import (
    Answer,
    Citation,
    Document,
    Figure,
    Kind,
    Language,
    Metadata,
    Operation,
    Question,
    Reason,
    Status,
)
from knowledge.standing import Standing
from tests.builders import LAW, a_derived_figure, a_figure, a_figure_answer
from tests.telegram_server import BUTTON_BYTES, TEXT_UNITS, parse_html, units

VI, EN = Language.VIETNAMESE, Language.ENGLISH

# Letters that have a meaning in HTML, that count twice, that are none.
LETTERS = st.sampled_from(
    [*"aạbđ. \n<>&\"'/;#x", "<b>", "</blockquote>", "&lt;", "&#0;", "🌾", "\u202e"]
)
SHORT = st.lists(LETTERS, max_size=20).map("".join)
LONG = st.builds(lambda part, times: part * times, SHORT, st.integers(1, 400))
LANGUAGES = st.sampled_from(Language)


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    quote = draw(LONG)
    return Citation(
        document="d",
        source=f"{draw(SHORT)}.txt",
        title=draw(LONG),
        number=draw(st.sampled_from(["", "901/2024/NĐ-CP"])),
        article=draw(st.sampled_from(["", "5", "130a"])),
        locator=draw(st.one_of(SHORT, st.just("Điều 5 khoản 1-2"))),
        page=draw(st.sampled_from([None, 3])),
        quote=quote,
        kind=draw(st.sampled_from(Kind)),
        excerpt=draw(st.sampled_from([(), (quote[:30], quote[-30:])])),
        place=draw(SHORT),
        period="2023",
        standing=draw(st.sampled_from([Standing(), Standing(ends=date(2024, 7, 1))])),
    )


@st.composite
def answered(draw: st.DrawFn) -> Answer:
    text = draw(LONG)[:2_000]
    question = Question(
        text=text,
        understood=draw(st.one_of(st.just(text), LONG)),
        query="",
        language=draw(LANGUAGES),
    )
    cited = draw(st.booleans())
    sources = tuple(draw(st.lists(citations(), max_size=4)))
    return Answer(
        question=question,
        status=draw(st.sampled_from(Status)),
        reason=draw(st.sampled_from(Reason)),
        detail=draw(SHORT),
        citations=sources if cited else (),
        nearest=() if cited else sources,
        suggestions=tuple(draw(st.lists(LONG.map(lambda one: f"?{one}"), max_size=3))),
    )


SHOWN = st.builds(
    Shown,
    turn=st.integers(1, 10**12 - 1),
    language=LANGUAGES,
    echo=st.booleans(),
    late_since=st.sampled_from([None, datetime(2024, 3, 5, 9, tzinfo=UTC)]),
    verdict=st.sampled_from([None, True, False]),
)


def check(screen: Screen) -> str:
    """Hold a screen against Telegram's rules; return its plain text."""
    text, _ = parse_html(screen.html)
    assert 0 < units(text.strip()) <= TEXT_UNITS
    for button in (button for row in screen.rows for button in row):
        assert button.label.strip()
        assert units(button.label) <= 60
        assert len(encode(button.press).encode()) <= BUTTON_BYTES
        assert decode(encode(button.press)) == button.press
    return text


@given(answered(), SHOWN)
@settings(max_examples=150, deadline=None)
def test_telegram_takes_every_answer(answer: Answer, shown: Shown):
    check(answer_screen(answer, shown))


@given(citations(), SHOWN, LONG, LONG)
@settings(max_examples=150, deadline=None)
def test_telegram_takes_every_source(citation: Citation, shown: Shown, before: str, after: str):
    text = before + citation.quote + after
    span = (len(before), len(before) + len(citation.quote))
    opened = Opened(citation=citation, item=1, shown=shown)
    check(source_screen(opened, text, span))


@given(citations(), SHOWN, SHORT, LONG.filter(str.strip))
@settings(max_examples=50, deadline=None)
def test_telegram_takes_every_page(citation: Citation, shown: Shown, heading: str, text: str):
    opened = Opened(citation=citation, item=1, shown=shown)
    cut = pages(text)
    for number, (start, end) in enumerate(cut, start=1):
        page = Page(number=number, count=len(cut))
        shown_text = check(page_screen(opened, heading, text[start:end], page))
        assert text[start:end].strip() in shown_text


@given(st.lists(st.tuples(LONG, SHORT, SHORT), min_size=1, max_size=6), LANGUAGES)
@settings(max_examples=50, deadline=None)
def test_telegram_takes_every_list_of_documents(
    rows: list[tuple[str, str, str]], language: Language
):
    documents = [
        Document(
            id=str(number),
            source=f"{source}.txt",
            location="",
            version=1,
            sha256="",
            reader="txt",
            pages=None,
            metadata=Metadata(title=title, place=place, number="901/2024/NĐ-CP"),
        )
        for number, (title, place, source) in enumerate(rows)
    ]
    listed = [Listed(document=one, note=one.metadata.title) for one in documents]
    check(documents_screen(listed, len(documents), Page(number=1, count=1), language))


@given(st.lists(LONG.map(lambda one: f"?{one}"), max_size=4))
@settings(max_examples=50, deadline=None)
def test_telegram_takes_every_start(questions: list[str]):
    check(starters_screen("Chào bạn", [("deadbeef", one) for one in questions]))


@pytest.mark.parametrize("language", Language)
def test_the_choice_of_the_language_offers_each_of_them(language: Language):
    screen = languages_screen(language)
    check(screen)
    assert [button.press.word for button in screen.rows[0]] == [one.value for one in Language]


# --- examples ----------------------------------------------------------------------------------

PLAIN = Shown(turn=7, language=VI)


def a_citation(quote: str = "Hợp tác xã có vốn.", **more: object) -> Citation:
    fields = {
        "document": "d",
        "source": "luat.txt",
        "title": "Luật Vốn",
        "number": "17/2023/QH15",
        "article": "23",
        "locator": "Điều 23 khoản 1",
        "page": 4,
        "kind": Kind.LAW,
    }
    return Citation(quote=quote, **{**fields, **more})  # type: ignore[arg-type]


def an_answer(*cited: Citation, text: str = "vốn?", understood: str = "", **more: object) -> Answer:
    question = Question(text=text, understood=understood or text, query=text)
    status = Status.ANSWERED if cited else Status.NOT_FOUND
    return Answer(question=question, status=status, citations=cited, **more)  # type: ignore[arg-type]


def test_an_answer_reads_so():
    further = a_citation("Nhà nước hỗ trợ.", article="24", locator="Điều 24")
    screen = answer_screen(an_answer(a_citation(), further, suggestions=("Điều 5?",)), PLAIN)
    assert screen.html == (
        "<b>Theo khoản 1 Điều 23 Luật Vốn 17/2023/QH15:</b> [1]\n"
        "<blockquote>Hợp tác xã có vốn.</blockquote>\n\n"
        "<b>Xem thêm Điều 24 Luật Vốn 17/2023/QH15:</b> [2]\n"
        "<blockquote expandable>Nhà nước hỗ trợ.</blockquote>"
    )
    assert [[button.label for button in row] for row in screen.rows] == [
        ["[1] Điều 23", "[2] Điều 24"],
        ["📖 Xem đầy đủ"],
        ["Điều 5?"],
        ["👍", "👎"],
    ]


@pytest.mark.parametrize(
    "text",
    ["<b>vốn</b>", "a < b & c > d", "&lt;", "</blockquote>", "<script>", "&nbsp;", "<a href='x'>"],
)
def test_what_people_and_documents_write_is_shown_as_they_wrote_it(text: str):
    citation = a_citation(text, title=text, number="", kind=Kind.REPORT)
    answer = an_answer(citation, text=text, understood=f"hiểu {text}")
    shown = Shown(turn=7, language=VI, echo=True)
    for screen, times in (
        (answer_screen(answer, shown), 4),  # asked, understood, title, quotation
        (source_screen(Opened(citation=citation, item=1, shown=shown), text, (0, len(text))), 2),
    ):
        assert check(screen).count(text) == times


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [(None, ["👍", "👎"]), (True, ["👍 ✓", "👎"]), (False, ["👍", "👎 ✓"])],
)
def test_the_thumb_that_was_chosen_is_marked(verdict: bool | None, expected: list[str]):
    screen = answer_screen(an_answer(), Shown(turn=7, language=VI, verdict=verdict))
    assert [button.label for button in screen.rows[-1]] == expected


def test_a_long_answer_leaves_its_last_sources_to_their_buttons():
    cited = [a_citation(f"{number} " + "vốn " * 350) for number in range(1, 5)]
    screen = answer_screen(an_answer(*cited), PLAIN)
    text = check(screen)
    assert "1 vốn" in text
    assert "4 vốn" not in text
    assert len([one for row in screen.rows for one in row if one.label.startswith("[")]) == 4


@pytest.mark.parametrize("letter", ["a", "🌾", "&"])
def test_letters_that_count_twice_or_are_written_long_fit_too(letter: str):
    long = letter * 3_000
    cited = a_citation(long, title=long, number="", kind=Kind.REPORT, place=long)
    answer = an_answer(cited, cited, text=long[:2_000], understood=long, suggestions=(long,))
    opened = Opened(citation=cited, item=1, shown=PLAIN)
    check(answer_screen(answer, Shown(turn=7, language=VI, echo=True)))
    check(source_screen(opened, long * 3, (3_000, 6_000)))
    check(page_screen(opened, long, long[:PAGE], Page(number=1, count=3)))


def test_a_long_question_is_shown_in_short():
    screen = answer_screen(
        an_answer(a_citation(), text="vốn 🌾" * 300), Shown(turn=7, language=VI, echo=True)
    )
    question, _, rest = check(screen).partition("\n\n")
    assert question.startswith("Câu hỏi: vốn 🌾")
    assert question.endswith("…")
    assert units(question) < 350
    assert "Hợp tác xã có vốn." in rest


def test_a_late_answer_tells_the_time_of_vietnam():
    late = Shown(turn=7, language=VI, late_since=datetime(2024, 3, 4, 23, 30, tzinfo=UTC))
    assert "lúc 06:30 05/03" in check(answer_screen(an_answer(a_citation()), late))


def test_no_page_is_offered_where_nothing_was_found():
    screen = answer_screen(an_answer(nearest=(a_citation(),)), PLAIN)
    acts = [button.press.act for row in screen.rows for button in row]
    assert acts == [Act.SOURCE, Act.HELPFUL, Act.NOT_HELPFUL]


def test_a_source_shows_the_words_around_it_and_no_more():
    quote = "Hợp tác xã lỗ trong năm được tạm dừng trích quỹ"
    start = LAW.index(quote)
    opened = Opened(citation=a_citation(quote), item=2, shown=PLAIN)
    screen = source_screen(opened, LAW, (start, start + len(quote)))
    head, where, body = check(screen).split("\n", 2)
    assert (head, where) == ("[2] Luật Vốn 17/2023/QH15", "Điều 23 khoản 1 · trang 4")
    assert f"<b>{quote}</b>" in screen.html
    assert body.startswith("… ")
    assert " …\nTệp: luat.txt" in body
    assert len(quote) < len(body) < len(quote) + 1_000
    assert [[button.press for button in row] for row in screen.rows] == [
        [Press(act=Act.PAGE, turn=7, item=2), Press(act=Act.FILE, turn=7, item=2)],
        [Press(act=Act.ANSWER, turn=7)],
    ]


@pytest.mark.parametrize(
    ("number", "count", "expected"),
    [
        (1, 1, []),
        (1, 3, ["1/3", "▶"]),
        (2, 3, ["◀", "2/3", "▶"]),
        (3, 3, ["◀", "3/3"]),
    ],
)
def test_pages_are_turned_from_the_first_to_the_last(number: int, count: int, expected: list[str]):
    opened = Opened(citation=a_citation(), item=2, shown=PLAIN)
    screen = page_screen(opened, "Điều 23. Vốn", "1. Vốn.", Page(number=number, count=count))
    *pager, back = screen.rows
    assert [button.label for row in pager for button in row] == expected
    assert [button.press for button in back] == [Press(act=Act.ANSWER, turn=7)]
    turns = {button.label: button.press.page for row in pager for button in row}
    assert turns.get("◀", number - 1) == number - 1
    assert turns.get("▶", number + 1) == number + 1


COUNTS = (a_figure("Bến Tre", 187), a_figure("Cà Mau", 120))
MONEY = a_figure("Bến Tre", 10**9, unit="đồng")
CHART, TABLE = in_chat.CHART, in_chat.TABLE


@pytest.mark.parametrize(
    ("operation", "figures", "expected"),
    [
        (Operation.COMPARE, COUNTS, [CHART, TABLE]),
        (Operation.RANK, COUNTS, [CHART, TABLE]),
        (Operation.TREND, COUNTS, [CHART, TABLE]),
        (Operation.LIST, COUNTS, [CHART, TABLE]),
        (Operation.LOOK_UP, COUNTS, [TABLE]),
        (Operation.SUM, COUNTS, [TABLE]),
        (None, COUNTS, [TABLE]),
        (Operation.COMPARE, (COUNTS[0], MONEY), [TABLE]),
        (Operation.COMPARE, (COUNTS[0], a_derived_figure(67, *COUNTS)), [TABLE]),
        (Operation.LOOK_UP, COUNTS[:1], []),
        (Operation.COMPARE, (), []),
    ],
)
@pytest.mark.parametrize("language", Language)
def test_figures_are_taken_away_by_buttons_that_have_something_to_give(
    operation: Operation | None,
    figures: tuple[Figure, ...],
    expected: list[dict[Language, str]],
    language: Language,
):
    answer = a_figure_answer(operation, *figures)
    screen = answer_screen(answer, Shown(turn=7, language=language))
    check(screen)
    acts = {Act.FIGURES: TABLE_HERE, Act.CHART: CHART, Act.TABLE: TABLE}
    rows = [row for row in screen.rows if any(one.press.act in acts for one in row)]
    assert [[one.label for one in row] for row in rows] == (
        [[words[language] for words in [TABLE_HERE, *expected]]] if expected else []
    )
    for button in (button for row in rows for button in row):
        assert button.press.turn == 7
        assert acts[button.press.act][language] == button.label


def test_english_labels_are_english():
    screen = answer_screen(an_answer(a_citation()), Shown(turn=7, language=EN))
    found = [button.label for row in screen.rows for button in row]
    assert found[:2] == ["[1] Article 23", in_chat.READ_IN_FULL[EN]]
