"""Word n-gram models, one per category.

They give soft labels for what a source did not say, and find the telling part of a long text. A logistic
regression per category learns from the rows that are labelled for it. Word counts cannot see punctuation,
length or register, so what they pass on to the encoder is wording.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline

from app.core.types import Category
from training.sources import CATEGORIES

Floats = NDArray[np.float32]

_WORDS = r"(?u)\b\w+\b|[^\w\s]{1,2}"
_PROFANITY = CATEGORIES.index(Category.PROFANITY)
HARMFUL_FLOOR = 0.9
"""A row known to be harmful, in no labelled way, must be explained by some category to this probability."""


@dataclass(frozen=True, slots=True)
class Teachers:
    """One fitted model per category that somebody labelled both ways; None for the others."""

    vectors: Pipeline
    models: tuple[LogisticRegression | None, ...]

    def probabilities(self, texts: Sequence[str]) -> Floats:
        """Rows x categories; 0 where there is no teacher."""
        counts: csr_matrix = self.vectors.transform(texts)
        columns = [
            np.zeros(len(texts)) if model is None else model.predict_proba(counts)[:, 1]
            for model in self.models
        ]
        return np.column_stack(columns).astype(np.float32)


def fit(texts: Sequence[str], *, targets: Floats, weights: Floats, most_rows: int, seed: int) -> Teachers:
    """Fit a teacher for each category of `targets` (rows x categories, nan where unlabelled)."""
    vectors = make_pipeline(
        # Counts stay whole: the logarithm of a count that was normalized first is negative in long texts.
        HashingVectorizer(
            ngram_range=(1, 2), n_features=2**18, alternate_sign=False, norm=None, token_pattern=_WORDS
        ),
        TfidfTransformer(sublinear_tf=True),
    )
    counts = vectors.fit_transform(texts)
    draw = np.random.default_rng(seed)
    models: list[LogisticRegression | None] = []
    for column in range(targets.shape[1]):
        positive = np.flatnonzero(targets[:, column] == 1)
        negative = np.flatnonzero(targets[:, column] == 0)
        if len(negative) > most_rows:
            negative = draw.choice(negative, most_rows, replace=False)
        print(
            f"  teacher {CATEGORIES[column].value}: {len(positive)} positive, {len(negative)} negative",
            flush=True,
        )
        if not len(positive) or not len(negative):
            models.append(None)
            continue
        rows = np.concatenate([positive, negative])
        model = LogisticRegression(C=8.0, solver="liblinear", max_iter=200)
        models.append(model.fit(counts[rows], targets[rows, column] > 0.5, sample_weight=weights[rows]))
    return Teachers(vectors=vectors, models=tuple(models))


def fill(probabilities: Floats, *, targets: Floats, harmful: Floats) -> Floats:
    """Replace every nan in `targets` by the teachers' probability, bent to agree with the overall label."""
    known = ~np.isnan(targets)
    return _agree_with_harmful(
        np.where(known, targets, probabilities).astype(np.float32), known=known, harmful=harmful
    )


def any_harm(probabilities: Floats) -> Floats:
    """Noisy-or of the categories without profanity, per row."""
    return np.asarray(1 - np.prod(1 - np.delete(probabilities, _PROFANITY, axis=1), axis=1), dtype=np.float32)


def _agree_with_harmful(filled: Floats, *, known: NDArray[np.bool_], harmful: Floats) -> Floats:
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


def _raise_to_floor(probabilities: Floats) -> Floats:
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
