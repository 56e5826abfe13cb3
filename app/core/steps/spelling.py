"""Steps on the spelling of a word: letters set apart, letters repeated, digits and symbols for letters.

Each proposes a change only where the result is a risky word, so what merely looks odd stays as it is.
"""

import re
from collections.abc import Iterator

from app.core.alignment import Proposal
from app.core.confusables import REGIONAL_LETTERS, plain_letters
from app.core.lexicon import Lexicon, prepared
from app.core.readings import LEET_SYMBOLS, STANDS_FOR
from app.core.steps.words import ENCLOSED, MARKS, PICTURES, keep_case
from app.core.types import Step

_SIGNS = re.escape(LEET_SYMBOLS)
_UNIT = f"(?:[^\\W_]|[{ENCLOSED}\U0001f1e6-\U0001f1ff{_SIGNS}])[{MARKS}]{{0,4}}"
_GAP = f"[\\s.\\-_*·•~/\\\\,;:'\"|=…–—\u200b-\u200d\u2060{PICTURES}]"
_SPELT_OUT = re.compile(
    f"(?<![^\\W_{_SIGNS}]){_UNIT}(?:{_GAP}{{1,3}}{_UNIT}){{2,}}(?![^\\W_{_SIGNS}]|[{MARKS}])"
)
_EACH_UNIT = re.compile(_UNIT)
_TOKEN = re.compile(f"[A-Za-z0-9{_SIGNS}]+")
_SIGN_IN_WORD = re.compile(f"[0-9{_SIGNS}](?:[A-Za-z]|(?<=[A-Za-z].))|I(?<=[a-z]I)")
_EDGE = "!|+¡"
_REPEATED = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_NEAR = 3


def spacing(text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Letters of a risky word set apart ("k i l l"), and risky words broken in two ("sui cide")."""
    yield from _broken_words(text, lexicon)
    for found in _SPELT_OUT.finditer(text):
        units = [
            (at.start() + found.start(), at.end() + found.start())
            for at in _EACH_UNIT.finditer(found.group())
        ]
        letters = "".join(text[start:end] for start, end in units)
        plain = _spelt_letters(letters)
        if plain is None or len(plain) != len(units):
            continue
        for first, last in _risky_stretches(plain, lexicon):
            start, end = units[first][0], units[last - 1][1]
            note = "The letters of a word were set apart."
            yield Proposal(start, end, plain[first:last], Step.SPACING, note)


def _spelt_letters(letters: str) -> str | None:
    return plain_letters(letters.translate(REGIONAL_LETTERS)) if not letters.isascii() else letters


def _risky_stretches(plain: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Which stretches of spelt-out letters are words, when all of them are accounted for."""
    if lexicon.readings.word(plain) is not None:
        yield 0, len(plain)
        return
    at = 0
    for piece in lexicon.readings.cut(plain) or ():
        if len(piece) > 1:
            yield at, at + len(piece)
        at += len(piece)


def _broken_words(text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    for start, end, word in lexicon.broken(prepared(text)):
        if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
            continue
        note = f"The word {word!r} was broken in two."
        yield Proposal(start, end, keep_case(text[start:end], word), Step.SPACING, note)


def repetition(text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Risky words with letters repeated beyond their spelling."""
    if not _REPEATED.search(text):
        return
    for found in _LETTERS.finditer(text):
        token = found.group()
        if not token.isascii() or not _REPEATED.search(token):
            continue
        word = lexicon.readings.word(token)
        if word is not None and word != token.lower():
            note = f"Letters were repeated in {word!r}."
            yield Proposal(found.start(), found.end(), keep_case(token, word), Step.REPETITION, note)


def leet(text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Risky words with digits or symbols for letters, and everyday words written so beside a risky one."""
    if not _SIGN_IN_WORD.search(text):
        return
    risky: list[int] = []
    waiting: list[tuple[int, int, str]] = []
    for index, (at, token) in enumerate(_tokens(text)):
        word = lexicon.readings.word(token)
        if word is None:
            waiting.append((index, at, token))
            continue
        risky.append(index)
        if word != token.lower():
            yield _read(at, token, word)
    yield from _helpers(waiting, risky, lexicon)


def _tokens(text: str) -> Iterator[tuple[int, str]]:
    for found in _TOKEN.finditer(text):
        token = found.group()
        core = token.strip(_EDGE)
        if core:
            yield found.start() + len(token) - len(token.lstrip(_EDGE)), core


def _helpers(waiting: list[tuple[int, int, str]], risky: list[int], lexicon: Lexicon) -> Iterator[Proposal]:
    near = {index + offset for index in risky for offset in range(-_NEAR, _NEAR + 1)}
    for index, at, token in waiting:
        if index in near and not token.isalpha():
            word = lexicon.readings.helper(token)
            if word is not None:
                yield _read(at, token, word)


def _read(at: int, token: str, word: str) -> Proposal:
    sign = next((char for char in token if char in STANDS_FOR), token[0])
    meant = next((letter for letter in STANDS_FOR.get(sign, sign) if letter in word), word[0])
    note = f"{sign!r} stands for {meant!r}."
    return Proposal(at, at + len(token), keep_case(token, word), Step.LEET, note)
