"""The pages of what was decided: search, one decision, export, erasure."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from http import HTTPStatus
from typing import Self
from urllib.parse import urlencode

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse, StreamingResponse

from app.core.errors import PlainspeakError
from app.core.review import lane_of
from app.core.search import DecisionSearch, words_in
from app.core.types import Action, Category, Label
from app.services.decisions import DecisionService, SearchCursor
from app.services.export import ExportRow, ExportService
from app.web.csrf import Csrf
from app.web.errors import status_of
from app.web.evidence import JUDGED_BY, bars_of, is_severe
from app.web.person import person_of
from app.web.render import Renderer, marked
from app.web.wire import export_out

PAGE_ROWS = 50
THREADS = 4
MAX_CHARS = 200
MOST_TEXTS = 2**63
"""Numbers of texts are below it."""
CHOICES: dict[str, dict[str, str]] = {
    "label": {each.value: each.display_name for each in Label},
    "category": {each.value: each.display_name for each in Category},
    "action": {
        Action.ALLOW: "Let it through",
        Action.REVIEW: "Held it for a person",
        Action.BLOCK: "Blocked it",
    },
}
CSV_COLUMNS = (
    "id",
    "created_at",
    "content_id",
    "author_id",
    "label",
    "confidence",
    "category",
    "score",
    "action",
    "ruling",
    "text",
    "normalized_text",
)
_ERASED = re.compile(r"erased\.(\d{1,6})\.(\d{1,6})\.(\d{1,6})\.(\d{1,6})", re.ASCII)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Query:
    """A search as an address names it."""

    q: str = ""
    label: str = ""
    category: str = ""
    action: str = ""
    author: str = ""
    content: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def parse(cls, request: Request) -> Self | None:
        """Read the search of an address; None where one of its values does not exist."""
        query = request.query_params
        # No database keeps a zero byte, so nothing can be found by one.
        values = {key: query.get(key, "")[:MAX_CHARS].replace("\0", "").strip() for key in asdict(cls())}
        asked = cls(**values)
        if any(values[key] and values[key] not in words for key, words in CHOICES.items()):
            return None
        try:
            asked.search()
        except (ValueError, OverflowError):
            return None
        return asked

    def search(self) -> DecisionSearch:
        """Give the search that the address stands for; raises ValueError where a day is none."""
        words, unfinished = words_in(self.q)
        until = _start_of(self.until)
        return DecisionSearch(
            words=words,
            unfinished=unfinished,
            label=Label(self.label) if self.label else None,
            category=Category(self.category) if self.category else None,
            action=Action(self.action) if self.action else None,
            author_id=self.author or None,
            content_id=self.content or None,
            created_from=_start_of(self.since),
            created_before=until + timedelta(days=1) if until else None,
        )

    def cursor(self, after: str) -> SearchCursor | None:
        """Read a place in the list from an address; None where it is none."""
        key, _, decision_id = after.partition("_")
        try:
            place = int(key) if self.q else datetime.fromisoformat(key)
        except ValueError:
            return None
        sensible = 0 <= place < MOST_TEXTS if isinstance(place, int) else place.tzinfo is not None
        return SearchCursor(place, decision_id) if sensible and decision_id else None

    @property
    def says_nothing(self) -> bool:
        """Whether words were typed, and none of them can be looked for."""
        return bool(self.q) and not words_in(self.q)[0]

    @property
    def more(self) -> bool:
        """Whether a filter beside the words is set."""
        return any(value for key, value in asdict(self).items() if key != "q")

    def address(self, path: str = "/decisions", **changes: str) -> str:
        """Address this search, with changes."""
        chosen = {key: value for key, value in {**asdict(self), **changes}.items() if value}
        return f"{path}?{urlencode(chosen)}" if chosen else path


def _written(cursor: SearchCursor) -> str:
    """A place in the list as an address has it."""
    place = cursor.place.isoformat() if isinstance(cursor.place, datetime) else cursor.place
    return f"{place}_{cursor.decision_id}"


def _start_of(day: str) -> datetime | None:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) if day else None


def decisions_router(
    decisions: DecisionService, export: ExportService, *, renderer: Renderer, csrf: Csrf
) -> APIRouter:
    """Serve the search, the single decisions, the exports and the erasure."""
    pages = Pages(decisions, export, renderer, csrf)
    router = APIRouter(prefix="/decisions", include_in_schema=False)
    limiter = CapacityLimiter(THREADS)

    async def off_the_loop(answer: Callable[[], Response]) -> Response:
        return await anyio.to_thread.run_sync(pages.or_say, answer, limiter=limiter)

    @router.get("")
    async def get_decisions(request: Request, after: str = "", notice: str = "") -> Response:
        return await off_the_loop(partial(pages.search, request, after=after, notice=notice))

    @router.get("/export.csv")
    async def get_csv(request: Request) -> Response:
        return await off_the_loop(partial(pages.export, request, "csv", csv_lines))

    @router.get("/export.jsonl")
    async def get_jsonl(request: Request) -> Response:
        return await off_the_loop(partial(pages.export, request, "jsonl", json_lines))

    @router.get("/{decision_id}/view")
    async def get_view(request: Request, decision_id: str) -> Response:
        return await off_the_loop(partial(pages.view, request, decision_id))

    @router.post("/{decision_id}/erase")
    async def post_erase(request: Request, decision_id: str) -> Response:
        form = await request.form(max_files=0)
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        return await off_the_loop(partial(pages.erase, request, decision_id, fields))

    return router


class Pages:
    """Answers for the pages of what was decided. Every method blocks."""

    def __init__(
        self, decisions: DecisionService, export: ExportService, renderer: Renderer, csrf: Csrf
    ) -> None:
        self._decisions = decisions
        self._export = export
        self._renderer = renderer
        self._csrf = csrf

    def or_say(self, answer: Callable[[], Response]) -> Response:
        """Answer, or say on a page what is wrong: the same addresses serve programs, in JSON."""
        try:
            return answer()
        except PlainspeakError as error:
            return self._renderer.error(status=status_of(type(error)), title=error.title, detail=str(error))

    def search(self, request: Request, *, after: str, notice: str) -> Response:
        """Show one page of what was found."""
        asked = Query.parse(request)
        cursor = asked.cursor(after) if asked else None
        if asked is None or (after and cursor is None):
            return self._no_such_search()
        found = (
            None
            if asked.says_nothing
            else self._decisions.find(asked.search(), limit=PAGE_ROWS, after=cursor)
        )
        rows, following = (found.rows, found.next) if found else ((), None)
        return self._renderer.page(
            "decisions.html",
            asked=asked,
            choices=CHOICES,
            rows=rows,
            severe={row.summary.id for row in rows if is_severe(row.summary.label, row.summary.category)},
            next_page=following and asked.address(after=_written(following)),
            is_first=not after,
            erased=_counts_in(notice),
        )

    def view(self, request: Request, decision_id: str, *, alert: str = "") -> Response:
        """Show one decision."""
        detail = self._decisions.open(decision_id)
        decision, verdict = detail.decision, detail.decision.verdict
        key = self._csrf.key_of(request)
        page = self._renderer.page(
            "decision.html",
            status_code=HTTPStatus.UNPROCESSABLE_ENTITY if alert else HTTPStatus.OK,
            decision=decision,
            verdict=verdict,
            judged_by=JUDGED_BY[lane_of(verdict)],
            item=detail.item,
            rulings=detail.rulings,
            trail=detail.trail,
            texts=None if decision.text is None else marked(decision.text),
            severe=is_severe(verdict.label, verdict.category),
            bars=bars_of(verdict, self._decisions.policy),
            policy_changed=verdict.versions.policy != self._decisions.policy.version,
            csrf=key.token,
            alert=alert,
        )
        self._csrf.attach(key, request, page)
        return page

    def erase(self, request: Request, decision_id: str, fields: dict[str, str]) -> Response:
        """Erase a decision for a person who has said that they are sure."""
        self._csrf.verify(request, fields.get("csrf", ""))
        if fields.get("sure") != "yes":
            return self.view(request, decision_id, alert="Nothing was erased: tick that you are sure.")
        erased = self._decisions.erase(decision_id, actor=person_of(request, self._csrf.key_of(request)))
        removed = erased.removed
        counts = (removed.review_items, removed.rulings, removed.appeals, removed.webhook_deliveries)
        notice = "erased." + ".".join(str(each) for each in counts)
        return RedirectResponse(f"/decisions?notice={notice}", status_code=HTTPStatus.SEE_OTHER)

    def export(
        self, request: Request, ending: str, lines: Callable[[Iterator[ExportRow]], Iterator[str]]
    ) -> Response:
        """Stream what was found as a file."""
        asked = Query.parse(request)
        if asked is None:
            return self._no_such_search()
        rows = iter(()) if asked.says_nothing else self._export.found(asked.search())
        kind = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl"}[ending]
        headers = {
            "Content-Disposition": f'attachment; filename="decisions.{ending}"',
            "Cache-Control": "no-store",
        }
        return StreamingResponse(lines(rows), media_type=kind, headers=headers)

    def _no_such_search(self) -> Response:
        return self._renderer.error(
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
            title="There is no such search",
            detail="The address names a label, category, action or day that does not exist. "
            "Days are written 2026-11-22.",
        )


def _counts_in(notice: str) -> dict[str, int] | None:
    """What an address says was erased beside the post; None where it says nothing of it."""
    found = _ERASED.fullmatch(notice)
    if found is None:
        return None
    words = ("review item", "ruling", "appeal", "message to an app")
    return dict(zip(words, (int(each) for each in found.groups()), strict=True))


def json_lines(rows: Iterator[ExportRow]) -> Iterator[str]:
    """Write rows as `plainspeak export` does."""
    for row in rows:
        yield export_out(row).model_dump_json() + "\n"


def csv_lines(rows: Iterator[ExportRow]) -> Iterator[str]:
    """Write rows for a spreadsheet; a cell that would be a formula there gets an apostrophe in front."""
    yield _csv_line(CSV_COLUMNS)
    for row in rows:
        out = export_out(row).model_dump(mode="json")
        ruling = row.rulings[-1].ruling.action.value if row.rulings else ""
        yield _csv_line([_cell(ruling if name == "ruling" else out[name]) for name in CSV_COLUMNS])


def _csv_line(cells: "tuple[str, ...] | list[str]") -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) and isinstance(value, str) else text
