"""Stage 1: labelled files and hand-written texts to one training set.

    python -m training.prepare --data DATA --run runs/mini [--recipe training/recipes/encoder.toml]

DATA holds `train/*.jsonl.gz` and, for the leak check, `dev/*.jsonl.gz`. Writes rows-{train,dev,held}.jsonl
and manifest.json (hashes and counts) to the run folder. The split is by hash of the text, so it never moves.
"""

import argparse
import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import numpy as np

from training import teachers
from training.handmade import read_handmade
from training.recipe import Recipe, SourceRecipe, read_recipe
from training.sources import CATEGORIES, Row, fingerprint, read_rows, wash

RECIPE = Path(__file__).parent / "recipes" / "encoder.toml"


def main() -> None:
    """Run the stage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--recipe", type=Path, default=RECIPE)
    arguments = parser.parse_args()
    prepare(data=arguments.data, run=arguments.run, recipe=read_recipe(arguments.recipe))


def prepare(*, data: Path, run: Path, recipe: Recipe) -> None:
    """Write the training set of one recipe."""
    random = Random(recipe.seed)
    run.mkdir(parents=True, exist_ok=True)
    evaluation = {fingerprint(row.text) for path in _files(data / "dev") for row in read_rows(path)}
    handmade = list(read_handmade(variants=recipe.handmade_variants, random=random))
    public = list(_public_rows(data / "train", recipe=recipe, leaks=evaluation, random=random))

    rows = [entry.row for entry in handmade] + public
    held = np.array([entry.held_back for entry in handmade] + [False] * len(public))
    # Variants of one hand-written text stay on one side, so only public rows go to dev.
    dev = np.array([False] * len(handmade) + [_in_dev(row.text, share=recipe.dev_share) for row in public])
    filled, certain = _fill(rows, held=held | dev, recipe=recipe)

    weights = [1.0] * len(handmade) + [recipe.source[row.source].weight for row in public]
    for name, mask in (("train", ~held & ~dev), ("dev", dev), ("held", held)):
        _write(run / f"rows-{name}.jsonl", rows, targets=filled, certain=certain, weights=weights, mask=mask)
        print(f"{name}: {int(mask.sum())} rows")
    _write_manifest(run / "manifest.json", data=data, rows=rows, recipe=recipe)


def _files(folder: Path) -> list[Path]:
    return sorted([*folder.glob("*.jsonl"), *folder.glob("*.jsonl.gz")])


def _public_rows(folder: Path, *, recipe: Recipe, leaks: set[str], random: Random) -> Iterator[Row]:
    seen = set(leaks)
    for path in _files(folder):
        name = path.name.split(".")[0]
        if name not in recipe.source:
            print(f"  {name}: not in the recipe, left out")
            continue
        fresh: list[Row] = []
        for row in read_rows(path):
            mark = fingerprint(row.text)
            if mark not in seen:
                seen.add(mark)
                washed = wash(row.text, random=random)
                if washed:
                    fresh.append(Row(text=washed, source=name, targets=row.targets, harmful=row.harmful))
        yield from _capped(fresh, source=recipe.source[name], random=random)


def _capped(rows: list[Row], *, source: SourceRecipe, random: Random) -> Iterable[Row]:
    random.shuffle(rows)
    if source.thin:
        rows.sort(key=lambda row: row.harmful != 1 and 1.0 not in row.targets)
    return rows[: source.cap]


def _in_dev(text: str, *, share: float) -> bool:
    return int(hashlib.sha256(f"dev {text}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF < share


def _fill(rows: list[Row], *, held: np.ndarray, recipe: Recipe) -> tuple[np.ndarray, np.ndarray]:
    """Soft labels for the nulls. Teachers never learn from rows that are kept back."""
    targets = np.array([row.targets for row in rows], dtype=np.float32)
    weights = np.array(
        [3.0 if row.source.startswith("handmade") else recipe.source[row.source].weight for row in rows],
        dtype=np.float32,
    )
    weights[held] = 1e-6
    filled = teachers.fill(
        [row.text for row in rows],
        targets=targets,
        harmful=np.array([row.harmful for row in rows], dtype=np.float32),
        weights=weights,
        most_rows=recipe.teacher_negatives,
        seed=recipe.seed,
    )
    return filled, ~np.isnan(targets)


def _write(
    path: Path,
    rows: list[Row],
    *,
    targets: np.ndarray,
    certain: np.ndarray,
    weights: list[float],
    mask: np.ndarray,
) -> None:
    with path.open("w", encoding="utf-8") as out:
        for index in np.flatnonzero(mask):
            row = rows[index]
            record = {
                "text": row.text,
                "source": row.source,
                "targets": [round(float(value), 4) for value in targets[index]],
                "certain": [bool(value) for value in certain[index]],
                "harmful": None if math.isnan(row.harmful) else bool(row.harmful),
                "weight": weights[index],
            }
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


def _write_manifest(path: Path, *, data: Path, rows: list[Row], recipe: Recipe) -> None:
    taken = Counter(row.source for row in rows)
    manifest = {
        "seed": recipe.seed,
        "rows": dict(sorted(taken.items())),
        "positives": {
            category.value: sum(row.targets[place] == 1 for row in rows)
            for place, category in enumerate(CATEGORIES)
        },
        "data_sha256": {
            file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in _files(data / "train")
        },
    }
    path.write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
