"""The use cases of a moderator: look at the queue, take an item, rule on it, think again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.core.appeals import Appeal, AppealOutcome
from app.core.audit import AuditEvent
from app.core.feedback import Feedback
from app.core.policy import Policy
from app.core.review import Decision, QueueOrder, QueueView, RecordedRuling, ReviewItem, Undoable
from app.core.types import Ruling
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.db.queue import WAITING, Counts, ItemPage, QueueCursor, QueueRow, Wave, WaveMember
from app.db.reviewing import Asked, Bulk
from app.db.search import DecisionRow

__all__ = [
    "WAITING",
    "Appeal",
    "AppealOutcome",
    "Bulk",
    "Counts",
    "ItemPage",
    "QueueCursor",
    "QueueOrder",
    "QueueRow",
    "QueueView",
    "RecordedRuling",
    "ReviewDetail",
    "ReviewService",
    "Undoable",
    "Wave",
    "WaveMember",
]

EVERYTHING = QueueView(WAITING)
PAST_DECISIONS = 8
MOST_SHOWN = 50
"""Items of a wave that are shown, and may be ruled on, at once."""
MOST_DECIDED = 5
"""Items of a wave that people decided, of which the last are shown."""


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
    appeals: tuple[Appeal, ...]
    """What its author said against what was decided, the first one first."""
    past: tuple[DecisionRow, ...]
    """The last decisions on the same author that came before this one."""
    wave: Wave | None
    """What is nearly the same; None where nothing is."""


class ReviewService:
    """Orders the steps of a review."""

    def __init__(
        self,
        ledger: Ledger,
        queries: Queries,
        *,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        policy: Callable[[], Policy],
        lease: timedelta,
        undo_within: timedelta,
    ) -> None:
        """Bring the parts together.

        Args:
            ledger: every write.
            queries: every read.
            clock: the time now, UTC.
            new_id: a fresh id that sorts by time.
            policy: gives the policy in force, to show scores against.
            lease: how long a claim holds unless it is renewed.
            undo_within: how long after a ruling it can be taken back.
        """
        self._ledger = ledger
        self._queries = queries
        self._clock = clock
        self._new_id = new_id
        self._policy = policy
        self.lease = lease
        self.undo_within = undo_within

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        return self._policy()

    def now(self) -> datetime:
        """The time by the service's clock."""
        return self._clock()

    def queue(
        self, view: QueueView = EVERYTHING, *, limit: int = 50, after: QueueCursor | None = None
    ) -> ItemPage:
        """Give one page of the items of a view."""
        return self._queries.item_page(view, limit=limit, now=self._clock(), after=after)

    def counts(self) -> Counts:
        """Count what waits, what is held and what is resolved."""
        return self._queries.counts(self._clock())

    def neighbours(self, view: QueueView, item: ReviewItem) -> tuple[str | None, str | None]:
        """Give the ids of the items before and after one in a view."""
        return self._queries.neighbours(view, item, now=self._clock())

    def open(self, item_id: str) -> ReviewDetail:
        """Gather what is known of an item, or raise NotFound."""
        item, decision = self._queries.review_item_with_decision(item_id)
        author = decision.author_id
        return ReviewDetail(
            item=item,
            decision=decision,
            rulings=self._queries.rulings(item.id),
            feedback=self._queries.feedback_on([item.decision_id]).get(item.decision_id, ()),
            trail=self._queries.audit_trail(item.decision_id, item.id),
            appeals=self._queries.appeals_on(item.decision_id),
            past=()
            if author is None
            else self._queries.past_decisions(author, before=decision, limit=PAST_DECISIONS),
            wave=self._queries.wave(item, waiting=MOST_SHOWN, decided=MOST_DECIDED)
            if item.state in WAITING and item.appeal_id is None
            else None,
        )

    def is_for_another(self, item: ReviewItem, person: str) -> bool:
        """Whether a person decided what is appealed on an item, so that somebody else rules on it."""
        return item.appeal_id is not None and self._queries.is_for_another(item.id, person)

    def claim(self, item_id: str, *, person: str, renew: bool = False) -> ReviewItem:
        """Take an item that waits and is free, or keep one's own; give it as it is now, whoever holds it.

        Raises:
            NotFound: There is no such item.
        """
        now = self._clock()
        return self._ledger.claim(item_id, person=person, now=now, until=now + self.lease, renew=renew)

    def claim_next(self, view: QueueView, *, person: str) -> ReviewItem | None:
        """Take the first item of a view that nobody else holds; None when there is none."""
        now = self._clock()
        return self._ledger.claim_next(view, person=person, now=now, until=now + self.lease)

    def release(self, item_id: str, *, person: str, claimed_at: datetime) -> None:
        """Let go of an item, if this very claim still holds it."""
        self._ledger.release(item_id, person=person, claimed_at=claimed_at)

    def rule(self, item_id: str, ruling: Ruling, *, expected_version: int) -> ReviewItem:
        """Store a person's ruling on the version of the item that they saw, and give the item as it is now.

        Raises:
            NotFound: There is no such item.
            ReviewConflict: The item has changed meanwhile, or somebody else holds it.
        """
        return self._ledger.rule(
            item_id, ruling, expected_version=expected_version, ruling_id=self._new_id(), now=self._clock()
        )

    def rule_all(
        self, item_id: str, ruling: Ruling, *, expected_version: int, others: Sequence[tuple[str, int]]
    ) -> Bulk:
        """Store one ruling on an item and on others of its wave, named by id and the version that was seen.

        Raises:
            NotFound, ReviewConflict: As `rule` does for the item itself.
        """
        asked = Asked(item_id, expected_version, self._new_id())
        along = [Asked(other, version, self._new_id()) for other, version in others]
        return self._ledger.rule_all(asked, along, ruling, now=self._clock())

    def skip(self, item_id: str, *, person: str, expected_version: int) -> ReviewItem:
        """Put an item behind all others. Raises as `rule` does."""
        return self._ledger.skip(item_id, person=person, expected_version=expected_version, now=self._clock())

    def undoable(self, person: str) -> Undoable | None:
        """Give a person's last ruling while they can still take it back."""
        return self._queries.last_ruling(person, since=self._clock() - self.undo_within)

    def undo(self, ruling_id: str, *, person: str) -> Bulk:
        """Take a ruling back and its item with it; and those on other items that were made with it.

        Raises:
            NotFound: There is no such ruling.
            UndoRefused, ReviewHeld: It stands.
        """
        undone = self._ledger.undo(ruling_id, person=person, now=self._clock(), within=self.undo_within)
        return replace(undone, items=(self.claim(undone.items[0].id, person=person), *undone.items[1:]))
