"""The database opens, upgrades, and says what is wrong with it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import inspect, make_url, text

from app.core.errors import (
    DatabaseLocked,
    DatabaseReadOnly,
    DatabaseUnusable,
    SchemaMismatch,
    StorageError,
)
from app.core.review import Decision
from app.db.engine import Database, check_schema, make_engine, name_of, open_database, translated, upgrade
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.db.receipts import NewDecision
from app.db.writer import GroupWriter
from tests.db.conftest import RunElsewhere, run_elsewhere

MakeDecision = Callable[..., Decision]


def pragma(database: Database, name: str) -> object:
    with database.writer.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


@pytest.mark.usefixtures("database_file")
@pytest.mark.parametrize(
    ("name", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 100)],
)
def test_a_connection_that_writes_is_durable_and_checks_keys(
    database: Database, name: str, value: object
) -> None:
    assert pragma(database, name) == value


def test_a_connection_that_reads_cannot_write(database: Database) -> None:
    with (
        pytest.raises(DatabaseReadOnly, match=r"' cannot be written"),
        translated(database.reader.url),
        database.reader.connect() as connection,
    ):
        connection.execute(text("DELETE FROM decisions"))


def test_readers_do_not_wait_for_the_writer(database: Database, queries: Queries) -> None:
    with database.writer.begin():
        queries.ping()


def test_upgrade_starts_from_an_empty_database_and_may_be_repeated(empty_url: str) -> None:
    for _ in range(2):
        upgrade(empty_url)
        with open_database(empty_url) as database:
            check_schema(database.reader)


def test_an_upgrade_that_fails_leaves_nothing_behind(empty_url: str) -> None:
    run_elsewhere(empty_url, "CREATE TABLE audit_events (sequence INTEGER)")
    with pytest.raises(StorageError):
        upgrade(empty_url)
    with open_database(empty_url) as database:
        assert inspect(database.reader).get_table_names() == ["audit_events"]


def test_a_database_without_tables_asks_for_the_upgrade(empty_url: str) -> None:
    with open_database(empty_url) as database:
        with pytest.raises(SchemaMismatch, match=r"no tables yet.*`plainspeak db upgrade`"):
            check_schema(database.reader)
        with pytest.raises(SchemaMismatch, match=r"lacks a table.*`plainspeak db upgrade`"):
            Queries(database.reader).ping()


def test_a_newer_schema_is_refused(database_url: str, database: Database, elsewhere: RunElsewhere) -> None:
    elsewhere("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(SchemaMismatch, match=r"from a newer Plainspeak. Update"):
        check_schema(database.reader)
    with pytest.raises(SchemaMismatch, match=r"from a newer Plainspeak. Update"):
        upgrade(database_url)


def test_a_locked_database_is_reported_and_works_again_when_free(
    database_url: str, ledger: Ledger, queries: Queries, make_decision: MakeDecision
) -> None:
    decision = make_decision()
    other = make_engine(database_url)
    with other.begin():
        with pytest.raises(DatabaseLocked, match=r"Another process holds the database .*try again"):
            ledger.record(decision, None)
        with pytest.raises(DatabaseLocked):
            upgrade(database_url, busy_timeout_s=0.1)
    other.dispose()
    ledger.record(decision, None)
    assert queries.decision(decision.id) == decision


def test_a_read_only_file_can_be_read_but_not_written(
    database_file: Path, make_decision: MakeDecision
) -> None:
    url = f"sqlite:///file:{database_file}?mode=ro&uri=true"
    with open_database(url) as database, GroupWriter(database.writer) as writer:
        Queries(database.reader).ping()
        with pytest.raises(DatabaseReadOnly, match=r"plainspeak\.db' cannot be written.*write access"):
            Ledger(writer).record(make_decision(), None)
        with pytest.raises(DatabaseReadOnly):
            Ledger(writer).ping()


@pytest.mark.usefixtures("database_file")
def test_a_full_disk_is_reported(database: Database, ledger: Ledger, make_decision: MakeDecision) -> None:
    ledger.ping()
    with database.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(StorageError, match=r"is full. Nothing was stored; free some space"):
        ledger.record_many([NewDecision(make_decision("word " * 5000), None) for _ in range(5)])


def test_a_file_that_is_no_database_is_unusable(tmp_path: Path) -> None:
    path = tmp_path / "garbage.db"
    path.write_bytes(b"this is not a database" * 100)
    with open_database(f"sqlite:///{path}") as database:
        for engine in (database.reader, database.writer):
            with pytest.raises(DatabaseUnusable, match=r"garbage\.db' cannot be opened or is damaged"):
                check_schema(engine)
    with pytest.raises(DatabaseUnusable):
        upgrade(f"sqlite:///{path}")


def test_a_file_in_a_missing_folder_is_unusable(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnusable, match=r"SQLITE_CANTOPEN.*may write to its folder"):
        upgrade(f"sqlite:///{tmp_path / 'missing' / 'plainspeak.db'}")


@pytest.mark.parametrize("url", ["plainspeak.db", "", "nosuchdatabase://ann:secret@host/name"])
def test_a_url_that_is_none_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(DatabaseUnusable, match=r"sqlite:///plainspeak.db") as caught:
        make_engine(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///file::memory:?uri=true",
        "sqlite:///file:posts?mode=memory&cache=shared&uri=true",
    ],
)
def test_a_database_without_a_file_is_refused(url: str) -> None:
    with pytest.raises(DatabaseUnusable, match=r"names no file.* like 'sqlite:///plainspeak.db'"):
        make_engine(url)


def test_a_database_is_named_without_its_password() -> None:
    assert name_of(make_url("postgresql://ann:secret@host/name")) == "postgresql://ann:***@host/name"
    assert name_of(make_url("sqlite:////var/plainspeak.db")) == "/var/plainspeak.db"


def test_errors_do_not_repeat_what_was_being_stored(ledger: Ledger, make_decision: MakeDecision) -> None:
    decision = make_decision()
    ledger.record(decision, None)
    with pytest.raises(StorageError, match=r"SQLITE_CONSTRAINT_PRIMARYKEY|UniqueViolation") as caught:
        ledger.record(decision, None)
    assert "unalive" not in str(caught.value)
