"""The least that llama.cpp needs to score texts: what `plainspeak bench` compares the service with.

The same weights, windows of the same length, calls of the same size, and nothing around them: no normalizing,
no second reading, no calibration, no queue, no database.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Self

from app.classifiers.engine_process import open_weights
from app.classifiers.windows import BATCH_SEQUENCES, BATCH_TOKENS, FULL_TOKENS


class RawLoop:
    """Scores texts in full batches on the calling thread."""

    def __init__(self, path: Path, *, threads: int, window_tokens: int, expanded: bool) -> None:
        """Load the file; raises ModelCorrupt.

        Args:
            path: of the GGUF.
            threads: cores to compute on.
            window_tokens: length of a window with its two special tokens.
            expanded: compute with 16-bit weights where the file has fewer bits, as the service does.
        """
        self._weights = open_weights(path, expanded=expanded)
        self._context = self._weights.context(
            threads=threads, batch_tokens=BATCH_TOKENS, batch_sequences=BATCH_SEQUENCES
        )
        self._room = window_tokens - 2

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._context.close()
        self._weights.close()

    def score(self, texts: Sequence[str]) -> None:
        """Tokenize and score the first window of every text, as many in one call as fit."""
        batch: list[list[int]] = []
        tokens = 0
        for text in texts:
            inside = self._weights.tokenize(text)[: self._room]
            window = [self._weights.begin, *inside, self._weights.end]
            if batch and (tokens + len(window) > FULL_TOKENS or len(batch) == BATCH_SEQUENCES):
                self._context.logits(batch)
                batch, tokens = [], 0
            batch.append(window)
            tokens += len(window)
        if batch:
            self._context.logits(batch)
