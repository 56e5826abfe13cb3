"""How errors look over HTTP: RFC 9457 problem+json that also carries OpenAI's `error` member.

The only place that knows status codes of errors. `STATUS` covers the whole tree; a test checks it. Routes
that speak another service's language refuse as that service does.
"""

import reprlib
import traceback
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, cast

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core import errors
from app.web.bodies import JUDGE, content_types_of, example_of
from app.web.nesting import MOST_DEPTH

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

MEDIA_TYPE = "application/problem+json"
_HEADERS: dict[HTTPStatus, dict[str, str]] = {
    HTTPStatus.SERVICE_UNAVAILABLE: {"Retry-After": "1"},
    HTTPStatus.UNAUTHORIZED: {"WWW-Authenticate": "Bearer"},
}
"""What a status always says with it."""
_BAD_TO_OPENAI = frozenset({HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY})
"""What OpenAI's own endpoint answers with 400, and its clients raise as one class of errors."""
_MOST_CHARS = 80
"""Most of a caller's own words that a sentence repeats."""


class OpenAIError(BaseModel):
    """The member that OpenAI's clients read."""

    message: str
    type: str
    param: str | None
    code: str


class Problem(BaseModel):
    """RFC 9457 problem details."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:plainspeak:problem:missing_field",
                    "title": "A field is missing",
                    "status": 422,
                    "detail": "The field 'text' is missing. Send it; /docs has an example.",
                    "code": "missing_field",
                    "error": {
                        "message": "The field 'text' is missing. Send it; /docs has an example.",
                        "type": "invalid_request_error",
                        "param": "text",
                        "code": "missing_field",
                    },
                }
            ]
        }
    )

    type: str
    title: str
    status: int
    detail: str
    code: str
    error: OpenAIError


def status_of(error: type[errors.PlainspeakError]) -> HTTPStatus:
    """The HTTP status for a class of the tree."""
    return next(STATUS[each] for each in error.__mro__ if each in STATUS)


def refusal_at(
    path: str,
    status: HTTPStatus,
    *,
    code: str,
    title: str,
    detail: str,
    param: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A refusal in the form that the clients of an address read."""
    if path.startswith("/v1alpha1/"):
        return google_problem(status, code=code, detail=detail, headers=headers)
    if path.startswith("/v1/") and status in _BAD_TO_OPENAI:
        status = HTTPStatus.BAD_REQUEST
    return problem(status, code=code, title=title, detail=detail, param=param, headers=headers)


def problem(
    status: HTTPStatus,
    *,
    code: str,
    title: str,
    detail: str,
    param: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A problem+json response."""
    body = _body(_Refusal(status, code=code, title=title, detail=detail, param=param))
    return _response(body, status, headers, media_type=MEDIA_TYPE)


def problem_of(error: errors.PlainspeakError) -> Problem:
    """An error of the tree as an answer among others."""
    return _body(_Refusal(status_of(type(error)), code=error.code, title=error.title, detail=str(error)))


def problem_of_field(found: Sequence[Any]) -> Problem:
    """What pydantic found wrong with a post on a line, as an answer among others."""
    return _body(_first_wrong(found, path=JUDGE))


def _body(refusal: "_Refusal") -> Problem:
    is_ours = refusal.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    return Problem(
        type=f"urn:plainspeak:problem:{refusal.code}",
        title=refusal.title,
        status=refusal.status,
        detail=refusal.detail,
        code=refusal.code,
        error=OpenAIError(
            message=refusal.detail,
            type="server_error" if is_ours else "invalid_request_error",
            param=refusal.param,
            code=refusal.code,
        ),
    )


def _headers(status: HTTPStatus, more: Mapping[str, str] | None) -> dict[str, str]:
    return {**_HEADERS.get(status, {}), **(more or {})}


class GoogleStatus(BaseModel):
    """What a Google client reads of an error."""

    code: int
    message: str
    status: str
    details: list[dict[str, str]]


class GoogleProblem(BaseModel):
    """The error envelope of Google's services, on the routes that speak their language."""

    error: GoogleStatus


_GOOGLE_STATUS = {
    HTTPStatus.UNAUTHORIZED: "UNAUTHENTICATED",
    HTTPStatus.FORBIDDEN: "PERMISSION_DENIED",
    HTTPStatus.NOT_FOUND: "NOT_FOUND",
    HTTPStatus.TOO_MANY_REQUESTS: "RESOURCE_EXHAUSTED",
    HTTPStatus.SERVICE_UNAVAILABLE: "UNAVAILABLE",
}

_GOOGLE_ERRORS = {
    errors.EmptyText.code: "COMMENT_EMPTY",
    errors.TextTooLong.code: "COMMENT_TOO_LONG",
    errors.LanguageUnsupported.code: "LANGUAGE_NOT_SUPPORTED_BY_ATTRIBUTE",
}
"""The `errorType` of the Perspective API by our code, where it had one."""


def google_problem(
    status: HTTPStatus, *, code: str, detail: str, headers: Mapping[str, str] | None = None
) -> Response:
    """The same refusal for a client of Google's services, which know one status for all bad requests."""
    is_ours = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    if status not in _GOOGLE_STATUS:
        status = HTTPStatus.INTERNAL_SERVER_ERROR if is_ours else HTTPStatus.BAD_REQUEST
    name = _GOOGLE_STATUS.get(status, "INTERNAL" if is_ours else "INVALID_ARGUMENT")
    details = [{"errorType": _GOOGLE_ERRORS.get(code, code.upper())}]
    body = GoogleProblem(error=GoogleStatus(code=status, message=detail, status=name, details=details))
    return _response(body, status, headers, media_type="application/json")


def _response(
    body: BaseModel, status: HTTPStatus, headers: Mapping[str, str] | None, *, media_type: str
) -> Response:
    # Not by the framework's JSONResponse, which takes a third of the time of a refusal.
    return Response(
        body.model_dump_json(), status_code=status, headers=_headers(status, headers), media_type=media_type
    )


def install(app: FastAPI, *, page: PageRenderer) -> None:
    """Answer every error of the tree, and the framework's own, in this form.

    Pages get a page.
    """

    def answer(
        request: Request,
        status: HTTPStatus,
        *,
        code: str,
        title: str,
        detail: str,
        param: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        if not _is_page(request):
            path = request.scope["path"]
            return refusal_at(
                path, status, code=code, title=title, detail=detail, param=param, headers=headers
            )
        response = page("error.html", title=title, detail=detail, status=int(status), code=code)
        response.status_code = status
        response.headers.update(_headers(status, headers))
        return response

    # Not on a thread, where the framework would run it: what is noted there would be lost.
    async def ours(request: Request, error: Exception) -> Response:
        failure = cast("errors.PlainspeakError", error)
        status = status_of(type(failure))
        # In the line of the request. The code only: a message may name what a caller sent, and a traceback of
        # the database its values.
        structlog.contextvars.bind_contextvars(code=failure.code)
        wait = (
            {"Retry-After": str(failure.retry_after_s)} if isinstance(failure, errors.RateLimited) else None
        )
        return answer(
            request, status, code=failure.code, title=failure.title, detail=str(failure), headers=wait
        )

    def invalid(request: Request, error: Exception) -> Response:
        refusal = _invalid(request, cast("RequestValidationError", error).errors())
        return answer(
            request,
            refusal.status,
            code=refusal.code,
            title=refusal.title,
            detail=refusal.detail,
            param=refusal.param,
        )

    def http(request: Request, error: Exception) -> Response:
        failure = cast("HTTPException", error)
        status = HTTPStatus(failure.status_code)
        if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return answer(
                request, status, code="body_too_large", title="The body is too large", detail=failure.detail
            )
        if status == HTTPStatus.BAD_REQUEST and not _is_page(request):
            what = TOO_DEEP if failure.detail == TOO_DEEP else _BAD_JSON
            detail = _with_example(what, path=request.scope["path"])
            return answer(request, status, code="bad_json", title="The body is not JSON", detail=detail)
        refusal = _no_route(request, status)
        return answer(
            request,
            status,
            code=refusal.code,
            title=refusal.title,
            detail=refusal.detail,
            headers=failure.headers,
        )

    def unexpected(request: Request, error: Exception) -> Response:
        # The class and the place only: the message and the traceback may hold what a caller sent.
        _LOG.error("request.failed", error=type(error).__name__, at=_place_of(error))
        detail = "This is a fault of Plainspeak. Its log says what kind of error and where; please report it."
        return answer(
            request,
            HTTPStatus.INTERNAL_SERVER_ERROR,
            code="internal",
            title="Something went wrong",
            detail=detail,
        )

    app.add_exception_handler(errors.PlainspeakError, ours)
    app.add_exception_handler(RequestValidationError, invalid)
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


def describe(app: FastAPI) -> None:
    """Say in the API's description that errors are problem+json; the framework can only say JSON."""
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        description = plain()
        operations = [each for path in description["paths"].values() for each in path.values()]
        for response in (each for operation in operations for each in operation["responses"].values()):
            content = response.get("content", {})
            if MEDIA_TYPE in content:
                content[MEDIA_TYPE] = content.pop("application/json", content[MEDIA_TYPE])
        return description

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way to change it


def documented(responses: Mapping[int | str, str]) -> dict[int | str, dict[str, Any]]:
    """Refusals by status with what each means, as a route documents them."""
    return {
        status: {"model": Problem, "content": {MEDIA_TYPE: {}}, "description": description}
        for status, description in responses.items()
    }


def google_documented() -> dict[int | str, dict[str, Any]]:
    """Refusals of the routes that speak Google's language."""
    meanings: dict[int | str, str] = {
        400: "The comment cannot be judged, or a field is not what it must be.",
        503: "The queue is full, or the model or the database fails. Send it again after Retry-After.",
        "default": "Any other error.",
    }
    return {
        status: {"model": GoogleProblem, "description": description}
        for status, description in meanings.items()
    }


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


def _is_page(request: Request) -> bool:
    first = request.url.path.split("/")[1]
    return first in _PAGES or (first in _PAGES_AND_API and "text/html" in request.headers.get("accept", ""))


def _place_of(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""


_BAD_JSON = "The body cannot be read as JSON."
TOO_DEEP = f"The body nests deeper than {MOST_DEPTH} objects and lists, or does not close them."


def _with_example(what: str, *, path: str) -> str:
    return f"{what} Send an object like {example_of(path)} in UTF-8."


@dataclass(frozen=True, slots=True)
class _Refusal:
    """What is wrong with a request."""

    status: HTTPStatus
    code: str
    title: str
    detail: str
    param: str | None = None


def _invalid(request: Request, found: Sequence[Any]) -> _Refusal:
    """The first thing wrong with a request, in one sentence with the next step."""
    place, path = found[0]["loc"][:1], request.scope["path"]
    if place == ("path",):
        return _no_route(request, HTTPStatus.NOT_FOUND)
    given = request.headers.get("content-type", "")
    if place == ("body",) and not is_json(given):
        content_type = given.partition(";")[0].strip().lower()
        return _Refusal(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            code="wrong_content_type",
            title="The body is not sent as JSON",
            detail=f"The content type is {content_type[:_MOST_CHARS]!r}. "
            f"Send the header content-type: {content_types_of(path)}.",
        )
    return _first_wrong(found, path=path)


def _no_route(request: Request, status: HTTPStatus) -> _Refusal:
    """What is said where no route answers."""
    path = request.url.path[:_MOST_CHARS]
    detail = f"{request.method} {path}: {status.description or status.phrase}. See /docs."
    return _Refusal(status, code=status.name.lower(), title=status.phrase, detail=detail)


def _first_wrong(found: Sequence[Any], *, path: str) -> _Refusal:
    first = found[0]
    place = ".".join(str(part) for part in first["loc"] if part != "body")[:_MOST_CHARS]
    named = repr(place) if place else "The body"
    match first["type"]:
        case "json_invalid":
            detail = _with_example(_BAD_JSON, path=path)
            return _Refusal(
                HTTPStatus.BAD_REQUEST, code="bad_json", title="The body is not JSON", detail=detail
            )
        case "extra_forbidden":
            detail = f"The field {named} is not known. Leave it out, or see /docs for the fields there are."
            code, title = "unknown_field", "A field is not known"
        case "string_unicode":
            detail = f"{named} has half a character (a lone surrogate). Send well-formed Unicode."
            code, title = errors.UnreadableText.code, errors.UnreadableText.title
        case "missing" if not place:
            detail = _with_example("The body is empty.", path=path)
            code, title = "missing_field", "A field is missing"
        case "missing":
            detail = f"The field {named} is missing. Send it; /docs has an example."
            code, title = "missing_field", "A field is missing"
        case _:
            detail = (
                f"{named} is {reprlib.repr(first['input'])}: {first['msg']}. See /docs for what it takes."
            )
            code, title = "invalid_field", "A field is not what it must be"
    return _Refusal(
        HTTPStatus.UNPROCESSABLE_ENTITY, code=code, title=title, detail=detail, param=place or None
    )


def is_json(content_type: str) -> bool:
    """Whether a content type, with or without parameters, is one of JSON.

    >>> is_json("Application/JSON; charset=utf-8"), is_json("application/problem+json"), is_json("text/plain")
    (True, True, False)
    """
    kind = content_type.partition(";")[0].strip().lower()
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))
