"""A moderator at the desk: the pages as a browser without script sees them, over a real database."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from html import unescape
from html.parser import HTMLParser

import httpx2
import pytest
from fastapi import FastAPI, Request, Response
from fastapi.testclient import TestClient

from app.core.errors import EngineFailed, FormExpired, NotFound, PlainspeakError
from app.core.lexicon import Form, Term, lexicon_of
from app.core.normalize import normalize
from app.core.policy import Policy, Thresholds
from app.core.review import Decision, open_item
from app.core.types import (
    Action,
    Category,
    CategoryScore,
    Label,
    LaneVerdict,
    ReviewState,
    Ruling,
    RulingAction,
    Verdict,
    Versions,
)
from app.db.engine import open_database
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.db.writer import GroupWriter
from app.services.review import ReviewService
from app.web.csrf import Csrf
from app.web.desk import CONFLICT, NOTICES, PAGE_ROWS
from app.web.docs_page import DOCS_CSP, PAGES_CSP, docs_router
from app.web.render import Renderer
from app.web.review import review_router
from app.web.ruling_form import NOTE_MAX_CHARS

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
RENDERER = Renderer()
LEXICON = lexicon_of(
    [
        Term("unalive", Category.SELF_HARM, (Form("unalive", "kill"),), note="A way to say <kill>."),
        Term(
            "corn", Category.SEXUAL, (Form("corn", "porn"),), ambiguous=True, cues=("star",), note="Food too."
        ),
    ]
)
POLICY = Policy(
    "policy@3",
    Thresholds(review=0.75),
    tuple((each, Thresholds(review=0.5, block=0.95)) for each in Category),
)
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea></title></bdi><svg onload=alert(1)>",
    "{{ 7 * 7 }} {% raw %} {# x #} ${7*7}",
    "&lt;b&gt; &amp;amp;",
    "javascript:alert(1)",
    "\u202egnp.exe\u202c \u2066x\u2069 \u2067y",
    "u\u200bn\u2060a\u00adlive \x00 \x1b[31m",
    "h̷̢̛̫e̷̡̛͎l̷̨̛̙l̷̡̛͖o̷̢̡͎",
    "x" * 100_000,
]


class Clock:
    """A time that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger_and_queries(migrated_url: str) -> Iterator[tuple[Ledger, Queries]]:
    with open_database(migrated_url) as database, GroupWriter(database.writer) as writer:
        yield Ledger(writer, aside=database.aside), Queries(database.reader)


@pytest.fixture
def service(ledger_and_queries: tuple[Ledger, Queries], clock: Clock) -> ReviewService:
    ledger, queries = ledger_and_queries
    ids = (f"g-{number}" for number in range(1000))
    return ReviewService(
        ledger,
        queries,
        clock=clock,
        new_id=lambda: next(ids),
        policy=lambda: POLICY,
        lease=timedelta(minutes=10),
        undo_within=timedelta(minutes=5),
    )


def score(texts: Sequence[str]) -> list[Verdict]:
    """A model for which only "fool" is harmful, and "out of order" is an outage."""
    if any("out of order" in text for text in texts):
        raise EngineFailed("The engine failed. Try again.")
    return [
        Verdict(
            label=Label.HARMFUL,
            confidence=0.9,
            category=Category.HARASSMENT,
            score=0.9 if "fool" in text else 0.05,
            categories=tuple(CategoryScore(each, 0.9 if "fool" in text else 0.05) for each in Category),
            action=Action.REVIEW,
            reasons=(),
            versions=Versions("mini@now", "lexicon@2", "policy@3"),
        )
        for text in texts
    ]


@pytest.fixture
def desk_app(service: ReviewService) -> FastAPI:
    app = FastAPI(docs_url=None, redoc_url=None)
    app.include_router(review_router(service, renderer=RENDERER, csrf=Csrf(b"s" * 32), score=score))
    app.include_router(docs_router("/openapi.json"))

    @app.exception_handler(PlainspeakError)
    def refuse(_: Request, error: PlainspeakError) -> Response:
        status = {NotFound: 404, FormExpired: 403}[type(error)]
        return RENDERER.page(
            "error.html", status_code=status, status=status, title=error.title, detail=str(error)
        )

    return app


@pytest.fixture
def browser(desk_app: FastAPI) -> TestClient:
    return TestClient(desk_app, base_url="http://127.0.0.1")


@pytest.fixture
def other_browser(desk_app: FastAPI) -> TestClient:
    """A second person."""
    return TestClient(desk_app, base_url="http://127.0.0.1")


Store = Callable[..., str]


@pytest.fixture
def store(ledger_and_queries: tuple[Ledger, Queries]) -> Store:
    """Store a decision on a text with its item, and give the id of the item."""

    def store(
        item_id: str = "r-1",
        *,
        text: str | None = "",
        label: Label = Label.POTENTIALLY_HARMFUL,
        category: Category | None = Category.HARASSMENT,
        score: float = 0.61,
        context: tuple[str, ...] = (),
        author_id: str | None = "u-9",
        content_id: str | None = "post-1",
        reasons: tuple[str, ...] = ("Because.",),
        self_harm: float = 0.02,
        unavailable: tuple[str, ...] = (),
        action: Action = Action.REVIEW,
        opened_at: datetime = NOW,
        lanes: tuple[LaneVerdict, ...] = (),
        language: str = "en",
    ) -> str:
        if text == "":
            # No two of them are nearly the same.
            word = "w" + item_id.translate(str.maketrans("0123456789-", "abcdefghijk"))
            text = "you are a fool" if item_id == "r-1" else f"{word} fool {word}"
        decision = Decision(
            id=f"d-{item_id}",
            created_at=opened_at,
            content_id=content_id,
            author_id=author_id,
            text=None if text is None else normalize(text, lexicon=LEXICON),
            context=context,
            text_hash="hmac-sha256:00",
            verdict=Verdict(
                label=label,
                confidence=0.97,
                category=category,
                score=score,
                categories=tuple(
                    CategoryScore(each, self_harm if each is Category.SELF_HARM else 0.1) for each in Category
                ),
                action=action,
                reasons=reasons,
                versions=Versions("mini@1", "lexicon@2", "policy@3"),
                unavailable=unavailable,
                language=language,
                lanes=lanes,
            ),
            latency_ms=8.1,
        )
        ledger_and_queries[0].record(decision, open_item(decision, item_id=item_id, now=opened_at))
        return item_id

    return store


class Page(HTMLParser):
    """The elements of a page, and its text as a person reads it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        return [
            attributes
            for name, attributes in self.elements
            if name == tag and all(attributes.get(key) == value for key, value in wanted.items())
        ]


def page_of(response: httpx2.Response) -> Page:
    return Page(response.text)


def form_of(page: Page) -> dict[str, str]:
    """What a browser would send with the form, without a button."""
    return {
        str(each["name"]): each.get("value") or ""
        for each in page.all("input", type="hidden")
        if "name" in each
    }


def rule(browser: TestClient, item_id: str, action: str, **changes: str) -> httpx2.Response:
    fields = {**form_of(page_of(browser.get(f"/review/{item_id}"))), "action": action, **changes}
    return browser.post(f"/review/{item_id}/ruling", data=fields, follow_redirects=False)


def rulings_on(page: Page) -> list[dict[str, str | None]]:
    return page.all("button", form="ruling", name="action")


def item_links(page: Page) -> list[str]:
    return [str(each["href"]) for each in page.all("a") if each.get("class") == "open"]


# The queue


def test_the_queue_lists_what_waits_most_pressing_first(browser: TestClient, store: Store) -> None:
    store("r-1")
    store("r-2", text="I want to unalive myself", label=Label.HARMFUL, category=Category.SELF_HARM, score=0.9)
    store("r-3", label=Label.HARMFUL, category=Category.THREAT, score=0.9)
    response = browser.get("/review")
    page = page_of(response)
    assert response.status_code == 200
    assert item_links(page) == ["/review/r-2", "/review/r-3", "/review/r-1"]
    assert "Self-harm" in page.text
    assert "90% chance of harm" in page.text
    assert "I want to kill myself" in page.text
    assert "22 Nov 2026, 08:30 UTC" in page.text


def test_an_empty_queue_is_kind(browser: TestClient) -> None:
    page = page_of(browser.get("/review"))
    assert "Nothing needs you right now." in page.text
    assert item_links(page) == []


def test_the_queue_can_be_filtered_by_state(
    browser: TestClient, store: Store, service: ReviewService
) -> None:
    for item_id in ("r-1", "r-2", "r-3"):
        store(item_id)
    service.rule("r-2", Ruling(RulingAction.ESCALATE, "ada"), expected_version=1)
    service.rule("r-3", Ruling(RulingAction.ALLOW, "ada"), expected_version=1)
    found = {
        state: [link.partition("?")[0] for link in item_links(page_of(browser.get(f"/review?state={state}")))]
        for state in ("waiting", "open", "claimed", "escalated", "resolved")
    }
    assert found == {
        "waiting": ["/review/r-1", "/review/r-2"],
        "open": ["/review/r-1"],
        "claimed": [],
        "escalated": ["/review/r-2"],
        "resolved": ["/review/r-3"],
    }
    page = page_of(browser.get("/review?state=escalated"))
    assert page.all("a", href="/review?state=escalated")[0]["aria-current"] == "page"
    assert re.search(
        r"Waiting\s+2\s+Open\s+1\s+Claimed\s+0\s+Escalated\s+1\s+Appeals\s+0\s+Resolved\s+1", page.text
    )
    # The counts of the categories are of what waits, and stand only beside that.
    assert re.search(r"Everything\s+Harassment\s+Hate", page.text)
    assert re.search(r"Everything\s+2\s+Harassment\s+\d", page_of(browser.get("/review")).text)


def test_with_only_escalated_items_left_nobody_is_told_that_all_is_done(
    browser: TestClient, store: Store
) -> None:
    store("r-1")
    rule(browser, "r-1", "escalate")
    fields = form_of(page_of(browser.get("/review")))
    page = page_of(browser.post("/review/next", data=fields))
    assert item_links(page) == ["/review/r-1"]
    assert "Nothing here is free to take. What is still listed is held, waits" in page.text


def test_a_long_queue_has_pages(browser: TestClient, store: Store) -> None:
    for number in range(PAGE_ROWS + 2):
        store(f"r_{number:03}", opened_at=NOW - timedelta(minutes=number))
    first = page_of(browser.get("/review"))
    assert len(item_links(first)) == PAGE_ROWS
    next_page = unescape(str(first.all("a", rel="next")[0]["href"]))
    second = page_of(browser.get(next_page))
    assert item_links(second) == [f"/review/r_{number:03}" for number in (PAGE_ROWS, PAGE_ROWS + 1)]
    assert second.all("a", rel="next") == []
    assert "First page" in second.text


@pytest.mark.parametrize(
    "query",
    [
        "state=x",
        "order=x",
        "category=x",
        "score=x",
        "age=x",
        "lane=x",
        "language=x",
        "after=x",
        "after=0_nan_r-1",
        "after=0_inf_r-1",
        "after=-1_1_r-1",
        "after=0_1_",
        "after=0__r",
        "after=0_2026-11-22_r-1",
        "order=oldest&after=0_2026-11-22T08:00:00_r-1",
    ],
)
def test_a_queue_that_does_not_exist_says_so(browser: TestClient, query: str) -> None:
    response = browser.get(f"/review?{query}")
    assert response.status_code == 422
    assert "There is no such page of the queue" in response.text


def test_notices_are_ours_alone(browser: TestClient) -> None:
    for key, words in NOTICES.items():
        assert words in page_of(browser.get(f"/review?notice={key}")).text
    html = browser.get("/review?notice=Your+account+is+closed").text
    assert 'class="notice"' not in html
    assert "account" not in html


# One item


def test_an_item_shows_what_a_person_needs(browser: TestClient, store: Store, service: ReviewService) -> None:
    store(
        text="I un@live corn",
        context=("earlier message",),
        unavailable=("scorer@4",),
        reasons=("Why so.",),
        score=0.91,
    )
    service.rule(
        "r-1",
        Ruling(RulingAction.ESCALATE, "ada", category=Category.THREAT, note="Two\nlines"),
        expected_version=1,
    )
    html = browser.get("/review/r-1").text
    text = Page(html).text
    assert html.count("<mark>") == 2
    for words in (
        "Potentially harmful",
        "91% very likely",
        "97% very likely that “harmful” is right",
        "Held it for a person",
        "Why so.",
        "earlier message",
        "Digits or signs for letters, then code word.",
        "A way to say <kill>.",
        "May also mean",
        "Food too.",
        "Could not answer: scorer@4",
        "mini@1",
        "lexicon@2",
        "policy@3",
        "Escalated by ada as Threat",
        "Two\nlines",
        "decision.recorded",
        "review.ruled",
    ):
        assert words in text, words
    assert re.search(r"Self-harm\s+2%", text)


def test_actions_say_what_comes_of_them(browser: TestClient, store: Store) -> None:
    store()
    page = page_of(browser.get("/review/r-1"))
    for action in ("allow", "block", "escalate", "skip"):
        (button,) = page.all("button", value=action)
        assert (button["type"], button["name"], button["form"]) == ("submit", "action", "ruling")
        assert page.all("p", id=str(button["aria-describedby"]))
    (form,) = page.all("form", id="ruling")
    assert (form["method"], form["action"]) == ("post", "/review/r-1/ruling")


@pytest.mark.parametrize(
    ("label", "category", "blurred"),
    [
        (Label.POTENTIALLY_HARMFUL, Category.HARASSMENT, False),
        (Label.HARMFUL, Category.HARASSMENT, True),
        (Label.EXTREMELY_HARMFUL, None, True),
        (Label.SAFE, Category.SELF_HARM, True),
        (Label.POTENTIALLY_HARMFUL, Category.SEXUAL, True),
    ],
)
def test_severe_texts_are_blurred_until_asked_for(
    browser: TestClient, store: Store, *, label: Label, category: Category | None, blurred: bool
) -> None:
    store(text="you unalive", label=label, category=category, context=("before",))
    item = page_of(browser.get("/review/r-1"))
    veiled = [each for _, each in item.elements if "veiled" in (each.get("class") or "").split()]
    assert len(veiled) == (3 if blurred else 0)
    assert bool(item.all("input", type="checkbox", id="reveal")) == blurred
    assert bool(page_of(browser.get("/review")).all("span", **{"class": "veiled"})) == blurred
    assert "protect" not in item.text


def test_self_harm_calls_for_support(
    browser: TestClient, store: Store, service: ReviewService, clock: Clock
) -> None:
    store("r-1", category=Category.SELF_HARM)
    store("r-2", category=Category.THREAT, self_harm=0.5)
    store("r-3", category=Category.THREAT)
    supportive = {
        each: "do not punish" in browser.get(f"/review/{each}").text for each in ("r-1", "r-2", "r-3")
    }
    assert supportive == {"r-1": True, "r-2": True, "r-3": False}
    clock.advance(minutes=10)
    service.rule("r-3", Ruling(RulingAction.ESCALATE, "ada", category=Category.SELF_HARM), expected_version=1)
    assert "do not punish" in browser.get("/review/r-3").text


def test_a_text_that_is_not_stored_is_explained(browser: TestClient, store: Store) -> None:
    store(text=None, author_id=None, content_id=None)
    assert "asked not to store this text" in browser.get("/review").text
    page = page_of(browser.get("/review/r-1"))
    assert "asked not to store this text" in page.text
    assert [each["value"] for each in rulings_on(page)] == ["allow", "block", "escalate", "skip"]


def test_an_item_without_scores_or_reasons_still_shows(browser: TestClient, store: Store) -> None:
    store(category=None, reasons=(), action=Action.BLOCK, label=Label.SAFE)
    page = page_of(browser.get("/review/r-1"))
    assert "No category" in page.text
    assert "“safe” is right" in page.text
    assert "Blocked it; you may overturn that" in page.text
    assert "it says the same" in page.text


def test_neighbours_lead_through_the_queue(browser: TestClient, store: Store) -> None:
    for number in range(PAGE_ROWS + 2):
        store(f"r-{number:03}")

    def around(number: int) -> tuple[list[str], list[str]]:
        page = page_of(browser.get(f"/review/r-{number:03}"))
        previous, following = page.all("a", rel="prev"), page.all("a", rel="next")
        return [str(each["href"])[-3:] for each in previous], [str(each["href"])[-3:] for each in following]

    assert around(0) == ([], ["001"])
    assert around(1) == (["000"], ["002"])
    assert around(PAGE_ROWS - 1) == ([f"{PAGE_ROWS - 2:03}"], [f"{PAGE_ROWS:03}"])
    assert around(PAGE_ROWS) == ([f"{PAGE_ROWS - 1:03}"], [f"{PAGE_ROWS + 1:03}"])
    assert around(PAGE_ROWS + 1) == ([f"{PAGE_ROWS:03}"], [])


def test_an_unknown_item_is_not_found(browser: TestClient) -> None:
    response = browser.get("/review/nope")
    assert response.status_code == 404
    assert "Back to the queue" in response.text


# Rulings


@pytest.mark.parametrize(
    ("action", "state"),
    [("allow", ReviewState.RESOLVED), ("block", ReviewState.RESOLVED), ("escalate", ReviewState.ESCALATED)],
)
def test_a_ruling_is_stored_and_leads_on(
    browser: TestClient, store: Store, service: ReviewService, *, action: str, state: ReviewState
) -> None:
    store("r-1", score=0.9)
    store("r-2", score=0.8)
    response = rule(browser, "r-1", action, category="threat", note=" Two\r\nlines ")
    assert (response.status_code, response.headers["location"]) == (303, f"/review/r-2?notice={action}")
    detail = service.open("r-1")
    person = detail.rulings[0].ruling.actor
    assert detail.item.state is state
    assert [each.ruling for each in detail.rulings] == [
        Ruling(RulingAction(action), person, category=Category.THREAT, note="Two\nlines")
    ]
    assert re.fullmatch(r"moderator-[0-9a-f]{6}", person)
    assert NOTICES[action] in page_of(browser.get(response.headers["location"])).text


def test_the_last_ruling_leads_back_to_the_queue(browser: TestClient, store: Store) -> None:
    store()
    response = rule(browser, "r-1", "escalate")
    assert response.headers["location"] == "/review?notice=escalate"


def test_an_id_is_quoted_on_the_way(browser: TestClient, store: Store) -> None:
    store("r-1")
    store("r?&#2", score=0.5)
    response = rule(browser, "r-1", "allow")
    assert response.headers["location"] == "/review/r%3F%26%232?notice=allow"
    assert browser.get(response.headers["location"]).status_code == 200


def test_what_is_done_cannot_be_done_again(browser: TestClient, store: Store) -> None:
    store()
    rule(browser, "r-1", "escalate")
    again = page_of(browser.get("/review/r-1"))
    assert [each["value"] for each in rulings_on(again)] == ["allow", "block", "skip"]
    rule(browser, "r-1", "block")
    page = page_of(browser.get("/review/r-1"))
    assert (rulings_on(page), page.all("form", id="ruling")) == ([], [])
    assert "Blocked by moderator-" in page.text


def test_a_stale_ruling_shows_the_item_as_it_is_now(
    browser: TestClient, store: Store, service: ReviewService, clock: Clock
) -> None:
    store()
    fields = form_of(page_of(browser.get("/review/r-1")))
    clock.advance(minutes=10)
    service.rule("r-1", Ruling(RulingAction.ESCALATE, "ada", note="Mine."), expected_version=1)
    response = browser.post(
        "/review/r-1/ruling", data={**fields, "action": "block", "note": "Typed", "category": "threat"}
    )
    page = page_of(response)
    assert response.status_code == 409
    assert CONFLICT in page.text
    assert "Escalated by ada" in page.text
    assert "Typed" in page.text
    assert "selected" in page.all("option", value="threat")[0]
    assert form_of(page)["version"] == "2"
    assert service.open("r-1").item.version == 2
    again = browser.post(
        "/review/r-1/ruling", data={**form_of(page), "action": "block"}, follow_redirects=False
    )
    assert again.status_code == 303


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"action": "delete"}, "choose allow, block or escalate"),
        ({"action": ""}, "choose allow, block or escalate"),
        ({"category": "spam"}, "choose a category from the list"),
        ({"version": ""}, "the form was incomplete"),
        ({"version": "-1"}, "the form was incomplete"),
        ({"version": "١"}, "the form was incomplete"),
        ({"version": "9" * 10_000}, "the form was incomplete"),
        ({"note": "n" * (NOTE_MAX_CHARS + 1)}, f"the note has {NOTE_MAX_CHARS + 1} characters"),
    ],
)
def test_a_form_that_cannot_be_read_says_why_and_keeps_the_note(
    browser: TestClient, store: Store, service: ReviewService, *, changes: dict[str, str], words: str
) -> None:
    store()
    response = rule(browser, "r-1", **{"action": "block", "note": "nnn", **changes})
    page = page_of(response)
    assert response.status_code == 422
    assert words in page.text
    assert "nnn" in page.text
    assert service.open("r-1").rulings == ()


@pytest.mark.parametrize("token", [None, "", "wrong"])
def test_a_form_without_our_token_is_refused(
    browser: TestClient, store: Store, service: ReviewService, token: str | None
) -> None:
    store()
    fields = {**form_of(page_of(browser.get("/review/r-1"))), "action": "block"}
    fields = {name: value for name, value in fields.items() if name != "csrf"}
    response = browser.post("/review/r-1/ruling", data=fields if token is None else {**fields, "csrf": token})
    assert response.status_code == 403
    assert "The form has expired" in response.text
    assert service.open("r-1").rulings == ()


def test_a_body_that_is_no_form_is_refused(browser: TestClient, store: Store, service: ReviewService) -> None:
    store()
    token = form_of(page_of(browser.get("/review/r-1")))
    assert browser.post("/review/r-1/ruling", json={**token, "action": "block"}).status_code == 403
    upload = {"file": ("a.txt", b"x")}
    assert browser.post("/review/r-1/ruling", data=token, files=upload).status_code == 400
    assert service.open("r-1").rulings == ()


def test_a_ruling_on_an_unknown_item_is_not_found(browser: TestClient, store: Store) -> None:
    store()
    fields = {**form_of(page_of(browser.get("/review/r-1"))), "action": "allow"}
    assert browser.post("/review/nope/ruling", data=fields).status_code == 404


# Claims, skips and second thoughts


def test_whoever_opens_an_item_holds_it_for_a_while(
    browser: TestClient, other_browser: TestClient, store: Store, clock: Clock
) -> None:
    store()
    mine, theirs = page_of(browser.get("/review/r-1")), page_of(other_browser.get("/review/r-1"))
    assert "You hold it until 22 Nov 2026, 08:40 UTC" in mine.text
    assert "holds this item until 22 Nov 2026, 08:40 UTC" in theirs.text
    assert (len(rulings_on(mine)), rulings_on(theirs)) == (4, [])
    assert "You hold it" in page_of(browser.get("/review?state=claimed")).text
    assert "Held by moderator-" in page_of(other_browser.get("/review")).text
    clock.advance(minutes=10)
    assert len(rulings_on(page_of(other_browser.get("/review/r-1")))) == 4
    assert rulings_on(page_of(browser.get("/review/r-1"))) == []


def test_a_ruling_on_what_another_holds_is_refused_in_words(
    browser: TestClient, other_browser: TestClient, store: Store, service: ReviewService, clock: Clock
) -> None:
    store()
    fields = form_of(page_of(browser.get("/review/r-1")))
    clock.advance(minutes=10)
    other_browser.get("/review/r-1")
    for path, action in (("ruling", "block"), ("skip", "skip")):
        response = browser.post(f"/review/r-1/{path}", data={**fields, "action": action, "note": "Typed"})
        assert response.status_code == 409
        text = page_of(response).text
        assert re.search(r"not stored\. moderator-\w{6} holds review item 'r-1' until 08:50 UTC", text)
    assert service.open("r-1").rulings == ()


def test_an_open_page_renews_its_claim_until_the_item_is_lost(
    browser: TestClient, other_browser: TestClient, store: Store, service: ReviewService, clock: Clock
) -> None:
    store()
    fields = form_of(page_of(browser.get("/review/r-1")))
    clock.advance(minutes=9)
    assert browser.post("/review/r-1/claim", data=fields).status_code == 204
    clock.advance(minutes=9)
    assert rulings_on(page_of(other_browser.get("/review/r-1"))) == []
    clock.advance(minutes=1)
    other_browser.get("/review/r-1")
    response = browser.post("/review/r-1/claim", data=fields)
    assert response.status_code == 409
    assert re.fullmatch(r"moderator-\w{6} holds this item now\.", response.text)
    clock.advance(minutes=10)
    service.rule("r-1", Ruling(RulingAction.ESCALATE, "ada"), expected_version=1)
    assert browser.post("/review/r-1/claim", data=fields).text == (
        "This item has changed since you opened it."
    )


def test_leaving_lets_go(browser: TestClient, other_browser: TestClient, store: Store, clock: Clock) -> None:
    store()
    old = form_of(page_of(browser.get("/review/r-1")))
    clock.advance(seconds=1)
    fields = form_of(page_of(browser.get("/review/r-1")))
    for left in (old, {**fields, "claimed_at": ""}, {**fields, "claimed_at": "2026-11-22T08:30:01"}):
        assert browser.post("/review/r-1/release", data=left).status_code == 204
        assert rulings_on(page_of(other_browser.get("/review/r-1"))) == []
    response = browser.post("/review/r-1/release", data={**fields, "leave": "1"}, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, "/review?notice=leave")
    assert len(rulings_on(page_of(other_browser.get("/review/r-1")))) == 4


def test_a_page_that_is_only_fetched_ahead_holds_nothing(
    browser: TestClient, other_browser: TestClient, store: Store
) -> None:
    store()
    browser.get("/review/r-1", headers={"sec-purpose": "prefetch"})
    assert len(rulings_on(page_of(other_browser.get("/review/r-1")))) == 4


def test_the_next_item_is_one_that_nobody_else_holds(
    browser: TestClient, other_browser: TestClient, store: Store
) -> None:
    for item_id, score in (("r-1", 0.9), ("r-2", 0.8), ("r-3", 0.7)):
        store(item_id, score=score)

    def take(person: TestClient) -> str:
        token = form_of(page_of(person.get("/review")))
        return str(person.post("/review/next", data=token, follow_redirects=False).headers["location"])

    assert [take(browser), take(other_browser)] == ["/review/r-1", "/review/r-2"]
    response = rule(browser, "r-1", "allow")
    assert response.headers["location"] == "/review/r-3?notice=allow"
    # What they hold themselves is theirs to take, in a page they may have lost; the rest is another's.
    assert take(other_browser) == "/review/r-2"
    assert rule(other_browser, "r-2", "allow").headers["location"] == "/review?notice=allow"


def test_the_next_item_is_one_of_the_same_view(browser: TestClient, store: Store) -> None:
    store("r-1", category=Category.DRUGS, score=0.9)
    store("r-2", category=Category.THREAT, score=0.8)
    store("r-3", category=Category.DRUGS, score=0.7)
    query = "order=oldest&category=drugs"
    fields = form_of(page_of(browser.get(f"/review/r-1?{query}")))
    response = browser.post("/review/r-1/ruling", data={**fields, "action": "allow"}, follow_redirects=False)
    assert response.headers["location"] == f"/review/r-3?{query}&notice=allow"


def test_a_skipped_item_comes_back_after_the_rest(browser: TestClient, store: Store) -> None:
    store("r-1", score=0.9)
    store("r-2", score=0.8)
    fields = form_of(page_of(browser.get("/review/r-1")))
    response = browser.post("/review/r-1/skip", data=fields, follow_redirects=False)
    assert response.headers["location"] == "/review/r-2?notice=skip"
    assert item_links(page_of(browser.get("/review"))) == ["/review/r-2", "/review/r-1"]
    rule(browser, "r-2", "allow")
    fields = form_of(page_of(browser.get("/review/r-1")))
    response = browser.post("/review/r-1/skip", data=fields, follow_redirects=False)
    assert response.headers["location"] == "/review?notice=skip"
    assert "Skipped 2 times" in page_of(browser.get("/review")).text


def test_the_last_ruling_can_be_undone_for_a_while(
    browser: TestClient, other_browser: TestClient, store: Store, service: ReviewService, clock: Clock
) -> None:
    store()
    rule(browser, "r-1", "block")
    fields = form_of(page_of(browser.get("/review")))
    assert "ruling" not in form_of(page_of(other_browser.get("/review")))
    response = browser.post("/review/undo", data=fields, follow_redirects=False)
    assert response.headers["location"] == "/review/r-1?notice=undo"
    page = page_of(browser.get("/review/r-1?notice=undo"))
    assert len(rulings_on(page)) == 4
    assert "Undone" in page.text
    again = browser.post("/review/undo", data=fields)
    assert again.status_code == 409
    assert "is not the last change" in again.text
    assert again.headers["content-location"] == "/review/r-1"
    assert len(rulings_on(page_of(again))) == 4

    rule(browser, "r-1", "block")
    clock.advance(minutes=5, seconds=1)
    late = {**fields, "ruling": service.open("r-1").rulings[-1].id}
    response = browser.post("/review/undo", data=late)
    assert response.status_code == 409
    assert "more than 300 seconds ago" in response.text
    assert "ruling" not in form_of(page_of(browser.get("/review")))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("category=threat", ["r-2"]),
        ("label=harmful", ["r-2"]),
        ("action=block", ["r-2"]),
        ("score=80-95", ["r-2"]),
        ("age=over-day", ["r-1"]),
        ("age=day", ["r-2"]),
        ("order=oldest", ["r-1", "r-2"]),
        ("order=risk", ["r-2", "r-1"]),
    ],
)
def test_the_queue_can_be_filtered(browser: TestClient, store: Store, query: str, shown: list[str]) -> None:
    store("r-1", opened_at=NOW - timedelta(days=2))
    store("r-2", label=Label.HARMFUL, category=Category.THREAT, score=0.9, action=Action.BLOCK)
    links = item_links(page_of(browser.get(f"/review?{query}")))
    assert [link.rpartition("/")[2].partition("?")[0] for link in links] == shown


LANES = (
    LaneVerdict("mini@1", Label.SAFE, None, 0.2),
    LaneVerdict("scorer@1", Label.HARMFUL, Category.THREAT, 0.9),
)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("lane=first", ["r-1"]),
        ("lane=second", ["r-2"]),
        ("lane=early", ["r-3"]),
        ("lane=incomplete", ["r-4"]),
        ("language=en", ["r-1"]),
        ("language=other", ["r-2", "r-3", "r-4"]),
        ("language=de", ["r-2"]),
        ("language=und", ["r-3"]),
        ("language=sw", []),
        ("lane=second&language=de", ["r-2"]),
        ("lane=second&language=en", []),
    ],
)
def test_the_queue_can_be_filtered_by_lane_and_language(
    browser: TestClient, store: Store, query: str, shown: list[str]
) -> None:
    store("r-1")
    store("r-2", lanes=LANES, language="de")
    store("r-3", lanes=LANES[:1], language="und")
    store("r-4", unavailable=("scorer@1",), language="tlh")
    page = page_of(browser.get(f"/review?{query}"))
    assert [link.rpartition("/")[2].partition("?")[0] for link in item_links(page)] == shown
    # Each link into the view, and each form of it, keeps the filter.
    assert all(link.endswith(f"?{query}") for link in item_links(page))
    assert form_of(page)["view"] == query
    chosen = [each["value"] for each in page.all("option") if "selected" in each]
    assert chosen == ["risk", *(each.partition("=")[2] for each in query.split("&"))]
    (more,) = (each for each in page.all("details") if each.get("class") == "more-filters")
    assert "open" in more


def test_the_next_item_comes_from_the_view_of_a_lane_and_a_language(
    browser: TestClient, store: Store
) -> None:
    store("r-1", score=0.9)
    store("r-2", lanes=LANES, language="de")
    fields = form_of(page_of(browser.get("/review?lane=second&language=de")))
    taken = browser.post("/review/next", data=fields, follow_redirects=False)
    assert taken.headers["location"] == "/review/r-2?lane=second&language=de"


@pytest.mark.parametrize(
    ("verdict", "in_queue", "on_page"),
    [
        ({}, (), ("The first model alone", None)),
        (
            {"lanes": LANES, "language": "de"},
            ("In German", "Judged by a second model as well"),
            ("A second model as well", "German"),
        ),
        (
            {"lanes": LANES[:1], "language": "und"},
            ("In an unknown language", "Judged by its words alone"),
            ("Its words alone", "an unknown language"),
        ),
        (
            {"unavailable": ("scorer@1",), "language": "tlh"},
            ("In tlh", "A model could not answer"),
            ("Not every model asked", "tlh"),
        ),
    ],
)
def test_a_post_says_who_judged_it_and_in_which_language_it_is(
    browser: TestClient,
    store: Store,
    verdict: dict[str, object],
    in_queue: tuple[str, ...],
    on_page: tuple[str, str | None],
) -> None:
    store(**verdict)
    _, row = page_of(browser.get("/review")).text.split("61% chance of harm")
    assert [words for words in in_queue if words not in row] == []
    assert len(re.findall(r"In (?=\w)|Judged by|could not answer", row)) == len(in_queue)
    html = browser.get("/review/r-1").text
    facts = {name: Page(words).text for name, words in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html)}
    assert (facts["Judged by"], facts.get("Language")) == on_page


# Evidence


def test_scores_stand_against_the_lines_of_the_policy(browser: TestClient, store: Store) -> None:
    store(score=0.8, self_harm=0.97)
    text = re.sub(r"\s+", " ", page_of(browser.get("/review/r-1")).text)
    assert "Any harm 80% past 75%, held for a person" in text
    assert "Self-harm 97% past 95%, blocked" in text
    assert "Harassment 10% held from 50%" in text


def test_the_author_s_past_is_told_with_its_outcome(
    browser: TestClient, store: Store, service: ReviewService
) -> None:
    store("r-1", text="first one", opened_at=NOW - timedelta(days=2))
    store("r-2", text="second one", opened_at=NOW - timedelta(days=1))
    store("r-3", text="somebody else", author_id="u-1", opened_at=NOW - timedelta(days=1))
    store("r-4", text="now")
    service.rule("r-1", Ruling(RulingAction.ALLOW, "ada"), expected_version=1)
    text = page_of(browser.get("/review/r-4")).text
    assert text.index("second one") < text.index("first one")
    assert "A person allowed it." in text
    assert "Waits for a person." in text
    assert "somebody else" not in text
    assert "Nothing was judged of this author before." in page_of(browser.get("/review/r-3")).text


def test_the_words_that_counted_are_shown_on_request(browser: TestClient, store: Store) -> None:
    store("r-1", text="you are a fool today")
    store("r-2", text="fool and fool")
    store("r-3", text="out of order")
    store("r-4", text=None)

    def ask(item_id: str) -> tuple[int, Page]:
        fields = form_of(page_of(browser.get(f"/review/{item_id}")))
        response = browser.post(f"/review/{item_id}/words", data={**fields, "note": "A long thought."})
        return response.status_code, page_of(response)

    status, page = ask("r-1")
    assert (status, len(page.all("mark", **{"class": "strong"}))) == (200, 1)
    assert re.search(r"fool\s+without it 5%", page.text)
    assert "Asked of mini@now" in page.text
    assert "A long thought." in page.text
    assert "No single word drives it" in ask("r-2")[1].text
    status, page = ask("r-3")
    assert (status, "The model could not say: The engine failed." in page.text) == (503, True)
    assert "its words cannot be looked at" in ask("r-4")[1].text


# Hostile posts


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_posts_stay_text(
    browser: TestClient, store: Store, service: ReviewService, text: str
) -> None:
    store(text="plain")
    clean = {path: page_of(browser.get(path)) for path in ("/review", "/review/r-1")}
    store(
        "r-2",
        text=text,
        context=(text,),
        author_id=text[:60],
        content_id=text[:60],
        reasons=(text,),
        score=0.2,
    )
    note = text[:NOTE_MAX_CHARS]
    service.rule("r-2", Ruling(RulingAction.ESCALATE, text[:60], note=note), expected_version=1)
    for path in ("/review", "/review/r-2"):
        html = browser.get(path).text
        page = Page(html)
        tags = {name for name, _ in page.elements}
        assert tags <= {name for each in clean.values() for name, _ in each.elements} | EXPECTED_TAGS
        assert page.text.count("<script>") == html.count("&lt;script&gt;")
        assert not set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\x00\x1b\u00ad\u200b") & set(html)
        assert "{{ 49" not in html
    shown = re.sub(r"\s+", " ", Page(browser.get("/review/r-2").text).text)
    if text.isascii():
        assert text in shown or text.replace("&lt;", "<") in shown


EXPECTED_TAGS = {"mark", "sup", "del", "ins", "ol", "li", "bdi", "b"}


def test_a_draft_note_cannot_leave_its_field(browser: TestClient, store: Store) -> None:
    store()
    response = rule(browser, "r-1", "x", note="\n</textarea><script>alert(1)</script>")
    html = page_of(response).html
    assert "&lt;/textarea&gt;&lt;script&gt;" in html
    assert "<script>" not in html


# Every page


def test_no_page_has_inline_script_or_style(browser: TestClient, store: Store) -> None:
    store(text="unalive", context=("x",), category=Category.SELF_HARM)
    for path in ("/review", "/review/r-1", "/review/nope", "/docs"):
        response = browser.get(path)
        page = page_of(response)
        for tag, attributes in page.elements:
            assert tag != "style"
            assert not [name for name in attributes if name.startswith("on") or name == "style"]
            assert tag != "script" or attributes.get("src")
            assert not (attributes.get("href") or "").startswith("javascript:")
        loaded = [str(each["src"]) for each in page.all("script")] + [
            str(each["href"]) for each in page.all("link")
        ]
        assert all(address.startswith(("/static/", "/docs/assets/")) for address in loaded)
        assert response.headers["cache-control"] == "no-store"


def test_every_field_has_a_label_and_every_id_is_used_once(browser: TestClient, store: Store) -> None:
    store(text="unalive", category=Category.SELF_HARM)
    page = page_of(browser.get("/review/r-1"))
    ids = [str(each["id"]) for _, each in page.elements if "id" in each]
    assert len(ids) == len(set(ids))
    labelled = {each.get("for") for each in page.all("label")}
    fields = page.all("select") + page.all("textarea") + page.all("input", id="reveal")
    assert {each["id"] for each in fields} <= labelled
    for _, attributes in page.elements:
        for name in ("aria-labelledby", "aria-describedby"):
            assert set((attributes.get(name) or "").split()) <= set(ids)


def test_the_docs_come_from_this_machine(browser: TestClient) -> None:
    page = page_of(browser.get("/docs"))
    assert page.all("div", id="swagger-ui")[0]["data-openapi-url"] == "/openapi.json"
    for path in ("/docs/assets/swagger-ui-bundle.js", "/docs/assets/swagger-ui.css"):
        assert browser.get(path).status_code == 200
    assert "/review" not in browser.get("/openapi.json").json()["paths"]


def test_policies_allow_no_inline_script_and_nothing_from_elsewhere() -> None:
    for policy in (PAGES_CSP, DOCS_CSP):
        rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
        assert (rules["default-src"], rules["script-src"]) == ("'none'", "'self'")
        assert (rules["base-uri"], rules["frame-ancestors"]) == ("'none'", "'none'")
        assert "http" not in policy
    assert "unsafe-inline" not in PAGES_CSP


def test_a_page_that_turns_gets_the_next_item_at_once(
    browser: TestClient, store: Store, service: ReviewService
) -> None:
    for item_id in ("r-1", "r-2"):
        store(item_id)
    fields = {**form_of(page_of(browser.get("/review/r-1"))), "action": "block"}
    turned = browser.post("/review/r-1/ruling", data=fields, headers={"X-Turn": "1"}, follow_redirects=False)
    assert turned.status_code == 200
    assert turned.headers["content-location"] == "/review/r-2?notice=block"
    page = page_of(turned)
    assert "Blocked. The item is closed." in page.text
    assert service.open("r-2").item.claim is not None
    assert form_of(page)["claimed_at"]

    fields = {**form_of(page), "action": "allow"}
    last = browser.post("/review/r-2/ruling", data=fields, headers={"X-Turn": "1"}, follow_redirects=False)
    assert (last.status_code, last.headers["location"]) == (303, "/review?notice=allow")


# Waves

SPAM = [
    "free coins for everybody here, you fool, send one to this address and get five back today",
    "free coins for everybody here, you fool, send one to this address and get nine back today",
    "free coins for everybody <b>here</b>, you fool, send one to this address and get five back today",
]


def test_a_wave_is_one_row_and_its_panel_shows_what_differs(browser: TestClient, store: Store) -> None:
    for number, text in enumerate([*SPAM, SPAM[0]], start=1):
        store(f"r-{number}", text=text, author_id=f"u-{number}")
    page = page_of(browser.get("/review"))
    assert item_links(page) == ["/review/r-1"]
    assert "4 nearly the same" in page.text
    response = browser.get("/review/r-1")
    text = re.sub(r"\s+", " ", page_of(response).text)
    assert "3 posts are nearly the same" in text
    assert "One says just the same in plain words." in text
    assert "<mark><bdi>five</bdi></mark>" in response.text
    assert "<mark><bdi>nine</bdi></mark>" in response.text
    assert "&lt;b&gt;here&lt;/b&gt;," in response.text
    assert "<b>here" not in response.text


def test_a_ruling_on_a_wave_reaches_those_that_were_shown(
    browser: TestClient, other_browser: TestClient, store: Store, service: ReviewService
) -> None:
    for number, text in enumerate([*SPAM, SPAM[0]], start=1):
        store(f"r-{number}", text=text)
    store("r-9", text="something else")
    other_browser.get("/review/r-2")
    fields = {**form_of(page_of(browser.get("/review/r-1"))), "action": "block"}
    response = browser.post("/review/r-1/ruling", data={**fields, "all": "1"}, follow_redirects=False)
    assert response.headers["location"] == "/review/r-9?notice=block&many=3&left=1"
    text = page_of(browser.get(response.headers["location"])).text
    assert "Blocked 3 posts. Their items are closed. One was left as it was" in text
    assert [bool(service.open(f"r-{number}").rulings) for number in (1, 2, 3, 4)] == [True, False, True, True]

    undone = browser.post(
        "/review/undo", data=form_of(page_of(browser.get("/review"))), follow_redirects=False
    )
    assert undone.headers["location"] == "/review/r-1?notice=undo&many=3"
    assert "Undone for 3 posts." in page_of(browser.get(undone.headers["location"])).text
    assert service.counts().waiting == 5


def test_without_the_box_only_the_open_post_is_ruled_on(
    browser: TestClient, store: Store, service: ReviewService
) -> None:
    for number, text in enumerate(SPAM, start=1):
        store(f"r-{number}", text=text)
    rule(browser, "r-1", "allow")
    assert service.counts().waiting == 2


@pytest.mark.parametrize("others", ["r-2", "r-2:x", ":1", "r-2:1 " * 51, "r-2:" + "1" * 10])
def test_a_list_of_others_that_cannot_be_read_stores_nothing(
    browser: TestClient, store: Store, service: ReviewService, others: str
) -> None:
    store()
    fields = {**form_of(page_of(browser.get("/review/r-1"))), "action": "block", "all": "1"}
    response = browser.post("/review/r-1/ruling", data={**fields, "others": others})
    assert response.status_code == 422
    assert "the list of the other posts was incomplete" in response.text
    assert service.counts().waiting == 1


def test_numbers_in_an_address_that_are_none_are_left_out(browser: TestClient, store: Store) -> None:
    store()
    text = page_of(browser.get("/review/r-1?notice=block&many=1e9&left=-1")).text
    assert "Blocked. The item is closed." in text


def test_what_both_texts_share_is_shortened_and_what_differs_is_not(
    browser: TestClient, store: Store
) -> None:
    shared = " ".join(f"{one}{other}word" for one in "abcdefghij" for other in "klmnopqrst")
    store("r-1", text=f"{shared} first")
    store("r-2", text=f"{shared} second " + "ending" * 50)
    text = page_of(browser.get("/review/r-1")).text
    assert " … " in text
    assert "ending" * 50 in text
