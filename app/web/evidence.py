"""What the machine saw in a post, as values for a page: scores against thresholds, words that counted."""

import math
from dataclasses import dataclass

from app.core.occlusion import Piece
from app.core.policy import Policy, Thresholds
from app.core.review import Lane, ReviewItem
from app.core.types import Category, Label, Verdict
from app.services.occlusion import Influence
from app.services.review import ReviewDetail
from app.web.render import percent

SUPPORT_SCORE = 0.5
"""From this score for self-harm on, a post of another category also calls for support."""
JUDGED_BY = {
    Lane.FIRST: "The first model alone",
    Lane.SECOND: "A second model as well",
    Lane.EARLY: "Its words alone",
    Lane.INCOMPLETE: "Not every model asked",
}
_STRONG, _WEAK = 1.0, 0.3
"""How far the log-odds fall without a word that drove the score, and without one that helped.

Near certainty the score itself hardly moves whichever word is missing; its odds do.
"""
_SURE = 0.001
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One score against its thresholds."""

    name: str
    score: float
    review: float | None
    """From where a post goes to a person."""
    block: float | None
    against: str
    """The same in words."""


@dataclass(frozen=True, slots=True)
class Word:
    """A stretch of the post and what it did to the score."""

    text: str
    strength: str = ""
    """"strong", "weak", or nothing."""


@dataclass(frozen=True, slots=True)
class WordList:
    """The post with the words that drove a score, and the strongest of them with their effect in words."""

    name: str
    score: float
    model: str
    words: tuple[Word, ...]
    strongest: tuple[tuple[str, str], ...]


def bars_of(verdict: Verdict, policy: Policy) -> list[Bar]:
    """Give the overall score, then the categories with the highest first."""
    overall = _bar("Any harm", verdict.score, policy.overall)
    categories = sorted(verdict.categories, key=lambda each: -each.score)
    return [
        overall,
        *(
            _bar(each.category.display_name, each.score, policy.thresholds(each.category))
            for each in categories
        ),
    ]


def _bar(name: str, score: float, thresholds: Thresholds) -> Bar:
    review, block = thresholds.review, thresholds.block
    if block is not None and score >= block:
        against = f"past {percent(block)}, blocked"
    elif review is not None and score >= review:
        against = f"past {percent(review)}, held for a person"
    elif review is not None:
        against = f"held from {percent(review)}"
    else:
        against = "never decides alone"
    return Bar(name, score, review, block, against)


def words_of(influence: Influence, text: str) -> WordList:
    """Cut a post at its words and mark those without which the score falls."""
    words: list[Word] = []
    at = 0
    for piece in influence.pieces:
        if piece.span.start > at:
            words.append(Word(text[at : piece.span.start]))
        fall = _odds_fall(influence.score, piece)
        strength = "strong" if fall >= _STRONG else "weak" if fall >= _WEAK else ""
        words.append(Word(text[piece.span.start : piece.span.end], strength))
        at = piece.span.end
    words.append(Word(text[at:]))
    falling = sorted(
        (each for each in influence.pieces if _odds_fall(influence.score, each) >= _WEAK),
        key=lambda each: -each.fall,
    )
    strongest = tuple(
        (
            text[each.span.start : each.span.end],
            f"without it {percent(max(0.0, influence.score - each.fall))}",
        )
        for each in falling[:_MOST_WORDS]
    )
    name = influence.category.display_name if influence.category else "Any harm"
    return WordList(name, influence.score, influence.model, tuple(words), strongest)


def _odds_fall(whole: float, piece: Piece) -> float:
    return _log_odds(whole) - _log_odds(whole - piece.fall)


def _log_odds(score: float) -> float:
    clipped = min(max(score, _SURE), 1 - _SURE)
    return math.log(clipped / (1 - clipped))


def is_severe(label: Label, category: Category | None) -> bool:
    """Whether a text is blurred until a person asks for it."""
    return label.severity >= Label.HARMFUL.severity or category in {Category.SELF_HARM, Category.SEXUAL}


def calls_for_support(detail: ReviewDetail) -> bool:
    """Whether somebody may be in danger from themselves, by the machine's or by a person's category."""
    standing = [each.ruling.category for each in detail.rulings if each.undone_at is None]
    scores = {each.category: each.score for each in detail.decision.verdict.categories}
    return (
        Category.SELF_HARM in {detail.item.category, *standing}
        or scores.get(Category.SELF_HARM, 0) >= SUPPORT_SCORE
    )


def severe_item(item: ReviewItem) -> bool:
    """Whether the text of an item is blurred."""
    return is_severe(item.label, item.category)
