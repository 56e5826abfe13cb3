"""What makes a request known when it comes again: the header of draft-ietf-httpapi-idempotency-key-header."""

import re
from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Header, Request

from app.core.errors import IdempotencyKeyInvalid
from app.services.moderation import Origin
from app.web.person import Caller

_QUOTED = re.compile(r'"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])+)"')
_BARE = re.compile(r"[\x21\x23-\x7e]+")
_MOST_CHARS = 255


async def named(
    request: Request,
    idempotency_key: Annotated[
        str | None,
        Header(description="The same request sent again with the same key gets the same decisions."),
    ] = None,
) -> Origin:
    """Say who asks, and at which address, where the request may come again; its body is not read."""
    caller: Caller = request.state.caller
    if idempotency_key is None:
        return Origin(caller=caller.key_id or "")
    asked = request.url.path.encode() + b"\n"
    return Origin(caller=caller.key_id or "", key=parse_key(idempotency_key), asked=asked)


Named = Annotated[Origin, Depends(named)]


async def origin_of(request: Request, origin: Named) -> Origin:
    """Say who asks, and what, where the request may come again."""
    if origin.key is None:
        return origin
    return replace(origin, asked=origin.asked + await request.body())


Asked = Annotated[Origin, Depends(origin_of)]


def parse_key(header: str) -> str:
    """The key in a header: a quoted string, as the draft has it, or a bare one, as many clients send it.

    Raises:
        IdempotencyKeyInvalid: it is neither.

    >>> parse_key('"8e03978e-40d5"'), parse_key("8e03978e-40d5")
    ('8e03978e-40d5', '8e03978e-40d5')
    """
    if len(header) <= _MOST_CHARS:
        if quoted := _QUOTED.fullmatch(header):
            return re.sub(r"\\(.)", r"\1", quoted.group(1))
        if _BARE.fullmatch(header):
            return header
    raise IdempotencyKeyInvalid(
        f"The Idempotency-Key is {header[:20]!r}. Send 1 to {_MOST_CHARS} printable ASCII characters, "
        "for instance a UUID."
    )
