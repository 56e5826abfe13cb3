"""Works off the blocks of a backfill with Ray Data: one judge in each actor, here or on a cluster.

Ray comes with the extra `backfill`. What it retries after an actor was lost writes the same file again.
"""

import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from app.core.errors import DatasetInvalid, SettingsInvalid
from app.services.backfill import Block, BlockJudge, Finished, Plan
from app.services.columnar import EXTRA
from app.services.judge import Judge

MOST_TASKS = 4096
_STORE_BYTES = 128 * 1024 * 1024
"""Of Ray's shared memory on this machine: only the numbers of blocks pass through it."""


class _Actor:
    """A `BlockJudge` as Ray Data calls it: a batch of one block in, a batch of what became of it out."""

    def __init__(self, load: Callable[[], Judge], plan: Plan, out: Path) -> None:
        self._judge = BlockJudge(load, plan, out)

    def __call__(self, batch: Mapping[str, Any]) -> dict[str, list[int]]:
        block = Block(**{name: int(value) for name, (value,) in batch.items()})
        return {name: [value] for name, value in asdict(self._judge.judge(block)).items()}


def check_installed() -> None:
    """Raise SettingsInvalid where Ray is missing, before anything is read."""
    if find_spec("ray") is None or find_spec("pyarrow") is None:
        raise SettingsInvalid(f"A backfill needs Ray Data, which is not here. {EXTRA}.")


def work_off(
    blocks: Sequence[Block],
    plan: Plan,
    out: Path,
    *,
    load: Callable[[], Judge],
    actors: int,
    threads: int,
    address: str | None,
) -> Iterator[Finished]:
    """Judge blocks and tell of each as it is done, in no order.

    Args:
        blocks: what to judge.
        plan: what they are blocks of.
        out: the folder of the results; on a cluster, one that every machine sees.
        load: gives an actor its judge. It is sent to where the actor runs.
        actors: how many judge at a time.
        threads: cores of each.
        address: of a cluster, for instance `ray://10.0.0.1:10001`; None for this machine.

    Raises:
        SettingsInvalid: Ray cannot be started here, or its cluster not be reached.
        DatasetInvalid: a block cannot be judged.
    """
    # Ray would tell its makers of each use. Nothing leaves the machine.
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    # It speaks of its own affairs otherwise; what fails is raised all the same.
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    import ray  # noqa: PLC0415 an extra, and seconds
    import ray.data  # noqa: PLC0415

    logging.getLogger("ray.data").setLevel(logging.ERROR)
    here = {
        "num_cpus": actors * threads + 1,
        "include_dashboard": False,
        "object_store_memory": _STORE_BYTES,
    }
    try:
        ray.init(address=address, log_to_driver=False, logging_level="error", **({} if address else here))
    # Where it does not come up, Ray raises of every kind, a bare Exception among them.
    except Exception as error:
        raise SettingsInvalid(_why_it_does_not_start(error, address)) from error
    try:
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        rows = ray.data.from_items(
            [asdict(block) for block in blocks], override_num_blocks=min(len(blocks), MOST_TASKS)
        )
        done = rows.map_batches(
            _Actor,
            batch_size=1,
            fn_constructor_args=(load, plan, out),
            compute=ray.data.ActorPoolStrategy(size=actors),
            num_cpus=threads,
        )
        for row in done.iter_rows():
            yield Finished(**row)
    except ray.exceptions.RayError as error:
        reason = str(error).strip().splitlines()[-1]
        raise DatasetInvalid(
            f"A worker could not go on: {reason} What is done stays done: start the same command again."
        ) from error
    finally:
        ray.shutdown()


def _why_it_does_not_start(error: Exception, address: str | None) -> str:
    reason = " ".join(str(error).split()).removesuffix(".") or type(error).__name__
    if address:
        return (
            f"The Ray cluster at {address!r} cannot be reached: {reason}. Start one there (`ray start "
            "--head`), give its address as ray://HOST:10001, or leave --address out to use this machine."
        )
    return (
        f"Ray does not start on this machine: {reason}. It gives itself half a minute, so that a machine "
        "which is busy with other work has to be left alone for that long. See also that RAY_ADDRESS is not "
        "set, and that there is room in /tmp, where it keeps its sockets (RAY_TMPDIR names another place); "
        "then start the same command again. For a few thousand rows `plainspeak moderate FILE --out OUT` "
        "needs no Ray."
    )
