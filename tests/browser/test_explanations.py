"""An explanation appears while a tiny language model writes it, and ends when somebody stops it."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from app.settings import Settings
from tests.browser.conftest import Service, service_over
from tests.classifiers.lm import make_scorer

OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("explained")
    scorer = make_scorer(folder / "tiny-lm.gguf", decided=True)
    settings = Settings(database_url=f"sqlite:///{folder / 'plainspeak.db'}", scorer=str(scorer), threads=1)
    with service_over(settings) as service:
        yield service


def test_an_explanation_is_written_onto_the_page_and_can_be_stopped(
    open_page: OpenPage, desk_url: str, post: Callable[..., str]
) -> None:
    page = open_page()
    page.goto(f"{desk_url}/review/{post('I want to unalive myself')}")
    ask = page.get_by_role("button", name="Ask the language model")
    ask.click()
    expect(page.locator("#explanation output")).not_to_be_empty()
    expect(page.get_by_role("button", name="Stop")).to_be_hidden()
    # The page stayed: what was written into the ruling is still there.
    assert page.url.endswith("#explanation") is False
    expect(ask).to_be_enabled()

    page.context.clear_cookies(name="plainspeak_session")
    ask.click()
    expect(page.locator("#explanation output")).to_have_text(re.compile("^This page is for people"))
