"""Words run together: into which words a run of letters falls, and which of them make it a disguise.

"Killyou" is two words; "skillyou" may be, and "Assange" is none. Everything here takes letters apart by words
that are known; what a single piece says in another spelling is for `app.core.readings`.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick

from app.core.further_words import FURTHER, PEOPLES, TALK
from app.core.vocabulary import CRUDE, EVERYDAY, HELPERS, RISKY, SINGLE_LETTER_WORDS

_LONGEST_PIECE = 16
SHORTEST_RESPELT = 4
SHORTEST_DOUBTFUL = 3
LONG_RUN = re.compile(r"(.)\1{2,}", re.DOTALL)
ANY_RUN = re.compile(r"(.)\1+", re.DOTALL)
_LIKE_ENDINGS = frozenset(
    (
        "able",
        "age",
        "dom",
        "ear",
        "ion",
        "ions",
        "less",
        "like",
        "red",
        "some",
        "ting",
        "ward",
        "wards",
        "way",
    )
)
_A_PIECE = 100
"""What a piece costs; more than what the choice of words can outweigh."""
_SHORTEST_UNKNOWN = 4
_SHORTEST_INNOCENT = 3
ENDINGS = (
    "able",
    "ably",
    "ard",
    "boi",
    "boy",
    "craft",
    "dom",
    "edly",
    "eries",
    "ery",
    "face",
    "fest",
    "ful",
    "girl",
    "head",
    "hole",
    "hood",
    "ier",
    "iest",
    "ified",
    "ily",
    "ing",
    "ish",
    "ism",
    "ist",
    "less",
    "like",
    "load",
    "ness",
    "ship",
    "some",
    "tastic",
    "tard",
    "ton",
    "wad",
    "ward",
    "wit",
    "work",
    "zilla",
)
SHORTEST_SIDE = 2
_SHORTEST_NEIGHBOUR = 4
_MOST_PIECES = 5
_FEW_PIECES = 3
_TINY = frozenset(("by", "or", "as", "if", "no", "do", "he", "we", "us", "be", "am"))
_LITTLE = HELPERS | frozenset(
    (
        "out",
        "over",
        "down",
        "any",
        "has",
        "had",
        "have",
        "how",
        "who",
        "got",
        "one",
        "lol",
        "here",
        "there",
        "then",
        "than",
        "we",
        "he",
    )
)
"""Words that are as good company as a helper for a risky word of four letters."""
_COMMON_INSIDE = frozenset(word for word in RISKY if len(word) <= 3) | {
    "anus", "arse", "arses", "asses", "dies", "hoes", "anal", "dick", "cock", "tits", "spic", "coon",
    "meth", "hang", "weed",
}  # fmt: skip
"""Risky words that stand in many innocent ones; without a space they need a helper beside them."""
_SPOKEN = frozenset(
    (
        "lil",
        "yo",
        "im",
        "ima",
        "imma",
        "bro",
        "dat",
        "dis",
        "da",
        "ya",
        "yall",
        "aint",
        "gon",
        "fat",
        "dumb",
        "lame",
    )
)
"""Short words of talk that a crude word is often glued to."""
_MYSELF = frozenset(("i", "im", "ima", "imma"))
_UNMISTAKABLE = frozenset(
    word
    for word in CRUDE
    if word.startswith(
        ("fuck", "motherf", "bitch", "cunt", "nigge", "nigga", "fagg", "whore", "slut", "asshole", "retard")
    )
)
"""Crude words that hardly any innocent one holds; any short word may stand beside them."""
_HELD_BY_FEW = frozenset(
    ("murdered", "murdering", "disgusting", "bullshit", "orgasms", "stabbed", "stabbing")
)
"""Long words that hardly any innocent one holds."""
_IN_OTHER_LANGUAGES = ("slut", "retard", "fagg")
"""How those begin that words of other languages hold as well: "slutligen", "retardatário"."""
_CUT_OUT = (
    frozenset(word for word in _UNMISTAKABLE if not word.startswith(_IN_OTHER_LANGUAGES)) | _HELD_BY_FEW
)
"""What is cut out of any letters, whatever stands near."""
_CLEAR = frozenset(("shit", "shits", "shitty", "bullshit", "pussy", "bastard", "bastards", "dumbass"))
"""Crude words that few innocent ones hold; in bad company anything may stand beside them."""
_BESIDE_SHORT = frozenset(
    (
        "have",
        "had",
        "having",
        "without",
        "suck",
        "sucking",
        "sucked",
        "smoke",
        "smoked",
        "dumb",
        "lazy",
        "broke",
        "nasty",
        "nice",
        "kiss",
        "kick",
    )
)
"""Words that short risky ones are said with; hardly a word of a dictionary is made of the two."""
_BEHIND = frozenset(("ass", "dick", "tits"))
"""Risky words that are glued behind a longer word: "hardass"."""
_KNOWN = FURTHER | PEOPLES | frozenset(word for word in EVERYDAY if len(word) >= _SHORTEST_NEIGHBOUR)
"""Words that a clear word may be glued to, with their inflections."""
_INFLECTIONS = (("ies", "y"), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""))
_SHORTEST_STEM = 5
_HEADS = frozenset(
    ("sex", "ass", "hoe", "hoes", "meth", "anal", "fag", "fags", "tits", "hang", "cum", "cock", "dick")
)
"""Those of `_COMMON_INSIDE` that are read before a known word; few names and plants begin so."""
_TAILS = frozenset(("sex", "ass", "hoe", "hoes", "meth", "anal", "fag", "fags", "tits", "hang"))
"""Those that are read behind one."""
_SAID_OF = frozenset(("hoe", "hoes", "fag", "fags", "dick", "dicks", "ass"))
"""Those that are read beside a short word of talk."""
_SAID_BEFORE = {
    "die": frozenset(
        ("rather", "should", "would", "could", "gonna", "wanna", "please", "must", "will", "just", "people")
    ),
    "sex": frozenset(("get", "got", "want", "need", "hot", "gay")),
    "ass": frozenset(("big", "old", "dry", "sad", "kick", "kicks", "kicked", "kicking", "kiss")),
}
"""What else some of them are read behind."""
_SHORTEST_CLEAR = 4
_WITH_PREFIX = frozenset(
    word for word in _UNMISTAKABLE if word.startswith(("bitch", "whore", "nigger", "faggot", "asshole"))
)
"""Words that in bad company no short beginning makes innocent ones."""


def fewest_pieces(letters: str, is_piece: Callable[[str], bool]) -> tuple[str, ...]:
    """The letters in as few pieces as possible; none when they cannot all be accounted for.

    Of as many pieces, those that say most: "niggershave" is "niggers have", not "nigger shave".
    """
    return pieces_up_to(letters, last_sizes(letters, is_piece), len(letters))


def last_sizes(letters: str, is_piece: Callable[[str], bool]) -> list[int]:
    """For each place, the size of the last piece of the letters up to it; 0 where they cannot be cut."""
    best: list[tuple[int, int] | None] = [None] * (len(letters) + 1)
    best[0] = (0, 0)
    for end in range(1, len(letters) + 1):
        for size in range(1, min(end, _LONGEST_PIECE) + 1):
            before = best[end - size]
            if before is None or not is_piece(letters[end - size : end]):
                continue
            cost = before[0] + _cost(letters[end - size : end])
            found = best[end]
            if found is None or cost <= found[0]:
                best[end] = (cost, size)
    return [0 if found is None else found[1] for found in best]


def pieces_up_to(letters: str, sizes: Sequence[int], end: int) -> tuple[str, ...]:
    """The pieces of the letters before `end`, by the size of the last piece at each place."""
    pieces: list[str] = []
    while end:
        if not sizes[end]:
            return ()
        pieces.append(letters[end - sizes[end] : end])
        end -= sizes[end]
    return tuple(reversed(pieces))


def _cost(piece: str) -> int:
    if piece in RISKY:
        return _A_PIECE + (piece in _COMMON_INSIDE)
    if piece in _LITTLE:
        return _A_PIECE + 1
    return _A_PIECE + (2 if piece in _TINY else 3)


def says_something_innocent(lower: str, pieces: Sequence[str]) -> bool:
    """Whether as few everyday words account for every letter ("pen island"); not beside a clear word."""
    if any(piece in _UNMISTAKABLE or piece in _CLEAR for piece in pieces):
        return False
    return 0 < len(fewest_pieces(lower, _is_innocent_piece)) <= len(pieces)


def _is_innocent_piece(piece: str) -> bool:
    return len(piece) >= _SHORTEST_INNOCENT and piece in EVERYDAY and piece not in RISKY


def cut_out(lower: str) -> tuple[str, ...] | None:
    """A word that hardly any innocent one of any language holds, cut out of letters that are no word."""
    found = max((word for word in _CUT_OUT if word in lower), key=len, default=None)
    if found is None and lower.startswith("damn") and not LONG_RUN.search(lower):
        found = "damn"
    if found is None:
        return None
    head, tail = lower.split(found, 1)
    if tail.startswith(ENDINGS) or any(0 < len(side) < _SHORTEST_UNKNOWN for side in (head, tail)):
        return None
    return tuple(piece for piece in (head, found, tail) if piece)


def glued_to_known(token: str) -> tuple[str, ...] | None:
    """A risky word and one word known here, where no two innocent ones account for as much.

    A short risky word begins and ends many names, which have a capital.
    """
    lower = token.lower()
    cuts = [(lower[:at], lower[at:]) for at in range(SHORTEST_SIDE, len(lower) - 1)]
    found = [cut for cut in cuts if _is_before_known(*cut) or _is_behind_known(*cut)]
    if token.istitle():
        found = [cut for cut in found if _COMMON_INSIDE.isdisjoint(cut) or not TALK.isdisjoint(cut)]
    said = [cut for cut in found if cut[0] in _SAID_BEFORE.get(cut[1], ())]
    if not found or (not said and any(_is_innocent_cut(*cut) for cut in cuts)):
        return None
    return max(found, key=lambda cut: max(len(piece) for piece in cut if piece in RISKY))


def _is_before_known(word: str, known: str) -> bool:
    if word not in RISKY or known in RISKY or known.startswith(ENDINGS) or known in _LIKE_ENDINGS:
        return False
    if word in _COMMON_INSIDE:
        return (
            (word in _HEADS and is_known(known))
            or (word in _SAID_OF and _is_talk(known))
            or (word == "sex" and known in _TINY)
        )
    return len(word) >= _SHORTEST_CLEAR and (is_known(known) or known in TALK)


def _is_behind_known(known: str, word: str) -> bool:
    if word not in RISKY or known in RISKY:
        return False
    if word in _COMMON_INSIDE:
        said = word in _SAID_OF and word != "ass" and _is_talk(known)
        return said or (word in _TAILS and is_known(known)) or known in _SAID_BEFORE.get(word, ())
    return len(word) >= _SHORTEST_CLEAR and (is_known(known) or known in TALK)


def _is_talk(known: str) -> bool:
    return len(known) >= _SHORTEST_INNOCENT and (known in TALK or known in _LITTLE)


def is_known(word: str) -> bool:
    """Whether it is a word of English known here, as it is or inflected."""
    if word in _KNOWN:
        return True
    return any(
        word.endswith(ending)
        and len(word) - len(ending) >= _SHORTEST_STEM
        and word.removesuffix(ending) + rest in _KNOWN
        for ending, rest in _INFLECTIONS
    )


def _is_innocent_cut(head: str, tail: str) -> bool:
    return all(
        piece not in RISKY and (piece in EVERYDAY or piece in FURTHER or piece in _TINY)
        for piece in (head, tail)
    )


def is_plain_piece(piece: str) -> bool:
    """Whether a piece is a word written as it is."""
    return (
        piece in EVERYDAY
        or piece in RISKY
        or piece in _TINY
        or piece in _SPOKEN
        or piece in SINGLE_LETTER_WORDS
    )


def are_glued(pieces: Sequence[str]) -> bool:
    """Whether these are words written without spaces: one is risky, and a short one has close company."""
    others = [piece for piece in pieces if piece not in RISKY]
    risky = [piece for piece in pieces if piece in RISKY]
    if not risky or not 1 < len(pieces) <= _MOST_PIECES:
        return False
    if _drops_a_g(pieces):
        return False
    if any(piece in SINGLE_LETTER_WORDS for piece in pieces[1:-1]):
        return not _UNMISTAKABLE.isdisjoint(risky)
    if not others:
        return any(piece not in _COMMON_INSIDE for piece in risky)
    return not _UNMISTAKABLE.isdisjoint(risky) or _keep_company(pieces, others, risky)


def _keep_company(pieces: Sequence[str], others: list[str], risky: list[str]) -> bool:
    """Whether words that stand in innocent ones have company that tells them."""
    if pieces[-1] in _BEHIND and len(pieces[-2]) >= _SHORTEST_NEIGHBOUR:
        return True
    clear = [piece for piece in risky if piece not in _COMMON_INSIDE]
    if clear and len(pieces) > _FEW_PIECES and all(piece in HELPERS for piece in others[1:]):
        # "Iwillkillyou": so many words of threats account for no innocent word.
        return others[0] in HELPERS or others[0] in _MYSELF
    if any(piece in _SPOKEN for piece in others):
        return False
    if all(piece in _LITTLE for piece in others) and (clear or set(others) <= _BESIDE_SHORT):
        return True
    if any(len(piece) < _SHORTEST_NEIGHBOUR for piece in others if piece not in HELPERS):
        return (
            len(pieces) <= _FEW_PIECES and any(len(piece) > _SHORTEST_NEIGHBOUR for piece in clear)
        ) or set(others) <= SINGLE_LETTER_WORDS
    return bool(clear) or all(piece in HELPERS or piece in _BESIDE_SHORT for piece in others)


def _drops_a_g(pieces: Sequence[str]) -> bool:
    """Whether it is a form of a verb without its last letter ("hoein"), not the word "in"."""
    return pieces[-1] == "in" and not pieces[-2].endswith(("s", "ed"))


def is_neighbour(word: str) -> bool:
    """Whether a risky word may be glued to this one."""
    return (
        word in _LITTLE
        or word in SINGLE_LETTER_WORDS
        or (len(word) >= _SHORTEST_NEIGHBOUR and word in EVERYDAY)
    )


def is_beside(neighbour: str, spelling: str) -> bool:
    """Whether this is a word that a disguised word may be glued to."""
    if spelling in RISKY:
        return False
    if neighbour in HELPERS or neighbour in _SPOKEN or neighbour in SINGLE_LETTER_WORDS:
        return len(spelling) >= SHORTEST_RESPELT or (len(neighbour) >= len(spelling) == SHORTEST_DOUBTFUL)
    return (
        len(neighbour) >= _SHORTEST_NEIGHBOUR
        and neighbour in EVERYDAY
        and (len(spelling) > SHORTEST_RESPELT or not spelling.isalpha())
    )


def is_doubtfully_beside(neighbour: str, word: str) -> bool:
    """Whether a neighbour may stand beside a risky word in bad company."""
    if neighbour in EVERYDAY or neighbour in _TINY or neighbour in _SPOKEN:
        return neighbour not in _LIKE_ENDINGS
    if word in _WITH_PREFIX and len(neighbour) >= SHORTEST_SIDE:
        return True
    return (word in _UNMISTAKABLE or word in _CLEAR) and len(neighbour) >= _SHORTEST_UNKNOWN


def is_likely(neighbour: str, word: str) -> bool:
    """Whether a word in disguise is glued to this one: beside a short one, it has to be a clear one."""
    if neighbour in _SPOKEN or neighbour in SINGLE_LETTER_WORDS:
        return word in _UNMISTAKABLE
    return True


@cache
def squeezed() -> frozenset[str]:
    """Everyday words with every run of a letter as one."""
    return frozenset(ANY_RUN.sub(r"\1", word) for word in EVERYDAY)


@cache
def risky_inside() -> AhoCorasick:
    """Finds every risky word inside letters."""
    return AhoCorasick(sorted(RISKY))
