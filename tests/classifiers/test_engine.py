"""The engine's process: what happens when it dies, hangs or cannot start."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from app.classifiers import engine as engine_module
from app.classifiers import supervisor
from app.classifiers.child import Child
from app.classifiers.engine import Engine, Rows
from app.core.errors import EngineFailed, ModelCorrupt, QueueFull

MakeModel = Callable[..., Path]
OpenEngine = Callable[..., Engine]

PATIENCE_S = 60


@pytest.fixture
def open_engine(make_model: MakeModel) -> Iterator[OpenEngine]:
    opened: list[Engine] = []

    def open_one(*, queue_size: int = 64, threads: int = 2) -> Engine:
        engine = Engine(
            make_model(),
            window_tokens=32,
            overlap_tokens=8,
            threads=threads,
            queue_size=queue_size,
            expanded=True,
        )
        opened.append(engine)
        return engine

    yield open_one
    for engine in opened:
        engine.close()


def process_of(engine: Engine) -> int:
    """The id of the engine's process, once there is one."""
    until = time.monotonic() + PATIENCE_S
    while engine.process_id is None:
        assert time.monotonic() < until
        time.sleep(0.01)
    return engine.process_id


def rows(futures: list[Future[Rows]]) -> list[Rows]:
    return [future.result(PATIENCE_S) for future in futures]


def reason_of_the_first_refusal(engine: Engine) -> str:
    while True:
        try:
            rows(engine.submit(["hello"]))
        except EngineFailed as failure:
            return str(failure)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture
def held_engine(open_engine: OpenEngine) -> Iterator[Engine]:
    """An engine whose process stands still."""
    engine = open_engine()
    process = process_of(engine)
    os.kill(process, signal.SIGSTOP)
    yield engine
    if is_running(process):
        os.kill(process, signal.SIGCONT)


def test_each_text_has_a_row_for_each_of_its_windows(open_engine: OpenEngine) -> None:
    short, long = rows(open_engine().submit(["hello", "good cat " * 60]))
    assert short.shape == (1, 8)
    assert long.shape[0] > 1
    assert long.shape[1] == 8


def test_a_text_scores_the_same_on_one_core_on_all_and_in_a_crowd(open_engine: OpenEngine) -> None:
    texts = [f"the bad dog number {number} is good " * (number % 5 + 1) for number in range(40)]
    one = rows(open_engine(threads=1).submit(texts))
    engine = open_engine(threads=2)
    crowd = rows(engine.submit(texts))
    for text, alone, together in zip(texts, one, crowd, strict=True):
        np.testing.assert_allclose(alone, together, atol=1e-3)
        np.testing.assert_allclose(rows(engine.submit([text]))[0], alone, atol=1e-3)


def test_what_was_asked_of_a_process_that_dies_is_answered_by_the_next(held_engine: Engine) -> None:
    first = process_of(held_engine)
    futures = held_engine.submit(["hello world", "bad dog"])
    os.kill(first, signal.SIGKILL)
    answered = rows(futures)
    assert process_of(held_engine) != first
    np.testing.assert_allclose(answered, rows(held_engine.submit(["hello world", "bad dog"])), atol=1e-5)


def test_a_process_that_lived_long_is_replaced_at_once(
    open_engine: OpenEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "_LIVED_S", 0.0)
    monkeypatch.setattr(supervisor, "_WAITS_S", (0.0, 3600.0))
    engine = open_engine()
    for _ in range(3):
        process = process_of(engine)
        os.kill(process, signal.SIGKILL)
        assert rows(engine.submit(["hello"]))
        assert process_of(engine) != process


def test_what_two_processes_died_of_is_given_up_and_the_engine_goes_on(
    held_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = process_of(held_engine)
    (poison,) = held_engine.submit(["hello"])

    class Deadly(Child):
        def ask(self, _asked: object) -> None:
            self.process.send_signal(signal.SIGABRT)

    with monkeypatch.context() as patch:
        patch.setattr(supervisor, "Child", Deadly)
        os.kill(first, signal.SIGKILL)
        with pytest.raises(EngineFailed, match="SIGABRT"):
            poison.result(PATIENCE_S)
    assert rows(held_engine.submit(["hello"]))


def test_a_process_that_hangs_is_ended_and_its_work_done_by_the_next(
    open_engine: OpenEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "_HANGS_S", 2.0)
    engine = open_engine()
    first = process_of(engine)
    os.kill(first, signal.SIGSTOP)
    assert rows(engine.submit(["world"]))
    assert process_of(engine) != first


def test_while_no_process_can_be_started_texts_are_given_up_with_the_reason(
    open_engine: OpenEngine, make_model: MakeModel
) -> None:
    engine = open_engine()
    path = make_model()
    content = path.read_bytes()
    path.write_bytes(b"no model")
    os.kill(process_of(engine), signal.SIGKILL)
    assert "cannot be started again" in reason_of_the_first_refusal(engine)
    with pytest.raises(EngineFailed, match="cannot be started again"):
        engine.check()
    path.write_bytes(content)
    until = time.monotonic() + PATIENCE_S
    while engine.process_id is None:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert rows(engine.submit(["hello"]))
    engine.check()


def test_a_full_queue_takes_all_or_none(open_engine: OpenEngine) -> None:
    engine = open_engine(queue_size=4)
    process = process_of(engine)
    os.kill(process, signal.SIGSTOP)
    futures = engine.submit(["hello"] * 3)
    with pytest.raises(QueueFull, match=r"3 texts are waiting and the queue holds 4\."):
        engine.submit(["hello"] * 2)
    assert engine.waiting == 3
    os.kill(process, signal.SIGCONT)
    rows(futures)


def test_closing_finishes_what_is_asked_refuses_more_and_leaves_no_process(open_engine: OpenEngine) -> None:
    engine = open_engine()
    process = process_of(engine)
    futures = engine.submit([f"good cat {number}" for number in range(60)])
    engine.close()
    assert len(rows(futures)) == 60
    assert not is_running(process)
    with pytest.raises(QueueFull, match="shutting down"):
        engine.submit(["hello"])
    engine.close()


def test_an_engine_whose_process_is_dead_can_be_closed(
    open_engine: OpenEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine()
    monkeypatch.setattr(supervisor, "_WAITS_S", (60.0,))
    (asked,) = engine.submit(["hello"])
    asked.result(PATIENCE_S)
    os.kill(process_of(engine), signal.SIGKILL)
    while engine.process_id is not None:
        time.sleep(0.01)
    began = time.monotonic()
    engine.close()
    assert time.monotonic() - began < 30


def test_the_process_ends_with_the_service(make_model: MakeModel) -> None:
    program = f"""
import os, signal
from pathlib import Path
from app.classifiers.engine import Engine
path = Path({str(make_model())!r})
engine = Engine(path, window_tokens=32, overlap_tokens=8, threads=1, queue_size=8, expanded=True)
print(engine.process_id, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as service:
        assert service.stdout is not None
        process = int(service.stdout.readline())
    until = time.monotonic() + PATIENCE_S
    while is_running(process):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_signals_to_the_whole_group_leave_the_process_to_the_service(open_engine: OpenEngine) -> None:
    engine = open_engine()
    process = process_of(engine)
    rows(engine.submit(["hello"]))
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        os.kill(process, number)
    assert rows(engine.submit(["world"]))
    assert engine.process_id == process


def test_many_threads_get_their_own_answers(open_engine: OpenEngine) -> None:
    engine = open_engine(queue_size=1000)
    texts = [f"good bad {number}" for number in range(100)]
    expected = rows(engine.submit(texts))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: rows(engine.submit([text]))[0], texts))
    np.testing.assert_allclose(found, expected, atol=1e-3)
    assert threading.active_count() < 20


@pytest.mark.parametrize("content", [b"", b"GGUF", b"no model at all"])
def test_a_file_that_is_no_model_is_refused(make_model: MakeModel, content: bytes) -> None:
    path = make_model(content=content)
    with pytest.raises(ModelCorrupt, match="Copy the file again"):
        Engine(path, window_tokens=32, overlap_tokens=8, threads=1, queue_size=8, expanded=True)


def test_a_folder_with_a_package_of_the_same_name_is_not_taken_for_the_service(
    open_engine: OpenEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "elsewhere"
    (other / "app").mkdir(parents=True)
    (other / "app" / "__init__.py").write_text("raise SystemExit('the wrong one')", encoding="utf-8")
    monkeypatch.chdir(other)
    assert rows(open_engine().submit(["hello"]))
