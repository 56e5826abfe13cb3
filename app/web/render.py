"""Values as pages: templates, and the words and marks that show a post to a person.

Flagged text is hostile. Templates escape everything; text from outside goes through `pieces` as well, which
shows what cannot be seen and takes out what would turn the line around. Every page shows who is logged in;
of requests and services nothing more is known here.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.core.language_names import name_of
from app.core.types import Edit, NormalizedText, Step
from app.web import person

# Sent by the middleware that every response goes through.
PAGES_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
STATIC_URL = "/static"
_HERE = Path(__file__).parent
_STATIC = _HERE / "static"
_HEADERS = {"Cache-Control": "no-store"}
"""Posts are not to stay in a browser's cache."""


class Renderer:
    """Turns the name of a template and its values into a page."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(_HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(
            pieces=pieces,
            percent=percent,
            chance=chance,
            moment=moment,
            machine_time=machine_time,
            language=name_of,
        )
        self._environment.globals.update(asset=_asset, login=person.LOGIN.get, may=person.may)

    def page(self, name: str, *, status_code: int = 200, **values: object) -> HTMLResponse:
        """Render a template as a page that loads nothing from elsewhere and runs no script but ours."""
        html = self._environment.get_template(name).render(**values)
        return HTMLResponse(html, status_code, headers=_HEADERS)

    def error(self, *, status: int, title: str, detail: str) -> HTMLResponse:
        """Say what went wrong and where to go on."""
        return self.page("error.html", status_code=status, status=status, title=title, detail=detail)


def _asset(name: str) -> str:
    """Address a static file so that a browser fetches it again when it has changed."""
    path = _STATIC / name
    return f"{STATIC_URL}/{name}?v={_version(path, path.stat().st_mtime_ns)}"


@lru_cache(maxsize=64)
def _version(path: Path, written_ns: int) -> str:  # noqa: ARG001 another time is another version
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


# What is unseen. A character is shown by a name in a box unless it is at home where it stands.

_NAMES = {
    "\x00": "NUL",
    "\u00ad": "SHY",
    "\u061c": "ALM",
    "\u200b": "ZWSP",
    "\u200c": "ZWNJ",
    "\u200d": "ZWJ",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2060": "WJ",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
    "\ufeff": "BOM",
}
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\U00013430-\U0001345f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]+"
)
_JOINERS = "\u200c\u200d"
# Scripts in which a joiner between two letters changes their shape: Arabic to Sinhala, Myanmar, Mongolian.
_JOINING = re.compile("[\u0600-\u0dff\u1000-\u109f\u1800-\u18af]")
_FLAG = re.compile("[\U000e0020-\U000e007e]{2,6}\U000e007f")
_MOST_BOXES = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text as a page shows it."""

    text: str
    unseen: str | None = None
    """For characters that cannot be seen: what they are, in words; `text` then stands for them."""


def pieces(text: str) -> tuple[Piece, ...]:
    """Split a text into what is shown as it is and boxes for what cannot be seen.

    >>> [piece.text for piece in pieces("un\u200b\u200balive")]
    ['un', 'ZWSP ×2', 'alive']
    """
    return tuple(_pieces(text))


def _pieces(text: str) -> Iterator[Piece]:
    start = 0
    for found in _UNSEEN.finditer(text):
        if _at_home(text, found):
            continue
        if found.start() > start:
            yield Piece(text[start : found.start()])
        yield from _boxes(found.group())
        start = found.end()
    if start < len(text):
        yield Piece(text[start:])


def _at_home(text: str, found: re.Match[str]) -> bool:
    """Whether unseen characters belong where they are: inside emoji, or between letters that join."""
    run = found.group()
    before = text[found.start() - 1] if found.start() else ""
    after = text[found.end()] if found.end() < len(text) else ""
    if run in _JOINERS and _JOINING.match(before) and _JOINING.match(after):
        return True
    if run == "\ufe0f" and (after == "\u20e3" or _is_symbol(before)):
        return True
    if run in {"\u200d", "\ufe0f\u200d"}:
        return _is_symbol(before) and _is_symbol(after)
    return before == "\U0001f3f4" and _FLAG.fullmatch(run) is not None


def _is_symbol(char: str) -> bool:
    # Skin tones are modifier symbols; ❗ and ‼ are punctuation that has an emoji form.
    return char != "" and (unicodedata.category(char) in {"So", "Sk", "Sm"} or char in "‼⁉〰〽")


def _boxes(run: str) -> Iterator[Piece]:
    groups = [(char, sum(1 for _ in same)) for char, same in groupby(run)]
    if len(groups) > _MOST_BOXES:
        yield Piece(f"{len(run)} unseen", f"{len(run)} characters that cannot be seen")
        return
    for char, count in groups:
        times = f" ×{count}" if count > 1 else ""
        code = f"U+{ord(char):04X}"
        yield Piece(_NAMES.get(char, code) + times, f"{unicodedata.name(char, 'Control')} ({code}){times}")


# Edits, on both texts and in words.

STEPS_IN_WORDS = {
    Step.UNICODE: "letters in another form",
    Step.INVISIBLE: "unseen characters",
    Step.CONFUSABLE: "look-alike letters",
    Step.SPACING: "letters set apart",
    Step.REPETITION: "repeated letters",
    Step.LEET: "digits or signs for letters",
    Step.CENSOR: "masked letters",
    Step.SPELLING: "a word respelt",
    Step.EMOJI: "emoji for a word",
    Step.LEXICON: "code word",
}
MOST_EXPLANATIONS = 100


@dataclass(frozen=True, slots=True)
class Fragment:
    """A stretch of one of the texts; `number` names the explanation where an edit made or replaced it."""

    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """One kind of edit in words, however often it occurs."""

    number: int
    surface: str
    canonical: str
    steps: str
    term: str | None
    category: str | None
    ambiguous: bool
    note: str
    times: int


@dataclass(frozen=True, slots=True)
class Marked:
    """Both texts, each edit marked on both sides under one number, and what the numbers mean."""

    original: tuple[Fragment, ...]
    plain: tuple[Fragment, ...]
    explanations: tuple[Explanation, ...]
    hints: tuple[Explanation, ...]
    more: int
    """How many kinds of edits are marked but too many to explain."""


def marked(text: NormalizedText) -> Marked:
    """Cut the original and the plain text at the edits and explain them; the fragments join to the texts."""
    numbers: dict[Edit, int] = {}
    times: dict[int, int] = {}
    original: list[Fragment] = []
    plain: list[Fragment] = []
    at = 0
    for edit in text.edits:
        number = numbers.setdefault(_kind_of(edit), len(numbers) + 1)
        times[number] = times.get(number, 0) + 1
        if edit.start > at:
            between = Fragment(text.original[at : edit.start])
            original.append(between)
            plain.append(between)
        original.append(Fragment(edit.surface, number))
        plain.append(Fragment(edit.canonical, number))
        at = edit.end
    if at < len(text.original):
        original.append(Fragment(text.original[at:]))
        plain.append(Fragment(text.original[at:]))
    explained = [_explanation(kind, number, times[number]) for kind, number in numbers.items()]
    hinted = list(dict.fromkeys(_kind_of(hint) for hint in text.hints))
    return Marked(
        tuple(original),
        tuple(plain),
        tuple(explained[:MOST_EXPLANATIONS]),
        tuple(_explanation(hint, 0, 1) for hint in hinted[:MOST_EXPLANATIONS]),
        max(0, len(explained) - MOST_EXPLANATIONS),
    )


def _kind_of(edit: Edit) -> Edit:
    return Edit(
        0,
        0,
        edit.surface,
        edit.canonical,
        edit.step,
        edit.via,
        edit.term,
        edit.category,
        edit.ambiguous,
        edit.note,
    )


def _explanation(edit: Edit, number: int, times: int) -> Explanation:
    steps = ", then ".join(STEPS_IN_WORDS[step] for step in (*edit.via, edit.step))
    return Explanation(
        number=number,
        surface=edit.surface,
        canonical=edit.canonical,
        steps=steps[:1].upper() + steps[1:],
        term=edit.term,
        category=None if edit.category is None else edit.category.display_name,
        ambiguous=edit.ambiguous,
        note=edit.note,
        times=times,
    )


# Numbers and times in words.

_CHANCES = (
    (0.02, "almost certainly not"),
    (0.2, "very unlikely"),
    (0.4, "unlikely"),
    (0.6, "about even"),
    (0.8, "likely"),
    (0.98, "very likely"),
)


def chance(probability: float) -> str:
    """Say a probability in words: 0.97 is "very likely"."""
    return next((words for bound, words in _CHANCES if probability < bound), "almost certain")


def percent(probability: float) -> str:
    """Show a probability without a false 0 % or 100 %."""
    if 0 < probability < 0.01:
        return "<1%"
    if 0.99 < probability < 1:
        return ">99%"
    return f"{probability:.0%}"


def moment(when: datetime) -> str:
    """Show a time to the minute, in UTC: "22 Nov 2026, 08:30 UTC"."""
    when = when.astimezone(UTC)
    return f"{when.day} {when:%b %Y, %H:%M} UTC"


def machine_time(when: datetime) -> str:
    """Show a time as the attribute of a `<time>`."""
    return when.astimezone(UTC).isoformat(timespec="seconds")
