"""`POST /decisions/{id}/appeal`: what an author says against a decision, and what became of it."""

from fastapi import APIRouter, Request

from app.services.appeals import AppealService
from app.web.edge import Edge
from app.web.person import Caller
from app.web.problems import documented
from app.web.strict_json import JsonRoute
from app.web.wire import AppealOut, NewAppealIn

REFUSALS = documented(
    {
        404: "There is no such decision.",
        409: "Another appeal is open on the decision.",
        422: "The reason is empty, too long, or not valid Unicode.",
        503: "The queue is full, or the database cannot be used. Send it again after Retry-After.",
        "default": "Any other error.",
    }
)
NOT_FOUND = documented({404: "There is no appeal on this decision.", "default": "Any other error."})
APP = "app"
"""Who sends an appeal where no key is asked for."""


def appeals_router(appeals: AppealService, *, edge: Edge) -> APIRouter:
    """The routes of appeals."""
    router = APIRouter(prefix="/decisions/{decision_id}/appeal", tags=["moderation"], route_class=JsonRoute)

    @router.post("", status_code=201, responses=REFUSALS, summary="Appeal against a decision")
    async def post_appeal(request: Request, decision_id: str, body: NewAppealIn) -> AppealOut:
        """Put the post before a second person. The same appeal sent again gets the same answer."""
        caller: Caller = request.state.caller
        actor = caller.key_id or APP
        return AppealOut.of(await edge.run(lambda: appeals.appeal(decision_id, body.reason, actor=actor)))

    @router.get("", responses=NOT_FOUND, summary="What became of the last appeal")
    async def get_appeal(decision_id: str) -> AppealOut:
        """Give the last appeal on a decision as it stands now."""
        return AppealOut.of(await edge.run(lambda: appeals.latest(decision_id)))

    return router
