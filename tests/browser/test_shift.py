"""A whole shift: once by keyboard alone, once without script. After the login page no address is typed."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from app.bootstrap import Runtime
from app.core.types import ReviewState, Ruling, RulingAction
from tests.browser.conftest import PASSWORD
from tests.browser.test_desk import arrive, settle

OpenPage = Callable[..., Page]
Post = Callable[..., str]

SELF_HARM = "I want to unalive myself, nobody would miss me"
WAVE = [f"you idiots, {n} free coins for everybody here, send one to this address today" for n in (5, 7, 9)]
APPEALED = "i will find your house and hurt you tonight"
MOST_TABS = 80


@dataclass(frozen=True, slots=True)
class Work:
    """What waits: items, and a decision whose author appeals."""

    alone: str
    wave: tuple[str, ...]
    appealed: str
    decision: str


@pytest.fixture
def work(desk: Runtime, post: Post) -> Work:
    appealed = post(APPEALED)
    desk.review.rule(appealed, Ruling(RulingAction.BLOCK, "ben"), expected_version=1)
    decision = desk.review.open(appealed).decision.id
    desk.appeals.appeal(decision, "It is a line from a film.", actor="app")
    return Work(post(SELF_HARM), tuple(post(text) for text in WAVE), appealed, decision)


def standing(desk: Runtime, item: str) -> tuple[RulingAction, str]:
    """The last ruling on an item that was not undone, and its note."""
    last = [each for each in desk.review.open(item).rulings if not each.undone_at][-1].ruling
    return last.action, last.note


def check_all_was_done(desk: Runtime, work: Work) -> None:
    assert standing(desk, work.alone) == (RulingAction.ESCALATE, "Wrote to them.")
    assert desk.review.open(work.alone).rulings[0].undone_at is not None
    assert {standing(desk, item)[0] for item in work.wave} == {RulingAction.BLOCK}
    assert {desk.review.open(item).item.state for item in work.wave} == {ReviewState.RESOLVED}
    assert desk.appeals.latest(work.decision).outcome == "overturned"


def tab_to(page: Page, name: str) -> None:
    """Go to a link or a button as the Tab key does, from wherever the focus is."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if (page.locator("*:focus").inner_text() or "").startswith(name):
            return
    pytest.fail(f"Tab does not lead to {name!r}.")


def test_a_whole_shift_by_keyboard_alone(
    desk: Runtime, desk_url: str, open_page: OpenPage, work: Work
) -> None:
    page = open_page(None)
    page.goto(f"{desk_url}/login")
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type("ada")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    arrive(page, "/review$")

    claim_reveal_decide_and_undo(page, work)
    rule_on_many(page, work)
    search(page)
    rule_on_the_appeal(page, work)

    check_all_was_done(desk, work)


def claim_reveal_decide_and_undo(page: Page, work: Work) -> None:
    keys = page.keyboard
    keys.press("j")
    keys.press("Enter")
    arrive(page, work.alone)
    expect(page.get_by_text("You hold it until")).to_be_visible()
    written = page.locator(".post.written")
    expect(written).to_have_css("filter", "blur(8px)")
    keys.press("v")
    expect(written).to_have_css("filter", "none")
    keys.press("n")
    keys.type("Wrote to them.")
    keys.press("Escape")
    keys.press("f")
    page.wait_for_url(lambda url: work.alone not in url)
    settle(page)
    keys.press("u")
    arrive(page, work.alone)
    expect(page.get_by_role("status").first).to_contain_text("Undone.")
    keys.press("n")
    keys.type("Wrote to them.")
    keys.press("Escape")
    keys.press("e")
    page.wait_for_url(lambda url: work.alone not in url)
    settle(page)


def rule_on_many(page: Page, work: Work) -> None:
    if not any(item in page.url for item in work.wave):
        page.keyboard.press("s")
        arrive(page, "|".join(work.wave))
    page.keyboard.press("a")
    expect(page.locator("#all")).to_be_checked()
    page.keyboard.press("d")
    expect(page.get_by_role("status").first).to_contain_text("Blocked 3 posts.")
    settle(page)


def search(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("unalive")
    page.keyboard.press("Enter")
    arrive(page, "/decisions")
    expect(page.locator("a.open")).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    arrive(page, "/view")
    expect(page.get_by_role("heading", name="Self-harm", level=1)).to_be_visible()


def rule_on_the_appeal(page: Page, work: Work) -> None:
    tab_to(page, "Review")
    page.keyboard.press("Enter")
    arrive(page, "/review$")
    tab_to(page, "Appeals")
    page.keyboard.press("Enter")
    arrive(page, "state=appeals")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    arrive(page, work.appealed)
    expect(page.get_by_text("It is a line from a film.")).to_be_visible()
    page.keyboard.press("f")
    page.wait_for_url(re.compile("notice=allow"))


def test_a_whole_shift_without_script(desk: Runtime, desk_url: str, open_page: OpenPage, work: Work) -> None:
    page = open_page(None, java_script_enabled=False)
    status = page.get_by_role("status").first
    page.goto(f"{desk_url}/login")
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()

    # Claim, reveal, decide with a note, undo, decide otherwise.
    page.get_by_role("button", name="Take the next one").click()
    page.wait_for_url(re.compile(work.alone))
    expect(page.get_by_text("You hold it until")).to_be_visible()
    written = page.locator(".post.written")
    expect(written).to_have_css("filter", "blur(8px)")
    page.locator("label.reveal").click()
    expect(written).to_have_css("filter", "none")
    page.get_by_label("Note").fill("Wrote to them.")
    page.get_by_role("button", name="Keep the post").click()
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url(re.compile(work.alone))
    expect(status).to_contain_text("Undone.")
    page.get_by_label("Note").fill("Wrote to them.")
    page.get_by_role("button", name="Get support").click()

    # Many posts at once: skip to the wave.
    page.wait_for_url(lambda url: work.alone not in url)
    if not any(item in page.url for item in work.wave):
        page.get_by_role("button", name="Skip").click()
        page.wait_for_url(re.compile("|".join(work.wave)))
    page.get_by_label("Rule on these 2 as well").check()
    page.get_by_role("button", name="Block").click()
    expect(status).to_contain_text("Blocked 3 posts.")

    # Search, and read what was found.
    page.get_by_label("Search all decisions").fill("unalive")
    page.get_by_label("Search all decisions").press("Enter")
    page.locator("a.open").click()
    expect(page.get_by_role("heading", name="Self-harm", level=1)).to_be_visible()

    # An appeal against what somebody else decided.
    page.get_by_role("link", name="Review", exact=True).click()
    page.get_by_role("link", name=re.compile("^Appeals")).click()
    page.locator("ol.queue").get_by_role("link", name="Threat", exact=True).click()
    page.wait_for_url(re.compile(work.appealed))
    expect(page.get_by_text("It is a line from a film.")).to_be_visible()
    page.get_by_role("button", name="Allow").click()
    page.wait_for_url(re.compile("notice=allow"))

    check_all_was_done(desk, work)
