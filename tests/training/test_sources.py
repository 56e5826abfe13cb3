import gzip
import json
import math
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import DatasetInvalid
from app.core.types import Category
from training.sources import CATEGORIES, Row, fingerprint, read_rows, wash


def write(path: Path, *rows: object) -> Path:
    lines = "\n".join(json.dumps(row) for row in rows).encode()
    path.write_bytes(gzip.compress(lines) if path.suffix == ".gz" else lines)
    return path


def targets(row: Row) -> dict[Category, float]:
    return {
        category: value
        for category, value in zip(CATEGORIES, row.targets, strict=True)
        if not math.isnan(value)
    }


@pytest.mark.parametrize("name", ["olid.jsonl", "olid.jsonl.gz"])
def test_what_a_source_did_not_say_stays_unknown(tmp_path: Path, name: str) -> None:
    path = write(
        tmp_path / name,
        {"text": "a", "harm": {"hate": 1, "drugs": 0, "sexual": None}, "harmful": True},
        {"text": "b", "source": "elsewhere"},
    )
    one, other = read_rows(path)
    assert targets(one) == {Category.HATE: 1.0, Category.DRUGS: 0.0}
    assert (one.text, one.source, one.harmful) == ("a", "olid", 1.0)
    assert targets(other) == {}
    assert other.source == "elsewhere"
    assert math.isnan(other.harmful)


def test_a_source_that_knows_no_threats_labels_them_as_violence(tmp_path: Path) -> None:
    silent, spoken = read_rows(
        write(
            tmp_path / "set.jsonl",
            {"text": "a", "harm": {"violence": 1}},
            {"text": "b", "harm": {"violence": 1, "threat": 0}},
        )
    )
    assert targets(silent) == {Category.VIOLENCE: 1.0, Category.THREAT: 1.0}
    assert targets(spoken) == {Category.VIOLENCE: 1.0, Category.THREAT: 0.0}


@pytest.mark.parametrize(
    "row",
    [
        [],
        "text",
        {"harm": {}},
        {"text": "a", "harm": [1]},
        {"text": "a", "harm": {"hate": 5}},
        {"text": "a", "harmful": "x"},
    ],
)
def test_a_line_that_is_no_row_is_named(tmp_path: Path, row: object) -> None:
    with pytest.raises(DatasetInvalid, match=r"set\.jsonl line 2"):
        list(read_rows(write(tmp_path / "set.jsonl", {"text": "a"}, row)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hello, world out there!", "hello world   out there"),
        ("@someone you are great", "@another you are great"),
        ("look at https://example.com/a now", "look at now"),
        ("ｆｕｌｌ width text", "full width text"),
    ],
)
def test_duplicates_are_seen_through_their_dress(one: str, other: str) -> None:
    assert fingerprint(one) == fingerprint(other)


def test_short_texts_are_told_apart_by_their_marks() -> None:
    assert len({fingerprint(text) for text in ("ok", "ok!", "😂", "💀", "no")}) == 5


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("RT RT you are   late", "you are late"),
        ("do n't , please !", "don't, please!"),
        ("fish &amp; chips", "fish & chips"),
        ("itâ€™s fine", "it’s fine"),
    ],
)
def test_marks_of_a_source_are_washed_off(dirty: str, clean: str) -> None:
    assert wash(dirty, random=Random(1)) == clean


def test_placeholders_become_everyday_names_and_links() -> None:
    for seed in range(30):
        washed = wash("@USER [NAME] <user> says see URL and http://t.co/abc", random=Random(seed))
        assert not any(mark in washed for mark in ("@USER", "[NAME]", "<user>", "URL", "t.co/abc"))
        assert "says see" in washed


@given(st.text(), st.integers())
def test_any_text_can_be_washed_and_marked(text: str, seed: int) -> None:
    washed = wash(text, random=Random(seed))
    assert washed == washed.strip()
    assert washed == wash(text, random=Random(seed))
    assert len(fingerprint(text)) == 16
