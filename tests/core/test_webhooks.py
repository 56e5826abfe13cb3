"""Messages, signatures, and when what failed is tried again."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook

from app.core.types import Action, Category, Label, ReviewState
from app.core.webhooks import (
    GIVE_UP_AFTER,
    LONGEST_WAIT_S,
    Delivery,
    DeliveryState,
    Endpoint,
    EventKind,
    Happening,
    Reply,
    Subject,
    after_replies,
    event_id_of,
    payload_of,
    settle,
    signature_of,
    wait_after,
)

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
SUBJECT = Subject("d-1", "post-1 🌽", "t-1", "ps_1", Label.HARMFUL, Category.THREAT, 0.912345, Action.REVIEW)
RULED = Happening(
    EventKind.REVIEW_DECIDED,
    id="ruling-1",
    decision_id="d-1",
    at=NOW,
    review_id="r-1",
    review_state=ReviewState.RESOLVED,
    outcome="block",
)
DELIVERY = Delivery(
    number=1,
    event_id="msg_1",
    kind=EventKind.DECISION_CREATED,
    endpoint_id="wh_1",
    decision_id="d-1",
    at=NOW,
    payload="{}",
    state=DeliveryState.WAITING,
    queued_at=NOW,
    next_at=NOW,
    lease_until=NOW + timedelta(seconds=15),
)
ENDPOINT = Endpoint("wh_1", None, "https://forum.example/", tuple(EventKind), "sealed", NOW)


def test_a_message_has_ids_and_verdicts_and_nothing_else() -> None:
    assert json.loads(payload_of(RULED, SUBJECT)) == {
        "type": "review.decided",
        "timestamp": "2026-11-22T08:30:00+00:00",
        "data": {
            "decision": "d-1",
            "content_id": "post-1 🌽",
            "client_token": "t-1",
            "label": "harmful",
            "category": "threat",
            "score": 0.9123,
            "action": "review",
            "review": {"id": "r-1", "state": "resolved"},
            "outcome": "block",
        },
    }


def test_a_message_about_an_appeal_names_it() -> None:
    appeal = Happening(
        EventKind.APPEAL_DECIDED, id="a-1_r-1", decision_id="d-1", at=NOW, outcome="allow", appeal_id="a-1"
    )
    data = json.loads(payload_of(appeal, SUBJECT))["data"]
    assert (data["appeal"], data["outcome"], data["review"]) == ({"id": "a-1"}, "allow", None)


def test_an_event_has_one_id_without_the_full_stop_that_signatures_split_at() -> None:
    assert event_id_of(RULED) == "msg_review_decided_ruling-1"


def test_the_public_library_verifies_the_signature() -> None:
    secret, sent_at = b"k" * 32, datetime.now(UTC)
    payload = payload_of(RULED, SUBJECT)
    headers = {
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(sent_at.timestamp())),
        "webhook-signature": signature_of(secret, event_id="msg_1", sent_at=sent_at, payload=payload),
    }
    assert Webhook(secret).verify(payload, headers) == json.loads(payload)


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_waits_grow_and_stay_within_a_second_and_an_hour(failures: int, jitter: float) -> None:
    wait = wait_after(failures, jitter=jitter).total_seconds()
    assert 0.5 <= wait <= LONGEST_WAIT_S
    assert wait_after(failures + 1, jitter=1).total_seconds() >= wait


@pytest.mark.parametrize("status", [200, 202, 204, 299])
def test_any_2xx_means_that_the_receiver_has_it(status: int) -> None:
    after = settle(DELIVERY, Reply(status), now=NOW, jitter=1)
    assert (after.state, after.status, after.lease_until) == (DeliveryState.DELIVERED, status, None)


@pytest.mark.parametrize("status", [301, 400, 410, 500])
def test_what_is_refused_waits_by_itself_and_longer_each_time(status: int) -> None:
    first = settle(DELIVERY, Reply(status), now=NOW, jitter=1)
    second = settle(first, Reply(status), now=NOW, jitter=1)

    assert (first.state, second.attempts) == (DeliveryState.WAITING, 2)
    assert [each.next_at - NOW for each in (first, second)] == [timedelta(seconds=1), timedelta(seconds=2)]
    endpoint = replace(ENDPOINT, failures=3, wait_until=NOW)
    assert after_replies(endpoint, [Reply(status)], now=NOW, jitter=1) == ENDPOINT


@pytest.mark.parametrize("reply", [Reply(None, "refused"), Reply(429), Reply(502), Reply(503), Reply(504)])
def test_where_nothing_is_taken_the_endpoint_waits_and_the_delivery_stays_first(reply: Reply) -> None:
    after = settle(DELIVERY, reply, now=NOW, jitter=1)
    endpoint = after_replies(replace(ENDPOINT, failures=2), [reply], now=NOW, jitter=1)

    assert (after.state, after.next_at, after.attempts) == (DeliveryState.WAITING, NOW, 1)
    assert (endpoint.failures, endpoint.wait_until) == (3, NOW + timedelta(seconds=4))


def test_one_answer_shows_that_the_receiver_is_back() -> None:
    down = replace(ENDPOINT, failures=5, wait_until=NOW)
    assert after_replies(down, [Reply(None), Reply(200)], now=NOW, jitter=1) == ENDPOINT


@pytest.mark.parametrize("reply", [Reply(None), Reply(500)])
def test_after_three_days_it_is_given_up(reply: Reply) -> None:
    late = NOW + GIVE_UP_AFTER
    assert settle(DELIVERY, reply, now=late, jitter=0).state is DeliveryState.FAILED
    assert settle(DELIVERY, Reply(200), now=late, jitter=0).state is DeliveryState.DELIVERED


def test_an_error_is_cut_to_what_a_page_shows() -> None:
    assert len(settle(DELIVERY, Reply(None, "x" * 9999), now=NOW, jitter=0).error) == 200
