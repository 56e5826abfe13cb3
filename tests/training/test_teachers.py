import numpy as np
import pytest
from numpy.typing import NDArray

from app.core.types import Category
from training import teachers
from training.sources import CATEGORIES

Floats = NDArray[np.float32]

HATE, PROFANITY = CATEGORIES.index(Category.HATE), CATEGORIES.index(Category.PROFANITY)
TEXTS = (
    ["vile zork"] * 6
    + ["lovely day"] * 6
    + ["vile zork again", "a lovely morning", "nothing known", "odd one"]
)


def known_rows() -> tuple[Floats, Floats]:
    """Six bad and six good rows that are labelled for everything, then four that are not."""
    targets = np.full((len(TEXTS), len(CATEGORIES)), np.nan, dtype=np.float32)
    targets[:6], targets[6:12] = 1, 0
    harmful = np.full(len(TEXTS), np.nan, dtype=np.float32)
    harmful[:6], harmful[6:12] = 1, 0
    return targets, harmful


def taught(targets: Floats, *, most_rows: int = 100) -> teachers.Teachers:
    weights = np.ones(len(TEXTS), dtype=np.float32)
    return teachers.fit(TEXTS, targets=targets, weights=weights, most_rows=most_rows, seed=1)


def fill(targets: Floats, harmful: Floats) -> Floats:
    return teachers.fill(taught(targets).probabilities(TEXTS), targets=targets, harmful=harmful)


def test_what_is_known_stays_and_the_rest_follows_the_words() -> None:
    targets, harmful = known_rows()
    filled = fill(targets, harmful)
    assert not np.isnan(filled).any()
    np.testing.assert_array_equal(filled[:12], targets[:12])
    assert (filled[12] > 0.5).all()
    assert (filled[13] < 0.5).all()
    assert ((filled >= 0) & (filled <= 1)).all()
    np.testing.assert_array_equal(filled, fill(targets, harmful))


def test_an_innocent_row_gets_no_harm_but_may_swear() -> None:
    targets, harmful = known_rows()
    harmful[12] = 0
    filled = fill(targets, harmful)
    assert filled[12, PROFANITY] > 0.5
    assert np.delete(filled[12], PROFANITY).max() == 0


def test_a_harmful_row_is_explained_by_some_category() -> None:
    targets, harmful = known_rows()
    harmful[13:15] = 1
    targets[14, PROFANITY] = 0
    filled = fill(targets, harmful)
    for row in (13, 14):
        assert 1 - np.prod(1 - filled[row]) >= teachers.HARMFUL_FLOOR - 1e-3
    assert filled[14, PROFANITY] == 0


def test_a_harmful_row_with_a_reason_needs_no_other() -> None:
    targets, harmful = known_rows()
    before = fill(targets, harmful)[13]
    harmful[13], targets[13, HATE] = 1, 1
    after = fill(targets, harmful)[13]
    assert after[HATE] == 1
    assert np.delete(after, HATE).max() < 0.5
    assert np.delete(before, HATE).max() < 0.5


def test_a_category_that_nobody_labelled_both_ways_has_no_teacher() -> None:
    targets, _ = known_rows()
    targets[:6, HATE] = np.nan
    found = taught(targets)
    assert found.models[HATE] is None
    assert found.probabilities(["vile zork"])[0, HATE] == 0


def test_words_weigh_the_same_way_in_long_texts() -> None:
    """A count that is normalized before its logarithm is taken turns its sign in a text of many words."""
    found = taught(known_rows()[0])
    short, long = found.probabilities(["vile zork", f"{' '.join(map(str, range(40)))} vile zork"])[:, HATE]
    assert short > long > 0.5


def test_harm_at_all_is_every_category_but_swearing() -> None:
    probabilities = np.zeros((2, len(CATEGORIES)), dtype=np.float32)
    probabilities[0, [HATE, HATE + 1]], probabilities[1, PROFANITY] = 0.5, 0.9
    np.testing.assert_allclose(teachers.any_harm(probabilities), [0.75, 0.0])


@pytest.mark.parametrize("most_rows", [2, 4])
def test_a_teacher_sees_no_more_negatives_than_it_is_given(
    most_rows: int, capsys: pytest.CaptureFixture[str]
) -> None:
    targets, _ = known_rows()
    taught(targets, most_rows=most_rows)
    assert f"teacher hate: 6 positive, {most_rows} negative" in capsys.readouterr().out
