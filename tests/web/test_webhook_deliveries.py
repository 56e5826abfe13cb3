"""What a service sends, to whom, and to whom never: a real receiver, the service within this process."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from standardwebhooks import Webhook

from app import bootstrap
from app.core.access import Scope
from app.core.errors import NotFound, TargetRefused
from app.services.webhooks import EventKind
from app.settings import Settings
from tests.receiver import Receiver

OpenClient = Callable[..., TestClient]
MakeKey = Callable[..., str]
Add = Callable[..., str]
# A lease that outlasts a busy machine.
PATIENT = {"webhook_private_targets": True, "webhook_timeout_s": 60}


@pytest.fixture
def service_settings(settings_over_both: dict[str, object]) -> dict[str, object]:
    return settings_over_both


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    receiver.up()
    yield receiver
    receiver.down()


@pytest.fixture
def add(service_settings: dict[str, object]) -> Add:
    """Add an endpoint as the command line does, and give its secret."""

    def add(url: str, *kinds: EventKind, key_id: str | None = None, private_targets: bool = True) -> str:
        settings = Settings.model_validate(service_settings | {"webhook_private_targets": private_targets})
        with bootstrap.open_webhooks(settings) as webhooks:
            return webhooks.add(url, key_id=key_id, kinds=kinds or tuple(EventKind))[1]

    return add


def judge(client: TestClient, text: str = "have a lovely day", **headers: str) -> str:
    answer = client.post("/moderate", json={"text": text}, headers=headers)
    assert answer.status_code == 200, answer.text
    decision: str = answer.json()["id"]
    return decision


def wait_for_page(client: TestClient, words: str) -> None:
    while words not in client.get("/webhooks").text:
        time.sleep(0.05)


def test_two_services_on_one_database_send_each_event_once(
    open_client: OpenClient, add: Add, receiver: Receiver
) -> None:
    receiver.webhook = Webhook(add(receiver.url, EventKind.DECISION_CREATED))
    both = [open_client(**PATIENT) for _ in range(2)]

    with ThreadPoolExecutor(4) as pool:
        decisions = list(pool.map(lambda number: judge(both[number % 2], f"good day {number}"), range(20)))
    receiver.wait_for(20)
    wait_for_page(both[0], "Waiting <b>0</b>")

    assert sorted(each["data"]["decision"] for each in receiver.taken) == sorted(decisions)
    assert {each["type"] for each in receiver.taken} == {"decision.created"}


def test_an_endpoint_of_a_key_hears_of_its_posts_alone_and_redirects_are_not_followed(
    open_client: OpenClient, add: Add, make_key: MakeKey, receiver: Receiver
) -> None:
    key = make_key(Scope.ADMIN)
    receiver.webhook = Webhook(add(receiver.url, key_id=key[:11]))
    receiver.redirect = True
    client = open_client(**PATIENT)

    judge(client)
    decision = judge(client, **{"x-api-key": key})
    wait_for_page(client, "Answered 302")
    receiver.redirect = False
    receiver.wait_for(1)

    assert set(receiver.refused) == {"redirected"}
    assert {each["data"]["decision"] for each in receiver.taken} == {decision}


def test_nothing_goes_to_a_private_address_also_where_a_name_hides_it(
    open_client: OpenClient, add: Add, receiver: Receiver
) -> None:
    """The endpoint was added while it was allowed; whom the name stands for is looked at when it is sent."""
    receiver.webhook = Webhook(add(f"http://localhost:{receiver.port}/"))
    client = open_client()

    judge(client)
    wait_for_page(client, "in a private network")

    assert (receiver.taken, receiver.refused) == ([], [])


def test_without_the_secret_of_the_service_nothing_can_be_read_or_signed(
    open_client: OpenClient, add: Add, receiver: Receiver, database_file: Path
) -> None:
    secret = add(receiver.url)
    receiver.webhook = Webhook(secret)
    kept = b"".join(each.read_bytes() for each in database_file.parent.glob(f"{database_file.name}*"))
    assert secret.startswith("whsec_")
    assert secret.removeprefix("whsec_").encode() not in kept

    client = open_client(**PATIENT, secret_key="another secret of thirty-two chars")
    judge(client)
    wait_for_page(client, "kept under another PLAINSPEAK_SECRET_KEY")

    assert (receiver.taken, receiver.refused) == ([], [])


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://127.0.0.1:9/", "PLAINSPEAK_WEBHOOK_PRIVATE_TARGETS"),
        ("http://[::ffff:10.0.0.1]/", "PLAINSPEAK_WEBHOOK_PRIVATE_TARGETS"),
        ("http://LOCALHOST/", "PLAINSPEAK_WEBHOOK_PRIVATE_TARGETS"),
        ("https://169.254.169.254/latest", "PLAINSPEAK_WEBHOOK_PRIVATE_TARGETS"),
        ("ftp://forum.example/", "Give one like https://"),
        ("https:///hooks", "Give one like https://"),
        ("forum.example/hooks", "Give one like https://"),
        ("https://forum.example:99999/", "which is none"),
        ("https://[::1/", "which is none"),
        ("https://me:secret@forum.example/", "has a name, a password or a fragment"),
        ("https://forum.example/#a", "has a name, a password or a fragment"),
        ("https://forum.example/a b", "ASCII characters"),
        ("https://förum.example/", "ASCII characters"),
        ("https://forum.example/" + "a" * 2000, "at most 2000"),
    ],
)
def test_an_address_that_nothing_can_or_may_go_to_is_refused(add: Add, url: str, words: str) -> None:
    with pytest.raises(TargetRefused, match=words):
        add(url, private_targets=False)


def test_an_endpoint_of_no_key_in_use_is_refused(add: Add) -> None:
    with pytest.raises(NotFound, match="plainspeak keys list"):
        add("https://forum.example/", key_id="ps_00000000")
