"""The time and the ids of what is made now."""

from datetime import UTC, datetime

import uuid_utils


def now() -> datetime:
    """The time now, UTC."""
    return datetime.now(UTC)


def new_id() -> str:
    """A UUID version 7: unique, and in the order of time."""
    return str(uuid_utils.uuid7())
