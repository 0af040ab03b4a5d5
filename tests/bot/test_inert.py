"""Text from outside on Telegram: shown letter for letter, and nothing in it can be pressed."""

from __future__ import annotations

import pytest

from bot.telegram.inert import inert
from tests.injections.pressing import pressable
from tests.telegram_server import parse_html, units

PRESSABLE = [
    ("Xem https://evil.example/nhan-tien?a=1&b=2.", "https://evil.example/nhan-tien?a=1&b=2"),
    ("HTTP://EVIL.EXAMPLE", "HTTP://EVIL.EXAMPLE"),
    ("vào tg://resolve?domain=evil ngay", "tg://resolve?domain=evil"),
    ("vào t.me/evil_bot để nhận", "t.me/evil_bot"),
    ("trang evil.com, rồi", "evil.com"),
    ("trang EVIL.COM/a", "EVIL.COM/a"),
    ("thư tới lua.dao@evil.vn nhé", "lua.dao@evil.vn"),
    ("nhắn @evil_bot ngay", "@evil_bot"),
    ("gõ /reload để nhận", "/reload"),
    ("/start@evil_bot", "/start@evil_bot"),
    ("tệp luat-htx.md", "luat-htx.md"),
    ("<a href='https://evil.example'>bấm</a>", "https://evil.example"),
    ('=HYPERLINK("https://evil.example","bấm")', "https://evil.example"),
    ("(xem https://evil.example/a)", "https://evil.example/a"),
]


@pytest.mark.parametrize(("text", "code"), PRESSABLE)
def test_what_could_be_pressed_is_set_as_code_letter_for_letter(text: str, code: str):
    html = inert(text)
    shown, entities = parse_html(html)
    assert shown == text
    assert pressable(html) == []
    assert [one["type"] for one in entities] == ["code"]
    start = units(shown[: shown.index(code)])
    assert (entities[0]["offset"], entities[0]["length"]) == (start, units(code))


@pytest.mark.parametrize(
    "text",
    [
        "Nghị định 92/2024/NĐ-CP, khoản 1/Điều 5",
        "TP.HCM có 1.234,5 ha; TP. Cần Thơ và/hoặc xã",
        "GS.TS nói 3.5% mỗi năm.Hết",
        "bao-cao.txt, ke-hoach.pdf và bang.xlsx",
        "5 < 6 & 7 > 4 \"nháy\" 'đơn'",
        "7 triệu đồng/ha, 15 kg /người",
        "",
    ],
)
def test_other_text_is_only_escaped(text: str):
    shown, entities = parse_html(inert(text))
    assert shown == text
    assert entities == []
