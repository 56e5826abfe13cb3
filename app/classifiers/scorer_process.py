"""The process that llama.cpp runs a language model in: prompts in, scores of the answers' words out.

    python -m app.classifiers.scorer_process HANDLE GGUF CONTEXT WINDOW OVERLAP THREADS ALONE

HANDLE is a socket inherited from `app.classifiers.child`, which says what goes over it. Three things are
asked:

- {"score": [stretch of a text, ...]} is answered by {"windows": [[log-probabilities of the words], ...],
  "unread": whether the text goes on behind the last window}.
- {"write": number of an explanation, "prompt": [before, text, after], "place": n} is answered by the bytes of
  its token n, or by null at its end. Where the tokens before were written by another process, they are
  written again: each is the likeliest one, and so the same.
- {"forget": number of an explanation} is not answered: nobody reads on.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from app.classifiers.batcher import Batcher
from app.classifiers.decoder import LlamaDecoder, LlamaWriter, Logits
from app.classifiers.supervised import Port
from app.classifiers.windows import MOST_WINDOWS, windows
from app.core.errors import EngineFailed
from app.core.explanation import MOST_TOKENS
from app.core.prompt import AFTER, BEFORE, VERBALIZERS

BATCH_TOKENS = 512
BATCH_TEXTS = 8
_TOGETHER_TOKENS = 160
"""Texts are decoded together up to so many tokens on a CPU, whose speed one text of 40 tokens exhausts: more
in one call would only make the first of them wait for the last. A GPU takes what fits."""
_EXPLAINED_TOKENS = 512
"""Of a text that is explained; an explanation reads its start."""

_Step = Callable[[], bytes | None]
"""Something to do on the owner's thread, alone."""
_Job = list[int] | _Step
_Result = list[Logits] | bytes | None


@dataclass(frozen=True, slots=True)
class _Read:
    """One text as the model takes it."""

    windows: list[list[int]]
    unread: bool


class _Writing:
    """The explanation in work, if there is one. For the owner's thread."""

    def __init__(self, decoder: LlamaDecoder) -> None:
        self._decoder = decoder
        self._number = self._place = 0
        self._writer: LlamaWriter | None = None

    def step(self, number: int, prompt: Sequence[str], place: int) -> bytes | None:
        """The bytes of the token at a place; None at the end."""
        writer = self._writer
        if writer is None or (self._number, self._place) != (number, place):
            writer = self._begin(number, prompt, place)
        self._place += 1
        return writer.step()

    def forget(self, number: int) -> None:
        """Free the cache of an explanation, if it is the one in work."""
        if number == self._number:
            self.close()

    def close(self) -> None:
        """Free the cache; a second time does nothing."""
        if self._writer is not None:
            self._writer.close()
        self._writer = None

    def _begin(self, number: int, prompt: Sequence[str], place: int) -> LlamaWriter:
        self.close()
        before, text, after = prompt
        tokens = [
            *self._decoder.start(before),
            *self._decoder.tokenize(text)[:_EXPLAINED_TOKENS],
            *self._decoder.control(after),
        ]
        writer = self._writer = self._decoder.writer(tokens, room=MOST_TOKENS)
        self._number, self._place = number, place
        for _ in range(place):
            writer.step()
        return writer


class _Worker:
    """Does what is asked, on one thread that owns the model."""

    def __init__(
        self, decoder: LlamaDecoder, port: Port, *, window_tokens: int, overlap_tokens: int, alone: bool
    ) -> None:
        self._decoder = decoder
        self._port = port
        self._window_tokens = window_tokens
        self._overlap_tokens = overlap_tokens
        self._after = decoder.control(AFTER)
        self._writing = _Writing(decoder)
        self._together = min(decoder.room, BATCH_TOKENS if decoder.on_gpu else _TOGETHER_TOKENS)
        self._batcher: Batcher[_Job, _Result] = Batcher(
            self._run,
            cost=self._cost,
            max_cost=self._together,
            max_jobs=1 if alone else BATCH_TEXTS,
            # The service bounds what it asks.
            max_waiting=sys.maxsize,
            name="plainspeak-scorer",
        )

    @property
    def longest_window(self) -> int:
        """Most tokens of a text's window."""
        return self._decoder.room - len(self._after) - self._decoder.extra

    def take(self, asked: Sequence[tuple[int, dict[str, Any]]]) -> None:
        """Begin what is asked; answers are given when they are there."""
        self._score({number: what["score"] for number, what in asked if "score" in what})
        for number, what in asked:
            match what:
                case {"write": int(writing), "prompt": prompt, "place": int(place)}:
                    (future,) = self._batcher.submit([partial(self._writing.step, writing, prompt, place)])
                    future.add_done_callback(partial(self._answer, number))
                case {"forget": int(writing)}:
                    self._batcher.submit([partial(self._writing.forget, writing)])

    def close(self) -> None:
        """Finish what is asked and free the weights."""
        self._batcher.close()
        self._writing.close()
        self._decoder.close()

    def _score(self, texts: dict[int, list[str]]) -> None:
        read: dict[int, _Read] = {}
        for number, stretches in texts.items():
            try:
                read[number] = self._read(stretches)
            except EngineFailed as failure:
                self._port.answer([(number, str(failure))])
        jobs: list[_Job] = [window for each in read.values() for window in each.windows]
        futures: Iterator[Future[_Result]] = iter(self._batcher.submit(jobs))
        for number, each in read.items():
            own = list(islice(futures, len(each.windows)))
            # Jobs are done in their order: with the last window the others are there.
            own[-1].add_done_callback(partial(self._answer_text, number, own, each.unread))

    def _read(self, stretches: Sequence[str]) -> _Read:
        """The windows of a text, each with the end of the prompt behind it."""
        parts = [
            tokens[part]
            for tokens in map(self._decoder.tokenize, stretches)
            for part in windows(len(tokens), room=self._window_tokens, overlap=self._overlap_tokens)
        ]
        return _Read(
            windows=[[*part, *self._after] for part in parts[:MOST_WINDOWS]],
            unread=len(parts) > MOST_WINDOWS,
        )

    def _answer_text(
        self, number: int, scored: Sequence[Future[_Result]], unread: bool, _last: object
    ) -> None:
        failures = [str(error) for each in scored if (error := each.exception())]
        if failures:
            self._port.answer([(number, failures[0])])
            return
        rows = [self._decoder.choice.scores(row) for each in scored if isinstance(row := each.result(), list)]
        self._port.answer([(number, {"windows": rows, "unread": unread})])

    def _answer(self, number: int, done: Future[_Result]) -> None:
        if failure := done.exception():
            self._port.answer([(number, str(failure))])
            return
        piece = done.result()
        self._port.answer([(number, list(piece) if isinstance(piece, bytes) else None)])

    def _run(self, jobs: Sequence[_Job]) -> list[_Result]:
        if callable(jobs[0]):
            return [jobs[0]()]
        found = self._decoder.logits([job for job in jobs if not callable(job)])
        # A text of many windows takes many calls; each is a sign of life.
        self._port.answer([])
        return [*found]

    def _cost(self, job: _Job) -> int:
        """Tokens of a window with the ways to the forks; a step takes a call for itself."""
        return self._together if callable(job) else len(job) + self._decoder.extra


def main() -> None:
    """Serve until the other end closes."""
    handle, file, context, window, overlap, threads, alone = sys.argv[1:]
    port, path, is_alone = Port(int(handle)), Path(file), alone == "True"
    with port.loading(path):
        decoder = LlamaDecoder(
            path,
            threads=int(threads),
            before=BEFORE,
            words=VERBALIZERS,
            context_tokens=int(context),
            batch_tokens=BATCH_TOKENS,
            batch_texts=1 if is_alone else BATCH_TEXTS,
        )
    worker = _Worker(decoder, port, window_tokens=int(window), overlap_tokens=int(overlap), alone=is_alone)
    port.ready({"longest_window": worker.longest_window})
    for asked in port.asked():
        worker.take(asked)
    worker.close()


if __name__ == "__main__":
    main()
