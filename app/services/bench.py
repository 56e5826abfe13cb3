"""The use case of measuring speed: the service over HTTP beside the raw llama.cpp loop, on the same texts.

Timings on a shared machine drift, so both sides run in every round and the medians over rounds are compared.
"""

import socket
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from random import Random
from threading import local
from typing import Self

import orjson
from httptools import HttpResponseParser

from app.core.errors import PlainspeakError

CONCURRENCY = 16
SINGLE_SHARE = 4
"""One of so many requests of a round is sent alone, to see the latency without company."""
SEED = 11
TIMEOUT_S = 60

_OPENINGS = (
    "Honestly I think",
    "Yesterday my brother said that",
    "Does anybody know why",
    "After the last patch",
    "My teacher told us",
    "For the third time this week",
    "Nobody warned me that",
    "In our town",
)
_MIDDLES = (
    "the new update makes the whole map feel smaller",
    "the bus was late again and everyone missed the match",
    "you cannot get a decent coffee before eight",
    "the garden looks better than it has in years",
    "people keep arguing about the same old film",
    "the second boss is far too easy for that loot",
    "they closed the library and put up a sign",
    "the printer only works when nobody is watching",
)
_ENDINGS = (
    "and I would like to hear what you think about it.",
    "so please tell me I am not the only one!",
    "but at least the weather was kind to us.",
    "which is fine, I suppose.",
    "and that made my day.",
    "so we are going to try again tomorrow.",
)


@dataclass(frozen=True, slots=True)
class Benchmark:
    """What a run showed. Times in milliseconds, rates in texts per second."""

    texts: int
    rounds: int
    concurrency: int
    p50_ms: float
    """One request at a time, over HTTP, decision durable."""
    p95_ms: float
    raw_p50_ms: float
    """One text at a time through llama.cpp alone."""
    throughput_rps: float
    """At `concurrency` requests at a time, over HTTP, decisions durable."""
    raw_throughput_rps: float
    """Full batches through llama.cpp alone."""
    ratio_to_raw: float
    """Median over rounds of throughput by raw throughput of the same round."""
    server_rss_mb: float
    """Resident memory of the serving process at the end."""


@dataclass(frozen=True, slots=True)
class _Round:
    alone_ms: tuple[float, ...]
    raw_alone_ms: tuple[float, ...]
    rps: float
    raw_rps: float


def run_benchmark(
    raw: Callable[[Sequence[str]], None],
    *,
    host: str,
    port: int,
    server_rss_mb: Callable[[], float],
    requests: int,
    rounds: int,
) -> Benchmark:
    """Measure; every text is sent once, so that nothing can be remembered.

    Raises:
        PlainspeakError: the service refused a request.
    """
    texts = distinct_texts((rounds + 1) * requests)
    with _Client(host, port) as client:
        raw(texts[:requests])
        client.send_all(texts[:requests])
        measured = [
            _round(raw, client, texts[number * requests : (number + 1) * requests])
            for number in range(1, rounds + 1)
        ]
    alone = sorted(time_ms for each in measured for time_ms in each.alone_ms)
    return Benchmark(
        texts=rounds * requests,
        rounds=rounds,
        concurrency=CONCURRENCY,
        p50_ms=statistics.median(alone),
        p95_ms=alone[int(len(alone) * 0.95)],
        raw_p50_ms=statistics.median(time_ms for each in measured for time_ms in each.raw_alone_ms),
        throughput_rps=statistics.median(each.rps for each in measured),
        raw_throughput_rps=statistics.median(each.raw_rps for each in measured),
        ratio_to_raw=statistics.median(each.rps / each.raw_rps for each in measured),
        server_rss_mb=server_rss_mb(),
    )


def distinct_texts(count: int) -> list[str]:
    """Everyday posts of 10 to 60 words, no two alike."""
    random = Random(SEED)  # noqa: S311 not for secrets
    texts = []
    for number in range(count):
        sentences = random.choices((1, 2, 3), weights=(6, 3, 1))[0]
        parts = (
            f"{random.choice(_OPENINGS)} {random.choice(_MIDDLES)} {random.choice(_ENDINGS)}"
            for _ in range(sentences)
        )
        texts.append(f"{' '.join(parts)} Post {number}.")
    return texts


def _round(raw: Callable[[Sequence[str]], None], client: "_Client", texts: Sequence[str]) -> _Round:
    single = texts[: len(texts) // SINGLE_SHARE]
    together = texts[len(single) :]
    raw_alone = tuple(_timed(partial(raw, [text])) for text in single)
    alone = tuple(_timed(partial(client.send, text)) for text in single)
    # Each side scores the same texts within a second of the other, in halves: raw, HTTP, HTTP, raw.
    half = len(together) // 2
    raw_ms = _timed(lambda: raw(together[:half]))
    served_ms = _timed(lambda: client.send_all(together))
    raw_ms += _timed(lambda: raw(together[half:]))
    return _Round(
        alone_ms=alone,
        raw_alone_ms=raw_alone,
        rps=len(together) / served_ms * 1000,
        raw_rps=len(together) / raw_ms * 1000,
    )


def _timed(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


class _Client:
    """Sends posts over one kept-alive connection per thread."""

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._own = local()
        self._opened: list[_Connection] = []
        self._pool = ThreadPoolExecutor(CONCURRENCY)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()
        for connection in self._opened:
            connection.close()

    def send_all(self, texts: Sequence[str]) -> None:
        """Send posts, `CONCURRENCY` at a time."""
        list(self._pool.map(self.send, texts))

    def send(self, text: str) -> None:
        """Send one post and read the whole answer."""
        connection = self._connection()
        try:
            status, body = connection.exchange(text)
        except ConnectionError:
            # The service closes a connection that idled while the other side was measured.
            connection.close()
            status, body = connection.exchange(text)
        if status != HTTPStatus.OK:
            raise PlainspeakError(
                f"The service answered {status}: {body[:300]!r}. Run it idle and try again."
            )

    def _connection(self) -> "_Connection":
        if not hasattr(self._own, "connection"):
            self._own.connection = _Connection(self._address)
            self._opened.append(self._own.connection)
        connection: _Connection = self._own.connection
        return connection


class _Connection:
    """A client that costs next to nothing: it shares the cores with what it measures."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._address = address
        self._socket: socket.socket | None = None

    def exchange(self, text: str) -> tuple[int, bytes]:
        """Send a post, connecting first where needed, and give status and body of the answer."""
        if self._socket is None:
            self._socket = socket.create_connection(self._address, timeout=TIMEOUT_S)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        body = orjson.dumps({"text": text})
        host = f"{self._address[0]}:{self._address[1]}"
        head = (
            f"POST /moderate HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\n"
            f"content-length: {len(body)}\r\n\r\n"
        )
        self._socket.sendall(head.encode() + body)
        answer = _Answer()
        parser = HttpResponseParser(answer)
        while not answer.complete:
            received = self._socket.recv(65536)
            if not received:
                raise ConnectionResetError("the service closed the connection")
            parser.feed_data(received)
        return parser.get_status_code(), bytes(answer.body)

    def close(self) -> None:
        """Close the connection; the next exchange opens another."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None


class _Answer:
    """Collects what the parser reports."""

    def __init__(self) -> None:
        self.body = bytearray()
        self.complete = False

    def on_body(self, body: bytes) -> None:
        """Part of the body came."""
        self.body += body

    def on_message_complete(self) -> None:
        """The answer is whole."""
        self.complete = True
