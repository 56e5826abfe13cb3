"""How results and progress look in a terminal."""

import math
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from rich.console import Console
from rich.progress import track
from rich.table import Table

from app.services.bench import Benchmark
from app.services.evaluation import Evaluation

T = TypeVar("T")

NOTES = Console(stderr=True, highlight=False, soft_wrap=True)
"""Errors and progress: never mixed with a result that is piped on."""
RESULTS = Console(highlight=False, soft_wrap=True)

_PLAIN_LINES = 10


def progress(chunks: Iterable[list[T]], *, total: int, what: str) -> Iterator[T]:
    """Pass items on, with a bar on a terminal and a few plain lines elsewhere."""
    items = (item for chunk in chunks for item in chunk)
    if NOTES.is_terminal:
        yield from track(items, description=what, total=total, console=NOTES)
        return
    for number, item in enumerate(items, start=1):
        if number == total or number % max(1, total // _PLAIN_LINES) == 0:
            NOTES.print(f"{what}: {number} of {total}")
        yield item


def finite(value: Any) -> Any:  # noqa: ANN401 any JSON value
    """The value with every nan, which JSON has no word for, as None."""
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, 5)
    if isinstance(value, dict):
        return {key: finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [finite(item) for item in value]
    return value


def print_evaluation(name: str, result: Evaluation) -> None:
    """Print an evaluation as two tables."""
    overall = Table("any harm", name, title_justify="left")
    for label, figure in (
        ("rows (labelled, harmful)", f"{result.rows} ({result.labelled}, {result.positives})"),
        (
            "AUROC (95 % interval)",
            f"{result.auroc.value:.3f} ({result.auroc.low:.3f} to {result.auroc.high:.3f})",
        ),
        ("AUPRC", f"{result.auprc:.3f}"),
        ("F1", f"{result.label.f1:.3f}"),
        ("macro F1", f"{result.label.macro_f1:.3f}"),
        ("precision", f"{result.label.precision:.3f}"),
        ("recall", f"{result.label.recall:.3f}"),
        ("false positive rate", f"{result.label.false_positive_rate:.3f}"),
        ("sent to a person", f"{result.review_rate:.3f}"),
        ("calibration error", f"{result.calibration_error:.3f}"),
    ):
        overall.add_row(label, figure)
    RESULTS.print(overall)
    categories = Table("category", "positives", "rows", "AUROC", "AUPRC")
    for each in result.categories:
        categories.add_row(
            each.category.display_name,
            str(each.positives),
            str(each.rows),
            f"{each.auroc:.3f}",
            f"{each.auprc:.3f}",
        )
    RESULTS.print(categories)
    RESULTS.print(f"model {result.model}  lexicon {result.lexicon}  policy {result.policy}")


def print_benchmark(result: Benchmark) -> None:
    """Print a benchmark as a table."""
    table = Table("", "Plainspeak over HTTP", "raw llama.cpp")
    table.add_row("one at a time, p50", f"{result.p50_ms:.1f} ms", f"{result.raw_p50_ms:.1f} ms")
    table.add_row("one at a time, p95", f"{result.p95_ms:.1f} ms", "")
    table.add_row(
        f"{result.concurrency} at a time",
        f"{result.throughput_rps:.0f}/s",
        f"{result.raw_throughput_rps:.0f}/s",
    )
    RESULTS.print(table)
    RESULTS.print(f"ratio to raw {result.ratio_to_raw:.2f}, server memory {result.server_rss_mb:.0f} MB")
