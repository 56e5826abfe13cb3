"""Words that are spelt like a risky one and are another: names in code, and "cnt" for "can't".

A name has to stand itself where only code has one; that there is code elsewhere in the line is not enough, or
a sign of code behind an insult would hide it.
"""

import re

from app.core.steps.words import words_beside

_REACH = 80
"""Characters looked at before a word."""
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


def is_namesake(text: str, start: int, end: int) -> bool:
    """Whether what stands there is another word than the risky one that it is spelt like."""
    return _is_name(text, start, end) or _is_contracted(text, start, end)


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
