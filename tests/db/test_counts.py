"""The counts that triggers keep are those that counting the items gives, whatever was done to them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from alembic import command
from sqlalchemy import text

from app.core.review import Decision, ReviewItem
from app.core.types import Category, Ruling, RulingAction
from app.db.engine import Database, alembic_config
from app.db.ledger import Ledger
from tests.db.conftest import RunElsewhere

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
KEPT = "SELECT state, category, number FROM review_counts WHERE number <> 0 ORDER BY 1, 2"
COUNTED = "SELECT state, coalesce(category, ''), count(*) FROM review_items GROUP BY 1, 2 ORDER BY 1, 2"
Record = Callable[..., tuple[Decision, ReviewItem]]
Rule = Callable[..., ReviewItem]


@pytest.fixture
def rule(ledger: Ledger) -> Rule:
    def keep(item: ReviewItem, action: RulingAction, *, person: str = "ada") -> ReviewItem:
        return ledger.rule(
            item.id,
            Ruling(action, person),
            expected_version=item.version,
            ruling_id=f"g-{item.id}-{item.version}",
            now=NOW,
        )

    return keep


def test_whatever_is_done_to_items(
    record: Record, rule: Rule, ledger: Ledger, elsewhere: RunElsewhere
) -> None:
    decision, hate = record("r-1", original="a" * 30, category=Category.HATE)
    _, drugs = record("r-2", original="b" * 30, category=Category.DRUGS)
    other, none = record("r-3", original="c" * 30, category=None)
    assert elsewhere(KEPT) == [("open", "", 1), ("open", "drugs", 1), ("open", "hate", 1)]

    rule(hate, RulingAction.BLOCK)
    escalated = rule(drugs, RulingAction.ESCALATE)
    rule(none, RulingAction.ALLOW)
    assert elsewhere(KEPT) == [("escalated", "drugs", 1), ("resolved", "", 1), ("resolved", "hate", 1)]

    ledger.undo("g-r-3-1", person="ada", now=NOW, within=timedelta(minutes=5))
    ledger.skip(drugs.id, person="ada", expected_version=escalated.version, now=NOW)
    ledger.claim(drugs.id, person="ada", now=NOW, until=NOW + timedelta(minutes=5))
    ledger.appeal(decision.id, "A song.", actor="app", appeal_id="a-1", item_id="r-9", now=NOW)
    assert elsewhere(KEPT) == [("escalated", "drugs", 1), ("open", "", 1), ("open", "hate", 1)]
    assert elsewhere(COUNTED) == elsewhere(KEPT)

    ledger.erase(decision.id, actor="ada", now=NOW)
    ledger.erase(other.id, actor="ada", now=NOW)
    assert elsewhere(KEPT) == elsewhere(COUNTED) == [("escalated", "drugs", 1)]


def test_an_item_whose_category_is_put_right(record: Record, elsewhere: RunElsewhere) -> None:
    record("r-1", category=Category.HATE)
    elsewhere("UPDATE review_items SET state = state, category = 'drugs'")
    assert elsewhere(KEPT) == [("open", "drugs", 1)]
    for _ in range(2):
        elsewhere("UPDATE review_items SET state = state, category = NULL")
        assert elsewhere(KEPT) == [("open", "", 1)]
    elsewhere("UPDATE review_items SET category = 'hate'")
    assert elsewhere(KEPT) == [("open", "hate", 1)]


def test_items_of_before_are_counted_by_the_migration(
    database: Database, record: Record, rule: Rule, elsewhere: RunElsewhere
) -> None:
    for number, category in enumerate((Category.HATE, Category.HATE, None, Category.HATE)):
        _, item = record(f"r-{number}", original="abcd"[number] * 30, category=category)
        if number == 3:
            rule(item, RulingAction.ALLOW)
    on_server = database.writer.dialect.name == "postgresql"
    triggers = ("insert_delete", "update") if on_server else ("insert", "delete", "update")
    with database.writer.begin() as connection:
        for each in triggers:
            of = " ON review_items" if on_server else ""
            connection.execute(text(f"DROP TRIGGER review_counts_{each}{of}"))
        if on_server:
            connection.execute(text("DROP FUNCTION review_counts_keep"))
        connection.execute(text("DROP TABLE review_counts"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0011'"))
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0012")

    assert elsewhere(KEPT) == [("open", "", 1), ("open", "hate", 2), ("resolved", "hate", 1)]
    record("r-9", original="e" * 30, category=Category.HATE)
    assert elsewhere(KEPT) == elsewhere(COUNTED)
