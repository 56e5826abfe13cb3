"""How long a request would have to wait for those before it, and whether more is asked than can be answered.

Queues are bounded by a number, but what a number means depends on the machine: two hundred posts are three
seconds on one and a minute on another. A caller who is refused at once can go elsewhere or come back; one who
waits a minute has gone, and the work is done for nobody.

A long queue by itself is no harm: a forum that sends two hundred posts at once, or sixty programs that each
wait for their answer, get them all. It is a flood when far more is asked than answered for a while. Then no
queue would ever be long enough, and a long one only makes everyone wait: so nearly all of it is refused, and
who is taken in is answered as fast as ever. (The idea is "controlled delay", Nichols and Jacobson 2012. That
goes by the time in the queue, which is long, too, for callers who wait for their answers.)
"""

import time
from collections.abc import Callable

ALWAYS = 32
"""So few in work are no queue: one of them may be a batch of a thousand posts, which tells nothing."""
WINDOW_S = 0.1
"""Over which requests and answers are counted."""
_WINDOWS = 5
"""So many in a row make a flood. Two in a row end one that lasts."""
BURST = 256
"""So many more asked than answered in a row of windows may be a burst that ends, however long a busy machine
takes to read it, and all of it is answered; more make a flood. It is how many are in work at most where
nothing else is set."""
_PRESSING = ALWAYS
"""So many more asked than answered in a row of windows may be the beginning of a flood. Where little is
answered, chance alone makes a ratio; who waits for an answer before asking again never gets so far ahead."""
FLOOD_WAIT_S = 0.01
"""How long a request may have to wait in a flood: about what one takes on a fast machine."""
IN_A_FLOOD = 1
"""So many are always taken. With two or three at a time no more are answered, for refusing takes what is left
of the machine, and each waits for the others (`benchmarks.overload`)."""
_SHARE = 0.02
"""What one answer counts in the average; answers come in groups, so about six groups do."""
_BEGINS, _ENDS = 1.5, 1.2
"""Requests for one answer, above and below which a window counts as one of a flood, and as its end."""


class Pace:
    """Counts requests in work and how fast they are answered. For one event loop."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin with nothing in work.

        Args:
            clock: seconds that never go back.
        """
        self._clock = clock
        self._in_work = self._batches = 0
        self._since = 0.0
        self._each_s = 0.0
        # Answers a second in the windows that made the flood.
        self._full_speed = 0.0
        self._window_since = clock()
        self._asked = self._answered = self._windows_over = 0
        # Requests that were asked and not answered in the windows that are over.
        self._excess = 0

    @property
    def in_work(self) -> int:
        """Requests that were begun and are not answered."""
        return self._in_work

    @property
    def wait_s(self) -> float:
        """How long another request would take, at the pace of late; 0 while there is no queue."""
        few = IN_A_FLOOD + min(self._batches, 1) if self.is_flooded else ALWAYS
        return 0.0 if self._in_work < few else self._in_work * self._each_s

    @property
    def is_flooded(self) -> bool:
        """Whether far more has been asked than answered for a while."""
        return self._windows_over >= _WINDOWS

    @property
    def is_pressed(self) -> bool:
        """Whether more than can be answered was asked of late: perhaps a flood begins, perhaps a burst."""
        self._close_window_in_time()
        return self._windows_over > 0 and self._excess >= _PRESSING

    def ask(self) -> None:
        """Count a request, before it is taken or refused."""
        self._close_window_in_time()
        self._asked += 1

    def begin(self, *, is_batch: bool = False) -> None:
        """Count a request that is taken; of many posts, it stands in nobody's way in a flood."""
        if not self._in_work:
            self._since = self._clock()
        self._in_work += 1
        self._batches += is_batch

    def end(self, *, is_batch: bool = False) -> None:
        """Count its answer."""
        now = self._clock()
        self._each_s += _SHARE * (now - self._since - self._each_s)
        self._since = now
        self._in_work -= 1
        self._batches -= is_batch
        self._answered += 1

    def leave(self, *, is_batch: bool = False) -> None:
        """Count a request that was taken and then refused; it says nothing about the pace."""
        self._in_work -= 1
        self._batches -= is_batch

    def _close_window_in_time(self) -> None:
        now = self._clock()
        elapsed_s = now - self._window_since
        if elapsed_s < WINDOW_S:
            return
        if self.is_flooded:
            # Not by what is answered in a flood alone: that is less than could be, and it would never end.
            is_over = self._asked > _ENDS * max(self._answered, self._full_speed * elapsed_s)
        else:
            is_over = self._in_work >= ALWAYS and self._asked > _BEGINS * self._answered
            if is_over:
                before = self._full_speed if self._windows_over else 0.0
                self._full_speed = max(before, self._answered / elapsed_s)
        if is_over:
            self._excess += self._asked - self._answered
            may_begin = self._windows_over < _WINDOWS - 1 or self._excess > BURST
            self._windows_over = min(self._windows_over + may_begin, _WINDOWS + 1)
        else:
            self._windows_over = _WINDOWS if self._windows_over > _WINDOWS else 0
            if not self._windows_over:
                self._excess = 0
        self._window_since = now
        self._asked = self._answered = 0
