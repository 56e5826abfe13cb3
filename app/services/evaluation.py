"""The use case of measuring: a labelled file through the same judge that serves requests."""

import gzip
import json
import math
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.core.errors import DatasetInvalid, InvalidContent
from app.core.metrics import (
    Bin,
    Figure,
    Interval,
    Labels,
    Scores,
    Threshold,
    at_threshold,
    auprc,
    auroc,
    bootstrap,
    calibration_error,
    reliability,
)
from app.core.policy import Policy
from app.core.types import Action, Category, Label, Verdict
from app.services.checks import check_text
from app.services.judge import Judge
from app.services.rows import Lines

CHUNK = 256
BOOTSTRAP_DRAWS = 300
SEED = 7


LENGTHS = ((1, 10), (11, 30), (31, 80), (81, None))
"""Bounds of the length groups in words, inclusive."""


@dataclass(frozen=True, slots=True)
class LabelledText:
    """One line of a labelled file; None means not labelled."""

    text: str
    harmful: bool | None
    harm: tuple[bool | None, ...]
    """One per category, in the order of `Category`."""
    group: str = ""
    """Kind or source of the text, when the file names one."""
    label: Label | None = None
    """Severity as a person sees it."""


@dataclass(frozen=True, slots=True)
class CategoryFigures:
    """How well the score of one category ranks, and what its first threshold catches."""

    category: Category
    positives: int
    rows: int
    auroc: Interval
    auprc: Interval
    flagged: Threshold
    """At the score from which the policy stops calling a text safe."""


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """The same figures over some of the texts."""

    name: str
    rows: int
    positives: int
    auroc: Interval
    reviewed: Threshold
    """At the action `review`."""


@dataclass(frozen=True, slots=True)
class SeverityFigures:
    """How the label agrees with the severity a person saw."""

    rows: int
    exact: float
    within_one_step: float
    confusion: tuple[tuple[int, ...], ...]
    """Person's label by row, ours by column, in the order of severity."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a file shows about the judge. A figure without cases is nan."""

    rows: int
    labelled: int
    """Rows with a true or false `harmful`; the figures below are over these."""
    positives: int
    auroc: Interval
    auprc: Interval
    label: Threshold
    """Flagged: any label but safe."""
    reviewed: Threshold
    """Flagged: any action but allow."""
    review_rate: float
    """Share of all rows that go to a person or are blocked."""
    unanswered: int
    """Rows that a model did not answer, or not to their end: they go to a person whatever they say."""
    calibration_error: float
    """Of the overall score, over 15 bins of equal mass."""
    reliability: tuple[Bin, ...]
    categories: tuple[CategoryFigures, ...]
    """Only the categories with at least one positive."""
    groups: tuple[GroupFigures, ...]
    """By kind or source; empty when the file has one alone."""
    lengths: tuple[GroupFigures, ...]
    """By number of words."""
    severity: SeverityFigures | None
    """None when no row has a label."""
    model: str
    lexicon: str
    policy: str


def read_labelled(path: Path, *, max_chars: int = sys.maxsize) -> list[LabelledText]:
    """Read JSON lines, gzip or not: `{"text", "harmful", "harm"?, "kind"?, "label"?}`.

    Each text has at most `max_chars` characters. `source` stands in for a missing `kind`; a `label` without
    `harmful` says whether the text is.

    Raises:
        DatasetInvalid: there is no such file, or a line is not such a row; the message names the line.
    """
    if not path.is_file():
        raise DatasetInvalid(f"There is no file {str(path)!r}. Give a .jsonl or .jsonl.gz file.")
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rb") as file:
            rows = [
                _labelled(line, place=f"{path} line {number}", max_chars=max_chars)
                for number, line in enumerate(Lines(str(path), file), start=1)
                if line.strip()
            ]
    except (OSError, EOFError, zlib.error) as error:
        raise DatasetInvalid(
            f"{str(path)!r} cannot be read ({error}). Give a readable .jsonl or .jsonl.gz file."
        ) from error
    if not rows:
        raise DatasetInvalid(f"{str(path)!r} has no rows. Give a file with one labelled text on each line.")
    return rows


def _labelled(line: str, *, place: str, max_chars: int) -> LabelledText:
    try:
        raw = json.loads(line)
        label = Label(raw["label"]) if raw.get("label") else None
        harmful = label is not Label.SAFE if label and "harmful" not in raw else _truth(raw.get("harmful"))
        row = LabelledText(
            text=raw["text"],
            harmful=harmful,
            harm=_harm({} if raw.get("harm") is None else raw["harm"]),
            group=str(raw.get("kind") or raw.get("source") or ""),
            label=label,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DatasetInvalid(
            f"{place} is not a labelled row ({error!r}). "
            'Write {"text": "...", "harmful": true, "harm": {...}}.'
        ) from error
    if not isinstance(row.text, str):
        raise DatasetInvalid(f"{place}: text is {row.text!r}. Write it as a string.")
    try:
        check_text(row.text, max_chars=max_chars)
    except InvalidContent as error:
        raise DatasetInvalid(f"{place}: {error}") from error
    return row


def _harm(value: object) -> tuple[bool | None, ...]:
    """Read an object of true, false and null by category, or the list of all true categories."""
    if isinstance(value, list):
        found = {Category(key) for key in value}
        return tuple(category in found for category in Category)
    if isinstance(value, dict):
        return tuple(_truth(value.get(category.value)) for category in Category)
    raise ValueError(f"{value!r} is neither an object nor a list of categories")


def _truth(value: object) -> bool | None:
    if value is None:
        return None
    if value in (0, 1):
        return bool(value)
    raise ValueError(f"{value!r} is neither true, false nor null")


def judge_all(judge: Judge, texts: Sequence[str]) -> Iterator[list[Verdict]]:
    """Judge texts in chunks, so that a caller can show progress."""
    for start in range(0, len(texts), CHUNK):
        yield [judgement.verdict for judgement in judge.judge(texts[start : start + CHUNK])]


def evaluate(rows: Sequence[LabelledText], verdicts: Sequence[Verdict], *, policy: Policy) -> Evaluation:
    """Compare verdicts with labels, row by row."""
    known = [place for place, row in enumerate(rows) if row.harmful is not None]
    truth, scores = _truths(rows, known), _scores(verdicts, known)
    flagged: Labels = np.array([verdicts[place].label is not Label.SAFE for place in known], dtype=bool)
    bins = reliability(scores, truth)
    return Evaluation(
        rows=len(rows),
        labelled=len(known),
        positives=int(truth.sum()),
        auroc=_interval(auroc, scores, truth),
        auprc=_interval(auprc, scores, truth),
        label=at_threshold(flagged, truth),
        reviewed=at_threshold(_reviewed(verdicts, known), truth),
        review_rate=float(np.mean(_reviewed(verdicts, range(len(rows))))) if rows else math.nan,
        unanswered=sum(bool(verdict.unavailable) for verdict in verdicts),
        calibration_error=calibration_error(bins),
        reliability=bins,
        categories=tuple(
            _category(category, rows, verdicts, policy=policy)
            for column, category in enumerate(Category)
            if any(row.harm[column] for row in rows)
        ),
        groups=_by_group(rows, verdicts, known),
        lengths=_by_length(rows, verdicts, known),
        severity=_severity(rows, verdicts),
        model=verdicts[0].versions.model if verdicts else "",
        lexicon=verdicts[0].versions.lexicon if verdicts else "",
        policy=verdicts[0].versions.policy if verdicts else "",
    )


def _truths(rows: Sequence[LabelledText], places: Sequence[int]) -> Labels:
    return np.array([rows[place].harmful for place in places], dtype=bool)


def _scores(verdicts: Sequence[Verdict], places: Sequence[int]) -> Scores:
    return np.array([verdicts[place].score for place in places], dtype=float)


def _reviewed(verdicts: Sequence[Verdict], places: Sequence[int]) -> Labels:
    return np.array([verdicts[place].action is not Action.ALLOW for place in places], dtype=bool)


def _interval(figure: Figure, scores: Scores, labels: Labels) -> Interval:
    return bootstrap(figure, scores, labels, draws=BOOTSTRAP_DRAWS, seed=SEED)


def _category(
    category: Category, rows: Sequence[LabelledText], verdicts: Sequence[Verdict], *, policy: Policy
) -> CategoryFigures:
    column = list(Category).index(category)
    known = [place for place, row in enumerate(rows) if row.harm[column] is not None]
    truth: Labels = np.array([rows[place].harm[column] for place in known], dtype=bool)
    scores: Scores = np.array([verdicts[place].categories[column].score for place in known], dtype=float)
    least = policy.thresholds(category).potentially_harmful
    return CategoryFigures(
        category=category,
        positives=int(truth.sum()),
        rows=len(known),
        auroc=_interval(auroc, scores, truth),
        auprc=_interval(auprc, scores, truth),
        flagged=at_threshold(scores >= (math.inf if least is None else least), truth),
    )


def _by_group(
    rows: Sequence[LabelledText], verdicts: Sequence[Verdict], known: Sequence[int]
) -> tuple[GroupFigures, ...]:
    names = sorted({rows[place].group for place in known})
    if len(names) < 2:
        return ()
    return tuple(
        _group(name, rows, verdicts, [place for place in known if rows[place].group == name])
        for name in names
    )


def _by_length(
    rows: Sequence[LabelledText], verdicts: Sequence[Verdict], known: Sequence[int]
) -> tuple[GroupFigures, ...]:
    words = {place: len(rows[place].text.split()) for place in known}
    return tuple(
        _group(
            f"{least} words or more" if most is None else f"{least} to {most} words",
            rows,
            verdicts,
            [place for place in known if words[place] >= least and (most is None or words[place] <= most)],
        )
        for least, most in LENGTHS
    )


def _group(
    name: str, rows: Sequence[LabelledText], verdicts: Sequence[Verdict], places: Sequence[int]
) -> GroupFigures:
    truth = _truths(rows, places)
    return GroupFigures(
        name=name,
        rows=len(places),
        positives=int(truth.sum()),
        auroc=_interval(auroc, _scores(verdicts, places), truth),
        reviewed=at_threshold(_reviewed(verdicts, places), truth),
    )


def _severity(rows: Sequence[LabelledText], verdicts: Sequence[Verdict]) -> SeverityFigures | None:
    pairs = [
        (row.label.severity, verdict.label.severity)
        for row, verdict in zip(rows, verdicts, strict=True)
        if row.label is not None
    ]
    if not pairs:
        return None
    steps = range(len(Label))
    return SeverityFigures(
        rows=len(pairs),
        exact=sum(theirs == ours for theirs, ours in pairs) / len(pairs),
        within_one_step=sum(abs(theirs - ours) <= 1 for theirs, ours in pairs) / len(pairs),
        confusion=tuple(tuple(pairs.count((theirs, ours)) for ours in steps) for theirs in steps),
    )
