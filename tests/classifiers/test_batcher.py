"""The queue in front of an engine, with an engine of plain functions."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.classifiers.batcher import Batcher
from app.core.errors import EngineFailed, QueueFull

PATIENCE_S = 10

Run = Callable[[Sequence[int]], Sequence[int]]
Start = Callable[..., Batcher[int, int]]


class Engine:
    """Doubles numbers; remembers its calls; can be held, and fails on 13."""

    def __init__(self) -> None:
        self.calls: list[list[int]] = []
        self.threads: set[str] = set()
        self.entered = threading.Event()
        self.open = threading.Event()
        self.open.set()

    def run(self, jobs: Sequence[int]) -> list[int]:
        self.entered.set()
        assert self.open.wait(PATIENCE_S)
        self.calls.append(list(jobs))
        self.threads.add(threading.current_thread().name)
        if 13 in jobs:
            raise EngineFailed("13 is bad luck.")
        return [2 * job for job in jobs]


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def start(engine: Engine) -> Iterator[Start]:
    started: list[Batcher[int, int]] = []

    def begin(
        run: Run | None = None, *, max_cost: int = 1000, max_jobs: int = 4, max_waiting: int = 100
    ) -> Batcher[int, int]:
        batcher = Batcher(
            run or engine.run,
            cost=lambda job: job,
            max_cost=max_cost,
            max_jobs=max_jobs,
            max_waiting=max_waiting,
            name="owner",
        )
        started.append(batcher)
        return batcher

    yield begin
    engine.open.set()
    for batcher in started:
        batcher.close()


def hold(engine: Engine, batcher: Batcher[int, int]) -> Future[int]:
    """Keep the owner busy with one job."""
    engine.open.clear()
    (busy,) = batcher.submit([1])
    assert engine.entered.wait(PATIENCE_S)
    return busy


def results(futures: Sequence[Future[int]]) -> list[int]:
    return [future.result(PATIENCE_S) for future in futures]


def test_results_come_in_the_order_of_the_jobs_from_one_thread(start: Start, engine: Engine) -> None:
    assert results(start().submit(range(10))) == [2 * job for job in range(10)]
    assert engine.threads == {"owner"}


def test_what_waits_together_is_run_together_up_to_the_most_jobs(start: Start, engine: Engine) -> None:
    batcher = start()
    busy = hold(engine, batcher)
    futures = [future for job in range(2, 8) for future in batcher.submit([job])]
    assert batcher.waiting == 6
    engine.open.set()
    assert results([busy, *futures]) == [2, 4, 6, 8, 10, 12, 14]
    assert engine.calls == [[1], [2, 3, 4, 5], [6, 7]]


def test_what_waits_together_is_run_together_up_to_the_most_cost(start: Start, engine: Engine) -> None:
    batcher = start(max_cost=10)
    busy = hold(engine, batcher)
    futures = batcher.submit([6, 4, 3, 99, 8])
    engine.open.set()
    results([busy, *futures])
    assert engine.calls == [[1], [6, 4], [3], [99], [8]]


def test_an_idle_engine_starts_at_once(start: Start) -> None:
    batcher = start()
    results(batcher.submit([1]))
    began = time.perf_counter()
    for _ in range(20):
        results(batcher.submit([1]))
    assert time.perf_counter() - began < 2


def test_a_full_queue_takes_all_or_none(start: Start, engine: Engine) -> None:
    batcher = start(max_waiting=3)
    busy = hold(engine, batcher)
    waiting = batcher.submit([2, 3])
    with pytest.raises(QueueFull, match=r"2 texts are waiting and the queue holds 3\."):
        batcher.submit([4, 5])
    assert batcher.waiting == 2
    last = batcher.submit([6])
    engine.open.set()
    assert results([busy, *waiting, *last]) == [2, 4, 6, 12]
    assert sorted(job for call in engine.calls for job in call) == [1, 2, 3, 6]


def test_a_failing_job_fails_alone(start: Start, engine: Engine) -> None:
    batcher = start()
    busy = hold(engine, batcher)
    futures = batcher.submit([2, 13, 4])
    engine.open.set()
    assert results([busy, futures[0], futures[2]]) == [2, 4, 8]
    with pytest.raises(EngineFailed, match="bad luck"):
        futures[1].result(PATIENCE_S)
    assert results(batcher.submit([5])) == [10]


@pytest.mark.parametrize("answer", [[], [1, 2, 3]])
def test_an_engine_that_miscounts_fails_its_jobs_and_not_the_owner(start: Start, answer: list[int]) -> None:
    batcher = start(lambda _: answer)
    for _ in range(2):
        (future,) = batcher.submit([1])
        with pytest.raises(EngineFailed, match="results for 1 jobs"):
            future.result(PATIENCE_S)


def test_any_error_of_the_engine_reaches_the_caller(start: Start) -> None:
    def broken(_: Sequence[int]) -> list[int]:
        raise MemoryError("no room")

    (future,) = start(broken).submit([1])
    with pytest.raises(MemoryError, match="no room"):
        future.result(PATIENCE_S)


def test_closing_drains_the_queue_and_refuses_what_comes_later(start: Start, engine: Engine) -> None:
    batcher = start(max_jobs=2)
    busy = hold(engine, batcher)
    futures = batcher.submit([2, 3, 4, 5, 6])
    closer = threading.Thread(target=batcher.close)
    closer.start()
    engine.open.set()
    closer.join(PATIENCE_S)
    assert all(future.done() for future in (busy, *futures))
    assert results(futures) == [4, 6, 8, 10, 12]
    with pytest.raises(QueueFull, match="shutting down"):
        batcher.submit([7])
    batcher.close()


def test_nothing_to_do_is_done(start: Start) -> None:
    assert start().submit([]) == []


@settings(max_examples=10, deadline=None)
@given(st.lists(st.lists(st.integers(14, 99), max_size=9), min_size=1, max_size=12))
def test_many_threads_get_their_own_answers(groups: list[list[int]]) -> None:
    engine = Engine()
    batcher = Batcher(
        engine.run, cost=lambda job: job, max_cost=300, max_jobs=4, max_waiting=1000, name="owner"
    )
    with ThreadPoolExecutor(8) as pool:
        sent = [pool.submit(batcher.submit, group) for group in groups * 4]
        wait(sent)
    answers = [results(each.result()) for each in sent]
    batcher.close()
    assert answers == [[2 * job for job in group] for group in groups * 4]
    assert all(len(call) <= 4 and (sum(call) <= 300 or len(call) == 1) for call in engine.calls)
