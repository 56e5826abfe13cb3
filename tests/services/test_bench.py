"""The measuring itself, against a small server that answers at once."""

import json
import os
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from app.core.errors import PlainspeakError, SettingsInvalid
from app.services.bench import CONCURRENCY, Benchmark, distinct_texts, run_benchmark
from app.services.server_process import start_server

ROOT = Path(__file__).parents[2]


class Service(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.seen: Counter[str] = Counter()
        self.status = 200
        self.hangs_up = False


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Service

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.seen[json.loads(body)["text"]] += 1
        self.send_response(self.server.status)
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"{}")
        # Without a word about it, as a server does whose client idled.
        self.close_connection = self.server.hangs_up

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def service() -> Iterator[Service]:
    with Service() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def run(service: Service, *, scored: list[str] | None = None) -> Benchmark:
    def raw(texts: Sequence[str]) -> None:
        if scored is not None:
            scored.extend(texts)

    host, port = service.server_address[:2]
    return run_benchmark(
        raw, host=str(host), port=int(port), server_rss_mb=lambda: 123.0, requests=32, rounds=2
    )


def test_texts_are_all_different_and_always_the_same() -> None:
    texts = distinct_texts(500)
    assert len(set(texts)) == 500
    assert texts == distinct_texts(500)
    assert all(10 <= len(text.split()) <= 90 for text in texts)


def test_both_sides_score_the_same_texts_once(service: Service) -> None:
    scored: list[str] = []
    found = run(service, scored=scored)
    assert set(service.seen.values()) == {1}
    assert Counter(scored) == service.seen
    assert len(scored) == 96
    assert (found.texts, found.rounds, found.concurrency, found.server_rss_mb) == (64, 2, CONCURRENCY, 123.0)
    assert 0 < found.p50_ms <= found.p95_ms
    assert found.throughput_rps > 0


def test_a_service_that_hangs_up_on_idle_connections_is_asked_again(service: Service) -> None:
    service.hangs_up = True
    assert run(service).texts == 64
    assert len(service.seen) == 96


def test_a_refusal_ends_the_measuring(service: Service) -> None:
    service.status = 503
    with pytest.raises(PlainspeakError, match="answered 503"):
        run(service)


def test_a_service_that_does_not_start_says_why(environment: dict[str, str], tmp_path: Path) -> None:
    broken = {**environment, "PLAINSPEAK_POLICY": str(tmp_path / "none.toml")}
    with (
        pytest.raises(SettingsInvalid, match=r"did not start: (?s:.*)no policy"),
        start_server(broken, folder=ROOT),
    ):
        pytest.fail("It must not start.")


def test_a_started_service_answers_and_is_gone_at_the_end(environment: dict[str, str]) -> None:
    with start_server(environment, folder=ROOT) as server:
        assert server.host == "127.0.0.1"
        assert server.rss_mb() > 1
    with pytest.raises(ProcessLookupError):
        os.kill(server.process_id, 0)
