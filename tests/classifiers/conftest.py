"""A tiny random encoder, made on the spot: what llama.cpp loads is a real file, and no test waits for it."""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from string import ascii_lowercase, digits, punctuation
from typing import Any, cast

import gguf
import numpy as np
import pytest

from app.classifiers.encoder import Encoder
from app.classifiers.gguf import card_path_of, read_card
from app.core.card import EncoderCard
from app.core.types import Category

LAYERS, WIDTH, INNER, HEADS, POSITIONS = 2, 32, 64, 4, 64
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
WORDS = (
    "the",
    "a",
    "you",
    "are",
    "is",
    "hello",
    "world",
    "good",
    "bad",
    "kill",
    "cat",
    "dog",
    "se",
    "sep",
    "cls",
)
# llama.cpp aborts on a word that is there twice.
VOCABULARY = tuple(
    dict.fromkeys(
        [
            *SPECIAL,
            *(f"\u2581{character}" for character in ascii_lowercase + digits + punctuation),
            *(f"\u2581{first}{second}" for first in "aeiou" for second in ascii_lowercase),
            *(f"\u2581{word}" for word in WORDS),
            *(character for character in ascii_lowercase + digits),
        ]
    )
)
NAMES = tuple(category.value for category in Category)

MakeModel = Callable[..., Path]
OpenEncoder = Callable[..., Encoder]


def write_model(path: Path, *, head: bool = True, spoilt: bool = False) -> None:
    """Write an F32 BERT with RANK pooling over the mean; `spoilt` makes every logit nan."""
    writer = gguf.GGUFWriter(str(path), "bert")
    writer.add_block_count(LAYERS)
    writer.add_context_length(POSITIONS)
    writer.add_embedding_length(WIDTH)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_layer_norm_eps(1e-12)
    writer.add_causal_attention(value=False)
    if head:
        writer.add_pooling_type(gguf.PoolingType.RANK)
        writer.add_uint32("bert.classifier.pooling_type", int(gguf.PoolingType.MEAN))
        writer.add_classifier_output_labels(list(NAMES))
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    add_vocabulary(writer)
    for name, tensor in tensors(head=head).items():
        writer.add_tensor(name, tensor * np.float32("nan") if spoilt and name == "cls.weight" else tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def add_vocabulary(writer: "gguf.GGUFWriter") -> None:
    writer.add_vocab_size(len(VOCABULARY))
    writer.add_token_type_count(2)
    writer.add_tokenizer_model("bert")
    writer.add_tokenizer_pre("default")
    writer.add_token_list(list(VOCABULARY))
    control, normal = gguf.TokenType.CONTROL, gguf.TokenType.NORMAL
    writer.add_token_types([control if word in SPECIAL else normal for word in VOCABULARY])
    add = (writer.add_pad_token_id, writer.add_unk_token_id, writer.add_bos_token_id, writer.add_sep_token_id)
    for place, add_id in enumerate((*add, writer.add_mask_token_id)):
        add_id(place)


def tensors(*, head: bool) -> dict[str, np.ndarray]:
    random = np.random.default_rng(1)

    def matrix(*shape: int) -> np.ndarray:
        return random.normal(0, 0.3, shape).astype(np.float32)

    def norm(name: str) -> dict[str, np.ndarray]:
        return {f"{name}.weight": np.ones(WIDTH, np.float32), f"{name}.bias": matrix(WIDTH)}

    def layer(name: str, out: int, into: int) -> dict[str, np.ndarray]:
        return {f"{name}.weight": matrix(out, into), f"{name}.bias": matrix(out)}

    found = {
        "token_embd.weight": matrix(len(VOCABULARY), WIDTH),
        "position_embd.weight": matrix(POSITIONS, WIDTH),
        "token_types.weight": matrix(2, WIDTH),
        **norm("token_embd_norm"),
    }
    for number in range(LAYERS):
        block = f"blk.{number}"
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            found |= layer(f"{block}.{name}", WIDTH, WIDTH)
        found |= norm(f"{block}.attn_output_norm") | norm(f"{block}.layer_output_norm")
        found |= layer(f"{block}.ffn_up", INNER, WIDTH) | layer(f"{block}.ffn_down", WIDTH, INNER)
    if head:
        found |= layer("cls", WIDTH, WIDTH) | layer("cls.output", len(NAMES), WIDTH)
    return found


def card_of(path: Path, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 a card is JSON
    platt = {"slope": 1.0, "intercept": 0.0}
    return {
        "name": "tiny",
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "kind": "encoder",
        "labels": list(NAMES),
        "window": {"tokens": 32, "overlap": 8},
        "calibration": {
            "categories": dict.fromkeys(NAMES, platt),
            "overall": {"weights": dict.fromkeys(NAMES, 1.0), "platt": platt},
        },
        **changes,
    }


@pytest.fixture(scope="session")
def tiny_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("tiny") / "tiny.gguf"
    write_model(path)
    return path.read_bytes()


@pytest.fixture
def make_model(tmp_path: Path, tiny_bytes: bytes) -> MakeModel:
    """Write a model and its card; `content`, `head` and `spoilt` change the file, other keywords the card."""

    def make(*, content: bytes = tiny_bytes, head: bool = True, spoilt: bool = False, **card: object) -> Path:
        path = tmp_path / "tiny.gguf"
        path.write_bytes(content)
        if spoilt or not head:
            write_model(path, head=head, spoilt=spoilt)
        card_path_of(path).write_text(json.dumps(card_of(path, **card)), encoding="utf-8")
        return path

    return make


@pytest.fixture
def open_encoder(make_model: MakeModel) -> Iterator[OpenEncoder]:
    """Open the encoder on a model; further keywords are those of `make_model`."""
    opened: list[Encoder] = []

    def open_one(*, queue_size: int = 512, **changes: object) -> Encoder:
        path = make_model(**changes)
        card = cast("EncoderCard", read_card(path))
        encoder = Encoder(path, card=card, second=None, threads=1, queue_size=queue_size)
        opened.append(encoder)
        return encoder

    yield open_one
    for encoder in opened:
        encoder.close()
