"""What of a text is worth reading by itself: its sentences, and stretches of those that never end.

A post is as harmful as its worst sentence, and much of what people write has no full stop in it.
"""

import re
from collections.abc import Iterator

from app.core.sentences import sentences
from app.core.types import Span

FEWEST_SENTENCES = 3
"""Of a text, from which on its sentences are looked at: the labelled texts that a model learns from are a
sentence or two, and those it reads well together."""
SENTENCE_CHARS = 280
"""Longest such sentence: about one window of an encoder, and so what a longer one is read in anyway."""
RUN_ON_WORDS = 24
"""Words of a sentence, from which on it may be several that nobody ended."""
STRETCHES_WORDS = (7, 12)
"""Words of its stretches: one that is cut too long is diluted, one that is cut too short is broken."""
STEP_WORDS = 2
"""Words between the beginnings of two stretches: one of them is about where the worst words are."""

_WORD = re.compile(r"\S+")


def passages(text: str) -> tuple[Span, ...]:
    """Spans of the sentences of a text of three or more, and of overlapping stretches of the run-on ones.

    Linear in the text.

    >>> [text[span.start : span.end] for text in ["Hi. Hm. Go away!"] for span in passages(text)]
    ['Hi.', 'Hm.', 'Go away!']
    """
    found = sentences(text)
    are_enough = len(found) >= FEWEST_SENTENCES
    whole = [span for span in found if are_enough and span.end - span.start <= SENTENCE_CHARS]
    return (*whole, *(stretch for span in found for stretch in _stretches(text, span)))


def _stretches(text: str, sentence: Span) -> Iterator[Span]:
    words = [(word.start(), word.end()) for word in _WORD.finditer(text, sentence.start, sentence.end)]
    if len(words) < RUN_ON_WORDS:
        return
    for length in STRETCHES_WORDS:
        last = len(words) - length
        # The last words make a stretch of the same length, wherever the steps end.
        for first in [*range(0, last, STEP_WORDS), last]:
            yield Span(words[first][0], words[first + length - 1][1])
