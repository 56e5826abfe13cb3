"""The review desk: the queue, one item, and a person's ruling on it.

The routes read the request and answer on threads of their own, so that the pages stay fast while the model is
busy. Every page works without script. Who the person is comes later: everybody is `ACTOR`.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from urllib.parse import quote, urlencode

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.core.errors import ReviewConflict
from app.core.review import ReviewItem
from app.core.types import Category, CategoryScore, Label, ReviewState, Ruling, RulingAction, Verdict
from app.services.review import WAITING, QueueCursor, QueueRow, ReviewDetail, ReviewService
from app.web.csrf import Csrf
from app.web.render import Renderer, marked

ACTOR = "moderator"
PAGE_THREADS = 8
PAGE_ROWS = 50
NOTE_MAX_CHARS = 2000
VERSION_MAX_DIGITS = 9
SUPPORT_SCORE = 0.5
"""From this score for self-harm on, a post of another category also calls for support."""

NOTICES = {
    "allow": "Allowed. The item is closed.",
    "block": "Blocked. The item is closed.",
    "escalate": "Escalated. The item waits for a second person.",
}
CONFLICT = (
    "This item changed while you had it open, so your ruling was not stored. "
    "Below is how it stands now; look again and rule again if it still needs you."
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """One way to look at the queue."""

    key: str
    name: str
    states: tuple[ReviewState, ...]
    when_empty: str


FILTERS = (
    QueueFilter("waiting", "Waiting", WAITING, "Nothing needs you right now. Good moment for a break."),
    QueueFilter("open", "Open", (ReviewState.OPEN,), "No open items. Good moment for a break."),
    QueueFilter("claimed", "Claimed", (ReviewState.CLAIMED,), "Nobody has claimed an item."),
    QueueFilter("escalated", "Escalated", (ReviewState.ESCALATED,), "Nothing waits for a second person."),
    QueueFilter("resolved", "Resolved", (ReviewState.RESOLVED,), "Nothing has been resolved yet."),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A button, and what comes of it."""

    action: RulingAction
    name: str
    key: str
    consequence: str


CHOICES = (
    Choice(RulingAction.ALLOW, "Allow", "f", "Closes the item. The post may stay."),
    Choice(RulingAction.BLOCK, "Block", "d", "Closes the item. The post should go."),
    Choice(RulingAction.ESCALATE, "Escalate", "e", "Keeps it in the queue for a second person."),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person typed, to be shown again when their form was not accepted."""

    category: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """A ruling form as it was filled in."""

    ruling: Ruling
    version: int


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The items before and after one in the queue."""

    previous: str | None
    next: str | None


def review_router(review: ReviewService, *, renderer: Renderer, csrf: Csrf) -> APIRouter:
    """Serve the queue, the items and the rulings."""
    desk = Desk(review, renderer, csrf)
    router = APIRouter(include_in_schema=False)
    limiter = CapacityLimiter(PAGE_THREADS)

    async def off_the_loop(answer: Callable[[], T]) -> T:
        return await anyio.to_thread.run_sync(answer, limiter=limiter)

    @router.get("/review")
    async def get_queue(state: str = "waiting", after: str = "", notice: str = "") -> Response:
        return await off_the_loop(partial(desk.queue, state, after, notice=notice))

    @router.get("/review/{item_id}")
    async def get_item(request: Request, item_id: str, notice: str = "") -> Response:
        return await off_the_loop(partial(desk.item, request, item_id, notice=notice))

    @router.post("/review/{item_id}/ruling")
    async def post_ruling(request: Request, item_id: str) -> Response:
        form = await request.form(max_files=0)
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        csrf.verify(request, fields.get("csrf", ""))
        return await off_the_loop(partial(desk.rule, request, item_id, fields))

    return router


class Desk:
    """Answers the requests of a moderator. Every method blocks."""

    def __init__(self, review: ReviewService, renderer: Renderer, csrf: Csrf) -> None:
        self._review = review
        self._renderer = renderer
        self._csrf = csrf

    def queue(self, state: str, after: str, *, notice: str) -> Response:
        """Show one page of the queue."""
        chosen = next((each for each in FILTERS if each.key == state), None)
        cursor = parse_cursor(after)
        if chosen is None or (after and cursor is None):
            return self._renderer.error(
                status=422,
                title="There is no such page of the queue",
                detail="The address names a filter or a place in the queue that does not exist.",
            )
        page = self._review.queue(chosen.states, limit=PAGE_ROWS, after=cursor)
        counts = {each.state: each.count for each in self._review.counts()}
        filters = [(each, sum(counts[state] for state in each.states)) for each in FILTERS]
        return self._renderer.page(
            "queue.html",
            chosen=chosen,
            # Claims come later; until something is claimed, the filter would only be in the way.
            filters=[pair for pair in filters if pair[1] or pair[0] is chosen or pair[0].key != "claimed"],
            rows=page.rows,
            severe={row.item.id for row in page.rows if is_severe(row.item)},
            readings={row.item.id: row.decision.plain_excerpt for row in page.rows if reads_differently(row)},
            next_page=page.next and queue_address(chosen.key, page.next),
            is_first=cursor is None,
            notice=NOTICES.get(notice),
        )

    def item(
        self,
        request: Request,
        item_id: str,
        *,
        notice: str = "",
        alert: str | None = None,
        draft: Draft = Draft(),
        status_code: int = 200,
    ) -> Response:
        """Show everything a moderator needs in order to rule."""
        detail = self._review.open(item_id)
        item, text = detail.item, detail.decision.text
        key = self._csrf.key_of(request)
        page = self._renderer.page(
            "item.html",
            status_code=status_code,
            item=item,
            decision=detail.decision,
            verdict=detail.decision.verdict,
            rulings=detail.rulings,
            feedback=detail.feedback,
            trail=detail.trail,
            texts=None if text is None else marked(text),
            bars=bars_of(detail.decision.verdict),
            severe=is_severe(item),
            supportive=calls_for_support(detail),
            choices=choices_for(item),
            categories=[each for each in Category if each is not item.category],
            neighbours=self._neighbours(item),
            csrf=key.token,
            draft=draft,
            note_max_chars=NOTE_MAX_CHARS,
            notice=NOTICES.get(notice),
            alert=alert,
        )
        self._csrf.attach(key, request, page)
        return page

    def rule(self, request: Request, item_id: str, fields: dict[str, str]) -> Response:
        """Store a ruling and go on to the most pressing open item, or say why it was not stored."""
        submission = parse_submission(fields)
        draft = Draft(fields.get("category", ""), fields.get("note", ""))
        if isinstance(submission, str):
            return self.item(request, item_id, alert=submission, draft=draft, status_code=422)
        try:
            ruled = self._review.rule(item_id, submission.ruling, expected_version=submission.version)
        except ReviewConflict:
            return self.item(request, item_id, alert=CONFLICT, draft=draft, status_code=409)
        waiting = self._review.queue((ReviewState.OPEN,), limit=2).rows
        going_on = next((f"/{quote(row.item.id, safe='')}" for row in waiting if row.item.id != ruled.id), "")
        return RedirectResponse(f"/review{going_on}?notice={submission.ruling.action}", status_code=303)

    def _neighbours(self, item: ReviewItem) -> Neighbours:
        """Find the neighbours of a waiting item; the one before only within the first page."""
        if item.state is ReviewState.RESOLVED:
            return Neighbours(None, None)
        ids = [row.item.id for row in self._review.queue(limit=PAGE_ROWS).rows]
        at = ids.index(item.id) if item.id in ids else None
        previous = ids[at - 1] if at else None
        if at is not None and at + 1 < len(ids):
            return Neighbours(previous, ids[at + 1])
        following = self._review.queue(limit=1, after=QueueCursor(item.priority, item.id)).rows
        return Neighbours(previous, following[0].item.id if following else None)


def parse_submission(fields: dict[str, str]) -> Submission | str:
    """Read a ruling form, or say in a sentence what is wrong with it."""
    action, category, version = (fields.get(name, "") for name in ("action", "category", "version"))
    # Browsers send line ends as CR LF.
    note = fields.get("note", "").replace("\r\n", "\n").strip()
    if action not in {each.value for each in RulingAction}:
        return "Your ruling was not stored: choose allow, block or escalate."
    if category and category not in {each.value for each in Category}:
        return "Your ruling was not stored: choose a category from the list."
    if not (version.isascii() and version.isdigit() and len(version) <= VERSION_MAX_DIGITS):
        return "Your ruling was not stored: the form was incomplete. Rule again on the item below."
    if len(note) > NOTE_MAX_CHARS:
        return (
            f"Your ruling was not stored: the note has {len(note)} characters, "
            f"and at most {NOTE_MAX_CHARS} fit. Shorten it and rule again."
        )
    ruling = Ruling(RulingAction(action), ACTOR, category=Category(category) if category else None, note=note)
    return Submission(ruling, int(version))


def parse_cursor(after: str) -> QueueCursor | None:
    """Read a place in the queue from an address; None where it is none."""
    priority, _, item_id = after.partition("_")
    try:
        number = float(priority)
    except ValueError:
        return None
    return QueueCursor(number, item_id) if item_id and math.isfinite(number) else None


def queue_address(key: str, after: QueueCursor) -> str:
    """Address the page of the queue that starts after an item."""
    return "/review?" + urlencode({"state": key, "after": f"{after.priority!r}_{after.item_id}"})


def reads_differently(row: QueueRow) -> bool:
    """Whether the plain text says something else than the post seems to."""
    written, reading = row.decision.excerpt, row.decision.plain_excerpt
    return written is not None and reading is not None and written.casefold() != reading.casefold()


def is_severe(item: ReviewItem) -> bool:
    """Whether the text is blurred until a person asks for it."""
    return item.label.severity >= Label.HARMFUL.severity or item.category in {
        Category.SELF_HARM,
        Category.SEXUAL,
    }


def calls_for_support(detail: ReviewDetail) -> bool:
    """Whether somebody may be in danger from themselves, by the machine's or by a person's category."""
    categories = {detail.item.category, *(each.ruling.category for each in detail.rulings)}
    scores = {each.category: each.score for each in detail.decision.verdict.categories}
    return Category.SELF_HARM in categories or scores.get(Category.SELF_HARM, 0) >= SUPPORT_SCORE


def bars_of(verdict: Verdict) -> list[CategoryScore]:
    """Give the scores with the highest first."""
    return sorted(verdict.categories, key=lambda each: -each.score)


def choices_for(item: ReviewItem) -> tuple[Choice, ...]:
    """Give what can still be done with an item."""
    if item.state is ReviewState.RESOLVED:
        return ()
    escalated = item.state is ReviewState.ESCALATED
    return tuple(each for each in CHOICES if not (escalated and each.action is RulingAction.ESCALATE))
