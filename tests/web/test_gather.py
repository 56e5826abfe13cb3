"""Requests that wait together are answered by one call, and one bad one does not spoil the others."""

import asyncio
import math
import threading
from collections.abc import Sequence

import pytest

from app.core.errors import EmptyText, QueueFull, StorageError
from app.web.edge import Edge
from app.web.gather import LANES, MOST, Gatherer
from app.web.pace import WINDOW_S


class Work:
    """Doubles numbers; refuses 0, fails on -1, and stands still while the gate is shut."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.calls: list[list[int]] = []

    def __call__(self, values: Sequence[int]) -> list[int]:
        self.calls.append(list(values))
        self.gate.wait()
        if 0 in values:
            raise EmptyText(f"Nothing among {values!r}. Send something.")
        if -1 in values:
            raise StorageError("The disk is full. Make room.")
        return [2 * value for value in values]


def answers(work: Work, values: Sequence[int], *, max_in_flight: int = 64) -> list[int | BaseException]:
    """Send all values at once; the gate opens when everything that can start has started."""

    async def run() -> list[int | BaseException]:
        gatherer = Gatherer(work, alike=lambda _: None, edge=Edge(max_in_flight=max_in_flight, max_wait_s=60))
        tasks = [asyncio.create_task(gatherer.run(value)) for value in values]
        while len(work.calls) < min(LANES, math.ceil(min(len(values), max_in_flight) / MOST)):
            await asyncio.sleep(0.001)
        work.gate.set()
        return await asyncio.gather(*tasks, return_exceptions=True)

    return asyncio.run(run())


def test_one_request_goes_alone_and_at_once() -> None:
    work = Work()
    assert answers(work, [21]) == [42]
    assert work.calls == [[21]]


def test_each_gets_its_own_answer_and_who_waits_goes_together() -> None:
    work = Work()
    values = list(range(1, 31))
    assert answers(work, values) == [2 * value for value in values]
    assert sorted(value for call in work.calls for value in call) == values
    assert max(map(len, work.calls)) == MOST
    assert len(work.calls) < len(values) / 2


def test_one_that_cannot_be_judged_is_refused_alone() -> None:
    values = [1, 2, 3, 4, 5, 0, 6, 7, 8, 9]
    found = answers(Work(), values)
    refused = found.pop(5)
    assert found == [2, 4, 6, 8, 10, 12, 14, 16, 18]
    assert isinstance(refused, EmptyText)
    # It hears of itself and of nobody else.
    assert "[0]" in str(refused)


def test_a_failure_reaches_everyone_of_its_group_and_nobody_else() -> None:
    work = Work()
    values = [1, 2, 3, -1, *range(4, 30)]
    found = answers(work, values)
    (failed,) = [call for call in work.calls if -1 in call]
    for value, answer in zip(values, found, strict=True):
        assert isinstance(answer, StorageError) if value in failed else answer == 2 * value


def test_more_than_may_be_in_work_are_refused_before_they_wait() -> None:
    found = answers(Work(), list(range(1, 9)), max_in_flight=5)
    assert found[:5] == [2, 4, 6, 8, 10]
    assert all(isinstance(answer, QueueFull) for answer in found[5:])


def test_a_caller_who_leaves_takes_nobody_along() -> None:
    work = Work()

    async def run() -> list[int | BaseException]:
        gatherer = Gatherer(work, alike=lambda _: None, edge=Edge(max_in_flight=64, max_wait_s=60))
        tasks = [asyncio.create_task(gatherer.run(value)) for value in range(1, 9)]
        while not work.calls:
            await asyncio.sleep(0.001)
        tasks[5].cancel()
        work.gate.set()
        return await asyncio.gather(*tasks, return_exceptions=True)

    found = asyncio.run(run())
    left = found.pop(5)
    assert isinstance(left, asyncio.CancelledError)
    assert found == [2, 4, 6, 8, 10, 14, 16]


def test_those_who_have_nothing_in_common_go_apart() -> None:
    work = Work()

    async def run() -> list[int]:
        gatherer = Gatherer(work, alike=lambda value: value % 2, edge=Edge(max_in_flight=64, max_wait_s=60))
        work.gate.set()
        return await asyncio.gather(*(gatherer.run(value) for value in (1, 3, 5, 2, 4, 7)))

    assert asyncio.run(run()) == [2, 6, 10, 4, 8, 14]
    assert sorted(work.calls) == [[1, 3, 5], [2, 4], [7]]


def test_who_comes_as_the_last_lane_ends_is_served() -> None:
    async def run() -> list[int]:
        work = Work()
        work.gate.set()
        gatherer = Gatherer(work, alike=lambda value: value, edge=Edge(max_in_flight=64, max_wait_s=60))
        found: list[int] = []

        async def one_after_the_other(first: int) -> None:
            found.extend([await gatherer.run(first + 100 * turn) for turn in range(50)])

        await asyncio.wait_for(asyncio.gather(*map(one_after_the_other, range(1, LANES + 1))), 60)
        assert not gatherer._lanes
        return found

    assert len(asyncio.run(run())) == 50 * LANES


def test_nothing_is_left_in_work(caplog: pytest.LogCaptureFixture) -> None:
    async def run() -> list[int]:
        work = Work()
        work.gate.set()
        gatherer = Gatherer(work, alike=lambda _: None, edge=Edge(max_in_flight=1, max_wait_s=60))
        return [await gatherer.run(value) for value in (1, 2, 3)]

    assert asyncio.run(run()) == [2, 4, 6]
    assert not caplog.records


def test_in_a_flood_those_that_wait_are_refused_and_those_begun_are_answered() -> None:
    work = Work()
    now = 0.0

    async def run() -> list[int | BaseException]:
        nonlocal now
        edge = Edge(max_in_flight=1_000, max_wait_s=60, clock=lambda: now)
        gatherer = Gatherer(work, alike=lambda _: None, edge=edge)
        for _ in range(100):
            with edge.admitted():
                now += 0.02

        async def door(value: int) -> int:
            edge.turn_away()
            return await gatherer.run(value)

        tasks = []
        for value in range(1, 401):
            tasks.append(asyncio.create_task(door(value)))
            await asyncio.sleep(0)
            now += 0.002
        while len(work.calls) < LANES:
            await asyncio.sleep(0.001)
        work.gate.set()
        return await asyncio.gather(*tasks, return_exceptions=True)

    found = asyncio.run(run())
    answered = [answer for answer in found if isinstance(answer, int)]
    assert 0 < len(answered) <= LANES * MOST
    assert all(isinstance(answer, QueueFull) for answer in found if not isinstance(answer, int))


def test_while_more_is_asked_than_answered_the_newest_go_first() -> None:
    work = Work()
    now = 0.0

    def pass_time(values: Sequence[int]) -> list[int]:
        """Work; the pressure ends when two groups were taken under it."""
        nonlocal now
        found = work(values)
        if len(work.calls) == LANES + 2:
            now += 2 * WINDOW_S
        return found

    async def run() -> list[int]:
        nonlocal now
        edge = Edge(max_in_flight=200, max_wait_s=60, clock=lambda: now)
        gatherer = Gatherer(pass_time, alike=lambda _: None, edge=edge)
        early = [asyncio.create_task(gatherer.run(value)) for value in range(1, 61)]
        while len(work.calls) < LANES:
            await asyncio.sleep(0.001)
        now += 2 * WINDOW_S
        late = [asyncio.create_task(gatherer.run(value)) for value in (101, 102, 103)]
        await asyncio.sleep(0)
        work.gate.set()
        return await asyncio.gather(*early, *late)

    assert asyncio.run(run()) == [2 * value for value in (*range(1, 61), 101, 102, 103)]
    # By one lane, in small groups, the newest first; then as ever, those who wait longest first.
    assert work.calls[LANES : LANES + 2] == [[103, 102], [101, 60]]
    waiting_since = LANES * MOST + 1
    assert list(range(waiting_since, waiting_since + MOST)) in work.calls[LANES + 2 :]
    assert max(map(len, work.calls[LANES + 2 :])) == MOST
