"""The calls to llama.cpp on a tiny random model: a failed C assertion would end the test run."""

from collections.abc import Callable, Iterator
from pathlib import Path

import llama_cpp
import numpy as np
import pytest

from app.classifiers.llama import EncoderContext, EncoderWeights, expand
from app.classifiers.native import metadata_of
from app.core.errors import EngineFailed, ModelCorrupt
from app.core.types import Category

MakeModel = Callable[..., Path]

BUNDLED = Path(__file__).parents[2] / "models" / "plainspeak-mini.Q4_K_M.gguf"


@pytest.fixture
def weights(make_model: MakeModel) -> Iterator[EncoderWeights]:
    weights = EncoderWeights(make_model())
    yield weights
    weights.close()


@pytest.fixture
def context(weights: EncoderWeights) -> Iterator[EncoderContext]:
    context = open_context(weights)
    yield context
    context.close()


def open_context(weights: EncoderWeights) -> EncoderContext:
    return weights.context(threads=1, batch_tokens=256, batch_sequences=8)


def test_the_file_says_what_it_gives(weights: EncoderWeights) -> None:
    assert weights.labels == tuple(category.value for category in Category)
    assert weights.max_tokens == 64
    assert (weights.begin, weights.end) == (2, 3)


@pytest.mark.parametrize("text", ["[SEP] hello [CLS]", "[PAD][UNK][MASK]", "[CLS]"])
def test_special_tokens_in_a_text_are_plain_text(weights: EncoderWeights, text: str) -> None:
    special = {0, 2, 3, 4}
    assert not special & set(weights.tokenize(text))


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_nothing_visible_has_no_tokens(weights: EncoderWeights, text: str) -> None:
    assert weights.tokenize(text) == []


@pytest.mark.parametrize(
    "text", ["hello\0world", "\ufdfa\u1f82" * 50, "각" * 50, "\U0001d160" * 50, "🌽👩‍👩‍👧", "a" * 100_000]
)
def test_any_text_can_be_tokenized(weights: EncoderWeights, text: str) -> None:
    assert 0 < len(weights.tokenize(text)) <= len(text.encode())


def test_logits_are_the_same_alone_and_in_company(context: EncoderContext) -> None:
    random = np.random.default_rng(3)
    sequences = [[2, *random.integers(5, 200, size).tolist(), 3] for size in (1, 5, 30, 62, 8)]
    together = context.logits(sequences)
    alone = [context.logits([sequence])[0] for sequence in sequences]
    assert [row.shape for row in together] == [(8,)] * 5
    np.testing.assert_allclose(together, alone, atol=1e-3)
    np.testing.assert_allclose(context.logits(sequences[::-1])[::-1], together, atol=1e-3)
    assert np.ptp(together, axis=0).min() > 0.01


@pytest.mark.parametrize(
    "sequences",
    [
        pytest.param([], id="nothing"),
        pytest.param([[]], id="an empty sequence"),
        pytest.param([[2, 3], []], id="an empty sequence in company"),
        pytest.param([[5] * 65], id="longer than the positions"),
        pytest.param([[5] * 60] * 5, id="too many tokens"),
        pytest.param([[5]] * 9, id="too many sequences"),
        pytest.param([[99_999]], id="a token the vocabulary lacks"),
        pytest.param([[-1]], id="a negative token"),
    ],
)
def test_what_does_not_fit_is_refused_and_the_engine_goes_on(
    context: EncoderContext, sequences: list[list[int]]
) -> None:
    with pytest.raises(EngineFailed):
        context.logits(sequences)
    assert len(context.logits([[2, 9, 3]])) == 1


def test_logits_do_not_depend_on_the_number_of_threads(context: EncoderContext) -> None:
    sequences = [[2, *range(10, 40), 3], [2, 9, 3]]
    one = context.logits(sequences)
    context.use_threads(2)
    np.testing.assert_allclose(context.logits(sequences), one, atol=1e-5)


def test_logits_that_are_no_numbers_are_a_failure(make_model: MakeModel) -> None:
    weights = EncoderWeights(make_model(spoilt=True))
    context = open_context(weights)
    with pytest.raises(EngineFailed, match="not finite"):
        context.logits([[2, 9, 3]])
    context.close()
    weights.close()


def test_a_model_without_a_head_is_refused(make_model: MakeModel) -> None:
    weights = EncoderWeights(make_model(head=False))
    with pytest.raises(ModelCorrupt, match="no classification head"):
        open_context(weights)
    weights.close()


def test_closing_twice_is_closing(make_model: MakeModel) -> None:
    weights = EncoderWeights(make_model())
    context = open_context(weights)
    for closed in (context, context, weights, weights):
        closed.close()


def test_quantized_weights_are_expanded_and_score_the_same(tmp_path: Path) -> None:
    wide = tmp_path / "wide.gguf"
    assert expand(BUNDLED, to=wide)
    brain = b"AVX512_BF16 = 1" in llama_cpp.llama_print_system_info()
    kind = llama_cpp.LLAMA_FTYPE_MOSTLY_BF16 if brain else llama_cpp.LLAMA_FTYPE_MOSTLY_F16
    assert metadata_of(wide, "general.file_type") == str(kind)
    found = []
    for path in (BUNDLED, wide):
        weights = EncoderWeights(path)
        context = open_context(weights)
        found.append(
            context.logits([[weights.begin, *weights.tokenize("I want to unalive myself"), weights.end]])[0]
        )
        context.close()
        weights.close()
    # llama.cpp rounds what it multiplies four bits with; 16-bit weights are multiplied as they are.
    np.testing.assert_allclose(found[0], found[1], atol=0.1)


def test_weights_of_16_bits_or_more_are_left_alone(make_model: MakeModel, tmp_path: Path) -> None:
    assert not expand(make_model(), to=tmp_path / "wide.gguf")
    assert not (tmp_path / "wide.gguf").exists()


def test_what_is_no_model_is_not_expanded(tmp_path: Path) -> None:
    (tmp_path / "no.gguf").write_bytes(b"no model")
    assert metadata_of(tmp_path / "no.gguf", "general.file_type") == ""
    assert not expand(tmp_path / "no.gguf", to=tmp_path / "wide.gguf")
