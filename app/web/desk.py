"""What a moderator gets to see: the queue, one item, and what came of their ruling. Works without script."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Self

from fastapi import Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

from app.core.errors import (
    PlainspeakError,
    QueueFull,
    ReviewConflict,
    ReviewHeld,
    SecondPersonNeeded,
    StorageError,
)
from app.core.review import Claim
from app.core.types import Category, ReviewState
from app.services.occlusion import Score, find_influence
from app.services.people import Role
from app.services.review import Appeal, QueueRow, ReviewDetail, ReviewService
from app.web.csrf import Csrf, FormKey
from app.web.dashboard import span
from app.web.errors import status_of
from app.web.evidence import (
    JUDGED_BY,
    WordList,
    bars_of,
    calls_for_support,
    is_severe,
    severe_item,
    words_of,
)
from app.web.live import named_counts
from app.web.person import may, person_of
from app.web.queue_view import CHOICES, STATES, Filters
from app.web.render import Renderer, marked
from app.web.ruling_form import NOTE_MAX_CHARS, Draft, choices_for, draft_of, parse_submission, parse_version
from app.web.waves import panel_of

PAGE_ROWS = 50

NOTICES = {
    "allow": "Allowed. The item is closed.",
    "block": "Blocked. The item is closed.",
    "escalate": "Escalated. The item waits for a second person.",
    "skip": "Skipped. The item comes back after the rest.",
    "undo": "Undone. The item is yours again; the audit trail keeps both steps.",
    "leave": "You let go of the item. Anybody can take it now.",
    "none": "Nothing here is free to take. What is still listed is held, waits for a second person, or is an "
    "appeal against your own ruling.",
}
MANY = {
    "allow": "Allowed {} posts. Their items are closed.",
    "block": "Blocked {} posts. Their items are closed.",
    "escalate": "Escalated {} posts. They wait for a second person.",
    "undo": "Undone for {} posts. This one is yours again; the audit trail keeps every step.",
}
LEFT_ONE = "One was left as it was: somebody else holds it, or has changed it meanwhile."
LEFT = "{} were left as they were: somebody else holds them, or has changed them meanwhile."
CONFLICT = (
    "This item changed while you had it open, so your ruling was not stored. "
    "Below is how it stands now; look again and rule again if it still needs you."
)
NO_DRAFT = Draft()
UNCLAIMED = "This item could not be kept for you, so another person may open it too: "


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of a person."""

    request: Request
    key: FormKey
    filters: Filters

    @property
    def turns(self) -> bool:
        """Whether the page itself asks, to show the next item in its own place."""
        return self.request.headers.get("x-turn") == "1"

    @property
    def person(self) -> str:
        """Who asks."""
        return person_of(self.request, self.key)


@dataclass(frozen=True, slots=True)
class Done:
    """How many items the last step changed, and how many others it had to leave as they were."""

    many: int = 1
    left: int = 0

    @classmethod
    def parse(cls, query: Mapping[str, str]) -> Self:
        """Read what an address of ours says of it; what cannot be read is left out."""

        def number(name: str, usual: int) -> int:
            value = query.get(name, "")
            return int(value) if value.isascii() and value.isdigit() and len(value) <= 2 else usual

        return cls(number("many", 1), number("left", 0))

    def query(self) -> dict[str, str]:
        """The same as the query of an address."""
        return {
            **({"many": str(self.many)} if self.many > 1 else {}),
            **({"left": str(self.left)} if self.left else {}),
        }

    def said(self, notice: str) -> str | None:
        """Put a notice in words, with the numbers."""
        words = (MANY if self.many > 1 else NOTICES).get(notice)
        if words is None or not self.left:
            return words and words.format(self.many)
        return f"{words.format(self.many)} {LEFT_ONE if self.left == 1 else LEFT.format(self.left)}"


JUST_ONE = Done()


@dataclass(frozen=True, slots=True)
class Said:
    """What an item page says on top, or shows again, beside the item."""

    notice: str = ""
    alert: str | None = None
    draft: Draft = NO_DRAFT
    words: WordList | None = None
    explanation: str | None = None
    status: HTTPStatus = HTTPStatus.OK
    done: Done = JUST_ONE


class Desk:
    """Answers the requests of a moderator. Every method blocks."""

    def __init__(
        self, review: ReviewService, renderer: Renderer, csrf: Csrf, *, explains: Callable[[], bool]
    ) -> None:
        self._review = review
        self._explains = explains
        self._renderer = renderer
        self._csrf = csrf

    def queue(self, request: Request) -> Response:
        """Show one page of the queue."""
        filters = Filters.parse(request.query_params)
        after = request.query_params.get("after", "")
        cursor = filters.cursor(after) if filters else None
        if filters is None or (after and cursor is None):
            return self._renderer.error(
                status=HTTPStatus.UNPROCESSABLE_ENTITY,
                title="There is no such page of the queue",
                detail="The address names a filter or a place in the queue that does not exist.",
            )
        now = self._review.now()
        found = self._review.queue(filters.view(now), limit=PAGE_ROWS, after=cursor)
        key = self._csrf.key_of(request)
        person = person_of(request, key)
        page = self._renderer.page(
            "queue.html",
            filters=filters,
            states=STATES,
            choices=CHOICES,
            categories=list(Category),
            counts=named_counts(self._review.counts()),
            rows=found.rows,
            severe={row.item.id for row in found.rows if severe_item(row.item)},
            readings={
                row.item.id: row.decision.plain_excerpt for row in found.rows if reads_differently(row)
            },
            holders={row.item.id: claim.holder for row in found.rows if (claim := row.item.held_at(now))},
            person=person,
            next_page=found.next and filters.page(found.next),
            is_first=cursor is None,
            csrf=key.token,
            undoable=self._review.undoable(person),
            undo_within=span(self._review.undo_within),
            notice=Done.parse(request.query_params).said(request.query_params.get("notice", "")),
        )
        self._csrf.attach(key, request, page)
        return page

    def item(self, asked: Asked, item_id: str, said: Said, *, is_taken: bool = False) -> Response:
        """Show everything a moderator needs in order to rule, and keep the item for them."""
        unclaimed = None if is_taken else self._claim(asked, item_id)
        alert = said.alert or unclaimed
        detail = self._review.open(item_id)
        item, decision = detail.item, detail.decision
        now = self._review.now()
        claim, filters = item.held_at(now), asked.filters
        supportive = calls_for_support(detail)
        for_another = self._review.is_for_another(item, asked.person)
        past_severe = {
            each.summary.id for each in detail.past if is_severe(each.summary.label, each.summary.category)
        }
        previous, following = (
            (None, None)
            if item.state is ReviewState.RESOLVED
            else self._review.neighbours(filters.view(now), item)
        )
        page = self._renderer.page(
            "item.html",
            status_code=said.status,
            item=item,
            decision=decision,
            verdict=decision.verdict,
            judged_by=JUDGED_BY[item.lane],
            rulings=detail.rulings,
            feedback=detail.feedback,
            trail=detail.trail,
            past=detail.past,
            past_severe=past_severe,
            texts=None if decision.text is None else marked(decision.text),
            bars=bars_of(decision.verdict, self._review.policy),
            policy_changed=decision.verdict.versions.policy != self._review.policy.version,
            words=said.words,
            explanation=said.explanation,
            explains=self._explains(),
            severe=severe_item(item),
            supportive=supportive,
            holder=claim.holder if claim and claim.holder != asked.person else None,
            held=claim if claim and claim.holder == asked.person else None,
            held_until=claim.until if claim else None,
            heartbeat_s=max(1, round(self._review.lease.total_seconds() / 3)),
            choices=choices_for(item, supportive=supportive, appeal=open_appeal(detail))
            if may(Role.MODERATOR) and is_mine(claim, asked.person) and not for_another
            else (),
            wave=detail.wave
            and detail.wave.waiting > 0
            and decision.text
            and panel_of(detail.wave, decision.text.plain, person=asked.person, now=now),
            alike=detail.wave if detail.wave and detail.wave.decided else None,
            alike_severe={each.item.id for each in detail.wave.decided if severe_item(each.item)}
            if detail.wave
            else set(),
            appeals=detail.appeals,
            for_another=for_another,
            categories=list(Category),
            previous=previous,
            following=following,
            filters=filters,
            csrf=asked.key.token,
            draft=said.draft,
            note_max_chars=NOTE_MAX_CHARS,
            undoable=self._review.undoable(asked.person),
            undo_within=span(self._review.undo_within),
            notice=said.done.said(said.notice),
            alert=alert,
        )
        self._csrf.attach(asked.key, asked.request, page)
        return page

    def rule(self, asked: Asked, item_id: str, fields: dict[str, str]) -> Response:
        """Store a ruling and go on to the next free item, or say why it was not stored."""
        submission = parse_submission(fields, actor=asked.person)
        draft = draft_of(fields)
        if isinstance(submission, str):
            said = Said(alert=submission, draft=draft, status=HTTPStatus.UNPROCESSABLE_ENTITY)
            return self.item(asked, item_id, said)
        try:
            ruled = self._review.rule_all(
                item_id, submission.ruling, expected_version=submission.version, others=submission.others
            )
        except ReviewConflict as error:
            return self.item(asked, item_id, _refused(error, draft))
        return self.go_on(asked, notice=submission.ruling.action, done=Done(len(ruled.items), ruled.left))

    def skip(self, asked: Asked, item_id: str, fields: dict[str, str]) -> Response:
        """Put an item behind all others and go on."""
        draft = draft_of(fields)
        try:
            self._review.skip(item_id, person=asked.person, expected_version=parse_version(fields) or 0)
        except ReviewConflict as error:
            return self.item(asked, item_id, _refused(error, draft))
        return self.go_on(asked, notice="skip", skipped=item_id)

    def go_on(
        self, asked: Asked, *, notice: str, skipped: str | None = None, done: Done = JUST_ONE
    ) -> Response:
        """Lead to the next free item of the view, already kept for this person, or back to the queue."""
        filters = asked.filters
        taken = self._review.claim_next(filters.next_view(self._review.now()), person=asked.person)
        if taken is not None and taken.id == skipped and taken.claim is not None:
            # Everything else is held or done; showing the same item again would be no skip.
            self._review.release(taken.id, person=asked.person, claimed_at=taken.claim.at)
            taken = None
        if taken is None:
            return _see(filters.address(notice=notice or "none", **done.query()))
        return self._lead_to(asked, taken.id, notice=notice, done=done)

    def _lead_to(self, asked: Asked, item_id: str, *, notice: str, done: Done) -> Response:
        """Lead to an item that this person has just taken; a page that turns gets it at once."""
        named = {"notice": notice} if notice else {}
        address = asked.filters.item(item_id, **named, **done.query())
        if not asked.turns:
            return _see(address)
        page = self.item(asked, item_id, Said(notice=notice, done=done), is_taken=True)
        page.headers["Content-Location"] = address
        return page

    def undo(self, asked: Asked, ruling_id: str, *, item_id: str) -> Response:
        """Take the last ruling back and lead to its item, or say there why it stands."""
        try:
            undone = self._review.undo(ruling_id, person=asked.person)
        except ReviewConflict as error:
            page = self.item(asked, item_id, Said(alert=str(error), status=HTTPStatus.CONFLICT))
            page.headers["Content-Location"] = asked.filters.item(item_id)
            return page
        done = Done(len(undone.items), undone.left)
        return self._lead_to(asked, undone.items[0].id, notice="undo", done=done)

    def renew(self, asked: Asked, item_id: str, fields: dict[str, str]) -> Response:
        """Keep an item a while longer, or say in words that it is no longer this person's to rule on."""
        item = self._review.claim(item_id, person=asked.person, renew=True)
        claim = item.held_at(self._review.now())
        if claim is not None and claim.holder != asked.person:
            return PlainTextResponse(f"{claim.holder} holds this item now.", HTTPStatus.CONFLICT)
        if item.version != parse_version(fields):
            return PlainTextResponse("This item has changed since you opened it.", HTTPStatus.CONFLICT)
        return Response(status_code=HTTPStatus.NO_CONTENT)

    def release(self, asked: Asked, item_id: str, fields: dict[str, str]) -> Response:
        """Let go of an item."""
        try:
            claimed_at = datetime.fromisoformat(fields.get("claimed_at", ""))
        except ValueError:
            claimed_at = None
        if claimed_at is not None and claimed_at.tzinfo is not None:
            self._review.release(item_id, person=asked.person, claimed_at=claimed_at)
        if "leave" in fields:
            return _see(asked.filters.address(notice="leave"))
        return Response(status_code=HTTPStatus.NO_CONTENT)

    def words(self, item_id: str, score: Score) -> Said:
        """Ask the model which words drove the score of an item."""
        detail = self._review.open(item_id)
        if detail.decision.text is None:
            return Said(alert="The text is not stored, so its words cannot be looked at.")
        text = detail.decision.text.original
        try:
            influence = find_influence(score, text, category=detail.item.category)
        except PlainspeakError as error:
            return Said(alert=f"The model could not say: {error}", status=status_of(type(error)))
        return Said(words=words_of(influence, text))

    def _claim(self, asked: Asked, item_id: str) -> str | None:
        """Keep an item for a person who opens it and may rule on it; give what to say where that failed."""
        if "prefetch" in asked.request.headers.get("sec-purpose", "") or not may(Role.MODERATOR):
            return None
        try:
            self._review.claim(item_id, person=asked.person)
        except (StorageError, QueueFull) as error:
            # Reading must go on while the database cannot be written.
            return UNCLAIMED + str(error)
        return None


def is_mine(claim: Claim | None, person: str) -> bool:
    """Whether a person may rule: nobody else holds the item."""
    return claim is None or claim.holder == person


def open_appeal(detail: ReviewDetail) -> Appeal | None:
    """The appeal that a ruling on the item would decide."""
    return next((each for each in detail.appeals if each.id == detail.item.appeal_id), None)


def reads_differently(row: QueueRow) -> bool:
    """Whether the plain text says something else than the post seems to."""
    written, reading = row.decision.excerpt, row.decision.plain_excerpt
    return written is not None and reading is not None and written.casefold() != reading.casefold()


def _refused(error: ReviewConflict, draft: Draft) -> Said:
    is_anothers = isinstance(error, ReviewHeld | SecondPersonNeeded)
    words = f"Your ruling was not stored. {error}" if is_anothers else CONFLICT
    return Said(alert=words, draft=draft, status=HTTPStatus.CONFLICT)


def _see(address: str) -> Response:
    return RedirectResponse(address, status_code=HTTPStatus.SEE_OTHER)
