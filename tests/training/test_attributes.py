"""Scores on the scale of Perspective's attributes, fitted and counted on comments made up here."""

import numpy as np
import pytest

from app.core.calibration import logit, sigmoid
from app.core.types import Action, Category, CategoryScore, Label, Verdict, Versions
from training.attributes import FEWEST_POSITIVES, THRESHOLDS, TOXIC_SHARE, _Comment, fit, flags

ROWS = 20_000


def verdict(harassment: float) -> Verdict:
    return Verdict(
        label=Label.SAFE,
        confidence=1.0,
        category=None,
        score=0.0,
        categories=tuple(
            CategoryScore(category, harassment if category is Category.HARASSMENT else 0.0)
            for category in Category
        ),
        action=Action.ALLOW,
        reasons=(),
        versions=Versions(model="m", lexicon="l", policy="p"),
        unavailable=(),
    )


def sample(*, slope: float, intercept: float) -> tuple[list[_Comment], list[Verdict]]:
    """Comments whose toxicity follows our scores by a scaling."""
    random = np.random.default_rng(3)
    scores = random.uniform(0.001, 0.6, ROWS)
    toxic = random.random(ROWS) < [sigmoid(slope * logit(score) + intercept) for score in scores]
    comments = [_Comment(text="x", labels={"toxic": bool(each), "insult": bool(each)}) for each in toxic]
    return comments, [verdict(score) for score in scores.tolist()]


def test_the_scaling_that_made_the_labels_is_found() -> None:
    comments, verdicts = sample(slope=1.5, intercept=-1.0)
    share = np.mean([comment.labels["toxic"] for comment in comments])
    found = fit(comments, verdicts)
    moved = logit(TOXIC_SHARE) - logit(float(share))
    assert found.keys() == {"TOXICITY", "INSULT"}
    assert found["INSULT"].slope == pytest.approx(1.5, abs=0.15)
    # Toxic comments are rarer on the pages than in the sample, and the intercept follows.
    assert found["INSULT"].intercept == pytest.approx(-1.0 + moved, abs=0.2)


def test_an_attribute_with_few_positives_is_left_as_it_is() -> None:
    comments, verdicts = sample(slope=1.0, intercept=0.0)
    few = [
        _Comment(text="x", labels={"toxic": place % 2 == 0, "threat": place < FEWEST_POSITIVES - 1})
        for place in range(len(comments))
    ]
    assert "THREAT" not in fit(few, verdicts)


def test_a_higher_threshold_flags_fewer_and_is_more_often_right() -> None:
    lines = [line for line in flags(*sample(slope=1.5, intercept=0.0)) if line[0] == "TOXICITY"]
    assert [float(line[1]) for line in lines] == list(THRESHOLDS)
    shares = [float(line[2].rstrip("%")) for line in lines]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > shares[-1]
