"""Counts reach every listener, and the database is asked once for all of them."""

import asyncio
import json
from collections.abc import AsyncIterator

from app.core.errors import DatabaseLocked
from app.core.types import Category
from app.services.review import Counts
from app.web.live import LiveCounts

LISTENERS = 20


class Queue:
    """Counts that a test changes."""

    def __init__(self) -> None:
        self.counts = Counts(3, 1, 1, ((Category.THREAT, 3), (None, 1)))
        self.asked = 0
        self.broken = False

    def count(self) -> Counts:
        self.asked += 1
        if self.broken:
            raise DatabaseLocked("Another process holds it.")
        return self.counts


async def next_counts(stream: AsyncIterator[str]) -> dict[str, int]:
    async for message in stream:
        if message.startswith("event: counts"):
            told: dict[str, int] = json.loads(message.partition("data: ")[2])
            return told
    raise AssertionError("The stream ended.")


def test_every_listener_hears_of_a_change_and_one_query_serves_all() -> None:
    async def listen() -> None:
        queue, stopping = Queue(), False
        live = LiveCounts(queue.count, stopping=lambda: stopping)
        streams = [live.events() for _ in range(LISTENERS)]
        first = await asyncio.gather(*(next_counts(stream) for stream in streams))
        assert (
            first
            == [
                {
                    "waiting": 4,
                    "open": 3,
                    "claimed": 1,
                    "escalated": 1,
                    "resolved": 0,
                    "appeals": 0,
                    "category-threat": 3,
                    "category-none": 1,
                }
            ]
            * LISTENERS
        )
        assert (live.listeners, queue.asked) == (LISTENERS, 1)
        queue.broken = True
        while queue.asked < 2:
            await asyncio.sleep(0.01)
        queue.broken, queue.counts = False, Counts(5, 0, 0, ())
        second = await asyncio.gather(*(next_counts(stream) for stream in streams))
        assert {each["waiting"] for each in second} == {5}
        assert queue.asked == 3
        stopping = True
        assert [[message async for message in stream] for stream in streams] == [[]] * LISTENERS
        assert live.listeners == 0

    asyncio.run(listen())
