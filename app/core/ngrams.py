"""Which hashed features a text has: its words, pairs of words and letters of words.

The features of the second opinion beside the encoder. They know nothing of meaning, and are surest just
where an encoder of this size is vague: in insults and threats of few, fixed words. Hashing (Weinberger et
al. 2009, arXiv:0902.2206) needs no vocabulary. Each distinct word counts once, so repeating it adds nothing.
"""

import re
import zlib
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

WORD_BUCKETS = 1 << 16
LETTER_BUCKETS = 1 << 17
BUCKETS = WORD_BUCKETS + LETTER_BUCKETS
"""Buckets of words and pairs first, those of letters after them."""

EMPHASIS = 2.0
"""How much more a word or a pair counts than one stretch of letters, of which a word has many."""

_LENGTHS = (3, 4, 5)
MOST_LETTERS = 32
"""Letters of a longer word, mostly noise, are not looked at further."""
_TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Grams:
    """The distinct words of a text and its distinct pairs of neighbouring words, in lower case."""

    words: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]


def grams(text: str) -> Grams:
    """Words and marks of a text, and which follow each other.

    >>> grams("Go, go away")
    Grams(words=('go', ',', 'away'), pairs=(('go', ','), (',', 'go'), ('go', 'away')))
    """
    tokens = _TOKEN.findall(text.lower())
    pairs = pairwise(tokens)
    return Grams(words=tuple(dict.fromkeys(tokens)), pairs=tuple(dict.fromkeys(pairs)))


def letter_buckets(word: str) -> tuple[int, ...]:
    """The buckets of every 3 to 5 letters in a row of a word, with its ends marked."""
    # Cut before it is remembered: a post may be one word, and thousands of those are a lot of memory.
    return _letter_buckets(word[:MOST_LETTERS])


@lru_cache(maxsize=1 << 15)
def _letter_buckets(word: str) -> tuple[int, ...]:
    framed = f" {word} "
    return tuple(
        WORD_BUCKETS + _hash(framed[start : start + length]) % LETTER_BUCKETS
        for length in _LENGTHS
        for start in range(len(framed) - length + 1)
    )


def word_bucket(word: str) -> int:
    """The bucket of a word itself."""
    return _hash(word) % WORD_BUCKETS


def pair_bucket(pair: tuple[str, str]) -> int:
    """The bucket of two neighbouring words."""
    return _hash(" ".join(pair)) % WORD_BUCKETS


def _hash(text: str) -> int:
    # Not Python's own hash, which differs from process to process.
    return zlib.crc32(text.encode())
