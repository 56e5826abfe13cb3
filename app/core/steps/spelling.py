"""Steps on the spelling of a word: letters set apart, letters repeated, digits and symbols for letters.

Each proposes a change only where the result is a risky word, so what merely looks odd stays as it is.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate, pairwise

from app.core.alignment import Proposal
from app.core.confusables import COMPATIBLE, PLAIN_SIGNS, REGIONAL_LETTERS, plain_letters
from app.core.gluing import is_known, is_neighbour
from app.core.innocent_words import DOUBTFUL_NOUNS, DOUBTFUL_VERBS
from app.core.lexicon import Lexicon, prepared
from app.core.readings import LEET_SYMBOLS, STANDS_FOR
from app.core.steps.marks import PICTURED, SHAPES
from app.core.steps.namesakes import DETERMINERS, INSULTING, is_namesake, is_surname
from app.core.steps.words import ENCLOSED, MARKS, PICTURES, is_half, keep_case, words_beside
from app.core.types import Step
from app.core.vocabulary import (
    COMPANY,
    CRUDE,
    EVERYDAY,
    FREQUENT,
    HELPERS,
    ORDINARY,
    RISKY,
    SINGLE_LETTER_WORDS,
)

_SIGNS = re.escape(LEET_SYMBOLS)
_UNIT = f"(?:[^\\W_]|[{ENCLOSED}{SHAPES}\U0001f1e6-\U0001f1ff{_SIGNS}])[{MARKS}\ufe0f]{{0,4}}"
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_GAPS_BUT_BAR = f"\\s.\\-_*·•~/\\\\,;:'\"=…–—{_UNSEEN}{PICTURES}"
_GAPS = f"{_GAPS_BUT_BAR}|"
_GAP = f"(?:(?![{SHAPES}])[{_GAPS}])"
# A bar can be a gap and a letter. One at a time, so that a row of them can be read in one way only: trying
# every way would take for ever.
_GAPS_3, _GAPS_5 = (f"(?:(?:(?![{SHAPES}])[{_GAPS_BUT_BAR}]){{1,{most}}}+|\\|)" for most in (3, 5))
_SPELT_OUT = re.compile(
    f"(?<![^\\W_{_SIGNS}])(?<![^\\W\\d_]['’]){_UNIT}(?:{_GAPS_5}{_UNIT}){{2,}}(?![^\\W_{_SIGNS}]|[{MARKS}])"
)
_GLUED_BEHIND = re.compile(
    # What has to follow the letters is asked before they are given back one by one.
    f"(?<![^\\W_])(?=[A-Za-z]++(?:{_UNIT}|[{MARKS}\ufe0f]{{0,4}}){_GAP}{{1,3}}{_UNIT}{_GAP})"
    f"([A-Za-z]{{1,16}})({_UNIT}(?:{_GAPS_3}{_UNIT}){{2,24}})(?![^\\W_{_SIGNS}]|[{MARKS}])"
)
_GLUED_BEFORE = re.compile(
    f"(?<![^\\W_{_SIGNS}])(?<![^\\W\\d_]['’])({_UNIT}(?:{_GAPS_3}{_UNIT}){{2,24}})([A-Za-z]{{1,16}})(?![^\\W_])"
)
# What the three patterns above need somewhere; most texts have none of it, which is seen much faster. That
# a picture with the shape of a letter is no gap is asked behind the class of characters, for speed.
_BESIDE_UNIT = f"[{_GAPS}](?<![{SHAPES}])"
_LONE_UNIT = re.compile(f"{_BESIDE_UNIT}{_UNIT}{_GAP}")
_LONE_AND_LAST = re.compile(f"{_BESIDE_UNIT}{_UNIT}{_GAP}{{1,5}}{_UNIT}(?![A-Za-z0-9])")
_LONE_AND_GLUED = re.compile(
    f"{_BESIDE_UNIT}(?<![A-Za-z0-9]{{2}}[\\s\\S]){_UNIT}{_GAP}{{1,3}}{_UNIT}[A-Za-z]"
)
_INITIALS = re.compile(r"[A-Z](?:\. ?[A-Z])+")
_NOT_CAPITAL = re.compile(r"[^A-Z]")
_EACH_UNIT = re.compile(_UNIT)
_NUMBERED = re.compile(r"[A-Z]{2}[0-9]{2,4}")
"""As flights and roads are: "SH17"."""
_TOKEN = re.compile(f"[A-Za-z0-9{_SIGNS}]+")
_SIGN_IN_WORD = re.compile(f"[0-9{_SIGNS}](?:[A-Za-z]|(?<=[A-Za-z].))|I(?<=[a-z]I)")
_PICTURES_OF_LETTERS = REGIONAL_LETTERS | PICTURED
_EDGE = "!|+¡"
_BARS = frozenset("|")
_LINE_UNIT = f"(?:[^\\W_]|[{MARKS}{ENCLOSED}{SHAPES}{_UNSEEN}\ufe0f\u20e3*#%&_\U0001f1e6-\U0001f1ff{_SIGNS}])"
_UNSEEN_SIGN = re.compile(f"[{_UNSEEN}{MARKS}\ufe0f\u20e3]")
_LINE_BREAK = re.compile(
    f"(?<!{_LINE_UNIT})({_LINE_UNIT}{{1,24}})(-?)\r?\n({_LINE_UNIT}{{1,24}})(?!{_LINE_UNIT})"
)
_REPEATED = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
_BARE_WORD = re.compile(r"(?<!\w)[A-Za-z]{3,32}(?!\w)")
_LONGEST_PIECE = 20
_PARTING = "(?:-[ \\t]*\\r?\\n[ \\t]*|\u00ad)"
_PIECE_BEFORE = re.compile(f"(?<![^\\W_])([A-Za-z]+){_PARTING}\\Z")
_PIECE_BEHIND = re.compile(f"{_PARTING}([A-Za-z]+)")
_CONTRACTION = re.compile(r"(?:t|s|m|re|ve|d|ll)(?=[a-z]{3})")
_NEAR = 3
_SHORTEST_GLUED = 4
_SPELT_OFTEN = frozenset(word for word in FREQUENT if len(word) >= _SHORTEST_GLUED)
_WITHIN = 8
"""Words between a doubtful spelling and its company."""
_LONG = 6
"""Letters of a risky word that hardly any name holds."""
_SHORT = 3
"""Letters of a spelling that needs a crude word for company."""
_TAG = re.compile(r"#\Z|(?:(?<![^\W_])[ru]|\w\.\w+)/\Z", re.IGNORECASE)
"""Before a hashtag, and before the name of a community, a person or a page."""
_LONGEST_TAG = 12
_APOSTROPHES = ("'", "’")
_AUXILIARIES = frozenset({
    "to", "will", "would", "should", "could", "must", "gonna", "wanna", "ll", "lets", "dont",
})  # fmt: skip
_SOMEBODY = frozenset({
    "you", "u", "your", "ur", "yourself", "urself", "yourselves", "them", "themselves", "her", "him",
    "himself", "herself", "all", "every",
})  # fmt: skip


def spacing(text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Letters of a risky word set apart ("k i l l"), and risky words broken in two ("sui cide").

    Capitals with points are initials, unless they spell a word that people often hide.
    """
    yield from broken_words(text, lexicon)
    if not _LONE_UNIT.search(text):
        return
    if _LONE_AND_LAST.search(text):
        yield from _spelt_out(text, lexicon)
        yield from _spelt_and_glued(_GLUED_BEHIND, text, lexicon)
    if _LONE_AND_GLUED.search(text):
        yield from _spelt_and_glued(_GLUED_BEFORE, text, lexicon)


def _spelt_out(text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    for found in _SPELT_OUT.finditer(text):
        if _INITIALS.fullmatch(found.group()) and _NOT_CAPITAL.sub("", found.group()).lower() not in FREQUENT:
            continue
        units = [
            (at.start() + found.start(), at.end() + found.start())
            for at in _EACH_UNIT.finditer(found.group())
        ]
        yield from _spelt_words(text, units, lexicon)


def _spelt_and_glued(pattern: re.Pattern[str], text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """A word set apart whose first or last letter stands at an everyday word ("youb i t c h")."""
    plain, spelt = (1, 2) if pattern is _GLUED_BEHIND else (2, 1)
    for found in pattern.finditer(text):
        units = (unit for unit in _EACH_UNIT.findall(found.group(spelt)) if unit not in _BARS)
        letters = _spelt_letters("".join(units))
        if letters is None:
            continue
        if letters.lower() not in _SPELT_OFTEN and not is_neighbour(found.group(plain).lower()):
            continue
        least = _SHORTEST_GLUED if " " in found.group(spelt) else _SHORT
        if len(letters) < least or not _is_written_whole(letters, lexicon):
            continue
        if _is_written_whole(letters[:-1] if plain > spelt else letters[1:], lexicon):
            continue
        note = "The letters of a word were set apart, and the space beside it was left out."
        words = (found.group(1), letters) if plain == 1 else (letters, found.group(2))
        yield Proposal(found.start(), found.end(), " ".join(words), Step.SPACING, note)


def _is_written_whole(letters: str, lexicon: Lexicon) -> bool:
    """Whether these are the letters of a risky word, digits and signs among them."""
    return letters.lower() in RISKY or (not letters.isalpha() and lexicon.readings.word(letters) in RISKY)


_Units = list[tuple[int, int]]


def _spelt_words(text: str, units: _Units, lexicon: Lexicon) -> Iterator[Proposal]:
    """Words in a run of single letters: in all of it, else between its wider gaps."""
    without_bars = [unit for unit in units if text[slice(*unit)] not in _BARS]
    for reading in (units,) if len(without_bars) == len(units) else (units, without_bars):
        stretches = list(_read_units(text, reading, lexicon))
        if stretches:
            yield from stretches
            return
    for part in _parts(text, units):
        yield from _read_units(text, part, lexicon)


def _read_units(text: str, units: _Units, lexicon: Lexicon) -> Iterator[Proposal]:
    plain = _spelt_letters("".join(text[start:end] for start, end in units))
    if plain is None or len(plain) != len(units) or _is_spelt_innocently(plain, lexicon):
        return
    for first, last in _risky_stretches(plain, lexicon):
        note = "The letters of a word were set apart."
        yield Proposal(units[first][0], units[last - 1][1], plain[first:last], Step.SPACING, note)


def _is_spelt_innocently(plain: str, lexicon: Lexicon) -> bool:
    """Whether all the letters are one word; rather than a rare one they are a little word and a risky one."""
    lower = plain.lower()
    if lower[:1] in SINGLE_LETTER_WORDS and lower[1:] in RISKY and lower not in EVERYDAY:
        return False
    return is_innocent(plain, lexicon)


def _parts(text: str, units: _Units) -> Iterator[_Units]:
    """The run cut where a gap has another white space than most of its gaps, without bars."""
    letters = [unit for unit in units if text[slice(*unit)] not in _BARS]
    gaps = ["".join(filter(str.isspace, text[left[1] : right[0]])) for left, right in pairwise(letters)]
    usual = Counter(gaps).most_common(1)[0][0] if gaps else ""
    part: _Units = letters[:1]
    cut = False
    for unit, gap in zip(letters[1:], gaps, strict=True):
        if gap != usual:
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
    lower = plain.lower()
    last = len(plain)
    # A letter or digit beside a run is often a word of its own: "s h i t a man", "t h r e a t 3".
    for first, end in ((0, last), (0, last - 1), (1, last), (1, last - 1)):
        if lower[first:end] in RISKY:
            yield first, end
            return
    pieces = lexicon.readings.cut(plain)
    if pieces:
        yield from _places_of(pieces)
        return
    for first in (0, 1) if lower[:1] in SINGLE_LETTER_WORDS else (0,):
        if lexicon.readings.meant(plain[first:]) is not None:
            yield first, last
            return


def _places_of(pieces: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    ends = accumulate(map(len, pieces))
    return ((end - len(piece), end) for piece, end in zip(pieces, ends, strict=True) if len(piece) > 1)


def broken_words(text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Risky words broken in two, by a sign, a space or a line."""
    for start, end, word in lexicon.broken(prepared(text)):
        if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
            continue
        broken = text[start:end]
        if broken[-2] == " " and broken[-1].isupper() and not broken.isupper():
            continue  # Behind a name stands an initial: "Cun T. Nguyen".
        note = f"The word {word!r} was broken in two."
        yield Proposal(start, end, keep_case(text[start:end], word), Step.SPACING, note)
    if "\n" in text:
        yield from _words_over_lines(text, lexicon)


def _words_over_lines(text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Risky words with a line break inside, in whatever letters; two words of their own are not joined."""
    for found in _LINE_BREAK.finditer(text):
        head, hyphen, tail = (_UNSEEN_SIGN.sub("", part) for part in found.groups())
        letters = _spelt_letters((head + tail).translate(COMPATIBLE))
        if letters is None or (not hyphen and _is_own_word(head) and _is_own_word(tail)):
            continue
        if _is_broken_word(letters, lexicon) or (
            not (_is_own_word(head) and _is_own_word(tail)) and _parts_a_word(letters, len(head), lexicon)
        ):
            note = "A line was broken inside a word."
            yield Proposal(found.start(), found.end(), letters, Step.SPACING, note)


def _is_broken_word(letters: str, lexicon: Lexicon) -> bool:
    if lexicon.readings.meant(letters) in RISKY or lexicon.readings.doubtful(letters.lower()) in RISKY:
        return True
    entry = lexicon.entry(letters.lower())
    if entry is not None and not entry.term.ambiguous:
        return True
    return len(letters) > _SHORT and not letters.isalnum() and lexicon.readings.masked(letters) in RISKY


def _parts_a_word(letters: str, at: int, lexicon: Lexicon) -> bool:
    """Whether the break stands inside the risky word of several ("youbi" and "tch")."""
    pieces = lexicon.readings.parted(letters) or () if letters.isalpha() else ()
    return len(pieces) > 1 and at not in accumulate(map(len, pieces))


def _is_own_word(piece: str) -> bool:
    lower = piece.lower()
    return lower in EVERYDAY or lower.removesuffix("s") in EVERYDAY or lower in RISKY or len(lower) == 1


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
        if core.lower() in EVERYDAY or (_NUMBERED.fullmatch(core) and not text.isupper()):
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
    doubtful: list[tuple[int, Proposal]] = []
    company: list[int] = []
    crude: list[int] = []
    for index, found in enumerate(_BARE_WORD.finditer(text)):
        lower = found.group().lower()
        if lower in COMPANY:
            company.append(index)
        if lower in CRUDE:
            crude.append(index)
        elif lower not in EVERYDAY and (reading := _reading_of(text, found, lexicon)) is not None:
            proposal, is_sure = reading
            if is_sure:
                yield proposal
            else:
                doubtful.append((index, proposal))
    near, close = _around(company), _around(crude)
    for index, proposal in doubtful:
        if index in (near if proposal.end - proposal.start > _SHORT else close):
            yield proposal


def _reading_of(text: str, found: re.Match[str], lexicon: Lexicon) -> tuple[Proposal, bool] | None:
    """What a word is read as, and whether it is so in any company."""
    lower = found.group().lower()
    if is_half(text, *found.span()) or _is_part(text, *found.span(), lexicon):
        return None
    if text[found.start() - 1 : found.start()] in _APOSTROPHES:
        proposal = _behind_contraction(text, found, lexicon)
        return None if proposal is None else (proposal, True)
    word = lexicon.readings.respelt(lower) if lower not in ORDINARY else None
    is_sure = word is not None
    word = word or lexicon.readings.doubtful(lower)
    if word is not None:
        if is_namesake(text, *found.span()):
            return None
        return _respelt(found, word), (is_sure and not is_surname(text, *found.span())) or _is_framed(
            text, found
        )
    return _without_spaces(text, found, lexicon)


def _is_part(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether it is a piece of an innocent word that was parted at the end of a line: "in-" and "sults"."""
    before, behind = (
        _PIECE_BEFORE.search(text, max(start - _LONGEST_PIECE, 0), start),
        _PIECE_BEHIND.match(text, end),
    )
    piece = text[start:end]
    return bool(
        (before and is_innocent(before.group(1) + piece, lexicon))
        or (behind and is_innocent(piece + behind.group(1), lexicon))
        or (before and behind and is_innocent(before.group(1) + piece + behind.group(1), lexicon))
    )


def is_innocent(word: str, lexicon: Lexicon) -> bool:
    """Whether letters put together are a known word that says nothing risky."""
    lower = word.lower()
    readings = lexicon.readings
    if lower in RISKY or lower in readings.strong:
        return False
    return lower in EVERYDAY or lower in ORDINARY or lower in readings.weak or is_known(lower)


def _without_spaces(text: str, found: re.Match[str], lexicon: Lexicon) -> tuple[Proposal, bool] | None:
    token = found.group()
    pieces = lexicon.readings.parted(token)
    is_sure = pieces is not None
    if pieces is None and (pieces := lexicon.readings.parted_doubtfully(token)) is not None:
        at = len(pieces[0])
        is_sure = token[at].isupper() and token[at - 1].islower()
    if pieces is None or _shows_its_words(text, found, pieces):
        return None
    is_name = not any(map(_tells_words, pieces)) and is_surname(text, *found.span())
    return _parted(found, pieces), is_sure and not is_name


def _tells_words(piece: str) -> bool:
    """Whether a piece is hardly the half of a surname ("Slutsky")."""
    if piece in RISKY:
        return len(piece) >= _LONG
    return piece in HELPERS or (len(piece) >= _SHORTEST_GLUED and is_known(piece))


def _behind_contraction(text: str, found: re.Match[str], lexicon: Lexicon) -> Proposal | None:
    """A risky word without the space before it ("can'tfuck")."""
    token = found.group()
    ending = _CONTRACTION.match(token.lower())
    if ending is None or not text[found.start() - 2 : found.start() - 1].isalpha():
        return None
    word = lexicon.readings.meant(token[ending.end() :])
    if word not in RISKY:
        return None
    note = "The space before a word was left out."
    return Proposal(found.start(), found.end(), f"{token[: ending.end()]} {word}", Step.SPACING, note)


def _around(places: list[int]) -> set[int]:
    return {place + offset for place in places for offset in range(-_WITHIN, _WITHIN + 1)}


def _respelt(found: re.Match[str], word: str) -> Proposal:
    note = f"A respelling of {word!r}."
    return Proposal(found.start(), found.end(), keep_case(found.group(), word), Step.SPELLING, note)


def _is_framed(text: str, found: re.Match[str]) -> bool:
    """Whether the word before or behind a doubtful spelling tells it: "a bich", "to kil", "dumb cnt"."""
    lower = found.group().lower()
    last, following = words_beside(text, *found.span())
    if lower in (last, following):
        return False  # A word said twice is a word of its own: "a dik dik".
    if last in INSULTING or (lower in DOUBTFUL_NOUNS and last in DETERMINERS):
        return True
    return lower in DOUBTFUL_VERBS and (last in _AUXILIARIES or following in _SOMEBODY)


def _parted(found: re.Match[str], pieces: tuple[str, ...]) -> Proposal:
    token = found.group()
    note = "The spaces between the words were left out."
    parted = " ".join(keep_case(token, piece) if token.isupper() else piece for piece in pieces)
    return Proposal(found.start(), found.end(), parted, Step.SPACING, note)


def _shows_its_words(text: str, found: re.Match[str], pieces: tuple[str, ...]) -> bool:
    """Whether nothing is hidden by the lack of spaces: in a hashtag or a name, and where capitals part words.

    What is said to somebody ("#killyourself") is read all the same.
    """
    if pieces[0] in RISKY and pieces[1] in _SOMEBODY:
        return False
    return _TAG.search(text, max(found.start() - _LONGEST_TAG, 0), found.start()) is not None


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
