"""The second opinion: a logistic regression per category over hashed words and letters.

Learns from labels of people alone, on the same rows as the encoder. What teachers filled in would be words
again, and mean nothing new.
"""

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import SGDClassifier

from app.core.ngrams import BUCKETS, EMPHASIS, grams, letter_buckets, pair_bucket, word_bucket
from app.core.spoken import spoken
from training.recipe import Recipe
from training.sources import CATEGORIES, Row, imprint, read_rows, wash

REGULARIZATION = 2e-6
EPOCHS = 12
CHUNK = 20_000
"""Texts whose features are lists of numbers at a time; a matrix is several times smaller."""


def fit(path: Path, rows: Sequence[dict[str, Any]], *, recipe: Recipe) -> None:
    """Fit on prepared rows and write the file that `app.classifiers.ngrams` reads."""
    features = matrix([spoken(row["text"]) for row in rows])
    targets = np.array([row["targets"] for row in rows])
    certain = np.array([row["certain"] for row in rows])
    trust = np.array([recipe.trust(row) for row in rows])
    columns, bias = [], []
    for column in range(len(CATEGORIES)):
        known = np.flatnonzero(certain[:, column])
        model = SGDClassifier(
            loss="log_loss",
            alpha=REGULARIZATION,
            max_iter=EPOCHS,
            tol=None,
            average=True,
            random_state=recipe.seed,
        )
        model.fit(features[known], targets[known, column] > 0.5, sample_weight=trust[known])
        columns.append(model.coef_[0])
        bias.append(float(model.intercept_[0]))
    weights = np.column_stack(columns)
    scale = np.abs(weights).max(axis=0) / 127
    np.savez_compressed(
        path,
        weights=np.round(weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        bias=np.array(bias, dtype=np.float32),
    )


def left_out(data: Path, *, prepared: list[dict[str, Any]], recipe: Recipe) -> Iterator[dict[str, Any]]:
    """Rows of DATA/train that are neither prepared nor in DATA/dev, written as prepared rows are."""
    random = Random(recipe.seed)
    seen = {imprint(row["text"]) for row in prepared}
    for path in sorted((data / "dev").glob("*.jsonl*")):
        seen |= {imprint(wash(row.text, random=random)) for row in read_rows(path)}
    for path in sorted((data / "train").glob("*.jsonl*")):
        name = path.name.split(".")[0]
        if name not in recipe.source:
            continue
        for row in read_rows(path):
            text = wash(row.text, random=random)
            mark = imprint(text)
            if text and mark not in seen:
                seen.add(mark)
                yield _prepared(row, text=text, source=name, weight=recipe.source[name].weight)


def _prepared(row: Row, *, text: str, source: str, weight: float) -> dict[str, Any]:
    targets = np.array(row.targets)
    return {
        "text": text,
        "source": source,
        "targets": np.nan_to_num(targets).tolist(),
        "certain": (~np.isnan(targets)).tolist(),
        "weight": weight,
    }


def matrix(texts: Sequence[str]) -> csr_matrix:
    """Texts x buckets: each text a vector of length 1, in which words and pairs count more than letters."""
    starts = range(0, len(texts), CHUNK)
    return vstack([_matrix(texts[start : start + CHUNK]) for start in starts], format="csr")


def _matrix(texts: Sequence[str]) -> csr_matrix:
    ends: list[int] = [0]
    buckets: list[int] = []
    values: list[float] = []
    for text in texts:
        found = grams(text)
        whole = [word_bucket(word) for word in found.words] + [pair_bucket(pair) for pair in found.pairs]
        letters = [bucket for word in found.words for bucket in letter_buckets(word)]
        length = math.sqrt(EMPHASIS**2 * len(whole) + len(letters)) or 1.0
        buckets += whole + letters
        values += [EMPHASIS / length] * len(whole) + [1 / length] * len(letters)
        ends.append(len(buckets))
    features = csr_matrix(
        (np.array(values, dtype=np.float32), np.array(buckets), np.array(ends)), shape=(len(texts), BUCKETS)
    )
    features.sum_duplicates()
    return features
