"""The recipe and the preparation end to end on a handful of rows; training itself needs torch."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.types import Category
from training.evaluate import metrics_table
from training.prepare import RECIPE, prepare
from training.recipe import read_recipe
from training.sources import CATEGORIES

NAMES = [category.value for category in CATEGORIES]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("training")
    (folder / "data" / "train").mkdir(parents=True)
    (folder / "data" / "dev").mkdir()
    rows = [
        {"text": f"you are a vile thing {number}", "harm": {"hate": 1}, "harmful": True}
        for number in range(30)
    ] + [
        {"text": f"what a lovely day it is {number}", "harm": {"hate": 0}, "harmful": False}
        for number in range(30)
    ]
    write(folder / "data" / "train" / "olid.jsonl", rows)
    write(folder / "data" / "train" / "stranger.jsonl", rows)
    write(folder / "data" / "dev" / "test.jsonl", [{"text": "You are a VILE thing 3!"}])
    recipe = replace(read_recipe(RECIPE), handmade_variants=1, dev_share=0.2)
    prepare(data=folder / "data", run=folder / "run", recipe=recipe)
    return folder / "run"


def write(path: Path, rows: list[dict[str, object]]) -> None:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")


def rows_of(run: Path, part: str) -> list[dict[str, object]]:
    return [
        json.loads(line) for line in (run / f"rows-{part}.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def test_the_committed_recipe_is_read_whole() -> None:
    recipe = read_recipe(RECIPE)
    assert recipe.train.max_tokens > 0
    assert set(recipe.overall_without) <= set(recipe.source)


def test_rows_are_whole_and_on_one_side_only(run: Path) -> None:
    parts = {part: rows_of(run, part) for part in ("train", "dev", "held")}
    assert all(parts.values())
    for row in [row for rows in parts.values() for row in rows]:
        assert isinstance(row["targets"], list)
        assert all(0 <= target <= 1 for target in row["targets"])
        assert len(row["targets"]) == len(NAMES)
    texts = [{str(row["text"]) for row in rows} for rows in parts.values()]
    assert not texts[0] & texts[1]
    assert not texts[0] & texts[2]
    assert {str(row["source"]) for row in parts["dev"]} == {"olid"}


def test_what_is_measured_on_is_never_trained_on(run: Path) -> None:
    texts = [str(row["text"]) for part in ("train", "dev") for row in rows_of(run, part)]
    assert "you are a vile thing 4" in texts
    assert "you are a vile thing 3" not in texts


def test_the_manifest_counts_what_was_taken(run: Path) -> None:
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["rows"]["olid"] == 59
    assert "stranger" not in manifest["rows"]
    assert set(manifest["positives"]) == set(NAMES)
    assert len(manifest["data_sha256"]["olid.jsonl"]) == 64


def test_the_table_has_a_line_for_each_set_and_category() -> None:
    figures = {
        "set": {
            "labelled": 10,
            "positives": 4,
            "auroc": {"value": 0.9, "low": 0.8, "high": 1.0},
            "auprc": 0.85,
            "label": {"macro_f1": 0.7, "precision": None, "recall": 0.5, "false_positive_rate": 0.1},
            "calibration_error": 0.05,
            "categories": [{"category": Category.HATE.value, "positives": 2, "auroc": 0.9, "auprc": 0.8}],
        }
    }
    table = metrics_table(figures)
    assert "| set | 10 | 4 | 0.900 (0.800 to 1.000) | 0.850 | 0.700 | – | 0.500 | 0.100 | 0.050 |" in table
    assert "| set | hate | 2 | 0.900 | 0.800 |" in table
    widths = {line.count("|") for line in table.split("\n\n")[0].splitlines()}
    assert len(widths) == 1


def test_one_small_training_run_lowers_no_guard(run: Path) -> None:
    pytest.importorskip("torch", reason="torch is not installed: pip install -e '.[train]'")
    pytest.importorskip("transformers", reason="transformers is not installed: pip install -e '.[train]'")
    from training import train_encoder

    recipe = read_recipe(RECIPE)
    rows = [row for row in rows_of(run, "train") if row["source"] == "olid"]
    scarce = train_encoder._scarce(rows)
    weights = [train_encoder._weights(row, scarce=scarce, recipe=recipe) for row in rows]
    assert all(len(each) == len(NAMES) and min(each) > 0 for each in weights)
