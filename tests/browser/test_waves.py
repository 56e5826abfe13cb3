"""A wave of posts that are nearly the same, in a real browser: ruled on at once, each for itself."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from app.bootstrap import Runtime
from app.core.types import Ruling, RulingAction
from tests.browser.test_desk import arrive, settle

OpenPage = Callable[..., Page]
Post = Callable[..., str]

HOSTILE = "<img src=x onerror=alert(1)> \u202e{{ 7 * 7 }}"
WAVE = [
    "you idiots, free coins for everybody here, send one to this address and get five back today",
    "you idiots, free coins for everybody here, send one to this address and get nine back today",
    "You idiots, FREE coins for everybody here, send one to this address and get five back today!",
    f"you idiots, free coins for everybody here, send one to this address and get five back {HOSTILE}",
]
OTHER = "good morning everybody, what a lovely day it is"


def post_all(post: Post) -> tuple[list[str], str]:
    return [post(text, author_id=f"spammer-{place}") for place, text in enumerate(WAVE)], post(OTHER)


def rulings(desk: Runtime, items: list[str]) -> list[RulingAction | None]:
    standing = [[each for each in desk.review.open(item).rulings if not each.undone_at] for item in items]
    return [each[-1].ruling.action if each else None for each in standing]


def test_a_wave_by_keyboard_alone(desk: Runtime, desk_url: str, open_page: OpenPage, post: Post) -> None:
    wave, other = post_all(post)
    held = wave[2]
    page, second = open_page("ada"), open_page("ben")
    second.goto(f"{desk_url}/review/{held}")
    expect(second.get_by_text("You hold it until")).to_be_visible()

    page.goto(f"{desk_url}/review")
    settle(page)
    expect(page.locator("li.row")).to_have_count(2)
    expect(page.get_by_text("4 nearly the same")).to_be_visible()
    page.get_by_text("4 nearly the same").locator("xpath=ancestor::li").locator("a.open").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("|".join(wave)))
    settle(page)
    expect(page.get_by_role("heading", name="3 posts are nearly the same")).to_be_visible()
    expect(page.locator(".wave").get_by_text("held by ben")).to_be_visible()
    opened = next(item for item in wave if item in page.url)

    page.keyboard.press("z")
    expect(page.locator(".wave")).to_be_hidden()
    page.keyboard.press("a")
    expect(page.locator("#all")).to_be_checked()
    expect(page.locator(".wave")).to_be_visible()
    expect(page.locator("#then-block .with-all")).to_contain_text("The same for the 2 posts below")
    page.keyboard.press("d")
    arrive(page, other)
    expect(page.get_by_role("status").first).to_contain_text("Blocked 3 posts.")
    expect(page.get_by_role("status").first).to_contain_text("One was left as it was")
    assert rulings(desk, wave) == [None if item == held else RulingAction.BLOCK for item in wave]
    assert rulings(desk, [other]) == [None]

    page.keyboard.press("u")
    arrive(page, opened)
    expect(page.get_by_role("status").first).to_contain_text("Undone for 3 posts.")
    assert rulings(desk, wave) == [None] * 4


def test_a_wave_without_script(desk: Runtime, desk_url: str, open_page: OpenPage, post: Post) -> None:
    wave, other = post_all(post)
    page = open_page("ada", java_script_enabled=False)
    page.goto(f"{desk_url}/review/{wave[0]}")
    expect(page.locator("#then-allow .with-all")).to_be_hidden()
    page.get_by_label("Rule on these 3 as well").check()
    expect(page.locator("#then-allow .with-all")).to_be_visible()
    page.get_by_role("button", name="Allow").click()
    page.wait_for_url(re.compile(other))
    assert rulings(desk, wave) == [RulingAction.ALLOW] * 4
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url(re.compile(wave[0]))
    assert rulings(desk, wave) == [None] * 4


def test_what_people_decided_on_posts_like_it_is_shown(
    desk: Runtime, desk_url: str, open_page: OpenPage, post: Post
) -> None:
    wave, _ = post_all(post)
    desk.review.rule(wave[0], Ruling(RulingAction.BLOCK, "ben"), expected_version=1)
    page = open_page()
    page.goto(f"{desk_url}/review/{wave[1]}")
    if page.locator("label.reveal").count():
        page.locator("label.reveal").click()
    expect(page.get_by_role("heading", name="Decided before, nearly the same")).to_be_visible()
    expect(page.get_by_text("people blocked 1 and allowed 0")).to_be_visible()
    expect(page.get_by_role("heading", name="2 posts are nearly the same")).to_be_visible()
    page.get_by_role("link", name="A person blocked it").click()
    page.wait_for_url(re.compile(wave[0]))


def test_hostile_texts_of_a_wave_are_text(desk_url: str, open_page: OpenPage, post: Post) -> None:
    wave, _ = post_all(post)
    page = open_page(viewport={"width": 360, "height": 800})
    page.goto(f"{desk_url}/review/{wave[0]}")
    if page.locator("label.reveal").count():
        page.locator("label.reveal").click()
    expect(page.locator(".theirs").get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()
    expect(page.locator(".theirs").get_by_text("7 * 7")).to_be_visible()
    assert page.locator("main script, main img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
