"""Which risky word a disguised spelling can be read as.

Built once from a vocabulary; every question afterwards is a table look-up and a comparison with the few
words that share a skeleton, so the cost of a token does not grow with the vocabulary. Nothing here knows of
positions in a text.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from ahocorasick_rs import AhoCorasick

from app.core.common_words import COMMON
from app.core.further_words import FURTHER, PEOPLES, TALK
from app.core.innocent_words import DOUBTFUL
from app.core.respellings import table_of
from app.core.vocabulary import CRUDE, FREQUENT, HELPERS, ORDINARY, RISKY, SINGLE_LETTER_WORDS

EVERYDAY = COMMON | HELPERS
"""Words that are what they seem."""
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
_LONGEST_PIECE = 16
_SHORTEST_COINED_PIECE = 5
_SHORTEST_RESPELT = 4
_SHORTEST_DOUBTFUL = 3
_SHORT_HELPERS = frozenset({"go", "to", "me", "so"})
_SKELETON = str.maketrans("lbç0123456789@$!|+€£¢¥§¡", "igcoizeasgtggasiiteicysi")
_LOUD_MASK = re.compile(r"[^a-z!?]")
_LONG_RUN = re.compile(r"(.)\1{2,}", re.DOTALL)
_ANY_RUN = re.compile(r"(.)\1+", re.DOTALL)
_LONGEST_PARTED = 32
_MASKED_OFTEN = frozenset(
    word
    for word in RISKY
    if len(word) > _SHORTEST_RESPELT or (word in FREQUENT and len(word) == _SHORTEST_RESPELT)
)
"""Words that are read where they are masked and drawn out or respelt as well."""
_LIKE_ENDINGS = frozenset(
    (
        "able",
        "age",
        "dom",
        "ear",
        "ion",
        "ions",
        "less",
        "like",
        "red",
        "some",
        "ting",
        "ward",
        "wards",
        "way",
    )
)
_A_PIECE = 100
"""What a piece costs; more than what the choice of words can outweigh."""
_SHORTEST_UNKNOWN = 4
_SHORTEST_INNOCENT = 3
_ENDINGS = (
    "able",
    "ably",
    "ard",
    "boi",
    "boy",
    "craft",
    "dom",
    "edly",
    "eries",
    "ery",
    "face",
    "fest",
    "ful",
    "girl",
    "head",
    "hole",
    "hood",
    "ier",
    "iest",
    "ified",
    "ily",
    "ing",
    "ish",
    "ism",
    "ist",
    "less",
    "like",
    "load",
    "ness",
    "ship",
    "some",
    "tastic",
    "tard",
    "ton",
    "wad",
    "ward",
    "wit",
    "work",
    "zilla",
)
_LONGEST_KEPT = 24
_MOST_KEPT = 20_000
_SHORTEST_SIDE = 2
_SHORTEST_NEIGHBOUR = 4
_MOST_PIECES = 5
_MOST_HIDDEN = 2
_LEAST_SHOWN = 3
_FEW_PIECES = 3
_LONG_SPELLING = 7
_HIDDEN_IN_RUN = re.compile(r"([a-z])[^a-z]+(?=\1)")
_RUNS = re.compile(r"([a-z])\1*|[^a-z]+")
_CAPITAL_I_INSIDE = re.compile(r"[a-z]I")


_TINY = frozenset(("by", "or", "as", "if", "no", "do", "he", "we", "us", "be", "am"))
_LITTLE = HELPERS | frozenset(
    (
        "out",
        "over",
        "down",
        "any",
        "has",
        "had",
        "have",
        "how",
        "who",
        "got",
        "one",
        "lol",
        "here",
        "there",
        "then",
        "than",
        "we",
        "he",
    )
)
"""Words that are as good company as a helper for a risky word of four letters."""
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
_CLEAR = frozenset(("shit", "shits", "shitty", "bullshit", "pussy", "bastard", "bastards", "dumbass"))
"""Crude words that few innocent ones hold; in bad company anything may stand beside them."""
_BESIDE_SHORT = frozenset(
    (
        "have",
        "had",
        "having",
        "without",
        "suck",
        "sucking",
        "sucked",
        "smoke",
        "smoked",
        "dumb",
        "lazy",
        "broke",
        "nasty",
        "nice",
        "kiss",
        "kick",
    )
)
"""Words that short risky ones are said with; hardly a word of a dictionary is made of the two."""
_BEHIND = frozenset(("ass", "dick", "tits"))
"""Risky words that are glued behind a longer word: "hardass"."""
_KNOWN = FURTHER | PEOPLES | frozenset(word for word in EVERYDAY if len(word) >= _SHORTEST_NEIGHBOUR)
"""Words that a clear word may be glued to, with their inflections."""
_INFLECTIONS = (("ies", "y"), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""))
_SHORTEST_STEM = 5
_HEADS = frozenset(
    ("sex", "ass", "hoe", "hoes", "meth", "anal", "fag", "fags", "tits", "hang", "cum", "cock", "dick")
)
"""Those of `_COMMON_INSIDE` that are read before a known word; few names and plants begin so."""
_TAILS = frozenset(("sex", "ass", "hoe", "hoes", "meth", "anal", "fag", "fags", "tits", "hang"))
"""Those that are read behind one."""
_SAID_OF = frozenset(("hoe", "hoes", "fag", "fags", "dick", "dicks", "ass"))
"""Those that are read beside a short word of talk."""
_SAID_BEFORE = {
    "die": frozenset(
        ("rather", "should", "would", "could", "gonna", "wanna", "please", "must", "will", "just", "people")
    ),
    "sex": frozenset(("get", "got", "want", "need", "hot", "gay")),
    "ass": frozenset(("big", "old", "dry", "sad", "kick", "kicks", "kicked", "kicking", "kiss")),
}
"""What else some of them are read behind."""
_SHORTEST_CLEAR = 4
_LITTLE_BEHIND = ("it", "on", "me", "my", "of", "at", "was", "the", "them")
"""Words that a risky one is said before in one breath; "in" is a verb's ending without its last letter."""
_HELD_BY_FEW = frozenset(
    ("murdered", "murdering", "disgusting", "bullshit", "orgasms", "stabbed", "stabbing")
)
"""Long words that hardly any innocent one holds."""
_WITH_PREFIX = frozenset(
    word for word in _UNMISTAKABLE if word.startswith(("bitch", "whore", "nigger", "faggot", "asshole"))
)
"""Words that in bad company no short beginning makes innocent ones."""


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
    innocent = _INNOCENT_WORDS
    table = {
        spelling: word
        for spelling, word in table_of(order).items()
        if spelling not in innocent and not _is_word_and_letter(spelling)
    }
    return table, SpellingIndex(spelling for spelling in table if len(spelling) >= _SHORTEST_RESPELT)


def _is_word_and_letter(spelling: str) -> bool:
    """Whether a little word stands behind a risky one ("fucku", "fuckit"): it is not another one respelt."""
    if any(spelling.endswith(little) and spelling.removesuffix(little) in RISKY for little in _LITTLE_BEHIND):
        return True
    return spelling[-1] in "iu" and spelling[:-1] in RISKY and spelling[-2] != spelling[-1]


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
        if token[-1] == "I" and token[-2:-1].islower() and lower[:-1] in RISKY:
            return lower[:-1], token[-1]
        if len(lower) > _LONGEST_PARTED or lower in EVERYDAY or lower in ORDINARY or lower in self.weak:
            return None
        if lower in self.strong:
            return None
        if not _LONG_RUN.search(lower):
            return self._parted_plainly(token) if lower.isalpha() else self._parted_in_two(token)
        short, shorter = _LONG_RUN.sub(r"\1\1", lower), _ANY_RUN.sub(r"\1", lower)
        if not {short, shorter}.isdisjoint(_INNOCENT_WORDS):
            return None
        found = self._parted_plainly(token) if lower.isalpha() else self._parted_in_two(token)
        return found or self._parted(_LONG_RUN.sub(r"\1", lower)) or self._parted(short)

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
        for at in range(len(lower) - _SHORTEST_SIDE, 1, -1):
            head, tail = lower[:at], lower[at:]
            if head in RISKY and _is_doubtfully_beside(tail, head) and not tail.startswith(_ENDINGS):
                return head, tail
            if tail in RISKY and _is_doubtfully_beside(head, tail):
                return head, tail
        return None

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
        """The words of a token that is masked and drawn out, respelt, or glued to another word; or none.

        Only words that people mask often are read so, but where nothing else is done than the space left out.
        """
        if len(token) > _LONGEST_PARTED:
            return ()
        known = self._masked_words.get(token)
        if known is None:
            lower = token.lower()
            word = _drawn_out_and_masked(lower) or self._respelt_and_masked(lower)
            known = (word,) if word is not None else self._glued_and_masked(lower)
            _keep(self._masked_words, token, known)
        return known

    def _glued_and_masked(self, lower: str) -> tuple[str, ...]:
        for size in range(len(lower) - _SHORTEST_SIDE, 0, -1):
            at = len(lower) - size
            for known, hidden, first in ((lower[:size], lower[size:], False), (lower[at:], lower[:at], True)):
                if not is_neighbour(known) or hidden.isalpha() or not _LOUD_MASK.search(hidden):
                    continue
                word = self.masked(hidden)
                if word in (RISKY if known in HELPERS else FREQUENT) and len(word) >= _SHORTEST_RESPELT:
                    return (word, known) if first else (known, word)
        return ()

    def _respelt_and_masked(self, lower: str) -> str | None:
        """The one word that people mask often of which this is a masked respelling ("ph*ck", "uckf*y")."""
        hidden = [at for at, char in enumerate(lower) if not char.isalpha()]
        if not (0 < len(hidden) <= _MOST_HIDDEN and len(lower) - len(hidden) >= _LEAST_SHOWN and hidden[0]):
            return None
        shown = "".join(char if char.isalpha() else "." for char in lower)
        words = {
            word
            for spelling, word in _respelt_by_shape().get((len(shown), shown[0]), ())
            if _shows(shown, spelling)
        }
        return words.pop() if len(words) == 1 else None

    def cut(self, letters: str) -> tuple[str, ...] | None:
        """The letters of a spelt-out text as words, one of them risky; else all but the last; or None.

        >>> found = readings_of(strong=["kill"], weak=[])
        >>> found.cut("ikillyou"), found.cut("killyoux")
        (('i', 'kill', 'you'), ('kill', 'you'))
        """
        lower = letters.lower()
        sizes = _last_sizes(lower, self._is_piece)
        for end in (len(lower), len(lower) - 1):
            pieces = _pieces_up_to(lower, sizes, end)
            if any(map(self._is_risky_piece, pieces)):
                return pieces
        return None

    def _parted_plainly(self, token: str) -> tuple[str, ...] | None:
        lower = token.lower()
        if _risky_inside().find_matches_as_indexes(lower):
            pieces = _fewest_pieces(lower, _is_plain_piece)
            if _are_glued(pieces) and not _says_something_innocent(lower, pieces):
                return pieces
        return self._parted_in_two(lower) or _cut_out(lower) or _glued_to_known(token)

    def _parted_in_two(self, token: str) -> tuple[str, ...] | None:
        """One everyday word, as long as can be, and one disguised risky word: "fukdat" is "fuck dat".

        A name begins with a capital ("Zlatan"); its last letters are no little word.
        """
        lower = token.lower()
        for size in range(len(token) - _SHORTEST_SIDE, 0, -1):
            at = len(token) - size
            word = self._beside(lower[:size], token[size:])
            if word is not None:
                return lower[:size], word
            is_ending = lower[at:] == "in" or (size <= _SHORTEST_SIDE and token.istitle())
            word = self._beside(lower[at:], token[:at]) if size > 1 and not is_ending else None
            if word is not None:
                return word, lower[at:]
        return None

    def _beside(self, neighbour: str, spelling: str) -> str | None:
        """The risky word of a spelling that is glued to this word."""
        if not _is_beside(neighbour, spelling.lower()):
            return None
        word = self._risky(spelling)
        if word is None and neighbour in HELPERS and len(spelling) > _SHORTEST_DOUBTFUL:
            word = self.doubtful(spelling.lower())
        is_drawn_out = _LONG_RUN.search(spelling) is not None
        return word if word is not None and (is_drawn_out or _is_likely(neighbour, word)) else None

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


def _fewest_pieces(letters: str, is_piece: Callable[[str], bool]) -> tuple[str, ...]:
    """The letters in as few pieces as possible; none when they cannot all be accounted for.

    Of as many pieces, those that say most: "niggershave" is "niggers have", not "nigger shave".
    """
    return _pieces_up_to(letters, _last_sizes(letters, is_piece), len(letters))


def _last_sizes(letters: str, is_piece: Callable[[str], bool]) -> list[int]:
    """For each place, the size of the last piece of the letters up to it; 0 where they cannot be cut."""
    best: list[tuple[int, int] | None] = [None] * (len(letters) + 1)
    best[0] = (0, 0)
    for end in range(1, len(letters) + 1):
        for size in range(1, min(end, _LONGEST_PIECE) + 1):
            before = best[end - size]
            if before is None or not is_piece(letters[end - size : end]):
                continue
            cost = before[0] + _cost(letters[end - size : end])
            found = best[end]
            if found is None or cost <= found[0]:
                best[end] = (cost, size)
    return [0 if found is None else found[1] for found in best]


def _pieces_up_to(letters: str, sizes: Sequence[int], end: int) -> tuple[str, ...]:
    pieces: list[str] = []
    while end:
        if not sizes[end]:
            return ()
        pieces.append(letters[end - sizes[end] : end])
        end -= sizes[end]
    return tuple(reversed(pieces))


def _cost(piece: str) -> int:
    if piece in RISKY:
        return _A_PIECE + (piece in _COMMON_INSIDE)
    if piece in _LITTLE:
        return _A_PIECE + 1
    return _A_PIECE + (2 if piece in _TINY else 3)


def _says_something_innocent(lower: str, pieces: Sequence[str]) -> bool:
    """Whether as few everyday words account for every letter ("pen island"); not beside a clear word."""
    if any(piece in _UNMISTAKABLE or piece in _CLEAR for piece in pieces):
        return False
    return 0 < len(_fewest_pieces(lower, _is_innocent_piece)) <= len(pieces)


def _is_innocent_piece(piece: str) -> bool:
    return len(piece) >= _SHORTEST_INNOCENT and piece in EVERYDAY and piece not in RISKY


def _cut_out(lower: str) -> tuple[str, ...] | None:
    """A word that hardly any innocent one holds, cut out of letters that are no word known here."""
    found = max((word for word in _UNMISTAKABLE | _HELD_BY_FEW if word in lower), key=len, default=None)
    if found is None and lower.startswith("damn") and not _LONG_RUN.search(lower):
        found = "damn"
    if found is None:
        return None
    head, tail = lower.split(found, 1)
    if tail.startswith(_ENDINGS) or any(0 < len(side) < _SHORTEST_UNKNOWN for side in (head, tail)):
        return None
    return tuple(piece for piece in (head, found, tail) if piece)


def _glued_to_known(token: str) -> tuple[str, ...] | None:
    """A risky word and one word known here, where no two innocent ones account for as much.

    A short risky word begins and ends many names, which have a capital.
    """
    lower = token.lower()
    cuts = [(lower[:at], lower[at:]) for at in range(_SHORTEST_SIDE, len(lower) - 1)]
    found = [cut for cut in cuts if _is_before_known(*cut) or _is_behind_known(*cut)]
    if token.istitle():
        found = [cut for cut in found if _COMMON_INSIDE.isdisjoint(cut) or not TALK.isdisjoint(cut)]
    said = [cut for cut in found if cut[0] in _SAID_BEFORE.get(cut[1], ())]
    if not found or (not said and any(_is_innocent_cut(*cut) for cut in cuts)):
        return None
    return max(found, key=lambda cut: max(len(piece) for piece in cut if piece in RISKY))


def _is_before_known(word: str, known: str) -> bool:
    if word not in RISKY or known in RISKY or known.startswith(_ENDINGS) or known in _LIKE_ENDINGS:
        return False
    if word in _COMMON_INSIDE:
        return (
            (word in _HEADS and _is_known(known))
            or (word in _SAID_OF and _is_talk(known))
            or (word == "sex" and known in _TINY)
        )
    return len(word) >= _SHORTEST_CLEAR and (_is_known(known) or known in TALK)


def _is_behind_known(known: str, word: str) -> bool:
    if word not in RISKY or known in RISKY:
        return False
    if word in _COMMON_INSIDE:
        said = word in _SAID_OF and word != "ass" and _is_talk(known)
        return said or (word in _TAILS and _is_known(known)) or known in _SAID_BEFORE.get(word, ())
    return len(word) >= _SHORTEST_CLEAR and (_is_known(known) or known in TALK)


def _is_talk(known: str) -> bool:
    return len(known) >= _SHORTEST_INNOCENT and (known in TALK or known in _LITTLE)


def _is_known(word: str) -> bool:
    if word in _KNOWN:
        return True
    return any(
        word.endswith(ending)
        and len(word) - len(ending) >= _SHORTEST_STEM
        and word.removesuffix(ending) + rest in _KNOWN
        for ending, rest in _INFLECTIONS
    )


def _is_innocent_cut(head: str, tail: str) -> bool:
    return all(
        piece not in RISKY and (piece in EVERYDAY or piece in FURTHER or piece in _TINY)
        for piece in (head, tail)
    )


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
    if _drops_a_g(pieces):
        return False
    if any(piece in SINGLE_LETTER_WORDS for piece in pieces[1:-1]):
        return not _UNMISTAKABLE.isdisjoint(risky)
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
    if all(piece in _LITTLE for piece in others) and (clear or set(others) <= _BESIDE_SHORT):
        return True
    if any(len(piece) < _SHORTEST_NEIGHBOUR for piece in others if piece not in HELPERS):
        return (
            len(pieces) <= _FEW_PIECES and any(len(piece) > _SHORTEST_NEIGHBOUR for piece in clear)
        ) or set(others) <= SINGLE_LETTER_WORDS
    return bool(clear) or all(piece in HELPERS or piece in _BESIDE_SHORT for piece in others)


def _drops_a_g(pieces: Sequence[str]) -> bool:
    """Whether it is a form of a verb without its last letter ("hoein"), not the word "in"."""
    return pieces[-1] == "in" and not pieces[-2].endswith(("s", "ed"))


def is_neighbour(word: str) -> bool:
    """Whether a risky word may be glued to this one."""
    return (
        word in _LITTLE
        or word in SINGLE_LETTER_WORDS
        or (len(word) >= _SHORTEST_NEIGHBOUR and word in EVERYDAY)
    )


def _is_beside(neighbour: str, spelling: str) -> bool:
    """Whether this is a word that a disguised word may be glued to."""
    if spelling in RISKY:
        return False
    if neighbour in HELPERS or neighbour in _SPOKEN or neighbour in SINGLE_LETTER_WORDS:
        return len(spelling) >= _SHORTEST_RESPELT or (len(neighbour) >= len(spelling) == _SHORTEST_DOUBTFUL)
    return (
        len(neighbour) >= _SHORTEST_NEIGHBOUR
        and neighbour in EVERYDAY
        and (len(spelling) > _SHORTEST_RESPELT or not spelling.isalpha())
    )


def _is_doubtfully_beside(neighbour: str, word: str) -> bool:
    if neighbour in EVERYDAY or neighbour in _TINY or neighbour in _SPOKEN:
        return neighbour not in _LIKE_ENDINGS
    if word in _WITH_PREFIX and len(neighbour) >= _SHORTEST_SIDE:
        return True
    return (word in _UNMISTAKABLE or word in _CLEAR) and len(neighbour) >= _SHORTEST_UNKNOWN


def _is_likely(neighbour: str, word: str) -> bool:
    """Whether a word in disguise is glued to this one: beside a short one, it has to be a clear one."""
    if neighbour in _SPOKEN or neighbour in SINGLE_LETTER_WORDS:
        return word in _UNMISTAKABLE
    return True


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
        lower = _LONG_RUN.sub(r"\1\1", lower)
    shown = sum(map(str.isalpha, _ANY_RUN.sub(r"\1", lower)))
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
