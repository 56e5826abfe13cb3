"""Lane 1: a fine-tuned encoder, run by llama.cpp.

Turns each reading of a text into windows of tokens, scores all windows that are waiting together, and
calibrates, with the second opinion of an n-gram model where the card names one. A long text is as harmful
as its strongest window.
"""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.classifiers.batcher import Batcher
from app.classifiers.llama import LlamaEncoder
from app.classifiers.ngrams import NgramModel
from app.core.card import EncoderCard
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


def second_logits(second: NgramModel | None, readings: Sequence[str], outputs: int) -> Logits:
    """The n-gram model's strongest logit per category over all readings of a text; 0 without such a model."""
    if second is None:
        return np.zeros(outputs, dtype=np.float32)
    strongest: Logits = np.max([second.logits(reading) for reading in readings], axis=0)
    return strongest


@dataclass(frozen=True, slots=True)
class _Read:
    """One text as both models take it."""

    windows: list[list[int]]
    second: Logits


class Encoder:
    """The `Classifier` over one encoder GGUF. Safe to use from many threads."""

    def __init__(
        self, path: Path, *, card: EncoderCard, second: NgramModel | None, threads: int, queue_size: int
    ) -> None:
        """Load the weights and start the owner thread.

        Raises:
            ModelCorrupt: llama.cpp cannot use the file.
            CardInvalid: its outputs or its window are not what the card says.
        """
        self._card = card
        self._second = second
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
        read = [self._read(text) for text in texts]
        scored = iter(
            self._scored([window for some in read if isinstance(some, _Read) for window in some.windows])
        )
        return [
            Classification(unavailable=(some,))
            if isinstance(some, Outage)
            else self._classification([next(scored) for _ in some.windows], second=some.second)
            for some in read
        ]

    def close(self) -> None:
        """Stop the owner thread and free the weights."""
        self._batcher.close()
        self._engine.close()

    def _read(self, text: NormalizedText) -> _Read | Outage:
        """The windows of all readings of one text, and what the second opinion says of the worst reading."""
        readings = list(dict.fromkeys(map(spoken, text.readings)))
        try:
            cut = [window for reading in readings for window in self.windows(self._engine.tokenize(reading))]
        except EngineFailed as failure:
            return self._outage(failure)
        return _Read(windows=cut, second=second_logits(self._second, readings, len(self._card.labels)))

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

    def _classification(self, futures: list[Future[Logits]], *, second: Logits) -> Classification:
        try:
            rows = [self._calibrated(future.result(), second=second) for future in futures]
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

    def _calibrated(self, logits: Logits, *, second: Logits) -> list[float]:
        """Probabilities of the categories, then of any harm."""
        categories = [
            stack.probability(logit, other)
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
