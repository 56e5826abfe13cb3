"""How much is flagged beside what people flagged."""

import numpy as np
import pytest

from app.core.perspective_scale import EVEN
from app.core.types import Action, Category, CategoryScore, Label, Verdict, Versions
from benchmarks.perspective_scale import CLEAN, COMMENTS, LABELLED, Labels, beside_shares, by_attribute, even


def verdict(harassment: float) -> Verdict:
    return Verdict(
        label=Label.SAFE,
        confidence=0.9,
        category=None,
        score=harassment,
        categories=tuple(
            CategoryScore(each, harassment if each is Category.HARASSMENT else 0.0) for each in Category
        ),
        action=Action.ALLOW,
        reasons=(),
        versions=Versions("model", "lexicon", "policy"),
    )


def test_a_sample_rich_in_labels_counts_as_the_whole_set_does() -> None:
    labels = Labels(
        positive=np.array([True] * 6 + [False] * 4), clean=np.array([False] * 8 + [True] * 2), rate=0.05
    )

    weights = labels.weights(np.ones(10, dtype=bool))

    assert weights.sum() == pytest.approx(1)
    assert weights[:6].sum() == pytest.approx(0.05)
    assert weights[8:].sum() == pytest.approx(CLEAN / COMMENTS)


def test_as_many_are_flagged_as_people_flagged() -> None:
    # Nine in ten comments are clean and score lower than the labelled ones, but for one.
    clean = np.array([True] * 900 + [False] * 100)
    probabilities = np.concatenate([np.linspace(0.0, 0.4, 899), [0.95], np.linspace(0.5, 0.9, 100)])
    labels = Labels(positive=~clean, clean=clean, rate=1 - CLEAN / COMMENTS)

    middle = even(probabilities, labels, among=np.ones(1000, dtype=bool))

    flagged = labels.weights(np.ones(1000, dtype=bool))[probabilities >= middle].sum()
    assert flagged == pytest.approx(labels.rate, abs=0.002)
    assert 0.5 < middle < 0.52


def test_each_attribute_is_shown_before_and_after() -> None:
    labels = [{name: int(place < 20) for name, _ in LABELLED.values()} for place in range(100)]
    verdicts = [verdict(0.9 - place / 100 if place < 20 else 0.01) for place in range(100)]

    found = by_attribute(labels, verdicts)

    assert set(found) == set(LABELLED) <= set(EVEN)
    # Nothing here says that somebody is threatened, so no probability has as many comments above it.
    assert found["THREAT"] is None
    insult = found["INSULT"]
    assert isinstance(insult, dict)
    assert (insult["comments"], insult["positives"], insult["labelled"]) == (100, 20, 0.0536)
    assert insult["before"]["0.5"] == pytest.approx(0.0536, abs=0.003)
    assert insult["after"]["0.5"] == pytest.approx(0.0536, abs=0.01)
    assert insult["after"]["0.5"] >= insult["after"]["0.7"] >= insult["after"]["0.9"]


def test_the_shares_of_raters_stand_beside_what_is_flagged() -> None:
    found = beside_shares([0.0, 0.5, 1.0, 1.0], [verdict(each) for each in (0.0, 0.2, 0.71, 1.0)])

    assert found["share_of_raters"] == {"0.5": 0.75, "0.7": 0.5, "0.8": 0.5, "0.9": 0.5}
    assert found["before"] == {"0.5": 0.5, "0.7": 0.5, "0.8": 0.25, "0.9": 0.25}
    assert found["after"] == {"0.5": 0.5, "0.7": 0.25, "0.8": 0.25, "0.9": 0.25}
    assert (found["comments"], found["mean_share"]) == (4, 0.625)
