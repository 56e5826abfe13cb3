"""Stage 3: encoder weights to a GGUF with its card.

    python -m training.package --run runs/mini --out models [--base FOLDER] [--recipe FILE]

Writes F16, quantizes to Q4_K_M, fits the n-gram model that stands beside it, calibrates both together on the
rows kept back, and writes the card. What the model is worth on named sets is added by training.evaluate.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from app.bootstrap import read_lexicon
from app.classifiers.engine_process import open_weights
from app.classifiers.gguf import card_path_of, sha256_of
from app.classifiers.ngrams import NgramModel
from app.classifiers.parts import whole_of
from app.classifiers.windows import BATCH_SEQUENCES, BATCH_TOKENS, FULL_TOKENS, Window
from app.core.normalize import normalize
from app.core.spoken import spoken
from app.core.stretches import stretches
from app.core.types import NormalizedText
from training import gguf_file, ngrams
from training.calibrate import Fit, Matrix, fit
from training.encoder_model import BASE_SHA256, find_base
from training.prepare import LEXICON, RECIPE
from training.recipe import Recipe, read_recipe
from training.sources import CATEGORIES

NAME = "plainspeak-mini"
OVERLAP_TOKENS = 16
DRIFT_ROWS = 1500


def main() -> None:
    """Run the stage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", type=Path)
    parser.add_argument("--recipe", type=Path, default=RECIPE)
    arguments = parser.parse_args()
    package(
        run=arguments.run,
        out=arguments.out,
        base=find_base(arguments.base),
        recipe=read_recipe(arguments.recipe),
    )


def package(*, run: Path, out: Path, base: Path, recipe: Recipe) -> None:
    """Write the file and its card."""
    whole, small = run / f"{NAME}.F16.gguf", out / f"{NAME}.Q4_K_M.gguf"
    gguf_file.write_gguf(whole, weights=run / "weights.safetensors", base=base, name=NAME)
    gguf_file.quantize(whole, small)
    beside = out / f"{NAME}.ngrams.npz"
    ngrams.fit(beside, rows_of(run, "train"), recipe=recipe)
    rows = rows_of(run, "dev", "held")
    calibration, scored = calibrate(small, beside=beside, rows=rows, recipe=recipe)
    some = [stretches(text) for text in _normalized(rows[:DRIFT_ROWS])]
    whole_scored = score(whole, some, window=recipe.train.max_tokens)
    drift = _drift(scored[:DRIFT_ROWS], whole_scored)
    card = _card(small, beside=beside, run=run, recipe=recipe, calibration=calibration, drift=drift)
    card_path_of(small).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({key: card[key] for key in ("calibration", "quantization")}, indent=1))


def calibrate(
    path: Path, *, beside: Path, rows: Sequence[dict[str, Any]], recipe: Recipe
) -> tuple[Fit, list[Matrix]]:
    """The calibration of a file and its n-gram model on rows that neither has seen, and the file's logits."""
    texts = _normalized(rows)
    scored = score(path, [stretches(text) for text in texts], window=recipe.train.max_tokens)
    second = NgramModel(beside, outputs=len(CATEGORIES))
    found = fit(
        scored,
        second=np.array([whole_of(text, second, outputs=len(CATEGORIES)) for text in texts]),
        targets=np.array([row["targets"] for row in rows]),
        certain=np.array([row["certain"] for row in rows]),
        harmful=np.array([recipe.harmful(row) for row in rows]),
        weights=np.array([_weight(row, recipe=recipe) for row in rows]),
    )
    return found, scored


def _normalized(rows: Sequence[dict[str, Any]]) -> list[NormalizedText]:
    lexicon = read_lexicon(LEXICON)
    return [normalize(row["text"], lexicon=lexicon) for row in rows]


def score(path: Path, readings: Sequence[Sequence[str]], *, window: int) -> list[Matrix]:
    """Raw logits of each text, windows x categories, over all its readings, as it is served."""
    weights = open_weights(path, expanded=True)
    context = weights.context(threads=2, batch_tokens=BATCH_TOKENS, batch_sequences=BATCH_SEQUENCES)
    cutting = Window(window, OVERLAP_TOKENS)
    found: list[list[Matrix]] = [[] for _ in readings]
    owners: list[int] = []
    batch: list[list[int]] = []

    def run() -> None:
        for owner, row in zip(owners, context.logits(batch), strict=True):
            found[owner].append(row.astype(np.float64))
        owners.clear()
        batch.clear()

    for owner, texts in enumerate(readings):
        for text in dict.fromkeys(map(spoken, texts)):
            for cut in cutting.cut(weights.tokenize(text), begin=weights.begin, end=weights.end):
                tokens = sum(map(len, batch)) + len(cut)
                if batch and (tokens > FULL_TOKENS or len(batch) == BATCH_SEQUENCES):
                    run()
                owners.append(owner)
                batch.append(cut)
    run()
    context.close()
    weights.close()
    return [np.array(rows) for rows in found]


def rows_of(run: Path, *names: str) -> list[dict[str, Any]]:
    """The rows that training.prepare wrote under these names."""
    rows = []
    for name in names:
        with (run / f"rows-{name}.jsonl").open(encoding="utf-8") as lines:
            rows += [json.loads(line) for line in lines]
    return rows


def _weight(row: dict[str, Any], *, recipe: Recipe) -> float:
    """Hand-written rows are few, and alone in covering all categories and what only looks like harm."""
    return recipe.handmade_mass if row["source"].startswith("handmade") else float(row["weight"])


def _drift(small: Sequence[Matrix], whole: Sequence[Matrix]) -> dict[str, float]:
    one, other = np.concatenate(small), np.concatenate(whole)
    moved = np.abs(1 / (1 + np.exp(-one)) - 1 / (1 + np.exp(-other)))
    return {"mean_probability_shift": round(float(moved.mean()), 5), "most": round(float(moved.max()), 4)}


def _card(
    path: Path, *, beside: Path, run: Path, recipe: Recipe, calibration: Fit, drift: dict[str, float]
) -> dict[str, Any]:
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    return {
        "name": NAME,
        "file": path.name,
        "sha256": sha256_of(path),
        "kind": "encoder",
        "licence": "Apache-2.0",
        "base": {"name": "all-MiniLM-L6-v2", "licence": "Apache-2.0", "safetensors_sha256": BASE_SHA256},
        "quantization": {"format": "Q4_K_M", "bytes": path.stat().st_size, "against_f16": drift},
        "labels": [category.value for category in CATEGORIES],
        "second_opinion": {"file": beside.name, "sha256": sha256_of(beside)},
        "window": {"tokens": recipe.train.max_tokens, "overlap": OVERLAP_TOKENS},
        "calibration": calibration_entry(calibration),
        "training": {
            "recipe": "training/recipes/encoder.toml",
            "seed": recipe.seed,
            "start_sha256": recipe.start_sha256,
            "tokens": recipe.train.token_budget,
            "rows": manifest["rows"],
            "positives": manifest["positives"],
            "licences": {name: source.licence for name, source in sorted(recipe.source.items())},
            "data_sha256": manifest["data_sha256"],
        },
        "held_back": json.loads((run / "train.json").read_text(encoding="utf-8"))[-1],
        "metrics": {},
    }


def calibration_entry(calibration: Fit) -> dict[str, Any]:
    """A calibration as a card has it under "calibration"."""
    platt = calibration.overall.platt
    return {
        "categories": {
            category.value: {name: round(value, 5) for name, value in asdict(stack).items()}
            for category, stack in zip(CATEGORIES, calibration.categories, strict=True)
        },
        "overall": {
            "weights": {
                category.value: round(weight, 5)
                for category, weight in zip(CATEGORIES, calibration.overall.weights, strict=True)
            },
            "platt": {"slope": round(platt.slope, 5), "intercept": round(platt.intercept, 5)},
        },
    }


if __name__ == "__main__":
    main()
