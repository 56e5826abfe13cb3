"""JSON bodies as they are read here: what names a field twice is refused.

Parsers differ on which of the two counts, and a proxy or a log that reads the other one has seen another
request than the one that was judged (RFC 8259, section 4).
"""

import json
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from fastapi.routing import APIRoute

from app.core.errors import FieldRepeated
from app.web.bodies import is_json

_MOST_CHARS = 80
"""Most of a name that the refusal repeats."""


def parse_json(body: bytes) -> Any:  # noqa: ANN401 any JSON value
    """Read JSON.

    Raises:
        FieldRepeated: an object in it has a field twice.
        ValueError: it is no JSON.
    """
    return json.loads(body, object_pairs_hook=_object)


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = next(name for name, many in Counter(name for name, _ in pairs).items() if many > 1)
        raise FieldRepeated(f"The field {twice[:_MOST_CHARS]!r} is there more than once. Send it once.")
    return found


class JsonRoute(APIRoute):
    """A route that takes JSON."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Read the body before the framework does, which would keep the last of two fields."""
        handle = super().get_route_handler()

        async def read_and_handle(request: Request) -> Response:
            if not is_json(request.headers.get("content-type", "")):
                return await handle(request)
            own = _JsonRequest(request.scope, request.receive)
            # What is no JSON is read again below, and answered as the framework answers it.
            with suppress(ValueError):
                await own.json()
            return await handle(own)

        return read_and_handle


class _JsonRequest(Request):
    async def json(self) -> Any:  # noqa: ANN401 as its parent's
        if not hasattr(self, "_json"):
            self._json = parse_json(await self.body())
        return self._json
