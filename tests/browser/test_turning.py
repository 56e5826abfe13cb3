"""From one item to the next without loading a page, and what must stay true all the same."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from app.bootstrap import Runtime
from app.core.types import Category, ReviewState, Ruling, RulingAction
from tests.browser.test_desk import INSULT, SELF_HARM, THREAT, arrive, settle, wait_until

OpenPage = Callable[..., Page]
Post = Callable[..., str]


def test_a_ruling_turns_to_the_next_item(
    desk: Runtime, desk_url: str, open_page: OpenPage, post: Post
) -> None:
    for text in (SELF_HARM, THREAT, INSULT):
        post(text)
    first, second, third = (row.item.id for row in desk.review.queue().rows)
    page = open_page()
    page.goto(f"{desk_url}/review/{first}")
    settle(page)
    page.evaluate("window.sameDocument = true")
    page.keyboard.press("n")
    page.keyboard.type("Wrote to them.")
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    arrive(page, second)
    expect(page).to_have_title(re.compile(page.locator("main h1").inner_text()))
    expect(page.get_by_text("You hold it until")).to_be_visible()
    expect(page.locator("#note")).to_have_value("")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("s")
    arrive(page, third)
    page.keyboard.press("u")
    arrive(page, first)
    assert page.evaluate("window.sameDocument") is True
    # Undoing leaves the item that was open, so that others can take it.
    wait_until(page, lambda: desk.review.open(third).item.claim is None)
    assert desk.review.open(first).item.state is ReviewState.OPEN

    page.go_back()
    arrive(page, third)
    assert page.evaluate("window.sameDocument") is None


def test_the_last_ruling_leads_to_the_queue(desk_url: str, open_page: OpenPage, post: Post) -> None:
    item = post(THREAT)
    page = open_page()
    page.goto(f"{desk_url}/review/{item}")
    settle(page)
    page.keyboard.press("d")
    page.wait_for_url(re.compile(r"/review\?notice=block$"))
    expect(page.get_by_role("heading", name="Review", exact=True)).to_be_visible()


def test_a_ruling_that_cannot_be_sent_keeps_what_was_typed(
    desk: Runtime, desk_url: str, open_page: OpenPage, post: Post
) -> None:
    item, other = post(THREAT), post(INSULT)
    page = open_page()
    page.goto(f"{desk_url}/review/{item}")
    settle(page)
    page.get_by_label("Note").fill("A long thought.")

    def fulfil(route: Route) -> None:
        # The browser itself would report a connection that was refused, which this test is not about.
        route.fulfill(status=200, content_type="text/html", body="<p>Not a page of ours.</p>")

    page.route("**/ruling", fulfil)
    page.get_by_role("button", name="Block").click()
    expect(page.get_by_role("alert").first).to_contain_text("could not be reached")
    expect(page.get_by_label("Note")).to_have_value("A long thought.")
    assert desk.review.open(item).rulings == ()
    page.unroute("**/ruling")
    page.get_by_role("button", name="Block").click()
    arrive(page, other)
    (ruled,) = desk.review.open(item).rulings
    assert ruled.ruling.note == "A long thought."


def test_undoing_what_somebody_has_ruled_on_since_leads_to_what_they_ruled(
    desk: Runtime, desk_url: str, open_page: OpenPage, post: Post
) -> None:
    item, other = post(THREAT), post(INSULT)
    page = open_page()
    page.goto(f"{desk_url}/review/{item}")
    settle(page)
    page.keyboard.press("e")
    arrive(page, other)
    desk.review.rule(item, Ruling(RulingAction.BLOCK, "ben"), expected_version=2)
    page.keyboard.press("u")
    arrive(page, item)
    expect(page.get_by_role("alert").first).to_contain_text("cannot be taken back")
    expect(page.get_by_text("Blocked by ben")).to_be_visible()


def test_asking_which_words_counted_keeps_what_was_typed_and_the_way_back(
    desk: Runtime, desk_url: str, open_page: OpenPage, post: Post
) -> None:
    item, other = post(THREAT), post(INSULT)
    page = open_page()
    page.goto(f"{desk_url}/review/{item}")
    settle(page)
    page.get_by_label("Note").fill("A long thought.")
    page.get_by_label("Category").select_option("drugs")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("w")
    expect(page.get_by_role("region", name="Which words counted")).to_be_focused()
    expect(page.get_by_label("Note")).to_have_value("A long thought.")
    expect(page.get_by_label("Category")).to_have_value("drugs")
    settle(page)
    page.keyboard.press("d")
    arrive(page, other)
    page.go_back()
    arrive(page, item)
    expect(page.get_by_role("heading", level=1)).to_have_text("Threat")
    (ruled,) = desk.review.open(item).rulings
    assert (ruled.ruling.note, ruled.ruling.category) == ("A long thought.", Category.DRUGS)


def test_enter_on_the_box_of_a_wave_rules_on_nothing(
    desk: Runtime, desk_url: str, open_page: OpenPage, post: Post
) -> None:
    item, other = post(THREAT), post(THREAT)
    page = open_page()
    page.goto(f"{desk_url}/review/{item}")
    settle(page)
    page.get_by_role("checkbox", name="Rule on it as well").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Block").click()
    arrive(page, other)
    (ruled,) = desk.review.open(item).rulings
    assert ruled.ruling.action is RulingAction.BLOCK


def test_a_second_click_does_not_rule_on_the_item_that_came_meanwhile(
    desk: Runtime, desk_url: str, open_page: OpenPage, post: Post
) -> None:
    item, other = post(THREAT), post(INSULT)
    page = open_page()
    page.goto(f"{desk_url}/review/{item}")
    settle(page)
    # In the page itself: a busy machine may carry a click here later than the guard lasts.
    page.evaluate("""
        document.addEventListener("turned", () => document.querySelector(".do-block").click());
        document.querySelector(".do-block").click();
    """)
    arrive(page, other)
    assert desk.review.open(other).rulings == ()
    page.get_by_role("button", name="Block").click()
    page.wait_for_url(re.compile(r"/review\?notice=block$"))


def test_who_is_logged_out_meanwhile_keeps_what_they_typed(
    desk: Runtime, desk_url: str, open_page: OpenPage, post: Post
) -> None:
    item = post(THREAT)
    page = open_page()
    page.goto(f"{desk_url}/review/{item}")
    settle(page)
    page.get_by_label("Note").fill("A long thought.")
    page.context.clear_cookies(name="plainspeak_session")
    page.get_by_role("button", name="Block").click()
    expect(page.get_by_role("alert").first).to_contain_text("Log in at /login")
    expect(page.get_by_role("alert").first).to_be_in_viewport()
    expect(page.get_by_label("Note")).to_have_value("A long thought.")
    assert desk.review.open(item).rulings == ()
