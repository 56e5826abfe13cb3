"""Phrases of chat that are half of a longer one: "ur fat loss is amazing", "I'll shoot u a text".

"Ur" is "you are" and "your"; behind "u" somebody may be told what they get. Only the next word tells.
"""

from app.core.steps.words import spans_beside, words_beside
from app.core.types import Span
from app.core.vocabulary import COMPANY, CRUDE

_BEHIND_PREDICATE = COMPANY | frozenset({
    "a", "af", "already", "and", "anyway", "anyways", "as", "asf", "at", "bc", "because", "bro", "bruh",
    "bud", "but", "buddy", "by", "cause", "cuz", "dude", "either", "even", "ever", "every", "for",
    "forever", "fr", "from", "frfr", "fool", "get", "go", "haha", "hahaha", "he", "honestly", "how",
    "i", "ill", "if", "im", "imo", "in", "inside", "irl", "is", "it", "its", "just", "kid", "kiddo",
    "kids", "lil", "like", "lmao", "lmfao", "lol", "man", "mate", "me", "meat", "motherfucker", "my",
    "ngl", "no", "nobody", "now", "on", "once", "or", "out", "pal", "period", "please", "rn", "she",
    "shut", "smh", "so", "son", "stop", "sweetie", "tbh", "tbf", "than", "the", "then", "they", "tho",
    "though", "to", "today", "tonight", "too", "u", "unless", "until", "very", "we", "when", "what",
    "why", "with", "wtf", "ya", "yeah", "you", "your",
})  # fmt: skip
"""What goes on behind "you are fat"; behind "your fat" comes another noun."""
_OBJECTS = frozenset({"a", "an", "another", "one", "some", "someone", "somebody", "something"})


def goes_on(text: str, end: int, surface: str, canonical: str) -> bool:
    """Whether the word behind a surface gives the words before it another sense."""
    if surface.startswith("ur ") and canonical.startswith("you are "):
        following = words_beside(text, end, end)[1]
        return bool(following) and following not in _BEHIND_PREDICATE
    if surface.endswith((" u", " you")) and "you" in canonical:
        behind = spans_beside(text, end, end)[1]
        return behind is not None and _is_object(text, behind)
    return False


def _is_object(text: str, word: Span) -> bool:
    """Whether something given begins here; "the fuck" is nothing given."""
    first = text[word.start : word.end].lower()
    if first == "the":
        return words_beside(text, word.end, word.end)[1] not in CRUDE | {"", "hell", "heck"}
    return first in _OBJECTS
