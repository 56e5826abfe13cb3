"""What is PostgreSQL's own: its errors in our words, its locks beside each other, and what it cannot hold."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.core.audit import verify_chain
from app.core.errors import (
    DatabaseLocked,
    DatabaseReadOnly,
    DatabaseUnusable,
    NotFound,
    SchemaMismatch,
    StorageError,
)
from app.core.review import Decision, QueueView, ReviewItem
from app.core.search import DecisionSearch
from app.core.types import ReviewState, Ruling, RulingAction
from app.db.engine import Database, check_schema, make_engine, open_database, translated, upgrade
from app.db.erasure import Eraser
from app.db.ledger import Ledger
from app.db.postgresql import Mode
from app.db.queries import Queries
from app.db.writer import GroupWriter
from app.settings import ROOT
from tests.db.conftest import RunElsewhere, run_elsewhere
from tests.postgres import PostgresServer, binaries, sweep

MakeDecision = Callable[..., Decision]
Record = Callable[..., tuple[Decision, ReviewItem]]
OPEN = QueueView((ReviewState.OPEN,))
LEASE = timedelta(minutes=10)


@pytest.fixture
def database_url(postgres: PostgresServer) -> Iterator[str]:
    with postgres.fresh() as url:
        yield url


@contextmanager
def process_at(url: str) -> Iterator[Ledger]:
    """What writes in one process, as patient as a busy machine asks for."""
    with open_database(url, busy_timeout_s=300) as database, GroupWriter(database.writer) as writer:
        yield Ledger(writer, aside=database.aside)


@pytest.fixture
def first(database_url: str) -> Iterator[Ledger]:
    with process_at(database_url) as ledger:
        yield ledger


@pytest.fixture
def second(database_url: str) -> Iterator[Ledger]:
    with process_at(database_url) as ledger:
        yield ledger


@pytest.mark.parametrize(
    ("condition", "error", "message"),
    [
        ("lock_not_available", DatabaseLocked, "try again"),
        ("deadlock_detected", DatabaseLocked, "try again"),
        ("insufficient_privilege", DatabaseReadOnly, "write access"),
        ("disk_full", StorageError, "free some space"),
        ("undefined_column", SchemaMismatch, "plainspeak db upgrade"),
        ("too_many_connections", DatabaseUnusable, "takes more connections"),
        ("check_violation", StorageError, "CheckViolation"),
    ],
)
def test_the_server_s_errors_say_what_to_do(
    database: Database, condition: str, error: type[StorageError], message: str
) -> None:
    with (
        pytest.raises(error, match=message) as caught,
        translated(database.writer.url),
        database.writer.begin() as connection,
    ):
        connection.execute(text(f"DO $$ BEGIN RAISE 'a post' USING ERRCODE = '{condition}'; END $$"))
    assert "a post" not in str(caught.value)


def test_a_server_that_is_not_there_says_what_to_check(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://ann:secret@/plainspeak?host={tmp_path}"
    with pytest.raises(
        DatabaseUnusable, match=r"Check that the server runs.*PLAINSPEAK_DATABASE_URL"
    ) as caught:
        upgrade(url)
    assert "secret" not in str(caught.value)


def test_a_database_that_is_not_there_says_what_to_check(postgres: PostgresServer) -> None:
    with pytest.raises(DatabaseUnusable, match="host, port, name, user and password"):
        upgrade(postgres.url("nowhere"))


def test_a_driver_that_is_not_there_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    # What Python does where a package is not installed.
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(DatabaseUnusable, match=r"pip install --editable '\.\[postgres\]'"):
        make_engine("postgresql+psycopg://ann@host/plainspeak")


def test_a_server_that_was_started_again_is_noticed_before_work_is_lost(
    ledger: Ledger, queries: Queries, make_decision: MakeDecision, elsewhere: RunElsewhere
) -> None:
    first, second = make_decision(), make_decision()
    ledger.record(first, None)
    assert queries.decision(first.id) == first
    elsewhere(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid()"
    )
    ledger.record(second, None)
    assert queries.decision(second.id) == second


@pytest.mark.parametrize("mode", ["write", "aside"])
def test_a_process_that_vanished_gives_up_what_it_holds(database_url: str, mode: Mode) -> None:
    engine = make_engine(database_url, mode=mode)
    with engine.begin() as connection:
        shown = connection.execute(text("SHOW idle_in_transaction_session_timeout")).scalar()
    engine.dispose()
    assert shown == "1min"


def test_two_processes_that_start_at_once_make_the_tables_once(postgres: PostgresServer) -> None:
    with postgres.fresh(template="template0") as url, ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(upgrade, url) for _ in range(2)]:
            done.result()
        with open_database(url) as database:
            check_schema(database.reader)


def test_the_audit_trail_cannot_be_emptied(
    elsewhere: RunElsewhere, ledger: Ledger, make_decision: MakeDecision
) -> None:
    ledger.record(make_decision(), None)
    with pytest.raises(DBAPIError, match="append-only"):
        elsewhere("TRUNCATE audit_events")


@pytest.mark.parametrize("original", ["a\0b", "\0", "\U0010ffff\0 \U0010ffff0", "\U0010ffff" * 300])
def test_what_postgresql_cannot_hold_comes_back_as_it_was(
    ledger: Ledger, queries: Queries, make_decision: MakeDecision, original: str
) -> None:
    decision = make_decision(original, author_id=f"u{original}")
    ledger.record(decision, None)
    assert queries.decision(decision.id) == decision
    (row,) = queries.decision_page(DecisionSearch(author_id=f"u{original}"), limit=9).rows
    assert row.summary.excerpt is not None
    assert original.startswith(row.summary.excerpt.removesuffix("…"))
    with pytest.raises(NotFound):
        queries.decision("\0")


@pytest.mark.parametrize(
    "original", ["x" * 20_000, "日本" * 10_000, "a b " * 5000, "ﷺ " * 10_000, "\u0300" * 9000]
)
def test_no_text_is_too_much_for_the_index(
    ledger: Ledger, queries: Queries, make_decision: MakeDecision, original: str
) -> None:
    decision = make_decision(original)
    ledger.record(decision, None)
    assert queries.decision(decision.id) == decision


def test_a_claim_waits_for_no_writer_and_passes_over_what_is_being_taken(
    database: Database, ledger: Ledger, record: Record, now: datetime
) -> None:
    for number in range(3):
        record(f"r-{number}")
    with database.writer.begin() as busy:
        busy.execute(text("UPDATE review_items SET version = version WHERE id = 'r-0'"))
        taken = ledger.claim_next(OPEN, person="ada", now=now, until=now + LEASE)
        other = ledger.claim_next(OPEN, person="ben", now=now, until=now + LEASE)
    assert [item and item.id for item in (taken, other)] == ["r-1", "r-2"]


def test_many_who_ask_at_once_never_hold_one_item(
    first: Ledger, second: Ledger, record: Record, now: datetime
) -> None:
    for number in range(20):
        record(f"r-{number}")
    people = [f"p{number}" for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        taken = list(
            pool.map(
                lambda person: (first, second)[int(person[1:]) % 2].claim_next(
                    OPEN, person=person, now=now, until=now + LEASE
                ),
                people,
            )
        )
    held = [(item.id, item.claim.holder) for item in taken if item and item.claim]
    assert len(held) == len({item for item, _ in held}) == 20
    assert taken.count(None) == 4


def test_a_ruling_and_a_claim_of_one_item_come_one_after_the_other(
    database: Database, first: Ledger, second: Ledger, record: Record, now: datetime
) -> None:
    record("r-0")
    with ThreadPoolExecutor(1) as pool:
        with database.writer.begin() as busy:
            busy.execute(text("UPDATE review_items SET state = 'resolved' WHERE id = 'r-0'"))
            waits = pool.submit(lambda: first.claim("r-0", person="ben", now=now, until=now + LEASE).state)
        assert waits.result() is ReviewState.RESOLVED
    assert second.claim_next(OPEN, person="ada", now=now, until=now + LEASE) is None


def test_two_processes_link_one_chain_whatever_the_server_s_defaults(
    first: Ledger, second: Ledger, queries: Queries, make_decision: MakeDecision, elsewhere: RunElsewhere
) -> None:
    elsewhere(
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation = serializable', "
        "current_database()); END $$"
    )
    made = [make_decision() for _ in range(60)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda at: (first, second)[at % 2].record(made[at], None), range(len(made))))
    events = list(queries.audit_events())
    assert [event.sequence for event in events] == list(range(1, 61))
    assert verify_chain(events) is None


def test_what_is_erased_is_found_no_more(
    *,
    ledger: Ledger,
    writer: GroupWriter,
    database: Database,
    queries: Queries,
    record: Record,
    elsewhere: RunElsewhere,
    now: datetime,
) -> None:
    decision, _ = record(original="I will unalive zxqvbrmpt")
    ledger.rule(
        "r-1", Ruling(RulingAction.ALLOW, "ada", note="n"), expected_version=1, ruling_id="g", now=now
    )
    Eraser(ledger, writer, database.writer).erase(decision.id, actor="ada", now=now)
    assert queries.decision_page(DecisionSearch(("zxqvbrmpt",)), limit=9).rows == ()
    for table in ("decisions", "review_items", "rulings", "decision_search"):
        assert elsewhere(f"SELECT 1 FROM {table}") == [], table  # noqa: S608 a name from the line above


def test_a_dump_brings_everything_back(
    postgres: PostgresServer, database_url: str, record: Record, tmp_path: Path, now: datetime
) -> None:
    decision, _ = record()
    folder, dump = binaries(), str(tmp_path / "plainspeak.dump")
    assert folder is not None

    def libpq(url: str) -> str:
        return url.replace("+psycopg", "")

    with postgres.fresh(template="template0") as url:
        subprocess.run(
            [folder / "pg_dump", "--format=custom", f"--file={dump}", libpq(database_url)], check=True
        )
        subprocess.run([folder / "pg_restore", "--exit-on-error", f"--dbname={libpq(url)}", dump], check=True)
        with open_database(url) as database, GroupWriter(database.writer) as writer:
            check_schema(database.reader)
            queries, ledger = Queries(database.reader), Ledger(writer, aside=database.aside)
            assert queries.decision(decision.id) == decision
            item = ledger.claim_next(OPEN, person="ada", now=now, until=now + LEASE)
            assert item is not None
            ledger.rule(
                item.id,
                Ruling(RulingAction.ALLOW, "ada"),
                expected_version=item.version,
                ruling_id="g",
                now=now,
            )
            assert verify_chain(queries.audit_events()) is None
            (row,) = queries.decision_page(DecisionSearch(("unalive",)), limit=9).rows
            assert row.summary.id == decision.id


def test_pages_are_read_along_an_index(database_url: str, queries: Queries) -> None:
    # Rows enough that reading all of them would show in the plan.
    for statement in MANY:
        run_elsewhere(database_url, statement)
    plan = "\n".join(
        str(row[0])
        for row in run_elsewhere(
            database_url,
            "EXPLAIN SELECT decisions.id FROM decision_search JOIN decisions ON decisions.id = decision_id "
            "WHERE words @@ decision_search_query(ARRAY['unalive me'], false) ORDER BY number DESC LIMIT 50",
        )
    )
    assert "ix_decision_search_words" in plan, plan
    assert "Seq Scan" not in plan, plan
    (row,) = queries.decision_page(DecisionSearch(("unalive me",)), limit=9).rows
    assert row.summary.id == "d-77"


MANY = (
    """
    INSERT INTO decisions (id, created_at, text, plain_text, edits, hints, context, text_hash, label,
        confidence, score, categories, action, reasons, model, lexicon, policy, unavailable, latency_ms)
    SELECT 'd-' || n, '2026-11-22T08:00:00.000000Z',
        CASE n WHEN 77 THEN 'unalive me' ELSE 'a post about ' || n END, 'x', '[]', '[]', '[]', 'h', 'safe',
        0.9, 0.1, '{}', 'allow', '[]', 'm', 'l', 'p', '[]', 1
    FROM generate_series(1, 4000) AS n
    """,
    "VACUUM ANALYZE",
)


RUN_SERVER = """
from tests.postgres import run_server
with run_server() as server:
    print(server.url("migrated"), flush=True)
    input()
"""


def test_the_server_of_tests_that_were_killed_is_stopped_and_no_other(postgres: PostgresServer) -> None:
    programs = binaries()
    assert programs is not None
    with subprocess.Popen(
        [sys.executable, "-c", RUN_SERVER], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as tests:
        assert tests.stdout is not None
        url = tests.stdout.readline().strip()
        folder = Path(url.partition("host=")[2])
        assert folder not in sweep(folder.parent, programs)
        tests.kill()
    run_elsewhere(url, "SELECT 1")

    assert folder in sweep(folder.parent, programs)

    assert not folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(host=str(folder), user="postgres", dbname="migrated")
    assert postgres.admin.execute("SELECT 1").fetchone() == (1,)
