"""On Telegram no rule is told as current that is not: answers, opened sources, /docs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.texts import in_chat
from knowledge.model import Audience, Language
from tests.bot.conftest import answers, starting
from tests.bot.test_telegram_viewing import asked, pressed
from tests.builders import LAW_FILE, LOAN_QUESTION, Stand, write_all
from tests.telegram_server import FakeTelegram

VI = Language.VIETNAMESE
SUCCESSOR = """CHÍNH PHỦ

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM

Số: 955/2025/NĐ-CP

Hà Nội, ngày 02 tháng 01 năm 2025

NGHỊ ĐỊNH

VỀ SỔ SÁCH CỦA HỢP TÁC XÃ

Điều 1. Sổ sách

Hợp tác xã giữ sổ sách trong mười năm.

Điều 2. Điều khoản thi hành

1. Nghị định này có hiệu lực thi hành từ ngày 01 tháng 02 năm 2025.

2. Nghị định này thay thế Nghị định số 901/2024/NĐ-CP ngày 05 tháng 3 năm 2024 của Chính phủ.
"""
ENDED = "đã hết hiệu lực từ ngày 01/02/2025, được thay thế bởi Nghị định 955/2025/NĐ-CP"


def test_when_a_successor_comes_the_old_rule_is_shown_as_ended_everywhere(
    own_telegram: FakeTelegram, stand: Stand, samples: Path
):
    stand.ingestion().ingest([samples])
    lan = own_telegram.person("Lan")
    with starting(own_telegram, stand):
        before = asked(own_telegram, lan)
        assert "hết hiệu lực" not in before.text
        stand.ingestion().ingest([write_all(samples, {"moi.txt": SUCCESSOR})])

        opened = pressed(own_telegram, lan, before, "[1]")
        assert f"⚠️ Lưu ý: quy định này {ENDED}." in opened.text, "an answer of before is opened now"
        page = pressed(own_telegram, lan, opened, in_chat.READ_IN_FULL[VI])
        assert ENDED in page.text

        lan.says(LOAN_QUESTION)
        after = answers(own_telegram, lan, 2)[1]
        assert ENDED in after.text, "quoted or told as what stands nearest"

        lan.says("/docs")
        listed = answers(own_telegram, lan, 3)[2].text.split("\n\n")
        (old,) = [one for one in listed if LAW_FILE in one]
        (new,) = [one for one in listed if "moi.txt" in one]
    assert "⚠️ hết hiệu lực từ ngày 01/02/2025, được thay thế bởi" in old
    assert "⚠️" not in new


def test_what_only_officers_may_know_ends_nothing_for_the_others(stand: Stand, samples: Path):
    files = {"moi.txt": SUCCESSOR, "documents.csv": "file,audience\nmoi.txt,officers\n"}
    stand.ingestion().ingest([write_all(samples, files)])
    library = stand.assistant().library()
    (law,) = [one for one in library.documents.values() if one.source == LAW_FILE]
    ends = {who: library.seen_by(who).in_force.whole(law.id).ends for who in Audience}
    assert ends[Audience.EVERYONE] is None
    assert ends[Audience.OFFICERS] == ends[Audience.ADMINS] == date(2025, 2, 1)
