import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.calibration import Choice, Overall, Platt, Stack, logit, sigmoid

REAL = st.floats(-1e6, 1e6)
PROBABILITY = st.floats(0, 1)
PLATT = st.builds(Platt, slope=st.floats(0.01, 10), intercept=st.floats(-10, 10))
STACK = st.builds(Stack, slope=st.floats(0.01, 10), second=st.floats(0, 10), intercept=st.floats(-10, 10))
SCORES = st.lists(st.floats(-50, 50), min_size=3, max_size=3)
CHOICE = st.builds(
    Choice,
    bias=st.tuples(*[st.floats(-5, 5)] * 3),
    categories=st.tuples(PLATT, PLATT),
    overall=PLATT,
)
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


@given(CHOICE, SCORES, st.floats(-1000, 1000))
def test_the_scores_of_a_choice_count_up_to_a_constant(
    choice: Choice, scores: list[float], constant: float
) -> None:
    moved = choice.probabilities([score + constant for score in scores])
    assert moved == pytest.approx(choice.probabilities(scores), abs=1e-6)


@given(CHOICE, SCORES, st.integers(1, 2), st.floats(0, 50))
def test_a_higher_score_of_a_category_never_lowers_it_nor_harm_as_a_whole(
    choice: Choice, scores: list[float], word: int, more: float
) -> None:
    raised = [*scores]
    raised[word] += more
    before, after = choice.probabilities(scores), choice.probabilities(raised)
    assert after[word - 1] >= before[word - 1] - 1e-9
    assert after[-1] >= before[-1] - 1e-9


def test_the_bias_is_what_a_text_without_content_scored() -> None:
    plain = Platt(slope=1.0, intercept=0.0)
    choice = Choice(bias=(-3.0, 1.0), categories=(plain,), overall=plain)
    assert choice.probabilities([3.0, -1.0]) == [0.5, 0.5]
