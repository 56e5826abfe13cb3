"""How people respell a word when digits, signs and spaces will not do: data, and the table built from it.

Five habits: the vowels left out ("fck"), a sound written otherwise ("phuck"), one slip of the finger
("fukc"), the letters backwards ("kcuf"), pig latin ("uckfay"). Every respelling of every word is written down
beforehand, so reading one is a look-up and can never lead anywhere else. Nothing here knows which spellings
are innocent words; `app.core.readings` leaves those out.
"""

from collections.abc import Callable, Iterable, Iterator

_VOWELS = frozenset("aeiou")
_SOUNDS = (
    ("f", "ph"), ("ph", "f"), ("ck", "k"), ("ck", "kk"), ("ck", "cc"), ("ck", "c"), ("ck", "q"),
    ("c", "k"), ("ch", "sh"),
    ("tch", "ch"),
    ("tch", "sh"), ("x", "ks"), ("x", "cks"), ("x", "kz"), ("s", "z"), ("s", "c"), ("cide", "side"), ("ee",
    "ea"), ("ea", "ee"),
    ("u", "oo"), ("oo", "u"), ("u", "a"), ("a", "ah"), ("a", "u"), ("i", "ee"), ("i", "y"), ("y", "i"),
    ("y", "ie"), ("y", "ee"),
    ("o", "aw"), ("or", "awr"), ("ore", "or"), ("er", "a"), ("er", "ur"), ("er", "ah"), ("er", "or"), ("or",
    "er"),
    ("ing", "in"), ("ing", "en"), ("ing", "ng"), ("ed", "d"), ("ed", "t"), ("qu", "kw"), ("g", "q"), ("j",
    "g"), ("ll", "l"),
    ("gg", "g"), ("ss", "s"), ("tt", "t"), ("bb", "b"), ("dd", "d"), ("mm", "m"), ("nn", "n"), ("pp", "p"),
    ("rr", "r"),
)  # fmt: skip
"""What is written, and what is written for it; at most two at once, and each where it first stands."""
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = {
    key: row[max(at - 1, 0) : at] + row[at + 1 : at + 2] for row in _KEYBOARD for at, key in enumerate(row)
}
_SHORTEST_SLIP = 5
_SHORTEST_BACKWARDS = 4
_SHORTEST_RESPELLING = 4
_SHORTEST_VOWELLESS = 3


def respellings(word: str, *, shortest: int = _SHORTEST_RESPELLING) -> Iterator[str]:
    """Every respelling of a lower-case word, the likelier habits first; some more than once.

    `shortest` is the least number of letters, but for what is left without the vowels.

    >>> found = set(respellings("bitch"))
    >>> {"btch", "bich", "bitcj", "hctib", "itchbay"} <= found
    True
    """
    for habit in _HABITS:
        yield from _of_habit(habit, word, shortest)


def _of_habit(habit: Callable[[str], Iterator[str]], word: str, shortest: int) -> Iterator[str]:
    least = _SHORTEST_VOWELLESS if habit is _without_vowels else shortest
    return (spelling for spelling in habit(word) if len(spelling) >= least)


def _without_vowels(word: str) -> Iterator[str]:
    short = word[0] + "".join(char for char in word[1:] if char not in _VOWELS)
    if len(short) < len(word):
        yield short


def _sounding_alike(word: str) -> Iterator[str]:
    return (word.replace(old, new, 1) for old, new in _SOUNDS if old in word)


def _sounding_alike_twice(word: str) -> Iterator[str]:
    for number, (old, new) in enumerate(_SOUNDS):
        if old in word:
            once = word.replace(old, new, 1)
            for further, newer in _SOUNDS[:number] + _SOUNDS[number + 1 :]:
                if further in once:
                    yield once.replace(further, newer, 1)


def _slips(word: str) -> Iterator[str]:
    """Two letters swapped, one doubled, one left out or the next key hit, behind the first letter."""
    for at in range(1, len(word)):
        head, char, tail = word[:at], word[at], word[at + 1 :]
        yield head + char + char + tail
        if tail:
            yield head + tail[0] + char + tail[1:]
        if len(word) >= _SHORTEST_SLIP:
            yield head + tail
            yield from (head + beside + tail for beside in _BESIDE.get(char, ""))


def _pig_latin(word: str) -> Iterator[str]:
    head = next((at for at, char in enumerate(word) if char in _VOWELS or (at and char == "y")), 0)
    yield word[head:] + word[:head] + "ay"
    if head == 0:
        yield from (word + ending for ending in ("way", "yay"))


def _backwards(word: str) -> Iterator[str]:
    if len(word) >= _SHORTEST_BACKWARDS:
        yield word[::-1]


_HABITS = (_without_vowels, _sounding_alike, _slips, _pig_latin, _backwards, _sounding_alike_twice)
"""The likelier first."""


def table_of(words: Iterable[str], *, shortest: int = _SHORTEST_RESPELLING) -> dict[str, str]:
    """Respelling to word; where two words share one, the likelier habit has it, then the word named first.

    >>> table_of(["porn", "porno"])["prn"], table_of(["dicks", "dykes"])["dyks"]
    ('porn', 'dykes')
    """
    known = dict.fromkeys(words)
    table: dict[str, str] = {}
    for habit in _HABITS:
        for word in known:
            for spelling in _of_habit(habit, word, shortest):
                if spelling not in known:
                    table.setdefault(spelling, word)
    return table
