"""How speed and memory grow: `python -m benchmarks.scale [PART ...]`.

With the threads of the engine, the callers at a time, the length of a post, the room in the engine's queue,
and the decisions in the database. Each series ends with exponents, the slopes of lines through logarithms.
"""

import argparse
import json
import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import structlog
import uvloop

from app import bootstrap
from app.core.normalize import normalize
from app.core.types import Content
from app.db.engine import open_database
from app.db.ledger import Ledger
from app.db.receipts import NewDecision
from app.db.writer import GroupWriter
from app.services.server_process import Server, start_server
from app.settings import ROOT, Settings, read_settings
from app.web.main import create_app
from benchmarks import asgi, report
from benchmarks.filling import Filling
from benchmarks.fitting import exponent
from benchmarks.load import Load, percentile, send
from benchmarks.material import lexicon_of_repository
from benchmarks.posts import Kind, post_of_chars, posts
from benchmarks.processes import environment, processor, rss_mb

ROUNDS = 3
CALLERS = (1, 2, 4, 8, 16, 32, 64, 128, 256)
CHARS = (30, 100, 300, 1000, 3000, 10_000, 20_000)
ROOM = (16, 64, 256, 1024)
DECISIONS = (10_000, 100_000, 1_000_000, 10_000_000)
SEEDS = 300
INSERTS, GROUP = 300, 8
"""Decisions are stored so often alone, and so often as many together as the web hands over under load."""
AT_ONCE, REQUESTS = 16, 64

Row = dict[str, float]
Note = Callable[[str], None]


@contextmanager
def _serving(**settings: object) -> Iterator[Server]:
    """Plainspeak in a process of its own, with some settings."""
    own = {f"PLAINSPEAK_{name.upper()}": str(value) for name, value in settings.items()}
    with start_server({**environment(), **own}, folder=ROOT) as server:
        send(server.port, posts(Kind.MEDIUM, 8, seed=0), concurrency=4)
        yield server


def threads(note: Note) -> list[Row]:
    """Texts a second and memory with more threads of the engine, up to twice the cores."""
    counts = [1, *range(2, 2 * (os.cpu_count() or 1) + 1, 2)]
    with ExitStack() as stack:
        servers = {count: stack.enter_context(_serving(threads=count)) for count in counts}
        loads: dict[int, list[Load]] = {count: [] for count in counts}
        for number in range(ROUNDS):
            note(f"threads, round {number + 1} of {ROUNDS}")
            texts = posts(Kind.MEDIUM, REQUESTS, seed=10 + number)
            for count, server in servers.items():
                loads[count].append(send(server.port, texts, concurrency=AT_ONCE))
        return [
            {"threads": count, **_of_loads(loads[count]), "rss_mb": round(rss_mb(server.process_id))}
            for count, server in servers.items()
        ]


def concurrency(note: Note) -> list[Row]:
    """Texts a second, times and memory with more callers at a time."""
    rows = []
    with _serving() as server:
        for callers in CALLERS:
            note(f"{callers} callers")
            texts = posts(Kind.MEDIUM, max(REQUESTS, 2 * callers), seed=20 + callers)
            loads = [send(server.port, texts, concurrency=callers)]
            rows.append({"callers": callers, **_of_loads(loads), "rss_mb": round(rss_mb(server.process_id))})
    return rows


def length(note: Note) -> list[Row]:
    """Time of a request and of normalizing alone, and memory, with longer posts."""
    lexicon = lexicon_of_repository()
    rows = []
    with _serving() as server:
        for chars in CHARS:
            note(f"posts of {chars} characters")
            texts = [post_of_chars(chars, seed=number) for number in range(max(4, min(30, 20_000 // chars)))]
            load = send(server.port, texts, concurrency=1)
            normalizing = [_timed_ms(partial(normalize, text, lexicon=lexicon)) for text in texts]
            rows.append(
                {
                    "characters": chars,
                    "request_ms": round(statistics.median(load.times_ms), 2),
                    "normalizing_ms": round(statistics.median(normalizing), 3),
                    "rss_mb": round(rss_mb(server.process_id)),
                }
            )
    return rows


def queue(note: Note) -> list[Row]:
    """Times, refusals and memory with more room in the engine's queue, and many callers."""
    rows = []
    for room in ROOM:
        note(f"room for {room} windows")
        with _serving(queue_size=room) as server:
            texts = posts(Kind.MEDIUM, 4 * REQUESTS, seed=30)
            load = send(server.port, texts, concurrency=2 * REQUESTS, may_refuse=True)
            rows.append(
                {
                    "windows": room,
                    **_of_loads([load]),
                    "refused_share": round(load.refused / len(texts), 3),
                    "rss_mb": round(rss_mb(server.process_id)),
                }
            )
    return rows


def rows(note: Note, *, most: int) -> list[Row]:
    """Inserts, the queue's page and searches, and the size of the file, with more decisions kept."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scale.db"
        settings = Settings(database_url=f"sqlite:///{file}", threads=1)
        entries = _judged(settings, SEEDS)
        _record_all(settings, entries)
        with closing(Filling(file, now=datetime.now(UTC))) as filling:
            for decisions in DECISIONS:
                if decisions > most:
                    break
                note(f"filling up to {decisions:,} decisions")
                seconds = _timed_ms(partial(filling.up_to, decisions)) / 1000
                note(f"measuring over {decisions:,} decisions, filled in {seconds:.0f} s")
                found.append(
                    {
                        "decisions": decisions,
                        "megabytes": round(file.stat().st_size / 1e6),
                        **_inserts(settings, entries),
                        **_pages(settings),
                    }
                )
    return found


def _judged(settings: Settings, count: int) -> list[NewDecision]:
    """Decisions on so many posts, which are not kept yet."""
    with tempfile.TemporaryDirectory() as folder:
        own = settings.model_copy(update={"database_url": f"sqlite:///{folder}/judged.db"})
        with closing(bootstrap.build(own)) as runtime:
            contents = [(Content(text), True) for text in posts(Kind.MEDIUM, count, seed=40)]
            return [
                NewDecision(answer.decision, answer.item)
                for answer in runtime.moderation.moderate_many(contents)
            ]


def _record_all(settings: Settings, entries: Sequence[NewDecision]) -> None:
    bootstrap.upgrade_database(settings)
    with _ledger(settings) as ledger:
        ledger.record_many(entries)


@contextmanager
def _ledger(settings: Settings) -> Iterator[Ledger]:
    with (
        open_database(settings.database_url, busy_timeout_s=settings.database_wait_s) as database,
        GroupWriter(database.writer) as writer,
    ):
        yield Ledger(writer)


def _inserts(settings: Settings, entries: Sequence[NewDecision]) -> Row:
    """Milliseconds of storing one decision, and decisions a second in groups, durable both."""
    fresh = map(_again, cycle(entries))
    groups = [[next(fresh)] for _ in range(INSERTS)] + [list(islice(fresh, GROUP)) for _ in range(INSERTS)]
    with _ledger(settings) as ledger:
        times = [_timed_ms(partial(ledger.record_many, group)) for group in groups]
    alone, together = statistics.median(times[:INSERTS]), statistics.median(times[INSERTS:])
    return {"insert_ms": round(alone, 2), "inserts_per_s": round(GROUP * 1000 / together)}


def _again(entry: NewDecision) -> NewDecision:
    """The same decision as if on another post, now."""
    decision = replace(entry.decision, id=bootstrap.new_id(), created_at=bootstrap.now())
    item = entry.item and replace(entry.item, id=bootstrap.new_id(), decision_id=decision.id)
    return NewDecision(decision, item)


def _pages(settings: Settings) -> Row:
    """Milliseconds of each page, the median of warm requests."""
    asked = {
        "queue_ms": "/review",
        "decisions_ms": "/decisions",
        "search_common_ms": "/decisions?q=the",
        "search_two_words_ms": "/decisions?q=museum+opens",
        "search_rare_ms": "/decisions?q=9999",
        "search_nothing_ms": "/decisions?q=absentword",
    }
    with (
        closing(bootstrap.build(settings)) as runtime,
        closing(uvloop.new_event_loop()) as loop,
    ):
        web = create_app(runtime)
        found = {}
        for name, address in asked.items():
            times = []
            for _ in range(12):
                page = asgi.get(web, address)
                times.append(_timed_ms(partial(loop.run_until_complete, page)))
            found[name] = round(statistics.median(times[2:]), 2)
        return {**found, "rss_mb": round(rss_mb(os.getpid()))}


def _of_loads(loads: Sequence[Load]) -> Row:
    times = sorted(time_ms for load in loads for time_ms in load.times_ms)
    return {
        "per_s": round(statistics.median(load.rate for load in loads), 1),
        "p50_ms": round(statistics.median(times), 1),
        "p99_ms": round(percentile(times, 0.99), 1),
    }


def _timed_ms(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def exponents(series: Sequence[Row]) -> Row:
    """Of every figure of a series, against its first one; figures that reach zero have none."""
    first, *others = series[0]
    xs = [row[first] for row in series]
    return {
        name: round(exponent(xs, [row[name] for row in series]), 2)
        for name in others
        if all(row[name] > 0 for row in series)
    }


PARTS: dict[str, Callable[[Note], list[Row]]] = {
    "threads": threads,
    "concurrency": concurrency,
    "length": length,
    "queue": queue,
}
ROWS = "rows"


def main() -> None:
    """Measure the parts asked for, and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join([*PARTS, ROWS])}; all without any")
    parser.add_argument("--rows", type=int, default=1_000_000, help="most decisions in the database")
    parser.add_argument("--json", action="store_true", help="print JSON in place of tables")
    parser.add_argument("--out", type=Path, help="also write scale.json into this folder")
    options = parser.parse_args()
    unknown = set(options.parts) - {*PARTS, ROWS}
    if unknown:
        parser.error(f"there is no part {min(unknown)!r}")
    # What is measured next is told there; a line for each request would bury it.
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )
    figures = measure(
        options.parts or [*PARTS, ROWS],
        most_rows=options.rows,
        note=lambda line: print(line, file=sys.stderr, flush=True),
    )
    if options.out:
        report.keep(options.out, "scale", figures)
    print(json.dumps(figures, indent=1) if options.json else report.scaled(figures))


def measure(parts: Sequence[str], *, most_rows: int, note: Note) -> dict[str, Any]:
    """The series of every part, and how their figures grow."""
    series = {
        part: rows(note, most=most_rows) if part == ROWS else PARTS[part](note)
        for part in (*PARTS, ROWS)
        if part in parts
    }
    return {
        "at": datetime.now(UTC).strftime("%Y-%m-%d %H:%M"),
        "processor": processor(),
        "cores": os.cpu_count(),
        "engine_threads": read_settings().engine_threads,
        "series": series,
        "exponents": {part: exponents(each) for part, each in series.items() if len(each) > 1},
    }


if __name__ == "__main__":
    main()
