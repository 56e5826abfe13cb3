"""A contender in a process of its own, so that its threads and its memory are its own.

The child reads lines of JSON from its standard input, a list of texts and whether to score them together, and
answers each with a line: the milliseconds of every text, or of all of them.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.contenders import Contender, opened
from benchmarks.load import Load
from benchmarks.processes import started

_READY = "ready"


class Worker:
    """The parent's side."""

    def __init__(self, process: "subprocess.Popen[str]", log: Path) -> None:
        self._process = process
        self._log = log
        self._read()

    @property
    def process_id(self) -> int:
        """Of the child."""
        return self._process.pid

    def alone(self, texts: Sequence[str]) -> Load:
        """Score texts one after the other."""
        times_ms = self._ask(texts, together=False)
        return Load(times_ms, sum(times_ms) / 1000)

    def together(self, texts: Sequence[str]) -> Load:
        """Score texts as one piece of work; the time of each is then that of all."""
        (whole_ms,) = self._ask(texts, together=True)
        return Load((whole_ms,) * len(texts), whole_ms / 1000)

    def _ask(self, texts: Sequence[str], *, together: bool) -> tuple[float, ...]:
        assert self._process.stdin is not None  # noqa: S101 it was started with pipes
        self._process.stdin.write(json.dumps({"texts": list(texts), "together": together}) + "\n")
        self._process.stdin.flush()
        return tuple(json.loads(self._read()))

    def _read(self) -> str:
        assert self._process.stdout is not None  # noqa: S101 it was started with pipes
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"A contender ended: {self._log.read_text(encoding='utf-8')[-1000:]}")
        return line


@contextmanager
def working(contender: Contender, folder: Path) -> Iterator[Worker]:
    """Open a contender in a child, ready to score."""
    log = folder / f"{contender.name.lower()}.log"
    with started("benchmarks.worker", [contender.name, str(folder)], log=log, pipes=True) as process:
        yield Worker(process, log)


def main() -> None:
    """The child's side."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("contender", choices=list(Contender.__members__))
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    # What a library prints must not come between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    with opened(Contender[options.contender], options.folder) as score:
        print(json.dumps(_READY), file=answers, flush=True)
        for line in sys.stdin:
            asked = json.loads(line)
            groups = [asked["texts"]] if asked["together"] else [[text] for text in asked["texts"]]
            times_ms = []
            for group in groups:
                began = time.perf_counter()
                score(group)
                times_ms.append((time.perf_counter() - began) * 1000)
            print(json.dumps(times_ms), file=answers, flush=True)


if __name__ == "__main__":
    main()
