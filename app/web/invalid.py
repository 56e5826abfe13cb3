"""What is wrong with a request that does not fit its form, in one sentence with the next step."""

import reprlib
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import Request

from app.core import errors
from app.web.bodies import content_types_of, example_of, is_json
from app.web.problems import Refusal

_MOST_CHARS = 80
"""Most of a caller's own words that a sentence repeats."""
BAD_JSON = "The body cannot be read as JSON."


def invalid(request: Request, found: Sequence[Any]) -> Refusal:
    """The first thing that is wrong with a request, of what pydantic found."""
    place, path = found[0]["loc"][:1], request.scope["path"]
    if place == ("path",):
        return no_route(request, HTTPStatus.NOT_FOUND)
    given = request.headers.get("content-type", "")
    if place == ("body",) and not is_json(given):
        content_type = given.partition(";")[0].strip().lower()
        return Refusal(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            code="wrong_content_type",
            title="The body is not sent as JSON",
            detail=f"The content type is {content_type[:_MOST_CHARS]!r}. "
            f"Send the header content-type: {content_types_of(path)}.",
        )
    return first_wrong(found, path=path)


def no_route(request: Request, status: HTTPStatus) -> Refusal:
    """What is said where no route answers."""
    path = request.url.path[:_MOST_CHARS]
    detail = f"{request.method} {path}: {status.description or status.phrase}. See /docs."
    return Refusal(status, code=status.name.lower(), title=status.phrase, detail=detail)


def bad_json(what: str, *, path: str) -> Refusal:
    """A body that is not JSON as it is asked for: what is wrong, and an example."""
    detail = _with_example(what, path=path)
    return Refusal(HTTPStatus.BAD_REQUEST, code="bad_json", title="The body is not JSON", detail=detail)


def first_wrong(found: Sequence[Any], *, path: str) -> Refusal:
    """The first thing that is wrong with a body, of what pydantic found."""
    first = found[0]
    place = ".".join(str(part) for part in first["loc"] if part != "body")[:_MOST_CHARS]
    named = repr(place) if place else "The body"
    match first["type"]:
        case "json_invalid":
            return bad_json(BAD_JSON, path=path)
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
    return Refusal(
        HTTPStatus.UNPROCESSABLE_ENTITY, code=code, title=title, detail=detail, param=place or None
    )


def _with_example(what: str, *, path: str) -> str:
    return f"{what} Send an object like {example_of(path)} in UTF-8."
