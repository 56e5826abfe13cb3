"""The audit trail as it is read to be verified, and its signed head.

Whoever changed the file may have left anything in it, so events are read byte by byte as they are kept, and
what cannot be an event is handed on as such. The head is signed in the very transaction that extends the
chain, by a listener on the writer: no unit of work can forget it.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson
import structlog
from sqlalchemy import (
    Connection,
    Engine,
    LargeBinary,
    Row,
    Text,
    cast,
    event,
    func,
    insert,
    select,
    text,
    update,
)

from app.core.audit import FIRST_SEQUENCE, GENESIS, AuditEvent, Head, Unreadable, is_signed, sign_head
from app.db.engine import Database, translated
from app.db.tables import audit_events, audit_head

_LOG = structlog.get_logger()
CHUNK = 1000
_HEAD_ID = 1
GUARDS = ("audit_events_no_update", "audit_events_no_delete", "audit_events_no_replace")
"""The triggers of SQLite that keep events as they are."""

# Made once: building a statement and its cache key costs as much as running it.
_HEAD = select(audit_head.c.sequence, audit_head.c.hash, audit_head.c.signature)
_WRITE = update(audit_head).where(audit_head.c.id == _HEAD_ID)
_END = select(audit_events.c.sequence, audit_events.c.hash).order_by(audit_events.c.sequence.desc()).limit(1)
# The end of the chain, the head as it is, and what stands in the chain in the place of the head.
_ENDS = select(
    select(audit_events.c.sequence)
    .order_by(audit_events.c.sequence.desc())
    .limit(1)
    .scalar_subquery()
    .label("sequence"),
    select(audit_events.c.hash)
    .order_by(audit_events.c.sequence.desc())
    .limit(1)
    .scalar_subquery()
    .label("hash"),
    audit_head.c.sequence.label("head_sequence"),
    audit_head.c.hash.label("head_hash"),
    audit_head.c.signature.label("head_signature"),
    select(audit_events.c.hash)
    .where(audit_events.c.sequence == audit_head.c.sequence)
    .scalar_subquery()
    .label("there"),
)


def sign_commits(engine: Engine, *, secret: bytes) -> None:
    """Have every transaction of a writer that extends the chain sign its new end.

    A head that does not fit the chain stays as it is: written over, it could not show any more that events
    were cut off. It is logged, and the service goes on.
    """
    logged: list[int] = []

    def sign(connection: Connection) -> None:
        ends = connection.execute(_ENDS).one_or_none()
        if ends is None or ends.hash in {None, ends.head_hash}:
            return
        head = Head(ends.head_sequence, ends.head_hash, ends.head_signature)
        if _fits(head, there=ends.there) and is_signed(head, secret=secret):
            signed = sign_head(ends.sequence, ends.hash, secret=secret)
            connection.execute(_WRITE, _row(signed))
        elif head.sequence not in logged:
            logged.append(head.sequence)
            _LOG.error(
                "audit.broken",
                head=head.sequence,
                next_step="Run `plainspeak db verify`: the trail is not the one that was signed.",
            )

    event.listen(engine, "commit", sign)


def found_trail(database: Database, *, secret: bytes, was_upgraded: bool) -> None:
    """Sign the trail for the first time: a new one, or one from before there were heads.

    A trail whose head is gone is not signed anew, for that would hide what was cut off.
    """
    with translated(database.reader.url), database.reader.connect() as connection:
        if connection.execute(_HEAD).one_or_none() is not None:
            return
    with translated(database.writer.url), database.writer.begin() as connection:
        end = connection.execute(_END).one_or_none()
        # Another process may have been here meanwhile.
        if connection.execute(_HEAD).one_or_none() is None and (end is None or was_upgraded):
            head = sign_head(
                end.sequence if end else FIRST_SEQUENCE - 1, end.hash if end else GENESIS, secret=secret
            )
            connection.execute(insert(audit_head).values(id=_HEAD_ID, **_row(head)))


def _fits(head: Head, *, there: str | None) -> bool:
    return head.hash == (GENESIS if head.sequence < FIRST_SEQUENCE else there)


def _row(head: Head) -> dict[str, object]:
    return {"sequence": head.sequence, "hash": head.hash, "signature": head.signature}


class AuditQueries:
    """Reads the trail to verify it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def head(self) -> Head | None:
        """Give the signed head; None where there is none."""
        with translated(self._engine.url), self._engine.connect() as connection:
            row = connection.execute(_HEAD).one_or_none()
        return None if row is None else Head(row.sequence, str(row.hash), str(row.signature))

    def hash_of(self, sequence: int) -> str | None:
        """Give the hash that an event has in the file; None where there is no such event."""
        found = select(audit_events.c.hash).where(audit_events.c.sequence == sequence)
        with translated(self._engine.url), self._engine.connect() as connection:
            return connection.execute(found).scalar_one_or_none()

    def erased(self) -> tuple[str, ...]:
        """Give the ids of the decisions that were erased."""
        erased = select(audit_events.c.subject).where(audit_events.c.kind == "decision.erased")
        with translated(self._engine.url), self._engine.connect() as connection:
            return tuple(connection.execute(erased).scalars())

    def kinds_after(self, sequence: int) -> dict[str, int]:
        """Count the events after one of this number, by kind."""
        found = (
            select(audit_events.c.kind, func.count())
            .where(audit_events.c.sequence > sequence)
            .group_by(audit_events.c.kind)
        )
        with translated(self._engine.url), self._engine.connect() as connection:
            return {str(kind): count for kind, count in connection.execute(found)}

    def missing_guards(self) -> tuple[str, ...]:
        """Name the triggers that are gone; other databases than SQLite are not looked at."""
        if self._engine.dialect.name != "sqlite":
            return ()
        statement = text(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_events'"
        )
        with translated(self._engine.url), self._engine.connect() as connection:
            there = set(connection.execute(statement).scalars())
        return tuple(name for name in GUARDS if name not in there)

    def events(self, *, chunk: int = CHUNK) -> Iterator[AuditEvent | Unreadable]:
        """Stream everything in the table in order, each chunk in a read of its own."""
        key = audit_events.c.sequence
        # PostgreSQL keeps no text that cannot be read; SQLite keeps any bytes.
        kind = LargeBinary if self._engine.dialect.name == "sqlite" else Text
        columns = [cast(column, kind).label(column.name) for column in audit_events.c if column is not key]
        after: int | None = None
        while True:
            statement = select(key, *columns).order_by(key).limit(chunk)
            if after is not None:
                statement = statement.where(key > after)
            with translated(self._engine.url), self._engine.connect() as connection:
                rows = connection.execute(statement).all()
            yield from (_event_of(row) for row in rows)
            if len(rows) < chunk:
                return
            after = rows[-1].sequence


def _event_of(row: Row[Any]) -> AuditEvent | Unreadable:
    """Read what is kept in the place of an event."""
    try:
        at, actor, kind, subject, detail, previous_hash, own_hash = _words_in(row)
        return AuditEvent(
            sequence=row.sequence,
            at=_time_of(at),
            actor=actor,
            kind=kind,
            subject=subject,
            detail=_detail_of(detail),
            previous_hash=previous_hash,
            hash=own_hash,
        )
    except (ValueError, TypeError):
        return Unreadable(row.sequence)


def _words_in(row: Row[Any]) -> list[str]:
    """What is kept beside the number, which must be text in every column; raises ValueError."""
    values: list[object] = list(row)[1:]
    words = [value.decode() if isinstance(value, bytes) else value for value in values]
    found = [word for word in words if isinstance(word, str)]
    if len(found) != len(words):
        raise ValueError(row.sequence)
    return found


def _time_of(stored: str) -> datetime:
    found = datetime.fromisoformat(stored)
    if found.tzinfo is None:
        raise ValueError(stored)
    return found


def _detail_of(stored: str) -> tuple[tuple[str, str], ...]:
    pairs = orjson.loads(stored)
    found = tuple((key, value) for key, value in pairs)
    if not all(isinstance(each, str) for pair in found for each in pair):
        raise ValueError(stored)
    return found
