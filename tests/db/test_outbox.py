"""What apps are to be told: stored with what happened, sent one after the other, by one process at a time."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection

from app.core.access import ApiKey, Scope
from app.core.errors import NotFound
from app.core.review import Decision, ReviewItem
from app.core.types import Ruling, RulingAction
from app.core.webhooks import (
    Delivery,
    DeliveryState,
    Endpoint,
    EventKind,
    Happening,
    Reply,
    after_replies,
    settle,
)
from app.db import outbox
from app.db.ledger import Ledger
from app.db.outbox import KEEP_DELIVERED
from app.db.queries import Queries
from app.db.writer import GroupWriter

Record = Callable[..., tuple[Decision, ReviewItem]]
LEASE = timedelta(seconds=15)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Outbox:
    """The outbox over a database, as a process that sends sees it."""

    ledger: Ledger
    queries: Queries
    now: datetime

    def add(
        self,
        endpoint_id: str = "wh_1",
        *,
        key_id: str | None = None,
        kinds: tuple[EventKind, ...] = tuple(EventKind),
    ) -> None:
        url = "https://forum.example/"
        self.ledger.add_endpoint(Endpoint(endpoint_id, key_id, url, kinds, "sealed", self.now))

    def rule(self, item: ReviewItem, action: RulingAction, *, ruling_id: str = "u-1") -> None:
        ruling = Ruling(action, "ann")
        self.ledger.rule(item.id, ruling, expected_version=item.version, ruling_id=ruling_id, now=self.now)

    def all(self) -> tuple[Delivery, ...]:
        """Every delivery, the oldest first."""
        return tuple(reversed(self.queries.deliveries(limit=99)))

    def claim(self, *, after: timedelta = timedelta()) -> list[str]:
        """Take what is due and give the ids of the events."""
        at = self.now + after
        found = self.ledger.claim_deliveries("wh_1", now=at, until=at + LEASE, limit=8)
        return [each.event_id for each in found]

    def keep(self, delivery: Delivery, reply: Reply, *, after: timedelta = timedelta()) -> None:
        """Store what came of an attempt that was claimed at that time."""
        at = self.now + after
        (endpoint,) = self.queries.endpoints()
        tried = settle(delivery, reply, now=at, jitter=1)
        told = after_replies(endpoint, [reply], now=at, jitter=1)
        self.ledger.keep_attempts(told, [tried], lease=at + LEASE, now=at)


@pytest.fixture
def box(ledger: Ledger, queries: Queries, now: datetime) -> Outbox:
    return Outbox(ledger, queries, now)


def test_a_decision_and_its_ruling_leave_word_for_every_endpoint_that_asked(
    box: Outbox, record: Record
) -> None:
    box.add("wh_all")
    box.add("wh_reviews", kinds=(EventKind.REVIEW_DECIDED,))

    decision, item = record()
    box.rule(item, RulingAction.BLOCK)

    created, decided = f"msg_decision_created_{decision.id}", "msg_review_decided_u-1"
    told = [(each.endpoint_id, each.event_id) for each in box.all()]
    assert told == [("wh_all", created), ("wh_all", decided), ("wh_reviews", decided)]
    assert "unalive" not in "".join(each.payload for each in box.all())


def test_an_escalation_decides_nothing_and_a_ruling_taken_back_is_told(box: Outbox, record: Record) -> None:
    box.add(kinds=(EventKind.REVIEW_DECIDED,))
    _, item = record()
    box.rule(item, RulingAction.ESCALATE)
    box.ledger.undo("u-1", person="ann", now=box.now, within=SECOND)
    assert box.all() == ()

    box.rule(box.queries.review_item_with_decision(item.id)[0], RulingAction.ALLOW, ruling_id="u-2")
    box.ledger.undo("u-2", person="ann", now=box.now, within=SECOND)

    ruled, undone = box.all()
    assert '"outcome":"allow"' in ruled.payload
    assert '"state":"open"},"outcome":null' in undone.payload


def test_what_became_of_an_appeal_is_told_after_the_ruling_and_again_where_it_is_ruled_on_anew(
    box: Outbox, record: Record
) -> None:
    decision, item = record()
    box.rule(item, RulingAction.BLOCK)
    box.add(kinds=(EventKind.REVIEW_DECIDED, EventKind.APPEAL_DECIDED))
    box.ledger.appeal(
        decision.id, "It was a joke.", actor="app", appeal_id="ap-1", item_id="i-9", now=box.now
    )
    box.rule(box.queries.review_item_with_decision(item.id)[0], RulingAction.ALLOW, ruling_id="u-2")
    box.ledger.undo("u-2", person="ann", now=box.now, within=SECOND)
    box.rule(box.queries.review_item_with_decision(item.id)[0], RulingAction.BLOCK, ruling_id="u-3")

    told = [(each.kind.value, json.loads(each.payload)["data"].get("outcome")) for each in box.all()]
    assert told == [
        ("review.decided", "allow"),
        ("appeal.decided", "overturned"),
        ("review.decided", None),
        ("review.decided", "block"),
        ("appeal.decided", "upheld"),
    ]
    assert len({each.event_id for each in box.all()}) == len(told)
    named = [json.loads(each.payload)["data"].get("appeal") for each in box.all()]
    assert [each for each in named if each] == [{"id": "ap-1"}] * 2


def test_an_endpoint_of_a_key_is_told_of_its_posts_until_the_key_is_revoked(
    box: Outbox, make_decision: Callable[..., Decision]
) -> None:
    for key_id in ("ps_a", "ps_b"):
        box.ledger.create_key(ApiKey(key_id, "app", Scope.MODERATE, f"hash {key_id}", box.now))
        box.add(f"wh_{key_id}", key_id=key_id)
    first, second = (replace(make_decision(), key_id=key_id) for key_id in ("ps_a", None))
    for decision in (first, second):
        box.ledger.record(decision, None)

    assert [(each.endpoint_id, each.decision_id) for each in box.all()] == [("wh_ps_a", first.id)]
    assert box.queries.decision(first.id).key_id == "ps_a"
    assert [each.id for each in box.queries.endpoints_due(box.now)] == ["wh_ps_a"]
    box.ledger.revoke_key("ps_a", now=box.now)
    assert box.queries.endpoints_due(box.now) == ()
    box.ledger.record(replace(make_decision(), key_id="ps_a"), None)
    assert len(box.all()) == 1


def test_what_is_not_stored_is_not_told(box: Outbox, record: Record, writer: GroupWriter) -> None:
    box.add()
    decision, _ = record()
    appeal = Happening(EventKind.APPEAL_DECIDED, "a-1", decision.id, box.now, outcome="allow")

    def fail_after(connection: Connection) -> None:
        outbox.announce(connection, appeal)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        writer.submit(fail_after)
    assert [each.kind for each in box.all()] == [EventKind.DECISION_CREATED]
    writer.submit(lambda connection: outbox.announce(connection, appeal))
    assert [each.kind for each in box.all()] == [EventKind.DECISION_CREATED, EventKind.APPEAL_DECIDED]


def test_of_one_decision_the_next_event_waits_for_the_one_before(box: Outbox, record: Record) -> None:
    box.add()
    first, item = record()
    box.rule(item, RulingAction.BLOCK)
    second, _ = record("r-2")

    assert box.claim() == [f"msg_decision_created_{each.id}" for each in (first, second)]
    assert box.claim() == []
    # The first is refused: it waits, and so does what comes after it.
    box.keep(box.all()[0], Reply(500))
    assert box.claim() == []
    assert box.claim(after=SECOND) == [f"msg_decision_created_{first.id}"]
    box.keep(box.all()[0], Reply(200), after=SECOND)
    assert box.claim(after=SECOND) == ["msg_review_decided_u-1"]


def test_a_lease_that_ran_out_is_another_s_and_the_late_one_changes_nothing(
    box: Outbox, record: Record
) -> None:
    box.add()
    record()
    (event_id,) = box.claim()
    assert box.queries.endpoints_due(box.now) == ()
    assert box.claim(after=LEASE) == [event_id]

    (delivery,) = box.all()
    box.keep(delivery, Reply(500))
    assert [(each.attempts, each.lease_until) for each in box.all()] == [(0, box.now + 2 * LEASE)]
    box.keep(delivery, Reply(200), after=LEASE)
    assert [(each.attempts, each.state) for each in box.all()] == [(1, DeliveryState.DELIVERED)]


def test_an_endpoint_that_waits_is_not_due(box: Outbox, record: Record) -> None:
    box.add()
    record()
    box.claim()
    box.keep(box.all()[0], Reply(None, "refused"))

    assert box.queries.endpoints_due(box.now) == ()
    assert [each.failures for each in box.queries.endpoints_due(box.now + SECOND)] == [1]


def test_a_delivery_is_replayed_under_the_same_id(box: Outbox, record: Record) -> None:
    box.add()
    record()
    (event_id,) = box.claim()
    box.keep(box.all()[0], Reply(200))
    assert box.claim(after=LEASE) == []

    box.ledger.replay(box.all()[0].number, now=box.now)

    assert box.claim(after=LEASE) == [event_id]
    with pytest.raises(NotFound, match="There is no delivery 99"):
        box.ledger.replay(99, now=box.now)


def test_what_was_given_up_is_replayed_together(box: Outbox, record: Record) -> None:
    box.add()
    record()
    late = timedelta(days=4)
    box.claim(after=late)
    box.keep(box.all()[0], Reply(500), after=late)
    assert box.queries.delivery_counts() == {"wh_1": {DeliveryState.FAILED: 1}}

    assert box.ledger.replay_failed(now=box.now) == 1
    assert box.ledger.replay_failed(now=box.now) == 0
    assert box.queries.delivery_counts() == {"wh_1": {DeliveryState.WAITING: 1}}


def test_what_was_delivered_long_ago_is_swept(box: Outbox, record: Record) -> None:
    box.add()
    for item_id, after in (("r-1", timedelta()), ("r-2", KEEP_DELIVERED)):
        record(item_id)
        box.claim(after=after)
        box.keep(box.all()[-1], Reply(200), after=after)

    assert [each.tried_at for each in box.all()] == [box.now + KEEP_DELIVERED]


def test_an_erased_decision_is_not_told_any_more(box: Outbox, record: Record) -> None:
    box.add()
    decision, _ = record()
    box.ledger.erase(decision.id, actor="ann", now=box.now)
    assert box.all() == ()


def test_an_endpoint_goes_with_its_deliveries_and_the_trail_never_has_its_address(
    box: Outbox, record: Record
) -> None:
    box.add()
    record()
    box.ledger.remove_endpoint("wh_1", now=box.now)

    assert (box.queries.endpoints(), box.all()) == ((), ())
    trail = box.queries.audit_trail("wh_1")
    assert [event.kind for event in trail] == ["webhook.added", "webhook.removed"]
    assert "forum.example" not in str(trail)
    with pytest.raises(NotFound, match="plainspeak webhooks list"):
        box.ledger.remove_endpoint("wh_1", now=box.now)
