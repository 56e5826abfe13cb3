"""The only file that picks concrete classes: settings in, services out."""

import os
import secrets
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
import uuid_utils

from app.classifiers.gguf import open_classifier, read_card
from app.classifiers.language import LanguageGuesser
from app.classifiers.rawloop import RawLoop
from app.core.errors import ModelError, PolicyInvalid, StorageError
from app.core.lexicon import Lexicon, Term, parse_lexicon
from app.core.policy import Policy, parse_policy
from app.core.revisions import states_of
from app.db.engine import Database, check_schema, open_database, upgrade
from app.db.erasure import Eraser
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.db.writer import GroupWriter
from app.services import server_process
from app.services.appeals import AppealService
from app.services.decisions import DecisionService
from app.services.demo import Demo, TimeMachine
from app.services.discovery import DiscoveryService
from app.services.export import ExportService
from app.services.feedback import FeedbackService
from app.services.health import HealthService
from app.services.keys import KeyRing, KeyService
from app.services.lexicon import read_files, read_texts
from app.services.lexicon_desk import LexiconDesk
from app.services.live_lexicon import LiveLexicon
from app.services.moderation import Judge, ModerationService
from app.services.people import PeopleService
from app.services.review import ReviewService
from app.services.server_process import Server
from app.settings import ROOT, Settings

_LOG = structlog.get_logger()
BENIGN = ROOT / "tests" / "corpus" / "benign.jsonl"
_RETRY_S = 5.0
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Runtime:
    """Everything the doors need."""

    settings: Settings
    moderation: ModerationService
    review: ReviewService
    appeals: AppealService
    decisions: DecisionService
    export: ExportService
    lexicon: LexiconDesk
    discovery: DiscoveryService
    health: HealthService
    feedback: FeedbackService
    ring: KeyRing
    people: PeopleService
    secret: bytes
    close: Callable[[], None]
    """Finish what was accepted, then let go of the model and the database."""


class JudgeSlot:
    """Holds the judge, or the reason why there is none.

    While the model cannot be used, the pages stay up, every request is told why, and the file is tried again,
    so that putting it in place is enough.
    """

    def __init__(self, load: Callable[[Lexicon], Judge], lexicon: Lexicon) -> None:
        self._load = load
        self._lexicon = lexicon
        self._lock = threading.Lock()
        self._judge: Judge | None = None
        self._error: ModelError | None = None
        self._tried_at = 0.0

    def judge(self) -> Judge:
        """The judge.

        Raises:
            ModelError: the model cannot be used.
        """
        # Without the lock first: once there is a judge, there is always one.
        return self._judge or self._load_once()

    def use(self, lexicon: Lexicon) -> None:
        """Judge with this lexicon from now on; what is being judged is finished with the one before."""
        with self._lock:
            self._lexicon = lexicon
            if self._judge is not None:
                self._judge = replace(self._judge, lexicon=lexicon)

    def close(self) -> None:
        """Stop the engine."""
        if self._judge is not None:
            self._judge.classifier.close()

    def _load_once(self) -> Judge:
        with self._lock:
            if self._judge is not None:
                return self._judge
            if self._error is not None and time.monotonic() - self._tried_at <= _RETRY_S:
                raise self._error.with_traceback(None)
            self._tried_at = time.monotonic()
            try:
                self._judge = self._load(self._lexicon)
            except ModelError as error:
                self._error = error
                _LOG.error("model.unusable", code=error.code, detail=str(error))
                raise
            _LOG.info("model.loaded", model=self._judge.classifier.version)
            return self._judge


def build(settings: Settings) -> Runtime:
    """Open the database, bring it up to date, load the model and connect the services.

    Raises:
        StorageError, LexiconInvalid, PolicyInvalid: the message says what is wrong and what next. A model
            that cannot be used is no error here: requests and `/readyz` report it.
    """
    database, secret = _open_database(settings), read_secret(settings)
    bundled, policy = read_lexicon(settings.lexicon), read_policy(settings.policy)
    queries = Queries(database.reader)
    guess = LanguageGuesser()
    slot = JudgeSlot(
        lambda lexicon: load_judge(settings, lexicon=lexicon, policy=policy, guess=guess), bundled
    )
    live = LiveLexicon(bundled, queries, use=slot.use)
    live.start()
    try:
        slot.judge()
    except ModelError:
        _LOG.warning(
            "service.degraded", next_step="Requests are answered with 503 until the model can be used."
        )
    writer = GroupWriter(database.writer)
    ledger = Ledger(writer)
    ring = KeyRing(ledger, queries, clock=now, secret=secret)

    def close() -> None:
        live.close()
        slot.close()
        ring.close()
        writer.close()
        database.close()

    return Runtime(
        settings=settings,
        moderation=ModerationService(
            slot.judge,
            ledger,
            queries,
            clock=now,
            new_id=new_id,
            secret=secret,
            retry_window=timedelta(hours=settings.idempotency_hours),
        ),
        review=ReviewService(
            ledger,
            queries,
            clock=now,
            new_id=new_id,
            policy=policy,
            lease=timedelta(seconds=settings.lease_s),
            undo_within=timedelta(seconds=settings.undo_s),
        ),
        appeals=AppealService(ledger, queries, clock=now, new_id=new_id),
        decisions=DecisionService(queries, Eraser(ledger, writer, database.writer), clock=now, policy=policy),
        export=ExportService(queries),
        lexicon=LexiconDesk(live, ledger, queries, judge=slot.judge, benign=read_benign(), clock=now),
        discovery=discovery_over(queries, bundled),
        health=HealthService(slot.judge, ledger, live),
        feedback=FeedbackService(ledger, queries, clock=now, new_id=new_id, secret=secret, guess=guess),
        ring=ring,
        people=people_over(settings, ledger, queries, secret=secret),
        secret=secret,
        close=close,
    )


def discovery_over(queries: Queries, bundled: Lexicon) -> DiscoveryService:
    """Discovery over a database, beside the terms there are."""

    def terms() -> list[Term]:
        states = states_of(bundled.terms, queries.latest_revisions())
        return [state.term for state in states.values()]

    return DiscoveryService(queries, terms=terms, clock=now)


@contextmanager
def open_discovery(settings: Settings) -> Iterator[DiscoveryService]:
    """Discovery alone, without a model.

    Raises:
        StorageError, LexiconInvalid: the message says what is wrong and what next.
    """
    with _open_database(settings) as database:
        yield discovery_over(Queries(database.reader), read_lexicon(settings.lexicon))


@contextmanager
def open_keys(settings: Settings) -> Iterator[KeyService]:
    """Only what making and revoking keys takes, without a model."""
    secret = read_secret(settings)
    with _open_database(settings) as database, GroupWriter(database.writer) as writer:
        yield KeyService(Ledger(writer), Queries(database.reader), clock=now, secret=secret)


@contextmanager
def open_people(settings: Settings) -> Iterator[PeopleService]:
    """Only what adding and changing people takes, without a model."""
    secret = read_secret(settings)
    with _open_database(settings) as database, GroupWriter(database.writer) as writer:
        yield people_over(settings, Ledger(writer), Queries(database.reader), secret=secret)


def people_over(settings: Settings, ledger: Ledger, queries: Queries, *, secret: bytes) -> PeopleService:
    """The people of a database."""
    idle = timedelta(hours=settings.session_hours)
    return PeopleService(ledger, queries, clock=now, secret=secret, idle=idle)


def _open_database(settings: Settings) -> Database:
    upgrade_database(settings)
    database = open_database(settings.database_url, busy_timeout_s=settings.database_wait_s)
    check_schema(database.reader)
    return database


def build_judge(settings: Settings) -> Judge:
    """Only what judging takes, without a database.

    Raises:
        ModelError, LexiconInvalid, PolicyInvalid: the message says what is wrong and what next.
    """
    return load_judge(
        settings,
        lexicon=read_lexicon(settings.lexicon),
        policy=read_policy(settings.policy),
        guess=LanguageGuesser(),
    )


def load_judge(settings: Settings, *, lexicon: Lexicon, policy: Policy, guess: LanguageGuesser) -> Judge:
    """Load the model of the settings; raises ModelError."""
    return Judge(
        classifier=open_classifier(
            settings.model, threads=settings.engine_threads, queue_size=settings.queue_size
        ),
        lexicon=lexicon,
        policy=policy,
        max_chars=settings.max_chars,
        guess=guess,
    )


def read_lexicon(folder: Path) -> Lexicon:
    """Read every TOML file of a folder as one lexicon."""
    return parse_lexicon(read_files(folder))


def read_benign() -> list[str]:
    """Innocent texts to try a term on: those of the tests, where they are installed."""
    return read_texts(BENIGN) if BENIGN.is_file() else []


def read_policy(path: Path) -> Policy:
    """Read a policy file."""
    if not path.is_file():
        raise PolicyInvalid(f"There is no policy at {str(path)!r}. Set PLAINSPEAK_POLICY.")
    return parse_policy(path.read_text(encoding="utf-8"))


def upgrade_database(settings: Settings) -> None:
    """Make the database if there is none and bring it to this version."""
    prepare_folder(settings.database_url)
    upgrade(settings.database_url, busy_timeout_s=settings.database_wait_s)


@contextmanager
def open_demo(settings: Settings) -> Iterator[Demo]:
    """Open the database of the settings for a demonstration, with services that go by its clock."""
    upgrade_database(settings)
    judge = build_judge(settings)
    with (
        closing(judge.classifier),
        open_database(settings.database_url, busy_timeout_s=settings.database_wait_s) as database,
        GroupWriter(database.writer) as writer,
    ):
        clock = TimeMachine(now())

        def id_then() -> str:
            microseconds = round(clock.now.timestamp() * 1_000_000)
            return str(uuid_utils.uuid7(nanoseconds=microseconds * 1000))

        ledger, queries = Ledger(writer), Queries(database.reader)
        moderation = ModerationService(
            lambda: judge,
            ledger,
            queries,
            clock=clock,
            new_id=id_then,
            secret=read_secret(settings),
            retry_window=timedelta(hours=settings.idempotency_hours),
        )
        review = ReviewService(
            ledger,
            queries,
            clock=clock,
            new_id=id_then,
            policy=judge.policy,
            lease=timedelta(seconds=settings.lease_s),
            undo_within=timedelta(seconds=settings.undo_s),
        )
        yield Demo(moderation, review, queries, clock)


@dataclass(frozen=True, slots=True)
class ListedModel:
    """A model file and whether it can be used."""

    file: str
    active: bool
    kind: str
    bytes: int
    state: str


def list_models(settings: Settings) -> list[ListedModel]:
    """The GGUFs beside the active one, each checked against its card."""
    folder = settings.model.parent
    return [_listed(path, active=path == settings.model) for path in sorted(folder.glob("*.gguf"))]


def _listed(path: Path, *, active: bool) -> ListedModel:
    size = path.stat().st_size
    try:
        card = read_card(path)
    except ModelError as error:
        return ListedModel(file=path.name, active=active, kind="?", bytes=size, state=str(error))
    return ListedModel(
        file=path.name, active=active, kind=card.kind.value, bytes=size, state=f"ready: {card.version}"
    )


def open_raw_loop(settings: Settings) -> RawLoop:
    """llama.cpp alone on the model of the settings, with every core."""
    card = read_card(settings.model)
    return RawLoop(settings.model, threads=os.cpu_count() or 1, window_tokens=card.window_tokens)


def start_server(settings: Settings) -> AbstractContextManager[Server]:
    """Serve the model of the settings in a process of its own, over a fresh database."""
    return server_process.start_server(os.environ | {"PLAINSPEAK_MODEL": str(settings.model)}, folder=ROOT)


def prepare_folder(database_url: str) -> None:
    """Make the folder of a SQLite file, so that a fresh clone starts."""
    path = sqlite_path(database_url)
    if path is None:
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"The folder {str(path.parent)!r} for the database cannot be made: {error}."
        ) from error


def read_secret(settings: Settings) -> bytes:
    """The key of the settings, or one that is made once and kept beside the database for its owner only."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value().encode()
    database = sqlite_path(settings.database_url)
    if database is None:
        raise StorageError(
            "Set PLAINSPEAK_SECRET_KEY: with a database server there is no folder to keep a key in."
        )
    path = database.with_suffix(".key")
    try:
        if not path.exists():
            _make_secret(path)
        return path.read_bytes()
    except OSError as error:
        raise StorageError(
            f"The key {str(path)!r} cannot be made or read ({error.strerror}). Give the service access "
            "to its folder, or set PLAINSPEAK_SECRET_KEY."
        ) from error


def _make_secret(path: Path) -> None:
    """Write a new key whole, readable by its owner only; where another process was first, its key stays."""
    with tempfile.NamedTemporaryFile(dir=path.parent) as file:
        file.write(secrets.token_hex(_SECRET_BYTES).encode())
        file.flush()
        with suppress(FileExistsError):
            path.hardlink_to(file.name)


def sqlite_path(database_url: str) -> Path | None:
    """The file of a SQLite URL; None for a database server."""
    head, _, path = database_url.partition(":///")
    return Path(path.partition("?")[0]) if head.startswith("sqlite") and path else None


def now() -> datetime:
    """The time now, UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """A UUID version 7: unique, and in the order of time."""
    return str(uuid_utils.uuid7())
