"""What of a text is scored, and what the n-gram model says of each part."""

from pathlib import Path

import numpy as np
import pytest

from app.classifiers.gguf import open_classifier
from app.classifiers.ngrams import NgramModel
from app.classifiers.parts import DISCOUNT, MOST_SUSPECTED, parts_of, whole_of
from app.core import passages
from app.core.ngrams import BUCKETS, word_bucket
from app.core.types import Category, NormalizedText
from app.settings import ROOT

OUTPUTS = len(Category)
CALM = "We had soup. The bus was late."


@pytest.fixture
def second(tmp_path: Path) -> NgramModel:
    """A model that knows two words, in the first output; everything else is far from any suspicion."""
    table = np.zeros((BUCKETS, OUTPUTS), dtype=np.int8)
    table[word_bucket("idiot"), 0] = 100
    table[word_bucket("fool"), 0] = 80
    path = tmp_path / "n.npz"
    scale, bias = np.full(OUTPUTS, 0.1, np.float32), np.full(OUTPUTS, -3, np.float32)
    np.savez_compressed(path, weights=table, scale=scale, bias=bias)
    return NgramModel(path, outputs=OUTPUTS)


def read(text: str, plain: str | None = None) -> NormalizedText:
    return NormalizedText(text, plain or text)


def test_a_suspected_sentence_of_three_is_scored_by_itself_at_a_discount(second: NgramModel) -> None:
    text = read(f"You idiot! {CALM}")
    whole, alone = parts_of(text, second)
    logits = whole_of(text, second, outputs=OUTPUTS)

    assert (whole.text, whole.discount) == (text.original, 0)
    assert whole.second(logits) is logits
    assert (alone.text, alone.discount) == ("You idiot!", DISCOUNT)
    assert alone.second(logits)[0] == pytest.approx((second.logits("You idiot!")[0] + logits[0]) / 2)
    assert alone.second(logits)[0] > logits[0]
    assert alone.second(logits)[1:].tolist() == logits[1:].tolist()


@pytest.mark.parametrize(
    "text",
    [CALM, "You idiot! The bus was late.", ""],
    ids=["calm", "two sentences", "nothing"],
)
def test_other_texts_are_scored_as_a_whole_alone(second: NgramModel, text: str) -> None:
    assert [part.text for part in parts_of(read(text), second)] == [text]


def test_the_most_suspect_sentences_come_first_and_each_once(second: NgramModel) -> None:
    text = " ".join(["You fool.", "You idiot.", "You fool.", CALM])
    assert [part.text for part in parts_of(read(text), second)[1:]] == [
        "You idiot.",
        "You fool.",
    ]

    many = " ".join(f"You {number} idiot." for number in range(50))
    assert len(parts_of(read(many), second)) == 1 + MOST_SUSPECTED


def test_repeating_what_is_suspected_hides_nothing_else(second: NgramModel) -> None:
    text = "You idiot. " * (2 * MOST_SUSPECTED) + "You fool."
    assert [part.text for part in parts_of(read(text), second)[1:]] == ["You idiot.", "You fool."]


def test_the_most_suspect_stretch_of_a_run_on_sentence_is_scored_by_itself(second: NgramModel) -> None:
    calm = "we had soup " * passages.RUN_ON_WORDS

    _, alone = parts_of(read(f"{calm}you idiot {calm}"), second)

    assert len(alone.text.split()) == min(passages.STRETCHES_WORDS)
    assert "idiot" in alone.text

    two = parts_of(read(f"{calm}you idiot {calm}my idiot {calm}"), second)[1:]
    assert ["my idiot" in part.text for part in two] == [True, False]
    assert ["you idiot" in part.text for part in two] == [False, True]


def test_the_sentences_of_the_plain_reading_count(second: NgramModel) -> None:
    found = parts_of(read(f"You id10t! {CALM}", f"You idiot! {CALM}"), second)
    assert found[-1].text == "You idiot!"


def test_without_an_n_gram_model_nothing_is_suspected() -> None:
    text = read(f"You idiot! {CALM}")
    assert [part.text for part in parts_of(text, None)] == [text.original]
    assert whole_of(text, None, outputs=OUTPUTS).tolist() == [0.0] * OUTPUTS


@pytest.mark.parametrize(
    ("sentence", "category"),
    [
        ("I want to kill myself.", Category.SELF_HARM),
        ("I will burn your house down.", Category.THREAT),
        ("Selling oxy and xanax, dm me.", Category.DRUGS),
        ("Send me nudes, slut.", Category.SEXUAL),
    ],
)
def test_company_does_not_hide_a_sentence(
    sentence: str, category: Category, monkeypatch: pytest.MonkeyPatch
) -> None:
    amid = f"The bakery opens at seven now. We had soup for lunch. {sentence} The kids built a hut. {CALM}"
    run_on = amid.replace(".", "").lower()

    seen = score_of(amid, category)
    assert score_of(run_on, category) > 0.6
    monkeypatch.setattr(passages, "FEWEST_SENTENCES", 100)
    monkeypatch.setattr(passages, "RUN_ON_WORDS", 100)

    assert score_of(amid, category) < 0.5
    assert score_of(run_on, category) < 0.5
    assert seen > 0.6


def score_of(text: str, category: Category) -> float:
    classifier = open_classifier(ROOT / "models" / "plainspeak-mini.Q4_K_M.gguf", threads=1, queue_size=64)
    (found,) = classifier.classify([read(text)])
    classifier.close()
    return next(signal.score for signal in found.signals if signal.category is category)
