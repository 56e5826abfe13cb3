"""The step on spellings that only their neighbours tell: "go dye", "kick his as", "a wore", "your dck".

`app.core.frames` says which neighbours. Nothing is read from the spelling alone, so a tree stays a birch and
hair is dyed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.core.alignment import Proposal
from app.core.frames import (
    CAPITAL_IS_NAME,
    END,
    FRAMES,
    OF_OTHER_LANGUAGES,
    Frame,
)
from app.core.lexicon import Lexicon
from app.core.picture_frames import PICTURE_FRAMES
from app.core.steps.namesakes import is_amid_english, is_namesake
from app.core.steps.words import PICTURES, keep_case, words_around
from app.core.types import Step
from app.core.vocabulary import CRUDE

MISFITS = frozenset(FRAMES) | OF_OTHER_LANGUAGES
_FIRST = "".join(sorted({letter for word in MISFITS for letter in (word[0], word[0].upper())}))
# Opening with a letter and looking back scans four times faster than looking for seventy words.
_SHORT_WORD = re.compile(rf"[{_FIRST}](?<![\w'’#@/-].)[A-Za-z]{{1,{max(map(len, MISFITS)) - 1}}}(?![\w'’/-])")
# A picture among pictures is decoration, or a term of the lexicon.
_PICTURE = re.compile(
    f"(?<![{PICTURES}\u200dA-Za-z0-9])(?:{'|'.join(sorted(PICTURE_FRAMES))})\ufe0f?(?![{PICTURES}\u200dA-Za-z0-9])"
)
_BEFORE = re.compile(r"(?:(?<![\w'’])([A-Za-z]+(?:['’][a-z]+)?) +)?(?<![\w'’])([A-Za-z]+(?:['’][a-z]+)?) +\Z")
_BEHIND = re.compile(r"(?<! ) +([A-Za-z]+(?:['’][a-z]+)?)(?![\w'’])(?: +([A-Za-z]+(?:['’][a-z]+)?))?")
_CLOSES = re.compile(r"(?<! ) *(?:[.,!?;:)\n…#@]|\Z|[^\x00-\u203a])")
"""Behind the last word of a sentence: its sign, a line, a tag, an emoji. A quotation would go on."""
_OPENS = re.compile(r"(?:[.,!?;:(\n…]|\A|[^\x00-\u203a]) *\Z")
_BESIDE = 28
"""Characters looked at before the spelling for two words."""
_REACH = 60
"""Characters on each side in which other words tell what is talked about."""
_SHORTEST_SHOUT = 2


def misfits(text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Spellings read as the risky word that alone makes sense beside their neighbours."""
    for found in _SHORT_WORD.finditer(text):
        if found.group().lower() not in MISFITS:
            continue
        word = _meant(text, found, lexicon)
        if word is not None and not is_namesake(text, *found.span()):
            note = f"Beside its neighbours this can only be {word!r}."
            yield Proposal(found.start(), found.end(), keep_case(found.group(), word), Step.SPELLING, note)


def pictured(text: str, _lexicon: Lexicon) -> Iterator[Proposal]:
    """Pictures that stand where grammar needs a word: "to 🔪 you", "such a 🐶"."""
    if text.isascii():
        return
    for found in _PICTURE.finditer(text):
        word = _framed(text, found, PICTURE_FRAMES[found.group().rstrip("\ufe0f")])
        if word is not None:
            note = f"In this place the picture stands for {word!r}."
            yield Proposal(found.start(), found.end(), word, Step.EMOJI, note)


def _meant(text: str, found: re.Match[str], lexicon: Lexicon) -> str | None:
    written = found.group()
    lower = written.lower()
    is_name = written[0].isupper() and not (len(written) >= _SHORTEST_SHOUT and written.isupper())
    if lower in OF_OTHER_LANGUAGES:
        return (
            None
            if not written.islower() or not is_amid_english(text, *found.span())
            else lexicon.readings.doubtful(lower)
        )
    if is_name and lower in CAPITAL_IS_NAME and text[: found.start()].strip():
        return None
    return _framed(text, found, FRAMES[lower])


def _framed(text: str, found: re.Match[str], frames: tuple[Frame, ...]) -> str | None:
    place = _place_of(text, found)
    return next((frame.word for frame in frames if place.fits(frame)), None)


@dataclass(frozen=True, slots=True)
class _Place:
    """What stands around a spelling, in small letters; right beside it one word, and two words as one."""

    before: frozenset[str]
    behind: frozenset[str]
    near: frozenset[str]

    def fits(self, frame: Frame) -> bool:
        """Whether this is such a place."""
        return (
            (frame.before is None or not frame.before.isdisjoint(self.before))
            and (frame.behind is None or not frame.behind.isdisjoint(self.behind))
            and frame.unless_before.isdisjoint(self.before)
            and frame.unless_behind.isdisjoint(self.behind)
            and frame.unless_near.isdisjoint(self.near)
            and not (frame.near_crude and CRUDE.isdisjoint(self.near))
        )


def _place_of(text: str, found: re.Match[str]) -> _Place:
    first = max(found.start() - _BESIDE, 0)
    last = _BEFORE.search(text, first, found.start())
    following = _BEHIND.match(text, found.end())
    return _Place(
        before=_one_and_two(last.group(2), last.group(1), is_reversed=True)
        if last
        else _end_if(_OPENS.search(text, first, found.start())),
        behind=_one_and_two(following.group(1), following.group(2))
        if following
        else _end_if(_CLOSES.match(text, found.end())),
        near=frozenset(words_around(text, *found.span(), reach=_REACH)),
    )


def _end_if(found: re.Match[str] | None) -> frozenset[str]:
    return END if found else frozenset()


def _one_and_two(nearest: str, further: str | None, *, is_reversed: bool = False) -> frozenset[str]:
    """The nearest word, and both as they are written."""
    pair = (further or "", nearest) if is_reversed else (nearest, further or "")
    return frozenset(word.lower().replace("’", "'") for word in (nearest, " ".join(pair)))
