"""Tiny language models with random weights: every test runs on the real llama.cpp, and none waits for it."""

import hashlib
import json
from pathlib import Path
from typing import Any

from app.classifiers.gguf import card_path_of
from app.core.prompt import VERBALIZERS, prompt_hash
from app.core.types import Category
from benchmarks.random_model import Shape, write_random_model

TINY = Shape(layers=2, width=64, inner=128, heads=4, kv_heads=2, vocabulary=400, context=2048)
NEUTRAL = {"slope": 1.0, "intercept": 0.0}


def scorer_card(path: Path, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 a card is JSON
    return {
        "name": "tiny-lm",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "kind": "scorer",
        "backend": "llama.cpp",
        "context": {"tokens": 2048},
        "window": {"tokens": 128, "overlap": 32},
        "prompt": {"sha256": prompt_hash()},
        "explains": True,
        "calibration": {
            "bias": dict.fromkeys(VERBALIZERS, 0.0),
            "categories": dict.fromkeys((category.value for category in Category), NEUTRAL),
            "overall": {"platt": NEUTRAL},
        },
        **changes,
    }


def make_scorer(path: Path, *, words: bool = True, spread: float = 0.3, **changes: object) -> Path:
    """Write a model and its card. Without `words` the tokenizer spells the answers letter by letter."""
    write_random_model(path, TINY, quantized=False, words=VERBALIZERS if words else (), spread=spread)
    card_path_of(path).write_text(json.dumps(scorer_card(path, **changes)), encoding="utf-8")
    return path
