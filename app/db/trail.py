"""The audit trail as it is written: a change leaves an event in its transaction, linked to the last one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from app.core.audit import FIRST_SEQUENCE, GENESIS, AuditEvent, link
from app.db.tables import audit_events, webhook_endpoints

MACHINE = "plainspeak"
"""Who acts when no person does."""
OPERATOR = "operator"
"""Who acts at the command line."""

# Whether there is anybody to tell is asked along the way: a statement of its own costs as much as an insert.
_END_OF_CHAIN = (
    select(
        audit_events.c.sequence,
        audit_events.c.hash,
        select(webhook_endpoints.c.id).exists().label("is_heard"),
    )
    .order_by(audit_events.c.sequence.desc())
    .limit(1)
)
# Made once: building a statement and its cache key costs as much as running it.
_INSERT_EVENT = insert(audit_events)


@dataclass(frozen=True, slots=True)
class Entry:
    """An audit event that has not found its place in the chain yet."""

    at: datetime
    actor: str
    kind: str
    subject: str
    detail: tuple[tuple[str, str], ...]


def append(connection: Connection, entries: Sequence[Entry]) -> bool:
    """Link the entries to the chain, whose end is read in this transaction: other processes extend it too.

    Give whether there is a webhook endpoint. Where there is one, the chain has the event of its making.
    """
    last = connection.execute(_END_OF_CHAIN).one_or_none()
    sequence, previous_hash = (FIRST_SEQUENCE, GENESIS) if last is None else (last.sequence + 1, last.hash)
    rows: list[dict[str, object]] = []
    for number, entry in enumerate(entries, start=sequence):
        event = link(
            previous_hash,
            sequence=number,
            at=entry.at,
            actor=entry.actor,
            kind=entry.kind,
            subject=entry.subject,
            detail=entry.detail,
        )
        rows.append(_event_row(event))
        previous_hash = event.hash
    connection.execute(_INSERT_EVENT, rows)
    return last is not None and bool(last.is_heard)


def _event_row(event: AuditEvent) -> dict[str, object]:
    return {
        "sequence": event.sequence,
        "at": event.at,
        "actor": event.actor,
        "kind": event.kind,
        "subject": event.subject,
        "detail": event.detail,
        "previous_hash": event.previous_hash,
        "hash": event.hash,
    }
