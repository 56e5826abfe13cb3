"""Posts to measure on: sentences of the corpus, so that the normalizer has as much to do as in life.

Every post ends with a number of its own, so that no two are alike and nothing can be remembered; the repeated
ones are a few posts again and again.
"""

import json
from enum import StrEnum
from functools import cache
from itertools import islice
from random import Random

from benchmarks.material import CORPUS

DISGUISED_SHARE = 0.05
"""Of the sentences, how many are written in disguise."""
DIFFERENT = 8
"""Posts that are sent again and again."""


class Kind(StrEnum):
    """What posts are like."""

    SHORT = "short"
    """About 8 words, 20 tokens."""
    MEDIUM = "medium"
    """About 20 words, 40 tokens."""
    LONG = "long"
    """About 150 words, 300 tokens: several windows of the encoder."""
    REPEATED = "repeated"
    """Medium ones, a few of them again and again."""


_WORDS = {Kind.SHORT: 5, Kind.MEDIUM: 15, Kind.LONG: 145}
"""A post is given sentences until it has so many words."""


def posts(kind: Kind, count: int, *, seed: int) -> list[str]:
    """Posts of a kind; other seeds give other posts, those of `REPEATED` apart."""
    if kind is Kind.REPEATED:
        few = posts(Kind.MEDIUM, DIFFERENT, seed=0)
        return [few[place % DIFFERENT] for place in range(count)]
    random = Random(f"{kind} {seed}")
    return [f"{_post(random, words=_WORDS[kind])} {seed}-{number}" for number in range(count)]


def post_of_chars(chars: int, *, seed: int) -> str:
    """A post of so many characters."""
    return _post(Random(f"chars {seed}"), words=chars)[:chars]


def _post(random: Random, *, words: int) -> str:
    plain, disguised = _sentences("innocent"), _sentences("evasion")
    said: list[str] = []
    while words > 0:
        said.append(random.choice(disguised if random.random() < DISGUISED_SHARE else plain))
        words -= len(said[-1].split())
    return " ".join(said)


@cache
def _sentences(name: str) -> tuple[str, ...]:
    with (CORPUS / f"{name}.jsonl").open(encoding="utf-8") as lines:
        texts = (str(json.loads(line)["text"]) for line in lines)
        return tuple(islice((text for text in texts if len(text.split()) <= 12), 2000))
