"""The routes of the review desk.

They read the request and answer on threads of their own, so that the pages stay fast while the model is busy.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from app.services.occlusion import Score
from app.services.review import ReviewService
from app.web.csrf import Csrf
from app.web.desk import Asked, Desk, Done, Said
from app.web.explain import Explainer, explained, streamed
from app.web.live import LiveCounts
from app.web.queue_view import Filters
from app.web.render import Renderer
from app.web.ruling_form import draft_of

PAGE_THREADS = 8
WORD_THREADS = 1
"""Asking which words counted keeps the engine busy; one person at a time may."""

T = TypeVar("T")


class Reception:
    """Reads who asks for what, and hands the work to a thread."""

    def __init__(self, csrf: Csrf) -> None:
        self._csrf = csrf
        self._limiter = CapacityLimiter(PAGE_THREADS)
        self._word_limiter = CapacityLimiter(WORD_THREADS)

    def asked(self, request: Request) -> Asked:
        """Read a request for a page."""
        filters = Filters.parse(request.query_params) or Filters()
        return Asked(request, self._csrf.key_of(request), filters)

    async def form(self, request: Request) -> tuple[Asked, dict[str, str]]:
        """Read a form of ours.

        Raises:
            FormExpired: it is not.
        """
        form = await request.form(max_files=0)
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        self._csrf.verify(request, fields.get("csrf", ""))
        return Asked(request, self._csrf.key_of(request), Filters.read(fields.get("view", ""))), fields

    async def off_the_loop(self, answer: Callable[[], T]) -> T:
        """Answer on a thread of the pages."""
        return await anyio.to_thread.run_sync(answer, limiter=self._limiter)

    async def with_the_model(self, answer: Callable[[], T]) -> T:
        """Answer on the thread that may keep the model busy."""
        return await anyio.to_thread.run_sync(answer, limiter=self._word_limiter)


def review_router(
    review: ReviewService,
    *,
    renderer: Renderer,
    csrf: Csrf,
    score: Score,
    explainer: Explainer | None = None,
    stopping: Callable[[], bool] = lambda: False,
) -> APIRouter:
    """Serve the queue, the items and the rulings."""
    desk = Desk(review, renderer, csrf, explains=explainer.is_there if explainer else lambda: False)
    reception = Reception(csrf)
    router = APIRouter(include_in_schema=False)
    # First what has a name of its own; any other name is that of an item.
    router.include_router(_queue_routes(desk, reception, LiveCounts(review.counts, stopping=stopping)))
    router.include_router(_item_routes(desk, reception, score))
    if explainer:
        router.include_router(_explain_routes(desk, reception, review, explainer))
    return router


def _queue_routes(desk: Desk, reception: Reception, live: LiveCounts) -> APIRouter:
    router = APIRouter(prefix="/review")

    @router.get("")
    async def get_queue(request: Request) -> Response:
        return await reception.off_the_loop(partial(desk.queue, request))

    @router.get("/events")
    async def get_events() -> Response:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(live.events(), media_type="text/event-stream", headers=headers)

    @router.post("/next")
    async def post_next(request: Request) -> Response:
        asked, _ = await reception.form(request)
        return await reception.off_the_loop(partial(desk.go_on, asked, notice=""))

    @router.post("/undo")
    async def post_undo(request: Request) -> Response:
        asked, fields = await reception.form(request)
        undo = partial(desk.undo, asked, fields.get("ruling", ""), item_id=fields.get("item", ""))
        return await reception.off_the_loop(undo)

    return router


def _explain_routes(
    desk: Desk, reception: Reception, review: ReviewService, explainer: Explainer
) -> APIRouter:
    router = APIRouter(prefix="/review/{item_id}")

    @router.post("/explanation")
    async def post_explanation(request: Request, item_id: str) -> Response:
        """Write the explanation piece by piece for a script, on the item's page for a browser without one."""
        asked, _ = await reception.form(request)
        detail = await reception.off_the_loop(partial(review.open, item_id))
        if request.headers.get("accept") == "text/plain":
            return StreamingResponse(
                streamed(partial(explainer.explain, detail.decision)),
                media_type="text/plain; charset=utf-8",
                headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
            )
        text = await reception.with_the_model(partial(explained, explainer.explain, detail.decision))
        return await reception.off_the_loop(partial(desk.item, asked, item_id, Said(explanation=text)))

    return router


def _item_routes(desk: Desk, reception: Reception, score: Score) -> APIRouter:
    router = APIRouter(prefix="/review/{item_id}")

    @router.get("")
    async def get_item(request: Request, item_id: str, notice: str = "") -> Response:
        asked = reception.asked(request)
        said = Said(notice=notice, done=Done.parse(request.query_params))
        return await reception.off_the_loop(partial(desk.item, asked, item_id, said))

    @router.post("/ruling")
    async def post_ruling(request: Request, item_id: str) -> Response:
        asked, fields = await reception.form(request)
        return await reception.off_the_loop(partial(desk.rule, asked, item_id, fields))

    @router.post("/skip")
    async def post_skip(request: Request, item_id: str) -> Response:
        asked, fields = await reception.form(request)
        return await reception.off_the_loop(partial(desk.skip, asked, item_id, fields))

    @router.post("/claim")
    async def post_claim(request: Request, item_id: str) -> Response:
        asked, fields = await reception.form(request)
        return await reception.off_the_loop(partial(desk.renew, asked, item_id, fields))

    @router.post("/release")
    async def post_release(request: Request, item_id: str) -> Response:
        asked, fields = await reception.form(request)
        return await reception.off_the_loop(partial(desk.release, asked, item_id, fields))

    @router.post("/words")
    async def post_words(request: Request, item_id: str) -> Response:
        asked, fields = await reception.form(request)
        said = await reception.with_the_model(partial(desk.words, item_id, score))
        said = replace(said, draft=draft_of(fields))
        return await reception.off_the_loop(partial(desk.item, asked, item_id, said))

    return router
