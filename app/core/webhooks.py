"""What apps are told of by themselves: the events, how they are signed, and when one is tried again.

Messages and signatures are those of Standard Webhooks (standardwebhooks.com, spec 1.0). A message holds ids
and verdicts and never a word of a post.
"""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from app.core.types import Action, Category, Label, ReviewState

ENDPOINT_PREFIX = "wh_"
SECRET_PREFIX = "whsec_"  # noqa: S105 what every secret begins with
SECRET_BYTES = 32

GIVE_UP_AFTER = timedelta(days=3)
"""Age at which a delivery that still fails is not tried any more. It can be replayed."""
LONGEST_WAIT_S = 3600.0
_FIRST_WAIT_S = 1.0
_UNAVAILABLE = frozenset({429, 502, 503, 504})
"""Answers of a receiver that takes nothing at the moment, whatever it is sent."""
MOST_ERROR_CHARS = 200


class EventKind(StrEnum):
    """What apps can be told of."""

    DECISION_CREATED = "decision.created"
    """A post was judged."""
    REVIEW_DECIDED = "review.decided"
    """A person allowed or blocked a post, or took that back."""
    APPEAL_DECIDED = "appeal.decided"
    """A person decided on an appeal."""


class DeliveryState(StrEnum):
    """How far a delivery is."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"
    """Given up; it can be replayed."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where events are sent to."""

    id: str
    key_id: str | None
    """Whose posts it is told of: those that came with this API key; None for all."""
    url: str
    kinds: tuple[EventKind, ...]
    sealed_secret: str
    """The secret that signs, encrypted."""
    created_at: datetime
    failures: int = 0
    """How often in a row it could not be reached."""
    wait_until: datetime | None = None
    """Before this time it is left alone."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a message tells of the decision it is about."""

    decision_id: str
    content_id: str | None
    client_token: str | None
    key_id: str | None
    """Whose post it is. Decides who is told, and is not told."""
    label: Label
    category: Category | None
    score: float
    action: Action


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened to a decision."""

    kind: EventKind
    id: str
    """Of what happened: the decision itself, the ruling, the appeal with the ruling that decided it."""
    decision_id: str
    at: datetime
    review_id: str | None = None
    review_state: ReviewState | None = None
    outcome: str | None = None
    """What a person decided; None where nobody has, or where it was taken back."""
    appeal_id: str | None = None
    """The appeal that was decided, as its sender knows it."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to one endpoint."""

    number: int
    """In the order in which events were stored."""
    event_id: str
    kind: EventKind
    endpoint_id: str
    decision_id: str
    at: datetime
    """When it happened."""
    payload: str
    """JSON, exactly as it is signed and sent."""
    state: DeliveryState
    queued_at: datetime
    next_at: datetime
    """When it may be tried next, while it waits."""
    attempts: int = 0
    lease_until: datetime | None = None
    """Until then one process has it in work."""
    tried_at: datetime | None = None
    status: int | None = None
    """What the receiver answered last; None where it did not."""
    error: str = ""
    """What went wrong last."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of one attempt."""

    status: int | None
    """None where there was no answer."""
    error: str = ""

    @property
    def is_taken(self) -> bool:
        """Whether the receiver has it: any status from 200 to 299."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def is_unavailable(self) -> bool:
        """Whether the receiver would take nothing else now either."""
        return self.status is None or self.status in _UNAVAILABLE


def event_id_of(happening: Happening) -> str:
    """Name an event: the same for every endpoint and every attempt, so that a receiver knows a repetition."""
    return f"msg_{happening.kind.value.replace('.', '_')}_{happening.id}"


def payload_of(happening: Happening, subject: Subject) -> str:
    """The message about something that happened."""
    data: dict[str, object] = {
        "decision": subject.decision_id,
        "content_id": subject.content_id,
        "client_token": subject.client_token,
        "label": subject.label.value,
        "category": subject.category.value if subject.category else None,
        "score": round(subject.score, 4),
        "action": subject.action.value,
        "review": None
        if happening.review_id is None
        else {"id": happening.review_id, "state": happening.review_state},
        "outcome": happening.outcome,
    }
    if happening.appeal_id is not None:
        data["appeal"] = {"id": happening.appeal_id}
    message = {"type": happening.kind.value, "timestamp": happening.at.isoformat(), "data": data}
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def signature_of(secret: bytes, *, event_id: str, sent_at: datetime, payload: str) -> str:
    """Sign a message for one attempt, as Standard Webhooks has it."""
    signed = f"{event_id}.{int(sent_at.timestamp())}.{payload}".encode()
    return "v1," + base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode()


def wait_after(failures: int, *, jitter: float) -> timedelta:
    """How long to wait after so many failures in a row, from a second to an hour.

    Args:
        failures: at least 1.
        jitter: in [0, 1]; spreads those that failed together.

    >>> [wait_after(failures, jitter=1.0).total_seconds() for failures in (1, 2, 5, 50)]
    [1.0, 2.0, 16.0, 3600.0]
    >>> wait_after(5, jitter=0.0).total_seconds()
    8.0
    """
    # The power is bounded too: 2.0 ** 1024 is no number any more.
    longest = min(_FIRST_WAIT_S * 2.0 ** min(failures - 1, 20), LONGEST_WAIT_S)
    return timedelta(seconds=longest * (0.5 + 0.5 * jitter))


def settle(delivery: Delivery, reply: Reply, *, now: datetime, jitter: float) -> Delivery:
    """Give a delivery as an attempt leaves it.

    What a receiver refuses waits longer each time, and others go on. While the receiver takes nothing at all
    its endpoint waits, see `after_replies`, and the delivery goes first once it is back.
    """
    tried = replace(
        delivery,
        attempts=delivery.attempts + 1,
        lease_until=None,
        tried_at=now,
        status=reply.status,
        error=reply.error[:MOST_ERROR_CHARS],
    )
    if reply.is_taken:
        return replace(tried, state=DeliveryState.DELIVERED)
    if now - delivery.queued_at >= GIVE_UP_AFTER:
        return replace(tried, state=DeliveryState.FAILED)
    if reply.is_unavailable:
        return tried
    return replace(tried, next_at=now + wait_after(tried.attempts, jitter=jitter))


def after_replies(endpoint: Endpoint, replies: list[Reply], *, now: datetime, jitter: float) -> Endpoint:
    """Give an endpoint as some attempts leave it: one that answers is available."""
    if not replies:
        return endpoint
    if any(not reply.is_unavailable for reply in replies):
        return replace(endpoint, failures=0, wait_until=None)
    failures = endpoint.failures + 1
    return replace(endpoint, failures=failures, wait_until=now + wait_after(failures, jitter=jitter))
