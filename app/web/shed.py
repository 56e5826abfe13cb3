"""In a flood nearly every request is refused, so refusing must cost next to nothing.

This stands before the body is read and before anything is asked of the database.
"""

from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.edge import Edge

JUDGED = frozenset({"/moderate", "/moderate/batch", "/v1/moderations", "/v1alpha1/comments:analyze"})


class Shed:
    """ASGI middleware; raises QueueFull, which the middleware around it answers."""

    def __init__(self, app: ASGIApp, *, edge: Edge) -> None:
        """Wrap an app whose judging goes over an edge."""
        self._app = app
        self._edge = edge

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and scope["method"] == "POST" and scope["path"] in JUDGED:
            self._edge.turn_away()
        await self._app(scope, receive, send)
