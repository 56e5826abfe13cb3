"""The language model's process: what happens when it dies in the middle of things. With plainspeak-nano."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest

from app.classifiers import supervisor
from app.classifiers.gguf import open_scorer, read_card
from app.classifiers.scorer import Scorer
from app.core.card import ScorerCard
from app.core.errors import EngineFailed, QueueFull
from app.core.types import Category, Classification, Label, NormalizedText
from app.settings import ROOT
from tests.classifiers.lm import make_scorer
from tests.classifiers.starting import PATIENCE_S, Interpreter, is_running

NANO = ROOT / "models" / "plainspeak-nano.Q4_K_M.gguf"


def plain(text: str) -> NormalizedText:
    return NormalizedText(original=text, plain=text)


CLOWN = plain("you are a worthless clown")


def open_one(path: Path, *, queue_size: int = 64) -> Scorer:
    card = cast("ScorerCard", read_card(path))
    return Scorer(path, card=card, threads=2, queue_size=queue_size, alone=True)


@pytest.fixture
def scorer() -> Iterator[Scorer]:
    with closing(open_one(NANO)) as scorer:
        yield scorer


def process_of(scorer: Scorer, *, other_than: int = 0) -> int:
    """The id of the engine's process, once there is one."""
    until = time.monotonic() + PATIENCE_S
    while scorer.process_id in {None, other_than}:
        assert time.monotonic() < until
        time.sleep(0.01)
    return scorer.process_id or 0


def wait_until_asked(scorer: Scorer) -> None:
    until = time.monotonic() + PATIENCE_S
    while not scorer.waiting:
        assert time.monotonic() < until
        time.sleep(0.01)


def explained(scorer: Scorer, text: NormalizedText = CLOWN) -> Iterator[str]:
    return scorer.explain(text, label=Label.HARMFUL, category=Category.HARASSMENT)


def test_texts_whose_process_is_killed_are_scored_by_the_next(scorer: Scorer) -> None:
    texts = [plain(f"{CLOWN.plain} {number}") for number in range(20)]
    expected = scorer.classify(texts)
    process = process_of(scorer)
    os.kill(process, signal.SIGSTOP)
    with ThreadPoolExecutor(4) as pool:
        answers = [pool.submit(scorer.classify, texts) for _ in range(4)]
        wait_until_asked(scorer)
        os.kill(process, signal.SIGKILL)
        assert [each.result(PATIENCE_S) for each in answers] == [expected] * 4
    assert process_of(scorer) != process
    assert scorer.check() == scorer.version


@pytest.mark.skipif(
    sys.platform != "linux", reason="The memory of a running process is bounded on Linux only"
)
def test_texts_whose_process_aborts_for_want_of_memory_are_scored_by_the_next(
    scorer: Scorer, capfd: pytest.CaptureFixture[str]
) -> None:
    long = plain(f"{CLOWN.plain}. " * 60)
    expected = scorer.classify([long])
    process = process_of(scorer)
    resource.prlimit(process, resource.RLIMIT_AS, (1, resource.RLIM_INFINITY))
    # What the calls of before have freed may be enough for some more.
    longer = [plain(f"{CLOWN.plain} {number} " * 60) for number in range(20)]
    assert all(len(each.signals) == len(Category) + 1 for each in scorer.classify(longer))
    assert process_of(scorer) != process
    assert "SIGABRT" in capfd.readouterr().out
    assert scorer.classify([long]) == expected


def test_a_text_that_two_processes_died_of_goes_to_a_person_and_the_next_is_scored(
    scorer: Scorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "_WAITS_S", (0.0,))

    def asked_of_one_that_dies() -> Classification:
        return scorer.classify([CLOWN])[0]

    first = process_of(scorer)
    os.kill(first, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(asked_of_one_that_dies)
        wait_until_asked(scorer)
        os.kill(first, signal.SIGKILL)
        # Again and again, until one of them had the text in hand.
        last = first
        while not answer.done():
            if (now := scorer.process_id) not in {None, last}:
                last = now or 0
                os.kill(last, signal.SIGKILL)
        given_up = answer.result()
    assert [each.source for each in given_up.unavailable] == [scorer.version]
    assert "SIGKILL" in given_up.unavailable[0].reason
    assert given_up.signals == ()
    assert scorer.classify([CLOWN])[0].signals


def test_an_explanation_whose_process_is_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    with closing(open_one(make_scorer(tmp_path / "tiny-lm.gguf"))) as scorer:
        expected = list(explained(scorer))
        assert len(expected) > 10
        found = []
        for number, piece in enumerate(explained(scorer)):
            found.append(piece)
            if number in {0, 5}:
                process = process_of(scorer)
                os.kill(process, signal.SIGKILL)
                process_of(scorer, other_than=process)
        assert found == expected


def test_a_word_whose_process_is_killed_is_written_by_the_next(scorer: Scorer) -> None:
    expected = list(explained(scorer))
    assert len(expected) > 1
    writing = explained(scorer)
    first = next(writing)
    process = process_of(scorer)
    os.kill(process, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as pool:
        rest = pool.submit(list, writing)
        wait_until_asked(scorer)
        os.kill(process, signal.SIGKILL)
        assert [first, *rest.result(PATIENCE_S)] == expected


def test_an_explanation_that_no_process_can_write_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interpreter = Interpreter(tmp_path, monkeypatch)
    with closing(open_one(NANO)) as scorer:
        writing = explained(scorer)
        next(writing)
        interpreter.does_first("exit 3")
        os.kill(process_of(scorer), signal.SIGKILL)
        with pytest.raises(EngineFailed, match=r"cannot be started again: .*\(exit status 3\)"):
            list(writing)
        with pytest.raises(EngineFailed, match="cannot be started again"):
            scorer.check()
        interpreter.does_first("")
        process_of(scorer, other_than=interpreter.started[0])
        assert list(explained(scorer))


def test_explanations_that_nobody_reads_take_no_memory(scorer: Scorer) -> None:
    def begun() -> None:
        writing = scorer.explain(plain("word " * 600), label=Label.HARMFUL, category=None)
        next(writing)
        writing.close()

    begun()
    scorer.classify([CLOWN])
    process = process_of(scorer)
    before = resident_kib(process)
    for _ in range(10):
        begun()
    scorer.classify([CLOWN])
    # Room for 600 tokens of nano takes more than a MiB.
    assert resident_kib(process) - before < 15 * 1024


def resident_kib(process: int) -> int:
    said = subprocess.run(["ps", "-o", "rss=", "-p", str(process)], capture_output=True, check=True)
    return int(said.stdout)


def test_a_long_text_lets_others_have_their_turn(scorer: Scorer) -> None:
    texts = [plain("word " * 2000)] * 12
    with ThreadPoolExecutor(1) as pool:
        long = pool.submit(scorer.classify, texts)
        wait_until_asked(scorer)
        assert scorer.waiting <= 1
        assert scorer.classify([CLOWN])[0].signals
        assert not long.done()
        assert all("first 8 parts" in each.unavailable[0].reason for each in long.result(PATIENCE_S))


def test_a_full_queue_refuses_and_what_it_holds_is_answered() -> None:
    with closing(open_one(NANO, queue_size=4)) as scorer:
        process = process_of(scorer)
        os.kill(process, signal.SIGSTOP)
        with ThreadPoolExecutor(1) as pool:
            taken = pool.submit(scorer.classify, [CLOWN] * 4)
            wait_until_asked(scorer)
            with pytest.raises(QueueFull, match=r"4 texts are waiting and the queue holds 4\."):
                scorer.classify([CLOWN])
            os.kill(process, signal.SIGCONT)
            assert all(each.signals for each in taken.result(PATIENCE_S))


def test_closing_leaves_no_process(scorer: Scorer) -> None:
    process = process_of(scorer)
    scorer.close()
    assert not is_running(process)
    with pytest.raises(QueueFull, match="shutting down"):
        scorer.classify([CLOWN])


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS bounds no address space")
def test_too_little_memory_for_the_model_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interpreter = Interpreter(tmp_path, monkeypatch)
    # Enough for the interpreter and its libraries, and not for what the model computes in.
    interpreter.does_first("ulimit -v 200000")
    with pytest.raises(EngineFailed, match=r"memory.* Free some memory"):
        open_scorer(NANO, threads=1, queue_size=8, alone=False)
