"""What is new in the stream, with posts for instance and one click to a draft of a term."""

from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import APIRouter, Response

from app.core.discovery import Candidate
from app.core.types import Category
from app.services.discovery import MOST_POSTS, DiscoveryService
from app.web.render import Marked, Renderer, marked

PERIODS = (7, 30, 90)
DEFAULT_DAYS = 30


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A word, its posts, and where its draft begins."""

    candidate: Candidate
    examples: tuple[Marked, ...]
    draft_address: str


def discovery_router(discovery: DiscoveryService, *, renderer: Renderer) -> APIRouter:
    """Serve what is new. One look at a time: each reads thousands of posts."""
    router = APIRouter(include_in_schema=False)
    limiter = CapacityLimiter(1)

    def show(days: int) -> Response:
        found = discovery.discover(days=days)
        return renderer.page(
            "discovery.html",
            found=found,
            views=[view_of(each) for each in found.candidates],
            days=days,
            periods=PERIODS,
            most_posts=MOST_POSTS,
        )

    @router.get("/discovery")
    async def get_discovery(days: str = str(DEFAULT_DAYS)) -> Response:
        chosen = next((each for each in PERIODS if str(each) == days), DEFAULT_DAYS)
        return await anyio.to_thread.run_sync(partial(show, chosen), limiter=limiter)

    return router


def view_of(candidate: Candidate) -> CandidateView:
    """A word as the page shows it. Its draft has its category and leaves the plain words to the person."""
    category = candidate.category or Category.HARASSMENT
    draft = {
        "forms": f"{candidate.word} = ",
        "category": category.value,
        "reason": f"New in the stream: in {candidate.target_posts} harmful or overridden posts.",
    }
    return CandidateView(
        candidate=candidate,
        examples=tuple(marked(sample.text) for sample in candidate.examples),
        draft_address="/lexicon/add_term?" + urlencode(draft),
    )
