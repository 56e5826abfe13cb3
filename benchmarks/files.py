"""A file of 200,000 posts through `plainspeak moderate`, killed twice and resumed. Prints JSON.

    python -m benchmarks.files [ROWS] [--model FILE.gguf] [--threads 1] [--seed 7]

Most rows are short and unlike any other, some are posts that came before, and some are empty. The process is
killed (SIGKILL) at two random moments and then finishes. Every row must be there once, in order, with a
decision of its own that is kept, and `plainspeak db verify` must find nothing. A sample is judged once more,
one post at a time: its answers must be the same. Exit status 1 where any of this does not hold.
"""

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from app import bootstrap
from app.core.types import Verdict
from app.db.engine import open_database
from app.db.queries import Queries
from app.services.files import fields_of
from app.settings import ROOT, Settings, read_settings
from benchmarks.posts import Kind, posts
from benchmarks.served import environment, verify

ROWS, SAMPLE, KILLS, SEED = 200_000, 2_000, 2, 7
AGAIN_SHARE, EMPTY_SHARE = 0.05, 0.001
"""Of the rows, how many are a post that came before, and how many have no text."""
ANSWERS = ("label", "category", "action", "normalized_text")
"""What must be the same to the letter. Scores are told apart by how many texts were judged together."""

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Killed:
    """One kill: after how many seconds of running, and how many rows were noted as done."""

    after_s: float
    rows: int


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=int, nargs="?", default=ROWS)
    parser.add_argument("--threads", type=int, default=0, help="Threads of the engine; 0 takes every core.")
    parser.add_argument("--model", type=Path, help="Another model than that of the settings.")
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    settings = read_settings()
    settings = settings.model_copy(
        update={"model": (options.model or settings.model).resolve(), "threads": options.threads}
    )
    with tempfile.TemporaryDirectory() as folder:
        figures = run(Path(folder), settings, rows=options.rows, seed=options.seed)
    print(json.dumps(figures, indent=1))
    raise SystemExit(1 if any(figures[name] for name in ("wrong_rows", "other_answers", "verify")) else 0)


def run(folder: Path, settings: Settings, *, rows: int, seed: int) -> dict[str, object]:
    """Judge a file of so many rows with kills in between, look at the result, and give the figures."""
    source, out, url = folder / "posts.csv", folder / "out.csv", f"sqlite:///{folder}/files.db"
    texts, chance = material(rows, seed=seed), Random(seed)
    with source.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("n", "text"), *enumerate(texts)])
    own = environment(url) | {
        "PLAINSPEAK_MODEL": str(settings.model),
        "PLAINSPEAK_THREADS": str(settings.threads),
    }
    started = time.monotonic()
    kills = [_run(source, out, own, until=round(rows * share)) for share in sorted(_moments(chance))]
    _run(source, out, own, until=None)
    elapsed_s = time.monotonic() - started
    with out.open(newline="", encoding="utf-8") as file:
        found = list(csv.DictReader(file))
    judged = [row for row in found if row["plainspeak_decision"]]
    sample = chance.sample(judged, min(SAMPLE, len(judged)))
    alone = _one_by_one([row["text"] for row in sample], settings)
    return {
        "rows": rows,
        "judged": len(judged),
        "different_texts": len(set(texts)),
        "kills": [{"after_s": round(each.after_s, 1), "rows": each.rows} for each in kills if each],
        "wrong_rows": wrong_rows(found, texts, kept=_kept(url)),
        "sample": len(sample),
        "other_answers": sum(
            any(row[f"plainspeak_{name}"] != fields[name] for name in ANSWERS)
            for row, fields in zip(sample, alone, strict=True)
        ),
        "largest_score_difference": max(
            round(abs(float(row["plainspeak_score"]) - float(fields["score"])), 4)
            for row, fields in zip(sample, alone, strict=True)
        ),
        "verify": verify(url),
        "model": settings.model.name,
        "threads": settings.threads,
        "seconds": round(elapsed_s, 1),
        "rows_per_second": round(rows / elapsed_s, 1),
        "database_mb": round((folder / "files.db").stat().st_size / 1e6, 1),
    }


def material(rows: int, *, seed: int) -> list[str]:
    """The texts of the rows."""
    texts, chance = posts(Kind.SHORT, rows, seed=seed), Random(f"files {seed}")
    for place in range(1, rows):
        drawn = chance.random()
        if drawn < EMPTY_SHARE:
            texts[place] = ""
        elif drawn < EMPTY_SHARE + AGAIN_SHARE:
            texts[place] = texts[chance.randrange(place)]
    return texts


def wrong_rows(found: Sequence[Row], texts: Sequence[str], *, kept: set[str]) -> int:
    """How many rows are missing, out of place, without a decision of their own, or judged and not there."""
    decisions = [row["plainspeak_decision"] for row in found if row["plainspeak_decision"]]
    wrong = abs(len(found) - len(texts)) + len(decisions) - len(set(decisions)) + len(kept ^ set(decisions))
    for number, (row, text) in enumerate(zip(found, texts, strict=False)):
        answered = bool(row["plainspeak_decision"]) if text else row["plainspeak_error"] == "empty_text"
        wrong += not (answered and (row["n"], row["text"]) == (str(number), text))
    return wrong


def _moments(chance: Random) -> list[float]:
    """When to kill, as shares of the file."""
    return [chance.uniform(0.05, 0.95) for _ in range(KILLS)]


def _run(source: Path, out: Path, own: Mapping[str, str], *, until: int | None) -> Killed | None:
    """Judge until so many rows are done and kill the process; to the end where no number is given."""
    command = [sys.executable, "-m", "app.cli", "moderate", str(source), "--out", str(out)]
    state, started = out.with_name(out.name + ".run.json"), time.monotonic()
    with subprocess.Popen(command, env=own, cwd=ROOT) as process:  # noqa: S603 our own command
        if until is None:
            if process.wait():
                raise SystemExit("It did not finish.")
            return None
        while _done(state) < until:
            if process.poll() is not None:
                raise SystemExit("It ended too early.")
            time.sleep(0.05)
        # Anywhere in a group of rows, not only where it was just noted.
        time.sleep(Random(until).uniform(0, 1))
        process.kill()
    return Killed(time.monotonic() - started, _done(state))


def _done(state: Path) -> int:
    return int(json.loads(state.read_text(encoding="utf-8"))["rows"]) if state.exists() else 0


def _kept(url: str) -> set[str]:
    """The ids of all decisions in a database."""
    with open_database(url) as database:
        return {decision.id for decision in Queries(database.reader).decisions()}


def _one_by_one(texts: Sequence[str], settings: Settings) -> list[dict[str, str]]:
    """What each text gets when it is judged alone, as it is written in a file."""
    judge = bootstrap.build_judge(settings)
    try:
        return [_written(judge.judge([text])[0].verdict, judge.read(text).plain) for text in texts]
    finally:
        judge.classifier.close()


def _written(verdict: Verdict, plain: str) -> dict[str, str]:
    fields = fields_of(verdict, plain=plain)
    return {name: "" if value is None else str(value) for name, value in fields.items()}


if __name__ == "__main__":
    main()
