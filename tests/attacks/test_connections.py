"""Bytes on a real socket: requests that two readers would read apart, and slow, idle or very many clients."""

import asyncio
import resource
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, closing, contextmanager

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from app.web.connections import MOST_UNREAD_HEAD_BYTES, Room, make_room, patient_protocol
from tests.served import Serve, Served

Send = Callable[[bytes], bytes]
PATIENCE_S = 60
POST = b'{"text": "hello"}'
HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture(scope="module")
def patient() -> Iterator[int]:
    """A server with little patience and room for eight; gives its port."""

    async def echo(request: Request) -> Response:
        return Response(str(len(await request.body())))

    async def flood(_: Request) -> Response:
        async def much() -> AsyncIterator[bytes]:
            while True:
                await asyncio.sleep(0)
                yield b"x" * 65_536

        return StreamingResponse(much())

    async def slow(_: Request) -> Response:
        await asyncio.sleep(3)
        return Response("done")

    app = Starlette(
        routes=[
            Route("/echo", echo, methods=["GET", "POST"]),
            Route("/flood", flood),
            Route("/slow", slow),
        ]
    )

    class Protocol(patient_protocol(8)):  # type: ignore[misc]  # made by a function
        head_s = 1.0
        body_s = 1.0
        write_s = 1.0

    config = uvicorn.Config(app, port=0, log_level="critical", lifespan="off", http=Protocol, ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


@contextmanager
def connected(port: int) -> Iterator[socket.socket]:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S)) as connection:
        yield connection


def all_of(connection: socket.socket) -> bytes:
    """What comes until the other side closes."""
    found = b""
    try:
        while part := connection.recv(65_536):
            found += part
    except ConnectionResetError:
        pass
    return found


def ask(port: int, path: str = "/echo") -> bytes:
    with connected(port) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        return all_of(connection)


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"G",
        b"GET /echo HTTP/1.1\r\n",
        b"GET /echo HTTP/1.1\r\nHost: localhost\r\nX-Slow: a",
        b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n",
        b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nabc",
        b"POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
    ],
)
def test_who_does_not_finish_a_request_is_let_go(patient: int, begun: bytes) -> None:
    with connected(patient) as connection:
        connection.sendall(begun)
        answer = all_of(connection)

    assert answer == b"" or answer.startswith(b"HTTP/1.1 408 ")


def test_who_sends_a_byte_now_and_then_is_let_go(patient: int) -> None:
    """Each byte is a sign of life; the end of the headers is what counts."""
    for begun in (b"GET /echo HTTP/1.1\r\nX: ", b"POST /echo HTTP/1.1\r\nContent-Length: 90000\r\n\r\n"):
        with connected(patient) as connection:
            connection.sendall(begun)
            connection.settimeout(0.1)
            sent, answer = 0, None
            while answer is None and sent < 600:
                try:
                    connection.sendall(b"a")
                    sent += 1
                    answer = connection.recv(1000)
                except TimeoutError:
                    continue
                except OSError:
                    answer = b""
        assert answer is not None


def test_a_connection_that_waits_after_an_answer_is_let_go_also_when_it_begins_again(patient: int) -> None:
    with connected(patient) as connection:
        connection.sendall(b"GET /echo HTTP/1.1\r\nHost: localhost\r\n\r\nGET /ec")
        answer = all_of(connection)

    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert answer.count(b"HTTP/1.1 200") == 1


def test_who_does_not_read_is_let_go(patient: int) -> None:
    with connected(patient) as connection:
        connection.sendall(b"GET /flood HTTP/1.1\r\nHost: localhost\r\n\r\n")
        # The service closes by itself; what it had sent by then is read, and ends.
        threading.Event().wait(3)
        assert all_of(connection)


def test_a_service_that_takes_its_time_is_waited_for(patient: int) -> None:
    assert ask(patient, "/slow").endswith(b"done")


def test_a_body_that_keeps_coming_is_read_to_its_end(patient: int) -> None:
    parts = 30
    with connected(patient) as connection:
        connection.sendall(
            b"POST /echo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
            % (parts * 5_000)
        )
        for _ in range(parts):
            connection.sendall(b"a" * 5_000)
            threading.Event().wait(0.1)
        assert all_of(connection).endswith(str(parts * 5_000).encode())


@pytest.mark.parametrize(
    "endless",
    [b"GET /echo HTTP/1.1\r\nX: ", b"GET /", b"GET /echo HTTP/1.1\r\n" + b"X-Many: a\r\n" * 100],
)
def test_headers_that_do_not_end_are_not_kept(patient: int, endless: bytes) -> None:
    with connected(patient) as connection:
        sent = b""
        try:
            connection.sendall(endless)
            for _ in range(MOST_UNREAD_HEAD_BYTES // 1000 * 3):
                connection.sendall(b"a" * 1000)
                sent += b"a" * 1000
        except OSError:
            pass
        answer = all_of(connection)

    assert answer == b"" or answer.startswith((b"HTTP/1.1 431 ", b"HTTP/1.1 400 "))


def test_trailers_that_do_not_end_are_not_kept(patient: int) -> None:
    with connected(patient) as connection:
        try:
            connection.sendall(
                b"POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n"
            )
            for _ in range(3_000):
                connection.sendall(b"X-Trailer: " + b"a" * 100 + b"\r\n")
        except OSError:
            pass
        assert b"200 OK" not in all_of(connection)


def test_more_connections_than_there_is_room_for_close_those_that_waited_longest(patient: int) -> None:
    with ExitStack() as stack:
        idle = [stack.enter_context(connected(patient)) for _ in range(40)]
        assert ask(patient).endswith(b"0")
        assert all_of(idle[0]) == b""


def test_a_request_in_work_keeps_its_place(patient: int) -> None:
    with ExitStack() as stack:
        working = stack.enter_context(connected(patient))
        working.sendall(b"GET /slow HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        assert ask(patient).endswith(b"0")
        for _ in range(40):
            stack.enter_context(connected(patient))
        assert all_of(working).endswith(b"done")


def test_the_process_has_files_for_its_connections() -> None:
    assert make_room(50) == 50
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert soft >= 250
    assert make_room(10**9) < 10**9


def test_room_is_a_servers_own() -> None:
    assert patient_protocol(3).room is not patient_protocol(3).room
    assert isinstance(patient_protocol(3).room, Room)


GET = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
JUDGE = b"POST /moderate HTTP/1.1\r\nHost: localhost\r\n"
CHUNKED = JUDGE + b"Transfer-Encoding: chunked\r\n\r\n"
MALFORMED = {
    "both lengths": JUDGE + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "two lengths": JUDGE + b"Content-Length: 17\r\nContent-Length: 5\r\n\r\n" + POST,
    "two codings": JUDGE + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "a coding that is none": JUDGE + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "space before a colon": JUDGE + b"Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
    "a folded header": JUDGE + b"X: a\r\n Transfer-Encoding: chunked\r\nContent-Length: 0\r\n\r\n",
    "a bad chunk": CHUNKED + b"zz\r\nabc\r\n",
    "a negative chunk": CHUNKED + b"-1\r\na\r\n",
    "a huge chunk": CHUNKED + b"f" * 40 + b"\r\na\r\n",
    "bare line feeds": CHUNKED.replace(b"\r", b"") + b"0\n\n",
    "a bare carriage return": GET + b"X: a\rTransfer-Encoding: chunked\r\n\r\n",
    "a zero byte": GET + b"X: a\0b\r\n\r\n",
    "a negative length": JUDGE + b"Content-Length: -1\r\n\r\n",
    "a length with a sign": JUDGE + b"Content-Length: +5\r\n\r\n",
    "no version": b"GET /healthz\r\n\r\n",
    "another version": b"GET /healthz HTTP/9.9\r\nHost: localhost\r\n\r\n",
    "another protocol": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "tls": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 200,
    "noise": bytes(range(256)) * 4,
}
"""Each is followed by a whole request that a reader may find within it or after it."""
FOREIGN = b"GET /healthz HTTP/1.1\r\nHost: evil.example\r\n"
UPGRADE = b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
WELL_FORMED = {
    "an address with a host": (GET.replace(b"/healthz", b"http://evil.example/healthz"), 200),
    "another host": (FOREIGN, 400),
    "no host": (b"GET /healthz HTTP/1.1\r\n", 400),
    "two hosts": (FOREIGN + b"Host: localhost\r\n", 400),
    "a websocket": (FOREIGN + b"Connection: upgrade\r\nUpgrade: websocket\r\n" + UPGRADE, 400),
    "http/2 in plain": (FOREIGN + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n", 400),
    "a large head": (GET + b"X: " + b"a" * 40_000 + b"\r\n", 431),
    "a long address": (GET.replace(b"/healthz", b"/healthz?" + b"a" * 40_000), 431),
    "a length of too many digits": (JUDGE + b"Content-Length: 99999999999999999\r\n", 413),
}
IDLE, MANY = 3000, 1500


def test_thousands_who_only_wait_hold_nobody_up(serve: Serve) -> None:
    served = serve(max_connections="1000")
    with ExitStack() as stack:
        for number in range(IDLE):
            waiting = stack.enter_context(connected(served.port))
            # Half of them were answered once, and half never said a word.
            if number % 2:
                waiting.sendall(GET + b"\r\n")
                assert waiting.recv(100).startswith(b"HTTP/1.1 200")
        assert served.moderate("have a lovely day")["label"] == "safe"
        assert served.ask("GET", "/readyz")[0] == 200
    assert served.process.poll() is None
    assert "Traceback" not in served.log.read_text()


def test_the_served_process_holds(serve: Serve) -> None:
    """One process for all of it: what one attack leaves behind, the next one finds."""
    served = serve(max_connections="500")
    for name, request in MALFORMED.items():
        answer = _exchange(served, request + HIDDEN)
        assert b"/hidden" not in answer, name
        # One answer at most, and that a refusal; a second one would be of the request within the first.
        assert answer.count(b"HTTP/1.1 ") <= 1, (name, answer)
        assert answer == b"" or answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 415", b"HTTP/1.1 413")), (
            name,
            answer,
        )
    for name, (head, status) in WELL_FORMED.items():
        answer = _exchange(served, head.rstrip(b"\r\n") + b"\r\nConnection: close\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 %d" % status), (name, answer[:300])
    with ExitStack() as stack:
        for number in range(MANY):
            connection = stack.enter_context(connected(served.port))
            if number % 3:
                connection.sendall(b"POST /moderate HTTP/1.1\r\nHost: localhost\r\nX: a"[: number % 60])
        assert served.ask("GET", "/healthz")[0] == 200
        assert served.moderate("have a lovely day")["label"] == "safe"
    assert served.process.poll() is None
    log = served.log.read_text()
    assert "Traceback" not in log
    assert "hidden" not in log


def _exchange(served: Served, request: bytes) -> bytes:
    with connected(served.port) as connection:
        try:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        return all_of(connection)
