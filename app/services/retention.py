"""How long texts are kept: what the machine allowed, held for a person or blocked, each for its own days.

The numbers stay: labels, scores and rulings go on counting. Text is what is taken: the post, its plain text,
its edits, the earlier messages, and what people wrote in notes and appeals, which may quote it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import structlog

from app.core.types import Action
from app.db.ledger import Ledger
from app.db.retention import RetentionQueries

_LOG = structlog.get_logger()


class RetentionService:
    """Removes texts that have been kept for as long as they were to be."""

    def __init__(
        self,
        ledger: Ledger,
        queries: RetentionQueries,
        *,
        clock: Callable[[], datetime],
        days: Mapping[Action, int],
    ) -> None:
        """Keep texts of each action for so many days; 0 keeps them for good."""
        self._ledger = ledger
        self._queries = queries
        self._clock = clock
        self.days = days

    def sweep(self) -> Mapping[Action, int]:
        """Remove what is due now; give how many texts of each action.

        Raises:
            StorageError: The database cannot be read or written; what was removed so far stays removed.
        """
        removed = {action: self._sweep(action, days) for action, days in self.days.items() if days}
        if any(removed.values()):
            _LOG.info("retention.removed", **{action.value: count for action, count in removed.items()})
        return removed

    def _sweep(self, action: Action, days: int) -> int:
        now = self._clock()
        before = now - timedelta(days=days)
        count = 0
        for ids in self._queries.outlived(action, before=before):
            detail = (("action", action.value), ("days", str(days)))
            count += self._ledger.remove_texts(ids, before=before, detail=detail, now=now)
        return count
