"""What every use of llama.cpp shares: its log, loading a file, tokens, and the batch.

A failed assertion in llama.cpp ends the process, so its callers check every size before they call.
"""

import ctypes
import logging
import os
import re
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import llama_cpp
import numpy as np
from numpy.typing import NDArray

from app.core.errors import EngineFailed, ModelCorrupt

_LOG = logging.getLogger("plainspeak.llama")
_ERROR_LEVEL = 4


_NO_MEMORY = re.compile("allocate memory|insufficient memory|(unable|failed) to allocate")
_errors = deque[str](maxlen=16)
"""What llama.cpp complained of lately: its functions say that they failed, and only here why."""


def _log(level: int, text: bytes, _data: ctypes.c_void_p) -> None:
    if level == _ERROR_LEVEL:
        said = text.decode("utf-8", errors="replace").strip()
        _errors.append(said)
        _LOG.error("llama.%s", said)


# llama.cpp keeps the pointer, so this module keeps the callback alive.
_LOG_CALLBACK = llama_cpp.llama_log_callback(_log)
llama_cpp.llama_log_set(_LOG_CALLBACK, ctypes.c_void_p(0))


def load_model(path: Path) -> Any:  # noqa: ANN401 llama.cpp ships no types
    """Load a file, on the GPU where there is one.

    Raises:
        ModelCorrupt: llama.cpp cannot read it.
        EngineFailed: there is too little memory.
    """
    _errors.clear()
    llama_cpp.llama_backend_init()
    parameters = llama_cpp.llama_model_default_params()
    if not llama_cpp.llama_supports_gpu_offload():
        # llama.cpp lays quantized weights out anew for this CPU. Beside a mapped file that is a second copy:
        # 3.2 GiB for a file of 1.8.
        parameters.load_mode = llama_cpp.LLAMA_LOAD_MODE_NONE
    model = llama_cpp.llama_model_load_from_file(os.fsencode(path), parameters)
    if not model:
        if _NO_MEMORY.search("\n".join(_errors)):
            raise EngineFailed(
                f"There is too little memory to load {str(path)!r}. Free some memory, or use a smaller model."
            )
        raise ModelCorrupt(
            f"llama.cpp cannot load {str(path)!r}. Copy the file again, or package the model again."
        )
    return model


def metadata_of(path: Path, key: str) -> str:
    """What a file says under a key of its metadata; empty where it says nothing or is no model."""
    parameters = llama_cpp.llama_model_default_params()
    parameters.vocab_only = True
    model = llama_cpp.llama_model_load_from_file(os.fsencode(path), parameters)
    if not model:
        return ""
    value = ctypes.create_string_buffer(64)
    llama_cpp.llama_model_meta_val_str(model, key.encode(), value, len(value))
    llama_cpp.llama_model_free(model)
    return value.value.decode()


def tokenize(vocabulary: Any, text: str, *, special: bool) -> list[int]:  # noqa: ANN401 llama.cpp ships no types
    """Token ids of a text; none is added, and control tokens are parsed only where asked for.

    Safe to call from any thread.

    Raises:
        EngineFailed: llama.cpp gave no answer.
    """
    raw = text.encode("utf-8")
    room = len(raw) + 8
    tokens = (ctypes.c_int32 * room)()
    count = llama_cpp.llama_tokenize(vocabulary, raw, len(raw), tokens, room, False, special)
    if count < 0:
        raise EngineFailed(f"llama.cpp could not tokenize a text of {len(raw)} bytes.")
    return tokens[:count]


class Batch:
    """One `llama_batch` over numpy arrays, allocated once and filled for each call.

    A token belongs to `sharing` sequences at most. An answer is wanted of each token unless `wanted` says no.
    """

    def __init__(self, tokens: int, *, sharing: int = 1) -> None:
        self.tokens = np.zeros(tokens, dtype=np.int32)
        self.positions = np.zeros(tokens, dtype=np.int32)
        self.sequences = np.zeros((tokens, sharing), dtype=np.int32)
        self.shared = np.ones(tokens, dtype=np.int32)
        self.wanted = np.ones(tokens, dtype=np.int8)
        # Each token points at its own list of sequences: its row in the array.
        step = sharing * self.sequences.itemsize
        self._pointers = self.sequences.ctypes.data + step * np.arange(tokens, dtype=np.uintp)
        self.native = llama_cpp.llama_batch(
            n_tokens=0,
            token=_pointer(self.tokens, ctypes.c_int32),
            embd=None,
            pos=_pointer(self.positions, ctypes.c_int32),
            n_seq_id=_pointer(self.shared, ctypes.c_int32),
            seq_id=_pointer(self._pointers, ctypes.POINTER(ctypes.c_int32)),
            logits=_pointer(self.wanted, ctypes.c_int8),
        )

    def put(self, start: int, tokens: Sequence[int], *, position: int, sequences: range) -> int:
        """Lay tokens from one place of the batch on, for some sequences; gives the place behind them."""
        stop = start + len(tokens)
        self.tokens[start:stop] = tokens
        self.positions[start:stop] = np.arange(position, position + len(tokens))
        self.shared[start:stop] = len(sequences)
        self.sequences[start:stop, : len(sequences)] = sequences
        return stop


def _pointer(array: NDArray[Any], kind: Any) -> Any:  # noqa: ANN401 ctypes pointer types have no common type
    return ctypes.cast(array.ctypes.data, ctypes.POINTER(kind))
