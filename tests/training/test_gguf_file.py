"""A written file is one that the service opens. Needs safetensors, which comes with the training extras."""

from pathlib import Path

import numpy as np
import pytest

from app.classifiers.llama import LlamaEncoder

safetensors_numpy = pytest.importorskip(
    "safetensors.numpy", reason="safetensors is not installed: pip install -e '.[train]'"
)

WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "hello", "world", "##s")


def test_weights_become_a_file_that_the_service_opens_whole_and_quantized(tmp_path: Path) -> None:
    from training import gguf_file

    (tmp_path / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    random = np.random.default_rng(1)
    shapes = gguf_shapes()
    weights = {name: random.normal(0, 0.02, shape).astype(np.float32) for name, shape in shapes.items()}
    safetensors_numpy.save_file(weights, tmp_path / "weights.safetensors")
    whole, small = tmp_path / "whole.gguf", tmp_path / "small.gguf"
    gguf_file.write_gguf(whole, weights=tmp_path / "weights.safetensors", base=tmp_path, name="test")
    gguf_file.quantize(whole, small)
    assert small.stat().st_size < whole.stat().st_size / 2
    rows = []
    for path in (whole, small):
        engine = LlamaEncoder(path, threads=1, batch_tokens=64, batch_sequences=4)
        assert engine.tokenize("Hello worlds") == [5, 6, 7]
        assert len(engine.labels) == 8
        rows.append(engine.logits([[2, 5, 6, 3]])[0])
        engine.close()
    np.testing.assert_allclose(rows[0], rows[1], atol=0.05)


def gguf_shapes() -> dict[str, tuple[int, ...]]:
    width, inner = 384, 1536
    shapes: dict[str, tuple[int, ...]] = {
        "bert.embeddings.word_embeddings.weight": (len(WORDS), width),
        "bert.embeddings.position_embeddings.weight": (512, width),
        "bert.embeddings.token_type_embeddings.weight": (2, width),
        "bert.embeddings.LayerNorm.weight": (width,),
        "bert.embeddings.LayerNorm.bias": (width,),
        "cls.weight": (width, width),
        "cls.bias": (width,),
        "output.weight": (8, width),
        "output.bias": (8,),
    }
    for layer in range(6):
        head = f"bert.encoder.layer.{layer}."
        for name in (
            "attention.self.query",
            "attention.self.key",
            "attention.self.value",
            "attention.output.dense",
        ):
            shapes |= {f"{head}{name}.weight": (width, width), f"{head}{name}.bias": (width,)}
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            shapes |= {f"{head}{name}.weight": (width,), f"{head}{name}.bias": (width,)}
        shapes |= {
            f"{head}intermediate.dense.weight": (inner, width),
            f"{head}intermediate.dense.bias": (inner,),
        }
        shapes |= {f"{head}output.dense.weight": (width, inner), f"{head}output.dense.bias": (width,)}
    return shapes
