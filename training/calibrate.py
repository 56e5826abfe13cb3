"""Fits what turns a model's logits into probabilities, on labelled rows it was not trained on.

One Platt scaling per category, then a weighted noisy-or with a Platt scaling of its own for "harmful at all".
Weights are not negative, so more evidence never lowers the score.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from app.core.calibration import Overall, Platt
from app.core.types import Category
from training.sources import CATEGORIES

Matrix = NDArray[np.float64]

_PROFANITY = CATEGORIES.index(Category.PROFANITY)
MOST_PROFANITY_WEIGHT = 0.15
"""Sources differ on whether casual swearing is harm; this service marks it and leaves it alone."""
_LEAST_SLOPE, _MOST_SLOPE = 0.2, 4.0


@dataclass(frozen=True, slots=True)
class Fit:
    """The calibration of one file."""

    categories: tuple[Platt, ...]
    overall: Overall


def fit(
    logits: Matrix, *, targets: Matrix, certain: NDArray[np.bool_], harmful: Matrix, weights: Matrix
) -> Fit:
    """Fit everything.

    Args:
        logits: rows x categories, as the packaged file gives them.
        targets: rows x categories, 0 or 1 where `certain`.
        certain: rows x categories, whether the label is a person's.
        harmful: rows, 1, 0 or nan.
        weights: rows, how much each counts.
    """
    categories = tuple(
        _platt(logits[known, column], targets[known, column], weights[known])
        for column in range(len(CATEGORIES))
        for known in [certain[:, column]]
    )
    probabilities = np.column_stack(
        [
            1 / (1 + np.exp(-(platt.slope * logits[:, column] + platt.intercept)))
            for column, platt in enumerate(categories)
        ]
    )
    known = ~np.isnan(harmful)
    return Fit(categories=categories, overall=_overall(probabilities[known], harmful[known], weights[known]))


def _platt(logits: Matrix, truth: Matrix, weights: Matrix) -> Platt:
    def loss(parameters: Matrix) -> float:
        return _cross_entropy(parameters[0] * logits + parameters[1], truth, weights)

    found = minimize(
        loss, np.array([1.0, 0.0]), method="L-BFGS-B", bounds=[(_LEAST_SLOPE, _MOST_SLOPE), (-10, 10)]
    )
    return Platt(slope=float(found.x[0]), intercept=float(found.x[1]))


def _overall(probabilities: Matrix, truth: Matrix, weights: Matrix) -> Overall:
    evidence = -np.log1p(-np.clip(probabilities, 0, 1 - 1e-6))
    count = len(CATEGORIES)

    def loss(parameters: Matrix) -> float:
        either = np.clip(1 - np.exp(-evidence @ parameters[:count]), 1e-6, 1 - 1e-6)
        logits = parameters[count] * np.log(either / (1 - either)) + parameters[count + 1]
        near_one = 0.002 * float(np.square(parameters[:count] - 1).sum())
        return _cross_entropy(logits, truth, weights) + near_one

    bounds = [(0.0, MOST_PROFANITY_WEIGHT if column == _PROFANITY else 3.0) for column in range(count)]
    start = np.array([min(1.0, high) for _, high in bounds] + [1.0, 0.0])
    found = minimize(loss, start, method="L-BFGS-B", bounds=[*bounds, (_LEAST_SLOPE, _MOST_SLOPE), (-10, 10)])
    return Overall(
        weights=tuple(float(value) for value in found.x[:count]),
        platt=Platt(slope=float(found.x[count]), intercept=float(found.x[count + 1])),
    )


def _cross_entropy(logits: Matrix, truth: Matrix, weights: Matrix) -> float:
    losses = np.logaddexp(0, logits) - truth * logits
    return float((losses * weights).sum() / weights.sum())
