"""Soft labels for what a source did not say.

One word n-gram logistic regression per category, trained on the rows that are labelled for it, predicts the
rows that are not. Word counts cannot see punctuation, length or register, so what they pass on to the encoder
is wording.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from app.core.types import Category
from training.sources import CATEGORIES

_WORDS = r"(?u)\b\w+\b|[^\w\s]{1,2}"
_PROFANITY = CATEGORIES.index(Category.PROFANITY)
HARMFUL_FLOOR = 0.9
"""A row known to be harmful, in no labelled way, must be explained by some category to this probability."""


def fill(
    texts: Sequence[str],
    *,
    targets: NDArray[np.float32],
    harmful: NDArray[np.float32],
    weights: NDArray[np.float32],
    most_rows: int,
    seed: int,
) -> NDArray[np.float32]:
    """Replace every nan in `targets` (rows x categories) by a probability.

    Each category needs a positive and a negative row.
    """
    vectors = make_pipeline(
        HashingVectorizer(
            ngram_range=(1, 2),
            n_features=2**18,
            alternate_sign=False,
            token_pattern=_WORDS,
        ),
        TfidfTransformer(sublinear_tf=True),
    ).fit_transform(texts)
    filled = targets.copy()
    draw = np.random.default_rng(seed)
    for column in range(targets.shape[1]):
        known = np.flatnonzero(~np.isnan(targets[:, column]))
        unknown = np.flatnonzero(np.isnan(targets[:, column]))
        if not len(unknown):
            continue
        positive = known[targets[known, column] == 1]
        negative = known[targets[known, column] == 0]
        if len(negative) > most_rows:
            negative = draw.choice(negative, most_rows, replace=False)
        rows = np.concatenate([positive, negative])
        model = LogisticRegression(C=8.0, solver="liblinear", max_iter=200)
        model.fit(vectors[rows], targets[rows, column] > 0.5, sample_weight=weights[rows])
        filled[unknown, column] = model.predict_proba(vectors[unknown])[:, 1]
        print(
            f"  teacher {CATEGORIES[column].value}: {len(positive)} positive, {len(negative)} negative, "
            f"fills {len(unknown)}"
        )
    return _agree_with_harmful(filled, known=~np.isnan(targets), harmful=harmful)


def _agree_with_harmful(
    filled: NDArray[np.float32], *, known: NDArray[np.bool_], harmful: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Bend soft labels to the overall label: nothing for innocent rows, some category for harmful ones."""
    innocent = harmful == 0
    for column in range(filled.shape[1]):
        if column != _PROFANITY:
            filled[innocent & ~known[:, column], column] = 0.0
    for row in np.flatnonzero(harmful == 1):
        soft = np.flatnonzero(~known[row])
        if len(soft) and not (known[row] & (filled[row] == 1)).any():
            filled[row, soft] = _raise_to_floor(filled[row, soft])
    return filled


def _raise_to_floor(probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    """Shift all logits by one amount until the noisy-or of the probabilities reaches the floor."""
    logits = np.log(np.clip(probabilities, 1e-4, 1 - 1e-4) / (1 - np.clip(probabilities, 1e-4, 1 - 1e-4)))
    low, high = 0.0, 12.0
    if 1 - math.prod(1 - 1 / (1 + np.exp(-logits))) >= HARMFUL_FLOOR:
        return probabilities
    for _ in range(20):
        middle = (low + high) / 2
        reached = 1 - math.prod(1 - 1 / (1 + np.exp(-(logits + middle))))
        low, high = (low, middle) if reached >= HARMFUL_FLOOR else (middle, high)
    return np.asarray(1 / (1 + np.exp(-(logits + high))), dtype=np.float32)
