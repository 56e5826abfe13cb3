"""Forms come from our own pages, or are refused."""

from typing import Annotated

import pytest
from fastapi import FastAPI, Form, Request, Response
from fastapi.testclient import TestClient

from app.core.errors import FormExpired
from app.web.csrf import Csrf

SECRET = b"s" * 32


def client(*, secret: bytes = SECRET, base_url: str = "http://127.0.0.1") -> TestClient:
    app, csrf = FastAPI(), Csrf(secret)

    @app.get("/form")
    async def get_form(request: Request) -> Response:
        key = csrf.key_of(request)
        response = Response(key.token)
        csrf.attach(key, request, response)
        return response

    @app.post("/form")
    async def post_form(request: Request, csrf_token: Annotated[str, Form(alias="csrf")] = "") -> str:
        csrf.verify(request, csrf_token)
        return "accepted"

    return TestClient(app, base_url=base_url)


def test_a_form_of_ours_is_accepted_more_than_once() -> None:
    browser = client()
    token = browser.get("/form").text
    assert browser.post("/form", data={"csrf": token}).json() == "accepted"
    assert browser.get("/form").text == token
    assert browser.post("/form", data={"csrf": token}).json() == "accepted"


@pytest.mark.parametrize("token", ["", "x", "é", "\x00", "A" * 43, "A" * 100_000])
def test_a_missing_or_wrong_token_is_refused(token: str) -> None:
    browser = client()
    browser.get("/form")
    with pytest.raises(FormExpired, match="Nothing was changed"):
        browser.post("/form", data={"csrf": token})


def test_a_token_without_its_cookie_is_refused() -> None:
    token = client().get("/form").text
    with pytest.raises(FormExpired):
        client().post("/form", data={"csrf": token})


def test_a_token_of_another_browser_is_refused() -> None:
    browser = client()
    browser.get("/form")
    with pytest.raises(FormExpired):
        browser.post("/form", data={"csrf": client().get("/form").text})


def test_an_empty_cookie_has_no_token() -> None:
    browser = client()
    token = Csrf(SECRET)._token("")
    with pytest.raises(FormExpired):
        browser.post("/form", data={"csrf": token}, headers={"cookie": "plainspeak_form="})


def test_a_token_under_another_secret_is_refused() -> None:
    old, new = client(secret=b"o" * 32), client()
    token = old.get("/form").text
    new.cookies = old.cookies
    with pytest.raises(FormExpired):
        new.post("/form", data={"csrf": token})


@pytest.mark.parametrize("site", ["cross-site", "same-site", ""])
def test_a_form_that_the_browser_says_is_foreign_is_refused(site: str) -> None:
    browser = client()
    token = browser.get("/form").text
    with pytest.raises(FormExpired):
        browser.post("/form", data={"csrf": token}, headers={"sec-fetch-site": site})
    accepted = browser.post("/form", data={"csrf": token}, headers={"sec-fetch-site": "same-origin"})
    assert accepted.json() == "accepted"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites() -> None:
    browser = client()
    cookie = browser.get("/form").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Secure" not in cookie
    assert "set-cookie" not in browser.get("/form").headers


def test_over_https_the_cookie_is_bound_to_the_host() -> None:
    browser = client(base_url="https://desk.example")
    first = browser.get("/form")
    assert first.headers["set-cookie"].startswith("__Host-plainspeak_form=")
    assert "Secure" in first.headers["set-cookie"]
    assert browser.post("/form", data={"csrf": first.text}).json() == "accepted"
