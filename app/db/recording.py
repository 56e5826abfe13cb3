"""How answers become decisions: rows, review items, waves and audit events, in one unit of work."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, insert

from app.core.review import Decision, ReviewItem
from app.core.waves import bands_of, shingles_of
from app.db import outbox, waves
from app.db.receipts import Answered, NewDecision, Submission, keep_receipts, settle
from app.db.reviewing import item_row
from app.db.tables import decisions, review_items
from app.db.tallies import tally
from app.db.trail import MACHINE, Entry, append

# Made once: building a statement and its cache key costs as much as running it.
_INSERT_DECISION, _INSERT_ITEM = insert(decisions), insert(review_items)


def summed_up(entry: NewDecision) -> NewDecision:
    """Say by what an item is compared with others; one without its text is like no other."""
    if entry.item is None or entry.decision.text is None:
        return entry
    shingles = shingles_of(entry.decision.text.plain)
    return replace(entry, shingles=shingles, bands=bands_of(shingles))


def record(connection: Connection, submissions: Sequence[Submission]) -> Sequence[Answered]:
    """Store what is new of some requests, and give what to answer each of them."""
    settled = settle(connection, submissions)
    if settled.records:
        connection.execute(_INSERT_DECISION, [_decision_row(each.decision) for each in settled.records])
        tally(connection, [each.decision for each in settled.records])
        if any(each.item for each in settled.records):
            sorted_in = waves.sort_in(connection, settled.records)
            connection.execute(_INSERT_ITEM, [item_row(item) for item in sorted_in.items])
            waves.keep(connection, sorted_in)
        is_heard = append(connection, [_recorded(each.decision, each.item) for each in settled.records])
        if is_heard:
            outbox.announce_decisions(connection, settled.records)
    keep_receipts(connection, settled.receipts)
    return settled.answers


def _recorded(decision: Decision, item: ReviewItem | None) -> Entry:
    verdict = decision.verdict
    opened = () if item is None else (("review_item", item.id),)
    return Entry(
        at=decision.created_at,
        actor=MACHINE,
        kind="decision.recorded",
        subject=decision.id,
        detail=(
            ("action", verdict.action.value),
            ("label", verdict.label.value),
            ("category", verdict.category.value if verdict.category else ""),
            ("model", verdict.versions.model),
            ("lexicon", verdict.versions.lexicon),
            ("policy", verdict.versions.policy),
            *opened,
        ),
    )


def _decision_row(decision: Decision) -> dict[str, object]:
    text, verdict = decision.text, decision.verdict
    return {
        "id": decision.id,
        "created_at": decision.created_at,
        "content_id": decision.content_id,
        "author_id": decision.author_id,
        "text": text.original if text else None,
        "plain_text": text.plain if text else None,
        "edits": text.edits if text else None,
        "hints": text.hints if text else None,
        "context": decision.context,
        "text_hash": decision.text_hash,
        "label": verdict.label.value,
        "confidence": verdict.confidence,
        "category": verdict.category.value if verdict.category else None,
        "score": verdict.score,
        "categories": {score.category.value: score.score for score in verdict.categories},
        "action": verdict.action.value,
        "reasons": verdict.reasons,
        "model": verdict.versions.model,
        "lexicon": verdict.versions.lexicon,
        "policy": verdict.versions.policy,
        "unavailable": verdict.unavailable,
        "language": verdict.language,
        "lanes": verdict.lanes or None,
        "latency_ms": decision.latency_ms,
        "client_token": decision.client_token,
        "key_id": decision.key_id,
    }
