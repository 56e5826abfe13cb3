"""Every request has an id and one line in the log."""

import json
import socket
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from structlog.testing import capture_logs

from app.bootstrap import Runtime
from app.core.errors import StorageError
from tests.served import Served

Serve = Callable[..., Served]
POST = "zxqvbrmpt I want to unalive myself"


def events_of(served: Served, name: str) -> list[dict[str, Any]]:
    lines = served.log.read_text().splitlines()
    events = [json.loads(line) for line in lines if line.startswith("{")]
    return [each for each in events if each["event"] == name]


@pytest.mark.parametrize("given", ["order-17.a_B", "x" * 64])
def test_a_request_keeps_the_id_it_came_with(client: TestClient, given: str) -> None:
    answers = [client.get(path, headers={"x-request-id": given}) for path in ("/healthz", "/nowhere")]

    assert [answer.headers.get_list("x-request-id") for answer in answers] == [[given], [given]]


@pytest.mark.parametrize("given", ["", "x" * 65, "two words", 'a"b', "a\u00e9", "a{b}", "a=b"])
def test_an_id_that_is_none_is_not_taken(client: TestClient, given: str) -> None:
    answer = client.get("/healthz", headers=[(b"x-request-id", given.encode("latin-1"))])

    assert len(answer.headers["x-request-id"]) == 32
    assert answer.headers["x-request-id"].isalnum()


def test_each_request_is_one_line_with_its_route_and_never_with_what_was_sent(serve: Serve) -> None:
    served = serve()
    answer = served.moderate(POST)
    served.ask("GET", f"/decisions/{answer['id']}?zxqvbrmpt=1")
    _, _, refused = served.ask("POST", "/moderate", {"text": POST + "\0"})
    served.ask("GET", "/zxqvbrmpt")
    # A line is written behind the answer; when the next request is answered it is there.
    served.ask("GET", "/healthz")

    asked = {
        (each["route"], each["method"], each["status"]): each
        for each in events_of(served, "request.answered")
    }

    assert set(asked) - {("/readyz", "GET", 200), ("/healthz", "GET", 200)} == {
        ("/moderate", "POST", 200),
        ("/decisions/{decision_id}", "GET", 200),
        ("/moderate", "POST", 422),
        ("elsewhere", "GET", 404),
    }
    assert asked["/moderate", "POST", 422]["request_id"] == refused["x-request-id"]
    judged = asked["/moderate", "POST", 200]
    assert (judged["decision"], judged["label"]) == (answer["id"], answer["label"])
    assert not any("decision" in each for key, each in asked.items() if key != ("/moderate", "POST", 200))
    assert all(each["ms"] > 0 and each["level"] == "info" for each in asked.values())
    assert "zxqvbrmpt" not in served.log.read_text()


def test_a_failure_of_ours_is_a_warning(
    client: TestClient, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StorageError("The disk is full. Make room.")

    monkeypatch.setattr(runtime.moderation, "moderate_many", full)
    with capture_logs() as lines:
        statuses = [client.post("/moderate", json=body).status_code for body in ({"text": "hello"}, {})]

    levels = [each["log_level"] for each in lines if each["event"] == "request.answered"]
    assert (statuses, levels) == ([503, 422], ["warning", "info"])


def test_the_level_is_a_setting_and_what_the_server_itself_says_is_json_too(serve: Serve) -> None:
    served = serve(log_level="warning")
    served.moderate(POST)
    with socket.create_connection(("127.0.0.1", served.port)) as raw:
        raw.sendall(b"zxqvbrmpt\r\n\r\n")
        raw.recv(100)

    assert events_of(served, "request.answered") == []
    assert events_of(served, "moderation.answered") == []
    (said,) = events_of(served, "Invalid HTTP request received.")
    assert (said["level"], "timestamp" in said) == ("warning", True)
