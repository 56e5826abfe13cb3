"""The demonstration tells a story that fits together, and never mixes with real data."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app import bootstrap
from app.core.audit import verify_chain
from app.core.errors import DatabaseInUse
from app.core.review import QueueView
from app.core.types import ReviewState
from app.db.engine import open_database
from app.db.queries import Queries
from app.services.demo import POSTS
from app.settings import Settings


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("demo")
    return Settings(database_url=f"sqlite:///{folder / 'demo.db'}", threads=1)


@pytest.fixture(scope="module")
def told(settings: Settings) -> Iterator[Queries]:
    with bootstrap.open_demo(settings) as demo:
        assert list(demo.fill()) == list(range(1, POSTS + 1))
    with open_database(settings.database_url) as database:
        yield Queries(database.reader)


def test_every_page_has_something_true_to_show(told: Queries) -> None:
    now = datetime.now(UTC)
    decisions = list(told.decisions())
    assert len(decisions) == POSTS
    assert [each.created_at for each in decisions] == sorted(each.created_at for each in decisions)
    assert all(each.created_at < now for each in decisions)
    assert len({each.verdict.category for each in decisions}) >= 6
    counts = told.counts(now)
    # A queue to try the desk on: of many kinds, with waves, and with what waits for a second person.
    assert 25 <= counts.open + counts.escalated <= 60
    assert counts.escalated >= 1
    waiting = QueueView((ReviewState.OPEN, ReviewState.ESCALATED))
    rows = told.item_page(waiting, limit=500, now=now).rows
    assert len({row.item.category for row in rows}) >= 6
    assert max(row.wave for row in rows) >= 2
    assert counts.resolved >= 40
    view = QueueView((ReviewState.RESOLVED,))
    resolved = told.item_page(view, limit=500, now=now).rows
    assert {row.item.outcome for row in resolved} == {"allow", "block"}
    assert verify_chain(told.audit_events()) is None


def test_the_story_is_the_same_at_every_hour(
    told: Queries, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    earlier = datetime.now(UTC) - timedelta(hours=7)
    monkeypatch.setattr("app.bootstrap.demo.now", lambda: earlier)
    other = Settings(database_url=f"sqlite:///{tmp_path / 'earlier.db'}", threads=1)
    with bootstrap.open_demo(other) as demo:
        for _ in demo.fill():
            pass

    with open_database(other.database_url) as database:
        again = Queries(database.reader)
        assert [each.text for each in again.decisions()] == [each.text for each in told.decisions()]
        assert again.counts(earlier).open == told.counts(datetime.now(UTC)).open


def test_real_data_is_never_mixed_with_it(settings: Settings, told: Queries) -> None:
    assert told.holds_decisions()
    with bootstrap.open_demo(settings) as demo, pytest.raises(DatabaseInUse, match="Name a fresh file"):
        next(demo.fill())
