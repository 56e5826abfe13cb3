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

    def __init__(self, *, per_key: int, per_address: int, open_per_address: int) -> None:
        """Set the most calls a minute; 0 is no limit.

        Args:
            per_key: of one key.
            per_address: of one address without a good key, where one is asked for.
            open_per_address: of one address where no key is asked for, at each of `Rates.count_open`'s doors.
        """
        self._counter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._per_key = RateLimitItemPerMinute(per_key) if per_key else None
        self._per_address = RateLimitItemPerMinute(per_address) if per_address else None
        self._open = RateLimitItemPerMinute(open_per_address) if open_per_address else None

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

    def count_open(self, address: str, *, probe: str = "") -> None:
        """Count a call of what asks for no key; raises RateLimited.

        Each probe is counted for itself, so that visitors who share a balancer's address do not use up what
        it needs to see whether the service is alive.
        """
        self._count(
            self._open,
            f"address {network_of(address)}",
            setting="PLAINSPEAK_RATE_OPEN_PER_ADDRESS",
            door=probe or "open",
        )

    def _count(
        self, limit: RateLimitItemPerMinute | None, caller: str, *, setting: str, door: str = ""
    ) -> None:
        if limit is None or self._counter.hit(limit, caller, door):
            return
        reset_at = self._counter.get_window_stats(limit, caller, door).reset_time
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
