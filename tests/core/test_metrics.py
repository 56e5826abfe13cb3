import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import (
    average_precision_score,
    confusion_matrix,
    precision_recall_fscore_support,
    roc_auc_score,
)

from app.core.metrics import (
    Labels,
    Scores,
    at_threshold,
    auprc,
    auroc,
    bootstrap,
    calibration_error,
    reliability,
)

# Few distinct scores, so that ties are common.
ROWS = st.lists(st.tuples(st.integers(0, 6).map(lambda n: n / 6), st.booleans()), min_size=2, max_size=60)
BOTH = ROWS.filter(lambda rows: 0 < sum(label for _, label in rows) < len(rows))

NOTHING: tuple[Scores, Labels] = (np.array([], dtype=float), np.array([], dtype=bool))


def columns(rows: list[tuple[float, bool]]) -> tuple[Scores, Labels]:
    return np.array([score for score, _ in rows]), np.array([label for _, label in rows], dtype=bool)


@given(BOTH)
def test_ranking_figures_are_those_of_scikit_learn(rows: list[tuple[float, bool]]) -> None:
    scores, labels = columns(rows)
    assert auroc(scores, labels) == pytest.approx(roc_auc_score(labels, scores))
    assert auprc(scores, labels) == pytest.approx(average_precision_score(labels, scores))


@given(BOTH)
def test_threshold_figures_are_those_of_scikit_learn(rows: list[tuple[float, bool]]) -> None:
    scores, labels = columns(rows)
    flagged = scores >= 0.5
    ours = at_threshold(flagged, labels)
    precision, recall, f1, _ = precision_recall_fscore_support(
        labels, flagged, labels=[False, True], zero_division=0.0
    )
    right, false, _, _ = confusion_matrix(labels, flagged, labels=[False, True]).ravel()
    assert ours.precision == pytest.approx(precision[1]) if flagged.any() else math.isnan(ours.precision)
    assert ours.recall == pytest.approx(recall[1])
    assert ours.f1 == pytest.approx(f1[1])
    assert ours.macro_f1 == pytest.approx(f1.mean())
    assert ours.false_positive_rate == pytest.approx(false / (false + right))


def test_calibration_error_is_the_mean_gap_over_bins_of_equal_mass() -> None:
    scores = np.array([0.9, 0.1, 0.8, 0.2])
    labels = np.array([False, False, True, False])
    bins = reliability(scores, labels, bins=2)
    assert [(each.rows, round(each.score, 6), each.rate) for each in bins] == [
        (2, 0.15, 0.0),
        (2, 0.85, 0.5),
    ]
    assert calibration_error(bins) == pytest.approx((0.15 + 0.35) / 2)
    assert calibration_error(reliability(scores, scores > 0.5, bins=1)) == pytest.approx(0)


@settings(max_examples=20)
@given(BOTH)
def test_the_interval_holds_the_value_and_is_the_same_each_time(rows: list[tuple[float, bool]]) -> None:
    scores, labels = columns(rows)
    for figure in (auroc, auprc):
        interval = bootstrap(figure, scores, labels, draws=100, seed=3)
        assert interval == bootstrap(figure, scores, labels, draws=100, seed=3)
        assert interval.value == figure(scores, labels)
        assert 0 <= interval.low <= interval.high <= 1


@pytest.mark.parametrize(
    ("scores", "labels"),
    [NOTHING, (np.array([0.3, 0.4]), np.array([True, True]))],
    ids=["nothing", "one kind"],
)
def test_what_cannot_be_ranked_is_nan(scores: Scores, labels: Labels) -> None:
    interval = bootstrap(auroc, scores, labels, draws=10, seed=1)
    assert all(math.isnan(figure) for figure in (interval.value, interval.low, interval.high))


def test_figures_without_cases_are_nan() -> None:
    scores, labels = NOTHING
    assert math.isnan(auprc(scores, labels))
    assert math.isnan(calibration_error(reliability(scores, labels)))
    assert math.isnan(at_threshold(labels, labels).macro_f1)
