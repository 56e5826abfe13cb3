"""OpenAI's own client against the running service."""

from collections.abc import Iterator

import openai
import pytest
from openai.types import ModerationTextInputParam

from app.bootstrap import Runtime
from app.core.errors import QueueFull
from app.core.taxonomies import OPENAI_CATEGORIES


@pytest.fixture(scope="module")
def client(service_url: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{service_url}/v1", api_key="any", max_retries=0) as client:
        yield client


def test_a_text_is_judged_as_their_endpoint_would_answer(client: openai.OpenAI) -> None:
    answer = client.moderations.create(model="omni-moderation-latest", input="I want to unalive myself")

    assert answer.id.startswith("modr-")
    assert answer.model.startswith("plainspeak-mini@")
    (result,) = answer.results
    assert result.flagged is True
    assert (result.categories.self_harm, result.categories.self_harm_intent) == (True, True)
    assert (result.categories.sexual_minors, result.category_scores.sexual_minors) == (False, 0.0)
    assert result.category_scores.self_harm > 0.5
    assert result.category_applied_input_types.self_harm == ["text"]
    for names in (result.categories, result.category_scores, result.category_applied_input_types):
        assert set(names.model_dump(by_alias=True)) == set(OPENAI_CATEGORIES)
    extra = result.model_extra or {}
    assert extra["label"] == "extremely_harmful"
    assert extra["normalized_text"] == "I want to kill myself"
    assert [edit["term"] for edit in extra["edits"]] == ["unalive"]


def test_many_texts_have_a_result_each_and_parts_are_one_text(client: openai.OpenAI) -> None:
    many = client.moderations.create(input=["have a lovely day", "k!ll y0urs3lf"])
    assert [result.flagged for result in many.results] == [False, True]
    assert not any(many.results[0].categories.model_dump().values())
    parts: list[ModerationTextInputParam] = [
        {"type": "text", "text": "I want to"},
        {"type": "text", "text": "unalive myself"},
    ]
    assert [result.flagged for result in client.moderations.create(input=parts).results] == [True]


def test_every_result_is_a_kept_decision(client: openai.OpenAI, runtime: Runtime) -> None:
    answer = client.moderations.create(input="thanks, see you on Friday")
    decision = (answer.results[0].model_extra or {})["decision"]
    kept = runtime.moderation.decision(decision).decision
    assert kept.text is not None
    assert kept.text.original == "thanks, see you on Friday"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("", "empty_text"),
        (["fine", " "], "empty_text"),
        ([], "invalid_content"),
        ([{"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}], "image_not_judged"),
        ([1, 2], "invalid_field"),
        ([{"type": "input_audio", "text": "x"}], "invalid_field"),
    ],
)
def test_what_cannot_be_judged_is_refused_with_a_reason(
    client: openai.OpenAI, given: str | list[str], code: str
) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        client.moderations.create(input=given)
    assert refused.value.code == code
    assert refused.value.type == "invalid_request_error"
    assert "Error code: 400 - " in str(refused.value)


@pytest.mark.parametrize(
    "given", [5, [1, 2], [["hello"]], [{"type": "input_audio"}], ["fine", {"text": "x"}]]
)
def test_an_input_of_another_kind_is_told_what_it_may_be(client: openai.OpenAI, given: list[str]) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        client.moderations.create(input=given)
    assert refused.value.param == "input"
    assert "Send a text, a list of texts, or a list of parts of the type text" in str(refused.value)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("long " * 10_000, "text_too_long"),
        (["x"] * 1001, "batch_too_large"),
    ],
)
def test_what_is_too_long_is_a_bad_request_as_there(
    client: openai.OpenAI, given: str | list[str], code: str
) -> None:
    with pytest.raises(openai.BadRequestError) as refused:
        client.moderations.create(input=given)
    assert refused.value.code == code


def test_a_full_queue_is_tried_again(
    client: openai.OpenAI, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge, refusals = runtime.moderation.moderate_many, 1

    def busy_at_first(*args: object, **keywords: object) -> object:
        nonlocal refusals
        if refusals:
            refusals -= 1
            raise QueueFull("Too much is waiting. Try again in a second.")
        return judge(*args, **keywords)  # type: ignore[arg-type]

    monkeypatch.setattr(runtime.moderation, "moderate_many", busy_at_first)
    with pytest.raises(openai.InternalServerError) as refused:
        client.moderations.create(input="hello")
    assert (refused.value.status_code, refused.value.code) == (503, "queue_full")
    refusals = 1
    answer = client.with_options(max_retries=1).moderations.create(input="hello")
    assert answer.results[0].flagged is False
