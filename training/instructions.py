"""Prepared rows to instructions for a decoder: the prompt's text, the answer, and the share of each word.

    python -m training.instructions --run RUN [--measured DATA/dev] [--also alpaca messages]

Reads rows-{train,dev,held}.jsonl of the run folder (and encoder-scores.npy, if it is there) and writes
instructions-{train,dev,held}.jsonl: `text` and `answer` for the prompt of `app.core.prompt`, `shares` (what
each of its words should get at the place of the answer), `weight` and `source`. From the same rows come, on
request, Alpaca rows (`instruction`, `input`, `output`) and chat rows (`messages`). A row of train that is
also kept back or measured on, by the fingerprint of its text, is left out and counted.
"""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from app.bootstrap import read_lexicon, read_policy
from app.core.lexicon import Lexicon
from app.core.normalize import normalize
from app.core.policy import Policy
from app.core.prompt import BEFORE, END, VERBALIZERS, answer_for, prompt_for
from app.core.types import Category, Label, NormalizedText
from training import encoder_scores, noise
from training.prepare import LEXICON, RECIPE
from training.recipe import Recipe, read_recipe, with_sources
from training.sources import CATEGORIES, fingerprint, read_rows

PARTS = ("train", "dev", "held")
FACTS = "decoder.json"
"""What the stage that trains a decoder tells the stages after it."""
MODERATORS = Path(__file__).parent / "recipes" / "moderators.toml"
POLICY = Path(__file__).parents[1] / "policies" / "default.toml"
FEWEST_KEPT_BACK = 16
_KEPT_BACK_OF = 20
_PROFANITY = CATEGORIES.index(Category.PROFANITY)
_CERTAIN_LABEL, _SOFT_LABEL = 0.85, 0.5
"""How far a person's and a word model's label are believed where the encoder has its own opinion."""
_SWEARING = 0.3
"""Share of the harm of a text that its swearing can be, beside its categories."""
_CASUAL_SWEARING = 0.4
"""Share of "profanity" in a text that swears and harms nobody."""
_AS_WRITTEN = 0.25
"""Share of the training texts without their edits: what `ollama run` sends."""
_SMOOTHING = 0.01
_SYSTEM = BEFORE.removeprefix("<|im_start|>system\n").partition(END)[0]


@dataclass(frozen=True, slots=True)
class Instruction:
    """One text, ready for the prompt, and what should be answered."""

    text: str
    answer: str
    shares: tuple[float, ...]
    """One per word of VERBALIZERS; they sum to 1."""
    weight: float
    source: str
    origin: str
    """Fingerprint of the row: its copies differ by their noise."""

    def alpaca(self) -> dict[str, str]:
        """The row as Stanford Alpaca lays it out."""
        return {"instruction": _SYSTEM, "input": self.text, "output": self.answer}

    def messages(self) -> dict[str, list[dict[str, str]]]:
        """The row as a chat."""
        spoken = (("system", _SYSTEM), ("user", self.text), ("assistant", self.answer))
        return {"messages": [{"role": role, "content": content} for role, content in spoken]}


def main() -> None:
    """Run the stage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--measured", type=Path, help="folder of labelled files that are only measured on")
    parser.add_argument("--also", nargs="*", default=[], choices=("alpaca", "messages"))
    arguments = parser.parse_args()
    write(
        run=arguments.run,
        recipe=rows_recipe(),
        measured=arguments.measured,
        also=arguments.also,
    )


def write(*, run: Path, recipe: Recipe, measured: Path | None, also: Sequence[str]) -> None:
    """Write every part of a run."""
    rows = {part: read_part(run / f"rows-{part}.jsonl") for part in PARTS}
    kept_back = {fingerprint(row["text"]) for part in PARTS[1:] for row in rows[part]}
    kept_back |= _fingerprints(measured)
    scores = _encoder_scores(run, rows=len(rows["train"]))
    fresh = [place for place, row in enumerate(rows["train"]) if fingerprint(row["text"]) not in kept_back]
    print(f"{len(rows['train']) - len(fresh)} rows of train are kept back or measured on: left out")
    lexicon, policy = read_lexicon(LEXICON), read_policy(POLICY)
    random = Random(recipe.seed + 3)
    for part in PARTS:
        instructions = _instructions(
            rows[part] if part != "train" else [rows["train"][place] for place in fresh],
            scores=scores[fresh] if part == "train" and scores is not None else None,
            noisy=random if part == "train" else None,
            recipe=recipe,
            lexicon=lexicon,
            policy=policy,
        )
        _write(run, part, instructions, also=also)


def rows_recipe() -> Recipe:
    """The recipe of the rows: that of the encoder, and moderators' rulings beside it."""
    return with_sources(read_recipe(RECIPE), MODERATORS)


def read_part(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON lines file; none where there is no such file."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_instructions(path: Path) -> list[Instruction]:
    """What `write` wrote."""
    return [Instruction(**row | {"shares": tuple(row["shares"])}) for row in read_part(path)]


def with_some_kept_back(
    train: Sequence[Instruction], dev: Sequence[Instruction]
) -> tuple[list[Instruction], list[Instruction]]:
    """Both parts; where too few are kept back to see a loss fall, one in twenty of train is kept back too.

    That is so where a run has hand-written texts and a few rulings alone. Copies of a row stay on one side.
    """
    if len(dev) >= FEWEST_KEPT_BACK:
        return [*train], [*dev]
    kept = [row for row in train if int(row.origin, 16) % _KEPT_BACK_OF == 0]
    taught = [row for row in train if int(row.origin, 16) % _KEPT_BACK_OF]
    return taught, [*dev, *kept]


def _fingerprints(folder: Path | None) -> set[str]:
    files = [] if folder is None else sorted([*folder.glob("*.jsonl"), *folder.glob("*.jsonl.gz")])
    return {fingerprint(row.text) for file in files for row in read_rows(file)}


def _encoder_scores(run: Path, *, rows: int) -> np.ndarray | None:
    path = run / encoder_scores.FILE
    if not path.is_file():
        return None
    scores: np.ndarray = np.load(path).astype(np.float64)
    if len(scores) != rows:
        print(f"{path} is of {len(scores)} other rows: not used")
        return None
    return scores


def _instructions(
    rows: Sequence[dict[str, Any]],
    *,
    scores: np.ndarray | None,
    noisy: Random | None,
    recipe: Recipe,
    lexicon: Lexicon,
    policy: Policy,
) -> Iterator[Instruction]:
    for place, row in enumerate(rows):
        own = None if scores is None or np.isnan(scores[place]).any() else scores[place]
        shares = shares_of(row, encoder=own, harmful=recipe.harmful(row))
        answer = answer_of(shares, encoder=own, policy=policy)
        for text in _copies(row, noisy=noisy, recipe=recipe):
            yield Instruction(
                text=prompt_for(_read(text, noisy=noisy, lexicon=lexicon)).text,
                answer=answer,
                shares=tuple(round(float(share), 4) for share in shares),
                weight=recipe.trust(row),
                source=row["source"],
                origin=fingerprint(row["text"]),
            )


def shares_of(row: dict[str, Any], *, encoder: np.ndarray | None, harmful: float) -> np.ndarray:
    """What each word should get for a prepared row: safe, then the categories. Sums to 1.

    Args:
        row: a prepared row.
        encoder: categories and any harm as the encoder sees them, or None.
        harmful: 1, 0 or nan.
    """
    targets = np.array(row["targets"])
    if encoder is not None:
        trust = np.where(row["certain"], _CERTAIN_LABEL, _SOFT_LABEL)
        targets = trust * targets + (1 - trust) * encoder[:-1]
    if np.isnan(harmful):
        harm = float(encoder[-1]) if encoder is not None else _noisy_or(targets)
    else:
        harm = harmful
        if encoder is not None:
            harm = _CERTAIN_LABEL * harmful + (1 - _CERTAIN_LABEL) * float(encoder[-1])
    weighed = targets + 1e-4
    weighed[_PROFANITY] *= _SWEARING
    swearing = (1 - harm) * _CASUAL_SWEARING * targets[_PROFANITY]
    shares = np.append(1 - harm - swearing, harm * weighed / weighed.sum())
    shares[1 + _PROFANITY] += swearing
    smooth: np.ndarray = (1 - _SMOOTHING) * shares + _SMOOTHING / len(VERBALIZERS)
    return smooth


def _noisy_or(targets: np.ndarray) -> float:
    return float(1 - np.prod(1 - np.delete(targets, _PROFANITY)))


def answer_of(shares: np.ndarray, *, encoder: np.ndarray | None, policy: Policy) -> str:
    """The answer in words: the strongest, with the severity that the encoder's score has by the policy."""
    strongest = int(np.argmax(shares))
    if strongest == 0:
        return answer_for(Label.SAFE, None)
    category = CATEGORIES[strongest - 1]
    thresholds = policy.thresholds(category)
    if encoder is None:
        # Nobody says how bad it is: harmful, or as far as the policy goes for the category.
        label = Label.POTENTIALLY_HARMFUL if thresholds.harmful is None else Label.HARMFUL
    else:
        label = thresholds.label(float(encoder[strongest - 1]))
    return answer_for(Label.POTENTIALLY_HARMFUL if label is Label.SAFE else label, category)


def _copies(row: dict[str, Any], *, noisy: Random | None, recipe: Recipe) -> Iterator[str]:
    """The text as it is to be read; for training several times, each with new noise."""
    if noisy is None:
        yield row["text"]
        return
    handmade = str(row["source"]).startswith("handmade")
    repeats = recipe.handmade_repeats if handmade else recipe.source[row["source"]].repeats
    for turn in range(repeats):
        text = row["text"] if turn % 2 else noise.with_style(row["text"], random=noisy)
        if noisy.random() < recipe.obfuscated_share:
            text = noise.with_obfuscation(text, random=noisy)
        yield text


def _read(text: str, *, noisy: Random | None, lexicon: Lexicon) -> NormalizedText:
    if noisy is not None and noisy.random() < _AS_WRITTEN:
        return NormalizedText(original=text, plain=text)
    return normalize(text, lexicon=lexicon)


def _write(run: Path, part: str, instructions: Iterator[Instruction], *, also: Sequence[str]) -> None:
    files: dict[str, Callable[[Instruction], object]] = {
        "instructions": asdict,
        "alpaca": Instruction.alpaca,
        "messages": Instruction.messages,
    }
    wanted = ["instructions", *also]
    paths = {name: run / f"{name}-{part}.jsonl" for name in wanted}
    outs = {name: path.with_suffix(".tmp").open("w", encoding="utf-8") for name, path in paths.items()}
    count = 0
    try:
        for instruction in instructions:
            count += 1
            for name, out in outs.items():
                out.write(json.dumps(files[name](instruction), ensure_ascii=False) + "\n")
    finally:
        for out in outs.values():
            out.close()
    # Under its name when it is whole: a run that goes on takes what is there for done.
    for path in paths.values():
        path.with_suffix(".tmp").replace(path)
    print(f"{part}: {count} instructions")


if __name__ == "__main__":
    main()
