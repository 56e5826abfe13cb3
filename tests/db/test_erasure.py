"""What is erased, or has outlived its days, is in no byte of any file any more; everything else stays."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random

import pytest

from app.core.audit import verify_chain
from app.core.erasure import Removed
from app.core.errors import NotFound
from app.core.review import Decision, ReviewItem, open_item
from app.core.types import Action, NormalizedText, Ruling, RulingAction
from app.db import erasure
from app.db.engine import Database
from app.db.erasing import erase
from app.db.erasure import Eraser
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.db.receipts import NewDecision
from app.db.retention import RetentionQueries
from app.db.writer import GroupWriter
from app.services.retention import RetentionService
from tests.db.conftest import run_elsewhere

MakeDecision = Callable[..., Decision]
POSTS = 3000


@pytest.fixture
def eraser(ledger: Ledger, writer: GroupWriter, database: Database) -> Eraser:
    return Eraser(ledger, writer, database.writer)


@pytest.fixture
def post(ledger: Ledger, make_decision: MakeDecision, now: datetime) -> Callable[..., Decision]:
    """Store a post in which `word` is everywhere that a caller can put one."""

    def store(
        word: str, *, item_id: str, author: str = "u-1", action: Action = Action.REVIEW, in_ids: bool = True
    ) -> Decision:
        made = make_decision(f"unalive and {word}", action=action, author_id=author)
        known = word if in_ids else item_id
        decision = replace(made, context=(f"before {word}",), content_id=known, client_token=known)
        ledger.record(decision, open_item(decision, item_id=item_id, now=now))
        return decision

    return store


def words_left(database_file: Path, *words: str) -> list[tuple[str, str]]:
    """Which words some byte of the files still holds, in any case."""
    found = []
    for file in database_file.parent.glob(f"{database_file.name}*"):
        content = file.read_bytes().lower()
        found += [(file.name, word) for word in words if word.encode() in content]
    return found


def words_of(database_url: str, *words: str) -> list[tuple[str, str]]:
    """The same of either database. A server's files are its own: of it, every row of every table."""
    if database_url.startswith("sqlite"):
        return words_left(Path(database_url.removeprefix("sqlite:///")), *words)
    tables = run_elsewhere(database_url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    found = []
    for (table,) in tables:
        rows = f'SELECT CAST(t AS text) FROM "{table}" AS t'  # noqa: S608 a table of our own
        content = repr(run_elsewhere(database_url, rows)).lower()
        found += [(str(table), word) for word in words if word in content]
    return found


def test_erasing_says_what_it_took(
    *,
    post: Callable[..., Decision],
    ledger: Ledger,
    eraser: Eraser,
    queries: Queries,
    now: datetime,
    database_url: str,
) -> None:
    decision = post("zxqvbrm", item_id="r-1")
    other = post("mundane", item_id="r-2", author="u-2")
    ledger.appeal(decision.id, "zxqvbrm is no threat", actor="app", appeal_id="a-1", item_id="r-9", now=now)
    noted = Ruling(RulingAction.ALLOW, "ada", note="says zxqvbrm")
    ledger.rule("r-1", noted, expected_version=2, ruling_id="g-1", now=now)
    assert words_of(database_url, "zxqvbrm")

    erased = eraser.erase(decision.id, actor="ada", now=now)

    assert erased.removed == Removed(decisions=1, review_items=1, rulings=1, appeals=1)
    assert erased.scrubbed
    assert words_of(database_url, "zxqvbrm") == []
    assert queries.decision(other.id) == other
    events = list(queries.audit_events())
    assert verify_chain(events) is None
    assert (events[-1].kind, events[-1].subject, events[-1].actor) == ("decision.erased", decision.id, "ada")


def test_an_author_is_erased_with_everything_and_alone(
    *, post: Callable[..., Decision], eraser: Eraser, queries: Queries, now: datetime, database_url: str
) -> None:
    mine = [post(f"zxqvbrm{number}", item_id=f"r-{number}", author="gonzo-8") for number in range(5)]
    other = post("mundane", item_id="r-9", author="gonzo-80")

    erased = eraser.erase_author("gonzo-8", actor="ada", now=now)

    assert erased.removed == Removed(decisions=5, review_items=5)
    assert words_of(database_url, "zxqvbrm", "gonzo-8\0") == []
    assert [each.id for each in queries.decisions()] == [other.id]
    events = list(queries.audit_events())
    assert verify_chain(events) is None
    assert {each.subject for each in events if each.kind == "decision.erased"} == {each.id for each in mine}
    assert not any("gonzo" in repr(each) for each in events)
    with pytest.raises(NotFound, match="no decision on an author 'gonzo-8'"):
        eraser.erase_author("gonzo-8", actor="ada", now=now)


def test_no_trace_is_left_where_pages_of_the_file_were_divided_and_joined(
    *,
    ledger: Ledger,
    writer: GroupWriter,
    eraser: Eraser,
    make_decision: MakeDecision,
    database_file: Path,
    queries: Queries,
    now: datetime,
) -> None:
    """SQLite's secure_delete alone leaves copies of rows that it moved from page to page."""
    random = Random(1)

    def made(number: int) -> NewDecision:
        words = " ".join(f"zq{number}v{at}x" for at in range(random.randrange(1, 60)))
        decision = make_decision(None, author_id=f"{random.random()}-zq{number}v", action=Action.ALLOW)
        return NewDecision(replace(decision, text=NormalizedText(words, words)), None)

    posts = [made(number) for number in range(POSTS)]
    ledger.record_many(posts)
    gone = random.sample(range(POSTS), POSTS // 2)
    for at in range(0, len(gone), 10):
        some = [posts[number].decision.id for number in gone[at : at + 10]]
        writer.submit(partial(erase, decision_ids=some, actor="ada", now=now))

    assert eraser.scrub(now=now)

    content = database_file.read_bytes()
    assert [number for number in gone if f"zq{number}v".encode() in content] == []
    assert sum(1 for _ in queries.decisions()) == POSTS - len(gone)
    with closing(sqlite3.connect(database_file)) as connection:
        connection.execute(
            "INSERT INTO decision_search (decision_search, rank) VALUES ('integrity-check', 1)"
        )
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.fixture
def small_limit() -> Iterator[None]:
    """Any file counts as a large one."""
    before = erasure.SCRUBBED_AT_ONCE_BYTES
    erasure.SCRUBBED_AT_ONCE_BYTES = 1
    yield
    erasure.SCRUBBED_AT_ONCE_BYTES = before


@pytest.mark.usefixtures("small_limit")
def test_a_large_file_is_rewritten_once_a_day(
    post: Callable[..., Decision], eraser: Eraser, now: datetime, database_file: Path
) -> None:
    first, second = post("zxqone", item_id="r-1"), post("zxqtwo", item_id="r-2")
    assert eraser.erase(first.id, actor="ada", now=now).scrubbed

    assert not eraser.erase(second.id, actor="ada", now=now + timedelta(hours=1)).scrubbed

    # Nobody can read it any more by then; only traces of pages can be left.
    assert words_left(database_file, "zxqtwo") == []
    assert not eraser.scrub(now=now + timedelta(hours=2))
    assert eraser.scrub(now=now + timedelta(hours=25))
    assert eraser.scrub(now=now + timedelta(hours=26))


def test_a_reader_that_is_in_the_way_only_puts_it_off(
    *, post: Callable[..., Decision], eraser: Eraser, queries: Queries, database_file: Path, now: datetime
) -> None:
    decision = post("zxqvbrm", item_id="r-1")
    # Whoever reads keeps the log from being emptied.
    with closing(sqlite3.connect(database_file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM decisions").fetchone()
        erased = eraser.erase(decision.id, actor="ada", now=now)
        assert not erased.scrubbed
        reader.execute("ROLLBACK")
    assert words_left(database_file, "zxqvbrm") != []

    # What was not done is written down, also for a process that comes later.
    assert eraser.scrub(now=now)
    assert words_left(database_file, "zxqvbrm") == []
    assert list(queries.decisions()) == []


@pytest.fixture
def retention(ledger: Ledger, database: Database, now: datetime) -> Callable[..., RetentionService]:
    """Retention as it is some days from now."""

    def some_days_on(days: float, **keep: int) -> RetentionService:
        chosen = {Action(name): count for name, count in keep.items()}
        clock = now + timedelta(days=days)
        return RetentionService(ledger, RetentionQueries(database.reader), clock=lambda: clock, days=chosen)

    return some_days_on


def test_texts_are_kept_for_their_days_and_numbers_for_good(
    *,
    post: Callable[..., Decision],
    ledger: Ledger,
    eraser: Eraser,
    queries: Queries,
    retention: Callable[..., RetentionService],
    now: datetime,
    database_url: str,
) -> None:
    allowed = post("zxqallow", item_id="r-1", in_ids=False, action=Action.ALLOW)
    reviewed = post("zxqreview", item_id="r-2", in_ids=False, action=Action.REVIEW)
    blocked = post("zxqblock", item_id="r-3", action=Action.BLOCK)
    waiting = post("zxqwait", item_id="r-4", action=Action.REVIEW)
    ledger.appeal(reviewed.id, "zxqreview!", actor="app", appeal_id="a-1", item_id="r-9", now=now)
    days = {"allow": 30, "review": 60, "block": 0}

    def rule(item: ReviewItem, at: datetime) -> None:
        noted = Ruling(RulingAction.BLOCK, "ada", note="zxqreview" if item.id == "r-2" else "")
        ledger.rule(item.id, noted, expected_version=item.version, ruling_id=item.id, now=at)

    for decision in (reviewed, blocked):
        item = queries.item_of(decision.id)
        assert item is not None
        rule(item, now + timedelta(days=10))

    assert set(retention(30, **days).sweep().values()) == {0}
    assert queries.decision(allowed.id) == allowed
    assert retention(30.1, **days).sweep() == {Action.ALLOW: 1, Action.REVIEW: 0}
    # The days of a post that a person ruled on count from the ruling.
    assert retention(69, **days).sweep() == {Action.ALLOW: 0, Action.REVIEW: 0}
    assert retention(71, **days).sweep() == {Action.ALLOW: 0, Action.REVIEW: 1}
    assert retention(9999, **days).sweep() == {Action.ALLOW: 0, Action.REVIEW: 0}
    assert eraser.scrub(now=now)

    assert words_of(database_url, "zxqallow", "zxqreview") == []
    after = queries.decision(reviewed.id)
    assert after.text_removed_at == now + timedelta(days=71)
    assert (after.text, after.context) == (None, ())
    assert after.verdict == reviewed.verdict
    assert [each.ruling.note for each in queries.rulings("r-2")] == [""]
    assert [each.reason for each in queries.appeals_on(reviewed.id)] == [""]
    # Blocked posts are kept for good here, and what waits for a person is kept until they have seen it.
    assert queries.decision(blocked.id) == blocked
    assert queries.decision(waiting.id) == waiting
    events = list(queries.audit_events())
    assert verify_chain(events) is None
    assert [each.kind for each in events].count("texts.removed") == 2


def test_a_text_that_is_appealed_while_it_outlives_its_days_stays(
    *,
    post: Callable[..., Decision],
    ledger: Ledger,
    queries: Queries,
    database: Database,
    now: datetime,
) -> None:
    decision = post("zxqallow", item_id="r-1", in_ids=False, action=Action.ALLOW)
    later = now + timedelta(days=31)
    (outlived,) = RetentionQueries(database.reader).outlived(Action.ALLOW, before=now + timedelta(days=1))
    ledger.appeal(decision.id, "A song.", actor="app", appeal_id="a-1", item_id="r-9", now=later)

    assert ledger.remove_texts(outlived, before=now + timedelta(days=1), detail=(), now=later) == 0
    assert queries.decision(decision.id) == decision
    assert [each.reason for each in queries.appeals_on(decision.id)] == ["A song."]
    assert "texts.removed" not in {each.kind for each in queries.audit_events()}
