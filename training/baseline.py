"""The bar every encoder must clear: TF-IDF of words and characters, and a logistic regression per head.

Trained on the same rows with the same labels; it cannot be fooled by much, nor does it understand anything.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import make_pipeline, make_union

from app.core.metrics import auprc
from app.core.types import Category
from app.services.evaluation import LabelledText

ANY_HARM = "any harm"
_HEADS = (ANY_HARM, *(category.value for category in Category))


def measure(rows_train: Path, sets: Mapping[str, Sequence[LabelledText]]) -> dict[str, dict[str, float]]:
    """AUPRC of each head on each set, where the set has positives and negatives of it."""
    with rows_train.open(encoding="utf-8") as lines:
        rows: list[dict[str, Any]] = [json.loads(line) for line in lines]
    vectors = make_pipeline(
        make_union(
            HashingVectorizer(ngram_range=(1, 2), n_features=2**18, alternate_sign=False, norm=None),
            HashingVectorizer(
                analyzer="char_wb", ngram_range=(3, 4), n_features=2**18, alternate_sign=False, norm=None
            ),
        ),
        TfidfTransformer(sublinear_tf=True),
    )
    counts: csr_matrix = vectors.fit_transform([row["text"] for row in rows])
    found: dict[str, dict[str, float]] = {name: {} for name in sets}
    tested = {name: vectors.transform([row.text for row in rows]) for name, rows in sets.items()}
    for place, head in enumerate(_HEADS):
        truth = _train_truth(rows, place)
        known = np.flatnonzero(~np.isnan(truth))
        if len(np.unique(truth[known])) != len((False, True)):
            continue
        weights = np.array([rows[index]["weight"] for index in known])
        model = SGDClassifier(loss="log_loss", alpha=2e-6, max_iter=12, random_state=1, average=True)
        model.fit(counts[known], truth[known] > 0.5, sample_weight=weights)
        for name, labelled in sets.items():
            own = _truth(labelled, place)
            kept = np.flatnonzero(~np.isnan(own))
            if len(np.unique(own[kept])) == len((False, True)):
                scores = model.decision_function(tested[name][kept])
                found[name][head] = auprc(np.asarray(scores, dtype=float), own[kept] > 0.5)
    return found


def _train_truth(rows: Sequence[Mapping[str, Any]], place: int) -> NDArray[np.float64]:
    """Labels of people alone: what teachers filled in would be their own words."""
    if place == 0:
        return np.array([np.nan if row["harmful"] is None else row["harmful"] for row in rows], dtype=float)
    return np.array(
        [row["targets"][place - 1] if row["certain"][place - 1] else np.nan for row in rows], dtype=float
    )


def _truth(rows: Sequence[LabelledText], place: int) -> NDArray[np.float64]:
    labels = [row.harmful if place == 0 else row.harm[place - 1] for row in rows]
    return np.array([np.nan if label is None else label for label in labels], dtype=float)
