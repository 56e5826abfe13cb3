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
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np

from training import teachers
from training.handmade import HANDMADE, read_handmade
from training.recipe import Recipe, read_recipe
from training.sources import CATEGORIES, Row, fingerprint, read_rows, wash
from training.teachers import Teachers

RECIPE = Path(__file__).parent / "recipes" / "encoder.toml"
LEXICON = Path(__file__).parents[1] / "policies" / "lexicon"
EXCERPT_WORDS = 48
"""About the 62 tokens of a window; a text that is longer is cut to its telling part."""


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


def prepare(*, data: Path, run: Path, recipe: Recipe, folder: Path = HANDMADE) -> None:
    """Write the training set of one recipe; `folder` holds the hand-written texts."""
    random = Random(recipe.seed)
    run.mkdir(parents=True, exist_ok=True)
    evaluation = {fingerprint(row.text) for path in _files(data / "dev") for row in read_rows(path)}
    handmade = list(read_handmade(folder, variants=recipe.handmade_variants, random=random))
    public, left_out = _public_rows(data / "train", recipe=recipe, leaks=evaluation, random=random)

    rows = [entry.row for entry in handmade] + public
    held = np.array([entry.held_back for entry in handmade] + [False] * len(public))
    # Variants of one hand-written text stay on one side, so only public rows go to dev.
    dev = np.array([False] * len(handmade) + [_in_dev(row.text, share=recipe.dev_share) for row in public])
    found = _teach(rows, kept_back=held | dev, recipe=recipe)

    mistaken = _most_mistaken(left_out, found=found, recipe=recipe)
    rows += mistaken
    held = np.append(held, np.zeros(len(mistaken), dtype=bool))
    dev = np.append(
        dev, np.array([_in_dev(row.text, share=recipe.dev_share) for row in mistaken], dtype=bool)
    )
    rows = _excerpts(rows, whole=held | dev, found=found, random=random)
    targets = np.array([row.targets for row in rows], dtype=np.float32)
    filled = teachers.fill(
        found.probabilities([row.text for row in rows]),
        targets=targets,
        harmful=np.array([row.harmful for row in rows], dtype=np.float32),
    )
    weights = [_weight(row, recipe=recipe, handmade=1.0) for row in rows]
    for name, mask in (("train", ~held & ~dev), ("dev", dev), ("held", held)):
        path = run / f"rows-{name}.jsonl"
        _write(path, rows, targets=filled, certain=~np.isnan(targets), weights=weights, mask=mask)
        print(f"{name}: {int(mask.sum())} rows")
    _write_manifest(run / "manifest.json", data=data, rows=rows, recipe=recipe)


def _files(folder: Path) -> list[Path]:
    return sorted([*folder.glob("*.jsonl"), *folder.glob("*.jsonl.gz")])


def _public_rows(
    folder: Path, *, recipe: Recipe, leaks: set[str], random: Random
) -> tuple[list[Row], dict[str, list[Row]]]:
    """The rows of all files up to their caps, and what the caps left out, by file."""
    seen = set(leaks)
    kept: list[Row] = []
    left_out: dict[str, list[Row]] = {}
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
        source = recipe.source[name]
        random.shuffle(fresh)
        if source.thin:
            fresh.sort(key=lambda row: row.harmful != 1 and 1.0 not in row.targets)
        kept += fresh[: source.cap]
        left_out[name] = fresh[source.cap :]
    return kept, left_out


def _in_dev(text: str, *, share: float) -> bool:
    return int(hashlib.sha256(f"dev {text}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF < share


def _weight(row: Row, *, recipe: Recipe, handmade: float) -> float:
    return handmade if row.source.startswith("handmade") else recipe.source[row.source].weight


def _teach(rows: list[Row], *, kept_back: np.ndarray, recipe: Recipe) -> Teachers:
    """Teachers never learn from rows that are kept back."""
    taught = [row for row, hidden in zip(rows, kept_back, strict=True) if not hidden]
    return teachers.fit(
        [row.text for row in taught],
        targets=np.array([row.targets for row in taught], dtype=np.float32),
        weights=np.array([_weight(row, recipe=recipe, handmade=3.0) for row in taught], dtype=np.float32),
        most_rows=recipe.teacher_negatives,
        seed=recipe.seed,
    )


def _most_mistaken(left_out: dict[str, list[Row]], *, found: Teachers, recipe: Recipe) -> list[Row]:
    """Innocent rows beyond the cap that their words make look most harmful: the hardest negatives there are.

    The teachers have not seen them, so a high score is the wording's and not the row's.
    """
    mistaken: list[Row] = []
    for name, rows in left_out.items():
        wanted = recipe.source[name].mistaken
        innocent = [row for row in rows if row.harmful == 0] if wanted else []
        if innocent:
            score = teachers.any_harm(found.probabilities([row.text for row in innocent]))
            mistaken += [innocent[place] for place in np.argsort(-score, kind="stable")[:wanted]]
    return mistaken


def _excerpts(rows: list[Row], *, whole: np.ndarray, found: Teachers, random: Random) -> list[Row]:
    """Long texts cut to one window: for harmful ones the part that is telling, for innocent ones any part.

    The label of a long text is true of some part of it. A model that sees the beginning alone learns noise.
    Rows that are kept back stay whole, as posts are.
    """
    parts = [[row.text] if keep else _parts(row.text) for row, keep in zip(rows, whole, strict=True)]
    long = [place for place, found_parts in enumerate(parts) if len(found_parts) > 1]
    flat = [part for place in long for part in parts[place]]
    scores = iter(teachers.any_harm(found.probabilities(flat))) if flat else iter(())
    cut = list(rows)
    for place in long:
        own = [float(next(scores)) for _ in parts[place]]
        best = int(np.argmax(own)) if rows[place].harmful != 0 else random.randrange(len(own))
        cut[place] = replace(rows[place], text=parts[place][best])
    return cut


def _parts(text: str) -> list[str]:
    words = text.split(" ")
    if len(words) <= EXCERPT_WORDS:
        return [text]
    starts = range(0, len(words) - EXCERPT_WORDS // 3, EXCERPT_WORDS * 2 // 3)
    return [" ".join(words[start : start + EXCERPT_WORDS]) for start in starts]


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
