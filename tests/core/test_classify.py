"""Two lanes together: what the second is asked about, and what neither may do to a verdict."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.classifiers.scripted import ScriptedClassifier
from app.core.classify import Band, Cascade
from app.core.errors import QueueFull
from app.core.policy import decide, parse_policy
from app.core.types import (
    Action,
    Category,
    Edit,
    Handover,
    Label,
    LaneVerdict,
    NormalizedText,
    Step,
    Verdict,
)

POLICY = parse_policy((Path(__file__).parents[2] / "policies" / "default.toml").read_text(encoding="utf-8"))
BAND = Band(low=0.2, high=0.8)
PROBABILITY = st.floats(0, 1)
SCORES = st.fixed_dictionaries({None: PROBABILITY, Category.HATE: PROBABILITY, Category.DRUGS: PROBABILITY})


def post(text: str = "a post", **parts: tuple[Edit, ...]) -> NormalizedText:
    return NormalizedText(original=text, plain=text, **parts)


def edit(*, ambiguous: bool) -> Edit:
    return Edit(start=0, end=1, surface="a", canonical="b", step=Step.LEXICON, ambiguous=ambiguous)


def cascade_of(first: ScriptedClassifier, second: ScriptedClassifier, *, language: str = "en") -> Cascade:
    return Cascade(first, second, band=BAND, language=lambda _: language)


def judged(cascade: Cascade, text: NormalizedText) -> Verdict:
    (found,) = cascade.classify([text])
    return decide(found, text=text, policy=POLICY, model=cascade.version, lexicon="l@1")


@pytest.mark.parametrize(
    ("score", "text", "language", "why"),
    [
        (0.1, post(), "en", None),
        (0.2, post(), "en", Handover.UNCERTAIN),
        (0.5, post(), "en", Handover.UNCERTAIN),
        (0.8, post(), "en", Handover.UNCERTAIN),
        (0.9, post(), "en", None),
        (0.1, post(hints=(edit(ambiguous=True),)), "en", Handover.AMBIGUOUS),
        (0.1, post(edits=(edit(ambiguous=True),)), "en", Handover.AMBIGUOUS),
        (0.1, post(edits=(edit(ambiguous=False),)), "en", None),
        (0.1, post(), "de", Handover.LANGUAGE),
    ],
)
def test_the_second_lane_is_asked_where_the_first_is_not_enough(
    score: float, text: NormalizedText, language: str, why: Handover | None
) -> None:
    first = ScriptedClassifier({"a post": {None: score}})
    second = ScriptedClassifier({"a post": {None: 0.01}})
    (found,) = cascade_of(first, second, language=language).classify([text])
    assert found.handover is why
    sources = {signal.source for signal in found.signals}
    assert sources == ({first.version, second.version} if why else {first.version})


def test_where_the_first_lane_gives_no_answer_the_second_is_asked_and_a_person_too() -> None:
    first, second = ScriptedClassifier({}), ScriptedClassifier({"a post": {None: 0.01}})
    first.fail("it broke")
    verdict = judged(cascade_of(first, second), post())
    assert verdict.action is Action.REVIEW
    assert [lane.model for lane in verdict.lanes] == [second.version]
    assert verdict.unavailable == (first.version,)


def test_every_text_keeps_its_place() -> None:
    first = ScriptedClassifier({"one": {None: 0.5}, "two": {None: 0.1}, "three": {None: 0.5}})
    second = ScriptedClassifier({"one": {None: 0.61}, "two": {None: 0.62}, "three": {None: 0.63}})
    found = cascade_of(first, second).classify([post("one"), post("two"), post("three")])
    assert [[signal.score for signal in each.signals] for each in found] == [[0.5, 0.61], [0.1], [0.5, 0.63]]


def test_a_verdict_shows_what_each_lane_would_have_answered_alone_and_why_both_were_asked() -> None:
    first = ScriptedClassifier({"a post": {None: 0.5, Category.HATE: 0.1}})
    second = ScriptedClassifier({"a post": {None: 0.9, Category.HATE: 0.95}})
    verdict = judged(cascade_of(first, second), post())
    assert set(verdict.lanes) == {
        LaneVerdict(model=first.version, label=Label.SAFE, category=None, score=0.5),
        LaneVerdict(model=second.version, label=Label.EXTREMELY_HARMFUL, category=Category.HATE, score=0.9),
    }
    assert (verdict.label, verdict.category, verdict.score) == (Label.EXTREMELY_HARMFUL, Category.HATE, 0.9)
    assert "The first model was not sure, so a second one was asked." in verdict.reasons


def test_one_lane_that_was_enough_is_no_list() -> None:
    first = ScriptedClassifier({"a post": {None: 0.1}})
    assert judged(cascade_of(first, ScriptedClassifier({})), post()).lanes == ()


@given(SCORES, SCORES)
def test_a_second_lane_never_lowers_an_action_or_a_label(
    one: dict[Category | None, float], other: dict[Category | None, float]
) -> None:
    first, second = ScriptedClassifier({"a post": one}), ScriptedClassifier({"a post": other})
    (alone,) = first.classify([post()])
    before = decide(alone, text=post(), policy=POLICY, model="m@1", lexicon="l@1")
    after = judged(cascade_of(first, second), post())
    assert after.action.strength >= before.action.strength
    assert after.label.severity >= before.label.severity


@given(SCORES)
def test_an_outage_of_the_second_lane_is_a_review_where_it_was_needed_and_nothing_elsewhere(
    scores: dict[Category | None, float],
) -> None:
    first, second = ScriptedClassifier({"a post": scores}), ScriptedClassifier({})
    second.fail("it broke")
    verdict = judged(cascade_of(first, second), post())
    if BAND.holds(scores[None]):
        assert verdict.action is not Action.ALLOW
        assert verdict.unavailable == (second.version,)
    else:
        assert verdict.unavailable == ()


def test_a_full_queue_of_the_second_lane_is_a_full_queue() -> None:
    first, second = ScriptedClassifier({"a post": {None: 0.5}}), ScriptedClassifier({})
    second.fill_queue()
    with pytest.raises(QueueFull):
        cascade_of(first, second).classify([post()])


def test_the_version_names_both() -> None:
    first, second = ScriptedClassifier({}), ScriptedClassifier({"a post": {None: 0.5}})
    cascade = cascade_of(first, second)
    assert cascade.version == f"{first.version}+{second.version}"
    cascade.close()
