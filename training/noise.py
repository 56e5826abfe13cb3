"""Style noise, obfuscation and company for training texts.

All are applied to harmful and innocent rows alike, at the same rates, so that neither style nor obfuscation
nor company is evidence of harm: only what the text says is left to learn from.
"""

import re
from collections.abc import Callable, Sequence
from random import Random

_MARKS = re.compile(r"[^\w\s]")
_APOSTROPHE = re.compile(r"['’]")
_WORD = re.compile(r"[A-Za-z]{3,}")
_LEET = {"a": "@4", "e": "3", "i": "1!", "o": "0", "s": "$5", "t": "7+", "l": "1|"}
_HOMOGLYPH = {"a": "а", "e": "е", "o": "о", "c": "с", "p": "р", "x": "х", "i": "і"}
_MOST_WORDS = 44
"""Of a text in company: about the 62 tokens of a window."""
_MOST_OTHERS = 4
_RUN_ON_SHARE = 0.3
"""Of the texts in company, joined as people write who end no sentence."""
_JOINTS = (" ", " ", ", ", " and ")
_ENDS = " .!?…"
_EMOJI = ("😂", "💀", "😭", "❤️", "🔥", "🙏", "😊", "🤔", "👀", "🥺", "😡", "✨", "👍", "🎉")
_SWAPS = {
    "you": "u",
    "your": "ur",
    "are": "r",
    "to": "2",
    "for": "4",
    "because": "cuz",
    "people": "ppl",
    "please": "pls",
}


def with_style(text: str, *, random: Random) -> str:
    """Change how a text looks and not what it says."""
    if random.random() < 0.18:
        text = _MARKS.sub(" ", text)
    elif random.random() < 0.2:
        text = _APOSTROPHE.sub("", text)
    if random.random() < 0.12:
        text = text.rstrip(".!? ") + random.choice((".", "!", "!!", "...", "?", ""))
    if random.random() < 0.08:
        text = f"{text} {random.choice(_EMOJI) * random.randint(1, 3)}"
    if random.random() < 0.06:
        text = " ".join(_SWAPS.get(word.lower(), word) for word in text.split())
    if random.random() < 0.06:
        text = _typo(text, random=random)
    return text


def with_obfuscation(text: str, *, random: Random, share: float = 0.25) -> str:
    """Write about `share` of the words (one at least) the way people dodge word filters."""
    return obfuscated(text, families=[random.choice(tuple(FAMILIES))], random=random, share=share)


def obfuscated(text: str, *, families: Sequence[str], random: Random, share: float) -> str:
    """Write about `share` of the words (one at least) with some of `FAMILIES`, one after the other."""
    words = list(_WORD.finditer(text))
    if not words:
        return text
    count = max(1, round(len(words) * share))
    chosen = {match.start() for match in random.sample(words, min(count, len(words)))}

    def disguised(match: re.Match[str]) -> str:
        word = match.group()
        if match.start() in chosen:
            for family in families:
                word = FAMILIES[family](word, random)
        return word

    return _WORD.sub(disguised, text)


def in_company(text: str, *, others: Sequence[str], random: Random) -> str:
    """Put a text amid one to four sentences of others, as far as a window has room for them.

    One threat makes a post a threat, whatever else is in it; most labelled texts are a sentence or two, and a
    model that has seen no others takes the innocent sentences around it for innocence.
    """
    parts = [text]
    room = _MOST_WORDS - len(text.split())
    for other in random.choices(others, k=random.randint(1, _MOST_OTHERS)):
        room -= len(other.split())
        if room < 0:
            break
        parts.insert(random.randint(0, len(parts)), other)
    if len(parts) > 1 and random.random() < _RUN_ON_SHARE:
        return random.choice(_JOINTS).join(part.rstrip(_ENDS) for part in parts)
    ended = [f"{part}." if part[-1:].isalnum() else part for part in parts[:-1]]
    return " ".join([*ended, parts[-1]])


def _leet(word: str, random: Random) -> str:
    return "".join(
        random.choice(_LEET[c.lower()]) if c.lower() in _LEET and random.random() < 0.6 else c for c in word
    )


def _homoglyph(word: str, random: Random) -> str:
    return "".join(_HOMOGLYPH.get(c, c) if random.random() < 0.5 else c for c in word)


def _separated(word: str, random: Random) -> str:
    return random.choice((" ", ".", "-", "_", "\u200b")).join(word)


def _stretched(word: str, random: Random) -> str:
    place = random.randrange(len(word))
    return word[:place] + word[place] * random.randint(2, 5) + word[place + 1 :]


def _masked(word: str, random: Random) -> str:
    if len(word) < 3:
        return word
    place = random.randrange(1, len(word) - 1)
    return word[:place] + random.choice("*_#-") + word[place + 1 :]


def _vowelless(word: str, _random: Random) -> str:
    return word[0] + re.sub(r"[aeiou]", "", word[1:])


FAMILIES: dict[str, Callable[[str, Random], str]] = {
    "leet": _leet,
    "homoglyphs": _homoglyph,
    "separators": _separated,
    "stretching": _stretched,
    "masks": _masked,
    "dropped vowels": _vowelless,
}
"""Ways to disguise a word of three letters or more."""


def _typo(text: str, *, random: Random) -> str:
    if len(text) < 6:
        return text
    place = random.randrange(1, len(text) - 2)
    if random.random() < 0.5:
        return text[:place] + text[place + 1 :]
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
