"""Lane 2: a language model that answers with one word, run by llama.cpp in a process of its own.

Nothing is generated: the scores of the nine words are read where the answer would begin. The start of the
prompt is evaluated once, texts that arrive together are decoded together, and a long text is as harmful as
its strongest window. An explanation is written on request only, token by token between the scoring of others.
Each token is asked for by itself, so that a process that dies costs an explanation no more than a wait.
"""

import codecs
import threading
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from app.classifiers.child import Program
from app.classifiers.signals import signals_of
from app.classifiers.supervisor import Supervisor
from app.classifiers.windows import MOST_WINDOWS
from app.core.card import ScorerCard
from app.core.errors import CardInvalid, EngineFailed, QueueFull
from app.core.explanation import explanation_of, explanation_prompt
from app.core.prompt import Prompt, ReadText, prompts_for
from app.core.types import Category, Classification, Label, NormalizedText, Outage

_HANGS_S = 300.0
"""A call of the engine is silent until its end: half a minute for three billion weights on a slow CPU."""
_CHARS_OF_TOKEN = 4
"""Of English text, about; for sharing the queue only."""

_Answer = Any
"""JSON of `app.classifiers.scorer_process`."""


class Scorer:
    """The `Classifier` over one language model. Safe to use from many threads."""

    def __init__(
        self, path: Path, *, card: ScorerCard, threads: int, queue_size: int, alone: bool = False
    ) -> None:
        """Load the weights in a process of their own and evaluate the start of the prompt.

        Args:
            path: of the GGUF.
            card: what its answers mean.
            threads: of the engine.
            queue_size: most texts that may wait.
            alone: decode one text at a time. The same text then has the same score to the last bit; in
                company the last digits depend on who else was decoded.

        Raises:
            ModelCorrupt: llama.cpp cannot use the file.
            CardInvalid: its window does not fit.
            EngineFailed: there is too little memory for it, or loading it came to a halt.
        """
        self._card = card
        self._at_once = min(MOST_WINDOWS, queue_size)
        self._writing = threading.Semaphore()
        self._explanations = count(1)
        options = (card.context_tokens, card.window_tokens, card.overlap_tokens, threads, alone)
        self._engine: Supervisor[_Answer] = Supervisor(
            Program("app.classifiers.scorer_process", path, options),
            read=lambda answer: answer,
            queue_size=queue_size,
            hangs_s=_HANGS_S,
        )
        try:
            self._check_card()
        except CardInvalid:
            self._engine.close()
            raise

    @property
    def version(self) -> str:
        """Name and hash of the weights."""
        return self._card.version

    @property
    def explains(self) -> bool:
        """Whether it was made to write sentences too."""
        return self._card.explains

    @property
    def waiting(self) -> int:
        """How many texts are not yet scored."""
        return self._engine.waiting

    @property
    def process_id(self) -> int | None:
        """Of the engine's process, while there is one."""
        return self._engine.process_id

    def check(self) -> str:
        """What answers; raises EngineFailed while the engine's process cannot be started."""
        self._engine.check()
        return self.version

    def classify(self, texts: Sequence[NormalizedText]) -> list[Classification]:
        """Give one signal per category and one overall for each text.

        Raises:
            QueueFull: more texts are waiting than the queue holds.
        """
        return [self._classification(scored) for scored in self._scored(texts)]

    def scores(self, texts: Sequence[ReadText]) -> list[list[list[float]]]:
        """The log-probabilities of `VERBALIZERS` for each window of each text: what a card is calibrated on.

        Raises:
            EngineFailed: llama.cpp returned an error.
            QueueFull: more texts are waiting than the queue holds.
        """
        return [scored.result()["windows"] for scored in self._scored(texts)]

    def explain(
        self, text: NormalizedText, *, label: Label, category: Category | None
    ) -> Generator[str, None, None]:
        """Write why a text may be labelled so, in two sentences at most, piece by piece as they are written.

        Closing the iterator ends the work.

        Raises:
            QueueFull: another explanation is being written, or too much is waiting.
            EngineFailed: llama.cpp returned an error.
        """
        prompt = explanation_prompt(text, label=label, category=category)
        if not self._writing.acquire(blocking=False):
            raise QueueFull("Another explanation is being written. Ask again in a moment.")
        try:
            with closing(self._written(prompt)) as pieces:
                yield from explanation_of(_decoded(pieces))
        finally:
            self._writing.release()

    def close(self) -> None:
        """End the engine's process; the next word of what is being written is refused."""
        self._engine.close()

    def _written(self, prompt: Prompt) -> Generator[bytes, None, None]:
        """The bytes of one token after the other, each asked for when the last one is read."""
        number = next(self._explanations)
        parts = (prompt.before, prompt.text, prompt.after)
        try:
            for place in count():
                (asked,) = self._engine.submit([{"write": number, "prompt": parts, "place": place}])
                piece = asked.result()
                if piece is None:
                    return
                yield bytes(piece)
        finally:
            self._engine.tell({"forget": number})

    def _scored(self, texts: Sequence[ReadText]) -> list[Future[_Answer]]:
        """A settled future for each text; so many are asked at a time that any number fits the queue."""
        read = [[prompt.text for prompt in prompts_for(text)] for text in texts]
        done: list[Future[_Answer]] = []
        while len(done) < len(read):
            part = self._next_part(read[len(done) :])
            futures = self._engine.submit([{"score": stretches} for stretches in part])
            for future in futures:
                future.exception()  # Waits.
            done += futures
        return done

    def _next_part(self, read: Sequence[list[str]]) -> Sequence[list[str]]:
        """The first texts, of about so many windows together that others soon have their turn."""
        room = self._at_once
        for place, stretches in enumerate(read):
            tokens = sum(map(len, stretches)) // _CHARS_OF_TOKEN
            room -= min(len(stretches) + tokens // self._card.window_tokens, MOST_WINDOWS)
            if room < 0:
                return read[: max(1, place)]
        return read

    def _classification(self, scored: Future[_Answer]) -> Classification:
        try:
            answer = scored.result()
        except EngineFailed as failure:
            return Classification(unavailable=(self._outage(str(failure)),))
        rows = [self._card.calibration.probabilities(words) for words in answer["windows"]]
        unread = (self._outage(f"It read the first {MOST_WINDOWS} parts of a longer text."),)
        return Classification(
            signals=signals_of(np.max(rows, axis=0).tolist(), source=self.version),
            unavailable=unread if answer["unread"] else (),
        )

    def _outage(self, reason: str) -> Outage:
        return Outage(source=self.version, reason=reason)

    def _check_card(self) -> None:
        longest = self._engine.said["longest_window"]
        if not self._card.overlap_tokens < self._card.window_tokens <= longest:
            raise CardInvalid(
                f"The card of {self._card.name!r} asks for windows of {self._card.window_tokens} tokens with "
                f"{self._card.overlap_tokens} shared; windows hold at most {longest} here."
            )


def _decoded(pieces: Iterator[bytes]) -> Iterator[str]:
    """Characters, as soon as their bytes are complete."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    for piece in pieces:
        if decoded := decoder.decode(piece):
            yield decoded
