"""The policy page as a browser without script sees it, over the whole service."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.core.policy import Policy, parse_policy
from app.core.policy_trial import PolicyTrial
from app.core.review import Decision
from app.core.types import Action, Category, CategoryScore, Label, Verdict, Versions
from app.db.engine import open_database
from app.db.ledger import Ledger
from app.db.policies import PolicyQueries
from app.db.writer import GroupWriter
from app.services.live_policy import LivePolicy
from app.services.policy_desk import PolicyDesk
from app.settings import ROOT
from app.web import errors
from app.web.csrf import Csrf
from app.web.policy import CONFLICT, answer_of, policy_router
from app.web.policy_form import NEVER, draft_from, read, slider_of, text_of
from app.web.render import Renderer

OpenClient = Callable[..., TestClient]
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
BASE = parse_policy((ROOT / "policies" / "default.toml").read_text(encoding="utf-8"))
FIELD = re.compile(r'<input type="(?:hidden|range|text)"[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"')


def fields_of(page: str) -> dict[str, str]:
    """What a browser sends of the form with the sliders when nothing was touched."""
    form = page.split('id="policy-form"')[1].split("</form>", maxsplit=1)[0]
    return {name: unescape(value) for name, value in FIELD.findall(form.replace("\n", " "))}


@pytest.fixture
def browser(migrated_url: str) -> Iterator[TestClient]:
    """The pages over three decisions, none of which goes to a person."""
    with open_database(migrated_url) as database, GroupWriter(database.writer) as writer:
        ledger, policies = Ledger(writer, aside=database.aside), PolicyQueries(database.reader, base=BASE)
        for place, score in enumerate((0.0, 0.12, 0.3)):
            ledger.record(decision_of(f"d-{place}", score), None)
        live = LivePolicy(BASE, policies, use=lambda _: None)
        desk = PolicyDesk(live, ledger, policies, clock=lambda: NOW)
        app, renderer = FastAPI(docs_url=None, redoc_url=None), Renderer()
        app.include_router(policy_router(desk, renderer=renderer, csrf=Csrf(b"s" * 32)))
        errors.install(app, page=renderer.page)
        yield TestClient(app, base_url="http://127.0.0.1")


def decision_of(decision_id: str, score: float) -> Decision:
    verdict = Verdict(
        label=Label.SAFE,
        confidence=1 - score,
        category=None,
        score=score,
        categories=tuple(CategoryScore(category, 0.0) for category in Category),
        action=Action.ALLOW,
        reasons=(),
        versions=Versions("m@1", "l@1", BASE.version),
    )
    return Decision(decision_id, NOW, None, None, None, (), "hmac-sha256:x", verdict, 1.0)


def threat_of(policy: Policy | None) -> tuple[float | None, float | None]:
    assert policy is not None
    thresholds = policy.thresholds(Category.THREAT)
    return thresholds.review, thresholds.block


def form_of(policy: Policy, **changed: str) -> dict[str, str]:
    """The form of a policy as a browser sends it, with some fields changed."""
    steps = [step for section in draft_from(policy, number=0).sections for step in section.steps]
    plain = {
        name: value
        for step in steps
        for name, value in (
            (f"was.{step.name}", step.text),
            (f"number.{step.name}", step.text),
            (f"slider.{step.name}", str(step.slider)),
        )
    }
    return plain | {"seen": "0"} | {name.replace("_", "."): value for name, value in changed.items()}


def test_a_form_that_nobody_touched_changes_nothing() -> None:
    odd = replace(BASE, overall=replace(BASE.overall, review=0.875))

    assert read(form_of(odd), kept=odd).policy == replace(odd, version="draft")


def test_the_slider_counts_where_it_was_moved_and_the_number_where_that_was() -> None:
    moved = form_of(BASE, slider_threat_review="55", number_threat_block="97.5")
    off = form_of(BASE, slider_threat_review=str(NEVER))

    assert threat_of(read(moved, kept=BASE).policy) == (0.55, 0.975)
    assert threat_of(read(off, kept=BASE).policy) == (None, None)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"number_threat_review": "many"}, "Write a number from 0 to 100"),
        ({"number_threat_review": "nan"}, "Write a number from 0 to 100"),
        ({"number_threat_review": "101"}, "Write a number from 0 to 100"),
        ({"number_threat_block": "30"}, "Block from a higher score than that of review, which is 45%"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(changed: dict[str, str], said: str) -> None:
    draft = read(form_of(BASE, **changed), kept=BASE)

    assert draft.policy is None
    (problem,) = [step.problem for section in draft.sections for step in section.steps if step.problem]
    assert problem.startswith(said)


def test_numbers_are_shown_as_people_write_them() -> None:
    assert [text_of(value) for value in (None, 0.45, 0.975, 1.0, 0.0)] == ["", "45", "97.5", "100", "0"]
    assert [slider_of(text) for text in ("", "45", "97.5", "?")] == [NEVER, 45, 98, NEVER]


def test_the_answer_names_what_would_change() -> None:
    still = PolicyTrial(
        posts=5000,
        held_more=0,
        held_less=0,
        missed=0,
        spared=0,
        blocked_more=0,
        wronged=0,
        blocked_less=0,
        held=9,
        held_now=9,
    )

    assert answer_of(still) == "On the last 5,000 decisions this would change nothing."
    assert answer_of(replace(still, held_more=212, missed=3, held_less=40)) == (
        "On the last 5,000 decisions this would send 212 more to review, let 40 more through "
        "and miss 3 that people blocked."
    )
    assert "block 4 more, 1 of which people let stand and block 2 less" in answer_of(
        replace(still, blocked_more=4, wronged=1, blocked_less=2)
    )
    assert answer_of(replace(still, posts=0)) == "Nothing was judged yet to try it on."


def test_a_preview_answers_and_keeps_nothing(browser: TestClient) -> None:
    fields = fields_of(browser.get("/policy").text) | {"number.overall.review": "10"}

    page = browser.post("/policy/preview", data=fields)

    assert page.status_code == 200
    assert "On the last 3 decisions this would send 2 more to review." in page.text
    assert "1 step differs from the policy in force" in page.text
    assert "nobody has changed it here" in browser.get("/policy").text


def test_a_saved_policy_stands_in_the_history_and_the_file_comes_back(browser: TestClient) -> None:
    fields = fields_of(browser.get("/policy").text)

    saved = browser.post("/policy/save", data=fields | {"number.overall.review": "0", "reason": "See <all>."})
    back = browser.post("/policy/revert", data={"csrf": fields["csrf"], "seen": "1", "number": "0"})

    assert "Every process decides by it" in saved.text
    assert "See &lt;all&gt;." in saved.text
    assert "Version 1 is in force" in saved.text
    assert "Back to the policy file." in back.text
    assert "Bring version 1 back" in back.text
    assert fields_of(back.text)["number.overall.review"] == "87"


def test_a_saved_policy_decides_the_next_post_and_is_named_by_it(open_client: OpenClient) -> None:
    service = open_client()
    fields = fields_of(service.get("/policy").text)
    before = service.post("/moderate", json={"text": "a quiet evening"}).json()
    assert before["policy"] == BASE.version

    service.post("/policy/save", data=fields | {"number.overall.review": "0", "reason": "See all."})
    after = service.post("/moderate", json={"text": "a quiet night"}).json()

    assert (before["action"], after["action"]) == ("allow", "review")
    assert after["policy"].startswith("default.1@")
    assert "past 0%, held for a person" in service.get(f"/review/{after['review']['id']}").text
    checks = service.get("/readyz").json()
    assert after["policy"] in str(checks)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reason": ""}, "Say why"),
        ({"reason": "Try."}, "Nothing differs from the policy in force"),
        ({"reason": "Try.", "number.threat.review": "x"}, "Correct what is marked"),
    ],
)
def test_a_save_is_refused_with_the_reason(browser: TestClient, changed: dict[str, str], said: str) -> None:
    fields = fields_of(browser.get("/policy").text)

    page = browser.post("/policy/save", data=fields | changed)

    assert page.status_code == 422
    assert said in page.text


def test_two_people_do_not_save_over_each_other(browser: TestClient) -> None:
    fields = fields_of(browser.get("/policy").text)
    browser.post("/policy/save", data=fields | {"number.overall.review": "10", "reason": "One."})

    page = browser.post("/policy/save", data=fields | {"number.overall.review": "20", "reason": "Other."})
    again = browser.post("/policy/save", data=fields_of(page.text))

    assert page.status_code == 409
    assert CONFLICT in unescape(page.text)
    assert "Version 2 is in force" in again.text
    stale = {"csrf": fields["csrf"], "seen": "1", "number": "0"}
    assert browser.post("/policy/revert", data=stale).status_code == 409


def test_a_form_of_another_site_is_refused(browser: TestClient) -> None:
    fields = fields_of(browser.get("/policy").text) | {"csrf": "guessed"}

    for path in ("preview", "save", "revert"):
        assert browser.post(f"/policy/{path}", data=fields).status_code == 403


def test_a_version_that_is_not_there_is_not_found(browser: TestClient) -> None:
    fields = fields_of(browser.get("/policy").text)

    for number in ("7", "x", "-1", "9" * 40):
        answer = browser.post("/policy/revert", data={**fields, "number": number})
        assert answer.status_code == 404
