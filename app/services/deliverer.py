"""Sends what the outbox holds, on a thread of its own, until the receivers have it.

Every process that serves has one. Each looks a few times a second which endpoints may be told something,
takes what is due under a lease, sends it at once, and keeps what came of it. A process that is killed loses
nothing: the lease runs out and another, or the same one started again, sends it. So an event arrives at
least once, and its id tells a receiver when it comes again.
"""

import random
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cache, partial
from importlib.metadata import version

import anyio
import anyio.to_thread
import httpx2
import structlog
from anyio.abc import TaskGroup

from app.core.addresses import is_public
from app.core.errors import SecretUnreadable, TargetRefused
from app.core.webhooks import Delivery, Endpoint, Reply, after_replies, settle, signature_of
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.services.sealing import Sealer
from app.services.webhooks import private_refusal

_LOG = structlog.get_logger()
POLL_S = 0.5
"""Between two looks at the database; a look is one short read."""
AT_ONCE = 8
"""Deliveries that one endpoint gets at a time; a single one while it is not known to be back."""
LEASE_BEYOND_S = 15.0
"""How much longer a lease lasts than an attempt may: time to store it, and what came of the attempt."""
MOST_ANSWER_BYTES = 65_536
"""What is read of an answer, so that the connection can be used again. Nothing of it is kept."""
_USER_AGENT = f"Plainspeak/{version('plainspeak')}"
_PORTS = {"http": 80, "https": 443}


class Deliverer:
    """Works the outbox off."""

    def __init__(
        self,
        ledger: Ledger,
        queries: Queries,
        *,
        clock: Callable[[], datetime],
        sealer: Sealer,
        timeout_s: float,
        private_targets: bool,
    ) -> None:
        """Bring the parts together.

        Args:
            ledger: every write.
            queries: every read.
            clock: the time now, UTC.
            sealer: opens the secrets of endpoints.
            timeout_s: how long one attempt may take in all.
            private_targets: whether events may go to this machine and private networks.
        """
        self._ledger = ledger
        self._queries = queries
        self._clock = clock
        self._sealer = sealer
        self._timeout_s = timeout_s
        self._private_targets = private_targets
        self._lease = timedelta(seconds=timeout_s + LEASE_BEYOND_S)
        self._in_work: set[str] = set()
        """Endpoints that this process is telling something."""
        self._stop = threading.Event()
        self._thread = threading.Thread(
            target=partial(anyio.run, self._run), name="plainspeak-webhooks", daemon=True
        )

    def start(self) -> None:
        """Send from now on."""
        self._thread.start()

    def close(self) -> None:
        """Stop; what is being sent is broken off, and sent again by whoever comes next."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    async def _run(self) -> None:
        async with anyio.create_task_group() as tasks:
            while not self._stop.is_set():
                await self._look(tasks)
                await anyio.sleep(POLL_S)
            tasks.cancel_scope.cancel()

    async def _look(self, tasks: TaskGroup) -> None:
        """Begin with each endpoint that may be told something."""
        try:
            due = await anyio.to_thread.run_sync(lambda: self._queries.endpoints_due(self._clock()))
        # Whatever keeps it from being read now, it is looked at again.
        except Exception as error:  # noqa: BLE001
            _LOG.warning("webhooks.not_read", error=type(error).__name__)
            return
        for endpoint in due:
            if endpoint.id not in self._in_work:
                self._in_work.add(endpoint.id)
                tasks.start_soon(self._work_off, endpoint)

    async def _work_off(self, endpoint: Endpoint) -> None:
        """Tell one endpoint what is due, until nothing is or it takes nothing more for now."""
        try:
            # A client of its own: no connection that was opened for one name is used for another.
            async with httpx2.AsyncClient(
                verify=_tls(), trust_env=False, follow_redirects=False, timeout=self._timeout_s
            ) as client:
                told: Endpoint | None = endpoint
                while told is not None and not self._stop.is_set():
                    told = await self._tell(client, told)
        # Whatever goes wrong with one endpoint, the others are told; and nothing is lost, for leases run out.
        except Exception as error:  # noqa: BLE001
            _LOG.warning("webhooks.not_told", endpoint=endpoint.id, error=type(error).__name__)
        finally:
            self._in_work.discard(endpoint.id)

    async def _tell(self, client: httpx2.AsyncClient, endpoint: Endpoint) -> Endpoint | None:
        """Send some of what is due; give the endpoint where more may be sent at once."""
        claimed_at = self._clock()
        until = claimed_at + self._lease
        deliveries = await anyio.to_thread.run_sync(
            lambda: self._ledger.claim_deliveries(
                endpoint.id, now=claimed_at, until=until, limit=1 if endpoint.failures else AT_ONCE
            )
        )
        if not deliveries:
            return None
        replies = await self._send_all(client, endpoint, deliveries)
        now = self._clock()
        # Spreads attempts; nobody gains by guessing it.
        tried = [
            settle(delivery, reply, now=now, jitter=random.random())  # noqa: S311
            for delivery, reply in zip(deliveries, replies, strict=True)
        ]
        after = after_replies(endpoint, replies, now=now, jitter=random.random())  # noqa: S311
        await anyio.to_thread.run_sync(lambda: self._ledger.keep_attempts(after, tried, lease=until, now=now))
        for each in tried:
            _LOG.info(
                "webhooks.tried",
                endpoint=endpoint.id,
                event_id=each.event_id,
                state=each.state.value,
                status=each.status,
                attempts=each.attempts,
            )
        return after if after.wait_until is None else None

    async def _send_all(
        self, client: httpx2.AsyncClient, endpoint: Endpoint, deliveries: Sequence[Delivery]
    ) -> list[Reply]:
        """Send at the same time, and give what came of each in order."""
        replies: dict[int, Reply] = {}

        async def send(delivery: Delivery) -> None:
            replies[delivery.number] = await self._attempt(client, endpoint, delivery)

        async with anyio.create_task_group() as tasks:
            for delivery in deliveries:
                tasks.start_soon(send, delivery)
        return [replies[delivery.number] for delivery in deliveries]

    async def _attempt(self, client: httpx2.AsyncClient, endpoint: Endpoint, delivery: Delivery) -> Reply:
        try:
            with anyio.fail_after(self._timeout_s):
                status = await self._send(client, endpoint, delivery)
        except TimeoutError:
            return Reply(None, f"No answer within {self._timeout_s:g} s.")
        except (TargetRefused, SecretUnreadable) as error:
            return Reply(None, str(error))
        # A name that cannot be one raises UnicodeError.
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, UnicodeError) as error:
            return Reply(None, f"{type(error).__name__}: {error}")
        is_redirect = 300 <= status < 400
        return Reply(status, "Redirects are not followed. Give the address itself." if is_redirect else "")

    async def _send(self, client: httpx2.AsyncClient, endpoint: Endpoint, delivery: Delivery) -> int:
        """Send once and give the status; raises what the network raises."""
        url = httpx2.URL(endpoint.url)
        refusal: httpx2.TransportError | None = None
        for address in await self._addresses(url):
            try:
                return await self._post(client, url, address=address, endpoint=endpoint, delivery=delivery)
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
                refusal = error
        raise refusal or OSError(f"The name {url.host!r} has no address.")

    async def _addresses(self, url: httpx2.URL) -> list[str]:
        """Every address of the receiver; raises TargetRefused where one of them may not be sent to."""
        port = url.port or _PORTS[url.scheme]
        found = await anyio.getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        if not self._private_targets and not all(is_public(each) for each in addresses):
            raise TargetRefused(private_refusal(url.host))
        return addresses

    async def _post(
        self,
        client: httpx2.AsyncClient,
        url: httpx2.URL,
        *,
        address: str,
        endpoint: Endpoint,
        delivery: Delivery,
    ) -> int:
        """Send to the very address that was looked at: asked again, the name may stand for another."""
        sent_at = self._clock()
        signature = signature_of(
            self._sealer.unseal(endpoint.sealed_secret),
            event_id=delivery.event_id,
            sent_at=sent_at,
            payload=delivery.payload,
        )
        headers = {
            "host": url.netloc.decode("ascii"),
            "content-type": "application/json",
            "user-agent": _USER_AGENT,
            "webhook-id": delivery.event_id,
            "webhook-timestamp": str(int(sent_at.timestamp())),
            "webhook-signature": signature,
        }
        async with client.stream(
            "POST",
            url.copy_with(host=address),
            content=delivery.payload.encode(),
            headers=headers,
            # The certificate must be that of the name.
            extensions={"sni_hostname": url.host},
        ) as response:
            read = 0
            async for chunk in response.aiter_raw():
                read += len(chunk)
                if read > MOST_ANSWER_BYTES:
                    break
            return response.status_code


@cache
def _tls() -> ssl.SSLContext:
    """Made once, when the first endpoint is told something: reading the certificates takes a while."""
    return httpx2.create_ssl_context()
