"""An appeal: a site sends on what an author says against what was decided, and a second person looks.

It reopens the review item, whatever was ruled before stays on record, and the ruling that resolves the item
again upholds or overturns what stood. Nothing here knows where appeals are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.core.errors import AppealConflict
from app.core.review import ReviewItem
from app.core.types import Action, ReviewState, RulingAction

REASON_MAX_CHARS = 2000


class AppealOutcome(StrEnum):
    """What became of what stood before."""

    UPHELD = "upheld"
    OVERTURNED = "overturned"


@dataclass(frozen=True, slots=True)
class Appeal:
    """One appeal against one decision."""

    id: str
    decision_id: str
    at: datetime
    reason: str
    """In the author's words: as hostile as a post."""
    actor: str
    """Who sent it: the id of an API key, or "app"."""
    against: RulingAction
    """What stood when it came: allow or block."""
    item_version: int
    """The version of the item that it made: rulings up to it were made before."""
    outcome: AppealOutcome | None = None
    """None while it is open."""
    decided_at: datetime | None = None
    ruling_id: str | None = None
    """The ruling that decided it."""


def repeated(appeals: Sequence[Appeal], reason: str) -> Appeal | None:
    """Give the appeal that is only sent again; None for a new one.

    Args:
        appeals: all on the decision, the first one first.
        reason: of the one that comes.

    Raises:
        AppealConflict: another one is open.
    """
    if not appeals:
        return None
    last = appeals[-1]
    if last.reason == reason:
        return last
    if last.outcome is None:
        raise AppealConflict(
            f"Decision {last.decision_id!r} has an open appeal, {last.id!r}, with another reason. "
            "Wait until it is decided; one is open at a time."
        )
    return None


def stands(item: ReviewItem | None, action: Action) -> RulingAction:
    """What an appeal is against: the ruling where there is one, else what the machine did.

    A post that is held for a person is not shown, so that is like a block.
    """
    if item is not None and item.outcome is not None:
        return item.outcome
    return RulingAction.ALLOW if action is Action.ALLOW else RulingAction.BLOCK


def under_appeal(item: ReviewItem, appeal_id: str, *, now: datetime) -> ReviewItem:
    """Give an item as an appeal leaves it: it waits, at a version of its own.

    Whoever has it open finds that it has changed, and looks again.
    """
    is_resolved = item.state is ReviewState.RESOLVED
    return replace(
        item,
        state=ReviewState.OPEN if is_resolved else item.state,
        version=item.version + 1,
        updated_at=now,
        turn=0,
        outcome=None,
        appeal_id=appeal_id,
    )


def decided(appeal: Appeal, action: RulingAction, *, ruling_id: str, now: datetime) -> Appeal:
    """Give an appeal as the ruling that resolves its item leaves it."""
    outcome = AppealOutcome.UPHELD if action is appeal.against else AppealOutcome.OVERTURNED
    return replace(appeal, outcome=outcome, decided_at=now, ruling_id=ruling_id)


def reopened(appeal: Appeal) -> Appeal:
    """Give a decided appeal as it is when that ruling is taken back."""
    return replace(appeal, outcome=None, decided_at=None, ruling_id=None)
