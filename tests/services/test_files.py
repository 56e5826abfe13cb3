"""Files of posts: what is taken, what is written, and how a run goes on that was broken off anywhere."""

import csv
import json
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.bootstrap import Runtime
from app.core.errors import DatasetInvalid
from app.services.files import GROUP_ROWS, Job, check_job, judge_file
from tests.disk import no_file_above

TEXTS = [
    "have a lovely day",
    "I want to unalive myself",
    "",
    "x" * 200,
    'quoted "words", a comma\nand a line',
]


def job_of(source: Path, *, column: str = "text", out: str = "out") -> Job:
    target = source.with_name(out + source.suffix)
    return Job(source=source, out=target, column=column, store=True, max_chars=100)


def judge(runtime: Runtime, job: Job) -> None:
    for _ in judge_file(runtime.moderation, job, check_job(job), run=f"run of {job.out}"):
        pass


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    """Three groups of posts, the last of them not whole."""
    path = tmp_path / "posts.jsonl"
    rows = [{"text": f"good morning {number}", "n": number} for number in range(2 * GROUP_ROWS + 5)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def test_json_lines_keep_their_fields_and_get_an_answer_or_a_reason(runtime: Runtime, tmp_path: Path) -> None:
    source = tmp_path / "posts.jsonl"
    rows = [{"id": number, "body": text} for number, text in enumerate([*TEXTS, "half \ud83d"])]
    source.write_text("\ufeff" + "\n\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    job = job_of(source, column="body")

    judge(runtime, job)

    found = lines_of(job.out)
    assert [{"id": row["id"], "body": row["body"]} for row in found] == rows
    answers = [row["plainspeak"] for row in found]
    assert [each["error"] for each in answers] == [
        None,
        None,
        "empty_text",
        "text_too_long",
        None,
        "unreadable_text",
    ]
    assert [answers[n]["action"] for n in (0, 1, 2)] == ["allow", "review", None]
    assert answers[1]["normalized_text"] == "I want to kill myself"
    assert runtime.moderation.decision(answers[1]["decision"]).decision.key_id is None
    assert {path.name for path in tmp_path.iterdir()} == {"posts.jsonl", "out.jsonl"}


def test_csv_keeps_its_columns_and_quotes(runtime: Runtime, tmp_path: Path) -> None:
    source = tmp_path / "posts.csv"
    with source.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["n", "text"], *([str(n), text] for n, text in enumerate(TEXTS))])
    job = job_of(source)

    judge(runtime, job)

    with job.out.open(newline="", encoding="utf-8") as file:
        found = list(csv.DictReader(file))
    assert [(row["n"], row["text"]) for row in found] == [(str(n), text) for n, text in enumerate(TEXTS)]
    assert [row["plainspeak_action"] for row in found] == ["allow", "review", "", "", "allow"]
    assert [row["plainspeak_error"] for row in found] == ["", "", "empty_text", "text_too_long", ""]


def test_lines_may_end_as_on_any_system(runtime: Runtime, tmp_path: Path) -> None:
    source = tmp_path / "posts.csv"
    source.write_bytes('n,text\r1,"one\rpost"\r\n2,another\u2028one\n3,last'.encode())
    job = job_of(source)

    judge(runtime, job)

    with job.out.open(newline="", encoding="utf-8") as file:
        found = [(row["n"], row["text"]) for row in csv.DictReader(file)]
    assert found == [("1", "one\rpost"), ("2", "another\u2028one"), ("3", "last")]


@pytest.mark.parametrize(("groups", "torn"), [(0, b""), (1, b'{"text": "good mor'), (2, b"\0" * 100)])
def test_a_run_goes_on_where_it_was_broken_off_whatever_was_half_written(
    runtime: Runtime, posts: Path, groups: int, torn: bytes
) -> None:
    job = job_of(posts)
    with closing(_steps(runtime, job)) as steps:
        done = [next(steps) for _ in range(groups + 1)]
    before = job.part.read_bytes()
    job.part.write_bytes(before + torn)
    assert done == [0, *[GROUP_ROWS] * groups]
    assert not job.out.exists()

    with closing(_steps(runtime, job)) as steps:
        assert next(steps) == groups * GROUP_ROWS
        assert list(steps) == [*[GROUP_ROWS] * (2 - groups), 5]

    assert job.out.read_bytes().startswith(before)
    assert [row["n"] for row in lines_of(job.out)] == list(range(2 * GROUP_ROWS + 5))


@pytest.mark.parametrize("note", [{"bytes": "x"}, {"rows": -1}, {"rows": None}, {"more": 1}])
def test_a_note_that_somebody_else_wrote_is_refused(
    runtime: Runtime, posts: Path, note: dict[str, object]
) -> None:
    job = job_of(posts)
    with closing(_steps(runtime, job)) as steps:
        next(steps)
    job.state.write_text(json.dumps(json.loads(job.state.read_text()) | note))

    with pytest.raises(DatasetInvalid, match=r"run\.json' cannot be read .*to begin anew"):
        next(_steps(runtime, job))


def test_a_group_that_was_kept_and_not_written_is_not_judged_again(runtime: Runtime, posts: Path) -> None:
    job = job_of(posts)
    with closing(_steps(runtime, job)) as steps:
        next(steps)
        begun = job.state.read_bytes()
        next(steps)
    first = lines_of(job.part)
    # Killed after the database had it and before it was noted.
    job.state.write_bytes(begun)

    judge(runtime, job)

    assert lines_of(job.out)[:GROUP_ROWS] == first


def test_a_note_without_its_result_is_nothing_to_go_on_from(runtime: Runtime, posts: Path) -> None:
    job = job_of(posts)
    with closing(_steps(runtime, job)) as steps:
        next(steps)
        next(steps)
    job.part.unlink()

    judge(runtime, job)

    assert [row["n"] for row in lines_of(job.out)] == list(range(2 * GROUP_ROWS + 5))


def _steps(runtime: Runtime, job: Job) -> Generator[int, None, None]:
    return judge_file(runtime.moderation, job, check_job(job), run=f"run of {job.out}")


def test_one_result_is_written_by_one_process(runtime: Runtime, posts: Path) -> None:
    job = job_of(posts)
    with closing(_steps(runtime, job)) as steps:
        next(steps)
        with pytest.raises(DatasetInvalid, match="Another process writes"):
            next(_steps(runtime, job))


def test_a_full_disk_is_told_in_words_and_the_run_goes_on_when_there_is_room(
    runtime: Runtime, tmp_path: Path
) -> None:
    source = tmp_path / "posts.jsonl"
    # Too long to be judged, so that only the result grows.
    source.write_text("".join(json.dumps({"text": "x" * 200, "n": n}) + "\n" for n in range(GROUP_ROWS + 5)))
    job = job_of(source)

    with (
        no_file_above(4096),
        pytest.raises(DatasetInvalid, match=r"part' cannot be written .*goes on"),
    ):
        judge(runtime, job)
    judge(runtime, job)

    assert [row["n"] for row in lines_of(job.out)] == list(range(GROUP_ROWS + 5))


def test_a_file_that_has_changed_is_not_mixed_with_what_was_begun(runtime: Runtime, posts: Path) -> None:
    job = job_of(posts)
    with closing(_steps(runtime, job)) as steps:
        next(steps)
    posts.write_text('{"text": "another"}\n')

    with pytest.raises(DatasetInvalid, match=r"begun from another file.*Remove it"):
        next(_steps(runtime, job))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", "x", "both in .jsonl"),
        ("a.jsonl", "", "has no rows"),
        ("a.jsonl", "{", "Line 1 .* is not JSON"),
        ("a.jsonl", '{"text": "x"}\n[1]', "Line 2 .* Write one object"),
        ("a.jsonl", '{"text": "x"}\n\n{"text": 5}', "Line 3 .* has no text in 'text'; there is 5"),
        ("a.jsonl", '{"n": 1, "body": "x"}', "Line 1 .*; there are 'n', 'body'"),
        ("a.jsonl", '{"text": "x"}\n{"text": "x", "plainspeak": 1}', "Line 2 .* a field 'plainspeak'"),
        ("a.jsonl", '{"text": "x"}\n{"text": "x", "n": 1e400}', "Line 2 .* number 1e400 is too large"),
        ("a.jsonl", '{"text": "x", "n": [-Infinity]}', "Line 1 .* -Infinity is no number of JSON"),
        ("a.jsonl", '{"text": "x", "of": {"n": 1, "n": 2}}', "Line 1 .* field 'n' is there more than once"),
        ("a.jsonl", '{"text": "x"}\n{"text": "caf\xe9"}'.encode("latin-1"), "Line 2 .* byte 14 is 0xe9"),
        ("a.jsonl", '{"text": "x"}'.encode("utf-16"), "Line 1 .* byte 1 is 0xff"),
        ("a.csv", "text,n\nx,1,2\n", "Line 2 .* has 3 cells"),
        ("a.csv", "n\n1\n", "Line 2 .* has no text in 'text'; there are 'n'"),
        ("a.csv", "a,b,c,d,e,f,g,h,i,j,k,l\n" + "1," * 11 + "1", "'i', 'j' and 2 others"),
        ("a.csv", "text,n,n\n1,2,3\n", "Two columns .* the name 'n'"),
        ("a.csv", "text,plainspeak_label\n1,2\n", "column 'plainspeak_label'"),
        ("a.csv", 'text\n"x\ny"\n"z\n\nend\n', "Line 4 .*, read to line 6, is not CSV .* a quote within it"),
        ("a.csv", 'text\n"x', "Line 2 of '[^']*' is not CSV"),
        ("a.csv", 'text\n"a "word" b"\n', "Line 2 .* is not CSV"),
        ("a.csv", b"\xef\xbb\xbftext\nhello\ncaf\xe9\n", "Line 3 .* byte 4 is 0xe9.* Save the file as UTF-8"),
    ],
)
def test_a_file_that_cannot_be_judged_is_refused_before_anything_is(
    tmp_path: Path, name: str, content: str | bytes, words: str
) -> None:
    source = tmp_path / name
    source.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(DatasetInvalid, match=words):
        check_job(job_of(source))


def test_nothing_is_written_over_and_nothing_where_nothing_can_be(runtime: Runtime, posts: Path) -> None:
    posts.with_name("there.jsonl").touch()
    with pytest.raises(DatasetInvalid, match="is there already"):
        check_job(job_of(posts, out="there"))
    with pytest.raises(DatasetInvalid, match="cannot be read"):
        check_job(job_of(posts.with_name("none.jsonl")))
    job = Job(posts, posts.parent / "no" / "folder.jsonl", column="text", store=True, max_chars=100)
    with pytest.raises(DatasetInvalid, match="cannot be written"):
        next(judge_file(runtime.moderation, job, check_job(job), run="x"))
