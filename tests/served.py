"""A service in a process of its own, as tests start, ask and kill it."""

import json
import re
import socket
import subprocess
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

START_S = 300.0


@dataclass(frozen=True, slots=True)
class Served:
    """A service in a process of its own."""

    process: "subprocess.Popen[bytes]"
    port: int
    log: Path

    def ask(
        self, method: str, path: str, body: object = None, **headers: str
    ) -> tuple[int, Any, dict[str, str]]:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=120)) as connection:
            sent = None if body is None else json.dumps(body)
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, sent, {"content-type": "application/json", **named})
            response = connection.getresponse()
            return (
                response.status,
                json.loads(response.read()),
                {k.lower(): v for k, v in response.getheaders()},
            )

    def moderate(self, text: str) -> dict[str, Any]:
        status, answer, _ = self.ask("POST", "/moderate", {"text": text})
        assert status == 200, answer
        found: dict[str, Any] = answer
        return found

    def send_form(self, path: str, fields: dict[str, str], *, page_at: str | None = None) -> int:
        """Open a page with a form as a browser does, fill the form in and send it."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=120)) as connection:
            connection.request("GET", page_at or path)
            page = connection.getresponse()
            hidden = dict(
                re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.read().decode())
            )
            cookie = (page.getheader("set-cookie") or "").partition(";")[0]
            connection.request(
                "POST",
                path,
                urlencode({**hidden, **fields}),
                {"content-type": "application/x-www-form-urlencoded", "cookie": cookie},
            )
            return connection.getresponse().status

    def ask_page(self, path: str) -> str:
        """Open a page and give it."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=120)) as connection:
            connection.request("GET", path)
            return connection.getresponse().read().decode()

    def is_ready(self) -> bool:
        with suppress(OSError, HTTPException):
            return self.ask("GET", "/readyz")[0] == 200
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


Serve = Callable[..., Served]
