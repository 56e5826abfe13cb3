"""A view of the queue as an address names it: filters in words for the page, as values for the service."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Self
from urllib.parse import parse_qsl, quote, urlencode

from app.core.language import ENGLISH, UNKNOWN
from app.core.language_names import NAMES, other_names
from app.core.review import Lane
from app.core.types import Action, Category, Label, ReviewState
from app.services.review import WAITING, QueueCursor, QueueOrder, QueueView
from app.web.evidence import JUDGED_BY


@dataclass(frozen=True, slots=True)
class StateFilter:
    """The states that belong together, and what to say when none is there."""

    key: str
    name: str
    states: tuple[ReviewState, ...]
    when_empty: str
    appeals: bool = False
    """Whether only items under appeal are shown."""


STATES = (
    StateFilter("waiting", "Waiting", WAITING, "Nothing needs you right now. Good moment for a break."),
    StateFilter("open", "Open", (ReviewState.OPEN,), "No open items. Good moment for a break."),
    StateFilter("claimed", "Claimed", (ReviewState.CLAIMED,), "Nobody holds an item right now."),
    StateFilter("escalated", "Escalated", (ReviewState.ESCALATED,), "Nothing waits for a second person."),
    StateFilter("appeals", "Appeals", WAITING, "No author appeals against anything.", appeals=True),
    StateFilter("resolved", "Resolved", (ReviewState.RESOLVED,), "Nothing has been resolved yet."),
)
SCORES: dict[str, tuple[str, float, float | None]] = {
    "under-50": ("Under 50%", 0.0, 0.5),
    "50-80": ("50% to 80%", 0.5, 0.8),
    "80-95": ("80% to 95%", 0.8, 0.95),
    "over-95": ("95% and more", 0.95, None),
}
AGES: dict[str, tuple[str, timedelta | None, timedelta | None]] = {
    "hour": ("In the last hour", timedelta(hours=1), None),
    "day": ("In the last day", timedelta(days=1), None),
    "week": ("In the last week", timedelta(weeks=1), None),
    "over-day": ("More than a day ago", None, timedelta(days=1)),
    "over-week": ("More than a week ago", None, timedelta(weeks=1)),
}
"""Opened at most so long ago, or at least so long ago."""
OTHER = "other"
"""Any language but English."""
CHOICES: dict[str, dict[str, str]] = {
    "state": {each.key: each.name for each in STATES},
    "order": {QueueOrder.RISK: "Highest risk first", QueueOrder.OLDEST: "Oldest first"},
    "category": {each.value: each.display_name for each in Category},
    "label": {each.value: each.display_name for each in Label},
    "action": {Action.REVIEW: "Held it for a person", Action.BLOCK: "Blocked it"},
    "score": {key: name for key, (name, _, _) in SCORES.items()},
    "age": {key: name for key, (name, _, _) in AGES.items()},
    "lane": {each.value: JUDGED_BY[each] for each in Lane},
    "language": {
        ENGLISH: NAMES[ENGLISH],
        OTHER: f"Any but {NAMES[ENGLISH]}",
        UNKNOWN: "Cannot be told",
        **other_names(),
    },
}
"""What each filter can be, in words."""


@dataclass(frozen=True, slots=True)
class Filters:
    """One way to look at the queue, as keys; an empty key filters nothing."""

    state: str = "waiting"
    order: str = QueueOrder.RISK.value
    category: str = ""
    label: str = ""
    action: str = ""
    score: str = ""
    age: str = ""
    lane: str = ""
    language: str = ""

    @classmethod
    def parse(cls, query: Mapping[str, str]) -> Self | None:
        """Read the filters of an address; None where one of them does not exist."""
        chosen = {key: query[key] for key in CHOICES if query.get(key)}
        return cls(**chosen) if all(value in CHOICES[key] for key, value in chosen.items()) else None

    @classmethod
    def read(cls, query: str) -> Self:
        """Read the filters that a form of ours carries; those that cannot be read filter nothing."""
        return cls.parse(dict(parse_qsl(query[:500]))) or cls()

    @property
    def chosen_state(self) -> StateFilter:
        """The states that are shown."""
        return next(each for each in STATES if each.key == self.state)

    @property
    def more(self) -> bool:
        """Whether a filter beside state and category is set."""
        chosen = (self.label, self.action, self.score, self.age, self.lane, self.language)
        return any(chosen) or self.order != QueueOrder.RISK

    def view(self, now: datetime) -> QueueView:
        """Give the view that the keys stand for."""
        _, score_from, score_below = SCORES.get(self.score, ("", 0.0, None))
        _, at_most, at_least = AGES.get(self.age, ("", None, None))
        return QueueView(
            states=self.chosen_state.states,
            order=QueueOrder(self.order),
            category=Category(self.category) if self.category else None,
            label=Label(self.label) if self.label else None,
            action=Action(self.action) if self.action else None,
            score_from=score_from,
            score_below=score_below,
            opened_from=now - at_most if at_most else None,
            opened_before=now - at_least if at_least else None,
            appeals=self.chosen_state.appeals,
            lane=Lane(self.lane) if self.lane else None,
            language=self.language if self.language not in {"", OTHER} else None,
            language_but=ENGLISH if self.language == OTHER else None,
        )

    def next_view(self, now: datetime) -> QueueView:
        """Give the view to take the next item from.

        Escalated items wait for a second person: they come only to somebody who asks for them.
        """
        escalated = self.state == "escalated"
        states = (ReviewState.ESCALATED if escalated else ReviewState.OPEN,)
        return replace(self.view(now), states=states)

    def query(self, **changes: str) -> str:
        """Write the filters that are not as usual, with changes, as the query of an address."""
        usual, chosen = asdict(Filters()), {**asdict(self), **changes}
        return urlencode({key: value for key, value in chosen.items() if value != usual.get(key, "")})

    def address(self, **changes: str) -> str:
        """Address the queue under these filters, with changes."""
        query = self.query(**changes)
        return f"/review?{query}" if query else "/review"

    def item(self, item_id: str, **changes: str) -> str:
        """Address an item as one of this view, so that the next one comes from the same view."""
        query = self.query(**changes)
        return f"/review/{quote(item_id, safe='')}" + (f"?{query}" if query else "")

    def page(self, after: QueueCursor) -> str:
        """Address the page of the queue that starts after an item."""
        key = after.key.isoformat() if isinstance(after.key, datetime) else repr(after.key)
        return self.address(after=f"{after.turn}_{key}_{after.item_id}")

    def cursor(self, after: str) -> QueueCursor | None:
        """Read a place in the queue from an address; None where it is none."""
        turn, _, rest = after.partition("_")
        key, _, item_id = rest.partition("_")
        if not (turn.isascii() and turn.isdigit() and len(turn) < 10 and item_id):
            return None
        try:
            place = datetime.fromisoformat(key) if self.order == QueueOrder.OLDEST else float(key)
        except ValueError:
            return None
        sensible = place.tzinfo is not None if isinstance(place, datetime) else 0 <= place <= 1
        return QueueCursor(int(turn), place, item_id) if sensible else None
