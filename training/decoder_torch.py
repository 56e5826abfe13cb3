"""A decoder's GGUF through PyTorch, read by transformers: what llama.cpp is held against.

Weights and tokenizer come out of the file itself, quantized ones as the numbers that they stand for, so both
engines compute the same model. Only the arithmetic differs: here every product is in float32.
"""

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModelForCausalLM, AutoTokenizer

from app.core.prompt import Prompt
from training.decoder_tokens import encode, prompt_tokens


class TorchDecoder:
    """One model; not for several threads at once."""

    def __init__(self, path: Path) -> None:
        """Read a GGUF of an architecture that transformers knows."""
        self._tokenizer = AutoTokenizer.from_pretrained(path.parent, gguf_file=path.name)
        self._model = AutoModelForCausalLM.from_pretrained(
            path.parent, gguf_file=path.name, dtype=torch.float32
        ).eval()
        self._words = prompt_tokens(self._tokenizer).words

    def tokenize(self, text: str) -> list[int]:
        """Token ids of a text, control tokens neither added nor parsed."""
        return encode(self._tokenizer, text)

    def logits(self, prompt: Prompt, tokens: list[int]) -> NDArray[np.float32]:
        """The logits of the first tokens of `VERBALIZERS` behind a prompt with these tokens as its text."""
        before, after = (
            encode(self._tokenizer, part, special=True) for part in (prompt.before, prompt.after)
        )
        with torch.no_grad():
            found = self._model(torch.tensor([[*before, *tokens, *after]])).logits[0, -1, self._words]
        logits: NDArray[np.float32] = found.numpy()
        return logits
