"""The encoder on a tiny random model through the real llama.cpp."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from app.classifiers.encoder import Encoder
from app.core.errors import CardInvalid, QueueFull
from app.core.stretches import stretches
from app.core.types import Category, Classification, Edit, NormalizedText, Step

OpenEncoder = Callable[..., Encoder]


@pytest.fixture
def encoder(open_encoder: OpenEncoder) -> Encoder:
    return open_encoder()


def plain(text: str) -> NormalizedText:
    return NormalizedText(text, text)


def scores(classification: Classification) -> dict[Category | None, float]:
    assert classification.unavailable == ()
    return {signal.category: signal.score for signal in classification.signals}


def scores_of(encoder: Encoder, *texts: str) -> list[dict[Category | None, float]]:
    return [scores(each) for each in encoder.classify([plain(text) for text in texts])]


def assert_close(some: dict[Category | None, float], other: dict[Category | None, float]) -> None:
    assert some == pytest.approx(other, abs=1e-3)


def test_each_text_has_a_score_for_every_category_and_one_overall(encoder: Encoder) -> None:
    (found,) = encoder.classify([plain("hello world")])
    assert [signal.category for signal in found.signals] == [*Category, None]
    assert {signal.source for signal in found.signals} == {encoder.version}
    assert all(0 <= signal.score <= 1 for signal in found.signals)
    assert encoder.version.startswith("tiny@")


def test_the_strongest_window_wins(encoder: Encoder) -> None:
    words = ["good"] * 30 + ["kill"] * 22 + ["cat"] * 22
    windows = [words[:30], words[22:52], words[44:74]]
    (whole,) = scores_of(encoder, " ".join(words))
    apart = scores_of(encoder, *(" ".join(window) for window in windows))
    assert_close(whole, {category: max(part[category] for part in apart) for category in whole})


def test_the_reading_that_says_most_wins(encoder: Encoder) -> None:
    edit = Edit(0, 8, "good cat", "bad dog", Step.LEXICON)
    (both,) = map(scores, encoder.classify([NormalizedText("good cat", "bad dog", edits=(edit,))]))
    original, normalized = scores_of(encoder, "good cat", "bad dog")
    assert_close(both, {category: max(original[category], normalized[category]) for category in both})


def test_a_text_scores_the_same_alone_in_company_and_from_many_threads(encoder: Encoder) -> None:
    random = np.random.default_rng(5)
    words = ["the", "you", "good", "bad", "kill", "cat", "z", "99", "?"]
    texts = [" ".join(random.choice(words, size)) for size in random.integers(1, 90, 60)]
    together = scores_of(encoder, *texts)
    with ThreadPoolExecutor(8) as pool:
        alone = list(pool.map(lambda text: scores_of(encoder, text)[0], texts))
    for some, other in zip(together, alone, strict=True):
        assert_close(some, other)


@pytest.mark.parametrize("text", ["", " ", "\u200b", "[SEP]", "hello [SEP] world", "🌽"])
def test_odd_texts_have_scores(encoder: Encoder, text: str) -> None:
    assert len(scores_of(encoder, text)[0]) == len(Category) + 1


def test_special_tokens_in_a_text_do_not_cut_it(encoder: Encoder) -> None:
    spelled, meant = scores_of(encoder, "kill [SEP] you", "kill [ sep ] you")
    assert_close(spelled, meant)


def test_no_texts_have_no_answers(encoder: Encoder) -> None:
    assert encoder.classify([]) == []


def test_many_texts_are_judged_although_they_outnumber_the_queue(open_encoder: OpenEncoder) -> None:
    encoder = open_encoder(queue_size=4)
    assert len(scores_of(encoder, *(f"good cat {number}" for number in range(50)))) == 50


def test_a_very_long_text_is_judged_window_by_window(
    open_encoder: OpenEncoder,
) -> None:
    encoder = open_encoder(queue_size=4)
    text = ("good cat " * 12_000)[:100_000]
    long, short = scores_of(encoder, text, "hello")
    assert len(long) == len(short) == len(Category) + 1


def test_a_text_of_more_stretches_than_the_queue_holds_is_judged(open_encoder: OpenEncoder) -> None:
    parts = [f"unalive {'good cat ' * 70}{number} " for number in range(6)]
    starts = [sum(map(len, parts[:place])) for place in range(len(parts))]
    text = NormalizedText(
        original="".join(parts),
        plain="".join(parts).replace("unalive", "kill"),
        edits=tuple(Edit(start, start + 7, "unalive", "kill", Step.LEXICON) for start in starts),
    )
    assert len(stretches(text)) > 4
    encoder = open_encoder(queue_size=4)
    (found,) = map(scores, encoder.classify([text]))
    apart = scores_of(encoder, *stretches(text))
    assert_close(found, {category: max(part[category] for part in apart) for category in found})


def test_a_crowd_gets_an_answer_or_hears_that_the_queue_is_full(open_encoder: OpenEncoder) -> None:
    encoder = open_encoder(queue_size=1)

    def ask(number: int) -> bool:
        try:
            return len(scores_of(encoder, f"good cat {number}")[0]) == len(Category) + 1
        except QueueFull:
            return True

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(200)))
    assert scores_of(encoder, "hello")


def test_a_failing_engine_is_an_outage_and_never_an_empty_answer(open_encoder: OpenEncoder) -> None:
    encoder = open_encoder(spoilt=True)
    for found in encoder.classify([plain("hello"), plain("world " * 100)]):
        assert found.signals == ()
        assert [outage.source for outage in found.unavailable] == [encoder.version]
        assert "not finite" in found.unavailable[0].reason


@pytest.mark.parametrize(
    "window",
    [
        {"tokens": 65, "overlap": 8},
        {"tokens": 10_000, "overlap": 8},
        {"tokens": 10, "overlap": 8},
        {"tokens": 2, "overlap": 0},
    ],
)
def test_a_window_the_model_cannot_read_is_refused(open_encoder: OpenEncoder, window: dict[str, int]) -> None:
    with pytest.raises(CardInvalid, match=f"windows of {window['tokens']} tokens"):
        open_encoder(window=window)
