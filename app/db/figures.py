"""Reads behind the dashboard and the policy page. Each is bounded: by the hours of a period, or by a number.

What is about everything that was judged comes from the counts of `app.db.tallies`; what is about rulings
comes from the last ones, along an index; what is about the queue from an index that covers it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Engine, Integer, Row, Select, case, column, func, select, values

from app.core.oversight import RuledPost
from app.core.tallies import BANDS
from app.core.types import Action, Label, RulingAction
from app.db.engine import translated
from app.db.queue import WAITING
from app.db.rows import category_of
from app.db.tables import UtcTime, decision_hours, decisions, review_items, rulings, term_days
from app.db.tallies import DAY_CHARS, HOUR_CHARS

_NEVER = datetime(9999, 1, 1, tzinfo=UTC)
_FINAL = (RulingAction.ALLOW.value, RulingAction.BLOCK.value)


@dataclass(frozen=True, slots=True)
class Volume:
    """Posts of one label in one stretch of time."""

    start: str
    """The start of the stored time: 13 characters name an hour, 10 a day."""
    label: Label
    posts: int
    held: int
    """Those that went to a person."""


@dataclass(frozen=True, slots=True)
class Ages:
    """How long the items of the queue have waited."""

    counts: tuple[int, ...]
    """Items that waited less than each bound, and those beyond the last; each item in one place."""
    oldest: datetime | None

    @property
    def waiting(self) -> int:
        """All of them."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class TermCount:
    """Posts in which a term fired."""

    term: str
    posts: int
    before: int
    """In as long a time before."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How scores were spread, and which models gave them."""

    bands: tuple[int, ...]
    """Posts in each of the `BANDS`."""
    held: int
    """Those that went to a person."""
    models: tuple[str, ...]

    @property
    def posts(self) -> int:
        """All of them."""
        return sum(self.bands)


class FigureQueries:
    """Reads on their own connections, as `app.db.queries` does."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def volume(self, since: datetime, *, by_day: bool) -> tuple[Volume, ...]:
        """Count posts by label, for each hour or day since the hour of a time."""
        hours = decision_hours.c
        start = func.substr(hours.hour, 1, DAY_CHARS if by_day else HOUR_CHARS).label("start")
        held = func.sum(case((hours.action != Action.ALLOW.value, hours.posts), else_=0))
        statement = (
            select(start, hours.label, func.sum(hours.posts).label("posts"), held.label("held"))
            .where(hours.hour >= _hour(since))
            .group_by(start, hours.label)
        )
        return tuple(
            Volume(row.start, Label(row.label), int(row.posts), int(row.held)) for row in self._all(statement)
        )

    def spread(self, since: datetime, before: datetime | None = None) -> Spread:
        """Count posts by the band of their score, from the hour of one time to that of another."""
        hours = decision_hours.c
        held = func.sum(case((hours.action != Action.ALLOW.value, hours.posts), else_=0))
        statement = (
            select(hours.model, hours.band, func.sum(hours.posts).label("posts"), held.label("held"))
            .where(hours.hour >= _hour(since))
            .group_by(hours.model, hours.band)
        )
        if before is not None:
            statement = statement.where(hours.hour < _hour(before))
        bands, all_held = [0] * BANDS, 0
        rows = self._all(statement)
        for row in rows:
            bands[row.band] += int(row.posts)
            all_held += int(row.held)
        return Spread(tuple(bands), all_held, tuple(sorted({row.model for row in rows})))

    def resolved(self, starts: Sequence[datetime]) -> tuple[int, ...]:
        """Count the rulings that closed an item in each stretch of time, which ends where the next starts."""
        ends = [*starts[1:], _NEVER]
        # Counting each stretch along the index takes a quarter of the time that grouping does.
        stretches = (
            values(column("place", Integer), column("start", UtcTime), column("end", UtcTime), name="stretch")
            .data([(place, *each) for place, each in enumerate(zip(starts, ends, strict=True))])
            .cte()
        )
        closing = (
            select(func.count())
            .where(rulings.c.at >= stretches.c.start, rulings.c.at < stretches.c.end)
            .where(rulings.c.action.in_(_FINAL), rulings.c.undone_at.is_(None))
            .correlate(stretches)
            .scalar_subquery()
        )
        statement = select(closing.label("rulings")).select_from(stretches).order_by(stretches.c.place)
        return tuple(row.rulings for row in self._all(statement))

    def ages(self, now: datetime, *, bounds: Sequence[timedelta]) -> Ages:
        """Count what waits by how long it has."""
        opened = review_items.c.opened_at
        columns: list[ColumnElement[Any]] = [
            func.count().label("waiting"),
            func.min(opened).label("oldest"),
            *(
                func.count(case((opened > now - bound, 1))).label(f"younger_{place}")
                for place, bound in enumerate(bounds)
            ),
        ]
        waits = review_items.c.state.in_([state.value for state in WAITING])
        statement = select(*columns).where(waits)
        (row,) = self._all(statement)
        upto = [0, *(row._mapping[f"younger_{place}"] for place in range(len(bounds))), row.waiting]
        counts = tuple(after - before for before, after in pairwise(upto))
        return Ages(counts, row.oldest)

    def ruled(self, since: datetime, *, limit: int) -> tuple[RuledPost, ...]:
        """Give the last rulings since a time that closed an item, the newest first."""
        last = (
            select(rulings.c.item_id, rulings.c.at, rulings.c.action)
            .where(rulings.c.at >= since, rulings.c.action.in_(_FINAL), rulings.c.undone_at.is_(None))
            .order_by(rulings.c.at.desc())
            .limit(limit)
            .subquery()
        )
        items = review_items.c
        statement = (
            select(
                last.c.at, last.c.action, items.opened_at, items.label, items.category, decisions.c.confidence
            )
            .join_from(last, review_items, items.id == last.c.item_id)
            .join(decisions, decisions.c.id == items.decision_id)
            .order_by(last.c.at.desc())
        )
        return tuple(
            RuledPost(
                label=Label(row.label),
                category=category_of(row.category),
                confidence=row.confidence,
                blocked=row.action == RulingAction.BLOCK.value,
                waited=row.at - row.opened_at,
            )
            for row in self._all(statement)
        )

    def terms(self, since: datetime, *, before: datetime, limit: int) -> tuple[TermCount, ...]:
        """Give the terms that fired in most posts since a day, with their posts from an earlier day to it."""
        days = term_days.c
        since_day, before_day = _day(since), _day(before)
        now = func.sum(case((days.day >= since_day, days.posts), else_=0)).label("posts")
        then = func.sum(case((days.day < since_day, days.posts), else_=0)).label("before")
        statement = (
            select(days.term, now, then)
            .where(days.day >= before_day)
            .group_by(days.term)
            .order_by(now.desc(), days.term)
            .limit(limit)
        )
        return tuple(
            TermCount(row.term, int(row.posts), int(row.before)) for row in self._all(statement) if row.posts
        )

    def _all(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        with translated(self._engine.url), self._engine.connect() as connection:
            return connection.execute(statement).all()


def _hour(at: datetime) -> str:
    return UtcTime.written(at)[:HOUR_CHARS]


def _day(at: datetime) -> str:
    return UtcTime.written(at)[:DAY_CHARS]
