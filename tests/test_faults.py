"""A served process that is killed, stopped and doubled: what it acknowledged is there, nothing is torn."""

import json
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from http.client import HTTPException
from pathlib import Path
from typing import Any

from app.core.audit import verify_chain
from app.db.engine import open_database
from app.db.queries import Queries
from tests.served import START_S, Serve, Served

REQUESTS = 500
CONCURRENCY = 32
KILL_AFTER = 100
POST = "I want to unalive myself zxqvbrmpt"


def send_until_killed(served: Served) -> list[str]:
    """Send many posts at a time, kill the process midway, and give the ids it acknowledged."""
    acknowledged: list[str] = []

    def send(number: int) -> None:
        with suppress(OSError, HTTPException):
            status, answer, _ = served.ask("POST", "/moderate", {"text": f"{POST} {number}"})
            assert status == 200, answer
            acknowledged.append(answer["id"])
            if len(acknowledged) == KILL_AFTER:
                served.process.kill()

    with ThreadPoolExecutor(CONCURRENCY) as pool:
        list(pool.map(send, range(REQUESTS)))
    assert served.process.wait() == -signal.SIGKILL
    return acknowledged


def test_what_was_acknowledged_survives_a_kill_twice(serve: Serve, database_file: Path) -> None:
    acknowledged: list[str] = []
    for _ in range(2):
        acknowledged += send_until_killed(serve())

    served = serve()
    with ThreadPoolExecutor(CONCURRENCY) as pool:
        found = list(pool.map(lambda each: served.ask("GET", f"/decisions/{each}"), acknowledged))

    assert 2 * KILL_AFTER <= len(acknowledged) == len(set(acknowledged)) < 2 * REQUESTS
    assert [status for status, _, _ in found] == [200] * len(acknowledged)
    assert [answer["id"] for _, answer, _ in found] == acknowledged
    with open_database(f"sqlite:///{database_file}") as database:
        events = list(Queries(database.reader).audit_events())
        kept = [decision.id for decision in Queries(database.reader).decisions()]
    assert verify_chain(events) is None
    # Every decision has its event and its item, and every event its decision: nothing is torn.
    assert sorted(event.subject for event in events) == sorted(kept)
    with closing(sqlite3.connect(database_file)) as other:
        assert other.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert other.execute("SELECT count(*) FROM review_items").fetchone() == (len(kept),)


def test_a_stopped_service_answers_what_it_took_and_exits_0(serve: Serve, database_file: Path) -> None:
    served = serve(max_in_flight="1", database_wait_s="60")

    def insist() -> dict[str, Any]:
        # The one place may be taken by a question of the loop below.
        while (answer := served.ask("POST", "/moderate", {"text": POST}))[0] == 503:
            pass
        assert answer[0] == 200, answer
        found: dict[str, Any] = answer[1]
        return found

    with (
        ThreadPoolExecutor(1) as pool,
        closing(sqlite3.connect(database_file, isolation_level=None)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        taken = pool.submit(insist)
        # The one place is taken, so the post is in work.
        while served.ask("GET", "/decisions/x")[0] != 503:
            assert not taken.done()
        served.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        assert served.process.poll() is None
        other.execute("ROLLBACK")
        answer = taken.result()

    assert served.process.wait(60) == 0
    assert "Traceback" not in served.log.read_text()
    with open_database(f"sqlite:///{database_file}") as database:
        assert Queries(database.reader).decision(answer["id"]).id == answer["id"]


def test_two_services_run_side_by_side_and_apart(serve: Serve, tmp_path: Path) -> None:
    first = serve()
    second = serve(database_url=f"sqlite:///{tmp_path / 'second.db'}")

    answers = [service.moderate(POST) for service in (first, second)]

    assert answers[0]["id"] != answers[1]["id"]
    found = [
        [service.ask("GET", f"/decisions/{answer['id']}")[0] for answer in answers]
        for service in (first, second)
    ]
    assert found == [[200, 404], [404, 200]]

    third = serve(wait=False, port=str(first.port), database_url=f"sqlite:///{tmp_path / 'third.db'}")
    assert third.process.wait(START_S) == 1
    said = third.log.read_text()
    assert re.fullmatch(
        rf"plainspeak: The port {first.port} of .* is taken by another process\. .*\n", said
    ), said
    assert first.is_ready()


def test_a_term_saved_in_one_process_changes_the_answers_of_the_other(
    serve: Serve, database_file: Path
) -> None:
    first, second = serve(), serve()
    before = second.moderate("you are such a glorbo")
    term = {"forms": "glorbo = worthless idiot", "category": "harassment", "reason": "New insult."}

    assert first.send_form("/lexicon/add_term", {**term, "action": "save"}) == 303
    saved_at = time.monotonic()
    after = first.moderate("you are such a glorbo")
    while (answer := second.moderate("you are such a glorbo"))["lexicon"] == before["lexicon"]:
        assert time.monotonic() - saved_at < START_S, second.log.read_text()

    assert before["edits"] == []
    assert answer["normalized_text"] == "you are such a worthless idiot"
    assert [edit["term"] for edit in answer["edits"]] == ["glorbo"]
    assert answer["lexicon"] == after["lexicon"] != before["lexicon"]
    assert second.ask("GET", f"/decisions/{answer['id']}")[1]["lexicon"] == answer["lexicon"]

    # One that cannot be loaded takes nobody down, and is told.
    with closing(sqlite3.connect(database_file)) as other:
        other.execute(
            "INSERT INTO term_revisions SELECT 2, 'broken', 1, change, actor, reason, at, content "
            "FROM term_revisions"
        )
        other.commit()
    while "cannot be used" not in str(second.ask("GET", "/readyz")[1]):
        assert time.monotonic() - saved_at < START_S, second.log.read_text()
    assert second.is_ready()
    assert second.moderate("you are such a glorbo")["lexicon"] == answer["lexicon"]
    assert "lexicon.kept" in second.log.read_text()


def test_the_log_has_ids_and_never_a_post(serve: Serve) -> None:
    served = serve()

    answer = served.moderate(POST)
    _, _, headers = served.ask("POST", "/moderate", {"text": POST + "\0"})
    with socket.create_connection(("127.0.0.1", served.port)) as raw:
        raw.sendall(b"OPTIONS * HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n")
        assert raw.recv(100).startswith(b"HTTP/1.1 4")
    with socket.create_connection(("127.0.0.1", served.port)) as raw:
        raw.sendall(f"{POST}\r\n\r\n".encode())
        assert raw.recv(100).startswith(b"HTTP/1.1 400")

    assert served.is_ready()
    log = served.log.read_text()
    events = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert answer["id"] in [event.get("decision") for event in events]
    assert (headers["x-request-id"], "unreadable_text") in [
        (e.get("request_id"), e.get("code")) for e in events
    ]
    assert "zxqvbrmpt" not in log
    assert "unalive" not in log
    assert "Traceback" not in log


def test_the_log_has_the_id_of_a_key_and_never_the_key(serve: Serve, environment: dict[str, str]) -> None:
    make = [sys.executable, "-m", "app.cli", "keys", "create", "--name", "app", "--scope", "moderate"]
    key = subprocess.run(make, env=environment, capture_output=True, text=True, check=True).stdout.strip()
    served = serve(require_keys="true")
    wrong = f"{key}x"
    body = {"text": POST}

    asked = [
        served.ask("POST", f"/moderate?key={key}", body)[0],
        served.ask("POST", f"/moderate?key={key}", {"text": POST + "\0"})[0],
        served.ask("POST", f"/moderate?key={wrong}", body)[0],
        served.ask("POST", "/moderate", body)[0],
        served.ask("GET", f"/nope?key={key}")[0],
        served.ask("POST", f"/v1alpha1/comments:analyze?key={key}", {"comment": {"text": POST}})[0],
    ]
    with socket.create_connection(("127.0.0.1", served.port)) as raw:
        raw.sendall(f"GET /moderate?key={key} HTTP/9\r\n\r\n".encode())
        raw.recv(100)

    assert asked == [200, 422, 401, 401, 403, 400]
    assert served.is_ready()
    log = served.log.read_text()
    events = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    assert key[:11] in [each.get("key") for each in events if each.get("decision")]
    assert {"invalid_api_key", "missing_api_key"} <= {each.get("code") for each in events}
    assert key[12:] not in log
    assert "zxqvbrmpt" not in log
    # Printed once for whoever starts it, while nobody can log in.
    assert re.search(rf"http://127\.0\.0\.1:{served.port}/setup\?token=[\w-]{{43}}\n", log)
