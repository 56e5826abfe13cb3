import numpy as np

from training.calibrate import MOST_PROFANITY_WEIGHT, fit
from training.sources import CATEGORIES

ROWS = 4000


def test_the_fit_finds_the_scaling_it_was_given_and_never_inverts_evidence() -> None:
    random = np.random.default_rng(4)
    logits = random.normal(-1, 2, (ROWS, len(CATEGORIES)))
    targets = (random.random(logits.shape) < 1 / (1 + np.exp(-(0.5 * logits - 1)))).astype(float)
    harmful = targets[:, :-2].max(axis=1)
    harmful[::5] = np.nan
    certain = random.random(logits.shape) < 0.8
    found = fit(logits, targets=targets, certain=certain, harmful=harmful, weights=np.ones(len(logits)))
    assert all(abs(platt.slope - 0.5) < 0.1 and abs(platt.intercept + 1) < 0.2 for platt in found.categories)
    assert all(weight >= 0 for weight in found.overall.weights)
    assert found.overall.weights[6] <= MOST_PROFANITY_WEIGHT
    assert found.overall.platt.slope > 0
    known = ~np.isnan(harmful)
    probabilities = [
        found.overall.probability(
            [platt.probability(x) for platt, x in zip(found.categories, row, strict=True)]
        )
        for row in logits[known][:500].tolist()
    ]
    assert abs(np.mean(probabilities) - harmful[known][:500].mean()) < 0.05
