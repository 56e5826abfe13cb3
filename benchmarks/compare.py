"""Everything side by side: in every round each contender gets the same posts, one contender after the other.

Timings on a shared machine drift, so a contender is never measured long before another; who begins changes
from round to round, and ratios are taken within a round.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from app import bootstrap
from app.classifiers.gguf import read_card
from app.settings import ROOT, read_settings
from benchmarks.contenders import ENGINES, IN_PROCESS, SERVED, Contender, lacking
from benchmarks.load import Load, percentile, send
from benchmarks.plain_app import serving
from benchmarks.posts import Kind, posts
from benchmarks.processes import environment, processor, processor_s, rss_mb
from benchmarks.worker import Worker, working

Figures = dict[str, Any]
Note = Callable[[str], None]


@dataclass(frozen=True, slots=True, order=True)
class Case:
    """One thing that is measured."""

    kind: Kind
    concurrency: int
    """Callers at a time; in process, 1 is text by text and anything else is all in one call."""
    requests: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    rounds: int
    served: tuple[Case, ...]
    in_process: tuple[Case, ...]


def plan(*, quick: bool) -> Plan:
    """The usual amount, or about a fifth of it."""
    size = 1 if quick else 4
    alone = (
        Case(Kind.SHORT, 1, 8 * size),
        Case(Kind.MEDIUM, 1, 8 * size),
        Case(Kind.LONG, 1, 2 * size),
        Case(Kind.REPEATED, 1, 8 * size),
    )
    served = (
        *alone,
        Case(Kind.MEDIUM, 4, 16 * size),
        Case(Kind.SHORT, 16, 32 * size),
        Case(Kind.MEDIUM, 16, 32 * size),
        Case(Kind.LONG, 16, 8 * size),
        Case(Kind.REPEATED, 16, 32 * size),
        Case(Kind.MEDIUM, 64, 64 * size),
    )
    return Plan(2 if quick else 5, served, (*alone, Case(Kind.MEDIUM, 16, 32 * size)))


Run = Callable[[Case, Sequence[str]], Load]


@dataclass(frozen=True, slots=True)
class Sample:
    """What became of a case in one round."""

    load: Load
    processor_s: float | None


Samples = Mapping[tuple[Contender, Case], Sequence[Sample]]


@dataclass(slots=True)
class Stage:
    """The contenders that run, and why the others do not."""

    runs: dict[Contender, Run]
    process_ids: dict[Contender, int]
    left_out: list[dict[str, str]]


def compare(plan: Plan, folder: Path, *, note: Note) -> Figures:
    """Measure everything that is installed.

    Args:
        plan: how much.
        folder: an empty one, for what the contenders need.
        note: is told what goes on.
    """
    peers = _prepared(folder, note=note)
    with _staged(folder, note=note) as stage:
        samples = _measured(plan, stage, note=note)
        memory = {each: rss_mb(process_id) for each, process_id in stage.process_ids.items()}
    return {
        "machine": _machine(),
        "peers": peers,
        "left_out": stage.left_out,
        "rounds": plan.rounds,
        "floor": _floor(folder) if peers else None,
        "rss_mb": {each.value: round(size) for each, size in memory.items()},
        "cases": [
            _case_figures(contender, case, samples[contender, case])
            for contender in Contender
            for case in plan.served
            if (contender, case) in samples
        ],
        "ratios": list(_ratios(samples)),
    }


def _prepared(folder: Path, *, note: Note) -> Figures | None:
    """What the peers say of themselves; None where they are not installed."""
    missing = next((name for each in ENGINES if (name := lacking(each))), None)
    if missing:
        return None
    note("reading the weights back, exporting them to ONNX, comparing logits")
    # In a process of its own: PyTorch would stay in this one.
    done = subprocess.run(  # noqa: S603 our own interpreter and our own module
        [sys.executable, "-m", "benchmarks.peers", str(folder)],
        capture_output=True,
        text=True,
        env=environment(),
        cwd=ROOT,
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"The weights could not be prepared for the others: {done.stderr[-2000:]}")
    found: Figures = json.loads(done.stdout.splitlines()[-1])
    return found


@contextmanager
def _staged(folder: Path, *, note: Note) -> Iterator[Stage]:
    stage = Stage({}, {}, [])
    with ExitStack() as stack:
        for contender in Contender:
            missing = lacking(contender)
            if missing:
                why = f"{missing} is not installed; `make bench` installs it"
                stage.left_out.append({"contender": contender.value, "why": why})
                note(f"LEFT OUT: {contender.value}: {why}")
                continue
            note(f"starting {contender.value}")
            run, process_id = stack.enter_context(_started(contender, folder))
            stage.runs[contender], stage.process_ids[contender] = run, process_id
        yield stage


@contextmanager
def _started(contender: Contender, folder: Path) -> Iterator[tuple[Run, int]]:
    """A contender in a process of its own: how it is given work, and the process."""
    if contender in IN_PROCESS:
        with working(contender, folder) as worker:
            yield partial(_score, worker), worker.process_id
    elif contender is Contender.PLAINSPEAK_SERVED:
        with bootstrap.start_server(read_settings()) as server:
            yield partial(_send, server.port), server.process_id
    else:
        with serving(contender, folder) as (port, process_id):
            yield partial(_send, port), process_id


def _score(worker: Worker, case: Case, texts: Sequence[str]) -> Load:
    return worker.alone(texts) if case.concurrency == 1 else worker.together(texts)


def _send(port: int, case: Case, texts: Sequence[str]) -> Load:
    return send(port, texts, concurrency=case.concurrency)


def _measured(plan: Plan, stage: Stage, *, note: Note) -> Samples:
    samples: dict[tuple[Contender, Case], list[Sample]] = defaultdict(list)
    # Round 0 warms up and counts for nothing.
    for number in range(plan.rounds + 1):
        note(f"round {number} of {plan.rounds}" if number else "warming up")
        for place, case in enumerate(plan.served):
            amount = case.requests if number else min(case.requests, 8)
            texts = posts(case.kind, amount, seed=100 * number + place)
            for contender in _turned(list(stage.runs), number + place):
                if contender in IN_PROCESS and case not in plan.in_process:
                    continue
                before = processor_s(stage.process_ids[contender])
                load = stage.runs[contender](case, texts)
                after = processor_s(stage.process_ids[contender])
                taken_s = None if before is None or after is None else after - before
                if number:
                    samples[contender, case].append(Sample(load, taken_s))
    return samples


def _turned(contenders: list[Contender], by: int) -> list[Contender]:
    start = by % len(contenders)
    return contenders[start:] + contenders[:start]


def _case_figures(contender: Contender, case: Case, samples: Sequence[Sample]) -> Figures:
    loads = [sample.load for sample in samples]
    taken_s = [sample.processor_s for sample in samples if sample.processor_s is not None]
    times = sorted(time_ms for load in loads for time_ms in load.times_ms)
    rates = [load.rate for load in loads]
    return {
        "contender": contender.value,
        "kind": case.kind.value,
        "concurrency": case.concurrency,
        "requests": len(times),
        "p50_ms": round(statistics.median(times), 3),
        "p95_ms": round(percentile(times, 0.95), 3),
        "p99_ms": round(percentile(times, 0.99), 3),
        "processor_ms": round(sum(taken_s) / len(times) * 1000, 2) if taken_s else None,
        "rate": round(statistics.median(rates), 2),
        "rate_low": round(min(rates), 2),
        "rate_high": round(max(rates), 2),
    }


def _ratios(samples: Samples) -> Iterator[Figures]:
    """What one takes and gives by what another does, in the same round."""
    sides = (
        *((Contender.PLAINSPEAK_SERVED, other) for other in SERVED[1:]),
        (Contender.PLAINSPEAK_SERVED, Contender.RAW),
        (Contender.MODERATION, Contender.JUDGE),
        (Contender.JUDGE, Contender.ONNX),
        (Contender.JUDGE, Contender.RAW),
        (Contender.RAW, Contender.PRODUCTS),
    )
    for own, other in sides:
        for (contender, case), found in samples.items():
            if contender is not own or (other, case) not in samples:
                continue
            pairs = [(mine.load, its.load) for mine, its in zip(found, samples[other, case], strict=True)]
            yield {
                "of": own.value,
                "to": other.value,
                "kind": case.kind.value,
                "concurrency": case.concurrency,
                "p50": _spread([_p50(mine) / _p50(its) for mine, its in pairs]),
                "rate": _spread([mine.rate / its.rate for mine, its in pairs]),
            }


def _p50(load: Load) -> float:
    return statistics.median(load.times_ms)


def _spread(values: Sequence[float]) -> Figures:
    return {
        "median": round(statistics.median(values), 3),
        "low": round(min(values), 3),
        "high": round(max(values), 3),
    }


def _floor(folder: Path) -> Figures:
    from benchmarks import floor  # noqa: PLC0415 needs what the peers need

    settings = read_settings()
    shape = floor.shape_of(settings.model)
    per_second = floor.rate(settings.model, threads=settings.engine_threads, seconds=2)
    kinds = {}
    for kind in (Kind.SHORT, Kind.MEDIUM, Kind.LONG):
        tokens = floor.tokens_of(folder, posts(kind, 100, seed=0))
        work = statistics.fmean(map(shape.multiply_adds, tokens))
        kinds[kind.value] = {
            "tokens": round(statistics.fmean(tokens), 1),
            "million_multiply_adds": round(work / 1e6),
            "floor_ms": round(work / per_second * 1000, 3),
        }
    return {"giga_multiply_adds_per_s": round(per_second / 1e9, 1), "kinds": kinds}


def _machine() -> Figures:
    settings = read_settings()
    return {
        "at": datetime.now(UTC).strftime("%Y-%m-%d %H:%M"),
        "cores": os.cpu_count(),
        "engine_threads": settings.engine_threads,
        "processor": processor(),
        "load_average": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "model": read_card(settings.model).version,
    }
