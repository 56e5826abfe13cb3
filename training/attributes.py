"""Fits our scores to the scale of the Perspective API's attributes, and says what its thresholds flag here.

    python -m training.attributes --data DATA --run runs/mini --model MODEL.gguf

Perspective's scores were the share of readers who would call a comment toxic, an insult and so on, learned
from comments on Wikipedia talk pages among others; labels of a part of those are public (jigsaw). On the rows
of DATA/train/jigsaw_train_subset that the run kept back, weighted to how common toxic comments were there,
each attribute with enough positives gets a Platt scaling. Prints the table for `app/core/taxonomies.py`, and
what usual thresholds flag on DATA/dev/jigsaw_test_subset, which nothing was fitted on.
"""

import argparse
import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from app import bootstrap
from app.core.calibration import Platt, logit
from app.core.taxonomies import perspective_evidence, perspective_score
from app.core.types import Verdict
from app.services.evaluation import judge_all
from app.settings import Settings
from training.calibrate import Matrix, platt
from training.page import table
from training.sources import fingerprint

LABELS = {
    "TOXICITY": "toxic",
    "SEVERE_TOXICITY": "severe_toxic",
    "OBSCENE": "obscene",
    "THREAT": "threat",
    "INSULT": "insult",
    "IDENTITY_ATTACK": "identity_hate",
}
"""What the public files call the attributes."""
TOXIC_SHARE = 0.0958
"""Of the 159,571 comments of the official training file (Jigsaw Toxic Comment Classification, 2018)."""
FEWEST_POSITIVES = 30
THRESHOLDS = (0.5, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class _Comment:
    text: str
    labels: dict[str, bool]


def main() -> None:
    """Run the tool."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    arguments = parser.parse_args()
    lines = (arguments.run / "rows-dev.jsonl").read_text(encoding="utf-8").splitlines()
    kept_back = {fingerprint(json.loads(line)["text"]) for line in lines}
    fitted_on = [
        comment
        for comment in _comments(arguments.data / "train" / "jigsaw_train_subset.jsonl.gz")
        if fingerprint(comment.text) in kept_back
    ]
    measured_on = _comments(arguments.data / "dev" / "jigsaw_test_subset.jsonl.gz")
    verdicts = _verdicts(arguments.model, [comment.text for comment in (*fitted_on, *measured_on)])
    for attribute, found in fit(fitted_on, verdicts[: len(fitted_on)]).items():
        print(f'    "{attribute}": Platt(slope={found.slope:.3f}, intercept={found.intercept:.3f}),')
    head = ("attribute", "threshold", "flagged", "precision", "recall")
    print(f"\n{table(head, flags(measured_on, verdicts[len(fitted_on) :]))}")


def fit(comments: Sequence[_Comment], verdicts: Sequence[Verdict]) -> dict[str, Platt]:
    """A Platt scaling of the evidence for each attribute that enough comments have."""
    found = {}
    for attribute, label in LABELS.items():
        known = [place for place, comment in enumerate(comments) if label in comment.labels]
        truth = np.array([comments[place].labels[label] for place in known], dtype=float)
        if truth.sum() >= FEWEST_POSITIVES:
            evidence = np.array([logit(perspective_evidence(verdicts[place], attribute)) for place in known])
            found[attribute] = platt(evidence, truth, _weights([comments[place] for place in known]))
    return found


def flags(comments: Sequence[_Comment], verdicts: Sequence[Verdict]) -> list[list[str]]:
    """For each attribute and threshold: the share flagged, and how often that is right and complete."""
    lines = []
    for attribute, label in LABELS.items():
        known = [place for place, comment in enumerate(comments) if label in comment.labels]
        truth = np.array([comments[place].labels[label] for place in known])
        if truth.sum() < FEWEST_POSITIVES:
            continue
        scores = np.array([perspective_score(verdicts[place], attribute) for place in known])
        weights = _weights([comments[place] for place in known])
        for threshold in THRESHOLDS:
            flagged = scores >= threshold
            right = (weights * (flagged & truth)).sum()
            shares = (
                (weights * flagged).sum() / weights.sum(),
                right / max((weights * flagged).sum(), 1e-9),
                right / (weights * truth).sum(),
            )
            lines.append([attribute, f"{threshold}", *(f"{share:.1%}" for share in shares)])
    return lines


def _comments(path: Path) -> list[_Comment]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return [
        _Comment(
            text=row["text"],
            labels={
                **{key: bool(value) for key, value in row["labels"].items() if key in LABELS.values()},
                "toxic": bool(row["harmful"]),
            },
        )
        for row in rows
        if row["harmful"] is not None
    ]


def _weights(comments: Sequence[_Comment]) -> Matrix:
    """Weights under which toxic comments are as common as they were, for the files hold more of them."""
    toxic = np.array([comment.labels["toxic"] for comment in comments])
    share = toxic.mean()
    weights: Matrix = np.where(toxic, TOXIC_SHARE / share, (1 - TOXIC_SHARE) / (1 - share))
    return weights


def _verdicts(model: Path, texts: Sequence[str]) -> list[Verdict]:
    judge = bootstrap.build_judge(Settings(model=model))
    try:
        return [verdict for chunk in judge_all(judge, texts) for verdict in chunk]
    finally:
        judge.classifier.close()


if __name__ == "__main__":
    main()
