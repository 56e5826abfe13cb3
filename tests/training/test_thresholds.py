import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from training.thresholds import threshold_for


@pytest.mark.parametrize(("target", "reached"), [(0.5, 2), (0.25, 1), (0.1, 0)])
def test_the_threshold_lets_the_stated_share_through_and_is_the_lowest(target: float, reached: int) -> None:
    innocent = np.array([0.4, 0.1, 0.3, 0.2])
    least = threshold_for(innocent, target=target)
    assert (innocent >= least).sum() == reached
    assert (innocent >= least - 1e-9).sum() == reached + 1


@given(st.lists(st.sampled_from([0.0, 0.2, 0.5, 0.9]), min_size=1), st.floats(0, 0.99))
def test_equal_scores_never_let_more_through(scores: list[float], target: float) -> None:
    innocent: NDArray[np.float64] = np.array(scores)
    assert (innocent >= threshold_for(innocent, target=target)).mean() <= target
