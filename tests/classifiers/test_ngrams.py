"""The second opinion: a file of weights, and what a text gets from it."""

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from app.classifiers.gguf import open_classifier, sha256_of
from app.classifiers.ngrams import NgramModel
from app.core.errors import CardInvalid, ModelCorrupt, ModelMismatch, ModelMissing
from app.core.ngrams import BUCKETS, EMPHASIS, letter_buckets, pair_bucket, word_bucket
from app.core.types import Category, NormalizedText

MakeModel = Callable[..., Path]

OUTPUTS = len(Category)
PLATT = {"slope": 1.0, "second": 0.5, "intercept": 0.0}


def write(path: Path, **weights: int) -> Path:
    """Weights for words, in the first output; everything else is 0."""
    table = np.zeros((BUCKETS, OUTPUTS), dtype=np.int8)
    for word, weight in weights.items():
        table[word_bucket(word), 0] = weight
    np.savez_compressed(
        path, weights=table, scale=np.full(OUTPUTS, 0.1, np.float32), bias=np.full(OUTPUTS, -1, np.float32)
    )
    return path


def test_a_text_gets_the_weights_of_its_words_over_the_length_of_its_features(tmp_path: Path) -> None:
    model = NgramModel(write(tmp_path / "n.npz", idiot=100), outputs=OUTPUTS)
    words = ("you", "idiot")
    features = EMPHASIS**2 * 3 + sum(len(letter_buckets(word)) for word in words)
    logits = model.logits("You IDIOT")
    assert logits[0] == pytest.approx(EMPHASIS * 10 / features**0.5 - 1, rel=1e-5)
    assert logits[1:].tolist() == [-1.0] * (OUTPUTS - 1)


def test_the_same_words_give_the_same_answer_the_second_time(tmp_path: Path) -> None:
    model = NgramModel(write(tmp_path / "n.npz", idiot=100), outputs=OUTPUTS)
    assert model.logits("you idiot").tolist() == model.logits("you idiot").tolist()


def test_a_word_without_end_is_not_remembered(tmp_path: Path) -> None:
    model = NgramModel(write(tmp_path / "n.npz"), outputs=OUTPUTS)
    model.logits("idiot " + "x" * 20_000)
    assert list(model._words) == ["idiot"]


def test_pairs_of_words_count(tmp_path: Path) -> None:
    path = write(tmp_path / "n.npz")
    with np.load(path) as arrays:
        kept = dict(arrays)
    kept["weights"][pair_bucket(("go", "die")), 0] = 100
    np.savez_compressed(path, **kept)
    model = NgramModel(path, outputs=OUTPUTS)
    assert model.logits("go die")[0] > model.logits("die go")[0] == -1


@pytest.mark.parametrize("text", ["", " ", "\u200b"])
def test_a_text_without_words_gets_the_bias(tmp_path: Path, text: str) -> None:
    model = NgramModel(write(tmp_path / "n.npz", idiot=100), outputs=OUTPUTS)
    assert model.logits(text).tolist() == [-1.0] * OUTPUTS


@pytest.mark.parametrize("content", [b"", b"no weights", b"PK\x03\x04 cut short"])
def test_a_file_without_weights_is_corrupt(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "n.npz"
    path.write_bytes(content)
    with pytest.raises(ModelCorrupt, match="holds no n-gram weights"):
        NgramModel(path, outputs=OUTPUTS)


@pytest.mark.parametrize("part", ["scale", "bias"])
@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_weights_that_are_no_numbers_are_refused(tmp_path: Path, part: str, number: float) -> None:
    path = write(tmp_path / "n.npz", idiot=100)
    with np.load(path) as arrays:
        kept = dict(arrays)
    kept[part][0] = number
    np.savez_compressed(path, **kept)
    with pytest.raises(ModelCorrupt, match="not finite"):
        NgramModel(path, outputs=OUTPUTS)


def test_weights_for_other_outputs_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelCorrupt, match="not "):
        NgramModel(write(tmp_path / "n.npz"), outputs=3)


def scores_of(path: Path, texts: list[NormalizedText]) -> list[list[float]]:
    classifier = open_classifier(path, threads=1, queue_size=64)
    found = classifier.classify(texts)
    classifier.close()
    return [[signal.score for signal in each.signals] for each in found]


def log_odds(probability: float) -> float:
    return math.log(probability / (1 - probability))


def with_second_opinion(make_model: MakeModel, folder: Path, **changes: object) -> Path:
    beside = write(folder / "tiny.ngrams.npz", idiot=127)
    names = [category.value for category in Category]
    return make_model(
        second_opinion={"file": beside.name, "sha256": sha256_of(beside), **changes},
        calibration={
            "categories": dict.fromkeys(names, PLATT),
            "overall": {"weights": dict.fromkeys(names, 1.0), "platt": PLATT},
        },
    )


def test_the_second_opinion_raises_the_score_of_its_category_alone(
    make_model: MakeModel, tmp_path: Path
) -> None:
    texts = [NormalizedText("you cat", "you cat"), NormalizedText("you idiot", "you idiot")]
    alone_cat, alone_idiot = scores_of(make_model(), texts)
    cat, idiot = scores_of(with_second_opinion(make_model, tmp_path), texts)
    # The bias of -1, at half weight, lowers every category of a text without a known word alike.
    for place in range(OUTPUTS):
        assert log_odds(cat[place]) == pytest.approx(log_odds(alone_cat[place]) - 0.5, abs=0.01)
    assert idiot[0] > alone_idiot[0]
    assert log_odds(idiot[1]) == pytest.approx(log_odds(alone_idiot[1]) - 0.5, abs=0.01)


def test_the_reading_that_says_most_counts(make_model: MakeModel, tmp_path: Path) -> None:
    texts = [NormalizedText("cat", "idiot"), NormalizedText("cat", "cat")]
    alone_coded, alone_plain = scores_of(make_model(), texts)
    coded, plain = scores_of(with_second_opinion(make_model, tmp_path), texts)
    assert coded[0] > alone_coded[0]
    assert plain[0] < alone_plain[0]


def test_a_missing_companion_is_named(make_model: MakeModel, tmp_path: Path) -> None:
    path = with_second_opinion(make_model, tmp_path)
    (tmp_path / "tiny.ngrams.npz").unlink()
    with pytest.raises(ModelMissing, match=r"needs 'tiny\.ngrams\.npz' beside it"):
        open_classifier(path, threads=1, queue_size=64)


def test_a_companion_with_another_hash_is_refused(make_model: MakeModel, tmp_path: Path) -> None:
    path = with_second_opinion(make_model, tmp_path, sha256="0" * 64)
    with pytest.raises(ModelMismatch, match=r"ngrams\.npz.*its card says 000000000000"):
        open_classifier(path, threads=1, queue_size=64)


def test_a_companion_in_another_folder_is_refused(make_model: MakeModel, tmp_path: Path) -> None:
    path = with_second_opinion(make_model, tmp_path, file="../tiny.ngrams.npz")
    with pytest.raises(CardInvalid, match="beside the model"):
        open_classifier(path, threads=1, queue_size=64)
