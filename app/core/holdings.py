"""What a database holds, in numbers: how many of what, since when, how large."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """A kind of data."""

    DECISIONS = "decisions"
    SEARCH = "search"
    REVIEWS = "reviews"
    APPEALS = "appeals"
    FEEDBACK = "feedback"
    RECEIPTS = "receipts"
    DELIVERIES = "deliveries"
    COUNTS = "counts"
    REVISIONS = "revisions"
    PEOPLE = "people"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Holding:
    """How much of one kind is held."""

    kind: Kind
    rows: int
    oldest: datetime | None
    """None where nothing is held, or where no time is."""
    bytes: int | None
    """In the database file, with indexes; None where the database does not tell."""


@dataclass(frozen=True, slots=True)
class TextHolding:
    """How many posts of one action are held, and with their text."""

    action: str
    decisions: int
    texts: int
    oldest_text: datetime | None
