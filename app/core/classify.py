"""The one port to any model, and the cascade of two.

A classifier turns texts into evidence. It judges nothing: what the evidence means is the policy's business.
"""

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from app.core.language import ENGLISH
from app.core.types import Category, Classification, Handover, Label, NormalizedText


class Classifier(Protocol):
    """An encoder, a label scorer, a remote server, or a cascade of those."""

    @property
    def version(self) -> str:
        """Name and content hash of what answers, as stored with each decision."""
        ...

    @property
    def waiting(self) -> int:
        """How many pieces of work wait for an engine."""
        ...

    def check(self) -> str:
        """Say what answers, or raise the ModelError that a text would meet now."""
        ...

    def classify(self, texts: Sequence[NormalizedText]) -> list[Classification]:
        """Give the evidence on each text, in order.

        Blocks until all are scored and may be called from many threads at once. A text that the engine fails
        on comes back with the failure in `unavailable`, never as an empty result.

        Raises:
            QueueFull: more is waiting than the engine's queue holds; no text gets an answer.
        """
        ...

    def close(self) -> None:
        """Release the engine. Calls after this are an error."""
        ...


@runtime_checkable
class LanguageModel(Classifier, Protocol):
    """A classifier that runs a language model, here or elsewhere."""

    @property
    def explains(self) -> bool:
        """Whether it can also write sentences."""
        ...

    def explain(
        self, text: NormalizedText, *, label: Label, category: Category | None
    ) -> Generator[str, None, None]:
        """Write why a text may be labelled so, piece by piece; closing it ends the work.

        Raises:
            QueueFull: too much is waiting.
            ModelError: it cannot answer.
        """
        ...


@dataclass(frozen=True, slots=True)
class Band:
    """Between which scores of harm as a whole the first lane is not sure enough to stand alone.

    Below, it is taken at its word. Above, the text goes to a person anyway, and a second opinion could only
    agree: more evidence never lowers an action. The default is what `training.band` found for the bundled
    encoder: it asks about nine of ten harmful texts that the encoder lets through, and ends where the default
    policy sends a text to a person. A policy sets its own.
    """

    low: float = 0.15
    high: float = 0.87

    def holds(self, score: float) -> bool:
        """Whether a score is in it, its ends included."""
        return self.low <= score <= self.high


class Cascade:
    """Asks the first lane about every text, and the second where the first is not enough.

    The second is asked about a text that the first is unsure of, that is not English, or that has a term
    which may be code. What both say is evidence.
    """

    def __init__(
        self,
        first: Classifier,
        second: Classifier,
        *,
        band: Band,
        language: Callable[[NormalizedText], str],
    ) -> None:
        """Put one behind the other; both are closed with the cascade."""
        self._first = first
        self._second = second
        self._band = band
        self._language = language

    @property
    def version(self) -> str:
        """Both versions, in the order they are asked."""
        return f"{self._first.version}+{self._second.version}"

    @property
    def waiting(self) -> int:
        """What waits for the first; the second can be asked by itself."""
        return self._first.waiting

    def check(self) -> str:
        """Check the first; without the second, a person answers."""
        self._first.check()
        return self.version

    def classify(self, texts: Sequence[NormalizedText]) -> list[Classification]:
        """Give the evidence of both lanes on each text; raises as `Classifier.classify`."""
        found = self._first.classify(texts)
        whys = [
            handover_of(text, each, band=self._band, language=self._language)
            for text, each in zip(texts, found, strict=True)
        ]
        asked = [place for place, why in enumerate(whys) if why is not None]
        if asked:
            second = self._second.classify([texts[place] for place in asked])
            for place, other in zip(asked, second, strict=True):
                found[place] = together(found[place], other, why=whys[place])
        return found

    def close(self) -> None:
        """Close both."""
        self._first.close()
        self._second.close()


def handover_of(
    text: NormalizedText, first: Classification, *, band: Band, language: Callable[[NormalizedText], str]
) -> Handover | None:
    """Why the second lane is asked about a text that the first has read; None where it is not."""
    score = max((signal.score for signal in first.signals if signal.category is None), default=None)
    if score is None:
        return Handover.UNANSWERED
    if band.holds(score):
        return Handover.UNCERTAIN
    if text.hints or any(edit.ambiguous for edit in text.edits):
        return Handover.AMBIGUOUS
    return Handover.LANGUAGE if language(text) != ENGLISH else None


def together(first: Classification, second: Classification, *, why: Handover | None) -> Classification:
    """All the evidence of two classifications."""
    return Classification(
        signals=first.signals + second.signals,
        unavailable=first.unavailable + second.unavailable,
        handover=why,
    )
