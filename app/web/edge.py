"""Where a request leaves the event loop: one bounded pool of threads, and a limit decided before any work.

Pages have a pool of their own, so they stay fast while the model is busy.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import anyio
import anyio.to_thread

from app.core.errors import QueueFull
from app.web.pace import Pace

T = TypeVar("T")

THREADS = 32
"""Requests that wait for the engine at a time: a few of its batches, so that it never runs dry."""


class Edge:
    """Runs blocking services for requests."""

    def __init__(self, *, max_in_flight: int, max_wait_s: float) -> None:
        self._limiter = anyio.CapacityLimiter(THREADS)
        self._max_in_flight = max_in_flight
        self._max_wait_s = max_wait_s
        self._pace = Pace()

    async def run(self, work: Callable[[], T]) -> T:
        """Run `work` on a thread and give its result.

        Raises:
            QueueFull: too many requests are in work already; this one was not begun.
        """
        with self.admitted():
            return await self.on_thread(work)

    @contextmanager
    def admitted(self) -> Iterator[None]:
        """Count a request as in work, or raise QueueFull."""
        if self._pace.in_work >= self._max_in_flight:
            raise QueueFull(
                f"{self._pace.in_work} requests are in work, the most allowed. "
                "Send the request again in a moment, or raise PLAINSPEAK_MAX_IN_FLIGHT."
            )
        if self._pace.wait_s > self._max_wait_s:
            raise QueueFull(
                f"{self._pace.in_work} requests are in work, and this one would wait about "
                f"{self._pace.wait_s:.0f} s for them. "
                "Send it again in a moment, or raise PLAINSPEAK_MAX_WAIT_S."
            )
        self._pace.begin()
        try:
            yield
        finally:
            self._pace.end()

    async def on_thread(self, work: Callable[[], T]) -> T:
        """Run `work` of requests that were admitted on a thread and give its result."""
        return await anyio.to_thread.run_sync(work, limiter=self._limiter)
