"""The last stage of a decoder: weights to a GGUF with its card and its Modelfile.

    python -m training.package_decoder --run RUN --folder RUN/nano --out models [--forms F16 Q8_0 Q4_K_M]

FOLDER is a model as transformers saves it. Each form is written as OUT/NAME.FORM.gguf (F16 stays in the run
folder unless it is the only one) and calibrated by itself on the rows that were kept back, through the scorer
that serves requests, because that is what people run. What a card says of the training comes from
RUN/decoder.json, which the training stage wrote. What the model is worth on named sets is added by
training.compare.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from app.bootstrap import read_lexicon
from app.classifiers.gguf import card_path_of, sha256_of
from app.classifiers.scorer import Scorer
from app.core.calibration import Choice, Platt
from app.core.card import Backend, ScorerCard
from app.core.modelfile import modelfile
from app.core.normalize import normalize
from app.core.prompt import VERBALIZERS, prompt_hash
from app.core.types import Category, NormalizedText
from training import calibrate_choice, decoder_gguf, gguf_file
from training.calibrate import Matrix
from training.instructions import FACTS, read_part, rows_recipe
from training.prepare import LEXICON
from training.recipe import Recipe

WHOLE = "F16"
FORMS = (WHOLE, "Q8_0", "Q4_K_M")
_QUEUE = 64
_AT_ONCE = 256
_UNFITTED = Choice(
    bias=(0.0,) * len(VERBALIZERS),
    categories=(Platt(slope=1.0, intercept=0.0),) * len(Category),
    overall=Platt(slope=1.0, intercept=0.0),
)


def main() -> None:
    """Run the stage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--forms", nargs="+", default=["Q4_K_M"], choices=FORMS)
    parser.add_argument("--rows", type=int, help="most rows to calibrate on, drawn by chance; else all")
    arguments = parser.parse_args()
    package(
        run=arguments.run,
        folder=arguments.folder,
        out=arguments.out,
        forms=arguments.forms,
        most_rows=arguments.rows,
    )


def package(*, run: Path, folder: Path, out: Path, forms: Sequence[str], most_rows: int | None) -> list[Path]:
    """Write every form with its card, and a Modelfile for the smallest; gives the files."""
    facts = json.loads((run / FACTS).read_text(encoding="utf-8"))
    out.mkdir(parents=True, exist_ok=True)
    whole = (out if WHOLE in forms else run) / f"{facts['name']}.{WHOLE}.gguf"
    decoder_gguf.write_gguf(whole, folder=folder, name=facts["name"])
    rows = read_part(run / "rows-dev.jsonl") + read_part(run / "rows-held.jsonl")
    if most_rows is not None and len(rows) > most_rows:
        rows = Random(1).sample(rows, most_rows)
    lexicon = read_lexicon(LEXICON)
    texts = [normalize(row["text"], lexicon=lexicon) for row in rows]
    written = []
    for form in forms:
        path = out / f"{facts['name']}.{form}.gguf"
        if form != WHOLE:
            gguf_file.quantize(whole, path, form=form)
        scored = scores(path, texts, facts=facts)
        card = _card(path, run=run, facts=facts, form=form, calibration=_fitted(scored, rows))
        card_path_of(path).write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
        print(json.dumps({"file": path.name, "bytes": path.stat().st_size, **card["calibration"]["overall"]}))
        written.append(path)
    smallest = min(written, key=lambda path: path.stat().st_size)
    (out / f"{facts['name']}.Modelfile").write_text(modelfile(f"./{smallest.name}"), encoding="utf-8")
    return written


def scores(path: Path, texts: Sequence[NormalizedText], *, facts: dict[str, Any]) -> list[Matrix]:
    """Log-probabilities of the words for each text, windows x words, as the scorer that serves gives them."""
    card = ScorerCard(
        name=facts["name"],
        sha256=sha256_of(path),
        backend=Backend.LLAMA,
        context_tokens=facts["context"],
        window_tokens=facts["window"]["tokens"],
        overlap_tokens=facts["window"]["overlap"],
        calibration=_UNFITTED,
        explains=facts["explains"],
    )
    scorer = Scorer(path, card=card, threads=2, queue_size=_QUEUE)
    try:
        parts = (texts[start : start + _AT_ONCE] for start in range(0, len(texts), _AT_ONCE))
        return [np.array(windows) for part in parts for windows in scorer.scores(part)]
    finally:
        scorer.close()


def _fitted(scored: list[Matrix], rows: Sequence[dict[str, Any]]) -> Choice:
    recipe = rows_recipe()
    return calibrate_choice.fit(
        scored,
        targets=np.array([row["targets"] for row in rows]),
        certain=np.array([row["certain"] for row in rows]),
        harmful=np.array([recipe.harmful(row) for row in rows]),
        weights=np.array([_weight(row, recipe=recipe) for row in rows]),
    )


def _weight(row: dict[str, Any], *, recipe: Recipe) -> float:
    """Hand-written rows are few, and alone in covering all categories and what only looks like harm."""
    return recipe.handmade_mass if row["source"].startswith("handmade") else float(row["weight"])


def _card(path: Path, *, run: Path, facts: dict[str, Any], form: str, calibration: Choice) -> dict[str, Any]:
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    recipe = rows_recipe()
    return {
        "name": facts["name"],
        "file": path.name,
        "sha256": sha256_of(path),
        "kind": "scorer",
        "licence": facts["licence"],
        "base": facts["base"],
        "backend": Backend.LLAMA.value,
        "prompt": {"sha256": prompt_hash()},
        "context": {"tokens": facts["context"]},
        "window": facts["window"],
        "explains": facts["explains"],
        "quantization": {"format": form, "bytes": path.stat().st_size},
        "calibration": {
            "bias": dict(zip(VERBALIZERS, (round(value, 5) for value in calibration.bias), strict=True)),
            "categories": {
                category.value: _rounded(platt)
                for category, platt in zip(Category, calibration.categories, strict=True)
            },
            "overall": {"platt": _rounded(calibration.overall)},
        },
        "training": facts["training"]
        | {
            "rows": manifest["rows"],
            "positives": manifest["positives"],
            "licences": {
                name: source.licence
                for name, source in sorted(recipe.source.items())
                if name in manifest["rows"]
            },
            "data_sha256": manifest["data_sha256"],
        },
        "held_back": facts["held_back"],
        "metrics": {},
    }


def _rounded(platt: Platt) -> dict[str, float]:
    return {"slope": round(platt.slope, 5), "intercept": round(platt.intercept, 5)}


if __name__ == "__main__":
    main()
