"""The form of a term: what a person typed, and how it is read as a term, field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.core.lexicon import Form, Term, prepared
from app.core.revisions import lines_of
from app.core.types import Category

REASON_MAX_CHARS = 500
_VERSION_MAX_DIGITS = 9
# What a word copied from a disguised post brings along. The normalizer takes it out of posts, so a surface
# that kept it would be found in no other spelling. Joiners stay: emoji and Persian need them.
_UNSEEN = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
)

Problems = dict[str, list[str]]
"""Sentences by the name of the field they stand beside."""


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of the form as they were typed."""

    id: str = ""
    category: str = ""
    forms: str = ""
    """One line for each surface: `surface = plain words`."""
    ambiguous: str = ""
    """Not empty when ticked."""
    cues: str = ""
    """One line for each cue."""
    anti_cues: str = ""
    note: str = ""
    source: str = ""
    since: str = ""
    reason: str = ""
    version: str = "0"
    """Version of the term that the form was made from."""
    seen: str = ""
    """Fingerprint of the term whose warnings the person has seen."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft as it could be read."""

    term: Term
    version: int
    problems: Problems = field(default_factory=dict)


def draft_of(fields: Mapping[str, str]) -> Draft:
    """Take the fields of the form and leave out others."""
    known = Draft.__dataclass_fields__
    # Browsers send line ends as CR LF.
    return Draft(
        **{name: value.replace("\r\n", "\n").strip() for name, value in fields.items() if name in known}
    )


def draft_from(term: Term, *, version: int) -> Draft:
    """The form filled in with a term."""
    lines = {name: "\n".join(found) for name, found in lines_of(term).items()}
    return Draft(id=term.id, version=str(version), **{**lines, "category": term.category.value})


def read(draft: Draft, *, kept: Term | None = None) -> Reading:
    """Read a draft; with a kept term only the reason and the version are read.

    A surface is put in small letters, and a new term without an id is called by its first surface.
    """
    problems: Problems = {}
    if not draft.reason:
        problems["reason"] = ["Say in a few words why, for those who look at the history later."]
    elif len(draft.reason) > REASON_MAX_CHARS:
        problems["reason"] = [
            f"The reason has {len(draft.reason)} characters, and at most {REASON_MAX_CHARS} fit. Shorten it."
        ]
    version = int(draft.version) if _is_version(draft.version) else -1
    if kept is not None:
        return Reading(kept, version, problems)
    forms, mistakes = _forms(draft.forms)
    if mistakes:
        problems["forms"] = mistakes
    category = next((each for each in Category if each.value == draft.category), None)
    if category is None:
        problems["category"] = ["Choose what kind of harm the plain words speak of."]
    term_id = draft.id or id_from(forms)
    if not term_id:
        problems["id"] = ["No name can be made from the first surface. Write one in small letters."]
    term = Term(
        id=term_id,
        category=category or Category.HARASSMENT,
        forms=forms,
        ambiguous=bool(draft.ambiguous),
        cues=_lines(draft.cues),
        anti_cues=_lines(draft.anti_cues),
        note=draft.note,
        source=draft.source,
        since=draft.since,
    )
    return Reading(term, version, problems)


def id_from(forms: Sequence[Form]) -> str:
    """A name in kebab-case from the first surface; empty where it has no letters or digits of ASCII.

    >>> id_from([Form("grippy socks", "ward")])
    'grippy-socks'
    """
    first = forms[0].surface if forms else ""
    kept = "".join(char if char.isascii() and char.isalnum() else " " for char in first)
    return "-".join(kept.split())


def _forms(text: str) -> tuple[tuple[Form, ...], list[str]]:
    forms: list[Form] = []
    mistakes: list[str] = []
    for number, line in enumerate(text.translate(_UNSEEN).split("\n"), start=1):
        # A surface may hold the sign itself ("8=d"); between spaces it parts the two.
        parting = " = " if " = " in line else "="
        surface, _, canonical = (part.strip() for part in line.rpartition(parting))
        if surface and canonical:
            forms.append(Form(prepared(surface), canonical))
        elif line.strip():
            mistakes.append(
                f"Line {number}, {line.strip()[:40]!r}, lacks a side. Write it as: surface = plain words."
            )
    return tuple(forms), mistakes


def _lines(text: str) -> tuple[str, ...]:
    lines = (line.strip() for line in text.translate(_UNSEEN).split("\n"))
    return tuple(dict.fromkeys(prepared(line) for line in lines if line))


def _is_version(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _VERSION_MAX_DIGITS
