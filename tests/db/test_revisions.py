"""Revisions of terms in the database."""

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy.exc import DBAPIError

from app.core.audit import verify_chain
from app.core.lexicon import Form, Term
from app.core.revisions import Change, Revision
from app.core.types import Category
from app.db.ledger import Ledger
from app.db.queries import Queries
from tests.db.conftest import RunElsewhere

TERM = Term(
    "corn",
    Category.SEXUAL,
    (Form("corn", "porn"), Form("🌽", "porn")),
    ambiguous=True,
    cues=("star",),
    anti_cues=("farm", "über"),
    note="Porn.",
    source="common usage",
    since="2020",
)


@pytest.fixture
def revision(now: datetime) -> Revision:
    return Revision(1, 1, Change.ADD, TERM, "ada", "Seen “a lot”.", now)


def test_every_field_of_a_revision_round_trips(ledger: Ledger, queries: Queries, revision: Revision) -> None:
    assert (queries.last_revision(), queries.latest_revisions()) == (0, ())
    assert ledger.revise([revision], lexicon="v")
    assert queries.last_revision() == 1
    assert queries.latest_revisions() == queries.revisions("corn") == (revision,)
    assert queries.revisions("seggs") == ()


def test_the_latest_revision_of_each_term_counts(
    ledger: Ledger, queries: Queries, revision: Revision
) -> None:
    other = replace(revision, number=2, term=replace(TERM, id="maize"))
    third = replace(revision, number=3, version=2, change=Change.RETIRE)
    assert ledger.revise([revision, other, third], lexicon="v")
    assert queries.latest_revisions() == (other, third)
    assert [each.version for each in queries.revisions("corn")] == [1, 2]
    events = list(queries.audit_events())
    assert [event.kind for event in events] == ["term.added", "term.added", "term.retired"]
    assert verify_chain(events) is None


@pytest.mark.parametrize("number", [1, 3])
def test_revisions_that_do_not_follow_on_leave_nothing(
    ledger: Ledger, queries: Queries, revision: Revision, number: int
) -> None:
    ledger.revise([revision], lexicon="v")
    late = replace(revision, number=number, version=2)
    assert not ledger.revise([late], lexicon="v")
    assert queries.revisions("corn") == (revision,)
    assert len(list(queries.audit_events())) == 1


APPEND_ONLY = ["UPDATE term_revisions SET actor = 'nobody'", "DELETE FROM term_revisions"]
REPLACES = [
    "INSERT OR REPLACE INTO term_revisions SELECT * FROM term_revisions",
    (
        "INSERT OR REPLACE INTO term_revisions "
        "SELECT 2, term, version, change, actor, reason, at, content FROM term_revisions"
    ),
]


@pytest.mark.parametrize("statement", APPEND_ONLY)
def test_revisions_are_append_only_for_whoever_opens_the_database(
    elsewhere: RunElsewhere, ledger: Ledger, revision: Revision, statement: str
) -> None:
    ledger.revise([revision], lexicon="v")
    with pytest.raises(DBAPIError, match="append-only"):
        elsewhere(statement)


@pytest.mark.usefixtures("database_file")
@pytest.mark.parametrize("statement", REPLACES)
def test_revisions_are_not_replaced_in_a_file(
    elsewhere: RunElsewhere, ledger: Ledger, revision: Revision, statement: str
) -> None:
    ledger.revise([revision], lexicon="v")
    with pytest.raises(DBAPIError, match="append-only"):
        elsewhere(statement)
