"""Which risky word a disguised spelling can be read as.

Built once from a vocabulary; every question afterwards is a table look-up and a comparison with the few
words that share a skeleton, so the cost of a token does not grow with the vocabulary. Nothing here knows of
positions in a text.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.core.vocabulary import FREQUENT, HELPERS, MILD, ORDINARY, RISKY, SINGLE_LETTER_WORDS

STANDS_FOR = {
    "0": "o", "1": "il", "2": "z", "3": "e", "4": "a", "5": "s", "6": "gb", "7": "t", "8": "b", "9": "g",
    "@": "a", "$": "s", "!": "il", "|": "il", "+": "t", "€": "e", "£": "l", "¢": "c", "¥": "y", "§": "s",
    "¡": "i",
}  # fmt: skip
"""Digits and symbols, and the letters they are written for."""

LEET_SYMBOLS = "".join(char for char in STANDS_FOR if not char.isdigit())
MASKS = "*#%&@$!?•×█■▓□"
"""Characters written over a letter to hide it."""
FAINT_MASKS = "_-.~"
"""Characters that hide a letter, but have plain uses between letters too."""

_LONGEST_TOKEN = 48
_LONGEST_PIECE = 16
_SHORTEST_COINED_PIECE = 5
_SHORT_HELPERS = frozenset({"go", "to", "me", "so"})
_SKELETON = str.maketrans("lbç0123456789@$!|+€£¢¥§¡", "igcoizeasgtggasiiteicysi")
_LONG_RUN = re.compile(r"(.)\1{2,}", re.DOTALL)
_ANY_RUN = re.compile(r"(.)\1+", re.DOTALL)
_CAPITAL_I_INSIDE = re.compile(r"[a-z]I")


def _skeleton(token: str) -> str:
    """The token with every look-alike digit as one letter and every run as one character."""
    return _ANY_RUN.sub(r"\1", token.lower().translate(_SKELETON))


def _stands_for(char: str) -> str:
    if char == "I":
        return "il"
    return STANDS_FOR.get(char, char.lower())


def _fits(token: str, word: str) -> bool:
    """Whether the word's letters, each written at least once, spell the whole token."""
    reached = {0}
    for char in token:
        options = _stands_for(char)
        stay = {at for at in reached if at and word[at - 1] in options}
        step = {at + 1 for at in reached if at < len(word) and word[at] in options}
        reached = stay | step
        if not reached:
            return False
    return len(word) in reached


class SpellingIndex:
    """Finds the words of a set that a spelling with digits and repeated letters can be read as."""

    def __init__(self, words: Iterable[str]) -> None:
        by_skeleton: defaultdict[str, list[str]] = defaultdict(list)
        for word in words:
            by_skeleton[_skeleton(word)].append(word)
        longest_first = {
            key: sorted(found, key=lambda word: (-len(word), word)) for key, found in by_skeleton.items()
        }
        self._words = {key: tuple(found) for key, found in longest_first.items()}

    def find(self, token: str) -> str | None:
        """The longest word that fits."""
        return next((word for word in self._words.get(_skeleton(token), ()) if _fits(token, word)), None)


@dataclass(frozen=True, slots=True)
class Readings:
    """What spellings can be read as, given the strong and the weak words of a vocabulary."""

    strong: frozenset[str]
    """Every device may lead to these."""
    weak: frozenset[str]
    """Ordinary words with a second meaning; only digits and symbols inside a word may lead to these."""
    _strong_index: SpellingIndex
    _weak_index: SpellingIndex
    _helper_index: SpellingIndex
    _by_shape: tuple[dict[tuple[int, str], tuple[str, ...]], ...]
    """Words by length and first letter: the most frequent, then the risky, then the coined."""

    def word(self, token: str) -> str | None:
        """The risky word an ASCII token can be read as, or None. A word written plainly reads as itself."""
        short = token if len(token) <= _LONGEST_TOKEN else _LONG_RUN.sub(r"\1\1", token)
        lower = short.lower()
        if lower in self.strong:
            return lower
        if len(short) > _LONGEST_TOKEN or lower in ORDINARY or lower in self.weak:
            return None
        if lower.isalpha():
            repeated = _LONG_RUN.search(token.lower()) or (
                _CAPITAL_I_INSIDE.search(short) and not short.isupper()
            )
            found = self._strong_index.find(short) if repeated else None
            return None if found in MILD else found
        if not _is_spelling(short) or self._is_word_with_number(lower):
            return None
        return self._strong_index.find(short) or self._weak_index.find(short)

    def helper(self, token: str) -> str | None:
        """The everyday word a token with digits stands for; only for use beside a risky word."""
        if len(token) > _LONGEST_TOKEN or token.isalpha() or not _is_spelling(token):
            return None
        return self._helper_index.find(token)

    def masked(self, token: str) -> str | None:
        """The one risky word whose letters stand where this token shows them, or None.

        Words that people mask often come first, then risky words, then coined ones; a tie is no answer.
        """
        lower = token.lower()
        if len(lower) > _LONGEST_TOKEN or lower in ORDINARY:
            return None
        pattern = "".join("." if char in MASKS or char in FAINT_MASKS else char for char in lower)
        shape = (len(pattern), pattern[0])
        for words in self._by_shape:
            fitting = [word for word in words.get(shape, ()) if _shows(pattern, word)]
            if fitting:
                return fitting[0] if len(fitting) == 1 else None
        return None

    def cut(self, letters: str) -> tuple[str, ...] | None:
        """The letters of a spelt-out text as words, at least one of them risky; else None.

        >>> readings_of(strong=["kill"], weak=[]).cut("ikillyou")
        ('i', 'kill', 'you')
        """
        lower = letters.lower()
        best: list[tuple[int, int] | None] = [None] * (len(lower) + 1)
        best[0] = (0, 0)
        for end in range(1, len(lower) + 1):
            for size in range(1, min(end, _LONGEST_PIECE) + 1):
                before = best[end - size]
                if before is None or not self._is_piece(lower[end - size : end]):
                    continue
                found = best[end]
                if found is None or before[0] + 1 <= found[0]:
                    best[end] = (before[0] + 1, size)
        return self._pieces(lower, best)

    def _pieces(self, lower: str, best: Sequence[tuple[int, int] | None]) -> tuple[str, ...] | None:
        pieces: list[str] = []
        end = len(lower)
        while end:
            cut = best[end]
            if cut is None:
                return None
            pieces.append(lower[end - cut[1] : end])
            end -= cut[1]
        return tuple(reversed(pieces)) if any(map(self._is_risky_piece, pieces)) else None

    def _is_piece(self, piece: str) -> bool:
        if len(piece) == 1:
            return piece in SINGLE_LETTER_WORDS
        return piece in HELPERS or piece in ORDINARY or self._is_risky_piece(piece)

    def _is_risky_piece(self, piece: str) -> bool:
        return piece in self.strong and (piece in RISKY or len(piece) >= _SHORTEST_COINED_PIECE)

    def _is_word_with_number(self, lower: str) -> bool:
        """A plain word that only carries a number or sign at its edge ("gun5") needs no reading."""
        return lower.strip("".join(STANDS_FOR)) in self.strong


def _is_spelling(token: str) -> bool:
    """Whether a token with digits may be a word: more letters than digits, or small letters throughout."""
    letters = sum(char.isalpha() for char in token)
    digits = sum(char.isdigit() for char in token)
    return letters > 0 and (letters >= digits or (letters > 1 and token == token.lower()))


def _shows(pattern: str, word: str) -> bool:
    return all(seen in (".", letter) for seen, letter in zip(pattern, word, strict=True))


def _by_shape(words: Iterable[str]) -> dict[tuple[int, str], tuple[str, ...]]:
    shapes: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for word in sorted(words):
        shapes[len(word), word[0]].append(word)
    return {shape: tuple(found) for shape, found in shapes.items()}


def readings_of(*, strong: Iterable[str], weak: Iterable[str]) -> Readings:
    """Build the tables for a vocabulary of lower-case words."""
    strong_words = frozenset(strong)
    weak_words = frozenset(weak) - strong_words
    return Readings(
        strong=strong_words,
        weak=weak_words,
        _strong_index=SpellingIndex(strong_words),
        _weak_index=SpellingIndex(weak_words),
        _helper_index=SpellingIndex(
            word for word in HELPERS if word.isalpha() and (len(word) > 2 or word in _SHORT_HELPERS)
        ),
        _by_shape=tuple(
            _by_shape(words)
            for words in (FREQUENT & strong_words, RISKY & strong_words, strong_words - RISKY)
        ),
    )
