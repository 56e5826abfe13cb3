"""The use cases around what was decided: find it, look at one, erase it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.core.audit import AuditEvent
from app.core.erasure import Erased, Removed
from app.core.policy import Policy
from app.core.review import Decision, RecordedRuling, ReviewItem
from app.core.search import DecisionSearch
from app.db.erasure import Eraser
from app.db.queries import Queries
from app.db.search import DecisionPage, DecisionRow, SearchCursor

__all__ = [
    "DecisionDetail",
    "DecisionPage",
    "DecisionRow",
    "DecisionService",
    "Erased",
    "Removed",
    "SearchCursor",
]


@dataclass(frozen=True, slots=True)
class DecisionDetail:
    """Everything that is kept of one decision."""

    decision: Decision
    item: ReviewItem | None
    rulings: tuple[RecordedRuling, ...]
    trail: tuple[AuditEvent, ...]


class DecisionService:
    """Finds decisions and erases them."""

    def __init__(
        self,
        queries: Queries,
        eraser: Eraser,
        *,
        clock: Callable[[], datetime],
        policy: Callable[[], Policy],
    ) -> None:
        self._queries = queries
        self._eraser = eraser
        self._clock = clock
        self._policy = policy

    @property
    def policy(self) -> Policy:
        """The policy in force, to show scores against."""
        return self._policy()

    def find(self, search: DecisionSearch, *, limit: int, after: SearchCursor | None = None) -> DecisionPage:
        """Give one page of the decisions of a search, the newest first."""
        return self._queries.decision_page(search, limit=limit, after=after)

    def open(self, decision_id: str) -> DecisionDetail:
        """Gather what is kept of a decision, or raise NotFound."""
        decision = self._queries.decision(decision_id)
        item = self._queries.item_of(decision_id)
        subjects = (decision_id,) if item is None else (decision_id, item.id)
        return DecisionDetail(
            decision=decision,
            item=item,
            rulings=() if item is None else self._queries.rulings(item.id),
            trail=self._queries.audit_trail(*subjects),
        )

    def erase(self, decision_id: str, *, actor: str) -> Erased:
        """Erase a decision with its post, review item and rulings; the audit trail keeps that it was.

        Raises:
            NotFound: There is no such decision.
        """
        return self._eraser.erase(decision_id, actor=actor, now=self._clock())

    def erase_author(self, author_id: str, *, actor: str) -> Erased:
        """Erase every decision on an author.

        Raises:
            NotFound: There is none.
        """
        return self._eraser.erase_author(author_id, actor=actor, now=self._clock())
