"""`DELETE /decisions/{id}`, `DELETE /authors/{id}` and `GET /authors/{id}/export`: for admins alone."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Annotated

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import APIRouter, Path, Request
from fastapi.responses import Response, StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from app.services.authors import AuthorService, HeldDecision
from app.services.decisions import DecisionService, Erased
from app.web.person import Caller
from app.web.problems import documented
from app.web.wire import AppealOut, ExportOut, export_out

THREADS = 2
APP = "app"
"""Who erases where no key is asked for."""
REFUSALS = documented(
    {
        404: "There is nothing to erase: it is not there, or was erased before.",
        503: "The database cannot be used. What was erased stays erased; send it again after Retry-After.",
        "default": "Any other error.",
    }
)
NOTHING_HELD = documented(
    {
        404: "Nothing is held about this author.",
        "default": "Any other error.",
    }
)


# Nobody is named by an empty id, and what was kept under one before ids were checked is not one author's.
AuthorId = Annotated[str, Path(min_length=1)]


class RemovedOut(BaseModel):
    """What an erasure took away: rows by what they held."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "decisions": 2,
                    "review_items": 1,
                    "rulings": 1,
                    "appeals": 0,
                    "feedback": 0,
                    "webhook_deliveries": 3,
                    "receipts": 2,
                    "scrubbed": True,
                }
            ]
        }
    )

    decisions: int = Field(description="Posts with their texts, context, edits and scores.")
    review_items: int
    rulings: int = Field(description="What people ruled, with their notes.")
    appeals: int
    feedback: int
    webhook_deliveries: int
    receipts: int
    scrubbed: bool = Field(
        description="Whether the database file was rewritten already, so that no trace is left in it. "
        "Where not, it is done by itself within a day."
    )

    @classmethod
    def of(cls, erased: Erased) -> "RemovedOut":
        """Say it on the wire."""
        removed = erased.removed
        return cls(
            decisions=removed.decisions,
            review_items=removed.review_items,
            rulings=removed.rulings,
            appeals=removed.appeals,
            feedback=removed.feedback,
            webhook_deliveries=removed.webhook_deliveries,
            receipts=removed.receipts,
            scrubbed=erased.scrubbed,
        )


class HeldEventOut(BaseModel):
    """An event of the audit trail."""

    sequence: int
    at: datetime
    actor: str
    kind: str
    detail: dict[str, str]


class HeldDeliveryOut(BaseModel):
    """What an app was told, or is to be told."""

    kind: str
    at: datetime
    state: str
    payload: str


class HeldRulingOut(BaseModel):
    """A ruling, also one that was taken back."""

    action: str
    actor: str
    note: str
    at: datetime
    undone_at: datetime | None


class HeldItemOut(BaseModel):
    """The review item of a decision."""

    id: str
    state: str
    opened_at: datetime
    priority: float


class HeldOut(BaseModel):
    """All that is kept of one decision."""

    decision: ExportOut
    text_removed_at: datetime | None
    review: HeldItemOut | None
    rulings: list[HeldRulingOut]
    appeals: list[AppealOut]
    webhook_deliveries: list[HeldDeliveryOut]
    receipts: int
    audit_events: list[HeldEventOut]

    @classmethod
    def of(cls, held: HeldDecision) -> "HeldOut":
        """Say it on the wire."""
        item = held.item
        return cls(
            decision=export_out(held.row),
            text_removed_at=held.row.decision.text_removed_at,
            review=None
            if item is None
            else HeldItemOut(
                id=item.id, state=item.state.value, opened_at=item.opened_at, priority=item.priority
            ),
            rulings=[
                HeldRulingOut(
                    action=each.ruling.action.value,
                    actor=each.ruling.actor,
                    note=each.ruling.note,
                    at=each.at,
                    undone_at=each.undone_at,
                )
                for each in held.rulings
            ],
            appeals=[AppealOut.of(each) for each in held.appeals],
            webhook_deliveries=[
                HeldDeliveryOut(
                    kind=each.kind.value, at=each.at, state=each.state.value, payload=each.payload
                )
                for each in held.deliveries
            ],
            receipts=held.receipts,
            audit_events=[
                HeldEventOut(
                    sequence=each.sequence,
                    at=each.at,
                    actor=each.actor,
                    kind=each.kind,
                    detail=dict(each.detail),
                )
                for each in held.trail
            ],
        )


class AuthorOut(BaseModel):
    """All that is held about an author."""

    author_id: str
    decisions: list[HeldOut]


def privacy_router(decisions: DecisionService, authors: AuthorService) -> APIRouter:
    """The routes by which what is kept is told and erased."""
    router = APIRouter(tags=["privacy"])
    # Erasing may take seconds, and is not what others should wait behind.
    limiter = CapacityLimiter(THREADS)

    def actor_of(request: Request) -> str:
        caller: Caller = request.state.caller
        return caller.login.user.name if caller.login else caller.key_id or APP

    @router.delete("/decisions/{decision_id}", responses=REFUSALS, summary="Erase a decision")
    async def delete_decision(request: Request, decision_id: str) -> RemovedOut:
        """Erase a decision for good with its post and all that hangs on it, and say what was removed."""
        erase = partial(decisions.erase, decision_id, actor=actor_of(request))
        return RemovedOut.of(await anyio.to_thread.run_sync(erase, limiter=limiter))

    @router.get(
        "/authors/{author_id:path}/export",
        response_model=AuthorOut,
        responses=NOTHING_HELD,
        summary="All that is held about an author",
    )
    async def get_author(author_id: AuthorId) -> Response:
        """Give every decision on an author with its post, rulings, appeals, messages and audit events."""
        held = await anyio.to_thread.run_sync(authors.held, author_id, limiter=limiter)
        return StreamingResponse(
            _author_json(author_id, held),
            media_type="application/json",
            headers={"Cache-Control": "no-store"},
        )

    @router.delete("/authors/{author_id:path}", responses=REFUSALS, summary="Erase an author")
    async def delete_author(request: Request, author_id: AuthorId) -> RemovedOut:
        """Erase every decision on an author for good, and say what was removed."""
        erase = partial(decisions.erase_author, author_id, actor=actor_of(request))
        return RemovedOut.of(await anyio.to_thread.run_sync(erase, limiter=limiter))

    return router


def _author_json(author_id: str, held: Iterator[HeldDecision]) -> Iterator[str]:
    """Write an `AuthorOut` piece by piece: an author may have any number of posts."""
    whole = AuthorOut(author_id=author_id, decisions=[]).model_dump_json()
    yield whole.removesuffix("]}")
    for number, each in enumerate(held):
        yield ("," if number else "") + HeldOut.of(each).model_dump_json()
    yield "]}"
