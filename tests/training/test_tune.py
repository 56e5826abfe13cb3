"""From what moderators ruled to a tuned decoder: to the instructions everywhere, to the gates with torch."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.core.lessons import Lesson, LessonKind
from app.core.types import Category
from app.settings import ROOT
from app.web.wire import lesson_out
from training.instructions import FEWEST_KEPT_BACK, read_instructions, with_some_kept_back
from training.tune import EXTRAS, SERVING, make_instructions

HARM = ("i will find you and hurt you", "i want to end my life", "those people are vermin")
HANDMADE = "\n".join(
    f'[[set]]\nid = "{name}"\nharm = {harm}\ntexts = {[f"{text}, {number}" for number in range(40)]}'
    for name, harm, text in (
        ("grim", ["threat"], HARM[0]),
        ("sad", ["self_harm"], HARM[1]),
        ("vile", ["hate"], HARM[2]),
        ("pleasant", [], "what a lovely day it is"),
    )
)
MAKE_BASE = """
import sys
from pathlib import Path
import torch
from training.decoder_tokens import prompt_tokens, train_tokenizer
from training.instructions import read_instructions
from training.nano_model import fresh_model
from training.nano_recipe import Shape
run, base = map(Path, sys.argv[1:])
torch.manual_seed(1)
rows = read_instructions(run / "instructions-train.jsonl")
tokenizer = train_tokenizer([row.text for row in rows], size=700)
shape = Shape(width=256, layers=2, heads=4, kv_heads=2, inner=256, context=1024)
fresh_model(shape, vocabulary=700, end=prompt_tokens(tokenizer).end, pad=0).save_pretrained(base)
tokenizer.save_pretrained(base)
"""


def lesson(kind: LessonKind, text: str, *, harmful: bool) -> Lesson:
    harm = {Category.HARASSMENT: harmful, Category.HATE: None}
    return Lesson(kind=kind, text=text, text_hash="", harmful=harmful, harm=harm)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with nothing but an export, and the run that it leads to."""
    folder = tmp_path_factory.mktemp("tune")
    lessons = [
        lesson(LessonKind.OVERRIDDEN, "you donkey, you left your lunch in my car again", harmful=False),
        lesson(LessonKind.CONFIRMED, "you are a worthless clown", harmful=True),
    ]
    (folder / "data" / "train").mkdir(parents=True)
    for each in lessons:
        path = folder / "data" / "train" / f"moderators_{each.kind}.jsonl"
        path.write_text(lesson_out(each).model_dump_json() + "\n", encoding="utf-8")
    (folder / "handmade").mkdir()
    (folder / "handmade" / "own.toml").write_text(HANDMADE, encoding="utf-8")
    make_instructions(folder / "data", run=folder / "run", handmade=folder / "handmade")
    return folder


def test_an_export_alone_becomes_instructions(folder: Path) -> None:
    run = folder / "run"
    rows = [row for part in ("train", "dev") for row in read_instructions(run / f"instructions-{part}.jsonl")]
    counts = {source: sum(row.source == f"moderators_{source}" for row in rows) for source in LessonKind}
    assert counts[LessonKind.OVERRIDDEN] > counts[LessonKind.CONFIRMED] > 0
    assert (
        json.loads((run / "manifest.json").read_text(encoding="utf-8"))["rows"]["moderators_overridden"] == 1
    )


def test_what_is_done_is_not_done_again(folder: Path) -> None:
    before = (folder / "run" / "rows-train.jsonl").stat().st_mtime_ns
    make_instructions(folder / "data", run=folder / "run", handmade=folder / "handmade")
    assert (folder / "run" / "rows-train.jsonl").stat().st_mtime_ns == before


def test_what_was_ended_half_way_is_done_again(folder: Path) -> None:
    run = folder / "run"
    whole = {path.name: path.read_bytes() for path in run.iterdir()}
    # As an end leaves it while the first of the rows are written.
    for path in run.iterdir():
        path.unlink()
    (run / "rows-train.jsonl").write_bytes(whole["rows-train.jsonl"][:-20])
    make_instructions(folder / "data", run=run, handmade=folder / "handmade")
    assert {path.name: path.read_bytes() for path in run.iterdir()} == whole


def test_where_few_rows_are_kept_back_some_of_train_are_and_copies_stay_together(folder: Path) -> None:
    rows = read_instructions(folder / "run" / "instructions-train.jsonl")
    assert len({row.text for row in rows}) > len({row.origin for row in rows}) > 100
    taught, kept = with_some_kept_back(rows, rows[:1])
    assert 1 < len(kept) < len(rows) / 10
    assert len(taught) + len(kept) == len(rows) + 1
    assert not {row.origin for row in taught} & {row.origin for row in kept[1:]}
    assert with_some_kept_back(rows, rows[:FEWEST_KEPT_BACK]) == (rows, rows[:FEWEST_KEPT_BACK])


def tune(folder: Path, environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    options = {
        "data": folder / "data",
        "base": folder / "base",
        "run": folder / "run",
        "out": folder / "out",
        "recipe": ROOT / "training" / "recipes" / "decoder-smoke.toml",
    }
    command = [sys.executable, "-m", "training.tune"]
    command += [str(each) for name, value in options.items() for each in (f"--{name}", value)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_without_the_training_extras_it_says_what_to_install(
    folder: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    # A module finder that knows nothing of torch, as on a machine without it.
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as found\nfind = found.find_spec\n"
        "found.find_spec = lambda name, *more: None if name == 'torch' else find(name, *more)\n"
    )
    path = f"{tmp_path}:{environment['PYTHONPATH']}"
    done = tune(folder, environment | {"PYTHONPATH": path})
    assert done.returncode == 1
    assert "to train on them takes torch" in done.stderr
    assert "pip install -e '.[train]'" in done.stderr


def test_with_them_it_ends_with_the_gates(folder: Path, environment: dict[str, str]) -> None:
    for name in EXTRAS:
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"{name} is not installed: pip install -e '.[train]'")
    base = [sys.executable, "-c", MAKE_BASE, str(folder / "run"), str(folder / "base")]
    subprocess.run(base, cwd=ROOT, env=environment, check=True)
    card = SERVING.with_suffix(".card.json").read_bytes()
    done = tune(folder, environment)
    assert SERVING.with_suffix(".card.json").read_bytes() == card
    assert "| gate | figure | floor | goal | |" in done.stdout, done.stderr
    assert (folder / "out" / "plainspeak-smoke.Q4_K_M.gguf").is_file()
    # A model of two layers and eight steps misses floors, and the last line names them.
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("Below the floor: ")
