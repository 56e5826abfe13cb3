"""Lane 1: a fine-tuned encoder, run by llama.cpp.

Turns each reading of a text into windows of tokens, scores all windows that are waiting together, and
calibrates. A long text is as harmful as its strongest window.
"""

from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.classifiers.batcher import Batcher
from app.classifiers.llama import LlamaEncoder
from app.core.card import ModelCard
from app.core.errors import CardInvalid, EngineFailed
from app.core.spoken import spoken
from app.core.types import Classification, NormalizedText, Outage, Signal

Logits = NDArray[np.float32]

# 128 tokens hold about four short posts. Larger calls are slower per text on a CPU, because every token
# attends to every other token of the call before the mask is applied, and they reserve more memory for
# outputs that are never written.
BATCH_TOKENS = 128
BATCH_SEQUENCES = 16
WINDOWS_AT_ONCE = 32
"""Windows of one caller that are in the queue at a time: nobody waits behind a whole long text or batch."""


def windows(tokens: int, *, room: int, overlap: int) -> list[slice]:
    """Where a text of so many tokens is cut: parts of at most `room`, each sharing `overlap` with the last.

    >>> windows(10, room=6, overlap=2)
    [slice(0, 6, None), slice(4, 10, None)]
    """
    last = max(tokens - overlap, 1)
    return [slice(start, start + room) for start in range(0, last, room - overlap)]


class Encoder:
    """The `Classifier` over one encoder GGUF. Safe to use from many threads."""

    def __init__(self, path: Path, *, card: ModelCard, threads: int, queue_size: int) -> None:
        """Load the weights and start the owner thread.

        Raises:
            ModelCorrupt: llama.cpp cannot use the file.
            CardInvalid: its outputs or its window are not what the card says.
        """
        self._card = card
        self._engine = LlamaEncoder(
            path, threads=threads, batch_tokens=BATCH_TOKENS, batch_sequences=BATCH_SEQUENCES
        )
        try:
            self._check_card()
        except CardInvalid:
            self._engine.close()
            raise
        self._at_once = min(WINDOWS_AT_ONCE, queue_size)
        self._batcher: Batcher[list[int], Logits] = Batcher(
            self._engine.logits,
            cost=len,
            max_cost=BATCH_TOKENS,
            max_jobs=BATCH_SEQUENCES,
            max_waiting=queue_size,
            name="plainspeak-encoder",
        )

    @property
    def version(self) -> str:
        """Name and hash of the weights."""
        return self._card.version

    def classify(self, texts: Sequence[NormalizedText]) -> list[Classification]:
        """Give one signal per category and one overall for each text, from the reading that says most.

        Raises:
            QueueFull: more windows are waiting than the queue holds.
        """
        cut = [self._cut(text) for text in texts]
        scored = iter(
            self._scored([window for some in cut if not isinstance(some, Outage) for window in some])
        )
        return [
            Classification(unavailable=(some,))
            if isinstance(some, Outage)
            else self._classification([next(scored) for _ in some])
            for some in cut
        ]

    def close(self) -> None:
        """Stop the owner thread and free the weights."""
        self._batcher.close()
        self._engine.close()

    def _cut(self, text: NormalizedText) -> list[list[int]] | Outage:
        """The windows of all readings of one text."""
        try:
            return [
                window
                for reading in dict.fromkeys(map(spoken, text.readings))
                for window in self.windows(self._engine.tokenize(reading))
            ]
        except EngineFailed as failure:
            return self._outage(failure)

    def _scored(self, windows: Sequence[list[int]]) -> list[Future[Logits]]:
        """Score windows, so many at a time that any number of them fits the queue; each future is done."""
        done: list[Future[Logits]] = []
        for start in range(0, len(windows), self._at_once):
            futures = self._batcher.submit(windows[start : start + self._at_once])
            for future in futures:
                future.exception()  # Waits; `concurrent.futures.wait` costs several times as much.
            done += futures
        return done

    def windows(self, tokens: Sequence[int]) -> list[list[int]]:
        """Cut tokens into overlapping windows with the special tokens around each."""
        parts = windows(len(tokens), room=self._card.window_tokens - 2, overlap=self._card.overlap_tokens)
        return [[self._engine.begin, *tokens[part], self._engine.end] for part in parts]

    def _classification(self, futures: list[Future[Logits]]) -> Classification:
        try:
            rows = [self._calibrated(future.result()) for future in futures]
        except EngineFailed as failure:
            return Classification(unavailable=(self._outage(failure),))
        strongest = [max(column) for column in zip(*rows, strict=True)]
        return Classification(
            signals=tuple(
                Signal(source=self.version, category=category, score=score)
                for category, score in zip((*self._card.labels, None), strongest, strict=True)
            )
        )

    def _outage(self, failure: EngineFailed) -> Outage:
        return Outage(source=self.version, reason=str(failure))

    def _calibrated(self, logits: Logits) -> list[float]:
        """Probabilities of the categories, then of any harm."""
        categories = [
            platt.probability(logit)
            for platt, logit in zip(self._card.calibration, logits.tolist(), strict=True)
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
