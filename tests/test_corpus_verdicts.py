"""The corpus through the whole judge, bundled model included: benign twins are called safe."""

import json
import math
from pathlib import Path

import pytest

from app import bootstrap
from app.core.policy import Policy
from app.core.types import Action, Category, Label, Verdict
from app.services.judge import Judge, Judgement
from app.settings import Settings

CORPUS = Path(__file__).parent / "corpus"


CLOSE = 0.2
"""Log-odds from a threshold within which the CPU's arithmetic may decide. A score of the corpus was moved by
0.11 between weights as brain floats, as half floats and in four bits."""


def lines(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


EVASIONS = lines("evasion") + lines("in_the_wild")
TEXTS = {case["id"]: case["text"] for case in lines("benign")}
TWINS = list(dict.fromkeys(case["twin"] for case in EVASIONS))
KNOWN_FAILURES = {case["id"]: case["why"] for case in lines("known_label_failures")}
AT_A_THRESHOLD = [case["id"] for case in lines("known_label_failures") if "close" in case]


@pytest.fixture(scope="module")
def judge() -> Judge:
    return bootstrap.build_judge(Settings())


@pytest.fixture(scope="module")
def twins(judge: Judge) -> dict[str, Judgement]:
    return dict(zip(TWINS, judge.judge([TEXTS[twin] for twin in TWINS]), strict=True))


@pytest.mark.parametrize(
    "twin",
    [
        pytest.param(
            twin, marks=pytest.mark.xfail(reason=KNOWN_FAILURES[twin], strict=twin not in AT_A_THRESHOLD)
        )
        if twin in KNOWN_FAILURES
        else twin
        for twin in TWINS
    ],
)
def test_a_benign_twin_is_safe(twins: dict[str, Judgement], twin: str) -> None:
    assert twins[twin].verdict.label is Label.SAFE


def test_known_label_failures_are_twins() -> None:
    assert KNOWN_FAILURES.keys() <= set(TWINS)


@pytest.mark.parametrize("twin", AT_A_THRESHOLD)
def test_only_what_is_at_a_threshold_may_go_either_way(
    judge: Judge, twins: dict[str, Judgement], twin: str
) -> None:
    assert abs(beyond_thresholds(twins[twin].verdict, judge.policy)) < CLOSE


def beyond_thresholds(verdict: Verdict, policy: Policy) -> float:
    """Log-odds by which the furthest score is past the threshold of the first label that is not safe."""
    steps = [(verdict.score, policy.overall.potentially_harmful)] + [
        (entry.score, policy.thresholds(entry.category).potentially_harmful) for entry in verdict.categories
    ]
    return max(log_odds(score) - log_odds(least) for score, least in steps if least is not None)


def log_odds(probability: float) -> float:
    return math.log(probability / (1 - probability))


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("I want to unalive myself", Category.SELF_HARM),
        ("k!ll y0urs3lf", Category.SELF_HARM),
        ("you are a worthless idiot and everyone hates you", Category.HARASSMENT),
        ("all immigrants are vermin and must be driven out", Category.HATE),
        ("I will find you and kill you", Category.THREAT),
        ("smash his skull in until he stops moving", Category.VIOLENCE),
        ("send nudes babe, I'm so horny", Category.SEXUAL),
        ("selling xans and percs, dm me on tele", Category.DRUGS),
    ],
)
def test_every_head_that_calls_for_a_person_is_alive(judge: Judge, text: str, category: Category) -> None:
    verdict = judge.judge([text])[0].verdict
    scores = {entry.category: entry.score for entry in verdict.categories}
    assert scores[category] > 0.5
    assert verdict.action is Action.REVIEW


def test_swearing_alone_is_marked_as_profanity(judge: Judge) -> None:
    verdict = judge.judge(["fuck this printer"])[0].verdict
    assert verdict.category is Category.PROFANITY
    assert verdict.label is Label.POTENTIALLY_HARMFUL
