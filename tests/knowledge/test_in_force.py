"""How rules stand, worked out from what documents say of themselves and of each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from knowledge.in_force import Standings, number_key
from knowledge.model import Document, Effect, Kind, Metadata
from knowledge.parts import NO_DAY, Rule
from knowledge.standing import Change, Deed, Standing, State

OLD, NEW, NEWEST = "614/2015/NĐ-CP", "715/2025/NĐ-CP", "816/2030/NĐ-CP"
OPENED, CHANGED = date(2015, 3, 1), date(2025, 2, 1)


def a_law(
    number: str = OLD,
    *,
    effects: tuple[Effect, ...] = (),
    changes: tuple[Change, ...] = (),
    **metadata: Any,
) -> Document:
    about = {"title": "Nghị định về máy sấy", "kind": Kind.LAW, "number": number, **metadata}
    return Document(
        id=about.get("retells") or number or "không số",
        source="máy-sấy.txt",
        location="/kho/máy-sấy.txt",
        version=1,
        sha256="",
        reader="txt",
        pages=None,
        metadata=Metadata(**about),
        effects=effects,
        changes=changes,
    )


def a_change(deed: Deed = Deed.REPLACES, number: str = OLD, **more: Any) -> Change:
    return Change(**{"deed": deed, "by": NEW, "number": number, "sentence": "…", **more})


def successor(*changes: Change, starts: date | None = CHANGED) -> Document:
    return a_law(NEW, effects=(Effect(starts=starts, sentence="từ ngày"),), changes=changes)


OLD_LAW = a_law(effects=(Effect(starts=OPENED, sentence="có hiệu lực từ"),))


def standing(*documents: Document, article: str = "3", clause: str = "", **rule: Any) -> Standing:
    """Return how a clause of the first of some documents stands."""
    clauses = (clause,) if clause else ()
    found = Standings.of(documents)
    return found.standing(Rule(document=documents[0].id, article=article, clauses=clauses, **rule))


class TestWholeDocuments:
    @pytest.mark.parametrize(
        ("day", "old", "new"),
        [
            (date(2015, 2, 28), State.NOT_YET, State.NOT_YET),
            (date(2015, 3, 1), State.IN_FORCE, State.NOT_YET),
            (date(2025, 1, 31), State.IN_FORCE, State.NOT_YET),
            (date(2025, 2, 1), State.EXPIRED, State.IN_FORCE),
        ],
    )
    def test_a_replaced_decree_ends_on_the_day_its_successor_begins(self, day, old, new):
        replacing = successor(a_change())
        assert standing(OLD_LAW, replacing).on(day) is old
        assert standing(replacing, OLD_LAW).on(day) is new

    def test_the_order_of_the_documents_does_not_count(self):
        documents = (
            OLD_LAW,
            successor(a_change()),
            a_law(
                NEWEST,
                effects=(Effect(starts=date(2030, 1, 1)),),
                changes=(a_change(by=NEWEST, number=NEW),),
            ),
        )
        told = {
            Standings.of(order).standing(Rule(document=OLD, article="3"))
            for order in permutations(documents)
        }
        assert len(told) == 1
        (found,) = told
        assert (found.ends, found.ended_by, found.successor) == (CHANGED, NEW, NEWEST)
        assert found.ended_by_kind == "Nghị định"

    def test_a_day_that_the_sentence_names_goes_before_the_successors_own(self):
        found = standing(OLD_LAW, successor(a_change(starts=date(2026, 1, 1))))
        assert found.ends == date(2026, 1, 1)

    def test_without_any_day_it_has_ended_all_the_same(self):
        by_another = a_law("9/2020/TT-BTC", changes=(a_change(Deed.REPEALS, by="8/2019/TT-BTC"),))
        found = standing(OLD_LAW, by_another)
        assert found.ends == NO_DAY
        assert found.on(date(2016, 1, 1)) is State.EXPIRED

    def test_two_that_replace_each_other_are_no_endless_chain(self):
        found = standing(a_law(OLD, changes=(a_change(by=OLD, number=NEW),)), successor(a_change()))
        assert found.successor == ""

    def test_repealed_is_not_replaced(self):
        found = standing(OLD_LAW, successor(a_change(Deed.REPEALS)))
        assert (found.ended_by, found.replaced) == (NEW, False)

    def test_a_law_whose_time_is_not_told_began_when_it_was_issued(self):
        found = standing(a_law(issued=date(2020, 5, 4)))
        assert found.starts == date(2020, 5, 4)

    def test_a_draft_was_never_in_force(self):
        found = standing(a_law(title="Dự thảo Nghị định về máy sấy"))
        assert found.on(date(2030, 1, 1)) is State.DRAFT

    def test_a_report_has_no_time_in_force(self):
        report = a_law("", kind=Kind.REPORT, issued=date(2030, 1, 1))
        assert standing(report) == Standing()


class TestNumbers:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("193/2013/NĐ-CP", "193/2013/nđ-cp"),
            ("09/2017/TT-BTC", "9/2017/TT-BTC"),
            ("193/2013/NĐ - CP", "193/2013/NĐ-CP"),
        ],
    )
    def test_one_number_written_in_two_ways(self, one, other):
        assert number_key(one) == number_key(other)

    def test_each_province_counts_from_one(self):
        number = "12/2015/QĐ-UBND"
        old = a_law(number, place="Trà Vinh")
        elsewhere = a_law("7/2020/QĐ-UBND", place="Cà Mau", changes=(a_change(number=number),))
        own = a_law("7/2020/QĐ-UBND", place="Trà Vinh", changes=(a_change(number=number),))
        assert standing(old, elsewhere).ends is None
        assert standing(old, own).ends is not None


class TestParts:
    """What is done to a single clause leaves the others alone."""

    @pytest.mark.parametrize(
        ("change", "article", "clause", "ended"),
        [
            ({"article": "3", "clause": "2"}, "3", "2", True),
            ({"article": "3", "clause": "2"}, "3", "1", False),
            ({"article": "3", "clause": "2"}, "4", "2", False),
            ({"article": "3"}, "3", "1", True),
            ({"article": "3"}, "4", "1", False),
            ({}, "4", "1", True),
            ({"excepted": ("4",)}, "4", "1", False),
            ({"excepted": ("4.2",)}, "4", "1", True),
            ({"excepted": ("4.2",)}, "4", "2", False),
            ({"article": "3", "clause": "2", "part": "điểm a"}, "3", "2", False),
        ],
    )
    def test_a_repeal_ends_what_it_names(self, change, article, clause, ended):
        repealing = successor(a_change(Deed.REPEALS, **change))
        found = standing(OLD_LAW, repealing, article=article, clause=clause)
        assert (found.ends == CHANGED) is ended

    @pytest.mark.parametrize(
        ("crumb", "ended"),
        [("Chương II > Điều 3. Máy", True), ("Chương III > Điều 3. Máy", False)],
    )
    def test_a_repealed_chapter_ends_its_articles(self, crumb, ended):
        repealing = successor(a_change(Deed.REPEALS, part="Chương II"))
        assert (standing(OLD_LAW, repealing, breadcrumb=crumb).ends is not None) is ended

    def test_an_article_of_which_one_clause_ended_goes_on_with_a_notice(self):
        repealing = successor(a_change(Deed.REPEALS, article="3", clause="2", locator="Điều 9"))
        found = Standings.of((OLD_LAW, repealing)).standing(
            Rule(document=OLD, article="3", clauses=("1", "2", "3"))
        )
        assert found.ends is None
        (notice,) = found.notices
        assert (notice.where, notice.deed) == ("khoản 2 Điều 3", Deed.REPEALS)
        assert (notice.by, notice.starts, notice.locator) == (NEW, CHANGED, "Điều 9")

    def test_an_article_all_of_whose_clauses_ended_has_ended(self):
        both = [a_change(Deed.REPEALS, article="3", clause=one) for one in ("1", "2")]
        found = Standings.of((OLD_LAW, successor(*both))).standing(
            Rule(document=OLD, article="3", clauses=("1", "2"))
        )
        assert found.ends == CHANGED

    @pytest.mark.parametrize(
        ("change", "where"),
        [
            ({"article": "3", "clause": "2", "part": "điểm a"}, "điểm a khoản 2 Điều 3"),
            ({"article": "3"}, "Điều 3"),
        ],
    )
    def test_an_amended_clause_is_in_force_with_a_notice(self, change, where):
        found = standing(OLD_LAW, successor(a_change(Deed.AMENDS, **change)), clause="2")
        assert found.ends is None
        assert [one.where for one in found.notices] == [where]

    def test_a_clause_with_a_later_day_is_not_in_force_with_the_rest(self):
        effects = (
            Effect(starts=date(2024, 7, 1), sentence="Luật"),
            Effect(article="3", clause="2", starts=date(2026, 1, 1), sentence="khoản 2"),
        )
        law = a_law(effects=effects)
        day = date(2025, 1, 1)
        assert standing(law, clause="2").on(day) is State.NOT_YET
        assert standing(law, clause="1").on(day) is State.IN_FORCE
        assert standing(law, clause="2").sentence == "khoản 2"

    def test_the_whole_document_tells_what_was_done_to_its_parts(self):
        changes = [
            a_change(Deed.REPEALS, article="3", clause="2"),
            a_change(Deed.AMENDS, part="một số điều"),
        ]
        found = Standings.of((OLD_LAW, successor(*changes))).whole(OLD)
        assert found.ends is None
        assert [one.where for one in found.notices] == ["khoản 2 Điều 3", "một số điều"]


class TestDigests:
    DIGEST = a_law("", kind=Kind.DIGEST, retells=OLD, title="Tóm tắt máy sấy")

    def test_a_digest_ends_with_the_law_that_it_retells(self):
        digest = replace(self.DIGEST, id="tóm tắt")
        found = standing(digest, successor(a_change()), article="")
        assert (found.ends, found.ended_by) == (CHANGED, NEW)

    def test_a_digest_of_several_laws_goes_by_its_heading(self):
        digest = replace(self.DIGEST, id="tóm tắt")
        heading = "Điều 5 Nghị định 45/2021/NĐ-CP: mức vay"
        found = standing(digest, successor(a_change()), article="5", heading=heading)
        assert found.ends is None

    def test_a_clause_of_the_law_that_was_repealed_is_repealed_in_the_digest(self):
        digest = replace(self.DIGEST, id="tóm tắt")
        repealing = successor(a_change(Deed.REPEALS, article="3", clause="2"))
        assert standing(digest, repealing, article="3", clause="2").ends == CHANGED
        assert standing(digest, repealing, article="3", clause="1").ends is None

    def test_the_end_of_a_law_in_the_library_is_its_digests_too(self):
        digest = replace(self.DIGEST, id="tóm tắt")
        limited = a_law(effects=(Effect(starts=OPENED, ends=date(2020, 1, 1)),))
        assert standing(digest, limited, article="").ends == date(2020, 1, 1)


class TestCorrections:
    """An admin's word goes before the documents'."""

    def corrected(self, **effect: Any) -> Document:
        return replace(OLD_LAW, effects=(*OLD_LAW.effects, Effect(corrected=True, **effect)))

    def test_an_end_that_no_document_tells(self):
        found = standing(self.corrected(ends=date(2022, 1, 1)))
        assert (found.starts, found.ends, found.ended_by) == (OPENED, date(2022, 1, 1), "")

    def test_another_end_than_the_documents_tell(self):
        found = standing(self.corrected(ends=date(2022, 1, 1)), successor(a_change()))
        assert found.ends == date(2022, 1, 1)

    def test_replaced_by_one_that_the_library_holds_ends_when_that_begins(self):
        found = standing(self.corrected(replaced_by=NEW), successor())
        assert (found.ends, found.ended_by, found.replaced) == (CHANGED, NEW, True)

    def test_replaced_by_one_that_it_does_not_hold_has_ended(self):
        assert standing(self.corrected(replaced_by=NEW)).on(OPENED) is State.EXPIRED

    def test_an_end_that_was_read_wrongly_is_taken_back(self):
        found = standing(self.corrected(ends=date.max), successor(a_change()))
        assert found.ends is None

    def test_one_clause_alone(self):
        law = self.corrected(article="3", clause="2", ends=date(2022, 1, 1))
        assert standing(law, clause="2").ends == date(2022, 1, 1)
        assert standing(law, clause="1").ends is None
        assert standing(law, article="4").ends is None

    def test_another_first_day(self):
        found = standing(self.corrected(starts=date(2016, 1, 1)))
        assert found.starts == date(2016, 1, 1)


class TestWhatIsNotHeld:
    @pytest.mark.parametrize("typed", ["614/2015", "614/2015/NĐ-CP"])
    def test_its_end_is_known_from_the_one_that_tells_it(self, typed):
        gone = Standings.of((successor(a_change()),)).gone(typed)
        assert gone is not None
        assert (gone.ends, gone.ended_by) == (CHANGED, NEW)

    @pytest.mark.parametrize("typed", ["61/2015", "614", "715/2025/NĐ-CP", "99/2001/NĐ-CP"])
    def test_nothing_is_told_of_another(self, typed):
        assert Standings.of((successor(a_change()),)).gone(typed) is None

    @pytest.mark.parametrize(
        ("title", "year", "known"),
        [
            ("nghị định về máy sấy", "2015", True),
            ("nghị định về máy sấy", "2014", False),
            ("nghị định về máy cày", "2015", False),
        ],
    )
    def test_one_named_by_its_title_and_year(self, title, year, known):
        sentence = f"Nghị định về máy sấy số {OLD} hết hiệu lực."
        gone = Standings.of((successor(a_change(sentence=sentence)),)).gone_by_title(title, year)
        assert (gone is not None) is known

    def test_what_is_held_is_not_gone(self):
        assert Standings.of((OLD_LAW, successor(a_change()))).gone(OLD) is None

    def test_a_repealed_clause_does_not_end_it(self):
        repealing = successor(a_change(Deed.REPEALS, article="3"))
        assert Standings.of((repealing,)).gone(OLD) is None
