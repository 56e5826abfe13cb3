"""How far two sets of scores for the same texts agree, in the figures a site needs before it changes over."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Level:
    """A threshold of theirs, and the one of ours that flags as many."""

    threshold: float
    their_flags: int
    """Texts at or above the threshold by their scores."""
    our_flags: int
    """The same by ours."""
    both_flag: int
    matching_threshold: float | None
    """At which ours flag as many texts as theirs do at the threshold; None where theirs flag none."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Their scores and ours for one attribute."""

    attribute: str
    texts: int
    rank_correlation: float
    """Spearman's: 1 where both order the texts alike; nan where one of them gives a single score to all."""
    their_mean: float
    our_mean: float
    levels: tuple[Level, ...]


def agreement_of(
    attribute: str, theirs: Sequence[float], ours: Sequence[float], *, thresholds: Sequence[float]
) -> Agreement:
    """Compare two scores of each text, in the same order; there is at least one.

    >>> found = agreement_of("TOXICITY", [0.1, 0.5, 0.9], [0.0, 0.3, 0.7], thresholds=[0.8])
    >>> found.levels
    (Level(threshold=0.8, their_flags=1, our_flags=0, both_flag=0, matching_threshold=0.7),)
    >>> round(found.rank_correlation, 6)
    1.0
    """
    their, our = np.asarray(theirs, dtype=np.float64), np.asarray(ours, dtype=np.float64)
    return Agreement(
        attribute=attribute,
        texts=len(their),
        rank_correlation=_rank_correlation(their, our),
        their_mean=float(their.mean()),
        our_mean=float(our.mean()),
        levels=tuple(_level(their, our, threshold) for threshold in thresholds),
    )


def _level(their: NDArray[np.float64], our: NDArray[np.float64], threshold: float) -> Level:
    their_flagged, our_flagged = their >= threshold, our >= threshold
    flags = int(their_flagged.sum())
    return Level(
        threshold=threshold,
        their_flags=flags,
        our_flags=int(our_flagged.sum()),
        both_flag=int((their_flagged & our_flagged).sum()),
        matching_threshold=float(np.sort(our)[-flags]) if flags else None,
    )


def _rank_correlation(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    first, second = _ranks(one), _ranks(other)
    first, second = first - first.mean(), second - second.mean()
    norm = float(np.sqrt((first**2).sum() * (second**2).sum()))
    return float((first * second).sum()) / norm if norm else float("nan")


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks from the lowest, where equals share the mean of theirs."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    means: NDArray[np.float64] = last - (counts - 1) / 2
    return means[place]
