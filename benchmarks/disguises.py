"""The ways people disguise a word, as a seeded generator: what the normalizer is measured against.

A disguise takes a word of ASCII letters, or what an earlier disguise made of one, and gives it back in
another dress; None where it has nothing to take hold of. Where a disguise has a choice, all of the choices
that people make are drawn with equal chance: nothing is left out for being hard. What keeps a disguise a
disguise is that somebody can still read it: two letters at least stay letters, three when vowels are dropped;
a word is written backwards from four letters on, and a slip of the finger is one from five on, because in a
shorter word it makes another word.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from random import Random

from app.core.vocabulary import RISKY

Write = Callable[[str, Random], str | None]

_VOWELS = "aeiou"
_DIGITS = {
    "a": "4", "b": "86", "e": "3", "g": "96", "i": "1", "l": "1", "o": "0", "s": "5", "t": "7", "z": "2",
}  # fmt: skip
_SIGNS = {"a": "@", "c": "¢", "e": "€", "i": "!¡|", "l": "|£", "s": "$§", "t": "+", "y": "¥"}
_LOOKALIKES = {
    "a": "аαɑ", "b": "Ьвɓ", "c": "сϲᴄ", "d": "ԁɗđ", "e": "еєɛε", "f": "ƒғ", "g": "ɡցǥ", "h": "һհħ",
    "i": "іιı", "j": "јʝ", "k": "кκƙ", "l": "ӏłǀ", "m": "мʍ", "n": "пηո", "o": "оοօø", "p": "рρþ", "q": "ԛգ",
    "r": "гʀя", "s": "ѕꜱʂ", "t": "тτŧ", "u": "υսцµ", "v": "νѵ", "w": "ԝωш", "x": "хχ×", "y": "уүγ", "z": "ʐƶ",
}  # fmt: skip
_ALPHABETS = {
    "mathematical": (
        0x1D400,
        0x1D41A,
        0x1D468,
        0x1D482,
        0x1D4D0,
        0x1D4EA,
        0x1D56C,
        0x1D586,
        0x1D5D4,
        0x1D670,
    ),
    "enclosed": (0x24B6, 0x24D0, 0x1F130, 0x1F150, 0x1F170),
    "flag letters": (0x1F1E6,),
}
_LETTER_EMOJI = {
    "a": ("🅰️", "🅰"), "b": ("🅱️", "🅱"), "i": ("❗", "ℹ️", "1️⃣"), "m": ("Ⓜ️",), "o": ("⭕", "🅾️", "🅾", "0️⃣"),
    "p": ("🅿️",), "s": ("💲", "5️⃣"), "t": ("✝️",), "x": ("❌", "✖️"), "e": ("3️⃣",),
}  # fmt: skip
_PICTURES = {
    "kill": "🔪", "killed": "🔪", "gun": "🔫", "guns": "🔫🔫", "bomb": "💣", "bombs": "💣💣", "dead": "💀",
    "death": "💀", "shit": "💩", "penis": "🍆", "dick": "🍆", "cock": "🐓", "ass": "🍑", "boobs": "🍒",
    "porn": "🌽", "weed": "🍃", "cocaine": "❄️", "pussy": "🐱", "suicide": "🔫", "sex": "👉👌",
    "cum": "💦", "bitch": "🐶", "nigger": "🐒",
}  # fmt: skip
_MARKS = tuple(map(chr, (*range(0x300, 0x315), *range(0x316, 0x333), 0x334, 0x335, 0x336, 0x337, 0x338)))
_STRIKES = ("\u0336", "\u0332", "\u0338")
_UNSEEN = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u202e", "\u2063", "\u034f")
_SPACES = (" ", "  ", "\u00a0")
_SEPARATORS = (".", "-", "_", "*", "/", "~", "•", "|", ",")
_MASKS = ("*", "#", "_", "-", "%", "&")
_SOUNDS = (
    ("ck", "k"), ("ck", "kk"), ("f", "ph"), ("ph", "f"), ("x", "ks"), ("x", "cks"), ("c", "k"), ("s", "z"),
    ("ee", "ea"), ("u", "oo"), ("er", "a"), ("er", "ur"), ("ing", "in"), ("y", "ie"), ("y", "i"), ("i", "y"),
    ("or", "awr"), ("tch", "ch"), ("ll", "l"), ("gg", "g"), ("ss", "s"), ("tt", "t"), ("cide", "side"),
    ("ore", "or"), ("qu", "kw"), ("a", "ah"),
)  # fmt: skip
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_LEAST_LETTERS = 2


class Layer(IntEnum):
    """What a disguise works on; a later layer can be laid over an earlier one."""

    SPELLING = 0
    LENGTH = 1
    LETTERS = 2
    DRESS = 3
    ROOM = 4
    NEIGHBOURS = 5


@dataclass(frozen=True, slots=True)
class Disguise:
    """One family."""

    name: str
    layer: Layer
    write: Write
    glues: bool = False
    """Whether the space beside the word goes as well."""
    mixes: bool = False
    """Whether it leaves letters for another disguise of its layer."""
    alone: bool = False
    """Whether nothing can be laid over it."""


def _some(word: str, table: dict[str, str], random: Random, *, share: float = 0.6) -> str | None:
    """The word with about this share of the letters of a table replaced, one at least."""
    places = [at for at, char in enumerate(word) if char.lower() in table]
    letters = sum(char.isascii() and char.isalpha() for char in word)
    if not places or letters <= _LEAST_LETTERS:
        return None
    chosen = [at for at in places if random.random() < share] or [random.choice(places)]
    while len(chosen) > letters - _LEAST_LETTERS:
        chosen.remove(random.choice(chosen))
    return "".join(
        random.choice(table[char.lower()]) if at in chosen else char for at, char in enumerate(word)
    )


def _plain(word: str) -> bool:
    return word.isascii() and word.isalpha()


def digits(word: str, random: Random) -> str | None:
    """k1ll, 5ex."""
    return _some(word, _DIGITS, random)


def signs(word: str, random: Random) -> str | None:
    """k!ll, a$$."""
    return _some(word, _SIGNS, random)


def lookalikes(word: str, random: Random) -> str | None:
    """Letters of other scripts and dressed Latin letters."""
    return _some(word, _LOOKALIKES, random)


def fullwidth(word: str, _random: Random) -> str | None:
    """Ｋｉｌｌ."""
    return "".join(chr(ord(char) + 0xFEE0) for char in word) if _plain(word) else None


def _in_alphabet(name: str) -> Write:
    """All letters from one of these alphabets of 26."""

    def write(word: str, random: Random) -> str | None:
        if not _plain(word):
            return None
        first = random.choice(_ALPHABETS[name])
        return "".join(chr(first + ord(char) - ord("a")) for char in word.lower())

    return write


def letter_emoji(word: str, random: Random) -> str | None:
    """p🅾️rn."""
    table = {
        letter: "".join(chr(0xE000 + at) for at in range(len(_LETTER_EMOJI[letter])))
        for letter in _LETTER_EMOJI
    }
    written = _some(word, table, random, share=0.4)
    if written is None or not written:
        return None
    return "".join(
        _LETTER_EMOJI[plain.lower()][ord(char) - 0xE000] if "\ue000" <= char < "\ue010" else char
        for plain, char in zip(word, written, strict=True)
    )


def masks(word: str, random: Random) -> str | None:
    """f*ck, s_x, sh#t: one inner letter hidden, or two where four stay."""
    if not _plain(word) or len(word) < 3:
        return None
    sign = random.choice(_MASKS)
    inner = list(range(1, len(word) - 1))
    count = 2 if len(word) > 5 and random.random() < 0.3 else 1
    vowels = [at for at in inner if word[at].lower() in _VOWELS]
    pool = vowels if len(vowels) >= count and random.random() < 0.7 else inner
    hidden = random.sample(pool, count)
    return "".join(sign if at in hidden else char for at, char in enumerate(word))


def dropped_vowels(word: str, _random: Random) -> str | None:
    """Fck, kll, bstrd: all vowels behind the first letter."""
    rest = "".join(char for char in word[1:] if char.lower() not in _VOWELS)
    short = word[:1] + rest
    return short if _plain(word) and len(rest) >= _LEAST_LETTERS and short != word else None


def phonetic(word: str, random: Random) -> str | None:
    """Phuck, seks, kokaine: one or two sounds written otherwise."""
    if not _plain(word):
        return None
    lower = word.lower()
    rules = [rule for rule in _SOUNDS if rule[0] in lower]
    if not rules:
        return None
    for old, new in random.sample(rules, min(len(rules), random.choice((1, 1, 2)))):
        lower = lower.replace(old, new, 1)
    return lower if lower != word.lower() else None


def typos(word: str, random: Random) -> str | None:
    """One slip behind the first letter: letters swapped, doubled or left out, or the next key hit."""
    lower = word.lower()
    if not _plain(word) or len(word) < 5:
        return None
    at = random.randrange(1, len(word) - 1)
    slip = random.choice(("swap", "double", "drop", "key"))
    if slip == "swap" and lower[at] != lower[at + 1]:
        return lower[:at] + lower[at + 1] + lower[at] + lower[at + 2 :]
    if slip == "drop":
        return lower[:at] + lower[at + 1 :]
    if slip == "key":
        row = next(row for row in _KEYBOARD if lower[at] in row)
        place = row.index(lower[at])
        return (
            lower[:at]
            + random.choice(row[max(place - 1, 0) : place] + row[place + 1 : place + 2])
            + lower[at + 1 :]
        )
    return lower[: at + 1] + lower[at:]


def backwards(word: str, _random: Random) -> str | None:
    """Kcuf."""
    lower = word.lower()
    return lower[::-1] if _plain(word) and len(word) > 3 and lower != lower[::-1] else None


def pig_latin(word: str, _random: Random) -> str | None:
    """Uckfay."""
    lower = word.lower()
    head = next((at for at, char in enumerate(lower) if char in _VOWELS + "y" and (at or char != "y")), None)
    if not _plain(word) or head is None:
        return None
    return lower[head:] + lower[:head] + "ay" if head else lower + "way"


def repetition(word: str, random: Random) -> str | None:
    """Kiiill."""
    places = [at for at, char in enumerate(word) if char.isalpha() and char.isascii()]
    if not places:
        return None
    at = random.choice(places)
    return word[:at] + word[at] * random.randint(3, 6) + word[at + 1 :]


def stacked_marks(word: str, random: Random) -> str | None:
    """Zalgo, or a line through every letter."""
    if random.random() < 0.3:
        strike = random.choice(_STRIKES)
        return "".join(char + strike for char in word)
    return "".join(char + "".join(random.choices(_MARKS, k=random.randint(3, 8))) for char in word)


def unseen(word: str, random: Random) -> str | None:
    """Zero-width, bidi and soft characters between the letters."""
    if len(word) < 2:
        return None
    sign = random.choice(_UNSEEN)
    places = [at for at in range(1, len(word)) if random.random() < 0.5] or [1]
    return "".join((sign if at in places else "") + char for at, char in enumerate(word))


def _units(word: str) -> Iterator[str]:
    """Letters with the marks and selectors that belong to them."""
    unit = ""
    for char in word:
        if unit and not ("\u0300" <= char <= "\u036f" or char in "\ufe0f\u20e3"):
            yield unit
            unit = ""
        unit += char
    if unit:
        yield unit


def spaced(word: str, random: Random) -> str | None:
    """K i l l."""
    return random.choice(_SPACES).join(_units(word)) if len(word) > 2 else None


def separated(word: str, random: Random) -> str | None:
    """k.i.l.l."""
    return random.choice(_SEPARATORS).join(_units(word)) if len(word) > 2 else None


def mixed_separators(word: str, random: Random) -> str | None:
    """K.i-l l."""
    units = list(_units(word))
    if len(units) < 3:
        return None
    signs = random.sample((*_SEPARATORS, " "), 2)
    parts = [random.choice(signs) + unit for unit in units[1:]]
    return units[0] + "".join(parts)


def broken_lines(word: str, random: Random) -> str | None:
    """A line break in the word, with or without a hyphen."""
    units = list(_units(word))
    if len(units) < 4:
        return None
    at = random.randrange(2, len(units) - 1)
    return "".join(units[:at]) + random.choice(("\n", "-\n", "\r\n")) + "".join(units[at:])


def glued(word: str, _random: Random) -> str | None:
    """Killyou: the word as it is; the space beside it goes."""
    return word


def pictures(word: str, _random: Random) -> str | None:
    """🔫 for gun."""
    return _PICTURES.get(word.lower())


DISGUISES = (
    Disguise("dropped vowels", Layer.SPELLING, dropped_vowels),
    Disguise("phonetic", Layer.SPELLING, phonetic),
    Disguise("typos", Layer.SPELLING, typos),
    Disguise("reversed", Layer.SPELLING, backwards),
    Disguise("pig latin", Layer.SPELLING, pig_latin),
    Disguise("repetition", Layer.LENGTH, repetition),
    Disguise("digits", Layer.LETTERS, digits, mixes=True),
    Disguise("signs", Layer.LETTERS, signs, mixes=True),
    Disguise("look-alikes", Layer.LETTERS, lookalikes, mixes=True),
    Disguise("fullwidth", Layer.LETTERS, fullwidth),
    Disguise("mathematical", Layer.LETTERS, _in_alphabet("mathematical")),
    Disguise("enclosed", Layer.LETTERS, _in_alphabet("enclosed")),
    Disguise("flag letters", Layer.LETTERS, _in_alphabet("flag letters")),
    Disguise("letter emoji", Layer.LETTERS, letter_emoji),
    Disguise("masks", Layer.LETTERS, masks),
    Disguise("stacked marks", Layer.DRESS, stacked_marks),
    Disguise("unseen characters", Layer.DRESS, unseen),
    Disguise("spaced", Layer.ROOM, spaced),
    Disguise("separators", Layer.ROOM, separated),
    Disguise("mixed separators", Layer.ROOM, mixed_separators),
    Disguise("broken lines", Layer.ROOM, broken_lines),
    Disguise("missing spaces", Layer.NEIGHBOURS, glued, glues=True),
    Disguise("emoji for words", Layer.SPELLING, pictures, alone=True),
)
"""Every family; the order is the one in which they are laid over one another."""


def pairs() -> Iterator[tuple[Disguise, Disguise]]:
    """Every two that can be stacked: of different layers, or of one layer where the first leaves letters."""
    for at, first in enumerate(DISGUISES):
        for second in DISGUISES[at + 1 :]:
            stackable = first.layer < second.layer or (first.layer is Layer.LETTERS and first.mixes)
            if stackable and not (first.alone or second.alone):
                yield first, second


def disguised(
    text: str, places: list[tuple[int, int]], *, stack: tuple[Disguise, ...], random: Random
) -> tuple[str, list[str | None]]:
    """The text with the words at these places disguised by the whole stack, and how each is written.

    None stands for a word that stays as it is; a glued one is written with what is glued to it.

    A word that one of the disguises cannot take hold of stays as it is, and so does one of which it makes
    another high-risk word ("fuckin").
    """
    parts: list[str] = []
    done: list[str | None] = []
    at = 0
    for start, end in places:
        between = text[at:start]
        at = end
        word: str | None = text[start:end]
        for disguise in stack:
            word = disguise.write(word, random) if word else None
        if word and word.lower() in RISKY and not any(disguise.glues for disguise in stack):
            word = None
        before, after = _rooms(text, between, end)
        if word and any(disguise.glues for disguise in stack):
            side = random.choice(
                [side for side, open_ in (("before", before), ("after", after)) if open_] or [""]
            )
            between = between[:-1] if side == "before" else between
            at = end + 1 if side == "after" else end
            word = word if side else None
        done.append(word and _with_neighbours(between, word, text[at:]))
        parts += [between, text[start:end] if word is None else word]
    return "".join(parts) + text[at:], done


def _with_neighbours(before: str, word: str, behind: str) -> str:
    """The word with the letters that stand at it."""
    heads, tails = re.search(r"[A-Za-z]*\Z", before), re.match(r"[A-Za-z]*", behind)
    return (heads.group() if heads else "") + word + (tails.group() if tails else "")


def _rooms(text: str, between: str, end: int) -> tuple[bool, bool]:
    """Whether a space and a letter stand before, and whether they stand behind."""
    before = between.endswith(" ") and between[-2:-1].isalpha()
    return before, text[end : end + 1] == " " and text[end + 1 : end + 2].isalpha()
