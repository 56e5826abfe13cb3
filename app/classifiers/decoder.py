"""The few calls to llama.cpp that a language model needs, with every size checked before C asserts it.

A failed assertion in llama.cpp ends the process, so nothing reaches it unchecked. The start of the prompt is
evaluated once; its cells of the KV cache belong to every sequence, and nothing is copied. One object is for
one thread.
"""

import ctypes
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import llama_cpp
import numpy as np
from numpy.typing import NDArray

from app.classifiers.answers import choice_of
from app.classifiers.native import Batch, load_model, tokenize
from app.core.errors import EngineFailed, ModelCorrupt

Logits = NDArray[np.float32]

_MOST_SEQUENCES = 256
"""LLAMA_MAX_SEQ."""
_LONGEST_PIECE = 256
"""Bytes of one token; longer ones are runs of spaces."""


class LlamaDecoder:
    """A language model: the tokens behind a fixed start in, the logits where an answer's words part out."""

    def __init__(
        self,
        path: Path,
        *,
        threads: int,
        before: str,
        words: Sequence[str],
        context_tokens: int,
        batch_tokens: int,
        batch_texts: int,
    ) -> None:
        """Load the file and evaluate the start.

        Args:
            path: of the GGUF.
            threads: of the engine.
            before: the start of every prompt, in which control tokens are parsed.
            words: the answers to choose from.
            context_tokens: size of the KV cache.
            batch_tokens: most tokens of one call.
            batch_texts: most texts of one call.

        Raises:
            ModelCorrupt: llama.cpp cannot read the file, or it is no language model, or too small a one.
            EngineFailed: there is too little memory.
        """
        self._threads = threads
        self.on_gpu = bool(llama_cpp.llama_supports_gpu_offload())
        self._model = load_model(path)
        self._context: Any = None
        try:
            self._vocabulary = llama_cpp.llama_model_get_vocab(self._model)
            self._check_kind(path)
            self.choice = choice_of([self.tokenize(word) for word in words])
            self._forks = len(self.choice.forks)
            self._texts = min(batch_texts, _MOST_SEQUENCES // self._forks)
            context = min(context_tokens, int(llama_cpp.llama_model_n_ctx_train(self._model)))
            lanes = self._texts * self._forks
            self._context = self._new_context(context, batch=batch_tokens, sequences=lanes)
            self._memory = llama_cpp.llama_get_memory(self._context)
            start = self.start(before)
            self._prefix = len(start)
            self.room = min(batch_tokens, context - self._prefix)
            """Most tokens of one call."""
            self._check_room(path, context)
            self._batch = Batch(batch_tokens, sharing=self._forks)
            self._hold(start, batch_tokens)
        except BaseException:
            self.close()
            raise

    @property
    def extra(self) -> int:
        """Tokens a call takes for each text beside those of the text: the ways to the forks."""
        return sum(len(fork.path) for fork in self.choice.forks)

    def tokenize(self, text: str) -> list[int]:
        """Token ids of a text, control tokens neither added nor parsed. Safe to call from any thread."""
        return tokenize(self._vocabulary, text, special=False)

    def control(self, text: str) -> list[int]:
        """Token ids of a part of the prompt, its control tokens parsed. Safe to call from any thread."""
        return tokenize(self._vocabulary, text, special=True)

    def start(self, text: str) -> list[int]:
        """Token ids of the start of a prompt, with the model's own first token where it asks for one."""
        first = [int(llama_cpp.llama_vocab_bos(self._vocabulary))]
        return (first if llama_cpp.llama_vocab_get_add_bos(self._vocabulary) else []) + self.control(text)

    def logits(self, texts: Sequence[Sequence[int]]) -> list[list[Logits]]:
        """For each text and each fork of the choice, the logits of its tokens. Owner thread only.

        Raises:
            EngineFailed: the texts do not fit one call, or llama.cpp returned an error or no numbers.
        """
        total = sum(map(len, texts)) + len(texts) * self.extra
        if not 0 < len(texts) <= self._texts or total > self.room or not all(texts):
            raise EngineFailed(
                f"{len(texts)} texts with {total} tokens do not fit a call of {self._texts} texts and "
                f"{self.room} tokens, at least 1 each."
            )
        ends = self._fill(texts)
        try:
            _decode(self._context, self._batch)
            return [
                [
                    _output(self._context, end, fork.tokens, vocabulary=self._vocabulary)
                    for end, fork in zip(each, self.choice.forks, strict=True)
                ]
                for each in ends
            ]
        finally:
            self._forget(texts=len(texts))

    def writer(self, prompt: Sequence[int], *, room: int) -> "LlamaWriter":
        """A writer that goes on from a prompt for at most `room` tokens, with a KV cache of its own.

        Raises:
            EngineFailed: there is no memory for it.
        """
        context = self._new_context(len(prompt) + room, batch=len(prompt), sequences=1)
        return LlamaWriter(context, self._vocabulary, prompt, room=room)

    def close(self) -> None:
        """Free the context and the model; a second time does nothing."""
        llama_cpp.llama_free(self._context)
        llama_cpp.llama_model_free(self._model)
        self._context = self._model = None

    def _check_kind(self, path: Path) -> None:
        model = self._model
        if not llama_cpp.llama_model_has_decoder(model) or llama_cpp.llama_model_n_cls_out(model) > 1:
            raise ModelCorrupt(f"{str(path)!r} is no language model. Use a GGUF that generates text.")
        if llama_cpp.llama_model_is_recurrent(model) or llama_cpp.llama_model_is_hybrid(model):
            raise ModelCorrupt(
                f"{str(path)!r} is recurrent: it cannot keep the start of the prompt. Use a transformer."
            )

    def _check_room(self, path: Path, context: int) -> None:
        if self.room <= self.extra:
            raise ModelCorrupt(
                f"{str(path)!r} reads {context} tokens and the prompt has {self._prefix}. "
                "Use a model with a longer context, or raise context.tokens on its card."
            )

    def _new_context(self, tokens: int, *, batch: int, sequences: int) -> Any:  # noqa: ANN401 as llama.cpp has it
        parameters = llama_cpp.llama_context_default_params()
        parameters.n_ctx = tokens
        parameters.n_batch = parameters.n_ubatch = batch
        parameters.n_seq_max = sequences
        # Sequences share one cache: the start of the prompt belongs to each of them without a copy.
        parameters.kv_unified = True
        parameters.swa_full = True
        # The buffer for logits would have a row of the whole vocabulary for each token: 300 MB for Qwen2.5.
        parameters.n_outputs_max = sequences
        parameters.n_threads = parameters.n_threads_batch = self._threads
        if not self.on_gpu:
            # On a CPU flash attention changes its kernel, and so the logits, with the size of the batch.
            parameters.flash_attn_type = llama_cpp.LLAMA_FLASH_ATTN_TYPE_DISABLED
        context = llama_cpp.llama_init_from_model(self._model, parameters)
        if not context:
            raise EngineFailed(
                f"llama.cpp could not make room for {tokens} tokens. Free some memory and try again."
            )
        return context

    def _hold(self, start: Sequence[int], batch_tokens: int) -> None:
        """Evaluate the start of every prompt and share it with every sequence."""
        for place in range(0, len(start), batch_tokens):
            part = start[place : place + batch_tokens]
            self._batch.native.n_tokens = self._batch.put(0, part, position=place, sequences=range(1))
            self._batch.wanted[: len(part)] = 0
            _decode(self._context, self._batch)
        for sequence in range(1, self._texts * self._forks):
            llama_cpp.llama_memory_seq_cp(self._memory, 0, sequence, -1, -1)

    def _fill(self, texts: Sequence[Sequence[int]]) -> list[list[int]]:
        """Lay the texts into the batch; gives the place of each fork's answer, for each text.

        The sequences of a text share its tokens, then each goes its own way to its fork.
        """
        batch, place = self._batch, 0
        batch.wanted[:] = 0
        ends: list[list[int]] = []
        for number, tokens in enumerate(texts):
            own = range(number * self._forks, (number + 1) * self._forks)
            end = place = batch.put(place, tokens, position=self._prefix, sequences=own)
            after = self._prefix + len(tokens)
            found: list[int] = []
            for sequence, fork in zip(own, self.choice.forks, strict=True):
                place = batch.put(place, fork.path, position=after, sequences=range(sequence, sequence + 1))
                found.append((place if fork.path else end) - 1)
            batch.wanted[found] = 1
            ends.append(found)
        batch.native.n_tokens = place
        return ends

    def _forget(self, *, texts: int) -> None:
        """Free the cells of the last texts; the start stays."""
        for sequence in range(texts * self._forks):
            llama_cpp.llama_memory_seq_rm(self._memory, sequence, self._prefix, -1)


class LlamaWriter:
    """Writes on from a prompt, always with the likeliest token. For the thread that owns the decoder."""

    def __init__(self, context: Any, vocabulary: Any, prompt: Sequence[int], *, room: int) -> None:  # noqa: ANN401 llama.cpp ships no types
        self._context = context
        self._vocabulary = vocabulary
        self._batch = Batch(len(prompt))
        self._next: Sequence[int] = prompt
        self._position = 0
        self._left = room

    def step(self) -> bytes | None:
        """The bytes of the next token; None at the end of the answer or of the room.

        Raises:
            EngineFailed: llama.cpp returned an error or no numbers.
        """
        if not self._left:
            return None
        count = self._batch.put(0, self._next, position=self._position, sequences=range(1))
        self._batch.wanted[:count] = 0
        self._batch.wanted[count - 1] = 1
        self._batch.native.n_tokens = count
        _decode(self._context, self._batch)
        logits = _output(self._context, count - 1, slice(None), vocabulary=self._vocabulary)
        token = int(logits.argmax())
        self._position += count
        self._left -= 1
        self._next = [token]
        ends = llama_cpp.llama_vocab_is_eog(self._vocabulary, token)
        return None if ends else _piece(self._vocabulary, token)

    def close(self) -> None:
        """Free the cache; a second time does nothing."""
        llama_cpp.llama_free(self._context)
        self._context = None


def _decode(context: Any, batch: Batch) -> None:  # noqa: ANN401 llama.cpp ships no types
    code = llama_cpp.llama_decode(context, batch.native)
    if code != 0:
        raise EngineFailed(f"llama_decode returned {code} for {batch.native.n_tokens} tokens.")


def _output(
    context: Any,  # noqa: ANN401 llama.cpp ships no types
    place: int,
    tokens: Sequence[int] | slice,
    *,
    vocabulary: Any,  # noqa: ANN401 llama.cpp ships no types
) -> Logits:
    pointer = llama_cpp.llama_get_logits_ith(context, place)
    if not pointer:
        raise EngineFailed(f"llama.cpp gave no output at place {place} of the batch.")
    size = llama_cpp.llama_vocab_n_tokens(vocabulary)
    row = np.ctypeslib.as_array(pointer, shape=(size,))
    found: Logits = row[tokens if isinstance(tokens, slice) else list(tokens)].copy()
    if not np.isfinite(found).all():
        # A score that is not a number reaches no threshold, and so would be allowed.
        raise EngineFailed(f"llama.cpp gave logits that are not finite at place {place} of the batch.")
    return found


def _piece(vocabulary: Any, token: int) -> bytes:  # noqa: ANN401 llama.cpp ships no types
    """The bytes of a token; none for a control token."""
    room = ctypes.create_string_buffer(_LONGEST_PIECE)
    length = llama_cpp.llama_token_to_piece(vocabulary, token, room, _LONGEST_PIECE, 0, False)
    return room.raw[: max(length, 0)]
