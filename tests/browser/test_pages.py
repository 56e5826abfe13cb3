"""Every page there is, in a real browser, with something hostile wherever something can be kept.

The pages are held to the routes of the application: one that somebody adds and that is not opened here fails.
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Literal
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from app import bootstrap
from app.bootstrap import Runtime
from app.core.feedback import SuggestedScore
from app.core.revisions import Amendment, Change
from app.core.types import Category, Content, Ruling, RulingAction
from app.services.webhooks import EventKind
from app.settings import ROOT, Settings
from app.web.main import create_app
from tests.browser.conftest import PASSWORD, Service, Watched, served, service_over
from tests.pages import opened_paths

OpenPage = Callable[..., Page]

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
COLOURS: dict[str, object] = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
"""All that differs between light and dark."""
LOOKS: tuple[tuple[Literal["light", "dark"], int, dict[str, object]], ...] = (
    ("light", 1280, {}),
    ("dark", 1280, COLOURS),
    ("light", 360, {}),
)
"""Colours, width in pixels, and what axe-core is asked."""

SCRIPT = "<script>alert(1)</script>"
MIXED = f"\"'>{SCRIPT}<img src=x onerror=alert(1)></textarea>\u202e{{{{ 911 * 919 }}}} ${{911*919}}"
PRODUCT = str(911 * 919)
"""What a template or a script would make of it."""
READ = """() => {
  const main = document.querySelector("main");
  return [main.innerText, ...[...main.querySelectorAll("input, textarea")].map((field) => field.value)];
}"""
"""What can be read on a page: its words and what stands in its fields."""
WORD = "x" * 100_000 + "\u13a0"
"""100 kB. Its last letter is in no model's vocabulary, so that the model reads one unknown word."""
HOSTILE = (
    f"{SCRIPT} you are a fool and I will kill you",
    '"><img src=x onerror=alert(1)> I will kill you',
    "</textarea></title><svg onload=alert(1)> I will kill you {{ 911 * 919 }} {% raw %} ${911*919}",
    "\u202eI will kill you\u202c \u2066you\u2069 \u2067are dead",
    f"I will kill you {WORD}",
)
WAVE = tuple(
    f"i will find your house and hurt you tonight, number {number} of the list of your street {MIXED}"
    for number in (5, 9)
)
SELF_HARM = "I want to unalive myself, nobody would miss me"
SETUP = "of-the-first-admin"
NO_PAGES = frozenset(
    {
        "/",
        "/$discovery/rest",
        "/authors/{author_id:path}/export",
        "/decisions/export.csv",
        "/decisions/export.jsonl",
        "/decisions/{decision_id}",
        "/decisions/{decision_id}/appeal",
        "/healthz",
        "/lexicon/export.toml",
        "/metrics",
        "/openapi.json",
        "/readyz",
        "/review/events",
    }
)
"""Answers for programs, files to keep, and the way from / to the queue."""
SHOW_WHAT_IS_KEPT = frozenset(
    {
        "/review",
        "/review/{item_id}",
        "/decisions",
        "/decisions/{decision_id}/view",
        "/lexicon/{term_id}",
        "/lexicon/{term_id}/{name}",
        "/lexicon/add_term",
        "/lexicon/import_terms",
        "/policy",
        "/webhooks",
        "/account",
        "/login",
        "/people",
    }
)
"""Pages on which the words of somebody else must be readable."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A page, and what is done there first."""

    path: str
    """Of its route."""
    address: str
    status: int = 200
    person: str | None = "ada"
    then: Callable[[Page], None] | None = None
    """What leads to a page that only answers a form."""


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service that holds every post for a person and takes words of 100 kB."""
    folder = tmp_path_factory.mktemp("pages")
    policy = folder / "policy.toml"
    usual = (ROOT / "policies" / "default.toml").read_text(encoding="utf-8")
    usual = re.sub(r"(?m)^review = [0-9.]+", "review = 0.0", usual, count=1)
    policy.write_text(usual.replace('name = "default"', f"name = {json.dumps(MIXED)}", 1), encoding="utf-8")
    settings = Settings(
        database_url=f"sqlite:///{folder / 'plainspeak.db'}",
        policy=policy,
        threads=1,
        max_chars=150_000,
        webhook_private_targets=True,
    )
    with service_over(settings) as service:
        yield service


@pytest.fixture(scope="module")
def empty_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service that holds nothing and knows nobody."""
    file = tmp_path_factory.mktemp("empty") / "plainspeak.db"
    with served(bootstrap.build(Settings(database_url=f"sqlite:///{file}", threads=1)), setup=SETUP) as url:
        yield url


@dataclass(frozen=True, slots=True)
class Kept:
    """What was put in."""

    items: tuple[str, ...]
    decisions: tuple[str, ...]


@pytest.fixture(scope="module")
def kept(service: Service) -> Kept:
    """Something hostile in every field that anybody fills."""
    desk = service.runtime
    with bootstrap.open_webhooks(desk.settings) as webhooks:
        # Nothing listens there, so that each delivery fails at once.
        webhooks.add(f"http://127.0.0.1:9/{SCRIPT}{{{{911*919}}}}", key_id=None, kinds=tuple(EventKind))
    judged = [
        desk.moderation.moderate(
            Content(
                text=text, context=(text, MIXED), author_id=MIXED, content_id=MIXED[::-1], client_token=MIXED
            )
        )
        for text in (*HOSTILE, *WAVE, SELF_HARM)
    ]
    items = tuple(each.item.id for each in judged if each.item is not None)
    decisions = tuple(each.decision.id for each in judged)
    for text in HOSTILE:
        desk.feedback.suggest(text, [SuggestedScore(SCRIPT, 1.0)], client_token=MIXED, community_id=MIXED)
    desk.review.rule(items[0], Ruling(RulingAction.BLOCK, "ben", note=MIXED), expected_version=1)
    for decision, text in zip(decisions[:5], HOSTILE, strict=False):
        desk.appeals.appeal(decision, (MIXED + text)[:2_000], actor="app")
    change_term(desk, "hostile", Change.ADD, note=MIXED)
    change_term(desk, "gone", Change.ADD, note=MIXED)
    change_term(desk, "gone", Change.RETIRE, note=MIXED)
    change_policy(desk)
    desk.people.log_in("ada", PASSWORD, agent=MIXED)
    desk.people.disable("cleo", actor=MIXED)
    desk.people.enable("cleo", actor=MIXED)
    return Kept(items, decisions)


def change_term(desk: Runtime, term_id: str, change: Change, *, note: str) -> None:
    """Change a term as somebody else does, at whatever version it is."""
    version = 0 if change is Change.ADD else desk.lexicon.open(term_id).state.version
    like = desk.lexicon.open("unalive").state.term
    forms = tuple(replace(form, surface=f"{term_id}zxq{SCRIPT}") for form in like.forms[:1])
    term = replace(like, id=term_id, category=Category.VIOLENCE, forms=forms, note=note, source=MIXED)
    desk.lexicon.save(Amendment(change, term, "ben", MIXED, version))


def change_policy(desk: Runtime) -> None:
    view = desk.policy.view()
    review = 0.001 if view.policy.overall.review == 0 else 0.0
    wanted = replace(view.policy, overall=replace(view.policy.overall, review=review))
    desk.policy.save(wanted, seen=view.number, actor="ben", reason=MIXED)


def visits(desk: Runtime, kept: Kept, *, empty_url: str) -> Iterator[Visit]:
    """Every page, as somebody finds it who may see it, and what forms on it answer."""
    lost = quote(MIXED, safe="")
    yield Visit("/login", "/login?" + urlencode({"next": MIXED}), person=None)
    yield Visit("/login", "/login", person=None, then=refused_login)
    yield Visit("/setup", f"{empty_url}/setup?token={SETUP}", person=None)
    yield Visit("/setup", "/setup?token=wrong", person=None, status=401)
    yield Visit("/review", "/review")
    yield Visit("/review", "/review?state=appeals&order=oldest")
    yield Visit("/review", f"{empty_url}/review", person=None)
    for item in kept.items:
        yield Visit("/review/{item_id}", f"/review/{item}?notice=skip")
    yield Visit("/review/{item_id}", f"/review/{kept.items[1]}", person="cleo")
    yield Visit("/review/{item_id}", f"/review/{kept.items[0]}", person="ben")
    yield Visit("/review/{item_id}", f"/review/{lost}", status=404)
    yield Visit("/review/{item_id}", "/review", then=lambda page: late_ruling(page, desk))
    yield Visit("/decisions", "/decisions")
    yield Visit("/decisions", "/decisions?" + urlencode({"q": f"kill {SCRIPT}", "author": MIXED}))
    for decision in kept.decisions:
        yield Visit("/decisions/{decision_id}/view", f"/decisions/{decision}/view")
    yield Visit("/decisions/{decision_id}/view", f"/decisions/{lost}/view", status=404)
    yield Visit("/discovery", "/discovery")
    yield Visit("/lexicon", "/lexicon?" + urlencode({"q": SCRIPT}))
    yield Visit("/lexicon", "/lexicon")
    for term in ("unalive", "hostile", "gone"):
        yield Visit("/lexicon/{term_id}", f"/lexicon/{term}")
    yield Visit("/lexicon/{term_id}", f"/lexicon/{lost}", status=404)
    yield Visit("/lexicon/{term_id}/{name}", "/lexicon/hostile/edit")
    yield Visit("/lexicon/{term_id}/{name}", "/lexicon/hostile/retire")
    yield Visit("/lexicon/{term_id}/{name}", "/lexicon/gone/restore")
    yield Visit("/lexicon/{term_id}/{name}", "/lexicon/hostile/edit", then=lambda page: late_edit(page, desk))
    yield Visit("/lexicon/add_term", "/lexicon/add_term")
    yield Visit("/lexicon/add_term", "/lexicon/add_term", then=tried_term)
    yield Visit("/lexicon/import_terms", "/lexicon/import_terms")
    yield Visit("/lexicon/import_terms", "/lexicon/import_terms", then=refused_import)
    yield Visit("/dashboard", "/dashboard")
    yield Visit("/dashboard", "/dashboard?days=30")
    yield Visit("/policy", "/policy")
    yield Visit("/policy", "/policy", then=lambda page: late_policy(page, desk))
    yield Visit("/webhooks", "/webhooks")
    yield Visit("/storage", "/storage")
    yield Visit("/storage", "/storage", person="cleo", status=403)
    yield Visit("/account", "/account")
    yield Visit("/people", "/people")
    yield Visit("/people", "/people", then=refused_person)
    yield Visit("/people", f"{empty_url}/people", person=None)
    yield Visit("/docs", "/docs", then=unfolded_docs)


def alerted(page: Page) -> None:
    expect(page.locator("[role=alert]:visible").first).to_be_visible()


def refused_login(page: Page) -> None:
    page.get_by_label("Name").fill(MIXED)
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    alerted(page)


def late_ruling(page: Page, desk: Runtime) -> None:
    """Rule on an item that somebody else has changed: it comes back with what was typed."""
    item = desk.moderation.moderate(Content(text="I will kill you", author_id=MIXED)).item
    assert item is not None
    page.goto(re.sub("/review$", f"/review/{item.id}", page.url))
    page.get_by_label("Note").fill(MIXED)
    claim = desk.review.open(item.id).item.claim
    assert claim is not None
    desk.review.release(item.id, person=claim.holder, claimed_at=claim.at)
    version = desk.review.claim(item.id, person="ben").version
    desk.review.rule(item.id, Ruling(RulingAction.ESCALATE, "ben", note=MIXED), expected_version=version)
    expect(page.locator("html.settled")).to_be_attached()
    page.get_by_role("button", name="Block").click()
    alerted(page)


def late_edit(page: Page, desk: Runtime) -> None:
    change_term(desk, "hostile", Change.EDIT, note=f"{MIXED} {desk.lexicon.version}"[:200])
    page.get_by_label("Reason").fill(MIXED)
    page.get_by_role("button", name="Save the change").click()
    alerted(page)


def tried_term(page: Page) -> None:
    page.get_by_label("Surfaces").fill(f"kill {SCRIPT} = {MIXED}\nkill = kill")
    page.get_by_label("Category").select_option("violence")
    page.get_by_label("Note").fill(MIXED)
    page.get_by_label("Reason").fill(MIXED)
    page.get_by_role("button", name="Try on past posts").click()
    page.wait_for_load_state()
    expect(page.get_by_label("Reason")).to_have_value(MIXED)


def refused_import(page: Page) -> None:
    page.get_by_label("Or its text").fill(MIXED)
    page.get_by_label("Reason").fill(MIXED)
    page.get_by_role("button", name="See what would change").click()
    alerted(page)


def late_policy(page: Page, desk: Runtime) -> None:
    page.locator("#reason").fill(MIXED)
    page.locator('[name="number.threat.block"]').fill("77")
    change_policy(desk)
    page.get_by_role("button", name="Save").click()
    alerted(page)


def refused_person(page: Page) -> None:
    page.locator("#name").fill(MIXED[:40])
    page.locator("#password").fill(PASSWORD)
    page.locator("#again").fill(PASSWORD)
    page.get_by_role("button", name="Add").click()
    alerted(page)


def unfolded_docs(page: Page) -> None:
    page.locator(".opblock-summary-control").first.wait_for()
    operations = page.locator(".opblock-summary-control").all()
    for operation in operations:
        operation.click()
    expect(page.locator(".opblock-body")).to_have_count(len(operations))
    page.locator(".try-out__btn").first.click()
    expect(page.get_by_label("Request body")).to_be_visible()


class Walk:
    """Opens page after page, as whoever may see it, with everything unfolded and nothing blurred."""

    def __init__(self, url: str, open_page: OpenPage) -> None:
        self._url = url
        self._open_page = open_page
        self._pages: dict[str | None, Page] = {}

    def to(self, visit: Visit) -> Page:
        if visit.person not in self._pages:
            self._pages[visit.person] = self._open_page(visit.person, reduced_motion="reduce")
        page = self._pages[visit.person]
        page.set_viewport_size({"width": 1280, "height": 900})
        address = visit.address if visit.address.startswith("http") else self._url + visit.address
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == visit.status, visit.address
        assert answer.headers["content-type"].startswith("text/html"), visit.address
        if visit.then is not None:
            visit.then(page)
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        if page.locator("label.reveal").count():
            page.locator("label.reveal").click()
        return page


def test_every_page_there_is_is_opened_here(service: Service, kept: Kept, empty_url: str) -> None:
    opened = {visit.path for visit in visits(service.runtime, kept, empty_url=empty_url)}

    assert opened | NO_PAGES == opened_paths(create_app(service.runtime))
    assert not opened & NO_PAGES


def test_axe_finds_nothing_serious_on_any_page(
    service: Service, kept: Kept, empty_url: str, open_page: OpenPage
) -> None:
    walk = Walk(service.url, open_page)
    found = []
    for visit in visits(service.runtime, kept, empty_url=empty_url):
        page = walk.to(visit)
        page.evaluate(AXE)
        for scheme, width, rules in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            found += [(visit.address[:80], scheme, width, *each) for each in serious(page, rules)]

    assert found == [], json.dumps(found, indent=1)


def serious(page: Page, rules: dict[str, object]) -> list[tuple[str, list[str]]]:
    """The rules that a page breaks seriously or critically, and where."""
    return [
        (violation["id"], [f"{node['target']} {node['html'][:200]}" for node in violation["nodes"][:3]])
        for violation in page.evaluate("rules => axe.run(rules)", rules)["violations"]
        if violation["impact"] in {"serious", "critical"}
    ]


def test_hostile_words_are_text_on_every_page(
    service: Service, kept: Kept, empty_url: str, open_page: OpenPage
) -> None:
    walk = Walk(service.url, open_page)
    readable, bad = set(), []
    for visit in visits(service.runtime, kept, empty_url=empty_url):
        page = walk.to(visit)
        bad += [(visit.address[:80], *each) for each in run_or_torn(page, visit)]
        if any(SCRIPT in each for each in page.evaluate(READ)):
            readable.add(visit.path)
    assert bad == [], json.dumps(bad, indent=1)
    # The fixture of the page sees everything else: dialogs, errors, what the content policy refused.
    assert readable >= SHOW_WHAT_IS_KEPT, SHOW_WHAT_IS_KEPT - readable


def run_or_torn(page: Page, visit: Visit) -> Iterator[tuple[str, int]]:
    """What became more than text on a page, and at which widths it is wider than its screen."""
    if PRODUCT in page.locator("#main").inner_text():
        yield "a template was run", 0
    if found := page.locator("#main script, [onload], [onerror], img[src=x]").count():
        yield "elements", found
    # Swagger UI's tables are as wide as they are.
    for width in () if visit.path == "/docs" else (1280, 360):
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            yield "wider than", width


def test_a_word_of_100_kb_is_shown_whole(service: Service, kept: Kept, open_page: OpenPage) -> None:
    page = Walk(service.url, open_page).to(Visit("/review/{item_id}", f"/review/{kept.items[4]}"))

    assert WORD in page.locator(".post.written").inner_text()


def test_what_a_page_must_never_do_is_seen(chromium: Browser, service: Service) -> None:
    page = chromium.new_page()
    watched = Watched(page)
    page.goto(f"{service.url}/login")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=alert(1)>')")
    page.evaluate("alert(2)")
    page.evaluate("setTimeout(() => { throw new Error('three'); })")
    page.wait_for_timeout(500)
    page.close()

    seen = " ".join(watched.seen)
    assert "Content Security Policy" in seen
    assert "dialog: 2" in seen
    assert "dialog: 1" not in seen
    assert "three" in seen
