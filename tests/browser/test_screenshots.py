"""The pictures in `docs/screenshots`: made here from the demonstration, and held to the pages as they are.

`make screenshots` makes them anew. Without it the tests compare what each page is made of, its parts and
their names, with what it was made of when the pictures were taken; never the pixels, which differ between
machines.
"""

import io
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from app import bootstrap
from app.bootstrap import Runtime
from app.settings import ROOT, Settings
from tests.browser.conftest import Service, service_over

OpenPage = Callable[..., Page]

FOLDER = ROOT / "docs" / "screenshots"
OUTLINE = FOLDER / "outline.json"
TAKE = os.environ.get("SCREENSHOTS") == "take"
SCHEMES = ("light", "dark")
WIDTH, HEIGHT = 1200, 900
TALLER = {"dashboard": 1260, "policy": 1120}
MOST_BYTES = 150_000
COLOURS = 128
PARTS = """() => [...new Set(
  [...document.querySelectorAll("main :is(nav, section, form, fieldset, aside, details)")].map((part) => {
    const name = part.getAttribute("aria-label") || part.getAttribute("aria-labelledby")
      || part.querySelector("legend")?.textContent || part.className;
    return `${part.localName} ${name}`.trim();
  }),
)]"""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    settings = Settings(database_url=f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}", threads=1)
    with bootstrap.open_demo(settings) as demo:
        for _ in demo.fill():
            pass
    with service_over(settings) as service:
        yield service


@pytest.fixture
def desk(service: Service) -> Runtime:
    """The demonstration as it is, with nothing erased."""
    return service.runtime


def pages_of(desk: Runtime) -> Iterator[tuple[str, str]]:
    """The pages that are shown: a name, and an address."""
    first = desk.review.queue(limit=1).rows[0].item
    yield "queue", "/review"
    yield "item", f"/review/{first.id}"
    yield "dashboard", "/dashboard?days=14"
    yield "policy", "/policy"
    yield "lexicon", "/lexicon?category=drugs"


def test_the_pictures_show_the_pages_as_they_are(desk: Runtime, desk_url: str, open_page: OpenPage) -> None:
    parts: dict[str, list[str]] = {}
    for scheme in SCHEMES if TAKE else SCHEMES[:1]:
        page = open_page(color_scheme=scheme, viewport={"width": WIDTH, "height": HEIGHT})
        for name, address in pages_of(desk):
            page.set_viewport_size({"width": WIDTH, "height": TALLER.get(name, HEIGHT)})
            page.goto(desk_url + address)
            parts[name] = page.evaluate(PARTS)
            if TAKE:
                keep(page.screenshot(), FOLDER / f"{name}-{scheme}.png")
    if TAKE:
        OUTLINE.write_text(json.dumps(parts, indent=1) + "\n", encoding="utf-8")

    shown = json.loads(OUTLINE.read_text(encoding="utf-8"))
    assert parts == shown, "The pages have changed since their pictures were taken: run `make screenshots`."


def keep(screenshot: bytes, path: Path) -> None:
    """Write a picture with few colours, which is small and looks the same."""
    path.parent.mkdir(exist_ok=True)
    picture = Image.open(io.BytesIO(screenshot)).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", ["queue", "item", "dashboard", "policy", "lexicon"])
def test_a_picture_is_small_and_is_shown_in_the_documents(name: str, scheme: str) -> None:
    path = FOLDER / f"{name}-{scheme}.png"
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]

    with Image.open(path) as picture:
        assert picture.size == (WIDTH, TALLER.get(name, HEIGHT))
        assert picture.mode == "P"
    assert path.stat().st_size <= MOST_BYTES
    assert any(f"screenshots/{path.name}" in page.read_text(encoding="utf-8") for page in pages)
