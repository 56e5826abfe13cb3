"""What another policy would have done to posts that were judged; their scores are kept, so none is read anew.

Both policies are laid over the same scores, so they are the only difference; what was done to a post at the
time may have come of a third.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.core.policy import Policy, Thresholds
from app.core.policy_revisions import sections_of
from app.core.types import Action, Category

_Floats = NDArray[np.float64]
_Actions = NDArray[np.int64]
SECTIONS = ("overall", *(category.value for category in Category))
"""Columns of the scores."""


@dataclass(frozen=True, slots=True)
class ScoredPost:
    """What a policy looks at, and what a person made of the post."""

    scores: tuple[float, ...]
    """One for each of `SECTIONS`."""
    needs_person: bool
    """Whether it goes to a person whatever its scores are: something could not answer, or not in English."""
    blocked: bool | None
    """Whether a person took it down; None where none ruled."""


@dataclass(frozen=True, slots=True)
class PolicyTrial:
    """What would be different."""

    posts: int
    held_more: int
    """Posts that would go to a person and do not now."""
    held_less: int
    """Posts that go to a person now and would be let through."""
    missed: int
    """Those of them that people took down."""
    spared: int
    """Those of them that people let stand."""
    blocked_more: int
    """Posts that would be blocked and are not now."""
    wronged: int
    """Those of them that people let stand."""
    blocked_less: int
    """Posts that are blocked now and would not be."""
    held: int
    """All that would go to a person, the blocked ones too."""
    held_now: int

    @property
    def changes_nothing(self) -> bool:
        """Whether every post would be treated as it is."""
        return not (self.held_more or self.held_less or self.blocked_more or self.blocked_less)


class Sample:
    """Posts to try policies on."""

    def __init__(self, posts: Sequence[ScoredPost]) -> None:
        """Lay the scores out for quick work with many policies."""
        self.posts = len(posts)
        shape = (len(posts), len(SECTIONS))
        self._scores: _Floats = np.array([post.scores for post in posts], dtype=float).reshape(shape)
        self._least = np.array([post.needs_person for post in posts], dtype=np.int64)
        self._taken_down = np.array([post.blocked is True for post in posts], dtype=bool)
        self._let_stand = np.array([post.blocked is False for post in posts], dtype=bool)

    def bands(self, section: str, count: int) -> tuple[int, ...]:
        """How many posts there are in equal bands of a section's score."""
        counts, _ = np.histogram(self._scores[:, SECTIONS.index(section)], bins=count, range=(0, 1))
        return tuple(int(each) for each in counts)

    def reached(self, section: str, least: float | None) -> int:
        """How many posts reach a score in a section."""
        if least is None:
            return 0
        return int((self._scores[:, SECTIONS.index(section)] >= least).sum())

    def compare(self, before: Policy, after: Policy) -> PolicyTrial:
        """Lay two policies over the posts."""
        old, new = self._actions(before), self._actions(after)
        review, block = Action.REVIEW.strength, Action.BLOCK.strength
        let_go = (old >= review) & (new < review)
        newly_blocked = (old < block) & (new >= block)
        return PolicyTrial(
            posts=self.posts,
            held_more=int(((old < review) & (new >= review)).sum()),
            held_less=int(let_go.sum()),
            missed=int((let_go & self._taken_down).sum()),
            spared=int((let_go & self._let_stand).sum()),
            blocked_more=int(newly_blocked.sum()),
            wronged=int((newly_blocked & self._let_stand).sum()),
            blocked_less=int(((old >= block) & (new < block)).sum()),
            held=int((new >= review).sum()),
            held_now=int((old >= review).sum()),
        )

    def _actions(self, policy: Policy) -> _Actions:
        """The strength of each post's action, as `app.core.policy.decide` would give it."""
        sections = sections_of(policy)
        actions = self._least * Action.REVIEW.strength
        for column, section in enumerate(SECTIONS):
            actions = np.maximum(actions, _strength(self._scores[:, column], sections[section]))
        return actions


def _strength(scores: _Floats, thresholds: Thresholds) -> _Actions:
    strength = np.zeros(len(scores), dtype=np.int64)
    for action, least in ((Action.REVIEW, thresholds.review), (Action.BLOCK, thresholds.block)):
        if least is not None:
            strength[scores >= least] = action.strength
    return strength
