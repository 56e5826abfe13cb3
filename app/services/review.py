"""The use cases of a moderator: look at the queue, open an item, rule on it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.core.audit import AuditEvent
from app.core.feedback import Feedback
from app.core.review import Decision, ReviewItem
from app.core.types import ReviewState, Ruling
from app.db.ledger import Ledger
from app.db.queries import ItemPage, Queries, QueueCursor, QueueRow, RecordedRuling, StateCount

__all__ = [
    "WAITING",
    "ItemPage",
    "QueueCursor",
    "QueueRow",
    "RecordedRuling",
    "ReviewDetail",
    "ReviewService",
    "StateCount",
]

WAITING = (ReviewState.OPEN, ReviewState.CLAIMED, ReviewState.ESCALATED)
"""The states in which an item still waits for a ruling."""


@dataclass(frozen=True, slots=True)
class ReviewDetail:
    """Everything a moderator needs in order to rule."""

    item: ReviewItem
    decision: Decision
    rulings: tuple[RecordedRuling, ...]
    feedback: tuple[Feedback, ...]
    """What the site told about the post."""
    trail: tuple[AuditEvent, ...]
    """What was done to the decision and to the item."""


class ReviewService:
    """Orders the steps of a review."""

    def __init__(
        self, ledger: Ledger, queries: Queries, *, clock: Callable[[], datetime], new_id: Callable[[], str]
    ) -> None:
        self._ledger = ledger
        self._queries = queries
        self._clock = clock
        self._new_id = new_id

    def queue(
        self, states: Sequence[ReviewState] = WAITING, *, limit: int = 50, after: QueueCursor | None = None
    ) -> ItemPage:
        """Give one page of the items in these states, the most pressing first."""
        return self._queries.item_page(states, limit=limit, after=after)

    def counts(self) -> tuple[StateCount, ...]:
        """Count the items in every state."""
        return self._queries.counts()

    def open(self, item_id: str) -> ReviewDetail:
        """Gather what is known of an item, or raise NotFound."""
        item = self._queries.review_item(item_id)
        return ReviewDetail(
            item=item,
            decision=self._queries.decision(item.decision_id),
            rulings=self._queries.rulings(item.id),
            feedback=self._queries.feedback_on([item.decision_id]).get(item.decision_id, ()),
            trail=self._queries.audit_trail(item.decision_id, item.id),
        )

    def rule(self, item_id: str, ruling: Ruling, *, expected_version: int) -> ReviewItem:
        """Store a person's ruling on the version of the item that they saw, and give the item as it is now.

        Raises:
            NotFound: There is no such item.
            ReviewConflict: The item has changed meanwhile.
        """
        return self._ledger.rule(
            item_id, ruling, expected_version=expected_version, ruling_id=self._new_id(), now=self._clock()
        )
