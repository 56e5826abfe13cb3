import math
from random import Random

import pytest

from app.core.calibration import Platt, logit, sigmoid
from app.core.fitting import NEUTRAL, fit_choice, fit_platt


def test_a_scaling_is_found_again() -> None:
    random, truth = Random(1), Platt(slope=0.5, intercept=-1.0)
    shares = [sigmoid(random.gauss(0, 3)) for _ in range(4000)]
    labels = [random.random() < truth.probability(logit(share)) for share in shares]
    found = fit_platt(shares, labels)
    assert found.slope == pytest.approx(truth.slope, abs=0.06)
    assert found.intercept == pytest.approx(truth.intercept, abs=0.12)


def test_rows_that_nobody_labelled_do_not_count() -> None:
    shares, labels = [0.1, 0.9, 0.2, 0.7], [False, True, False, True]
    assert fit_platt([*shares, 0.5], [*labels, None]) == fit_platt(shares, labels)


@pytest.mark.parametrize("labels", [[True, True], [False, False], [None, None]])
def test_without_both_kinds_the_shares_stay(labels: list[bool | None]) -> None:
    assert fit_platt([0.1, 0.9], labels) == NEUTRAL


@pytest.mark.parametrize("shares", [[0.0, 1.0, 0.0, 1.0], [0.5, 0.5, 0.5, 0.5], [1.0, 0.0, 1.0, 0.0]])
def test_a_clean_split_or_none_gives_finite_numbers_that_rise(shares: list[float]) -> None:
    found = fit_platt(shares, [False, True, False, True])
    assert found.slope > 0
    assert math.isfinite(found.slope)
    assert math.isfinite(found.intercept)


def test_a_text_without_content_is_even_between_the_words() -> None:
    empty = [math.log(share) for share in (0.7, 0.2, 0.1)]
    choice = fit_choice([empty], harmful=[None], harm=[[None, None]], empty=empty)
    assert choice.probabilities(empty) == pytest.approx([1 / 3, 1 / 3, 2 / 3])
