"""Early certainty: short everyday posts whose words are all harmless need no model.

The n-gram model beside the encoder costs a tenth of a millisecond. Where it puts every category far below
any threshold, and nothing in the post is or may be code, its answer stands. It knows words and not what they
mean together, so it misses some harm: `python -m benchmarks.early FOLDER` says how much at which limit. It is
off until an operator turns it on.
"""

import math
from collections.abc import Sequence

import numpy as np

from app.classifiers.ngrams import NgramModel
from app.classifiers.parts import passages_of
from app.classifiers.signals import signals_of
from app.core.classify import Classifier
from app.core.spoken import spoken
from app.core.types import Category, Classification, NormalizedText

MOST_CHARS = 160
"""A longer text gives its words more room to mean something together."""


def chances(words: NgramModel, text: NormalizedText) -> list[float] | None:
    """Probabilities of the categories by the words alone; None for a text that is never spared.

    A passage speaks for itself too: company must not hide it.
    """
    if text.edits or text.hints or len(text.original) > MOST_CHARS:
        return None
    parts = [spoken(text.original), *passages_of(text)]
    return [1 / (1 + math.exp(-logit)) for logit in np.max(list(map(words.logits, parts)), axis=0).tolist()]


class Early:
    """A classifier that asks another only about texts whose words leave a doubt."""

    def __init__(
        self,
        classifier: Classifier,
        *,
        words: NgramModel,
        categories: Sequence[Category],
        source: str,
        limit: float,
    ) -> None:
        """Put the words in front of a classifier.

        Args:
            classifier: what is asked otherwise.
            words: the n-gram model.
            categories: its outputs, in order.
            source: its name and hash.
            limit: up to this probability in every category its answer stands.
        """
        self._classifier = classifier
        self._words = words
        self._categories = categories
        self._source = source
        self._limit = limit

    @property
    def version(self) -> str:
        """Both versions, in the order they are asked."""
        return f"{self._source}+{self._classifier.version}"

    @property
    def waiting(self) -> int:
        """At what is asked."""
        return self._classifier.waiting

    def check(self) -> str:
        """Check what is asked."""
        self._classifier.check()
        return self.version

    def classify(self, texts: Sequence[NormalizedText]) -> list[Classification]:
        """Give the evidence on each text, in order; raises as what is asked."""
        found = [self._spared(text) for text in texts]
        others = iter(
            self._classifier.classify([text for text, own in zip(texts, found, strict=True) if own is None])
        )
        return [next(others) if own is None else own for own in found]

    def close(self) -> None:
        """Close what is asked."""
        self._classifier.close()

    def _spared(self, text: NormalizedText) -> Classification | None:
        found = chances(self._words, text)
        if found is None or max(found) > self._limit:
            return None
        signals = signals_of([*found, max(found)], source=self._source, categories=self._categories)
        return Classification(signals=signals, early=True)
