"""The server of llama-cpp-python on loopback, for as long as a measurement takes."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import httpx

START_S = 600


@contextmanager
def llama_server(model: Path, *, threads: int, context_tokens: int, logprobs: bool = False) -> Iterator[str]:
    """Give the address of a server with one model, on a free port, until the block ends.

    Args:
        model: a GGUF.
        threads: of the engine.
        context_tokens: size of the KV cache.
        logprobs: whether it tells log-probabilities; it then keeps the logits of every token.

    Raises:
        SystemExit: it does not start.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "model": model,
        "host": "127.0.0.1",
        "port": port,
        "n_ctx": context_tokens,
        "n_threads": threads,
        "n_threads_batch": threads,
        "logits_all": str(logprobs).lower(),
        "verbose": "false",
    }
    options = [str(each) for name, value in settings.items() for each in (f"--{name}", value)]
    # Our own interpreter, and numbers and a path of our own.
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", "llama_cpp.server", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, process)
            yield address
        finally:
            process.terminate()


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    """Wait until it answers."""
    deadline = monotonic() + START_S
    while process.poll() is None and monotonic() < deadline:
        try:
            if httpx.get(f"{address}/v1/models").is_success:
                return
        except httpx.TransportError:
            sleep(0.2)
    raise SystemExit(f"The server at {address} did not start. Install llama-cpp-python[server].")
