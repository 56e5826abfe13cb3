"""Shares an encoder's work out to the cores.

A lone text is answered soonest when all cores compute it. When several calls' worth of texts are waiting, a
lane for each core does more: its threads never wait for each other, and a core that the operating system
takes away holds up one lane and not all. What waits decides. On a busy machine a lone text, too, can be
answered sooner by one core than by several that wait for each other, so the times of late decide that.

A text of many windows goes back behind the others after each call, so nobody waits for the whole of it.
"""

import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.classifiers.llama import EncoderContext
from app.core.errors import EngineFailed

_TRY_OTHER_EVERY = 16
_SHARE = 0.4
"""What one call counts in the average."""
Rows = NDArray[np.float32]
"""Raw logits, windows x outputs."""


@dataclass(slots=True)
class Job:
    """One text: its windows, and what became of them."""

    id: int
    windows: Sequence[Sequence[int]]
    rows: dict[int, Rows] = field(default_factory=dict)
    failure: EngineFailed | None = None
    taken: int = 0

    @property
    def is_done(self) -> bool:
        """Whether no window is open."""
        return self.failure is not None or len(self.rows) == len(self.windows)

    def result(self) -> Rows:
        """The logits of all windows in order; raises EngineFailed."""
        if self.failure is not None:
            raise self.failure
        return np.stack([self.rows[place] for place in range(len(self.windows))])


@dataclass(frozen=True, slots=True)
class _Piece:
    job: Job
    place: int

    @property
    def tokens(self) -> Sequence[int]:
        return self.job.windows[self.place]


class Cores:
    """How many threads answer a lone call soonest: one for each core or one alone, by the times of late."""

    def __init__(self, most: int) -> None:
        self._times = dict.fromkeys(sorted({most, 1}, reverse=True), 0.0)
        self._seen = Counter[int]()
        self._calls = 0

    def choose(self) -> int:
        """What was fastest; the other is tried again now and then."""
        self._calls += 1
        pick = max if self._calls % _TRY_OTHER_EVERY == 0 else min
        return pick(self._times, key=self._times.__getitem__)

    def note(self, threads: int, *, seconds: float) -> None:
        """Take in how long a token took."""
        self._seen[threads] += 1
        before = self._times[threads]
        # The first call also brings the weights into memory, and says nothing.
        if self._seen[threads] > 1:
            self._times[threads] = before + _SHARE * (seconds - before) if before else seconds


class Lanes:
    """Threads that score windows of texts, each with a context of its own."""

    def __init__(
        self,
        contexts: Sequence[EncoderContext],
        *,
        all_cores: int,
        full_tokens: int,
        batch_sequences: int,
        done: Callable[[Sequence[Job]], None],
    ) -> None:
        """Start a thread for each context.

        Args:
            contexts: one for each lane.
            all_cores: how many there are for a lone call.
            full_tokens: no window joins a call that would be longer; alone it may be.
            batch_sequences: most windows of a call.
            done: told of texts when their last window is scored, on the thread of a lane.
        """
        self._alone = Cores(all_cores)
        self._full_tokens = full_tokens
        self._batch_sequences = batch_sequences
        self._done = done
        self._waiting: deque[Job] = deque()
        self._changed = threading.Condition()
        self._working = 0
        self._all_cores_taken = False
        self._closed = False
        self._threads = [
            threading.Thread(
                target=self._serve, args=(context, number == 0), name=f"plainspeak-lane-{number}"
            )
            for number, context in enumerate(contexts)
        ]
        for thread in self._threads:
            thread.start()

    def add(self, jobs: Sequence[Job]) -> None:
        """Score texts of one window or more each; `done` is told of each."""
        with self._changed:
            self._waiting.extend(jobs)
            self._changed.notify_all()

    def close(self) -> None:
        """Finish what is waiting and stop the threads."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _serve(self, context: EncoderContext, is_first: bool) -> None:
        while pieces := self._begin(is_first=is_first):
            if self._all_cores_taken:
                finished = self._score_alone(context, pieces)
            else:
                context.use_threads(1)
                finished = _score(context, pieces)
            self._end()
            if finished:
                self._done(finished)

    def _score_alone(self, context: EncoderContext, pieces: Sequence[_Piece]) -> list[Job]:
        threads = self._alone.choose()
        context.use_threads(threads)
        started = time.perf_counter()
        finished = _score(context, pieces)
        seconds = time.perf_counter() - started
        self._alone.note(threads, seconds=seconds / sum(len(piece.tokens) for piece in pieces))
        return finished

    def _begin(self, *, is_first: bool) -> list[_Piece]:
        """Wait for windows and take as many as one call holds; nothing when closed and drained.

        Lone calls are for the first lane. The threads that help it are its own, and stay awake a while when
        they are done: those of another lane would take the cores away from it.
        """
        with self._changed:
            self._changed.wait_for(
                lambda: (
                    self._closed
                    or (self._waiting and not self._all_cores_taken and (is_first or self._working))
                )
            )
            pieces = self._take()
            if pieces:
                alone = not self._waiting and not self._working
                self._all_cores_taken = alone
                self._working += 1
                # Lanes that woke before this one had begun, and went back to sleep, may take the rest.
                self._changed.notify_all()
            return pieces

    def _end(self) -> None:
        with self._changed:
            self._working -= 1
            self._all_cores_taken = False
            # All: lanes that found every core taken sleep although there is work.
            self._changed.notify_all()

    def _take(self) -> list[_Piece]:
        pieces: list[_Piece] = []
        room = self._full_tokens
        while self._waiting and len(pieces) < self._batch_sequences:
            job = self._waiting[0]
            piece = _Piece(job, job.taken)
            if pieces and len(piece.tokens) > room:
                break
            room -= len(piece.tokens)
            pieces.append(piece)
            job.taken += 1
            if job.taken == len(job.windows):
                self._waiting.popleft()
        if self._waiting and self._waiting[0].taken:
            self._waiting.rotate(-1)
        return pieces


def _score(context: EncoderContext, pieces: Sequence[_Piece]) -> list[Job]:
    """Score windows in one call and give the texts that are done by it.

    Where the call fails, each window is scored alone, so that a bad one fails alone.
    """
    try:
        for piece, row in zip(pieces, context.logits([piece.tokens for piece in pieces]), strict=True):
            piece.job.rows[piece.place] = row
    except EngineFailed as failure:
        if len(pieces) > 1:
            return [job for piece in pieces for job in _score(context, [piece])]
        pieces[0].job.failure = failure
    return [job for job in {piece.job.id: piece.job for piece in pieces}.values() if job.is_done]
