"""How a figure grows with another one: the exponent of the power that fits it best."""

from collections.abc import Sequence

import numpy as np


def exponent(xs: Sequence[float], ys: Sequence[float]) -> float:
    """Slope of the line through the logarithms: 0 does not grow, 1 doubles with what it is measured against.

    >>> round(exponent([1, 10, 100], [3, 30, 300]), 6), round(exponent([1, 10, 100], [5, 5, 5]), 6)
    (1.0, 0.0)
    """
    slope, _ = np.polyfit(np.log(xs), np.log(ys), 1)
    return float(slope)
