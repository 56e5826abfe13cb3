"""A process that llama.cpp computes in for the service, and that is started again when it dies.

llama.cpp ends its process where an assertion fails or memory runs out. Here that costs the requests in work a
second and nothing else: what was in work is asked again of the next process, once. What two processes died of
is given up, and goes to a person. A process that loads or computes without a sign of life is ended too.
"""

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import orjson
import structlog

from app.classifiers.child import CLOSED, Child, Program
from app.core.errors import EngineFailed, ModelError, QueueFull

_LOG = structlog.get_logger()
_WAITS_S = (0.0, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Before each start after a process died; the last for all that follow."""
_LIVED_S = 60.0
"""A process that lived so long did not die of its start."""
_LET_GO_S = 10.0
_TRIES = 2

Answer = TypeVar("Answer")


@dataclass(slots=True)
class _Asked(Generic[Answer]):
    what: bytes
    """JSON."""
    future: Future[Answer] = field(default_factory=Future)
    since: float = field(default_factory=time.monotonic)
    tries: int = 1


class Supervisor(Generic[Answer]):
    """Asks an engine that may die. Safe to use from many threads."""

    def __init__(
        self, program: Program, *, read: Callable[[Any], Answer], queue_size: int, hangs_s: float
    ) -> None:
        """Start the process and wait until it has loaded the file.

        Args:
            program: what to start.
            read: makes an answer of its JSON.
            queue_size: most questions that may wait.
            hangs_s: a process that has work and says nothing for so long is ended.

        Raises:
            ModelCorrupt: llama.cpp cannot use the file.
            EngineFailed: there is too little memory for it, or loading it came to a halt.
        """
        self._program = program
        self._read = read
        self._queue_size = queue_size
        self._hangs_s = hangs_s
        # Never held while something is sent: who is sent to may have stopped reading.
        self._lock = threading.Lock()
        self._asked: dict[int, _Asked[Answer]] = {}
        self._last = 0
        self._closing = threading.Event()
        self._down = ""
        """Why there is no process, while none can be started."""
        self._child: Child | None = Child(program, is_off=self._closing.is_set)
        self.said = self._child.said
        """What the process says of the file."""
        self._thread = threading.Thread(target=self._serve, name="plainspeak-engine", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many questions are not yet answered."""
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

    def submit(self, questions: Sequence[object]) -> list[Future[Answer]]:
        """Hand over some questions, all or none; each future has an answer or raises EngineFailed.

        Raises:
            QueueFull: they do not fit behind what is waiting.
        """
        asked: list[_Asked[Answer]] = [_Asked(orjson.dumps(question)) for question in questions]
        with self._lock:
            self._refuse_if_full(len(asked))
            numbers = range(self._last + 1, self._last + 1 + len(asked))
            self._last += len(asked)
            fresh = dict(zip(numbers, asked, strict=True))
            # Together: who reads them one after the other may find neither, or both.
            down, child = self._down, self._child
            if not down:
                self._asked |= fresh
        if down:
            _give_up(asked, down)
        elif child is not None and fresh:
            child.ask({number: each.what for number, each in fresh.items()})
        return [each.future for each in asked]

    def tell(self, what: object) -> None:
        """Say something to the process that is there, if there is one; what it answers is nobody's."""
        child = self._child
        if child is not None and not self._closing.is_set():
            child.ask({0: orjson.dumps(what)})

    def close(self) -> None:
        """Wait for what is in work, and end the process. A second time does nothing."""
        if self._closing.is_set():
            return
        self._closing.set()
        hangs = False
        for each in list(self._asked.values()):
            try:
                each.future.exception(_LET_GO_S)
            except TimeoutError:
                hangs = True
                break
        self._end(hangs=hangs)
        self._thread.join(_LET_GO_S)
        # One that does not listen, or was started just now.
        self._end(hangs=True)
        self._thread.join()

    def _end(self, *, hangs: bool) -> None:
        child = self._child
        if child is not None and hangs:
            child.process.kill()
        elif child is not None:
            child.finish()

    def _refuse_if_full(self, more: int) -> None:
        if self._closing.is_set():
            raise QueueFull(f"{CLOSED} Send the request again in a moment.")
        if len(self._asked) + more > self._queue_size:
            raise QueueFull(
                f"{len(self._asked)} texts are waiting and the queue holds {self._queue_size}. "
                "Send the request again in a moment, or raise PLAINSPEAK_QUEUE_SIZE."
            )

    def _serve(self) -> None:
        """Hand answers over, and see to it that there is a process. Sends nothing, so it always reads."""
        deaths = 0
        while (child := self._child) is not None:
            while (answers := child.answers(hangs_s=self._hangs_s, is_late=self._is_late)) is not None:
                self._settle(answers)
            lived_s = child.end(patience_s=0.0 if self._is_late() else _LET_GO_S)
            if self._closing.is_set():
                break
            deaths = 1 if lived_s > _LIVED_S else deaths + 1
            _LOG.error("engine.died", engine=self._program.path.name, how=child.how_it_ended, tries=deaths)
            self._replace(f"The engine's process ended ({child.how_it_ended}).", deaths=deaths)
        self._let_go(CLOSED)

    def _is_late(self) -> bool:
        """Whether the question that came first has waited too long."""
        with self._lock:
            first = next(iter(self._asked.values()), None)
        return first is not None and time.monotonic() - first.since > self._hangs_s

    def _settle(self, answers: Sequence[tuple[int, Any]]) -> None:
        for number, answer in answers:
            with self._lock:
                asked = self._asked.pop(number, None)
            if asked is None:
                continue
            if isinstance(answer, str):
                asked.future.set_exception(EngineFailed(answer))
            else:
                asked.future.set_result(self._read(answer))

    def _replace(self, why: str, *, deaths: int) -> None:
        """Start a process, however often that takes, and ask it what the last one did not answer."""
        name = self._program.path.name
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
                child = Child(self._program, is_off=self._closing.is_set)
            except (ModelError, OSError) as error:
                deaths += 1
                _LOG.error("engine.not_started", engine=name, detail=str(error), tries=deaths)
                self._let_go(f"{why} It cannot be started again: {error}")
                continue
            self._use(child)
            return

    def _use(self, child: Child) -> None:
        with self._lock:
            self._down = ""
            self._child = child
            waiting = {number: each.what for number, each in self._asked.items()}
        _LOG.info("engine.started", engine=self._program.path.name, process=child.process.pid)
        if waiting:
            threading.Thread(target=child.ask, args=(waiting,), name="plainspeak-asks-again").start()

    def _let_go(self, why: str) -> None:
        with self._lock:
            self._down = why
            asked = list(self._asked.values())
            self._asked.clear()
        _give_up(asked, why)


def _give_up(asked: Sequence[_Asked[Any]], why: str) -> None:
    for each in asked:
        each.future.set_exception(EngineFailed(why))
