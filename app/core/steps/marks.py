"""Steps on signs: masks over letters ("f**k") and pictures of letters (keycaps, flag letters)."""

import re
from collections.abc import Iterator

from app.core.alignment import Proposal
from app.core.confusables import REGIONAL_LETTERS
from app.core.lexicon import Lexicon
from app.core.readings import FAINT_MASKS, MASKS
from app.core.steps.words import keep_case
from app.core.types import Step
from app.core.vocabulary import CRUDE, EVERYDAY, FREQUENT, ORDINARY, RISKY, SINGLE_LETTER_WORDS

_MASK_CLASS = re.escape(MASKS)
_ANY_MASK = re.escape(MASKS + FAINT_MASKS)
_MASKED = re.compile(
    f"(?<![\\w{_MASK_CLASS}])[^\\W\\d_]{{1,12}}(?:[{_MASK_CLASS}]{{1,8}}[^\\W\\d_]{{1,12}}){{1,3}}(?![{_MASK_CLASS}_]{{0,8}}\\w)"
)
_FAINTLY_MASKED = re.compile(
    f"(?<![\\w{_ANY_MASK}])[^\\W\\d_]{{1,12}}(?:(?:[{re.escape(FAINT_MASKS)}]|_{{2,4}})[^\\W\\d_]{{1,12}}){{1,2}}(?![{_ANY_MASK}]{{0,8}}\\w)"
)
_MASKED_OUT = re.compile(
    f"(?<![\\w{_ANY_MASK}])[^\\W\\d_](?:[\\s,/~•|]{{1,3}}[^\\W\\d]|[\\s,/~•|]{{1,3}}[*#%&\\-])"
    f"{{1,15}}[\\s,/~•|]{{1,3}}[^\\W\\d_](?![{_ANY_MASK}]{{0,8}}\\w)"
)
_MASKED_APART = re.compile(
    f"(?<![\\w{_ANY_MASK}])[^\\W\\d_](?:[\\s,/~•|._-]{{1,2}}[^\\W\\d_]|[\\s,/~•|._-]{{1,2}}[*#%&])"
    f"{{2,15}}[\\s,/~•|._-]{{1,2}}[^\\W\\d_](?![{_ANY_MASK}]{{0,8}}\\w)"
)
_LONE_MASK = re.compile(r"[*#%&_-](?<=[\s,/~•|._-].)[\s,/~•|._-]{1,3}(?:[^\W\d]|[*#%&-])(?![A-Za-z0-9])")
"""What both need somewhere; most texts have none of it, which is seen several times faster."""
_BETWEEN = re.compile(r"[\s,/~•|]+")
_ANY_BETWEEN = re.compile(r"[\s,/~•|._-]+")
_CUT_OFF = re.compile(r"(?<![\w*])[^\W\d_]{1,3}\*{2,8}(?![\w*])")
_LAST_CUT_OFF = re.compile(r"(?<![\w*])[A-Za-z]{3,12}\*(?![\w*.])")
_CODE = frozenset("=[]{}<>\\/`")
PICTURED = {
    ord(sign): letter
    for signs, letter in (
        ("🅰", "a"), ("🅱", "b"), ("❗❕", "!"), ("ℹ", "i"), ("Ⓜ", "m"), ("⭕🅾", "o"), ("🅿", "p"),
        ("💲", "$"), ("✝", "t"),
        ("❌✖❎", "x"), ("➕", "+"),
    )
    for sign in signs
}  # fmt: skip
"""Emoji with the shape of a letter, or of a sign that stands for one."""
SHAPES = "".join(map(chr, PICTURED))
_PICTURE = re.compile(f"[{SHAPES}\u20e3]")
_DRESS = re.compile("[\ufe0f\u20e3\u0300-\u036f\u200b-\u200f\u2060-\u2064\u00ad\u202a-\u202e\ufeff\u034f]")
_PICTURE_WORD = re.compile(
    f"(?<![A-Za-z0-9{SHAPES}\ufe0f\u20e3])(?:[A-Za-z0-9@$!+|{SHAPES}]{_DRESS.pattern}{{0,9}})+(?![A-Za-z0-9])"
)
_ASCII_LETTER = re.compile("[A-Za-z]")
_FLAG = "[\U0001f1e6-\U0001f1ff]"
_FLAG_WORD = re.compile(f"{_FLAG}(?:{_DRESS.pattern}{{0,12}}{_FLAG}){{2,23}}{_DRESS.pattern}{{0,12}}")
_FAINT = re.compile(f"[{re.escape(FAINT_MASKS)}]+")
_SHORTEST_FAINT = 4
_LONGEST_NEIGHBOUR = 12
_NEAR = 48
_LETTERS = re.compile("[a-z]+")
_PERSONAL = frozenset(
    ["me", "you", "u", "her", "him", "them", "us", "my", "your", "have", "having", "had", "want", "wanna"]
)


def censor(text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Masked words of which only one risky word shows the same letters."""
    for pattern in (_MASKED, _FAINTLY_MASKED, _CUT_OFF):
        for found in pattern.finditer(text):
            token = found.group()
            if _beside_code(text, found.start(), found.end()) or _closes_markup(text, found.start(), token):
                continue
            word = lexicon.readings.masked(token)
            if word is None and (pattern is _MASKED or "_" in token):
                yield from _masked_otherwise(found, lexicon)
            if word is None or not _is_meant(text, found, word, faint=pattern is not _MASKED):
                continue
            note = f"Letters of {word!r} were masked."
            yield Proposal(found.start(), found.end(), keep_case(token, word), Step.CENSOR, note)
    yield from _without_last(text, lexicon)


def _without_last(text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Words without their last letter ("fuc*"); behind a word of its own a star is a footnote."""
    for found in _LAST_CUT_OFF.finditer(text):
        token = found.group()
        lower = token[:-1].lower()
        # A star before it may open what this one closes.
        if lower in EVERYDAY or lower in ORDINARY or "*" in text[max(found.start() - 200, 0) : found.start()]:
            continue
        word = lexicon.readings.masked(token)
        if word in FREQUENT and word in CRUDE and not _beside_code(text, *found.span()):
            note = f"The last letter of {word!r} was masked."
            yield Proposal(found.start(), found.end(), keep_case(token, word), Step.CENSOR, note)


def _masked_otherwise(found: re.Match[str], lexicon: Lexicon) -> Iterator[Proposal]:
    words = lexicon.readings.masked_otherwise(found.group())
    if words:
        note = "Letters were masked, and more was done to the word."
        yield Proposal(
            found.start(), found.end(), keep_case(found.group(), " ".join(words)), Step.CENSOR, note
        )


def masked_and_spaced(text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Words both masked and set apart ("f * c k"), alone or behind "a" or "I"."""
    if not _LONE_MASK.search(text):
        return
    runs = [(found, _BETWEEN) for found in _MASKED_OUT.finditer(text)]
    runs += [(found, _ANY_BETWEEN) for found in _MASKED_APART.finditer(text)]
    for found, between in runs:
        units = between.split(found.group())
        for first in (0, 1) if units[0].lower() in SINGLE_LETTER_WORDS else (0,):
            written = "".join(units[first:])
            word = None if written.isalpha() else lexicon.readings.masked(written)
            if word is None or len(word) != len(written):
                continue
            if len(word) >= _SHORTEST_FAINT or word in FREQUENT:
                start = (
                    found.start() + len(found.group()) - len(between.split(found.group(), 1)[1])
                    if first
                    else found.start()
                )
                note = f"Letters of {word!r} were masked and set apart."
                yield Proposal(start, found.end(), keep_case(written, word), Step.CENSOR, note)
                break


def _is_meant(text: str, found: re.Match[str], word: str, *, faint: bool) -> bool:
    """Whether it is a mask: short words and words under faint masks count only if masked often."""
    is_short = len(word) < _SHORTEST_FAINT
    if not (faint or is_short) or _is_doubtful_but_near(text, found):
        return True
    if word not in FREQUENT:
        is_clear = len(word) > _SHORTEST_FAINT or "_" in found.group() or word in CRUDE
        return faint and not is_short and is_clear and "." not in found.group() and not _are_own_words(found)
    return not (faint and is_short) or ("_" in found.group() and _beside_person(text, found))


def _are_own_words(found: re.Match[str]) -> bool:
    """Whether a faint mask only joins words ("e-mail", "max_size")."""
    pieces = [piece.lower() for piece in _FAINT.split(found.group())]
    return all(piece in EVERYDAY or piece in RISKY for piece in pieces)


def _beside_person(text: str, found: re.Match[str]) -> bool:
    """Whether the word before or after is about people; "s_x" in other company is the name of a variable."""
    before = text[max(found.start() - _LONGEST_NEIGHBOUR, 0) : found.start()].lower().split()
    after = text[found.end() : found.end() + _LONGEST_NEIGHBOUR].lower().split()
    return not _PERSONAL.isdisjoint(before[-1:] + after[:1])


def _is_doubtful_but_near(text: str, found: re.Match[str]) -> bool:
    """Whether a mask that leaves little, but the last letter, stands near a crude word."""
    return found.group()[-1].isalpha() and not _are_own_words(found) and _beside_crude(text, found)


def _beside_crude(text: str, found: re.Match[str]) -> bool:
    """Whether a word stands near that innocent company seldom has."""
    around = (
        text[max(found.start() - _NEAR, 0) : found.start()] + " " + text[found.end() : found.end() + _NEAR]
    )
    return not CRUDE.isdisjoint(_LETTERS.findall(around.lower()))


def _beside_code(text: str, start: int, end: int) -> bool:
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    # A word in brackets is no code, but brackets that lean on other words are.
    called = before == ")" or after == "(" or (before == "(" and text[start - 2 : start - 1].isalnum())
    return called or bool(_CODE.intersection(before + after))


def _closes_markup(text: str, start: int, token: str) -> bool:
    """Whether the stars at the end close a stretch of bold text opened shortly before."""
    return token.endswith("**") and "**" in text[max(start - 200, 0) : start]


def letter_pictures(text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Keycaps, flag letters and emoji with the shape of a letter that spell a risky word."""
    if text.isascii():
        return
    note = "Pictures of letters or digits spell a word."
    for found in _FLAG_WORD.finditer(text):
        word = _DRESS.sub("", found.group()).translate(REGIONAL_LETTERS)
        if _is_read(word, lexicon):
            yield Proposal(found.start(), found.end(), word, Step.EMOJI, note)
    if not _PICTURE.search(text):
        return
    for found in _PICTURE_WORD.finditer(text):
        if not _PICTURE.search(found.group()):
            continue
        written = found.group().rstrip("!|+")
        plain = _DRESS.sub("", written).translate(PICTURED)
        if not plain.isdigit() and _ASCII_LETTER.search(found.group()) and _is_read(plain, lexicon):
            yield Proposal(found.start(), found.start() + len(written), plain, Step.EMOJI, note)


def _is_read(word: str, lexicon: Lexicon) -> bool:
    return lexicon.readings.word(word) is not None or lexicon.readings.parted(word) is not None
