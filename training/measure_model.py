"""One model, measured in a process of its own, so that its memory is its own.

    python -m training.measure_model MODEL.gguf --sets FILE... [--rows N] [--threads T]

Prints JSON: every figure of each labelled file through the path that serves requests, the size of the file,
the peak of resident memory, and how long one text takes when nothing else is asked. training.compare calls
it.
"""

import argparse
import json
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from app import bootstrap
from app.core.types import Label, Verdict
from app.services.evaluation import LabelledText, evaluate, judge_all, read_labelled
from app.services.judge import Judge
from app.settings import Settings
from app.terminal import finite

TIMED_TEXTS = 100

Figures = dict[str, Any]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path)
    parser.add_argument("--sets", type=Path, nargs="+", required=True)
    parser.add_argument("--rows", type=int, help="most rows of a file, drawn by chance; else all")
    parser.add_argument("--threads", type=int, default=0, help="of the engine; 0 takes every core")
    arguments = parser.parse_args()
    figures = measure(
        arguments.model, sets=arguments.sets, most_rows=arguments.rows, threads=arguments.threads
    )
    print(json.dumps(figures))


def measure(model: Path, *, sets: Sequence[Path], most_rows: int | None, threads: int) -> Figures:
    """Every figure of one model."""
    rows = {path.name.split(".")[0]: _some(read_labelled(path), most_rows) for path in sets}
    judge = bootstrap.build_judge(Settings(model=model, threads=threads))
    try:
        figures: Figures = {"file": model.name, "bytes": model.stat().st_size, "sets": {}}
        for name, texts in rows.items():
            figures["sets"][name] = figures_of(texts, judge=judge)
        figures["latency_ms"] = _latency([row.text for row in next(iter(rows.values()))], judge=judge)
    finally:
        judge.classifier.close()
    figures["peak_rss_mb"] = round(_peak_rss_bytes() / 1e6, 1)
    whole: Figures = finite(figures)
    return whole


def figures_of(rows: Sequence[LabelledText], *, judge: Judge) -> Figures:
    """The evaluation of one file, with the accuracy of safe or not and the F1 of each label beside it."""
    verdicts = [verdict for chunk in judge_all(judge, [row.text for row in rows]) for verdict in chunk]
    found = asdict(evaluate(rows, verdicts, policy=judge.policy))
    return found | {
        "accuracy": _accuracy(rows, verdicts),
        "label_f1": f1_by_label(found["severity"]["confusion"]) if found["severity"] else None,
    }


def f1_by_label(confusion: Sequence[Sequence[int]]) -> dict[str, float | None]:
    """F1 of each label from a person's labels by row and ours by column; None where nobody gave it.

    >>> f1_by_label([[3, 1, 0, 0], [0, 1, 0, 0], [0, 0, 0, 0], [0, 0, 0, 2]])["potentially_harmful"]
    0.6667
    """
    table = np.array(confusion)
    found: dict[str, float | None] = {}
    for place, label in enumerate(Label):
        marked = int(table[place].sum() + table[:, place].sum())
        found[label.value] = round(2 * int(table[place, place]) / marked, 4) if marked else None
    return found


def _accuracy(rows: Sequence[LabelledText], verdicts: Sequence[Verdict]) -> float | None:
    right = [
        (verdict.label is not Label.SAFE) == row.harmful
        for row, verdict in zip(rows, verdicts, strict=True)
        if row.harmful is not None
    ]
    return float(np.mean(right)) if right else None


def _latency(texts: Sequence[str], *, judge: Judge) -> dict[str, float]:
    """Milliseconds for one text after the other, from text to verdict."""
    spent = []
    for text in texts[:TIMED_TEXTS]:
        began = time.perf_counter()
        judge.judge([text])
        spent.append(1000 * (time.perf_counter() - began))
    middle, slow = np.percentile(spent, [50, 95])
    return {"p50": round(float(middle), 2), "p95": round(float(slow), 2)}


def _some(rows: list[LabelledText], most: int | None) -> list[LabelledText]:
    return rows if most is None or len(rows) <= most else Random(1).sample(rows, most)


def _peak_rss_bytes() -> int:
    kib_or_bytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return kib_or_bytes if sys.platform == "darwin" else kib_or_bytes * 1024


if __name__ == "__main__":
    main()
