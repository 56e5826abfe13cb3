"""The counts behind the dashboard, over both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from sqlalchemy import text

from app.core.errors import StorageError
from app.core.review import Decision, ReviewItem, open_item
from app.core.types import Action, Category, Label, Ruling, RulingAction
from app.db.engine import Database, alembic_config
from app.db.figures import FigureQueries, Volume
from app.db.ledger import Ledger
from app.db.receipts import NewDecision

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

MakeDecision = Callable[..., Decision]
Store = Callable[..., tuple[Decision, ReviewItem | None]]


@pytest.fixture
def figures(database: Database) -> FigureQueries:
    return FigureQueries(database.reader)


@pytest.fixture
def store(ledger: Ledger, make_decision: MakeDecision) -> Store:
    def store_one(ago: timedelta = timedelta(), **changes: object) -> tuple[Decision, ReviewItem | None]:
        decision = replace(make_decision(**changes), created_at=NOW - ago)
        item = open_item(decision, item_id=f"item-{decision.id}", now=decision.created_at)
        ledger.record(decision, item)
        return decision, item

    return store_one


def rule(ledger: Ledger, item: ReviewItem | None, action: RulingAction, *, after: timedelta) -> str:
    assert item is not None
    ruling_id = f"ruling-{item.id}"
    at = item.opened_at + after
    ledger.rule(item.id, Ruling(action, "ada"), expected_version=1, ruling_id=ruling_id, now=at)
    return ruling_id


def test_posts_are_counted_by_label_and_hour_or_day(store: Store, figures: FigureQueries) -> None:
    store(label=Label.HARMFUL)
    store(label=Label.SAFE, action=Action.ALLOW)
    store(HOUR, label=Label.SAFE, action=Action.ALLOW)
    store(3 * DAY, label=Label.SAFE, action=Action.ALLOW)

    assert set(figures.volume(NOW - HOUR, by_day=False)) == {
        Volume("2026-11-22T08", Label.HARMFUL, 1, 1),
        Volume("2026-11-22T08", Label.SAFE, 1, 0),
        Volume("2026-11-22T07", Label.SAFE, 1, 0),
    }
    assert Volume("2026-11-22", Label.SAFE, 2, 0) in figures.volume(NOW - DAY, by_day=True)


def test_scores_are_counted_by_band_between_two_hours(store: Store, figures: FigureQueries) -> None:
    store(score=0.97)
    store(score=0.01, action=Action.ALLOW)
    store(2 * DAY, score=0.5)

    now, before = figures.spread(NOW - DAY), figures.spread(NOW - 3 * DAY, NOW - DAY)

    assert (now.posts, now.held, now.bands[0], now.bands[19]) == (2, 1, 1, 1)
    assert (before.posts, before.bands[10], before.models) == (1, 1, ("mini@sha256:1",))


def test_a_term_counts_once_for_each_post_with_its_text(store: Store, figures: FigureQueries) -> None:
    store()
    store(original=None)
    store(2 * DAY)

    (found,) = figures.terms(NOW - DAY, before=NOW - 3 * DAY, limit=5)

    assert (found.term, found.posts, found.before) == ("unalive", 1, 1)


def test_a_decision_that_is_not_stored_is_not_counted(
    ledger: Ledger, figures: FigureQueries, make_decision: MakeDecision
) -> None:
    decision = replace(make_decision(), created_at=NOW)
    ledger.record(decision, None)
    with pytest.raises(StorageError):
        ledger.record_many([NewDecision(replace(decision, id="other"), None), NewDecision(decision, None)])

    assert figures.spread(NOW - DAY).posts == 1


def test_the_queue_is_counted_by_how_long_items_have_waited(
    store: Store, figures: FigureQueries, ledger: Ledger
) -> None:
    for ago in (timedelta(minutes=5), 2 * HOUR, 3 * HOUR, 9 * DAY):
        store(ago)
    _, closed = store(HOUR)
    rule(ledger, closed, RulingAction.ALLOW, after=timedelta(minutes=5))

    found = figures.ages(NOW, bounds=(HOUR, DAY))

    assert (found.counts, found.waiting, found.oldest) == ((1, 2, 1), 4, NOW - 9 * DAY)


def test_rulings_that_close_an_item_are_given_with_its_verdict(
    store: Store, figures: FigureQueries, ledger: Ledger
) -> None:
    _, blocked = store(3 * HOUR, category=Category.THREAT, label=Label.HARMFUL)
    _, escalated = store(2 * HOUR)
    _, undone = store(HOUR)
    rule(ledger, blocked, RulingAction.BLOCK, after=HOUR)
    rule(ledger, escalated, RulingAction.ESCALATE, after=HOUR)
    ruling = rule(ledger, undone, RulingAction.ALLOW, after=timedelta(minutes=1))
    ledger.undo(ruling, person="ada", now=NOW - HOUR + timedelta(minutes=2), within=HOUR)

    (found,) = figures.ruled(NOW - DAY, limit=10)

    assert (found.category, found.label, found.blocked, found.waited) == (
        Category.THREAT,
        Label.HARMFUL,
        True,
        HOUR,
    )
    # At 6 the block, at 7 the ruling that was undone.
    assert figures.resolved([NOW - DAY, NOW - 3 * HOUR, NOW - HOUR]) == (0, 1, 0)
    assert figures.resolved([NOW]) == (0,)
    assert figures.ruled(NOW, limit=10) == ()


def test_what_was_stored_before_this_version_is_counted_by_the_migration(
    store: Store, figures: FigureQueries, database: Database
) -> None:
    store(HOUR, score=0.97)
    store(original=None, score=1.0)
    counted = figures.spread(NOW - DAY), figures.terms(NOW - DAY, before=NOW - DAY, limit=5)
    with database.writer.begin() as connection:
        for table in ("policy_revisions", "decision_hours", "term_days"):
            connection.execute(text(f"DROP TABLE {table}"))
        if connection.dialect.name == "postgresql":
            connection.execute(text("DROP FUNCTION policy_revisions_append_only"))
        connection.execute(text("DROP INDEX ix_rulings_at"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0006'"))
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0007")

    assert (figures.spread(NOW - DAY), figures.terms(NOW - DAY, before=NOW - DAY, limit=5)) == counted
    assert counted[0].posts == 2
