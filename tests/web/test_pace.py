"""How long a request would wait, by a clock that the tests move."""

import asyncio

import pytest

from app.core.errors import QueueFull
from app.web.edge import Edge
from app.web.pace import ALWAYS, Pace


class Clock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def run(pace: Pace, clock: Clock, *, posts: int, each_s: float) -> None:
    """Answer so many posts one after the other, with as many in work all the time."""
    for _ in range(posts):
        clock.now += each_s
        pace.end()
        pace.begin()


def test_the_wait_is_what_is_in_work_at_the_pace_of_late() -> None:
    clock = Clock()
    pace = Pace(clock=clock)
    for _ in range(100):
        pace.begin()
    run(pace, clock, posts=500, each_s=0.02)
    assert pace.wait_s == pytest.approx(2.0, rel=0.01)
    run(pace, clock, posts=500, each_s=0.1)
    assert pace.wait_s == pytest.approx(10.0, rel=0.01)


def test_few_in_work_are_no_queue_however_long_they_take() -> None:
    clock = Clock()
    pace = Pace(clock=clock)
    for _ in range(ALWAYS - 1):
        pace.begin()
    run(pace, clock, posts=100, each_s=30.0)
    assert pace.wait_s == 0
    pace.begin()
    assert pace.wait_s > 100


def test_time_without_work_does_not_count() -> None:
    clock = Clock()
    pace = Pace(clock=clock)
    for _ in range(50):
        clock.now += 3600
        pace.begin()
        clock.now += 0.01
        pace.end()
    for _ in range(100):
        pace.begin()
    assert pace.wait_s <= 1.0
    assert pace.in_work == 100


def test_a_request_that_would_wait_too_long_is_refused_with_the_time() -> None:
    async def flood() -> list[BaseException | None]:
        edge = Edge(max_in_flight=1000, max_wait_s=0.05)

        async def ask() -> None:
            with edge.admitted():
                await asyncio.sleep(0.01)

        # At a pace of 10 ms, one after the other, more than five are too many; fewer than `ALWAYS` never are.
        for _ in range(200):
            await ask()
        return await asyncio.gather(*(ask() for _ in range(3 * ALWAYS)), return_exceptions=True)

    answers = asyncio.run(flood())
    refused = [answer for answer in answers if answer is not None]
    assert len(refused) == 2 * ALWAYS
    assert all(isinstance(each, QueueFull) and "would wait about" in str(each) for each in refused)
