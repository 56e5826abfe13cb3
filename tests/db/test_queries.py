"""The queue comes in order and page by page; streams give everything; unknown ids are refused."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Select, event

from app.core.errors import NotFound
from app.core.review import Decision, Lane, QueueOrder, QueueView, ReviewItem, open_item
from app.core.search import DecisionSearch
from app.core.types import Action, Category, Label, ReviewState, Ruling, RulingAction
from app.db import queue as queue_reads
from app.db import search
from app.db.engine import Database
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.db.queue import EXCERPT_CHARS, Counts
from app.db.receipts import NewDecision
from app.db.search import SearchCursor

MakeDecision = Callable[..., Decision]
Record = Callable[..., tuple[Decision, ReviewItem]]

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
EVERY_STATE = (ReviewState.OPEN, ReviewState.ESCALATED, ReviewState.RESOLVED)
OPEN = QueueView((ReviewState.OPEN,))


def search_rows(wanted: DecisionSearch, *, after: SearchCursor | None = None) -> Select[Any]:
    return search.rows_statement(wanted, limit=9, after=after, dialect="sqlite")


@pytest.fixture
def queue(ledger: Ledger, make_decision: MakeDecision, now: datetime) -> list[ReviewItem]:
    """Twelve items in three states with few different priorities, in the order of the queue."""
    items: list[ReviewItem] = []
    for number in range(12):
        decision = make_decision(
            # No two are nearly the same.
            "abcdefghijkl"[number] * 30,
            category=Category.THREAT,
            label=Label.HARMFUL,
            score=(0.5, 0.7, 0.7, 0.9)[number % 4],
            unavailable=("scorer@1",) if number == 4 else (),
            language=("en", "de", "fr")[number % 3],
        )
        item = open_item(decision, item_id=f"r-{number:02}", now=now)
        assert item is not None
        ledger.record(decision, item)
        if number in {3, 6}:
            ruling = Ruling(RulingAction.ESCALATE if number == 3 else RulingAction.ALLOW, "ada")
            item = ledger.rule(item.id, ruling, expected_version=1, ruling_id=f"g-{number}", now=now)
        items.append(item)
    return sorted(items, key=lambda item: (-item.priority, item.id))


def pages(
    queries: Queries,
    states: tuple[ReviewState, ...],
    *,
    limit: int,
    order: QueueOrder = QueueOrder.RISK,
) -> list[list[ReviewItem]]:
    view = QueueView(states, order=order)
    page = queries.item_page(view, limit=limit, now=NOW)
    found = [[row.item for row in page.rows]]
    while page.next is not None:
        page = queries.item_page(view, limit=limit, now=NOW, after=page.next)
        found.append([row.item for row in page.rows])
    return found


@pytest.mark.parametrize("limit", [1, 3, 5, 12, 50])
@pytest.mark.parametrize("states", [EVERY_STATE, (ReviewState.OPEN, ReviewState.ESCALATED), EVERY_STATE[:1]])
def test_pages_give_every_item_once_in_order(
    queue: list[ReviewItem], queries: Queries, states: tuple[ReviewState, ...], limit: int
) -> None:
    found = pages(queries, states, limit=limit)
    assert [item for page in found for item in page] == [item for item in queue if item.state in states]
    assert all(len(page) == limit for page in found[:-1])
    assert found[-1]


def test_an_empty_queue_is_one_empty_page(queries: Queries) -> None:
    assert pages(queries, EVERY_STATE, limit=5) == [[]]
    assert pages(queries, (), limit=5) == [[]]


def test_an_item_resolved_meanwhile_shifts_no_page(
    queue: list[ReviewItem], ledger: Ledger, queries: Queries, now: datetime
) -> None:
    opened = [item for item in queue if item.state is ReviewState.OPEN]
    first = queries.item_page(OPEN, limit=3, now=NOW)
    ruling = Ruling(RulingAction.ALLOW, "ada")
    ledger.rule(first.rows[2].item.id, ruling, expected_version=1, ruling_id="g", now=now)
    second = queries.item_page(OPEN, limit=3, now=NOW, after=first.next)
    assert [row.item for row in second.rows] == opened[3:6]


def test_a_row_of_the_queue_shows_its_decision(record: Record, queries: Queries) -> None:
    decision, item = record()
    (row,) = queries.item_page(OPEN, limit=9, now=NOW).rows
    assert row.item == item
    assert decision.text is not None
    summary, verdict = row.decision, decision.verdict
    assert (summary.id, summary.created_at) == (decision.id, decision.created_at)
    assert (summary.content_id, summary.author_id) == ("post-123", "u-9 🙂")
    assert (summary.label, summary.confidence, summary.category) == (
        verdict.label,
        verdict.confidence,
        verdict.category,
    )
    assert (summary.score, summary.action) == (verdict.score, verdict.action)
    assert summary.unavailable == verdict.unavailable


@pytest.mark.parametrize(
    ("text", "excerpt"),
    [
        ("🙂" * EXCERPT_CHARS, "🙂" * EXCERPT_CHARS),
        ("🙂" * (EXCERPT_CHARS + 1), "🙂" * EXCERPT_CHARS + "…"),
        (None, None),
    ],
)
def test_excerpts_are_cut_between_characters(
    record: Record, queries: Queries, text: str | None, excerpt: str | None
) -> None:
    record(original=text)
    (row,) = queries.item_page(OPEN, limit=9, now=NOW).rows
    assert row.decision.excerpt == excerpt


def test_counts_tell_what_waits(queue: list[ReviewItem], ledger: Ledger, queries: Queries) -> None:
    held = next(item for item in queue if item.state is ReviewState.OPEN)
    ledger.claim(held.id, person="ada", now=NOW, until=NOW + timedelta(minutes=1))
    assert queries.counts(NOW) == Counts(10, 1, 1, ((Category.THREAT, 11),), resolved=1)
    assert queries.counts(NOW + timedelta(minutes=1)).claimed == 0


@pytest.mark.parametrize("limit", [1, 4, 50])
def test_the_oldest_order_gives_every_item_once(
    queue: list[ReviewItem], queries: Queries, limit: int
) -> None:
    found = pages(queries, EVERY_STATE, limit=limit, order=QueueOrder.OLDEST)
    expected = sorted(queue, key=lambda item: (item.opened_at, item.id))
    assert [item for page in found for item in page] == expected


@pytest.mark.parametrize("order", list(QueueOrder))
def test_neighbours_are_those_of_the_view(
    queue: list[ReviewItem], queries: Queries, order: QueueOrder
) -> None:
    view = QueueView((ReviewState.OPEN, ReviewState.ESCALATED), order=order)
    waiting = [row.item for row in queries.item_page(view, limit=50, now=NOW).rows]
    assert len(waiting) == len(queue) - 1
    ids = [None, *(item.id for item in waiting), None]
    for at, item in enumerate(waiting):
        assert queries.neighbours(view, item, now=NOW) == (ids[at], ids[at + 2])


def test_a_skipped_item_comes_after_all_others(
    queue: list[ReviewItem], ledger: Ledger, queries: Queries
) -> None:
    opened = [item.id for item in queue if item.state is ReviewState.OPEN]
    ledger.skip(opened[0], person="ada", expected_version=1, now=NOW)
    assert [row.item.id for row in queries.item_page(OPEN, limit=50, now=NOW).rows] == [
        *opened[1:],
        opened[0],
    ]


@pytest.mark.parametrize(
    ("view", "found"),
    [
        (QueueView(OPEN.states, score_from=0.7, score_below=0.9), 5),
        (QueueView(OPEN.states, score_from=0.9), 2),
        (QueueView(OPEN.states, category=Category.THREAT), 10),
        (QueueView(OPEN.states, category=Category.DRUGS), 0),
        (QueueView(OPEN.states, label=Label.SAFE), 0),
        (QueueView(OPEN.states, action=Action.BLOCK), 0),
        (QueueView(OPEN.states, opened_from=NOW), 0),
        (QueueView(OPEN.states, opened_before=NOW), 10),
        (QueueView((ReviewState.CLAIMED,)), 0),
        (QueueView(OPEN.states, lane=Lane.FIRST), 9),
        (QueueView(OPEN.states, lane=Lane.INCOMPLETE), 1),
        (QueueView(OPEN.states, lane=Lane.SECOND), 0),
        (QueueView(OPEN.states, language="en"), 2),
        (QueueView(OPEN.states, language="de"), 4),
        (QueueView(OPEN.states, language="und"), 0),
        (QueueView(OPEN.states, language_but="en"), 8),
        (QueueView(OPEN.states, lane=Lane.INCOMPLETE, language_but="de"), 0),
    ],
)
def test_views_show_what_they_ask_for(
    queue: list[ReviewItem], queries: Queries, view: QueueView, found: int
) -> None:
    assert len(queue) == 12
    assert len(queries.item_page(view, limit=50, now=NOW).rows) == found


@pytest.mark.parametrize("chunk", [1, 2, 3, 1000])
def test_streams_give_everything_in_order(
    ledger: Ledger, queries: Queries, make_decision: MakeDecision, chunk: int
) -> None:
    made = [make_decision(action=Action.ALLOW) for _ in range(4)]
    ledger.record_many([NewDecision(decision, None) for decision in made])
    assert list(queries.decisions(chunk=chunk)) == made
    assert list(queries.decisions(after=made[1].id, chunk=chunk)) == made[2:]
    assert [event.sequence for event in queries.audit_events(chunk=chunk)] == [1, 2, 3, 4]


def test_a_stream_holds_no_transaction_open(
    database: Database, ledger: Ledger, queries: Queries, make_decision: MakeDecision
) -> None:
    made = [make_decision() for _ in range(3)]
    ledger.record_many([NewDecision(decision, None) for decision in made[:2]])
    stream = queries.decisions(chunk=1)
    assert next(stream) == made[0]
    assert database.reader.pool.checkedout() == 0  # type: ignore[attr-defined]  # QueuePool has it, Pool not.
    ledger.record(made[2], None)
    assert list(stream) == made[1:]


def test_unknown_ids_are_refused(queries: Queries) -> None:
    with pytest.raises(NotFound, match="no decision 'd-9'"):
        queries.decision("d-9")
    with pytest.raises(NotFound, match="no review item 'r-9'"):
        queries.review_item_with_decision("r-9")
    assert queries.rulings("r-9") == ()
    assert queries.audit_trail("r-9") == ()


WAITING = (ReviewState.OPEN, ReviewState.ESCALATED)
OLDEST_KEY = {"key": NOW}


@pytest.mark.usefixtures("database_file")
@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (queue_reads.page_statement(QueueView(WAITING), limit=9, goes_on=True), "review_items_queue"),
        (
            queue_reads.page_statement(QueueView(WAITING, order=QueueOrder.OLDEST), limit=9, goes_on=True),
            "review_items_oldest",
        ),
        (
            queue_reads.page_statement(QueueView(WAITING, category=Category.DRUGS), limit=9, goes_on=False),
            "review_items_category",
        ),
        (
            queue_reads.page_statement(QueueView((ReviewState.CLAIMED,)), limit=9, goes_on=False),
            "review_items_lease_until",
        ),
        (queue_reads.neighbours_statement(QueueView(WAITING)), "review_items_queue"),
        (queue_reads.free_statement(QueueView(WAITING)), "review_items_queue"),
        (queue_reads.counts_statement(), "review_counts"),
        (queue_reads.counts_statement(), "review_items_lease_until"),
        (search_rows(DecisionSearch(), after=SearchCursor(NOW, "d-1")), "decisions_created_at"),
        (search_rows(DecisionSearch(label=Label.HARMFUL, created_from=NOW)), "decisions_label"),
        (search_rows(DecisionSearch(category=Category.DRUGS)), "decisions_category"),
        (search_rows(DecisionSearch(author_id="u-1")), "decisions_author_id"),
        (
            search_rows(DecisionSearch(("kill",)), after=SearchCursor(7, "d-1")),
            "decision_search VIRTUAL TABLE INDEX",
        ),
    ],
)
def test_pages_are_read_along_an_index_of_a_file(
    database: Database, statement: Select[Any], index: str
) -> None:
    # A sort of everything would make a page slow once a hundred thousand items wait.
    seen: list[tuple[str, Any]] = []
    event.listen(
        database.reader,
        "before_cursor_execute",
        lambda _c, _cursor, statement, parameters, *_: seen.append((statement, parameters)),
    )
    with database.reader.connect() as connection:
        usual = {**queue_reads.values_of(now=NOW, person="ada"), "turn": 0, "key": 0.5, "item": "r-1"}
        given = {name: value for name, value in usual.items() if name in statement.compile().params}
        connection.execute(statement, {**given, **OLDEST_KEY} if index == "review_items_oldest" else given)
        statement_text, parameters = seen[-1]
        steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement_text}", parameters)
        plan = [row[3] for row in steps]
    assert any(index in step for step in plan), plan
    assert [step for step in plan if step.startswith(("SCAN review_items", "SCAN decisions"))] == []
