"""How probabilities become evidence."""

from collections.abc import Iterable, Sequence

from app.core.types import Category, Signal


def signals_of(
    probabilities: Iterable[float], *, source: str, categories: Sequence[Category] = tuple(Category)
) -> tuple[Signal, ...]:
    """Signals from the probabilities of the categories, in their order, then of any harm."""
    return tuple(
        Signal(source=source, category=category, score=score)
        for category, score in zip((*categories, None), probabilities, strict=True)
    )
