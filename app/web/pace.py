"""How long a request would have to wait for those before it.

Queues are bounded by a number, but what a number means depends on the machine: two hundred posts are three
seconds on one and a minute on another. A caller who is refused at once can go elsewhere or come back; one who
waits a minute has gone, and the work is done for nobody.
"""

import time
from collections.abc import Callable

ALWAYS = 32
"""So few in work are no queue: one of them may be a batch of a thousand posts, which tells nothing."""
_SHARE = 0.02
"""What one answer counts in the average; answers come in groups, so about six groups do."""


class Pace:
    """Counts requests in work and how fast they are answered. For one event loop."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing in work.

        Args:
            clock: seconds that never go back.
        """
        self._clock = clock
        self._in_work = 0
        self._since = 0.0
        self._each_s = 0.0

    @property
    def in_work(self) -> int:
        """Requests that were begun and are not answered."""
        return self._in_work

    @property
    def wait_s(self) -> float:
        """How long another request would take, at the pace of late; 0 while there is no queue."""
        return 0.0 if self._in_work < ALWAYS else self._in_work * self._each_s

    def begin(self) -> None:
        """Count a request."""
        if not self._in_work:
            self._since = self._clock()
        self._in_work += 1

    def end(self) -> None:
        """Count its answer."""
        now = self._clock()
        self._each_s += _SHARE * (now - self._since - self._each_s)
        self._since = now
        self._in_work -= 1
