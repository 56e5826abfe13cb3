"""Small requests that wait at the same time are answered by one call of the service.

Under load most of what a request costs beside the model is waking threads: one for it, the engine's, the
writer's, and back. A group pays that once. Nothing is ever held back to fill a group: whoever comes while a
lane is free goes at once, and alone if nobody else waits.

Who came first goes first, but while more is asked than can be answered the newest go first: if it is a burst,
all of it is answered just as soon, and if a flood begins, those answered have not waited. (The idea is
"adaptive LIFO", Maurer 2015.)
"""

import asyncio
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from app.core.errors import InvalidContent, QueueFull
from app.web.edge import Edge

V = TypeVar("V")
R = TypeVar("R")

LANES = 3
"""Groups in work at a time: one in the engine, one waiting for it, one being written down."""
MOST = 4
"""Requests of one group, a call or two of the engine. What is in work is what one waits for."""
MOST_PRESSED = 2
"""Of one group while more is asked than can be answered. There is one lane then: who is taken waits for
nothing but what is taken with it."""


@dataclass(frozen=True, slots=True)
class _Waiting(Generic[V, R]):
    value: V
    answer: asyncio.Future[R]


class Gatherer(Generic[V, R]):
    """Runs blocking work for requests in groups. For one event loop."""

    def __init__(
        self, work: Callable[[Sequence[V]], Sequence[R]], *, alike: Callable[[V], Hashable], edge: Edge
    ) -> None:
        """Prepare.

        Args:
            work: gives a result for each value in order, or raises for all of them. After InvalidContent,
                which is about one of them, it is called again for each alone.
            alike: what all values of one group have in common.
            edge: where requests leave the event loop.
        """
        self._work = work
        self._alike = alike
        self._edge = edge
        self._waiting: deque[_Waiting[V, R]] = deque()
        self._lanes: set[asyncio.Task[None]] = set()
        edge.when_flooded(self._turn_away)

    async def run(self, value: V) -> R:
        """Give the result for one value, or raise what the work raised for it.

        Raises:
            QueueFull: too many requests are in work already; this one was not begun.
        """
        with self._edge.admitted():
            own: _Waiting[V, R] = _Waiting(value, asyncio.get_running_loop().create_future())
            self._waiting.append(own)
            self._open_lane()
            return await own.answer

    def _turn_away(self, refusal: QueueFull) -> None:
        """Refuse those who wait: in a flood they would wait longest."""
        _refuse(list(self._waiting), refusal)
        self._waiting.clear()

    def _open_lane(self) -> None:
        if len(self._lanes) < self._most_lanes:
            self._lanes.add(asyncio.create_task(self._serve()))

    @property
    def _most_lanes(self) -> int:
        return 1 if self._edge.is_pressed else LANES

    async def _serve(self) -> None:
        """Work until nobody waits, or there are more lanes than there should be."""
        while self._waiting and len(self._lanes) <= self._most_lanes:
            await self._answer(self._take())
            if self._waiting:
                self._open_lane()
        # At once, not by a callback of a later turn of the loop: whoever comes in between would find every
        # lane taken and none of them working.
        self._lanes.discard(cast("asyncio.Task[None]", asyncio.current_task()))

    def _take(self) -> list[_Waiting[V, R]]:
        """Those whose turn it is and that can go together."""
        pressed = self._edge.is_pressed
        end, take = (-1, self._waiting.pop) if pressed else (0, self._waiting.popleft)
        most = MOST_PRESSED if pressed else MOST
        group = [take()]
        common = self._alike(group[0].value)
        while self._waiting and len(group) < most and self._alike(self._waiting[end].value) == common:
            group.append(take())
        return group

    async def _answer(self, group: Sequence[_Waiting[V, R]]) -> None:
        values = [each.value for each in group]
        try:
            results = await self._edge.on_thread(lambda: self._work(values))
        except InvalidContent as error:
            if len(group) == 1:
                _refuse(group, error)
                return
            for each in group:
                await self._answer([each])
        # Each caller waits for an answer: whatever happened, each must hear of it.
        except Exception as error:  # noqa: BLE001
            _refuse(group, error)
        else:
            for each, result in zip(group, results, strict=True):
                if not each.answer.done():
                    each.answer.set_result(result)


def _refuse(group: Sequence[_Waiting[V, R]], error: Exception) -> None:
    for each in group:
        if not each.answer.done():
            each.answer.set_exception(error)
