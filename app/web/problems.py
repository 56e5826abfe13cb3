"""How a refusal looks over HTTP: RFC 9457 problem+json that also carries OpenAI's `error` member.

Routes that speak Google's language refuse as its services do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from app.core import errors

MEDIA_TYPE = "application/problem+json"
_HEADERS: dict[HTTPStatus, dict[str, str]] = {
    HTTPStatus.SERVICE_UNAVAILABLE: {"Retry-After": "1"},
    HTTPStatus.UNAUTHORIZED: {"WWW-Authenticate": "Bearer"},
}
"""What a status always says with it."""
_BAD_TO_OPENAI = frozenset({HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY})
"""What OpenAI's own endpoint answers with 400, and its clients raise as one class of errors."""
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


@dataclass(frozen=True, slots=True)
class Refusal:
    """What is wrong with a request, or with us.

    `code` is for programs, `title` names the kind, `detail` says what and the next step, `param` names the
    field.
    """

    status: HTTPStatus
    code: str
    title: str
    detail: str
    param: str | None = None


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


class GoogleStatus(BaseModel):
    """What a Google client reads of an error."""

    code: int
    message: str
    status: str
    details: list[dict[str, str]]


class GoogleProblem(BaseModel):
    """The error envelope of Google's services, on the routes that speak their language."""

    error: GoogleStatus


def refuse(path: str, refusal: Refusal, *, headers: Mapping[str, str] | None = None) -> Response:
    """A refusal in the form that the clients of an address read."""
    if path.startswith("/v1alpha1/"):
        google = _google(refusal)
        return _response(google, HTTPStatus(google.error.code), headers, media_type="application/json")
    if path.startswith("/v1/") and refusal.status in _BAD_TO_OPENAI:
        refusal = replace(refusal, status=HTTPStatus.BAD_REQUEST)
    return _response(problem(refusal), refusal.status, headers, media_type=MEDIA_TYPE)


def problem(refusal: Refusal) -> Problem:
    """A refusal as problem details, which may stand among answers."""
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


def _google(refusal: Refusal) -> GoogleProblem:
    """The same for a client of Google's services, which know one status for all bad requests."""
    status, is_ours = refusal.status, refusal.status >= HTTPStatus.INTERNAL_SERVER_ERROR
    if status not in _GOOGLE_STATUS:
        status = HTTPStatus.INTERNAL_SERVER_ERROR if is_ours else HTTPStatus.BAD_REQUEST
    name = _GOOGLE_STATUS.get(status, "INTERNAL" if is_ours else "INVALID_ARGUMENT")
    details = [{"errorType": _GOOGLE_ERRORS.get(refusal.code, refusal.code.upper())}]
    return GoogleProblem(
        error=GoogleStatus(code=status, message=refusal.detail, status=name, details=details)
    )


def _response(
    body: BaseModel, status: HTTPStatus, headers: Mapping[str, str] | None, *, media_type: str
) -> Response:
    # Not by the framework's JSONResponse, which takes a third of the time of a refusal.
    return Response(
        body.model_dump_json(), status_code=status, headers=headers_of(status, headers), media_type=media_type
    )


def headers_of(status: HTTPStatus, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The headers that a status always has, and more."""
    return {**_HEADERS.get(status, {}), **(more or {})}


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
