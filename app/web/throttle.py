"""How often somebody may try to log in: per name, whether there is such a person or not, and per address.

Every attempt counts, the good ones too, before any password is looked at: no two at once slip through, and
hashing costs a lot. Counted in this process alone.
"""

import math
import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from app.core.errors import RateLimited
from app.services.people import NAME_MAX_CHARS
from app.web.rates import network_of

MINUTES = 15
PER_NAME = 10
PER_ADDRESS = 60
"""Everybody behind one router or proxy has one address."""


class LoginThrottle:
    """Counts attempts and refuses those that are too many."""

    def __init__(self) -> None:
        self._counter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._per_name = RateLimitItemPerMinute(PER_NAME, MINUTES)
        self._per_address = RateLimitItemPerMinute(PER_ADDRESS, MINUTES)

    def count(self, name: str, *, address: str) -> None:
        """Count an attempt; raises RateLimited."""
        self._hit(self._per_address, f"address {network_of(address)}")
        self._hit(self._per_name, f"name {name.strip().lower()[:NAME_MAX_CHARS]}")

    def _hit(self, limit: RateLimitItem, who: str) -> None:
        if self._counter.hit(limit, who):
            return
        wait_s = max(1, math.ceil(self._counter.get_window_stats(limit, who).reset_time - time.time()))
        raise RateLimited(
            f"There were too many attempts to log in. Wait {math.ceil(wait_s / 60)} minutes and try again.",
            retry_after_s=wait_s,
        )
