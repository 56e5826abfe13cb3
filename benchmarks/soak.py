"""Many mixed requests at once, good and bad: is one lost or doubled, does memory grow?

Run: python -m benchmarks.soak [--requests 100000] [--database-url URL]. Prints JSON. Posts are fine, hostile
(markup, SQL, control and bidirectional characters, no JSON), too long, or sent twice under one
Idempotency-Key. Most texts come again and again, as spam does; every post has an id of its own. What is
answered with 503 is sent again. At the end every post that was to be taken has exactly one decision, and the
service with the engine's process holds no more memory after the second half than after the first.
"""

import argparse
import json
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from statistics import median
from threading import Lock, local

from benchmarks.served import Served, ask, start, verify

REQUESTS = 100_000
CONCURRENCY = 64
SEED = 11
SAYINGS, NEW = 200, 0.15
"""How many forms each text has, and the share of posts whose text was never sent before."""
MOST_GROWTH = 0.05
SAMPLES, BETWEEN_S = 7, 0.5
"""Of memory, after each half."""
_TRIES = 200
_OK, _TOO_LARGE = (200,), (413,)
_NORMAL = ("have a lovely day", "I want to unalive myself", "k!ll y0urs3lf", "see you at six", "nice photo!")
_HOSTILE = (
    "<script>alert(1)</script>",
    "'; DROP TABLE decisions; --",
    "{{ 7 * 7 }} ${7*7} <|im_start|>system",
    "\u202edecode me\u202c \u2066x\u2069 \u200b\u200c",
    "a\u0300\u0301\u0302" * 200,
    "\U0001f468\u200d\U0001f469" * 100,
    "=cmd|' /C calc'!A0",
)
_REFUSED: tuple[tuple[bytes, tuple[int, ...]], ...] = (
    (b'{"text": "\\ud800"}', (422,)),
    (b'{"text": "a\\u0000b"}', (422,)),
    (b'{"text": ""}', (422,)),
    (b"{not json", (400, 422)),
    (b"[" * 5000, (400, 422)),
    (b'{"text": 7}', (422,)),
    (b"\xff\xfe", (400, 422)),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: what is sent, under which key, and which statuses are right."""

    body: bytes
    expected: tuple[int, ...]
    key: str | None = None


@dataclass(slots=True)
class Tally:
    """What came of the requests so far."""

    statuses: Counter[int] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    answers: dict[str, set[str]] = field(default_factory=dict)
    """Ids of the decisions that each key was answered with."""
    lock: Lock = field(default_factory=Lock)


def requests_of(count: int, *, seed: int) -> list[Asked]:
    """The mix, in an order that is the same each time."""
    random = Random(seed)
    made: list[Asked] = []
    while len(made) < count:
        number, kind = len(made), random.random()
        if kind < 0.1:
            body, expected = random.choice(_REFUSED)
            made.append(Asked(body, expected))
        elif kind < 0.13:
            made.append(Asked(json.dumps({"text": "long " * 5000}).encode(), _TOO_LARGE))
        else:
            said = random.choice(_HOSTILE if kind < 0.33 else _NORMAL)
            form = number if random.random() < NEW else number % SAYINGS
            body = json.dumps({"text": f"{said} {form}", "content_id": f"c-{number}"}).encode()
            asked = Asked(body, _OK, f"k-{number}")
            made += [asked] * (2 if kind > 0.9 else 1)
    return made[:count]


class Caller:
    """Sends requests, each thread over a connection of its own."""

    def __init__(self, served: Served, tally: Tally) -> None:
        self._served = served
        self._tally = tally
        self._mine = local()

    def send(self, asked: Asked) -> None:
        """Send until there is another answer than 503."""
        for _ in range(_TRIES):
            try:
                status, answer = ask(
                    self._connection(),
                    "POST",
                    "/moderate",
                    asked.body,
                    {"idempotency-key": asked.key} if asked.key else None,
                )
            # A server may close a connection on which it refused a body.
            except (OSError, HTTPException):
                self._mine.connection = None
                continue
            with self._tally.lock:
                self._note(asked, status, answer)
            if status != 503:
                return
            time.sleep(0.05)

    def _note(self, asked: Asked, status: int, answer: bytes) -> None:
        self._tally.statuses[status] += 1
        if status not in {*asked.expected, 503}:
            self._tally.wrong[f"{status} for {asked.body[:40]!r}"] += 1
        if asked.key and status == 200:
            self._tally.answers.setdefault(asked.key, set()).add(json.loads(answer)["id"])

    def _connection(self) -> HTTPConnection:
        found: HTTPConnection | None = getattr(self._mine, "connection", None)
        if found is None:
            found = self._mine.connection = self._served.connect()
        return found


def memory_of(served: Served) -> dict[str, float]:
    """Resident memory as it is most of the time: an engine that is just being replaced is there twice."""
    samples: list[dict[str, float]] = []
    for _ in range(SAMPLES):
        samples.append(served.rss_mb())
        time.sleep(BETWEEN_S)
    return {name: round(median(each[name] for each in samples), 1) for name in samples[0]}


def run(database_url: str, *, count: int, log: Path, seed: int = SEED) -> dict[str, object]:
    """Send everything, and give the figures."""
    asked, tally = requests_of(count, seed=seed), Tally()
    served = start(database_url, log=log)
    try:
        caller, rss_mb = Caller(served, tally), [memory_of(served)]
        began = time.monotonic()
        with ThreadPoolExecutor(CONCURRENCY) as pool:
            for half in (asked[: count // 2], asked[count // 2 :]):
                list(pool.map(caller.send, half))
                rss_mb.append(memory_of(served))
        seconds = time.monotonic() - began
        _, lines = ask(served.connect(), "GET", "/decisions/export.jsonl")
    finally:
        served.process.terminate()
        served.process.wait()
    kept = Counter(json.loads(line)["id"] for line in lines.splitlines())
    wanted = {each.key for each in asked if each.key}
    answered = {decision for ids in tally.answers.values() for decision in ids}
    return {
        "requests": count,
        "concurrency": CONCURRENCY,
        "seconds": round(seconds, 1),
        "statuses": {str(status): many for status, many in sorted(tally.statuses.items())},
        "wrong": dict(tally.wrong),
        "server_errors": sum(
            many for status, many in tally.statuses.items() if status >= 500 and status != 503
        ),
        "posts": len(wanted),
        "lost": len(wanted - set(tally.answers)) + len(answered - set(kept)),
        "doubled": sum(1 for ids in tally.answers.values() if len(ids) > 1) + len(set(kept) - answered),
        "rss_mb": dict(zip(("at_start", "after_first_half", "after_second_half"), rss_mb, strict=True)),
        "growth": round(rss_mb[2]["both"] / rss_mb[1]["both"] - 1, 4),
        "verify": verify(database_url),
        "exit_status": served.process.returncode,
    }


def main() -> None:
    """Print the figures; exit status 1 where something was lost, doubled or wrong, or memory grew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=REQUESTS)
    parser.add_argument("--database-url", help="An empty database to fill; a file of its own by default.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = options.database_url or f"sqlite:///{folder}/soak.db"
        figures = run(url, count=options.requests, log=Path(folder) / "serve.log")
    print(json.dumps(figures, indent=1))
    bad = ("wrong", "server_errors", "lost", "doubled", "verify", "exit_status")
    grew = float(str(figures["growth"])) > MOST_GROWTH
    raise SystemExit(1 if grew or any(figures[name] for name in bad) else 0)


if __name__ == "__main__":
    main()
