"""A site that takes webhooks, as tests let it fail."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from tests.served import free_port


class Receiver:
    """A site that takes webhooks, at a port that is its own also while it is down."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/hooks?token=of-the-receiver"
        self.webhook: Webhook | None = None
        self.taken: list[dict[str, Any]] = []
        """Messages that were answered with 200, in the order of arrival."""
        self.ids: list[str] = []
        self.refused: list[str] = []
        self.slow_s = 0.0
        self.refusals = 0
        """How often it still answers 500."""
        self.redirect = False
        self._lock = threading.Lock()
        self._server: ThreadingHTTPServer | None = None

    def up(self) -> None:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                status = receiver.take(body, dict(self.headers))
                self.send_response(status)
                if status == 302:
                    self.send_header("location", f"http://127.0.0.1:{receiver.port}/elsewhere")
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def down(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def take(self, body: bytes, headers: dict[str, str]) -> int:
        time.sleep(self.slow_s)
        assert self.webhook is not None
        try:
            message = self.webhook.verify(body, headers)
        except WebhookVerificationError:
            self.refused.append("unverified")
            return 401
        with self._lock:
            if self.redirect:
                self.refused.append("redirected")
                return 302
            if self.refusals:
                self.refusals -= 1
                self.refused.append(message["data"]["decision"])
                return 500
            self.ids.append({k.lower(): v for k, v in headers.items()}["webhook-id"])
            self.taken.append(message)
        return 200

    def wait_for(self, count: int) -> None:
        """Wait until so many different events were taken."""
        while len(set(self.ids)) < count:
            time.sleep(0.05)
