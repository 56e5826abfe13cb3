"""How a request that is sent again is recognised, so that it gets the answer it got before."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from app.core.errors import IdempotencyKeyReused

# The secret also keys hashes of texts. No text in UTF-8 has the byte 0xff: no hash serves for two.
_PURPOSE = b"\xffplainspeak receipt v1\x00"


@dataclass(frozen=True, slots=True)
class Receipt:
    """Says that something was answered. It holds hashes alone, for callers choose keys and ids freely."""

    name: str
    """Keyed hash of who asked and of the key or id they gave."""
    fingerprint: str
    """Keyed hash of what they asked."""
    made_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """What a receipt leads to."""

    fingerprint: str
    decision_ids: tuple[str, ...]
    """In the order of the answer."""


def answer_of(receipt: Receipt, kept: Kept | None, *, count: int) -> tuple[str, ...] | None:
    """Ids of the decisions that a request of `count` posts was answered with before; None where it was not.

    Raises:
        IdempotencyKeyReused: the receipt was made for another request.
    """
    if kept is None:
        return None
    if kept.fingerprint != receipt.fingerprint:
        raise IdempotencyKeyReused(
            "The Idempotency-Key was sent before with another request. Use a new key for a new request."
        )
    # Fewer than were asked for: some have been erased, so there is no answer any more.
    return kept.decision_ids if len(kept.decision_ids) == count else None


def receipt_hash(*parts: str | bytes, secret: bytes) -> str:
    """Keyed hash of some parts, which says its algorithm; other parts give another hash."""
    digest = hmac.new(secret, _PURPOSE, hashlib.sha256)
    for part in parts:
        encoded = part if isinstance(part, bytes) else part.encode()
        # With its length before it, no part runs into the next.
        digest.update(len(encoded).to_bytes(8, "big") + encoded)
    return "hmac-sha256:" + digest.hexdigest()
