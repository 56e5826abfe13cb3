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
    Interval,
    Labels,
    Scores,
    Threshold,
    at_threshold,
    auprc,
    auroc,
    bootstrap_auroc,
    calibration_error,
)
from app.core.types import Action, Category, Label, Verdict
from app.services.moderation import Judge, check_text

CHUNK = 256
BOOTSTRAP_DRAWS = 300
SEED = 7


@dataclass(frozen=True, slots=True)
class LabelledText:
    """One line of a labelled file; None means not labelled."""

    text: str
    harmful: bool | None
    harm: tuple[bool | None, ...]
    """One per category, in the order of `Category`."""


@dataclass(frozen=True, slots=True)
class CategoryFigures:
    """How well the score of one category ranks."""

    category: Category
    positives: int
    rows: int
    auroc: float
    auprc: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a file shows about the judge. A figure without cases is nan."""

    rows: int
    labelled: int
    """Rows with a true or false `harmful`; the figures below are over these."""
    positives: int
    auroc: Interval
    auprc: float
    label: Threshold
    """Flagged: any label but safe."""
    review_rate: float
    """Share of all rows that go to a person or are blocked."""
    calibration_error: float
    """Of the overall score, over 15 bins of equal mass."""
    categories: tuple[CategoryFigures, ...]
    """Only the categories with at least one positive."""
    model: str
    lexicon: str
    policy: str


def read_labelled(path: Path, *, max_chars: int = sys.maxsize) -> list[LabelledText]:
    """Read JSON lines, gzip or not: `{"text", "harmful", "harm"?}`, each text at most `max_chars` long.

    Raises:
        DatasetInvalid: there is no such file, or a line is not such a row; the message names the line.
    """
    if not path.is_file():
        raise DatasetInvalid(f"There is no file {str(path)!r}. Give a .jsonl or .jsonl.gz file.")
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            rows = [
                _labelled(line, place=f"{path} line {number}", max_chars=max_chars)
                for number, line in enumerate(lines, start=1)
                if line.strip()
            ]
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise DatasetInvalid(
            f"{str(path)!r} cannot be read ({error}). Give a readable .jsonl or .jsonl.gz file in UTF-8."
        ) from error
    if not rows:
        raise DatasetInvalid(f"{str(path)!r} has no rows. Give a file with one labelled text on each line.")
    return rows


def _labelled(line: str, *, place: str, max_chars: int) -> LabelledText:
    try:
        raw = json.loads(line)
        harm = raw.get("harm") or {}
        row = LabelledText(
            text=raw["text"],
            harmful=_truth(raw.get("harmful")),
            harm=tuple(_truth(harm.get(category.value)) for category in Category),
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


def evaluate(rows: Sequence[LabelledText], verdicts: Sequence[Verdict]) -> Evaluation:
    """Compare verdicts with labels, row by row."""
    known = [place for place, row in enumerate(rows) if row.harmful is not None]
    truth: Labels = np.array([rows[place].harmful for place in known], dtype=bool)
    scores: Scores = np.array([verdicts[place].score for place in known], dtype=float)
    flagged: Labels = np.array([verdicts[place].label is not Label.SAFE for place in known], dtype=bool)
    reviewed = [verdict.action is not Action.ALLOW for verdict in verdicts]
    return Evaluation(
        rows=len(rows),
        labelled=len(known),
        positives=int(truth.sum()),
        auroc=bootstrap_auroc(scores, truth, draws=BOOTSTRAP_DRAWS, seed=SEED),
        auprc=auprc(scores, truth),
        label=at_threshold(flagged, truth),
        review_rate=sum(reviewed) / len(reviewed) if reviewed else math.nan,
        calibration_error=calibration_error(scores, truth),
        categories=tuple(
            figures for category in Category if (figures := _category(category, rows, verdicts)).positives
        ),
        model=verdicts[0].versions.model if verdicts else "",
        lexicon=verdicts[0].versions.lexicon if verdicts else "",
        policy=verdicts[0].versions.policy if verdicts else "",
    )


def _category(
    category: Category, rows: Sequence[LabelledText], verdicts: Sequence[Verdict]
) -> CategoryFigures:
    column = list(Category).index(category)
    known = [place for place, row in enumerate(rows) if row.harm[column] is not None]
    truth: Labels = np.array([rows[place].harm[column] for place in known], dtype=bool)
    scores: Scores = np.array([verdicts[place].categories[column].score for place in known], dtype=float)
    return CategoryFigures(
        category=category,
        positives=int(truth.sum()),
        rows=len(known),
        auroc=auroc(scores, truth),
        auprc=auprc(scores, truth),
    )
