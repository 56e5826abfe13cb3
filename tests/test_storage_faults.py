"""What the disk, the clock and other processes can do to a database, and what the service makes of it."""

import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from datetime import datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import create_engine

from app import bootstrap
from app.core.audit import Head
from app.core.errors import ReviewHeld, StorageError
from app.core.review import Decision, QueueView, ReviewItem, open_item
from app.core.types import ReviewState, Ruling, RulingAction
from app.db.audit import sign_commits
from app.db.engine import alembic_config, open_database
from app.db.erasure import Eraser
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.db.writer import GroupWriter
from app.services.witness import Witness
from app.settings import Settings
from tests.db.conftest import MakeDecision, make_decision, now  # noqa: F401 fixtures
from tests.disk import no_file_above
from tests.served import Serve, Served

POST = "I want to unalive myself zxqvbrm"
WORD = b"zxqvbrm"
WAITING = QueueView((ReviewState.OPEN,))


@pytest.fixture
def settings(database_file: Path) -> Settings:
    settings = Settings(database_url=f"sqlite:///{database_file}")
    bootstrap.upgrade_database(settings)
    return settings


def holds(settings: Settings) -> str | None:
    with bootstrap.open_audit(settings) as audit:
        return audit.verify().broken


def test_a_head_that_cannot_be_written_leaves_nothing_lying_about(tmp_path: Path) -> None:
    witness = Witness(tmp_path / "plainspeak.head")
    with no_file_above(1), pytest.raises(StorageError, match=r"cannot be written .*Free some space"):
        witness.write(Head(1, "a" * 64, "b" * 64))
    assert list(tmp_path.iterdir()) == []


@contextmanager
def parts(settings: Settings) -> Iterator[tuple[Ledger, Eraser, Queries]]:
    with (
        open_database(settings.database_url, busy_timeout_s=0.2) as database,
        GroupWriter(database.writer) as writer,
    ):
        sign_commits(database.writer, secret=bootstrap.read_secret(settings))
        ledger = Ledger(writer)
        yield ledger, Eraser(ledger, writer, database.writer), Queries(database.reader)


def test_a_disk_that_is_full_refuses_and_goes_on_when_there_is_room(
    settings: Settings,
    make_decision: MakeDecision,  # noqa: F811
    database_file: Path,
) -> None:
    with parts(settings) as (ledger, _, queries):
        first, second = make_decision("word " * 2000), make_decision("word " * 2000)
        ledger.record(first, None)
        with no_file_above(Path(f"{database_file}-wal").stat().st_size), pytest.raises(StorageError) as full:
            ledger.record(second, None)
        assert [each.id for each in queries.decisions()] == [first.id]
        ledger.record(second, None)
        assert [each.id for each in queries.decisions()] == [first.id, second.id]

    assert "Nothing was stored" in str(full.value) or "restore a backup" in str(full.value)
    assert "word" not in str(full.value)


def test_a_disk_without_room_for_the_index_of_the_log_is_full_and_not_damaged(settings: Settings) -> None:
    with (
        open_database(settings.database_url) as database,
        no_file_above(1024),
        pytest.raises(StorageError, match=r"is full. Nothing was stored; free some space"),
    ):
        Queries(database.reader).ping()


@pytest.mark.parametrize("room", [0, 20_000, 60_000])
def test_a_disk_error_in_the_middle_of_an_erasure_leaves_all_or_nothing(
    *,
    settings: Settings,
    make_decision: MakeDecision,  # noqa: F811
    now: datetime,  # noqa: F811
    database_file: Path,
    room: int,
) -> None:
    with parts(settings) as (ledger, eraser, queries):
        decision = make_decision("zxqvbrm " * 500)
        item = open_item(decision, item_id="r-1", now=now)
        ledger.record(decision, item)
        noted = Ruling(RulingAction.ALLOW, "ada", note="zxqvbrm")
        ledger.rule("r-1", noted, expected_version=1, ruling_id="g-1", now=now)
        log = Path(f"{database_file}-wal").stat().st_size
        with no_file_above(log + room), suppress(StorageError):
            eraser.erase(decision.id, actor="ada", now=now)

        left = [each.id for each in queries.decisions()]
        # The post with its item and ruling, or nothing of them.
        assert (len(left), len(queries.rulings("r-1"))) in {(1, 1), (0, 0)}
        if left:
            eraser.erase(decision.id, actor="ada", now=now)
        assert eraser.scrub(now=now)

    for file in database_file.parent.glob("plainspeak.*"):
        assert WORD not in file.read_bytes(), file


def test_a_clock_that_goes_back_holds_nobody_up_for_ever(
    settings: Settings,
    make_decision: MakeDecision,  # noqa: F811
    now: datetime,  # noqa: F811
) -> None:
    """Somebody claims an item while the clock is a day ahead; then it is put right."""
    ahead = now + timedelta(days=1)
    with parts(settings) as (ledger, _, queries):
        decision = make_decision()
        item = open_item(decision, item_id="r-1", now=now)
        ledger.record(decision, item)
        held = ledger.claim("r-1", person="ada", now=ahead, until=ahead + timedelta(minutes=10))
        assert held.claim is not None

        with pytest.raises(ReviewHeld):
            rule(ledger, held, person="ben", at=ahead)
        assert queries.counts(ahead).claimed == 1
        assert queries.counts(now).claimed == 0
        assert (
            ledger.claim_next(WAITING, person="ben", now=now, until=now + timedelta(minutes=10)) is not None
        )
        ruled = rule(ledger, held, person="ben", at=now)

    assert ruled.outcome is RulingAction.ALLOW
    assert holds(settings) is None


def rule(ledger: Ledger, item: ReviewItem, *, person: str, at: datetime) -> ReviewItem:
    return ledger.rule(
        item.id,
        Ruling(RulingAction.ALLOW, person),
        expected_version=item.version,
        ruling_id=f"g-{person}-{at.timestamp()}",
        now=at,
    )


def test_the_trail_and_the_order_of_decisions_hold_when_the_clock_goes_back(
    settings: Settings,
    make_decision: MakeDecision,  # noqa: F811
    now: datetime,  # noqa: F811
) -> None:
    with parts(settings) as (ledger, _, queries):
        for minutes in (0, -60, 30, -1440):
            decision = make_decision()
            ledger.note("test.made", decision.id, detail=(), now=now + timedelta(minutes=minutes))
            ledger.record(decision, None)
        events = list(queries.audit_events())

    assert [each.sequence for each in events] == list(range(1, 9))
    assert holds(settings) is None


def test_a_service_on_a_damaged_and_on_a_newer_database_says_so(
    settings: Settings, environment: dict[str, str], database_file: Path
) -> None:
    def start(**changes: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "app.cli", "serve"],
            env=environment | changes,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        return done.stderr

    newer = database_file.with_name("newer.db")
    shutil.copy(database_file, newer)
    shutil.copy(database_file.with_suffix(".key"), newer.with_suffix(".key"))
    with closing(sqlite3.connect(newer)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    damaged = database_file.with_name("damaged.db")
    damaged.write_bytes(database_file.read_bytes()[:6000])

    assert "from a newer Plainspeak" in start(PLAINSPEAK_DATABASE_URL=f"sqlite:///{newer}")
    said = start(PLAINSPEAK_DATABASE_URL=f"sqlite:///{damaged}")
    assert "is damaged" in said
    assert "restore a backup" in said
    assert settings.database_url in environment.values()


OLDER_ROWS = (
    """
    INSERT INTO decisions (id, created_at, text, plain_text, edits, hints, context, text_hash, label,
        confidence, score, categories, action, reasons, model, lexicon, policy, unavailable, latency_ms)
    VALUES ('d-1', '2026-11-01T08:00:00.000000Z', 'an old zxqvbrm', 'an old zxqvbrm', '[]', '[]', '[]',
        'hmac-sha256:00', 'harmful', 0.9, 0.8, '{"threat": 0.8}', 'review', '[]', 'mini@1', 'lexicon@1',
        'policy@1', '[]', 8.0)
    """,
    """
    INSERT INTO review_items (id, decision_id, state, version, opened_at, priority, label, updated_at)
    VALUES ('r-1', 'd-1', 'open', 1, '2026-11-01T08:00:00.000000Z', 0.8, 'harmful',
        '2026-11-01T08:00:00.000000Z')
    """,
)
"""A post that waits for a person, as the first version kept it."""


def test_a_service_takes_a_database_of_the_first_version_up_and_loses_nothing(
    serve: Serve, database_file: Path
) -> None:
    config = alembic_config()
    engine = create_engine(f"sqlite:///{database_file}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for row in OLDER_ROWS:
            connection.exec_driver_sql(row)
    engine.dispose()

    served = serve()
    answered = served.moderate(POST)

    assert [served.ask("GET", f"/decisions/{each}")[0] for each in ("d-1", answered["id"])] == [200, 200]
    assert "an old zxqvbrm" in served.ask_page("/review/r-1")
    assert "an old zxqvbrm" in served.ask_page("/decisions?q=zxqvbrm")
    served.process.terminate()
    assert served.process.wait(60) == 0
    assert holds(Settings(database_url=f"sqlite:///{database_file}")) is None


def test_a_service_whose_disk_is_full_answers_503_and_then_200(serve: Serve, database_file: Path) -> None:
    served = serve()
    served.moderate(POST)
    before = resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE)
    # Python leaves SIGXFSZ ignored, so that the write fails and the process lives.
    resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, (1024, before[1]))
    refused = served.ask("POST", "/moderate", {"text": POST})
    page = served.ask("GET", "/healthz")
    ready = served.ask("GET", "/readyz")
    resource.prlimit(served.process.pid, resource.RLIMIT_FSIZE, before)
    ready_again = served.ask("GET", "/readyz")
    answered = served.moderate(POST)

    assert refused[0] == 503, refused
    assert page[0] == 200
    assert ready[0] == 503, ready
    assert ready_again[0] == 200, ready_again
    assert served.ask("GET", f"/decisions/{answered['id']}")[0] == 200
    served.process.terminate()
    assert served.process.wait(60) == 0
    assert holds(Settings(database_url=f"sqlite:///{database_file}")) is None


def test_a_log_that_a_killed_service_left_is_taken_up(serve: Serve, database_file: Path) -> None:
    served = serve()
    ids = [served.moderate(POST)["id"] for _ in range(5)]
    served.process.kill()
    served.process.wait()
    log = Path(f"{database_file}-wal")
    assert log.stat().st_size > 0

    settings = Settings(database_url=f"sqlite:///{database_file}")
    assert holds(settings) is None
    with open_database(settings.database_url) as database:
        assert [each.id for each in Queries(database.reader).decisions()] == ids


def test_two_services_on_one_file_share_one_trail(serve: Serve, database_file: Path) -> None:
    first, second = serve(), serve()

    def send(served: Served) -> str:
        answer: dict[str, Any] = served.moderate(POST)
        return str(answer["id"])

    with ThreadPoolExecutor(16) as pool:
        ids = list(pool.map(send, [first, second] * 50))
    for served in (first, second):
        served.process.terminate()
        assert served.process.wait(60) == 0

    settings = Settings(database_url=f"sqlite:///{database_file}")
    assert len(set(ids)) == 100
    assert holds(settings) is None
    with open_database(settings.database_url) as database:
        assert {each.id for each in Queries(database.reader).decisions()} == set(ids)


def test_a_stop_under_load_loses_nothing_and_comes_to_an_end(serve: Serve, database_file: Path) -> None:
    served = serve()
    acknowledged: list[str] = []
    other: list[int] = []

    def send(_: int) -> None:
        with suppress(OSError, HTTPException):
            status, answer, _headers = served.ask("POST", "/moderate", {"text": POST})
            if status == 200:
                acknowledged.append(answer["id"])
            else:
                other.append(status)

    with ThreadPoolExecutor(32) as pool:
        sent = [pool.submit(send, number) for number in range(400)]
        while len(acknowledged) < 50:
            time.sleep(0.01)
        served.process.terminate()
        for each in sent:
            each.result()

    assert served.process.wait(60) == 0
    assert set(other) <= {503}
    settings = Settings(database_url=f"sqlite:///{database_file}")
    with open_database(settings.database_url) as database:
        kept: list[Decision] = list(Queries(database.reader).decisions())
    assert set(acknowledged) <= {each.id for each in kept}
    # The trail is signed to its end, in the file beside the key too.
    with bootstrap.open_audit(settings) as audit:
        report = audit.verify()
    assert (report.broken, report.notes) == (None, ())
