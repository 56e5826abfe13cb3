"""Words that are spelt like a risky one and are another: names, words of other languages, "cnt" for "can't".

A name in code has to stand itself where only code has one; that there is code elsewhere in the line is not
enough, or a sign of code behind an insult would hide it. What people are called has its capital, and behind
"a" or "some" it is a thing.
"""

import re

from app.core.frames import MENTIONS, TELLS_ENGLISH, TERMS_OF_OTHER_LANGUAGES
from app.core.steps.words import words_around, words_beside
from app.core.vocabulary import COMPANY

_REACH = 80
"""Characters looked at before a word."""
_CLOSE = 24
"""Characters on each side in which a word tells the language."""
_CONSTANT = "(?:None|True|False|null|nil|NULL|nullptr)"
_OPERATOR = "(?:[=!]==?|[<>]=?)"
_SLOTS = tuple(
    (re.compile(rf"(?:{before})\Z", re.MULTILINE), re.compile(after))
    for before, after in (
        # "if sht is None:", "while (cnt < 3)", "return sht == 0"
        (
            r"(?:^|[;:{}])[ \t]*(?:if|elif|else if|while|assert|return)\b *\(?(?: *not\b *)?",
            rf" +is(?: not)? +{_CONSTANT}\b| *{_OPERATOR} *[\w\"'-]",
        ),
        # "if sht:"
        (r"^[ \t]*(?:if|elif|while)(?: +not)? +", r":[ \t]*+(?:\n|\Z)"),
        # "sht = open_sheet(3)", "cnt += 1"
        (r"(?:^|[;{})])[ \t]*(?:(?:int|auto|let|const|var) +)?", r" *(?:[-+*/|&]=|=(?!=)) *[\w\"'\[{(-]"),
        # "for sht in book.sheets:"
        (r"^[ \t]*(?:async +)?for +", r" +in +[\w.]++(?:\([^()\n]*+\))?:"),
        # "free(sht->rows)", "sht[0]", "cnt++"
        (r"", r"->[a-z]|\[\w{1,24}\]|\+\+[;)\s]"),
        # "len(sht)", "write(sht, 3)"
        (r"\b[a-z_][a-z_.]*\(", r"\)|, *\w"),
    )
)
_VOWELS = frozenset("aeiou")
_DRAWN_OUT = re.compile(r"(.)\1\1|ii|uu", re.IGNORECASE)
_NAME = re.compile("[A-Za-z]+")
INSULTING = frozenset({
    "stupid", "dumb", "ugly", "fat", "lazy", "filthy", "dirty", "ignorant", "pathetic", "worthless",
    "nasty", "fucking", "fuckin", "damn", "goddamn", "little", "lil", "smug", "sneaky", "lying",
})  # fmt: skip
DETERMINERS = frozenset({
    "a", "an", "this", "that", "these", "those", "you", "your", "ur", "my", "his", "her", "their", "our",
    "such", "some", "any",
})  # fmt: skip
_BEFORE_NOUN = (INSULTING | DETERMINERS) - {"you"}
_BEFORE_CANT = frozenset({
    "i", "we", "they", "he", "she", "honestly", "literally", "really", "simply", "seriously", "actually",
    "still", "probably", "obviously", "clearly", "definitely",
})  # fmt: skip
"""Words that hardly stand before a noun, and often before a verb."""
_BEHIND_CANT = frozenset({
    "stand", "believe", "be", "wait", "see", "help", "find", "sleep", "say", "tell", "handle", "deal",
    "think", "remember", "imagine", "breathe", "afford", "understand", "hear", "feel", "trust", "seem",
    "resist", "decide", "even", "do", "make", "explain", "describe",
})  # fmt: skip
"""Words behind "can't" that nobody is told to do in one breath with an insult."""

_GIVEN_NAMES = frozenset({
    "addy", "ana", "becky", "chang", "charlie", "crissy", "crystal", "johnson", "karen", "krystal",
    "lucy", "mandy", "mia", "molly", "reggie", "roxy", "tina", "willy",
})  # fmt: skip
"""Those that are terms as well."""
_BEFORE_THING = frozenset({
    "a", "an", "another", "any", "classic", "complete", "entitled", "more", "of", "ok", "okay", "on",
    "racist", "some", "such", "that", "these", "this", "those", "total", "typical", "want",
})  # fmt: skip
_AMID = re.compile(r"[A-Za-z0-9,;-] *\Z")
"""Before a word that opens no sentence."""
_BEFORE_SURNAME = re.compile(r" [A-Z][a-z]")
_BEFORE_CRUDE = INSULTING | {"you", "u", "your", "ur", "this", "that", "such"}
_BEHIND_CRUDE = frozenset({
    "you", "u", "your", "ur", "yourself", "urself", "him", "her", "them", "off", "it", "this", "that", "up",
})  # fmt: skip


def is_namesake(text: str, start: int, end: int) -> bool:
    """Whether what stands there is another word than the risky one that it is spelt like."""
    return any(
        is_another(text, start, end) for is_another in (_is_name, _is_contracted, _is_given, _is_foreign)
    )


def is_surname(text: str, start: int, end: int) -> bool:
    """Whether a spelling may be what somebody is called: not drawn out, and with a capital amid a sentence.

    At the start of a sentence the next word has to have one as well ("Nazia Hassan").
    """
    word = text[start:end]
    if not word.istitle() or _VOWELS.isdisjoint(word.lower()) or _DRAWN_OUT.search(word):
        return False
    if not (_AMID.search(text, max(start - _REACH, 0), start) or _BEFORE_SURNAME.match(text, end)):
        return False
    last, following = words_beside(text, start, end)
    is_thing = last in DETERMINERS and not following
    return last not in _BEFORE_CRUDE and following not in _BEHIND_CRUDE and not is_thing


def is_amid_english(text: str, start: int, end: int, *, reach: int = _CLOSE) -> bool:
    """Whether a word of English stands close that no other language has, and the spelling is not quoted."""
    around = set(words_around(text, start, end, reach=reach))
    return not TELLS_ENGLISH.isdisjoint(around) and MENTIONS.isdisjoint(around)


def _is_foreign(text: str, start: int, end: int) -> bool:
    """Whether it is a word of another language, with no English and no bad company about it."""
    if text[start:end].lower() not in TERMS_OF_OTHER_LANGUAGES:
        return False
    around = words_around(text, start, end, reach=_REACH)
    return TELLS_ENGLISH.isdisjoint(around) and COMPANY.isdisjoint(around)


def _is_given(text: str, start: int, end: int) -> bool:
    """Whether it is a given name: "Tina is hosting"; "some Tina" is none."""
    word = text[start:end]
    if not word.istitle() or word.lower() not in _GIVEN_NAMES:
        return False
    return words_beside(text, start, end)[0] not in _BEFORE_THING


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether the word stands where code has the name of something."""
    if not _NAME.fullmatch(text, start, end):
        return False
    first = max(start - _REACH, 0)
    return any(after.match(text, end) and before.search(text, first, start) for before, after in _SLOTS)


def _is_contracted(text: str, start: int, end: int) -> bool:
    """Whether it is "can't" without its vowel: "i cnt", "cnt stand it"; "dumb cnt" is not."""
    if text[start:end].lower() != "cnt":
        return False
    last, following = words_beside(text, start, end)
    return last in _BEFORE_CANT or (following in _BEHIND_CANT and last not in _BEFORE_NOUN)
