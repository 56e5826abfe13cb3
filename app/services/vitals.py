"""How the service stands at one moment: what waits, how people ruled, and which versions answer.

These are looked up when somebody asks and are never counted along the way, so several processes over one
database tell the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from app.core.errors import ModelError, StorageError
from app.core.oversight import Override, overrides
from app.core.types import Versions
from app.core.webhooks import DeliveryState
from app.db.figures import FigureQueries
from app.db.queries import Queries
from app.services.judge import Judge

RULED_WITHIN = timedelta(days=7)
MOST_RULINGS = 1000


class Queue(Protocol):
    """Whatever can say how much waits for it."""

    @property
    def waiting(self) -> int:
        """How many pieces of work wait."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What the database says."""

    items: int
    """Review items that wait for a person."""
    oldest: timedelta
    """Age of the oldest of them; zero where there is none."""
    overrides: Override
    """Of the last rulings, at most `MOST_RULINGS` within `RULED_WITHIN`."""
    deliveries: Mapping[DeliveryState, int]
    """Webhook deliveries that wait, and that were given up."""


@dataclass(frozen=True, slots=True)
class Vitals:
    """All of it."""

    versions: Versions | None
    """What answers; None while there is no model."""
    queues: Mapping[str, int]
    """How much waits: at the `writer`, at the `engine`, and at the `scorer` where there is one."""
    desk: Desk | None
    """None while the database cannot be read."""


class VitalsService:
    """Looks them up."""

    def __init__(
        self,
        judge: Callable[[], Judge],
        writer: Queue,
        figures: FigureQueries,
        queries: Queries,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        """Bring the parts together.

        Args:
            judge: gives the judge, or raises ModelError while there is no model.
            writer: the owner of the connection that writes.
            figures: reads of the queue and of rulings.
            queries: reads of everything else.
            clock: the time now, UTC.
        """
        self._judge = judge
        self._writer = writer
        self._figures = figures
        self._queries = queries
        self._clock = clock

    def look(self) -> Vitals:
        """Look at everything; what cannot be had is None, and the rest is told all the same. Blocks."""
        judge = self._judge_now()
        return Vitals(
            versions=versions_of(judge) if judge else None,
            queues={"writer": self._writer.waiting, **(lanes_of(judge) if judge else {})},
            desk=self._desk(),
        )

    def _judge_now(self) -> Judge | None:
        try:
            return self._judge()
        except ModelError:
            return None

    def _desk(self) -> Desk | None:
        now = self._clock()
        try:
            ages = self._figures.ages(now, bounds=())
            ruled = self._figures.ruled(now - RULED_WITHIN, limit=MOST_RULINGS)
            states = (DeliveryState.WAITING, DeliveryState.FAILED)
            deliveries = {state: self._queries.deliveries_in(state) for state in states}
        except StorageError:
            return None
        return Desk(
            items=ages.waiting,
            oldest=now - ages.oldest if ages.oldest else timedelta(),
            overrides=overrides(ruled)[0],
            deliveries=deliveries,
        )


def versions_of(judge: Judge) -> Versions:
    """What answers now."""
    return Versions(judge.classifier.version, judge.lexicon.version, judge.policy.version)


def lanes_of(judge: Judge) -> dict[str, int]:
    """What waits at each lane that can say."""
    first = judge.first_lane or judge.classifier
    second = None if judge.language_model is first else judge.language_model
    lanes = {"engine": first, "scorer": second}
    return {name: lane.waiting for name, lane in lanes.items() if lane is not None}
