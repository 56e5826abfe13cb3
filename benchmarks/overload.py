"""What a service does with five times what it can judge: `python -m benchmarks.overload`, which prints JSON.

It starts the service over a fresh database, measures one request at a time (idle), then as many as it can
judge (capacity), and then sends five times as many, at their times and not when an answer came, each on a
connection that is open already. Meanwhile a moderator asks for the queue four times a second. Client and
service share this machine, so a busy one shows worse than it is; times are those that the client sees.

`accepted` are requests that were judged, `refused` those that got a 503, which must say Retry-After. The
wish: accepted within twice the idle p95, refused within 50 ms, the queue within 200 ms.
"""

import argparse
import asyncio
import json
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle

import uvloop

from app import bootstrap
from app.services.bench import distinct_texts
from app.settings import read_settings

TIMES = 5
IDLE_REQUESTS = 200
CONCURRENCY = 16
CAPACITY_S = 6.0
OVERLOAD_S = 30.0
REVIEW_EVERY_S = 0.25
DISTINCT = 20_000
"""Texts, more than are sent: one that came before is remembered and costs nothing."""
MOST_OPEN = 900
"""Connections; below what the service has room for."""


_Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(slots=True)
class Seen:
    """What came of requests, times in seconds."""

    by_status: dict[int, list[float]] = field(default_factory=dict)
    without_wait: int = 0
    """Refusals that do not say when to come back."""
    lost: int = 0
    """Requests without an answer."""

    def share_within(self, status: int, limit_ms: float) -> float:
        """The share of the answers of a status that took no longer."""
        times = self.by_status.get(status, [])
        return round(sum(each * 1000 <= limit_ms for each in times) / max(len(times), 1), 3)

    def p95_ms(self, status: int) -> float | None:
        """The time that 95 of 100 answers of a status took at most."""
        times = self.by_status.get(status, [])
        return round(statistics.quantiles(times, n=20)[-1] * 1000, 1) if len(times) > 1 else None


class Client:
    """Connections to one service, opened when none is free."""

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._free: list[_Connection] = []

    async def open(self, count: int) -> None:
        """Have so many connections ready."""
        self._free += [await asyncio.open_connection(*self._address) for _ in range(count)]

    async def close(self) -> None:
        """Close the connections that are free."""
        for _, writer in self._free:
            writer.close()
        await asyncio.gather(*(writer.wait_closed() for _, writer in self._free), return_exceptions=True)

    async def send(self, seen: Seen, *, text: str | None = None) -> None:
        """Send a post, or ask for the queue, and note what came."""
        begun = time.perf_counter()
        body = b"" if text is None else json.dumps({"text": text}).encode()
        line = "GET /review" if text is None else "POST /moderate"
        head = f"{line} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        request = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
        # As every client does: a connection that the service closed while nobody used it is no lost request.
        answer = (self._free and await self._on(self._free.pop(), request)) or await self._on(
            await asyncio.open_connection(*self._address), request
        )
        if not answer:
            seen.lost += 1
            return
        status = int(answer.split(b" ", 2)[1])
        seen.by_status.setdefault(status, []).append(time.perf_counter() - begun)
        seen.without_wait += status == 503 and b"retry-after:" not in answer

    async def _on(self, connection: _Connection, request: bytes) -> bytes:
        """Send a request on a connection; gives the head of the answer, nothing where none came."""
        reader, writer = connection
        try:
            writer.write(request)
            answer = (await reader.readuntil(b"\r\n\r\n")).lower()
            await reader.readexactly(int(answer.partition(b"content-length: ")[2].partition(b"\r\n")[0]))
        except (OSError, asyncio.IncompleteReadError):
            writer.close()
            return b""
        self._free.append(connection)
        return answer


async def measure(host: str, port: int, *, seconds: float) -> dict[str, object]:
    """Measure a service that is ready."""
    texts = cycle(distinct_texts(DISTINCT))
    client, idle = Client(host, port), Seen()
    for _ in range(IDLE_REQUESTS):
        await client.send(idle, text=next(texts))
    capacity = await _capacity(client, texts)
    await client.open(MOST_OPEN // 2)
    over, review = Seen(), Seen()
    asking = asyncio.create_task(_ask_for_review(Client(host, port), review))
    begun = time.perf_counter()
    sent = await _flood(client, texts, over, rate=TIMES * capacity, seconds=seconds)
    took_s = time.perf_counter() - begun
    asking.cancel()
    with suppress(asyncio.CancelledError):
        await asking
    return {
        "idle_p95_ms": idle.p95_ms(200),
        "capacity_per_s": round(capacity, 1),
        "sent_per_s": round(sent / seconds, 1),
        "accepted_p95_ms": over.p95_ms(200),
        "accepted_within_twice_idle": over.share_within(200, 2 * (idle.p95_ms(200) or 0.0)),
        "refused_p95_ms": over.p95_ms(503),
        "review_p95_ms": review.p95_ms(200),
        "accepted_per_s": round(len(over.by_status.get(200, [])) / took_s, 1),
        "refused_without_retry_after": over.without_wait,
        "counts": {
            "sent": sent,
            "lost": over.lost,
            **dict(Counter({str(status): len(times) for status, times in sorted(over.by_status.items())})),
        },
        "review_counts": {str(status): len(times) for status, times in review.by_status.items()},
    }


async def _capacity(client: Client, texts: Iterator[str]) -> float:
    """Requests a second that are judged when there is always another one waiting."""
    seen, ends_at = Seen(), time.perf_counter() + CAPACITY_S

    async def one_after_another() -> None:
        while time.perf_counter() < ends_at:
            await client.send(seen, text=next(texts))

    await asyncio.gather(*(one_after_another() for _ in range(CONCURRENCY)))
    return len(seen.by_status.get(200, [])) / CAPACITY_S


async def _flood(client: Client, texts: Iterator[str], seen: Seen, *, rate: float, seconds: float) -> int:
    """Send at a rate, whatever comes back; give how many were sent."""
    begun, sent, open_now = time.perf_counter(), 0, set[asyncio.Task[None]]()
    while (now := time.perf_counter() - begun) < seconds:
        while sent < now * rate and len(open_now) < MOST_OPEN:
            task = asyncio.create_task(client.send(seen, text=next(texts)))
            open_now.add(task)
            task.add_done_callback(open_now.discard)
            sent += 1
        await asyncio.sleep(0.002)
    await asyncio.gather(*open_now)
    return sent


async def _ask_for_review(client: Client, seen: Seen) -> None:
    while True:
        await client.send(seen)
        await asyncio.sleep(REVIEW_EVERY_S)


def main() -> None:
    """Start a service, measure it and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=OVERLOAD_S, help="of the flood")
    asked = parser.parse_args()
    with bootstrap.start_server(read_settings()) as server:
        print(json.dumps(uvloop.run(measure(server.host, server.port, seconds=asked.seconds)), indent=2))


if __name__ == "__main__":
    main()
