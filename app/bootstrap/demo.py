"""A database filled for a demonstration."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

import uuid_utils

from app.bootstrap.databases import open_upgraded
from app.bootstrap.files import read_secret
from app.bootstrap.identity import now
from app.bootstrap.judging import build_judge
from app.db.ledger import Ledger
from app.db.queries import Queries
from app.db.writer import GroupWriter
from app.services.demo import Demo, TimeMachine
from app.services.moderation import ModerationService
from app.services.review import ReviewService
from app.settings import Settings


@contextmanager
def open_demo(settings: Settings) -> Iterator[Demo]:
    """Open the database of the settings for a demonstration, with services that go by its clock."""
    judge = build_judge(settings)
    with (
        closing(judge.classifier),
        open_upgraded(settings) as database,
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
