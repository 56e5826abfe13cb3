"""What tests of the whole service share: the bundled model through the real llama.cpp, over real SQLite."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import settings as hypothesis_settings

from app import bootstrap
from app.bootstrap import Runtime
from app.db.engine import upgrade
from app.settings import Settings
from app.web.main import create_app
from tests.postgres import PostgresServer, run_server
from tests.served import START_S, Serve, Served, free_port

ROOT = Path(__file__).resolve().parents[1]
URL = "http://127.0.0.1"

# A busy machine is slow, not wrong.
hypothesis_settings.register_profile("plainspeak", deadline=None)
hypothesis_settings.load_profile("plainspeak")

# A developer's own settings must not reach the tests.
for name in [name for name in os.environ if name.startswith("PLAINSPEAK_")]:
    del os.environ[name]

OpenClient = Callable[..., TestClient]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what asks for `backend` over both databases, and over SQLite alone what asks for its file too."""
    if "backend" in metafunc.fixturenames:
        files = {"database_file", "service_file"} & set(metafunc.fixturenames)
        metafunc.parametrize("backend", ["sqlite"] if files else ["sqlite", "postgresql"], scope="session")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real server; tests that ask for it are skipped where there is none."""
    with run_server() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "plainspeak.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def migrated_url(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of either kind for one test, with every table and no row."""
    if backend == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres")
        with server.fresh() as url:
            yield url
    else:
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('migrated_file'), tmp_path / 'plainspeak.db')}"


@pytest.fixture(scope="session")
def bundled_model() -> Path:
    return ROOT / "models" / "plainspeak-mini.Q4_K_M.gguf"


@pytest.fixture(scope="session")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runtime]:
    folder = tmp_path_factory.mktemp("runtime")
    runtime = bootstrap.build(Settings(database_url=f"sqlite:///{folder / 'plainspeak.db'}"))
    yield runtime
    runtime.close()


@pytest.fixture(scope="session")
def client(runtime: Runtime) -> TestClient:
    """A caller of the whole application, which answers also what nobody expected as a server would."""
    return TestClient(create_app(runtime), base_url=URL, raise_server_exceptions=False)


@pytest.fixture
def database_file(tmp_path: Path) -> Path:
    return tmp_path / "plainspeak.db"


@pytest.fixture
def service_settings(database_file: Path) -> dict[str, object]:
    """Settings that name the database of `open_client`. A module that is run over both kinds overrides it."""
    return {"database_url": f"sqlite:///{database_file}"}


@pytest.fixture
def settings_over_both(migrated_url: str) -> dict[str, object]:
    """What such a module overrides it with. Beside a server there is no folder to keep a key in."""
    return {"database_url": migrated_url, "secret_key": "k" * 32}


@pytest.fixture
def open_client(service_settings: dict[str, object]) -> Iterator[OpenClient]:
    """Start an application of its own on the database of `service_settings`; keywords are settings."""
    with ExitStack() as stack:

        def open_one(**values: object) -> TestClient:
            settings = Settings.model_validate(service_settings | values)
            web = create_app(bootstrap.build(settings))
            return stack.enter_context(TestClient(web, base_url=URL, raise_server_exceptions=False))

        yield open_one


@pytest.fixture
def environment(database_file: Path) -> dict[str, str]:
    """For a process of its own: the environment without a developer's settings, and a fresh database."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PLAINSPEAK_DATABASE_URL": f"sqlite:///{database_file}",
    }


@pytest.fixture
def serve(environment: dict[str, str], tmp_path: Path) -> Iterator[Serve]:
    """Serve and wait until it is ready; keywords are settings."""
    running: list[Served] = []

    def start(*, wait: bool = True, **settings: str) -> Served:
        port = int(settings.get("port", free_port()))
        log = tmp_path / f"serve-{len(running)}.log"
        values = {"port": str(port), "threads": "1", **settings}
        with log.open("wb") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "app.cli", "serve"],
                env=environment | {f"PLAINSPEAK_{name.upper()}": value for name, value in values.items()},
                cwd=tmp_path,
                stdout=out,
                stderr=out,
            )
        served = Served(process, port, log)
        running.append(served)
        deadline = time.monotonic() + START_S
        while wait and not served.is_ready():
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        return served

    yield start
    for served in running:
        served.process.kill()
        served.process.wait()
