"""The lexicon desk: the terms, one term with its history, and the forms that change them.

Every page works without script. A change can be tried on past posts before it is saved, and one that somebody
may regret is asked about once more. Pages run on threads of their own; trials on one thread, one at a time.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import quote, urlencode

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from app.core.errors import LexiconInvalid, ModelError, NotFound, TermConflict
from app.core.lexicon import LONGEST_ID, LONGEST_NOTE, Term
from app.core.revisions import (
    UNREVISED,
    Amendment,
    Change,
    Difference,
    Revision,
    TermState,
    differences,
    fingerprint,
)
from app.core.types import Category
from app.services.lexicon_desk import Findings, LexiconDesk, TermView
from app.services.trial import Trial
from app.web.csrf import Csrf
from app.web.lexicon_files import FilePages, file_routes
from app.web.person import person_of
from app.web.render import Renderer
from app.web.review import PAGE_THREADS
from app.web.term_form import REASON_MAX_CHARS, Draft, draft_from, draft_of, read
from app.web.trial import TrialView, view_of

PAGE_TERMS = 50
PAGE_MAX_DIGITS = 6
MOST_FIRINGS = 10

NOTICES = {
    change.done: f"The term was {change.done}. Every process uses it within two seconds." for change in Change
}
CONFLICT = (
    "Somebody changed this term while you had it open, so your change was not saved. "
    "What they saved is below. Saving again puts yours in its place."
)
DOUBTS = "Not saved yet. Look at what stands below, then save again if you still want it."

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StateFilter:
    """One way to look at the terms."""

    key: str
    name: str
    shows: Callable[[TermState], bool]


FILTERS = (
    StateFilter("in-force", "In force", lambda state: not state.retired),
    StateFilter("ambiguous", "Ambiguous", lambda state: state.term.ambiguous and not state.retired),
    StateFilter("changed", "Changed here", lambda state: state.version != UNREVISED),
    StateFilter("retired", "Retired", lambda state: state.retired),
)


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A revision, and what it changed."""

    revision: Revision
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What is known of a change that is not saved yet."""

    findings: Findings | None = None
    trial: TrialView | None = None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Theirs:
    """What somebody saved in between."""

    state: TermState
    differences: tuple[Difference, ...]
    """From theirs to the one that was not saved."""


def lexicon_router(desk: LexiconDesk, *, renderer: Renderer, csrf: Csrf) -> APIRouter:
    """Serve the lexicon and the changes to it.

    A term's id has no underscore and no dot, so the addresses that have one are no terms.
    """
    pages = LexiconPages(desk, renderer, csrf)
    router = APIRouter(include_in_schema=False)
    limiter, trials = CapacityLimiter(PAGE_THREADS), CapacityLimiter(1)

    async def off_the_loop(answer: Callable[[], T], *, trial: bool = False) -> T:
        return await anyio.to_thread.run_sync(answer, limiter=trials if trial else limiter)

    async def change(request: Request, change: Change, term_id: str) -> Response:
        form = await request.form(max_files=0)
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        csrf.verify(request, fields.get("csrf", ""))
        answer = partial(pages.change, request, change, term_id, fields)
        return await off_the_loop(answer, trial=fields.get("action") == "try")

    @router.get("/lexicon")
    async def get_terms(
        q: str = "", category: str = "", state: str = "in-force", page: str = "1"
    ) -> Response:
        return await off_the_loop(partial(pages.terms, q, category, state, page))

    @router.get("/lexicon/add_term")
    async def get_add(request: Request) -> Response:
        return await off_the_loop(partial(pages.new, request, draft_of(dict(request.query_params))))

    @router.post("/lexicon/add_term")
    async def post_add(request: Request) -> Response:
        return await change(request, Change.ADD, "")

    file_routes(router, FilePages(desk, renderer, csrf), csrf=csrf, off_the_loop=off_the_loop)

    @router.get("/lexicon/{term_id}")
    async def get_term(term_id: str, notice: str = "") -> Response:
        return await off_the_loop(partial(pages.term, term_id, notice=notice))

    @router.get("/lexicon/{term_id}/{name}")
    async def get_change(request: Request, term_id: str, name: str) -> Response:
        return await off_the_loop(partial(pages.open, request, change_of(name), term_id))

    @router.post("/lexicon/{term_id}/{name}")
    async def post_change(request: Request, term_id: str, name: str) -> Response:
        return await change(request, change_of(name), term_id)

    return router


class LexiconPages:
    """Answers the requests of a moderator at the lexicon. Every method blocks."""

    def __init__(self, desk: LexiconDesk, renderer: Renderer, csrf: Csrf) -> None:
        self._desk = desk
        self._renderer = renderer
        self._csrf = csrf

    def terms(self, wanted: str, category: str, state: str, page: str) -> Response:
        """Show one page of the terms that fit a search."""
        chosen = next((each for each in FILTERS if each.key == state), FILTERS[0])
        kind = next((each for each in Category if each.value == category), None)
        number = int(page) if page.isascii() and page.isdigit() and len(page) <= PAGE_MAX_DIGITS else 1
        fitting = [
            each
            for each in self._desk.states().values()
            if (kind is None or each.term.category is kind) and fits(each.term, wanted)
        ]
        shown = sorted(filter(chosen.shows, fitting), key=lambda each: each.term.id)
        pages = max(1, -(-len(shown) // PAGE_TERMS))
        number = min(max(number, 1), pages)

        def address(**changes: object) -> str:
            asked = {"q": wanted, "category": category, "state": chosen.key, **changes}
            return "/lexicon?" + urlencode({name: value for name, value in asked.items() if value})

        return self._renderer.page(
            "lexicon.html",
            wanted=wanted,
            category=kind,
            categories=list(Category),
            chosen=chosen,
            filters=[(each, sum(map(each.shows, fitting)), address(state=each.key)) for each in FILTERS],
            states=shown[(number - 1) * PAGE_TERMS : number * PAGE_TERMS],
            found=len(shown),
            page=number,
            pages=pages,
            previous_page=address(page=number - 1) if number > 1 else None,
            next_page=address(page=number + 1) if number < pages else None,
            version=self._desk.version,
        )

    def term(self, term_id: str, *, notice: str = "") -> Response:
        """Show a term with everything that was done to it."""
        view = self._desk.open(term_id)
        return self._renderer.page(
            "term.html", view=view, history=history_of(view), notice=NOTICES.get(notice)
        )

    def new(self, request: Request, draft: Draft) -> Response:
        """Show the form of a new term, filled in as far as something is known of it."""
        # A link fills fields in; it does not say what the person has seen.
        return self._form(request, Change.ADD, replace(draft, version=str(UNREVISED), seen=""))

    def open(self, request: Request, change: Change, term_id: str) -> Response:
        """Show the form of a change to a term."""
        state = self._desk.open(term_id).state
        return self._form(request, change, draft_from(state.term, version=state.version), kept=state.term)

    def change(self, request: Request, change: Change, term_id: str, fields: dict[str, str]) -> Response:
        """Try a change out or save it; or show the form again with what speaks against it."""
        kept = self._desk.open(term_id).state.term if term_id else None
        draft = draft_of(fields if kept is None else fields | {"id": kept.id})
        reading = read(draft, kept=kept if change in {Change.RETIRE, Change.RESTORE} else None)
        again = partial(self._form, request, change, draft, kept=kept)
        if reading.problems:
            return again(problems=reading.problems, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        amendment = Amendment(
            change,
            reading.term,
            person_of(request, self._csrf.key_of(request)),
            draft.reason,
            reading.version,
        )
        try:
            return self._settle(amendment, draft, again, only_try=fields.get("action") == "try")
        except TermConflict as error:
            return self._conflict(request, amendment, draft, said=str(error))
        except LexiconInvalid as error:
            return again(alert=f"Not saved: {error}", status=HTTPStatus.UNPROCESSABLE_ENTITY)

    def _settle(
        self, amendment: Amendment, draft: Draft, again: Callable[..., Response], *, only_try: bool
    ) -> Response:
        """Save, unless something speaks against it that the person has not seen."""
        findings = self._desk.check(amendment)
        if findings.problems:
            return again(problems=beside(findings), status=HTTPStatus.UNPROCESSABLE_ENTITY)
        seen = replace(draft, seen=fingerprint(amendment.term))
        if only_try:
            return again(seen, preview=self._try_out(amendment, findings))
        if findings.doubts and draft.seen != seen.seen:
            return again(seen, preview=Preview(findings), alert=DOUBTS)
        self._desk.save(amendment)
        address = f"/lexicon/{quote(amendment.term.id, safe='')}?notice={amendment.change.done}"
        return RedirectResponse(address, status_code=HTTPStatus.SEE_OTHER)

    def _try_out(self, amendment: Amendment, findings: Findings) -> Preview:
        try:
            trial: Trial = self._desk.try_out([amendment])
        except ModelError as error:
            return Preview(findings, trouble=str(error))
        return Preview(findings, trial=view_of(trial))

    def _conflict(self, request: Request, amendment: Amendment, draft: Draft, *, said: str) -> Response:
        """Show what was saved in between beside what was not; the form now changes the newer version."""
        state = self._desk.open(amendment.term.id).state
        theirs = Theirs(state, differences(state.term, amendment.term))
        fits_now = amendment.change is not Change.ADD and state.retired == (
            amendment.change is Change.RESTORE
        )
        return self._form(
            request,
            amendment.change,
            replace(draft, version=str(state.version)),
            kept=None if amendment.change is Change.ADD else state.term,
            alert=CONFLICT if fits_now else said,
            theirs=theirs,
            status=HTTPStatus.CONFLICT,
        )

    def _form(
        self,
        request: Request,
        change: Change,
        draft: Draft,
        again: Draft | None = None,
        *,
        kept: Term | None = None,
        problems: dict[str, list[str]] | None = None,
        preview: Preview = Preview(),
        alert: str | None = None,
        theirs: Theirs | None = None,
        status: HTTPStatus = HTTPStatus.OK,
    ) -> Response:
        key = self._csrf.key_of(request)
        page = self._renderer.page(
            "term_form.html",
            status_code=status,
            change=change,
            draft=again or draft,
            kept=kept,
            problems=problems or {},
            preview=preview,
            alert=alert,
            theirs=theirs,
            categories=list(Category),
            csrf=key.token,
            most_firings=MOST_FIRINGS,
            limits={"id": LONGEST_ID, "note": LONGEST_NOTE, "reason": REASON_MAX_CHARS},
        )
        self._csrf.attach(key, request, page)
        return page


def change_of(name: str) -> Change:
    """The change to a term that an address names, or NotFound."""
    for change in (Change.EDIT, Change.RETIRE, Change.RESTORE):
        if change.value == name:
            return change
    raise NotFound(f"A term cannot be {name[:20]!r}. Edit, retire or restore it from its page.")


def fits(term: Term, wanted: str) -> bool:
    """Whether a search finds a term: by its name, a surface, plain words or the note."""
    sought = wanted.strip().casefold()
    said = (term.id, term.note, *(part for form in term.forms for part in (form.surface, form.canonical)))
    return any(sought in each.casefold() for each in said)


def history_of(view: TermView) -> list[HistoryEntry]:
    """The revisions of a term with what each changed, the last one first."""
    before = [view.original, *(revision.term for revision in view.history)]
    entries = [
        HistoryEntry(revision, differences(term, revision.term) if term else ())
        for term, revision in zip(before, view.history, strict=False)
    ]
    return entries[::-1]


def beside(findings: Findings) -> dict[str, list[str]]:
    """The problems by field, as sentences that begin with a capital."""
    found: dict[str, list[str]] = {}
    for problem in findings.problems:
        sentence = problem.sentence[:1].upper() + problem.sentence[1:]
        found.setdefault(problem.field, []).append(sentence)
    return found
