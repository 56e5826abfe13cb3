"""Taking rows and texts away: the statements. Each runs in one transaction with its audit events."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Select,
    Table,
    delete,
    insert,
    select,
    tuple_,
    update,
)

from app.core.erasure import Removed
from app.core.errors import NotFound
from app.core.types import Action, ReviewState
from app.db import waves
from app.db.tables import (
    appeals,
    decisions,
    feedback,
    receipts,
    review_items,
    rulings,
    upkeep,
    webhook_deliveries,
)
from app.db.trail import MACHINE, Entry, append

AT_ONCE = 200
"""Decisions that are erased, or lose their text, in one transaction; others wait no longer than that."""
SCRUB, SCRUBBED = "scrub", "scrubbed"
"""Tasks of `upkeep`: the file holds traces since then; it was rewritten then."""
PROBE = "probe"
"""A task that is never there after a commit: it shows that one is possible."""


def erase(connection: Connection, *, decision_ids: Sequence[str], actor: str, now: datetime) -> Removed:
    """Delete decisions and all that hangs on them, and leave an event for each."""
    items = select(review_items.c.id).where(review_items.c.decision_id.in_(decision_ids))
    waves.erase(connection, items)
    removed = Removed(
        rulings=connection.execute(delete(rulings).where(rulings.c.item_id.in_(items))).rowcount,
        appeals=connection.execute(_of(appeals, decision_ids)).rowcount,
        feedback=connection.execute(_of(feedback, decision_ids)).rowcount,
        webhook_deliveries=connection.execute(_of(webhook_deliveries, decision_ids)).rowcount,
        receipts=connection.execute(_of(receipts, decision_ids)).rowcount,
        review_items=connection.execute(_of(review_items, decision_ids)).rowcount,
        decisions=connection.execute(delete(decisions).where(decisions.c.id.in_(decision_ids))).rowcount,
    )
    append(connection, [Entry(now, actor, "decision.erased", each, ()) for each in decision_ids])
    mark(connection, SCRUB, at=now)
    return removed


def erase_one(connection: Connection, decision_id: str, *, actor: str, now: datetime) -> Removed:
    """Delete a decision, or raise NotFound."""
    if connection.execute(select(decisions.c.id).where(decisions.c.id == decision_id)).one_or_none() is None:
        raise NotFound(f"There is no decision {decision_id!r}. Check the id; it may also have been erased.")
    return erase(connection, decision_ids=[decision_id], actor=actor, now=now)


def erase_some_of_author(connection: Connection, author_id: str, *, actor: str, now: datetime) -> Removed:
    """Delete some decisions on an author; nothing where none is left."""
    some = select(decisions.c.id).where(decisions.c.author_id == author_id).limit(AT_ONCE)
    ids = connection.execute(some).scalars().all()
    return erase(connection, decision_ids=ids, actor=actor, now=now) if ids else Removed()


def outlived_statement(
    action: Action, *, before: datetime, after: tuple[datetime, str] | None
) -> Select[Any]:
    """Read decisions of an action whose text has been kept for long enough, the oldest first.

    While a person is still to look at one, or did so less long ago, its text stays.
    """
    statement = select(decisions.c.id, decisions.c.created_at).where(
        decisions.c.action == action.value,
        decisions.c.created_at < before,
        decisions.c.text.is_not(None),
        ~_at_work(before),
    )
    if after is not None:
        statement = statement.where(tuple_(decisions.c.created_at, decisions.c.id) > after)
    return statement.order_by(decisions.c.created_at, decisions.c.id).limit(AT_ONCE)


def _at_work(before: datetime) -> ColumnElement[bool]:
    return (
        select(review_items.c.id)
        .where(
            review_items.c.decision_id == decisions.c.id,
            (review_items.c.state != ReviewState.RESOLVED.value) | (review_items.c.updated_at >= before),
        )
        .exists()
    )


def remove_texts(
    connection: Connection,
    outlived: Sequence[str],
    *,
    before: datetime,
    detail: tuple[tuple[str, str], ...],
    now: datetime,
) -> int:
    """Take the texts of decisions, with what people wrote about them, and leave the numbers."""
    # Since they were found an author may have appealed: a person is to look at the text after all.
    still = select(decisions.c.id).where(
        decisions.c.id.in_(outlived), decisions.c.text.is_not(None), ~_at_work(before)
    )
    decision_ids = connection.execute(still).scalars().all()
    if not decision_ids:
        return 0
    items = select(review_items.c.id).where(review_items.c.decision_id.in_(decision_ids))
    waves.erase(connection, items)
    connection.execute(update(rulings).where(rulings.c.item_id.in_(items)).values(note=""))
    connection.execute(update(appeals).where(appeals.c.decision_id.in_(decision_ids)).values(reason=""))
    connection.execute(
        update(decisions)
        .where(decisions.c.id.in_(decision_ids))
        .values(text=None, plain_text=None, edits=None, hints=None, context=[], text_removed_at=now)
    )
    counted = (*detail, ("texts", str(len(decision_ids))))
    append(connection, [Entry(now, MACHINE, "texts.removed", "retention", counted)])
    mark(connection, SCRUB, at=now)
    return len(decision_ids)


def mark(connection: Connection, task: str, *, at: datetime) -> None:
    """Write down when something was last done, or last became due."""
    connection.execute(delete(upkeep).where(upkeep.c.task == task))
    connection.execute(insert(upkeep).values(task=task, at=at))


def write_and_take_back(connection: Connection) -> None:
    """Change a page and leave it as it was: the commit must write it."""
    mark(connection, PROBE, at=datetime.fromtimestamp(0, UTC))
    connection.execute(delete(upkeep).where(upkeep.c.task == PROBE))


def settle(connection: Connection, *, due_at: datetime, now: datetime) -> None:
    """Write down that the file was rewritten, unless something was erased meanwhile."""
    connection.execute(delete(upkeep).where(upkeep.c.task == SCRUB, upkeep.c.at == due_at))
    mark(connection, SCRUBBED, at=now)


def marks_statement() -> Select[Any]:
    """Read when each task was last done, or last became due."""
    return select(upkeep.c.task, upkeep.c.at)


def _of(table: Table, decision_ids: Sequence[str]) -> Delete:
    return delete(table).where(table.c.decision_id.in_(decision_ids))
