"""Scores in bands, and the distance of two distributions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.tallies import BANDS, LEAST_POSTS, SHIFTED, STEADY, band_of, instability

counts = st.lists(st.integers(0, 1000), min_size=BANDS, max_size=BANDS)


@given(st.floats(0, 1))
def test_a_score_is_in_the_band_that_holds_it(score: float) -> None:
    band = band_of(score)

    assert 0 <= band < BANDS
    assert band / BANDS <= score + 1e-9
    assert score <= (band + 1) / BANDS + 1e-9


@given(counts, counts)
def test_the_distance_has_no_sign_and_no_direction(one: list[int], other: list[int]) -> None:
    there, back = instability(one, other), instability(other, one)

    assert (there is None) == (min(sum(one), sum(other)) < LEAST_POSTS)
    if there is not None and back is not None:
        assert there >= 0
        assert there == pytest.approx(back)


def test_the_same_shares_are_steady_and_others_are_not() -> None:
    mild, harsh = [80, 20, *[0] * 18], [20, 80, *[0] * 18]

    steady, shifted = instability([800, 200, *[0] * 18], mild), instability(mild, harsh)

    assert steady is not None
    assert steady < STEADY
    assert shifted is not None
    assert shifted > SHIFTED
