import numpy as np
import pytest

from app.classifiers.answers import Fork, choice_of


def test_words_of_one_token_part_at_the_start() -> None:
    choice = choice_of([[7], [9], [8]])
    assert choice.forks == (Fork(path=(), tokens=(7, 9, 8)),)
    scores = choice.scores([np.log([0.2, 0.5, 0.3]).astype(np.float32) + 4])
    assert np.exp(scores) == pytest.approx([0.2, 0.5, 0.3])


def test_what_a_word_has_for_itself_is_implied() -> None:
    assert choice_of([[7, 1, 2], [9, 1, 3]]).forks == (Fork(path=(), tokens=(7, 9)),)


def test_words_that_share_letters_part_later() -> None:
    # safe, sexual, self: s is shared by all three, e by two.
    choice = choice_of([[1, 2], [1, 3, 4, 9], [1, 3, 5], [6]])
    assert choice.forks == (
        Fork(path=(), tokens=(1, 6)),
        Fork(path=(1,), tokens=(2, 3)),
        Fork(path=(1, 3), tokens=(4, 5)),
    )
    rows = [np.log(np.array(row, dtype=np.float32)) for row in ([0.8, 0.2], [0.5, 0.5], [0.1, 0.9])]
    assert np.exp(choice.scores(rows)) == pytest.approx([0.4, 0.04, 0.36, 0.2])


@pytest.mark.parametrize(
    "words", [[[1], [1, 2]], [[1, 2], [1]], [[1], [1]], [[], [1]]], ids=["before", "after", "same", "empty"]
)
def test_a_word_that_begins_another_is_refused(words: list[list[int]]) -> None:
    with pytest.raises(ValueError, match="beginning of another"):
        choice_of(words)
