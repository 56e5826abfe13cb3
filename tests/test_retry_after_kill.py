"""A request that was cut off by a kill is sent again, and gets the decision it had, or its first one."""

import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from app.db.engine import open_database
from app.db.queries import Queries
from tests.served import Serve, Served

REQUESTS, KILL_AFTER, AT_ONCE = 120, 40, 6

Asked = tuple[str, dict[str, Any], dict[str, str]]
"""A path, a body, and what makes the request known."""


def by_key(number: int) -> Asked:
    return "/moderate", {"text": f"see you at six {number}"}, {"idempotency_key": f"key-{number}"}


def by_content_id(number: int) -> Asked:
    return "/moderate", {"text": f"see you at six {number}", "content_id": f"post-{number}"}, {}


def by_openai(number: int) -> Asked:
    return "/v1/moderations", {"input": f"see you at six {number}"}, {"idempotency_key": f"key-{number}"}


def decision_of(served: Served, asked: Asked) -> str:
    path, body, known = asked
    status, answer, _ = served.ask("POST", path, body, **known)
    assert status == 200, answer
    decision: str = answer["results"][0]["decision"] if "results" in answer else answer["id"]
    return decision


@pytest.mark.parametrize("asked_of", [by_key, by_content_id, by_openai])
def test_a_retry_after_a_kill_gets_the_decision_it_had(
    serve: Serve,
    database_file: Path,
    asked_of: Any,  # noqa: ANN401 one of three functions
) -> None:
    served, answered, done = serve(), {}, count(1)

    def send(number: int) -> None:
        with suppress(OSError, HTTPException):
            answered[number] = decision_of(served, asked_of(number))
            if next(done) == KILL_AFTER:
                served.process.kill()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(send, range(REQUESTS)))
    assert served.process.wait() == -signal.SIGKILL
    assert KILL_AFTER <= len(answered) < REQUESTS

    again = serve()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(lambda number: decision_of(again, asked_of(number)), range(REQUESTS)))

    assert {number: found[number] for number in answered} == answered
    with open_database(f"sqlite:///{database_file}") as database:
        kept = list(Queries(database.reader).decisions())
    # Also those that were kept and not answered before the kill are there once.
    assert Counter(each.text.original for each in kept if each.text) == Counter(
        f"see you at six {number}" for number in range(REQUESTS)
    )
    assert {each.id for each in kept} == set(found)
