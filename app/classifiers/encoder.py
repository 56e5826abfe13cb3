"""Lane 1: a fine-tuned encoder, run by llama.cpp in a process of its own.

Has each part of a text scored, window by window, and calibrates, with the second opinion of an n-gram
model where the card names one. A text is as harmful as its strongest window.
"""

from collections.abc import Sequence
from concurrent.futures import Future
from itertools import accumulate, takewhile
from pathlib import Path

from app.classifiers.engine import Engine
from app.classifiers.ngrams import NgramModel
from app.classifiers.parts import Logits, Part, parts_of, whole_of
from app.classifiers.signals import signals_of
from app.classifiers.windows import BATCH_TOKENS
from app.core.card import EncoderCard
from app.core.errors import CardInvalid, EngineFailed
from app.core.types import Classification, NormalizedText, Outage

AT_ONCE = 32
"""Texts of one caller that are in the queue at a time: nobody waits behind a whole large batch."""


class Encoder:
    """The `Classifier` over one encoder GGUF. Safe to use from many threads."""

    def __init__(
        self,
        path: Path,
        *,
        card: EncoderCard,
        second: NgramModel | None,
        threads: int,
        queue_size: int,
        expanded: bool = True,
    ) -> None:
        """Load the weights in a process of their own.

        Args:
            path: of the GGUF.
            card: what its outputs mean.
            second: the n-gram model of the card, if it names one.
            threads: cores to compute on.
            queue_size: most texts that may wait.
            expanded: compute with 16-bit weights where the file has fewer bits.

        Raises:
            ModelCorrupt: llama.cpp cannot use the file.
            CardInvalid: its outputs or its window are not what the card says.
        """
        self._card = card
        self._second = second
        # Half of a small queue: the other half is for others.
        self._at_once = max(1, min(AT_ONCE, queue_size // 2))
        self._engine = Engine(
            path,
            window_tokens=card.window_tokens,
            overlap_tokens=card.overlap_tokens,
            threads=threads,
            queue_size=queue_size,
            expanded=expanded,
        )
        try:
            self._check_card()
        except CardInvalid:
            self._engine.close()
            raise

    @property
    def version(self) -> str:
        """Name and hash of the weights."""
        return self._card.version

    def check(self) -> str:
        """What answers; raises EngineFailed while the engine's process cannot be started."""
        self._engine.check()
        return self.version

    @property
    def waiting(self) -> int:
        """How many texts are not yet scored."""
        return self._engine.waiting

    def classify(self, texts: Sequence[NormalizedText]) -> list[Classification]:
        """Give one signal per category and one overall for each text, from the reading that says most.

        Raises:
            QueueFull: more texts are waiting than the queue holds.
        """
        parts = [parts_of(text, self._second) for text in texts]
        found: list[Classification] = []
        while len(found) < len(texts):
            done = len(found)
            some = self._next(parts[done:])
            futures = iter(self._submitted([part.text for own in some for part in own]))
            # While the engine's process is at work.
            wholes = [
                whole_of(text, self._second, outputs=len(self._card.labels))
                for text in texts[done : done + len(some)]
            ]
            found += [
                self._classification([(part, next(futures)) for part in own], whole=whole)
                for own, whole in zip(some, wholes, strict=True)
            ]
        return found

    def close(self) -> None:
        """End the engine's process."""
        self._engine.close()

    def _submitted(self, texts: Sequence[str]) -> list[Future[Logits]]:
        """A future for each part; one text has so many that they are handed over bit by bit."""
        asked: list[Future[Logits]] = []
        for start in range(0, len(texts), self._at_once):
            for future in asked:
                future.exception()  # Waits.
            asked += self._engine.submit(texts[start : start + self._at_once])
        return asked

    def _next(self, parts: Sequence[list[Part]]) -> Sequence[list[Part]]:
        """Those of the first texts whose parts fit the queue together; of one at least."""
        ends = accumulate(map(len, parts))
        return parts[: max(1, sum(1 for end in takewhile(lambda end: end <= self._at_once, ends)))]

    def _classification(
        self, asked: Sequence[tuple[Part, Future[Logits]]], *, whole: Logits
    ) -> Classification:
        try:
            rows = [
                self._calibrated(window, second=part.second(whole), discount=part.discount)
                for part, future in asked
                for window in future.result()
            ]
        except EngineFailed as failure:
            return Classification(unavailable=(Outage(source=self.version, reason=str(failure)),))
        strongest = [max(column) for column in zip(*rows, strict=True)]
        return Classification(
            signals=signals_of(strongest, source=self.version, categories=self._card.labels)
        )

    def _calibrated(self, logits: Logits, *, second: Logits, discount: float) -> list[float]:
        """Probabilities of the categories, then of any harm."""
        categories = [
            stack.probability(logit, other, discount=discount)
            for stack, logit, other in zip(
                self._card.calibration, logits.tolist(), second.tolist(), strict=True
            )
        ]
        return [*categories, self._card.overall.probability(categories)]

    def _check_card(self) -> None:
        labels = tuple(label.value for label in self._card.labels)
        if self._engine.labels != labels:
            raise CardInvalid(
                f"The card of {self._card.name!r} lists the outputs {labels!r}, "
                f"the file {self._engine.labels!r}. Package the model again."
            )
        longest = min(self._engine.max_tokens, BATCH_TOKENS)
        if not self._card.overlap_tokens + 2 < self._card.window_tokens <= longest:
            raise CardInvalid(
                f"The card of {self._card.name!r} asks for windows of {self._card.window_tokens} tokens with "
                f"{self._card.overlap_tokens} shared; windows hold at most {longest} here."
            )
