from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.core.errors import NotFound, TermConflict
from app.core.lexicon import Form, Term
from app.core.revisions import (
    Amendment,
    Change,
    Revision,
    TermState,
    fingerprint,
    in_force,
    revise,
    states_of,
)
from app.core.types import Category

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
CORN = Term("corn", Category.SEXUAL, (Form("corn", "porn"),), ambiguous=True, cues=("star",))
SEGGS = Term("seggs", Category.SEXUAL, (Form("seggs", "sex"),))
GRIPPY = Term("grippy", Category.SELF_HARM, (Form("grippy socks", "psychiatric ward"),))


def amend(change: Change, term: Term, *, seen: int = 0) -> Amendment:
    return Amendment(change, term, "ada", "Seen a lot.", seen)


def made(change: Change, term: Term, *, number: int, version: int = 1) -> Revision:
    return Revision(number, version, change, term, "ada", "Seen a lot.", NOW)


def test_without_revisions_the_bundled_terms_are_in_force() -> None:
    states = states_of([CORN, SEGGS], [])
    assert in_force(states) == (CORN, SEGGS)
    assert states["corn"] == TermState(CORN, bundled=True)
    assert (states["corn"].version, states["corn"].retired) == (0, False)


def test_the_latest_revisions_lie_over_the_bundled_terms() -> None:
    louder = replace(SEGGS, note="Sex.")
    latest = [
        made(Change.ADD, GRIPPY, number=3),
        made(Change.RETIRE, CORN, number=2),
        made(Change.EDIT, louder, number=1),
    ]
    states = states_of([CORN, SEGGS], latest)
    assert in_force(states) == (louder, GRIPPY)
    assert [state.bundled for state in states.values()] == [True, True, False]
    assert [state.retired for state in states.values()] == [True, False, False]


@pytest.mark.parametrize(
    ("change", "term", "seen", "kept"),
    [
        (Change.ADD, GRIPPY, 0, GRIPPY),
        (Change.EDIT, replace(SEGGS, note="Sex."), 0, replace(SEGGS, note="Sex.")),
        (Change.RETIRE, replace(SEGGS, note="Ignored."), 0, SEGGS),
        (Change.RESTORE, replace(CORN, note="Ignored."), 1, CORN),
    ],
)
def test_an_amendment_makes_the_next_revision(change: Change, term: Term, seen: int, kept: Term) -> None:
    states = states_of([CORN, SEGGS], [made(Change.RETIRE, CORN, number=1)])
    revision = revise(states, amend(change, term, seen=seen), number=7, now=NOW)
    assert revision == Revision(7, seen + 1, change, kept, "ada", "Seen a lot.", NOW)


@pytest.mark.parametrize(
    ("change", "term", "seen", "words"),
    [
        (Change.ADD, SEGGS, 0, "already"),
        (Change.EDIT, SEGGS, 3, "version 0 by now"),
        (Change.EDIT, CORN, 1, "restore it first"),
        (Change.RETIRE, CORN, 1, "restore it first"),
        (Change.RETIRE, SEGGS, 1, "version 0 by now"),
        (Change.RESTORE, SEGGS, 0, "in force already"),
    ],
)
def test_an_amendment_that_does_not_fit_is_a_conflict(
    change: Change, term: Term, seen: int, words: str
) -> None:
    states = states_of([CORN, SEGGS], [made(Change.RETIRE, CORN, number=1)])
    with pytest.raises(TermConflict, match=words):
        revise(states, amend(change, term, seen=seen), number=2, now=NOW)


def test_a_term_that_is_not_there_cannot_be_changed() -> None:
    with pytest.raises(NotFound, match="'grippy'"):
        revise({}, amend(Change.EDIT, GRIPPY), number=1, now=NOW)


def test_a_fingerprint_tells_contents_apart() -> None:
    assert len(fingerprint(CORN)) == 12
    assert fingerprint(CORN) == fingerprint(replace(CORN))
    assert fingerprint(CORN) != fingerprint(replace(CORN, note="x"))


def test_a_change_is_said_in_the_past() -> None:
    assert [change.done for change in Change] == ["added", "edited", "retired", "restored"]
