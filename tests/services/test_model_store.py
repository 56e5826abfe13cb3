"""Getting models: downloads against a stand-in of the hub's protocol, cards made by the real engine."""

import hashlib
import json
import resource
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from app.classifiers.gguf import card_path_of, open_classifier, read_card
from app.core.card import ScorerCard
from app.core.errors import DownloadFailed, ModelCorrupt, ModelError, ModelExists, ModelMismatch, ModelMissing
from app.core.types import Category, NormalizedText
from app.services.evaluation import LabelledText
from app.services.model_store import Source, add, pull
from tests.classifiers.lm import make_scorer

SOURCE = Source(repository="somebody/some-model", file="some.gguf", licence="MIT")
WEIGHTS = bytes(range(256)) * 94_000
"""Larger than two of the pieces in which the client writes to disk."""
UNLABELLED = (None,) * len(Category)


@dataclass
class Hub:
    """What the stand-in serves and what it was asked."""

    address: str = ""
    sha256: str = hashlib.sha256(WEIGHTS).hexdigest()
    cuts: int = 0
    """How many answers break off half-way."""
    ranges: list[str | None] = field(default_factory=list)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    monkeypatch.setenv("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    found = Hub()

    class Handler(BaseHTTPRequestHandler):
        def _head(self) -> bytes:
            asked = self.headers.get("range")
            first = int(asked.removeprefix("bytes=").split("-")[0]) if asked else 0
            if "/resolve/main/some.gguf" not in self.path:
                self.send_response(404)
                self.send_header("x-error-code", "EntryNotFound")
                self.send_header("content-length", "0")
                self.end_headers()
                return b""
            self.send_response(206 if asked else 200)
            self.send_header("etag", f'"{found.sha256}"')
            self.send_header("x-repo-commit", "0" * 40)
            self.send_header("accept-ranges", "bytes")
            self.send_header("content-length", str(len(WEIGHTS) - first))
            if asked:
                self.send_header("content-range", f"bytes {first}-{len(WEIGHTS) - 1}/{len(WEIGHTS)}")
            self.end_headers()
            return WEIGHTS[first:]

        def do_HEAD(self) -> None:
            self._head()

        def do_GET(self) -> None:
            found.ranges.append(self.headers.get("range"))
            body = self._head()
            if found.cuts:
                found.cuts -= 1
                body = body[: len(body) // 2]
                self.close_connection = True
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    found.address = f"http://127.0.0.1:{server.server_address[1]}"
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_model_is_downloaded_whole(hub: Hub, tmp_path: Path) -> None:
    path = pull(SOURCE, folder=tmp_path / "models", endpoint=hub.address)
    assert path == tmp_path / "models" / "some.gguf"
    assert path.read_bytes() == WEIGHTS


def test_a_download_that_broke_off_goes_on_where_it_stopped(hub: Hub, tmp_path: Path) -> None:
    hub.cuts = 1
    assert pull(SOURCE, folder=tmp_path, endpoint=hub.address).read_bytes() == WEIGHTS
    assert hub.ranges[0] is None
    assert any(hub.ranges[1:])


def test_a_file_that_is_not_the_one_the_hub_names_is_deleted(hub: Hub, tmp_path: Path) -> None:
    hub.sha256 = "f" * 64
    with pytest.raises(ModelMismatch, match="ffffffffffff"):
        pull(SOURCE, folder=tmp_path, endpoint=hub.address)
    assert not (tmp_path / "some.gguf").exists()


def test_a_file_the_hub_lacks_is_told(hub: Hub, tmp_path: Path) -> None:
    missing = Source(repository="somebody/some-model", file="other.gguf", licence="MIT")
    with pytest.raises(DownloadFailed, match=r"'other\.gguf' could not be downloaded"):
        pull(missing, folder=tmp_path, endpoint=hub.address)


def test_a_folder_that_cannot_be_written_is_told(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("", encoding="utf-8")
    with pytest.raises(DownloadFailed, match=r"could not be written in '.*/models' \(.*Make room there"):
        pull(SOURCE, folder=tmp_path / "models", endpoint=hub.address)


def test_without_a_network_the_next_step_is_told(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{probe.getsockname()[1]}"
        with pytest.raises(DownloadFailed, match="Check the network"):
            pull(SOURCE, folder=tmp_path, endpoint=address)


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A model without a card."""
    path = make_scorer(tmp_path / "own.gguf")
    card_path_of(path).unlink()
    return path


def read(text: str) -> NormalizedText:
    return NormalizedText(original=text, plain=text)


def added(path: Path, rows: list[LabelledText]) -> Path:
    return add(path, name="own", licence="MIT", rows=rows, read=read, threads=1)


def test_a_card_is_made_that_the_model_can_be_used_with(bare: Path) -> None:
    assert added(bare, []) == card_path_of(bare)
    classifier = open_classifier(bare, threads=1, queue_size=8)
    assert classifier.version.startswith("own@")
    (found,) = classifier.classify([read("N/A")])
    classifier.close()
    # A text without content says nothing: each of the nine words is as likely as any other.
    assert [signal.score for signal in found.signals] == pytest.approx([1 / 9] * 8 + [8 / 9], abs=1e-3)


def test_labelled_rows_move_the_calibration(bare: Path) -> None:
    texts = ["lovely day", "you fool", "see you soon", "i will hurt you"]
    rows = [
        LabelledText(text=text, harmful=place % 2 == 1, harm=UNLABELLED) for place, text in enumerate(texts)
    ]
    added(bare, rows)
    card = read_card(bare)
    assert isinstance(card, ScorerCard)
    assert card.calibration.overall.intercept != 0
    assert json.loads(card_path_of(bare).read_text())["calibrated_on"] == {"rows": 4}


def test_a_card_is_never_written_over(bare: Path) -> None:
    added(bare, [])
    with pytest.raises(ModelExists, match="Delete the card"):
        added(bare, [])


def test_a_card_that_cannot_be_written_whole_is_not_there(bare: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        with pytest.raises(ModelError, match=r"own\.card\.json' could not be written .*models add"):
            added(bare, [])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [*bare.parent.iterdir()] == [bare]


def test_what_is_no_model_is_refused_and_leaves_no_card(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing):
        added(tmp_path / "none.gguf", [])
    path = tmp_path / "no.gguf"
    path.write_bytes(b"GGUF")
    with pytest.raises(ModelCorrupt):
        added(path, [])
    assert not card_path_of(path).exists()
