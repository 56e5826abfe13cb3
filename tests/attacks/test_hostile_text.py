"""Markup, scripts and templates in every field that anybody fills, on every page that shows it."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import quote, urlencode

import pytest
from fastapi.testclient import TestClient

from app import bootstrap
from app.core.access import Scope
from app.services.people import Role
from app.services.webhooks import EventKind
from app.settings import ROOT, Settings
from app.web.access import is_page
from app.web.main import create_app
from tests.attacks.conftest import NAMES, PASSWORD, URL, Fort, token_of
from tests.attacks.test_doors import filled
from tests.pages import opened_paths

TAG = "<zxq onzxq=zxq(1)>"
"""No page of ours has this element, this attribute or this address."""
HOSTILE = (
    f"kill yourself {TAG}",
    f"kill yourself '\"><zxq onzxq=1><!--{TAG}",
    "kill yourself </textarea></title></script><zxq>",
    "kill yourself {{ 7091 * 9973001 }}{% for zxq in [] %}${7091*9973001}",
    "kill yourself \x1b]0;zxq\x07 \u202e<zxq>\u202c",
    "kill yourself javascript:zxq(1)",
    "kill yourself <svg/onzxq=1><math><zxq>",
    "kill yourself &lt;zxq&gt; &#60;zxq&#62;",
    "=cmd|'/c zxq'!A1 kill yourself",
)


class Seen(HTMLParser):
    """What a browser would make of a page, as far as an attacker could want it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if "zxq" in tag or (tag == "script" and not (dict(attrs).get("src") or "").startswith("/static/")):
            self.bad.append(tag)
        for name, value in attrs:
            said = (value or "").strip().lower()
            if name.startswith("on") or "zxq" in name or name == "style":
                self.bad.append(f"{tag} {name}={value}")
            if name in {"href", "src", "action", "formaction", "srcset"} and not said.startswith(
                ("/", "#", "?", "https://findahelpline.com")
            ):
                self.bad.append(f"{tag} {name}={value}")

    def handle_comment(self, data: str) -> None:
        if "zxq" in data:
            self.bad.append(data)


def bad_in(page: str) -> list[str]:
    seen = Seen()
    seen.feed(page)
    # So many digits that no id of chance has them.
    if str(7091 * 9973001) in page:
        seen.bad.append("a template was run")
    return seen.bad


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fort]:
    """A service with something hostile wherever something can be kept."""
    folder = tmp_path_factory.mktemp("hostile")
    policy = folder / "policy.toml"
    text = (ROOT / "policies" / "default.toml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^review = [\d.]+", "review = 0.0001", text)
    policy.write_text(text.replace('name = "default"', f"name = '{TAG}'", 1), encoding="utf-8")
    settings = Settings(
        database_url=f"sqlite:///{folder / 'plainspeak.db'}", policy=policy, threads=1, rate_per_key=0
    )
    runtime = bootstrap.build(settings)
    for role, name in NAMES.items():
        runtime.people.add(name, PASSWORD, role, actor=TAG)
    app = create_app(runtime)
    program = TestClient(app, base_url=URL)
    with bootstrap.open_keys(settings) as service:
        keys = {scope: service.create(TAG, scope)[1] for scope in Scope}
    with bootstrap.open_webhooks(settings) as webhooks:
        webhooks.add('https://forum.example/"><zxq>?token=zxq', key_id=None, kinds=tuple(EventKind))
    answers = []
    for number, text in enumerate(HOSTILE):
        body = {"text": text, "content_id": TAG + str(number), "author_id": TAG, "context": [text, TAG]}
        answers.append(program.post("/moderate", json=body).json())
        program.post(
            "/v1alpha1/comments:suggestscore",
            json={
                "comment": {"text": text},
                "attributeScores": {TAG: {"summaryScore": {"value": 1}}},
                "communityId": TAG,
                "clientToken": TAG,
            },
        )
    fort = Fort(
        app,
        runtime,
        folder / "plainspeak.db",
        keys,
        "",
        answers[0]["id"],
        answers[0]["review"]["id"],
    )
    _fill_forms(fort, answers[1]["review"]["id"], answers[1]["id"], program)
    yield fort
    runtime.close()


def _fill_forms(fort: Fort, item: str, decision: str, program: TestClient) -> None:
    browser = fort.browser(Role.ADMIN)
    token = token_of(browser, f"/review/{item}")
    version = browser.get(f"/review/{item}").text.partition('name="version" value="')[2].partition('"')[0]
    ruled = browser.post(
        f"/review/{item}/ruling", data={"csrf": token, "action": "block", "note": TAG, "version": version}
    )
    assert ruled.status_code == 303, ruled.text
    appealed = program.post(f"/decisions/{decision}/appeal", json={"reason": TAG})
    assert appealed.status_code in {200, 201}, appealed.text
    term = {
        "csrf": token,
        "id": "hostile",
        "category": "violence",
        "forms": f"zxqword = {TAG}\nzxqother = kill",
        "note": TAG,
        "source": TAG,
        "since": TAG,
        "reason": TAG,
        "cues": "",
        "version": "0",
    }
    first = browser.post("/lexicon/add_term", data=term)
    seen = first.text.partition('name="seen" value="')[2].partition('"')[0]
    assert bad_in(first.text) == []
    browser.post("/lexicon/add_term", data={**term, "seen": seen})
    browser.post(
        "/policy/save",
        data={
            "csrf": token,
            "reason": TAG,
            "seen": browser.get("/policy").text.partition('name="seen" value="')[2].partition('"')[0],
            "threat.review": "77",
        },
    )
    fort.runtime.people.log_in("ada", PASSWORD, agent=TAG)


def pages_of(fort: Fort) -> list[str]:
    """Every address of a page, its parameters filled with what is there, and with what is hostile."""
    addresses = []
    for path in sorted(opened_paths(create_app(fort.runtime))):
        if path == "/review/events" or not (is_page(path) or path in {"/login", "/setup"}):
            continue
        addresses.append(filled(path, fort))
        if "{" in path:
            addresses.append(
                filled(path.replace("{name}", "retire"), replace(fort, item=quote(TAG, safe="")))
            )
            addresses.append(re.sub(r"\{\w+\}", quote(TAG, safe=""), path))
    return [*addresses, "/lexicon/hostile", "/lexicon/hostile/edit", "/lexicon/hostile/retire"]


def test_every_page_shows_hostile_text_as_text(full: Fort) -> None:
    browser = full.browser(Role.ADMIN)
    shown = 0
    for address in pages_of(full):
        response = browser.get(address)
        assert response.status_code < 500, address
        if response.headers["content-type"].startswith("text/html"):
            assert bad_in(response.text) == [], address
            shown += "&lt;zxq" in response.text
    # The queue, an item, the decisions, a decision, the policy, the webhooks, the account, a term...
    assert shown >= 8


def test_every_post_shows_as_text_on_its_own_pages(full: Fort) -> None:
    browser = full.browser(Role.ADMIN)
    found = browser.get("/decisions").text
    ids = set(re.findall(r'href="/decisions/([\w-]+)/view"', found))

    assert len(ids) >= len(HOSTILE)
    for each in ids:
        page = browser.get(f"/decisions/{each}/view")
        assert page.status_code == 200
        assert bad_in(page.text) == []
        item = page.text.partition('href="/review/')[2].partition('"')[0]
        if item:
            desk = browser.get(f"/review/{item}")
            assert bad_in(desk.text) == []


QUERY = (
    *("q", "label", "category", "action", "author", "content", "since", "until", "after", "before", "state"),
    *("order", "score", "age", "page", "notice", "next", "token", "days", "view", "id", "forms", "note"),
)
SHOW_A_QUERY = ("/review", "/decisions", "/lexicon", "/lexicon/add_term", "/webhooks", "/dashboard", "/login")


@pytest.mark.parametrize("hostile", [*HOSTILE, "\0", "\ud800"])
def test_no_query_comes_back_as_markup(full: Fort, hostile: str) -> None:
    browser = full.browser(Role.ADMIN)
    given = urlencode(dict.fromkeys(QUERY, hostile), errors="surrogatepass")

    for page in (*SHOW_A_QUERY, "/policy", "/discovery", "/people", "/account", "/setup"):
        response = browser.get(f"{page}?{given}")
        assert response.status_code < 500
        assert bad_in(response.text) == [], page


@pytest.mark.parametrize("name", QUERY)
def test_no_part_of_a_query_comes_back_as_markup(full: Fort, name: str) -> None:
    """Alone, because a search that is refused for one part shows nothing of the others."""
    browser = full.browser(Role.ADMIN)

    for page in SHOW_A_QUERY:
        response = browser.get(page, params={name: HOSTILE[1]})
        assert response.status_code < 500
        assert bad_in(response.text) == [], page


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_form_comes_back_as_markup(full: Fort, hostile: str) -> None:
    browser = full.browser(Role.ADMIN)
    token = token_of(browser, "/policy")
    fields: tuple[str, ...] = (
        "id",
        "category",
        "forms",
        "cues",
        "anti_cues",
        "note",
        "source",
        "since",
        "reason",
        "text",
    )
    fields += (
        "name",
        "password",
        "again",
        "role",
        "action",
        "view",
        "seen",
        "number",
        "threat.review",
        "old",
    )
    for page in ("/lexicon/add_term", "/lexicon/import_terms", "/policy/preview", "/policy/save", "/people"):
        response = browser.post(page, data={**dict.fromkeys(fields, hostile), "csrf": token})
        assert response.status_code < 500
        assert bad_in(response.text) == [], page
    for page in (f"/review/{full.item}/ruling", f"/review/{full.item}/skip", "/people/cleo"):
        response = browser.post(page, data={**dict.fromkeys(fields, hostile), "csrf": token})
        assert response.status_code < 500
        assert bad_in(response.text) == [], page


def test_exports_hold_no_formula_and_are_files(full: Fort) -> None:
    browser = full.browser(Role.ADMIN)

    for ending in ("csv", "jsonl"):
        found = browser.get(f"/decisions/export.{ending}")
        assert found.headers["content-disposition"].startswith("attachment;")
        assert found.headers["x-content-type-options"] == "nosniff"
        assert not found.headers["content-type"].startswith("text/html")
    assert not [
        cell
        for line in browser.get("/decisions/export.csv").text.splitlines()
        for cell in line.split(",")
        if cell.startswith(("=", "+", "@"))
    ]


def test_what_is_called_in_a_command_shows_no_control_of_the_terminal(full: Fort) -> None:
    """Problem details and pages repeat bytes of a caller as JSON and HTML do: no raw escape among them."""
    caller = full.caller(full.keys[Scope.MODERATE])

    for response in (
        caller.post("/moderate", json={"text": "x", "\x1b]0;zxq\x07": 1}),
        caller.get("/decisions/" + quote("\x1b]0;zxq\x07")),
        caller.post(
            "/v1alpha1/comments:analyze",
            json={"comment": {"text": "x"}, "requestedAttributes": {"\x1b[2J": {}}},
        ),
    ):
        assert response.status_code in {400, 404, 422}
        assert "\x1b" not in response.text


def test_the_name_of_a_browser_shows_as_text(full: Fort) -> None:
    page = full.browser(Role.ADMIN).get("/account").text

    assert "&lt;zxq" in page
    assert bad_in(page) == []
