"""Erasing for good: the rows, the words in the full-text index, and what the files still hold of them.

The audit trail never holds a post, so it stays whole; it gains one event that says who erased what. On
PostgreSQL the rows go, and no query finds them any more; when its files forget the bytes is the server's
business, and docs/operating.md says so.
"""

import sqlite3
from datetime import datetime

from sqlalchemy import Connection, Engine, text

from app.db.ledger import Ledger
from app.db.writer import GroupWriter

_MERGE_PAGES = 200
_FORGETS_AT_ONCE = sqlite3.sqlite_version_info >= (3, 42, 0)
"""Whether the full-text index can be told to; older ones forget only what is merged."""


class Eraser:
    """Erases decisions."""

    def __init__(self, ledger: Ledger, writer: GroupWriter, engine: Engine) -> None:
        """Erase through the ledger, and clean up through the writer and the engine it writes with."""
        self._ledger = ledger
        self._writer = writer
        self._engine = engine

    def erase(self, decision_id: str, *, actor: str, now: datetime) -> None:
        """Erase a decision, its review item and the rulings on it, and return when nothing is left of them.

        Raises:
            NotFound: There is no such decision.
        """
        on_sqlite = self._engine.dialect.name == "sqlite"
        if on_sqlite and _FORGETS_AT_ONCE:
            self._writer.submit(_forget_at_once)
        self._ledger.erase(decision_id, actor=actor, now=now)
        if not on_sqlite:
            return
        # In small units, between which other writes take their turn.
        while not _FORGETS_AT_ONCE and self._writer.submit(_merge_some):
            pass
        self._empty_log()

    def _empty_log(self) -> None:
        """Carry the write-ahead log into the file and cut it: it holds the pages as they were."""
        connection = self._engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.close()


def _forget_at_once(connection: Connection) -> None:
    connection.execute(
        text("INSERT INTO decision_search (decision_search, rank) VALUES ('secure-delete', 1)")
    )


def _merge_some(connection: Connection) -> bool:
    """Merge a few pages of the full-text index towards one piece; whether there was something to merge."""
    before = _changes(connection)
    connection.execute(
        text("INSERT INTO decision_search (decision_search, rank) VALUES ('merge', :pages)"),
        {"pages": -_MERGE_PAGES},
    )
    # SQLite's documentation: fewer than two changes mean that nothing was left to do.
    return _changes(connection) - before >= 2


def _changes(connection: Connection) -> int:
    return int(connection.execute(text("SELECT total_changes()")).scalar_one())
