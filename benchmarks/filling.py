"""A database with very many decisions, in minutes: the service writes some, and SQLite copies them.

The copies have what the service writes in every column, with an id, a time, an author and a last word of
their own; triggers put them into the full-text index as they do for any row. The hashes that link the audit
trail are copied too, and so do not hold.
"""

import os
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

SPAN = timedelta(days=30)
"""Decisions are spread over so many days."""
MOST = 20_000_000
"""Of how many decisions the times are laid out, so that later ones never come before earlier ones."""
AT_ONCE = 1_000_000
"""Decisions of one transaction; the log beside the file grows as long as one goes on."""
_AUTHORS = 20_000

_MILLISECONDS = "(:start_ms + n * :span_ms / :most)"
_TIME = f"strftime('%Y-%m-%dT%H:%M:%f', {_MILLISECONDS} / 1000.0, 'unixepoch') || '000Z'"
_ID = f"printf('%08x-%04x-7000-8000-%012x', {_MILLISECONDS} >> 16, {_MILLISECONDS} & 65535, n)"
_OWN = {
    "decisions": {
        "id": _ID,
        "created_at": _TIME,
        "content_id": "'post-' || n",
        "author_id": f"'author-' || (n % {_AUTHORS})",
        "text": "text || ' ' || n",
        "plain_text": "plain_text || ' ' || n",
        "text_hash": "'hmac-sha256:' || n",
    },
    "review_items": {"id": f"'item-' || {_ID}", "decision_id": _ID, "opened_at": _TIME, "updated_at": _TIME},
    "audit_events": {"sequence": "n + :events", "at": _TIME, "subject": _ID},
}
"""The columns of each table that are not copied as they are; `n` is the number of the row."""
_DECISION_OF = {"decisions": "id", "review_items": "decision_id", "audit_events": "subject"}


class Filling:
    """Copies the decisions that are in a database when it is opened."""

    def __init__(self, path: Path, *, now: datetime) -> None:
        self._path = path
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA synchronous=OFF")
        self._connection.execute("PRAGMA cache_size=-400000")
        self._times = {
            "start_ms": round((now - SPAN).timestamp() * 1000),
            "span_ms": round(SPAN.total_seconds() * 1000),
            "most": MOST,
        }
        self._seeds = self._keep_seeds()
        self._have = self._seeds

    def up_to(self, decisions: int) -> None:
        """Add copies until there are so many decisions."""
        while self._have < decisions:
            self._copy_up_to(min(decisions, self._have + AT_ONCE))
        execute = self._connection.execute
        execute("ANALYZE")
        # What was cached on the way is not to count as memory of what is measured next, nor what the system
        # has still to write as time.
        execute("PRAGMA shrink_memory")
        with self._path.open("rb+") as file:
            os.fsync(file.fileno())

    def _copy_up_to(self, decisions: int) -> None:
        execute = self._connection.execute
        execute("BEGIN")
        (last,) = execute("SELECT max(sequence) FROM audit_events").fetchone()
        given = {"first": self._have, "end": decisions, "seeds": self._seeds, **self._times}
        given["events"] = last + 1 - self._have
        for table, own in _OWN.items():
            columns = [row[1] for row in execute(f"PRAGMA table_info({table})")]
            execute(
                f"WITH RECURSIVE numbers(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM numbers "
                f"WHERE n + 1 < :end) INSERT INTO {table} ({', '.join(columns)}) "
                f"SELECT {', '.join(own.get(column, column) for column in columns)} "
                f"FROM numbers CROSS JOIN seed_{table} ON place = n % :seeds",
                given,
            )
        execute("COMMIT")
        execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._have = decisions

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _keep_seeds(self) -> int:
        """Keep the rows there are as those that are copied; gives how many decisions they are."""
        execute = self._connection.execute
        execute(
            "CREATE TEMP TABLE places AS "
            "SELECT row_number() OVER (ORDER BY id) - 1 AS place, id FROM decisions"
        )
        for table, key in _DECISION_OF.items():
            execute(
                f"CREATE TEMP TABLE seed_{table} AS SELECT places.place, {table}.* "
                f"FROM {table} JOIN places ON places.id = {table}.{key}"
            )
            execute(f"CREATE INDEX temp.seed_{table}_place ON seed_{table} (place)")
        (count,) = execute("SELECT count(*) FROM places").fetchone()
        return int(count)
