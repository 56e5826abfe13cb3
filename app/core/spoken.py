"""A text as an English encoder can read it: letters and everyday words plain, emoji as their names.

A vocabulary of English word pieces has no entry for most emoji and for mathematical or fullwidth letters; all
of them would be the same unknown token, and an insult made of a monkey the same as a compliment made of a
rose. A word with a star in it is three tokens that say nothing. Training and serving read through this one
function. It changes what the model sees, never what is stored or shown.
"""

import unicodedata
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind
from emoji import EMOJI_DATA

from app.core.everyday import with_everyday_words

_LETTERLIKE = frozenset("©®™‼⁉")
"""Signs of ordinary writing that the emoji list contains too."""


@cache
def _names() -> tuple[AhoCorasick, tuple[str, ...]]:
    """A finder of emoji, and for each its CLDR short name in English, for instance "see-no-evil monkey"."""
    named = {
        sign: str(entry["en"]).strip(":").replace("_", " ")
        for sign, entry in EMOJI_DATA.items()
        if sign[0] not in _LETTERLIKE and not sign[0].isascii()
    }
    return AhoCorasick(list(named), matchkind=MatchKind.LeftmostLongest), tuple(named.values())


def spoken(text: str) -> str:
    """The text with compatibility characters folded (NFKC), each emoji as its name, everyday words as such.

    The same emoji several times on end is named once. Linear in the text.

    >>> spoken("you p3ople are a 🐒🐒 𝓵𝓸𝓵")
    'you people are a monkey lol'
    """
    return with_everyday_words(text if text.isascii() else _folded(text))


def _folded(text: str) -> str:
    # Emoji first: NFKC would take some of them apart ("🅰" is a letter to it, a blood type to a reader).
    finder, names = _names()
    spans = finder.find_matches_as_indexes(text)
    if not spans:
        return unicodedata.normalize("NFKC", text)
    parts: list[str] = []
    end, last = 0, -1
    for index, start, stop in spans:
        between = text[end:start]
        if index != last or between.strip("\ufe0f \u200d"):
            parts += (unicodedata.normalize("NFKC", between), f" {names[index]} ")
        end, last = stop, index
    parts.append(unicodedata.normalize("NFKC", text[end:]))
    return " ".join("".join(parts).split())
