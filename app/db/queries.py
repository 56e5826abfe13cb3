"""Every read. Values come back as the core's dataclasses, or as the small ones below; nothing here writes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, Select, func, or_, select, tuple_

from app.core.access import ApiKey
from app.core.appeals import Appeal
from app.core.audit import FIRST_SEQUENCE, AuditEvent
from app.core.errors import NotFound
from app.core.feedback import Feedback
from app.core.people import Login, Session, User
from app.core.retries import Kept
from app.core.review import Decision, QueueView, RecordedRuling, ReviewItem, Undoable
from app.core.revisions import Revision
from app.core.search import DecisionSearch
from app.core.webhooks import Delivery, DeliveryState, Endpoint
from app.db import appeals, outbox, people, queue, search
from app.db.engine import translated
from app.db.queue import Counts, ItemPage, QueueCursor, Wave
from app.db.receipts import MOST_NAMES, read_receipts
from app.db.rows import (
    api_key_of,
    decision_of,
    delivery_of,
    endpoint_of,
    event_of,
    feedback_of,
    review_item_of,
    revision_of,
    ruling_of,
)
from app.db.search import DecisionPage, DecisionRow, SearchCursor
from app.db.tables import (
    api_keys,
    audit_events,
    decisions,
    feedback,
    receipts,
    review_items,
    rulings,
    sessions,
    term_revisions,
    webhook_deliveries,
)

CHUNK = 1000


class Queries:
    """Reads on their own connections: they neither wait for the writer nor make it wait."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ping(self) -> None:
        """Read something.

        Raises:
            StorageError: The database cannot be read.
        """
        self._all(select(decisions.c.id).limit(1))

    def holds_decisions(self) -> bool:
        """Whether anything was ever judged here."""
        return bool(self._all(select(decisions.c.id).limit(1)))

    def decision(self, decision_id: str) -> Decision:
        """Give the decision, or raise NotFound."""
        rows = self._all(select(decisions).where(decisions.c.id == decision_id))
        if not rows:
            raise NotFound(
                f"There is no decision {decision_id!r}. Check the id; it may also have been erased."
            )
        return decision_of(rows[0])

    def review_item(self, item_id: str) -> ReviewItem:
        """Give the review item, or raise NotFound."""
        rows = self._all(select(review_items).where(review_items.c.id == item_id))
        if not rows:
            raise _no_item(item_id)
        return review_item_of(rows[0])

    def review_item_with_decision(self, item_id: str) -> tuple[ReviewItem, Decision]:
        """Give a review item and what it is about, or raise NotFound."""
        statement = (
            select(decisions, *queue.item_columns())
            .join_from(review_items, decisions, decisions.c.id == review_items.c.decision_id)
            .where(review_items.c.id == item_id)
        )
        rows = self._all(statement)
        if not rows:
            raise _no_item(item_id)
        return review_item_of(rows[0], prefix="item_"), decision_of(rows[0])

    def item_page(
        self, view: QueueView, *, limit: int, now: datetime, after: QueueCursor | None = None
    ) -> ItemPage:
        """Give the items of a view in its order, from after a place."""
        if not view.states:
            return ItemPage((), None)
        statement = queue.page_statement(view, limit=limit + 1, goes_on=after is not None)
        found = self._all(statement, queue.values_of(now=now, place=after))
        rows = tuple(queue.queue_row_of(row) for row in found)
        end = None if len(rows) <= limit else queue.cursor_at(rows[limit - 1].item, view.order)
        sizes = self._wave_sizes([row.item for row in rows[:limit]])
        shown = (replace(row, wave=sizes.get(row.item.id, 1)) for row in rows[:limit])
        return ItemPage(tuple(shown), end)

    def _wave_sizes(self, items: Sequence[ReviewItem]) -> dict[str, int]:
        """How many items wait in the waves that some items stand for, by item id."""
        standing = {
            item.id: item.wave for item in items if item.state in queue.WAITING and item.appeal_id is None
        }
        waves = sorted({wave for wave in standing.values() if wave is not None})
        if not waves:
            return {}
        sizes = {row.wave: row.items for row in self._all(queue.wave_sizes_statement(waves))}
        return {item_id: sizes[wave] for item_id, wave in standing.items() if wave in sizes}

    def wave(self, item: ReviewItem, *, waiting: int, decided: int) -> Wave | None:
        """Give what is nearly the same as an item, with the first that wait and the last that were decided.

        None for nothing.
        """
        if item.wave is None:
            return None
        statement = queue.wave_statement(waiting=waiting, decided=decided)
        return queue.wave_of(self._all(statement, {"wave": item.wave, "item": item.id}))

    def neighbours(
        self, view: QueueView, item: ReviewItem, *, now: datetime
    ) -> tuple[str | None, str | None]:
        """Give the ids of the items before and after one in a view, be it itself in the view or not."""
        values = queue.values_of(now=now, place=queue.cursor_at(item, view.order))
        found = self._all(queue.neighbours_statement(view), values)
        ids = {row.side: row.id for row in found}
        return ids.get(queue.BEFORE), ids.get(queue.AFTER)

    def counts(self, now: datetime) -> Counts:
        """Count what waits, what is held and what is resolved."""
        return queue.counts_of(list(self._all(queue.counts_statement(), queue.values_of(now=now))))

    def rulings(self, item_id: str) -> tuple[RecordedRuling, ...]:
        """Give the rulings on an item, the first one first."""
        statement = select(rulings).where(rulings.c.item_id == item_id).order_by(rulings.c.version)
        return tuple(ruling_of(row) for row in self._all(statement))

    def last_ruling(self, actor: str, *, since: datetime) -> Undoable | None:
        """Give a person's last ruling since a time; None where its item has changed after it.

        Of rulings made at once it is the one on the item that they had open.
        """
        along = rulings.alias()
        many = select(func.count()).where(along.c.bulk == rulings.c.bulk, along.c.undone_at.is_(None))
        statement = (
            select(
                rulings,
                review_items.c.version.label("item_version"),
                many.correlate(rulings).scalar_subquery().label("many"),
            )
            .join_from(rulings, review_items, review_items.c.id == rulings.c.item_id)
            .where(rulings.c.actor == actor, rulings.c.at >= since)
            .where(or_(rulings.c.bulk.is_(None), rulings.c.bulk == rulings.c.id))
            .order_by(rulings.c.at.desc(), rulings.c.id.desc())
            .limit(1)
        )
        rows = self._all(statement)
        if not rows or rows[0].item_version != rows[0].version:
            return None
        return Undoable(ruling_of(rows[0]), max(1, rows[0].many))

    def past_decisions(self, author_id: str, *, before: Decision, limit: int) -> tuple[DecisionRow, ...]:
        """Give the last decisions on an author that came before one, the newest first."""
        place = tuple_(decisions.c.created_at, decisions.c.id) < (before.created_at, before.id)
        statement = (
            select(*queue.summary_columns(), *queue.item_columns())
            .join(review_items, review_items.c.decision_id == decisions.c.id, isouter=True)
            .where(decisions.c.author_id == author_id, place)
            .order_by(decisions.c.created_at.desc(), decisions.c.id.desc())
            .limit(limit)
        )
        return tuple(search.decision_row_of(row) for row in self._all(statement))

    def decision_page(
        self, wanted: DecisionSearch, *, limit: int, after: SearchCursor | None = None
    ) -> DecisionPage:
        """Give the decisions of a search, the newest first, from after a place."""
        statement = search.rows_statement(
            wanted, limit=limit + 1, after=after, dialect=self._engine.dialect.name
        )
        found = self._all(statement)
        rows = tuple(search.decision_row_of(row) for row in found[:limit])
        goes_on = len(found) > limit
        return DecisionPage(
            rows, SearchCursor(found[limit - 1].place, rows[-1].summary.id) if goes_on else None
        )

    def found(self, wanted: DecisionSearch, *, chunk: int = CHUNK) -> Iterator[Decision]:
        """Stream the decisions of a search, the newest first; each chunk is a read of its own."""
        after: SearchCursor | None = None
        while True:
            ids = search.ids_statement(wanted, limit=chunk, after=after, dialect=self._engine.dialect.name)
            places = self._all(ids)
            order = [row.id for row in places]
            rows = self._all(select(decisions).where(decisions.c.id.in_(order)))
            by_id = {row.id: decision_of(row) for row in rows}
            yield from (by_id[each] for each in order if each in by_id)
            if len(order) < chunk:
                return
            after = SearchCursor(places[-1].place, order[-1])

    def item_of(self, decision_id: str) -> ReviewItem | None:
        """Give the review item that a decision opened, if it did."""
        rows = self._all(select(review_items).where(review_items.c.decision_id == decision_id))
        return review_item_of(rows[0]) if rows else None

    def answered(self, decision_ids: Sequence[str]) -> dict[str, tuple[Decision, ReviewItem | None]]:
        """Give decisions with the items they opened, by decision id; none for ids that are not known."""
        found: dict[str, tuple[Decision, ReviewItem | None]] = {}
        for start in range(0, len(decision_ids), MOST_NAMES):
            some = decision_ids[start : start + MOST_NAMES]
            opened = self._all(select(review_items).where(review_items.c.decision_id.in_(some)))
            items = {row.decision_id: review_item_of(row) for row in opened}
            for row in self._all(select(decisions).where(decisions.c.id.in_(some))):
                found[row.id] = (decision_of(row), items.get(row.id))
        return found

    def receipts(self, names: Sequence[str], *, now: datetime) -> dict[str, Kept]:
        """Give what these receipts lead to, by name; those that are unknown or expired are left out."""
        with translated(self._engine.url), self._engine.connect() as connection:
            return read_receipts(connection, names, now=now)

    def rulings_on(self, decision_ids: Sequence[str]) -> dict[str, tuple[RecordedRuling, ...]]:
        """Give the rulings that stand on some decisions by decision id, the first one first."""
        statement = (
            select(rulings, review_items.c.decision_id)
            .join_from(rulings, review_items, review_items.c.id == rulings.c.item_id)
            .where(review_items.c.decision_id.in_(decision_ids), rulings.c.undone_at.is_(None))
            .order_by(rulings.c.item_id, rulings.c.version)
        )
        found: dict[str, list[RecordedRuling]] = {}
        for row in self._all(statement):
            found.setdefault(row.decision_id, []).append(ruling_of(row))
        return {decision_id: tuple(some) for decision_id, some in found.items()}

    def api_keys(self) -> tuple[ApiKey, ...]:
        """Give every API key, the oldest first."""
        statement = select(api_keys).order_by(api_keys.c.created_at, api_keys.c.id)
        return tuple(api_key_of(row) for row in self._all(statement))

    def endpoints(self) -> tuple[Endpoint, ...]:
        """Give every webhook endpoint, the oldest first."""
        return tuple(endpoint_of(row) for row in self._all(outbox.endpoints_statement()))

    def endpoints_due(self, now: datetime) -> tuple[Endpoint, ...]:
        """Give the webhook endpoints that may be told something now."""
        return tuple(endpoint_of(row) for row in self._all(outbox.due_statement(now)))

    def deliveries(
        self, *, state: DeliveryState | None = None, before: int | None = None, limit: int
    ) -> tuple[Delivery, ...]:
        """Give deliveries, the newest first, from before a number."""
        statement = outbox.deliveries_statement(state=state, before=before, limit=limit)
        return tuple(delivery_of(row) for row in self._all(statement))

    def deliveries_on(self, decision_id: str) -> tuple[Delivery, ...]:
        """Give what apps were or are to be told about a decision, the first one first."""
        statement = (
            select(webhook_deliveries)
            .where(webhook_deliveries.c.decision_id == decision_id)
            .order_by(webhook_deliveries.c.number)
        )
        return tuple(delivery_of(row) for row in self._all(statement))

    def receipts_on(self, decision_id: str) -> int:
        """Count the receipts that make requests known which a decision answered."""
        statement = select(func.count()).where(receipts.c.decision_id == decision_id)
        return int(self._all(statement)[0][0])

    def delivery_counts(self) -> dict[str, dict[DeliveryState, int]]:
        """Count the deliveries of each endpoint by state."""
        found: dict[str, dict[DeliveryState, int]] = {}
        for row in self._all(outbox.counts_statement()):
            found.setdefault(row.endpoint_id, {})[DeliveryState(row.state)] = row.many
        return found

    def deliveries_in(self, state: DeliveryState) -> int:
        """Count the deliveries that are in a state."""
        (row,) = self._all(outbox.in_state_statement(state))
        return int(row.many)

    def appeals_on(self, decision_id: str) -> tuple[Appeal, ...]:
        """Give the appeals on a decision, the first one first."""
        return tuple(appeals.appeal_of(row) for row in self._all(appeals.on_decision(decision_id)))

    def is_for_another(self, item_id: str, person: str) -> bool:
        """Whether an item is under appeal and a person has decided it before, so that another one looks."""
        return bool(self._all(appeals.for_another_statement(item_id, person)))

    def any_user(self) -> bool:
        """Whether there is anybody who was ever added."""
        return bool(self._all(people.ANY_USER))

    def users(self) -> tuple[User, ...]:
        """Give everybody, by name."""
        return tuple(people.user_of(row) for row in self._all(people.USERS))

    def user(self, name: str) -> User | None:
        """Give a person; None where there is none of this name."""
        rows = self._all(people.user_statement(name))
        return people.user_of(rows[0]) if rows else None

    def login(self, session_id: str) -> Login | None:
        """Give the person of a session; None where there is no such session."""
        rows = self._all(people.login_statement(session_id))
        return people.login_of(rows[0]) if rows else None

    def sessions(self, user: str) -> tuple[Session, ...]:
        """Give the sessions of a person, the last used first."""
        statement = select(sessions).where(sessions.c.user_name == user).order_by(sessions.c.used_at.desc())
        return tuple(people.session_of(row) for row in self._all(statement))

    def decision_about(self, text_hash: str, *, client_token: str | None) -> str | None:
        """Id of the newest decision on a text, rather one with this token; else of one with it alone."""
        same_text = decisions.c.text_hash == text_hash
        same_token = decisions.c.client_token == client_token
        wanted = [same_text] if client_token is None else [same_text & same_token, same_text, same_token]
        for condition in wanted:
            newest = select(decisions.c.id).where(condition).order_by(decisions.c.id.desc()).limit(1)
            for row in self._all(newest):
                found: str = row.id
                return found
        return None

    def feedback_on(self, decision_ids: Sequence[str]) -> dict[str, tuple[Feedback, ...]]:
        """Give the feedback on some decisions by decision id, the first one first; none for those without."""
        statement = select(feedback).where(feedback.c.decision_id.in_(decision_ids)).order_by(feedback.c.id)
        found: dict[str, list[Feedback]] = {}
        for row in self._all(statement):
            found.setdefault(row.decision_id, []).append(feedback_of(row))
        return {decision_id: tuple(some) for decision_id, some in found.items()}

    def audit_trail(self, *subjects: str) -> tuple[AuditEvent, ...]:
        """Give the events on these subjects, the first one first."""
        statement = (
            select(audit_events).where(audit_events.c.subject.in_(subjects)).order_by(audit_events.c.sequence)
        )
        return tuple(event_of(row) for row in self._all(statement))

    def last_revision(self) -> int:
        """Give the number of the last revision of any term; 0 where there is none."""
        rows = self._all(select(func.max(term_revisions.c.number).label("number")))
        return rows[0].number or 0

    def latest_revisions(self) -> tuple[Revision, ...]:
        """Give the latest revision of each term that has one, the oldest first, or raise LexiconInvalid."""
        latest = select(func.max(term_revisions.c.number)).group_by(term_revisions.c.term)
        statement = (
            select(term_revisions)
            .where(term_revisions.c.number.in_(latest))
            .order_by(term_revisions.c.number)
        )
        return tuple(revision_of(row) for row in self._all(statement))

    def revisions(self, term_id: str) -> tuple[Revision, ...]:
        """Give the revisions of a term, the first one first."""
        statement = (
            select(term_revisions).where(term_revisions.c.term == term_id).order_by(term_revisions.c.version)
        )
        return tuple(revision_of(row) for row in self._all(statement))

    def recent_decisions(self, *, limit: int, since: datetime | None = None) -> Iterator[Decision]:
        """Stream the last decisions that keep their text, the newest first."""
        before, left = None, limit
        while left > 0:
            statement = select(decisions).where(decisions.c.text.is_not(None))
            if since is not None:
                statement = statement.where(decisions.c.created_at >= since)
            if before is not None:
                statement = statement.where(decisions.c.id < before)
            chunk = min(left, CHUNK)
            rows = self._all(statement.order_by(decisions.c.id.desc()).limit(chunk))
            found = [decision_of(row) for row in rows]
            yield from found
            if len(found) < chunk:
                return
            before, left = found[-1].id, left - chunk

    def decisions(self, *, after: str = "", chunk: int = CHUNK) -> Iterator[Decision]:
        """Stream the decisions in the order of their ids, from after one.

        Each chunk is a read of its own, so that a slow consumer holds no transaction open.
        """
        while True:
            statement = select(decisions).where(decisions.c.id > after).order_by(decisions.c.id).limit(chunk)
            found = [decision_of(row) for row in self._all(statement)]
            yield from found
            if len(found) < chunk:
                return
            after = found[-1].id

    def audit_events(self, *, chunk: int = CHUNK) -> Iterator[AuditEvent]:
        """Stream the whole audit trail in order."""
        after = FIRST_SEQUENCE - 1
        key = audit_events.c.sequence
        while True:
            found = [
                event_of(row)
                for row in self._all(select(audit_events).where(key > after).order_by(key).limit(chunk))
            ]
            yield from found
            if len(found) < chunk:
                return
            after = found[-1].sequence

    def _all(self, statement: Select[Any], values: Mapping[str, object] | None = None) -> Sequence[Row[Any]]:
        with translated(self._engine.url), self._engine.connect() as connection:
            return connection.execute(statement, values).all()


def _no_item(item_id: str) -> NotFound:
    return NotFound(f"There is no review item {item_id!r}. Open the queue and pick one from there.")
