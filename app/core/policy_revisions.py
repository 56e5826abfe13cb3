"""What people change about the policy: revisions over the policy file.

A revision holds every step of every section as it is to be, is never altered, and is in force until the next
one. The notes stay those of the file. Without a revision the file itself is in force. Nothing here knows
where revisions are kept.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime

from app.core.errors import PolicyConflict
from app.core.policy import Policy, Thresholds, check_steps
from app.core.types import Category

UNREVISED = 0
"""Number of the policy file; each revision adds one."""
STEPS = tuple(field.name for field in fields(Thresholds) if field.name != "note")
"""Names of the steps of a section."""


@dataclass(frozen=True, slots=True)
class PolicyRevision:
    """A policy as somebody saved it."""

    number: int
    """Counts the revisions, from 1."""
    policy: Policy
    actor: str
    reason: str
    at: datetime
    """Aware, UTC."""
    reverts_to: int | None = None
    """The number of the revision it brings back, `UNREVISED` for the file; None where it brings none back."""


@dataclass(frozen=True, slots=True)
class StepChange:
    """A step that two policies do not share."""

    category: Category | None
    """None for the overall section."""
    step: str
    before: float | None
    after: float | None


def revise(
    base: Policy,
    wanted: Policy,
    *,
    latest: int,
    seen: int,
    actor: str,
    reason: str,
    now: datetime,
    reverts_to: int | None = None,
) -> PolicyRevision:
    """Give the revision that puts a policy in force.

    Args:
        base: the policy file, whose name and notes stay.
        wanted: the policy as it is to be.
        latest: number of the last revision.
        seen: number of the revision that its author saw.
        actor: who saves it.
        reason: why.
        now: the time.
        reverts_to: number of the revision whose steps it has.

    Raises:
        PolicyConflict: Somebody saved another one in between.
        PolicyInvalid: A step is out of range, or the steps of a section fall.
    """
    if seen != latest:
        raise PolicyConflict(
            f"The policy is at version {latest} by now, and this change was made on version {seen}. "
            "Look at what changed and save again."
        )
    number = latest + 1
    return PolicyRevision(number, policy_of(base, content_of(wanted), number), actor, reason, now, reverts_to)


def content_of(policy: Policy) -> dict[str, dict[str, float]]:
    """The steps that are set, by section: "overall", or the key of a category."""
    return {
        section: {step: value for step in STEPS if (value := getattr(thresholds, step)) is not None}
        for section, thresholds in sections_of(policy).items()
    }


def policy_of(base: Policy, content: Mapping[str, Mapping[str, float]], number: int) -> Policy:
    """A policy with these steps, under the name and with the notes of the policy file.

    Raises:
        PolicyInvalid: A step is out of range, or the steps of a section fall.
    """
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode("ascii")).hexdigest()[:12]
    name = base.version.partition("@")[0]
    return replace(
        base,
        version=f"{name}.{number}@{digest}",
        overall=_thresholds(base.overall, content["overall"], place="overall"),
        categories=tuple(
            (category, _thresholds(known, content[category.value], place=category.display_name))
            for category, known in base.categories
        ),
    )


def sections_of(policy: Policy) -> dict[str, Thresholds]:
    """The sections of a policy by name, the overall one first."""
    named = {category.value: thresholds for category, thresholds in policy.categories}
    return {"overall": policy.overall, **named}


def step_changes(before: Policy, after: Policy) -> tuple[StepChange, ...]:
    """What tells two policies apart, in the order of their sections."""
    old, new = sections_of(before), sections_of(after)
    return tuple(
        StepChange(None if section == "overall" else Category(section), step, was, now)
        for section in old
        for step in STEPS
        if (was := getattr(old[section], step)) != (now := getattr(new[section], step))
    )


def _thresholds(known: Thresholds, steps: Mapping[str, float], *, place: str) -> Thresholds:
    given = replace(
        known,
        potentially_harmful=steps.get("potentially_harmful"),
        harmful=steps.get("harmful"),
        extremely_harmful=steps.get("extremely_harmful"),
        review=steps.get("review"),
        block=steps.get("block"),
    )
    check_steps(given, place=place)
    return given
