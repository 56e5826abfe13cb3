import json
from pathlib import Path

import pytest

from app.classifiers.gguf import card_path_of, read_card
from app.core.types import Label
from tests.classifiers.lm import make_scorer
from training import gates
from training.measure_model import f1_by_label
from training.tune import GATES

pytest.importorskip("matplotlib", reason="matplotlib is not installed: pip install -e '.[train]'")
from training import compare

ROWS = [
    {"text": "have a lovely day", "label": "safe", "harm": []},
    {"text": "i will find you and kill you", "label": "extremely_harmful", "harm": ["threat"]},
    {"text": "you are a stupid idiot", "label": "harmful", "harm": ["harassment"]},
    {"text": "see you at six", "label": "safe", "harm": []},
]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compare")
    (folder / "severity.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    models = {name: make_scorer(folder / f"{name}.gguf") for name in ("base", "tuned")}
    figures = {
        name: compare.measured(path, sets=[folder / "severity.jsonl"], most_rows=None)
        for name, path in models.items()
    }
    compare.write(figures, models=models, out=folder)
    return folder


def test_models_stand_side_by_side_with_what_they_cost(out: Path) -> None:
    figures = json.loads((out / "compare.json").read_text(encoding="utf-8"))
    assert list(figures) == ["base", "tuned"]
    for each in figures.values():
        assert each["peak_rss_mb"] > each["bytes"] / 1e6
        assert 0 < each["latency_ms"]["p50"] <= each["latency_ms"]["p95"]
        assert 0 <= each["sets"]["severity"]["accuracy"] <= 1
        assert set(each["sets"]["severity"]["label_f1"]) == set(Label)


def test_the_page_has_every_table_and_its_plots_exist(out: Path) -> None:
    page = (out / "compare.md").read_text(encoding="utf-8")
    assert "| severity | base | 4 | 2 |" in page
    assert "| severity | threat |" in page
    for plot in ("auroc.svg", "reliability.svg"):
        assert f"({plot})" in page
        assert (out / plot).read_text(encoding="utf-8").startswith("<?xml")


def test_a_card_keeps_its_figures_and_is_still_one(out: Path) -> None:
    card = json.loads(card_path_of(out / "tuned.gguf").read_text(encoding="utf-8"))
    assert card["metrics"]["severity"]["labelled"] == len(ROWS)
    assert "reliability" not in card["metrics"]["severity"]
    assert read_card(out / "tuned.gguf").name == "tiny-lm"


def test_f1_of_a_label_that_nobody_gave_is_not_known() -> None:
    found = f1_by_label([[3, 1, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 2]])
    assert found == {
        "safe": 0.8571, "potentially_harmful": 0.6667, "harmful": None, "extremely_harmful": 1.0,
    }  # fmt: skip


def test_the_gates_find_their_figures_and_what_was_not_measured_fails_by_name(out: Path) -> None:
    figures = json.loads((out / "compare.json").read_text(encoding="utf-8"))
    found = {each.gate.name: each for each in gates.check(figures, gates.read_gates(GATES))}
    assert found["severity set: AUROC"].value == figures["tuned"]["sets"]["severity"]["auroc"]["value"]
    assert found["innocent texts sent to a person"].result == "missed"
