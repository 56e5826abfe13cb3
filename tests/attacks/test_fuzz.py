"""A few hundred hostile requests to every route; `python -m benchmarks.fuzz` sends fifty thousand."""

from contextlib import closing

from app.bootstrap import Runtime
from benchmarks.fuzz import Target, fuzz

CASES = 400


def test_no_request_is_a_fault_of_the_service(runtime: Runtime) -> None:
    with closing(Target(runtime)) as target:
        fuzz(target, cases=CASES, first_seed=20261122)

    assert target.tally.faults == []
    assert target.tally.asked >= CASES
    assert len({name.rpartition(" ")[0] for name in target.tally.statuses}) > len(target.routes) // 2
