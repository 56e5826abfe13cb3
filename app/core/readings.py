"""Which risky word a disguised spelling can be read as.

Built once from a vocabulary; every question afterwards is a table look-up and a comparison with the few
words that share a skeleton, so the cost of a token does not grow with the vocabulary. Nothing here knows of
positions in a text.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from ahocorasick_rs import AhoCorasick

from app.core.common_words import COMMON
from app.core.innocent_words import DOUBTFUL
from app.core.respellings import table_of
from app.core.vocabulary import CRUDE, FREQUENT, HELPERS, ORDINARY, RISKY, SINGLE_LETTER_WORDS

EVERYDAY = COMMON | HELPERS
"""Words that are what they seem."""

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

_Known = TypeVar("_Known")

_LONGEST_TOKEN = 48
_LONGEST_PIECE = 16
_SHORTEST_COINED_PIECE = 5
_SHORTEST_RESPELT = 4
_SHORTEST_DOUBTFUL = 3
_SHORT_HELPERS = frozenset({"go", "to", "me", "so"})
_SKELETON = str.maketrans("lbç0123456789@$!|+€£¢¥§¡", "igcoizeasgtggasiiteicysi")
_LONG_RUN = re.compile(r"(.)\1{2,}", re.DOTALL)
_ANY_RUN = re.compile(r"(.)\1+", re.DOTALL)
_LONGEST_PARTED = 32
_LONGEST_KEPT = 24
_MOST_KEPT = 20_000
_SHORTEST_SIDE = 2
_SHORTEST_NEIGHBOUR = 4
_MOST_PIECES = 5
_CAPITAL_I_INSIDE = re.compile(r"[a-z]I")


_TINY = frozenset(("by", "or", "as", "if", "no", "do", "he", "we", "us", "be", "am"))
_COMMON_INSIDE = frozenset(word for word in RISKY if len(word) <= 3) | {
    "anus", "arse", "arses", "asses", "dies", "hoes", "anal", "dick", "cock", "tits", "spic", "coon",
    "meth", "hang", "weed",
}  # fmt: skip
"""Risky words that stand in many innocent ones; without a space they need a helper beside them."""
_SPOKEN = frozenset(
    (
        "lil",
        "yo",
        "im",
        "ima",
        "imma",
        "bro",
        "dat",
        "dis",
        "da",
        "ya",
        "yall",
        "aint",
        "gon",
        "fat",
        "dumb",
        "lame",
    )
)
"""Short words of talk that a crude word is often glued to."""
_UNMISTAKABLE = frozenset(
    word
    for word in CRUDE
    if word.startswith(
        ("fuck", "motherf", "bitch", "cunt", "nigge", "nigga", "fagg", "whore", "slut", "asshole", "retard")
    )
)
"""Crude words that hardly any innocent one holds; any short word may stand beside them."""
_BEHIND = frozenset(("ass", "dick", "tits"))
"""Risky words that are glued behind a longer word: "hardass"."""


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


@cache
def _respelt() -> tuple[dict[str, str], SpellingIndex]:
    """The risky word of each respelling that is no word itself, and the respellings by how they look."""
    order = sorted(RISKY, key=lambda word: (word not in FREQUENT, word))
    innocent = EVERYDAY | ORDINARY
    table = {spelling: word for spelling, word in table_of(order).items() if spelling not in innocent}
    return table, SpellingIndex(spelling for spelling in table if len(spelling) >= _SHORTEST_RESPELT)


@cache
def _doubtful() -> dict[str, str]:
    """The risky word of each spelling that is one only in bad company."""
    order = sorted(RISKY, key=lambda word: (word not in FREQUENT, word))
    table = table_of(order, shortest=_SHORTEST_DOUBTFUL)
    return {spelling: table[spelling] for spelling in DOUBTFUL if spelling in table}


@dataclass(frozen=True, slots=True)
class Readings:
    """What spellings can be read as, given the strong and the weak words of a vocabulary."""

    strong: frozenset[str]
    """Every device may lead to these."""
    weak: frozenset[str]
    """Ordinary words with a second meaning; only digits and symbols inside a word may lead to these."""
    taken: frozenset[str]
    """Words of the lexicon's surfaces, which only the lexicon reads."""
    _strong_index: SpellingIndex
    _weak_index: SpellingIndex
    _helper_index: SpellingIndex
    _by_shape: tuple[dict[tuple[int, str], tuple[str, ...]], ...]
    """Words by length and first letter: the most frequent, then the risky, then the coined."""
    _words: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    """What short tokens were read as lately; empty for nothing."""
    _parts: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)

    def word(self, token: str) -> str | None:
        """The risky word an ASCII token can be read as, or None. A word written plainly reads as itself."""
        known = self._words.get(token)
        if known is None:
            known = self._word(token) or ""
            _keep(self._words, token, known)
        return known or None

    def _word(self, token: str) -> str | None:
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
            if found is not None:
                return found
            return self.respelt(lower) or (self._respelt_like(short) if repeated else None)
        if not _is_spelling(short) or self._is_word_with_number(lower):
            return None
        return self._strong_index.find(short) or self._weak_index.find(short) or self._respelt_like(short)

    def respelt(self, lower: str) -> str | None:
        """The risky word that this is a respelling of, in letters alone: "fck", "phuck", "kcuf"."""
        table, _ = _respelt()
        word = table.get(lower)
        return (
            None
            if word is None or lower in self.taken or lower in self.strong or lower in self.weak
            else word
        )

    @staticmethod
    def doubtful(lower: str) -> str | None:
        """The risky word that this is a respelling of, in bad company: "cnt", "bich"."""
        return _doubtful().get(lower)

    def _respelt_like(self, token: str) -> str | None:
        """The risky word of a respelling that is disguised as well: "ph0ck"."""
        table, index = _respelt()
        lower = token.lower()
        if _ANY_RUN.sub(r"\1", lower) in _squeezed() or (lower[:-1] in EVERYDAY and lower[-1].isdigit()):
            return None
        spelling = index.find(token)
        return None if spelling is None else table[spelling]

    def parted(self, token: str) -> tuple[str, ...] | None:
        """A token with the spaces left out as its words, one of them risky; else None.

        The words are everyday words and risky words written plainly, or one of each in whatever spelling.

        >>> found = readings_of(strong=["kill"], weak=[])
        >>> found.parted("killyou"), found.parted("pleasek1ll"), found.parted("skill")
        (('kill', 'you'), ('please', 'kill'), None)
        """
        known = self._parts.get(token)
        if known is None:
            known = self._parted(token) or ()
            _keep(self._parts, token, known)
        return known or None

    def _parted(self, token: str) -> tuple[str, ...] | None:
        lower = token.lower()
        if len(lower) > _LONGEST_PARTED or lower in EVERYDAY or lower in ORDINARY or lower in self.weak:
            return None
        if lower in self.strong:
            return None
        return self._parted_plainly(lower) if lower.isalpha() else self._parted_in_two(token)

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
        if pattern[0] == ".":
            return None
        shape = (len(pattern), pattern[0])
        for words in self._by_shape:
            fitting = [word for word in words.get(shape, ()) if _shows(pattern, word)]
            if fitting:
                return fitting[0] if len(fitting) == 1 else None
        return None

    def masked_otherwise(self, token: str) -> tuple[str, ...]:
        """The words of a token that is masked and drawn out, backwards, or glued to another word; or none.

        Only words that people mask often are read so.
        """
        if len(token) > _LONGEST_PARTED:
            return ()
        for spelling in (_LONG_RUN.sub(r"\1", token), token[::-1]):
            word = self.masked(spelling)
            if word in FREQUENT and len(word) >= _SHORTEST_RESPELT:
                return (word,)
        for at in range(_SHORTEST_SIDE, len(token) - _SHORTEST_SIDE):
            head, tail = token[:at].lower(), token[at:].lower()
            for known, hidden in ((head, tail), (tail, head)):
                if known in HELPERS or (known in EVERYDAY and len(known) >= _SHORTEST_NEIGHBOUR):
                    word = self.masked(hidden)
                    if word in FREQUENT and len(word) >= _SHORTEST_RESPELT:
                        pieces = (head, word) if known is head else (word, tail)
                        return () if "".join(pieces) in ORDINARY else pieces
        return ()

    def cut(self, letters: str) -> tuple[str, ...] | None:
        """The letters of a spelt-out text as words, at least one of them risky; else None.

        >>> readings_of(strong=["kill"], weak=[]).cut("ikillyou")
        ('i', 'kill', 'you')
        """
        pieces = _fewest_pieces(letters.lower(), self._is_piece)
        return pieces if any(map(self._is_risky_piece, pieces)) else None

    def _parted_plainly(self, lower: str) -> tuple[str, ...] | None:
        if _risky_inside().find_matches_as_indexes(lower):
            pieces = _fewest_pieces(lower, _is_plain_piece)
            if _are_glued(pieces):
                return pieces
        return self._parted_in_two(lower)

    def _parted_in_two(self, token: str) -> tuple[str, ...] | None:
        """One everyday word and one disguised risky word."""
        lower = token.lower()
        for at in range(_SHORTEST_SIDE, len(token) - _SHORTEST_SIDE + 1):
            if _is_beside(lower[:at], lower[at:]) and (word := self._risky(token[at:])) is not None:
                return lower[:at], word
            if _is_beside(lower[at:], lower[:at]) and (word := self._risky(token[:at])) is not None:
                return word, lower[at:]
        return None

    def _risky(self, spelling: str) -> str | None:
        word = self.word(spelling)
        return word if word in RISKY else None

    def _is_piece(self, piece: str) -> bool:
        if len(piece) == 1:
            return piece in SINGLE_LETTER_WORDS
        return piece in HELPERS or piece in ORDINARY or self._is_risky_piece(piece)

    def _is_risky_piece(self, piece: str) -> bool:
        return piece in self.strong and (piece in RISKY or len(piece) >= _SHORTEST_COINED_PIECE)

    def _is_word_with_number(self, lower: str) -> bool:
        """A plain word that only carries a number or sign at its edge ("gun5") needs no reading.

        A sign for the s of a plural is one, though ("whore$"), and so is a 5 behind a crude word, and any
        digit that makes another risky word ("fuckin9").
        """
        bare = lower.strip("".join(STANDS_FOR))
        if lower[:-1] == bare and lower[:-1] + "s" in RISKY and (lower[-1] in "$§" or bare in CRUDE):
            return lower[-1] not in "$§5"
        meant = STANDS_FOR.get(lower[-1], "").replace("s", "")
        return bare in RISKY and not any(lower[:-1] + letter in RISKY for letter in meant)


def _keep(known: dict[str, _Known], token: str, value: _Known) -> None:
    """Remember what a short token was read as; a full memory starts anew, so nothing stays for ever."""
    if len(token) > _LONGEST_KEPT:
        return
    if len(known) >= _MOST_KEPT:
        known.clear()
    known[token] = value


def _fewest_pieces(letters: str, is_piece: Callable[[str], bool]) -> tuple[str, ...]:
    """The letters in as few pieces as possible; none when they cannot all be accounted for."""
    best: list[tuple[int, int] | None] = [None] * (len(letters) + 1)
    best[0] = (0, 0)
    for end in range(1, len(letters) + 1):
        for size in range(1, min(end, _LONGEST_PIECE) + 1):
            before = best[end - size]
            if before is None or not is_piece(letters[end - size : end]):
                continue
            found = best[end]
            if found is None or before[0] + 1 <= found[0]:
                best[end] = (before[0] + 1, size)
    pieces: list[str] = []
    end = len(letters)
    while end:
        cut = best[end]
        if cut is None:
            return ()
        pieces.append(letters[end - cut[1] : end])
        end -= cut[1]
    return tuple(reversed(pieces))


def _is_plain_piece(piece: str) -> bool:
    return (
        piece in EVERYDAY
        or piece in RISKY
        or piece in _TINY
        or piece in _SPOKEN
        or piece in SINGLE_LETTER_WORDS
    )


def _are_glued(pieces: Sequence[str]) -> bool:
    """Whether these are words written without spaces: one is risky, and a short one has close company."""
    others = [piece for piece in pieces if piece not in RISKY]
    risky = [piece for piece in pieces if piece in RISKY]
    if not risky or not 1 < len(pieces) <= _MOST_PIECES:
        return False
    if any(piece in SINGLE_LETTER_WORDS for piece in pieces[1:-1]) or _drops_a_g(pieces):
        return False
    if not others:
        return any(piece not in _COMMON_INSIDE for piece in risky)
    return not _UNMISTAKABLE.isdisjoint(risky) or _keep_company(pieces, others, risky)


def _keep_company(pieces: Sequence[str], others: list[str], risky: list[str]) -> bool:
    """Whether words that stand in innocent ones have company that tells them."""
    if pieces[-1] in _BEHIND and len(pieces[-2]) >= _SHORTEST_NEIGHBOUR:
        return True
    if any(piece in _SPOKEN for piece in others):
        return False
    clear = [piece for piece in risky if piece not in _COMMON_INSIDE]
    if any(len(piece) < _SHORTEST_NEIGHBOUR for piece in others if piece not in HELPERS):
        return any(len(piece) > _SHORTEST_NEIGHBOUR for piece in clear) or set(others) <= SINGLE_LETTER_WORDS
    return bool(clear) or all(piece in HELPERS for piece in others)


def _drops_a_g(pieces: Sequence[str]) -> bool:
    """Whether it is a form of a verb without its last letter ("hoein"), not the word "in"."""
    return pieces[-1] == "in" and not pieces[-2].endswith("s")


def _is_beside(neighbour: str, spelling: str) -> bool:
    """Whether this is a word that a disguised word may be glued to."""
    if spelling in RISKY:
        return False
    if neighbour in HELPERS:
        return len(spelling) >= _SHORTEST_RESPELT
    return (
        len(neighbour) >= _SHORTEST_NEIGHBOUR
        and neighbour in EVERYDAY
        and (len(spelling) > _SHORTEST_RESPELT or not spelling.isalpha())
    )


@cache
def _squeezed() -> frozenset[str]:
    """Everyday words with every run of a letter as one."""
    return frozenset(_ANY_RUN.sub(r"\1", word) for word in EVERYDAY)


@cache
def _risky_inside() -> AhoCorasick:
    return AhoCorasick(sorted(RISKY))


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


def readings_of(*, strong: Iterable[str], weak: Iterable[str], taken: Iterable[str] = ()) -> Readings:
    """Build the tables for a vocabulary of lower-case words."""
    strong_words = frozenset(strong)
    weak_words = frozenset(weak) - strong_words
    return Readings(
        strong=strong_words,
        weak=weak_words,
        taken=frozenset(taken),
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
