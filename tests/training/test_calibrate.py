import numpy as np

from training.calibrate import MOST_PROFANITY_WEIGHT, fit
from training.sources import CATEGORIES

ROWS = 4000


def test_the_fit_finds_the_scaling_it_was_given_and_never_inverts_evidence() -> None:
    random = np.random.default_rng(4)
    logits = random.normal(-1, 2, (ROWS, len(CATEGORIES)))
    second = random.normal(0, 2, logits.shape)
    chance = 1 / (1 + np.exp(-(0.5 * logits + 0.25 * second - 1)))
    targets = (random.random(logits.shape) < chance).astype(float)
    harmful = targets[:, :-2].max(axis=1)
    harmful[::5] = np.nan
    certain = random.random(logits.shape) < 0.8
    found = fit(
        [row[None] for row in logits],
        second=second,
        targets=targets,
        certain=certain,
        harmful=harmful,
        weights=np.ones(len(logits)),
    )
    for stack in found.categories:
        assert abs(stack.slope - 0.5) < 0.1
        assert abs(stack.second - 0.25) < 0.1
        assert abs(stack.intercept + 1) < 0.2
    assert all(weight >= 0 for weight in found.overall.weights)
    assert found.overall.weights[6] <= MOST_PROFANITY_WEIGHT
    assert found.overall.platt.slope > 0
    known = ~np.isnan(harmful)
    probabilities = [
        found.overall.probability(
            [stack.probability(*pair) for stack, *pair in zip(found.categories, row, also, strict=True)]
        )
        for row, also in zip(logits[known][:500].tolist(), second[known][:500].tolist(), strict=True)
    ]
    assert abs(np.mean(probabilities) - harmful[known][:500].mean()) < 0.05


def test_a_text_counts_by_its_worst_window() -> None:
    random = np.random.default_rng(5)
    worst = random.normal(-1, 2, (ROWS, len(CATEGORIES)))
    targets = (random.random(worst.shape) < 1 / (1 + np.exp(-worst))).astype(float)
    arguments = {
        "second": np.zeros_like(worst),
        "targets": targets,
        "certain": np.ones(worst.shape, dtype=bool),
        "harmful": targets[:, :-2].max(axis=1),
        "weights": np.ones(ROWS),
    }
    alone = fit([row[None] for row in worst], **arguments)
    among_calm = fit([np.vstack([row - 20, row, row - 30]) for row in worst], **arguments)
    assert among_calm == alone
