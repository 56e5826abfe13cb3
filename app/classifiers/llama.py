"""The few calls to llama.cpp that an encoder needs, with every size checked before C asserts it.

A failed assertion in llama.cpp ends the process, so nothing reaches it unchecked. `Llama.embed` is never
used: with RANK pooling it reads past the end of the output buffer. Weights are shared by threads; a context
is for one thread at a time.
"""

import ctypes
from collections.abc import Sequence
from pathlib import Path

import llama_cpp
import numpy as np
from numpy.typing import NDArray

from app.classifiers.native import Batch, load_model, metadata_of, tokenize
from app.core.errors import EngineFailed, ModelCorrupt

_UNQUANTIZED = {"0", "1", "32"}
"""Values of `general.file_type` for files of 32-bit, 16-bit and brain floats."""
_BRAIN_FLOATS = b"AVX512_BF16 = 1"
"""How llama.cpp says that the CPU multiplies brain floats; without its instruction they are slow."""


def expand(path: Path, *, to: Path) -> bool:
    """Write quantized weights as 16-bit numbers; gives whether there is such a file now.

    A file with 16 bits or more is left alone. llama.cpp multiplies 16-bit numbers faster than it unpacks four
    bits (`python -m benchmarks.packing` shows by how much): brain floats where the CPU has an instruction for
    them, half floats elsewhere.
    """
    if metadata_of(path, "general.file_type") in _UNQUANTIZED:
        return False
    parameters = llama_cpp.llama_model_quantize_default_params()
    brain = _BRAIN_FLOATS in llama_cpp.llama_print_system_info()
    parameters.ftype = llama_cpp.LLAMA_FTYPE_MOSTLY_BF16 if brain else llama_cpp.LLAMA_FTYPE_MOSTLY_F16
    parameters.allow_requantize = True
    code = llama_cpp.llama_model_quantize(bytes(path), bytes(to), ctypes.byref(parameters))
    return bool(code == 0)


class EncoderWeights:
    """A GGUF with RANK pooling: its words, and contexts to score with. Safe to use from many threads."""

    def __init__(self, path: Path) -> None:
        """Load the file.

        Raises:
            ModelCorrupt: llama.cpp cannot read it.
            EngineFailed: there is too little memory.
        """
        self._path = path
        self._model = load_model(path)
        self._vocabulary = llama_cpp.llama_model_get_vocab(self._model)
        self.outputs = int(llama_cpp.llama_model_n_cls_out(self._model))
        self.max_tokens = int(llama_cpp.llama_model_n_ctx_train(self._model))
        self.begin = int(llama_cpp.llama_vocab_bos(self._vocabulary))
        self.end = int(llama_cpp.llama_vocab_sep(self._vocabulary))

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of the outputs, as the file gives them."""
        names = (llama_cpp.llama_model_cls_label(self._model, place) for place in range(self.outputs))
        return tuple((name or b"").decode() for name in names)

    def tokenize(self, text: str) -> list[int]:
        """Token ids of a text, special tokens neither added nor parsed.

        Raises:
            EngineFailed: llama.cpp gave no answer.
        """
        return tokenize(self._vocabulary, text, special=False)

    def context(self, *, threads: int, batch_tokens: int, batch_sequences: int) -> "EncoderContext":
        """Room for the calls of one thread; to be closed before the weights are.

        Raises:
            ModelCorrupt: the file is not an encoder with a classification head.
            EngineFailed: there is too little memory.
        """
        parameters = llama_cpp.llama_context_default_params()
        parameters.n_ctx = parameters.n_batch = parameters.n_ubatch = batch_tokens
        parameters.n_seq_max = batch_sequences
        parameters.n_threads = parameters.n_threads_batch = threads
        parameters.embeddings = True
        # On a CPU flash attention is no faster at these lengths and changes its kernel with the batch size.
        parameters.flash_attn_type = llama_cpp.LLAMA_FLASH_ATTN_TYPE_DISABLED
        context = llama_cpp.llama_init_from_model(self._model, parameters)
        if not context:
            raise EngineFailed(
                f"There is too little memory for calls of {batch_tokens} tokens. "
                "Free some memory and try again."
            )
        if llama_cpp.llama_pooling_type(context) != llama_cpp.LLAMA_POOLING_TYPE_RANK:
            llama_cpp.llama_free(context)
            raise ModelCorrupt(
                f"{str(self._path)!r} has no classification head with RANK pooling. "
                "Use a model that training/package wrote."
            )
        return EncoderContext(
            context,
            outputs=self.outputs,
            max_tokens=self.max_tokens,
            batch_tokens=batch_tokens,
            batch_sequences=batch_sequences,
        )

    def close(self) -> None:
        """Free the model; a second time does nothing."""
        llama_cpp.llama_model_free(self._model)
        self._model = None


class EncoderContext:
    """Token ids in, one row of raw logits per sequence out. For one thread at a time."""

    def __init__(
        self,
        context: llama_cpp.llama_context_p,
        *,
        outputs: int,
        max_tokens: int,
        batch_tokens: int,
        batch_sequences: int,
    ) -> None:
        self._context = context
        self._outputs = outputs
        self._max_tokens = max_tokens
        self._batch_tokens = batch_tokens
        self._batch_sequences = batch_sequences
        self._batch = Batch(batch_tokens)

    def use_threads(self, threads: int) -> None:
        """Compute with so many threads from the next call on."""
        llama_cpp.llama_set_n_threads(self._context, threads, threads)

    def logits(self, sequences: Sequence[Sequence[int]]) -> list[NDArray[np.float32]]:
        """Raw logits of shape (outputs,) for each sequence, all finite.

        Raises:
            EngineFailed: the sequences do not fit one call, or llama.cpp returned an error or no numbers.
        """
        lengths = [len(sequence) for sequence in sequences]
        total = sum(lengths)
        fits = len(sequences) <= self._batch_sequences and total <= self._batch_tokens
        if not fits or not 0 < min(lengths, default=0) <= max(lengths, default=0) <= self._max_tokens:
            raise EngineFailed(
                f"{len(sequences)} sequences with {total} tokens do not fit a call of "
                f"{self._batch_sequences} sequences and {self._batch_tokens} tokens, "
                f"1 to {self._max_tokens} each."
            )
        start = 0
        for number, tokens in enumerate(sequences):
            start = self._batch.put(start, tokens, position=0, sequences=range(number, number + 1))
        self._batch.native.n_tokens = total
        code = llama_cpp.llama_encode(self._context, self._batch.native)
        if code != 0:
            raise EngineFailed(
                f"llama_encode returned {code} for {len(sequences)} sequences with {total} tokens."
            )
        return [self._output(number) for number in range(len(sequences))]

    def close(self) -> None:
        """Free the context; a second time does nothing."""
        llama_cpp.llama_free(self._context)
        self._context = None

    def _output(self, sequence: int) -> NDArray[np.float32]:
        pointer = llama_cpp.llama_get_embeddings_seq(self._context, sequence)
        if not pointer:
            raise EngineFailed(f"llama.cpp gave no output for sequence {sequence}.")
        logits = np.ctypeslib.as_array(pointer, shape=(self._outputs,)).copy()
        if not np.isfinite(logits).all():
            # A score that is not a number reaches no threshold, and so would be allowed.
            raise EngineFailed(f"llama.cpp gave logits that are not finite for sequence {sequence}.")
        return logits
