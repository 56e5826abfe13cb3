"""Decisions are found by what they are and by their words, page by page; what is erased is gone."""

import sqlite3
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.core.audit import verify_chain
from app.core.errors import NotFound
from app.core.review import Decision
from app.core.search import DecisionSearch
from app.core.types import Action, Category, Label, Ruling, RulingAction
from app.db.engine import Database
from app.db.erasure import Eraser
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.db.writer import GroupWriter
from tests.db.conftest import RunElsewhere

MakeDecision = Callable[..., Decision]
UNHEARD = "zxqvbrmpt"


@pytest.fixture
def kept(ledger: Ledger, make_decision: MakeDecision) -> list[Decision]:
    """Six decisions, the oldest first; one has no text."""
    texts = [
        "I want to unalive myself",
        "Crème brûlée, no worries",
        None,
        '100% "sure" AND not_a NEAR',
        "café",
        "cafe",
    ]
    made = [
        make_decision(
            original=text,
            decision_id=f"d-{number}",
            label=Label.HARMFUL if number % 2 else Label.SAFE,
            category=Category.THREAT if number % 2 else None,
            action=Action.BLOCK if number == 3 else Action.ALLOW,
            author_id=f"u-{number % 3}",
        )
        for number, text in enumerate(texts)
    ]
    for decision in made:
        ledger.record(decision, None)
    return made


def found(queries: Queries, search: DecisionSearch, *, limit: int = 50) -> list[str]:
    page = queries.decision_page(search, limit=limit)
    ids = [row.summary.id for row in page.rows]
    while page.next is not None:
        page = queries.decision_page(search, limit=limit, after=page.next)
        ids += [row.summary.id for row in page.rows]
    return ids


@pytest.mark.parametrize(
    ("search", "ids"),
    [
        (DecisionSearch(), ["d-5", "d-4", "d-3", "d-2", "d-1", "d-0"]),
        (DecisionSearch(("unalive",)), ["d-0"]),
        (DecisionSearch(("kill myself",)), ["d-0"]),
        (DecisionSearch(("myself", "kill")), ["d-0"]),
        (DecisionSearch(("una",)), []),
        (DecisionSearch(("una",), unfinished=True), ["d-0"]),
        (DecisionSearch(("CAFÉ",)), ["d-5", "d-4"]),
        (DecisionSearch(("creme",)), ["d-1"]),
        (DecisionSearch(('"sure" AND not_a',)), ["d-3"]),
        (DecisionSearch(("NEAR(",)), ["d-3"]),
        (DecisionSearch(("text:cafe",)), []),
        (DecisionSearch(("\0",)), []),
        (DecisionSearch(label=Label.HARMFUL), ["d-5", "d-3", "d-1"]),
        (DecisionSearch(category=Category.THREAT, author_id="u-0"), ["d-3"]),
        (DecisionSearch(action=Action.BLOCK), ["d-3"]),
        (DecisionSearch(content_id="post-123", author_id="u-2"), ["d-5", "d-2"]),
        (DecisionSearch(("cafe",), author_id="u-2"), ["d-5"]),
    ],
)
@pytest.mark.parametrize("limit", [1, 50])
def test_searches_find_page_by_page(
    kept: list[Decision], queries: Queries, search: DecisionSearch, ids: list[str], limit: int
) -> None:
    assert len(kept) == 6
    assert found(queries, search, limit=limit) == ids
    assert [decision.id for decision in queries.found(search, chunk=limit)] == ids


@pytest.mark.parametrize(
    ("search", "ids"),
    [
        (DecisionSearch(), ["d-5", "d-4", "d-3", "d-2", "d-1", "d-0"]),
        (DecisionSearch(("cafe",)), ["d-5", "d-4"]),
    ],
)
def test_what_is_erased_at_the_end_of_a_page_does_not_end_the_list(
    *,
    kept: list[Decision],
    queries: Queries,
    ledger: Ledger,
    now: datetime,
    search: DecisionSearch,
    ids: list[str],
) -> None:
    assert len(kept) == 6
    stream = queries.found(search, chunk=1)
    streamed = [next(stream).id]
    page = queries.decision_page(search, limit=1)
    ledger.erase("d-5", actor="ada", now=now)

    assert [*streamed, *(decision.id for decision in stream)] == ids
    following = queries.decision_page(search, limit=50, after=page.next)
    assert [row.summary.id for row in following.rows] == ids[1:]


def test_days_limit_a_search(kept: list[Decision], queries: Queries, now: datetime) -> None:
    assert len(found(queries, DecisionSearch(created_from=now))) == len(kept)
    assert found(queries, DecisionSearch(created_before=now)) == []
    assert found(queries, DecisionSearch(("cafe",), created_from=now + timedelta(days=1))) == []


def test_a_changed_text_is_found_by_its_new_words_alone(
    kept: list[Decision], elsewhere: RunElsewhere, queries: Queries
) -> None:
    elsewhere("UPDATE decisions SET text = 'quite new', plain_text = NULL WHERE id = 'd-0'")
    elsewhere("UPDATE decisions SET text = NULL, plain_text = NULL WHERE id = 'd-1'")
    elsewhere("UPDATE decisions SET text = 'late', plain_text = 'late' WHERE id = 'd-2'")
    elsewhere("VACUUM")
    assert len(kept) == 6
    for word, ids in (("unalive", []), ("kill", []), ("brulee", []), ("quite", ["d-0"]), ("late", ["d-2"])):
        assert found(queries, DecisionSearch((word,))) == ids


@pytest.fixture
def eraser(ledger: Ledger, writer: GroupWriter, database: Database) -> Eraser:
    return Eraser(ledger, writer, database.writer)


def test_what_is_erased_is_in_no_file_any_more(
    *,
    kept: list[Decision],
    ledger: Ledger,
    queries: Queries,
    eraser: Eraser,
    record: Callable[..., tuple[Decision, object]],
    database_file: Path,
    now: datetime,
) -> None:
    decision, _ = record(original=f"I will unalive {UNHEARD} today {UNHEARD}")
    ledger.rule(
        "r-1", Ruling(RulingAction.ALLOW, "ada", note=UNHEARD), expected_version=1, ruling_id="g", now=now
    )
    assert found(queries, DecisionSearch((UNHEARD,))) == [decision.id]
    eraser.erase(decision.id, actor="ada", now=now)

    assert found(queries, DecisionSearch((UNHEARD,))) == []
    assert queries.rulings("r-1") == ()
    with pytest.raises(NotFound):
        queries.decision(decision.id)
    for file in database_file.parent.glob("plainspeak.db*"):
        assert UNHEARD.encode() not in file.read_bytes(), file.name
    events = list(queries.audit_events())
    assert verify_chain(events) is None
    assert (events[-1].kind, events[-1].subject) == ("decision.erased", decision.id)
    assert found(queries, DecisionSearch(("cafe",))) == ["d-5", "d-4"]
    connection = sqlite3.connect(database_file)
    connection.execute("INSERT INTO decision_search (decision_search, rank) VALUES ('integrity-check', 1)")
    connection.close()
    assert len(kept) == 6


def test_erasing_what_is_not_there_is_refused(eraser: Eraser, now: datetime) -> None:
    with pytest.raises(NotFound, match="no decision 'd-9'"):
        eraser.erase("d-9", actor="ada", now=now)
