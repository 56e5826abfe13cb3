"""Reads of the queue: which items a view shows, in which order, and how many wait.

Every statement starts along an index of `review_items`; decisions are read only for the rows of one page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, assert_never

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Row,
    Select,
    Subquery,
    Text,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from app.core.review import CLOCK_SLACK, QueueOrder, QueueView, ReviewItem
from app.core.types import Action, Category, Label, ReviewState, RulingAction
from app.db import appeals
from app.db.rows import category_of, review_item_of
from app.db.tables import UtcTime, decisions, review_counts, review_items

EXCERPT_CHARS = 280
WAITING = (ReviewState.OPEN, ReviewState.ESCALATED)
"""What is stored of an item that waits; whether it is claimed, its lease says."""
BEFORE, AFTER = "before", "after"
NOW, PERSON = bindparam("now", type_=UtcTime()), bindparam("person", type_=Text())
SOON = bindparam("soon", type_=UtcTime())
TURN, ITEM = bindparam("turn", type_=Integer()), bindparam("item", type_=Text())
KEY: BindParameter[Any] = bindparam("key")
"""What the statements are run with: the time, who asks, and a place in the queue."""
_VIEWS = 64
"""Statements that are kept; a view by age is another one each time."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list shows of a decision."""

    id: str
    created_at: datetime
    content_id: str | None
    author_id: str | None
    excerpt: str | None
    """The start of the original text, with an ellipsis where it goes on; None when it is not stored."""
    plain_excerpt: str | None
    label: Label
    confidence: float
    category: Category | None
    score: float
    action: Action
    unavailable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the queue."""

    item: ReviewItem
    decision: Summary
    wave: int = 1
    """How many items wait that are nearly the same, this one among them; they have no other row."""


@dataclass(frozen=True, slots=True)
class WaveMember:
    """Another item of a wave."""

    item: ReviewItem
    plain: str
    author_id: str | None


@dataclass(frozen=True, slots=True)
class Wave:
    """What is nearly the same as an item."""

    waiting: int
    """Items that wait, the one itself left out."""
    allowed: int
    blocked: int
    """What people made of those that do not wait any more."""
    members: tuple[WaveMember, ...]
    """The first of those that wait, in the order of the queue."""
    decided: tuple[WaveMember, ...]
    """The last of those that people decided, the newest first."""


@dataclass(frozen=True, slots=True)
class QueueCursor:
    """Where a page ended: the next one starts after this item, whatever was opened or resolved meanwhile."""

    turn: int
    key: float | datetime
    """The item's priority in the order of risk, the time it was opened in the order of age."""
    item_id: str


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One page of the queue."""

    rows: tuple[QueueRow, ...]
    next: QueueCursor | None
    """None on the last page."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many items wait, and where."""

    open: int
    escalated: int
    claimed: int
    """Held by somebody now; counted among the open and the escalated too."""
    categories: tuple[tuple[Category | None, int], ...]
    """Waiting items by category, those that have any."""
    resolved: int = 0
    """Items that people decided."""
    appeals: int = 0
    """Under appeal; counted among the open and the escalated too."""

    @property
    def waiting(self) -> int:
        """Items that need a person."""
        return self.open + self.escalated


def cursor_at(item: ReviewItem, order: QueueOrder) -> QueueCursor:
    """Name an item's place in an order."""
    key = item.priority if order is QueueOrder.RISK else item.opened_at
    return QueueCursor(item.turn, key, item.id)


def values_of(
    *, now: datetime, person: str | None = None, place: QueueCursor | None = None
) -> dict[str, object]:
    """Give the values that the statements below are run with."""
    at = {"turn": place.turn, "key": place.key, "item": place.item_id} if place else {}
    return {"now": now, "soon": now + CLOCK_SLACK, **at, **({"person": person} if person else {})}


# Building one of these takes ten times as long as running it, so each is built once for each view.


@lru_cache(maxsize=_VIEWS)
def page_statement(view: QueueView, *, limit: int, goes_on: bool) -> Select[Any]:
    """Read the first items of a view, or those from after a place, each with the summary of its decision."""
    # One limited read for each state follows the index; a single one with IN would sort the whole queue.
    states = view.states if ReviewState.CLAIMED not in view.states else (ReviewState.CLAIMED,)
    place = (_comes_after(view.order),) if goes_on else ()
    pages = [
        _first_of(view, state, limit=limit).where(_leads(view, state), *place).subquery() for state in states
    ]
    page = union_all(*(select(page) for page in pages)).subquery()
    return (
        select(*item_columns(page.c), *summary_columns())
        .join_from(page, decisions, decisions.c.id == page.c.decision_id)
        .order_by(*_order(page.c, view.order))
        .limit(limit)
    )


@lru_cache(maxsize=_VIEWS)
def neighbours_statement(view: QueueView) -> Select[Any]:
    """Read the ids of the items that come just before and just after a place in a view, at most one each."""

    def side(name: str, condition: ColumnElement[bool], *, back: bool) -> Subquery:
        pages = [
            select(review_items)
            .where(*_shown(view, state), _leads(view, state), condition)
            .order_by(*_order(review_items.c, view.order, back=back))
            .limit(1)
            .subquery()
            for state in view.states
        ]
        page = union_all(*(select(page) for page in pages)).subquery()
        ordered = select(page.c.id, literal(name).label("side"))
        return ordered.order_by(*_order(page.c, view.order, back=back)).limit(1).subquery()

    before = side(BEFORE, _comes_before(view.order), back=True)
    after = side(AFTER, _comes_after(view.order), back=False)
    return select(union_all(select(before), select(after)).subquery())


@lru_cache(maxsize=_VIEWS)
def free_statement(view: QueueView) -> Select[Any]:
    """Read the first item of a view that nobody else holds and that is for this person."""
    pages = [
        _first_of(view, state, limit=1)
        .where(is_free(), ~appeals.is_for_another(PERSON))
        .with_for_update(skip_locked=True)
        .subquery()
        for state in view.states
    ]
    page = union_all(*(select(page) for page in pages)).subquery()
    return select(page).order_by(*_order(page.c, view.order)).limit(1)


@lru_cache(maxsize=1)
def counts_statement() -> Select[Any]:
    """Read the counts of items by state and category, and count what is held, in one statement."""
    kept = review_counts.c
    held = select(func.count()).where(_is_held())
    appealed = select(func.count()).where(appeals.is_open())
    return select(
        kept.state,
        kept.category,
        kept.number,
        held.scalar_subquery().label("held"),
        appealed.scalar_subquery().label("appealed"),
    ).where(kept.number > 0)


def counts_of(rows: list[Row[Any]]) -> Counts:
    """Read the answer to `counts_statement`."""
    states = dict.fromkeys((*WAITING, ReviewState.RESOLVED), 0)
    categories: dict[str, int] = {}
    for row in rows:
        states[ReviewState(row.state)] += row.number
        if row.state in WAITING:
            categories[row.category] = categories.get(row.category, 0) + row.number
    return Counts(
        open=states[ReviewState.OPEN],
        escalated=states[ReviewState.ESCALATED],
        resolved=states[ReviewState.RESOLVED],
        claimed=rows[0].held if rows else 0,
        appeals=rows[0].appealed if rows else 0,
        categories=tuple((category_of(key or None), count) for key, count in categories.items()),
    )


def wave_sizes_statement(waves: Sequence[str]) -> Select[Any]:
    """Count the items of some waves that wait."""
    return (
        select(review_items.c.wave, func.count().label("items"))
        .where(review_items.c.wave.in_(waves), *_waits_in_wave())
        .group_by(review_items.c.wave)
    )


@lru_cache(maxsize=1)
def wave_statement(*, waiting: int, decided: int) -> Select[Any]:
    """Count what became of the other items of a wave, and read some of them beside the counts.

    It is one statement, because every item of a wave asks it; its rows all carry the same counts, and there
    is one without an item where nothing is to be read.

    Args:
        waiting: how many of those that wait to read at most, the most pressing first.
        decided: how many of those that people decided to read at most, the last one first.
    """
    items = review_items.c
    others = items.wave == bindparam("wave"), items.id != ITEM
    counts = select(
        _sum_of(and_(*_waits_in_wave())).label("waiting"),
        _sum_of(items.outcome == RulingAction.ALLOW.value).label("allowed"),
        _sum_of(items.outcome == RulingAction.BLOCK.value).label("blocked"),
    ).where(*others)
    first = (
        select(review_items)
        .where(*others, *_waits_in_wave())
        .order_by(*_order(items, QueueOrder.RISK))
        .limit(waiting)
    )
    last = (
        select(review_items)
        .where(*others, items.state == ReviewState.RESOLVED.value)
        .order_by(*_order(items, QueueOrder.OLDEST, back=True))
        .limit(decided)
    )
    found = union_all(select(first.subquery()), select(last.subquery())).subquery()
    counted = counts.subquery()
    return (
        select(*counted.c, *item_columns(found.c), decisions.c.plain_text, decisions.c.author_id)
        .select_from(counted)
        .join(found, true(), isouter=True)
        .join(decisions, decisions.c.id == found.c.decision_id, isouter=True)
    )


def wave_of(rows: Sequence[Row[Any]]) -> Wave | None:
    """Read the answer to `wave_statement`; None where nothing else is in the wave."""
    counts = rows[0]
    if not (counts.waiting or counts.allowed or counts.blocked):
        return None
    members = [
        WaveMember(review_item_of(row, prefix="item_"), row.plain_text or "", row.author_id)
        for row in rows
        if row.item_id is not None
    ]
    waiting = [each for each in members if each.item.outcome is None]
    decided = [each for each in members if each.item.outcome is not None]
    return Wave(
        int(counts.waiting),
        int(counts.allowed),
        int(counts.blocked),
        tuple(sorted(waiting, key=lambda each: (each.item.turn, -each.item.priority, each.item.id))),
        tuple(sorted(decided, key=lambda each: each.item.updated_at, reverse=True)),
    )


def _sum_of(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _waits_in_wave() -> tuple[ColumnElement[bool], ...]:
    return review_items.c.state.in_(_keys(WAITING)), review_items.c.appeal_id.is_(None)


def _is_held(items: Any = review_items.c) -> ColumnElement[bool]:  # noqa: ANN401 SQLAlchemy's collections of columns share no class
    """Whether somebody holds an item, as `ReviewItem.held_at` says it."""
    return and_(items.lease_until > NOW, items.claimed_at <= SOON)


def is_free() -> ColumnElement[bool]:
    """Whether nobody else holds an item. One's own is free: a page left without script never let go of it."""
    items = review_items.c
    return or_(items.lease_until.is_(None), ~_is_held(), items.holder == PERSON)


def item_columns(columns: Any = review_items.c) -> tuple[ColumnElement[Any], ...]:  # noqa: ANN401 SQLAlchemy's collections of columns share no class
    """Read a review item beside something else: every column with the prefix `item_`."""
    return tuple(columns[column.name].label(f"item_{column.name}") for column in review_items.c)


def summary_columns() -> tuple[ColumnElement[Any], ...]:
    """What a list reads of a decision: of its texts only the start."""
    return (
        decisions.c.id,
        decisions.c.created_at,
        decisions.c.content_id,
        decisions.c.author_id,
        _start(decisions.c.text).label("excerpt"),
        _start(decisions.c.plain_text).label("plain_excerpt"),
        decisions.c.label,
        decisions.c.confidence,
        decisions.c.category,
        decisions.c.score,
        decisions.c.action,
        decisions.c.unavailable,
    )


def summary_of(row: Row[Any]) -> Summary:
    """Read the summary of a decision."""
    return Summary(
        id=row.id,
        created_at=row.created_at,
        content_id=row.content_id,
        author_id=row.author_id,
        excerpt=_excerpt_of(row.excerpt),
        plain_excerpt=_excerpt_of(row.plain_excerpt),
        label=Label(row.label),
        confidence=row.confidence,
        category=category_of(row.category),
        score=row.score,
        action=Action(row.action),
        unavailable=tuple(row.unavailable),
    )


def queue_row_of(row: Row[Any]) -> QueueRow:
    """Read one line of the queue."""
    return QueueRow(item=review_item_of(row, prefix="item_"), decision=summary_of(row))


def _first_of(view: QueueView, state: ReviewState, *, limit: int) -> Select[Any]:
    return (
        select(review_items)
        .where(*_shown(view, state))
        .order_by(*_order(review_items.c, view.order))
        .limit(limit)
    )


def _leads(view: QueueView, state: ReviewState) -> ColumnElement[bool]:
    """Whether an item comes first of its wave in a view. An appeal is looked at for itself."""
    if view.appeals or state not in WAITING:
        return true()
    items, others = review_items.c, review_items.alias()
    first = (
        select(others.c.id)
        .where(others.c.wave == items.wave, others.c.appeal_id.is_(None))
        .where(*_shown(view, state, items=others.c))
        .order_by(*_order(others.c, view.order))
        .limit(1)
        .correlate(review_items)
    )
    return or_(items.wave.is_(None), items.appeal_id.is_not(None), items.id == first.scalar_subquery())


def _shown(
    view: QueueView,
    state: ReviewState,
    *,
    items: Any = review_items.c,  # noqa: ANN401 SQLAlchemy's collections of columns share no class
) -> list[ColumnElement[bool]]:
    # What is resolved has no claim, so the lease alone says what is held, and its index is short.
    is_held = _is_held(items)
    conditions: list[ColumnElement[bool]] = [
        is_held if state is ReviewState.CLAIMED else items.state == state.value
    ]
    for column, wanted in (
        (items.category, view.category),
        (items.label, view.label),
        (items.action, view.action),
        (items.lane, view.lane),
    ):
        if wanted is not None:
            conditions.append(column == wanted.value)
    if view.language is not None:
        conditions.append(items.language == view.language)
    if view.language_but is not None:
        conditions.append(items.language != view.language_but)
    if view.score_from:
        conditions.append(items.score >= view.score_from)
    if view.score_below is not None:
        conditions.append(items.score < view.score_below)
    if view.opened_from is not None:
        conditions.append(items.opened_at >= view.opened_from)
    if view.opened_before is not None:
        conditions.append(items.opened_at < view.opened_before)
    if view.appeals:
        conditions.append(appeals.is_open())
    return conditions


def _order(columns: Any, order: QueueOrder, *, back: bool = False) -> list[ColumnElement[Any]]:  # noqa: ANN401 SQLAlchemy's collections of columns share no class
    match order:
        case QueueOrder.RISK:
            keys = [columns.turn.asc(), columns.priority.desc(), columns.id.asc()]
            reverse = [columns.turn.desc(), columns.priority.asc(), columns.id.desc()]
        case QueueOrder.OLDEST:
            keys = [columns.turn.asc(), columns.opened_at.asc(), columns.id.asc()]
            reverse = [columns.turn.desc(), columns.opened_at.desc(), columns.id.desc()]
        case _:
            assert_never(order)
    return reverse if back else keys


def _comes_after(order: QueueOrder) -> ColumnElement[bool]:
    items = review_items.c
    further = items.priority < KEY if order is QueueOrder.RISK else items.opened_at > KEY
    same = items.priority == KEY if order is QueueOrder.RISK else items.opened_at == KEY
    # The first comparison follows from the second, and lets the index start at the turn.
    return and_(items.turn >= TURN, or_(items.turn > TURN, further, and_(same, items.id > ITEM)))


def _comes_before(order: QueueOrder) -> ColumnElement[bool]:
    items = review_items.c
    nearer = items.priority > KEY if order is QueueOrder.RISK else items.opened_at < KEY
    same = items.priority == KEY if order is QueueOrder.RISK else items.opened_at == KEY
    return and_(items.turn <= TURN, or_(items.turn < TURN, nearer, and_(same, items.id < ITEM)))


def _start(text: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.substr(text, 1, EXCERPT_CHARS + 1, type_=text.type)


def _keys(states: tuple[ReviewState, ...]) -> list[str]:
    return [state.value for state in states]


def _excerpt_of(text: str | None) -> str | None:
    return text if text is None or len(text) <= EXCERPT_CHARS else text[:EXCERPT_CHARS] + "…"
