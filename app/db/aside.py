"""Units of work beside the writer: each in a transaction of its own, which waits for nobody's turn.

For what leaves no audit event and locks no more than its own rows: claims of review items and leases of
deliveries. Only PostgreSQL has it; on SQLite whoever writes holds the whole file, and the writer does it.
"""

from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy import Connection, Engine

from app.db.engine import translated

T = TypeVar("T")


class Units(Protocol):
    """Whoever runs a unit of work in a transaction and gives its result once it is durable."""

    def submit(self, unit: Callable[[Connection], T]) -> T:
        """Run a unit; raises what it raises, or StorageError."""


class Aside:
    """Runs units on connections of their own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def submit(self, unit: Callable[[Connection], T]) -> T:
        """Run a unit in the caller's thread; raises what it raises, or StorageError."""
        with translated(self._engine.url), self._engine.begin() as connection:
            return unit(connection)
