"""Asks a server with OpenAI's completions: llama-server, vLLM, llama-cpp-python, or what looks like one."""

import json
import time
from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from functools import partial
from http import HTTPStatus
from typing import Any, TypeVar

import httpx

from app.core.errors import EngineFailed, ModelError
from app.core.toptokens import MOST

CONNECT_S = 3.0
_MOST_BYTES = 8_000_000
"""Of an answer; a server with thousands of models lists them in a tenth of it."""

T = TypeVar("T")


class CompletionsEndpoint:
    """One model of a server."""

    def __init__(self, address: str, *, model: str, key: str | None, timeout_s: float) -> None:
        """Connect to nothing yet.

        Args:
            address: of the server, with or without `/v1`.
            model: as the server names it; empty for a server that has one.
            key: sent as a bearer token.
            timeout_s: how long an answer may take.

        Raises:
            ModelError: there can be no such address.
        """
        base = address.rstrip("/").removesuffix("/v1")
        self._model = model
        self._timeout_s = timeout_s
        try:
            # What is said of it is kept with decisions, a password in it is not.
            self._address = str(httpx.URL(base).copy_with(username="", password=""))
            self._client = httpx.Client(
                base_url=f"{base}/v1/",
                headers={"Authorization": f"Bearer {key}"} if key else {},
                timeout=httpx.Timeout(timeout_s, connect=CONNECT_S),
            )
        except httpx.InvalidURL as error:
            raise ModelError(
                f"The address of the language model cannot be read ({error}). "
                "Write PLAINSPEAK_SCORER as http://HOST:PORT."
            ) from error

    @property
    def name(self) -> str:
        """Host and model."""
        host = httpx.URL(self._address).netloc.decode()
        return f"{host}/{self._model}" if self._model else host

    def check(self) -> str:
        """Nothing beyond the name, once the server lists its models: no digest is part of this protocol."""
        names = self._asked(lambda: [each["id"] for each in self._json("GET", "models")["data"]])
        if self._model and self._model not in names:
            raise EngineFailed(
                f"The server at {self._address!r} has no model {self._model!r} but {names[:5]!r}. "
                "Set PLAINSPEAK_SCORER_MODEL to one of them."
            )
        return ""

    def top_tokens(self, prompt: str) -> list[tuple[str, float]]:
        """The likeliest first tokens behind a raw prompt."""
        body = self._body(prompt, max_tokens=1) | {"logprobs": MOST}
        found = self._asked(lambda: top_tokens_of(self._json("POST", "completions", body)))
        if not found:
            raise EngineFailed(
                f"The server at {self._address!r} tells no log-probabilities. "
                "Start it so that completions have logprobs."
            )
        return found

    def write(self, prompt: str, *, most_tokens: int) -> Generator[str, None, None]:
        """Write on from a raw prompt."""
        body = self._body(prompt, max_tokens=most_tokens) | {"stream": True}
        request = self._client.build_request("POST", "completions", json=body)
        response = self._asked(lambda: self._client.send(request, stream=True))
        with closing(response):
            self._asked(lambda: self._checked(response))
            lines = response.iter_lines()
            while (line := self._asked(lambda: next(lines, None))) is not None:
                event = line.removeprefix("data:").strip()
                if line.startswith("data:") and event != "[DONE]":
                    yield self._asked(partial(_text_of, event))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _body(self, prompt: str, *, max_tokens: int) -> dict[str, object]:
        named = {"model": self._model} if self._model else {}
        return {**named, "prompt": prompt, "max_tokens": max_tokens, "temperature": 0}

    def _json(self, method: str, route: str, body: Mapping[str, object] | None = None) -> dict[str, Any]:
        request = self._client.build_request(method, route, json=body)
        until = time.monotonic() + self._timeout_s
        raw = bytearray()
        with closing(self._client.send(request, stream=True)) as response:
            self._checked(response)
            for piece in response.iter_bytes():
                raw += piece
                # The client's own limit is for each piece, and some servers send a blank now and then.
                if time.monotonic() > until:
                    raise httpx.ReadTimeout("It is not whole yet.", request=request)
                if len(raw) > _MOST_BYTES:
                    raise ValueError(f"more than {_MOST_BYTES} bytes")
        found: dict[str, Any] = json.loads(raw)
        return found

    @staticmethod
    def _checked(response: httpx.Response) -> None:
        if response.is_error:
            response.read()
            response.raise_for_status()

    def _asked(self, ask: Callable[[], T]) -> T:
        """Ask, and say of every failure what to do."""
        try:
            return ask()
        except httpx.HTTPStatusError as error:
            raise EngineFailed(self._refusal(error.response)) from error
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            raise EngineFailed(
                f"No server answers at {self._address!r}. Start it, or correct PLAINSPEAK_SCORER."
            ) from error
        except httpx.TimeoutException as error:
            raise EngineFailed(
                f"The server at {self._address!r} gave no answer within {self._timeout_s:g} s. "
                "Use a smaller model, or raise PLAINSPEAK_SCORER_TIMEOUT_S."
            ) from error
        # What is no completion can fail to be read in any of these ways.
        except (
            httpx.HTTPError,
            ValueError,
            TypeError,
            LookupError,
            AttributeError,
            OverflowError,
            RecursionError,
        ) as error:
            raise EngineFailed(
                f"What answers at {self._address!r} does not speak OpenAI's completions "
                f"({type(error).__name__}). Correct PLAINSPEAK_SCORER."
            ) from error

    def _refusal(self, response: httpx.Response) -> str:
        said = f"The server at {self._address!r} answered {response.status_code}"
        match response.status_code:
            case HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN:
                return f"{said}. Set PLAINSPEAK_SCORER_KEY to a key it takes."
            case HTTPStatus.NOT_FOUND:
                return f"{said}: it has no completions or no such model. Set PLAINSPEAK_SCORER_MODEL."
            case _:
                return f"{said}: {response.text[:200]!r}. See its log."


def top_tokens_of(answer: Mapping[str, Any]) -> list[tuple[str, float]]:
    """The first token's alternatives, as OpenAI and vLLM write them or as llama-server does."""
    told = answer["choices"][0]["logprobs"]
    if not told:
        return []
    if "content" in told:
        return [(str(each["token"]), float(each["logprob"])) for each in told["content"][0]["top_logprobs"]]
    first = (told["top_logprobs"] or [{}])[0] or {}
    return [(str(token), float(log_probability)) for token, log_probability in first.items()]


def _text_of(event: str) -> str:
    return str(json.loads(event)["choices"][0]["text"])
