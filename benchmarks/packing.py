"""How wide the encoder's weights and how full its calls should be: `python -m benchmarks.packing`.

Milliseconds of a text on one core, for weights as the file has them and written out wider, and for calls that
take in no text beyond so many tokens (1: every text has a call of its own). Short posts have about 10 tokens,
mixed ones about 40. All ways run in every round; the median of the rounds counts. The last number is by how
much a probability differs most from that of 32-bit weights.
"""

import argparse
import ctypes
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import llama_cpp
import numpy as np
from numpy.typing import NDArray

from app.classifiers.llama import EncoderWeights
from app.classifiers.windows import BATCH_SEQUENCES, BATCH_TOKENS
from app.services.bench import distinct_texts
from app.settings import read_settings

WIDTHS = {
    "q8_0": llama_cpp.LLAMA_FTYPE_MOSTLY_Q8_0,
    "bf16": llama_cpp.LLAMA_FTYPE_MOSTLY_BF16,
    "f16": llama_cpp.LLAMA_FTYPE_MOSTLY_F16,
    "f32": llama_cpp.LLAMA_FTYPE_ALL_F32,
}
LIMITS = (1, 48, 64, 96, 128)
TEXTS = 120
SHORT_WORDS = 8
LONGEST = 62

Call = Callable[[list[list[int]]], Sequence[NDArray[np.float32]]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    found = measure(read_settings().model, rounds=arguments.rounds)
    if arguments.json:
        json.dump([asdict(each) for each in found], sys.stdout, indent=1)
        return
    for each in found:
        row = "  ".join(f"{limit}: {ms:6.2f}" for limit, ms in each.ms.items())
        print(f"{each.weights:>5} {each.texts:>6}  {row}  {each.most_differs:.4f}")


@dataclass(frozen=True, slots=True)
class Width:
    """What weights of one width do with one kind of text."""

    weights: str
    texts: str
    ms: dict[int, float]
    """Median milliseconds of a text by the most tokens of a call."""
    most_differs: float


def measure(path: Path, *, rounds: int) -> list[Width]:
    """Every width with every kind of text."""
    with _contexts(path) as (weights, calls):
        kinds = _tokens(weights)
        probabilities = {
            (name, kind): _probabilities(call, texts)
            for name, call in calls.items()
            for kind, texts in kinds.items()
        }
        times: dict[tuple[str, str, int], list[float]] = {}
        for _ in range(rounds):
            for name, call in calls.items():
                for kind, texts in kinds.items():
                    for limit in LIMITS:
                        times.setdefault((name, kind, limit), []).append(_ms(call, texts, limit=limit))
    return [
        Width(
            weights=name,
            texts=kind,
            ms={limit: round(statistics.median(times[name, kind, limit]), 2) for limit in LIMITS},
            most_differs=float(np.abs(found - probabilities["f32", kind]).max()),
        )
        for (name, kind), found in probabilities.items()
    ]


@contextmanager
def _contexts(path: Path) -> Iterator[tuple[EncoderWeights, dict[str, Call]]]:
    """The words of the model, and what scores with each width of its weights."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        as_they_are = stack.enter_context(closing(EncoderWeights(path)))
        all_weights = {"file": as_they_are}
        for name, kind in WIDTHS.items():
            to = folder / f"{name}.gguf"
            parameters = llama_cpp.llama_model_quantize_default_params()
            parameters.ftype, parameters.allow_requantize = kind, True
            if llama_cpp.llama_model_quantize(bytes(path), bytes(to), ctypes.byref(parameters)) != 0:
                raise SystemExit(f"llama.cpp cannot write {path} as {name}.")
            all_weights[name] = stack.enter_context(closing(EncoderWeights(to)))
        calls: dict[str, Call] = {}
        for name, weights in all_weights.items():
            context = weights.context(threads=1, batch_tokens=BATCH_TOKENS, batch_sequences=BATCH_SEQUENCES)
            calls[name] = stack.enter_context(closing(context)).logits
        yield as_they_are, calls


def _tokens(weights: EncoderWeights) -> dict[str, list[list[int]]]:
    mixed = distinct_texts(TEXTS)
    short = [" ".join(text.split()[:SHORT_WORDS]) for text in mixed]
    return {
        kind: [[weights.begin, *weights.tokenize(text)[:LONGEST], weights.end] for text in texts]
        for kind, texts in (("short", short), ("mixed", mixed))
    }


def _probabilities(call: Call, texts: Sequence[list[int]]) -> NDArray[np.float64]:
    """Of each text and label."""
    logits = np.array([call([text])[0] for text in texts], dtype=np.float64)
    return 1 / (1 + np.exp(-logits))


def _ms(call: Call, texts: Sequence[list[int]], *, limit: int) -> float:
    started = time.perf_counter()
    together: list[list[int]] = []
    tokens = 0
    for text in texts:
        if together and (tokens + len(text) > limit or len(together) == BATCH_SEQUENCES):
            call(together)
            together, tokens = [], 0
        together.append(text)
        tokens += len(text)
    call(together)
    return (time.perf_counter() - started) / len(texts) * 1000


if __name__ == "__main__":
    main()
