"""The only room that picks concrete classes: settings in, services out."""

from app.bootstrap.databases import (
    backups,
    open_audit,
    open_discovery,
    open_keys,
    open_people,
    open_webhooks,
    scrub_database,
    upgrade_database,
)
from app.bootstrap.demo import open_demo
from app.bootstrap.files import BENIGN, read_lexicon, read_policy, read_secret
from app.bootstrap.identity import new_id, now
from app.bootstrap.judging import backfill_judge, build_judge, versions_of_judge
from app.bootstrap.models import (
    add_model,
    known_models,
    list_models,
    open_raw_loop,
    pull_model,
    start_server,
)
from app.bootstrap.runtime import Runtime, build

__all__ = [
    "BENIGN",
    "Runtime",
    "add_model",
    "backfill_judge",
    "backups",
    "build",
    "build_judge",
    "known_models",
    "list_models",
    "new_id",
    "now",
    "open_audit",
    "open_demo",
    "open_discovery",
    "open_keys",
    "open_people",
    "open_raw_loop",
    "open_webhooks",
    "pull_model",
    "read_lexicon",
    "read_policy",
    "read_secret",
    "scrub_database",
    "start_server",
    "upgrade_database",
    "versions_of_judge",
]
