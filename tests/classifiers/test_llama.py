"""The calls to llama.cpp on a tiny random model: a failed C assertion would end the test run."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from app.classifiers.llama import LlamaEncoder
from app.core.errors import EngineFailed, ModelCorrupt
from app.core.types import Category

MakeModel = Callable[..., Path]


def load(path: Path) -> LlamaEncoder:
    return LlamaEncoder(path, threads=1, batch_tokens=256, batch_sequences=8)


@pytest.fixture
def engine(make_model: MakeModel) -> Iterator[LlamaEncoder]:
    engine = load(make_model())
    yield engine
    engine.close()


def test_the_file_says_what_it_gives(engine: LlamaEncoder) -> None:
    assert engine.labels == tuple(category.value for category in Category)
    assert engine.max_tokens == 64
    assert (engine.begin, engine.end) == (2, 3)


@pytest.mark.parametrize("text", ["[SEP] hello [CLS]", "[PAD][UNK][MASK]", "[CLS]"])
def test_special_tokens_in_a_text_are_plain_text(engine: LlamaEncoder, text: str) -> None:
    special = {0, 2, 3, 4}
    assert not special & set(engine.tokenize(text))


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_nothing_visible_has_no_tokens(engine: LlamaEncoder, text: str) -> None:
    assert engine.tokenize(text) == []


@pytest.mark.parametrize(
    "text", ["hello\0world", "\ufdfa\u1f82" * 50, "각" * 50, "\U0001d160" * 50, "🌽👩‍👩‍👧", "a" * 100_000]
)
def test_any_text_can_be_tokenized(engine: LlamaEncoder, text: str) -> None:
    assert 0 < len(engine.tokenize(text)) <= len(text.encode())


def test_logits_are_the_same_alone_and_in_company(engine: LlamaEncoder) -> None:
    random = np.random.default_rng(3)
    sequences = [[2, *random.integers(5, 200, size).tolist(), 3] for size in (1, 5, 30, 62, 8)]
    together = engine.logits(sequences)
    alone = [engine.logits([sequence])[0] for sequence in sequences]
    assert [row.shape for row in together] == [(8,)] * 5
    np.testing.assert_allclose(together, alone, atol=1e-3)
    np.testing.assert_allclose(engine.logits(sequences[::-1])[::-1], together, atol=1e-3)
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
    engine: LlamaEncoder, sequences: list[list[int]]
) -> None:
    with pytest.raises(EngineFailed):
        engine.logits(sequences)
    assert len(engine.logits([[2, 9, 3]])) == 1


def test_logits_that_are_no_numbers_are_a_failure(make_model: MakeModel) -> None:
    engine = load(make_model(spoilt=True))
    with pytest.raises(EngineFailed, match="not finite"):
        engine.logits([[2, 9, 3]])
    engine.close()


def test_a_model_without_a_head_is_refused(make_model: MakeModel) -> None:
    with pytest.raises(ModelCorrupt, match="no classification head"):
        load(make_model(head=False))


def test_closing_twice_is_closing(make_model: MakeModel) -> None:
    engine = load(make_model())
    engine.close()
    engine.close()
