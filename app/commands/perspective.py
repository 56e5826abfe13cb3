"""`plainspeak compare-perspective`: saved answers of the Perspective API beside ours."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from app import bootstrap
from app.core.errors import DatasetInvalid
from app.services.comparison import Comparison, compare, read_answers
from app.services.evaluation import judge_all
from app.settings import read_settings
from app.terminal import NOTES, RESULTS, AsJson, finite, progress

THRESHOLDS = (0.5, 0.7, 0.8, 0.9)
"""Where none is given."""


def compare_perspective(
    file: Annotated[
        Path, typer.Argument(help='JSON lines with "text" and "attributeScores", as Perspective answered.')
    ],
    *,
    plot: Annotated[
        Path | None, typer.Option(help="SVG to write; FILE with the ending .svg when left out.")
    ] = None,
    threshold: Annotated[
        list[float] | None,
        typer.Option(min=0, max=1, help="Score at which you act on Perspective's; may be given again."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show how saved Perspective scores compare with ours, and what threshold flags as much; keep nothing."""
    settings = read_settings()
    saved = read_answers(file, max_chars=settings.max_chars)
    if saved.skipped:
        NOTES.print(f"{saved.why_skipped}.", markup=False)
    answers = saved.answers
    judge = bootstrap.build_judge(settings)
    try:
        chunks = judge_all(judge, [answer.text for answer in answers])
        verdicts = list(progress(chunks, total=len(answers), what=f"Judging {file.name}"))
    finally:
        judge.classifier.close()
    found = compare(answers, verdicts, thresholds=sorted(threshold or THRESHOLDS))
    _write(plot or file.with_suffix(".svg"), found.plot)
    if as_json:
        shown = {name: value for name, value in asdict(found).items() if name != "plot"}
        typer.echo(json.dumps(finite(shown), indent=2))
    else:
        _print(found)


def _write(path: Path, plot: str) -> None:
    try:
        path.write_text(plot, encoding="utf-8")
    except OSError as error:
        raise DatasetInvalid(
            f"The plot {str(path)!r} cannot be written ({error.strerror}). Name another with --plot."
        ) from error
    NOTES.print(f"The plot is in {path!s}.", markup=False)


def _print(found: Comparison) -> None:
    agreement = Table("attribute", "texts", "rank correlation", "mean, theirs", "ours")
    levels = Table("attribute", "threshold", "flagged, theirs", "ours", "both", "as many at")
    for each in found.attributes:
        agreement.add_row(
            each.attribute,
            str(each.texts),
            f"{each.rank_correlation:.3f}",
            f"{each.their_mean:.3f}",
            f"{each.our_mean:.3f}",
        )
        for level in each.levels:
            matching = level.matching_threshold
            levels.add_row(
                each.attribute,
                f"{level.threshold:g}",
                str(level.their_flags),
                str(level.our_flags),
                str(level.both_flag),
                "" if matching is None else f"{matching:.3f}",
            )
    RESULTS.print(agreement)
    RESULTS.print(levels)
    if found.unscored:
        RESULTS.print(f"Not scored here: {', '.join(found.unscored)}", markup=False)
