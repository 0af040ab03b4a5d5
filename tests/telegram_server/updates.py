"""Updates on their way to the bot: polls that are held, and posts to its webhook."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import aiohttp

from tests.telegram_server.model import JSON, Call, Refusal
from tests.telegram_server.world import Poll, World

LONGEST_POLL_S, MOST_UPDATES = 50, 100
FIRST_RETRY_S, LAST_RETRY_S = 0.05, 1.0  # between two tries at a webhook; Telegram waits longer


# --- long polling --------------------------------------------------------------------------------


async def get_updates(world: World, call: Call) -> list[JSON]:
    """Return what is not confirmed, at once or when there is something."""
    if world.webhook:
        words = "can't use getUpdates method while webhook is active"
        raise Refusal(409, f"Conflict: {words}; use deleteWebhook to delete the webhook first")
    ends = world.loop.time() + min(call.number("timeout"), LONGEST_POLL_S)
    limit = min(call.number("limit") or MOST_UPDATES, MOST_UPDATES)
    with world.changing():
        use_allowed(world, call)
        words = "terminated by other getUpdates request"
        end_poll(world, f"Conflict: {words}; make sure that only one bot instance is running")
        poll = world.poll = Poll()
        for number in sorted(world.pending_by_id):
            if number < call.number("offset") and number not in world.replayed:
                del world.pending_by_id[number]
    try:
        return await _hold(world, poll, limit, ends)
    finally:
        if world.poll is poll:
            world.poll = None


def use_allowed(world: World, call: Call) -> None:
    allowed = call.nested("allowed_updates")
    world.allowed = world.allowed if allowed is None else allowed


def end_poll(world: World, description: str) -> None:
    if world.poll:
        world.poll.refusal = Refusal(409, description)
        world.poll.news.set()


async def _hold(world: World, poll: Poll, limit: int, ends: float) -> list[JSON]:
    while True:
        if poll.refusal:
            raise poll.refusal
        poll.news.clear()  # news come by this loop only, so none is lost on the way to `wait`
        pending = {update["update_id"]: update for update in world.pending}
        due = sorted(pending)[:limit]
        if due or world.loop.time() >= ends:
            world.replayed.difference_update(due)
            return [pending[number] for number in due]
        with suppress(TimeoutError):
            await asyncio.wait_for(poll.news.wait(), ends - world.loop.time())


# --- webhook -------------------------------------------------------------------------------------


async def deliver_all(world: World) -> None:
    """Keep handing updates to the webhook, one after another; each until it is taken."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(30)) as session:
        while True:
            await world.news.wait()
            world.news.clear()
            wait_s = FIRST_RETRY_S
            while world.webhook and (pending := world.pending):
                update = min(pending, key=lambda one: int(one["update_id"]))
                if await _is_taken(session, world.webhook, update):
                    wait_s = FIRST_RETRY_S
                    with world.changing():
                        world.pending_by_id.pop(update["update_id"], None)
                        world.replayed.discard(update["update_id"])
                else:
                    await asyncio.sleep(wait_s)
                    wait_s = min(wait_s * 2, LAST_RETRY_S)


async def _is_taken(session: aiohttp.ClientSession, webhook: JSON, update: JSON) -> bool:
    secret = webhook["secret_token"]
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    try:
        async with session.post(webhook["url"], json=update, headers=headers) as response:
            return response.ok
    except (aiohttp.ClientError, TimeoutError, OSError):
        return False
