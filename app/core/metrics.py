"""Figures of merit for scores against labels. Shapes: one score and one label (True is harmful) per text.

The definitions are scikit-learn's; a test holds them to it. They are written here because the service would
need that library for nothing else.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
Labels = NDArray[np.bool_]
Figure = Callable[[Scores, Labels], float]

CALIBRATION_BINS = 15


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Texts of like score."""

    rows: int
    score: float
    """Their mean score."""
    rate: float
    """The share of them that is harmful."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """What a yes-or-no answer gets right. A rate without cases is nan."""

    precision: float
    recall: float
    f1: float
    macro_f1: float
    false_positive_rate: float


def auroc(scores: Scores, labels: Labels) -> float:
    """Area under the ROC curve: the chance that a harmful text scores above an innocent one.

    nan without both kinds.
    """
    positive, negative = int(labels.sum()), int((~labels).sum())
    if not positive or not negative:
        return float("nan")
    ordered, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    del ordered
    ranks = np.cumsum(counts) - (counts - 1) / 2
    return float((ranks[inverse][labels].sum() - positive * (positive + 1) / 2) / (positive * negative))


def auprc(scores: Scores, labels: Labels) -> float:
    """Average precision, the step-wise area under the precision-recall curve. nan without a harmful text."""
    positive = int(labels.sum())
    if not positive:
        return float("nan")
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(labels[order])
    last_of_tie = np.append(np.diff(scores[order]) != 0, values=True)
    recall = hits[last_of_tie] / positive
    precision = hits[last_of_tie] / (np.flatnonzero(last_of_tie) + 1)
    return float((np.diff(np.concatenate([[0.0], recall])) * precision).sum())


def at_threshold(flagged: Labels, labels: Labels) -> Threshold:
    """Precision, recall, F1 of the harmful side, the mean F1 of both sides, and the false positive rate."""
    hit, false = int((flagged & labels).sum()), int((flagged & ~labels).sum())
    missed, right = int((~flagged & labels).sum()), int((~flagged & ~labels).sum())
    f1 = _ratio(2 * hit, 2 * hit + false + missed)
    f1_safe = _ratio(2 * right, 2 * right + false + missed)
    return Threshold(
        precision=_ratio(hit, hit + false),
        recall=_ratio(hit, hit + missed),
        f1=f1,
        macro_f1=(f1 + f1_safe) / 2,
        false_positive_rate=_ratio(false, false + right),
    )


def reliability(scores: Scores, labels: Labels, *, bins: int = CALIBRATION_BINS) -> tuple[Bin, ...]:
    """Bins of equal mass by score; a diagram of them shows how far scores can be believed."""
    if not len(scores):
        return ()
    parts = np.array_split(np.argsort(scores, kind="stable"), min(bins, len(scores)))
    return tuple(
        Bin(rows=len(part), score=float(scores[part].mean()), rate=float(labels[part].mean()))
        for part in parts
    )


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: mean distance of score and observed rate. nan without bins."""
    return _ratio(
        sum(each.rows * abs(each.score - each.rate) for each in bins), sum(each.rows for each in bins)
    )


def bootstrap(figure: Figure, scores: Scores, labels: Labels, *, draws: int, seed: int) -> Interval:
    """A figure with its percentile bootstrap interval over texts. nan where the figure is."""
    value = figure(scores, labels)
    if np.isnan(value):
        return Interval(value=value, low=value, high=value)
    random = np.random.default_rng(seed)
    parts = (random.integers(0, len(scores), len(scores)) for _ in range(draws))
    values = [figure(scores[part], labels[part]) for part in parts]
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return Interval(value=value, low=float(low), high=float(high))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")
