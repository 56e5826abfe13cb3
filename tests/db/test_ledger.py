"""What is recorded comes back as it was, all or none, and every write links its audit event to the chain."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.core.audit import verify_chain
from app.core.errors import NotFound, ReviewConflict, StorageError
from app.core.review import Decision, QueueView, RecordedRuling, ReviewItem, open_item
from app.core.types import Action, Category, Label, ReviewState, Ruling, RulingAction
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.db.receipts import NewDecision
from tests.db.conftest import RunElsewhere

MakeDecision = Callable[..., Decision]
Record = Callable[..., tuple[Decision, ReviewItem]]

# A process of its own that records decisions for ever and says so after each. It prints only what is durable.
CHILD = """
import sys
from datetime import UTC, datetime
from threading import Thread
import uuid_utils
from app.core.review import Decision
from app.core.types import Action, Label, NormalizedText, Verdict, Versions
from app.db.engine import open_database
from app.db.ledger import Ledger
from app.db.writer import GroupWriter

url, count = sys.argv[1], int(sys.argv[2])
ledger = Ledger(GroupWriter(open_database(url, busy_timeout_s=30).writer))
verdict = Verdict(Label.SAFE, 0.9, None, 0.1, (), Action.ALLOW, (), Versions("m", "l", "p"))

def write():
    for _ in range(count):
        key, text = str(uuid_utils.uuid7()), NormalizedText("a", "a")
        ledger.record(Decision(key, datetime.now(UTC), None, None, text, (), "h", verdict, 1.0), None)
        sys.stdout.write(key + "\\n")
        sys.stdout.flush()

threads = [Thread(target=write, daemon=True) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


def start_child(url: str, *, count: int) -> "subprocess.Popen[str]":
    root = Path(__file__).resolve().parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, url, str(count)], stdout=subprocess.PIPE, text=True, cwd=root
    )


def test_every_field_of_a_decision_and_its_item_round_trips(record: Record, queries: Queries) -> None:
    decision, item = record()
    assert queries.decision(decision.id) == decision
    assert queries.review_item_with_decision(item.id)[0] == item


def test_a_decision_that_keeps_no_text_holds_none_of_it(
    elsewhere: RunElsewhere, ledger: Ledger, queries: Queries, make_decision: MakeDecision
) -> None:
    decision = make_decision(None, action=Action.ALLOW, label=Label.SAFE, category=None, author_id=None)
    ledger.record(decision, None)
    assert queries.decision(decision.id) == decision
    (row,) = elsewhere("SELECT text, plain_text, edits, hints, CAST(context AS TEXT) FROM decisions")
    assert row == (None, None, None, None, "[]")


def test_edits_are_stored_under_stable_keys(elsewhere: RunElsewhere, record: Record) -> None:
    record()
    ((edits, categories),) = elsewhere("SELECT CAST(edits AS TEXT), CAST(categories AS TEXT) FROM decisions")
    assert json.loads(str(edits))[0] == {
        "start": 10,
        "end": 17,
        "surface": "unalive",
        "canonical": "kill",
        "step": "lexicon",
        "via": ["unicode", "leet"],
        "term": "unalive",
        "category": "self_harm",
        "ambiguous": False,
        "note": "A way to say “kill” 🔪.",
    }
    assert list(json.loads(str(categories))) == [category.value for category in Category]


@pytest.mark.parametrize("broken", ["item", "decision"])
def test_a_decision_its_item_and_its_event_are_stored_together_or_not_at_all(
    *,
    ledger: Ledger,
    queries: Queries,
    record: Record,
    make_decision: MakeDecision,
    now: datetime,
    broken: str,
) -> None:
    first, first_item = record()
    decision = make_decision(decision_id=first.id if broken == "decision" else None)
    item = open_item(decision, item_id=first_item.id if broken == "item" else "r-2", now=now)
    with pytest.raises(StorageError, match=r"SQLITE_CONSTRAINT|UniqueViolation"):
        ledger.record(decision, item)
    assert list(queries.decisions()) == [first]
    assert [row.item for row in queries.item_page(QueueView((ReviewState.OPEN,)), limit=9, now=now).rows] == [
        first_item
    ]
    assert len(list(queries.audit_events())) == 1


def test_many_are_stored_all_or_none(ledger: Ledger, queries: Queries, make_decision: MakeDecision) -> None:
    made = [make_decision() for _ in range(3)]
    with pytest.raises(StorageError):
        ledger.record_many([NewDecision(decision, None) for decision in (*made, made[0])])
    assert list(queries.decisions()) == []
    ledger.record_many([NewDecision(decision, None) for decision in made])
    assert list(queries.decisions()) == made
    ledger.record_many([])
    assert verify_chain(queries.audit_events()) is None


def test_the_event_of_a_decision_tells_its_verdict_and_not_its_text(record: Record, queries: Queries) -> None:
    decision, item = record()
    (event,) = queries.audit_trail(decision.id)
    assert (event.actor, event.kind, event.at) == ("plainspeak", "decision.recorded", decision.created_at)
    assert event.detail == (
        ("action", "review"),
        ("label", "extremely_harmful"),
        ("category", "self_harm"),
        ("model", "mini@sha256:1"),
        ("lexicon", "lexicon@sha256:2"),
        ("policy", "policy@sha256:3"),
        ("review_item", item.id),
    )


def test_a_ruling_changes_the_item_and_leaves_a_trail(
    record: Record, ledger: Ledger, queries: Queries, now: datetime
) -> None:
    decision, item = record()
    later = now + timedelta(minutes=1)
    ruling = Ruling(RulingAction.BLOCK, "ada 🙂", category=Category.THREAT, note="unalive means kill")
    ruled = ledger.rule(item.id, ruling, expected_version=1, ruling_id="g-1", now=later)
    assert ruled == replace(
        item, state=ReviewState.RESOLVED, version=2, updated_at=later, outcome=RulingAction.BLOCK
    )
    assert queries.review_item_with_decision(item.id)[0] == ruled
    assert queries.rulings(item.id) == (RecordedRuling("g-1", item.id, later, 2, ruling),)
    recorded, event = queries.audit_trail(decision.id, item.id)
    assert (event.actor, event.kind, event.previous_hash) == ("ada 🙂", "review.ruled", recorded.hash)
    assert event.detail == (
        ("ruling", "g-1"),
        ("decision", decision.id),
        ("action", "block"),
        ("category", "threat"),
        ("state", "resolved"),
        ("version", "2"),
    )
    assert verify_chain(queries.audit_events()) is None


def test_a_ruling_that_is_refused_leaves_nothing(
    record: Record, ledger: Ledger, queries: Queries, now: datetime
) -> None:
    _, item = record()
    ruling = Ruling(RulingAction.ALLOW, "ada")
    with pytest.raises(ReviewConflict, match="version 1"):
        ledger.rule(item.id, ruling, expected_version=7, ruling_id="g-1", now=now)
    with pytest.raises(NotFound, match="'r-9'"):
        ledger.rule("r-9", ruling, expected_version=1, ruling_id="g-2", now=now)
    assert queries.review_item_with_decision(item.id)[0] == item
    assert queries.rulings(item.id) == ()
    assert len(list(queries.audit_events())) == 1


def test_two_processes_on_one_file_write_one_chain(
    database_url: str, ledger: Ledger, queries: Queries, make_decision: MakeDecision
) -> None:
    children = [start_child(database_url, count=25) for _ in range(2)]
    printed = [child.communicate(timeout=60)[0].split() for child in children]
    assert [child.returncode for child in children] == [0, 0]
    ledger.record(make_decision(), None)
    events = list(queries.audit_events())
    assert verify_chain(events) is None
    assert {event.subject for event in events[:-1]} == {key for keys in printed for key in keys}
    assert len(events) == 201


def test_what_was_acknowledged_survives_a_kill(database_url: str, queries: Queries) -> None:
    child = start_child(database_url, count=1_000_000)
    assert child.stdout is not None
    acknowledged = [child.stdout.readline() for _ in range(200)]
    child.kill()
    acknowledged += child.stdout.readlines()
    child.stdout.close()
    child.wait()
    # The last line may have been cut by the kill.
    keys = {line.strip() for line in acknowledged if line.endswith("\n")}
    assert len(keys) >= 200
    assert keys <= {decision.id for decision in queries.decisions()}
    assert verify_chain(queries.audit_events()) is None
