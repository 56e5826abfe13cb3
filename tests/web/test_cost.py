"""What one request costs, in calls and in statements: figures that a busy machine does not change.

Seconds are measured by `python -m benchmarks` and stand in docs/speed.md; a test must not depend on them. A
figure here is moved on purpose: up where a feature is worth its cost, which the commit then says, and down
where something became cheaper, so that the gain is kept.
"""

import asyncio
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, event

from app import bootstrap
from app.core.normalize import normalize
from app.settings import Settings
from app.web.main import create_app
from benchmarks import asgi
from benchmarks.material import lexicon_of_repository

ROUNDS = 15
"""Requests of which the cheapest counts: threads that look after lexicon and policy run into some of them."""
INNOCENT = "We walked along the river until it was dark, and then my brother made soup for all of us."
CODED = "I want to unalive myself tonight."

MOST_CALLS = {INNOCENT: 2800, CODED: 3600}
"""Measured were 2,577 and 3,309 calls of Python functions with Python 3.11, the version that makes most; the
cheapest of so many requests moves by about ten. What the bound is to catch is work that is done once more
than it need be: normalizing the coded post takes 397 calls. A new version of a library may move it too."""
MOST_GROWTH = 1.5
"""Four times the text took 1.15 times the calls: what grows is the normalizer."""

WRITES = [
    "BEGIN IMMEDIATE",
    "INSERT INTO decisions",
    "INSERT INTO decision_hours",
    "SELECT audit_events.sequence, audit_events.hash,",
    "INSERT INTO audit_events",
    "SELECT (SELECT audit_events.sequence",
    "UPDATE audit_head SET",
]
"""What one decision on an innocent post takes: none of these can be left out or joined with another."""
WRITES_OF_CODED = [
    *WRITES[:3],
    "INSERT INTO term_days",
    "SELECT wave_bands.band, wave_bands.item_id",
    "INSERT INTO review_items",
    "INSERT INTO wave_bands",
    *WRITES[3:],
]


class Calls:
    """Counts the Python functions that are entered, on this thread and on those that start meanwhile."""

    def __init__(self) -> None:
        self.seen = 0

    def __call__(self, _frame: FrameType, what: str, _argument: object) -> None:
        self.seen += what == "call"


@contextmanager
def counted() -> Iterator[Calls]:
    calls = Calls()
    before = sys.getprofile()
    threading.setprofile(calls)
    sys.setprofile(calls)
    try:
        yield calls
    finally:
        sys.setprofile(before)
        threading.setprofile(None)


@pytest.fixture
def settings(database_file: Path) -> Settings:
    return Settings(database_url=f"sqlite:///{database_file}", threads=1)


def statements(settings: Settings, path: str, body: object) -> list[str]:
    """The first three words of every statement that answers a request."""
    found: list[str] = []

    def note(*arguments: object) -> None:
        # Lexicon and policy are followed on threads of their own, however long a request takes.
        if threading.current_thread().name not in {"plainspeak-lexicon", "plainspeak-policy"}:
            found.append(" ".join(str(arguments[2]).split()[:3]))

    with closing(bootstrap.build(settings)) as runtime:
        web = create_app(runtime)
        asyncio.run(asgi.post(web, "/moderate", {"text": INNOCENT}))
        event.listen(Engine, "before_cursor_execute", note)
        try:
            asyncio.run(asgi.post(web, path, body))
        finally:
            event.remove(Engine, "before_cursor_execute", note)
    return found


def cheapest(web: FastAPI, runner: asyncio.Runner, calls: Calls, text: str) -> int:
    costs = []
    for number in range(ROUNDS):
        before = calls.seen
        runner.run(asgi.post(web, "/moderate", {"text": f"{text} {number}"}))
        costs.append(calls.seen - before)
    return min(costs)


def test_a_request_makes_no_more_calls_than_it_did(settings: Settings) -> None:
    with counted() as calls, closing(bootstrap.build(settings)) as runtime, asyncio.Runner() as runner:
        web = create_app(runtime)
        costs = {text: cheapest(web, runner, calls, text) for text in MOST_CALLS}
        longer = cheapest(web, runner, calls, " ".join([INNOCENT] * 4))

    assert {text: cost for text, cost in costs.items() if not 100 < cost <= MOST_CALLS[text]} == {}
    assert longer <= MOST_GROWTH * costs[INNOCENT]


def test_normalizing_grows_no_faster_than_the_text() -> None:
    lexicon = lexicon_of_repository()
    text = f"{INNOCENT} {CODED} k!ll y0urs3lf, le$bian 🌽. "
    costs = {}
    for times in (10, 80):
        normalize(text * times, lexicon=lexicon)
        with counted() as calls:
            before = calls.seen
            normalize(text * times, lexicon=lexicon)
            costs[times] = calls.seen - before

    assert 0 < costs[80] <= 1.1 * 8 * costs[10]


@pytest.mark.parametrize(("text", "writes"), [(INNOCENT, WRITES), (CODED, WRITES_OF_CODED)])
def test_a_decision_takes_as_many_statements_as_it_did(
    settings: Settings, text: str, writes: list[str]
) -> None:
    assert statements(settings, "/moderate", {"text": text}) == writes


def test_a_batch_takes_no_more_statements_than_one_decision(settings: Settings) -> None:
    items = [{"text": f"{text} {number}"} for number in range(8) for text in (INNOCENT, CODED)]

    assert statements(settings, "/moderate/batch", {"items": items}) == WRITES_OF_CODED
