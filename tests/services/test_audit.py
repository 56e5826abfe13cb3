"""Whatever is done to the audit trail in the file, verifying it finds it and names the first bad event."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from app import bootstrap
from app.core.access import Scope
from app.core.audit import AuditEvent, link
from app.core.errors import DatabaseUnusable, StorageError
from app.db.audit import AuditQueries
from app.db.engine import open_database, upgrade
from app.services.audit import AuditReport
from app.settings import Settings

EVENTS = 12
COPY = """
    INSERT INTO audit_events SELECT {number}, at, actor, kind, subject, detail, previous_hash, hash
    FROM audit_events WHERE sequence = {of}
"""


@pytest.fixture
def settings(database_file: Path) -> Settings:
    """A database in which `EVENTS` things were done, with its witness."""
    settings = Settings(database_url=f"sqlite:///{database_file}")
    add_events(settings, EVENTS)
    assert witness(settings)
    return settings


def add_events(settings: Settings, count: int) -> None:
    with bootstrap.open_keys(settings) as service:
        for number in range(count):
            service.create(f"app {number}", Scope.MODERATE)


def witness(settings: Settings) -> bool:
    with bootstrap.open_audit(settings) as service:
        return service.testify()


def verify(settings: Settings) -> AuditReport:
    with bootstrap.open_audit(settings) as service:
        return service.verify()


def tamper(database_file: Path, statement: str, rows: Sequence[Sequence[object]] = ((),)) -> None:
    """Change the file as somebody would who has it in their hands: the triggers do not hold them up."""
    with closing(sqlite3.connect(database_file)) as connection, connection:
        kept = [row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in names:
            connection.execute(f"DROP TRIGGER {name}")
        connection.executemany(statement, rows)
        for trigger in kept:
            connection.execute(trigger)


def rewrite(database_file: Path, *, since: int) -> None:
    """Make the chain anew from one event on, as somebody would who knows how its hashes are made."""
    with open_database(f"sqlite:///{database_file}") as database:
        events = [each for each in AuditQueries(database.reader).events() if isinstance(each, AuditEvent)]
    previous = events[since - 2].hash
    rows = []
    for event in events[since - 1 :]:
        made = link(
            previous,
            sequence=event.sequence,
            at=event.at,
            actor="mallory",
            kind=event.kind,
            subject=event.subject,
            detail=event.detail,
        )
        rows.append((previous, made.hash, event.sequence))
        previous = made.hash
    tamper(
        database_file,
        "UPDATE audit_events SET actor = 'mallory', previous_hash = ?, hash = ? WHERE sequence = ?",
        rows,
    )


def test_a_trail_as_it_was_written_holds(settings: Settings) -> None:
    report = verify(settings)

    assert (report.ok, report.events, report.notes) == (True, EVENTS, ())


def test_a_new_database_holds(database_file: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{database_file}")
    bootstrap.upgrade_database(settings)

    report = verify(settings)

    assert (report.ok, report.events) == (True, 0)
    assert "no '" in report.notes[0]


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE audit_events SET actor = 'x' WHERE sequence = 5", "Event 5 was changed: its content"),
        ("UPDATE audit_events SET kind = 'x' WHERE sequence = 1", "Event 1 was changed: its content"),
        ("UPDATE audit_events SET subject = 'x' WHERE sequence = 12", "Event 12 was changed: its content"),
        ("UPDATE audit_events SET detail = '[]' WHERE sequence = 5", "Event 5 was changed: its content"),
        (
            "UPDATE audit_events SET at = '2020-01-01T00:00:00.000000Z' WHERE sequence = 5",
            "Event 5 was changed: its content",
        ),
        ("UPDATE audit_events SET hash = 'sha256:0' WHERE sequence = 5", "Event 5 was changed: its content"),
        ("UPDATE audit_events SET previous_hash = '' WHERE sequence = 5", "Event 5 does not follow event 4"),
        (
            "UPDATE audit_events SET detail = 'no JSON' WHERE sequence = 5",
            "Event 5 was changed: it cannot",
        ),
        (
            "UPDATE audit_events SET detail = '[[1, 2]]' WHERE sequence = 5",
            "Event 5 was changed: it cannot",
        ),
        ("UPDATE audit_events SET at = 'noon' WHERE sequence = 5", "Event 5 was changed: it cannot"),
        ("UPDATE audit_events SET at = '2026-11-22' WHERE sequence = 5", "Event 5 was changed: it cannot"),
        ("UPDATE audit_events SET actor = x'ff00' WHERE sequence = 5", "Event 5 was changed: it cannot"),
        ("DELETE FROM audit_events WHERE sequence = 5", "Event 5 is missing: after event 4 comes event 6"),
        ("DELETE FROM audit_events WHERE sequence = 1", "Event 1 is missing: the trail begins with event 2"),
        ("DELETE FROM audit_events WHERE sequence > 9", "Event 10 is missing: the trail ends with event 9"),
        ("DELETE FROM audit_events WHERE sequence = 12", "Event 12 is missing: the trail ends with event 11"),
        ("DELETE FROM audit_events", "Event 1 is missing: the trail ends with event 0"),
        (
            COPY.format(number=0, of=1),
            "Event 0 stands before the first one",
        ),
        (
            COPY.format(number=13, of=12),
            "Event 13 does not follow event 12",
        ),
        ("DELETE FROM audit_head", "Nothing is signed: the head of the trail is gone"),
        ("UPDATE audit_head SET sequence = 11", "event 11, was not signed with the secret"),
        ("UPDATE audit_head SET signature = 'hmac-sha256:0'", "event 12, was not signed with the secret"),
    ],
)
def test_a_change_to_the_file_is_found(
    settings: Settings, database_file: Path, statement: str, said: str
) -> None:
    tamper(database_file, statement)

    report = verify(settings)

    assert not report.ok
    assert said in str(report.broken)


@pytest.mark.parametrize("since", [2, 7, 12])
def test_a_chain_that_was_made_anew_is_found(settings: Settings, database_file: Path, since: int) -> None:
    rewrite(database_file, since=since)

    assert f"Event {EVENTS} is not the one whose hash was signed" in str(verify(settings).broken)


def test_an_event_that_somebody_else_added_is_found(settings: Settings, database_file: Path) -> None:
    with open_database(f"sqlite:///{database_file}") as database:
        *_, last = AuditQueries(database.reader).events()
    assert isinstance(last, AuditEvent)
    made = link(last.hash, sequence=13, at=last.at, actor="mallory", kind="key.created", subject="ps_0")
    tamper(
        database_file,
        "INSERT INTO audit_events SELECT 13, at, 'mallory', 'key.created', 'ps_0', '[]', ?, ? "
        "FROM audit_events WHERE sequence = 12",
        [(made.previous_hash, made.hash)],
    )

    assert "Event 13 is not signed" in str(verify(settings).broken)


def test_what_was_cut_off_is_found_although_the_service_went_on(
    settings: Settings, database_file: Path
) -> None:
    tamper(database_file, "DELETE FROM audit_events WHERE sequence > 9")
    add_events(settings, 1)
    assert "Event 11 is missing: the trail ends with event 10, and event 12 was signed" in str(
        verify(settings).broken
    )
    add_events(settings, 5)

    assert "Event 12 is not the one whose hash was signed" in str(verify(settings).broken)
    # The witness is the proof, and is not written over.
    assert not witness(settings)
    assert "Event 12 is not" in str(verify(settings).broken)


def test_a_head_that_was_removed_is_not_made_anew(settings: Settings, database_file: Path) -> None:
    tamper(database_file, "DELETE FROM audit_head")
    add_events(settings, 3)

    assert "the head of the trail is gone" in str(verify(settings).broken)


def test_an_older_copy_of_the_whole_file_is_found(settings: Settings, database_file: Path) -> None:
    old = database_file.with_name("old.db")
    shutil.copy(database_file, old)
    add_events(settings, 3)
    assert witness(settings)
    shutil.copy(old, database_file)

    assert "Event 13 is missing: the trail ends with event 12, and event 15 was signed" in str(
        verify(settings).broken
    )
    add_events(settings, 5)
    assert "Event 15 is not the one whose hash was signed" in str(verify(settings).broken)


def test_a_secret_that_is_another_one_is_told(settings: Settings, database_file: Path) -> None:
    database_file.with_suffix(".key").write_text("0" * 64)

    assert "the secret is another one" in str(verify(settings).broken)


def test_triggers_that_are_gone_are_told(settings: Settings, database_file: Path) -> None:
    with closing(sqlite3.connect(database_file)) as connection, connection:
        connection.execute("DROP TRIGGER audit_events_no_delete")

    assert "the triggers audit_events_no_delete are gone" in str(verify(settings).broken)


def test_a_witness_that_is_none_is_refused(settings: Settings, database_file: Path) -> None:
    database_file.with_suffix(".head").write_text("{}")

    with pytest.raises(StorageError, match="cannot be read"):
        verify(settings)


def test_a_trail_from_before_there_were_heads_is_signed_when_it_is_upgraded(
    settings: Settings, database_file: Path
) -> None:
    database_file.with_suffix(".head").unlink()
    with closing(sqlite3.connect(database_file)) as connection, connection:
        connection.execute("DROP TABLE audit_head")
        connection.execute("DROP TABLE upkeep")
        for when in ("insert", "delete", "update"):
            connection.execute(f"DROP TRIGGER review_counts_{when}")
        connection.execute("DROP TABLE review_counts")
        connection.execute("ALTER TABLE decisions DROP COLUMN text_removed_at")
        for index in ("ix_review_items_queue", "ix_review_items_oldest"):
            connection.execute(f"DROP INDEX {index}")
            connection.execute(f"CREATE INDEX {index} ON review_items (state)")
        for column in ("lane", "language"):
            connection.execute(f"ALTER TABLE review_items DROP COLUMN {column}")
        connection.execute("UPDATE alembic_version SET version_num = '0009'")

    bootstrap.upgrade_database(settings)

    assert verify(settings).events == EVENTS
    assert verify(settings).ok


def test_nothing_is_made_where_there_is_no_database(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'none.db'}")

    with pytest.raises(DatabaseUnusable, match="There is no database"):
        verify(settings)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_made_where_there_is_no_key(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'other.db'}")
    upgrade(settings.database_url)

    with pytest.raises(StorageError, match="cannot be made or read"):
        verify(settings)


def test_the_command_says_it_in_a_sentence_and_in_its_exit_status(
    settings: Settings, database_file: Path, environment: dict[str, str]
) -> None:
    def run() -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "app.cli", "db", "verify"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    good = run()
    tamper(database_file, "UPDATE audit_events SET actor = 'x' WHERE sequence = 5")
    bad = run()

    assert settings.database_url in environment.values()
    assert (good.returncode, good.stderr) == (0, "")
    assert f"{EVENTS} events" in good.stdout
    assert (bad.returncode, bad.stdout) == (1, "")
    assert "Event 5 was changed" in bad.stderr
