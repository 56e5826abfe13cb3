"""The use case of an author who says that a decision was wrong, through the site."""

from collections.abc import Callable
from datetime import datetime

from app.core.appeals import REASON_MAX_CHARS, Appeal, AppealOutcome
from app.core.errors import InvalidContent, NotFound
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.services.checks import check_characters

__all__ = ["REASON_MAX_CHARS", "Appeal", "AppealOutcome", "AppealService"]


class AppealService:
    """Takes appeals and says what became of them."""

    def __init__(
        self,
        ledger: Ledger,
        queries: Queries,
        *,
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._ledger = ledger
        self._queries = queries
        self._clock = clock
        self._new_id = new_id

    def appeal(self, decision_id: str, reason: str, *, actor: str) -> Appeal:
        """Open an appeal and put its item before a second person; the same one sent again is given again.

        Raises:
            NotFound: There is no such decision.
            InvalidContent: The reason is empty, too long, or no Unicode.
            AppealConflict: Another appeal is open on the decision.
        """
        reason = reason.strip()
        check_characters(reason, what="The reason")
        if not 1 <= len(reason) <= REASON_MAX_CHARS:
            raise InvalidContent(
                f"The reason has {len(reason)} characters. Send what the author says, in 1 to "
                f"{REASON_MAX_CHARS} characters."
            )
        return self._ledger.appeal(
            decision_id,
            reason,
            actor=actor,
            appeal_id=self._new_id(),
            item_id=self._new_id(),
            now=self._clock(),
        )

    def latest(self, decision_id: str) -> Appeal:
        """Give the last appeal on a decision, or raise NotFound."""
        appeals = self._queries.appeals_on(decision_id)
        if not appeals:
            raise NotFound(
                f"There is no appeal on decision {decision_id!r}. Send one to /decisions/{{id}}/appeal."
            )
        return appeals[-1]
