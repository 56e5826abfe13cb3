"""How long a connection may take and how many there may be: slow and idle clients hold nothing for ever.

Uvicorn closes a connection that waits after an answer. It waits without end for one that never sends its
first request, sends a byte a second, or does not read its answer; it reads headers of any length; and when
the process has no file descriptor left, it takes nobody. This adds what is missing, once for each server.
"""

import asyncio
import resource
from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LEAST_BODY_BYTES = 4_096
"""What must come of a body that is not at its end within every `body_s`; the slowest modems had ten times
that."""
MOST_UNREAD_HEAD_BYTES = 65_536
"""Of headers that do not end. Smaller heads that are too large get an answer from `app.web.limits`."""
SWEEP_S = 0.5
"""Between two looks at all connections."""
OTHER_FILES = 200
"""Descriptors that the process needs beside connections: the database, models, files of bodies."""


class Room:
    """The connections of one server, those that only wait in the order in which they began to."""

    def __init__(self, most: int) -> None:
        """Have room for `most` connections."""
        self._most = most
        self._open: set[PatientProtocol] = set()
        self._waiting: dict[PatientProtocol, None] = {}
        self._sweep: asyncio.TimerHandle | None = None

    def enter(self, connection: "PatientProtocol") -> None:
        """Take a connection in, and close the one that waited longest where that makes one too many."""
        self._open.add(connection)
        self.wait(connection)
        if len(self._open) > self._most:
            longest = next(iter(self._waiting))
            self.leave(longest)
            longest.transport.abort()
        if self._sweep is None:
            self._sweep = connection.loop.call_later(SWEEP_S, self._look, connection.loop)

    def leave(self, connection: "PatientProtocol") -> None:
        """Forget a connection."""
        self._open.discard(connection)
        self._waiting.pop(connection, None)

    def wait(self, connection: "PatientProtocol") -> None:
        """Note that a connection has no request in work; one that is gone by now stays gone."""
        if connection in self._open:
            self._waiting[connection] = None

    def work(self, connection: "PatientProtocol") -> None:
        """Note that a connection has a request in work."""
        self._waiting.pop(connection, None)

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        for connection in tuple(self._open):
            connection.check(now)
        self._sweep = loop.call_later(SWEEP_S, self._look, loop) if self._open else None


class PatientProtocol(HttpToolsProtocol):
    """One connection, with bounds on how long each part of a request may take."""

    room: Room
    head_s = 10.0
    """From when it is open, or has its answer, to the end of the headers of the next request."""
    body_s = 20.0
    """Within each stretch of so long, `LEAST_BODY_BYTES` must come of a body."""
    write_s = 30.0
    """How long a client may leave unread what waits for it: about 64 kB, and what the kernel holds."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._head_until: float | None = self.loop.time() + self.head_s
        self._body_until: float | None = None
        self._write_until: float | None = None
        self._head_bytes = 0
        self._body_bytes = 0
        self._in_work = False
        self.room.enter(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self.room.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read what came; the callbacks below tell what it was."""
        self._head_bytes += len(data)
        super().data_received(data)
        if self._head_bytes > MOST_UNREAD_HEAD_BYTES:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def on_headers_complete(self) -> None:
        """Begin with the body."""
        self._head_bytes = self._body_bytes = 0
        self._head_until = None
        self._body_until = self.loop.time() + self.body_s
        self._in_work = True
        self.room.work(self)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Count what came of the body."""
        self._head_bytes = 0
        self._body_bytes += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The client has done its part."""
        self._head_bytes = 0
        self._body_until = None
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        waits = not self.pipeline
        super().on_response_complete()
        if waits:
            self._in_work = False
            self._head_until = self.loop.time() + self.head_s
            self.room.wait(self)

    def pause_writing(self) -> None:
        """The client does not read."""
        self._write_until = self.loop.time() + self.write_s
        super().pause_writing()

    def resume_writing(self) -> None:
        """It reads again."""
        self._write_until = None
        super().resume_writing()

    def check(self, now: float) -> None:
        """Close the connection where its client takes longer than it may."""
        if _is_past(self._write_until, now):
            self.transport.abort()
        elif _is_past(self._head_until, now):
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        elif _is_past(self._body_until, now):
            # A service that does not read is no fault of the client.
            if self._body_bytes < LEAST_BODY_BYTES and not self.flow.read_paused:
                self._refuse(HTTPStatus.REQUEST_TIMEOUT)
            self._body_until, self._body_bytes = now + self.body_s, 0

    def _refuse(self, status: HTTPStatus) -> None:
        """Say why, where no answer has begun, and close."""
        if self.transport.is_closing():
            return
        if self._in_work and self.cycle.response_started:
            self.transport.abort()
            return
        self.transport.write(
            f"HTTP/1.1 {status.value} {status.phrase}\r\n"
            "content-length: 0\r\nconnection: close\r\n\r\n".encode()
        )
        self.transport.close()


def patient_protocol(most: int) -> type[PatientProtocol]:
    """The protocol for one server with room for so many connections."""

    class Protocol(PatientProtocol):
        room = Room(most)

    return Protocol


def make_room(most: int) -> int:
    """Let the process have the files it needs for so many connections; give how many it can have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY:
        return most
    wanted = most + OTHER_FILES
    if soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(1, min(most, soft - OTHER_FILES))


def _is_past(deadline: float | None, now: float) -> bool:
    return deadline is not None and now >= deadline
