"""The second opinion beside the encoder: a linear model over hashed words, pairs of words and letters.

A file is an .npz with `weights` (buckets x categories, 8-bit), `scale` and `bias` (categories);
training.ngrams writes it.
"""

import math
import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.core.errors import ModelCorrupt
from app.core.ngrams import BUCKETS, EMPHASIS, MOST_LETTERS, grams, letter_buckets, pair_bucket, word_bucket

Logits = NDArray[np.float32]

_WORDS_KEPT = 1 << 15
"""Words whose sum of weights is remembered; a language uses fewer in daily life."""


class NgramModel:
    """One logit per category for a text. Safe to use from many threads."""

    def __init__(self, path: Path, *, outputs: int) -> None:
        """Load the weights.

        Raises:
            ModelCorrupt: the file does not hold such weights for so many outputs, or they are no numbers.
        """
        try:
            with (
                path.open("rb") as file,
                np.load(file, allow_pickle=False) as arrays,
                np.errstate(over="ignore", invalid="ignore"),
            ):
                self._weights = arrays["weights"] * arrays["scale"].astype(np.float32)
                self._bias = arrays["bias"].astype(np.float32)
        except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as error:
            raise ModelCorrupt(
                f"{str(path)!r} holds no n-gram weights ({error}). "
                "Copy the file again, or package the model again."
            ) from error
        if self._weights.shape != (BUCKETS, outputs) or self._bias.shape != (outputs,):
            raise ModelCorrupt(
                f"{str(path)!r} has weights of shape {self._weights.shape}, not {(BUCKETS, outputs)}. "
                "Package the model again."
            )
        if not (np.isfinite(self._weights).all() and np.isfinite(self._bias).all()):
            # A score that is not a number reaches no threshold, and so would be allowed.
            raise ModelCorrupt(f"{str(path)!r} has weights that are not finite. Package the model again.")
        self._words: dict[str, tuple[Logits, float]] = {}

    def logits(self, text: str) -> Logits:
        """The weights of the text's features, over the length of the vector of features, plus the bias."""
        found = grams(text)
        total = EMPHASIS * self._weights[[pair_bucket(pair) for pair in found.pairs]].sum(axis=0)
        squares = EMPHASIS**2 * len(found.pairs)
        for word in found.words:
            weights, square = self._word(word)
            total += weights
            squares += square
        logits: Logits = (total / math.sqrt(squares or 1) + self._bias).astype(np.float32)
        return logits

    def _word(self, word: str) -> tuple[Logits, float]:
        """The weighted sum of a word's features, and the square of their length."""
        known = self._words.get(word)
        if known is None:
            letters = letter_buckets(word)
            known = (
                EMPHASIS * self._weights[word_bucket(word)] + self._weights[list(letters)].sum(axis=0),
                EMPHASIS**2 + len(letters),
            )
            # A longer word is noise, and would be kept for ever.
            if len(word) <= MOST_LETTERS and len(self._words) < _WORDS_KEPT:
                self._words[word] = known
        return known
