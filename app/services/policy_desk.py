"""The use cases of a moderator at the policy: look, try other thresholds out, save them, go back.

Nothing changes until it is saved. What is saved is a new version, in use in this process when the call
returns; other processes follow by themselves (`app.services.follow`).
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.core.errors import NotFound, PolicyConflict
from app.core.policy import Policy
from app.core.policy_revisions import UNREVISED, PolicyRevision, StepChange, revise, step_changes
from app.core.policy_trial import Sample
from app.db.ledger import Ledger
from app.db.policies import PolicyQueries
from app.services.live_policy import LivePolicy

MOST_POSTS = 5000
MOST_REVISIONS = 20
SAMPLE_AGE = timedelta(seconds=10)
"""How old the posts to try on may be: a slider that is drawn asks many times, and they hardly change."""


@dataclass(frozen=True, slots=True)
class SavedPolicy:
    """A revision, and what it changed."""

    revision: PolicyRevision
    changes: tuple[StepChange, ...]


@dataclass(frozen=True, slots=True)
class PolicyView:
    """The policy in force, with what was done to it."""

    policy: Policy
    number: int
    """Of the last revision; `UNREVISED` for the file."""
    base: Policy
    history: tuple[SavedPolicy, ...]
    """The last revisions, the newest first."""

    @property
    def differs_from_base(self) -> bool:
        """Whether it is another than the file's."""
        return bool(step_changes(self.base, self.policy))


class PolicyDesk:
    """Orders the steps of looking after the policy."""

    def __init__(
        self, live: LivePolicy, ledger: Ledger, queries: PolicyQueries, *, clock: Callable[[], datetime]
    ) -> None:
        """Bring the parts together.

        Args:
            live: the policy in use in this process.
            ledger: every write.
            queries: the reads.
            clock: the time now, UTC.
        """
        self._live = live
        self._ledger = ledger
        self._queries = queries
        self._clock = clock
        self._lock = threading.Lock()
        self._sample: tuple[datetime, Sample] | None = None

    def view(self) -> PolicyView:
        """Give the policy with its history; raises PolicyInvalid where a version cannot be read."""
        found = self._queries.latest(MOST_REVISIONS + 1)
        before = [each.policy for each in found[1:]]
        if len(found) <= MOST_REVISIONS:
            before.append(self._live.base)
        history = tuple(
            SavedPolicy(revision, step_changes(policy, revision.policy))
            for revision, policy in zip(found, before, strict=False)
        )
        return PolicyView(
            policy=found[0].policy if found else self._live.base,
            number=found[0].number if found else UNREVISED,
            base=self._live.base,
            history=history,
        )

    def sample(self) -> Sample:
        """The last posts, to try policies on; raises StorageError."""
        with self._lock:
            now = self._clock()
            if self._sample is None or now - self._sample[0] > SAMPLE_AGE:
                self._sample = now, Sample(self._queries.scored(MOST_POSTS))
            return self._sample[1]

    def save(self, wanted: Policy, *, seen: int, actor: str, reason: str) -> PolicyRevision:
        """Keep a policy as a new version and use it.

        Raises:
            PolicyConflict: Somebody saved another one since its author looked.
            PolicyInvalid: It does not hold.
            StorageError: Nothing was kept.
        """
        return self._keep(wanted, seen=seen, actor=actor, reason=reason)

    def revert(self, number: int, *, seen: int, actor: str, reason: str) -> PolicyRevision:
        """Bring an earlier version back, as a new one; `UNREVISED` brings the file back.

        Raises:
            NotFound: There is no such version.
            PolicyConflict, PolicyInvalid, StorageError: as `save`.
        """
        earlier = None if number == UNREVISED else self._queries.revision(number)
        if earlier is None and number != UNREVISED:
            raise NotFound(f"There is no version {number} of the policy. /policy lists them.")
        wanted = self._live.base if earlier is None else earlier.policy
        return self._keep(wanted, seen=seen, actor=actor, reason=reason, reverts_to=number)

    def _keep(
        self, wanted: Policy, *, seen: int, actor: str, reason: str, reverts_to: int | None = None
    ) -> PolicyRevision:
        revision = revise(
            self._live.base,
            wanted,
            latest=self._queries.last_revision(),
            seen=seen,
            actor=actor,
            reason=reason,
            now=self._clock(),
            reverts_to=reverts_to,
        )
        if not self._ledger.save_policy(revision):
            raise PolicyConflict("Somebody saved another policy at this moment. Look at it and save again.")
        self._live.refresh()
        return revision
