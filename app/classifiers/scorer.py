"""Lane 2: a language model that answers with one word, run by llama.cpp.

Nothing is generated: the scores of the nine words are read where the answer would begin. The start of the
prompt is evaluated once, texts that arrive together are decoded together, and a long text is as harmful as
its strongest window. An explanation is written on request only, token by token between the scoring of others.
"""

import codecs
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from app.classifiers.batcher import Batcher
from app.classifiers.decoder import LlamaDecoder, Logits
from app.classifiers.signals import signals_of
from app.classifiers.windows import MOST_WINDOWS, windows
from app.core.card import ScorerCard
from app.core.errors import CardInvalid, EngineFailed, QueueFull
from app.core.explanation import MOST_TOKENS, explanation_of, explanation_prompt
from app.core.prompt import AFTER, BEFORE, VERBALIZERS, ReadText, prompts_for
from app.core.types import Category, Classification, Label, NormalizedText, Outage

BATCH_TOKENS = 512
BATCH_TEXTS = 8
TOGETHER_TOKENS = 160
"""Texts are decoded together up to so many tokens on a CPU, whose speed one text of 40 tokens exhausts: more
in one call would only make the first of them wait for the last. A GPU takes what fits."""
_LET_GO_S = 10.0
_EXPLAINED_TOKENS = 512
"""Of a text that is explained; an explanation reads its start."""


@dataclass(frozen=True, slots=True)
class _Read:
    """One text as the model takes it."""

    windows: list[list[int]]
    unread: bool
    """Whether the text goes on behind the last window."""


@dataclass(frozen=True, slots=True)
class _Step:
    """Something to do on the owner's thread, alone."""

    run: Callable[[], bytes | None]


_Job = list[int] | _Step
_Result = list[Logits] | bytes | None


class Scorer:
    """The `Classifier` over one language model. Safe to use from many threads."""

    def __init__(
        self, path: Path, *, card: ScorerCard, threads: int, queue_size: int, alone: bool = False
    ) -> None:
        """Load the weights, evaluate the start of the prompt and start the owner thread.

        Args:
            path: of the GGUF.
            card: what its answers mean.
            threads: of the engine.
            queue_size: most windows that may wait.
            alone: decode one text at a time. The same text then has the same score to the last bit; in
                company the last digits depend on who else was decoded.

        Raises:
            ModelCorrupt: llama.cpp cannot use the file.
            CardInvalid: its window does not fit.
        """
        self._card = card
        self._engine = LlamaDecoder(
            path,
            threads=threads,
            before=BEFORE,
            words=VERBALIZERS,
            context_tokens=card.context_tokens,
            batch_tokens=BATCH_TOKENS,
            batch_texts=1 if alone else BATCH_TEXTS,
        )
        self._after = self._engine.control(AFTER)
        try:
            self._check_card()
        except CardInvalid:
            self._engine.close()
            raise
        self._at_once = min(MOST_WINDOWS, queue_size)
        self._writing = threading.Semaphore()
        self._together = min(self._engine.room, BATCH_TOKENS if self._engine.on_gpu else TOGETHER_TOKENS)
        self._batcher: Batcher[_Job, _Result] = Batcher(
            self._run,
            cost=self._cost,
            max_cost=self._together,
            max_jobs=1 if alone else BATCH_TEXTS,
            max_waiting=queue_size,
            name="plainspeak-scorer",
        )

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
        """How many windows wait."""
        return self._batcher.waiting

    def check(self) -> str:
        """What answers; it is here as long as the process is."""
        return self.version

    def classify(self, texts: Sequence[NormalizedText]) -> list[Classification]:
        """Give one signal per category and one overall for each text.

        Raises:
            QueueFull: more windows are waiting than the queue holds.
        """
        return [self._classification(read, scored) for read, scored in zip(*self._scored(texts), strict=True)]

    def scores(self, texts: Sequence[ReadText]) -> list[list[list[float]]]:
        """The log-probabilities of `VERBALIZERS` for each window of each text: what a card is calibrated on.

        Raises:
            EngineFailed: llama.cpp returned an error.
            QueueFull: more windows are waiting than the queue holds.
        """
        _, scored = self._scored(texts)
        return [[self._words(future) for future in each] for each in scored]

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
        tokens = [
            *self._engine.start(prompt.before),
            *self._engine.tokenize(prompt.text)[:_EXPLAINED_TOKENS],
            *self._engine.control(prompt.after),
        ]
        if not self._writing.acquire(blocking=False):
            raise QueueFull("Another explanation is being written. Ask again in a moment.")
        try:
            with closing(self._written(tokens)) as pieces:
                yield from explanation_of(self._decoded(pieces))
        finally:
            self._writing.release()

    def close(self) -> None:
        """Stop the owner thread and free the weights; what is being written ends first."""
        self._batcher.close()
        # Its cache is gone before the weights are: the next word is refused, and the writer lets go.
        self._writing.acquire(timeout=_LET_GO_S)
        self._engine.close()

    def _written(self, prompt: list[int]) -> Generator[bytes, None, None]:
        """The bytes of one token after the other, each made on the owner's thread."""
        with closing(self._engine.writer(prompt, room=MOST_TOKENS)) as writer:
            while isinstance(piece := self._batcher.submit([_Step(writer.step)])[0].result(), bytes):
                yield piece

    @staticmethod
    def _decoded(pieces: Iterator[bytes]) -> Iterator[str]:
        """Characters, as soon as their bytes are complete."""
        decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
        for piece in pieces:
            if decoded := decoder.decode(piece):
                yield decoded

    def _run(self, jobs: Sequence[_Job]) -> list[_Result]:
        if isinstance(jobs[0], _Step):
            return [jobs[0].run()]
        return [*self._engine.logits([job for job in jobs if not isinstance(job, _Step)])]

    def _cost(self, job: _Job) -> int:
        """Tokens of a window with the ways to the forks; a step takes a call for itself."""
        return self._together if isinstance(job, _Step) else len(job) + self._engine.extra

    def _scored(self, texts: Sequence[ReadText]) -> tuple[list[_Read | Outage], list[list[Future[_Result]]]]:
        """Each text as it is read, and a settled future for each of its windows."""
        read = [self._read(text) for text in texts]
        cut = [each.windows if isinstance(each, _Read) else [] for each in read]
        flat: Iterator[Future[_Result]] = iter(self._submitted([window for each in cut for window in each]))
        return read, [list(islice(flat, len(each))) for each in cut]

    def _read(self, text: ReadText) -> _Read | Outage:
        """The windows of a text, each with the end of the prompt behind it."""
        try:
            whole = [self._engine.tokenize(prompt.text) for prompt in prompts_for(text)]
        except EngineFailed as failure:
            return self._outage(str(failure))
        parts = [
            tokens[part]
            for tokens in whole
            for part in windows(len(tokens), room=self._card.window_tokens, overlap=self._card.overlap_tokens)
        ]
        return _Read(
            windows=[[*part, *self._after] for part in parts[:MOST_WINDOWS]],
            unread=len(parts) > MOST_WINDOWS,
        )

    def _submitted(self, jobs: Sequence[list[int]]) -> list[Future[_Result]]:
        """Score windows, so many at a time that any number of them fits the queue; each future is done."""
        done: list[Future[_Result]] = []
        for start in range(0, len(jobs), self._at_once):
            futures = self._batcher.submit(jobs[start : start + self._at_once])
            for future in futures:
                future.exception()  # Waits.
            done += futures
        return done

    def _words(self, future: Future[_Result]) -> list[float]:
        rows = future.result()
        if not isinstance(rows, list):
            raise EngineFailed("The engine answered scoring with text.")
        return self._engine.choice.scores(rows)

    def _classification(self, read: _Read | Outage, scored: Sequence[Future[_Result]]) -> Classification:
        if isinstance(read, Outage):
            return Classification(unavailable=(read,))
        try:
            rows = [self._card.calibration.probabilities(self._words(future)) for future in scored]
        except EngineFailed as failure:
            return Classification(unavailable=(self._outage(str(failure)),))
        unread = (self._outage(f"It read the first {MOST_WINDOWS} parts of a longer text."),)
        return Classification(
            signals=signals_of(np.max(rows, axis=0).tolist(), source=self.version),
            unavailable=unread if read.unread else (),
        )

    def _outage(self, reason: str) -> Outage:
        return Outage(source=self.version, reason=reason)

    def _check_card(self) -> None:
        longest = self._engine.room - len(self._after) - self._engine.extra
        if not self._card.overlap_tokens < self._card.window_tokens <= longest:
            raise CardInvalid(
                f"The card of {self._card.name!r} asks for windows of {self._card.window_tokens} tokens with "
                f"{self._card.overlap_tokens} shared; windows hold at most {longest} here."
            )
