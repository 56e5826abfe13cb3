"""Writes an encoder as GGUF and quantizes it.

The converter of llama.cpp drops BERT's pooler, so the file is written here: the tanh layer as `cls`, the last
layer as `cls.output`, mean pooling before them.
"""

import ctypes
from pathlib import Path

import gguf
import llama_cpp
import numpy as np

from app.core.errors import EngineFailed, ModelMismatch
from training.sources import CATEGORIES

_LAYERS, _WIDTH, _INNER, _HEADS, _POSITIONS, _EPSILON = 6, 384, 1536, 12, 512, 1e-12
_LAYER_NAMES = {
    "attention.self.query": "attn_q",
    "attention.self.key": "attn_k",
    "attention.self.value": "attn_v",
    "attention.output.dense": "attn_output",
    "attention.output.LayerNorm": "attn_output_norm",
    "intermediate.dense": "ffn_up",
    "output.dense": "ffn_down",
    "output.LayerNorm": "layer_output_norm",
}
_NAMES = {
    "bert.embeddings.word_embeddings.weight": "token_embd.weight",
    "bert.embeddings.position_embeddings.weight": "position_embd.weight",
    "bert.embeddings.token_type_embeddings.weight": "token_types.weight",
    "bert.embeddings.LayerNorm.weight": "token_embd_norm.weight",
    "bert.embeddings.LayerNorm.bias": "token_embd_norm.bias",
    "cls.weight": "cls.weight",
    "cls.bias": "cls.bias",
    "output.weight": "cls.output.weight",
    "output.bias": "cls.output.bias",
} | {
    f"bert.encoder.layer.{layer}.{torch_name}.{part}": f"blk.{layer}.{gguf_name}.{part}"
    for layer in range(_LAYERS)
    for torch_name, gguf_name in _LAYER_NAMES.items()
    for part in ("weight", "bias")
}
_SPECIAL = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"}


def write_gguf(path: Path, *, weights: Path, base: Path, name: str) -> None:
    """Write the weights with F16 matrices and F32 vectors."""
    from safetensors.numpy import load_file  # noqa: PLC0415 of the training extras, and only this needs it

    writer = gguf.GGUFWriter(str(path), "bert")
    writer.add_name(name)
    writer.add_license("apache-2.0")
    writer.add_block_count(_LAYERS)
    writer.add_context_length(_POSITIONS)
    writer.add_embedding_length(_WIDTH)
    writer.add_feed_forward_length(_INNER)
    writer.add_head_count(_HEADS)
    writer.add_layer_norm_eps(_EPSILON)
    writer.add_causal_attention(value=False)
    writer.add_pooling_type(gguf.PoolingType.RANK)
    # The head reads the mean over all tokens, as the base model was trained to be read.
    writer.add_uint32("bert.classifier.pooling_type", int(gguf.PoolingType.MEAN))
    writer.add_classifier_output_labels([category.value for category in CATEGORIES])
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    _add_vocabulary(writer, (base / "vocab.txt").read_text(encoding="utf-8").splitlines())
    tensors = load_file(weights)
    for torch_name, gguf_name in _NAMES.items():
        matrix = tensors[torch_name].astype(np.float32)
        keep = matrix.ndim == 1 or gguf_name.startswith(("position_embd", "token_types", "cls"))
        writer.add_tensor(gguf_name, matrix if keep else matrix.astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def read_weights(path: Path) -> dict[str, np.ndarray]:
    """The weights of a file that `write_gguf` wrote, quantized or not, under their PyTorch names.

    Raises:
        ModelMismatch: the file is of another architecture; the message names a tensor it lacks.
    """
    tensors = {tensor.name: tensor for tensor in gguf.GGUFReader(path).tensors}
    missing = sorted({*_NAMES.values()} - {*tensors})
    if missing:
        raise ModelMismatch(f"{path} has no tensor {missing[0]!r}. Start from an encoder of this project.")
    return {
        # A copy: the reader's own array is a view of the file, and cannot be written.
        torch_name: np.array(gguf.dequantize(tensors[name].data, tensors[name].tensor_type))
        for torch_name, name in _NAMES.items()
    }


def quantize(source: Path, target: Path, *, form: str = "Q4_K_M", again: bool = False) -> None:
    """Quantize to a form of llama.cpp, `Q4_K_M` or `Q8_0`, or write one out as `F16`.

    Args:
        source: a GGUF.
        target: where to write.
        form: of the new file.
        again: whether the source may be quantized already.

    Raises:
        EngineFailed: llama.cpp refused.
    """
    parameters = llama_cpp.llama_model_quantize_default_params()
    parameters.allow_requantize = again
    parameters.ftype = getattr(llama_cpp, f"LLAMA_FTYPE_MOSTLY_{form}")
    code = llama_cpp.llama_model_quantize(
        str(source).encode(), str(target).encode(), ctypes.byref(parameters)
    )
    if code != 0:
        raise EngineFailed(f"llama_model_quantize returned {code} for {source}.")


def _add_vocabulary(writer: "gguf.GGUFWriter", words: list[str]) -> None:
    """WordPiece as llama.cpp wants it: a word starts with U+2581, a continuation has no mark."""
    writer.add_vocab_size(len(words))
    writer.add_token_type_count(2)
    writer.add_tokenizer_model("bert")
    writer.add_tokenizer_pre("default")
    writer.add_token_list([_marked(word) for word in words])
    writer.add_token_types(
        [gguf.TokenType.CONTROL if word in _SPECIAL else gguf.TokenType.NORMAL for word in words]
    )
    for add, word in (
        (writer.add_pad_token_id, "[PAD]"),
        (writer.add_unk_token_id, "[UNK]"),
        (writer.add_bos_token_id, "[CLS]"),
        (writer.add_sep_token_id, "[SEP]"),
        (writer.add_mask_token_id, "[MASK]"),
    ):
        add(words.index(word))


def _marked(word: str) -> str:
    if word in _SPECIAL:
        return word
    return word[2:] if word.startswith("##") else "\u2581" + word
