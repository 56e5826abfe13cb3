"""What another policy would have done, against the policy's own decisions."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.core.policy import Policy, Thresholds, decide
from app.core.policy_trial import SECTIONS, Sample, ScoredPost
from app.core.types import Action, Category, Classification, NormalizedText, Outage, Signal

steps = st.none() | st.floats(0, 1)


def policy_with(review: float | None = None, block: float | None = None, **categories: Thresholds) -> Policy:
    return Policy(
        "p",
        Thresholds(review=review, block=block),
        tuple((each, categories.get(each.value, Thresholds())) for each in Category),
    )


def scored(overall: float, *, threat: float = 0.0, blocked: bool | None = None) -> ScoredPost:
    scores = {"overall": overall, "threat": threat}
    return ScoredPost(tuple(scores.get(each, 0.0) for each in SECTIONS), needs_person=False, blocked=blocked)


def test_a_stricter_policy_sends_more_to_review_and_a_milder_one_misses_some() -> None:
    sample = Sample(
        [scored(0.2), scored(0.6), scored(0.7, blocked=True), scored(0.75, blocked=False), scored(0.95)]
    )
    now = policy_with(review=0.7)

    stricter, milder = (sample.compare(now, policy_with(review=each)) for each in (0.5, 0.9))

    assert (stricter.held_more, stricter.held_less, stricter.held_now, stricter.held) == (1, 0, 3, 4)
    assert (milder.held_more, milder.held_less, milder.missed, milder.spared) == (0, 2, 1, 1)
    assert sample.compare(now, now).changes_nothing


def test_blocking_counts_the_posts_that_people_let_stand() -> None:
    sample = Sample([scored(0, threat=0.9, blocked=False), scored(0, threat=0.99, blocked=True)])
    now = policy_with(threat=Thresholds(review=0.5))

    found = sample.compare(now, policy_with(threat=Thresholds(review=0.5, block=0.9)))

    assert (found.blocked_more, found.wronged, found.held_more) == (2, 1, 0)
    assert sample.compare(policy_with(threat=Thresholds(block=0.9)), now).blocked_less == 2
    assert (sample.reached("threat", 0.95), sample.reached("threat", None)) == (1, 0)
    assert sum(sample.bands("threat", 10)) == 2


def test_no_posts_are_tried_without_complaint() -> None:
    found = Sample([]).compare(policy_with(review=0.1), policy_with(review=0.2))

    assert (found.posts, found.changes_nothing) == (0, True)


@given(
    st.lists(st.floats(0, 1), min_size=len(SECTIONS), max_size=len(SECTIONS)),
    st.lists(st.tuples(steps, steps), min_size=len(SECTIONS), max_size=len(SECTIONS)),
    st.booleans(),
)
def test_a_trial_holds_and_blocks_what_the_policy_itself_does(
    scores: list[float], pairs: list[tuple[float | None, float | None]], broken: bool
) -> None:
    sections = [Thresholds(review=review, block=block) for review, block in pairs]
    policy = Policy("p", sections[0], tuple(zip(Category, sections[1:], strict=True)))
    signals = [
        Signal("m", None if place == 0 else list(Category)[place - 1], score)
        for place, score in enumerate(scores)
    ]
    outages = (Outage("n", "broke"),) if broken else ()
    verdict = decide(
        Classification(tuple(signals), outages),
        text=NormalizedText("x", "x"),
        policy=policy,
        model="m",
        lexicon="l",
    )
    post = ScoredPost(tuple(scores), needs_person=bool(verdict.unavailable), blocked=None)
    nothing = replace(
        policy, overall=Thresholds(), categories=tuple((each, Thresholds()) for each in Category)
    )

    found = Sample([post]).compare(nothing, policy)

    assert found.held == (verdict.action is not Action.ALLOW)
    assert found.blocked_more == (verdict.action is Action.BLOCK)
