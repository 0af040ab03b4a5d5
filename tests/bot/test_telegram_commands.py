"""The menu, /start and /help with questions to press, /docs, /language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.texts import in_chat
from knowledge.model import Language
from tests.bot.conftest import answers, labels, starting
from tests.bot.running import BotHere
from tests.builders import LAW_FILE, REPORT_FILE, Stand, write_all
from tests.telegram_server import JSON, FakeTelegram, Message, Person

VI, EN = Language.VIETNAMESE, Language.ENGLISH

ALL_PRIVATE: JSON = {"type": "all_private_chats"}
LOAN_QUESTION_EN = "How is the profit of a cooperative distributed?"


@pytest.fixture
def lan(telegram: FakeTelegram, bot: BotHere) -> Person:
    return telegram.person("Lan")


@pytest.fixture
def ann(telegram: FakeTelegram, bot: BotHere) -> Person:
    return telegram.person("Ann", language="en")


def menu(telegram: FakeTelegram, scope: JSON, language: str = "") -> dict[str, str]:
    """Return the menu that Telegram shows: command → words."""
    place = json.dumps([scope, language], sort_keys=True)
    shown = telegram.wait_for(lambda: telegram.commands.get(place))
    assert shown is not None
    return {one["command"]: one["description"] for one in shown}


def commanded(telegram: FakeTelegram, person: Person, command: str) -> Message:
    """Return what is said to a command."""
    before = len(telegram.shown(person))
    person.says(command)
    return answers(telegram, person, before + 1)[-1]


class TestMenu:
    def test_it_is_vietnamese_for_all_and_english_for_english_phones(
        self, telegram: FakeTelegram, bot: BotHere
    ):
        assert menu(telegram, ALL_PRIVATE) == {
            "start": "Bắt đầu và xem ví dụ",
            "help": "Hỏi được những gì, hỏi thế nào",
            "docs": "Tài liệu trong thư viện",
            "solieu": "Tra số liệu bằng nút bấm",
            "theodoi": "Báo khi có tài liệu mới",
            "language": "Đổi ngôn ngữ",
            "privacy": "Tôi giữ gì về bạn",
            "forget": "Xóa câu hỏi của bạn",
        }
        english = menu(telegram, ALL_PRIVATE, "en")
        assert english.keys() == menu(telegram, ALL_PRIVATE).keys()
        assert english["docs"] == "Documents in the library"

    def test_the_office_has_its_own_besides_in_their_own_chats(
        self, own_telegram: FakeTelegram, filled: Stand
    ):
        admin, officer = own_telegram.person("Quản trị"), own_telegram.person("Cán bộ")
        with starting(own_telegram, filled, admin_ids=admin.id, officer_ids=officer.id):
            for language in ("", "en"):
                others = menu(own_telegram, ALL_PRIVATE, language)
                for person, more in (
                    (
                        admin,
                        {"reload", "add", "users", "audit", "gaps", "check", "stats", "export"},
                    ),
                    (officer, {"stats"}),
                ):
                    theirs = menu(own_telegram, {"type": "chat", "chat_id": person.id}, language)
                    assert theirs.keys() - others.keys() == more
                    assert theirs.items() > others.items()

    def test_an_admin_who_never_wrote_does_not_keep_others_from_theirs(
        self, own_telegram: FakeTelegram, filled: Stand
    ):
        def concerns_admin(call) -> bool:
            return call.method == "setMyCommands" and '"chat_id"' in call.text("scope")

        own_telegram.fault(concerns_admin, "400", times=None)
        lan = own_telegram.person("Lan")
        with starting(own_telegram, filled, admin_ids="5,6"):
            assert "help" in menu(own_telegram, ALL_PRIVATE, "en")
            assert commanded(own_telegram, lan, "/help").text

    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_every_command_of_the_menu_is_answered(
        self, telegram: FakeTelegram, bot: BotHere, language: str
    ):
        someone = telegram.person("Tư", language=language)
        unknown = set(in_chat.UNKNOWN_COMMAND.values())
        for command in menu(telegram, ALL_PRIVATE):
            assert commanded(telegram, someone, f"/{command}").text not in unknown

    def test_every_command_that_help_names_is_in_the_menu_and_the_other_way_round(
        self, own_telegram: FakeTelegram, filled: Stand
    ):
        admin = own_telegram.person("Quản trị")
        with starting(own_telegram, filled, admin_ids=admin.id):
            help_ = commanded(own_telegram, admin, "/help").text
            shown = menu(own_telegram, {"type": "chat", "chat_id": admin.id})
        named = {name for name in shown if f"/{name}" in help_}
        assert named == shown.keys() - {"start", "help"}  # where one has come by

    @pytest.mark.parametrize(
        ("who", "language", "words"),
        [
            ("manager", "vi", in_chat.UNKNOWN_COMMAND[VI]),
            ("manager", "en", in_chat.UNKNOWN_COMMAND[EN]),
        ],
    )
    def test_an_unknown_command_points_to_help(
        self, telegram: FakeTelegram, bot: BotHere, who: str, language: str, words: str
    ):
        someone = telegram.person(who, language=language)
        assert commanded(telegram, someone, "/vayvon").text == words


class TestStartAndHelp:
    @pytest.mark.parametrize("command", ["/start", "/help"])
    def test_questions_to_press_are_shown_and_each_is_answered(
        self, telegram: FakeTelegram, lan: Person, command: str
    ):
        shown = commanded(telegram, lan, command)
        assert shown.text.endswith("Ví dụ:")
        starters = labels(shown)
        assert len(starters) == 4
        for count, starter in enumerate(starters, start=2):
            query = lan.presses(shown, starter)
            answer = answers(telegram, lan, count)[-1]
            assert query.toast == ""
            assert answer.text.startswith(f"Câu hỏi: {starter}")
            assert "Theo " in answer.text
            assert "Không có trong tài liệu" not in answer.text

    def test_they_show_rules_and_figures(self, telegram: FakeTelegram, lan: Person):
        starters = labels(commanded(telegram, lan, "/start"))
        assert "Bến Tre năm 2023 có bao nhiêu hợp tác xã?" in starters
        assert any("đăng ký" in starter for starter in starters)

    def test_start_greets_by_name_and_says_what_the_bot_is(
        self, telegram: FakeTelegram, lan: Person
    ):
        welcome = commanded(telegram, lan, "/start").text
        assert welcome.startswith("Chào Lan, tôi là Trợ lý HTX.")
        assert "không có trong tài liệu" in welcome

    def test_start_from_a_link_greets_too(self, telegram: FakeTelegram, lan: Person):
        assert commanded(telegram, lan, "/start tu-zalo").text.startswith("Chào Lan")

    def test_a_name_is_no_markup(self, telegram: FakeTelegram, bot: BotHere):
        someone = telegram.person("</b>Tư & <i>")
        assert commanded(telegram, someone, "/start").text.startswith("Chào </b>Tư & <i>, tôi")

    def test_help_names_the_bot_as_it_is_mentioned_in_a_group(
        self, telegram: FakeTelegram, lan: Person
    ):
        assert f"@{telegram.username}" in commanded(telegram, lan, "/help").text

    def test_only_admins_are_told_of_reload(self, own_telegram: FakeTelegram, filled: Stand):
        admin, lan = own_telegram.person("Quản trị"), own_telegram.person("Lan")
        group = own_telegram.group("HTX", [admin, lan])
        with starting(own_telegram, filled, admin_ids=admin.id):
            admin.says("/help@{bot}", group)
            helped = [
                commanded(own_telegram, admin, "/help").text,
                commanded(own_telegram, lan, "/help").text,
                answers(own_telegram, group)[0].text,
            ]
        assert ["/reload" in text for text in helped] == [True, False, False]

    def test_a_button_works_after_a_restart(self, own_telegram: FakeTelegram, filled: Stand):
        lan = own_telegram.person("Lan")
        with starting(own_telegram, filled):
            shown = commanded(own_telegram, lan, "/start")
        with starting(own_telegram, filled):
            lan.presses(shown, "Bến Tre năm 2023")
            answer = answers(own_telegram, lan, 2)[1]
        assert "187 hợp tác xã" in answer.text

    def test_what_a_changed_library_no_longer_answers_is_not_shown_any_more(
        self, own_telegram: FakeTelegram, stand: Stand, samples: Path
    ):
        stand.ingestion().ingest([samples])
        lan = own_telegram.person("Lan")
        figure = "Bến Tre năm 2023 có bao nhiêu hợp tác xã?"
        with starting(own_telegram, stand):
            before = commanded(own_telegram, lan, "/start")
            assert figure in labels(before)
            (samples / REPORT_FILE).unlink()
            stand.ingestion().ingest([samples], prune=True)
            lan.says("Hồ sơ vay gồm gì?")
            answers(own_telegram, lan, 2)
            assert figure not in labels(commanded(own_telegram, lan, "/start"))
            query = lan.presses(before, figure)
            own_telegram.wait_for(lambda: query.answer)
        assert query.toast == in_chat.OLD_BUTTON[VI]

    @pytest.mark.parametrize("command", ["/start", "/help"])
    @pytest.mark.parametrize("language", ["vi", "en"])
    def test_an_empty_library_leaves_no_dangling_example(
        self, own_telegram: FakeTelegram, stand: Stand, command: str, language: str
    ):
        someone = own_telegram.person("Tư", language=language)
        with starting(own_telegram, stand):
            shown = commanded(own_telegram, someone, command)
        assert labels(shown) == []
        assert not shown.text.endswith(":")
        assert "Ví dụ:" not in shown.text
        assert "For example:" not in shown.text

    def test_what_only_officers_may_see_gives_no_example(
        self, own_telegram: FakeTelegram, stand: Stand, samples: Path
    ):
        write_all(samples, {"documents.csv": f"file,audience\n{REPORT_FILE},officers\n"})
        stand.ingestion().ingest([samples])
        officer = own_telegram.person("Cán bộ")
        with starting(own_telegram, stand, officer_ids=officer.id):
            starters = labels(commanded(own_telegram, officer, "/start"))
        assert starters
        assert [one for one in starters if "Bến Tre" in one] == []

    def test_in_a_group_a_press_is_answered_in_the_group(self, telegram: FakeTelegram, lan: Person):
        group = telegram.group("HTX Bến Tre", [lan])
        lan.says("/start@{bot}", group, thread=3)
        [shown] = answers(telegram, group)
        lan.presses(shown, "Bến Tre năm 2023")
        answer = answers(telegram, group, 2)[1]
        assert "187 hợp tác xã" in answer.text
        assert (shown.thread, answer.thread) == (3, 3)


class TestDocs:
    def test_it_lists_what_is_in_the_library(self, telegram: FakeTelegram, lan: Person):
        listed = commanded(telegram, lan, "/docs").text
        assert listed.startswith("Thư viện có 3 tài liệu")
        for words in (
            f"văn bản · 901/2024/NĐ-CP · 05/03/2024 · {LAW_FILE}",
            f"báo cáo · Bến Tre · 2023 · {REPORT_FILE}",
        ):
            assert words in listed

    def test_an_empty_library_is_told(self, own_telegram: FakeTelegram, stand: Stand):
        lan = own_telegram.person("Lan")
        with starting(own_telegram, stand):
            assert commanded(own_telegram, lan, "/docs").text == in_chat.NO_DOCUMENTS[VI]

    def test_many_are_paged_and_officers_see_theirs_in_private_only(
        self, own_telegram: FakeTelegram, stand: Stand, tmp_path: Path
    ):
        files = {f"{n:02}.txt": f"Ghi chép số {n}\n\nHợp tác xã có vốn.\n" for n in range(8)}
        table = "file,audience,title\n07.txt,officers,Ghi chép nội bộ <b>\n"
        stand.ingestion().ingest([write_all(tmp_path / "d", {**files, "documents.csv": table})])
        lan, officer = own_telegram.person("Lan"), own_telegram.person("Cán bộ")
        group = own_telegram.group("HTX", [lan, officer])
        with starting(own_telegram, stand, officer_ids=officer.id):
            first = commanded(own_telegram, officer, "/docs")
            assert first.text.startswith("Thư viện có 8 tài liệu")
            assert labels(first) == [*"123456", "1/2", "▶"]
            officer.presses(first, "▶")
            second = own_telegram.wait_for(
                lambda: next((one for one in own_telegram.shown(officer) if one.edits), None)
            )
            assert second is not None
            listed = first.text + second.text
            assert [name for name in files if name not in listed] == []
            assert "Ghi chép nội bộ <b>" in listed
            assert labels(second) == ["1", "2", "◀", "2/2"]

            theirs = commanded(own_telegram, lan, "/docs")
            officer.says("/docs@{bot}", group)
            [everybodys] = answers(own_telegram, group)
        for shown in (theirs, everybodys):
            assert shown.text.startswith("Thư viện có 7 tài liệu")
            assert "nội bộ" not in shown.text


class TestLanguage:
    @pytest.mark.parametrize(
        ("code", "language"),
        [("vi", VI), ("en", EN), ("en-GB", EN), ("EN", EN), ("", VI), ("fr", VI), ("km", VI)],
    )
    def test_it_is_that_of_the_app_until_one_is_chosen(
        self, telegram: FakeTelegram, bot: BotHere, code: str, language: Language
    ):
        someone = telegram.person("Tư", language=code)
        assert commanded(telegram, someone, "/vayvon").text == in_chat.UNKNOWN_COMMAND[language]

    def test_an_english_start_offers_english_questions(self, telegram: FakeTelegram, ann: Person):
        shown = commanded(telegram, ann, "/start")
        assert shown.text.startswith("Hello Ann, I am Trợ lý HTX.")
        assert shown.text.endswith("For example:")
        ann.presses(shown, LOAN_QUESTION_EN)
        answer = answers(telegram, ann, 2)[1]
        assert answer.text.startswith(f"Question: {LOAN_QUESTION_EN}")
        assert "According to" in answer.text

    @pytest.mark.parametrize(
        ("before", "command", "after"),
        [
            ("vi", "/language en", EN),
            ("vi", "/language EN", EN),
            ("en", "/language vi", VI),
            ("en", "/language en", EN),
        ],
    )
    def test_one_is_chosen_by_a_word(
        self, telegram: FakeTelegram, bot: BotHere, before: str, command: str, after: Language
    ):
        someone = telegram.person("Tư", language=before)
        assert commanded(telegram, someone, command).text == in_chat.LANGUAGE_CHOSEN[after]
        assert commanded(telegram, someone, "/vayvon").text == in_chat.UNKNOWN_COMMAND[after]

    @pytest.mark.parametrize("command", ["/language", "/language fr", "/language tiếng Pháp"])
    def test_one_is_chosen_by_a_button(self, telegram: FakeTelegram, lan: Person, command: str):
        shown = commanded(telegram, lan, command)
        assert shown.text == in_chat.CHOOSE_LANGUAGE[VI]
        assert labels(shown) == ["Tiếng Việt", "English"]
        lan.presses(shown, "English")
        telegram.wait_for(lambda: telegram.shown(lan)[0].text == in_chat.LANGUAGE_CHOSEN[EN])
        assert commanded(telegram, lan, "/vayvon").text == in_chat.UNKNOWN_COMMAND[EN]
        assert labels(telegram.shown(lan)[0]) == []

    def test_the_choice_survives_a_restart(self, own_telegram: FakeTelegram, filled: Stand):
        lan, ann = own_telegram.person("Lan"), own_telegram.person("Ann", language="en")
        with starting(own_telegram, filled):
            commanded(own_telegram, lan, "/language en")
            commanded(own_telegram, ann, "/language vi")
        with starting(own_telegram, filled):
            assert commanded(own_telegram, lan, "/vayvon").text == in_chat.UNKNOWN_COMMAND[EN]
            assert commanded(own_telegram, ann, "/vayvon").text == in_chat.UNKNOWN_COMMAND[VI]

    def test_in_a_group_everybody_is_spoken_to_in_their_own(
        self, telegram: FakeTelegram, lan: Person, ann: Person
    ):
        group = telegram.group("HTX", [lan, ann])
        lan.says("/vayvon@{bot}", group)
        answers(telegram, group)
        ann.says("/vayvon@{bot}", group)
        said = [one.text for one in answers(telegram, group, 2)]
        assert said == [in_chat.UNKNOWN_COMMAND[VI], in_chat.UNKNOWN_COMMAND[EN]]
