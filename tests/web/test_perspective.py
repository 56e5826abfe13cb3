"""Requests as clients of the Perspective API send them."""

import json
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from googleapiclient import discovery
from googleapiclient.errors import HttpError

from app.bootstrap import Runtime
from app.core.taxonomies import PERSPECTIVE_ATTRIBUTES
from app.web.wire import export_out

PATH = "/v1alpha1/comments:analyze"


def analyze(client: TestClient, text: str, *attributes: str, **fields: object) -> Any:  # noqa: ANN401 JSON
    asked: dict[str, object] = {name: {} for name in attributes or ("TOXICITY",)}
    return client.post(PATH, json={"comment": {"text": text}, "requestedAttributes": asked, **fields})


def value(response: Any, attribute: str) -> float:  # noqa: ANN401 JSON
    found: float = response.json()["attributeScores"][attribute]["summaryScore"]["value"]
    return found


def test_a_request_as_coral_sends_it(client: TestClient) -> None:
    """Fields and order as in coralproject/talk, services/perspective/perspective.ts."""
    body = {
        "comment": {"text": "You are a worthless idiot and everybody hates you"},
        "doNotStore": True,
        "requestedAttributes": {"TOXICITY": {}},
        "languages": ["en"],
    }
    response = client.post(f"{PATH}?key=anything", json=body)
    assert response.status_code == 200
    assert value(response, "TOXICITY") > 0.8
    score = response.json()["attributeScores"]["TOXICITY"]
    assert score["summaryScore"]["type"] == "PROBABILITY"
    assert [(span["begin"], span["end"]) for span in score["spanScores"]] == [(0, 49)]
    assert response.json()["languages"] == ["en"]


def test_googles_own_client_finds_the_method_and_calls_it(service_url: str) -> None:
    """As the Perspective API's documentation calls it from Python."""
    body = {"comment": {"text": "you worthless idiot"}, "requestedAttributes": {"TOXICITY": {}}}
    with discovery.build(
        "commentanalyzer",
        "v1alpha1",
        developerKey="anything",
        discoveryServiceUrl=f"{service_url}/$discovery/rest?version=v1alpha1",
        static_discovery=False,
    ) as service:
        answer = service.comments().analyze(body=body).execute()
        assert answer["attributeScores"]["TOXICITY"]["summaryScore"]["value"] > 0.5
        body["requestedAttributes"] = {"NICE": {}}
        with pytest.raises(HttpError) as refused:
            service.comments().analyze(body=body).execute()
    assert refused.value.status_code == 400
    assert "'NICE' is not known" in refused.value.reason


def test_every_attribute_is_scored_and_a_kind_text_scores_low(client: TestClient) -> None:
    response = analyze(client, "have a lovely day", *PERSPECTIVE_ATTRIBUTES)
    assert set(response.json()["attributeScores"]) == set(PERSPECTIVE_ATTRIBUTES)
    assert all(value(response, name) < 0.5 for name in PERSPECTIVE_ATTRIBUTES)


def test_variants_answer_under_the_name_they_were_asked_by(client: TestClient) -> None:
    response = analyze(client, "you idiot", "TOXICITY", "TOXICITY_FAST", "INSULT_EXPERIMENTAL", "INSULT")
    assert value(response, "TOXICITY_FAST") == value(response, "TOXICITY")
    assert value(response, "INSULT_EXPERIMENTAL") == value(response, "INSULT")


def test_scores_below_the_threshold_are_left_out(client: TestClient) -> None:
    asked = {
        "TOXICITY": {"scoreType": "PROBABILITY", "scoreThreshold": 0.0},
        "THREAT": {"scoreThreshold": 0.99},
    }
    response = client.post(PATH, json={"comment": {"text": "hello there"}, "requestedAttributes": asked})
    assert set(response.json()["attributeScores"]) == {"TOXICITY"}


def test_every_sentence_is_scored_with_offsets_in_utf_16(client: TestClient) -> None:
    text = "😂 What a day! You worthless idiot."
    response = analyze(client, text, spanAnnotations=True)
    first, second = response.json()["attributeScores"]["TOXICITY"]["spanScores"]
    encoded = text.encode("utf-16-le")
    parts = [encoded[2 * s["begin"] : 2 * s["end"]].decode("utf-16-le") for s in (first, second)]
    assert parts == ["😂 What a day!", "You worthless idiot."]
    assert first["score"]["value"] < second["score"]["value"]


def test_markup_is_not_read(client: TestClient) -> None:
    fields = {"type": "HTML", "text": "you <b>worth</b>less <!-- kind --> idiot"}
    body = {"comment": fields, "requestedAttributes": {"TOXICITY": {}}, "spanAnnotations": True}
    response = client.post(PATH, json=body)
    (span,) = response.json()["attributeScores"]["TOXICITY"]["spanScores"]
    assert (span["begin"], span["end"]) == (0, len(fields["text"]))
    assert value(response, "TOXICITY") == value(analyze(client, "you worthless idiot"), "TOXICITY")


@pytest.mark.parametrize(("do_not_store", "is_kept"), [(True, False), (False, True)])
def test_the_decision_is_kept_and_the_text_where_it_may_be(
    client: TestClient, runtime: Runtime, *, do_not_store: bool, is_kept: bool
) -> None:
    context = {"entries": [{"text": "an article"}, {"text": "  "}]}
    response = analyze(client, "just a word", doNotStore=do_not_store, context=context, clientToken="t-1")
    assert response.json()["clientToken"] == "t-1"
    *_, last = runtime.export.decisions()
    assert (last.decision.text is not None) is is_kept
    assert last.decision.context == (("an article",) if is_kept else ())


@pytest.mark.parametrize(
    ("body", "message", "reason"),
    [
        ({"requestedAttributes": {"TOXICITY": {}}}, "comment", "MISSING_FIELD"),
        ({"comment": {"text": "x"}}, "requestedAttributes", "MISSING_FIELD"),
        ({"comment": {"text": "x"}, "requestedAttributes": {}}, "requestedAttributes", "INVALID_FIELD"),
        ({"comment": {"text": " "}, "requestedAttributes": {"TOXICITY": {}}}, "visible", "COMMENT_EMPTY"),
        ({"comment": {"text": "x"}, "requestedAttributes": {"NICE": {}}}, "'NICE'", "ATTRIBUTE_UNKNOWN"),
        ({"comment": {"text": "x"}, "requestedAttributes": {"SPAM": {}}}, "'SPAM'", "ATTRIBUTE_UNSCORED"),
        (
            {"comment": {"text": "x"}, "requestedAttributes": {"TOXICITY": {}}, "languages": ["de"]},
            "'de'",
            "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
        ),
        (
            {"comment": {"text": "x"}, "requestedAttributes": {"TOXICITY": {"scoreType": "RAW"}}},
            "scoreType",
            "INVALID_FIELD",
        ),
        (
            {"comment": {"text": "x " * 20_000}, "requestedAttributes": {"TOXICITY": {}}},
            "characters",
            "COMMENT_TOO_LONG",
        ),
    ],
)
def test_what_cannot_be_judged_is_refused_in_googles_envelope(
    client: TestClient, body: dict[str, object], message: str, reason: str
) -> None:
    response = client.post(PATH, json=body)
    assert response.status_code == 400
    error = response.json()["error"]
    assert (error["code"], error["status"]) == (400, "INVALID_ARGUMENT")
    assert message in error["message"]
    assert error["details"] == [{"errorType": reason}]


def test_what_is_not_json_is_refused_in_googles_envelope(client: TestClient) -> None:
    response = client.post(PATH, content=b"{", headers={"content-type": "application/json"})
    assert (response.status_code, response.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")


@pytest.mark.parametrize(
    ("headers", "path", "reason"),
    [
        ({"host": "evil.example"}, PATH, "WRONG_HOST"),
        ({"content-length": "99999999"}, PATH, "BODY_TOO_LARGE"),
        ({"content-encoding": "gzip"}, PATH, "WRONG_CONTENT_ENCODING"),
        ({"x-large": "a" * 40_000}, PATH, "HEAD_TOO_LARGE"),
        ({}, PATH + "%0a", "BAD_ADDRESS"),
    ],
)
def test_what_is_refused_before_it_is_read_is_so_in_googles_envelope(
    client: TestClient, headers: dict[str, str], path: str, reason: str
) -> None:
    response = client.post(path, content=b"{}", headers={"content-type": "application/json", **headers})

    assert (response.status_code, response.headers["content-type"]) == (400, "application/json")
    assert response.json()["error"]["details"] == [{"errorType": reason}]


SUGGEST = "/v1alpha1/comments:suggestscore"
ODD_LANGUAGES = ("\ud800", "", "en\0", "en us", "en_US", "e" * 36, "en\n", "<b>", "日本")


@pytest.mark.parametrize("path", [PATH, SUGGEST])
@pytest.mark.parametrize("language", ODD_LANGUAGES)
def test_what_is_the_name_of_no_language_is_refused(client: TestClient, path: str, language: str) -> None:
    scores = {"TOXICITY": {"summaryScore": {"value": 0}}}
    body = {"comment": {"text": "x"}, "requestedAttributes": {"TOXICITY": {}}, "attributeScores": scores}
    # As JSON writes half a character, which has no UTF-8.
    content = json.dumps({**body, "languages": ["en", language]})

    response = client.post(path, content=content, headers={"content-type": "application/json"})

    assert (response.status_code, response.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert "'languages.1'" in response.json()["error"]["message"]


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        *(
            (PATH, {"requestedAttributes": {"TOXICITY": {}}, name: None})
            for name in ("context", "languages", "doNotStore", "spanAnnotations", "clientToken", "sessionId")
        ),
        (PATH, {"requestedAttributes": {"TOXICITY": {"scoreType": None, "scoreThreshold": None}}}),
        (PATH, {"requestedAttributes": {"TOXICITY": {}}, "context": {"entries": None}}),
        *(
            (
                SUGGEST,
                {"attributeScores": {"TOXICITY": {"summaryScore": {"value": 1, "type": None}}}, name: None},
            )
            for name in ("languages", "clientToken", "communityId", "context")
        ),
    ],
)
def test_null_is_as_good_as_a_member_that_is_not_there(
    client: TestClient, path: str, fields: dict[str, object]
) -> None:
    body = {"comment": {"text": "null and void", "type": None}, **fields}

    assert client.post(path, json=body).status_code == 200


@pytest.mark.parametrize(
    "fields", [{"comment": None}, {"requestedAttributes": None}, {"comment": {"text": None}}]
)
def test_null_is_no_better_than_a_member_that_is_missing(
    client: TestClient, fields: dict[str, object]
) -> None:
    body = {"comment": {"text": "x"}, "requestedAttributes": {"TOXICITY": {}}, **fields}

    response = client.post(PATH, json=body)

    assert response.json()["error"]["details"] == [{"errorType": "MISSING_FIELD"}]


def suggest(client: TestClient, text: str, score: float, **fields: object) -> Any:  # noqa: ANN401 JSON
    scores = {"TOXICITY": {"summaryScore": {"value": score, "type": "PROBABILITY"}}}
    return client.post(SUGGEST, json={"comment": {"text": text}, "attributeScores": scores, **fields})


def feedback_by_text(runtime: Runtime, text: str) -> list[tuple[str | None, list[float]]]:
    """Token of each decision on a text, and the scores suggested for it."""
    return [
        (row.decision.client_token, [score.value for each in row.feedback for score in each.scores])
        for row in runtime.export.decisions()
        if row.decision.text is not None and row.decision.text.original == text
    ]


def test_a_suggestion_as_coral_sends_it_is_kept_with_its_decision(
    client: TestClient, runtime: Runtime
) -> None:
    text = "you are a worthless idiot, said the suggestion"
    analyze(client, text)
    (decision,) = [
        row.decision.id
        for row in runtime.export.decisions()
        if row.decision.text is not None and row.decision.text.original == text
    ]

    response = suggest(
        client, text, 1, clientToken="comment:7", communityId="Coral:1", languages=["en"], sessionId="s"
    )

    assert response.status_code == 200
    assert response.json() == {
        "clientToken": "comment:7",
        "detectedLanguages": ["en"],
        "requestedLanguages": ["en"],
    }
    (row,) = [row for row in runtime.export.decisions() if row.decision.id == decision]
    exported = export_out(row).model_dump()
    assert [(each["scores"], each["community_id"]) for each in exported["feedback"]] == [
        ({"TOXICITY": 1.0}, "Coral:1")
    ]
    item = runtime.moderation.decision(decision).item
    assert item is not None
    page = " ".join(re.sub("<[^>]+>", "", client.get(f"/review/{item.id}").text).split())
    assert "Your site says: TOXICITY 100" in page


def test_of_decisions_on_the_same_text_the_token_tells_which(client: TestClient, runtime: Runtime) -> None:
    text = "the same text for three"
    for token in ("a", "b", "c"):
        analyze(client, text, clientToken=token)

    suggest(client, text, 0.25, clientToken="b")
    suggest(client, text, 0.5)
    suggest(client, "the text was edited meanwhile", 0.75, clientToken="a")

    assert feedback_by_text(runtime, text) == [("a", [0.75]), ("b", [0.25]), ("c", [0.5])]


def test_a_text_that_is_not_stored_is_known_by_its_hash(client: TestClient, runtime: Runtime) -> None:
    fields = {"type": "HTML", "text": "a <b>hidden</b> text of the suggestion"}
    client.post(PATH, json={"comment": fields, "requestedAttributes": {"TOXICITY": {}}, "doNotStore": True})
    *_, last = runtime.export.decisions()

    body = {"comment": fields, "attributeScores": {"INSULT": {"summaryScore": {"value": 0}}}}
    assert client.post(SUGGEST, json=body).status_code == 200

    (row,) = [row for row in runtime.export.decisions() if row.decision.id == last.decision.id]
    assert [each.scores[0].value for each in row.feedback] == [0.0]


def test_a_suggestion_for_a_text_that_was_never_judged_is_taken(client: TestClient) -> None:
    assert suggest(client, "nobody ever asked about this", 1).status_code == 200


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"attributeScores": {}}, "attributeScores"),
        ({"attributeScores": {"TOXICITY": {"summaryScore": {"value": 2}}}}, "value"),
        ({"attributeScores": {"TOXICITY": {}}}, "summaryScore"),
        ({"clientToken": "x" * 201}, "clientToken"),
        ({"clientToken": "a\0"}, "clientToken"),
        ({"communityId": "a\0"}, "communityId"),
        ({"comment": {"text": "a\0"}}, "The text"),
    ],
)
def test_a_suggestion_that_cannot_be_kept_is_refused_in_googles_envelope(
    client: TestClient, fields: dict[str, object], message: str
) -> None:
    response = suggest(client, "x", 1, **fields)

    assert (response.status_code, response.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
    assert message in response.json()["error"]["message"]


def test_googles_own_client_suggests_a_score(service_url: str) -> None:
    body = {"comment": {"text": "fine"}, "attributeScores": {"TOXICITY": {"summaryScore": {"value": 0}}}}
    with discovery.build(
        "commentanalyzer",
        "v1alpha1",
        developerKey="anything",
        discoveryServiceUrl=f"{service_url}/$discovery/rest?version=v1alpha1",
        static_discovery=False,
    ) as service:
        assert service.comments().suggestscore(body=body).execute()["detectedLanguages"] == ["en"]


def test_a_comment_in_another_language_is_told_and_goes_to_a_person(
    client: TestClient, runtime: Runtime
) -> None:
    text = "ihr seid doch alle meine besten freunde hier im forum"

    response = analyze(client, text)
    suggestion = suggest(client, text, 0)

    assert (response.json()["languages"], response.json()["detectedLanguages"]) == (["de"], ["de"])
    assert suggestion.json()["detectedLanguages"] == ["de"]
    *_, last = runtime.export.decisions()
    assert (last.decision.verdict.language, last.decision.verdict.action.value) == ("de", "review")
    assert last.decision.verdict.confidence <= 0.5
