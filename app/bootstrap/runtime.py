"""Everything the doors need, put together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from threading import Thread

import structlog

from app.bootstrap.databases import audit_over, discovery_over, open_upgraded, people_over, webhooks_over
from app.bootstrap.files import read_benign, read_figures, read_lexicon, read_policy, read_secret, sqlite_path
from app.bootstrap.identity import new_id, now
from app.bootstrap.judging import load_judge
from app.classifiers.language import LanguageGuesser
from app.core.errors import ModelError
from app.db.audit import AuditQueries
from app.db.engine import name_of
from app.db.erasure import Eraser
from app.db.figures import FigureQueries
from app.db.holdings import HoldingQueries
from app.db.ledger import Ledger
from app.db.policies import PolicyQueries
from app.db.queries import Queries
from app.db.retention import RetentionQueries
from app.db.writer import GroupWriter
from app.services.appeals import AppealService
from app.services.authors import AuthorService
from app.services.dashboard import DashboardService
from app.services.decisions import DecisionService
from app.services.deliverer import Deliverer
from app.services.discovery import DiscoveryService
from app.services.export import ExportService
from app.services.feedback import FeedbackService
from app.services.health import HealthService
from app.services.judge_slot import JudgeSlot
from app.services.keys import KeyRing
from app.services.lexicon_desk import LexiconDesk
from app.services.live_lexicon import LiveLexicon
from app.services.live_policy import LivePolicy
from app.services.moderation import ModerationService
from app.services.people import PeopleService
from app.services.policy_desk import PolicyDesk
from app.services.recorder import Recorder
from app.services.retention import RetentionService
from app.services.review import ReviewService
from app.services.sealing import Sealer
from app.services.storage import StorageService
from app.services.upkeep import Upkeep
from app.services.vitals import VitalsService
from app.services.webhooks import WebhookService
from app.settings import Settings

_LOG = structlog.get_logger()


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
    database, secret = open_upgraded(settings), read_secret(settings)
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
