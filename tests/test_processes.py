"""Several processes on one PostgreSQL: one queue, one lexicon, one audit trail; nothing lost by a kill."""

import re
import signal
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException

import pytest
from httpx import Client

from app import bootstrap
from app.core.audit import verify_chain
from app.core.people import Role
from app.db.engine import open_database
from app.db.queries import Queries
from app.settings import Settings
from tests.postgres import PostgresServer
from tests.served import START_S, Serve, Served

POST = "I want to unalive myself zxqvbrmpt"
SECRET = "k" * 32
PASSWORD = "seven green apples"
CONCURRENCY = 16
KILL_AFTER = 60
KILLS = 3


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    with postgres.fresh() as url:
        yield url


@pytest.fixture
def serve_one(serve: Serve, url: str) -> Serve:
    """Start one more process at the one database."""

    def start(**settings: str) -> Served:
        return serve(database_url=url, secret_key=SECRET, **settings)

    return start


def kept(url: str) -> tuple[list[str], list[str]]:
    """Ids of the decisions and subjects of the audit trail, which holds."""
    with open_database(url) as database:
        queries = Queries(database.reader)
        events = list(queries.audit_events())
        assert verify_chain(events) is None
        return [decision.id for decision in queries.decisions()], [event.subject for event in events]


def log_in(served: Served, name: str) -> Client:
    browser = Client(base_url=f"http://127.0.0.1:{served.port}", timeout=120, headers={"accept": "text/html"})
    send(browser, "/login", at="/login", name=name, password=PASSWORD)
    return browser


def send(browser: Client, address: str, *, at: str, **fields: str) -> str:
    """Send a form as the page `at` would, and give where it leads."""
    token = re.search(r'name="csrf" value="([^"]+)"', browser.get(at).text)
    assert token is not None, at
    response = browser.post(address, data={"csrf": token[1], **fields})
    assert response.status_code == 303, response.text
    return response.headers["location"]


def test_moderators_at_two_processes_never_hold_one_item(serve_one: Serve, url: str) -> None:
    settings = Settings.model_validate({"database_url": url, "secret_key": SECRET})
    names = [f"mod{number}" for number in range(6)]
    with bootstrap.open_people(settings) as people:
        for name in names:
            people.add(name, PASSWORD, Role.ADMIN, actor="test")
    both = serve_one(), serve_one()
    decided = [both[number % 2].moderate(f"{POST} {number}")["id"] for number in range(12)]
    browsers = [log_in(both[number % 2], name) for number, name in enumerate(names)]

    def take(browser: Client) -> str:
        return send(browser, "/review/next", at="/review").partition("?")[0]

    with ThreadPoolExecutor(len(names)) as pool:
        held = list(pool.map(take, browsers))

    assert len({place for place in held if place.startswith("/review/")}) == len(names), held
    for browser in browsers:
        browser.close()
    # The decisions of both are in the one queue, and in one audit trail.
    assert kept(url)[0] == sorted(decided)
    assert both[0].ask("GET", f"/decisions/{decided[1]}")[0] == 200
    assert both[1].ask("GET", f"/decisions/{decided[0]}")[0] == 200


def test_a_term_saved_in_one_process_changes_the_answers_of_the_other(serve_one: Serve) -> None:
    first, second = serve_one(), serve_one()
    before = second.moderate("you are such a glorbo")
    term = {"forms": "glorbo = worthless idiot", "category": "harassment", "reason": "New insult."}

    assert first.send_form("/lexicon/add_term", {**term, "action": "save"}) == 303
    deadline = time.monotonic() + START_S
    while (answer := second.moderate("you are such a glorbo"))["lexicon"] == before["lexicon"]:
        assert time.monotonic() < deadline, second.log.read_text()

    assert before["edits"] == []
    assert answer["normalized_text"] == "you are such a worthless idiot"


def test_what_was_acknowledged_survives_kills_under_load_of_either_process(
    serve_one: Serve, url: str
) -> None:
    acknowledged: list[str] = []
    running = [serve_one(), serve_one()]
    for kill in range(KILLS):
        victim, until = running[kill % 2], len(acknowledged) + KILL_AFTER

        def post(
            number: int,
            running: Sequence[Served] = tuple(running),
            victim: Served = victim,
            until: int = until,
        ) -> None:
            with suppress(OSError, HTTPException):
                status, answer, _ = running[number % 2].ask("POST", "/moderate", {"text": f"{POST} {number}"})
                assert status == 200, answer
                acknowledged.append(answer["id"])
                if len(acknowledged) >= until:
                    victim.process.kill()

        with ThreadPoolExecutor(CONCURRENCY) as pool:
            list(pool.map(post, range(4 * KILL_AFTER)))
        assert victim.process.wait() == -signal.SIGKILL
        running[kill % 2] = serve_one()

    decisions, events = kept(url)
    assert len(acknowledged) >= KILLS * KILL_AFTER
    assert set(acknowledged) <= set(decisions)
    # Every decision has its event, and every event its decision: nothing is torn.
    assert sorted(events) == sorted(decisions)
