"""The lexicon as a file: taken out whole, and brought in after a look at what that would change."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Protocol, TypeVar

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile

from app.core.errors import LexiconInvalid, ModelError, TermConflict
from app.core.revisions import Change
from app.services.lexicon import Firing
from app.services.lexicon_desk import ImportPlan, LexiconDesk
from app.web.csrf import Csrf
from app.web.person import person_of
from app.web.render import Renderer
from app.web.term_form import REASON_MAX_CHARS
from app.web.trial import TrialView, view_of

FILE_MAX_BYTES = 4_000_000
FILE_NAME = "plainspeak-lexicon.toml"
MOST_FIRINGS = 20

T = TypeVar("T")


class OffTheLoop(Protocol):
    """Runs what blocks on a thread."""

    async def __call__(self, answer: Callable[[], T], *, trial: bool = False) -> T:
        """Run it; a trial where only one runs at a time."""


@dataclass(frozen=True, slots=True)
class Upload:
    """The import form as it was filled in."""

    text: str = ""
    reason: str = ""
    retire_others: bool = False
    seen: str = ""
    """Digest of the upload whose outlook the person has seen."""
    mistake: str = ""
    """Why the file that was chosen cannot be read."""

    @property
    def digest(self) -> str:
        """Tells uploads apart that would do something else."""
        return hashlib.sha256(f"{self.retire_others} {self.text}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Outlook:
    """What bringing a file in would do."""

    plan: ImportPlan
    firings: tuple[Firing, ...]
    trial: TrialView | None = None
    trouble: str = ""

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many terms would be added, edited, retired and restored."""
        return tuple((change.done, self.plan.count(change)) for change in Change)


def file_routes(router: APIRouter, pages: "FilePages", *, csrf: Csrf, off_the_loop: OffTheLoop) -> None:
    """Serve the export and the import."""

    @router.get("/lexicon/export.toml")
    async def get_export() -> Response:
        return await off_the_loop(pages.export)

    @router.get("/lexicon/import_terms")
    async def get_import(request: Request, notice: str = "") -> Response:
        return await off_the_loop(partial(pages.form, request, Upload(), notice=notice))

    @router.post("/lexicon/import_terms")
    async def post_import(request: Request) -> Response:
        async with request.form(max_files=1, max_part_size=FILE_MAX_BYTES) as form:
            fields = {name: value for name, value in form.items() if isinstance(value, str)}
            csrf.verify(request, fields.get("csrf", ""))
            file = form.get("file")
            mistake = ""
            if isinstance(file, UploadFile) and file.filename:
                try:
                    fields["text"] = (await file.read()).decode("utf-8-sig")
                except UnicodeDecodeError as error:
                    mistake = (
                        f"Nothing was changed: the file is not UTF-8, its byte {error.start + 1:,} is "
                        f"0x{error.object[error.start]:02x}. Save it as UTF-8 and choose it again."
                    )
        upload = Upload(
            text=fields.get("text", "").replace("\r\n", "\n"),
            reason=fields.get("reason", "").strip(),
            retire_others=bool(fields.get("retire_others")),
            seen=fields.get("seen", ""),
            mistake=mistake,
        )
        answer = partial(pages.bring_in, request, upload, action=fields.get("action", ""))
        return await off_the_loop(answer, trial=fields.get("action") == "try")


class FilePages:
    """Answers the requests about files. Every method blocks."""

    def __init__(self, desk: LexiconDesk, renderer: Renderer, csrf: Csrf) -> None:
        self._desk = desk
        self._renderer = renderer
        self._csrf = csrf

    def export(self) -> Response:
        """Give the terms in force as a file."""
        headers = {"content-disposition": f'attachment; filename="{FILE_NAME}"', "cache-control": "no-store"}
        return Response(self._desk.export(), media_type="application/toml", headers=headers)

    def bring_in(self, request: Request, upload: Upload, *, action: str) -> Response:
        """Show what a file would change, or bring it in; or say what is wrong with it."""
        mistake = _mistake(upload)
        if mistake:
            return self.form(request, upload, alert=mistake, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            plan = self._desk.plan_import(
                upload.text,
                name="The file",
                actor=person_of(request, self._csrf.key_of(request)),
                reason=upload.reason,
                retire_others=upload.retire_others,
            )
            if action == "save" and upload.seen == upload.digest:
                kept = self._desk.save_all(plan.amendments)
                return RedirectResponse(f"/lexicon/import_terms?notice={len(kept)}", status_code=303)
            outlook = self._outlook(plan, trial=action == "try")
        except LexiconInvalid as error:
            alert = f"Nothing was changed. {error}"
            return self.form(request, upload, alert=alert, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        except TermConflict as error:
            return self.form(
                request, upload, alert=f"Nothing was changed. {error}", status=HTTPStatus.CONFLICT
            )
        return self.form(request, upload, outlook=outlook)

    def _outlook(self, plan: ImportPlan, *, trial: bool) -> Outlook:
        firings = self._desk.new_firings(plan.amendments)
        if not trial:
            return Outlook(plan, firings)
        try:
            return Outlook(plan, firings, trial=view_of(self._desk.try_out(plan.amendments)))
        except ModelError as error:
            return Outlook(plan, firings, trouble=str(error))

    def form(
        self,
        request: Request,
        upload: Upload,
        *,
        notice: str = "",
        alert: str | None = None,
        outlook: Outlook | None = None,
        status: HTTPStatus = HTTPStatus.OK,
    ) -> Response:
        """Show the form, with what is known of the file in it."""
        key = self._csrf.key_of(request)
        number = notice if notice.isascii() and notice.isdigit() else ""
        page = self._renderer.page(
            "lexicon_import.html",
            status_code=status,
            upload=upload,
            notice=f"The file was brought in; changes that were made: {number[:9]}." if number else None,
            alert=alert,
            outlook=outlook,
            csrf=key.token,
            reason_max_chars=REASON_MAX_CHARS,
            most_firings=MOST_FIRINGS,
        )
        self._csrf.attach(key, request, page)
        return page


def _mistake(upload: Upload) -> str:
    if upload.mistake:
        return upload.mistake
    if not upload.text.strip():
        return "Nothing was changed: choose a file, or paste its text."
    if not upload.reason:
        return "Nothing was changed: say in a few words why, for those who look at the history later."
    if len(upload.reason) > REASON_MAX_CHARS:
        return (
            f"Nothing was changed: the reason has {len(upload.reason)} characters, "
            f"and at most {REASON_MAX_CHARS} fit."
        )
    return ""
