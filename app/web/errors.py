"""Which refusal every error gets: the only place that knows status codes of errors.

`STATUS` covers the whole tree; a test checks it. Pages get a page, programs what `app.web.problems` makes of
it.
"""

import traceback
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import cast

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core import errors
from app.web.invalid import BAD_JSON, bad_json, invalid, no_route
from app.web.nesting import TOO_DEEP
from app.web.problems import Refusal, headers_of, refuse

_LOG = structlog.get_logger()

PageRenderer = Callable[..., HTMLResponse]
_Refused = Callable[[Request, Exception], Awaitable[Response]]
_Failed = Callable[[Request, Exception], Response]

STATUS: dict[type[errors.PlainspeakError], HTTPStatus] = {
    errors.PlainspeakError: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.InvalidContent: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.TextTooLong: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.BatchTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.FormExpired: HTTPStatus.FORBIDDEN,
    errors.AccessDenied: HTTPStatus.UNAUTHORIZED,
    errors.ScopeMissing: HTTPStatus.FORBIDDEN,
    errors.RoleMissing: HTTPStatus.FORBIDDEN,
    errors.PersonInvalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.PersonConflict: HTTPStatus.CONFLICT,
    errors.IdempotencyKeyReused: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.ReviewConflict: HTTPStatus.CONFLICT,
    errors.AppealConflict: HTTPStatus.CONFLICT,
    errors.TermConflict: HTTPStatus.CONFLICT,
    errors.PolicyConflict: HTTPStatus.CONFLICT,
    errors.RateLimited: HTTPStatus.TOO_MANY_REQUESTS,
    errors.QueueFull: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.ModelError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.SettingsInvalid: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.SecretUnreadable: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.LexiconInvalid: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.PolicyInvalid: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.DatasetInvalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.StorageError: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""The status of a class is that of its nearest ancestor here."""

_PAGES = frozenset(
    {
        "account",
        "dashboard",
        "discovery",
        "lexicon",
        "login",
        "people",
        "policy",
        "review",
        "setup",
        "storage",
        "webhooks",
    }
)
"""First parts of the paths that a browser shows."""
_PAGES_AND_API = frozenset({"decisions"})
"""Those under which programs are served too: who asks for a page gets one."""


def status_of(error: type[errors.PlainspeakError]) -> HTTPStatus:
    """The HTTP status for a class of the tree."""
    return next(STATUS[each] for each in error.__mro__ if each in STATUS)


def refusal_of(error: errors.PlainspeakError) -> Refusal:
    """What an error of the tree says to a caller."""
    return Refusal(status_of(type(error)), code=error.code, title=error.title, detail=str(error))


def install(app: FastAPI, *, page: PageRenderer) -> None:
    """Answer every error of the tree, and the framework's own, in this form.

    Pages get a page.
    """

    def answer(request: Request, refusal: Refusal, headers: Mapping[str, str] | None = None) -> Response:
        if not _is_page(request):
            return refuse(request.scope["path"], refusal, headers=headers)
        response = page(
            "error.html",
            title=refusal.title,
            detail=refusal.detail,
            status=int(refusal.status),
            code=refusal.code,
        )
        response.status_code = refusal.status
        response.headers.update(headers_of(refusal.status, headers))
        return response

    # Not on a thread, where the framework would run it: what is noted there would be lost.
    async def ours(request: Request, error: Exception) -> Response:
        failure = cast("errors.PlainspeakError", error)
        # In the line of the request. The code only: a message may name what a caller sent, and a traceback of
        # the database its values.
        structlog.contextvars.bind_contextvars(code=failure.code)
        wait = (
            {"Retry-After": str(failure.retry_after_s)} if isinstance(failure, errors.RateLimited) else None
        )
        return answer(request, refusal_of(failure), wait)

    def unfit(request: Request, error: Exception) -> Response:
        return answer(request, invalid(request, cast("RequestValidationError", error).errors()))

    def http(request: Request, error: Exception) -> Response:
        failure = cast("HTTPException", error)
        status = HTTPStatus(failure.status_code)
        if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            title = "The body is too large"
            return answer(request, Refusal(status, "body_too_large", title, failure.detail))
        if status == HTTPStatus.BAD_REQUEST and not _is_page(request):
            what = TOO_DEEP if failure.detail == TOO_DEEP else BAD_JSON
            return answer(request, bad_json(what, path=request.scope["path"]))
        return answer(request, no_route(request, status), failure.headers)

    def unexpected(request: Request, error: Exception) -> Response:
        # The class and the place only: the message and the traceback may hold what a caller sent.
        _LOG.error("request.failed", error=type(error).__name__, at=_place_of(error))
        detail = "This is a fault of Plainspeak. Its log says what kind of error and where; please report it."
        status = HTTPStatus.INTERNAL_SERVER_ERROR
        return answer(request, Refusal(status, "internal", "Something went wrong", detail))

    app.add_exception_handler(errors.PlainspeakError, ours)
    app.add_exception_handler(RequestValidationError, unfit)
    app.add_exception_handler(HTTPException, http)
    app.add_middleware(Outside, refused=ours, failed=unexpected)


class Outside:
    """Answers what a middleware refuses, and errors that nobody expected.

    The framework's own place for this is outside every other middleware, where an answer gets no headers, and
    it raises the error again for the server to log with its message, which may hold what a caller sent.
    """

    def __init__(self, app: ASGIApp, *, refused: _Refused, failed: _Failed) -> None:
        self._app = app
        self._refused = refused
        self._failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def send_and_note(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        except errors.PlainspeakError as error:
            response = await self._refused(Request(scope), error)
            await response(scope, receive, send)
        except Exception as error:  # noqa: BLE001 the last place before the server
            response = self._failed(Request(scope), error)
            if not begun:
                await response(scope, receive, send)


def _is_page(request: Request) -> bool:
    first = request.url.path.split("/")[1]
    return first in _PAGES or (first in _PAGES_AND_API and "text/html" in request.headers.get("accept", ""))


def _place_of(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
