import numpy as np
import pytest

from app.core.calibration import Choice
from app.core.prompt import VERBALIZERS
from app.core.types import Category
from training.calibrate_choice import fit
from training.sources import CATEGORIES

ROWS = 1500
WORDS = len(VERBALIZERS)
HATE = CATEGORIES.index(Category.HATE)


@pytest.fixture(scope="module")
def made() -> tuple[list[np.ndarray], np.ndarray, Choice]:
    """Scores of a model that is three times too sure of itself, the truth, and what was fitted."""
    random = np.random.default_rng(3)
    believed = random.normal(0, 2, ROWS)
    truth = random.random(ROWS) < 1 / (1 + np.exp(-believed))
    scores = np.full((ROWS, 1, WORDS), -12.0)
    scores[:, 0, 0] = 0.0
    scores[:, 0, 1 + HATE] = 3 * believed
    scores -= np.log(np.exp(scores).sum(axis=2, keepdims=True))
    targets = np.zeros((ROWS, len(CATEGORIES)))
    targets[:, HATE] = truth
    # No category without a positive: a scaling of nothing is not measured here.
    targets[:20] = 1
    windows = list(scores)
    choice = fit(
        windows,
        targets=targets,
        certain=np.ones_like(targets, dtype=bool),
        harmful=truth.astype(float),
        weights=np.ones(ROWS),
    )
    return windows, truth, choice


def test_probabilities_are_as_often_right_as_they_say(
    made: tuple[list[np.ndarray], np.ndarray, Choice],
) -> None:
    windows, truth, choice = made
    found = np.array([choice.probabilities(own[0].tolist()) for own in windows])
    for column in (HATE, len(CATEGORIES)):
        for low, high in ((0.05, 0.35), (0.35, 0.65), (0.65, 0.95)):
            some = (found[:, column] > low) & (found[:, column] < high)
            assert abs(found[some, column].mean() - truth[some].mean()) < 0.08


def test_a_model_that_is_too_sure_is_calmed(made: tuple[list[np.ndarray], np.ndarray, Choice]) -> None:
    _, _, choice = made
    assert 0.2 <= choice.categories[HATE].slope < 0.6
    assert choice.bias[0] == 0
    assert len(choice.bias) == WORDS
