"""The use case of looking at the whole: what was judged, what waits, and whom people agreed with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.card import CardFigures
from app.core.oversight import Agreement, Override, Waits, agreement, overrides, waits
from app.core.tallies import instability
from app.core.types import Label
from app.db.figures import Ages, FigureQueries, Spread, TermCount

MOST_RULINGS = 2000
MOST_TERMS = 12
AGE_BOUNDS = (
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=24),
    timedelta(days=3),
    timedelta(days=7),
)
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """How far back to look, and in what steps."""

    days: int
    by_day: bool

    @property
    def step(self) -> timedelta:
        """The length of one slot."""
        return _DAY if self.by_day else _HOUR

    @property
    def slots(self) -> int:
        """How many there are, the unfinished last one included."""
        return self.days if self.by_day else self.days * 24

    def start(self, now: datetime) -> datetime:
        """When the first slot began."""
        last = now.replace(minute=0, second=0, microsecond=0)
        if self.by_day:
            last = last.replace(hour=0)
        return last - (self.slots - 1) * self.step


@dataclass(frozen=True, slots=True)
class Slot:
    """One hour or day."""

    start: datetime
    posts: tuple[tuple[Label, int], ...]
    """By label, every label, the least severe first."""
    opened: int
    """Posts that went to a person."""
    resolved: int
    """Items that a person closed."""
    waiting: int
    """Items that waited at its end."""

    @property
    def total(self) -> int:
        """All posts."""
        return sum(posts for _, posts in self.posts)


@dataclass(frozen=True, slots=True)
class Dashboard:
    """What the dashboard shows."""

    now: datetime
    period: Period
    slots: tuple[Slot, ...]
    ages: Ages
    rulings: int
    """How many the following three are about, at most `MOST_RULINGS`."""
    waits: Waits | None
    overrides: tuple[Override, ...]
    agreement: Agreement | None
    terms: tuple[TermCount, ...]
    """Of whole days up to today, beside as many days before."""
    spread: Spread
    """Of the period."""
    earlier: Spread
    """Of as long a time before it."""
    instability: float | None
    card: CardFigures
    """What the card of the model says."""
    card_instability: float | None
    """How far the scores of the period are from those on the card."""

    @property
    def posts(self) -> int:
        """All posts of the period."""
        return self.spread.posts


class DashboardService:
    """Gathers the figures."""

    def __init__(
        self,
        figures: FigureQueries,
        *,
        card: Callable[[], CardFigures],
        clock: Callable[[], datetime],
    ) -> None:
        """Bring the parts together.

        Args:
            figures: the reads.
            card: gives what the model's card says to compare with; nothing while there is no card.
            clock: the time now, UTC.
        """
        self._figures = figures
        self._card = card
        self._clock = clock

    def look(self, period: Period) -> Dashboard:
        """Gather the figures of a period; seven reads, however much was judged."""
        now = self._clock()
        start = period.start(now)
        length = period.slots * period.step
        ages = self._figures.ages(now, bounds=AGE_BOUNDS)
        ruled = self._figures.ruled(start, limit=MOST_RULINGS)
        card = self._card()
        spread, earlier = self._figures.spread(start), self._figures.spread(start - length, start)
        return Dashboard(
            now=now,
            period=period,
            slots=self._slots(period, start, waiting=ages.waiting),
            ages=ages,
            rulings=len(ruled),
            waits=waits(ruled),
            overrides=overrides(ruled),
            agreement=agreement(ruled),
            terms=self._terms(period, now),
            spread=spread,
            earlier=earlier,
            instability=instability(earlier.bands, spread.bands),
            card=card,
            card_instability=None if card.scores is None else instability(card.scores.bands, spread.bands),
        )

    def _terms(self, period: Period, now: datetime) -> tuple[TermCount, ...]:
        """The terms of the last days, which are whole days, beside as many before."""
        today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        since = today - (period.days - 1) * _DAY
        return self._figures.terms(since, before=since - period.days * _DAY, limit=MOST_TERMS)

    def _slots(self, period: Period, start: datetime, *, waiting: int) -> tuple[Slot, ...]:
        """The slots of a period; how many items waited is reckoned back from how many do now."""
        posts: dict[tuple[str, Label], int] = {}
        opened: dict[str, int] = {}
        for each in self._figures.volume(start, by_day=period.by_day):
            posts[each.start, each.label] = each.posts
            opened[each.start] = opened.get(each.start, 0) + each.held
        starts = [start + place * period.step for place in range(period.slots)]
        resolved = self._figures.resolved(starts)
        slots: list[Slot] = []
        for at, closed in reversed(list(zip(starts, resolved, strict=True))):
            key = f"{at:%Y-%m-%d}" if period.by_day else f"{at:%Y-%m-%dT%H}"
            slots.append(
                Slot(
                    start=at,
                    posts=tuple((label, posts.get((key, label), 0)) for label in Label),
                    opened=opened.get(key, 0),
                    resolved=closed,
                    waiting=max(0, waiting),
                )
            )
            waiting += closed - opened.get(key, 0)
        return tuple(reversed(slots))
