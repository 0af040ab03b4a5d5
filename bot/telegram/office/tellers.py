"""Who words what people are owed."""

from __future__ import annotations

from bot.telegram.office import closing, handing, news
from bot.telegram.office.notices import Tell, Teller

TELLERS: dict[Tell, Teller] = {
    Tell.NEWS: news.worded,
    Tell.ANSWER: closing.worded,
    Tell.CARD: handing.worded_card,
    Tell.REMINDER: handing.worded_reminder,
    Tell.REPLY: handing.worded_reply,
}
