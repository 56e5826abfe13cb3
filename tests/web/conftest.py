"""The application on a real port, for clients that open their own connections."""

import threading
from collections.abc import Callable, Iterator

import pytest
import uvicorn

from app import bootstrap
from app.bootstrap import Runtime
from app.core.access import Scope
from app.settings import Settings
from app.web.main import create_app

MakeKey = Callable[..., str]


@pytest.fixture(scope="session")
def service_url(runtime: Runtime) -> Iterator[str]:
    """Address of the application over the shared runtime, without a slash at the end."""
    # The runtime is shared with other tests, so the application must not close it: no lifespan.
    config = uvicorn.Config(create_app(runtime), port=0, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture
def make_key(service_settings: dict[str, object]) -> MakeKey:
    """Make a key for the database of `open_client`, as the command line does."""

    def make(scope: Scope = Scope.MODERATE, *, name: str = "test") -> str:
        with bootstrap.open_keys(Settings.model_validate(service_settings)) as service:
            return service.create(name, scope)[1]

    return make
