"""The page of what is kept, where and for how long: for admins alone."""

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import APIRouter, Response

from app.core.holdings import Kind
from app.core.types import Action
from app.services.storage import StorageService
from app.web.render import Renderer

KINDS: dict[Kind, tuple[str, str]] = {
    Kind.DECISIONS: ("Posts and verdicts", "As set below; until erased"),
    Kind.SEARCH: ("Words for the search", "As long as the text of the post"),
    Kind.REVIEWS: ("Review items and rulings", "As long as the decision; notes as long as the text"),
    Kind.APPEALS: ("Appeals", "As long as the decision; reasons as long as the text"),
    Kind.FEEDBACK: ("Feedback from sites", "As long as the decision"),
    Kind.RECEIPTS: ("Receipts of requests (hashes)", "Until they expire"),
    Kind.DELIVERIES: ("Messages to apps", "30 days once delivered; without a post"),
    Kind.COUNTS: ("Counts for dashboard and queue", "For good; without a post or an author"),
    Kind.REVISIONS: ("Changes to lexicon and policy", "For good"),
    Kind.PEOPLE: ("People, logins and API keys (hashes)", "Logins until they end, the others for good"),
    Kind.AUDIT: ("Audit trail", "For good; without a post or an author"),
}
ACTIONS = {Action.ALLOW: "Allowed", Action.REVIEW: "Held for a person", Action.BLOCK: "Blocked"}


def storage_router(storage: StorageService, *, renderer: Renderer) -> APIRouter:
    """Serve the page."""
    router = APIRouter(prefix="/storage", include_in_schema=False)
    # It reads every row: one look at a time.
    limiter = CapacityLimiter(1)

    def show() -> Response:
        found = storage.look()
        texts = {each.action: each for each in found.texts}
        return renderer.page(
            "storage.html",
            found=found,
            kinds=KINDS,
            actions={
                name: (texts.get(action.value), found.keep_days[action]) for action, name in ACTIONS.items()
            },
            size=size_in_words,
        )

    @router.get("")
    async def get_storage() -> Response:
        return await anyio.to_thread.run_sync(show, limiter=limiter)

    return router


def size_in_words(count: int | None) -> str:
    """Say how many bytes something has.

    >>> size_in_words(None), size_in_words(64), size_in_words(52_000), size_in_words(1_234_567_890)
    ('–', '64 B', '52 kB', '1.2 GB')
    """
    if count is None:
        return "–"
    for unit, factor in (("GB", 10**9), ("MB", 10**6)):
        if count >= factor:
            return f"{count / factor:.1f} {unit}"
    return f"{count / 1000:.0f} kB" if count >= 1000 else f"{count} B"
