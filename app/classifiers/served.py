"""Lane 2 where the language model runs in a server: Ollama, llama-server, vLLM, and what speaks like them.

A server batches by itself, so each part of a text is one request on a thread of its own. What it tells is the
likeliest first tokens of the answer. A server that just failed is not asked again for a moment: the texts of
that moment go to a person at once instead of waiting one timeout each.
"""

import threading
import time
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from typing import Protocol

from app.classifiers.signals import signals_of
from app.classifiers.windows import MOST_WINDOWS, windows
from app.core.calibration import Choice, Platt
from app.core.card import ScorerCard
from app.core.errors import CardInvalid, EngineFailed, QueueFull
from app.core.explanation import MOST_TOKENS, explanation_of, explanation_prompt
from app.core.prompt import VERBALIZERS, Prompt, prompts_for
from app.core.toptokens import scores_of
from app.core.types import Category, Classification, Label, NormalizedText, Outage

WINDOW_CHARS = 800
"""About 200 tokens of English, and at most some 2400 of a script the tokenizer spells byte by byte: what does
not fit its context, a server may cut away at the start, and that is the instruction."""
OVERLAP_CHARS = 100
"""What a part shares with the next. Both are for a model without a card, and the most a card can ask for."""
CHARS_PER_TOKEN = 4
"""Of English, about: a server is asked in characters, and a card counts in tokens."""
REST_S = 5.0
"""How long a server that failed is left alone."""

_NEUTRAL = Platt(slope=1.0, intercept=0.0)
UNCALIBRATED = Choice(
    bias=(0.0,) * len(VERBALIZERS), categories=(_NEUTRAL,) * len(Category), overall=_NEUTRAL
)
"""For a model without a card: its own probabilities."""


class Endpoint(Protocol):
    """What one kind of server is asked. Any thread may call, and every method raises EngineFailed."""

    @property
    def name(self) -> str:
        """What is asked, for people: "ollama:plainspeak"."""
        ...

    def check(self) -> str:
        """The version of what answers: its digest, or its name where the server has no more to tell."""
        ...

    def top_tokens(self, prompt: str) -> list[tuple[str, float]]:
        """The likeliest first tokens behind a raw prompt, with their log-probabilities."""
        ...

    def write(self, prompt: str, *, most_tokens: int) -> Generator[str, None, None]:
        """Write on from a raw prompt, piece by piece; closing it ends the work."""
        ...

    def close(self) -> None:
        """Let go of the connections."""
        ...


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why the server could not answer, and until when it is left alone."""

    reason: str
    until: float


class ServedScorer:
    """The `LanguageModel` over one endpoint. Safe to use from many threads."""

    def __init__(
        self, endpoint: Endpoint, *, card: ScorerCard | None, parallel: int, queue_size: int
    ) -> None:
        """Start the threads; the server need not be there yet.

        Args:
            endpoint: the server.
            card: of its model: what its answers mean, and parts of what length it is to be asked in.
            parallel: most requests at a time.
            queue_size: most parts of texts that may wait.

        Raises:
            CardInvalid: its parts share all they have.
        """
        if card and card.overlap_tokens >= card.window_tokens:
            raise CardInvalid(
                f"The card of {card.name!r} asks for windows of {card.window_tokens} tokens with "
                f"{card.overlap_tokens} shared. Windows share less than they hold."
            )
        self._endpoint = endpoint
        self._calibration = card.calibration if card else UNCALIBRATED
        self._explains = card.explains if card else True
        self._part_chars = min(WINDOW_CHARS, card.window_tokens * CHARS_PER_TOKEN) if card else WINDOW_CHARS
        self._shared_chars = (
            min(OVERLAP_CHARS, card.overlap_tokens * CHARS_PER_TOKEN) if card else OVERLAP_CHARS
        )
        self._pool = ThreadPoolExecutor(parallel, thread_name_prefix="plainspeak-served")
        self._room = threading.BoundedSemaphore(queue_size)
        self._asked: set[Future[list[float]]] = set()
        self._at_once = min(parallel, queue_size)
        self._failure: _Failure | None = None
        self._digest = ""

    @property
    def version(self) -> str:
        """The model's name, and its digest once the server has told it."""
        return f"{self._endpoint.name}@{self._digest}" if self._digest else self._endpoint.name

    @property
    def explains(self) -> bool:
        """Whether it was made to write sentences too."""
        return self._explains

    @property
    def waiting(self) -> int:
        """How many parts of texts the server was asked about, or is to be."""
        return len(self._asked)

    def check(self) -> str:
        """Ask the server whether it can answer.

        Raises:
            EngineFailed: it cannot; the message has the next step.
        """
        self._digest = self._endpoint.check()
        return self.version

    def classify(self, texts: Sequence[NormalizedText]) -> list[Classification]:
        """Give one signal per category and one overall for each text.

        Raises:
            QueueFull: more is waiting than the queue holds.
        """
        prompts = [[prompt.raw for prompt in self._parts_of(text)] for text in texts]
        scored = iter(self._scored([prompt for some in prompts for prompt in some[:MOST_WINDOWS]]))
        return [
            self._classification(
                list(islice(scored, min(len(some), MOST_WINDOWS))), unread=len(some) > MOST_WINDOWS
            )
            for some in prompts
        ]

    def explain(
        self, text: NormalizedText, *, label: Label, category: Category | None
    ) -> Generator[str, None, None]:
        """Write why a text may be labelled so, in two sentences at most; raises EngineFailed."""
        whole = explanation_prompt(text, label=label, category=category)
        prompt = replace(whole, text=whole.text[:WINDOW_CHARS])
        with closing(self._endpoint.write(prompt.raw, most_tokens=MOST_TOKENS)) as pieces:
            yield from explanation_of(pieces)

    def close(self) -> None:
        """Finish what was asked and let go of the connections."""
        self._pool.shutdown()
        self._endpoint.close()

    def _parts_of(self, text: NormalizedText) -> list[Prompt]:
        """The prompts for a text, several for a long one."""
        return [
            replace(whole, text=whole.text[cut].strip())
            for whole in prompts_for(text)
            for cut in windows(len(whole.text), room=self._part_chars, overlap=self._shared_chars)
        ]

    def _scored(self, prompts: Sequence[str]) -> list[Future[list[float]]]:
        """Score prompts, so many at a time that any number of them fits the queue; each future is done."""
        done: list[Future[list[float]]] = []
        for start in range(0, len(prompts), self._at_once):
            futures = [self._submitted(prompt) for prompt in prompts[start : start + self._at_once]]
            for future in futures:
                future.exception()  # Waits.
            done += futures
        return done

    def _submitted(self, prompt: str) -> Future[list[float]]:
        if not self._room.acquire(blocking=False):
            raise QueueFull(
                "Too many texts wait for the language model. Send the request again in a moment, "
                "or raise PLAINSPEAK_QUEUE_SIZE."
            )
        future = self._pool.submit(self._scores, prompt)
        self._asked.add(future)
        future.add_done_callback(self._let_go)
        return future

    def _let_go(self, future: Future[list[float]]) -> None:
        self._asked.discard(future)
        self._room.release()

    def _scores(self, prompt: str) -> list[float]:
        """Scores of the words; raises EngineFailed."""
        failure = self._failure
        if failure is not None and time.monotonic() < failure.until:
            raise EngineFailed(failure.reason)
        try:
            tokens = self._endpoint.top_tokens(prompt)
        except EngineFailed as error:
            self._failure = _Failure(str(error), time.monotonic() + REST_S)
            raise
        self._failure = None
        # One that answered and is not understood is asked about the next text all the same.
        return scores_of(tokens)

    def _classification(self, futures: Sequence[Future[list[float]]], *, unread: bool) -> Classification:
        try:
            rows = [self._calibration.probabilities(future.result()) for future in futures]
        except EngineFailed as failure:
            return Classification(unavailable=(self._outage(str(failure)),))
        told = (self._outage(f"It read the first {MOST_WINDOWS} parts of a longer text."),)
        return Classification(
            signals=signals_of([max(column) for column in zip(*rows, strict=True)], source=self.version),
            unavailable=told if unread else (),
        )

    def _outage(self, reason: str) -> Outage:
        return Outage(source=self.version, reason=reason)
