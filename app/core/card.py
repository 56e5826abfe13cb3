"""What a model's card must say for its answers to be used.

A card is `NAME.card.json` beside `NAME.gguf`. It also tells people where the model comes from, what it was
trained on and how good it is; this module reads only what scoring needs.
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import cast

from app.core.calibration import Choice, Overall, Platt, Stack
from app.core.errors import CardInvalid
from app.core.prompt import VERBALIZERS, prompt_hash
from app.core.tallies import BANDS, spread_of
from app.core.types import Category


class ModelKind(StrEnum):
    """How a model gives its answer."""

    ENCODER = "encoder"
    """One logit per category from a pooled encoder."""
    SCORER = "scorer"
    """One word out of nine from a language model."""


class Backend(StrEnum):
    """What runs a scorer: its calibration holds for that one alone, for logits differ between engines."""

    LLAMA = "llama.cpp"
    OLLAMA = "ollama"
    REMOTE = "remote"


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """A file of n-gram weights that stands beside the model."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class CardSet:
    """What a model did on a named set of texts, by the thresholds that come with Plainspeak."""

    name: str
    rows: int
    review_rate: float
    """The share of the texts that it would send to a person."""


@dataclass(frozen=True, slots=True)
class CardScores:
    """How a model's scores of any harm are spread on a reference set, for a place to compare itself with."""

    set: str
    """The name of the set."""
    bands: tuple[int, ...]
    """Texts in each of the `BANDS` of `app.core.tallies`."""

    @property
    def rows(self) -> int:
        """All its texts."""
        return sum(self.bands)


@dataclass(frozen=True, slots=True)
class CardFigures:
    """What a card says for people to compare with; scoring needs none of it."""

    sets: tuple[CardSet, ...] = ()
    scores: CardScores | None = None


NO_FIGURES = CardFigures()


@dataclass(frozen=True, slots=True)
class Identity:
    """Which file a card is about."""

    name: str
    sha256: str

    @property
    def version(self) -> str:
        """Name and the first 12 digits of the file's hash, as stored with each decision."""
        return f"{self.name}@{self.sha256[:12]}"


@dataclass(frozen=True, slots=True)
class EncoderCard(Identity):
    """The part of an encoder's card that scoring needs."""

    labels: tuple[Category, ...]
    """The model's outputs, in order."""
    window_tokens: int
    """Longest stretch of text the model reads at once, special tokens included."""
    overlap_tokens: int
    """Tokens shared by neighbouring windows of a longer text."""
    calibration: tuple[Stack, ...]
    """One per label, in order."""
    overall: Overall
    second_opinion: SecondOpinion | None
    figures: CardFigures = NO_FIGURES

    @property
    def kind(self) -> ModelKind:
        """Always an encoder."""
        return ModelKind.ENCODER


@dataclass(frozen=True, slots=True)
class ScorerCard(Identity):
    """The part of a scorer's card that scoring needs. Its prompt is the one of `app.core.prompt`."""

    backend: Backend
    context_tokens: int
    """Size of the KV cache: the prompt, and the texts that are scored together."""
    window_tokens: int
    """Longest stretch of text the model reads at once, the fixed parts of the prompt not counted."""
    overlap_tokens: int
    """Tokens shared by neighbouring windows of a longer text."""
    calibration: Choice
    explains: bool
    """Whether it can also write sentences; a model that was only taught the labels cannot."""

    @property
    def kind(self) -> ModelKind:
        """Always a scorer."""
        return ModelKind.SCORER


ModelCard = EncoderCard | ScorerCard


def parse_card(text: str | bytes, *, name: str) -> ModelCard:
    """Read a card, or the bytes of its file.

    Raises:
        CardInvalid: something scoring needs is missing or malformed; the message names it.
    """
    try:
        raw = cast("dict[str, object]", json.loads(text))
        match ModelKind(str(raw["kind"])):
            case ModelKind.ENCODER:
                return _encoder(raw)
            case ModelKind.SCORER:
                return _scorer(raw)
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise CardInvalid(
            f"The card of {name!r} cannot be used ({type(error).__name__}: {error}). "
            "Compare it with models/plainspeak-mini.Q4_K_M.card.json, or package the model again."
        ) from error


def _encoder(raw: Mapping[str, object]) -> EncoderCard:
    labels = _labels(raw["labels"])
    calibration = _mapping(raw["calibration"])
    overall = _mapping(calibration["overall"])
    weights = _mapping(overall["weights"])
    categories = _mapping(calibration["categories"])
    second = _second_opinion(raw.get("second_opinion"))
    window, shared = _window(raw)
    return EncoderCard(
        name=str(raw["name"]),
        sha256=str(raw["sha256"]),
        labels=labels,
        window_tokens=window,
        overlap_tokens=shared,
        calibration=tuple(_stack(categories[label.value], alone=second is None) for label in labels),
        overall=Overall(
            weights=tuple(_not_negative(weights[label.value]) for label in labels),
            platt=_platt(overall["platt"]),
        ),
        second_opinion=second,
        figures=CardFigures(
            sets=tuple(_sets(_mapping(raw.get("metrics", {})))), scores=_scores(raw.get("scores"))
        ),
    )


def _scorer(raw: Mapping[str, object]) -> ScorerCard:
    prompt, ours = str(_mapping(raw["prompt"])["sha256"])[:12], prompt_hash()[:12]
    if prompt != ours:
        raise ValueError(f"prompt.sha256 is {prompt}..., and this version asks with the prompt {ours}...")
    calibration = _mapping(raw["calibration"])
    bias = _mapping(calibration["bias"])
    categories = _mapping(calibration["categories"])
    window, shared = _window(raw)
    return ScorerCard(
        name=str(raw["name"]),
        sha256=str(raw["sha256"]),
        backend=Backend(str(raw["backend"])),
        context_tokens=int(_not_negative(_mapping(raw["context"])["tokens"])),
        window_tokens=window,
        overlap_tokens=shared,
        calibration=Choice(
            bias=tuple(_number(bias[word]) for word in VERBALIZERS),
            categories=tuple(_platt(categories[category.value]) for category in Category),
            overall=_platt(_mapping(calibration["overall"])["platt"]),
        ),
        explains=raw.get("explains") is True,
    )


def _window(raw: Mapping[str, object]) -> tuple[int, int]:
    """Tokens of a window, and those it shares with the next."""
    window = _mapping(raw["window"])
    return int(_not_negative(window["tokens"])), int(_not_negative(window["overlap"]))


def _platt(raw: object) -> Platt:
    numbers = _mapping(raw)
    platt = Platt(slope=_number(numbers["slope"]), intercept=_number(numbers["intercept"]))
    if platt.slope <= 0:
        raise ValueError(f"slope must be above 0, not {platt.slope!r}")
    return platt


def _stack(raw: object, *, alone: bool) -> Stack:
    platt = _platt(raw)
    second = 0.0 if alone else _not_negative(_mapping(raw)["second"])
    return Stack(slope=platt.slope, second=second, intercept=platt.intercept)


def _second_opinion(raw: object) -> SecondOpinion | None:
    if raw is None:
        return None
    found = _mapping(raw)
    file = str(found["file"])
    if not file or file != PurePath(file).name:
        raise ValueError(f"second_opinion.file must be the name of a file beside the model, not {file!r}")
    return SecondOpinion(file=file, sha256=str(found["sha256"]))


def _sets(metrics: Mapping[str, object]) -> Iterator[CardSet]:
    for name, figures in metrics.items():
        if isinstance(figures, dict) and {"rows", "review_rate"} <= figures.keys():
            rows, rate = _not_negative(figures["rows"]), _not_negative(figures["review_rate"])
            yield CardSet(name=name, rows=int(rows), review_rate=rate)


def scores_entry(name: str, scores: Iterable[float]) -> dict[str, object]:
    """Write how scores are spread on a set as a card has it under "scores".

    Args:
        name: of the set.
        scores: the verdict's score of any harm for each of its texts, in [0, 1].
    """
    return {"set": name, "bands": list(spread_of(scores))}


def _scores(raw: object) -> CardScores | None:
    if raw is None:
        return None
    found = _mapping(raw)
    bands = found["bands"]
    if not isinstance(bands, list) or len(bands) != BANDS:
        raise ValueError(f"scores.bands must be a list of {BANDS} numbers of texts, not {bands!r}")
    return CardScores(set=str(found["set"]), bands=tuple(int(_not_negative(each)) for each in bands))


def _mapping(raw: object) -> Mapping[str, object]:
    if not isinstance(raw, dict):
        raise TypeError(f"expected an object, not {raw!r}")
    return raw


def _labels(raw: object) -> tuple[Category, ...]:
    if not isinstance(raw, list):
        raise TypeError(f"expected a list, not {raw!r}")
    labels = tuple(Category(label) for label in raw)
    if not labels or len(set(labels)) < len(labels):
        raise ValueError(f"expected every label once, not {raw!r}")
    return labels


def _number(raw: object) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise TypeError(f"expected a number, not {raw!r}")
    if not math.isfinite(raw):
        raise ValueError(f"expected a finite number, not {raw!r}")
    return float(raw)


def _not_negative(raw: object) -> float:
    number = _number(raw)
    if number < 0:
        raise ValueError(f"expected a number that is not negative, not {raw!r}")
    return number
