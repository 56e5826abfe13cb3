"""A person is asked where the machine does not allow, and their rulings move the item on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import ReviewConflict
from app.core.review import Decision, Lane, ReviewItem, advance, lane_of, open_item, priority_of
from app.core.types import (
    Action,
    Category,
    Label,
    LaneVerdict,
    NormalizedText,
    ReviewState,
    Ruling,
    RulingAction,
    Verdict,
    Versions,
)

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


def verdict(
    *,
    label: Label = Label.HARMFUL,
    category: Category | None = Category.THREAT,
    score: float = 0.9,
    action: Action = Action.REVIEW,
) -> Verdict:
    return Verdict(
        label=label,
        confidence=0.9,
        category=category,
        score=score,
        categories=(),
        action=action,
        reasons=(),
        versions=Versions("m", "l", "p"),
    )


LANE = LaneVerdict("m", Label.HARMFUL, Category.THREAT, 0.9)


@pytest.mark.parametrize(
    ("lanes", "unavailable", "lane"),
    [
        ((), (), Lane.FIRST),
        ((LANE, LANE), (), Lane.SECOND),
        ((LANE,), (), Lane.EARLY),
        ((LANE,), ("second@1",), Lane.INCOMPLETE),
        ((), ("first@1",), Lane.INCOMPLETE),
    ],
)
def test_an_item_says_which_lanes_gave_its_verdict(
    lanes: tuple[LaneVerdict, ...], unavailable: tuple[str, ...], lane: Lane
) -> None:
    answer = replace(verdict(), lanes=lanes, unavailable=unavailable, language="de")
    item = open_item(decision(answer), item_id="r-1", now=NOW)
    assert item is not None
    assert (lane_of(answer), item.lane, item.language) == (lane, lane, "de")


def decision(answer: Verdict) -> Decision:
    return Decision(
        id="d-1",
        created_at=NOW,
        content_id=None,
        author_id=None,
        text=NormalizedText("a", "a"),
        context=(),
        text_hash="hmac-sha256:00",
        verdict=answer,
        latency_ms=1.0,
    )


def item(*, state: ReviewState = ReviewState.OPEN, version: int = 1) -> ReviewItem:
    opened = open_item(decision(verdict()), item_id="r-1", now=NOW)
    assert opened is not None
    return replace(opened, state=state, version=version)


def ruling(action: RulingAction) -> Ruling:
    return Ruling(action=action, actor="ada")


harmful_labels = st.sampled_from([label for label in Label if label is not Label.SAFE])
other_categories = st.sampled_from([category for category in Category if category is not Category.SELF_HARM])
scores = st.floats(0, 1)
verdicts = st.builds(
    verdict,
    label=st.sampled_from(Label),
    category=st.none() | st.sampled_from(Category),
    score=scores,
    action=st.sampled_from(Action),
)
unresolved = st.sampled_from([state for state in ReviewState if state is not ReviewState.RESOLVED])
actions = st.sampled_from(RulingAction)
versions = st.integers(1, 1000)


def test_a_decision_without_text_keeps_no_context_either() -> None:
    with pytest.raises(ValueError, match="context but no text"):
        replace(decision(verdict()), text=None, context=("an earlier post",))


@given(verdicts)
def test_priority_is_between_0_and_1(answer: Verdict) -> None:
    assert 0 <= priority_of(answer) <= 1


@given(scores, harmful_labels, scores, st.sampled_from(Label), other_categories)
def test_self_harm_comes_before_everything_else(
    own_score: float, own_label: Label, score: float, label: Label, category: Category
) -> None:
    self_harm = verdict(label=own_label, category=Category.SELF_HARM, score=own_score)
    assert priority_of(self_harm) > priority_of(verdict(label=label, category=category, score=score))


@given(scores, scores, st.sampled_from(Label), st.sampled_from(Label), st.sampled_from(Category))
def test_more_severe_comes_first_then_the_higher_score(
    score_1: float, score_2: float, label_1: Label, label_2: Label, category: Category
) -> None:
    lower, higher = sorted([(label_1.severity, score_1, label_1), (label_2.severity, score_2, label_2)])
    below = priority_of(verdict(label=lower[2], score=lower[1], category=category))
    above = priority_of(verdict(label=higher[2], score=higher[1], category=category))
    assert below <= above


@given(verdicts)
def test_an_item_is_opened_unless_the_verdict_allows(answer: Verdict) -> None:
    opened = open_item(decision(answer), item_id="r-1", now=NOW)
    if answer.action is Action.ALLOW:
        assert opened is None
    else:
        assert opened == ReviewItem(
            id="r-1",
            decision_id="d-1",
            state=ReviewState.OPEN,
            version=1,
            opened_at=NOW,
            priority=priority_of(answer),
            category=answer.category,
            label=answer.label,
            score=answer.score,
            action=answer.action,
            updated_at=NOW,
        )


@given(unresolved, versions, actions)
def test_a_ruling_changes_the_state_the_version_and_the_time(
    state: ReviewState, version: int, action: RulingAction
) -> None:
    before = item(state=state, version=version)
    after = advance(before, ruling(action), expected_version=version, now=LATER)
    expected = ReviewState.ESCALATED if action is RulingAction.ESCALATE else ReviewState.RESOLVED
    outcome = None if action is RulingAction.ESCALATE else action
    assert after == replace(before, state=expected, version=version + 1, updated_at=LATER, outcome=outcome)


@given(unresolved, versions, versions, actions)
def test_a_ruling_on_another_version_is_refused(
    state: ReviewState, version: int, seen: int, action: RulingAction
) -> None:
    if seen == version:
        seen += 1
    with pytest.raises(ReviewConflict, match=rf"{state} at version {version}, .* {seen}\. Reload"):
        advance(item(state=state, version=version), ruling(action), expected_version=seen, now=LATER)


@given(versions, actions)
def test_a_resolved_item_is_closed_for_good(version: int, action: RulingAction) -> None:
    resolved = item(state=ReviewState.RESOLVED, version=version)
    with pytest.raises(ReviewConflict, match=rf"already resolved \(version {version}\)\. Reload"):
        advance(resolved, ruling(action), expected_version=version, now=LATER)


@pytest.mark.parametrize("action", [RulingAction.ALLOW, RulingAction.BLOCK])
def test_an_escalated_item_may_still_be_decided(action: RulingAction) -> None:
    escalated = advance(item(), ruling(RulingAction.ESCALATE), expected_version=1, now=NOW)
    decided = advance(escalated, ruling(action), expected_version=2, now=LATER)
    assert (decided.state, decided.version) == (ReviewState.RESOLVED, 3)
