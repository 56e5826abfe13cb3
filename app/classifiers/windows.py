"""How texts are cut, and how much of them one call of an engine takes."""

from collections.abc import Sequence
from dataclasses import dataclass

# Larger calls reserve more memory for outputs that are never written.
BATCH_TOKENS = 128
"""Room of one call, and so the longest window that can be scored."""
# Every token attends to every other token of the call before the mask is applied, so larger calls are slower
# per text on a CPU (`python -m benchmarks.packing`).
FULL_TOKENS = 48
"""A window that would make a call longer than this waits for the next one; three or four short posts fit."""
BATCH_SEQUENCES = 16
MOST_WINDOWS = 8
"""Windows of one text that a language model reads. What is longer goes to a person."""


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens of a window with its two special ones, and tokens it shares with the window before."""

    tokens: int
    overlap: int

    def cut(self, tokens: Sequence[int], *, begin: int, end: int) -> list[list[int]]:
        """Tokens in overlapping windows, each with the special tokens around it."""
        parts = windows(len(tokens), room=self.tokens - 2, overlap=self.overlap)
        return [[begin, *tokens[part], end] for part in parts]


def windows(tokens: int, *, room: int, overlap: int) -> list[slice]:
    """Where a text of so many tokens is cut: parts of at most `room`, each sharing `overlap` with the last.

    >>> windows(10, room=6, overlap=2)
    [slice(0, 6, None), slice(4, 10, None)]
    """
    last = max(tokens - overlap, 1)
    return [slice(start, start + room) for start in range(0, last, room - overlap)]
