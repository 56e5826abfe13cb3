"""A server on loopback that answers as it is told, for protocols whose real server cannot be had here."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, bytes]
Respond = Callable[[str, dict[str, Any]], Answer]


@dataclass
class Double:
    """A server, its address and what it was asked."""

    address: str
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


def answer(body: object, *, status: int = 200) -> Answer:
    return status, json.dumps(body).encode()


@contextmanager
def serve(respond: Respond) -> Iterator[Double]:
    """Answer every request with what `respond` gives for its path and body."""
    double = Double("")

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            raw = self.rfile.read(int(self.headers.get("content-length", 0)))
            asked = json.loads(raw) if raw else {}
            double.asked.append((self.path, asked))
            status, body = respond(self.path, asked)
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = _answer  # noqa: N815 the names http.server asks for

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Say nothing of callers who did not wait."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    double.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield double
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
