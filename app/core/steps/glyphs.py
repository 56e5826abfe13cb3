"""Steps on single characters: compatibility forms, invisible characters, look-alikes.

They change letters of words that end up in ASCII and nothing else, so other scripts, symbols, numbers,
punctuation and emoji pass untouched.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from app.core.alignment import Proposal
from app.core.confusables import (
    COMPATIBLE,
    COMPATIBLE_CHARACTER,
    PLAIN_SIGNS,
    REGIONAL_LETTERS,
    is_latin,
    plain_letters,
)
from app.core.lexicon import Lexicon
from app.core.steps.words import CHUNK, ENCLOSED, MARKS, WORD
from app.core.types import Step
from app.core.vocabulary import HELPERS, ORDINARY, RISKY

_WIDE_SIGNS = str.maketrans("＠＄！＊", "@$!*")
_WHITE_ON_BLACK = re.compile("[\U0001f150-\U0001f189]")
_WIDE_WORD = re.compile(f"(?:[^\\W_]|[{MARKS}{ENCLOSED}]\ufe0f?|[@$!*＠＄！＊](?=[^\\W_]|\\*))+")

_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# Letters of scripts that never need a joiner between them, and the signs people write for such letters.
_SIMPLE = (
    "A-Za-z0-9@$!*\u00aa-\u00ac\u00b5\u00ba\u00c0-\u02ff\u0300-\u034e\u0350-\u0588\u1d00-\u1fff\u2c60-\u2c7f"
    "\ua640-\ua69f\ua720-\ua7ff\uab30-\uab6f\uff10-\uff5a\U0001d400-\U0001d7ff\u24b6-\u24e9"
)
_VEILED = re.compile(f"(?<![{_SIMPLE}{_INVISIBLE}])[{_SIMPLE}]+(?:[{_INVISIBLE}]+[{_SIMPLE}]+)+")
_INVISIBLES = re.compile(f"[{_INVISIBLE}]+")
_HIDDEN_ON_PURPOSE = re.compile(f"(?![\u00ad\u200b])[{_INVISIBLE}]")
_FLOOD = re.compile(f"[{MARKS}]{{3,}}")
_MARK = re.compile(f"[{MARKS}]+")
_ASCII_LETTER = re.compile("[A-Za-z]")
_SIMPLE_LETTER = re.compile("[A-Za-z\u00c0-\u02af\u1d00-\u1dbf\u1e00-\u1eff\ua720-\ua7ff\uab30-\uab6f]")
_AROUND = ".,:;?\"'()[]{}“”‘’«»…-!#&"
_FLAGS = re.compile("[\U0001f1e6-\U0001f1ff]*")
_LONGEST_DRESSED = 200
_SHORTEST_WORD = 2
_INTERLEAVED = 2


def unicode_forms(text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Fullwidth, mathematical, enclosed and raised letters of a word as plain letters."""
    if text.isascii() or not COMPATIBLE_CHARACTER.search(text):
        return
    for found in _WIDE_WORD.finditer(text):
        word = found.group()
        first = COMPATIBLE_CHARACTER.search(word)
        if first is None:
            continue
        plain = word.replace("\ufe0f", "").translate(COMPATIBLE).translate(_WIDE_SIGNS)
        if _is_word(word, plain, lexicon):
            note = f"{first.group()!r} is another form of {COMPATIBLE[ord(first.group())]!r}."
            yield Proposal(found.start(), found.end(), plain, Step.UNICODE, note)


def _is_word(word: str, plain: str, lexicon: Lexicon) -> bool:
    """Whether letters in another form are a word: one alone is a symbol, white on black are emoji."""
    if _WHITE_ON_BLACK.search(word) and "\ufe0f" in word:
        return lexicon.readings.word(plain) is not None
    return sum(char.isalpha() for char in plain) >= _SHORTEST_WORD


def invisible(text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Characters without a shape between the letters of a word, and floods of marks on letters.

    A soft hyphen and a zero-width space also tell where a line may break; they go only where a word hides.
    """
    if text.isascii():
        return
    if _INVISIBLES.search(text):
        for found in _VEILED.finditer(text):
            plain = _INVISIBLES.sub("", found.group())
            if not _HIDDEN_ON_PURPOSE.search(found.group()) and not _is_sensitive(plain, lexicon):
                continue
            note = "Invisible characters were placed between the letters."
            yield Proposal(found.start(), found.end(), plain, Step.INVISIBLE, note)
    if _FLOOD.search(text):
        for found in WORD.finditer(text):
            if _FLOOD.search(found.group()) and _ASCII_LETTER.search(found.group()):
                plain = _MARK.sub("", found.group())
                note = "Marks were piled on the letters."
                yield Proposal(found.start(), found.end(), plain, Step.INVISIBLE, note)


def _is_sensitive(word: str, lexicon: Lexicon) -> bool:
    plain = plain_letters(word) or word
    readings = lexicon.readings
    known = plain.lower() in HELPERS or lexicon.entry(plain.lower()) is not None
    return known or any(read(plain) is not None for read in (readings.word, readings.masked, readings.parted))


def confusable(text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Letters of another script in a Latin word, and dressed Latin letters in a risky word."""
    if text.isascii():
        return
    for found in WORD.finditer(text):
        word = found.group()
        if word.isascii() or not _SIMPLE_LETTER.search(word):
            continue
        plain = _plain_reading(word, lexicon)
        if plain is not None and plain != word:
            note = "Letters of another script or with marks stand for plain letters."
            yield Proposal(found.start(), found.end(), plain, Step.CONFUSABLE, note)


def dressed(text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Risky words under several disguises at once, where no step that knows one of them sees a whole word."""
    if text.isascii():
        return
    for found in CHUNK.finditer(text):
        chunk = found.group()
        if chunk.isascii() or len(chunk) > _LONGEST_DRESSED:
            continue
        core = chunk.strip(_AROUND)
        if WORD.fullmatch(core) or _FLAGS.fullmatch(core) or core.lower() in ORDINARY:
            continue
        bare = _INVISIBLES.sub("", _MARK.sub("", core))
        letters = plain_letters(bare.translate(REGIONAL_LETTERS).translate(PLAIN_SIGNS))
        if not core or letters is None or not _ASCII_LETTER.search(letters) or letters == core:
            continue
        if _is_disguise(letters, lexicon):
            at = found.start() + chunk.index(core)
            note = "Marks, unseen characters or signs were put on the letters of a word."
            yield Proposal(at, at + len(core), letters, Step.CONFUSABLE, note)


def _is_disguise(letters: str, lexicon: Lexicon) -> bool:
    readings = lexicon.readings
    if letters.isalpha() and letters.lower() in ORDINARY:
        return False
    return readings.word(letters) in RISKY or readings.masked(letters) is not None


def _plain_reading(word: str, lexicon: Lexicon) -> str | None:
    plain = plain_letters(word)
    if plain is None or word.lower() in ORDINARY:
        return None
    scripts = [is_latin(char) for char in word if char.isalpha()]
    if lexicon.readings.word(plain) is not None:
        return plain
    if (not all(scripts) or _MARK.search(word)) and lexicon.readings.parted(plain) is not None:
        return plain
    if all(scripts):
        return None
    changes = sum(left != right for left, right in pairwise(scripts))
    return plain if changes >= _INTERLEAVED or plain.lower() in HELPERS else None
