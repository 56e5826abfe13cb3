"""Fits what turns the scores of a decoder's nine words into probabilities, on rows it was not trained on.

What is fitted is `app.core.calibration.Choice`: a bias per word and a Platt scaling for harm as a whole,
fitted together, then a Platt scaling per category. A text counts by its strongest window, as in serving.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from app.core.calibration import Choice, Platt
from app.core.prompt import VERBALIZERS
from training.calibrate import LEAST_SLOPE, MOST_SLOPE, Matrix, cross_entropy
from training.sources import CATEGORIES

_MOST_BIAS = 4.0
_NEAR_ZERO = 0.003
"""Weight of the squared biases: where rows say nothing of a word, it keeps the score it has."""
_CERTAIN = 1e-6


def fit(
    windows: Sequence[Matrix],
    *,
    targets: Matrix,
    certain: NDArray[np.bool_],
    harmful: Matrix,
    weights: Matrix,
) -> Choice:
    """Fit everything.

    Args:
        windows: for each row, its windows x words, log-probabilities as the packaged file gives them.
        targets: rows x categories, 0 or 1 where `certain`.
        certain: rows x categories, whether the label is a person's.
        harmful: rows, 1, 0 or nan.
        weights: rows, how much each counts.
    """
    known = ~np.isnan(harmful)
    # The window that looks most harmful before any bias stands for the text: a bias moves few of these.
    worst = np.array([own[int(np.argmin(_shares(own)[:, 0]))] for own in windows])
    bias, overall = _overall(worst[known], harmful[known], weights[known])
    strongest = np.array([_shares(own + bias).max(axis=0) for own in windows])[:, 1:]
    categories = tuple(
        _platt(_logit(strongest[sure, column]), targets[sure, column], weights[sure])
        for column in range(len(CATEGORIES))
        for sure in [certain[:, column]]
    )
    return Choice(bias=tuple(map(float, bias)), categories=categories, overall=overall)


def _overall(scores: Matrix, truth: Matrix, weights: Matrix) -> tuple[Matrix, Platt]:
    """The biases, that of "safe" being 0, and the scaling of harm as a whole."""

    def loss(parameters: Matrix) -> float:
        bias = np.append(0.0, parameters[2:])
        logits = parameters[0] * _logit(1 - _shares(scores + bias)[:, 0]) + parameters[1]
        return cross_entropy(logits, truth, weights) + _NEAR_ZERO * float(np.square(bias).sum())

    words = len(VERBALIZERS) - 1
    bounds = [(LEAST_SLOPE, MOST_SLOPE), (-10, 10), *[(-_MOST_BIAS, _MOST_BIAS)] * words]
    start = np.array([1.0, 0.0, *[0.0] * words])
    found = minimize(loss, start, method="L-BFGS-B", bounds=bounds).x
    return np.append(0.0, found[2:]), Platt(slope=float(found[0]), intercept=float(found[1]))


def _platt(logits: Matrix, truth: Matrix, weights: Matrix) -> Platt:
    def loss(parameters: Matrix) -> float:
        return cross_entropy(parameters[0] * logits + parameters[1], truth, weights)

    bounds = [(LEAST_SLOPE, MOST_SLOPE), (-10, 10)]
    found = minimize(loss, np.array([1.0, 0.0]), method="L-BFGS-B", bounds=bounds).x
    return Platt(slope=float(found[0]), intercept=float(found[1]))


def _shares(scores: Matrix) -> Matrix:
    grown: Matrix = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Matrix = grown / grown.sum(axis=1, keepdims=True)
    return shares


def _logit(shares: Matrix) -> Matrix:
    kept = np.clip(shares, _CERTAIN, 1 - _CERTAIN)
    logits: Matrix = np.log(kept / (1 - kept))
    return logits
