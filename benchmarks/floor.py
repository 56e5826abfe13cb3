"""The arithmetic that no implementation of the model can do without, and how fast this machine does it.

The floor of a text is the time that its matrix products take a tuned BLAS on this machine, in 32-bit floats
and with as many threads as the engine: no softmax, no normalizing, no tokenizer. An engine that multiplies
8-bit or 16-bit numbers can be below it.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np
from threadpoolctl import threadpool_limits

from app.classifiers.windows import FULL_TOKENS
from benchmarks.contenders import Score
from benchmarks.peers import MOST_TOKENS, tokenizer_of


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes that decide how much a text costs."""

    layers: int
    width: int
    inner: int
    labels: int

    def multiply_adds(self, tokens: int) -> int:
        """Of one text of so many tokens."""
        of_layer = tokens * (4 * self.width**2 + 2 * self.width * self.inner) + 2 * tokens**2 * self.width
        return self.layers * of_layer + self.width * (self.width + self.labels)


def shape_of(model: Path) -> Shape:
    """The sizes of an encoder."""
    fields = {name: field.contents() for name, field in gguf.GGUFReader(model).fields.items()}
    return Shape(
        layers=fields["bert.block_count"],
        width=fields["bert.embedding_length"],
        inner=fields["bert.feed_forward_length"],
        labels=len(fields["bert.classifier.output_labels"]),
    )


def products(model: Path, folder: Path, *, threads: int) -> Score:
    """Multiply what a forward pass multiplies, for texts in calls as large as the engine's."""
    tokenizer, pass_ = tokenizer_of(folder), _Pass(shape_of(model))

    def score(texts: Sequence[str]) -> None:
        with threadpool_limits(threads, user_api="blas"):
            for tokens in _calls([len(each.ids) for each in tokenizer.encode_batch(list(texts))]):
                pass_.run(tokens)

    return score


def rate(model: Path, *, threads: int, seconds: float) -> float:
    """Multiply-adds a second of the model's own products, in calls of the engine's size; the best seen."""
    shape = shape_of(model)
    pass_, work = _Pass(shape), shape.multiply_adds(FULL_TOKENS)
    best = float("inf")
    with threadpool_limits(threads, user_api="blas"):
        until = time.perf_counter() + seconds
        while (started := time.perf_counter()) < until:
            pass_.run(FULL_TOKENS)
            best = min(best, time.perf_counter() - started)
    return work / best


def tokens_of(folder: Path, texts: Sequence[str]) -> list[int]:
    """How many tokens the model reads of each text."""
    return [len(each.ids) for each in tokenizer_of(folder).encode_batch(list(texts))]


class _Pass:
    """The matrix products of one forward pass, without what is between them."""

    def __init__(self, shape: Shape) -> None:
        draw = np.random.default_rng(1)
        self._layers = shape.layers
        self._square = draw.standard_normal((shape.width, shape.width), dtype=np.float32)
        self._up = draw.standard_normal((shape.width, shape.inner), dtype=np.float32)
        self._down = draw.standard_normal((shape.inner, shape.width), dtype=np.float32)
        self._states = draw.standard_normal((MOST_TOKENS, shape.width), dtype=np.float32)
        self._wide = draw.standard_normal((MOST_TOKENS, shape.inner), dtype=np.float32)

    def run(self, tokens: int) -> None:
        """Multiply for so many tokens."""
        states, wide = self._states[:tokens], self._wide[:tokens]
        for _ in range(self._layers):
            for _ in range(4):
                states @ self._square
            states @ self._up
            wide @ self._down
            # Over all heads, the two products of attention are as large as these.
            (states @ states.T) @ states


def _calls(lengths: Sequence[int]) -> Iterator[int]:
    """Tokens of each call, texts together as long as a call of the engine holds them."""
    waiting = 0
    for length in lengths:
        if waiting and waiting + length > FULL_TOKENS:
            yield waiting
            waiting = 0
        waiting += length
    if waiting:
        yield waiting
