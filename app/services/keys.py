"""The use cases around API keys: make, list and revoke them, and recognise one on the way in."""

import secrets
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from app.core.access import KEY_PREFIX, ApiKey, Scope, key_hash
from app.core.errors import QueueFull, StorageError
from app.db.ledger import Ledger
from app.db.queries import Queries

__all__ = ["ApiKey", "KeyRing", "KeyService", "Scope"]

_LOG = structlog.get_logger()
REFRESH_S = 1.0
"""Age from which what is known of the keys is read again: a revoked key stops within two seconds."""
USE_GRAIN = timedelta(minutes=1)
"""How exactly the last use of a key is kept."""


class KeyService:
    """Makes, lists and revokes keys."""

    def __init__(
        self, ledger: Ledger, queries: Queries, *, clock: Callable[[], datetime], secret: bytes
    ) -> None:
        self._ledger = ledger
        self._queries = queries
        self._clock = clock
        self._secret = secret

    def create(self, name: str, scope: Scope) -> tuple[ApiKey, str]:
        """Make a key; give what is kept of it, and the key itself, which cannot be had again."""
        key_id = KEY_PREFIX + secrets.token_hex(4)
        whole = f"{key_id}_{secrets.token_urlsafe(32)}"
        key = ApiKey(key_id, name, scope, key_hash(whole, secret=self._secret), self._clock())
        self._ledger.create_key(key)
        return key, whole

    def all(self) -> tuple[ApiKey, ...]:
        """Every key, the oldest first, revoked ones too."""
        return self._queries.api_keys()

    def any_usable(self) -> bool:
        """Whether a caller could have a key."""
        return any(key.revoked_at is None for key in self.all())

    def revoke(self, key_id: str) -> None:
        """End the use of a key for good; raises NotFound where there is no such key in use."""
        self._ledger.revoke_key(key_id, now=self._clock())


class KeyRing:
    """The keys as this process knows them, so that recognising one reads no database.

    Every process reads the keys again once a second while requests bring any, so a key that is made or
    revoked anywhere is known everywhere within two seconds. Where they cannot be read, no key is good.
    """

    def __init__(
        self, ledger: Ledger, queries: Queries, *, clock: Callable[[], datetime], secret: bytes
    ) -> None:
        self._ledger = ledger
        self._queries = queries
        self._clock = clock
        self._secret = secret
        self._lock = threading.Lock()
        self._keys: dict[str, ApiKey] = {}
        self._read_at = float("-inf")
        self._used: dict[str, datetime] = {}

    @property
    def is_stale(self) -> bool:
        """Whether `refresh` must come before `find`."""
        return time.monotonic() - self._read_at >= REFRESH_S

    def refresh(self) -> None:
        """Read the keys again where that is due. Blocks.

        Raises:
            StorageError: they cannot be read.
        """
        with self._lock:
            if self.is_stale:
                # From before the read: what is revoked meanwhile is seen the next time.
                read_at = time.monotonic()
                self._keys = {key.hash: key for key in self._queries.api_keys()}
                self._read_at = read_at
                self._keep_uses()

    def find(self, whole: str) -> ApiKey | None:
        """What is known of a key, revoked or not; None where there is no such key."""
        if not whole.startswith(KEY_PREFIX):
            return None
        return self._keys.get(key_hash(whole, secret=self._secret))

    def note_use(self, key: ApiKey) -> None:
        """Remember that a key was used; `refresh` and `close` keep it."""
        self._used[key.id] = self._clock()

    def close(self) -> None:
        """Keep the last uses. Blocks."""
        with self._lock:
            self._keep_uses()

    def _keep_uses(self) -> None:
        due = {
            key.id: self._used[key.id]
            for key in self._keys.values()
            if key.id in self._used
            and (key.last_used_at is None or self._used[key.id] - key.last_used_at >= USE_GRAIN)
        }
        if not due:
            return
        try:
            self._ledger.note_key_uses(due)
        except (StorageError, QueueFull) as error:
            # The use of a key is no reason to refuse it; the next refresh tries again.
            _LOG.warning("keys.use_not_kept", code=error.code)
