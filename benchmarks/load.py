"""Posts sent over HTTP by so many callers at a time, each of which waits for its answer before the next.

The client shares the cores with what it measures, so it does as little as it can: one connection for each
caller, opened before the clock runs, and no HTTP library.
"""

import asyncio
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import cast

import uvloop
from httptools import HttpResponseParser

BUSY = HTTPStatus.SERVICE_UNAVAILABLE


@dataclass(frozen=True, slots=True)
class Load:
    """What became of some posts."""

    times_ms: tuple[float, ...]
    """Of each that was answered, from the first byte out to the last byte in."""
    seconds: float
    """From the first post to the last answer."""
    refused: int = 0
    """Posts that were answered with a 503."""

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.times_ms) / self.seconds


def send(port: int, texts: Sequence[str], *, concurrency: int, may_refuse: bool = False) -> Load:
    """Send posts to `/moderate` of a server on this machine.

    Raises:
        SystemExit: it answered something else than 200, or 503 where it may not refuse.
    """
    return uvloop.run(_send(port, texts, concurrency=concurrency, may_refuse=may_refuse))


async def _send(port: int, texts: Sequence[str], *, concurrency: int, may_refuse: bool) -> Load:
    loop = asyncio.get_running_loop()
    callers = min(concurrency, len(texts))
    opened = [await loop.create_connection(Caller, "127.0.0.1", port) for _ in range(callers)]
    requests = iter([request_of(port, text) for text in texts])
    statuses: list[int] = []
    times_ms: list[float] = []

    async def go_on(caller: Caller) -> None:
        for request in requests:
            sent = time.perf_counter()
            status, body = await caller.exchange(request)
            if status == HTTPStatus.OK:
                times_ms.append((time.perf_counter() - sent) * 1000)
            elif not (may_refuse and status == BUSY):
                raise SystemExit(f"The server answered {status}: {body[:300]!r}.")
            statuses.append(status)

    try:
        started = time.perf_counter()
        await asyncio.gather(*(go_on(caller) for _, caller in opened))
        seconds = time.perf_counter() - started
    finally:
        for transport, _ in opened:
            transport.close()
        # Closing takes a turn of the loop.
        await asyncio.sleep(0)
    return Load(tuple(times_ms), seconds, refused=statuses.count(BUSY))


def request_of(port: int, text: str) -> bytes:
    """What is sent to judge a post."""
    body = json.dumps({"text": text}).encode()
    head = (
        f"POST /moderate HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\ncontent-type: application/json\r\n"
        f"content-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Caller(asyncio.Protocol):
    """One connection, with one request on its way at most."""

    def __init__(self) -> None:
        self._transport: asyncio.WriteTransport | None = None
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._parser = HttpResponseParser(self)
        self._body = bytearray()

    async def exchange(self, request: bytes) -> tuple[int, bytes]:
        """Send a request and give status and body of the answer."""
        if self._transport is None or self._transport.is_closing():
            raise SystemExit("The server closed the connection.")
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return await self._answer

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way out."""
        # What TCP gives; uvloop's own is of no class of asyncio's.
        self._transport = cast("asyncio.WriteTransport", transport)

    def data_received(self, data: bytes) -> None:
        """Take what came."""
        self._parser.feed_data(data)

    def on_body(self, body: bytes) -> None:
        """Part of the body came."""
        self._body += body

    def on_message_complete(self) -> None:
        """The answer is whole."""
        if self._answer is not None:
            self._answer.set_result((self._parser.get_status_code(), bytes(self._body)))
        self._body.clear()
        self._parser = HttpResponseParser(self)

    def connection_lost(self, error: Exception | None) -> None:
        """Tell whoever waits."""
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(ConnectionResetError(f"The server closed the connection: {error}."))


def percentile(times: Sequence[float], share: float) -> float:
    """The value below which such a share of sorted times is."""
    return times[min(int(len(times) * share), len(times) - 1)]
