"""How results and progress look in a terminal."""

import math
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table
from rich.text import Text

from app.core.discovery import Discovery
from app.core.metrics import Interval
from app.core.types import Label
from app.services.bench import Benchmark
from app.services.evaluation import Evaluation, SeverityFigures

T = TypeVar("T")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]

NOTES = Console(stderr=True, highlight=False, soft_wrap=True)
"""Errors and progress: never mixed with a result that is piped on."""
RESULTS = Console(highlight=False, soft_wrap=True)

_PLAIN_LINES = 10
_EXCERPT_CHARS = 60


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
    """Print an evaluation as tables."""
    overall = Table("any harm", name, title_justify="left")
    for label, figure in (
        ("rows (labelled, harmful)", f"{result.rows} ({result.labelled}, {result.positives})"),
        ("AUROC (95 % interval)", _interval(result.auroc)),
        ("AUPRC (95 % interval)", _interval(result.auprc)),
        ("F1", f"{result.label.f1:.3f}"),
        ("macro F1", f"{result.label.macro_f1:.3f}"),
        ("precision", f"{result.label.precision:.3f}"),
        ("recall", f"{result.label.recall:.3f}"),
        ("false positive rate", f"{result.label.false_positive_rate:.3f}"),
        ("innocent sent to a person", f"{result.reviewed.false_positive_rate:.3f}"),
        ("sent to a person", f"{result.review_rate:.3f}"),
        ("calibration error", f"{result.calibration_error:.3f}"),
    ):
        overall.add_row(label, figure)
    RESULTS.print(overall)
    categories = Table("category", "positives", "rows", "AUROC", "AUPRC", "precision", "recall")
    for each in result.categories:
        categories.add_row(
            each.category.display_name,
            str(each.positives),
            str(each.rows),
            _interval(each.auroc),
            _interval(each.auprc),
            f"{each.flagged.precision:.3f}",
            f"{each.flagged.recall:.3f}",
        )
    RESULTS.print(categories)
    groups = Table("group", "rows", "harmful", "AUROC", "harmful reviewed", "innocent reviewed")
    for group in (*result.groups, *result.lengths):
        groups.add_row(
            group.name,
            str(group.rows),
            str(group.positives),
            _interval(group.auroc),
            f"{group.reviewed.recall:.3f}",
            f"{group.reviewed.false_positive_rate:.3f}",
        )
    RESULTS.print(groups)
    if result.severity:
        _print_severity(result.severity)
    if result.unanswered:
        RESULTS.print(
            f"{result.unanswered} of {result.rows} rows were not answered by every model and went to a "
            "person for that alone. See that the models answer, and run this again."
        )
    RESULTS.print(f"model {result.model}  lexicon {result.lexicon}  policy {result.policy}")


def _print_severity(severity: SeverityFigures) -> None:
    table = Table("a person's label", *(f"{label.value}" for label in Label))
    for label, counts in zip(Label, severity.confusion, strict=True):
        table.add_row(label.value, *map(str, counts))
    RESULTS.print(table)
    RESULTS.print(
        f"label as a person's {severity.exact:.3f}, within one step {severity.within_one_step:.3f} "
        f"of {severity.rows}"
    )


def _interval(figure: Interval) -> str:
    return f"{figure.value:.3f} ({figure.low:.3f} to {figure.high:.3f})"


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


def print_discovery(found: Discovery) -> None:
    """Print what is new as a table."""
    table = Table(
        "word", "z", "rising", "harmful or overridden", "others", "overridden", "category", "for instance"
    )
    for each in found.candidates:
        table.add_row(
            Text(each.word),
            f"{each.z:.1f}",
            f"{each.rising_z:.1f}" + (" *" if each.is_rising else ""),
            str(each.target_posts),
            str(each.other_posts),
            str(each.overridden_posts),
            each.category.display_name if each.category else "",
            Text(_excerpt(each.examples[0].text.original)),
        )
    RESULTS.print(table)
    RESULTS.print(
        f"{len(found.candidates)} words over-represented in {found.targets} harmful or overridden posts "
        f"of {found.posts}; * clearly more of late"
    )


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT_CHARS else line[:_EXCERPT_CHARS] + "…"
