"""From labelled posts to a tuned decoder that passes the gates, or says which it failed, stage by stage.

    python -m training.tune --data DATA --base FOLDER --run RUN --out FOLDER [--recipe FILE] [--gates FILE]
        [--against MODEL.gguf]

DATA/train holds labelled files, those among them that `plainspeak export --for training` wrote; DATA/dev, if
it is there, what is only measured on. A stage whose result is in the run folder already is not run again, so
a call that was ended goes on where it stopped. The tuned file is compared with the one that serves now
(`--against`) on texts that no run learns from. The exit status is 1 when a floor is missed. Without the
training extras it ends with the instructions, and says what to install.
"""

import argparse
import importlib.util
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from app.classifiers.gguf import card_path_of
from training import instructions
from training.decoder_recipe import read_decoder_recipe
from training.handmade import HANDMADE
from training.instructions import rows_recipe
from training.prepare import prepare
from training.probes import HELD_BACK

GATES = Path(__file__).parent / "gates-decoder.toml"
SERVING = Path(__file__).parents[1] / "models" / "plainspeak-nano.Q4_K_M.gguf"
RECIPE = Path(__file__).parent / "recipes" / "decoder-gpu.toml"
EXTRAS = ("torch", "transformers", "peft", "trl", "datasets")
"""Packages that only the stages after the instructions need."""


def main() -> None:
    """Run every stage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--recipe", type=Path, default=RECIPE)
    parser.add_argument("--gates", type=Path, default=GATES)
    parser.add_argument("--against", type=Path, default=SERVING)
    arguments = parser.parse_args()
    run: Path = arguments.run
    make_instructions(arguments.data, run=run)
    if missing := [name for name in EXTRAS if importlib.util.find_spec(name) is None]:
        sys.exit(
            f"The instructions are in {str(run)!r}; to train on them takes {', '.join(missing)}. "
            "Install them with pip install -e '.[train]' and run this again: it goes on from here."
        )
    if not (run / "merged").is_dir():
        resume = ["--resume"] if any(run.glob("steps/checkpoint-*")) else []
        _stage(
            "train_decoder",
            *("--run", run, "--base", arguments.base, "--recipe", arguments.recipe),
            *resume,
        )
    tuned = arguments.out / f"{read_decoder_recipe(arguments.recipe).name}.Q4_K_M.gguf"
    # Written last: a call that was ended while it calibrated left the file alone.
    if not card_path_of(tuned).is_file():
        _stage("package_decoder", "--run", run, "--folder", run / "merged", "--out", arguments.out)
    sets = sorted((arguments.data / "dev").glob("*.jsonl*"))
    sets += [run / "rows-held.jsonl", HELD_BACK / "severity.jsonl", HELD_BACK / "benign.jsonl"]
    models = [f"tuned={tuned}", f"serving={arguments.against}"]
    # The card of what serves stays as it was shipped.
    _stage("compare", *models, "--cards", "tuned", "--sets", *sets, "--out", run)
    _stage("gates", run / "compare.json", "--gates", arguments.gates)


def make_instructions(data: Path, *, run: Path, handmade: Path = HANDMADE) -> None:
    """Write the rows and the instructions of a run, those that are not there yet."""
    recipe = rows_recipe()
    # Written last, as the rows of "held" are below.
    if not (run / "manifest.json").is_file():
        prepare(data=data, run=run, recipe=recipe, folder=handmade)
    if not (run / "instructions-held.jsonl").is_file():
        measured = data / "dev"
        instructions.write(run=run, recipe=recipe, measured=measured if measured.is_dir() else None, also=())


def _stage(name: str, *arguments: str | Path) -> None:
    """Run one stage in a process of its own, whose memory is free afterwards; end with its exit status."""
    print(f"\n== {name}", flush=True)
    command: Sequence[str] = [sys.executable, "-m", f"training.{name}", *map(str, arguments)]
    # Our own modules, and files that the user named.
    code = subprocess.run(command, check=False).returncode  # noqa: S603
    if code:
        sys.exit(code)


if __name__ == "__main__":
    main()
