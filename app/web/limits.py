"""Every request goes through here: checks of its host and size, and headers that keep browsers strict."""

from collections.abc import Collection
from dataclasses import dataclass
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.errors import problem
from app.web.lines import takes_lines

_STRICT = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
)


class Limits:
    """ASGI middleware; plain, because the framework's own wrapper costs more than a short request."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        max_body_bytes: int,
        max_lines_bytes: int,
        hosts: Collection[str] | None,
        policies: dict[str, str],
    ) -> None:
        """Wrap an app.

        Args:
            app: what answers.
            max_body_bytes: largest body it may get.
            max_lines_bytes: largest body of lines, which is read from disk line by line.
            hosts: names under which it answers, in lower case and without a port; None for any.
            policies: Content-Security-Policy by first part of the path; "" is the default.
        """
        self._app = app
        self._usual = _Limit(max_body_bytes, "PLAINSPEAK_MAX_BODY_BYTES")
        self._of_lines = _Limit(max_lines_bytes, "PLAINSPEAK_MAX_LINES_BYTES")
        self._hosts = None if hosts is None else frozenset(hosts)
        self._headers = {
            part: ((b"content-security-policy", policy.encode()), *_STRICT)
            for part, policy in policies.items()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        part = scope["path"].lstrip("/").partition("/")[0]
        own = self._headers.get(part, self._headers[""])

        async def send_strictly(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *own]
            await send(message)

        limit = self._of_lines if takes_lines(scope) else self._usual
        refusal = self._refusal(Headers(scope=scope), limit)
        if refusal:
            await refusal(scope, receive, send_strictly)
            return
        body = _Counted(receive, limit)
        await self._app(scope, body.receive, send_strictly)

    def _refusal(self, headers: Headers, limit: "_Limit") -> JSONResponse | None:
        host = headers.get("host", "")
        if self._hosts is not None and host_name(host) not in self._hosts:
            return problem(
                HTTPStatus.BAD_REQUEST,
                code="wrong_host",
                title="The service has another name",
                detail=f"The host is {host[:80]!r}. Ask for localhost, or for PLAINSPEAK_HOST.",
            )
        length = headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()) or int(length) > limit.bytes:
            return problem(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                code="body_too_large",
                title="The body is too large",
                detail=limit.refusal(f"{length} bytes"),
            )
        return None


def host_name(host: str) -> str:
    """The name in a Host header, without its port.

    >>> host_name("LOCALHOST:8000"), host_name("[::1]:8000")
    ('localhost', '[::1]')
    """
    end = host.find(":", host.find("]") + 1)
    return (host if end < 0 else host[:end]).lower()


class _Counted:
    """A receive channel that refuses a body without a length once it is too long."""

    def __init__(self, receive: Receive, limit: "_Limit") -> None:
        self._receive = receive
        self._limit = limit
        self._read = 0

    async def receive(self) -> Message:
        message = await self._receive()
        self._read += len(message.get("body", b""))
        if self._read > self._limit.bytes:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, self._limit.refusal("more bytes"))
        return message


@dataclass(frozen=True, slots=True)
class _Limit:
    """The most bytes of a body, and the setting that says so."""

    bytes: int
    setting: str

    def refusal(self, length: str) -> str:
        """Why a body of that length is not read."""
        return (
            f"The body has {length}; at most {self.bytes} are read. "
            f"Send it in parts, or raise {self.setting}."
        )
