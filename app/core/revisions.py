"""What people change about terms: revisions over the terms that come with Plainspeak.

A revision is one change to one term and is never altered; the latest of each term, laid over the bundled
terms, gives the lexicon in force. A bundled term that was revised stays as its latest revision says, also
when a new release brings it in another form. Nothing here knows where revisions are kept.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from app.core.errors import NotFound, TermConflict
from app.core.lexicon import Term

UNREVISED = 0
"""Version of a term as it is bundled; each revision adds one."""


class Change(StrEnum):
    """What a revision does to its term."""

    ADD = "add"
    EDIT = "edit"
    RETIRE = "retire"
    RESTORE = "restore"

    @property
    def done(self) -> str:
        """The change as something that was done: `retire` is "retired"."""
        return self.value + ("d" if self.value.endswith("e") else "ed")


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change as a person asks for it."""

    change: Change
    term: Term
    """As it is to be; retiring and restoring leave it as it is."""
    actor: str
    reason: str
    expected_version: int
    """The version of the term that the person saw."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A change as it is kept."""

    number: int
    """Counts the revisions of all terms, from 1."""
    version: int
    """Counts the revisions of this term, from 1."""
    change: Change
    term: Term
    """The term after the change; a retired one as it was."""
    actor: str
    reason: str
    at: datetime
    """Aware, UTC."""


@dataclass(frozen=True, slots=True)
class TermState:
    """A term and how it stands."""

    term: Term
    bundled: bool
    """Whether it comes with Plainspeak."""
    latest: Revision | None = None

    @property
    def version(self) -> int:
        """The version of the latest revision; `UNREVISED` without one."""
        return self.latest.version if self.latest else UNREVISED

    @property
    def retired(self) -> bool:
        """Whether it is out of force."""
        return self.latest is not None and self.latest.change is Change.RETIRE


def states_of(bundled: Iterable[Term], latest: Iterable[Revision]) -> dict[str, TermState]:
    """How every term stands, by id: the bundled ones in their order, then those that people added.

    >>> states_of([], [])
    {}
    """
    states = {term.id: TermState(term, bundled=True) for term in bundled}
    for revision in sorted(latest, key=lambda each: each.number):
        term = revision.term
        states[term.id] = TermState(term, bundled=term.id in states, latest=revision)
    return states


def in_force(states: Mapping[str, TermState]) -> tuple[Term, ...]:
    """The terms that are not retired."""
    return tuple(state.term for state in states.values() if not state.retired)


def revise(states: Mapping[str, TermState], amendment: Amendment, *, number: int, now: datetime) -> Revision:
    """Give the revision that an amendment makes.

    Raises:
        NotFound: There is no such term.
        TermConflict: The term has changed since the person saw it, or is retired or in force already.
    """
    change, term = amendment.change, amendment.term
    state = states.get(term.id)
    if change is Change.ADD:
        if state is not None:
            raise TermConflict(f"There is a term {term.id!r} already. Edit that one, or choose another id.")
        return _revision(amendment, term, version=UNREVISED + 1, number=number, now=now)
    if state is None:
        raise NotFound(f"There is no term {term.id!r} in the lexicon. Search for it at /lexicon.")
    if state.version != amendment.expected_version:
        raise TermConflict(
            f"The term {term.id!r} is at version {state.version} by now, and this change was made on version "
            f"{amendment.expected_version}. Look at what changed and save again."
        )
    if state.retired != (change is Change.RESTORE):
        how = "retired; restore it first" if state.retired else "in force already"
        raise TermConflict(f"The term {term.id!r} is {how}.")
    kept = term if change is Change.EDIT else state.term
    return _revision(amendment, kept, version=state.version + 1, number=number, now=now)


def _revision(amendment: Amendment, term: Term, *, version: int, number: int, now: datetime) -> Revision:
    return Revision(number, version, amendment.change, term, amendment.actor, amendment.reason, now)


@dataclass(frozen=True, slots=True)
class Difference:
    """What two versions of a term do not share in one field, as lines."""

    field: str
    """Name of the field of `Term`."""
    removed: tuple[str, ...]
    added: tuple[str, ...]


def differences(before: Term, after: Term) -> tuple[Difference, ...]:
    """Field by field what tells two versions of a term apart; the order of lines does not.

    >>> from dataclasses import replace
    >>> from app.core.lexicon import Form
    >>> from app.core.types import Category
    >>> one = Term("seggs", Category.SEXUAL, (Form("seggs", "sex"),))
    >>> differences(one, replace(one, note="Sex."))
    (Difference(field='note', removed=(), added=('Sex.',)),)
    """
    found = []
    old, new = lines_of(before), lines_of(after)
    for field, lines in old.items():
        removed = tuple(line for line in lines if line not in new[field])
        added = tuple(line for line in new[field] if line not in lines)
        if removed or added:
            found.append(Difference(field, removed, added))
    return tuple(found)


def lines_of(term: Term) -> dict[str, tuple[str, ...]]:
    """A term as lines a person reads, by field; a surface and its plain words make one line."""
    return {
        "category": (term.category.display_name,),
        "forms": tuple(f"{form.surface} = {form.canonical}" for form in term.forms),
        "ambiguous": ("also an ordinary word",) if term.ambiguous else (),
        "cues": term.cues,
        "anti_cues": term.anti_cues,
        "note": (term.note,) if term.note else (),
        "source": (term.source,) if term.source else (),
        "since": (term.since,) if term.since else (),
    }


def fingerprint(term: Term) -> str:
    """First 12 hex digits of the sha256 of a term's content; the audit trail names it."""
    content = json.dumps(asdict(term), sort_keys=True)
    return hashlib.sha256(content.encode("ascii")).hexdigest()[:12]
