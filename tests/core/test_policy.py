"""Evidence becomes a verdict: what every policy must keep to, and what the committed one says."""

import math
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.classify import Band
from app.core.errors import PolicyInvalid
from app.core.policy import Policy, Thresholds, decide, parse_policy
from app.core.types import (
    Action,
    Category,
    Classification,
    Edit,
    Label,
    NormalizedText,
    Outage,
    Signal,
    Step,
    Verdict,
)

_STEPS = {Category.HATE: (0.60, 0.90), Category.THREAT: (0.50, 0.75)}
OWN = 'name = "default"\n\n[overall]  \nreview = 0.5\n' + "".join(
    f"\n[categories.{category.value}]\nharmful = {harmful:.2f}\nextremely_harmful = {extreme:.2f}\n"
    'review = 0.40\nnote = "This is a note"\n'
    for category in Category
    for harmful, extreme in [_STEPS.get(category, (0.65, 0.95))]
)
"""A policy whose numbers do not change with the model."""
DEFAULT = (Path(__file__).parents[2] / "policies" / "default.toml").read_text(encoding="utf-8")
TEXT = NormalizedText("a post", "a post")

PROBABILITY = st.floats(0, 1)


@st.composite
def thresholds(draw: st.DrawFn) -> Thresholds:
    def steps(count: int) -> list[float | None]:
        rising = sorted(draw(st.lists(PROBABILITY, min_size=count, max_size=count)))
        return [step if draw(st.booleans()) else None for step in rising]

    potentially_harmful, harmful, extremely_harmful = steps(3)
    review, block = steps(2)
    return Thresholds(
        potentially_harmful=potentially_harmful,
        harmful=harmful,
        extremely_harmful=extremely_harmful,
        review=review,
        block=block,
        note=draw(st.sampled_from(["", "Note."])),
    )


POLICIES = st.builds(
    lambda overall, each: Policy(
        version="any@1", overall=overall, categories=tuple(zip(Category, each, strict=True))
    ),
    thresholds(),
    st.tuples(*[thresholds()] * len(Category)),
)
SIGNALS = st.builds(
    Signal, source=st.just("m@1"), category=st.none() | st.sampled_from(Category), score=PROBABILITY
)
OUTAGES = st.lists(st.builds(Outage, source=st.just("m@2"), reason=st.just("it broke")), max_size=2).map(
    tuple
)
EVIDENCE = st.lists(SIGNALS, min_size=1, max_size=12)


def verdict_of(
    signals: list[Signal],
    *,
    policy: Policy,
    unavailable: tuple[Outage, ...] = (),
    text: NormalizedText = TEXT,
) -> Verdict:
    evidence = Classification(signals=tuple(signals), unavailable=unavailable)
    return decide(evidence, text=text, policy=policy, model="m@1", lexicon="l@1")


@pytest.fixture
def policy() -> Policy:
    return parse_policy(DEFAULT)


@given(POLICIES, EVIDENCE, EVIDENCE, OUTAGES)
def test_more_evidence_never_lowers_the_action_or_the_label(
    policy: Policy, some: list[Signal], more: list[Signal], unavailable: tuple[Outage, ...]
) -> None:
    before = verdict_of(some, policy=policy)
    after = verdict_of(some + more, policy=policy, unavailable=unavailable)
    assert after.action.strength >= before.action.strength
    assert after.label.severity >= before.label.severity
    assert after.score >= before.score


@given(POLICIES, EVIDENCE, st.randoms(use_true_random=False), OUTAGES)
def test_the_order_of_signals_does_not_matter(
    policy: Policy, signals: list[Signal], random: Random, unavailable: tuple[Outage, ...]
) -> None:
    shuffled = random.sample(signals, len(signals))
    assert verdict_of(shuffled, policy=policy, unavailable=unavailable) == verdict_of(
        signals, policy=policy, unavailable=unavailable
    )


@given(POLICIES, st.lists(SIGNALS, max_size=12))
def test_an_outage_is_never_allowed(policy: Policy, signals: list[Signal]) -> None:
    verdict = verdict_of(signals, policy=policy, unavailable=(Outage("m@2", "it broke"),))
    assert verdict.action is not Action.ALLOW
    assert verdict.unavailable == ("m@2",)
    assert "m@2 could not answer: it broke" in verdict.reasons


@given(POLICIES, OUTAGES)
def test_without_evidence_nothing_is_called_safe(policy: Policy, unavailable: tuple[Outage, ...]) -> None:
    quiet = replace(
        policy, overall=Thresholds(), categories=tuple((category, Thresholds()) for category in Category)
    )
    verdict = verdict_of([], policy=quiet, unavailable=unavailable)
    assert (verdict.label, verdict.confidence) == (Label.POTENTIALLY_HARMFUL, 0)
    assert (verdict.action, verdict.category) == (Action.REVIEW, None)
    loud = verdict_of([], policy=policy, unavailable=unavailable)
    assert loud.label is not Label.SAFE
    assert loud.action is not Action.ALLOW
    assert loud.confidence == 0


@given(POLICIES, EVIDENCE, OUTAGES)
def test_a_verdict_is_whole(policy: Policy, signals: list[Signal], unavailable: tuple[Outage, ...]) -> None:
    verdict = verdict_of(signals, policy=policy, unavailable=unavailable)
    assert 0 <= verdict.confidence <= 1
    assert [each.category for each in verdict.categories] == list(Category)
    assert (verdict.category is None) == (verdict.label is Label.SAFE)


def test_the_default_policy_blocks_nothing_and_covers_every_category(policy: Policy) -> None:
    assert policy.version.startswith("default@")
    assert [category for category, _ in policy.categories] == list(Category)
    assert all(each.potentially_harmful is not None for _, each in policy.categories)
    everything = [Signal("m@1", category, 1.0) for category in (*Category, None)]
    assert verdict_of(everything, policy=policy).action is Action.REVIEW


def test_swearing_alone_is_marked_and_left_alone(policy: Policy) -> None:
    verdict = verdict_of([Signal("m@1", Category.PROFANITY, 0.99), Signal("m@1", None, 0.2)], policy=policy)
    assert (verdict.label, verdict.action) == (Label.POTENTIALLY_HARMFUL, Action.ALLOW)
    assert (verdict.category, verdict.confidence) == (Category.PROFANITY, 0.99)


def test_a_cry_for_help_goes_to_a_person_with_a_note(policy: Policy) -> None:
    verdict = verdict_of([Signal("m@1", Category.SELF_HARM, 0.7), Signal("m@1", None, 0.6)], policy=policy)
    assert (verdict.label, verdict.action) == (Label.EXTREMELY_HARMFUL, Action.REVIEW)
    assert verdict.reasons[0] == "Self-harm 0.70: extremely harmful."
    assert verdict.reasons[1] == policy.thresholds(Category.SELF_HARM).note


def test_a_safe_text_is_as_sure_as_its_score_is_low(policy: Policy) -> None:
    verdict = verdict_of([Signal("m@1", None, 0.1)], policy=policy)
    assert (verdict.label, verdict.action, verdict.category) == (Label.SAFE, Action.ALLOW, None)
    assert math.isclose(verdict.confidence, 0.9)
    assert verdict.reasons == ()


def test_a_source_that_says_nothing_of_the_whole_leaves_a_safe_text_as_unsure_as_its_category(
    policy: Policy,
) -> None:
    verdict = verdict_of([Signal("m@1", Category.HATE, 0.4)], policy=policy)
    assert (verdict.label, verdict.action) == (Label.SAFE, Action.ALLOW)
    assert math.isclose(verdict.confidence, 0.6)


def test_the_reason_names_the_overall_score_where_no_category_reached_the_label(policy: Policy) -> None:
    verdict = verdict_of([Signal("m@1", None, 0.85), Signal("m@1", Category.HATE, 0.3)], policy=policy)
    assert verdict.label is Label.HARMFUL
    assert verdict.category is Category.HATE
    assert verdict.reasons == ("Overall 0.85: harmful. Closest category: Hate 0.30.",)


def test_reasons_count_what_is_written_in_code_and_quote_nothing(policy: Policy) -> None:
    edit = Edit(0, 7, "unalive", "kill", Step.LEXICON, note="A way to say kill.")
    text = NormalizedText("unalive", "kill", (edit,))
    (reason,) = verdict_of([Signal("m@1", None, 0.1)], policy=policy, text=text).reasons
    assert reason.startswith("Places written in code: 1.")
    assert "unalive" not in reason


def test_the_version_moves_with_the_content() -> None:
    assert parse_policy(DEFAULT).version == parse_policy(DEFAULT).version
    assert parse_policy(DEFAULT + "\n").version != parse_policy(DEFAULT).version


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('name = "default"', "name = ", "not TOML"),
        ('name = "default"', "name = 3", "'name' in the policy is 3"),
        ('name = "default"', 'name = "default"\nnmae = 1', "nmae"),
        ("[categories.hate]", "[categories.hat]", r"unknown sections \['hat'\] and lacks \['hate'\]"),
        ("[overall]  ", "[[overall]]  ", "'overall' in the policy is .* not a section"),
        ("harmful = 0.60", "harmfull = 0.60", r"\[categories.hate\] .*'harmfull'"),
        (
            "extremely_harmful = 0.90",
            "extremely_harmful = 1.5",
            r"\[categories.hate\] .*extremely_harmful is 1.5",
        ),
        (
            "extremely_harmful = 0.90",
            "extremely_harmful = nan",
            r"\[categories.hate\] .*extremely_harmful is nan",
        ),
        ("extremely_harmful = 0.90", "extremely_harmful = true", r"\[categories.hate\] .*is True"),
        ("extremely_harmful = 0.90", 'extremely_harmful = "0.9"', r"\[categories.hate\] .*is '0.9'"),
        ("extremely_harmful = 0.90", "extremely_harmful = 0.1", r"\[categories.hate\] .*fall"),
        ("extremely_harmful = 0.75", "block = 0.1", r"\[categories.threat\] .*fall"),
        ('note = "This', 'note = 3 # "This', "'categories.harassment.note' in the policy is 3"),
    ],
)
def test_a_policy_that_cannot_be_used_names_the_place(old: str, new: str, said: str) -> None:
    assert old in OWN
    head, _, rest = OWN.partition(old)
    with pytest.raises(PolicyInvalid, match=said):
        parse_policy(head + new + rest)


def test_a_category_must_be_a_section() -> None:
    lines = "".join(f"{category.value} = 0.5\n" for category in Category)
    with pytest.raises(PolicyInvalid, match=r"'categories\.harassment' in the policy is 0\.5"):
        parse_policy(f"[categories]\n{lines}")


def test_a_policy_may_set_the_band_where_a_second_lane_is_asked() -> None:
    assert parse_policy(OWN).band == Band()
    assert parse_policy(OWN + "[cascade]\nlow = 0.3\n").band == Band(low=0.3, high=Band().high)


@pytest.mark.parametrize(
    ("section", "said"),
    [("lo = 0.3", "'lo'"), ("low = 2", "low is 2"), ("low = 0.6\nhigh = 0.5", "Swap them")],
)
def test_a_band_that_cannot_be_used_names_the_place(section: str, said: str) -> None:
    with pytest.raises(PolicyInvalid, match=rf"\[cascade\] .*{said}"):
        parse_policy(f"{OWN}[cascade]\n{section}\n")
