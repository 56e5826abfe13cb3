"""Group commit: many units of work, one owner thread, one transaction, one wait for the disk.

A caller hands over a unit and blocks until it is durable. The thread takes everything that is waiting and
commits it as one transaction, so that durability costs one fsync for all of them. Units of the same work that
wait next to each other are run in one call. The writer does not know what the work is.
"""

import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby, islice
from threading import Condition, Thread
from typing import Any, Generic, Self, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError, SQLAlchemyError

from app.core.errors import QueueFull, StorageError
from app.db.engine import name_of, storage_error

MAX_WAITING = 1024

T = TypeVar("T")
V = TypeVar("V")
R = TypeVar("R")


class GroupWriter:
    """The owner of the one connection that writes."""

    def __init__(self, engine: Engine, *, max_waiting: int = MAX_WAITING) -> None:
        self._engine = engine
        self._max_waiting = max_waiting
        self._waiting: deque[_Unit[Any, Any]] = deque()
        self._changed = Condition()
        self._closed = False
        self.failed = False
        """Whether the last transaction that the database had a say in was lost, as on a full disk."""
        self._thread = Thread(target=self._run, name="plainspeak-writer", daemon=True)
        self._thread.start()

    def submit(self, unit: Callable[[Connection], T]) -> T:
        """Run a unit of work and return its result once it is durable.

        The unit runs on the writer's thread. What it raises, the caller gets, nothing of it is stored, and
        its neighbours are not affected; when a neighbour fails, the unit is undone and run a second time. A
        unit must not submit another: it would wait for itself.

        Raises:
            QueueFull: Too many units are waiting already.
            StorageError: The database failed. Nothing of the unit is stored.
        """
        (result,) = self._wait(_Unit(lambda connection, _: [unit(connection)], (None,)))
        return result

    def insert(
        self, work: Callable[[Connection, Sequence[V]], Sequence[R]], values: Sequence[V]
    ) -> Sequence[R]:
        """Store some values, all or none, and give what `work` says of each once they are durable.

        `work` may get the values of several callers in one call, which is several times as fast; it gives one
        result for each value. Where that call fails, it is undone and made again for each caller alone.
        Raises as `submit` does.
        """
        return self._wait(_Unit(work, values))

    @property
    def waiting(self) -> int:
        """How many units wait for the next commit."""
        return len(self._waiting)

    def close(self) -> None:
        """Commit what is waiting, then stop. Units that come later are refused."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _wait(self, unit: "_Unit[V, R]") -> Sequence[R]:
        with self._changed:
            if self._closed:
                database = name_of(self._engine.url)
                raise StorageError(f"The database {database!r} is being closed. Start Plainspeak again.")
            if len(self._waiting) >= self._max_waiting:
                raise QueueFull(f"{len(self._waiting)} writes wait for the database. Try again in a second.")
            self._waiting.append(unit)
            self._changed.notify()
        return unit.future.result()

    def _run(self) -> None:
        while units := self._take():
            self._commit(units)
            # Give way, so that callers just answered can join the next group: groups get twice as large.
            time.sleep(0)

    def _take(self) -> "Sequence[_Unit[Any, Any]]":
        """Wait for work and take all of it; empty when closed and drained."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            units = tuple(self._waiting)
            self._waiting.clear()
            return units

    def _commit(self, units: "Sequence[_Unit[Any, Any]]") -> None:
        try:
            answers = self._run_all(units)
            self.failed = False
        # A caller waits for each unit: whatever happened, each must hear of it.
        except BaseException as error:  # noqa: BLE001
            self.failed = self.failed or (isinstance(error, Exception) and _loses_transaction(error))
            answers = [partial(self._refuse, unit, error) for unit in units]
        for answer in answers:
            answer()

    def _run_all(self, units: "Sequence[_Unit[Any, Any]]") -> "Sequence[Callable[[], None]]":
        """Run units in one transaction, and give what to answer each of them after the commit.

        Savepoints cost half as much again as the work, and almost never is one needed. So the units run
        without, and only where one of several fails is everything undone and made again, each group of units
        in its own.
        """
        groups = [(work, tuple(alike)) for work, alike in groupby(units, key=lambda unit: unit.work)]
        try:
            with self._engine.begin() as connection:
                return [answer for work, alike in groups for answer in _run(connection, work, alike)]
        except Exception as error:
            if len(units) == 1 or _loses_transaction(error):
                raise
        with self._engine.begin() as connection:
            return [
                answer for work, alike in groups for answer in self._run_in_savepoint(connection, work, alike)
            ]

    def _run_in_savepoint(
        self,
        connection: Connection,
        work: Callable[[Connection, Sequence[V]], Sequence[R]],
        units: "Sequence[_Unit[V, R]]",
    ) -> "Sequence[Callable[[], None]]":
        """Run units of the same work together; where they fail, each alone."""
        savepoint = connection.begin_nested()
        try:
            answers = _run(connection, work, units)
            savepoint.commit()
        except Exception as error:
            if _loses_transaction(error):
                raise
            savepoint.rollback()
            if len(units) == 1:
                return [partial(self._refuse, units[0], error)]
            return [answer for unit in units for answer in self._run_in_savepoint(connection, work, [unit])]
        return answers

    def _refuse(self, unit: "_Unit[V, R]", error: BaseException) -> None:
        if isinstance(error, SQLAlchemyError):
            translated = storage_error(error, url=self._engine.url)
            translated.__cause__ = error
            error = translated
        unit.future.set_exception(error)


@dataclass(frozen=True, slots=True, eq=False)
class _Unit(Generic[V, R]):
    work: Callable[[Connection, Sequence[V]], Sequence[R]]
    values: Sequence[V]
    future: Future[Sequence[R]] = field(default_factory=Future)


def _run(
    connection: Connection,
    work: Callable[[Connection, Sequence[V]], Sequence[R]],
    units: Sequence[_Unit[V, R]],
) -> Sequence[Callable[[], None]]:
    """Run units of the same work in one call."""
    results = iter(work(connection, [value for unit in units for value in unit.values]))
    return [partial(unit.future.set_result, list(islice(results, len(unit.values)))) for unit in units]


def _loses_transaction(error: Exception) -> bool:
    """Whether the database may have rolled back the whole transaction, and not only to the savepoint.

    SQLite does so when the disk is full, cannot be read, or memory runs out. Going on would commit the units
    that follow and acknowledge the ones before, which are gone.
    """
    own_fault = isinstance(error, IntegrityError | DataError | ProgrammingError)
    return isinstance(error, MemoryError) or (isinstance(error, DBAPIError) and not own_fault)
