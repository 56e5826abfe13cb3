import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.calibration import Overall, Platt, Stack, logit, sigmoid

REAL = st.floats(-1e6, 1e6)
PROBABILITY = st.floats(0, 1)
PLATT = st.builds(Platt, slope=st.floats(0.01, 10), intercept=st.floats(-10, 10))
STACK = st.builds(Stack, slope=st.floats(0.01, 10), second=st.floats(0, 10), intercept=st.floats(-10, 10))
OVERALL = st.builds(Overall, weights=st.tuples(*[st.floats(0, 3)] * 3).map(tuple), platt=PLATT)


@given(REAL)
def test_the_sigmoid_is_a_probability_without_overflow(value: float) -> None:
    assert 0 <= sigmoid(value) <= 1
    assert math.isclose(sigmoid(value) + sigmoid(-value), 1)


@given(st.floats(1e-5, 1 - 1e-5))
def test_the_logit_undoes_the_sigmoid(probability: float) -> None:
    assert math.isclose(sigmoid(logit(probability)), probability, rel_tol=1e-9)


@pytest.mark.parametrize("certain", [0.0, 1.0])
def test_the_logit_of_certainty_is_finite(certain: float) -> None:
    assert math.isfinite(logit(certain))


@given(PLATT, REAL, REAL)
def test_a_higher_logit_never_lowers_a_probability(platt: Platt, one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert platt.probability(low) <= platt.probability(high)


@given(STACK, REAL, REAL, REAL, REAL)
def test_more_evidence_of_either_model_never_lowers_a_probability(
    stack: Stack, one: float, other: float, second: float, third: float
) -> None:
    (low, high), (less, more) = sorted((one, other)), sorted((second, third))
    assert stack.probability(low, less) <= stack.probability(high, more)


@given(OVERALL, st.lists(PROBABILITY, min_size=3, max_size=3), st.integers(0, 2), PROBABILITY)
def test_a_higher_category_never_lowers_the_overall_probability(
    overall: Overall, probabilities: list[float], place: int, other: float
) -> None:
    raised = [*probabilities]
    raised[place] = max(probabilities[place], other)
    before, after = overall.probability(probabilities), overall.probability(raised)
    assert 0 <= before <= 1
    assert after >= before - 1e-9


def test_a_category_without_weight_says_nothing() -> None:
    overall = Overall(weights=(1.0, 0.0), platt=Platt(slope=1.0, intercept=0.0))
    assert overall.probability([0.3, 0.99]) == overall.probability([0.3, 0.0]) == pytest.approx(0.3)


def test_as_many_weights_as_probabilities_are_needed() -> None:
    with pytest.raises(ValueError, match="zip"):
        Overall(weights=(1.0,), platt=Platt(slope=1.0, intercept=0.0)).probability([0.5, 0.5])
