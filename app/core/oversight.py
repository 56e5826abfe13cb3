"""What people made of the machine's verdicts: how often they disagreed, how long it took, whom to believe.

Everything here is about posts that a person ruled on, which are those the machine was in doubt about or
thought harmful. It says nothing of the posts that nobody looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from app.core.metrics import Bin, calibration_error, reliability
from app.core.types import Category, Label

AGREEMENT_BINS = 10
"""Most of them."""
BIN_POSTS = 25
"""Least in each: fewer would show chance alone."""
WAIT_BOUNDS = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)


@dataclass(frozen=True, slots=True)
class RuledPost:
    """A verdict and the ruling that closed its item."""

    label: Label
    category: Category | None
    confidence: float
    blocked: bool
    """Whether the person took the post down."""
    waited: timedelta
    """From the opening of the item to the ruling."""


@dataclass(frozen=True, slots=True)
class Override:
    """How often people disagreed with the machine about one category, or about all."""

    category: Category | None
    """The machine's; None for all posts."""
    harmful: int
    """Posts that the machine called harmful or worse."""
    allowed: int
    """Those of them that a person let stand."""
    mild: int
    """Posts that the machine called safe or only potentially harmful."""
    blocked: int
    """Those of them that a person took down."""

    @property
    def too_strict(self) -> float | None:
        """The share of what it called harmful that people let stand."""
        return self.allowed / self.harmful if self.harmful else None

    @property
    def too_mild(self) -> float | None:
        """The share of what it did not call harmful that people took down."""
        return self.blocked / self.mild if self.mild else None


@dataclass(frozen=True, slots=True)
class Waits:
    """How long people took."""

    median: timedelta
    ninth_decile: timedelta
    """Nine of ten were ruled on by then."""
    counts: tuple[int, ...]
    """Posts up to each of `WAIT_BOUNDS`, and those beyond the last."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How confident the machine was, and how often people agreed."""

    bins: tuple[Bin, ...]
    """Of like confidence: `score` is their mean confidence, `rate` the share that people agreed with."""
    error: float
    """Mean distance of the two."""


def overrides(posts: Sequence[RuledPost]) -> tuple[Override, ...]:
    """Count disagreement over all posts, then by category, those with the most posts first."""
    by_category: dict[Category, list[RuledPost]] = {}
    for post in posts:
        if post.category is not None:
            by_category.setdefault(post.category, []).append(post)
    ordered = sorted(by_category.items(), key=lambda each: (-len(each[1]), each[0]))
    return (_override(None, posts), *(_override(category, some) for category, some in ordered))


def _override(category: Category | None, posts: Sequence[RuledPost]) -> Override:
    harmful = [post for post in posts if post.label.severity >= Label.HARMFUL.severity]
    mild = [post for post in posts if post.label.severity < Label.HARMFUL.severity]
    return Override(
        category=category,
        harmful=len(harmful),
        allowed=sum(not post.blocked for post in harmful),
        mild=len(mild),
        blocked=sum(post.blocked for post in mild),
    )


def waits(posts: Sequence[RuledPost]) -> Waits | None:
    """Say how long posts waited; None where there are none."""
    if not posts:
        return None
    seconds = np.array([post.waited.total_seconds() for post in posts])
    median, ninth = np.quantile(seconds, [0.5, 0.9])
    bounds = [bound.total_seconds() for bound in WAIT_BOUNDS]
    places = np.searchsorted(bounds, seconds, side="left")
    counts = np.bincount(places, minlength=len(bounds) + 1)
    return Waits(
        median=timedelta(seconds=float(median)),
        ninth_decile=timedelta(seconds=float(ninth)),
        counts=tuple(int(count) for count in counts),
    )


def agreement(posts: Sequence[RuledPost]) -> Agreement | None:
    """Set confidence against agreement; None where there are no posts.

    The machine's confidence is in the side of its label, safe or not; a person agrees who takes down what was
    not called safe, or lets stand what was.
    """
    if not posts:
        return None
    confidence = np.array([post.confidence for post in posts])
    agreed = np.array([post.blocked == (post.label is not Label.SAFE) for post in posts])
    bins = reliability(confidence, agreed, bins=min(AGREEMENT_BINS, max(1, len(posts) // BIN_POSTS)))
    return Agreement(bins=bins, error=calibration_error(bins))
