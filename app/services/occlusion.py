"""The use case of asking which words drove a score."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.core.occlusion import Piece, pieces_of, spans_to_leave_out, without
from app.core.types import Category, Verdict

_BATCH = 8
"""Texts asked for at a time, so that posts which arrive meanwhile find room in the engine's queue."""

Score = Callable[[Sequence[str]], list[Verdict]]


@dataclass(frozen=True, slots=True)
class Influence:
    """What the words of a text do to one score of it."""

    category: Category | None
    """None for the overall score."""
    score: float
    """Of the whole text, by the model as it is now."""
    model: str
    pieces: tuple[Piece, ...]
    """In the order of the text."""


def find_influence(score: Score, text: str, *, category: Category | None) -> Influence:
    """Leave out each word of a text in turn and see how far the score of a category falls.

    Raises:
        InvalidContent, ModelError, QueueFull: as scoring does.
    """
    spans = spans_to_leave_out(text)
    rests = [without(text, span) for span in spans]
    # What is only white space has nothing to score.
    asked = [text, *(rest for rest in rests if rest.strip())]
    verdicts = [verdict for at in range(0, len(asked), _BATCH) for verdict in score(asked[at : at + _BATCH])]
    whole, *others = (_score_of(verdict, category) for verdict in verdicts)
    found = iter(others)
    remaining = [next(found) if rest.strip() else 0.0 for rest in rests]
    return Influence(category, whole, verdicts[0].versions.model, pieces_of(whole, spans, remaining))


def _score_of(verdict: Verdict, category: Category | None) -> float:
    if category is None:
        return verdict.score
    return next(each.score for each in verdict.categories if each.category is category)
