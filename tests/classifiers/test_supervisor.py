"""An engine's process while it loads, when it hangs, and when its service is gone."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing
from pathlib import Path
from types import TracebackType

import pytest

from app.classifiers import child, supervisor
from app.classifiers import engine as engine_module
from app.classifiers.child import Program
from app.classifiers.engine import Engine, Rows
from app.classifiers.supervisor import Supervisor
from app.core.errors import EngineFailed
from tests.classifiers.starting import PATIENCE_S, Interpreter, is_running, wait_for_the_end

MakeModel = Callable[..., Path]

STANDS_STILL = "kill -STOP $$"
LITTLE_MEMORY = "ulimit -v 120000"

ECHO = """
import sys, time
from pathlib import Path
from app.classifiers.supervised import Port
port = Port(int(sys.argv[1]))
with port.loading(Path(sys.argv[2])):
    until = time.monotonic() + float(sys.argv[3])
    while time.monotonic() < until:
        time.sleep(0.01)
        sum(range(20_000))
port.ready({})
for asked in port.asked():
    port.answer(asked)
"""
"""An engine that computes while it loads, and then gives each text back."""


@pytest.fixture
def interpreter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Interpreter:
    folder = tmp_path / "bin"
    folder.mkdir()
    return Interpreter(folder, monkeypatch)


def open_engine(path: Path, *, queue_size: int = 64) -> Engine:
    return Engine(path, window_tokens=32, overlap_tokens=8, threads=1, queue_size=queue_size, expanded=True)


@pytest.fixture
def engine(make_model: MakeModel) -> Iterator[Engine]:
    with closing(open_engine(make_model())) as engine:
        yield engine


@pytest.fixture
def echo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[float], Supervisor[list[str]]]:
    (tmp_path / "echo_engine.py").write_text(ECHO, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def start(loads_s: float) -> Supervisor[list[str]]:
        program = Program("echo_engine", tmp_path, (loads_s,))
        return Supervisor(program, read=lambda answer: [str(answer)], queue_size=64, hangs_s=60.0)

    return start


def process_of(engine: Supervisor[Rows]) -> int:
    wait_until(lambda: engine.process_id is not None)
    return engine.process_id or 0


def wait_until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not done():
        assert time.monotonic() < until
        time.sleep(0.01)


def is_down(engine: Engine) -> bool:
    try:
        engine.check()
    except EngineFailed:
        return True
    return False


class HeldAfterwards:
    """A lock after whose release one thread stands still, once, until it is let go."""

    def __init__(self, lock: threading.Lock) -> None:
        self._lock = lock
        self._thread: threading.Thread | None = None
        self.is_held = threading.Event()
        self.go_on = threading.Event()

    def hold(self, thread: threading.Thread) -> None:
        self._thread = thread
        thread.start()
        assert self.is_held.wait(PATIENCE_S)

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _where: TracebackType | None
    ) -> None:
        self._lock.release()
        if threading.current_thread() is self._thread and not self.is_held.is_set():
            self.is_held.set()
            assert self.go_on.wait(PATIENCE_S)


class Asking:
    """A thread that hands a text over and is held where the engine has noted it."""

    def __init__(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        self._engine = engine
        self._futures: list[Future[Rows]] = []
        self._errors: list[Exception] = []
        self._lock = HeldAfterwards(engine._lock)
        monkeypatch.setattr(engine, "_lock", self._lock)
        self._thread = threading.Thread(target=self._ask)
        self._lock.hold(self._thread)

    def _ask(self) -> None:
        try:
            self._futures += self._engine.submit(["hello"])
        except Exception as error:  # noqa: BLE001 whatever it is is shown by the test
            self._errors.append(error)

    def answer(self) -> Future[Rows]:
        """Let it go on; what it was given."""
        self._lock.go_on.set()
        self._thread.join(PATIENCE_S)
        assert self._errors == []
        return self._futures[0]


def test_a_text_that_is_given_up_while_it_is_handed_over_is_answered_once(
    engine: Engine, make_model: MakeModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking = Asking(engine, monkeypatch)
    make_model().write_bytes(b"no model")
    os.kill(process_of(engine), signal.SIGKILL)
    wait_until(lambda: is_down(engine))
    with pytest.raises(EngineFailed, match="cannot be started again"):
        asking.answer().result(PATIENCE_S)


def test_a_text_that_is_refused_while_a_process_comes_up_is_answered_all_the_same(
    engine: Engine, make_model: MakeModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make_model()
    content = path.read_bytes()
    path.write_bytes(b"no model")
    os.kill(process_of(engine), signal.SIGKILL)
    wait_until(lambda: is_down(engine))
    asking = Asking(engine, monkeypatch)
    path.write_bytes(content)
    wait_until(lambda: not is_down(engine))
    with pytest.raises(EngineFailed, match="cannot be started again"):
        asking.answer().result(PATIENCE_S)


@pytest.mark.parametrize("halts", ["the disk", "the process"])
def test_loading_that_comes_to_a_halt_is_ended_and_told(
    make_model: MakeModel,
    interpreter: Interpreter,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    halts: str,
) -> None:
    monkeypatch.setattr(child, "_SILENT_S", 3.0)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    path = make_model()
    if halts == "the disk":
        # Whoever opens it waits for somebody to write.
        path = tmp_path / "pipe.gguf"
        os.mkfifo(path)
    else:
        interpreter.does_first(STANDS_STILL)
    with pytest.raises(
        EngineFailed, match=r"gguf' came to a halt: .* See that the disk it is on can be read"
    ):
        open_engine(path)
    (process,) = interpreter.started
    assert not is_running(process)
    assert list(scratch.iterdir()) == []


def test_loading_that_halts_when_a_process_is_replaced_is_told_and_tried_again(
    make_model: MakeModel, interpreter: Interpreter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "_SILENT_S", 3.0)
    with closing(open_engine(make_model())) as engine:
        interpreter.does_first(STANDS_STILL)
        os.kill(process_of(engine), signal.SIGKILL)
        (asked,) = engine.submit(["hello"])
        with pytest.raises(EngineFailed, match=r"cannot be started again: Loading .* came to a halt"):
            asked.result(PATIENCE_S)
        assert is_down(engine)
        interpreter.does_first("")
        wait_until(lambda: not is_down(engine))
        assert engine.submit(["hello"])[0].result(PATIENCE_S).shape == (1, 8)


def test_loading_may_take_long_as_long_as_work_is_done(
    echo: Callable[[float], Supervisor[list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "_SILENT_S", 4.0)
    began = time.monotonic()
    with closing(echo(6.0)) as engine:
        assert time.monotonic() - began > 6.0
        (asked,) = engine.submit([["hello"]])
        assert asked.result(PATIENCE_S) == ["['hello']"]


def test_nothing_is_loaded_for_ever_whatever_work_is_done(
    echo: Callable[[float], Supervisor[list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "_LOADS_S", 3.0)
    with pytest.raises(EngineFailed, match="came to a halt"):
        echo(3600.0)


def test_an_engine_that_halts_while_it_is_loaded_again_can_be_closed(
    make_model: MakeModel, interpreter: Interpreter
) -> None:
    engine = open_engine(make_model())
    interpreter.does_first(STANDS_STILL)
    os.kill(process_of(engine), signal.SIGKILL)
    wait_until(lambda: len(interpreter.started) == 2)
    engine.close()
    assert not is_running(interpreter.started[-1])


def test_an_engine_that_stands_still_can_be_closed(
    make_model: MakeModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "_LET_GO_S", 1.0)
    engine = open_engine(make_model())
    process = process_of(engine)
    os.kill(process, signal.SIGSTOP)
    asked = engine.submit(["good cat"] * 16)
    began = time.monotonic()
    engine.close()
    assert time.monotonic() - began < 8
    assert not is_running(process)
    assert all(isinstance(each.exception(0), EngineFailed) for each in asked)


def test_a_process_that_stops_reading_holds_nobody_up_for_ever(
    make_model: MakeModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "_HANGS_S", 2.0)
    with closing(open_engine(make_model())) as engine:
        os.kill(process_of(engine), signal.SIGSTOP)
        # More than the socket holds: who sends it waits.
        asked = engine.submit(["good" + " " * 100_000 + "cat"] * 16)
        assert [each.result(PATIENCE_S).shape for each in asked] == [(1, 8)] * 16


def test_what_cannot_be_said_in_json_is_refused_and_leaves_nothing_behind(engine: Engine) -> None:
    with pytest.raises(TypeError):
        engine.submit(["hello", "\ud800"])
    assert engine.waiting == 0


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS bounds no address space")
def test_too_little_memory_at_the_start_is_told(make_model: MakeModel, interpreter: Interpreter) -> None:
    interpreter.does_first(LITTLE_MEMORY)
    with pytest.raises(EngineFailed, match=r"too little memory .* Free some memory"):
        open_engine(make_model())


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS bounds no address space")
def test_a_process_that_cannot_be_started_again_is_tried_less_and_less_often(
    make_model: MakeModel, interpreter: Interpreter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "_WAITS_S", (0.0, 0.1, 0.2, 3600.0))
    with closing(open_engine(make_model())) as engine:
        interpreter.does_first(LITTLE_MEMORY)
        os.kill(process_of(engine), signal.SIGKILL)
        wait_until(lambda: len(interpreter.started) == 4)
        wait_until(lambda: not is_running(interpreter.started[-1]))
        time.sleep(1.0)
        assert len(interpreter.started) == 4
        with pytest.raises(EngineFailed, match=r"It cannot be started again: .* too little memory"):
            engine.check()


SERVICE = """
import os, signal, sys, threading, time
from pathlib import Path
from app.classifiers.engine import Engine

def open_engine():
    return Engine(
        Path({path!r}), window_tokens=32, overlap_tokens=8, threads=1, queue_size=512, expanded=True
    )

sys.executable = {python!r}
if {doing!r} == "loading":
    threading.Thread(target=open_engine, daemon=True).start()
    while not Path({started!r}).exists():
        time.sleep(0.05)
    # Until it has come to the file.
    time.sleep(2)
else:
    engine = open_engine()
    engine.submit(["good cat " * 20_000] * 64)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("doing", ["loading", "scoring"])
def test_a_process_ends_with_the_service_whatever_it_is_at(
    make_model: MakeModel, interpreter: Interpreter, tmp_path: Path, doing: str
) -> None:
    path = make_model()
    if doing == "loading":
        path = tmp_path / "pipe.gguf"
        os.mkfifo(path)
    program = SERVICE.format(
        path=str(path), python=sys.executable, started=str(tmp_path / "bin" / "started"), doing=doing
    )
    ended = subprocess.run([interpreter.real, "-c", program], check=False, timeout=PATIENCE_S)
    assert ended.returncode == -signal.SIGKILL
    (process,) = interpreter.started
    wait_for_the_end(process)
