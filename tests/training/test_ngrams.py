import json
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from app.classifiers.ngrams import NgramModel
from app.core.types import Category
from training import ngrams
from training.prepare import RECIPE
from training.recipe import Recipe, read_recipe
from training.sources import CATEGORIES, wash


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name in ("train", "dev"):
        (tmp_path / name).mkdir()
    write(tmp_path / "dev" / "olid_test.jsonl", ["you are measured on @mia"])
    write(
        tmp_path / "train" / "olid.jsonl",
        ["@sam you don't see http://here.org this", "You are MEASURED on", "new to both", "New to both!"],
    )
    write(tmp_path / "train" / "stranger.jsonl", ["of a file that no recipe names"])
    return tmp_path


def write(path: Path, texts: list[str]) -> None:
    rows = [{"text": text, "harm": {"hate": 1, "drugs": None}} for text in texts]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")


def prepared(text: str, *, harmful: bool) -> dict[str, object]:
    return {
        "text": text,
        "source": "olid",
        "targets": [float(harmful)] * len(CATEGORIES),
        "certain": [True] * len(CATEGORIES),
        "weight": 1.0,
    }


@pytest.mark.parametrize("seed", range(8))
def test_what_was_prepared_or_is_measured_on_is_left_alone_whatever_washing_drew(
    data: Path, seed: int
) -> None:
    recipe = read_recipe(RECIPE)
    before = {"text": wash("@sam you do n't see http://here.org this", random=Random(seed))}
    assert [row["text"] for row in ngrams.left_out(data, prepared=[before], recipe=recipe)] == ["new to both"]


def test_a_row_that_is_left_out_says_what_is_known_of_it(data: Path) -> None:
    row, *_ = ngrams.left_out(data, prepared=[], recipe=with_weight(0.25))
    assert row["weight"] == 0.25
    known = {
        category: target
        for category, target, certain in zip(CATEGORIES, row["targets"], row["certain"], strict=True)
        if certain
    }
    assert known == {Category.HATE: 1.0}


def with_weight(weight: float) -> Recipe:
    recipe = read_recipe(RECIPE)
    return replace(recipe, source=recipe.source | {"olid": replace(recipe.source["olid"], weight=weight)})


def test_the_file_that_is_fitted_tells_insults_from_praise_when_served(tmp_path: Path) -> None:
    rows = [prepared(f"you idiot number {number}", harmful=True) for number in range(40)]
    rows += [prepared(f"you angel number {number}", harmful=False) for number in range(40)]
    ngrams.fit(tmp_path / "tiny.npz", rows, recipe=read_recipe(RECIPE))
    model = NgramModel(tmp_path / "tiny.npz", outputs=len(CATEGORIES))
    assert (model.logits("what an idiot") > 0).all()
    assert (model.logits("what an angel") < 0).all()


def test_features_do_not_depend_on_where_the_texts_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["go away", "", "you are a fine one, you are", "go"]
    whole = ngrams.matrix(texts)
    monkeypatch.setattr(ngrams, "CHUNK", 3)
    assert (whole != ngrams.matrix(texts)).nnz == 0
