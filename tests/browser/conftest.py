"""A real Chromium at the desk, over a real server, a real database and the bundled model."""

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Dialog, Page, expect, sync_playwright

from app import bootstrap
from app.bootstrap import Runtime
from app.core.people import Role
from app.core.search import DecisionSearch
from app.core.types import Content
from app.settings import ROOT, Settings
from app.web.main import create_app

# A busy machine is slow, not wrong.
WAIT_MS = 30_000
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
MISSING = (
    "The tests of the pages need Chromium. Install it (Debian: apt-get install chromium; "
    "macOS: brew install --cask google-chrome), or name one in CHROMIUM=/path/to/it."
)
EVERYTHING = DecisionSearch()
PASSWORD = "seven green apples"
PEOPLE = {"ada": Role.ADMIN, "ben": Role.MODERATOR, "cleo": Role.VIEWER}

expect.set_options(timeout=WAIT_MS)


def find_chromium() -> str:
    """The browser to drive. Where there is none the tests are skipped and say why."""
    named = os.environ.get("CHROMIUM")
    found = [named] if named else [path for name in NAMES if (path := shutil.which(name))]
    if not found and MAC.exists():
        found = [str(MAC)]
    if not found:
        pytest.skip(MISSING)
    return found[0]


# Its event loop lives in this thread as long as it does: it must be gone before tests that run one.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()


class Watched:
    """What a page must never do."""

    def __init__(self, page: Page) -> None:
        self.seen: list[str] = []
        self._page = page
        page.set_default_timeout(WAIT_MS)
        page.on("pageerror", lambda error: self._note("error", str(error)))
        page.on("console", lambda message: self._hear(message.type, message.text))
        page.on("dialog", self._refuse)

    def _refuse(self, dialog: Dialog) -> None:
        self._note("dialog", dialog.message)
        dialog.dismiss()

    def _hear(self, kind: str, text: str) -> None:
        # A browser also reports answers that refuse something, which is what they are for.
        if kind in {"error", "warning"} and "the server responded with a status of 4" not in text:
            self._note(kind, text)

    def _note(self, kind: str, text: str) -> None:
        self.seen.append(f"{self._page.url[:80]} {kind}: {text}")


@dataclass(frozen=True, slots=True)
class Service:
    """One service for the tests of a file: loading the model takes longer than most of them."""

    runtime: Runtime
    url: str


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(chromium: Browser, service: Service) -> Iterator[OpenPage]:
    """Open a page as a person who is logged in, or as None; keywords are those of a browser context."""
    watched: list[Watched] = []
    contexts = []

    def open_one(person: str | None = "ada", **options: object) -> Page:
        context = chromium.new_context(**options)  # type: ignore[arg-type]  # passed through
        contexts.append(context)
        if person is not None:
            cookie = service.runtime.people.log_in(person, PASSWORD, agent="Chromium of the tests")
            context.add_cookies([{"name": "plainspeak_session", "value": cookie, "url": service.url}])
        page = context.new_page()
        watched.append(Watched(page))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert [each for page in watched for each in page.seen] == []


@contextmanager
def served(runtime: Runtime, *, setup: str | None = None) -> Iterator[str]:
    app = create_app(runtime, setup=setup)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    app.state.stopping = lambda: server.should_exit
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def service_over(settings: Settings) -> Iterator[Service]:
    """A service with people who can log in; the server that is started on it closes it."""
    runtime = bootstrap.build(settings)
    for name, role in PEOPLE.items():
        runtime.people.add(name, PASSWORD, role, actor="test")
    with served(runtime) as url:
        yield Service(runtime, url)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that holds every post for a person."""
    folder = tmp_path_factory.mktemp("desk")
    policy = folder / "policy.toml"
    usual = (ROOT / "policies" / "default.toml").read_text(encoding="utf-8")
    policy.write_text(re.sub(r"(?m)^review = [0-9.]+", "review = 0.0", usual, count=1), encoding="utf-8")
    settings = Settings(database_url=f"sqlite:///{folder / 'plainspeak.db'}", policy=policy, threads=1)
    with service_over(settings) as service:
        yield service


@pytest.fixture
def desk(service: Service) -> Runtime:
    """The service with nothing in it: what tests before left there is erased."""
    decisions = service.runtime.decisions
    for row in decisions.find(EVERYTHING, limit=1000).rows:
        decisions.erase(row.summary.id, actor="test")
    return service.runtime


@pytest.fixture
def desk_url(service: Service, desk: Runtime) -> str:  # noqa: ARG001 emptied first
    return service.url


Post = Callable[..., str]


@pytest.fixture
def post(desk: Runtime) -> Post:
    """Have a post judged, and give the id of the item it opened."""

    def post(text: str, **fields: object) -> str:
        content = Content(text=text, **fields)  # type: ignore[arg-type]  # passed through
        item = desk.moderation.moderate(content).item
        assert item is not None
        return item.id

    return post
