"""Webhooks from a served process to a real receiver: nothing is lost, each item in order, each verified."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from tests.served import Serve, Served, free_port

POST = "I want to unalive myself zxqvbrmpt"
POSTS = 8
DEADLINE_S = 300.0
TIMEOUT_S = 2
SETTINGS = {"webhook_private_targets": "true", "webhook_timeout_s": str(TIMEOUT_S)}


class Receiver:
    """A site that takes webhooks, at a port that is its own also while it is down."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/hooks?token=of-the-receiver"
        self.webhook: Webhook | None = None
        self.taken: list[dict[str, Any]] = []
        """Messages that were answered with 200, in the order of arrival."""
        self.ids: list[str] = []
        self.refused: list[str] = []
        self.slow_s = 0.0
        self.refusals = 0
        """How often it still answers 500."""
        self.redirect = False
        self._lock = threading.Lock()
        self._server: ThreadingHTTPServer | None = None

    def up(self) -> None:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                status = receiver.take(body, dict(self.headers))
                self.send_response(status)
                if status == 302:
                    self.send_header("location", f"http://127.0.0.1:{receiver.port}/elsewhere")
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def down(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def take(self, body: bytes, headers: dict[str, str]) -> int:
        time.sleep(self.slow_s)
        assert self.webhook is not None
        try:
            message = self.webhook.verify(body, headers)
        except WebhookVerificationError:
            self.refused.append("unverified")
            return 401
        with self._lock:
            if self.redirect:
                self.refused.append("redirected")
                return 302
            if self.refusals:
                self.refusals -= 1
                self.refused.append(message["data"]["decision"])
                return 500
            self.ids.append({k.lower(): v for k, v in headers.items()}["webhook-id"])
            self.taken.append(message)
        return 200

    def wait_for(self, count: int, *, what: str = "") -> None:
        """Wait until so many different events were taken."""
        deadline = time.monotonic() + DEADLINE_S
        while len(set(self.ids)) < count:
            assert time.monotonic() < deadline, (what, len(set(self.ids)), count)
            time.sleep(0.05)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.down()


@pytest.fixture
def add(environment: dict[str, str], tmp_path: Path) -> Callable[..., str]:
    """Add an endpoint as an operator does, and give its secret."""

    def add(url: str, *arguments: str, private_targets: bool = True) -> str:
        command = [sys.executable, "-m", "app.cli", "webhooks", "add", url, *arguments]
        made = subprocess.run(
            command,
            env=environment | {"PLAINSPEAK_WEBHOOK_PRIVATE_TARGETS": str(private_targets)},
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
    serve: Serve, add: Callable[..., str], receiver: Receiver
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


def test_two_services_on_one_database_send_each_event_once(
    serve: Serve, add: Callable[..., str], receiver: Receiver
) -> None:
    receiver.webhook = Webhook(add(receiver.url, "--event", "decision.created"))
    receiver.up()
    # With leases that outlast a busy machine.
    both = [serve(**SETTINGS | {"webhook_timeout_s": "60"}) for _ in range(2)]

    with ThreadPoolExecutor(4) as pool:
        posts = [(both[number % 2], f"{POST} {number}") for number in range(20)]
        list(pool.map(lambda each: each[0].moderate(each[1]), posts))
    receiver.wait_for(20)
    time.sleep(1)

    assert sorted(receiver.ids) == sorted(set(receiver.ids))
    assert {each["type"] for each in receiver.taken} == {"decision.created"}


def test_an_endpoint_of_a_key_hears_of_its_posts_alone_and_redirects_are_not_followed(
    serve: Serve, add: Callable[..., str], receiver: Receiver, environment: dict[str, str]
) -> None:
    make = [sys.executable, "-m", "app.cli", "keys", "create", "--name", "app", "--scope", "admin"]
    key = subprocess.run(make, env=environment, capture_output=True, text=True, check=True).stdout.strip()
    receiver.webhook = Webhook(add(receiver.url, "--key", key[:11]))
    receiver.redirect = True
    receiver.up()
    served = serve(**SETTINGS)

    served.ask("POST", "/moderate", {"text": "a post of nobody"})
    _, answer, _ = served.ask("POST", f"/moderate?key={key}", {"text": "a post of the app"})
    while not receiver.refused:
        time.sleep(0.05)
    receiver.redirect = False
    receiver.wait_for(1)

    assert set(receiver.refused) == {"redirected"}
    assert [each["data"]["decision"] for each in receiver.taken] == [answer["id"]]


def test_nothing_is_sent_to_a_private_address_also_where_a_name_hides_it(
    serve: Serve, add: Callable[..., str], receiver: Receiver, environment: dict[str, str], tmp_path: Path
) -> None:
    """The endpoint was added while it was allowed; the name, which is this machine's, is looked at again."""
    receiver.webhook = Webhook(add(f"http://localhost:{receiver.port}/"))
    receiver.up()
    served = serve()

    served.moderate("have a lovely day")
    while "in a private network" not in served.ask_page("/webhooks"):
        time.sleep(0.05)
    assert (receiver.taken, receiver.refused) == ([], [])

    for url in (
        "http://127.0.0.1:9/",
        "http://[::ffff:10.0.0.1]/",
        "http://localhost/",
        "https://169.254.169.254/",
    ):
        command = [sys.executable, "-m", "app.cli", "webhooks", "add", url]
        refused = subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert refused.returncode == 1
        assert "PLAINSPEAK_WEBHOOK_PRIVATE_TARGETS" in refused.stderr
        assert refused.stderr.count("\n") == 1


def test_the_secret_cannot_be_read_from_the_database_alone(
    serve: Serve, add: Callable[..., str], receiver: Receiver, database_file: Path
) -> None:
    secret = add(receiver.url)
    receiver.webhook = Webhook(secret)
    receiver.up()
    kept = b"".join(each.read_bytes() for each in database_file.parent.glob(f"{database_file.name}*"))
    assert secret.startswith("whsec_")
    assert secret.removeprefix("whsec_").encode() not in kept

    # With another secret of the service nothing can be signed, and that is told.
    served = serve(**SETTINGS, secret_key="another secret of thirty-two chars")  # noqa: S106 of a test
    served.moderate("have a lovely day")
    while "kept under another PLAINSPEAK_SECRET_KEY" not in served.ask_page("/webhooks"):
        time.sleep(0.05)
    assert (receiver.taken, receiver.refused) == ([], [])
