"""How much our Perspective scores flag beside what people flagged. Prints JSON.

    python -m benchmarks.perspective_scale FILE.jsonl.gz ...

Each file has one JSON object on each line with a "text" and "labels", of one of three kinds: the six labels
of Jigsaw's Toxic Comment Classification Challenge; the "votes" of HateXplain's raters (1 is normal); or the
ratings "is_abuse" of ConvAbuse (below 0 is abuse).

Jigsaw's comments are weighted to how often each label is given in the whole test set of the challenge: the
samples that go around are rich in harmful ones. For each attribute the probability is printed from which as
many comments are flagged as people flagged, for `app.core.perspective_scale.EVEN`; how much is flagged at
some thresholds before and after it; and, as a check, how much is with what the other half of the comments
gave. Votes say what share of people found a comment abusive, as Perspective said that its scores do.
"""

import gzip
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app import bootstrap
from app.core.perspective_scale import moved
from app.core.taxonomies import perspective_probability, perspective_score
from app.core.types import Verdict
from app.services.evaluation import judge_all
from app.settings import read_settings

THRESHOLDS = (0.5, 0.7, 0.8, 0.9)
COMMENTS, CLEAN = 63_978, 57_735
"""Of the challenge's test set that count, and those of them without any label."""
LABELLED = {
    "TOXICITY": ("toxic", 6_090),
    "SEVERE_TOXICITY": ("severe_toxic", 367),
    "IDENTITY_ATTACK": ("identity_hate", 712),
    "INSULT": ("insult", 3_427),
    "PROFANITY": ("obscene", 3_691),
    "THREAT": ("threat", 211),
}
"""By attribute, the label that is its own, and how many comments of the test set have it."""
SEED = 7

SHARES: Mapping[str, Callable[[Sequence[int]], float]] = {
    "votes": lambda votes: fmean(vote != 1 for vote in votes),
    "is_abuse": lambda ratings: fmean(rating < 0 for rating in ratings),
}
"""How the share of raters who found a comment abusive is told, by the field that has their votes."""

Vector = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Labels:
    """What people said of some comments, for one attribute."""

    positive: Mask
    """Comments that have the label."""
    clean: Mask
    """Comments without any label."""
    rate: float
    """Share of comments that have it in the whole test set."""

    def weights(self, among: Mask) -> Vector:
        """How much each comment counts, so that labelled, otherwise labelled and clean ones are as usual."""
        clean_rate = CLEAN / COMMENTS
        groups = (
            (self.positive, self.rate),
            (~self.positive & ~self.clean, 1 - self.rate - clean_rate),
            (~self.positive & self.clean, clean_rate),
        )
        found: Vector = np.zeros(len(among))
        for mask, share in groups:
            if (mask & among).any():
                found[mask & among] = share / (mask & among).sum()
        found /= found.sum()
        return found


def main(paths: Sequence[Path]) -> None:
    """Measure and print."""
    rows = [row for path in paths for row in _rows(path)]
    judge = bootstrap.build_judge(read_settings())
    try:
        verdicts = [verdict for chunk in judge_all(judge, [row["text"] for row in rows]) for verdict in chunk]
    finally:
        judge.classifier.close()
    labelled = [place for place, row in enumerate(rows) if "toxic" in row["labels"]]
    voted = {name: [place for place, row in enumerate(rows) if name in row["labels"]] for name in SHARES}
    found: dict[str, object] = {"model": verdicts[0].versions.model}
    if labelled:
        found["labels"] = by_attribute(
            [rows[place]["labels"] for place in labelled], [verdicts[place] for place in labelled]
        )
    for name, places in voted.items():
        if places:
            shares = [SHARES[name](rows[place]["labels"][name]) for place in places]
            found[name] = beside_shares(shares, [verdicts[place] for place in places])
    print(json.dumps(found, indent=1))


def by_attribute(labels: Sequence[Mapping[str, int]], verdicts: Sequence[Verdict]) -> dict[str, object]:
    """The figures of each attribute over comments with Jigsaw's labels."""
    clean = np.array([not any(each[name] == 1 for name, _ in LABELLED.values()) for each in labels])
    return {
        attribute: _figures(
            np.array([perspective_probability(verdict, attribute) for verdict in verdicts]),
            Labels(np.array([each[name] == 1 for each in labels]), clean, count / COMMENTS),
        )
        for attribute, (name, count) in LABELLED.items()
    }


def beside_shares(shares: Sequence[float], verdicts: Sequence[Verdict]) -> dict[str, object]:
    """How many comments so large a share of raters found abusive, and how many TOXICITY flags."""
    share = np.array(shares)
    before = np.array([perspective_probability(verdict, "TOXICITY") for verdict in verdicts])
    after = np.array([perspective_score(verdict, "TOXICITY") for verdict in verdicts])
    equal = np.full(len(share), 1 / len(share))
    return {
        "comments": len(share),
        "share_of_raters": _flagged(share, equal),
        "before": _flagged(before, equal),
        "after": _flagged(after, equal),
        "mean_share": round(float(share.mean()), 3),
        "mean_before": round(float(before.mean()), 3),
        "mean_after": round(float(after.mean()), 3),
    }


def even(probabilities: Vector, labels: Labels, *, among: Mask) -> float:
    """The probability from which as many comments are flagged as people flagged."""
    order = np.argsort(-probabilities, kind="stable")
    flagged = np.cumsum(labels.weights(among)[order])
    last = int(np.searchsorted(flagged, labels.rate))
    return float(np.mean(probabilities[order][last : last + 2]))


def _figures(probabilities: Vector, labels: Labels) -> dict[str, object] | None:
    """The figures of one attribute; None where too few comments have any probability of it."""
    everyone = np.ones(len(probabilities), dtype=bool)
    half = np.random.default_rng(SEED).random(len(probabilities)) < 0.5
    middle = even(probabilities, labels, among=everyone)
    if not 0 < middle < 1:
        return None
    crossed = [
        _flagged(_moved(probabilities, even(probabilities, labels, among=~part)), labels.weights(part))
        for part in (half, ~half)
    ]
    return {
        "comments": len(probabilities),
        "positives": int(labels.positive.sum()),
        "labelled": round(labels.rate, 4),
        "even": round(middle, 3),
        "before": _flagged(probabilities, labels.weights(everyone)),
        "after": _flagged(_moved(probabilities, middle), labels.weights(everyone)),
        "after_by_the_other_half": {
            threshold: round(fmean(each[threshold] for each in crossed), 4) for threshold in crossed[0]
        },
    }


def _moved(probabilities: Vector, middle: float) -> Vector:
    return np.array([moved(float(each), even=middle) for each in probabilities])


def _flagged(scores: Vector, weights: Vector) -> dict[str, float]:
    """Share of comments at or above each threshold."""
    return {f"{each:g}": round(float(weights[scores >= each].sum()), 4) for each in THRESHOLDS}


def _rows(path: Path) -> list[dict[str, Any]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return [row for row in rows if row["text"].strip()]


if __name__ == "__main__":
    if len(sys.argv) == 1:
        raise SystemExit("Name at least one file of labelled comments.")
    main([Path(name) for name in sys.argv[1:]])
