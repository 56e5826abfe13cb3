import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.perspective_scale import EVEN, on_their_scale
from app.core.taxonomies import (
    OPENAI_CATEGORIES,
    PERSPECTIVE_ATTRIBUTES,
    is_flagged,
    openai_flags,
    openai_scores,
    perspective_attribute,
    perspective_probability,
    perspective_score,
)
from app.core.types import Action, Category, CategoryScore, Label, Verdict, Versions


def verdict(
    scores: dict[Category, float], *, action: Action = Action.REVIEW, category: Category | None = None
) -> Verdict:
    return Verdict(
        label=Label.HARMFUL,
        confidence=0.9,
        category=category,
        score=0.9,
        categories=tuple(CategoryScore(each, scores.get(each, 0.0)) for each in Category),
        action=action,
        reasons=(),
        versions=Versions("model", "lexicon", "policy"),
    )


def test_there_are_thirteen_and_each_has_a_score_and_a_flag() -> None:
    assert len(set(OPENAI_CATEGORIES)) == 13
    assert tuple(openai_scores(verdict({}))) == OPENAI_CATEGORIES == tuple(openai_flags(verdict({})))


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ({Category.HARASSMENT: 0.9}, {"harassment": 0.9}),
        (
            {Category.HARASSMENT: 0.9, Category.THREAT: 0.7},
            {"harassment": 0.9, "harassment/threatening": 0.7, "violence": 0.7},
        ),
        (
            {Category.HATE: 0.6, Category.VIOLENCE: 0.8},
            {"hate": 0.6, "hate/threatening": 0.6, "violence": 0.8},
        ),
        ({Category.SELF_HARM: 0.9}, {"self-harm": 0.9, "self-harm/intent": 0.9}),
        ({Category.SEXUAL: 0.9}, {"sexual": 0.9}),
        ({Category.DRUGS: 0.9}, {"illicit": 0.9}),
        ({Category.PROFANITY: 0.9}, {}),
    ],
)
def test_our_scores_answer_theirs(scores: dict[Category, float], expected: dict[str, float]) -> None:
    found = openai_scores(verdict(scores))
    assert {name: score for name, score in found.items() if score} == expected


def test_what_is_likely_is_true_of_a_flagged_text_and_of_no_other() -> None:
    scores = {Category.HATE: 0.8, Category.SEXUAL: 0.4}
    flags = openai_flags(verdict(scores))
    assert {name for name, is_true in flags.items() if is_true} == {"hate"}
    assert not any(openai_flags(verdict(scores, action=Action.ALLOW)).values())


def test_a_flagged_text_has_a_category_even_where_none_is_likely() -> None:
    flags = openai_flags(verdict({Category.SELF_HARM: 0.3}, category=Category.SELF_HARM))
    assert {name for name, is_true in flags.items() if is_true} == {"self-harm", "self-harm/intent"}


@given(
    st.fixed_dictionaries({each: st.floats(0, 1) for each in Category}),
    st.sampled_from(Action),
    st.sampled_from([None, *Category]),
)
def test_scores_stay_probabilities_and_flags_agree_with_the_whole(
    scores: dict[Category, float], action: Action, category: Category | None
) -> None:
    found = verdict(scores, action=action, category=category)
    assert all(0 <= score <= 1 for score in openai_scores(found).values())
    assert not any(openai_flags(found).values()) or is_flagged(found)


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("TOXICITY", "TOXICITY"),
        ("TOXICITY_FAST", "TOXICITY"),
        ("IDENTITY_ATTACK_EXPERIMENTAL", "IDENTITY_ATTACK"),
        ("SPAM", None),
        ("REASONING_EXPERIMENTAL", None),
        ("toxicity", None),
    ],
)
def test_names_of_perspective_are_answered_or_not(name: str, answers: str | None) -> None:
    assert perspective_attribute(name) == answers


def test_foul_words_alone_are_rude_and_not_severe() -> None:
    swearing = verdict({Category.PROFANITY: 0.9})
    insulting = verdict({Category.PROFANITY: 0.9, Category.HARASSMENT: 0.9})
    assert perspective_probability(swearing, "PROFANITY") == 0.9
    assert 0.5 < perspective_score(swearing, "TOXICITY") < perspective_score(insulting, "TOXICITY")
    assert perspective_score(swearing, "SEVERE_TOXICITY") == 0
    assert perspective_probability(insulting, "SEVERE_TOXICITY") == 0.9
    assert perspective_score(insulting, "SEVERE_TOXICITY") < 0.5


@pytest.mark.parametrize("attribute", PERSPECTIVE_ATTRIBUTES)
def test_what_as_many_are_flagged_at_as_people_flagged_is_half(attribute: str) -> None:
    even = EVEN.get(attribute, 0.5)

    assert 0 < even < 1
    assert on_their_scale(attribute, even) == pytest.approx(0.5)
    assert (on_their_scale(attribute, 0.0), on_their_scale(attribute, 1.0)) == (0.0, 1.0)


@given(st.fixed_dictionaries({each: st.floats(0, 1) for each in Category}))
def test_what_is_severe_is_toxic(scores: dict[Category, float]) -> None:
    found = verdict(scores)

    severe, toxic = (perspective_score(found, name) for name in ("SEVERE_TOXICITY", "TOXICITY"))
    assert severe <= toxic + 1e-9


@given(st.fixed_dictionaries({each: st.floats(0, 1) for each in Category}), st.sampled_from(Category))
def test_more_evidence_never_lowers_an_attribute(scores: dict[Category, float], category: Category) -> None:
    for attribute in PERSPECTIVE_ATTRIBUTES:
        before = perspective_score(verdict(scores), attribute)
        after = perspective_score(verdict(scores | {category: 1.0}), attribute)
        assert 0 <= before <= after <= 1
