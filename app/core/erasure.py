"""What an erasure took away, in numbers."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Removed:
    """Rows that are gone, by what they held."""

    decisions: int = 0
    """Posts with their texts, context, edits and scores, and their words in the search."""
    review_items: int = 0
    rulings: int = 0
    """With their notes."""
    appeals: int = 0
    feedback: int = 0
    webhook_deliveries: int = 0
    receipts: int = 0

    def __add__(self, other: "Removed") -> "Removed":
        return Removed(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


@dataclass(frozen=True, slots=True)
class Erased:
    """What came of an erasure."""

    removed: Removed
    scrubbed: bool
    """Whether the file was rewritten already; where not, it is done by itself within a day."""
