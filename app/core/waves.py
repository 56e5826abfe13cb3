"""Which posts are nearly the same, so that a person can look at all of them at once.

The words of a plain text are taken two by two. Two texts are nearly the same when they share at least `ALIKE`
of all the pairs that either has (their Jaccard similarity). A change of one word in ten keeps texts
together, and one of five words keeps nothing together but what is said again word for word.

So that the texts like a new one are found without reading all of them, each set of pairs is summed up in
`BANDS` numbers by MinHash: of every hash function the lowest value over the set is the same for two sets as
often as they are similar (A. Broder, "On the resemblance and containment of documents", 1997). Two such
values make a number, so that texts of similarity s share at least one with probability 1 - (1 - s²)⁸
(J. Leskovec, A. Rajaraman, J. Ullman, "Mining of Massive Datasets", section 3.4): 99.97 % at 0.8 and 97 % at
0.6. What shares one is only a candidate; the sets themselves decide.

A wave shares review and never a verdict. Where it is kept is not known here.
"""

import re
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import blake2b
from itertools import pairwise

ALIKE = 0.6
"""Texts that share at least this part of their pairs are nearly the same."""
BANDS = 8
MOST_WORDS = 2000
"""A longer text is nobody's like: comparing it would take long, and reading what differs even longer."""

Shingles = frozenset[str]
"""The pairs of words of a text. Empty where there is nothing to compare."""
NO_SHINGLES: Shingles = frozenset()

# Words without their digits, runs of digits, and signs such as emoji, which can turn a text around. Other
# punctuation says little: ASCII's, and that of the blocks for general and CJK punctuation.
_TOKENS = re.compile(r"[^\W\d_]+|\d+|[^\w\s\x00-\x7f\xa1\xab\xb7\xbb\xbf\u2000-\u206f\u3000-\u303f]")
# Sixteen hash functions: the digest of a pair, cut into numbers of 32 bits.
_HASHES = struct.Struct(f">{2 * BANDS}I")
_SIGNED = struct.Struct(f">{BANDS}q")


def shingles_of(plain: str) -> Shingles:
    """Give the pairs of neighbouring words of a plain text; a single word is its own pair.

    Case and punctuation do not count, and one number is as good as another.

    >>> sorted(shingles_of("Buy 50 of them, buy 75!"))
    ['0 of', 'buy 0', 'of them', 'them buy']
    """
    words = ["0" if word.isdigit() else word for word in _TOKENS.findall(plain.casefold())]
    if len(words) > MOST_WORDS:
        return NO_SHINGLES
    return frozenset(words) if len(words) == 1 else frozenset(map(" ".join, pairwise(words)))


def bands_of(shingles: Shingles) -> tuple[int, ...]:
    """Sum a set of pairs up in `BANDS` signed numbers of 64 bits, in every version the same."""
    if not shingles:
        return ()
    size = _HASHES.size
    hashes = [
        _HASHES.unpack(blake2b(each.encode(errors="surrogatepass"), digest_size=size).digest())
        for each in shingles
    ]
    return _SIGNED.unpack(_HASHES.pack(*map(min, zip(*hashes, strict=True))))


def likeness(one: Shingles, other: Shingles) -> float:
    """Give the part of all pairs that two sets share, in [0, 1]; 0 where both are empty."""
    shared = len(one & other)
    return shared / max(1, len(one) + len(other) - shared)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a text that another one has too, or has not."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts beside each other; the stretches of each join to the whole of it."""

    one: tuple[Stretch, ...]
    other: tuple[Stretch, ...]


_WORD = re.compile(r"\s*\S+|\s+")
_SPACED = re.compile(r" (?=\S)")
_MOST_STEPS = 40_000
"""Comparing may take as many as the product of two numbers of words. Beyond this, all that lies between what
both texts begin and end with counts as different."""


def compare(one: str, other: str) -> Comparison:
    """Mark, word by word, what each of two texts has and the other has not. Nothing is left out.

    The one space before a word is no part of what it differs in.

    >>> [each.text for each in compare("number 5", "number 9").one]
    ['number ', '5']
    """
    ours, theirs = _WORD.findall(one), _WORD.findall(other)
    before = _shared(ours, theirs)
    after = _shared(ours[before:][::-1], theirs[before:][::-1])
    mine, yours = ours[before : len(ours) - after], theirs[before : len(theirs) - after]
    blocks = [(True, 0, len(mine), 0, len(yours))]
    if len(mine) * len(yours) <= _MOST_STEPS:
        matched = SequenceMatcher(a=mine, b=yours, autojunk=False).get_opcodes()
        blocks = [(tag != "equal", a, b, c, d) for tag, a, b, c, d in matched]
    return Comparison(
        one=tuple(_spaced(_stretches(ours, before, [(differs, end) for differs, _, end, _, _ in blocks]))),
        other=tuple(
            _spaced(_stretches(theirs, before, [(differs, end) for differs, _, _, _, end in blocks]))
        ),
    )


def _shared(one: list[str], other: list[str]) -> int:
    """How many words two lists begin with alike."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _stretches(words: list[str], before: int, blocks: list[tuple[bool, int]]) -> Iterator[Stretch]:
    """Cut a text at the ends of the blocks, which count from the first word that is not shared."""
    start = 0
    for differs, end in [
        (False, before),
        *((differs, before + end) for differs, end in blocks),
        (False, len(words)),
    ]:
        if start < end:
            yield Stretch("".join(words[start:end]), differs)
        start = max(start, end)


def _spaced(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Give the one space before a word that differs to the stretch before it; any other is a difference."""
    shared = ""
    for each in stretches:
        if not each.differs:
            shared += each.text
            continue
        space = " " if _SPACED.match(each.text) else ""
        if shared + space:
            yield Stretch(shared + space, differs=False)
        yield Stretch(each.text.removeprefix(space), differs=True)
        shared = ""
    if shared:
        yield Stretch(shared, differs=False)
