"""What stands behind the encoder of a packaged file, fitted again: its n-gram model and the calibration.

    python -m training.refit --data DATA --run runs/mini --model models/plainspeak-mini.Q4_K_M.gguf

The weights stay as they are. The n-gram model learns from every usable row of DATA/train, also from those
that the caps of the recipe keep from the encoder, whose time is scarce. Then both are calibrated together on
the rows that the run kept back. Writes the .npz beside the model and the card; training.evaluate comes next.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from app.classifiers.gguf import card_path_of, sha256_of
from training import ngrams
from training.package import calibrate, calibration_entry, rows_of
from training.prepare import RECIPE
from training.recipe import Recipe, read_recipe


def main() -> None:
    """Run the stage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--recipe", type=Path, default=RECIPE)
    arguments = parser.parse_args()
    refit(
        data=arguments.data,
        run=arguments.run,
        model=arguments.model,
        recipe=read_recipe(arguments.recipe),
    )


def refit(*, data: Path, run: Path, model: Path, recipe: Recipe) -> None:
    """Write the n-gram model and the card again."""
    path = card_path_of(model)
    card: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    beside = model.with_name(card["second_opinion"]["file"])
    prepared = rows_of(run, "train")
    more = list(ngrams.left_out(data, prepared=[*prepared, *rows_of(run, "dev", "held")], recipe=recipe))
    print(f"{len(prepared)} prepared rows, {len(more)} that the caps left out", flush=True)
    ngrams.fit(beside, [*prepared, *more], recipe=recipe)
    found, _ = calibrate(model, beside=beside, rows=rows_of(run, "dev", "held"), recipe=recipe)
    card["second_opinion"]["sha256"] = sha256_of(beside)
    card["second_opinion"]["rows"] = len(prepared) + len(more)
    card["calibration"] = calibration_entry(found)
    path.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(card["calibration"], indent=1))


if __name__ == "__main__":
    main()
