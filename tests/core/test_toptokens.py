import math

import pytest

from app.core.errors import EngineFailed
from app.core.prompt import VERBALIZERS
from app.core.toptokens import scores_of


def told(**shares: float) -> list[tuple[str, float]]:
    return [(token, math.log(share)) for token, share in shares.items()]


def test_a_token_counts_for_the_one_answer_it_begins() -> None:
    scores = scores_of(
        [*told(safe=0.5, self=0.2, thre=0.1), (" hate", math.log(0.05)), ("Sorry", math.log(0.05))]
    )
    by_word = dict(zip(VERBALIZERS, scores, strict=True))
    assert by_word["safe"] == pytest.approx(math.log(0.5))
    assert by_word["self_harm"] == pytest.approx(math.log(0.2))
    assert by_word["threat"] == pytest.approx(math.log(0.1))
    assert by_word["hate"] == pytest.approx(math.log(0.05))


def test_two_spellings_of_one_answer_add_up() -> None:
    scores = scores_of([("drug", math.log(0.3)), (" drugs", math.log(0.2)), ("hate", math.log(0.1))])
    assert scores[-1] == pytest.approx(math.log(0.5))


def test_an_answer_outside_the_list_has_at_most_the_chance_of_the_last_and_of_what_is_left() -> None:
    assert scores_of(told(safe=0.5, hate=0.1))[-1] == pytest.approx(math.log(0.1))
    assert scores_of(told(safe=0.9, hate=0.09))[-1] == pytest.approx(math.log(0.01))


def test_what_is_left_is_never_impossible() -> None:
    assert math.isfinite(scores_of(told(safe=1.0))[-1])


@pytest.mark.parametrize("tokens", [[], told(Sorry=0.9, I=0.1), told(xyz=0.5)])
def test_a_model_that_does_not_answer_the_question_is_a_failure(tokens: list[tuple[str, float]]) -> None:
    with pytest.raises(EngineFailed, match="begins an answer"):
        scores_of(tokens)


def test_a_tokenizer_that_spells_the_answers_is_a_failure() -> None:
    with pytest.raises(EngineFailed, match="several of them begin"):
        scores_of(told(s=0.6, drugs=0.3))


@pytest.mark.parametrize(
    "tokens",
    [
        pytest.param([("safe", -3.0), ("hate", math.nan)], id="no number"),
        pytest.param([("safe", math.inf), ("hate", -0.1)], id="infinite"),
        pytest.param([("safe", 1e5), ("hate", -0.1)], id="too large to be raised to a power"),
        pytest.param([("safe", 0.9), ("hate", 0.1)], id="probabilities"),
        pytest.param([("hate", -1.0), *[("safe", -2.0)] * 19], id="more than all there is"),
    ],
)
def test_what_are_no_log_probabilities_is_a_failure(tokens: list[tuple[str, float]]) -> None:
    with pytest.raises(EngineFailed, match="no log-probabilities"):
        scores_of(tokens)


def test_a_token_that_cannot_be_costs_nothing() -> None:
    assert scores_of([*told(hate=0.9), ("safe", -math.inf)])[0] == -30
