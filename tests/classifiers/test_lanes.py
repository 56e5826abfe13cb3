"""The sharing out of windows, over contexts of plain functions."""

import threading
from collections.abc import Iterator, Sequence
from typing import cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.classifiers.lanes import Job, Lanes
from app.classifiers.llama import EncoderContext
from app.core.errors import EngineFailed

PATIENCE_S = 10
BAD = 13

WINDOWS = st.lists(st.integers(14, 99), min_size=1, max_size=9)


class Context:
    """Gives each window its first token as logit; remembers its calls; can be held; fails on 13."""

    def __init__(self) -> None:
        self.calls: list[list[list[int]]] = []
        self.entered = threading.Semaphore(0)
        self.open = threading.Event()
        self.open.set()

    def logits(self, sequences: Sequence[Sequence[int]]) -> list[np.ndarray]:
        self.calls.append([list(each) for each in sequences])
        self.entered.release()
        assert self.open.wait(PATIENCE_S)
        if any(BAD in each for each in sequences):
            raise EngineFailed("13 is bad luck.")
        return [np.array([each[0]], dtype=np.float32) for each in sequences]


class Desk:
    """Contexts, and the texts that were done."""

    def __init__(self, *, narrow: int = 2) -> None:
        self.narrow = [Context() for _ in range(narrow)]
        self.wide = Context()
        self.done: dict[int, Job] = {}
        self._told = threading.Condition()

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
        for context in (*self.narrow, self.wide):
            context.open.set()


def lanes_of(desk: Desk, *, tokens: int = 10, sequences: int = 4) -> Lanes:
    return Lanes(
        [cast("EncoderContext", context) for context in desk.narrow],
        wide=cast("EncoderContext", desk.wide),
        batch_tokens=tokens,
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
    assert desk.wide.calls == [[[7, 7], [8]]]
    assert not any(context.calls for context in desk.narrow)


def test_more_than_one_call_holds_is_shared_between_the_cores(desk: Desk, lanes: Lanes) -> None:
    for context in desk.narrow:
        context.open.clear()
    lanes.add([job(number, [number] * 6) for number in range(1, 3)])
    for context in desk.narrow:
        assert context.entered.acquire(timeout=PATIENCE_S)
    assert not desk.wide.calls
    desk.release()
    desk.wait_for(2)
    assert [desk.values(number) for number in (1, 2)] == [[1], [2]]


def test_while_one_text_has_all_cores_others_wait(desk: Desk, lanes: Lanes) -> None:
    desk.wide.open.clear()
    lanes.add([job(1, [1])])
    assert desk.wide.entered.acquire(timeout=PATIENCE_S)
    lanes.add([job(number, [number] * 6) for number in (2, 3)])
    assert not any(context.entered.acquire(timeout=0.1) for context in desk.narrow)
    desk.release()
    desk.wait_for(3)
    assert desk.wide.calls[0] == [[1]]
    assert any(context.calls for context in desk.narrow)


def test_nobody_waits_for_the_whole_of_a_long_text(desk: Desk, lanes: Lanes) -> None:
    desk.wide.open.clear()
    lanes.add([job(0, [1])])
    assert desk.wide.entered.acquire(timeout=PATIENCE_S)
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
    desk.wide.open.clear()
    lanes.add([job(1, [1])])
    assert desk.wide.entered.acquire(timeout=PATIENCE_S)
    lanes.add([job(number, [number] * 9) for number in range(2, 9)])
    closer = threading.Thread(target=lanes.close)
    closer.start()
    desk.release()
    closer.join(PATIENCE_S)
    assert sorted(desk.done) == list(range(1, 9))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(WINDOWS, min_size=1, max_size=7), max_size=20), st.integers(1, 3))
def test_every_window_is_scored_once_and_no_call_is_too_large(
    texts: list[list[list[int]]], narrow: int
) -> None:
    desk = Desk(narrow=narrow)
    lanes = lanes_of(desk)
    for number, windows in enumerate(texts):
        lanes.add([job(number, *windows)])
    lanes.close()
    for number, windows in enumerate(texts):
        assert desk.values(number) == [window[0] for window in windows]
    calls = [call for context in (*desk.narrow, desk.wide) for call in context.calls]
    assert sum(map(len, calls)) == sum(map(len, texts))
    assert all(len(call) <= 4 and sum(map(len, call)) <= 10 for call in calls)
