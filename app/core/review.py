"""What is stored of a judged content, when a person must look at it, and how their rulings move it on.

A decision is the stored answer for one content: the machine's verdict plus what was judged. A review item
asks a person about one decision; a ruling is the person's answer. A claim keeps an item for one person for a
while. Nothing here knows where any of them is kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from app.core.errors import ReviewConflict, ReviewHeld, UndoRefused
from app.core.language import ENGLISH
from app.core.types import Action, Category, Label, NormalizedText, ReviewState, Ruling, RulingAction, Verdict

FIRST_VERSION = 1
"""Version of an item nobody has touched; each change adds one."""


CLOCK_SLACK = timedelta(minutes=1)
"""A claim from further in the future holds nobody up: it was taken by a clock that was wrong."""


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
    """None when the caller asked not to store it, or when it was kept for as long as it was to be."""
    context: tuple[str, ...]
    """Earlier messages; empty when the text is not stored, for they are posts too."""
    text_hash: str
    """Keyed hash of the original text, which says its algorithm."""
    verdict: Verdict
    latency_ms: float
    client_token: str | None = None
    """What the caller sent to know the answer again."""
    key_id: str | None = None
    """The API key it came with; None without one. It says who is told what becomes of the post."""
    text_removed_at: datetime | None = None
    """When the text was removed because it had been kept for as long as the settings say; else None."""

    def __post_init__(self) -> None:
        """Refuse a decision that would keep posts although its caller asked not to store them."""
        if self.text is None and self.context:
            message = f"Decision {self.id!r} has context but no text; store both or neither."
            raise ValueError(message)


class Lane(StrEnum):
    """Which lanes gave a verdict."""

    FIRST = "first"
    """The first alone."""
    SECOND = "second"
    """The second was asked too."""
    EARLY = "early"
    """None was asked: the words alone were certain."""
    INCOMPLETE = "incomplete"
    """One that was asked could not answer."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One person's hold on an item. It ends by itself, so that nothing is lost with a closed laptop."""

    holder: str
    at: datetime
    """When it was taken. It names the claim: an older page of the same person cannot release it."""
    until: datetime


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
    score: float
    """Of the verdict, like the action: the queue is filtered by them without reading decisions."""
    action: Action
    updated_at: datetime
    turn: int = 0
    """How often it was skipped; items of a later turn come after all others."""
    outcome: RulingAction | None = None
    """How it was resolved; None while it is not."""
    claim: Claim | None = None
    """The last claim, which may have run out."""
    appeal_id: str | None = None
    """The appeal that is open on it."""
    wave: str | None = None
    """The id of the first item whose text is nearly the same; None where there is no other one."""
    lane: Lane = Lane.FIRST
    language: str = ENGLISH
    """Both of the verdict."""

    def held_at(self, now: datetime) -> Claim | None:
        """The claim that holds at a time; None when anybody may take the item."""
        claim = self.claim
        return claim if claim and claim.at <= now + CLOCK_SLACK and claim.until > now else None


@dataclass(frozen=True, slots=True)
class RecordedRuling:
    """A ruling as it was stored."""

    id: str
    item_id: str
    at: datetime
    version: int
    """The item's version after it."""
    ruling: Ruling
    undone_at: datetime | None = None
    """When the person took it back; it is kept, and no longer counts."""
    bulk: str | None = None
    """The ruling on the item that the person had open, where they ruled on others of its wave at once."""


@dataclass(frozen=True, slots=True)
class Undoable:
    """A ruling that can be taken back."""

    last: RecordedRuling
    many: int
    """Rulings that are taken back with it, itself among them."""


class QueueOrder(StrEnum):
    """Which item comes first."""

    RISK = "risk"
    """The highest priority; of equals the oldest."""
    OLDEST = "oldest"
    """The one that has waited longest."""


@dataclass(frozen=True, slots=True)
class QueueView:
    """One way to look at the queue: which items, and in which order."""

    states: tuple[ReviewState, ...]
    """`CLAIMED` means waiting items that somebody holds now; the others do not look at claims."""
    order: QueueOrder = QueueOrder.RISK
    category: Category | None = None
    label: Label | None = None
    action: Action | None = None
    score_from: float = 0.0
    score_below: float | None = None
    opened_from: datetime | None = None
    opened_before: datetime | None = None
    appeals: bool = False
    """Only items under appeal."""
    lane: Lane | None = None
    language: str | None = None
    """ISO 639 code."""
    language_but: str | None = None
    """Only items in any other language."""


def priority_of(verdict: Verdict) -> float:
    """Say how soon a person should look, in [0, 1].

    The weight of a verdict is `(severity + score) / 4`, severity counting from 0 (safe) to 3 (extremely
    harmful): a more severe label comes first, and within one label the higher score. The priority is half the
    weight, and half the weight plus one half where the category is self-harm: somebody may be in danger, so
    those come before all others.
    """
    weight = (verdict.label.severity + verdict.score) / 4
    return (1 + weight) / 2 if verdict.category is Category.SELF_HARM else weight / 2


def lane_of(verdict: Verdict) -> Lane:
    """Say which lanes gave a verdict."""
    if verdict.unavailable:
        return Lane.INCOMPLETE
    match len(verdict.lanes):
        case 0:
            return Lane.FIRST
        case 1:
            return Lane.EARLY
        case _:
            return Lane.SECOND


def open_item(decision: Decision, *, item_id: str, now: datetime) -> ReviewItem | None:
    """Ask a person about a decision to review, or to block, which they may overturn; None when it allows."""
    return None if decision.verdict.action is Action.ALLOW else ask_about(decision, item_id=item_id, now=now)


def ask_about(decision: Decision, *, item_id: str, now: datetime) -> ReviewItem:
    """Ask a person about any decision."""
    verdict = decision.verdict
    return ReviewItem(
        id=item_id,
        decision_id=decision.id,
        state=ReviewState.OPEN,
        version=FIRST_VERSION,
        opened_at=now,
        priority=priority_of(verdict),
        category=verdict.category,
        label=verdict.label,
        score=verdict.score,
        action=verdict.action,
        updated_at=now,
        lane=lane_of(verdict),
        language=verdict.language,
    )


def check_free(item: ReviewItem, person: str, *, now: datetime) -> None:
    """Refuse an item that is another person's.

    Raises:
        ReviewHeld: Somebody else holds it.
    """
    claim = item.held_at(now)
    if claim is not None and claim.holder != person:
        raise ReviewHeld(
            f"{claim.holder} holds review item {item.id!r} until {claim.until:%H:%M} UTC. "
            "Take another one, or wait until they are done."
        )


def advance(item: ReviewItem, ruling: Ruling, *, expected_version: int, now: datetime) -> ReviewItem:
    """Give the item as the ruling leaves it: allow and block resolve it, escalate hands it on.

    An escalated item may still be allowed or blocked. A resolved one is closed, unless its ruling is undone.
    Whoever held the item lets go of it.

    Raises:
        ReviewConflict: The item is resolved, or is not the version that the person saw.
        ReviewHeld: Somebody else holds it.
    """
    _check_current(item, ruling.actor, expected_version=expected_version, now=now)
    state = _state_after(ruling.action)
    return replace(
        item,
        state=state,
        version=item.version + 1,
        updated_at=now,
        outcome=ruling.action if state is ReviewState.RESOLVED else None,
        claim=None,
    )


def check_together(item: ReviewItem, action: RulingAction, *, wave: str | None) -> None:
    """Refuse to rule on an item along with another one of its wave.

    Raises:
        ReviewConflict: It is of another wave, under appeal, or escalated already.
    """
    again = action is RulingAction.ESCALATE and item.state is ReviewState.ESCALATED
    if wave is None or item.wave != wave or item.appeal_id is not None or again:
        raise ReviewConflict(f"Review item {item.id!r} is to be looked at for itself. Open it to rule on it.")


def skip(item: ReviewItem, *, person: str, expected_version: int, now: datetime) -> ReviewItem:
    """Give the item as it comes back after all others; its version stays, for nothing was ruled.

    Raises:
        ReviewConflict: The item is resolved, or is not the version that the person saw.
        ReviewHeld: Somebody else holds it.
    """
    _check_current(item, person, expected_version=expected_version, now=now)
    return replace(item, turn=item.turn + 1, updated_at=now, claim=None)


def _check_current(item: ReviewItem, person: str, *, expected_version: int, now: datetime) -> None:
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
    check_free(item, person, now=now)


def since_opened(rulings: Sequence[RecordedRuling], *, version: int) -> list[RecordedRuling]:
    """The rulings on an item since an appeal that made this version of it.

    An appeal opens again what was decided. What waited still, escalated, it leaves as it was, and with it
    what was ruled before.
    """
    before = [each for each in rulings if each.version <= version and each.undone_at is None]
    if before and before[-1].ruling.action is RulingAction.ESCALATE:
        return list(rulings)
    return [each for each in rulings if each.version > version]


def undo(
    item: ReviewItem,
    rulings: Sequence[RecordedRuling],
    ruling_id: str,
    *,
    person: str,
    now: datetime,
    within: timedelta,
) -> ReviewItem:
    """Give the item as it was before a ruling, at a version of its own: nothing is forgotten.

    Args:
        item: as it is now.
        rulings: all rulings on it since it was last opened, the first one first.
        ruling_id: the ruling to take back.
        person: who takes it back.
        now: the time.
        within: how long after a ruling it may be taken back.

    Raises:
        UndoRefused: It is not this person's, too long ago, or not the last change of the item.
        ReviewHeld: Somebody else holds the item.
    """
    standing = [each for each in rulings if each.undone_at is None]
    if not standing or standing[-1].id != ruling_id or standing[-1].version != item.version:
        raise UndoRefused(
            f"Ruling {ruling_id!r} is not the last change of its item, so it cannot be taken back. "
            "The item says what came after."
        )
    last = standing[-1]
    if last.ruling.actor != person:
        raise UndoRefused(f"Ruling {ruling_id!r} is {last.ruling.actor}'s, and only they can take it back.")
    if now - last.at > within:
        raise UndoRefused(
            f"Ruling {ruling_id!r} was made more than {within.total_seconds():.0f} seconds ago. "
            "It stands; an appeal or a later post can change what follows from it."
        )
    check_free(item, person, now=now)
    before = standing[-2].ruling.action if len(standing) > 1 else None
    return replace(
        item,
        state=ReviewState.OPEN if before is None else _state_after(before),
        version=item.version + 1,
        updated_at=now,
        outcome=None,
    )


def _state_after(action: RulingAction) -> ReviewState:
    match action:
        case RulingAction.ALLOW | RulingAction.BLOCK:
            return ReviewState.RESOLVED
        case RulingAction.ESCALATE:
            return ReviewState.ESCALATED
        case _:
            assert_never(action)
