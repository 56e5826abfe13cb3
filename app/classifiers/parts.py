"""What of a text the encoder scores, each part with what the n-gram model says of it.

A post is as harmful as its worst sentence, but a window of an encoder is read as a whole: a threat amid two
innocent sentences scores about as they do. Scoring every sentence by itself would double the work and lose
what only the sentences together say. So the n-gram model, which is fast, reads each passage, a sentence or a
stretch of one that never ends, and those that it suspects are scored by themselves as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.classifiers.ngrams import NgramModel
from app.core.passages import passages
from app.core.spoken import spoken
from app.core.stretches import stretches
from app.core.types import NormalizedText, Span

Logits = NDArray[np.float32]

SUSPECT = -1.0
"""Logit of the n-gram model, of any category, from which on a passage is suspected."""
MOST_SUSPECTED = 8
"""Passages of a text that are scored by themselves, the most suspect first; of more one is enough."""
DISCOUNT = 1.8
"""What is taken off the log-odds of a passage alone: what stands around it may have made it innocent."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is scored in one go, window by window."""

    text: str
    """As the encoder reads it."""
    alone: Logits | None = None
    """The n-gram model's logit of each category for a suspected passage; None for a reading of the whole."""

    @property
    def discount(self) -> float:
        """What is taken off the log-odds of its probabilities."""
        return 0.0 if self.alone is None else DISCOUNT

    def second(self, whole: Logits) -> Logits:
        """What the n-gram model says of it, given what it says of the whole text.

        The whole speaks for each of its parts, and a passage as much for itself.
        """
        return whole if self.alone is None else np.mean([whole, self.alone], axis=0)


def parts_of(text: NormalizedText, second: NgramModel | None) -> list[Part]:
    """The readings of a text, then its suspected passages, the most suspect first; none twice."""
    readings = [Part(reading) for reading in _spoken(stretches(text))]
    if second is None:
        return readings
    found = {said: logits for reading in text.readings for said, logits in _suspected(reading, second)}
    most = sorted(found.items(), key=lambda each: -each[1].max())[:MOST_SUSPECTED]
    return [*readings, *(Part(said, logits) for said, logits in most)]


def whole_of(text: NormalizedText, second: NgramModel | None, *, outputs: int) -> Logits:
    """The n-gram model's strongest logit of each category over a text's readings; 0 without such a model."""
    if second is None:
        return np.zeros(outputs, dtype=np.float32)
    strongest: Logits = np.max([second.logits(reading) for reading in _spoken(text.readings)], axis=0)
    return strongest


def passages_of(text: NormalizedText) -> list[str]:
    """The passages of a text, as they are read."""
    return _spoken(
        [reading[span.start : span.end] for reading in text.readings for span in passages(reading)]
    )


def _suspected(reading: str, second: NgramModel) -> list[tuple[str, Logits]]:
    """The suspected passages of a reading, as they are read, the most suspect first; no two overlap."""
    judged = [
        (span, said, second.logits(said))
        for span in passages(reading)
        for said in [spoken(reading[span.start : span.end])]
    ]
    judged.sort(key=lambda each: -each[2].max())
    taken: dict[str, tuple[Span, Logits]] = {}
    for span, said, logits in judged:
        if logits.max() < SUSPECT or len(taken) == MOST_SUSPECTED:
            break
        if said not in taken and not any(span.overlaps(other) for other, _ in taken.values()):
            taken[said] = (span, logits)
    return [(said, logits) for said, (_, logits) in taken.items()]


def _spoken(readings: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(map(spoken, readings)))
