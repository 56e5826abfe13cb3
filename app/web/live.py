"""Counts that update by themselves, as server-sent events.

One task asks the database once a second while anybody listens, however many listen, and everybody is told
when something has changed.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable

import anyio.to_thread
import structlog

from app.core.errors import PlainspeakError
from app.services.review import Counts

EVERY_S = 1.0
RETRY_MS = 3000
"""How long a browser waits before it connects again."""
QUIET_TICKS = 15
"""A comment after so many ticks without news shows whether the browser is still there."""

_LOG = structlog.get_logger()


class LiveCounts:
    """Tells any number of listeners how many items wait."""

    def __init__(self, count: Callable[[], Counts], *, stopping: Callable[[], bool]) -> None:
        """Listen for nobody yet.

        Args:
            count: asks the database; blocks.
            stopping: whether the server is about to stop, which waits for open streams to end.
        """
        self._count = count
        self._stopping = stopping
        self._listeners = 0
        self._latest = ""
        self._tick = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def listeners(self) -> int:
        """How many streams are open."""
        return self._listeners

    async def events(self) -> AsyncIterator[str]:
        """Give the counts now and whenever they change, until the server stops or the browser goes."""
        self._listeners += 1
        if self._task is None:
            self._task = asyncio.create_task(self._ask())
        seen, quiet = "", 0
        try:
            yield f"retry: {RETRY_MS}\n\n"
            while not self._stopping():
                quiet += 1
                if self._latest != seen:
                    seen, quiet = self._latest, 0
                    yield f"event: counts\ndata: {seen}\n\n"
                elif quiet >= QUIET_TICKS:
                    quiet = 0
                    yield ": still here\n\n"
                await self._tick.wait()
        finally:
            self._listeners -= 1

    async def _ask(self) -> None:
        while self._listeners:
            try:
                self._latest = counts_out(await anyio.to_thread.run_sync(self._count))
            except PlainspeakError as error:
                # The last counts stay; the pages themselves say what is wrong with the database.
                _LOG.warning("live.failed", code=error.code)
            told, self._tick = self._tick, asyncio.Event()
            told.set()
            await asyncio.sleep(EVERY_S)
        self._task = None
        self._latest = ""


def counts_out(counts: Counts) -> str:
    """Write the counts as JSON."""
    return json.dumps(named_counts(counts))


def named_counts(counts: Counts) -> dict[str, int]:
    """Give each count the name under which the page shows it."""
    return {
        "waiting": counts.waiting,
        "open": counts.open,
        "claimed": counts.claimed,
        "escalated": counts.escalated,
        "resolved": counts.resolved,
        "appeals": counts.appeals,
        **{f"category-{category or 'none'}": count for category, count in counts.categories},
    }
