"""The use cases around webhooks: add and remove endpoints, see what was sent, send it once more."""

import base64
import ipaddress
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from app.core.addresses import is_public
from app.core.errors import NotFound, TargetRefused
from app.core.webhooks import (
    ENDPOINT_PREFIX,
    SECRET_BYTES,
    SECRET_PREFIX,
    Delivery,
    DeliveryState,
    Endpoint,
    EventKind,
)
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.services.sealing import Sealer

__all__ = ["Delivery", "DeliveryState", "Endpoint", "EventKind", "ListedEndpoint", "WebhookService"]

MOST_URL_CHARS = 2000


@dataclass(frozen=True, slots=True)
class ListedEndpoint:
    """An endpoint and how many deliveries of it are in each state."""

    endpoint: Endpoint
    key_revoked: bool
    """Then it is told nothing any more."""
    counts: dict[DeliveryState, int]


class WebhookService:
    """Looks after endpoints and deliveries."""

    def __init__(
        self,
        ledger: Ledger,
        queries: Queries,
        *,
        clock: Callable[[], datetime],
        sealer: Sealer,
        private_targets: bool,
    ) -> None:
        self._ledger = ledger
        self._queries = queries
        self._clock = clock
        self._sealer = sealer
        self._private_targets = private_targets

    def add(self, url: str, *, key_id: str | None, kinds: Sequence[EventKind]) -> tuple[Endpoint, str]:
        """Make an endpoint; give what is kept of it, and its secret, which cannot be had again.

        Raises:
            TargetRefused: nothing may be sent to the address.
            NotFound: there is no such key in use.
        """
        check_target(url, private_targets=self._private_targets)
        if key_id is not None and not any(
            key.id == key_id and key.revoked_at is None for key in self._queries.api_keys()
        ):
            raise NotFound(
                f"There is no key {key_id!r} in use. `plainspeak keys list` shows those there are."
            )
        secret = secrets.token_bytes(SECRET_BYTES)
        endpoint = Endpoint(
            id=ENDPOINT_PREFIX + secrets.token_hex(4),
            key_id=key_id,
            url=url,
            kinds=tuple(kinds),
            sealed_secret=self._sealer.seal(secret),
            created_at=self._clock(),
        )
        self._ledger.add_endpoint(endpoint)
        return endpoint, SECRET_PREFIX + base64.b64encode(secret).decode()

    def remove(self, endpoint_id: str) -> None:
        """Delete an endpoint and all its deliveries; raises NotFound where there is none."""
        self._ledger.remove_endpoint(endpoint_id, now=self._clock())

    def all(self) -> tuple[ListedEndpoint, ...]:
        """Every endpoint, the oldest first."""
        counts = self._queries.delivery_counts()
        revoked = {key.id for key in self._queries.api_keys() if key.revoked_at is not None}
        return tuple(
            ListedEndpoint(each, key_revoked=each.key_id in revoked, counts=counts.get(each.id, {}))
            for each in self._queries.endpoints()
        )

    def deliveries(
        self, *, state: DeliveryState | None, before: int | None, limit: int
    ) -> tuple[Delivery, ...]:
        """Deliveries, the newest first, from before a number."""
        return self._queries.deliveries(state=state, before=before, limit=limit)

    def replay(self, number: int) -> None:
        """Have a delivery made once more, under the same id; raises NotFound where there is none."""
        self._ledger.replay(number, now=self._clock())

    def replay_failed(self) -> int:
        """Have everything that was given up made once more; give how many there were."""
        return self._ledger.replay_failed(now=self._clock())


def check_target(url: str, *, private_targets: bool) -> None:
    """Refuse an address that nothing can or may be sent to, as far as the address alone says.

    Raises:
        TargetRefused: with what is wrong.
    """
    shown = repr(url[:80])
    if len(url) > MOST_URL_CHARS or not url.isascii() or not url.isprintable() or " " in url:
        raise TargetRefused(f"The address is {shown}. Give one of at most {MOST_URL_CHARS} ASCII characters.")
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise TargetRefused(f"The address is {shown}, which is none ({error}).") from error
    if parts.scheme not in {"http", "https"} or not host or port == 0:
        raise TargetRefused(f"The address is {shown}. Give one like https://forum.example/hooks.")
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise TargetRefused(
            f"The address of {host!r} has a name, a password or a fragment in it. Leave them out: "
            "the receiver knows a message by its signature."
        )
    if not private_targets and _is_private(host):
        raise TargetRefused(private_refusal(host))


def _is_private(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        # What a name stands for is looked at whenever something is sent.
        return False
    return not is_public(host)


def private_refusal(host: str) -> str:
    """Why nothing is sent to this machine or its network."""
    return (
        f"{host!r} is on this machine or in a private network, where webhooks do not go. "
        "Set PLAINSPEAK_WEBHOOK_PRIVATE_TARGETS=true to allow it."
    )
