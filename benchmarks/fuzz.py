"""Hostile requests to every route of the real application: `python -m benchmarks.fuzz`, which prints JSON.

Requests are made up by Hypothesis from the routes themselves, in process: addresses with hostile parts,
queries, JSON as each route takes it with parts replaced, forms with and without their token, raw bytes under
any content type, strange headers. It counts answers by status, and keeps each request that was answered with
a fault of the service (500), or whose answer was no answer at all. `--seconds` bounds the time instead.
"""

import argparse
import asyncio
import contextvars
import json
import logging
import re
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import structlog
from fastapi.routing import iter_route_contexts
from httpx2 import ASGITransport, AsyncClient, Response
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from app import bootstrap
from app.bootstrap import Runtime
from app.settings import Settings
from app.web.main import create_app

CASES = 50_000
CASES_AT_A_TIME, CASES_IN_TIME = 2_000, 100
"""Between two looks at how many were sent, and at the clock."""
URL = "http://127.0.0.1"
MOST_KEPT = 20
ENDLESS = {"/review/events"}
"""Answers that do not end."""
POSTS = ("I want to unalive myself", "have a lovely day", "k!ll y0urs3lf", "the b00k is on the t@ble")
_HOSTILE = (
    *(
        "",
        " ",
        "\0",
        "'",
        '"',
        "\\",
        "%",
        "%00",
        "../..",
        "<zxq>",
        "{{7*7}}",
        "${7}",
        "\ud800",
        "\uffff",
        "\u202e",
    ),
    *(
        "null",
        "true",
        "-1",
        "0",
        "1e999",
        "NaN",
        "9" * 400,
        "a" * 3_000,
        "\U0001f3f4\U000e0067" * 50,
        "\u0301" * 500,
    ),
    *(
        "2026-11-22",
        "9999-12-31",
        "0001-01-01",
        "harmful",
        "threat",
        "waiting",
        "oldest",
        "in-force",
        "admin",
    ),
)
_FIELDS = (
    *("text", "content_id", "author_id", "context", "explain", "store", "items", "input", "model", "reason"),
    *(
        "comment",
        "requestedAttributes",
        "attributeScores",
        "languages",
        "spanAnnotations",
        "clientToken",
        "type",
    ),
)
_FORM_FIELDS = (
    *(
        "csrf",
        "action",
        "version",
        "note",
        "category",
        "view",
        "ruling",
        "sure",
        "id",
        "forms",
        "cues",
        "anti_cues",
    ),
    *(
        "source",
        "since",
        "reason",
        "seen",
        "ambiguous",
        "number",
        "name",
        "password",
        "again",
        "old",
        "role",
        "next",
    ),
    *("token", "session", "threat.review", "overall.review", "retire_others", "text"),
)
_QUERY = (
    *(
        "q",
        "label",
        "category",
        "action",
        "author",
        "content",
        "since",
        "until",
        "after",
        "before",
        "state",
        "order",
    ),
    *("score", "age", "page", "notice", "next", "token", "days", "view", "key", "id", "forms"),
)
_KINDS = (
    *(
        "application/json",
        "application/x-ndjson",
        "application/x-www-form-urlencoded",
        "text/plain",
        "a/b; c=d",
    ),
    *("multipart/form-data; boundary=x", "multipart/form-data", "application/json; charset=utf-16", "\xff"),
)
texts = st.one_of(st.sampled_from(_HOSTILE), st.sampled_from(POSTS), st.text(max_size=200))
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), texts),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.dictionaries(st.one_of(st.sampled_from(_FIELDS), st.text(max_size=20)), inner, max_size=5),
    ),
    max_leaves=12,
)
_one = st.fixed_dictionaries(
    {"text": st.one_of(texts, values)},
    optional={
        "content_id": st.one_of(texts, values),
        "author_id": st.one_of(texts, values),
        "context": st.one_of(st.lists(texts, max_size=25), values),
        "explain": st.one_of(st.booleans(), values),
        "store": st.one_of(st.booleans(), values),
    },
)
_comment = st.fixed_dictionaries(
    {"text": st.one_of(texts, values)}, optional={"type": st.sampled_from(("HTML", "PLAIN_TEXT", "", "x"))}
)
OWN = {
    "/moderate": _one,
    "/moderate/batch": st.fixed_dictionaries({"items": st.one_of(st.lists(_one, max_size=6), values)}),
    "/v1/moderations": st.fixed_dictionaries(
        {"input": st.one_of(texts, st.lists(texts, max_size=5), values)}
    ),
    "/v1alpha1/comments:analyze": st.fixed_dictionaries(
        {
            "comment": st.one_of(_comment, values),
            "requestedAttributes": st.one_of(st.just({"TOXICITY": {}, "THREAT": {}}), values),
        },
        optional={
            "spanAnnotations": st.booleans(),
            "languages": values,
            "context": values,
            "clientToken": texts,
        },
    ),
    "/v1alpha1/comments:suggestscore": st.fixed_dictionaries(
        {
            "comment": st.one_of(_comment, values),
            "attributeScores": st.one_of(st.just({"TOXICITY": {"summaryScore": {"value": 1}}}), values),
        }
    ),
    "/decisions/{decision_id}/appeal": st.fixed_dictionaries({"reason": st.one_of(texts, values)}),
}
"""JSON as a route takes it, by its path."""
bodies = st.one_of(*OWN.values(), values)
forms = st.dictionaries(st.sampled_from(_FORM_FIELDS), texts, max_size=8)
queries = st.dictionaries(st.sampled_from(_QUERY), texts, max_size=4)
headers = st.dictionaries(
    st.sampled_from(
        (
            "accept",
            "idempotency-key",
            "x-api-key",
            "authorization",
            "cookie",
            "sec-fetch-site",
            "x-forwarded-proto",
        )
    ),
    st.one_of(
        st.sampled_from(("text/html", "text/plain", "Bearer x", "https")),
        st.text("\x20\x7e\xe9a;=,\"'", max_size=30),
    ),
    max_size=3,
)


@dataclass(slots=True)
class Tally:
    """What came of the requests."""

    asked: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    """By route and status."""
    faults: list[dict[str, str]] = field(default_factory=list)


class Target:
    """The application with something in it, and the routes it has. To be closed."""

    def __init__(self, runtime: Runtime) -> None:
        app = create_app(runtime)
        # One loop in this thread: a client that makes both for each request mostly waits for them.
        self._loop = asyncio.Runner()
        self._client = AsyncClient(
            transport=ASGITransport(app, raise_app_exceptions=False), base_url=URL, timeout=None
        )
        posts = [{"text": text, "author_id": "a", "content_id": text} for text in POSTS]
        answers = [self._request("POST", "/moderate", json=post).json() for post in posts]
        self._item = next(each["review"]["id"] for each in answers if each["review"])
        self._decision = answers[0]["id"]
        page = self._request("GET", f"/review/{self._item}").text
        found = re.search(r'name="csrf" value="([^"]+)"', page)
        self._token = found.group(1) if found else ""
        self._cookies = dict(self._client.cookies)
        self.routes = sorted(
            (method, context.path)
            for context in iter_route_contexts(app.routes)
            if context.path and context.path not in ENDLESS
            for method in getattr(context.route, "methods", None) or ("GET",)
        )
        self.tally = Tally()

    def close(self) -> None:
        """Let go of the loop. The runtime stays open."""
        self._loop.run(self._client.aclose())
        self._loop.close()

    def _request(self, method: str, address: str, **request: Any) -> Response:  # noqa: ANN401 as httpx takes it
        # In a context of its own, as each request has on a server.
        asked = self._client.request(method, address, **request)
        return self._loop.run(asked, context=contextvars.copy_context())

    def ask(self, data: st.DataObject) -> None:
        """Make a request up, send it, and count what came of it."""
        method, path = data.draw(st.sampled_from(self.routes))
        address = re.sub(r"\{[^}]*\}", lambda name: quote(self._part(name.group(), data), safe=""), path)
        request: dict[str, Any] = {"headers": dict(data.draw(headers))}
        # Each case alone: what an earlier one was given is no part of this one.
        self._client.cookies.clear()
        if data.draw(st.booleans()):
            self._client.cookies.update(self._cookies)
        if query := data.draw(queries):
            address += "?" + "&".join(
                f"{k}={quote(v, safe='', errors='surrogatepass')}" for k, v in query.items()
            )
        if method == "POST":
            self._fill(request, path, data)
        self._send(method, path, address, request)

    def _part(self, name: str, data: st.DataObject) -> str:
        known = {"{decision_id}": self._decision, "{item_id}": self._item, "{term_id}": "unalive"}
        there = known.get(name, "edit")
        part = data.draw(st.one_of(st.just(there), st.just(there), texts))
        return part.encode("utf-8", "replace").decode()

    def _fill(self, request: dict[str, Any], path: str, data: st.DataObject) -> None:
        match data.draw(st.sampled_from(("json", "json", "form", "form", "lines", "raw"))):
            case "json":
                # Every other one as the route takes it; among all kinds it would be one in seven.
                body = OWN.get(path, bodies) if data.draw(st.booleans()) else bodies
                request["content"] = json.dumps(data.draw(body)).encode()
                request["headers"]["content-type"] = "application/json"
            case "lines":
                lines = data.draw(st.lists(st.one_of(_one, values), max_size=5))
                request["content"] = "\n".join(json.dumps(line) for line in lines).encode()
                request["headers"]["content-type"] = "application/x-ndjson"
            case "form":
                fields = data.draw(forms)
                if data.draw(st.booleans()):
                    fields = {**fields, "csrf": self._token}
                request["data"] = {k: v.encode("utf-8", "replace").decode() for k, v in fields.items()}
            case _:
                request["content"] = data.draw(st.binary(max_size=300))
                request["headers"]["content-type"] = data.draw(st.sampled_from(_KINDS)).encode("latin-1")

    def _send(self, method: str, path: str, address: str, request: dict[str, Any]) -> None:
        tally = self.tally
        tally.asked += 1
        request["headers"] = {
            name: value if isinstance(value, bytes) else value.encode("latin-1", "replace")
            for name, value in request["headers"].items()
        }
        try:
            response = self._request(method, address, **request)
            said = str(response.status_code)
            if response.status_code == 500:
                raise AssertionError(response.text[:300])  # noqa: TRY301 one place keeps what went wrong
        except Exception as error:  # noqa: BLE001 whatever it is, it is what is looked for
            said = type(error).__name__
            if len(tally.faults) < MOST_KEPT:
                tally.faults.append(
                    {"request": f"{method} {address}", "sent": repr(request)[:600], "error": repr(error)}
                )
        tally.statuses[f"{method} {path} {said}"] += 1


def fuzz(target: Target, *, cases: int, first_seed: int, seconds: float | None = None) -> None:
    """Send so many requests, or as many as fit in a time."""
    ends_at = time.monotonic() + seconds if seconds else None
    number = 0
    while (target.tally.asked < cases) if ends_at is None else (time.monotonic() < ends_at):
        count = CASES_IN_TIME if ends_at else min(CASES_AT_A_TIME, cases - target.tally.asked)

        @seed(first_seed + number)
        @settings(
            max_examples=count,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(data=st.data())
        def some(data: st.DataObject) -> None:
            target.ask(data)

        some()
        number += 1
        sys.stderr.write(f"{target.tally.asked} cases, {len(target.tally.faults)} faults\n")


def main() -> None:
    """Fuzz and print what came of it; exit status 1 where there was a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--seconds", type=float, help="for so long, however many cases that makes")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        runtime = bootstrap.build(Settings(database_url=f"sqlite:///{Path(folder) / 'fuzz.db'}"))
        try:
            with closing(Target(runtime)) as target:
                fuzz(target, cases=asked.cases, first_seed=asked.seed, seconds=asked.seconds)
        finally:
            runtime.close()
    tally = target.tally
    by_status: Counter[str] = Counter()
    for name, count in tally.statuses.items():
        by_status[name.rpartition(" ")[2]] += count
    result = {
        "cases": tally.asked,
        "seconds": round(time.monotonic() - begun, 1),
        "routes": len(target.routes),
        "by_status": dict(sorted(by_status.items())),
        "faults": tally.faults,
    }
    print(json.dumps(result, indent=2))
    raise SystemExit(1 if tally.faults else 0)


if __name__ == "__main__":
    main()
