"""`GET /metrics`: what a scraper of Prometheus reads."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.services.recorder import Recorder
from app.services.vitals import VitalsService
from app.web.edge import Edge
from app.web.problems import documented

_TEXT = {"text/plain": {"schema": {"type": "string", "description": "Prometheus' text format."}}}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"content": _TEXT},
    **documented({"default": "Any other error."}),
}


def metrics_router(recorder: Recorder, vitals: VitalsService, *, edge: Edge) -> APIRouter:
    """The one route."""
    router = APIRouter(tags=["health"])

    @router.get(
        "/metrics",
        response_class=Response,
        responses=_ANSWERS,
        summary="Figures for Prometheus",
    )
    async def metrics(request: Request) -> Response:
        """Give what was counted since the start, and how things stand now: no text, no id, no address."""
        accept = request.headers.get("accept", "")
        body, content_type = await edge.on_thread(lambda: recorder.exposition(vitals.look(), accept=accept))
        return Response(body, media_type=content_type)

    return router
