"""The encoder's engine, in a process of its own that is started again when it dies.

llama.cpp ends its process where an assertion fails or memory runs out. Here that costs the requests in work a
second and nothing else: what was being scored is scored again by the next process, once. What two processes
died of is given up, and goes to a person.

Over a socket go messages of JSON, each with its length before it (`multiprocessing.connection`). The process
first says what the file is: {"labels": [...], "max_tokens": n}, or {"error": sentence}. Then it takes lists
of [id, text] and gives lists of [id, logits of the windows or a sentence], in the order in which they are
done. An empty message asks it to end.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import structlog
from numpy.typing import NDArray

from app.core.errors import EngineFailed, ModelCorrupt, QueueFull

_LOG = structlog.get_logger()
_ROOT = Path(__file__).parents[2]
_HANGS_S = 60.0
"""A process that has work and says nothing for so long is ended."""
_WAITS_S = (0.0, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Before each start after a process died; the last for all that follow."""
_LIVED_S = 60.0
"""A process that lived so long did not die of its start."""
_LET_GO_S = 10.0
_TRIES = 2
_FRUGAL = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "1000000", "GOMP_SPINCOUNT": "1000"}
"""glibc would keep some 50 MB that calls of other sizes have freed, and the threads of a lane that is done
would spin on a core that another lane needs. Elsewhere these mean nothing."""

Rows = NDArray[np.float32]
"""Raw logits, windows x outputs."""


@dataclass(slots=True)
class _Asked:
    text: str
    future: Future[Rows] = field(default_factory=Future)
    since: float = field(default_factory=time.monotonic)
    tries: int = 1


class Engine:
    """Scores texts with an encoder GGUF. Safe to use from many threads."""

    def __init__(
        self,
        path: Path,
        *,
        window_tokens: int,
        overlap_tokens: int,
        threads: int,
        queue_size: int,
        expanded: bool,
    ) -> None:
        """Start the process and wait until it has loaded the file.

        Args:
            path: of the GGUF.
            window_tokens: length of a window with its two special tokens.
            overlap_tokens: what a window shares with the one before.
            threads: cores to compute on.
            queue_size: most texts that may wait.
            expanded: compute with 16-bit weights where the file has fewer bits.

        Raises:
            ModelCorrupt: llama.cpp cannot use the file.
        """
        self._arguments = (path, window_tokens, overlap_tokens, threads, expanded)
        self._queue_size = queue_size
        self._lock = threading.Lock()
        self._asked: dict[int, _Asked] = {}
        self._last = 0
        self._closing = threading.Event()
        self._down = ""
        """Why there is no process, while none can be started."""
        self._child: _Child | None = _Child(*self._arguments)
        self.labels = self._child.labels
        self.max_tokens = self._child.max_tokens
        self._thread = threading.Thread(target=self._serve, name="plainspeak-engine", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many texts are not yet scored."""
        return len(self._asked)

    def check(self) -> None:
        """Raise EngineFailed while no process can be started."""
        if self._down:
            raise EngineFailed(self._down)

    @property
    def process_id(self) -> int | None:
        """Of the process, while there is one."""
        child = self._child
        return child.process.pid if child else None

    def submit(self, texts: Sequence[str]) -> list[Future[Rows]]:
        """Hand over some texts, all or none; each future has logits or raises EngineFailed.

        Raises:
            QueueFull: they do not fit behind what is waiting.
        """
        asked = [_Asked(text) for text in texts]
        with self._lock:
            self._refuse_if_full(len(asked))
            numbers = range(self._last + 1, self._last + 1 + len(asked))
            self._last += len(asked)
            fresh = dict(zip(numbers, asked, strict=True))
            down = self._down
            if not down:
                self._asked |= fresh
                if self._child is not None:
                    self._child.ask(fresh)
        if down:
            _give_up(asked, down)
        return [each.future for each in asked]

    def close(self) -> None:
        """Wait for what is being scored, and end the process. A second time does nothing."""
        if self._closing.is_set():
            return
        self._closing.set()
        for each in list(self._asked.values()):
            with suppress(TimeoutError):
                each.future.exception(_LET_GO_S)
        with self._lock:
            if self._child is not None:
                self._child.ask({})
        self._thread.join()

    def _refuse_if_full(self, more: int) -> None:
        if self._closing.is_set():
            raise QueueFull("The engine is shutting down. Send the request again in a moment.")
        if len(self._asked) + more > self._queue_size:
            raise QueueFull(
                f"{len(self._asked)} texts are waiting and the queue holds {self._queue_size}. "
                "Send the request again in a moment, or raise PLAINSPEAK_QUEUE_SIZE."
            )

    def _serve(self) -> None:
        """Hand answers over, and see to it that there is a process."""
        deaths = 0
        while (child := self._child) is not None:
            while (answers := child.answers(is_late=self._is_late)) is not None:
                self._settle(answers)
            lived_s = child.end(patience_s=0.0 if self._is_late() else _LET_GO_S)
            if self._closing.is_set():
                self._let_go("The engine is shutting down.")
                return
            deaths = 1 if lived_s > _LIVED_S else deaths + 1
            _LOG.error("engine.died", how=child.how_it_ended, tries=deaths)
            self._replace(f"The engine's process ended ({child.how_it_ended}).", deaths=deaths)

    def _is_late(self) -> bool:
        """Whether the text that came first has waited too long."""
        with self._lock:
            first = next(iter(self._asked.values()), None)
        return first is not None and time.monotonic() - first.since > _HANGS_S

    def _settle(self, answers: Sequence[tuple[int, list[list[float]] | str]]) -> None:
        for number, answer in answers:
            with self._lock:
                asked = self._asked.pop(number, None)
            if asked is None:
                continue
            if isinstance(answer, str):
                asked.future.set_exception(EngineFailed(answer))
            else:
                asked.future.set_result(np.array(answer, dtype=np.float32))

    def _replace(self, why: str, *, deaths: int) -> None:
        """Start a process, however often that takes, and ask it what the last one did not answer."""
        with self._lock:
            self._child = None
            given_up = {number: each for number, each in self._asked.items() if each.tries == _TRIES}
            for number in given_up:
                del self._asked[number]
            for each in self._asked.values():
                each.tries += 1
                each.since = time.monotonic()
        _give_up(list(given_up.values()), why)
        while not self._closing.wait(_WAITS_S[min(deaths, len(_WAITS_S)) - 1]):
            try:
                child = _Child(*self._arguments)
            except (ModelCorrupt, OSError) as error:
                deaths += 1
                _LOG.error("engine.not_started", detail=str(error), tries=deaths)
                self._let_go(f"{why} It cannot be started again: {error}")
                continue
            with self._lock:
                self._down = ""
                self._child = child
                child.ask(self._asked)
            _LOG.info("engine.started", process=child.process.pid)
            return
        self._let_go("The engine is shutting down.")

    def _let_go(self, why: str) -> None:
        with self._lock:
            self._down = why
            asked = list(self._asked.values())
            self._asked.clear()
        _give_up(asked, why)


class _Child:
    """One process, from its start to its end."""

    def __init__(
        self, path: Path, window_tokens: int, overlap_tokens: int, threads: int, expanded: bool
    ) -> None:
        """Start it and hear what the file is; raises ModelCorrupt."""
        ours, theirs = socket.socketpair()
        with theirs:
            handle = theirs.fileno()
            words = (handle, path, window_tokens, overlap_tokens, threads, expanded)
            # -P: not the folder it happens to run in, which may have a package of the same name.
            command = [sys.executable, "-P", "-m", "app.classifiers.engine_process", *map(str, words)]
            # Our own interpreter and our own module. A signal to the service's group is not for this one.
            self.process = subprocess.Popen(  # noqa: S603
                command,
                pass_fds=[handle],
                stdin=subprocess.DEVNULL,
                env=_environment(),
                start_new_session=True,
            )
        self._connection = Connection(ours.detach())
        self._started = time.monotonic()
        said = self._said()
        if "labels" not in said:
            self.end(patience_s=_LET_GO_S)
            raise ModelCorrupt(
                said.get("error")
                or f"llama.cpp died of loading {str(path)!r} ({self.how_it_ended}). "
                "Copy the file again, or package the model again."
            )
        self.labels = tuple(said["labels"])
        self.max_tokens = int(said["max_tokens"])

    @property
    def how_it_ended(self) -> str:
        """In words; only after `end`."""
        code = self.process.returncode
        return signal.Signals(-code).name if code < 0 else f"exit status {code}"

    def ask(self, asked: Mapping[int, _Asked]) -> None:
        """Send texts, or the wish to end if there are none."""
        message = orjson.dumps([(number, each.text) for number, each in asked.items()]) if asked else b""
        # A process that is gone is noticed by who waits for its answers.
        with suppress(OSError):
            self._connection.send_bytes(message)

    def answers(self, *, is_late: Callable[[], bool]) -> Any:  # noqa: ANN401 JSON of our own process
        """Wait for the next answers; None when the process is gone, or says nothing although it is late."""
        try:
            while not self._connection.poll(_HANGS_S):
                if is_late():
                    return None
            return orjson.loads(self._connection.recv_bytes())
        except (EOFError, OSError):
            return None

    def end(self, *, patience_s: float) -> float:
        """See to it that the process is gone; gives how many seconds it lived."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(patience_s)
        self.process.kill()
        self.process.wait()
        self._connection.close()
        return time.monotonic() - self._started

    def _said(self) -> dict[str, Any]:
        try:
            said: dict[str, Any] = orjson.loads(self._connection.recv_bytes())
        except (EOFError, OSError):
            return {}
        return said


def _environment() -> dict[str, str]:
    """Ours, with this package findable whatever else is installed."""
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return _FRUGAL | os.environ | {"PYTHONPATH": os.pathsep.join(paths)}


def _give_up(asked: Sequence[_Asked], why: str) -> None:
    for each in asked:
        each.future.set_exception(EngineFailed(why))
