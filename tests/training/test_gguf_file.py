"""A written file is one that the service opens. Needs safetensors, which comes with the training extras."""

from pathlib import Path

import numpy as np
import pytest

from app.classifiers.llama import EncoderWeights

safetensors_numpy = pytest.importorskip(
    "safetensors.numpy", reason="safetensors is not installed: pip install -e '.[train]'"
)

WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "hello", "world", "##s")


Files = tuple[dict[str, np.ndarray], Path, Path]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Random weights, the file they were written to, and the quantized one."""
    from training import gguf_file

    folder = tmp_path_factory.mktemp("gguf")
    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    random = np.random.default_rng(1)
    shapes = gguf_shapes()
    weights = {name: random.normal(0, 0.02, shape).astype(np.float32) for name, shape in shapes.items()}
    safetensors_numpy.save_file(weights, folder / "weights.safetensors")
    whole, small = folder / "whole.gguf", folder / "small.gguf"
    gguf_file.write_gguf(whole, weights=folder / "weights.safetensors", base=folder, name="test")
    gguf_file.quantize(whole, small)
    return weights, whole, small


def test_weights_become_a_file_that_the_service_opens_whole_and_quantized(files: Files) -> None:
    _, whole, small = files
    assert small.stat().st_size < whole.stat().st_size / 2
    rows = []
    for path in (whole, small):
        opened = EncoderWeights(path)
        assert opened.tokenize("Hello worlds") == [5, 6, 7]
        assert len(opened.labels) == 8
        context = opened.context(threads=1, batch_tokens=64, batch_sequences=4)
        rows.append(context.logits([[2, 5, 6, 3]])[0])
        context.close()
        opened.close()
    np.testing.assert_allclose(rows[0], rows[1], atol=0.05)


def test_a_run_goes_on_from_the_weights_of_a_file(files: Files) -> None:
    from training import gguf_file

    weights, whole, small = files
    for path, most in ((whole, 1e-4), (small, 0.02)):
        found = gguf_file.read_weights(path)
        assert found.keys() == weights.keys()
        assert max(float(np.abs(found[name] - weights[name]).max()) for name in weights) < most


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
