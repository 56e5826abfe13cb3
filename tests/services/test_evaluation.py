import gzip
import json
import math
from pathlib import Path

import pytest

from app.classifiers.scripted import ScriptedClassifier
from app.core.errors import DatasetInvalid
from app.core.lexicon import parse_lexicon
from app.core.policy import parse_policy
from app.core.types import Category, Label
from app.services.evaluation import LabelledText, evaluate, judge_all, read_labelled
from app.services.judge import Judge

POLICY = 'name = "test"\n[overall]\npotentially_harmful = 0.5\nharmful = 0.8\nreview = 0.5\n' + "".join(
    f"[categories.{category.value}]\npotentially_harmful = 0.4\nreview = 0.5\n" for category in Category
)
NOTHING = (None,) * len(Category)


def labelled(text: str, *, harmful: bool | None, **harm: bool) -> LabelledText:
    return LabelledText(
        text=text, harmful=harmful, harm=tuple(harm.get(category.value) for category in Category)
    )


def judge_of(scores: dict[str, dict[Category | None, float]]) -> Judge:
    return Judge(
        classifier=ScriptedClassifier(scores),
        lexicon=parse_lexicon({}),
        policy=parse_policy(POLICY),
        max_chars=100,
    )


def test_rows_are_read_as_they_are_labelled(tmp_path: Path) -> None:
    rows = [
        {"text": "a", "harmful": True, "harm": {"hate": 1, "drugs": 0, "violence": None}},
        {"text": "b", "harmful": False},
        {"text": "c", "harmful": None, "harm": None, "source": "elsewhere"},
    ]
    lines = "\n\n".join(json.dumps(row) for row in rows)
    plain, packed = tmp_path / "set.jsonl", tmp_path / "set.jsonl.gz"
    plain.write_text(lines, encoding="utf-8")
    packed.write_bytes(gzip.compress(lines.encode()))
    assert (
        read_labelled(plain)
        == read_labelled(packed)
        == [
            labelled("a", harmful=True, hate=True, drugs=False),
            LabelledText("b", harmful=False, harm=NOTHING),
            LabelledText("c", harmful=None, harm=NOTHING, group="elsewhere"),
        ]
    )


def test_a_severity_and_a_list_of_categories_say_the_same_in_short(tmp_path: Path) -> None:
    rows = [
        {
            "text": "a",
            "label": "extremely_harmful",
            "harm": ["threat", "hate"],
            "kind": "threat",
            "source": "s",
        },
        {"text": "b", "label": "safe", "harm": []},
    ]
    path = tmp_path / "set.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    first, second = read_labelled(path)
    true = [category for category, is_true in zip(Category, first.harm, strict=True) if is_true]
    assert (first.harmful, first.label, first.group) == (True, Label.EXTREMELY_HARMFUL, "threat")
    assert true == [Category.HATE, Category.THREAT]
    assert (second.harmful, second.label, second.harm) == (False, Label.SAFE, (False,) * len(Category))


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '"a text"',
        '{"harmful": true}',
        '{"text": 3}',
        '{"text": ""}',
        '{"text": "aaaaaaaaaaa"}',
        '{"text": "a", "harmful": "yes"}',
        '{"text": "a", "harm": {"hate": 2}}',
        '{"text": "a", "harm": [1]}',
        '{"text": "a", "harm": "hate"}',
        '{"text": "a", "label": "bad"}',
    ],
)
def test_a_line_that_is_no_row_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(f'{{"text": "a"}}\n{line}\n', encoding="utf-8")
    with pytest.raises(DatasetInvalid, match=r"set\.jsonl line 2"):
        read_labelled(path, max_chars=10)


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("set.jsonl.gz", b"not gzip", "cannot be read"),
        ("set.jsonl.gz", gzip.compress(b"{}" * 99)[:-9], "cannot be read"),
        ("set.jsonl", b"\xff\xfe", "is not UTF-8: its byte 1 is 0xff"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(
    tmp_path: Path, name: str, content: bytes, complaint: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DatasetInvalid, match=complaint):
        read_labelled(tmp_path / name)


def test_a_missing_or_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetInvalid, match="There is no file"):
        read_labelled(tmp_path / "none.jsonl")
    (tmp_path / "set.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(DatasetInvalid, match="has no rows"):
        read_labelled(tmp_path / "set.jsonl")


def test_verdicts_come_in_the_order_of_the_texts_in_chunks() -> None:
    texts = [f"text {number}" for number in range(600)]
    judge = judge_of({text: {None: number / 1000} for number, text in enumerate(texts)})
    chunks = list(judge_all(judge, texts))
    assert [len(chunk) for chunk in chunks] == [256, 256, 88]
    assert [verdict.score for chunk in chunks for verdict in chunk] == [n / 1000 for n in range(600)]


def test_figures_compare_verdicts_with_labels() -> None:
    judge = judge_of(
        {
            "hateful": {None: 0.9, Category.HATE: 0.9},
            "missed": {None: 0.3, Category.HATE: 0.2},
            "kind": {None: 0.1, Category.HATE: 0.1},
            "flagged": {None: 0.6, Category.HATE: 0.0},
            "unknown": {None: 0.9},
        }
    )
    rows = [
        labelled("hateful", harmful=True, hate=True, drugs=False),
        labelled("missed", harmful=True, hate=True),
        labelled("kind", harmful=False, hate=False),
        labelled("flagged", harmful=False),
        labelled("unknown", harmful=None),
    ]
    verdicts = [verdict for chunk in judge_all(judge, [row.text for row in rows]) for verdict in chunk]
    found = evaluate(rows, verdicts, policy=judge.policy)
    assert (found.rows, found.labelled, found.positives) == (5, 4, 2)
    assert found.auroc.value == pytest.approx(3 / 4)
    assert (found.label.precision, found.label.recall, found.label.false_positive_rate) == (0.5, 0.5, 0.5)
    assert found.review_rate == pytest.approx(3 / 5)
    (hate,) = found.categories
    assert (hate.category, hate.positives, hate.rows, hate.auroc.value) == (Category.HATE, 2, 3, 1.0)
    assert (hate.auprc.value, hate.flagged.precision, hate.flagged.recall) == (1.0, 1.0, 0.5)
    assert (found.reviewed.recall, found.reviewed.false_positive_rate) == (0.5, 0.5)
    assert sum(each.rows for each in found.reliability) == 4
    assert (found.groups, found.severity) == ((), None)
    assert [(group.name, group.rows) for group in found.lengths if group.rows] == [("1 to 10 words", 4)]
    assert found.model == judge.classifier.version
    assert found.policy == judge.policy.version


def test_kinds_lengths_and_severities_are_told_apart() -> None:
    long = " ".join(["w"] * 40)
    judge = judge_of({"bad": {None: 0.9}, "worse": {None: 0.1}, "fine": {None: 0.6}, long: {None: 0.1}})
    rows = [
        LabelledText("bad", harmful=True, harm=NOTHING, group="chat", label=Label.HARMFUL),
        LabelledText("worse", harmful=True, harm=NOTHING, group="chat", label=Label.EXTREMELY_HARMFUL),
        LabelledText("fine", harmful=False, harm=NOTHING, group="news", label=Label.SAFE),
        LabelledText(long, harmful=False, harm=NOTHING, group="news"),
    ]
    verdicts = [judgement.verdict for judgement in judge.judge([row.text for row in rows])]
    found = evaluate(rows, verdicts, policy=judge.policy)
    assert [(group.name, group.rows, group.positives) for group in found.groups] == [
        ("chat", 2, 2),
        ("news", 2, 0),
    ]
    assert (found.groups[0].reviewed.recall, found.groups[1].reviewed.false_positive_rate) == (0.5, 0.5)
    assert [group.rows for group in found.lengths] == [3, 0, 1, 0]
    assert found.severity is not None
    assert found.severity.rows == 3
    assert found.severity.exact == pytest.approx(1 / 3)
    assert found.severity.within_one_step == pytest.approx(2 / 3)
    assert found.severity.confusion[Label.HARMFUL.severity][Label.HARMFUL.severity] == 1


def test_rows_that_a_model_did_not_answer_are_counted() -> None:
    judge = judge_of({"grim": {None: 0.9}})
    classifier = judge.classifier
    assert isinstance(classifier, ScriptedClassifier)
    rows = [labelled("grim", harmful=True), labelled("fine", harmful=False)]
    texts = [row.text for row in rows]
    verdicts = [each for chunk in judge_all(judge, texts[:1]) for each in chunk]
    classifier.fail("the server is away")
    verdicts += [each for chunk in judge_all(judge, texts[1:]) for each in chunk]
    found = evaluate(rows, verdicts, policy=judge.policy)
    assert (found.review_rate, found.unanswered) == (1.0, 1)


def test_a_file_without_labels_has_no_figures_but_a_review_rate() -> None:
    judge = judge_of({"a": {None: 0.9}})
    rows = [LabelledText("a", harmful=None, harm=NOTHING)]
    found = evaluate(rows, [judgement.verdict for judgement in judge.judge(["a"])], policy=judge.policy)
    assert (found.rows, found.labelled, found.review_rate) == (1, 0, 1.0)
    assert all(
        math.isnan(figure) for figure in (found.auroc.value, found.auprc.value, found.calibration_error)
    )
    assert found.categories == ()


def test_no_rows_have_no_figures() -> None:
    found = evaluate([], [], policy=judge_of({}).policy)
    assert (found.rows, found.model) == (0, "")
    assert math.isnan(found.review_rate)
