"""OpenAI's own client for Node against the running service."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import Runtime
from app.core.errors import QueueFull
from app.core.taxonomies import OPENAI_CATEGORIES

CLIENTS = Path(__file__).resolve().parents[1] / "clients"
NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(
    NODE is None or not (CLIENTS / "node_modules" / "openai").is_dir(),
    reason="there is no Node.js with OpenAI's client; `make dev` installs it where npm is",
)
Ask = Callable[[str], Any]


@pytest.fixture
def ask(service_url: str) -> Ask:
    """Run a script of `tests/clients` against the service and give what it prints."""

    def ask(script: str) -> Any:  # noqa: ANN401 JSON
        assert NODE is not None
        asked = subprocess.run(
            [NODE, script, service_url],
            cwd=CLIENTS,
            # A developer's own key or address must not reach the test.
            env={name: value for name, value in os.environ.items() if not name.startswith("OPENAI_")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert asked.returncode == 0, asked.stderr
        return json.loads(asked.stdout)

    return ask


def test_texts_are_judged_and_every_refusal_has_a_code_and_a_sentence(ask: Ask) -> None:
    answer = ask("moderations.mjs")

    (result,) = answer["one"]["results"]
    assert answer["one"]["model"].startswith("plainspeak-mini@")
    assert (result["flagged"], result["categories"]["self-harm"]) == (True, True)
    for name in ("categories", "category_scores", "category_applied_input_types"):
        assert set(result[name]) == set(OPENAI_CATEGORIES)
    assert result["normalized_text"] == "I want to kill myself"
    assert (answer["many"], answer["parts"]) == ([False, True], [True])
    refusals = answer["refusals"]
    assert {name: (each["name"], each["status"], each["code"]) for name, each in refusals.items()} == {
        "empty": ("BadRequestError", 400, "empty_text"),
        "image": ("BadRequestError", 400, "image_not_judged"),
        "long": ("BadRequestError", 400, "text_too_long"),
        "nowhere": ("NotFoundError", 404, "not_found"),
    }
    assert {each["type"] for each in refusals.values()} == {"invalid_request_error"}
    assert "Send at least one visible character" in refusals["empty"]["message"]


def test_a_full_queue_is_tried_again_when_it_says(
    ask: Ask, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge, refusals = runtime.moderation.moderate_many, 2

    def busy_at_first(*args: object, **keywords: object) -> object:
        nonlocal refusals
        if refusals:
            refusals -= 1
            raise QueueFull("Too much is waiting. Try again in a second.")
        return judge(*args, **keywords)  # type: ignore[arg-type]

    monkeypatch.setattr(runtime.moderation, "moderate_many", busy_at_first)
    answer = ask("retries.mjs")

    assert (answer["flagged"], refusals) == (False, 0)
    # Retry-After says a second, twice.
    assert answer["waited_ms"] > 1900
