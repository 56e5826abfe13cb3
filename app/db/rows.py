"""How rows of the tables are read as values of the core. Nothing here touches a database."""

from typing import Any

from sqlalchemy import Row

from app.core.access import ApiKey, Scope
from app.core.audit import AuditEvent
from app.core.errors import LexiconInvalid
from app.core.feedback import Feedback, SuggestedScore
from app.core.lexicon import Form, Term
from app.core.review import Claim, Decision, Lane, RecordedRuling, ReviewItem
from app.core.revisions import Change, Revision
from app.core.types import (
    Action,
    Category,
    CategoryScore,
    Edit,
    Label,
    LaneVerdict,
    NormalizedText,
    ReviewState,
    Ruling,
    RulingAction,
    Step,
    Verdict,
    Versions,
)
from app.core.webhooks import Delivery, DeliveryState, Endpoint, EventKind


def decision_of(row: Row[Any]) -> Decision:
    """Read a row of `decisions`."""
    return Decision(
        id=row.id,
        created_at=row.created_at,
        content_id=row.content_id,
        author_id=row.author_id,
        text=None
        if row.text is None
        else NormalizedText(
            original=row.text,
            plain=row.plain_text,
            edits=tuple(_edit_of(edit) for edit in row.edits),
            hints=tuple(_edit_of(hint) for hint in row.hints),
        ),
        context=tuple(row.context),
        text_hash=row.text_hash,
        verdict=Verdict(
            label=Label(row.label),
            confidence=row.confidence,
            category=category_of(row.category),
            score=row.score,
            categories=tuple(CategoryScore(Category(key), score) for key, score in row.categories.items()),
            action=Action(row.action),
            reasons=tuple(row.reasons),
            versions=Versions(model=row.model, lexicon=row.lexicon, policy=row.policy),
            unavailable=tuple(row.unavailable),
            language=row.language,
            lanes=tuple(_lane_of(lane) for lane in row.lanes or ()),
        ),
        latency_ms=row.latency_ms,
        client_token=row.client_token,
        key_id=row.key_id,
        text_removed_at=row.text_removed_at,
    )


def review_item_of(row: Row[Any], *, prefix: str = "") -> ReviewItem:
    """Read a row of `review_items`, whose columns may carry a prefix."""
    values = row._mapping
    outcome, holder = values[f"{prefix}outcome"], values[f"{prefix}holder"]
    return ReviewItem(
        id=values[f"{prefix}id"],
        decision_id=values[f"{prefix}decision_id"],
        state=ReviewState(values[f"{prefix}state"]),
        version=values[f"{prefix}version"],
        opened_at=values[f"{prefix}opened_at"],
        priority=values[f"{prefix}priority"],
        category=category_of(values[f"{prefix}category"]),
        label=Label(values[f"{prefix}label"]),
        score=values[f"{prefix}score"],
        action=Action(values[f"{prefix}action"]),
        updated_at=values[f"{prefix}updated_at"],
        turn=values[f"{prefix}turn"],
        outcome=None if outcome is None else RulingAction(outcome),
        claim=None
        if holder is None
        else Claim(holder, at=values[f"{prefix}claimed_at"], until=values[f"{prefix}lease_until"]),
        appeal_id=values[f"{prefix}appeal_id"],
        wave=values[f"{prefix}wave"],
        lane=Lane(values[f"{prefix}lane"]),
        language=values[f"{prefix}language"],
    )


def ruling_of(row: Row[Any]) -> RecordedRuling:
    """Read a row of `rulings`."""
    return RecordedRuling(
        id=row.id,
        item_id=row.item_id,
        at=row.at,
        version=row.version,
        ruling=Ruling(
            action=RulingAction(row.action),
            actor=row.actor,
            category=category_of(row.category),
            note=row.note,
        ),
        undone_at=row.undone_at,
        bulk=row.bulk,
    )


def event_of(row: Row[Any]) -> AuditEvent:
    """Read a row of `audit_events`."""
    return AuditEvent(
        sequence=row.sequence,
        at=row.at,
        actor=row.actor,
        kind=row.kind,
        subject=row.subject,
        detail=tuple((key, value) for key, value in row.detail),
        previous_hash=row.previous_hash,
        hash=row.hash,
    )


def revision_of(row: Row[Any]) -> Revision:
    """Read a row of `term_revisions`, or raise LexiconInvalid."""
    content = row.content
    try:
        return Revision(
            number=row.number,
            version=row.version,
            change=Change(row.change),
            term=Term(
                id=row.term,
                category=Category(content["category"]),
                forms=tuple(Form(surface, canonical) for surface, canonical in content["forms"]),
                ambiguous=content["ambiguous"],
                cues=tuple(content["cues"]),
                anti_cues=tuple(content["anti_cues"]),
                note=content["note"],
                source=content["source"],
                since=content["since"],
            ),
            actor=row.actor,
            reason=row.reason,
            at=row.at,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise LexiconInvalid(
            f"Revision {row.number} of term {row.term!r} cannot be read. It may be from a newer Plainspeak; "
            "update this one."
        ) from error


def content_of(term: Term) -> dict[str, object]:
    """What a row of `term_revisions` keeps of a term, besides its id."""
    return {
        "category": term.category.value,
        "forms": [[form.surface, form.canonical] for form in term.forms],
        "ambiguous": term.ambiguous,
        "cues": term.cues,
        "anti_cues": term.anti_cues,
        "note": term.note,
        "source": term.source,
        "since": term.since,
    }


def api_key_of(row: Row[Any]) -> ApiKey:
    """Read a row of `api_keys`."""
    return ApiKey(
        id=row.id,
        name=row.name,
        scope=Scope(row.scope),
        hash=row.hash,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        revoked_at=row.revoked_at,
    )


def endpoint_of(row: Row[Any]) -> Endpoint:
    """Read a row of `webhook_endpoints`."""
    return Endpoint(
        id=row.id,
        key_id=row.key_id,
        url=row.url,
        kinds=tuple(EventKind(kind) for kind in row.kinds),
        sealed_secret=row.sealed_secret,
        created_at=row.created_at,
        failures=row.failures,
        wait_until=row.wait_until,
    )


def delivery_of(row: Row[Any]) -> Delivery:
    """Read a row of `webhook_deliveries`."""
    return Delivery(
        number=row.number,
        event_id=row.event_id,
        kind=EventKind(row.kind),
        endpoint_id=row.endpoint_id,
        decision_id=row.decision_id,
        at=row.at,
        payload=row.payload,
        state=DeliveryState(row.state),
        queued_at=row.queued_at,
        next_at=row.next_at,
        attempts=row.attempts,
        lease_until=row.lease_until,
        tried_at=row.tried_at,
        status=row.status,
        error=row.error,
    )


def feedback_of(row: Row[Any]) -> Feedback:
    """Read a row of `feedback`."""
    return Feedback(
        id=row.id,
        at=row.at,
        text_hash=row.text_hash,
        client_token=row.client_token,
        community_id=row.community_id,
        scores=tuple(SuggestedScore(name, value) for name, value in row.scores),
    )


def _edit_of(stored: dict[str, Any]) -> Edit:
    return Edit(
        start=stored["start"],
        end=stored["end"],
        surface=stored["surface"],
        canonical=stored["canonical"],
        step=Step(stored["step"]),
        via=tuple(Step(step) for step in stored["via"]),
        term=stored["term"],
        category=category_of(stored["category"]),
        ambiguous=stored["ambiguous"],
        note=stored["note"],
    )


def category_of(key: str | None) -> Category | None:
    """Read the key of a category."""
    return None if key is None else Category(key)


def _lane_of(stored: dict[str, Any]) -> LaneVerdict:
    return LaneVerdict(
        model=stored["model"],
        label=Label(stored["label"]),
        category=category_of(stored["category"]),
        score=stored["score"],
    )
