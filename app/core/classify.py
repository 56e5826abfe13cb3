"""The one port to any model.

A classifier turns texts into evidence. It judges nothing: what the evidence means is the policy's business.
"""

from collections.abc import Sequence
from typing import Protocol

from app.core.types import Classification, NormalizedText


class Classifier(Protocol):
    """An encoder, a label scorer, a remote server, or a cascade of those."""

    @property
    def version(self) -> str:
        """Name and content hash of what answers, as stored with each decision."""
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
