"""Forms that another site sends in the name of somebody who is logged in, and fields that no form has."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from app.core.access import Scope
from app.services.people import Role
from app.web.access import is_page
from app.web.main import create_app
from app.web.people import safe_next
from tests.attacks.conftest import NAMES, PASSWORD, URL, Fort, token_of
from tests.attacks.test_doors import filled

OpenClient = Callable[..., TestClient]


def forms_of(fort: Fort) -> list[str]:
    """Every address that takes a form: what answers POST and is for people, or logs them in."""
    return [
        filled(context.path, fort)
        for context in iter_route_contexts(create_app(fort.runtime).routes)
        if context.path is not None
        and "POST" in (getattr(context.route, "methods", None) or ())
        and (is_page(context.path) or context.path in {"/login", "/setup"})
    ]


def test_no_form_is_taken_that_is_not_ours(fort: Fort) -> None:
    browser, other = fort.browser(Role.ADMIN), fort.browser(Role.ADMIN)
    good, foreign = token_of(browser, "/policy"), token_of(other, "/policy")
    before = fort.rows()
    forms = forms_of(fort)

    assert len(forms) >= 20
    for address in forms:
        for token in ("", "x", foreign, good[:-1], good + "A", good.swapcase(), "\0", "A" * 10_000):
            response = browser.post(address, data={"csrf": token, "sure": "yes", "action": "allow"})
            assert response.status_code == 403, (address, token[:50], response.text[:300])
        for site in ("cross-site", "same-site"):
            response = browser.post(address, data={"csrf": good}, headers={"sec-fetch-site": site})
            assert response.status_code == 403, (address, site)
        # The fields in the address, or twice, the first of them wrong for whoever reads that one.
        assert browser.post(f"{address}?csrf={good}").status_code == 403, address
    assert fort.rows() == before


def test_a_page_elsewhere_cannot_send_what_only_programs_send(open_client: OpenClient) -> None:
    """On loopback there is no key. What a browser sends to another site without asking is never JSON."""
    client = open_client()
    body = b'{"text": "hello", "items": [{"text": "hello"}], "reason": "x", "input": "hello"}'

    for path in ("/moderate", "/moderate/batch", "/v1/moderations", "/v1alpha1/comments:analyze"):
        for kind in (
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "",
        ):
            response = client.post(path, content=body, headers={"content-type": kind})
            assert response.status_code in {400, 415}, (path, kind)
        asked = client.options(
            path,
            headers={
                "origin": "https://evil.example",
                "access-control-request-method": "POST",
                "access-control-request-headers": "content-type",
            },
        )
        assert asked.status_code in {400, 405}
        assert not [name for name in asked.headers if name.startswith("access-control-")]
    assert client.get("/decisions").text.count("/view") == 0


def test_nothing_says_that_another_site_may_read_an_answer(fort: Fort) -> None:
    for path in ("/healthz", "/review", "/openapi.json", "/static/plainspeak.css"):
        found = fort.browser(Role.ADMIN).get(path, headers={"origin": "https://evil.example"}).headers
        assert not [name for name in found if name.startswith("access-control-")]
        assert found["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(
    "wanted",
    [
        "//evil.example/review",
        "https://evil.example/review",
        "https:evil.example/review",
        "/\\evil.example/review",
        "\\\\evil.example/review",
        "/review@evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "/review\r\nlocation: https://evil.example",
        "\t//evil.example/review",
        "/\t/evil.example/review",
        "///evil.example/review",
        "http:///evil.example/review",
        "/review/../..//evil.example",
        "?next=//evil.example",
        "/static/plainspeak.css",
        "/login?next=//evil.example",
    ],
)
def test_nobody_is_sent_to_another_site_after_the_login(fort: Fort, wanted: str) -> None:
    browser = fort.browser()
    page = browser.get("/login", params={"next": wanted}).text
    response = browser.post(
        "/login",
        data={
            "csrf": token_of(browser, "/login"),
            "name": NAMES[Role.VIEWER],
            "password": PASSWORD,
            "next": wanted,
        },
    )

    assert response.status_code in {303, 429}
    location = response.headers.get("location", safe_next(wanted))
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))
    assert 'value="//' not in page
    assert 'value="http' not in page
    assert 'value="javascript' not in page


def test_the_cookies_of_a_login_are_out_of_reach(fort: Fort) -> None:
    for url, secure in ((URL, False), ("https://127.0.0.1", True)):
        browser = fort.browser()
        browser.base_url = url
        response = browser.post(
            "/login",
            data={"csrf": token_of(browser, "/login"), "name": "ada", "password": PASSWORD},
        )
        cookies = response.headers.get_list("set-cookie")
        assert cookies
        for cookie in cookies:
            assert "HttpOnly" in cookie
            assert "SameSite=" in cookie
            assert "SameSite=none" not in cookie
            assert "Path=/" in cookie
            assert "Domain" not in cookie
            assert ("Secure" in cookie) is secure
            assert cookie.startswith("__Host-") is secure


@pytest.mark.parametrize(
    "more",
    [
        {"id": "chosen"},
        {"label": "safe"},
        {"action": "allow"},
        {"key_id": "ps_00000000"},
        {"state": "resolved"},
        {"created_at": "2020-01-01T00:00:00Z"},
        {"__class__": "x"},
        {"Text": "x"},
        {"text ": "x"},
    ],
)
def test_a_body_of_ours_with_a_field_that_is_not_known_is_refused(fort: Fort, more: dict[str, str]) -> None:
    caller = fort.caller(fort.keys[Scope.MODERATE])

    for path, body in (
        ("/moderate", {"text": "hello", **more}),
        ("/moderate/batch", {"items": [{"text": "hello"}], **more}),
        ("/moderate/batch", {"items": [{"text": "hello", **more}]}),
        (f"/decisions/{fort.decision}/appeal", {"reason": "hello", **more}),
    ):
        response = caller.post(path, json=body)
        assert (response.status_code, response.json()["code"]) == (422, "unknown_field"), path
    # The front doors take fields that they do not know, as the services they stand in for; they mean nothing.
    answer = caller.post("/v1/moderations", json={"input": "k!ll y0urs3lf", **more})
    assert answer.status_code == 200
    assert answer.json()["results"][0]["flagged"] is True
    assert answer.json()["id"] != "modr-chosen"


def test_a_form_sets_nothing_that_it_has_no_field_for(fort: Fort) -> None:
    browser = fort.browser(Role.MODERATOR)
    token = token_of(browser, "/account")

    browser.post(
        "/account/password",
        data={"csrf": token, "old": PASSWORD, "password": PASSWORD, "again": PASSWORD, "role": "admin"},
    )
    browser.post(
        f"/review/{fort.item}/ruling",
        data={
            "csrf": token,
            "action": "allow",
            "version": "0",
            "actor": "ada",
            "state": "open",
            "id": "chosen",
            "decision_id": "chosen",
        },
    )
    people = {user.name: user.role for user in fort.runtime.people.all()}
    page = fort.browser(Role.VIEWER).get(f"/decisions/{fort.decision}/view").text

    assert people[NAMES[Role.MODERATOR]] is Role.MODERATOR
    assert "chosen" not in page
    assert "ada" not in page


def test_a_form_of_very_many_or_very_large_fields_is_refused(fort: Fort) -> None:
    browser = fort.browser(Role.ADMIN)
    kind = {"content-type": "application/x-www-form-urlencoded"}

    for body in (b"a=1&" * 1_100, b"csrf=" + b"A" * 2_000_000, b"A" * 2_000_000, b"%" * 500_000):
        assert browser.post("/policy/save", content=body, headers=kind).status_code in {400, 403}
    parts = b"".join(
        b'--x\r\ncontent-disposition: form-data; name="a%d"\r\n\r\n1\r\n' % number for number in range(1_100)
    )
    kind = {"content-type": "multipart/form-data; boundary=x"}
    assert browser.post("/policy/save", content=parts + b"--x--\r\n", headers=kind).status_code == 400
    file = b'--x\r\ncontent-disposition: form-data; name="a"; filename="../../x"\r\n\r\n1\r\n--x--\r\n'
    assert browser.post("/policy/save", content=file, headers=kind).status_code == 400
    assert not list(Path(fort.file.parent).glob("x"))
