"""A moderator at the lexicon: the pages as a browser without script sees them, over a real database."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from html import unescape
from itertools import count

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.classifiers.scripted import ScriptedClassifier
from app.core.errors import ModelMissing
from app.core.lexicon import Form, Term, lexicon_of
from app.core.policy import parse_policy
from app.core.types import Category, Classification, Content, NormalizedText
from app.db.engine import open_database
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.db.writer import GroupWriter
from app.services.discovery import DiscoveryService
from app.services.judge import Judge
from app.services.lexicon_desk import LexiconDesk
from app.services.live_lexicon import LiveLexicon
from app.services.moderation import ModerationService
from app.settings import ROOT
from app.web import errors
from app.web.csrf import Csrf
from app.web.discovery import discovery_router
from app.web.lexicon import CONFLICT, DOUBTS, PAGE_TERMS, lexicon_router
from app.web.render import Renderer

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
CORN = Term(
    "corn",
    Category.SEXUAL,
    (Form("corn", "porn"), Form("🌽", "porn")),
    ambiguous=True,
    cues=("star",),
    anti_cues=("farm",),
    note="Porn; otherwise <food>.",
    source="common usage",
    since="2020",
)
SEGGS = Term("seggs", Category.SEXUAL, (Form("seggs", "sex"),))
FILLERS = [
    Term(f"filler-{number:03}", Category.DRUGS, (Form(f"filler{number:03}x", "weed"),))
    for number in range(60)
]
BENIGN = ["warm glorbo soup for lunch"]
GLORBO = {"forms": "Glorbo = worthless idiot", "category": "harassment", "reason": "Seen a lot."}


class PlainReader(ScriptedClassifier):
    """Looks up what a text says in plain words."""

    def classify(self, texts: Sequence[NormalizedText]) -> list[Classification]:
        return super().classify([NormalizedText(original=text.plain, plain=text.plain) for text in texts])


class Desk:
    """Everything behind the pages, with a switch for the model."""

    def __init__(self, ledger: Ledger, queries: Queries) -> None:
        bundled = lexicon_of([CORN, SEGGS, *FILLERS])
        insult = {Category.HARASSMENT: 0.9, None: 0.9}
        self.judge = Judge(
            classifier=PlainReader({"you worthless idiot": insult}),
            lexicon=bundled,
            policy=parse_policy((ROOT / "policies" / "default.toml").read_text(encoding="utf-8")),
            max_chars=1000,
        )
        self.model_is_there = True
        self.live = LiveLexicon(bundled, queries, use=lambda _: None)
        self.lexicon = LexiconDesk(
            self.live, ledger, queries, judge=self._judge, benign=BENIGN, clock=lambda: NOW
        )
        self.discovery = DiscoveryService(queries, terms=lambda: [CORN, SEGGS], clock=lambda: NOW)
        ids = (f"id-{number:04}" for number in count(1))
        self._moderation = ModerationService(
            lambda: self.judge,
            ledger,
            queries,
            clock=lambda: NOW,
            new_id=lambda: next(ids),
            secret=b"s",
            retry_window=timedelta(hours=1),
        )

    def post(self, *texts: str) -> None:
        self._moderation.moderate_many([(Content(text), True) for text in texts])

    def _judge(self) -> Judge:
        if not self.model_is_there:
            raise ModelMissing("There is no model at 'x'. Put it there.")
        return self.judge


@pytest.fixture
def desk(migrated_url: str) -> Iterator[Desk]:
    with open_database(migrated_url) as database, GroupWriter(database.writer) as writer:
        yield Desk(Ledger(writer, aside=database.aside), Queries(database.reader))


@pytest.fixture
def browser(desk: Desk) -> TestClient:
    app = FastAPI(docs_url=None, redoc_url=None)
    renderer = Renderer()
    app.include_router(lexicon_router(desk.lexicon, renderer=renderer, csrf=Csrf(b"s" * 32)))
    app.include_router(discovery_router(desk.discovery, renderer=renderer))
    errors.install(app, page=renderer.page)
    return TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)


def text_of(response: httpx2.Response) -> str:
    """The page as it is read."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", response.text)).split())


def hidden_of(response: httpx2.Response) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.text))


def send(browser: TestClient, path: str, action: str = "save", **fields: str) -> httpx2.Response:
    """Open a form, fill it in and send it."""
    return browser.post(path, data={**hidden_of(browser.get(path)), "action": action, **fields})


def add(browser: TestClient, action: str = "save", **changes: str) -> httpx2.Response:
    return send(browser, "/lexicon/add_term", action, **{**GLORBO, **changes})


def shown_terms(response: httpx2.Response) -> list[str]:
    return re.findall(r'<a class="open" href="/lexicon/([^"]+)"', response.text)


# Looking


def test_terms_are_listed_by_pages(browser: TestClient) -> None:
    first = browser.get("/lexicon")
    assert first.status_code == 200
    assert len(shown_terms(first)) == PAGE_TERMS
    assert shown_terms(first)[:2] == ["corn", "filler-000"]
    assert "Page 1 of 2, 62 terms" in text_of(first)
    second = browser.get("/lexicon?page=2")
    assert len(shown_terms(second)) == 12
    assert shown_terms(browser.get("/lexicon?page=999")) == shown_terms(second)
    assert shown_terms(browser.get("/lexicon?page=x")) == shown_terms(first)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=CORN", ["corn"]),
        ("q=🌽", ["corn"]),
        ("q=porn", ["corn"]),
        ("q=otherwise", ["corn"]),
        ("q=%20seggs%20", ["seggs"]),
        ("q=nothing-like-it", []),
        ("category=sexual", ["corn", "seggs"]),
        ("category=hate", []),
        ("state=ambiguous", ["corn"]),
        ("state=retired", []),
        ("state=changed", []),
        ("category=sexual&q=seggs&state=in-force", ["seggs"]),
    ],
)
def test_terms_can_be_searched_and_filtered(browser: TestClient, query: str, found: list[str]) -> None:
    assert shown_terms(browser.get(f"/lexicon?{query}")) == found


def test_a_search_is_kept_when_paging_and_filtering(browser: TestClient) -> None:
    page = browser.get("/lexicon", params={"q": 'filler"&', "category": "drugs"}).text
    assert "/lexicon?q=filler%22%26&amp;category=drugs&amp;state=retired" in page
    assert 'value="filler&#34;&amp;"' in page


def test_a_term_shows_all_there_is_to_know(browser: TestClient) -> None:
    response = browser.get("/lexicon/corn")
    said = text_of(response)
    for part in (
        "🌽",
        "porn",
        "Sexual",
        "Ambiguous",
        "star",
        "farm",
        "otherwise <food>",
        "common usage",
        "2020",
    ):
        assert part in said, part
    assert "Came with Plainspeak" in said
    assert "<food>" not in response.text


@pytest.mark.parametrize(
    "path", ["/lexicon/nope", "/lexicon/corn/burn", "/lexicon/nope/edit", "/lexicon/a/b/c"]
)
def test_what_is_not_there_is_a_page_that_says_so(browser: TestClient, path: str) -> None:
    response = browser.get(path)
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")


# Changing


def test_a_term_is_added_edited_retired_and_restored_with_its_history(
    browser: TestClient, desk: Desk
) -> None:
    added = add(browser, forms="grippy socks = psychiatric ward", category="self_harm")
    assert (added.status_code, added.headers["location"]) == (303, "/lexicon/grippy-socks?notice=added")
    assert "The term was added." in text_of(browser.get(added.headers["location"]))
    page = browser.get("/lexicon/grippy-socks/edit")
    assert "grippy socks = psychiatric ward" in page.text
    edited = send(
        browser,
        "/lexicon/grippy-socks/edit",
        forms="grippy sock = ward\r\ngrippy socks = psychiatric ward",
        category="self_harm",
        ambiguous="yes",
        cues="Bed\n\nweekend\nbed",
        reason="Skaters wear them.",
    )
    assert edited.status_code == 303, text_of(edited)
    assert desk.live.lexicon.terms[-1] == Term(
        "grippy-socks",
        Category.SELF_HARM,
        (Form("grippy sock", "ward"), Form("grippy socks", "psychiatric ward")),
        ambiguous=True,
        cues=("bed", "weekend"),
    )
    retired = send(browser, "/lexicon/grippy-socks/retire", reason="Worn out.")
    assert retired.headers["location"] == "/lexicon/grippy-socks?notice=retired"
    assert shown_terms(browser.get("/lexicon?state=retired")) == ["grippy-socks"]
    assert shown_terms(browser.get("/lexicon?q=grippy")) == []
    send(browser, "/lexicon/grippy-socks/restore", reason="Back again.")

    said = text_of(browser.get("/lexicon/grippy-socks"))
    places = [said.index(part) for part in ("Back again.", "Worn out.", "Skaters wear them.", "Seen a lot.")]
    assert places == sorted(places)
    assert "grippy sock = ward" in said
    assert "also an ordinary word" in said
    assert re.search(r"Restored by moderator-\w{6} 22 Nov 2026, 08:30 UTC, version 4", said)
    assert shown_terms(browser.get("/lexicon?state=changed")) == ["grippy-socks"]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"forms": "glorbo"}, "forms", "Line 1, 'glorbo', lacks a side"),
        ({"forms": "a = b\nc ="}, "forms", "Line 2, 'c =', lacks a side"),
        ({"forms": ""}, "id", "No name can be made"),
        ({"forms": "corn = idiot", "id": "maize"}, "forms", "'corn' belongs to the term 'corn'"),
        ({"forms": "🥔 = idiot"}, "id", "No name can be made"),
        ({"id": "Two Words"}, "id", "'Two Words' is not kebab-case"),
        ({"category": ""}, "category", "Choose what kind of harm"),
        ({"category": "rude"}, "category", "Choose what kind of harm"),
        ({"ambiguous": "yes"}, "cues", "no cues"),
        ({"cues": "x" * 61}, "cues", "longer than 60"),
        ({"note": "x" * 501}, "note", "501 characters"),
        ({"reason": " "}, "reason", "Say in a few words why"),
        ({"reason": "x" * 501}, "reason", "501 characters"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    browser: TestClient, desk: Desk, changes: dict[str, str], field: str, words: str
) -> None:
    before = desk.lexicon.version
    response = add(browser, **changes)
    assert response.status_code == 422
    wrong = re.findall(rf'<p class="wrong" id="{field}-wrong">(.*?)</p>', response.text, re.DOTALL)
    assert words in unescape(re.sub(r"<[^>]+>", "", wrong[0]))
    assert f'aria-describedby="{field}-wrong' in response.text
    assert desk.lexicon.version == before
    # What was typed is still there.
    if "note" not in changes:
        assert unescape(response.text).count(changes.get("forms", GLORBO["forms"]).split("\n")[0]) >= 1


def test_what_cannot_be_seen_is_left_out_of_a_word_copied_from_a_post(
    browser: TestClient, desk: Desk
) -> None:
    forms = "gri\u200bppy so\u00adcks = \u202eward\n🏳\ufe0f\u200d🌈 = gay"
    assert add(browser, forms=forms, cues="be\u200bd").status_code == 303
    term = desk.lexicon.open("grippy-socks").state.term
    assert term.forms == (Form("grippy socks", "ward"), Form("🏳\ufe0f\u200d🌈", "gay"))
    assert term.cues == ("bed",)


def test_somebody_faster_is_shown_with_both_versions(browser: TestClient, desk: Desk) -> None:
    fields = {"forms": "seggs = sex", "category": "sexual", "reason": "One.", "note": "Theirs."}
    stale = hidden_of(browser.get("/lexicon/seggs/edit"))
    assert send(browser, "/lexicon/seggs/edit", **fields).status_code == 303
    mine = {**fields, "note": "Mine.", "category": "profanity", "reason": "Two."}

    response = browser.post("/lexicon/seggs/edit", data={**stale, **mine, "action": "save"})

    assert response.status_code == 409
    said = text_of(response)
    assert CONFLICT.split(".", maxsplit=1)[0] in said
    for part in ("Edited by moderator", "One.", "Theirs: Theirs.", "Yours: Mine.", "Yours: Profanity"):
        assert part in said, part
    assert desk.lexicon.open("seggs").state.term.note == "Theirs."
    again = browser.post("/lexicon/seggs/edit", data={**hidden_of(response), **mine, "action": "save"})
    assert again.status_code == 303
    assert desk.lexicon.open("seggs").state.term.note == "Mine."
    # The first change is shown against the term as it came.
    assert "After: Theirs." in text_of(browser.get("/lexicon/seggs"))


def test_a_term_retired_meanwhile_has_to_be_restored_first(browser: TestClient) -> None:
    stale = hidden_of(browser.get("/lexicon/seggs/edit"))
    send(browser, "/lexicon/seggs/retire", reason="Worn out.")
    fields = {"forms": "seggs = sex", "category": "sexual", "reason": "Mine.", "action": "save"}
    first = browser.post("/lexicon/seggs/edit", data={**stale, **fields})
    second = browser.post("/lexicon/seggs/edit", data={**hidden_of(first), **fields})
    assert [first.status_code, second.status_code] == [409, 409]
    assert "Worn out." in text_of(first)
    assert "restore it first" in text_of(second)


def test_adding_a_term_that_is_there_is_a_conflict(browser: TestClient) -> None:
    response = add(browser, id="seggs")
    assert response.status_code == 409
    assert "There is a term 'seggs' already." in text_of(response)


@pytest.mark.parametrize("path", ["/lexicon/add_term", "/lexicon/corn/retire", "/lexicon/import_terms"])
def test_a_form_from_elsewhere_changes_nothing(browser: TestClient, desk: Desk, path: str) -> None:
    before = desk.lexicon.version
    browser.get(path)
    for changes in ({"csrf": "x"}, {"csrf": ""}):
        response = browser.post(path, data={**GLORBO, "version": "0", "action": "save", **changes})
        assert response.status_code == 403
    cross = {**hidden_of(browser.get(path)), **GLORBO, "action": "save"}
    assert browser.post(path, data=cross, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert desk.lexicon.version == before


# Before saving


def test_a_doubt_is_shown_once_before_saving(browser: TestClient, desk: Desk) -> None:
    desk_version = desk.lexicon.version
    first = add(browser)
    assert first.status_code == 200
    assert DOUBTS in text_of(first)
    assert "glorbo (glorbo) in “warm glorbo soup for lunch”" in text_of(first)
    assert desk.lexicon.version == desk_version
    second = browser.post("/lexicon/add_term", data={**hidden_of(first), **GLORBO, "action": "save"})
    assert second.status_code == 303
    assert desk.lexicon.version != desk_version


def test_another_draft_is_doubted_anew(browser: TestClient) -> None:
    first = add(browser)
    changed = {**hidden_of(first), **GLORBO, "forms": "glorbo = idiot", "action": "save"}
    assert DOUBTS in text_of(browser.post("/lexicon/add_term", data=changed))


def test_a_trial_shows_what_would_change(browser: TestClient, desk: Desk) -> None:
    desk.post("you glorbo", "a glorbo for lunch", "nothing of it", "<b>glorbo</b>")
    response = add(browser, "try")
    said = text_of(response)
    assert response.status_code == 200
    assert "On the last 4 posts this would change 1 decision" in said
    assert "3 read differently." in said
    assert "2 read differently and get the same verdict" in said
    assert set(re.findall(r'href="/decisions/[^/"]+(.*?)"', response.text)) == {"/view"}
    assert "you worthless idiot" in re.sub(r"(\d)(?=\s)", "", said)[:9000].replace("idiot1", "idiot")
    assert "<b>" not in response.text.replace("<b>glorbo</b> (", "").replace("<b><bdi", "")
    assert desk.lexicon.states().keys() == {"corn", "seggs", *(term.id for term in FILLERS)}


def test_without_posts_or_model_a_trial_says_so(browser: TestClient, desk: Desk) -> None:
    assert "There are no past posts to try it on" in text_of(add(browser, "try"))
    desk.model_is_there = False
    response = add(browser, "try")
    assert response.status_code == 200
    assert "There is no model at 'x'." in text_of(response)


def test_retiring_can_be_tried_as_well(browser: TestClient, desk: Desk) -> None:
    desk.post("seggs")
    response = send(browser, "/lexicon/seggs/retire", "try", reason="Worn out.")
    assert "1 reads differently." in text_of(response)
    assert not desk.lexicon.open("seggs").state.retired


# Files


def upload(browser: TestClient, text: str | bytes, action: str, **fields: str) -> httpx2.Response:
    hidden = hidden_of(browser.get("/lexicon/import_terms"))
    return browser.post(
        "/lexicon/import_terms",
        data={**hidden, "reason": "Import.", "action": action, **fields},
        files={"file": ("my.toml", text if isinstance(text, bytes) else text.encode())},
    )


def test_an_export_is_a_file_that_changes_nothing_when_it_comes_back(browser: TestClient) -> None:
    export = browser.get("/lexicon/export.toml")
    assert 'filename="plainspeak-lexicon.toml"' in export.headers["content-disposition"]
    response = upload(browser, export.text, "look")
    assert "Left alone62" in text_of(response)
    assert "Bring it in" not in text_of(response)


def test_a_file_is_brought_in_after_a_look(browser: TestClient, desk: Desk) -> None:
    text = '[[term]]\nid = "glorbo"\ncategory = "harassment"\n[term.forms]\nglorbo = "idiot"\n'
    unseen = upload(browser, text, "save")
    assert unseen.status_code == 200
    assert "What the file would do" in text_of(unseen)
    assert "glorbo (glorbo) in “warm glorbo soup" in text_of(unseen)
    assert "glorbo" not in desk.lexicon.states()

    tried = upload(browser, text, "try")
    assert "There are no past posts" in text_of(tried)
    fields = {**hidden_of(tried), "text": text, "reason": "Import.", "action": "save"}
    done = browser.post("/lexicon/import_terms", data=fields, files={"file": ("", b"")})
    assert done.status_code == 303, text_of(done)
    assert desk.lexicon.open("glorbo").history[0].reason == "Import."
    assert "changes that were made: 1" in text_of(browser.get(done.headers["location"]))


def test_a_file_may_retire_what_it_does_not_hold(browser: TestClient) -> None:
    text = '[[term]]\nid = "seggs"\ncategory = "sexual"\n[term.forms]\nseggs = "sex"\n'
    said = text_of(upload(browser, text, "look", retire_others="yes"))
    assert "Retired61" in said
    assert "Left alone1" in said


@pytest.mark.parametrize(
    ("text", "reason", "words"),
    [
        ("\n[[term]]\nid = 'x'\n", "Import.", "line 2: term 'x' has no 'category'"),
        ("", "Import.", "choose a file, or paste its text"),
        ("x = 1", " ", "say in a few words why"),
        ("x = 1", "x" * 501, "501 characters"),
        ("x = 1", "Import.", "unknown key 'x'"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(browser: TestClient, text: str, reason: str, words: str) -> None:
    response = upload(browser, text, "look", reason=reason)
    assert response.status_code == 422
    assert words in text_of(response)


def test_a_file_of_another_encoding_is_refused_and_a_byte_order_mark_passed_over(browser: TestClient) -> None:
    text = '[[term]]\nid = "glorbo"\ncategory = "harassment"\n[term.forms]\n"glorbo café" = "idiot"\n'
    said = text_of(upload(browser, text.encode("latin-1"), "look"))
    assert f"not UTF-8, its byte {text.index('é') + 1} is 0xe9. Save it as UTF-8" in said
    assert "Added1" in text_of(upload(browser, text.encode("utf-8-sig"), "look"))


def test_a_file_that_claims_a_taken_surface_changes_nothing(browser: TestClient, desk: Desk) -> None:
    text = '[[term]]\nid = "maize"\ncategory = "sexual"\n[term.forms]\ncorn = "porn"\n'
    response = upload(browser, text, "look")
    assert response.status_code == 422
    assert "'corn'" in text_of(response)
    assert "maize" not in desk.lexicon.states()


# Discovery


def test_what_is_new_leads_to_a_draft(browser: TestClient, desk: Desk) -> None:
    insult = {Category.HARASSMENT: 0.9, None: 0.9}
    texts = [f"{word} zork" for word in ("such a", "what a", "you", "bad", "sad", "<b>mad</b>")]
    desk.judge = Judge(
        classifier=PlainReader(dict.fromkeys(texts, insult)),
        lexicon=desk.judge.lexicon,
        policy=desk.judge.policy,
        max_chars=1000,
    )
    desk.post(*texts, *["the train is late", "soup for lunch", "my cat sleeps", "what a day"] * 6)
    response = browser.get("/discovery?days=7")
    said = text_of(response)
    assert "In 6 harmful or overridden posts and 0 others" in said
    assert "<b>mad" not in response.text
    draft = unescape(re.findall(r'href="(/lexicon/add_term\?[^"]+)"', response.text)[0])
    form = browser.get(draft)
    assert re.search(r"<textarea[^>]*>\nzork =</textarea>", form.text)
    assert '<option value="harassment" selected>' in form.text
    assert "In 6 harmful" not in form.text


@pytest.mark.parametrize("days", ["30", "5", "x", ""])
def test_nothing_new_is_said_kindly(browser: TestClient, days: str) -> None:
    response = browser.get("/discovery", params={"days": days})
    assert response.status_code == 200
    assert "Nothing stands out." in text_of(response)
