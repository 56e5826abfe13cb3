"""How fast the desk's pages are on a large database: `python -m benchmarks.desk`, which prints JSON.

It fills a SQLite file in a temporary folder, past the ledger and with the indexes made afterwards, which
takes minutes in place of hours, and then asks for each page in this process. Times are the server's own, the
median of warm requests, beside the processor time they took, which a busy machine stretches less; queries
are counted as the database driver is given them. The posts are made up of a few words and mean nothing; no
model judges them.
"""

import argparse
import json
import random
import sqlite3
import statistics
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import Engine, event

from app import bootstrap
from app.core.policy import Policy, decide
from app.core.review import lane_of, priority_of
from app.core.tallies import band_of
from app.core.types import Action, Category, Classification, Handover, NormalizedText, Outage, Signal, Verdict
from app.db.tables import UtcTime
from app.logs import LogLevel, log_to_stderr
from app.settings import ROOT, Settings
from app.web.main import create_app

DECISIONS, OPEN, RESOLVED = 1_000_000, 50_000, 100_000
WAVE, IN_WAVES = 50, 5
"""Items of a wave, and of how many open items one is in a wave."""
DAYS = 30
WARM, ROUNDS = 2, 15
FOLLOWERS = ("plainspeak-lexicon", "plainspeak-policy")
_VERDICTS = 4000
"""Different verdicts, drawn again and again: deciding a million times would be most of the work."""
_WORDS = [
    "game",
    "today",
    "you",
    "never",
    "lucky",
    "blocked",
    "again",
    "winner",
    "lost",
    "team",
    "run",
    "fast",
    "idiot",
    "chess",
    "fix",
    "server",
    "ban",
    "admin",
    "play",
    "late",
    "night",
    "early",
    "bird",
    "quick",
    "build",
    "lazy",
    "noob",
    "carry",
    "mid",
    "top",
    "base",
    "rush",
    "tower",
    "gold",
    "shop",
    "trade",
    "scam",
    "fair",
]
_SECOND, _OTHER_LANGUAGE, _SILENT = 0.1, 0.02, 0.005
"""Of how many posts the second lane is asked, is the language another one, does a lane give no answer."""
_TERMS = ("seggs", "unalive", "corn", "kys", "grippy-sock", "yt-people", "le-dollar-bean")
_EDIT = {
    "start": 0,
    "end": 5,
    "surface": "seggs",
    "canonical": "sex",
    "step": "lexicon",
    "via": [],
    "category": "sexual",
    "ambiguous": False,
    "note": "",
}


@dataclass(frozen=True, slots=True)
class Size:
    """How much to fill in."""

    decisions: int
    open: int
    resolved: int


def fill(path: Path, size: Size, *, policy: Policy, model: str, now: datetime, seed: int = 1) -> None:
    """Fill a migrated, empty SQLite file."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=OFF")
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA cache_size=-400000")
    kept = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('trigger', 'index') "
        "AND tbl_name IN ('decisions', 'review_items', 'rulings', 'audit_events')"
    ).fetchall()
    for kind, name, _ in kept:
        connection.execute(f"DROP {kind} {name}")
    connection.execute("BEGIN")
    _fill_tables(connection, size, policy=policy, model=model, now=now, draw=random.Random(seed))
    connection.execute("COMMIT")
    for kind, _, sql in kept:
        if kind == "index":
            connection.execute(sql)
    connection.execute(
        "INSERT INTO decision_search_keys (decision_id) SELECT id FROM decisions ORDER BY created_at, id"
    )
    connection.execute("INSERT INTO decision_search (decision_search) VALUES ('rebuild')")
    for kind, _, sql in kept:
        if kind == "trigger":
            connection.execute(sql)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


def _verdicts(draw: random.Random, *, policy: Policy, model: str) -> list[Verdict]:
    text = NormalizedText("", "")
    found = []
    for _ in range(_VERDICTS):
        score = min(0.999, draw.betavariate(0.35, 2.2))
        category = draw.choice(list(Category))
        signals = [Signal(model, None, score)]
        signals += [
            Signal(model, each, score * draw.random() * (0.95 if each is category else 0.3))
            for each in Category
        ]
        is_second, is_silent = draw.random() < _SECOND, draw.random() < _SILENT
        if is_second:
            signals.append(Signal("second@bench", None, score))
        classification = Classification(
            signals=tuple(signals),
            unavailable=(Outage("second@bench", "Busy."),) if is_silent else (),
            handover=Handover.UNCERTAIN if is_second else None,
        )
        found.append(
            decide(
                classification,
                text=text,
                policy=policy,
                model=model,
                lexicon="lexicon@bench",
                language="de" if draw.random() < _OTHER_LANGUAGE else "en",
            )
        )
    return found


@dataclass(slots=True)
class _Row:
    """A decision on its way into the file."""

    id: str
    at: datetime
    verdict: Verdict
    term: str | None


def _rows(size: Size, verdicts: list[Verdict], *, now: datetime, draw: random.Random) -> Iterator[_Row]:
    start, step = now - timedelta(days=DAYS), timedelta(days=DAYS) / size.decisions
    safe = [verdict for verdict in verdicts if verdict.action is Action.ALLOW]
    held = [verdict for verdict in verdicts if verdict.action is not Action.ALLOW]
    to_hold = (size.open + size.resolved) / size.decisions
    for place in range(size.decisions):
        at = start + place * step
        verdict = draw.choice(held if draw.random() < to_hold else safe)
        head = int(at.timestamp() * 1000)
        whole = (head << 80) | (7 << 76) | (place << 40) | draw.getrandbits(40)
        yield _Row(
            str(uuid.UUID(int=whole)), at, verdict, draw.choice(_TERMS) if draw.random() < 0.05 else None
        )


def _fill_tables(
    connection: sqlite3.Connection,
    size: Size,
    *,
    policy: Policy,
    model: str,
    now: datetime,
    draw: random.Random,
) -> None:
    verdicts = _verdicts(draw, policy=policy, model=model)
    shown = {
        id(each): (
            json.dumps({score.category.value: score.score for score in each.categories}),
            json.dumps(each.reasons),
        )
        for each in verdicts
    }
    hours: dict[tuple[str, str, str, int], int] = {}
    days: dict[tuple[str, str], int] = {}
    held: list[tuple[str, datetime, Verdict]] = []

    def decision_rows() -> Iterator[tuple[object, ...]]:
        for row in _rows(size, verdicts, now=now, draw=draw):
            at, verdict = UtcTime.written(row.at), row.verdict
            hour = (at[:13], verdict.label.value, verdict.action.value, band_of(verdict.score))
            hours[hour] = hours.get(hour, 0) + 1
            if row.term:
                days[at[:10], row.term] = days.get((at[:10], row.term), 0) + 1
            if verdict.action is not Action.ALLOW:
                held.append((row.id, row.at, verdict))
            said = " ".join(draw.choices(_WORDS, k=draw.randint(4, 18)))
            edits = "[]" if row.term is None else json.dumps([{**_EDIT, "term": row.term}])
            categories, reasons = shown[id(verdict)]
            yield (
                row.id,
                at,
                f"post-{row.id[-12:]}",
                f"author-{draw.randrange(20_000)}",
                said,
                said,
                edits,
                "[]",
                "[]",
                "hmac-sha256:" + row.id,
                verdict.label.value,
                verdict.confidence,
                verdict.category.value if verdict.category else None,
                verdict.score,
                categories,
                verdict.action.value,
                reasons,
                model,
                "lexicon@bench",
                policy.version,
                json.dumps(verdict.unavailable),
                verdict.language,
                8.0,
            )

    connection.executemany(
        "INSERT INTO decisions (id, created_at, content_id, author_id, text, plain_text, edits, hints, "
        "context, text_hash, label, confidence, category, score, categories, action, reasons, model, "
        "lexicon, policy, unavailable, language, latency_ms) VALUES (" + ",".join("?" * 23) + ")",
        decision_rows(),
    )
    connection.executemany(
        "INSERT INTO decision_hours (hour, model, label, action, band, posts) VALUES (?, ?, ?, ?, ?, ?)",
        [(hour, model, label, action, band, posts) for (hour, label, action, band), posts in hours.items()],
    )
    connection.executemany(
        "INSERT INTO term_days (day, term, posts) VALUES (?, ?, ?)",
        [(day, term, posts) for (day, term), posts in days.items()],
    )
    _fill_items(connection, size, held, draw=draw, now=now)


def _fill_items(
    connection: sqlite3.Connection,
    size: Size,
    held: list[tuple[str, datetime, Verdict]],
    *,
    draw: random.Random,
    now: datetime,
) -> None:
    waiting = set(draw.sample(range(len(held)), min(size.open, len(held))))
    items, rulings, events = [], [], []
    open_so_far, first = 0, ""
    for place, (decision_id, at, verdict) in enumerate(held):
        item_id, opened = f"item-{decision_id}", UtcTime.written(at)
        is_open = place in waiting
        blocked = draw.random() < 0.2 + 0.7 * verdict.score
        ruled_at = UtcTime.written(min(now, at + timedelta(hours=draw.expovariate(1 / 5))))
        outcome = None if is_open else "block" if blocked else "allow"
        wave = None
        if is_open and open_so_far % IN_WAVES == 0:
            if open_so_far % (IN_WAVES * WAVE) == 0:
                first = item_id
            wave = first
        open_so_far += is_open
        state = "resolved" if outcome else "escalated" if draw.random() < 0.05 else "open"
        items.append(
            (
                item_id,
                decision_id,
                state,
                1 if is_open else 2,
                opened,
                priority_of(verdict),
                verdict.category.value if verdict.category else None,
                verdict.label.value,
                verdict.score,
                verdict.action.value,
                opened if is_open else ruled_at,
                0,
                outcome,
                wave,
                lane_of(verdict).value,
                verdict.language,
            )
        )
        events.append((place + 1, opened, "plainspeak", "decision.recorded", decision_id, "[]", "", ""))
        if outcome:
            who = f"moderator-{draw.randrange(20)}"
            rulings.append((f"ruling-{decision_id}", item_id, 2, ruled_at, outcome, who, None, ""))
    connection.executemany(f"INSERT INTO audit_events VALUES ({','.join('?' * 8)})", events)
    connection.executemany(
        "INSERT INTO review_items (id, decision_id, state, version, opened_at, priority, category, label, "
        f"score, action, updated_at, turn, outcome, wave, lane, language) VALUES ({','.join('?' * 16)})",
        items,
    )
    connection.executemany(
        "INSERT INTO rulings (id, item_id, version, at, action, actor, category, note) "
        f"VALUES ({','.join('?' * 8)})",
        rulings,
    )


def pages(file: Path) -> dict[str, str]:
    """What is asked for, by name."""
    connection = sqlite3.connect(file)
    item, wave = (
        connection.execute(
            f"SELECT id FROM review_items WHERE state = 'open' AND wave IS {each} LIMIT 1"
        ).fetchone()[0]
        for each in ("NULL", "NOT NULL")
    )
    connection.close()
    return {
        "queue": "/review",
        "queue, oldest first": "/review?order=oldest",
        "queue, one category": "/review?category=threat",
        "queue, a filter that matches nothing": "/review?action=block&label=safe",
        "queue, oldest first, a filter that matches nothing": "/review?order=oldest&action=block&label=safe",
        "queue, one lane": "/review?lane=second",
        "queue, one language": "/review?language=de",
        "queue, a language that nothing is in": "/review?language=fi",
        "queue, oldest first, a language that nothing is in": "/review?order=oldest&language=fi",
        "item": f"/review/{item}",
        "item of a wave": f"/review/{wave}",
        "search, a word": "/decisions?q=chess",
        "search, two words": "/decisions?q=chess+idiot",
        "search, nothing found": "/decisions?q=absent",
        "decisions": "/decisions",
        "dashboard, 24 hours": "/dashboard?days=1",
        "dashboard, 7 days": "/dashboard?days=7",
        "dashboard, 30 days": "/dashboard?days=30",
        "policy": "/policy",
    }


def measure(client: TestClient, address: str, *, rounds: int) -> dict[str, float]:
    """Times of a page, in milliseconds, and how many queries it makes."""
    statements: list[str] = []

    def count(*arguments: object) -> None:
        statement = str(arguments[2])
        # Lexicon and policy are followed on threads of their own, however long a page takes.
        follows = threading.current_thread().name in FOLLOWERS
        if not follows and not statement.startswith(("BEGIN", "PRAGMA")):
            statements.append(statement)

    times: list[tuple[float, float]] = []
    event.listen(Engine, "before_cursor_execute", count)
    for _ in range(WARM + rounds):
        statements.clear()
        started, started_cpu = time.perf_counter(), time.process_time()
        answer = client.get(address)
        times.append((time.perf_counter() - started, time.process_time() - started_cpu))
        if answer.status_code != HTTPStatus.OK:
            raise SystemExit(f"{address} gave {answer.status_code}: {answer.text[:500]}")
    event.remove(Engine, "before_cursor_execute", count)
    walls, cpus = zip(*times[WARM:], strict=True)
    return {
        "median_ms": round(statistics.median(walls) * 1000, 1),
        "median_cpu_ms": round(statistics.median(cpus) * 1000, 1),
        "slowest_ms": round(max(walls) * 1000, 1),
        "queries": len(statements),
        "kilobytes": round(len(answer.content) / 1000),
    }


def main() -> None:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--decisions", type=int, default=DECISIONS)
    parser.add_argument("--open", type=int, default=OPEN)
    parser.add_argument("--resolved", type=int, default=RESOLVED)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--keep", type=Path, help="use the file of this folder, and leave it there")
    given = parser.parse_args()
    log_to_stderr(LogLevel.WARNING)
    size = Size(given.decisions, given.open, given.resolved)
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        print(json.dumps(run(folder, size, rounds=given.rounds), indent=2))


def run(folder: Path, size: Size, *, rounds: int) -> dict[str, object]:
    """Measure over the file of a folder, which is filled first where there is none."""
    file = folder / "desk.db"
    settings = Settings(database_url=f"sqlite:///{file}", threads=1)
    started = time.perf_counter()
    if not file.exists():
        bootstrap.upgrade_database(settings)
        policy = bootstrap.read_policy(ROOT / "policies" / "default.toml")
        fill(file, size, policy=policy, model="bench@1", now=datetime.now(UTC))
    filled_s = time.perf_counter() - started
    runtime = bootstrap.build(settings)
    with TestClient(create_app(runtime), base_url="http://127.0.0.1") as client:
        found = {name: measure(client, address, rounds=rounds) for name, address in pages(file).items()}
    return {
        "decisions": size.decisions,
        "open": size.open,
        "filled_s": round(filled_s),
        "megabytes": round(file.stat().st_size / 1_000_000),
        "pages": found,
    }


if __name__ == "__main__":
    main()
