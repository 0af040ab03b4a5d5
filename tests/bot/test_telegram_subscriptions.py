"""Following new documents: chosen with buttons, told once, outside of quiet hours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.telegram.buttons import Act, Press, encode
from bot.telegram.office import news
from bot.telegram.office.quiet import CHOICES, is_quiet
from bot.telegram.screens import VIETNAM
from bot.texts import following as words
from bot.texts import in_chat
from knowledge.model import OFFICE, Language
from tests.bot.conftest import answers, labels, starting
from tests.builders import (
    CA_MAU,
    DIGEST_FILE,
    LAW,
    LONGER_LOAN,
    REPORT_FILE,
    REPORTS,
    SAMPLES,
    Stand,
    write_all,
)
from tests.telegram_server import FakeTelegram, Message, Person

VI = Language.VIETNAMESE
OFFICER = 7705
NEW_LINE = "Tài liệu bạn theo dõi"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_all(tmp_path / "documents", {DIGEST_FILE: SAMPLES[DIGEST_FILE]})


@pytest.fixture
def office(stand: Stand, folder: Path) -> Stand:
    """A library with one digest."""
    assert not stand.ingestion().ingest([folder]).failed
    return stand


@pytest.fixture
def lan(own_telegram: FakeTelegram) -> Person:
    return own_telegram.person("Lan")


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library is looked at many times a second."""
    watch = news.watch

    async def quickly(services: object, _pause_s: float) -> None:
        await watch(services, 0.05)  # type: ignore[arg-type]

    monkeypatch.setattr(news, "watch", quickly)


def publish(stand: Stand, folder: Path, **files: str) -> None:
    """Publish the way another process does; the bot is not told."""
    write_all(folder, {name.replace("_", "-") + ".txt": text for name, text in files.items()})
    assert not stand.ingestion().ingest([folder]).failed


def pressed(telegram: FakeTelegram, person: Person, message: Message, label: str) -> Message:
    query = person.presses(message, label)
    telegram.wait_for(lambda: query.answer is not None)

    def changed() -> Message | None:
        now = message.chat.messages[message.message_id]
        return None if (now.html, now.buttons) == (message.html, message.buttons) else now

    found = telegram.wait_for(changed)
    assert found is not None
    return found


def following(telegram: FakeTelegram, person: Person, *path: str) -> Message:
    """Write /theodoi and press buttons; return the message as it is then."""
    before = len(telegram.shown(person))
    person.says("/theodoi")
    message = telegram.wait_for(lambda: telegram.shown(person)[before:])[0]
    for label in path:
        message = pressed(telegram, person, message, label)
    return message


def told(telegram: FakeTelegram, person: Person) -> list[str]:
    """Return the messages with news that stand in a chat."""
    return [one.text for one in telegram.shown(person) if NEW_LINE in one.text]


def until_announced(telegram: FakeTelegram, stand: Stand) -> None:
    """Wait until the watcher has seen the live generation and nothing is under way."""
    catalogue = stand.catalogue()
    subscriptions, notices = catalogue.subscriptions(), catalogue.notices()

    def done() -> bool:
        seen = subscriptions.announced() == catalogue.live_generation()
        return seen and not subscriptions.bundles() and notices.next_due() is None

    telegram.wait_for(done)


ALL = (words.ADD_ALL[VI],)


@pytest.mark.usefixtures("often")
class TestTelling:
    def test_a_new_document_is_told_to_who_follows_all_and_to_nobody_else(
        self, own_telegram: FakeTelegram, office: Stand, folder: Path, lan: Person
    ):
        minh = own_telegram.person("Minh")
        minh.says("/help")
        with starting(own_telegram, office):
            following(own_telegram, lan, *ALL)
            publish(office, folder, bao_cao=REPORTS[REPORT_FILE])
            [said] = own_telegram.wait_for(lambda: told(own_telegram, lan))
            until_announced(own_telegram, office)
        assert "Kinh tế tập thể tỉnh Bến Tre năm 2023" in said
        assert "báo cáo · Bến Tre · 2023 · bao-cao.txt" in said
        assert told(own_telegram, minh) == []

    def test_what_was_there_before_is_not_told(
        self, own_telegram: FakeTelegram, office: Stand, lan: Person
    ):
        with starting(own_telegram, office):
            following(own_telegram, lan, *ALL)
            until_announced(own_telegram, office)
        assert told(own_telegram, lan) == []

    def test_a_first_start_tells_nothing(
        self, own_telegram: FakeTelegram, office: Stand, folder: Path, lan: Person
    ):
        lan.says("/help")
        office.catalogue().subscriptions().add(lan.id, "", "")
        publish(office, folder, bao_cao=REPORTS[REPORT_FILE])
        with starting(own_telegram, office):
            until_announced(own_telegram, office)
        assert told(own_telegram, lan) == []

    def test_who_follows_since_later_is_not_told_of_what_came_before(
        self, own_telegram: FakeTelegram, office: Stand, folder: Path, lan: Person
    ):
        lan.says("/help")
        with starting(own_telegram, office):
            until_announced(own_telegram, office)
        publish(office, folder, bao_cao=REPORTS[REPORT_FILE])
        office.catalogue().subscriptions().add(lan.id, "", "")
        with starting(own_telegram, office):
            until_announced(own_telegram, office)
        assert told(own_telegram, lan) == []

    def test_several_documents_are_one_message_and_an_update_is_marked(
        self, own_telegram: FakeTelegram, office: Stand, folder: Path, lan: Person
    ):
        with starting(own_telegram, office):
            following(own_telegram, lan, *ALL)
            publish(
                office, folder, bao_cao=REPORTS[REPORT_FILE], ca_mau=REPORTS[CA_MAU], nghi_dinh=LAW
            )
            [said] = own_telegram.wait_for(lambda: told(own_telegram, lan))
            assert all(name in said for name in ("bao-cao.txt", "ca-mau.txt", "nghi-dinh.txt"))
            assert words.UPDATED[VI] not in said
            publish(office, folder, nghi_dinh=LONGER_LOAN)
            _, again = own_telegram.wait_for(lambda: _two(told(own_telegram, lan)))
        assert words.UPDATED[VI] in again
        assert "bao-cao.txt" not in again

    def test_by_place_and_by_kind(
        self, own_telegram: FakeTelegram, office: Stand, folder: Path, lan: Person
    ):
        ha = own_telegram.person("Hà")
        with starting(own_telegram, office):
            card = following(own_telegram, lan, words.ADD[VI])
            assert labels(card)[0] == words.EVERY_PLACE[VI]
            while "Cà Mau" not in labels(card):
                card = pressed(own_telegram, lan, card, in_chat.NEXT)
            card = pressed(own_telegram, lan, card, "Cà Mau")
            mine = pressed(own_telegram, lan, card, words.EVERY_KIND[VI])
            assert words.STOP.format(what="Cà Mau · Mọi loại") in labels(mine)
            mine = following(own_telegram, ha, words.ADD[VI], words.EVERY_PLACE[VI], "văn bản")
            assert words.STOP.format(what="Mọi nơi · văn bản") in labels(mine)
            publish(
                office, folder, bao_cao=REPORTS[REPORT_FILE], ca_mau=REPORTS[CA_MAU], nghi_dinh=LAW
            )
            [hers] = own_telegram.wait_for(lambda: told(own_telegram, lan))
            [his] = own_telegram.wait_for(lambda: told(own_telegram, ha))
        assert ("ca-mau.txt" in hers, "bao-cao.txt" in hers, "nghi-dinh.txt" in hers) == (
            True,
            False,
            False,
        )
        assert ("ca-mau.txt" in his, "bao-cao.txt" in his, "nghi-dinh.txt" in his) == (
            False,
            False,
            True,
        )

    def test_who_follows_twice_over_is_told_once(
        self, own_telegram: FakeTelegram, office: Stand, folder: Path, lan: Person
    ):
        with starting(own_telegram, office):
            following(own_telegram, lan, *ALL)
            following(own_telegram, lan, words.ADD[VI], words.EVERY_PLACE[VI], "báo cáo")
            publish(office, folder, bao_cao=REPORTS[REPORT_FILE])
            own_telegram.wait_for(lambda: told(own_telegram, lan))
            until_announced(own_telegram, office)
        [said] = told(own_telegram, lan)
        assert said.count("bao-cao.txt") == 1

    def test_an_officers_document_is_told_to_officers_only(
        self, own_telegram: FakeTelegram, office: Stand, folder: Path, lan: Person
    ):
        officer = own_telegram.person("Cán bộ", person_id=OFFICER)
        with starting(own_telegram, office, officer_ids=OFFICER):
            following(own_telegram, lan, *ALL)
            following(own_telegram, officer, *ALL)
            write_all(folder, {"documents.csv": "file,audience\nca-mau.txt,officers\n"})
            publish(office, folder, ca_mau=REPORTS[CA_MAU])
            [said] = own_telegram.wait_for(lambda: told(own_telegram, officer))
            until_announced(own_telegram, office)
            assert "ca-mau.txt" in said
            assert told(own_telegram, lan) == []

    def test_what_the_office_answered_to_one_question_is_not_told(
        self, own_telegram: FakeTelegram, office: Stand, folder: Path, lan: Person
    ):
        with starting(own_telegram, office):
            following(own_telegram, lan, *ALL)
            write_all(folder, {"documents.csv": f"file,publisher\nca-mau.txt,{OFFICE}\n"})
            publish(office, folder, ca_mau=REPORTS[CA_MAU], bao_cao=REPORTS[REPORT_FILE])
            [said] = own_telegram.wait_for(lambda: told(own_telegram, lan))
        assert ("bao-cao.txt" in said, "ca-mau.txt" in said) == (True, False)

    def test_a_version_that_comes_back_is_not_told_again(
        self, own_telegram: FakeTelegram, office: Stand, folder: Path, lan: Person
    ):
        publish(office, folder, nghi_dinh=LAW)
        with starting(own_telegram, office):
            following(own_telegram, lan, *ALL)
            publish(office, folder, nghi_dinh=LONGER_LOAN)
            own_telegram.wait_for(lambda: told(own_telegram, lan))
            for text in (LAW, LONGER_LOAN):
                publish(office, folder, nghi_dinh=text)
                until_announced(own_telegram, office)
        assert len(told(own_telegram, lan)) == 1

    def test_who_stopped_is_not_told(
        self, own_telegram: FakeTelegram, office: Stand, folder: Path, lan: Person
    ):
        with starting(own_telegram, office):
            mine = following(own_telegram, lan, *ALL)
            assert words.ADD_ALL[VI] not in labels(mine), "it is there already"
            mine = pressed(own_telegram, lan, mine, words.STOP.format(what=words.EVERYTHING[VI]))
            assert words.NOTHING_YET[VI] in mine.text
            publish(office, folder, bao_cao=REPORTS[REPORT_FILE])
            until_announced(own_telegram, office)
        assert told(own_telegram, lan) == []

    def test_what_came_while_the_bot_was_down_is_told_once_when_it_is_back(
        self, own_telegram: FakeTelegram, office: Stand, folder: Path, lan: Person
    ):
        with starting(own_telegram, office):
            following(own_telegram, lan, *ALL)
            until_announced(own_telegram, office)
        publish(office, folder, bao_cao=REPORTS[REPORT_FILE])
        publish(office, folder, ca_mau=REPORTS[CA_MAU])
        for _ in range(2):
            with starting(own_telegram, office):
                own_telegram.wait_for(lambda: told(own_telegram, lan))
                until_announced(own_telegram, office)
        [said] = told(own_telegram, lan)
        assert ("bao-cao.txt" in said, "ca-mau.txt" in said) == (True, True)

    def test_the_message_leads_to_what_is_followed(
        self, own_telegram: FakeTelegram, office: Stand, folder: Path, lan: Person
    ):
        with starting(own_telegram, office):
            following(own_telegram, lan, *ALL)
            publish(office, folder, bao_cao=REPORTS[REPORT_FILE])
            own_telegram.wait_for(lambda: told(own_telegram, lan))
            card = pressed(own_telegram, lan, own_telegram.shown(lan)[-1], words.SET[VI])
        assert words.MINE[VI] in card.text

    def test_a_title_of_markup_and_commands_is_shown_letter_for_letter(
        self, own_telegram: FakeTelegram, office: Stand, folder: Path, lan: Person
    ):
        odd = REPORTS[REPORT_FILE].replace("năm 2023", "<b>năm</b> /reload 2023", 1)
        with starting(own_telegram, office):
            following(own_telegram, lan, *ALL)
            publish(office, folder, bao_cao=odd)
            own_telegram.wait_for(lambda: told(own_telegram, lan))
        html = own_telegram.shown(lan)[-1].html
        assert "&lt;b&gt;năm&lt;/b&gt; <code>/reload</code>" in html


def _two(found: list[str]) -> list[str]:
    return found if len(found) > 1 else []


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a moment of the week of Monday, 6 January 2025, by the clock of Vietnam."""
    return datetime(2025, 1, day, hour, minute, tzinfo=VIETNAM).astimezone(UTC)


@pytest.mark.parametrize(
    ("hours", "moment", "expected"),
    [
        ("", at(6, 3), False),
        ("21-6", at(6, 20, 59), False),
        ("21-6", at(6, 21), True),
        ("21-6", at(7, 5, 59), True),
        ("21-6", at(7, 6), False),
        ("21-6", at(11, 12), False),
        ("18-7", at(6, 18), True),
        ("18-7", at(6, 7), False),
        ("21-6,we", at(10, 12), False),
        ("21-6,we", at(10, 23), True),
        ("21-6,we", at(11, 12), True),
        ("21-6,we", at(12, 20), True),
        ("21-6,we", at(13, 5), True),
        ("21-6,we", at(13, 6), False),
    ],
)
def test_when_it_is_quiet(hours: str, moment: datetime, expected: bool):
    assert is_quiet(hours, moment) is expected


def test_every_choice_of_quiet_hours_fits_its_column_and_has_its_words():
    assert set(CHOICES) == set(words.HOURS)
    assert max(map(len, CHOICES)) <= 8


@pytest.mark.usefixtures("often")
class TestQuietHours:
    @pytest.fixture
    def clock(self, monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
        """Make it night, or day."""
        night = [True]
        monkeypatch.setattr(news, "is_quiet", lambda hours, _now: bool(hours) and night[0])

        def turn(is_night: bool) -> None:
            night[0] = is_night

        return turn

    def test_what_comes_in_quiet_hours_is_one_message_at_their_end(
        self,
        own_telegram: FakeTelegram,
        office: Stand,
        folder: Path,
        lan: Person,
        clock: Callable[[bool], None],
    ):
        minh = own_telegram.person("Minh")
        with starting(own_telegram, office):
            following(own_telegram, lan, *ALL)
            mine = following(own_telegram, lan, words.QUIET[VI], words.HOURS["21-6"][VI])
            assert "21 giờ – 6 giờ" in mine.text
            following(own_telegram, minh, *ALL)
            publish(office, folder, bao_cao=REPORTS[REPORT_FILE])
            own_telegram.wait_for(lambda: told(own_telegram, minh))
            publish(office, folder, ca_mau=REPORTS[CA_MAU])
            own_telegram.wait_for(lambda: _two(told(own_telegram, minh)))
            assert told(own_telegram, lan) == []
        clock(False)
        with starting(own_telegram, office):
            [said] = own_telegram.wait_for(lambda: told(own_telegram, lan))
            until_announced(own_telegram, office)
        assert ("bao-cao.txt" in said, "ca-mau.txt" in said) == (True, True)
        assert len(told(own_telegram, lan)) == 1


class TestKilledBetween:
    """Whatever step a process dies at, each version is told once."""

    def test_noting_again_and_owing_again_changes_nothing(self, office: Stand, folder: Path):
        subscriptions = office.catalogue().subscriptions()
        subscriptions.note(office.catalogue().live_generation(), {})
        publish(office, folder, bao_cao=REPORTS[REPORT_FILE])
        live = office.catalogue().live_generation()
        [fresh] = subscriptions.appeared(live - 1, live)
        for _ in range(2):
            subscriptions.note(live, {7: [fresh.version]})
        assert list(subscriptions.waiting()) == [7]
        subscriptions.bundle(7)
        [bundle] = subscriptions.bundles()
        subscriptions.note(live, {7: [fresh.version, fresh.version + 1]})
        subscriptions.bundle(7)
        first, second = subscriptions.bundles()
        assert (first, second.versions) == (bundle, (fresh.version + 1,))
        subscriptions.owed(first)
        assert [one.key for one in subscriptions.bundles()] == [second.key]

    def test_a_message_that_is_owed_already_is_not_owed_twice(self, office: Stand):
        notices = office.catalogue().notices()
        assert notices.owe("news:7:3", 7, "{}")
        assert not notices.owe("news:7:3", 7, "{}")


class TestTheButtons:
    def test_the_menu_names_it_and_groups_are_sent_to_the_private_chat(
        self, own_telegram: FakeTelegram, office: Stand, lan: Person
    ):
        group = own_telegram.group("HTX", [lan])
        with starting(own_telegram, office):
            lan.says("/theodoi@{bot}", group)
            [said] = answers(own_telegram, group)
            own_telegram.wait_for(lambda: own_telegram.commands)
        assert said.text == in_chat.PRIVATE_ONLY[VI]
        for menu in own_telegram.commands.values():
            assert "theodoi" in [one["command"] for one in menu]

    def test_presses_that_no_button_makes_and_those_for_others_are_refused_and_audited(
        self, own_telegram: FakeTelegram, office: Stand, lan: Person
    ):
        minh = own_telegram.person("Minh")
        with starting(own_telegram, office):
            following(own_telegram, minh, *ALL)
            [theirs] = office.catalogue().subscriptions().of(minh.id)
            card = following(own_telegram, lan)
            forged = ["x1", "pdeadbeef", "kdeadbeef0", "quiet9", "delx", f"del{theirs.id}", "7"]
            for word in forged:
                query = lan.presses(card, data=encode(Press(act=Act.SUBSCRIPTION, word=word)))
                own_telegram.wait_for(lambda query=query: query.answer)  # type: ignore[misc]
                assert query.toast == in_chat.OLD_BUTTON[VI], word
        assert own_telegram.shown(lan) == [card]
        assert list(office.catalogue().subscriptions().of(minh.id)) == [theirs]
        deeds = [one.deed for one in office.catalogue().audit().latest(50) if one.person == lan.id]
        assert deeds == ["refused"] * len(forged)

    def test_a_button_pressed_in_a_group_is_refused(
        self, own_telegram: FakeTelegram, office: Stand, lan: Person
    ):
        group = own_telegram.group("HTX", [lan])
        with starting(own_telegram, office):
            lan.says("/help@{bot}", group)
            [said] = answers(own_telegram, group)
            query = lan.presses(said, data=encode(Press(act=Act.SUBSCRIPTION, word="add")))
            own_telegram.wait_for(lambda: query.answer)
        assert query.toast == in_chat.OLD_BUTTON[VI]

    def test_they_work_after_a_restart(
        self, own_telegram: FakeTelegram, office: Stand, lan: Person
    ):
        with starting(own_telegram, office):
            card = following(own_telegram, lan, words.ADD[VI], words.EVERY_PLACE[VI])
        with starting(own_telegram, office):
            mine = pressed(own_telegram, lan, card, "báo cáo")
        assert words.STOP.format(what="Mọi nơi · báo cáo") in labels(mine)

    def test_nobody_follows_more_than_fits(
        self, own_telegram: FakeTelegram, office: Stand, lan: Person
    ):
        subscriptions = office.catalogue().subscriptions()
        for number in range(20):
            subscriptions.add(lan.id, f"Nơi {number}", "")
        with starting(own_telegram, office):
            card = following(own_telegram, lan, *ALL)
        assert card.text.startswith("Bạn đang theo dõi 20 mục")
        assert len(subscriptions.of(lan.id)) == 20
