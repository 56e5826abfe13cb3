"""`POST /moderate/batch` as `application/x-ndjson`: one post on each line, one answer on each line.

The body is put aside on disk before the first answer leaves. So it may be far larger than memory, and a
client that sends everything before it reads anything, as most do, never waits for a service that waits for
it.
"""

import tempfile
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, BinaryIO, cast

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from starlette.datastructures import Headers
from starlette.routing import Match
from starlette.types import Scope

from app.core.errors import FieldRepeated, InvalidContent, PlainspeakError, TextTooLong
from app.services.moderation import Answer, ModerationService, Origin
from app.web.bodies import BATCH, JUDGE, LINES
from app.web.edge import Edge
from app.web.errors import refusal_of
from app.web.invalid import first_wrong
from app.web.nesting import is_too_deep
from app.web.problems import Problem, problem
from app.web.retries import Named
from app.web.strict_json import parse_json
from app.web.wire import ModerateIn, answer_out

GROUP_LINES = 64
"""Posts that are judged and kept together."""
_IN_MEMORY_BYTES = 1_000_000
_NOT_JSON = [{"type": "json_invalid", "loc": ()}]

_Post = ModerateIn | Problem
"""A post, or what is wrong with the line it should be on."""


class LinesRoute(APIRoute):
    """A route for bodies of lines alone; another on the same path answers the others."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Look at the content type too."""
        return super().matches(scope) if takes_lines(scope) else (Match.NONE, {})


def takes_lines(scope: Scope) -> bool:
    """Whether a request brings lines to where they are taken."""
    if scope["type"] != "http" or scope["path"] != BATCH:
        return False
    kind = Headers(scope=scope).get("content-type", "").partition(";")[0].strip().lower()
    return kind == LINES


def lines_router(
    moderation: ModerationService, *, edge: Edge, max_line_bytes: int, log: Callable[[Answer], None]
) -> APIRouter:
    """The route that takes lines."""
    router = APIRouter(route_class=LinesRoute, include_in_schema=False)
    judge = LineJudge(moderation, edge=edge, max_line_bytes=max_line_bytes, log=log)

    @router.post(BATCH)
    async def post_lines(request: Request, origin: Named) -> Response:
        # It lives as long as the answer, which is longer than this function.
        body = cast("BinaryIO", tempfile.SpooledTemporaryFile(_IN_MEMORY_BYTES))  # noqa: SIM115
        try:
            async for chunk in request.stream():
                body.write(chunk)
            body.seek(0)
            answers = judge.answers(body, origin)
            # What keeps all from being judged is an answer of its own, while there still can be one.
            first = await anext(answers, b"")
        except BaseException:
            body.close()
            raise

        async def stream() -> AsyncIterator[bytes]:
            try:
                yield first
                async for some in answers:
                    yield some
            finally:
                body.close()

        return StreamingResponse(stream(), media_type=LINES)

    return router


class LineJudge:
    """Answers lines, some at a time."""

    def __init__(
        self,
        moderation: ModerationService,
        *,
        edge: Edge,
        max_line_bytes: int,
        log: Callable[[Answer], None],
    ) -> None:
        self._moderation = moderation
        self._edge = edge
        self._max_line_bytes = max_line_bytes
        self._log = log

    async def answers(self, body: BinaryIO, origin: Origin) -> AsyncIterator[bytes]:
        """Answer the lines of a body in order; raises where the first of them cannot be judged for now."""
        lines = self._posts(body)
        number = 0
        while group := list(islice(lines, GROUP_LINES)):
            try:
                yield b"".join(await self._answer(group, _of_group(origin, number, group)))
            except PlainspeakError as error:
                if not number:
                    raise
                # Others were answered already; these are told that they were not judged.
                yield _line(problem(refusal_of(error))) * len(group)
            number += 1

    def _posts(self, body: BinaryIO) -> Iterator[_Post]:
        """The posts on the lines that are not empty, or what is wrong with a line."""
        while line := body.readline(self._max_line_bytes + 1):
            if len(line) > self._max_line_bytes:
                while line and not line.endswith(b"\n"):
                    line = body.readline(self._max_line_bytes)
                too_long = TextTooLong(
                    f"The line has more than {self._max_line_bytes} bytes. "
                    "Send it in parts, or raise PLAINSPEAK_MAX_BODY_BYTES."
                )
                yield problem(refusal_of(too_long))
            elif line.strip():
                yield _post_of(line)

    async def _answer(self, group: Sequence[_Post], origin: Origin) -> list[bytes]:
        """Judge what can be judged, and say of each of the others why not."""
        posts = [post for post in group if isinstance(post, ModerateIn)]
        contents = [(post.content(), post.store) for post in posts]
        explain = [place for place, post in enumerate(posts) if post.explain]
        try:
            answers = await self._edge.run(
                lambda: self._moderation.moderate_many(contents, explain=explain, origin=origin),
                is_batch=True,
            )
        except InvalidContent as error:
            if len(group) == 1:
                return [_line(problem(refusal_of(error)))]
            # It is one of them; each is judged alone, so that the others are.
            alone = [
                await self._answer([post], _of_group(origin, place, [post]))
                for place, post in enumerate(group)
            ]
            return [line for lines in alone for line in lines]
        for answer in answers:
            self._log(answer)
        out = iter(answers)
        return [_line(answer_out(next(out)) if isinstance(post, ModerateIn) else post) for post in group]


def _post_of(line: bytes) -> _Post:
    """Read a line as the body of `POST /moderate` is read."""
    if is_too_deep(line):
        return _unfit(_NOT_JSON)
    try:
        return ModerateIn.model_validate(parse_json(line))
    except FieldRepeated as error:
        return problem(refusal_of(error))
    except ValidationError as error:
        return _unfit(error.errors())
    except ValueError:
        return _unfit(_NOT_JSON)


def _unfit(found: Sequence[Any]) -> Problem:
    """What pydantic found wrong with a post, as an answer among others."""
    return problem(first_wrong(found, path=JUDGE))


def _of_group(origin: Origin, place: int, group: Sequence[_Post]) -> Origin:
    """What makes a part of a request known when the whole comes again."""
    if origin.key is None:
        return origin
    # A key that was sent has no line feed, so none is that of a part.
    # Half a character, which is refused only later, has no UTF-8.
    asked = repr(group).encode(errors="surrogatepass")
    return replace(origin, key=f"{origin.key}\n{place}", asked=origin.asked + asked)


def _line(value: BaseModel) -> bytes:
    return value.model_dump_json().encode() + b"\n"
