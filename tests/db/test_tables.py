"""The migrations make exactly the tables that the code uses, on both databases."""

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from io import StringIO
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, text
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.exc import DBAPIError

from app.core.review import Decision, Lane, ReviewItem, open_item
from app.core.types import Label, LaneVerdict
from app.db.engine import Database, alembic_config
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.db.tables import UtcTime, metadata
from tests.db.conftest import RunElsewhere, run_elsewhere
from tests.postgres import PostgresServer

INDEXES = """
    SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name <> 'alembic_version'
    AND tbl_name NOT LIKE 'decision_search%' ORDER BY name
"""
INDEXES_OF_A_SERVER = """
    SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    AND tablename NOT IN ('alembic_version', 'decision_search') ORDER BY indexname
"""
# Years of four digits, less a day for what the zone adds.
aware_datetimes = st.datetimes(
    min_value=datetime.fromisoformat("1000-01-02"),
    max_value=datetime.fromisoformat("9999-12-30"),
    timezones=st.timezones(),
)


def test_the_migrated_schema_is_the_metadata(database: Database) -> None:
    with database.writer.connect() as connection:
        # SQLAlchemy has no words for the full-text index, so the migration alone describes it.
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: (
                    kind != "table" or not name.startswith("decision_search")
                ),
            },
        )
        assert compare_metadata(context, metadata) == []


def test_the_migrated_indexes_are_the_metadata_s(database_file: Path, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'metadata.db'}")
    metadata.create_all(engine)
    engine.dispose()

    def indexes(path: Path) -> list[tuple[str, ...]]:
        connection = sqlite3.connect(path)
        rows = connection.execute(INDEXES)
        found = rows.fetchall()
        connection.close()
        return found

    assert indexes(database_file) == indexes(tmp_path / "metadata.db")


def test_the_migrated_indexes_of_a_server_are_the_metadata_s(postgres: PostgresServer) -> None:
    """With the rows that each is for, which the comparison of Alembic does not look at."""
    with postgres.fresh() as migrated, postgres.fresh(template="template0") as made:
        engine = create_engine(made)
        metadata.create_all(engine)
        engine.dispose()
        found = run_elsewhere(migrated, INDEXES_OF_A_SERVER)
        assert found == run_elsewhere(made, INDEXES_OF_A_SERVER)

    assert [str(sql).rpartition("WHERE ")[2] for name, sql in found if name == "ix_rulings_bulk"] == [
        "(bulk IS NOT NULL)"
    ]


def test_the_migrations_give_sql_for_postgresql() -> None:
    printed = StringIO()
    config = alembic_config()
    config.output_buffer = printed
    config.attributes["url"] = "postgresql://"
    command.upgrade(config, "head", sql=True)
    assert "CREATE TRIGGER audit_events_no_truncate BEFORE TRUNCATE" in printed.getvalue()


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_events SET actor = 'nobody'", "DELETE FROM audit_events"]
)
def test_audit_events_are_append_only_for_whoever_opens_the_database(
    elsewhere: RunElsewhere, ledger: Ledger, make_decision: Callable[..., Decision], statement: str
) -> None:
    ledger.record(make_decision(), None)
    with pytest.raises(DBAPIError, match="append-only"):
        elsewhere(statement)


@pytest.mark.usefixtures("database_file")
def test_audit_events_are_not_replaced_in_a_file(
    elsewhere: RunElsewhere, ledger: Ledger, make_decision: Callable[..., Decision]
) -> None:
    ledger.record(make_decision(), None)
    with pytest.raises(DBAPIError, match="append-only"):
        elsewhere("INSERT OR REPLACE INTO audit_events SELECT * FROM audit_events")


LANE = LaneVerdict("mini@1", Label.SAFE, None, 0.2)


def test_items_of_before_say_which_lanes_and_which_language_after_the_migration(
    database: Database, ledger: Ledger, queries: Queries, make_decision: Callable[..., Decision]
) -> None:
    verdicts: list[dict[str, object]] = [
        {"unavailable": ()},
        {"unavailable": (), "lanes": (LANE, LANE), "language": "de"},
        {"unavailable": (), "lanes": (LANE,), "language": "und"},
        {"unavailable": ("scorer@1",), "lanes": (LANE,)},
    ]
    stored: list[ReviewItem] = []
    for number, verdict in enumerate(verdicts):
        decision = make_decision("abcd"[number] * 30, **verdict)
        item = open_item(decision, item_id=f"r-{number}", now=decision.created_at)
        assert item is not None
        ledger.record(decision, item)
        stored.append(item)
    with database.writer.begin() as connection:
        for index in ("queue", "oldest"):
            connection.execute(text(f"DROP INDEX ix_review_items_{index}"))
            connection.execute(text(f"CREATE INDEX ix_review_items_{index} ON review_items (state)"))
        for column in ("lane", "language"):
            connection.execute(text(f"ALTER TABLE review_items DROP COLUMN {column}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0010'"))
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0011")

    assert [each.lane for each in stored] == [Lane.FIRST, Lane.SECOND, Lane.EARLY, Lane.INCOMPLETE]
    assert [queries.review_item_with_decision(each.id)[0] for each in stored] == stored


@given(aware_datetimes)
def test_times_round_trip(value: datetime) -> None:
    column = UtcTime()
    stored = column.process_bind_param(value, dialect())
    assert stored is not None
    assert len(stored) == len("2026-11-22T08:00:00.000000Z")
    assert column.process_result_value(stored, dialect()) == value.astimezone(UTC)


@given(aware_datetimes, aware_datetimes)
def test_stored_times_sort_as_time_does(one: datetime, other: datetime) -> None:
    def stored(value: datetime) -> str:
        return str(UtcTime().process_bind_param(value, dialect()))

    assert (one < other) == (stored(one) < stored(other))


def test_times_come_back_in_utc() -> None:
    written = datetime(2026, 11, 22, 1, tzinfo=timezone(timedelta(hours=2)))
    read = UtcTime().process_result_value(UtcTime().process_bind_param(written, dialect()), dialect())
    assert read is not None
    assert (read, read.tzinfo) == (written, UTC)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        UtcTime().process_bind_param(datetime(2026, 11, 22), dialect())  # noqa: DTZ001
