"""Read what a text says in code, and say it plainly, with the evidence.

`normalize` runs the steps in order, again and again until none proposes anything, because devices are
stacked: "s 3 g g s" is spaced, then leet, then a term. It returns the edits between the original and the
plain text; it never decides whether a text is harmful.

The plain text is never longer than `3 * lexicon.growth` times the original: a character stands
for at most three letters, and a surface for at most `growth` times its length.
"""

import re
from collections.abc import Callable, Iterable
from string import ascii_lowercase, punctuation

from app.core.alignment import Alignment, Proposal, aligned, apply, edits_of, hints_of
from app.core.lexicon import Lexicon, prepared
from app.core.steps.glyphs import confusable, dressed, invisible, unicode_forms
from app.core.steps.marks import censor, letter_pictures, masked_and_spaced
from app.core.steps.misfits import MISFITS, misfits, pictured
from app.core.steps.spelling import broken_words, leet, repetition, respelling, spacing
from app.core.steps.terms import Finding, find_terms, terms
from app.core.steps.words import Shields
from app.core.types import NormalizedText
from app.core.vocabulary import EVERYDAY

Propose = Callable[[str, Lexicon], Iterable[Proposal]]

STEPS: tuple[Propose, ...] = (
    unicode_forms,
    invisible,
    confusable,
    dressed,
    masked_and_spaced,
    spacing,
    repetition,
    leet,
    censor,
    letter_pictures,
    misfits,
    pictured,
    respelling,
    terms,
)
MAX_ROUNDS = 4

# Each pattern opens with a small class of characters and looks back, which scans several times faster than
# opening with "any letter". They hold for ASCII text; other text is always read closely.
_SUSPICIOUS = (
    re.compile(
        r"[0-9@$!|+*#%&?_.~-](?:(?<=[A-Za-z].)[0-9@$!|+*#%&?_.~-]*[A-Za-z0-9@$]|(?<=[A-Za-z][0-9$@]))"
    ),
    re.compile(r"[0-9@$](?=[A-Za-z])|\*(?:(?=\*)|(?<=[A-Za-z]{3}.)(?![A-Za-z0-9]))"),
    re.compile(r"I(?<=[a-z]I)"),
    re.compile(r"[^A-Za-z0-9][A-Za-z0-9@$!|+][^A-Za-z0-9]{1,3}[A-Za-z0-9@$!|+](?![A-Za-z0-9])"),
    re.compile(r"'(?<=[A-Za-z].)(?:[tsmd]|re|ve|ll)[A-Za-z]{3}"),
)
_ROOM = {ord(sign): " " for sign in punctuation.replace("_", "")}
_TYPOGRAPHY = str.maketrans("‘’“”…–—", "''\"\".--")
"""Signs of careful writing that no step acts on, as plain ones."""
_TRIPLES = tuple(letter * 3 for letter in ascii_lowercase)


def normalize(text: str, *, lexicon: Lexicon) -> NormalizedText:
    """The text, its plain reading and the edits between them.

    The edits replay to the plain text and the plain text comes through unchanged unless `MAX_ROUNDS` ran out,
    which takes more layers of disguise than that. Any `str` is accepted.
    """
    if is_spelt_plainly(text, lexicon=lexicon):
        found = find_terms(text, lexicon)
        if not any(finding.fires for finding in found):
            return _said(aligned(text), found, Shields())
    return read_closely(text, lexicon=lexicon)


def is_spelt_plainly(text: str, *, lexicon: Lexicon) -> bool:
    """Whether a quick look finds nothing that any step but the lexicon could act on."""
    quick = text if text.isascii() else text.translate(_TYPOGRAPHY)
    if not quick.isascii() or any(pattern.search(quick) for pattern in _SUSPICIOUS):
        return False
    ready = prepared(quick)
    if any(triple in ready for triple in _TRIPLES):
        return False
    if any(True for _ in broken_words(quick, lexicon)):
        return False
    words = set(ready.translate(_ROOM).split())
    if not MISFITS.isdisjoint(words) and any(True for _ in misfits(quick, lexicon)):
        return False
    unknown = words - EVERYDAY
    readings = lexicon.readings
    return not any(
        readings.respelt(word)
        or readings.parted(word)
        or readings.doubtful(word)
        or readings.parted_doubtfully(word)
        for word in unknown
    )


def read_closely(text: str, *, lexicon: Lexicon) -> NormalizedText:
    """What `normalize` does after the quick look."""
    alignment = aligned(text)
    shields = Shields()
    for _ in range(MAX_ROUNDS):
        before = alignment.text
        for propose in STEPS:
            now = alignment.text
            alignment = apply(alignment, shields.open_of(now, propose(now, lexicon)))
        found = find_terms(alignment.text, lexicon)
        if alignment.text == before or _is_settled(alignment.text, found, lexicon):
            break
    return _said(alignment, found, shields)


def _is_settled(text: str, found: Iterable[Finding], lexicon: Lexicon) -> bool:
    """Whether another round would change nothing."""
    return not any(finding.fires for finding in found) and is_spelt_plainly(text, lexicon=lexicon)


def _said(alignment: Alignment, found: Iterable[Finding], shields: Shields) -> NormalizedText:
    quiet = (finding.proposal for finding in found if not finding.fires)
    return NormalizedText(
        original=alignment.original,
        plain=alignment.text,
        edits=edits_of(alignment),
        hints=hints_of(alignment, shields.open_of(alignment.text, quiet)),
    )
