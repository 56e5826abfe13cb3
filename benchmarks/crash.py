"""Kill the service at random moments under load, over and over. Is anything lost? Prints JSON.

Run: python -m benchmarks.crash [--rounds 50] [--database-url URL]. In each round a served process takes posts
from many callers and is killed (SIGKILL); then it is started again, what was not answered is sent once more
under the same Idempotency-Key, and everything is looked at: every decision that was acknowledged is there,
every post has one decision, and the audit trail holds, as `plainspeak db verify` reads it.
"""

import argparse
import json
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from threading import Event
from uuid import uuid4

from benchmarks.served import Served, ask, broken, post, start, verify

ROUNDS = 50
CALLERS = 16
LONGEST_S = 1.5
"""From the first post to the kill, at most."""
SEED = 11
_POSTS = ("have a lovely day", "I want to unalive myself", "k!ll y0urs3lf", "see you at six")


@dataclass(slots=True)
class Tally:
    """What came of all rounds so far."""

    sent: dict[str, str] = field(default_factory=dict)
    """Every post that was sent, by its content id, with the Idempotency-Key."""
    acknowledged: dict[str, str] = field(default_factory=dict)
    """Ids of the decisions that were answered with, by content id."""
    lost: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    """Posts that were answered with one decision and, sent again, with another."""
    unexpected: Counter[int] = field(default_factory=Counter)
    trouble: list[str] = field(default_factory=list)
    """What was said of the audit trail."""
    restart_s: list[float] = field(default_factory=list)


def load(served: Served, tally: Tally, stop: Event) -> None:
    """Send posts one after the other until the service is gone."""
    connection = served.connect()
    with suppress(OSError, HTTPException):
        while not stop.is_set():
            content_id, key = str(uuid4()), str(uuid4())
            tally.sent[content_id] = key
            deliver(connection, tally, content_id)


def deliver(connection: HTTPConnection, tally: Tally, content_id: str) -> None:
    """Send a post, and note what it is answered with; raises what the network raises."""
    # The same text each time it is sent.
    body = {"text": f"{_POSTS[int(content_id[0], 16) % len(_POSTS)]} {content_id}", "content_id": content_id}
    status, answer = post(connection, "/moderate", body, key=tally.sent[content_id])
    if status == 200:
        before = tally.acknowledged.setdefault(content_id, answer["id"])
        if before != answer["id"]:
            tally.changed.append(content_id)
    elif status != 503:
        tally.unexpected[status] += 1


def kill_under_load(served: Served, tally: Tally, *, after_s: float) -> None:
    """Let many callers send, kill the process midway, and wait until it and they are gone."""
    stop = Event()
    with ThreadPoolExecutor(CALLERS) as pool:
        for _ in range(CALLERS):
            pool.submit(load, served, tally, stop)
        time.sleep(after_s)
        served.process.kill()
        stop.set()
    served.process.wait()


def look(served: Served, tally: Tally, *, since: int) -> None:
    """Ask for every decision that was acknowledged since the last look, and send again what was not."""
    connection = served.connect()
    for content_id, decision_id in list(tally.acknowledged.items())[since:]:
        status, _ = ask(connection, "GET", f"/decisions/{decision_id}")
        if status != 200:
            tally.lost.append(content_id)
    for content_id in [each for each in tally.sent if each not in tally.acknowledged]:
        deliver(connection, tally, content_id)


def counted(served: Served) -> Counter[str]:
    """How many decisions each content id has, by the export of all of them."""
    _, lines = ask(served.connect(), "GET", "/decisions/export.jsonl")
    return Counter(json.loads(line)["content_id"] for line in lines.splitlines())


def run(database_url: str, *, rounds: int, log: Path, seed: int = SEED) -> dict[str, object]:
    """Run all rounds, and give the figures."""
    random, tally, since = Random(seed), Tally(), 0
    served = start(database_url, log=log)
    try:
        for _ in range(rounds):
            kill_under_load(served, tally, after_s=random.uniform(0.05, LONGEST_S))
            if said := broken(database_url):
                tally.trouble.append(said)
            started_at = time.monotonic()
            served = start(database_url, log=log)
            tally.restart_s.append(time.monotonic() - started_at)
            look(served, tally, since=since)
            since = len(tally.acknowledged)
        found = counted(served)
    finally:
        served.process.terminate()
        served.process.wait()
    if said := verify(database_url):
        tally.trouble.append(said)
    return {
        "rounds": rounds,
        "posts": len(tally.sent),
        "acknowledged": len(tally.acknowledged),
        "lost": len(tally.lost) + sum(1 for each in tally.acknowledged if each not in found),
        "doubled": sum(1 for count in found.values() if count > 1) + len(tally.changed),
        "not_asked_for": sum(1 for each in found if each not in tally.sent),
        "other_statuses": dict(tally.unexpected),
        "verify": tally.trouble,
        "restart_s_most": round(max(tally.restart_s), 2),
    }


def main() -> None:
    """Print the figures; exit status 1 where something was lost, doubled or torn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--database-url", help="A database to fill; a file of its own by default.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = options.database_url or f"sqlite:///{folder}/crash.db"
        figures = run(url, rounds=options.rounds, log=Path(folder) / "serve.log")
    print(json.dumps(figures, indent=1))
    bad = ("lost", "doubled", "not_asked_for", "other_statuses", "verify")
    raise SystemExit(1 if any(figures[name] for name in bad) else 0)


if __name__ == "__main__":
    main()
