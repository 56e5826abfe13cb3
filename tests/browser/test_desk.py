"""A shift at the desk in a real browser: by keyboard alone, without script, and with a second person."""

import json
import re
from collections.abc import Callable
from importlib.resources import files

import pytest
from playwright.sync_api import Page, expect

from app.bootstrap import Runtime
from app.core.types import ReviewState, RulingAction

OpenPage = Callable[..., Page]
Post = Callable[..., str]

SELF_HARM = "I want to unalive myself, nobody would miss me"
THREAT = "i will find your house and hurt you tonight"
INSULT = "you are a pathetic l0ser and everybody h@tes you"
HOSTILE = [
    "<script>alert(1)</script> you are a fool and I will kill you",
    '"><img src=x onerror=alert(1)> I will kill you',
    "</textarea></title><svg onload=alert(1)> I will kill you {{ 7 * 7 }} {% raw %} ${7*7}",
    "\u202eI will kill you\u202c \u2066you\u2069 \u2067are dead",
    "I will kill you " + "x" * 100_000,
]
AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
SETTLED_MS = 500
"""After this long an item takes keys; see SETTLE_MS in keys.js."""


def item_id(page: Page) -> str:
    return page.url.rpartition("/review/")[2].partition("?")[0]


def settle(page: Page) -> None:
    page.wait_for_load_state()
    page.wait_for_timeout(SETTLED_MS)


def wait_for_item(page: Page, item: str) -> None:
    page.wait_for_url(re.compile(f"/review/{item}"))
    settle(page)


def test_a_shift_by_keyboard_alone(desk: Runtime, desk_url: str, open_page: OpenPage, post: Post) -> None:
    for text in (SELF_HARM, THREAT, INSULT):
        post(text)
    first, second, third = (row.item.id for row in desk.review.queue().rows)
    page = open_page()
    page.goto(f"{desk_url}/review")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    wait_for_item(page, first)
    expect(page.get_by_text("Somebody may need help")).to_be_visible()
    expect(page.get_by_text("You hold it until")).to_be_visible()

    written = page.locator(".post.written")
    expect(written).to_have_css("filter", "blur(8px)")
    page.keyboard.press("v")
    expect(written).to_have_css("filter", "none")

    page.keyboard.press("s")
    wait_for_item(page, second)
    expect(page.get_by_role("status").first).to_contain_text("Skipped.")

    page.keyboard.press("8")
    expect(page.locator("#category")).to_have_value("drugs")
    page.keyboard.press("n")
    page.keyboard.type("feud? decided 1")
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    wait_for_item(page, third)
    expect(page.get_by_role("status").first).to_contain_text("Blocked.")
    (ruled,) = desk.review.open(second).rulings
    assert (ruled.ruling.action, ruled.ruling.note) == (RulingAction.BLOCK, "feud? decided 1")
    assert ruled.ruling.category == "drugs"

    page.keyboard.press("u")
    wait_for_item(page, second)
    expect(page.get_by_role("status").first).to_contain_text("Undone.")
    assert desk.review.open(second).item.state is ReviewState.OPEN
    page.keyboard.press("e")
    wait_for_item(page, third)
    assert desk.review.open(second).item.state is ReviewState.ESCALATED

    page.keyboard.press("z")
    expect(page.locator("aside")).to_be_hidden()
    page.keyboard.press("z")
    expect(page.locator("aside")).to_be_visible()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_have_attribute("open", "")

    page.keyboard.press("/")
    page.keyboard.type("kill myself")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/decisions"))
    expect(page.locator("a.open")).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Self-harm", level=1)).to_be_visible()
    kinds = [event.kind for event in desk.review.open(second).trail]
    assert kinds == ["decision.recorded", "review.ruled", "review.undone", "review.ruled"]


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
    page = open_page(java_script_enabled=False)
    page.goto(f"{desk_url}/review")
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


def test_two_moderators_never_hold_one_item(
    desk: Runtime, desk_url: str, open_page: OpenPage, post: Post
) -> None:
    first, second = post(SELF_HARM), post(THREAT)
    one, other = open_page(), open_page()
    for page, item in ((one, first), (other, second)):
        page.goto(f"{desk_url}/review")
        page.get_by_role("button", name="Take the next one").click()
        page.wait_for_url(re.compile(item))
    # The lease is three seconds, and an open page renews it.
    one.wait_for_timeout(5_000)
    other.goto(f"{desk_url}/review/{first}")
    expect(other.get_by_text(re.compile("holds this item until"))).to_be_visible()
    expect(other.get_by_role("button", name="Keep the post")).to_have_count(0)

    one.goto(f"{desk_url}/review")
    other.reload()
    settle(other)
    other.keyboard.press("d")
    other.wait_for_url(re.compile("notice=block"))
    assert desk.review.open(first).item.state is ReviewState.RESOLVED


def test_a_person_who_lost_an_item_is_told_and_keeps_their_words(
    desk: Runtime, desk_url: str, open_page: OpenPage, post: Post
) -> None:
    item = post(THREAT)
    one, other = open_page(), open_page()
    one.goto(f"{desk_url}/review/{item}")
    other.goto(f"{desk_url}/review/{item}")
    settle(one)
    one.get_by_label("Note").fill("A long thought.")
    # Their machine sleeps: no beat renews the claim, and another person takes the item.
    one.evaluate("for (let id = 1; id < 100; id++) clearInterval(id)")
    one.wait_for_timeout(3_500)
    other.reload()
    expect(other.get_by_text("You hold it until")).to_be_visible()
    one.get_by_role("button", name="Block").click()
    expect(one.get_by_role("alert").first).to_contain_text(re.compile("not stored. moderator-.* holds"))
    assert desk.review.open(item).rulings == ()


def test_counts_follow_the_queue(desk_url: str, open_page: OpenPage, post: Post) -> None:
    page = open_page()
    page.goto(f"{desk_url}/review")
    count = page.locator('.views [data-count="waiting"]')
    expect(count).to_have_text("0")
    post(THREAT)
    expect(count).to_have_text("1")
    expect(page.get_by_text("One more post waits.")).to_be_visible()


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_posts_are_text_on_every_page(
    desk: Runtime, desk_url: str, open_page: OpenPage, post: Post, text: str
) -> None:
    item = post(text[:2_000], author_id=text[:60], content_id=text[:60], context=(text,))
    decision = desk.review.open(item).decision.id
    page = open_page(viewport={"width": 1000, "height": 800})
    for path in ("/review", f"/review/{item}", "/decisions?q=kill", f"/decisions/{decision}/view"):
        page.goto(desk_url + path)
        page.keyboard.press("v")
        expect(page.locator(".said, .post").first).to_be_visible()
        assert page.locator("main script, main img, main svg[onload]").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert "49" not in page.locator("main h1").inner_text()
    # The hooks of this test see everything else: dialogs, errors, refused scripts.


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(
    desk: Runtime, desk_url: str, open_page: OpenPage, post: Post, scheme: str
) -> None:
    first, second = post(SELF_HARM, author_id="u-1", context=("before",)), post(THREAT, author_id="u-1")
    decision = desk.review.open(first).decision.id
    page = open_page(color_scheme=scheme)
    found = []
    for path in (
        "/review",
        "/review?state=resolved&order=oldest",
        f"/review/{first}",
        f"/review/{second}?notice=skip",
        "/decisions?label=harmful",
        f"/decisions/{decision}/view",
        "/review/nothing",
    ):
        page.goto(desk_url + path)
        page.keyboard.press("v")
        page.wait_for_timeout(300)
        page.evaluate(AXE)
        for violation in page.evaluate("axe.run()")["violations"]:
            if violation["impact"] in {"serious", "critical"}:
                places = [node["html"][:200] for node in violation["nodes"][:3]]
                found.append((path, violation["id"], places))
    assert found == [], json.dumps(found, indent=1)
