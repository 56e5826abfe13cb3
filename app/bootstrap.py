"""The only file that picks concrete classes: settings in, services out."""

import os
import secrets
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.metadata import version
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import structlog
import uuid_utils

from app.classifiers.gguf import card_path_of, open_classifier, open_scorer, read_card, read_scorer_card
from app.classifiers.language import LanguageGuesser
from app.classifiers.remember import Remembering
from app.classifiers.remote import CompletionsEndpoint
from app.classifiers.served import UNCALIBRATED, Endpoint, ServedScorer
from app.core.card import NO_FIGURES, CardFigures, EncoderCard, parse_card
from app.core.classify import Cascade, LanguageModel
from app.core.errors import (
    BackupRefused,
    CardInvalid,
    DatabaseUnusable,
    ModelError,
    ModelMissing,
    PolicyInvalid,
    StorageError,
)
from app.core.language import language_of
from app.core.lexicon import Lexicon, Term, parse_lexicon
from app.core.normalize import normalize
from app.core.policy import Policy, parse_policy
from app.core.revisions import states_of
from app.core.types import Versions
from app.db.audit import AuditQueries, found_trail, sign_commits
from app.db.engine import Database, check_schema, name_of, open_database, upgrade
from app.db.erasure import Eraser
from app.db.figures import FigureQueries
from app.db.holdings import HoldingQueries
from app.db.ledger import Ledger
from app.db.policies import PolicyQueries
from app.db.queries import Queries
from app.db.retention import RetentionQueries
from app.db.writer import GroupWriter
from app.services import model_store, server_process
from app.services.appeals import AppealService
from app.services.audit import AuditService
from app.services.authors import AuthorService
from app.services.backup import BackupService, Parts
from app.services.dashboard import DashboardService
from app.services.decisions import DecisionService
from app.services.deliverer import Deliverer
from app.services.demo import Demo, TimeMachine
from app.services.discovery import DiscoveryService
from app.services.evaluation import LabelledText
from app.services.export import ExportService
from app.services.feedback import FeedbackService
from app.services.health import HealthService
from app.services.judge_slot import JudgeSlot
from app.services.keys import KeyRing, KeyService
from app.services.lexicon import read_files, read_texts
from app.services.lexicon_desk import LexiconDesk
from app.services.live_lexicon import LiveLexicon
from app.services.live_policy import LivePolicy
from app.services.meter import UNMETERED, Meter
from app.services.moderation import Judge, ModerationService
from app.services.people import PeopleService
from app.services.policy_desk import PolicyDesk
from app.services.recorder import Recorder
from app.services.retention import RetentionService
from app.services.review import ReviewService
from app.services.sealing import Sealer
from app.services.server_process import Server
from app.services.storage import StorageService
from app.services.upkeep import Upkeep
from app.services.vitals import VitalsService, versions_of
from app.services.webhooks import WebhookService
from app.services.witness import Witness
from app.settings import ROOT, Settings

if TYPE_CHECKING:
    from app.classifiers.rawloop import RawLoop

_LOG = structlog.get_logger()
BENIGN = ROOT / "tests" / "corpus" / "benign.jsonl"
_SECRET_BYTES = 32
OLLAMA = "ollama:"
OLLAMA_PARALLEL = 1
"""Ollama's own default: with more, a known fault of its prompt cache can mix conversations up."""
REMOTE_PARALLEL = 8
"""What a server that batches by itself is sent at a time."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """Everything the doors need."""

    settings: Settings
    moderation: ModerationService
    review: ReviewService
    appeals: AppealService
    decisions: DecisionService
    export: ExportService
    authors: AuthorService
    storage: StorageService
    lexicon: LexiconDesk
    discovery: DiscoveryService
    dashboard: DashboardService
    policy: PolicyDesk
    health: HealthService
    feedback: FeedbackService
    webhooks: WebhookService
    ring: KeyRing
    people: PeopleService
    recorder: Recorder
    vitals: VitalsService
    secret: bytes
    start: Callable[[], None]
    """Begin what a service does by itself: telling apps what happened, and keeping the file in order."""
    close: Callable[[], None]
    """Finish what was accepted, then let go of the model and the database."""


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
    recorder = Recorder(release=version("plainspeak"))
    slot = JudgeSlot(
        lambda lexicon, policy: load_judge(
            settings, lexicon=lexicon, policy=policy, guess=guess, meter=recorder
        ),
        lexicon=bundled,
        policy=policy,
    )
    policies = PolicyQueries(database.reader, base=policy)
    live = LiveLexicon(bundled, queries, use=slot.use)
    live_policy = LivePolicy(policy, policies, use=slot.use_policy)
    live.start()
    live_policy.start()
    try:
        slot.judge()
    except ModelError:
        _LOG.warning(
            "service.degraded", next_step="Requests are answered with 503 until the model can be used."
        )
    writer = GroupWriter(database.writer)
    ledger = Ledger(writer, aside=database.aside)
    figures = FigureQueries(database.reader)
    eraser = Eraser(ledger, writer, database.writer)
    upkeep = Upkeep(
        audit_over(settings, database, secret=secret),
        RetentionService(ledger, RetentionQueries(database.reader), clock=now, days=settings.keep_days),
        eraser,
        clock=now,
    )
    ring = KeyRing(ledger, queries, clock=now, secret=secret)
    deliverer = Deliverer(
        ledger,
        queries,
        clock=now,
        sealer=Sealer(secret),
        timeout_s=settings.webhook_timeout_s,
        private_targets=settings.webhook_private_targets,
    )

    def start() -> None:
        deliverer.start()
        upkeep.start()
        Thread(target=slot.warm_up, name="plainspeak-warm-up", daemon=True).start()

    def close() -> None:
        deliverer.close()
        live.close()
        live_policy.close()
        slot.close()
        ring.close()
        upkeep.close()
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
            meter=recorder,
        ),
        review=ReviewService(
            ledger,
            queries,
            clock=now,
            new_id=new_id,
            policy=lambda: live_policy.policy,
            lease=timedelta(seconds=settings.lease_s),
            undo_within=timedelta(seconds=settings.undo_s),
        ),
        appeals=AppealService(ledger, queries, clock=now, new_id=new_id),
        decisions=DecisionService(
            queries,
            eraser,
            clock=now,
            policy=lambda: live_policy.policy,
        ),
        export=ExportService(queries),
        authors=AuthorService(queries, ExportService(queries)),
        storage=StorageService(
            HoldingQueries(database.reader),
            queries,
            AuditQueries(database.reader),
            file=sqlite_path(settings.database_url),
            database=name_of(database.reader.url),
            keep_days=settings.keep_days,
        ),
        lexicon=LexiconDesk(
            live, ledger, queries, judge=lambda: slot.judge().quick(), benign=read_benign(), clock=now
        ),
        discovery=discovery_over(queries, bundled),
        dashboard=DashboardService(figures, card=lambda: read_figures(settings.model), clock=now),
        policy=PolicyDesk(live_policy, ledger, policies, clock=now),
        health=HealthService(slot.judge, ledger, live, live_policy),
        feedback=FeedbackService(ledger, queries, clock=now, new_id=new_id, secret=secret, guess=guess),
        webhooks=webhooks_over(settings, ledger, queries, secret=secret),
        ring=ring,
        people=people_over(settings, ledger, queries, secret=secret),
        recorder=recorder,
        vitals=VitalsService(slot.judge, writer, figures, queries, clock=now),
        secret=secret,
        start=start,
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


def webhooks_over(settings: Settings, ledger: Ledger, queries: Queries, *, secret: bytes) -> WebhookService:
    """The use cases around webhooks over a database."""
    return WebhookService(
        ledger,
        queries,
        clock=now,
        sealer=Sealer(secret),
        private_targets=settings.webhook_private_targets,
    )


@contextmanager
def open_webhooks(settings: Settings) -> Iterator[WebhookService]:
    """Only what looking after webhooks takes, without a model."""
    secret = read_secret(settings)
    with _open_database(settings) as database, GroupWriter(database.writer) as writer:
        yield webhooks_over(settings, Ledger(writer), Queries(database.reader), secret=secret)


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
    sign_commits(database.writer, secret=read_secret(settings))
    return database


@contextmanager
def open_audit(settings: Settings) -> Iterator[AuditService]:
    """Only what verifying the audit trail takes. Nothing is written, and nothing is made."""
    with _open_existing(settings) as database:
        yield audit_over(settings, database, secret=read_secret(settings, make=False))


def _open_existing(settings: Settings) -> Database:
    """Open a database of this version, and make nothing."""
    file = sqlite_path(settings.database_url)
    if file is not None and not file.exists():
        raise DatabaseUnusable(f"There is no database {str(file)!r}. Set PLAINSPEAK_DATABASE_URL.")
    database = open_database(settings.database_url, busy_timeout_s=settings.database_wait_s)
    check_schema(database.reader)
    return database


@contextmanager
def open_file(settings: Settings, path: Path) -> Iterator[Parts]:
    """Any database file of this version, as copying and restoring need it."""
    secret = read_secret(settings, make=False)
    with open_database(f"sqlite:///{path}", busy_timeout_s=settings.database_wait_s) as database:
        check_schema(database.reader)
        sign_commits(database.writer, secret=secret)
        with GroupWriter(database.writer) as writer:
            trail, ledger = AuditQueries(database.reader), Ledger(writer)
            yield Parts(
                audit=AuditService(trail, None, secret=secret),
                trail=trail,
                ledger=ledger,
                eraser=Eraser(ledger, writer, database.writer),
            )


def scrub_database(settings: Settings) -> bool:
    """Rewrite the file of the database now if something was erased in it; whether nothing is left to do."""
    with _open_database(settings) as database, GroupWriter(database.writer) as writer:
        return Eraser(Ledger(writer), writer, database.writer).scrub(now=now(), at_once=True)


def backups(settings: Settings) -> BackupService:
    """Copies of the database of the settings.

    Raises:
        BackupRefused: It is no file.
    """
    file = sqlite_path(settings.database_url)
    if file is None:
        raise BackupRefused(
            "Only a SQLite file is copied here. Use the tools of your database server, for instance pg_dump."
        )

    def upgrade_file(path: Path) -> None:
        url, secret = f"sqlite:///{path}", read_secret(settings, make=False)
        before = upgrade(url, busy_timeout_s=settings.database_wait_s)
        with open_database(url) as database:
            found_trail(database, secret=secret, was_upgraded=before == "older")

    return BackupService(
        file,
        open_file=lambda path: open_file(settings, path),
        upgrade=upgrade_file,
        clock=now,
        wait_s=settings.database_wait_s,
    )


def audit_over(settings: Settings, database: Database, *, secret: bytes) -> AuditService:
    """The audit trail of a database, with its witness beside the file."""
    file = sqlite_path(settings.database_url)
    witness = None if file is None else Witness(file.with_suffix(".head"))
    return AuditService(AuditQueries(database.reader), witness, secret=secret)


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


def backfill_judge(settings: Settings) -> Callable[[], Judge]:
    """What gives a worker of a backfill its judge: with one thread, and without secrets it has no use for."""
    own = {"threads": settings.threads or 1, "secret_key": None, "metrics_key": None}
    return partial(build_judge, settings.model_copy(update=own))


def versions_of_judge(load: Callable[[], Judge]) -> Versions:
    """What a judge would answer with; raises ModelError where it cannot be used."""
    judge = load()
    with closing(judge.classifier):
        return versions_of(judge)


def load_judge(
    settings: Settings,
    *,
    lexicon: Lexicon,
    policy: Policy,
    guess: LanguageGuesser,
    meter: Meter = UNMETERED,
) -> Judge:
    """Load the model of the settings; raises ModelError."""
    first = open_classifier(
        settings.model,
        threads=settings.engine_threads,
        queue_size=settings.queue_size,
        expanded=settings.expand_weights,
    )
    try:
        second = open_language_model(settings)
    except ModelError:
        first.close()
        raise
    cascade = second and Cascade(
        first,
        second,
        band=policy.band,
        language=lambda text: language_of(text.original, text.plain, guess=guess),
    )
    classifier = cascade or first
    return Judge(
        classifier=Remembering(classifier, most=settings.remember_texts)
        if settings.remember_texts
        else classifier,
        lexicon=lexicon,
        policy=policy,
        max_chars=settings.max_chars,
        guess=guess,
        language_model=second or (first if isinstance(first, LanguageModel) else None),
        first_lane=first if cascade else None,
        meter=meter,
    )


def open_language_model(settings: Settings) -> LanguageModel | None:
    """The second lane of the settings, if any. A server need not answer yet.

    Raises:
        ModelError: its file or its card cannot be used.
    """
    if settings.scorer is None:
        return None
    is_ollama = settings.scorer.startswith(OLLAMA)
    if not is_ollama and not settings.scorer.startswith(("http://", "https://")):
        return open_scorer(
            Path(settings.scorer),
            threads=settings.engine_threads,
            queue_size=settings.queue_size,
            alone=settings.scorer_alone,
        )
    card = settings.scorer_card and read_scorer_card(settings.scorer_card)
    served = ServedScorer(
        _ollama(settings, settings.scorer) if is_ollama else _remote(settings, settings.scorer),
        calibration=card.calibration if card else UNCALIBRATED,
        explains=card.explains if card else True,
        parallel=OLLAMA_PARALLEL if is_ollama else REMOTE_PARALLEL,
        queue_size=settings.queue_size,
    )
    try:
        _LOG.info("scorer.ready", model=served.check())
    except ModelError as error:
        _LOG.warning("scorer.unavailable", detail=str(error))
    return served


def _ollama(settings: Settings, scorer: str) -> Endpoint:
    # Its library is a large part of what a start imports, and few ask for it.
    from app.classifiers.ollama import OllamaEndpoint  # noqa: PLC0415

    return OllamaEndpoint(
        scorer.removeprefix(OLLAMA), address=settings.ollama_url, timeout_s=settings.scorer_timeout_s
    )


def _remote(settings: Settings, scorer: str) -> Endpoint:
    return CompletionsEndpoint(
        scorer,
        model=settings.scorer_model,
        key=settings.scorer_key.get_secret_value() if settings.scorer_key else None,
        timeout_s=settings.scorer_timeout_s,
    )


def read_figures(model: Path) -> CardFigures:
    """What the card of a model says to compare with; nothing where there is no card that can be used."""
    card = card_path_of(model)
    try:
        found = parse_card(card.read_text(encoding="utf-8"), name=model.name)
    except (CardInvalid, OSError):
        # The model is not loaded either, and `/readyz` says why.
        return NO_FIGURES
    return found.figures if isinstance(found, EncoderCard) else NO_FIGURES


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
    secret = read_secret(settings)
    before = upgrade(settings.database_url, busy_timeout_s=settings.database_wait_s)
    with open_database(settings.database_url, busy_timeout_s=settings.database_wait_s) as database:
        found_trail(database, secret=secret, was_upgraded=before == "older")


@contextmanager
def open_demo(settings: Settings) -> Iterator[Demo]:
    """Open the database of the settings for a demonstration, with services that go by its clock."""
    judge = build_judge(settings)
    with (
        closing(judge.classifier),
        _open_database(settings) as database,
        GroupWriter(database.writer) as writer,
    ):
        clock = TimeMachine(now())

        def id_then() -> str:
            microseconds = round(clock.now.timestamp() * 1_000_000)
            return str(uuid_utils.uuid7(nanoseconds=microseconds * 1000))

        ledger, queries = Ledger(writer, aside=database.aside), Queries(database.reader)
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
            policy=lambda: judge.policy,
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


def known_models() -> tuple[str, ...]:
    """Names of the models that can be downloaded."""
    return tuple(model_store.KNOWN)


def pull_model(settings: Settings, name: str, *, note: Callable[[str], None]) -> tuple[Path, Path]:
    """Download a model beside the active one and make its card; gives both paths.

    Raises:
        ModelError: it is not known, cannot be downloaded or cannot be used.
    """
    source = model_store.KNOWN.get(name)
    if source is None:
        raise ModelMissing(f"There is no model {name!r} to pull. Take one of {', '.join(known_models())}.")
    note(f"{source.repository}: {source.licence}.")
    path = model_store.pull(source, folder=settings.model.parent)
    card = card_path_of(path)
    if not card.exists():
        note("Making its card.")
        add_model(settings, path, licence=source.licence, rows=())
    return path, card


def add_model(settings: Settings, path: Path, *, licence: str, rows: Sequence[LabelledText]) -> Path:
    """Make the card of a language model; gives its path.

    Raises:
        ModelError: the file cannot be used or has a card.
    """
    lexicon = read_lexicon(settings.lexicon)
    return model_store.add(
        path,
        name=path.stem,
        licence=licence,
        rows=rows,
        read=lambda text: normalize(text, lexicon=lexicon),
        threads=settings.engine_threads,
    )


def open_raw_loop(settings: Settings) -> "RawLoop":
    """llama.cpp alone on the model of the settings, with every core."""
    # Brings llama.cpp into this process, which the service has no use for.
    from app.classifiers.rawloop import RawLoop  # noqa: PLC0415

    card = read_card(settings.model)
    return RawLoop(
        settings.model,
        threads=os.cpu_count() or 1,
        window_tokens=card.window_tokens,
        expanded=settings.expand_weights,
    )


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


def read_secret(settings: Settings, *, make: bool = True) -> bytes:
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
        if make and not path.exists():
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
