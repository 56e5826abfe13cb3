from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.core.review import Decision, open_item
from app.core.types import (
    Action,
    Category,
    Label,
    NormalizedText,
    Ruling,
    RulingAction,
    Verdict,
    Versions,
)
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.db.receipts import NewDecision
from app.services.export import ExportService

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
DECISION = Decision(
    id="d-0000",
    created_at=NOW,
    content_id=None,
    author_id=None,
    text=NormalizedText("a threat", "a threat"),
    context=(),
    text_hash="hmac-sha256:00",
    verdict=Verdict(Label.HARMFUL, 0.9, Category.THREAT, 0.9, (), Action.REVIEW, (), Versions("m", "l", "p")),
    latency_ms=1.0,
)


def test_nothing_kept_is_nothing_exported(queries: Queries) -> None:
    assert list(ExportService(queries).decisions()) == []


def test_everything_comes_out_once_oldest_first_with_its_rulings(ledger: Ledger, queries: Queries) -> None:
    decisions = [replace(DECISION, id=f"d-{number:04}") for number in range(450)]
    ledger.record_many(
        [NewDecision(each, open_item(each, item_id=each.id.replace("d", "r"), now=NOW)) for each in decisions]
    )
    rule = ruler(ledger)
    rule("r-0000", RulingAction.ESCALATE, 1)
    rule("r-0000", RulingAction.BLOCK, 2)
    rule("r-0449", RulingAction.ALLOW, 1)

    rows = list(ExportService(queries).decisions())
    assert [row.decision for row in rows] == decisions
    ruled = {row.decision.id: [each.ruling.action for each in row.rulings] for row in rows if row.rulings}
    assert ruled == {
        "d-0000": [RulingAction.ESCALATE, RulingAction.BLOCK],
        "d-0449": [RulingAction.ALLOW],
    }


def test_of_posts_with_the_same_text_the_newest_ruling_teaches(ledger: Ledger, queries: Queries) -> None:
    decisions = [
        replace(DECISION, id=f"d-{number}", text_hash=text_hash, author_id=f"u-{number}")
        for number, text_hash in enumerate(("h:0", "h:0", "h:1", "h:2"))
    ]
    ledger.record_many(
        [NewDecision(each, open_item(each, item_id=each.id.replace("d", "r"), now=NOW)) for each in decisions]
    )
    rule = ruler(ledger)
    rule("r-0", RulingAction.BLOCK, 1)
    rule("r-1", RulingAction.ALLOW, 1)
    rule("r-2", RulingAction.BLOCK, 1)

    lessons = list(ExportService(queries).lessons())
    assert [(each.text_hash, each.harmful) for each in lessons] == [("h:1", True), ("h:0", False)]

    ledger.erase("d-2", actor="ada", now=NOW)
    assert [each.text_hash for each in ExportService(queries).lessons()] == ["h:0"]


def ruler(ledger: Ledger) -> Callable[[str, RulingAction, int], None]:
    def rule(item_id: str, action: RulingAction, version: int) -> None:
        ledger.rule(
            item_id,
            Ruling(action, "ada"),
            expected_version=version,
            ruling_id=f"{item_id}-{version}",
            now=NOW + timedelta(minutes=version),
        )

    return rule
