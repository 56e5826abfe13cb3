"""The audit trail as a chain: each event carries the hash of the one before, so that changes show.

An event says who did what to which subject. It never holds the text of a post: events outlive erasure. The
chain shows changed, removed and inserted events. That the last events were cut off, or that the whole chain
was made anew, shows by its head: the number and hash of the last event, signed with the secret of the service
and kept apart from the chain. Nothing here knows where either is kept.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
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


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain, signed."""

    sequence: int
    """Of the last event; 0 where there is none yet."""
    hash: str
    """Of the last event; `GENESIS` where there is none yet."""
    signature: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What stands in the place of an event and cannot be one."""

    sequence: int


@dataclass(frozen=True, slots=True)
class Break:
    """The first place at which a chain does not hold."""

    sequence: int
    """Of the event that is missing, changed or too many."""
    why: str
    """One sentence that names it."""


@dataclass(frozen=True, slots=True)
class Walk:
    """What came of reading a chain from its beginning."""

    sequence: int
    """Of the last event that holds; 0 where there is none."""
    hash: str
    broken: Break | None


# The secret also keys hashes of texts. No text in UTF-8 has the byte 0xff: no hash serves for two.
_PURPOSE = b"\xffplainspeak audit head v1\x00"


def sign_head(sequence: int, last_hash: str, *, secret: bytes) -> Head:
    """Sign the end of a chain."""
    signed = _PURPOSE + f"{sequence} {last_hash}".encode("utf-8", errors="surrogatepass")
    signature = "hmac-sha256:" + hmac.digest(secret, signed, hashlib.sha256).hex()
    return Head(sequence, last_hash, signature)


def is_signed(head: Head, *, secret: bytes) -> bool:
    """Whether a head was signed with this secret."""
    expected = sign_head(head.sequence, head.hash, secret=secret).signature
    return hmac.compare_digest(expected.encode(), head.signature.encode("utf-8", errors="surrogatepass"))


def walk_chain(events: Iterable[AuditEvent | Unreadable], *, heads: Sequence[Head] = ()) -> Walk:
    """Read a chain up to the first place at which it does not hold, with constant memory.

    Args:
        events: all of them from the first one on, in order.
        heads: what was signed as the end of the chain at one time or another.
    """
    sequence, last_hash = FIRST_SEQUENCE - 1, GENESIS
    for event in events:
        why = _why_broken(event, previous_sequence=sequence, previous_hash=last_hash)
        if why is None and isinstance(event, AuditEvent):
            if all(head.hash == event.hash for head in heads if head.sequence == event.sequence):
                sequence, last_hash = event.sequence, event.hash
                continue
            why = (
                f"Event {event.sequence} is not the one whose hash was signed: it, or events before it, "
                "were made anew."
            )
        first = min(event.sequence, sequence + 1)
        return Walk(sequence, last_hash, Break(first, why or ""))
    return Walk(sequence, last_hash, None)


def _why_broken(event: AuditEvent | Unreadable, *, previous_sequence: int, previous_hash: str) -> str | None:
    """Say why an event does not follow the one before it; None where it does."""
    expected = previous_sequence + 1
    if event.sequence > expected:
        after = f"after event {previous_sequence} comes" if previous_sequence else "the trail begins with"
        return f"Event {expected} is missing: {after} event {event.sequence}."
    if event.sequence < expected:
        return f"Event {event.sequence} stands before the first one, which has the number {FIRST_SEQUENCE}."
    if isinstance(event, Unreadable):
        return f"Event {event.sequence} was changed: it cannot be read as an event."
    if event.previous_hash != previous_hash:
        return (
            f"Event {event.sequence} does not follow event {previous_sequence}: it names another hash "
            "before its own."
        )
    made = link(
        previous_hash,
        sequence=event.sequence,
        at=event.at,
        actor=event.actor,
        kind=event.kind,
        subject=event.subject,
        detail=event.detail,
    )
    return None if made == event else f"Event {event.sequence} was changed: its content gives another hash."


def verify_chain(events: Iterable[AuditEvent]) -> int | None:
    """Give the first sequence number at which the chain does not hold; None when it is whole.

    The chain is checked from its beginning, so `events` must be all of them, in order. Where an event was
    removed, that is the number that is missing.
    """
    broken = walk_chain(events).broken
    return None if broken is None else broken.sequence
