"""Erasing for good: the rows, the words in the full-text index, and what the files still hold of them.

The audit trail never holds a post, so it stays whole; it gains one event that says who erased what.
"""

import sqlite3
from datetime import datetime

from sqlalchemy import Connection, Engine, delete, select, text

from app.core.errors import NotFound
from app.db.ledger import Entry, append
from app.db.tables import decisions, review_items, rulings
from app.db.writer import GroupWriter

_MERGE_PAGES = 200
_SECURE_SINCE = (3, 42, 0)
"""From this SQLite on, the full-text index forgets at once when asked to; before, only when it is merged."""


class Eraser:
    """Erases decisions."""

    def __init__(self, writer: GroupWriter, engine: Engine) -> None:
        """Erase through the writer, on the engine it writes with."""
        self._writer = writer
        self._engine = engine

    def erase(self, decision_id: str, *, actor: str, now: datetime) -> None:
        """Erase a decision, its review item and the rulings on it, and return when nothing is left of them.

        Raises:
            NotFound: There is no such decision.
        """
        self._writer.submit(lambda connection: _erase(connection, decision_id, actor=actor, now=now))
        if self._engine.dialect.name == "sqlite":
            if sqlite3.sqlite_version_info < _SECURE_SINCE:
                # In small units, between which other writes take their turn.
                while self._writer.submit(_merge_some):
                    pass
            self._empty_log()

    def _empty_log(self) -> None:
        """Carry the write-ahead log into the file and cut it: it holds the pages as they were."""
        connection = self._engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.close()


def _erase(connection: Connection, decision_id: str, *, actor: str, now: datetime) -> None:
    found = connection.execute(select(decisions.c.id).where(decisions.c.id == decision_id)).one_or_none()
    if found is None:
        raise NotFound(f"There is no decision {decision_id!r}. Check the id; it may also have been erased.")
    if connection.dialect.name == "sqlite" and sqlite3.sqlite_version_info >= _SECURE_SINCE:
        connection.execute(
            text("INSERT INTO decision_search (decision_search, rank) VALUES ('secure-delete', 1)")
        )
    items = select(review_items.c.id).where(review_items.c.decision_id == decision_id)
    connection.execute(delete(rulings).where(rulings.c.item_id.in_(items)))
    connection.execute(delete(review_items).where(review_items.c.decision_id == decision_id))
    connection.execute(delete(decisions).where(decisions.c.id == decision_id))
    append(connection, [Entry(now, actor, "decision.erased", decision_id, ())])


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
