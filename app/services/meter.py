"""What a request may be asked about while it is worked on: how long each stage took, and what came of it.

The services tell a meter and do not know who listens. Nothing that is told names a text, a caller or an id.
"""

import time
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from enum import StrEnum
from typing import Protocol

from app.core.types import Classification, Verdict


class Stage(StrEnum):
    """A step of a request, in order."""

    NORMALIZE = "normalize"
    CLASSIFY = "classify"
    DECIDE = "decide"
    RECORD = "record"


class Meter(Protocol):
    """Hears of work. Called from many threads at once, several times for each request: it must be quick."""

    def took(self, stage: Stage, seconds: float) -> None:
        """Hear how long a stage took for all texts of one call."""
        ...

    def in_engine(self, texts: int) -> AbstractContextManager[None]:
        """Hear that so many texts are handed to the model, and when they are answered or refused."""
        ...

    def classified(self, found: Sequence[Classification]) -> None:
        """Hear what the model found: who was asked, and who could not answer."""
        ...

    def decided(self, verdicts: Iterable[Verdict]) -> None:
        """Hear of verdicts that are kept."""
        ...


class Unmetered:
    """A meter that nobody reads."""

    def took(self, stage: Stage, seconds: float) -> None:
        """Do nothing."""

    def in_engine(self, texts: int) -> AbstractContextManager[None]:  # noqa: ARG002 nobody listens
        """Do nothing."""
        return nullcontext()

    def classified(self, found: Sequence[Classification]) -> None:
        """Do nothing."""

    def decided(self, verdicts: Iterable[Verdict]) -> None:
        """Do nothing."""


UNMETERED = Unmetered()


class Stopwatch:
    """Tells a meter how long the stages of one call took, one after the other."""

    def __init__(self, meter: Meter) -> None:
        """Start the first stage."""
        self._meter = meter
        self._started = time.perf_counter()

    def lap(self, stage: Stage) -> None:
        """End a stage and start the next."""
        now = time.perf_counter()
        self._meter.took(stage, now - self._started)
        self._started = now
