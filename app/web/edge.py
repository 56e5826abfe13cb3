"""Where a request leaves the event loop: one bounded pool of threads, and a limit decided before any work.

Pages have a pool of their own, so they stay fast while the model is busy.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import anyio
import anyio.to_thread

from app.core.errors import QueueFull

T = TypeVar("T")

THREADS = 32
"""Requests that wait for the engine at a time: a few of its batches, so that it never runs dry."""


class Edge:
    """Runs blocking services for requests."""

    def __init__(self, *, max_in_flight: int) -> None:
        self._limiter = anyio.CapacityLimiter(THREADS)
        self._max_in_flight = max_in_flight
        self._in_flight = 0

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
        if self._in_flight >= self._max_in_flight:
            raise QueueFull(
                f"{self._in_flight} requests are in work, the most allowed. "
                "Send the request again in a moment, or raise PLAINSPEAK_MAX_IN_FLIGHT."
            )
        self._in_flight += 1
        try:
            yield
        finally:
            self._in_flight -= 1

    async def on_thread(self, work: Callable[[], T]) -> T:
        """Run `work` of requests that were admitted on a thread and give its result."""
        return await anyio.to_thread.run_sync(work, limiter=self._limiter)
