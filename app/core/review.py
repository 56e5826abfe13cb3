"""What is stored of a judged content, when a person must look at it, and how their rulings move it on.

A decision is the stored answer for one content: the machine's verdict plus what was judged. A review item
asks a person about one decision; a ruling is the person's answer. Nothing here knows where any of them is
kept.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from app.core.errors import ReviewConflict
from app.core.types import Action, Category, Label, NormalizedText, ReviewState, Ruling, RulingAction, Verdict

FIRST_VERSION = 1
"""Version of an item nobody has touched; each change adds one."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The stored answer for one content."""

    id: str
    """Time-ordered (UUID version 7), so that ids sort as the decisions were made."""
    created_at: datetime
    """Aware, UTC."""
    content_id: str | None
    author_id: str | None
    text: NormalizedText | None
    """None when the caller asked not to store it."""
    context: tuple[str, ...]
    """Earlier messages; empty when the text is not stored, for they are posts too."""
    text_hash: str
    """Keyed hash of the original text, which says its algorithm."""
    verdict: Verdict
    latency_ms: float
    client_token: str | None = None
    """What the caller sent to know the answer again."""

    def __post_init__(self) -> None:
        """Refuse a decision that would keep posts although its caller asked not to store them."""
        if self.text is None and self.context:
            message = f"Decision {self.id!r} has context but no text; store both or neither."
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A question to a person about one decision."""

    id: str
    decision_id: str
    state: ReviewState
    version: int
    """Counts the changes, so that a ruling on a page that has gone stale is noticed."""
    opened_at: datetime
    priority: float
    """In [0, 1]; the highest comes first."""
    category: Category | None
    """The machine's category; a person's own is in the ruling."""
    label: Label
    updated_at: datetime


def priority_of(verdict: Verdict) -> float:
    """Say how soon a person should look, in [0, 1].

    The weight of a verdict is `(severity + score) / 4`, severity counting from 0 (safe) to 3 (extremely
    harmful): a more severe label comes first, and within one label the higher score. The priority is half the
    weight, and half the weight plus one half where the category is self-harm: somebody may be in danger, so
    those come before all others.
    """
    weight = (verdict.label.severity + verdict.score) / 4
    return (1 + weight) / 2 if verdict.category is Category.SELF_HARM else weight / 2


def open_item(decision: Decision, *, item_id: str, now: datetime) -> ReviewItem | None:
    """Ask a person about a decision to review, or to block, which they may overturn; None when it allows."""
    verdict = decision.verdict
    if verdict.action is Action.ALLOW:
        return None
    return ReviewItem(
        id=item_id,
        decision_id=decision.id,
        state=ReviewState.OPEN,
        version=FIRST_VERSION,
        opened_at=now,
        priority=priority_of(verdict),
        category=verdict.category,
        label=verdict.label,
        updated_at=now,
    )


def advance(item: ReviewItem, ruling: Ruling, *, expected_version: int, now: datetime) -> ReviewItem:
    """Give the item as the ruling leaves it: allow and block resolve it, escalate hands it on.

    An escalated item may still be allowed or blocked. A resolved one is closed for good.

    Raises:
        ReviewConflict: The item is resolved, or is not the version that the person saw.
    """
    if item.state is ReviewState.RESOLVED:
        raise ReviewConflict(
            f"Review item {item.id!r} is already resolved (version {item.version}). "
            "Reload it to see the ruling that was made."
        )
    if item.version != expected_version:
        raise ReviewConflict(
            f"Review item {item.id!r} is {item.state} at version {item.version}, and this ruling was made on "
            f"version {expected_version}. Reload it and rule again."
        )
    return replace(item, state=_state_after(ruling.action), version=item.version + 1, updated_at=now)


def _state_after(action: RulingAction) -> ReviewState:
    match action:
        case RulingAction.ALLOW | RulingAction.BLOCK:
            return ReviewState.RESOLVED
        case RulingAction.ESCALATE:
            return ReviewState.ESCALATED
        case _:
            assert_never(action)
