"""How well posts that are nearly the same are found, and what it costs: `python -m benchmarks.waves`.

It prints JSON. The texts are those of the tests' corpus, which were written for it, many of them by
templates. Each is edited in one word of twenty, of ten and of five; and all of them are compared with each
other. Costs are of this process, in microseconds: of summing a text up, and of storing a post of twenty words
in a batch, compared with nothing, like no other, and in a wave.
"""

import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from itertools import combinations
from pathlib import Path

import uuid_utils

from app import bootstrap
from app.core.policy import decide
from app.core.review import Decision, open_item
from app.core.types import Category, Classification, NormalizedText, Signal
from app.core.waves import ALIKE, bands_of, likeness, shingles_of
from app.db.engine import open_database
from app.db.ledger import Ledger
from app.db.receipts import NewDecision, Submission
from app.db.recording import record
from app.db.writer import GroupWriter
from app.settings import ROOT, Settings

CORPUS = ROOT / "tests" / "corpus"
LEAST_WORDS = 10
BATCH, BATCHES = 100, 20
SPAM = "free coins for everybody here send one to this address and get some back today says {word}"


def main() -> None:
    """Measure, print."""
    draw = random.Random(1)
    rows = [
        json.loads(line) for path in sorted(CORPUS.glob("*.jsonl")) for line in path.open(encoding="utf-8")
    ]
    texts = sorted({str(row["text"]) for row in rows if "text" in row})
    long = [text for text in texts if len(text.split()) >= LEAST_WORDS]
    found = {
        "texts": len(texts),
        "alike_from": ALIKE,
        "edits_of_texts_of_ten_words_and_more": {
            "texts": len(long),
            "one_word_in_twenty": _kept(long, every=20, draw=draw),
            "one_word_in_ten": _kept(long, every=10, draw=draw),
            "one_word_in_five": _kept(long, every=5, draw=draw),
        },
        "unrelated": _apart(texts),
        "summing_up_us": {
            str(size): _us(partial(_summed_up, _post(size, draw)), 400) for size in (5, 20, 100)
        },
        "storing_us": _storing(draw),
    }
    print(json.dumps(found, indent=2))


def _kept(texts: list[str], *, every: int, draw: random.Random) -> dict[str, float]:
    """Which parts of the texts are nearly the same after an edit, and are found by a band."""
    alike = found = 0
    for text in texts:
        words = text.split()
        for place in draw.sample(range(len(words)), max(1, len(words) // every)):
            words[place] = "".join(draw.choices("abcdefghijklmnop", k=6))
        ours, theirs = shingles_of(text), shingles_of(" ".join(words))
        is_alike = likeness(ours, theirs) >= ALIKE
        alike += is_alike
        found += is_alike and bool(set(bands_of(ours)) & set(bands_of(theirs)))
    return {"alike": round(alike / len(texts), 4), "of_these_found": round(found / max(1, alike), 4)}


def _apart(texts: list[str]) -> dict[str, object]:
    """How many pairs of texts there are, how many are nearly the same, and some of those."""
    shingles = [shingles_of(text) for text in texts]
    holders: dict[str, list[int]] = {}
    for place, each in enumerate(shingles):
        for shingle in each:
            holders.setdefault(shingle, []).append(place)
    # Only texts that share a pair of words can be alike.
    touching = {pair for places in holders.values() for pair in combinations(places, 2)}
    alike = [pair for pair in touching if likeness(shingles[pair[0]], shingles[pair[1]]) >= ALIKE]
    return {
        "pairs": len(texts) * (len(texts) - 1) // 2,
        "alike": len(alike),
        "examples": [
            [texts[place][:80] for place in pair] for pair in sorted(alike)[:: max(1, len(alike) // 8)]
        ],
    }


def _post(words: int, draw: random.Random) -> str:
    return " ".join("".join(draw.choices("abcdefghijklmnop", k=5)) for _ in range(words))


def _summed_up(post: str) -> tuple[int, ...]:
    return bands_of(shingles_of(post))


def _us(call: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        call()
        times.append(time.perf_counter() - started)
    return round(statistics.median(times) * 1e6, 1)


def _storing(draw: random.Random) -> dict[str, float]:
    """Median time of a post of twenty words in a batch: not compared, like no other, in a wave."""
    kinds: dict[str, Callable[[], str]] = {
        "not_compared": lambda: _post(20, draw),
        "unlike": lambda: _post(20, draw),
        "in_a_wave": lambda: SPAM.format(word=_post(1, draw)),
    }
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database_url=f"sqlite:///{Path(folder) / 'waves.db'}")
        bootstrap.upgrade_database(settings)
        policy = bootstrap.read_policy(settings.policy)
        text = NormalizedText("", "")
        signals = (Signal("bench@1", None, 0.9), Signal("bench@1", Category.HARASSMENT, 0.9))
        verdict = decide(
            Classification(signals=signals), text=text, policy=policy, model="bench@1", lexicon="lexicon@1"
        )

        def entry(said: str) -> NewDecision:
            decision = Decision(
                id=str(uuid_utils.uuid7()),
                created_at=datetime.now(UTC),
                content_id=None,
                author_id=None,
                text=NormalizedText(said, said),
                context=(),
                text_hash="hmac-sha256:00",
                verdict=verdict,
                latency_ms=8.0,
            )
            return NewDecision(decision, open_item(decision, item_id=decision.id, now=decision.created_at))

        times: dict[str, list[float]] = {kind: [] for kind in kinds}
        with open_database(settings.database_url) as database, GroupWriter(database.writer) as writer:
            ledger = Ledger(writer)
            for _ in range(BATCHES):
                for kind, say in kinds.items():
                    entries = [entry(say()) for _ in range(BATCH)]
                    started = time.perf_counter()
                    if kind == "not_compared":
                        writer.insert(record, [Submission(tuple(entries))])
                    else:
                        ledger.record_many(entries)
                    times[kind].append((time.perf_counter() - started) / BATCH)
    return {kind: round(statistics.median(some) * 1e6, 1) for kind, some in times.items()}


if __name__ == "__main__":
    main()
