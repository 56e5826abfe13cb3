"""What the steps call a word, and which stretches of a text they leave alone.

The patterns start only where the character before cannot belong to the match, and repeat only disjoint
character classes, so a scan is linear whatever the text.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable

from app.core.alignment import Proposal
from app.core.types import Span

MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
"""Combining marks of the scripts the steps work on; those of Indic and Arabic script are not among them."""
ENCLOSED = "\u24b6-\u24e9\U0001f110-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189"
"""Letters in circles and squares, which `str.isalnum` does not count."""
PICTURES = "\u2600-\u27bf\ufe0f\U0001f300-\U0001faff"
"""Most emoji."""

WORD = re.compile(f"(?:[^\\W_]|[{MARKS}{ENCLOSED}])+")
CHUNK = re.compile(r"\S+")
PLAIN_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

_MENTION = re.compile(r"[(\"'.]*@\w[\w.-]*\W*")
_EMAIL = re.compile(r"\W*[\w.+-]+@[\w-]+(?:\.[\w-]+)+\W*")
_HEX = re.compile(r"\W*(?:#|0x)[0-9a-fA-F]{3,}\W*")
_HEX_GROUPS = re.compile(r"\W*[0-9a-fA-F]{4,}(?:-[0-9a-fA-F]{4,}){2,}\W*")
"""As those of a UUID."""
_DOMAIN = re.compile(
    r"\W*(?:[\w-]{2,}\.)+(?:com|org|net|io|co|gov|edu|uk|de|fr|ru|app|dev|gg|tv|ai|info)(?:[/:?#]\S*)?\W*"
)
_PART_NUMBER = re.compile(r"\W*[A-Za-z0-9]+(?:[-/_.:][A-Za-z0-9]+)+\W*")
_NUMBER_PIECE = re.compile(r"(?<![A-Za-z0-9])\d{2,}(?![A-Za-z0-9])")
_PIECE = re.compile(r"[A-Za-z0-9]{2,}")
_LONGEST_ADDRESS = 2048
_LONGEST_BESIDE = 12
_LONGEST_MASK = 4
# Signs that people put between words as well ("fck!you", "R&B") are left out.
_MASK_BEFORE = re.compile(rf"[^\W\d_][*@$%█■▓□]{{1,{_LONGEST_MASK - 1}}}\Z")
_MASK_BEHIND = re.compile(rf"[*@$%█■▓□]{{1,{_LONGEST_MASK - 1}}}[^\W\d_]")
_NEAR_WORD = re.compile(r"[a-z]+(?:'(?!s\b)[a-z]+)?")
_WORD_BEFORE = re.compile(r"(?<![^\W_])([A-Za-z]+) +\Z")
_WORD_BEHIND = re.compile(r"(?<! ) +([A-Za-z]+)")


def keep_case(surface: str, word: str) -> str:
    """The word in the writer's capitals: all of them, the first, or none.

    >>> keep_case("K!LL", "kill"), keep_case("S3x", "sex"), keep_case("p0RN", "porn")
    ('KILL', 'Sex', 'porn')
    """
    letters = [char for char in surface if char.isalpha()]
    if len(letters) > 1 and all(char.isupper() for char in letters):
        return word.upper()
    return word.capitalize() if surface[:1].isupper() else word


def words_beside(text: str, start: int, end: int) -> tuple[str, str]:
    """The words before and behind a word, in small letters, or nothing for each."""
    before, behind = (
        text[span.start : span.end].lower() if span else "" for span in spans_beside(text, start, end)
    )
    return before, behind


def words_around(text: str, start: int, end: int, *, reach: int) -> list[str]:
    """The words within some characters of a word on each side, in small letters."""
    around = f"{text[max(start - reach, 0) : start]} {text[end : end + reach]}"
    return _NEAR_WORD.findall(around.lower().replace("’", "'"))


def spans_beside(text: str, start: int, end: int) -> tuple[Span | None, Span | None]:
    """Where the words before and behind a word stand, if only spaces part them from it."""
    before = _WORD_BEFORE.search(text, max(start - _LONGEST_BESIDE, 0), start)
    behind = _WORD_BEHIND.match(text, end)
    return Span(*before.span(1)) if before else None, Span(*behind.span(1)) if behind else None


def is_half(text: str, start: int, end: int) -> bool:
    """Whether only a mask parts it from further letters ("perc*nt"): it is half of a word, and no word."""
    return bool(
        _MASK_BEHIND.match(text, end) or _MASK_BEFORE.search(text, max(start - _LONGEST_MASK, 0), start)
    )


class Shields:
    """Keeps proposals out of the shielded stretches; remembers those of the last text it saw."""

    def __init__(self) -> None:
        self._text = ""
        self._spans: list[Span] = []
        self._starts: list[int] = []

    def open_of(self, text: str, proposals: Iterable[Proposal]) -> list[Proposal]:
        """The proposals that do not start inside an address, a name or a number."""
        wanted = list(proposals)
        if wanted and text != self._text:
            self._text, self._spans = text, shielded(text)
            self._starts = [span.start for span in self._spans]
        return [found for found in wanted if not self._covers(found.start)]

    def _covers(self, offset: int) -> bool:
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._spans[at].end


def shielded(text: str) -> list[Span]:
    """Stretches that are addresses, names or numbers: URLs, emails, @mentions, hex values, part numbers."""
    spans: list[Span] = []
    for chunk in CHUNK.finditer(text):
        found = chunk.group()
        if len(found) < 4:
            continue
        if _is_address(found):
            spans.append(Span(chunk.start(), chunk.end()))
        elif "@" in found and _MENTION.fullmatch(found[:_LONGEST_ADDRESS]):
            # A spelling such as "@ss" begins at the sign and stays open to the steps.
            spans.append(Span(chunk.start() + found.index("@") + 1, chunk.end()))
    return spans


def _is_address(chunk: str) -> bool:
    if "://" in chunk or chunk.lower().startswith("www."):
        return True
    head = chunk[:_LONGEST_ADDRESS]
    if "@" in head and _EMAIL.fullmatch(head):
        return True
    if _HEX.fullmatch(head) and any(char.isdigit() for char in head):
        return True
    if "-" in head and _HEX_GROUPS.fullmatch(head) and any(char.isdigit() for char in head):
        return True
    if "." in head and _DOMAIN.fullmatch(head):
        return True
    return _PART_NUMBER.fullmatch(head) is not None and _is_numbered(head)


def _is_numbered(chunk: str) -> bool:
    """Whether joined pieces read as a number: one is all digits, or several hold digits among capitals."""
    if _NUMBER_PIECE.search(chunk):
        return True
    pieces = _PIECE.findall(chunk)
    return chunk.isupper() and sum(any(map(str.isdigit, piece)) for piece in pieces) > 1
