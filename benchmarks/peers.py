"""The same weights in the engines that others would serve them with: PyTorch and ONNX Runtime.

    python -m benchmarks.peers FOLDER

reads the model of the settings back into the PyTorch module it was trained as, exports that to ONNX, makes
the 8-bit ONNX that ONNX Runtime's own quantizer gives, and says in JSON how far the logits of each are from
those of llama.cpp for the same texts. Were they far, comparing speeds would mean nothing.
"""

import argparse
import json
import warnings
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from numpy.typing import NDArray
from tokenizers import BertWordPieceTokenizer

from app.classifiers.gguf import read_card
from app.core.errors import ModelMismatch
from app.settings import read_settings
from benchmarks.posts import Kind, posts
from training.gguf_file import read_weights

Logits = NDArray[np.float32]
Run = Callable[[NDArray[np.int64], NDArray[np.int64]], Logits]

MOST_TOKENS = 512
"""What the model takes at once; the rest of a longer text is not read."""
MOST_TOGETHER = 16
"""Texts of one call, the most that Plainspeak gives llama.cpp."""
TOLERANCE = 0.05
"""Most that a probability may differ from llama.cpp's, the 8-bit ONNX apart: llama.cpp rounds what it
multiplies with quantized weights to 8 bits."""
COMPARED = 60
"""Posts on which logits are compared, those apart that are not ASCII or need two windows."""
_VOCABULARY, _CONFIG, _LABELS = "vocab.txt", "config.json", "labels.json"
_FILES = {"torch": "model.pt", "onnx": "encoder.onnx", "onnx-int8": "encoder.int8.onnx"}


class Peer:
    """Scores texts as a plain service would: tokenize, pad, run, sigmoid."""

    def __init__(self, engine: str, folder: Path, *, threads: int) -> None:
        """Open what `prepare` left in the folder."""
        self.labels: list[str] = json.loads((folder / _LABELS).read_text())
        self._tokenizer = tokenizer_of(folder)
        file = folder / _FILES[engine]
        self._run = _torch_run(file, threads=threads) if engine == "torch" else _onnx_run(file, threads)

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Probability of each label for each text, shape (texts, labels)."""
        rows = [
            self.logits([each.ids for each in self._tokenizer.encode_batch(list(some))])
            for some in _chunks(texts)
        ]
        return _sigmoid(np.concatenate(rows))

    def logits(self, sequences: Sequence[Sequence[int]]) -> Logits:
        """Logits for token ids, shape (sequences, labels)."""
        longest = max(map(len, sequences))
        ids = np.zeros((len(sequences), longest), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, sequence in enumerate(sequences):
            ids[row, : len(sequence)] = sequence
            mask[row, : len(sequence)] = 1
        return self._run(ids, mask)


def tokenizer_of(folder: Path) -> BertWordPieceTokenizer:
    """The tokenizer of Hugging Face over the model's vocabulary."""
    tokenizer = BertWordPieceTokenizer(str(folder / _VOCABULARY), lowercase=True)
    tokenizer.enable_truncation(MOST_TOKENS)
    return tokenizer


def prepare(model: Path, folder: Path) -> None:
    """Write what the peers need: vocabulary, labels, and the weights for each of them."""
    fields = {name: field.contents() for name, field in gguf.GGUFReader(model).fields.items()}
    words = [_unmarked(word) for word in fields["tokenizer.ggml.tokens"]]
    (folder / _VOCABULARY).write_text("\n".join(words), encoding="utf-8")
    (folder / _LABELS).write_text(json.dumps(fields["bert.classifier.output_labels"]))
    (folder / _CONFIG).write_text(
        json.dumps(
            {
                "model_type": "bert",
                "vocab_size": len(words),
                "hidden_size": fields["bert.embedding_length"],
                "intermediate_size": fields["bert.feed_forward_length"],
                "num_hidden_layers": fields["bert.block_count"],
                "num_attention_heads": fields["bert.attention.head_count"],
                "max_position_embeddings": fields["bert.context_length"],
                "layer_norm_eps": fields["bert.attention.layer_norm_epsilon"],
            }
        )
    )
    _write_weights(model, folder)


def agreement(model: Path, folder: Path, *, threads: int) -> dict[str, Any]:
    """How far each peer is from llama.cpp on the same texts, each with its own tokenizer.

    Raises:
        ModelMismatch: PyTorch or ONNX Runtime at full precision differ by more than `TOLERANCE`.
    """
    from training.package import score  # noqa: PLC0415 imports torch

    texts = [*posts(Kind.SHORT, COMPARED // 2, seed=1), *posts(Kind.MEDIUM, COMPARED // 2, seed=1)]
    windows = score(
        model, [[text] for text in texts if text.isascii()], window=read_card(model).window_tokens
    )
    # A text of several windows is not what the others read in one pass.
    whole = [text for text, rows in zip(filter(str.isascii, texts), windows, strict=True) if len(rows) == 1]
    logits = np.concatenate([rows for rows in windows if len(rows) == 1])
    tokenizer = tokenizer_of(folder)
    found: dict[str, Any] = {"texts": len(whole), "tolerance": TOLERANCE}
    for name in _FILES:
        peer = Peer(name, folder, threads=threads)
        other = np.concatenate([peer.logits([tokenizer.encode(text).ids]) for text in whole])
        shift = float(np.abs(_sigmoid(other) - _sigmoid(logits)).max())
        if name != "onnx-int8" and shift > TOLERANCE:
            raise ModelMismatch(
                f"{name} gives probabilities {shift:.3f} apart from llama.cpp's; at most {TOLERANCE} is the "
                "same model. Speeds of different models are no comparison: find out where they part."
            )
        found[name] = {
            "most_logit_difference": round(float(np.abs(other - logits).max()), 4),
            "most_probability_difference": round(shift, 4),
        }
    return found


def _write_weights(model: Path, folder: Path) -> None:
    import torch  # noqa: PLC0415 slow, and only those who prepare need it
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415 the same

    from training.encoder_model import Encoder  # noqa: PLC0415 imports torch

    module = Encoder(folder, pooled_dropout=0.0)
    state = {name: torch.from_numpy(array) for name, array in read_weights(model).items()}
    lacking = module.load_state_dict(state, strict=False).missing_keys
    if lacking:
        raise ModelMismatch(
            f"{model} has no weights for {lacking[0]!r}. Start from an encoder of this project."
        )
    module.eval()
    torch.save(module, folder / _FILES["torch"])
    ids = torch.ones((2, 8), dtype=torch.int64)
    rows, tokens = torch.export.Dim("rows"), torch.export.Dim("tokens", max=MOST_TOKENS)
    with warnings.catch_warnings(action="ignore"):
        torch.onnx.export(
            module,
            (ids, torch.ones_like(ids)),
            folder / _FILES["onnx"],
            input_names=["ids", "mask"],
            output_names=["logits"],
            dynamic_shapes={"ids": {0: rows, 1: tokens}, "mask": {0: rows, 1: tokens}},
            external_data=False,
            verbose=False,
        )
        quantize_dynamic(
            folder / _FILES["onnx"],
            folder / _FILES["onnx-int8"],
            weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True},
        )


def _torch_run(file: Path, *, threads: int) -> Run:
    import torch  # noqa: PLC0415 slow, and the other peers do without

    torch.set_num_threads(threads)
    # A file that `prepare` wrote a moment ago.
    module = torch.load(file, weights_only=False)

    def run(ids: NDArray[np.int64], mask: NDArray[np.int64]) -> Logits:
        with torch.inference_mode():
            logits: Logits = module(torch.from_numpy(ids), torch.from_numpy(mask)).numpy()
        return logits

    return run


def _onnx_run(file: Path, threads: int) -> Run:
    import onnxruntime  # noqa: PLC0415 the other peers do without

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])

    def run(ids: NDArray[np.int64], mask: NDArray[np.int64]) -> Logits:
        logits: Logits = session.run(None, {"ids": ids, "mask": mask})[0]
        return logits

    return run


def _chunks(texts: Sequence[str]) -> list[Sequence[str]]:
    return [texts[start : start + MOST_TOGETHER] for start in range(0, len(texts), MOST_TOGETHER)]


def _unmarked(word: str) -> str:
    """A token of a GGUF as WordPiece has it; the other way round is in training.gguf_file."""
    if word.startswith("[") and word.endswith("]"):
        return word
    return word[1:] if word.startswith("\u2581") else f"##{word}"


def _sigmoid(logits: Logits) -> NDArray[np.float64]:
    found: NDArray[np.float64] = 1 / (1 + np.exp(-logits.astype(np.float64)))
    return found


def main() -> None:
    """Prepare a folder and print the agreement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    settings = read_settings()
    prepare(settings.model, folder)
    versions = {name: version(name) for name in ("torch", "onnxruntime", "tokenizers", "fastapi", "uvicorn")}
    found = agreement(settings.model, folder, threads=settings.engine_threads)
    print(json.dumps({"versions": versions, "agreement": found}))


if __name__ == "__main__":
    main()
