"""Webhooks from a served process to a real receiver: nothing is lost, each item in order, each verified."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook

from tests.receiver import Receiver
from tests.served import Serve, Served

POST = "I want to unalive myself zxqvbrmpt"
POSTS = 8
TIMEOUT_S = 2
SETTINGS = {"webhook_private_targets": "true", "webhook_timeout_s": str(TIMEOUT_S)}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.down()


@pytest.fixture
def add(environment: dict[str, str], tmp_path: Path) -> Callable[[str], str]:
    """Add an endpoint as an operator does, and give its secret."""

    def add(url: str) -> str:
        made = subprocess.run(
            [sys.executable, "-m", "app.cli", "webhooks", "add", url],
            env=environment | {"PLAINSPEAK_WEBHOOK_PRIVATE_TARGETS": "true"},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        return made.stdout.strip()

    return add


def judge_and_rule(served: Served, number: int) -> tuple[str, str]:
    """Have a post judged and rule on it at the desk; give the decision and what was ruled."""
    _, answer, _ = served.ask("POST", "/moderate", {"text": f"{POST} {number}", "content_id": f"p-{number}"})
    outcome = ("allow", "block")[number % 2]
    item = f"/review/{answer['review']['id']}"
    status = served.send_form(f"{item}/ruling", {"action": outcome}, page_at=item)
    assert status == 303, served.log.read_text()
    return answer["id"], outcome


def test_every_event_arrives_once_the_receiver_is_back_and_each_item_in_order(
    serve: Serve, add: Callable[[str], str], receiver: Receiver
) -> None:
    receiver.webhook = Webhook(add(receiver.url))
    served = serve(**SETTINGS)

    # Down: nobody listens at the port.
    ruled = [judge_and_rule(served, number) for number in range(POSTS)]
    while '"webhooks.tried"' not in served.log.read_text():
        time.sleep(0.05)
    assert receiver.taken == []
    # The service is killed with everything still untold, and starts again.
    served.process.kill()
    assert served.process.wait() == -signal.SIGKILL
    served = serve(**SETTINGS)
    # Up, and slower than the service waits; then killed in the middle of attempts.
    receiver.slow_s = TIMEOUT_S + 1
    receiver.up()
    while "No answer within" not in served.ask_page("/webhooks"):
        time.sleep(0.05)
    served.process.kill()
    served.process.wait()
    # Well again, but for two answers of 500.
    receiver.slow_s, receiver.refusals = 0.0, 2
    served = serve(**SETTINGS)
    receiver.wait_for(2 * POSTS)

    assert len(receiver.refused) == 2
    outcomes: dict[str, list[tuple[str, Any]]] = {}
    seen: set[str] = set()
    for event_id, message in zip(receiver.ids, receiver.taken, strict=True):
        # An event may come again, under the same id; it counts once.
        if event_id not in seen:
            seen.add(event_id)
            data = message["data"]
            outcomes.setdefault(data["decision"], []).append((message["type"], data["outcome"]))
    assert outcomes == {
        decision: [("decision.created", None), ("review.decided", outcome)] for decision, outcome in ruled
    }
    assert {each["data"]["content_id"] for each in receiver.taken} == {f"p-{n}" for n in range(POSTS)}
    assert "zxqvbrmpt" not in json.dumps(receiver.taken)
    assert "of-the-receiver" not in served.log.read_text()


def test_an_app_that_was_answered_review_learns_the_outcome_and_that_of_an_appeal(
    serve: Serve, add: Callable[[str], str], receiver: Receiver
) -> None:
    receiver.webhook = Webhook(add(receiver.url))
    receiver.up()
    served = serve(**SETTINGS)
    # Number 1 is blocked.
    decision, _ = judge_and_rule(served, 1)
    receiver.wait_for(2)

    status, appeal, _ = served.ask("POST", f"/decisions/{decision}/appeal", {"reason": "It was a song."})
    assert status == 201, appeal
    item = f"/review/{receiver.taken[0]['data']['review']['id']}"
    # Each form is a browser of its own, so this is a second person.
    assert served.send_form(f"{item}/ruling", {"action": "allow"}, page_at=item) == 303
    receiver.wait_for(4)

    told = dict(zip(receiver.ids, receiver.taken, strict=True))
    assert [(each["type"], each["data"]["outcome"]) for each in told.values()] == [
        ("decision.created", None),
        ("review.decided", "block"),
        ("review.decided", "allow"),
        ("appeal.decided", "overturned"),
    ]
    assert {each["data"]["decision"] for each in told.values()} == {decision}
    assert list(told.values())[-1]["data"]["appeal"] == {"id": appeal["id"]}


def test_an_operator_has_a_message_sent_once_more_under_its_id(
    serve: Serve, add: Callable[[str], str], receiver: Receiver, environment: dict[str, str], tmp_path: Path
) -> None:
    receiver.webhook = Webhook(add(receiver.url))
    receiver.up()
    served = serve(**SETTINGS)
    decision = served.moderate("have a lovely day")["id"]
    receiver.wait_for(1)

    subprocess.run(
        [sys.executable, "-m", "app.cli", "webhooks", "replay", "1"],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    while len(receiver.ids) < 2:
        time.sleep(0.05)

    assert receiver.ids == [f"msg_decision_created_{decision}"] * 2
    assert receiver.taken[0] == receiver.taken[1]
