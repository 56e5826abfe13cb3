"""Where a request leaves the event loop: one bounded pool of threads, and a limit decided before any work.

Pages have a pool of their own, so they stay fast while the model is busy.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import anyio
import anyio.to_thread

from app.core.errors import QueueFull
from app.web.pace import FLOOD_WAIT_S, Pace

T = TypeVar("T")

THREADS = 32
"""Requests that wait for the engine at a time: a few of its batches, so that it never runs dry."""


class Edge:
    """Runs blocking services for requests."""

    def __init__(
        self, *, max_in_flight: int, max_wait_s: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limiter = anyio.CapacityLimiter(THREADS)
        self._max_in_flight = max_in_flight
        self._max_wait_s = max_wait_s
        self._pace = Pace(clock=clock)
        self._tell: list[Callable[[QueueFull], None]] = []
        self._told = False

    @property
    def is_pressed(self) -> bool:
        """Whether more than can be answered was asked of late."""
        return self._pace.is_pressed

    async def run(self, work: Callable[[], T], *, is_batch: bool = False) -> T:
        """Run `work` on a thread and give its result.

        Args:
            work: what blocks.
            is_batch: whether it is about many posts, so that it may take as long as a thousand of them.

        Raises:
            QueueFull: too many requests are in work already; this one was not begun.
        """
        with self.admitted(is_batch=is_batch):
            return await self.on_thread(work)

    def when_flooded(self, tell: Callable[[QueueFull], None]) -> None:
        """Have it told when a flood begins, with what to refuse those with who were not begun yet."""
        self._tell.append(tell)

    def turn_away(self) -> None:
        """Raise QueueFull in a flood, before anything is done for a request; otherwise do nothing.

        For what judges alone: probes and look-ups are few, and needed most just then.
        """
        if self._pace.is_flooded and self._pace.wait_s > FLOOD_WAIT_S:
            self._ask()
            raise _flooded()

    @contextmanager
    def admitted(self, *, is_batch: bool = False) -> Iterator[None]:
        """Count a request as in work, or raise QueueFull."""
        self._ask()
        if refusal := self._refusal():
            raise refusal
        self._pace.begin(is_batch=is_batch)
        try:
            yield
        except QueueFull:
            self._pace.leave(is_batch=is_batch)
            raise
        except BaseException:
            self._pace.end(is_batch=is_batch)
            raise
        self._pace.end(is_batch=is_batch)

    def _ask(self) -> None:
        self._pace.ask()
        if self._pace.is_flooded and not self._told:
            for tell in self._tell:
                tell(_flooded())
        self._told = self._pace.is_flooded

    def _refusal(self) -> QueueFull | None:
        """Why another request is not taken now."""
        if self._pace.in_work >= self._max_in_flight:
            return QueueFull(
                f"{self._pace.in_work} requests are in work, the most allowed. "
                "Send the request again in a moment, or raise PLAINSPEAK_MAX_IN_FLIGHT."
            )
        if self._pace.wait_s > self._max_wait_s:
            return QueueFull(
                f"{self._pace.in_work} requests are in work, and this one would wait about "
                f"{self._pace.wait_s:.0f} s for them. "
                "Send it again in a moment, or raise PLAINSPEAK_MAX_WAIT_S."
            )
        return None

    async def on_thread(self, work: Callable[[], T]) -> T:
        """Run `work` of requests that were admitted on a thread and give its result."""
        return await anyio.to_thread.run_sync(work, limiter=self._limiter)


def _flooded() -> QueueFull:
    return QueueFull(
        "Far more is asked than this machine can answer, so only a few requests are taken. "
        "Send it again in a moment."
    )
