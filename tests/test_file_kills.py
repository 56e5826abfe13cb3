"""`plainspeak moderate FILE --out OUT`, killed twice: every row once, and the same answers."""

import csv
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

from app.bootstrap import Runtime
from app.core.types import Content
from app.db.engine import open_database
from app.db.queries import Queries

ROWS = 2000
KILLED_AT = (300, 900)
SAMPLE = 64
WORDS = ("good morning", "k!ll y0urs3lf", "have a lovely day", "I want to unalive myself", "see you at six")


def rows_done(state: Path) -> int:
    return int(json.loads(state.read_text())["rows"]) if state.exists() else 0


def test_a_file_is_judged_once_and_whole_although_it_is_killed_twice(
    environment: dict[str, str], tmp_path: Path, database_file: Path, runtime: Runtime
) -> None:
    source, out = tmp_path / "posts.csv", tmp_path / "out.csv"
    texts = [f"{WORDS[number % len(WORDS)]}, {number}" for number in range(ROWS)]
    with source.open("w", newline="") as file:
        csv.writer(file).writerows([["n", "text"], *([str(n), text] for n, text in enumerate(texts))])
    command = [sys.executable, "-m", "app.cli", "moderate", str(source), "--out", str(out)]

    for killed_at in KILLED_AT:
        with subprocess.Popen(command, env=environment) as process:
            while rows_done(tmp_path / "out.csv.run.json") < killed_at:
                assert process.poll() is None
                time.sleep(0.01)
            process.kill()
        assert process.returncode == -signal.SIGKILL
        assert not out.exists()
    last = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)

    assert "rows of an earlier run are kept" in last.stderr
    assert f"{ROWS} rows written" in last.stderr
    with out.open(newline="") as file:
        found = list(csv.DictReader(file))
    assert [(row["n"], row["text"]) for row in found] == [(str(n), text) for n, text in enumerate(texts)]
    # Each row has a decision of its own, and there is no other: nothing was judged twice.
    with open_database(f"sqlite:///{database_file}") as database:
        kept = {each.id: each for each in Queries(database.reader).decisions()}
    decisions = [kept.pop(row["plainspeak_decision"]) for row in found]
    assert kept == {}
    assert [each.text.original for each in decisions if each.text] == texts
    again = runtime.moderation.moderate_many([(Content(text=text), False) for text in texts[-SAMPLE:]])
    assert [(row["plainspeak_label"], row["plainspeak_action"]) for row in found[-SAMPLE:]] == [
        (answer.decision.verdict.label.value, answer.decision.verdict.action.value) for answer in again
    ]
    assert {path.name for path in tmp_path.glob("out*")} == {"out.csv"}
