"""Who may do what: API keys and their scopes.

A key is `ps_` and eight hexadecimal digits, which are its id and may be seen, then 32 random bytes, which
its owner alone knows. Kept is a keyed hash: with so many random bits a slow hash would protect nothing more,
and a fast one costs a request next to nothing.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

KEY_PREFIX = "ps_"
# The secret also keys hashes of texts and forms. No text in UTF-8 has the byte 0xff: no hash serves for two.
_PURPOSE = b"\xffplainspeak key v1\x00"


class Scope(StrEnum):
    """What a key is good for. Each scope includes those before it."""

    MODERATE = "moderate"
    """Have posts judged, read decisions, give feedback."""
    REVIEW = "review"
    """Read the queue and rule on items."""
    ADMIN = "admin"
    """Everything."""

    def includes(self, other: "Scope") -> bool:
        """Whether a key of this scope may do what asks for the other.

        >>> Scope.REVIEW.includes(Scope.MODERATE), Scope.REVIEW.includes(Scope.ADMIN)
        (True, False)
        """
        order = list(Scope)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """What is kept of a key."""

    id: str
    """The part that may be seen: how people name the key."""
    name: str
    """Whom or what it was made for."""
    scope: Scope
    hash: str
    """Keyed hash of the whole key, which says its algorithm."""
    created_at: datetime
    last_used_at: datetime | None = None
    """To within a minute."""
    revoked_at: datetime | None = None


def key_hash(key: str, *, secret: bytes) -> str:
    """Keyed hash of a whole key."""
    # What a header or an address carries may be half a character, which is no part of any key.
    given = _PURPOSE + key.encode("utf-8", errors="surrogatepass")
    return "hmac-sha256:" + hmac.digest(secret, given, hashlib.sha256).hex()
