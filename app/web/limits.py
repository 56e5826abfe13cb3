"""Every request goes through here: checks of its host, address and size, and strict headers."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.bodies import is_json
from app.web.lines import takes_lines
from app.web.nesting import TOO_DEEP, is_too_deep
from app.web.problems import Refusal, refuse

MOST_HEAD_BYTES = 32_768
"""Of the address and the headers of one request. Browsers send a few thousand."""

_STRICT = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
# The router takes a path that ends on a line feed for the path without it. No address of ours has any.
_CONTROL = re.compile("[\x00-\x1f\x7f]")
_LONGEST_LENGTH = 19
"""Digits of a Content-Length; of more, Python would not even make a number."""


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
        headers = Headers(scope=scope)
        refusal = _head_refusal(scope) or self._refusal(headers, limit, method=scope["method"])
        if refusal:
            await refuse(scope["path"], refusal)(scope, receive, send_strictly)
            return
        body = _Body(receive, limit, kept=[] if is_json(headers.get("content-type", "")) else None)
        await self._app(scope, body.receive, send_strictly)

    def _refusal(self, headers: Headers, limit: "_Limit", *, method: str) -> Refusal | None:
        host = headers.get("host", "")
        if self._hosts is not None and host_name(host) not in self._hosts:
            return Refusal(
                HTTPStatus.BAD_REQUEST,
                code="wrong_host",
                title="The service has another name",
                detail=f"The host is {host[:80]!r}. Ask for localhost, or for a name in "
                "PLAINSPEAK_ALLOWED_HOSTS.",
            )
        length = headers.get("content-length", "0")
        is_number = length.isascii() and length.isdigit() and len(length) <= _LONGEST_LENGTH
        if not is_number or int(length) > limit.bytes:
            return Refusal(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                code="body_too_large",
                title="The body is too large",
                detail=limit.refusal(f"{length[:80]} bytes"),
            )
        coding = ", ".join(headers.getlist("content-encoding"))
        if method == "POST" and _is_packed(coding):
            return Refusal(
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
                code="wrong_content_encoding",
                title="The body is compressed",
                detail=f"The content encoding is {coding[:80]!r}. Send the body uncompressed.",
            )
        return None


def _is_packed(coding: str) -> bool:
    """Whether a Content-Encoding names any. A small body could become one of any size: none is unpacked."""
    return any(each.strip().lower() not in {"", "identity"} for each in coding.split(","))


def _head_refusal(scope: Scope) -> Refusal | None:
    """What is wrong with the address or the headers of a request; None where nothing is."""
    path: str = scope["path"]
    if _CONTROL.search(path):
        return Refusal(
            HTTPStatus.BAD_REQUEST,
            code="bad_address",
            title="There is no such address",
            detail="The address has a control character in it. No address here has one.",
        )
    head = len(path) + len(scope["query_string"]) + sum(len(n) + len(v) for n, v in scope["headers"])
    if head > MOST_HEAD_BYTES:
        return Refusal(
            HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
            code="head_too_large",
            title="The address or the headers are too large",
            detail=f"The address and the headers have {head} bytes; at most {MOST_HEAD_BYTES} are read. "
            "Send what is long in the body.",
        )
    return None


def host_name(host: str) -> str:
    """The name in a Host header, without its port.

    >>> host_name("LOCALHOST:8000"), host_name("[::1]:8000")
    ('localhost', '[::1]')
    """
    end = host.find(":", host.find("]") + 1)
    return (host if end < 0 else host[:end]).lower()


class _Body:
    """A receive channel that refuses a body once it is too long, and JSON that nests too deep."""

    def __init__(self, receive: Receive, limit: "_Limit", *, kept: list[bytes] | None) -> None:
        """Wrap a channel; `kept` is empty for JSON and None for all else, which may be far larger."""
        self._receive = receive
        self._limit = limit
        self._read = 0
        self._kept = kept

    async def receive(self) -> Message:
        message = await self._receive()
        part: bytes = message.get("body", b"")
        self._read += len(part)
        if self._read > self._limit.bytes:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, self._limit.refusal("more bytes"))
        if self._kept is not None and message["type"] == "http.request":
            self._kept.append(part)
            if not message.get("more_body", False):
                body, self._kept = b"".join(self._kept), None
                if is_too_deep(body):
                    raise HTTPException(HTTPStatus.BAD_REQUEST, TOO_DEEP)
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
