"""Which words drove a score: leave each out, score what remains, and look how far the score falls.

This asks the model itself, and so is honest about it; but words can stand in for each other, and then leaving
out any one of them changes little. Nothing here knows how a text is scored.
"""

import re
from dataclasses import dataclass

from app.core.types import Span

MOST_PIECES = 48
CHARS_SCORED = 60_000
"""Most characters to score in all: a long text is taken apart into fewer, longer pieces."""
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text, and how far the score falls without it."""

    span: Span
    fall: float
    """Score of the whole text less the score without this piece; negative where the piece spoke for it."""


def spans_to_leave_out(text: str) -> tuple[Span, ...]:
    """Cut a text into words, or into runs of words where there are many.

    >>> spans_to_leave_out("you are")
    (Span(start=0, end=3), Span(start=4, end=7))
    """
    words = [found.span() for found in _WORD.finditer(text)]
    most = max(2, min(MOST_PIECES, CHARS_SCORED // max(1, len(text))))
    size = -(-len(words) // most) or 1
    runs = [words[at : at + size] for at in range(0, len(words), size)]
    return tuple(Span(run[0][0], run[-1][1]) for run in runs)


def without(text: str, span: Span) -> str:
    """Give the text without a stretch of it.

    >>> without("you are here", Span(4, 8))
    'you here'
    """
    return text[: span.start] + text[span.end :]


def pieces_of(whole: float, spans: tuple[Span, ...], remaining: list[float]) -> tuple[Piece, ...]:
    """Bring the score of the whole text together with the scores of what remains without each stretch."""
    return tuple(Piece(span, whole - rest) for span, rest in zip(spans, remaining, strict=True))
