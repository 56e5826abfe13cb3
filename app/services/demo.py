"""The use case of trying everything out: two weeks of a forum, judged by the model, ruled on by two people.

The verdicts are the model's own; only the posts, their times and what people said of them are made up.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from app.core.errors import DatabaseInUse
from app.core.types import Category, Content, Ruling, RulingAction
from app.db.queries import Queries
from app.services.demo_posts import FILLINGS, PATTERNS, Pattern
from app.services.moderation import ModerationService
from app.services.review import ReviewService

POSTS = 400
DAYS = 14
AUTHORS = 60
PEOPLE = ("ada", "ben")
_SEED = 20_261_122
_HOURS_TO_RULE = 9
"""On average, from a post to the ruling on it."""
_HOUR_AT_THE_END = 21
_LEFT, _ESCALATED, _MISTAKEN = 0.1, 0.06, 0.05
"""Shares of items that nobody gets to, that need a second person, and in which a person errs."""
_AWAY = timedelta(days=6)
_LEFT_WHILE_AWAY = 0.75
"""One of the two people is away in the last days, so that a queue of some length is left, and what
was handed to a second person waits as well."""


@dataclass
class TimeMachine:
    """A clock that the demonstration sets."""

    now: datetime

    def __call__(self) -> datetime:
        """Give the time that was set."""
        return self.now


@dataclass(frozen=True, slots=True, order=True)
class _Due:
    """A ruling that a person will make."""

    at: datetime
    item_id: str
    action: RulingAction


class Demo:
    """Fills a database that holds nothing."""

    def __init__(
        self, moderation: ModerationService, review: ReviewService, queries: Queries, clock: TimeMachine
    ) -> None:
        """Fill through services that go by this clock."""
        self._moderation = moderation
        self._review = review
        self._queries = queries
        self._clock = clock
        # The same posts every time.
        self._random = Random(_SEED)  # noqa: S311
        self._due: list[_Due] = []

    def fill(self) -> Iterator[int]:
        """Live through two weeks up to now; give the number of posts after each.

        Raises:
            DatabaseInUse: There are decisions already, and made-up ones must not be mixed with them.
        """
        if self._queries.holds_decisions():
            raise DatabaseInUse(
                "The database holds decisions, and made-up ones must not be mixed with them. "
                "Name a fresh file, for instance PLAINSPEAK_DATABASE_URL=sqlite:///demo.db."
            )
        end = self._clock.now
        for number, at in enumerate(sorted(self._time_before(end) for _ in range(POSTS)), start=1):
            self._rule_until(at)
            self._clock.now = at
            self._post(number, end=end)
            yield number
        self._rule_until(end)

    def _time_before(self, end: datetime) -> datetime:
        """A time of the last days; evenings are busier than nights.

        The forum lives where it is evening at the end: were the clock asked, each hour of the day would draw
        other posts.
        """
        while True:
            ago = timedelta(days=DAYS) * self._random.random()
            hour = (_HOUR_AT_THE_END - ago / timedelta(hours=1)) % 24
            busy = 1.0 if 16 <= hour < 23 else 0.5 if hour >= 7 else 0.1
            if self._random.random() < busy:
                return end - ago

    def _post(self, number: int, *, end: datetime) -> None:
        (pattern,) = self._random.choices(PATTERNS, weights=[each.often for each in PATTERNS])
        words = {name: self._random.choice(each) for name, each in FILLINGS.items()}
        content = Content(
            text=pattern.text.format_map(words),
            content_id=f"post-{number}",
            # A few write much, and the worst posts come from fewer still.
            author_id=f"player-{int(AUTHORS * self._random.random() ** (3 if pattern.harmful else 1.5)) + 1}",
        )
        item = self._moderation.moderate(content).item
        away = self._clock.now > end - _AWAY
        left = _LEFT_WHILE_AWAY if away else _LEFT
        if item is not None and self._random.random() >= left:
            self._plan(item.id, item.category, pattern, end=end, away=away)

    def _plan(
        self, item_id: str, category: Category | None, pattern: Pattern, *, end: datetime, away: bool
    ) -> None:
        wait = timedelta(hours=self._random.expovariate(1 / _HOURS_TO_RULE))
        harmful = pattern.harmful != (self._random.random() < _MISTAKEN)
        at = self._clock.now + wait
        if self._random.random() < _ESCALATED or category is Category.SELF_HARM:
            heapq.heappush(self._due, _Due(at, item_id, RulingAction.ESCALATE))
            if away:
                return
            at += wait
        if at < end:
            action = RulingAction.BLOCK if harmful else RulingAction.ALLOW
            heapq.heappush(self._due, _Due(at, item_id, action))

    def _rule_until(self, time: datetime) -> None:
        while self._due and self._due[0].at <= time:
            due = heapq.heappop(self._due)
            self._clock.now = due.at
            person = self._random.choice(PEOPLE)
            item = self._review.claim(due.item_id, person=person)
            self._review.rule(item.id, Ruling(due.action, person), expected_version=item.version)
