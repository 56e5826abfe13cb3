"""The use case of a site that leaves the Perspective API: how its saved answers compare with ours."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core.agreement import Agreement, agreement_of
from app.core.errors import DatasetInvalid, InvalidContent
from app.core.markup import without_markup
from app.core.scatter import Panel, scatter_svg
from app.core.taxonomies import perspective_attribute, perspective_score
from app.core.types import Verdict
from app.services.checks import check_text
from app.services.rows import Lines


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """What the Perspective API once said of a text."""

    text: str
    scores: tuple[tuple[str, float], ...]
    """By attribute, as it was named."""


@dataclass(frozen=True, slots=True)
class SavedAnswers:
    """What a file of them holds."""

    answers: tuple[SavedAnswer, ...]
    skipped: tuple[tuple[str, int], ...]
    """Why lines say nothing to compare with, and how many each."""

    @property
    def why_skipped(self) -> str:
        """In words; "" where no line is skipped.

        >>> SavedAnswers((), (("The text is empty", 2), ("The text is too long", 1))).why_skipped
        '3 lines skipped: The text is empty (2), The text is too long (1)'
        """
        if not self.skipped:
            return ""
        reasons = ", ".join(f"{why} ({many})" for why, many in self.skipped)
        return f"{sum(many for _, many in self.skipped)} lines skipped: {reasons}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Their answers beside ours."""

    texts: int
    attributes: tuple[Agreement, ...]
    unscored: tuple[str, ...]
    """Attributes of theirs that are not scored here."""
    plot: str
    """SVG: a dot for each text, theirs across and ours up; a cross for each pair of thresholds."""


def read_answers(path: Path, *, max_chars: int) -> SavedAnswers:
    """Read JSON lines: `{"text", "attributeScores"}`, or `{"request", "response"}` as they were sent.

    A line that holds an error in place of an answer, or a text that is not judged here, is skipped.

    Raises:
        DatasetInvalid: there is no such file, a line is no such answer, and the message names the line; or
            every line is skipped.
    """
    answers: list[SavedAnswer] = []
    skipped: Counter[str] = Counter()
    try:
        with path.open("rb") as file:
            for number, line in enumerate(Lines(str(path), file), start=1):
                if not line.strip():
                    continue
                try:
                    answers.append(_answer_of(line, place=f"{path} line {number}", max_chars=max_chars))
                except _Skipped as why:
                    skipped[str(why)] += 1
    except OSError as error:
        raise DatasetInvalid(
            f"{str(path)!r} cannot be read ({error.strerror}). Give JSON lines in UTF-8."
        ) from error
    found = SavedAnswers(tuple(answers), tuple(skipped.most_common()))
    if not answers:
        raise DatasetInvalid(
            f"{str(path)!r} has no answers{found.why_skipped and f' ({found.why_skipped})'}. "
            "Give a file with one on each line."
        )
    return found


class _Skipped(Exception):
    """A line says nothing to compare with; the message is why."""


def _answer_of(line: str, *, place: str, max_chars: int) -> SavedAnswer:
    try:
        raw = json.loads(line)
        text, answer = _text_and_answer(raw)
        if "error" in answer:
            raise _Skipped("Perspective answered with an error")
        scores = tuple(
            (str(name), _probability(given["summaryScore"]["value"]))
            for name, given in answer["attributeScores"].items()
        )
        check_text(text, max_chars=max_chars)
    except InvalidContent as error:
        raise _Skipped(error.title) from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DatasetInvalid(
            f"{place} is no saved answer ({error}). "
            'Write {"text": "...", "attributeScores": {"TOXICITY": {"summaryScore": {"value": 0.9}}}}.'
        ) from error
    return SavedAnswer(text, scores)


def _text_and_answer(raw: Any) -> tuple[str, Any]:  # noqa: ANN401 any JSON value
    """The text that was sent and what came back."""
    if "request" not in raw:
        return _string(raw["text"]), raw
    comment = raw["request"]["comment"]
    text = _string(comment["text"])
    return without_markup(text) if comment.get("type") == "HTML" else text, raw["response"]


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"the text is {value!r}, which is no string")
    return value


def _probability(value: object) -> float:
    if isinstance(value, int | float) and 0 <= value <= 1:
        return float(value)
    raise ValueError(f"a score is {value!r}, which is not from 0 to 1")


def compare(
    answers: Sequence[SavedAnswer], verdicts: Sequence[Verdict], *, thresholds: Sequence[float]
) -> Comparison:
    """Put saved answers beside our verdicts on the same texts, in the same order."""
    pairs: dict[str, tuple[list[float], list[float]]] = {}
    unscored: set[str] = set()
    for answer, verdict in zip(answers, verdicts, strict=True):
        for name, theirs in answer.scores:
            attribute = perspective_attribute(name)
            if attribute is None:
                unscored.add(name)
                continue
            their, our = pairs.setdefault(name, ([], []))
            their.append(theirs)
            our.append(perspective_score(verdict, attribute))
    found = tuple(
        agreement_of(name, theirs, ours, thresholds=thresholds)
        for name, (theirs, ours) in sorted(pairs.items())
    )
    panels = [Panel(each.attribute, *pairs[each.attribute], marks=_matches(each)) for each in found]
    return Comparison(
        texts=len(answers),
        attributes=found,
        unscored=tuple(sorted(unscored)),
        plot=scatter_svg(panels, across="Perspective", up="Plainspeak"),
    )


def _matches(found: Agreement) -> list[tuple[float, float]]:
    return [
        (level.threshold, level.matching_threshold)
        for level in found.levels
        if level.matching_threshold is not None
    ]
