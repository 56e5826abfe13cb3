"""Where the time of one request goes: `python -m benchmarks.profile`.

Every layer of the service is asked for itself, from the outside in: over HTTP, without a socket, without the
web, without the database, and so on, each with the same post under another name, so that none can be
remembered. The time of a layer is that by which the fastest quarter of the posts is done, which a busy
machine moves least; what a layer adds is that less the times of the layers within, good to a few dozen
microseconds. What is smaller can come out below zero.
"""

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import structlog
import uvloop

from app import bootstrap
from app.classifiers.gguf import read_card
from app.classifiers.language import LanguageGuesser
from app.classifiers.ngrams import NgramModel
from app.core.card import EncoderCard
from app.core.language import language_of
from app.core.policy import decide
from app.core.spoken import spoken
from app.core.types import Content
from app.settings import read_settings
from app.web.main import create_app
from app.web.wire import ModerateIn, answer_out
from benchmarks import asgi, report
from benchmarks.load import Caller, percentile, request_of
from benchmarks.posts import Kind, posts
from benchmarks.processes import HOST

T = TypeVar("T")

LOGGED_BYTES = 3 * 4096
"""About what a decision adds to the log of the database."""
POSTS, WARM_UP = 300, 20
QUARTER = 0.25
KEPT_S = 2.0

PARTS = (
    ("the socket, the server, the client", "http", ("app",)),
    (
        "middleware, routing, gathering, the way to a thread and back",
        "app",
        ("service", "body in", "body out"),
    ),
    ("reading the body", "body in", ()),
    ("writing the answer", "body out", ()),
    ("ids, hashes, rows, events, the way to the writer and back", "service", ("judge", "disk")),
    ("waiting for the disk", "disk", ()),
    ("normalizing", "normalize", ()),
    ("tokenizing and the model", "engine", ()),
    ("the second opinion", "n-grams", ()),
    ("the way to the engine and back, calibrating", "classify", ("engine", "n-grams")),
    ("guessing the language", "language", ()),
    ("deciding by the policy", "decide", ()),
    ("the rest of judging", "judge", ("normalize", "classify", "language", "decide")),
)
"""What a request is made of: a name, the layer that has it, and what is within that layer."""


@dataclass(frozen=True, slots=True)
class Layer(Generic[T]):
    """A part of the service that can be asked for itself."""

    run: Callable[[T], object]
    prepare: Callable[[str], T]
    """What it is given of a post; not timed."""


def profile(*, count: int) -> dict[str, Any]:
    """Time every layer on so many medium posts; microseconds."""
    with _layers() as layers:
        times: dict[str, list[float]] = {name: [] for name in layers}
        for number, post in enumerate(posts(Kind.MEDIUM, WARM_UP + count, seed=3)):
            for name, layer in layers.items():
                given = layer.prepare(f"{post} {name}")
                started = time.perf_counter()
                layer.run(given)
                if number >= WARM_UP:
                    times[name].append((time.perf_counter() - started) * 1e6)
    layers_us = {name: percentile(sorted(each), QUARTER) for name, each in times.items()}
    return {
        "posts": count,
        "engine_threads": read_settings().engine_threads,
        "median_us": round(statistics.median(times["http"])),
        "request_us": round(layers_us["http"]),
        "layers_us": {name: round(each) for name, each in layers_us.items()},
        "parts": [
            {"part": name, "us": round(layers_us[has] - sum(layers_us[each] for each in within))}
            for name, has, within in PARTS
        ],
    }


@contextmanager
def _layers() -> Iterator[dict[str, Layer[Any]]]:
    """Every layer, open and ready."""
    settings = read_settings()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        own = settings.model_copy(update={"database_url": f"sqlite:///{folder}/bench.db"})
        server = stack.enter_context(bootstrap.start_server(settings))
        runtime = stack.enter_context(closing(bootstrap.build(own)))
        judge = bootstrap.build_judge(settings)
        stack.enter_context(closing(judge.classifier))
        raw, grams = stack.enter_context(bootstrap.open_raw_loop(settings)), _ngrams(settings.model)
        loop = stack.enter_context(closing(uvloop.new_event_loop()))
        disk = stack.enter_context((folder / "disk").open("wb", buffering=0))
        web, moderation = create_app(runtime), runtime.moderation
        line = stack.enter_context(closing(_Line(loop, server.port)))
        guess = LanguageGuesser()
        text = judge.read(posts(Kind.MEDIUM, 1, seed=4)[0])
        (classified,) = judge.classifier.classify([text])
        answer = moderation.moderate(Content(text.original))

        def readings(text: str) -> list[str]:
            """What the model is shown of a post."""
            return list(dict.fromkeys(map(spoken, judge.read(text).readings)))

        def wait_for_disk(_: str) -> None:
            disk.write(bytes(LOGGED_BYTES))
            os.fsync(disk.fileno())

        yield {
            "http": Layer(line.exchange, line.request),
            "app": Layer(lambda body: loop.run_until_complete(asgi.post(web, "/moderate", body)), _body),
            "service": Layer(lambda content: moderation.moderate_many([(content, True)]), Content),
            "judge": Layer(lambda text: judge.judge([text]), str),
            "normalize": Layer(judge.read, str),
            "classify": Layer(lambda text: judge.classifier.classify([text]), judge.read),
            "engine": Layer(raw.score, readings),
            "n-grams": Layer(lambda readings: [grams.logits(reading) for reading in readings], readings),
            "language": Layer(lambda text: language_of(text.original, text.plain, guess=guess), judge.read),
            "decide": Layer(
                lambda text: decide(classified, text=text, policy=judge.policy, model="m", lexicon="l"),
                judge.read,
            ),
            "disk": Layer(wait_for_disk, str),
            "body in": Layer(ModerateIn.model_validate_json, lambda text: json.dumps(_body(text))),
            "body out": Layer(lambda _: answer_out(answer).model_dump_json(), str),
        }


class _Line:
    """A connection, opened anew before the server takes it for forgotten, which is after five seconds."""

    def __init__(self, loop: asyncio.AbstractEventLoop, port: int) -> None:
        self._loop, self._port = loop, port
        self._transport: asyncio.BaseTransport | None = None
        self._used_at = 0.0

    def request(self, text: str) -> bytes:
        """What is sent for a post, over a connection that is open."""
        if self._transport is None or time.perf_counter() - self._used_at > KEPT_S:
            self.close()
            opening = self._loop.create_connection(Caller, HOST, self._port)
            self._transport, self._caller = self._loop.run_until_complete(opening)
        return request_of(self._port, text)

    def exchange(self, request: bytes) -> None:
        """Send a post and read the answer."""
        self._loop.run_until_complete(self._caller.exchange(request))
        self._used_at = time.perf_counter()

    def close(self) -> None:
        """Close the connection, where one is open."""
        if self._transport is not None:
            self._transport.close()


def _body(text: str) -> dict[str, str]:
    return {"text": text}


def _ngrams(model: Path) -> NgramModel:
    card = read_card(model)
    if not isinstance(card, EncoderCard) or card.second_opinion is None:
        raise SystemExit(f"{model} has no second opinion; only such encoders are profiled.")
    return NgramModel(model.with_name(card.second_opinion.file), outputs=len(card.labels))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.profile", description=__doc__)
    parser.add_argument("--posts", type=int, default=POSTS)
    parser.add_argument("--json", action="store_true", help="print JSON in place of a table")
    parser.add_argument("--out", type=Path, help="also write profile.json into this folder")
    options = parser.parse_args()
    structlog.configure(logger_factory=structlog.WriteLoggerFactory(file=sys.stderr))
    figures = profile(count=options.posts)
    if options.out:
        report.keep(options.out, "profile", figures)
    print(json.dumps(figures, indent=1) if options.json else report.profiled(figures))


if __name__ == "__main__":
    main()
