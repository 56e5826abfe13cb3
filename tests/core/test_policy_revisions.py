"""Versions of the policy over the policy file."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.core.classify import Band
from app.core.errors import PolicyConflict, PolicyInvalid
from app.core.policy import Policy, parse_policy
from app.core.policy_revisions import content_of, policy_of, revise, step_changes
from app.core.types import Category
from app.settings import ROOT

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
BASE = parse_policy((ROOT / "policies" / "default.toml").read_text(encoding="utf-8"))


def with_threat(*, review: float | None = 0.5, block: float | None = None, base: Policy = BASE) -> Policy:
    threat = replace(base.thresholds(Category.THREAT), review=review, block=block)
    categories = tuple((key, threat if key is Category.THREAT else each) for key, each in base.categories)
    return replace(base, categories=categories)


def save(wanted: Policy, *, latest: int = 0, seen: int = 0) -> Policy:
    made = revise(BASE, wanted, latest=latest, seen=seen, actor="ada", reason="Too many.", now=NOW)
    assert made.number == latest + 1
    return made.policy


def test_a_saved_policy_has_a_version_of_its_own_and_keeps_the_notes() -> None:
    saved = save(with_threat(block=0.98))

    assert saved.version.startswith("default.1@")
    assert saved.thresholds(Category.THREAT).block == 0.98
    assert saved.thresholds(Category.SELF_HARM).note == BASE.thresholds(Category.SELF_HARM).note
    assert save(with_threat(block=0.97)).version != saved.version
    assert policy_of(BASE, content_of(saved), 1) == saved


def test_a_saved_policy_asks_the_second_lane_where_the_file_does() -> None:
    base = replace(BASE, band=Band(0.05, 0.95))
    assert revise(base, base, latest=0, seen=0, actor="ada", reason="r", now=NOW).policy.band == base.band


def test_what_two_policies_do_not_share_is_told_step_by_step() -> None:
    (change, other) = step_changes(BASE, with_threat(review=0.5, block=0.98))

    assert (change.category, change.step, change.before, change.after) == (
        Category.THREAT,
        "review",
        BASE.thresholds(Category.THREAT).review,
        0.5,
    )
    assert (other.step, other.before, other.after) == ("block", None, 0.98)
    assert step_changes(BASE, save(BASE)) == ()


def test_a_change_to_a_version_that_is_no_longer_the_last_is_refused() -> None:
    with pytest.raises(PolicyConflict, match="at version 2 by now, and this change was made on version 1"):
        save(with_threat(), latest=2, seen=1)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (with_threat(review=0.9, block=0.5), r"\[Threat\].*\[0.9, 0.5\] fall"),
        (with_threat(review=1.2), r"\[Threat\].*1.2 is not a number from 0 to 1"),
        (with_threat(review=float("nan")), r"\[Threat\].*nan is not a number"),
    ],
)
def test_steps_that_do_not_hold_are_refused_with_their_place(wrong: Policy, said: str) -> None:
    with pytest.raises(PolicyInvalid, match=said):
        save(wrong)
