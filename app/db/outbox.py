"""What apps are to be told: written in the transaction in which it happens, and worked off from there.

So nothing that was stored is left untold, and nothing is told that was not stored. Several processes may
send: each takes deliveries under a lease, which runs out when the process is gone, and passes over those that
another one is just taking. Of one decision, an endpoint is told one event after the other.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from app.core.errors import NotFound
from app.core.review import Decision, ReviewItem
from app.core.webhooks import (
    Delivery,
    DeliveryState,
    Endpoint,
    EventKind,
    Happening,
    Subject,
    event_id_of,
    payload_of,
)
from app.db.receipts import NewDecision
from app.db.rows import decision_of, delivery_of
from app.db.tables import api_keys, decisions, webhook_deliveries, webhook_endpoints

KEEP_DELIVERED = timedelta(days=30)
"""How long what was delivered stays to be looked at and replayed."""
_MOST_SWEPT = 200
_MOST_NUMBER = 2**63 - 1
"""No database counts further, and its driver raises where more is asked for."""

_endpoints, _deliveries = webhook_endpoints.c, webhook_deliveries.c
_WAITING = DeliveryState.WAITING.value

# The endpoint of a key that was revoked is told nothing any more.
_IN_USE = or_(_endpoints.key_id.is_(None), api_keys.c.revoked_at.is_(None))
_WITH_KEY = webhook_endpoints.outerjoin(api_keys, api_keys.c.id == _endpoints.key_id)
# Read in every transaction that stores decisions, so it is made once and asks for no more than is needed.
_LISTENERS: Select[Any] = (
    select(_endpoints.id, _endpoints.key_id, _endpoints.kinds).select_from(_WITH_KEY).where(_IN_USE)
)
_INSERT = insert(webhook_deliveries)
# A look at the first few alone: they are the oldest, but for what was replayed.
_OLDEST = (
    select(_deliveries.number, _deliveries.tried_at)
    .where(_deliveries.state == DeliveryState.DELIVERED.value)
    .order_by(_deliveries.number)
    .limit(_MOST_SWEPT)
    .subquery()
)
_SWEEP = delete(webhook_deliveries).where(
    _deliveries.number.in_(select(_OLDEST.c.number).where(_OLDEST.c.tried_at <= bindparam("before")))
)


def announce(connection: Connection, happening: Happening) -> None:
    """Leave word of something that happened to a decision, for every endpoint that asked for it.

    Call it in the transaction that stores what happened.
    """
    listeners = _listeners(connection, happening.kind)
    if not listeners:
        return
    row = connection.execute(select(decisions).where(decisions.c.id == happening.decision_id)).one_or_none()
    if row is not None:
        _tell(connection, listeners, [(happening, _subject_of(decision_of(row)))])


def announce_decisions(connection: Connection, records: Sequence[NewDecision]) -> None:
    """Leave word of new decisions, in the transaction that stores them."""
    listeners = _listeners(connection, EventKind.DECISION_CREATED)
    if listeners:
        told = [(_created(each.decision, each.item), _subject_of(each.decision)) for each in records]
        _tell(connection, listeners, told)


def _listeners(connection: Connection, kind: EventKind) -> list[Row[Any]]:
    return [row for row in connection.execute(_LISTENERS) if kind.value in row.kinds]


def _created(decision: Decision, item: ReviewItem | None) -> Happening:
    return Happening(
        kind=EventKind.DECISION_CREATED,
        id=decision.id,
        decision_id=decision.id,
        at=decision.created_at,
        review_id=item.id if item else None,
        review_state=item.state if item else None,
    )


def _subject_of(decision: Decision) -> Subject:
    verdict = decision.verdict
    return Subject(
        decision_id=decision.id,
        content_id=decision.content_id,
        client_token=decision.client_token,
        key_id=decision.key_id,
        label=verdict.label,
        category=verdict.category,
        score=verdict.score,
        action=verdict.action,
    )


def _tell(
    connection: Connection,
    listeners: Sequence[Row[Any]],
    told: Sequence[tuple[Happening, Subject]],
) -> None:
    rows = [
        {
            "event_id": event_id_of(happening),
            "kind": happening.kind.value,
            "endpoint_id": listener.id,
            "decision_id": subject.decision_id,
            "at": happening.at,
            "payload": payload_of(happening, subject),
            "state": _WAITING,
            "queued_at": happening.at,
            "next_at": happening.at,
            "attempts": 0,
            "error": "",
        }
        for happening, subject in told
        for listener in listeners
        if listener.key_id is None or listener.key_id == subject.key_id
    ]
    if rows:
        connection.execute(_INSERT, rows)


def add_endpoint(connection: Connection, endpoint: Endpoint) -> None:
    """Store a new endpoint."""
    connection.execute(
        insert(webhook_endpoints).values(
            id=endpoint.id,
            key_id=endpoint.key_id,
            url=endpoint.url,
            kinds=[kind.value for kind in endpoint.kinds],
            sealed_secret=endpoint.sealed_secret,
            created_at=endpoint.created_at,
            failures=endpoint.failures,
            wait_until=endpoint.wait_until,
        )
    )


def remove_endpoint(connection: Connection, endpoint_id: str) -> None:
    """Delete an endpoint and all its deliveries, or raise NotFound."""
    if not connection.execute(delete(webhook_endpoints).where(_endpoints.id == endpoint_id)).rowcount:
        raise NotFound(
            f"There is no webhook endpoint {endpoint_id!r}. `plainspeak webhooks list` shows those there are."
        )


def claim(
    connection: Connection, endpoint_id: str, *, now: datetime, until: datetime, limit: int
) -> tuple[Delivery, ...]:
    """Take deliveries that are due at an endpoint, of each decision the first alone, under a lease."""
    earlier = webhook_deliveries.alias()
    goes_before = (
        select(earlier.c.number)
        .where(
            earlier.c.decision_id == _deliveries.decision_id,
            earlier.c.endpoint_id == _deliveries.endpoint_id,
            earlier.c.state == _WAITING,
            earlier.c.number < _deliveries.number,
        )
        .exists()
    )
    due = (
        select(webhook_deliveries)
        .where(
            _deliveries.endpoint_id == endpoint_id,
            _is_due(now),
            ~goes_before,
        )
        .order_by(_deliveries.next_at, _deliveries.number)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    found = tuple(delivery_of(row) for row in connection.execute(due))
    if found:
        connection.execute(
            update(webhook_deliveries)
            .where(_deliveries.number.in_([each.number for each in found]))
            .values(lease_until=until)
        )
    return found


def _is_due(now: datetime) -> ColumnElement[bool]:
    is_free = or_(_deliveries.lease_until.is_(None), _deliveries.lease_until <= now)
    return and_(_deliveries.state == _WAITING, _deliveries.next_at <= now, is_free)


def keep_attempts(
    connection: Connection, endpoint: Endpoint, tried: Sequence[Delivery], *, lease: datetime, now: datetime
) -> None:
    """Store deliveries and their endpoint as attempts left them; what lost its lease stays."""
    for each in tried:
        connection.execute(
            update(webhook_deliveries)
            .where(_deliveries.number == each.number, _deliveries.lease_until == lease)
            .values(
                state=each.state.value,
                next_at=each.next_at,
                attempts=each.attempts,
                lease_until=each.lease_until,
                tried_at=each.tried_at,
                status=each.status,
                error=each.error,
            )
        )
    connection.execute(
        update(webhook_endpoints)
        .where(_endpoints.id == endpoint.id)
        .values(failures=endpoint.failures, wait_until=endpoint.wait_until)
    )
    connection.execute(_SWEEP, {"before": now - KEEP_DELIVERED})


def replay(connection: Connection, number: int, *, now: datetime) -> None:
    """Have a delivery made once more, or raise NotFound. It goes before later events of its decision."""
    again = update(webhook_deliveries).where(_deliveries.number == number).values(_anew(now))
    if not 0 < number <= _MOST_NUMBER or not connection.execute(again).rowcount:
        raise NotFound(f"There is no delivery {number}. The page /webhooks shows those there are.")


def replay_failed(connection: Connection, *, now: datetime) -> int:
    """Have everything that was given up made once more; give how many there were."""
    failed = _deliveries.state == DeliveryState.FAILED.value
    return connection.execute(update(webhook_deliveries).where(failed).values(_anew(now))).rowcount


def _anew(now: datetime) -> dict[str, object]:
    return {
        "state": _WAITING,
        "queued_at": now,
        "next_at": now,
        "attempts": 0,
        "lease_until": None,
        "status": None,
        "error": "",
    }


def endpoints_statement() -> Select[Any]:
    """Every endpoint, the oldest first."""
    return select(webhook_endpoints).order_by(_endpoints.created_at, _endpoints.id)


def due_statement(now: datetime) -> Select[Any]:
    """The endpoints that may be told something now."""
    something = select(_deliveries.number).where(_deliveries.endpoint_id == _endpoints.id, _is_due(now))
    may = or_(_endpoints.wait_until.is_(None), _endpoints.wait_until <= now)
    return select(webhook_endpoints).select_from(_WITH_KEY).where(_IN_USE, may, something.exists())


def deliveries_statement(*, state: DeliveryState | None, before: int | None, limit: int) -> Select[Any]:
    """Deliveries, the newest first, from before a number."""
    statement = select(webhook_deliveries).order_by(_deliveries.number.desc()).limit(limit)
    if state is not None:
        statement = statement.where(_deliveries.state == state.value)
    return statement if before is None else statement.where(_deliveries.number < before)


def counts_statement() -> Select[Any]:
    """How many deliveries of each endpoint are in each state."""
    return select(_deliveries.endpoint_id, _deliveries.state, func.count().label("many")).group_by(
        _deliveries.endpoint_id, _deliveries.state
    )


def in_state_statement(state: DeliveryState) -> Select[Any]:
    """How many deliveries are in a state, from the index on it alone."""
    return select(func.count().label("many")).where(_deliveries.state == state.value)
