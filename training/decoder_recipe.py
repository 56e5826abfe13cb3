"""The numbers of a run that tunes a decoder, read from `training/recipes/decoder-*.toml`."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Adapter:
    """What LoRA adds to the base model (Hu et al. 2021)."""

    rank: int
    alpha: int
    dropout: float
    targets: list[str]
    """Names of the projections it is added to."""
    four_bit: bool
    """QLoRA (Dettmers et al. 2023): the base in NF4, quantized doubly, where CUDA and bitsandbytes are."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """The optimizer's numbers; see the comments in the recipe files."""

    max_tokens: int
    epochs: float
    most_rows: int
    most_dev_rows: int
    batch: int
    accumulate: int
    learning_rate: float
    warmup_share: float
    weight_decay: float
    check_every: int
    patience: int
    checkpointing: bool
    report_to: str
    threads: int


@dataclass(frozen=True, slots=True)
class DecoderRecipe:
    """One run."""

    seed: int
    name: str
    base_name: str
    base_licence: str
    explains: bool
    """Whether the base writes sentences, which tuning on labels does not take away."""
    context: int
    overlap: int
    adapter: Adapter
    train: Tuning


def read_decoder_recipe(path: Path) -> DecoderRecipe:
    """Read a recipe; a missing or unknown key is a TypeError that names it."""
    raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return DecoderRecipe(
        **{key: value for key, value in raw.items() if key not in {"adapter", "train"}},
        adapter=Adapter(**raw["adapter"]),
        train=Tuning(**raw["train"]),
    )
