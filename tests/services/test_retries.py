"""A request that is sent again gets the decision it got before: at once, later, and after a crash."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import uuid_utils
from sqlalchemy import text

from app.classifiers.scripted import ScriptedClassifier
from app.core.errors import IdempotencyKeyReused
from app.core.lexicon import parse_lexicon
from app.core.policy import parse_policy
from app.core.types import Classification, Content, NormalizedText
from app.db.engine import Database, open_database
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.db.writer import GroupWriter
from app.services.judge import Judge
from app.services.moderation import ModerationService, Origin

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
HOURS = 24
SECRET = b"a secret of a test"
POST = Content("hello", content_id="post-1")
ASKED = Origin(key="k-1", asked=b"hello")

Open = Callable[[], ModerationService]


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def model() -> ScriptedClassifier:
    return ScriptedClassifier({})


@pytest.fixture
def judge(model: ScriptedClassifier) -> Judge:
    policy = (ROOT / "policies" / "default.toml").read_text(encoding="utf-8")
    return Judge(classifier=model, lexicon=parse_lexicon({}), policy=parse_policy(policy), max_chars=100)


@pytest.fixture
def open_service(service_database: Database, judge: Judge, clock: Clock) -> Iterator[Open]:
    """Start one more service on the database, as another process would."""
    with ExitStack() as stack:

        def start() -> ModerationService:
            database = stack.enter_context(open_database(str(service_database.writer.url), busy_timeout_s=30))
            writer = stack.enter_context(GroupWriter(database.writer))
            return ModerationService(
                lambda: judge,
                Ledger(writer),
                Queries(database.reader),
                clock=clock,
                new_id=lambda: str(uuid_utils.uuid7()),
                secret=SECRET,
                retry_window=timedelta(hours=HOURS),
            )

        yield start


@pytest.fixture
def service(open_service: Open) -> ModerationService:
    return open_service()


def kept(queries: Queries) -> list[str]:
    return [decision.id for decision in queries.decisions()]


@pytest.mark.parametrize("store", [True, False])
def test_a_request_with_the_same_key_gets_the_same_answer(
    service: ModerationService, queries: Queries, *, store: bool
) -> None:
    first = service.moderate(Content("hello"), store=store, origin=ASKED)
    again = service.moderate(Content("hello"), store=store, origin=ASKED)

    assert again == first
    assert again.text.original == "hello"
    assert kept(queries) == [first.decision.id]


def test_a_retry_is_answered_while_the_model_is_out(
    service: ModerationService, model: ScriptedClassifier
) -> None:
    first = service.moderate(POST, origin=ASKED)
    model.fill_queue()

    assert service.moderate(POST, origin=ASKED) == first
    assert service.moderate(POST) == first


def test_the_same_key_with_another_request_is_refused(service: ModerationService, queries: Queries) -> None:
    first = service.moderate(Content("hello"), origin=ASKED)

    with pytest.raises(IdempotencyKeyReused, match="new key"):
        service.moderate(Content("bye"), origin=replace(ASKED, asked=b"bye"))
    assert kept(queries) == [first.decision.id]


def test_keys_and_ids_belong_to_their_caller(service: ModerationService, queries: Queries) -> None:
    for caller in ("", "ps_00000001", "ps_00000002"):
        service.moderate(Content("hello"), origin=replace(ASKED, caller=caller))
        service.moderate(POST, origin=Origin(caller=caller))

    assert len(kept(queries)) == 6


def test_the_same_post_with_the_same_id_gets_the_same_answer(
    service: ModerationService, queries: Queries
) -> None:
    first = service.moderate(POST)

    assert service.moderate(POST) == first
    assert service.moderate_many([(POST, True), (Content("hello"), True)])[0] == first
    assert len(kept(queries)) == 2


def test_a_changed_text_under_the_same_id_is_judged_anew(service: ModerationService) -> None:
    first = service.moderate(POST)
    edited = service.moderate(replace(POST, text="bye"))

    assert edited.decision.id != first.decision.id
    assert service.moderate(replace(POST, text="bye")) == edited
    assert service.moderate(POST).decision.id not in {first.decision.id, edited.decision.id}


def test_a_post_that_is_not_to_be_stored_any_more_is_judged_anew(service: ModerationService) -> None:
    stored = service.moderate(POST)

    assert service.moderate(POST, store=False).decision.id != stored.decision.id


def test_a_batch_that_comes_again_gets_its_answers_in_order(
    service: ModerationService, queries: Queries
) -> None:
    posts = [(Content(f"text {number}"), True) for number in range(30)]
    first = service.moderate_many(posts, origin=ASKED)

    assert service.moderate_many(posts, origin=ASKED) == first
    assert kept(queries) == [answer.decision.id for answer in first]


def test_the_same_post_twice_in_a_batch_is_one_decision(service: ModerationService, queries: Queries) -> None:
    answers = service.moderate_many([(POST, True), (replace(POST, text="edited"), True), (POST, True)])
    twice = service.moderate_many([(Content("a", content_id="a"), True)] * 2)

    assert len({answer.decision.id for answer in answers}) == 3
    assert twice[0] == twice[1]
    assert len(kept(queries)) == 4


def test_a_new_key_over_posts_that_are_known_is_bound_to_them(
    service: ModerationService, queries: Queries
) -> None:
    first = service.moderate(POST)
    assert service.moderate(POST, origin=ASKED) == first

    assert service.moderate(POST, origin=ASKED) == first
    with pytest.raises(IdempotencyKeyReused):
        service.moderate(POST, origin=replace(ASKED, asked=b"other"))
    assert kept(queries) == [first.decision.id]


@pytest.mark.parametrize("origin", [Origin(), ASKED])
def test_after_its_time_a_request_is_judged_anew(
    service: ModerationService, clock: Clock, service_database: Database, origin: Origin
) -> None:
    first = service.moderate(POST, origin=origin)
    clock.now = NOW + timedelta(hours=HOURS, seconds=-1)
    assert service.moderate(POST, origin=origin) == first
    clock.now = NOW + timedelta(hours=HOURS)

    assert service.moderate(POST, origin=origin).decision.id != first.decision.id
    with service_database.reader.connect() as connection:
        expiries = connection.execute(text("SELECT DISTINCT expires_at FROM receipts")).scalars().all()
    assert expiries == ["2026-11-24T08:30:00.000000Z"]


@pytest.mark.parametrize("origin", [Origin(), ASKED])
def test_many_at_once_in_two_processes_get_one_decision(
    open_service: Open, queries: Queries, origin: Origin
) -> None:
    services = [open_service(), open_service()]
    together = threading.Barrier(16)

    def ask(number: int) -> str:
        together.wait()
        return services[number % 2].moderate(POST, origin=origin).decision.id

    with ThreadPoolExecutor(16) as pool:
        found = set(pool.map(ask, range(16)))

    assert found == set(kept(queries))
    assert len(found) == 1


def test_of_two_requests_at_once_with_one_key_one_is_refused_and_leaves_nothing(
    open_service: Open, queries: Queries
) -> None:
    services = [open_service(), open_service()]
    together = threading.Barrier(2)

    def ask(number: int) -> str:
        together.wait()
        try:
            origin = replace(ASKED, asked=str(number).encode())
            return services[number].moderate(Content(f"text {number}"), origin=origin).decision.id
        except IdempotencyKeyReused:
            return "refused"

    with ThreadPoolExecutor(2) as pool:
        found = set(pool.map(ask, range(2)))

    assert found == {"refused", *kept(queries)}
    assert len(found) == 2


def test_a_decision_that_was_erased_is_made_anew(
    service: ModerationService, service_database: Database
) -> None:
    first = service.moderate(POST, origin=ASKED)
    with service_database.writer.begin() as connection:
        connection.execute(text("DELETE FROM decisions"))

    assert service.moderate(POST, origin=ASKED).decision.id != first.decision.id


def test_a_decision_that_is_erased_while_another_post_is_judged_is_made_anew(
    *,
    service: ModerationService,
    service_database: Database,
    model: ScriptedClassifier,
    queries: Queries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = service.moderate(POST)
    classify = model.classify

    def erase_meanwhile(texts: Sequence[NormalizedText]) -> list[Classification]:
        with service_database.writer.begin() as connection:
            connection.execute(text("DELETE FROM decisions"))
        return classify(texts)

    monkeypatch.setattr(model, "classify", erase_meanwhile)
    answers = service.moderate_many([(POST, True), (Content("another"), True)], origin=ASKED)

    assert first.decision.id not in {answer.decision.id for answer in answers}
    assert sorted(answer.decision.id for answer in answers) == kept(queries)


def test_nothing_of_a_key_or_an_id_can_be_read_from_a_receipt(
    service: ModerationService, service_database: Database
) -> None:
    service.moderate(POST, origin=ASKED)

    with service_database.reader.connect() as connection:
        rows = str(connection.execute(text("SELECT * FROM receipts")).all())
    assert "k-1" not in rows
    assert "post-1" not in rows
