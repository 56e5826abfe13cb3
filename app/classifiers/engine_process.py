"""The process that llama.cpp scores in for the encoder: texts in, logits of their windows out.

    python -m app.classifiers.engine_process HANDLE GGUF WINDOW OVERLAP THREADS EXPAND

HANDLE is a socket inherited from `app.classifiers.child`, which says what goes over it.
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from app.classifiers.lanes import Job, Lanes
from app.classifiers.llama import EncoderContext, EncoderWeights, expand
from app.classifiers.supervised import Port
from app.classifiers.windows import BATCH_SEQUENCES, BATCH_TOKENS, FULL_TOKENS, Window
from app.core.errors import EngineFailed


def open_weights(path: Path, *, expanded: bool) -> EncoderWeights:
    """Load a file, its weights as 16-bit floats if asked for and if there is room on disk to write them.

    Raises:
        ModelCorrupt: llama.cpp cannot read it.
        EngineFailed: there is too little memory.
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
    handle, file, tokens, overlap, threads, expanded = sys.argv[1:]
    port, path = Port(int(handle)), Path(file)
    with port.loading(path):
        weights = open_weights(path, expanded=expanded == "True")
        contexts = [_context(weights) for _ in range(int(threads))]
    port.ready({"labels": weights.labels, "max_tokens": weights.max_tokens})
    _serve(port, weights, contexts, window=Window(int(tokens), int(overlap)))


def _serve(
    port: Port, weights: EncoderWeights, contexts: Sequence[EncoderContext], *, window: Window
) -> None:
    def answer(jobs: Sequence[Job]) -> None:
        port.answer([_answer(job) for job in jobs])

    lanes = Lanes(
        contexts,
        all_cores=len(contexts),
        full_tokens=FULL_TOKENS,
        batch_sequences=BATCH_SEQUENCES,
        done=answer,
    )
    for asked in port.asked():
        jobs = [_job(number, text, weights, window=window) for number, text in asked]
        lanes.add([job for job in jobs if not job.is_done])
        if refused := [job for job in jobs if job.is_done]:
            answer(refused)
    lanes.close()


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


if __name__ == "__main__":
    main()
