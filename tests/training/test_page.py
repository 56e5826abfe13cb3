"""The tables of the model's page from the figures in the card, which training.evaluate wrote there."""

import json
from pathlib import Path
from typing import Any

import pytest

from training.page import metrics_page, table

ROOT = Path(__file__).parents[2]


@pytest.fixture
def figures() -> dict[str, Any]:
    interval = {"value": 0.9, "low": 0.8, "high": 1.0}
    rates = {"macro_f1": 0.7, "precision": None, "recall": 0.5, "false_positive_rate": 0.1}
    one = {
        "labelled": 10,
        "positives": 4,
        "auroc": interval,
        "auprc": interval,
        "label": rates,
        "reviewed": rates,
        "calibration_error": 0.05,
        "categories": [
            {"category": "hate", "positives": 2, "auroc": interval, "auprc": interval, "flagged": rates}
        ],
        "lengths": [{"name": "1 to 10 words", "auroc": interval}],
        "severity": {"rows": 4, "exact": 0.5, "within_one_step": 0.75, "confusion": [[1, 0, 0, 0]] * 4},
    }
    disguise = {"clean": rates, "families": {"leet": rates}}
    return {
        "sets": {"severity_held_back": one},
        "benign": {"code": 0.014},
        "obfuscation": disguise,
        "obfuscation_without_normalizer": disguise,
        "company": {"alone": rates, "amid": {"amid 2 innocent sentences": rates}},
        "identity": {"groups": {"Poles": 0.05}, "false_positive_rate": 0.015, "gap": 0.05},
        "quantization": {"auroc_lost": {"severity_held_back": 0.001}},
        "baseline": {"severity_held_back": {"any harm": 0.8, "hate": 0.7}},
    }


@pytest.mark.parametrize(
    "line",
    [
        "| severity_held_back | 10 | 4 | 0.900 (0.800 to 1.000) | 0.900 (0.800 to 1.000) | 0.700 | – |",
        "| severity_held_back | hate | 2 | 0.900 (0.800 to 1.000) |",
        "| code | 0.014 |",
        "| leet | 0.500 | 0.100 | 0.500 | 0.100 |",
        "| amid 2 innocent sentences | 0.500 | 0.100 |",
        "| Poles | 0.050 |",
        "| severity_held_back | +0.0010 |",
        "| severity_held_back | hate | 0.700 | 0.900 |",
        "| severity: at most one step away | 0.750 | ",
        "at most one step away in 0.750",
    ],
)
def test_every_figure_has_its_line(figures: dict[str, Any], line: str) -> None:
    assert line in metrics_page(figures, plot="plot.svg")


def test_a_table_has_as_many_cells_in_each_line() -> None:
    assert {row.count("|") for row in table(("a", "b"), [["1", "2"]]).splitlines()} == {3}


def test_the_page_shows_the_figures_of_the_card() -> None:
    card = json.loads((ROOT / "models" / "plainspeak-mini.Q4_K_M.card.json").read_text(encoding="utf-8"))
    page = (ROOT / "docs" / "models" / "plainspeak-mini.md").read_text(encoding="utf-8")
    for name in ("jigsaw_test_subset", "dghs_test", "severity_held_back"):
        found = card["metrics"][name]["auroc"]
        assert f"{found['value']:.3f} ({found['low']:.3f} to {found['high']:.3f})" in page
