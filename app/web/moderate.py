"""`POST /moderate`, `POST /moderate/batch`, `GET /decisions/{id}` and the health routes."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

import structlog
from fastapi import APIRouter
from fastapi.responses import Response

from app.core.errors import BatchTooLarge
from app.core.types import Content
from app.services.health import HealthService
from app.services.moderation import Answer, ModerationService, Origin
from app.web.bodies import BATCH, JUDGE, LINES
from app.web.edge import Edge
from app.web.gather import Gatherer
from app.web.problems import Refusal, documented, refuse
from app.web.retries import Asked
from app.web.strict_json import JsonRoute
from app.web.wire import BatchIn, BatchOut, DecisionOut, ModerateIn, ReadyOut, answer_out, decision_out

_LOG = structlog.get_logger()
_JSON = "application/json"
MOST_GATHERED_CHARS = 600
"""A longer post, of several windows, is judged alone: nobody else should wait for it."""

REFUSALS = documented(
    {
        400: "The body is not JSON.",
        413: "The text or the body is too long.",
        415: "The body is not sent as JSON.",
        422: "The content cannot be judged, or a field is not what it must be.",
        503: "The queue is full, or the model or the database fails. Send it again after Retry-After.",
        "default": "Any other error.",
    }
)
NOT_FOUND = documented(
    {
        404: "There is no such decision.",
        503: "The queue is full, or the database cannot be used. Ask again after Retry-After.",
        "default": "Any other error.",
    }
)
LINES_TOO = {
    "requestBody": {
        "content": {
            LINES: {
                "schema": {"type": "string", "description": "One post as for POST /moderate on each line."},
                "example": '{"text": "have a lovely day"}\n{"text": "k!ll y0urs3lf"}\n',
            }
        }
    },
    "responses": {
        "200": {
            "content": {
                LINES: {
                    "schema": {
                        "type": "string",
                        "description": "On each line an answer as of POST /moderate, or a problem.",
                    }
                }
            }
        }
    },
}
"""What `app.web.lines` takes and gives at the same address."""
NOT_READY = documented({503: "The model or the database cannot be used; the sentence says why."})


@dataclass(frozen=True, slots=True)
class _Post:
    """One post of a request of its own."""

    content: Content
    store: bool
    origin: Origin


def moderation_router(moderation: ModerationService, *, edge: Edge, max_batch: int) -> APIRouter:
    """The routes that judge."""
    router = APIRouter(tags=["moderation"], route_class=JsonRoute)

    def moderate_all(posts: Sequence[_Post]) -> list[Answer]:
        """Judge posts that one caller sent in requests of their own."""
        return moderation.moderate_many(
            [(post.content, post.store) for post in posts], origin=posts[0].origin
        )

    gatherer = Gatherer(moderate_all, alike=lambda post: post.origin, edge=edge)

    @router.post(JUDGE, response_model=DecisionOut, responses=REFUSALS, summary="Judge one post")
    async def post_moderate(body: ModerateIn, origin: Asked) -> Response:
        """Judge a post, keep the decision, and answer when it is durable."""
        post = _Post(body.content(), body.store, origin)
        if body.explain or origin.key is not None or len(body.text) > MOST_GATHERED_CHARS:
            answer = await edge.run(
                lambda: moderation.moderate(
                    post.content, store=post.store, explain=body.explain, origin=origin
                )
            )
        else:
            answer = await gatherer.run(post)
        # The line of the request has it: a second one would cost as much again as reading the body.
        structlog.contextvars.bind_contextvars(**_noted(answer))
        return Response(answer_out(answer).model_dump_json(), media_type=_JSON)

    @router.post(
        BATCH,
        response_model=BatchOut,
        responses=REFUSALS,
        summary="Judge many posts",
        openapi_extra=LINES_TOO,
    )
    async def post_batch(body: BatchIn, origin: Asked) -> Response:
        """Judge posts in order. All decisions are kept, or none."""
        if len(body.items) > max_batch:
            raise BatchTooLarge(
                f"The batch has {len(body.items)} items; at most {max_batch} are taken. "
                "Send it in parts, or raise PLAINSPEAK_MAX_BATCH."
            )
        contents = [(item.content(), item.store) for item in body.items]
        explain = [place for place, item in enumerate(body.items) if item.explain]
        answers = await edge.run(
            lambda: moderation.moderate_many(contents, explain=explain, origin=origin), is_batch=True
        )
        for answer in answers:
            log_answer(answer)
        out = BatchOut(results=[answer_out(answer) for answer in answers])
        return Response(out.model_dump_json(), media_type=_JSON)

    @router.get(
        "/decisions/{decision_id}", response_model=DecisionOut, responses=NOT_FOUND, summary="A kept decision"
    )
    async def get_decision(decision_id: str) -> Response:
        """Give a decision as it is kept."""
        kept = await edge.run(lambda: moderation.decision(decision_id))
        return Response(decision_out(kept.decision, item=kept.item).model_dump_json(), media_type=_JSON)

    return router


def health_router(health: HealthService, *, edge: Edge) -> APIRouter:
    """The routes that tell whether the service is alive and whether it can answer."""
    router = APIRouter(tags=["health"])

    # Balancers ask by HEAD too; the server leaves the body out.
    @router.head("/healthz", include_in_schema=False)
    @router.get("/healthz", summary="Is the process alive")
    async def healthz() -> dict[str, str]:
        """Answer without touching anything."""
        return {"status": "alive"}

    @router.head("/readyz", include_in_schema=False)
    @router.get(
        "/readyz",
        response_model=ReadyOut,
        responses=NOT_READY,
        summary="Can it answer",
    )
    async def readyz() -> Response:
        """Try the model and the database."""
        checks = await edge.run(health.readiness)
        failed = [check for check in checks if not check.ok]
        if failed:
            detail = " ".join(f"{check.name}: {check.detail}" for check in failed)
            status = HTTPStatus.SERVICE_UNAVAILABLE
            return refuse("/readyz", Refusal(status, "not_ready", "Not ready", detail))
        return Response(ReadyOut.of(checks).model_dump_json(), media_type=_JSON)

    return router


def log_answer(answer: Answer) -> None:
    """Note in the log what was answered to one of many posts, without a word of it."""
    _LOG.debug("moderation.answered", **_noted(answer))


def _noted(answer: Answer) -> dict[str, str]:
    verdict = answer.decision.verdict
    return {"decision": answer.decision.id, "label": verdict.label.value, "action": verdict.action.value}
