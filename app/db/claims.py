"""Who holds which review item. One conditional UPDATE decides it, so two people never hold one item.

Where several processes write at a time, an item that is read here stays as it is until the transaction ends,
and whoever wants the next one passes over those that somebody is just taking.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, case, select, update
from sqlalchemy.sql.dml import ReturningUpdate

from app.core.errors import NotFound
from app.core.review import QueueView, ReviewItem
from app.core.types import ReviewState
from app.db import queue
from app.db.appeals import is_for_another
from app.db.rows import review_item_of
from app.db.tables import UtcTime, review_items

_items = review_items.c


def _taking(claimed_at: ColumnElement[Any]) -> ReturningUpdate[Any]:
    return (
        update(review_items)
        .where(
            _items.id == bindparam("taken"),
            _items.state != ReviewState.RESOLVED.value,
            queue.is_free(),
            ~is_for_another(queue.PERSON),
        )
        .values(holder=queue.PERSON, claimed_at=claimed_at, lease_until=bindparam("until", type_=UtcTime()))
        .returning(review_items)
    )


# Made once: building a statement and its cache key costs as much as running it.
_TAKE = _taking(queue.NOW)
_RENEW = _taking(case((_items.holder == queue.PERSON, _items.claimed_at), else_=queue.NOW))


def read(connection: Connection, item_id: str) -> ReviewItem:
    """Give an item as it is now, or raise NotFound."""
    row = connection.execute(select(review_items).where(_items.id == item_id).with_for_update()).one_or_none()
    if row is None:
        raise NotFound(f"There is no review item {item_id!r}. Open the queue and pick one from there.")
    return review_item_of(row)


def take(
    connection: Connection, item_id: str, *, person: str, now: datetime, until: datetime, renew: bool
) -> ReviewItem:
    """Claim an item that waits, is free or one's own, and is for this person; give it as it is now."""
    values = {**queue.values_of(now=now, person=person), "taken": item_id, "until": until}
    taken = connection.execute(_RENEW if renew else _TAKE, values).one_or_none()
    return read(connection, item_id) if taken is None else review_item_of(taken)


def take_next(
    connection: Connection, view: QueueView, *, person: str, now: datetime, until: datetime
) -> ReviewItem | None:
    """Claim the first item of a view that nobody else holds."""
    values = queue.values_of(now=now, person=person)
    row = connection.execute(queue.free_statement(view), values).one_or_none()
    if row is None:
        return None
    return take(connection, row.id, person=person, now=now, until=until, renew=False)


def release(connection: Connection, item_id: str, *, person: str, claimed_at: datetime) -> None:
    """End a claim, unless the same person has taken the item again since."""
    connection.execute(
        update(review_items)
        .where(_items.id == item_id, _items.holder == person, _items.claimed_at == claimed_at)
        .values(holder=None, claimed_at=None, lease_until=None)
    )
