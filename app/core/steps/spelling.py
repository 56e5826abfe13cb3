"""Steps on the spelling of a word: letters set apart, letters repeated, digits and symbols for letters.

Each proposes a change only where the result is a risky word, so what merely looks odd stays as it is.
"""

import re
from collections.abc import Iterator
from itertools import accumulate, pairwise

from app.core.alignment import Proposal
from app.core.confusables import COMPATIBLE, PLAIN_SIGNS, REGIONAL_LETTERS, plain_letters
from app.core.lexicon import Lexicon, prepared
from app.core.readings import EVERYDAY, LEET_SYMBOLS, STANDS_FOR
from app.core.steps.marks import PICTURED, SHAPES
from app.core.steps.words import ENCLOSED, MARKS, PICTURES, keep_case
from app.core.types import Step
from app.core.vocabulary import COMPANY, CRUDE, FREQUENT, ORDINARY, RISKY, SINGLE_LETTER_WORDS

_SIGNS = re.escape(LEET_SYMBOLS)
_UNIT = f"(?:[^\\W_]|[{ENCLOSED}{SHAPES}\U0001f1e6-\U0001f1ff{_SIGNS}])[{MARKS}\ufe0f]{{0,4}}"
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_GAP = f"(?:(?![{SHAPES}])[\\s.\\-_*·•~/\\\\,;:'\"|=…–—{_UNSEEN}{PICTURES}])"
_SPELT_OUT = re.compile(
    f"(?<![^\\W_{_SIGNS}]){_UNIT}(?:{_GAP}{{1,5}}{_UNIT}){{2,}}(?![^\\W_{_SIGNS}]|[{MARKS}])"
)
_INITIALS = re.compile(r"[A-Z](?:\. ?[A-Z])+")
_NOT_CAPITAL = re.compile(r"[^A-Z]")
_EACH_UNIT = re.compile(_UNIT)
_TOKEN = re.compile(f"[A-Za-z0-9{_SIGNS}]+")
_SIGN_IN_WORD = re.compile(f"[0-9{_SIGNS}](?:[A-Za-z]|(?<=[A-Za-z].))|I(?<=[a-z]I)")
_PICTURES_OF_LETTERS = REGIONAL_LETTERS | PICTURED
_EDGE = "!|+¡"
_BARS = frozenset("|")
_LINE_UNIT = f"(?:[^\\W_]|[{MARKS}{ENCLOSED}\U0001f1e6-\U0001f1ff{_SIGNS}])"
_LINE_BREAK = re.compile(
    f"(?<!{_LINE_UNIT})({_LINE_UNIT}{{1,24}})(-?)\r?\n({_LINE_UNIT}{{1,24}})(?!{_LINE_UNIT})"
)
_REPEATED = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_BARE_WORD = re.compile(r"(?<!\w)[A-Za-z]{3,32}(?!\w)")
_NEAR = 3
_WITHIN = 8
"""Words between a doubtful spelling and its company."""
_SHORT = 3
"""Letters of a spelling that needs a crude word for company."""
_TAGS = ("#", "/")
_SOMEBODY = frozenset({
    "you", "u", "your", "ur", "yourself", "urself", "yourselves", "them", "themselves", "her", "him",
    "himself", "herself", "all", "every",
})  # fmt: skip


def spacing(text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Letters of a risky word set apart ("k i l l"), and risky words broken in two ("sui cide").

    Capitals with points are initials, unless they spell a word that people often hide.
    """
    yield from broken_words(text, lexicon)
    for found in _SPELT_OUT.finditer(text):
        if _INITIALS.fullmatch(found.group()) and _NOT_CAPITAL.sub("", found.group()).lower() not in FREQUENT:
            continue
        units = [
            (at.start() + found.start(), at.end() + found.start())
            for at in _EACH_UNIT.finditer(found.group())
        ]
        yield from _spelt_words(text, units, lexicon)


_Units = list[tuple[int, int]]


def _spelt_words(text: str, units: _Units, lexicon: Lexicon) -> Iterator[Proposal]:
    """Words in a run of single letters: in all of it, else between its wider gaps."""
    for reading in (units, [unit for unit in units if text[slice(*unit)] not in _BARS]):
        stretches = list(_read_units(text, reading, lexicon))
        if stretches:
            yield from stretches
            return
    for part in _parts(text, units):
        yield from _read_units(text, part, lexicon)


def _read_units(text: str, units: _Units, lexicon: Lexicon) -> Iterator[Proposal]:
    plain = _spelt_letters("".join(text[start:end] for start, end in units))
    if plain is None or len(plain) != len(units):
        return
    for first, last in _risky_stretches(plain, lexicon):
        note = "The letters of a word were set apart."
        yield Proposal(units[first][0], units[last - 1][1], plain[first:last], Step.SPACING, note)


def _parts(text: str, units: _Units) -> Iterator[_Units]:
    """The run cut where a gap has more white space than most of its gaps, without bars."""
    letters = [unit for unit in units if text[slice(*unit)] not in _BARS]
    widths = [sum(map(str.isspace, text[left[1] : right[0]])) for left, right in pairwise(letters)]
    usual = sorted(widths)[len(widths) // 2] if widths else 0
    part: _Units = letters[:1]
    cut = False
    for unit, width in zip(letters[1:], widths, strict=True):
        if width > usual:
            cut = True
            yield part
            part = []
        part.append(unit)
    if cut:
        yield part


def _spelt_letters(letters: str) -> str | None:
    if letters.isascii():
        return letters
    return plain_letters(letters.translate(_PICTURES_OF_LETTERS).translate(PLAIN_SIGNS))


def _risky_stretches(plain: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Which stretches of spelt-out letters are words, when all of them are accounted for."""
    if lexicon.readings.word(plain) is not None:
        yield 0, len(plain)
        return
    if plain[:1].lower() in SINGLE_LETTER_WORDS and lexicon.readings.word(plain[1:]) is not None:
        yield 1, len(plain)
        return
    at = 0
    for piece in lexicon.readings.cut(plain) or ():
        if len(piece) > 1:
            yield at, at + len(piece)
        at += len(piece)


def broken_words(text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Risky words broken in two, by a sign, a space or a line."""
    for start, end, word in lexicon.broken(prepared(text)):
        if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
            continue
        note = f"The word {word!r} was broken in two."
        yield Proposal(start, end, keep_case(text[start:end], word), Step.SPACING, note)
    if "\n" in text:
        yield from _words_over_lines(text, lexicon)


def _words_over_lines(text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Risky words with a line break inside, in whatever letters; two words of their own are not joined."""
    for found in _LINE_BREAK.finditer(text):
        head, hyphen, tail = found.groups()
        written = head + tail
        letters = plain_letters(written.translate(COMPATIBLE).translate(REGIONAL_LETTERS))
        if letters is None or lexicon.readings.word(letters) not in RISKY:
            continue
        if not hyphen and _is_own_word(head) and _is_own_word(tail):
            continue
        note = "A line was broken inside a word."
        yield Proposal(found.start(), found.end(), written, Step.SPACING, note)


def _is_own_word(piece: str) -> bool:
    lower = piece.lower()
    return lower in EVERYDAY or lower in RISKY or len(lower) == 1


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
    for index, (start, core) in enumerate(_tokens(text)):
        if core.lower() in EVERYDAY:
            continue
        at = start
        token = core
        word = lexicon.readings.word(token)
        if word is None and (wider := _with_edges(text, at, core, lexicon)) is not None:
            at, token = wider
            word = lexicon.readings.word(token)
        if word is not None:
            risky.append(index)
            if word != token.lower() and not _is_respelling(token):
                yield _read(at, token, word)
            continue
        pieces = None if token.isalpha() else lexicon.readings.parted(token)
        if pieces is None:
            waiting.append((index, at, token))
        else:
            risky.append(index)
            note = "The spaces between the words were left out."
            yield Proposal(at, at + len(token), " ".join(pieces), Step.SPACING, note)
    yield from _helpers(waiting, risky, lexicon)


def respelling(text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Risky words respelt in letters alone ("fck", "phuck", "kcuf"), and those with the spaces left out."""
    doubtful: list[tuple[int, re.Match[str], str]] = []
    company: list[int] = []
    crude: list[int] = []
    for index, found in enumerate(_BARE_WORD.finditer(text)):
        token = found.group()
        lower = token.lower()
        if lower in COMPANY:
            company.append(index)
        if lower in CRUDE:
            crude.append(index)
            continue
        if lower in EVERYDAY:
            continue
        word = lexicon.readings.respelt(lower) if lower not in ORDINARY else None
        if word is not None:
            yield _respelt(found, word)
            continue
        likely = lexicon.readings.doubtful(lower)
        if likely is not None:
            doubtful.append((index, found, likely))
            continue
        pieces = lexicon.readings.parted(token)
        if pieces is not None and not _shows_its_words(text, found, pieces):
            note = "The spaces between the words were left out."
            parted = " ".join(keep_case(token, piece) if token.isupper() else piece for piece in pieces)
            yield Proposal(found.start(), found.end(), parted, Step.SPACING, note)
    near, close = _around(company), _around(crude)
    for index, found, word in doubtful:
        if index in (near if len(found.group()) > _SHORT else close):
            yield _respelt(found, word)


def _around(places: list[int]) -> set[int]:
    return {place + offset for place in places for offset in range(-_WITHIN, _WITHIN + 1)}


def _respelt(found: re.Match[str], word: str) -> Proposal:
    note = f"A respelling of {word!r}."
    return Proposal(found.start(), found.end(), keep_case(found.group(), word), Step.SPELLING, note)


def _shows_its_words(text: str, found: re.Match[str], pieces: tuple[str, ...]) -> bool:
    """Whether nothing is hidden by the lack of spaces: in a hashtag or a name, and where capitals part words.

    What is said to somebody ("#killyourself") is read all the same.
    """
    if pieces[0] in RISKY and pieces[1] in _SOMEBODY:
        return False
    token = found.group()
    starts = accumulate(map(len, pieces[:-1]))
    # Pieces that are respelt themselves ("fukdat") may be longer than what was written, and show nothing.
    as_written = "".join(pieces).lower() == token.lower()
    capitals = as_written and not token.isupper() and all(token[at].isupper() for at in starts)
    return capitals or text[found.start() - 1 : found.start()] in _TAGS


def _tokens(text: str) -> Iterator[tuple[int, str]]:
    for found in _TOKEN.finditer(text):
        token = found.group()
        core = token.strip(_EDGE)
        if core:
            yield found.start() + len(token) - len(token.lstrip(_EDGE)), core


def _with_edges(text: str, at: int, core: str, lexicon: Lexicon) -> tuple[int, str] | None:
    """The token with the sign beside it that is one of its letters ("idio+"), if it is risky then."""
    before = text[at - 1 : at] if text[at - 1 : at] and text[at - 1] in _EDGE else ""
    after = text[at + len(core) : at + len(core) + 1]
    after = after if after and after in "+|" else ""
    for head, tail in ((before, after), (before, ""), ("", after)):
        if (head or tail) and lexicon.readings.word(head + core + tail) in RISKY:
            return at - len(head), head + core + tail
    return None


def _is_respelling(token: str) -> bool:
    """Whether it is written in letters alone, which is not this step's concern; a capital I may be an l."""
    return token.isalpha() and ("I" not in token or token.isupper())


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
