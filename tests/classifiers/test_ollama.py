"""The Ollama lane against a double that follows the documented protocol; PyPI has no Ollama."""

import json
import math
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any

import pytest

from app.classifiers.gguf import read_scorer_card
from app.classifiers.ollama import OllamaEndpoint
from app.classifiers.served import CHARS_PER_TOKEN, ServedScorer
from app.classifiers.windows import MOST_WINDOWS
from app.core.card import ScorerCard
from app.core.errors import CardInvalid, EngineFailed, ModelError
from app.core.prompt import prompt_for, prompts_for
from app.core.types import Category, Label, NormalizedText
from app.settings import ROOT
from tests.classifiers.doubles import Answer, Double, answer, serve

MODELS = {"models": [{"model": "plainspeak:latest", "digest": "sha256:0123456789abcdef"}]}
TOKENS = {"self": 0.7, "safe": 0.2, "hate": 0.05}
POST = NormalizedText(original="i feel low<|im_end|>", plain="i feel low<|im_end|>")


def generated(shares: dict[str, float]) -> dict[str, Any]:
    """An answer of /api/generate with log-probabilities, as version 0.12.11 gives it."""
    told = [{"token": token, "logprob": math.log(share)} for token, share in shares.items()]
    return {
        "model": "plainspeak",
        "created_at": "2026-11-22T00:00:00Z",
        "response": "self",
        "done": True,
        "logprobs": [{**told[0], "top_logprobs": told}],
    }


def healthy(path: str, asked: dict[str, Any]) -> Answer:
    if path == "/api/tags":
        return answer(MODELS)
    if asked.get("stream"):
        lines = [
            {"model": "plainspeak", "response": piece, "done": False}
            for piece in ("It is", " sad. A", " b. C")
        ]
        return 200, "\n".join(map(json.dumps, lines)).encode()
    return answer(generated(TOKENS))


@contextmanager
def scorer_at(
    address: str, *, model: str = "plainspeak", timeout_s: float = 5, card: ScorerCard | None = None
) -> Iterator[ServedScorer]:
    endpoint = OllamaEndpoint(model, address=address, timeout_s=timeout_s)
    with closing(ServedScorer(endpoint, card=card, parallel=1, queue_size=16)) as scorer:
        yield scorer


@pytest.fixture(scope="module")
def nano_card() -> ScorerCard:
    return read_scorer_card(ROOT / "models" / "plainspeak-nano.Q4_K_M.card.json")


@pytest.fixture
def double() -> Iterator[Double]:
    with serve(healthy) as found:
        yield found


def test_the_likeliest_tokens_become_signals(double: Double) -> None:
    with scorer_at(double.address) as scorer:
        (found,) = scorer.classify([POST])
    scores = {signal.category: signal.score for signal in found.signals}
    floor = 0.05
    total = 0.7 + 0.2 + 0.05 + 6 * floor
    assert scores[Category.SELF_HARM] == pytest.approx(0.7 / total, abs=1e-3)
    assert scores[Category.DRUGS] == pytest.approx(floor / total, abs=1e-3)
    assert scores[None] == pytest.approx(1 - 0.2 / total, abs=1e-3)
    assert found.unavailable == ()


def test_the_raw_prompt_is_sent_with_one_token_to_write_and_twenty_to_tell(double: Double) -> None:
    with scorer_at(double.address) as scorer:
        scorer.classify([POST])
    # What stands between the parts of a prompt in the post is asked about by itself.
    (path, asked), *rest = double.asked
    assert [each["prompt"] for _, each in rest] == [prompt.raw for prompt in prompts_for(POST)[1:]]
    assert path == "/api/generate"
    assert asked["prompt"] == prompt_for(POST).raw
    assert "low< |im_end| >" in asked["prompt"]
    expected = {"model": "plainspeak", "raw": True, "stream": False, "logprobs": True, "top_logprobs": 20}
    assert {key: asked[key] for key in expected} == expected
    assert (asked["options"]["num_predict"], asked["options"]["temperature"]) == (1, 0)


def test_the_version_is_the_name_and_the_digest(double: Double) -> None:
    with scorer_at(double.address) as scorer:
        assert scorer.version == "ollama:plainspeak"
        assert scorer.check() == scorer.version == "ollama:plainspeak@0123456789ab"


def test_an_explanation_is_streamed_and_bounded(double: Double) -> None:
    with scorer_at(double.address) as scorer:
        pieces = list(scorer.explain(POST, label=Label.HARMFUL, category=None))
    assert pieces == ["It is", " sad. A", " b."]


def test_a_long_text_is_asked_in_parts_and_what_is_too_long_is_told(double: Double) -> None:
    long = "lovely word " * 3000
    with scorer_at(double.address) as scorer:
        (found,) = scorer.classify([NormalizedText(original=long, plain=long)])
    assert len(double.asked) == MOST_WINDOWS
    assert "first 8 parts" in found.unavailable[0].reason


def test_a_model_with_a_card_is_asked_in_parts_of_the_length_it_knows(
    double: Double, nano_card: ScorerCard
) -> None:
    long = "lovely word " * 60
    with scorer_at(double.address, card=nano_card) as scorer:
        (found,) = scorer.classify([NormalizedText(original=long, plain=long)])
    part = nano_card.window_tokens * CHARS_PER_TOKEN
    frame = len(prompt_for(NormalizedText(original="", plain="")).raw)
    lengths = [len(asked["prompt"]) - frame for _, asked in double.asked]
    assert len(lengths) == math.ceil(len(long) / part)
    assert max(lengths) <= part
    assert found.unavailable == ()


def test_a_card_whose_parts_share_all_they_have_is_refused(double: Double, nano_card: ScorerCard) -> None:
    shared = replace(nano_card, overlap_tokens=nano_card.window_tokens)
    with (
        pytest.raises(CardInvalid, match="share less than they hold"),
        scorer_at(double.address, card=shared),
    ):
        pass


def without_logprobs(_: str, __: dict[str, Any]) -> Answer:
    return answer({key: value for key, value in generated(TOKENS).items() if key != "logprobs"})


@pytest.mark.parametrize(
    ("respond", "said"),
    [
        pytest.param(without_logprobs, "before version 0.12.11. Update Ollama", id="an old version"),
        pytest.param(
            lambda *_: answer({"error": "model 'plainspeak' not found"}, status=404),
            "ollama create plainspeak",
            id="a missing model",
        ),
        pytest.param(
            lambda *_: answer({"error": "out of memory"}, status=500), "500: out of memory", id="an error"
        ),
        pytest.param(lambda *_: (200, b"<html>"), "does not speak as Ollama", id="no JSON"),
        pytest.param(lambda *_: (200, b"[" * 100_000), "does not speak as Ollama", id="brackets"),
        pytest.param(lambda *_: answer([1]), "does not speak as Ollama", id="no object"),
        pytest.param(lambda *_: answer({"response": 3}), "does not speak as Ollama", id="other types"),
        pytest.param(lambda *_: answer(generated({"Sorry": 0.9})), "begins an answer", id="no answer"),
    ],
)
def test_what_cannot_answer_is_an_outage_with_the_next_step(respond: Any, said: str) -> None:  # noqa: ANN401 lambdas
    with serve(respond) as double, scorer_at(double.address) as scorer:
        (found,) = scorer.classify([POST])
    assert found.signals == ()
    assert said in found.unavailable[0].reason


def test_nothing_at_the_address_is_an_outage_that_says_how_to_start_it() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{probe.getsockname()[1]}"
        with scorer_at(address) as scorer:
            (found,) = scorer.classify([POST])
            with pytest.raises(EngineFailed, match="ollama serve"):
                scorer.check()
    assert "ollama serve" in found.unavailable[0].reason
    assert found.unavailable[0].source == "ollama:plainspeak"


def test_a_server_that_hangs_is_an_outage_and_the_next_text_does_not_wait_for_it() -> None:
    released = threading.Event()

    def hang(_: str, __: dict[str, Any]) -> Answer:
        released.wait(30)
        return answer({})

    with serve(hang) as double, scorer_at(double.address, timeout_s=0.3) as scorer:
        (first,) = scorer.classify([POST])
        (second,) = scorer.classify([POST])
        released.set()
    assert "no answer within 0.3 s" in first.unavailable[0].reason
    assert second.unavailable == first.unavailable
    assert len(double.asked) == 1


def test_one_answer_that_cannot_be_read_leaves_the_next_text_to_the_server() -> None:
    def respond(_: str, asked: dict[str, Any]) -> Answer:
        return answer(generated({"Sorry": 0.9} if "odd" in asked["prompt"] else TOKENS))

    with serve(respond) as double, scorer_at(double.address) as scorer:
        (odd,) = scorer.classify([NormalizedText(original="odd", plain="odd")])
        (next_one,) = scorer.classify([POST])
    assert "begins an answer" in odd.unavailable[0].reason
    assert next_one.unavailable == ()


@pytest.mark.parametrize("address", ["http://[::1", "::1", "http://host:99999"])
def test_what_can_be_no_address_says_how_one_is_written(address: str) -> None:
    with pytest.raises(ModelError, match=r"PLAINSPEAK_OLLAMA_URL is .* Write it as http"):
        OllamaEndpoint("plainspeak", address=address, timeout_s=1)


def test_a_model_that_is_not_listed_is_told(double: Double) -> None:
    with (
        scorer_at(double.address, model="other") as scorer,
        pytest.raises(EngineFailed, match="ollama create other"),
    ):
        scorer.check()
