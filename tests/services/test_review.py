"""A moderator looks at the queue, opens an item and rules on it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from app.core.errors import NotFound, ReviewConflict, ReviewHeld, UndoRefused
from app.core.policy import Policy, Thresholds
from app.core.review import Decision, QueueView, open_item
from app.core.types import (
    Action,
    Category,
    Label,
    NormalizedText,
    ReviewState,
    Ruling,
    RulingAction,
    Verdict,
    Versions,
)
from app.db.engine import open_database
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.db.writer import GroupWriter
from app.services.review import ReviewService

OPENED = datetime(2026, 11, 22, 8, tzinfo=UTC)
RULED = datetime(2026, 11, 22, 9, tzinfo=UTC)

DECISION = Decision(
    id="d-1",
    created_at=OPENED,
    content_id="post-1",
    author_id="u-1",
    text=NormalizedText("a threat", "a threat"),
    context=(),
    text_hash="hmac-sha256:00",
    verdict=Verdict(
        Label.HARMFUL, 0.9, Category.THREAT, 0.9, (), Action.BLOCK, ("Why.",), Versions("m", "l", "p")
    ),
    latency_ms=1.0,
)


@pytest.fixture
def service(migrated_url: str) -> Iterator[ReviewService]:
    with open_database(migrated_url) as database, GroupWriter(database.writer) as writer:
        ledger = Ledger(writer, aside=database.aside)
        ledger.record(DECISION, open_item(DECISION, item_id="r-1", now=OPENED))
        ids = iter(["g-1", "g-2", "g-3"])
        yield ReviewService(
            ledger,
            Queries(database.reader),
            clock=lambda: RULED,
            new_id=lambda: next(ids),
            policy=lambda: Policy("p", Thresholds(), ()),
            lease=timedelta(minutes=10),
            undo_within=timedelta(minutes=5),
        )


def states(service: ReviewService) -> tuple[int, int, int]:
    counts = service.counts()
    return counts.open, counts.escalated, counts.resolved


def test_the_queue_shows_what_waits(service: ReviewService) -> None:
    page = service.queue()
    assert [(row.item.id, row.decision.excerpt) for row in page.rows] == [("r-1", "a threat")]
    assert page.next is None
    assert states(service) == (1, 0, 0)


def test_an_item_opens_with_everything_known_of_it(service: ReviewService) -> None:
    detail = service.open("r-1")
    assert (detail.item.id, detail.decision, detail.rulings) == ("r-1", DECISION, ())
    assert [event.kind for event in detail.trail] == ["decision.recorded"]


def test_rulings_move_the_item_out_of_the_queue(service: ReviewService) -> None:
    escalated = service.rule("r-1", Ruling(RulingAction.ESCALATE, "ada"), expected_version=1)
    assert (escalated.state, escalated.updated_at) == (ReviewState.ESCALATED, RULED)
    assert [row.item for row in service.queue().rows] == [escalated]

    resolved = service.rule("r-1", Ruling(RulingAction.ALLOW, "bob"), expected_version=2)
    assert service.queue().rows == ()
    assert states(service) == (0, 0, 1)

    detail = service.open("r-1")
    assert detail.item == resolved
    assert [(each.id, each.ruling.actor) for each in detail.rulings] == [("g-1", "ada"), ("g-2", "bob")]
    assert [event.kind for event in detail.trail] == ["decision.recorded", "review.ruled", "review.ruled"]


def test_a_stale_ruling_is_refused_and_changes_nothing(service: ReviewService) -> None:
    service.rule("r-1", Ruling(RulingAction.ESCALATE, "ada"), expected_version=1)
    with pytest.raises(ReviewConflict, match="version 2"):
        service.rule("r-1", Ruling(RulingAction.BLOCK, "bob"), expected_version=1)
    assert states(service) == (0, 1, 0)


def test_unknown_items_are_not_found(service: ReviewService) -> None:
    with pytest.raises(NotFound):
        service.open("r-9")
    with pytest.raises(NotFound):
        service.rule("r-9", Ruling(RulingAction.ALLOW, "ada"), expected_version=1)


def test_an_item_is_held_by_one_person_at_a_time(service: ReviewService) -> None:
    assert service.claim("r-1", person="ada").claim == service.claim("r-1", person="bob").claim
    with pytest.raises(ReviewHeld, match=r"ada holds review item 'r-1' until 09:10 UTC"):
        service.rule("r-1", Ruling(RulingAction.ALLOW, "bob"), expected_version=1)
    with pytest.raises(ReviewHeld):
        service.skip("r-1", person="bob", expected_version=1)
    assert service.claim_next(QueueView((ReviewState.OPEN,)), person="bob") is None
    assert service.counts().claimed == 1


def test_only_the_claim_that_was_taken_last_can_be_released(service: ReviewService) -> None:
    service.claim("r-1", person="ada")
    service.release("r-1", person="ada", claimed_at=OPENED)
    service.release("r-1", person="bob", claimed_at=RULED)
    assert service.counts().claimed == 1
    service.release("r-1", person="ada", claimed_at=RULED)
    assert service.claim("r-1", person="bob").held_at(RULED) is not None
    assert service.open("r-1").trail[-1].kind == "decision.recorded"


def test_an_undone_ruling_is_kept_and_counts_no_more(service: ReviewService) -> None:
    service.rule("r-1", Ruling(RulingAction.BLOCK, "ada"), expected_version=1)
    last = service.undoable("ada")
    assert last is not None
    assert service.undoable("bob") is None
    with pytest.raises(UndoRefused, match="only they can take it back"):
        service.undo(last.last.id, person="bob")
    (item,) = service.undo(last.last.id, person="ada").items
    assert (item.state, item.version, item.outcome) == (ReviewState.OPEN, 3, None)
    assert item.claim is not None
    assert item.claim.holder == "ada"
    assert service.undoable("ada") is None
    with pytest.raises(UndoRefused, match="not the last change"):
        service.undo(last.last.id, person="ada")
    detail = service.open("r-1")
    assert [each.undone_at for each in detail.rulings] == [RULED]
    assert [event.kind for event in detail.trail][-2:] == ["review.ruled", "review.undone"]


def test_undoing_the_second_ruling_leaves_the_first(service: ReviewService) -> None:
    service.rule("r-1", Ruling(RulingAction.ESCALATE, "ada"), expected_version=1)
    service.rule("r-1", Ruling(RulingAction.BLOCK, "bob"), expected_version=2)
    last = service.undoable("bob")
    assert last is not None
    assert service.undo(last.last.id, person="bob").items[0].state is ReviewState.ESCALATED


def test_unknown_rulings_are_not_found(service: ReviewService) -> None:
    with pytest.raises(NotFound, match="no ruling 'g-9'"):
        service.undo("g-9", person="ada")
