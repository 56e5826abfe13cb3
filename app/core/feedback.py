"""What a site tells about a post after its own people looked at it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SuggestedScore:
    """The score in [0, 1] that an attribute of the Perspective API should have had."""

    attribute: str
    value: float


@dataclass(frozen=True, slots=True)
class Feedback:
    """Scores that a site suggests for a post."""

    id: str
    at: datetime
    text_hash: str
    """Keyed hash of the post, as its decision has it."""
    client_token: str | None
    community_id: str | None
    scores: tuple[SuggestedScore, ...]
    """In the order they were sent."""
