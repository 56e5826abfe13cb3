"""The dashboard and the policy page in a real browser: sliders that answer."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from app.bootstrap import Runtime
from app.core.types import Ruling, RulingAction

OpenPage = Callable[..., Page]
Post = Callable[..., str]

THREAT = "i will find your house and hurt you tonight"


def slide(page: Page, name: str, value: str) -> None:
    """Move a slider as a mouse does: its value, then the event."""
    slider = page.locator(f'[name="{name}"]')
    slider.evaluate("(slider, value) => { slider.value = value; }", value)
    slider.dispatch_event("input")


def test_a_slider_answers_and_nothing_changes_until_it_is_saved(
    desk: Runtime, desk_url: str, open_page: OpenPage, post: Post
) -> None:
    item = desk.review.open(post(THREAT)).item
    desk.review.rule(item.id, Ruling(RulingAction.BLOCK, "ada"), expected_version=item.version)
    page = open_page()
    page.goto(f"{desk_url}/policy")
    expect(page.locator("#answer")).to_contain_text("On the last decision this would change nothing.")

    slide(page, "slider.threat.block", "0")
    expect(page.locator('[name="number.threat.block"]')).to_have_value("0")
    expect(page.locator('[id="wrong-threat.block"]')).to_have_count(0)
    slide(page, "slider.threat.review", "0")
    expect(page.locator("#answer")).to_contain_text("block 1 more")
    assert desk.policy.view().number == 0

    page.locator("#reason").fill("Threats go at once.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").first).to_contain_text("Saved.")
    assert desk.policy.view().number == 1

    page.get_by_role("button", name="Bring the policy file back").click()
    expect(page.get_by_role("status").first).to_contain_text("Brought back")
    assert not desk.policy.view().differs_from_base


def test_who_is_logged_out_meanwhile_is_told_by_the_answer(desk_url: str, open_page: OpenPage) -> None:
    page = open_page()
    page.goto(f"{desk_url}/policy")
    page.context.clear_cookies(name="plainspeak_session")
    slide(page, "slider.threat.block", "60")
    expect(page.locator("#answer")).to_contain_text("Log in at /login")


def test_without_script_the_slider_counts_by_the_button(
    desk_url: str, open_page: OpenPage, post: Post
) -> None:
    post(THREAT)
    page = open_page(java_script_enabled=False)
    page.goto(f"{desk_url}/policy")

    page.locator('[name="slider.overall.review"]').focus()
    page.keyboard.press("End")
    page.get_by_role("button", name="Preview").click()

    expect(page.locator('[name="number.overall.review"]')).to_have_value("")
    expect(page.locator("#answer")).to_contain_text(re.compile("1 step differs"))
