"""The numbers of a run, read from `training/recipes/*.toml`."""

import tomllib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class SourceRecipe:
    """How one labelled file is used."""

    licence: str
    cap: int
    weight: float
    thin: bool = False
    repeats: int = 1
    mistaken: int = 0


@dataclass(frozen=True, slots=True)
class TrainRecipe:
    """The optimizer's numbers; see the comments in the recipe file."""

    max_tokens: int
    batch_tokens: int
    schedule_tokens: int
    token_budget: int
    learning_rate: float
    layer_decay: float
    warmup_share: float
    weight_decay: float
    pooled_dropout: float
    positive_weight: float
    averaging: float
    threads: int
    bfloat16: bool


@dataclass(frozen=True, slots=True)
class Recipe:
    """One run."""

    seed: int
    start_sha256: str
    """Of the GGUF whose weights the run goes on from; empty for the base model."""
    dev_share: float
    handmade_variants: int
    handmade_repeats: int
    obfuscated_share: float
    company_share: float
    handmade_weight: float
    handmade_mass: float
    soft_label_weight: float
    plain_share: float
    any_harm_weight: float
    overall_without: list[str]
    teacher_negatives: int
    train: TrainRecipe
    source: dict[str, SourceRecipe]

    def harmful(self, row: dict[str, Any]) -> float:
        """What a prepared row says of harm at all: 1, 0, or nan where it says nothing that can be used."""
        unknown = row["harmful"] is None or row["source"] in self.overall_without
        return float("nan") if unknown else float(row["harmful"])

    def trust(self, row: dict[str, Any]) -> float:
        """How much a prepared row counts in a loss."""
        handmade = str(row["source"]).startswith("handmade")
        return self.handmade_weight if handmade else float(row["weight"])


def with_sources(recipe: Recipe, path: Path) -> Recipe:
    """The recipe with the sources of another file beside its own."""
    raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    more = {name: SourceRecipe(**numbers) for name, numbers in raw["source"].items()}
    return replace(recipe, source=recipe.source | more)


def read_recipe(path: Path) -> Recipe:
    """Read a recipe; a missing or unknown key is a TypeError that names it."""
    raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    return Recipe(
        **{key: value for key, value in raw.items() if key not in {"train", "source"}},
        train=TrainRecipe(**raw["train"]),
        source={name: SourceRecipe(**numbers) for name, numbers in raw["source"].items()},
    )
