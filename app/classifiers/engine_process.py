"""The process that llama.cpp scores in for the encoder: texts in, logits of their windows out.

    python -m app.classifiers.engine_process HANDLE GGUF WINDOW OVERLAP THREADS EXPAND

HANDLE is a socket inherited from `app.classifiers.engine`, which says what goes over it. The process ends
when the other end of it does, and only then: a signal to a whole group is for the service, which ends this
in order.
"""

import os
import signal
import sys
import tempfile
import threading
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path

import orjson

from app.classifiers.lanes import Job, Lanes
from app.classifiers.llama import EncoderContext, EncoderWeights, expand
from app.classifiers.windows import BATCH_SEQUENCES, BATCH_TOKENS, Window
from app.core.errors import EngineFailed, ModelError


def open_weights(path: Path, *, expanded: bool) -> EncoderWeights:
    """Load a file, its weights as 16-bit floats if asked for and if there is room on disk to write them.

    Raises:
        ModelCorrupt: llama.cpp cannot read it.
    """
    if expanded:
        with tempfile.TemporaryDirectory() as folder:
            wide = Path(folder) / path.name
            if expand(path, to=wide):
                # Mapped into memory, so the file is needed no longer.
                return EncoderWeights(wide)
    return EncoderWeights(path)


def main() -> None:
    """Serve until the other end closes."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    threading.excepthook = _end_process
    handle, path, tokens, overlap, threads, expanded = sys.argv[1:]
    connection = Connection(int(handle))
    try:
        weights = open_weights(Path(path), expanded=expanded == "True")
        contexts = [_context(weights) for _ in range(int(threads))]
    except ModelError as error:
        connection.send_bytes(orjson.dumps({"error": str(error)}))
        return
    connection.send_bytes(orjson.dumps({"labels": weights.labels, "max_tokens": weights.max_tokens}))
    _serve(connection, weights, contexts, window=Window(int(tokens), int(overlap)))


def _serve(
    connection: Connection,
    weights: EncoderWeights,
    contexts: Sequence[EncoderContext],
    *,
    window: Window,
) -> None:
    sending = threading.Lock()

    def answer(jobs: Sequence[Job]) -> None:
        found = orjson.dumps([_answer(job) for job in jobs], option=orjson.OPT_SERIALIZE_NUMPY)
        try:
            with sending:
                connection.send_bytes(found)
        except OSError:
            # Nobody is left to tell.
            os._exit(0)

    lanes = Lanes(
        contexts,
        all_cores=len(contexts),
        batch_tokens=BATCH_TOKENS,
        batch_sequences=BATCH_SEQUENCES,
        done=answer,
    )
    while asked := _received(connection):
        jobs = [_job(number, text, weights, window=window) for number, text in orjson.loads(asked)]
        lanes.add([job for job in jobs if not job.is_done])
        if refused := [job for job in jobs if job.is_done]:
            answer(refused)
    lanes.close()


def _received(connection: Connection) -> bytes:
    try:
        return connection.recv_bytes()
    except (EOFError, OSError):
        # The service is gone, and so are those who asked.
        os._exit(0)


def _job(number: int, text: str, weights: EncoderWeights, *, window: Window) -> Job:
    try:
        cut = window.cut(weights.tokenize(text), begin=weights.begin, end=weights.end)
        return Job(number, cut)
    except EngineFailed as failure:
        return Job(number, [[]], failure=failure)


def _answer(job: Job) -> tuple[int, object]:
    try:
        return job.id, job.result()
    except EngineFailed as failure:
        return job.id, str(failure)


def _context(weights: EncoderWeights) -> EncoderContext:
    return weights.context(threads=1, batch_tokens=BATCH_TOKENS, batch_sequences=BATCH_SEQUENCES)


def _end_process(arguments: threading.ExceptHookArgs) -> None:
    """A lane that stops would leave its callers waiting: end, so that the service starts a process anew."""
    sys.excepthook(arguments.exc_type, arguments.exc_value or arguments.exc_type(), arguments.exc_traceback)
    sys.stderr.flush()
    os._exit(70)


if __name__ == "__main__":
    main()
