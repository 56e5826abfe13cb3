"""Asks an Ollama server, through its official client, with the raw prompt of `app.core.prompt`.

Raw, because a template of the server's own would make another prompt than the model was tuned with. Ollama
tells the likeliest tokens of an answer from version 0.12.11 on.
"""

from collections.abc import Callable, Generator, Iterator
from http import HTTPStatus
from typing import TypeVar

import httpx
import ollama

from app.core.errors import EngineFailed, ModelError
from app.core.toptokens import MOST

CONNECT_S = 3.0
_KEEP_ALIVE = "30m"
"""How long the model stays in memory after a request; loading it again takes seconds."""
_CONTEXT_TOKENS = 4096

T = TypeVar("T")


class OllamaEndpoint:
    """One model of an Ollama server."""

    def __init__(self, model: str, *, address: str, timeout_s: float) -> None:
        """Connect to nothing yet; raises ModelError where there can be no such address."""
        self._model = model
        self._address = address
        self._timeout_s = timeout_s
        try:
            self._client = ollama.Client(address, timeout=httpx.Timeout(timeout_s, connect=CONNECT_S))
        except (ValueError, httpx.InvalidURL) as error:
            raise ModelError(
                f"PLAINSPEAK_OLLAMA_URL is {address!r}, which is no address ({error}). Write it as "
                "http://HOST:PORT."
            ) from error

    @property
    def name(self) -> str:
        """As in the setting."""
        return f"ollama:{self._model}"

    def check(self) -> str:
        """The first digits of the model's digest."""
        listed = self._asked(self._client.list)
        for each in listed.models:
            # "plainspeak" is "plainspeak:latest".
            if each.model in {self._model, f"{self._model}:latest"}:
                return (each.digest or "").removeprefix("sha256:")[:12]
        raise EngineFailed(self._missing())

    def top_tokens(self, prompt: str) -> list[tuple[str, float]]:
        """The likeliest first tokens behind a raw prompt."""
        answer = self._asked(
            lambda: self._client.generate(
                model=self._model,
                prompt=prompt,
                raw=True,
                stream=False,
                logprobs=True,
                top_logprobs=MOST,
                keep_alive=_KEEP_ALIVE,
                options={"num_predict": 1, "temperature": 0, "seed": 0, "num_ctx": _CONTEXT_TOKENS},
            )
        )
        if not answer.logprobs or not answer.logprobs[0].top_logprobs:
            raise EngineFailed(
                f"Ollama at {self._address!r} tells no log-probabilities, as before version 0.12.11. "
                "Update Ollama."
            )
        return [(each.token, each.logprob) for each in answer.logprobs[0].top_logprobs]

    def write(self, prompt: str, *, most_tokens: int) -> Generator[str, None, None]:
        """Write on from a raw prompt."""
        answers: Iterator[ollama.GenerateResponse] = self._asked(
            lambda: self._client.generate(
                model=self._model,
                prompt=prompt,
                raw=True,
                stream=True,
                keep_alive=_KEEP_ALIVE,
                options={"num_predict": most_tokens, "temperature": 0, "num_ctx": _CONTEXT_TOKENS},
            )
        )
        while (answer := self._asked(lambda: next(answers, None))) is not None:
            yield answer.response or ""

    def close(self) -> None:
        """Close the connections."""
        # The client is typed but for this method.
        close: Callable[[], None] = self._client.close
        close()

    def _missing(self) -> str:
        return (
            f"Ollama at {self._address!r} has no model {self._model!r}. "
            f"Run: ollama create {self._model} -f modelfiles/plainspeak-nano.Modelfile"
        )

    def _asked(self, ask: Callable[[], T]) -> T:
        """Ask, and say of every failure what to do."""
        try:
            return ask()
        except ollama.ResponseError as error:
            if error.status_code == HTTPStatus.NOT_FOUND:
                raise EngineFailed(self._missing()) from error
            raise EngineFailed(
                f"Ollama at {self._address!r} answered {error.status_code}: {error.error[:200]}. See its log."
            ) from error
        except (ConnectionError, httpx.ConnectTimeout) as error:
            raise EngineFailed(
                f"Ollama does not answer at {self._address!r}. Start it with `ollama serve`, "
                "or set PLAINSPEAK_OLLAMA_URL."
            ) from error
        except httpx.TimeoutException as error:
            raise EngineFailed(
                f"Ollama at {self._address!r} gave no answer within {self._timeout_s:g} s. "
                "Use a smaller model, or raise PLAINSPEAK_SCORER_TIMEOUT_S."
            ) from error
        except (httpx.HTTPError, ValueError, TypeError, RecursionError) as error:
            raise EngineFailed(
                f"What answers at {self._address!r} does not speak as Ollama does ({type(error).__name__}). "
                "Check PLAINSPEAK_OLLAMA_URL, and update Ollama."
            ) from error
