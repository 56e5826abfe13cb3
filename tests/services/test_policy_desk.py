"""Somebody at the policy: over both databases, with a second process beside them."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.exc import DBAPIError
from structlog.testing import capture_logs

from app.core.errors import NotFound, PolicyConflict, PolicyInvalid
from app.core.policy import Policy, parse_policy
from app.core.types import Category
from app.db.engine import Database
from app.db.ledger import Ledger
from app.db.policies import PolicyQueries
from app.db.queries import Queries
from app.services.live_policy import LivePolicy
from app.services.policy_desk import PolicyDesk
from app.settings import ROOT

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
BASE = parse_policy((ROOT / "policies" / "default.toml").read_text(encoding="utf-8"))


def with_threat(review: float) -> Policy:
    threat = replace(BASE.thresholds(Category.THREAT), review=review)
    return replace(
        BASE,
        categories=tuple((key, threat if key is Category.THREAT else each) for key, each in BASE.categories),
    )


@pytest.fixture
def policies(service_database: Database) -> PolicyQueries:
    return PolicyQueries(service_database.reader, base=BASE)


@pytest.fixture
def live(policies: PolicyQueries) -> LivePolicy:
    return LivePolicy(BASE, policies, use=lambda _: None)


@pytest.fixture
def desk(live: LivePolicy, ledger: Ledger, policies: PolicyQueries) -> PolicyDesk:
    return PolicyDesk(live, ledger, policies, clock=lambda: NOW)


def test_a_saved_policy_is_in_use_here_at_once_and_elsewhere_by_itself(
    desk: PolicyDesk, live: LivePolicy, policies: PolicyQueries
) -> None:
    used: list[Policy] = []
    came = threading.Event()

    def use(policy: Policy) -> None:
        used.append(policy)
        came.set()

    elsewhere = LivePolicy(BASE, policies, use=use)
    elsewhere.start()
    assert used == []

    saved = desk.save(with_threat(0.5), seen=0, actor="ada", reason="Too many.")

    assert live.policy == saved.policy
    assert came.wait(timeout=600)
    elsewhere.close()
    assert used == [saved.policy]
    assert elsewhere.detail == saved.policy.version


def test_history_says_who_changed_what_and_why(desk: PolicyDesk, queries: Queries) -> None:
    first = desk.save(with_threat(0.5), seen=0, actor="ada", reason="Too many.")
    desk.save(with_threat(0.6), seen=1, actor="ben", reason="Still too many.")

    view = desk.view()

    assert [(each.revision.actor, each.revision.reason) for each in view.history] == [
        ("ben", "Still too many."),
        ("ada", "Too many."),
    ]
    assert [(change.before, change.after) for each in view.history for change in each.changes] == [
        (0.5, 0.6),
        (BASE.thresholds(Category.THREAT).review, 0.5),
    ]
    assert (view.number, view.policy.thresholds(Category.THREAT).review) == (2, 0.6)
    (event,) = queries.audit_trail(first.policy.version)
    assert (event.kind, event.actor, event.detail) == ("policy.saved", "ada", (("revision", "1"),))


def test_an_earlier_version_and_the_file_come_back_as_new_versions(
    desk: PolicyDesk, live: LivePolicy
) -> None:
    desk.save(with_threat(0.5), seen=0, actor="ada", reason="Too many.")
    desk.save(with_threat(0.6), seen=1, actor="ada", reason="More.")

    again = desk.revert(1, seen=2, actor="ben", reason="Back.")
    assert (again.number, again.reverts_to) == (3, 1)
    assert live.policy.thresholds(Category.THREAT).review == 0.5
    assert desk.view().differs_from_base

    desk.revert(0, seen=3, actor="ben", reason="Back to the file.")
    assert not desk.view().differs_from_base
    with pytest.raises(NotFound, match="no version 9"):
        desk.revert(9, seen=4, actor="ben", reason="Back.")


def test_what_was_made_on_an_older_version_is_not_saved(desk: PolicyDesk) -> None:
    desk.save(with_threat(0.5), seen=0, actor="ada", reason="Too many.")

    with pytest.raises(PolicyConflict):
        desk.save(with_threat(0.6), seen=0, actor="ben", reason="More.")
    with pytest.raises(PolicyInvalid):
        desk.save(with_threat(1.6), seen=1, actor="ben", reason="More.")
    assert desk.view().number == 1


def test_of_two_that_are_saved_at_once_the_second_is_refused(
    desk: PolicyDesk, live: LivePolicy, ledger: Ledger, policies: PolicyQueries
) -> None:
    class Late(PolicyQueries):
        """Looks before the other one has saved."""

        def last_revision(self) -> int:
            return 0

    late = PolicyDesk(live, ledger, Late(policies._engine, base=BASE), clock=lambda: NOW)
    desk.save(with_threat(0.5), seen=0, actor="ada", reason="Too many.")

    with pytest.raises(PolicyConflict, match="at this moment"):
        late.save(with_threat(0.6), seen=0, actor="ben", reason="More.")


@pytest.fixture
def broken(desk: PolicyDesk, service_database: Database) -> None:
    desk.save(with_threat(0.5), seen=0, actor="ada", reason="Too many.")
    with service_database.writer.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO policy_revisions VALUES "
            "(2, 'x@2', 'eve', 'New.', '2026-11-22T08:00:00.000000Z', NULL, '{}')"
        )


@pytest.mark.usefixtures("broken")
def test_a_policy_that_cannot_be_read_changes_nothing_and_is_told_once(live: LivePolicy) -> None:
    good = live.policy
    with capture_logs() as logs:
        live.refresh()
        live.refresh()

    assert live.policy is good
    assert "Version 2 of the policy cannot be read" in live.detail
    assert [each["event"] for each in logs] == ["policy.kept"]


@pytest.mark.parametrize(
    "change", ["UPDATE policy_revisions SET reason = 'x'", "DELETE FROM policy_revisions"]
)
def test_versions_cannot_be_changed_or_removed(
    desk: PolicyDesk, service_database: Database, change: str
) -> None:
    desk.save(with_threat(0.5), seen=0, actor="ada", reason="Too many.")
    with (
        pytest.raises(DBAPIError, match="append-only"),
        service_database.writer.begin() as connection,
    ):
        connection.exec_driver_sql(change)


def test_the_sample_of_posts_is_read_again_after_a_while(
    live: LivePolicy, ledger: Ledger, policies: PolicyQueries
) -> None:
    time = [NOW]
    desk = PolicyDesk(live, ledger, policies, clock=lambda: time[0])
    first = desk.sample()

    assert desk.sample() is first
    time[0] += timedelta(minutes=1)
    assert desk.sample() is not first
    assert first.posts == 0
