"""The numbers of plainspeak-nano, read from `training/recipes/nano.toml`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RECIPE = Path(__file__).parent / "recipes" / "nano.toml"


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a Qwen2. Width and inner width are multiples of 256, so that K-quants apply."""

    width: int
    layers: int
    heads: int
    kv_heads: int
    inner: int
    context: int


@dataclass(frozen=True, slots=True)
class TrainNumbers:
    """The optimizer's numbers; see the comments in the recipe file."""

    max_tokens: int
    batch_tokens: int
    token_budget: int
    minutes: float
    learning_rate: float
    warmup_share: float
    weight_decay: float
    rare_weight: float
    answers_every: int
    averaging: float
    compiled: bool
    threads: int


@dataclass(frozen=True, slots=True)
class NanoRecipe:
    """One run."""

    seed: int
    name: str
    vocabulary: int
    overlap: int
    shape: Shape
    train: TrainNumbers


def read_nano_recipe(path: Path) -> NanoRecipe:
    """Read a recipe; a missing or unknown key is a TypeError that names it."""
    raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return NanoRecipe(
        **{key: value for key, value in raw.items() if key not in {"train", "shape"}},
        shape=Shape(**raw["shape"]),
        train=TrainNumbers(**raw["train"]),
    )
