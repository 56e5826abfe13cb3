"""How long a request would wait, by a clock that the tests move."""

import asyncio
from random import Random

import pytest

from app.core.errors import QueueFull
from app.web.edge import Edge
from app.web.pace import ALWAYS, WINDOW_S, Pace


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


def ask(pace: Pace, clock: Clock, *, seconds: float, asked_per_s: int, answered_per_s: int) -> None:
    """Let requests come at a rate and be answered at another."""
    steps = round(seconds * asked_per_s)
    owed = 0.0
    for _ in range(steps):
        clock.now += 1 / asked_per_s
        pace.ask()
        pace.begin()
        owed += answered_per_s / asked_per_s
        while owed >= 1 and pace.in_work:
            owed -= 1
            pace.end()


def test_far_more_asked_than_answered_for_a_while_is_a_flood_until_it_ends() -> None:
    clock = Clock()
    pace = Pace(clock=clock)
    ask(pace, clock, seconds=1, asked_per_s=90, answered_per_s=100)
    assert not pace.is_flooded
    ask(pace, clock, seconds=0.15, asked_per_s=500, answered_per_s=100)
    assert not pace.is_flooded
    ask(pace, clock, seconds=6 * WINDOW_S, asked_per_s=500, answered_per_s=100)
    flooded = [pace.is_flooded]
    ask(pace, clock, seconds=3, asked_per_s=100, answered_per_s=100)
    assert [*flooded, pace.is_flooded] == [True, False]


def test_a_flood_ends_when_no_more_is_asked_than_could_be_answered() -> None:
    clock = Clock()
    pace = Pace(clock=clock)
    ask(pace, clock, seconds=1, asked_per_s=500, answered_per_s=100)
    assert pace.is_flooded
    # In a flood fewer are answered than could be.
    ask(pace, clock, seconds=1, asked_per_s=150, answered_per_s=50)
    assert pace.is_flooded
    ask(pace, clock, seconds=0.5, asked_per_s=90, answered_per_s=50)
    assert not pace.is_flooded


def test_callers_who_wait_for_slow_answers_are_no_flood_however_these_fall() -> None:
    random, clock = Random(5), Clock()
    pace = Pace(clock=clock)
    ready = 64
    for _ in range(20_000):
        # Some callers are busy with something else for a while; about two answers come in a window.
        clock.now += random.expovariate(40)
        if ready and random.random() < 0.5:
            pace.ask()
            pace.begin()
            ready -= 1
        elif pace.in_work:
            pace.end()
            ready += 1
        assert not pace.is_pressed
        assert not pace.is_flooded


def test_in_a_flood_a_batch_stands_in_nobodys_way() -> None:
    clock = Clock()
    pace = Pace(clock=clock)
    ask(pace, clock, seconds=1, asked_per_s=500, answered_per_s=100)
    while pace.in_work:
        pace.leave()
    assert pace.is_flooded
    pace.begin(is_batch=True)
    clock.now += 1
    taken = pace.wait_s == 0
    pace.begin()
    assert (taken, pace.wait_s > 0) == (True, True)
    pace.end(is_batch=True)
    pace.end()
    assert pace.in_work == 0


@pytest.mark.parametrize(("windows", "asked_per_s"), [(0.9, 3_000), (3.3, 900), (8.0, 380)])
@pytest.mark.parametrize("offset", range(10))
def test_a_burst_is_no_flood_wherever_it_falls_into_the_windows(
    offset: int, windows: float, asked_per_s: int
) -> None:
    clock = Clock()
    pace = Pace(clock=clock)
    ask(pace, clock, seconds=1 + offset / 10 * WINDOW_S, asked_per_s=90, answered_per_s=100)
    ask(pace, clock, seconds=windows * WINDOW_S, asked_per_s=asked_per_s, answered_per_s=100)
    assert pace.in_work > 200
    flooded = []
    for _ in range(20):
        ask(pace, clock, seconds=0.05, asked_per_s=90, answered_per_s=100)
        flooded.append(pace.is_flooded)
    assert not any(flooded)


def test_many_at_once_are_no_flood() -> None:
    clock = Clock()
    pace = Pace(clock=clock)
    ask(pace, clock, seconds=0.15, asked_per_s=2_000, answered_per_s=100)
    assert pace.in_work > 250
    ask(pace, clock, seconds=2, asked_per_s=20, answered_per_s=100)
    assert not pace.is_flooded


def test_many_who_each_wait_for_their_answer_are_no_flood() -> None:
    clock = Clock()
    pace = Pace(clock=clock)
    for _ in range(200):
        pace.ask()
        pace.begin()
    for _ in range(1_000):
        clock.now += 0.01
        pace.end()
        pace.ask()
        pace.begin()
        assert not pace.is_flooded


def test_in_a_flood_few_are_taken_and_those_that_wait_are_refused() -> None:
    async def flood() -> tuple[int, list[QueueFull], int]:
        clock = Clock()
        edge = Edge(max_in_flight=1000, max_wait_s=60, clock=clock)
        told = list[QueueFull]()
        edge.when_flooded(told.append)
        taken = 0

        async def answer() -> None:
            with edge.admitted():
                await asyncio.sleep(0)
                clock.now += 0.02

        for _ in range(100):
            await answer()
        stay = asyncio.Event()

        async def wait() -> None:
            nonlocal taken
            edge.turn_away()
            with edge.admitted():
                taken += 1
                await stay.wait()

        waiting = []
        while not told:
            waiting.append(asyncio.create_task(wait()))
            await asyncio.sleep(0)
            clock.now += 0.002
        before = taken
        for _ in range(300):
            waiting.append(asyncio.create_task(wait()))
            await asyncio.sleep(0)
            clock.now += 0.002
        with pytest.raises(QueueFull, match="Far more is asked"):
            edge.turn_away()
        # A probe goes through no door that judges.
        with edge.admitted():
            pass
        stay.set()
        await asyncio.gather(*waiting, return_exceptions=True)
        return before, told, taken

    before, told, taken = asyncio.run(flood())
    assert ALWAYS < before < 400
    assert len(told) == 1
    assert taken == before
