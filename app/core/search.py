"""What to look for among the decisions, as values; how it is found is the database's business."""

import re
from dataclasses import dataclass
from datetime import datetime

from app.core.types import Action, Category, Label

MOST_WORDS = 20
_PART = re.compile(r'"([^"]*)"?|(\S+)')


@dataclass(frozen=True, slots=True)
class DecisionSearch:
    """Which decisions to show, the newest first."""

    words: tuple[str, ...] = ()
    """Words and phrases that the post, or its plain text, must all have."""
    unfinished: bool = False
    """Whether the last word may go on: a person is still typing it."""
    label: Label | None = None
    category: Category | None = None
    action: Action | None = None
    author_id: str | None = None
    content_id: str | None = None
    created_from: datetime | None = None
    created_before: datetime | None = None


def words_in(query: str) -> tuple[tuple[str, ...], bool]:
    """Read words and "quoted phrases" as a person types them, and whether the last one may go on.

    What has no letter or digit cannot be looked for and is left out.

    >>> words_in('kill "your self" unal')
    (('kill', 'your self', 'unal'), True)
    """
    found = [(quoted or word, bool(word)) for quoted, word in _PART.findall(query)]
    kept = [(text, plain) for text, plain in found if re.search(r"\w", text)][:MOST_WORDS]
    return tuple(text for text, _ in kept), bool(kept) and kept[-1][1]
