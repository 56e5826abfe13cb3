"""Scores in bands, and how far one distribution of them is from another."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence

BANDS = 20
"""Equal parts of [0, 1]."""
LEAST = 1e-4
"""Smallest share of a band."""
LEAST_POSTS = 100
"""Fewer posts than these say nothing of how scores are spread."""
STEADY, SHIFTED = 0.1, 0.25
"""Below the first a distribution is called steady, from the second on clearly another one."""


def band_of(score: float) -> int:
    """Which band a score is in: 0 is below 0.05, 19 is 0.95 and above.

    >>> band_of(0.0), band_of(0.05), band_of(1.0)
    (0, 1, 19)
    """
    return min(BANDS - 1, int(score * BANDS))


def spread_of(scores: Iterable[float]) -> tuple[int, ...]:
    """Count scores in [0, 1] by their band.

    >>> spread_of([0.01, 0.02, 0.96])[0], spread_of([0.01, 0.02, 0.96])[-1]
    (2, 1)
    """
    counts = Counter(map(band_of, scores))
    return tuple(counts[band] for band in range(BANDS))


def instability(before: Sequence[int], after: Sequence[int]) -> float | None:
    """How far two distributions are apart: the population stability index.

    It is the sum of `(q - p) * ln(q / p)` over the shares of the bands. A share counts as at least `LEAST`,
    so that an empty band weighs little and not infinitely. None where one has fewer than `LEAST_POSTS`.

    >>> instability([100, 100], [1000, 1000])
    0.0
    """
    if min(sum(before), sum(after)) < LEAST_POSTS:
        return None
    old, new = _shares(before), _shares(after)
    return sum((q - p) * math.log(q / p) for p, q in zip(old, new, strict=True))


def _shares(counts: Sequence[int]) -> list[float]:
    total = sum(counts)
    return [max(LEAST, count / total) for count in counts]
