"""Appeals: the statements, and whom an item under appeal is not for."""

from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Select,
    and_,
    exists,
    insert,
    select,
    update,
)

from app.core.appeals import Appeal, AppealOutcome
from app.core.errors import SecondPersonNeeded
from app.core.people import Role
from app.core.types import RulingAction
from app.db.tables import appeals, review_items, rulings, users

_DECIDING = (RulingAction.ALLOW.value, RulingAction.BLOCK.value)
_RULING_ROLES = tuple(role.value for role in Role if role.includes(Role.MODERATOR))


def on_decision(decision_id: str) -> Select[Any]:
    """Read the appeals on a decision, the first one first."""
    return select(appeals).where(appeals.c.decision_id == decision_id).order_by(appeals.c.id)


def appeal_of(row: Row[Any]) -> Appeal:
    """Read a row of `appeals`."""
    return Appeal(
        id=row.id,
        decision_id=row.decision_id,
        at=row.at,
        reason=row.reason,
        actor=row.actor,
        against=RulingAction(row.against),
        item_version=row.item_version,
        outcome=None if row.outcome is None else AppealOutcome(row.outcome),
        decided_at=row.decided_at,
        ruling_id=row.ruling_id,
    )


def is_open() -> ColumnElement[bool]:
    """Whether an item is under appeal, in words that an index serves."""
    return review_items.c.appeal_id > ""


def is_for_another(person: str | BindParameter[str]) -> ColumnElement[bool]:
    """Whether an item is under appeal, this person has decided it before, and somebody else could look."""
    items = review_items.c
    others = users.alias()
    somebody = exists().where(
        others.c.name != person,
        others.c.role.in_(_RULING_ROLES),
        others.c.disabled_at.is_(None),
        ~_has_decided(others.c.name, others),
    )
    return and_(items.appeal_id.is_not(None), _has_decided(person), somebody)


def for_another_statement(item_id: str, person: str) -> Select[Any]:
    """Read the id of an item if it is for another person; nothing where it is not."""
    return select(review_items.c.id).where(review_items.c.id == item_id, is_for_another(person))


def check_second_person(connection: Connection, item_id: str, person: str) -> None:
    """Refuse who decided what is appealed; raises SecondPersonNeeded."""
    if connection.execute(for_another_statement(item_id, person)).one_or_none() is not None:
        raise SecondPersonNeeded(
            f"You decided what is appealed on review item {item_id!r}, so another person rules on it now. "
            "Take the next one."
        )


def all_on(connection: Connection, decision_id: str) -> tuple[Appeal, ...]:
    """Give the appeals on a decision, the first one first."""
    return tuple(appeal_of(row) for row in connection.execute(on_decision(decision_id)))


def read(connection: Connection, appeal_id: str) -> Appeal:
    """Give an appeal that there is."""
    return appeal_of(connection.execute(select(appeals).where(appeals.c.id == appeal_id)).one())


def decided_by(connection: Connection, ruling_id: str) -> Appeal | None:
    """Give the appeal that a ruling decided, if it did."""
    row = connection.execute(select(appeals).where(appeals.c.ruling_id == ruling_id)).one_or_none()
    return None if row is None else appeal_of(row)


def keep(connection: Connection, appeal: Appeal) -> None:
    """Store a new appeal."""
    connection.execute(insert(appeals).values(**_row(appeal)))


def change(connection: Connection, appeal: Appeal) -> None:
    """Store an appeal as it is now."""
    connection.execute(update(appeals).where(appeals.c.id == appeal.id).values(**_row(appeal)))


def _has_decided(person: Any, *around: FromClause) -> ColumnElement[bool]:  # noqa: ANN401 a name, or a column of names
    """Whether a ruling of a person that stands resolved the item."""
    standing = exists().where(
        rulings.c.item_id == review_items.c.id,
        rulings.c.actor == person,
        rulings.c.undone_at.is_(None),
        rulings.c.action.in_(_DECIDING),
    )
    return standing.correlate(review_items, *around)


def _row(appeal: Appeal) -> dict[str, object]:
    return {
        "id": appeal.id,
        "decision_id": appeal.decision_id,
        "at": appeal.at,
        "reason": appeal.reason,
        "actor": appeal.actor,
        "against": appeal.against.value,
        "item_version": appeal.item_version,
        "outcome": appeal.outcome.value if appeal.outcome else None,
        "decided_at": appeal.decided_at,
        "ruling_id": appeal.ruling_id,
    }
