"""Everyday words in disguise, said plainly for a model: "p3ople", "te*cher", "t-h-e-m", "wmn" for women.

The normalizer undoes a spelling only where a risky word comes out, so that innocent text stays as it is; the
words around that one stay disguised, and a model of word pieces reads noise there. What is read here no
person sees and no edit claims, so the likely word is good enough. What may be a risky word is left alone:
whether it is one, the normalizer decides.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from app.core.confusables import is_latin, plain_letters
from app.core.further_words import FURTHER
from app.core.gluing import ANY_RUN, LONG_RUN
from app.core.likely_words import LIKELY
from app.core.readings import STANDS_FOR, Readings, SpellingIndex
from app.core.vocabulary import EVERYDAY, FREQUENT, ORDINARY, RISKY

_LOUD = "*#%"
_FAINT = "_-"
"""Signs over a letter; the faint ones also stand between the parts of a word."""
_SIGNS = re.escape("".join(STANDS_FOR) + _LOUD + _FAINT)
_CONSONANTS = "bcdfghjklmnpqrstvwxyz"
_VOWELS = re.compile("[aeiou]")
_LATIN = re.compile("[A-Za-z]")
_MASK = re.compile(f"[{re.escape(_LOUD + _FAINT)}]")

# Nothing here reads a place more than a bounded number of times, so all of it is linear.
_UNSEEN = re.compile("(?<=[A-Za-z])[\u00ad\u200b-\u200f\u2060\ufeff]+(?=[A-Za-z])")
_TWO_SCRIPTS = re.compile(rf"(?<![\w{re.escape(_LOUD)}])[\w{_SIGNS}]{{3,32}}")
_APART = re.compile(r"(?<![\w@/.-])[A-Za-z](?:([-._ ])[A-Za-z])(?:\1[A-Za-z]){1,18}(?!\w|\1[A-Za-z]|@)")
# A token with a sign in it, one that is drawn out, or one without vowels; no part of an address, name or tag.
_DISGUISED = re.compile(
    rf"(?<![\w@#/\\.:&=~+$*%-])"
    rf"(?:[A-Za-z]*+[{_SIGNS}]|[A-Za-z]*?([A-Za-z])\1|[A-Za-z][{_CONSONANTS}]{{2}})[A-Za-z{_SIGNS}]*+"
    rf"(?![\w@#/\\*%$&=])"
)

_LONGEST = 32
_SHORTEST = 3
_LEAST_SHOWN = 2
_SHORTEST_SLIP = 5
_SHORTEST_PART = 3
"""Of a word with a hyphen or an underscore in it: "re-use" is no "refuse"."""
_RANK = {word: rank for rank, word in enumerate(LIKELY)}
_EVERY_OTHER_SENTENCE = 150
"""Rank of a word that is told from two letters, and where a risky one could be meant: "th*t" is "that"."""
_EVERY_OTHER_POST = 400
"""Rank of a word that is told from three of its letters."""

_COMMON = (EVERYDAY | _RANK.keys()) - RISKY
_WORDS = _COMMON | (FURTHER - RISKY)
_KNOWN = _WORDS | ORDINARY
_Shapes = Mapping[tuple[int, str], tuple[str, ...]]


def with_everyday_words(text: str) -> str:
    """The text with everyday words as they are; linear in its length.

    >>> with_everyday_words("those p3ople are te*chers, sooooo n1ce and m-e-e-t")
    'those people are teachers, so nice and meet'
    >>> with_everyday_words("the mp3 of @cool_guy, version 2b, well-known at 3am")
    'the mp3 of @cool_guy, version 2b, well-known at 3am'
    """
    if not text.isascii():
        text = _TWO_SCRIPTS.sub(lambda found: _in_one_script(found.group()), _UNSEEN.sub("", text))
    text = _APART.sub(lambda found: _joined(found.group(), found.group(1)), text)
    return _DISGUISED.sub(lambda found: _said(found.group()), text)


def _in_one_script(token: str) -> str:
    """A word of Latin letters and their look-alikes in Latin letters; accents are let be."""
    if token.isascii() or token[0].isdigit() or not _LATIN.search(token):
        return token
    return "".join(
        char if char.isascii() or is_latin(char) else plain_letters(char) or char for char in token
    )


def _joined(letters: str, between: str) -> str:
    """A word whose letters stand apart."""
    word = letters.replace(between, "")
    if len(word) == _SHORTEST:
        return (
            word if between != " " and _RANK.get(word.lower(), len(LIKELY)) < _EVERY_OTHER_POST else letters
        )
    return word if word.lower() in _WORDS else letters


def _said(token: str) -> str:
    return token if len(token) > _LONGEST else _remembered(token)


@lru_cache(maxsize=1 << 14)
def _remembered(token: str) -> str:
    bare = token.rstrip("!?")
    word = _word(bare)
    return token if word is None else word + token[len(bare) :]


def _word(token: str) -> str | None:
    """The everyday word that a token is, in another spelling; None for any other token."""
    lower = token.lower()
    letters = sum(char.isalpha() for char in lower)
    if lower in _KNOWN or len(lower) < _SHORTEST:
        return None
    if letters < _LEAST_SHOWN or (token.isupper() and letters <= _SHORTEST):
        return None
    if _MASK.search(lower):
        return _masked(lower)
    if not ANY_RUN.search(lower) and lower.isalpha():
        return _without_vowels(lower)
    # A letter that is there twice may be a slip ("comming"), but names have such letters too ("Starr").
    if token.isalpha() and not LONG_RUN.search(lower) and (token[0].isupper() or len(token) < _SHORTEST_SLIP):
        return None
    return _respelt(lower)


def _respelt(lower: str) -> str | None:
    """A word with digits and signs for letters, or drawn out."""
    if lower[-1] == "$" and lower[:-1] + "s" in _WORDS:
        return lower[:-1] + "s"
    if _is_word_with_number(lower) or _risky_index().find(lower) is not None:
        return None
    word = Readings.spelt_with_signs(lower)
    if word is None:
        return None
    if len(lower) == _SHORTEST and not lower.isalpha():
        return _likeliest([word], most_rank=_EVERY_OTHER_SENTENCE)
    # The longest that fits is not always the likeliest: "butttt".
    return _likeliest([word, ANY_RUN.sub(r"\1", lower)]) or word


def _is_word_with_number(lower: str) -> bool:
    """A word, or one letter, that carries a number or signs at its edge: "4part", "covid19", "b12"."""
    bare = lower.strip("".join(STANDS_FOR))
    return bare != lower and (len(bare) < _LEAST_SHOWN or (len(bare) >= _SHORTEST and bare in _KNOWN))


def _masked(lower: str) -> str | None:
    """A word with signs over some of its letters."""
    parts = _MASK.split(lower)
    hidden = len(parts) - 1
    if not parts[0] or hidden > (len(lower) - hidden) // 2:
        return None
    # A star behind a word points to a note, a hyphen to the next line.
    if not parts[-1] and (lower[-1] in _FAINT or lower[:-1] in _KNOWN):
        return None
    is_faint = any(char in lower for char in _FAINT)
    if is_faint and (hidden > 1 or any(len(part) >= _SHORTEST_PART and part in _KNOWN for part in parts)):
        return None
    short = LONG_RUN.sub(r"\1", lower)
    risky, common, further = (
        [
            word
            for first in STANDS_FOR.get(short[0], short[0])
            for word in shapes().get((len(short), first), ())
            if _shows(short, word)
        ]
        for shapes in (_risky_shapes, _common_shapes, _further_shapes)
    )
    if len(lower) == _SHORTEST or risky:
        return _likeliest_beside(risky, common)
    return _likeliest(common) or _only(common or further)


def _shows(token: str, word: str) -> bool:
    return all(
        seen == letter or seen in _LOUD or seen in _FAINT or letter in STANDS_FOR.get(seen, "")
        for seen, letter in zip(token, word, strict=True)
    )


def _without_vowels(lower: str) -> str | None:
    """A word without its vowels, but for the first letter."""
    if _VOWELS.search(lower, 1):
        return None
    words, risky = _common_consonants().get(lower, ()), _risky_consonants().get(lower, ())
    if risky:
        return _likeliest_beside(risky, words)
    if len(lower) == _SHORTEST:
        return _likeliest(words, most_rank=_EVERY_OTHER_POST)
    return _likeliest(words) or _only(words)


def _likeliest_beside(risky: Sequence[str], words: Sequence[str]) -> str | None:
    """One of the words that is said so often that none of the risky ones is meant."""
    if not FREQUENT.isdisjoint(risky):
        return None
    return _likeliest(words, most_rank=_EVERY_OTHER_SENTENCE)


def _likeliest(words: Iterable[str], *, most_rank: int = len(LIKELY)) -> str | None:
    ranked = [(_RANK[word], word) for word in words if word in _RANK]
    rank, word = min(ranked, default=(most_rank, ""))
    return word if rank < most_rank else None


def _only(words: Sequence[str]) -> str | None:
    return words[0] if len(words) == 1 else None


@cache
def _risky_index() -> SpellingIndex:
    return SpellingIndex(RISKY)


@cache
def _risky_shapes() -> _Shapes:
    return _by_shape(RISKY)


@cache
def _common_shapes() -> _Shapes:
    return _by_shape(_COMMON)


@cache
def _further_shapes() -> _Shapes:
    return _by_shape(_WORDS - _COMMON)


def _by_shape(words: Iterable[str]) -> _Shapes:
    shapes: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for word in words:
        shapes[len(word), word[0]].append(word)
    return {shape: tuple(found) for shape, found in shapes.items()}


@cache
def _risky_consonants() -> Mapping[str, tuple[str, ...]]:
    return _by_consonants(RISKY)


@cache
def _common_consonants() -> Mapping[str, tuple[str, ...]]:
    return _by_consonants(_COMMON)


def _by_consonants(words: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    spelt: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        spelt[word[0] + _VOWELS.sub("", word[1:])].append(word)
    return {key: tuple(found) for key, found in spelt.items()}
