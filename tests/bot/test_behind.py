"""Work behind its handler: done once, told when it fails, done again by the next bot when stopped."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
from telegram import Chat, Message, Update, User

from bot.telegram.behind import behind
from bot.telegram.context import Context
from bot.telegram.order import Inbox
from knowledge.errors import ChangeStoppedError, ExternalError
from tests.builders import Stand

LAN = User(id=7, first_name="Lan", is_bot=False)
UPDATE = Update(
    update_id=1,
    message=Message(
        message_id=1,
        date=datetime(2026, 11, 22, tzinfo=UTC),
        chat=Chat(id=7, type=Chat.PRIVATE),
        from_user=LAN,
        text="Vay được bốn năm.",
    ),
)


class Work:
    """What the work needs of a context; the inbox is real."""

    def __init__(self, stand: Stand) -> None:
        self.conversations = stand.catalogue().conversations()
        self.inbox = Inbox(self.conversations, (60.0,))
        self.told: list[Exception] = []

    async def tell(self, _update: object, error: Exception) -> None:
        self.told.append(error)

    async def run(self, error: Exception | None) -> None:
        """Take an update, end its handler, do the work behind it."""

        async def work() -> None:
            if error is not None:
                raise error

        tasks: list[asyncio.Task[None]] = []
        application = SimpleNamespace(
            process_error=self.tell,
            create_task=lambda work, update: tasks.append(asyncio.create_task(work)),
        )
        context = SimpleNamespace(
            services=SimpleNamespace(inbox=self.inbox), application=application
        )
        await self.inbox.put(UPDATE)
        behind(work(), UPDATE, cast("Context", cast("Any", context)))
        await self.inbox.finish(UPDATE)  # the handler ends first
        assert self.left() == 1
        await asyncio.gather(*tasks)

    def left(self) -> int:
        return len(self.conversations.unfinished())


@pytest.mark.parametrize("error", [None, ExternalError("đĩa đầy")])
async def test_what_ended_is_not_done_again(stand: Stand, error: Exception | None) -> None:
    work = Work(stand)
    await work.run(error)
    assert work.left() == 0
    assert work.told == ([error] if error else [])


async def test_what_a_stop_interrupted_is_left_for_the_next_bot(stand: Stand) -> None:
    work = Work(stand)
    await work.run(ChangeStoppedError("the bot is shutting down"))
    assert work.left() == 1
    assert work.told == []
