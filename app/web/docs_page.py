"""The API's own page: Swagger UI, served from a package on this machine and not from a CDN."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

from app.web.render import PAGES_CSP, Renderer

__all__ = ["DOCS_CSP", "PAGES_CSP", "docs_router"]

# Swagger UI sets style attributes and draws its icons from data: addresses; it runs no inline script.
DOCS_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_SWAGGER_UI = ("fastapi_swagger", "resources")
"""The package that carries Swagger UI's published files, and the folder they lie in."""


def docs_router(openapi_url: str) -> APIRouter:
    """Serve `/docs` over the description at this address."""
    renderer = Renderer()
    router = APIRouter(include_in_schema=False)
    router.mount("/docs/assets", StaticFiles(packages=[_SWAGGER_UI]), name="docs-assets")

    @router.get("/docs")
    async def get_docs() -> HTMLResponse:
        return renderer.page("docs.html", openapi_url=openapi_url)

    return router
