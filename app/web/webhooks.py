"""The page of webhooks: where apps are told what, how it went, and a button to send it once more."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.services.webhooks import DeliveryState, WebhookService
from app.web.csrf import Csrf
from app.web.render import Renderer

PAGE_ROWS = 50
THREADS = 2
STATES = {
    DeliveryState.WAITING: "Waiting",
    DeliveryState.DELIVERED: "Delivered",
    DeliveryState.FAILED: "Given up",
}
_NOTICES = {"replayed": "It waits to be sent once more, under the same id."}


def webhooks_router(webhooks: WebhookService, *, renderer: Renderer, csrf: Csrf) -> APIRouter:
    """Serve the page and its form."""
    router = APIRouter(prefix="/webhooks", include_in_schema=False)
    limiter = CapacityLimiter(THREADS)

    async def off_the_loop(answer: Callable[[], Response]) -> Response:
        return await anyio.to_thread.run_sync(answer, limiter=limiter)

    def show(request: Request, *, state: str, before: str, notice: str) -> Response:
        chosen = next((each for each in DeliveryState if each.value == state), None)
        place = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
        found = webhooks.deliveries(state=chosen, before=place, limit=PAGE_ROWS + 1)
        rows = found[:PAGE_ROWS]
        key = csrf.key_of(request)
        page = renderer.page(
            "webhooks.html",
            endpoints=webhooks.all(),
            rows=rows,
            states=STATES,
            chosen=chosen,
            next_before=rows[-1].number if len(found) > PAGE_ROWS else None,
            is_first=place is None,
            notice=_NOTICES.get(notice, ""),
            csrf=key.token,
        )
        csrf.attach(key, request, page)
        return page

    def replay(request: Request, number: int, token: str) -> Response:
        csrf.verify(request, token)
        webhooks.replay(number)
        return RedirectResponse("/webhooks?notice=replayed", status_code=HTTPStatus.SEE_OTHER)

    @router.get("")
    async def get_webhooks(request: Request, state: str = "", before: str = "", notice: str = "") -> Response:
        return await off_the_loop(partial(show, request, state=state, before=before, notice=notice))

    @router.post("/{number}/replay")
    async def post_replay(request: Request, number: int) -> Response:
        token = (await request.form(max_files=0)).get("csrf", "")
        return await off_the_loop(partial(replay, request, number, token if isinstance(token, str) else ""))

    return router
