"""In which language a post is written, as far as that can be told.

Most posts are short, and slang is no foreign language: what is short or unclear counts as English. A guess at
the language of the rest comes from outside; this module says when to ask and when to believe it.
"""

from collections.abc import Callable
from dataclasses import dataclass

ENGLISH = "en"
NO_LANGUAGE = "zxx"
UNKNOWN = "und"
"""What ISO 639 calls a language that cannot be told."""
LEAST_LETTERS = 20
"""Fewer letters of the alphabet of English are too few to tell its neighbours apart."""
LEAST_OTHER_LETTERS = 6
"""From so many letters of other alphabets on, in most of a text, it is another language for sure."""
LEAST_CHANCE = 0.7
"""How sure a guess must be."""
MOST_CHARS = 300
"""Of a longer text the start tells enough."""
_LAST_LATIN = "\u024f"


@dataclass(frozen=True, slots=True)
class Guess:
    """A language and how likely it is."""

    language: str
    """ISO 639-1, for instance "de"; `NO_LANGUAGE` for what is none."""
    chance: float


def undecided(_: str) -> Guess:
    """Tell nothing: everything counts as English but what is in another alphabet."""
    return Guess(NO_LANGUAGE, 0.0)


def language_of(original: str, plain: str, *, guess: Callable[[str], Guess]) -> str:
    """The language of a post, by its text and what that says in plain words: disguises are no language.

    >>> language_of("lol ok", "lol ok", guess=lambda _: Guess("nl", 1.0))
    'en'
    """
    found = _language_of(plain[:MOST_CHARS], guess)
    if found == ENGLISH or original == plain:
        return found
    return found if _language_of(original[:MOST_CHARS], guess) != ENGLISH else ENGLISH


def _language_of(text: str, guess: Callable[[str], Guess]) -> str:
    letters = [char for char in text if char.isalpha()]
    other = sum(char > _LAST_LATIN for char in letters)
    is_other = other >= LEAST_OTHER_LETTERS and 2 * other > len(letters)
    if len(letters) < LEAST_LETTERS and not is_other:
        return ENGLISH
    guessed = guess(text)
    if guessed.language in {ENGLISH, NO_LANGUAGE}:
        return UNKNOWN if is_other else ENGLISH
    return guessed.language if is_other or guessed.chance >= LEAST_CHANCE else ENGLISH
