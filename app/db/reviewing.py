"""What people do to review items: rulings, appeals, and taking back. Each in the transaction it is given."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from app.core.appeals import Appeal, decided, reopened, repeated, stands, under_appeal
from app.core.errors import NotFound, ReviewConflict
from app.core.review import ReviewItem, advance, ask_about, check_together, since_opened, skip, undo
from app.core.types import ReviewState, Ruling
from app.core.webhooks import EventKind, Happening
from app.db import appeals, claims, outbox
from app.db.rows import decision_of, review_item_of, ruling_of
from app.db.tables import decisions, review_items, rulings
from app.db.trail import Entry, append

_INSERT_ITEM, _INSERT_RULING = insert(review_items), insert(rulings)


@dataclass(frozen=True, slots=True)
class Asked:
    """An item to rule on."""

    item_id: str
    version: int
    """Which one the person saw."""
    ruling_id: str


@dataclass(frozen=True, slots=True)
class Bulk:
    """What was changed at once."""

    items: tuple[ReviewItem, ...]
    """As they are now; first the one that the person had open."""
    left: int
    """How many were left as they were: somebody else holds them, or has changed them meanwhile."""


def keep_ruling(
    connection: Connection,
    item_id: str,
    ruling: Ruling,
    *,
    expected_version: int,
    ruling_id: str,
    now: datetime,
    bulk: str | None = None,
) -> ReviewItem:
    """See `Ledger.rule`. Whatever is refused is refused before anything is written."""
    found = claims.read(connection, item_id)
    item = advance(found, ruling, expected_version=expected_version, now=now)
    appeals.check_second_person(connection, item_id, ruling.actor)
    appeal = None
    if item.appeal_id is not None and item.state is ReviewState.RESOLVED:
        appeal = appeals.read(connection, item.appeal_id)
        item = replace(item, appeal_id=None)
    connection.execute(update(review_items).where(review_items.c.id == item_id).values(item_row(item)))
    connection.execute(_INSERT_RULING, [_ruling_row(ruling, item, ruling_id=ruling_id, now=now, bulk=bulk)])
    append(connection, [_ruled(ruling, item, ruling_id=ruling_id, now=now, bulk=bulk)])
    if item.state is ReviewState.RESOLVED:
        outbox.announce(connection, _decided(item, event_id=ruling_id, at=now))
    if appeal is not None:
        outcome = decided(appeal, ruling.action, ruling_id=ruling_id, now=now)
        _record_outcome(connection, outcome, item, actor=ruling.actor, now=now)
    return item


def keep_rulings(
    connection: Connection,
    asked: Asked,
    others: Sequence[Asked],
    ruling: Ruling,
    *,
    now: datetime,
) -> Bulk:
    """See `Ledger.rule_all`."""

    def keep(each: Asked) -> ReviewItem:
        return keep_ruling(
            connection,
            each.item_id,
            ruling,
            expected_version=each.version,
            ruling_id=each.ruling_id,
            now=now,
            bulk=asked.ruling_id,
        )

    item = keep(asked)
    ruled, left = [item], 0
    for each in others:
        try:
            check_together(claims.read(connection, each.item_id), ruling.action, wave=item.wave)
            ruled.append(keep(each))
        except (NotFound, ReviewConflict):
            left += 1
    return Bulk(tuple(ruled), left)


def _record_outcome(
    connection: Connection, appeal: Appeal, item: ReviewItem, *, actor: str, now: datetime
) -> None:
    """Store what became of an appeal, in the transaction of the ruling that decided it."""
    appeals.change(connection, appeal)
    detail = (("outcome", str(appeal.outcome)), ("ruling", str(appeal.ruling_id)))
    append(connection, [_appealed(appeal, item, "appeal.decided", actor=actor, now=now, more=detail)])
    outbox.announce(
        connection,
        Happening(
            kind=EventKind.APPEAL_DECIDED,
            # A ruling that is undone lets another one decide the same appeal.
            id=f"{appeal.id}_{appeal.ruling_id}",
            decision_id=item.decision_id,
            at=now,
            review_id=item.id,
            review_state=item.state,
            outcome=str(appeal.outcome),
            appeal_id=appeal.id,
        ),
    )


def keep_appeal(
    connection: Connection,
    decision_id: str,
    reason: str,
    *,
    actor: str,
    appeal_id: str,
    item_id: str,
    now: datetime,
) -> Appeal:
    """See `Ledger.appeal`."""
    row = connection.execute(select(decisions).where(decisions.c.id == decision_id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no decision {decision_id!r}. Check the id; it may also have been erased.")
    if again := repeated(appeals.all_on(connection, decision_id), reason):
        return again
    asked = connection.execute(
        select(review_items).where(review_items.c.decision_id == decision_id).with_for_update()
    ).one_or_none()
    found = None if asked is None else review_item_of(asked)
    item = under_appeal(found or ask_about(decision_of(row), item_id=item_id, now=now), appeal_id, now=now)
    appeal = Appeal(
        id=appeal_id,
        decision_id=decision_id,
        at=now,
        reason=reason,
        actor=actor,
        against=stands(found, item.action),
        item_version=item.version,
    )
    if found is None:
        connection.execute(_INSERT_ITEM, [item_row(item)])
    else:
        connection.execute(update(review_items).where(review_items.c.id == item.id).values(item_row(item)))
    appeals.keep(connection, appeal)
    append(connection, [_appealed(appeal, item, "appeal.opened", actor=actor, now=now)])
    return appeal


def _appealed(
    appeal: Appeal,
    item: ReviewItem,
    kind: str,
    *,
    actor: str,
    now: datetime,
    more: tuple[tuple[str, str], ...] = (),
) -> Entry:
    # The reason stays out: it may quote the post.
    detail = (("appeal", appeal.id), ("decision", appeal.decision_id), ("against", appeal.against.value))
    return Entry(now, actor, kind, item.id, (*detail, *more, *_standing(item)))


def take_all_back(
    connection: Connection, ruling_id: str, *, person: str, now: datetime, within: timedelta
) -> Bulk:
    """See `Ledger.undo`."""
    together = select(rulings.c.id).where(
        rulings.c.bulk == ruling_id, rulings.c.id != ruling_id, rulings.c.undone_at.is_(None)
    )
    changed = [_take_back(connection, ruling_id, person=person, now=now, within=within)]
    left = 0
    for row in connection.execute(together.order_by(rulings.c.id)).all():
        try:
            changed.append(_take_back(connection, row.id, person=person, now=now, within=within))
        except ReviewConflict:
            left += 1
    return Bulk(tuple(changed), left)


def _take_back(
    connection: Connection, ruling_id: str, *, person: str, now: datetime, within: timedelta
) -> ReviewItem:
    """Take one ruling back. Whatever is refused is refused before anything is written."""
    row = connection.execute(select(rulings.c.item_id).where(rulings.c.id == ruling_id)).one_or_none()
    if row is None:
        raise NotFound(f"There is no ruling {ruling_id!r}. Open the item to see what was ruled.")
    found = claims.read(connection, row.item_id)
    ended = appeals.decided_by(connection, ruling_id)
    appeal = appeals.read(connection, found.appeal_id) if found.appeal_id else ended
    on_it = select(rulings).where(rulings.c.item_id == row.item_id).order_by(rulings.c.version)
    recorded = [ruling_of(each) for each in connection.execute(on_it)]
    item = undo(
        found,
        since_opened(recorded, version=appeal.item_version if appeal else 0),
        ruling_id,
        person=person,
        now=now,
        within=within,
    )
    item = replace(item, appeal_id=appeal.id if appeal else None)
    connection.execute(update(review_items).where(review_items.c.id == item.id).values(item_row(item)))
    connection.execute(update(rulings).where(rulings.c.id == ruling_id).values(undone_at=now))
    detail = (("ruling", ruling_id), ("decision", item.decision_id), *_standing(item))
    append(connection, [Entry(now, person, "review.undone", item.id, detail)])
    if ended is not None:
        appeals.change(connection, reopened(ended))
        append(connection, [_appealed(ended, item, "appeal.reopened", actor=person, now=now)])
    if found.state is ReviewState.RESOLVED:
        outbox.announce(connection, _decided(item, event_id=f"{ruling_id}_undone", at=now))
    return item


def put_behind(
    connection: Connection, item_id: str, *, person: str, expected_version: int, now: datetime
) -> ReviewItem:
    """See `Ledger.skip`."""
    item = skip(claims.read(connection, item_id), person=person, expected_version=expected_version, now=now)
    appeals.check_second_person(connection, item_id, person)
    connection.execute(update(review_items).where(review_items.c.id == item_id).values(item_row(item)))
    detail = (("decision", item.decision_id), *_standing(item), ("turn", str(item.turn)))
    append(connection, [Entry(now, person, "review.skipped", item.id, detail)])
    return item


def _decided(item: ReviewItem, *, event_id: str, at: datetime) -> Happening:
    return Happening(
        kind=EventKind.REVIEW_DECIDED,
        id=event_id,
        decision_id=item.decision_id,
        at=at,
        review_id=item.id,
        review_state=item.state,
        outcome=item.outcome.value if item.outcome else None,
    )


def _standing(item: ReviewItem) -> tuple[tuple[str, str], ...]:
    return ("state", item.state.value), ("version", str(item.version))


def _ruled(ruling: Ruling, item: ReviewItem, *, ruling_id: str, now: datetime, bulk: str | None) -> Entry:
    # The note stays out: it may quote the post.
    return Entry(
        at=now,
        actor=ruling.actor,
        kind="review.ruled",
        subject=item.id,
        detail=(
            ("ruling", ruling_id),
            ("decision", item.decision_id),
            ("action", ruling.action.value),
            ("category", ruling.category.value if ruling.category else ""),
            *((("bulk", bulk),) if bulk else ()),
            *_standing(item),
        ),
    )


def item_row(item: ReviewItem) -> dict[str, object]:
    """An item as a row of `review_items`."""
    return {
        "id": item.id,
        "decision_id": item.decision_id,
        "state": item.state.value,
        "version": item.version,
        "opened_at": item.opened_at,
        "priority": item.priority,
        "category": item.category.value if item.category else None,
        "label": item.label.value,
        "score": item.score,
        "action": item.action.value,
        "updated_at": item.updated_at,
        "turn": item.turn,
        "outcome": item.outcome.value if item.outcome else None,
        "holder": item.claim.holder if item.claim else None,
        "claimed_at": item.claim.at if item.claim else None,
        "lease_until": item.claim.until if item.claim else None,
        "appeal_id": item.appeal_id,
        "wave": item.wave,
        "lane": item.lane.value,
        "language": item.language,
    }


def _ruling_row(
    ruling: Ruling, item: ReviewItem, *, ruling_id: str, now: datetime, bulk: str | None
) -> dict[str, object]:
    return {
        "id": ruling_id,
        "item_id": item.id,
        "version": item.version,
        "at": now,
        "action": ruling.action.value,
        "actor": ruling.actor,
        "category": ruling.category.value if ruling.category else None,
        "note": ruling.note,
        "bulk": bulk,
    }
