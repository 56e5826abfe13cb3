"""A classifier that answers from a table, for tests and demonstrations. Its version says so."""

import hashlib
from collections.abc import Mapping, Sequence

from app.core.errors import QueueFull
from app.core.types import Category, Classification, NormalizedText, Outage, Signal

Scores = Mapping[Category | None, float]
"""Scores by category; None is the overall score."""


class ScriptedClassifier:
    """The `Classifier` that knows its answers beforehand; texts it does not know score 0."""

    def __init__(self, answers: Mapping[str, Scores]) -> None:
        """Take the scores of each original text."""
        self._answers = {text: dict(scores) for text, scores in answers.items()}
        self._failure: str | None = None
        self._full = False
        self._version = f"scripted@{_digest(self._answers)}"

    @property
    def version(self) -> str:
        """`scripted` and the hash of the table."""
        return self._version

    def fail(self, reason: str) -> None:
        """Answer every text with an outage from now on."""
        self._failure = reason

    def fill_queue(self) -> None:
        """Refuse everything from now on."""
        self._full = True

    def recover(self) -> None:
        """Answer from the table again."""
        self._failure, self._full = None, False

    @property
    def waiting(self) -> int:
        """Nothing ever does."""
        return 0

    def check(self) -> str:
        """It is always here."""
        return self.version

    def classify(self, texts: Sequence[NormalizedText]) -> list[Classification]:
        """Look each original up.

        Raises:
            QueueFull: it was told to.
        """
        if self._full:
            raise QueueFull("The scripted queue is full. Call recover().")
        return [self._classification(text) for text in texts]

    def close(self) -> None:
        """Nothing is held."""

    def _classification(self, text: NormalizedText) -> Classification:
        if self._failure is not None:
            return Classification(unavailable=(Outage(source=self.version, reason=self._failure),))
        scores = self._answers.get(text.original, {None: 0.0})
        return Classification(
            signals=tuple(
                Signal(source=self.version, category=category, score=score)
                for category, score in scores.items()
            )
        )


def _digest(answers: Mapping[str, Scores]) -> str:
    table = sorted(
        (text, sorted((str(key), score) for key, score in scores.items())) for text, scores in answers.items()
    )
    return hashlib.sha256(repr(table).encode()).hexdigest()[:12]
