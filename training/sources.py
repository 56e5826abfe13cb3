"""Reads labelled files into rows with eight targets, and washes off what only tells the source.

A row file is JSON lines (optionally gzip) with `text`, `source`, `harm` (1, 0 or null per category) and
`harmful` (true, false or null). Null means "not labelled", which is not "no".
"""

import gzip
import hashlib
import html
import json
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from app.core.errors import DatasetInvalid
from app.core.types import Category

CATEGORIES = tuple(Category)
UNKNOWN = math.nan

_USER = re.compile(r"(?:@[A-Za-z0-9_]{2,}|<user>|\[NAME\]|@USER)")
_LINK = re.compile(r"(?:https?://\S+|www\.\S+|\bURL\b|<url>|\{URL\})")
_RETWEET = re.compile(r"^\s*(?:RT\s+)+")
_SPLIT_CONTRACTION = re.compile(r"\b(\w+)\s+(n't|'s|'m|'re|'ve|'ll|'d)\b")
_SPACE_BEFORE_MARK = re.compile(r"\s+([,.!?;:])")
_SPACES = re.compile(r"\s+")
_HANDLES = (
    "@sam_j",
    "@mia88",
    "@oldtimer",
    "@kev.b",
    "@user1204",
    "@nightowl",
    "@lee",
    "@pats_fan",
    "@anna",
    "",
)
_LINKS = ("", "", "https://t.co/x7Yk2", "example.com/a")
_MOJIBAKE = ("ðŸ", "â€", "Ã©", "Â ")


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled text."""

    text: str
    source: str
    targets: tuple[float, ...]
    """One per category in the order of `Category`: 1.0, 0.0, or nan where the source did not say."""
    harmful: float
    """1.0, 0.0 or nan."""


def fingerprint(text: str) -> str:
    """Hash of a text as a duplicate check sees it: case, links, names and punctuation away."""
    folded = _LINK.sub(" ", _USER.sub(" ", unicodedata.normalize("NFKC", text).lower()))
    words = re.sub(r"\W+", " ", folded).strip()
    return hashlib.sha256((words if len(words) >= 8 else folded.strip()).encode()).hexdigest()[:16]


def imprint(washed: str) -> str:
    """Hash of a washed text by its letters and digits alone, without the names and links that washing draws.

    A text that is washed twice gets other names and links each time; its imprint stays.
    """
    for drawn in (*_HANDLES, *_LINKS):
        if drawn:
            washed = washed.replace(drawn, " ")
    return hashlib.sha256(re.sub(r"[\W_]+", "", washed.lower()).encode()).hexdigest()[:16]


def read_rows(path: Path) -> Iterator[Row]:
    """Read one file.

    Raises:
        DatasetInvalid: a line is not a row; the message names file and line.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                yield _row(json.loads(line), default_source=path.name.split(".")[0])
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise DatasetInvalid(
                    f"{path} line {number} is not a labelled row ({error!r}): "
                    'write {"text": "...", "harm": {...}, "harmful": true|false|null} on each line.'
                ) from error


def _row(raw: dict[str, Any], *, default_source: str) -> Row:
    harm = raw.get("harm") or {}
    targets = {category: _target(harm.get(category.value)) for category in CATEGORIES}
    if Category.THREAT.value not in harm:
        # Public sources label threats of violence under "violence" alone.
        targets[Category.THREAT] = targets[Category.VIOLENCE]
    return Row(
        text=str(raw["text"]),
        source=str(raw.get("source") or default_source),
        targets=tuple(targets[category] for category in CATEGORIES),
        harmful=_target(raw.get("harmful")),
    )


def _target(value: float | None) -> float:
    if value is None:
        return UNKNOWN
    # The loss of another number has no bottom.
    if value not in (0, 1):
        raise ValueError(f"{value!r} is neither 1, 0 nor null")
    return float(value)


def wash(text: str, *, random: Random) -> str:
    """Remove what tells the source of a text: placeholders, retweet heads, split tokens, mojibake."""
    text = html.unescape(_unscramble(text))
    text = _RETWEET.sub("", text)
    text = _USER.sub(lambda _: random.choice(_HANDLES), text)
    text = _LINK.sub(lambda _: random.choice(_LINKS), text)
    text = _SPLIT_CONTRACTION.sub(r"\1\2", text)
    text = _SPACE_BEFORE_MARK.sub(r"\1", text)
    return _SPACES.sub(" ", text).strip()


def _unscramble(text: str) -> str:
    if not any(mark in text for mark in _MOJIBAKE):
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
