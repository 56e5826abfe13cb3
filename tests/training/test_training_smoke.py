"""The recipe and the preparation end to end on a handful of rows; training itself needs torch."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.types import Category
from training.prepare import EXCERPT_WORDS, RECIPE, prepare
from training.recipe import read_recipe
from training.sources import CATEGORIES

NAMES = [category.value for category in CATEGORIES]
HANDMADE = "\n".join(
    f'[[set]]\nid = "{name}"\nharm = {harm}\ntexts = {[f"{name} text {number}" for number in range(40)]}'
    for name, harm in (("loathsome", ["hate", "threat", "sexual"]), ("pleasant", []))
)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("training")
    (folder / "data" / "train").mkdir(parents=True)
    (folder / "data" / "dev").mkdir()
    rows = [
        {"text": f"you are a vile thing {number}", "harm": {"hate": 1}, "harmful": True}
        for number in range(30)
    ] + [
        {"text": "calm " * 60 + "you vile thing " + "calm " * 60, "harm": {"hate": 1}, "harmful": True},
        *(
            {"text": f"what a lovely day it is {number}", "harm": {"hate": 0}, "harmful": False}
            for number in range(30)
        ),
    ]
    write(folder / "data" / "train" / "olid.jsonl", rows)
    write(folder / "data" / "train" / "stranger.jsonl", rows)
    write(folder / "data" / "dev" / "test.jsonl", [{"text": "You are a VILE thing 3!"}])
    write(
        folder / "data" / "train" / "benign_clinc150.jsonl",
        [{"text": f"pleasant text, a lovely day it is {number}", "harmful": False} for number in range(20)]
        + [{"text": "loathsome text, a vile thing", "harmful": False}],
    )
    recipe = replace(read_recipe(RECIPE), handmade_variants=1, dev_share=0.2)
    clinc = replace(recipe.source["benign_clinc150"], cap=0, mistaken=1)
    recipe = replace(recipe, source=recipe.source | {"benign_clinc150": clinc})
    (folder / "handmade").mkdir()
    (folder / "handmade" / "own.toml").write_text(HANDMADE, encoding="utf-8")
    prepare(data=folder / "data", run=folder / "run", recipe=recipe, folder=folder / "handmade")
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
    assert {str(row["source"]) for row in parts["dev"]} <= {"olid", "benign_clinc150"}


def test_what_is_measured_on_is_never_trained_on(run: Path) -> None:
    texts = [str(row["text"]) for part in ("train", "dev") for row in rows_of(run, part)]
    assert "you are a vile thing 4" in texts
    assert "you are a vile thing 3" not in texts


def test_the_manifest_counts_what_was_taken(run: Path) -> None:
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["rows"]["olid"] == 60
    assert "stranger" not in manifest["rows"]
    assert set(manifest["positives"]) == set(NAMES)
    assert len(manifest["data_sha256"]["olid.jsonl"]) == 64


def test_of_the_rows_beyond_a_cap_the_most_mistaken_are_taken(run: Path) -> None:
    texts = [
        str(row["text"])
        for part in ("train", "dev")
        for row in rows_of(run, part)
        if row["source"] == "benign_clinc150"
    ]
    assert texts == ["loathsome text, a vile thing"]


def test_a_long_harmful_text_is_cut_to_what_is_harmful_in_it(run: Path) -> None:
    (cut,) = [
        str(row["text"])
        for part in ("train", "dev")
        for row in rows_of(run, part)
        if str(row["text"]).startswith("calm")
    ]
    assert "vile thing" in cut
    assert len(cut.split()) <= EXCERPT_WORDS


def test_one_small_training_run_lowers_no_guard(run: Path) -> None:
    pytest.importorskip("torch", reason="torch is not installed: pip install -e '.[train]'")
    pytest.importorskip("transformers", reason="transformers is not installed: pip install -e '.[train]'")
    from training import train_encoder

    recipe = read_recipe(RECIPE)
    rows = [row for row in rows_of(run, "train") if row["source"] == "olid"]
    scarce = train_encoder._scarce(rows)
    weights = [train_encoder._weights(row, scarce=scarce, recipe=recipe) for row in rows]
    assert all(len(each) == len(NAMES) and min(each) > 0 for each in weights)


def test_harm_at_all_is_learned_through_the_categories() -> None:
    torch = pytest.importorskip("torch", reason="torch is not installed: pip install -e '.[train]'")
    pytest.importorskip("transformers", reason="transformers is not installed: pip install -e '.[train]'")
    from training.train_encoder import Example, _any_harm_loss

    def example(harmful: float) -> Example:
        return Example(ids=[], targets=[], weights=[], harmful=harmful, trust=1.0)

    profanity = CATEGORIES.index(Category.PROFANITY)
    logits = torch.full((1, len(NAMES)), -9.0)
    swearing = logits.clone()
    swearing[0, profanity] = 9.0
    insulting = logits.clone()
    insulting[0, profanity - 1] = 9.0
    harmful, innocent, unknown = [example(1.0)], [example(0.0)], [example(float("nan"))]
    assert _any_harm_loss(insulting, harmful) < 0.01
    assert _any_harm_loss(swearing, harmful) > 4
    assert _any_harm_loss(swearing, innocent) < 0.01
    assert _any_harm_loss(insulting, innocent) > 4
    assert _any_harm_loss(insulting, unknown) == 0
