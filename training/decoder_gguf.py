"""Writes a Qwen2 decoder with its tokenizer as GGUF, from a folder as transformers saves it.

Names and keys are those of llama.cpp's own converter, which the wheels of its Python binding do not bring
along. Nothing is computed here: matrices become F16 (or stay F32), vectors F32.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from safetensors import safe_open

from app.core.errors import ModelMismatch, ModelMissing

_PLAIN = {
    "model.embed_tokens.weight": "token_embd.weight",
    "model.norm.weight": "output_norm.weight",
    "lm_head.weight": "output.weight",
}
_LAYER = {
    "input_layernorm": "attn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "post_attention_layernorm": "ffn_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}
_LAYER_NAME = re.compile(r"model\.layers\.(\d+)\.(.+)\.(weight|bias)")
_ROPE_BASE = 10_000.0


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tokens of a byte-level BPE by id, and its merges in order."""

    tokens: tuple[str, ...]
    types: tuple[int, ...]
    merges: tuple[str, ...]

    def id_of(self, token: str) -> int:
        """The id of a token.

        Raises:
            ModelMismatch: there is no such token.
        """
        try:
            return self.tokens.index(token)
        except ValueError as error:
            raise ModelMismatch(f"The tokenizer has no token {token!r}.") from error


def write_gguf(path: Path, *, folder: Path, name: str, whole: bool = False) -> None:
    """Write the model of a folder; `whole` keeps matrices in F32.

    Raises:
        ModelMissing: a file is not in the folder.
        ModelMismatch: the model is no Qwen2, or a tensor of it has no name in GGUF.
    """
    config = _json(folder / "config.json")
    if config.get("model_type") != "qwen2":
        raise ModelMismatch(f"{folder} holds a {config.get('model_type')!r}; only qwen2 can be written.")
    # Tensors wait in a file: those of a 3B model fill the memory of a small machine.
    writer = gguf.GGUFWriter(str(path), "qwen2", use_temp_file=True)
    writer.add_name(name)
    _add_shape(writer, config)
    _add_vocabulary(writer, folder, vocabulary=read_vocabulary(folder, size=config["vocab_size"]))
    writer.add_file_type(gguf.LlamaFileType.ALL_F32 if whole else gguf.LlamaFileType.MOSTLY_F16)
    tied = bool(config.get("tie_word_embeddings"))
    for torch_name, values in _tensors(folder):
        if tied and torch_name == "lm_head.weight":
            continue
        keep = whole or values.ndim == 1
        writer.add_tensor(gguf_name(torch_name), values if keep else values.astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def gguf_name(torch_name: str) -> str:
    """The GGUF name of a tensor of transformers' Qwen2.

    >>> gguf_name("model.layers.3.self_attn.q_proj.bias")
    'blk.3.attn_q.bias'

    Raises:
        ModelMismatch: there is none.
    """
    if torch_name in _PLAIN:
        return _PLAIN[torch_name]
    found = _LAYER_NAME.fullmatch(torch_name)
    if found is None or found[2] not in _LAYER:
        raise ModelMismatch(f"The tensor {torch_name!r} has no place in a qwen2 GGUF.")
    return f"blk.{found[1]}.{_LAYER[found[2]]}.{found[3]}"


def read_vocabulary(folder: Path, *, size: int) -> Vocabulary:
    """The vocabulary of `tokenizer.json`; ids up to `size` that no token has are filled with unused ones.

    Raises:
        ModelMissing: there is no `tokenizer.json`.
    """
    raw = _json(folder / "tokenizer.json")
    tokens = [f"[PAD{place}]" for place in range(size)]
    types = [int(gguf.TokenType.UNUSED)] * size
    for token, place in raw["model"]["vocab"].items():
        tokens[place], types[place] = token, int(gguf.TokenType.NORMAL)
    for added in raw["added_tokens"]:
        tokens[added["id"]] = added["content"]
        special = gguf.TokenType.CONTROL if added["special"] else gguf.TokenType.USER_DEFINED
        types[added["id"]] = int(special)
    merges = tuple(merge if isinstance(merge, str) else " ".join(merge) for merge in raw["model"]["merges"])
    return Vocabulary(tokens=tuple(tokens), types=tuple(types), merges=merges)


def _json(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise ModelMissing(f"{path} is not there. Name a folder that transformers' save_pretrained wrote.")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _add_shape(writer: "gguf.GGUFWriter", config: dict[str, Any]) -> None:
    writer.add_block_count(config["num_hidden_layers"])
    writer.add_context_length(config["max_position_embeddings"])
    writer.add_embedding_length(config["hidden_size"])
    writer.add_feed_forward_length(config["intermediate_size"])
    writer.add_head_count(config["num_attention_heads"])
    writer.add_head_count_kv(config["num_key_value_heads"])
    writer.add_layer_norm_rms_eps(config["rms_norm_eps"])
    # transformers 5 keeps the base of the rotation among its parameters, older ones beside them.
    rope = config.get("rope_parameters") or {}
    writer.add_rope_freq_base(float(rope.get("rope_theta") or config.get("rope_theta") or _ROPE_BASE))


def _add_vocabulary(writer: "gguf.GGUFWriter", folder: Path, *, vocabulary: Vocabulary) -> None:
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(list(vocabulary.tokens))
    writer.add_token_types(list(vocabulary.types))
    writer.add_token_merges(list(vocabulary.merges))
    settings = _json(folder / "tokenizer_config.json")
    writer.add_eos_token_id(vocabulary.id_of(_content(settings["eos_token"])))
    writer.add_pad_token_id(vocabulary.id_of(_content(settings["pad_token"])))
    writer.add_add_bos_token(value=False)
    template = folder / "chat_template.jinja"
    if template.is_file():
        writer.add_chat_template(template.read_text(encoding="utf-8"))
    elif settings.get("chat_template"):
        writer.add_chat_template(settings["chat_template"])


def _content(token: str | dict[str, Any]) -> str:
    """Older tokenizers write a token as an object."""
    return token if isinstance(token, str) else str(token["content"])


def _tensors(folder: Path) -> Iterator[tuple[str, np.ndarray]]:
    """Every tensor as float32, one at a time, from one file or from several."""
    files = sorted(folder.glob("*.safetensors"))
    if not files:
        raise ModelMissing(f"{folder} has no *.safetensors. Save the model with save_pretrained.")
    for file in files:
        # Through torch, for numpy has no bfloat16.
        with safe_open(file, framework="pt") as tensors:
            for name in tensors.keys():  # noqa: SIM118 it is no dict
                yield name, tensors.get_tensor(name).float().numpy()
