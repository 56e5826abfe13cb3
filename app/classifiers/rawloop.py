"""The least that llama.cpp needs to score texts: what `plainspeak bench` compares the service with.

The same weights, windows of the same length, calls of the same size, and nothing around them: no normalizing,
no second reading, no calibration, no queue, no database.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Self

from app.classifiers.encoder import BATCH_SEQUENCES, BATCH_TOKENS
from app.classifiers.llama import LlamaEncoder


class RawLoop:
    """Scores texts in full batches on the calling thread."""

    def __init__(self, path: Path, *, threads: int, window_tokens: int) -> None:
        self._engine = LlamaEncoder(
            path, threads=threads, batch_tokens=BATCH_TOKENS, batch_sequences=BATCH_SEQUENCES
        )
        self._room = window_tokens - 2

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.close()

    def score(self, texts: Sequence[str]) -> None:
        """Tokenize and score the first window of every text, as many in one call as fit."""
        batch: list[list[int]] = []
        tokens = 0
        for text in texts:
            window = [self._engine.begin, *self._engine.tokenize(text)[: self._room], self._engine.end]
            if tokens + len(window) > BATCH_TOKENS or len(batch) == BATCH_SEQUENCES:
                self._engine.logits(batch)
                batch, tokens = [], 0
            batch.append(window)
            tokens += len(window)
        if batch:
            self._engine.logits(batch)
