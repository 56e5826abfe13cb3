"""The use case of telling an author, or whoever asks for them, what is held about them."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.core.appeals import Appeal
from app.core.audit import AuditEvent
from app.core.errors import NotFound
from app.core.review import RecordedRuling, ReviewItem
from app.core.search import DecisionSearch
from app.core.webhooks import Delivery
from app.db.queries import Queries
from app.services.export import ExportRow, ExportService


@dataclass(frozen=True, slots=True)
class HeldDecision:
    """All that is kept of one decision on an author."""

    row: ExportRow
    item: ReviewItem | None
    rulings: tuple[RecordedRuling, ...]
    """Also those that were taken back."""
    appeals: tuple[Appeal, ...]
    deliveries: tuple[Delivery, ...]
    receipts: int
    trail: tuple[AuditEvent, ...]


class AuthorService:
    """Gathers what is held about an author."""

    def __init__(self, queries: Queries, export: ExportService) -> None:
        self._queries = queries
        self._export = export

    def held(self, author_id: str) -> Iterator[HeldDecision]:
        """Everything about an author, the newest decision first.

        Raises:
            NotFound: Nothing is held; raised by the call itself, before anything is streamed.
        """
        search = DecisionSearch(author_id=author_id)
        if not self._queries.decision_page(search, limit=1).rows:
            raise NotFound(f"Nothing is held about an author {author_id!r}. Check the id.")
        return (self._held(row) for row in self._export.found(search))

    def _held(self, row: ExportRow) -> HeldDecision:
        decision_id = row.decision.id
        item = self._queries.item_of(decision_id)
        subjects = (decision_id,) if item is None else (decision_id, item.id)
        return HeldDecision(
            row=row,
            item=item,
            rulings=() if item is None else self._queries.rulings(item.id),
            appeals=self._queries.appeals_on(decision_id),
            deliveries=self._queries.deliveries_on(decision_id),
            receipts=self._queries.receipts_on(decision_id),
            trail=self._queries.audit_trail(*subjects),
        )
