"""Saved answers of the Perspective API beside ours."""

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from app.bootstrap import Runtime
from app.core.errors import DatasetInvalid
from app.core.types import Content
from app.services.comparison import SavedAnswer, SavedAnswers, compare, read_answers

SAVED = [
    ("have a lovely day", {"TOXICITY": 0.02, "SPAM": 0.5}),
    ("you worthless idiot", {"TOXICITY": 0.93}),
    ("I want to unalive myself", {"TOXICITY": 0.4}),
    ("see you on friday", {"TOXICITY": 0.05}),
]


def scores_of(scores: dict[str, float]) -> dict[str, object]:
    return {name: {"summaryScore": {"value": value, "type": "PROBABILITY"}} for name, value in scores.items()}


def test_answers_are_read_alone_and_with_their_requests(tmp_path: Path) -> None:
    path = tmp_path / "saved.jsonl"
    html = {"comment": {"text": "a <b>fine</b> day", "type": "HTML"}}
    rows: list[dict[str, object]] = [
        {"text": "a day", "attributeScores": scores_of({"TOXICITY": 0.1, "THREAT": 1}), "languages": ["en"]},
        {"request": html, "response": {"attributeScores": scores_of({"TOXICITY": 0.25})}},
    ]
    path.write_text("\ufeff" + "\n\n".join(json.dumps(row) for row in rows))

    assert read_answers(path, max_chars=100) == SavedAnswers(
        (
            SavedAnswer("a day", (("TOXICITY", 0.1), ("THREAT", 1.0))),
            SavedAnswer("a fine day", (("TOXICITY", 0.25),)),
        ),
        skipped=(),
    )


def test_a_line_with_nothing_to_compare_is_skipped_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "saved.jsonl"
    refused = {"error": {"code": 400, "message": "Attribute TOXICITY does not support request languages: fi"}}
    rows: list[dict[str, object]] = [
        {"request": {"comment": {"text": "hyv\u00e4\u00e4 p\u00e4iv\u00e4\u00e4"}}, "response": refused},
        {"text": "a day", **refused},
        {"text": "  ", "attributeScores": {}},
        {"text": "x" * 101, "attributeScores": {}},
    ]
    path.write_text("\n".join(json.dumps(row) for row in rows))
    why = (
        "4 lines skipped: Perspective answered with an error (2), The text is empty (1), "
        "The text is too long (1)"
    )
    with pytest.raises(DatasetInvalid, match=re.escape(f"has no answers ({why})")):
        read_answers(path, max_chars=100)

    with path.open("a") as file:
        file.write('\n{"text": "a day", "attributeScores": {}}')
    found = read_answers(path, max_chars=100)

    assert found.answers == (SavedAnswer("a day", ()),)
    assert found.why_skipped == why


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"text": "x"}',
        '{"text": 5, "attributeScores": {}}',
        '{"text": "x", "attributeScores": {"TOXICITY": {"summaryScore": {"value": 80}}}}',
        '{"text": "x", "attributeScores": {"TOXICITY": 0.5}}',
        '{"request": {}, "response": {}}',
    ],
)
def test_a_line_that_is_no_answer_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "saved.jsonl"
    path.write_text('{"text": "x", "attributeScores": {}}\n' + line)
    with pytest.raises(DatasetInvalid, match="line 2 is no saved answer"):
        read_answers(path, max_chars=100)


@pytest.mark.parametrize("content", [None, "\n", b"\xff"])
def test_a_file_without_answers_is_refused(tmp_path: Path, content: str | bytes | None) -> None:
    path = tmp_path / "saved.jsonl"
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(DatasetInvalid, match=r"saved\.jsonl"):
        read_answers(path, max_chars=100)


def test_a_threshold_is_given_that_flags_as_much_as_theirs(runtime: Runtime) -> None:
    answers = [SavedAnswer(text, tuple(scores.items())) for text, scores in SAVED]
    judged = runtime.moderation.moderate_many([(Content(text=text), False) for text, _ in SAVED])

    found = compare(answers, [each.decision.verdict for each in judged], thresholds=[0.3, 0.8, 0.99])

    (toxicity,) = found.attributes
    assert (found.texts, found.unscored) == (4, ("SPAM",))
    assert (toxicity.attribute, toxicity.texts) == ("TOXICITY", 4)
    some, most, none = toxicity.levels
    assert (some.threshold, some.their_flags, most.their_flags, none.their_flags) == (0.3, 2, 1, 0)
    assert some.matching_threshold is not None
    assert most.matching_threshold is not None
    assert some.matching_threshold < most.matching_threshold
    assert none.matching_threshold is None
    assert toxicity.rank_correlation > 0.3
    drawn = ET.fromstring(found.plot)  # noqa: S314 our own
    assert len([each for each in drawn.iter() if each.tag.endswith("circle")]) == 4
    assert len([each for each in drawn.iter() if each.tag.endswith("path")]) == 2
