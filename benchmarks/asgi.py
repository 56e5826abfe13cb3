"""The application called without a socket, as a server calls it."""

import json
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Scope


async def post(app: ASGIApp, path: str, body: object) -> bytes:
    """Post JSON and give the body of the answer; raises SystemExit where that is not a 200."""
    return await _ask(app, "POST", path, json.dumps(body).encode())


async def get(app: ASGIApp, address: str) -> bytes:
    """Get an address and give the body of the answer; raises SystemExit where that is not a 200."""
    return await _ask(app, "GET", address, b"")


async def _ask(app: ASGIApp, method: str, address: str, content: bytes) -> bytes:
    asked: list[Message] = [{"type": "http.request", "body": content, "more_body": False}]
    answered: list[Message] = []

    async def receive() -> Message:
        return asked.pop() if asked else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        answered.append(message)

    await app(_scope(method, address, content), receive, send)
    status = next(message["status"] for message in answered if message["type"] == "http.response.start")
    whole = b"".join(message.get("body", b"") for message in answered)
    if status != HTTPStatus.OK:
        raise SystemExit(f"{method} {address} gave {status}: {whole[:300]!r}")
    return whole


def _scope(method: str, address: str, content: bytes) -> Scope:
    path, _, query = address.partition("?")
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [
            (b"host", b"127.0.0.1"),
            (b"content-type", b"application/json"),
            (b"content-length", str(len(content)).encode()),
        ],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
