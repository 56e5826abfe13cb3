"""The sharing out of windows, over contexts of plain functions."""

import threading
import time
from collections.abc import Iterator, Sequence
from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.classifiers.lanes import Cores, Job, Lanes
from app.classifiers.llama import EncoderContext
from app.core.errors import EngineFailed

PATIENCE_S = 10
BAD = 13

WINDOWS = st.lists(st.integers(14, 99), min_size=1, max_size=9)


class Context:
    """Gives each window its first token as logit; remembers its calls; can be held; fails on 13."""

    def __init__(self) -> None:
        self.calls: list[tuple[int, list[list[int]]]] = []
        """Threads and windows of each call."""
        self._threads = 0
        self.entered = threading.Semaphore(0)
        self.open = threading.Event()
        self.open.set()

    def use_threads(self, threads: int) -> None:
        self._threads = threads

    def logits(self, sequences: Sequence[Sequence[int]]) -> list[np.ndarray]:
        self.calls.append((self._threads, [list(each) for each in sequences]))
        self.entered.release()
        assert self.open.wait(PATIENCE_S)
        if any(BAD in each for each in sequences):
            raise EngineFailed("13 is bad luck.")
        return [np.array([each[0]], dtype=np.float32) for each in sequences]


class Desk:
    """Contexts, and the texts that were done."""

    def __init__(self, *, lanes: int = 2) -> None:
        self.contexts = [Context() for _ in range(lanes)]
        self.done: dict[int, Job] = {}
        self._told = threading.Condition()

    @property
    def calls(self) -> list[tuple[int, list[list[int]]]]:
        return [call for context in self.contexts for call in context.calls]

    def hold(self) -> None:
        for context in self.contexts:
            context.open.clear()

    def wait_for_a_call(self) -> None:
        until = time.monotonic() + PATIENCE_S
        while not self.calls:
            assert time.monotonic() < until
            time.sleep(0.001)

    def tell(self, jobs: Sequence[Job]) -> None:
        with self._told:
            self.done |= {job.id: job for job in jobs}
            self._told.notify_all()

    def wait_for(self, count: int) -> None:
        with self._told:
            assert self._told.wait_for(lambda: len(self.done) >= count, PATIENCE_S), self.done

    def values(self, number: int) -> list[float]:
        return [float(row[0]) for row in self.done[number].result()]

    def release(self) -> None:
        for context in self.contexts:
            context.open.set()


def lanes_of(desk: Desk, *, tokens: int = 10, sequences: int = 4, all_cores: int = 2) -> Lanes:
    return Lanes(
        [cast("EncoderContext", context) for context in desk.contexts],
        all_cores=all_cores,
        full_tokens=tokens,
        batch_sequences=sequences,
        done=desk.tell,
    )


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def lanes(desk: Desk) -> Iterator[Lanes]:
    lanes = lanes_of(desk)
    yield lanes
    desk.release()
    lanes.close()


def job(number: int, *windows: Sequence[int]) -> Job:
    return Job(number, [list(window) for window in windows])


def test_a_lone_text_has_all_cores(desk: Desk, lanes: Lanes) -> None:
    lanes.add([job(1, [7, 7], [8])])
    desk.wait_for(1)
    assert desk.values(1) == [7, 8]
    assert desk.calls == [(2, [[7, 7], [8]])]


def test_a_window_longer_than_a_full_call_has_one_for_itself(desk: Desk) -> None:
    lanes = lanes_of(desk, all_cores=1)
    lanes.add([job(1, [7] * 12), job(2, [8])])
    lanes.close()
    assert sorted(windows for _, windows in desk.calls) == [[[7] * 12], [[8]]]


def test_where_there_is_one_core_a_lone_text_has_it(desk: Desk) -> None:
    lanes = lanes_of(desk, all_cores=1)
    lanes.add([job(1, [7])])
    lanes.close()
    assert desk.calls == [(1, [[7]])]


def test_more_than_one_call_holds_is_shared_between_the_cores(desk: Desk, lanes: Lanes) -> None:
    desk.hold()
    lanes.add([job(number, [number] * 6) for number in range(1, 3)])
    for context in desk.contexts:
        assert context.entered.acquire(timeout=PATIENCE_S)
    desk.release()
    desk.wait_for(2)
    assert [threads for threads, _ in desk.calls] == [1, 1]
    assert [desk.values(number) for number in (1, 2)] == [[1], [2]]


def test_while_one_text_has_all_cores_others_wait(desk: Desk, lanes: Lanes) -> None:
    desk.hold()
    lanes.add([job(1, [1])])
    desk.wait_for_a_call()
    lanes.add([job(number, [number] * 6) for number in (2, 3)])
    time.sleep(0.1)
    assert desk.calls == [(2, [[1]])]
    desk.release()
    desk.wait_for(3)


def test_nobody_waits_for_the_whole_of_a_long_text(desk: Desk, lanes: Lanes) -> None:
    desk.hold()
    lanes.add([job(0, [1])])
    desk.wait_for_a_call()
    lanes.add([job(1, *([50 + place] * 8 for place in range(6))), job(2, [2]), job(3, [3])])
    desk.release()
    desk.wait_for(4)
    assert list(desk.done).index(2) < list(desk.done).index(1)
    assert desk.values(1) == [50, 51, 52, 53, 54, 55]


def test_a_failing_window_fails_its_own_text_alone(desk: Desk, lanes: Lanes) -> None:
    lanes.add([job(1, [1]), job(2, [BAD]), job(3, [3])])
    desk.wait_for(3)
    assert (desk.values(1), desk.values(3)) == ([1], [3])
    with pytest.raises(EngineFailed, match="bad luck"):
        desk.values(2)


def test_closing_finishes_what_waits(desk: Desk) -> None:
    lanes = lanes_of(desk)
    desk.hold()
    lanes.add([job(1, [1])])
    desk.wait_for_a_call()
    lanes.add([job(number, [number] * 9) for number in range(2, 9)])
    closer = threading.Thread(target=lanes.close)
    closer.start()
    desk.release()
    closer.join(PATIENCE_S)
    assert sorted(desk.done) == list(range(1, 9))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(WINDOWS, min_size=1, max_size=7), max_size=20), st.integers(1, 3))
def test_every_window_is_scored_once_and_no_call_is_too_large(
    texts: list[list[list[int]]], cores: int
) -> None:
    desk = Desk(lanes=cores)
    lanes = lanes_of(desk, all_cores=cores)
    for number, windows in enumerate(texts):
        lanes.add([job(number, *windows)])
    lanes.close()
    for number, windows in enumerate(texts):
        assert desk.values(number) == [window[0] for window in windows]
    calls = [call for _, call in desk.calls]
    assert sum(map(len, calls)) == sum(map(len, texts))
    assert all(len(call) <= 4 and sum(map(len, call)) <= 10 for call in calls)


def test_a_lone_text_has_as_many_cores_as_were_fastest_of_late() -> None:
    cores = Cores(4)
    seconds = {4: 1.0, 1: 3.0}

    def chosen(calls: int) -> list[int]:
        found = []
        for _ in range(calls):
            found.append(cores.choose())
            cores.note(found[-1], seconds=seconds[found[-1]])
        return found

    assert chosen(1) == [4]
    quiet = chosen(200)
    assert quiet.count(4) > 170
    assert 1 in quiet
    seconds[4] = 9.0
    busy = chosen(400)
    assert busy[200:].count(1) > 170
    assert 4 in busy[200:]
