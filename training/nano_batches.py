"""Instructions as token ids, and the batches that plainspeak-nano is trained on."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import numpy as np
import torch
from torch import Tensor
from transformers import PreTrainedTokenizerFast as Tokenizer

from app.core.prompt import VERBALIZERS
from training.decoder_tokens import PromptTokens, encode
from training.instructions import Instruction

RARE = 0.04
_LENGTH_STEP = 8
"""Rows are padded to a multiple of this many tokens, so that few shapes are compiled."""
_SORTED_TOGETHER = 8192
"""Rows among which those of like length meet in a batch."""


@dataclass(frozen=True, slots=True)
class Example:
    """One row, ready for the model."""

    ids: list[int]
    """The text and what stands behind it, up to the place of the answer."""
    answer: list[int]
    """With its end."""
    shares: tuple[float, ...]
    """What each word should get at the place of the answer."""
    weight: float


def examples_of(
    rows: list[Instruction], *, tokenizer: Tokenizer, prompt: PromptTokens, most: int
) -> list[Example]:
    """Tokenize; a text of more than `most` tokens loses its end."""
    texts = tokenizer([row.text for row in rows], add_special_tokens=False, split_special_tokens=True)
    answers = {answer: [*encode(tokenizer, answer), prompt.end] for answer in {row.answer for row in rows}}
    return [
        Example(
            ids=[*ids[:most], *prompt.after], answer=answers[row.answer], shares=row.shares, weight=row.weight
        )
        for ids, row in zip(texts["input_ids"], rows, strict=True)
    ]


def weights_of(examples: list[Example], *, rare_weight: float) -> np.ndarray:
    """How much each row counts: those whose answer is rare for more."""
    first = np.array([int(np.argmax(example.shares)) for example in examples])
    share = np.bincount(first, minlength=len(VERBALIZERS)) / len(first)
    own = np.array([example.weight for example in examples])
    weights: np.ndarray = own * np.where(share[first] < RARE, rare_weight, 1.0)
    return weights


def batches(examples: list[Example], *, most: int, seed: int) -> Iterator[list[int]]:
    """Endless batches of at most `most` tokens, similar lengths together, in the order of the seed."""
    random = Random(seed + 2)
    lengths = [padded_length(len(example.ids)) for example in examples]
    while True:
        order = list(range(len(examples)))
        random.shuffle(order)
        found: list[list[int]] = []
        for start in range(0, len(order), _SORTED_TOGETHER):
            batch: list[int] = []
            for place in sorted(order[start : start + _SORTED_TOGETHER], key=lengths.__getitem__):
                if (len(batch) + 1) * lengths[place] > most:
                    found.append(batch)
                    batch = []
                batch.append(place)
            found.append(batch)
        random.shuffle(found)
        yield from found


def padded_length(length: int) -> int:
    """The length that a row of `length` tokens is padded to."""
    return -(-length // _LENGTH_STEP) * _LENGTH_STEP


def padded(rows: list[list[int]], *, length: int | None = None, fill: int = 0) -> Tensor:
    """Rows of one length: that of the longest, or `length`."""
    longest = length or max(map(len, rows))
    return torch.tensor([row + [fill] * (longest - len(row)) for row in rows])
