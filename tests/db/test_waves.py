"""Items that are nearly the same make a wave: one row of the queue, one ruling for each, undone together."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import func, select

from app.core.audit import verify_chain
from app.core.errors import ReviewConflict, UndoRefused
from app.core.policy import parse_policy
from app.core.review import Decision, QueueOrder, QueueView, ReviewItem, open_item
from app.core.types import NormalizedText, ReviewState, Ruling, RulingAction
from app.db.engine import Database
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.db.receipts import NewDecision
from app.db.tables import wave_bands
from app.db.waves import MOST_IN_BAND
from app.services.review import WAITING, ReviewService
from app.settings import ROOT

MakeDecision = Callable[..., Decision]
Keep = Callable[[Sequence[str | None]], list[ReviewItem]]

NOW = datetime(2026, 11, 22, 8, 30, 15, 123456, tzinfo=UTC)
SPAM = [
    "free coins for everybody here, send one to this address and get five back today",
    "free coins for everybody here, send one to this address and get nine back today",
    "FREE coins for everybody here, send one to this address and get five back today!",
    "hey free coins for everybody here, send one to this address and get five back today",
]
LETTERS = "cdefghijklmnopqrst"
OTHER = "you are a fool and you know it"


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def review(ledger: Ledger, queries: Queries, clock: Clock) -> ReviewService:
    policy = parse_policy((ROOT / "policies" / "default.toml").read_text(encoding="utf-8"))
    numbers = count(1)
    return ReviewService(
        ledger,
        queries,
        clock=clock,
        new_id=lambda: f"id-{next(numbers):03}",
        policy=lambda: policy,
        lease=timedelta(minutes=10),
        undo_within=timedelta(minutes=5),
    )


@pytest.fixture
def keep(ledger: Ledger, queries: Queries, make_decision: MakeDecision) -> Keep:
    """Store posts with their items in one go, and give the items as they are stored."""
    numbers = count()

    def keep(texts: Sequence[str | None]) -> list[ReviewItem]:
        entries = []
        for text in texts:
            decision = make_decision(None)
            if text is not None:
                decision = replace(decision, text=NormalizedText(text, text))
            number = next(numbers)
            opened = NOW + timedelta(seconds=number)
            entries.append(NewDecision(decision, open_item(decision, item_id=f"r-{number:03}", now=opened)))
        ledger.record_many(entries)
        ids = [entry.item.id for entry in entries if entry.item]
        return [queries.review_item_with_decision(each)[0] for each in ids]

    return keep


def rows(queries: Queries, order: QueueOrder = QueueOrder.RISK) -> list[tuple[str, int]]:
    page = queries.item_page(QueueView(WAITING, order=order), limit=50, now=NOW)
    return [(row.item.id, row.wave) for row in page.rows]


def bands(database: Database) -> int:
    with database.reader.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(wave_bands)).scalar_one())


def test_a_wave_is_the_same_however_its_posts_come_in(keep: Keep, database: Database) -> None:
    together = keep([SPAM[0], OTHER, SPAM[1]])
    later = [keep([text])[0] for text in SPAM[2:]]
    assert [item.wave for item in together] == ["r-000", None, "r-000"]
    assert [item.wave for item in later] == ["r-000", "r-000"]
    # Only what a wave begins with is looked for.
    assert bands(database) == 16


def test_the_first_item_learns_of_its_wave_when_the_second_comes(keep: Keep, queries: Queries) -> None:
    (first,) = keep([SPAM[0]])
    assert first.wave is None
    keep([SPAM[1]])
    assert queries.review_item_with_decision(first.id)[0].wave == first.id


@pytest.mark.parametrize("order", list(QueueOrder))
def test_a_wave_is_one_row_of_the_queue(keep: Keep, queries: Queries, order: QueueOrder) -> None:
    keep([*SPAM, OTHER])
    assert rows(queries, order) == [("r-000", 4), ("r-004", 1)]
    item, _ = queries.review_item_with_decision("r-004")
    assert queries.neighbours(QueueView(WAITING, order=order), item, now=NOW) == ("r-000", None)


def test_posts_that_are_not_stored_are_in_no_wave(keep: Keep, database: Database) -> None:
    assert [item.wave for item in keep([None, None])] == [None, None]
    assert bands(database) == 0


def test_erasure_leaves_nothing_to_find_a_post_by(
    keep: Keep, ledger: Ledger, queries: Queries, database: Database
) -> None:
    first, second = keep(SPAM[:2])
    ledger.erase(first.decision_id, actor="ada", now=NOW)
    assert bands(database) == 0
    assert rows(queries) == [(second.id, 1)]
    third, fourth = keep(SPAM[2:])
    assert third.wave == fourth.wave == third.id


def test_a_band_that_many_waves_begin_with_finds_no_more_of_them(
    keep: Keep, queries: Queries, database: Database
) -> None:
    # They share one of their two pairs, and so many a band, but are not nearly the same.
    keep([f"aa bb {one}{other}" for one in LETTERS for other in LETTERS])
    with database.reader.connect() as connection:
        each = select(func.count()).select_from(wave_bands).group_by(wave_bands.c.band)
        assert max(connection.execute(each).scalars()) == MOST_IN_BAND
    assert len(rows(queries)) == 50


def test_each_post_of_a_bulk_has_its_own_ruling_and_event(
    keep: Keep, review: ReviewService, queries: Queries
) -> None:
    items = keep(SPAM)
    detail = review.open(items[0].id)
    assert detail.wave is not None
    assert [member.item.id for member in detail.wave.members] == [item.id for item in items[1:]]

    done = review.rule_all(
        items[0].id,
        Ruling(RulingAction.BLOCK, "ada", note="A wave."),
        expected_version=1,
        others=[(member.item.id, member.item.version) for member in detail.wave.members],
    )

    assert [item.id for item in done.items] == [item.id for item in items]
    assert done.left == 0
    for item in items:
        (ruled,) = queries.rulings(item.id)
        assert (ruled.ruling.action, ruled.ruling.note) == (RulingAction.BLOCK, "A wave.")
        assert [event.kind for event in queries.audit_trail(item.id)] == ["review.ruled"]
    assert verify_chain(queries.audit_events()) is None
    last = review.undoable("ada")
    assert last is not None
    assert (last.last.item_id, last.many) == (items[0].id, 4)


def test_what_is_not_free_or_not_of_the_wave_is_left_out(
    keep: Keep, review: ReviewService, ledger: Ledger, clock: Clock
) -> None:
    first, held, changed, free = keep(SPAM)
    (other,) = keep([OTHER])
    ledger.claim(held.id, person="ben", now=clock(), until=clock() + timedelta(minutes=1))
    review.rule(changed.id, Ruling(RulingAction.ALLOW, "ben"), expected_version=1)

    done = review.rule_all(
        first.id,
        Ruling(RulingAction.BLOCK, "ada"),
        expected_version=1,
        others=[(item.id, 1) for item in (held, changed, other, free)] + [("r-999", 1)],
    )

    assert [item.id for item in done.items] == [first.id, free.id]
    assert done.left == 4
    assert review.open(other.id).rulings == ()
    assert review.open(held.id).rulings == ()


def test_nothing_is_ruled_where_the_open_item_cannot_be(keep: Keep, review: ReviewService) -> None:
    first, second = keep(SPAM[:2])
    with pytest.raises(ReviewConflict):
        review.rule_all(
            first.id, Ruling(RulingAction.BLOCK, "ada"), expected_version=7, others=[(second.id, 1)]
        )
    assert review.open(second.id).rulings == ()


def test_an_escalated_post_is_not_escalated_along(keep: Keep, review: ReviewService) -> None:
    first, second = keep(SPAM[:2])
    escalate = Ruling(RulingAction.ESCALATE, "ada")
    review.rule(second.id, escalate, expected_version=1)
    done = review.rule_all(first.id, escalate, expected_version=1, others=[(second.id, 2)])
    assert (len(done.items), done.left) == (1, 1)


def test_undo_takes_the_whole_bulk_back_but_what_changed_since(
    keep: Keep, review: ReviewService, clock: Clock
) -> None:
    items = keep(SPAM)
    block = Ruling(RulingAction.ESCALATE, "ada")
    review.rule_all(items[0].id, block, expected_version=1, others=[(item.id, 1) for item in items[1:]])
    review.rule(items[1].id, Ruling(RulingAction.ALLOW, "ben"), expected_version=2)
    last = review.undoable("ada")
    assert last is not None

    undone = review.undo(last.last.id, person="ada")

    assert [item.id for item in undone.items] == ["r-000", "r-002", "r-003"]
    assert undone.left == 1
    states = [review.open(item.id).item.state for item in items]
    assert states == [ReviewState.OPEN, ReviewState.RESOLVED, ReviewState.OPEN, ReviewState.OPEN]
    assert review.undoable("ada") is None

    review.rule_all(items[0].id, block, expected_version=3, others=[(items[2].id, 3)])
    again = review.undoable("ada")
    assert again is not None
    clock.now += timedelta(minutes=6)
    with pytest.raises(UndoRefused, match="more than"):
        review.undo(again.last.id, person="ada")
    assert review.open(items[2].id).item.state is ReviewState.ESCALATED


def test_what_became_of_a_wave_is_told(keep: Keep, review: ReviewService) -> None:
    items = keep(SPAM)
    review.rule(items[1].id, Ruling(RulingAction.ALLOW, "ben"), expected_version=1)
    review.rule(items[2].id, Ruling(RulingAction.BLOCK, "ben"), expected_version=1)
    wave = review.open(items[0].id).wave
    assert wave is not None
    assert (wave.waiting, wave.allowed, wave.blocked) == (1, 1, 1)
    assert [member.plain for member in wave.members] == [SPAM[3]]
    assert review.open(items[1].id).wave is None
