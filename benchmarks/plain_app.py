"""The same weights behind a plain FastAPI application, as its documentation would have one write it.

    python -m benchmarks.plain_app ENGINE FOLDER PORT

One text in a request, the probability of each label in the answer; FastAPI runs the function on a pool of
threads. No normalizing, no calibration, no policy, no database.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

from app.settings import read_settings
from benchmarks.contenders import ENGINES, Contender
from benchmarks.peers import Peer
from benchmarks.processes import HOST, free_port, started, wait_for_port

START_S = 120.0


class Post(BaseModel):
    """What is sent."""

    text: str


def plain_app(peer: Peer) -> FastAPI:
    """The application over an engine."""
    app = FastAPI()

    @app.post("/moderate")
    def moderate(post: Post) -> dict[str, float]:
        (found,) = peer.probabilities([post.text])
        return dict(zip(peer.labels, found.tolist(), strict=True))

    return app


@contextmanager
def serving(contender: Contender, folder: Path) -> Iterator[tuple[int, int]]:
    """Serve a peer in a process of its own; gives port and process id."""
    port, log = free_port(), folder / f"{contender.name.lower()}.log"
    arguments = [ENGINES[contender], str(folder), str(port)]
    with started("benchmarks.plain_app", arguments, log=log) as process:
        if not wait_for_port(port, process, within_s=START_S):
            raise SystemExit(f"{contender} did not start: {log.read_text(encoding='utf-8')[-1000:]}")
        yield port, process.pid


def main() -> None:
    """Serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine")
    parser.add_argument("folder", type=Path)
    parser.add_argument("port", type=int)
    options = parser.parse_args()
    peer = Peer(options.engine, options.folder, threads=read_settings().engine_threads)
    uvicorn.run(plain_app(peer), host=HOST, port=options.port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
