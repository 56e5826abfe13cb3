"""How errors look over HTTP: RFC 9457 problem+json that also carries OpenAI's `error` member.

The only place that knows status codes of errors. `STATUS` covers the whole tree; a test checks it.
"""

from collections.abc import Callable, Sequence
from http import HTTPStatus
from typing import Any, cast

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import Response

from app.core import errors

_LOG = structlog.get_logger()

PageRenderer = Callable[..., HTMLResponse]

STATUS: dict[type[errors.PlainspeakError], HTTPStatus] = {
    errors.PlainspeakError: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.InvalidContent: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.TextTooLong: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    errors.FormExpired: HTTPStatus.FORBIDDEN,
    errors.NotFound: HTTPStatus.NOT_FOUND,
    errors.ReviewConflict: HTTPStatus.CONFLICT,
    errors.QueueFull: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.ModelError: HTTPStatus.SERVICE_UNAVAILABLE,
    errors.SettingsInvalid: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.LexiconInvalid: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.PolicyInvalid: HTTPStatus.INTERNAL_SERVER_ERROR,
    errors.DatasetInvalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    errors.StorageError: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""The status of a class is that of its nearest ancestor here."""

_RETRY_AFTER_S = {HTTPStatus.SERVICE_UNAVAILABLE: "1"}


class OpenAIError(BaseModel):
    """The member that OpenAI's clients read."""

    message: str
    type: str
    param: str | None
    code: str


class Problem(BaseModel):
    """RFC 9457 problem details."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    error: OpenAIError


def status_of(error: type[errors.PlainspeakError]) -> HTTPStatus:
    """The HTTP status for a class of the tree."""
    return next(STATUS[cast("type[errors.PlainspeakError]", each)] for each in error.__mro__ if each in STATUS)


def problem(
    status: HTTPStatus, *, code: str, title: str, detail: str, param: str | None = None
) -> JSONResponse:
    """A problem+json response."""
    kind = "invalid_request_error" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "server_error"
    body = Problem(
        type=f"urn:plainspeak:problem:{code}",
        title=title,
        status=status,
        detail=detail,
        code=code,
        error=OpenAIError(message=detail, type=kind, param=param, code=code),
    )
    headers = {"Retry-After": _RETRY_AFTER_S[status]} if status in _RETRY_AFTER_S else None
    return JSONResponse(
        body.model_dump(), status_code=status, headers=headers, media_type="application/problem+json"
    )


def install(app: FastAPI, *, page: PageRenderer) -> None:
    """Answer every error of the tree, and the framework's own, in this form; pages get a page."""

    def answer(request: Request, status: HTTPStatus, *, code: str, title: str, detail: str) -> Response:
        if request.url.path.startswith("/review"):
            response = page("error.html", title=title, detail=detail, status=int(status))
            response.status_code = status
            return response
        return problem(status, code=code, title=title, detail=detail)

    def ours(request: Request, error: Exception) -> Response:
        failure = cast("errors.PlainspeakError", error)
        status = status_of(type(failure))
        # Codes only: a message may name what a caller sent, and a traceback of the database its values.
        _LOG.log(40 if status >= HTTPStatus.INTERNAL_SERVER_ERROR else 20, "request.refused", code=failure.code)
        return answer(request, status, code=failure.code, title=failure.title, detail=str(failure))

    def invalid(request: Request, error: Exception) -> Response:
        return _invalid(request, cast("RequestValidationError", error).errors())

    def http(request: Request, error: Exception) -> Response:
        failure = cast("HTTPException", error)
        status = HTTPStatus(failure.status_code)
        detail = f"{request.method} {request.url.path}: {status.description or status.phrase}. See /docs."
        if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return problem(status, code="body_too_large", title="The body is too large", detail=failure.detail)
        if status == HTTPStatus.BAD_REQUEST and failure.detail != _BAD_HOST:
            return problem(status, code="bad_json", title="The body is not JSON", detail=_BAD_JSON)
        return answer(request, status, code=status.name.lower(), title=status.phrase, detail=detail)

    def unexpected(request: Request, error: Exception) -> Response:
        _LOG.error("request.failed", error=type(error).__name__)
        detail = "This is a fault of Plainspeak. Nothing was kept of the request. Its log has the kind of error."
        return answer(
            request, HTTPStatus.INTERNAL_SERVER_ERROR, code="internal", title="Something went wrong", detail=detail
        )

    app.add_exception_handler(errors.PlainspeakError, ours)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(Exception, unexpected)


_BAD_HOST = "Invalid host header"
_BAD_JSON = "The body cannot be read as JSON. Send an object like {\"text\": \"...\"} in UTF-8."


def _invalid(request: Request, found: Sequence[Any]) -> JSONResponse:
    """The first thing wrong with a request, in one sentence with the next step."""
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method == "POST" and content_type != "application/json":
        return problem(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            code="wrong_content_type",
            title="The body is not sent as JSON",
            detail=f"The content type is {content_type!r}. Send the header content-type: application/json.",
        )
    first = found[0]
    place = ".".join(str(part) for part in first["loc"] if part != "body")
    match first["type"]:
        case "json_invalid":
            return problem(HTTPStatus.BAD_REQUEST, code="bad_json", title="The body is not JSON", detail=_BAD_JSON)
        case "extra_forbidden":
            detail = f"The field {place!r} is not known. Leave it out, or see /docs for the fields there are."
            code, title = "unknown_field", "A field is not known"
        case "string_unicode":
            detail = f"{place!r} has half a character (a lone surrogate). Send well-formed Unicode."
            code, title = errors.UnreadableText.code, errors.UnreadableText.title
        case "missing":
            detail = f"The field {place or 'body'!r} is missing. Send it, for instance {{\"text\": \"...\"}}."
            code, title = "missing_field", "A field is missing"
        case _:
            detail = f"{place or 'The body'!r}: {first['msg']}. See /docs for what it takes."
            code, title = "invalid_field", "A field is not what it must be"
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, code=code, title=title, detail=detail, param=place or None)
