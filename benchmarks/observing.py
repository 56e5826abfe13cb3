"""What it costs to observe one request: `python -m benchmarks.observing` prints JSON, in CPU microseconds.

CPU time of this process alone, so that neighbours on the machine do not count; the least of several rounds.
"""

import json
import time
from collections.abc import Callable, Coroutine
from contextlib import redirect_stderr, suppress
from pathlib import Path
from typing import Any

from starlette.types import Message, Receive, Scope, Send

from app.core.types import Action, CategoryScore, Classification, Label, Verdict, Versions
from app.logs import LogLevel, log_to_stderr
from app.services.meter import Stage, Stopwatch
from app.services.recorder import Recorder
from app.services.vitals import Vitals
from app.web.trace import Trace

ROUNDS = 7
TIMES = 5_000

SCOPE = {"type": "http", "path": "/moderate", "method": "POST", "headers": [(b"host", b"127.0.0.1")]}
VERDICT = Verdict(
    label=Label.SAFE,
    confidence=0.9,
    category=None,
    score=0.1,
    categories=tuple[CategoryScore, ...](),
    action=Action.ALLOW,
    reasons=(),
    versions=Versions("model@0", "lexicon@0", "policy@0"),
)


def cpu_us(work: Callable[[], object]) -> float:
    """CPU microseconds of one call."""
    found = []
    for _ in range(ROUNDS):
        started = time.process_time()
        for _ in range(TIMES):
            work()
        found.append((time.process_time() - started) / TIMES * 1e6)
    return round(min(found), 1)


def counted(recorder: Recorder) -> None:
    """Everything that the services tell of one post."""
    watch = Stopwatch(recorder)
    watch.lap(Stage.NORMALIZE)
    with recorder.in_engine(1):
        pass
    watch.lap(Stage.CLASSIFY)
    recorder.classified([Classification()])
    watch.lap(Stage.DECIDE)
    watch.lap(Stage.RECORD)
    recorder.decided([VERDICT])


async def app(_: Scope, __: Receive, send: Send) -> None:
    """Answer at once."""
    await send({"type": "http.response.start", "status": 200, "headers": []})


async def receive() -> Message:
    """Have nothing to give."""
    return {"type": "http.request"}


async def send(_: Message) -> None:
    """Take anything."""


def request_us(ask: Callable[[], Coroutine[Any, Any, None]]) -> float:
    """CPU microseconds of one pass through an ASGI app."""

    def once() -> None:
        # It never waits, so one step takes it to its end.
        with suppress(StopIteration):
            ask().send(None)

    return cpu_us(once)


def traced_us(recorder: Recorder, level: LogLevel) -> float:
    """CPU microseconds that the outermost layer adds, with a log that keeps events from a level on."""
    with Path("/dev/null").open("w", encoding="utf-8") as nowhere, redirect_stderr(nowhere):
        log_to_stderr(level)
        trace = Trace(app, recorder=recorder)
        whole = request_us(lambda: trace(dict(SCOPE), receive, send))
    return round(whole - request_us(lambda: app(dict(SCOPE), receive, send)), 1)


def main() -> None:
    """Measure and print."""
    recorder = Recorder(release="0")
    nothing = Vitals(versions=None, queues={}, desk=None)
    result = {
        "counting_a_post_us": cpu_us(lambda: counted(recorder)),
        "counting_an_answer_us": cpu_us(
            lambda: recorder.answered("/moderate", method="POST", status=200, seconds=0.01)
        ),
        "id_count_and_log_line_us": traced_us(recorder, LogLevel.INFO),
    }
    started = time.process_time()
    recorder.exposition(nothing, accept="")
    result["a_scrape_ms"] = round((time.process_time() - started) * 1000, 1)
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
