"""Writes Qwen2 models with random weights: the shape and the work of the real one, and no meaning.

Never committed and never downloaded: a file of any shape is made on the spot in seconds. Quantized files get
the types that Q4_K_M gives each tensor; their blocks are drawn directly, for quantizing three billion random
numbers would take minutes and be no more random.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import gguf
import numpy as np
from numpy.typing import NDArray

CONTROL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
END = CONTROL.index("<|im_end|>")
_SPREAD = 0.02
"""Standard deviation of the weights, about that of a trained model."""
_BLOCK = 256
"""Weights in one block of a K-quant."""
_TILE_ROWS = 64
"""Rows that are drawn; larger matrices repeat them."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a Qwen2 decoder with tied embeddings."""

    layers: int
    width: int
    inner: int
    heads: int
    kv_heads: int
    vocabulary: int
    context: int

    @property
    def kv_width(self) -> int:
        """Width of keys and of values."""
        return self.width // self.heads * self.kv_heads

    @property
    def body(self) -> int:
        """Weights that every token is multiplied with."""
        attention = 2 * self.width * (self.width + self.kv_width)
        return self.layers * (attention + 3 * self.width * self.inner)

    @property
    def head(self) -> int:
        """Weights that a token is multiplied with where an answer is wanted."""
        return self.width * self.vocabulary


QWEN_3B = Shape(layers=36, width=2048, inner=11008, heads=16, kv_heads=2, vocabulary=151_936, context=32_768)
SMALL = Shape(layers=4, width=256, inner=768, heads=4, kv_heads=1, vocabulary=4096, context=4096)


def write_random_model(
    path: Path, shape: Shape, *, quantized: bool, words: Sequence[str] = (), spread: float = _SPREAD
) -> None:
    """Write a GGUF.

    Args:
        path: where to.
        shape: its sizes; the vocabulary must hold 256 bytes, the control tokens and `words`.
        quantized: the types of Q4_K_M, or F32 throughout.
        words: what shall be one token each; everything else is one token a byte.
        spread: standard deviation of the weights of F32 files; a wide one gives decided answers.
    """
    writer = gguf.GGUFWriter(str(path), "qwen2")
    writer.add_name("random")
    writer.add_block_count(shape.layers)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_feed_forward_length(shape.inner)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.kv_heads)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_freq_base(1_000_000.0)
    kind = gguf.LlamaFileType.MOSTLY_Q4_K_M if quantized else gguf.LlamaFileType.ALL_F32
    writer.add_file_type(kind)
    _add_vocabulary(writer, size=shape.vocabulary, words=words)
    random = np.random.default_rng(1)
    for name, rows, columns, six_bits in _matrices(shape):
        if quantized:
            _add_quantized(writer, name, rows, columns, six_bits=six_bits, random=random)
        else:
            writer.add_tensor(name, random.normal(0, spread, (rows, columns)).astype(np.float32))
    for name, length, value in _vectors(shape):
        writer.add_tensor(name, np.full(length, value, dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _matrices(shape: Shape) -> Iterator[tuple[str, int, int, bool]]:
    """Name, rows, columns, and whether Q4_K_M keeps six bits a weight."""
    yield "token_embd.weight", shape.vocabulary, shape.width, True
    for number in range(shape.layers):
        block = f"blk.{number}"
        more = _has_more_bits(number, shape.layers)
        yield f"{block}.attn_q.weight", shape.width, shape.width, False
        yield f"{block}.attn_k.weight", shape.kv_width, shape.width, False
        yield f"{block}.attn_v.weight", shape.kv_width, shape.width, more
        yield f"{block}.attn_output.weight", shape.width, shape.width, False
        yield f"{block}.ffn_gate.weight", shape.inner, shape.width, False
        yield f"{block}.ffn_up.weight", shape.inner, shape.width, False
        yield f"{block}.ffn_down.weight", shape.width, shape.inner, more


def _has_more_bits(layer: int, layers: int) -> bool:
    """The layers that Q4_K_M treats better (use_more_bits in llama.cpp's llama-quant.cpp)."""
    eighth = layers // 8
    return layer < eighth or layer >= 7 * layers // 8 or (layer - eighth) % 3 == 2


def _vectors(shape: Shape) -> Iterator[tuple[str, int, float]]:
    """Name, length and value of norms and biases."""
    yield "output_norm.weight", shape.width, 1.0
    for number in range(shape.layers):
        block = f"blk.{number}"
        yield f"{block}.attn_norm.weight", shape.width, 1.0
        yield f"{block}.ffn_norm.weight", shape.width, 1.0
        yield f"{block}.attn_q.bias", shape.width, 0.0
        yield f"{block}.attn_k.bias", shape.kv_width, 0.0
        yield f"{block}.attn_v.bias", shape.kv_width, 0.0


def _add_quantized(
    writer: "gguf.GGUFWriter",
    name: str,
    rows: int,
    columns: int,
    *,
    six_bits: bool,
    random: np.random.Generator,
) -> None:
    draw = _six_bit_blocks if six_bits else _four_bit_blocks
    kind = gguf.GGMLQuantizationType.Q6_K if six_bits else gguf.GGMLQuantizationType.Q4_K
    drawn = min(rows, _TILE_ROWS)
    tile = draw(drawn * columns // _BLOCK, random).reshape(drawn, -1)
    writer.add_tensor(name, np.tile(tile, (-(-rows // drawn), 1))[:rows], raw_dtype=kind)


def _four_bit_blocks(count: int, random: np.random.Generator) -> NDArray[np.uint8]:
    """Q4_K: weight = d * 32 * q - dmin * 32 with q from 0 to 15; the 12 bytes say 32 for every scale."""
    step = _SPREAD / (4.61 * 32)
    blocks = np.zeros((count, 144), dtype=np.uint8)
    blocks[:, :4] = np.array([step, 7.5 * step], dtype=np.float16).view(np.uint8)
    blocks[:, 4:12] = 160
    blocks[:, 16:] = random.integers(0, 256, (count, 128), dtype=np.uint8)
    return blocks


def _six_bit_blocks(count: int, random: np.random.Generator) -> NDArray[np.uint8]:
    """Q6_K: weight = d * 32 * (q - 32) with q from 0 to 63."""
    blocks = np.zeros((count, 210), dtype=np.uint8)
    blocks[:, :192] = random.integers(0, 256, (count, 192), dtype=np.uint8)
    blocks[:, 192:208] = 32
    blocks[:, 208:] = np.array([_SPREAD / (18.5 * 32)], dtype=np.float16).view(np.uint8)
    return blocks


def _add_vocabulary(writer: "gguf.GGUFWriter", *, size: int, words: Sequence[str]) -> None:
    """A byte-level BPE with the control tokens of ChatML; every word is built by merges of its own."""
    merges = list(dict.fromkeys(merge for word in words for merge in _merges(_visible(word))))
    tokens = [*CONTROL, *dict.fromkeys([*_BYTES.values(), *(merge.replace(" ", "") for merge in merges)])]
    used = len(tokens)
    tokens += [f"[unused{number}]" for number in range(size - used)]
    kinds = [gguf.TokenType.CONTROL] * len(CONTROL) + [gguf.TokenType.NORMAL] * (used - len(CONTROL))
    kinds += [gguf.TokenType.UNUSED] * (size - used)
    writer.add_vocab_size(size)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    # Without a single merge llama.cpp refuses the file.
    writer.add_token_merges(merges or [f"{_BYTES[0]} {_BYTES[1]}"])
    writer.add_eos_token_id(END)
    writer.add_pad_token_id(0)
    writer.add_add_bos_token(value=False)
    writer.add_chat_template(
        "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n"
        "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
    )


def _merges(word: str) -> Iterator[str]:
    """Letter after letter: "s a", "sa f", "saf e"."""
    for end in range(1, len(word)):
        yield f"{word[:end]} {word[end]}"


def _visible(word: str) -> str:
    return "".join(_BYTES[byte] for byte in word.encode())


def _byte_names() -> dict[int, str]:
    """GPT-2's letter for each byte: itself where it is visible, else one from 256 on."""
    visible = {*range(33, 127), *range(161, 173), *range(174, 256)}
    hidden = [byte for byte in range(256) if byte not in visible]
    return {byte: chr(byte) for byte in sorted(visible)} | {
        byte: chr(256 + place) for place, byte in enumerate(hidden)
    }


_BYTES = _byte_names()
