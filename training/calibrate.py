"""Fits what turns a model's logits into probabilities, on labelled rows it was not trained on.

The encoder's and the n-gram model's logits are stacked per category, then a weighted noisy-or with a Platt
scaling of its own says "harmful at all". Weights are not negative, so more evidence never lowers the score.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from app.core.calibration import Overall, Platt, Stack
from app.core.types import Category
from training.sources import CATEGORIES

Matrix = NDArray[np.float64]

_PROFANITY = CATEGORIES.index(Category.PROFANITY)
MOST_PROFANITY_WEIGHT = 0.15
"""Sources differ on whether casual swearing is harm; this service marks it and leaves it alone."""
LEAST_SLOPE, MOST_SLOPE = 0.2, 4.0
"""Bounds of the slope of a Platt scaling: a model is neither ignored nor believed without limit."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The calibration of one file."""

    categories: tuple[Stack, ...]
    overall: Overall


def fit(
    windows: Sequence[Matrix],
    *,
    second: Matrix,
    targets: Matrix,
    certain: NDArray[np.bool_],
    harmful: Matrix,
    weights: Matrix,
) -> Fit:
    """Fit everything.

    Args:
        windows: for each row, its windows x categories, as the packaged file gives them.
        second: rows x categories, what the n-gram model says of the whole text.
        targets: rows x categories, 0 or 1 where `certain`.
        certain: rows x categories, whether the label is a person's.
        harmful: rows, 1, 0 or nan.
        weights: rows, how much each counts.
    """
    strongest = np.array([own.max(axis=0) for own in windows])
    categories = tuple(
        _stack(strongest[known, column], second[known, column], targets[known, column], weights[known])
        for column in range(len(CATEGORIES))
        for known in [certain[:, column]]
    )
    probabilities = np.array(
        [_worst_window(own, also, categories) for own, also in zip(windows, second, strict=True)]
    )
    known = ~np.isnan(harmful)
    return Fit(categories=categories, overall=_overall(probabilities[known], harmful[known], weights[known]))


def _stack(logits: Matrix, second: Matrix, truth: Matrix, weights: Matrix) -> Stack:
    def loss(parameters: Matrix) -> float:
        slope, other, intercept = parameters
        return cross_entropy(slope * logits + other * second + intercept, truth, weights)

    bounds = [(LEAST_SLOPE, MOST_SLOPE), (0.0, MOST_SLOPE), (-10, 10)]
    found = minimize(loss, np.array([1.0, 0.0, 0.0]), method="L-BFGS-B", bounds=bounds)
    slope, other, intercept = map(float, found.x)
    return Stack(slope=slope, second=other, intercept=intercept)


def _worst_window(windows: Matrix, second: Matrix, categories: tuple[Stack, ...]) -> Matrix:
    """The probabilities of the window most likely to be harmful: serving takes one, not a mixture."""
    slopes, others, intercepts = np.array([(c.slope, c.second, c.intercept) for c in categories]).T
    probabilities = 1 / (1 + np.exp(-(slopes * windows + others * second + intercepts)))
    harm = 1 - np.prod(1 - np.delete(probabilities, _PROFANITY, axis=1), axis=1)
    worst: Matrix = probabilities[int(np.argmax(harm))]
    return worst


def _overall(probabilities: Matrix, truth: Matrix, weights: Matrix) -> Overall:
    evidence = -np.log1p(-np.clip(probabilities, 0, 1 - 1e-6))
    count = len(CATEGORIES)

    def loss(parameters: Matrix) -> float:
        either = np.clip(1 - np.exp(-evidence @ parameters[:count]), 1e-6, 1 - 1e-6)
        logits = parameters[count] * np.log(either / (1 - either)) + parameters[count + 1]
        near_one = 0.002 * float(np.square(parameters[:count] - 1).sum())
        return cross_entropy(logits, truth, weights) + near_one

    bounds = [(0.0, MOST_PROFANITY_WEIGHT if column == _PROFANITY else 3.0) for column in range(count)]
    start = np.array([min(1.0, high) for _, high in bounds] + [1.0, 0.0])
    found = minimize(loss, start, method="L-BFGS-B", bounds=[*bounds, (LEAST_SLOPE, MOST_SLOPE), (-10, 10)])
    return Overall(
        weights=tuple(float(value) for value in found.x[:count]),
        platt=Platt(slope=float(found.x[count]), intercept=float(found.x[count + 1])),
    )


def cross_entropy(logits: Matrix, truth: Matrix, weights: Matrix) -> float:
    """Weighted mean cross-entropy of logits against 0 or 1."""
    losses = np.logaddexp(0, logits) - truth * logits
    return float((losses * weights).sum() / weights.sum())
