"""A file of 200,000 rows through `plainspeak moderate`, killed twice and resumed.

    python -m benchmarks.files [ROWS]

Writes the file and a fresh database into a folder of its own, kills the process at a third and at two thirds,
lets it finish, checks that every row is there once with a decision of its own, and prints JSON with the time.
"""

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.settings import ROOT
from benchmarks.coral import SENTENCES

ROWS = 200_000


def main(rows: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "posts.csv", Path(folder) / "out.csv"
        _write(source, rows)
        database = {"PLAINSPEAK_DATABASE_URL": f"sqlite:///{folder}/files.db"}
        started = time.monotonic()
        for killed_at in (rows // 3, 2 * rows // 3, None):
            _run(source, out, killed_at=killed_at, environment=os.environ | database)
        elapsed_s = time.monotonic() - started
        with out.open(newline="", encoding="utf-8") as file:
            found = list(csv.DictReader(file))
    if [row["n"] for row in found] != [str(number) for number in range(rows)]:
        raise SystemExit("A row is missing, or there twice.")
    decisions = {row["plainspeak_decision"] for row in found}
    result = {"rows": rows, "decisions": len(decisions), "seconds": round(elapsed_s, 1)}
    print(json.dumps(result | {"rows_per_second": round(rows / elapsed_s, 1)}))


def _write(path: Path, rows: int) -> None:
    chance = random.Random(7)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["n", "text"])
        writer.writerows([number, f"{chance.choice(SENTENCES)} {number}"] for number in range(rows))


def _run(source: Path, out: Path, *, killed_at: int | None, environment: dict[str, str]) -> None:
    """Judge until so many rows are done and kill the process; to the end where no number is given."""
    command = [sys.executable, "-m", "app.cli", "moderate", str(source), "--out", str(out)]
    state = out.with_name(out.name + ".run.json")
    with subprocess.Popen(command, env=environment, cwd=ROOT) as process:  # noqa: S603 our own command
        while killed_at is not None and _done(state) < killed_at:
            if process.poll() is not None:
                raise SystemExit("It ended too early.")
            time.sleep(0.05)
        if killed_at is not None:
            process.kill()
        process.wait()


def _done(state: Path) -> int:
    return int(json.loads(state.read_text(encoding="utf-8"))["rows"]) if state.exists() else 0


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
