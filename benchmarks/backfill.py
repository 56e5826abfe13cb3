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

from app import bootstrap
from app.bootstrap import BENIGN
from app.services.backfill import BlockJudge, Form, Order, opened, plan_of
from app.services.lexicon import read_texts
from app.settings import ROOT, Settings

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


def alone(source: Path, out: Path) -> dict[str, float]:
    """What one judge with one thread does in this process: CPU time, which neighbours do not count in."""
    order = Order(out, "text", None, Form.PARQUET, block_rows=BLOCK_ROWS, max_chars=20_000)
    load = bootstrap.backfill_judge(Settings())
    versions = bootstrap.versions_of_judge(load)
    with opened(order):
        started = time.process_time()
        plan = plan_of([source], order, versions=versions)
        planned = time.process_time() - started
        judge = BlockJudge(load, plan, out)
        first, *others = plan.blocks
        judge.judge(first)
        started = time.process_time()
        rows = sum(judge.judge(block).rows for block in others)
        judged = time.process_time() - started
        judge.close()
    return {
        "rows_planned_a_cpu_second": round(plan.rows / planned),
        "rows_judged_a_cpu_second": round(rows / judged, 1),
    }


def main() -> None:
    """Measure one judge alone, and one and two actors, or as many as are asked for."""
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
            "alone": alone(source, Path(folder) / "alone"),
            "runs": runs,
        }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
