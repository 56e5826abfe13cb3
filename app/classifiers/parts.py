"""What of a text the encoder scores, each part with what the n-gram model says of it.

A post is as harmful as its worst sentence, but a window of an encoder is read as a whole: a threat amid two
innocent sentences scores about as they do. Scoring every sentence by itself would double the work and lose
what only the sentences together say. So the n-gram model, which is fast, reads each sentence, and those that
it suspects are scored by themselves as well.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.classifiers.ngrams import NgramModel
from app.core.sentences import sentences
from app.core.spoken import spoken
from app.core.stretches import stretches
from app.core.types import NormalizedText

Logits = NDArray[np.float32]

FEWEST_SENTENCES = 3
"""Of a text, from which on its sentences are looked at: the labelled texts that a model learns from are a
sentence or two, and those it reads well together."""
SENTENCE_CHARS = 280
"""Longest such sentence: about one window, and so what a longer one is read in anyway."""
SUSPECT = -1.0
"""Logit of the n-gram model, of any category, from which on a sentence is suspected."""
MOST_SUSPECTED = 8
"""Sentences of a text that are scored by themselves, the most suspect first; of more one is enough."""
DISCOUNT = 1.8
"""What is taken off the log-odds of a sentence alone: what stands around it may have made it innocent."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is scored in one go, window by window."""

    text: str
    """As the encoder reads it."""
    alone: Logits | None = None
    """The n-gram model's logit of each category for a suspected sentence; None for a reading of the whole."""

    @property
    def discount(self) -> float:
        """What is taken off the log-odds of its probabilities."""
        return 0.0 if self.alone is None else DISCOUNT

    def second(self, whole: Logits) -> Logits:
        """What the n-gram model says of it, given what it says of the whole text.

        The whole speaks for each of its parts, and a sentence as much for itself.
        """
        return whole if self.alone is None else np.mean([whole, self.alone], axis=0)


def parts_of(text: NormalizedText, second: NgramModel | None) -> list[Part]:
    """The readings of a text, then its suspected sentences, the most suspect first; none twice."""
    readings = [Part(reading) for reading in _spoken(stretches(text))]
    if second is None:
        return readings
    alone = [(sentence, second.logits(sentence)) for sentence in sentences_of(text)]
    suspected = [(sentence, logits) for sentence, logits in alone if logits.max() >= SUSPECT]
    suspected.sort(key=lambda each: -each[1].max())
    return [*readings, *(Part(sentence, logits) for sentence, logits in suspected[:MOST_SUSPECTED])]


def whole_of(text: NormalizedText, second: NgramModel | None, *, outputs: int) -> Logits:
    """The n-gram model's strongest logit of each category over a text's readings; 0 without such a model."""
    if second is None:
        return np.zeros(outputs, dtype=np.float32)
    strongest: Logits = np.max([second.logits(reading) for reading in _spoken(text.readings)], axis=0)
    return strongest


def sentences_of(text: NormalizedText) -> list[str]:
    """The sentences of a text that has enough of them, as they are read."""
    return _spoken([each for reading in text.readings for each in _cut(reading)])


def _spoken(readings: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(map(spoken, readings)))


def _cut(reading: str) -> Iterator[str]:
    spans = sentences(reading)
    if len(spans) >= FEWEST_SENTENCES:
        for span in spans:
            if span.end - span.start <= SENTENCE_CHARS:
                yield reading[span.start : span.end]
