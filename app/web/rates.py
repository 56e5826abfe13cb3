"""How often a key, or an address without one, may call. Counted in this process alone, in little memory.

Counting is by the `limits` package: a window of a minute that slides, approximated from two counters.
"""

import ipaddress
import math
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from app.core.errors import RateLimited

_IPV6_NETWORK_BITS = 64
"""What one subscriber has of IPv6; single addresses cost nothing."""


class Rates:
    """Counts calls and refuses those that are too many."""

    def __init__(self, *, per_key: int, per_address: int) -> None:
        """Set the most calls a minute of one key, and of one address without a good key; 0 is no limit."""
        self._counter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._per_key = RateLimitItemPerMinute(per_key) if per_key else None
        self._per_address = RateLimitItemPerMinute(per_address) if per_address else None

    def count_key(self, key_id: str) -> None:
        """Count a call with a key; raises RateLimited."""
        self._count(self._per_key, f"key {key_id}", setting="PLAINSPEAK_RATE_PER_KEY")

    def count_person(self, name: str) -> None:
        """Count a call of a person who is logged in, who may send as many as a key; raises RateLimited."""
        self._count(self._per_key, f"person {name}", setting="PLAINSPEAK_RATE_PER_KEY")

    def count_address(self, address: str) -> None:
        """Count a call without a good key; raises RateLimited."""
        self._count(
            self._per_address, f"address {network_of(address)}", setting="PLAINSPEAK_RATE_PER_ADDRESS"
        )

    def _count(self, limit: RateLimitItemPerMinute | None, caller: str, *, setting: str) -> None:
        if limit is None or self._counter.hit(limit, caller):
            return
        reset_at = self._counter.get_window_stats(limit, caller).reset_time
        wait_s = max(1, math.ceil(reset_at - time.time()))
        raise RateLimited(
            f"The {caller} has called {limit.amount} times in a minute, the most allowed. "
            f"Call again in {wait_s} s, or raise {setting}.",
            retry_after_s=wait_s,
        )


def network_of(address: str) -> str:
    """What counts as one address: of IPv6 the network that one subscriber has.

    >>> network_of("192.0.2.7"), network_of("2001:db8:1:2:3::4")
    ('192.0.2.7', '2001:db8:1:2::/64')
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network((int(parsed), _IPV6_NETWORK_BITS), strict=False))
