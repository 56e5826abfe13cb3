"""Blocks of an archive: cut, judged, written whole, and gone on with; without Ray."""

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from app.classifiers.scripted import ScriptedClassifier
from app.core.errors import DatasetInvalid, EmptyText
from app.core.lexicon import parse_lexicon
from app.core.policy import parse_policy
from app.core.types import Category, Versions
from app.services.backfill import (
    FIELDS,
    PLAN,
    BlockJudge,
    Finished,
    Form,
    Order,
    Plan,
    finish,
    inputs_of,
    missing,
    opened,
    plan_of,
)
from app.services.judge import Judge
from app.services.vitals import versions_of
from app.settings import ROOT

THREAT = "a threat"
POLICY = parse_policy((ROOT / "policies" / "default.toml").read_text(encoding="utf-8"))
TEXTS = ["hello", THREAT, "two\nlines, and a comma", "  ", 'a "quoted" ★ text', THREAT, "last"]
needs_parquet = pytest.mark.skipif(find_spec("pyarrow") is None, reason="pyarrow is not here: extra backfill")


def load() -> Judge:
    scores = {text: {Category.THREAT: 0.1, None: 0.1} for text in TEXTS}
    scores[THREAT] = {Category.THREAT: 0.95, None: 0.95}
    return Judge(
        classifier=ScriptedClassifier(scores), lexicon=parse_lexicon({}), policy=POLICY, max_chars=100
    )


@pytest.fixture
def versions() -> Versions:
    return versions_of(load())


@pytest.fixture
def order(tmp_path: Path) -> Order:
    return Order(
        out=tmp_path / "out", column="text", id_column="n", form=Form.JSONL, block_rows=3, max_chars=100
    )


def write_csv(path: Path, texts: Sequence[str]) -> Path:
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows([["n", "text"], *([f"p{n}", text] for n, text in enumerate(texts))])
    return path


def write_jsonl(path: Path, texts: Sequence[str]) -> Path:
    rows = [json.dumps({"n": f"p{n}", "text": text}, ensure_ascii=False) for n, text in enumerate(texts)]
    path.write_text("\n\n".join(rows) + "\n", encoding="utf-8")
    return path


def write_parquet(path: Path, texts: Sequence[str]) -> Path:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({"n": [f"p{n}" for n in range(len(texts))], "text": list(texts)})
    # Row groups of four rows: blocks of three end with them.
    pq.write_table(table, path, row_group_size=4)
    return path


WRITERS: list[Any] = [
    pytest.param(write_csv, "posts.csv", id="csv"),
    pytest.param(write_jsonl, "posts.jsonl", id="jsonl"),
    pytest.param(write_parquet, "posts.parquet", id="parquet", marks=needs_parquet),
]


def work(plan: Plan, out: Path) -> list[Finished]:
    judge = BlockJudge(load, plan, out)
    return [judge.judge(block) for block in missing(plan, out)]


def results(out: Path) -> list[dict[str, Any]]:
    parts = sorted(out.glob("part-*.jsonl"))
    return [json.loads(line) for path in parts for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("write", "name"), WRITERS)
def test_every_row_of_every_file_gets_an_answer_or_a_reason(
    write: Callable[[Path, Sequence[str]], Path], name: str, order: Order, versions: Versions, tmp_path: Path
) -> None:
    source = write(tmp_path / name, TEXTS)

    with opened(order):
        plan = plan_of([source], order, versions=versions)
        done = work(plan, order.out)
        finish(plan, order.out)

    found = results(order.out)
    assert [row["id"] for row in found] == [f"p{n}" for n in range(len(TEXTS))]
    assert all(tuple(row) == FIELDS for row in found)
    assert [row["normalized_text"] for row in found] == [text if text.strip() else None for text in TEXTS]
    assert [row["category"] for row in found if row["action"] == "review"] == ["threat", "threat"]
    assert {row["model"] for row in found} == {versions.model}
    refused = [row for row in found if row["error"]]
    assert [(row["id"], row["error"], row["label"]) for row in refused] == [("p3", EmptyText.code, None)]
    assert (sum(each.rows for each in done), sum(each.refused for each in done)) == (len(TEXTS), 1)
    assert (order.out / "_SUCCESS").exists()


def test_rows_without_an_id_are_named_by_their_file_and_place(
    order: Order, versions: Versions, tmp_path: Path
) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    write_csv(folder / "b.csv", TEXTS[:2])
    write_jsonl(folder / "A.JSONL", TEXTS[:4])
    order = replace(order, id_column=None)

    with opened(order):
        work(plan_of(inputs_of(folder).files, order, versions=versions), order.out)

    assert [row["id"] for row in results(order.out)] == [f"A.JSONL:{n}" for n in range(4)] + [
        "b.csv:0",
        "b.csv:1",
    ]


def test_what_is_left_out_of_a_folder_is_named(tmp_path: Path) -> None:
    for name in ("a.csv", "B.Csv", "c.csv.gz", "notes"):
        (tmp_path / name).touch()
    (tmp_path / "d.csv").mkdir()

    found = inputs_of(tmp_path)

    assert [path.name for path in found.files] == ["B.Csv", "a.csv"]
    assert found.left_out == ("c.csv.gz", "d.csv", "notes")


def test_what_was_broken_off_goes_on_with_the_blocks_that_are_missing(
    order: Order, versions: Versions, tmp_path: Path
) -> None:
    source = write_csv(tmp_path / "posts.csv", TEXTS)
    with opened(order):
        plan = plan_of([source], order, versions=versions)
        first, *_ = plan.blocks
        BlockJudge(load, plan, order.out).judge(first)
        with pytest.raises(DatasetInvalid, match="2 blocks are not done"):
            finish(plan, order.out)
    # What a kill leaves of a block in work.
    half = order.out / ".part-part-000001.jsonl.abc"
    half.write_text('{"id": "p3"')

    with opened(order):
        again = plan_of([source], order, versions=versions)
        assert again == plan
        assert not half.exists()
        left = missing(again, order.out)
        assert [block.number for block in left] == [1, 2]
        work(again, order.out)
        # A block that is judged twice is still there once.
        BlockJudge(load, plan, order.out).judge(first)

    assert [row["id"] for row in results(order.out)] == [f"p{n}" for n in range(len(TEXTS))]


def test_nothing_else_is_mixed_with_what_was_begun(order: Order, versions: Versions, tmp_path: Path) -> None:
    source = write_csv(tmp_path / "posts.csv", TEXTS)
    with opened(order):
        plan = plan_of([source], order, versions=versions)

        with pytest.raises(DatasetInvalid, match=r"\(block_rows\)"):
            plan_of([source], replace(order, block_rows=2), versions=versions)
        with pytest.raises(DatasetInvalid, match=r"\(files\)"):
            plan_of([source, source], order, versions=versions)
        with pytest.raises(DatasetInvalid, match=r"begun by .*'model': 'other@1'"):
            BlockJudge(load, replace(plan, versions=replace(versions, model="other@1")), order.out)
        write_csv(source, TEXTS[:-1])
        with pytest.raises(DatasetInvalid, match=r"\(files\)"):
            plan_of([source], order, versions=versions)
        with pytest.raises(DatasetInvalid, match="has 0 rows where there were 1"):
            BlockJudge(load, plan, order.out).judge(plan.blocks[-1])
        (order.out / PLAN).write_text("{}")
        with pytest.raises(DatasetInvalid, match="cannot be read"):
            plan_of([source], order, versions=versions)


def test_one_folder_is_written_by_one_process(order: Order) -> None:
    with opened(order), pytest.raises(DatasetInvalid, match="Another process"), opened(order):
        pass


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("posts.jsonl", '{"n": 1, "text": "a"}\n{"n": 2}\n', "Line 2 .* no text in 'text'; there are 'n'"),
        ("posts.jsonl", '{"text": "a"}\n\n{"text": "b"}\n', "Line 1 .* nothing in 'n'"),
        (
            "posts.jsonl",
            '{"n": 1, "text": "a", "text": "b"}\n',
            "Line 1 .* field 'text' is there more than once",
        ),
        ("posts.jsonl", "no json\n", "Line 1 of .* is not JSON"),
        ("posts.csv", "n,text\n1,a\n2\n", "Line 3 of .* has 1 cells"),
        ("posts.csv", "n,text\n", "There is no row"),
        ("posts.csv", "n,text,text\n1,a,b\n", "Two columns .* the name 'text'"),
        ("posts.csv", 'n,text\n1,"a\n2,b\n', "Line 2 of .*, read to line 3, is not CSV"),
        ("posts.csv", b"n,text\n1,\xff\n", "Line 2 of .* byte 3 is 0xff"),
    ],
)
def test_a_file_that_cannot_be_judged_is_refused_before_anything_is(
    order: Order, versions: Versions, *, name: str, content: str | bytes, said: str
) -> None:
    source = order.out.with_name(name)
    source.write_bytes(content.encode() if isinstance(content, str) else content)

    with opened(order), pytest.raises(DatasetInvalid, match=said):
        plan_of([source], order, versions=versions)
    assert list(order.out.glob("part-*")) == []


def test_files_of_another_kind_and_folders_without_any_are_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetInvalid, match=r"posts\.txt.*\.parquet"):
        inputs_of(tmp_path / "posts.txt")
    with pytest.raises(DatasetInvalid, match="no file that ends in"):
        inputs_of(tmp_path)


@needs_parquet
def test_results_can_be_parquet(order: Order, versions: Versions, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    source = write_jsonl(tmp_path / "posts.jsonl", TEXTS[:2])
    source.write_text(source.read_text() + '{"n": "p2", "text": "half \\ud800"}\n')
    order = replace(order, form=Form.PARQUET)

    with opened(order):
        work(plan_of([source], order, versions=versions), order.out)

    rows = pq.read_table(order.out / "part-000000.parquet").to_pylist()
    assert tuple(rows[0]) == FIELDS
    assert [(row["id"], row["action"], row["error"]) for row in rows] == [
        ("p0", "allow", None),
        ("p1", "review", None),
        ("p2", None, "unreadable_text"),
    ]
    assert rows[1]["score"] == 0.95


@needs_parquet
def test_a_row_of_parquet_without_an_id_is_refused(order: Order, versions: Versions, tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    source = tmp_path / "posts.parquet"
    table = pa.table({"n": ["p0", "p1", None], "text": TEXTS[:3]})
    pq.write_table(table, source, row_group_size=2)

    with opened(order):
        with pytest.raises(DatasetInvalid, match=r"Row 3 of .* has nothing in 'n'"):
            plan_of([source], order, versions=versions)
        pq.write_table(pa.table([pa.array(["a"])] * 3, names=["n", "text", "text"]), source)
        with pytest.raises(DatasetInvalid, match=r"Two columns .* the name 'text'"):
            plan_of([source], order, versions=versions)


@needs_parquet
def test_a_parquet_file_without_the_column_is_refused(
    order: Order, versions: Versions, tmp_path: Path
) -> None:
    source = write_parquet(tmp_path / "posts.parquet", TEXTS)

    with opened(order):
        with pytest.raises(DatasetInvalid, match=r"no column 'body'\. It has n, text"):
            plan_of([source], replace(order, column="body"), versions=versions)
        source.write_bytes(b"no parquet at all")
        with pytest.raises(DatasetInvalid, match="cannot be read as parquet"):
            plan_of([source], order, versions=versions)
