"""`plainspeak compare-perspective`: thresholds that flag as many as Perspective's did."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SAVED = (
    ("have a lovely day", {"TOXICITY": 0.02, "SEVERE_TOXICITY": 0.01}),
    ("what a stupid idea", {"TOXICITY": 0.72, "SEVERE_TOXICITY": 0.1}),
    ("you worthless idiot", {"TOXICITY": 0.93, "SEVERE_TOXICITY": 0.4, "SPAM": 0.1}),
)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "saved.jsonl"
    rows = [
        {
            "text": text,
            "attributeScores": {name: {"summaryScore": {"value": score}} for name, score in scores.items()},
        }
        for text, scores in SAVED
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def compare(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "app.cli", "compare-perspective", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def test_each_threshold_has_one_of_ours_that_flags_as_many(environment: dict[str, str], saved: Path) -> None:
    found = json.loads(compare(environment, str(saved), "--json", "--threshold", "0.9", "--threshold", "0.3"))

    severe, toxicity = found["attributes"]
    assert (severe["attribute"], toxicity["attribute"]) == ("SEVERE_TOXICITY", "TOXICITY")
    assert [(each["threshold"], each["their_flags"]) for each in toxicity["levels"]] == [(0.3, 2), (0.9, 1)]
    assert [(each["threshold"], each["their_flags"]) for each in severe["levels"]] == [(0.3, 1), (0.9, 0)]
    assert severe["levels"][1]["matching_threshold"] is None
    assert found["unscored"] == ["SPAM"]
    assert saved.with_suffix(".svg").read_text().count('class="mark"') == 3


def test_names_and_figures_fit_a_narrow_terminal(environment: dict[str, str], saved: Path) -> None:
    shown = compare(environment | {"COLUMNS": "80"}, str(saved))

    assert "SEVERE_TOXICITY" in shown
    assert "as many at" in shown
    assert "\u2026" not in shown
    assert all(f" {threshold} " in shown for threshold in ("0.5", "0.7", "0.8", "0.9"))
    assert "Not scored here: SPAM" in shown
