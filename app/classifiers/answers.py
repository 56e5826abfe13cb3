"""How a choice between words is read from a language model's scores for single tokens.

Words of a choice are told apart where their tokens part: at the first token for a tokenizer that knows each
word, later for one that spells them. Only there is a score needed; a stretch that all the remaining words
share, or that one word has for itself, is implied.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Logits = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Fork:
    """A place where words part."""

    path: tuple[int, ...]
    """Tokens from the start of the answer to here."""
    tokens: tuple[int, ...]
    """The tokens that may follow, each once."""


@dataclass(frozen=True, slots=True)
class WordChoice:
    """The forks of some words, and the way each word takes through them."""

    forks: tuple[Fork, ...]
    """The start of the answer first."""
    ways: tuple[tuple[tuple[int, int], ...], ...]
    """For each word, which token it takes at which fork: (fork, place among its tokens)."""

    def scores(self, rows: Sequence[Logits]) -> list[float]:
        """The log-probability of each word among all of them.

        Args:
            rows: for each fork, the logits of its tokens.
        """
        steps = [_log_softmax(row) for row in rows]
        return [sum(float(steps[fork][place]) for fork, place in way) for way in self.ways]


def choice_of(words: Sequence[Sequence[int]]) -> WordChoice:
    """The choice between words given as tokens; none may be the beginning of another.

    >>> choice_of([[1, 5], [2, 3], [2, 4]]).forks
    (Fork(path=(), tokens=(1, 2)), Fork(path=(2,), tokens=(3, 4)))

    Raises:
        ValueError: one is, or is empty.
    """
    following: dict[tuple[int, ...], list[int]] = {}
    for word in map(tuple, words):
        for length, token in enumerate(word):
            tokens = following.setdefault(word[:length], [])
            if token not in tokens:
                tokens.append(token)
    ends = {tuple(word) for word in words}
    if () in ends or len(ends) < len(words) or ends & following.keys():
        raise ValueError(f"One of the words {words!r} is empty or the beginning of another.")
    forks = [Fork(path, tuple(tokens)) for path, tokens in following.items() if not path or len(tokens) > 1]
    return WordChoice(
        forks=tuple(forks),
        ways=tuple(
            tuple(
                (place, fork.tokens.index(word[len(fork.path)]))
                for place, fork in enumerate(forks)
                if tuple(word[: len(fork.path)]) == fork.path
            )
            for word in words
        ),
    )


def _log_softmax(row: Logits) -> NDArray[np.float64]:
    shifted = row.astype(np.float64) - float(row.max())
    result: NDArray[np.float64] = shifted - np.log(np.exp(shifted).sum())
    return result
