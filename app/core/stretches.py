"""Which parts of a long plain text say something that the original does not.

Both are scored, and the strongest window counts. Far from any edit they say the same, so there the plain text
need not be scored again.
"""

from collections.abc import Iterator

from app.core.types import NormalizedText

AROUND = 280
"""Characters on each side of an edit that are read with it: about one window of an encoder."""


def stretches(text: NormalizedText) -> tuple[str, ...]:
    """What to score of a text: the original, and of the plain text the stretches around its edits.

    A stretch begins and ends between words. A text that is short, or is edited all over, is scored whole.
    """
    if len(text.readings) == 1:
        return text.readings
    return (text.original, *(text.plain[start:end] for start, end in _joined(text)))


def _joined(text: NormalizedText) -> list[tuple[int, int]]:
    """Where the stretches are in the plain text, in order and apart from each other."""
    found: list[tuple[int, int]] = []
    for first, last in _edited(text):
        start = text.plain.rfind(" ", 0, max(first - AROUND, 0)) + 1
        space = text.plain.find(" ", last + AROUND)
        begun = found.pop()[0] if found and start <= found[-1][1] else start
        found.append((begun, len(text.plain) if space < 0 else space))
    return found


def _edited(text: NormalizedText) -> Iterator[tuple[int, int]]:
    """Where each edit is in the plain text."""
    shift = 0
    for edit in text.edits:
        start = edit.start + shift
        yield start, start + len(edit.canonical)
        shift += len(edit.canonical) - (edit.end - edit.start)
