"""The policy page: every threshold over the scores it cuts, and what moving it would have done.

Works without script: moving sliders and asking is one form. With script the page asks by itself, and shows
the parts of the answer that changed.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from http import HTTPStatus
from typing import TypeVar

import anyio.to_thread
import svg
from anyio import CapacityLimiter
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from markupsafe import Markup

from app.core.errors import PolicyConflict
from app.core.policy import Policy
from app.core.policy_revisions import UNREVISED, StepChange, sections_of, step_changes
from app.core.policy_trial import PolicyTrial, Sample
from app.services.policy_desk import PolicyDesk, PolicyView
from app.web.csrf import Csrf
from app.web.person import person_of
from app.web.pictures import drawn, stacked, upright
from app.web.policy_form import ACTIONS, NAMES, REASON_MAX_CHARS, PolicyDraft, draft_from, read, text_of
from app.web.render import Renderer, percent

POLICY_THREADS = 2
BANDS = 50
NOTICES = {
    "saved": "Saved. Every process decides by it within two seconds.",
    "reverted": "Brought back, as a new version. Every process decides by it within two seconds.",
}
CONFLICT = (
    "Somebody saved another policy while you had this one open, so yours was not saved. "
    "What yours would change about theirs is below; saving again puts yours in its place."
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SectionPicture:
    """The recent scores of a section, cut by its steps."""

    drawing: Markup
    reached: tuple[str, ...]
    """For each step: how many posts reach it, in words."""


def policy_router(desk: PolicyDesk, *, renderer: Renderer, csrf: Csrf) -> APIRouter:
    """Serve the policy and the changes to it."""
    pages = PolicyPages(desk, renderer, csrf)
    router = APIRouter(include_in_schema=False, prefix="/policy")
    limiter = CapacityLimiter(POLICY_THREADS)

    async def off_the_loop(answer: Callable[[], T]) -> T:
        return await anyio.to_thread.run_sync(answer, limiter=limiter)

    async def form(request: Request) -> dict[str, str]:
        form = await request.form(max_files=0)
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        csrf.verify(request, fields.get("csrf", ""))
        return fields

    @router.get("")
    async def get_policy(request: Request, notice: str = "") -> Response:
        return await off_the_loop(partial(pages.show, request, notice=notice))

    @router.post("/preview")
    async def post_preview(request: Request) -> Response:
        fields = await form(request)
        return await off_the_loop(partial(pages.preview, request, fields))

    @router.post("/save")
    async def post_save(request: Request) -> Response:
        fields = await form(request)
        return await off_the_loop(partial(pages.save, request, fields))

    @router.post("/revert")
    async def post_revert(request: Request) -> Response:
        fields = await form(request)
        return await off_the_loop(partial(pages.revert, request, fields))

    return router


class PolicyPages:
    """Answers the requests of somebody who looks after the policy. Every method blocks."""

    def __init__(self, desk: PolicyDesk, renderer: Renderer, csrf: Csrf) -> None:
        self._desk = desk
        self._renderer = renderer
        self._csrf = csrf

    def show(self, request: Request, *, notice: str = "") -> Response:
        """Show the policy in force."""
        view = self._desk.view()
        draft = draft_from(view.policy, number=view.number)
        return self._page(request, view, draft, notice=NOTICES.get(notice))

    def preview(self, request: Request, fields: dict[str, str]) -> Response:
        """Show what a policy would have done; nothing is kept."""
        view = self._desk.view()
        draft = read(fields, kept=view.policy)
        status = HTTPStatus.UNPROCESSABLE_ENTITY if draft.problems else HTTPStatus.OK
        return self._page(request, view, draft, status=status)

    def save(self, request: Request, fields: dict[str, str]) -> Response:
        """Keep a policy as a new version, or say why it was not kept."""
        view = self._desk.view()
        draft = read(fields, kept=view.policy)
        alert = _refusal(view, draft)
        if draft.policy is None or alert:
            return self._page(request, view, draft, alert=alert, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        person = person_of(request, self._csrf.key_of(request))
        try:
            self._desk.save(draft.policy, seen=draft.seen, actor=person, reason=draft.reason)
        except PolicyConflict:
            now = self._desk.view()
            again = replace(draft, seen=now.number)
            return self._page(request, now, again, alert=CONFLICT, status=HTTPStatus.CONFLICT)
        return RedirectResponse("/policy?notice=saved", status_code=HTTPStatus.SEE_OTHER)

    def revert(self, request: Request, fields: dict[str, str]) -> Response:
        """Bring an earlier version back."""
        number, seen = fields.get("number", ""), fields.get("seen", "")
        wanted = int(number) if number.isdecimal() and len(number) < 10 else -1
        reason = "Back to the policy file." if wanted == UNREVISED else f"Back to version {number[:10]}."
        try:
            self._desk.revert(
                wanted,
                seen=int(seen) if seen.isdecimal() and len(seen) < 10 else -1,
                actor=person_of(request, self._csrf.key_of(request)),
                reason=reason,
            )
        except PolicyConflict as error:
            view = self._desk.view()
            draft = draft_from(view.policy, number=view.number)
            return self._page(request, view, draft, alert=str(error), status=HTTPStatus.CONFLICT)
        return RedirectResponse("/policy?notice=reverted", status_code=HTTPStatus.SEE_OTHER)

    def _page(
        self,
        request: Request,
        view: PolicyView,
        draft: PolicyDraft,
        *,
        notice: str | None = None,
        alert: str | None = None,
        status: HTTPStatus = HTTPStatus.OK,
    ) -> Response:
        key = self._csrf.key_of(request)
        sample = self._desk.sample()
        policy = draft.policy or view.policy
        trial = sample.compare(view.policy, policy)
        page = self._renderer.page(
            "policy.html",
            status_code=status,
            view=view,
            draft=draft,
            trial=trial,
            answer=answer_of(trial) if not draft.problems else "A number is wrong; nothing was tried.",
            pictures={
                section: picture_of(sample, section, policy, in_force=view.policy)
                for section in sections_of(policy)
            },
            changes=[change_words(each) for each in step_changes(view.policy, policy)],
            history=[
                (each.revision, [change_words(change) for change in each.changes]) for each in view.history
            ],
            unrevised=UNREVISED,
            reason_max_chars=REASON_MAX_CHARS,
            csrf=key.token,
            notice=notice,
            alert=alert,
        )
        self._csrf.attach(key, request, page)
        return page


def answer_of(trial: PolicyTrial) -> str:
    """What a policy would have done, in one sentence."""
    if not trial.posts:
        return "Nothing was judged yet to try it on."
    parts: list[str] = []
    if trial.held_more:
        parts.append(f"send {trial.held_more:,} more to review")
    if trial.held_less:
        stood = f", {trial.spared:,} of which people let stand" if trial.spared else ""
        parts.append(f"let {trial.held_less:,} more through{stood}")
    if trial.missed:
        parts.append(f"miss {trial.missed:,} that people blocked")
    if trial.blocked_more:
        stood = f", {trial.wronged:,} of which people let stand" if trial.wronged else ""
        parts.append(f"block {trial.blocked_more:,} more{stood}")
    if trial.blocked_less:
        parts.append(f"block {trial.blocked_less:,} less")
    said = " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:]))) or "change nothing"
    decisions = "decision" if trial.posts == 1 else f"{trial.posts:,} decisions"
    return f"On the last {decisions} this would {said}."


def picture_of(sample: Sample, section: str, policy: Policy, *, in_force: Policy) -> SectionPicture:
    """Draw the scores of a section; heights are logarithmic, or the innocent posts would hide all others."""
    heights = [math.log1p(count) for count in sample.bands(section, BANDS)]
    wanted, now = sections_of(policy)[section], sections_of(in_force)[section]
    marks: list[svg.Element] = []
    for step in ACTIONS:
        was, least = getattr(now, step), getattr(wanted, step)
        if was is not None and was != least:
            marks.append(upright(was, "cut-was"))
        if least is not None:
            marks.append(upright(least, f"cut-{step}"))
    bars = stacked([[height] for height in heights], ["fill"], top=max(*heights, 1.0))
    return SectionPicture(
        drawn([*bars, *marks]), tuple(_reached(sample, section, getattr(wanted, s)) for s in ACTIONS)
    )


def change_words(change: StepChange) -> tuple[str, str, str]:
    """A change as a person reads it: the step, what it was and what it is."""
    section = NAMES["overall" if change.category is None else change.category.value]
    what = {"review": "to a person from", "block": "blocked from"}.get(
        change.step, f"{change.step.replace('_', ' ')} from"
    )
    return f"{section}, {what}", _level(change.before), _level(change.after)


def _reached(sample: Sample, section: str, least: float | None) -> str:
    if least is None:
        return "never"
    posts = sample.reached(section, least)
    words = "post" if posts == 1 else "posts"
    return f"{posts:,} {words}, {percent(posts / sample.posts)}" if sample.posts else ""


def _refusal(view: PolicyView, draft: PolicyDraft) -> str | None:
    """Why a form cannot be saved; None where it can."""
    if draft.problems:
        return "Not saved. Correct what is marked below."
    if not draft.reason or len(draft.reason) > REASON_MAX_CHARS:
        return f"Not saved. Say why, in at most {REASON_MAX_CHARS} characters: the history keeps it."
    if draft.policy is not None and not step_changes(view.policy, draft.policy):
        return "Not saved. Nothing differs from the policy in force."
    return None


def _level(value: float | None) -> str:
    return "never" if value is None else f"{text_of(value)}%"
