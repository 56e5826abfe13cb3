"""How fast an archive is judged: `python -m benchmarks.backfill` prints JSON.

The texts are the innocent ones of the corpus, over and over, with a number behind each. The rate is that of
blocks after the first ones, without the start of Ray and of the judges, which is told apart.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.bootstrap import BENIGN
from app.core.types import Versions
from app.services.backfill import Form, Order, opened, plan_of
from app.services.lexicon import read_texts
from app.settings import ROOT

BLOCK_ROWS = 250


def archive(path: Path, *, rows: int) -> None:
    """Write an archive of so many rows."""
    texts = read_texts(BENIGN)
    with path.open("w", encoding="utf-8") as file:
        for number in range(rows):
            file.write(json.dumps({"text": f"{texts[number % len(texts)]} {number}"}) + "\n")


def run(source: Path, out: Path, *, actors: int) -> dict[str, float]:
    """Judge an archive and say how long it took."""
    words = ["backfill", str(source), "--out", str(out), "--actors", str(actors)]
    options = ["--block-rows", str(BLOCK_ROWS)]
    started = time.time()
    # Our own interpreter and our own module.
    subprocess.run(  # noqa: S603
        [sys.executable, "-m", "app.cli", *words, *options],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    whole = time.time() - started
    ends = sorted(path.stat().st_mtime for path in out.glob("part-*"))
    steady = (len(ends) - actors) * BLOCK_ROWS / (ends[-1] - ends[actors - 1])
    return {
        "actors": actors,
        "seconds_in_all": round(whole, 1),
        "seconds_to_the_first_blocks": round(ends[actors - 1] - started, 1),
        "rows_a_second_after_them": round(steady, 1),
        "bytes_of_results": sum(path.stat().st_size for path in out.glob("part-*")),
    }


def planned(source: Path, out: Path) -> float:
    """Seconds that reading an archive through once takes, for the plan."""
    order = Order(out, "text", None, Form.PARQUET, block_rows=BLOCK_ROWS, max_chars=20_000)
    started = time.process_time()
    with opened(order):
        plan_of([source], order, versions=Versions("", "", ""))
    return round(time.process_time() - started, 2)


def main() -> None:
    """Measure one and two actors, or as many as are asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=4000)
    parser.add_argument("--actors", type=int, nargs="*", default=[1, 2])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "posts.jsonl"
        archive(source, rows=options.rows)
        runs = [run(source, Path(folder) / f"out-{actors}", actors=actors) for actors in options.actors]
        result = {
            "rows": options.rows,
            "bytes": source.stat().st_size,
            "cpu_seconds_of_the_plan": planned(source, Path(folder) / "plan"),
            "runs": runs,
        }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
