"""The lexicon step: which terms occur in a text, and whether each fires.

An unambiguous term fires unless one of its anti-cues stands near; an ambiguous one also needs a cue. None
fires on another word that is spelt like it. What does not fire is reported as well, because a person may want
to see it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.alignment import Meaning, Proposal
from app.core.lexicon import Entry, Lexicon, Term, prepared
from app.core.steps.namesakes import is_namesake, is_surname
from app.core.steps.phrases import goes_on
from app.core.steps.words import MARKS, PLAIN_WORD, is_half, spans_beside, words_around
from app.core.types import Step
from app.core.vocabulary import COMPANY, CRUDE

_NEAR_WORDS = 8
_NEAR_CHARACTERS = 160
_COMPANY_REACH = 48
_JOINER = "\u200d"
_PICTURE_TAIL = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]+")
_MARK = re.compile(f"[{MARKS}]")
_PLAIN_TEXT = re.compile(r"[\w]")
_NUMBER_BEFORE = frozenset("$€£¥#.,:/-+(")
_IN_FULL = {"urself": "yourself", "u": "you"}
_NUMBER_AFTER = frozenset("%.,:/-+°")


@dataclass(frozen=True, slots=True)
class Finding:
    """A term at a place."""

    proposal: Proposal
    fires: bool


def find_terms(text: str, lexicon: Lexicon) -> list[Finding]:
    """Every term in the text, ascending and disjoint."""
    ready = prepared(text)
    near = _Surroundings(ready, lexicon)
    found: list[Finding] = []
    reach = 0
    for at, stop, entry in _occurring(text, ready, lexicon):
        if at < reach:
            continue
        fires = near.allow(at, stop, entry.term) and not _is_another(text, at, stop, entry)
        start, end = _with_doubled(text, at, stop, entry, after=reach) if fires else (at, stop)
        reach = end
        found.append(Finding(_proposal(text, start, end, entry), fires))
    return found


def _is_another(text: str, start: int, end: int, entry: Entry) -> bool:
    """Whether something else is said than the term: a name, or half of a longer phrase."""
    if is_namesake(text, start, end) or goes_on(text, end, entry.form.surface, entry.form.canonical):
        return True
    return (
        entry.form.canonical in CRUDE
        and is_surname(text, start, end)
        and not _in_bad_company(text, start, end)
    )


def _in_bad_company(text: str, start: int, end: int) -> bool:
    return not COMPANY.isdisjoint(words_around(text, start, end, reach=_COMPANY_REACH))


def _with_doubled(text: str, start: int, end: int, entry: Entry, *, after: int) -> tuple[int, int]:
    """The place with the words beside it that the plain words say again: "I hope u die", "kyss urself"."""
    said = entry.form.canonical.lower().split()
    if len(said) == 1:
        return start, end
    before, behind = spans_beside(text, start, end)
    if before and before.start >= after and text[before.start : before.end].lower() == said[0]:
        start = before.start
    if behind:
        word = text[behind.start : behind.end].lower()
        end = behind.end if _IN_FULL.get(word, word) == said[-1] else end
    return start, end


def deciding_cues(text: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """The cues in the text without which a term would be read otherwise, each after the id of its term."""
    ready = prepared(text)
    near = _Surroundings(ready, lexicon)
    for start, end, entry in _occurring(text, ready, lexicon):
        for cue in near.deciding(start, end, entry.term):
            yield entry.term.id, cue


def _occurring(text: str, ready: str, lexicon: Lexicon) -> Iterator[tuple[int, int, Entry]]:
    reach = 0
    for found in lexicon.search(ready):
        for start, end, entry in _places(ready, *found, lexicon):
            if start >= reach and text[start:end].lower() != entry.form.canonical.lower():
                reach = end
                yield start, end, entry


def terms(text: str, lexicon: Lexicon) -> Iterator[Proposal]:
    """Proposals of the terms that fire."""
    return (finding.proposal for finding in find_terms(text, lexicon) if finding.fires)


def _proposal(text: str, start: int, end: int, entry: Entry) -> Proposal:
    surface = text[start:end]
    shouted = surface.isupper() and sum(char.isalpha() for char in surface) > 1
    canonical = entry.form.canonical.upper() if shouted else entry.form.canonical
    term = entry.term
    return Proposal(
        start, end, canonical, Step.LEXICON, term.note, Meaning(term.id, term.category, term.ambiguous)
    )


def _places(ready: str, start: int, end: int, lexicon: Lexicon) -> Iterator[tuple[int, int, Entry]]:
    """The match itself when it is a whole word; else other surfaces at the word starts inside it."""
    at = start
    while at < end:
        limit = end if at == start else at + lexicon.longest
        found = _longest_at(ready, at, limit, lexicon) if at == start or _opens_word(ready, at) else None
        if found is None:
            at += 1
            continue
        stop, entry = found
        tail = _PICTURE_TAIL.match(ready, stop) if _is_picture(entry.form.surface) else None
        yield at, tail.end() if tail else stop, entry
        at = stop


def _opens_word(ready: str, at: int) -> bool:
    return not (ready[at - 1].isalnum() and ready[at].isalnum())


def _longest_at(ready: str, start: int, limit: int, lexicon: Lexicon) -> tuple[int, Entry] | None:
    for end in range(min(limit, len(ready)), start, -1):
        entry = lexicon.entry(ready[start:end])
        if entry is not None and _stands_alone(ready, start, end):
            return end, entry
    return None


def _is_picture(surface: str) -> bool:
    return not _PLAIN_TEXT.search(surface)


def _stands_alone(ready: str, start: int, end: int) -> bool:
    surface, before, after = ready[start:end], ready[start - 1 : start], ready[end : end + 1]
    if _is_picture(surface):
        return before != _JOINER and _JOINER not in ready[end : end + 3]
    if before.isalnum() or after.isalnum() or _MARK.match(after) or is_half(ready, start, end):
        return False
    if surface.isdigit():
        further = ready[end + 1 : end + 2]
        return before not in _NUMBER_BEFORE and not (
            after in _NUMBER_AFTER and (further.isdigit() or after == "%")
        )
    return True


class _Surroundings:
    """The words around a place; the text is scanned once for words and once for the cues of all terms."""

    def __init__(self, ready: str, lexicon: Lexicon) -> None:
        self._ready = ready
        self._lexicon = lexicon
        self._words: list[tuple[int, int]] | None = None
        self._cues: dict[str, list[tuple[int, int]]] | None = None
        self._places: dict[tuple[str, ...], list[tuple[int, int]]] = {}

    def allow(self, start: int, end: int, term: Term) -> bool:
        """Whether the cues around this place let the term fire."""
        if not term.ambiguous and not term.anti_cues:
            return True
        sides = self._sides(start, end)
        if any(self._holds(term.anti_cues, *side) for side in sides):
            return False
        if not term.ambiguous:
            return True
        return any(self._holds(term.cues, *part) for part in sides + _inner(start, end))

    def deciding(self, start: int, end: int, term: Term) -> tuple[str, ...]:
        """The cue that alone stops the term here, or that alone lets it fire."""
        sides = self._sides(start, end)
        against = self._held(term.anti_cues, sides)
        in_favour = self._held(term.cues, sides + _inner(start, end)) if term.ambiguous else ()
        if against:
            return against if len(against) == 1 and (in_favour or not term.ambiguous) else ()
        return in_favour if len(in_favour) == 1 else ()

    def _held(self, cues: tuple[str, ...], parts: Sequence[tuple[int, int]]) -> tuple[str, ...]:
        return tuple(cue for cue in cues if any(self._holds((cue,), *part) for part in parts))

    def _sides(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        first, last = self._window(start, end)
        return (first, start), (end, last)

    def _window(self, start: int, end: int) -> tuple[int, int]:
        """From the eighth word before to the eighth word after."""
        if self._words is None:
            self._words = [found.span() for found in PLAIN_WORD.finditer(self._ready)]
        words = self._words
        before = bisect_right(words, start, key=_end_of)
        after = bisect_left(words, end, key=_start_of)
        first = words[before - _NEAR_WORDS][0] if before >= _NEAR_WORDS else 0
        last = words[after + _NEAR_WORDS - 1][1] if after + _NEAR_WORDS <= len(words) else len(self._ready)
        return max(first, start - _NEAR_CHARACTERS), min(last, end + _NEAR_CHARACTERS)

    def _found(self) -> dict[str, list[tuple[int, int]]]:
        """Where each cue of the lexicon stands."""
        if self._cues is None:
            self._cues = {}
            for cue, start, end in self._lexicon.cues(self._ready):
                if _stands_as_cue(self._ready, start, end):
                    self._cues.setdefault(cue, []).append((start, end))
        return self._cues

    def _holds(self, cues: tuple[str, ...], first: int, last: int) -> bool:
        """Whether one of the cues lies wholly in the stretch."""
        places = self._places.get(cues)
        if places is None:
            found = self._found()
            places = sorted(place for cue in cues for place in found.get(cue, ()))
            self._places[cues] = places
        at = bisect_left(places, first, key=_start_of)
        while at < len(places) and places[at][0] < last:
            if places[at][1] <= last:
                return True
            at += 1
        return False


def _inner(start: int, end: int) -> tuple[tuple[int, int], ...]:
    """A phrase may hold its own cue ("send noods"); a cue that is the whole surface proves nothing."""
    return (start, end - 1), (start + 1, end)


def _start_of(place: tuple[int, int]) -> int:
    return place[0]


def _end_of(place: tuple[int, int]) -> int:
    return place[1]


def _stands_as_cue(ready: str, start: int, end: int) -> bool:
    """Whether a cue stands as whole words; one that is an emoji needs no room beside it."""
    left_open = not (ready[start].isalnum() and ready[start - 1 : start].isalnum())
    right_open = not (ready[end - 1].isalnum() and ready[end : end + 1].isalnum())
    return left_open and right_open
