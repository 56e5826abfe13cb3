"""Fits a calibration to labelled texts, as `plainspeak models add` does for a model of one's own."""

import math
from collections.abc import Sequence

from app.core.calibration import Choice, Platt, logit, sigmoid

_LEAST_SLOPE, _MOST_SLOPE = 0.05, 20.0
_MOST_STEPS = 50
_CLOSE = 1e-8
NEUTRAL = Platt(slope=1.0, intercept=0.0)


def fit_choice(
    scores: Sequence[Sequence[float]],
    *,
    harmful: Sequence[bool | None],
    harm: Sequence[Sequence[bool | None]],
    empty: Sequence[float],
) -> Choice:
    """The calibration of a choice.

    Args:
        scores: for each text, the log-probability of each word.
        harmful: for each text, whether it is; None where nobody said.
        harm: for each text and category, the same.
        empty: the scores of a text without content. Negated they are the bias, which takes out what the
            model would rather say whatever the text.
    """
    bias = tuple(-score for score in empty)
    count = len(bias) - 1
    raw = Choice(bias=bias, categories=(NEUTRAL,) * count, overall=NEUTRAL)
    shares = [raw.probabilities(each) for each in scores]
    return Choice(
        bias=bias,
        categories=tuple(
            fit_platt([each[place] for each in shares], [each[place] for each in harm])
            for place in range(count)
        ),
        overall=fit_platt([each[-1] for each in shares], harmful),
    )


def fit_platt(shares: Sequence[float], labels: Sequence[bool | None]) -> Platt:
    """The scaling of the logits of some shares that makes the labels likeliest (Newton's method).

    The targets are Platt's, a little inside of 0 and 1, so that a clean split gives no infinite slope.
    Without texts of both kinds there is nothing to fit, and the shares stay as they are.
    """
    known = [(logit(share), label) for share, label in zip(shares, labels, strict=True) if label is not None]
    positives = sum(label for _, label in known)
    negatives = len(known) - positives
    if not positives or not negatives:
        return NEUTRAL
    high, low = (positives + 1) / (positives + 2), 1 / (negatives + 2)
    points = [(value, high if label else low) for value, label in known]
    slope, intercept = 1.0, 0.0
    for _ in range(_MOST_STEPS):
        steps = _newton_step(points, slope, intercept)
        slope = min(max(slope + steps[0], _LEAST_SLOPE), _MOST_SLOPE)
        intercept += steps[1]
        if max(map(abs, steps)) < _CLOSE:
            break
    return Platt(slope=slope, intercept=intercept)


def _newton_step(
    points: Sequence[tuple[float, float]], slope: float, intercept: float
) -> tuple[float, float]:
    """How far to move both; at most 1, which keeps the first steps from leaping."""
    gradient_slope = gradient_intercept = 0.0
    # A ridge too small to matter keeps the matrix from being singular where all logits are one.
    ss, si, ii = 1e-6, 0.0, 1e-6
    for value, target in points:
        probability = sigmoid(slope * value + intercept)
        error, weight = target - probability, probability * (1 - probability)
        gradient_slope += error * value
        gradient_intercept += error
        ss += weight * value * value
        si += weight * value
        ii += weight
    determinant = ss * ii - si * si
    steps = (
        (ii * gradient_slope - si * gradient_intercept) / determinant,
        (ss * gradient_intercept - si * gradient_slope) / determinant,
    )
    longest = max(map(abs, steps))
    return steps if longest <= 1 or not math.isfinite(longest) else (steps[0] / longest, steps[1] / longest)
