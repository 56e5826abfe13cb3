"""One thread that owns an engine, and a bounded queue in front of it.

An engine's context is not thread-safe and one call on many jobs is cheaper than many calls, so callers hand
their jobs over and wait. The owner takes whatever is waiting, up to what one call can hold; when it is idle,
a job starts at once. This module knows nothing of models.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Generic, TypeVar

from app.core.errors import EngineFailed, QueueFull

Job = TypeVar("Job")
Result = TypeVar("Result")


class Batcher(Generic[Job, Result]):
    """Runs jobs in micro-batches on its own thread."""

    def __init__(
        self,
        run: Callable[[Sequence[Job]], Sequence[Result]],
        *,
        cost: Callable[[Job], int],
        max_cost: int,
        max_jobs: int,
        max_waiting: int,
        name: str,
    ) -> None:
        """Start the thread.

        Args:
            run: scores one batch, a result for each job in order; called on the owner thread only.
            cost: what a job takes of the engine's capacity, for instance its tokens; at most `max_cost`.
            max_cost: capacity of one call.
            max_jobs: most jobs of one call.
            max_waiting: most jobs that may wait.
            name: of the thread.
        """
        self._run = run
        self._cost = cost
        self._max_cost = max_cost
        self._max_jobs = max_jobs
        self._max_waiting = max_waiting
        self._waiting: deque[tuple[Job, Future[Result]]] = deque()
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name=name, daemon=True)
        self._thread.start()

    def submit(self, jobs: Sequence[Job]) -> list[Future[Result]]:
        """Hand over some jobs, all or none.

        Raises:
            QueueFull: they do not fit behind what is waiting.
        """
        futures: list[Future[Result]] = [Future() for _ in jobs]
        with self._changed:
            if self._closed:
                raise QueueFull("The engine is shutting down. Send the request again in a moment.")
            if len(self._waiting) + len(jobs) > self._max_waiting:
                raise QueueFull(
                    f"{len(self._waiting)} texts are waiting and the queue holds {self._max_waiting}. "
                    "Send the request again in a moment, or raise PLAINSPEAK_QUEUE_SIZE."
                )
            self._waiting.extend(zip(jobs, futures, strict=True))
            self._changed.notify()
        return futures

    @property
    def waiting(self) -> int:
        """How many jobs wait now."""
        return len(self._waiting)

    def close(self) -> None:
        """Finish what is waiting and stop the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def _serve(self) -> None:
        while batch := self._take():
            try:
                results = self._results([job for job, _ in batch])
            except Exception as error:  # noqa: BLE001 whatever the engine raised belongs to the callers
                self._settle_singly(batch, error)
            else:
                for (_, future), result in zip(batch, results, strict=True):
                    future.set_result(result)

    def _results(self, jobs: Sequence[Job]) -> Sequence[Result]:
        results = self._run(jobs)
        if len(results) != len(jobs):
            raise EngineFailed(f"The engine gave {len(results)} results for {len(jobs)} jobs.")
        return results

    def _take(self) -> list[tuple[Job, Future[Result]]]:
        """Wait for a job and take as many as one call holds; nothing when closed and drained."""
        with self._changed:
            while not self._waiting and not self._closed:
                self._changed.wait()
            batch: list[tuple[Job, Future[Result]]] = []
            cost = 0
            while self._waiting and len(batch) < self._max_jobs:
                cost += self._cost(self._waiting[0][0])
                if batch and cost > self._max_cost:
                    break
                batch.append(self._waiting.popleft())
            return batch

    def _settle_singly(self, batch: list[tuple[Job, Future[Result]]], error: Exception) -> None:
        """After a failed batch, run its jobs one by one, so that one bad job fails alone."""
        if len(batch) == 1:
            batch[0][1].set_exception(error)
            return
        for job, future in batch:
            try:
                future.set_result(self._results([job])[0])
            except Exception as single:  # noqa: BLE001 whatever the engine raised belongs to this caller
                future.set_exception(single)
