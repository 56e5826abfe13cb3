"""A trial as the pages show it: what changes, with each text before and after."""

from dataclasses import dataclass

from app.core.types import Category, Label
from app.services.trial import Effect, Trial
from app.web.render import Marked, marked

MOST_EFFECTS = 50


@dataclass(frozen=True, slots=True)
class EffectView:
    """One post, as it reads and is judged before and after."""

    effect: Effect
    before: Marked
    after: Marked


@dataclass(frozen=True, slots=True)
class TrialView:
    """A trial with the posts that are shown of it."""

    trial: Trial
    changed: tuple[EffectView, ...]
    reread: tuple[EffectView, ...]
    severe: bool
    """Whether texts are blurred until a person asks for them."""


def view_of(trial: Trial) -> TrialView:
    """A trial with the first posts of each kind."""
    changed, reread = trial.changed[:MOST_EFFECTS], trial.reread[:MOST_EFFECTS]
    return TrialView(
        trial=trial,
        changed=tuple(_view_of(effect) for effect in changed),
        reread=tuple(_view_of(effect) for effect in reread),
        severe=any(_is_severe(effect) for effect in (*changed, *reread)),
    )


def _view_of(effect: Effect) -> EffectView:
    return EffectView(effect, marked(effect.before.text), marked(effect.after.text))


def _is_severe(effect: Effect) -> bool:
    return any(
        verdict.label.severity >= Label.HARMFUL.severity
        or verdict.category in {Category.SELF_HARM, Category.SEXUAL}
        for verdict in (effect.before.verdict, effect.after.verdict)
    )
