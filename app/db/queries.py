"""Every read. Values come back as the core's dataclasses, or as the small ones below; nothing here writes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, Row, Select, and_, func, or_, select, union_all

from app.core.access import ApiKey
from app.core.audit import FIRST_SEQUENCE, AuditEvent
from app.core.errors import NotFound
from app.core.feedback import Feedback
from app.core.retries import Kept
from app.core.review import Decision, ReviewItem
from app.core.revisions import Revision
from app.core.types import Action, Category, Label, ReviewState, Ruling, RulingAction
from app.db.engine import translated
from app.db.receipts import MOST_NAMES, read_receipts
from app.db.tables import (
    api_key_of,
    api_keys,
    audit_events,
    category_of,
    decision_of,
    decisions,
    event_of,
    feedback,
    feedback_of,
    review_item_of,
    review_items,
    revision_of,
    rulings,
    term_revisions,
)

EXCERPT_CHARS = 280
CHUNK = 1000


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

    priority: float
    item_id: str


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One page of the queue."""

    rows: tuple[QueueRow, ...]
    next: QueueCursor | None
    """None on the last page."""


@dataclass(frozen=True, slots=True)
class RecordedRuling:
    """A ruling as it was stored."""

    id: str
    item_id: str
    at: datetime
    version: int
    """The item's version after it."""
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many review items are in a state."""

    state: ReviewState
    count: int


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
            raise NotFound(f"There is no review item {item_id!r}. Open the queue and pick one from there.")
        return review_item_of(rows[0])

    def item_page(
        self, states: Sequence[ReviewState], *, limit: int, after: QueueCursor | None = None
    ) -> ItemPage:
        """Give the items in these states, highest priority first and the oldest first within one priority."""
        if not states:
            return ItemPage((), None)
        # One limited read for each state follows the index; a single one with IN would sort the whole queue.
        pages = [_page_of_state(state, limit=limit + 1, after=after).subquery() for state in states]
        page = union_all(*(select(page) for page in pages)).subquery()
        statement = (
            select(
                *(page.c[column.name].label(f"item_{column.name}") for column in review_items.c),
                *_summary_columns(),
            )
            .join_from(page, decisions, decisions.c.id == page.c.decision_id)
            .order_by(page.c.priority.desc(), page.c.id)
            .limit(limit + 1)
        )
        rows = tuple(_queue_row_of(row) for row in self._all(statement))
        if len(rows) <= limit:
            return ItemPage(rows, None)
        last = rows[limit - 1].item
        return ItemPage(rows[:limit], QueueCursor(last.priority, last.id))

    def counts(self) -> tuple[StateCount, ...]:
        """Count the review items in every state, in the order of `ReviewState`."""
        statement = select(review_items.c.state, func.count().label("items")).group_by(review_items.c.state)
        found = {row.state: row.items for row in self._all(statement)}
        return tuple(StateCount(state, found.get(state.value, 0)) for state in ReviewState)

    def rulings(self, item_id: str) -> tuple[RecordedRuling, ...]:
        """Give the rulings on an item, the first one first."""
        statement = select(rulings).where(rulings.c.item_id == item_id).order_by(rulings.c.version)
        return tuple(_ruling_of(row) for row in self._all(statement))

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
        """Give the rulings on some decisions by decision id, the first one first; none for those without."""
        statement = (
            select(rulings, review_items.c.decision_id)
            .join_from(rulings, review_items, review_items.c.id == rulings.c.item_id)
            .where(review_items.c.decision_id.in_(decision_ids))
            .order_by(rulings.c.item_id, rulings.c.version)
        )
        found: dict[str, list[RecordedRuling]] = {}
        for row in self._all(statement):
            found.setdefault(row.decision_id, []).append(_ruling_of(row))
        return {decision_id: tuple(some) for decision_id, some in found.items()}

    def api_keys(self) -> tuple[ApiKey, ...]:
        """Give every API key, the oldest first."""
        statement = select(api_keys).order_by(api_keys.c.created_at, api_keys.c.id)
        return tuple(api_key_of(row) for row in self._all(statement))

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

    def _all(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        with translated(self._engine.url), self._engine.connect() as connection:
            return connection.execute(statement).all()


def _page_of_state(state: ReviewState, *, limit: int, after: QueueCursor | None) -> Select[Any]:
    order = (review_items.c.priority.desc(), review_items.c.id)
    statement = select(review_items).where(review_items.c.state == state.value).order_by(*order).limit(limit)
    return statement if after is None else statement.where(_comes_after(after))


def _comes_after(cursor: QueueCursor) -> ColumnElement[bool]:
    priority, item_id = review_items.c.priority, review_items.c.id
    # The first comparison follows from the second, and lets the index start at the cursor.
    return and_(priority <= cursor.priority, or_(priority < cursor.priority, item_id > cursor.item_id))


def _summary_columns() -> Sequence[ColumnElement[Any]]:
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


def _queue_row_of(row: Row[Any]) -> QueueRow:
    return QueueRow(
        item=review_item_of(row, prefix="item_"),
        decision=Summary(
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
        ),
    )


def _excerpt_of(text: str | None) -> str | None:
    return text if text is None or len(text) <= EXCERPT_CHARS else text[:EXCERPT_CHARS] + "…"


def _ruling_of(row: Row[Any]) -> RecordedRuling:
    return RecordedRuling(
        id=row.id,
        item_id=row.item_id,
        at=row.at,
        version=row.version,
        ruling=Ruling(
            action=RulingAction(row.action),
            actor=row.actor,
            category=category_of(row.category),
            note=row.note,
        ),
    )
