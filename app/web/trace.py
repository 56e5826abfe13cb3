"""Every request goes through here first: it gets an id, one line in the log, and is counted.

The line has the template of the route, never the path, which may hold ids; and nothing of what was sent.
"""

import logging
import re
import time
import uuid
from collections.abc import MutableMapping
from http import HTTPStatus
from typing import Any

import structlog
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Send

from app.services.recorder import Recorder
from app.web.access import route_of

_LOG = structlog.get_logger()
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
"""What a caller may name a request: nothing that could be taken for anything else in a log."""
GONE = 499
"""What is noted where the caller left before there was an answer."""


class Trace:
    """ASGI middleware; the outermost."""

    def __init__(self, app: ASGIApp, *, recorder: Recorder) -> None:
        """Wrap an app."""
        self._app = app
        self._recorder = recorder

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = id_of(Headers(scope=scope).get("x-request-id", ""))
        status = GONE

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
                message["headers"] = [*message.get("headers", ()), (b"x-request-id", request_id.encode())]
            await send(message)

        started = time.perf_counter()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            await self._app(scope, receive, send_with_id)
        finally:
            self._note(scope, status=status, seconds=time.perf_counter() - started)
            # What was noted on the way, such as the id of a key, is of this request alone.
            structlog.contextvars.clear_contextvars()

    def _note(self, scope: MutableMapping[str, Any], *, status: int, seconds: float) -> None:
        route, method = route_of(scope["path"]), scope["method"]
        self._recorder.answered(route, method=method, status=status, seconds=seconds)
        # What the service could not do is looked for among the warnings.
        _LOG.log(
            logging.WARNING if status >= HTTPStatus.INTERNAL_SERVER_ERROR else logging.INFO,
            "request.answered",
            route=route,
            method=method[:10],
            status=status,
            ms=round(seconds * 1000, 1),
        )


def id_of(given: str) -> str:
    """The id of a request: the caller's, where it is one, and else a new one.

    >>> id_of("order-17.a")
    'order-17.a'
    >>> len(id_of("two words")), len(id_of("x" * 65))
    (32, 32)
    """
    return given if _ID.fullmatch(given) else uuid.uuid4().hex
