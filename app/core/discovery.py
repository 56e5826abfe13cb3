"""Which words are new in the stream: said more in harmful posts than in others, and more now than before.

The measure is the log-odds ratio with an informative Dirichlet prior of Monroe, Colaresi and Quinn, "Fightin'
Words" (Political Analysis 16, 2008): each word's odds among the posts of one kind against the other, drawn
towards the word's odds among all of them, and divided by its standard deviation. A rare word so needs more
than one lucky post, and a common one does not win by its mass. A post counts a word once, so that nobody gets
a word on the list by repeating it.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from emoji import EmojiMatch, analyze

from app.core.lexicon import prepared
from app.core.steps.words import PLAIN_WORD, shielded
from app.core.types import Category, NormalizedText

PRIOR_SHARE = 0.1
"""Weight of the prior as a share of all words that were said: how slowly a word leaves what all posts say."""
PRIOR_MOST = 500.0
"""Most weight of the prior, in words; what a large stream says needs no holding back."""
CLEAR_Z = 1.96
"""Standard deviations from which a word counts as over-represented: chance alone does so once in forty."""
FEWEST_POSTS = 3
FEWEST_AUTHORS = 2
MOST_CANDIDATES = 50
MOST_EXAMPLES = 3
_SHORTEST_WORD = 3
_LONGEST_WORD = 40


@dataclass(frozen=True, slots=True)
class Sample:
    """A post as discovery looks at it."""

    decision_id: str
    text: NormalizedText
    at: datetime
    author_id: str | None
    category: Category | None
    target: bool
    """Whether it is harmful, or a person overrode the machine on it."""
    overridden: bool


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word or emoji that may be a term."""

    word: str
    z: float
    """Standard deviations by which it is over-represented in harmful or overridden posts."""
    rising_z: float
    """Standard deviations by which it is over-represented in the later half of the time."""
    target_posts: int
    other_posts: int
    overridden_posts: int
    later_posts: int
    earlier_posts: int
    category: Category | None
    """The category of most of its harmful posts."""
    examples: tuple[Sample, ...]
    """The newest posts of the target with it."""

    @property
    def is_rising(self) -> bool:
        """Whether it is said clearly more often of late."""
        return self.rising_z >= CLEAR_Z


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found, the most telling first."""

    posts: int
    targets: int
    candidates: tuple[Candidate, ...]


def discover(samples: Sequence[Sample], *, known: Collection[str] = ()) -> Discovery:
    """Find the words over-represented in the target, except known ones.

    The rising ones come first, then the others, each by `z`.
    """
    places = [words_of(sample.text) for sample in samples]
    middle = _middle(samples)
    target = _counts(words for words, sample in zip(places, samples, strict=True) if sample.target)
    other = _counts(words for words, sample in zip(places, samples, strict=True) if not sample.target)
    later = _counts(words for words, sample in zip(places, samples, strict=True) if sample.at > middle)
    earlier = _counts(words for words, sample in zip(places, samples, strict=True) if sample.at <= middle)
    scores, rises = log_odds(target, other), log_odds(later, earlier)
    wanted = {
        word
        for word, z in scores.items()
        if z >= CLEAR_Z and target[word] >= FEWEST_POSTS and word not in known
    }
    posts: dict[str, list[Sample]] = {word: [] for word in wanted}
    for words, sample in zip(places, samples, strict=True):
        if sample.target:
            for word in words & wanted:
                posts[word].append(sample)
    candidates = [
        Candidate(
            word=word,
            z=scores[word],
            rising_z=rises[word],
            target_posts=target[word],
            other_posts=other[word],
            overridden_posts=sum(sample.overridden for sample in found),
            later_posts=later[word],
            earlier_posts=earlier[word],
            category=_commonest(found),
            examples=tuple(sorted(found, key=lambda sample: sample.at, reverse=True)[:MOST_EXAMPLES]),
        )
        for word, found in posts.items()
        if _has_authors(found)
    ]
    candidates.sort(key=lambda each: (not each.is_rising, -each.z, each.word))
    targets = sum(sample.target for sample in samples)
    return Discovery(len(samples), targets, tuple(candidates[:MOST_CANDIDATES]))


def log_odds(one: Counter[str], other: Counter[str]) -> dict[str, float]:
    """How far each word leans to the first of two counts, in standard deviations.

    >>> common = {"the": 50, "and": 50, "not": 50}
    >>> found = log_odds(Counter(common, zork=9), Counter(common, zork=1))
    >>> found["zork"] > CLEAR_Z > abs(found["the"])
    True
    """
    both = one + other
    mass = both.total()
    if mass == 0:
        return {}
    weight = min(PRIOR_SHARE * mass, PRIOR_MOST)
    size_one, size_other = one.total() + weight, other.total() + weight
    scores: dict[str, float] = {}
    for word, count in both.items():
        prior = weight * count / mass
        here, there = one[word] + prior, other[word] + prior
        # The only word of all has no odds.
        if here >= size_one or there >= size_other:
            scores[word] = 0.0
            continue
        delta = math.log(here / (size_one - here)) - math.log(there / (size_other - there))
        scores[word] = delta / math.sqrt(1 / here + 1 / there)
    return scores


def words_of(text: NormalizedText) -> frozenset[str]:
    """The words and emoji of a text, in small letters, without addresses, names, numbers and what is read.

    >>> said = "Glorbo at https://glorbo.example 🍃🔥 🍃 1234"
    >>> sorted(words_of(NormalizedText(said, said)))
    ['glorbo', '🍃', '🍃🔥', '🔥']
    """
    original = text.original
    hidden = bytearray(len(original))
    spans = [(span.start, span.end) for span in shielded(original)]
    for start, end in spans + [(edit.start, edit.end) for edit in text.edits]:
        hidden[start:end] = b"x" * (end - start)
    words = {
        found.group()
        for found in PLAIN_WORD.finditer(prepared(original))
        if _SHORTEST_WORD <= len(found.group()) <= _LONGEST_WORD
        and not found.group().isdigit()
        and not hidden[found.start()]
    }
    return frozenset(words | _pictures(original, hidden))


def _pictures(text: str, hidden: bytearray) -> set[str]:
    """The emoji of a text, and each pair that stands together: a menu is written in pairs."""
    if text.isascii():
        return set()
    found = [
        (token.chars, token.value.start, token.value.end)
        for token in analyze(text, join_emoji=True)
        if isinstance(token.value, EmojiMatch) and not hidden[token.value.start]
    ]
    pairs = {one + other for (one, _, end), (other, start, _) in pairwise(found) if end == start}
    return {chars for chars, _, _ in found} | {pair for pair in pairs if pair[0] != pair[-1]}


def _counts(places: Iterable[frozenset[str]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for words in places:
        counts.update(words)
    return counts


def _middle(samples: Sequence[Sample]) -> datetime:
    """The time that parts the posts into an earlier and a later half."""
    times = sorted(sample.at for sample in samples)
    return times[(len(times) - 1) // 2] if times else datetime.min  # noqa: DTZ901 compared with nothing


def _commonest(samples: Sequence[Sample]) -> Category | None:
    counts = Counter(sample.category for sample in samples if sample.category is not None)
    return min(counts, key=lambda each: (-counts[each], each.value)) if counts else None


def _has_authors(samples: Sequence[Sample]) -> bool:
    """Whether several people say it, as far as authors are known."""
    authors = {sample.author_id for sample in samples}
    return None in authors or len(authors) >= FEWEST_AUTHORS
