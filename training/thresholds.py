"""Where thresholds may stand: what each score lets through and takes down, on rows kept back from training.

    python -m training.thresholds --run runs/mini --model MODEL.gguf

For each category and for harm as a whole, prints the lowest score at which no more than a target share of
innocent texts is reached, and the share of harmful texts that it still reaches. Innocent texts are of two
kinds: everyday ones, and hand-written twins that share their words with harm. A policy is written by people,
with these numbers beside it.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app import bootstrap
from app.services.evaluation import judge_all
from app.settings import Settings
from training.page import table
from training.sources import CATEGORIES

TARGETS = (0.02, 0.01, 0.005, 0.002)

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def main() -> None:
    """Run the stage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    arguments = parser.parse_args()
    rows = [
        json.loads(line)
        for name in ("dev", "held")
        for line in (arguments.run / f"rows-{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    scores = _scores(rows, model=arguments.model)
    everyday = np.array([row["source"].startswith("benign_") for row in rows])
    twins = np.array([row["source"].startswith("handmade") and row["harmful"] is False for row in rows])
    head = ("score of", "everyday texts reached", "threshold", "twins reached", "harmful texts reached")
    print(
        table(
            head,
            [
                line
                for place in range(scores.shape[1])
                for line in _lines(place, rows, scores[:, place], everyday=everyday, twins=twins)
            ],
        )
    )


def _scores(rows: list[dict[str, Any]], *, model: Path) -> Floats:
    """One row for each text: its categories, then harm as a whole."""
    judge = bootstrap.build_judge(Settings(model=model))
    try:
        verdicts = [verdict for chunk in judge_all(judge, [row["text"] for row in rows]) for verdict in chunk]
    finally:
        judge.classifier.close()
    return np.array([[*(each.score for each in verdict.categories), verdict.score] for verdict in verdicts])


def _lines(
    place: int, rows: list[dict[str, Any]], scores: Floats, *, everyday: Flags, twins: Flags
) -> list[list[str]]:
    name = CATEGORIES[place].value if place < len(CATEGORIES) else "any harm"
    harmful = np.array([_is_harmful(row, place) for row in rows])
    lines = []
    for target in TARGETS:
        least = threshold_for(scores[everyday], target=target)
        reached = scores >= least
        lines.append(
            [
                name,
                f"{target:.1%}",
                f"{least:.3f}",
                f"{reached[twins].mean():.1%}",
                f"{reached[harmful].mean():.1%}" if harmful.any() else "–",
            ]
        )
    return lines


def threshold_for(innocent: Floats, *, target: float) -> float:
    """The lowest score that at most `target`, less than 1, of the innocent scores reach."""
    ranked = np.sort(innocent)[::-1]
    return float(np.nextafter(ranked[int(target * len(ranked))], 1))


def _is_harmful(row: dict[str, Any], place: int) -> bool:
    if place == len(CATEGORIES):
        return row["harmful"] is True
    return bool(row["certain"][place]) and row["targets"][place] > 0.5


if __name__ == "__main__":
    main()
