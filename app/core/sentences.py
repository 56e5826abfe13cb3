"""Where the sentences of a text are."""

import re

from app.core.types import Span

_END = r"[^.!?。！？…\n]*+[.!?。！？…]++[\"'”’)\]]*+"
# A full stop needs room behind it, so that numbers, addresses and abbreviations in a word stay whole. Nothing
# is read twice, so a text of twenty thousand full stops takes no longer than any other.
_SENTENCE = re.compile(rf"\S(?:{_END}(?!\s|$))*+(?:{_END}|.*)", re.MULTILINE)


def sentences(text: str) -> tuple[Span, ...]:
    """Spans of the sentences in order, without the space between them. A line ends a sentence too.

    >>> [text[span.start : span.end] for text in ["Go away! It is 3.5 km."] for span in sentences(text)]
    ['Go away!', 'It is 3.5 km.']
    """
    return tuple(
        Span(found.start(), found.start() + len(found.group().rstrip())) for found in _SENTENCE.finditer(text)
    )
