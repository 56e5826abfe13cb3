"""Puts the web application together from the services it is given."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.metadata import version
from pathlib import Path

from anyio import to_thread
from fastapi import FastAPI
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles

from app.bootstrap import Runtime
from app.settings import Settings
from app.web import access, errors, problems
from app.web.appeals import appeals_router
from app.web.csrf import Csrf
from app.web.dashboard import dashboard_router
from app.web.decisions import decisions_router
from app.web.discovery import discovery_router
from app.web.docs_page import DOCS_CSP, PAGES_CSP, docs_router
from app.web.edge import Edge
from app.web.explain import Explainer
from app.web.lexicon import lexicon_router
from app.web.limits import Limits
from app.web.lines import lines_router
from app.web.metrics import metrics_router
from app.web.moderate import health_router, log_answer, moderation_router
from app.web.openai import openai_router
from app.web.people import people_router
from app.web.perspective import perspective_router
from app.web.policy import policy_router
from app.web.privacy import privacy_router
from app.web.rates import Rates
from app.web.render import Renderer
from app.web.review import review_router
from app.web.shed import Shed
from app.web.storage import storage_router
from app.web.trace import Trace
from app.web.webhooks import webhooks_router

STATIC = Path(__file__).parent / "static"
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
_DESCRIPTION = """
Text moderation on your own machine that reads what people meant. Nothing leaves it.

Send a post to `POST /moderate`; moderators see what needs a person at [/review](/review).
"""


def create_app(runtime: Runtime, *, setup: str | None = None) -> FastAPI:
    """The application over a runtime, which it closes when it stops.

    Args:
        runtime: the services.
        setup: the secret of the link by which the first admin is made; without one there is no such link.
    """
    settings = runtime.settings
    edge = Edge(max_in_flight=settings.max_in_flight, max_wait_s=settings.max_wait_s)
    renderer = Renderer()
    app = FastAPI(
        title="Plainspeak",
        version=version("plainspeak"),
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(runtime.start, runtime.close),
    )
    # A server that is about to stop waits for open streams; it says so here.
    app.state.stopping = lambda: False
    csrf = Csrf(runtime.secret)
    # Before the routes of the API, which take any other name below /decisions for that of a decision.
    app.include_router(decisions_router(runtime.decisions, runtime.export, renderer=renderer, csrf=csrf))
    # Before the route of the same path that takes JSON.
    app.include_router(
        lines_router(runtime.moderation, edge=edge, max_line_bytes=settings.max_body_bytes, log=log_answer)
    )
    app.include_router(moderation_router(runtime.moderation, edge=edge, max_batch=settings.max_batch))
    app.include_router(appeals_router(runtime.appeals, edge=edge))
    app.include_router(privacy_router(runtime.decisions, runtime.authors))
    app.include_router(openai_router(runtime.moderation, edge=edge, max_batch=settings.max_batch))
    app.include_router(perspective_router(runtime.moderation, runtime.feedback, edge=edge))
    app.include_router(health_router(runtime.health, edge=edge))
    app.include_router(metrics_router(runtime.recorder, runtime.vitals, edge=edge))
    app.include_router(
        review_router(
            runtime.review,
            renderer=renderer,
            csrf=csrf,
            score=runtime.moderation.score,
            explainer=Explainer(runtime.moderation.explain, lambda: runtime.moderation.explains),
            stopping=lambda: bool(app.state.stopping()),
        )
    )
    app.include_router(lexicon_router(runtime.lexicon, renderer=renderer, csrf=csrf))
    app.include_router(discovery_router(runtime.discovery, renderer=renderer))
    app.include_router(webhooks_router(runtime.webhooks, renderer=renderer, csrf=csrf))
    app.include_router(dashboard_router(runtime.dashboard, renderer=renderer))
    app.include_router(policy_router(runtime.policy, renderer=renderer, csrf=csrf))
    app.include_router(people_router(runtime.people, renderer=renderer, csrf=csrf, setup=setup))
    app.include_router(storage_router(runtime.storage, renderer=renderer))
    app.include_router(docs_router("/openapi.json"))
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_api_route("/", _home, include_in_schema=False)
    rates = Rates(
        per_key=settings.rate_per_key,
        per_address=settings.rate_per_address,
        open_per_address=settings.rate_open_per_address,
    )
    app.add_middleware(
        access.Access,
        ring=runtime.ring,
        people=runtime.people,
        rates=rates if settings.demands_keys else None,
        metrics_key=settings.metrics_key.get_secret_value() if settings.metrics_key else None,
    )
    app.add_middleware(Shed, edge=edge)
    errors.install(app, page=renderer.page)
    problems.describe(app)
    access.describe(app)
    app.add_middleware(
        Limits,
        max_body_bytes=settings.max_body_bytes,
        max_lines_bytes=settings.max_lines_bytes,
        hosts=hosts_of(settings),
        policies={"": PAGES_CSP, "docs": DOCS_CSP},
    )
    app.add_middleware(Trace, recorder=runtime.recorder)
    return app


def hosts_of(settings: Settings) -> frozenset[str] | None:
    """Give the names under which to answer; None for any.

    A page on the web must not reach the service under a name of its own (DNS rebinding). Where other machines
    can, under names only they know, such a page gets nowhere without a key. No such page is at a name of this
    machine itself, so those are good always.
    """
    named = {name.strip().lower() for name in settings.allowed_hosts.split(",")} - {""}
    if "*" in named or not (named or settings.is_loopback):
        return None
    return frozenset({*LOCAL_HOSTS, settings.host.lower(), f"[{settings.host.lower()}]", *named})


async def _home() -> RedirectResponse:
    return RedirectResponse("/review")


def _lifespan(
    start: Callable[[], None], close: Callable[[], None]
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        start()
        yield
        # Finishes what was accepted; no request is left by now.
        await to_thread.run_sync(close)

    return lifespan
