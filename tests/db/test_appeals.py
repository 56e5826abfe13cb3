"""An appeal goes to a second person, and the ruling that ends it says what became of it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from app.core.appeals import AppealOutcome
from app.core.audit import verify_chain
from app.core.errors import (
    AppealConflict,
    InvalidContent,
    NotFound,
    ReviewConflict,
    SecondPersonNeeded,
    UndoRefused,
)
from app.core.people import Role, User
from app.core.policy import parse_policy
from app.core.review import Decision, QueueView, ReviewItem
from app.core.types import Action, ReviewState, Ruling, RulingAction
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.services.appeals import REASON_MAX_CHARS, AppealService
from app.services.review import ReviewService
from app.settings import ROOT

Record = Callable[..., tuple[Decision, ReviewItem]]

NOW = datetime(2026, 11, 22, 8, 30, 15, 123456, tzinfo=UTC)
REASON = "I was quoting a song."
OPEN = QueueView((ReviewState.OPEN,))


@pytest.fixture
def new_id() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"id-{next(numbers):03}"


@pytest.fixture
def service(ledger: Ledger, queries: Queries, new_id: Callable[[], str]) -> AppealService:
    return AppealService(ledger, queries, clock=lambda: NOW, new_id=new_id)


@pytest.fixture
def review(ledger: Ledger, queries: Queries, new_id: Callable[[], str]) -> ReviewService:
    policy = parse_policy((ROOT / "policies" / "default.toml").read_text(encoding="utf-8"))
    return ReviewService(
        ledger,
        queries,
        clock=lambda: NOW,
        new_id=new_id,
        policy=lambda: policy,
        lease=timedelta(minutes=10),
        undo_within=timedelta(minutes=5),
    )


def rule(review: ReviewService, item_id: str, action: RulingAction, person: str) -> ReviewItem:
    version = review.open(item_id).item.version
    return review.rule(item_id, Ruling(action, person), expected_version=version)


def add_people(ledger: Ledger, *names: str, role: Role = Role.ADMIN) -> None:
    for name in names:
        ledger.add_user(User(name, role, "", NOW), actor="test")


def test_an_appeal_puts_the_item_before_a_second_person(
    service: AppealService, review: ReviewService, record: Record, ledger: Ledger
) -> None:
    decision, item = record()
    add_people(ledger, "ada", "ben")
    rule(review, item.id, RulingAction.BLOCK, "ada")

    appeal = service.appeal(decision.id, f" {REASON} ", actor="ps_1a2b3c4d")

    assert (appeal.reason, appeal.against, appeal.outcome) == (REASON, RulingAction.BLOCK, None)
    waiting = review.open(item.id).item
    assert (waiting.state, waiting.outcome, waiting.appeal_id) == (ReviewState.OPEN, None, appeal.id)
    assert review.counts().appeals == 1
    assert [row.item.id for row in review.queue(QueueView((ReviewState.OPEN,), appeals=True)).rows] == [
        item.id
    ]
    assert review.is_for_another(waiting, "ada")
    assert not review.is_for_another(waiting, "ben")
    assert review.claim(item.id, person="ada").claim is None
    assert review.claim_next(OPEN, person="ada") is None
    with pytest.raises(SecondPersonNeeded, match="You decided what is appealed"):
        rule(review, item.id, RulingAction.ALLOW, "ada")
    with pytest.raises(SecondPersonNeeded):
        review.skip(item.id, person="ada", expected_version=waiting.version)
    taken = review.claim_next(OPEN, person="ben")
    assert taken is not None
    assert taken.id == item.id


@pytest.mark.parametrize(
    ("action", "outcome"),
    [(RulingAction.BLOCK, AppealOutcome.UPHELD), (RulingAction.ALLOW, AppealOutcome.OVERTURNED)],
)
def test_the_ruling_that_resolves_the_item_decides_the_appeal(
    service: AppealService,
    review: ReviewService,
    record: Record,
    action: RulingAction,
    outcome: AppealOutcome,
) -> None:
    decision, item = record()
    rule(review, item.id, RulingAction.BLOCK, "ada")
    service.appeal(decision.id, REASON, actor="app")

    rule(review, item.id, RulingAction.ESCALATE, "ben")
    assert service.latest(decision.id).outcome is None
    resolved = rule(review, item.id, action, "cleo")

    assert (resolved.state, resolved.outcome, resolved.appeal_id) == (ReviewState.RESOLVED, action, None)
    latest = service.latest(decision.id)
    assert (latest.outcome, latest.decided_at) == (outcome, NOW)
    events = [
        (event.kind, event.actor, dict(event.detail).get("outcome")) for event in review.open(item.id).trail
    ]
    assert events[-4:] == [
        ("appeal.opened", "app", None),
        ("review.ruled", "ben", None),
        ("review.ruled", "cleo", None),
        ("appeal.decided", "cleo", outcome.value),
    ]
    assert REASON not in str(review.open(item.id).trail)


def test_the_same_appeal_sent_again_is_one(
    service: AppealService, review: ReviewService, record: Record
) -> None:
    decision, item = record()
    first = service.appeal(decision.id, REASON, actor="app")

    assert service.appeal(decision.id, REASON, actor="app") == first
    with pytest.raises(AppealConflict, match="has an open appeal"):
        service.appeal(decision.id, "Another reason.", actor="app")
    rule(review, item.id, RulingAction.BLOCK, "ada")
    again = service.appeal(decision.id, REASON, actor="app")
    assert (again.id, again.outcome) == (first.id, AppealOutcome.UPHELD)
    assert service.appeal(decision.id, "Another reason.", actor="app").id != first.id


def test_a_person_alone_rules_on_the_appeal_against_their_own_ruling(
    service: AppealService, review: ReviewService, record: Record, ledger: Ledger
) -> None:
    decision, item = record()
    add_people(ledger, "ada")
    add_people(ledger, "vera", role=Role.VIEWER)
    rule(review, item.id, RulingAction.BLOCK, "ada")
    service.appeal(decision.id, REASON, actor="app")

    assert not review.is_for_another(review.open(item.id).item, "ada")
    assert rule(review, item.id, RulingAction.ALLOW, "ada").state is ReviewState.RESOLVED


def test_an_item_that_nobody_ruled_on_is_marked_and_changes_under_whoever_has_it_open(
    service: AppealService, review: ReviewService, record: Record
) -> None:
    decision, item = record()
    claimed = review.claim(item.id, person="ada")

    appeal = service.appeal(decision.id, REASON, actor="app")

    assert appeal.against is RulingAction.BLOCK
    with pytest.raises(ReviewConflict):
        review.rule(item.id, Ruling(RulingAction.ALLOW, "ada"), expected_version=claimed.version)
    assert review.claim(item.id, person="ada").claim is not None


def test_what_the_machine_let_through_can_be_appealed_too(
    service: AppealService, review: ReviewService, ledger: Ledger, make_decision: Callable[..., Decision]
) -> None:
    decision = make_decision(action=Action.ALLOW)
    ledger.record(decision, None)

    appeal = service.appeal(decision.id, "This is about my child.", actor="app")

    assert appeal.against is RulingAction.ALLOW
    (row,) = review.queue().rows
    rule(review, row.item.id, RulingAction.BLOCK, "ada")
    assert service.latest(decision.id).outcome is AppealOutcome.OVERTURNED


def test_undoing_the_ruling_opens_the_appeal_again(
    service: AppealService, review: ReviewService, record: Record
) -> None:
    decision, item = record()
    rule(review, item.id, RulingAction.BLOCK, "ada")
    first = review.open(item.id).rulings[0]
    appeal = service.appeal(decision.id, REASON, actor="app")
    assert review.undoable("ada") is None
    with pytest.raises(UndoRefused):
        review.undo(first.id, person="ada")
    rule(review, item.id, RulingAction.ALLOW, "ben")

    review.undo(review.open(item.id).rulings[-1].id, person="ben")

    item = review.open(item.id).item
    assert (item.state, item.outcome, item.appeal_id) == (ReviewState.OPEN, None, appeal.id)
    assert service.latest(decision.id) == appeal
    assert review.open(item.id).trail[-1].kind == "appeal.reopened"
    rule(review, item.id, RulingAction.BLOCK, "ben")
    assert service.latest(decision.id).outcome is AppealOutcome.UPHELD


def test_undoing_a_ruling_on_an_appeal_brings_back_an_escalation_of_before(
    service: AppealService, review: ReviewService, record: Record
) -> None:
    decision, item = record()
    rule(review, item.id, RulingAction.ESCALATE, "ada")
    service.appeal(decision.id, REASON, actor="app")
    rule(review, item.id, RulingAction.ALLOW, "ben")
    review.undo(review.open(item.id).rulings[-1].id, person="ben")

    assert review.open(item.id).item.state is ReviewState.ESCALATED


def test_an_appeal_goes_with_its_decision(
    service: AppealService, record: Record, ledger: Ledger, queries: Queries
) -> None:
    decision, _ = record()
    service.appeal(decision.id, REASON, actor="app")

    ledger.erase(decision.id, actor="ada", now=NOW)

    assert queries.appeals_on(decision.id) == ()
    assert verify_chain(queries.audit_events()) is None
    with pytest.raises(NotFound):
        service.appeal(decision.id, REASON, actor="app")


@pytest.mark.parametrize("reason", ["", "  ", "x" * (REASON_MAX_CHARS + 1), "a\0b", "\ud800"])
def test_a_reason_that_cannot_be_kept_is_refused(service: AppealService, record: Record, reason: str) -> None:
    decision, _ = record()
    with pytest.raises(InvalidContent):
        service.appeal(decision.id, reason, actor="app")


def test_an_appeal_is_looked_for_in_vain(service: AppealService, record: Record) -> None:
    decision, _ = record()
    for each in (decision.id, "nothing"):
        with pytest.raises(NotFound):
            service.latest(each)
