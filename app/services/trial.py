"""What a change to the lexicon would have done to posts that are kept: both lexicons, one after the other.

Both judgements are made now, by the same model and policy, so the lexicon is the only difference; the kept
verdicts may be of another model. Only posts that read differently are shown to the model. A trial is bounded
in posts and in time, and hands the engine a few texts at a time so that callers are not held up.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from app.core.errors import QueueFull
from app.core.lexicon import Lexicon
from app.core.normalize import normalize
from app.core.review import Decision
from app.core.types import NormalizedText
from app.services.judge import Judge, Judgement

TRIAL_POSTS = 1000
TRIAL_S = 8.0
TRIAL_JUDGED = 200
"""Most posts that are judged."""
_CHUNK = 8


@dataclass(frozen=True, slots=True)
class Effect:
    """What the change does to one post."""

    decision: Decision
    before: Judgement
    after: Judgement

    @property
    def changes_verdict(self) -> bool:
        """Whether another label, category or action comes of it."""
        one, other = self.before.verdict, self.after.verdict
        return (one.label, one.category, one.action) != (other.label, other.category, other.action)


@dataclass(frozen=True, slots=True)
class Trial:
    """What a change would have done."""

    posts: int
    """Posts that were read with both lexicons."""
    differing: int
    """Posts whose plain text differs."""
    effects: tuple[Effect, ...]
    """The differing posts that were judged, the newest first."""

    @property
    def changed(self) -> tuple[Effect, ...]:
        """Posts that would get another verdict."""
        return tuple(effect for effect in self.effects if effect.changes_verdict)

    @property
    def reread(self) -> tuple[Effect, ...]:
        """Posts that would read differently and get the same verdict."""
        return tuple(effect for effect in self.effects if not effect.changes_verdict)

    @property
    def unjudged(self) -> int:
        """Posts that read differently and were not judged: there were too many, or the time was up."""
        return self.differing - len(self.effects)


def run_trial(
    judge: Judge,
    decisions: Iterable[Decision],
    *,
    before: Lexicon,
    after: Lexicon,
    clock_s: Callable[[], float] = time.monotonic,
) -> Trial:
    """Read posts with both lexicons and judge those that differ.

    Raises:
        ModelError: there is no model to judge with.
    """
    deadline = clock_s() + TRIAL_S
    posts = 0
    differing: list[Decision] = []
    for decision in islice(decisions, TRIAL_POSTS):
        if decision.text is None:
            continue
        posts += 1
        one, other = _plain_of(decision.text, before), _plain_of(decision.text, after)
        if one != other:
            differing.append(decision)
        if clock_s() > deadline:
            break
    effects: list[Effect] = []
    old, new = replace(judge, lexicon=before), replace(judge, lexicon=after)
    for start in range(0, min(len(differing), TRIAL_JUDGED), _CHUNK):
        if clock_s() > deadline:
            break
        try:
            effects += _effects(old, new, differing[start : start + _CHUNK])
        except QueueFull:
            break
    return Trial(posts=posts, differing=len(differing), effects=tuple(effects))


def _plain_of(text: NormalizedText, lexicon: Lexicon) -> str:
    return normalize(text.original, lexicon=lexicon).plain


def _effects(old: Judge, new: Judge, decisions: Sequence[Decision]) -> list[Effect]:
    texts = [decision.text.original for decision in decisions if decision.text]
    judged = zip(decisions, old.judge(texts), new.judge(texts), strict=True)
    return [Effect(decision, before, after) for decision, before, after in judged]
