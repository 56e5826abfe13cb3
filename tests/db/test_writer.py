"""Units that wait together are committed together, and none is acknowledged before it is durable."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, event, text

from app.core.errors import DatabaseLocked, NotFound, QueueFull, StorageError
from app.core.review import Decision
from app.db.engine import Database, make_engine
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.db.writer import GroupWriter

MakeDecision = Callable[..., Decision]


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(32) as pool:
        yield pool


@contextmanager
def held(writer: GroupWriter) -> Iterator[None]:
    """Keep the writer's thread busy, so that what is submitted meanwhile becomes one group."""
    entered, release = threading.Event(), threading.Event()

    def block(_: Connection) -> None:
        entered.set()
        assert release.wait(10)

    blocker = threading.Thread(target=writer.submit, args=(block,))
    blocker.start()
    assert entered.wait(10)
    try:
        yield
    finally:
        release.set()
        blocker.join()


def wait_for_queue(writer: GroupWriter, length: int) -> None:
    pause = threading.Event()
    for _ in range(1000):
        if writer.waiting == length:
            return
        pause.wait(0.005)
    pytest.fail(f"{writer.waiting} units are waiting, not {length}")


def commits(database: Database) -> list[None]:
    seen: list[None] = []
    event.listen(database.writer, "commit", lambda _: seen.append(None))
    return seen


def insert_row(key: str) -> Callable[[Connection], str]:
    def unit(connection: Connection) -> str:
        connection.execute(
            text("INSERT INTO rulings VALUES (:id, 'r-1', 1, '', '', '', NULL, '', NULL, NULL)"), {"id": key}
        )
        return key

    return unit


@pytest.fixture
def item(record: Callable[..., object]) -> None:
    record("r-1")


def test_a_unit_gives_its_result(writer: GroupWriter) -> None:
    assert writer.submit(lambda connection: connection.execute(text("SELECT 41 + 1")).scalar()) == 42


def test_units_that_wait_together_share_one_commit(
    *,
    database: Database,
    writer: GroupWriter,
    ledger: Ledger,
    queries: Queries,
    pool: ThreadPoolExecutor,
    make_decision: MakeDecision,
) -> None:
    made = [make_decision() for _ in range(20)]
    seen = commits(database)
    with held(writer):
        futures = [pool.submit(ledger.record, decision, None) for decision in made]
        wait_for_queue(writer, 20)
    for future in futures:
        future.result()
    # One is the blocker's.
    assert len(seen) == 2
    assert list(queries.decisions()) == made


@pytest.mark.usefixtures("item")
def test_a_unit_that_fails_does_not_take_its_neighbours_with_it(
    writer: GroupWriter, pool: ThreadPoolExecutor
) -> None:
    def fail_after_writing(connection: Connection) -> str:
        insert_row("lost")(connection)
        raise NotFound("on purpose")

    units = [insert_row("a"), insert_row("b"), fail_after_writing, insert_row("a"), insert_row("c")]
    futures: list[Future[str]] = []
    with held(writer):
        for queued, unit in enumerate(units, start=1):
            futures.append(pool.submit(writer.submit, unit))
            wait_for_queue(writer, queued)
    assert [futures[index].result() for index in (0, 1, 4)] == ["a", "b", "c"]
    with pytest.raises(NotFound, match="on purpose"):
        futures[2].result()
    with pytest.raises(StorageError, match=r"SQLITE_CONSTRAINT_PRIMARYKEY|UniqueViolation"):
        futures[3].result()
    assert sorted(ruling_ids(writer)) == ["a", "b", "c"]


def ruling_ids(writer: GroupWriter) -> list[str]:
    return writer.submit(
        lambda connection: list(connection.execute(text("SELECT id FROM rulings")).scalars())
    )


def test_a_decision_that_cannot_be_stored_does_not_take_its_group_with_it(
    writer: GroupWriter,
    ledger: Ledger,
    queries: Queries,
    pool: ThreadPoolExecutor,
    make_decision: MakeDecision,
) -> None:
    first, second = make_decision(), make_decision()
    with held(writer):
        futures = []
        for queued, decision in enumerate((first, first, second), start=1):
            futures.append(pool.submit(ledger.record, decision, None))
            wait_for_queue(writer, queued)
    futures[0].result()
    with pytest.raises(StorageError, match=r"SQLITE_CONSTRAINT_PRIMARYKEY|UniqueViolation"):
        futures[1].result()
    futures[2].result()
    assert list(queries.decisions()) == [first, second]
    assert [each.subject for each in queries.audit_events()] == [first.id, second.id]


def break_a_key_at_commit(connection: Connection) -> str:
    if connection.dialect.name == "postgresql":
        later = "ALTER TABLE rulings ALTER CONSTRAINT fk_rulings_item_id DEFERRABLE INITIALLY DEFERRED"
    else:
        later = "PRAGMA defer_foreign_keys = ON"
    connection.execute(text(later))
    connection.execute(
        text("INSERT INTO rulings VALUES ('x', 'no such item', 1, '', '', '', NULL, '', NULL, NULL)")
    )
    return "x"


def fill_the_disk(connection: Connection) -> str:
    if connection.dialect.name == "postgresql":
        connection.execute(text("DO $$ BEGIN RAISE 'on purpose' USING ERRCODE = 'disk_full'; END $$"))
    else:
        connection.execute(text("PRAGMA max_page_count = 1"))
        connection.execute(text("UPDATE decisions SET text = :text"), {"text": "word " * 100_000})
    return "x"


def run_out_of_memory(connection: Connection) -> str:
    insert_row("x")(connection)
    raise MemoryError


@pytest.mark.usefixtures("item")
@pytest.mark.parametrize(
    ("calamity", "error", "message"),
    [
        (break_a_key_at_commit, StorageError, "SQLITE_CONSTRAINT_FOREIGNKEY|ForeignKeyViolation"),
        (fill_the_disk, StorageError, "is full"),
        (run_out_of_memory, MemoryError, None),
    ],
)
def test_nothing_is_acknowledged_when_the_transaction_is_lost(
    writer: GroupWriter,
    pool: ThreadPoolExecutor,
    calamity: Callable[[Connection], str],
    error: type[Exception],
    message: str | None,
) -> None:
    futures: list[Future[str]] = []
    with held(writer):
        for queued, unit in enumerate((insert_row("a"), calamity, insert_row("b")), start=1):
            futures.append(pool.submit(writer.submit, unit))
            wait_for_queue(writer, queued)
    for future in futures:
        with pytest.raises(error, match=message):
            future.result()
    assert ruling_ids(writer) == []
    assert len({id(future.exception()) for future in futures if error is StorageError}) in {0, 3}


def test_a_full_queue_refuses(database: Database, pool: ThreadPoolExecutor) -> None:
    with GroupWriter(database.writer, max_waiting=2) as writer, held(writer):
        waiting = [pool.submit(writer.submit, lambda _: None) for _ in range(2)]
        wait_for_queue(writer, 2)
        with pytest.raises(QueueFull, match="2 writes wait"):
            writer.submit(lambda _: None)
        assert not any(future.done() for future in waiting)


def test_closing_drains_what_waits_and_refuses_the_rest(
    database: Database, queries: Queries, pool: ThreadPoolExecutor, make_decision: MakeDecision
) -> None:
    writer = GroupWriter(database.writer)
    made = [make_decision() for _ in range(3)]
    with held(writer):
        futures = [pool.submit(Ledger(writer).record, decision, None) for decision in made]
        wait_for_queue(writer, 3)
        closing = pool.submit(writer.close)
    closing.result(10)
    for future in futures:
        future.result()
    assert list(queries.decisions()) == made
    with pytest.raises(StorageError, match="being closed"):
        writer.submit(lambda _: None)


def test_a_writer_survives_a_locked_database(writer: GroupWriter, database_url: str) -> None:
    other = make_engine(database_url)
    with other.begin(), pytest.raises(DatabaseLocked):
        writer.submit(lambda _: None)
    other.dispose()
    writer.submit(lambda _: None)
