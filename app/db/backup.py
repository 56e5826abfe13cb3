"""Copies of the database, made while it is written to, and put back in its place.

SQLite's own backup takes one snapshot; who writes meanwhile does not wait. A copy is rewritten (`VACUUM`), so
that it holds no trace of what was erased before, and is one file without a log beside it.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from app.core.errors import BackupRefused, DatabaseLocked, DatabaseUnusable
from app.db.engine import storage_error

_OWNER_ONLY = 0o600
_PARTS = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database."""
_WRITING = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE}
"""What only a file that is written can be refused with."""


def copy(source: Path, target: Path, *, busy_timeout_s: float) -> None:
    """Write a whole, clean and durable copy of a database, for its owner only; `target` is written over.

    Raises:
        StorageError: One of the two cannot be used.
    """
    target.touch(mode=_OWNER_ONLY)
    with (
        _errors_of(source, written=target),
        _opened(source, busy_timeout_s) as old,
        _opened(target, busy_timeout_s) as new,
    ):
        # In one step: in several, a busy service would make it begin again and again.
        old.backup(new)
        new.execute("PRAGMA journal_mode=DELETE")
        new.execute("VACUUM")
    _sync(target)
    _sync(target.parent)


def check_file(path: Path) -> None:
    """Read every page of a database.

    Raises:
        DatabaseUnusable: It is damaged, or is none.
    """
    with _errors_of(path), _opened(path, 0) as connection:
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise DatabaseUnusable(f"The database {str(path)!r} is damaged: {found}. Take another backup.")


def is_blank(path: Path) -> bool:
    """Whether a database has no table, as a file that was emptied."""
    with _errors_of(path), _opened(path, 0) as connection:
        return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None


def take_for_oneself(path: Path) -> None:
    """Make sure that nobody else has a database open, and leave it as one file.

    Raises:
        BackupRefused: Somebody has it open.
        StorageError: It cannot be read.
    """
    try:
        with _errors_of(path), _opened(path, 0) as connection:
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except DatabaseLocked as error:
        raise BackupRefused(_in_use(path)) from error
    if mode != "delete":
        raise BackupRefused(_in_use(path))


def put_in_place(new: Path, *, of: Path, aside: Path) -> None:
    """Put one database file in the place of another, which is kept aside. At no moment is there none."""
    if of.exists():
        aside.hardlink_to(of)
        # A log would be taken for that of the new file.
        for part in _PARTS:
            beside = Path(f"{of}{part}")
            if beside.exists():
                beside.rename(f"{aside}{part}")
    new.replace(of)
    _sync(of.parent)


@contextmanager
def _opened(path: Path, timeout_s: float) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None, timeout=timeout_s)) as connection:
        yield connection


@contextmanager
def _errors_of(path: Path, *, written: Path | None = None) -> Iterator[None]:
    """Say in words what is wrong with a database, or with a copy of it that cannot grow."""
    try:
        yield
    except sqlite3.Error as error:
        is_writing = getattr(error, "sqlite_errorcode", None) in _WRITING
        url = make_url("sqlite://").set(database=str(written if written and is_writing else path))
        raise storage_error(DBAPIError(None, None, error), url=url) from error


def _in_use(path: Path) -> str:
    return (
        f"The database {str(path)!r} is in use. Stop every `plainspeak serve` and whatever else has it open, "
        "and restore again."
    )


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
