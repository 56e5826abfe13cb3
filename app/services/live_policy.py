"""The policy in force, kept up to date while the service runs."""

from collections.abc import Callable

from app.core.errors import PolicyInvalid
from app.core.policy import Policy
from app.db.policies import PolicyQueries
from app.services.follow import Follower


class LivePolicy(Follower[Policy]):
    """Follows the revisions of the policy."""

    area = "policy"

    def __init__(self, base: Policy, queries: PolicyQueries, *, use: Callable[[Policy], None]) -> None:
        """Begin with the policy file.

        Args:
            base: the policy file.
            queries: the reads.
            use: is given each new policy.
        """
        super().__init__(base, use=use)
        self.base = base
        self._queries = queries

    @property
    def policy(self) -> Policy:
        """The policy in use."""
        return self._value

    def _last_revision(self) -> int:
        return self._queries.last_revision()

    def _build(self, number: int) -> Policy:
        revision = self._queries.revision(number)
        if revision is None:
            raise PolicyInvalid(f"Version {number} of the policy is not there any more.")
        return revision.policy

    def _version(self, value: Policy) -> str:
        return value.version
