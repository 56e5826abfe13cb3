"""The service while the processes of its engines die, halt and come back."""

import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.classifiers import child
from app.services import judge_slot
from app.settings import ROOT
from tests.classifiers.lm import make_scorer
from tests.classifiers.starting import PATIENCE_S, Interpreter, is_running

OpenClient = Callable[..., TestClient]
NANO = ROOT / "models" / "plainspeak-nano.Q4_K_M.gguf"
POST = "you are a worthless clown and nobody wants you here"


@pytest.fixture
def interpreter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Interpreter:
    folder = tmp_path / "bin"
    folder.mkdir()
    return Interpreter(folder, monkeypatch)


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """The policy of the repository, with a band that holds every score."""
    path = tmp_path / "policy.toml"
    default = (ROOT / "policies" / "default.toml").read_text(encoding="utf-8")
    path.write_text(default + "\n[cascade]\nlow = 0\nhigh = 1\n", encoding="utf-8")
    return path


def moderated(client: TestClient) -> dict[str, Any]:
    response = client.post("/moderate", json={"text": POST})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def checks(client: TestClient) -> dict[str, str]:
    ready = client.get("/readyz")
    assert ready.status_code == 200, ready.text
    return {check["name"]: check["detail"] for check in ready.json()["checks"]}


def test_the_service_lives_on_when_the_processes_of_both_lanes_are_killed(
    open_client: OpenClient, interpreter: Interpreter, policy: Path
) -> None:
    client = open_client(scorer=str(NANO), policy=policy, threads=1, remember_texts=0)
    before = moderated(client)
    assert len(before["lanes"]) == 2
    encoder, scorer = interpreter.started
    for process in (scorer, encoder):
        os.kill(process, signal.SIGKILL)
        after = moderated(client)
        assert (after["label"], after["lanes"], after["unavailable"]) == (
            before["label"],
            before["lanes"],
            [],
        )
    assert checks(client)["scorer"].startswith("plainspeak-nano@")
    assert client.get(f"/decisions/{before['id']}").json() == before


def test_a_language_model_that_cannot_be_started_again_leaves_posts_to_a_person(
    open_client: OpenClient, interpreter: Interpreter, policy: Path
) -> None:
    client = open_client(scorer=str(NANO), policy=policy, threads=1, remember_texts=0)
    before = moderated(client)
    interpreter.does_first("exit 3")
    os.kill(interpreter.started[-1], signal.SIGKILL)
    after = moderated(client)
    assert after["unavailable"] == [lane["model"] for lane in before["lanes"] if "nano" in lane["model"]]
    assert after["action"] == "review"
    assert any("cannot be started again" in reason for reason in after["reasons"])
    assert "go to a person" in checks(client)["scorer"]
    assert len(before["lanes"]) == 2


def test_an_explanation_is_written_although_its_process_is_killed(
    open_client: OpenClient, interpreter: Interpreter, policy: Path, tmp_path: Path
) -> None:
    # Nano was not made to write sentences.
    scorer = make_scorer(tmp_path / "tiny-lm.gguf")
    client = open_client(scorer=str(scorer), policy=policy, threads=1)
    item = f"/review/{moderated(client)['review']['id']}"
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(item).text)
    assert found is not None
    form = {"csrf": found.group(1)}

    def explanation() -> str:
        streamed = client.post(f"{item}/explanation", data=form, headers={"accept": "text/plain"})
        assert streamed.status_code == 200
        return streamed.text

    before = explanation()
    os.kill(interpreter.started[-1], signal.SIGKILL)
    assert explanation() == before
    assert "No explanation" not in before


def test_readyz_tells_that_loading_came_to_a_halt_and_the_model_is_tried_again(
    open_client: OpenClient, interpreter: Interpreter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "_SILENT_S", 3.0)
    monkeypatch.setattr(judge_slot, "_RETRY_S", 0.1)
    interpreter.does_first("kill -STOP $$")
    client = open_client(threads=1)
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert "came to a halt" in ready.json()["detail"]
    assert "See that the disk" in ready.json()["detail"]
    assert not is_running(interpreter.started[0])
    interpreter.does_first("")
    until = time.monotonic() + PATIENCE_S
    while client.get("/readyz").status_code != 200:
        assert time.monotonic() < until
    assert moderated(client)["lanes"] == []
