"""The audit trail as a chain: each event carries the hash of the one before, so that changes show.

An event says who did what to which subject. It never holds the text of a post: events outlive erasure. The
chain shows changed, removed and inserted events; it cannot show that the last events were cut off, unless the
last hash is also kept somewhere else. Nothing here knows where events are kept.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

FIRST_SEQUENCE = 1
GENESIS = "sha256:" + "0" * 64
"""What the first event names as the hash before it."""

_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One thing that somebody did."""

    sequence: int
    """Counts from 1 without gaps."""
    at: datetime
    """Aware, UTC."""
    actor: str
    kind: str
    """What was done, as `noun.verb`."""
    subject: str
    """Id of what it was done to."""
    detail: tuple[tuple[str, str], ...]
    """Ids, states and versions as (key, value); never text of a post."""
    previous_hash: str
    hash: str


def link(
    previous_hash: str,
    *,
    sequence: int,
    at: datetime,
    actor: str,
    kind: str,
    subject: str,
    detail: tuple[tuple[str, str], ...] = (),
) -> AuditEvent:
    """Make the event that follows the one with `previous_hash`.

    The hash covers every field, as JSON with sorted keys, no white space and only ASCII characters.

    >>> newyear = datetime(2026, 1, 1, tzinfo=UTC)
    >>> link(GENESIS, sequence=1, at=newyear, actor="ada", kind="term.added", subject="corn").hash[:15]
    'sha256:30f3f6f2'
    """
    canonical = _canonical(
        {
            "actor": actor,
            "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
            "detail": detail,
            "kind": kind,
            "previous_hash": previous_hash,
            "sequence": sequence,
            "subject": subject,
        }
    )
    return AuditEvent(
        sequence=sequence,
        at=at,
        actor=actor,
        kind=kind,
        subject=subject,
        detail=detail,
        previous_hash=previous_hash,
        hash="sha256:" + hashlib.sha256(canonical.encode("ascii")).hexdigest(),
    )


def verify_chain(events: Iterable[AuditEvent]) -> int | None:
    """Give the first sequence number at which the chain does not hold; None when it is whole.

    The chain is checked from its beginning, so `events` must be all of them, in order. Where an event was
    removed, that is the number that is missing.
    """
    previous_hash = GENESIS
    for sequence, event in enumerate(events, start=FIRST_SEQUENCE):
        expected = link(
            previous_hash,
            sequence=sequence,
            at=event.at,
            actor=event.actor,
            kind=event.kind,
            subject=event.subject,
            detail=event.detail,
        )
        if event != expected:
            return sequence
        previous_hash = event.hash
    return None
