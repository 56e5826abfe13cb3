"""Erasing for good: the rows, the words in the full-text index, and what the files still hold of them.

The audit trail never holds a post, so it stays whole; it gains one event for each decision that says who
erased it. What a deleted row leaves behind in the file is dealt with by `scrub`: that it is due is written
down in the transaction that deletes, so that neither a crash nor a full disk makes anybody forget it.
On PostgreSQL the rows go, and no query finds them any more; when its files forget the bytes is the server's
business, and docs/operating.md says so.
"""

import sqlite3
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from app.core.erasure import Erased, Removed
from app.core.errors import NotFound, StorageError
from app.db import erasing
from app.db.engine import make_engine, storage_error, translated
from app.db.ledger import Ledger
from app.db.writer import GroupWriter

_LOG = structlog.get_logger()
SCRUBBED_AT_ONCE_BYTES = 64_000_000
"""A larger file is rewritten by itself once a day: meanwhile nobody can write."""
SCRUB_EVERY = timedelta(days=1)
_MERGE_PAGES = 200
# The write-ahead log holds pages as they were: it is carried into the file and cut.
_EMPTY_LOG = "PRAGMA wal_checkpoint(TRUNCATE)"


class Eraser:
    """Erases decisions, and cleans the file of what was erased."""

    def __init__(self, ledger: Ledger, writer: GroupWriter, engine: Engine) -> None:
        """Erase through the ledger, and clean up through the writer and the engine it writes with."""
        self._ledger = ledger
        self._writer = writer
        self._engine = engine
        self._on_sqlite = engine.dialect.name == "sqlite"

    def erase(self, decision_id: str, *, actor: str, now: datetime) -> Erased:
        """Erase a decision with its review item, rulings and appeals.

        Raises:
            NotFound: There is no such decision.
        """
        removed = self._ledger.erase(decision_id, actor=actor, now=now)
        return Erased(removed, scrubbed=self.scrub(now=now))

    def erase_author(self, author_id: str, *, actor: str, now: datetime) -> Erased:
        """Erase every decision on an author. Where it breaks off, the same call goes on.

        Raises:
            NotFound: There is none.
        """
        removed = Removed()
        while (some := self._ledger.erase_some_of_author(author_id, actor=actor, now=now)).decisions:
            removed += some
        if not removed.decisions:
            raise NotFound(
                f"There is no decision on an author {author_id!r}. Check the id; "
                "they may also have been erased."
            )
        return Erased(removed, scrubbed=self.scrub(now=now))

    def scrub(self, *, now: datetime, at_once: bool = False) -> bool:
        """Rewrite the file if something was erased since it last was; whether nothing is left to do.

        A large file is not rewritten more than once a day, unless `at_once`. What keeps it from being
        rewritten is logged, and stays to be done.
        """
        if not self._on_sqlite:
            return True
        try:
            marks = self._writer.submit(_marks)
            due_at = marks.get(erasing.SCRUB)
            if due_at is None:
                return True
            # The full-text index forgets what is merged. In small units, between which other writes take
            # their turn.
            while self._writer.submit(_merge_some):
                pass
            rewrites = at_once or self._may_rewrite(marks.get(erasing.SCRUBBED), now=now)
            if rewrites:
                self._run("VACUUM")
            if not self._run(_EMPTY_LOG) or not rewrites:
                return False
            self._writer.submit(lambda connection: erasing.settle(connection, due_at=due_at, now=now))
        except StorageError as error:
            _LOG.warning("erasure.not_scrubbed", code=error.code, detail=str(error))
            return False
        return True

    def _may_rewrite(self, last: datetime | None, *, now: datetime) -> bool:
        file = self._engine.url.database
        is_small = file is None or Path(file).stat().st_size <= SCRUBBED_AT_ONCE_BYTES
        return is_small or last is None or now - last >= SCRUB_EVERY

    def _run(self, statement: str) -> bool:
        """Run a statement outside of a transaction, on a connection of its own; whether it got its way.

        The writer is not kept waiting by its own pool meanwhile, but by the file's lock, and says so.
        """
        engine = make_engine(self._engine.url.render_as_string(hide_password=False))
        try:
            with translated(engine.url):
                connection = engine.raw_connection()
            try:
                found = connection.cursor().execute(statement).fetchall()
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise storage_error(DBAPIError(statement, None, error), url=engine.url) from error
        finally:
            engine.dispose()
        # A checkpoint answers whether a reader was in its way.
        return not found or found[0][0] == 0


def _marks(connection: Connection) -> Mapping[str, datetime]:
    return {row.task: row.at for row in connection.execute(erasing.marks_statement())}


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
