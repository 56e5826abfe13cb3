"""Which risky word a disguised spelling can be read as.

Built once from a vocabulary; every question afterwards is a table look-up and a comparison with the few
words that share a skeleton, so the cost of a token does not grow with the vocabulary. Nothing here knows of
positions in a text.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from app.core.further_words import FURTHER
from app.core.gluing import (
    ANY_RUN,
    ENDINGS,
    LONG_RUN,
    SHORTEST_DOUBTFUL,
    SHORTEST_RESPELT,
    SHORTEST_SIDE,
    are_glued,
    cut_out,
    fewest_pieces,
    glued_to_known,
    is_beside,
    is_doubtfully_beside,
    is_likely,
    is_neighbour,
    is_plain_piece,
    last_sizes,
    pieces_up_to,
    risky_inside,
    says_something_innocent,
    squeezed,
)
from app.core.innocent_words import DOUBTFUL
from app.core.likely_words import LIKELY
from app.core.respellings import table_of
from app.core.vocabulary import CRUDE, EVERYDAY, FREQUENT, HELPERS, ORDINARY, RISKY, SINGLE_LETTER_WORDS

_INNOCENT_WORDS = EVERYDAY | ORDINARY

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
_SHORTEST_COINED_PIECE = 5
_SHORT_HELPERS = frozenset({"go", "to", "me", "so"})
_SKELETON = str.maketrans("lbç0123456789@$!|+€£¢¥§¡", "igcoizeasgtggasiiteicysi")
_LOUD_MASK = re.compile(r"[^a-z!?]")
_LONGEST_PARTED = 32
_MASKED_OFTEN = frozenset(
    word
    for word in RISKY
    if len(word) > SHORTEST_RESPELT or (word in FREQUENT and len(word) == SHORTEST_RESPELT)
)
"""Words that are read where they are masked and drawn out or respelt as well."""
_LONGEST_KEPT = 24
_MOST_KEPT = 20_000
_MOST_HIDDEN = 2
_LEAST_SHOWN = 3
_LONG_SPELLING = 7
_HIDDEN_IN_RUN = re.compile(r"([a-z])[^a-z]+(?=\1)")
_RUNS = re.compile(r"([a-z])\1*|[^a-z]+")
_CAPITAL_I_INSIDE = re.compile(r"[a-z]I")


_LITTLE_BEHIND = ("it", "on", "me", "my", "of", "at", "was", "the", "them")
"""Words that a risky one is said before in one breath; "in" is a verb's ending without its last letter."""


def _skeleton(token: str) -> str:
    """The token with every look-alike digit as one letter and every run as one character."""
    return ANY_RUN.sub(r"\1", token.lower().translate(_SKELETON))


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
    innocent = _INNOCENT_WORDS
    table = {
        spelling: word
        for spelling, word in table_of(order).items()
        if spelling not in innocent and not _is_word_and_letter(spelling)
    }
    return table, SpellingIndex(spelling for spelling in table if len(spelling) >= SHORTEST_RESPELT)


def _is_word_and_letter(spelling: str) -> bool:
    """Whether a little word stands behind a risky one ("fucku", "fuckit"): it is not another one respelt."""
    if any(spelling.endswith(little) and spelling.removesuffix(little) in RISKY for little in _LITTLE_BEHIND):
        return True
    return spelling[-1] in "iu" and spelling[:-1] in RISKY and spelling[-2] != spelling[-1]


@cache
def _doubtful() -> dict[str, str]:
    """The risky word of each spelling that is one only in bad company."""
    order = sorted(RISKY, key=lambda word: (word not in FREQUENT, word))
    table = table_of(order, shortest=SHORTEST_DOUBTFUL)
    return {spelling: table[spelling] for spelling in DOUBTFUL if spelling in table}


@dataclass(frozen=True, slots=True)
class Readings:
    """What spellings can be read as, given the strong and the weak words of a vocabulary."""

    strong: frozenset[str]
    """Every device may lead to these."""
    weak: frozenset[str]
    """Ordinary words with a second meaning; only digits and symbols inside a word may lead to these."""
    coined: Mapping[str, str]
    """Surfaces of one word, which only the lexicon reads where they stand alone; with the risky word that an
    unambiguous one says, or nothing."""
    _strong_index: SpellingIndex
    _weak_index: SpellingIndex
    _helper_index: SpellingIndex
    _by_shape: tuple[dict[tuple[int, str], tuple[str, ...]], ...]
    """Words by length and first letter: the most frequent, then the risky, then the coined."""
    _words: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    """What short tokens were read as lately; empty for nothing."""
    _parts: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)
    _doubtful_parts: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)
    _masked_words: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)

    def word(self, token: str) -> str | None:
        """The risky word an ASCII token can be read as, or None. A word written plainly reads as itself."""
        known = self._words.get(token)
        if known is None:
            known = self._word(token) or ""
            _keep(self._words, token, known)
        return known or None

    def _word(self, token: str) -> str | None:
        short = token if len(token) <= _LONGEST_TOKEN else LONG_RUN.sub(r"\1\1", token)
        lower = short.lower()
        if lower in self.strong:
            return lower
        if len(short) > _LONGEST_TOKEN or lower in ORDINARY or lower in self.weak:
            return None
        if lower.isalpha():
            repeated = LONG_RUN.search(token.lower()) or (
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
            if word is None or lower in self.coined or lower in self.strong or lower in self.weak
            else word
        )

    def meant(self, token: str) -> str | None:
        """As `word`, and what an unambiguous term of one word says; for tokens that no term will meet."""
        return self.coined.get(token.lower()) or self.word(token)

    @staticmethod
    def doubtful(lower: str) -> str | None:
        """The risky word that this is a respelling of, in bad company: "cnt", "bich"."""
        return _doubtful().get(lower)

    def _respelt_like(self, token: str) -> str | None:
        """The risky word of a respelling that is disguised as well: "ph0ck"."""
        table, index = _respelt()
        lower = token.lower()
        if ANY_RUN.sub(r"\1", lower) in squeezed() or (lower[:-1] in EVERYDAY and lower[-1].isdigit()):
            return None
        if not token.isalpha() and self.spelt_with_signs(token) is not None:
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
        if token[-1] == "I" and token[-2:-1].islower() and lower[:-1] in RISKY:
            return lower[:-1], token[-1]
        if len(lower) > _LONGEST_PARTED or lower in EVERYDAY or lower in ORDINARY or lower in self.weak:
            return None
        if lower in self.strong:
            return None
        if not LONG_RUN.search(lower):
            return self._parted_plainly(token) if lower.isalpha() else self._parted_in_two(token)
        short, shorter = LONG_RUN.sub(r"\1\1", lower), ANY_RUN.sub(r"\1", lower)
        if not {short, shorter}.isdisjoint(_INNOCENT_WORDS):
            return None
        found = self._parted_plainly(token) if lower.isalpha() else self._parted_in_two(token)
        return found or self._parted(LONG_RUN.sub(r"\1", lower)) or self._parted(short)

    def parted_doubtfully(self, token: str) -> tuple[str, ...] | None:
        """A token as a risky word and what is glued to it, in bad company: "sidehoe", "agonizingdeath".

        Beside a short risky word stands an everyday word; beside a longer one, anything that is no ending.
        """
        known = self._doubtful_parts.get(token)
        if known is None:
            known = self._parted_doubtfully(token.lower()) or ()
            _keep(self._doubtful_parts, token, known)
        return known or None

    def _parted_doubtfully(self, lower: str) -> tuple[str, ...] | None:
        if not lower.isalpha() or len(lower) > _LONGEST_PARTED or lower in EVERYDAY or lower in ORDINARY:
            return None
        if lower in self.strong or lower in self.weak or lower in self.coined:
            return None
        for at in range(len(lower) - SHORTEST_SIDE, 1, -1):
            head, tail = lower[:at], lower[at:]
            if head in RISKY and is_doubtfully_beside(tail, head) and not tail.startswith(ENDINGS):
                return head, tail
            if tail in RISKY and is_doubtfully_beside(head, tail):
                return head, tail
        return None

    def helper(self, token: str) -> str | None:
        """The everyday word a token with digits stands for; only for use beside a risky word."""
        if len(token) > _LONGEST_TOKEN or token.isalpha() or not _is_spelling(token):
            return None
        return self._helper_index.find(token)

    def masked(self, token: str) -> str | None:
        """The one risky word whose letters stand where this token shows them, or None.

        Words that people mask often come first, then risky words, then coined ones; a tie is no answer, but
        between spellings of one word. Where an everyday word fits as well, none is read that is respelt or
        coined, and none at all where the signs themselves spell one ("ch@t").
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
                is_one = len(fitting) == 1 or len({self.coined.get(word) or word for word in fitting}) == 1
                return (
                    fitting[0] if is_one and not self._is_rather_plain(lower, pattern, fitting[0]) else None
                )
        return None

    def _is_rather_plain(self, lower: str, pattern: str, word: str) -> bool:
        """Whether a masked token is sooner an everyday word than this one."""
        if self.spelt_with_signs(lower) is not None:
            return True
        # "Sl*t" is hardly "slot", but "th*t" is "that".
        return word not in FREQUENT and _is_everyday_shape(pattern, helpers_only=word in RISKY)

    @staticmethod
    def spelt_with_signs(token: str) -> str | None:
        """The everyday word that a token with digits and signs for letters spells."""
        return _everyday_index().find(token) if len(token) <= _LONGEST_TOKEN else None

    def masked_otherwise(self, token: str) -> tuple[str, ...]:
        """The words of a token that is masked and drawn out, respelt, or glued to another word; or none.

        Only words that people mask often are read so, but where nothing else is done than the space left out.
        """
        if len(token) > _LONGEST_PARTED:
            return ()
        known = self._masked_words.get(token)
        if known is None:
            lower = token.lower()
            known = () if self.spelt_with_signs(lower) is not None else self._masked_otherwise(lower)
            _keep(self._masked_words, token, known)
        return known

    def _masked_otherwise(self, lower: str) -> tuple[str, ...]:
        # "Th*s" is sooner "this" than "thots", and "noth*ng" is not "not hang".
        if _is_everyday_shape("".join(char if char.isalpha() else "." for char in lower)):
            return ()
        word = _drawn_out_and_masked(lower) or self._respelt_and_masked(lower)
        return (word,) if word is not None else self._glued_and_masked(lower)

    def _glued_and_masked(self, lower: str) -> tuple[str, ...]:
        for size in range(len(lower) - SHORTEST_SIDE, 0, -1):
            at = len(lower) - size
            for known, hidden, first in ((lower[:size], lower[size:], False), (lower[at:], lower[:at], True)):
                if not is_neighbour(known) or hidden.isalpha() or not _LOUD_MASK.search(hidden):
                    continue
                word = self.masked(hidden)
                if word in (RISKY if known in HELPERS else FREQUENT) and len(word) >= SHORTEST_RESPELT:
                    return (word, known) if first else (known, word)
        return ()

    def _respelt_and_masked(self, lower: str) -> str | None:
        """The one word that people mask often of which this is a masked respelling ("ph*ck", "uckf*y")."""
        hidden = [at for at, char in enumerate(lower) if not char.isalpha()]
        if not (0 < len(hidden) <= _MOST_HIDDEN and len(lower) - len(hidden) >= _LEAST_SHOWN and hidden[0]):
            return None
        shown = "".join(char if char.isalpha() else "." for char in lower)
        shape = (len(shown), shown[0])
        words = {word for spelling, word in _respelt_by_shape().get(shape, ()) if _shows(shown, spelling)}
        return words.pop() if len(words) == 1 else None

    def cut(self, letters: str) -> tuple[str, ...] | None:
        """The letters of a spelt-out text as words, one of them risky; else all but the last; or None.

        >>> found = readings_of(strong=["kill"], weak=[])
        >>> found.cut("ikillyou"), found.cut("killyoux")
        (('i', 'kill', 'you'), ('kill', 'you'))
        """
        lower = letters.lower()
        sizes = last_sizes(lower, self._is_piece)
        for end in (len(lower), len(lower) - 1):
            pieces = pieces_up_to(lower, sizes, end)
            if any(map(self._is_risky_piece, pieces)):
                return pieces
        return None

    def _parted_plainly(self, token: str) -> tuple[str, ...] | None:
        lower = token.lower()
        if risky_inside().find_matches_as_indexes(lower):
            pieces = fewest_pieces(lower, is_plain_piece)
            if are_glued(pieces) and not says_something_innocent(lower, pieces):
                return pieces
        return self._parted_in_two(lower) or cut_out(lower) or glued_to_known(token)

    def _parted_in_two(self, token: str) -> tuple[str, ...] | None:
        """One everyday word, as long as can be, and one disguised risky word: "fukdat" is "fuck dat".

        A name begins with a capital ("Zlatan"); its last letters are no little word.
        """
        lower = token.lower()
        for size in range(len(token) - SHORTEST_SIDE, 0, -1):
            at = len(token) - size
            word = self._beside(lower[:size], token[size:])
            if word is not None:
                return lower[:size], word
            is_ending = lower[at:] == "in" or (size <= SHORTEST_SIDE and token.istitle())
            word = self._beside(lower[at:], token[:at]) if size > 1 and not is_ending else None
            if word is not None:
                return word, lower[at:]
        return None

    def _beside(self, neighbour: str, spelling: str) -> str | None:
        """The risky word of a spelling that is glued to this word."""
        if not is_beside(neighbour, spelling.lower()):
            return None
        word = self._risky(spelling)
        if word is None and neighbour in HELPERS and len(spelling) > SHORTEST_DOUBTFUL:
            word = self.doubtful(spelling.lower())
        is_drawn_out = LONG_RUN.search(spelling) is not None
        return word if word is not None and (is_drawn_out or is_likely(neighbour, word)) else None

    def _risky(self, spelling: str) -> str | None:
        word = self.meant(spelling)
        if word is not None and word not in RISKY:
            word = self.coined.get(word)
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


def _is_spelling(token: str) -> bool:
    """Whether a token with digits may be a word: more letters than digits, or small letters throughout."""
    letters = sum(char.isalpha() for char in token)
    digits = sum(char.isdigit() for char in token)
    return letters > 0 and (letters >= digits or (letters > 1 and token == token.lower()))


def _is_everyday_shape(pattern: str, *, helpers_only: bool = False) -> bool:
    """Whether an everyday word shows the letters that a masked word shows."""
    return any(
        _shows(pattern, word) and (word in HELPERS or not helpers_only)
        for word in _everyday_by_shape().get((len(pattern), pattern[0]), ())
    )


@cache
def _everyday_index() -> SpellingIndex:
    return SpellingIndex((EVERYDAY | FURTHER | frozenset(LIKELY)) - RISKY)


@cache
def _everyday_by_shape() -> dict[tuple[int, str], tuple[str, ...]]:
    return _by_shape(EVERYDAY - RISKY)


@cache
def _respelt_by_shape() -> dict[tuple[int, str], tuple[tuple[str, str], ...]]:
    """Respellings of words that people mask often, with the word, by length and first letter."""
    shapes: defaultdict[tuple[int, str], list[tuple[str, str]]] = defaultdict(list)
    table, _ = _respelt()
    for spelling, word in table.items():
        if word in FREQUENT or len(spelling) >= _LONG_SPELLING:
            shapes[len(spelling), spelling[0]].append((spelling, word))
    return {shape: tuple(found) for shape, found in shapes.items()}


def _drawn_out_and_masked(lower: str) -> str | None:
    """The one word that people mask often whose letters these are, some of them repeated ("bittt*ch")."""
    lower = _HIDDEN_IN_RUN.sub(r"\1", lower)
    if lower.isalpha():
        lower = LONG_RUN.sub(r"\1\1", lower)
    shown = sum(map(str.isalpha, ANY_RUN.sub(r"\1", lower)))
    pattern = re.compile("".join(_drawn_out(run.group()) for run in _RUNS.finditer(lower)))
    words = {
        word
        for word in _MASKED_OFTEN
        if word[0] == lower[0]
        and len(word) <= shown + _MOST_HIDDEN
        and pattern.fullmatch(word)
        and len(set(word) - set(lower)) <= 1
    }
    return words.pop() if len(words) == 1 else None


def _drawn_out(run: str) -> str:
    letter = run[0]
    return f"{letter}{{1,{min(len(run), 2)}}}" if letter.isalpha() else "[a-z]{0,2}"


def _shows(pattern: str, word: str) -> bool:
    return all(seen in (".", letter) for seen, letter in zip(pattern, word, strict=True))


def _by_shape(words: Iterable[str]) -> dict[tuple[int, str], tuple[str, ...]]:
    shapes: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for word in sorted(words):
        shapes[len(word), word[0]].append(word)
    return {shape: tuple(found) for shape, found in shapes.items()}


def readings_of(
    *, strong: Iterable[str], weak: Iterable[str], coined: Mapping[str, str] | None = None
) -> Readings:
    """Build the tables for a vocabulary of lower-case words."""
    strong_words = frozenset(strong)
    weak_words = frozenset(weak) - strong_words
    return Readings(
        strong=strong_words,
        weak=weak_words,
        coined=dict(coined or {}),
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
