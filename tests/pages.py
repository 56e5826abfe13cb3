"""Every address that a browser can open, taken from the application itself."""

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts


def opened_paths(app: FastAPI) -> set[str]:
    """The paths of the routes that answer GET, with their parameters by name; mounted files are none."""
    return {
        context.path
        for context in iter_route_contexts(app.routes)
        if context.path is not None and "GET" in (getattr(context.route, "methods", None) or ())
    }
