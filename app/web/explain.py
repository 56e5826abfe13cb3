"""An explanation on its way to the page: streamed while it is written, and given up when nobody reads it."""

from collections.abc import AsyncIterator, Callable, Generator
from contextlib import closing
from dataclasses import dataclass

import anyio.to_thread

from app.core.errors import PlainspeakError
from app.core.review import Decision

Explain = Callable[[Decision], Generator[str, None, None]]


@dataclass(frozen=True, slots=True)
class Explainer:
    """Who can be asked why."""

    explain: Explain
    is_there: Callable[[], bool]
    """Whether there is a language model that can explain."""


def explained(explain: Explain, decision: Decision) -> str:
    """The whole explanation, or why there is none."""
    try:
        with closing(explain(decision)) as pieces:
            return "".join(pieces)
    except PlainspeakError as error:
        return str(error)


async def streamed(explain: Callable[[], Generator[str, None, None]]) -> AsyncIterator[str]:
    """The pieces of an explanation, each written on a thread; a failure is told in its own words."""
    pieces: Generator[str, None, None] | None = None
    try:
        pieces = await anyio.to_thread.run_sync(explain)
        while (piece := await anyio.to_thread.run_sync(next, pieces, None)) is not None:
            yield piece
    except PlainspeakError as error:
        yield str(error)
    finally:
        if pieces is not None:
            pieces.close()
