"""A shift at the desk in a real browser: by keyboard alone, without script, and with a second person."""

import re
import time
from collections.abc import Callable
from datetime import datetime

from playwright.sync_api import Page, expect

from app.bootstrap import Runtime
from app.core.types import ReviewState, Ruling, RulingAction

OpenPage = Callable[..., Page]
Post = Callable[..., str]

SELF_HARM = "I want to unalive myself, nobody would miss me"
THREAT = "i will find your house and hurt you tonight"
INSULT = "you are a pathetic l0ser and everybody h@tes you"
PASSWORD = "seven green apples"
WAIT_MS = 30_000
PAINTED = """
(wait) => new Promise((done, fail) => {
  const look = () =>
    performance.getEntriesByName("first-contentful-paint").length ? done() : requestAnimationFrame(look);
  setTimeout(() => fail("The page was not painted."), wait);
  look();
})
"""


def wait_until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait for something that no page shows."""
    deadline = time.monotonic() + WAIT_MS / 1000
    while not holds():
        assert time.monotonic() < deadline
        page.wait_for_timeout(50)


def held_until(desk: Runtime, item: str) -> datetime:
    claim = desk.review.open(item).item.claim
    assert claim is not None
    return claim.until


def settle(page: Page) -> None:
    """Wait until a page takes keys: a browser drops those pressed before it has painted the page."""
    expect(page.locator("html.settled")).to_be_attached()
    page.evaluate(PAINTED, WAIT_MS)


def arrive(page: Page, place: str) -> None:
    page.wait_for_url(re.compile(place))
    settle(page)


def test_a_shift_by_keyboard_alone(desk: Runtime, desk_url: str, open_page: OpenPage, post: Post) -> None:
    for text in (SELF_HARM, THREAT, INSULT):
        post(text)
    first, second, third = (row.item.id for row in desk.review.queue().rows)
    page = open_page(None)
    page.goto(f"{desk_url}/review")
    page.wait_for_url(re.compile("/login"))
    expect(page.get_by_label("Name")).to_be_focused()
    page.evaluate(PAINTED, WAIT_MS)
    page.keyboard.type("ben")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    arrive(page, "/review$")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    arrive(page, first)
    expect(page.get_by_text("Somebody may need help")).to_be_visible()
    expect(page.get_by_text("You hold it until")).to_be_visible()

    written = page.locator(".post.written")
    expect(written).to_have_css("filter", "blur(8px)")
    page.keyboard.press("v")
    expect(written).to_have_css("filter", "none")

    page.keyboard.press("s")
    arrive(page, second)
    expect(page.get_by_role("status").first).to_contain_text("Skipped.")

    page.keyboard.press("8")
    expect(page.locator("#category")).to_have_value("drugs")
    page.keyboard.press("n")
    page.keyboard.type("feud? decided 1")
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    arrive(page, third)
    expect(page.get_by_role("status").first).to_contain_text("Blocked.")
    (ruled,) = desk.review.open(second).rulings
    assert (ruled.ruling.action, ruled.ruling.note) == (RulingAction.BLOCK, "feud? decided 1")
    assert ruled.ruling.category == "drugs"

    page.keyboard.press("u")
    arrive(page, second)
    expect(page.get_by_role("status").first).to_contain_text("Undone.")
    assert desk.review.open(second).item.state is ReviewState.OPEN
    page.keyboard.press("e")
    arrive(page, third)
    assert desk.review.open(second).item.state is ReviewState.ESCALATED

    kinds = [event.kind for event in desk.review.open(second).trail]
    assert kinds == ["decision.recorded", "review.ruled", "review.undone", "review.ruled"]
    assert {event.actor for event in desk.review.open(second).trail} == {"plainspeak", "ben"}


def test_an_appeal_by_keyboard_alone(desk: Runtime, desk_url: str, open_page: OpenPage, post: Post) -> None:
    item = post(THREAT)
    decision = desk.review.open(item).decision.id
    desk.review.rule(item, Ruling(RulingAction.BLOCK, "ben"), expected_version=1)
    desk.appeals.appeal(decision, "It is a line from a film.", actor="app")
    first = open_page("ben")
    first.goto(f"{desk_url}/review/{item}")
    expect(first.get_by_text("another person rules on the appeal")).to_be_visible()
    expect(first.get_by_role("button", name="Allow")).to_have_count(0)

    second = open_page("ada")
    second.goto(f"{desk_url}/review?state=appeals")
    settle(second)
    second.keyboard.press("j")
    second.keyboard.press("Enter")
    arrive(second, item)
    second.keyboard.press("z")
    expect(second.locator("aside")).to_be_hidden()
    expect(second.get_by_text("It is a line from a film.")).to_be_visible()
    second.keyboard.press("f")
    second.wait_for_url(re.compile("notice=allow"))
    expect(second.get_by_role("navigation", name="Main")).to_be_visible()
    assert desk.appeals.latest(decision).outcome == "overturned"


def test_focus_legend_and_search_by_keyboard_alone(desk_url: str, open_page: OpenPage, post: Post) -> None:
    item = post(SELF_HARM)
    page = open_page()
    page.goto(f"{desk_url}/review/{item}")
    settle(page)
    page.keyboard.press("z")
    expect(page.locator("aside")).to_be_hidden()
    page.keyboard.press("z")
    expect(page.locator("aside")).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_have_attribute("open", "")

    page.keyboard.press("/")
    page.keyboard.type("kill myself")
    page.keyboard.press("Enter")
    arrive(page, "/decisions")
    expect(page.locator("a.open")).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Self-harm", level=1)).to_be_visible()


def test_keys_rest_while_a_person_types_or_holds_a_modifier(
    desk: Runtime, desk_url: str, open_page: OpenPage, post: Post
) -> None:
    item = post(INSULT)
    page = open_page()
    page.goto(f"{desk_url}/review/{item}")
    settle(page)
    page.keyboard.press("Control+d")
    page.keyboard.press("Alt+f")
    page.keyboard.press("n")
    page.keyboard.type("defs12")
    expect(page.locator("#note")).to_have_value("defs12")
    assert desk.review.open(item).rulings == ()


def test_the_main_path_without_script(desk: Runtime, desk_url: str, open_page: OpenPage, post: Post) -> None:
    first, second = post(SELF_HARM), post(THREAT)
    page = open_page(None, java_script_enabled=False)
    page.goto(f"{desk_url}/review")
    page.get_by_label("Name").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name="Take the next one").click()
    page.wait_for_url(re.compile(first))
    expect(page.locator(".post.written")).to_have_css("filter", "blur(8px)")
    page.locator("label.reveal").click()
    expect(page.locator(".post.written")).to_have_css("filter", "none")
    page.get_by_role("button", name="Which words counted?").click()
    expect(page.locator("#words mark").first).to_be_visible()
    page.get_by_label("Note").fill("Wrote to them.")
    page.get_by_role("button", name="Keep the post").click()
    page.wait_for_url(re.compile(second))
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url(re.compile(first))
    page.get_by_role("button", name="Skip").click()
    page.wait_for_url(re.compile(second))
    page.get_by_label("Category", exact=True).select_option("violence")
    page.get_by_role("button", name="Block").click()
    page.wait_for_url(re.compile(first))
    assert desk.review.open(second).item.state is ReviewState.RESOLVED
    page.get_by_label("Search all decisions").fill("hurt")
    page.get_by_label("Search all decisions").press("Enter")
    page.locator("a.open").click()
    page.get_by_text("Erase this decision").click()
    page.get_by_label("I am sure").check()
    page.get_by_role("button", name="Erase for good").click()
    expect(page.get_by_role("status")).to_contain_text("Erased.")
    page.get_by_role("link", name="Account of ada").click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("status")).to_contain_text("You are logged out.")


def test_two_moderators_never_hold_one_item(
    desk: Runtime, desk_url: str, open_page: OpenPage, post: Post
) -> None:
    first, second = post(SELF_HARM), post(THREAT)
    one, other = open_page("ada"), open_page("ben")
    one.clock.install()
    for page, item in ((one, first), (other, second)):
        page.goto(f"{desk_url}/review")
        page.get_by_role("button", name="Take the next one").click()
        page.wait_for_url(re.compile(item))
    before = held_until(desk, first)
    with one.expect_response(re.compile("/claim$")) as renewed:
        one.clock.fast_forward(round(1000 * desk.review.lease.total_seconds() / 2))
    assert renewed.value.status == 204
    assert held_until(desk, first) > before
    other.goto(f"{desk_url}/review/{first}")
    expect(other.get_by_text(re.compile("ada holds this item until"))).to_be_visible()
    expect(other.get_by_role("button", name="Keep the post")).to_have_count(0)

    # Leaving lets go of the item.
    one.goto(f"{desk_url}/review")
    wait_until(one, lambda: desk.review.open(first).item.claim is None)
    other.reload()
    settle(other)
    other.keyboard.press("d")
    other.wait_for_url(re.compile("notice=block"))
    assert desk.review.open(first).item.state is ReviewState.RESOLVED


def test_a_person_who_lost_an_item_is_told_and_keeps_their_words(
    desk: Runtime, desk_url: str, open_page: OpenPage, post: Post
) -> None:
    item = post(THREAT)
    one, other = open_page("ada"), open_page("ben")
    one.goto(f"{desk_url}/review/{item}")
    settle(one)
    one.get_by_label("Note").fill("A long thought.")
    # Their machine sleeps for so long that the claim ends.
    claim = desk.review.open(item).item.claim
    assert claim is not None
    desk.review.release(item, person=claim.holder, claimed_at=claim.at)
    other.goto(f"{desk_url}/review/{item}")
    expect(other.get_by_text("You hold it until")).to_be_visible()
    one.get_by_role("button", name="Block").click()
    expect(one.get_by_role("alert").first).to_contain_text(re.compile("not stored. ben holds"))
    expect(one.get_by_text("A long thought.")).to_be_visible()
    assert desk.review.open(item).rulings == ()


def test_counts_follow_the_queue(desk_url: str, open_page: OpenPage, post: Post) -> None:
    page = open_page()
    page.goto(f"{desk_url}/review")
    count = page.locator('.views [data-count="waiting"]')
    expect(count).to_have_text("0")
    post(THREAT)
    expect(count).to_have_text("1")
    expect(page.get_by_text("One more post waits.")).to_be_visible()
