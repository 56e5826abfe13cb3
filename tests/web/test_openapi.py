"""The API's own description says what the API does."""

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel

from app.web import openai, perspective, privacy, problems, wire

OPERATIONS = {
    "POST /moderate",
    "POST /moderate/batch",
    "GET /decisions/{decision_id}",
    "DELETE /decisions/{decision_id}",
    "DELETE /authors/{author_id}",
    "GET /authors/{author_id}/export",
    "POST /decisions/{decision_id}/appeal",
    "GET /decisions/{decision_id}/appeal",
    "POST /v1/moderations",
    "POST /v1alpha1/comments:analyze",
    "POST /v1alpha1/comments:suggestscore",
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",
}
MODELS: dict[str, type[BaseModel]] = {
    each.__name__: each
    for module in (wire, problems, openai, perspective, privacy)
    for each in vars(module).values()
    if isinstance(each, type) and issubclass(each, BaseModel)
}


@pytest.fixture(scope="module")
def description(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def operations_of(description: dict[str, Any]) -> dict[str, Any]:
    return {
        f"{method.upper()} {path}": operation
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    }


def test_describes_every_operation(description: dict[str, Any]) -> None:
    operations = operations_of(description)

    assert set(operations) == OPERATIONS
    assert all(operation["summary"] and operation["tags"] for operation in operations.values())


def test_every_documented_error_is_a_problem(description: dict[str, Any]) -> None:
    refusals = [
        (name, status, response["content"])
        for name, operation in operations_of(description).items()
        for status, response in operation["responses"].items()
        if not status.startswith("2")
    ]

    assert {status for _, status, _ in refusals} == {
        "400",
        "404",
        "409",
        "413",
        "415",
        "422",
        "503",
        "default",
    }
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    google = {"application/json": {"schema": {"$ref": "#/components/schemas/GoogleProblem"}}}
    for name, status, content in refusals:
        assert content == (google if "/v1alpha1/" in name else problem), (name, status)


def test_the_examples_are_what_their_schemas_describe(description: dict[str, Any]) -> None:
    schemas = description["components"]["schemas"]
    examples = {name: schema["examples"] for name, schema in schemas.items() if "examples" in schema}

    assert set(examples) == {
        "AnalyzeIn",
        "NewAppealIn",
        "ModerateIn",
        "BatchIn",
        "DecisionOut",
        "ModerationsIn",
        "Problem",
        "RemovedOut",
        "SuggestionIn",
    }
    for name, some in examples.items():
        for example in some:
            MODELS[name].model_validate(example, extra="forbid")
            assert set(schemas[name]["required"]) <= set(example)


def test_the_examples_of_requests_are_answered(client: TestClient, description: dict[str, Any]) -> None:
    schemas = description["components"]["schemas"]

    for path, name in (
        ("/moderate", "ModerateIn"),
        ("/moderate/batch", "BatchIn"),
        ("/v1/moderations", "ModerationsIn"),
        ("/v1alpha1/comments:analyze", "AnalyzeIn"),
        ("/v1alpha1/comments:suggestscore", "SuggestionIn"),
    ):
        for example in schemas[name]["examples"]:
            assert client.post(path, json=example).status_code == 200


def test_answers_are_what_the_description_says(client: TestClient) -> None:
    answer = client.post("/moderate", json={"text": "I want to unalive myself"})
    refusal = client.post("/moderate", json={"text": ""})

    wire.DecisionOut.model_validate_json(answer.content, extra="forbid")
    problems.Problem.model_validate_json(refusal.content, extra="forbid")


def test_the_page_of_the_api_loads_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get("/docs")

    loaded = re.findall(r'(?:src|href|data-openapi-url)="([^"]*)"', page.text)
    assert {"/openapi.json", "/docs/assets/swagger-ui-bundle.js"} <= set(loaded)
    assert all(re.match(r"/(?!/)|#", address) for address in loaded)
    assert {address: client.get(address).status_code for address in loaded} == dict.fromkeys(loaded, 200)
    assert "http://" not in page.text
    assert "https://" not in page.text
    assert "connect-src 'self'" in page.headers["content-security-policy"]


@pytest.mark.parametrize("name", ["plainspeak.css", "docs.js", "keys.js"])
def test_our_own_assets_name_no_other_host(client: TestClient, name: str) -> None:
    asset = client.get(f"/static/{name}")

    assert asset.status_code == 200
    assert not re.search(r"https?://", asset.text)
