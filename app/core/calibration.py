"""Turns a model's raw logits into probabilities that mean what they say.

The numbers come from the model's card; they were fitted on labelled text the model was not trained on. Every
function here is monotone: a higher logit never lowers a probability.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

_CERTAIN = 1e-6
"""Probabilities are kept this far from 0 and 1, so that no evidence is infinite."""


@dataclass(frozen=True, slots=True)
class Platt:
    """Platt scaling (Platt 1999): probability = sigmoid(slope * logit + intercept), slope > 0."""

    slope: float
    intercept: float

    def probability(self, logit: float) -> float:
        """The calibrated probability of one logit.

        >>> Platt(slope=1.0, intercept=0.0).probability(0.0)
        0.5
        """
        return sigmoid(self.slope * logit + self.intercept)


@dataclass(frozen=True, slots=True)
class Stack:
    """The probability of one category from the logits of two models (logistic stacking, Wolpert 1992).

    sigmoid(slope * logit + second * second_logit + intercept), slope > 0 and second >= 0.
    """

    slope: float
    second: float
    """0 where the model has no second opinion beside it."""
    intercept: float

    def probability(self, logit: float, second_logit: float, *, discount: float = 0.0) -> float:
        """The calibrated probability of a pair of logits, less a discount in its log-odds.

        >>> Stack(slope=1.0, second=0.5, intercept=0.0).probability(1.0, -2.0)
        0.5
        """
        return sigmoid(self.slope * logit + self.second * second_logit + self.intercept - discount)


@dataclass(frozen=True, slots=True)
class Overall:
    """The probability that a text is harmful at all, from the probabilities of its categories.

    A weighted noisy-or, 1 - prod((1 - p) ** weight), then Platt scaling of its logit. Weights are not
    negative; a category that says little about harm as a whole (casual swearing) has a weight near 0.
    """

    weights: tuple[float, ...]
    """One per category, in the order of the probabilities."""
    platt: Platt

    def probability(self, probabilities: Sequence[float]) -> float:
        """Combine the calibrated probabilities of the categories.

        >>> Overall(weights=(1.0, 1.0), platt=Platt(slope=1.0, intercept=0.0)).probability([0.5, 0.5])
        0.75
        """
        none = sum(
            weight * math.log1p(-min(value, 1 - _CERTAIN))
            for weight, value in zip(self.weights, probabilities, strict=True)
        )
        return self.platt.probability(logit(1 - math.exp(none)))


@dataclass(frozen=True, slots=True)
class Choice:
    """The probabilities of the categories from one choice between "safe" and each of them.

    A language model answers with one word; its scores for the words are log-probabilities up to a constant.
    The bias of each word is added first: the negated score of a text without content (contextual calibration,
    Zhao et al. 2021), a fitted number, or 0. A softmax then gives each word its share, and Platt scaling of
    the logit of a share its probability; the share of harm is what "safe" leaves.
    """

    bias: tuple[float, ...]
    """One per word: safe, then the categories in order."""
    categories: tuple[Platt, ...]
    """One per category, in order."""
    overall: Platt

    def probabilities(self, scores: Sequence[float]) -> list[float]:
        """Calibrated probabilities of the categories, then of any harm, from the scores of the words.

        >>> plain = Platt(slope=1.0, intercept=0.0)
        >>> choice = Choice(bias=(0.0, 0.0, 0.0), categories=(plain, plain), overall=plain)
        >>> [round(each, 3) for each in choice.probabilities([math.log(2), 0.0, 0.0])]
        [0.25, 0.25, 0.5]
        """
        biased = [score + bias for score, bias in zip(scores, self.bias, strict=True)]
        top = max(biased)
        grown = [math.exp(score - top) for score in biased]
        total = sum(grown)
        each = [
            platt.probability(logit(share / total))
            for platt, share in zip(self.categories, grown[1:], strict=True)
        ]
        return [*each, self.overall.probability(logit(sum(grown[1:]) / total))]


def sigmoid(value: float) -> float:
    """The logistic function, without overflow for large negative values."""
    if value >= 0:
        return 1 / (1 + math.exp(-value))
    grown = math.exp(value)
    return grown / (1 + grown)


def logit(probability: float) -> float:
    """The inverse of `sigmoid`, finite for 0 and 1."""
    kept = min(max(probability, _CERTAIN), 1 - _CERTAIN)
    return math.log(kept / (1 - kept))
