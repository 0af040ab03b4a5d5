"""Roles in the chat: a closed bot and its requests, /users, who is blocked, menus, /audit."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.texts import in_chat
from bot.texts import people as words
from knowledge.catalogue import Did, Membership, Role
from knowledge.model import Language
from tests.bot.conftest import answers, labels, starting, telegram_without_stumbles
from tests.bot.office import SECRET, SECRET_QUESTION, Office, an_office
from tests.builders import LOAN_QUESTION
from tests.telegram_server import FakeTelegram, Message, Person

VI = Language.VIETNAMESE
LOAN = "không quá bốn năm"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A closed bot for all tests of this module that do not open it."""
    with telegram_without_stumbles() as server:
        found = an_office(server, tmp_path_factory.mktemp("office"))
        with found.running():
            yield found


@pytest.fixture
def own(own_telegram: FakeTelegram, tmp_path: Path) -> Office:
    """An office of one test, whose bot the test starts itself."""
    return an_office(own_telegram, tmp_path)


class TestClosedBot:
    @pytest.mark.parametrize(
        "deed",
        [
            pytest.param(lambda one: one.says(LOAN_QUESTION), id="a question"),
            pytest.param(lambda one: one.says("/docs"), id="docs"),
            pytest.param(lambda one: one.says("/reload"), id="an admin's command"),
            pytest.param(lambda one: one.says("/users"), id="users"),
            pytest.param(lambda one: one.says("/vayvon"), id="an unknown command"),
            pytest.param(lambda one: one.says("xin /start"), id="start in a sentence"),
            pytest.param(lambda one: one.sends_document("a.txt", b"a"), id="a file"),
            pytest.param(
                lambda one: one.sends_document("a.txt", b"a", caption="/start"), id="a caption"
            ),
            pytest.param(lambda one: one.sends_photo(caption=LOAN_QUESTION), id="a photo"),
            pytest.param(lambda one: one.sends("voice"), id="a voice"),
            pytest.param(lambda one: one.sends("location", latitude=1, longitude=1), id="a place"),
        ],
    )
    def test_a_stranger_is_told_how_to_ask_for_access_and_nothing_else(
        self, office: Office, deed: Callable[[Person], object]
    ):
        stranger = office.newcomer("Lạ")
        deed(stranger)
        [told] = answers(office.telegram, stranger)
        assert told.text == words.CLOSED[VI]
        assert told.buttons == []

    @pytest.mark.parametrize(
        "data",
        ["e:0:0:0:12345678", "d:0:0:1:", "s:1:1:0:", "a:1:0:0:", "u:0:0:1:list", "u:0:0:0:toopen"],
    )
    def test_nor_does_any_button_help(self, office: Office, data: str):
        stranger = office.newcomer("Lạ")
        message = office.said(stranger, "/help")
        query = office.pressed(stranger, message, data=data)
        assert query.toast == words.CLOSED[VI]
        assert office.now(message) == message
        assert len(office.telegram.shown(stranger)) == 1

    @pytest.mark.parametrize("command", ["/help", "/language", "/privacy", "/forget"])
    def test_what_everybody_may_do_works_without_questions_of_the_library(
        self, office: Office, command: str
    ):
        stranger = office.newcomer("Lạ")
        told = office.said(stranger, command)
        assert told.text != words.CLOSED[VI]
        assert not any("?" in label for label in labels(told))

    def test_a_stranger_may_choose_a_language(self, office: Office):
        stranger = office.newcomer("Ann")
        office.pressed(stranger, office.said(stranger, "/language"), "English")
        assert "only people whom" in office.said(stranger, "hello").text

    def test_in_a_group_only_those_are_answered_who_may_ask(self, office: Office):
        group, stranger = office.telegram.group("HTX"), office.newcomer("Lạ")
        member = office.newcomer("Thành viên")
        office.let_in(member)
        stranger.says(f"@{{bot}} {LOAN_QUESTION}", group)
        stranger.says("/docs@{bot}", group)
        stranger.says("/start@{bot}", group)
        member.says(f"@{{bot}} {LOAN_QUESTION}", group)
        [answer] = answers(office.telegram, group)
        assert LOAN in answer.text
        assert office.pressed(stranger, answer, "[1]").toast == words.CLOSED[VI]
        assert office.now(answer) == answer

    def test_an_inline_question_is_answered_with_a_way_to_ask_for_access(
        self, own: Office, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr("bot.telegram.reaching._UPDATES", ["message", "inline_query"])
        stranger = own.newcomer("Lạ")
        with own.running():
            with own.telegram.changing():
                body = {"id": "1", "from": stranger.as_json(), "query": "vay", "offset": ""}
                own.telegram.add_update("inline_query", body)
            call = own.telegram.wait_for(
                lambda: [one for one in own.telegram.calls if "nline" in one.method]
            )[0]
        assert call.nested("results") == []
        assert call.nested("button")["text"] == words.ASK_ACCESS[VI]

    def test_a_gate_that_fails_stays_shut(self, own: Office, monkeypatch: pytest.MonkeyPatch):
        def broken(*_: object) -> bool:
            raise RuntimeError("broken")

        monkeypatch.setattr("bot.telegram.access.Access.may_ask", broken)
        stranger = own.newcomer("Lạ")
        with own.running():
            stranger.says(LOAN_QUESTION)
            own.until_done()
            [told] = own.telegram.shown(stranger)
            assert "trục trặc" in told.text
            stranger.deletes(told)  # the apology is the point here

    def test_an_open_bot_answers_everybody(self, own: Office):
        with own.running("open"):
            stranger = own.newcomer("Lạ")
            assert "Ví dụ" in own.said(stranger, "/start").text
            assert LOAN in own.said(stranger, LOAN_QUESTION).text
            assert own.cards(own.hoa, "Lạ") == []


class TestRequests:
    def test_every_admin_gets_one_card_and_one_tap_lets_in(self, office: Office):
        lan = office.newcomer("Lan <b>", username="lan_htx")
        assert "gửi yêu cầu" in office.said(lan, "/start").text
        cards = [office.card(admin, "Lan <b>") for admin in (office.hoa, office.binh)]
        assert all("@lan_htx" in one.text and str(lan.id) in one.text for one in cards)
        assert labels(cards[0]) == ["Quản lý HTX", "Cán bộ", "Quản trị", "Từ chối", "🚫 Chặn"]
        office.pressed(office.hoa, cards[0], "Quản lý HTX")
        told = office.telegram.wait_for(
            lambda: (
                [one for one in office.telegram.shown(lan) if "được cho vào" in one.text][1:]
                or [one for one in office.telegram.shown(lan) if "Bạn đã được" in one.text]
            )
        )
        assert "Quản lý HTX" in told[-1].text
        assert "Ví dụ" in told[-1].text
        for card in cards:
            assert "Hoa đã cho vào, vai trò Quản lý HTX" in office.now(card).text
            assert office.now(card).buttons == []
        assert LOAN in office.said(lan, LOAN_QUESTION).text
        assert (office.hoa.id, "role", "Lan <b>", "manager") in office.deeds()

    def test_asking_twice_makes_no_second_card(self, office: Office):
        lan = office.newcomer("Lan hai lần")
        office.said(lan, "/start")
        assert office.said(lan, "/start").text == words.REQUEST_WAITS[VI]
        assert len(office.cards(office.hoa, lan.name)) == 1
        assert len(office.cards(office.binh, lan.name)) == 1

    def test_of_two_admins_at_once_one_wins_and_the_other_is_told(self, office: Office):
        for number in range(6):
            lan = office.newcomer(f"Lan thứ {number}")
            office.said(lan, "/start")
            mine, theirs = (office.card(one, lan.name) for one in (office.hoa, office.binh))
            first = office.hoa.presses(mine, "Cán bộ")
            second = office.binh.presses(theirs, "Từ chối")
            office.until_done()
            toasts = sorted([first.toast, second.toast])
            assert toasts == ["", words.ALREADY_DECIDED[VI]]
            won = "Hoa đã cho vào" if second.toast else "Bình đã từ chối"
            assert all(won in office.now(card).text for card in (mine, theirs))
            assert len(office.telegram.shown(lan)) == 2
            decisions = [one for one in office.deeds() if one[2] == lan.name]
            assert len(decisions) == 1

    def test_who_is_declined_is_told_and_may_ask_again(self, office: Office):
        lan = office.newcomer("Lan bị từ chối")
        office.said(lan, "/start")
        office.pressed(office.binh, office.card(office.binh, lan.name), "Từ chối")
        office.telegram.wait_for(lambda: office.last(lan).text == words.TURNED_DOWN[VI])
        assert office.said(lan, LOAN_QUESTION).text == words.CLOSED[VI]
        office.said(lan, "/start")
        office.telegram.wait_for(lambda: len(office.cards(office.hoa, lan.name)) == 2)

    def test_who_is_blocked_hears_one_polite_line_and_in_groups_nothing(self, office: Office):
        lan, group = office.newcomer("Lan bị chặn"), office.telegram.group("HTX")
        office.said(lan, "/start")
        office.pressed(office.hoa, office.card(office.hoa, lan.name), "Chặn")
        for text in (LOAN_QUESTION, "/start", "/docs", "/help", "/forget"):
            assert office.said(lan, text).text == words.BLOCKED[VI]
        lan.says(f"@{{bot}} {LOAN_QUESTION}", group)
        office.said(lan, "còn đó không?")  # a person's messages are worked on in order
        assert office.telegram.shown(group) == []
        assert len(office.cards(office.binh, lan.name)) == 1

    def test_a_request_survives_a_restart(self, own: Office):
        lan = own.newcomer("Lan")
        with own.running():
            own.said(lan, "/start")
            cards = [own.card(one, "Lan") for one in (own.hoa, own.binh)]
        with own.running():
            own.pressed(own.binh, cards[1], "Cán bộ")
            own.telegram.wait_for(lambda: "Bình đã cho vào" in own.now(cards[0]).text)
            own.telegram.wait_for(lambda: "Bạn đã được cho vào" in own.last(lan).text)
            assert SECRET in own.said(lan, SECRET_QUESTION).text
        with own.running():
            assert SECRET in own.said(lan, SECRET_QUESTION).text

    def test_an_admin_who_cannot_be_reached_does_not_keep_the_others_from_it(self, own: Office):
        own.hoa.blocks()
        lan = own.newcomer("Lan")
        with own.running():
            own.said(lan, "/start")
            own.pressed(own.binh, own.card(own.binh, "Lan"), "Quản lý HTX")
            own.telegram.wait_for(lambda: "Bạn đã được cho vào" in own.last(lan).text)

    def test_what_a_process_that_died_left_undone_is_done_by_the_next_tap(self, own: Office):
        """It had decided, and had told nobody yet."""
        lan = own.newcomer("Lan")
        with own.running():
            own.said(lan, "/start")
            cards = [own.card(one, "Lan") for one in (own.hoa, own.binh)]
        people = own.stand.catalogue().people()
        by = own.hoa.id
        assert people.settle(lan.id, role=Role.OFFICER, membership=Membership.MEMBER, by=by)
        with own.running():
            for admin, card in zip((own.hoa, own.binh), cards, strict=True):
                query = own.pressed(admin, card, data=f"u:{lan.id}:0:0:admin")
                assert query.toast == words.ALREADY_DECIDED[VI]
            assert all("vai trò Cán bộ" in own.now(card).text for card in cards)
            told = [one.text for one in own.telegram.shown(lan) if "được cho vào" in one.text]
            assert len([one for one in told if "Bạn đã được" in one]) == 1

    def test_an_old_card_decides_nothing_any_more(self, office: Office):
        lan = office.newcomer("Lan cũ")
        office.said(lan, "/start")
        card = office.card(office.hoa, lan.name)
        office.pressed(office.hoa, card, "Quản lý HTX")
        office.telegram.wait_for(lambda: "Bạn đã được cho vào" in office.last(lan).text)
        data = next(
            value for row in card.buttons for label, value in row.items() if label == "Quản trị"
        )
        query = office.pressed(office.hoa, card, data=data)
        assert query.toast == words.ALREADY_DECIDED[VI]
        assert office.said(lan, "/users").text == in_chat.ADMINS_ONLY[VI]
        assert len([one for one in office.telegram.shown(lan) if "Bạn đã được" in one.text]) == 1


class TestUsers:
    def person(self, office: Office, admin: Person, who: Person) -> Message:
        """Return the screen of a person, opened from the list."""
        found = office.said(admin, f"/users {who.id}")
        office.pressed(admin, found, who.name)
        return office.now(found)

    def decided(self, office: Office, admin: Person, who: Person, label: str) -> Message:
        screen = self.person(office, admin, who)
        office.pressed(admin, screen, label)
        return office.now(screen)

    def test_everybody_is_listed_with_role_and_state(self, own: Office):
        officer, blocked = own.newcomer("Cúc"), own.newcomer("Dũng")
        with own.running():
            own.let_in(officer, "Cán bộ")
            own.said(blocked, "/start")
            own.pressed(own.hoa, own.card(own.hoa, "Dũng"), "Chặn")
            own.said(own.newcomer("Em"), "/start")
            listed = own.said(own.hoa, "/users").text.split("\n")
        assert "👥 Người dùng: 5" in listed
        assert "• Em · ⏳ chờ duyệt" in listed
        assert "• Hoa · Quản trị (theo cài đặt)" in listed
        assert f"• {own.binh.id} · Quản trị (theo cài đặt)" in listed  # who never wrote
        assert "• Cúc · Cán bộ" in listed
        assert "• Dũng · 🚫 đã chặn" in listed

    def test_many_people_stand_on_pages(self, own: Office):
        people = [own.newcomer(f"Người {number:02}") for number in range(20)]
        with own.running("open"):
            for one in people:
                own.said(one, "/language")
            first = own.said(own.hoa, "/users")
            names = [line for line in first.text.split("\n") if line.startswith("•")]
            own.pressed(own.hoa, first, "▶")
            second = own.now(first)
            more = [line for line in second.text.split("\n") if line.startswith("•")]
            assert len(names) == len(more) == 8
            assert not set(names) & set(more)
            assert "2/3" in labels(second)
            own.pressed(own.hoa, second, "Người 07")
            own.pressed(own.hoa, own.now(first), "Danh sách")
            assert own.now(first).text == second.text

    @pytest.mark.parametrize("wanted", ["yen", "YẾN", "yến", "Ngoc Yen"])
    def test_a_search_needs_no_tone_marks(self, office: Office, wanted: str):
        who = office.newcomer("Ngọc Yến")
        office.let_in(who)
        assert "• Ngọc Yến · Quản lý HTX" in office.said(office.hoa, f"/users {wanted}").text

    def test_a_search_without_a_hit_says_so(self, office: Office):
        told = office.said(office.hoa, "/users <i>xyz</i>").text
        assert told == "Không thấy ai tên hay số “<i>xyz</i>”."

    def test_promoted_and_demoted_rights_and_menu_follow_at_once(self, office: Office):
        lan = office.newcomer("Lan lên xuống")
        office.let_in(lan)
        assert SECRET not in office.said(lan, SECRET_QUESTION).text
        self.decided(office, office.hoa, lan, "Cán bộ")
        office.telegram.wait_for(lambda: "bây giờ là Cán bộ" in office.last(lan).text)
        assert SECRET in office.said(lan, SECRET_QUESTION).text
        shown = self.decided(office, office.hoa, lan, "Quản trị")
        assert "Lan lên xuống · Quản trị" in shown.text
        assert "Hoa quyết định lúc" in shown.text
        office.telegram.wait_for(lambda: {"users", "audit", "reload"} <= office.menu(lan))
        assert "Người dùng" in office.said(lan, "/users").text
        self.decided(office, office.hoa, lan, "Quản lý HTX")
        office.telegram.wait_for(lambda: not office.menu(lan))
        office.telegram.wait_for(lambda: "bây giờ là Quản lý" in office.last(lan).text)
        assert office.said(lan, "/users").text == in_chat.ADMINS_ONLY[VI]
        assert SECRET not in office.said(lan, SECRET_QUESTION).text

    def test_blocked_and_unblocked(self, office: Office):
        lan = office.newcomer("Lan chặn mở")
        office.let_in(lan, "Quản trị")
        self.decided(office, office.hoa, lan, "Chặn")
        assert office.said(lan, LOAN_QUESTION).text == words.BLOCKED[VI]
        assert office.telegram.wait_for(lambda: not office.menu(lan))
        self.decided(office, office.binh, lan, "Bỏ chặn")
        office.telegram.wait_for(lambda: "bây giờ là Quản lý" in office.last(lan).text)
        assert LOAN in office.said(lan, LOAN_QUESTION).text
        assert office.said(lan, "/users").text == in_chat.ADMINS_ONLY[VI]  # no admin any more

    @pytest.mark.parametrize("word", ["manager", "officer", "block", "no"])
    def test_admins_of_the_settings_can_be_neither_demoted_nor_blocked(
        self, office: Office, word: str
    ):
        found = office.said(office.hoa, f"/users {office.binh.id}")
        query = office.pressed(office.hoa, found, data=f"u:{office.binh.id}:1:0:{word}")
        assert query.toast == words.FIXED[VI]
        assert "Người dùng" in office.said(office.binh, "/users").text

    def test_the_last_admin_cannot_lock_himself_out(self, own: Office):
        lan = own.newcomer("Lan")
        with own.running():
            own.let_in(lan, "Quản trị")
        with starting(own.telegram, own.stand, bot_access="closed"):  # nobody in the settings
            found = own.said(lan, "/users lan")
            own.pressed(lan, found, "Lan")
            assert labels(own.now(found)) == ["◀ Danh sách"]
            for word in ("manager", "officer", "block"):
                query = own.pressed(lan, found, data=f"u:{lan.id}:1:0:{word}")
                assert query.toast == words.LAST_ADMIN[VI]
            assert "Người dùng" in own.said(lan, "/users").text

    def test_two_admins_cannot_take_each_others_role_at_once(self, own: Office):
        lan, minh = own.newcomer("Lan"), own.newcomer("Minh")
        with own.running():
            own.let_in(lan, "Quản trị")
            own.let_in(minh, "Quản trị")
        with starting(own.telegram, own.stand, bot_access="closed"):
            mine, theirs = own.said(lan, "/users"), own.said(minh, "/users")
            lan.presses(mine, data=f"u:{minh.id}:1:0:manager")
            minh.presses(theirs, data=f"u:{lan.id}:1:0:manager")
            own.until_done()
            admins = [who for who in (lan, minh) if "Người dùng" in own.said(who, "/users").text]
            assert len(admins) == 1

    def test_the_switch_closes_and_opens_and_wins_over_the_setting(self, own: Office):
        stranger = own.newcomer("Lạ")
        with own.running("open"):
            assert LOAN in own.said(stranger, LOAN_QUESTION).text
            listed = own.said(own.hoa, "/users")
            assert "Đang mở" in listed.text
            own.pressed(own.hoa, listed, "Chỉ người được cho vào")
            assert "Đang đóng" in own.now(listed).text
            assert own.said(stranger, LOAN_QUESTION).text == words.CLOSED[VI]
        with own.running("open"):
            assert own.said(stranger, LOAN_QUESTION).text == words.CLOSED[VI]
            own.pressed(own.binh, own.said(own.binh, "/users"), "Mở cho mọi người")
            assert LOAN in own.said(stranger, LOAN_QUESTION).text
        switched = [one for one in own.deeds() if one[1] == "access"]
        assert switched == [
            (own.hoa.id, "access", "closed", ""),
            (own.binh.id, "access", "open", ""),
        ]

    def test_in_a_group_admins_are_sent_to_the_private_chat(self, office: Office):
        group = office.telegram.group("HTX")
        office.hoa.says("/users@{bot}", group)
        office.hoa.says("/audit@{bot}", group)
        found = answers(office.telegram, group, 2)
        assert all("khung trò chuyện riêng" in one.text for one in found)

    def test_numbers_of_52_bits_fit_a_button(self, own: Office):
        giant = own.telegram.person("Khổng lồ", person_id=2**52 - 1)
        with own.running():
            own.let_in(giant)
            assert "Khổng lồ · Cán bộ" in self.decided(own, own.hoa, giant, "Cán bộ").text


class TestRefusedAndAudited:
    @pytest.mark.parametrize("command", ["/users", "/users lan", "/audit", "/reload"])
    def test_a_managers_hand_made_command_of_admins(self, office: Office, command: str):
        lan = office.newcomer("Lan tò mò")
        office.let_in(lan)
        told = office.said(lan, command)
        assert "quản trị viên" in told.text
        assert told.buttons == []
        assert office.deeds()[-1] == (lan.id, "refused", command.split(maxsplit=1)[0], "")

    @pytest.mark.parametrize("command", ["/users", "/audit", "/reload"])
    def test_and_a_strangers(self, office: Office, command: str):
        stranger = office.newcomer("Lạ")
        office.said(stranger, command)
        assert office.deeds()[-1] == (stranger.id, "refused", command, "")

    @pytest.mark.parametrize(
        "word", ["manager", "officer", "admin", "no", "block", "unblock", "toopen", "toclosed"]
    )
    @pytest.mark.parametrize("role", ["Quản lý HTX", "Cán bộ"])
    def test_forged_buttons_of_admins(self, office: Office, word: str, role: str):
        lan, victim = office.newcomer(f"Lan giả {role}"), office.newcomer("Nạn nhân")
        office.let_in(lan, role)
        office.let_in(victim)
        message = office.said(lan, "/language")
        for who in (lan, victim):
            for item in (0, 1):
                data = f"u:{who.id}:{item}:0:{word}"
                assert office.pressed(lan, message, data=data).toast == in_chat.ADMINS_ONLY[VI]
                assert office.deeds()[-1][:3] == (lan.id, "refused", f"[people {word}]")
        assert office.now(message) == message
        listed = office.said(office.hoa, f"/users {victim.id}").text
        assert "Nạn nhân · Quản lý HTX" in listed

    @pytest.mark.parametrize("data", ["u:0:0:1:list", "u:0:0:1:audit", "u:0:1:0:open", "u:1:1:1:q"])
    def test_nor_are_lists_shown(self, office: Office, data: str):
        lan = office.newcomer("Lan xem trộm")
        office.let_in(lan)
        message = office.said(lan, "/language")
        assert office.pressed(lan, message, data=data).toast
        assert office.now(message) == message
        assert office.deeds()[-1][:2] == (lan.id, "refused")

    def test_data_that_no_bot_made_and_turns_of_other_chats(self, office: Office):
        lan, minh = office.newcomer("Lan khóa"), office.newcomer("Minh khóa")
        office.let_in(lan)
        office.let_in(minh)
        answer = office.said(lan, LOAN_QUESTION)
        theirs = next(value for value in answer.buttons[0].values())
        message = office.said(minh, "/language")
        for data in ("drop table", theirs):
            assert office.pressed(minh, message, data=data).toast
            assert office.deeds()[-1][:2] == (minh.id, "refused")
        assert office.now(message) == message

    def test_a_forged_press_in_a_group_decides_nothing(self, office: Office):
        lan, group = office.newcomer("Lan nhóm"), office.telegram.group("HTX")
        office.let_in(lan)
        lan.says(f"@{{bot}} {LOAN_QUESTION}", group)
        [answer] = answers(office.telegram, group)
        office.pressed(office.hoa, answer, data=f"u:{lan.id}:1:0:admin")
        assert office.now(answer) == answer
        assert office.said(lan, "/users").text == in_chat.ADMINS_ONLY[VI]

    def test_a_replayed_update_does_nothing_again(self, own: Office):
        lan = own.newcomer("Lan")
        with own.running():
            own.let_in(lan, "Quản trị")
            promotes = own.telegram.updates[-1]
            assert promotes["callback_query"]["data"].endswith(":admin")
            found = own.said(own.hoa, "/users lan")
            own.pressed(own.hoa, found, data=f"u:{lan.id}:1:0:manager")
            deeds = own.deeds()
            for update in own.telegram.updates:
                own.telegram.replay(update)
            own.until_done()
            assert own.said(lan, "/users").text == in_chat.ADMINS_ONLY[VI]
            assert own.deeds()[:-1] == deeds

    def test_a_press_that_was_kept_is_judged_by_todays_roles(self, own: Office):
        """An admin's press waits while he is demoted: it is refused when it is worked on."""
        lan = own.newcomer("Lan")
        with own.running():
            own.let_in(lan, "Quản trị")
            listed = own.said(lan, "/users")
            found = own.said(own.hoa, "/users lan")
            own.pressed(own.hoa, found, data=f"u:{lan.id}:1:0:manager")
            assert own.pressed(lan, listed, "Mở cho mọi người").toast == in_chat.ADMINS_ONLY[VI]
            assert "Đang đóng" in own.said(own.hoa, "/users").text


class TestAudit:
    def test_it_tells_who_did_what_when_newest_first(self, own: Office):
        lan = own.newcomer("Lan & con")
        with own.running():
            own.let_in(lan, "Cán bộ")
            own.said(lan, "/reload")
            shown = own.said(own.hoa, "/audit")
        lines = [line for line in shown.text.split("\n") if " · " in line]
        assert [line.split(" · ", 1)[1] for line in lines] == [
            "Lan & con bị từ chối: /reload",
            "Hoa cho Lan & con vai trò Cán bộ",
            "Lan & con xin được dùng bot",
        ]

    def test_a_time_is_vietnams(self, own: Office):
        own.stand.catalogue().audit().note(own.hoa.id, Did.RELOAD)
        with sqlite3.connect(own.stand.home / "catalogue.db") as database:
            database.execute("update audit set at = '2024-03-01 18:30:00.000000'")
        with own.running():
            assert "01:30 02/03/2024 · " in own.said(own.hoa, "/audit").text

    def test_pages(self, own: Office):
        audit = own.stand.catalogue().audit()
        for number in range(30):
            audit.note(0, Did.PUBLISH, f"Văn bản {number:02}")
        with own.running():
            shown = own.said(own.hoa, "/audit")
            assert "Văn bản 29" in shown.text
            assert "Văn bản 17" not in shown.text
            own.pressed(own.hoa, shown, "▶")
            assert "Văn bản 17" in own.now(shown).text
            own.pressed(own.hoa, own.now(shown), "◀")
            assert "Văn bản 29" in own.now(shown).text

    def test_a_reload_is_noted(self, own: Office):
        with own.running():
            own.hoa.says("/reload")
            own.telegram.wait_for(lambda: any(one[1] == "reload" for one in own.deeds()))

    def test_an_empty_one_says_so(self, own: Office):
        with own.running():
            assert own.said(own.hoa, "/audit").text == words.NO_DEEDS[VI]
