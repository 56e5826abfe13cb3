"""Reads of the queue: which items a view shows, in which order, and how many wait.

Every statement starts along an index of `review_items`; decisions are read only for the rows of one page.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, assert_never

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, union_all

from app.core.review import CLOCK_SLACK, QueueOrder, QueueView, ReviewItem
from app.core.types import Action, Category, Label, ReviewState
from app.db import appeals
from app.db.tables import category_of, decisions, review_item_of, review_items

EXCERPT_CHARS = 280
WAITING = (ReviewState.OPEN, ReviewState.ESCALATED)
"""What is stored of an item that waits; whether it is claimed, its lease says."""


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


def page_statement(view: QueueView, *, limit: int, after: QueueCursor | None, now: datetime) -> Select[Any]:
    """Read the first items of a view from after a place, each with the summary of its decision."""
    # One limited read for each state follows the index; a single one with IN would sort the whole queue.
    states = view.states if ReviewState.CLAIMED not in view.states else (ReviewState.CLAIMED,)
    pages = [_of_state(view, state, limit=limit, after=after, now=now).subquery() for state in states]
    page = union_all(*(select(page) for page in pages)).subquery()
    return (
        select(*item_columns(page.c), *summary_columns())
        .join_from(page, decisions, decisions.c.id == page.c.decision_id)
        .order_by(*_order(page.c, view.order))
        .limit(limit)
    )


def before_statement(view: QueueView, place: QueueCursor, *, now: datetime) -> Select[Any]:
    """Read the id of the item that comes just before a place in a view."""
    pages = [
        select(review_items)
        .where(*_shown(view, state, now=now), _comes_before(place, view.order))
        .order_by(*_order(review_items.c, view.order, back=True))
        .limit(1)
        .subquery()
        for state in view.states
    ]
    page = union_all(*(select(page) for page in pages)).subquery()
    return select(page.c.id).order_by(*_order(page.c, view.order, back=True)).limit(1)


def after_statement(view: QueueView, place: QueueCursor, *, now: datetime) -> Select[Any]:
    """Read the id of the item that comes just after a place in a view."""
    pages = [_of_state(view, state, limit=1, after=place, now=now).subquery() for state in view.states]
    page = union_all(*(select(page) for page in pages)).subquery()
    return select(page.c.id).order_by(*_order(page.c, view.order)).limit(1)


def free_statement(view: QueueView, *, person: str, now: datetime) -> Select[Any]:
    """Read the first item of a view that nobody else holds and that is for this person."""
    pages = [
        _of_state(view, state, limit=1, after=None, now=now)
        .where(is_free_for(person, now=now), ~appeals.is_for_another(person))
        .subquery()
        for state in view.states
    ]
    page = union_all(*(select(page) for page in pages)).subquery()
    return select(page).order_by(*_order(page.c, view.order)).limit(1)


def counts_statement(now: datetime) -> Select[Any]:
    """Count what waits by state and category, and what is held, in one statement."""
    items = review_items.c
    held = select(func.count()).where(_is_held(now))
    appealed = select(func.count()).where(appeals.is_open())
    return (
        select(
            items.state,
            items.category,
            func.count().label("items"),
            held.scalar_subquery().label("held"),
            appealed.scalar_subquery().label("appealed"),
        )
        .where(items.state.in_(_keys(WAITING)))
        .group_by(items.state, items.category)
    )


def resolved_statement() -> Select[Any]:
    """Count what is resolved."""
    return select(func.count()).where(review_items.c.state == ReviewState.RESOLVED.value)


def counts_of(rows: list[Row[Any]]) -> Counts:
    """Read the answer to `counts_statement`."""
    states = dict.fromkeys(WAITING, 0)
    categories: dict[str | None, int] = {}
    for row in rows:
        states[ReviewState(row.state)] += row.items
        categories[row.category] = categories.get(row.category, 0) + row.items
    return Counts(
        open=states[ReviewState.OPEN],
        escalated=states[ReviewState.ESCALATED],
        claimed=rows[0].held if rows else 0,
        appeals=rows[0].appealed if rows else 0,
        categories=tuple((category_of(key), count) for key, count in categories.items()),
    )


def _is_held(now: datetime) -> ColumnElement[bool]:
    """Whether somebody holds an item, as `ReviewItem.held_at` says it."""
    items = review_items.c
    return and_(items.lease_until > now, items.claimed_at <= now + CLOCK_SLACK)


def is_free_for(person: str, *, now: datetime) -> ColumnElement[bool]:
    """Whether nobody else holds an item. One's own is free: a page left without script never let go of it."""
    items = review_items.c
    return or_(items.lease_until.is_(None), ~_is_held(now), items.holder == person)


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
        func.substr(decisions.c.text, 1, EXCERPT_CHARS + 1).label("excerpt"),
        func.substr(decisions.c.plain_text, 1, EXCERPT_CHARS + 1).label("plain_excerpt"),
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


def _of_state(
    view: QueueView, state: ReviewState, *, limit: int, after: QueueCursor | None, now: datetime
) -> Select[Any]:
    statement = (
        select(review_items)
        .where(*_shown(view, state, now=now))
        .order_by(*_order(review_items.c, view.order))
        .limit(limit)
    )
    return statement if after is None else statement.where(_comes_after(after, view.order))


def _shown(view: QueueView, state: ReviewState, *, now: datetime) -> list[ColumnElement[bool]]:
    items = review_items.c
    # What is resolved has no claim, so the lease alone says what is held, and its index is short.
    is_held = _is_held(now)
    conditions = [is_held if state is ReviewState.CLAIMED else items.state == state.value]
    for column, wanted in (
        (items.category, view.category),
        (items.label, view.label),
        (items.action, view.action),
    ):
        if wanted is not None:
            conditions.append(column == wanted.value)
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


def _comes_after(place: QueueCursor, order: QueueOrder) -> ColumnElement[bool]:
    items = review_items.c
    further = items.priority < place.key if order is QueueOrder.RISK else items.opened_at > place.key
    same = items.priority == place.key if order is QueueOrder.RISK else items.opened_at == place.key
    # The first comparison follows from the second, and lets the index start at the turn.
    return and_(
        items.turn >= place.turn,
        or_(items.turn > place.turn, further, and_(same, items.id > place.item_id)),
    )


def _comes_before(place: QueueCursor, order: QueueOrder) -> ColumnElement[bool]:
    items = review_items.c
    nearer = items.priority > place.key if order is QueueOrder.RISK else items.opened_at < place.key
    same = items.priority == place.key if order is QueueOrder.RISK else items.opened_at == place.key
    return and_(
        items.turn <= place.turn,
        or_(items.turn < place.turn, nearer, and_(same, items.id < place.item_id)),
    )


def _keys(states: tuple[ReviewState, ...]) -> list[str]:
    return [state.value for state in states]


def _excerpt_of(text: str | None) -> str | None:
    return text if text is None or len(text) <= EXCERPT_CHARS else text[:EXCERPT_CHARS] + "…"
