import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from app.core.calibration import Choice, Platt, Stack
from app.core.card import Backend, CardScores, EncoderCard, ModelKind, ScorerCard, parse_card, scores_entry
from app.core.errors import CardInvalid
from app.core.prompt import VERBALIZERS, prompt_hash
from app.core.types import Category

Raw = dict[str, Any]

NAMES = [category.value for category in Category]
CARD: Raw = {
    "name": "mini",
    "sha256": "0123456789abcdef" * 4,
    "kind": "encoder",
    "labels": NAMES,
    "window": {"tokens": 64, "overlap": 16},
    "calibration": {
        "categories": {name: {"slope": 1 + place, "intercept": -place} for place, name in enumerate(NAMES)},
        "overall": {
            "weights": {name: place / 10 for place, name in enumerate(NAMES)},
            "platt": {"slope": 2, "intercept": 0.5},
        },
    },
    "licence": "ignored here",
}


def test_a_card_is_read_in_the_order_of_its_labels() -> None:
    card = parse_card(json.dumps({**CARD, "labels": NAMES[::-1]}), name="mini.gguf")
    assert isinstance(card, EncoderCard)
    assert card.version == "mini@0123456789ab"
    assert card.kind is ModelKind.ENCODER
    assert card.labels == tuple(Category)[::-1]
    assert card.calibration[0] == Stack(slope=8.0, second=0.0, intercept=-7.0)
    assert card.second_opinion is None
    assert card.overall.weights[0] == pytest.approx(0.7)
    assert (card.window_tokens, card.overlap_tokens) == (64, 16)


def without(key: str) -> Callable[[Raw], object]:
    return lambda card: card.pop(key)


def put(value: object, *path: str) -> Callable[[Raw], object]:
    def change(card: Raw) -> object:
        for key in path[:-1]:
            card = card[key]
        card[path[-1]] = value
        return card

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        *((without(key), key) for key in ("name", "sha256", "kind", "labels", "window", "calibration")),
        (put("decoder", "kind"), "decoder"),
        (put("hate", "labels"), "expected a list"),
        (put([], "labels"), "every label once"),
        (put(["hate", "hate"], "labels"), "every label once"),
        (put(["rudeness"], "labels"), "rudeness"),
        (put("64", "window", "tokens"), "expected a number, not '64'"),
        (put(True, "window", "tokens"), "expected a number, not True"),
        (put(-1, "window", "overlap"), "not negative"),
        (put([], "window"), "expected an object"),
        (put(0, "calibration", "categories", "hate", "slope"), "slope must be above 0"),
        (put(float("nan"), "calibration", "categories", "hate", "slope"), "finite"),
        (put(float("inf"), "calibration", "overall", "platt", "intercept"), "finite"),
        (put(-0.1, "calibration", "overall", "weights", "hate"), "not negative"),
        (put({"file": "", "sha256": ""}, "second_opinion"), "name of a file beside the model, not ''"),
        (lambda card: card["calibration"]["overall"]["weights"].pop("drugs"), "drugs"),
        (lambda card: card["calibration"]["categories"].pop("drugs"), "drugs"),
    ],
)
def test_a_card_that_cannot_be_used_says_what_is_wrong(change: Callable[[Raw], object], said: str) -> None:
    card = copy.deepcopy(CARD)
    change(card)
    with pytest.raises(CardInvalid, match=said) as caught:
        parse_card(json.dumps(card), name="mini.gguf")
    assert "'mini.gguf'" in str(caught.value)


@pytest.mark.parametrize("text", ["", "{", "[]", "3", "null"])
def test_a_card_that_is_no_object_is_refused(text: str) -> None:
    with pytest.raises(CardInvalid):
        parse_card(text, name="mini.gguf")


SCORER: Raw = {
    "name": "nano",
    "sha256": "0123456789abcdef" * 4,
    "kind": "scorer",
    "backend": "llama.cpp",
    "context": {"tokens": 1024},
    "window": {"tokens": 128, "overlap": 32},
    "prompt": {"sha256": prompt_hash()},
    "calibration": {
        "bias": {word: place / 10 for place, word in enumerate(VERBALIZERS)},
        "categories": {name: {"slope": 1 + place, "intercept": -place} for place, name in enumerate(NAMES)},
        "overall": {"platt": {"slope": 2, "intercept": 0.5}},
    },
}


def test_the_card_of_a_scorer_is_read() -> None:
    assert parse_card(json.dumps(SCORER), name="nano.gguf") == ScorerCard(
        name="nano",
        sha256="0123456789abcdef" * 4,
        backend=Backend.LLAMA,
        context_tokens=1024,
        window_tokens=128,
        overlap_tokens=32,
        calibration=Choice(
            bias=tuple(place / 10 for place in range(9)),
            categories=tuple(Platt(slope=1.0 + place, intercept=-place) for place in range(8)),
            overall=Platt(slope=2, intercept=0.5),
        ),
        explains=False,
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (without("backend"), "backend"),
        (put("tensorrt", "backend"), "tensorrt"),
        (without("context"), "context"),
        (put("f" * 64, "prompt", "sha256"), "ffffffffffff"),
        (put("much", "calibration", "bias", "safe"), "much"),
        (put(0, "calibration", "categories", "hate", "slope"), "slope"),
    ],
)
def test_the_card_of_a_scorer_that_lacks_something_is_refused(
    change: Callable[[Raw], object], said: str
) -> None:
    card = copy.deepcopy(SCORER)
    change(card)
    with pytest.raises(CardInvalid, match=said):
        parse_card(json.dumps(card), name="nano.gguf")


def test_a_card_may_say_how_scores_are_spread() -> None:
    assert card_with().figures.scores is None
    found = card_with(scores=scores_entry("everyday", [0.0, 0.04, 0.5, 1.0])).figures.scores
    assert found == CardScores("everyday", (2, *[0] * 9, 1, *[0] * 8, 1))
    assert found.rows == 4


@pytest.mark.parametrize(
    "scores",
    [[], {"set": "everyday"}, {"set": "everyday", "bands": [1, 2]}, {"set": "x", "bands": [-1] * 20}],
)
def test_a_spread_that_cannot_be_read_is_refused(scores: object) -> None:
    with pytest.raises(CardInvalid):
        card_with(scores=scores)


def card_with(**more: object) -> EncoderCard:
    card = parse_card(json.dumps({**CARD, **more}), name="mini.gguf")
    assert isinstance(card, EncoderCard)
    return card
