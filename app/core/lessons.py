"""What the rulings of moderators teach a model: a text, and whether and how it is harmful.

A ruling against the machine says more than one that agrees with it, so the two are kept apart and weighed by
the recipe of the training. A person who allows a post says that nothing in it is harmful; one who blocks it
says what it is and nothing of the other categories. A post that was handed on teaches nothing yet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.core.review import Decision, RecordedRuling
from app.core.types import Category, Label, RulingAction


class LessonKind(StrEnum):
    """How a ruling stands to the machine's verdict."""

    OVERRIDDEN = "overridden"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Lesson:
    """One text as a person judged it."""

    kind: LessonKind
    text: str
    """As it was written."""
    text_hash: str
    harmful: bool
    harm: Mapping[Category, bool | None]
    """Every category; None where the person did not say."""


def lesson_of(decision: Decision, rulings: Sequence[RecordedRuling]) -> Lesson | None:
    """What the last ruling on a decision teaches; None without one, or where the text was not kept.

    Args:
        decision: what was judged.
        rulings: those on it that stand, the first one first.
    """
    if decision.text is None or not rulings:
        return None
    ruling, verdict = rulings[-1].ruling, decision.verdict
    match ruling.action:
        case RulingAction.ALLOW:
            agrees = verdict.label is Label.SAFE
            # Swearing harms nobody and is marked all the same: that a post may stay says nothing of it.
            harm = {each: None if each is Category.PROFANITY else False for each in Category}
        case RulingAction.BLOCK:
            category = ruling.category or verdict.category
            agrees = verdict.label is not Label.SAFE and category is verdict.category
            harm = {each: True if each is category else None for each in Category}
        case RulingAction.ESCALATE:
            return None
    return Lesson(
        kind=LessonKind.CONFIRMED if agrees else LessonKind.OVERRIDDEN,
        text=decision.text.original,
        text_hash=decision.text_hash,
        harmful=ruling.action is RulingAction.BLOCK,
        harm=harm,
    )
